"""Every part of the installation has a licence and its text, wherever it is read."""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

import pytest

from genglossary_gui.core import i18n, licences
from genglossary_gui.core.licences import Component, components

ROOT = Path(__file__).resolve().parents[2]
DATA = {"English words", "Phrases of manuals", "Synonyms"}


@pytest.fixture(scope="module")
def found() -> dict[str, Component]:
    return {component.name.lower().replace("_", "-"): component for component in components()}


def test_every_dependency_is_among_them(found: dict[str, Component]) -> None:
    wanted = [line for line in metadata.requires(licences.DISTRIBUTION) or () if "extra ==" not in line]
    names = {match[0].lower().replace("_", "-") for line in wanted if (match := re.match(r"[\w.-]+", line))}

    assert names <= found.keys()


def test_each_has_a_licence_and_something_to_read(found: dict[str, Component]) -> None:
    assert not [each.name for each in found.values() if not each.licence and each.name not in DATA]
    assert not [each.name for each in found.values() if len(each.words) < 20 or "brings no text" in each.words]


def test_qt_says_how_it_may_be_replaced(found: dict[str, Component]) -> None:
    assert "LGPL" in found["pyside6-essentials"].words


def test_data_under_a_licence_of_its_own_says_so(found: dict[str, Component]) -> None:
    assert "BY-SA" in found["wordfreq"].words
    assert "manuals" in found["phrases of manuals"].words
    assert "BY-SA" in found["english words"].words


def test_notes_are_in_the_language_of_the_window(found: dict[str, Component]) -> None:
    english = found["wordfreq"].words
    i18n.set_language("ja")

    assert found["wordfreq"].words != english


def test_the_bundle_adds_python_and_the_libraries_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "resources").mkdir()
    (tmp_path / "licences").mkdir()
    for name in ("python", "libssl3", "qt-LGPL-3"):
        (tmp_path / "licences" / f"{name}.txt").write_text(f"text of {name}", encoding="utf-8")
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    found = {component.name: component.words for component in components()}

    assert found["Python"] == "text of python"
    assert found["libssl3"] == "text of libssl3"
    assert "text of qt-LGPL-3" in found["PySide6_Essentials"]


def test_the_own_licence_is_that_of_the_project() -> None:
    assert licences.own_text() == (ROOT / "LICENSE").read_text(encoding="utf-8").strip()
