"""The command line: the same core as the window, without Qt.

Results go to stdout, messages and progress to stderr.  Exit status: 0 completed, 1 failed, 2 bad usage or
bad input (one sentence, no traceback), 130 cancelled.
"""

from __future__ import annotations

import argparse
import io
import logging
import os
import sqlite3
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import genglossary_gui
from genglossary_gui import cli_build, cli_commands, cli_compare, cli_engine, cli_exchange, self_test
from genglossary_gui.cli_output import complain
from genglossary_gui.core.app_log import redacting_handler
from genglossary_gui.core.errors import ProjectBusy, UsageError, UserFacingError
from genglossary_gui.core.exchange.columns import COLUMNS
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.glossary import Level, Scope
from genglossary_gui.core.i18n import _, listed, set_language
from genglossary_gui.core.settings import AppSettings, load_settings

logger = logging.getLogger(__name__)

Command = Callable[[argparse.Namespace, AppSettings], int]

FAILED, BAD_USAGE, CANCELLED = 1, 2, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit status.  Call it in the main thread."""
    if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
        # A file or a pipe gets the same bytes on every system.
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    _keep_log()
    settings = load_settings()
    set_language(settings.language)
    try:
        arguments = make_parser().parse_args(argv)
        return arguments.command(arguments, settings)
    except SystemExit as wish:  # --help and --version
        return int(wish.code or 0)
    except KeyboardInterrupt:
        return CANCELLED
    except BrokenPipeError:
        # Whoever read our output has gone; without this Python complains when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except UserFacingError as error:
        complain(error.full_text)
        return FAILED if isinstance(error, ProjectBusy) else BAD_USAGE
    except sqlite3.DatabaseError:
        logger.exception("the project could not be read")
        complain(_("The project file is damaged or cannot be read to its end."))
        return FAILED
    except Exception as error:  # the border of the process
        logger.exception("the command failed")
        kind = type(error).__name__
        complain(_("Internal error ({kind}). The details are in the application's log.").format(kind=kind))
        return FAILED


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        hint = _("“{command} --help” shows the usage.").format(command=self.prog)
        raise UsageError(f"{message}.", hint=hint)


def make_parser() -> argparse.ArgumentParser:
    """All commands; ``command`` of the result is the function that carries it out."""
    parser = _Parser(prog="genglossary", description=_("Turns a folder of documents into a glossary with evidence."))
    parser.add_argument("--version", action="version", version=f"GenGlossary {genglossary_gui.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, function: Command, help: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help, description=help)
        added.set_defaults(command=function)
        return added

    build = command("build", cli_build.build, _("make a glossary from documents"))
    build.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help=_("a folder or a file"))
    _add_output(build)
    build.add_argument(
        "-p",
        "--project",
        type=Path,
        help=_("keep the project in this file; an existing one gets the sources added"),
    )
    cli_engine.add_engine_options(build)
    build.add_argument("--lang", choices=("auto", "ja", "en"), help=_("language of the documents (auto)"))
    _add_run_options(build)

    run = command("run", cli_build.run, _("start a run of a project and wait for its end"))
    _add_project(run)
    run.add_argument("--scope", choices=[*map(str, Scope)], help=_("how much (full)"))
    cli_engine.add_engine_options(run)
    going_on = run.add_mutually_exclusive_group()
    going_on.add_argument("--resume", type=int, metavar="RUN", help=_("go on where this run stopped"))
    going_on.add_argument("--keep", type=int, metavar="RUN", help=_("publish what this run had done, and no more"))
    _add_run_options(run)

    runs = command("runs", cli_commands.runs, _("list the runs of a project"))
    _add_project(runs)
    _add_json(runs)

    log = command("log", cli_commands.log, _("show the log of a run"))
    _add_project(log, with_run=True)
    log.add_argument("--level", choices=[*map(str, Level)], default="debug", help=_("this level and above"))
    log.add_argument("--grep", metavar="REGEX", help=_("only records that match"))
    log.add_argument("--follow", action="store_true", help=_("wait for more until the run has ended"))
    _add_json(log)

    cancel = command("cancel", cli_commands.cancel, _("ask a run to stop, also one of another process"))
    _add_project(cancel, with_run=True)

    compare = command("compare", cli_compare.compare, _("show what one run made differently from another"))
    _add_project(compare)
    compare.add_argument("runs", nargs=2, type=int, metavar="RUN", help=_("number of a run"))
    compare.add_argument("-o", "--output", type=Path, metavar="OUT", help=_("write it into this Markdown file"))
    compare.add_argument("--all", action="store_true", help=_("all candidates, not only suggested terms"))
    _add_json(compare)

    export = command("export", cli_commands.export, _("write the glossary of a project into a file"))
    _add_project(export)
    _add_output(export)
    export.add_argument("--approved-only", action="store_true", help=_("only entries a person approved"))
    export.add_argument("--no-sources", action="store_true", help=_("leave out the passages"))
    export.add_argument("--columns", type=_columns, default=(), metavar="NAMES", help=_("only these, by commas"))
    _add_json(export)

    import_ = command("import", cli_exchange.import_, _("take the entries of a CSV, XLSX, TBX or JSON file over"))
    _add_project(import_)
    import_.add_argument("file", type=Path, metavar="FILE", help=_("the file to read"))
    import_.add_argument(
        "--on-conflict",
        choices=cli_exchange.POLICIES,
        default="keep",
        help=_("when project and file differ: keep what the project says (the default), replace it, or ask"),
    )
    _add_json(import_)

    link = command("link", cli_exchange.link, _("write copies of the Markdown and HTML documents with links to terms"))
    _add_project(link)
    link.add_argument("-o", "--output", type=Path, required=True, metavar="FOLDER", help=_("folder for the copies"))
    link.add_argument("--replace", action="store_true", help=_("replace files that are in that folder"))
    _add_json(link)

    command("self-test", self_test.self_test, _("start every part once and print the versions"))
    return parser


def _add_project(parser: argparse.ArgumentParser, *, with_run: bool = False) -> None:
    parser.add_argument("project", type=Path, metavar="PROJECT", help=_("a project file"))
    if with_run:
        parser.add_argument("run", type=int, metavar="RUN", help=_("number of a run"))


def _add_output(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="OUT", help=_("file to write"))
    parser.add_argument("--format", metavar="|".join(FORMATS), help=_("if OUT does not tell it"))


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--workers", type=_count, metavar="N", help=_("number of worker processes"))
    where.add_argument("--dask", metavar="ADDRESS", help=_("a Dask scheduler does the text work: tcp://host:8786"))
    parser.add_argument("--quiet", action="store_true", help=_("no messages except errors"))
    _add_json(parser)


def _add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help=_("print one JSON object on stdout at the end"))


def _columns(text: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in COLUMNS]:
        words = _("there is no column {name}; there are {known}")
        raise argparse.ArgumentTypeError(words.format(name=unknown[0], known=listed(COLUMNS)))
    return names


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 256:
        raise argparse.ArgumentTypeError(_("a number from 1 to 256 is needed"))
    return int(text)


def _keep_log() -> None:
    """Warnings and errors go to a file of the application, never between our messages."""
    root = logging.getLogger()
    if root.handlers:
        return
    root.addHandler(redacting_handler("cli.log"))
    root.setLevel(logging.WARNING)


if __name__ == "__main__":
    sys.exit(main())
