"""Whether words taken out of a document can be read by themselves as what a term means."""

from __future__ import annotations

import re
from collections.abc import Sequence

from genglossary_gui.core.definitions import english_descriptions, japanese
from genglossary_gui.core.definitions.match import leaves_open
from genglossary_gui.core.glossary import Passage
from genglossary_gui.core.passages import stated

LISTED = ("definition_list", "label", "table")
"""Rules whose passages describe a thing without naming it."""
_GLOSSARY = 0.9
"""Weight of the terms of a glossary."""
_STRONG, _FAIR = 0.6, 0.4
_CLEAR = 0.5
_OF_CONTROLS, _FAINT = 0.3, 0.16
"""Weights up to which a list tells of the controls of a program, and a section opener of anything."""
"""From this weight on a list explains terms; below it tells what options, buttons and fields do."""
_JAPANESE = re.compile("[\u3040-\u30ff]")
_LEANS = re.compile(
    r"(?:however|therefore|thus|hence|moreover|furthermore|additionally|in addition|consequently|likewise|similarly|"
    r"on the other hand|in contrast|finally|also|next|then|now|again|otherwise|instead|as (?:a result|above|before)|"
    r"but|and|so|specifically|yes|no|note|notice|see|example|default|optional|for (?:example|instance)|"
    r"in (?:this|that|these) \w+|"
    r"i\.e\.|e\.g\.|this|these|those|that|it|they|he|she|there|here|what|why|how|let)\b(?! (?:term|word|that)\b|"
    r"(?<=these|those|.this) (?:[\w-]+ ){0,2}[\w-]+ (?:of|that) )"
    r"|(?:また|しかし|ただし|なお|さらに|一方|そのため|このため|したがって|よって|つまり|すなわち|次に|そして|加えて|例えば|"
    r"たとえば|ちなみに|では、|この(?!よう)|その|これ|それ|ここ(?!で、)|そこ|こう|そう|以下|上記|同様|図\s?\d|表\s?\d)",
    re.IGNORECASE,
)
"""A beginning that leans on what stood before it."""
_OF_READER = re.compile(r"(?:if|when|you|we|your|our|to)\b|もし|あなた|私", re.IGNORECASE)
_POINTS = re.compile(
    r"(?:this|these|those|that|it|they|he|she|there|here|what|why|how|see|note|notice|let|yes|no|example|default|"
    r"optional|but|and)\b|こ[れの]|そ[れの]|ここ(?!で、)|そこ|こう|そう|以下|上記|図|表",
    re.IGNORECASE,
)
_MEANINGS = ("copula", "refers", "called", "apposition")
_ENGLISH_START = re.compile(r"[\"“‘'(]?[A-Z0-9]|[\"“]\w")
_ARTICLE = re.compile(r"(?:an?|the|any|one)\b")
_LEADING = re.compile(r"^(?:an? |the )?[\"“‘']?")
_ENGLISH_END = re.compile(r"[.!][)”\"’']*$")
_JAPANESE_END = re.compile(r"。[）)」』]?$")
_MARK = re.compile(
    r"^\w+ - |^[\w-]+: (?:is|are) |"
    r"^[>＞・*#|•–—:：,.、-]|[|{}\\\t■●]|</?\w|\w>|::|\.\.\.$|…$| - (?:is|are)\b|次の(?:よう|とおり|通り)|"
    r"以下の(?:よう|とおり|通り)|(?:as follows|the following)\W*$"
)
_PLACEHOLDER = re.compile(r"<[a-z]+(?:-[a-z]+)+>")
"""“<current-file>”: no markup."""
_FINITE = re.compile(
    r"\w[,)”\"’']* (?:is|are|was|were|can|may|will|must|should|has|have|does|do|lets?|allows?|contains?|provides?|"
    r"means|refers?|represents?|consists?|includes?|uses|becomes?|depends?|"
    r"appl(?:y|ies)|acts?|serves?|works?|belongs?|corresponds?|relates?|points?|leads?|appears?|stands?|lies|exists?|runs|"
    r"comes?|ships(?= with)|goes|occurs?|happens?|starts|begins?|ends|remains?|makes|takes|gives|"
    r"[a-z]{3,}s(?= (?:the|an?|all|any|each|every|its|their|your|that|how|when|what|which|whether|one|two|both|new|no|"
    r"only|into|information|data)\b)|"
    r"(?<=s )(?!(?:from|with|into|over|and|for|than|that|upon|using|via|per|but|when|under|after|before|between|"
    r"through|without|within|inside|along|like|onto|across|during|behind|around)\b)[a-z]{3,}"
    r"(?= (?:the|an?|you|its|their)\b))\b"
)
_FIRST = re.compile(r".*?(?:[.!?](?= [A-Z\"“(])|。|$)", re.DOTALL)
_NO_VERB = re.compile(
    r"(?:a|an|the|in|on|at|for|with|by|from|as|of|during|under|within|inside|after|before|since|although|though|because|"
    r"like|unlike|over|through|throughout|between|among|behind|beyond|not|only|both|once|such|when|while|if|where|"
    r"whether|according|given|to|many|some|most|all|each|every|one|people|another)\b",
    re.IGNORECASE,
)
_ADVICE = re.compile(r"(?:usually|normally|typically), [a-z]+ (?:the|an?|it)\b|use\b", re.IGNORECASE)
_IMPERATIVE = re.compile(r"[A-Z][a-z]+(?<!s)(?<!ed)(?<!ing)(?<!ly) (?:the|an?|all|any|each|every|given)\b")
_FIRST_WORD = re.compile(r"([A-Z]?[a-z]+?)(?:e?s)?(?= )")
_SHORTEST_WORDS, _SHORTEST_JAPANESE = 4, 10
_STEM = 4
"""Letters of a word that tell it in another form."""
_TELLS = re.compile(
    r"the (?:(?!that|which|who|where|to|for|of|used)[\w-]+ ){1,4}[a-z]{3,}s (?:the|an?|to|in|on)\b", re.I
)
"""A sentence with a verb of its own: “The pointer becomes a cross.”"""
_LEAD = r"(?:an? |the |any |one |each )?(?:\w+ )?"
_REACH = 40
_BRIEF = 8
_ONE_WORD = re.compile(r"[a-z]+")
_THE_THING = {"function": 0.4, "statement": 0.4, "copula": 0.7}
"""“The file consists of two sections.” speaks of some file before it."""
_INSTANCE = re.compile(r"the [a-z]+ (?!of\b|[a-z]+ (?:is|are|[a-z]+s)\b)", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:the )?(?:\w+ )?(?:name|number|value|path|width|height|size|amount|default|list|type|title|color|position|"
    r"location)s? (?:of|to|for|assigned|used|in|that|which|at|from)\b",
    re.IGNORECASE,
)
"""“The name of …” says what is to be entered in a field."""
_OF_ONE_CASE = re.compile(
    r"\b(?:in (?:the|this|our) (?:example|figure|image|picture|screenshot|previous|following)|active tab|"
    r"(?:shown|listed|described|given|mentioned|discussed|seen|example) (?:above|below|here)|"
    r"as we (?:already|just|\w+ed|saw)|"
    r"we (?:\w+ed|saw|had|made|have|will|just)|(?:ha(?:s|ve) been|no longer|now|weren['’]t|wasn['’]t))\b|"
    r"(?:Ctrl|Shift|Alt) ?\+|see (?:the )?section|(?:下|上)の(?:例|図)|今回|現在|新たに|ました。",
    re.IGNORECASE,
)
_ASIDE = re.compile(r", which [^,]*,")
_COUNTED = re.compile(
    r"\bthe (?:first|second|third|former|latter) (?:scenario|case|example|option|approach|method|one|step)\b"
)
_OTHER_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+\b")
"""A name inside a sentence: it tells of the term in one relation."""
_CONCEDES = re.compile(r", but\b|(?<=[すだるい])が、")
_POINTS_AWAY = re.compile(
    r"\. (?:Optional|Required|Mandatory)\b|"
    r"\bsee (?:the )?(?:section|chapter|\w+\(\d\)|also|below|above)|[.;:] (?:just |then |please )?(?:click|select|"
    r"press|choose|use|see|drag|enter|type|open|refer to|note that)\b|"
    r"(?:ご覧|参照して|お読み)(?:ください|下さい)|"
    r"\b(?:Ctrl|Shift|Alt) ?\+|^[^。、:：]{2,30}： |"
    r"^(?:use|set|see|click|select|choose|press|enter|specify|note) (?!of\b|is\b|are\b|up\b)",
    re.IGNORECASE,
)
"""Where a sentence becomes an instruction or sends its reader elsewhere."""
_NOTED = re.compile(r"[^.;]{0,40}; (?:if|when|this)\b")
"""“The width; if …”: what is noted of an option."""
_IN_WHICH = re.compile(
    r"\b(?:in|by|through|with|from|to|at|on|into|for|where|under|over) (?:which|whom)\b[^.;]*|\bwhere\b[^.;]*"
)
"""“a ring through which a rope is led”: what is done tells what it is for."""
_TOLD_OF = re.compile(
    r"(?:(?:is|are|can|may|will|must|should) (?:not |also |only |always |\w+ly )?(?:be )?(?:not )?"
    r"(?!used|designed|intended|called|known|defined|stored|made|composed|based|supposed|related|organi[sz]ed)"
    r"(?:\w+ed|set|given|shown|put|taken|written|read|sent|done|run)\b|will not|cannot|can't|must|should)|"
    r"(?:できます|不要です|必要です|可能です|使用します)。$",
    re.IGNORECASE,
)


def is_readable(passage: Passage, names: Sequence[str]) -> bool:
    """Whether ``passage`` may stand in a glossary as what the term with these ``names`` means.

    - It is no fragment: it begins and ends like a sentence, has a verb, carries no mark of a list or of markup and
      does not lean on what stood before it.
    - A description of a list, table or label may be a noun phrase instead; where it is neither that of a glossary
      nor clear it has to name the term, and it never says what a command, a button or a field does.
    """
    text = stated(passage)
    if _POINTS_AWAY.search(text) or (passage.rule != "called" and _NOTED.match(text)):
        return False
    if _is_of_one(passage, text, names):
        return False
    if _MARK.search(_PLACEHOLDER.sub("", text)) or (_LEANS.match(text) and not _is_clear(passage, text)):
        return False
    if passage.rule == "expansion":
        return True
    first = _FIRST.match(text)
    opening = first[0] if first else text
    if passage.rule == "called" and opening == text and leaves_open(text):
        return False
    if _JAPANESE.search(text):
        return _reads_japanese(passage, text, opening, names)
    return _reads_english(passage, text, opening, names)


def is_of_controls(passage: Passage) -> bool:
    """Whether it stands in a list of the controls of a program: the same words elsewhere tell what one of them does."""
    return passage.rule in LISTED and passage.weight <= _OF_CONTROLS


def _is_of_one(passage: Passage, text: str, names: Sequence[str]) -> bool:
    """Whether it tells of one case, of one field of a form or of one thing that stands on the page."""
    if passage.rule in LISTED:
        if _is_of_all(text, names):
            return False
        return passage.weight < _GLOSSARY and (
            passage.weight <= _OF_CONTROLS
            or _own(names).match(text) is not None
            or _PROPERTY.match(text) is not None
            or _TOLD_OF.search(_IN_WHICH.sub("", text), 0, 3 * _REACH) is not None
        )
    if passage.rule in (*_MEANINGS, "expansion"):
        return False
    if passage.rule == "opener" and (passage.weight <= _FAINT or (passage.weight <= _FAIR and _is_told(text))):
        return True
    instance = None if _is_proper(text, names) else _INSTANCE.match(text)
    return (instance is not None and passage.rule in _THE_THING) or _OF_ONE_CASE.search(text) is not None


def _is_proper(text: str, names: Sequence[str]) -> bool:
    """“The Collector …”, where it is always written so; “The SWIFT MT940 format …”."""
    if re.search(r"[A-Z].*\d", names[0]):
        return re.match(rf"The (?:[A-Z]\S* )?{re.escape(names[0])} ", text) is not None
    return names[0][:2].istitle() and text.startswith(f"The {names[0]} ")


def _is_of_all(text: str, names: Sequence[str]) -> bool:
    """“A pod shares …”: of any of its kind."""
    return re.match(rf"an? (?:{_alternatives(names)}) [a-z]+s ", text, re.IGNORECASE) is not None


def _is_told(text: str) -> bool:
    """Whether the beginning tells what is done to a thing, or what it may not do; no aside counts."""
    return _TOLD_OF.search(_ASIDE.sub("", text), 0, 2 * _REACH) is not None


def _is_clear(passage: Passage, text: str) -> bool:
    """Whether it tells so clearly what the term is that a “Thus, ” before it does little harm."""
    if passage.weight < _FAIR:
        return False
    return passage.rule == "apposition" or (passage.rule in (*_MEANINGS, "marked") and _POINTS.match(text) is None)


def is_sentence(text: str) -> bool:
    """Whether ``text`` reads as a whole sentence that needs no other."""
    if _MARK.search(text) or _LEANS.match(text):
        return False
    if _JAPANESE.search(text):
        return (
            _JAPANESE_END.search(text) is not None and len(text) >= _SHORTEST_JAPANESE and japanese.is_statement(text)
        )
    return (
        _ENGLISH_START.match(text) is not None
        and _ENGLISH_END.search(text) is not None
        and _FINITE.search(text) is not None
        and not _commands(text)
    )


def doubt(passage: Passage, names: Sequence[str]) -> float:
    """0–1, a factor for the weight of ``passage``: how far it speaks of the term in general, and says enough."""
    text = stated(passage)
    factor = (0.5 if _OF_ONE_CASE.search(text) else 1.0) * (0.8 if _LEANS.match(text) else 1.0)
    factor *= 0.85 if _CONCEDES.search(text) else 1.0
    factor *= 0.6 if _COUNTED.search(text) else 1.0
    if passage.rule in LISTED:
        of_field = _own(names).match(text) or (passage.weight < _GLOSSARY and _PROPERTY.match(text))
        told = passage.weight < _GLOSSARY and _TOLD_OF.search(_IN_WHICH.sub("", text), 0, 3 * _REACH)
        return factor * (0.4 if of_field or told else 1.0)
    named = re.match(rf"(the |an? )?(?:{_alternatives(names)})(?:e?s)?\b( (?:of|in|at|on|for|from)\b)?", text, re.I)
    if named and named[1] and named[1].casefold() == "the " and _ONE_WORD.fullmatch(named[0], 4):
        factor *= _THE_THING.get(passage.rule, 1.0)
    if passage.rule == "opener" and passage.weight <= 0.4 and (named or _JAPANESE.search(text)):
        begun = named.end() if named else 0
        reach = begun + _REACH if named else len(text)
        factor *= 0.4 if (named and named[2]) or _TOLD_OF.search(_ASIDE.sub("", text), begun, reach) else 1.0
    if passage.rule in ("function", "statement") and not passage.weight > _OF_CONTROLS and _other_name(text, names):
        factor *= 0.7
    if passage.rule == "refers" and not _JAPANESE.search(text) and len(text.split()) < _BRIEF:
        factor *= 0.7
    return factor


def _other_name(text: str, names: Sequence[str]) -> bool:
    own = " ".join(names)
    return any(found[0] not in own for found in _OTHER_NAME.finditer(text))


def _reads_english(passage: Passage, text: str, opening: str, names: Sequence[str]) -> bool:
    if len(opening.split()) < _SHORTEST_WORDS:
        return False
    begun = _ENGLISH_START.match(text) is not None or (text.startswith(tuple(names)) and _is_identifier(text))
    ended = _ENGLISH_END.search(text) is not None
    whole = begun and (ended or passage.weight >= _STRONG or passage.rule == "apposition")
    if passage.rule not in (*LISTED, "opener"):
        return whole and (_NO_VERB.match(text) is not None or _IMPERATIVE.match(text) is None)
    named = _names_it(text, names)
    if _is_noun_phrase(passage, opening):
        return (named or passage.weight >= _CLEAR) and (begun or (ended and _ARTICLE.match(text) is not None))
    if passage.rule in LISTED and (passage.weight >= _CLEAR or _is_special(names[0])) and not _TELLS.match(opening):
        return whole and not _OF_READER.match(text) and _ADVICE.match(text) is None
    own = _LEADING.sub("", text.casefold()).startswith(tuple(name.casefold() for name in names))
    if passage.rule == "opener" and own:
        return whole
    if not whole or _FINITE.search(opening) is None or _OF_READER.match(text):
        return False
    if passage.rule in LISTED and passage.weight < _CLEAR and not _is_of_all(text, names):
        return False
    return (named or (passage.rule == "opener" and _shares_word(text, names))) and (own or not _commands(opening))


def _is_identifier(text: str) -> bool:
    """Whether it begins with the name of a program, not with a word of everyday language in small letters."""
    return re.match(r"[a-z]+ ", text) is None


def _is_special(name: str) -> bool:
    """Whether a name is that of one thing, a program or a button: what this does tells what it is."""
    return re.search(r"\w[ _-]\w", name) is not None


def _is_noun_phrase(passage: Passage, opening: str) -> bool:
    if _commands(opening):
        return False
    if passage.rule in LISTED and english_descriptions.is_nominal(opening):
        return _TELLS.match(opening) is None
    return english_descriptions.is_phrase(opening) and " consists of " not in opening


def _reads_japanese(passage: Passage, text: str, opening: str, names: Sequence[str]) -> bool:
    if len(opening) < _SHORTEST_JAPANESE:
        return False
    unclosed = passage.weight >= _STRONG or passage.rule == "apposition"
    whole = unclosed or _JAPANESE_END.search(text) is not None
    if passage.rule not in LISTED:
        return whole
    named = _names_it(text, names)
    if japanese.is_nominal(opening):
        return (whole or len(text) >= 2 * _SHORTEST_JAPANESE) and (named or passage.weight >= _CLEAR)
    speaks = passage.weight >= _CLEAR or re.match(rf"「?(?:{_alternatives(names)})」?は", text) is not None
    return whole and named and speaks and japanese.is_statement(opening) and not japanese.is_command(opening)


def _commands(text: str) -> bool:
    """Whether it begins with a verb, as what a command does is told: “Show …”, “Shows …”."""
    if _NO_VERB.match(text):
        return False
    word = _FIRST_WORD.match(text)
    base = text if word is None else word[1] + text[word.end() :]
    return english_descriptions.is_command(text) or english_descriptions.is_command(base)


def _names_it(text: str, names: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(name.casefold() in folded for name in names)


def _shares_word(text: str, names: Sequence[str]) -> bool:
    folded = text.casefold()
    return any(word[:_STEM] in folded for name in names for word in name.casefold().split() if len(word) >= _STEM)


def _own(names: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"{_LEAD}(?:{_alternatives(names)})(?![\w-])", re.IGNORECASE)


def _alternatives(names: Sequence[str]) -> str:
    return "|".join(re.escape(name) for name in names)
