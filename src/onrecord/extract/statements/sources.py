"""What a source is, seen by its head word: a name, a pronoun, a role, a body, a crowd, nobody."""

import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from onrecord.extract.kinds import city, told
from onrecord.extract.lexicon import bare, demonyms, first_names, organizations, titles
from onrecord.extract.parse import Passages
from onrecord.model import Document, Entity, MentionKind, Role, Span, entity_id

Pronoun = Literal["he", "she", "it", "they", "I", "we", "who"]

PRONOUNS: dict[str, Pronoun] = {
    "he": "he", "him": "he", "his": "he", "himself": "he",
    "she": "she", "her": "she", "hers": "she", "herself": "she",
    "it": "it", "its": "it", "itself": "it",
    "they": "they", "them": "they", "their": "they",
    "i": "I", "me": "I", "my": "I", "we": "we", "us": "we", "our": "we",
    "who": "who", "which": "who", "that": "who", "whom": "who", "whose": "who",
}  # fmt: skip


_PERSONAL = 4
"""Words of the longest name that may be a person's although it was taken for something else."""
_TOWN = 20_000
"""Inhabitants from which a name is taken for the town's."""


class Known(NamedTuple):
    """Somebody whom the article names, as speakers are looked up. `key` is the entity's, or None for a name that no
    entity stands for; `pronoun` the one that fits, None where either `he` or `she` may, or none does; `leaning` the one
    that a lone first name makes likely; `doubtful`: taken for a thing, and nothing but the language model says so."""

    key: str | None
    name: str
    kind: MentionKind | None
    mentions: tuple[Span, ...]
    roles: tuple[Role, ...] = ()
    pronoun: Literal["he", "she", "it", None] = None
    leaning: Literal["he", "she", None] = None
    doubtful: bool = False

    @property
    def person(self) -> bool:
        return self.kind == "person"

    @property
    def body(self) -> bool:
        return self.kind in ("organization", "country", "facility")


@cache
def _first_names() -> dict[str, frozenset[str]]:
    table = tomllib.loads((files("onrecord.extract") / "data" / "first_names.toml").read_text(encoding="utf-8"))
    return {pronoun: frozenset(names.split()) for pronoun, names in table.items()}


_FORMS = {"mr": "he", "sir": "he", "lord": "he", "king": "he", "prince": "he", "spokesman": "he", "chairman": "he",
          "congressman": "he", "mrs": "she", "ms": "she", "miss": "she", "dame": "she", "lady": "she", "queen": "she",
          "princess": "she", "spokeswoman": "she", "chairwoman": "she", "congresswoman": "she"}  # fmt: skip


def known(document: Document, entities: Sequence[Entity]) -> list[Known]:
    """The entities that can speak, in the order of the article. Where a description means one is looked up anew, and
    only names are taken over."""
    return [
        Known(
            key=e.key,
            name=e.name,
            kind=e.type,
            mentions=tuple(m for m in e.mentions if " ".join(m.of(document.text).split()) in {e.name, *e.aliases}),
            roles=e.roles,
            pronoun=_pronoun(document.text, e, document.publisher),
            leaning=_leaning(e.name),
            doubtful=_doubtful(e.name, e.type) and e.name != document.publisher,
        )
        for e in entities
        if e.type in ("person", "organization", "country", "facility", "group", "place", "product")
    ]


def stranger(name: str, span: Span) -> Known:
    """A capitalised name that no entity stands for."""
    return Known(
        key=None,
        name=name,
        kind=None,
        mentions=(span,),
        pronoun=_given(name),
        leaning=_leaning(name),
        doubtful=_doubtful(name, None),
    )


def described(phrase: str, noun: str, span: Span) -> Known:
    """One person whom the article describes and does not name."""
    pronoun: Literal["he", "she", None] = "he" if noun in nouns().he else "she" if noun in nouns().she else None
    return Known(key=None, name=phrase, kind="person", mentions=(span,), pronoun=pronoun)


def _doubtful(name: str, kind: MentionKind | None) -> bool:
    words = name.split()
    if kind in ("person", "country") or len(words) > _PERSONAL or words[0].lower() in ("the", "a"):
        return False
    if not all(word[:1].isupper() and not word.isupper() for word in words):
        return False
    if told(name, kind or "organization") or {bare(word) for word in words} & _never():
        return False
    # A place or people has to have a first name to pass for a person; another name has not.
    return bare(words[0]) in first_names() or (kind not in ("place", "facility", "group") and not city(name, _TOWN))


@cache
def _never() -> frozenset[str]:
    return organizations().tails | organizations().ordinary | titles().before


def _given(name: str) -> Literal["he", "she", None]:
    """The pronoun that goes with the first name of a full name."""
    return _leaning(name.split(maxsplit=1)[0]) if " " in name else None


def _leaning(name: str) -> Literal["he", "she", None]:
    fits = [p for p in ("he", "she") if name.lower() in _first_names()[p]]
    return fits[0] if len(fits) == 1 else None  # type: ignore[return-value]


def _pronoun(text: str, entity: Entity, publisher: str | None) -> Literal["he", "she", "it", None]:
    if entity.name == publisher:
        return "it"  # an outlet that the language model takes for a person
    if entity.type != "person":
        return _given(entity.name) if _doubtful(entity.name, entity.type) else "it"
    votes = set()
    for mention in entity.mentions:
        before = text[max(0, mention.start - 14) : mention.start].split()
        if before and (form := _FORMS.get(before[-1].strip(".").lower())):
            votes.add(form)
    for role in entity.roles:
        votes |= {_FORMS[word] for word in role.title.lower().split() if word in _FORMS}
    if len(votes) == 1:
        return votes.pop()  # type: ignore[return-value]
    return _given(entity.name) if not votes else None


class Head(NamedTuple):
    """The head of a source: its token, and what it shows itself to be."""

    token: Any
    span: Span
    pronoun: Pronoun | None
    noun: str | None
    plural: bool
    definite: bool
    many: bool = False
    part: bool = False
    """Whether it is one or some of those whom the head names: `one of the ministers`."""


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
    one = token.lower_ in ("one", "another", "someone", "a")
    part = (
        token.pos_ in ("NUM", "DET", "ADJ", "PRON")
        and token.i + 1 < piece.end
        and piece.doc[token.i + 1].lower_ == "of"
    )
    if part:
        whole = piece.doc[token.i + 1]
        token = next((t for t in whole.children if t.dep_ == "pobj" and t.i < piece.end), token)
    pronoun = PRONOUNS.get(token.lower_) if token.pos_ in ("PRON", "DET", "SCONJ") and len(piece) <= 3 else None
    first = piece[0].lower_
    return Head(
        token=token,
        span=passage.span(token),
        pronoun=pronoun,
        noun=token.lemma_.lower() if token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.text.islower()) else None,
        plural=token.tag_ in ("NNS", "NNPS") and not (part and one),
        definite=first in ("the", "this", "that", "its", "his", "her", "their") or first.endswith(("'s", "’s")),
        many=(token.tag_ in ("NNS", "NNPS", "CD") and not (part and one)) or token.lemma_.lower() in nouns().crowds,
        part=part,
    )


class Nouns(NamedTuple):
    """Lemmas by which a source that names nobody is told; see `data/speakers.toml`."""

    he: frozenset[str]
    she: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    companies: frozenset[str]
    outlets: frozenset[str]
    any_body: frozenset[str]
    crowds: frozenset[str]
    documents: frozenset[str]
    own_words: frozenset[str]
    anyone: frozenset[str]
    kinds: dict[str, frozenset[str]]


@cache
def nouns() -> Nouns:
    """The packaged lists."""
    table = tomllib.loads((files("onrecord.extract") / "data" / "speakers.toml").read_text(encoding="utf-8"))
    lists = {
        f"{group} {name}": frozenset(words.split()) for group, each in table.items() for name, words in each.items()
    }
    he, she = lists["persons he"], lists["persons she"]
    return Nouns(
        he=he,
        she=she,
        persons=he | she | lists["persons either"] | titles().roles | titles().ranks,
        bodies=lists["bodies nouns"] | titles().bodies,
        companies=lists["bodies company"],
        outlets=lists["bodies outlet"],
        any_body=lists["bodies any"],
        crowds=lists["crowds nouns"],
        documents=lists["documents nouns"],
        own_words=lists["documents own"],
        anyone=lists["anyone words"],
        kinds={name.removeprefix("kinds "): each for name, each in lists.items() if name.startswith("kinds ")},
    )


def is_role(noun: str) -> bool:
    """Whether a noun names what one person is (`minister`)."""
    return noun.rpartition("-")[2] in nouns().persons or noun in nouns().persons


def sort(found: Head) -> str:
    """What kind of source it is that names nobody: `officials`, `experts`, `sources` (only called that) and `people`,
    one or more of them; `reports` (reports and media), `document`, `body`; `anyone` for nobody in particular, `name`
    for a name that nothing else is known of, and `as written` for what is none of these."""
    noun, words = found.noun or found.token.lower_, nouns()
    if found.token.lower_ in words.anyone and not found.part:
        return "anyone"
    if found.token.pos_ == "PROPN" and found.noun is None and found.token.text[:1].isupper() and not found.part:
        return "name"
    last = noun.rpartition("-")[2]
    for kind, lemmas in words.kinds.items():
        if lemmas & {noun, last, found.token.lower_}:
            if kind == "reports" and not found.plural and found.token.lower_ not in ("media", "press"):
                continue  # one report is a document, reports are what is going round
            return kind
    if noun in words.documents:
        return "document"
    if found.token.pos_ == "NUM" or is_role(noun) or (found.plural and noun not in words.bodies):
        return "people"
    return "body" if noun in words.bodies else "people" if noun in words.crowds else "as written"


def country_key(word: str) -> str | None:
    """The entity key of the country that an adjective belongs to (`Norwegian`), or None."""
    code = demonyms().get(word)
    return entity_id("country", code) if code else None
