"""The tables of the guide and of the front page, made from code and cases so that neither falls behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from server.core.case import Case
from server.core.lexicon import FEELINGS
from server.core.moves import BLOCKERS
from server.core.rules.every_rule import RULES

README = "personas/README.md"
FRONT = "README.md"
CONDITIONS = (
    ("`trust >= 4`", "a number of the state compared: `>= <= > < == !=`"),
    ("`hears == 'not_heard'`", "a choice of the state, with the word in single quotes: `==` or `!=`"),
    (
        "`surgeon.irritation >= 5`",
        "a number or a choice of another of the cast; within their own part, without `surgeon.`",
    ),
    ("`turn >= 2`", "how many turns the learner has spoken"),
    ("`minute >= 3.5`", "time since the encounter began"),
    ("`portrayal == 'teaching'`", "how the patient plays: `'teaching'` or `'assessment'`"),
    ("`learner_mentions:home`", "the learner's last turn has this word or a form of it"),
    ("`learner_made:open_question`", "the learner has made this move at any time so far"),
    ("`did:draw_curtain`", "the learner has taken this action at any time so far"),
    ("`asked:F_tom`", "the learner has asked for this fact, told or not"),
    ("`present:son`", "this person is in the room"),
    ("`fact_revealed:F_tom`", "the learner has heard this fact"),
    ("`beat_heard:B2_quiet`", "the learner has heard this beat, whatever came of it"),
    ("`beat_open:B2_quiet`", "it was heard and its window is still open"),
    ("`beat_addressed:B2_quiet`", "the learner met it"),
    ("`beat_missed:B2_quiet`", "its window closed and it was not met"),
    ("`not present:son`", "`not` turns one term round"),
    ("`trust >= 4 and turn >= 3`", "`and` joins terms; for *or*, use the list `any:` of a trigger"),
)


def tables() -> dict[str, str]:
    """Each generated part of the guide, by the name in its markers."""
    moves = [(f"`{rule.move}`", rule.says, "blocker" if rule.move in BLOCKERS else "") for rule in RULES]
    feelings = [(f"`{family}`", ", ".join(sorted(words))) for family, words in FEELINGS.items()]
    return {
        "conditions": _table(("write", "it holds when"), CONDITIONS),
        "moves": _table(("move", "what the turn does", ""), moves),
        "feelings": _table(("family", "words that name it"), feelings),
    }


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def guide_text(text: str) -> str:
    """`text` with every generated part renewed: what stands between `<!-- moves -->` and `<!-- /moves -->`."""
    for name, table in tables().items():
        text = _renewed(text, name, table)
    return text


def front_text(text: str, cases: Iterable[Case]) -> str:
    """The front page with its table of cases renewed."""
    rows = [(f"`{case.case_id}`", case.title, case.summary, _learner(case)) for case in cases]
    return _renewed(text, "cases", _table(("case", "", "whom one meets", "for"), rows))


def _learner(case: Case) -> str:
    act = f"; act {case.unfolding.number} of {case.unfolding.of}" if case.unfolding else ""
    return f"{case.education.learner_level}{act}"


def _renewed(text: str, name: str, table: str) -> str:
    start, end = f"<!-- {name} -->\n", f"<!-- /{name} -->"
    before, _, rest = text.partition(start)
    return f"{before}{start}{table}\n{end}{rest.partition(end)[2]}"


def write_guide(root: Path) -> bool:
    """Renew the guide under `root`; True when it changed."""
    return _write(root / README, guide_text)


def write_front(root: Path, cases: Iterable[Case]) -> bool:
    """Renew the front page under `root`; True when it changed."""
    return _write(root / FRONT, lambda text: front_text(text, cases))


def _write(path: Path, renew: Callable[[str], str]) -> bool:
    old = path.read_text(encoding="utf-8")
    new = renew(old)
    path.write_text(new, encoding="utf-8")
    return old != new
