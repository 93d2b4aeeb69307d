r"""Takes secrets and private places out of a message before it is stored or shown.

Known values are replaced first, patterns second: a pattern can miss, a known value cannot, whichever way it is
written.  Every pattern looks at a character a bounded number of times (possessive repeats, bounded counts), so a
hostile line costs no more than its length.  Redacting a redacted message changes nothing.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from urllib.parse import quote

_HIDDEN = "•••"
_AWAY = "…"
Replacement = str | Callable[[re.Match[str]], str]
Rule = tuple[tuple[str, ...], re.Pattern[str], Replacement]
"""Applied to messages that hold one of the words (in any case): looking for a word is cheap, for a pattern not."""

# In a repr or in JSON a word at the start of a line follows the letter of an escape.
_BEGIN = r"(?:(?<![A-Za-z0-9_-])|(?<=\\[nrt]))"

# --- secrets: a name, a sign and a value ------------------------------------------------------------

_EQUALS = r"\\{0,8}['\"]?\s{0,4}(?:=>|[=＝]|%3[Dd])\s{0,4}"
_QUOTED_NAME = r"\\{0,8}['\"]\s{0,4}(?::\s{0,4}|,\s{0,4}(?=b?\\{0,8}['\"]))"
_COLON = r"\s{0,4}[:：]\s{0,4}"
_ANY_SIGN = rf"(?:{_EQUALS}|{_QUOTED_NAME}|{_COLON})"
_FIRM_SIGN = rf"(?:{_EQUALS}|{_QUOTED_NAME})"
_BARE = r"[^\s'\"&<>]++"
_EMPTY = r"(?!(?:none|null|true|false)(?![\w-]))"
_NO_COUNT = r"(?!\d{1,7}(?![\w-]))"
_PROSE = (
    r"(?!(?:an?|the|is|was|are|not|no|none|null|true|false|required|missing|empty|invalid|wrong|incorrect|expired"
    r"|rejected|optional|unset|and|or|of|for|to|in)(?![\w-]))"
)
_LOOKS_SECRET = r"(?=[\w.~+-]*\d)(?=[\w.~+-]*[A-Za-z])(?=[\w.~+-]{{{}}})"

_PASSWORDS = r"(?:passw(?:or)?d|passphrase|passcode|pwd|(?<=[_-])pass|パスワード|暗証番号)"
_COMPOUNDS = (
    r"(?:(?:api|access|account|private|secret|subscription|auth|signing|encryption|master|session|license|service)"
    r"[-_ ]?(?:access[-_ ]?)?key(?:[-_ ]id)?|(?:client|app|api|consumer|shared|webhook|jwt)[-_ ]?secret"
    r"|(?:access|auth|api|bearer|refresh|id|session|security|csrf|bot|user)[-_ ]?token|connection[-_ ]?string"
    r"|(?-i:(?<=[A-Z0-9]_)(?:KEY|PAT|PW)))"
)
_WORDS = r"(?:token|secret|credentials?)"
_SHORT = rf"(?:{_BEGIN}|(?<=[_-]))(?:key|token|secret|sig|signature|auth|sid|jwt|credentials?)"
_IN_QUERY = (
    r"[?&;#](?:[\w.-]{0,40}[-_.])?(?:\w{0,20}(?:token|secret|passw(?:or)?d|credential|signature)"
    r"|(?:api|access|auth|private|subscription|account)?key|sig|auth|pwd|jwt|sid|sas|session)(?:=|%3[Dd])"
)


def _value(name: str, sign: str, bare: str, *, condition: str = "") -> re.Pattern[str]:
    """``name sign value``: a quoted value to its closing quote, otherwise what ``bare`` matches."""
    return re.compile(
        rf"(?i)({name}{sign}[\[({{]{{0,2}}(?:b(?=['\"\\]))?(?P<quote>\\{{0,8}}['\"])?){condition}"
        rf"(?(quote)(?:(?!(?P=quote))(?:\\[^\r\n]|[^\r\n]))++|{bare})"
    )


def _kept(match: re.Match[str]) -> str:
    # Not a template: to fill one in, Python 3.11 imports a module at each call.
    return match[1] + _HIDDEN


_SIGNS = ("=", "＝", ":", "：", "%3", "'", '"')
"""One of them stands between a name and its value."""
_LETTER = re.compile(
    r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,4}PRIVATE KEY(?: BLOCK)?-----"
    r"(?:(?!-----)[\s\S])*+(?:-----END[^-]{0,60}-----)?"
)
_AUTHORIZATION = _value(
    "authorization",
    _ANY_SIGN,
    rf"{_PROSE}(?:(?:bearer|basic|digest|negotiate|token|apikey)\s{{1,4}}"
    r"|[a-z][\w-]{0,40}[ ]{1,2}(?=[^\s=]{0,200}[\d=]))?"
    r"(?:=\"[^\"\r\n]*\"|[^\s'\"])++"
    # Further parameters, and a token that was folded into further lines.
    r"(?:(?<=,)[ ]{1,2}[\w-]{1,40}=(?:\"[^\"\r\n]*\"|[^\s'\",])*+,?)*+"
    r"(?:\r?\n[ \t]{1,8}[\w+/=~.-]{16,}+[^\s'\":]*+(?!:))*+",
)
_CRUMB = r"(?:\"[^\"\r\n]*\"|[^\s;'\"])*+"
_COOKIE = _value("cookie", _ANY_SIGN, rf"[^\s=:;,'\"]++={_CRUMB}(?:;\s{{0,2}}[^\s=;:'\"]++(?:={_CRUMB})?)*+")
# Greedy: a password may hold "@", and "/" too where it cannot be a port with a path.
_IN_ADDRESS = re.compile(r"(?<!/)//(?:[^\s/@:\[\"<>]++:(?!\d{1,5}(?:[/?#]|$))(?:[^\s/\"<>]|/(?!/))+|[^\s/?#'\"<>]+)@")
# "bearer tokens" and "basic understanding" are ordinary words.
_BEARER = re.compile(r"(?i)" + _BEGIN + r"(bearer\s{1,4})(?:(?=[\w.~+/-]*[\d=_~+])[\w.~+/=-]{6,}+|[\w.~+/=-]{24,}+)")
_BASIC = re.compile(_BEGIN + r"(Basic\s{1,4})(?=[A-Za-z0-9+/]*(?:[\d=]|[a-z][A-Z]))[A-Za-z0-9+/]{8,}+=*+")
_BY_FORM = re.compile(
    rf"{_BEGIN}(?:[sr]k-(?:(?=[\w-]*\d)[\w-]{{8,}}+|[\w-]{{20,}}+)"
    r"|(?:gsk|hf|npm|r8|dop_v1|[srp]k_(?:live|test))_\w{8,}+|gh[opusr]_\w{16,}+|github_pat_\w{16,}+"
    r"|(?:glpat|pypi|xai|pplx|tvly|xapp|xox[a-z])-[\w-]{8,}+|AIza[\w-]{20,}+|A(?:KI|SI)A[A-Z0-9]{12,}+"
    r"|ya29\.[\w-]{16,}+|SG\.[\w-]{16,}+\.[\w-]{16,}+|eyJ[\w-]{8,}+(?:\.[\w-]{4,}+){1,4})"
)
_SHAPES = (
    *("sk-", "rk-", "gsk_", "hf_", "npm_", "r8_", "dop_", "k_live", "k_test", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    *("github_", "glpat-", "pypi-", "xai-", "pplx-", "tvly-", "xapp-", "xox", "aiza", "akia", "asia", "ya29."),
    *("sg.", "eyj"),
)
_PASS = ("pass", "pwd", "パスワード", "暗証番号")
_KEY = ("key", "token", "secret", "string", "credential", "_pat", "_pw")
_NAMED = f"(?:{_COMPOUNDS}|{_WORDS})"
_SECRETS: tuple[Rule, ...] = (
    (("private key",), _LETTER, _HIDDEN),
    (("authorization",), _AUTHORIZATION, _kept),
    (("cookie",), _COOKIE, _kept),
    (("@",), _IN_ADDRESS, f"//{_HIDDEN}@"),
    (("=", "%3d"), re.compile(rf"(?i)({_IN_QUERY})[^&\s'\"<>#]++"), _kept),
    (_PASS, _value(_PASSWORDS, _FIRM_SIGN, _EMPTY + _BARE), _kept),
    (_PASS, _value(_PASSWORDS, _COLON, _PROSE + _BARE), _kept),
    (_KEY, _value(_NAMED, _FIRM_SIGN, _EMPTY + _NO_COUNT + _BARE), _kept),
    (("key",), _value(r"(?:api|subscription)[-_ ]?key", _COLON, _PROSE + _BARE), _kept),
    (_KEY, _value(_NAMED, _COLON, _BARE, condition=_LOOKS_SECRET.format(8)), _kept),
    ((*_KEY, "sig", "auth", "sid", "jwt"), _value(_SHORT, _ANY_SIGN, _BARE, condition=_LOOKS_SECRET.format(16)), _kept),
    (("bearer",), _BEARER, _kept),
    (("basic",), _BASIC, _kept),
    (_SHAPES, _BY_FORM, _HIDDEN),
)
_WITHOUT_SIGN = tuple(rule for rule in _SECRETS if rule[1] in (_LETTER, _IN_ADDRESS, _BEARER, _BASIC, _BY_FORM))
"""What can be in a message that has no sign between names and values: nearly all messages are such."""

# --- places ----------------------------------------------------------------------------------------

_SEPARATOR = r"[\\/]{1,8}"
_CHUNK = r"[^\s'\"<>|*?/\\…•`「」『』“”‘’«»]++"
# A name may hold blanks where a separator follows soon and nothing like the end of a clause lies between.
_FOLDER = rf"{_CHUNK}(?:(?<![,;:!?)])[^\S\r\n]{{1,2}}{_CHUNK}){{0,3}}+(?<![=:(,;]){_SEPARATOR}"
_DRIVE = rf"(?:\\{{2,8}}[?.]\\{{1,4}})?[A-Za-z]:{_SEPARATOR}"
_UNC = r"\\{2,16}(?:[?.]\\{1,4}(?:UNC\\{1,4})?)?"
_NO_ROUTE = r"(?!v\d{1,3}[/\\]|api[/\\])"
_ROOTS = r"(?:home|users|root|mnt|media|private|volumes|tmp|var|opt|srv|etc|usr)"
_PLACE = re.compile(
    rf"(?:(?:(?:(?<![A-Za-z0-9_])|(?<=\\[nrt]))(?:{_DRIVE}|(?i:file):[\\/]{{1,8}})"
    rf"|(?<![\w./\\…~])~[A-Za-z_][\w.-]{{2,40}}{_SEPARATOR})(?:{_FOLDER})*+"
    rf"|(?:(?<![\w:\\/…]){_UNC}(?=[^\s\\/'\"]{{2}})"
    rf"|(?:(?<![\w./\\…<*)\]}}%~])|(?<=\\[nrt]))(?:/(?!/)|(?<!:)//(?=[^\s/])){_NO_ROUTE}"
    rf"|(?<![A-Za-z0-9_./\\…])/(?={_ROOTS.replace('users', '[Uu]sers').replace('volumes', '[Vv]olumes')}/)"
    rf"|(?<![\w./\\…~])~/|…{_SEPARATOR})(?:{_FOLDER})++)"
    r"(?P<last>(?:(?!(?<![A-Za-z0-9_])(?:[A-Za-z]|(?i:file)):[\\/])[^\s'\"<>|*?/\\…•`])*+)"
)
_START = rf"(?:/{_NO_ROUTE}|{_DRIVE}|\\\\|…[\\/]|~[\w.-]{{0,40}}/|(?i:file):[\\/])"
_IN_QUOTES = (
    (
        ('\\"', "\\'"),
        re.compile(
            rf"(?P<open>\\{{1,4}}['\"])(?P<start>{_START})"
            rf"(?P<body>(?:(?!\\{{1,4}}['\"])[^'\"\r\n])*+)(?=\\{{1,4}}['\"])"
        ),
    ),
    *(
        (
            (first,),
            re.compile(
                rf"(?P<open>(?<!\\){first})(?P<start>{_START})"
                rf"(?P<body>(?:\\[^\r\n]|[^\\\r\n{first}{last}])*+)(?={last})"
            ),
        )
        for first, last in ("''", '""', "``", "“”", "‘’", "「」", "『』")
    ),
)
_ENCODED = re.compile(rf"(?i)(?:[a-z](?::|%3a))?(?:%2f|%5c)(?:{_ROOTS})(?:%2f|%5c)[\w.~+%-]*+")
_HOMES = re.compile(rf"(?i)(?:home|users|documents and settings){_SEPARATOR}\Z")


def redact(message: str, known: Iterable[str] = ()) -> str:
    """``message`` without the ``known`` values, credentials, keys and absolute paths (their last part stays).

    A known value of four characters or more is found in any notation: with other separators, percent-encoded,
    escaped as in JSON or a repr, composed or decomposed; on Windows paths in any case.
    """
    values = tuple(value for value in known if len(value) >= 4)
    if values:
        message = _any_form(values).sub(_AWAY, message)
    message = redact_secrets(message)
    return _replaced(message, _PLACES) if any(sign in message for sign in "/\\%") else message


def redact_all(messages: Sequence[str], known: Iterable[str] = ()) -> Sequence[str]:
    """What ``redact`` gives for each message.  Where several together hold nothing of interest, none is looked at."""
    values = tuple(value for value in known if len(value) >= 4)
    redacted: list[str] = []
    for start in range(0, len(messages), _TOGETHER):
        part = messages[start : start + _TOGETHER]
        text = "\n".join(part)
        if _is_harmless(text, values):
            redacted += part
        else:
            redacted += [redact(message, values) for message in part]
    return redacted


def _is_harmless(text: str, values: tuple[str, ...]) -> bool:
    folded = text.lower()
    # Loops, not any(): every record of every log comes by here.
    for word in _WORDS_WITHOUT_SIGN:
        if word in folded:
            return False
    for word in _marks(values):
        if word in folded:
            return False
    return not any(sign in folded for sign in _SIGNS) or not any(word in folded for word in _WORDS_WITH_SIGN)


def redact_secrets(message: str) -> str:
    """``message`` without credentials and keys; paths stay (for the application's own log)."""
    return _replaced(message, _SECRETS if any(sign in message for sign in _SIGNS) else _WITHOUT_SIGN)


def _replaced(message: str, rules: tuple[Rule, ...]) -> str:
    folded = message.lower()
    for words, pattern, replacement in rules:
        for word in words:
            if word in folded:
                message = pattern.sub(replacement, message)
                break
    return message


def _last_part(match: re.Match[str]) -> str:
    last = match["last"]
    return f"{_AWAY}/{last}" if not _names_person(match.string, match.start("last")) else _AWAY + _after_name(last)


def _quoted_last_part(match: re.Match[str]) -> str:
    opening, start, body = match["open"], match["start"], match["body"]
    parting = max(body.rfind("/"), body.rfind("\\"))
    if not body or (parting < 0 and (start in ("/", "~/") or start.startswith(_AWAY))):
        return match[0]
    last = body[parting + 1 :]
    if _names_person(match.string, match.end("body") - len(last)):
        return f"{opening}{_AWAY}{_after_name(last)}"
    return f"{opening}{_AWAY}/{last}"


def _names_person(message: str, at: int) -> bool:
    """Whether what begins ``at`` lies directly in the folder of all homes."""
    return _HOMES.search(message[max(0, at - 30) : at]) is not None


def _after_name(last: str) -> str:
    """The punctuation behind a name."""
    return re.sub(r"\A.*\w", "", last)


_PLACES: tuple[Rule, ...] = (
    (("%2f", "%5c"), _ENCODED, _AWAY),
    *((opening, pattern, _quoted_last_part) for opening, pattern in _IN_QUOTES),
    (("/", "\\"), _PLACE, _last_part),
)

_TOGETHER = 100
_WORDS_WITHOUT_SIGN = tuple({*"/\\%", *(word for words, _pattern, _new in _WITHOUT_SIGN for word in words)})
_WORDS_WITH_SIGN = tuple({word for words, _pattern, _new in _SECRETS for word in words})

# --- known values -----------------------------------------------------------------------------------


@lru_cache(maxsize=64)
def _any_form(values: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(_forms(value) for value in sorted(set(values), key=len, reverse=True)))


@lru_cache(maxsize=64)
def _marks(values: tuple[str, ...]) -> tuple[str, ...]:
    """Of each value what stands in every notation of it: its longest run of ASCII letters and digits, in lower case."""
    runs = (re.findall("[A-Za-z0-9]+", value) for value in values)
    return tuple(max(found, key=len, default="").lower() for found in runs)


def _forms(value: str) -> str:
    """A pattern for ``value`` however it is written; the rest of a longer name goes with it."""
    parts = [_characters(part) for part in re.split(r"[\\/]+", unicodedata.normalize("NFC", value))]
    pattern = r"(?:[\\/]|%2[Ff]|%5[Cc]){1,8}".join(parts)
    if value[-1].isascii() and value[-1].isalnum():
        pattern += r"[A-Za-z0-9_-]*+"
    return f"(?i:{pattern})" if re.match(r"[A-Za-z]:|\\\\", value) else pattern


def _characters(part: str) -> str:
    return "".join(_character(character) for character in part)


@lru_cache(maxsize=4096)
def _character(character: str) -> str:
    if character.isascii() and character.isalnum():
        return character
    forms: dict[str, None] = {}
    for written in (character, unicodedata.normalize("NFD", character)):
        raw = written.encode("utf-8", "surrogatepass")
        forms[re.escape(written)] = None
        forms[f"(?i:{quote(raw, safe='')})"] = None
        for escaped in (json.dumps(written)[1:-1], written.encode("unicode_escape").decode(), str(raw)[2:-1]):
            forms["(?i:{})".format(re.escape(escaped).replace(r"\\", r"\\{1,4}"))] = None
    if character == " ":
        forms[r"\+"] = None
    return f"(?:{'|'.join(forms)})"
