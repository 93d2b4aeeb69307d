"""The terms that a person requires: what the documents do not hold is an issue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from genglossary_gui.core.glossary import IssueDraft, IssueType
from genglossary_gui.core.i18n import _


def missing_required(required: Mapping[str, str], present: Iterable[str]) -> Iterator[IssueDraft]:
    """An issue for each term of ``required`` (key → name, in this order) whose key is not ``present``."""
    found = frozenset(present)
    for key, name in required.items():
        if key not in found:
            yield IssueDraft(
                key,
                IssueType.REQUIRED_TERM_MISSING,
                _("The required term “{term}” is in none of the documents.").format(term=name),
                _("Add documents that speak of it, correct its name, or take it off the list."),
            )
