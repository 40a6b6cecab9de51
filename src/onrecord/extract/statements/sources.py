"""What a source is, seen by its head word: a name, a pronoun, a role, a body, a crowd, nobody."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from onrecord.extract.lexicon import demonyms, titles
from onrecord.extract.parse import Passages
from onrecord.model import Document, Entity, Span, entity_id

Pronoun = Literal["he", "she", "it", "they", "I", "we", "who"]

_PRONOUNS: dict[str, Pronoun] = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they",
    "i": "I", "me": "I", "my": "I", "we": "we", "us": "we", "our": "we",
    "who": "who", "which": "who", "that": "who", "whom": "who", "whose": "who",
}  # fmt: skip


class Known(NamedTuple):
    """An entity of the article as speakers are looked up: its name as shown, and where it is mentioned."""

    entity: Entity
    name: str
    starts: tuple[int, ...]
    pronoun: Literal["he", "she", "it", None]
    """The one pronoun that fits; None where either `he` or `she` may, or none does."""

    @property
    def person(self) -> bool:
        return self.entity.type == "person"

    @property
    def body(self) -> bool:
        return self.entity.type in ("organization", "country", "facility")


@cache
def _first_names() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("onrecord.extract") / "data" / "first_names.toml").read_text(encoding="utf-8"))
    return {pronoun: frozenset(names.split()) for pronoun, names in table.items()}


_FORMS = {"mr": "he", "sir": "he", "lord": "he", "king": "he", "prince": "he", "spokesman": "he", "chairman": "he",
          "congressman": "he", "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "queen": "she",
          "princess": "she", "spokeswoman": "she", "chairwoman": "she", "congresswoman": "she"}  # fmt: skip


def known(document: Document, entities: Sequence[Entity]) -> list[Known]:
    """The entities that can speak, in the order of the article."""
    return [
        Known(e, e.name, tuple(sorted(s.start for s in e.mentions)), _pronoun(document.text, e, document.publisher))
        for e in entities
        if e.type in ("person", "organization", "country", "facility", "group", "place")
    ]


def _pronoun(text: str, entity: Entity, publisher: str | None) -> Literal["he", "she", "it", None]:
    if entity.type != "person" or entity.name == publisher:
        return "it"  # an outlet that the language model takes for a person
    votes = set()
    for mention in entity.mentions:
        before = text[max(0, mention.start - 14) : mention.start].split()
        if before and (form := _FORMS.get(before[-1].strip(".").lower())):
            votes.add(form)
    for role in entity.roles:
        votes |= {_FORMS[word] for word in role.title.lower().split() if word in _FORMS}
    if not votes:
        first = entity.name.split()[0].lower()
        votes = {pronoun for pronoun, names in _first_names().items() if first in names and " " in entity.name}
    if votes == {"he"}:
        return "he"
    return "she" if votes == {"she"} else None


class Head(NamedTuple):
    """The head of a source: its token, and what it shows itself to be."""

    token: Any
    span: Span
    pronoun: Pronoun | None
    noun: str | None
    plural: bool
    definite: bool


def head(passages: Passages, span: Span) -> Head | None:
    """The head word of a source; None where the parse has no such words."""
    passage = passages.at(span.start)
    if passage is None:
        return None
    start = passage.block.span.start
    piece = passage.doc.char_span(span.start - start, span.end - start, alignment_mode="expand")
    if piece is None or not len(piece):
        return None
    token = piece.root
    if token.pos_ in ("NUM", "DET", "ADJ") and token.i + 1 < piece.end and piece.doc[token.i + 1].lower_ == "of":
        token = next((t for t in piece if t.i > token.i + 1 and t.pos_ in ("NOUN", "PROPN")), token)
    pronoun = _PRONOUNS.get(token.lower_) if token.pos_ in ("PRON", "DET", "SCONJ") and len(piece) <= 3 else None
    first = piece[0].lower_
    return Head(
        token=token,
        span=passage.span(token),
        pronoun=pronoun,
        noun=token.lemma_.lower() if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower()) else None,
        plural=token.tag_ in ("NNS", "NNPS"),
        definite=first in ("the", "this", "that", "its", "his", "her", "their") or first.endswith(("'s", "’s")),
    )


def is_role(noun: str) -> bool:
    """Whether a noun names what one person is (`minister`)."""
    return noun in titles().roles or noun in titles().ranks


def country_key(word: str) -> str | None:
    """The entity key of the country that an adjective belongs to (`Norwegian`), or None."""
    code = demonyms().get(word)
    return entity_id("country", code) if code else None
