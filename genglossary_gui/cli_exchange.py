"""The commands that bring a glossary into a project, and links to it into documents."""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing

from genglossary_gui.cli_output import print_json, printable, say
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.exchange.linking import write_linked_copies
from genglossary_gui.core.exchange.matching import Choice, PlannedRow, State, carry_out, plan_import
from genglossary_gui.core.exchange.reading import read_file
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.settings import AppSettings
from genglossary_gui.core.store.connection import connect

POLICIES = ("keep", "replace", "ask")
_LONGEST_SHOWN = 300


def import_(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """Take the entries of a file over into a project."""
    if arguments.on_conflict == "ask" and not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(
            _("Nobody can be asked: this is no terminal."),
            hint=_("Use --on-conflict keep or --on-conflict replace."),
        )
    file = read_file(arguments.file)
    with closing(connect(arguments.project)) as connection:
        rows = plan_import(connection, file)
        choices = _choices(rows, arguments.on_conflict)
        changed = len(carry_out(connection, rows, choices))
    counts = Counter(row.state for row in rows)
    if arguments.json:
        summary = {str(state): counts[state] for state in State}
        print_json({"file": arguments.file.name, "format": file.format, "rows": summary, "changed": changed})
    for row in rows:
        if row.state is State.UNREADABLE:
            say(_("Line {line} was left out: {reason}").format(line=row.line, reason=row.reason))
    say(_in_words(counts))
    say(ngettext("{count} entry was changed.", "{count} entries were changed.", changed).format(count=changed))
    return 0


def _choices(rows: Sequence[PlannedRow], policy: str) -> list[Choice]:
    choices: list[Choice] = []
    for_all: Choice | None = Choice.TAKE if policy == "replace" else Choice.KEEP if policy == "keep" else None
    for row in rows:
        if row.state is not State.CONFLICT:
            choices.append(row.choices[0])
            continue
        choice = for_all
        if choice is None:
            choice, is_for_all = _ask(row)
            for_all = choice if is_for_all else None
        choices.append(choice)
    return choices


def _ask(row: PlannedRow) -> tuple[Choice, bool]:
    """What a person at the terminal chooses for a conflict, and whether for all that follow."""
    assert row.theirs is not None
    assert row.mine is not None
    say(_("“{term}” is in both, and they differ.").format(term=row.theirs.term))
    say(_("  in the project: {text}").format(text=_short(row.mine.definition)))
    say(_("  in the file: {text}").format(text=_short(row.theirs.definition)))
    answers = {"k": (Choice.KEEP, False), "r": (Choice.TAKE, False), "K": (Choice.KEEP, True), "R": (Choice.TAKE, True)}
    while True:
        print(_("[k]eep mine, [r]eplace, K or R for all that follow: "), end="", file=sys.stderr, flush=True)
        answer = sys.stdin.readline()
        if not answer:  # the terminal has gone
            raise KeyboardInterrupt
        if answer.strip() in answers:
            return answers[answer.strip()]


def _short(text: str) -> str:
    return printable(text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…")


def _in_words(counts: Counter[State]) -> str:
    return _("{new} new, {same} the same, {conflict} in conflict, {duplicate} twice, {unreadable} unreadable.").format(
        **{str(state): counts[state] for state in State}
    )


def link(arguments: argparse.Namespace, _settings: AppSettings) -> int:
    """Write copies of the project's documents with links to its glossary."""
    written = write_linked_copies(arguments.project, arguments.output, replace_files=arguments.replace)
    links = sum(len(document.links) for document in written)
    unread = [document for document in written if document.problem]
    if arguments.json:
        documents = [{"document": document.path, "links": len(document.links)} for document in written]
        print_json({"folder": str(arguments.output), "documents": documents, "links": links})
    for document in unread:
        say(f"{document.path}: {document.problem}")
    copies = len(written) - len(unread)
    say(ngettext("{count} copy was written.", "{count} copies were written.", copies).format(count=copies))
    say(
        ngettext("{count} link leads to the glossary.", "{count} links lead to the glossary.", links).format(
            count=links
        )
    )
    return 0
