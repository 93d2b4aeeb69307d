"""Sentences that define, in English (and, as far as they go, other languages in Latin script)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from genglossary_gui.core.definitions.english_heads import Subject, clean_head, is_head, parse_subject
from genglossary_gui.core.definitions.match import (
    LONGEST,
    POINTS_BACK,
    SHORTEST,
    Marks,
    Match,
    clamp,
    is_prose,
    words,
)

_REACH = 160
"""A defining verb stands within this many characters, or the subject is no name."""
_CUE = re.compile(
    r" (?:(?P<expands>stands? for|is short for|is an? (?:acronym|abbreviation|initialism) (?:for|of))"
    r"|(?P<refers>(?:simply |generally |usually |typically |broadly |essentially |often )?"
    r"(?:refers? to|means|mean|denotes?|(?:is|are|can be|may be) (?:\w+ly )?defined (?:as|by)"
    r"|(?:occurs?|happens?) (?:when|as)))"
    r"|(?P<function>(?:is|are) (?:\w+ly )?(?:used (?:to|for|by|as|when)|responsible for|made up of"
    r"|composed of|designed to|concerned with|intended (?:to|for)|characterized by|marked by|when|what|how"
    r"|where)"
    r"|(?:provide|allow|enable|contain|represent|specif(?:y|ie)|define|comprise|collect|convert|determine|identif(?:y|ie)"
    r"|involve|connect)s?|consists? of|focus(?:es)? on"
    r"|(?:let|store|hold|track|record|manage|control|measure)s"
    r"|(?:act|serve|work|function)s? as)"
    r"|(?P<weak>(?:describe|indicate|ensure|receive|perform|require|include|emphasize)s?"
    r"|(?:handle|help|display|combine|implement|propose|state|suggest|support|use|make|create|take|give|show|read|write"
    r"|return)s)"
    r"|(?P<copula>is|are|was|were))(?=[ ,])"
)
_CIRCLE = 15
_HEDGE = re.compile(
    r"(?:\w+ly|often|quite|rather|just|also|sometimes|itself|thus|therefore|then|in fact|in general),? "
)
_NEGATION = re.compile(r"(?:not|no|never|neither|nothing|hardly)\b|n't\b")
_KIND = re.compile(
    r"(?:(?P<a>an?|any(?: of)?|one of (?:the|several|many)|"
    r"(?:a )?(?:type|kind|form|class|set|part|collection|group)s? of)"
    r"|(?P<the>the)) (?P<next>[\w-]+)"
)
_POST = (
    r"(?:of|that|which|for|in|by|used|between|where|to|at|on|with|when|from|who|whose|designed|we|you|as"
    r"|and|,)"
)
_THE_NOUN = re.compile(rf"the (?:[\w'’-]+ ){{1,6}}{_POST}\b")
_INNER = (
    r"(?:(?!(?:on|in|for|to|of|by|with|as|from|at|into|over|under"
    r"|after|before|through|that|which|when|and|or|if|than)\b)[\w'’-]+,? )"
)
_BARE_PLURAL = re.compile(rf"{_INNER}{{0,4}}[\w-]{{2,}}[^su\W]s,? {_POST}(?!\w)")
_BARE_MASS = re.compile(r"(?:[\w'’-]+ ){0,5}?(?:that|which|in which|where|used|who|of|designed|written)\b")
_ADJECTIVAL = re.compile(
    r"(?:\w+(?:ed|ing|able|ible|ful|ous|ive|less|ent|ant|ary)|not|very|more|less|too|so|as|to|in|on|at|by|for|up|"
    r"true|false|possible|likely|part|similar|good|bad|easy|hard|free|ready|aware|sure|well|set|built|run|made|"
    r"given|shown|found|held|kept|known|seen|taken|written|done|equal|sent|out|off|over|under|here|there|optional|"
    r"because|due|it|they|we|you|this|these|those|some|several|many|two|three|four|five|both|all|now|still|always|"
    r"such|most|subject|different|typical|common|what|how|why|if|when|from|with|like)\b",
    re.IGNORECASE,
)
_EMPTY_A = words(
    """
    good bad bit lot problem must few nice better risk reminder waste shame pity mistake valid matter
    example case pleasure result requirement success possibility chance need fan safe further sign
    concern reason fact challenge summary list difference couple number consequence tie time year
    """
)
_EMPTY_ONE = re.compile(r"an? (?:\w+ ){1,2}(?:one|thing|idea|choice|topic|question|start|place|concept to)\b")
_EMPTY_THE = words(
    """
    same only first last next most best following case reason result one right latest other second third
    default preferred recommended final more easiest simplest main biggest largest worst above below
    current
    """
)
_DEICTIC = re.compile(
    r"\b(?:this|these|those|above|below|following|our|us|we|my|i|figure|table|you|your|here|previous|earlier|"
    r"yesterday|recently|currently)\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?P<be>(?:is|are|was|were|be|been) )?(?P<also>(?:also|sometimes|often|commonly|usually|generally|"
    r"collectively|simply) )?(?:called|known as|termed|coined|referred to as) (?:an? |the )?"
)
_NAME = re.compile(r"[\"“‘']?([A-Za-z][\w'’-]*(?: [A-Za-z][\w'’-]*){0,4})")
_NAME_STOP = re.compile(
    r"\s(?:that|which|and|or|in|by|because|when|where|who|for|to|is|are|was|were|with|if|from|on|as|has|have|can|"
    r"while|after|before|at|also|but|to|into|since|than|so|during|whose)\b.*"
)
_BAD_NAME = re.compile(r"(?:\w+ly|by|with|when|in|on|from|if|for|at|once|every|each|before|after|to|as|it|out|upon)\b")
_APPOSITION = re.compile(
    r"\s?[,(—–:]\s?(?:(?:or|meaning|in which|that is,?|i\.e\.,?"
    r"|which (?:is|are|means|refers to|describes|holds that)"
    r"|defined as|an?|the)\b|(?<=\()[a-z][a-z-]+ (?:of|that|to|in|for)\b)"
)
_LABEL_MARKS = (":", "—", "–")
_APPOSED_SUBJECT = re.compile(r"(?:An?|The) ([^,.;:()]{2,60}), an? [^,.;]{12,}, [a-z]+")


def find(text: str, marks: Marks) -> Iterator[Match]:
    """What the sentence ``text`` defines.  Linear in its length."""
    if not SHORTEST <= len(text) <= LONGEST:
        return
    matches = list(_candidates(text, marks))
    if not matches or not is_prose(text):
        return
    seen: set[str] = set()
    for match in matches:
        if match.head.casefold() not in seen:
            seen.add(match.head.casefold())
            yield match


def describes(text: str) -> bool:
    """Whether a description (the part after “X: ”) says what something is, not what to do."""
    parts = text.split()
    return (
        len(parts) >= 4
        and text[-1] not in "?:"
        and parts[-1] not in _UNFINISHED
        and not _POINTER.search(text)
        and _INSTRUCTION.match(text) is None
    )


def is_nominal(text: str) -> bool:
    """Whether a description begins like the predicate of “X is …”: “A list of …”, “The number of …”."""
    first = text.partition(". ")[0]
    return _NOMINAL.match(first) is not None and _MAIN_VERB.match(first) is None


_POINTER = re.compile(
    r"the same as|same options|"
    r"(?:described|explained|discussed|documented|listed|shown) (?:in|above|below|at)\b|"
    r"^for more|refer to|can be found",
    re.IGNORECASE,
)
_MAIN_VERB = re.compile(r"(?:(?! (?:that|which|who|where)\b).){0,120}? (?:is|are|was|were|can|will|must|has)\b")
_REQUEST = re.compile(r"(?:for more|please|to|if|when|note|let|see|use|with)\b", re.IGNORECASE)
_PHRASE = re.compile(r"An? (?:[\w-]+ ){1,4}(?:of|that|which|for|used|designed|where|who)\b")
_UNFINISHED = words(
    """
    a an the as to of for with is are by and or in on at from that which be
    """
)
_NOMINAL = re.compile(
    r"(?!\w+s (?:the|an?|how|whether|all|any|to|you)\b)"
    r"(?:an?|the|any|one of|number of|set of|list of|type of|kind of|name of|collection of|group of|"
    r"(?:[\w-]+ ){0,3}[\w-]+ (?:that|which|who|whose|where|used|of|in which))\b",
    re.IGNORECASE,
)
_INSTRUCTION = re.compile(
    r"(?:if|when|before|after|you|your|see|click|select|press|choose|note|default|yes|no|same as|this|these|"
    r"it|they|there|please|make sure|ensure|open|enter|type|go to|for|in|on|at|as|with|by|we|i|to be|because|"
    r"since|but|and|or|"
    r"let|do|don't|use|to|figure|table|example|try|run|add|install|check|make|set|consider|avoid|verify|however|also|optional|required|"
    r"deprecated|remember|now|then|first|here|what|why|how|who|where|is|are|can|will|should|must|could|not)\b",
    re.IGNORECASE,
)


def _candidates(text: str, marks: Marks) -> Iterator[Match]:
    yield from _by_verb(text, marks)
    yield from _by_name(text, marks)
    yield from _by_apposition(text, marks)


def _by_verb(text: str, marks: Marks) -> Iterator[Match]:
    cue = _CUE.search(text, 0, _REACH)
    if not cue or text.endswith("..."):
        return
    judged = _judge(cue.lastgroup or "", cue[0].strip(), text[cue.end() :].lstrip(" ,"))
    subject = parse_subject(text[: cue.start()]) if judged else None
    if not judged or not subject:
        return
    rule, weight = judged
    if rule == "function" and _DEICTIC.search(text):
        return
    weight += _bonus(text, subject, cue.start(), marks)
    # “A commit refers to its parent commits”: a reference, not a meaning.
    name = subject.names[0].casefold()
    if name in text[cue.end() :].casefold():
        # “Unit price is the unit price of the item.”
        repeats = name in text[cue.end() : cue.end() + len(name) + _CIRCLE].casefold()
        weight -= 0.4 if rule == "refers" else 0.3 if repeats and rule == "copula" else 0.05
    for index, name in enumerate(subject.names):
        yield Match(name, rule, clamp(weight - 0.03 * (index > 0)), 0, len(text))


def _judge(group: str, verb: str, predicate: str) -> tuple[str, float] | None:
    """Rule and weight for what follows the verb, ``None`` if it does not say what the subject is."""
    predicate = predicate[hedge.end() :] if (hedge := _HEDGE.match(predicate)) else predicate
    if _NEGATION.match(predicate) or len(predicate) < 12:
        return None
    if group == "expands":
        return "expansion", 0.4
    if group == "refers":
        return "refers", 0.6 if "mean" in verb or len(predicate.split()) < 5 else 0.85
    if group in ("function", "weak"):
        return "function", 0.38 if group == "function" else 0.26
    return _judge_copula(verb, predicate)


def _judge_copula(verb: str, predicate: str) -> tuple[str, float] | None:
    past = 0.25 if verb in ("was", "were") else 0.0
    if kind := _KIND.match(predicate):
        following = kind["next"].casefold()
        if kind["a"]:
            return (
                None
                if following in _EMPTY_A or _EMPTY_ONE.match(predicate) or len(predicate.split()) < 3
                else ("copula", 0.8 - past)
            )
        if following in _EMPTY_THE or not _THE_NOUN.match(predicate):
            return None
        return "copula", 0.75 - past
    if verb == "are" and _BARE_PLURAL.match(predicate):
        return "copula", 0.62
    bare = verb == "is" and _BARE_MASS.match(predicate) and not _ADJECTIVAL.match(predicate)
    return ("copula", 0.62) if bare else None


def _bonus(text: str, subject: Subject, verb_at: int, marks: Marks) -> float:
    """General statements gain, incidental ones lose."""
    bonus = {"a": 0.05, "the": -0.12, "": 0.0}[subject.article]
    bonus -= {"connective": 0.12, "scope": 0.02, "": 0.0}[subject.lead]
    bonus += 0.06 if any(start < verb_at for start, _ in marks) else 0.0
    bonus -= 0.12 if _DEICTIC.search(text) else 0.0
    bonus -= 0.05 if len(text) > 250 else 0.0
    return bonus - (0.1 if text[-1] not in '.!)”"’' else 0.0)


def _by_name(text: str, marks: Marks) -> Iterator[Match]:
    """“… is called X”, “… known as X”."""
    if "called " not in text and " as " not in text and "termed " not in text and "coined " not in text:
        return
    for cue in _CALLED.finditer(text):
        name = _name_at(text, cue.end(), marks)
        if not name or (cue.start() < 20 and not POINTS_BACK.match(text)):
            continue
        marked = any(start <= cue.end() + 1 and end > cue.end() for start, end in marks)
        weight = (0.7 if cue["be"] else 0.5) - (0.2 if cue["also"] else 0) + (0.05 if marked else -0.1)
        yield Match(name, "called", clamp(weight - (0.1 if _DEICTIC.search(text) else 0)), 0, len(text))


def _name_at(text: str, at: int, marks: Marks) -> str:
    for start, end in marks:
        if start <= at + 1 and end > at:
            name = clean_head(text[at:end])
            return name if is_head(name) else ""
    if at < len(text) and text[at] in '"“‘':
        closing = min((i for q in '"”’' if (i := text.find(q, at + 1)) > 0), default=-1)
        name = clean_head(text[at:closing]) if closing > 0 else ""
        return name if name and is_head(name) else ""
    match = _NAME.match(text, at)
    if not match or _BAD_NAME.match(match[1]):
        return ""
    name = clean_head(_NAME_STOP.sub("", match[1]))
    return name if is_head(name) else ""


def _by_apposition(text: str, marks: Marks) -> Iterator[Match]:
    weight = 0.3 if marks and _DEICTIC.search(text) else 0.5
    for start, end in marks if not _REQUEST.match(text) else ():
        name = clean_head(text[start:end])
        if start == 0 and text[end : end + 2].strip()[:1] in _LABEL_MARKS:
            continue
        if _APPOSITION.match(text, end) and is_head(name) and len(text) - end > 20:
            yield Match(name, "apposition", weight, 0, len(text))
    if not marks and text.startswith(("A ", "An ", "The ")) and (match := _APPOSED_SUBJECT.match(text)):
        name = match[1].strip()
        if is_head(name) and len(name.split()) <= 4:
            yield Match(name, "apposition", 0.4, 0, len(text))


def informs(text: str) -> bool:
    """Whether a sentence neither points elsewhere nor tells what to do."""
    return not _POINTER.search(text) and _REQUEST.match(text) is None


def is_phrase(text: str) -> bool:
    """Whether the text is “A set of practices that …”: what something is, without the something."""
    return _PHRASE.match(text) is not None and _MAIN_VERB.match(text) is None


def is_vague(text: str) -> bool:
    """Whether the sentence points at its surroundings (“this”, “below”, “you”) and cannot stand alone."""
    return _DEICTIC.search(text) is not None
