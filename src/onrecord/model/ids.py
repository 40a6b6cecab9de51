"""Ids are hashes of canonical JSON, never of joined strings, so that no two values can run into one."""

import hashlib
import json
import unicodedata
from typing import Any

import msgspec

from onrecord.model.document import Document
from onrecord.model.entries import Value, kind_of

_LENGTH = 20  # hex digits, 80 bits: a collision among ten million entries has a chance below 1 in 10^10


def canonical_json(value: Any) -> bytes:
    """JSON with sorted keys and no spare white space: the same value, the same bytes, on every machine."""
    built = msgspec.to_builtins(value)
    return json.dumps(built, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "surrogatepass")


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical_json(value)).hexdigest()[:_LENGTH]


def document_id(source_sha256: str, reader: str, text: str, external_id: str | None = None) -> str:
    """A document is its bytes and what one reader made of them; see `Document`."""
    return _digest(["document", source_sha256, reader, text, external_id])


def entry_id(document: Document | str, value: Value) -> str:
    """The extractor is left out: two that agree share the entry."""
    document = document if isinstance(document, str) else document.id
    return _digest([kind_of(value), document, value])


def entity_id(type_: str, name: str) -> str:
    """The same for the same full name and type, whatever the document, the case and the spaces."""
    return _digest(["entity", type_, " ".join(unicodedata.normalize("NFKC", name).casefold().split())])


def actor_id(key: str, document: str) -> str:
    """An actor whose key belongs to another already: the key, and the first document that names it."""
    return _digest(["actor", key, document])


def link_id(relation: str, *ids: str) -> str:
    """A relation between things of these ids."""
    return _digest(["link", relation, *ids])


def judgement_id(number: int, *fields: Any) -> str:
    """`number`: how many were kept before. The same words may be said twice, and the second time outranks the first."""
    return _digest(["judgement", number, *fields])
