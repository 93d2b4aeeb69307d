"""The work on a real cluster: a scheduler and two worker processes on this machine."""

from __future__ import annotations

import gc
import json
import os
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.documents.loading import Loaded, load
from genglossary_gui.core.engines.base import Work
from genglossary_gui.core.engines.offline import OfflineEngine
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.text import DocumentText
from tests.support import PATIENCE

pytest.importorskip("distributed")

from genglossary_gui.core.compute import dask_workers
from genglossary_gui.core.compute.dask_workers import ClusterExecutor, DaskWorkers

# The library forgets about answers that come too late; Python says so whenever it finds one of them.
pytestmark = pytest.mark.expected_logs("exception was never retrieved")

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "resources" / "samples"


class Cluster:
    """A scheduler and two workers, each a process of its own, reachable from this machine only."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        self.workers: list[subprocess.Popen[bytes]] = []
        self.address = ""

    def start(self, folder: Path) -> None:
        file = folder / "scheduler.json"
        self._start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(file))
        while not (text := file.read_text(encoding="utf-8") if file.exists() else ""):
            assert self._processes[0].poll() is None
            os.sched_yield()
        self.address = json.loads(text)["address"]
        self.workers = [self._start("worker", self.address, "--nthreads", "2", "--no-nanny") for _number in range(2)]

    def _start(self, kind: str, *arguments: str) -> subprocess.Popen[bytes]:
        command = (sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *arguments)
        process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        self._processes.append(process)
        return process

    def stop(self) -> None:
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()


@pytest.fixture(scope="module")
def cluster(tmp_path_factory) -> Iterator[Cluster]:
    cluster = Cluster()
    try:
        cluster.start(tmp_path_factory.mktemp("cluster"))
        yield cluster
    finally:
        cluster.stop()
        gc.collect()  # or Python would find them in a later test


@pytest.fixture
def workers(cluster) -> Iterator[DaskWorkers]:
    with closing(DaskWorkers(cluster.address)) as workers:
        yield workers


@pytest.fixture(scope="module")
def texts() -> list[DocumentText]:
    loaded = [load(path, max_bytes=2**20) for path in sorted(SAMPLES.rglob("*.*")) if path.parent != SAMPLES]
    return [item.document for item in loaded if isinstance(item, Loaded)]


def double(number: int) -> int:
    return 2 * number


def fail(number: int) -> int:
    raise ValueError(number)


def announce_and_wait(folder: str) -> str:
    Path(folder, "begun").touch()
    while not Path(folder, "go").exists():
        os.sched_yield()
    return folder


def test_every_item_gets_its_result(workers):
    assert sorted(workers.map(double, range(50), CancelToken())) == [(n, 2 * n) for n in range(50)]


def test_an_exception_of_the_function_arrives(workers):
    with pytest.raises(ValueError, match="7"):
        workers.call(fail, 7, CancelToken())


def test_cancel_does_not_wait_for_the_cluster(workers, tmp_path):
    token, ended = CancelToken(), []

    def work() -> None:
        try:
            workers.call(announce_and_wait, str(tmp_path), token)
        except Cancelled:
            ended.append("cancelled")

    thread = threading.Thread(target=work)
    thread.start()
    while not (tmp_path / "begun").exists():
        os.sched_yield()
    token.request()
    thread.join(PATIENCE)
    assert ended == ["cancelled"]
    (tmp_path / "go").touch()


def test_nobody_answers(monkeypatch):
    monkeypatch.setattr(dask_workers, "_CONNECT_SECONDS", 1)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with closing(DaskWorkers(f"tcp://127.0.0.1:{port}")) as workers, pytest.raises(EngineError, match="scheduler at"):
        workers.call(double, 1, CancelToken())


class Answering(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n" * 10)


@pytest.mark.filterwarnings("error")
def test_somebody_else_answers():
    with socketserver.TCPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            address = f"tcp://127.0.0.1:{server.server_address[1]}"
            with closing(DaskWorkers(address)) as workers, pytest.raises(EngineError, match="scheduler at"):
                workers.call(double, 1, CancelToken())
            gc.collect()  # a client that was not closed would complain
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.filterwarnings("error")
def test_closing_does_not_wait_for_a_scheduler_that_is_silent():
    with socket.create_server(("127.0.0.1", 0)) as server:
        executor = ClusterExecutor(f"tcp://127.0.0.1:{server.getsockname()[1]}", lambda size: None)
        unit = executor.submit(double, 1)
        with server.accept()[0]:
            executor.shutdown()
    assert unit.cancelled()
    gc.collect()


def test_an_address_that_is_none():
    with closing(DaskWorkers("nonsense://here")) as workers, pytest.raises(EngineError, match="scheduler at"):
        workers.call(double, 1, CancelToken())


def test_a_worker_killed_in_the_middle_changes_nothing(cluster, texts, workers):
    documents = list(enumerate(texts * 4, 1))
    with closing(Workers(1)) as local:
        expected = outcome(local, documents, lambda: None)
    assert outcome(workers, documents, cluster.workers[0].kill) == expected
    assert cluster.workers[0].wait() != 0
    assert cluster.workers[1].poll() is None


def outcome(
    workers: Workers, documents: list[tuple[int, DocumentText]], in_the_middle: Callable[[], object]
) -> tuple[list[tuple[int, bytes]], list[object]]:
    """The bytes of every analysis, by document, and the terms; something happens after the first ones."""
    engine, work = OfflineEngine(workers), Work(CancelToken())
    analyses: list[tuple[int, bytes]] = []
    for analysis in engine.analyse(documents, "auto", work):
        if not analyses:
            in_the_middle()
        analyses.append(analysis)
    return sorted(analyses), list(engine.extract(analyses, work))
