"""The line at the bottom: whether anything leaves this computer, and the figures of the project."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QStatusBar, QWidget

from genglossary_gui.core.engines.llm_settings import destination
from genglossary_gui.core.i18n import _, listed
from genglossary_gui.core.settings import AppSettings, RunSettings, dask_host
from genglossary_gui.core.store.projects import ProjectSummary, project_summary
from genglossary_gui.core.store.runs import active_runs
from genglossary_gui.ui import phrases
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import label, tool_tip
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.elided import ElidedLabel


class StatusBar(QStatusBar):
    """Promise, project and counts; ``refresh`` counts again in the reader thread.

    ``settings`` gives those of the app; runs that are active count with their own.
    """

    def __init__(
        self,
        workspace: Workspace | None,
        settings: Callable[[], AppSettings] = AppSettings,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setContentsMargins(8, 0, 8, 0)
        self.setSizeGripEnabled(False)
        self._workspace = workspace
        self._settings = settings
        self._summary: ProjectSummary | None = None
        self._running: tuple[RunSettings, ...] = ()
        self._counts = label()
        self._promise = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._promise.setObjectName("promise")
        self._promise.setProperty("role", "muted")
        # Not as wide as a small screen; it gives way before the window does.
        self._promise.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ElidedLabel()
        self._name.setMinimumWidth(80)
        self._sign = Picture("status-completed", 14)
        self.addWidget(self._sign)
        self.addWidget(self._promise)
        self.addPermanentWidget(self._name, 1)
        self.addPermanentWidget(self._counts)
        self._name.setVisible(workspace is not None)
        if workspace is not None:
            for signal in (workspace.controller.run_started, workspace.controller.run_finished):
                signal.connect(self._look_at_runs)
            workspace.controller.recovered.connect(self._look_at_runs)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        if self._workspace is not None:
            project = self._workspace.project
            self._workspace.reader.ask(lambda _connection: project_summary(project), self._on_summary)
            self._look_at_runs()

    def retranslate(self) -> None:
        self._show_promise()
        if self._workspace is not None:
            self._name.setText(harmless(self._workspace.info.name))
        self._show_counts()

    @Slot()
    def _look_at_runs(self) -> None:
        if self._workspace is not None:
            self._workspace.reader.ask(_settings_of_active, self._on_runs)

    @Slot(object)
    def _on_runs(self, running: tuple[RunSettings, ...]) -> None:
        self._running = running
        self._show_promise()

    def _show_promise(self) -> None:
        settings = self._settings()
        hosts = _destinations(settings, self._running)
        if hosts:
            words = _("Texts go to {host}").format(host=listed(map(harmless, hosts)))
        elif any(each.engine == "llm" for each in (settings, *self._running)):
            words = _("Language model on this computer — nothing leaves it")
        else:
            words = _("Offline engine — nothing leaves this computer")
        self._sign.show_icon("export" if hosts else "status-completed")
        self._promise.setText(words)
        self._promise.setToolTip(tool_tip(words))

    @Slot(object)
    def _on_summary(self, summary: ProjectSummary) -> None:
        self._summary = summary
        self._show_counts()

    def _show_counts(self) -> None:
        found = self._summary
        if found is not None:
            figures = (
                phrases.documents(found.documents),
                phrases.terms(found.terms),
                phrases.open_issues(found.open_issues),
            )
            self._counts.setText(" · ".join(figures))


def _destinations(settings: AppSettings, running: Iterable[RunSettings]) -> list[str]:
    """The hosts that get texts now or with the next run, each once."""
    hosts = [destination(each) for each in (*running, settings)]
    return list(dict.fromkeys(filter(None, (*hosts, dask_host(settings.dask_address)))))


def _settings_of_active(connection: sqlite3.Connection) -> tuple[RunSettings, ...]:
    return tuple(RunSettings.from_json(row.settings) for row in active_runs(connection))
