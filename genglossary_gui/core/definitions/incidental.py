"""Sentences that name a term in passing: of one case, of one place on the page, or of another term."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english, japanese_incidental
from genglossary_gui.core.definitions.readable import LISTED
from genglossary_gui.core.glossary import Passage
from genglossary_gui.core.keys import has_japanese, singular
from genglossary_gui.core.passages import stated

_OF_THIS_PLACE = re.compile(
    r"\b(?:(?:this|these) (?:section|chapter|manual|document|command|example|page|guide|tutorial|article|option|type|"
    r"case|step|figure|table)s?|in the following|(?:the )?examples? (?:above|below)|"
    r"be careful|as you can see|as shown (?:in|on|by))\b|\b(?:another|an?) \w+ called [\"“]?[a-z]+[\"”]? whose",
    re.IGNORECASE,
)
"""What a reader of the page understands only."""
_CONTROL_CALLED = re.compile(
    r"\b(?:menu|button|column|field|option|command|tab|file|directory|folder|script|variable|parameter|program|window|"
    r"dialog|section|setting)s? (?:is |are )?(?:called|named) (?!an?\b|the\b)",
    re.IGNORECASE,
)
"""“a menu called Layer”: the name of one control."""
_CALLED_BY = re.compile(r"\b(?:you|we|they|users?|I) called\b", re.IGNORECASE)
"""“when you called the filter”: nothing is named."""
_OF_WIDGET = re.compile(
    r"(?:The|This|With the|Use the) (?:\w+ )?(?:sliders?|buttons?|(?:input|check|drop) ?(?:box(?:es)?|lists?))\b",
    re.IGNORECASE,
)
"""“The slider and the input box allow you to …”"""
_TO_READER = re.compile(r"(?:you|to|in order|be|after|once|if|when)\b", re.IGNORECASE)
_OF_A_PROGRAM = re.compile(r"[\"“]?[a-z]+[\"”]? (?:is|are) the\b")
"""“fetch is the command …”"""
_OF_A_LIST = re.compile(r"[\"“]?\w[\w /-]{0,40}[\"”]? ?: ")
"""“Depth: the limit below which …”: the line of a list that tells what a setting does."""
_NOUN = re.compile(
    r"(?!(?:command|tool|filter|format|protocol|language|model|algorithm|method)s?\b)[a-z]{3,} (?:is|are|can|may|has|"
    r"have|[a-z]{3,}(?<!s)s|provide|offer|allow|support)\b"
)
_ASKED = re.compile(r"(?:You|We|Users?) (?:should|must|may want|might want|need|have to)\b|.*\bperhaps called\b")
"""“You should create an account (perhaps called “ups”)”."""
_MADE = re.compile(
    r"\b(?:called|named) [^,;]{1,40} (?:was|were|has been|have been) "
    r"(?:created|added|introduced|renamed|removed|written)\b"
)
"""“A new library called X was created”: what once happened."""
_CONTRAST = re.compile(r"(?:However|But|Nevertheless|Nonetheless|Still|Yet|Instead|Sometimes people)\b")
"""“However, …, and the point where they meet is called …”: half of a thought."""
_OF_US = re.compile(r"\b(?:we|our|us)\b", re.IGNORECASE)
_ON_CONDITION = re.compile(r"(?:If|When|Once|After) [^,]*\b(?:called|named|known as|termed)\b")
"""“If your gate is called lock, …”"""
_TO_READERS = re.compile(r"^[^()]*: [^()]*\byou\b")
_OF_A_VALUE = re.compile(
    r"The [\"“][a-z-]+[\"”] (?:formats?|modes?|options?|values?|types?)\b|"
    r"[\"“]\w+[\"”] (?:describes|defines|determines|sets|specifies|controls|affects)\b"
)
"""“The “raw” format shows …”, “”Angle” describes …”: a value or a setting by its name."""
_OF_ONE = re.compile(
    r"[Tt]he [\w -]+ has (?:two|three|four|five|six)\b|\w_\w|\b(?:was|were)\b|\bas well\.$|^[^,]{0,40}\balso\b|"
    r"(?:^|\s)/\w+/\w|://|^.{0,40}\bcan (?:\w+ )?be (?!used\b)|\bsuch (?!as\b|that\b|an?\b)|"
    r"\bwithout (?:needing|having) to\b|\bin the same \w+\.$|\blike \w+ do(?:es)?\b"
)
"""What a single one has, what names of a program and paths stand in, what once was, what is added to something else."""
_COMPARED = re.compile(
    r", than\b|\bdifferent [\w, ]{0,30}(?:than|from) (?:the|an?)\b|\bthe (?:first|second|former|latter) (?!of\b|or\b)"
)
_PERFECT = re.compile(r"\b(?:has|have) (?:\w+ )?(?:been|become|done|made|grown|\w{3,}ed)\b")
_RENAMED = re.compile(r"\bnow\b")
_BACK = re.compile(r"^(?:Such|These|Those|The [\w -]{1,40} of (?:this|these|our)) ")
"""“The gates of this basin are called …”: of something that was spoken of before."""
_SETTING = re.compile(
    r"(?:Specif(?:y|ies)|Sets?|Controls?|Enables?|Disables?|Determines?|Defines?|Selects?|Configures?|Overrides?|"
    r"Indicates?|Toggles?) ",
)
"""What an option does."""
_ON_CONDITIONS = re.compile(r"\bonly\b[^,]* (?:if|when)\b")
_GERUND = re.compile(r"(?:Preventing|Ensuring|Making|Avoiding|Getting|Having|Using|Allowing) ")
_SCENE = re.compile(r"(?:In|With|Under) [^,]{2,40}, (?:each|the|one|all)\b")
_NEGATED = re.compile(r"n['’]t\b|\b(?:not|never|cannot)\b")
_REMARK = re.compile(r"\((?:the (?:last|first|latter|former)|i\.e\.|that is)|\bor the\b")
_LED_IN = re.compile(
    r"(?:by default|traditionally|currently|unlike|sometimes|in (?:the|its|this|that|our) [\w-]+(?: [\w-]+)?),? ",
    re.IGNORECASE,
)
"""How a sentence begins that tells of one case."""
_ONE_OF_THEM = re.compile(r"The [a-z-]+ (?!of\b)")
"""“The report …”: one that was spoken of before."""
_BY_THE_WAY = re.compile(
    r" (?:becomes? |sets? (?:how|whether|the)\b|(?:is|are) (?:\w+ly )?(?:created|grouped|given|saved|ignored|printed|"
    r"displayed|shown|required|available|visible|free|selected|captured|set|moved)\b)"
)
"""What happens to a thing does not tell what it is."""
_NAMES_ANOTHER = re.compile(r"\b(?:called|named|known as) (?:the |an? )?[“\"]")
"""“PNG supports an offset called “oFFs””: the sentence explains that name."""
_OPTION = re.compile(r"(?<![\w-])-{1,2}[a-z]")
"""“… unless -f is given”: of a program that is told so."""
_OF_A_PICTURE = re.compile(r"The [^,]*, and the [^,]* (?:is|are)\b")
"""“The red gate is the first one, and the blue gates are …”: what stands before its reader."""
_POINTS = re.compile(r"^[^.;]*\b(?:this|these|those)\b")
_LABEL_TELLS = re.compile(r"the (?:\w+ ){1,4}\w+s (?:the|an?|\w+,)")
_WILL = re.compile(r"\b(?:will|would)\b")
_TOLD_OF_USERS = re.compile(r"\bused by (?:both )?(?:the|all|other|many|some|various)\b|\bthat you can \w+\.$")
"""Who uses it, and that its reader can do something to it."""
_HAPPENS = re.compile(
    r"[^,]{2,60}? (?:(?:can|may) be|is|are) (?:\w+ly )?(?:stored|placed|kept|saved|found|located|recorded|given|"
    r"grouped|attached|divided|based)\b|"
    r"[^,]{2,60}? ha(?:s|ve) (?:priority|precedence|support|access|options|names?|some|many|several|various)\b"
)
"""Where it is kept, what is done to it: of a name that everybody looks up first this is too little."""
_CLAUSE = re.compile(r" (?:how|that|which|where|when|whether) ")
_VERSION = re.compile(r"\bversions? \d|\d\.\d")
_HOLE = re.compile(r"\w ?(?: [.,]|““|\[\])(?: |$)")
"""Where a link or a picture was."""
_IDENTIFIER = re.compile(r"(?:The )?\w*[a-z]_[a-z]\w*")
_WEAK_RULES = ("statement", "function", "")
"""The last one: found by no rule at all."""
_TELLING = ("statement", "function")
_INTRODUCED = 0.6
"""Weight from which on a name is set in bold where it is explained."""
_WEAK, _FAINT, _GLOSSARY = 0.27, 0.2, 0.9


def is_incidental(passage: Passage, names: Sequence[str]) -> bool:
    """Whether a passage that was found to define the term with these ``names`` only tells something by the way."""
    text = stated(passage)
    if has_japanese(text):
        return japanese_incidental.is_incidental(passage.rule, passage.weight, text, names)
    is_named_there = passage.rule == "called" and passage.weight >= _INTRODUCED
    if not is_named_there and is_circular(text, names):
        return True
    if _OF_THIS_PLACE.search(text) or _HOLE.search(text) or _is_of_one(text, names):
        return True
    if (
        passage.rule in LISTED
        and passage.weight < _GLOSSARY
        and (
            _is_kind_of_itself(text, names)
            or any(p.match(text) for p in (_SETTING, _GERUND, _OF_WIDGET))
            or _ON_CONDITIONS.search(text)
        )
    ):
        return True
    if passage.rule == "called":
        if passage.weight < _INTRODUCED and _CONTRAST.match(text):
            return True
        return _ASKED.match(text) is not None or any(
            pattern.search(text) for pattern in (_MADE, _CONTROL_CALLED, _CALLED_BY, _ON_CONDITION, _RENAMED, _BACK)
        )
    if passage.rule in ("copula", "refers", *_TELLING) and _OPTION.search(text):
        return True
    if passage.rule in _TELLING and _NAMES_ANOTHER.search(text):
        return True
    if passage.rule == "copula" and (_OF_A_PROGRAM.match(text) or _OF_A_PICTURE.match(text)):
        return True
    if passage.rule in ("copula", "refers") and _POINTS.search(text) and english.is_vague(text):
        return True
    if passage.rule in ("apposition", "function") and _OF_A_LIST.match(text):
        return True
    if passage.rule == "apposition":
        return _TO_READER.match(text) is not None or _REMARK.search(text) is not None or names[0].endswith("ed")
    if passage.rule == "marked":
        if _is_worked_on(text, names):
            return True
        led_in = _LED_IN.match(text) is not None and not _is_compared(text, names)
        return led_in or _IDENTIFIER.match(text) is not None or _PERFECT.search(text) is not None
    if passage.rule == "label":
        tells = text[:1].islower() and _LABEL_TELLS.match(text) is not None
        return tells or _WILL.search(text) is not None
    if passage.rule == "refers":
        return len(text.split()) <= _BRIEFEST
    if passage.rule == "opener" and _is_of_longer(text, names):
        return True
    if passage.rule == "opener" and (_TO_READERS.search(text) or _NEGATED.search(text, 0, 60)):
        return True
    if passage.rule == "function" and passage.weight >= _INTRODUCED:
        return False
    if passage.rule in _WEAK_RULES or (passage.rule == "opener" and passage.weight <= _FAINT):
        return _is_by_the_way(text, passage)
    return False


_BRIEFEST = 4


def _is_worked_on(text: str, names: Sequence[str]) -> bool:
    """“… how to find a lock.”: what is done to it, at the end of a sentence."""
    name = "|".join(re.escape(name) for name in names)
    return re.search(rf"\bto [a-z]+ (?:the |an? )?(?:{name})e?s?\.$", text, re.IGNORECASE) is not None


def _is_compared(text: str, names: Sequence[str]) -> bool:
    """“Unlike a weir, a lock …”."""
    name = "|".join(re.escape(name) for name in names)
    return re.match(rf"unlike [^,]{{3,40}}, (?:an? |the )?(?:{name})", text, re.IGNORECASE) is not None


def _is_kind_of_itself(text: str, names: Sequence[str]) -> bool:
    """“A PEM encoded certificate”, “The SSL certificate to verify.”: what is asked for, by its own name."""
    name = "|".join(re.escape(name) for name in names)
    said = rf"(?:an? |the )(?:[\w-]+ ){{1,3}}(?:{name})s?(?: to \w+| of the [\w-]+)?(?:\.|$)"
    return re.match(said, text, re.IGNORECASE) is not None


def _is_of_one(text: str, names: Sequence[str]) -> bool:
    """“The lock “A” is …”: one of its kind, by its name; “Locks is the number of …”: a field or a column."""
    name = "|".join(re.escape(name) for name in names)
    one = rf"(?:the |an? )?(?:{name})(?:e?s)? (?:[\"“'‘][^\"”'’]{{1,20}}[\"”'’]|is the (?:number|count|amount) of\b)"
    return _OF_A_VALUE.match(text) is not None or re.match(one, text, re.IGNORECASE) is not None


def _is_of_longer(text: str, names: Sequence[str]) -> bool:
    """“The libvirt driver supports …” for libvirt: the name goes on, and is not one of a program or a format."""
    name = "|".join(re.escape(name) for name in names)
    longer = re.match(rf"(?:the |an? )?({name})(?:e?s)? ({_NOUN.pattern})", text, re.IGNORECASE)
    return longer is not None and longer[1][1:] == longer[1][1:].lower()


def _is_by_the_way(text: str, passage: Passage) -> bool:
    if _LED_IN.match(text) or (_ONE_OF_THEM.match(text) and _one_word_subject(text)) or _VERSION.search(text):
        return True
    if passage.rule == "opener":
        return not text.startswith(("A ", "An "))
    if passage.rule in _TELLING and (_PERFECT.search(text) or _OF_US.search(text) or _TOLD_OF_USERS.search(text)):
        return True
    if passage.rule == "statement" and _HAPPENS.match(text):
        return True
    if _OF_ONE.search(text) or _COMPARED.search(text) or _SCENE.match(text):
        return True
    weak = passage.rule == "statement" or passage.weight <= _WEAK
    return weak and (
        _BY_THE_WAY.search(_CLAUSE.split(text, 1)[0], 0, 60) is not None
        or _is_option(text)
        or _is_option(text.partition(" ")[2])
    )


def _one_word_subject(text: str) -> bool:
    """“The report also contains …”, not “The account tree displays …”."""
    words = text.split(maxsplit=4)
    if len(words) > 3 and words[3] in ("are", "have", "can"):
        return False
    return len(words) > 2 and (words[2] in _ADVERBS or words[2].endswith(("s", "ly")))


_ADVERBS = frozenset({"also", "is", "are", "has", "can", "may", "often"})


def _is_option(text: str) -> bool:
    """“Shadows restricts …”: a plural with a verb in the singular is the name of an option."""
    first, _blank, rest = text.partition(" ")
    verb = rest.partition(" ")[0]
    return singular(first.lower()) != first.lower() and verb.endswith("s") and not verb.endswith(("ss", "us"))


def is_circular(text: str, names: Sequence[str]) -> bool:
    """Whether it explains a name by itself: “The hex form of the object name.”, “Memo is the memo field …”."""
    name = "|".join(re.escape(name) for name in names)
    closing = (
        rf"(?:.{{0,60}}? (?:is|are) )?(?:the |an? )?(?:[\w-]+ ){{1,5}}(?:of|for) (?:the |an? )?(?:{name})e?s?[.!]?$"
    )
    repeated = rf"(?:the |an? )?(?:{name})e?s?(?:.{{0,50}}?) (?:is|are) (?:the |an? )?(?:[\w-]+ )?(?:{name})e?s?\b"
    return re.match(closing, text, re.IGNORECASE) is not None or re.match(repeated, text, re.IGNORECASE) is not None
