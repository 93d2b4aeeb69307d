import pytest

from genglossary_gui.core.text_language import document_language, is_other_language

FRENCH = "Le verrou est une porte que les bateaux traversent dans le canal. Il est fermé par le gardien. " * 4
GERMAN = "Die Schleuse ist ein Bauwerk, mit dem Schiffe das Gefälle überwinden, und wird von Hand bewegt. " * 4
RUSSIAN = "Шлюз это гидротехническое сооружение на судоходных путях для подъёма и спуска судов. " * 4
CHINESE = "船闸是用以保证船舶顺利通过航道上集中水位落差的厢形水工建筑物，由闸室和闸门组成。" * 6
FINNISH = "Sulku on kanavaan rakennettu laite, jolla alukset nostetaan ylemmälle vesitasolle. Käyttäjä määrää. " * 12
KOREAN = "갑문은 수위가 다른 두 수면 사이에서 배를 오르내리게 하는 장치이다. " * 6
ENGLISH = "A lock is a device that raises boats in the canal, and the gates of it are closed by hand. " * 4
JAPANESE = "閘門は、水位の異なる二つの水面のあいだで船を上下させる装置である。API を使う。" * 4
NAMES = "rebase_merge fetch_head REBASE_HEAD remote_tracking worktree sparse_checkout index_lock pack_objects " * 12


@pytest.mark.parametrize("text", [FRENCH, GERMAN, RUSSIAN, CHINESE, FINNISH, KOREAN])
def test_a_document_in_another_language_is_known(text):
    assert is_other_language(text)


@pytest.mark.parametrize(
    "text",
    [ENGLISH, JAPANESE, NAMES, "", "Le verrou", ENGLISH + FRENCH[:100], JAPANESE + RUSSIAN[:90], "選択範囲 " * 10],
)
def test_a_document_in_japanese_or_english_or_too_short_to_tell_is_not(text):
    assert not is_other_language(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (ENGLISH, "en"),
        (JAPANESE, "ja"),
        (JAPANESE + "\n" + ENGLISH, "en ja"),
        (ENGLISH * 6 + "\n水門", "en"),
        (GERMAN, "other"),
        (CHINESE, "other"),
        ("水門", "ja"),
        ("1,234\n- 5 -", ""),
        ("", ""),
    ],
)
def test_the_languages_of_a_document_are_told(text, language):
    assert document_language(text) == language
