from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.errors import ExportError, ProjectError, UsageError
from genglossary_gui.core.exchange.export import export_project
from genglossary_gui.core.exchange.formats import FORMATS
from genglossary_gui.core.store import documents, projects
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.documents import ScannedDocument

from .conftest import Publish, term

_MAGMA = "Magma is molten rock below the surface."


def _json(project: Path, target: Path, *, approved_only: bool = False) -> dict:
    export_project(project, target, approved_only=approved_only)
    return json.loads(target.read_text(encoding="utf-8"))


def _terms(exported: dict) -> list[str]:
    return [entry["term"] for entry in exported["entries"]]


@pytest.fixture
def volcanoes(publish: Publish) -> None:
    publish(
        [
            term("magma", 1, aliases=["Magma", "magmas"]),
            term("ash cloud", 2),
            term("side", 3, suggested=False),
        ],
        {"magma": _MAGMA},
    )


@pytest.mark.usefixtures("volcanoes")
def test_json_has_every_field_of_the_interface(project: Path, tmp_path: Path) -> None:
    exported = _json(project, tmp_path / "out.json")
    assert exported["format"] == "genglossary"
    assert exported["version"] == 1
    assert exported["project"] == {"name": "Volcanoes", "languages": ["en"]}
    assert exported["entries"][0] == {
        "term": "magma",
        "aliases": ["Magma", "magmas"],
        "category": "technical_term",
        "definition": _MAGMA,
        "confidence": 0.82,
        "stage": "provisional",
        "approved": False,
        "suggested": True,
        "rank": 1,
        "score": 99.0,
        "frequency": 3,
        "document_frequency": 1,
        "evidence": [{"document": "guide/intro.md", "line": 12, "text": _MAGMA}],
        "notes": "",
        "origin": "offline",
    }


@pytest.mark.usefixtures("volcanoes")
def test_an_entry_without_definition_has_no_evidence_and_valid_words(project: Path, tmp_path: Path) -> None:
    entry = _json(project, tmp_path / "out.json")["entries"][1]
    assert (entry["definition"], entry["evidence"]) == ("", [])
    assert (entry["stage"], entry["origin"]) == ("provisional", "offline")


@pytest.mark.usefixtures("volcanoes")
def test_json_holds_every_candidate_and_documents_for_people_the_suggested_ones(project: Path, tmp_path: Path) -> None:
    counts = {name: export_project(project, tmp_path / f"out.{name}") for name in FORMATS}
    assert counts == {name: 3 if name == "json" else 2 for name in FORMATS}


@pytest.mark.usefixtures("volcanoes")
def test_everything_overrides_what_the_format_prefers(project: Path, tmp_path: Path) -> None:
    assert export_project(project, tmp_path / "out.md", everything=True) == 3
    assert export_project(project, tmp_path / "out.json", everything=False) == 2


@pytest.mark.usefixtures("volcanoes")
def test_a_dropped_term_is_never_exported(project: Path, tmp_path: Path) -> None:
    with closing(connect(project)) as connection:
        connection.execute("UPDATE terms SET status = 'dropped' WHERE term = 'magma'")
    assert _terms(_json(project, tmp_path / "out.json")) == ["ash cloud", "side"]


@pytest.mark.usefixtures("volcanoes")
def test_approved_only(project: Path, tmp_path: Path) -> None:
    with closing(connect(project)) as connection:
        connection.execute("UPDATE definitions SET approved = 1")
    assert _terms(_json(project, tmp_path / "out.json", approved_only=True)) == ["magma"]


@pytest.mark.usefixtures("volcanoes")
@pytest.mark.parametrize("name", FORMATS)
def test_without_sources_no_document_is_named(project: Path, tmp_path: Path, name: str) -> None:
    target = tmp_path / "out"
    export_project(project, target, format=name, with_sources=False)
    assert b"intro.md" not in target.read_bytes()


@pytest.mark.usefixtures("volcanoes")
def test_a_given_format_wins_over_the_suffix(project: Path, tmp_path: Path) -> None:
    export_project(project, tmp_path / "out.md", format="json")
    assert json.loads((tmp_path / "out.md").read_bytes())["format"] == "genglossary"


@pytest.mark.parametrize(("name", "format"), [("out.xyz", None), ("out", None), ("out.md", "pdf")])
def test_an_unknown_format_is_said_in_one_sentence_with_the_known_ones(
    project: Path, tmp_path: Path, name: str, format: str | None
) -> None:
    with pytest.raises(UsageError, match="md, html, csv, xlsx, json, tbx, docx") as caught:
        export_project(project, tmp_path / name, format=format)
    assert "\n" not in caught.value.full_text
    assert not (tmp_path / name).exists()


def test_a_project_without_a_run_exports_an_empty_glossary(project: Path, tmp_path: Path) -> None:
    assert _json(project, tmp_path / "out.json")["entries"] == []


def test_a_foreign_file_is_not_exported_and_stays(tmp_path: Path) -> None:
    foreign = tmp_path / "notes.genglossary"
    foreign.write_text("no project")
    with pytest.raises(ProjectError):
        export_project(foreign, tmp_path / "out.md")
    assert foreign.read_text() == "no project"


def test_an_export_never_replaces_its_project(project: Path) -> None:
    before = project.read_bytes()
    with pytest.raises(ExportError, match="own project"):
        export_project(project, project, format="md")
    assert project.read_bytes() == before


@pytest.mark.usefixtures("volcanoes")
def test_a_document_of_the_project_is_never_replaced(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "intro.md").write_text("# Magma", encoding="utf-8")
    with closing(connect(project)) as connection:
        projects.add_sources(connection, [folder])
        (source_id,) = (number for number, path in projects.source_ids(connection).items() if path == folder.resolve())
        intro = ScannedDocument(
            source_id=source_id,
            path="intro.md",
            format="md",
            size=7,
            state="ready",
            encoding="utf-8",
            reason="",
            content_id=None,
        )
        documents.save_document(connection, intro)

    with pytest.raises(ExportError, match="one of the source documents"):
        export_project(project, folder / "intro.md")

    assert (folder / "intro.md").read_text(encoding="utf-8") == "# Magma"


@pytest.mark.usefixtures("volcanoes")
def test_beside_the_documents_a_glossary_is_written_again_and_again(project: Path, tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    with closing(connect(project)) as connection:
        projects.add_sources(connection, [folder])
    for _time in range(2):
        assert export_project(project, folder / "glossary.md") == 2


@pytest.mark.usefixtures("volcanoes")
def test_a_name_that_can_be_no_file_is_said(project: Path, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="cannot be written: File name too long"):
        export_project(project, tmp_path / f"{'n' * 300}.md")
