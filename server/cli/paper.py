"""How encounters and scorecards look in a terminal. What a person said is printed as text, never as markup."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from server.assess.draft import hearing_notice
from server.core.doubting import all_in_doubt, doubtful_spans
from server.core.encounter import Encounter
from server.core.ledger import Opportunity
from server.core.scoring.scoring import Evidence, Scorecard, why_not_scored
from server.core.timing import timing
from server.core.transcript import LEARNER, Turn
from server.live.wording import NOT_SCORED

UNSURE = "not counted: heard with low confidence"
QUOTES = 3
"""Under one level."""
NO_MOMENTS = "No moments are listed: none was found, or the rubric does not use them."
PROPOSED = "Nobody planted these moments: they are proposed from the words, and quiet hints are missed."
OPPORTUNITY_WORDS = ("blocked", "token", "partial", "acknowledged", "acknowledged and extended")


def turn_text(encounter: Encounter, turn: Turn, *, label: str = "You") -> Text:
    """One turn as a line."""
    who = label if turn.speaker == LEARNER else encounter.case.member(turn.speaker).name
    words = turn.text if turn.kind == "said" else f"({turn.text})"
    style = "bold" if turn.speaker == LEARNER else "dim italic" if turn.kind == "shown" else ""
    mark = " …" if turn.cut else ""
    doubt = doubt_words(turn)
    mark += f" [{doubt}]" if doubt else ""
    murmurs = ", ".join(f"“{murmur.text}”" for murmur in encounter.murmurs if murmur.reply == turn.id)
    mark += f" [{label}, meanwhile: {murmurs}]" if murmurs else ""
    return Text.assemble((f"{who}: ", "bold cyan" if turn.speaker != LEARNER else "bold"), (words + mark, style))


def doubt_words(turn: Turn) -> str:
    """Which words were recognised too uncertainly to count; empty where all of them do."""
    if all_in_doubt(turn):
        return UNSURE
    words = turn.text.split()
    spans = (f"“{' '.join(words[start:end])}”" for start, end in doubtful_spans(turn))
    doubtful = ", ".join(spans)
    return f"not counted, heard with doubt: {doubtful}" if doubtful else ""


def shown(evidence: Evidence, encounter: Encounter | None) -> str:
    """Words in quotation marks; an act or a silence in brackets, as in the transcript."""
    said = encounter is None or encounter.turn(evidence.turn).kind == "said"
    return f"“{evidence.quote}”" if said else f"({evidence.quote})"


def print_transcript(console: Console, encounter: Encounter) -> None:
    for turn in encounter.turns:
        if turn.text:
            console.print(turn_text(encounter, turn, label=encounter.case.logistics.learner_role))


def print_scorecard(console: Console, card: Scorecard, encounter: Encounter | None = None) -> None:
    """The draft, said to be one."""
    why = why_not_scored(encounter) if encounter else ""
    if why or card.status == "not_scored":
        console.print(NOT_SCORED.get(why, "Not scored."))
        return
    console.print(Text(f"\n{card.rubric['title']} (draft, not signed by faculty)", style="bold"))
    console.print(Text(card.rubric["claim"], style="dim"))
    if notice := hearing_notice(card.provenance):
        console.print(Text(notice, style="yellow"))
    table = Table(show_header=True, header_style="bold")
    for heading in ("dimension", "level", "why", "in your words and acts"):
        table.add_column(heading)
    for rating in card.dimensions:
        level = str(rating.level) if rating.status == "rated" else rating.status.replace("_", " ")
        own = [evidence for evidence in rating.evidence if evidence.role == "said"]
        quotes = "\n".join(shown(evidence, encounter) for evidence in own[:QUOTES])
        table.add_row(rating.id.replace("_", " "), level, Text(rating.rationale), Text(quotes))
    console.print(table)
    _print_opportunities(console, card, encounter)
    if encounter:
        facts = ", ".join(
            f"{name.replace('_', ' ')} {value}" for name, value in timing(encounter).items() if value is not None
        )
        console.print(Text(f"Timing facts, not part of the score: {facts}", style="dim"))


def _print_opportunities(console: Console, card: Scorecard, encounter: Encounter | None) -> None:
    if not card.opportunities:
        console.print(Text(NO_MOMENTS, style="dim"))
        return
    table = Table(
        show_header=True, header_style="bold", caption=None if encounter else PROPOSED, caption_justify="left"
    )
    for heading in ("opportunity", "core", "state", "code", "quote"):
        table.add_column(heading)
    for line in card.opportunities:
        code = "" if line.code is None else f"{line.code} {OPPORTUNITY_WORDS[line.code]}"
        kind = "cued" if line.cued else "core" if line.core else "earned"
        core = kind if encounter else "proposed"
        table.add_row(line.beat, core, line.state.replace("_", " "), code, Text(_quoted(line, encounter)))
    console.print(table)


def _quoted(line: Opportunity, encounter: Encounter | None) -> str:
    """What earned the code; the cue where nothing did."""
    speaker, turn = (LEARNER, line.turn) if line.turn else (line.cue_speaker, line.cue_turn)
    return shown(Evidence(turn, speaker, line.quote, "said"), encounter) if turn else ""
