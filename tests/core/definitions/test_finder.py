from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from genglossary_gui.core.definitions import expansions, statements
from genglossary_gui.core.definitions.english_descriptions import _POINTER, _POINTER_MARKS
from genglossary_gui.core.definitions.finder import _SHORT_FORM, Finding, find_definitions
from genglossary_gui.core.definitions.match import is_named
from genglossary_gui.core.glossary import Passage
from genglossary_gui.core.passages import stated
from genglossary_gui.core.text import BlockKind as K
from tests.core.definitions.support import document, findings, paragraphs, rules


def quoted(text: str, found: Finding) -> Passage:
    return Passage(1, found.start, found.end, 1, text[found.start : found.end], rule=found.rule)


def test_a_definition_list_gives_the_first_sentences_of_its_description() -> None:
    text, sentences = document(
        (K.TERM, "branch"),
        (K.DESCRIPTION, "A line of development. It has a tip. The tip moves. Nobody reads on."),
    )
    (found,) = [f for f in find_definitions(text, sentences) if f.rule == "definition_list"]
    assert found.head == "branch"
    passage = quoted(text.text, found)
    assert passage.text == "branch\nA line of development. It has a tip. The tip moves."
    assert stated(passage) == "A line of development. It has a tip. The tip moves."


def test_terms_that_share_a_description_are_all_heads() -> None:
    found = findings((K.TERM, "cache"), (K.TERM, "index"), (K.DESCRIPTION, "A collection of files with stat data."))
    assert {f.head for f in found} == {"cache", "index"}


@pytest.mark.parametrize("term", ["--verbose", "You have no account", "Why does it fail?", "Ctrl+S"])
def test_other_terms_of_lists_are_no_heads(term: str) -> None:
    assert findings((K.TERM, term), (K.DESCRIPTION, "A description that is long enough to count.")) == []


@pytest.mark.parametrize("description", ["See the manual of the command.", "If you need more, ask for it.", "Yes."])
def test_descriptions_that_say_what_to_do_define_nothing(description: str) -> None:
    assert findings((K.TERM, "branch"), (K.DESCRIPTION, description)) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (K.LIST_ITEM, "**Receiver**: a component that takes in data."),
        (K.LIST_ITEM, "**Receiver** — a component that takes in data."),
        (K.PARAGRAPH, "**Receiver:** a component that takes in data."),
        (K.LIST_ITEM, "Receiver: a component that takes in data."),
    ],
)
def test_labels_are_defined_by_what_follows(kind: K, text: str) -> None:
    (found,) = findings((kind, text))
    assert (found.head, found.rule) == ("Receiver", "label")
    plain, _sentences = document((kind, text))
    assert stated(quoted(plain.text, found)) == "a component that takes in data."


def test_a_table_needs_a_header_that_promises_definitions() -> None:
    row = (K.TABLE_ROW, "Receiver\tA component that takes in data")
    assert [f.rule for f in findings((K.TABLE_ROW, "Term\tDefinition"), row)] == ["table"]
    assert findings((K.TABLE_ROW, "Part\tPrice"), row) == []


def test_a_heading_names_what_its_first_sentence_explains() -> None:
    found = findings((K.HEADING, "2.1 Bare Metal Machine"), (K.PARAGRAPH, "Bare metal refers to a physical computer."))
    assert {f.head for f in found} >= {"Bare Metal Machine", "Bare metal"}


def test_below_its_heading_a_definition_weighs_more() -> None:
    sentence = (K.PARAGRAPH, "A pod is a group of containers that share a network.")
    (below,) = findings((K.HEADING, "Pods"), sentence)[-1:]
    (alone,) = findings(sentence)
    assert below.weight > alone.weight


def test_what_this_is_called_includes_the_sentence_before() -> None:
    text, sentences = paragraphs("Traffic is split between two versions. This is called canary release.")
    (found,) = find_definitions(text, sentences)
    assert text.text[found.start : found.end] == text.text


def test_an_expansion_is_the_stretch_that_spells_it_out() -> None:
    text, sentences = paragraphs("We use a service level objective (SLO) here.")
    (found,) = find_definitions(text, sentences)
    assert (found.head, text.text[found.start : found.end]) == ("SLO", "service level objective (SLO)")


def test_brackets_with_other_initials_are_no_expansion() -> None:
    assert find_definitions(*paragraphs("We use a different kind of thing (SLO) here.")) == []


def test_code_and_headings_define_nothing() -> None:
    sentence = "A pod is a group of containers that share a network."
    assert findings((K.CODE, sentence)) == []
    assert findings((K.HEADING, sentence)) == []


def test_a_sentence_that_leans_on_the_one_before_defines_nothing_at_the_head_of_a_paragraph() -> None:
    before, leaning = "Pods may share a host.", "This is called a pod set."
    assert [found.head for found in find_definitions(*paragraphs(f"{before} {leaning}"))] == ["pod set"]
    assert find_definitions(*paragraphs(before, leaning)) == []


def test_an_empty_document_has_no_findings() -> None:
    assert find_definitions(*document()) == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize("part", ["(AB) ", "a (", "（漢字", "   ", "is called a ", "**b** — ", "漢字（AB）", ": "])
@pytest.mark.parametrize("kind", [K.PARAGRAPH, K.LIST_ITEM, K.TERM, K.HEADING, K.TABLE_ROW])
def test_no_block_takes_long(kind: K, part: str) -> None:
    long = "X " + part * 20_000 + "."
    findings((kind, long), (K.DESCRIPTION, long), (K.PARAGRAPH, "X is a thing that is long."))


def test_a_table_row_states_its_meaning_only() -> None:
    text, sentences = document(
        (K.TABLE_ROW, "Term\tType\tDefinition"), (K.TABLE_ROW, "SWL\tunit\tA load that is safe.")
    )
    (found,) = find_definitions(text, sentences)
    assert quoted(text.text, found).text.startswith("SWL")
    assert stated(quoted(text.text, found)) == "A load that is safe."


@pytest.mark.parametrize(
    "label",
    [
        "Example: a component that takes in data.",
        "引数：スロットの名前を表す文字列です。",
        "**部品**: カスタムイベント一覧表",
    ],
)
def test_fields_of_manuals_and_mere_titles_are_no_definitions(label: str) -> None:
    assert [f for f in findings((K.LIST_ITEM, label)) if f.rule == "label"] == []


def test_a_heading_is_not_defined_by_a_sentence_about_a_longer_name() -> None:
    found = findings((K.HEADING, "Trailing suction"), (K.PARAGRAPH, "A trailing suction dredger is a ship that digs."))
    assert "Trailing suction" not in {f.head for f in found}


def test_a_pronoun_brings_the_sentence_before() -> None:
    text, sentences = paragraphs("A barrage crosses the inlet. The water enclosed behind it is called the basin.")
    (found,) = [f for f in find_definitions(text, sentences) if f.head == "basin"]
    assert quoted(text.text, found).text == text.text


@pytest.mark.parametrize(
    "text", ["麹とは、蒸した米に麹菌を生やしたもののことである。", "もろみとは、発酵させている状態の酒のことである。"]
)
def test_one_kanji_or_plain_kana_can_be_a_name(text: str) -> None:
    (found,) = findings((K.PARAGRAPH, text))
    assert found.head in ("麹", "もろみ")


def test_a_reading_in_brackets_does_not_hide_the_name() -> None:
    found = findings((K.PARAGRAPH, "菌糸が米粒に食い込んで白く見える部分を**破精**（はぜ）と呼ぶ。"))
    assert "破精" in {f.head for f in found}


_WORDS = (
    "Sluice",
    "Semantics",
    "Detached head",
    "E2E（エンドツーエンド）テスト",
    "麹（こうじ）",
    "Term\tDefinition",
    "UKC\tA space that is left below the hull.",
    "UKC: a space that is left below the hull.",
    "A set of rules that tell what a program means.",
    "The head normally refers to a named branch.",
    "E2E（エンドツーエンド）テストは、全体を確かめる試験である。",
    "このような設備を水門と呼ぶ。",
)
_KINDS = (K.HEADING, K.PARAGRAPH, K.TERM, K.DESCRIPTION, K.LIST_ITEM, K.TABLE_ROW)


@given(st.lists(st.tuples(st.sampled_from(_KINDS), st.sampled_from(_WORDS)), max_size=8))
@example([(K.HEADING, "Semantics"), (K.PARAGRAPH, "A set of rules that tell what a program means.")])
@example([(K.TERM, "Semantics"), (K.DESCRIPTION, "A set of rules that tell what a program means.")])
def test_every_passage_names_what_it_defines(parts: list[tuple[K, str]]) -> None:
    text, sentences = document(*parts)
    for found in find_definitions(text, sentences):
        assert is_named(found.head, text.text[found.start : found.end])


def test_what_stands_below_a_heading_is_quoted_with_it() -> None:
    said = "A set of rules that tell what a program means."
    text, sentences = document((K.HEADING, "Semantics"), (K.PARAGRAPH, said))
    (found,) = [f for f in find_definitions(text, sentences) if f.head == "Semantics"]
    assert quoted(text.text, found).text == f"Semantics\n{said}"
    assert stated(quoted(text.text, found)) == said


def listed(heading: str, term: str, description: str) -> dict[str, float]:
    found = findings((K.HEADING, heading), (K.TERM, term), (K.DESCRIPTION, description))
    return {f.head: f.weight for f in found if f.rule == "definition_list"}


def test_a_glossary_explains_its_terms_better_than_a_list_of_options() -> None:
    said = "A pile of small stones that protects the foot of a wall."
    assert listed("Terminology", "riprap", said)["riprap"] > 0.8
    assert 0 < listed("Options", "riprap", said)["riprap"] < 0.4


@pytest.mark.parametrize(
    "command",
    [
        "Show the changes between two drafts of a page.",
        "Fetch updates for remotes or groups of them.",
        "Toggle the visibility of the tool boxes.",
        "選んだ下書きの変更を表示します。",
    ],
)
def test_what_an_option_does_is_no_definition(command: str) -> None:
    assert listed("Commands", "compare", command) == {}


def test_beside_options_other_names_of_a_list_weigh_little() -> None:
    found = findings(
        (K.TERM, "--depth=<n>"),
        (K.DESCRIPTION, "The number of steps to go back."),
        (K.TERM, "ditch"),
        (K.DESCRIPTION, "The name of the ditch to read from."),
    )
    assert [f.head for f in found] == ["ditch"]
    assert found[0].weight < 0.4


@pytest.mark.parametrize(
    "text",
    [
        "A siphon carries the water over the crest of the wall.",
        "In dry mode, the pump empties the whole basin.",
        "水門は、潮が引くときに池の水を海へ流します。",
    ],
)
def test_general_statements_are_found_with_little_weight(text: str) -> None:
    (found,) = findings((K.PARAGRAPH, text))
    assert 0 < found.weight < 0.5


def test_a_document_without_definitions_gives_none() -> None:
    texts = (
        "The pump was repaired yesterday by two men from the village.",
        "Please restart the pump before you leave the house.",
        "If the pump stops, call the number on the door.",
        "We had 12 pumps in 1998 and sold most of them.",
        "The pump will arrive next week.",
        "Click the button to start the pump again.",
        "Why does the pump make so much noise?",
        "There is a pump in the cellar of the old mill.",
        "The pump did not start, so we carried the water.",
        "ポンプは昨日、村の人が直しました。",
        "ポンプを止めてから、家を出てください。",
        "ポンプはまだ動いていません。",
        "もしポンプが止まったら、電話をかけてください。",
    )
    assert find_definitions(*paragraphs(*texts)) == []


def test_this_with_a_noun_of_its_own_stands_alone() -> None:
    text, sentences = paragraphs("It takes a day. This process of letting the salt settle is called graining.")
    (found,) = [f for f in find_definitions(text, sentences) if f.head == "graining"]
    assert text.text[found.start : found.end].startswith("This process of")


@given(st.lists(st.sampled_from(["A", "Ab", "RAM", "b", "1", "-", " ", "(", ")", "（", "）", "s"]), max_size=12))
@example(["A", "b", " ", "B", "b", " ", "(", "A", "B", ")"])
def test_no_expansion_is_passed_over(parts: list[str]) -> None:
    text = "".join(parts)
    assert _SHORT_FORM.search(text) or not list(expansions.find(text))


@pytest.mark.parametrize(
    "text",
    ["As explained above.", "It is Shown in the list.", "The same as tar.", "For more, ask.", "It CAN BE FOUND there."],
)
def test_what_points_elsewhere_is_recognised_by_its_marks(text: str) -> None:
    assert _POINTER.search(text)
    assert any(mark in text.lower() for mark in _POINTER_MARKS)


@pytest.mark.parametrize(
    "told", ["it has been moved", "it no longer opens", "e.g. at night", "it DOESN'T open", "it was shut", "of 1953"]
)
def test_a_statement_about_one_case_is_not_general(told: str) -> None:
    assert statements.is_general("A gate closes the lock against the tide of the sea.")
    assert not statements.is_general(f"A gate closes the lock against the tide, {told}.")


NOTHING_DEFINED = (
    "Click the green button and wait until the list appears. Then choose the second entry and press Enter.",
    "If the server does not answer, restart it and try again. See section 4.2 for more information.",
    "Yesterday we changed the default port. It was 8080 before, and it will be 9090 from now on.",
    "The first example shows two files. The second one has three of them, as shown in the figure below.",
    "What is the best way to do this? You should ask the administrator of your network.",
    "Copyright 2024 by the authors. All rights reserved. Edit this page or report a problem.",
    "There are several ways to reach the goal, and none of them is perfect in every case.",
    "Only the last 20 lines were kept. These can now be removed without any risk.",
    "緑のボタンをクリックして、一覧が表示されるまで待ってください。次に2番目の項目を選んでください。",
    "サーバーが応答しない場合は、再起動してもう一度試してください。詳しくは4.2節をご覧ください。",
    "昨日、ポートの番号を変更しました。以前は8080でしたが、これからは9090になります。",
    "これはどうすればよいのでしょうか。管理者に聞いてみましょう。",
    "最後の20行だけが残りました。これらはもう必要ありません。",
    "無断転載を禁じます。目次に戻る。",
)


def test_a_document_full_of_non_definitions_defines_nothing() -> None:
    found = find_definitions(*paragraphs(*NOTHING_DEFINED))
    assert [(finding.head, finding.rule) for finding in found] == []


@pytest.mark.parametrize(
    ("sentence", "head", "rule"),
    [
        ('To be precise, we use the word "sluice" to mean a gate that holds water back.', "sluice", "refers"),
        ("By freeboard we mean the height of the deck above the water.", "freeboard", "refers"),
        ("Weirs in Holland are nothing more than low walls that hold a river back.", "Weirs", "copula"),
        ("Locks, weirs, and sluices are all structures that hold water back.", "weirs", "copula"),
        ("A lagoon is fed by the **tidal prism** of all the water between high and low tide.", "tidal prism", "marked"),
    ],
)
def test_wordings_of_textbooks_define(sentence: str, head: str, rule: str) -> None:
    assert rules(sentence).get(head) == rule


def test_only_the_first_sentence_that_marks_a_term_explains_it() -> None:
    first = "A lagoon is fed by the **tidal prism** of all the water between high and low tide."
    again = "Engineers measure the **tidal prism** of a lagoon with the help of gauges."
    marked = [finding for finding in find_definitions(*paragraphs(first, again)) if finding.rule == "marked"]
    assert len(marked) == 1


def test_a_short_sentence_that_points_back_names_what_was_said_before() -> None:
    text = "水位の違う水面の間で船を上げ下げします。この装置を「閘門」といいます。"
    (found,) = [finding for finding in find_definitions(*paragraphs(text)) if finding.rule == "called"]
    assert (found.head, found.start) == ("閘門", 0)


@pytest.mark.parametrize(
    ("text", "heads_found"), [("シングルページアプリ（SPA）を使う。", 1), ("テンプレート（HTML）を使う。", 0)]
)
def test_a_foreign_word_is_the_long_form_of_an_abbreviation_that_begins_like_it(text: str, heads_found: int) -> None:
    assert len([f for f in find_definitions(*paragraphs(text)) if f.rule == "expansion"]) == heads_found


def test_a_pronoun_is_traced_to_the_sentence_before_only_if_that_one_is_certain() -> None:
    named = "The water enclosed behind it is called the basin."
    certain = findings((K.PARAGRAPH, f"A dam closes the mouth of the sound. {named}"))
    assert [(found.start, found.rule) for found in certain if found.head == "basin"] == [(0, "called")]
    for opening in ("Ours is 640 m long and closes the sound.", "It closes the sound.", "Others close a sound."):
        open_end = findings((K.PARAGRAPH, f"{opening} {named}"))
        assert [found.start for found in open_end if found.head == "basin"] == [len(opening) + 1]


def test_a_manual_page_says_in_its_first_line_what_a_program_does() -> None:
    page = findings((K.HEADING, "NAME"), (K.PARAGRAPH, "tar-lock - Keep the files of a day in an archive"))
    assert [(found.head, found.rule) for found in page] == [("tar-lock", "label")]
    other = findings((K.HEADING, "Notes"), (K.PARAGRAPH, "tar-lock - Keep the files of a day in an archive"))
    assert other == []
