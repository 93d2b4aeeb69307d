"""Result files appear whole or not at all."""

from __future__ import annotations

import os
import shutil
import uuid
from pathlib import Path

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.i18n import _


def check_target(target: Path) -> None:
    """Find out before a long run whether ``target`` can be written.  Raises ``ExportError``."""
    _refuse_special(target)
    try:
        _create_beside(target).unlink()
    except OSError as error:
        raise unwritable(target, error) from error


def write_whole(target: Path, data: bytes) -> None:
    """Put ``data`` into ``target``, replacing a regular file.  Raises ``ExportError``; then all is as it was.

    A link is refused, never followed: what it points to may not be ours to replace.
    """
    _refuse_special(target)
    try:
        temporary = _create_beside(target)
        try:
            with temporary.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(target, error) from error


def _create_beside(target: Path) -> Path:
    """A new, empty, hidden file in the same folder: only there the final step is a rename."""
    temporary = target.with_name(f".{uuid.uuid4().hex}.part")
    temporary.touch(exist_ok=False)
    return temporary


def _refuse_special(target: Path) -> None:
    try:
        if target.is_symlink():
            problem = _("“{name}” is a link to another place.")
        elif target.is_dir():
            problem = _("“{name}” is a folder, not a file.")
        elif not target.parent.is_dir():
            raise ExportError(
                _("The folder for “{name}” does not exist.").format(name=target.name),
                hint=_("Create it first."),
            )
        elif target.exists() and not target.is_file():
            problem = _("“{name}” is not an ordinary file.")
        elif target.exists() and not os.access(target, os.W_OK):
            problem = _("“{name}” is write-protected.")
        else:
            return
    except OSError as error:
        raise unwritable(target, error) from error
    raise ExportError(problem.format(name=target.name), hint=_("Choose another name for the export."))


def unwritable(target: Path, error: OSError) -> ExportError:
    """What to raise when the system does not let us write there."""
    return ExportError(
        _("“{name}” cannot be written: {reason}.").format(
            name=target.name, reason=error.strerror or type(error).__name__
        ),
        hint=_("Choose another place, or check the permissions and the free space there."),
    )
