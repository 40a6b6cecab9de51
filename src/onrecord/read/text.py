"""Plain text and Markdown to a document."""

import msgspec

from onrecord.errors import EmptyInput
from onrecord.model import Document, Edit, Source, document_id
from onrecord.read.bylines import bare_names, byline
from onrecord.read.dates import published
from onrecord.read.encoding import Decoded
from onrecord.read.frontmatter import front_matter, is_url
from onrecord.read.layout import Header, lay_out
from onrecord.read.markup import paragraphs
from onrecord.read.paragraphs import assemble


def text_document(decoded: Decoded, source: Source, *, reader: str, markdown: bool) -> Document:
    """The article in `decoded.text`. Raises EmptyInput if there are no words in it."""
    text = decoded.text
    said = front_matter(text)
    start = said.removed.end if said.removed else 0
    header = Header(fields=said.fields)
    title = first(said.fields, "title")
    parts, seen = lay_out(text, paragraphs(text, start=start, markdown=markdown), title=title)
    for field, values in seen.fields.items():
        header.fields.setdefault(field, []).extend(values)
    made = assemble(text, [*([said.removed] if said.removed else []), *parts])
    if not any(character.isalnum() for character in made.text):
        raise EmptyInput(source.name, "there are no words in it", "check that it was saved whole")
    notes = [*([decoded.note] if decoded.note else []), *seen.notes]
    dated, url = first(header.fields, "published"), first(header.fields, "url")
    day = published(dated) if dated else None
    if dated and (day is None or day.value is None):
        notes.append((day and day.doubt) or f"the date {dated!r} was not understood")
    mark = Edit(kind="byte_order_mark_removed", at=0, source_start=0, source_end=0, removed="\ufeff")
    return Document(
        id=document_id(source.sha256, reader, made.text),
        source=msgspec.structs.replace(source, url=source.url or (url if url and is_url(url) else None)),
        reader=reader,
        text=made.text,
        blocks=made.blocks,
        edits=((mark,) if decoded.marked else ()) + made.edits,
        title=title or seen.title,
        authors=_authors(header.fields.get("authors", [])) or seen.authors,
        publisher=first(header.fields, "publisher"),
        language=first(header.fields, "language"),
        published=(day and day.value) or seen.published,
        notes=tuple(notes),
    )


def first(fields: dict[str, list[str]], field: str) -> str | None:
    return next((value for value in fields.get(field, ()) if value), None)


def _authors(values: list[str]) -> tuple[str, ...]:
    """`Jane Roe and John Doe` are two; what is not a list of names is one author as written."""
    names: list[str] = []
    for value in values:
        names += byline(f"By {value.removeprefix('By ')}") or bare_names(value) or (value,)
    return tuple(dict.fromkeys(names))
