"""What issues say, in the language of whoever reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from genglossary_gui.core import i18n, issue_words
from genglossary_gui.core.glossary import IssueType


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    i18n.set_language("en")
    yield
    i18n.set_language("en")


def test_an_issue_is_told_in_the_language_of_its_reader() -> None:
    values = {"term": "weir", "others": ["lock", "gate"]}
    issue = issue_words.issue("weir", IssueType.MISSING_RELATION, "uses", values, ("lock", "gate"))
    assert issue.explanation == "The definition of “weir” uses “lock”, “gate”."

    i18n.set_language("ja")

    said = issue_words.explanation(issue.said, issue.explanation)
    assert said != issue.explanation
    assert "「lock」" in said
    assert issue_words.action(issue.said, issue.action) != issue.action


def test_spellings_are_told_with_their_numbers() -> None:
    values = {"term": "水門", "spellings": [("すい門", 3)]}
    issue = issue_words.issue("水門", IssueType.INCONSISTENT_SPELLING, "spelled", values)
    assert "“すい門” (3)" in issue.explanation


def test_what_a_model_explains_stays_in_its_words() -> None:
    issue = issue_words.issue_of_model("weir", IssueType.DUPLICATE, "model_duplicate", "Both are dams.", ("dam",))
    i18n.set_language("ja")
    assert issue_words.explanation(issue.said, issue.explanation) == "Both are dams."
    assert issue_words.action(issue.said, issue.action) != issue.action


@pytest.mark.parametrize("name", list(issue_words._WORDS))
@pytest.mark.parametrize("language", list(i18n.LANGUAGES))
def test_every_text_takes_its_values_in_every_language(name: str, language: str) -> None:
    i18n.set_language(language)
    names = ("term", "word", "sentence", "first", "second", "abbreviation")
    values = dict.fromkeys(names, "v") | {"spellings": [("s", 1)], "others": ["o"], "documents": ["d"]}
    said = json.dumps([name, values])

    told = issue_words.explanation(said, "otherwise")

    assert (told == "otherwise") == name.startswith("model")
    assert "{" not in told
    assert issue_words.action(said, "")


@pytest.mark.parametrize(
    "said",
    [
        "",
        "not JSON",
        "[]",
        "7",
        '["unknown", {}]',
        '["undefined", {}]',
        '["undefined", []]',
        '["undefined", {"term": 7}]',
        '[["undefined"], {}]',
        '["spelled", {"term": "a", "spellings": [["x"]]}]',
        "[" * 100_000,
    ],
)
def test_what_makes_no_sense_leaves_the_words_of_the_run(said: str) -> None:
    assert issue_words.explanation(said, "as the run said it") == "as the run said it"


def test_a_value_is_never_a_text_with_places_for_others() -> None:
    values = {"term": "{term.__class__} {0} %s"}
    issue = issue_words.issue("x", IssueType.UNCLEAR, "undefined", values)
    assert issue.explanation == "No passage of the documents defines “{term.__class__} {0} %s”."
