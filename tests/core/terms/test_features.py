import math
from dataclasses import replace

import pytest

from genglossary_gui.core.terms.analysis import FoundDefinition, FoundPassage
from genglossary_gui.core.terms.features import Features, is_general
from genglossary_gui.core.terms.merge import collect
from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind, Span, SpanKind
from tests.core.terms.helpers import Piece, document


def features(key: str, *pieces: Piece) -> dict[str, float]:
    text = document(*pieces)
    collection = collect([observe(text, tokenize(text, "auto"))])
    return Features(collection).of(collection.candidates[key])


def test_what_stands_only_inside_one_longer_phrase_has_no_c_value():
    seen = features("stop", "The stop log is in. A stop log is out. Each stop log is heavy.")
    assert seen["c_value"] == 0
    assert seen["fragment"] == 1
    assert seen["nested"] == 1


def test_what_also_stands_alone_keeps_most_of_its_c_value():
    seen = features("log", "The stop log is in. A stop log is out. The log is old. A log is here. One log floats.")
    assert seen["c_value"] > 0
    assert seen["fragment"] < 0.5


def test_words_of_everyday_language_are_less_weird():
    text = "The sluice is open. The water is cold. A sluice leaks. The water rises."
    assert features("sluice", text)["weirdness"] > features("water", text)["weirdness"]


def test_words_of_all_manuals_are_usual():
    text = "The sluice is open. The option is new. A sluice leaks. The option works."
    assert features("option", text)["usual"] > features("sluice", text)["usual"] == 0
    assert features("sluice", text)["contrast"] > features("option", text)["contrast"]


def test_what_recurs_in_a_paragraph_is_told_from_what_is_spread():
    once = [f"The gate number {number} leaks." for number in range(4)]
    assert features("gate", *once)["recurring"] == 0
    assert features("gate", " ".join(once))["recurring"] == 2


def test_compounds_with_a_word_speak_for_it():
    seen = features("lock", "The sea lock and the stop lock are old. The lock is new.")
    assert seen["ends_compounds"] > seen["begins_compounds"] == 0


@pytest.mark.parametrize(("text", "acronym"), [("We ask VTS now. Then VTS answers.", 1), ("We ask them now.", 0)])
def test_acronyms_are_words_in_capitals(text, acronym):
    key = "vts" if acronym else "answer"
    assert features(key, text, "The answer is known.")["acronym"] == acronym


def test_a_number_of_a_part_is_no_acronym():
    assert features("mec0003", "We ask MEC0003 now. Then we see MEC0003 here.")["acronym"] == 0
    assert features("mt940", "We ask MT940 now. Then we see MT940 here.")["acronym"] == 1


def test_a_heading_in_capitals_makes_no_acronym():
    seen = features("lock", "LOCK", "We open the lock. Then the lock is empty.")
    assert seen["acronym"] == 0


def test_the_heading_of_many_sections_is_part_of_the_outline():
    heading = (BlockKind.HEADING, "Safety")
    assert features("safety", *[heading] * 6)["repeated_heading"] > 0
    assert features("safety", heading, "We care for safety.")["repeated_heading"] == 0


@pytest.mark.parametrize(
    ("key", "text", "general"),
    [
        ("option", "The option is new. An option works.", True),
        ("sluice", "The sluice is open. A sluice leaks.", False),
        ("sluice option", "The sluice option is new. A sluice option works.", False),
        ("ファイル", "ファイルを開く。ファイルを閉じる。", True),
        ("layer", "このlayerを開く。次のlayerを閉じる。", True),
    ],
)
def test_words_of_all_manuals_are_general(key, text, general):
    filler = [f"Gate{number} leaks beside the pump{number}." for number in range(40)]
    parsed = document(text, *filler)
    collection = collect([observe(parsed, tokenize(parsed, "auto"))])
    candidate = collection.candidates[key]
    assert is_general(candidate, Features(collection).of(candidate)) is general


@pytest.mark.parametrize(("weight", "penalty"), [(None, 1.0), (0.75, 0.25)])
def test_what_is_always_bold_is_a_label_unless_it_is_defined(weight, penalty):
    text = document("Open the sluice.", spans=((SpanKind.BOLD, "sluice"),))
    place = FoundPassage(0, 16, 1, text.text)
    definitions = [FoundDefinition("sluice", "sluice", place, weight, "copula")] if weight else []
    collection = collect([observe(text, tokenize(text, "auto"), definitions)])
    assert Features(collection).of(collection.candidates["sluice"])["marked_undefined"] == pytest.approx(penalty)


def test_a_part_of_one_longer_phrase_is_told():
    assert features("stop", "The stop log is in. A stop log is out. Each stop log is heavy.")["part"] == 1
    assert features("log", "The log is in. A log is out. Each log is heavy.")["part"] == 0


def test_a_compound_is_as_telling_as_its_last_word():
    seen = features("steel sluice", "A steel sluice is open. The sluice leaks. The steel sluice rises.")
    assert seen["contrast_head"] > 1


def test_english_words_are_foreign_to_a_japanese_project():
    japanese = "水門を開く。水門の扉を閉じる。水門の管理者が運河の水位を記録する。堰と水路と閘門の点検を行う。"
    assert features("sluice", japanese * 3 + "\n\n", "The sluice is open.")["foreign"] > 0.5
    assert features("sluice", "The sluice is open.")["foreign"] == 0


@pytest.mark.parametrize(
    ("key", "text", "control"),
    [
        ("gate dialog", "The gate dialog is old. A gate dialog shows the water.", 1),
        ("tab", "The tab is old. A tab shows the water.", 1),
        ("dialog theory", "The dialog theory is old. A dialog theory helps.", 0),
        ("ゲートダイアログ", "ゲートダイアログを開く。次のゲートダイアログを閉じる。", 1),
        ("ゲート", "ゲートを開く。次のゲートを閉じる。", 0),
    ],
)
def test_parts_of_a_window_are_controls(key: str, text: str, control: int) -> None:
    assert features(key, text)["control"] == control


def test_a_phrase_in_capitals_is_written_like_a_title() -> None:
    text = "We use the Gate Hierarchy now. Then a Gate Hierarchy helps. The sea lock is old. A sea lock leaks."
    assert features("gate hierarchy", text)["titled"] == 1
    assert features("sea lock", text)["titled"] == 0


@pytest.mark.parametrize(
    ("text", "bare"),
    [
        ("We ask AP now. Then AP answers.", 1),
        ("We ask VTS now. Then VTS answers.", 0),
        ("The access point (AP) is old. We ask AP now.", 0),
    ],
)
def test_a_short_form_needs_something_that_spells_it_out(text: str, bare: int) -> None:
    key = "vts" if "VTS" in text else "ap"
    assert features(key, text)["bare_acronym"] == bare


def test_what_definitions_of_other_terms_use_explains_them() -> None:
    text = document(
        "A sluice is a gate that holds water.", "A lock is a gate with doors.", "A boat passes. A boat is old."
    )
    definitions = [
        FoundDefinition("sluice", "sluice", FoundPassage(0, 36, 1, "A sluice is …"), 0.9, "copula"),
        FoundDefinition("lock", "lock", FoundPassage(37, 65, 2, "A lock is …"), 0.9, "copula"),
    ]
    collection = collect([observe(text, tokenize(text, "auto"), definitions)])
    seen = Features(collection)
    assert seen.of(collection.candidates["gate"])["explains"] > 0 > seen.of(collection.candidates["boat"])["explains"]
    assert seen.of(collection.candidates["sluice"])["explains"] < 0


def test_what_is_called_so_often_says_more() -> None:
    once = "Such a gate is called a sluice."
    text = document(once, once)
    places = [FoundPassage(start, start + len(once), 1, once) for start in (0, len(once) + 1)]
    definitions = [FoundDefinition("sluice", "sluice", place, 0.8, "called") for place in places]
    collection = collect([observe(text, tokenize(text, "auto"), definitions)])
    assert Features(collection).of(collection.candidates["sluice"])["called"] == pytest.approx(math.log1p(1.6))


@pytest.mark.parametrize(
    ("key", "text", "name", "value"),
    [
        ("sluice", "We open a sluice. They close a sluice. Here is an old sluice.", "one_of_many", 0.5),
        ("sluice", "We open the sluice. They close the sluice.", "one_of_many", 0),
        ("zurich", "We ask Zurich now. They see Zurich here.", "proper_name", 0.4),
        ("sluice", "We open the Sluice. They close the Sluice.", "proper_name", 0),
        ("sluice", "We open “sluice” now. They see 'sluice' here.", "quoted", math.log10(3)),
        ("sluice", "We open sluice now. The “big sluice” leaks.", "quoted", 0),
        ("gate name", "We read the gate name. They write the gate name.", "attribute", 1),
        ("name gate", "We open the name gate. They close the name gate.", "attribute", 0),
        ("instrumented", "The instrumented is here. They see instrumented.", "participle", 1),
        ("watershed", "The watershed is here. They see the watershed.", "participle", 0),
        ("item1", "We see ITEM1 here. They see ITEM1 now.", "numbered", 1),
        ("item1", "We see ITEM1 here. They see ITEM1 now.", "acronym", 0),
        ("sluice1", "We see sluice1 here. They see sluice1 now.", "numbered", 0),
        ("水門", "水門を開く。次の水門を閉じる。", "short", 1),
        ("水門扉", "水門扉を開く。次の水門扉を閉じる。", "short", 0),
    ],
)
def test_the_words_around_a_term_tell(key: str, text: str, name: str, value: float) -> None:
    assert features(key, text)[name] == pytest.approx(value)


def test_what_is_done_is_told_from_what_is() -> None:
    assert (
        features("圧縮", "圧縮する。次に圧縮する。")["done"]
        > features("圧縮", "圧縮を使う。次の圧縮を使う。")["done"]
        == 0
    )


def test_terms_stand_beside_others_of_their_kind() -> None:
    assert (
        features("水門", "水門と扉を開く。水門、扉を閉じる。")["joined"]
        > features("水門", "水門を開く。")["joined"]
        == 0
    )


def test_a_phrase_with_the_name_of_the_project_is_told() -> None:
    text = " ".join(["We ask Zurich now."] * 21 + ["The Zurich gate is old. A Zurich gate leaks. The sea gate is new."])
    assert features("zurich gate", text)["of_project"] == 1
    assert features("sea gate", text)["of_project"] == 0


def test_an_english_phrase_that_is_no_name_is_foreign_to_a_japanese_project() -> None:
    japanese = "水門を開く。水門の扉を閉じる。水門の管理者が運河の水位を記録する。堰と水路と閘門の点検を行う。" * 3
    mixed = "このSea Lockを開く。次のSea Lockを閉じる。別のSea Lockとsea lockがある。"
    assert features("sea lock", japanese, mixed)["foreign"] == 1
    assert features("sea lock", japanese, mixed.replace("sea lock", "Sea Lock"))["foreign"] == 0


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("task defclazz", "The task defclazz is first. Then the task defclazz ends."),
        ("dhxコマンド", "次に dhx コマンドを使う。また dhx コマンドを使う。"),
    ],
)
def test_a_kind_of_thing_beside_a_name_that_nobody_knows_is_no_term(key, text):
    assert features(key, text)["apposed"] == 1


def test_compounds_with_a_word_for_a_kind_of_thing_are_terms():
    seen = features("task force", "The task force is first. Then the task force ends.")
    assert seen["apposed"] == 0


def test_words_in_capitals_are_told_from_abbreviations():
    text = "There is no WARRANTY here. The WARRANTY is void. The CORBA is here. We ask CORBA."
    assert features("warranty", text)["shouted"] == 1
    assert features("corba", text)["shouted"] == 0


def test_what_stands_in_no_sentence_is_told():
    items = [(BlockKind.LIST_ITEM, "Lock gate")] * 3
    assert features("lock gate", *items)["in_no_sentence"] == 1
    assert features("lock gate", *items, "Close the lock gate.")["in_no_sentence"] == 0


def test_an_adjective_before_a_noun_speaks_against_it():
    text = "新しい閘門を見る。また新しい閘門を使う。"
    assert features("新しい閘門", text)["generic_opener"] > 0
    assert features("閘門", text)["generic_opener"] == 0


def introduced(key: str, *, times: int) -> float:
    """Of a text that sets ten words in bold, each so often, and says of each what it is."""
    words = ["sluice", "weir", "culvert", "barge", "towpath", "windlass", "paddle", "cill", "winding hole", "aqueduct"]
    lines = [f"A {word} is part of a canal." for word in words for _ in range(times)]
    text = document(*lines, "The flood is high. A flood rises.")
    spans = tuple(
        Span(SpanKind.BOLD, block.start + 2, block.end - len(" is part of a canal."))
        for block in text.blocks
        if text.text.startswith("A ", block.start)
    )
    definitions = [
        FoundDefinition(word, word, FoundPassage(block.start, block.end, 1, line), 0.8, "copula")
        for word in words
        for line, block in zip(lines, text.blocks, strict=False)
        if line.startswith(f"A {word} ")
    ]
    text = replace(text, spans=spans)
    collection = collect([observe(text, tokenize(text, "auto"), definitions)])
    return Features(collection).of(collection.candidates[key])["introduced"]


def test_where_bold_print_introduces_terms_it_says_more():
    assert introduced("weir", times=1) > 0.9
    assert introduced("flood", times=1) == 0


def test_what_is_bold_again_and_again_introduces_nothing():
    assert introduced("weir", times=2) == 0


def test_an_everyday_word_that_is_introduced_is_a_term():
    text = document("The option is new. An option works.")
    collection = collect([observe(text, tokenize(text, "auto"))])
    candidate = collection.candidates["option"]
    values = Features(collection).of(candidate)
    assert is_general(candidate, values)
    assert not is_general(candidate, values | {"introduced": 1.0})


@pytest.mark.parametrize(
    ("key", "text", "name", "value"),
    [
        ("sampler", "The sampler is here. We ask the sampler.", "doer", 1),
        ("gate keeper", "The gate keeper is here. We ask the gate keeper.", "doer", 1),
        ("sluice", "The sluice is here. We ask the sluice.", "doer", 0),
        ("rate", "The rate is here. We ask the rate.", "everyday", 1),
        ("sluice", "The sluice is here. We ask the sluice.", "everyday", 0),
        ("dumpdone", "The DUMPDONE is here. We ask for DUMPDONE.", "constant", 1),
        ("gateerror", "The GateError is here. We ask for GateError.", "constant", 1),
        ("mfcr", "The MFCR is here. We ask for MFCR.", "constant", 0),
        ("gesamt", "The GESAMT is here. We ask for Gesamt.", "constant", 0),
    ],
)
def test_a_word_may_tell_by_its_form_that_it_is_rarely_a_term(key: str, text: str, name: str, value: float) -> None:
    assert features(key, text)[name] == value


def test_an_everyday_word_that_is_defined_is_no_longer_one() -> None:
    text = document("A rate is the price of money.", "The rate is high.")
    defined = [FoundDefinition("rate", "rate", FoundPassage(0, 29, 1, "A rate is …"), 0.8, "copula")]
    collection = collect([observe(text, tokenize(text, "auto"), defined)])
    assert Features(collection).of(collection.candidates["rate"])["everyday"] == 0


def test_what_is_spelled_out_is_no_constant() -> None:
    text = "The general sea advisory mission body (GSAMBO) is here. We ask GSAMBO. Then GSAMBO answers."
    assert features("gsambo", text)["constant"] == 0
