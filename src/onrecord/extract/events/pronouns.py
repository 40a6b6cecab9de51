"""Whom `he`, `she`, `I` and `we` stand for in a slot of an event. The article is read for them only if need be."""

from collections.abc import Sequence

from onrecord.extract.events.slots import Resolve
from onrecord.extract.parse import Passage
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.pronouns import Reader
from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import PRONOUNS
from onrecord.model import NOBODY, Document, Entity, Span, Statement


def resolver(
    document: Document, passages: Sequence[Passage], entities: Sequence[Entity], statements: Sequence[Statement]
) -> Resolve:
    """A function that answers for one pronoun after the other, in the order of the article."""
    readers: list[Reader] = []
    contents = [(content, statement) for statement in statements for content in statement.contents]

    def resolve(span: Span) -> tuple[str, str | None] | None:
        sort = PRONOUNS.get(span.of(document.text).lower())
        if sort in ("I", "we"):
            return _speaker(contents, span)
        if sort not in ("he", "she"):
            return None
        if not readers:
            readers.append(Reader(Scene(document, passages, entities, find_quotations(document))))
        reader = readers[0]
        reader.read_to(span.start)
        who = reader.choose(span).who
        if who is None:
            return None
        known = reader.scene.known[who]
        return (known.name, known.key)

    return resolve


def _speaker(contents: Sequence[tuple[Span, Statement]], span: Span) -> tuple[str, str | None] | None:
    """Who says `I`: the speaker of the innermost statement around it, if he is named."""
    holding = [(len(content), n) for n, (content, _) in enumerate(contents) if span in content]
    if not holding:
        return None
    statement = contents[min(holding)[1]][1]
    speaker = statement.speaker
    if statement.style == "indirect" or speaker is None or speaker.how in NOBODY or speaker.entity is None:
        return None
    return speaker.name, speaker.entity
