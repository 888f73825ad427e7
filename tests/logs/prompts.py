"""What an actor is given at three moments of one encounter, as a page of the documentation."""

from __future__ import annotations

from collections.abc import Iterator

from server.core.case import Case
from server.core.effects import Act, Effect
from server.core.prompt import Prompt
from server.core.rehearsing import AuthoredLearner, act_out, next_step
from server.core.virtual import VirtualRoom, virtual_room
from tests.logs.recording import ROOT, the_case

PAGE = ROOT / "docs" / "what-the-actor-sees.md"
HEAD = """# What the actor sees

Whoever phrases a reply, the embedded actor or a language model, gets a prompt and nothing else. Below are three prompts
of one encounter: Mrs Novak and her skilled authored learner. Under each stands every fact of the case that is *not* in
it at that moment. Nothing here was written by hand: `python -m tests.logs.record` writes this page and a test fails
when it is stale. `bedside prove novak-discharge` reads every prompt of several hundred conversations in the same way.
"""


def page() -> str:
    """The whole page."""
    case = the_case()
    moments = _moments(case)
    return HEAD + "".join(_section(title, prompt, absent) for title, prompt, absent in moments)


def _moments(case: Case) -> Iterator[tuple[str, Prompt, list[str]]]:
    """The opening, the reply in which the first core cue is given, and the first that tells of the fall."""
    seen: list[tuple[Prompt, list[str]]] = []
    room = virtual_room(case)
    room.on_effect = lambda effect: _note(room, effect, seen)
    learner = AuthoredLearner(case.rehearsal("skilled"))
    room.enter()
    while (step := next_step(room, learner)) is not None:
        act_out(room, step)
    yield ("1. Her opening words", *seen[0])
    quiet = case.beat("B2_empty_chair").deliver.verbatim
    yield ("2. The cue about the quiet", *next(each for each in seen if quiet in each[0].lines))
    fall = case.fact("F_fall").say
    yield ("3. She tells of the fall", *next(each for each in seen if fall in each[0].lines))


def _note(room: VirtualRoom, effect: Effect, seen: list[tuple[Prompt, list[str]]]) -> None:
    if isinstance(effect, Act):
        said = " ".join(
            (effect.prompt.role, effect.prompt.direction, *(line.text for line in effect.prompt.conversation))
        )
        absent = [fact.id for fact in room.encounter.case.facts if fact.say and fact.say not in said]
        seen.append((effect.prompt, absent))


def _section(title: str, prompt: Prompt, absent: list[str]) -> str:
    heard = "\n".join(f"{prompt.names.get(line.speaker, line.speaker)}: {line.text}" for line in prompt.conversation)
    parts = [
        f"\n## {title}\n\nThe role:\n\n```text\n{prompt.role}\n```\n",
        f"\nThe conversation so far:\n\n```text\n{heard or '(nobody has spoken yet)'}\n```\n",
        f"\nWhat to do in this turn:\n\n```text\n{prompt.direction}\n```\n",
        f"\nNot in it: {', '.join(f'`{each}`' for each in absent) or 'nothing; every fact has been told'}.\n",
    ]
    return "".join(parts)
