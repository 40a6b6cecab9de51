"""The first shape of a ledger.

Frozen text: it imports nothing of ours and is never edited. What changes later is a migration of its own.
"""

from alembic import op

revision = "0001"
down_revision = None

SQLITE = (
    # 0x6F6E7263 is "onrc": what `file` and other programs know this file by.
    "PRAGMA application_id = 1869509219",
    """CREATE TABLE onrecord (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
)""",
    """CREATE TABLE runs (
    seq INTEGER NOT NULL,
    version TEXT NOT NULL,
    steps TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    seal INTEGER NOT NULL,
    PRIMARY KEY (seq)
)""",
    """CREATE TABLE sources (
    seq INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    media_type TEXT NOT NULL,
    name TEXT NOT NULL,
    encoding TEXT NOT NULL,
    url TEXT,
    retrieved TEXT,
    size INTEGER NOT NULL,
    seal INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (sha256)
)""",
    "CREATE INDEX sources_name ON sources (name)",
    """CREATE TABLE documents (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    source INTEGER NOT NULL,
    reader TEXT NOT NULL,
    added INTEGER NOT NULL,
    run INTEGER NOT NULL,
    current BOOLEAN NOT NULL,
    external_id TEXT,
    published TEXT,
    publisher TEXT,
    language TEXT,
    characters INTEGER NOT NULL,
    title TEXT,
    authors TEXT NOT NULL,
    notes TEXT NOT NULL,
    seal INTEGER NOT NULL,
    text TEXT NOT NULL,
    blocks TEXT NOT NULL,
    edits TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id),
    FOREIGN KEY(source) REFERENCES sources (seq),
    FOREIGN KEY(added) REFERENCES runs (seq),
    FOREIGN KEY(run) REFERENCES runs (seq)
)""",
    "CREATE INDEX documents_external ON documents (external_id)",
    "CREATE INDEX documents_published ON documents (current, published)",
    "CREATE INDEX documents_publisher ON documents (current, publisher, published)",
    "CREATE INDEX documents_source ON documents (source)",
    """CREATE TABLE failures (
    seq INTEGER NOT NULL,
    run INTEGER NOT NULL,
    name TEXT NOT NULL,
    error TEXT NOT NULL,
    cause TEXT NOT NULL,
    step TEXT NOT NULL,
    happened TEXT NOT NULL,
    seal INTEGER NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(run) REFERENCES runs (seq)
)""",
    "CREATE INDEX failures_name ON failures (name)",
    """CREATE TABLE entries (
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    position INTEGER NOT NULL,
    run INTEGER NOT NULL,
    seal INTEGER NOT NULL,
    value TEXT NOT NULL,
    selectors TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id),
    FOREIGN KEY(document) REFERENCES documents (seq),
    FOREIGN KEY(run) REFERENCES runs (seq)
)""",
    "CREATE INDEX entries_document ON entries (document, kind, position)",
    "CREATE INDEX entries_kind ON entries (kind)",
    "CREATE INDEX entries_status ON entries (kind, status)",
    """CREATE TABLE passages (
    seq INTEGER NOT NULL,
    document INTEGER NOT NULL,
    block INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(document) REFERENCES documents (seq)
)""",
    "CREATE INDEX passages_document ON passages (document, start)",
    """CREATE TABLE rejections (
    seq INTEGER NOT NULL,
    run INTEGER NOT NULL,
    document INTEGER NOT NULL,
    extractor TEXT NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    reason TEXT NOT NULL,
    seal INTEGER NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (document, extractor, start, stop, reason),
    FOREIGN KEY(run) REFERENCES runs (seq),
    FOREIGN KEY(document) REFERENCES documents (seq)
)""",
    """CREATE TABLE about (
    "key" TEXT NOT NULL,
    statement INTEGER NOT NULL,
    PRIMARY KEY ("key", statement),
    FOREIGN KEY(statement) REFERENCES entries (seq)
)
 WITHOUT ROWID""",
    "CREATE INDEX about_statement ON about (statement)",
    """CREATE TABLE derivations (
    seq INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    run INTEGER NOT NULL,
    extractor TEXT NOT NULL,
    version TEXT NOT NULL,
    rule TEXT NOT NULL,
    model_sha256 TEXT,
    score FLOAT,
    seal INTEGER NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(run) REFERENCES runs (seq)
)""",
    "CREATE INDEX derivations_entry ON derivations (entry)",
    """CREATE TABLE entities (
    entry INTEGER NOT NULL,
    document INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (entry),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq)
)""",
    "CREATE INDEX entities_document ON entities (document)",
    'CREATE INDEX entities_key ON entities ("key", type, name, document, mentions)',
    """CREATE TABLE statements (
    entry INTEGER NOT NULL,
    document INTEGER NOT NULL,
    position INTEGER NOT NULL,
    parent INTEGER,
    status TEXT NOT NULL,
    style TEXT NOT NULL,
    published TEXT NOT NULL,
    publisher TEXT,
    said TEXT,
    speaker TEXT,
    speaker_name TEXT,
    source TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (entry),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq),
    FOREIGN KEY(parent) REFERENCES entries (seq)
)""",
    "CREATE INDEX statements_document ON statements (document, position)",
    "CREATE INDEX statements_parent ON statements (parent)",
    "CREATE INDEX statements_published ON statements (published, status)",
    "CREATE INDEX statements_publisher ON statements (publisher, status, published)",
    "CREATE INDEX statements_speaker ON statements (speaker, status, published, speaker_name)",
    "CREATE INDEX statements_style ON statements (style, status, published)",
    """CREATE VIRTUAL TABLE passages_words USING fts5(
    text, content='passages', content_rowid='seq', tokenize="unicode61 remove_diacritics 2"
)""",
    """CREATE VIRTUAL TABLE statements_words USING fts5(
    content, source, speaker_name, content='statements', content_rowid='entry',
    tokenize="unicode61 remove_diacritics 2"
)""",
    "INSERT INTO onrecord (name, value) VALUES ('format', 'onrecord ledger')",
)


def upgrade() -> None:
    for statement in SQLITE:
        op.execute(statement)
