"""The door to a case file, and how it is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from server.api.access import Person
from server.api.authoring.shapes import CaseFileCard, CaseFileView, Coauthor, EditionView, RemarkView
from server.api.services import Services
from server.api.tickets import LOCAL
from server.store.authoring.authoring import FROM, CaseFile, CaseRemark, Edition, no_file
from server.store.authoring.case_files import authors_of
from server.store.people.accounts import Account

FOR_WRITERS = frozenset({"submitted", "published", "retired"})


async def access_file(services: Services, person: Person, file_id: str) -> CaseFile:
    """The file, for its writers, and once it is in review for everybody who writes or teaches. Raises `NotFound`."""
    file = await services.store.authoring.file(file_id)
    if file is None or not file.is_shown_to(person.id):
        raise no_file()
    return file


async def names_of(services: Services, people: Iterable[str]) -> Mapping[str, Account]:
    """Accounts by id; whoever runs the installation alone has none."""
    return await services.store.people.several(people)


def card_of(file: CaseFile, person: Person, names: Mapping[str, Account]) -> CaseFileCard:
    shown = next((each.version for each in reversed(file.shelved) if each.edition == file.published), "")
    return CaseFileCard(
        id=file.id, case_id=file.case_id, title=file.title, version=file.version, status=file.status,
        edition=file.edition, owner=_name(names, file.owner), yours=person.id in file.writers,
        owned=person.id == file.owner, published_version=shown, reviewed=file.reviewed, changed_at=file.changed_at,
    )  # fmt: skip


async def view_of(services: Services, person: Person, file: CaseFile) -> CaseFileView:
    """With all that belongs to it."""
    editions = await services.store.authoring.editions(file.id)
    remarks = await services.store.authoring.remarks(file.id)
    people = {*file.writers, file.approved_by, *(each.author for each in editions), *(each.author for each in remarks)}
    names = await names_of(services, people - {""})
    return CaseFileView(
        **card_of(file, person, names).model_dump(),
        text=file.text,
        editors=[_coauthor(names, each) for each in file.editors],
        editions=[edition_of(each, names) for each in editions],
        remarks=remarks_of(remarks, person, names),
        steps=steps_for(file, person, authors_of(editions)),
        approved_by=_name(names, file.approved_by),
        approved=bool(file.approved_by),
    )


def steps_for(file: CaseFile, person: Person, wrote: Collection[str]) -> list[str]:
    """What this person may do with it now. Nobody approves their own, but where they are alone; `wrote`: who saved an
    edition, be it that they may no longer change it.
    """
    found = [step for step, status in FROM.items() if file.status in status]
    writer, alone = person.id in file.writers, person.id == LOCAL
    allowed = {step for step in found if writer or step not in FOR_WRITERS}
    if (writer or person.id in wrote) and not alone:
        allowed.discard("approved")
    if not file.published:
        allowed.discard("retired")
    return [step for step in found if step in allowed]


def edition_of(each: Edition, names: Mapping[str, Account]) -> EditionView:
    return EditionView(edition=each.edition, author=_name(names, each.author), step=each.step, made_at=each.made_at)


def remarks_of(remarks: Sequence[CaseRemark], person: Person, names: Mapping[str, Account]) -> list[RemarkView]:
    return [
        RemarkView(
            id=each.id, author=_name(names, each.author), yours=each.author == person.id, words=each.words,
            edition=each.edition, line=each.line, key=each.key, settled=each.settled, made_at=each.made_at,
        )
        for each in remarks
    ]  # fmt: skip


def _coauthor(names: Mapping[str, Account], person: str) -> Coauthor:
    found = names.get(person)
    return Coauthor(id=person, name=found.name if found else "", sign_in=found.sign_in if found else "")


def _name(names: Mapping[str, Account], person: str) -> str:
    return names[person].name if person in names else ""
