"""The handler behind ``app_log``: records to a rotated file, without secrets.

It is a module of its own because redaction and rotation take longer to import than most commands run: ``app_log``
imports it when there is something to write.
"""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from genglossary_gui.core import paths
from genglossary_gui.core.redaction import redact_secrets

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
        """Do nothing: the default would print the record to the standard error as it is, with its secrets."""


def log_file_handler(name: str) -> logging.Handler:
    """Writes to the file ``name`` of our log folder; where it cannot be written the records are lost."""
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
