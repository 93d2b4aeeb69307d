"""English sentences that say first what a thing is, then its name: “The smallest part of an element is the atom.”"""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.english_heads import clean_head, is_head
from genglossary_gui.core.definitions.english_names import is_vague
from genglossary_gui.core.definitions.match import Marks, Match, clamp

_CLAUSE = re.compile(r"[;:] |, (?:and|but|while|whereas) |\. ")
"""Where a clause begins that may explain a name of its own."""
_BEING = re.compile(
    r" (?:is|are|makes? up|forms?|constitutes?) "
    r"(?P<article>(?:an?|the|its|their|the [a-z][\w-]*(?:['’]s|s['’])) )?[\"“]?$"
)
_ENDS = re.compile(r"[\"”]?(?:[.;]|, (?:and|but|while|whereas|which|where|or)\b| \([^()]*\)[.;,]|$)")
_SAYS = re.compile(
    r"(?:(?:An?|Any|The|Every|Each|All) )?+(?!(?:default|only|first|second|third|next|last|previous|following|main|"
    r"most|best|same|other|another|result|example|examples|answer|question|name|value|opposite|reverse|syntax|command|option|"
    r"goal|aim|idea|reason|problem|point|step|exception|alternative|tool|file|format|program|package|module|"
    r"function|class|type|one|some|many|more|such|it|they|this|these|that|those|there|here|he|she|we|you|i|what|"
    r"who|which|if|when|because|since|although|while|as|at|in|on|by|for|from|with|inside|outside|within|under|above|"
    r"below|behind|between|among|after|before|during|without|to|not|also|so|thus|therefore|however|then|its|their|our|"
    r"your|his|her|my)\b)[a-z]",
    re.IGNORECASE,
)
"""How a description begins: not “The default is …”, “At its centre is …”."""
_TELLS = re.compile(r"\b(?:of|that|who|whom|whose|which|where|in|for|between|with|from|at|on|used|by|to)\b")
_LEAST = 5
"""Words that describe something."""
_CALLS = re.compile(
    r"\b(?:[Ww]e|[Tt]hey|[Oo]ne|[Pp]eople|[A-Za-z]{4,}(?:ists|ers|ians|ors|eers|men|yers)) "
    r"(?:\w+ly |often |also |sometimes )?calls? (?P<what>[^,;:()]*?) ?(?P<article>(?:an?|the) )?[\"“]?$"
)
"""“We call the place where it binds the active site”, “economists call this a shortage”."""
_DEFINES = re.compile(
    r"\b(?:defines?|defined) [\"“]?(?:an? |the )?(?P<name>[a-zA-Z][\w’'-]*(?: [\w’'-]+){0,3}?)[\"”]? as (?=\w)"
)
_TOLD_AGAIN = re.compile(r"(?:[Tt]his|[Tt]hese) (?=[a-z])")
_POINTED = re.compile(r"(?:this|that|it|these|those|them|such|him|her)\b")
_TOLD_BEFORE = 40
_FEW = 3


def by_inversion(text: str, marks: Marks) -> Iterator[Match]:
    """“The person who makes an offer is the **offeror**.”, “We call what … an **X**.”, “Biologists define X as …”."""
    if " define" in text:
        for found in _DEFINES.finditer(text):
            name = clean_head(found["name"])
            if is_head(name) and len(text) - found.end() > _FEW * 5:
                yield Match(name, "refers", 0.72, 0, len(text))
    vague = 0.15 if is_vague(text) else 0.0
    for start, end in marks:
        name = clean_head(text[start:end])
        if not name[:1].islower() or not _ENDS.match(text, end) or not is_head(name):
            continue
        clause = max((found.end() for found in _CLAUSE.finditer(text, 0, start)), default=0)
        before = text[clause:start]
        if being := _BEING.search(before):
            if _describes(before[: being.start()], is_second=clause >= _TOLD_BEFORE):
                yield Match(name, "called", clamp(0.7 - vague), 0, len(text))
        elif (calls := _CALLS.search(before)) and (what := calls["what"]):
            if _POINTED.match(what):
                if clause + calls.start() >= _TOLD_BEFORE:
                    yield Match(name, "called", clamp(0.6 - vague / 3), 0, len(text))
            elif len(what.split()) >= _FEW:
                yield Match(name, "called", clamp(0.7 - vague), 0, len(text))


def _describes(said: str, *, is_second: bool) -> bool:
    """Whether the words before “is the **X**” tell what X is; the second clause of a sentence may point to the first:
    “…; this share is the **reserve ratio**”."""
    if is_second and _TOLD_AGAIN.match(said):
        return True
    return len(said.split()) >= _LEAST and _SAYS.match(said) is not None and _TELLS.search(said) is not None
