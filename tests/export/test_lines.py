"""What comes out holds to the published schema, field for field and in its order."""

import json
from decimal import Decimal

import msgspec
import pytest

from onrecord.export.lines import Held, decimal_string, document_line, entity_line, entity_part, entry_line
from onrecord.export.schema import LINES, json_schema
from onrecord.model import (
    Block,
    Commitment,
    Derivation,
    Document,
    Entity,
    Entry,
    Event,
    Figure,
    Location,
    Missing,
    Moment,
    Participant,
    Place,
    Role,
    Size,
    Source,
    Span,
    Speaker,
    Statement,
    Timex,
    Voice,
    entry_id,
    select,
    spans_of,
)

TEXT = "The ferry “will sail on Monday,” Captain Ilse Brandt told the Harbour Post. At least three crews agreed."
CONTRACT = {
    "document": "id external_id title authors publisher published url source_sha256 media_type reader language text"
    " blocks",
    "statement": "id document sources cue contents style speaker parent chain certainty polarity attitude said status"
    " derivations",
    "event": "id document trigger type mode contexts actors recipients places time sizes factuality missing mentions"
    " voice chain status derivations",
    "figure": "id document span low high approximate change unit per measured voice chain status derivations",
    "timex": "id document span type value mod begin end anchor voice status derivations",
    "place": "id document span name gazetteer_id country lat lon precision sense status derivations",
    "commitment": "id document class trigger by to contents condition due state voice chain status derivations",
    "entity": "id type name aliases roles mentions status",
    "link": "id relation entities members score evidence status",
    "judgement": "id subject verdict correction reason who when",
}


def span(words):
    start = TEXT.index(words)
    return Span(start=start, end=start + len(words))


@pytest.fixture
def document():
    return Document(
        id="ab" * 10,
        source=Source(sha256="0" * 64, media_type="text/plain"),
        reader="text/1",
        text=TEXT,
        blocks=(Block(kind="paragraph", span=Span(start=0, end=len(TEXT))),),
        publisher="Harbour Post",
        published="2031-04",
    )


def held(document, value, status="proposed"):
    entry = Entry(
        id=entry_id(document, value),
        document=document.id,
        selectors=tuple(select(document, each) for each in spans_of(value)),
        value=value,
        derivations=(Derivation(extractor="hand", version="1", rule="made"),),
    )
    return Held(entry, status)


def encoded(line):
    return json.loads(msgspec.json.encode(line))


VALUES = [
    Statement(
        sources=(span("Captain Ilse Brandt"),),
        cue=span("told"),
        contents=(span("will sail on Monday"),),
        style="direct",
        speaker=Speaker(name="Ilse Brandt", entity="cd" * 10),
        said=("2031-04-01", "2031-04-02"),
    ),
    Figure(span=span("At least three"), low=Decimal(3), measured=span("crews"), unit="crew"),
    Timex(span=span("Monday"), type="DATE"),
    Place(span=span("Harbour"), name="Harbour", lat=-5.5, lon=3.25, precision="town"),
    Event(
        trigger=span("told"),
        type="CONSULT",
        actors=(Participant(span=span("Captain Ilse Brandt"), name="Ilse Brandt", entity="cd" * 10),),
        recipients=(Participant(span=span("three crews")),),
        places=(Location(span=span("Harbour")),),
        time=Moment(span=span("Monday"), value="2031-04-07", begin="2031-04-07", end="2031-04-07"),
        sizes=(Size(of="participants", span=span("At least three"), low=Decimal(3)),),
        missing=(Missing(slot="places", reason="not said"),),
        mentions=(span("agreed"),),
    ),
    Commitment(
        trigger=span("will"),
        class_="plan",
        by=Participant(span=span("The ferry")),
        contents=(span("sail on Monday"),),
        due=Moment(span=span("Monday")),
    ),
]


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_fields_are_those_of_the_contract_in_its_order(document, value):
    line = encoded(entry_line(held(document, value), document, [Voice(name="Harbour Post")]))
    assert list(line) == ["kind", *CONTRACT[line["kind"]].split()]
    validated(line)


def test_a_document_and_an_entity_too(document):
    entity = Entity(
        key="cd" * 10,
        type="person",
        name="Ilse Brandt",
        aliases=("Brandt",),
        roles=(Role(title="Captain", span=span("Captain")),),
        mentions=(span("Ilse Brandt"),),
    )
    lines = [document_line(document), entity_line(entity.key, [entity_part(held(document, entity), entity)])]
    for line in map(encoded, lines):
        assert list(line) == ["kind", *CONTRACT[line["kind"]].split()]
        validated(line)


def test_every_kind_of_line_is_in_the_contract():
    assert list(LINES) == list(CONTRACT)


@pytest.mark.parametrize("value", VALUES, ids=lambda v: type(v).__name__)
def test_found_text_is_the_text_there(document, value):
    def found(node):
        if isinstance(node, dict):
            if {"text", "start", "end"} <= set(node):
                yield node
            elif "offset" in node:
                yield {"text": node["text"], "start": node["offset"], "end": node["offset"] + len(node["text"])}
            node = list(node.values())
        if isinstance(node, list):
            for each in node:
                yield from found(each)

    texts = list(found(encoded(entry_line(held(document, value), document, []))))
    assert len(texts) == len(spans_of(value))
    assert all(TEXT[t["start"] : t["end"]] == t["text"] for t in texts)


def test_an_open_bound_is_null_and_a_number_a_string(document):
    line = encoded(entry_line(held(document, VALUES[1]), document, []))
    assert (line["low"], line["high"]) == ("3", None)


@pytest.mark.parametrize(
    ("number", "string"), [("1.5E+6", "1500000"), ("1500", "1500"), ("0.10", "0.10"), ("-2", "-2"), (None, None)]
)
def test_decimals_have_no_exponent_and_keep_their_places(number, string):
    assert decimal_string(None if number is None else Decimal(number)) == string


def test_an_entity_of_two_documents_is_one_line(document):
    other = msgspec.structs.replace(document, id="ef" * 10)
    first = Entity(key="cd" * 10, type="person", name="Ilse Brandt", mentions=(span("Ilse Brandt"),))
    second = msgspec.structs.replace(
        first, name="ILSE BRANDT", aliases=("Brandt",), roles=(Role(title="Captain", span=span("Captain")),)
    )
    line = entity_line(
        "cd" * 10,
        [entity_part(held(document, first, "superseded"), first), entity_part(held(other, second), second)],
    )
    assert line.name == "Ilse Brandt"
    assert line.aliases == ("ILSE BRANDT", "Brandt")
    assert [(m.document, m.text) for m in line.mentions] == [(document.id, "Ilse Brandt"), (other.id, "Ilse Brandt")]
    assert [r.document for r in line.roles] == [other.id]
    assert line.status == "proposed"


def validated(line):
    """A reader of the schema that knows what ours uses, and fails on a word that it does not know."""
    schema = json_schema()
    check(line, schema["$defs"][LINES[line["kind"]].__name__], schema["$defs"])


TYPES = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "null": type(None), "array": list}
KNOWN = {
    "$ref", "anyOf", "enum", "type", "properties", "required", "items", "pattern", "minimum", "title", "description",
    "default",
}  # fmt: skip


def check(value, schema, definitions):
    import re

    assert set(schema) <= KNOWN, set(schema) - KNOWN
    if "$ref" in schema:
        check(value, definitions[schema["$ref"].removeprefix("#/$defs/")], definitions)
    elif "anyOf" in schema:
        errors = []
        for each in schema["anyOf"]:
            try:
                return check(value, each, definitions)
            except AssertionError as error:
                errors.append(error)
        raise AssertionError(errors)
    elif "enum" in schema:
        assert value in schema["enum"], (value, schema["enum"])
    elif schema["type"] == "object":
        assert isinstance(value, dict)
        assert set(value) == set(schema["properties"]), set(value) ^ set(schema["properties"])
        for name, each in value.items():
            check(each, schema["properties"][name], definitions)
    else:
        assert isinstance(value, TYPES[schema["type"]]), (value, schema)
        for each in value if isinstance(value, list) else ():
            check(each, schema["items"], definitions)
        assert "pattern" not in schema or re.search(schema["pattern"], value), (value, schema)
        assert "minimum" not in schema or value >= schema["minimum"], (value, schema)
    return None
