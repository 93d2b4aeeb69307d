"""Where things lie: the platform's folders, moved as a whole by ``GENGLOSSARY_HOME``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "GenGlossary"


def _home() -> Path | None:
    override = os.environ.get("GENGLOSSARY_HOME")
    return Path(override) if override else None


def _folder(override_name: str, platform_folder: Path) -> Path:
    home = _home()
    folder = home / override_name if home else platform_folder
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def config_folder() -> Path:
    """Settings.  Created when missing, like every folder here; raises ``OSError`` when that fails."""
    return _folder("config", platformdirs.user_config_path(APP_NAME, appauthor=False))


def data_folder() -> Path:
    """What the app keeps for itself: the list of recent projects, the sample project."""
    return _folder("data", platformdirs.user_data_path(APP_NAME, appauthor=False))


def log_folder() -> Path:
    """The application's own log files."""
    return _folder("logs", platformdirs.user_log_path(APP_NAME, appauthor=False))


def projects_folder() -> Path:
    """Default place of new projects: a folder of ours in the platform's documents folder."""
    return _folder("projects", platformdirs.user_documents_path() / APP_NAME)


def resources() -> Path:
    """The folder of icons, translations and samples: in the bundle, in the wheel or in the source tree."""
    bundle = getattr(sys, "_MEIPASS", None)
    package = Path(__file__).resolve().parents[1]
    candidates = [Path(bundle) / "resources"] if bundle else [package / "resources", package.parent / "resources"]
    return next((folder for folder in candidates if folder.is_dir()), candidates[-1])


def guide() -> Path:
    """The folder of the user guide: with the resources where they are installed, in ``docs`` of the source tree."""
    installed = resources() / "guide"
    return installed if installed.is_dir() else resources().parent / "docs" / "user"
