"""Whom `he`, `she`, `I` and `we` stand for in a slot of an event. The article is read for them only if need be."""

from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.events.participants.phrases import TITLES, country_of
from onrecord.extract.events.participants.slots import Resolve
from onrecord.extract.parse import Passage
from onrecord.extract.quotations import find_quotations
from onrecord.extract.statements.pronouns import Reader, fits
from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import PRONOUNS, Known, nouns
from onrecord.model import NOBODY, Document, Entity, Span, Statement


def resolver(
    document: Document, passages: Sequence[Passage], entities: Sequence[Entity], statements: Sequence[Statement]
) -> Resolve:
    """A function that answers for one pronoun after the other, in the order of the article."""
    readers: list[Reader] = []
    contents = [(content, statement) for statement in statements for content in statement.contents]
    known_as = {entity.key: entity for entity in entities}
    called: dict[str, list[str]] = {}
    for statement in statements:
        if statement.speaker is not None and statement.speaker.entity and statement.speaker.how == "title":
            called.setdefault(statement.speaker.entity, []).extend(one.of(document.text) for one in statement.sources)

    def resolve(span: Span) -> tuple[str, str | None] | None:
        word = span.of(document.text).lower()
        sort = PRONOUNS.get(word)
        if sort in ("I", "we"):
            statement = _around(contents, span)
            speaker = _speaker(statement)
            if sort == "I" or statement is None or statement.style == "indirect" or statement.speaker is None:
                return speaker
            who = known_as.get(speaker[1]) if speaker else None
            if who is not None and (_outlet(who) or statement.speaker.how == "publication"):
                return None  # what it quotes others with
            if who is not None and who.type != "person" and who.type != "group":
                return speaker
            titles = [statement.speaker.name] if who is None else (*_titles(who), *called.get(who.key, ()))
            country = known_as.get(_country(titles))
            country = country or _led(titles, entities)
            if country is not None:
                return country.name, country.key
            return None if who is None or word != "we" else speaker
        if sort not in ("he", "she"):
            return None
        if not readers:
            readers.append(Reader(Scene(document, passages, entities, find_quotations(document))))
        reader = readers[0]
        reader.read_to(span.start)
        said = _around(contents, span)
        speaks = said.speaker.entity if said and said.style == "direct" and said.speaker else None
        one = reader.choose(span).who
        known = reader.scene.known[one] if one is not None else _alone(reader.scene, span, sort, speaks)
        if known is None or (speaks is not None and known.key == speaks):
            return None  # who speaks says `I` of himself
        return known.name, known.key

    return resolve


def _alone(scene: Scene, span: Span, pronoun: str, speaks: str | None) -> Known | None:
    """The one person whom a pronoun for whom something is done to fits in its paragraph and the one before it; of
    several the one who is told of as a man or as a woman. `speaks`: who says it."""
    here, token = scene.sight(span, -1), scene.token(span.start)
    if here is None or token is None or token.dep_ not in _DONE_TO:
        return None
    seen = {scene.known[s.who] for s in scene.between(scene.passages.starts[max(0, here.paragraph - 1)], span.start)}
    fit = [who for who in seen if who.person and who.key != speaks and fits(who, pronoun)]
    fit = [who for who in fit if who.pronoun == pronoun] or fit
    known = fit[0] if len(fit) == 1 else None
    return known if known is not None and known.key is not None and len(known.mentions) > 1 else None


_DONE_TO = frozenset(("dobj", "nsubjpass", "poss", "dative", "pobj"))


def _titles(who: Entity) -> Iterator[str]:
    """What somebody is called that he has not ceased to be."""
    return (role.title for role in who.roles if role.holding is None) if who.type == "person" else iter(())


def _country(titles: Iterable[str]) -> str:
    """The key of the country whose office somebody holds: its `we` is the country's. Empty where none is told."""
    told = {key for title in titles if (key := _of_country(title)) is not None}
    return told.pop() if len(told) == 1 else ""


def _of_country(title: str) -> str | None:
    """The country that stands before an office, or behind its `of` or `for`: `Kenya’s ambassador to Chad`."""
    words = title.replace("’s ", " ").replace("'s ", " ").split()
    office = next((n for n, word in enumerate(words) if word.lower().strip(",") in _OFFICES), None)
    if office is None:
        return None
    before = (key for word in words[:office] if (key := country_of(word)))
    behind = " ".join(words[office + 1 :]).removeprefix("of ").removeprefix("for ").removeprefix("the ")
    return next(before, None) or country_of(behind) or country_of(behind.partition(" ")[0])


def _led(titles: Iterable[str], entities: Sequence[Entity]) -> Entity | None:
    """The body that an office leads or speaks for: `Nato secretary general`, `head of the World Bank`. None where none
    or several of the article's are named."""
    bodies = [one for one in entities if one.type == "organization" and not _outlet(one)]
    told = {
        one.key: one
        for title in titles
        for one in bodies
        if (
            title.lower().startswith(f"{one.name.lower()} ")
            and any(word in _LEADING for word in title[len(one.name) :].lower().split())
        )
        or any(f" of {the}{one.name.lower()}," in f"{title.lower()}," for the in ("", "the "))
    }
    return next(iter(told.values())) if len(told) == 1 else None


_LEADING = frozenset("secretary general director president chief chair commissioner spokesperson spokesman".split())
_OFFICES = TITLES | frozenset("spokesperson spokesman spokeswoman envoy adviser representative governor".split())
"""Those who speak for a country."""


def _outlet(who: Entity) -> bool:
    words = who.name.lower().split()
    return who.type != "person" and (bool(nouns().outlets.intersection(words)) or "news" in words)


def _speaker(statement: Statement | None) -> tuple[str, str] | None:
    """Who says `I`: the speaker of a statement, if he is named."""
    if statement is None or statement.style == "indirect":
        return None
    speaker = statement.speaker
    if speaker is None or speaker.how in NOBODY or speaker.entity is None:
        return None
    return speaker.name, speaker.entity


def _around(contents: Sequence[tuple[Span, Statement]], span: Span) -> Statement | None:
    holding = [(len(content), n) for n, (content, _) in enumerate(contents) if span in content]
    return contents[min(holding)[1]][1] if holding else None
