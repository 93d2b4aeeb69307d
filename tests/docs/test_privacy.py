"""What the page about privacy promises holds for the code."""

import ast
import re
from pathlib import Path

import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix

from genglossary_gui.core import paths
from genglossary_gui.core.app_log import log_file

_ROOT = Path(__file__).parents[2]
_PACKAGE = _ROOT / "genglossary_gui"
_PAGES = [_ROOT / "docs" / "user" / language / "privacy.md" for language in ("en", "ja")]
_NETWORK = {
    "aiohttp",
    "dask",
    "distributed",
    "ftplib",
    "http",
    "httpx",
    "httpx2",
    "openai",
    "requests",
    "smtplib",
    "socket",
}
_NETWORK |= {"ssl", "urllib.request", "urllib3", "xmlrpc", "PySide6.QtNetwork", "PySide6.QtWebEngineCore"}
_MAY = {
    "core/llm": "the language model that a person has set up",
    "core/compute": "the Dask cluster that a person has set up",
    "core/runs/window_lock.py": "the name of this computer",
    "ui/single_instance.py": "a local socket to the first start of the program",
    "opening.py": "imports ahead what single_instance needs",
    "self_test.py": "starts a server of its own on this computer",
}


def imported(module: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def test_only_what_a_person_sets_up_can_reach_the_network():
    for module in _PACKAGE.rglob("*.py"):
        place = module.relative_to(_PACKAGE).as_posix()
        reaching = {name for name in imported(module) if name in _NETWORK or name.split(".")[0] in _NETWORK}
        assert not reaching or any(place.startswith(allowed) for allowed in _MAY), f"{place}: {reaching}"


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.parent.name)
def test_the_folders_that_are_named_are_those_in_use(page, monkeypatch):
    text = page.read_text(encoding="utf-8")
    home = str(Path.home())
    for variable in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"):
        monkeypatch.delenv(variable, raising=False)
    for kind in (Unix, MacOS):
        folders = kind(paths.APP_NAME, appauthor=False)
        for folder in (folders.user_config_dir, folders.user_data_dir, folders.user_log_dir):
            assert f"`{folder.replace(home, '~')}`" in text


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: page.parent.name)
def test_the_variables_that_are_named_are_those_in_use(page):
    sources = "".join(module.read_text(encoding="utf-8") for module in _PACKAGE.rglob("*.py"))
    for variable in set(re.findall(r"GENGLOSSARY_\w+", page.read_text(encoding="utf-8"))):
        assert variable in sources


def test_the_log_and_the_settings_lie_where_one_variable_says(tmp_path, monkeypatch):
    monkeypatch.setenv("GENGLOSSARY_HOME", str(tmp_path))
    for folder in (paths.config_folder(), paths.data_folder(), paths.log_folder(), paths.projects_folder(), log_file()):
        assert folder.is_relative_to(tmp_path)
