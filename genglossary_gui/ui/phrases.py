"""Sentences and figures of the screens, in the language of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import reduce
from pathlib import PurePath

from PySide6.QtCore import QDate, QLocale

from genglossary_gui.core import times
from genglossary_gui.core.glossary import RunStatus
from genglossary_gui.core.i18n import N_, _, listed, ngettext, quoted
from genglossary_gui.core.runs.continuing import Choices
from genglossary_gui.core.runs.window_lock import Obstacle
from genglossary_gui.core.store.glossary import HIGH, MEDIUM
from genglossary_gui.core.store.runs import RunRow
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.models.words import date_time, step_word
from genglossary_gui.ui.plain import locale, number

_MOST_NUMBERS = 8
"""Numbers of runs in one sentence."""


def confidence(value: float) -> str:
    """“High · 82%”: the word and the number."""
    word = _("High") if value >= HIGH else _("Medium") if value >= MEDIUM else _("Low")
    return f"{word} · {value:.0%}"


def confidence_meaning(value: float, origin: str = "offline") -> str:
    """What the number says, in a sentence."""
    if origin == "llm":
        return _("Worded by a language model from the passages of the evidence.")
    return _(
        "Where documents have a glossary of their own, about {share} of 100 passages of this kind agreed with it."
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


def read_only() -> str:
    """Why nothing can be changed."""
    return _("The project is open for reading only.")


def read_only_because(obstacle: Obstacle) -> str:
    """Why nothing can be changed, as far as it is known, and what can be done all the same."""
    if obstacle.is_protected:
        return _("The project's file cannot be written. You can read, search and export, but change nothing.")
    holder = obstacle.holder
    who = harmless(_("{user} on {host}").format(user=holder.user, host=holder.host) if holder.user else holder.host)
    since = date_time(holder.since) if holder.since else ""
    if who and since:
        words = _("Another window has had this project open since {time} ({who}).").format(time=since, who=who)
    else:
        words = _("Another window has this project open.")
    return joined((words, _("You can read, search and export, but change nothing.")))


def issues(count: int) -> str:
    return ngettext("{count} issue", "{count} issues", count).format(count=number(count))


def definitions(count: int) -> str:
    return ngettext("{count} definition", "{count} definitions", count).format(count=number(count))


def requests(count: int) -> str:
    return ngettext("{count} request", "{count} requests", count).format(count=number(count))


def tokens(count: int) -> str:
    return ngettext("{count} token", "{count} tokens", count).format(count=number(count))


def answers_again(count: int) -> str:
    words = ngettext("{count} answer from before", "{count} answers from before", count)
    return words.format(count=number(count))


def fallbacks(count: int) -> str:
    words = ngettext("{count} definition without the model", "{count} definitions without the model", count)
    return words.format(count=number(count))


def required_missing(count: int) -> str:
    words = ngettext("{count} required term in no document", "{count} required terms in no document", count)
    return words.format(count=number(count))


def required_undefined(count: int) -> str:
    words = ngettext("{count} required term without definition", "{count} required terms without definition", count)
    return words.format(count=number(count))


def other_languages(count: int) -> str:
    words = ngettext("{count} document in another language", "{count} documents in another language", count)
    return words.format(count=number(count))


def model_use(run: RunRow) -> list[str]:
    """What a run asked of a language model, as figures; none for any other run."""
    figures = (("requests", requests), ("tokens", tokens), ("reused", answers_again), ("fallback", fallbacks))
    return [phrase(run.counts[name]) for name, phrase in figures if run.counts.get(name)]


def model_used(run: RunRow) -> str:
    """What a run asked of a language model, in a sentence; empty for any other run."""
    figures = model_use(run)
    return _("The language model: {figures}.").format(figures=_(", ").join(figures)) if figures else ""


def run_end(run: RunRow) -> str:
    """How a run ended, in a sentence."""
    if run.status is RunStatus.COMPLETED:
        return _run_completed(run)
    if run.status is RunStatus.CANCELLED:
        return _("Run {run} was cancelled. The glossary is as it was.").format(run=run.id)
    return _("Run {run} failed: {reason}").format(run=run.id, reason=run.error)


def run_stopped(run: RunRow) -> str:
    """How and where a run stopped that did not complete; empty for any other."""
    place = _where(run)
    if run.status is RunStatus.FAILED:
        words = _("Run {run} failed at {place}.") if place else _("Run {run} failed before it began.")
    elif run.status is RunStatus.CANCELLED:
        words = _("Run {run} was cancelled at {place}.") if place else _("Run {run} was cancelled before it began.")
    elif run.status is RunStatus.INTERRUPTED:
        words = _("Run {run} was interrupted at {place}.") if place else _("Run {run} was interrupted before it began.")
    else:
        return ""
    return words.format(run=run.id, place=place)


def left_behind(run: RunRow, possible: Choices) -> str:
    """What an unfinished run has left, and that the glossary is as it was."""
    if possible.can_keep:
        left = _("What it had finished is kept as a draft: it can be resumed or published as it is.")
    elif possible.can_resume:
        left = _("What it had begun is kept as a draft and can be resumed.")
    else:
        left = ""
    sentences = (_("The glossary is as it was."), left)
    if run.status is RunStatus.INTERRUPTED:
        sentences = (_("The program ended before the run was over."), *sentences)
    return joined(sentences)


def recovered(runs: Sequence[RunRow], possible: Choices) -> str:
    """How runs ended whose process had died, a line for each kind of end.

    ``possible``: what may be done with the only one that was interrupted, if there is only one.
    """
    lost = [run for run in runs if run.status is RunStatus.INTERRUPTED]
    kept = [run.id for run in runs if run.status is RunStatus.COMPLETED]
    lines = []
    if len(lost) == 1:
        lines.append(joined((run_stopped(lost[0]), left_behind(lost[0], possible))))
    elif lost:
        words = _("{count} runs were interrupted when the program ended: {runs}. The glossary is as it was.")
        lines.append(words.format(count=len(lost), runs=run_numbers([run.id for run in lost])))
    if kept:
        words = ngettext(
            "Run {runs} had published its results before the program ended: it is completed.",
            "Runs {runs} had published their results before the program ended: they are completed.",
            len(kept),
        )
        lines.append(words.format(runs=run_numbers(kept)))
    return "\n".join(lines)


def stopping(runs: Sequence[int]) -> str:
    """Which runs a closing window waits for."""
    if not runs:
        return _("Stopping the runs…")
    words = ngettext("Stopping run {runs}…", "Stopping runs {runs}…", len(runs))
    return words.format(runs=run_numbers(runs))


def active_runs(count: int) -> str:
    return ngettext("{count} run active", "{count} runs active", count).format(count=number(count))


def joined(sentences: Iterable[str]) -> str:
    """Sentences one after the other, as the current language does it; empty ones are left out."""
    said = [sentence for sentence in sentences if sentence]
    return reduce(lambda before, after: _("{sentence} {hint}").format(sentence=before, hint=after), said or [""])


def _where(run: RunRow) -> str:
    """“Finding terms” (147 of 190); empty for a run that never began a step."""
    if not run.step:
        return ""
    step = quoted(step_word(run.step))
    if not run.total:
        return step
    return _("{step} ({done} of {total})").format(step=step, done=number(run.done), total=number(run.total))


def run_numbers(run_ids: Sequence[int]) -> str:
    """“3, 4, 5 …”: no more than fit a line."""
    shown = listed(map(str, run_ids[:_MOST_NUMBERS]))
    return shown if len(run_ids) <= _MOST_NUMBERS else _("{numbers} …").format(numbers=shown)


def _run_completed(run: RunRow) -> str:
    figures = [
        phrase(run.counts[name])
        for name, phrase in (("terms", terms), ("definitions", definitions), ("issues", open_issues))
        if name in run.counts
    ]
    wanting = (
        ("required_missing", required_missing),
        ("required_undefined", required_undefined),
        ("other_language", other_languages),
    )
    figures += [phrase(run.counts[name]) for name, phrase in wanting if run.counts.get(name)]
    figures += model_use(run)
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
