"""A ledger with events and commitments on an invented blockade, made by hand: one told by the outlet, one claimed, one
that did not happen, and words that would break a file. No extractor runs here."""

import sqlite3
from contextlib import closing
from decimal import Decimal

from tests.ledger.ledgers import STARTED, document, entry, span

from onrecord.ledger import Ledger
from onrecord.model import (
    Commitment,
    Entity,
    Event,
    Location,
    Moment,
    Participant,
    Place,
    Role,
    Size,
    Speaker,
    Statement,
    entity_id,
)

HOSTILE = '=HYPERLINK("x")\t\x1b[31m'
PARAGRAPHS = (
    "Blockade of Ghent, day two",
    "Dockers blocked the gate in Ghent on 7 April 2031, and 3 officers were wounded.",
    "Harbour minister Ilse Brandt said Belgian troops had attacked protesters in Flanders in May.",
    "The United Nations did not meet " + HOSTILE + " in Vimmerholm.",
    "If the wages stay, the crews vowed to strike by 30 June 2031; the “deal; or none”, they said.",
    "A fair in May 2031 is planned. Some day the gate will open.",
)
BRANDT, UN = entity_id("person", "Ilse Brandt"), entity_id("organization", "United Nations")
GHENT, FLANDERS = "geonames:2797656", "geonames:3337388"


def values(made):
    """What stands in the article, by a name for it."""
    text = made.text

    def at(words, nth=0):
        return span(text, words, nth)

    said = Statement(
        sources=(at("Harbour minister Ilse Brandt"),),
        cue=at("said"),
        contents=(at("Belgian troops had attacked protesters in Flanders in May"),),
        speaker=Speaker(name="Ilse Brandt", entity=BRANDT),
    )
    voice = entry(made, said).id
    return {
        "said": said,
        "brandt": Entity(
            key=BRANDT,
            type="person",
            name="Ilse Brandt",
            roles=(Role(title="Harbour minister", span=at("Harbour minister")),),
            mentions=(at("Ilse Brandt"),),
        ),
        "un": Entity(key=UN, type="organization", name="United Nations", mentions=(at("United Nations"),)),
        "title": Place(span=at("Ghent"), name="Gent", gazetteer_id=GHENT, country="BE", sense="name"),
        "ghent": Place(
            span=at("Ghent", 1),
            name="Gent",
            gazetteer_id=GHENT,
            country="BE",
            lat=51.05,
            lon=3.71667,
            precision="town",
        ),
        "flanders": Place(
            span=at("Flanders"),
            name="Flanders",
            gazetteer_id=FLANDERS,
            country="BE",
            lat=51.0,
            lon=4.2,
            precision="region",
            voice=voice,
        ),
        "blocked": Event(
            trigger=at("blocked"),
            type="PROTEST",
            mode="obstruct",
            contexts=("economic",),
            actors=(Participant(span=at("Dockers")),),
            places=(Location(span=at("Ghent", 1), gazetteer_id=GHENT),),
            time=Moment(span=at("7 April 2031"), value="2031-04-07", begin="2031-04-07", end="2031-04-07"),
            sizes=(Size(of="wounded", span=at("3"), low=Decimal(3), high=Decimal(3)),),
            mentions=(at("Blockade"),),
        ),
        "attacked": Event(
            trigger=at("attacked"),
            type="ASSAULT",
            actors=(Participant(span=at("Belgian troops")),),
            recipients=(Participant(span=at("protesters")),),
            places=(Location(span=at("Flanders"), gazetteer_id=FLANDERS),),
            time=Moment(span=at("May"), value="2031-05", begin="2031-05", end="2031-05"),
            sizes=(Size(of="killed", span=at("3"), low=Decimal(3)),),
            voice=voice,
        ),
        "met": Event(
            trigger=at("meet"),
            type="CONSULT",
            actors=(
                Participant(span=at("The United Nations"), name="United Nations", entity=UN),
                Participant(span=at("Harbour minister Ilse Brandt"), name="Ilse Brandt", entity=BRANDT),
            ),
            recipients=(Participant(span=at(HOSTILE)),),
            places=(Location(span=at("Vimmerholm")),),
            factuality="not_happened",
        ),
        # At a name that is a part of another name's: nothing happened there.
        "named": Event(
            trigger=at("Blockade"),
            type="ACCUSE",
            places=(Location(span=at("Ghent"), gazetteer_id=GHENT),),
            factuality="ongoing",
        ),
        "strike": Commitment(
            trigger=at("vowed"),
            class_="threat",
            by=Participant(span=at("the crews")),
            contents=(at("strike by 30 June 2031"), at("“deal; or none”, they said")),
            condition=at("If the wages stay"),
            due=Moment(span=at("30 June 2031"), value="2031-06-30", end="2031-06-30"),
            voice=voice,
        ),
        "fair": Commitment(
            trigger=at("planned"),
            class_="plan",
            contents=(at("A fair"),),
            due=Moment(span=at("May 2031"), value="2031-05", begin="2031-05", end="2031-05"),
        ),
        "open": Commitment(trigger=at("will"), class_="forecast", contents=(at("open"),)),
    }


def blockade(path, *, published="2031-04-09"):
    """(the document, name -> entry id) of a ledger made at `path`, and closed."""
    raw, made = document(PARAGRAPHS, name="gate.txt", published=published)
    given = {name: entry(made, value) for name, value in values(made).items()}
    with Ledger.open(path, create=True) as ledger:
        ledger.add(raw, made, list(given.values()), run=ledger.begin_run("1", ["hand/1"], started=STARTED))
    return made, {name: each.id for name, each in given.items()}


def reject(path, id_):
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE entries SET status = 'rejected' WHERE id = ?", (id_,))
        raw.commit()
