"""Shows how far a run has come, and turns Ctrl-C into a cancel of that run."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from types import FrameType

from tqdm import tqdm

from genglossary_gui.cli_output import printable, say
from genglossary_gui.core import times
from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.glossary import Step
from genglossary_gui.core.i18n import N_, _
from genglossary_gui.core.store import runs
from genglossary_gui.core.store.connection import connect

STEP_NAMES = {
    Step.SCAN: N_("Reading the documents"),
    Step.EXTRACT: N_("Finding terms"),
    Step.GENERATE: N_("Finding definitions"),
    Step.REVIEW: N_("Reviewing"),
    Step.REFINE: N_("Refining"),
    Step.PUBLISH: N_("Saving the results"),
}
_LINE_EVERY = 5.0


class Progress:
    """A bar for each step on a terminal, a line now and then elsewhere; the numbers come from the project."""

    def __init__(self, project: Path, *, quiet: bool) -> None:
        self._project = project
        self._quiet = quiet
        self._bar: tqdm | None = None
        self._step = ""
        self._said_at = 0.0
        # The default lock of tqdm is one between processes and starts a helper process; threads are enough.
        tqdm.set_lock(threading.RLock())
        tqdm.monitor_interval = 0

    def on_change(self, run_id: int, _last_seq: int) -> None:
        """Show the present numbers.  Called in the run's thread."""
        if self._quiet:
            return
        try:
            with closing(connect(self._project, busy_timeout_ms=50, read_only=True)) as connection:
                run = runs.get_run(connection, run_id)
        except ProjectError:
            return  # the next change shows it
        if run is not None and run.step:
            with suppress(OSError):  # nobody sees it any more, which is no reason to stop the run
                self._show(run)

    def close(self) -> None:
        """Leave the last bar as it stands."""
        bar, self._bar = self._bar, None
        if bar is not None:
            with suppress(OSError):
                bar.close()

    def _show(self, run: runs.RunRow) -> None:
        is_new = run.step != self._step
        self._step = run.step
        name = printable(_(STEP_NAMES[Step(run.step)]))
        if sys.stderr.isatty():
            self._show_bar(name, run, is_new)
        elif is_new or times.monotonic() - self._said_at >= _LINE_EVERY:
            self._said_at = times.monotonic()
            say(f"{name}: {run.done}/{run.total}" if run.total and not is_new else f"{name} …")

    def _show_bar(self, name: str, run: runs.RunRow, is_new: bool) -> None:
        if is_new:
            if self._bar is not None and self._bar.total:
                self._bar.n = self._bar.total  # a step that another follows is finished
            self.close()
            self._bar = tqdm(desc=name, file=sys.stderr, unit="", dynamic_ncols=True, bar_format="{desc} …")
        if self._bar is not None and run.total:
            self._bar.bar_format, self._bar.total, self._bar.n = None, run.total, run.done
            self._bar.refresh()


class Interrupts:
    """What Ctrl-C does during a run: the first asks the run to stop, the second leaves at once."""

    def __init__(self, temporary: Path | None) -> None:
        self._temporary = temporary
        self._cancel: Callable[[], object] | None = None
        self._wished = False

    def on_start(self, _run_id: int, cancel: Callable[[], object]) -> None:
        """From now on there is a run to cancel."""
        self._cancel = cancel
        if self._wished:
            cancel()

    @contextmanager
    def handled(self) -> Iterator[None]:
        """Take Ctrl-C, the polite end signal and the end of the terminal inside the block.  Main thread only."""
        numbers = [signal.SIGINT, signal.SIGTERM]
        hangup = getattr(signal, "SIGHUP", None)  # the terminal was closed; with nohup that is ignored
        if hangup is not None and signal.getsignal(hangup) is not signal.SIG_IGN:
            numbers.append(hangup)
        before = [signal.signal(number, self._on_signal) for number in numbers]
        try:
            yield
        finally:
            for number, handler in zip(numbers, before, strict=True):
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        if self._wished:
            # Worker processes end with us; a run of a lasting project is recovered by the next command.
            if self._temporary is not None:
                shutil.rmtree(self._temporary, ignore_errors=True)
            os._exit(130)
        self._wished = True
        # Not print(): the signal may have come in the middle of one.
        with suppress(OSError):  # the terminal may have gone
            os.write(2, ("\n" + _("Cancelling… Press Ctrl-C again to leave at once.") + "\n").encode())
        if self._cancel is not None:
            self._cancel()
