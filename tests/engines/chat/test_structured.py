"""An answer as data: from servers that take a schema, that take half of it, and that take none."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel, TypeAdapter

from server.core.errors import EngineError
from server.engines.chat import structured as chat_structured
from server.engines.chat.fitting import Unfit, first_object, read, strict
from server.engines.chat.messages import Message
from server.engines.chat.settings import ChatSettings
from server.engines.chat.structured import Answer, StructuredChat
from server.engines.chat.usage import Usage
from tests.models.chat_server import ChatServer, chat_server

PATIENT = ChatSettings(url="", model="script", first_s=30.0, idle_s=30.0, total_s=60.0)


class Level(BaseModel):
    item: str
    score: int = 0


class Rated(BaseModel):
    levels: list[Level]
    default: str = ""


SCHEMA = TypeAdapter(Rated)
QUESTION = [Message(role="system", content="Rate it."), Message(role="user", content="Nurse: hello {schema}.")]
GOOD = '{"levels": [{"item": "warmth", "score": 3}], "default": "x"}'
WRONG = '{"levels": [{"item": "warmth", "score": "SECRET WORDS"}]}'
RATED = Rated(levels=[Level(item="warmth", score=3)], default="x")


async def ask(
    script: Sequence[str], refuses: Sequence[str] = (), times: int = 1, counts: tuple[int, int] | None = None
) -> tuple[ChatServer, list[Answer[Rated]]]:
    async with chat_server(script) as server:
        server.refuses, server.counts = frozenset(refuses), counts
        chat = StructuredChat(replace(PATIENT, url=server.base_url))
        try:
            return server, [await chat.ask(QUESTION, SCHEMA, "rated") for _ in range(times)]
        finally:
            await chat.close()


def forms(server: ChatServer) -> list[str]:
    return [request.get("response_format", {}).get("type", "none") for request in server.requests]


async def test_a_server_that_takes_a_schema_is_given_it() -> None:
    server, (answer,) = await ask([GOOD], counts=(40, 9))
    assert (answer.value, answer.way, answer.mended, answer.usage) == (RATED, "schema", False, Usage(40, 9))
    request = server.requests[0]
    given = request["response_format"]["json_schema"]
    assert (given["name"], given["strict"], request["temperature"]) == ("rated", True, 0)
    assert "seed" in request
    assert request["messages"] == QUESTION


@pytest.mark.parametrize(
    ("refuses", "way", "tried"),
    [
        (["json_schema"], "object", ["json_schema", "json_schema", "json_object", "json_object"]),
        (["response_format"], "plain", ["json_schema"] * 2 + ["json_object"] * 2 + ["none", "none"]),
        (["stream_options"], "schema", ["json_schema", "json_schema", "json_schema"]),
    ],
)
async def test_what_a_server_refuses_is_not_tried_with_it_again(refuses: list[str], way: str, tried: list[str]) -> None:
    """A refusal may mean the counts as well, so the first is asked twice."""
    server, answers = await ask([GOOD], refuses, times=2)
    assert [answer.value for answer in answers] == [RATED, RATED]
    assert answers[0].way == way
    assert forms(server) == tried


async def test_a_server_without_schemas_is_told_it_in_words() -> None:
    server, _ = await ask([GOOD], ["response_format"])
    first, *rest = server.requests[-1]["messages"]
    assert first["content"].startswith("Rate it.") and '"score"' in first["content"]
    assert rest == QUESTION[1:]


@pytest.mark.parametrize(
    "text",
    [
        f"Here it is:\n```json\n{GOOD}\n```\nI hope it helps {{you}}.",
        f"<think>The score is {{bad}}.</think>{GOOD}",
        f"so it is {WRONG}</think>{GOOD}",
        f"{{not json}} {GOOD} {WRONG}",
    ],
)
async def test_the_object_is_found_in_whatever_stands_around_it(text: str) -> None:
    _, (answer,) = await ask([text])
    assert (answer.value, answer.mended) == (RATED, False)


@pytest.mark.parametrize("bad", [WRONG, "I would say three.", "", GOOD[:30]])
async def test_a_model_is_told_once_where_its_answer_is_wrong(bad: str) -> None:
    server, (answer,) = await ask([bad, GOOD], counts=(10, 5))
    assert (answer.value, answer.mended, answer.usage) == (RATED, True, Usage(20, 10))
    *before, asked = server.requests[1]["messages"]
    assert asked["role"] == "user" and [message["role"] for message in before] == ["system", "user", "assistant"]
    assert "SECRET" not in asked["content"]
    assert ("levels.0.score (int_parsing)" in asked["content"]) == (bad == WRONG)


async def test_an_answer_that_never_fits_is_an_error_without_its_words() -> None:
    with pytest.raises(EngineError) as failed:
        await ask([WRONG])
    assert failed.value.code == "answer_unusable"
    assert "SECRET" not in f"{failed.value}{failed.value.__cause__}"


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("status-401", "model_key_refused"),
        ("status-400", "model_refused_request"),
        ("status-503", "model_failed"),
        ("context-length", "prompt_too_long"),
        ("html-page", "not_a_stream"),
        ("nothing", "model_silent"),
    ],
)
async def test_what_keeps_an_answer_from_coming_is_named(mode: str, code: str) -> None:
    async with chat_server() as server:
        chat = StructuredChat(replace(PATIENT, url=server.base_url, model=mode))
        with pytest.raises(EngineError) as failed:
            await chat.ask(QUESTION, SCHEMA)
        await chat.close()
    assert failed.value.code == code


async def test_a_model_that_does_not_stop_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chat_structured, "MAX_CHARS", 400)
    async with chat_server() as server:
        chat = StructuredChat(replace(PATIENT, url=server.base_url, model="endless-word"))
        with pytest.raises(EngineError) as failed:
            await chat.ask(QUESTION, SCHEMA)
        await chat.close()
        assert failed.value.code == "answer_unusable"
        assert len(server.requests[1]["messages"][2]["content"]) < 500


async def test_its_clocks_are_those_of_a_reply() -> None:
    async with chat_server() as server:
        chat = StructuredChat(replace(PATIENT, url=server.base_url, model="slow-first", first_s=0.3))
        with pytest.raises(EngineError) as failed:
            await chat.ask(QUESTION, SCHEMA)
        await chat.close()
    assert failed.value.code == "model_slow"


def test_a_schema_made_strict_asks_for_every_field_and_no_other() -> None:
    made = strict(SCHEMA.json_schema())
    Draft202012Validator.check_schema(made)
    assert "default" in made["properties"] and "default" not in made["$defs"]["Level"]["properties"]["score"]
    fits: Any = Draft202012Validator(made).is_valid
    assert fits(json.loads(GOOD))
    assert not fits({"levels": []})
    assert not fits({"levels": [{"item": "warmth", "score": 3, "more": 1}], "default": ""})


def test_a_place_that_a_model_made_up_is_not_repeated() -> None:
    with pytest.raises(Unfit, match=r"^\? \(int_parsing\)$"):
        read('{"what the patient said": "x"}', TypeAdapter(dict[str, int]))


def test_many_braces_do_not_take_long() -> None:
    assert first_object("{" * 50_000) is None
