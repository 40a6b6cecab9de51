"""What else is known of an article when its commitments are read: who is named where, what is quoted, which days."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from onrecord.extract.covers import covering
from onrecord.extract.lexicon import demonyms
from onrecord.extract.statements.sources import PRONOUNS
from onrecord.model import NOBODY, Document, Entity, Participant, Span, Speaker, Statement, Timex, entity_id

_NAMED_BEFORE = 300
"""Code points that an antecedent may stand before its pronoun."""
_OFFICE = re.compile(
    r"president|minister|premier|chancellor|spokes|king\b|queen|prince|secretary|ambassador|envoy|advis[eo]r|chief|head\b"
    r"|leader|chair|ceo\b|executive|director|general\b|commander|governor|official|officer|commissioner|mayor|manager",
    re.IGNORECASE,
)
"""Titles of those who speak for a body; a journalist of a country does not."""
_NAMES = 40
"""Names that are looked back over."""
_KINDS = {"he": ("person",), "she": ("person",), "it": ("organization", "country")}


def _is_government(body: Entity, country: str) -> bool:
    """Whether a body is the government of a country, by its name: `the French government`."""
    first, _, last = body.name.removeprefix("the ").partition(" ")
    return last.casefold() == "government" and demonyms().get(first) == country


class Page:
    """An article's text, entities, statements and days to come, to be asked by place."""

    def __init__(
        self,
        document: Document,
        entities: Sequence[Entity],
        timexes: Sequence[Timex],
        statements: Sequence[Statement],
        places: Sequence[int],
    ) -> None:
        self.text, self.published = document.text, (document.published or "")[:10]
        self._keyed = {entity.key: entity for entity in entities}
        named = sorted(((m.start, m.end, e) for e in entities for m in e.mentions), key=lambda each: each[:2])
        self._named = named
        self._starts = [start for start, _, _ in named]
        self.timexes = sorted(timexes, key=lambda timex: timex.span)
        self._days = [timex.span.start for timex in self.timexes]
        self._said = {source: s.speaker for s in statements for source in s.sources if s.speaker}
        contents = ((content, statement) for statement in statements for content in statement.contents)
        around = covering(contents, places)
        self._around = {
            place: min(found, key=lambda pair: len(pair[0]))[1]
            for place, found in zip(places, around, strict=True)
            if found
        }

    def statement(self, place: int) -> Statement | None:
        """The innermost statement whose content holds a place that was asked for at the start."""
        return self._around.get(place)

    def entity(self, span: Span) -> Entity | None:
        """The entity named in a span; the last of several."""
        found = None
        for index in range(max(0, bisect_left(self._starts, span.start) - 1), len(self._starts)):
            start, end, entity = self._named[index]
            if start >= span.end:
                break
            if end > span.start and end - start <= len(span) + 40:
                found = entity
        return found

    def speaks_for(self, speaker: str | None, body: Entity) -> bool:
        """Whether somebody, by key, holds an office of a body or country: `Norway's minister of defence`."""
        named = {name.casefold() for name in (body.name, *body.aliases)}
        person = self._keyed.get(speaker or "")
        return person is not None and any(
            role.holding != "former"
            and (
                (role.country is not None and entity_id("country", role.country) == body.key)
                or (role.organization or "").casefold() in named
                or (role.country is not None and _is_government(body, role.country))
            )
            and _OFFICE.search(role.title)
            for role in person.roles
        )

    def is_stranger(self, voice: Statement | None, who: Participant | None) -> bool:
        """Whether a voice is known to be no part of who is to act: it holds an office elsewhere, or none but an
        expert's."""
        speaker = voice.speaker if voice is not None else None
        person = self._keyed.get(speaker.entity or "") if speaker is not None else None
        body = self._keyed.get(who.entity or "") if who is not None else None
        if person is None or body is None or person.key == body.key:
            return False
        placed = any(role.country or role.organization for role in person.roles if role.holding != "former")
        return placed and not self.speaks_for(person.key, body)

    def sourced(self, span: Span) -> Speaker | None:
        """Whom the words of a span mean as the source of a statement."""
        speaker = self._said.get(span)
        return speaker if speaker and speaker.how not in NOBODY else None

    def meant(self, word: str, place: int) -> Entity | None:
        """The one person whom `he` or `she` may mean: the only one named shortly before; or the body that `it` may: the
        only one named at all."""
        kinds = _KINDS.get(PRONOUNS.get(word, ""), ())
        last = bisect_left(self._starts, place)
        near: dict[str, Entity] = {}
        first = 0 if word == "it" else bisect_left(self._starts, place - _NAMED_BEFORE)
        for _, _, entity in self._named[max(first, last - _NAMES) : last]:
            if entity.type in kinds:
                near[entity.key] = entity
        return next(iter(near.values())) if len(near) == 1 else None

    def days(self, start: int, end: int) -> Sequence[Timex]:
        """The time expressions that begin in a stretch of the text."""
        return self.timexes[bisect_left(self._days, start) : bisect_right(self._days, end - 1)]
