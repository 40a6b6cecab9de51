"""Entities: the mentions of one article that are one person or body, and what the article calls it."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.lexicon import bare, countries, demonyms, organizations, titles
from onrecord.model import Document, Entity, Finding, Mention, MentionKind, Role, Span, entity_id

VERSION = "entities/1"

_KINDS: frozenset[MentionKind] = frozenset(
    ("person", "organization", "country", "place", "facility", "group", "product")
)
_SMALL = frozenset(("of", "the", "for", "and", "in", "on", "to", "de", "la", "du", "des", "&", "at"))
_PREPOSITION = frozenset(
    (
        "of",
        "for",
        "at",
        "in",
        "on",
        "with",
        "from",
        "to",
        "and",
        "by",
        "who",
        "whose",
        "that",
        "which",
        "since",
        "under",
        "during",
        "&",
    )
)
_DETERMINER = frozenset(("the", "a", "an", "its", "his", "her", "their", "our", "one"))
_AFTER = re.compile(
    r",\s+(?:(?:aged?\s+)?\d{1,3},\s+)?([^,;:—–()“”\"\n.!?]{3,140}(?:\.[^,;:—–()“”\"\n.!?]{1,60}){0,2})(?=[,;:—–().!?\n]|$)"
)
_BEFORE = re.compile(r"([^,;:—–()“”\"\n!?]{3,120}),\s*$")
_CUT = re.compile(r"\s(?:who|whose|which|that|when|where|said|says|told|and\s+(?:the|a|an))\s")
_WORD = re.compile(r"[^\s]+")
_QUOTED = re.compile(r"“[^”\n]{0,2000}”|\"[^\"\n]{0,2000}\"")
_WINDOW = 220
"""Code points on each side of a name in which an apposition is looked for."""


def extract_entities(document: Document, mentions: Sequence[Mention]) -> list[Finding]:
    """One finding an entity, in the order of first mention.

    Forms are put together when one candidate is left, and kept apart when two are: a surname with the one full name
    that ends in it, an acronym with the one body whose initials it is, a short name with the one longer name. Title
    first: a surname may come before the full name. `mentions` are the names alone, `roles` the article's own words.
    A country's key is made from its usual name, so that `U.S.` and `United States` meet across documents.
    """
    text = document.text
    groups: defaultdict[tuple[MentionKind, str], list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.kind in _KINDS and not _adjective(text, mention):
            groups[mention.kind, _form(mention.head.of(text))].append(mention)
    merged = _merge(text, groups)
    clusters: defaultdict[tuple[MentionKind, str], list[Mention]] = defaultdict(list)
    for (kind, form), members in groups.items():
        clusters[kind, merged.get((kind, form), form)] += members
    findings = [_finding(text, kind, sorted(members, key=lambda m: m.head)) for (kind, _), members in clusters.items()]
    return sorted(findings, key=lambda f: (f.value.mentions[0], f.value.key) if isinstance(f.value, Entity) else ())


def _form(name: str) -> str:
    """A name as it is compared: no article, no full stops, spaces folded, accents kept."""
    words = unicodedata.normalize("NFKC", name).replace("’", "'").replace(".", " ").split()
    if len(words) > 1 and words[0] in ("The", "the"):
        words = words[1:]
    return " ".join(words)


def _adjective(text: str, mention: Mention) -> bool:
    """Whether a people's name only qualifies another word: `French` in `French President` names nobody."""
    head = mention.head.of(text)
    return mention.kind == "group" and not head.endswith(("s", "men")) and text[mention.head.end :][:1] in (" ", "-")


def _merge(text: str, groups: dict[tuple[MentionKind, str], list[Mention]]) -> dict[tuple[MentionKind, str], str]:
    """Form -> the form of the cluster it belongs to, where exactly one candidate is left."""
    merged: dict[tuple[MentionKind, str], str] = {}
    by_kind: defaultdict[MentionKind, list[str]] = defaultdict(list)
    for kind, form in groups:
        by_kind[kind].append(form)
    merged.update({("person", a): b for a, b in _people(text, by_kind["person"], groups).items()})
    merged.update({("organization", a): b for a, b in _bodies(by_kind["organization"]).items()})
    codes: dict[str, str] = {}
    for form in by_kind["country"]:
        written = {_form(name): code for name, code in countries().items()} if not codes else codes
        codes = written
        merged["country", form] = written.get(form, form)
    for form in by_kind["group"]:
        merged["group", form] = demonyms().get(form, form)
    return merged


def _people(text: str, forms: Iterable[str], groups: dict[tuple[MentionKind, str], list[Mention]]) -> dict[str, str]:
    forms = list(forms)
    full = [form for form in forms if " " in form]
    merged: dict[str, str] = {}
    by_ends: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for form in full:
        words = form.split()
        by_ends[words[0], words[-1]].append(form)
    for same in by_ends.values():
        # `Ana R. Silva` and `Ana Silva`: first and last agree, and the middle of one is missing, not different.
        longest = max(same, key=len)
        merged.update({form: longest for form in same if len(form.split()) == 2 or form == longest})
    ends: defaultdict[str, set[str]] = defaultdict(set)
    for form in full:
        words = form.split()
        for i in range(1, len(words)):
            ends[" ".join(words[i:])].add(merged.get(form, form))
        ends["first " + words[0]].add(merged.get(form, form))
    quoted = _quoted(text)
    for form in forms:
        candidates = ends.get(form, set()) - {form}
        if len(candidates) > 1:
            roles = {r for m in groups["person", form] for r in _role_words(text, m)}
            candidates = {c for c in candidates if roles and roles & _roles_of(text, c, merged, groups)}
        elif not candidates and " " not in form and not any(m.head.start in quoted for m in groups["person", form]):
            candidates = ends.get("first " + form, set())
        if len(candidates) == 1 and form not in merged:
            merged[form] = next(iter(candidates))
    return merged


def _quoted(text: str) -> set[int]:
    """Code points inside quotation marks."""
    return {i for m in _QUOTED.finditer(text) for i in range(*m.span())}


def _role_words(text: str, mention: Mention) -> set[str]:
    words = {bare(word) for word in text[mention.span.start : mention.head.start].split()}
    return words & (titles().roles | titles().ranks)


def _roles_of(
    text: str, form: str, merged: dict[str, str], groups: dict[tuple[MentionKind, str], list[Mention]]
) -> set[str]:
    return {r for m in groups.get(("person", form), ()) for r in _role_words(text, m)}


def _bodies(forms: Iterable[str]) -> dict[str, str]:
    """Acronyms to the one name whose initials they are, short names to the one name that ends in them."""
    forms = list(forms)
    initials: defaultdict[str, set[str]] = defaultdict(set)
    ends: defaultdict[str, set[str]] = defaultdict(set)
    known, tails = organizations().known, organizations().tails
    for form in forms:
        words = form.split()
        if len(words) > 1:
            for some in (words, [w for w in words if w.lower() not in _SMALL]):
                initials["".join(w[0] for w in some).upper()].add(form)
            for i in range(1, min(len(words), 8)):
                ends[" ".join(words[i:])].add(form)
                if all(word.lower() in tails for word in words[i:]):
                    ends[" ".join(words[:i])].add(form)
    merged: dict[str, str] = {}
    for form in forms:
        joined = form.replace(" ", "")
        candidates = initials.get(joined, set()) if joined.isupper() and 1 < len(joined) < 9 else set()
        if not candidates and form.lower() not in known:
            candidates = ends.get(form, set())
        if len(candidates) == 1:
            merged[form] = next(iter(candidates))
    # A chain (`Times` -> `York Times` -> `New York Times`) ends at its last name.
    return {form: _last(merged, form) for form in merged}


def _last(merged: dict[str, str], form: str) -> str:
    seen = set()
    while form in merged and form not in seen:
        seen.add(form)
        form = merged[form]
    return form


def _finding(text: str, kind: MentionKind, mentions: list[Mention]) -> Finding:
    written = Counter(" ".join(mention.head.of(text).split()) for mention in mentions)
    if kind == "group":
        name = written.most_common(1)[0][0]
    else:
        # The fullest form: most words, then most letters; among equals the one that is used most, then first.
        name = max(written, key=lambda n: (len(n.split()), len(n), written[n]))
    key = entity_id(kind, name)
    if kind == "country" and name in countries():
        key = entity_id(kind, countries()[name])
    roles = tuple(dict.fromkeys(role for mention in mentions for role in _roles(text, mention)))
    entity = Entity(
        key=key,
        type=kind,
        name=name,
        aliases=tuple(sorted(set(written) - {name})),
        roles=roles if kind in ("person", "organization") else (),
        mentions=tuple(mention.head for mention in mentions),
    )
    return Finding(value=entity, rule=f"entity.{kind}")


def _roles(text: str, mention: Mention) -> Iterator[Role]:
    """What the words around one mention call it, in reading order."""
    if mention.kind == "person":
        yield from _role(text, *_before_comma(text, mention))
        yield from _role(text, mention.span.start, mention.head.start)
    yield from _role(text, *_after_comma(text, mention))


def _role(text: str, start: int, end: int) -> Iterator[Role]:
    """The role in `text[start:end]`, without articles and forms of address; nothing if no role is named there."""
    words = [(m.start() + start, m.end() + start) for m in _WORD.finditer(text[start:end])]
    while words and bare(text[words[0][0] : words[0][1]]) in _DETERMINER | titles().honorifics:
        words.pop(0)
    if not words:
        return
    core = []
    for a, b in words:
        word = bare(text[a:b]).strip("-")
        if word in _PREPOSITION:
            break
        core.append(word.rpartition("-")[2] if word not in titles().roles else word)
    if not core or core[-1] not in titles().roles | titles().ranks:
        return
    span = Span(start=words[0][0], end=words[-1][1])
    yield Role(title=span.of(text), span=span)


def _after_comma(text: str, mention: Mention) -> tuple[int, int]:
    """The apposition after a name: `Ana Silva, the mayor of Porto,`; an empty range if there is none."""
    found = _AFTER.match(text[mention.head.end : mention.head.end + _WINDOW])
    if not found:
        return 0, 0
    start, end = (mention.head.end + i for i in found.span(1))
    cut = _CUT.search(text, start, end)
    return start, cut.start() if cut else end


def _before_comma(text: str, mention: Mention) -> tuple[int, int]:
    """The role that a name closes in apposition: `the mayor of Porto, Ana Silva,`; an empty range if there is none."""
    if text[mention.head.end : mention.head.end + 1] not in (",", ".", ";", ":", ")", "—", ""):
        return 0, 0
    low = max(0, mention.span.start - _WINDOW)
    found = _BEFORE.search(text[low : mention.span.start])
    if not found:
        return 0, 0
    base = low + found.start(1)
    words = [(base + m.start(), base + m.end()) for m in _WORD.finditer(found[1])]
    for i, (start, end) in enumerate(words):
        word = text[start:end]
        if (word.lower() in _DETERMINER or word.endswith(("'s", "’s", "s’"))) and len(words) - i <= 14:
            if any(True for _ in _role(text, start, words[-1][1])):
                return start, words[-1][1]
    return 0, 0
