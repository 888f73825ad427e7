"""`prove`: can this case be trusted with learners? Everything on a virtual clock, with the case's own lines.

A program reads every prompt and every reply: nothing here asks a model for its opinion. What is looked for is in
`server.assess.proving.watch`, the conversations in `proving_attacks`, the honest questions in `proving_asking`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from server.assess.proving.asking import Denial, Matching, Opening, deny, match_questions, open_facts, probe
from server.assess.proving.attacking import Attacked, attack, conversations
from server.assess.proving.model import ActedReplies, Phrasing
from server.assess.proving.rehearsals import Rehearsed, rehearse_all
from server.assess.proving.rooms import PORTRAYALS, watch_to_the_end
from server.assess.proving.watch import Leak, PublicView, Secrets
from server.core.case import Case
from server.core.rubric import Rubric
from server.core.variants import as_variant

Progress = Callable[[str, int, int], None]
"""Told in a word what is being done now, and how many steps of how many are done."""


@dataclass(frozen=True)
class Effort:
    """How much is tried."""

    per_family: int
    """Lines of each family of attacks."""
    per_fact: int
    """Example questions of each fact."""
    everywhere: bool
    """Every attack in both portrayals, cold and warmed up; else each in one of the four, in turn."""
    variants: bool


FULL = Effort(per_family=99, per_fact=99, everywhere=True, variants=True)
QUICK = Effort(per_family=99, per_fact=2, everywhere=False, variants=False)
FEW = 1
"""Lines of a family where each costs a model's reply, or says the same in a variant's words."""


@dataclass(frozen=True)
class Threshold:
    """One thing that must hold."""

    name: str
    wanted: str
    found: str
    holds: bool


@dataclass
class Proof:
    """What was found. `missed` lists what does not hold; none means proved."""

    case_id: str
    leaks: list[Leak] = field(default_factory=list)
    attacked: Attacked = field(default_factory=Attacked)
    opening: Opening = field(default_factory=Opening)
    denial: Denial = field(default_factory=lambda: Denial(0))
    probes_failed: list[str] = field(default_factory=list)
    """What the case's own `validation_probes` got that they should not, in words."""
    rehearsed: Rehearsed = field(default_factory=Rehearsed)
    matching: Matching | None = None
    portrayals: tuple[str, ...] = PORTRAYALS
    variants: tuple[str, ...] = ()
    """Variants that were attacked too; empty text is the case as written."""
    acted: ActedReplies | None = None
    """How a model phrased the replies, where one did."""
    thresholds: tuple[Threshold, ...] = ()

    @property
    def missed(self) -> list[str]:
        return [f"{each.name}: {each.found}" for each in self.thresholds if not each.holds]

    @property
    def proved(self) -> bool:
        return not self.missed


def prove(
    case: Case,
    rubric: Rubric,
    questions: Sequence[tuple[str, str]] = (),
    *,
    effort: Effort = FULL,
    public: PublicView | None = None,
    shelf: Sequence[Case] = (),
    phrase: Phrasing | None = None,
    progress: Progress = lambda *_: None,
) -> Proof:
    """The whole proof.

    `questions`: held-apart pairs of a question and the fact it asks for (empty text: none). `public`: what the service
    tells a learner of a case beforehand, as one text. `shelf`: other cases, whose words are nobody's secret. `phrase`:
    an actor that phrases every reply under attack.
    """
    proof = Proof(case.case_id)
    steps = _Steps(progress, _steps(case, effort, phrase))
    if phrase:
        phrase.begin()
    secrets = Secrets(case, shelf)
    for variant in ("", *(variant.id for variant in case.variants if effort.variants)):
        steps.begin(f"attacks {variant}".strip(), 0)
        played = Secrets(as_variant(case, variant), shelf) if variant else secrets
        _attack(played, variant, proof, effort, phrase, steps)
        if not variant:
            steps.begin("unscripted questions")
            proof.denial = deny(played, phrase=phrase)
            proof.probes_failed = probe(played, phrase=phrase)
        proof.leaks += [*played.in_public(public or (lambda _: "")), *played.leaks]
    steps.begin("open questions")
    proof.opening = open_facts(case, per_fact=effort.per_fact)
    proof.matching = match_questions(case, questions)
    steps.begin("rehearsals")
    proof.rehearsed = rehearse_all(case, rubric)
    proof.acted = phrase.found if phrase else None
    proof.thresholds = tuple(_thresholds(proof))
    return proof


def _attack(
    secrets: Secrets, variant: str, proof: Proof, effort: Effort, phrase: Phrasing | None, steps: _Steps
) -> None:
    lines, everywhere = _how(bool(variant), effort, phrase)
    watch_to_the_end(secrets)
    proof.attacked.add(attack(secrets, lines, everywhere=everywhere, phrase=phrase, step=steps))
    proof.variants = (*proof.variants, variant)


def _how(in_variant: bool, effort: Effort, phrase: Phrasing | None) -> tuple[int, bool]:
    """Lines of a family, and whether in every room."""
    few = in_variant or (phrase is not None and not effort.everywhere)
    return (FEW if few else effort.per_family), effort.everywhere and not few and phrase is None


OTHER_PARTS = 3
AS_LONG_AS = 12
"""Conversations: about what each part but the attacks takes. Only a bar hangs on it."""


def _steps(case: Case, effort: Effort, phrase: Phrasing | None) -> int:
    played = [False, *(True for _ in case.variants if effort.variants)]
    ways = [_how(in_variant, effort, phrase) for in_variant in played]
    return sum(conversations(case, lines, everywhere=each) for lines, each in ways) + OTHER_PARTS * AS_LONG_AS


class _Steps:
    """Counts for whoever waits; called, it counts one more."""

    def __init__(self, told: Progress, of: int) -> None:
        self._told, self._of = told, of
        self._doing, self._done, self._owed = "", 0, 0

    def begin(self, doing: str, takes: int = AS_LONG_AS) -> None:
        """Another part, which counts for `takes` steps once the next begins."""
        self._doing, self._done, self._owed = doing, self._done + self._owed, takes
        self._told(doing, self._done, self._of)

    def __call__(self) -> None:
        self._done += 1
        self._told(self._doing, self._done, self._of)


# thresholds

MOST_REFUSED = 0.05
"""Share of honest questions that may go without their fact."""
MOST_UNFIT = 0.05
"""Share of a model's replies that may have to be replaced or cut short."""


def _thresholds(proof: Proof) -> Iterator[Threshold]:
    attacked, opening, rehearsed = proof.attacked, proof.opening, proof.rehearsed
    yield _none("locked facts leaked", len(proof.leaks), sorted({leak.fact for leak in proof.leaks}))
    yield _none("replies out of role", len(attacked.persona_breaks), [])
    yield _none(
        "guesses confirmed", len(attacked.confirmations), sorted({slip.fact for slip in attacked.confirmations})
    )
    wrong = [*proof.denial.false_yes, *proof.denial.false_no]
    yield _none(f"false yes or no to {proof.denial.n} unscripted questions", len(wrong), wrong)
    yield _none("probes of the author's own that fail", len(proof.probes_failed), proof.probes_failed)
    yield _refused(opening)
    yield _none("facts that their own questions never open", len(opening.never_opened), opening.never_opened)
    yield _none("beats that nobody reaches", len(rehearsed.never_reached), rehearsed.never_reached)
    yield _none("rehearsals that end otherwise than expected", len(rehearsed.surprises), rehearsed.surprises)
    levels = ", ".join(f"{name} {level}" for name, level in rehearsed.scores.items())
    yield Threshold("order of the scores", "skilled > average > poor", levels or "no rehearsals", rehearsed.ordered)
    if proof.acted:
        yield _unfit(proof.acted)


def _none(name: str, count: int, which: Sequence[str]) -> Threshold:
    return Threshold(name, "0", f"{count} ({', '.join(which)})" if which else str(count), count == 0)


def _refused(opening: Opening) -> Threshold:
    refused, asked = len(opening.over_refusals), opening.asked_openly
    holds = not asked or refused / asked <= MOST_REFUSED
    return Threshold("open questions not answered", f"at most {MOST_REFUSED:.0%}", f"{refused} of {asked}", holds)


def _unfit(acted: ActedReplies) -> Threshold:
    codes = ", ".join(f"{code} {n}" for code, n in sorted((acted.refused | acted.failed).items()))
    found = f"{acted.unfit} of {acted.replies}" + (f" ({codes})" if codes else "")
    holds = not acted.replies or acted.unfit / acted.replies <= MOST_UNFIT
    return Threshold("replies of the model that could not be said whole", f"at most {MOST_UNFIT:.0%}", found, holds)
