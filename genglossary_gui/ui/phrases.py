"""Sentences and figures of the screens, in the language of the interface."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import PurePath

from PySide6.QtCore import QDate, QLocale

from genglossary_gui.core import times
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import N_, _, listed, ngettext
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.plain import locale, number

_HIGH, _MEDIUM = 0.75, 0.45
"""From these on a confidence is called high, medium."""


def confidence(value: float) -> str:
    """“High · 82%”: the word and the number."""
    word = _("High") if value >= _HIGH else _("Medium") if value >= _MEDIUM else _("Low")
    return f"{word} · {value:.0%}"


def confidence_meaning(value: float) -> str:
    """What the number says, in a sentence."""
    return _(
        "An estimate from the kind of passage, not a measurement:"
        " perhaps {share} of 100 such definitions are right as they stand."
    ).format(share=round(value * 100))


def document_language(code: str) -> str:
    """A language of documents, in its own name."""
    return {"auto": _("Automatic"), "ja": "日本語", "en": "English"}.get(code, code)


def terms(count: int) -> str:
    return ngettext("{count} term", "{count} terms", count).format(count=number(count))


def documents(count: int) -> str:
    return ngettext("{count} document", "{count} documents", count).format(count=number(count))


def open_issues(count: int) -> str:
    return ngettext("{count} open issue", "{count} open issues", count).format(count=number(count))


def definitions(count: int) -> str:
    return ngettext("{count} definition", "{count} definitions", count).format(count=number(count))


def run_end(run: RunRow) -> str:
    """How a run ended, in a sentence."""
    if run.status is RunStatus.COMPLETED:
        return _run_completed(run)
    if run.status is RunStatus.CANCELLED:
        return _("Run {run} was cancelled. The glossary is as it was.").format(run=run.id)
    return _("Run {run} failed: {reason}").format(run=run.id, reason=run.error)


def recovered(runs: Sequence[RunRow]) -> str:
    """How runs ended whose process had died, a line for each kind of end."""
    lost = [run.id for run in runs if run.status is RunStatus.INTERRUPTED]
    kept = [run.id for run in runs if run.status is RunStatus.COMPLETED]
    sentences = []
    if lost:
        words = ngettext(
            "Run {runs} was interrupted when the program ended. The glossary is as it was.",
            "Runs {runs} were interrupted when the program ended. The glossary is as it was.",
            len(lost),
        )
        sentences.append(words.format(runs=listed(map(str, lost))))
    if kept:
        words = ngettext(
            "Run {runs} had published its results before the program ended.",
            "Runs {runs} had published their results before the program ended.",
            len(kept),
        )
        sentences.append(words.format(runs=listed(map(str, kept))))
    return "\n".join(sentences)


def _run_completed(run: RunRow) -> str:
    figures = [
        phrase(run.counts[name])
        for name, phrase in (("terms", terms), ("definitions", definitions), ("issues", open_issues))
        if name in run.counts
    ]
    if not figures:
        return _("Run {run} completed.").format(run=run.id)
    return _("Run {run} completed: {figures}.").format(run=run.id, figures=_(", ").join(figures))


def ago(iso: str) -> str:
    """“5 minutes ago” or a date; empty for anything that is not a moment."""
    try:
        then = times.parse(iso)
    except ValueError:
        return ""
    seconds = (datetime.now(UTC) - then).total_seconds()
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if minutes < 1:
        return _("just now")
    if hours < 1:
        return ngettext("{count} minute ago", "{count} minutes ago", minutes).format(count=minutes)
    if days < 1:
        return ngettext("{count} hour ago", "{count} hours ago", hours).format(count=hours)
    if days < 7:
        return ngettext("{count} day ago", "{count} days ago", days).format(count=days)
    day = then.astimezone().date()
    return locale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.ShortFormat)


def place(document: str, line: int) -> str:
    """Where in a document, by the kind of its source: some have pages or slides instead of lines."""
    words = _PLACES.get(PurePath(document).suffix.lower(), N_("Line {number}"))
    return _(words).format(number=number(line))


_PLACES = {
    ".pdf": N_("Page {number}"),
    ".pptx": N_("Slide {number}"),
    ".epub": N_("Chapter {number}"),
    ".docx": N_("Paragraph {number}"),
    ".odt": N_("Paragraph {number}"),
    ".xlsx": N_("Row {number}"),
}
"""Name ending → what the readers count; lines for all others."""
