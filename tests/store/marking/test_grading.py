"""What graders ask of the database, by both of them: remarks, kept comments, calibration sets, the queue."""

import pytest
from sqlalchemy import update

from server.core.case import Case
from server.core.errors import Conflict, NotFound
from server.core.events import Reflected
from server.core.log import Entry
from server.core.marking.steps import Line, Made, MarkGiven
from server.store.marking import calibration_sets, comment_bank, remarks
from server.store.marking.grading import NO_POLICY, Policy
from server.store.marking.marks import Taken
from server.store.marking.remarks import Pointing
from server.store.sql.tables import marks
from server.store.store import Store
from tests.store.courses.test_courses import ANN, BO, NOW, TEACHER, a_course, wanted
from tests.store.samples import opened


async def test_remarks_are_read_by_author_and_go_with_the_encounter(
    store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    await store.create(case, opened(case, "enc"), ANN)
    about = Pointing("turn_1", 1200, "support", "„Leise“ gesagt")
    made = await store.remarks.add("enc", TEACHER, "bookmark", about)
    await store.remarks.add("enc", ANN, "note", Pointing(text="I was lost."))
    assert await store.remarks.of("enc", TEACHER) == [made]
    assert [each.author for each in await store.remarks.of_several(["enc", "other"], [ANN, TEACHER])] == [TEACHER, ANN]
    with pytest.raises(NotFound):
        await store.remarks.drop("enc", ANN, made.id)
    monkeypatch.setattr(remarks, "MOST", 1)
    with pytest.raises(Conflict, match="1 remarks here already"):
        await store.remarks.add("enc", ANN, "flag", Pointing())
    await store.erase("enc")
    assert await store.remarks.of_several(["enc"], [ANN, TEACHER]) == []


async def test_comments_are_kept_once_and_dropped_by_their_owner(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    bank = store.comment_bank
    made = await bank.add(TEACHER, "You named it.", "support")
    assert await bank.add(TEACHER, "You named it.", "support") == made
    await bank.add("crs_1", "See turn 4.")
    assert [each.text for each in await bank.of([TEACHER, "crs_1"])] == ["You named it.", "See turn 4."]
    with pytest.raises(NotFound):
        await bank.drop(["crs_1"], made.id)
    monkeypatch.setattr(comment_bank, "MOST", 1)
    with pytest.raises(Conflict, match="1 comments already"):
        await bank.add("crs_1", "Another.")
    await bank.drop([TEACHER], made.id)
    assert await bank.of([TEACHER]) == []


async def test_a_calibration_set_is_small_and_a_trial_is_given_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    sets = store.calibration_sets
    monkeypatch.setattr(calibration_sets, "MOST", 2)
    for name in ("enc_1", "enc_1", "enc_2"):
        await sets.put("crs_1", name)
    with pytest.raises(Conflict, match="2 transcripts already"):
        await sets.put("crs_1", "enc_3")
    await sets.drop("crs_1", "enc_2")
    assert await sets.of(["crs_1", "crs_2"]) == {"enc_1": "crs_1"}
    lines = {"support": ("rated", 3), "blockers": ("unrated", None)}
    made = await sets.keep(TEACHER, "enc_1", "digest", lines)  # type: ignore[arg-type]
    with pytest.raises(Conflict, match="first marks stay"):
        await sets.keep(TEACHER, "enc_1", "digest", {})
    assert await sets.trials(TEACHER) == [made]
    assert await sets.trials(ANN) == []


async def test_the_queue_is_of_ones_own_courses_with_what_became_of_each(store: Store, case: Case) -> None:
    exam = await a_course(store, case, kind="summative", second_marking=True, draft="shown")
    first = await store.attempts.begin(wanted(case, 1), NOW)
    other = await store.attempts.begin(wanted(case, 2, BO), NOW)
    await store.create(case, opened(case, "enc_own"), ANN)
    await store.append(first.encounter_id, [Entry(2, Reflected(self_rating={"support": 3}), 0)])
    step = Made(TEACHER, "Berg", MarkGiven("support", Line("rated", 2, (), "why")))
    await store.take_marking_step(first.encounter_id, lambda *_: Taken(step))
    drafts = [{"status": "draft", "n": 1, "provenance": {}}, {"status": "draft", "n": 2, "provenance": {}}]
    for card in [*drafts, {"status": "signed", "n": 3, "provenance": {}}]:
        await store.put_scorecard(first.encounter_id, "digest", card)
    found = await store.grading.waiting(TEACHER)
    assert [each.encounter_id for each in found] == [first.encounter_id, other.encounter_id]
    assert {(each.course, each.title, each.policy) for each in found} == {
        ("Year 1", "Meet Ada", Policy(draft_shown=True, sheets=2, overall=True, names_hidden=True))
    }
    assert await store.grading.waiting(ANN) == [], "a learner grades nobody"
    assert await store.grading.waiting(TEACHER, "crs_1", "asg_other") == []
    about = (await store.grading.about([first.encounter_id, other.encounter_id]))[first.encounter_id]
    assert ([kept.made for kept in about.steps], about.self_rating) == ([step], {"support": 3})
    assert about.draft is not None
    assert about.signed is not None
    assert (about.draft["n"], about.signed["n"]) == (2, 3)
    spoil = update(marks).where(marks.c.encounter_id == first.encounter_id).values(kind="of_another_version")
    await store.database.write(lambda connection: connection.execute(spoil))
    spoilt = (await store.grading.about([first.encounter_id]))[first.encounter_id]
    assert (spoilt.unreadable, list(spoilt.steps), about.unreadable) == (True, [], False)
    assert await store.grading.policy(first.encounter_id) == found[0].policy
    assert await store.grading.policy("enc_own") == NO_POLICY
    assert await store.grading.numbers([exam.id]) == {("asg_1", ANN): 1, ("asg_1", BO): 2}
    await store.audit.note_reading(TEACHER, first.encounter_id)
    assert list(await store.grading.opened(TEACHER, [first.encounter_id, other.encounter_id])) == [first.encounter_id]
    assert await store.grading.leads(TEACHER, ["crs_1"])
    assert not await store.grading.leads(TEACHER, [])


async def test_shared_practice_is_in_the_queue_of_its_course(store: Store, case: Case) -> None:
    await a_course(store, case)
    await store.create(case, opened(case, "enc_own"), ANN)
    await store.shares.add("enc_own", "crs_1", ANN)
    found = await store.grading.waiting(TEACHER, "crs_1")
    assert [(each.encounter_id, each.assignment_id, each.policy) for each in found] == [("enc_own", "", NO_POLICY)]
