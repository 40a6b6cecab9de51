"""The chain of an entry: whose word it is, from the outlet inward."""

from collections.abc import Mapping

from onrecord.model.document import Document
from onrecord.model.entries import Entry, Statement, Voice


def outlet(document: Document) -> Voice:
    """The outermost voice: the outlet, else the authors, else nobody."""
    return Voice(name=document.publisher or ", ".join(document.authors) or None)


def chain(document: Document, innermost: str | None, statements: Mapping[str, Entry]) -> tuple[Voice, ...]:
    """The voices from the outlet to the statement whose id is `innermost`; with None, the outlet alone.

    For a statement, `innermost` is its own id; for any other entry its `voice`. A source that resolves to nobody
    stands with its own words (`people close to the talks`); one that is not there has no name.
    """
    voices: list[Voice] = []
    seen: set[str] = set()
    while innermost is not None and innermost in statements and innermost not in seen:
        seen.add(innermost)  # parents never go round in a circle, and a damaged ledger must not hang
        statement = statements[innermost].value
        if not isinstance(statement, Statement):
            break
        voices.append(_speaker(statement, document.text))
        innermost = statement.parent
    return (outlet(document), *reversed(voices))


def _speaker(statement: Statement, text: str) -> Voice:
    if statement.speaker is not None:
        return Voice(name=statement.speaker.name, entity=statement.speaker.entity)
    return Voice(name=statement.sources[0].of(text) if statement.sources else None)
