"""Articles of our own making and what stands in them, for tests of the ledger. No extractor runs here: the texts are
made together with their entries."""

import hashlib
import random
import re
import sqlite3
from contextlib import closing
from decimal import Decimal

from onrecord.errors import MalformedInput
from onrecord.ledger import Rejection
from onrecord.link.upkeep import bring_up_to_date
from onrecord.model import (
    Block,
    Commitment,
    Derivation,
    Document,
    Edit,
    Entity,
    Entry,
    Event,
    Figure,
    Location,
    Moment,
    Participant,
    Place,
    Role,
    Run,
    Source,
    Span,
    Speaker,
    Statement,
    Timex,
    document_id,
    entity_id,
    entry_id,
    select,
    spans_of,
)

STARTED, FINISHED = "2031-05-01T08:00:00Z", "2031-05-01T08:05:00Z"

FIRST = (
    "Ferry strike enters second week",
    "Port chief Ilse Brandt said on Monday that 14 ferries would stay in Ghent.",
    "According to the Evening Ledger, Tomas Okoro claimed that Ilse Brandt said “no talks are planned”.",
    "Brandt denied it. The crews’ pay rose 3% — “far too little”, Okoro said.",
)


def document(
    paragraphs,
    *,
    name="strike.txt",
    reader="hand/1",
    publisher="Harbour Post",
    published="2031-04-16",
    external_id=None,
    **given,
):
    """(bytes, document): paragraphs joined by one blank line; the bytes have emphasis, which an edit took off."""
    text, blocks, at = "\n\n".join(paragraphs), [], 0
    for number, paragraph in enumerate(paragraphs):
        span = Span(start=at, end=at + len(paragraph))
        kind = "title" if number == 0 else "paragraph"
        run = Run(start=at, end=span.end, source_start=at + 2, source_end=span.end + 2)
        blocks.append(Block(kind=kind, span=span, origin=(run,)))
        at = span.end + 2
    raw = f"**{text}".encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    source = Source(
        sha256=sha256, media_type="text/plain", name=name, url=f"https://post.example/{name}", retrieved=STARTED
    )
    return raw, Document(
        id=document_id(sha256, reader, text, external_id),
        source=source,
        reader=reader,
        text=text,
        blocks=tuple(blocks),
        edits=(Edit(kind="emphasis_removed", at=0, source_start=0, source_end=2, removed="**"),),
        title=paragraphs[0],
        authors=("Ada  Quill", "Bo Reed"),
        publisher=publisher,
        language="en",
        published=published,
        external_id=external_id,
        notes=("a note",),
        **given,
    )


def span(text, words, nth=0):
    """Where the words stand the `nth` time."""
    start = [found.start() for found in re.finditer(re.escape(words), text)][nth]
    return Span(start=start, end=start + len(words))


def entry(document, value, *, extractor="hand", version="1", rule="made", score=None):
    derivation = Derivation(extractor=extractor, version=version, rule=rule, model_sha256="0" * 64, score=score)
    selectors = tuple(select(document, each) for each in spans_of(value))
    return Entry(
        id=entry_id(document, value), document=document.id, selectors=selectors, value=value, derivations=(derivation,)
    )


BRANDT = entity_id("person", "Ilse Brandt")
OKORO = entity_id("person", "Tomas Okoro")


def found(document, *, version="1"):
    """The entries of an article whose paragraphs are `FIRST`."""
    text = document.text

    def at(words, nth=0):
        return span(text, words, nth)

    brandt = Entity(
        key=BRANDT,
        type="person",
        name="Ilse Brandt",
        aliases=("Brandt",),
        roles=(Role(title="Port chief", span=at("Port chief")),),
        mentions=(at("Ilse Brandt"), at("Ilse Brandt", 1), at("Brandt", 2)),
    )
    okoro = Entity(key=OKORO, type="person", name="Tomas Okoro", mentions=(at("Tomas Okoro"), at("Okoro", 1)))
    said = Statement(
        sources=(at("Port chief Ilse Brandt"),),
        cue=at("said"),
        contents=(at("14 ferries would stay in Ghent"),),
        speaker=Speaker(name="Ilse Brandt", entity=BRANDT),
        said=("2031-04-14", "2031-04-14"),
    )
    outer = Statement(
        sources=(at("the Evening Ledger"),),
        cue=at("According to"),
        contents=(at("Tomas Okoro claimed that Ilse Brandt said “no talks are planned”"),),
        speaker=Speaker(name="the Evening Ledger"),
    )
    middle = Statement(
        sources=(at("Tomas Okoro"),),
        cue=at("claimed"),
        contents=(at("Ilse Brandt said “no talks are planned”"),),
        speaker=Speaker(name="Tomas Okoro", entity=OKORO),
        parent=entry_id(document, outer),
        style="mixed",
    )
    inner = Statement(
        sources=(at("Ilse Brandt", 1),),
        cue=at("said", 1),
        contents=(at("no talks are planned"),),
        speaker=Speaker(name="Ilse Brandt", entity=BRANDT),
        parent=entry_id(document, middle),
        style="direct",
    )
    last = Statement(
        sources=(at("Okoro", 1),),
        cue=at("said", 2),
        contents=(at("The crews’ pay rose 3%"), at("far too little")),
        style="mixed",
    )
    ferries = Figure(span=at("14"), low=Decimal(14), high=Decimal(14), unit="ferry", measured=at("ferries"))
    monday = Timex(span=at("Monday"), type="DATE", value="2031-04-14", begin="2031-04-14", end="2031-04-14")
    values = (brandt, okoro, said, outer, middle, inner, last, ferries, monday)
    return [entry(document, value, version=version, score=0.5) for value in values]


def filled(ledger):
    """Add two articles, one of them read twice by different readers, a failure and a rejection. Gives the documents:
    the first, the second as it stands, the second as it was."""
    run = ledger.begin_run("1", ("hand/1",), started=STARTED)
    raw, first = document(FIRST, external_id="A-1")
    dropped = Rejection(extractor="hand", span=span(first.text, "far"), reason="quote mark never closed")
    ledger.add(raw, first, found(first), run=run, rejections=[dropped])
    ledger.fail(run, "torn.html", MalformedInput("torn.html", "no article in it", "save it whole"), when=FINISHED)
    second = ("Crews vote", "Nobody spoke at the harbour on Tuesday.")
    raw, old = document(second, name="vote.txt", publisher=None, published=None)
    ledger.add(raw, old, [entry(old, Timex(span=span(old.text, "Tuesday"), type="DATE"))], run=run)
    _, new = document(second, name="vote.txt", publisher=None, published=None, reader="hand/2")
    ledger.add(raw, new, [entry(new, Timex(span=span(new.text, "Tuesday"), type="DATE"))], run=run)
    ledger.finish_run(run, finished=FINISHED)
    bring_up_to_date(ledger)
    return first, new, old


QUAY = (
    "Shots at the quay",
    "Guards fired in Orvik on Monday and may march on Orvik. Orvik denied it to Norland’s Skag.",
)
ORVIK = {"name": "Orvik", "gazetteer_id": "geonames:11", "country": "NO", "lat": 60.5, "lon": 5.25, "precision": "town"}
NORLAND = {"name": "Norland", "gazetteer_id": "geonames:12", "country": "NO", "lat": 65.0, "lon": 13.0}
GUARDS = entity_id("group", "Guards")


def quay(ledger, **given):
    """Two events in one town, one of them only possible; a plan; the town's government; a region; an unknown place."""
    run = ledger.begin_run("1", (), started=STARTED)
    raw, made = document(QUAY, **given)

    def at(words, nth=0):
        return span(made.text, words, nth)

    guards = Participant(span=at("Guards"), name="Guards", entity=GUARDS)
    monday = Moment(span=at("Monday"), value="2031-04-14", begin="2031-04-14", end="2031-04-14")
    values = [
        Entity(key=GUARDS, type="group", name="Guards", mentions=(at("Guards"),)),
        Commitment(trigger=at("may"), class_="plan", by=guards, contents=(at("march on Orvik"),)),
        Place(span=at("Orvik"), **ORVIK),
        Place(span=at("Orvik", 1), **ORVIK),
        Place(span=at("Orvik", 2), **ORVIK, sense="government"),
        Place(span=at("Norland"), **NORLAND, precision="region"),
        Place(span=at("Skag"), name="Skag"),
        Event(
            trigger=at("fired"),
            type="ASSAULT",
            actors=(guards,),
            # Told twice, in one place.
            places=(Location(span=at("Orvik"), gazetteer_id="geonames:11"),) * 2,
            time=monday,
        ),
        Event(
            trigger=at("march"),
            type="PROTEST",
            places=(Location(span=at("Orvik", 1), gazetteer_id="geonames:11"),),
            factuality="possible",
        ),
        # At words that stand for a government, and at words that no place was found for: it is nowhere.
        Event(
            trigger=at("denied"),
            type="REJECT",
            places=(Location(span=at("Orvik", 2), gazetteer_id="geonames:11"), Location(span=at("Skag"))),
        ),
    ]
    entries = [entry(made, value) for value in values]
    ledger.add(raw, made, entries, run=run)
    return entries


TO_0005 = "DROP TABLE parties; DROP TABLE acts; UPDATE alembic_version SET version_num = '0005';"
TO_0004 = "DROP TABLE located; UPDATE alembic_version SET version_num = '0004';"
TO_0003 = """
DROP TABLE judgements; DROP TABLE sketches; DROP TABLE buckets; DROP TABLE actors;
DROP TABLE unlinked; DROP TABLE stale;
DROP INDEX entities_actor; DROP INDEX entities_name; DROP INDEX entities_key; DROP INDEX entities_document;
ALTER TABLE entities DROP COLUMN actor;
CREATE INDEX entities_document ON entities (document);
CREATE INDEX entities_key ON entities (key, type, name, document, mentions);
UPDATE statements SET speaker = entity WHERE entity IS NOT NULL;
ALTER TABLE statements DROP COLUMN entity;
CREATE TABLE before (key TEXT NOT NULL, statement INTEGER NOT NULL, PRIMARY KEY (key, statement)) WITHOUT ROWID;
INSERT INTO before SELECT DISTINCT key, statement FROM about;
DROP TABLE about; ALTER TABLE before RENAME TO about; CREATE INDEX about_statement ON about (statement);
UPDATE alembic_version SET version_num = '0003';
"""
TO_0002 = "DROP TABLE times; UPDATE alembic_version SET version_num = '0002';"
TO_0001 = """
DROP INDEX statements_score; ALTER TABLE statements DROP COLUMN score;
UPDATE alembic_version SET version_num = '0001';
"""


def taken_back(path, *steps):
    """Give a closed ledger the shape that an older onrecord wrote."""
    with closing(sqlite3.connect(path)) as raw:
        raw.executescript("".join(steps))


WORDS = (
    "harbour ferry crew strike talks minister council grain border convoy bridge ceasefire tariff budget rail storm "
    "refinery pipeline embargo inquiry verdict harvest quota summit treaty garrison drone shelter vaccine ballot"
).split()
NAMES = ("Ilse Brandt", "Tomas Okoro", "Mira Vance", "Paul Adeyemi", "Lena Sorel", "Omar Quist", "Ruth Halloran")


def invented(number, *, statements=3, vocabulary=WORDS, names=NAMES, publishers=("Harbour Post", "Evening Ledger")):
    """(bytes, document, entries) of the article of that number: always the same for it."""
    dice = random.Random(number)

    def words(n):
        return " ".join(dice.choice(vocabulary) for _ in range(n))

    paragraphs, quoted = [f"{words(4).capitalize()} ({number})"], []
    for _ in range(statements):
        name, content = dice.choice(names), words(dice.randint(6, 20))
        quoted.append((len(paragraphs), name, content))
        paragraphs.append(f"{name} said that {content}. {words(12).capitalize()}.")
    day = f"2030-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}"
    raw, made = document(paragraphs, name=f"{number}.txt", publisher=dice.choice(publishers), published=day)
    values, mentions = [], {}
    for block, name, content in quoted:
        start = made.blocks[block].span.start
        source = Span(start=start, end=start + len(name))
        mentions.setdefault(name, []).append(source)
        cue = Span(start=source.end + 1, end=source.end + 5)
        contents = (Span(start=cue.end + 6, end=cue.end + 6 + len(content)),)
        speaker = Speaker(name=name, entity=entity_id("person", name))
        values.append(Statement(sources=(source,), cue=cue, contents=contents, speaker=speaker))
    for name, spans in mentions.items():
        values.append(Entity(key=entity_id("person", name), type="person", name=name, mentions=tuple(spans)))
    return raw, made, [entry(made, value) for value in dict.fromkeys(values)]
