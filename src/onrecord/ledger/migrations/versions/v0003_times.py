"""The days that dates in the text stand for: what was said to have happened when.

Frozen text: it imports nothing of ours and is never edited.
"""

from alembic import op

revision = "0003"
down_revision = "0002"

SQLITE = (
    """CREATE TABLE times (
    seq INTEGER NOT NULL,
    entry INTEGER NOT NULL,
    document INTEGER NOT NULL,
    statement INTEGER,
    "begin" TEXT NOT NULL,
    stop TEXT NOT NULL,
    days INTEGER NOT NULL,
    PRIMARY KEY (seq),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq),
    FOREIGN KEY(statement) REFERENCES entries (seq)
)""",
    """INSERT INTO times (entry, document, statement, "begin", stop, days)
SELECT e.seq, e.document, NULL, json_extract(e.value, '$.begin'), json_extract(e.value, '$.end'),
    CAST(julianday(json_extract(e.value, '$.end')) - julianday(json_extract(e.value, '$.begin')) AS INTEGER) + 1
FROM entries e JOIN documents d ON d.seq = e.document AND d.current
WHERE e.kind = 'timex' AND e.status <> 'superseded' AND json_valid(e.value)
    AND json_extract(e.value, '$.type') IN ('DATE', 'TIME')
    AND julianday(json_extract(e.value, '$.end')) >= julianday(json_extract(e.value, '$.begin'))
ORDER BY e.seq""",
    """INSERT INTO times (entry, document, statement, "begin", stop, days)
SELECT DISTINCT t.entry, t.document, s.entry, t."begin", t.stop, t.days
FROM times t JOIN entries te ON te.seq = t.entry
    JOIN statements s ON s.document = t.document JOIN entries se ON se.seq = s.entry AND json_valid(se.value),
    json_each(se.value, '$.contents') c
WHERE json_extract(c.value, '$.start') <= json_extract(te.value, '$.span.start')
    AND json_extract(te.value, '$.span.end') <= json_extract(c.value, '$.end')
ORDER BY t.entry, s.entry""",
    "CREATE INDEX times_document ON times (document)",
    'CREATE INDEX times_begin ON times ("begin", stop, days, statement, document)',
    "CREATE INDEX times_statement ON times (statement)",
    "CREATE INDEX times_entry ON times (entry)",
)


def upgrade() -> None:
    for statement in SQLITE:
        op.execute(statement)
