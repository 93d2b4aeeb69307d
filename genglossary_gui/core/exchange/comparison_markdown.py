"""A comparison of two runs as Markdown for people.

What changed inside a text is marked by ``<del>`` and ``<ins>``: unlike ``~~`` and ``**`` they work whatever stands
beside them (https://spec.commonmark.org/0.31.2/#raw-html), and all text between them is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange import comparison_words as words
from genglossary_gui.core.exchange.as_markdown import escape
from genglossary_gui.core.exchange.comparison import Aspect, Comparison, Difference, Kind
from genglossary_gui.core.exchange.run_comparison import RunComparison, Side
from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind
from genglossary_gui.core.exchange.writing import write_whole
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.words import word

_TAGS = {SegmentKind.SAME: ("", ""), SegmentKind.REMOVED: ("<del>", "</del>"), SegmentKind.ADDED: ("<ins>", "</ins>")}


def export_comparison(compared: RunComparison, target: Path, project: Path) -> None:
    """Write the comparison to ``target`` as a whole.  Any thread may call this.  Raises ``ExportError``."""
    if target.exists() and project.exists() and target.samefile(project):
        raise ExportError(
            _("The comparison cannot be written over its own project."),
            hint=_("Choose another name for the export."),
        )
    write_whole(target, render(compared))


def render(compared: RunComparison) -> bytes:
    """The comparison as CommonMark in UTF-8."""
    title = _("Run {first} and run {second}").format(first=compared.first.run.id, second=compared.second.run.id)
    parts = [f"# {escape(title)}", "\n".join(f"- {escape(_side(side))}" for side in (compared.first, compared.second))]
    if settings := compared.changed_settings:
        lines = (f"{words.fact_name(f)}: {words.fact_change(f)}" for f in settings)
        parts += [f"## {_('Settings')}", "\n".join(f"- {escape(line)}" for line in lines)]
    if compared.comparison is None:
        parts.append(escape(compared.absence))
    else:
        parts += _differences(compared.comparison)
    return ("\n\n".join(parts) + "\n").encode()


def marked(segments: Iterable[Segment]) -> str:
    """Segments on one line that begins with no markup of its own; white space is folded to single blanks."""
    return "".join(_marked(segment) for segment in segments)


def _side(side: Side) -> str:
    run = side.run
    figures = [
        word(run.status),
        words.fact_value("engine", run.engine),
        words.fact_value("seconds", run.seconds),
        ngettext("{count} term", "{count} terms", side.terms).format(count=side.terms),
        ngettext("{count} definition", "{count} definitions", side.definitions).format(count=side.definitions),
    ]
    name = _("Run {number} ({name})").format(number=run.id, name=run.name or word(run.scope))
    return _("{name}: {figures}").format(name=name, figures=_(", ").join(filter(None, figures)))


def _differences(comparison: Comparison) -> Iterator[str]:
    if not comparison.differences:
        yield escape(_("The two runs gave the same glossary."))
    for kind, group in comparison.groups.items():
        if group:
            yield f"## {escape(words.kind_word(kind))} ({len(group)})"
            for difference in group:
                yield from _difference(difference)
    if comparison.unchanged:
        yield escape(words.unchanged(comparison))


def _difference(difference: Difference) -> Iterator[str]:
    yield f"### {escape(difference.entry.term.term)}"
    if reason := words.reason(difference):
        yield escape(reason)
    if difference.kind is not Kind.CHANGED:
        yield escape(difference.entry.definition.text) or escape(_("No definition found."))
        return
    if Aspect.DEFINITION in difference.aspects:
        yield marked(difference.wording())
    values = [(what, words.arrow(*values)) for what, *values in words.changes(difference) if any(values)]
    lines = [escape(f"{what}: {change}") for what, change in values]
    if Aspect.EVIDENCE in difference.aspects:
        lines += [_("Evidence: {text}").format(text=marked([part])) for part in difference.evidence()]
    if lines:
        yield "\n".join(f"- {line}" for line in lines)


def _marked(segment: Segment) -> str:
    start, end = _TAGS[segment.kind]
    text = escape(segment.text)
    before = " " if segment.text[:1].isspace() else ""
    after = " " if text and segment.text[-1:].isspace() else ""
    return f"{start}{before}{text}{after}{end}"
