"""Events and commitments with their days, and who fills their slots, for lists and the timeline.

Frozen text: it imports nothing of ours and is never edited.
"""

# ruff: noqa: S608  all parts of the statements stand in this file

from alembic import op

revision = "0006"
down_revision = "0005"

DAY = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"


def filled(slot: str, path: str) -> str:
    """The parties of a slot that holds one, or a list of them."""
    return f"""INSERT OR IGNORE INTO parties (actor, entry, slot, "key", document)
SELECT coalesce(n.actor, k."key"), k.seq, '{slot}', k."key", k.document
FROM (
    SELECT e.seq, e.document, coalesce(json_extract(named.value, '$.key'), w.entity) AS "key"
    FROM acts a JOIN entries e ON e.seq = a.entry
        JOIN (
            SELECT seq, json_extract(p.value, '$.entity') AS entity
            FROM entries JOIN {path} p WHERE json_valid(entries.value)
        ) w ON w.seq = e.seq AND w.entity IS NOT NULL
        LEFT JOIN entries named ON named.id = w.entity AND named.document = e.document AND named.kind = 'entity'
            AND named.status <> 'superseded'
) k LEFT JOIN entities n ON n.document = k.document AND n."key" = k."key"
ORDER BY k.seq"""


SQLITE = (
    """CREATE TABLE acts (
    entry INTEGER NOT NULL,
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    type TEXT NOT NULL,
    factuality TEXT,
    state TEXT,
    status TEXT NOT NULL,
    "begin" TEXT NOT NULL,
    stop TEXT NOT NULL,
    days INTEGER NOT NULL,
    said_begin TEXT NOT NULL,
    said_stop TEXT NOT NULL,
    published TEXT NOT NULL,
    publisher TEXT,
    statement INTEGER,
    score FLOAT NOT NULL,
    PRIMARY KEY (entry),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq),
    FOREIGN KEY(statement) REFERENCES entries (seq)
)""",
    """CREATE TABLE parties (
    actor TEXT NOT NULL,
    entry INTEGER NOT NULL,
    slot TEXT NOT NULL,
    "key" TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (actor, entry, slot, "key"),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq)
)
 WITHOUT ROWID""",
    """INSERT INTO acts (entry, document, kind, type, factuality, state, status, "begin", stop, days, said_begin,
    said_stop, published, publisher, statement, score)
SELECT e.seq, e.document, e.kind, coalesce(json_extract(e.value, '$.type'), json_extract(e.value, '$.class')),
    CASE e.kind WHEN 'event' THEN coalesce(json_extract(e.value, '$.factuality'), 'happened') END,
    CASE e.kind WHEN 'commitment' THEN coalesce(json_extract(e.value, '$.state'), 'open') END,
    e.status, '', '', 0, '', '', coalesce(d.published, ''), d.publisher, s.entry,
    coalesce((SELECT score FROM derivations WHERE entry = e.seq ORDER BY seq DESC LIMIT 1), -1.0)
FROM entries e JOIN documents d ON d.seq = e.document AND d.current
    LEFT JOIN entries v ON v.id = json_extract(e.value, '$.voice') AND v.document = e.document
    LEFT JOIN statements s ON s.entry = v.seq
WHERE e.kind IN ('event', 'commitment') AND e.status <> 'superseded' AND json_valid(e.value)
ORDER BY e.seq""",
    f"""UPDATE acts SET "begin" = t."begin", stop = t.stop, days = t.days
FROM (
    SELECT seq, "begin", stop, CAST(julianday(stop) - julianday("begin") AS INTEGER) + 1 AS days
    FROM (
        SELECT seq, coalesce(json_extract(value, '$.time.begin'), json_extract(value, '$.due.begin')) AS "begin",
            coalesce(json_extract(value, '$.time.end'), json_extract(value, '$.due.end')) AS stop
        FROM entries WHERE kind IN ('event', 'commitment') AND json_valid(value)
    )
) t
WHERE t.seq = acts.entry AND t.days > 0 AND t."begin" GLOB '{DAY}' AND t.stop GLOB '{DAY}'""",
    f"""UPDATE acts SET said_begin = t."begin", said_stop = t.stop
FROM (
    SELECT seq, json_extract(value, '$.said[0]') AS "begin", json_extract(value, '$.said[1]') AS stop
    FROM entries WHERE kind = 'statement' AND json_valid(value)
) t
WHERE t.seq = acts.statement AND julianday(t.stop) >= julianday(t."begin")
    AND t."begin" GLOB '{DAY}' AND t.stop GLOB '{DAY}'""",
    f"""UPDATE acts SET said_begin = substr(published, 1, 10), said_stop = substr(published, 1, 10)
WHERE substr(published, 1, 10) GLOB '{DAY}' AND julianday(substr(published, 1, 10)) IS NOT NULL
    AND (SELECT json_extract(value, '$.voice') FROM entries WHERE seq = acts.entry) IS NULL""",
    filled("actor", "json_each(entries.value, '$.actors')"),
    filled("recipient", "json_each(entries.value, '$.recipients')"),
    filled("by", "json_each('[' || json_extract(entries.value, '$.by') || ']')"),
    filled("to", "json_each('[' || json_extract(entries.value, '$.to') || ']')"),
    "CREATE INDEX acts_document ON acts (document)",
    'CREATE INDEX acts_begin ON acts ("begin", stop, days)',
    "CREATE INDEX acts_stop ON acts (stop)",
    "CREATE INDEX acts_said ON acts (said_begin, said_stop)",
    "CREATE INDEX acts_published ON acts (published)",
    "CREATE INDEX acts_statement ON acts (statement)",
    "CREATE INDEX acts_score ON acts (score)",
    'CREATE INDEX parties_document ON parties (document, "key")',
)


def upgrade() -> None:
    for statement in SQLITE:
        # Not by Alembic's text(), in which a colon begins a parameter.
        op.get_bind().exec_driver_sql(statement)
