import pytest
from hypothesis import given
from hypothesis.strategies import text

from genglossary_gui.core.redaction import redact, redact_secrets

SUPERUSER = "/" + "root"
PLACES = [
    f"cannot open '{SUPERUSER}/My Docs/wilma smith/a b.txt'",
    "[Errno 2] No such file: '/home/wilma smith/x.txt'",
    "at /mnt/wilma smith/../y.txt:",
    f"{SUPERUSER}/wilma/file.txt",
    "C:\\Users\\wilma\\file.txt is locked",
    "c:/Users/wilma/file.txt",
    "\\\\server\\wilma\\file.txt",
    "file:///home/wilma/file.txt",
    '"D:\\My Documents\\wilma\\x y.docx" is open',
]
SECRETS = [
    "Authorization: Bearer canary-123",
    "{'authorization': 'Basic canary123=='}",
    "api-key: canary123",
    "https://ann:canary@host.example/path",
    "https://host.example/x?api_key=canary123&b=1",
    "https://host.example/x?a=1&access_token=canary123",
    "bearer canary1234",
    "key sk-canary1234567",
]


@pytest.mark.parametrize("message", PLACES)
def test_r88_no_absolute_place_stays(message):
    assert "wilma" not in redact(message, ["/mnt/wilma smith"])


@pytest.mark.parametrize("message", SECRETS)
def test_r88_no_secret_stays(message):
    assert "canary" not in redact(message)
    assert "canary" not in redact_secrets(message)


@pytest.mark.parametrize(
    "message", ["guide/intro.md line 3 of 4", "and/or", "1/2", "see https://example.org/a/b.html", "a: b", "10:30"]
)
def test_ordinary_words_stay(message):
    assert redact(message) == message


def test_the_name_of_the_file_stays():
    assert redact("cannot open '/home/wilma/notes.txt'") == "cannot open '…/notes.txt'"


@given(text())
def test_any_text_passes(message):
    redact(message)
