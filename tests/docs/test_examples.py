"""Every command in the README and in docs/ that is an example works as it stands."""

import json
import re
import shlex
from pathlib import Path

import pytest

from genglossary_gui import cli
from genglossary_gui.core import i18n

_ROOT = Path(__file__).parents[2]
_PAGES = (
    _ROOT / "README.md",
    _ROOT / "docs" / "commands.md",
    *(_ROOT / "docs" / "user" / language / "command-line.md" for language in ("en", "ja")),
)
_DOCUMENT = "# Gates\n\nA stop log is a heavy beam that closes an opening. The stop log is stored dry.\n"


def commands(page: Path) -> list[list[str]]:
    blocks = re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines() if line.startswith("genglossary ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


@pytest.mark.parametrize("page", _PAGES, ids=lambda page: f"{page.parent.name}/{page.name}")
def test_the_commands_of_a_page_work_one_after_the_other(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gates.md").write_text(_DOCUMENT, encoding="utf-8")
    examples = commands(page)
    assert examples
    for arguments in examples:
        assert cli.main(arguments) == 0, arguments
    i18n.set_language("en")


def test_the_json_example_names_exactly_the_fields_of_a_real_export(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "gates.md").write_text(_DOCUMENT, encoding="utf-8")
    assert cli.main(["build", "docs", "-o", "out.json", "--quiet"]) == 0
    [example] = re.findall(r"```json\n(.*?)```", _PAGES[1].read_text(encoding="utf-8"), re.DOTALL)
    shown, real = json.loads(example), json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert shown.keys() == real.keys()
    assert shown["entries"][0].keys() == real["entries"][0].keys()
    assert shown["entries"][0]["evidence"][0].keys() == real["entries"][0]["evidence"][0].keys()
    assert real["entries"][0]["term"] == "stop log"


def test_every_link_between_the_pages_leads_somewhere():
    for page in (*_ROOT.glob("*.md"), *(_ROOT / "docs").rglob("*.md")):
        for target in re.findall(r"\]\(([^)#:]+)(?:#[\w-]+)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
