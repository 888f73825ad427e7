"""Families of words that the rules share: what hard things are called, what they do to people, what is done about them.

Taken from general English, for trouble at work, at home, in health and in loss, and not from any set of conversations.
They are parts of expressions, in lower case.
"""

from __future__ import annotations

ADVERBS = (
    r"(?:(?:so|very|really|truly|just|pretty|quite|extremely|incredibly|absolutely|totally|completely|perfectly|fully"
    r"|all|such|a|an|kind of|kinda|sort of|too|definitely|certainly|always|deeply|super|only|also|rather|awfully"
    r"|terribly|honestly|genuinely|entirely|more than|a bit|a little|understandably|pretty damn|damn|real|right) )*"
)
BAD = (
    r"(?:horrible|horrid|awful|terrible|rough|tough|sad|sadd\w+|unfair|harsh|brutal|dreadful|heart ?break\w*"
    r"|unfortunate|shame"
    r"|crap\w*|crumm?y|shit\w*|rubbish|rotten|suck(?:s|ed|y)?|stinks?|hard(?! work)|painful|hurtful|bummer|pity|blows"
    r"|(?:too )?bad|wrong of them|not (?:fair|cool|right|nice|okay|ok)|messed up|lousy|so wrong|no fun"
    r"|let ?down|cruel"
    r"|nasty|mean\b(?! to| that| it|s| by)|unkind|rude|disrespectful|thoughtless|insensitive|heartless"
    r"|disgusting|ridiculous|gutting|tragic"
    r"|ghastly|grim|miserable|outrageous|disgraceful|nightmare|unjust|vile|appalling"
    r"|(?:gut|sucker) punch|kick in the (?:teeth|gut|guts)|slap in the face|(?:\w+ )?blow|raw deal|(?:rotten|bad|hard"
    r"|terrible|horrible|awful) (?:luck|news|break))"
)
"""What is said of a bad turn of things."""
FELT = (
    r"(?:devastat\w+|crush\w+|shatter\w+|upset\w*|hurt\w*|pain\w*|frustrat\w+|disappoint\w+|dis?heart\w+|discourag\w+"
    r"|demorali\w+|demotivat\w+|dispirit\w+|deject\w+|overwhelm\w*|exhaust\w+|drain\w+|tired|tiring|weary"
    r"|wear(?:s|ing)"
    r"|fatigu\w+|worn|stress\w*|strain\w*|lonely|loneliness|isolat\w+|alone|abandon\w+|scar(?:y|ed|ing)|fright\w+"
    r"|afraid|fear\w*|terrif\w+|horrif\w+|anxi\w+|nervous|nerve-?\s?wrack\w+|worr\w+|uneas\w+|dread\w*|panic\w*"
    r"|apprehens\w+|unsettl\w+|unnerv\w+|disorient\w+|uncertain\w*|unsure|insecur\w+|anger|angry|mad|furious|livid"
    r"|irritat\w+|annoy\w+|aggravat\w+|infuriat\w+|madden\w+|bitter\w*|resent\w*|sad\w*|sorrow\w*|grie[fv]\w*"
    r"|heart ?br\w+|heart-?ach\w+|mourn\w*|miserabl\w+|unhapp\w+|depress\w+|distress\w+|low|hopeless\w*|helpless\w*"
    r"|powerless\w*|defeat\w+|deflat\w+|despair\w*|despond\w+|empty|emptiness|numb\w*|hollow|detach\w+|disconnect\w+"
    r"|adrift|lost|stuck|trapped|torn|conflicted|confus\w+|bewilder\w+|shock\w*|stunn\w+|blindsid\w+|jarring|guilt\w*"
    r"|asham\w+|shame\w*|humiliat\w+|embarrass\w+|mortif\w+|betray\w+|cheated|robbed|wronged|unappreciated"
    r"|undervalued"
    r"|devalued|unvalued|unseen|unheard|invisible|ignored|overlooked|passed over|neglected|reject\w+|dismissed"
    r"|insult\w+|disrespect\w+|belittl\w+|let[ -]?down|unfair|pressur\w+|burden\w*|swamped|burn(?:ed|t|ing)?[ -]?out"
    r"|frazzled|overload\w*|daunt\w+|intimidat\w+|blow|(?:gut|sucker) punch|slap in the face|at your limit"
    r"|carrying (?:so much|a lot)|on your (?:plate|shoulders)|fed up|on edge|run ragged|hit a wall|drowning"
    r"|sinking|falling apart|breaking down|at breaking point|into the ground"
    r"|running on (?:empty|fumes)|stretched|beat(?:en)?(?: down| up)"
    r"|knock\w* (?:back|down|you|your)|gutted|torture|agony|hell|limbo|replaceable|disposable|worthless|useless"
    r"|unwanted|forgotten|unimportant|inadequate|like a failure|not (?:good )?enough|lonesome|homesick"
    r"|vulnerable|struggl\w+|tough time|(?:feeling|so|really"
    r"|pretty|a bit|kind of) (?:down|blue|off))"
)
"""What it does to people, as a feeling."""
HARD = (
    r"(?:hard(?! work| on your)|difficult|tough|rough|heavy|a lot\b(?! of (?!pressure|stress|weight|worry|pain|work))"
    r"|challenging|draining|weigh\w+|hardest|toughest|(?:not|never) easy|stings?|sting|no picnic|too much)"
)
"""That it is hard; would fit any trouble."""
SEEMS = (
    r"(?:must|has to|have to|had to|has got to|have got to|i bet|i(?:'d| would) (?:bet|imagine)|imagine|sounds?"
    r"|seems?"
    r"|you seem|you look|i(?:'m| am) sure|i know|i can (?:see|hear|tell|sense|feel)|you(?:'re| are)(?: \w+)? feeling"
    r"|you feel|you felt|feels?|feeling|felt|seeing you|i(?:'m| am) (?:hearing|sensing)|no doubt)"
)
"""That the speaker reads it so."""
DO = (
    r"(?:try|take|do|get|go|keep|focus|think|talk|speak|ask|look|make|find|start|stop|follow|write|spend|give|be|stay"
    r"|remember|consider|use|pray|reach|see|read|join|apply|hold|put|set|pick|push|trust|believe in|relax"
    r"|breathe|rest"
    r"|work|move|let yourself|learn|change|quit|leave|enjoy|plan|prioriti[sz]e|update|treat|surround|journal|meditate"
    r"|exercise|eat|sleep|call|file|build|create|continue|concentrate|allow|show|prove|fight|step|cut|schedule|seek"
    r"|practi[cs]e|study|clear|turn|listen to|figure|delegate|unplug|request|document|network|reassess|reflect|have"
    r"|hang out|live|tell|ignore|sign|drink|polish|sit|limit|avoid|accept|adjust|arrange|attend|begin|book|bring|buy"
    r"|check|choose|come up|contact|cook|dance|decide|demand|distract|draw|drop|embrace|email|ensure|explain|explore"
    r"|face|go for|grab|hire|hit|invest|laugh|lean|list|lower|manage|meet|open up|organi[sz]e|pace|pamper|play"
    r"|practise|prepare|pull|raise|record|reduce|report|resign|return|review|run|save|say|sell|send|separate|share"
    r"|shift|slow|smile|solve|stand|stick|stretch|sue|switch|swim|swallow|team up|throw|train|transfer|travel|visit"
    r"|volunteer|wake|walk|watch|wear|weigh|work out)"
)
"""What people are told to do."""
