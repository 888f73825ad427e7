"""The report as a page of its own, for the screen, for paper and for `report_pdf`: no script, no request, no colour.

It holds what the API shows the same reader, no more. The learner is `the learner` throughout; a name stands in the head
only where somebody asks for it.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from pydantic import TypeAdapter

from server.assess.draft import hearing_notice
from server.assess.reporting.pictures import FIRST_LANE_Y, LANE_HEIGHT, came_up, shape_of, timeline
from server.assess.reporting.words import KINDS, NOT_SCORED, SHAPES, UNCLEAR, clock, code_words, level_words, readable
from server.core.case import Case
from server.core.debriefing.debriefing import Debriefing
from server.core.doubting import all_in_doubt, doubtful_spans
from server.core.encounter import Encounter
from server.core.ledger import Opportunity
from server.core.rubric import Dimension, Rubric, Weighed
from server.core.scoring.scorecard import Evidence, Rating, Scorecard
from server.core.scoring.scoring import why_not_scored
from server.core.transcript import LEARNER, Turn

QUOTES = 4
"""Under one level; how many more there are is said."""
_CARD: TypeAdapter[Scorecard] = TypeAdapter(Scorecard)
SIGNED = {"learner": "Signed by the learner, not by faculty", "guest": "Signed by a guest, not by faculty"}
"""By what whoever signed is to the encounter; anybody else is faculty."""
_FIELDS = ("status", "rubric", "dimensions", "opportunities", "provenance")


@dataclass(frozen=True)
class Report:
    """What a report is made of."""

    encounter: Encounter
    card: Mapping[str, Any]
    """The scorecard as it may be shown to this reader, JSON-ready."""
    rubric: Rubric | None
    """Of the card's id, as it stands on the shelf; None where nothing is scored or it is not there any more."""
    for_whom: str = ""
    """A name for the head; empty: none anywhere."""
    debriefing: Debriefing | None = None
    """As far as this reader may see it; None: the moments stand without what there is to say about them."""
    held: str = ""
    """Why there are no marks yet, where somebody is to sign first."""


def report_html(report: Report) -> str:
    """One HTML document."""
    encounter, card = report.encounter, read_card(report.card)
    case = encounter.case
    return environment().get_template("report.html.j2").render(
        **_heading(report, card),
        card=card,
        names=_names(case),
        number={turn.id: at for at, turn in enumerate(_shown(encounter), 1)},
        drawn=timeline(_shown(encounter), card.opportunities, encounter.now_ms),
        rubric=report.rubric,
        profile=_profile(report, card),
        held=report.held,
        one=_one(report),
        self_rating=_self_rating(encounter),
        moments=[_moment(each, encounter, report) for each in came_up(card.opportunities)],
        not_offered=len(card.opportunities) - len(came_up(card.opportunities)),
        reflection=_reflection(encounter),
        transcript=[_line(turn, case) for turn in _shown(encounter)],
        facts=readable(report.card.get("timing", {})),
        quoted=lambda evidence: _quoted(evidence, encounter),
        lane_y=lambda lane: FIRST_LANE_Y + lane * LANE_HEIGHT,
    )  # fmt: skip


def read_card(card: Mapping[str, Any]) -> Scorecard:
    """A scorecard from its JSON."""
    return _CARD.validate_python({name: card[name] for name in _FIELDS})


@cache
def environment() -> Environment:
    """Templates of this room; what anybody said is escaped, and a name that is not given is an error."""
    loader = PackageLoader("server.assess.reporting")
    made = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )  # fmt: skip
    made.globals["style"] = Markup(loader.get_source(made, "report.css")[0])  # noqa: S704 - our own file
    return made


@cache
def policy() -> str:
    """The content security policy of such a page: this one style, by its hash, and nothing else at all."""
    style = str(environment().globals["style"]).encode()
    digest = b64encode(hashlib.sha256(style).digest()).decode()
    return (
        f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _heading(report: Report, card: Scorecard) -> dict[str, Any]:
    encounter, case = report.encounter, report.encounter.case
    state = {
        "signed": SIGNED.get(card.provenance.get("signed_as", ""), "Signed by faculty"),
        "draft": "Draft: not signed by faculty",
        "pending": "The draft is being made",
    }
    status = state.get(card.status, "Not scored")
    return {
        "language": case.language,
        "title": case.title,
        "state": status,
        "for_whom": report.for_whom,
        "people": [member.name for member in case.cast] or ["Whoever was met"],
        "about": [part for part in (*_about(encounter), _signed_by(card)) if part],
        "running": f"{case.title} · verbal empathy in this transcript · {status[:1].lower()}{status[1:]}",
        "not_scored": NOT_SCORED.get(why_not_scored(encounter), ""),
        "practice_only": hearing_notice(card.provenance),
        "made_by": list(_made_by(card)),
    }


def _about(encounter: Encounter) -> Iterable[str]:
    case = encounter.case
    variant = next((each.label for each in case.variants if each.id == case.variant), "")
    yield variant
    yield f"case version {case.case_version}"
    yield "played as in an examination" if encounter.portrayal == "assessment" else "played for learning"
    yield f"{clock(encounter.now_ms)} minutes"
    yield "" if case.status == "approved" else "case not yet reviewed by educators"
    yield "a moment of an earlier encounter, taken up again" if encounter.retry else ""


def _signed_by(card: Scorecard) -> str:
    """Who signed, and on which day."""
    name, at = card.provenance.get("signed_by", ""), card.provenance.get("signed_at", "")
    return f"signed by {name} on {at[:10]}" if card.status == "signed" and name else ""


def _made_by(card: Scorecard) -> Iterable[str]:
    about = card.provenance
    if card.rubric:
        yield f"rubric {card.rubric['id']} {card.rubric['version']} ({card.rubric['digest'][:12]})"
    labels = {"rater": "rater", "model": "model", "hearing": "heard by", "case_digest": "case digest"}
    for key, label in labels.items():
        if about.get(key):
            yield f"{label} {about[key][:12] if key.endswith('digest') else about[key]}"


def _names(case: Case) -> dict[str, str]:
    return {LEARNER: "the learner", **{member.id: member.name for member in case.cast}}


def _shown(encounter: Encounter) -> list[Turn]:
    return [turn for turn in encounter.turns if turn.text]


def _self_rating(encounter: Encounter) -> dict[str, int]:
    return dict(encounter.reflection.self_rating) if encounter.reflection else {}


def _profile(report: Report, card: Scorecard) -> list[dict[str, Any]]:
    """None of a retry: one or two turns say nothing of a profile."""
    if report.rubric is None or report.encounter.retry is not None:
        return []
    rubric = report.rubric
    drafts = {each["id"]: each for each in report.card["dimensions"]}
    return [_row(rating, rubric, report) | _signed(drafts[rating.id], rubric) for rating in card.dimensions]


def _signed(line: Mapping[str, Any], rubric: Rubric) -> dict[str, Any]:
    """What the program had drafted, beside a mark that a person has signed, and why it was changed."""
    draft = line.get("draft")
    if draft is None:
        return {"draft": "", "reason": line.get("reason", "")}
    was = Rating(line["id"], draft["level"], draft["status"], (), "")
    return {"draft": level_words(was, rubric.highest), "reason": line.get("reason", "")}


def _row(rating: Rating, rubric: Rubric, report: Report) -> dict[str, Any]:
    """One dimension, with what the rubric says of the level."""
    known: Sequence[Dimension | Weighed] = (*rubric.dimensions, *rubric.weighed)
    dimension = next((each for each in known if each.id == rating.id), None)
    quotes = [each for each in rating.evidence if each.role != "examined"]
    same = dimension is not None and report.card["rubric"].get("digest") == rubric.digest
    return {
        "rating": rating,
        "name": dimension.name if dimension else rating.id,
        "question": dimension.question if dimension else "",
        "anchor": dimension.anchors.get(str(rating.level), "") if dimension and same else "",
        "words": level_words(rating, rubric.highest),
        "own": _self_rating(report.encounter).get(rating.id),
        "quotes": quotes[:QUOTES],
        "more": max(0, len(quotes) - QUOTES),
        "examined": sum(each.role == "examined" for each in rating.evidence),
    }


def _one(report: Report) -> dict[str, Any] | None:
    """The one moment to look at."""
    found = report.debriefing.coaching if report.debriefing else None
    if found is None:
        return None
    return {"aim": found.aim, "because": found.because, "directions": found.directions, **_cue(found.moment.line)}


def _cue(each: Opportunity) -> dict[str, Any]:
    return {
        "shape": shape_of(each),
        "kind": KINDS.get(each.kind, each.kind),
        "core": each.core,
        "cued": each.cued,
        "state": UNCLEAR if each.state == "unclear" else SHAPES[shape_of(each)],
        "cue": f"“{each.cue_quote}”",
        "cue_turn": each.cue_turn,
        "code": each.code,
        "code_words": code_words(each),
    }


def _moment(each: Opportunity, encounter: Encounter, report: Report) -> dict[str, Any]:
    answer = each.turn or next(iter(each.response_turns), "")
    words = each.quote if each.turn else encounter.turn(answer).text if answer else ""
    cards = report.debriefing.cards if report.debriefing else ()
    card = next((card for card in cards if card.moment.line.beat == each.beat), None)
    return {
        **_cue(each),
        "answer": f"“{words}”" if words else "",
        "answer_turn": answer,
        "changed": card.changed if card else (),
        "question": card.question if card else "",
        "directions": card.directions if card else (),
    }


def _quoted(evidence: Evidence, encounter: Encounter) -> str:
    """Words in quotation marks; an act or a silence in brackets, as in the transcript."""
    return f"“{evidence.quote}”" if encounter.turn(evidence.turn).kind == "said" else f"({evidence.quote})"


def _reflection(encounter: Encounter) -> list[tuple[str, str]]:
    own = encounter.reflection
    parts = (("How it was", own.reactions), ("What was felt", own.felt), ("What was said", own.said)) if own else ()
    return [(heading, text) for heading, text in parts if text]


def _line(turn: Turn, case: Case) -> dict[str, Any]:
    said = turn.kind == "said"
    return {
        "own": turn.speaker == LEARNER,
        "who": _names(case).get(turn.speaker, turn.speaker),
        "at": clock(turn.at_ms),
        "said": said,
        "text": turn.text if said else f"({turn.text})",
        "cut": turn.cut,
        "doubt": _doubt(turn),
    }


def _doubt(turn: Turn) -> str:
    if all_in_doubt(turn):
        return "not counted: heard with low confidence"
    words = turn.text.split()
    spans = ", ".join(f"“{' '.join(words[start:end])}”" for start, end in doubtful_spans(turn))
    return f"not counted, heard with doubt: {spans}" if spans else ""
