"""Words of a language other than Japanese and English, by statistics: no grammar, but short and sane candidates.

How common a word is in the language tells what can be no term and where a phrase ends; articles and capitals (German)
tell where one begins.  Of a language without a list only the length of its words tells.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from genglossary_gui.core.keys import JAPANESE
from genglossary_gui.core.text import Pos, Token, new_token

UNKNOWN, CHINESE, GERMAN = "und", "zh", "de"
_LITTLE_WORDS = {
    "de": "der die das und nicht ist ein eine einen mit von zu auf für sich dem werden wird auch oder bei",
    "fr": "le la les des et est une dans que pour qui sur pas du au avec ce sont vous",
    "es": "el los las y del con por para se es como más una que en al lo su",
    "it": "di che è della non per sono gli nel alla il una con si da più del",
    "pt": "não um uma os da dos em ao são para com que se do na mais",
    "nl": "het een van niet zijn voor met wordt de en dat te op aan ook",
    "sv": "och att det är som för på med ett av inte den till kan",
    "da": "og at det er som for på med et af ikke den til kan på der",
    "nb": "og at det er som for på med et av ikke den til kan på der",
    "pl": "nie się jest że na z w do i to jak dla przez oraz",
    "cs": "je se na že to v a pro s jako jsou nebo které",
    "fi": "ja on ei se että tai voi voit kun jos kuin mutta ovat",
    "hu": "a az és hogy nem egy is van vagy ha de meg",
    "ro": "și de la în cu nu o un pe care din este pentru",
    "tr": "ve bir bu için ile olarak da de olan çok daha",
    "ru": "и в не на что с по как это для из от или чтобы если при",
    "uk": "і та що з як це для або від щоб якщо",
}
_LITTLE = {code: frozenset(words.split()) for code, words in _LITTLE_WORDS.items()}
_SAMPLE = 20_000
"""Characters that tell which language it is."""
_ARTICLES = {
    "fr": "le la les l un une des du au aux d ce cet cette ces son sa ses votre vos notre nos leur leurs chaque",
    "es": "el la los las un una unos unas del al este esta estos estas su sus cada",
    "it": "il lo la i gli le l un uno una del dello della dei degli delle dell al allo alla ai agli alle all nel nello "
    "nella nei negli nelle nell sul sulla sui sulle dal dalla dai dalle questo questa questi queste ogni",
    "pt": "o a os as um uma uns umas do da dos das ao aos no na nos nas pelo pela este esta seu sua cada",
}
_ARTICLE = {code: frozenset(words.split()) for code, words in _ARTICLES.items()}
"""Of languages whose phrases begin with their noun: only behind one of these a phrase begins."""
_CONNECTORS = {
    "fr": frozenset(["de", "d", "à"]),
    "es": frozenset(["de"]),
    "it": frozenset(["di", "da"]),
    "pt": frozenset(["de"]),
}
_CLOSED = 400
"""So many of the commonest words of a language end a phrase; in Chinese fewer, whose words are its phrases."""
_CLOSED_CHINESE = 150
_SHORTEST = 4
"""Letters of a word that counts, where there is no list."""
_LETTERS = r"[^\W\d_](?:[\w\u0300-\u036f]|[-·](?=[^\W\d_]))*"
_WORD = re.compile(rf"(?P<clitic>[^\W\d_]{{1,5}}['’](?=[^\W\d_]))|(?P<word>{_LETTERS})|(?P<number>\d[\w.,:%]*)|\S")
_VERB = re.compile("(?:[йи]те|тесь|ться|[еуюя]тся)$|(?<=[가-힣]{2})[다요면고며서의를을은는에로과와]$")
"""What no noun looks like: what Russian asks to do, and what Korean adds to a noun or a verb."""
_HAN = re.compile(f"[{JAPANESE}]+")
_LONGEST_HAN = 6


class _Words(NamedTuple):
    """Of one language: how common each word is (share of general text), and the commonest of them."""

    shares: dict[str, float]
    closed: frozenset[str]


def other_language(text: str) -> str:
    """The code of the language of ``text``, which is neither Japanese nor English; ``und`` where nothing tells."""
    sample = text[:_SAMPLE].lower()
    words = re.findall(r"[^\W\d_]+", sample)
    if _HAN.search(sample) and sum(map(len, _HAN.findall(sample))) * 4 > sum(map(len, words)):
        return CHINESE
    counts = [(sum(map(little.__contains__, words)), code) for code, little in _LITTLE.items()]
    count, code = max(counts)
    return code if count * 20 > len(words) else UNKNOWN


def begins_with_noun(language: str) -> bool:
    """Whether phrases begin with their noun: “système de fichiers distant”."""
    return language in _ARTICLE


def tokenize_other(text: str, start: int, end: int, language: str) -> tuple[Token, ...]:
    """The words of ``text[start:end]``: what can stand in a term is a noun, ``PREFIX`` joins two of them."""
    words = _known(language)
    if language == CHINESE:
        return tuple(_chinese(text, start, end, words))
    tokens = list(_tokens(text, start, end, language, words))
    if language in _ARTICLE:
        _keep_introduced(text, tokens, _ARTICLE[language])
    return tuple(tokens)


def _tokens(text: str, start: int, end: int, language: str, words: _Words) -> Iterator[Token]:
    connectors, first = _CONNECTORS.get(language, frozenset[str]()), True
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        lower = word.lower().rstrip("'’")
        kind = match.lastgroup
        if lower in connectors:
            pos = Pos.PREFIX
        elif kind == "word":
            pos = _pos(word, lower, first, language, words)
        else:
            pos = Pos.NUMBER if kind == "number" else Pos.PARTICLE if kind == "clitic" else Pos.SYMBOL
        first = first and kind is None
        yield new_token(Token, (match.start(), match.end(), lower, pos))


def _pos(word: str, lower: str, first: bool, language: str, words: _Words) -> Pos:
    if len(word) > 1 and word.isupper():
        return Pos.NOUN
    if lower in words.closed or (not words.shares and len(word) < _shortest(word)):
        return Pos.PARTICLE
    if _VERB.search(lower):
        return Pos.VERB
    if language == GERMAN and (first or word[0].islower()):
        # “Klicken Sie …”: what a capital at the beginning says is unknown.
        return Pos.OTHER
    return Pos.NOUN


def _shortest(word: str) -> int:
    """Syllables count for two letters."""
    return _SHORTEST if word.lower() != word.upper() else _SHORTEST // 2


def _keep_introduced(text: str, tokens: list[Token], articles: frozenset[str]) -> None:
    """Nouns stand behind an article or have a capital inside a sentence; what else looks like them are verbs."""
    inside = False
    for index, token in enumerate(tokens):
        if token.pos is not Pos.NOUN and token.pos is not Pos.PREFIX:
            inside = False
            continue
        if not inside:
            has_capital = index > 0 and text[token.start].isupper()
            is_behind = index > 0 and tokens[index - 1].lemma in articles
            inside = token.pos is Pos.NOUN and (has_capital or is_behind)
        if not inside:
            tokens[index] = token._replace(pos=Pos.OTHER)


def _chinese(text: str, start: int, end: int, words: _Words) -> Iterator[Token]:
    at = start
    while at < end:
        run = _HAN.match(text, at, end)
        if run is not None:
            yield from _cut(text, at, run.end(), words)
            at = run.end()
            continue
        match = _WORD.match(text, at, end)
        if match is None:
            at += 1
            continue
        stop = match.end()
        han = _HAN.search(text, at, stop)
        stop = han.start() if han is not None else stop
        is_name = match.lastgroup == "word"
        yield new_token(Token, (at, stop, text[at:stop], Pos.NOUN if is_name else Pos.SYMBOL))
        at = stop


def _cut(text: str, start: int, end: int, words: _Words) -> Iterator[Token]:
    """The words whose shares multiply to the most."""
    shares, length = words.shares, end - start
    best: list[tuple[float, int]] = [(0.0, 0)] * (length + 1)
    for at in range(length - 1, -1, -1):
        ways = [
            (_weight(shares, text[start + at : start + at + size]) + best[at + size][0], size)
            for size in range(1, min(_LONGEST_HAN, length - at) + 1)
        ]
        best[at] = max(ways)
    at = 0
    while at < length:
        size = best[at][1]
        word = text[start + at : start + at + size]
        pos = Pos.PARTICLE if word in words.closed else Pos.NOUN
        yield new_token(Token, (start + at, start + at + size, word, pos))
        at += size


def _weight(shares: dict[str, float], word: str) -> float:
    share = shares.get(word)
    if share is not None:
        return share
    return -20.0 if len(word) == 1 else -100.0


@lru_cache(maxsize=4)
def _known(language: str) -> _Words:
    """In Chinese the logarithm of each share."""
    shares = shares_of(language)
    ordered = sorted(shares, key=lambda word: (-shares[word], word))
    if language == CHINESE:
        from math import log

        return _Words({word: log(share) for word, share in shares.items()}, frozenset(ordered[:_CLOSED_CHINESE]))
    return _Words(shares, frozenset(ordered[:_CLOSED]))


def shares_of(language: str) -> dict[str, float]:
    """How common the words of a language are (share of general text); empty where there is no list."""
    from wordfreq import get_frequency_dict  # only where such text is read

    try:
        return dict(get_frequency_dict(language, wordlist="small"))
    except LookupError:
        return {}
