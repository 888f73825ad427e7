"""/api/playlists: moments of encounters for a group's debriefing, nameless, and what the group noted to them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from fastapi import APIRouter

from server.api.access import Person, Someone
from server.api.courses.doors import access_course
from server.api.grading.playlist_shapes import (
    BookmarkView,
    MomentAsk,
    MomentView,
    NewPlaylist,
    Phase,
    PlaylistAsk,
    PlaylistCard,
    PlaylistView,
)
from server.api.grading.showing import NOT_YOURS, Showing
from server.api.problems import responses
from server.api.services import Given, Services
from server.api.texts import storable
from server.core.debriefing.scenes import prompts, stage
from server.core.errors import RequestError
from server.store.debriefing.playlists import Chosen, Playlist, no_playlist
from server.store.marking.remarks import Remark

router = APIRouter(prefix="/api/playlists", tags=["debriefing"], responses=responses(401, 403))
MOST_BOOKMARKS = 200


@router.get("")
async def list_playlists(given: Given, person: Someone) -> list[PlaylistCard]:
    """Your own, and those of the courses on whose staff you are; newest first."""
    courses = await _courses(given, person)
    found = await given.store.playlists.of([person.id, *courses])
    return [_card(each, courses) for each in found]


@router.post("", status_code=201, responses=responses(404, 409, 422))
async def make_playlist(ask: NewPlaylist, given: Given, person: Someone) -> PlaylistCard:
    """An empty one, for a course of yours or of your own encounters."""
    if ask.course_id:
        await access_course(given, person, ask.course_id)
    made = await given.store.playlists.add(ask.course_id or person.id, _said(ask.title, "title"))
    return _card(made, await _courses(given, person))


@router.get("/{playlist_id}", responses=responses(404))
async def read_playlist(playlist_id: str, given: Given, person: Someone) -> PlaylistView:
    """Each moment with what led up to it and what came next, as far as it may be shown to the group now."""
    return await _view(given, person, await access_playlist(given, person, playlist_id))


@router.put("/{playlist_id}", responses=responses(404, 409, 422))
async def change_playlist(playlist_id: str, ask: PlaylistAsk, given: Given, person: Someone) -> PlaylistView:
    """All of it. 409 where somebody has saved since the edition that you name; nothing is stored then."""
    before = await access_playlist(given, person, playlist_id)
    known = {each.id: each for each in before.moments}
    moments = tuple(_chosen(each, known) for each in ask.moments)
    await _require_own(given, person, before, (each for each in moments if each.id not in known))
    changed = await given.store.playlists.change(
        playlist_id, ask.edition, title=_said(ask.title, "title"), moments=moments, notes=storable(ask.notes),
        themes=tuple(dict.fromkeys(_said(theme, "themes") for theme in ask.themes)), board=ask.board,
    )  # fmt: skip
    return await _view(given, person, changed)


@router.delete("/{playlist_id}", status_code=204, responses=responses(404))
async def delete_playlist(playlist_id: str, given: Given, person: Someone) -> None:
    """With what was noted; encounters and bookmarks stay."""
    await access_playlist(given, person, playlist_id)
    await given.store.playlists.drop(playlist_id)


@router.get("/{playlist_id}/bookmarks", responses=responses(404))
async def list_bookmarks(playlist_id: str, given: Given, person: Someone) -> list[BookmarkView]:
    """Moments to choose from: your own bookmarks, which nobody else sees before you put them on the playlist."""
    playlist = await access_playlist(given, person, playlist_id)
    showing = Showing(given, person, _course_of(playlist, person))
    found = await _bookmarks(given, person, playlist)
    return [await _bookmark(showing, each) for each in found[-MOST_BOOKMARKS:]]


async def access_playlist(given: Services, person: Person, playlist_id: str) -> Playlist:
    """For its owner, or the staff of its course. Raises `NotFound`."""
    found = await given.store.playlists.find(playlist_id)
    if found is None or (found.owner != person.id and found.owner not in await _courses(given, person)):
        raise no_playlist()
    return found


async def _courses(given: Services, person: Person) -> dict[str, str]:
    """Titles of the courses on whose staff they are, by id."""
    return {course.id: course.title for course, part in await given.store.courses.of(person.id) if part == "staff"}


def _course_of(playlist: Playlist, person: Person) -> str:
    return "" if playlist.owner == person.id else playlist.owner


def _card(each: Playlist, courses: dict[str, str]) -> PlaylistCard:
    course = courses.get(each.owner, "")
    course_id = each.owner if each.owner in courses else ""
    return PlaylistCard(id=each.id, title=each.title, course_id=course_id, course=course, moments=len(each.moments))


def _said(text: str, field: str) -> str:
    """Raises `RequestError` for nothing at all."""
    found = " ".join(storable(text).split())
    if not found:
        raise RequestError("There is nothing in it.", code="bad_field", field=field, mend="Write something.")
    return found


def _chosen(ask: MomentAsk, known: dict[str, Chosen]) -> Chosen:
    kept = ask.id if ask.id in known else f"mom_{secrets.token_urlsafe(9)}"
    return Chosen(kept, ask.encounter_id, ask.turn, storable(ask.question).strip(), storable(ask.notes))


async def _require_own(given: Services, person: Person, playlist: Playlist, added: Iterable[Chosen]) -> None:
    """Raises `RequestError` for a moment that may not be shown, or is none."""
    showing = Showing(given, person, _course_of(playlist, person))
    for each in added:
        shown = await showing.of(each.encounter_id)
        if shown.end is None or stage(shown.end, each.turn) is None:
            raise RequestError(shown.withheld or "There is no such turn.", code="cannot_show", field="moments")


async def _bookmarks(given: Services, person: Person, playlist: Playlist) -> list[Remark]:
    """Oldest first, of turns only."""
    own = [each.id for each in await given.store.list_encounters(person.id, 500)]
    found = await given.store.remarks.of_several(own, [person.id])
    if course := _course_of(playlist, person):
        theirs = [each.encounter_id for each in await given.store.grading.waiting(person.id, course)]
        found += await given.store.remarks.of_several(theirs, [person.id])
    every = {each.id: each for each in found if each.kind == "bookmark" and each.about.turn}
    return sorted(every.values(), key=lambda each: (each.made_at, each.id))


async def _bookmark(showing: Showing, remark: Remark) -> BookmarkView:
    shown = await showing.of(remark.encounter_id)
    found = stage(shown.end, remark.about.turn) if shown.end else None
    return BookmarkView(
        encounter_id=remark.encounter_id, turn=remark.about.turn, says=shown.mask(remark.about.text),
        case_title=shown.end.case.title if shown.end else "",
        withheld=shown.withheld or ("" if found else NOT_YOURS), line=shown.line(found.at) if found else None,
    )  # fmt: skip


async def _view(given: Services, person: Person, playlist: Playlist) -> PlaylistView:
    showing, card = Showing(given, person, _course_of(playlist, person)), _card(playlist, await _courses(given, person))
    moments = [await _moment(showing, each) for each in playlist.moments]
    ends = [(await showing.of(each.encounter_id)).end for each in playlist.moments]
    first = next((end for end in ends if end is not None), None)
    phases = [Phase(heading=heading, questions=list(asked)) for heading, asked in prompts(first)] if first else []
    return PlaylistView(
        id=playlist.id, title=playlist.title, course_id=card.course_id, course=card.course, edition=playlist.edition,
        moments=moments, notes=playlist.notes, themes=list(playlist.themes), board=playlist.board,
        frame=first.case.debrief.framework if first else "", phases=phases,
    )  # fmt: skip


async def _moment(showing: Showing, chosen: Chosen) -> MomentView:
    shown = await showing.of(chosen.encounter_id)
    found = stage(shown.end, chosen.turn) if shown.end else None
    return MomentView(
        id=chosen.id, encounter_id=chosen.encounter_id, turn=chosen.turn, question=chosen.question,
        notes=chosen.notes, case_title=shown.end.case.title if shown.end else "",
        withheld=shown.withheld or ("" if found else NOT_YOURS),
        before=[shown.line(turn) for turn in found.before] if found else [],
        at=shown.line(found.at) if found else None,
        after=[shown.line(turn) for turn in found.after] if found else [],
        asks=found.question if found else "",
    )  # fmt: skip
