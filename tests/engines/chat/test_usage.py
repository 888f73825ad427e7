"""What a chat model costs, a model that is left alone, and a second answer inside the time of one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing, asynccontextmanager
from dataclasses import replace

import pytest

from server.core.errors import EngineError, ReplyRefused
from server.engines.chat.chat import ChatActor
from server.engines.chat.circuit import FAILURES, REST_S, Circuit
from server.engines.chat.usage import Spending, Usage, estimate, read_usage
from server.engines.protocols import Bill
from tests.engines.chat.test_chat import PATIENT, PROMPT
from tests.models.chat_server import ChatServer, chat_server


@asynccontextmanager
async def acting(model: str = "script", *script: str) -> AsyncIterator[tuple[ChatServer, ChatActor]]:
    async with chat_server(script) as server:
        actor = ChatActor(replace(PATIENT, url=server.base_url, model=model, price_in=2.0, price_out=10.0))
        try:
            yield server, actor
        finally:
            await actor.close()


async def act(actor: ChatActor, bill: Bill) -> str:
    return " ".join([piece.strip() async for piece in actor.act(PROMPT, bill)])


async def test_a_reply_is_billed_with_the_servers_own_counts() -> None:
    async with acting("script", "It hurts.") as (server, actor):
        server.counts = (120, 7)
        bill, other = Bill(), Bill()
        await act(actor, bill)
        await act(actor, other)
        assert (bill.tokens_in, bill.tokens_out, bill.attempts) == (120, 7, 1)
        assert (other.tokens_in, other.tokens_out) == (120, 7), "a bill is nobody else's"
        assert actor.spending.counted == Usage(240, 14)
        assert actor.spending.cost == pytest.approx((240 * 2.0 + 14 * 10.0) / 1_000_000)
        assert (actor.spending.requests, actor.spending.uncounted) == (2, 0)


async def test_a_server_that_does_not_count_is_estimated_apart_and_never_billed() -> None:
    async with acting("script", "It hurts.") as (_, actor):
        bill = Bill()
        await act(actor, bill)
        assert (bill.tokens_in, bill.tokens_out) == (0, 0)
        assert actor.spending.counted == Usage() and actor.spending.cost == 0
        assert actor.spending.uncounted == 1 and actor.spending.estimated.tokens_out == 3
        assert actor.spending.estimated_cost > 0


async def test_a_server_that_refuses_to_count_is_asked_without_and_remembered() -> None:
    async with acting("script", "It hurts.") as (server, actor):
        server.refuses = frozenset({"stream_options"})
        assert await act(actor, Bill()) == await act(actor, Bill()) == "It hurts."
        assert ["stream_options" in request for request in server.requests] == [True, False, False]


async def test_a_reply_that_must_be_refused_is_paid_for_all_the_same() -> None:
    async with acting("script", "...") as (server, actor):
        server.counts = (120, 7)
        bill = Bill()
        with pytest.raises(ReplyRefused):
            await act(actor, bill)
        assert (bill.tokens_in, bill.tokens_out) == (120, 7)


async def test_a_reply_that_is_left_is_no_count_but_an_estimate() -> None:
    async with acting("stall") as (_, actor):
        bill = Bill()
        async with aclosing(actor.act(PROMPT, bill)) as reply:
            await anext(reply)
        assert bill.tokens_out == 0 and actor.spending.estimated.tokens_out > 0


@pytest.mark.parametrize(
    "found",
    [None, 3, [], {}, {"prompt_tokens": 3}, {"prompt_tokens": "3", "completion_tokens": "4"},
     {"prompt_tokens": -3, "completion_tokens": 4}, {"prompt_tokens": True, "completion_tokens": True},
     {"prompt_tokens": 0, "completion_tokens": 0}],
)  # fmt: skip
def test_what_is_no_count_counts_nothing(found: object) -> None:
    assert read_usage(found) is None


def test_an_estimate_is_rounded_up_and_priced() -> None:
    spending = Spending(price_in=1.0, price_out=3.0)
    spending.add(None, 9, 1)
    assert spending.estimated == estimate(9, 1) == Usage(3, 1)
    assert spending.cost == 0 and spending.estimated_cost == pytest.approx(6 / 1_000_000)


async def test_a_second_answer_is_asked_for_with_a_correction_and_no_word_of_the_first() -> None:
    async with acting("script", "As an AI I cannot feel SECRET.", "It hurts.") as (server, actor):
        bill = Bill()
        with pytest.raises(ReplyRefused) as refused:
            await act(actor, bill)
        bill.why = refused.value.code
        assert await act(actor, bill) == "It hurts."
        assert bill.attempts == 2 and bill.waited_s > 0
    first, second = (request["messages"] for request in server.requests)
    assert second[0]["content"].startswith(first[0]["content"]) and "could not be used" in second[0]["content"]
    assert second[1:] == first[1:]
    assert "SECRET" not in str(second)


async def test_both_answers_share_the_time_of_one() -> None:
    async with acting() as (server, actor):
        with pytest.raises(EngineError) as failed:
            await act(actor, Bill(waited_s=PATIENT.first_s, why="reply_empty"))
        assert failed.value.code == "model_slow"
        assert server.requests == []


async def test_what_an_administrator_must_mend_is_kept_until_a_reply_comes() -> None:
    async with acting("script", "It hurts.", "...") as (server, actor):
        server.refuses = frozenset({"model"})
        with pytest.raises(EngineError):
            await act(actor, Bill())
        assert actor.trouble == "model_refused_request"
        server.refuses = frozenset()
        await act(actor, Bill())
        assert actor.trouble == ""
        with pytest.raises(ReplyRefused):
            await act(actor, Bill())
        assert actor.trouble == "", "a bad reply is no trouble with the server"


async def test_what_is_left_of_that_time_is_all_a_second_answer_has() -> None:
    async with acting("slow-first") as (server, actor):
        with pytest.raises(EngineError) as failed:
            await asyncio.wait_for(act(actor, Bill(waited_s=PATIENT.first_s - 0.5, why="reply_empty")), 25)
        assert failed.value.code == "model_slow"
        assert len(server.requests) == 1


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def fail(circuit: Circuit, code: str = "model_slow") -> None:
    with pytest.raises(EngineError), circuit.request():
        raise EngineError("x", code=code)


def resting(circuit: Circuit) -> bool:
    try:
        with circuit.request():
            raise EngineError("x", code="model_slow")
    except EngineError as error:
        return error.code == "model_resting"


def test_after_three_failures_in_a_row_a_model_rests_and_then_one_may_try() -> None:
    clock = Clock()
    circuit = Circuit(clock)
    for _ in range(FAILURES - 1):
        fail(circuit)
    circuit.worked()
    for _ in range(FAILURES):
        assert not resting(circuit)
    assert resting(circuit)
    clock.now += REST_S
    assert not resting(circuit), "the one that tries, and fails"
    assert resting(circuit)
    clock.now += REST_S
    with circuit.request():
        assert resting(circuit), "one tries, the others rest"
        circuit.worked()
    assert not resting(circuit)


def test_a_refusal_or_a_wrong_key_is_an_answer() -> None:
    circuit = Circuit(Clock())
    for _ in range(FAILURES):
        fail(circuit, "model_key_refused")
    assert not resting(circuit)


def test_a_try_that_was_given_up_is_no_failure_and_the_next_may_try_at_once() -> None:
    circuit = Circuit(clock := Clock())
    for _ in range(FAILURES):
        fail(circuit)
    clock.now += REST_S
    with pytest.raises(asyncio.CancelledError), circuit.request():
        raise asyncio.CancelledError
    assert not resting(circuit)


async def test_while_it_rests_nobody_waits_for_the_network() -> None:
    actor = ChatActor(replace(PATIENT, url="http://127.0.0.1:9/v1", model="m"), clock := Clock())
    codes = []
    for _ in range(FAILURES + 1):
        with pytest.raises(EngineError) as failed:
            await act(actor, Bill())
        codes.append(failed.value.code)
    assert codes == ["model_unreachable"] * FAILURES + ["model_resting"]
    assert actor.spending.requests == 0
    clock.now += REST_S
    with pytest.raises(EngineError) as failed:
        await act(actor, Bill())
    await actor.close()
    assert failed.value.code == "model_unreachable"
