"""Rules for words of the trade, said to a person who is not of it, and what makes them clear in the same breath."""

from __future__ import annotations

from server.core.rules.rule import BLOCKING, Rule

_WARD = (
    r"ambulat\w+|mobili[sz](?:e|ing|ation)|analgesi\w+|npo|nbm|nil by mouth|prn|mdt|tto'?s?|obs|gcs|dvt|vte|ivs?|adls?|"
    r"post[- ]?op\w*|pre[- ]?op\w*|comorbid\w*|contraindicat\w*|prophyla\w+|cannula|catheteri[sz]\w*|package of care"
    r"|poc|"
    r"dols|falls? risk assessment|waterlow|stat|sats|titrat\w+|tds|qds|nocte|nebuli[sz]\w+|bloods"
)
_TESTS = (
    r"ct|ogd|ercp|mrcp|(?:a|the|your) scopes?(?! (?:to|for|of)\b)|sigmoidoscop\w+|laparoscop\w+|laparotom\w+|hb|crp"
    r"|fbc|lfts?"
    r"|u and es?|us and es|u ?& ?es?|abgs?|inr|hba1c|egfr|troponins?|trops?|lap chole|blood gas(?:es)?|d[- ]?dimer|wcc"
    r"|creatinine|histology|cytology"
    r"|auscultat\w+"
    r"|palpate|palpating|percuss(?:ing|ion)?"
)
_ILLS = (
    r"dyspn\w+|haemorrhag\w+|hypotensi\w+|hypertensi\w+|tachycardi\w+|bradycardi\w+|oedema|bilateral|hemiarthroplasty"
    r"|fractured neck of femur|mela?ena|tenesmus|ha?ematuria|dysuria|ha?ematemesis|ha?emoptysis|orthopnoea|pnd"
    r"|dyspepsia"
    r"|dysphagia|odynophagia|a?pyrexi\w+|a?febrile|syncop\w+|claudication|nocturia|polyuria|polydipsia|epistaxis"
    r"|par(?:a|)esthesia|pruritus|ascites|effusions?|consolidation|atelectasis|embol(?:us|i|ism|ic)|infarct\w*"
    r"|isch?aemi\w*"
    r"|stenosis|fibrillation|n?stemi|acs|tia|cva|copd|ckd|aki|cholecystectomy|appendicectomy|anastomosis|ileus"
    r"|metasta\w+"
    r"|mets|malignan\w+|neoplas\w+|adenocarcinoma|carcinoma|lesions?|ace inhibitors?|anticoag\w+|thromboly\w+"
    r"|distension"
    r"|ejection fraction|\w{3,}kinesi[as]|bnp|hfr?pef|hfref|systolic|diastolic|sglt2\w*|guideline[- ]directed"
    r"|decompensat\w+|exacerbation|aetiology|idiopathic|nstemis?"
)
JARGON = rf"(?:{_WARD}|{_TESTS}|{_ILLS})"
_PLAINLY = (
    r"(?:(?:that's|that is|that means|this is|it's|it is|they're|which (?:is|are|means|looks)|i mean|meaning|in other"
    r" words"
    r"|basically|i\.e\.?|just means?|means?)\b"
    r"|(?:is|are) (?:an?|when|where|the (?:one|stuff|thing|bit|name|word)|what|just|basically)\b"
    r"|so (?!you\b|i\b|we\b|that\b|he\b|she\b|they\b|please\b|the (?:doctor|nurse|team)\b|let\b|just\b|ask\b|tell\b"
    r"|press\b|ring\b)\w"
    rf"|or (?!{JARGON}\b|an?\b|you\b|we\b|i\b|not\b|anything\b)\w+"
    r"|(?:(?:an?|like|kind of|sort of)|(?<=[,(:-] )(?:the|your|some)) (?!bit\b|few\b|day\b|week\b|hour\b|month\b"
    r"|minute\b|couple\b|while\b"
    r"|ward\b"
    r"|morning\b|afternoon\b|next\b|doctor\b|nurse\b)\w+)"
)
"""What begins a plain word for it: `that's`, `which is`, `an OGD, a camera`."""

SAYS_JARGON = Rule(
    "jargon",
    BLOCKING,
    "Uses words of the trade without saying what they mean.",
    (rf"\b{JARGON}\b",),
    unless=(
        # work elsewhere, named in passing
        (
            r"\b(?:to|must|i'll|i will) (?:go|pop|nip|run|dash)(?: off| away| round)? (?:and |to )?(?:do|start"
            r"|finish|take)"
            r" (?:(?:his|her|their|the|some|my|other|next|everyone's|everybody's|people's|patient's) ){0,2}(?:obs"
            r"|bloods)\b"
        ),
        rf"\b{JARGON}\b(?: (?:scan|test|line|count|level|tube|drug|tablet)s?)?\W+{_PLAINLY}",
        rf"\b{JARGON}\b[^.?!]{{0,15}}\b(?:that's|which (?:is|means)|that is|that means|i mean|meaning)\b",
        (
            rf"\b(?:call|calls|called|known as|the (?:\w+ )?(?:word|term|name) (?:is|for it is))(?: \w+){{0,3}}?"
            rf" {JARGON}\b"
        ),
    ),
)
