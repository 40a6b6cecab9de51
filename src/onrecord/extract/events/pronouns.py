"""Whom `he`, `she`, `I` and `we` stand for in a slot of an event. The article is read for them only if need be."""

from collections.abc import Sequence

from onrecord.extract.events.phrases import TITLES
from onrecord.extract.events.slots import Resolve
from onrecord.extract.parse import Passage
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.pronouns import Reader
from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import PRONOUNS, nouns
from onrecord.model import NOBODY, Document, Entity, Span, Statement, entity_id


def resolver(
    document: Document, passages: Sequence[Passage], entities: Sequence[Entity], statements: Sequence[Statement]
) -> Resolve:
    """A function that answers for one pronoun after the other, in the order of the article."""
    readers: list[Reader] = []
    contents = [(content, statement) for statement in statements for content in statement.contents]
    known_as = {entity.key: entity for entity in entities}

    def resolve(span: Span) -> tuple[str, str | None] | None:
        word = span.of(document.text).lower()
        sort = PRONOUNS.get(word)
        if sort in ("I", "we"):
            speaker = _speaker(contents, span)
            who = known_as.get(speaker[1]) if speaker else None
            if sort == "I" or who is None:
                return speaker
            if _outlet(who):
                return None  # what it quotes others with
            country = known_as.get(_country(who))
            if country is not None:
                return country.name, country.key
            return None if who.type == "person" and word != "we" else speaker
        if sort not in ("he", "she"):
            return None
        if not readers:
            readers.append(Reader(Scene(document, passages, entities, find_quotations(document))))
        reader = readers[0]
        reader.read_to(span.start)
        one = reader.choose(span).who
        if one is None:
            return None
        known = reader.scene.known[one]
        said = _around(contents, span)
        if said and said.style == "direct" and said.speaker and known.key == said.speaker.entity:
            return None  # who speaks says `I` of himself
        return known.name, known.key

    return resolve


def _country(who: Entity) -> str:
    """The key of the country whose office somebody holds: its `we` is the country's. Empty where none is told."""
    told = {
        role.country
        for role in who.roles
        if role.country and role.holding is None and TITLES.intersection(role.title.lower().split())
    }
    return entity_id("country", told.pop()) if who.type == "person" and len(told) == 1 else ""


def _outlet(who: Entity) -> bool:
    words = who.name.lower().split()
    return who.type != "person" and (bool(nouns().outlets.intersection(words)) or "news" in words)


def _speaker(contents: Sequence[tuple[Span, Statement]], span: Span) -> tuple[str, str] | None:
    """Who says `I`: the speaker of the innermost statement around it, if he is named."""
    statement = _around(contents, span)
    if statement is None or statement.style == "indirect":
        return None
    speaker = statement.speaker
    if speaker is None or speaker.how in NOBODY or speaker.entity is None:
        return None
    return speaker.name, speaker.entity


def _around(contents: Sequence[tuple[Span, Statement]], span: Span) -> Statement | None:
    holding = [(len(content), n) for n, (content, _) in enumerate(contents) if span in content]
    return contents[min(holding)[1]][1] if holding else None
