"""One file that holds what is on the record: articles with their bytes, entries, and what vouches for them.

    with Ledger.open("onrecord.db", create=True) as ledger:
        run = ledger.begin_run("0.1.0", steps, started="2026-11-21T20:00:00Z")
        if sha256 not in ledger.known([sha256], readers={"html/1"}, version="0.1.0"):
            ledger.add(raw, document, entries, run=run)           # one transaction
        ledger.fail(run, "broken.html", error, when="2026-11-21T20:00:01Z")
        ledger.finish_run(run, finished="2026-11-21T20:01:00Z")

        ledger.documents(limit=50).rows                           # Page[DocumentRow]; .after for the next page
        ledger.document("3fa2")                                   # Document, by id or the beginning of one
        ledger.entries(document=id, kinds=("statement",)).rows    # Page[EntryRow]: .entry, .status
        ledger.search('"grain deal" port*').rows                  # Page[Hit]: .sentence, .hits
        ledger.statements(StatementFilter(q="ceasefire", speaker=key), after=last).rows   # Page[StatementRow]
        ledger.count_statements(...), ledger.facets(...)          # Count, Facets
        ledger.statement(id), ledger.children(id)                 # with chain and passage
        ledger.actors(), ledger.actor(key), ledger.cited_by(key)
        ledger.acts(ActFilter(kind="commitment"), order="due").rows   # Page[EntryRow]: events and commitments
        ledger.act_facets(...), ledger.timeline(ActFilter(axis="said"))
        ledger.overview(), ledger.failures(), ledger.runs()
        for problem in ledger.verify(): ...

`migrate(path)` brings an older ledger up to date. The tables are explained in `schema`, what the methods hand back
in `rows`. Errors: `onrecord.errors.LedgerError` and the classes below it, `NotFound`, `InputError` from `add`.
"""

from onrecord.ledger.acts import ActFacets, ActFilter, ActOrder, Axis
from onrecord.ledger.located import LocatedFacets, LocatedFilter, LocatedRow, Spot
from onrecord.ledger.migration import migrate
from onrecord.ledger.reading import Lack
from onrecord.ledger.rows import (
    STANDING,
    STATUSES,
    Actor,
    ActorMention,
    ActorRow,
    Added,
    Alias,
    Citing,
    Count,
    DocumentRow,
    EntryRow,
    Facets,
    FacetValue,
    FailureRow,
    Found,
    Hit,
    Migrated,
    Other,
    Overview,
    Page,
    Problem,
    PublisherCount,
    Rejection,
    RunRow,
    StatementFilter,
    StatementOrder,
    StatementRow,
    Status,
    Term,
)
from onrecord.ledger.sketches import Linker
from onrecord.ledger.store import Ledger
from onrecord.ledger.timeline import Bar, Stretch, Timeline

__all__ = [
    "STANDING",
    "STATUSES",
    "ActFacets",
    "ActFilter",
    "ActOrder",
    "Actor",
    "ActorMention",
    "ActorRow",
    "Added",
    "Alias",
    "Axis",
    "Bar",
    "Citing",
    "Count",
    "DocumentRow",
    "EntryRow",
    "FacetValue",
    "Facets",
    "FailureRow",
    "Found",
    "Hit",
    "Lack",
    "Ledger",
    "Linker",
    "LocatedFacets",
    "LocatedFilter",
    "LocatedRow",
    "Migrated",
    "Other",
    "Overview",
    "Page",
    "Problem",
    "PublisherCount",
    "Rejection",
    "RunRow",
    "Spot",
    "StatementFilter",
    "StatementOrder",
    "StatementRow",
    "Status",
    "Stretch",
    "Term",
    "Timeline",
    "migrate",
]
