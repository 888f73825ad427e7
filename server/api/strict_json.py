"""JSON without its surprises: no repeated keys, no NaN, no half characters, no depth that ends the process."""

from __future__ import annotations

import json
from typing import Any, NoReturn

from server.api.problems import BadBody


def parse(body: bytes) -> Any:
    """The value of `body`. Raises `BadBody` with what is wrong."""
    try:
        value = json.loads(body.decode("utf-8"), object_pairs_hook=_object, parse_constant=_no_number)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
    except UnicodeDecodeError:
        raise BadBody("The body is not UTF-8.") from None
    except UnicodeEncodeError:
        raise BadBody("The body holds half a character (a lone surrogate).") from None
    except RecursionError:
        raise BadBody("The body is nested too deep.") from None
    except json.JSONDecodeError as error:
        raise BadBody(f"The body is not JSON: line {error.lineno}, column {error.colno}.") from None
    except ValueError:
        raise BadBody("The body holds a number that is too large.") from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise BadBody("The body gives a key twice; keep one.")
    return made


def _no_number(name: str) -> NoReturn:
    raise BadBody(f"The body holds {name}, which is no number in JSON.")
