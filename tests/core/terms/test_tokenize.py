import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.terms import english
from genglossary_gui.core.terms.english import tokenize_english
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import BlockKind, Pos
from tests.core.terms.helpers import document


def words(text: str, language: str = "auto") -> list[tuple[str, Pos]]:
    return [
        (text[token.start : token.end], token.pos)
        for sentence in tokenize(document(text), language)
        for token in sentence.tokens
    ]


@pytest.mark.parametrize(
    ("text", "word", "pos"),
    [
        ("To commit a change, write a message.", "commit", Pos.VERB),
        ("The commit holds a message.", "commit", Pos.NOUN),
        ("The working tree commits are merged.", "commits", Pos.NOUN),
        ("An environment variable is set.", "variable", Pos.NOUN),
        ("The delay is variable.", "variable", Pos.ADJECTIVE),
        ("They merge the branch.", "merge", Pos.VERB),
        ("A merge joins branches.", "merge", Pos.NOUN),
        ("The detached HEAD is shown.", "detached", Pos.ADJECTIVE),
        ("The working tree is clean.", "working", Pos.VERBAL_NOUN),
        ("It is working.", "working", Pos.VERB),
        ("The file is under /usr/share/doc today.", "/usr/share/doc", Pos.OTHER),
        ("Run it with --dry-run first.", "--dry-run", Pos.OTHER),
        ("This is C++ code.", "C++", Pos.NOUN),
        ("It is called its osmolarity.", "osmolarity", Pos.NOUN),
        ("Taxonomy is a science.", "Taxonomy", Pos.NOUN),
        ("Two committers share protozoa.", "committers", Pos.NOUN),
        ("Two committers share protozoa.", "protozoa", Pos.NOUN),
        ("Two committers share protozoa.", "Two", Pos.NUMBER),
        ("It works with difficulty slowly.", "slowly", Pos.ADVERB),
        ("The tree is pretty.", "pretty", Pos.ADVERB),
    ],
)
def test_english_words_are_read_in_context(text, word, pos):
    assert (word, pos) in words(text)


def test_a_possessive_is_no_part_of_the_word():
    assert words("The user's file.")[1:3] == [("user", Pos.NOUN), ("'s", Pos.DETERMINER)]


def test_plurals_have_the_lemma_of_the_singular():
    (sentence,) = tokenize(document("The repositories are large."), "en")
    assert sentence.tokens[1].lemma == "repository"


def test_latin_words_in_japanese_stay_in_one_piece():
    found = [word for word, _pos in words("Options APIはv-modelとVue.jsを使う。")]
    assert found[:3] == ["Options", "API", "は"]
    assert {"v-model", "Vue.js"} <= set(found)


def test_each_passage_is_read_in_its_language():
    sentences = tokenize(document("The tree is clean.", "作業ツリーは空です。"), "auto")
    assert [sentence.language for sentence in sentences] == ["en", "ja"]


def test_code_blocks_are_not_read():
    assert tokenize(document((BlockKind.CODE, "let tree = 1")), "auto") == []


@given(st.text(max_size=200), st.sampled_from(["auto", "en", "ja"]))
def test_words_are_in_order_and_inside_their_sentence(text, language):
    text = " ".join(text.split())
    for sentence in tokenize(document(text), language):
        ends = [sentence.start]
        for token in sentence.tokens:
            assert ends[-1] <= token.start < token.end <= sentence.end
            ends.append(token.end)


def test_a_very_long_japanese_block_is_read_to_its_end():
    text = "選択範囲を作成する。" * 6_000
    assert tokenize(document(text), "ja")[-1].end == len(text)


def test_a_line_of_a_million_letters_is_no_word_and_takes_no_time_to_speak_of():
    assert {pos for _word, pos in words("x" * 1_000_000, "en")} == {Pos.OTHER}


def test_a_word_in_katakana_that_begins_like_a_name_stays_whole():
    assert ("エクスポーター", Pos.NOUN) in words("エクスポーターを使います。")


# Most words and marks are told by what follows them, without a look at the patterns of paths, names and options.
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See mail@host.org now", ["See", "mail@host.org", "now"]),
        ("See http://host/a, and", ["See", "http://host/a,", "and"]),
        ("one, two; (three)", ["one", ",", "two", ";", "(", "three", ")"]),
        ("is Vue.js a file.md?", ["is", "Vue.js", "a", "file.md", "?"]),
        ("call run() or a.b.c: here.", ["call", "run()", "or", "a.b.c", ":", "here", "."]),
        ("either/or, in/out/up", ["either", "/", "or", ",", "in/out/up"]),
        ("snake_case trailing_ _lead", ["snake_case", "trailing_", "_lead"]),
        ("C# and .NET, R&D", ["C#", "and", ".NET", ",", "R&D"]),
        ("It’s the users’ “own”.", ["It", "’s", "the", "users", "’", "“", "own", "”", "."]),
        ("naïve café", ["naïve", "café"]),
    ],
)
def test_english_is_cut_into_words_names_and_marks(text: str, expected: list[str]) -> None:
    assert [word for word, _pos in words(text, "en")] == expected


@given(
    st.lists(
        st.sampled_from(["tide", "API", "v2", "_", "-", ".", "/", "@", "'s", "(", ")", " ", "é", "潮"]), max_size=12
    )
)
def test_a_word_is_the_same_whether_it_was_met_before_or_not(pieces: list[str]) -> None:
    text = "".join(pieces).strip()
    if text:
        first = tokenize_english(text, 0, len(text))
        english._stretches.clear()
        english._forms.clear()
        assert tokenize_english(text, 0, len(text)) == first


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("See status.log here.", Pos.OTHER),
        ("See crates.io here.", Pos.NOUN),
        ("図は settings.local にある。", Pos.OTHER),
        ("図は vue.js にある。", Pos.NOUN),
    ],
)
def test_names_of_files_and_fields_are_no_words(text, kind):
    assert [pos for word, pos in words(text) if "." in word.rstrip(".")] == [kind]


@pytest.mark.parametrize("text", ["Type lockhost# now, in C# if you like.", "lockhost# と C# を使う。"])
def test_a_sharp_belongs_to_the_name_of_a_language_only(text):
    found = [word for word, _pos in words(text)]
    assert "C#" in found
    assert "lockhost" in found
