"""Canaries in every notation that a message may have; "canary" is a secret, "wilma" a private name."""

import json
import time
import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genglossary_gui.core.redaction import redact, redact_all, redact_secrets

SUPERUSER = "/" + "root"
PLACES = [
    f"cannot open '{SUPERUSER}/My Docs/wilma smith/a b.txt'",
    f"{SUPERUSER}/wilma/file.txt",
    "[Errno 2] No such file: '/home/wilma smith/x.txt'",
    "/mnt/wilma/x.txt",
    "at /mnt/wilma/../y.txt:",
    "/srv/data of wilma/y.txt is locked",
    "/srv/a b/wilma and fred/y.txt",
    "//server/wilma/x.txt",
    "(/data/wilma/x.txt)",
    "[/data/wilma/x.txt]",
    "path=/data/wilma/x.txt",
    "path:/data/wilma/x.txt",
    "path：/data/wilma/x.txt",
    "first line\n/data/wilma/x.txt",
    "'first line\\n/data/wilma/x.txt'",
    "copied /data/wilma/x.txt to /data/wilma/y.txt.",
    "/data/wilma/x.txt,/data/wilma/y.txt;/data/wilma/z.txt",
    "PATH=/usr/wilma/bin:/opt/wilma/bin",
    "is it /data/wilma/x.txt?",
    "<p>/data/wilma/x.txt</p>",
    "**/home/wilma/x.txt**",
    '"/data/wilma\'s papers/x y.txt"',
    "'/data/fred\\'s and wilma\\'s/x.txt'",
    "`/data/wilma smith/x y.txt`",
    "“/data/wilma smith/x.txt”",
    "「/資料/wilma smith/文書.txt」を開けません",
    "ファイル/home/wilma/文書.txtを開けません",
    "エラー：/資料/wilma/文書.txt。",
    "フォルダー「/home/wilma」",
    "/home/wilma: permission denied",
    "'/home/wilma' is no folder",
    "/Users/wilma, /home/wilma",
    "C:\\Users\\wilma",
    "C:\\Users\\wilma\\file.txt is locked",
    "c:/Users/wilma/file.txt",
    "C:\\Users/wilma\\file.txt",
    "C:\\\\Users\\\\wilma\\\\file.txt",
    "ファイルC:\\資料\\wilma\\x.txt",
    "D:\\My Documents\\wilma smith\\x.docx is open",
    '"D:\\My Documents\\wilma\\x y.docx" is open',
    '{"path": "D:\\\\My Documents\\\\wilma\\\\x y.docx"}',
    '"{\\"path\\": \\"/data/wilma smith/x y.docx\\"}"',
    "\\\\?\\C:\\Users\\wilma\\x.txt",
    "\\\\?\\UNC\\server\\wilma\\x.txt",
    "\\\\server\\wilma\\file.txt",
    "\\\\\\\\server\\\\wilma\\\\file.txt",
    "'\\\\\\\\server\\\\wilma smith\\\\file.txt'",
    "file:///home/wilma/file.txt",
    "file:///home/wilma%20smith/file.txt was not found",
    "file:///home/wilma smith/file.txt",
    "file://server/wilma/file.txt",
    "FILE:///C:/Users/wilma/file.txt",
    "file:/home/wilma/file.txt",
    "~wilma/file.txt",
    "~/clients/wilma/file.txt",
    "'~/clients of wilma/a b/file.txt'",
    "?path=%2Fhome%2Fwilma%2Ffile.txt",
    "C%3A%5CUsers%5Cwilma%5Cfile.txt",
    "b'/data/\\xe5\\xae\\xb6/wilma/x.txt'",
    "PosixPath('/data/wilma/x.txt')",
    "/家/wilma/文書.txt",
    json.dumps(json.dumps("C:\\家 wilma\\x.txt and \\\\server\\家 wilma\\x.txt")),
]
HEADERS = ["Authorization", "authorization", "PROXY-AUTHORIZATION", "Proxy-Authorization"]
SCHEMES = ["Bearer canary-123", "Basic canary123==", "Token canary-123", "canary", "AWS4 Credential=canary/x"]
SECRETS = [
    *(f"{header}: {scheme}" for header in HEADERS for scheme in SCHEMES),
    "{'authorization': 'Basic canary123=='}",
    '{"Authorization": "Bearer canary"}',
    '"{\\"Authorization\\": \\"Bearer canary\\"}"',
    "b'Authorization: Bearer canary'",
    "{b'Authorization': b'Bearer canary'}",
    "[(b'authorization', b'Bearer canary')]",
    "('Authorization', 'Bearer canary')",
    "'GET / HTTP/1.1\\r\\nAuthorization: Bearer canary\\r\\nHost: x'",
    "Authorization:\n  Bearer canary-123",
    "Authorization: Bearer abcdefgh\r\n  canary0123456789abcdef",
    "Authorization: Bearer abcdefgh\r\n Proxy-Authorization: Basic canary",
    'Authorization: Digest username="ann", nonce="canary", response="canary"',
    "Authorization: AWS4-HMAC-SHA256 Credential=canary/1/s3, SignedHeaders=host, Signature=canary",
    "api-key: canary123",
    "x-api-key: canary",
    "{'X-Api-Key': 'canary'}",
    "{'x-api-key': ['canary']}",
    "Ocp-Apim-Subscription-Key: canary",
    "x-goog-api-key=canary",
    "x-auth-token: canary-123456",
    "Cookie: session=canary; theme=dark",
    "Cookie: theme=dark; session=canary",
    "Set-Cookie: id=canary; Path=/; HttpOnly",
    "{'set-cookie': 'id=canary; Secure'}",
    'cookie: id="canary"',
    "https://ann:canary@host.example/path",
    "https://canary@host.example/path",
    "https://ann:p@canary@host.example/path",
    "https://ann:p/canary@host.example/path",
    "https://ann:p#canary?x@host.example",
    "postgresql+psycopg://ann:canary@db:5432/x",
    "proxy //ann:canary@host:3128",
    "redis://:canary@host:6379/0",
    *(
        f"https://host.example/x?a=1&{name}=canary&b=2"
        for name in (
            "key", "api_key", "apikey", "token", "access_token", "sig", "X-Amz-Signature", "X-Amz-Credential",
            "X-Amz-Security-Token", "client_secret", "password", "id_token", "auth", "jwt", "Signature",
        )
    ),
    "https://host.example/x?api_key=canary123&b=1",
    "https://host.example/cb#access_token=canary&state=1",
    "https://host.example/x?a=1&amp;token=canary",
    "redirect=https%3A%2F%2Fhost%2F%3Ftoken%3Dcanary",
    "OPENAI_API_KEY=canary",
    "export MY_SERVICE_TOKEN='canary'",
    "GITHUB_PAT=canary",
    "AWS_SECRET_ACCESS_KEY=canary/x+y",
    "AccountName=x;AccountKey=canary==;EndpointSuffix=y",
    "SharedAccessKey=canary",
    "environ({'AZURE_OPENAI_API_KEY': 'canary'})",
    "api_key: canary",
    "API key: canary",
    "api_key='canary'",
    "Client(api_key='canary', url='x')",
    "apiKey => canary",
    '{"client_secret":"canary"}',
    '{"token": "canary"}',
    "{'token': ['canary']}",
    "token=canary",
    "secret=canary",
    "refresh_token: canary0123",
    "password=canary",
    "password = canary",
    "passwd:canary",
    "pwd: canary",
    "Password: canary",
    'password="ab\\"canary"',
    "password='two canary words'",
    "DB_PASS=canary",
    "passphrase: canary",
    "パスワード：canary",
    "password:\n  canary",
    "key=canary0123456789abcd",
    "bearer canary1234",
    "'\\nbearer canary1234'",
    "('x-api-key', ('token', 'canary'))",
    "Basic Y2FuYXJ5OmNhbmFyeQ canary".removesuffix(" canary").replace("Y2Fu", "canary"),
    "key sk-canary1234567",
    "'\\nsk-canary1234567'",
    "Incorrect API key provided: sk-proj-canary1234567890.",
    "sk-ant-api03-canary-0123456789",
    "gsk_canary0123456789abcdef",
    "hf_canary0123456789abcdef",
    "AIzacanary0123456789abcdefghijklm",
    "ghp_canary0123456789abcdefghij",
    "github_pat_canary0123456789abcdef",
    "glpat-canary0123456789",
    "xoxb-1234-5678-canary",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.canary0123456789",
    "ya29.canary0123456789abc",
    "sk_live_canary0123456789",
    "-----BEGIN RSA PRIVATE KEY-----\ncanary\ncanary==\n-----END RSA PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\\ncanary\\n-----END PRIVATE KEY-----",
    "-----BEGIN OPENSSH PRIVATE KEY-----\ncanary cut off",
    "-----BEGIN PGP PRIVATE KEY BLOCK-----\n\ncanary\n-----END PGP PRIVATE KEY BLOCK-----",
]  # fmt: skip
ORDINARY = [
    "guide/intro.md line 3 of 4",
    "docs/intro.md",
    "./docs/intro.md and ../docs/other/intro.md",
    "docs\\intro.md",
    "and/or",
    "1/2 and 3/4",
    "90 km/h",
    "TCP/IP and I/O",
    "input / output",
    "press '/' to search, or '?'",
    "see https://example.org/a/b.html",
    "see https://example.org/docs/page?lang=en&page=2#top",
    "see https://example.org:8080/@ann/1?mail=a@b.c",
    "https://example.org/?keyword=tide&monkey=1&design=new&author=ann&hotkey=a",
    "POST /v1/chat/completions: 200",
    "mail ann@example.org",
    "**/*.md, src/**/x.py, *.txt",
    "<b>bold</b> and <br />",
    "a: b",
    "10:30",
    "The key: a metaphor",
    "key: value",
    "{'key': 'tidal range', 'sort_key': 'score'}",
    "key=spring_tide, sort key=score",
    "The keyword is tide; the keyboard: useful",
    "Token: the smallest unit of a text",
    "token: tide",
    "4096 tokens, max_tokens=4096, tokens: 17, token: 17, token=17",
    "Secret: what nobody knows",
    "A password is a secret word.",
    "Password: a word that only one person knows",
    "password: required",
    "api_key=None",
    "The API key is missing",
    "API key: missing",
    "Access key: opens a menu by one stroke",
    "Authorization, authentication and accounting",
    "authorization is required",
    "Authorization: the right to do something",
    "Cookie: a small file that a browser keeps",
    "the bearer certificate, bearer tokens, bearer and/or owner",
    "Basic understanding of Basic authentication",
    "sk-learn-contrib",
    "signature: two lines long",
    "-----BEGIN CERTIFICATE-----",
    "入力／出力は別です。",
    "入力/出力/結果",
    "酒造り/用語.md を読みました（3/4）。",
    "キー：値、パスワードは秘密です。",
    "C: the language; A:B",
    "approximately ~5/6, ~3 km/h",
    "regex \\d+\\w and \\n\\n",
    "wait … and/or stop",
    "{done}/{total} units, 3.5 terms/s",
]
KNOWN = ["/mnt/家 が/wilma smith", "C:\\Daten\\wilma smith", "\\\\server\\wilma's smith"]
NOTATIONS = {
    "as it is": lambda v: v,
    "decomposed": lambda v: unicodedata.normalize("NFD", v),
    "other slashes": lambda v: v.replace("\\", "/") if "\\" in v else v.replace("/", "\\"),
    "mixed slashes": lambda v: v.replace("\\", "/", 1),
    "percent": quote,
    "percent, all": lambda v: quote(v, safe=""),
    "percent, lower": lambda v: quote(v, safe="/").replace("%E5%AE%B6", "%e5%ae%b6"),
    "percent, decomposed": lambda v: quote(unicodedata.normalize("NFD", v)),
    "form": lambda v: v.replace(" ", "+"),
    "json": lambda v: json.dumps(v),
    "json, decomposed": lambda v: json.dumps(unicodedata.normalize("NFD", v)),
    "json in json": lambda v: json.dumps(json.dumps(v)),
    "json, unicode": lambda v: json.dumps(v, ensure_ascii=False),
    "repr": repr,
    "ascii": ascii,
    "repr of bytes": lambda v: repr(v.encode()),
    "followed by words": lambda v: f"in {v} is nothing",
    "inside": lambda v: f"x{v}/y.txt",
    "longer": lambda v: f"{v}-and-more/y.txt",
}


@pytest.mark.parametrize("message", PLACES)
def test_r88_no_absolute_place_stays(message):
    assert "wilma" not in redact(message)


@pytest.mark.parametrize("message", SECRETS)
def test_r88_no_secret_stays(message):
    assert "canary" not in redact(message)
    assert "canary" not in redact_secrets(message)


@pytest.mark.parametrize("message", ORDINARY)
def test_ordinary_words_stay(message):
    assert redact(message) == message


@pytest.mark.parametrize("notation", NOTATIONS)
@pytest.mark.parametrize("known", KNOWN)
def test_r88_a_known_value_is_found_in_any_notation(known, notation):
    redacted = redact(f"see {NOTATIONS[notation](known)}", [known])
    assert not {"wilma", "smith", "more"} & set(redacted.replace("-", " ").replace("/", " ").split())
    assert "wilma" not in redacted


def test_a_known_windows_folder_is_found_in_any_case():
    assert redact("x c:\\daten\\WILMA y", ["C:\\Daten\\Wilma"]) == "x … y"
    assert redact("secret-Value", ["secret-value"]) == "secret-Value"


def test_r88_a_known_value_may_itself_be_decomposed():
    assert "wilma" not in redact("in /mnt/家 が/wilma's", [unicodedata.normalize("NFD", "/mnt/家 が/wilma")])


def test_r88_what_lies_below_a_known_folder_keeps_its_name_only():
    assert redact("no /home/ann/clients/wilma & co/x.txt", ["/home/ann"]) == "no …/x.txt"


def test_a_short_known_value_is_no_reason_to_blank_words():
    assert redact("a banana", ["", "a", "ban"]) == "a banana"


def test_the_name_of_the_file_stays():
    assert redact("cannot open '/home/wilma/notes.txt'") == "cannot open '…/notes.txt'"
    assert redact("/家/太郎/文書.txtを開けません。") == "…/文書.txtを開けません。"
    assert redact("(see /data/a b/notes.txt), then go on") == "(see …/notes.txt), then go on"


def test_what_was_not_secret_stays_beside_it():
    assert redact("GET https://a:b@host/x?key=c&page=2 -> 401") == "GET https://•••@host/x?key=•••&page=2 -> 401"
    assert redact('{"password": "x y", "name": "ann"}') == '{"password": "•••", "name": "ann"}'
    assert redact("Authorization: Bearer abc.def failed with 401") == "Authorization: ••• failed with 401"


def test_paths_stay_in_the_log_of_the_application():
    assert redact_secrets("/data/wilma/x.txt: sk-canary1234567") == "/data/wilma/x.txt: •••"


# --- any message ------------------------------------------------------------------------------------

_CANARY = st.from_regex(r"canary[a-z0-9]{4,12}[0-9][a-z0-9]{16}", fullmatch=True)
_FORMS = [message for message in SECRETS if message.count("canary") == 1 and "eyJ" not in message]
_BEFORE = [
    "",
    " ",
    "\n",
    "(",
    "[",
    "'",
    '"',
    "=",
    ": ",
    "，",
    "「",
    "{'x': '",
    "failed: ",
    "b'",
    "\\n",
    "a/b ",
    "/d/e ",
]
_AFTER = ["", " ", "\n", ")", "'", '"', ".", ", then", "」", "'}", " was refused", "\\n", " a/b", " /d/e", "\r\n\tat x"]
_PIECES = st.sampled_from([*PLACES, *SECRETS, *ORDINARY, *"/\\'\"…•:=@~ \n", "//", "C:\\", "file:", "%2F", "password"])
_MESSAGES = st.lists(_PIECES | st.text(max_size=5), max_size=6).map("".join)


@given(_CANARY, st.sampled_from(_FORMS), st.sampled_from(_BEFORE), st.sampled_from(_AFTER), _MESSAGES)
def test_r88_no_secret_survives_in_any_surrounding(canary, form, before, after, rest):
    message = f"{before}{form.replace('canary', canary)}{after}"
    for text in (message, f"{message}\n{rest}", f"{rest}\n{message}"):
        assert canary not in redact(text)
        assert canary not in redact_secrets(text)


@given(st.sampled_from(PLACES), st.sampled_from(["", "\n", "(", "[", ": ", "，", "see "]), st.sampled_from(_AFTER))
def test_r88_no_place_survives_in_any_surrounding(place, before, after):
    assert "wilma" not in redact(f"{before}{place}{after}")


@given(_MESSAGES)
def test_redacting_twice_changes_nothing_more(message):
    once = redact(message, KNOWN)
    assert redact(once, KNOWN) == once


HOSTILE = [
    "/", "\\", "//", "/a", " /a", "(/a", "a/", "'/", "\"/", "'/\\'", "\\'/", "~/", "~ab/", "…/", "/a b c d e ",
    "C:", "C:\\", "file:", "file:/", "\\\\ab", "“/", "%2Fhome%2F", "authorization", "authorization:",
    "authorization: a ", "cookie:", "cookie: a=b;", "cookie:a", "://", "//a:b", "//a:b/", "@", "//a@", "?key", "?a-",
    "&token=", "password", "password=",
    "password='", "key=", "key=a", "token: a1", "secret:", "bearer ", "Basic ", "sk-", "gsk_", "eyJ", "eyJaaaaaaaaa.",
    "-----BEGIN PRIVATE KEY-----", "-----BEGIN ", "-", "a.", "1", "a", " ", "\n", "\\n", "=", ":", "\"", "\\\"", "{",
    "password=\"\\", "Authorization: Digest a=\"", ", a=\"", "/a, b", "家/", "access", "api_key", "api key ",
]  # fmt: skip


def _cost(message: str) -> float:
    def once() -> float:
        started = time.thread_time()
        redact(message, KNOWN)
        return time.thread_time() - started

    return min(once() for _ in range(3))


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_line_costs_no_more_than_its_length(piece):
    """Eight times the length costs about eight times as much, not 64 times: a ratio, whatever the machine."""
    short, long = (_cost(piece * (size // len(piece))) for size in (8_000, 64_000))
    assert long < 24 * short


_PIECES = (
    *("sk-abcdefghij1234567890", "/home/me/a.txt", "Password: hunter22", "api_key=abc123def456"),
    *("Größe", "名前", "ok", " "),
)


@given(st.lists(st.lists(st.sampled_from(_PIECES), max_size=3).map(" ".join), max_size=120))
def test_many_messages_at_once_are_redacted_like_each_alone(messages: list[str]) -> None:
    known = ("/srv/Größe/x", "名前名前")

    assert list(redact_all(messages, known)) == [redact(message, known) for message in messages]
