"""What speaks for and against a candidate, each as one number."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from genglossary_gui.core.keys import term_key
from genglossary_gui.core.terms.abbreviations import is_short_form
from genglossary_gui.core.terms.analysis import Count
from genglossary_gui.core.terms.background import Common, background
from genglossary_gui.core.terms.candidates import MAX_WORDS
from genglossary_gui.core.terms.compounds import (
    compounds,
    explained_share,
    longer_phrases,
    marks_terms,
    project_name,
    word_frequencies,
)
from genglossary_gui.core.terms.merge import Candidate, Collection
from genglossary_gui.core.terms.other import shares_of
from genglossary_gui.core.terms.stopwords import (
    ENGLISH_ATTRIBUTES,
    ENGLISH_CONTROLS,
    ENGLISH_NAMERS,
    ENGLISH_OPENERS,
    JAPANESE_ADJECTIVES,
    JAPANESE_CONTROLS,
    JAPANESE_NAMERS,
    JAPANESE_STORED,
)

_UNSEEN = 1e-8
"""Share of general text given to a word that the frequency list does not hold."""
_SENTENCES = ("copula", "called", "refers", "apposition", "opener", "function")
_NAMING = ("called", "refers")
"""What says “is called X” or “X refers to …”: hardly anything else is put so."""
_FEW_SECTIONS = 3
"""A heading of more sections than this is one of the outline: “Example”, “See also”."""
_USUAL = 2.5
"""The 300 commonest phrases of manuals (10 to the power of this) are usual."""
_EVERYWHERE, _MANY, _OFTEN, _KNOWN = 50, 350, 1000, 3000
"""Places among the commonest phrases of manuals."""
_FAR_MORE = 1.4
"""A contrast: 25 times as frequent as in the mean of manuals."""
_MUCH_MORE = 2.0
"""… a hundred times."""
_MOSTLY_TEXT = 0.2
"""Share of code below which a foreign word is no name of the program."""
_MOSTLY_FOREIGN = 0.5
_EVERYDAY = 1e-4
"""Share of general language: some thousand words have it."""
_EVERYDAY_KANJI = 1e-6
"""… of a word in one kanji, which may as well be a part of another one."""
_CLEARLY = 0.8
"""Weight of a passage that defines beyond doubt."""
_NESTED, _PARTIAL = 0.9, 1 / 3
"""Share of occurrences inside longer phrases, or ``fragment``, from which a candidate is a part of those."""
_MOSTLY_CAPITALS = 0.6
_HINTED = 0.4
"""Weight of a passage that tells at least something."""
_BARELY = 0.2
"""Weight below which a passage tells next to nothing."""
_BARE = re.compile(r"[a-z][a-z0-9]|[a-z]\d{1,3}")
_TWO_KANJI = re.compile("[一-鿿]{1,2}")
_SHORTEST_STEM = 3
_MOST_DIGITS = 3
_NUMBERED = re.compile(r"([a-z]{3,})-?\d")
_DOER = re.compile(r"\w{3,}(?:er|or|ist)")
_CONSTANT = re.compile(r"[A-Z]{6,}s?|[A-Z][A-Za-z]*[a-z](?:Error|Exception)")
"""Abbreviations are shorter than what programs and protocols write in capitals."""
_SHORTEST_SHOUT, _HEARD = 5, 1e-6
"""Letters; share of general language from which a word in capitals is that word, and no abbreviation."""
_COMMON = 1e-5
"""Share of general language: some ten thousand words have it."""
_DAILY = 3e-5
"""Share of general language: five thousand words have it."""
_DOUBT = 3
"""Occurrences added to those that a share is taken of: one of one is no proof."""
_MIXED, _JAPANESE = 0.4, 0.8
"""Share of Japanese from which English words are foreign to a project; … from which they are wholly so."""


class Features:
    """Computes the features of the candidates of one collection."""

    def __init__(self, collection: Collection) -> None:
        candidates = collection.candidates.values()
        self._words = word_frequencies(candidates)
        self._total = max(1, sum(self._words.values()))
        self._occurrences = max(1, sum(candidate.frequency for candidate in candidates))
        self._longer = longer_phrases(candidates)
        self._ends, self._begins = compounds(candidates)
        self._abbreviated = collection.abbreviated
        self._project = project_name(candidates)
        self._explained = explained_share(candidates)
        self._marks_terms = marks_terms(candidates)
        self._contrasts: dict[str, float] = {}
        for candidate in candidates:  # Several may be one word (spellings): the highest, whatever their order.
            if len(candidate.words) == 1:
                word, contrast = candidate.words[0], self._contrast(candidate)
                self._contrasts[word] = max(self._contrasts.get(word, contrast), contrast)
        japanese = sum(candidate.frequency for candidate in candidates if candidate.language == "ja")
        share = japanese / self._occurrences
        self._japanese = max(0.0, min(1.0, (share - _MIXED) / (_JAPANESE - _MIXED)))

    def of(self, candidate: Candidate) -> dict[str, float]:
        """Name → value; most lie between 0 and 3.

        C-value after Frantzi et al. 2000 (with ``length + 1``, so that single words count), weirdness after Ahmad
        et al. 1999, numbers of compounds after Nakagawa 2000, recurrence after Katz 1996 (with paragraphs for
        documents: how text lies in files must not matter).
        """
        counts, frequency = candidate.counts, max(1, candidate.frequency)
        defined = candidate.defined
        common = common_in_manuals(candidate)
        usual = max(0.0, _USUAL - math.log10(common.place))
        capitals, fragment = _capitals(candidate), self._fragment(candidate)
        best_definition = max((highest for _total, highest in defined.values()), default=0.0)
        running = sum(count[0] for count in candidate.surfaces.values())
        heads, words = counts[Count.HEAD] + _DOUBT, candidate.words

        def share(name: Count) -> float:
            return counts[name] / frequency

        return {
            "c_value": self._c_value(candidate),
            "contrast": self._contrast(candidate),
            "contrast_head": self._contrasts.get(candidate.words[-1], 0.0) if len(candidate.words) > 1 else 0.0,
            "weirdness": self._weirdness(candidate),
            "usual": usual,
            "usual_word": max(0.0, _USUAL + 1 - math.log10(common.place)) if len(candidate.words) == 1 else 0.0,
            "recurring": math.log2(frequency / max(1, counts[Count.PARAGRAPH])),
            "ends_compounds": math.log10(1 + self._ends[candidate.words]),
            "begins_compounds": math.log10(1 + self._begins[candidate.words]),
            "defined": float(bool(defined)),
            "best_definition": best_definition,
            "defined_in_sentence": math.log1p(sum(defined[rule][0] for rule in _SENTENCES if rule in defined)),
            "named": max((defined[rule][1] for rule in _NAMING if rule in defined), default=0.0),
            "term": math.log10(1 + counts[Count.TERM]),
            "whole_heading": float(counts[Count.WHOLE_HEADING] > 0),
            "repeated_heading": math.log10(max(1.0, counts[Count.WHOLE_HEADING] / _FEW_SECTIONS)),
            "marked": float(counts[Count.MARKED] > 0),
            "marked_undefined": min(1.0, share(Count.MARKED)) * (1 - best_definition),
            "running": min(1.0, running / frequency),
            "capitals": capitals,
            "acronym": float(_is_acronym(candidate) and not _is_numbered(candidate.key)),
            "nested": share(Count.NESTED),
            "fragment": fragment,
            "part": float(not defined and (share(Count.NESTED) >= _NESTED or fragment > _PARTIAL)),
            "code": share(Count.CODE),
            "verbal": share(Count.VERBAL),
            "one_character": float(len(candidate.key) == 1),
            "generic_opener": _generic_opener(words),
            "foreign": self._foreign(candidate) if capitals < 0.5 or _is_written_small(candidate) else 0.0,
            "control": float(_is_control(candidate)),
            "titled": self._titled(candidate, capitals),
            "bare_acronym": float(best_definition < _HINTED and self._is_bare(candidate)),
            "called": math.log1p(defined["called"][0]) if "called" in defined else 0.0,
            "explains": self._explains(candidate),
            "quoted": math.log10(1 + counts[Count.QUOTED]),
            "one_of_many": counts[Count.INDEFINITE] / heads,
            "proper_name": self._proper_name(candidate, capitals),
            "of_project": float(len(words) > 1 and words[0] == self._project),
            "done": counts[Count.DONE] / heads,
            "joined": counts[Count.JOINED] / heads,
            "numbered": float(_is_numbered(candidate.key)),
            "attribute": float(len(words) > 1 and words[-1] in ENGLISH_ATTRIBUTES),
            "short": float(_TWO_KANJI.fullmatch(candidate.key) is not None),
            "apposed": float(_is_apposed(candidate)),
            "shouted": float(best_definition < _HINTED and self._is_shouted(candidate)),
            "in_no_sentence": float(not running and not defined and not _begins_sentences(candidate)),
            "doer": float(_is_doer(candidate)),
            "everyday": float(best_definition < _HINTED and _is_daily(candidate)),
            "constant": float(best_definition < _HINTED and self._is_constant(candidate)),
            "introduced": self._marks_terms if counts[Count.MARKED] else 0.0,
            "participle": float(len(words) == 1 and _is_participle(words[0])),
        }

    def _contrast(self, candidate: Candidate) -> float:
        """How much more frequent it is here than in the mean of manuals, in powers of ten."""
        here = candidate.frequency / self._occurrences * 1e6
        return min(4.0, max(-1.0, math.log10((here + 1) / (common_in_manuals(candidate).rate + 1))))

    def _foreign(self, candidate: Candidate) -> float:
        """0–1: whether it is an English word of a Japanese sentence, or of what a Japanese project left in English."""
        if not candidate.key.isascii():
            return 0.0
        return 1.0 if candidate.language == "ja" else self._japanese

    def _titled(self, candidate: Candidate, capitals: float) -> float:
        """0–1: whether English text writes a phrase with capitals, as names of commands, windows and products."""
        if len(candidate.words) < 2 or capitals <= _MOSTLY_CAPITALS or candidate.language != "en":
            return 0.0
        return 1.0 - self._japanese

    def _explains(self, candidate: Candidate) -> float:
        """How much more often it stands in the definitions of other terms than by chance, in powers of ten."""
        if candidate.language == "ja":
            return 0.0
        expected = self._explained * candidate.frequency
        return math.log10((1 + candidate.counts[Count.EXPLAINS]) / (1 + expected))

    def _proper_name(self, candidate: Candidate, capitals: float) -> float:
        """0–1: whether it is a word with a capital and no article: the name of a program, a person, a place."""
        if len(candidate.words) > 1 or candidate.language == "ja" or _is_acronym(candidate):
            return 0.0
        frequency = candidate.frequency
        return capitals * (frequency - candidate.counts[Count.DETERMINED]) / (frequency + _DOUBT)

    def _is_bare(self, candidate: Candidate) -> bool:
        """Whether it is a short form that nothing spells out, of two characters or the name of a cell or a key."""
        return candidate.key not in self._abbreviated and _BARE.fullmatch(candidate.key) is not None

    def _is_shouted(self, candidate: Candidate) -> bool:
        """Whether it is a word of general language in capitals that stands for nothing longer: “WARRANTY”."""
        key = candidate.key
        if len(key) < _SHORTEST_SHOUT or key in self._abbreviated or not _is_acronym(candidate):
            return False
        return general_share(key, "en") > _HEARD

    def _is_constant(self, candidate: Candidate) -> bool:
        """Whether all of running text writes it as programs write constants and errors: “INSTCMD”, “DriverError”."""
        running = [surface for surface, count in candidate.surfaces.items() if count[0]]
        return bool(running) and candidate.key not in self._abbreviated and all(map(_CONSTANT.fullmatch, running))

    def _c_value(self, candidate: Candidate) -> float:
        longer = self._longer.get(candidate.words)
        frequency = float(candidate.frequency)
        if longer is not None:
            frequency -= longer[0] / longer[1]
        return math.log10(1 + max(0.0, math.log2(1 + len(candidate.words)) * frequency))

    def _fragment(self, candidate: Candidate) -> float:
        """0–1: how nearly all occurrences stand in one and the same longer phrase."""
        longer = self._longer.get(candidate.words)
        return 0.0 if longer is None else max(0.0, min(1.0, 2 * longer[2] / max(1, candidate.frequency) - 1))

    def _weirdness(self, candidate: Candidate) -> float:
        """How much more frequent its words are here than in general language: the mean of powers of ten."""
        shares = [
            math.log10(self._words.get(word, 1) / self._total / general_share(word, candidate.language))
            for word in candidate.words
        ]
        return sum(min(4.0, max(-2.0, ratio)) for ratio in shares) / max(1, len(shares))


def is_general(candidate: Candidate, values: Mapping[str, float]) -> bool:
    """Whether it is a word that any text or manual has, and nothing here tells that it means more: “water”, “option”.

    ``values`` are its features.  What tells: a clear definition (for the very commonest words one in a sentence), or
    that it is far more frequent here than elsewhere.  For rarer ones any definition, bold print or own heading does,
    and for all bold print in documents that set in bold what they teach.
    """
    if len(candidate.words) != 1 or values["capitals"] >= 0.5 or values["introduced"] >= 0.5:
        return False
    place = common_in_manuals(candidate).place
    weights = [top for rule, (_sum, top) in candidate.defined.items() if place > _EVERYWHERE or rule in _SENTENCES]
    if values["foreign"] > _MOSTLY_FOREIGN and place <= _KNOWN and values["code"] < _MOSTLY_TEXT:
        return True
    if max(weights, default=0.0) >= _CLEARLY:
        return False
    if place <= _EVERYWHERE:
        return True
    if values["contrast"] >= _FAR_MORE:
        return _is_everyday(candidate, values) or (
            values["contrast"] < _MUCH_MORE and _is_barely_told(candidate, values)
        )
    if place > _OFTEN and general_share(candidate.words[0], candidate.language) < _EVERYDAY:
        return False
    return place <= _MANY or not (candidate.defined or values["marked"] or values["whole_heading"])


def _is_everyday(candidate: Candidate, values: Mapping[str, float]) -> bool:
    """Whether it is a word in kanji that everybody uses and nothing says what it means here: 夜, 言葉.  Such words are
    rare in manuals, so that a story is full of what seems special."""
    if candidate.language != "ja" or not _TWO_KANJI.fullmatch(candidate.key):
        return False
    if values["best_definition"] >= _HINTED or values["marked"] or values["whole_heading"]:
        return False
    least = _EVERYDAY_KANJI if len(candidate.key) == 1 else 2 * _EVERYDAY
    return general_share(candidate.key, "ja") >= least


def _is_barely_told(candidate: Candidate, values: Mapping[str, float]) -> bool:
    """Whether it is an everyday word of English that has no section and hardly a sentence of its own: “increase”."""
    told = values["contrast"] >= _MUCH_MORE or values["best_definition"] >= _BARELY or values["whole_heading"]
    return not told and _is_daily(candidate)


def common_in_manuals(candidate: Candidate) -> Common:
    """What the background knows of a candidate; Latin words of Japanese text are looked up as English too."""
    found = background(candidate.language).of(candidate.key)
    if candidate.language == "ja" and candidate.key.isascii():
        found = min(found, background("en").of(candidate.key), key=lambda common: common.place)
    return found


def _capitals(candidate: Candidate) -> float:
    """The share of its occurrences in running text that hold a capital letter."""
    if candidate.language not in MAX_WORDS:
        return 0.0  # of a language that we know little of, capitals say nothing
    running = [(surface, count[0]) for surface, count in candidate.surfaces.items() if count[0]]
    total = sum(count for _surface, count in running)
    return sum(count for surface, count in running if surface != surface.lower()) / total if total else 0.0


def _begins_sentences(candidate: Candidate) -> bool:
    """Whether it stands in running text of Japanese, where a beginning (“elsewhere”) is as good a place as any."""
    return candidate.language == "ja" and candidate.counts[Count.HEAD] > 0


def _is_numbered(key: str) -> bool:
    """“item1”, “host2”: the first or second of what an example has."""
    found = _NUMBERED.fullmatch(key)
    return found is not None and general_share(found[1], "en") >= _COMMON


def _is_written_small(candidate: Candidate) -> bool:
    """Whether a phrase of several words is also written without capitals: it is no name then."""
    running = (surface for surface, count in candidate.surfaces.items() if count[0])
    return len(candidate.words) > 1 and any(surface == surface.lower() for surface in running)


def _is_participle(word: str) -> bool:
    """“instrumented”, taken for a noun: it is what remains of a longer phrase."""
    stems = (word[:-2], word[:-1]) if word.isascii() and word.endswith("ed") else ()
    return any(len(stem) > _SHORTEST_STEM and general_share(stem, "en") > _UNSEEN for stem in stems)


def _generic_opener(words: tuple[str, ...]) -> float:
    """Whether it begins with a word that says how, not what; Japanese writes such words of terms hardly ever (2)."""
    if not words or words[0] in ENGLISH_OPENERS:
        return float(bool(words))
    return 2.0 if len(words) > 1 and words[0] in JAPANESE_ADJECTIVES else 0.0


def _is_apposed(candidate: Candidate) -> bool:
    """Whether it is a kind of thing beside the name of one that no other text knows: “task defclass”, “dh コマンド”."""
    words = candidate.words
    if len(words) != 2:
        return False
    if words[0] in ENGLISH_NAMERS:
        return _is_unknown(words[1])
    if words[1] not in JAPANESE_NAMERS or not (words[0].isascii() and words[0].islower()):
        return False
    return words[1] in JAPANESE_STORED or _is_unknown(words[0])


def _is_unknown(word: str) -> bool:
    return general_share(word, "en") <= _UNSEEN and not background("en").of(word).spread


def _is_control(candidate: Candidate) -> bool:
    """Whether it names a part of a window: “layer dialog”, “save button”, “tab”."""
    return candidate.words[-1] in ENGLISH_CONTROLS or (
        len(candidate.words) > 1 and candidate.words[-1].endswith(JAPANESE_CONTROLS)
    )


def _is_doer(candidate: Candidate) -> bool:
    """Whether it is named after what it does: “sampler”, “vendor”.  That says most of it already."""
    return candidate.language == "en" and _DOER.fullmatch(candidate.words[-1]) is not None


def _is_daily(candidate: Candidate) -> bool:
    """Whether it is one of the English words that everybody uses: “rate”, “company”."""
    return len(candidate.words) == 1 and candidate.language == "en" and general_share(candidate.key, "en") > _DAILY


def _is_acronym(candidate: Candidate) -> bool:
    """Mostly written in capitals: a heading in capitals alone makes no acronym, nor does a number (“MEC0003”)."""
    if len(candidate.words) != 1 or sum(map(str.isdigit, candidate.key)) > _MOST_DIGITS:
        return False
    running = {
        surface: count[0]
        for surface, count in candidate.surfaces.items()
        if count[0] and term_key(surface) == candidate.key
    }
    brief = sum(count for surface, count in running.items() if is_short_form(surface) and surface[:2].isupper())
    return 2 * brief > sum(running.values())


@lru_cache(maxsize=100_000)
def general_share(word: str, language: str) -> float:
    """The share of ``word`` (a key) among the words of general language; at least 1e-8."""
    table = _table(language)
    if word in table:
        return max(_UNSEEN, table[word])
    parts = word.replace("-", " ").split()
    return max(_UNSEEN, min((table.get(part, _UNSEEN) for part in parts), default=_UNSEEN))


@cache
def _table(language: str) -> dict[str, float]:
    """Share of general text by key: the words of the list fold as terms do."""
    table: dict[str, float] = {}
    for word, frequency in shares_of(language).items():  # a tenth of a second and 60 MB: only where terms are ranked
        key = term_key.__wrapped__(word)
        table[key] = table.get(key, 0.0) + frequency
    return table
