"""The tables of a ledger, and why they are as they are.

Kept tables, in which nothing is ever deleted:

- `sources`: the bytes that came in, compressed, once for each SHA-256.
- `documents`: an article as one reader made it. A newer reader makes a new row; the old one stays with `current` 0.
  `added` is the run that brought it, `run` the last run that extracted from it.
- `runs`: one pass of the pipeline, with the version of all its steps.
- `entries`: what was found. Only `status` ever changes: `proposed`, then `accepted`, `corrected` or `rejected` by a
  person, or `superseded` by a later run that no longer finds it.
- `derivations`: which extractor, version and rule vouches for an entry. Those of later runs are added.
- `failures`: inputs that could not be read. `rejections`: what an extractor dropped, with its reason.
- `judgements`: what people decided, in the order in which they did. `correction` is JSON.

Each row of these carries `seal`, a hash of its other cells (see `cells.seal`), so that `verify` finds a changed
character even where no id covers it. What changes by design (`status`, `current`, `run`) is left out of the seal.

Search tables, made from the kept ones in the same transaction, for current documents only; `reindex` makes them anew.
Sort keys are never NULL: `published` is '' where an article has no date.

- `passages`: one row a block, with a full-text index over it.
- `statements`: one row a statement that is not superseded, with the columns that lists filter, sort and count by
  copied in, and a full-text index over content, source and speaker. `entity` is the key of the speaker as its article
  has it, `speaker` the actor that this is, or the name where there is none; `score` that of the last derivation, or -1.
- `entities`: one row an entity of a document, with the `actor` that it is. `about`: which entities the content of a
  statement mentions, and which actors these are.
- `located`: one row for each place of an event, and for each place that an article names as one (`sense`: `location`),
  by the id in the gazetteer. `type`, `factuality` and the days are those of an event.
- `acts`: one row an event or commitment, with its three times: `begin` and `stop`, first and last day of the event or
  of what falls due (`days` in number), those of the saying, and `published`. `type`: also the class of a commitment;
  `score` as in `statements`.
- `parties`: who fills which slot (`actor`, `recipient`, `by`, `to`) of an act, as `about` has it.
- `times`: the days of each date and time of day in the text, once with no `statement`, and once more for each
  statement whose content holds the words. `begin` and `stop` are its first and last day, `days` how many they are.

Tables of links, made from the kept ones too, but not in the same transaction: linking comes after (see `linking`).

- `unlinked`: documents whose entities wait to be linked; until then each is an actor by itself, under its own key.
- `sketches`: what a document tells of its entities, compressed JSON, for the linker. `buckets`: which of them can meet.
- `stale`: buckets that are to be linked anew.
- `actors`: one row an actor of which there is more to tell than its one key: its name, the evidence for holding its
  members one (`evidence`) and others apart (`apart`), the judgements that shaped it; all JSON.

`seq` is a row's number inside this file; `id` is a hash that means the same in every ledger. Rows point at each other
by `seq`, which keeps a row short; nothing outside the ledger ever sees one. Spans are `start` and `stop` in Unicode
code points of `documents.text`, half-open. Long cells stand last, so that a list of rows need not read past them.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)

METADATA = MetaData()

marker = Table(
    "onrecord",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)

sources = Table(
    "sources",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("sha256", Text, nullable=False, unique=True),
    Column("media_type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("encoding", Text, nullable=False),
    Column("url", Text),
    Column("retrieved", Text),
    Column("size", Integer, nullable=False),
    Column("seal", Integer, nullable=False),
    Column("bytes", LargeBinary, nullable=False),
    Index("sources_name", "name"),
)

runs = Table(
    "runs",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("version", Text, nullable=False),
    Column("steps", Text, nullable=False),
    Column("started", Text, nullable=False),
    Column("finished", Text),
    Column("seal", Integer, nullable=False),
)

documents = Table(
    "documents",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("source", Integer, ForeignKey("sources.seq"), nullable=False),
    Column("reader", Text, nullable=False),
    Column("added", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("current", Boolean(create_constraint=False), nullable=False),
    Column("external_id", Text),
    Column("published", Text),
    Column("publisher", Text),
    Column("language", Text),
    Column("characters", Integer, nullable=False),
    Column("title", Text),
    Column("authors", Text, nullable=False),
    Column("notes", Text, nullable=False),
    Column("seal", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("blocks", Text, nullable=False),
    Column("edits", Text, nullable=False),
    Index("documents_source", "source"),
    Index("documents_external", "external_id"),
    Index("documents_published", "current", "published"),
    Index("documents_publisher", "current", "publisher", "published"),
)

entries = Table(
    "entries",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("status", Text, nullable=False),
    Column("position", Integer, nullable=False),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("seal", Integer, nullable=False),
    Column("value", Text, nullable=False),
    Column("selectors", Text, nullable=False),
    Index("entries_document", "document", "kind", "position"),
    Index("entries_kind", "kind"),
    Index("entries_status", "kind", "status"),
)

derivations = Table(
    "derivations",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, ForeignKey("entries.seq"), nullable=False),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("version", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("model_sha256", Text),
    Column("score", Float),
    Column("seal", Integer, nullable=False),
    Index("derivations_entry", "entry"),
)

failures = Table(
    "failures",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("name", Text, nullable=False),
    Column("error", Text, nullable=False),
    Column("cause", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("happened", Text, nullable=False),
    Column("seal", Integer, nullable=False),
    Index("failures_name", "name"),
)

rejections = Table(
    "rejections",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("run", Integer, ForeignKey("runs.seq"), nullable=False),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("extractor", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("seal", Integer, nullable=False),
    UniqueConstraint("document", "extractor", "start", "stop", "reason"),
)

judgements = Table(
    "judgements",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("subject", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("reason", Text),
    Column("who", Text, nullable=False),
    Column("decided", Text, nullable=False),
    Column("seal", Integer, nullable=False),
    Column("correction", Text),
    Index("judgements_subject", "subject"),
)

passages = Table(
    "passages",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("block", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("stop", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Index("passages_document", "document", "start"),
)

statements = Table(
    "statements",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("parent", Integer, ForeignKey("entries.seq")),
    Column("status", Text, nullable=False),
    Column("style", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("publisher", Text),
    Column("said", Text),
    Column("speaker", Text),
    Column("speaker_name", Text),
    Column("source", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("score", Float, nullable=False),
    Column("entity", Text),
    Index("statements_document", "document", "position"),
    Index("statements_parent", "parent"),
    Index("statements_speaker", "speaker", "status", "published", "speaker_name"),
    Index("statements_publisher", "publisher", "status", "published"),
    Index("statements_style", "style", "status", "published"),
    Index("statements_published", "published", "status"),
    Index("statements_score", "score"),
)

entities = Table(
    "entities",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("key", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("mentions", Integer, nullable=False),
    Column("actor", Text, nullable=False),
    Index("entities_actor", "actor", "type", "name", "document", "mentions"),
    Index("entities_name", "name", "actor"),
    Index("entities_key", "key", "actor", "document"),
    Index("entities_document", "document", "key", "actor"),
)

about = Table(
    "about",
    METADATA,
    Column("actor", Text, primary_key=True),
    Column("statement", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("key", Text, primary_key=True),
    Index("about_statement", "statement"),
    sqlite_with_rowid=False,
)

times = Table(
    "times",
    METADATA,
    Column("seq", Integer, primary_key=True),
    Column("entry", Integer, ForeignKey("entries.seq"), nullable=False),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("statement", Integer, ForeignKey("entries.seq")),
    Column("begin", Text, nullable=False),
    Column("stop", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Index("times_document", "document"),
    Index("times_begin", "begin", "stop", "days", "statement", "document"),
    Index("times_statement", "statement"),
    Index("times_entry", "entry"),
)

located = Table(
    "located",
    METADATA,
    Column("place", Text, primary_key=True),
    Column("entry", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("country", Text),
    Column("precision", Text, nullable=False),
    Column("lat", Float),
    Column("lon", Float),
    Column("type", Text),
    Column("factuality", Text),
    Column("begin", Text),
    Column("stop", Text),
    Column("days", Integer),
    Column("published", Text, nullable=False),
    Column("publisher", Text),
    Index("located_document", "document"),
    Index("located_entry", "entry"),
    Index("located_facets", "type", "factuality", "publisher", "precision"),
    Index("located_listed", "kind", text("published DESC"), "entry"),
    sqlite_with_rowid=False,
)

acts = Table(
    "acts",
    METADATA,
    Column("entry", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("factuality", Text),
    Column("state", Text),
    Column("status", Text, nullable=False),
    Column("begin", Text, nullable=False),
    Column("stop", Text, nullable=False),
    Column("days", Integer, nullable=False),
    Column("said_begin", Text, nullable=False),
    Column("said_stop", Text, nullable=False),
    Column("published", Text, nullable=False),
    Column("publisher", Text),
    Column("statement", Integer, ForeignKey("entries.seq")),
    Column("score", Float, nullable=False),
    Index("acts_document", "document"),
    Index("acts_begin", "begin", "stop", "days"),
    Index("acts_stop", "stop"),
    Index("acts_said", "said_begin", "said_stop"),
    Index("acts_published", "published"),
    Index("acts_statement", "statement"),
    Index("acts_score", "score"),
)

parties = Table(
    "parties",
    METADATA,
    Column("actor", Text, primary_key=True),
    Column("entry", Integer, ForeignKey("entries.seq"), primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("document", Integer, ForeignKey("documents.seq"), nullable=False),
    Index("parties_document", "document", "key"),
    sqlite_with_rowid=False,
)

sketches = Table(
    "sketches",
    METADATA,
    Column("document", Integer, ForeignKey("documents.seq"), primary_key=True),
    Column("version", Text, nullable=False),
    Column("size", Integer, nullable=False),
    Column("seal", Integer, nullable=False),
    Column("sketches", LargeBinary, nullable=False),
    Index("sketches_version", "version"),
)

buckets = Table(
    "buckets",
    METADATA,
    Column("name", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("document", Text, primary_key=True),  # its id: an order that does not hang on that of adding
    sqlite_with_rowid=False,
)

actors = Table(
    "actors",
    METADATA,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("named", Text),
    Column("seal", Integer, nullable=False),
    Column("judgements", Text, nullable=False),
    Column("evidence", Text, nullable=False),
    Column("apart", Text, nullable=False),
    Index("actors_name", "name"),
)

unlinked = Table(
    "unlinked",
    METADATA,
    Column("document", Integer, ForeignKey("documents.seq"), primary_key=True),
)

stale = Table("stale", METADATA, Column("bucket", Text, primary_key=True))

KEPT = (sources, runs, documents, entries, derivations, failures, rejections, judgements)
DERIVED = (parties, acts, located, times, about, entities, statements, passages)  # as they can be emptied
LINKED = (stale, unlinked, buckets, sketches, actors)
