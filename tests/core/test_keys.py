"""What counts as one spelling, and that the key is stable."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genglossary_gui.core.keys import term_key


@pytest.mark.parametrize(
    "same",
    [
        ("working tree", "Working Trees", "working-tree", "working_tree", "“working tree”", "WORKING/TREE"),
        ("repository", "repositories"),
        ("branch", "branches"),
        ("index", "indexes", "indices"),
        ("API", "ＡＰＩ", "APIs"),
        ("サーバー", "サーバ", "ｻｰﾊﾞｰ"),
        ("HTTPリクエスト", "HTTP リクエスト", "ＨＴＴＰリクエスト"),
        ("オープン・ソース", "オープンソース"),
    ],
)
def test_spellings_of_one_term_meet(same):
    assert len({term_key(surface) for surface in same}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("bus", "bu"), ("class", "clas"), ("キー", "キ"), ("status", "statu"), ("C", "C++"), ("alias", "alia")],
)
def test_different_terms_stay_apart(one, other):
    assert term_key(one) != term_key(other)


def test_nothing_but_marks_has_no_key():
    assert term_key(" “ ” … ".replace("…", ".")) == ""


@given(st.text())
@example("サ\u200b\u3099")
@example("ｻｰﾊﾞｰ")
@example("''Ss''s ")
@example("ア゙ーー・a")
@example("ies ies- ss/s")
def test_the_key_of_a_key_is_the_key(text):
    assert term_key(term_key(text)) == term_key(text)
