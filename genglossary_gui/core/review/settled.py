"""Which issues are left when definitions have been refined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from genglossary_gui.core.glossary import Entry, IssueDraft, IssueType
from genglossary_gui.core.review import rules
from genglossary_gui.core.review.mentions import mentions

_RULES: Mapping[IssueType, rules.Rule] = {
    IssueType.UNCLEAR: rules.unclear,
    IssueType.UNSUPPORTED: rules.unsupported,
    IssueType.CIRCULAR: rules.circular,
}
"""What refining mends, and the rule that says so."""


def left_open(entries: Sequence[Entry], issues: Sequence[IssueDraft], refined: Collection[str]) -> list[IssueDraft]:
    """``issues`` in their order without those that ``entries``, whose definitions with the keys ``refined`` are new,
    do not have any more; one that is there in other words is said in these."""
    by_key = {entry.term.key: entry for entry in entries}
    left = []
    for issue in issues:
        concerned = [by_key[key] for key in (issue.key, *issue.related) if key in by_key]
        if issue.type in _RULES and any(entry.term.key in refined for entry in concerned):
            left += [again for again in _again(concerned, issue) if again not in left]
        else:
            left.append(issue)
    return left


def _again(concerned: Sequence[Entry], issue: IssueDraft) -> Iterator[IssueDraft]:
    mentioned = mentions(concerned) if issue.type is IssueType.CIRCULAR else {}
    glossary = rules.Glossary(concerned, {entry.term.key: entry for entry in concerned}, mentioned)
    return (found for found in _RULES[issue.type](glossary) if found.key == issue.key)
