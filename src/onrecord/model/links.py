"""What is known of an entity beyond one document: a sketch of it in each, and those that are taken for one."""

from typing import Literal

import msgspec

from onrecord.model.entries import MentionKind

Member = tuple[str, str]
"""An entity of one document: the document's id and the entity's key."""

EvidenceKind = Literal[
    "name", "form", "nickname", "spelling", "acronym", "surname", "country", "role", "company", "roles", "names"
]
"""For one: `name` (the same full name), `form` (a longer and a shorter form of it), `nickname`, `spelling`, `acronym`,
`surname` (the only one known by it), `country` (names of one country, or of one body of a country), `role` (a role in
common), `company` (entities named beside both). For two: `roles` or `names` that disagree."""

Companion = tuple[MentionKind, str]
"""Somebody named beside an entity: type and name."""


class Office(msgspec.Struct, frozen=True, kw_only=True):
    """A role as one document tells it: the words, and the body and country (ISO 3166-1 alpha-2) that they name."""

    title: str
    organization: str | None = None
    country: str | None = None


class Sketch(msgspec.Struct, frozen=True, kw_only=True):
    """What one document tells of an entity that helps to know it in another. `published`: ISO 8601 prefix.
    `companions`: people, bodies and products named beside it, at most some dozens. `country`: ISO 3166-1 alpha-2, of
    the entity itself, where the document tells it."""

    document: str
    key: str
    type: MentionKind
    name: str
    published: str | None = None
    aliases: tuple[str, ...] = ()
    roles: tuple[Office, ...] = ()
    companions: tuple[Companion, ...] = ()
    country: str | None = None


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Why entities are held for one, or for two: the kind, the words that show it, the documents they stand in."""

    kind: EvidenceKind
    words: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()


class Apart(msgspec.Struct, frozen=True, kw_only=True):
    """Another cluster that might have been the same and was not: one of its members, its name, and what disagrees."""

    member: Member
    name: str
    evidence: tuple[Evidence, ...] = ()


class Cluster(msgspec.Struct, frozen=True, kw_only=True):
    """Entities of several documents that are one. `members` in order of document and key; `name` the fullest form."""

    members: tuple[Member, ...]
    name: str
    type: MentionKind
    evidence: tuple[Evidence, ...] = ()
    apart: tuple[Apart, ...] = ()
