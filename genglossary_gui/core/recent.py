"""The list of recently opened projects."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from genglossary_gui.core import paths, times

logger = logging.getLogger(__name__)

LIMIT = 50


def recent_projects() -> list[tuple[Path, str]]:
    """``(project file, when it was opened last)``, newest first; empty when the list cannot be read."""
    try:
        rows = json.loads(_file().read_text(encoding="utf-8"))
        return [(Path(row["path"]), str(row["opened_at"])) for row in rows][:LIMIT]
    except FileNotFoundError:
        return []
    except (OSError, ValueError, TypeError, KeyError) as error:
        logger.warning("the list of recent projects cannot be read: %s", type(error).__name__)
        return []


def remember_project(path: Path) -> None:
    """Put a project at the head of the list.  Raises ``OSError``."""
    others = [(other, at) for other, at in recent_projects() if other != path]
    _save([(path, times.utc_now()), *others][:LIMIT])


def forget_project(path: Path) -> None:
    """Take a project off the list; the file is left alone.  Raises ``OSError``."""
    _save([(other, at) for other, at in recent_projects() if other != path])


def replace_project(path: Path, renamed: Path) -> None:
    """Keep the place of a project whose file has another name now.  Raises ``OSError``."""
    _save([(renamed if other == path else other, at) for other, at in recent_projects()])


def _file() -> Path:
    return paths.data_folder() / "recent.json"


def _save(rows: list[tuple[Path, str]]) -> None:
    temporary = _file().with_suffix(".part")
    temporary.write_text(json.dumps([{"path": str(p), "opened_at": at} for p, at in rows], indent=1), encoding="utf-8")
    temporary.replace(_file())
