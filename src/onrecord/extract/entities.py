"""Entities: the mentions of one article that are one person or body, and what the article calls it."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence
from functools import cache
from itertools import islice, takewhile

import msgspec

from onrecord.extract.bodies import find_bodies, official
from onrecord.extract.epithets import Called, find_epithets
from onrecord.extract.gazetteer import lookup
from onrecord.extract.lexicon import countries, demonyms, organizations
from onrecord.extract.metonyms import governs
from onrecord.extract.offices import holding, words
from onrecord.extract.roles import office, roles
from onrecord.extract.toponyms import Toponym
from onrecord.model import Document, Entity, Finding, Mention, MentionKind, Role, Span, entity_id

VERSION = "entities/3"

_KINDS: frozenset[MentionKind] = frozenset(
    ("person", "organization", "country", "place", "facility", "group", "product")
)
_SMALL = frozenset("of the for and in on to de la du des & at".split())
_PAIRS = {"“": "”", '"': '"'}
_LONGEST = 8
"""Words of a name of a body that its acronym or a short form of it is looked for in."""

_Form = tuple[MentionKind, str]


def extract_entities(document: Document, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding an entity, in the order of first mention.

    Forms are put together when one candidate is left, and kept apart when two are: a surname with the one full name
    that ends in it, an acronym with the one body whose initials it is, a short name with the one longer name. Title
    first: a surname may come before the full name. `mentions` are the names alone, `roles` the article's own words.
    A country's key is made from its code, so that `U.S.` and `United States` meet across documents. A people's name
    that only qualifies another word (`French` in `French President`) is no mention of anybody.
    """
    text = document.text
    mentions = [*mentions, *find_bodies(text, mentions)]
    groups: defaultdict[_Form, list[Mention]] = defaultdict(list)
    for mention in mentions:
        code = _governing(text, mention)
        if code:
            groups["country", code].append(mention)
        elif mention.kind in _KINDS and not _adjective(text, mention):
            groups[mention.kind, _form(mention.head.of(text))].append(mention)
    merged = _merged(text, groups)
    clusters: defaultdict[_Form, list[Mention]] = defaultdict(list)
    for (kind, form), members in groups.items():
        clusters[kind, merged.get((kind, form), form)] += members
    closed = frozenset(mention.head.end for mention in mentions if mention.kind == "person")
    bodies = sorted((m.head for m in mentions if m.kind == "organization"), key=lambda span: (span.start, -span.end))
    entities = [
        _entity(text, kind, form, sorted(members, key=lambda m: m.head), closed, bodies)
        for (kind, form), members in clusters.items()
    ]
    entities = _described(text, entities, [mention.span for mention in mentions])
    entities.sort(key=lambda entity: (entity.mentions[0], entity.key))
    return [Finding(value=entity, rule=f"entity.{entity.type}") for entity in entities]


def _governing(text: str, mention: Mention) -> str | None:
    """The code of the country whose government a capital's name stands for: `Washington` in `Washington warned`."""
    if mention.kind != "place":
        return None
    name = mention.head.of(text)
    seat = next((place for place in lookup(name) if place.kind == "capital"), None)
    return (
        seat.country if seat and governs(text, Toponym(mention.head, name, "location", "place"), capital=True) else None
    )


def _described(text: str, entities: list[Entity], taken: Sequence[Span]) -> list[Entity]:
    """The entities with the places where a description means them."""
    people = [entity for entity in entities if entity.type == "person" and entity.roles]
    found: defaultdict[str, list[Span]] = defaultdict(list)
    for epithet in find_epithets(text, [Called(p.mentions[0].start, p.roles) for p in people], taken):
        found[people[epithet.who].key].append(epithet.span)
    return [
        msgspec.structs.replace(entity, mentions=tuple(sorted({*entity.mentions, *found[entity.key]})))
        if entity.type == "person" and entity.key in found
        else entity
        for entity in entities
    ]


def _form(name: str) -> str:
    """A name as it is compared: no article, no full stops, spaces folded."""
    words = unicodedata.normalize("NFKC", name).replace("’", "'").replace(".", " ").split()
    if len(words) > 1 and words[0] in ("The", "the"):
        words = words[1:]
    return " ".join(words)


def _adjective(text: str, mention: Mention) -> bool:
    head = mention.head.of(text)
    return mention.kind == "group" and not head.endswith(("s", "men")) and text[mention.head.end :][:1] in (" ", "-")


def _merged(text: str, groups: dict[_Form, list[Mention]]) -> dict[_Form, str]:
    """Form -> the form of the cluster it belongs to, where exactly one candidate is left."""
    forms: defaultdict[MentionKind, list[str]] = defaultdict(list)
    for kind, form in groups:
        forms[kind].append(form)
    by_kind: dict[MentionKind, dict[str, str]] = {
        "person": _people(text, {form: groups["person", form] for form in forms["person"]}),
        "organization": _bodies({form: groups["organization", form] for form in forms["organization"]}),
        "country": {form: _codes().get(form, form) for form in forms["country"]},
        "group": {form: demonyms().get(form, form) for form in forms["group"]},
        "place": {form: form.title() for form in forms["place"] if form.isupper()},
    }
    return {(kind, form): to for kind, table in by_kind.items() for form, to in table.items()}


@cache
def _codes() -> dict[str, str]:
    return {_form(name): code for name, code in countries().items()}


def _people(text: str, groups: dict[str, list[Mention]]) -> dict[str, str]:
    """Surnames to the one full name that ends in them, first names to the one that begins with them."""
    full = [form for form in groups if " " in form]
    merged: dict[str, str] = {}
    by_ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for form in full:
        words = form.split()
        by_ends[words[0], words[-1]].append(form)
    for same in by_ends.values():
        # `Ana R. Silva` and `Ana Silva`: first and last agree, and the middle of one is missing, not different.
        longest = max(same, key=len)
        merged.update({form: longest for form in same if len(form.split()) == 2 and form != longest})
    last: defaultdict[str, set[str]] = defaultdict(set)
    first: defaultdict[str, set[str]] = defaultdict(set)
    for form in full:
        words = form.split()
        first[words[0]].add(merged.get(form, form))
        for i in range(1, min(len(words), _LONGEST)):
            last[" ".join(words[i:])].add(merged.get(form, form))
    inside = _Quoted(text)
    for form, mentions in groups.items():
        if form in merged:
            continue
        candidates = last.get(form, set()) - {form}
        if len(candidates) > 1:
            # `President Silva` is the one of two Silvas who is called president.
            offices = {word for m in mentions for word in office(text, m)}
            candidates = {c for c in candidates if offices & {w for m in groups.get(c, ()) for w in office(text, m)}}
        elif not candidates and " " not in form and not any(m.head.start in inside for m in mentions):
            candidates = first.get(form, set())
        if len(candidates) == 1:
            merged[form] = next(iter(candidates))
    return {form: _end(merged, form) for form in merged}


class _Quoted:
    """Whether a code point stands inside quotation marks; a mark that its paragraph never closes opens nothing."""

    def __init__(self, text: str) -> None:
        self.starts: list[int] = []
        self.ends: list[int] = []
        start, closing = 0, ""
        for found in re.finditer(r"[“”\"\n]", text):
            mark = found[0]
            if closing and mark == closing:
                self.starts.append(start)
                self.ends.append(found.start())
                closing = ""
            elif mark == "\n" or not closing:
                start, closing = found.start(), _PAIRS.get(mark, "")

    def __contains__(self, position: int) -> bool:
        i = bisect_right(self.starts, position) - 1
        return i >= 0 and position < self.ends[i]


def _bodies(forms: dict[str, list[Mention]]) -> dict[str, str]:
    """Acronyms to the one name whose initials they are, short names to the one name that ends in them, and a first word
    to the one name that begins with it."""
    initials: defaultdict[str, set[str]] = defaultdict(set)
    begins: defaultdict[str, set[str]] = defaultdict(set)
    ends: defaultdict[str, set[str]] = defaultdict(set)
    known, tails = organizations().known, organizations().tails
    for form in forms:
        words = form.split()
        if len(words) < 2 or form.replace(" ", "").isupper():
            continue
        for some in (words, [word for word in words if word.lower() not in _SMALL]):
            initials["".join(word[0] for word in some).upper()].add(form)
        begins[words[0]].add(form)
        for i in range(1, min(len(words), _LONGEST)):
            ends[" ".join(words[i:])].add(form)
            if all(word.lower() in tails for word in words[i:]):
                ends[" ".join(words[:i])].add(form)
    merged: dict[str, str] = {}
    same: dict[str, str] = {}
    for form in forms:
        one = official(form)
        if one and same.setdefault(one, form) != form:
            merged[form] = same[one]
            continue
        joined = form.replace(" ", "")
        candidates = initials.get(joined, set()) if joined.isupper() and 1 < len(joined) < 9 else set()
        if not candidates and form.lower() not in known:
            candidates = ends.get(form, set()) or _introduced(form, begins.get(form, set()), forms)
        if len(candidates) == 1:
            merged[form] = next(iter(candidates))
    # A chain (`Times` -> `York Times` -> `New York Times`) ends at its last name.
    return {form: _end(merged, form) for form in merged}


def _introduced(form: str, longer: set[str], forms: dict[str, list[Mention]]) -> set[str]:
    """The longer names, where one of them stands before all uses of the short one but the first, which may be the
    headline's: news gives a name in full once, and a part of a body comes after it (`Nordlast`, `Nordlast Arena`)."""
    if form.lower() in organizations().tails | organizations().heads or not longer:
        return set()
    uses = sorted(mention.head.start for mention in forms[form])
    full = min(mention.head.start for name in longer for mention in forms[name])
    return longer if len(uses) < 2 or full < uses[1] else set()


def _end(merged: dict[str, str], form: str) -> str:
    seen: set[str] = set()
    while form in merged and form not in seen:
        seen.add(form)
        form = merged[form]
    return form


def _usual(kind: MentionKind, name: str) -> str:
    """What a key is made of: the same for every way to name a country, or a body of one."""
    if kind == "country":
        return countries().get(name, name)
    return (kind == "organization" and official(name)) or name


def _entity(
    text: str, kind: MentionKind, form: str, mentions: list[Mention], closed: frozenset[int], bodies: Sequence[Span]
) -> Entity:
    written = Counter(" ".join(mention.head.of(text).split()) for mention in mentions)
    if kind == "group":
        name = written.most_common(1)[0][0]
    else:
        # The fullest form: most words, then most letters; of equals the one in mixed case, used most, first. A country
        # goes by its own name, if the article has it, and not by that of its seat.
        own = {n for n in written if kind == "country" and {n, n.replace(".", "")} & countries().keys()}
        name = max(own or written, key=lambda n: (len(n.split()), len(n), not n.isupper(), written[n]))
    found = dict.fromkeys(role for mention in mentions for role in roles(text, mention, closed))
    return Entity(
        key=entity_id(kind, form if kind == "country" else _usual(kind, name)),
        type=kind,
        name=name,
        aliases=tuple(sorted(set(written) - {name})),
        roles=tuple(_told(text, role, bodies) for role in found),
        mentions=tuple(mention.head for mention in mentions),
    )


def _told(text: str, role: Role, bodies: Sequence[Span]) -> Role:
    """A role with the body and the country that its words name, and whether it is held."""
    first = bisect_left(bodies, role.span.start, key=lambda span: span.start)
    inside = takewhile(lambda span: span.start < role.span.end, islice(bodies, first, None))
    body = max((span for span in inside if span in role.span), key=len, default=None)
    named = words(role.title).countries
    return msgspec.structs.replace(
        role,
        organization=" ".join(body.of(text).split()) if body else None,
        country=next(iter(named)) if len(named) == 1 else None,
        holding=holding(role.title),
    )
