"""Articles of our own writing with their entries set by hand, for the pages' tests."""

import warnings
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256

from onrecord.model import (
    Block,
    Commitment,
    Derivation,
    Document,
    Edit,
    Entity,
    Entry,
    Event,
    Figure,
    Location,
    Missing,
    Moment,
    Participant,
    Place,
    Role,
    Run,
    Source,
    Span,
    Speaker,
    Statement,
    Timex,
    Value,
    document_id,
    entity_id,
    entry_id,
    select,
    spans_of,
)

with warnings.catch_warnings():
    # Starlette would have its own fork of httpx; the one that is pinned here does all that these tests ask of it.
    warnings.simplefilter("ignore")
    from starlette.testclient import TestClient

__all__ = ["HERE", "HOSTILE", "TODAY", "WHEN", "TestClient", "article", "harbour", "hostile", "raw_of"]

HERE = "http://127.0.0.1:8377"
WHEN = "2026-11-21T20:00:00Z"
TODAY = date(2026, 11, 20)
"""What the rooms of the tests take for today."""
RULE = Derivation(extractor="by-hand", version="1", rule="by hand", score=0.75)


def find(text: str, words: str, nth: int = 0) -> Span:
    at = -1
    for _ in range(nth + 1):
        at = text.index(words, at + 1)
    return Span(start=at, end=at + len(words))


def article(
    blocks: Sequence[tuple[str, str]], *, name: str = "page.txt", url: str | None = None, **fields: object
) -> Document:
    text, made = "", []
    for kind, words in blocks:
        text += "\n\n" if text else ""
        span = Span(start=len(text), end=len(text) + len(words))
        origin = (Run(start=span.start, end=span.end, source_start=span.start, source_end=span.end),)
        made.append(Block(kind=kind, span=span, origin=origin))  # type: ignore[arg-type]
        text += words
    digest = sha256(raw_of(text)).hexdigest()
    return Document(
        id=document_id(digest, "text/1", text),
        source=Source(sha256=digest, media_type="text/plain", name=name, url=url),
        reader="text/1",
        text=text,
        blocks=tuple(made),
        **fields,  # type: ignore[arg-type]
    )


def raw_of(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def entry(document: Document, value: Value) -> Entry:
    return Entry(
        id=entry_id(document, value),
        document=document.id,
        selectors=tuple(select(document, span) for span in spans_of(value)),
        value=value,
        derivations=(RULE,),
    )


def harbour() -> tuple[Document, list[Entry]]:
    """A story of a harbour, with statements three deep, a split one, crossing marks, and all that hangs on them."""
    document = article(
        [
            ("title", "Harbour overrun “closer to 19 per cent”"),
            ("byline", "By Wenche Aalvik"),
            ("dateline", "VESTERHAVN, 12 November"),
            (
                "paragraph",
                "The minister, Ilse Brandtzaeg, told the Vesterhavn Courier on Tuesday that the Harbour Authority "
                "had assured her that its auditor found “no overrun above 14 per cent” in Vesterhavn.",
            ),
            (
                "paragraph",
                "“Every invoice above 50,000 kroner was checked twice,” Mads Holtermann said, “and none was "
                "paid late.” About 200 people stood outside.",
            ),
            ("heading", "What the union says"),
            ("paragraph", "The union’s leader, Jonas Kellgren, denied it:"),
            ("quote", "We counted the invoices ourselves, and we counted them at night."),
            ("list", "at least three dredgers"),
            ("list", "up to 1,500 metres of sheet piling"),
            ("boilerplate", "Sign up for our letter. Write to news@courier.example."),
        ],
        name="harbour.txt",
        url="https://courier.example/harbour",
        title="Harbour overrun “closer to 19 per cent”",
        authors=("Wenche Aalvik",),
        publisher="Vesterhavn Courier",
        published="2026-11-12",
        language="en",
        notes=("the encoding was detected, not declared",),
        edits=(Edit(kind="page_break_joined", at=150, source_start=150, source_end=152, removed="\n\n", inserted=" "),),
    )
    text = document.text
    minister = Entity(
        key=entity_id("person", "Ilse Brandtzaeg"),
        type="person",
        name="Ilse Brandtzaeg",
        aliases=("Brandtzaeg",),
        roles=(Role(title="minister", span=find(text, "minister")),),
        mentions=(find(text, "Ilse Brandtzaeg"), find(text, "her")),
    )
    union = Entity(
        key=entity_id("person", "Jonas Kellgren"),
        type="person",
        name="Jonas Kellgren",
        roles=(Role(title="The union’s leader", span=find(text, "The union’s leader")),),
        mentions=(find(text, "Jonas Kellgren"),),
    )
    holtermann = Entity(
        key=entity_id("person", "Mads Holtermann"),
        type="person",
        name="Mads Holtermann",
        mentions=(find(text, "Mads Holtermann"),),
    )
    outer = Statement(
        sources=(find(text, "The minister, Ilse Brandtzaeg,"),),
        cue=find(text, "told"),
        contents=(
            find(
                text,
                "the Harbour Authority had assured her that its auditor found “no overrun above 14 per cent” "
                "in Vesterhavn",
            ),
        ),
        style="mixed",
        speaker=Speaker(name="Ilse Brandtzaeg", entity=minister.key),
        certainty="asserted",
        polarity="affirmed",
        said=("2026-11-10", "2026-11-10"),
    )
    outer_id = entry_id(document, outer)
    middle = Statement(
        sources=(find(text, "the Harbour Authority"),),
        cue=find(text, "assured"),
        contents=(find(text, "its auditor found “no overrun above 14 per cent” in Vesterhavn"),),
        style="mixed",
        speaker=Speaker(name="Harbour Authority", how="collective"),
        parent=outer_id,
    )
    inner = Statement(
        sources=(find(text, "its auditor"),),
        cue=find(text, "found"),
        contents=(find(text, "no overrun above 14 per cent"),),
        style="direct",
        parent=entry_id(document, middle),
    )
    split = Statement(
        sources=(find(text, "Mads Holtermann"),),
        cue=find(text, "said"),
        contents=(
            find(text, "Every invoice above 50,000 kroner was checked twice"),
            find(text, "and none was paid late."),
        ),
        style="direct",
        speaker=Speaker(name="Mads Holtermann", entity=holtermann.key),
    )
    block = Statement(
        sources=(find(text, "The union’s leader, Jonas Kellgren,"),),
        cue=find(text, "denied"),
        contents=(find(text, "We counted the invoices ourselves, and we counted them at night."),),
        style="block",
        speaker=Speaker(name="Jonas Kellgren", entity=union.key),
        polarity="denied",
    )
    values: list[Value] = [
        minister,
        union,
        holtermann,
        outer,
        middle,
        inner,
        split,
        block,
        Timex(
            span=find(text, "on Tuesday"),
            type="DATE",
            value="2026-11-10",
            begin="2026-11-10",
            end="2026-11-10",
            anchor="2026-11-12",
        ),
        Figure(
            span=find(text, "14 per cent"),
            low=Decimal(14),
            high=Decimal(14),
            unit="%",
            measured=find(text, "overrun"),
            voice=entry_id(document, inner),
        ),
        Figure(
            span=find(text, "About 200 people"), low=Decimal(200), high=Decimal(200), approximate=True, unit="people"
        ),
        Figure(span=find(text, "at least three dredgers"), low=Decimal(3), unit="dredgers"),
        Figure(span=find(text, "up to 1,500 metres"), high=Decimal(1500), unit="m"),
        # Crosses the end of the innermost statement.
        Figure(span=find(text, "above 14 per cent” in"), low=Decimal(14)),
        Place(
            span=find(text, "in Vesterhavn").__class__(
                start=find(text, "in Vesterhavn").start + 3, end=find(text, "in Vesterhavn").end
            ),
            name="Vesterhavn",
        ),
    ]
    return document, [entry(document, value) for value in values]


HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)> {{ 7*7 }} </textarea></title> &amp; =cmd|calc"


def hostile() -> tuple[Document, list[Entry]]:
    """An article in which every field that comes from outside is an attack or an accident."""
    long_word = "w" * 3000
    document = article(
        [
            ("title", HOSTILE),
            ("paragraph", f"He said: {HOSTILE} and more."),
            ("list", long_word),
            ("boilerplate", HOSTILE),
        ],
        name=HOSTILE,
        url="javascript:alert(3)//https://courier.example",
        title=HOSTILE,
        authors=(HOSTILE,),
        publisher=HOSTILE,
        published="2026-11-13",
        language='en" onload="alert(4)',
        external_id=HOSTILE,
        notes=(HOSTILE,),
        edits=(Edit(kind=HOSTILE, at=3, source_start=0, source_end=9, removed=HOSTILE, inserted=HOSTILE),),
    )
    text = document.text
    actor = Entity(
        key=entity_id("person", HOSTILE),
        type="person",
        name=HOSTILE,
        aliases=(HOSTILE + "2",),
        roles=(Role(title=HOSTILE, span=find(text, HOSTILE, 1)),),
        mentions=(find(text, HOSTILE, 1),),
    )
    statement = Statement(
        sources=(find(text, "He"),),
        cue=find(text, "said"),
        contents=(find(text, HOSTILE, 1),),
        speaker=Speaker(name=HOSTILE, entity=actor.key, how=HOSTILE),
        attitude=HOSTILE,
    )
    figure = Figure(span=find(text, "7*7"), low=Decimal("1e400"), unit=HOSTILE, per=HOSTILE)
    place = Place(span=find(text, "cmd"), name=HOSTILE, gazetteer_id="geonames:1", country="NO")
    timex = Timex(span=find(text, "calc"), type="DATE", value=HOSTILE)
    somebody = Participant(span=find(text, "onerror"), name=HOSTILE, entity=actor.key)
    event = Event(
        trigger=find(text, "alert"),
        type="THREATEN",
        mode=HOSTILE,
        contexts=(HOSTILE,),
        actors=(somebody,),
        places=(Location(span=place.span, gazetteer_id=HOSTILE),),
        time=Moment(span=timex.span, value=HOSTILE),
        missing=(Missing(slot="recipients", reason=HOSTILE),),
        voice=entry_id(document, statement),
    )
    commitment = Commitment(
        trigger=find(text, HOSTILE, 1),
        class_="threat",
        by=somebody,
        contents=(find(text, HOSTILE, 1),),
        condition=find(text, "textarea"),
        due=Moment(span=timex.span, value=HOSTILE),
    )
    return document, [entry(document, value) for value in (actor, statement, figure, place, timex, event, commitment)]
