"""The page of the language model, with a real server and a keyring in memory."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMessageBox
from pytestqt.qtbot import QtBot

from genglossary_gui.core import secrets
from genglossary_gui.core.settings import AppSettings, load_settings, save_settings
from genglossary_gui.core.store import drafts
from genglossary_gui.core.store.answers import StoredAnswers, count_answers
from genglossary_gui.core.store.connection import connect
from genglossary_gui.ui import phrases
from genglossary_gui.ui.dialogs.llm_settings import ModelPage
from genglossary_gui.ui.dialogs.settings import SettingsDialog
from genglossary_gui.ui.edits import Edits
from tests.core.test_secrets import Locked, Safe
from tests.llm_server import LlmServer, Reply, Script, error
from tests.support import make_project
from tests.ui.glossary_support import FakeShell

CANARY = "canary-7Qz/9f3e"
HTML = Reply(raw="<html></html>", headers={"content-type": "text/html"})


@pytest.fixture
def ring(monkeypatch: pytest.MonkeyPatch) -> Iterator[Safe]:
    monkeypatch.delenv(secrets.ENVIRONMENT, raising=False)
    before = keyring.get_keyring()
    backend = Safe()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def without_ring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(secrets.ENVIRONMENT, raising=False)


def open_page(qtbot: QtBot, shell: FakeShell, **values) -> ModelPage:
    shell.settings = AppSettings(**values)
    dialog = SettingsDialog(shell, page="model")
    # Nobody else keeps the dialog for as long as the test.
    qtbot.addWidget(dialog, before_close_func=lambda _closing: dialog.hide())
    dialog.show()
    return dialog.model


def open_for(qtbot: QtBot, shell: FakeShell, server: LlmServer) -> ModelPage:
    return open_page(qtbot, shell, llm_provider="compatible", llm_url=server.url, llm_model="tiny", llm_retries=0)


def type_into(line: QLineEdit, text: str) -> None:
    line.setText(text)
    line.editingFinished.emit()


def outcome(page: ModelPage) -> str:
    return page.test_row.trouble or page.test_row.field.accessibleDescription()


def key_note(page: ModelPage) -> str:
    return page.key.line.accessibleDescription()


def test_the_models_of_the_server_are_listed_and_one_may_be_named_freely(
    qtbot: QtBot, shell: FakeShell, ring: Safe
) -> None:
    with LlmServer(lambda request: Reply("ready"), models=("b", "a")) as server:
        page = open_for(qtbot, shell, server)
        page.list_button.click()
        qtbot.waitUntil(lambda: page.model.count() == 2, timeout=20_000)

    assert [page.model.itemText(index) for index in range(2)] == ["a", "b"]
    assert page.model.currentText() == "tiny"
    page.model.hidePopup()
    page.model.setCurrentIndex(1)
    page.model.activated.emit(1)
    assert shell.settings.llm_model == "b"
    type_into(page.model_name, " my-own:7b ")
    assert shell.settings.llm_model == "my-own:7b"


@pytest.mark.parametrize(
    ("script", "words"),
    [
        (lambda request: Reply("ready"), "“tiny” at 127.0.0.1:"),
        (lambda request: error(401), "asks for a key"),
        (lambda request: error(404, "model not found"), "has no model “tiny”"),
        (lambda request: HTML, "not a language model"),
    ],
)
def test_test_connection_says_in_a_sentence_how_it_is(
    qtbot: QtBot, shell: FakeShell, ring: Safe, script: Script, words: str
) -> None:
    with LlmServer(script) as server:
        page = open_for(qtbot, shell, server)
        page.test_button.click()
        qtbot.waitUntil(lambda: words in outcome(page), timeout=20_000)

    assert page.stop_button.isHidden()


def test_a_server_that_is_gone_is_told(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    with LlmServer(lambda request: Reply("ready")) as server:
        page = open_for(qtbot, shell, server)
    page.test_button.click()
    qtbot.waitUntil(lambda: "is the server running" in page.test_row.trouble, timeout=20_000)


def test_a_silent_server_is_left_at_once_when_the_test_is_stopped(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    with LlmServer(lambda request: Reply(never=True)) as server:
        page = open_for(qtbot, shell, server)
        page.test_button.click()
        qtbot.waitUntil(lambda: server.open == 1, timeout=20_000)
        page.stop_button.click()
        assert outcome(page) == ""
        server.wait_for(lambda seen: seen.left == [1])


def test_closing_the_dialog_leaves_the_server_too(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    with LlmServer(lambda request: Reply(never=True)) as server:
        shell.settings = AppSettings(llm_provider="compatible", llm_url=server.url, llm_model="tiny")
        dialog = SettingsDialog(shell, page="model")
        dialog.show()
        dialog.model.test_button.click()
        qtbot.waitUntil(lambda: server.open == 1, timeout=20_000)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        with qtbot.waitSignal(dialog.destroyed):
            dialog.reject()
        server.wait_for(lambda seen: seen.left == [1])


def test_r103_a_keyring_that_waits_for_a_person_does_not_hold_up_the_window(
    qtbot: QtBot, shell: FakeShell, ring: Safe
) -> None:
    ring.gate = threading.Event()
    page = open_page(qtbot, shell)
    assert key_note(page) == "Asking the keyring of the system…"
    ring.gate.set()
    qtbot.waitUntil(lambda: key_note(page).startswith("No key."))


def test_a_key_goes_into_the_keyring_and_never_comes_back(
    qtbot: QtBot, shell: FakeShell, ring: Safe, caplog: pytest.LogCaptureFixture
) -> None:
    page = open_page(qtbot, shell, llm_provider="compatible", llm_url="https://api.example.com/v1")
    type_into(page.key.line, f" {CANARY} ")
    qtbot.waitUntil(lambda: key_note(page).startswith("Stored"))

    assert list(ring.kept.values()) == [CANARY]
    assert secrets.find_key("compatible", "api.example.com") == CANARY
    assert page.key.line.text() == ""
    assert page.key.line.echoMode() is QLineEdit.EchoMode.Password
    page.key.remove.click()
    qtbot.waitUntil(lambda: key_note(page).startswith("No key."))
    assert ring.kept == {}
    assert CANARY not in caplog.text + str(shell.settings)


def test_a_key_that_was_typed_is_used_for_the_test_at_once(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    with LlmServer(lambda request: Reply("ready")) as server:
        page = open_for(qtbot, shell, server)
        page.key.line.setText(CANARY)
        page.test_button.click()
        qtbot.waitUntil(lambda: "answers" in outcome(page), timeout=20_000)

        assert [request.headers["authorization"] for request in server.requests] == [f"Bearer {CANARY}"]


def test_what_was_typed_counts_when_the_dialog_is_closed(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    page = open_page(qtbot, shell)
    page.key.line.setText(CANARY)
    page.model_name.setText("tiny")
    page.address.setText("http://localhost:1234")
    dialog = page.window()
    assert isinstance(dialog, SettingsDialog)
    dialog.reject()

    qtbot.waitUntil(lambda: bool(ring.kept))
    assert (shell.settings.llm_model, shell.settings.llm_url) == ("tiny", "http://localhost:1234")
    assert secrets.find_key("ollama", "localhost:1234") == CANARY


def test_without_a_safe_keyring_the_environment_is_offered(
    qtbot: QtBot, shell: FakeShell, without_ring: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page(qtbot, shell)
    qtbot.waitUntil(lambda: not page.key.line.isEnabled())
    assert "no keyring" in key_note(page)
    assert secrets.ENVIRONMENT in key_note(page)

    monkeypatch.setenv(secrets.ENVIRONMENT, CANARY)
    page.key.show_place("openai", "api.openai.com")
    qtbot.waitUntil(lambda: "From the environment" in key_note(page))
    assert CANARY not in key_note(page)


@pytest.mark.expected_logs("keyring could not be")
def test_a_keyring_that_refuses_says_so_at_the_field(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    keyring.set_keyring(Locked())
    page = open_page(qtbot, shell)
    type_into(page.key.line, CANARY)
    qtbot.waitUntil(lambda: "did not take the key" in page.key_row.trouble)
    qtbot.waitUntil(lambda: not key_note(page).startswith("Asking"))


@pytest.mark.parametrize("address", ["localhost:11434", "http://me:hunter2@host/v1", "http://host/v1?key=1", "ftp://x"])
def test_an_address_that_is_none_is_told_at_its_field_and_not_saved(
    qtbot: QtBot, shell: FakeShell, ring: Safe, address: str
) -> None:
    page = open_page(qtbot, shell)
    type_into(page.address, address)

    assert "is not the address of a server" in page.address_row.trouble
    assert "hunter2" not in page.address_row.trouble
    assert shell.settings == AppSettings()
    type_into(page.address, "https://host.example/v1")
    assert page.address_row.trouble == ""
    assert shell.settings.llm_url == "https://host.example/v1"


def test_an_address_belongs_to_its_provider(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    page = open_page(qtbot, shell, llm_provider="compatible", llm_url="http://a.example/v1")
    page.provider.setCurrentIndex(page.provider.findData("openai"))
    assert (shell.settings.llm_provider, shell.settings.llm_url) == ("openai", "")
    assert "api.openai.com" in page.address_row.field.accessibleDescription()
    page.provider.setCurrentIndex(page.provider.findData("compatible"))
    assert shell.settings.llm_url == "http://a.example/v1"


def test_the_version_is_asked_for_where_it_is_needed(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    page = open_page(qtbot, shell)
    assert not page.api_version.isVisible()
    page.provider.setCurrentIndex(page.provider.findData("azure"))
    assert page.api_version.isVisible()
    type_into(page.api_version, "2024-10-21")
    assert shell.settings.llm_api_version == "2024-10-21"


def test_every_value_is_saved_when_it_is_changed(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    page = open_page(qtbot, shell)
    page.engine.setCurrentIndex(page.engine.findData("llm"))
    for name, box in page.numbers.items():
        box.setValue(7)
        assert getattr(shell.settings, name) == 7
    page.temperature.setValue(0.3)
    page.drops_common.setChecked(True)

    sevens = replace(AppSettings(), **dict.fromkeys(page.numbers, 7))
    wanted = replace(sevens, engine="llm", llm_temperature=0.3, llm_drop_common=True)
    assert shell.settings == wanted
    save_settings(shell.settings)
    assert load_settings() == wanted


def test_a_wheel_that_scrolls_the_page_changes_nothing(qtbot: QtBot, shell: FakeShell, ring: Safe) -> None:
    page = open_page(qtbot, shell)
    page.window().setFocus()
    point = QPointF(5, 5)
    for box in (page.engine, *page.numbers.values()):
        event = QWheelEvent(
            point,
            box.mapToGlobal(point),
            QPoint(),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(box, event)
    assert shell.settings == AppSettings()


def test_the_key_is_in_no_file(qtbot: QtBot, shell: FakeShell, ring: Safe, tmp_path: Path) -> None:
    page = open_page(qtbot, shell)
    type_into(page.key.line, CANARY)
    qtbot.waitUntil(lambda: key_note(page).startswith("Stored"))
    save_settings(shell.settings)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert not [path for path in files if CANARY.encode() in path.read_bytes()]


def with_answers(path: Path, count: int) -> Path:
    project = make_project(path, "text")
    with closing(connect(project)) as connection:
        for number in range(count):
            StoredAnswers(connection, 1).keep(str(number), "tiny", "{}", 1)
    return project


def open_with_project(qtbot: QtBot, shell: FakeShell, project: Path, *, is_read_only: bool = False) -> ModelPage:
    shell.settings = AppSettings()
    edits = Edits(project, is_read_only=is_read_only)
    dialog = SettingsDialog(shell, page="model", project=project, edits=edits)
    edits.setParent(dialog)
    qtbot.addWidget(dialog, before_close_func=lambda _closing: dialog.hide())
    dialog.show()
    return dialog.model


def answers_note(page: ModelPage) -> str:
    return page.answers_row.field.accessibleDescription()


def press_in_question(qtbot: QtBot, page: ModelPage, words: str) -> None:
    box = page.window().findChild(QMessageBox, "question")
    assert box is not None
    next(each for each in box.buttons() if each.text() == words).click()


def test_stored_answers_are_counted_and_deleted_after_a_question(
    qtbot: QtBot, shell: FakeShell, without_ring: None, tmp_path: Path
) -> None:
    project = with_answers(tmp_path, 3)
    page = open_with_project(qtbot, shell, project)
    qtbot.waitUntil(page.answers.button.isEnabled, timeout=20_000)
    assert "3 answers" in answers_note(page)
    page.answers.button.click()
    press_in_question(qtbot, page, "Keep")
    page.answers.button.click()
    press_in_question(qtbot, page, "Delete")
    qtbot.waitUntil(lambda: "3 answers were deleted" in answers_note(page), timeout=20_000)
    assert not page.answers.button.isEnabled()
    with closing(connect(project)) as connection:
        assert count_answers(connection) == 0


def test_nothing_is_offered_without_a_project_and_nothing_to_delete_without_answers(
    qtbot: QtBot, shell: FakeShell, without_ring: None, tmp_path: Path
) -> None:
    page = open_page(qtbot, shell)
    assert not page.answers_row.isVisibleTo(page)
    page = open_with_project(qtbot, shell, with_answers(tmp_path, 0))
    qtbot.waitUntil(lambda: "none" in answers_note(page), timeout=20_000)
    assert page.answers_row.isVisibleTo(page)
    assert not page.answers.button.isEnabled()


def test_what_a_resumable_run_needs_is_kept_and_told(
    qtbot: QtBot, shell: FakeShell, without_ring: None, tmp_path: Path
) -> None:
    project = with_answers(tmp_path, 2)
    with closing(connect(project)) as connection:
        connection.execute(
            "INSERT INTO runs (id, uuid, scope, engine, triggered_by, settings, owner, status, created_at)"
            " VALUES (1, 'u', 'generate', 'llm', 'manual', '{}', 'me', 'pending', 'then')"
        )
        drafts.begin(connection, 1, "")
    page = open_with_project(qtbot, shell, project)
    qtbot.waitUntil(page.answers.button.isEnabled, timeout=20_000)
    page.answers.button.click()
    press_in_question(qtbot, page, "Delete")
    qtbot.waitUntil(lambda: "resumed" in answers_note(page), timeout=20_000)
    assert "There are 2 answers" in answers_note(page)


def test_a_project_that_cannot_be_changed_says_so(
    qtbot: QtBot, shell: FakeShell, without_ring: None, tmp_path: Path
) -> None:
    page = open_with_project(qtbot, shell, with_answers(tmp_path, 1), is_read_only=True)
    qtbot.waitUntil(page.answers.button.isEnabled, timeout=20_000)
    page.answers.button.click()
    press_in_question(qtbot, page, "Delete")
    assert page.answers_row.trouble == phrases.read_only()
