"""The schema of a project file, as numbered steps.  A released step is never edited.

``PRAGMA application_id`` tells our files from others, ``PRAGMA user_version`` counts the steps.  The life
cycle of a run is guarded by the database itself: a terminal row never changes, *completed* is reached
only from *running* and only together with published results.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from genglossary_gui.core.errors import ProjectError
from genglossary_gui.core.i18n import _

APPLICATION_ID = 0x47474C53  # "GGLS"

_PROJECT = """
CREATE TABLE project (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE sources (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE);
"""

_DOCUMENTS = """
-- Texts by content: a document that comes back or exists twice is stored and analysed once.
CREATE TABLE contents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  sha256 TEXT NOT NULL,
  format TEXT NOT NULL,
  encoding TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  layout BLOB NOT NULL,
  UNIQUE (sha256, format, encoding)
);

CREATE TABLE analyses (
  content_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
  engine TEXT NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (content_id, engine)
) WITHOUT ROWID;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
  path TEXT NOT NULL,
  format TEXT NOT NULL,
  size INTEGER NOT NULL,
  encoding TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL CHECK (state IN ('new', 'ready', 'changed', 'unreadable', 'skipped', 'deleted')),
  reason TEXT NOT NULL DEFAULT '',
  content_id INTEGER REFERENCES contents (id),
  scanned_at TEXT NOT NULL,
  UNIQUE (source_id, path)
);
CREATE INDEX documents_content ON documents (content_id);
"""

_GLOSSARY = """
CREATE TABLE terms (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  term TEXT NOT NULL,
  language TEXT NOT NULL,
  category TEXT NOT NULL,
  score REAL NOT NULL,
  rank INTEGER NOT NULL,
  frequency INTEGER NOT NULL,
  document_frequency INTEGER NOT NULL,
  suggested INTEGER NOT NULL CHECK (suggested IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'candidate' CHECK (status IN ('candidate', 'accepted', 'dropped')),
  notes TEXT NOT NULL DEFAULT '',
  locked INTEGER NOT NULL DEFAULT 0 CHECK (locked IN (0, 1)),
  features TEXT NOT NULL DEFAULT '{}',
  run_id INTEGER REFERENCES runs (id)
);
CREATE INDEX terms_rank ON terms (rank);

CREATE TABLE variants (
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  surface TEXT NOT NULL,
  kind TEXT NOT NULL,
  frequency INTEGER NOT NULL,
  PRIMARY KEY (term_id, surface)
) WITHOUT ROWID;

CREATE TABLE passages (
  id INTEGER PRIMARY KEY,
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  content_id INTEGER NOT NULL REFERENCES contents (id),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  weight REAL NOT NULL,
  rule TEXT NOT NULL
);
CREATE INDEX passages_term ON passages (term_id);

-- History stays: one row for each definition ever published, one current row for each stage of a term.
CREATE TABLE definitions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  stage TEXT NOT NULL CHECK (stage IN ('provisional', 'refined')),
  text TEXT NOT NULL,
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  origin TEXT NOT NULL,
  approved INTEGER NOT NULL DEFAULT 0 CHECK (approved IN (0, 1)),
  current INTEGER NOT NULL CHECK (current IN (0, 1)),
  run_id INTEGER REFERENCES runs (id),
  created_at TEXT NOT NULL
);
CREATE UNIQUE INDEX definitions_current ON definitions (term_id, stage) WHERE current = 1;

CREATE TABLE evidence (
  definition_id INTEGER NOT NULL REFERENCES definitions (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  document_id INTEGER NOT NULL REFERENCES documents (id),
  content_id INTEGER NOT NULL REFERENCES contents (id),
  start INTEGER NOT NULL,
  end INTEGER NOT NULL,
  line INTEGER NOT NULL,
  text TEXT NOT NULL,
  kind TEXT NOT NULL,
  weight REAL NOT NULL,
  rule TEXT NOT NULL,
  PRIMARY KEY (definition_id, position)
) WITHOUT ROWID;

CREATE TABLE issues (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  type TEXT NOT NULL,
  explanation TEXT NOT NULL,
  action TEXT NOT NULL,
  related TEXT NOT NULL DEFAULT '[]',
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'fixed', 'ignored')),
  reason TEXT NOT NULL DEFAULT '',
  run_id INTEGER REFERENCES runs (id)
);
CREATE INDEX issues_term ON issues (term_id);

-- The best definition of each term: refined wins over provisional.
CREATE VIEW entries AS
SELECT t.*, d.id AS definition_id, COALESCE(d.text, '') AS definition, COALESCE(d.confidence, 0.0) AS confidence,
       d.stage AS stage, COALESCE(d.approved, 0) AS approved, COALESCE(d.origin, '') AS origin
FROM terms t
LEFT JOIN definitions d ON d.id = COALESCE(
  (SELECT id FROM definitions WHERE term_id = t.id AND stage = 'refined' AND current = 1),
  (SELECT id FROM definitions WHERE term_id = t.id AND stage = 'provisional' AND current = 1));
"""

_RUNS = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL DEFAULT '',
  scope TEXT NOT NULL CHECK (scope IN ('full', 'extract', 'generate', 'review', 'refine')),
  engine TEXT NOT NULL,
  triggered_by TEXT NOT NULL CHECK (triggered_by IN ('manual', 'auto', 'cli')),
  settings TEXT NOT NULL,
  owner TEXT NOT NULL,
  status TEXT NOT NULL
    CHECK (status IN ('pending', 'running', 'completed', 'cancelled', 'failed', 'interrupted')),
  outcome TEXT CHECK (outcome = 'completed'),
  cancel_requested INTEGER NOT NULL DEFAULT 0 CHECK (cancel_requested IN (0, 1)),
  step TEXT NOT NULL DEFAULT '',
  done INTEGER NOT NULL DEFAULT 0,
  total INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND total),
  warnings INTEGER NOT NULL DEFAULT 0,
  error TEXT NOT NULL DEFAULT '',
  counts TEXT NOT NULL DEFAULT '{}',
  created_at TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  seconds REAL,
  CHECK (status <> 'completed' OR outcome IS NOT NULL),
  CHECK (status NOT IN ('cancelled', 'failed', 'interrupted') OR outcome IS NULL)
);
CREATE INDEX runs_active ON runs (status) WHERE status IN ('pending', 'running');

CREATE TRIGGER runs_begin_pending BEFORE INSERT ON runs WHEN NEW.status <> 'pending' OR NEW.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a run begins as pending'); END;

CREATE TRIGGER runs_final BEFORE UPDATE OF id, uuid, scope, engine, triggered_by, settings, owner, status, outcome,
  step, done, total, warnings, error, counts, created_at, started_at, finished_at, seconds ON runs
WHEN OLD.status NOT IN ('pending', 'running')
BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

CREATE TRIGGER runs_transition BEFORE UPDATE OF status ON runs
WHEN NEW.status <> OLD.status AND (
  NEW.status = 'pending' OR (OLD.status = 'pending' AND NEW.status = 'completed')
)
BEGIN SELECT RAISE(ABORT, 'no such transition of a run'); END;

CREATE TRIGGER runs_outcome BEFORE UPDATE OF outcome ON runs
WHEN NEW.outcome IS NOT OLD.outcome AND (OLD.status <> 'running' OR OLD.outcome IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'only a running run publishes, once'); END;

-- Staged results of a run, one row for each finished unit; the glossary is not touched until it publishes.
CREATE TABLE drafts (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('term', 'provisional', 'refined', 'issue')),
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (run_id, kind, key)
) WITHOUT ROWID;

CREATE TABLE log_records (
  run_id INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  level INTEGER NOT NULL,
  step TEXT NOT NULL,
  message TEXT NOT NULL,
  term TEXT NOT NULL,
  document TEXT NOT NULL,
  PRIMARY KEY (run_id, seq)
) WITHOUT ROWID;
CREATE INDEX log_records_level ON log_records (run_id, level, seq);
"""

_CONTINUED_RUNS = """
-- A run may go on where another stopped: it then works on that run's draft (NULL: on its own).
ALTER TABLE runs ADD COLUMN draft INTEGER REFERENCES runs (id);
ALTER TABLE runs ADD COLUMN basis INTEGER REFERENCES runs (id);
ALTER TABLE runs ADD COLUMN mode TEXT NOT NULL DEFAULT 'work' CHECK (mode IN ('work', 'resume', 'keep', 'restore'));
ALTER TABLE runs ADD COLUMN error_kind TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN note TEXT NOT NULL DEFAULT '';
ALTER TABLE runs ADD COLUMN archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1));
-- A deleted run keeps its row, because definitions tell where they come from; its log and results go.
ALTER TABLE runs ADD COLUMN deleted_at TEXT;

CREATE TRIGGER runs_final_continued BEFORE UPDATE OF draft, basis, mode, error_kind ON runs
WHEN OLD.status NOT IN ('pending', 'running')
BEGIN SELECT RAISE(ABORT, 'a finished run never changes'); END;

CREATE TRIGGER runs_tidy_ended BEFORE UPDATE OF archived, deleted_at ON runs
WHEN OLD.status IN ('pending', 'running') AND (NEW.archived = 1 OR NEW.deleted_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an active run is neither archived nor deleted'); END;

-- A term that goes takes its definitions along.
CREATE INDEX definitions_term ON definitions (term_id);

-- Without a mark for each finished step a draft cannot be trusted: those of version 1 are of no use.
DROP TABLE drafts;
CREATE TABLE drafts (
  draft INTEGER NOT NULL REFERENCES runs (id),
  kind TEXT NOT NULL CHECK (kind IN ('step', 'term', 'provisional', 'refined', 'issue')),
  key TEXT NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (draft, kind, key)
) WITHOUT ROWID;

-- The entries as a completed run left them, compressed; kept for the newest runs, to compare and restore them.
CREATE TABLE results (
  run_id INTEGER NOT NULL REFERENCES runs (id),
  part INTEGER NOT NULL,
  payload BLOB NOT NULL,
  PRIMARY KEY (run_id, part)
);

-- How long each step of a run took, to estimate the next one.
CREATE TABLE run_steps (
  run_id INTEGER NOT NULL REFERENCES runs (id),
  step TEXT NOT NULL,
  units INTEGER NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (run_id, step)
) WITHOUT ROWID;
"""

_ENTRY_EDITS = """
-- What a run made of an entry that a person has locked: it waits until a person accepts or dismisses it.
ALTER TABLE definitions ADD COLUMN offered INTEGER NOT NULL DEFAULT 0 CHECK (offered IN (0, 1));
-- The definition that a person edited or restored; there is no reference, it may be gone.
ALTER TABLE definitions ADD COLUMN base INTEGER;
CREATE INDEX definitions_offered ON definitions (term_id) WHERE offered = 1;
CREATE INDEX definitions_approved ON definitions (term_id) WHERE approved = 1;

ALTER TABLE issues ADD COLUMN decided_at TEXT NOT NULL DEFAULT '';
CREATE INDEX issues_state ON issues (state, term_id);

-- Related terms that a person has named; those that a definition mentions are found when they are shown.
CREATE TABLE relations (
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  other_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  PRIMARY KEY (term_id, other_id)
) WITHOUT ROWID;
CREATE INDEX relations_other ON relations (other_id);

-- What a person was typing: not saved yet, and not lost either.
CREATE TABLE unsaved (
  term_id INTEGER PRIMARY KEY REFERENCES terms (id) ON DELETE CASCADE,
  text TEXT NOT NULL,
  saved_at TEXT NOT NULL
);
"""

_ANSWERS = """
-- What language models answered, by a hash of model, parameters and question: the same question is not paid twice.
CREATE TABLE answers (
  key TEXT PRIMARY KEY,
  model TEXT NOT NULL,
  text TEXT NOT NULL,
  tokens INTEGER NOT NULL,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- What an active run is waiting for, in words; empty when it is at work.
ALTER TABLE runs ADD COLUMN waits_for TEXT NOT NULL DEFAULT '';
"""

_DECISIONS = """
-- What a person decided about a term beside its status; no run changes it.
ALTER TABLE terms ADD COLUMN listed TEXT NOT NULL DEFAULT '' CHECK (listed IN ('', 'required', 'excluded'));
ALTER TABLE terms ADD COLUMN named INTEGER NOT NULL DEFAULT 0 CHECK (named IN (0, 1));
ALTER TABLE terms ADD COLUMN categorised INTEGER NOT NULL DEFAULT 0 CHECK (categorised IN (0, 1));
-- The term that this one is a synonym of.
ALTER TABLE terms ADD COLUMN merged_into INTEGER REFERENCES terms (id) ON DELETE SET NULL;
CREATE INDEX terms_merged ON terms (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX terms_listed ON terms (listed) WHERE listed <> '';

-- A spelling that a person took out of a term: it is a term by itself.
CREATE TABLE splits (
  term_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  surface TEXT NOT NULL,
  other_id INTEGER NOT NULL REFERENCES terms (id) ON DELETE CASCADE,
  PRIMARY KEY (term_id, surface)
) WITHOUT ROWID;
CREATE INDEX splits_other ON splits (other_id);
"""

_DOCUMENT_CHOICES = """
-- What a person decided about a document; no scan changes it.
ALTER TABLE documents ADD COLUMN wanted INTEGER NOT NULL DEFAULT 1 CHECK (wanted IN (0, 1));
ALTER TABLE documents ADD COLUMN chosen_encoding TEXT NOT NULL DEFAULT '';
-- A folder that was taken off the project; its documents may still be evidence.
ALTER TABLE sources ADD COLUMN removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1));
"""

_LANGUAGES = """
-- In neither Japanese nor English; texts that were read before do not say.
ALTER TABLE contents ADD COLUMN is_other INTEGER NOT NULL DEFAULT 0 CHECK (is_other IN (0, 1));
"""

_USE_OF_ANSWERS = """
-- When a run got the answer last, and which one; empty and 0: not since this is written down.
ALTER TABLE answers ADD COLUMN used_at TEXT NOT NULL DEFAULT '';
ALTER TABLE answers ADD COLUMN used_by INTEGER NOT NULL DEFAULT 0;
"""

_SAYINGS = """
-- In how many documents a term is by itself, where others are merged into it; NULL: that is its document_frequency.
ALTER TABLE terms ADD COLUMN own_documents INTEGER;
-- What an issue says, as texts of the program and the values in them; empty: only in the words of the run.
ALTER TABLE issues ADD COLUMN said TEXT NOT NULL DEFAULT '';
"""

_DOCUMENT_LANGUAGES = """
-- As document_language has it; empty: no scan has looked yet, or there are no letters.
ALTER TABLE documents ADD COLUMN language TEXT NOT NULL DEFAULT '';
"""

_FIRST = _PROJECT + _DOCUMENTS + _GLOSSARY + _RUNS
STEPS: tuple[str, ...] = (
    _FIRST,
    _CONTINUED_RUNS,
    _ENTRY_EDITS,
    _ANSWERS,
    _DECISIONS,
    _DOCUMENT_CHOICES,
    _LANGUAGES,
    _USE_OF_ANSWERS,
    _SAYINGS,
    _DOCUMENT_LANGUAGES,
)


def initialise(connection: sqlite3.Connection) -> None:
    """Give an empty database our schema, in one transaction."""
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.executescript(
        "BEGIN IMMEDIATE;\n" + "\n".join(STEPS) + f"\nPRAGMA user_version = {len(STEPS)};\nCOMMIT;"
    )


def migrate(connection: sqlite3.Connection) -> None:
    """Carry out the steps that an older file lacks, in one transaction; two programs may try at once."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        for step in STEPS[_version(connection) :]:
            for statement in _statements(step):
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(STEPS)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether the file (see ``check``) was made by an older version of this program."""
    return _version(connection) < len(STEPS)


def _version(connection: sqlite3.Connection) -> int:
    return connection.execute("PRAGMA user_version").fetchone()[0]


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def check(connection: sqlite3.Connection, name: str) -> None:
    """Make sure that this is a project of ours that this program understands.  Raises ``ProjectError``.

    The file may be hostile: besides the two numbers, every table, view, index and trigger must be exactly ours.
    """
    application_id, version = (
        connection.execute(f"PRAGMA {pragma}").fetchone()[0] for pragma in ("application_id", "user_version")
    )
    if application_id != APPLICATION_ID:
        raise _not_ours(name)
    if version > len(STEPS):
        raise ProjectError(
            _("“{name}” was made by a newer version of GenGlossary.").format(name=name),
            hint=_("Update GenGlossary to open it. The file was left untouched."),
        )
    if _objects(connection) != _expected_objects(version):
        raise _not_ours(name)


def _not_ours(name: str) -> ProjectError:
    return ProjectError(
        _("“{name}” is not a GenGlossary project, or it is damaged.").format(name=name),
        hint=_("The file was left untouched. Choose a file that ends in .genglossary."),
    )


def _objects(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute(
        "SELECT type, name, COALESCE(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite~_%' ESCAPE '~'"
    )
    return frozenset((kind, name, sql) for kind, name, sql in rows)


def _expected_objects(version: int) -> frozenset[tuple[str, str, str]]:
    if version not in _expected:
        model = sqlite3.connect(":memory:")
        try:
            for step in STEPS[:version]:
                model.executescript(step)
            _expected[version] = _objects(model)
        finally:
            model.close()
    return _expected[version]


_expected: dict[int, frozenset[tuple[str, str, str]]] = {}
