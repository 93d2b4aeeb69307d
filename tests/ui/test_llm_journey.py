"""Runs with a language model in the real window, the real pipeline and a real server."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QTableView
from pytestqt.qtbot import QtBot

from genglossary_gui.app import build_main_window
from genglossary_gui.core import paths
from genglossary_gui.core.glossary import RunStatus, Scope
from genglossary_gui.core.secrets import ENVIRONMENT
from genglossary_gui.core.settings import AppSettings, RunSettings, save_settings
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.dialogs.run_settings import RunSettingsDialog
from genglossary_gui.ui.main_window import MainWindow
from genglossary_gui.ui.views.elided import ElidedLabel
from tests.core.engines.llm_support import faithful
from tests.llm_server import LlmServer, Reply, error
from tests.ui.windows import action, row_of

CANARY = "canary-Zq7x/9f3e"
WAIT = 60_000
TEXT = (
    "# Volcanoes\n\nA magma chamber is a large pool of liquid rock below the surface of the Earth. The magma chamber"
    " feeds the volcano.\n\nAn ash cloud is a plume of volcanic ash. The ash cloud drifts with the wind. A magma"
    " chamber may stay silent for years.\n"
)
Open = Callable[..., MainWindow]


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ENVIRONMENT, CANARY)


@pytest.fixture
def open_window(qtbot: QtBot, tmp_path: Path) -> Iterator[Open]:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a.md").write_text(TEXT, encoding="utf-8")
    create_project(tmp_path / "a.genglossary", [tmp_path / "texts"], name="Volcanoes")
    windows: list[MainWindow] = []

    def make(server: LlmServer | None = None, **values) -> MainWindow:
        chosen = {"language": "en", "workers": 1, "llm_model": "tiny", "llm_provider": "compatible", "llm_retries": 0}
        settings = AppSettings(**{**chosen, "llm_url": server.url if server else "", **values})
        save_settings(settings)
        windows.append(build_main_window(tmp_path / "a.genglossary", settings=settings))
        windows[-1].show()
        return windows[-1]

    yield make
    for window in windows:
        with qtbot.waitSignal(window.closed, timeout=WAIT):
            window.close()
        window.deleteLater()


def promise(window: MainWindow) -> str:
    found = window.findChild(ElidedLabel, "promise")
    assert found is not None
    return found.text()


def run_to_end(qtbot: QtBot, window: MainWindow, start: Callable[[], object]) -> RunRow:
    assert window.workspace is not None
    with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT) as ended:
        start()
    assert ended.args is not None
    return row_of(window, ended.args[0])


def run_dialog(window: MainWindow) -> RunSettingsDialog:
    dialog = window.findChild(RunSettingsDialog)
    assert dialog is not None
    return dialog


def test_m2_a_run_asks_the_model_and_the_window_tells_what_came_of_it(
    qtbot: QtBot, open_window: Open, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with LlmServer(faithful) as server:
        window = open_window(server, engine="llm")
        assert promise(window) == "Language model on this computer — nothing leaves it"
        row = run_to_end(qtbot, window, action(window, "actionRun").trigger)
        asked = len(server.requests)

    assert (row.status, row.engine, row.counts["requests"]) == (RunStatus.COMPLETED, "llm", asked)
    assert f"{asked} requests, {18 * asked} tokens" in window.banner.text
    table = window.findChild(QTableView, "glossaryTable")
    assert table is not None
    qtbot.waitUntil(lambda: table.model().rowCount() >= 2, timeout=WAIT)
    table.setCurrentIndex(table.model().index(0, 0))
    words = "Worded by a language model"
    qtbot.waitUntil(lambda: any(words in label.text() for label in window.findChildren(QLabel)), timeout=WAIT)
    with closing(connect(tmp_path / "a.genglossary")) as connection:
        origins = {origin for (origin,) in connection.execute("SELECT origin FROM entries WHERE definition <> ''")}
    assert origins == {"llm"}
    places = [*tmp_path.rglob("*"), *paths.config_folder().rglob("*"), *paths.log_folder().rglob("*")]
    kept = b"".join(place.read_bytes() for place in places if place.is_file())
    assert b"tiny" in kept
    assert CANARY.encode() not in kept
    assert CANARY not in caplog.text


def test_r42_a_silent_server_is_named_in_the_row_and_left_at_once(qtbot: QtBot, open_window: Open) -> None:
    with LlmServer(lambda request: Reply(never=True)) as server:
        window = open_window(server, engine="llm")
        assert window.workspace is not None
        assert window.project is not None
        runs = window.project.runs
        action(window, "actionRun").trigger()
        qtbot.waitUntil(lambda: "No answer from 127.0.0.1" in runs.model.status_words(row_of(window, 1)), timeout=WAIT)
        button = runs.cancel_buttons.button_of(1)
        assert button is not None

        with qtbot.waitSignal(window.workspace.controller.run_finished, timeout=WAIT):
            began = time.monotonic()
            button.click()
        assert time.monotonic() - began < 30  # the limits of the settings are minutes

    assert row_of(window, 1).status is RunStatus.CANCELLED


def test_m1_where_texts_go_is_said_while_a_model_elsewhere_is_chosen(open_window: Open) -> None:
    window = open_window(llm_url="https://api.example.com/v1")
    assert promise(window) == "Offline engine — nothing leaves this computer"
    shell = window._shell

    shell.apply_settings(AppSettings(engine="llm", llm_url="https://api.example.com/v1", workers=1))
    assert promise(window) == "Texts go to api.example.com"
    shell.apply_settings(AppSettings(dask_address="tcp://cluster.example.com:8786", workers=1))
    assert promise(window) == "Texts go to cluster.example.com:8786"
    shell.apply_settings(AppSettings(dask_address="tcp://127.0.0.1:8786", workers=1))
    assert promise(window) == "Offline engine — nothing leaves this computer"


def test_m1_a_single_run_with_a_model_is_told_while_it_lasts(qtbot: QtBot, open_window: Open) -> None:
    with LlmServer(lambda request: Reply(never=True)) as server:
        window = open_window(server)
        assert window.workspace is not None
        controller = window.workspace.controller
        settings = RunSettings(
            engine="llm", llm_provider="compatible", llm_url=server.url, llm_model="tiny", llm_retries=0
        )
        run = controller.start(Scope.FULL, settings=settings)
        assert run is not None
        qtbot.waitUntil(lambda: promise(window).startswith("Language model on this computer"), timeout=WAIT)
        with qtbot.waitSignal(controller.run_finished, timeout=WAIT):
            controller.cancel(run)
        qtbot.waitUntil(lambda: promise(window).startswith("Offline engine"))


def test_m2_a_model_elsewhere_is_asked_only_after_its_cost_was_shown(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    run_to_end(qtbot, window, action(window, "actionRun").trigger)
    shell = window._shell
    shell.apply_settings(AppSettings(engine="llm", llm_provider="openai", llm_model="gpt", workers=1))

    action(window, "actionRun").trigger()

    dialog = run_dialog(window)
    assert window.workspace is not None
    assert window.workspace.controller.active_runs() == []
    assert "api.openai.com" in dialog.server.text()
    qtbot.waitUntil(lambda: dialog.estimate.text().startswith("About "), timeout=WAIT)
    assert "requests" in dialog.estimate.text()
    dialog.budget.setValue(1)
    assert "The budget of 1 token will not be enough." in dialog.estimate.text()
    dialog.reject()


def test_m2_the_engine_is_chosen_for_one_run(qtbot: QtBot, open_window: Open) -> None:
    with LlmServer(faithful) as server:
        window = open_window(server)
        action(window, "actionEditAndRun").trigger()
        dialog = run_dialog(window)
        assert not dialog.model.isVisible()
        dialog.engine.setCurrentIndex(dialog.engine.findData("llm"))
        assert dialog.model.text() == "tiny"
        qtbot.waitUntil(lambda: "not known before" in dialog.estimate.text(), timeout=WAIT)
        row = run_to_end(qtbot, window, dialog.run_button.click)
        assert server.requests

    assert (row.engine, row.status) == ("llm", RunStatus.COMPLETED)
    assert window._shell.settings.engine == "offline"


def test_m2_a_model_that_cannot_be_asked_is_said_before_the_run(open_window: Open) -> None:
    window = open_window(engine="llm", llm_model="", llm_url="http://localhost:1/v1")
    action(window, "actionRun").trigger()
    dialog = run_dialog(window)
    dialog.run_button.click()

    assert dialog.isVisible()
    assert dialog.trouble.text().startswith("No model is chosen.")
    dialog.reject()


@pytest.mark.expected_logs("failed")
def test_m3_a_failed_run_tells_what_it_has_used(qtbot: QtBot, open_window: Open) -> None:
    with LlmServer(lambda request: error(401)) as server:
        window = open_window(server, engine="llm")
        row = run_to_end(qtbot, window, action(window, "actionRun").trigger)

    assert row.status is RunStatus.FAILED
    card = window.findChild(QLabel, "runFailureCause")
    assert card is not None
    qtbot.waitUntil(lambda: "The language model:" in card.text())
