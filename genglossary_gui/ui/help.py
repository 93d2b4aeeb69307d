"""The help window: the user guide of the program, read from its own files and from nowhere else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QSettings, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QFont, QImage, QKeySequence, QResizeEvent, QShortcut, QTextCursor, QTextDocument, QWheelEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSplitter,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from genglossary_gui.core import i18n, paths
from genglossary_gui.core.i18n import _
from genglossary_gui.ui import theme
from genglossary_gui.ui.help_pages import Page, find_section, inside_guide, read_guide, read_page, to_html
from genglossary_gui.ui.icons import app_icon
from genglossary_gui.ui.plain import icon_button, label, set_words, spaced

_SIZE = QSize(1040, 760)
_CONTENTS_WIDTH, _LEAST_CONTENTS = 250, 120
_WIDEST_PICTURE, _LEAST_PICTURE = 680, 200
_MARGIN = 28
_ZOOMS = (0.8, 0.9, 1.0, 1.15, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)
_AFTER_RESIZE_MS = 50
_TARGET = Qt.ItemDataRole.UserRole

_window: HelpWindow | None = None


def show_help(target: str = "") -> HelpWindow:
    """Show a place of the guide, ``page#section``, in the help window; there is one for the whole process.

    Closed with the last window of the app, which does not wait for it.  GUI thread.
    """
    global _window
    if _window is None:
        _window = HelpWindow()
        _window.closed.connect(_forget)
        qt = QApplication.instance()
        assert isinstance(qt, QApplication)
        qt.lastWindowClosed.connect(_window.close)
    _window.show_section(target)
    _window.show()
    _window.raise_()
    _window.activateWindow()
    return _window


def _forget() -> None:
    global _window
    _window = None


class HelpWindow(QWidget):
    """Contents at the left, a page at the right; searches all pages.  ``closed()``: it will be shown no more."""

    closed = Signal()

    def __init__(self) -> None:
        # No parent: a dialog that is open would block it.
        super().__init__(None, Qt.WindowType.Window)
        self.setObjectName("helpWindow")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setWindowIcon(app_icon())
        self._pages: dict[str, Page] = {}
        self._items: dict[str, QTreeWidgetItem] = {}
        self._shown = ("", "")
        self._past: list[tuple[str, str]] = []
        self._future: list[tuple[str, str]] = []
        self._zoom = _ZOOMS.index(1.0)
        self.contents = QTreeWidget()
        self.browser = GuideBrowser()
        self.search = QLineEdit()
        self.back, self.forward = icon_button("arrow-left"), icon_button("arrow-right")
        self.smaller, self.larger = icon_button("zoom-out"), icon_button("zoom-in")
        self._found = label(role="muted")
        self._resized = QTimer(self, singleShot=True, interval=_AFTER_RESIZE_MS)
        self._build()
        self._connect()
        self._restore()
        self.retranslate()
        self.browser.setFocus()

    def show_section(self, target: str) -> None:
        """Go to ``page#section``; the beginning of the guide when there is no such page."""
        place = find_section(target)
        if place != self._shown:
            if self._shown[0]:
                self._past.append(self._shown)
            self._future.clear()
        self._go(place)

    def retranslate(self) -> None:
        """Show everything in the current language, the page included."""
        self.setWindowTitle(_("User guide"))
        self.contents.setAccessibleName(_("Contents"))
        self.browser.setAccessibleName(_("Page of the guide"))
        self.search.setPlaceholderText(_("Search the guide"))
        self.search.setAccessibleName(_("Search the guide"))
        for widget, words in (
            (self.back, _("Back")),
            (self.forward, _("Forward")),
            (self.smaller, _("Smaller text")),
            (self.larger, _("Larger text")),
        ):
            set_words(widget, words)
        self.browser.language = i18n.language()
        self._pages = {page.name: page for page in read_guide(i18n.language())}
        self._fill_contents()
        if self._shown[0]:
            self._go(self._shown)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() is QEvent.Type.PaletteChange and self._shown[0]:
            self._render_in_place()

    def closeEvent(self, event: QEvent) -> None:
        state = _remembered()
        state.setValue("help/geometry", self.saveGeometry())
        state.setValue("help/zoom", self._zoom)
        self.closed.emit()
        event.accept()

    @Slot()
    def go_back(self) -> None:
        """To the place that was shown before."""
        if self._past:
            self._future.append(self._shown)
            self._go(self._past.pop())

    @Slot()
    def go_forward(self) -> None:
        if self._future:
            self._past.append(self._shown)
            self._go(self._future.pop())

    @Slot()
    def find_next(self) -> None:
        """Go to the next place that has the words of the search, on this page or a later one."""
        words = self.search.text().strip()
        if not words or self.browser.find(words):
            return
        names = [name for name, page in self._pages.items() if words in page]
        if not names:
            return
        here = list(self._pages).index(self._shown[0]) if self._shown[0] in self._pages else -1
        later = next((name for name in names if list(self._pages).index(name) > here), names[0])
        if later != self._shown[0]:
            self.show_section(later)
        self.browser.moveCursor(QTextCursor.MoveOperation.Start)
        self.browser.find(words)

    def _build(self) -> None:
        self.contents.setHeaderHidden(True)
        self.contents.setRootIsDecorated(True)
        self.contents.setMinimumWidth(_LEAST_CONTENTS)
        self.browser.setFrameShape(QFrame.Shape.NoFrame)
        self.search.setClearButtonEnabled(True)
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(4)
        for widget in (self.back, self.forward):
            bar.addWidget(widget)
        bar.addSpacing(8)
        bar.addWidget(self.search, 1)
        bar.addWidget(self._found)
        for widget in (self.smaller, self.larger):
            bar.addWidget(widget)
        parts = QSplitter()
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.contents)
        parts.addWidget(self.browser)
        parts.setStretchFactor(1, 1)
        self._parts = parts
        column = QVBoxLayout(self)
        spaced(column, spacing=0)
        column.addLayout(bar)
        column.addWidget(parts, 1)

    def _connect(self) -> None:
        self.contents.currentItemChanged.connect(self._on_chosen)
        self.browser.section_wanted.connect(self.show_section)
        self.browser.zoom_wanted.connect(self._change_zoom)
        self.browser.width_changed.connect(self._resized.start)
        self._resized.timeout.connect(self._on_resized)
        self.back.clicked.connect(self.go_back)
        self.forward.clicked.connect(self.go_forward)
        self.smaller.clicked.connect(lambda: self._change_zoom(-1))
        self.larger.clicked.connect(lambda: self._change_zoom(1))
        self.search.textChanged.connect(self._on_search)
        self.search.returnPressed.connect(self.find_next)
        keys = QKeySequence.StandardKey
        for key, act in (
            (QKeySequence(keys.Back), self.go_back),
            (QKeySequence(keys.Forward), self.go_forward),
            (QKeySequence(keys.Find), self._focus_search),
            (QKeySequence("F3"), self.find_next),
            (QKeySequence(keys.ZoomIn), self.larger.click),
            (QKeySequence("Ctrl+="), self.larger.click),
            (QKeySequence(keys.ZoomOut), self.smaller.click),
            (QKeySequence("Ctrl+0"), self._usual_zoom),
            (QKeySequence(keys.Close), self.close),
            (QKeySequence("Esc"), self._on_escape),
        ):
            QShortcut(key, self).activated.connect(act)

    def _restore(self) -> None:
        state = _remembered()
        geometry = state.value("help/geometry")
        if geometry is None or not self.restoreGeometry(geometry):
            self.resize(_SIZE.boundedTo(self.screen().availableSize()))
        contents = min(_CONTENTS_WIDTH, self.width() * 3 // 10)
        self._parts.setSizes([contents, self.width() - contents])
        zoom = state.value("help/zoom", self._zoom)
        if str(zoom).isdigit():
            self._zoom = min(int(str(zoom)), len(_ZOOMS) - 1)

    def _fill_contents(self) -> None:
        self.contents.blockSignals(True)
        self.contents.clear()
        self._items.clear()
        for page in self._pages.values():
            item = self._add_item(page.name, page.title)
            self.contents.addTopLevelItem(item)
            for section in page.sections:
                item.addChild(self._add_item(f"{page.name}#{section.anchor}", section.title))
        self.contents.blockSignals(False)
        self._on_search()

    def _add_item(self, target: str, title: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setData(0, _TARGET, target)
        self._items[target] = item
        return item

    def _go(self, place: tuple[str, str]) -> None:
        name, anchor = place
        if name not in self._pages:
            # The translation of a page may be missing, the page is not.
            try:
                self._pages[name] = read_page("en", name)
            except (OSError, UnicodeDecodeError):
                self.browser.setPlainText(_("This page is not there. Install GenGlossary anew."))
                return
        self._shown = place
        self._render()
        if anchor:
            self.browser.scrollToAnchor(anchor)
        self.back.setEnabled(bool(self._past))
        self.forward.setEnabled(bool(self._future))
        self._mark_in_contents(place)

    def _render(self) -> None:
        page = self._pages[self._shown[0]]
        font = QFont(QApplication.font())
        font.setPointSizeF(font.pointSizeF() * _ZOOMS[self._zoom])
        self.browser.zoom = _ZOOMS[self._zoom]
        self.browser.document().setDefaultFont(font)
        self.browser.setHtml(to_html(page, theme.current()))
        frame = self.browser.document().rootFrame().frameFormat()
        frame.setMargin(_MARGIN)
        self.browser.document().rootFrame().setFrameFormat(frame)
        self.setWindowTitle(f"{page.title} — {_('User guide')}")

    def _render_in_place(self) -> None:
        """The same page with other colours or sizes, about where it was."""
        bar = self.browser.verticalScrollBar()
        share = bar.value() / bar.maximum() if bar.maximum() else 0.0
        self._render()
        bar.setValue(round(share * bar.maximum()))

    def _mark_in_contents(self, place: tuple[str, str]) -> None:
        item = self._items.get("#".join(filter(None, place))) or self._items.get(place[0])
        if item is None:
            return
        self.contents.blockSignals(True)
        self._items[place[0]].setExpanded(True)
        self.contents.setCurrentItem(item)
        self.contents.blockSignals(False)

    @Slot()
    def _on_chosen(self) -> None:
        item = self.contents.currentItem()
        if item is not None:
            self.show_section(item.data(0, _TARGET))

    @Slot()
    def _on_search(self) -> None:
        words = self.search.text().strip()
        matching = [name for name, page in self._pages.items() if not words or words in page]
        for row, name in enumerate(self._pages):
            self.contents.setRowHidden(row, QModelIndex(), name not in matching)
        self._found.setText("" if matching else _("Nothing found."))
        if words and matching:
            self.browser.moveCursor(QTextCursor.MoveOperation.Start)
            if self._shown[0] in matching:
                self.browser.find(words)

    @Slot(int)
    def _change_zoom(self, steps: int) -> None:
        self._zoom = min(max(self._zoom + steps, 0), len(_ZOOMS) - 1)
        self._render_in_place()

    @Slot()
    def _on_resized(self) -> None:
        """Pictures take the room there is."""
        page = self._pages.get(self._shown[0])
        if page is not None and "![" in page.text:
            self._render_in_place()

    @Slot()
    def _usual_zoom(self) -> None:
        self._zoom = _ZOOMS.index(1.0)
        self._render_in_place()

    @Slot()
    def _focus_search(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @Slot()
    def _on_escape(self) -> None:
        if self.search.text():
            self.search.clear()
            self.browser.setFocus()
        else:
            self.close()


class GuideBrowser(QTextBrowser):
    """Shows pages; loads pictures of the guide, and nothing else whatsoever.

    ``section_wanted(target)``: a link to another place of the guide was followed.  Other links lead nowhere.
    ``width_changed()``: pictures have another room.
    """

    section_wanted = Signal(str)
    zoom_wanted = Signal(int)
    width_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        # One that comes and goes would change the room for pictures while they are laid out.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.language = "en"
        self.zoom = 1.0
        self.anchorClicked.connect(self._on_link)

    def loadResource(self, kind: int, name: QUrl | str) -> QImage | str:
        """A picture in the size in which it is shown; an empty one for what is not in the guide."""
        url = name if isinstance(name, QUrl) else QUrl(name)
        file = inside_guide(self.language, url.toString())
        # An empty value, not None: Qt would load the file itself.
        if kind != QTextDocument.ResourceType.ImageResource.value or file is None or file.suffix != ".png":
            return QImage() if kind == QTextDocument.ResourceType.ImageResource.value else ""
        picture = QImage(str(file))
        ratio = self.devicePixelRatioF()
        width = min(picture.width(), _WIDEST_PICTURE) * self.zoom
        room = max(self.viewport().width() - 2 * _MARGIN, _LEAST_PICTURE)
        picture = picture.scaledToWidth(round(min(width, room) * ratio), Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_wanted.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    @Slot(QUrl)
    def _on_link(self, url: QUrl) -> None:
        target = url.toString()
        if inside_guide(self.language, target.partition("#")[0]) is not None:
            self.section_wanted.emit(target)


def _remembered() -> QSettings:
    return QSettings(str(paths.config_folder() / "window.ini"), QSettings.Format.IniFormat)
