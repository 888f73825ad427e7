"""The draft as one more rater: transcripts of people from a folder, scored by our rules, beside what people marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from server.assess.calibrating.marks import DRAFT, Mark
from server.assess.human.score import read_transcript, score_transcript
from server.core.errors import ContentError, Problem
from server.core.rubric import Rubric
from server.core.scoring.scorecard import Scorecard

MOST_TOLD = 25


def drafted_from(folder: Path, transcripts: Iterable[str], rubric: Rubric) -> dict[str, Scorecard]:
    """The draft of each transcript, whose file has its name. Raises `ContentError` with all that is wrong."""
    files, problems, cards = _files(folder), [], {}
    for name in sorted(transcripts):
        found = files.get(name, [])
        if len(found) != 1:
            problems.append(_not_one(name, found, folder))
            continue
        try:
            cards[name] = score_transcript(read_transcript(found[0]), rubric)
        except ContentError as error:
            problems += error.problems
    if problems:
        raise ContentError(problems[:MOST_TOLD])
    return cards


def _files(folder: Path) -> dict[str, list[Path]]:
    """By full name and by name without ending."""
    if not folder.is_dir():
        raise ContentError([Problem("there is no such folder of transcripts.", str(folder))])
    files: dict[str, list[Path]] = {}
    for path in sorted(each for each in folder.iterdir() if each.is_file() and not each.name.startswith(".")):
        for name in {path.name, path.stem}:
            files.setdefault(name, []).append(path)
    return files


def _not_one(name: str, found: Sequence[Path], folder: Path) -> Problem:
    if found:
        names = ", ".join(path.name for path in found)
        return Problem(f"{name} may be any of {names}.", folder.name, mend="Write the whole file name among the marks.")
    mend = f"Put its file there, called {name} and an ending such as .txt."
    return Problem(f"{name} was marked, and there is no transcript of it.", folder.name, mend=mend)


def as_marks(cards: Mapping[str, Scorecard]) -> list[Mark]:
    """What the draft gave. A card that was not scored gives `unrated` nowhere: it has no dimensions."""
    return [
        Mark(name, DRAFT, rating.id, rating.level, status=rating.status)
        for name, card in cards.items()
        for rating in card.dimensions
    ]


def rater_in(cards: Mapping[str, Scorecard]) -> str:
    """Version of the rater that made them; empty where they are of several."""
    found = {card.provenance.get("rater", "") for card in cards.values()}
    return found.pop() if len(found) == 1 else ""
