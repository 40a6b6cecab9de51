"""What people decided, kept for good; and actors: entities of different documents that are one.

An older ledger begins with an actor for each key, as it was shown before, and with all its documents waiting to be
linked. Frozen text: it imports nothing of ours and is never edited.
"""

from alembic import op

revision = "0004"
down_revision = "0003"

SQLITE = (
    """CREATE TABLE judgements (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    subject TEXT NOT NULL,
    verdict TEXT NOT NULL,
    reason TEXT,
    who TEXT NOT NULL,
    decided TEXT NOT NULL,
    seal INTEGER NOT NULL,
    correction TEXT,
    PRIMARY KEY (seq),
    UNIQUE (id)
)""",
    "CREATE INDEX judgements_subject ON judgements (subject)",
    "ALTER TABLE entities ADD COLUMN actor TEXT NOT NULL DEFAULT ''",
    'UPDATE entities SET actor = "key"',
    "DROP INDEX entities_document",
    "DROP INDEX entities_key",
    'CREATE INDEX entities_document ON entities (document, "key", actor)',
    'CREATE INDEX entities_key ON entities ("key", actor, document)',
    "CREATE INDEX entities_actor ON entities (actor, type, name, document, mentions)",
    "CREATE INDEX entities_name ON entities (name, actor)",
    "ALTER TABLE statements ADD COLUMN entity TEXT",
    """UPDATE statements SET entity = speaker WHERE speaker IS NOT NULL AND EXISTS (
    SELECT 1 FROM entries e WHERE e.seq = statements.entry AND json_valid(e.value)
        AND json_extract(e.value, '$.speaker.entity') IS NOT NULL
)""",
    """CREATE TABLE about_actors (
    actor TEXT NOT NULL,
    statement INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    PRIMARY KEY (actor, statement, "key"),
    FOREIGN KEY(statement) REFERENCES entries (seq)
)
 WITHOUT ROWID""",
    'INSERT INTO about_actors (actor, statement, "key") SELECT "key", statement, "key" FROM about ORDER BY "key"',
    "DROP TABLE about",
    "ALTER TABLE about_actors RENAME TO about",
    "CREATE INDEX about_statement ON about (statement)",
    """CREATE TABLE sketches (
    document INTEGER NOT NULL,
    version TEXT NOT NULL,
    size INTEGER NOT NULL,
    seal INTEGER NOT NULL,
    sketches BLOB NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents (seq)
)""",
    "CREATE INDEX sketches_version ON sketches (version)",
    """CREATE TABLE buckets (
    name TEXT NOT NULL,
    "key" TEXT NOT NULL,
    document TEXT NOT NULL,
    PRIMARY KEY (name, "key", document)
)
 WITHOUT ROWID""",
    """CREATE TABLE actors (
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    named TEXT,
    seal INTEGER NOT NULL,
    judgements TEXT NOT NULL,
    evidence TEXT NOT NULL,
    apart TEXT NOT NULL,
    PRIMARY KEY (id)
)""",
    "CREATE INDEX actors_name ON actors (name)",
    """CREATE TABLE unlinked (
    document INTEGER NOT NULL,
    PRIMARY KEY (document),
    FOREIGN KEY(document) REFERENCES documents (seq)
)""",
    "INSERT INTO unlinked (document) SELECT seq FROM documents WHERE current ORDER BY seq",
    """CREATE TABLE stale (
    bucket TEXT NOT NULL,
    PRIMARY KEY (bucket)
)""",
)


def upgrade() -> None:
    for statement in SQLITE:
        op.execute(statement)
