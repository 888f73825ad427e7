"""What students say in passing on a ward: each that was once read wrongly, beside the one that only looks like it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.core.lexicon import content_stems
from server.core.moves import ACKNOWLEDGES, BLOCKERS, Context, observe

NOTHING = Context()
BLAME = Context(
    said_before="I should have stayed with him. I thought he'd gone.",
    feelings=frozenset({"shame", "grief"}),
    topics=content_stems("stayed left went home gone"),
    open_cue=True,
    story=content_stems("They said go home, they'd ring. I should have stayed with him. I thought he'd gone."),
)
DOUBTED = Context(
    said_before="They think I'm after the drugs. I don't look like somebody in pain.",
    feelings=frozenset({"anger", "shame"}),
    topics=content_stems("drugs pain look"),
    open_cue=True,
    story=content_stems("It comes in my joints. They think I'm after the drugs. I don't look like somebody in pain."),
)
SHOCK = Context("They told me this morning.", frozenset({"grief"}), content_stems("told morning"), open_cue=True)
AFRAID = Context("What if it comes back?", frozenset({"fear"}), content_stems("back"), open_cue=True)
WEARY = Context("I'm up with her six times a night.", frozenset({"overwhelm"}), content_stems("night"), open_cue=True)
QUESTIONS = {"open_question", "closed_question", "leading_question", "focused_question"}


def moves(text: str, context: Context = NOTHING) -> set[str]:
    return {observation.move for observation in observe(text, context)}


MAKES: list[tuple[str, str, Context]] = [
    # takes the blame away with the person's own reason
    ("validates", "You didn't leave him. You went home because you were told they'd ring.", BLAME),
    ("validates", "you didn't abandon her you did what they asked", BLAME),
    ("validates", "You did what you could with what you knew.", BLAME),
    ("validates", "you did the best you could with what you had", NOTHING),
    ("validates", "Nobody could have known from that.", BLAME),
    ("validates", "no one could have known", NOTHING),
    ("paraphrases", "You thought he'd died.", BLAME),
    ("paraphrases", "you thought he had gone", BLAME),
    ("believes", "I think you do look like someone in pain. You're just good at hiding it.", DOUBTED),
    ("believes", "you do look like somebody in pain", NOTHING),
    # doors, curtains, and coming back
    ("offers_help", "Shall I shut it?", NOTHING),
    ("offers_help", "shall i pull the curtain round", NOTHING),
    ("asks_permission", "Shall I shut the door?", NOTHING),
    ("offers_help", "I'm sorry, I'll have to go and do his obs, I'll be back at half past.", NOTHING),
    ("offers_help", "i'll be back in ten minutes", NOTHING),
    ("offers_help", "I will tell him you were here.", NOTHING),
    ("offers_help", "Would you like me to call your son?", NOTHING),
    # what takes room away
    ("dismisses", "I said go away.", NOTHING),
    ("dismisses", "Can you just shut it?", NOTHING),
    ("dismisses", "I said shut it.", NOTHING),
    ("judges", "You people never listen.", NOTHING),
    ("judges", "you people always want something", NOTHING),
    ("dismisses", "That's really stupid.", NOTHING),
    ("minimises", "There are sicker people here than your dad.", NOTHING),
    ("minimises", "there are people worse off than you", NOTHING),
    ("blames", "It's not my fault, it was the night staff.", NOTHING),
    ("blames", "that's not our fault it was the pharmacy", NOTHING),
    ("promises_secrecy", "I will not write this.", NOTHING),
    # feelings
    ("names_feeling", "What you're telling me is that you are really frightened.", AFRAID),
    ("names_feeling", "Are you frightened it will come back?", AFRAID),
    ("names_feeling", "If my job hung on it I'd be frightened too, so it makes sense that you are.", AFRAID),
    ("names_feeling", "You must be numb.", SHOCK),
    ("names_feeling", "you sound like you're in shock", SHOCK),
    ("names_feeling", "It's a shock.", SHOCK),
    ("names_feeling", "That sounds exhausting.", WEARY),
    ("names_feeling", "it must be so tiring for you", WEARY),
    ("names_feeling", "That must have hurt.", BLAME),
    ("names_feeling", "that's heartbreaking", BLAME),
    ("names_feeling", "You feel so alone on your own at night.", NOTHING),
    ("names_feeling", "You look worried.", NOTHING),
    # asking
    ("focused_question", "What are you most worried about?", NOTHING),
    ("closed_question", "how often are you giving it", NOTHING),
    ("teach_back", "So how often are you going to give it?", NOTHING),
    ("sees_to_urgent", "I'm putting some oxygen on.", NOTHING),
    ("praises_emptily", "You're so brave.", NOTHING),
    ("praises_emptily", "you are very brave", NOTHING),
    ("praises_emptily", "you've been really brave", NOTHING),
    ("checks_agreement", "I can ring her if you want.", NOTHING),
    ("jargon", "We'll do your obs now.", NOTHING),
]
LOOKS_LIKE: list[tuple[str, str, Context]] = [
    ("validates", "You didn't leave your coat.", BLAME),
    ("validates", "You didn't leave him. You went home and had your tea.", BLAME),
    ("validates", "You did what you could have done sooner.", BLAME),
    ("names_feeling", "You're numb from the waist down.", SHOCK),
    ("validates", "You left him because you were tired.", BLAME),
    ("validates", "You didn't leave him because they rang.", BLAME),
    ("validates", "Did you do what you could?", BLAME),
    ("validates", "You could have known from that.", BLAME),
    ("paraphrases", "You thought he was due his tablets.", BLAME),
    ("paraphrases", "You thought he'd died.", replace(BLAME, open_cue=False)),
    ("paraphrases", "you thought wrong", BLAME),
    ("believes", "You don't look like someone in pain.", DOUBTED),
    ("believes", "Do you look like someone in pain?", DOUBTED),
    ("offers_help", "I will not tell him anything.", NOTHING),
    ("offers_help", "i can never find it", NOTHING),
    ("offers_help", "I'm on tonight. What would you like me to call you?", NOTHING),
    ("dismisses", "Shall I shut it?", NOTHING),
    ("dismisses", "shall i shut it for you", NOTHING),
    ("dismisses", "He told me to go away.", NOTHING),
    ("dismisses", "I'm sorry I said go away.", NOTHING),
    ("dismisses", "I don't think that's really stupid.", NOTHING),
    ("minimises", "You keep telling yourself there are people worse off.", NOTHING),
    ("minimises", "There are sicker people here who have to be seen first.", NOTHING),
    ("believes", "I don't think you do look like someone in pain.", DOUBTED),
    ("jargon", "I have to go and do his obs.", NOTHING),
    ("offers_help", "I'll be back home by then.", NOTHING),
    ("jargon", "I'll have to go and do his obs, I'll be back at half past.", NOTHING),
    ("names_feeling", "I'd be frightened of taking them, so it makes sense to ask.", AFRAID),
    ("names_feeling", "You came on your own.", NOTHING),
    ("names_feeling", "you came by yourself in the ambulance", NOTHING),
    ("names_feeling", "What are you most worried about?", AFRAID),
    ("names_feeling", "Is your leg numb?", SHOCK),
    ("names_feeling", "your arm must be numb", SHOCK),
    ("names_feeling", "That must have hurt your knee.", BLAME),
    ("names_feeling", "The walk is tiring.", WEARY),
    ("names_feeling", "I find it exhausting.", WEARY),
    ("teach_back", "how often are you giving it", NOTHING),
    ("teach_back", "how often are you taking the tablets", NOTHING),
    ("sees_to_urgent", "The oxygen helps her lungs rest.", NOTHING),
    ("sees_to_urgent", "the mask gives her some oxygen so she can sleep", NOTHING),
    ("validates", "You're so brave.", NOTHING),
    ("judges", "You people always look after each other.", NOTHING),
    ("names_feeling", "I will not leave you on your own.", NOTHING),
    ("offers_help", "i can no longer hold it", NOTHING),
    ("sees_to_urgent", "The oxygen will help her rest.", NOTHING),
    ("closed_question", "I've got to go and do the obs.", NOTHING),
    ("praises_emptily", "It was brave of you to say that.", NOTHING),
    ("checks_agreement", "You can wait over there if you want.", NOTHING),
    ("promises_secrecy", "I will not write this. I write what you say.", NOTHING),
    ("judges", "I know people never listen to you.", NOTHING),
    ("dismisses", "Nothing you ask is really stupid.", NOTHING),
    ("minimises", "There are people here who can help.", NOTHING),
    ("blames", "It's not your fault, it was the stroke.", NOTHING),
    ("blames", "It's not my fault.", NOTHING),
]
TELLS = [
    "I was here when the doctor was.",
    "only the nurses who help you",
    "You lay there not knowing who would come.",
    "it was dark when he was found",
]
ASKS = [
    "so why the doctor is not coming",
    "When was the doctor here?",
    "who would come",
    "which nurses help you?",
    "so who would you ring",
    "who is it",
]


@pytest.mark.parametrize(("move", "text", "context"), MAKES)
def test_makes_the_move(move: str, text: str, context: Context) -> None:
    assert move in moves(text, context)


@pytest.mark.parametrize(("move", "text", "context"), LOOKS_LIKE)
def test_only_looks_like_it(move: str, text: str, context: Context) -> None:
    assert move not in moves(text, context)


@pytest.mark.parametrize("text", TELLS)
def test_a_clause_inside_a_statement_asks_nothing(text: str) -> None:
    assert not moves(text) & QUESTIONS


@pytest.mark.parametrize("text", ASKS)
def test_the_same_words_ask_where_they_open(text: str) -> None:
    assert moves(text) & QUESTIONS


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("You didn't leave him. You went home because you were told they'd ring.", BLAME),
        ("I think you do look like someone in pain. You're just good at hiding it.", DOUBTED),
        ("You did what you could with what you knew.", BLAME),
    ],
)
def test_what_consoles_meets_and_takes_no_room(text: str, context: Context) -> None:
    assert moves(text, context) & ACKNOWLEDGES
    assert not moves(text, context) & BLOCKERS
