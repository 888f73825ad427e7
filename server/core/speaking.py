"""A reply on its way: sentence by sentence, played, cut, shortened. And what of it was heard.

Promise 2 lives here: a beat counts when its cue was heard, and a fact is revealed when its words were.
"""

from __future__ import annotations

from dataclasses import replace

from server.core.beats import unheard
from server.core.board import Board, Track
from server.core.case_parts.play import Aside, Beat, Delivery
from server.core.encounter import Encounter, Listening, Speaking
from server.core.lexicon import tokens
from server.core.transcript import Plan, Sentence, Turn, heard_text, share_heard

CUE_SHARE = 0.8
"""Share of a line's meaningful words that must be heard where the author named no cue words."""
FACT_SHARE = 0.6
"""Share of a fact's meaningful words after which the learner knows it."""


def add_sentence(encounter: Encounter, reply: Turn, sentence: Sentence) -> Encounter:
    """Commit one sentence; the turn begins with its first. Text that makes no sound is heard as it is delivered."""
    sentences = (*reply.sentences, sentence)
    reply = replace(reply, sentences=sentences, text=heard_text(sentences, reply.heard_ms))
    if isinstance(encounter.floor, Speaking):
        return encounter.put(reply)
    now_ms = encounter.now_ms
    return replace(encounter.put(replace(reply, at_ms=now_ms)), floor=Speaking(reply.id, now_ms))


def close(
    encounter: Encounter, reply: Turn, audio_ms: int, *, cut: bool = False, failed: str = "", unheard: str = "unheard"
) -> Encounter:
    """End a reply with `audio_ms` of it heard, and let what was heard count.

    `failed` says why it came to nothing; `unheard` says so only when not a word of it was heard.
    """
    reply = _as_heard(replace(reply, closed=True, cut=cut, failed=failed), audio_ms, unheard)
    encounter = count(encounter.put(reply), reply)
    return _leave_floor(encounter, reply)


def shorten(encounter: Encounter, reply: Turn, audio_ms: int) -> Encounter:
    """Less was heard than believed: take back what the lost words had shown."""
    reply = _as_heard(replace(reply, cut=True), min(audio_ms, reply.heard_ms), "truncated")
    return count(take_back(encounter.put(reply), reply), reply)


def _as_heard(reply: Turn, audio_ms: int, unheard: str) -> Turn:
    """The reply with the words that the first `audio_ms` held. A reply without a word of it says why."""
    audio_ms = max(0, min(audio_ms, reply.audio_ms))
    text = heard_text(reply.sentences, audio_ms)
    return replace(reply, heard_ms=audio_ms, text=text, failed=reply.failed or ("" if text else unheard))


def count(encounter: Encounter, reply: Turn) -> Encounter:
    """Reveal the beat and the facts of a closed reply, as far as they were heard; what was not is still to be said."""
    plan = reply.plan or Plan()
    board = replace(encounter.board, revealed=encounter.board.revealed | _told(encounter, reply))
    if plan.beat:
        board = _count_beat(encounter, board, encounter.case.beat(plan.beat), reply)
    unsaid = [Aside(reply.speaker, line) for line in plan.first if not reached(line, reply, FACT_SHARE)]
    again = [said for said in unsaid if said not in encounter.first]
    return replace(encounter, board=board, first=(*again, *encounter.first))


def take_back(encounter: Encounter, reply: Turn) -> Encounter:
    """Undo what `reply` had counted; possible until the learner's next turn, so nothing rests on it yet."""
    plan, board = reply.plan or Plan(), encounter.board
    before = [turn for turn in encounter.turns if turn.plan and turn.id != reply.id]
    told_before = frozenset().union(*(_told(encounter, turn) for turn in before))
    board = replace(board, revealed=board.revealed - (frozenset(plan.facts) - told_before))
    track = board.tracks.get(plan.beat)
    if track is not None and track.state == "heard" and track.cue_turn == reply.id:
        offered = Track("offered", track.fires - 1, eased=track.eased, earlier=track.earlier)
        board = board.with_track(plan.beat, offered)
    return replace(encounter, board=board)


def _told(encounter: Encounter, reply: Turn) -> frozenset[str]:
    """The facts of this reply whose words were heard."""
    facts = reply.plan.facts if reply.plan else ()
    return frozenset(fact for fact in facts if reached(encounter.case.fact(fact).say, reply, FACT_SHARE))


def reached(line: str, reply: Turn, share: float) -> bool:
    """Was at least `share` of an authored line heard? Where an actor chose other words, the whole reply stands for
    it; a reply that was cut before all of it was written stands for no line that it had not begun.
    """
    committed = " ".join(sentence.text for sentence in reply.sentences)
    begun = line in committed or reply.written
    return bool(reply.text) and begun and share_heard(line if line in committed else committed, reply.text) >= share


def _count_beat(encounter: Encounter, board: Board, beat: Beat, reply: Turn) -> Board:
    track = board.tracks[beat.id]
    if track.state != "offered":
        return board
    if not cue_heard(beat.eased if track.eased and beat.eased else beat.deliver, reply):
        return board.with_track(beat.id, unheard(track))
    window, fires = beat.opportunity.window_turns, track.fires + 1
    heard = Track("heard", fires, reply.id, encounter.now_ms, window, eased=track.eased, earlier=track.earlier)
    return board.with_track(beat.id, heard)


def cue_heard(delivered: Delivery, reply: Turn) -> bool:
    """Did the words that carry the cue reach the learner?"""
    if delivered.cue_words:
        heard = tokens(reply.text)
        return all(word in heard for cue in delivered.cue_words for word in tokens(cue))
    carried = [line for line in (reply.plan or Plan()).lines if line in (delivered.verbatim, *delivered.lines)]
    return bool(reply.text) and all(reached(line, reply, CUE_SHARE) for line in carried)


def _leave_floor(encounter: Encounter, reply: Turn) -> Encounter:
    """Back to listening, or to the end once the closing words are over.

    A learner who speaks before the first of the closing words is let finish; the closing comes again after that.
    """
    encounter = replace(encounter, floor=Listening(encounter.now_ms))
    closed = reply.plan is not None and reply.plan.closing and reply.failed != "superseded"
    if closed and encounter.phase == "encounter":
        why = (reply.plan and reply.plan.ends) or "time_up"
        return replace(encounter, phase="reflection", reason=why, ended=why)
    return encounter
