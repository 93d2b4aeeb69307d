"""What a worker process does, and what the system tells of its memory."""

from __future__ import annotations

import gc
import mmap
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing import parent_process
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

_SPARE_MB = 256
_ADDRESSES, _RESIDENT = 0, 1
_PAGE = mmap.PAGESIZE


def serve(pipe: Connection) -> None:
    """What a worker process does: says that it is there, then answers one call after the other until the parent lets
    go of the pipe.
    """
    # Ctrl-C belongs to the parent, and no worker outlives it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare_process()
    # A library that computes with vectors would start a thread for every processor in every process.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_leave_with, args=(parent,), name="parent-watch", daemon=True).start()
    with suppress(EOFError, OSError):
        pipe.send_bytes(b"")
        while True:
            call = pipe.recv_bytes()
            pipe.send_bytes(_answer(call))


def prepare_process() -> None:
    """Make a process fit for text work, which makes millions of small objects and hardly a cycle.

    With Python's own thresholds a third of the time goes into looking for cycles.
    """
    gc.set_threshold(100_000, 50, 100)


def _leave_with(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def _answer(call: bytes) -> bytes:
    try:
        function, args, kwargs, megabytes = pickle.loads(call)
        with _memory_limited(megabytes):
            result = function(*args, **kwargs)
        return pickle.dumps((True, result))
    except Exception as error:  # whatever it is belongs to whoever asked
        error.add_note(traceback.format_exc())
        return _failure(error)


def _failure(error: Exception) -> bytes:
    try:
        answer = pickle.dumps((False, error))
        pickle.loads(answer)
    except Exception:  # an exception that cannot travel
        answer = pickle.dumps((False, RuntimeError(traceback.format_exc())))
    return answer


def resident_mb(process: int | None) -> int:
    """What a process has in memory; 0 where the system does not tell."""
    return _pages_of(process, _RESIDENT) * _PAGE >> 20


def _pages_of(process: int | None, what: int) -> int:
    """Memory pages of a process (Linux, proc(5)); 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_bytes().split()[what])
    except OSError:
        return 0


@contextmanager
def _memory_limited(megabytes: int) -> Iterator[None]:
    """Let the system refuse what would go far beyond so many megabytes more than now; 0: it refuses nothing.

    The parent watches the process and stops it earlier, unless it asks for much at once.  The limit is generous:
    a process whose stack cannot grow ends without an error message.
    """
    pages = _pages_of(os.getpid(), _ADDRESSES) if megabytes else 0
    if not pages:
        yield
        return
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = pages * _PAGE + (megabytes + megabytes // 2 + _SPARE_MB << 20)
    resource.setrlimit(resource.RLIMIT_AS, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
