"""The system's file dialogs without waiting for them: they open, and call back when something was chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.projects import SUFFIX


def typed_path(text: str, folder: Path) -> Path:
    """The path that a person typed, ``~`` being the home folder; a mere name lies in ``folder``.

    Empty for nothing.  Whatever was typed, nothing is raised.
    """
    path = Path(text.strip())
    with suppress(RuntimeError):
        path = path.expanduser()
    return folder / path if text.strip() else path


def is_there(path: Path) -> bool:
    """Whether the path names something; what can be no path at all is not there."""
    with suppress(OSError, ValueError):
        return path.exists()
    return False


def choose_folder(parent: QWidget, title: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """``chosen(folder)`` is called once; not at all when the dialog is cancelled."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_files(parent: QWidget, title: str, chosen: Callable[[Sequence[Path]], None]) -> QFileDialog:
    """``chosen(files)`` is called once; not at all when the dialog is cancelled."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: chosen([Path(name) for name in names]))
    dialog.open()
    return dialog


def choose_file(parent: QWidget, title: str, folder: Path, filter: str, chosen: Callable[[Path], None]) -> QFileDialog:
    """``chosen(file)`` is called once; not at all when the dialog is cancelled."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(str(folder))
    dialog.setNameFilters([filter, _("All files (*)")])
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_project(parent: QWidget, folder: Path, chosen: Callable[[Path], None]) -> QFileDialog:
    """``chosen(file)`` is called once; not at all when the dialog is cancelled."""
    dialog = _dialog(parent, _("Open a project"), QFileDialog.FileMode.ExistingFile)
    dialog.setDirectory(str(folder))
    dialog.setNameFilters([_("GenGlossary projects (*{suffix})").format(suffix=SUFFIX), _("All files (*)")])
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def choose_target(parent: QWidget, title: str, proposed: Path, chosen: Callable[[Path], None]) -> QFileDialog:
    """Where to write a file; the system asks before one is replaced."""
    dialog = _dialog(parent, title, QFileDialog.FileMode.AnyFile)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(proposed.suffix.lstrip("."))
    dialog.setDirectory(str(proposed.parent))
    dialog.selectFile(str(proposed))
    dialog.fileSelected.connect(lambda name: chosen(Path(name)))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, mode: QFileDialog.FileMode) -> QFileDialog:
    dialog = QFileDialog(parent, title)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setFileMode(mode)
    return dialog
