"""The command that compares two runs of a project."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from genglossary_gui.cli_output import print_json, printable, run_object, say
from genglossary_gui.core.errors import ProjectError, UsageError
from genglossary_gui.core.exchange import comparison_words as words
from genglossary_gui.core.exchange.comparison import Aspect, Comparison, Difference
from genglossary_gui.core.exchange.comparison_markdown import export_comparison
from genglossary_gui.core.exchange.run_comparison import RunComparison, compare_runs
from genglossary_gui.core.exchange.text_diff import Segment, SegmentKind
from genglossary_gui.core.exchange.writing import check_target
from genglossary_gui.core.glossary import Entry
from genglossary_gui.core.i18n import _
from genglossary_gui.core.runs import recover
from genglossary_gui.core.settings import AppSettings

_MARKS = {SegmentKind.SAME: ("", ""), SegmentKind.REMOVED: ("[-", "-]"), SegmentKind.ADDED: ("{+", "+}")}


def compare(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """What the second run made differently from the first; printed, or written as Markdown with ``-o``."""
    if arguments.output is not None:
        check_target(arguments.output)
    with suppress(ProjectError):  # if it cannot be opened for writing, reading may work, or says why not
        recover(arguments.project)
    compared = compare_runs(arguments.project, *arguments.runs, everything=arguments.all)
    if compared.comparison is None:
        raise UsageError(compared.absence)
    if arguments.output is not None:
        export_comparison(compared, arguments.output, arguments.project)
        say(_("Wrote the comparison to {name}.").format(name=arguments.output))
    if arguments.json:
        print_json(_object(compared, compared.comparison))
    elif arguments.output is None:
        for line in _lines(compared, compared.comparison):
            print(printable(line))
    return 0


def _lines(compared: RunComparison, comparison: Comparison) -> Iterator[str]:
    for fact in compared.changed_settings:
        yield f"{words.fact_name(fact)}: {words.fact_change(fact)}"
    if not comparison.differences:
        yield _("The two runs gave the same glossary.")
    for kind, group in comparison.groups.items():
        if group:
            yield f"{words.kind_word(kind)}: {len(group)}"
            for difference in group:
                yield from _difference_lines(difference)
    if comparison.unchanged:
        yield words.unchanged(comparison)


def _difference_lines(difference: Difference) -> Iterator[str]:
    term = difference.entry.term.term
    yield f"  {words.sign(difference.kind)} {term}: {words.summary(difference)}"
    if Aspect.DEFINITION in difference.aspects:
        yield "      " + "".join(map(_marked, difference.wording()))


def _marked(segment: Segment) -> str:
    start, end = _MARKS[segment.kind]
    return f"{start}{segment.text}{end}"


def _object(compared: RunComparison, comparison: Comparison) -> dict[str, Any]:
    """``settings`` are those that differ; ``before``/``after`` of a term are null where it is no candidate."""
    return {
        "first": run_object(compared.first.run),
        "second": run_object(compared.second.run),
        "settings": {fact.name: [fact.before, fact.after] for fact in compared.changed_settings},
        **{str(kind): [_difference_object(each) for each in group] for kind, group in comparison.groups.items()},
        "unchanged": comparison.unchanged,
        "moved": comparison.moved,
    }


def _difference_object(difference: Difference) -> dict[str, Any]:
    return {
        "term": difference.entry.term.term,
        "changed": list(difference.aspects),
        "before": difference.before and _entry_object(difference.before),
        "after": difference.after and _entry_object(difference.after),
        "diff": [[segment.kind, segment.text] for segment in difference.wording()],
    }


def _entry_object(entry: Entry) -> dict[str, Any]:
    return {
        "term": entry.term.term,
        "category": entry.term.category,
        "suggested": entry.term.suggested,
        "rank": entry.term.rank,
        "definition": entry.definition.text,
        "confidence": round(entry.definition.confidence, 4),
        "evidence": [passage.text for passage in entry.definition.evidence],
    }
