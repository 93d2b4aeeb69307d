"""How the cost of text grows with its size: one long document and many short ones, processes, memory, a rescan.

``GENGLOSSARY_BENCH_MB`` gives the sizes in MB of text, by default ``1 4``; the table of ``docs/scale.md`` was made with
``1 4 16 64``.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.compute.serving import prepare_process
from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText
from tests.bench.bare import beside
from tests.bench.measuring import resident_mb, temporary_home, timed
from tests.bench.projects import sample_files
from tests.bench.table import Row

_SIZES = tuple(float(size) for size in os.environ.get("GENGLOSSARY_BENCH_MB", "1 4").split())
_PROCESSES = 2
_SHORT = 8_000
"""Characters of a short document."""
_NEW_WORDS = 0.03
_SYLLABLES = ("ka", "mo", "ri", "ten", "do", "lus", "ver", "pan", "te", "so", "bri", "gal")


def measure() -> list[Row]:
    rows: list[Row] = []
    costs: dict[float, float] = {}
    with temporary_home() as folder:
        for size in _SIZES:
            long = _markdown(size)
            short = _cut(long)
            rows += _analysis(size, long, short, costs)
            rows += beside([_read(text) for text in short], _PROCESSES).rows(f"{size:g} MB, {_PROCESSES} processes")
            rows += _runs(folder / f"{size:g}", size, short)
            if size != _SIZES[0]:
                rows.append(
                    Row(
                        what=f"analyse one document of {size:g} MB: cost of a megabyte",
                        figure=costs[size],
                        unit="s/MB",
                        baseline=costs[_SIZES[0]],
                        against=f"the same of {_SIZES[0]:g} MB",
                    )
                )
    return rows


def _markdown(megabytes: float) -> str:
    """The English and Japanese samples again and again, with new words among the old ones as texts have them."""
    source = [path.read_text(encoding="utf-8") for path in sample_files() if path.suffix == ".md"]
    random_words = random.Random(7)
    parts: list[str] = []
    size = 0
    while size < megabytes * 1e6:
        text = source[len(parts) % len(source)]
        lines = [_varied(line, random_words) for line in text.split("\n")]
        parts.append("\n".join(lines))
        size += len(parts[-1].encode())
    return "\n\n".join(parts)


def _varied(line: str, source: random.Random) -> str:
    words = line.split(" ")
    for index, word in enumerate(words):
        if word.isascii() and word.isalpha() and source.random() < _NEW_WORDS:
            words[index] = "".join(source.choices(_SYLLABLES, k=source.randint(2, 4)))
    return " ".join(words)


def _cut(text: str) -> list[str]:
    """Short documents of whole sections."""
    parts: list[str] = []
    for section in text.split("\n\n#"):
        if parts and len(parts[-1]) < _SHORT:
            parts[-1] += f"\n\n#{section}"
        else:
            parts.append(f"#{section}")
    return parts


def _read(text: str) -> DocumentText:
    return read(format_of("a.md"), text.encode())[0]


@dataclass(frozen=True)
class _Used:
    """What processes have used: seconds of processor time together, MB at the peak of the largest."""

    seconds: float
    megabytes: float


def _analysis(size: float, long: str, short: Sequence[str], costs: dict[float, float]) -> list[Row]:
    """Rates by processor time: what else happens on the machine changes them little."""
    whole, cut = _read(long), [_read(text) for text in short]
    with get_context("spawn").Pool(_PROCESSES) as pool:
        bare = pool.map(_tokenize, (cut[number::_PROCESSES] for number in range(_PROCESSES)), chunksize=1)
    rate = sum(len(text.text) for text in cut) / sum(one.seconds for one in bare)
    most = max(one.megabytes for one in bare)
    rows: list[Row] = []
    for name, documents in (("one document", [whole]), (f"{len(cut):,} documents", cut)):
        with closing(Workers(_PROCESSES)) as workers:
            engine, work = OfflineEngine(workers), Work(CancelToken())
            list(engine.analyse(enumerate(cut[:20]), "auto", work))  # load the dictionaries
            before, own = _used(workers), time.process_time()
            analyses = list(engine.analyse(enumerate(documents), "auto", work))
            own, after = time.process_time() - own, _used(workers)
            seconds = own + after.seconds - before.seconds
            elapsed, _terms = timed(lambda e=engine, a=analyses, w=work: e.extract(a, w))
        rows += [
            Row(
                what=f"analyse {size:g} MB in {name}, {_PROCESSES} workers, processor time",
                figure=len(whole.text) / seconds,
                unit="chars/s",
                baseline=rate,
                against=f"our tokenizers alone, {_PROCESSES} processes",
            ),
            Row(
                what="… of this in the starting process",
                figure=own / size,
                unit="s/MB",
                baseline=seconds / size,
                against="all of it",
            ),
            Row(
                what="… peak memory of a worker process",
                figure=after.megabytes,
                unit="MB",
                baseline=most,
                against="our tokenizers alone",
            ),
            Row(what="… rank all candidates", figure=elapsed / size, unit="s/MB"),
        ]
        payload = sum(len(data) for _content, data in analyses) / 1e6
        rows.append(Row(what="… the analyses", figure=payload, unit="MB", baseline=size, against="the text"))
        costs.setdefault(size, seconds / size)
    return rows


def _tokenize(texts: Sequence[DocumentText]) -> _Used:
    """Runs in a process that does nothing else, prepared as ours are."""
    prepare_process()
    for text in texts[:10]:
        tokenize(text, "auto")
    before = time.process_time()
    for text in texts:
        tokenize(text, "auto")
    return _Used(time.process_time() - before, _peak_mb())


def _peak_mb() -> float:
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _use(_item: int) -> tuple[int, float, float]:
    return os.getpid(), time.process_time(), _peak_mb()


def _used(workers: Workers) -> _Used:
    """Of all processes of an idle pool."""
    found: dict[int, tuple[float, float]] = {}
    while len(found) < _PROCESSES:
        for _item, (process, seconds, peak) in workers.map(_use, range(8), CancelToken()):
            found[process] = seconds, peak
    return _Used(sum(seconds for seconds, _peak in found.values()), max(peak for _seconds, peak in found.values()))


def _runs(folder: Path, size: float, texts: Sequence[str]) -> list[Row]:
    """A run over new files, the same again, and the memory of the process that holds the window."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for number, text in enumerate(texts):
        (documents / f"{number}.md").write_text(text, encoding="utf-8")
    project = folder / "scale.genglossary"
    create_project(project, [documents])
    before = resident_mb() or 0.0
    with closing(Workers(_PROCESSES)) as workers:

        def run() -> None:
            row = run_to_end(project, Scope.EXTRACT, settings=RunSettings(), workers=workers)
            assert row.status is RunStatus.COMPLETED, row.error

        first, _none = timed(run)
        second, _none = timed(run)
    return [
        Row(what=f"extract run, {size:g} MB in {len(texts):,} files", figure=first / size, unit="s/MB"),
        Row(what="… the same again, nothing changed", figure=second, unit="s", baseline=first, against="the first run"),
        Row(
            what="… memory of the starting process, with its texts",
            figure=resident_mb() or 0.0,
            unit="MB",
            baseline=before,
            against="before it",
        ),
    ]
