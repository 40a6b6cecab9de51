"""What the ledger hands back. Values only: none of them holds on to the file."""

from typing import Generic, Literal, TypeVar

import msgspec

from onrecord.model import Entry, EntryKind, Evidence, Judgement, MentionKind, Span, Statement, Voice, kind_of

Status = Literal["proposed", "accepted", "corrected", "rejected", "superseded"]
STATUSES: tuple[Status, ...] = ("proposed", "accepted", "corrected", "rejected", "superseded")
STANDING: tuple[Status, ...] = ("proposed", "accepted", "corrected")
"""What lists and exports show unless asked for all."""

T = TypeVar("T")


class Page(msgspec.Struct, Generic[T], frozen=True, kw_only=True):
    """One page of a list. `after` is what to ask for the next page with, None on the last one."""

    rows: tuple[T, ...]
    after: str | None = None


class Count(msgspec.Struct, frozen=True, kw_only=True):
    """A count that stops at 10,000: `capped` says that there are more than `n`."""

    n: int
    capped: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """Words of an article and where they stand, half-open, in code points of `Document.text`."""

    text: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return Span(start=self.start, end=self.end)


class RunRow(msgspec.Struct, frozen=True, kw_only=True):
    """One pass of the pipeline. `finished` is None while it goes on, and for ever if it was killed."""

    id: str
    version: str
    steps: tuple[str, ...]
    started: str
    finished: str | None = None


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """What an extractor dropped, and why. `document` and `run` are filled in by the ledger."""

    extractor: str
    span: Span
    reason: str
    document: str = ""
    run: str = ""


class FailureRow(msgspec.Struct, frozen=True, kw_only=True):
    """An input that could not be read. `error` is the name of the exception; `happened` UTC, ISO 8601."""

    name: str
    error: str
    cause: str
    step: str
    happened: str
    run: str


class Added(msgspec.Struct, frozen=True, kw_only=True):
    """What `Ledger.add` did. `new`: the document was not in before; `changed`: anything at all was written. The rest
    are counts of entries: `added` are new, `kept` were there and were found again, `superseded` no longer are."""

    document: str
    new: bool
    changed: bool
    added: int = 0
    kept: int = 0
    superseded: int = 0


class DocumentRow(msgspec.Struct, frozen=True, kw_only=True):
    """A document in a list, without its text. `name` is the file or record that it came from; `characters` the
    length of its text; `statements` how many stand in it; `current` False once a newer reader has read it again."""

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    authors: tuple[str, ...]
    name: str
    url: str | None
    retrieved: str | None
    external_id: str | None
    language: str | None
    media_type: str
    reader: str
    source_sha256: str
    characters: int
    statements: int
    current: bool
    run: str


class EntryRow(msgspec.Struct, frozen=True, kw_only=True):
    """An entry, and what has become of it."""

    entry: Entry
    status: Status

    @property
    def kind(self) -> EntryKind:
        return kind_of(self.entry.value)


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """A passage in which all words were found. `passage` is the whole block, `sentence` the part of it that holds
    the first hit, `hits` the words found in the whole block; all are places in `Document.text`."""

    document: str
    title: str | None
    publisher: str | None
    published: str | None
    block: int
    kind: str
    passage: Found
    sentence: Found
    hits: tuple[Span, ...]


class StatementRow(msgspec.Struct, frozen=True, kw_only=True):
    """A statement in a list, with all that it takes to show it. `chain` runs from the outlet inward to the speaker;
    `passage` is the block in which the statement begins; `score` the probability, 0..1, that it is right, as its last
    derivation has it; `hits` the words that a search found in it."""

    id: str
    document: str
    status: Status
    value: Statement
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None
    sources: tuple[Found, ...]
    cue: Found | None
    contents: tuple[Found, ...]
    speaker: str | None
    entity: str | None
    chain: tuple[Voice, ...]
    passage: Found | None
    score: float | None = None
    hits: tuple[Span, ...] = ()


StatementOrder = Literal["newest", "unsure"]
"""Those published last first, or those that are least likely to be right: the order of review."""


class StatementFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which statements. Empty strings count as not given.

    `q`: words that stand in content, source or speaker (see `Ledger.search`). `speaker`: the key of an entity, a
    name as it stands in a facet, or words of a name. `publisher`: as it stands in a facet. `published_from` and
    `published_to`: ISO 8601 prefixes, both inclusive (`2023-05` as `published_to` takes the whole month); articles
    without a date are in only where neither is given. `status`: one, or None for all but rejected. `document`: id.
    `about`: the key of an entity that the content mentions. `happened`: days of which a date in the content speaks, an
    ISO 8601 prefix or two with `..` between (see `happened.interval`).
    """

    q: str | None = None
    speaker: str | None = None
    publisher: str | None = None
    style: str | None = None
    published_from: str | None = None
    published_to: str | None = None
    status: str | None = None
    document: str | None = None
    about: str | None = None
    happened: str | None = None


class FacetValue(msgspec.Struct, frozen=True, kw_only=True):
    """One value of a facet: `value` is what to filter with, `label` what to show, `n` how many statements."""

    value: str
    label: str
    n: int


class Facets(msgspec.Struct, frozen=True, kw_only=True):
    """Counts beside a search, most frequent first; the years newest first. Each is counted with all filters but its
    own. `timed_out` names those that took longer than was allowed and are therefore empty."""

    speaker: tuple[FacetValue, ...] = ()
    publisher: tuple[FacetValue, ...] = ()
    style: tuple[FacetValue, ...] = ()
    year: tuple[FacetValue, ...] = ()
    timed_out: tuple[str, ...] = ()


class ActorRow(msgspec.Struct, frozen=True, kw_only=True):
    """An actor over all current documents, in a list."""

    key: str
    name: str
    type: MentionKind
    documents: int
    mentions: int
    said: int


class ActorMention(msgspec.Struct, frozen=True, kw_only=True):
    """Where an article names or describes an entity."""

    document: str
    entry: str
    text: str
    start: int
    end: int


class Alias(msgspec.Struct, frozen=True, kw_only=True):
    """A name of an entity, and the documents that use it."""

    name: str
    documents: tuple[str, ...]


class Other(msgspec.Struct, frozen=True, kw_only=True):
    """An actor that might have been the same and was not, and what disagrees."""

    actor: str
    name: str
    evidence: tuple[Evidence, ...]


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """What articles call an actor: a title, with the body or country that they name, and the first and the last day on
    which one said so (publication dates). `publishers` and `documents`: who said so, and where, the first one first."""

    title: str
    organization: str | None
    first: str | None
    last: str | None
    publishers: tuple[str, ...]
    documents: tuple[str, ...]


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """An actor: entities of several documents that are one. `key` is its id, `keys` those of its entities, the one of
    most documents first. `name` is what the linker or a person calls it (`named`: the id of that judgement), else the
    spelling that most documents use. `documents`, `n_mentions`, `said` and `about` are counts; `mentions` may be
    shorter than `n_mentions`. `evidence`: why its entities are held for one; `apart`: who else it might have been;
    `judgements`: those that shaped it."""

    key: str
    name: str
    type: MentionKind
    keys: tuple[str, ...]
    aliases: tuple[Alias, ...]
    roles: tuple[ActorMention, ...]
    mentions: tuple[ActorMention, ...]
    entries: tuple[str, ...]
    documents: int
    n_mentions: int
    said: int
    about: int
    evidence: tuple[Evidence, ...] = ()
    apart: tuple[Other, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    named: str | None = None


class Citing(msgspec.Struct, frozen=True, kw_only=True):
    """Who reports what an actor said: an outlet (`kind` "publisher"), or a speaker in between. `n` statements,
    between the publication dates `first` and `last`."""

    kind: Literal["publisher", "speaker"]
    name: str | None
    entity: str | None
    n: int
    first: str | None
    last: str | None


class PublisherCount(msgspec.Struct, frozen=True, kw_only=True):
    """Documents of an outlet; None is those that name none. `first`, `last`: publication dates."""

    publisher: str | None
    documents: int
    first: str | None
    last: str | None


class Overview(msgspec.Struct, frozen=True, kw_only=True):
    """What is in a ledger, and what is missing. `months`: (`2023-06`, documents), in order, without gaps filled;
    `entries`: standing entries by kind; `statuses`: statements by status."""

    documents: int
    superseded_documents: int
    publishers: tuple[PublisherCount, ...]
    months: tuple[tuple[str, int], ...]
    undated: int
    failures: int
    entries: dict[str, int]
    statuses: dict[str, int]
    runs: int
    last_run: RunRow | None = None


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that does not agree. `subject` names the document, entry or table (`document 3fa2…`), `place` the
    cell and, where it can be told, the characters; `cause` what is wrong with it."""

    subject: str
    place: str
    cause: str

    def __str__(self) -> str:
        return f"{self.subject}, {self.place}: {self.cause}"


class Migrated(msgspec.Struct, frozen=True, kw_only=True):
    """What `migrate` did. `backup` is the copy that was made before, None where nothing had to be done."""

    before: str
    after: str
    backup: str | None = None
