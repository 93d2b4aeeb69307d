"""Makes resources/synonyms: ``python scripts/synonyms.py FOLDER`` (of WordNet; Debian: ``/usr/share/wordnet``).

A line of ``*.synonyms`` is one meaning: common words that can stand for each other, as WordNet and SudachiDict have
them.  Only the first meanings of a word count, so that “hold” does not become “admit”.  A line of ``en.related`` is one
word, then the words of its root and those of its meanings, then behind a ``/`` what it is a kind of.  ``NOTICE.md``
with the licence lies beside them.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import sudachipy
from wordfreq import get_frequency_dict, zipf_frequency

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "synonyms"
_MEANINGS = {"noun": 3, "verb": 6, "adj": 3, "adv": 3}
"""So many meanings of a word are looked at; verbs have many that are close to each other."""
_LEAST_FREQUENCY = 3.0
"""Zipf: once in a million words."""


_RELATED_MEANINGS = 4
_KINDS_UP = 2
"""A lid is a top, a top is a covering: so many steps from a word to what it is a kind of."""
_LETTERS = {"noun": "n", "verb": "v", "adj": "a", "adv": "r"}
_ROOT, _SIMILAR, _KINDS = ("+", "\\"), "&", ("@", "@i")
"""Marks of WordNet."""
_LEAST_JAPANESE = 2.3
"""Zipf, too."""
_MOST_JAPANESE = 2
"""A word of more meanings than this can stand for too much."""
_JAPANESE = re.compile(r"[々〆ヶ㐀-鿿]+[ぁ-ん]*|[ァ-ヺー]{2,}")


def main(folder: Path) -> None:
    english(folder)
    related(folder)
    japanese()


def english(folder: Path) -> None:
    groups: set[str] = set()
    for kind, most in _MEANINGS.items():
        meanings: defaultdict[str, list[str]] = defaultdict(list)
        for word, places in _index(folder / f"index.{kind}"):
            if word.isalpha() and word.islower() and zipf_frequency(word, "en") >= _LEAST_FREQUENCY:
                for place in places[:most]:
                    meanings[place].append(word)
        groups |= {" ".join(sorted(words)) for words in meanings.values() if len(words) > 1}
    _write("en", groups)


@dataclass(frozen=True)
class _Meaning:
    words: list[str]
    pointers: list[tuple[str, str, int, int]]
    """Mark, the other meaning, and the word there and here that it is about; 0: all of them."""


def related(folder: Path) -> None:
    """Common English words with those of the same root, those of the same meaning, and their kinds."""
    meanings: dict[str, _Meaning] = {}
    places: defaultdict[str, list[str]] = defaultdict(list)
    for kind in _MEANINGS:
        for line in (folder / f"data.{kind}").read_text(encoding="utf-8").splitlines():
            if not line.startswith(" "):
                place, meaning = _meaning(line)
                meanings[_LETTERS[kind] + place] = meaning
        for word, found in _index(folder / f"index.{kind}"):
            if word.isalpha() and word.islower() and zipf_frequency(word, "en") >= _LEAST_FREQUENCY:
                places[word] += [_LETTERS[kind] + place for place in found[:_RELATED_MEANINGS]]
    known = frozenset(places)
    lines = []
    for word, own in sorted(places.items()):
        close = {other for place in own for other in _close(word, meanings[place], meanings)} & known - {word}
        kinds = {other for place in own for other in _kinds(place, meanings)} & known - {word} - close
        if close or kinds:
            lines.append(" ".join([word, *sorted(close), *(["/", *sorted(kinds)] if kinds else [])]))
    (OUTPUT / "en.related").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _meaning(line: str) -> tuple[str, _Meaning]:
    place, _file, _kind, count, *rest = line.split(" | ")[0].split()
    size = 2 * int(count, 16)
    words = [re.sub(r"\(.*\)", "", word).lower() for word in rest[:size:2]]
    marks = rest[size + 1 : size + 1 + 4 * int(rest[size])]
    pointers = [
        (mark, letter.replace("s", "a") + other, int(ends[2:], 16), int(ends[:2], 16))
        for mark, other, letter, ends in zip(marks[::4], marks[1::4], marks[2::4], marks[3::4], strict=True)
    ]
    return place, _Meaning(words, pointers)


def _close(word: str, meaning: _Meaning, meanings: dict[str, _Meaning]) -> Iterator[str]:
    yield from meaning.words
    for mark, other, its, ours in meaning.pointers:
        words = meanings[other].words
        if mark in _ROOT and (not ours or meaning.words[ours - 1] == word):
            yield words[max(0, its - 1)]


def _kinds(place: str, meanings: dict[str, _Meaning]) -> Iterator[str]:
    """Also what an adjective is similar to."""
    above = [place]
    for _step in range(_KINDS_UP):
        above = [other for each in above for mark, other, *_ends in meanings[each].pointers if mark in _KINDS]
        for each in above:
            yield from meanings[each].words
    for mark, other, *_ends in meanings[place].pointers:
        if mark == _SIMILAR:
            yield from meanings[other].words


def japanese() -> None:
    """Common words that SudachiDict counts as synonyms: those that it has in one group."""
    tokenizer = sudachipy.Dictionary(dict="core").tokenizer()
    groups: defaultdict[int, set[str]] = defaultdict(set)
    for word, frequency in get_frequency_dict("ja").items():
        if not _JAPANESE.fullmatch(word) or math.log10(frequency) + 9 < _LEAST_JAPANESE:
            continue
        parts = tokenizer.tokenize(word)
        base = parts[0].dictionary_form()
        if len(parts) == 1 and _JAPANESE.fullmatch(base) and len(ids := parts[0].synonym_group_ids()) <= _MOST_JAPANESE:
            for number in ids:
                groups[number].add(base)
    _write("ja", {" ".join(sorted(words)) for words in groups.values() if len(words) > 1})


def _write(language: str, groups: set[str]) -> None:
    (OUTPUT / f"{language}.synonyms").write_text("\n".join(sorted(groups)) + "\n", encoding="utf-8")


def _index(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Word and where its meanings are described, the usual ones first; see wndb(5WN)."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            word, _kind, meanings, *rest = line.split()
            yield word, rest[-int(meanings) :]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
