"""Counts in how many manuals a phrase occurs: ``python scripts/background.py MANUALS`` writes resources/background.

MANUALS holds ``<language>/<subject>/<manual>/`` with documents of any format that the app reads, and
``sources.tsv``: language, subject, manual, package, version, licence.  Only manuals go in whose licence lets
anybody ship counts made from them; NOTICE.md lists them.  Equal manuals give equal files.
"""

from __future__ import annotations

import hashlib
import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from genglossary_gui.core.documents.loading import Loaded, load  # noqa: E402
from genglossary_gui.core.terms.background import Common, pack  # noqa: E402
from genglossary_gui.core.terms.candidates import noun_runs  # noqa: E402
from genglossary_gui.core.terms.tokenize import tokenize  # noqa: E402
from genglossary_gui.core.text import BlockKind, DocumentText  # noqa: E402

OUTPUT = ROOT / "resources" / "background"
_CHARACTERS = 1_000_000
"""At most so much of one manual is read, of documents all over it."""
_MOST_BYTES = 4 * 2**20
_LONGEST = {"en": 4, "ja": 5}
"""Words."""
_MANUALS = {"en": 3, "ja": 2}
"""A phrase of fewer manuals is left out."""
_LEAST_CHARACTERS = 800
"""Of sentences in its language: what has less is no manual."""


_CHECKED = (
    "Licences that were read in the project's own repository: cmake (`Copyright.txt`, BSD-3-Clause), pandas",
    "(`LICENSE`, BSD-3-Clause), zsh (`LICENCE`, a permission of the MIT kind).  KiCad's documentation is under",
    "GPL-3.0-or-later or, as one likes, CC-BY-3.0-or-later (`LICENSE.adoc` of kicad-doc) and is used under the",
    "latter.  The other rows state what the packages say.",
)


@dataclass(frozen=True, slots=True)
class _Manual:
    language: str
    subject: str
    folder: Path


def main(manuals: Path) -> None:
    OUTPUT.mkdir(parents=True, exist_ok=True)
    used: set[tuple[str, str, str]] = set()
    for language in ("en", "ja"):
        phrases, names = _table(sorted(_manuals(manuals, language), key=lambda manual: manual.folder))
        used |= names
        data = pack(phrases)
        (OUTPUT / f"{language}.phrases").write_bytes(data)
        print(f"{language}: {len(names)} manuals, {len(phrases)} phrases, {len(data)} bytes")
    (OUTPUT / "NOTICE.md").write_text(_notice(manuals / "sources.tsv", used), encoding="utf-8")


def _manuals(root: Path, language: str) -> Iterator[_Manual]:
    for folder in (root / language).glob("*/*"):
        yield _Manual(language, folder.parent.name, folder)


def _table(manuals: list[_Manual]) -> tuple[dict[str, Common], set[tuple[str, str, str]]]:
    """Phrase → how common it is; and the manuals that were long enough to be counted."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    rates: defaultdict[str, float] = defaultdict(float)
    counted: list[_Manual] = []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for manual, counts in zip(manuals, pool.map(_count, manuals), strict=True):
            total = counts.total()
            counted += [manual] if total else []
            for phrase, count in counts.items():
                found[phrase][manual.subject] += 1
                rates[phrase] += math.log2(1 + count / total * 1e6)
    sizes = Counter(manual.subject for manual in counted)
    whole = sum(math.sqrt(size) for size in sizes.values())
    least = _MANUALS[manuals[0].language] if manuals else 0
    phrases = {
        phrase: Common(sum(map(math.sqrt, subjects.values())) / whole, 2 ** (rates[phrase] / len(counted)) - 1)
        for phrase, subjects in found.items()
        if subjects.total() >= least and len(subjects) > 1
    }
    return phrases, {(manual.language, manual.subject, manual.folder.name) for manual in counted}


def _count(manual: _Manual) -> Counter[str]:
    """How often each phrase stands in a manual; nothing of one that is too short."""
    counts: Counter[str] = Counter()
    length = 0
    for text in _documents(manual.folder):
        for sentence in tokenize(text, manual.language):
            if sentence.language != manual.language or text.blocks[sentence.block].kind is BlockKind.CODE:
                continue
            length += sentence.end - sentence.start
            for run in noun_runs(text.text, sentence):
                counts.update(part.key for part in run.parts if len(part.words) <= _LONGEST[manual.language])
    return counts if length >= _LEAST_CHARACTERS else Counter()


def _documents(folder: Path) -> Iterator[DocumentText]:
    """Documents of a manual in an order that mixes its chapters, until there is enough of it."""
    length = 0
    for path in sorted(folder.iterdir(), key=lambda path: hashlib.blake2b(path.name.encode()).digest()):
        loaded = load(path, max_bytes=_MOST_BYTES)
        if isinstance(loaded, Loaded):
            yield loaded.document
            length += len(loaded.document.text)
        if length >= _CHARACTERS:
            return


def _notice(sources: Path, used: Iterable[tuple[str, str, str]]) -> str:
    rows = (line.split("\t") for line in sources.read_text(encoding="utf-8").splitlines())
    by_name: Mapping[tuple[str, ...], list[str]] = {tuple(row[:3]): row for row in rows}
    lines = [
        "# Phrases common in manuals",
        "",
        "`en.phrases` and `ja.phrases` tell of noun phrases in how many of these manuals they occur and how often,",
        "and hold no other text of them.  `scripts/background.py` made them.  We thank the authors.",
        "",
        *_CHECKED,
        "",
        "| language | subject | manual | package | version | licence |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(by_name[name])} |" for name in sorted(used)),
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
