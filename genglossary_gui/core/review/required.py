"""The terms that a person requires: what the documents do not hold is an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from genglossary_gui.core.glossary import IssueDraft, IssueType
from genglossary_gui.core.issue_words import issue


def missing_required(required: Mapping[str, str], present: Iterable[str]) -> Iterator[IssueDraft]:
    """An issue for each term of ``required`` (key → name, in this order) whose key is not ``present``."""
    found = frozenset(present)
    for key, name in required.items():
        if key not in found:
            yield issue(key, IssueType.REQUIRED_TERM_MISSING, "required", {"term": name})
