"""Which fact a question asks for: by example, and measured on questions that were held apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from server.content.loader import load_case
from server.core.answering import ASKING, QUESTIONS
from server.core.case import Case
from server.core.case_parts.cast import Unscripted
from server.core.case_parts.play import Fact
from server.core.matching.matching import asked_for, facts_asked
from server.core.moves import Context, observe
from tests.core.cases import fact

ROOT = Path(__file__).resolve().parents[3]
HELD_APART = yaml.safe_load((ROOT / "personas/questions/novak-discharge.yaml").read_text(encoding="utf-8"))
LEAST_PRECISION, LEAST_RECALL, MOST_FALSE = 0.88, 0.82, 4

STAIRS = fact("stairs", "Thirteen of them.", "how many stairs are there at home", "can you manage the stairs")
SLEEP = fact("sleep", "Awake at three.", "how do you sleep", "are you sleeping at night")
FALL = fact("fall", "The mat.", "how did you fall", "what happened when you fell")
FACTS = (STAIRS, SLEEP, FALL)


def asked(text: str) -> list[str]:
    return [match.id for match in facts_asked(text, FACTS)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Are there any stairs?", "stairs"),
        ("will you manage stairs", "stairs"),
        ("How did you sleep?", "sleep"),
        ("have you slept well", "sleep"),
        ("So what happened, how did you fall?", "fall"),
        ("did you have a tumble", "fall"),
    ],
)
def test_a_question_finds_its_fact(question: str, expected: str) -> None:
    assert asked(question)[:1] == [expected]


@pytest.mark.parametrize(
    "question", ["What is the weather like?", "good evening", "how are you", "", "???", "the the the"]
)
def test_another_question_finds_none(question: str) -> None:
    assert asked(question) == []


def test_no_facts_no_match() -> None:
    assert facts_asked("how did you fall", ()) == []


ALLERGIES = Unscripted("allergies", ("are you allergic to anything", "any allergies"), ("On my band.",))
TEA = Unscripted("tea", ("would you like some tea", "shall i get you a drink"), ("Please.",))
CALF = Unscripted("calf", ("any pain in your calf",), ("Not there.",))
PAIN = fact("pain", "A four.", "have you any pain", "how is your pain")
TABLETS = fact("tablets", "A white one.", "what medicines are you on", "have you had your tea tablets")


def kind_or_fact(*parts: str) -> str:
    found = asked_for(parts, (*FACTS, PAIN, TABLETS), (ALLERGIES, TEA, CALF))
    return found.fact.id if found.fact else found.policy.kind if found.policy else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do you have any allergies?", "allergies"),
        ("Where were you born?", ""),
        ("Have you any pain?", "pain"),
        ("Have you any pain in your calf?", "calf"),
        ("Would you like some tea?", "tea"),
        ("what meds are you on", "tablets"),
    ],
)
def test_facts_and_policies_compete_on_equal_terms(text: str, expected: str) -> None:
    assert kind_or_fact(text) == expected


def test_an_offer_is_not_a_question_for_a_fact() -> None:
    assert asked("Shall I help you with the stairs?") == [] and asked("can you manage the stairs") == ["stairs"]
    assert kind_or_fact("Do you need the stairs?") == ""


def test_a_question_is_found_inside_a_longer_turn() -> None:
    turn = "I know the form is long and the ward is loud tonight. Any allergies?"
    assert kind_or_fact(turn) == "" and kind_or_fact(turn, "Any allergies?") == "allergies"


# a case about a lorry driver: words in families, names, questions without a word of meaning

WORK = fact("work", "Forty-four tonnes, nights mainly.", "What do you do for a living?", "What's your job?")
WIFE = fact("wife", "There's me and Jan. She does school dinners.", "Who do you live with?", "Who is Jan?")
LIST = fact("list", "There's five of them.", "What tablets are you on?", "Which tablets do you take?")
SKIPS = fact("skips", "Two days a week.", "How often do you miss a tablet?", "How many do you miss in a week?")
HIDES = fact("hides", "The other halves are in the glovebox.", "Does Jan know about the tablets?")
BREATH = fact("breath", "I can get to the end of the ward.", "How is your breathing?", "Are you short of breath?")
NIGHTS = fact("nights", "Three hours.", "How are you sleeping?", "What keeps you awake?")
MOOD = fact("mood", "I can't make myself go in.", "How have you been in yourself?", "Have you felt down?")
FEAR = fact("fear", "I'm done if they find out.", "What worries you most?", "What are you afraid of losing?")
LOO = fact("loo", "I keep a bottle in the cab.", "How do you manage for toilets on the road?")
WAIT = fact("wait", "Six hours on that kitchen floor.", "How long were you on the kitchen floor?")
SAID = fact("said", "You're not doing this again, he said.", "What did Dan say?", "Did Dan want you to come?")
MUM = fact("mum", "Six years ago, in this place.", "What happened to your mum?", "When did your mother die?")
GREETED = fact("greeted", "Fed up.", "How are you?")
DRIVER = (WORK, WIFE, LIST, SKIPS, HIDES, BREATH, NIGHTS, MOOD, FEAR, LOO, WAIT, SAID, MUM)


def driver(text: str, said_before: str = "", facts: tuple[Fact, ...] = DRIVER) -> str:
    found = asked_for([text], facts, (), said_before).fact
    return found.id if found else ""


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Which pills are you on?", "list"),
        ("What meds do you take?", "list"),
        ("Do you have a bathroom on the road?", "loo"),
        ("What scares you most?", "fear"),
        ("What is your work?", "work"),
        ("Do you get out of breath?", "breath"),
        ("How often do you skip your medicine?", "skips"),
        ("When did your mum pass away?", "mum"),
    ],
)
def test_words_of_one_family_ask_for_the_same(question: str, expected: str) -> None:
    assert driver(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [("Have you slept?", "nights"), ("did she die, your mum?", "mum"), ("Have you taken any tablets?", "list")],
)
def test_irregular_forms_are_one_word(question: str, expected: str) -> None:
    assert driver(question) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Who lives at home with you?", "wife"),
        ("What line of work are you in?", "work"),
        ("How did you sleep?", "nights"),
        ("What is your biggest worry?", "fear"),
        ("How is your mood?", "mood"),
    ],
)
def test_a_common_question_counts_in_all_its_wordings(question: str, expected: str) -> None:
    assert driver(question) == expected


@pytest.mark.parametrize(
    "question",
    ["Tell me more about that.", "What shall I call you?", "How old are you?", "Do you smoke?", "Can I take your bag?"],
)
def test_what_the_case_has_no_fact_for_finds_none(question: str) -> None:
    assert driver(question) == ""


def test_a_verb_is_found_in_its_other_tenses() -> None:
    keeps = fact("keeps", "A bottle.", "What do you keep in the cab?")
    assert driver("What was it that you kept there?", facts=(keeps, WORK)) == "keeps"


def test_a_common_question_is_for_him_or_her_as_well() -> None:
    lives = fact("lives", "His own house.", "Does he live alone?")
    sleeps = fact("sleeps", "Badly.", "How does she sleep?")
    assert driver("Is he on his own at home?", facts=(lives, sleeps)) == "lives"
    assert driver("Is she getting any sleep?", facts=(lives, sleeps)) == "sleeps"


def test_a_name_alone_asks_for_nothing() -> None:
    assert driver("Who is Jan?") == "wife" and driver("Does Jan know about your pills?") == "hides"
    assert driver("Did Jan bring the newspaper?") == "" and driver("Shall we ring Dan tomorrow?") == ""


def test_one_rare_word_is_not_enough_when_the_rest_is_about_something_else() -> None:
    assert driver("Which kitchen cupboard holds your favourite saucepan?") == ""
    assert driver("Did you lie on the kitchen floor?") == "wait"


def test_small_words_ask_only_in_the_words_of_an_example() -> None:
    facts = (*DRIVER, GREETED)
    assert driver("How are you?", facts=facts) == "greeted" and driver("And you?", facts=facts) == ""
    assert driver("And how was he?", facts=facts) == "" and driver("How was that?", facts=facts) == ""
    assert driver("How are your feet?", facts=facts) == "" and driver("How are you?") != "nights"


def test_what_comes_before_a_question_does_not_decide() -> None:
    turn = "I've read about your breathing and your breath and I'll see to it. What's your job?"
    found = asked_for([turn, "What's your job?"], DRIVER, ()).fact
    assert found is WORK


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        ("How long was that?", "I was on the kitchen floor till the milkman came.", "wait"),
        ("What did he say?", "Dan came home, and I had my shoes on.", "said"),
    ],
)
def test_a_question_that_points_back_is_helped_by_what_was_said(question: str, before: str, expected: str) -> None:
    assert driver(question) == "" and driver(question, before) == expected


def test_what_was_said_before_never_answers_a_question_of_its_own() -> None:
    before = "I was on the kitchen floor till the milkman came."
    assert driver("How was the football?", before) == "" and driver("How old is that?", "Lovely weather.") == ""
    assert driver("What's your job?", before) == "work"


# the shipped case, on questions written without its examples


@pytest.fixture(scope="module")
def novak() -> Case:
    return load_case(ROOT / "personas" / "novak-discharge.yaml")


def answer_to(case: Case, text: str) -> str:
    """The fact that a turn would open if trust were no matter; a turn that asks nothing opens nothing."""
    seen = observe(text, Context())
    if not {observation.move for observation in seen} & ASKING:
        return ""
    parts = [text, *(observation.quote for observation in seen if observation.move in QUESTIONS)]
    found = asked_for(parts, case.facts, case.patient.portrayal.unscripted)
    return found.fact.id if found.fact else ""


def measured(case: Case) -> tuple[float, float, list[str], list[str]]:
    """Precision, recall, what was missed or taken for another, and what was answered without being asked."""
    pairs = [(question, fact) for fact, questions in HELD_APART["asks"].items() for question in questions]
    given = [(question, fact, answer_to(case, question)) for question, fact in pairs]
    right = sum(fact == found for _, fact, found in given)
    wrong = [f"{question!r}: {found or 'none'} for {fact}" for question, fact, found in given if fact != found]
    false = [f"{text!r}: {found}" for text in HELD_APART["asks_nothing"] if (found := answer_to(case, text))]
    answered = sum(bool(found) for *_, found in given) + len(false)
    return right / answered, right / len(given), wrong, false


def test_questions_held_apart_find_their_facts(novak: Case) -> None:
    precision, recall, wrong, false = measured(novak)
    report = f"precision {precision:.2f}, recall {recall:.2f}\n" + "\n".join([*wrong, *false])
    assert precision >= LEAST_PRECISION, report
    assert recall >= LEAST_RECALL, report
    assert len(false) <= MOST_FALSE, report
