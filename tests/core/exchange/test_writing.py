from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genglossary_gui.core.errors import ExportError
from genglossary_gui.core.exchange.writing import check_target, write_whole

_WRITERS = pytest.mark.parametrize("write", [check_target, lambda target: write_whole(target, b"new")])
Write = Callable[[Path], None]
_posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def _one_sentence(error: ExportError, place: Path) -> bool:
    return "\n" not in error.full_text and str(place) not in error.full_text


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.write_bytes(b"old")
    write_whole(target, b"new")
    assert target.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [target]


def test_checking_changes_nothing(tmp_path: Path) -> None:
    check_target(tmp_path / "out.md")
    assert list(tmp_path.iterdir()) == []


@_posix
@_WRITERS
def test_a_link_is_refused_and_what_it_points_to_stays(tmp_path: Path, write: Write) -> None:
    precious = tmp_path / "precious"
    precious.write_bytes(b"old")
    (tmp_path / "out.md").symlink_to(precious)
    with pytest.raises(ExportError, match="link"):
        write(tmp_path / "out.md")
    assert precious.read_bytes() == b"old"
    assert (tmp_path / "out.md").is_symlink()


@_WRITERS
def test_a_folder_is_refused(tmp_path: Path, write: Write) -> None:
    with pytest.raises(ExportError, match="folder"):
        write(tmp_path)


@_WRITERS
def test_a_missing_folder_is_named_and_not_made(tmp_path: Path, write: Write) -> None:
    with pytest.raises(ExportError, match="does not exist") as caught:
        write(tmp_path / "none" / "out.md")
    assert _one_sentence(caught.value, tmp_path)
    assert not (tmp_path / "none").exists()


@_WRITERS
def test_a_file_in_place_of_the_folder_is_a_sentence(tmp_path: Path, write: Write) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ExportError):
        write(tmp_path / "file" / "out.md")


@_posix
@_WRITERS
def test_a_pipe_is_refused(tmp_path: Path, write: Write) -> None:
    os.mkfifo(tmp_path / "out.md")
    with pytest.raises(ExportError, match="ordinary"):
        write(tmp_path / "out.md")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="needs a place where nobody can create files")
@_WRITERS
def test_an_unwritable_place_is_one_sentence(write: Write) -> None:
    with pytest.raises(ExportError, match="cannot be written") as caught:
        write(Path("/proc/self/fd/out.md"))
    assert _one_sentence(caught.value, Path("/proc/self/fd"))


@_posix
def test_a_disk_without_room_leaves_the_old_file(tmp_path: Path) -> None:
    import resource

    target = tmp_path / "out.md"
    target.write_bytes(b"old")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
    try:
        with pytest.raises(ExportError, match="cannot be written"):
            write_whole(target, b"new" * 1000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_name_that_is_too_long_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(ExportError) as caught:
        check_target(tmp_path / f"{'x' * 300}.md")
    assert "\n" not in caught.value.full_text


@_posix
def test_a_private_file_stays_private(tmp_path: Path) -> None:
    target = tmp_path / "out.md"
    target.touch(0o600)
    write_whole(target, b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
