"""What a window is given: the parts of its project, and the app around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from genglossary_gui.core.runs.window_lock import Obstacle
    from genglossary_gui.core.settings import AppSettings
    from genglossary_gui.core.store.projects import ProjectInfo
    from genglossary_gui.ui.controller import RunController
    from genglossary_gui.ui.main_window import MainWindow
    from genglossary_gui.ui.models.reader import Reader


@dataclass(frozen=True)
class Workspace:
    """The parts of one open project; they live as long as its window.

    ``recovered``: the runs whose end was recorded when it was opened, because their process had died.
    ``obstacle``: why it can only be read; None: the window may change it.
    """

    project: Path
    info: ProjectInfo
    controller: RunController
    reader: Reader
    recovered: Sequence[int] = ()
    obstacle: Obstacle | None = None

    @property
    def is_read_only(self) -> bool:
        return self.obstacle is not None


@dataclass(frozen=True)
class RecentProject:
    """A line of the home screen.  ``opened_at`` is ISO 8601; ``exists`` is False for a file that is gone."""

    path: Path
    opened_at: str
    exists: bool


class Shell(Protocol):
    """What windows ask of the app.  Everything runs in the GUI thread and raises ``UserFacingError``."""

    @property
    def settings(self) -> AppSettings: ...

    def apply_settings(self, settings: AppSettings) -> None:
        """Save and use from now on: language and theme change in all windows at once."""
        ...

    def open_project(self, path: Path) -> None:
        """Show the project in a window (raise it if one has it already)."""
        ...

    def create_project(self, path: Path, sources: Sequence[Path], *, name: str, language: str) -> None:
        """Make a project file, remember its sources and open it.  ``language``: ``auto``, ``ja`` or ``en``."""
        ...

    def open_sample(self, language: str) -> None:
        """Open the bundled sample project (``ja`` or ``en``), making it first when it is not there yet."""
        ...

    def suggested_project_path(self, sources: Sequence[Path]) -> Path:
        """A free file name in the default place, named after the first source."""
        ...

    def recent_projects(self) -> list[RecentProject]: ...

    def forget_project(self, path: Path) -> None:
        """Take the project off the list; its file stays."""
        ...

    def is_open(self, path: Path) -> bool:
        """Whether a window of this process has the project."""
        ...

    def remember_project(self, path: Path) -> None:
        """Put the project at the head of the list without opening it."""
        ...

    def replace_project(self, path: Path, renamed: Path) -> None:
        """The file of a project has another name now; it keeps its place in the list."""
        ...

    def open_again(self, window: MainWindow) -> Obstacle | None:
        """Replace a window that can only read by one that may change its project; what is in the way if it cannot."""
        ...

    def show_home(self) -> None: ...

    def quit(self) -> None:
        """Close every window, asking first when runs are active."""
        ...

    def leave_if_last(self, window: QWidget) -> None:
        """Runs of ``window`` do not stop: end the process without them, unless another window is open."""
        ...
