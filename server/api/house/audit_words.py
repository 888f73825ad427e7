"""The audit in words: what each kind of deed is called, and each row as a sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from string import Formatter
from typing import Any

from server.api.tickets import LOCAL
from server.store.audit import AuditRow
from server.store.debriefing.boards import MEMBER
from server.store.encounters.markers import MARKER
from server.store.encounters.observers import OBSERVER
from server.store.house.called import REMOVED

WORDS: dict[str, tuple[str, str]] = {
    "signed_in": ("Signed in", "{who} signed in"),
    "sign_in_failed": ("Wrong password", "{who} gave a wrong password for {about}"),
    "signed_out_everywhere": ("Signed out everywhere", "{who} signed {about} out everywhere"),
    "password_chosen": ("Password chosen", "{who} chose a password"),
    "password_changed": ("Password changed", "{who} changed their password"),
    "accounts_made": ("Accounts made", "{who} made {made:account}"),
    "accounts_invited": ("Links renewed", "{who} made new links for {invited:account}"),
    "account_invited": ("Password reset", "{who} reset the password of {about}"),
    "account_changed": ("Account changed", "{who} changed the account of {about}: {what}"),
    "course_staff_added": ("Course staff added", "{who} made {person} staff of “{about}”"),
    "course_part_changed": (
        "Part in a course changed",
        "{who} changed the part of {person} in “{about}”: {old} to {new}",
    ),
    "course_left": ("Taken out of a course", "{who} took {person} out of “{about}”"),
    "course_retention_changed": ("Retention of a course", "{who} changed how long “{about}” keeps attempts"),
    "retention_changed": ("Retention of an assignment", "{who} changed how long “{about}” keeps attempts"),
    "encounter_read": ("Encounter opened", "{who} opened an encounter of {about}"),
    "encounter_watched": ("Encounter watched", "{who} watched an encounter of {about}"),
    "marks_read": ("Marks read", "{who} read the marks of {about}"),
    "quoted_to_staff": ("Quoted to staff", "{who} was shown words of {about} in a cohort's page"),
    "marks_released": ("Marks released", "{who} released the marks of {about} for “{assignment}”"),
    "feedback_given": ("Feedback given", "{who} opened the withheld feedback to {about} for “{assignment}”"),
    "marks_exported": ("Marks exported", "{who} took the marks of {encounters:encounter} for “{about}” as a file"),
    "calibration_applied": ("Calibration put in force", "{who} put a calibration of the rubric “{about}” in force"),
    "calibration_withdrawn": ("Calibration withdrawn", "{who} withdrew the calibration of the rubric “{about}”"),
    "cohort_exported": ("Cohort exported", "{who} took the figures of {learners:learner} for “{about}” as a file"),
    "hold_set": ("Hold set", "{who} put an attempt of {about} on hold"),
    "hold_lifted": ("Hold lifted", "{who} lifted the hold on an attempt of {about}"),
    "encounter_erased": ("Encounter erased", "{who} erased an encounter"),
    "attempt_erased": ("Attempt erased", "{who} erased an attempt of {learner} for “{assignment}”: {why}"),
    "practice_erased": ("Practice erased", "{who} erased their own practice: {encounters:encounter}"),
    "erasure_asked": ("Erasure asked for", "{who} asked to be erased, or took that back"),
    "person_erased": ("Person erased", "{who} erased an account, with {practice:practice encounter}"),
    "retention_run": ("Retention run", "{who} looked for what is due and erased {erased:attempt}"),
    "rule_changed": ("House rule changed", "{who} changed the rule “{about}”: {what}"),
    "freeze_set": ("Freeze set", "{who} froze the house until {until}"),
    "freeze_lifted": ("Freeze lifted", "{who} lifted the freeze"),
    "backup_made": ("Backup made", "{who} made the backup {about}"),
    "backup_taken": ("Backup downloaded", "{who} downloaded the backup {about}"),
    "backup_deleted": ("Backup deleted", "{who} deleted the backup {about}"),
    "backups_expired": ("Backups expired", "{who} removed {files:backup} whose time was over"),
    "backup_restored": ("Backup restored", "A backup of {made_at} was put back"),
    "audit_exported": ("Audit exported", "{who} downloaded this list"),
    "case_saved": ("Case saved", "{who} saved {case} {version}"),
    "case_approved": ("Case approved", "{who} approved {case} {version}"),
    "case_refused": ("Case sent back", "{who} sent {case} {version} back"),
    "case_published": ("Case published", "{who} published {case} {version}"),
    "case_retired": ("Case retired", "{who} retired {case} {version}"),
    "case_shared": ("Case shared", "{who} changed who may write a case"),
}
"""By action: its name in a list to choose from, and the sentence of one row."""
_WHO = {"": "Bedside", LOCAL: "Whoever has the start link", "nobody": "Somebody"}
_GUESTS = {OBSERVER: "An invited observer", MARKER: "An invited marker", MEMBER: "A guest of a board"}


class _Sentence(Formatter):
    """`{made:account}` counts: `1 account`, `2 accounts`. What a row of an earlier version lacks is `something`."""

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:  # noqa: ARG002 - its signature
        return kwargs.get(str(key))

    def format_field(self, value: Any, format_spec: str) -> str:
        if not format_spec:
            return "something" if value is None else str(value)
        count = len(value) if isinstance(value, list) else value if isinstance(value, int) else 0
        return f"{count} {format_spec}{'' if count == 1 else 's'}"


def words_for(action: str) -> str:
    """What this kind of deed is called."""
    return WORDS[action][0] if action in WORDS else action.replace("_", " ").capitalize()


def sentence(row: AuditRow, names: Mapping[str, str]) -> str:
    """One row, for people. `names`: what ids are called, as far as they are known."""
    who = who_did(row.actor, names)
    if row.action not in WORDS:
        about = f": {names.get(row.subject, row.subject)}" if row.subject else ""
        return f"{who}: {words_for(row.action).lower()}{about}."
    about = "themselves" if row.subject == row.actor else _called(row.subject, names)
    words, themselves = WORDS[row.action][1], {row.actor: "themselves"} if row.actor else {}
    facts = {name: _told(value, {**names, **themselves}) for name, value in row.body.items()}
    facts |= {"who": who, "about": about, "what": _what(row.body)}
    more = row.subject != row.actor and names.get(row.subject, REMOVED) != REMOVED and "{about}" not in words
    return f"{_Sentence().vformat(words, (), facts)}{f' ({about})' if more else ''}."


def ids_in(rows: Iterable[AuditRow]) -> Iterator[str]:
    """Everything that a name is wanted for."""
    for row in rows:
        yield from (row.actor, row.subject)
        yield from (value for value in row.body.values() if isinstance(value, str))


def who_did(actor: str, names: Mapping[str, str]) -> str:
    """At the start of a sentence."""
    guest = next((words for prefix, words in _GUESTS.items() if actor.startswith(prefix)), "")
    named = names.get(actor, "Somebody who is gone")
    return _WHO.get(actor) or guest or (f"A {REMOVED}" if named == REMOVED else named)


def _called(subject: str, names: Mapping[str, str]) -> str:
    """Within a sentence."""
    if not subject:
        return "a name that nobody has"
    if subject in names:
        return f"a {REMOVED}" if names[subject] == REMOVED else _WHO.get(names[subject], names[subject])
    return "somebody (it is erased)" if subject.startswith("enc_") else subject


def _what(body: Mapping[str, Any]) -> str:
    """The names of what was changed."""
    changed = body["new"] if isinstance(body.get("new"), dict) else body
    return ", ".join(changed).replace("_", " ") or "nothing"


def _told(value: Any, names: Mapping[str, str]) -> Any:
    """Ids by their names, moments as people write them."""
    if not isinstance(value, str):
        return value
    try:
        return f"{datetime.fromisoformat(value):%d %B %Y, %H:%M} UTC" if "T" in value else names.get(value, value)
    except ValueError:
        return names.get(value, value)
