"""Compares an English sentence (or one of another language with Latin letters) with its evidence."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from genglossary_gui.core.keys import singular
from genglossary_gui.core.paths import resources
from genglossary_gui.core.review import english_related
from genglossary_gui.core.review.english_words import (
    BASE,
    DIRECTIONS,
    ENDINGS,
    GENERIC,
    LIGHT,
    OPPOSITES,
    SAME_WORDS,
    STOP,
)
from genglossary_gui.core.review.grounding_parts import Found, Piece, exchanged, swapped, turned

_WEIGHT, _GENERIC_WEIGHT = 0.9, 0.3
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_FIGURE = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)*")
_DONE_BY = re.compile(r"\b(\w+(?:ed|en|ght|ade|ilt|nt|ept|eld)) by (?:an? |the |its |their |your )?(\w+)")
_EVERY = re.compile(r"\b(?:all|every|any|everyone|anyone)\b", re.IGNORECASE)
_SEVERAL = re.compile(r"\b(?:both|several|many|multiple|various|numerous)\b", re.IGNORECASE)
_ONE = re.compile(r"\b(?:(?:exactly|only|just) one|an? single|the (?:only|sole))\b", re.IGNORECASE)
_LINKING = re.compile(r"\bas (?:long|soon|well|far) as\b", re.IGNORECASE)
_ONLY = re.compile(r"\b(?:only|solely|exclusively|some)\b", re.IGNORECASE)
_ALL_OF = re.compile(r"\b(?:all|every|each)(?: of)?(?: the| its| their)? (\w+?)s?\b", re.IGNORECASE)
_SOME_OF = re.compile(
    r"\b(?:few|small \w+|part|portion|share|fraction|subset|minority|some) of (?:the |its |their )?(\w+?)s?\b",
    re.IGNORECASE,
)
_LONG, _PART = 6, 4
_CAPITALS = 2
_CLAUSE = re.compile(r"[,;:.!?()\n—–]|\b(?:but|and|while|whereas|although|which)\b")
_SENTENCE = re.compile(r"[.;!?\n]")
_PARTS = re.compile(
    r"[,;:()—–]|(?<![\w-])(?:and|but|which|because|so that|while|whereas|when|if|after|before|until|by|for|who|whose"
    r"|where)(?![\w-])",
    re.IGNORECASE,
)
_MOST_EXCHANGED = 2
_SCOPE = 1
"""Content words behind a negation that it denies."""
_NEGATION = re.compile(
    r"\b(?:not|no|never|cannot|without|nor|neither|unable to|(?:prevent|avoid)(?:s|ed|ing)?(?: from)?|\w+n['’]t)\b",
    re.IGNORECASE,
)
_FAILED = frozenset(("fail", "failur", "unabl", "impossibl", "unsuccessful"))
"""Roots of what the evidence may say with a “not”."""
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b(?:\W+\w+ly)?\W+(\w+(?:ed|en|ght|ade|ilt|nt|ept|eld))\b")
_FIGURES = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()  # noqa: SIM905
    )
} | {"twenty": "20", "thirty": "30", "forty": "40", "fifty": "50", "hundred": "100", "single": "1", "twice": "2"}
_SHARES = {"(?:quarter|fourth)": "25", "half": "50", "fifth": "20", "tenth": "10", "half a year": "6", "decade": "10"}
_FIGURES |= {
    word: str(number)
    for number, word in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), 3)  # noqa: SIM905
} | {"twentieth": "20", "hundredth": "100", "thousandth": "1000", "thousand": "1000", "dozen": "12", "quarter": "4"}


def compare(sentence: str, evidence: str, names: str) -> Found:
    """What ``sentence`` says that ``evidence`` does not; ``names`` (of the term) need no evidence."""
    sentence, evidence, names = (_plain_text(text) for text in (sentence, evidence, names))
    own, held = _stems(names), _stems(evidence)
    denies = _NEGATION.search(evidence) is not None
    found = Found(
        [
            _piece(word, number, own, held, denies=denies)
            for number, part in enumerate(_PARTS.split(sentence))
            for word in _content(part)
        ]
    )
    known = {*_figures(evidence, with_one=True), *_figures(names, with_one=True), *_shares(evidence)}
    found.figures = [figure for figure in _figures(sentence) if figure not in known]
    found.names = [name for name in _names(sentence) if not _is_among(_stem(name), own | held)]
    opposites = _opposites(sentence, evidence)
    # “Not when it is wet” says the same as “only when it is dry”.
    is_reverse = bool(opposites) and _NEGATION.search(sentence) and _ONLY.search(evidence)
    found.opposites = [] if is_reverse else opposites
    found.opposites += _other_doers(sentence, evidence) + _widened(sentence, evidence)
    found.opposites += _swapped(sentence, evidence)
    found.negated = [] if is_reverse else turned(_denials(sentence, own), _denials(evidence, own))
    found.exchanged = [word for word in _exchanged(sentence, evidence) if not (is_reverse and word in opposites)]
    return found


def _piece(word: str, part: int, own: frozenset[str], held: frozenset[str], *, denies: bool) -> Piece:
    if _is_among(_stem(word), own):
        return Piece(word, 0.0, 1.0, part)
    weight = _GENERIC_WEIGHT if _is_generic(word) else _WEIGHT
    return Piece(word, weight, 1.0 if denies and _root(word) in _FAILED else _support(word, held), part)


def _support(word: str, held: frozenset[str]) -> float:
    """1 where the evidence has the word or one for it, less where it has a relative or a part of it."""
    if _is_among(_stem(word), held):
        return 1.0
    parts = [part for part in word.split("-") if part and part.casefold() not in STOP]
    share = sum(_is_among(_stem(part), held) for part in parts) / len(parts) if len(parts) > 1 else 0.0
    return max(share, english_related.support(_stem(word), held))


def _is_generic(word: str) -> bool:
    return word.casefold() in GENERIC or _root(word) in _generic_roots()


@cache
def _generic_roots() -> frozenset[str]:
    return frozenset(map(_root, GENERIC))


def _plain_text(text: str) -> str:
    return _LINKING.sub("if", unicodedata.normalize("NFKC", text))


def _stem(word: str) -> str:
    word = re.sub(r"['’]s$", "", word.casefold())
    return BASE.get(word) or singular(word)


def _root(word: str) -> str:
    """A word without its inflection, roughly: the same for most forms of one."""
    return re.sub(r"(?<=\w{3})(?:ing|ed|es|e|s)$", "", _stem(word))


def _stems(text: str) -> frozenset[str]:
    """Of each word, and of each part of a word with hyphens."""
    found = _WORD.findall(text)
    return frozenset(_stem(part) for word in found for part in (word, *re.split(r"[-'’]", word)) if part)


def _is_among(stem: str, stems: frozenset[str]) -> bool:
    if stem in stems or any(_is_form_of(stem, other) for other in stems):
        return True
    if not _meanings().get(_root(stem), frozenset()).isdisjoint(_meant(stems)):
        return True
    # lawsuit, suit
    if len(stem) > _LONG and any(len(other) >= _PART and stem.endswith(other) for other in stems):
        return True
    return "-" in stem and all(_is_among(part, stems) or part in STOP for part in stem.split("-") if part)


@lru_cache(maxsize=64)
def _meant(stems: frozenset[str]) -> frozenset[int]:
    """The meanings of all words of a text."""
    return frozenset().union(*(_meanings().get(_root(stem), ()) for stem in stems))


@cache
def _meanings() -> dict[str, frozenset[int]]:
    """Word without its inflection → the numbers of its meanings."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    theirs = (resources() / "synonyms" / "en.synonyms").read_text(encoding="utf-8")
    for number, line in enumerate(f"{SAME_WORDS}\n{theirs}".splitlines()):
        for word in line.split():
            found[_root(word)].add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _is_form_of(first: str, second: str) -> bool:
    """Whether two words are forms of one: a common beginning, and endings of grammar behind it."""
    if first[:3] != second[:3]:
        return False
    length = next(
        (n for n, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    return (
        length >= max(3, 0.5 * max(len(first), len(second)))
        and first[length:] in ENDINGS
        and second[length:] in ENDINGS
    )


@cache
def _says_nothing(stem: str) -> bool:
    """Whether it is a form of a word that says nothing of its own."""
    return stem in STOP or stem in _stop_stems()


@cache
def _stop_stems() -> frozenset[str]:
    return frozenset(map(_stem, STOP))


def _content(text: str) -> list[str]:
    found = []
    for word in _WORD.findall(text):
        low = word.casefold()
        if len(low) > 1 and low not in STOP and low not in _FIGURES and not _NEGATION.fullmatch(low):
            found.append(word)
    return found


def _figures(text: str, *, with_one: bool = False) -> Iterator[str]:
    """Figures and number words; “one” is no figure, but holds the 1 of another text (``with_one``)."""
    for match in _FIGURE.finditer(text):
        yield _plain(match[0])
    for word in _WORD.findall(text):
        for part in word.casefold().split("-"):
            if part in _FIGURES and (with_one or part not in ("one", "single")):
                yield _FIGURES[part]


def _shares(text: str) -> Iterator[str]:
    """The figures that may be said instead of a fraction: 25 for a quarter, 6 for half a year."""
    for words, figure in _SHARES.items():
        if re.search(rf"\b{words}\b", text, re.IGNORECASE):
            yield figure


def _plain(figure: str) -> str:
    whole, _point, rest = figure.replace(",", "").partition(".")
    rest = rest.rstrip("0.")
    return (whole.lstrip("0") or "0") + (f".{rest}" if rest else "")


def _names(sentence: str) -> list[str]:
    """Words in capitals, and words with a capital that do not begin the sentence."""
    found = []
    for number, word in enumerate(_WORD.findall(sentence)):
        capitals = sum(character.isupper() for character in word)
        begins = number == 0
        is_name = capitals >= _CAPITALS or (capitals and not begins and word.casefold() not in STOP)
        # 26 °C
        if is_name and len(word) > 1:
            found.append(word)
    return found


def _opposites(sentence: str, evidence: str) -> list[str]:
    ours, theirs = ([w.casefold() for w in _WORD.findall(text)] for text in (sentence, evidence))
    mine, other = frozenset(ours), frozenset(theirs)
    found = []
    for word in mine & OPPOSITES.keys():
        if word in DIRECTIONS:
            if any(
                _leads(word, ours, target) and _is_led_by_opposite(word, theirs, target)
                for target in _targets(ours, word)
            ):
                found.append(word)
        elif not _is_among(_stem(word), frozenset(map(_stem, other))) and (OPPOSITES[word] & other) - mine:
            found.append(word)
    return found


def _other_doers(sentence: str, evidence: str) -> list[str]:
    """“Done by X” where the evidence says “done by Y”."""
    ours, theirs = _doers(sentence), _doers(evidence)
    return [
        who
        for deed, doers in ours.items()
        if deed in theirs
        for who in doers
        if not _is_among(who, frozenset(theirs[deed]))
    ]


def _doers(text: str) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for match in _DONE_BY.finditer(text.casefold()):
        found[_root(match[1])].add(_stem(match[2]))
    return found


def _widened(sentence: str, evidence: str) -> list[str]:
    """“All” where the evidence says “only” or “a few of them”; “several” where it says “exactly one”."""
    alls = {match[1].casefold() for match in _ALL_OF.finditer(sentence)}
    alls -= {match[1].casefold() for match in _ALL_OF.finditer(evidence)}
    return [match[1] for match in _SOME_OF.finditer(evidence) if match[1].casefold() in alls] + [
        wide[0]
        for wider, narrower in ((_EVERY, _ONLY), (_SEVERAL, _ONE))
        if (wide := wider.search(sentence)) and narrower.search(evidence) and not wider.search(evidence)
    ]


def _exchanged(sentence: str, evidence: str) -> list[str]:
    """Content words in the place of others, in a sentence that keeps to the evidence word for word around them."""
    ours, held = [_stem(word) for word in _WORD.findall(sentence)], _stems(evidence)
    found = []
    for part in _SENTENCE.split(evidence):
        theirs = [_stem(word) for word in _WORD.findall(part)]
        for mine, its in exchanged(ours, theirs):
            new = [word for word in mine if not _says_nothing(word) and not _NEGATION.fullmatch(word)]
            lost = [word for word in its if _says_something(word) and not _is_among(word, frozenset(ours))]
            if 0 < len(new) == len(lost) <= _MOST_EXCHANGED and not any(_is_among(word, held) for word in new):
                found += new
    return found


def _swapped(sentence: str, evidence: str) -> list[str]:
    """Two content words of which each stands in the place of the other."""
    ours = [_stem(word) for word in _WORD.findall(sentence)]
    parts = ([_stem(word) for word in _WORD.findall(part)] for part in _SENTENCE.split(evidence))
    found = [word for theirs in parts for word in swapped(ours, theirs) if not _says_nothing(word)]
    patients = _patients(evidence)
    return [word for word in found if _done_to(sentence, word).isdisjoint(patients.get(word, ()))]


def _patients(text: str) -> dict[str, set[str]]:
    """Word → the words before it, one of which may be what is done to it: “measure the potassium”."""
    words = [_stem(word) for word in _WORD.findall(text)]
    said = [word for word in words if word not in STOP]
    found: defaultdict[str, set[str]] = defaultdict(set)
    for before, word in pairwise(said):
        found[word].add(_root(before))
    return found


def _done_to(text: str, word: str) -> set[str]:
    """What is done to ``word`` in the passive: “potassium must be measured”."""
    found = set()
    for clause in _CLAUSE.split(text):
        passive = _PASSIVE.search(clause)
        said = [_stem(each) for each in _content(clause[: passive.start()])] if passive else []
        if passive and said and said[-1] == word:
            found.add(_root(passive[1]))
    return found


def _says_something(word: str) -> bool:
    return not _says_nothing(word) or word in LIGHT


def _targets(words: list[str], direction: str) -> set[str]:
    """The content words that follow a direction next."""
    found = set()
    for index, word in enumerate(words):
        if word == direction:
            following = next((w for w in words[index + 1 : index + 6] if w not in STOP), None)
            if following:
                found.add(_stem(following))
    return found


def _leads(direction: str, words: list[str], target: str) -> bool:
    return target in _targets(words, direction)


def _is_led_by_opposite(direction: str, words: list[str], target: str) -> bool:
    led = any(_is_among(target, frozenset(_targets(words, opposite))) for opposite in OPPOSITES[direction])
    return led and not _is_among(target, frozenset(_targets(words, direction)))


def _others(text: str, own: frozenset[str]) -> list[str]:
    return [word for word in _content(text) if not _is_among(_stem(word), own)]


def _denials(text: str, own: frozenset[str]) -> dict[str, list[bool]]:
    """Content word → whether a negation stands before it, each time."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for clause in _CLAUSE.split(text):
        negation = _NEGATION.search(clause)
        before, behind = (clause[: negation.start()], clause[negation.end() :]) if negation else (clause, "")
        is_no = negation is not None and negation[0].casefold() == "no"
        for word in _others(before, own):
            found[_root(word)].append(False)
        for number, word in enumerate(_others(behind, own)):
            # Of some nobody can tell: “without a new release”, “no compass works”.
            is_unclear = number == _SCOPE or (number < _SCOPE and is_no)
            found[_root(word)] += [True, False] if is_unclear else [number < _SCOPE]
    return found
