"""The ledger: one file, opened, written, read. The class holds the engine and begins transactions; the work is done
by the plain functions of the files beside it."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Unpack

from onrecord.errors import InputError, LedgerBusy, LedgerError, LedgerUnwritable, MalformedInput, TooLarge
from onrecord.ledger import (
    actors,
    judgements,
    linking,
    reading,
    schema,
    searching,
    sketches,
    sqlite,
    statements,
    summary,
    verification,
    writing,
)
from onrecord.ledger.atlas import Atlas
from onrecord.ledger.cells import CELL_LIMIT
from onrecord.ledger.chronicle import Chronicle
from onrecord.ledger.rows import (
    Actor,
    ActorRow,
    Added,
    Citing,
    Count,
    DocumentRow,
    EntryRow,
    Facets,
    FailureRow,
    Hit,
    Overview,
    Page,
    Problem,
    Rejection,
    RunRow,
    StatementFilter,
    StatementOrder,
    StatementRow,
    Status,
    Term,
)
from onrecord.ledger.sketches import Linker
from onrecord.model import Document, Entry, EntryKind, Judgement, Settled

ALL = StatementFilter()


class Ledger(Atlas, Chronicle):
    """An open ledger. Any number of threads may use it at once; a process that forks opens its own.

    Every method raises LedgerBusy, LedgerUnwritable or LedgerError where the file gives out. Reading sees the ledger
    as it was when the call began, and never waits for a writer.
    """

    # --- writing ---------------------------------------------------------------------------------------------------

    def begin_run(self, version: str, steps: Sequence[str] = (), *, started: str) -> str:
        """A new run; gives its id. `version`: of all extractors together, what `known` compares; `steps`: their names
        and versions; `started`: UTC, ISO 8601."""
        with self._writing() as connection:
            return str(writing.begin_run(connection, version, steps, started))

    def finish_run(self, run: str, *, finished: str) -> None:
        """Note that a run came to its end. `finished`: UTC, ISO 8601."""
        with self._writing() as connection:
            writing.finish_run(connection, int(run), finished)

    def known(self, sha256s: Iterable[str], *, readers: Collection[str], version: str) -> set[str]:
        """Those of `sha256s` whose document is in already, read by one of `readers` (`html/1`) and extracted from by a
        run of `version`: adding them again would change nothing."""
        with self._reading() as connection:
            return reading.known(connection, sha256s, readers, version)

    def add(
        self,
        raw: bytes,
        document: Document,
        entries: Iterable[Entry],
        *,
        run: str,
        rejections: Sequence[Rejection] = (),
    ) -> Added:
        """Keep a document with its bytes and all its entries, in one transaction: it is in whole or not at all.

        `entries` are all that this run found in the document, of every extractor. Entries of earlier runs that are
        not among them become superseded, unless a person has decided on them; an entry that is found again keeps its
        id and its status and gets what is new among its derivations. An older reading of the same record by another
        reader becomes superseded with its entries. The same bytes, reader and extractors again write nothing.

        Raises ValueError where `raw` has not the stated SHA-256 or an entry does not open on its words (a fault of the
        program), InputError where the article cannot be stored.
        """
        name = document.source.name or document.id
        try:
            with self._writing() as connection:
                return writing.add(connection, raw, document, entries, int(run), rejections)
        except UnicodeEncodeError:
            raise MalformedInput(name, "it holds half a surrogate pair", "save it as UTF-8") from None
        except LedgerError as error:
            if sqlite.is_too_big(error):
                raise TooLarge(name, f"it takes a cell of more than {CELL_LIMIT:,} bytes", "split it") from None
            raise

    def fail(self, run: str, name: str, error: Exception, *, when: str) -> None:
        """Keep that an input could not be read. `when`: UTC, ISO 8601."""
        cause, step = (error.cause, error.step) if isinstance(error, InputError) else (str(error), "")
        cell = {"name": name, "error": type(error).__name__, "cause": cause, "step": step, "happened": when}
        with self._writing() as connection:
            writing.fail(connection, int(run), {k: v.encode("utf-8", "replace").decode() for k, v in cell.items()})

    def reindex(self) -> None:
        """Make the search tables anew from what is kept; mends what `verify` finds wrong in them. All documents are to
        be linked then, as after `add`."""
        with self._writing() as connection:
            writing.reindex(connection)

    # --- documents, entries, runs ----------------------------------------------------------------------------------

    def documents(
        self, *, after: str | None = None, limit: int = 100, **wanted: Unpack[reading.DocumentFilter]
    ) -> Page[DocumentRow]:
        """Documents, newest first, those without a date last. `after`: the id of the last one seen.

        `publisher`, `external_id`, `source_sha256`: the very words. `published_from`, `published_to`: ISO prefixes,
        both inclusive. `happened`: those with a date of these days in them, see `happened.interval`. `superseded=True`:
        also those that a newer reader has read again. `lacking`: only those without
        a date (`published`), an outlet (`publisher`), `authors` or `statements`.
        """
        with self._reading() as connection:
            return reading.documents(connection, wanted, after, limit)

    def count_documents(self, **wanted: Unpack[reading.DocumentFilter]) -> Count:
        """How many documents `documents` has; never capped."""
        with self._reading() as connection:
            return Count(n=reading.count_documents(connection, wanted))

    def document(self, id: str) -> Document:
        """The document of an id, or of the beginning of one (four characters or more). Raises NotFound."""
        with self._reading() as connection:
            return reading.document(connection, id)

    def document_row(self, id: str) -> DocumentRow:
        """As `documents` lists it. Raises NotFound."""
        with self._reading() as connection:
            return reading.one_document_row(connection, id)

    def source_bytes(self, sha256: str) -> bytes:
        """The bytes that came in. Raises NotFound."""
        with self._reading() as connection:
            return reading.source_bytes(connection, sha256)

    def entries(
        self,
        *,
        document: str | None = None,
        kinds: Sequence[EntryKind] | None = None,
        statuses: Sequence[Status] | None = None,
        after: str | None = None,
        limit: int | None = None,
    ) -> Page[EntryRow]:
        """Entries with their derivations: of one document in the order of its text, or of all current documents.

        `statuses` None: all but rejected and superseded (with any, documents that are not current too). Give `limit`
        and `after` to go through a large ledger. Raises NotFound for `document`.
        """
        with self._reading() as connection:
            return reading.entries(
                connection, document=document, kinds=kinds, statuses=statuses, after=after, limit=limit
            )

    def entry(self, id: str) -> EntryRow:
        """The entry of an id, or of the beginning of one; superseded ones too. Raises NotFound."""
        with self._reading() as connection:
            return reading.entry(connection, id)

    def runs(self) -> list[RunRow]:
        """All runs, the last one first."""
        with self._reading() as connection:
            return reading.runs(connection)

    def failures(self, *, every: bool = False, limit: int = 1000) -> list[FailureRow]:
        """The last failure of each input that no later run has read; with `every`, all that ever were. Newest first."""
        with self._reading() as connection:
            return reading.failures(connection, every=every, limit=limit)

    def rejections(self, *, document: str | None = None, limit: int = 1000) -> list[Rejection]:
        """What extractors dropped, with the reason."""
        with self._reading() as connection:
            return reading.rejections(connection, document=document, limit=limit)

    def overview(self) -> Overview:
        """What is in here as a whole, and what is missing."""
        with self._reading() as connection:
            return summary.overview(connection)

    # --- search ----------------------------------------------------------------------------------------------------

    def search(
        self,
        query: str,
        *,
        document: str | None = None,
        happened: str | None = None,
        after: str | None = None,
        limit: int = 20,
    ) -> Page[Hit]:
        """Passages that hold all words of `query`, best first (BM25); those added last first, where more than 5,000 do.

        Words stand in any order, `"a quoted part"` as it is, `tank*` for all that begin so; case and accents do not
        count; nothing else has a meaning, and no query is an error. `happened`: passages with a date of these days in
        them, see `happened.interval`.
        """
        with self._reading() as connection:
            return searching.search(connection, query, document, happened, after, limit)

    def count_hits(self, query: str, *, document: str | None = None, happened: str | None = None) -> Count:
        """How many passages `search` has."""
        with self._reading() as connection:
            return searching.count(connection, query, document, happened)

    def statements(
        self,
        asked: StatementFilter = ALL,
        *,
        after: str | None = None,
        limit: int = 50,
        order: StatementOrder = "newest",
    ) -> Page[StatementRow]:
        """Statements, those published last first, in the order of the text within an article; or the least sure first
        (`unsure`), those without a score before them. `after`: the id of the last one seen, which stays good while the
        ledger grows."""
        with self._reading() as connection:
            return statements.search(connection, asked, after, limit, order)

    def count_statements(self, asked: StatementFilter = ALL) -> Count:
        """How many statements there are of what is asked."""
        with self._reading() as connection:
            return statements.count(connection, asked)

    def facets(self, asked: StatementFilter = ALL, *, seconds: float = 0.2) -> Facets:
        """Counts by speaker, outlet, style and year; gives up after `seconds`, and says so."""
        with self._reading() as connection:
            return statements.facets(connection, asked, seconds)

    def statement(self, id: str) -> StatementRow:
        """One statement with its chain; superseded ones too. Raises NotFound."""
        with self._reading() as connection:
            return statements.statement(connection, id)

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, StatementRow]:
        """Those of these whole ids that are statements, superseded ones too, by id; all at once."""
        with self._reading() as connection:
            return statements.by_id(connection, ids)

    def children(self, id: str) -> list[StatementRow]:
        """The statements that stand in the content of another. Raises NotFound."""
        with self._reading() as connection:
            return statements.children(connection, id)

    # --- actors ----------------------------------------------------------------------------------------------------

    def actors(
        self, *, q: str | None = None, type: str | None = None, after: str | None = None, limit: int = 50
    ) -> Page[ActorRow]:
        """Actors of all current documents, those of most documents first. `q`: part of a name."""
        with self._reading() as connection:
            return actors.actors(connection, q, type, after, limit)

    def count_actors(self, *, q: str | None = None, type: str | None = None) -> Count:
        """How many `actors` has."""
        with self._reading() as connection:
            return actors.count_actors(connection, q, type)

    def actor(self, key: str, *, mentions: int = 200) -> Actor:
        """One actor over all current documents, by its id, by a key that one of its entities has, or by the first four
        characters of one or more. What it said: `statements(StatementFilter(speaker=key))`; what is said about it:
        `StatementFilter(about=key)`. Raises NotFound."""
        with self._reading() as connection:
            return actors.actor(connection, key, mentions)

    def actor_names(self, keys: Iterable[str]) -> dict[str, str]:
        """Id -> name, of those actors that the linker or a person gave a name beyond what articles call them."""
        with self._reading() as connection:
            return statements.names(connection, keys)

    def offices(self, key: str) -> list[Term]:
        """What articles call an actor, the first said first; only of articles that were linked."""
        with self._reading() as connection:
            return actors.offices(connection, linking.actor_of(connection, key))

    def cited_by(self, key: str) -> list[Citing]:
        """The outlets, and the speakers in between, that report what an entity said; most first."""
        with self._reading() as connection:
            return actors.cited_by(connection, key)

    # --- links and judgements --------------------------------------------------------------------------------------

    def links_wait(self, linker: Linker) -> bool:
        """Whether documents or buckets are to be linked, anew or for the first time."""
        with self._reading() as connection:
            return sketches.waits(connection, linker)

    def sketch(self, linker: Linker, *, documents: int) -> int:
        """Sketch at most so many documents that wait, in one transaction. Gives how many it were."""
        with self._writing() as connection:
            return sketches.sketch(connection, linker, documents)

    def relink(self, linker: Linker, *, seconds: float) -> int:
        """Link stale buckets anew for so many seconds, in one transaction. Gives how many it were."""
        with self._writing() as connection:
            return linking.relink(connection, linker, seconds)

    def actors_of(self, document: str) -> dict[str, str]:
        """Key -> id of the actor, of the entities of a document. Raises NotFound."""
        with self._reading() as connection:
            return linking.actors_of(connection, reading.resolve(connection, schema.documents, document, "document")[0])

    def links(self, *, after: str | None = None, limit: int = 100) -> Page[Settled]:
        """The actors of which there is more to tell than the one key that an entity has: what is held for one or kept
        apart, why, and as whom people judged it. `after`: the id of the last one seen."""
        with self._reading() as connection:
            return actors.links(connection, after, limit)

    def judgements(self, *, subject: str | None = None) -> list[Judgement]:
        """What people decided, all of it or on one subject, the first one first."""
        with self._reading() as connection:
            return judgements.every(connection, subject)

    def judgement(self, id: str) -> Judgement:
        """The judgement of an id, or of the beginning of one. Raises NotFound."""
        with self._reading() as connection:
            return judgements.one(connection, id)

    def merge(
        self, actors: Sequence[str], *, linker: Linker, who: str, when: str, reason: str | None = None
    ) -> Judgement:
        """These actors are one. Each of the four is a judgement: it is kept, the buckets that it concerns wait to be
        linked anew, and `linker` tells which these are. `when`: UTC, ISO 8601. Ids may be cut to four characters or
        more. Raises NotFound, JudgementRefused."""
        with self._writing() as connection:
            subject, correction = judgements.merge(connection, actors)
            return linking.judge(connection, linker, subject, "merge", correction, reason, who, when)

    def split(
        self,
        actor: str,
        documents: Sequence[str],
        *,
        linker: Linker,
        who: str,
        when: str,
        reason: str | None = None,
    ) -> Judgement:
        """What these documents say of the actor is of another one. See `merge`."""
        with self._writing() as connection:
            subject, correction = judgements.split(connection, actor, documents)
            return linking.judge(connection, linker, subject, "split", correction, reason, who, when)

    def rename(
        self, actor: str, name: str, *, linker: Linker, who: str, when: str, reason: str | None = None
    ) -> Judgement:
        """The actor bears this name, which is the person's own and is marked so. See `merge`."""
        with self._writing() as connection:
            subject, correction = judgements.rename(connection, actor, name)
            return linking.judge(connection, linker, subject, "rename", correction, reason, who, when)

    def undo(self, judgement: str, *, linker: Linker, who: str, when: str, reason: str | None = None) -> Judgement:
        """Take a judgement back: that is one too, and the one that is taken back stays. See `merge`."""
        with self._writing() as connection:
            undone = judgements.undo(connection, judgement)
            return linking.judge(connection, linker, undone.id, "reject", None, reason, who, when, of=undone)

    # --- checking --------------------------------------------------------------------------------------------------

    def verify(self) -> Iterator[Problem]:
        """Read everything again and say what does not agree: bytes, texts, values, selectors, search rows.

        One document is held at a time. The full-text indexes are compared last, for which SQLite wants the write lock
        for a moment, though nothing is written. Raises nothing for what is wrong in a cell: that is a Problem.
        """
        try:
            with self._reading() as connection:
                yield from verification.verify(connection)
            with self._writing() as connection:
                problems = list(verification.indexes(connection))
                connection.rollback()
            yield from problems
        except (LedgerBusy, LedgerUnwritable) as error:
            yield Problem(subject="the file", place="full-text indexes", cause=f"they could not be compared: {error}")
        except LedgerError as error:
            yield Problem(subject="the file", place="its pages", cause=str(error))
