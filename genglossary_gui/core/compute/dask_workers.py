"""The same work on a Dask cluster (https://distributed.dask.org).  Imported only where one is used.

Units and results travel by content: a worker needs this package, and no file of the project.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

import dask.config
from distributed import Client
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

import genglossary_gui
from genglossary_gui.core.compute.pool import WorkerDied
from genglossary_gui.core.compute.serving import prepare_process
from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.errors import EngineError
from genglossary_gui.core.i18n import _

T = TypeVar("T")

_CONNECT_SECONDS = 10
_LOOK_SECONDS = 2.0
"""Workers may come and go while we work."""
_one_at_a_time = threading.Lock()
"""In a worker: our tokenizers belong to one thread, whatever number of threads a worker has."""


class DaskWorkers(Workers):
    """The processes of the cluster whose scheduler is at ``address`` (``tcp://host:port``).

    As ``Workers``, with these differences: the size is that of the cluster; a unit that is under way when its run is
    cancelled ends unheard; who cannot reach the cluster, or finds another version there, gets an ``EngineError``.
    """

    def __init__(self, address: str) -> None:
        super().__init__(1, lambda count: ClusterExecutor(address, self._note_size))

    def resize(self, count: int) -> None:
        """Nothing: the cluster has its own size."""

    def _note_size(self, size: int) -> None:
        self.count = max(1, size)


class ClusterExecutor(Executor):
    """Talks to the cluster in a thread of its own.  ``on_size`` hears there, now and then, how many worker processes
    there are.
    """

    def __init__(self, address: str, on_size: Callable[[int], None]) -> None:
        self._address = address
        self._on_size = on_size
        self._client: Any = None
        self._next_look = 0.0
        self._connecting = asyncio.Lock()
        self._units: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="dask", daemon=True)
        self._thread.start()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        return asyncio.run_coroutine_threadsafe(self._outcome(fn, args, kwargs), self._loop)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let go of the cluster; what is under way there ends unheard."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(self._leave(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _outcome(self, fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
        unit = asyncio.current_task()
        assert unit is not None
        self._units.add(unit)
        unit.add_done_callback(self._units.discard)
        client = await self._connected()
        task = client.submit(_work, fn, args, kwargs, pure=False)
        try:
            return await task
        except KilledWorker:
            # Dask has tried it again elsewhere, several times.
            raise WorkerDied from None
        except FutureCancelledError:
            raise _gone(self._address) from None
        finally:
            task.release()

    async def _connected(self) -> Any:
        async with self._connecting:
            if self._client is None:
                self._client = await _connect(self._address)
            if self._loop.time() >= self._next_look:
                self._next_look = self._loop.time() + _LOOK_SECONDS
                self._on_size(len(await self._client.nthreads()))
            return self._client

    async def _leave(self) -> None:
        # First who may be waiting for a scheduler that does not answer.
        await _end(self._units)
        client, self._client = self._client, None
        if client is not None:
            await client.close()
        await _end(asyncio.all_tasks() - {asyncio.current_task()})


async def _end(tasks: Iterable[asyncio.Task[Any] | None]) -> None:
    ended = [task for task in tasks if task is not None]
    for task in ended:
        task.cancel()
    await asyncio.gather(*ended, return_exceptions=True)


async def _connect(address: str) -> Any:
    # What we send is data, and as large as a piece of text is.
    dask.config.set({"distributed.admin.large-graph-warning-threshold": "1 GB"})
    client: Any = Client(address, asynchronous=True, timeout=_CONNECT_SECONDS, set_as_default=False)
    try:
        await _check(client, address)
    except BaseException:
        # Also when nobody wants to connect any more: it complains of not having been closed.
        await client.close()
        raise
    return client


async def _check(client: Any, address: str) -> None:
    try:
        await client
    except Exception:  # a border: who answers there may be anything
        raise _gone(address) from None
    try:
        versions = set((await client.run(_version)).values())
    except OSError:
        raise _gone(address) from None
    except Exception:  # a border: it does not know what it is asked
        versions = {""}
    if versions - {_version()}:
        raise EngineError(
            _("A machine of the Dask cluster has another version of GenGlossary."),
            hint=_("Install version {version} on all of them.").format(version=_version()),
        )


def _gone(address: str) -> EngineError:
    return EngineError(
        _("There is no answer from the Dask scheduler at {address}.").format(address=address),
        hint=_("Is the cluster running? Check the address."),
    )


def _version() -> str:
    return genglossary_gui.__version__


def _work(fn: Callable[..., T], args: tuple[Any, ...], kwargs: dict[str, Any]) -> T:
    """Runs in a worker of the cluster."""
    with _one_at_a_time:
        prepare_process()
        return fn(*args, **kwargs)
