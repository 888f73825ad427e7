"""Any JSON value is stored exactly or refused, never changed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from server.core.errors import StoreError
from server.store.sql.texts import from_json, to_json

PLAIN = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
ANY = st.text(st.characters())


@given(
    st.recursive(
        PLAIN | st.integers() | st.none() | st.booleans(), lambda inner: st.lists(inner) | st.dictionaries(PLAIN, inner)
    )
)
@example("\\u0000")
@example("\\\\u0000")
def test_what_both_databases_take_comes_back(value: object) -> None:
    assert from_json(to_json({"value": value})) == {"value": value}


@given(ANY)
@example("\\\x00")
@example("\\\\\x00")
@example("\ud83d")
def test_what_one_of_them_would_refuse_is_refused(text: str) -> None:
    fit = "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
    if fit:
        assert from_json(to_json(text)) == text
    else:
        with pytest.raises(StoreError):
            to_json({text: text})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {1, 2}, b"bytes"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises(StoreError):
        to_json([value])
