import pytest

from genglossary_gui.core.terms.abbreviations import find_abbreviations, is_short_form


def found(text: str) -> list[tuple[str, str]]:
    return [(entry.short, entry.long) for entry in find_abbreviations(text)]


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("A vessel traffic service (VTS) guides ships.", "VTS", "vessel traffic service"),
        ("A high dashing device (HD) runs.", "HD", "high dashing device"),
        ("We use VTS (vessel traffic service) here.", "VTS", "vessel traffic service"),
        ("Several pull requests (PRs) are open.", "PRs", "pull requests"),
        ("船舶交通サービス（VTS）を使う。", "VTS", "船舶交通サービス"),
        ("船舶交通業務（Vessel Traffic Service、VTS）を使う。", "VTS", "Vessel Traffic Service"),
    ],
)
def test_spelled_out_abbreviations_are_found(text, short, long):
    assert (short, long) in found(text)


@pytest.mark.parametrize(
    "text", ["The default (NULL) is fine.", "It ends (see below).", "x (API", "値（true）", "(VTS)"]
)
def test_other_brackets_are_none(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "short"), [("API", True), ("APIs", True), ("CI", True), ("See", False), ("NULL value", False)]
)
def test_what_looks_like_an_abbreviation(text, short):
    assert is_short_form(text) is short
