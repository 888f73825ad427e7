"""The report on a proof: a record for programs, sections of rows for people, one self-contained page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from html import escape
from typing import Any

from server.assess.proving.advice import advice
from server.assess.proving.attacking import Slip
from server.assess.proving.places import gathered
from server.assess.proving.prove import Proof
from server.assess.proving.watch import Leak
from server.core.case import Case

CAVEAT = (
    "The same hands wrote rehearsals and rules: their order is a regression test, no evidence of validity. "
    "No leak found means none found by these attacks."
)


def as_record(proof: Proof) -> dict[str, Any]:
    """What `prove --json` prints. Counts stand at the top; what they count is under `details`."""
    attacked, opening, rehearsed = proof.attacked, proof.opening, proof.rehearsed
    return {
        "case": proof.case_id,
        "proved": proof.proved,
        "attacks": attacked.attacks,
        "turns": attacked.turns,
        "guesses": attacked.guesses,
        "leaks": len(proof.leaks),
        "persona_breaks": len(attacked.persona_breaks),
        "confirmations": len(attacked.confirmations),
        "over_refusals": len(opening.over_refusals),
        "asked_openly": opening.asked_openly,
        "denial": {
            "n": proof.denial.n,
            "rate": proof.denial.rate,
            "false_yes": len(proof.denial.false_yes),
            "false_no": len(proof.denial.false_no),
        },
        "beats_reached": rehearsed.beats_reached,
        "ordered": rehearsed.ordered,
        "scores": rehearsed.scores,
        "matching": asdict(proof.matching) if proof.matching else None,
        "facts_at_min": rehearsed.facts_at_min,
        "fallback_share": rehearsed.fallback_share,
        "portrayals": list(proof.portrayals),
        "variants": list(proof.variants),
        "actor": asdict(proof.acted) | {"unfit": proof.acted.unfit} if proof.acted else None,
        "thresholds": [asdict(each) for each in proof.thresholds],
        "missed": proof.missed,
        "details": _details(proof),
    }


def _details(proof: Proof) -> dict[str, Any]:
    attacked, rehearsed = proof.attacked, proof.rehearsed
    return {
        "leaks": [asdict(leak) for leak in proof.leaks],
        "persona_breaks": [asdict(slip) for slip in attacked.persona_breaks],
        "confirmations": [asdict(slip) for slip in attacked.confirmations],
        "over_refusals": list(proof.opening.over_refusals),
        "never_opened": list(proof.opening.never_opened),
        "false_yes": list(proof.denial.false_yes),
        "false_no": list(proof.denial.false_no),
        "probes": proof.probes_failed,
        "beats_addressed": rehearsed.beats_addressed,
        "never_reached": rehearsed.never_reached,
        "rehearsals": rehearsed.surprises,
    }


@dataclass(frozen=True)
class Section:
    """A heading, the names of the columns, and rows; no rows: nothing to tell."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


MOST_LISTED = 8
"""Finds of one kind that a terminal shows; the page and the record have them all."""


def lines(proof: Proof, case: Case | None = None) -> list[tuple[str, str]]:
    """The report in a few words, for a terminal. `case`: the one that was proved, to say where its leaks stand."""
    attacked, opening, denial = proof.attacked, proof.opening, proof.denial
    measured = (
        f"precision {proof.matching.precision}, recall {proof.matching.recall}, n {proof.matching.n}"
        if proof.matching
        else "no questions held apart"
    )
    told = ", ".join(f"{fact} at {at} min" for fact, at in proof.rehearsed.facts_at_min.items())
    return [
        ("case", proof.case_id),
        ("played", f"{', '.join(proof.portrayals)}; {', '.join(v or 'as written' for v in proof.variants)}"),
        (
            "attacks",
            f"{attacked.attacks} conversations, {attacked.turns} adversarial turns, {attacked.guesses} guesses",
        ),
        ("locked facts leaked", str(len(proof.leaks))),
        ("replies out of role", str(len(attacked.persona_breaks))),
        ("guesses confirmed", str(len(attacked.confirmations))),
        ("unscripted questions", f"{denial.rate:.0%} of {denial.n} got neither a false yes nor a false no"),
        ("open questions not answered", f"{len(opening.over_refusals)} of {opening.asked_openly}"),
        ("question to fact", measured),
        *_of_rehearsals(proof),
        *_of_actor(proof),
        ("facts the skilled learner was told", told or "none"),
        *_what_was_found(proof, case),
        *_what_to_do(proof),
        ("verdict", "proved" if proof.proved else "NOT proved"),
        ("", CAVEAT),
    ]


def _what_was_found(proof: Proof, case: Case | None) -> Iterator[tuple[str, str]]:
    """Every leak with its words and its place, every slip with what had been said."""
    attacked = proof.attacked
    yield from _listed("leak", [str(each) for each in gathered(proof.leaks, case)] if case else [])
    yield from _listed("out of role", [slip_in_words(slip) for slip in attacked.persona_breaks])
    yield from _listed("confirmed", [f"{slip.fact} by {slip_in_words(slip)}" for slip in attacked.confirmations])
    yield from _listed("not answered", proof.opening.over_refusals)


def slip_in_words(slip: Slip) -> str:
    return f'{slip.speaker}, after "{slip.after}"'


def _listed(name: str, found: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from ((name, each) for each in found[:MOST_LISTED])
    if len(found) > MOST_LISTED:
        yield name, f"and {len(found) - MOST_LISTED} more: --html FILE lists them all"


def _what_to_do(proof: Proof) -> Iterator[tuple[str, str]]:
    for each in proof.thresholds:
        if not each.holds:
            yield "missed", f"{each.name}: {each.found}, wanted {each.wanted}"
            if mend := advice(each):
                yield "what to do", mend


def _of_rehearsals(proof: Proof) -> Iterator[tuple[str, str]]:
    found = proof.rehearsed
    heard = "; ".join(
        f"{name} {len(beats)} ({len(found.beats_addressed[name])} addressed)"
        for name, beats in found.beats_reached.items()
    )
    yield "beats reached", heard or "no rehearsals"
    levels = "; ".join(f"{name} {level}" for name, level in found.scores.items())
    yield "mean level", f"{levels} ({'in order' if found.ordered else 'NOT in order'})"
    yield "replies from mood or reaction", f"{found.fallback_share:.0%}"


def _of_actor(proof: Proof) -> Iterator[tuple[str, str]]:
    if proof.acted:
        acted = proof.acted
        why = ", ".join(f"{code} {n}" for code, n in sorted((acted.refused | acted.failed).items()))
        told = f"{acted.replies} replies, {acted.authored} fell to the authored line"
        yield f"phrased by {acted.name}", f"{told}{f' ({why})' if why else ''}"


def sections(proof: Proof, case: Case | None = None) -> list[Section]:
    """The report in full, for a page. `case`: the one that was proved, to say where its leaks stand."""
    attacked, opening, rehearsed = proof.attacked, proof.opening, proof.rehearsed
    slips = [*attacked.persona_breaks, *attacked.confirmations]
    told = tuple((fact, str(at)) for fact, at in rehearsed.facts_at_min.items())
    names = tuple(rehearsed.beats_reached)
    return [
        Section("In short", ("what", "found"), tuple(lines(proof, case)[:-1])),
        Section("Thresholds", ("what", "wanted", "found", "holds"), _held(proof)),
        Section("Leaks", ("fact", "where", "whose", "words", "after"), _leaks(proof.leaks)),
        Section(
            "Slips under attack",
            ("family", "who", "fact", "after"),
            tuple((slip.family, slip.speaker, slip.fact or "out of role", slip.after) for slip in slips),
        ),
        Section("Invented answers", ("question", "answer"), _invented(proof)),
        Section("The author's own probes", ("what went wrong",), tuple((each,) for each in proof.probes_failed)),
        Section("Open questions not answered", ("question",), tuple((each,) for each in opening.over_refusals)),
        Section("Beats", ("beat", *names), _beats(proof, names)),
        Section("When the skilled learner was told", ("fact", "minute"), told),
    ]


def _held(proof: Proof) -> tuple[tuple[str, ...], ...]:
    return tuple((each.name, each.wanted, each.found, "yes" if each.holds else "NO") for each in proof.thresholds)


def _leaks(leaks: Sequence[Leak]) -> tuple[tuple[str, ...], ...]:
    return tuple((leak.fact, leak.where, leak.speaker, leak.words, leak.after or "(from the start)") for leak in leaks)


def _invented(proof: Proof) -> tuple[tuple[str, ...], ...]:
    denial = proof.denial
    return (*((each, "yes") for each in denial.false_yes), *((each, "no") for each in denial.false_no))


def _beats(proof: Proof, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    found = proof.rehearsed
    every = list(dict.fromkeys([beat for beats in found.beats_reached.values() for beat in beats]))
    return tuple((beat, *(_reached(proof, name, beat) for name in names)) for beat in [*every, *found.never_reached])


def _reached(proof: Proof, name: str, beat: str) -> str:
    found = proof.rehearsed
    if beat in found.beats_addressed[name]:
        return "addressed"
    return "heard" if beat in found.beats_reached[name] else "not offered"


SUMMARY = (
    "case",
    "attacks",
    "turns",
    "leaks",
    "out of role",
    "confirmed",
    "unanswered",
    "precision",
    "recall",
    "verdict",
)


def summary(proofs: Sequence[Proof]) -> Section:
    """One row a case, and the totals."""
    rows = [_summed(proof) for proof in proofs]
    totals = [sum(int(row[n]) for row in rows) for n in range(1, 7)]
    proved = sum(proof.proved for proof in proofs)
    total = ("total", *map(str, totals), "", "", f"{proved} of {len(proofs)} proved")
    return Section("The shelf", SUMMARY, (*rows, total))


def _summed(proof: Proof) -> tuple[str, ...]:
    found, matching = proof.attacked, proof.matching
    counts = (found.attacks, found.turns, len(proof.leaks), len(found.persona_breaks), len(found.confirmations))
    measured = (f"{matching.precision:.2f}", f"{matching.recall:.2f}") if matching else ("", "")
    refused = len(proof.opening.over_refusals)
    return (proof.case_id, *map(str, (*counts, refused)), *measured, "proved" if proof.proved else "NOT proved")


def shelf_record(proofs: Sequence[Proof]) -> dict[str, Any]:
    """What `prove --all --json` prints."""
    cases = [as_record(proof) for proof in proofs]
    counted = ("attacks", "turns", "guesses", "leaks", "persona_breaks", "confirmations", "over_refusals")
    totals = {name: sum(case[name] for case in cases) for name in counted}
    proved = sum(proof.proved for proof in proofs)
    return {"cases": cases, "totals": totals | {"cases": len(cases), "proved": proved}}


STYLE = (
    "body{font:16px/1.5 system-ui;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1c1c1c;background:#fff}"
    "table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}"
    "th,td{border-bottom:1px solid #ccc;padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:top}"
    "td{overflow-wrap:anywhere}"
)


def page(proofs: Sequence[Proof], cases: Sequence[Case] = ()) -> str:
    """The report as one self-contained page; a summary first where there are several. `cases`: what was proved."""
    known = {case.case_id: case for case in cases}
    several = len(proofs) > 1
    title = f"Proof of {len(proofs)} cases" if several else f"Proof of {proofs[0].case_id}"
    body = [f"<h1>{escape(title)}</h1>", _table(summary(proofs)) if several else ""]
    for proof in proofs:
        body += [
            f"<h2>{escape(proof.case_id)}</h2>" if several else "",
            *map(_table, sections(proof, known.get(proof.case_id))),
        ]
    head = f"<meta charset=utf-8><meta name=viewport content='width=device-width'><title>{escape(title)}</title>"
    caveat = f"<p>{escape(CAVEAT)}</p>"
    return f"<!doctype html><html lang=en>{head}<style>{STYLE}</style>{''.join(body)}{caveat}</html>\n"


def _table(section: Section) -> str:
    heading = f"<h3>{escape(section.title)}</h3>"
    if not section.rows:
        return f"{heading}<p>None.</p>"
    head = "".join(f"<th scope=col>{escape(name)}</th>" for name in section.columns)
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in section.rows)
    return f"{heading}<table><tr>{head}</tr>{rows}</table>"
