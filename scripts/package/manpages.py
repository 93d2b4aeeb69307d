"""The manual pages, written from what the programs themselves accept: they cannot go stale."""

from __future__ import annotations

import argparse
import re
import time

from genglossary_gui.cli import make_parser
from genglossary_gui.core.i18n import set_language
from genglossary_gui.starting import make_parser as make_window_parser
from scripts.package.product import VERSION, built_at

LANGUAGES = ("en", "ja")
PAGES = ("genglossary", "genglossary-gui")

_HEADINGS = {
    "en": {name: name for name in ("NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "OPTIONS", "EXIT STATUS")}
    | {name: name for name in ("ENVIRONMENT", "FILES", "EXAMPLES", "SEE ALSO")},
    "ja": {
        "NAME": "名前",
        "SYNOPSIS": "書式",
        "DESCRIPTION": "説明",
        "COMMANDS": "コマンド",
        "OPTIONS": "オプション",
        "EXIT STATUS": "終了ステータス",
        "ENVIRONMENT": "環境変数",
        "FILES": "ファイル",
        "EXAMPLES": "例",
        "SEE ALSO": "関連項目",
    },
}
_TEXTS = {
    "en": {
        "genglossary": "make a glossary with evidence from documents",
        "genglossary-gui": "the window of GenGlossary",
        "help": "show what can be said, and end",
        "version": "show the version, and end",
        "about": "Results go to standard output, messages and progress to standard error. With --json the last line of"
        " standard output is one JSON object. Nothing leaves the computer unless a language model is set up.",
        "about-gui": "A second start hands its project or folder to the window that is open, and ends.",
        "statuses": {
            "0": "Completed.",
            "1": "The run or the command failed.",
            "2": "Bad usage or bad input.",
            "130": "Cancelled.",
        },
        "variables": {"GENGLOSSARY_HOME": "A folder for settings, logs, samples and projects instead of those below."},
        "files": {
            "~/.config/GenGlossary": "Settings.",
            "~/.local/share/GenGlossary": "The list of recent projects, the sample project.",
            "~/.local/state/GenGlossary/log": "Logs of the program itself.",
            "NAME.genglossary": "A project: one SQLite database, which can be copied and mailed.",
        },
        "examples": {
            "genglossary build docs -o glossary.md": "A folder becomes a glossary.",
            "genglossary build docs -o glossary.json -p my.genglossary": "The same, and the project is kept.",
            "genglossary run my.genglossary --scope full": "A further run of the project.",
            "genglossary export my.genglossary -o glossary.csv": "Its glossary for a spreadsheet.",
        },
    },
    "ja": {
        "genglossary": "文書から根拠付きの用語集を作成する",
        "genglossary-gui": "GenGlossary のウィンドウ",
        "help": "使い方を表示して終了します",
        "version": "バージョンを表示して終了します",
        "about": "結果は標準出力に、メッセージと進行状況は標準エラー出力に書かれます。"
        "--json を付けると、標準出力の最後の行は 1 個の JSON オブジェクトです。"
        "言語モデルを設定しない限り、コンピューターの外には何も送られません。",
        "about-gui": "もう一度起動すると、プロジェクトやフォルダーを開いているウィンドウに渡して終了します。",
        "statuses": {
            "0": "完了しました。",
            "1": "実行またはコマンドが失敗しました。",
            "2": "使い方または入力に誤りがあります。",
            "130": "キャンセルされました。",
        },
        "variables": {"GENGLOSSARY_HOME": "設定、ログ、サンプル、プロジェクトを、下の場所の代わりに置くフォルダー。"},
        "files": {
            "~/.config/GenGlossary": "設定。",
            "~/.local/share/GenGlossary": "最近のプロジェクトの一覧とサンプルプロジェクト。",
            "~/.local/state/GenGlossary/log": "プログラム自身のログ。",
            "NAME.genglossary": "プロジェクト。コピーしたりメールで送ったりできる 1 個の SQLite データベースです。",
        },
        "examples": {
            "genglossary build docs -o glossary.md": "フォルダーから用語集を作成します。",
            "genglossary build docs -o glossary.json -p my.genglossary": "同じことをして、プロジェクトも残します。",
            "genglossary run my.genglossary --scope full": "プロジェクトをもう一度実行します。",
            "genglossary export my.genglossary -o glossary.csv": "用語集を表計算用に書き出します。",
        },
    },
}


def page(name: str, language: str) -> str:
    """The manual page of the program `name` in roff; sets the language of the process."""
    set_language(language)
    texts, headings = _TEXTS[language], _HEADINGS[language]
    is_window = name == "genglossary-gui"
    parser = make_window_parser() if is_window else make_parser()
    date = time.strftime("%Y-%m-%d", time.gmtime(built_at()))
    lines = [
        f'.TH {name.upper()} 1 "{date}" "GenGlossary {VERSION}"',
        _section(headings["NAME"]),
        f"{_roff(name)} \\- {_roff(texts[name])}",
        _section(headings["SYNOPSIS"]),
        *_synopsis(name, parser),
        _section(headings["DESCRIPTION"]),
        _roff(parser.description or ""),
        ".PP",
        _roff(texts["about-gui"] if is_window else texts["about"]),
        _section(headings["OPTIONS"]),
        *_arguments(parser, texts),
    ]
    if commands := _commands(parser):
        lines.append(_section(headings["COMMANDS"]))
        for command, subparser in commands.items():
            lines += [f".SS {_roff(f'{name} {command}')}", *_synopsis(f"{name} {command}", subparser)]
            lines += [".PP", _roff(subparser.description or ""), *_arguments(subparser, texts)]
        lines += [_section(headings["EXIT STATUS"]), *_listed(texts["statuses"])]
    lines += [_section(headings["ENVIRONMENT"]), *_listed(texts["variables"])]
    lines += [_section(headings["FILES"]), *_listed(texts["files"])]
    if not is_window:
        lines += [_section(headings["EXAMPLES"]), *_listed(texts["examples"])]
    other = next(page for page in PAGES if page != name)
    lines += [_section(headings["SEE ALSO"]), f".BR {_roff(other)} (1)"]
    return "\n".join(lines) + "\n"


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            commands: dict[str, argparse.ArgumentParser] = dict(action.choices)
            for subparser in commands.values():
                # The options of a command are added when it is used.
                if add := getattr(subparser, "later", None):
                    add(subparser)
            return commands
    return {}


def _synopsis(name: str, parser: argparse.ArgumentParser) -> list[str]:
    usage = parser.format_usage().partition(":")[2]
    words = " ".join(usage.split()).removeprefix(name).strip()
    return [".nh", f"\\fB{_roff(name)}\\fR {_roff(words)}", ".hy"]


def _arguments(parser: argparse.ArgumentParser, texts: dict) -> list[str]:
    lines = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            continue
        value = _value(action)
        if not action.option_strings:
            title = f"\\fI{value}\\fR"
        else:
            names = ", ".join(f"\\fB{_roff(option)}\\fR" for option in action.option_strings)
            title = f"{names} \\fI{value}\\fR" if value else names
        known = {argparse._HelpAction: texts["help"], argparse._VersionAction: texts["version"]}
        lines += [".TP", title, _roff(known.get(type(action)) or action.help or "")]
    return lines


def _value(action: argparse.Action) -> str:
    if action.nargs == 0:
        return ""
    if action.choices is not None and action.metavar is None:
        return _roff("|".join(map(str, action.choices)))
    name = action.metavar or (action.dest.upper() if action.option_strings else action.dest)
    return _roff(str(name)) + ("..." if action.nargs == "+" else "")


def _section(title: str) -> str:
    return f'.SH "{title}"'


def _listed(items: dict[str, str]) -> list[str]:
    return [line for name, text in items.items() for line in (".TP", f"\\fB{_roff(name)}\\fR", _roff(text))]


def _roff(text: str) -> str:
    """Text as roff shows it unchanged; a line that begins with a dot would be a request."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.MULTILINE)
