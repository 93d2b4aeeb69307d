"""The bundled sample projects, copied to where a person may change them."""

from __future__ import annotations

import shutil
from pathlib import Path

from genglossary_gui.core import paths
from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.projects import SUFFIX, create_project


def sample_project(language: str) -> Path:
    """The sample project in ``ja`` or ``en``, made when it is not there yet.  Raises ``ProjectError``, ``OSError``."""
    folder = paths.data_folder() / "samples" / language
    project = folder / f"sample-{language}{SUFFIX}"
    if not project.exists():
        documents = folder / "documents"
        shutil.copytree(paths.resources() / "samples" / language, documents, dirs_exist_ok=True)
        name = _("Sample: sake brewing") if language == "ja" else _("Sample: tidal harbour")
        create_project(project, [documents], name=name, language="auto")
    return project
