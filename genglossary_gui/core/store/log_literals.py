"""Text that every match of a regular expression holds: the database finds it faster than the expression is found."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_UNSURE = ("(?", "(*", "{", "[[", "[:")
"""What may change the meaning of everything else: flags, conditions, counts, sets of sets."""
_CLASSES = frozenset("bBdDsSwWAZ")


def literal_of(expression: str) -> str:
    """The longest text, without spaces at its ends, that every match of ``expression`` holds; empty: none is certain.

    Whatever stands in a group, in brackets or beside a count says nothing.
    """
    if any(sign in expression for sign in _UNSURE):
        return ""
    runs, depth = [""], 0
    for token in _TOKEN.findall(expression):
        if token in "()":
            depth += 1 if token == "(" else -1
            runs.append("")
        elif depth:
            continue
        elif token == "|":
            return ""
        elif token in "?*":
            # The sign before it may be missing.
            runs[-1:] = [runs[-1][:-1], ""]
        elif token in "+.^$" or (len(token) > 1 and token[0] == "["):
            runs.append("")
        elif token[0] != "\\":
            runs[-1] += token
        elif token[1] in _CLASSES:
            runs.append("")
        elif token[1].isalnum() or token[1] == "_":
            return ""
        else:
            runs[-1] += token[1]
    return max((run.strip() for run in runs), key=len)
