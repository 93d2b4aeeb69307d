"""English sentences that say what something is called, or explain a name in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.english_descriptions import is_request
from genglossary_gui.core.definitions.english_heads import clean_head, is_head
from genglossary_gui.core.definitions.match import POINTS_BACK, Marks, Match, clamp, holds, words, words_in

_DEICTIC = words(
    """
    this these those above below following my i figure table here previous earlier yesterday recently currently
    """
)
_I = re.compile(r"\b[Ii]\b(?!\.e\b)")
"""The person, not that of “i.e.”."""
_POINTING = words(
    """
    this these those
    """
)
_POINTER = re.compile(r"\b(?:this|these|those)\b")
_POINTED_AT = re.compile(r" ([a-z]{4,}?)s?\b")
_CALLED_MARKS = ("called ", "known as ", "termed ", "coined ", "referred to as ", " call ", " calls ", " term ")
_CALLED = re.compile(
    r"\b(?P<be>(?:is|are|was|were|be|been) )?(?P<also>(?:also|sometimes|often|commonly|usually|generally|"
    r"collectively|simply|\w+ly) )?(?:called|known as|termed|coined|referred to as) (?:an? |the )?"
    r"|\bwhat (?:[\w-]+ ){1,4}calls? an? (?=[\"“‘])"
    r"|\bwhat (?:(?:most|many|some) )?[a-z]{4,}(?:ists|ers|ians|ors|eers|men|yers) (?:often |usually )?(?:call|term) "
    r"(?:an? |the )?"
)
"""The last one: “what other systems call a “changeset””."""
_NAME = re.compile(r"[\"“‘']?([A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*){0,4})")
_OWNED = re.compile(r"(?:the |an? |its |their )?(?:[a-z][\w-]* ){0,2}[a-z][\w-]*(?:['’]s|s['’]) ")
"""“… is called the enzyme’s **active site**”: whose it is stands before the name."""
_NUMBERED = re.compile(r" \d")
"""“so-called level 2.5 gates”: the name goes on."""
_NAME_STOP = re.compile(
    r"\s(?:that|which|and|or|in|by|because|when|where|who|for|to|is|are|was|were|with|if|from|on|as|has|have|can|"
    r"while|after|before|at|also|but|to|into|since|than|so|during|whose)\b.*"
)
_BAD_NAME = re.compile(
    r"(?:\w+ly|by|with|when|in|on|from|if|for|at|once|every|each|before|after|to|as|it|out|"
    r"upon)\b"
)
_ONE_MORE = r" [\w’'-]+(?: (?!of\b|that\b|which\b|who\b|in\b|for\b|between\b)[\w’'-]+){0,3}, (?:and|or) "
"""“…, **cytosol**, the skeleton, and …”: a list goes on."""
_APPOSITION = re.compile(
    r"\s?[,(—–:]\s?(?:(?:that is|i\.e\.),? |(?:or|meaning|in which"
    r"|which (?:is|are|means|refers to|describes|(?:holds|states|says|suggests|proposes|argues|asserts|predicts|"
    r"posits) that)"
    rf"|defined as|literally|an?(?!{_ONE_MORE})|the(?!{_ONE_MORE}))\b|(?<=\()[a-z][a-z-]+ (?:of|that|to|in|for)\b)"
)
_BRACKET = re.compile(r"\s?\([^()]*\)(?=,)")
_LEADS_IN = re.compile(
    r"(?:In|On|At|By|For|With|Within|Under|During|From|As|Like|Unlike|According to|Because of|Due to|Besides|Despite) "
    r"(?:an? |the )?[\"“]?"
)
"""“In an oligopoly, a few firms …”: what follows begins the sentence and explains nothing."""
_IN_SOME = re.compile(r"(?:^|, )(?:[Ii]n|[Oo]n|[Aa]t|[Ff]or|[Ww]ith|[Uu]nder|[Dd]uring|[Aa]s) (?:an? |the )?$")
_GLOSS = re.compile(
    r"(?P<which>—(?:an?|the|our) (?=[^—]{20,}(?:—|$))|, which (?:is|are|means|refers to) (?:an?|the)\b|"
    r" \((?:i\.e\.,?|that is,?) an?\b)"
    r"|(?:: (?:an?|the)|, an?) (?:[\w-]+ ){0,3}[\w-]+ (?:of|that|which|in which|used|designed|where|who|referring)\b"
)
_GLOSS_MARKS = (
    ", a ",
    ", an ",
    ", the ",
    ", which ",
    ": a ",
    ": an ",
    ": the ",
    ": which ",
    "—",
    "(i.e",
    "(that is",
)
"""One of these stands in every gloss: looking for them costs less than the pattern."""
_WORDING_MARKS = ("word", "term", "mean")
_WORDING = re.compile(
    r"\b(?:word|term)s? [\"“‘']?([\w-]+(?: [\w-]+){0,3}?)[\"”’']? (?:to (?:mean|refer to|describe|denote|indicate|"
    r"characterize|identify|explain|label|talk about|express|summarize|capture)"
    r"|(?:is|are) (?:\w+ly |often |also )?used (?:to (?:describe|refer to|mean|denote|indicate)|for|when))\b"
    r"|^By [\"“‘']?([\w-]+(?: [\w-]+){0,3}?)[\"”’']?,? (?:we|I|one|is) means?t?\b"
    r"|\buse [\"“‘']([^\"”’']{2,50})[\"”’'] to (?:mean|refer to|denote)\b"
)
_KIND_BEFORE = re.compile(r"\ban? (?:[\w-]+ ){1,4}$")
"""“a wire protocol called XTP”: a name that is told together with its kind."""
_DONE = re.compile(r"(?:\bha(?:ve|s|d)|[’']ve|\b(?:you|we|they|I)) $")
"""“… that we’ve called the filter”: nothing is named."""
_PHENOMENON = re.compile(r"[,;—–] (?:an?|the|in|by|through|via) (?:[\w-]+ ){1,4}$")
"""“…, a process called **X**”."""
_LISTED_BEFORE = re.compile(r"(?:,|\beither| or|, (?:the|an?)) ?$|\beither\b.*$")
"""What stands before a name in a list of names, one of which may follow: “…, X, or Y”."""
_ENDS = re.compile(
    r"[,.;:)\"”’»—–-]|$| (?:\(|[—–-]|(?:is|are|was|were|can|may|has|have|does|do|of|in|on|at|to|for|from|with|without|"
    r"by|as|and|or|but|that|which|who|whose|where|when|while|if|into|between|through|via|using|so|than|because|after|"
    r"before|during|under|over|within|across|per|the|an?|its|their|also|often)\b|"
    r"[a-z]{3,}(?:s|ed|ly) (?!(?:are|is|were|was|have|has|can|will|may|must|should|of|for|in|to|and|or|from|on|at)\b)"
    r"[a-z]+\b)"
)
"""What may stand behind a name that ends there: in “the **date** field” it goes on."""
_CONTROL = re.compile(
    r" (?:directory|folder|file|field|button|column|tab|menu|key|option|dialog|box|pane|table|view|page|section|list|"
    r"command|server|service|driver|library|module|script|parameter|setting|format|tool)s?\b"
)
SHORT_FORM = re.compile(r" \([A-Z][\w-]*\)$")
_NAME_BEFORE = re.compile(
    r"(?:^|\b(?:an?|the|of|in|for|with|by|from|as|is|are|was|called|named|through|via|into|about|uses?|us(?:ing|"
    r"ed)|develops?|"
    r"provides?|supports?|and|or) )((?:[\w’'-]+ ){0,3}[\w’'-]+)$"
)
_CLAUSE = re.compile(
    r"(?:when|while|if|after|before|as|since|because|once|unless|although|depending|for|with|without|during|"
    r"until|to|given)\b",
    re.I,
)
_NAME_REACH = 60
_EARLY, _SOON = 20, 9
"""Characters that stand at least before “called”: what is called so; fewer before a name that is marked."""
_LABEL_MARKS = (":", "—", "–")
_APPOSED_SUBJECT = re.compile(r"(?:An?|The) ([^,.;:()]{2,60}), an? [^,.;]{12,}, [a-z]+")


def by_name(text: str, marks: Marks) -> Iterator[Match]:
    """“… is called X”, “… known as X”."""
    if not holds(text, _CALLED_MARKS):
        return
    for cue in _CALLED.finditer(text):
        at = _marked_at(text, cue.end(), marks)
        name = _name_at(text, at, marks)
        marked = any(start <= at + 1 and end > at for start, end in marks)
        if not cue["be"] and _DONE.search(text, 0, cue.start()):
            continue
        if not name or (cue.start() < (_SOON if marked else _EARLY) and not POINTS_BACK.match(text)):
            continue
        weight = (0.7 if cue["be"] else 0.5) - (0.2 if cue["also"] else 0) + (0.05 if marked else -0.1)
        kind = _KIND_BEFORE if name[:2].isupper() else _PHENOMENON if marked else None
        if kind and not cue["be"] and kind.search(text, 0, cue.start()):
            weight += 0.15
        yield Match(name, "called", clamp(weight - (0.1 if is_vague(text) else 0)), 0, len(text))


def _marked_at(text: str, at: int, marks: Marks) -> int:
    """Where the name begins that stands behind ``at``: what owns it is no part of it."""
    owner = _OWNED.match(text, at) if marks else None
    return owner.end() if owner and any(start == owner.end() for start, _end in marks) else at


def _name_at(text: str, at: int, marks: Marks) -> str:
    for start, end in marks:
        if start <= at + 1 and end > at:
            name = clean_head(text[at:end])
            return name if is_head(name) and stands_alone(text, end) else ""
    if at < len(text) and text[at] in '"“‘':
        closing = min((i for q in '"”’' if (i := text.find(q, at + 1)) > 0), default=-1)
        name = clean_head(text[at:closing]) if closing > 0 else ""
        return name if name and is_head(name) else ""
    match = _NAME.match(text, at)
    if not match or _NUMBERED.match(text, match.end()) or _BAD_NAME.match(match[1]):
        return ""
    name = clean_head(_NAME_STOP.sub("", match[1]))
    return name if is_head(name) else ""


def stands_alone(text: str, end: int) -> bool:
    """Whether a name that is marked up to ``end`` is no part of a longer one; a plural is none."""
    if text[end - 1] in "s,.":
        return _CONTROL.match(text, end) is None
    return _ENDS.match(text, end) is not None


def by_wording(text: str) -> Iterator[Match]:
    """“the word “X” to mean …”, “by X we mean …”, “the term X is used to describe …”."""
    if not holds(text, _WORDING_MARKS):
        return
    for found in _WORDING.finditer(text):
        name = clean_head(found[1] or found[2] or found[3])
        if is_head(name) and len(text) - found.end() > 12:
            yield Match(name, "refers", clamp(0.75 - (0.15 if is_vague(text) else 0)), 0, len(text))


def by_apposition(text: str, marks: Marks) -> Iterator[Match]:
    weight = 0.3 if marks and is_vague(text) else 0.5
    for start, end in marks if marks and not is_request(text) else ():
        name = clean_head(SHORT_FORM.sub("", text[start:end]))
        if _LISTED_BEFORE.search(text, 0, start) and text[end : end + 5].startswith(", or"):
            continue
        if start == 0 and text[end : end + 2].strip()[:1] in _LABEL_MARKS:
            continue
        if _LEADS_IN.fullmatch(text, 0, start) and text[end : end + 1] == ",":
            continue
        bracket = _BRACKET.match(text, end)
        apposed = _APPOSITION.match(text, end) or (bracket and _APPOSITION.match(text, bracket.end()))
        if apposed and is_head(name) and len(text) - end > 20:
            yield Match(name, "apposition", weight, 0, len(text))
    if not marks and text.startswith(("A ", "An ", "The ")) and (match := _APPOSED_SUBJECT.match(text)):
        name = match[1].strip()
        if is_head(name) and len(name.split()) <= 4:
            yield Match(name, "apposition", 0.4, 0, len(text))
    if not holds(text, _GLOSS_MARKS) or _CLAUSE.match(text):
        return
    for gloss in _GLOSS.finditer(text, 8):
        short = SHORT_FORM.search(text, 0, gloss.start()) if text[gloss.start() - 1] == ")" else None
        end = short.start() if short else gloss.start()
        # Without markup the name begins behind an article, a preposition or a verb that leads to it.
        before = _NAME_BEFORE.search(text, max(0, end - _NAME_REACH), end)
        if before and text[gloss.start()] == "," and _IN_SOME.search(text, 0, before.start(1)):
            continue
        if before and is_head(before[1]) and len(text) - gloss.end() > 20:
            yield Match(clean_head(before[1]), "apposition", 0.44 if gloss["which"] else 0.4, 0, len(text))


def is_vague(text: str) -> bool:
    """Whether the sentence points at its surroundings (“this”, “below”, “my”) and cannot stand alone; not “a gate …
    these gates”, where it names itself what it points at."""
    found = _DEICTIC & words_in(text)
    if "i" in found and not _I.search(text):
        found -= {"i"}
    return bool(found) and not (found <= _POINTING and _points_inside(text))


def _points_inside(text: str) -> bool:
    lowered = text.lower()
    return all(
        (noun := _POINTED_AT.match(lowered, pointer.end())) is not None and noun[1] in lowered[: pointer.start()]
        for pointer in _POINTER.finditer(lowered)
    )
