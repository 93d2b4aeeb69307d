"""Small parts of the entry panel."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from genglossary_gui.core.i18n import _
from genglossary_gui.core.review.fixing import Fix, fix_of
from genglossary_gui.core.store.glossary import IssueRow
from genglossary_gui.ui.icons import Picture
from genglossary_gui.ui.models.words import ISSUE_STATES, issue_word, word_of
from genglossary_gui.ui.plain import button, enlarge, label, spaced
from genglossary_gui.ui.views.flow import FlowLayout
from genglossary_gui.ui.views.prose import Prose

Offer = tuple[str, Callable[[], object]]
"""The words of a button and what it does."""


def add_section(layout: QVBoxLayout, title: str) -> None:
    layout.addSpacing(12)
    layout.addWidget(label(title, role="section"))


def link(words: str, pressed: Callable[[], object], name: str = "") -> QPushButton:
    """A button that looks like a link; ``name`` is said aloud where the words alone say too little."""
    widget = button("link")
    widget.setText(words.replace("&", "&&"))
    if name:
        widget.setAccessibleName(name)
    widget.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    widget.clicked.connect(lambda: pressed())
    return widget


def links(offers: Sequence[Offer]) -> QWidget:
    """Links one after the other."""
    row = QWidget()
    flow = FlowLayout(row, 4)
    for words, pressed in offers:
        flow.addWidget(link(words, pressed))
    return row


def notice(kind: str, words: str, offers: Sequence[Offer] = (), inside: QWidget | None = None) -> QFrame:
    """Something that a person should decide: an icon and words, what it is about, and what may be done."""
    frame = QFrame()
    frame.setProperty("banner", kind)
    layout = QVBoxLayout(frame)
    spaced(layout, 12, 6)
    head = QHBoxLayout()
    spaced(head)
    head.addWidget(Picture("warning" if kind == "warning" else "info"), 0, Qt.AlignmentFlag.AlignTop)
    head.addWidget(label(words, wrap=True), 1)
    layout.addLayout(head)
    if inside is not None:
        layout.addWidget(inside)
    if offers:
        layout.addWidget(links(offers))
    return frame


def issue_card(issue: IssueRow, offers: Sequence[Offer]) -> QFrame:
    """What is wrong, what to do, and the buttons for it."""
    card = QFrame()
    card.setProperty("role", "card")
    inner = QVBoxLayout(card)
    spaced(inner, 12, 4)
    title = issue_word(issue.type)
    if issue.state != "open":
        title = f"{title} · {word_of(issue.state, ISSUE_STATES)}"
    heading = label(title, wrap=True)
    enlarge(heading, 1.0, bold=True)
    inner.addWidget(heading)
    inner.addWidget(Prose(issue.explanation))
    if issue.reason:
        inner.addWidget(Prose(_("Reason: {reason}").format(reason=issue.reason), role="muted"))
    elif issue.action and issue.state == "open":
        inner.addWidget(Prose(issue.action, role="muted"))
    if offers:
        inner.addWidget(links(offers))
    return card


def fix_words(issue: IssueRow) -> str:
    """What the safe fix of an issue does, for a button; empty when it has none."""
    way = fix_of(issue)
    return "" if way is None else _FIXES[way]()


_FIXES: dict[Fix, Callable[[], str]] = {
    Fix.ACCEPT_OFFER: lambda: _("Accept the suggestion"),
    Fix.RELATE: lambda: _("Relate the terms"),
    Fix.MERGE: lambda: _("Join as synonyms"),
    Fix.DROP: lambda: _("Drop the term"),
    Fix.REMOVE_SENTENCE: lambda: _("Remove the sentence"),
    Fix.RENEW_EVIDENCE: lambda: _("Renew the evidence"),
}


def right(widget: QLabel) -> QLabel:
    widget.setAlignment(Qt.AlignmentFlag.AlignRight)
    return widget
