"""What a noun phrase stands for: a name, people, a body, a thing that can be hit, or none of these."""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from onrecord.extract.events.participants.turns import Turns
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.lexicon import countries, demonyms
from onrecord.extract.statements.sources import nouns
from onrecord.model import Document, Entity, Mention, Place, Span, Timex, entity_id

Sort = Literal[
    "person", "body", "country", "group", "people", "place", "facility", "number", "pronoun", "name", "thing"
]
"""`person`, `body`, `country`, `group`, `place`, `facility`: named; `people`: not named; `name`: of an unknown kind."""

ACTORS = frozenset(("person", "body", "country", "group", "people", "name"))
_KINDS: dict[str, Sort] = {
    "person": "person", "organization": "body", "country": "country", "group": "group", "place": "place",
    "facility": "facility",
}  # fmt: skip
_PRONOUNS = frozenset(
    "he she it they we i you him her them us me who which that this these those his its their our my whose himself "
    "itself themselves herself one".split()
)


class Named(NamedTuple):
    """A name: where it stands as written, and the entity's key and name; None where no entity stands for it."""

    span: Span
    kind: str
    key: str | None
    name: str | None


_BEHIND = re.compile(r"(?:['’]s?)?(?: [\w-]{1,20}){1,3}")


class World:
    """Who and what the article names, to be asked by place. Built once an article."""

    def __init__(
        self,
        document: Document,
        mentions: Sequence[Mention],
        entities: Sequence[Entity],
        places: Sequence[Place],
        timexes: Sequence[Timex] = (),
    ) -> None:
        self.text = document.text
        owners = {span: entity for entity in entities for span in entity.mentions}
        found: list[Named] = []
        taken: set[int] = set()
        for mention in mentions:
            entity = owners.get(mention.head) or owners.get(mention.span)
            kind = entity.type if entity else mention.kind
            found.append(Named(mention.span, kind, entity.key if entity else None, entity.name if entity else None))
            taken.add(mention.head.start)
        for span, entity in owners.items():  # bodies that the entities step found on its own
            if span.start not in taken:
                found.append(Named(span, entity.type, entity.key, entity.name))
        self.names = sorted(found, key=lambda named: (named.span.start, -named.span.end))
        self.starts = [named.span.start for named in self.names]
        self.times = sorted((timex.span.start, timex.span.end) for timex in timexes if timex.type != "DURATION")
        self.places = {place.span.start: place for place in places}
        self.keys = {entity.key: entity.name for entity in entities}
        self.turns = Turns(self.text, entities)
        self._owned: frozenset[tuple[str, str]] | None = None

    def at(self, position: int) -> Named | None:
        """The name that covers a code point of the article."""
        index = bisect_right(self.starts, position) - 1
        for back in range(index, max(-1, index - 3), -1):
            if self.names[back].span.start <= position < self.names[back].span.end:
                return self.names[back]
        return None

    def owned(self) -> frozenset[tuple[str, str]]:
        """The nouns that stand behind a name as what is somebody's (`Chad's full invasion`), with the owner's key."""
        if self._owned is None:
            pairs: set[tuple[str, str]] = set()
            for named in self.names:
                place = self.places.get(named.span.start)
                key = entity_id("country", place.country) if place is not None and place.country else named.key
                behind = _BEHIND.match(self.text, named.span.end)
                if key is not None and behind is not None:
                    pairs.update((key, word.lower()) for word in behind.group().split())
            self._owned = frozenset(pairs)
        return self._owned

    def timed(self, tree: Tree, index: int) -> bool:
        """Whether a token belongs to a time: `Monday`, `2019`."""
        place = tree.passage.block.span.start + tree.starts[index]
        before = bisect_right(self.times, (place, 1 << 60)) - 1
        return before >= 0 and self.times[before][0] <= place < self.times[before][1]

    def named(self, tree: Tree, index: int) -> Named | None:
        """The name that covers a token."""
        return self.at(tree.passage.block.span.start + tree.starts[index])


class Nouns(NamedTuple):
    """`acting`: nouns for people and bodies; `bodies`: those that a noun may have before it as its owner (`the army
    raid`); `sometimes`: only where they are a subject; `things`: what can be hit."""

    acting: frozenset[str]
    bodies: frozenset[str]
    sometimes: frozenset[str]
    things: frozenset[str]


@cache
def listed() -> Nouns:
    """The packaged lists, with the words of the lexicon."""

    def read(name: str) -> dict[str, Any]:
        return tomllib.loads((files("onrecord.extract") / "data" / name).read_text(encoding="utf-8"))

    own, wordnet = read("actors.toml"), read("wordnet.toml")
    written = frozenset(word for words in own["people"].values() for word in words.split())
    barred, sometimes = (frozenset(own[name]["words"].split()) for name in ("not", "sometimes"))
    known = nouns().persons | nouns().bodies | nouns().crowds | written | frozenset(wordnet["people"].split())
    acting = (known | lexicon().classes["forces"].keys()) - barred - sometimes - lexicon().targets
    both = written | nouns().bodies | lexicon().classes["forces"].keys()
    things = lexicon().targets | (frozenset(wordnet["things"].split()) - both)
    bodies = frozenset(lexicon().classes["forces"]) | lexicon().classes["state"].keys()
    return Nouns(acting | (both - barred - sometimes), bodies - barred - _VAGUE, sometimes, things)


_VAGUE = frozenset(
    "group unit official state authority commission council column general military terrorist guard navy force "
    "president minister".split()
)
"""Those that before a noun say what it is about, and not whose it is: `a state visit`, `military aid`."""


_PARTS = frozenset(
    "one part remnant remnants most half majority minority rest remainder number dozens hundreds thousands scores "
    "group batch handful couple pair "
    "swathe swath chunk stretch several some many all two three four five six seven eight nine ten".split()
)
"""Words that stand for what is named behind their `of`: `one of the critics`, `parts of Tarn`."""
TITLES = frozenset(
    "king queen prince princess emperor sultan emir sheikh president premier minister chancellor secretary senator "
    "governor mayor ambassador general colonel pope ayatollah".split()
)
"""A name behind one of these is a person's, though it may be a place's elsewhere."""


def core(tree: Tree, index: int) -> int:
    """The word that says what a phrase stands for: its head, or behind a head that only says how much of it, `of`."""
    for _ in range(2):
        if tree.lemmas[index] not in _PARTS and tree.words[index] not in _PARTS:
            return index
        of = next((c for c in tree.children[index] if c > index and tree.words[c] == "of"), None)
        inner = None if of is None else tree.child(of, "pobj")
        if inner is None or (index and tree.lemmas[index] == "number" and tree.words[index - 1] == "the"):
            return index  # `the number of the dead` is a number
        index = inner
    return index


def sort(world: World, tree: Tree, index: int) -> Sort:
    """What a phrase is, by its head token."""
    inner = core(tree, index)
    if inner != index:
        found = sort(world, tree, inner)
        if found == "pronoun":
            return "people" if tree.words[inner] in ("them", "us", "you", "those", "whom", "these") else "thing"
        return "people" if found in ("person", "group", "people") else found
    word, lemma, part, beside = tree.words[index], tree.lemmas[index], tree.parts[index], tree.children[index]
    if part == "PRON" and word in _PRONOUNS:
        return "pronoun"
    if world.timed(tree, index) or rules(tree, index) or _age(tree, index):
        return "thing"
    named = world.named(tree, index)
    if named is not None and named.kind in _KINDS:
        last = tree.passage.block.span.start + tree.ends[index]
        # `the Kyiv residents`: a name inside a phrase whose head is a plain noun says what the head is.
        if part != "NOUN" or named.span.end >= last:
            return "person" if named.kind == "place" and _titled(tree, index) else _KINDS[named.kind]
    if named is not None and named.kind in ("product", "work", "event"):
        return "thing"
    if word == "force" and part == "NOUN" and not any(tree.links[c] in ("det", "poss") for c in beside):
        return "thing"  # `used military force`
    if part == "NOUN" and _is_somebody(world, tree, index):
        return "person"
    if lemma.rpartition("-")[2] in listed().acting or lemma in listed().acting:
        return "people"
    if lemma in listed().sometimes and tree.links[index] in ("nsubj", "pobj"):
        by = tree.links[index] == "nsubj" or tree.words[tree.heads[index]] == "by"
        return "people" if by else "thing"
    if (
        part == "NUM"
        or tree.tags[index] == "CD"
        or word in ("dozens", "scores", "hundreds", "thousands", "many", "several", "others", "some", "two", "three")
    ):
        return "number"
    if word in demonyms_lower():
        return "group"
    if lemma == "figure" and any(tree.links[c] == "compound" and tree.lemmas[c] in listed().acting for c in beside):
        return "people"  # `opposition figures`
    if word == "sides" and any(tree.words[c] in ("both", "two", "warring", "all") for c in beside):
        return "people"
    if named is None and (part == "PROPN" or _capital(tree, index)) and not word.startswith("covid"):
        return "country" if country_of(tree.passage.doc[index].text) and part == "PROPN" else "name"
    return "thing"


def rules(tree: Tree, index: int) -> bool:
    """`the sanctions regime`: rules, and no rulers."""
    return tree.lemmas[index] == "regime" and any(tree.lemmas[c] in _REGIMES for c in tree.children[index])


_REGIMES = frozenset("sanction sanctions visa tax trade tariff control".split())


def _age(tree: Tree, index: int) -> bool:
    """`at the age of fifteen`: no fifteen people."""
    before = tree.heads[index]
    return tree.tags[index] == "CD" and tree.words[before] == "of" and tree.lemmas[tree.heads[before]] == "age"


def _titled(tree: Tree, index: int) -> bool:
    """`King Salman`, where Salman is known as a place."""
    return any(tree.links[c] == "compound" and tree.lemmas[c] in TITLES for c in tree.children[index])


def _is_somebody(world: World, tree: Tree, index: int) -> bool:
    """A noun that a name follows (`the beekeeper Ola Berg`), or the head of a body (`the head of the army`)."""
    if tree.lemmas[index] in ("head", "number-two"):
        of = next((c for c in tree.children[index] if tree.words[c] == "of"), None)
        inner = None if of is None else tree.child(of, "pobj")
        return inner is not None and sort(world, tree, inner) in ("body", "people", "country", "name")
    beside = tree.child(index, "appos")
    if beside is None or beside > index + 4:
        return False
    named = world.named(tree, beside)
    return named is not None and named.kind == "person"


def _capital(tree: Tree, index: int) -> bool:
    """A noun that is written like a name: `ICE`, `the Ministry`."""
    text = tree.passage.doc[index].text
    first = index == tree.sentences[index] or tree.parts[index - 1] == "PUNCT"
    return text[:1].isupper() and (not first or (text.isupper() and len(text) > 1))


@cache
def demonyms_lower() -> frozenset[str]:
    return frozenset(word.lower() for word in demonyms())


def acts(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for somebody who can do something."""
    found = sort(world, tree, index)
    if found == "number":
        return _counted_people(world, tree, index)
    if found == "place":
        place = world.places.get(_start(world, tree, index))
        return (place is not None and place.sense in ("government", "people")) or tree.links[index] in ("nsubj",)
    return found in ACTORS


def human(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for people, named or not."""
    found = sort(world, tree, index)
    return found in ("person", "group", "people", "name") or (found == "number" and _counted_people(world, tree, index))


def _start(world: World, tree: Tree, index: int) -> int:
    named = world.named(tree, index)
    return named.span.start if named else -1


def _counted_people(world: World, tree: Tree, index: int) -> bool:
    """A bare number (`at least 12`), or `dozens of workers`."""
    for child in tree.children[index]:
        if tree.words[child] == "of" and child > index:
            return any(human(world, tree, grand) for grand in tree.children[child] if tree.links[grand] == "pobj")
    priced = any(tree.words[c] in ("$", "€", "£", "us$") for c in tree.children[index])
    return tree.words[index] != "one" and not priced and not any(c in tree.words[index] for c in "%$€£")


def ranked(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for somebody who holds an office: an office, or a name with one before it."""
    offices = nouns().kinds["officials"] - {"officer"}
    return tree.lemmas[index] in offices or any(
        tree.links[c] in ("compound", "nmod", "amod") and (tree.lemmas[c] in offices or tree.lemmas[c] in TITLES)
        for c in tree.children[index]
    )


def located(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for a place or a thing that can be held."""
    found = sort(world, tree, index)
    if found in ("place", "country", "facility", "name"):
        return True
    return found in ("thing", "people", "body") and tree.lemmas[core(tree, index)] in listed().things


def hittable(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for people, a place or a thing that can be hit."""
    if tree.lemmas[core(tree, index)] in listed().things:
        return True
    return sort(world, tree, index) in (
        "person",
        "body",
        "country",
        "group",
        "people",
        "place",
        "facility",
        "name",
    ) or (sort(world, tree, index) == "number" and _counted_people(world, tree, index))


def armed(world: World, tree: Tree, index: int) -> bool:
    """Whether a phrase stands for those who can fight: troops, a country, a people, a named body or leader."""
    if tree.lemmas[core(tree, index)] in lexicon().classes["forces"]:
        return True
    return sort(world, tree, index) in ("country", "group", "person", "body", "name")


def country_of(word: str) -> str | None:
    """The entity key of the country that a name or adjective belongs to."""
    code = demonyms().get(word) or countries().get(word)
    return entity_id("country", code) if code else None
