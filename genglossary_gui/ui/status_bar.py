"""The line at the bottom: what the engine does with the documents, and the figures of the project."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QSizePolicy, QStatusBar, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.store.projects import ProjectSummary, project_summary
from genglossary_gui.ui import phrases
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import label
from genglossary_gui.ui.shell import Workspace
from genglossary_gui.ui.views.elided import ElidedLabel


class StatusBar(QStatusBar):
    """Promise, project and counts; ``refresh`` counts again in the reader thread."""

    def __init__(self, workspace: Workspace | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setContentsMargins(8, 0, 8, 0)
        self.setSizeGripEnabled(False)
        self._workspace = workspace
        self._summary: ProjectSummary | None = None
        self._counts = label()
        self._promise = ElidedLabel(Qt.TextElideMode.ElideRight)
        self._promise.setProperty("role", "muted")
        # Not as wide as a small screen; it gives way before the window does.
        self._promise.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name = ElidedLabel()
        self._name.setMinimumWidth(80)
        self.addWidget(Picture("status-completed", 14))
        self.addWidget(self._promise)
        self.addPermanentWidget(self._name, 1)
        self.addPermanentWidget(self._counts)
        self._name.setVisible(workspace is not None)
        self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        if self._workspace is not None:
            project = self._workspace.project
            self._workspace.reader.ask(lambda _connection: project_summary(project), self._on_summary)

    def retranslate(self) -> None:
        self._promise.setText(_("Offline engine — nothing leaves this computer"))
        if self._workspace is not None:
            self._name.setText(harmless(self._workspace.info.name))
        self._show_counts()

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
