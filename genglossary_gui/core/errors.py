"""Errors sorted by who can act.

A ``UserFacingError`` carries one sentence for the person and a hint what to do.  Anything else that
reaches a border is a defect: the person is told so, the traceback goes to the application's log.
"""

from __future__ import annotations

from genglossary_gui.core.i18n import _


class UserFacingError(Exception):
    """Something a person can understand and mend.

    ``str(error)`` is the sentence, ``error.hint`` says what to do about it (may be empty).  Neither holds
    an absolute path, a key or an address with credentials.
    """

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint

    @property
    def full_text(self) -> str:
        """The sentence followed by the hint."""
        return _("{sentence} {hint}").format(sentence=self, hint=self.hint) if self.hint else str(self)


class UsageError(UserFacingError):
    """The request itself cannot be carried out as it stands: a bad argument, nothing to work on."""


class ProjectError(UserFacingError):
    """The project file cannot be used: missing, foreign, damaged, newer than this program, read-only."""


class ProjectBusy(ProjectError):
    """Another writer kept the project locked for longer than we may wait."""


class ProjectOutdated(ProjectError):
    """The file was made by an older version and must be upgraded, but it was opened for reading only."""


class ExportError(UserFacingError):
    """The glossary could not be written where it should go; what was there before is untouched."""


class EngineError(UserFacingError):
    """An engine cannot do what a step asks."""
