"""Entries of the ledger -> lines of an export."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

import msgspec

from onrecord.export.schema import (
    BlockOfText,
    CommitmentLine,
    CorrectionOf,
    DocumentLine,
    EntityLine,
    EventLine,
    EvidenceOf,
    FigureLine,
    FoundText,
    JudgedOf,
    JudgementLine,
    Line,
    Link,
    LinkLine,
    LocationOf,
    MemberOf,
    MentionOf,
    MissingOf,
    MomentOf,
    ParticipantOf,
    Period,
    PlaceLine,
    RoleOf,
    SizeOf,
    SpeakerOf,
    StatementLine,
    Status,
    TimexLine,
)
from onrecord.model import (
    Commitment,
    Document,
    Entity,
    Entry,
    Event,
    Evidence,
    Figure,
    Judgement,
    Member,
    MentionKind,
    Moment,
    Participant,
    Place,
    Settled,
    Span,
    Statement,
    Timex,
    Voice,
    link_id,
)


class Held(NamedTuple):
    """An entry and how it stands in the ledger."""

    entry: Entry
    status: Status


def document_line(document: Document) -> DocumentLine:
    source = document.source
    return DocumentLine(
        id=document.id,
        external_id=document.external_id,
        title=document.title,
        authors=document.authors,
        publisher=document.publisher,
        published=document.published,
        url=source.url,
        source_sha256=source.sha256,
        media_type=source.media_type,
        reader=document.reader,
        language=document.language,
        text=document.text,
        blocks=tuple(BlockOfText(kind=b.kind, start=b.span.start, end=b.span.end) for b in document.blocks),
    )


def found(document: Document, span: Span) -> FoundText:
    return FoundText(text=span.of(document.text), start=span.start, end=span.end)


def _participant(document: Document, one: Participant) -> ParticipantOf:
    words = found(document, one.span)
    return ParticipantOf(text=words.text, start=words.start, end=words.end, name=one.name, entity=one.entity)


def _moment(document: Document, one: Moment) -> MomentOf:
    return MomentOf(
        text=one.span.of(document.text), offset=one.span.start, value=one.value, begin=one.begin, end=one.end
    )


def decimal_string(number: Decimal | None) -> str | None:
    """Without an exponent: `1.5E+6` is `1500000`."""
    return None if number is None else format(number, "f")


def entry_line(held: Held, document: Document, chain: Sequence[Voice]) -> Line:
    """The line of one entry that is no entity: those are merged over documents, see `entity_line`."""
    entry, status = held
    value = entry.value
    links = tuple(Link(name=voice.name, entity=voice.entity) for voice in chain)
    match value:
        case Statement():
            speaker = value.speaker
            return StatementLine(
                id=entry.id,
                document=document.id,
                sources=tuple(found(document, span) for span in value.sources),
                cue=found(document, value.cue) if value.cue else None,
                contents=tuple(found(document, span) for span in value.contents),
                style=value.style,
                speaker=SpeakerOf(name=speaker.name, entity=speaker.entity, how=speaker.how) if speaker else None,
                parent=value.parent,
                chain=links,
                certainty=value.certainty,
                polarity=value.polarity,
                attitude=value.attitude,
                said=Period(begin=value.said[0], end=value.said[1]) if value.said else None,
                status=status,
                derivations=entry.derivations,
            )
        case Figure():
            return FigureLine(
                id=entry.id,
                document=document.id,
                span=found(document, value.span),
                low=decimal_string(value.low),
                high=decimal_string(value.high),
                approximate=value.approximate,
                change=value.change,
                unit=value.unit,
                per=value.per,
                measured=found(document, value.measured) if value.measured else None,
                voice=value.voice,
                chain=links,
                status=status,
                derivations=entry.derivations,
            )
        case Timex():
            return TimexLine(
                id=entry.id,
                document=document.id,
                span=found(document, value.span),
                type=value.type,
                value=value.value,
                mod=value.mod,
                begin=value.begin,
                end=value.end,
                anchor=value.anchor,
                voice=value.voice,
                status=status,
                derivations=entry.derivations,
            )
        case Place():
            return PlaceLine(
                id=entry.id,
                document=document.id,
                span=found(document, value.span),
                name=value.name,
                gazetteer_id=value.gazetteer_id,
                country=value.country,
                lat=value.lat,
                lon=value.lon,
                precision=value.precision,
                sense=value.sense,
                status=status,
                derivations=entry.derivations,
            )
        case Event():
            return EventLine(
                id=entry.id,
                document=document.id,
                trigger=found(document, value.trigger),
                type=value.type,
                mode=value.mode,
                contexts=value.contexts,
                actors=tuple(_participant(document, one) for one in value.actors),
                recipients=tuple(_participant(document, one) for one in value.recipients),
                places=tuple(
                    LocationOf(
                        text=one.span.of(document.text),
                        start=one.span.start,
                        end=one.span.end,
                        gazetteer_id=one.gazetteer_id,
                    )
                    for one in value.places
                ),
                time=_moment(document, value.time) if value.time else None,
                sizes=tuple(
                    SizeOf(
                        of=one.of,
                        text=one.span.of(document.text),
                        start=one.span.start,
                        end=one.span.end,
                        low=decimal_string(one.low),
                        high=decimal_string(one.high),
                    )
                    for one in value.sizes
                ),
                factuality=value.factuality,
                missing=tuple(MissingOf(slot=one.slot, reason=one.reason) for one in value.missing),
                mentions=tuple(found(document, span) for span in value.mentions),
                voice=value.voice,
                chain=links,
                status=status,
                derivations=entry.derivations,
            )
        case Commitment():
            return CommitmentLine(
                id=entry.id,
                document=document.id,
                class_=value.class_,
                trigger=found(document, value.trigger),
                by=_participant(document, value.by) if value.by else None,
                to=_participant(document, value.to) if value.to else None,
                contents=tuple(found(document, span) for span in value.contents),
                condition=found(document, value.condition) if value.condition else None,
                due=_moment(document, value.due) if value.due else None,
                state=value.state,
                voice=value.voice,
                chain=links,
                status=status,
                derivations=entry.derivations,
            )
        case Entity():
            raise TypeError("an entity has one line for all documents: see entity_line")


class Part(msgspec.Struct, frozen=True, kw_only=True, array_like=True):
    """What one document adds to an entity's line. Small, for all parts are held until every document was seen."""

    type: MentionKind
    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleOf, ...]
    mentions: tuple[MentionOf, ...]
    status: Status


def entity_part(held: Held, entity: Entity) -> Part:
    document, selectors = held.entry.document, held.entry.selectors
    return Part(
        type=entity.type,
        name=entity.name,
        aliases=entity.aliases,
        roles=tuple(
            RoleOf(
                title=role.title,
                document=document,
                start=role.span.start,
                end=role.span.end,
                organization=role.organization,
                country=role.country,
                holding=role.holding,
            )
            for role in entity.roles
        ),
        # Selectors stand in the order of `spans_of`: the mentions first.
        mentions=tuple(
            MentionOf(document=document, text=selector.exact, start=span.start, end=span.end)
            for span, selector in zip(entity.mentions, selectors, strict=False)
        ),
        status=held.status,
    )


def entity_line(key: str, parts: Sequence[Part], name: str | None = None) -> EntityLine:
    """One line of all that documents say of one actor. `name`: what the linker or a person calls it, else it is that
    which most documents use, of several the first; other spellings are aliases. One entry that stands keeps the entity
    standing."""
    names = Counter(part.name for part in parts)
    name = name or max(names, key=lambda each: names[each])
    aliases = dict.fromkeys(alias for part in parts for alias in (part.name, *part.aliases))
    statuses = {part.status for part in parts}
    return EntityLine(
        id=key,
        type=Counter(part.type for part in parts).most_common(1)[0][0],
        name=name,
        aliases=tuple(alias for alias in aliases if alias != name),
        roles=tuple(role for part in parts for role in part.roles),
        mentions=tuple(mention for part in parts for mention in part.mentions),
        status=next(status for status in _STRONGEST_FIRST if status in statuses),
    )


_STRONGEST_FIRST: tuple[Status, ...] = ("accepted", "corrected", "proposed", "superseded", "rejected")


def link_lines(actor: Settled, actor_of: Callable[[Member], str | None], verdicts: Mapping[str, str]) -> Iterator[Line]:
    """Why entities are held for one, and why others are not. `actor_of`: the actor that a member is; `verdicts`: of
    judgements by their ids."""
    judged = {verdicts.get(judgement) for judgement in actor.judgements}
    if len(actor.members) > 1:
        yield LinkLine(
            id=link_id("same", actor.id),
            relation="same",
            entities=(actor.id,),
            members=_members(actor.members),
            score=None,
            evidence=_evidence(actor.evidence),
            status="accepted" if "merge" in judged else "proposed",
        )
    for other in actor.apart:
        id_ = actor_of(other.member)
        if id_ is not None and id_ != actor.id:
            yield LinkLine(
                id=link_id("different", *sorted((actor.id, id_))),
                relation="different",
                entities=(actor.id, id_),
                members=_members((actor.members[0], other.member)),
                score=None,
                evidence=_evidence(other.evidence),
                status="accepted" if "split" in judged else "proposed",
            )


def _members(members: Sequence[Member]) -> tuple[MemberOf, ...]:
    return tuple(MemberOf(document=document, key=key) for document, key in members)


def _evidence(evidence: Sequence[Evidence]) -> tuple[EvidenceOf, ...]:
    return tuple(EvidenceOf(kind=each.kind, words=each.words, documents=each.documents) for each in evidence)


def judgement_line(judgement: Judgement) -> JudgementLine:
    correction = judgement.correction
    return JudgementLine(
        id=judgement.id,
        subject=judgement.subject,
        verdict=judgement.verdict,
        correction=CorrectionOf(
            actors=tuple(
                JudgedOf(actor=each.actor, name=each.name, members=_members(each.members)) for each in correction.actors
            ),
            documents=correction.documents,
            name=correction.name,
        )
        if correction
        else None,
        reason=judgement.reason,
        who=judgement.who,
        when=judgement.when,
    )
