"""The application's own log: a rotated file in the platform's log folder, without secrets."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

from genglossary_gui.core import paths

logger = logging.getLogger(__name__)

_NAME = "genglossary.log"
_told: list[Callable[[BaseException], object]] = []


class _AtFirstRecord(logging.Handler):
    """Makes the real handler when the first record comes: most starts log nothing, and it is slow to import."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._file_name = name
        self._true: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._true is None:
            from genglossary_gui.core.log_file import log_file_handler

            self._true = log_file_handler(self._file_name)
        self._true.handle(record)

    def close(self) -> None:
        if self._true is not None:
            self._true.close()
        super().close()


def log_file() -> Path:
    return paths.log_folder() / _NAME


def redacting_handler(name: str) -> logging.Handler:
    """Writes records to a rotated file of our log folder, without secrets; the file is made by the first record.

    Where it cannot be written the records are lost.
    """
    return _AtFirstRecord(name)


def start_logging() -> None:
    """Write the package's log records to the file from now on, and what no one caught.  Call it once, at start.

    A log folder that cannot be written costs only the log.
    """
    root = logging.getLogger("genglossary_gui")
    root.setLevel(logging.INFO)
    root.addHandler(redacting_handler(_NAME))
    sys.excepthook = lambda kind, error, _: _on_uncaught(kind, error)
    threading.excepthook = lambda args: _on_uncaught(args.exc_type, args.exc_value)
    sys.unraisablehook = lambda args: _on_uncaught(args.exc_type, args.exc_value)


def tell_uncaught(listener: Callable[[BaseException], object]) -> Callable[[], None]:
    """Call ``listener`` with each uncaught exception, after it was logged; returns a function that ends this.

    It is called in the thread of the exception, and must not raise.
    """
    _told.append(listener)
    return lambda: _told.remove(listener)


def log_uncaught(error: BaseException) -> None:
    """Log an exception that only the outermost layer caught, and pass it to the listeners like an uncaught one."""
    _on_uncaught(type(error), error)


def _on_uncaught(kind: type[BaseException], error: BaseException | None) -> None:
    error = error or kind()
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, error.__traceback__)
        return
    logger.critical("uncaught exception", exc_info=error)
    for listener in _told:
        listener(error)
    if sys.stderr is not None:
        from genglossary_gui.core.redaction import redact_secrets

        print(redact_secrets("".join(traceback.format_exception_only(error)).rstrip()), file=sys.stderr)
