"""Whether the confidence of a definition keeps its word: confidence against the share that was right.

``python -m tests.bench.reliability [CORPUS…]`` builds glossaries of documentation sets that have a glossary of their
own and judges the definitions of the terms in both.  Right means, by the figures of ``score.py``: the definition holds
the first sentence of the authors' entry (70 % of its words in order) or has a ROUGE-L of at least 0.3 with it.  That
rule is strict: a good sentence in words of its own counts as wrong.

Tables: the textbook, which was not used to fit the confidence; the other sets, on which it was fitted; those again,
each with a confidence that an isotonic fit to the others gives; and how often clear definitions are right in each.
Reads ``../shared/quality`` and says so when it is not there.
"""

from __future__ import annotations

import json
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise
from pathlib import Path
from types import ModuleType

from genglossary_gui.core.compute.workers import Workers
from tests.bench.quality import QUALITY, _load_scorer, build, read_folder

_NOT_FITTED = "psychology-en"
_BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 1.01)
_HELD, _ALIKE = 0.7, 0.3
_CLEAR = 0.5

Judged = tuple[float, bool]


def main(names: list[str]) -> int:
    if not QUALITY.is_dir():
        print("no documentation sets beside this checkout: nothing to measure")
        return 0
    score = _load_scorer()
    corpora = QUALITY / "corpora"
    names = names or sorted(folder.name for folder in corpora.iterdir())
    sets: dict[str, list[Judged]] = {}
    workers = Workers(2)
    try:
        for name in names:
            sets[name] = list(_judged(corpora / name, workers, score))
    finally:
        workers.close()
    if _NOT_FITTED in sets:
        _print_table(f"{_NOT_FITTED}, not fitted", sets[_NOT_FITTED])
    fitted = {name: judged for name, judged in sets.items() if name != _NOT_FITTED}
    _print_table("the other sets, fitted", [row for judged in fitted.values() for row in judged])
    if len(fitted) > 1:
        _print_table("the other sets, each by a fit to the rest", list(_left_out(fitted)))
    _print_sets(sets)
    return 0


def _left_out(sets: dict[str, list[Judged]]) -> Iterator[Judged]:
    """Each definition with the confidence that the other sets would give it."""
    for name, judged in sets.items():
        steps = _isotonic([row for other, rows in sets.items() if other != name for row in rows])
        starts = [start for start, _share in steps]
        for confidence, right in judged:
            yield steps[max(0, bisect_right(starts, confidence) - 1)][1], right


def _isotonic(judged: Sequence[Judged]) -> list[tuple[float, float]]:
    """(from this confidence on, share that was right), rising: neighbours that violate the order are pooled."""
    pools: list[list[float]] = []
    for confidence, rows in groupby(sorted(judged), key=lambda row: row[0]):
        rights = [right for _confidence, right in rows]
        pools.append([confidence, sum(rights), len(rights)])
        while len(pools) > 1 and pools[-2][1] * pools[-1][2] >= pools[-1][1] * pools[-2][2]:
            _confidence, more, count = pools.pop()
            pools[-1][1] += more
            pools[-1][2] += count
    return [(start, share / count) for start, share, count in pools]


def _print_sets(sets: dict[str, list[Judged]]) -> None:
    print(f"\n| set | definitions | right | from {_CLEAR} on | right |\n|---|---|---|---|---|", flush=True)
    for name, judged in sets.items():
        clear = [right for confidence, right in judged if confidence >= _CLEAR]
        of_clear = f"{sum(clear) / len(clear):.2f}" if clear else "–"
        right = sum(right for _confidence, right in judged) / max(1, len(judged))
        print(f"| {name} | {len(judged)} | {right:.2f} | {len(clear)} | {of_clear} |", flush=True)


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
            print(f"| {low:.2f}–{min(high, 1):.2f}  | {len(rows):11} | {mean:15.2f} | {right:5.2f} |")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
