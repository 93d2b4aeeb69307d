"""Whether the confidence of a definition keeps its word: confidence against the share that was right.

``python -m tests.bench.reliability [CORPUS…]`` builds glossaries of documentation sets that have a glossary of their
own and judges the definitions of the terms in both.  Right means, by the figures of ``score.py``: the definition holds
the first sentence of the authors' entry (70 % of its words in order) or has a ROUGE-L of at least 0.3 with it.  That
rule is strict: a good sentence in words of its own counts as wrong.  The textbook was not used to fit the confidence
and is a table of its own.  Reads ``../shared/quality`` and says so when it is not there.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType

from genglossary_gui.core.compute.workers import Workers
from tests.bench.quality import QUALITY, _load_scorer, build, read_folder

_NOT_FITTED = "psychology-en"
_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 1.0)
_HELD, _ALIKE = 0.7, 0.3

Judged = tuple[float, bool]


def main(names: list[str]) -> int:
    if not QUALITY.is_dir():
        print("no documentation sets beside this checkout: nothing to measure")
        return 0
    score = _load_scorer()
    corpora = QUALITY / "corpora"
    names = names or sorted(folder.name for folder in corpora.iterdir())
    fitted: list[Judged] = []
    workers = Workers(2)
    try:
        for name in names:
            judged = list(_judged(corpora / name, workers, score))
            if name == _NOT_FITTED:
                _print_table(name, judged)
            else:
                fitted += judged
    finally:
        workers.close()
    _print_table("the other documentation sets", fitted)
    return 0


def _judged(folder: Path, workers: Workers, score: ModuleType) -> Iterator[Judged]:
    """(confidence, whether right) of each definition whose term the authors define too."""
    terms, definitions = build(read_folder(folder / "docs"), workers)
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["terms"]
    items = [
        {"term": term.term, "aliases": [variant.surface for variant in term.variants], "key": term.key}
        for term in terms
    ]
    for index, item in score.match_ranked(gold, items):
        reference = "" if index is None else gold[index].get("short")
        draft = definitions[item["key"]]
        if reference and draft.text:
            yield draft.confidence, _is_right(draft.text, reference, score)


def _is_right(text: str, reference: str, score: ModuleType) -> bool:
    wanted = score.overlap_tokens(score.sentences(reference)[0])
    held = score.lcs(score.overlap_tokens(text), wanted) >= _HELD * len(wanted)
    return held or score.rouge_l(text, reference) >= _ALIKE


def _print_table(title: str, judged: list[Judged]) -> None:
    print(f"\n{title}: {len(judged)} definitions\n| confidence | definitions | mean confidence | right |", flush=True)
    print("|------------|-------------|-----------------|-------|")
    for low, high in pairwise(_BINS):
        rows = [row for row in judged if low <= row[0] < high]
        if rows:
            mean = sum(confidence for confidence, _right in rows) / len(rows)
            right = sum(is_right for _confidence, is_right in rows) / len(rows)
            print(f"| {low:.2f}–{high:.2f}  | {len(rows):11} | {mean:15.2f} | {right:5.2f} |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
