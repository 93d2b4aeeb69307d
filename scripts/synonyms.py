"""Makes resources/synonyms: ``python scripts/synonyms.py FOLDER`` (of WordNet; Debian: ``/usr/share/wordnet``).

A line is one meaning: common words that can stand for each other, as WordNet and SudachiDict have them.  Only the
first meanings of a word count, so that “hold” does not become “admit”.  ``NOTICE.md`` with the licence lies beside it.
"""

from __future__ import annotations

import math
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sudachipy
from wordfreq import get_frequency_dict, zipf_frequency

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "synonyms"
_MEANINGS = {"noun": 3, "verb": 6, "adj": 3, "adv": 3}
"""So many meanings of a word are looked at; verbs have many that are close to each other."""
_LEAST_FREQUENCY = 3.0
"""Zipf: once in a million words."""


_LEAST_JAPANESE = 2.3
"""Zipf, too."""
_MOST_JAPANESE = 2
"""A word of more meanings than this can stand for too much."""
_JAPANESE = re.compile(r"[々〆ヶ㐀-鿿]+[ぁ-ん]*|[ァ-ヺー]{2,}")


def main(folder: Path) -> None:
    english(folder)
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
