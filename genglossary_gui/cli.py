"""The command line: the same core as the window, without Qt.

Results go to stdout, messages and progress to stderr.  Exit status: 0 completed, 1 failed, 2 bad usage or
bad input (one sentence, no traceback), 130 cancelled.
"""

from __future__ import annotations

import argparse
import errno
import importlib
import logging
import signal
import sqlite3
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import genglossary_gui
from genglossary_gui.cli_language import speak_own_language
from genglossary_gui.cli_output import complain, give_up_stdout, prepare_streams
from genglossary_gui.core.app_log import redacting_handler
from genglossary_gui.core.errors import ProjectBusy, UsageError, UserFacingError
from genglossary_gui.core.i18n import _, listed, set_language
from genglossary_gui.core.settings import AppSettings, load_settings

logger = logging.getLogger(__name__)

FAILED, BAD_USAGE, CANCELLED = 1, 2, 130
_MOST_DIGITS = 18
"""Of a number that a database can hold."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carry out one command and return its exit status.  Call it in the main thread."""
    prepare_streams()
    _keep_log()
    settings = load_settings()
    set_language(settings.language)
    speak_own_language()
    try:
        arguments = make_parser().parse_args(argv)
        status = arguments.command(arguments, settings)
        sys.stdout.flush()
        return status
    except SystemExit as wish:  # --help and --version
        return int(wish.code or 0)
    except KeyboardInterrupt:
        return CANCELLED
    except BrokenPipeError:
        give_up_stdout()  # whoever read our output has gone
        return FAILED
    except UserFacingError as error:
        complain(error.full_text)
        return FAILED if isinstance(error, ProjectBusy) else BAD_USAGE
    except sqlite3.DatabaseError:
        logger.exception("the project could not be read")
        complain(_("The project file is damaged or cannot be read to its end."))
        return FAILED
    except OSError as error:
        if error.errno not in _FULL:
            return _internal_error(error)
        give_up_stdout()
        complain(_("The output cannot be written: {reason}.").format(reason=error.strerror))
        return FAILED
    except Exception as error:  # the border of the process
        return _internal_error(error)


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)


def _internal_error(error: Exception) -> int:
    logger.error("the command failed", exc_info=error)
    kind = type(error).__name__
    complain(_("Internal error ({kind}). The details are in the application's log.").format(kind=kind))
    return FAILED


Options = Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    """``later`` adds its options when it is asked to parse: those of other commands cost their imports for nothing."""

    later: Options | None = None

    def parse_known_args(self, *args: Any, **named: Any) -> Any:
        if self.later is not None:
            add, self.later = self.later, None
            add(self)
        return super().parse_known_args(*args, **named)

    def error(self, message: str) -> NoReturn:
        hint = _("“{command} --help” shows the usage.").format(command=self.prog)
        raise UsageError(_("{problem}.").format(problem=message), hint=hint)


def make_parser() -> argparse.ArgumentParser:
    """All commands; ``command`` of the result is the function that carries it out."""
    parser = _Parser(prog="genglossary", description=_("Turns a folder of documents into a glossary with evidence."))
    parser.add_argument("--version", action="version", version=f"GenGlossary {genglossary_gui.__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, module: str, options: Options | None, help: str) -> None:
        added = commands.add_parser(name, help=help, description=help)
        added.later = options
        added.set_defaults(command=partial(_carry_out, module, name))

    command("build", "cli_build", _build, _("make a glossary from documents"))
    command("run", "cli_build", _run, _("start a run of a project and wait for its end"))
    command("runs", "cli_commands", _runs, _("list the runs of a project"))
    command("log", "cli_commands", _log, _("show the log of a run"))
    command("cancel", "cli_commands", _run_of_project, _("ask a run to stop, also one of another process"))
    command("compare", "cli_compare", _compare, _("show what one run made differently from another"))
    command("export", "cli_commands", _export, _("write the glossary of a project into a file"))
    command("import", "cli_exchange", _import, _("take the entries of a CSV, XLSX, TBX or JSON file over"))
    command("link", "cli_exchange", _link, _("write copies of the Markdown and HTML documents with links to terms"))
    command("self-test", "self_test", None, _("start every part once and print the versions"))
    return parser


def _carry_out(module: str, name: str, arguments: argparse.Namespace, settings: AppSettings) -> int:
    """The function of the command: it is called like it, as far as Python has that name."""
    commands = importlib.import_module(f"genglossary_gui.{module}")
    if signal.getsignal(signal.SIGINT) is signal.SIG_DFL:  # until now there was nothing to leave in order
        signal.signal(signal.SIGINT, signal.default_int_handler)
    return getattr(commands, {"import": "import_", "self-test": "self_test"}.get(name, name))(arguments, settings)


def _build(parser: argparse.ArgumentParser) -> None:
    from genglossary_gui.cli_engine import add_engine_options

    parser.add_argument("sources", nargs="+", type=_path, metavar="SOURCE", help=_("a folder or a file"))
    _add_output(parser)
    parser.add_argument(
        "-p",
        "--project",
        type=_path,
        help=_("keep the project in this file; an existing one gets the sources added"),
    )
    add_engine_options(parser)
    parser.add_argument("--lang", choices=("auto", "ja", "en"), help=_("language of the documents (auto)"))
    _add_run_options(parser)


def _run(parser: argparse.ArgumentParser) -> None:
    from genglossary_gui.cli_engine import add_engine_options
    from genglossary_gui.core.glossary import Scope

    _add_project(parser)
    parser.add_argument("--scope", choices=[*map(str, Scope)], help=_("how much (full)"))
    add_engine_options(parser)
    going_on = parser.add_mutually_exclusive_group()
    going_on.add_argument("--resume", type=_run_number, metavar="RUN", help=_("go on where this run stopped"))
    going_on.add_argument(
        "--keep", type=_run_number, metavar="RUN", help=_("publish what this run had done, and no more")
    )
    _add_run_options(parser)


def _runs(parser: argparse.ArgumentParser) -> None:
    _add_project(parser)
    _add_json(parser)


def _log(parser: argparse.ArgumentParser) -> None:
    from genglossary_gui.core.glossary import Level

    _add_project(parser, with_run=True)
    parser.add_argument("--level", choices=[*map(str, Level)], default="debug", help=_("this level and above"))
    parser.add_argument("--grep", metavar="REGEX", help=_("only records that match"))
    parser.add_argument("--follow", action="store_true", help=_("wait for more until the run has ended"))
    _add_json(parser)


def _run_of_project(parser: argparse.ArgumentParser) -> None:
    _add_project(parser, with_run=True)


def _compare(parser: argparse.ArgumentParser) -> None:
    _add_project(parser)
    parser.add_argument("runs", nargs=2, type=_run_number, metavar="RUN", help=_("number of a run"))
    parser.add_argument("-o", "--output", type=_path, metavar="OUT", help=_("write it into this Markdown file"))
    parser.add_argument("--all", action="store_true", help=_("all candidates, not only suggested terms"))
    _add_json(parser)


def _export(parser: argparse.ArgumentParser) -> None:
    _add_project(parser)
    _add_output(parser)
    parser.add_argument("--approved-only", action="store_true", help=_("only entries a person approved"))
    parser.add_argument("--no-sources", action="store_true", help=_("leave out the passages"))
    parser.add_argument("--columns", type=_columns, default=(), metavar="NAMES", help=_("only these, by commas"))
    _add_json(parser)


def _import(parser: argparse.ArgumentParser) -> None:
    from genglossary_gui.cli_exchange import POLICIES

    _add_project(parser)
    parser.add_argument("file", type=_path, metavar="FILE", help=_("the file to read"))
    parser.add_argument(
        "--on-conflict",
        choices=POLICIES,
        default="keep",
        help=_("when project and file differ: keep what the project says (the default), replace it, or ask"),
    )
    _add_json(parser)


def _link(parser: argparse.ArgumentParser) -> None:
    _add_project(parser)
    parser.add_argument("-o", "--output", type=_path, required=True, metavar="FOLDER", help=_("folder for the copies"))
    parser.add_argument("--replace", action="store_true", help=_("replace files that are in that folder"))
    _add_json(parser)


def _add_project(parser: argparse.ArgumentParser, *, with_run: bool = False) -> None:
    parser.add_argument("project", type=_path, metavar="PROJECT", help=_("a project file"))
    if with_run:
        parser.add_argument("run", type=_run_number, metavar="RUN", help=_("number of a run"))


def _add_output(parser: argparse.ArgumentParser) -> None:
    from genglossary_gui.core.exchange.formats import FORMATS

    parser.add_argument("-o", "--output", type=_path, required=True, metavar="OUT", help=_("file to write"))
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
    from genglossary_gui.core.exchange.columns import COLUMNS

    names = tuple(name.strip() for name in text.split(",") if name.strip())
    if unknown := [name for name in names if name not in COLUMNS]:
        words = _("there is no column {name}; there are {known}")
        raise argparse.ArgumentTypeError(words.format(name=unknown[0], known=listed(COLUMNS)))
    return names


def _path(text: str) -> Path:
    if not text:  # a variable of a script that is not set, say; as a path it would be the present folder
        raise argparse.ArgumentTypeError(_("a name is needed"))
    return Path(text)


def _run_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > _MOST_DIGITS:
        raise argparse.ArgumentTypeError(_("the number of a run is needed"))
    return int(text)


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
