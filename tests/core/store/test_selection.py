"""What a search in a table finds."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from genglossary_gui.core.store.connection import connect
from genglossary_gui.core.store.selection import Selection
from genglossary_gui.core.store.term_list import term_ids, term_rows
from tests.bench.projects import make_project

TERMS = ("API gateway", "ＡＰＩ仕様", "サーバー", "100%", "a_b", "水門", "ゲート　開閉")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("api", {"API gateway"}),
        ("ＡＰＩ", {"API gateway", "ＡＰＩ仕様"}),
        ("ｻｰﾊﾞ", {"サーバー"}),
        ("門", {"水門"}),
        ("API　gate", {"API gateway"}),
        ("　開", {"ゲート　開閉"}),
        ("0%", {"100%"}),
        ("a_", {"a_b"}),
        ("%", {"100%"}),
    ],
)
def test_a_search_finds_narrow_and_wide_forms_and_takes_signs_as_they_are(
    tmp_path: Path, search: str, found: set[str]
) -> None:
    project = make_project(tmp_path, "terms", terms=len(TERMS))
    with closing(connect(project)) as connection:
        for number, term in enumerate(TERMS, 1):
            connection.execute("UPDATE terms SET term = ? WHERE id = ?", (term, number))
        ids = term_ids(connection, Selection(search=search))
        assert {row.term for row in term_rows(connection, ids).values()} == found
