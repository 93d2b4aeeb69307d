"""The application's own log: a rotated file in the platform's log folder, without secrets."""

from __future__ import annotations

import logging
import sys
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

from genglossary_gui.core import paths
from genglossary_gui.core.redaction import redact_secrets

logger = logging.getLogger(__name__)

_BYTES = 2_000_000
_KEPT = 3


class _Formatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact_secrets(super().format(record))


def log_file() -> Path:
    return paths.log_folder() / "genglossary.log"


def start_logging() -> None:
    """Write the package's log records to the file from now on, and what no one caught.  Call it once, at start.

    A log folder that cannot be written costs only the log.
    """
    try:
        handler: logging.Handler = RotatingFileHandler(log_file(), maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8")
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
    root = logging.getLogger("genglossary_gui")
    root.setLevel(logging.INFO)
    root.addHandler(handler)
    sys.excepthook = _on_uncaught
    threading.excepthook = lambda args: _on_uncaught(
        args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
    )


def _on_uncaught(kind: type[BaseException], error: BaseException, traceback: object) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, error.__traceback__)
        return
    logger.critical("uncaught exception", exc_info=error)
    print(redact_secrets(f"{kind.__name__}: {error}"), file=sys.stderr)
