"""Copies with links: where they are written, and that the documents themselves stay as they are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.linking import preview_links, write_linked_copies
from genglossary_gui.core.store import documents, projects
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.imports import PersonEntry, take_over

_TEXT = "# Gates\r\n\r\nA weir and a weir.\r\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_bytes(_TEXT.encode())
    (folder / "sub" / "b.html").write_bytes("<p>用語 weir</p>".encode("cp932"))
    return folder


@pytest.fixture
def linked_project(tmp_path: Path, folder: Path) -> Path:
    project = tmp_path / "p" / "p.genglossary"
    projects.create_project(project, [folder])
    with closing(connect(project)) as connection:
        for path, format, encoding in (("a.md", "md", "utf-8"), ("sub/b.html", "html", "cp932")):
            _add(connection, path, format, encoding)
        take_over(connection, [PersonEntry(term="weir", definition="A low dam."), PersonEntry(term="gates")])
    return project


def _add(connection, path: str, format: str, encoding: str) -> None:
    documents.save_document(
        connection,
        documents.ScannedDocument(source_id=1, path=path, format=format, size=1, state="ready", encoding=encoding),
    )


def test_copies_have_links_that_lead_to_the_glossary_beside_them(
    linked_project: Path, folder: Path, tmp_path: Path
) -> None:
    target = tmp_path / "out"
    write_linked_copies(linked_project, target)
    assert (target / "a.md").read_bytes() == _TEXT.replace("A weir", "A [weir](glossary.html#term-weir)").encode()
    copied = (target / "sub" / "b.html").read_bytes().decode("cp932")
    assert copied == '<p>用語 <a href="../glossary.html#term-weir">weir</a></p>'
    assert '<article id="term-weir">' in (target / "glossary.html").read_text(encoding="utf-8")
    assert (folder / "a.md").read_bytes() == _TEXT.encode()


def test_the_preview_tells_each_link_and_writes_nothing(linked_project: Path, tmp_path: Path) -> None:
    before = _files(tmp_path)
    first = preview_links(linked_project)[0]
    [new] = first.links
    assert (first.path, new.line, new.before, new.words, new.after) == ("a.md", 3, "A ", "weir", " and a weir.")
    assert _files(tmp_path) == before


def _files(folder: Path) -> dict[Path, bytes]:
    """What lies there, but for the project, whose database makes files while it is read."""
    return {path: path.read_bytes() for path in folder.rglob("*.*") if ".genglossary" not in path.name}


@pytest.mark.parametrize("name", ["docs", "docs/copies", ".", "p"])
def test_no_copy_lies_with_the_documents_or_the_project(linked_project: Path, tmp_path: Path, name: str) -> None:
    before = _files(tmp_path)
    with pytest.raises(ExportError):
        write_linked_copies(linked_project, tmp_path / name, replace_files=True)
    assert _files(tmp_path) == before


def test_a_link_to_the_documents_is_seen_through(linked_project: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").symlink_to(folder)
    with pytest.raises(ExportError, match="documents themselves"):
        write_linked_copies(linked_project, tmp_path / "out")


def test_a_link_inside_the_target_is_not_followed(linked_project: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "sub").symlink_to(folder / "sub")
    with pytest.raises(ExportError):
        write_linked_copies(linked_project, tmp_path / "out", replace_files=True)
    assert (folder / "sub" / "b.html").read_bytes() == "<p>用語 weir</p>".encode("cp932")


def test_files_are_replaced_only_when_that_was_allowed(linked_project: Path, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    (target / "a.md").write_text("mine")
    with pytest.raises(ExportError, match=r"a\.md"):
        write_linked_copies(linked_project, target)
    assert (target / "a.md").read_text() == "mine"
    write_linked_copies(linked_project, target, replace_files=True)
    assert "[weir]" in (target / "a.md").read_text()


def test_a_document_that_has_gone_is_told(linked_project: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "a.md").unlink()
    written = {document.path: document for document in write_linked_copies(linked_project, tmp_path / "out")}
    assert written["a.md"].problem
    assert written["sub/b.html"].links


def test_a_path_out_of_the_folder_is_not_believed(linked_project: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("weir")
    with closing(connect(linked_project)) as connection:
        _add(connection, "../secret.md", "md", "utf-8")
    assert [document.path for document in preview_links(linked_project)] == ["a.md", "sub/b.html"]


def test_the_page_gives_way_to_a_document_of_its_name(linked_project: Path, folder: Path, tmp_path: Path) -> None:
    (folder / "glossary.html").write_text("<p>weir</p>")
    with closing(connect(linked_project)) as connection:
        _add(connection, "glossary.html", "html", "utf-8")
    write_linked_copies(linked_project, tmp_path / "out")
    assert 'href="glossary-2.html#term-weir"' in (tmp_path / "out" / "glossary.html").read_text()


def test_without_definitions_there_is_nothing_to_link_to(tmp_path: Path, folder: Path) -> None:
    project = tmp_path / "q" / "q.genglossary"
    projects.create_project(project, [folder])
    with pytest.raises(ExportError, match="definition"):
        write_linked_copies(project, tmp_path / "out")
    assert not (tmp_path / "out").exists()
