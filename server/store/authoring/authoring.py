"""Cases that are being written: saved, read by others, approved, met by learners, retired.

Whoever changes a file names the edition that they saw. It may be an older one as long as its text is the one that
stands: that somebody approved it meanwhile takes nothing away from what is saved now.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from server.core.errors import Conflict, NotAllowed, NotFound
from server.store.audit import note
from server.store.authoring import case_files
from server.store.authoring.case_files import CaseFile, CaseRemark, Edition, Shelved, Status, Step
from server.store.house.rules import find_rule, put_rule, refuse_frozen
from server.store.sql import postgres
from server.store.sql.clock import utc_now
from server.store.sql.database import Database


@dataclass(frozen=True)
class Written:
    """A text, and what it says of itself; what cannot be read is empty."""

    text: str
    case_id: str = ""
    title: str = ""
    version: str = ""
    digest: str = ""


FROM: dict[Step, tuple[Status, ...]] = {
    "submitted": ("draft",),
    "approved": ("in_review",),
    "refused": ("in_review", "approved"),
    "published": ("approved",),
    "retired": ("draft", "in_review", "approved", "published"),
}
"""Where each step may be taken."""
TO: dict[Step, Status] = {
    "submitted": "in_review",
    "approved": "approved",
    "refused": "draft",
    "published": "published",
    "retired": "retired",
}
_NEEDS: dict[Step, str] = {
    "submitted": "It is submitted from a draft.",
    "approved": "Submit it for review first.",
    "refused": "It is not in review.",
    "published": "Somebody approves it first.",
    "retired": "It is retired already.",
}


SHELF = "shelf"
"""The house's row that changes with every case that is published or retired."""


class Authoring:
    """The case files of one installation. Every method raises `StoreError` when the database fails."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, file: CaseFile, digest: str) -> None:
        """A new file. Raises `Conflict` at 500 of one owner, `Busy` for who saves too fast."""
        await self._database.write(lambda connection: case_files.add_file(connection, file, digest))

    async def file(self, file_id: str) -> CaseFile | None:
        """None when there is none."""
        return await self._database.read(lambda connection: case_files.find_file(connection, file_id))

    async def files_for(self, person: str) -> list[CaseFile]:
        """What they may open, newest change first, texts left out."""
        return await self._database.read(lambda connection: case_files.files_for(connection, person))

    async def save(self, file_id: str, person: str, seen: int, written: Written) -> CaseFile:
        """One more edition. Raises `NotFound`, `NotAllowed`, `Conflict` where it changed since, `Busy`."""
        return await self._database.write(lambda connection: save(connection, file_id, person, seen, written))

    async def take(
        self, file_id: str, person: str, seen: int, step: Step, written: Written, said: CaseRemark | None = None
    ) -> CaseFile:
        """One step on the way to learners, of the text that `written` describes, with what is `said` of it. Raises
        `NotFound`, `NotAllowed`, `Conflict`.
        """

        def unit(connection: Connection) -> CaseFile:
            after = take(connection, file_id, person, seen, step, written)
            if said is not None:
                case_files.add_remark(connection, replace(said, edition=after.edition))
            return after

        return await self._database.write(unit)

    async def share(self, file_id: str, person: str, editors: Sequence[str]) -> CaseFile:
        """Who else may change it: its owner says. Raises `NotFound`, `NotAllowed`."""
        return await self._database.write(lambda connection: share(connection, file_id, person, tuple(editors)))

    async def remove(self, file_id: str, person: str) -> None:
        """By its owner, before it was ever published. Raises `NotFound`, `NotAllowed`, `Conflict`."""
        await self._database.write(lambda connection: remove(connection, file_id, person))

    async def editions(self, file_id: str) -> list[Edition]:
        """Newest first, texts left out."""
        return await self._database.read(lambda connection: case_files.editions_of(connection, file_id))

    async def edition(self, file_id: str, edition: int) -> Edition:
        """With its text. Raises `NotFound`."""
        return await self._database.read(lambda connection: case_files.find_edition(connection, file_id, edition))

    async def shelved(self) -> list[CaseFile]:
        """Files that learners meet, or met once; texts left out."""
        return await self._database.read(case_files.shelved_files)

    async def shelf_mark(self) -> str:
        """Another one after every case that was published or retired; empty before the first."""
        return await self._database.read(shelf_mark)

    async def remarks(self, file_id: str) -> list[CaseRemark]:
        """Oldest first."""
        return await self._database.read(lambda connection: case_files.remarks_on(connection, file_id))

    async def remark(self, remark: CaseRemark) -> None:
        """Add one."""
        await self._database.write(lambda connection: case_files.add_remark(connection, remark))

    async def settle(self, file_id: str, remark_id: str, settled: bool) -> None:
        """Raises `NotFound`."""
        await self._database.write(lambda c: case_files.settle_remark(c, file_id, remark_id, settled))


def save(connection: Connection, file_id: str, person: str, seen: int, written: Written) -> CaseFile:
    file = _found(connection, file_id)
    _writers_only(file, person)
    if file.text == written.text:
        return file  # whatever was seen: an answer that got lost is asked for again
    _require_seen(connection, file, seen)
    now = utc_now()
    case_files.not_too_fast(connection, person, now)
    status: Status = "in_review" if file.status == "in_review" else "draft"
    after = replace(
        file, text=written.text, case_id=written.case_id or file.case_id, title=written.title or file.title,
        version=written.version or file.version, status=status, edition=file.edition + 1, changed_at=now,
        approved_by="", reviewed=False,
    )  # fmt: skip
    _keep(connection, after, person, "saved", written.digest)
    case_files.thin(connection, file_id, now)
    return after


def take(connection: Connection, file_id: str, person: str, seen: int, step: Step, written: Written) -> CaseFile:
    file = _found(connection, file_id)
    _require_seen(connection, file, seen)
    if step not in ("approved", "refused"):
        _writers_only(file, person)
    if file.text != written.text:
        raise _changed()
    if file.status not in FROM[step]:
        raise Conflict(f"This case is {file.status.replace('_', ' ')}.", code="wrong_status", mend=_NEEDS[step])
    after = replace(file, status=TO[step], edition=file.edition + 1, changed_at=utc_now())
    after = _taken(connection, after, person, step, written)
    _keep(connection, after, person, step, written.digest)
    return after


def _taken(connection: Connection, after: CaseFile, person: str, step: Step, written: Written) -> CaseFile:
    """What a step changes besides the status."""
    if step == "approved":
        wrote = case_files.authors_of(case_files.editions_of(connection, after.id)) | set(after.writers)
        after = replace(after, approved_by=person, reviewed=person not in wrote)
    elif step == "refused":
        after = replace(after, approved_by="", reviewed=False)
    elif step == "published":
        after = _shelved(connection, after, written)
    elif step == "retired":
        after = _retired(connection, after)
    if step != "submitted":
        case_id, version = written.case_id or after.case_id, written.version or after.version
        settings = {"case": case_id, "version": version, "reviewed": after.reviewed}
        note(connection, person, f"case_{step}", after.id, **settings)
    return after


def _shelved(connection: Connection, after: CaseFile, written: Written) -> CaseFile:
    _begin_shelving(connection)
    for other in case_files.shelved_files(connection):
        if other.id != after.id and any(each.case_id == written.case_id for each in other.shelved):
            mend = "Choose another case_id."
            raise Conflict(f'Another file has published the case_id "{written.case_id}".', code="id_taken", mend=mend)
    before = [each for each in after.shelved if each.case_id == written.case_id]
    require_newer(written, before)
    now = Shelved(written.case_id, written.version, written.digest, after.edition, after.reviewed)
    return replace(after, published=after.edition, shelved=(*after.shelved, now))


def require_newer(written: Written, before: Sequence[Shelved]) -> None:
    """Raises `Conflict` unless this version is above all that were published, or one of them to the letter."""
    if any(each.version == written.version and each.digest == written.digest for each in before):
        return
    highest = max((each.version for each in before), key=_parts, default="")
    if highest and _parts(written.version) <= _parts(highest):
        mend = f"Write a case_version above {highest}: old encounters keep theirs."
        raise Conflict(f"{written.version} does not come after {highest}.", code="version_needed", mend=mend)


def _begin_shelving(connection: Connection) -> None:
    """One at a time, so that no two files publish one case_id. Raises `Conflict` where cases are frozen."""
    if connection.dialect.name == "postgresql":
        postgres.one_at_a_time(connection)
    refuse_frozen(connection, "cases")
    put_rule(connection, SHELF, {"mark": secrets.token_hex(8)})


def shelf_mark(connection: Connection) -> str:
    return str(find_rule(connection, SHELF).get("mark", ""))


def _retired(connection: Connection, after: CaseFile) -> CaseFile:
    _begin_shelving(connection)
    if not after.published:
        raise Conflict("No learner meets this case.", code="not_published", mend="Delete the file instead.")
    return replace(after, published=0, approved_by="", reviewed=False)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) if part.isdecimal() else 0 for part in version.split("."))


def share(connection: Connection, file_id: str, person: str, editors: tuple[str, ...]) -> CaseFile:
    file = _owned(connection, file_id, person)
    after = replace(file, editors=tuple(dict.fromkeys(each for each in editors if each != file.owner)))
    case_files.put_file(connection, after)
    note(connection, person, "case_shared", file_id, old=list(file.editors), new=list(after.editors))
    return after


def remove(connection: Connection, file_id: str, person: str) -> None:
    _owned(connection, file_id, person)
    case_files.remove_file(connection, file_id)


def _keep(connection: Connection, file: CaseFile, author: str, step: Step, digest: str) -> None:
    case_files.put_file(connection, file)
    case_files.add_edition(connection, file, author, step, digest)


def _found(connection: Connection, file_id: str) -> CaseFile:
    """Two changes at once are made one after the other. Raises `NotFound`."""
    file = case_files.find_file(connection, file_id, lock=True)
    if file is None:
        raise no_file()
    return file


def _require_seen(connection: Connection, file: CaseFile, seen: int) -> None:
    """Raises `Conflict` where its text is no longer the one of the edition that was seen."""
    if seen == file.edition:
        return
    try:
        same = case_files.find_edition(connection, file.id, seen).text == file.text
    except NotFound:
        same = False
    if not same:
        raise _changed()


def _owned(connection: Connection, file_id: str, person: str) -> CaseFile:
    file = _found(connection, file_id)
    if not file.is_shown_to(person):
        raise no_file()
    if file.owner != person:
        raise NotAllowed("This is for who owns the file.", code="owners_only", mend="Ask them.")
    return file


def _writers_only(file: CaseFile, person: str) -> None:
    if not file.is_shown_to(person):
        raise no_file()
    if person not in file.writers:
        raise NotAllowed(
            "You may read this file, not change it.", code="writers_only", mend="Copy it, or ask its owner."
        )


def no_file() -> NotFound:
    """Also for a draft of somebody else."""
    return NotFound("There is no such case file.", code="case_file_not_found", mend="GET /api/case-files lists yours.")


def _changed() -> Conflict:
    message, mend = "The file changed since you opened it.", "Compare the two, and save again."
    return Conflict(message, code="changed_meanwhile", field="edition", mend=mend)


__all__ = ["Authoring", "CaseFile", "CaseRemark", "Edition", "Shelved", "Step", "Written", "no_file"]
