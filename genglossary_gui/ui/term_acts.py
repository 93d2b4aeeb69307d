"""What a person decides about terms, as edits that can be undone and redone exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from genglossary_gui.core.glossary import Category
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.store import decisions, entry_edits
from genglossary_gui.core.store.decisions import Listed, Status
from genglossary_gui.core.words import word
from genglossary_gui.ui.edits import Edits
from genglossary_gui.ui.entry_acts import make
from genglossary_gui.ui.models.harmless import harmless
from genglossary_gui.ui.plain import number

_LONGEST_NAME = 40


def set_status(
    edits: Edits, term_ids: Sequence[int], status: Status, refused: Callable[[], None] = lambda: None
) -> None:
    """Accept or drop terms, or leave them to be decided again; ``refused()``: it could not be saved."""
    do = partial(decisions.set_status, status=status)
    make(edits, do, term_ids, partial(_decided, status), _nothing_new, refused=refused)


def set_listed(
    edits: Edits, term_ids: Sequence[int], listed: Listed, refused: Callable[[], None] = lambda: None
) -> None:
    """Put terms on the required or the excluded list, or off both; ``refused()``: it could not be saved."""
    do = partial(decisions.set_listed, listed=listed)
    make(edits, do, term_ids, partial(_listed, listed), _nothing_new, refused=refused)


def set_category(edits: Edits, term_ids: Sequence[int], category: Category) -> None:
    """Class terms by hand."""

    def words(count: int) -> str:
        text = ngettext("{count} term classed as {category}", "{count} terms classed as {category}", count)
        return text.format(count=number(count), category=word(category))

    make(edits, partial(decisions.set_category, category=category), term_ids, words, _nothing_new)


def rename(edits: Edits, term_id: int, before: str, name: str) -> None:
    """Give a term another name."""
    make(
        edits,
        lambda connection, ids: decisions.rename(connection, ids[0], name),
        [term_id],
        lambda count: _("“{term}” renamed").format(term=_short(before)),
        _nothing_new,
    )


def merge(edits: Edits, term_ids: Sequence[int], primary: str) -> None:
    """Make all but the first synonyms of the first, which is called ``primary``."""
    whole = [tuple(term_ids)]
    make(
        edits,
        lambda connection, groups: [change for group in groups for change in decisions.merge(connection, group)],
        whole,
        lambda count: ngettext(
            "{count} term merged into “{term}”", "{count} terms merged into “{term}”", len(term_ids) - 1
        ).format(count=number(len(term_ids) - 1), term=_short(primary)),
        lambda: _("Select two terms or more to merge them."),
    )


def split(edits: Edits, term_id: int, surfaces: Sequence[str]) -> None:
    """Make spellings terms of their own."""
    make(
        edits,
        lambda connection, ids: decisions.split(connection, ids[0], surfaces),
        [term_id],
        lambda count: _("“{term}” is a term by itself").format(term=_short(surfaces[0])),
        _nothing_new,
    )


def add_terms(edits: Edits, names: Sequence[str], *, listed: Listed = Listed.NOT) -> None:
    """Terms that a person names."""
    make(
        edits,
        partial(decisions.add_terms, listed=listed),
        names,
        lambda count: ngettext("{count} term added", "{count} terms added", count).format(count=number(count)),
        lambda: _("These terms are there already."),
    )


def write_note(edits: Edits, term_id: int, term: str, note: str) -> None:
    """What a person wants to remember about a term."""
    make(
        edits,
        lambda connection, ids: entry_edits.write_note(connection, ids[0], note),
        [term_id],
        lambda count: _("Note of “{term}” changed").format(term=_short(term)),
        _nothing_new,
    )


def _short(term: str) -> str:
    return harmless(term, _LONGEST_NAME)


def _nothing_new() -> str:
    return _("Nothing had to be changed.")


def _decided(status: Status, count: int) -> str:
    words = {
        Status.ACCEPTED: lambda: ngettext("{count} term accepted", "{count} terms accepted", count),
        Status.DROPPED: lambda: ngettext("{count} term dropped", "{count} terms dropped", count),
        Status.CANDIDATE: lambda: ngettext(
            "{count} term is to be decided again", "{count} terms are to be decided again", count
        ),
    }[status]()
    return words.format(count=number(count))


def _listed(listed: Listed, count: int) -> str:
    words = {
        Listed.REQUIRED: lambda: ngettext("{count} term required", "{count} terms required", count),
        Listed.EXCLUDED: lambda: ngettext("{count} term excluded", "{count} terms excluded", count),
        Listed.NOT: lambda: ngettext("{count} term taken off the list", "{count} terms taken off the lists", count),
    }[listed]()
    return words.format(count=number(count))
