"""Events: who did what to whom, where and when. Types, modes and contexts after PLOVER, the codebook of 2021."""

from collections.abc import Sequence

from onrecord.extract.events.factuality import factuality
from onrecord.extract.events.moments import moment, times_of
from onrecord.extract.events.phrases import World
from onrecord.extract.events.pronouns import resolver
from onrecord.extract.events.slots import fill
from onrecord.extract.events.tree import tree
from onrecord.extract.events.triggers import spot
from onrecord.extract.events.types import folded
from onrecord.extract.parse import Passage
from onrecord.model import (
    Document,
    Entity,
    Event,
    Figure,
    Finding,
    Mention,
    Missing,
    Moment,
    Place,
    Span,
    Statement,
    Timex,
)

VERSION = "events/1"

__all__ = ["VERSION", "extract_events"]


def extract_events(
    document: Document,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    places: Sequence[Place],
    timexes: Sequence[Timex],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> list[Finding]:
    """One finding an event, in the order of the article. `Finding.rule` is the row of the lexicon that found it."""
    world = World(document, mentions, entities, places, timexes)
    said = [(content, statement) for statement in statements for content in statement.contents]
    resolve = resolver(document, passages, entities, statements)
    findings: list[Finding] = []
    for passage in passages:
        read = tree(passage)
        times = times_of(read, [timex for timex in timexes if timex.span in passage.block.span])
        for one in folded(world, read, spot(world, read)):
            slots = fill(world, read, one, resolve)
            if not slots.actors and not slots.recipients:
                continue
            deed = one.deed
            when = moment(deed, read, times)
            event = Event(
                trigger=deed.span,
                type=deed.type,
                mode=deed.mode,
                contexts=deed.contexts,
                actors=slots.actors,
                recipients=slots.recipients,
                time=when if isinstance(when, Moment) else None,
                factuality=factuality(deed, read, _covering(said, deed.span)),
                missing=(*slots.missing, *((when,) if isinstance(when, Missing) else ())),
            )
            findings.append(Finding(value=event, rule=f"event.{deed.rule}", score=deed.score))
    return findings


def _covering(said: Sequence[tuple[Span, Statement]], trigger: Span) -> Statement | None:
    """The innermost statement whose content covers a trigger."""
    around = [(len(content), n) for n, (content, _) in enumerate(said) if trigger in content]
    return said[min(around)[1]][1] if around else None
