"""The actions of a window with their names, keys and icons, and the menus and the tool bar made of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from genglossary_gui.core.glossary import Scope
from genglossary_gui.core.i18n import _, pgettext
from genglossary_gui.core.words import word
from genglossary_gui.ui import shortcuts
from genglossary_gui.ui.icons import icon
from genglossary_gui.ui.plain import tool_tip
from genglossary_gui.ui.shortcuts import Place

_Key = QKeySequence.StandardKey
_Role = QAction.MenuRole


@dataclass(frozen=True)
class _Declared:
    """``short`` is the word on the tool bar, where it is not that of the menu.

    ``in_runs``: its key counts only while the run table has the keyboard.
    """

    words: Callable[[], str]
    key: QKeySequence.StandardKey | str = ""
    icon: str = ""
    role: QAction.MenuRole = _Role.NoRole
    short: Callable[[], str] | None = None
    in_runs: bool = False
    is_checkable: bool = False


_ACTIONS = {
    "actionNewProject": _Declared(lambda: _("&New project…"), _Key.New, "new-project", short=lambda: _("New…")),
    "actionOpenProject": _Declared(lambda: _("&Open project…"), _Key.Open, "open", short=lambda: _("Open…")),
    "actionHome": _Declared(lambda: _("&Home"), "Ctrl+Shift+H"),
    "actionSample": _Declared(lambda: _("&Try the sample")),
    "actionExport": _Declared(lambda: _("&Export…"), "Ctrl+E", "export"),
    "actionImport": _Declared(lambda: _("&Import…"), "Ctrl+I", "import"),
    "actionInsertLinks": _Declared(lambda: _("Insert &links…"), icon="link"),
    "actionSettings": _Declared(lambda: _("&Settings…"), "Ctrl+,", "settings", _Role.PreferencesRole),
    "actionClose": _Declared(lambda: _("&Close window"), _Key.Close, "close"),
    "actionQuit": _Declared(lambda: _("&Quit"), "Ctrl+Q", "quit", _Role.QuitRole),
    "actionRun": _Declared(lambda: _("&Run"), "Ctrl+R", "run"),
    "actionCancelRun": _Declared(lambda: _("&Cancel run"), "Ctrl+.", "cancel", short=lambda: _("Cancel")),
    "actionCancelAll": _Declared(lambda: _("Cancel &all runs"), "Ctrl+Shift+.", "cancel-all"),
    "actionResumeRun": _Declared(lambda: _("R&esume"), "Ctrl+Shift+R"),
    "actionKeepRun": _Declared(lambda: _("&Keep what is done"), "Ctrl+Shift+K"),
    "actionDiscardRun": _Declared(lambda: _("&Discard what is done…")),
    "actionRunAgain": _Declared(lambda: _("Run a&gain with these settings"), "Ctrl+Alt+R"),
    "actionEditAndRun": _Declared(lambda: _("Ed&it and run…"), "Ctrl+Shift+E"),
    "actionCompareRuns": _Declared(lambda: _("Co&mpare runs…"), "Ctrl+Shift+C"),
    "actionRestoreRun": _Declared(lambda: _("&Publish these results again")),
    "actionPauseQueue": _Declared(lambda: _("Pause the &queue"), "Ctrl+Shift+P", is_checkable=True),
    "actionMoveUp": _Declared(lambda: _("&Begin sooner"), "Alt+Up", in_runs=True),
    "actionMoveDown": _Declared(lambda: _("Begin la&ter"), "Alt+Down", in_runs=True),
    "actionRenameRun": _Declared(lambda: _("Re&name run…"), "F2", in_runs=True),
    "actionRunNote": _Declared(lambda: _("N&ote…"), "Ctrl+Shift+O"),
    "actionArchiveRun": _Declared(lambda: _("Archi&ve"), "Ctrl+Shift+A"),
    "actionDeleteRun": _Declared(lambda: _("De&lete run"), "Del", in_runs=True),
    "actionCopyReport": _Declared(lambda: _("Cop&y report"), icon="copy"),
    "actionUndo": _Declared(lambda: _("&Undo"), _Key.Undo),
    "actionRedo": _Declared(lambda: _("&Redo"), _Key.Redo),
    "actionGlossary": _Declared(lambda: _("&Glossary"), "Ctrl+1", "glossary"),
    "actionTerms": _Declared(lambda: _("&Terms"), "Ctrl+2", "terms"),
    "actionDocuments": _Declared(lambda: _("&Documents"), "Ctrl+3", "documents"),
    "actionIssues": _Declared(lambda: _("&Issues"), "Ctrl+4", "issues"),
    "actionRuns": _Declared(lambda: _("&Runs"), "Ctrl+5", "runs"),
    "actionShowRuns": _Declared(lambda: _("R&uns and log"), "F9", is_checkable=True),
    "actionPalette": _Declared(lambda: _("&Go to anything…"), "Ctrl+K", "search"),
    "actionFind": _Declared(lambda: _("&Find"), _Key.Find, "search"),
    "actionHelp": _Declared(lambda: _("User &guide"), "F1", "help"),
    "actionTour": _Declared(lambda: _("&First steps")),
    "actionLogFolder": _Declared(lambda: _("Show the application's &log")),
    "actionDiagnostics": _Declared(lambda: _("Save &diagnostics…")),
    "actionAbout": _Declared(lambda: _("&About GenGlossary"), role=_Role.AboutRole),
}
_KEYS = {
    name: shortcuts.declare(
        Place.RUNS if declared.in_runs else Place.WINDOW,
        name,
        declared.words,
        declared.key,
        # Systems differ in this one, and hands are used to one of them.
        *(("Ctrl+Shift+Z", "Ctrl+Y") if name == "actionRedo" else ()),
    )
    for name, declared in _ACTIONS.items()
}
_SCOPE_KEYS = {
    scope: shortcuts.declare(Place.WINDOW, f"actionRun{scope.capitalize()}", lambda scope=scope: word(scope))
    for scope in Scope
}
PAGES = ("actionGlossary", "actionTerms", "actionDocuments", "actionIssues")
"""The actions that show a page, in the order of the pages."""

RUN_MENU = (
    "actionCancelRun",
    "actionResumeRun",
    "actionKeepRun",
    "actionDiscardRun",
    "",
    "actionRunAgain",
    "actionEditAndRun",
    "",
    "actionCompareRuns",
    "actionRestoreRun",
    "",
    "actionMoveUp",
    "actionMoveDown",
    "",
    "actionRenameRun",
    "actionRunNote",
    "actionCopyReport",
    "actionArchiveRun",
    "actionDeleteRun",
)
"""What may be done with the runs that are selected; an empty name is a line between."""
RUN_ACTIONS = (*filter(None, RUN_MENU), "actionPauseQueue")

WRITING = (
    "actionImport",
    "actionRun",
    "actionCancelAll",
    *(name for name in RUN_ACTIONS if name not in ("actionCompareRuns", "actionCopyReport")),
    "actionUndo",
    "actionRedo",
)
"""What changes the project."""

_NEED_PROJECT = (
    "actionExport",
    "actionImport",
    "actionInsertLinks",
    "actionRun",
    "actionCancelAll",
    *RUN_ACTIONS,
    "actionUndo",
    "actionRedo",
    *PAGES,
    "actionRuns",
    "actionShowRuns",
    "actionFind",
    "actionTour",
)


class Actions:
    """All actions by object name, in menus and on the tool bar of ``window``.  ``scopes`` start runs."""

    def __init__(self, window: QMainWindow) -> None:
        self._window = window
        self._by_name: dict[str, QAction] = {}
        for name, declared in _ACTIONS.items():
            action = QAction(window)
            action.setObjectName(name)
            action.setMenuRole(declared.role)
            action.setIcon(icon(declared.icon))
            action.setCheckable(declared.is_checkable)
            if declared.in_runs:
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._by_name[name] = action
            window.addAction(action)
        self.scopes = {scope: self._scope_action(scope) for scope in Scope}
        self._parts = QMenu(window)
        self._parts.setToolTipsVisible(True)
        self._parts.addActions([action for scope, action in self.scopes.items() if scope is not Scope.FULL])
        self._menus = [self._make_menu(names) for names in _MENUS]
        self._page_menus: list[QMenu] = []
        self._page_groups: list[QActionGroup] = []
        self._page_titles: list[Callable[[], str]] = []
        self.tool_bar = self._make_tool_bar()
        self.retranslate()

    def without_project(self) -> None:
        """Disable what needs an open project."""
        for action in (*(self[name] for name in _NEED_PROJECT), *self.scopes.values()):
            action.setEnabled(False)

    def add_recent(self, menu: QMenu) -> None:
        """Put the menu of recent projects below “Open project…”."""
        self._menus[0].insertMenu(self["actionSample"], menu)

    def show_page_menus(self, pages: Sequence[tuple[Callable[[], str], Sequence[QAction]]]) -> None:
        """A menu for each page after “Edit”: its title, and what may be done there.  Those of another page are disabled
        until ``set_page``."""
        self._page_titles = [title for title, _actions in pages]
        after = self._menus[_EDIT_MENU + 1].menuAction()
        for _title, actions in pages:
            menu = QMenu(self._window)
            menu.setToolTipsVisible(True)
            menu.addActions(list(actions))
            group = QActionGroup(menu)
            group.setExclusionPolicy(QActionGroup.ExclusionPolicy.None_)
            for action in _with_those_of_menus(actions):
                group.addAction(action)
            self._page_menus.append(menu)
            self._page_groups.append(group)
            self._window.menuBar().insertMenu(after, menu)
        self._name_page_menus()

    def set_page(self, index: int) -> None:
        """This page is in front: its actions may be used as it says, those of the others may not."""
        for place, group in enumerate(self._page_groups):
            group.setEnabled(place == index)

    def of_pages(self) -> list[tuple[str, QAction]]:
        """The actions of all pages, each with the title of its menu."""
        pairs = zip(self._page_menus, self._page_groups, strict=True)
        return [
            (bare(menu.title()), action)
            for menu, group in pairs
            for action in group.actions()
            if action.text() and _menu_of(action) is None
        ]

    def _name_page_menus(self) -> None:
        for menu, title in zip(self._page_menus, self._page_titles, strict=True):
            menu.setTitle(title())

    def refuse_writing(self, reason: str) -> None:
        """Disable what changes the project; the tool tips tell why."""
        for action in (*(self[name] for name in WRITING), *self.scopes.values()):
            action.setEnabled(False)
            refuse(action, reason)
        self.run_button.setToolTip(self["actionRun"].toolTip())

    def of_runs(self) -> list[QAction]:
        """The actions of the run table's own menu, with lines between them."""
        return [self[name] if name else self._line() for name in RUN_MENU]

    def _line(self) -> QAction:
        line = QAction(self._window)
        line.setSeparator(True)
        return line

    def all(self) -> list[QAction]:
        """Every action, those of the scopes included."""
        return [*self._by_name.values(), *self.scopes.values()]

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def retranslate(self) -> None:
        for name, declared in _ACTIONS.items():
            action = self._by_name[name]
            action.setText(declared.words())
            shortcuts.dress(action, _KEYS[name])
            action.setIconText(declared.short() if declared.short else bare(action.text()))
            action.setToolTip(tool_tip(_tip(action)))
        for scope, action in self.scopes.items():
            action.setText(word(scope))
            shortcuts.dress(action, _SCOPE_KEYS[scope])
        titles = (_("&File"), _("&Edit"), pgettext("menu", "&Run"), _("&View"), _("&Help"))
        for menu, title in zip(self._menus, titles, strict=True):
            menu.setTitle(title)
        self._name_page_menus()
        self._parts.setTitle(_("&Start only"))
        self.tool_bar.setWindowTitle(_("Tool bar"))
        self.run_button.setText(self["actionRun"].iconText())
        self.run_button.setToolTip(self["actionRun"].toolTip())
        self._settings_button.setAccessibleName(self["actionSettings"].iconText())

    def _scope_action(self, scope: Scope) -> QAction:
        action = QAction(self._window)
        action.setObjectName(f"actionRun{scope.capitalize()}")
        return action

    def _make_menu(self, names: tuple[str, ...]) -> QMenu:
        menu = self._window.menuBar().addMenu("")
        menu.setToolTipsVisible(True)
        for name in names:
            if name == "":
                menu.addSeparator()
            elif name == "parts":
                menu.addMenu(self._parts)
            else:
                menu.addAction(self[name])
        return menu

    def _make_tool_bar(self) -> QToolBar:
        bar = QToolBar(self._window)
        bar.setObjectName("toolBar")
        bar.setMovable(False)
        bar.setFloatable(False)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        bar.setIconSize(QSize(18, 18))
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.run_button = self._make_run_button()
        bar.addWidget(self.run_button)
        bar.addAction(self["actionCancelRun"])
        bar.addSeparator()
        for name in ("actionNewProject", "actionOpenProject", "actionExport"):
            bar.addAction(self[name])
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        bar.addAction(self["actionSettings"])
        self._window.addToolBar(bar)
        for action in bar.actions():
            button = bar.widgetForAction(action)
            if isinstance(button, QToolButton):
                button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        settings = bar.widgetForAction(self["actionSettings"])
        assert isinstance(settings, QToolButton)
        settings.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self._settings_button = settings
        return bar

    def _make_run_button(self) -> QToolButton:
        button = QToolButton()
        button.setObjectName("runButton")
        button.setProperty("role", "primary")
        # Not its default action: that would bring the icon of the menu, in the colour for a menu.
        button.setIcon(icon("run", "on_accent"))
        button.clicked.connect(self["actionRun"].trigger)
        self["actionRun"].enabledChanged.connect(button.setEnabled)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        menu = QMenu(button)
        menu.addActions(list(self.scopes.values()))
        button.setMenu(menu)
        return button


_EDIT_MENU = 1
_MENUS = (
    (
        "actionNewProject",
        "actionOpenProject",
        "actionSample",
        "actionHome",
        "",
        "actionImport",
        "actionExport",
        "actionInsertLinks",
        "",
        "actionSettings",
        "",
        "actionClose",
        "actionQuit",
    ),
    ("actionUndo", "actionRedo"),
    ("actionRun", "parts", "", *RUN_MENU, "", "actionPauseQueue", "actionCancelAll"),
    (*PAGES, "actionRuns", "", "actionShowRuns", "", "actionPalette", "actionFind"),
    ("actionHelp", "actionTour", "", "actionLogFolder", "actionDiagnostics", "", "actionAbout"),
)


def _with_those_of_menus(actions: Sequence[QAction]) -> list[QAction]:
    found: list[QAction] = []
    for action in actions:
        menu = _menu_of(action)
        found += [action, *(menu.actions() if menu is not None else ())]
    return found


def _menu_of(action: QAction) -> QMenu | None:
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def refuse(action: QAction, reason: str) -> None:
    """Have an action that is disabled tell why."""
    action.setToolTip(tool_tip(f"{bare(action.text())}\n{reason}"))


def _tip(action: QAction) -> str:
    words = bare(action.text())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{words} ({keys})" if keys else words


def bare(words: str) -> str:
    """The words of a menu without key marks (“&Run”, “実行(&R)”) and dots."""
    return re.sub(r"\(&.\)|&|…$", "", words)
