"""Entities: the mentions of one article that are one person or body, and what the article calls it."""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

from onrecord.extract.bodies import find_bodies, official
from onrecord.extract.lexicon import countries, demonyms, organizations
from onrecord.extract.roles import office, roles
from onrecord.model import Document, Entity, Finding, Mention, MentionKind, entity_id

VERSION = "entities/2"

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
    groups: defaultdict[_Form, list[Mention]] = defaultdict(list)
    for mention in (*mentions, *find_bodies(text, mentions)):
        if mention.kind in _KINDS and not _adjective(text, mention):
            groups[mention.kind, _form(mention.head.of(text))].append(mention)
    merged = _merged(text, groups)
    clusters: defaultdict[_Form, list[Mention]] = defaultdict(list)
    for (kind, form), members in groups.items():
        clusters[kind, merged.get((kind, form), form)] += members
    closed = frozenset(mention.head.end for mention in mentions if mention.kind == "person")
    entities = [
        _entity(text, kind, sorted(members, key=lambda m: m.head), closed) for (kind, _), members in clusters.items()
    ]
    entities.sort(key=lambda entity: (entity.mentions[0], entity.key))
    return [Finding(value=entity, rule=f"entity.{entity.type}") for entity in entities]


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
        "organization": _bodies(forms["organization"]),
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


def _bodies(forms: Iterable[str]) -> dict[str, str]:
    """Acronyms to the one name whose initials they are, short names to the one name that ends in them."""
    forms = list(forms)
    initials: defaultdict[str, set[str]] = defaultdict(set)
    ends: defaultdict[str, set[str]] = defaultdict(set)
    known, tails = organizations().known, organizations().tails
    for form in forms:
        words = form.split()
        if len(words) < 2 or form.replace(" ", "").isupper():
            continue
        for some in (words, [word for word in words if word.lower() not in _SMALL]):
            initials["".join(word[0] for word in some).upper()].add(form)
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
            candidates = ends.get(form, set())
        if len(candidates) == 1:
            merged[form] = next(iter(candidates))
    # A chain (`Times` -> `York Times` -> `New York Times`) ends at its last name.
    return {form: _end(merged, form) for form in merged}


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


def _entity(text: str, kind: MentionKind, mentions: list[Mention], closed: frozenset[int]) -> Entity:
    written = Counter(" ".join(mention.head.of(text).split()) for mention in mentions)
    if kind == "group":
        name = written.most_common(1)[0][0]
    else:
        # The fullest form: most words, then most letters; of equals the one in mixed case, used most, first.
        name = max(written, key=lambda n: (len(n.split()), len(n), not n.isupper(), written[n]))
    found = (role for mention in mentions for role in roles(text, mention, closed))
    return Entity(
        key=entity_id(kind, _usual(kind, name)),
        type=kind,
        name=name,
        aliases=tuple(sorted(set(written) - {name})),
        roles=tuple(dict.fromkeys(found)),
        mentions=tuple(mention.head for mention in mentions),
    )
