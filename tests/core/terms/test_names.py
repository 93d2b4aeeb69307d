import pytest

from genglossary_gui.core.terms.names import is_name


@pytest.mark.parametrize(
    "head",
    [
        "chart of accounts",
        "Function as a Service",
        "man in the middle",
        "time to live",
        "Loosely Coupled Architecture",
        "A/P",
        "S&P 500 index fund",
        "本来明度",
    ],
)
def test_names_that_are_no_noun_phrase_of_the_grammar(head):
    assert is_name(head, "copula")


@pytest.mark.parametrize(
    "head",
    [
        "via a superior subroutine called",
        "check whether the set",
        "Moving a selection",
        "size of a value",
        "name of objects",
        "Often the current branch",
        "all packages",
        "new commit",
        "RFC 2822",
        "max_jitter",
        "default file base.tar.xz",
        "python - Python",
        "copy the records. default",
        "第 3 章",
        "設定を変える",
        "word",
    ],
)
def test_clauses_steps_and_identifiers_are_none(head):
    assert not is_name(head, "copula")


def test_a_definition_list_may_name_what_begins_with_a_common_word():
    assert is_name("Common stock", "definition_list")
    assert not is_name("Common stock", "copula")


def test_what_says_how_things_are_labeled_is_no_name():
    assert not is_name("Items labeled as sold", "copula")
    assert is_name("function as a service", "copula")
