"""Sentences that define, in English (and, as far as they go, other languages in Latin script)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from genglossary_gui.core.definitions.english_heads import Subject, coordinated, names_nothing, parse_subject
from genglossary_gui.core.definitions.english_inverted import by_inversion
from genglossary_gui.core.definitions.english_marked import by_mark, by_marked_name
from genglossary_gui.core.definitions.english_names import by_apposition, by_name, by_wording, is_vague
from genglossary_gui.core.definitions.match import LONGEST, SHORTEST, Marks, Match, clamp, is_prose, words

_REACH = 160
_TRIED = 3
"""Verbs looked at: behind an aside the second one may be that of the subject."""
_CUE = re.compile(
    r" (?:(?P<expands>stands? for|is short for|is an? (?:acronym|abbreviation|initialism) (?:for|of))"
    r"|(?P<refers>(?:simply |generally |usually |typically |broadly |essentially |often )?"
    r"(?:refers? to|means|mean|denotes?|(?:is|are|can be|may be) (?:\w+ly )?defined as))"
    r"|(?P<law>(?:state|hold|say|assert|postulate|propose|predict)s that)"
    r"|(?P<event>(?:occurs?|happens?|arises?|exists?|takes? place|forms?|develops?) (?:when|as|if))"
    r"|(?P<function>(?:is|are) (?:(?:\w+ly|often|also|sometimes) )?(?:used (?:to|for|by|as|when)|"
    r"responsible for|defined by|made up of"
    r"|composed of|comprised of|designed to|concerned with|intended (?:to|for)|characterized by|marked by|when|"
    r"what|how"
    r"|where)|(?:deals? with|stud(?:y|ies) how|is about how)"
    r"|(?:provide|allow|enable|contain|represent|specif(?:y|ie)|define(?!s? [\w “”\"'’-]{1,40} as )|"
    r"comprise|collect|convert|determine|"
    r"identif(?:y|ie)"
    r"|involve|connect)s?|consists? of|focus(?:es)? on"
    r"|(?:let|store|hold|track|record|manage|control|measure)s"
    r"|(?:act|serve|work|function)s? as)"
    r"|(?P<weak>(?:describe|indicate|ensure|receive|perform|require|include|emphasize)s?"
    r"|(?:handle|help|display|combine|implement|propose|state|suggest|support|use|make|create|take|give|show|"
    r"read|write"
    r"|return)s)"
    r"|(?P<copula>is|are|was|were))(?=[ ,])"
)
_ARTICLE = re.compile(r"An? ")
_CLAUSE = re.compile(
    r"; (?:(?:in short|that is|thus|in other words|in contrast|similarly), )?|, and (?=the |an? )|"
    r"(?P<contrast>, (?:while|whereas) |^(?:While|Whereas) (?:[^,]{10,120}, )?)"
)
"""Where a clause begins that may explain a name of its own."""
_SECOND, _CLEAR = 0.1, 0.5
"""What a clause that is not the first of its sentence is less worth."""
_LAW = re.compile(
    r"\b(?:laws?|principle|theorem|rule|hypothesis|theory|doctrine|axiom|conjecture|maxim|lemma)\b", re.IGNORECASE
)
"""“The law of demand states that …” is what it is; of other things it is what they do."""
_MAKES_UP = re.compile(r"characterized|made up|composed|comprised|consists?\b")
_CIRCLE = 15
_HEDGE = re.compile(
    r"(?:(?:\w+ly|often|quite|rather|just|also|sometimes|itself|thus|therefore|then|all|both|each|in fact|"
    r"in general),? |(?:nothing|no) (?:more|other|but)(?: than)? )+"
)
_NEGATION = re.compile(r"(?:not|no|never|neither|nothing|hardly)\b|n't\b")
_KIND = re.compile(
    r"(?:(?P<a>an?|any(?: of)?|anything|everything|one of (?:the|several|many)|"
    r"(?:a )?(?:type|kind|form|class|set|part|collection|group)s? of)"
    r"|(?P<the>the)) (?P<next>[\w-]+)"
)
_POST = (
    r"(?:of|that|which|for|in|by|used|between|where|to|at|on|with|when|from|who|whose|designed|we|you|as"
    r"|within|inside|among|over|whereby|consisting|containing|composed|found|located|formed|responsible|capable|having"
    r"|and|,)"
)
_THE_NOUN = re.compile(
    rf"the (?:[\w'’-]+ ){{0,5}}[\w'’-]+(?:,| (?:{_POST}|against|among|through|under|over|within|into|without|about)\b)"
)
_INNER = (
    r"(?:(?!(?:on|in|for|to|of|by|with|as|from|at|into|over|under"
    r"|after|before|through|that|which|when|and|or|if|than)\b)[\w'’-]+,? )"
)
_BARE_PLURAL = re.compile(
    rf"{_INNER}{{0,4}}[\w-]{{2,}}[^su\W]s,? (?:{_POST}|or|characterized|caused|based|made|associated)(?!\w)"
)
_BARE_MASS = re.compile(
    r"(?:that|which|in which|where|who)\b|"
    r"(?:[\w'’-]+ ){1,5}?(?:that|which|in which|where|used|who|of|designed|written|towards?|characterized|"
    r"caused|resulting)\b"
)
_POSSESSIVE = re.compile(r"(?:our|[\w-]+[’']s?) (?:[\w-]+ ){1,4}(?:to|of|that|for|in|about|towards?)\b")
_ADJECTIVAL = re.compile(
    r"(?:\w+(?:ed|ing|able|ible|ful|ous|ive|less|ent|ant|ary)"
    r"(?= (?:to|in|on|at|by|for|with|from|as|of|towards?|that|which|when|and|or|because|until|if|than|through|"
    r"via|using|where|who)\b)|not|very|more|less|too|so|as|to|in|on|at|by|for|up|"
    r"true|false|possible|likely|part|similar|good|bad|easy|hard|free|ready|aware|sure|well|set|built|run|made|"
    r"(?:over|re)?written|overridden|hidden|chosen|driven|drawn|thrown|broken|begun|given|split|put|cut|of|shown|found|held|kept|known|seen|taken|written|done|equal|sent|out|off|over|under|"
    r"here|there|optional|said|thought|meant|"
    r"because|due|it|they|we|you|this|these|those|some|several|many|two|three|four|five|both|all|now|still|always|"
    r"such|most|subject|different|typical|common|what|how|why|if|when|from|with|like)\b",
    re.IGNORECASE,
)
_GOING_ON = re.compile(r"\w{2,}ing (?:the|an?|its|their|more|some|all|new)\b")
"""“The pump is filling the basin …”: what goes on; “Caching is keeping the results that …” is what it is."""
_AN_ARTICLE = re.compile(r"(?:^|, )(?:[Tt]he|[Aa]n?) ")
_EMPTY_A = words(
    """
    good bad problem must few nice better risk reminder waste shame pity mistake valid matter
    example aim goal case pleasure result requirement success possibility chance need fan safe further sign
    concern reason fact challenge summary difference consequence tie time year
    """
)
_EMPTY_MANY = re.compile(r"a (?:lot|bit|couple|number|list|handful) of\b")
_EMPTY_ONE = re.compile(
    r"(?:an?|the) (?:[\w-]+ ){1,2}(?:one|thing|idea|choice|topic|question|start|place|concept to|case|subject|"
    r"issue|fact)\b"
)
_PRAISE = re.compile(
    r"(?:an?|the|one of the) (?:very |most |more )?(?:critical|important|key|essential|crucial|vital|great|"
    r"useful|fundamental|"
    r"significant|powerful|popular|convenient|common|valuable|helpful|major|integral|interesting|main|central|"
    r"basic|typical|"
    r"natural|necessary|\w+est)\b"
)
"""What is praised is not yet explained: “a critical component of most deployments”."""
_EMPTY_THE = words(
    """
    same only first last next most best following case reason result one right latest other second third
    default preferred recommended final more easiest simplest main biggest largest worst above below
    current
    """
)
_READER = re.compile(r"\b(?:you|your|we|our|us)\b", re.IGNORECASE)
_BRIEF = 6
"""Words of a predicate that are too few to tell much: “a socially constructed concept”."""
_WHAT_IT_DOES = ("function", "marked")
"""What gives way to another rule that sees in the same sentence what the thing is: “X, a kind of Y, allows …”."""
_IDENTIFIER = re.compile(r"[\"“]?[a-z]+[\"”]? (?:is|are|means|refers)\b")
"""“fetch is the command …”: a sentence in small letters speaks of a word of some program, not of a concept."""


def find(text: str, marks: Marks) -> Iterator[Match]:
    """What the sentence ``text`` defines.  Linear in its length."""
    if not SHORTEST <= len(text) <= LONGEST or text[0] in "([|>" or text.endswith(".."):
        return
    matches = list(_candidates(text, marks))
    if not matches or not is_prose(text):
        return
    best: dict[str, Match] = {}
    for match in matches:
        said = best.setdefault(match.head.casefold(), match)
        if said.rule in _WHAT_IT_DOES and match.rule not in _WHAT_IT_DOES:
            best[match.head.casefold()] = match
    yield from best.values()


def _candidates(text: str, marks: Marks) -> Iterator[Match]:
    if not names_nothing(text):
        yield from _by_verb(text, marks)
    yield from _in_second_clause(text, marks)
    yield from by_name(text, marks)
    yield from by_wording(text)
    yield from by_apposition(text, marks)
    yield from by_inversion(text, marks)
    yield from by_marked_name(text, marks)
    yield from by_mark(text, marks)


def _by_verb(text: str, marks: Marks) -> Iterator[Match]:
    for cue in islice(_CUE.finditer(text, 0, _REACH), _TRIED):
        judged = _judge(
            cue.lastgroup or "",
            cue[0].strip(),
            text[cue.end() :].lstrip(" ,"),
            has_article=_AN_ARTICLE.search(text, 0, cue.start()) is not None,
        )
        subject = (parse_subject(text[: cue.start()]) or _marked(text[: cue.start()], marks)) if judged else None
        names = coordinated(text[: cue.start()]) if judged and cue["copula"] == "are" else ()
        if names and (not subject or any(text[start:end] in names for start, end in marks)):
            subject = Subject(names, "and", "")
        if judged and subject:
            break
        if "," not in text[: cue.start()]:
            return
    else:
        return
    rule, weight = judged
    if rule == "law":
        rule, weight = ("refers", weight) if _LAW.search(subject.names[0]) else ("function", 0.26)
    if rule == "function" and is_vague(text):
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


def _marked(before: str, marks: Marks) -> Subject | None:
    """“A **solution** is …”: a word that names nothing by itself may be a term all the same, where it is marked."""
    article = _ARTICLE.match(before)
    start = article.end() if article else 0
    if (start, len(before)) not in marks or not before[start:].isalpha():
        return None
    return Subject((before[start:],), "a" if article else "", "")


def _in_second_clause(text: str, marks: Marks) -> Iterator[Match]:
    """“…; the **ebb** is the fall of the tide.”, “While X means …, Y means …”: what is marked there is explained
    there, and what stands in contrast to another thing."""
    for begins in _CLAUSE.finditer(text):
        at = begins.end()
        inner = tuple((start - at, end - at) for start, end in marks if start >= at)
        if inner or begins["contrast"]:
            clause = text[at:]
            names = {clause[start:end] for start, end in inner}
            for match in _by_verb(clause, inner):
                if match.head in names or (begins["contrast"] and match.weight >= _CLEAR):
                    yield match._replace(weight=clamp(match.weight - _SECOND), end=len(text))


def _judge(group: str, verb: str, predicate: str, *, has_article: bool) -> tuple[str, float] | None:
    """Rule and weight for what follows the verb, ``None`` if it does not say what the subject is."""
    predicate = predicate[hedge.end() :] if (hedge := _HEDGE.match(predicate)) else predicate
    if _NEGATION.match(predicate) or len(predicate) < 12:
        return None
    if group == "expands":
        return "expansion", 0.4
    if group == "event":
        return "refers", 0.5
    if group == "refers":
        if "mean" in verb and _EMPTY_MANY.match(predicate):
            return None
        return "refers", 0.6 if "mean" in verb or len(predicate.split()) < 5 else 0.85
    if group == "law":
        return "law", 0.6
    if group in ("function", "weak"):
        praise = 0.2 if _PRAISE.match(predicate) else 0.0
        return "function", (0.5 if _MAKES_UP.search(verb) else 0.38 if group == "function" else 0.26) - praise
    return _judge_copula(verb, predicate, has_article=has_article)


def _judge_copula(verb: str, predicate: str, *, has_article: bool) -> tuple[str, float] | None:
    past = 0.25 if verb in ("was", "were") else 0.0
    brief = 0.2 if len(predicate.split()) < _BRIEF else 0.0
    praise = brief + 0.3 if _PRAISE.match(predicate) else brief
    if kind := _KIND.match(predicate):
        following = kind["next"].casefold()
        if kind["a"]:
            return (
                None
                if following in _EMPTY_A
                or _EMPTY_MANY.match(predicate)
                or _EMPTY_ONE.match(predicate)
                or len(predicate.split()) < 3
                else ("copula", 0.8 - past - praise)
            )
        if following in _EMPTY_THE or _EMPTY_ONE.match(predicate) or not _THE_NOUN.match(predicate):
            return None
        return "copula", 0.75 - past - praise
    if verb == "are" and _BARE_PLURAL.match(predicate):
        return "copula", 0.62
    if _POSSESSIVE.match(predicate):
        return "copula", 0.62
    bare = (
        verb == "is"
        and _BARE_MASS.match(predicate)
        and not (_ADJECTIVAL.match(predicate) or (has_article and _GOING_ON.match(predicate)))
    )
    return ("copula", 0.62) if bare else None


def _bonus(text: str, subject: Subject, verb_at: int, marks: Marks) -> float:
    """General statements gain, incidental ones lose."""
    bonus = {"a": 0.05, "the": -0.12, "and": -0.2, "": 0.0}[subject.article]
    bonus -= {"connective": 0.12, "scope": 0.02, "": 0.0}[subject.lead]
    bonus += 0.06 if any(start < verb_at for start, _ in marks) else 0.0
    bonus -= 0.15 if is_vague(text) else 0.05 if _READER.search(text) else 0.0
    bonus -= 0.5 if _IDENTIFIER.match(text) else 0.0
    bonus -= 0.05 if len(text) > 250 else 0.0
    return bonus - (0.1 if text[-1] not in '.!)”"’' else 0.0)
