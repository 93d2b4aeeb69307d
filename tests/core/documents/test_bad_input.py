"""Every kind of bad input as a real file in one folder: each is listed with its reason, and none costs another."""

from __future__ import annotations

import importlib
import os
import tempfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.cancellation import CancelToken
from genglossary_gui.core.compute import Workers
from genglossary_gui.core.documents.loading import load
from genglossary_gui.core.documents.reasons import Reason
from genglossary_gui.core.pipeline import ExecutionContext
from genglossary_gui.core.settings import RunSettings
from genglossary_gui.core.store import documents
from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.projects import create_project
from tests.core.documents.making import archive, docx, paragraph, pdf
from tests.core.documents.test_pdf import ENCRYPT

scanning = importlib.import_module("genglossary_gui.core.pipeline.steps.scan")
MEGABYTE = 1 << 20
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500)
WORD = docx(paragraph("Text."))
BOMB = archive(
    {
        "_rels/.rels": '<Relationships><Relationship Id="a" Type="x/officeDocument" Target="d.xml"/></Relationships>',
        "d.xml": b"<x>" + b" " * (64 * MEGABYTE) + b"</x>",
    }
)
PROTECTED_PDF = pdf([(10, 72, 700, "secret")], trailer="/Encrypt 8 0 R /ID [<00> <00>]", more=[ENCRYPT])

BAD: dict[str, tuple[bytes, Reason]] = {
    "empty.txt": (b"", Reason.EMPTY),
    "blank.md": (b" \n\t\n", Reason.EMPTY),
    "byte order mark.txt": (b"\xef\xbb\xbf", Reason.EMPTY),
    "no text.html": (b"<script>x()</script>", Reason.EMPTY),
    "scanned.pdf": (pdf([]), Reason.ONLY_PICTURES),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), Reason.BINARY),
    "archive.txt": (WORD, Reason.BINARY),
    "text.pdf": (b"This is only text.", Reason.BROKEN),
    "text.docx": (b"This is only text.", Reason.BROKEN),
    "pdf.txt": (pdf([(10, 72, 700, "Text.")]), Reason.UNSUPPORTED),
    "old.doc": (OLE, Reason.UNSUPPORTED),
    "old.docx": (OLE, Reason.UNSUPPORTED),
    "password.docx": (OLE + "EncryptedPackage".encode("utf-16-le"), Reason.ENCRYPTED),
    "password.pdf": (PROTECTED_PDF, Reason.ENCRYPTED),
    "cut.docx": (WORD[: len(WORD) // 2], Reason.BROKEN),
    "cut.pdf": (pdf([(10, 72, 700, "Text.")])[:40], Reason.BROKEN),
    "other archive.docx": (archive({"x.txt": "x"}), Reason.BROKEN),
    "bomb.docx": (BOMB, Reason.UNSAFE),
    "entities.odt": (archive({"content.xml": '<!DOCTYPE x [<!ENTITY a "lol">]><x>&a;</x>'}), Reason.UNSAFE),
    "deep.docx": (docx("<w:p>" * 5000 + "</w:p>" * 5000), Reason.UNSAFE),
    "deep.rst": (b"".join(b" " * depth + b"* a\n\n" for depth in range(0, 1000, 2)), Reason.UNSAFE),
    "large.txt": (b"x" * (4 * MEGABYTE + 1), Reason.TOO_LARGE),
    "slow.md": (b"[a](" * 1_000_000, Reason.TOO_SLOW),
}
STRANGE: dict[str, bytes] = {
    "nul.txt": b"text\0more\n" * 20,
    "surrogate.txt": "a\ud800b \udfff text".encode("utf-8", "surrogatepass"),
    "surrogate.html": b"<p>&#xD800; text &#0; x",
    "one line.txt": b"a long line of words " * 100_000,
    "one word.txt": b"x" * 2_000_000,
    "one line.md": b"a long line of words " * 20_000,
    "one line.rst": b"a long line of words " * 60_000,
    "deep.html": b"<div>" * 100_000 + b"text" + b"</div>" * 100_000,
    "brackets.md": b"[" * 20_000 + b" text",
    "no ending": b"words without an ending of the name",
    "page.unknown": "用語の説明".encode("euc_jp"),
    "mixed.txt": "用語\n".encode() * 50 + b"\xff\xfe broken bytes\n",
    "good.md": b"# Lock\n\nA lock is a device.\n",
}


class Listening:
    """A log that keeps what it is told."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}

    def __call__(self, message: str, *, document: str = "", **_more: object) -> None:
        self.said[document] = message


@pytest.fixture(scope="module")
def workers():
    workers = Workers(2)
    yield workers
    workers.close()


GREEDY = b"Title\n=====\n\nSome **bold** text that goes on.\n\n" * 60_000


@pytest.fixture
def tight(monkeypatch):
    """Limits that a small file can reach."""
    monkeypatch.setattr(scanning, "_SECONDS", 15.0)
    monkeypatch.setattr(scanning, "_SECONDS_PER_MB", 0.0)
    monkeypatch.setattr(scanning, "_MB", 100)
    monkeypatch.setattr(scanning, "_MB_PER_MB", 0)


@pytest.fixture
def scan(tmp_path, workers) -> Callable[..., tuple[dict[str, tuple[str, str]], Listening]]:
    """Scans a folder; path → (state, reason) of each document, and the log."""

    def run(folder: Path, workers: Workers = workers) -> tuple[dict[str, tuple[str, str]], Listening]:
        project = tmp_path / "test.genglossary"
        create_project(project, [folder])
        log = Listening()
        with closing(connect(project)) as connection:
            settings = RunSettings(max_document_mb=4)
            scanning.scan(connection, ExecutionContext(1, log, CancelToken(), settings), workers)
            return {row.path: (row.state, row.reason) for row in documents.all_documents(connection)}, log

    return run


def put(folder: Path, name: str, data: bytes) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how much memory it gave")
def test_each_bad_file_is_listed_with_its_reason_and_stops_no_other(tmp_path, scan, tight):
    folder = tmp_path / "documents"
    for name, (data, _reason) in BAD.items():
        put(folder, name, data)
    for name, data in STRANGE.items():
        put(folder, name, data)
    found, log = scan(folder)
    assert found == {
        **{name: ("unreadable", reason) for name, (_data, reason) in BAD.items()},
        **dict.fromkeys(STRANGE, ("ready", "")),
    }
    assert all(reason.sentence in log.said[name] for name, (_data, reason) in BAD.items())


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not tell how much memory it gave")
def test_a_greedy_file_is_given_up_and_stops_no_other(tmp_path, scan, tight, monkeypatch):
    # However busy the machine is, it is the memory that ends it and not the time.
    monkeypatch.setattr(scanning, "_SECONDS", 3600.0)
    folder = tmp_path / "documents"
    put(folder, "greedy.rst", GREEDY)
    put(folder, "plain.txt", b"Plain text.")
    found, _log = scan(folder)
    assert found == {"greedy.rst": ("unreadable", Reason.TOO_BIG_TO_READ), "plain.txt": ("ready", "")}


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_links_and_special_files_are_listed_and_not_read(tmp_path, scan):
    folder = tmp_path / "documents"
    put(folder, "good.md", b"A lock is a device.")
    put(tmp_path, "secret.txt", b"secret")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "out").symlink_to(tmp_path)
    (folder / "again.md").symlink_to(folder / "good.md")
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "circle").symlink_to(folder)
    (folder / "dead").symlink_to(folder / "nothing")
    os.mkfifo(folder / "pipe.txt")
    found, _log = scan(folder)
    assert found == {
        "good.md": ("ready", ""),
        "out.txt": ("skipped", Reason.LINK_OUTSIDE),
        "out": ("skipped", Reason.LINK_OUTSIDE),
        "again.md": ("skipped", Reason.LINK_INSIDE),
        "loop": ("skipped", Reason.LINK_LOOP),
        "circle": ("skipped", Reason.LINK_INSIDE),
        "dead": ("skipped", Reason.LINK_BROKEN),
        "pipe.txt": ("unreadable", Reason.NOT_A_FILE),
    }


@pytest.mark.skipif(os.name != "posix", reason="permissions of POSIX")
def test_what_may_not_be_read_is_listed(scan):
    workers = Workers(1)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        put(folder, "good.md", b"A lock is a device.")
        put(folder, "closed.md", b"secret")
        (folder / "closed.md").chmod(0)
        try:
            if os.geteuid() == 0:  # nothing is forbidden to root
                workers.call(become_nobody, folder / "good.md", CancelToken())
            found, _log = scan(folder, workers)
        finally:
            workers.close()
    assert found == {"good.md": ("ready", ""), "closed.md": ("unreadable", Reason.DENIED)}


def become_nobody(document: Path) -> None:
    # The code is read first: nobody might not be allowed to.
    importlib.import_module("resource")
    load(document, max_bytes=MEGABYTE)
    os.seteuid(65534)
