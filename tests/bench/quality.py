"""How good the glossaries are, over documentation sets whose own glossary is known: one table.

``python -m tests.bench.quality [--save] [CORPUS…]`` reads ``../shared/quality`` and says so when it is not there.
Below each row stands what differs from the last committed table (``quality.json``); ``--save`` makes this one the last.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import TypeVar

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.documents.loading import Loaded, load
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine
from genglossary_gui.core.glossary import DefinitionDraft, TermDraft
from genglossary_gui.core.text import DocumentText

T = TypeVar("T")

QUALITY = Path(__file__).parents[3] / "shared" / "quality"
_LAST = Path(__file__).with_name("quality.json")
_MEASURED = 11
"""So many columns are the same on every machine; the others are times."""
_MOST_BYTES = 64 * 2**20
_HEADER = (
    "corpus",
    "AP",
    "P@50",
    "P@100",
    "R@200",
    "R@500",
    "terms",
    "sugg",
    "P@sugg",
    "cover",
    "ROUGE-L",
    "held",
    "load s",
    "s",
    "kchar/s",
)
_FORMATS = dict.fromkeys(_HEADER, ".1f") | dict.fromkeys(("terms", "sugg", "kchar/s"), ".0f")


def read_folder(folder: Path) -> list[tuple[int, DocumentText]]:
    """The documents of a folder, numbered by the order of their names."""
    loaded = [load(path, max_bytes=_MOST_BYTES) for path in sorted(folder.rglob("*")) if path.is_file()]
    texts = [item.document for item in loaded if isinstance(item, Loaded)]
    return list(enumerate(texts, 1))


def build(
    documents: list[tuple[int, DocumentText]], workers: Workers
) -> tuple[list[TermDraft], dict[str, DefinitionDraft]]:
    """Terms and definitions of the documents by the offline engine."""
    engine, work = OfflineEngine(workers), Work(CancelToken())
    terms = engine.extract(engine.analyse(documents, "auto", work), work)
    return terms, dict(engine.define(terms, work))


def main(names: list[str]) -> int:
    if not QUALITY.is_dir():
        print("no documentation sets beside this checkout: nothing to measure")
        return 0
    score = _load_scorer()
    corpora = QUALITY / "corpora"
    names, is_kept = [name for name in names if name != "--save"], "--save" in names
    names = names or sorted(folder.name for folder in corpora.iterdir())
    last: dict[str, list[float]] = json.loads(_LAST.read_text(encoding="utf-8")) if _LAST.exists() else {}
    rows: dict[str, list[float]] = {}
    print("  ".join(f"{title:>7}" for title in _HEADER).replace("corpus", "corpus       ", 1))
    workers = Workers(2)
    try:
        for name in names:
            rows[name] = _measure(corpora / name, workers, score)
            print(_line(name, rows[name]), flush=True)
            if name in last:
                print(_changes(last[name], rows[name]), flush=True)
    finally:
        workers.close()
    if is_kept:
        kept = {name: [round(value, 4) for value in row[:_MEASURED]] for name, row in rows.items()}
        _LAST.write_text(json.dumps({**last, **kept}, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


def _line(name: str, row: Sequence[float]) -> str:
    return f"{name:15}" + "  ".join(
        f"{value:7{_FORMATS[column]}}" for column, value in zip(_HEADER[1:], row, strict=True)
    )


def _changes(before: Sequence[float], row: Sequence[float]) -> str:
    """Blank where nothing differs from the last table."""
    differences = [now - then for then, now in zip(before, row[:_MEASURED], strict=True)]
    cells = (
        f"{difference:+7{_FORMATS[column]}}" if abs(difference) >= 0.05 else " " * 7
        for column, difference in zip(_HEADER[1:], differences, strict=False)
    )
    return " " * 15 + "  ".join(cells)


def _measure(folder: Path, workers: Workers, score: ModuleType) -> list[float]:
    load_seconds, documents = _timed(lambda: read_folder(folder / "docs"))
    seconds, (terms, definitions) = _timed(lambda: build(documents, workers))
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["terms"]
    suggested = sum(term.suggested for term in terms)
    cut = max(1, suggested)
    result = score.score_glossary(gold, list(_items(terms, definitions)), cuts=(50, 100, 200, 500, cut))
    at, defined = result["at"], result["definitions"]
    characters = sum(len(text.text) for _number, text in documents)
    shares = [result["ap"], at[50]["p"], at[100]["p"], at[200]["r"], at[500]["r"]]
    of_suggested = [at[cut]["p"], defined["coverage"], defined["rougeL_covered"], defined["held_covered"]]
    return [
        *(100 * share for share in shares),
        len(terms),
        suggested,
        *(100 * share for share in of_suggested),
        load_seconds,
        seconds,
        characters / seconds / 1000,
    ]


def _items(terms: list[TermDraft], definitions: dict[str, DefinitionDraft]) -> Iterator[dict[str, object]]:
    for term in terms:
        yield {
            "term": term.term,
            "aliases": [variant.surface for variant in term.variants],
            "score": term.score,
            "definition": definitions[term.key].text,
        }


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def _load_scorer() -> ModuleType:
    sys.path.insert(0, str(QUALITY))
    spec = importlib.util.spec_from_file_location("score", QUALITY / "score.py")
    if spec is None or spec.loader is None:
        raise ImportError("score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
