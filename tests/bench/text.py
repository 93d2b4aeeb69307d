"""Reading and analysing text: how fast, compared with the bare libraries, and how much memory it takes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from multiprocessing import get_context
from pathlib import Path

import chardet
from markdown_it import MarkdownIt

from genglossary_gui.core import paths
from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.compute.serving import prepare_process
from genglossary_gui.core.documents.formats import format_of, read
from genglossary_gui.core.documents.loading import Loaded, load
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import DocumentText
from tests.bench.bare import beside
from tests.bench.measuring import median, resident_mb, temporary_home, timed
from tests.bench.projects import SUFFIXES, sample_files
from tests.bench.table import Row

_BYTES = 2_000_000
_REPEAT = 40
_TIMES = 3

_BARE: dict[str, tuple[str, Callable[[bytes, str], object]]] = {
    ".html": ("html.parser alone", lambda data, encoding: HTMLParser().feed(data.decode(encoding, "replace"))),
    ".md": ("markdown-it-py alone", lambda data, encoding: MarkdownIt().parse(data.decode(encoding, "replace"))),
    ".txt": ("chardet and decoding alone", lambda data, encoding: (chardet.detect(data), data.decode(encoding))),
}


def measure() -> list[Row]:
    with temporary_home() as folder:
        bare_mb = resident_mb()
        texts = _samples()
        one, two = Workers(1), Workers(2)
        try:
            _warm_up(two, texts)
            sample, own_mb, worker_mb = _whole_run(folder, two)
            _warm_up(one, texts)
            one_rate, two_rate = _analyse((one, two), texts)
        finally:
            one.close()
            two.close()
    (tokenize_rate, tokenizer_mb), *_others = _side_by_side(1)
    twice_rate = sum(rate for rate, _mb in _side_by_side(2))
    characters = sum(len(text.text) for text in _sample_texts())
    rows = [
        Row(
            what="analyse 2 MB of samples, 1 worker",
            figure=one_rate,
            unit="chars/s",
            baseline=tokenize_rate,
            against="our tokenizers alone, one process",
        ),
        Row(
            what="analyse 2 MB of samples, 2 workers",
            figure=two_rate,
            unit="chars/s",
            baseline=twice_rate,
            against="our tokenizers alone, two processes",
        ),
        Row(
            what=f"a full run over both samples ({characters:,} characters)",
            figure=sample,
            unit="s",
            baseline=characters / tokenize_rate,
            against="our tokenizers alone, one process",
        ),
    ]
    for processes, name in ((1, "one process"), (2, "two processes")):
        rows += beside([text for _number, text in texts], processes).rows(f"2 MB of samples, piece by piece, {name}")
    if own_mb and worker_mb and bare_mb and tokenizer_mb:
        rows += [
            Row(
                what="memory of a worker process after it",
                figure=worker_mb,
                unit="MB",
                baseline=tokenizer_mb,
                against="our tokenizers alone",
            ),
            Row(
                what="memory of the starting process after it",
                figure=own_mb,
                unit="MB",
                baseline=bare_mb,
                against="before it",
            ),
        ]
    return rows + [_loading(suffix) for suffix in SUFFIXES]


def _sample_texts() -> list[DocumentText]:
    loaded = [load(path, max_bytes=1 << 26) for path in sample_files()]
    return [item.document for item in loaded if isinstance(item, Loaded)]


def _samples() -> list[tuple[int, DocumentText]]:
    """The samples again and again, until they make two megabytes."""
    texts = _sample_texts()
    size = sum(len(text.text.encode()) for text in texts)
    return list(enumerate(texts * -(-_BYTES // size), 1))


def _warm_up(workers: Workers, texts: list[tuple[int, DocumentText]]) -> None:
    """Start the processes and have them load their dictionaries."""
    list(OfflineEngine(workers).analyse(texts[: len(texts) // 4], "auto", Work(CancelToken())))


def _analyse(pools: Sequence[Workers], texts: list[tuple[int, DocumentText]]) -> list[float]:
    """Characters a second for each pool, in turn: the medians of a few times."""
    characters = sum(len(text.text) for _number, text in texts)
    seconds: list[list[float]] = [[] for _pool in pools]
    for _time in range(_TIMES):
        for taken, workers in zip(seconds, pools, strict=True):
            engine = OfflineEngine(workers)
            taken.append(timed(lambda engine=engine: list(engine.analyse(texts, "auto", Work(CancelToken()))))[0])
    return [characters / median(taken) for taken in seconds]


def _side_by_side(processes: int) -> list[tuple[float, float | None]]:
    """What ``_tokenize_only`` says in each of so many processes that work at the same time."""
    with get_context("spawn").Pool(processes) as pool:
        return pool.map(_tokenize_only, range(processes), chunksize=1)


def _tokenize_only(_number: int) -> tuple[float, float | None]:
    """Characters a second and memory, in a process that does nothing else, prepared as ours are."""
    prepare_process()
    texts = _samples()
    for _number, text in texts[: len(texts) // 4]:
        tokenize(text, "auto")
    characters = sum(len(text.text) for _number, text in texts)
    seconds = [timed(lambda: [tokenize(text, "auto") for _number, text in texts])[0] for _time in range(_TIMES)]
    return characters / median(seconds), resident_mb()


def _whole_run(folder: Path, workers: Workers) -> tuple[float, float | None, float | None]:
    """Seconds (the median), memory of this process and of a worker process afterwards."""
    seconds: list[float] = []
    for number in range(_TIMES):
        project = folder / f"{number}.genglossary"
        create_project(project, [paths.resources() / "samples" / language for language in ("en", "ja")])
        taken, row = timed(
            lambda project=project: run_to_end(project, Scope.FULL, settings=RunSettings(), workers=workers)
        )
        assert row.status is RunStatus.COMPLETED, row.error
        seconds.append(taken)
    worker = workers.call(_process_id, 0, CancelToken())
    return median(seconds), resident_mb(), resident_mb(worker)


def _process_id(_item: int) -> int:
    return os.getpid()


def _loading(suffix: str) -> Row:
    """MB/s of one format; each sample forty times over in one document, as manuals are."""
    contents = [path.read_bytes() * _REPEAT for path in sample_files() if path.suffix == suffix]
    contents = contents * -(-_BYTES // sum(map(len, contents)))
    megabytes = sum(map(len, contents)) / 1e6
    form = format_of(f"document{suffix}")
    name, parse = _BARE[suffix]
    texts = [(data, read(form, data)[1]) for data in contents]
    ours, _texts = timed(lambda: [read(form, data) for data in contents])
    bare, _none = timed(lambda: [parse(data, encoding) for data, encoding in texts])
    return Row(
        what=f"read {form.name}, {megabytes:.1f} MB",
        figure=megabytes / ours,
        unit="MB/s",
        baseline=megabytes / bare,
        against=name,
    )
