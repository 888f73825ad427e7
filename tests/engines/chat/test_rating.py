"""The way to a rating model: where it is, what it is asked with, and whether it is there."""

from __future__ import annotations

import pytest
from pydantic import BaseModel, TypeAdapter

from server.api.consent import consent
from server.core.errors import SetupError
from server.engines import catalog
from server.engines.catalog import EngineChoice
from server.engines.chat.messages import Message
from server.engines.chat.rating import MOST_TOKENS, RatingModel
from tests.models.chat_server import chat_server


class Found(BaseModel):
    holds: bool


QUESTION = [Message(role="system", content="Look."), Message(role="user", content="Does it hold?")]


async def test_it_is_asked_steadily_and_with_room_for_a_long_answer() -> None:
    async with chat_server(['{"holds": true}']) as server:
        model = RatingModel(server.base_url, "script", "key")
        answer = await model.answer(QUESTION, TypeAdapter(Found), "evidence")
        await model.close()
    request = server.requests[0]
    assert answer.value == Found(holds=True)
    assert (request["temperature"], request["max_tokens"]) == (0, MOST_TOKENS)
    assert request["response_format"]["json_schema"]["name"] == "evidence"


@pytest.mark.parametrize(
    ("url", "kind", "host", "told"),
    [
        ("http://127.0.0.1:11434/v1", "local", "", "127.0.0.1"),
        ("https://models.example.org/v1", "remote", "models.example.org", "models.example.org"),
    ],
)
def test_who_is_sent_the_words_is_named(url: str, kind: str, host: str, told: str) -> None:
    model = RatingModel(url, "a-model", "a secret key")
    assert (model.info.part, model.info.kind, model.info.host, model.host) == ("rating", kind, host, told)
    assert (model.info.version, model.model) == ("a-model", "a-model")
    assert "secret" not in f"{model.info}{model.settings}"
    assert ("models.example.org: the words of the conversation, to be rated" in consent([model.info])) is bool(host)


def test_none_is_built_unless_it_is_set_and_none_by_halves() -> None:
    assert catalog.rating(EngineChoice()) is None
    for half in (
        EngineChoice(rating_url="http://127.0.0.1:1/v1"),
        EngineChoice(rating_model="m"),
        EngineChoice(rating_url="127.0.0.1:1/v1", rating_model="m"),
    ):
        with pytest.raises(SetupError, match="BEDSIDE_RATING_URL"):
            catalog.rating(half)
    assert catalog.rating(EngineChoice(rating_url="http://127.0.0.1:1/v1", rating_model="m"))


async def test_whether_it_is_there_can_be_asked() -> None:
    model = RatingModel("http://127.0.0.1:9/v1", "m")
    asked = await catalog.ask(model)
    await catalog.close(model)
    assert "BEDSIDE_RATING_URL" in asked.fault
