import os
import signal
import threading
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import EngineError
from tests.support import PATIENCE


def double(number: int) -> int:
    return 2 * number


def wait_for_file(path: str) -> str:
    while not Path(path).exists():
        os.sched_yield()
    return path


def fail(number: int) -> int:
    raise ValueError(number)


def die_once(marker: str) -> str:
    path = Path(marker)
    if not path.exists():
        path.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "alive"


def die(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def process_id(number: int) -> int:
    return os.getpid()


@pytest.fixture(scope="module")
def workers():
    workers = Workers(2)
    yield workers
    workers.close()


def test_every_item_gets_its_result(workers):
    assert sorted(workers.map(double, range(50), CancelToken())) == [(n, 2 * n) for n in range(50)]


def test_work_happens_in_another_process(workers):
    assert workers.call(process_id, 0, CancelToken()) != os.getpid()


def test_items_are_read_only_as_far_as_needed(workers):
    read = []

    def items():
        for number in range(1_000):
            read.append(number)
            yield number

    results = workers.map(double, items(), CancelToken())
    next(results)
    assert len(read) <= 3 * 2 * workers.count
    results.close()


def test_an_exception_of_the_function_arrives(workers):
    with pytest.raises(ValueError, match="7"):
        list(workers.map(fail, [7], CancelToken()))


def test_cancel_wakes_the_wait_for_a_busy_worker(workers, tmp_path):
    token, marker, ended = CancelToken(), tmp_path / "marker", []

    def work():
        try:
            list(workers.map(wait_for_file, [str(marker)], token, tick=busy.set))
        except Cancelled:
            ended.append("cancelled")

    busy = threading.Event()
    thread = threading.Thread(target=work)
    thread.start()
    assert busy.wait(PATIENCE)
    token.request()
    thread.join(PATIENCE)
    assert ended == ["cancelled"]
    marker.touch()


def test_a_killed_worker_costs_nothing(tmp_path):
    workers = Workers(1)
    try:
        assert workers.call(die_once, str(tmp_path / "marker"), CancelToken()) == "alive"
    finally:
        workers.close()


def test_a_unit_that_always_kills_its_worker_is_an_error():
    workers = Workers(1)
    try:
        with pytest.raises(EngineError, match="three times"):
            workers.call(die, 1, CancelToken())
    finally:
        workers.close()


def test_a_closed_pool_comes_back_when_needed(workers):
    workers.close()
    assert workers.call(double, 4, CancelToken()) == 8


def test_a_pool_changes_its_size_in_the_middle_of_the_work():
    workers = Workers(1)
    try:
        results = workers.map(double, range(20), CancelToken())
        first = next(results)
        workers.resize(2)
        assert sorted([first, *results]) == [(n, 2 * n) for n in range(20)]
    finally:
        workers.close()
