"""English letters to ARPABET, for the few words of a case that the dictionary lacks (drugs, names). Rough on purpose.

Greedy: the longest spelling in the table that fits at each place. It need only be near enough to be recognised.
"""

from __future__ import annotations

_TABLE = """
tion=SH AH N,sion=ZH AH N,ture=CH ER,ough=AO,augh=AO,eigh=EY,igh=AY,tch=CH,dge=JH,sch=SH,sh=SH,ch=CH,th=TH,ph=F,wh=W,
wr=R,kn=N,gn=N,ck=K,qu=K W,ng=NG,ee=IY,ea=IY,ie=IY,ei=EY,ey=IY,ai=EY,ay=EY,oa=OW,oe=OW,oo=UW,ou=AW,ow=OW,oi=OY,oy=OY,
au=AO,aw=AO,ew=UW,eu=Y UW,ue=UW,ui=UW,ar=AA R,er=ER,ir=ER,or=AO R,ur=ER,ce=S EH,ci=S IH,cy=S IY,ge=JH EH,gi=JH IH,
bb=B,cc=K,dd=D,ff=F,gg=G,ll=L,mm=M,nn=N,pp=P,rr=R,ss=S,tt=T,zz=Z,a=AE,b=B,c=K,d=D,e=EH,f=F,g=G,h=HH,i=IH,j=JH,k=K,l=L,
m=M,n=N,o=AA,p=P,q=K,r=R,s=S,t=T,u=AH,v=V,w=W,x=K S,y=IY,z=Z
"""
_SPELLINGS = dict(pair.strip().split("=") for pair in _TABLE.replace("\n", "").split(","))
_LONGEST = max(map(len, _SPELLINGS))
_ENDINGS = {
    "ce": "S",
    "ge": "JH",
    "ine": "IY N",
    "ate": "EY T",
    "ide": "AY D",
    "a": "AH",
    "o": "OW",
    "y": "IY",
    "i": "IY",
}


def pronounce(word: str) -> str:
    """Phones of a lower-case word, '' where it is not made of the letters a to z or is shorter than three."""
    if len(word) < 3 or not (word.isascii() and word.isalpha()):
        return ""
    stem, ending = _split(word)
    phones: list[str] = []
    while stem:
        part = next(stem[:size] for size in range(_LONGEST, 0, -1) if stem[:size] in _SPELLINGS)
        phones.append(_SPELLINGS[part])
        stem = stem[len(part) :]
    return " ".join([*phones, ending]).strip()


def _split(word: str) -> tuple[str, str]:
    """The word without its ending, and the phones of that ending; a last e is silent."""
    for ending in sorted(_ENDINGS, key=len, reverse=True):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)], _ENDINGS[ending]
    return (word[:-1], "") if word.endswith("e") else (word, "")
