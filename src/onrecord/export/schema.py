"""The lines of an export: the one definition that both `export jsonl` and the published JSON Schema come from.

One object a line, `kind` first. A text that was found is `{"text", "start", "end"}`, and `text` equals
`document.text[start:end]`, in Unicode code points. Dates are ISO 8601 prefixes. `null` means that the text does not
say, or that we could not tell.
"""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from onrecord.model import BlockKind, Derivation, EventType, Factuality, MentionKind, Verdict

Id = Annotated[str, Meta(pattern="^[0-9a-f]+$", description="Hash of the canonical JSON of what it names.")]
Offset = Annotated[int, Meta(ge=0, description="Unicode code points from the start of `document.text`.")]
Date = Annotated[str, Meta(pattern=r"^-?\d{4}", description="ISO 8601 prefix: `2023-05` is as precise as the text is.")]
DecimalString = Annotated[str, Meta(pattern=r"^-?\d+(\.\d+)?$", description="Decimal number, never rounded.")]
Status = Annotated[
    Literal["proposed", "accepted", "corrected", "rejected", "superseded"],
    Meta(description="The last two are exported only with `--all`."),
]
Voice = Annotated[
    Id | None, Meta(description="Id of the innermost statement that covers the entry; null: the outlet's own words.")
]


class Line(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What all lines share: `kind` comes first, then the id."""

    id: Id


class FoundText(msgspec.Struct, frozen=True, kw_only=True):
    """Words of the article and where they stand: half-open, in code points."""

    text: str
    start: Offset
    end: Offset


class BlockOfText(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the article's layout, `document.text[start:end]`."""

    kind: BlockKind
    start: Offset
    end: Offset


class SpeakerOf(msgspec.Struct, frozen=True, kw_only=True):
    """Whom the source resolves to: its name, the id of an `entity` line or null, and how it was told."""

    name: str
    entity: Id | None
    how: str


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """One voice of a chain. The first is the outlet (or the author), the last the speaker."""

    name: str | None
    entity: Id | None


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """First and last day, both inclusive."""

    begin: Date
    end: Date


class RoleOf(msgspec.Struct, frozen=True, kw_only=True):
    """What an article calls an entity, and where. `organization`: the body that the words name; `country`: the ISO
    3166-1 alpha-2 code of the country; `holding`: that the office is no more, for a while, or not yet held."""

    title: str
    document: Id
    start: Offset
    end: Offset
    organization: str | None
    country: str | None
    holding: Literal["former", "acting", "designate"] | None


class MentionOf(msgspec.Struct, frozen=True, kw_only=True):
    """Where an article names an entity."""

    document: Id
    text: str
    start: Offset
    end: Offset


class ParticipantOf(msgspec.Struct, frozen=True, kw_only=True):
    """Words that fill a slot, the name of who they are, and the id of an `entity` line, or null."""

    text: str
    start: Offset
    end: Offset
    name: str | None
    entity: Id | None


class LocationOf(msgspec.Struct, frozen=True, kw_only=True):
    """Where an event took place: the words, and the id in the gazetteer or null."""

    text: str
    start: Offset
    end: Offset
    gazetteer_id: str | None


class MomentOf(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a time, where they begin, its TIMEX3 value, and its first and last day, both inclusive."""

    text: str
    offset: Offset
    value: str | None
    begin: Date | None
    end: Date | None


class SizeOf(msgspec.Struct, frozen=True, kw_only=True):
    """How many were hit by an event, with bounds as in a `figure` line."""

    of: Literal["killed", "wounded", "arrested", "missing", "displaced", "participants"]
    text: str
    start: Offset
    end: Offset
    low: DecimalString | None
    high: DecimalString | None


class MissingOf(msgspec.Struct, frozen=True, kw_only=True):
    """A slot that the text leaves empty, and why."""

    slot: Literal["actors", "recipients", "places", "time"]
    reason: str


class MemberOf(msgspec.Struct, frozen=True, kw_only=True):
    """An entity of one document, by the key that its type and full name make."""

    document: Id
    key: Id


class EvidenceOf(msgspec.Struct, frozen=True, kw_only=True):
    """Why entities are held for one, or for two: what kind of evidence (the glossary lists them), the words that show
    it, and the documents that they stand in."""

    kind: str
    words: tuple[str, ...]
    documents: tuple[Id, ...]


class JudgedOf(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as it was when it was judged: the id and the name of then, and some of its members."""

    actor: Id
    name: str
    members: tuple[MemberOf, ...]


class CorrectionOf(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be instead. `actors`: those that are one, or the one that is split or renamed; `documents`: whose
    mentions are of another actor; `name`: the name that a person gave."""

    actors: tuple[JudgedOf, ...]
    documents: tuple[Id, ...]
    name: str | None


class DocumentLine(Line, frozen=True, kw_only=True, tag="document"):
    """One article as read. `external_id` is the id that its record had where it came from."""

    external_id: str | None
    title: str | None
    authors: tuple[str, ...]
    publisher: str | None
    published: Date | None
    url: str | None
    source_sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
    media_type: str
    reader: str
    language: str | None
    text: str
    blocks: tuple[BlockOfText, ...]


class StatementLine(Line, frozen=True, kw_only=True, tag="statement"):
    """Somebody is reported to say, think, promise, deny. `parent` is the statement that this one stands in."""

    document: Id
    sources: tuple[FoundText, ...]
    cue: FoundText | None
    contents: tuple[FoundText, ...]
    style: Literal["direct", "indirect", "mixed", "block"]
    speaker: SpeakerOf | None
    parent: Id | None
    chain: tuple[Link, ...]
    certainty: Literal["asserted", "hedged", "conditional"] | None
    polarity: Literal["affirmed", "denied", "questioned", "withheld"] | None
    attitude: str | None
    said: Period | None
    status: Status
    derivations: tuple[Derivation, ...]


class FigureLine(Line, frozen=True, kw_only=True, tag="figure"):
    """A number with bounds: "at least three" is low 3 and high null, "up to 1,500" low null and high 1500. `unit` is a
    UCUM code, an ISO 4217 code or the counted noun."""

    document: Id
    span: FoundText
    low: DecimalString | None
    high: DecimalString | None
    approximate: bool
    change: Literal["up", "down"] | None
    unit: str | None
    per: str | None
    measured: FoundText | None
    voice: Voice
    chain: tuple[Link, ...]
    status: Status
    derivations: tuple[Derivation, ...]


class TimexLine(Line, frozen=True, kw_only=True, tag="timex"):
    """A time expression with the value that TIMEX3 of ISO-TimeML gives it. `begin` and `end` are the first and the last
    day; `anchor` is what a relative value was reckoned from: the day of publication, or a date of the text."""

    document: Id
    span: FoundText
    type: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str | None
    mod: str | None
    begin: Date | None
    end: Date | None
    anchor: str | None
    voice: Voice
    status: Status
    derivations: tuple[Derivation, ...]


class PlaceLine(Line, frozen=True, kw_only=True, tag="place"):
    """A place name resolved to one entry of the gazetteer, or to none. WGS 84 degrees, ISO 3166-1 alpha-2; the point of
    a country or region is one of reference. `sense`: whether the name stands for the place, for its government, for its
    people, or is a part of another name."""

    document: Id
    span: FoundText
    name: str
    gazetteer_id: str | None
    country: str | None
    lat: float | None
    lon: float | None
    precision: Literal["point", "town", "region", "country", "unknown"]
    sense: Literal["location", "government", "people", "name"]
    status: Status
    derivations: tuple[Derivation, ...]


class EventLine(Line, frozen=True, kw_only=True, tag="event"):
    """Who did what to whom, in the codes of PLOVER 2021. `mentions` are further words for the same event; `missing`
    gives the slots that are empty with the reason. With a `voice`, it is that voice's claim."""

    document: Id
    trigger: FoundText
    type: EventType
    mode: str | None
    contexts: tuple[str, ...]
    actors: tuple[ParticipantOf, ...]
    recipients: tuple[ParticipantOf, ...]
    places: tuple[LocationOf, ...]
    time: MomentOf | None
    sizes: tuple[SizeOf, ...]
    factuality: Factuality
    missing: tuple[MissingOf, ...]
    mentions: tuple[FoundText, ...]
    voice: Voice
    chain: tuple[Link, ...]
    status: Status
    derivations: tuple[Derivation, ...]


class CommitmentLine(Line, frozen=True, kw_only=True, tag="commitment"):
    """A pledge, threat, plan or forecast: who, what, on what condition, by when, to whom."""

    document: Id
    class_: Literal["pledge", "threat", "plan", "forecast"] = msgspec.field(name="class")
    trigger: FoundText
    by: ParticipantOf | None
    to: ParticipantOf | None
    contents: tuple[FoundText, ...]
    condition: FoundText | None
    due: MomentOf | None
    state: Literal["open", "kept", "broken", "lapsed"]
    voice: Voice
    chain: tuple[Link, ...]
    status: Status
    derivations: tuple[Derivation, ...]


class EntityLine(Line, frozen=True, kw_only=True, tag="entity"):
    """A person or body, with its mentions in all documents that are held to mean the same one; `link` lines tell why.
    `name` is words of an article, or what a person called it: a `judgement` line with the verdict `rename` says so."""

    type: MentionKind
    name: str
    aliases: tuple[str, ...]
    roles: tuple[RoleOf, ...]
    mentions: tuple[MentionOf, ...]
    status: Status


class LinkLine(Line, frozen=True, kw_only=True, tag="link"):
    """Entities of several documents that are one (`same`), or might have been and are not (`different`). `entities`:
    the ids of their `entity` lines. `status` is `accepted` where a person judged so."""

    relation: Literal["same", "different"]
    entities: tuple[Id, ...]
    members: tuple[MemberOf, ...]
    score: float | None
    evidence: tuple[EvidenceOf, ...]
    status: Status


class JudgementLine(Line, frozen=True, kw_only=True, tag="judgement"):
    """What a person decided. `subject`: the id of an entity or entry, or of a judgement that is taken back (`reject`).
    A later one on the same subject outranks an earlier one."""

    subject: Id
    verdict: Verdict
    correction: CorrectionOf | None
    reason: str | None
    who: str
    when: str


AnyLine = (
    DocumentLine
    | StatementLine
    | EventLine
    | FigureLine
    | TimexLine
    | PlaceLine
    | CommitmentLine
    | EntityLine
    | LinkLine
    | JudgementLine
)
LINES: dict[str, type[Line]] = {
    "document": DocumentLine,
    "statement": StatementLine,
    "event": EventLine,
    "figure": FigureLine,
    "timex": TimexLine,
    "place": PlaceLine,
    "commitment": CommitmentLine,
    "entity": EntityLine,
    "link": LinkLine,
    "judgement": JudgementLine,
}
"""Kind -> type of its line, in the order of an export."""


def json_schema() -> dict[str, Any]:
    """JSON Schema, draft 2020-12, of one line."""
    (schema,), definitions = msgspec.json.schema_components([AnyLine], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One line of `onrecord export jsonl`",
        # `discriminator`, which msgspec adds, is a word of OpenAPI.
        "anyOf": schema["anyOf"],
        "$defs": definitions,
    }
