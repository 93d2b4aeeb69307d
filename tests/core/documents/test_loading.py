from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute.workers import Workers
from genglossary_gui.core.documents.loading import Loaded, Unchanged, Unreadable, load
from genglossary_gui.core.documents.reasons import Reason
from tests.core.documents.support import forbidden_folder

LIMIT = 1000


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def reason(path: Path) -> Reason:
    result = load(path, max_bytes=LIMIT)
    assert isinstance(result, Unreadable)
    assert result.reason.sentence
    return result.reason


def test_a_document_is_read(tmp_path):
    data = "# 用語\n".encode("cp932")
    result = load(write(tmp_path, "a.MD", data), max_bytes=LIMIT)
    assert isinstance(result, Loaded)
    assert (result.format, result.encoding, result.size, result.document.title) == (
        "md",
        "cp932",
        len(data),
        "用語",
    )
    assert result.sha256 == hashlib.sha256(data).hexdigest()


def test_the_encoding_that_a_person_chose_is_used(tmp_path):
    path = write(tmp_path, "a.txt", "用語".encode("euc_jp"))
    result = load(path, max_bytes=LIMIT, encoding="cp1252")
    assert isinstance(result, Loaded)
    assert result.encoding == "cp1252"


def test_the_charset_of_a_page_counts(tmp_path):
    path = write(tmp_path, "a.html", b'<meta charset="windows-1251"><p>' + "да".encode("cp1251"))
    result = load(path, max_bytes=LIMIT)
    assert isinstance(result, Loaded)
    assert result.document.text == "да"


def test_known_content_is_not_parsed_again(tmp_path):
    path = write(tmp_path, "a.txt", b"text")
    digest = hashlib.sha256(b"text").hexdigest()
    assert load(path, max_bytes=LIMIT, known=digest) == Unchanged(digest, 4)
    path.write_bytes(b"other")
    assert isinstance(load(path, max_bytes=LIMIT, known=digest), Loaded)


@pytest.mark.parametrize("name", ["README", "notes.unknown", "a.txt", "a.md", "a.html", "a.py"])
def test_text_is_read_under_any_name(tmp_path, name):
    assert isinstance(load(write(tmp_path, name, b"some text"), max_bytes=LIMIT), Loaded)


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", "\u3000\n".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_nothing_to_read(tmp_path, name, data):
    assert reason(write(tmp_path, name, data)) is Reason.EMPTY


def test_a_page_without_text_is_empty(tmp_path):
    assert reason(write(tmp_path, "a.html", b"<script>x()</script><p></p>")) is Reason.EMPTY


@pytest.mark.parametrize("name", ["a.txt", "picture", "a.html", "a.png"])
def test_binary_data_is_recognised_by_content(tmp_path, name):
    assert reason(write(tmp_path, name, b"\x89PNG\r\n\x1a\n" + bytes(range(256)))) is Reason.BINARY


@pytest.mark.parametrize(
    ("name", "data"), [("a.doc", b"\xd0\xcf"), ("a.rtf", b"{\\rtf1 x}"), ("a.txt", b"%PDF-1.7\n1 0 obj")]
)
def test_formats_that_are_known_but_not_readable_yet(tmp_path, name, data):
    assert reason(write(tmp_path, name, data)) is Reason.UNSUPPORTED


def test_what_is_not_read_has_its_size_all_the_same(tmp_path):
    found = load(write(tmp_path, "a.doc", b"\xd0\xcf" * 100), max_bytes=LIMIT)
    assert isinstance(found, Unreadable)
    assert found.size == 200


def test_the_limit_is_kept(tmp_path):
    assert reason(write(tmp_path, "a.txt", b"x" * (LIMIT + 1))) is Reason.TOO_LARGE
    assert isinstance(load(write(tmp_path, "b.txt", b"x" * LIMIT), max_bytes=LIMIT), Loaded)


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="needs /proc")
def test_a_file_that_holds_more_than_its_size_says_is_cut_off_at_the_limit():
    assert Path("/proc/self/maps").stat().st_size == 0
    assert reason(Path("/proc/self/maps")) is Reason.TOO_LARGE


def test_a_file_that_vanished(tmp_path):
    assert reason(tmp_path / "gone.txt") is Reason.VANISHED


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_a_file_that_may_not_be_read():
    with forbidden_folder() as folder:
        assert reason(folder / "a.txt") is Reason.DENIED


@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
def test_only_regular_files_are_opened(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "folder.txt").mkdir()
    assert reason(tmp_path / "pipe.txt") is Reason.NOT_A_FILE
    assert reason(tmp_path / "folder.txt") is Reason.NOT_A_FILE
    assert reason(Path("/dev/zero")) is Reason.NOT_A_FILE
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "s.txt"))
        assert isinstance(load(tmp_path / "s.txt", max_bytes=LIMIT), Unreadable)


@pytest.mark.skipif(not hasattr(os, "O_NOFOLLOW"), reason="the system cannot refuse links")
def test_a_link_put_in_the_place_of_a_file_is_not_followed(tmp_path):
    target = write(tmp_path, "secret.txt", b"secret")
    (tmp_path / "a.txt").symlink_to(target)
    assert isinstance(load(tmp_path / "a.txt", max_bytes=LIMIT), Unreadable)


def test_a_reason_holds_no_path(tmp_path):
    result = load(tmp_path / "gone.txt", max_bytes=LIMIT)
    assert str(tmp_path) not in repr(result)


def read_in_worker(path: Path) -> Loaded | Unchanged | Unreadable:
    return load(path, max_bytes=LIMIT)


def test_it_runs_in_a_worker_process(tmp_path):
    path = write(tmp_path, "a.md", b"# Index")
    workers = Workers(1)
    try:
        result = workers.call(read_in_worker, path, CancelToken())
    finally:
        workers.close()
    assert isinstance(result, Loaded)
    assert result.document.title == "Index"
