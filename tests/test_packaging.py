"""What the packages promise, as far as it shows without building them; `make check-deb` does the rest."""

from __future__ import annotations

import argparse
import ast
import configparser
import re
import shutil
import struct
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import yaml
from PySide6.QtGui import QImage

from genglossary_gui import __version__, desktop_names
from genglossary_gui.cli import make_parser
from genglossary_gui.core.i18n import set_language
from genglossary_gui.core.paths import APP_NAME
from genglossary_gui.core.store import projects
from genglossary_gui.starting import make_parser as make_window_parser
from scripts.package import debian, icons, linux, manpages, product, windows

ROOT = Path(__file__).resolve().parent.parent
PACKAGING = ROOT / "resources" / "packaging"
NSI = (PACKAGING / "windows" / "genglossary.nsi").read_text(encoding="utf-8")
WORKFLOW = (ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8")
JOBS = yaml.safe_load(WORKFLOW)["jobs"]
SPEC = (ROOT / "build.spec").read_text(encoding="utf-8")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
MIME_SPACE = "{http://www.freedesktop.org/standards/shared-mime-info}"


# The desktop entry


def _entry() -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment]
    parser.read(linux.SOURCES / linux.DESKTOP, encoding="utf-8")
    return parser


def test_desktop_entry_is_the_one_that_windows_name() -> None:
    assert f"{desktop_names.DESKTOP_FILE}.desktop" == linux.DESKTOP


def test_desktop_entry_starts_programs_of_the_package() -> None:
    programs = {section["Exec"].split()[0] for name, section in _entry().items() if name != "DEFAULT"}
    assert programs <= set(debian.PROGRAMS)


def test_windows_are_those_of_the_desktop_entry() -> None:
    assert _entry()["Desktop Entry"]["StartupWMClass"] == APP_NAME


def test_words_of_the_desktop_entry_are_translated() -> None:
    for name, section in _entry().items():
        worded = {key for key in section if key in ("GenericName", "Comment", "Keywords", "Name")}
        worded -= {"Name"} if name == "Desktop Entry" else set()
        assert {key for key in worded if not section.get(f"{key}[ja]")} == set()


def test_flatpak_tells_windows_their_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLATPAK_ID", "alt.genglossary.GenGlossary")
    assert desktop_names.desktop_file() == "alt.genglossary.GenGlossary"


# Project files


def _file_type() -> ET.Element:
    found = ET.parse(linux.SOURCES / "genglossary-mime.xml").getroot().find(f"{MIME_SPACE}mime-type")
    assert found is not None
    return found


def test_one_type_of_project_files_everywhere() -> None:
    mime = _file_type().attrib["type"]
    assert mime.replace("/", "-") == product.FILE_TYPE
    assert _entry()["Desktop Entry"]["MimeType"] == f"{mime};"
    assert f'"Content Type" "{mime}"' in NSI
    assert f'"public.mime-type": "{mime}"' in SPEC


def test_project_files_are_known_by_their_ending() -> None:
    assert [glob.attrib["pattern"] for glob in _file_type().iter(f"{MIME_SPACE}glob")] == [f"*{projects.SUFFIX}"]


def test_project_files_are_known_by_their_content(tmp_path: Path) -> None:
    documents = tmp_path / "documents"
    documents.mkdir()
    project = tmp_path / f"my{projects.SUFFIX}"
    projects.create_project(project, [documents])
    content = project.read_bytes()
    for match in _file_type().iter(f"{MIME_SPACE}match"):
        at, value = int(match.attrib["offset"]), match.attrib["value"]
        if match.attrib["type"] == "big32":
            assert struct.unpack_from(">I", content, at)[0] == int(value, 16)
        else:
            assert content[at:].startswith(value.replace("\\000", "\0").encode())


# Metadata


def test_metadata_belongs_to_the_desktop_entry_and_to_all_packages() -> None:
    root = ET.fromstring(linux.metainfo(product.releases()))
    identifier = root.findtext("id")
    assert root.findtext("launchable") == linux.DESKTOP
    assert f"{identifier}.metainfo.xml" == linux.METAINFO
    assert f'IDENTIFIER = "{identifier}"' in SPEC
    assert (PACKAGING / "linux" / f"{identifier}.yml").read_text(encoding="utf-8").count(f"id: {identifier}\n") == 1


def test_metadata_is_translated() -> None:
    root = ET.parse(linux.SOURCES / "genglossary.metainfo.xml").getroot()
    for kind in ("summary", "developer_name", ".//p", ".//li"):
        found = root.findall(kind)
        assert len([item for item in found if item.get(LANG) == "ja"]) * 2 == len(found) > 0


def test_metadata_names_this_version() -> None:
    root = ET.fromstring(linux.metainfo(product.releases()))
    assert __version__ in [release.attrib["version"] for release in root.iter("release")]


@pytest.mark.skipif(shutil.which("appstreamcli") is None, reason="appstreamcli is not installed")
def test_metadata_is_valid(tmp_path: Path) -> None:
    place = tmp_path / linux.METAINFO
    place.write_text(linux.metainfo(product.releases()), encoding="utf-8")
    done = subprocess.run(["appstreamcli", "validate", "--no-net", place], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.skipif(shutil.which("desktop-file-validate") is None, reason="desktop-file-validate is not installed")
def test_desktop_entry_is_valid() -> None:
    place = linux.SOURCES / linux.DESKTOP
    done = subprocess.run(["desktop-file-validate", place], capture_output=True, text=True, check=False)
    assert done.stdout == ""


# Manual pages


def _options(parser: argparse.ArgumentParser) -> set[str]:
    found = {option for action in parser._actions for option in action.option_strings}
    return found.union(*(_options(command) for command in manpages._commands(parser).values()))


@pytest.mark.parametrize("language", manpages.LANGUAGES)
@pytest.mark.parametrize(
    ("name", "make"), [("genglossary", make_parser), ("genglossary-gui", make_window_parser)], ids=manpages.PAGES
)
def test_manual_names_every_option(name: str, make: type, language: str) -> None:
    text = manpages.page(name, language).replace("\\-", "-")
    set_language("en")
    options = _options(make())
    assert len(options) > 4
    assert {option for option in options if f"\\fB{option}\\fR" not in text} == set()


def test_manual_names_every_command() -> None:
    text = manpages.page("genglossary", "en").replace("\\-", "-")
    commands = manpages._commands(make_parser())
    assert {name for name in commands if f".SS genglossary {name}" not in text} == set()


def test_text_cannot_become_a_request() -> None:
    assert manpages._roff(".so /etc/passwd\n'tis \\fB") == "\\&.so /etc/passwd\n\\&'tis \\efB"


# Icons


@pytest.mark.usefixtures("qapp")
def test_icon_of_windows_holds_every_size() -> None:
    content = icons.ico(icons.program())
    _zero, kind, count = struct.unpack_from("<HHH", content)
    assert (kind, count) == (1, len(icons.ICO_SIZES))
    for number, size in enumerate(icons.ICO_SIZES):
        width, *_rest, length, at = struct.unpack_from("<BBBBHHII", content, 6 + 16 * number)
        picture = QImage.fromData(content[at : at + length])
        assert (width or 256, picture.width(), picture.height()) == (size, size, size)


@pytest.mark.usefixtures("qapp")
def test_icon_of_macos_holds_every_size() -> None:
    content = icons.icns(icons.document())
    assert struct.unpack_from(">4sI", content) == (b"icns", len(content))
    at, found = 8, {}
    while at < len(content):
        kind, length = struct.unpack_from(">4sI", content, at)
        found[kind] = QImage.fromData(content[at + 8 : at + length]).width()
        at += length
    assert found == icons.ICNS_SIZES


@pytest.mark.usefixtures("qapp")
def test_theme_holds_every_size_and_the_symbolic_icon(tmp_path: Path) -> None:
    icons.write_theme(tmp_path, "genglossary", product.FILE_TYPE)
    for size in icons.HICOLOR_SIZES:
        picture = QImage(str(tmp_path / f"{size}x{size}/apps/genglossary.png"))
        assert picture.width() == size
        assert picture.pixelColor(size // 2, size // 2).alpha() == 255
    assert (tmp_path / "symbolic/apps/genglossary-symbolic.svg").is_file()


# The Debian package


def test_changes_become_those_of_debian(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "# Changelog\n\n## 0.2.0 (2027-01-02)\n\n- It reads\n  [more](docs/x.md).\n- `make x`\n"
    text += "\n## 0.1.0 (unreleased)\n\n- First.\n"
    found = product.releases(text)
    assert [(release.version, release.date, release.points) for release in found] == [
        ("0.2.0", "2027-01-02", ("It reads more.", "make x")),
        ("0.1.0", "", ("First.",)),
    ]
    monkeypatch.setenv("DEBFULLNAME", "A Person")
    monkeypatch.setenv("DEBEMAIL", "a@example.org")
    monkeypatch.setattr(debian, "releases", lambda: found)
    lines = debian.changelog().splitlines()
    assert lines[:3] == ["genglossary (0.2.0-1) unstable; urgency=medium", "", "  * It reads more."]
    assert lines[5].startswith(" -- A Person <a@example.org>  Sat, 02 Jan 2027 ")


@pytest.mark.skipif(shutil.which("dpkg") is None, reason="only Debian has dpkg")
def test_control_file_has_a_line_for_each_field() -> None:
    text = debian.control(["libc6 (>= 2.35)", "libegl1"], 1000)
    fields = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" "))
    assert fields["Depends"] == "libc6 (>= 2.35), libegl1"
    assert fields["Version"] == f"{__version__}-1"
    assert max(map(len, text.splitlines()[-8:])) <= 79


# The installer for Windows


def test_installer_speaks_both_languages() -> None:
    names = re.findall(r"^LangString (\w+) \$\{LANG_(\w+)\}", NSI, re.MULTILINE)
    languages: dict[str, list[str]] = {}
    for name, language in names:
        languages.setdefault(name, []).append(language)
    assert {name for name, known in languages.items() if known != ["ENGLISH", "JAPANESE"]} == set()
    assert set(re.findall(r"\$\((\w+)\)", NSI)) == set(languages)


def test_installer_removes_each_key_that_it_writes() -> None:
    before, after = NSI.split('Section "Uninstall"')
    written = set(re.findall(r'WriteReg\w+ HKCU "([^"]+)"', before))
    removed = set(re.findall(r'DeleteRegKey HKCU "([^"]+)"', after))
    assert {key for key in written if not any(key == gone or key.startswith(f"{gone}\\") for gone in removed)} == set()


def test_installer_needs_no_administrator() -> None:
    assert "RequestExecutionLevel user" in NSI
    assert "HKLM" not in NSI


def test_window_and_shortcut_share_a_button_of_the_taskbar() -> None:
    assert f'!define TASKBAR_ID "{desktop_names.TASKBAR_ID}"' in NSI


@pytest.mark.skipif(shutil.which("makensis") is None, reason="NSIS is not installed")
def test_installer_compiles(capsys: pytest.CaptureFixture[str]) -> None:
    assert windows.main(["--check"]) == 0
    assert "without a warning" in capsys.readouterr().out


def test_bundle_of_another_system_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert windows.main([str(tmp_path)]) == 1
    assert "genglossary.exe" in capsys.readouterr().err


# The release workflow


def _steps() -> list[dict]:
    return [step for job in JOBS.values() for step in job["steps"]]


def _commands() -> set[str]:
    tree = ast.parse((ROOT / "scripts/dev.py").read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "COMMANDS":
            assert isinstance(node.value, ast.Dict)
            return {ast.literal_eval(key) for key in node.value.keys if key is not None}
    raise AssertionError("scripts/dev.py has no COMMANDS")


def test_make_knows_every_command() -> None:
    targets = re.search(r"^TARGETS := (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert targets is not None
    assert set(targets[1].split()) == _commands()


def test_workflow_calls_commands_that_exist() -> None:
    lines = "\n".join(step.get("run", "") for step in _steps())
    called = re.findall(r"^(?:make|python3? scripts/dev\.py) ([a-z-]+)", lines, re.MULTILINE)
    assert {"bundle", "deb", "check-deb", "installer", "appimage"} <= set(called) <= _commands()


def test_workflow_uses_actions_by_their_commit() -> None:
    used = [step["uses"] for step in _steps() if "uses" in step]
    assert [name for name in used if not re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", name)] == []


def test_workflow_downloads_what_it_uploads() -> None:
    def named(action: str) -> set[str]:
        found = {step["with"].get("name") for step in _steps() if f"/{action}@" in step.get("uses", "")}
        return found - {None}

    assert named("download-artifact") <= named("upload-artifact")


def test_workflow_waits_for_jobs_that_exist() -> None:
    for job in JOBS.values():
        needs = job.get("needs", [])
        assert set([needs] if isinstance(needs, str) else needs) <= set(JOBS)


def test_only_publishing_may_write() -> None:
    assert yaml.safe_load(WORKFLOW)["permissions"] == {"contents": "read"}
    assert [name for name, job in JOBS.items() if "permissions" in job] == ["publish"]


def test_packages_are_fetched_from_where_the_machine_gets_them() -> None:
    places = [
        *(ROOT / "scripts").rglob("*.py"),
        ROOT / "requirements-build.lock",
        ROOT / ".github/workflows/release.yml",
    ]
    named = [
        place.name
        for place in places
        if re.search(r"pypi|deb\.debian|ghcr|--mirror", place.read_text(encoding="utf-8"))
    ]
    assert named == []
