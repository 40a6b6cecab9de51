"""Events: who did what to whom, where and when. Types, modes and contexts after PLOVER, the codebook of 2021."""

from bisect import bisect_left
from collections.abc import Sequence
from typing import TypeVar

from onrecord.extract.covers import covering
from onrecord.extract.events.circumstances.moments import Times, moment, times_of
from onrecord.extract.events.circumstances.sites import sites
from onrecord.extract.events.circumstances.stands import Sites, sites_of
from onrecord.extract.events.circumstances.tolls import Toll, sizes, tolls_of
from onrecord.extract.events.coding.classifier import probabilities
from onrecord.extract.events.coding.types import coded, folded, retold
from onrecord.extract.events.confidence import scored
from onrecord.extract.events.factuality.judging import factuality
from onrecord.extract.events.merging import Told, echoes, merged, told
from onrecord.extract.events.participants.phrases import World
from onrecord.extract.events.participants.pronouns import resolver
from onrecord.extract.events.participants.slots import Filled, fill
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree, tree
from onrecord.extract.events.triggers import Found, spot
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

VERSION = "events/3"

__all__ = ["VERSION", "extract_events", "typed_events"]


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
    """One finding an event, in the order of the article. `Finding.rule` is the row of the lexicon that found it,
    `Finding.score` the probability that nothing of it is wrong (see `confidence.py`)."""
    found = typed_events(document, passages, mentions, entities, places, timexes, figures, statements)
    return scored(document, passages, mentions, found)


def typed_events(
    document: Document,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    places: Sequence[Place],
    timexes: Sequence[Timex],
    figures: Sequence[Figure],
    statements: Sequence[Statement],
) -> list[Finding]:
    """The same events; `Finding.score` is how likely the classifier holds the type, None where an event lacks an actor
    or a recipient."""
    world = World(document, mentions, entities, places, timexes)
    resolve = resolver(document, passages, entities, statements)
    deeds: list[tuple[int, Tree, Found | Deed]] = []
    for number, read in enumerate(map(tree, passages)):
        here: list[Found | Deed] = [*folded(world, read, spot(world, read))]
        here += echoes(read, {index for one in here for index in (_deed(one).token, _deed(one).noun or -1)})
        deeds += [(number, read, one) for one in sorted(here, key=lambda one: _deed(one).token)]
    deeds = retold(deeds)
    said = [(content, statement) for statement in statements for content in statement.contents]
    around = covering(said, [_deed(one).span.start for _, _, one in deeds])
    beside = _Beside(timexes, places, mentions, figures)
    found: list[Told] = []
    for (number, read, one), contents in zip(deeds, around, strict=True):
        deed = _deed(one)
        slots = _NOBODY if isinstance(one, Deed) else fill(world, read, one, resolve)
        if _with_whom(deed, slots):
            continue
        times, stands, tolls = beside.read(read)
        when, where = moment(deed, read, times), sites(deed, read, stands, slots.struck)
        holding = [(len(content), n) for n, (content, _) in enumerate(contents) if deed.span in content]
        statement = contents[min(holding)[1]][1] if holding else None
        happened = factuality(deed, read, statement)
        deed = coded(deed, happened)
        event = Event(
            trigger=deed.span,
            type=deed.type,
            mode=deed.mode,
            contexts=deed.contexts,
            actors=slots.actors,
            recipients=slots.recipients,
            places=where if isinstance(where, tuple) else (),
            time=when if isinstance(when, Moment) else None,
            sizes=tuple(size for size in sizes(deed, read, tolls) if size.of in _counted(deed)),
            factuality=happened,
            missing=(*slots.missing, *(slot for slot in (where, when) if isinstance(slot, Missing))),
        )
        finding = Finding(value=event, rule=f"event.{deed.rule}", score=_sure(deed, slots))
        found.append(told(finding, event, deed, read, number, statement))
    return merged(found)


_NOBODY = Filled((), (), (Missing(slot="actors", reason="not said"), Missing(slot="recipients", reason="not said")))


def _sure(deed: Deed, slots: Filled) -> float | None:
    if not (slots.actors and slots.recipients):
        return None
    likely = probabilities(deed, [one.span for one in slots.actors], [one.span for one in slots.recipients])
    return round(likely[deed.type], 3)


def _deed(one: Found | Deed) -> Deed:
    return one if isinstance(one, Deed) else one.deed


class _Beside:
    """What stands in a passage besides its deeds: times, places, figures. Read once for all deeds of the passage."""

    def __init__(
        self,
        timexes: Sequence[Timex],
        places: Sequence[Place],
        mentions: Sequence[Mention],
        figures: Sequence[Figure],
    ) -> None:
        self.timexes, self.places = sorted(timexes, key=_at), sorted(places, key=_at)
        self.mentions, self.figures = sorted(mentions, key=_at), sorted(figures, key=_at)
        self.last: tuple[Tree, tuple[Times, Sites, list[Toll]]] | None = None

    def read(self, read: Tree) -> tuple[Times, Sites, list[Toll]]:
        if self.last is None or self.last[0] is not read:
            span = read.passage.block.span
            self.last = (
                read,
                (
                    times_of(read, _inside(self.timexes, span)),
                    sites_of(read, _inside(self.places, span), _inside(self.mentions, span), self._ahead(span)),
                    tolls_of(read, _inside(self.figures, span)),
                ),
            )
        return self.last[1]

    def _ahead(self, span: Span) -> Sequence[Place]:
        return _inside(self.places, Span(start=max(0, span.start - _AHEAD), end=span.start))


_AHEAD = 1200
"""Code points before a passage that its `the city` may lead back to: those of some paragraphs."""

_Placed = TypeVar("_Placed", Timex, Place, Mention, Figure)


def _at(value: Timex | Place | Mention | Figure) -> int:
    return int(value.span.start)


def _inside(values: Sequence[_Placed], span: Span) -> Sequence[_Placed]:
    return values[bisect_left(values, span.start, key=_at) : bisect_left(values, span.end, key=_at)]


_ANY = frozenset(("killed", "wounded", "arrested", "missing", "displaced", "participants"))


def _counted(deed: Deed) -> frozenset[str]:
    """What may be counted of a deed: of people who are seized not those whom the sentence has killed."""
    if deed.mode in ("arrest", "abduct"):
        return frozenset(("arrested", "missing"))
    if deed.rule.startswith("assault.wound"):
        return frozenset(("killed", "wounded"))
    if deed.rule.startswith("assault.capture-people"):
        return frozenset(("arrested",))
    seized = deed.rule.startswith("assault.capture:")
    return _ANY - {"arrested"} if deed.type == "ASSAULT" and not seized else _ANY


def _with_whom(deed: Deed, slots: Filled) -> bool:
    """Whether it is told of a meeting with whom and not who: `I met the general`; or of a march of nobody (`the storm
    goes on with its march`)."""
    lost = any(one.reason == "pronoun" for one in slots.missing)
    nobody = not slots.recipients and (deed.type == "PROTEST" or deed.rule.startswith("retreat.release"))
    return lost and (deed.type == "CONSULT" or nobody)
