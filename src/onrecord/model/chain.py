"""The chain of an entry: whose word it is, from the outlet inward."""

from collections.abc import Callable, Mapping

from onrecord.model.document import Document
from onrecord.model.entries import Entry, Statement, Voice


def outlet(document: Document) -> Voice:
    """The outermost voice: the outlet, else the authors, else nobody."""
    return Voice(name=document.publisher or ", ".join(document.authors) or None)


def voices(
    innermost: Statement | None,
    statement: Callable[[str], Statement | None],
    source: Callable[[Statement], str | None],
) -> tuple[Voice, ...]:
    """The speakers from the outermost statement to `innermost`.

    `statement` is asked for a parent by its id, `source` for the words of a source that resolves to nobody: it stands
    in its own words (`people close to the talks`); one that is not there has no name.
    """
    found: list[Voice] = []
    seen: set[str] = set()
    while innermost is not None:
        speaker = innermost.speaker
        found.append(Voice(name=speaker.name, entity=speaker.entity) if speaker else Voice(name=source(innermost)))
        parent = innermost.parent
        # Parents never go round in a circle, and a damaged ledger must not hang.
        innermost = statement(parent) if parent and parent not in seen else None
        seen.add(parent or "")
    return tuple(reversed(found))


def chain(document: Document, innermost: str | None, statements: Mapping[str, Entry]) -> tuple[Voice, ...]:
    """The voices from the outlet to the statement whose id is `innermost`; with None, the outlet alone.

    For a statement, `innermost` is its own id; for any other entry its `voice`.
    """

    def statement(id_: str) -> Statement | None:
        value = statements[id_].value if id_ in statements else None
        return value if isinstance(value, Statement) else None

    def source(unresolved: Statement) -> str | None:
        return unresolved.sources[0].of(document.text) if unresolved.sources else None

    return (outlet(document), *voices(statement(innermost) if innermost else None, statement, source))
