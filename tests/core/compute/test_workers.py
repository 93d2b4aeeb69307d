import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled, CancelToken
from genglossary_gui.core.compute import Workers, pool
from genglossary_gui.core.compute.pool import Limits
from genglossary_gui.core.compute.workers import Stopped
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


class Unfit(Exception):
    """An exception that cannot travel as it is."""

    def __init__(self, number: int, more: str) -> None:
        super().__init__(number)


def raise_unfit(number: int) -> int:
    raise Unfit(number, "")


def misbehave(way: str) -> str:
    if way == "hang":
        while True:
            os.sched_yield()
    if way == "eat":
        return str(len(bytearray(1 << 40)))
    if way == "nibble":
        eaten = []
        while True:
            eaten.append(bytearray(1 << 20))
    if way == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    return way


def stop_and_tell(path: str) -> str:
    """Writes the number of its process to a file, then hangs."""
    Path(path).with_suffix(".part").write_text(str(os.getpid()), encoding="ascii")
    Path(path).with_suffix(".part").rename(path)
    return misbehave("hang")


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def a_second(way: str) -> Limits:
    return Limits(1.0 if way == "hang" else 60.0, 256)


def within(workers: Workers, ways: list[str]) -> list[tuple[str, str | Stopped]]:
    return sorted(workers.map_within(a_second, misbehave, ways, CancelToken()))


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


@pytest.mark.parametrize(("before", "after"), [(1, 2), (3, 1)])
def test_a_pool_changes_its_size_in_the_middle_of_the_work(before, after):
    workers = Workers(before)
    try:
        results = workers.map(double, range(20), CancelToken())
        first = next(results)
        workers.resize(after)
        assert sorted([first, *results]) == [(n, 2 * n) for n in range(20)]
    finally:
        workers.close()


def test_an_exception_that_cannot_travel_still_arrives(workers):
    with pytest.raises(RuntimeError, match="Unfit"):
        workers.call(raise_unfit, 3, CancelToken())


def test_an_exception_tells_where_it_happened(workers):
    with pytest.raises(ValueError, match="7") as caught:
        workers.call(fail, 7, CancelToken())
    assert "in fail" in caught.value.__notes__[0]


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how much memory it gave")
def test_a_unit_without_measure_costs_only_itself(workers):
    ways = ["fine", "hang", "eat", "nibble", "die", "good", "also", "more"]
    assert within(workers, ways) == [
        ("also", "also"),
        ("die", Stopped.DIED),
        ("eat", Stopped.MEMORY),
        ("fine", "fine"),
        ("good", "good"),
        ("hang", Stopped.TIME),
        ("more", "more"),
        ("nibble", Stopped.MEMORY),
    ]


def test_what_one_unit_may_take_is_no_limit_for_the_next(workers):
    assert within(workers, ["fine"]) == [("fine", "fine")]
    assert workers.call(take_memory, 400, CancelToken()) == 400


def take_memory(megabytes: int) -> int:
    return len(bytearray(megabytes << 20)) >> 20


@pytest.mark.parametrize("end", ["cancel", "close"])
def test_a_process_that_hangs_is_stopped(tmp_path, end):
    workers, token, marker, ended = Workers(1), CancelToken(), tmp_path / "process", []

    def work():
        try:
            list(workers.map(stop_and_tell, [str(marker)], token))
        except (Cancelled, EngineError) as error:
            ended.append(type(error))

    thread = threading.Thread(target=work)
    thread.start()
    while not marker.exists():
        os.sched_yield()
    process = int(marker.read_text(encoding="ascii"))
    assert is_running(process)
    token.request()
    if end == "close":
        workers.close()
    thread.join(PATIENCE)
    assert ended == [Cancelled]
    workers.close()
    assert not is_running(process)


@pytest.mark.skipif(sys.platform == "win32", reason="processes do not wait to be noticed")
def test_two_threads_do_not_find_the_same_process_dead(monkeypatch):
    dead = pool._Worker()
    number, real, found, overlaps = dead._process.pid, os.waitpid, threading.Event(), threading.Event()

    def waitpid(process, flags):
        if process == number and found.is_set():
            overlaps.set()
        answer = real(process, flags)
        if answer[0] == number:
            found.set()
            overlaps.wait(0.3)  # what has been found is not noted yet
        return answer

    assert number is not None
    os.kill(number, signal.SIGKILL)
    os.waitid(os.P_PID, number, os.WEXITED | os.WNOWAIT)
    monkeypatch.setattr(os, "waitpid", waitpid)
    started = []
    # To start a process looks for dead ones.
    thread = threading.Thread(target=lambda: started.append(pool._Worker()))
    thread.start()
    assert found.wait(PATIENCE)
    dead.stop()
    thread.join()
    started[0].stop()
    assert not overlaps.is_set()


@pytest.mark.skipif(sys.platform == "win32", reason="signals")
def test_the_first_process_of_all_is_deaf_to_interrupts_too():
    program = (
        "import signal; from multiprocessing import resource_tracker; from genglossary_gui.core.compute import pool\n"
        "with pool._deaf_to_interrupts():\n"
        "    resource_tracker.ensure_running()\n"
        "    print(signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, []))\n"
    )
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "True"
