"""Lists of terms come back as they were written, and odd files lose nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.errors import UserFacingError
from genglossary_gui.core.exchange.term_lists import clean_names, read_names, write_names

names = st.lists(st.text(min_size=1, max_size=30).filter(lambda text: bool(clean_names([text]))), max_size=10)


@pytest.mark.parametrize("suffix", ["txt", "csv"])
@given(names)
def test_what_was_written_is_read_again(
    tmp_path_factory: pytest.TempPathFactory, suffix: str, names: list[str]
) -> None:
    wanted = [name for name in clean_names(["a", *names]) if len(name.splitlines()) == 1]
    path = tmp_path_factory.mktemp("lists") / f"list.{suffix}"

    write_names(path, wanted)

    assert read_names(path) == wanted


def test_titles_comments_and_blank_lines_are_no_names(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text("用語\n# ours\n\n  水門 \n水門\n—\nSluice  gate\n", encoding="utf-8")

    assert read_names(path) == ["水門", "Sluice gate"]


def test_old_japanese_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes("用語,読み\n水門,すいもん\n閘門,こうもん\n".encode("cp932"))

    assert read_names(path) == ["水門", "閘門"]


@pytest.mark.parametrize("data", [b"\0\1\2" * 100, b"%PDF-1.7\0\0\xff\xfe" * 40])
def test_what_is_no_text_is_told(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "list.txt"
    path.write_bytes(data)

    with pytest.raises(UserFacingError):
        read_names(path)


def test_a_cell_is_no_formula(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    write_names(path, ["=SUM(A1)"])

    assert "'=SUM(A1)" in path.read_text("utf-8-sig")
