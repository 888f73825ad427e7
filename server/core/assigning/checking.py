"""Whether the terms of an assignment go together, and which of them may change once somebody has begun."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import datetime

from server.core.assigning.terms import Terms
from server.core.assigning.zones import told, zone_of
from server.core.errors import Conflict, RequestError

HARMLESS = frozenset({"title", "instructions", "draft", "second_marking", "names_hidden"})
"""May change at any time: none takes anything from a learner."""
_FIXED = "the learners who have begun were told otherwise"


def check(terms: Terms) -> None:
    """Raises `RequestError` with the field that is wrong and how to mend it."""
    zone_of(terms.zone)
    if terms.equivalent == terms.case_id:
        raise _wrong("equivalent", "The equivalent is the case itself.", "Choose another case, or none.")
    _check_times(terms)
    _check_retention(terms)
    _check_study(terms)


def _check_times(terms: Terms) -> None:
    opens, closes, releases = terms.opens_at, terms.closes_at, terms.releases_at
    if closes and opens and closes <= opens:
        raise _wrong("closes", "It closes before it opens.", "Choose a later time, or none.")
    if terms.release == "date" and releases is None:
        raise _wrong("release_at", "Marks are released on a date, and none is given.", "Give a date.")
    if terms.release != "date" and releases is not None:
        raise _wrong("release_at", "A date of release is given, and marks are not released on one.", "Take it out.")
    if releases and closes and releases < closes:
        says = "Marks would be shown while others may still begin."
        raise _wrong("release_at", says, "Release them when it has closed.")


def _check_retention(terms: Terms) -> None:
    """What is to be marked by people must still be there."""
    if terms.retention.kind != "none":
        return
    marked = terms.kind == "summative" or terms.release != "immediate" or terms.second_marking
    if marked:
        says = "Nothing would be left to mark: with this retention an attempt is erased within a day."
        raise _wrong("retention", says, "Keep it for the debrief, or for some days.")
    if terms.study and terms.study.withholds:
        raise _wrong("retention", "Feedback is owed later, and nothing would be left of it.", "Keep it for some days.")


def _check_study(terms: Terms) -> None:
    study = terms.study
    if study is None:
        return
    if not study.arms or len(set(study.arms)) != len(study.arms):
        raise _wrong("study.arms", "A study has one arm or more, each once.", "Choose them, or no study.")
    if "reading_or_video" in study.arms and not study.reading.strip():
        raise _wrong("study.reading", "One arm is given something to read or watch.", "Say what and where.")
    if not study.withholds:
        return
    if not study.ethics.strip():
        says = "An arm withholds feedback, which needs an approval."
        raise _wrong("study.ethics", says, "Give the reference of the ethics approval.")
    if terms.owed_at is None:
        raise _wrong("study.owed_by", "Withheld feedback is owed afterwards.", "Say by when everybody has it.")
    if (start := terms.closes_at or terms.opens_at) and terms.owed_at < start:
        raise _wrong("study.owed_by", "Feedback would be owed before anybody is done.", "Choose a later time.")


def _wrong(field: str, says: str, mend: str) -> RequestError:
    return RequestError(says, code="bad_terms", field=field, mend=mend)


def check_change(old: Terms, new: Terms, now: datetime) -> None:
    """For an assignment that somebody has begun. Raises `Conflict` with everything that would hurt somebody."""
    why = dict(_hurts(old, new, now))
    if why:
        told_all = " ".join(f"{name}: {reason}." for name, reason in why.items())
        mend = "Close it and make another assignment."
        says = f"Somebody has begun, so this may not change. {told_all}"
        raise Conflict(says, code="would_hurt", field=next(iter(why)), mend=mend)


def _hurts(old: Terms, new: Terms, now: datetime) -> Iterator[tuple[str, str]]:
    """Fields with the reason why each may not change so."""
    for name in (each.name for each in fields(Terms)):
        if getattr(old, name) != getattr(new, name) and name not in HARMLESS:
            reason = _why(name, old, new, now)
            if reason:
                yield name, reason


def _why(name: str, old: Terms, new: Terms, now: datetime) -> str:
    match name:
        case "opens":
            return "" if _no_later(new.opens_at, old.opens_at) else "it may only open earlier"
        case "closes":
            return "" if _no_earlier(new.closes_at, old.closes_at) else "it may only close later"
        case "attempts":
            return "" if new.attempts == 0 or 0 < old.attempts < new.attempts else "there may only be more attempts"
        case "release" | "release_at":
            return _why_release(old, new, now)
        case "study":
            return _why_study(old, new)
        case "equivalent":
            return "it was offered, and somebody may have taken it" if old.equivalent else ""
    return _FIXED


def _why_release(old: Terms, new: Terms, now: datetime) -> str:
    """What was shown stays shown; what was not yet may come at another time."""
    if old.release == "immediate":
        return "marks were shown at once, and are not taken back"
    if old.releases_at and old.releases_at <= now and new.release != "immediate":
        return f"marks were released on {told(old.releases_at, old.zone)}, and are not taken back"
    return ""


def _why_study(old: Terms, new: Terms) -> str:
    """The date may come nearer; who is in which arm was decided by lot."""
    if old.study is None or new.study is None or old.study.arms != new.study.arms:
        return _FIXED
    earlier = old.owed_at is None or (new.owed_at is not None and new.owed_at <= old.owed_at)
    return "" if earlier else "feedback may only be owed earlier"


def _no_later(new: datetime | None, old: datetime | None) -> bool:
    return new is None or (old is not None and new <= old)


def _no_earlier(new: datetime | None, old: datetime | None) -> bool:
    return new is None or (old is not None and new >= old)
