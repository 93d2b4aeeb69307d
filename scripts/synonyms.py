"""Makes resources/synonyms of WordNet: ``python scripts/synonyms.py FOLDER`` (Debian: ``/usr/share/wordnet``).

A line of ``en.synonyms`` is one meaning: common words that can stand for each other, as WordNet has them.  Only the
first meanings of a word count, so that “hold” does not become “admit”.  ``NOTICE.md`` with the licence lies beside it.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from wordfreq import zipf_frequency

OUTPUT = Path(__file__).resolve().parents[1] / "resources" / "synonyms"
_MEANINGS = {"noun": 3, "verb": 6, "adj": 3, "adv": 3}
"""So many meanings of a word are looked at; verbs have many that are close to each other."""
_LEAST_FREQUENCY = 3.0
"""Zipf: once in a million words."""


def main(folder: Path) -> None:
    groups: set[str] = set()
    for kind, most in _MEANINGS.items():
        meanings: defaultdict[str, list[str]] = defaultdict(list)
        for word, places in _index(folder / f"index.{kind}"):
            if word.isalpha() and word.islower() and zipf_frequency(word, "en") >= _LEAST_FREQUENCY:
                for place in places[:most]:
                    meanings[place].append(word)
        groups |= {" ".join(sorted(words)) for words in meanings.values() if len(words) > 1}
    (OUTPUT / "en.synonyms").write_text("\n".join(sorted(groups)) + "\n", encoding="utf-8")


def _index(file: Path) -> Iterator[tuple[str, list[str]]]:
    """Word and where its meanings are described, the usual ones first; see wndb(5WN)."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.startswith(" "):
            word, _kind, meanings, *rest = line.split()
            yield word, rest[-int(meanings) :]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
