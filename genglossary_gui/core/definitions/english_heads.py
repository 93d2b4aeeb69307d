"""The phrase an English sentence speaks of: from the words before its verb to names of things."""

from __future__ import annotations

import re
from typing import NamedTuple

from genglossary_gui.core.definitions.match import is_code, words

_FIRST_REFUSED = words(
    """
    numerous various countless below above behind beside inside outside
    this that these those it they he she we you i there here what which who whose his her its their our
    my your them us one ones some another other others both all many most several such any no none if
    when whenever where while since because although though unless until as how why whether each every
    either neither so then thus however therefore also but and or not nor in on at by for from with
    without within to into of about during after before under over between through despite like unlike
    due next previous first second third last final following same only main best more less very now
    today finally currently please note remember let do don does did is are was were be been has have
    had can could will would should may might must select click press enter type choose open close see
    use run go try make sure set add remove create everything something nothing anyone everyone someone
    anything people two three four five
    """
)
_REFUSED_INSIDE = words(
    """
    that which who whom whose is are was were be been being has have had can could will would should may
    might must does did do if when where while because you we they it this these those there your our
    their its my not but than then so i he she
    """
)
_LAST_REFUSED = words(
    """
    a an the of for in on at by to from with as or and also often
    """
)
_GENERIC = words(
    """
    goal purpose aim idea reason result advantage disadvantage downside upside majority minority benefit
    drawback example problem step rest way thing things answer question fact truth trick syntax
    following latter former chapter tip one ones kind consequence conclusion issue caveat recommendation
    intention challenge lesson assumption author editor author's participant
    researchers it
    """
)
_GENERIC_ALONE = words(
    """
    difference effect approach value key rule option list name type number table focus factor order task
    output research study studies person child children time part point case solution definition figure
    default exception summary explanation description outcome cause objective topic theme article
    document page guide tutorial use year day man woman boy girl choice alternative section note
    limitation requirement students finding findings
    """
)
"""Names of nothing unless something stands before them: “effect”, but “Doppler effect”."""
_GERUNDS = words(
    """
    using adding creating running setting making doing having being getting writing building giving
    taking keeping looking trying going putting knowing thinking learning choosing selecting changing
    """
)
_CONTRACTIONS = ("'ll", "’ll", "'re", "’re", "'ve", "’ve", "n't", "n’t", "'m", "’m", "'d", "’d")
_LEAD_INS = re.compile(
    r"(?:in|for|within|under|on|as|by|from|at|with|to put|simply|essentially|basically|generally|usually|"
    r"typically|technically|conceptually|strictly|broadly|formally|historically|traditionally|"
    r"similarly|likewise|conversely|furthermore|moreover|additionally|however|therefore|thus|finally|also|"
    r"specifically|literally|originally|named|called|known|based|according to|located|"
    r"unlike|like|here|now|today|then|first|second|next|instead|hence|stated|put|again|recall|thus)\b",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:in addition|in contrast|for example|for instance|on the other hand|as a result|however|"
    r"therefore|thus|similarly|likewise|conversely|furthermore|moreover|additionally|finally|also|"
    r"then|next|instead|hence|first|second|again|here|now|today)\b",
    re.IGNORECASE,
)
_DETERMINER = re.compile(r"(?:(an?)|the)\s+", re.IGNORECASE)
_NAMED = re.compile(
    r"(?:the\s+)?(?:term|word|phrase|concept|notion|acronym|abbreviation|expression)(?:\s+of)?\s+", re.I
)
_OWNED = re.compile(
    r"^(?:our (?=\w)|(?:an?|the|one) ?(?:person|individual|user|company|people|system|human|organization|"
    r"someone|one)?[’']s )",
    re.I,
)
"""“A person’s genotype is …” speaks of a genotype."""
_ALSO = re.compile(
    r"(?:[,(]\s*(?:is |are )?"
    r"(?:(?:also|often|sometimes|commonly|usually|better|otherwise|frequently|previously|formerly)\s+){0,2}|"
    r"\s(?:also|often|sometimes|commonly|better|otherwise|formerly)\s+)"
    r"(?:known as|called|referred to as|abbreviated(?: as| to)?|termed|shortened to|aka|a\.k\.a\.)\s+",
    re.IGNORECASE,
)
_ALSO_AT_START = re.compile(
    r"(?:(?:also|often|sometimes|commonly|usually|better|otherwise|formerly)\s+){0,2}"
    r"(?:known as|called|referred to as|abbreviated(?: as| to)?|termed|shortened to|aka|a\.k\.a\."
    r"|or|i\.e\.)[, ]+",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(r",? or |,")
_OR = re.compile(r",? or(?: simply| just)? ")
_BRACKETS = re.compile(r"\s*\(([^()]*)\)\s*")
_DASHED = re.compile(r"\s+[—–]\s+([^—–]+?)\s+[—–](?:\s+|$)")
_ASIDE = re.compile(r", [^,]*(?:, [^,]*)*,[”\"’]?$")
"""“SVG, standing for Scalable Vector Graphics, is …”: what stands between two commas behind the subject."""
_CLASSIFIED = re.compile(
    r"(?:[A-Z][\w-]+ )?([\w.+#-]*[A-Z][\w.+#-]*[A-Z0-9][\w.+#-]*|[\"“‘'`][^\"”’'`]+[\"”’'`]) "
    r"(?:(?:file|image|data|color|programming|markup|"
    r"query|network|text|storage) )?(?:formats?|files?|models?|(?<=[\"”'’`] )objects?|protocols?|languages?|"
    r"images?|(?<=[\"”'’`] )features?|standard|specification|algorithm|hash|method|library|technology|tool|framework)"
)
"""“The YCbCr color model …” speaks of YCbCr."""
_OF_ANY = re.compile(r"[Tt]he ((?:[\w-]+ ){0,2}[\w-]+) of (?:an?|any) (?:[\w-]+ ){0,2}[\w-]+")
"""“The depth of a lock is …” speaks of depth."""
_SCOPE_AFTER = re.compile(r", (?:in|within|for|on|as|at|under|by|from)\b[^,]*,?$", re.IGNORECASE)
_SCOPE_IN = re.compile(r"(?<=[a-z]) in [A-Z][\w.+-]*$")
"""“Branches in Git are …” speaks of branches."""
_AND = re.compile(r"(?:, and |, | and )")
_QUOTES = "\"'“”‘’«»`*_ "
_INNER_QUOTES = re.compile('["“”«»`]')
_ADVERB_AFTER = re.compile(
    r"(?<=\w) (?:(?!family\b|assembly\b|anomaly\b|supply\b|reply\b|monopoly\b)\w{3,}ly|often|also|sometimes|now|then)$"
)
_WORD = re.compile(r"[A-Za-z0-9][\w'’.+#/&-]*")


_NO_SUBJECT = words(
    """
    This These Those That It They There You We I He She If When Whenever Where While Since Because Although
    Though Unless Until Whether See Use Note Click Select Press Enter Please Do Don't Don’t What How Why
    After Before During So Set Add Run Open Make Let Some Most Many Each Every All Both No None Any Only
    """
)


class Subject(NamedTuple):
    """The names of one thing, and how the sentence introduced it."""

    names: tuple[str, ...]
    article: str
    """``a`` · ``the`` · empty."""
    lead: str
    """``connective`` (“However, …”) · ``scope`` (“In Git, …”) · empty."""


def names_nothing(text: str) -> bool:
    """Whether a sentence begins with a word that no subject begins with: tells so for less than ``parse_subject``."""
    first, blank, _rest = text.partition(" ")
    return bool(blank) and first in _NO_SUBJECT


def parse_subject(text: str) -> Subject | None:
    """The names in the words before a verb; ``None`` when they do not name a thing in general."""
    text, lead = _without_lead_in(text.strip())
    named = _NAMED.match(text)
    text = text[named.end() :] if named else _OWNED.sub("", text)
    determiner = _DETERMINER.match(text)
    article = "" if not determiner else "a" if determiner[1] else "the"
    outer, inner = _split_names(text)
    if not outer or not all(map(is_head, outer)):
        return None
    inner = [name for name in inner if is_head(name) and _belongs(name, outer[0])]
    found = _CLASSIFIED.fullmatch(_DETERMINER.sub("", text)) or _OF_ANY.fullmatch(_BRACKETS.sub(" ", text))
    kinds = [clean_head(found[1])] if found else []
    return Subject((*outer, *inner, *filter(is_head, kinds)), article, lead)


def coordinated(text: str) -> tuple[str, ...]:
    """The names of “branches, tags and remotes”, at least two and all in the plural; else none."""
    names = tuple(clean_head(part) for part in _AND.split(text.strip()))
    plural = len(names) > 1 and all(name[-1:] == "s" and is_head(name) for name in names)
    return names if plural else ()


def _belongs(name: str, outer: str) -> bool:
    """Whether a name in brackets can be short for the one before it: not “FG to BG (RGB)”."""
    if not name.isupper() or not name.isalpha() or outer.isupper():
        return True
    letters = iter(outer.casefold())
    return all(letter in letters for letter in name.casefold())


def clean_head(text: str) -> str:
    """``text`` without article, quotes and outer punctuation."""
    text = _ADVERB_AFTER.sub("", _INNER_QUOTES.sub("", text).strip(_QUOTES + ",.;:").rstrip("-–— "))
    determiner = _DETERMINER.match(text)
    return (text[determiner.end() :] if determiner else text).strip(_QUOTES + ",.;:")


def is_head(text: str) -> bool:
    """Whether an English phrase can name a thing: at most seven words, no pronoun, clause or task."""
    if not 2 <= len(text) <= 70 or is_code(text) or not any(map(str.isalpha, text)) or text[-1] in "?!":
        return False
    parts = [word.casefold() for word in text.replace(",", " , ").split()]
    if len(parts) > 7 or "," in parts or (parts[0] in _FIRST_REFUSED and not (len(parts) == 1 and text.isupper())):
        return False
    if parts[-1] in _LAST_REFUSED or not _REFUSED_INSIDE.isdisjoint(parts) or parts[0].endswith(("'s", "’s")):
        return False
    if any(word.endswith(_CONTRACTIONS) for word in parts) or text.count("(") != text.count(")"):
        return False
    if parts[0] in _GERUNDS and len(parts) > 1:
        return False
    core = parts[: parts.index("of")] if "of" in parts[1:] else parts
    return core[-1] not in _GENERIC and not (len(core) == 1 and core[0] in _GENERIC_ALONE)


def _without_lead_in(text: str) -> tuple[str, str]:
    match = _LEAD_INS.match(text)
    cut = text.rfind(", ")
    if not match or cut < 0 or cut > 70:
        return text, ""
    return text[cut + 2 :], "connective" if _CONNECTIVE.match(text) else "scope"


def _split_names(text: str) -> tuple[list[str], list[str]]:
    """“X, also known as Y (Z),” → X and Y, and Z from the brackets."""
    # A bracket at the very start is part of the name, not another one: “(digital) certificate”.
    if "—" in text or "–" in text:
        text = _DASHED.sub(r" (\1) ", text)
    text = _SCOPE_IN.sub("", _SCOPE_AFTER.sub("", text))
    if not _ALSO.search(text) and not _OR.search(text):
        text = _ASIDE.sub("", text)
    inner = [part for bracket in _BRACKETS.findall(text, 1) for part in _names_in_bracket(bracket)]
    outer = _BRACKETS.sub(" ", text).strip(" ,")
    names = [name for piece in _ALSO.split(outer) for part in _OR.split(piece) if (name := clean_head(part))]
    # “Unrealized gain or loss” shares its first word: a lone word after “or” does not name the whole.
    names = [name for index, name in enumerate(names) if not index or " " in name or name.isupper() or "," in outer]
    return names, [clean_head(part) for part in inner]


def _names_in_bracket(text: str) -> list[str]:
    text = _ALSO_AT_START.sub("", text, count=1)
    return [part for part in _BETWEEN_NAMES.split(text) if len(_WORD.findall(part)) in range(1, 6)]
