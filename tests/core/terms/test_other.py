"""Text in neither Japanese nor English: short candidates without little words at their ends."""

import pytest

from genglossary_gui.core.terms.observe import observe
from genglossary_gui.core.terms.other import other_language
from genglossary_gui.core.terms.tokenize import tokenize
from genglossary_gui.core.text import Block, BlockKind, DocumentText

GERMAN = (
    "Die Schleusenkammer wird mit Wasser gefüllt, und das Schiff steigt. Klicken Sie auf die Schaltfläche, wenn der "
    "Schleusenwärter die Kammer nicht sieht. Mit einer Talsperre und für eine Schleusenkammer ist das nicht nötig."
)
FRENCH = (
    "Le gestionnaire de fichiers affiche les fichiers cachés dans la fenêtre. Pour ouvrir la fenêtre, cliquez sur le "
    "gestionnaire de fichiers avec la souris. Vous pouvez ensuite déplacer les fichiers cachés dans une corbeille."
)
SPANISH = (
    "El gestor de archivos muestra la lista de ventanas. Para abrir una ventana, pulse el botón de la lista de "
    "ventanas con el ratón. Se puede mover un archivo a la papelera con el gestor de archivos y por el menú."
)
CHINESE = "您可以在文件管理器中打开文件夹。如果要删除文件，请按鼠标键。文件管理器会将文件移到回收站。" * 3
RUSSIAN = "Нажмите кнопку мыши, чтобы открыть файловый менеджер. В файловом менеджере есть кнопка мыши. " * 3
KOREAN = "파일 관리자에서 폴더를 엽니다. 연락처 목록은 화면에 표시됩니다. 폴더 목록을 봅니다. " * 4


def found(text: str) -> dict[str, str]:
    """Key → language of the candidates of one paragraph."""
    document = DocumentText(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    analysis = observe(document, tokenize(document, "auto"))
    return {key: item.language for key, item in analysis.candidates.items()}


@pytest.mark.parametrize(
    ("text", "code"),
    [(GERMAN, "de"), (FRENCH, "fr"), (SPANISH, "es"), (CHINESE, "zh"), (RUSSIAN, "ru"), (KOREAN, "und")],
)
def test_the_language_is_told_by_its_little_words_or_its_script(text, code):
    assert other_language(text) == code
    assert set(found(text).values()) == {code}


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        (GERMAN, {"schleusenkammer", "schaltfläche", "talsperre", "schiff"}),
        (FRENCH, {"gestionnaire de fichier", "fenêtre", "corbeille", "fichier cachés"}),
        (SPANISH, {"gestor de archivo", "lista de ventana", "ratón"}),
        (CHINESE, {"文件管理器", "文件夹", "回收站"}),
        (RUSSIAN, {"кнопку мыши", "файловый менеджер"}),
        (KOREAN, {"연락처"}),
    ],
)
def test_what_a_reader_would_look_up_is_found(text, terms):
    assert terms <= found(text).keys()


@pytest.mark.parametrize(
    ("text", "nonsense"),
    [
        (GERMAN, {"klicken", "klicken sie auf", "mit einer", "und", "nicht", "gefüllt"}),
        (FRENCH, {"ouvrir la fenêtre", "cliquez", "le gestionnaire", "déplacer", "vous", "la souris"}),
        (SPANISH, {"el botón", "pulse el botón", "de la lista", "abrir", "se puede"}),
        (CHINESE, {"您可", "将文件", "如果", "要"}),
        (RUSSIAN, {"нажмите", "нажмите кнопку", "чтобы", "в файловом"}),
        (KOREAN, {"엽니다", "폴더를", "목록은"}),
    ],
)
def test_clauses_verbs_and_little_words_are_not(text, nonsense):
    assert not nonsense & found(text).keys()


@pytest.mark.parametrize("text", [GERMAN, FRENCH, SPANISH, CHINESE, RUSSIAN, KOREAN])
def test_no_candidate_is_longer_than_four_words_or_holds_a_mark(text):
    assert all(len(key.split()) <= 4 and not set(key) & set(",.;:!?，。；") for key in found(text))


def test_accents_that_are_characters_of_their_own_belong_to_their_word():
    import unicodedata

    composed, apart = found(SPANISH), found(unicodedata.normalize("NFD", SPANISH))
    assert "ratón" in composed
    assert "ratón" in apart


def test_english_and_japanese_text_is_read_as_before():
    assert set(found("The lock of the canal is closed by the keeper of the lock.").values()) == {"en"}
    assert set(found("閘門は船を上下させる装置である。").values()) == {"ja"}
