"""Starts every part once: is this installation whole?"""

from __future__ import annotations

import argparse
import gettext
import importlib
import importlib.util
import logging
import os
import platform
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import genglossary_gui
from genglossary_gui.cli_output import printable
from genglossary_gui.core import paths
from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.i18n import LANGUAGES, _
from genglossary_gui.core.runs.headless import run_to_end
from genglossary_gui.core.settings import AppSettings, RunSettings
from genglossary_gui.core.store import projects
from genglossary_gui.self_test_documents import write_documents

logger = logging.getLogger(__name__)

_PACKAGES = ("PySide6_Essentials", "SudachiPy", "sudachidict_core", "HanTa", "wordfreq")


def self_test(_arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """The command: one line for each part on stdout; 0 when all of them work, else 1."""
    _print_versions()
    temporary = tempfile.TemporaryDirectory(prefix="genglossary-", ignore_cleanup_errors=True)
    with temporary as folder, _workers() as workers:
        place = Path(folder)
        project = place / f"test{projects.SUFFIX}"
        parts: dict[str, Callable[[], str]] = {
            _("files of the program"): _resources,
            _("project file"): lambda: _create(project, place / "documents"),
            _("run"): lambda: _run(project, workers),
            _("export"): lambda: _export(project, place),
            _("language model"): _start_client,
            _("window system"): lambda: _start_qt(workers),
        }
        results = [_check(name, part) for name, part in parts.items()]
    return 0 if all(results) else 1


def _print_versions() -> None:
    print(f"GenGlossary {genglossary_gui.__version__}")
    system = f"{platform.system()} {platform.machine()}"
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {system}")
    for package in _PACKAGES:
        try:
            print(f"{package} {version(package)}")
        except PackageNotFoundError:
            print(f"{package} –")


def _check(name: str, part: Callable[[], str]) -> bool:
    """One part; whatever it raises is its result."""
    try:
        detail, works = part(), True
    except Exception as error:  # the border of a part: the others are still checked
        logger.exception("self-test: %s", name)
        detail, works = str(error) if isinstance(error, UserFacingError) else repr(error), False
    print(printable(f"{'ok' if works else 'FAILED':<7} {name}: {detail}"), flush=True)
    return works


@contextmanager
def _workers() -> Iterator[Workers]:
    workers = Workers(1)
    try:
        yield workers
    finally:
        workers.close()


def _create(project: Path, documents: Path) -> str:
    write_documents(documents)
    projects.create_project(project, [documents])
    return project.name


def _run(project: Path, workers: Workers) -> str:
    """Readers, tokenizers of both languages and the engine, in a worker process."""
    ended = run_to_end(project, Scope.FULL, settings=RunSettings(), workers=workers)
    if ended.status is not RunStatus.COMPLETED:
        raise RuntimeError(ended.error or ended.status)
    read = ended.counts["documents"] - ended.counts.get("unreadable", 0)
    if read != (count := len(list(project.with_name("documents").iterdir()))):
        message = _("only {read} of {count} documents were read")
        raise RuntimeError(message.format(read=read, count=count))
    return ", ".join(f"{name} {value}" for name, value in ended.counts.items())


def _resources() -> str:
    """What the program reads from its own folder, once of each kind."""
    folder = paths.resources()
    for name in ("background/en.phrases", "icons/genglossary.svg", "samples/en", "translations"):
        if not (folder / name).exists():
            raise FileNotFoundError(name)
    if not gettext.find("genglossary", folder / "translations", ["ja"]):
        raise FileNotFoundError("genglossary.mo")
    for language in LANGUAGES:
        if not (paths.guide() / language / "privacy.md").is_file():
            raise FileNotFoundError(f"guide/{language}")
    return f"{sum(1 for place in folder.rglob('*') if place.is_file())}"


def _export(project: Path, folder: Path) -> str:
    for name in FORMATS:
        export_project(project, folder / f"glossary.{name}", format=name, everything=True)
    return ", ".join(FORMATS)


def _start_client() -> str:
    """The engine, the client and the keyring; nobody is asked anything."""
    from genglossary_gui.core import secrets
    from genglossary_gui.core.engines.llm import LlmEngine
    from genglossary_gui.core.engines.llm_settings import llm_settings
    from genglossary_gui.core.engines.offline import OfflineEngine
    from genglossary_gui.core.llm import wire

    settings = RunSettings(engine="llm", llm_model="none")
    with _workers() as workers:
        LlmEngine(OfflineEngine(workers), settings)
    wire.make_client(llm_settings(settings))
    keyring = _("keyring") if secrets.has_keyring() else _("no keyring")
    return f"openai {version('openai')}, {keyring}"


def _start_qt(workers: Workers) -> str:
    """Qt in a process of its own: what it lacks would end that process."""
    if importlib.util.find_spec("PySide6") is None:
        return _("not installed; only the command line works")
    return workers.call(_qt_platform, "offscreen", CancelToken())


def _qt_platform(name: str) -> str:
    """Starts Qt's platform ``name``; runs in a worker process, because the command line never imports Qt."""
    os.environ["QT_QPA_PLATFORM"] = name
    core, widgets = importlib.import_module("PySide6.QtCore"), importlib.import_module("PySide6.QtWidgets")
    application = widgets.QApplication([])
    icons = importlib.import_module("PySide6.QtGui").QImageReader.supportedImageFormats()
    if "svg" not in [bytes(name).decode() for name in icons]:
        raise RuntimeError("Qt SVG")
    translations = core.QLibraryInfo.path(core.QLibraryInfo.LibraryPath.TranslationsPath)
    if not core.QTranslator().load("qtbase_ja", translations):
        raise FileNotFoundError("qtbase_ja.qm")
    importlib.import_module("genglossary_gui.ui.main_window")
    return f"Qt {core.qVersion()}, {application.platformName()}"
