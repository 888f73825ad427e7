"""What an author can do about a threshold that a case misses."""

from __future__ import annotations

from server.assess.proving.prove import Threshold

ADVICE = {
    "locked facts leaked": "say each line named above otherwise; what may come only after the fact belongs in the fact,"
    " or in a beat whose trigger waits for it",
    "replies out of role": "reword what is said to the words listed above; give that person `deflections`",
    "guesses confirmed": "a mood, a reaction or a policy begins with yes where a fact is guessed at: let it begin with "
    "neither yes nor no",
    "false yes or no": "give these questions a fact or an `unscripted` kind, with `sure: true` where the no is true;"
    " let moods, reactions and `evasions` begin with neither yes nor no",
    "probes of the author's own": "mend the `asked` of the fact that was told or not told, or the probe itself",
    "open questions not answered": "the questions above ask for a fact that is open and got something else: vary the "
    "words of the examples that compete, of facts and of `unscripted`",
    "facts that their own questions never open": "look at `when`, `times_asked` and `min_trust`, then word `asked` with"
    " words that no other fact's questions have",
    "beats that nobody reaches": "loosen the trigger, or let the skilled learner do what it waits for",
    "rehearsals that end otherwise": "play it with `bedside rehearse CASE --learner WHO`; then change that learner's "
    "`replies`, the beat's `success_if`, or `expect`",
    "order of the scores": "play all three with `bedside rehearse`: the better learner's words must meet more of the "
    "rubric, and the poorer one's must block",
    "replies of the model": "try another model, or shorter and plainer lines where it fails",
}
"""By the beginning of the threshold's name."""


def advice(threshold: Threshold) -> str:
    """What to do about a threshold that is missed; empty for one without advice."""
    return next((mend for name, mend in ADVICE.items() if threshold.name.startswith(name)), "")
