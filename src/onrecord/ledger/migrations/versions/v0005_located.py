"""Where events took place and which places articles name, for the map.

Frozen text: it imports nothing of ours and is never edited.
"""

from alembic import op

revision = "0005"
down_revision = "0004"

SQLITE = (
    """CREATE TABLE located (
    place TEXT NOT NULL,
    entry INTEGER NOT NULL,
    document INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    country TEXT,
    precision TEXT NOT NULL,
    lat FLOAT,
    lon FLOAT,
    type TEXT,
    factuality TEXT,
    "begin" TEXT,
    stop TEXT,
    days INTEGER,
    published TEXT NOT NULL,
    publisher TEXT,
    PRIMARY KEY (place, entry),
    FOREIGN KEY(entry) REFERENCES entries (seq),
    FOREIGN KEY(document) REFERENCES documents (seq)
)
 WITHOUT ROWID""",
    """INSERT INTO located (place, entry, document, kind, name, country, precision, lat, lon, published, publisher)
SELECT json_extract(e.value, '$.gazetteer_id'), e.seq, e.document, 'place', json_extract(e.value, '$.name'),
    json_extract(e.value, '$.country'), coalesce(json_extract(e.value, '$.precision'), 'unknown'),
    json_extract(e.value, '$.lat'), json_extract(e.value, '$.lon'), coalesce(d.published, ''), d.publisher
FROM entries e JOIN documents d ON d.seq = e.document AND d.current
WHERE e.kind = 'place' AND e.status <> 'superseded' AND json_valid(e.value)
    AND json_extract(e.value, '$.gazetteer_id') IS NOT NULL
    AND coalesce(json_extract(e.value, '$.sense'), 'location') = 'location'
ORDER BY e.seq""",
    """INSERT OR IGNORE INTO located (place, entry, document, kind, name, country, precision, lat, lon, type,
    factuality, published, publisher)
SELECT l.place, e.seq, e.document, 'event', l.name, l.country, l.precision, l.lat, l.lon,
    json_extract(e.value, '$.type'), coalesce(json_extract(e.value, '$.factuality'), 'happened'),
    l.published, l.publisher
FROM entries e JOIN documents d ON d.seq = e.document AND d.current
    JOIN json_each(e.value, '$.places') w
    JOIN entries p ON p.document = e.document AND p.kind = 'place'
        AND p.position = json_extract(w.value, '$.span.start')
        AND json_extract(p.value, '$.span.end') = json_extract(w.value, '$.span.end')
    JOIN located l ON l.entry = p.seq AND l.place = json_extract(w.value, '$.gazetteer_id')
WHERE e.kind = 'event' AND e.status <> 'superseded' AND json_valid(e.value)
ORDER BY e.seq""",
    """UPDATE located SET "begin" = t."begin", stop = t.stop, days = t.days
FROM (
    SELECT seq, json_extract(value, '$.time.begin') AS "begin", json_extract(value, '$.time.end') AS stop,
        CAST(julianday(json_extract(value, '$.time.end')) - julianday(json_extract(value, '$.time.begin')) AS INTEGER)
            + 1 AS days
    FROM entries WHERE kind = 'event' AND json_valid(value)
) t
WHERE t.seq = located.entry AND t.days > 0
    AND t."begin" GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
    AND t.stop GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'""",
    "CREATE INDEX located_document ON located (document)",
    "CREATE INDEX located_entry ON located (entry)",
    "CREATE INDEX located_facets ON located (type, factuality, publisher, precision)",
    "CREATE INDEX located_listed ON located (kind, published DESC, entry)",
)


def upgrade() -> None:
    for statement in SQLITE:
        op.execute(statement)
