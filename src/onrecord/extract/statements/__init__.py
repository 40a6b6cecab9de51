"""Statements: who is reported to say what, on whose word. Source, cue and content after PARC 3.0 and PolNeAR."""

from collections.abc import Sequence

from onrecord.extract.parse import Passage, Passages
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.confidence import confidence, table
from onrecord.extract.statements.manner import manner, said, style
from onrecord.extract.statements.nesting import outward, parents
from onrecord.extract.statements.speakers import resolve
from onrecord.extract.statements.spotting import spot
from onrecord.model import Document, Entity, Finding, Mention, Statement, Timex, entry_id

VERSION = "statements/6"

__all__ = ["VERSION", "extract_statements"]


def extract_statements(
    document: Document,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    timexes: Sequence[Timex],
) -> list[Finding]:
    """One finding a statement, in the order of the article; an outer statement before those inside it.

    A statement's `parent` is the id of the one whose content holds its cue. `Finding.rule` is the construction that
    it was found by, `Finding.score` the probability that it is right (see `confidence.py`).
    """
    quotations = find_quotations(document)
    spotted = spot(document, passages, quotations)
    above = parents(spotted)
    speakers = resolve(document, passages, spotted, above, entities, quotations)
    places = Passages(passages)
    parts = sorted(part for quotation in quotations for part in quotation.parts)
    dated = sorted(timexes, key=lambda timex: timex.span)
    ids: dict[int, str] = {}
    sure: dict[int, float | None] = {}
    findings: list[Finding] = []
    for index in outward(above):
        one, parent = spotted[index], above[index]
        attitude, polarity, certainty = manner(one, places)
        statement = Statement(
            sources=one.sources,
            cue=one.cue,
            contents=one.contents,
            style=style(document.text, one, parts),
            speaker=speakers[index],
            parent=ids[parent] if parent is not None else None,
            certainty=certainty,
            polarity=polarity,
            attitude=attitude,
            said=said(one, places, dated),
        )
        ids[index] = entry_id(document, statement)
        sure[index] = confidence(one, sure[parent] if parent is not None else None, table())
        findings.append(Finding(value=statement, rule=f"statement.{one.rule}", score=sure[index]))
    return findings
