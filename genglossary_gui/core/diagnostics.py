"""Collects versions, settings and logs that help to find a fault on somebody else's computer, without private data.

Nothing of it comes from documents, and secrets, addresses and names of folders are taken out.  The texts are English:
those who read them may not know the language of the window.
"""

from __future__ import annotations

import getpass
import io
import json
import os
import platform
import re
import sqlite3
import sys
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict
from importlib import metadata
from pathlib import Path
from typing import Any

from genglossary_gui import __version__
from genglossary_gui.core import app_log, i18n, times
from genglossary_gui.core.redaction import redact
from genglossary_gui.core.settings import AppSettings

_LOG_BYTES = 1_000_000
"""Of each log file its end."""
_SHORTEST_NAME = 3
_HIDDEN = "•••"
_PRIVATE_SETTINGS = ("llm_url", "dask_address")
"""Addresses may name a company: only whether they are set is told."""
_ENVIRONMENT = ("LANG", "LC_ALL", "LC_MESSAGES", "DESKTOP_SESSION", "XDG_CURRENT_DESKTOP", "XDG_SESSION_TYPE")
_ENVIRONMENT_PREFIX = "QT_"
_KEY_VARIABLE = re.compile(r"(?i)(?:key|token|secret|passw(?:or)?d|credential)s?$")
_README = """\
Diagnostics of GenGlossary. They hold versions, settings and the ends of the application's own logs.
They hold no documents, terms, definitions or keys. Look at them before you pass them on.
"""


def make_diagnostics(settings: AppSettings, facts: Mapping[str, str] | None = None) -> bytes:
    """A ZIP archive; ``facts`` are further lines (name → value).  Reads the logs: not for the GUI thread."""
    clean = Cleaner()
    files = {
        "README.txt": _README,
        "versions.txt": clean("\n".join(f"{name}: {value}" for name, value in _versions(facts or {}).items())),
        "libraries.txt": clean("\n".join(_libraries())),
        "settings.json": clean(json.dumps(_settings(settings), indent=2, ensure_ascii=False)),
        **{f"logs/{place.name}": clean(_end_of(place)) for place in _log_files()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("utf-8", "backslashreplace"))
    return buffer.getvalue()


def report(error: BaseException | str, trace: str, facts: Mapping[str, str] | None = None) -> str:
    """What a person may pass on about one unexpected error: the error, versions, and the trace; secrets taken out."""
    what = error if isinstance(error, str) else f"{type(error).__name__}: {error}"
    versions = [f"{name}: {value}" for name, value in _versions(facts or {}).items()]
    return Cleaner()("\n".join([what, "", *versions, "", trace.strip(), ""]))


class Cleaner:
    """Takes secrets, folders, and the names of this person and computer out of a text; known ones in any notation."""

    def __init__(self) -> None:
        self._known = tuple(_known_secrets())
        names = [re.escape(name) for name in _names()]
        self._names = re.compile(rf"(?i)(?<![A-Za-z0-9])(?:{'|'.join(names)})(?![A-Za-z0-9])") if names else None

    def __call__(self, text: str) -> str:
        # As a whole: a private key, or a header, may have several lines.
        text = redact(text, self._known)
        return self._names.sub(_HIDDEN, text) if self._names else text


def _known_secrets() -> Iterable[str]:
    """Values of the environment that are named as secrets are, and the folders of the person."""
    for name, value in os.environ.items():
        if _KEY_VARIABLE.search(name) and value.strip():
            yield value.strip()
    with suppress(RuntimeError):
        yield str(Path.home())


def _names() -> set[str]:
    names = {platform.node(), platform.node().split(".")[0]}
    with suppress(OSError, KeyError, ImportError):
        names.add(getpass.getuser())
    with suppress(RuntimeError):
        names.add(Path.home().name)
    return {name for name in names if len(name) >= _SHORTEST_NAME and name.lower() not in ("root", "localhost")}


def _versions(facts: Mapping[str, str]) -> dict[str, str]:
    return {
        "GenGlossary": __version__,
        "packaged": "yes" if getattr(sys, "frozen", False) else "no",
        "Python": platform.python_version(),
        "SQLite": sqlite3.sqlite_version,
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "processors": str(os.cpu_count()),
        "language": i18n.language(),
        "written": times.utc_now(),
        **facts,
        **{name: os.environ[name] for name in sorted(os.environ) if _is_told(name)},
    }


def _is_told(variable: str) -> bool:
    return variable in _ENVIRONMENT or (variable.startswith(_ENVIRONMENT_PREFIX) and not _KEY_VARIABLE.search(variable))


def _libraries() -> list[str]:
    # Two folders of the search path may hold the same one.
    found = {f"{each.metadata['Name']} {each.version}" for each in metadata.distributions() if each.metadata["Name"]}
    return sorted(found, key=str.lower)


def _settings(settings: AppSettings) -> dict[str, Any]:
    values = asdict(settings)
    for name in _PRIVATE_SETTINGS:
        values[name] = _HIDDEN if values.get(name) else ""
    return values


def _log_files() -> list[Path]:
    newest = app_log.log_file()
    return [place for place in sorted(newest.parent.glob(f"{newest.name}*")) if place.is_file()]


def _end_of(place: Path) -> str:
    try:
        with place.open("rb") as file:
            file.seek(max(0, place.stat().st_size - _LOG_BYTES))
            is_cut = file.tell() > 0
            text = file.read().decode("utf-8", "replace")
    except OSError as error:
        return f"cannot be read: {type(error).__name__}"
    # What is cut begins in the middle of a line: half a secret would not be known as one.
    return text.partition("\n")[2] if is_cut else text
