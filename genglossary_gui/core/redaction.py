"""Takes secrets and private places out of a message before it is stored or shown.

Known values are replaced first, patterns second: a pattern can miss, a known value cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_HIDDEN = "•••"
_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    (
        re.compile(
            r"(?i)\b((?:proxy-)?authorization|(?:x-)?api[-_]key)(['\"]?\s*[:=]\s*)"
            r"['\"]?(?:(?:bearer|basic)\s+)?[^\s,'\"}]+"
        ),
        rf"\1\2{_HIDDEN}",
    ),
    (re.compile(r"(?i)\bbearer\s+[\w.~+/=-]{6,}"), f"Bearer {_HIDDEN}"),
    (re.compile(r"(?i)\b([a-z][a-z0-9+.-]*://)[^\s/@]+@"), rf"\1{_HIDDEN}@"),
    (
        re.compile(r"(?i)([?&][\w-]*(?:key|token|secret|passw(?:or)?d|sig|auth)[\w-]*=)[^&\s'\"]+"),
        rf"\1{_HIDDEN}",
    ),
    (re.compile(r"\bsk-[\w-]{8,}"), _HIDDEN),
)
_PLACES: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"(?i)\bfile://[^'\"<>|\r\n]+"), "…"),
    # A quoted absolute path may hold blanks; the quotes tell where it ends.
    (re.compile(r"(['\"])(?:/|[A-Za-z]:[\\/]|\\\\)(?:[^'\"\r\n]*[\\/])?([^'\"\\/\r\n]*)\1"), r"\1…/\2\1"),
    (re.compile(r"(?<![\w.:/\\…])\\\\(?:[^\s'\"<>|*?\\]+\\)+([^\s'\"<>|*?\\]*)"), r"…/\1"),
    (re.compile(r"(?<![\w.])[A-Za-z]:[\\/](?:[^\s'\"<>|*?]*[\\/])?([^\s'\"<>|*?]*)"), r"…/\1"),
    (re.compile(r"(?<![\w.:/<…])/(?:[^\s'\"<>|*?]+/)+([^\s'\"<>|*?]*)"), r"…/\1"),
)


def redact(message: str, known: Iterable[str] = ()) -> str:
    """``message`` without the ``known`` values, credentials, keys and absolute paths (their last part stays)."""
    for value in sorted({v for v in known if len(v) >= 4}, key=len, reverse=True):
        message = message.replace(value, "…")
    return _replaced(redact_secrets(message), _PLACES)


def redact_secrets(message: str) -> str:
    """``message`` without credentials and keys; paths stay (for the application's own log)."""
    return _replaced(message, _SECRETS)


def _replaced(message: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    for pattern, replacement in patterns:
        # Looking first is much cheaper: most messages hold nothing of the kind.
        if pattern.search(message):
            message = pattern.sub(replacement, message)
    return message
