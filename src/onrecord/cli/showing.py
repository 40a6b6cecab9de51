"""What `onrecord show` and `search` print."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec
from rich.text import Text

from onrecord.cli.output import highlighted, one_line, percent, printable
from onrecord.errors import NotFound
from onrecord.export.jsonl import as_actors, lines
from onrecord.export.lines import Held, document_line, entity_line, entity_part, entry_line, judgement_line
from onrecord.export.schema import LINES, DocumentLine, EntityLine, Line
from onrecord.ledger import STATUSES, Hit, Ledger
from onrecord.model import Document, Entity, Statement, chain, spans_of

HIT = ("document", "published", "publisher", "title", "start", "end", "sentence", "hits")
_AROUND = 200
"""Code points of the article shown on each side of an entry's words."""


class Shown(NamedTuple):
    """What an id stands for: its line, the article that it stands in (none for an entity), and the spans of it."""

    line: Line
    document: Document | None
    spans: tuple[tuple[int, int], ...] = ()


def find(ledger: Ledger, given: str) -> Shown:
    """What has an id that begins with `given`. Raises NotFound for nothing, and for several."""
    found: list[Shown] = []
    for look in (_document, _entry, _entity, _judgement):
        try:
            found.append(look(ledger, given))
        except NotFound as error:
            if "several" in str(error):
                raise
    found += [] if found else _links(ledger, given)
    if not found:
        raise NotFound(
            f"{given[:40]}: no document, entry, entity, link or judgement has an id that begins so; see `onrecord list`"
        )
    if len(found) > 1:
        several = ", ".join(f"{shown.line.__struct_config__.tag} {shown.line.id}" for shown in found)
        raise NotFound(f"{given}: several begin so ({several}); give more of the id")
    return found[0]


def _document(ledger: Ledger, given: str) -> Shown:
    document = ledger.document(given)
    return Shown(document_line(document), document)


def _entry(ledger: Ledger, given: str) -> Shown:
    row = ledger.entry(given)
    document = ledger.document(row.entry.document)
    value = row.entry.value
    if isinstance(value, Entity):
        return _entity(ledger, value.key)
    near = ledger.entries(document=document.id, kinds=("statement",), statuses=STATUSES).rows
    actors = ledger.actors_of(document.id)
    statements = {each.entry.id: as_actors(each, actors).entry for each in near}
    innermost = row.entry.id if isinstance(value, Statement) else value.voice
    known = as_actors(row, actors)
    line = entry_line(Held(known.entry, row.status), document, chain(document, innermost, statements))
    return Shown(line, document, tuple((span.start, span.end) for span in spans_of(value)))


def _entity(ledger: Ledger, given: str) -> Shown:
    actor = ledger.actor(given)
    rows = [ledger.entry(entry) for entry in actor.entries]
    parts = [entity_part(Held(r.entry, r.status), r.entry.value) for r in rows if isinstance(r.entry.value, Entity)]
    return Shown(entity_line(actor.key, parts, actor.name), None)


def _judgement(ledger: Ledger, given: str) -> Shown:
    return Shown(judgement_line(ledger.judgement(given)), None)


def _links(ledger: Ledger, given: str) -> list[Shown]:
    """A link has no row of its own: its id is made of those whom it links."""
    return [Shown(line, None) for line in lines(ledger, ["link"]) if len(given) > 3 and line.id.startswith(given)]


def describe(ledger: Ledger, shown: Shown) -> Iterator[Text]:
    """The parts of a page for the terminal: the words in their place, then each field that is known."""
    line, article = shown.line, shown.document
    kind = str(line.__struct_config__.tag)
    yield Text(f"{kind} {line.id}", style="bold")
    if article is not None and not isinstance(line, DocumentLine):
        yield Text()
        yield _in_place(article.text, shown.spans)
        yield Text()
    for name, value in msgspec.to_builtins(line).items():
        if name in _NAMED and value not in (None, [], ""):
            yield from _field(name, value)
    if isinstance(line, EntityLine):
        yield from _mentions(line)
        yield _labelled("more", f"onrecord entity show {line.id[:8]}")
    if isinstance(line, DocumentLine) and article is not None:
        yield _labelled("file", one_line(article.source.name))
    elif article is not None:
        where = (article.published or "no date", article.publisher, article.title, f"[{article.id}]")
        yield _labelled("article", "  ".join(one_line(part) for part in where if part))
    for note in article.notes if article else ():
        yield _labelled("note", one_line(note))
    if isinstance(line, DocumentLine):
        counts = dict.fromkeys((kind for kind in LINES if kind != "document"), 0)
        for found in lines(ledger, counts, document=line.id):
            counts[str(found.__struct_config__.tag)] += 1
        yield _labelled("holds", ", ".join(f"{count} {each}" for each, count in counts.items()))
        yield Text()
        yield Text(printable(line.text))


_NAMED = frozenset(
    "external_id title authors publisher published url source_sha256 media_type reader language style speaker parent"
    " chain certainty polarity attitude said status low high approximate change unit per measured voice type value mod"
    " begin end name gazetteer_id country lat lon precision aliases roles derivations"
    " subject verdict reason who when relation entities evidence".split()
)


def _field(name: str, value: Any) -> Iterator[Text]:
    match name, value:
        case "chain", voices:
            yield _labelled(name, " > ".join(one_line(voice["name"] or "?") for voice in voices))
        case "speaker", _:
            yield _labelled(name, one_line(f"{value['name']} (by {value['how']}) {value['entity'] or ''}"))
        case "measured", _:
            yield _labelled(name, one_line(value["text"]))
        case "evidence", pieces:
            for each in pieces:
                yield _labelled(name, one_line(f"{each['kind']}: {', '.join(each['words'])}"))
        case "said", _:
            yield _labelled(name, f"{value['begin']} to {value['end']}")
        case "roles", roles:
            for title in dict.fromkeys(role["title"] for role in roles):
                yield _labelled("role", one_line(title))
        case "derivations", derivations:
            for each in derivations:
                yield _labelled("found by", one_line(f"{each['extractor']}/{each['version']}: {each['rule']}"))
            if derivations[-1]["score"] is not None:
                share = percent(derivations[-1]["score"])
                yield _labelled("confidence", f"{share}: of what is found like it, so many are right")
        case _, list() | tuple():
            yield _labelled(name, one_line(", ".join(map(str, value))))
        case _:
            yield _labelled(name.replace("_", " "), one_line(str(value)))


def _labelled(label: str, text: str) -> Text:
    return Text.assemble((f"{label:<14}", "dim"), text)


def _in_place(text: str, spans: tuple[tuple[int, int], ...]) -> Text:
    """The words of the spans in the text around them."""
    start = max(0, min(s for s, _ in spans) - _AROUND)
    end = min(len(text), max(e for _, e in spans) + _AROUND)
    shown = highlighted(text[start:end], [(s - start, e - start) for s, e in spans])
    return Text("… " if start else "") + shown + Text(" …" if end < len(text) else "")


def _mentions(line: EntityLine) -> Iterator[Text]:
    articles = dict.fromkeys(mention.document for mention in line.mentions)
    yield _labelled("mentions", f"{len(line.mentions):,} in {len(articles):,} articles")


def search(ledger: Ledger, query: str, happened: str | None, most: int | None) -> Iterator[Hit]:
    """Hits, the best first."""
    after: str | None = None
    given = 0
    while most is None or given < most:
        page = ledger.search(query, happened=happened, after=after, limit=min(200, most - given) if most else 200)
        yield from page.rows
        given += len(page.rows)
        after = page.after
        if after is None:
            return


class PlainHit(msgspec.Struct, frozen=True, kw_only=True):
    """A hit for other programs. `start` and `end` are those of the sentence, in code points of the document's text;
    `hits` are the words found."""

    document: str
    published: str | None
    publisher: str | None
    title: str | None
    start: int
    end: int
    sentence: str
    hits: tuple[str, ...]


def plain(hit: Hit) -> PlainHit:
    begin = hit.passage.start
    return PlainHit(
        document=hit.document,
        published=hit.published,
        publisher=hit.publisher,
        title=hit.title,
        start=hit.sentence.start,
        end=hit.sentence.end,
        sentence=hit.sentence.text,
        hits=tuple(hit.passage.text[span.start - begin : span.end - begin] for span in hit.hits),
    )
