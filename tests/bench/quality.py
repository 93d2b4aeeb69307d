"""How good the glossaries are, over documentation sets whose own glossary is known: one table.

``python -m tests.bench.quality [CORPUS…]`` reads ``../shared/quality`` and says so when it is not there.
"""

from __future__ import annotations

import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator
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
    names = names or sorted(folder.name for folder in corpora.iterdir())
    print("  ".join(f"{title:>7}" for title in _HEADER).replace("corpus", "corpus       ", 1))
    workers = Workers(2)
    try:
        for name in names:
            print(_row(name, corpora / name, workers, score), flush=True)
    finally:
        workers.close()
    return 0


def _row(name: str, folder: Path, workers: Workers, score: ModuleType) -> str:
    load_seconds, documents = _timed(lambda: read_folder(folder / "docs"))
    seconds, (terms, definitions) = _timed(lambda: build(documents, workers))
    gold = json.loads((folder / "gold.json").read_text(encoding="utf-8"))["terms"]
    items = list(_items(terms, definitions))
    suggested = sum(term.suggested for term in terms)
    result = score.score_glossary(gold, items, cuts=(50, 100, 200, 500, max(1, suggested)))
    at, defined = result["at"], result["definitions"]
    characters = sum(len(text.text) for _number, text in documents)
    shares = [
        result["ap"], at[50]["p"], at[100]["p"], at[200]["r"], at[500]["r"],
    ]  # fmt: skip
    tail = [
        at[max(1, suggested)]["p"],
        defined["coverage"],
        defined["rougeL_covered"],
        defined["held_covered"],
    ]
    cells = [
        *(f"{100 * share:7.1f}" for share in shares),
        f"{len(terms):7}",
        f"{suggested:7}",
        *(f"{100 * share:7.1f}" for share in tail),
        f"{load_seconds:7.1f}",
        f"{seconds:7.1f}",
        f"{characters / seconds / 1000:7.0f}",
    ]
    return f"{name:15}" + "  ".join(cells)


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
