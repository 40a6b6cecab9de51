"""The pages of one thing each: the start page, an article and its original, a statement, an event or
commitment, an actor, the keys."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from onrecord.errors import NotFound
from onrecord.ledger import DocumentRow, EntryRow, Ledger
from onrecord.ledger.rows import STANDING
from onrecord.model import Commitment, Document, Entity, Entry, Event, Span, Statement, with_actors
from onrecord.web import collection, reader
from onrecord.web.act_page import act_page, json_page
from onrecord.web.actor import COLUMNS, actor_page, actor_rows
from onrecord.web.page import actor_path, place_path
from onrecord.web.query import LONGEST, Refused, span
from onrecord.web.room import base_of, html, json, room_of
from onrecord.web.twins import csv_lines, download


def start(request: Request) -> Response:
    return html(request, "start.html", collection.start_page(room_of(request).ledger))


def start_json(request: Request) -> Response:
    return json(room_of(request).ledger.overview())


def _read(request: Request) -> tuple[Document, DocumentRow, list[EntryRow]]:
    """The article of the address with what stands in it. Raises NotFound."""
    ledger, key = room_of(request).ledger, request.path_params["id"]
    return ledger.document(key), ledger.document_row(key), _rows(ledger, key)


def _rows(ledger: Ledger, document: str) -> list[EntryRow]:
    """What stands in an article, with the actors of all articles in place of its own entities."""
    actors = ledger.actors_of(document)
    return [_known(row, actors) for row in ledger.entries(document=document).rows]


def _known(row: EntryRow, actors: Mapping[str, str]) -> EntryRow:
    entry = msgspec.structs.replace(row.entry, value=with_actors(row.entry.value, actors))
    return msgspec.structs.replace(row, entry=entry)


def _gone(ledger: Ledger, rows: Sequence[EntryRow]) -> list[Entry]:
    """The statements that something here stands in and that were superseded or rejected, outward to the outlet."""
    known = {row.entry.id for row in rows}
    wanted = [row.entry.value for row in rows]
    found: list[Entry] = []
    while wanted:
        value = wanted.pop()
        outer = value.parent if isinstance(value, Statement) else None if isinstance(value, Entity) else value.voice
        if outer and outer not in known:
            known.add(outer)
            with suppress(NotFound):  # a damaged ledger is shown as far as it goes; `verify` tells of it
                found.append(ledger.entry(outer).entry)
                wanted.append(found[-1].value)
    return found


def _statuses(rows: list[EntryRow]) -> Mapping[str, str]:
    return {row.entry.id: row.status for row in rows}


def article(request: Request) -> Response:
    document, row, rows = _read(request)
    if document.id != request.path_params["id"]:
        return RedirectResponse(f"/articles/{document.id}", status_code=307)
    q = request.query_params.get("q", "").strip()
    hits = _hits(request, document.id, q)
    at = request.query_params.get("at")
    place = span("at", at) if at else None
    entries = [row.entry for row in rows]
    values = reader.article_page(document, entries, _statuses(rows), hits, place, _gone(room_of(request).ledger, rows))
    values["q"] = q
    if not row.current:
        again = room_of(request).ledger.documents(source_sha256=row.source_sha256, limit=100).rows
        same = [other.id for other in again if other.external_id == row.external_id]
        values |= {"current": False, "newer": same[0] if same else None}
    return html(request, "article.html", values)


def _hits(request: Request, document: str, q: str) -> list[Span]:
    """The words of the search that led here, wherever in the article they stand."""
    if not q:
        return []
    ledger, q = room_of(request).ledger, q[:LONGEST]
    found = ledger.search(q, document=document, limit=1000).rows
    if not found:
        # The words of one statement may stand in several passages: a speaker's name far from what he said.
        found = tuple(hit for word in q.split()[:8] for hit in ledger.search(word, document=document, limit=1000).rows)
    return [span for hit in found for span in hit.hits]


def article_json(request: Request) -> Response:
    document, row, rows = _read(request)
    return json({"document": document, "current": row.current, "entries": rows})


def source(request: Request) -> Response:
    """Where the article came from: the bytes' hash, each repair, each block, and a passage in the original."""
    ledger = room_of(request).ledger
    document = ledger.document(request.path_params["id"])
    raw = ledger.source_bytes(document.source.sha256)
    dropped = ledger.rejections(document=document.id)
    return html(request, "source.html", reader.source_page(document, raw, _window(request), dropped))


def _window(request: Request) -> tuple[str, Span] | None:
    for name in ("at", "source"):
        if value := request.query_params.get(name):
            return name, span(name, value)
    return None


def original(request: Request) -> Response:
    """The bytes as they came in: to be saved, never to be shown, for they may be a page with its own script."""
    ledger = room_of(request).ledger
    document = ledger.document(request.path_params["id"])
    raw = ledger.source_bytes(document.source.sha256)
    return Response(
        raw,
        media_type="application/octet-stream",
        headers={
            "content-disposition": f'attachment; filename="{document.source.sha256[:16]}.bin"',
            "content-security-policy": "sandbox; default-src 'none'",
        },
    )


def _statement(request: Request) -> tuple[Document, list[EntryRow], EntryRow]:
    ledger, key = room_of(request).ledger, request.path_params["id"]
    found = ledger.entry(key)
    if not isinstance(found.entry.value, Statement):
        raise Refused(
            404, "No statement", f"{found.entry.id} is of the kind {found.kind}.", "Open it from its article."
        )
    rows = _rows(ledger, found.entry.document)
    if found.status not in STANDING:
        rows = _with(rows, found)
    # The entry of the page is one of the rows.
    found = next((row for row in rows if row.entry.id == found.entry.id), found)
    return ledger.document(found.entry.document), rows, found


def statement(request: Request) -> Response:
    document, rows, found = _statement(request)
    if found.entry.id != request.path_params["id"]:
        return RedirectResponse(f"/s/{found.entry.id}", status_code=307)
    entries = [row.entry for row in rows]
    gone = _gone(room_of(request).ledger, rows)
    values = reader.statement_page(document, entries, _statuses(rows), found.entry, base_of(request), gone)
    return html(request, "statement.html", values)


def statement_json(request: Request) -> Response:
    document, rows, found = _statement(request)
    entries, gone = [row.entry for row in rows], _gone(room_of(request).ledger, rows)
    values = reader.statement_page(document, entries, _statuses(rows), found.entry, base_of(request), gone)
    return json(
        {
            "statement": found,
            "chain": values["card"].chain,
            "inner": [card.ref for card, label in values["related"] if label == "inner"],
            "citation": values["citation"],
            "title": document.title,
            "publisher": document.publisher,
            "published": document.published,
            "source": document.source,
        }
    )


def _act(request: Request) -> tuple[EntryRow, dict[str, Any]] | Response:
    """An event or commitment and what its page shows; any other entry leads to where it is shown."""
    ledger, key = room_of(request).ledger, request.path_params["id"]
    found = ledger.entry(key)
    id_, document = found.entry.id, found.entry.document
    if isinstance(found.entry.value, Statement):
        return RedirectResponse(f"/s/{id_}", status_code=307)
    if not isinstance(found.entry.value, Event | Commitment):
        span = next((selector.span for selector in found.entry.selectors), Span(start=0, end=0))
        return RedirectResponse(place_path(document, span.start, span.end), status_code=307)
    if id_ != key:
        return RedirectResponse(request.url.path.replace(f"/{key}", f"/{id_}", 1), status_code=307)
    rows = _with(_rows(ledger, document), found)
    found = next(row for row in rows if row.entry.id == id_)
    values = act_page(
        ledger.document(document),
        [row.entry for row in rows],
        _statuses(rows),
        found.entry,
        base_of(request),
        room_of(request).today(),
        _gone(ledger, rows),
    )
    return found, values


def act(request: Request) -> Response:
    made = _act(request)
    return made if isinstance(made, Response) else html(request, "act.html", made[1])


def act_json(request: Request) -> Response:
    made = _act(request)
    return made if isinstance(made, Response) else json({made[0].kind: made[0], **json_page(made[1])})


def _with(rows: list[EntryRow], found: EntryRow) -> list[EntryRow]:
    """What stands in an article, and with it an entry that stands no longer and keeps its page."""
    return rows if any(row.entry.id == found.entry.id for row in rows) else [*rows, found]


def _key(request: Request) -> str:
    """The key before the words of the name, which are there for the reader alone."""
    key: str = request.path_params["id"].partition("-")[0]
    return key


def actor(request: Request) -> Response:
    """Ids that were merged into another lead on: no address dies."""
    ledger, key = room_of(request).ledger, _key(request)
    found = ledger.actor(key)
    if found.key != key:
        return RedirectResponse(actor_path(found.key, found.name), status_code=307)
    return html(request, "actor.html", actor_page(ledger, found))


def actor_json(request: Request) -> Response:
    ledger = room_of(request).ledger
    found = ledger.actor(_key(request))
    return json({"actor": found, "terms": ledger.offices(found.key), "cited_by": ledger.cited_by(found.key)})


def actor_csv(request: Request) -> Response:
    ledger = room_of(request).ledger
    found = ledger.actor(_key(request))
    rows = actor_rows(found, ledger.offices(found.key))
    return download(csv_lines(COLUMNS, rows), f"actor-{found.key}.csv", "text/csv; charset=utf-8")


def keys(request: Request) -> Response:
    return html(request, "keys.html", {})


def about(request: Request) -> Response:
    return RedirectResponse("/", status_code=301)


_PAGES: tuple[tuple[str, Any], ...] = (
    ("/", start),
    ("/index.json", start_json),
    ("/articles/{id}.json", article_json),
    ("/articles/{id}/source", source),
    ("/articles/{id}/original", original),
    ("/articles/{id}", article),
    ("/s/{id}.json", statement_json),
    ("/s/{id}", statement),
    ("/e/{id}.json", act_json),
    ("/e/{id}", act),
    ("/actors/{id}.json", actor_json),
    ("/actors/{id}.csv", actor_csv),
    ("/actors/{id}", actor),
    ("/help/keys", keys),
    ("/about/collection", about),
)
ROUTES = [Route(path, page, methods=["GET"]) for path, page in _PAGES]
