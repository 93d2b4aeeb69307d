"""What the folder holds now, compared with what the project knows."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from genglossary_gui.core.compute import Limits, Stopped, Workers
from genglossary_gui.core.documents.formats import format_of
from genglossary_gui.core.documents.loading import Unchanged, Unreadable, load
from genglossary_gui.core.documents.reasons import Reason
from genglossary_gui.core.documents.scanning import DEFAULT_EXCLUSIONS, Found, Skipped, Source
from genglossary_gui.core.documents.scanning import scan as walk
from genglossary_gui.core.errors import UsageError
from genglossary_gui.core.glossary import Level, Step
from genglossary_gui.core.i18n import _, ngettext
from genglossary_gui.core.pipeline.context import ExecutionContext
from genglossary_gui.core.store import documents, projects
from genglossary_gui.core.store.connection import transaction
from genglossary_gui.core.store.documents import DocumentRow, PackedText, ScannedDocument

_MEGABYTE = 1 << 20
_ROOT = "."
"""Shown for a source that cannot be read at all."""
_NO_FAULT = frozenset(
    {
        Reason.LINK_OUTSIDE,
        Reason.LINK_INSIDE,
        Reason.LINK_LOOP,
        Reason.LINK_BROKEN,
        Reason.SAME_NAME,
        Reason.OWN_GLOSSARY,
    }
)
"""Left out with reason: said, but no warning."""
_BATCH_BYTES, _BATCH_DOCUMENTS = 1 << 18, 64
_BATCH_SHARE = 20
_GONE = 2_000
"""Files that are gone and that one transaction notes: not so many that a cancel would have to wait."""
_SECONDS, _SECONDS_PER_MB = 60.0, 10.0
"""The slowest reader (reStructuredText) takes 5 s for a megabyte of blocks without end."""
_MB, _MB_PER_MB, _MOST_MB = 1024, 64, 4096
_STOPPED = {
    Stopped.TIME: Reason.TOO_SLOW,
    Stopped.MEMORY: Reason.TOO_BIG_TO_READ,
    Stopped.DIED: Reason.BROKEN,
}
Key = tuple[int, str]


def scan(connection: sqlite3.Connection, context: ExecutionContext, workers: Workers) -> None:
    """Bring the documents of the project in line with its folders; reads only what is new or changed.

    Each file is compared by the hash of its content.  Files that cannot be read are listed with the reason.
    Raises ``UsageError`` when a folder is gone or nothing in them can be read.
    """
    context.progress.begin(Step.SCAN)
    known: dict[Key, DocumentRow] = {}
    for row in documents.all_documents(connection):
        context.token.checkpoint()
        known[row.source_id, row.path] = row
    unwanted = {key: row for key, row in known.items() if not row.wanted}
    listing = _list(connection, context, unwanted)
    context.progress.begin(Step.SCAN, len(listing.found))
    count = len(listing.found)
    context.log(ngettext("{count} file to look at.", "{count} files to look at.", count).format(count=count))
    tally: Counter[str] = Counter()
    for document in listing.rejected:
        _look_up(context)
        _save(connection, context, document, tally)
    units = _units(listing.found, known, documents.content_hashes(connection), context.settings.max_document_mb)
    for read in _read_all(units, context, workers):
        with transaction(connection):
            for unit, result in read:
                _save(connection, context, _document(connection, unit, result), tally)
        context.progress.advance(len(read))
        for unit, result in read:
            if isinstance(result, Unchanged):
                tally["unchanged"] += 1
            elif isinstance(result, _Read):
                tally["changed" if unit.known else "added"] += 1
    gone = _gone(known, listing)
    for first in range(0, len(gone), _GONE):
        _look_up(context)
        with transaction(connection):
            documents.mark_deleted(connection, gone[first : first + _GONE])
    _summarise(context, tally, deleted=len(gone), excluded=listing.excluded)


def _gone(known: Mapping[Key, DocumentRow], listing: _Listing) -> list[int]:
    """The ids of documents whose files are not there any more."""
    seen = {*listing.found, *((d.source_id, d.path) for d in listing.rejected)}
    closed = tuple(
        (d.source_id, "" if d.path == _ROOT else f"{d.path}/") for d in listing.rejected if d.reason == Reason.DENIED
    )
    return [
        row.id
        for (source_id, path), row in known.items()
        if (source_id, path) not in seen
        and row.state != "deleted"
        # What lies in a folder that may not be entered now is not gone.
        and not any(source_id == closed_id and path.startswith(prefix) for closed_id, prefix in closed)
    ]


def list_documents(connection: sqlite3.Connection, max_document_mb: int) -> None:
    """Show what the folders hold without reading it: files not known yet become documents in state *new*.

    Raises ``UsageError`` when a folder is gone.
    """
    known = {(row.source_id, row.path) for row in documents.all_documents(connection)}
    excluded = 0
    with transaction(connection):
        for source_id, item in walk_sources(connection, max_document_mb):
            if isinstance(item, Skipped) and item.reason is Reason.EXCLUDED:
                excluded += 1
                continue
            if (source_id, item.name) in known:
                continue
            state = _rejection(item.reason) if isinstance(item, Skipped) else "new"
            reason = item.reason if isinstance(item, Skipped) else ""
            documents.save_document(
                connection, _row(source_id, item.name or _ROOT, item.size, state=state, reason=reason)
            )
        projects.note_left_out(connection, excluded)


@dataclass(frozen=True)
class _Listing:
    found: Mapping[Key, Found]
    rejected: tuple[ScannedDocument, ...]
    excluded: int


@dataclass(frozen=True)
class _Unit:
    """One file for a worker process; ``known`` is the hash of the content that is stored already."""

    source_id: int
    name: str
    path: Path
    size: int
    max_bytes: int
    known: str
    previous: DocumentRow | None
    encoding: str = ""
    """What a person chose; empty: detect it."""


@dataclass(frozen=True)
class _Read:
    sha256: str
    size: int
    format: str
    encoding: str
    text: PackedText


_Result = _Read | Unchanged | Unreadable
_ReadTogether = tuple[tuple[_Unit, _Result], ...]


def _look_up(context: ExecutionContext) -> None:
    """Check for a cancel and write what is due, between two of very many small units of work."""
    context.token.checkpoint()
    context.progress.tick()


def walk_sources(
    connection: sqlite3.Connection, max_document_mb: int, look: Callable[[], None] = lambda: None
) -> Iterable[tuple[int, Found | Skipped]]:
    """What is in the folders of the project, each with the id of its folder.  ``look`` as in ``scan``."""
    ids = {Source.of(path): source_id for source_id, path in projects.source_ids(connection).items()}
    patterns = projects.exclusions(connection)
    exclusions = DEFAULT_EXCLUSIONS if patterns is None else patterns
    for item in walk(tuple(ids), max_bytes=max_document_mb * _MEGABYTE, exclusions=exclusions, look=look):
        yield ids[item.source], item


def _list(connection: sqlite3.Connection, context: ExecutionContext, unwanted: Mapping[Key, DocumentRow]) -> _Listing:
    found: dict[Key, Found] = {}
    rejected: list[ScannedDocument] = []
    excluded = 0
    look = partial(_look_up, context)
    for source_id, item in walk_sources(connection, context.settings.max_document_mb, look):
        look()
        row = unwanted.get((source_id, item.name))
        if isinstance(item, Found) and row is not None:
            rejected.append(_left_out(row, item))
        elif isinstance(item, Found):
            found[source_id, item.name] = item
        elif item.reason is Reason.EXCLUDED:
            excluded += 1
        else:
            rejected.append(
                _row(source_id, item.name or _ROOT, item.size, state=_rejection(item.reason), reason=item.reason)
            )
    with transaction(connection):
        projects.note_left_out(connection, excluded)
    return _Listing(found, tuple(rejected), excluded)


def _units(
    found: Mapping[Key, Found], known: Mapping[Key, DocumentRow], hashes: Mapping[int, str], max_document_mb: int
) -> Iterable[_Unit]:
    for (source_id, name), item in found.items():
        previous = known.get((source_id, name))
        content_id = previous.content_id if previous else None
        sha256 = hashes.get(content_id, "") if content_id else ""
        chosen = previous.chosen_encoding if previous else ""
        if chosen and previous is not None and chosen != previous.encoding:
            sha256 = ""  # the same bytes are another text now
        yield _Unit(source_id, name, item.path, item.size, max_document_mb * _MEGABYTE, sha256, previous, chosen)


def _read_all(units: Iterable[_Unit], context: ExecutionContext, workers: Workers) -> Iterator[_ReadTogether]:
    """The documents that one worker process read together, as they come; each is read once.

    A worker process that takes too much time or memory is stopped.  The other documents of its batch are then read
    again one by one, so that a bad document costs nothing but itself.
    """
    alone: list[_Unit] = []
    run = partial(workers.map_within, _limits, _read_batch, token=context.token, tick=context.progress.tick)
    for batch, results in run(_batches(units)):
        if not isinstance(results, Stopped):
            yield tuple(zip(batch, results, strict=True))
        else:
            first, *others = batch
            alone.extend(batch if others else ())
            if not others:
                yield ((first, _given_up(first, results)),)
    for (unit, *_none), results in run((unit,) for unit in alone):
        yield ((unit, _given_up(unit, results) if isinstance(results, Stopped) else results[0]),)


def _batches(units: Iterable[_Unit]) -> Iterator[tuple[_Unit, ...]]:
    """Small documents grouped into one unit for a worker process; the first ones are sent alone."""
    batch: list[_Unit] = []
    size = sent = 0
    for unit in units:
        batch.append(unit)
        size += unit.size
        if size >= _BATCH_BYTES or len(batch) >= min(_BATCH_DOCUMENTS, 1 + sent // _BATCH_SHARE):
            yield tuple(batch)
            sent += len(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _limits(batch: Sequence[_Unit]) -> Limits:
    megabytes = sum(unit.size for unit in batch) / _MEGABYTE
    return Limits(
        seconds=_SECONDS + _SECONDS_PER_MB * megabytes, megabytes=min(_MOST_MB, int(_MB + _MB_PER_MB * megabytes))
    )


def _given_up(unit: _Unit, stopped: Stopped) -> Unreadable:
    return Unreadable(_STOPPED[stopped], format_of(unit.name).name, unit.size)


def _read_batch(batch: tuple[_Unit, ...]) -> list[_Result]:
    """Runs in a worker process."""
    return [_read(unit) for unit in batch]


def _read(unit: _Unit) -> _Result:
    result = load(unit.path, max_bytes=unit.max_bytes, known=unit.known, encoding=unit.encoding)
    if isinstance(result, Unchanged | Unreadable):
        return result
    return _Read(result.sha256, result.size, result.format, result.encoding, documents.pack_text(result.document))


def _document(connection: sqlite3.Connection, unit: _Unit, result: _Result) -> ScannedDocument:
    row = partial(_row, unit.source_id, unit.name, result.size)
    if isinstance(result, Unreadable):
        return row(state=_rejection(result.reason), reason=result.reason)
    if isinstance(result, Unchanged):
        assert unit.previous is not None
        content_id, language = unit.previous.content_id, unit.previous.language
        if not language and content_id is not None:  # read before languages were noted
            language = documents.language_of_content(connection, content_id)
        return row(state="ready", encoding=unit.previous.encoding, content_id=content_id, language=language)
    content_id = documents.save_content(connection, result.sha256, result.format, result.encoding, result.text)
    language = result.text.language
    return row(state="ready", encoding=result.encoding, content_id=content_id, language=language)


def _row(
    source_id: int,
    name: str,
    size: int,
    *,
    state: str,
    reason: str = "",
    encoding: str = "",
    content_id: int | None = None,
    language: str = "",
) -> ScannedDocument:
    return ScannedDocument(
        source_id=source_id,
        path=name,
        format=format_of(name).name,
        size=size,
        state=state,
        encoding=encoding,
        reason=reason,
        content_id=content_id,
        language=language,
    )


def _left_out(row: DocumentRow, found: Found) -> ScannedDocument:
    """What was read of it before stays: who takes it in again, or undoes leaving it out, has it back at once."""
    return _row(
        row.source_id,
        row.path,
        found.size,
        state="skipped",
        reason=Reason.UNWANTED,
        encoding=row.encoding,
        content_id=row.content_id,
        language=row.language,
    )


def _rejection(reason: Reason) -> str:
    return "skipped" if reason in _NO_FAULT else "unreadable"


def _save(
    connection: sqlite3.Connection, context: ExecutionContext, document: ScannedDocument, tally: Counter[str]
) -> None:
    documents.save_document(connection, document)
    tally[document.state] += 1
    if document.state == "unreadable":
        context.log(
            _("Not read: {reason}").format(reason=Reason(document.reason).sentence),
            level=Level.WARNING,
            document=document.path,
        )
    elif document.state == "skipped":
        context.log(Reason(document.reason).sentence, document=document.path)


def _summarise(context: ExecutionContext, tally: Counter[str], *, deleted: int, excluded: int) -> None:
    context.progress.count("documents", tally["ready"])
    context.progress.count("unreadable", tally["unreadable"])
    context.log(
        ngettext(
            "{ready} document is readable ({added} added, {changed} changed, {deleted} deleted,"
            " {unchanged} unchanged); {unreadable} cannot be read, {excluded} are left out by the exclusions.",
            "{ready} documents are readable ({added} added, {changed} changed, {deleted} deleted,"
            " {unchanged} unchanged); {unreadable} cannot be read, {excluded} are left out by the exclusions.",
            tally["ready"],
        ).format(deleted=deleted, excluded=excluded, **{name: tally[name] for name in _TALLY})
    )
    if not tally["ready"]:
        raise UsageError(
            _("There is no document here that can be read."),
            hint=_(
                "Add documents such as text, Markdown, HTML, Word or PDF files to the folder;"
                " the Documents list says why the others were not read."
            ),
        )


_TALLY = ("ready", "added", "changed", "unchanged", "unreadable")
