"""The application's own log: a rotated file in the platform's log folder, without secrets."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

from genglossary_gui.core import paths
from genglossary_gui.core.redaction import redact_secrets

logger = logging.getLogger(__name__)

_NAME = "genglossary.log"
_BYTES = 2_000_000
_KEPT = 3


class _Formatter(logging.Formatter):
    """Redacts what is written as a whole: message, arguments, traceback, chained exceptions, notes."""

    def format(self, record: logging.LogRecord) -> str:
        try:
            text = super().format(record)
        except Exception as error:  # a border: arguments may be of any kind, and fail when they are shown
            text = f"{record.levelname} {record.name}: a record could not be written ({type(error).__name__})"
        return redact_secrets(text)


class _LogFile(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:
        """Nothing: the default would print the record as it is, with its secrets, to the standard error."""


def log_file() -> Path:
    return paths.log_folder() / _NAME


def redacting_handler(name: str) -> logging.Handler:
    """Writes records to a rotated file of our log folder, without secrets; the file is made by the first record.

    Where it cannot be written the records are lost.
    """
    try:
        handler: logging.Handler = _LogFile(
            paths.log_folder() / name,
            maxBytes=_BYTES,
            backupCount=_KEPT,
            encoding="utf-8",
            delay=True,
            errors="backslashreplace",
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    return handler


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


def _on_uncaught(kind: type[BaseException], error: BaseException | None) -> None:
    error = error or kind()
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, error.__traceback__)
        return
    logger.critical("uncaught exception", exc_info=error)
    if sys.stderr is not None:
        print(redact_secrets("".join(traceback.format_exception_only(error)).rstrip()), file=sys.stderr)
