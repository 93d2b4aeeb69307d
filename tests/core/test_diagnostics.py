"""Diagnostics tell what helps and nothing that is private: canaries are planted wherever they could come from."""

from __future__ import annotations

import io
import json
import logging
import os
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui import __version__
from genglossary_gui.core import app_log, diagnostics, paths
from genglossary_gui.core.diagnostics import make_diagnostics, report
from genglossary_gui.core.settings import AppSettings, save_settings

CANARIES = ("canary", "wilma", "sekrit")
MESSAGES = (
    "asked https://ann:sekrit-canary-1@host.example/v1?api_key=canary-22-abc",
    "Authorization: Bearer canary-token-0123456789",
    'settings {"api_key": "canary-4444-value", "password": "sekrit word"}',
    "key sk-canary0123456789abcdef and ghp_canary0123456789abcdef",
    "opened /home/wilma/Documents/plan.genglossary",
    r"opened C:\Users\wilma\Documents\plan.genglossary",
    "opened file:///home/wilma/plan.genglossary, then /Users/wilma/plan.txt",
    "GENGLOSSARY_API_KEY=plain-canary-value",
    "the server said: no such key plain-canary-value",
    "-----BEGIN RSA PRIVATE KEY-----\nMIIEcanaryMIIEcanary\nsekritMIIE\n-----END RSA PRIVATE KEY-----",
    "user wilma on the machine of wilma",
)


@pytest.fixture(autouse=True)
def _person(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    home = tmp_path / "wilma"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv("LOGNAME", "wilma")
    monkeypatch.setenv("USERNAME", "wilma")
    monkeypatch.setenv("GENGLOSSARY_API_KEY", "plain-canary-value")
    monkeypatch.setenv("QT_SECRET", "qt-canary-value")


@pytest.fixture
def log() -> Iterator[logging.Handler]:
    with closing(app_log.redacting_handler("genglossary.log")) as handler:
        yield handler


def say(handler: logging.Handler, message: str) -> None:
    handler.handle(logging.LogRecord("genglossary_gui.test", logging.INFO, "", 1, message, (), None))


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_no_secret_and_no_place_of_a_person_is_in_any_file(log: logging.Handler, tmp_path: Path) -> None:
    settings = AppSettings(
        llm_url="https://canary.example/v1", dask_address="tcp://canary:8786", llm_model="/home/wilma/models/x.gguf"
    )
    save_settings(settings)
    for message in MESSAGES:
        say(log, message)
    # Also what other programs or older versions have written there as it was.
    (paths.log_folder() / "genglossary.log.1").write_text("\n".join(MESSAGES), encoding="utf-8")
    facts = {"project": str(tmp_path / "wilma" / "plan.genglossary"), "key": "sk-canary0123456789abcdef"}
    files = unpacked(make_diagnostics(settings, facts))

    for name, text in files.items():
        assert not [canary for canary in CANARIES if canary in text.lower()], name
        assert not [canary for canary in CANARIES if canary in name.lower()]
    assert "logs/genglossary.log" in files
    assert "plan.genglossary" in files["logs/genglossary.log.1"]


def test_nothing_of_a_project_is_in_it(log: logging.Handler) -> None:
    (paths.projects_folder() / "canary.genglossary").write_text("canary", encoding="utf-8")
    (paths.data_folder() / "recent.json").write_text('[{"path": "/x/canary.genglossary"}]', encoding="utf-8")

    assert "canary" not in "".join(unpacked(make_diagnostics(AppSettings())).values())


def test_they_tell_versions_settings_and_what_was_logged(log: logging.Handler) -> None:
    say(log, "the twelfth of the parts did not start")
    files = unpacked(make_diagnostics(AppSettings(theme="dark", workers=3), {"Qt": "6.11"}))

    assert f"GenGlossary: {__version__}" in files["versions.txt"]
    assert "Qt: 6.11" in files["versions.txt"]
    assert "SudachiPy" in files["libraries.txt"]
    settings = json.loads(files["settings.json"])
    assert (settings["theme"], settings["workers"], settings["llm_url"]) == ("dark", 3, "")
    assert "the twelfth of the parts did not start" in files["logs/genglossary.log"]


def test_a_long_log_is_told_by_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagnostics, "_LOG_BYTES", 40)
    app_log.log_file().write_text("sk-canary0123456789abcdef" * 3 + "\nthe end\n", encoding="utf-8")
    text = unpacked(make_diagnostics(AppSettings()))["logs/genglossary.log"]

    assert text == "the end\n"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="a file that nobody may read")
def test_a_log_that_cannot_be_read_costs_only_itself() -> None:
    app_log.log_file().write_text("hidden", encoding="utf-8")
    app_log.log_file().chmod(0)

    assert "cannot be read" in unpacked(make_diagnostics(AppSettings()))["logs/genglossary.log"]


def test_the_report_of_an_error_names_it_without_secrets() -> None:
    text = report(ValueError("password=sekrit in /home/wilma/x.txt"), "Traceback\n  key sk-canary0123456789abcdef")

    assert "ValueError" in text
    assert __version__ in text
    assert "Traceback" in text
    assert not [canary for canary in CANARIES if canary in text]
