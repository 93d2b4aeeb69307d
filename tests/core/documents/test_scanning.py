from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import Cancelled
from genglossary_gui.core.documents.loading import Unreadable, load
from genglossary_gui.core.documents.reasons import Reason
from genglossary_gui.core.documents.scanning import (
    DEFAULT_EXCLUSIONS,
    Changes,
    Found,
    Skipped,
    Source,
    diff,
    safe_name,
    scan,
)
from genglossary_gui.core.errors import UsageError
from tests.core.documents.support import forbidden_folder

LIMIT = 1000


def put(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")


def found(*paths: Path, **options) -> list[str]:
    return [item.name for item in run(*paths, **options) if isinstance(item, Found)]


def skipped(*paths: Path, **options) -> dict[str, Reason]:
    return {item.name: item.reason for item in run(*paths, **options) if isinstance(item, Skipped)}


def run(*paths: Path, **options) -> list[Found | Skipped]:
    return list(scan([Source.of(path) for path in paths], max_bytes=LIMIT, **options))


def test_documents_come_in_the_order_of_their_names(tmp_path):
    put(tmp_path, "b/x.txt", "b-c.txt", "a/z/1.md", "a/b.md", "c", "あ/用語.md")
    assert found(tmp_path) == ["a/b.md", "a/z/1.md", "b-c.txt", "b/x.txt", "c", "あ/用語.md"]
    assert found(tmp_path) == sorted(found(tmp_path))


def test_the_walk_can_be_ended_while_the_names_of_one_folder_are_collected(tmp_path):
    put(tmp_path, *(f"{number}.md" for number in range(30)))
    seen: list[int] = []

    def look() -> None:
        seen.append(len(seen))
        if len(seen) == 10:
            raise Cancelled

    # Nothing has been found then: the names come in order, so all of them are collected first.
    with pytest.raises(Cancelled):
        next(scan([Source.of(tmp_path)], max_bytes=LIMIT, look=look))


def test_a_found_document_can_be_opened(tmp_path):
    put(tmp_path, "a/b.md")
    (item,) = run(tmp_path)
    assert isinstance(item, Found)
    assert (item.path.read_text(encoding="utf-8"), item.size, item.source) == ("text", 4, Source.of(tmp_path))


def test_what_nobody_wants_is_excluded_and_counted(tmp_path):
    out = [
        ".git/config", ".env", ".env.local", "node_modules/x.md", "__pycache__/x.md", "server.PEM", "a.key",
        "id_rsa", "id_rsa.pub", "a.txt~", ".a.swp", "~$a.docx", "uv.lock", "p.genglossary",
        "p.genglossary-wal",
    ]  # fmt: skip
    put(tmp_path, *out, "sub/.hidden/x.md", "keys.md", "git.md")
    assert found(tmp_path) == ["git.md", "keys.md"]
    assert set(skipped(tmp_path)) == {name.split("/")[0] for name in out} | {"sub/.hidden"}
    assert set(skipped(tmp_path).values()) == {Reason.EXCLUDED}


def test_exclusions_can_be_edited(tmp_path):
    put(tmp_path, ".hidden.md", "drafts/a.md", "b/drafts/c.md", "b/d.md")
    assert found(tmp_path, exclusions=[]) == [".hidden.md", "b/d.md", "b/drafts/c.md", "drafts/a.md"]
    assert found(tmp_path, exclusions=["drafts"]) == [".hidden.md", "b/d.md"]
    assert found(tmp_path, exclusions=["b/drafts/", ".*"]) == ["b/d.md", "drafts/a.md"]


def test_a_hidden_folder_that_was_chosen_is_read(tmp_path):
    put(tmp_path, ".notes/a.md")
    assert found(tmp_path / ".notes") == ["a.md"]


def test_a_file_is_its_own_source_and_never_excluded(tmp_path):
    put(tmp_path, ".env")
    assert found(tmp_path / ".env") == [".env"]


def test_every_file_is_found_once(tmp_path):
    put(tmp_path, "a/b.md", "a/c/d.md")
    items = run(tmp_path / "a/c", tmp_path, tmp_path, tmp_path / "a/b.md")
    assert [(item.source.path.name, item.name) for item in items] == [
        ("c", "d.md"),
        (tmp_path.name, "a/b.md"),
    ]


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_are_not_followed_and_said(tmp_path):
    root = tmp_path / "root"
    put(tmp_path, "secret/s.txt", "root/a.txt", "root/sub/b.txt")
    (root / "out.txt").symlink_to(tmp_path / "secret/s.txt")
    (root / "out").symlink_to(tmp_path / "secret")
    (root / "up").symlink_to(root.parent)
    (root / "circle").symlink_to(root)
    (root / "sub/again.txt").symlink_to(root / "a.txt")
    (root / "loop").symlink_to(root / "loop")
    (root / "dead").symlink_to(root / "nothing")
    assert found(root) == ["a.txt", "sub/b.txt"]
    assert skipped(root) == {
        "out.txt": Reason.LINK_OUTSIDE,
        "out": Reason.LINK_OUTSIDE,
        "up": Reason.LINK_OUTSIDE,
        "circle": Reason.LINK_INSIDE,
        "sub/again.txt": Reason.LINK_INSIDE,
        "loop": Reason.LINK_LOOP,
        "dead": Reason.LINK_BROKEN,
    }


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_a_source_may_be_a_link(tmp_path):
    put(tmp_path, "real/a.txt")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert found(tmp_path / "link") == ["a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
def test_special_and_large_files_are_listed(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "big.txt").write_bytes(b"x" * (LIMIT + 1))
    assert skipped(tmp_path) == {"pipe": Reason.NOT_A_FILE, "big.txt": Reason.TOO_LARGE}


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_closed_folder_stops_nothing_else():
    with forbidden_folder() as folder:
        assert skipped(folder.parent) == {"closed": Reason.DENIED}


def test_a_file_that_vanishes_between_scan_and_load(tmp_path):
    put(tmp_path, "a.txt")
    (item,) = run(tmp_path)
    assert isinstance(item, Found)
    item.path.unlink()
    result = load(item.path, max_bytes=LIMIT)
    assert isinstance(result, Unreadable)
    assert result.reason is Reason.VANISHED


def test_a_folder_that_vanishes_during_the_walk(tmp_path):
    put(tmp_path, "a.txt", "b/c.txt")
    items = scan([Source.of(tmp_path)], max_bytes=LIMIT)
    next(items)
    (tmp_path / "b/c.txt").unlink()
    (tmp_path / "b").rmdir()
    (last,) = items
    assert isinstance(last, Skipped)
    assert (last.name, last.reason) == ("b", Reason.VANISHED)


def test_a_deep_folder_needs_no_recursion(tmp_path):
    put(tmp_path, "d/" * 900 + "a.txt")
    assert found(tmp_path) == ["d/" * 900 + "a.txt"]


@pytest.mark.skipif(os.name != "posix", reason="such names exist on POSIX only")
def test_names_are_safe_to_store_and_to_show(tmp_path):
    (tmp_path / "evil\u202etxt.md\n").write_bytes(b"x")
    (tmp_path / unicodedata.normalize("NFD", "が.md")).write_bytes(b"x")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md")).write_bytes(b"x")
    assert found(tmp_path) == ["evil\ufffdtxt.md\ufffd", "が.md", "\ufffd.md"]


@pytest.mark.skipif(os.name != "posix", reason="such names exist on POSIX only")
def test_two_spellings_of_a_name_are_told_apart(tmp_path):
    put(tmp_path, unicodedata.normalize("NFD", "が.md"), "が.md")
    assert found(tmp_path) == ["が.md"]
    assert skipped(tmp_path) == {"が.md": Reason.SAME_NAME}


def test_safe_names_are_stable():
    assert safe_name(safe_name("a\u202e\x00が")) == safe_name("a\u202e\x00が")


def test_a_source_that_is_missing_is_a_clear_error(tmp_path):
    with pytest.raises(UsageError, match="“gone” does not exist") as caught:
        Source.of(tmp_path / "gone")
    assert caught.value.hint
    assert str(tmp_path) not in caught.value.full_text
    with pytest.raises(UsageError):
        scan([Source(tmp_path / "gone")], max_bytes=LIMIT)
    with pytest.raises(UsageError):
        scan([], max_bytes=LIMIT)


def test_the_default_exclusions_are_plain_patterns():
    assert all(pattern == pattern.strip() for pattern in DEFAULT_EXCLUSIONS)
    assert len(set(DEFAULT_EXCLUSIONS)) == len(DEFAULT_EXCLUSIONS)


def test_differences_of_two_scans():
    assert diff({"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"}) == Changes(
        added=("d",), changed=("c",), deleted=("a",), unchanged=("b",)
    )
