"""The reply check alone: however a reply is cut into pieces, the same sentences come out or the same refusal."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core.errors import ReplyRefused
from server.core.prompt import Prompt
from server.engines.chat.reply_check import MAX_CHARS, REASONS, Expected, ReplyCheck, expected, refusal
from server.engines.chat.reply_text import ThoughtFilter, flaw, mostly_latin, sentence_end, shingles, spoken


def run(
    pieces: list[str], *, complete: bool = True, sentences: int = 9, given: Expected | None = None
) -> tuple[str, str]:
    """What is said of a reply that comes in `pieces`, and the code of its refusal or ''."""
    check, said = ReplyCheck(given or Expected(max_sentences=sentences)), ""
    try:
        for piece in pieces:
            said += check.feed(piece)
        said += check.finish(complete=complete)
        check.judge(complete=complete)
    except ReplyRefused as refused:
        return said, refused.code
    return said, ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dr. Novak came. She was kind.", "Dr. Novak came. She was kind."),
        ("I took 2.5 mg. Then I slept", "I took 2.5 mg. Then I slept"),
        ("Well... I do not know.", "Well... I do not know."),
        ("  It\thurts,\r\n  a bit. ", "It hurts, a bit."),
        ("I am **so** tired.", "I am so tired."),
        ("I *never* said so.", "I never said so."),
        ("*sighs* Yes.", "Yes."),
        ("[long pause] Yes. [looks at the chair]", "Yes."),
        ("It was 38°C \N{FACE WITH THERMOMETER}.", "It was 38°C."),
        ("5 < 10, she said.", "5 < 10, she said."),
        ("I lost my instructions. So do I.", "I lost my instructions. So do I."),
    ],
)
def test_speech_is_passed_clean(text: str, said: str) -> None:
    assert run([text]) == (said, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("I am just a chatbot.", "reply_out_of_role"),
        ("I\N{RIGHT SINGLE QUOTATION MARK}m an AI.", "reply_out_of_role"),
        ("Here's her answer: no.", "reply_out_of_role"),
        ("I cannot roleplay that.", "reply_out_of_role"),
        ("**Nurse:** hello.", "reply_out_of_role"),
        ("# Answer\nYes.", "reply_not_speech"),
        ("```yes```", "reply_not_speech"),
        ("![x](y)", "reply_not_speech"),
        ("<script>x</script>", "reply_not_speech"),
        ('[{"a": 1}]', "reply_not_speech"),
    ],
)
def test_what_is_no_speech_is_refused(text: str, code: str) -> None:
    assert run([text]) == ("", code)


THEATRE = Prompt(
    role="You are Ana Reyes.",
    conversation=(),
    direction="",
    lines=(),
    max_sentences=9,
    speaker="reyes",
    names={"learner": "Medical student", "reyes": "Ana Reyes", "hale": "Dr Hale", "son": "Will"},
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Dr Hale: Count again.", ""),
        ("hale: Count again.", ""),
        ("**Will:** Mum?", ""),
        ("Medical student: I am sorry.", ""),
        ("Ana Reyes: It hurts.", ""),
        ("It hurts. Dr Hale: Count again.", "It hurts."),
        ("It hurts Dr Hale: count again.", ""),
        ('It hurts. "Will": Mum?', "It hurts."),
    ],
)
def test_nobody_speaks_for_others(text: str, said: str) -> None:
    assert run([text], given=expected(THEATRE)) == (said, "reply_out_of_role")


@pytest.mark.parametrize(
    "text",
    [
        "I will say this once: it hurts.",
        "Dr Hale said to count again.",
        "Will is my son. Ask him.",
        "My student days: I never slept.",
    ],
)
def test_others_may_be_spoken_of(text: str) -> None:
    assert run([text], given=expected(THEATRE)) == (text, "")


def test_sentences_come_out_as_soon_as_they_are_whole() -> None:
    check = ReplyCheck(Expected())
    assert [check.feed(piece) for piece in ("It hurts", ". ", "A lot", "! No")] == ["", "It hurts.", "", " A lot!"]


def test_enough_sentences_are_a_whole_reply() -> None:
    assert run(["One. Two. Three. Four. Fi"], complete=False, sentences=3) == ("One. Two. Three.", "")


def test_too_much_text_is_cut_at_a_sentence() -> None:
    said, code = run(["It hurts. "] + ["a" * 100] * 20)
    assert (said, code) == ("It hurts.", "reply_truncated")
    assert len(said) <= MAX_CHARS


@given(st.lists(st.integers(1, 60), max_size=12))
def test_how_it_is_cut_into_pieces_changes_nothing(cuts: list[int]) -> None:
    text = "<think>She hides it. Yes.</think>*sighs* I'm fine... really. Mr. Novak died. 5 < 10? Yes"
    places = sorted({0, *(cut for cut in cuts if cut < len(text)), len(text)})
    pieces = [text[start:end] for start, end in pairwise(places)]
    assert run(pieces) == run([text]) == ("I'm fine... really. Mr. Novak died. 5 < 10? Yes", "")


@given(st.text(max_size=200))
def test_whatever_comes_only_storable_text_leaves(text: str) -> None:
    said, code = run([text])
    assert code in {"", *REASONS}
    assert bool(said) or bool(code)
    assert said == unicodedata.normalize("NFC", said)
    assert not any(unicodedata.category(char) in {"Cc", "Cs", "Cf"} for char in said)


def test_a_thought_in_a_thought_and_a_closing_tag_alone() -> None:
    thoughts = ThoughtFilter()
    assert thoughts.feed("a<think>b<think>c</think>d") == "ad"
    assert thoughts.feed("e</thi") == "e"
    assert thoughts.feed("nk>f") == "f"
    assert thoughts.orphaned


def test_every_reason_is_a_refusal_without_reply_text() -> None:
    assert [refusal(code).code for code in REASONS] == list(REASONS)


def test_small_questions() -> None:
    assert sentence_end("Is it?") == 0
    assert sentence_end("Is it? ") == len("Is it?")
    assert flaw("It hurts.") == ""
    assert spoken("...") == ""
    assert mostly_latin("") and mostly_latin("Za\N{LATIN SMALL LETTER Z WITH DOT ABOVE}") and not mostly_latin("Да")
    assert shingles("one two three") == frozenset()
