"""Lines of `Key: value` above an article, or between `---`: what the file says of itself."""

import re
from typing import NamedTuple

from onrecord.read.paragraphs import Piece

# What files call it, and which field of a document that is.
_KEYS = {
    "title": "title",
    "headline": "title",
    "author": "authors",
    "authors": "authors",
    "byline": "authors",
    "publisher": "publisher",
    "publication": "publisher",
    "outlet": "publisher",
    "newspaper": "publisher",
    "source": "publisher",
    "site": "publisher",
    "date": "published",
    "published": "published",
    "publish date": "published",
    "date published": "published",
    "published at": "published",
    "published on": "published",
    "publication date": "published",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "source url": "url",
    "language": "language",
    "lang": "language",
}

_LINE = re.compile(r"[ \t]{0,3}(?P<key>[A-Za-z][A-Za-z _-]{1,18}):[ \t]{0,9}(?P<value>[^\r\n]{0,2000})(?:\r\n|\r|\n|$)")
_ITEM = re.compile(r"[ \t]{0,9}-[ \t]{1,9}(?P<value>[^\r\n]{1,2000})(?:\r\n|\r|\n|$)")
_FENCE = re.compile(r"-{3,}[ \t]{0,9}(?:\r\n|\r|\n|$)")
_END = re.compile(r"(?:-{3,}|\.{3})[ \t]{0,9}(?:\r\n|\r|\n|$)")
_BLANK = re.compile(r"\s*")
_MOST_LINES = 60
_URL = re.compile(r"https?://\S+$")


class Said(NamedTuple):
    """Fields and their values as written, and the stretch of the source that held them."""

    fields: dict[str, list[str]]
    removed: Piece | None


def front_matter(source: str) -> Said:
    """What stands above the article; nothing, where the first lines are the article itself."""
    start = _BLANK.match(source).end()  # type: ignore[union-attr]  # it matches nothing, too
    fence = _FENCE.match(source, start)
    at = fence.end() if fence else start
    fields: dict[str, list[str]] = {}
    field = None
    for _ in range(_MOST_LINES):
        line = _LINE.match(source, at)
        item = _ITEM.match(source, at) if fence and not line else None
        if line:
            field = field_of(line["key"]) or (None if not fence else "")
            if field is None:
                break
            fields.setdefault(field, []).extend(_values(line["value"]))
        elif item and field is not None:
            fields.setdefault(field, []).extend(_values(item["value"]))
        else:
            break
        at = (line or item).end()  # type: ignore[union-attr]
    end = _END.match(source, at) if fence else None
    fields.pop("", None)
    if not fields or (fence and not end):
        return Said({}, None)
    at = end.end() if end else at
    return Said(fields, Piece(start, at, "", "front_matter_removed"))


def field_line(text: str) -> tuple[str, str] | None:
    """Field and value of one line such as `Publisher: The Gazette`."""
    found = _LINE.fullmatch(text)
    field = found and field_of(found["key"])
    return (field, _plain(found["value"])) if found and field and found["value"].strip() else None


def field_of(key: str) -> str | None:
    return _KEYS.get(key.strip().lower().replace("_", " ").replace("-", " "))


def is_url(value: str) -> bool:
    return bool(_URL.match(value))


def _values(value: str) -> list[str]:
    """A list in square brackets, or one value; quotation marks around a value are markup."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return [plain for part in value[1:-1].split(",") if (plain := _plain(part))]
    return [_plain(value)] if _plain(value) else []


def _plain(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value
