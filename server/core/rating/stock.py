"""Stock phrases: lines that would fit anybody's trouble, and when they count for nothing.

A stock line is no fault. It earns once, and where something was there to be met. Recited, it meets nobody: three and
more in one turn, the same in three turns, or about as many different ones as there are turns, earn nothing at all; the
last not where the other keeps saying that it was good to be heard.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil

from server.core.lexicon import STOPWORDS, stem, tokens, words
from server.core.rating.rules import any_of
from server.core.rating.words import BAD, FELT, HARD

ODD_WORDS = 2
"""Other words that a stock line may have: `that is a heavy load`."""
RECITED_IN_TURN = 3
"""Stock lines in one turn from which on none of them counts."""
LEAST_RECITED = 3
"""Different stock lines in a conversation below which nothing is recited."""
RECITED_SHARE = 0.85
"""Different stock lines for each turn from which on a conversation is a recital: one nearly everywhere."""
FORMULA = 3
"""Turns in which the same line stands from which on it has become a formula."""
_WORDS = words(
    "sorry hear understand understands understood feelings feels felt hard tough difficult rough heavy valid "
    "listen listening listens here imagine go going gone through sense know normal natural okay terrible awful "
    "horrible sad see seeing hope hoping help helping time alone always support supporting need needed want way "
    "situation thing things happen happened happening reason every must sound seem sounds seems deal dealing lot "
    "appreciate share sharing shared thank thanks care caring there matter matters completely totally absolutely "
    "definitely truly only honestly understandable makes make right frustrating overwhelming painful stressful "
    "challenging upsetting hurt hurts together whatever ever whenever anyone anybody everyone anytime man dude "
    "friend buddy wow damn oh aw ugh no gosh moment moments take talk course agree reach rely count relate "
    "empathize empathise sympathize sympathise same wish cope experience experiencing emotion emotions pain "
    "frustration struggle struggling hardship circumstances deeply sincerely incredibly extremely unimaginable "
    "heart goes important safe space judge judgement judgment brave strong strength courage trust trusting "
    "telling open opening worth worthy deserve deserves validate acknowledge honor honour respect side shoulder "
    "back got ear ears honest honesty vulnerable carry carrying bear face facing lean able big huge deep amount "
    "level door person people human world full fully place position shoes similar response reaction perfectly "
    "entirely"
)
_STOCK = frozenset(map(stem, _WORDS)) | _WORDS


_FEELING = any_of((rf"^(?:{FELT}|{HARD}|{BAD})$",))


def is_stock(sentence: str, told: frozenset[str] = frozenset(), comforts: bool = True) -> bool:
    """Whether the sentence would fit anybody: hardly a word but those of comfort and of feeling, and none of the story.

    `told` holds the stems of what the other had told. A line that does not comfort, a question, may have no odd word.
    """
    telling = {stem(word) for word in tokens(sentence) if word not in STOPWORDS and not _FEELING.search(word)} - _STOCK
    return len(telling) <= (ODD_WORDS if comforts else 0) and not telling & told


def recited(lines: Sequence[Sequence[str]], welcome: bool = False) -> frozenset[tuple[int, str]]:
    """The stock lines that count for nothing, as number of the turn, from 0, and line; given the lines of each turn.

    `welcome`: the other said again and again that it was good to be heard; then many are no recital.
    """
    every = {(at, line) for at, own in enumerate(lines) for line in own}
    times = Counter(line for _, line in every)
    if not welcome and len(times) >= max(LEAST_RECITED, ceil(RECITED_SHARE * len(lines))):
        return frozenset(every)
    return frozenset((at, line) for at, line in every if times[line] >= FORMULA or len(lines[at]) >= RECITED_IN_TURN)
