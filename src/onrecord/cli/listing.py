"""The rows of `onrecord list`: lines of an export with the article that they stand in."""

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from onrecord.cli.output import percent
from onrecord.export.jsonl import as_actors, lines
from onrecord.export.lines import Held, document_line, entry_line
from onrecord.export.schema import (
    CommitmentLine,
    DocumentLine,
    EntityLine,
    EventLine,
    FigureLine,
    FoundText,
    JudgementLine,
    Line,
    LinkLine,
    ParticipantOf,
    PlaceLine,
    StatementLine,
    TimexLine,
)
from onrecord.ledger import ActFilter, ActOrder, FailureRow, Ledger, StatementFilter, StatementOrder
from onrecord.model import Derivation, outlet

SHORT = 8
"""Digits of an id in a table: the only ones among tens of thousands; `show` says where they are not."""
FAILURE = ("name", "cause", "step", "happened")
_PAGE = 500

Row = tuple[Line, DocumentLine | None]


def of_kind(ledger: Ledger, kind: str, *, document: str | None = None, everything: bool = False) -> Iterator[Row]:
    """Every line of a kind, newest article first; of one document if its id is given."""
    article: DocumentLine | None = None
    only = None if document is None else ledger.document(document).id
    for line in lines(ledger, {"document", kind}, everything=everything, document=only):
        if isinstance(line, DocumentLine):
            article = line
        if line.__struct_config__.tag == kind:
            yield line, None if isinstance(line, EntityLine | LinkLine | JudgementLine) else article


def statements(ledger: Ledger, wanted: StatementFilter, order: StatementOrder = "newest") -> Iterator[Row]:
    """The statements that a filter lets through, as the ledger orders them."""
    # The least sure stand in as many articles as there are rows.
    document_of = lru_cache(maxsize=64)(ledger.document)
    actors_of = lru_cache(maxsize=64)(ledger.actors_of)
    after: str | None = None
    while True:
        page = ledger.statements(wanted, after=after, limit=_PAGE, order=order)
        for row in page.rows:
            document = document_of(row.document)
            found = as_actors(ledger.entry(row.id), actors_of(row.document))
            yield entry_line(Held(found.entry, found.status), document, row.chain), document_line(document)
        after = page.after
        if after is None:
            return


def acts(ledger: Ledger, wanted: ActFilter, order: ActOrder) -> Iterator[Row]:
    """The events or commitments that a filter lets through, as the ledger orders them."""
    document_of = lru_cache(maxsize=64)(ledger.document)
    actors_of = lru_cache(maxsize=64)(ledger.actors_of)
    after: str | None = None
    while True:
        page = ledger.acts(wanted, after=after, limit=_PAGE, order=order)
        for row in page.rows:
            document = document_of(row.entry.document)
            found = as_actors(row, actors_of(row.entry.document))
            voice = getattr(row.entry.value, "voice", None)
            said = ledger.statement(voice).chain if voice else (outlet(document),)
            yield entry_line(Held(found.entry, found.status), document, said), document_line(document)
        after = page.after
        if after is None:
            return


def documents(ledger: Ledger, happened: str) -> Iterator[Row]:
    """The articles that speak of some days, newest first."""
    after: str | None = None
    while True:
        page = ledger.documents(happened=happened, after=after, limit=_PAGE)
        for row in page.rows:
            line = document_line(ledger.document(row.id))
            yield line, line
        after = page.after
        if after is None:
            return


def failures(ledger: Ledger, most: int | None) -> Iterator[FailureRow]:
    yield from ledger.failures(limit=most or 1_000_000)


def _joined(found: tuple[FoundText, ...]) -> str:
    return " … ".join(each.text for each in found)


def _named(found: tuple[ParticipantOf, ...]) -> str:
    return "; ".join(each.name or each.text for each in found)


def _deed(line: EventLine) -> str:
    return " · ".join((_named(line.actors) or "–", line.trigger.text, _named(line.recipients) or "–"))


def confidence(derivations: Sequence[Derivation]) -> str | None:
    """The probability that it is right, as the last one to find it has it."""
    score = derivations[-1].score if derivations else None
    return None if score is None else percent(score)


def _bounds(line: FigureLine) -> str:
    sign = {"up": "↑ ", "down": "↓ "}.get(line.change or "", "") + ("≈ " if line.approximate else "")
    low, high = line.low, line.high
    number = low if low == high else f"≥ {low}" if high is None else f"≤ {high}" if low is None else f"{low}–{high}"
    unit = "" if line.unit in (None, "1") else line.unit
    return f"{sign}{number or '?'} {unit}{f'/{line.per}' if line.per else ''}".strip()


def _article(name: str) -> Callable[[Line, DocumentLine | None], str]:
    return lambda line, article: str(getattr(article, name, None) or "")


def _own(kind: type[Line], text: Callable[..., str | None]) -> Callable[[Line, DocumentLine | None], str]:
    return lambda line, article: text(line) or "" if isinstance(line, kind) else ""


Cell = Callable[[Line, DocumentLine | None], str]
_ID: dict[str, Cell] = {"id": lambda line, article: line.id[:SHORT]}
_WHERE: dict[str, Cell] = {
    "published": lambda line, article: _article("published")(line, article)[:10],
    "outlet": _article("publisher"),
}

COLUMNS: dict[str, dict[str, Cell]] = {
    "document": _ID
    | _WHERE
    | {
        "words": _own(DocumentLine, lambda line: f"{len(line.text.split()):,}"),
        "title": _own(DocumentLine, lambda line: line.title),
    },
    "statement": _ID
    | _WHERE
    | {
        "speaker": _own(StatementLine, lambda line: line.speaker.name if line.speaker else _joined(line.sources)),
        "style": _own(StatementLine, lambda line: line.style),
        "sure": _own(StatementLine, lambda line: confidence(line.derivations)),
        "content": _own(StatementLine, lambda line: _joined(line.contents)),
    },
    "event": _ID
    | {"published": _WHERE["published"]}
    | {
        "type": _own(EventLine, lambda line: line.type),
        "when": _own(EventLine, lambda line: line.time.value if line.time else None),
        "factuality": _own(EventLine, lambda line: line.factuality),
        "sure": _own(EventLine, lambda line: confidence(line.derivations)),
        "voice": _own(EventLine, lambda line: line.chain[-1].name if line.chain else None),
        "event": _own(EventLine, _deed),
    },
    "figure": _ID
    | _WHERE
    | {
        "value": _own(FigureLine, _bounds),
        "measured": _own(FigureLine, lambda line: line.measured.text if line.measured else None),
        "voice": _own(FigureLine, lambda line: line.chain[-1].name if line.voice and line.chain else None),
        "words": _own(FigureLine, lambda line: line.span.text),
    },
    "timex": _ID
    | _WHERE
    | {
        "type": _own(TimexLine, lambda line: line.type),
        "value": _own(TimexLine, lambda line: line.value),
        "words": _own(TimexLine, lambda line: line.span.text),
    },
    "place": _ID
    | _WHERE
    | {
        "country": _own(PlaceLine, lambda line: line.country),
        "precision": _own(PlaceLine, lambda line: line.precision),
        "words": _own(PlaceLine, lambda line: line.span.text),
    },
    "commitment": _ID
    | _WHERE
    | {
        "class": _own(CommitmentLine, lambda line: line.class_),
        "due": _own(CommitmentLine, lambda line: line.due.value if line.due else None),
        "by": _own(CommitmentLine, lambda line: line.by.name or line.by.text if line.by else None),
        "content": _own(CommitmentLine, lambda line: _joined(line.contents)),
    },
    "entity": _ID
    | {
        "type": _own(EntityLine, lambda line: line.type),
        "articles": _own(EntityLine, lambda line: f"{len({m.document for m in line.mentions}):,}"),
        "mentions": _own(EntityLine, lambda line: f"{len(line.mentions):,}"),
        "name": _own(EntityLine, lambda line: line.name),
    },
    "link": _ID
    | {
        "relation": _own(LinkLine, lambda line: line.relation),
        "entities": _own(LinkLine, lambda line: " ".join(id_[:SHORT] for id_ in line.entities)),
        "articles": _own(LinkLine, lambda line: f"{len({m.document for m in line.members}):,}"),
        "status": _own(LinkLine, lambda line: line.status),
        "evidence": _own(LinkLine, lambda line: "; ".join(f"{e.kind}: {', '.join(e.words)}" for e in line.evidence)),
    },
    "judgement": _ID
    | {
        "when": _own(JudgementLine, lambda line: line.when[:10]),
        "who": _own(JudgementLine, lambda line: line.who),
        "verdict": _own(JudgementLine, lambda line: line.verdict),
        "subject": _own(JudgementLine, lambda line: line.subject[:SHORT]),
        "reason": _own(JudgementLine, lambda line: line.reason),
    },
}
"""Kind -> the columns of its table, the widest last."""
