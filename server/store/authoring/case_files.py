"""A case that is being written, its editions and the remarks on it: the rows, and the units that read and write them.

Every save is an edition. Of those that were merely saved, the newest of every five minutes is kept once it is a minute
old: an editor saves by itself, and nobody looks for what stood there eleven seconds before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Row, delete, func, insert, literal, select, update

from server.core.errors import Busy, Conflict, NotFound
from server.store.sql.tables_of_a_lab import case_editions, case_files, case_remarks
from server.store.sql.texts import from_json, to_json

FILE = "cf_"
"""A file's id begins so."""
MOST_FILES, MOST_SAVES = 500, 200
"""Files of one owner; saves of one author in a minute."""
MINUTE, THINNED = timedelta(minutes=1), timedelta(minutes=5)

Status = Literal["draft", "in_review", "approved", "published", "retired"]
Step = Literal["saved", "submitted", "approved", "refused", "published", "retired"]


@dataclass(frozen=True)
class Shelved:
    """A version that learners could meet once."""

    case_id: str
    version: str
    digest: str
    edition: int
    reviewed: bool
    """Somebody on the staff approved it who had not written it."""


@dataclass(frozen=True)
class CaseFile:
    """One file."""

    id: str
    owner: str
    text: str
    made_at: datetime
    changed_at: datetime
    case_id: str = ""
    """As its text says, or said when it could be read last: a slip while writing does not take the name away."""
    status: Status = "draft"
    edition: int = 1
    title: str = ""
    version: str = ""
    editors: tuple[str, ...] = ()
    """Who else may change it."""
    published: int = 0
    """The edition that learners meet; 0: none."""
    shelved: tuple[Shelved, ...] = ()
    """Every version of it that learners could meet, oldest first."""
    approved_by: str = ""
    """Who approved the edition that stands; empty: nobody."""
    reviewed: bool = False
    """They were somebody else than those who wrote it."""

    @property
    def writers(self) -> tuple[str, ...]:
        """Who may change it, its owner first."""
        return (self.owner, *self.editors)

    def is_shown_to(self, person: str) -> bool:
        """A draft is its writers' own; the rest is for everybody who writes or teaches."""
        return person in self.writers or self.status != "draft" or bool(self.published)


@dataclass(frozen=True)
class Edition:
    """A file as it stood once; `text` is empty in lists."""

    edition: int
    author: str
    step: Step
    digest: str
    """Of the case that it makes; empty where it makes none."""
    made_at: datetime
    text: str = ""


@dataclass(frozen=True)
class CaseRemark:
    """What a reader says of one place of a file."""

    id: str
    file_id: str
    author: str
    words: str
    made_at: datetime
    edition: int = 0
    line: int = 0
    """1-based, in that edition; 0: of the whole file."""
    key: str = ""
    """Dotted, e.g. `beats.2.deliver`; it finds its place again when lines have moved."""
    settled: bool = False


def add_file(connection: Connection, file: CaseFile, digest: str) -> None:
    """With its first edition. Raises `Conflict` at 500 of one owner, `Busy` for who saves too fast."""
    count = select(func.count()).select_from(case_files).where(case_files.c.owner == file.owner)
    if connection.execute(count).scalar_one() >= MOST_FILES:
        mend = "Delete one that you no longer need."
        raise Conflict(f"quota: {MOST_FILES} case files of one person.", code="quota", mend=mend)
    not_too_fast(connection, file.owner, file.made_at)
    connection.execute(insert(case_files), _row(file))
    add_edition(connection, file, file.owner, "saved", digest)


def add_edition(connection: Connection, file: CaseFile, author: str, step: Step, digest: str) -> None:
    row = {"file_id": file.id, "edition": file.edition, "author": author, "step": step, "text": file.text}
    connection.execute(insert(case_editions), {**row, "digest": digest, "made_at": file.changed_at})


def put_file(connection: Connection, file: CaseFile) -> None:
    """In the place of the one that was read in this unit."""
    connection.execute(update(case_files).where(case_files.c.id == file.id).values(**_row(file)))


def find_file(connection: Connection, file_id: str, *, lock: bool = False) -> CaseFile | None:
    """`lock`: whoever else would change it waits for the end of this unit."""
    query = select(case_files).where(case_files.c.id == file_id)
    row = connection.execute(query.with_for_update() if lock else query).first()
    return None if row is None else _file(row)


def files_for(connection: Connection, person: str) -> list[CaseFile]:
    """Theirs, and what others show: in review, approved, met by learners. Newest change first, texts left out."""
    body = case_files.c.body
    theirs = (case_files.c.owner == person) | body.contains(to_json(person), autoescape=True)
    shown = (case_files.c.status != "draft") | body.contains('"published"', autoescape=True)
    found = _without_text(connection, theirs | shown)
    return [file for file in found if file.is_shown_to(person)]


def shelved_files(connection: Connection) -> list[CaseFile]:
    """Those of which learners could meet a version once; texts left out."""
    return [file for file in _without_text(connection, case_files.c.body.contains('"shelved"')) if file.shelved]


def _without_text(connection: Connection, where: ColumnElement[bool]) -> list[CaseFile]:
    """Newest change first."""
    wanted: list[ColumnElement[Any]] = [column for column in case_files.c if column.name != "text"]
    query = select(*[*wanted, literal("").label("text")]).where(where)
    return [_file(row) for row in connection.execute(query.order_by(case_files.c.changed_at.desc(), case_files.c.id))]


def remove_file(connection: Connection, file_id: str) -> None:
    """With its editions and remarks. Raises `Conflict` once learners could meet it."""
    file = find_file(connection, file_id)
    if file is not None and file.shelved:
        mend = "Retire it: nobody new meets it then, and old encounters keep it."
        raise Conflict("This case was published, so its history is kept.", code="was_published", mend=mend)
    connection.execute(delete(case_files).where(case_files.c.id == file_id))


def editions_of(connection: Connection, file_id: str) -> list[Edition]:
    """Newest first, texts left out."""
    wanted = [column for column in case_editions.c if column.name != "text"]
    query = select(*wanted).where(case_editions.c.file_id == file_id).order_by(case_editions.c.edition.desc())
    return [Edition(row.edition, row.author, row.step, row.digest, row.made_at) for row in connection.execute(query)]


def find_edition(connection: Connection, file_id: str, edition: int) -> Edition:
    """With its text. Raises `NotFound`."""
    where = (case_editions.c.file_id == file_id) & (case_editions.c.edition == edition)
    row = connection.execute(select(case_editions).where(where)).first()
    if row is None:
        mend = "Of what was only saved, one edition in five minutes is kept."
        raise NotFound("There is no such edition of this file.", code="edition_not_found", mend=mend)
    return Edition(row.edition, row.author, row.step, row.digest, row.made_at, row.text)


def not_too_fast(connection: Connection, author: str, now: datetime) -> None:
    """Raises `Busy` for the two hundred and first save of a minute."""
    query = select(func.count()).select_from(case_editions)
    query = query.where(case_editions.c.author == author, case_editions.c.made_at > now - MINUTE)
    if connection.execute(query).scalar_one() >= MOST_SAVES:
        raise Busy(f"More than {MOST_SAVES} saves in a minute. Wait a minute; nothing was changed.", code="slow_down")


def thin(connection: Connection, file_id: str, now: datetime) -> None:
    """Of what was only saved more than a minute ago, keep the newest of each author's five minutes, and what was
    remarked on.
    """
    query = select(case_editions.c.edition, case_editions.c.author, case_editions.c.made_at)
    old = (case_editions.c.step == "saved") & (case_editions.c.made_at < now - MINUTE) & (case_editions.c.edition > 1)
    rows = connection.execute(query.where(case_editions.c.file_id == file_id, old).order_by(case_editions.c.edition))
    found = rows.all()
    newest = {(row.author, row.made_at.timestamp() // THINNED.total_seconds()): row.edition for row in found}
    kept = {*newest.values(), *(remark.edition for remark in remarks_on(connection, file_id))}
    gone = [row.edition for row in found if row.edition not in kept]
    where = (case_editions.c.file_id == file_id) & case_editions.c.edition.in_(gone)
    connection.execute(delete(case_editions).where(where))


def remarks_on(connection: Connection, file_id: str) -> list[CaseRemark]:
    """Oldest first."""
    query = select(case_remarks).where(case_remarks.c.file_id == file_id)
    return [_remark(row) for row in connection.execute(query.order_by(case_remarks.c.made_at, case_remarks.c.id))]


def add_remark(connection: Connection, remark: CaseRemark) -> None:
    row = {"id": remark.id, "file_id": remark.file_id, "author": remark.author, "settled": remark.settled}
    body = {"words": remark.words, "edition": remark.edition, "line": remark.line, "key": remark.key}
    connection.execute(insert(case_remarks), {**row, "body": to_json(body), "made_at": remark.made_at})


def settle_remark(connection: Connection, file_id: str, remark_id: str, settled: bool) -> None:
    """Raises `NotFound`."""
    where = (case_remarks.c.id == remark_id) & (case_remarks.c.file_id == file_id)
    if not connection.execute(update(case_remarks).where(where).values(settled=settled)).rowcount:
        raise NotFound("There is no such remark on this file.", code="remark_not_found")


def authors_of(editions: Sequence[Edition]) -> frozenset[str]:
    """Who changed the text."""
    return frozenset(each.author for each in editions if each.step == "saved")


def _row(file: CaseFile) -> dict[str, Any]:
    names = ("id", "owner", "case_id", "status", "edition", "text", "made_at", "changed_at")
    told = {"title": file.title, "version": file.version, "approved_by": file.approved_by, "reviewed": file.reviewed}
    body: dict[str, Any] = told | {"editors": list(file.editors)}
    if file.published:
        body["published"] = file.published
    if file.shelved:
        body["shelved"] = [asdict(each) for each in file.shelved]
    return {name: getattr(file, name) for name in names} | {"body": to_json(body)}


def _file(row: Row[Any]) -> CaseFile:
    body = from_json(row.body)
    body["editors"] = tuple(body["editors"])
    body["shelved"] = tuple(Shelved(**each) for each in body.get("shelved", ()))
    return CaseFile(
        row.id, row.owner, row.text, row.made_at, row.changed_at, row.case_id, row.status, row.edition, **body
    )


def _remark(row: Row[Any]) -> CaseRemark:
    body = from_json(row.body)
    return CaseRemark(
        row.id, row.file_id, row.author, body["words"], row.made_at, body["edition"], body["line"], body["key"],
        row.settled,
    )  # fmt: skip
