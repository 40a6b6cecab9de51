"""What is found in a document: values, where they stand, and what vouches for them."""

from decimal import Decimal
from typing import Literal, cast

import msgspec

from onrecord.model.document import Span

EntryKind = Literal["statement", "event", "figure", "timex", "place", "commitment", "entity"]
MentionKind = Literal["person", "organization", "country", "place", "facility", "group", "product", "work", "event"]


class Selector(msgspec.Struct, frozen=True, kw_only=True):
    """W3C TextPositionSelector and TextQuoteSelector in one. `prefix` and `suffix`: up to 32 code points each."""

    document: str
    span: Span
    exact: str
    prefix: str = ""
    suffix: str = ""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A name in the text. `span` is the whole noun phrase as written (`Prime Minister Justin Trudeau`), `head` the
    name alone (`Justin Trudeau`)."""

    span: Span
    head: Span
    kind: MentionKind


class Role(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What the text calls an entity, and where: `title` is the words of `span`. `organization`: the name of the body in
    them, and `country` the ISO 3166-1 alpha-2 code of the country. `holding`: `former`, `acting` (or interim) or
    `designate` (or elect), None where the words do not say so."""

    title: str
    span: Span
    organization: str | None = None
    country: str | None = None
    holding: Literal["former", "acting", "designate"] | None = None


NOBODY = frozenset(("unresolved", "ambiguous"))
"""How a source was looked for that leads to nobody."""


class Speaker(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a statement's source resolves to. `name` is words of the article; `entity` an entity's id, or None where
    the source names nobody (`officials`); `how`: `name`, `surname`, `title`, `pronoun`, ..., the kind of a source that
    is not named (`officials`, `experts`, `document`, ...), `unresolved` for a pronoun that leads to nobody, and
    `ambiguous` for one that may mean two. The glossary lists them."""

    name: str
    entity: str | None = None
    how: str = "name"


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """One link of a chain: the outlet (or author) first, then the speaker of each statement inward."""

    name: str | None
    entity: str | None = None


class Statement(msgspec.Struct, frozen=True, kw_only=True, tag="statement", tag_field="kind"):
    """Somebody is reported to say, think, promise, deny. Source: PARC 3.0 and PolNeAR attribution relations.

    `parent` is the id of the statement whose content holds this one; `said` is when, as (begin, end) ISO prefixes.
    `certainty`, `polarity` and `attitude` (`says`, `knows`, `believes`, `intends`, `promises`, `demands`, `asks`,
    `warns`, `denies`) follow the attribution scheme of the Penn Discourse Treebank 2.0; see `docs/MANNER.md`.
    """

    sources: tuple[Span, ...] = ()
    cue: Span | None = None
    contents: tuple[Span, ...] = ()
    style: Literal["direct", "indirect", "mixed", "block"] = "indirect"
    speaker: Speaker | None = None
    parent: str | None = None
    certainty: Literal["asserted", "hedged", "conditional"] | None = None
    polarity: Literal["affirmed", "denied", "questioned", "withheld"] | None = None
    attitude: str | None = None
    said: tuple[str, str] | None = None


class Figure(msgspec.Struct, frozen=True, kw_only=True, tag="figure", tag_field="kind"):
    """A number with bounds. `low` and `high` None means open on that side. `unit`: UCUM code, ISO 4217 or the
    counted noun; `measured`: what is counted or measured, as written; `per`: the denominator of a rate."""

    span: Span
    low: Decimal | None = None
    high: Decimal | None = None
    approximate: bool = False
    change: Literal["up", "down"] | None = None
    unit: str | None = None
    per: str | None = None
    measured: Span | None = None
    voice: str | None = None


class Timex(msgspec.Struct, frozen=True, kw_only=True, tag="timex", tag_field="kind"):
    """A time expression. Source: TIMEX3 of ISO-TimeML. `value` is None where the text does not give enough to tell
    (a relative date in an article without a date). `begin` and `end`: first and last day, ISO prefixes, inclusive.
    `anchor`: the date that a relative value was reckoned from."""

    span: Span
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None = None
    mod: (
        Literal[
            "BEFORE",
            "AFTER",
            "ON_OR_BEFORE",
            "ON_OR_AFTER",
            "LESS_THAN",
            "MORE_THAN",
            "EQUAL_OR_LESS",
            "EQUAL_OR_MORE",
            "START",
            "MID",
            "END",
            "APPROX",
        ]
        | None
    ) = None
    begin: str | None = None
    end: str | None = None
    anchor: str | None = None
    voice: str | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True, tag="place", tag_field="kind"):
    """A mention resolved to a gazetteer entry. `gazetteer_id` is `geonames:NNN`, or `onrecord:slug` for an area of our
    own list, or None with no coordinates where no candidate or more than one remained. `country`: ISO 3166-1 alpha-2.
    WGS 84 degrees; those of a country or region are a point of reference inside it and no place to put a pin.

    `sense`: what the name stands for here. `location`: the place; `government`: those who rule it, and the place is
    then their country (`Berlin announced` is Germany); `people`: an adjective or a people (`Norwegian`); `name`: a
    part of the name of something else (`Paris Police Department`), which says where that belongs and not that
    anything happened there. After Gritta, Pilehvar and Collier 2020, "A pragmatic guide to geoparsing evaluation"."""

    span: Span
    name: str
    gazetteer_id: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: Literal["point", "town", "region", "country", "unknown"] = "unknown"
    sense: Literal["location", "government", "people", "name"] = "location"
    voice: str | None = None


class Entity(msgspec.Struct, frozen=True, kw_only=True, tag="entity", tag_field="kind"):
    """A person or body as one document names it. `key` (see `ids.entity_id`) is the same in every document that
    uses the same full name, so that an export can put their mentions together."""

    key: str
    type: MentionKind
    name: str
    aliases: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    mentions: tuple[Span, ...] = ()


EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Factuality = Literal["happened", "not_happened", "ongoing", "planned", "possible", "hypothetical", "demanded"]


class Participant(msgspec.Struct, frozen=True, kw_only=True):
    """Who fills a slot of an event or commitment. `span` is the words that fill it; `name` the name of who they are,
    in words of the article, and `entity` the entity's id, each None where the text names nobody (`protesters`)."""

    span: Span
    name: str | None = None
    entity: str | None = None


class Location(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event took place: the words, and the gazetteer's id of the place entry over them, if it has one."""

    span: Span
    gazetteer_id: str | None = None


class Moment(msgspec.Struct, frozen=True, kw_only=True):
    """When an event took place, or what a commitment is due by: the words of a timex, its TIMEX3 value, and the first
    and last day, as ISO prefixes, inclusive; each None where the text does not say. The day of publication never
    stands in for a day that the text does not give."""

    span: Span
    value: str | None = None
    begin: str | None = None
    end: str | None = None


class Size(msgspec.Struct, frozen=True, kw_only=True):
    """How many an event is said to have hit. `span`: the words of the figure, with its bounds."""

    of: Literal["killed", "wounded", "arrested", "missing", "displaced", "participants"]
    span: Span
    low: Decimal | None = None
    high: Decimal | None = None


class Missing(msgspec.Struct, frozen=True, kw_only=True):
    """A slot that stayed empty, and why: `not said`, `passive`, `pronoun`, `several candidates`, `implicit`."""

    slot: Literal["actors", "recipients", "places", "time"]
    reason: str


class Event(msgspec.Struct, frozen=True, kw_only=True, tag="event", tag_field="kind"):
    """Who did what to whom, where and when. Source: PLOVER, the codebook of 2021 (Halterman et al.).

    `trigger` is the word that tells of it; `mentions` are further triggers of the same event in the article. `type`,
    `mode` and `contexts` are codes of PLOVER. `factuality` is what the text says of it at the trigger. `voice` is the
    id of the innermost statement that covers the trigger: an event with a voice is that voice's claim.
    """

    trigger: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Participant, ...] = ()
    recipients: tuple[Participant, ...] = ()
    places: tuple[Location, ...] = ()
    time: Moment | None = None
    sizes: tuple[Size, ...] = ()
    factuality: Factuality = "happened"
    missing: tuple[Missing, ...] = ()
    mentions: tuple[Span, ...] = ()
    voice: str | None = None


class Commitment(msgspec.Struct, frozen=True, kw_only=True, tag="commitment", tag_field="kind"):
    """A pledge, threat, plan or forecast. `trigger`: the words that make it one (`vowed`, `will`, `is expected to`);
    `by` commits himself, `to` is whom it is promised to or threatens; `contents`: what is to come; `condition`: what it
    hangs on. `due` is None where the text names no time. `state` is `open` until a person says otherwise."""

    trigger: Span
    class_: Literal["pledge", "threat", "plan", "forecast"] = msgspec.field(name="class")
    by: Participant | None = None
    to: Participant | None = None
    contents: tuple[Span, ...] = ()
    condition: Span | None = None
    due: Moment | None = None
    state: Literal["open", "kept", "broken", "lapsed"] = "open"
    voice: str | None = None


Value = Statement | Event | Figure | Timex | Place | Commitment | Entity


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What an extractor hands back: a value, the name of the rule that found it, and a score in 0..1 if it has one."""

    value: Value
    rule: str
    score: float | None = None


class Derivation(msgspec.Struct, frozen=True, kw_only=True):
    """What vouches for an entry. Two extractors that agree share an entry, and their derivations add up."""

    extractor: str
    version: str
    rule: str
    model_sha256: str | None = None
    score: float | None = None


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A value in the ledger. `selectors` are one for each span of the value, in the order of `spans_of`."""

    id: str
    document: str
    selectors: tuple[Selector, ...]
    value: Value
    derivations: tuple[Derivation, ...]
    run: str | None = None


def kind_of(value: Value) -> EntryKind:
    """The entry's kind is the value's tag."""
    return cast(EntryKind, value.__struct_config__.tag)


def spans_of(value: Value) -> tuple[Span, ...]:
    """Every span that a value points at: those that its entry must be able to open on."""
    match value:
        case Statement(sources=sources, cue=cue, contents=contents):
            return (*sources, *((cue,) if cue else ()), *contents)
        case Figure(span=span, measured=measured):
            return (span, measured) if measured else (span,)
        case Event():
            slots = (*value.actors, *value.recipients, *value.places, *((value.time,) if value.time else ()))
            return (value.trigger, *value.mentions, *(slot.span for slot in (*slots, *value.sizes)))
        case Commitment():
            slots = tuple(slot.span for slot in (value.by, value.to, value.due) if slot)
            return (value.trigger, *value.contents, *((value.condition,) if value.condition else ()), *slots)
        case Entity(roles=roles, mentions=mentions):
            return (*mentions, *(role.span for role in roles))
        case _:
            return (value.span,)
