"""Names: what the encoder proposes, trimmed and made one by what the article and packaged word lists can tell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.kinds import Sighting, city, settled, told
from onrecord.extract.lexicon import bare, demonyms, organizations, titles
from onrecord.extract.parse import Passage
from onrecord.model import Document, Mention, MentionKind, Span

VERSION = "names/3"

_LABELS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "FAC": "facility",
    "NORP": "group",
    "PRODUCT": "product",
    "MISC": "event",
}
_POSSESSIVE = frozenset(("'s", "’s", "'", "’", "s'"))
_INSIDE = frozenset(("-", "–", ".", "'s", "’s", "of", "for", "the", "and", "&"))
_PARTICLES = frozenset(
    "von van der den de da do dos das del della di du la le bin ibn al el ul ter ten zu zur abu y e".split()
)
_EDGE = frozenset(("PUNCT", "DET", "ADP", "CCONJ"))
_CAPITAL = frozenset(("PROPN", "NOUN", "ADJ", "X"))
_QUALIFYING = frozenset(("PROPN", "NOUN", "ADJ", "ADV", "PART", "PUNCT"))
_LONGEST = 8
"""Tokens of the longest name that is looked for again, and of a title before a name."""

_NOUNS = 3
"""Nouns that may follow a facility that ends in a small letter and belong to it."""

_HEADLINE = 30
"""Tokens of the longest passage that can be a headline."""


class _Words(NamedTuple):
    """A passage as plain lists, one item a token: the parser's own objects are slow to ask. `first`: indices that open
    a sentence; `capitals`: a headline in which every word has a capital, so that capitals tell nothing."""

    text: list[str]
    start: list[int]
    end: list[int]
    tag: list[str]
    first: set[int]
    capitals: bool


class _Name(NamedTuple):
    """A name in a passage: half-open token range, kind, and whether its own words (not the model) told the kind."""

    start: int
    end: int
    kind: MentionKind
    sure: bool = False


def extract_mentions(document: Document, passages: Sequence[Passage]) -> tuple[Mention, ...]:
    """Every name of the article in reading order, each with its title and its kind.

    `Mention.head` is the name alone, without article, title, quotation marks or possessive; heads do not overlap.
    `Mention.span` is the head with the title, role or demonym before it, without the article.
    """
    words = [_words(passage) for passage in passages]
    found = [list(_repaired(passage, w)) for passage, w in zip(passages, words, strict=True)]
    sightings = (_sighting(w, name) for w, names in zip(words, found, strict=True) for name in names)
    kinds = settled(sightings, document.publisher)
    trie = _trie(kinds)
    mentions: list[Mention] = []
    for w, names in zip(words, found, strict=True):
        kept = [name._replace(kind=kinds[_text(w, name)]) for name in names]
        for name in _completed(w, kept, trie):
            mentions.append(
                Mention(
                    span=Span(start=w.start[_title_start(w, name)], end=w.end[name.end - 1]),
                    head=Span(start=w.start[name.start], end=w.end[name.end - 1]),
                    kind=name.kind,
                )
            )
    return tuple(mentions)


def _words(passage: Passage) -> _Words:
    base = passage.block.span.start
    rows = [(t.text, base + t.idx, t.pos_, t.is_sent_start) for t in passage.doc]
    return _Words(
        text=[text for text, *_ in rows],
        start=[start for _, start, *_ in rows],
        end=[start + len(text) for text, start, *_ in rows],
        tag=[tag for _, _, tag, _ in rows],
        first={i for i, row in enumerate(rows) if i == 0 or row[3]},
        capitals=_headline(passage.block.kind, [text for text, *_ in rows]),
    )


def _headline(kind: str, words: Sequence[str]) -> bool:
    """Whether nearly every longer word has a capital, in a passage that is a title or at least no closed sentence."""
    long = [word for word in words if len(word) > 3 and word.isalpha()]
    closed = kind not in ("title", "heading") and words[-1:] and words[-1] in (".", "”", '"', "’", ".”", '."')
    short = 3 < len(words) <= _HEADLINE and len(long) > 1
    return bool(short and not closed and sum(word[0].isupper() for word in long) > 0.7 * len(long))


def _text(w: _Words, name: _Name) -> str:
    return " ".join(w.text[name.start : name.end])


def _sighting(w: _Words, name: _Name) -> Sighting:
    before = [bare(word) for word in w.text[max(0, name.start - 2) : name.start]]
    nearest = before[-1] if before else ""
    titled = nearest in titles().before or (nearest == "" and before[:1] != [] and before[0] in titles().before)
    return Sighting(_text(w, name), name.kind, name.sure, nearest, titled)


def _repaired(passage: Passage, w: _Words) -> Iterator[_Name]:
    """The encoder's names in order, cut where a line ends and between two places (`Bergen, Norway`), trimmed, and with
    their kinds checked."""
    for one in passage.doc.ents:
        kind = _LABELS.get(one.label_)
        if kind is None:
            continue
        start = one.start
        for i in range(one.start, one.end + 1):
            if i == one.end or w.tag[i] == "SPACE" or (kind == "place" and _parts(w, i)):
                name = _trimmed(w, start, i, kind)
                if name:
                    yield name
                start = i + 1


def _parts(w: _Words, i: int) -> bool:
    return w.text[i] == "," or (w.text[i] == "and" and w.text[i + 1 : i + 2] != [] and w.text[i + 1][:1].isupper())


def _trimmed(w: _Words, start: int, end: int, kind: MentionKind) -> _Name | None:
    """A name without what does not belong to it, or None if nothing is left."""
    while start < end and (
        w.tag[start] in _EDGE
        or w.tag[start] in ("PRON", "SCONJ")
        or w.text[start] in _POSSESSIVE
        or (w.text[start].islower() and w.text[start] not in _PARTICLES)
    ):
        start += 1
    while end > start and (w.tag[end - 1] in _EDGE or w.tag[end - 1] == "PART" or w.text[end - 1] in _POSSESSIVE):
        if w.text[end - 1].endswith(".") and w.text[end - 1][:1].isupper():
            break
        end -= 1
    known = organizations().known
    while (
        end - start > 1
        and w.text[end - 1].islower()
        and (kind == "place" or bare(" ".join(w.text[start : end - 1])) in known)
    ):
        end -= 1  # `the Reuters` + `news agency`, `Skarholm` + `province`
    if kind == "facility" and end - start > 1 and w.text[end - 1].islower():
        end = _whole(w, end)
    start = _without_title(w, start, end, kind)
    words = w.text[start:end]
    text = " ".join(words)
    if not any(c.isupper() for c in text) or w.tag[start] == "NUM" or any("/" in word or "@" in word for word in words):
        return None
    low = {bare(word) for word in words}
    if bare(text) in organizations().ordinary or low <= titles().modifiers | titles().before:
        return None
    its = told(text, kind)
    if (
        its is None
        and end - start == 1
        and start in w.first
        and not city(text, 1)
        and w.tag[start] in ("NOUN", "VERB", "ADJ", "ADV")
    ):
        return None  # an ordinary word that opens a sentence
    return _Name(start, end, its or kind, its is not None)


def _whole(w: _Words, end: int) -> int:
    """Where the noun ends that a facility is cut out of: `the Skarholm sea` of `the Skarholm sea trade port`."""
    last = min(len(w.text), end + _NOUNS)
    while end < last and w.tag[end] == "NOUN" and w.text[end].islower():
        end += 1
    return end


def _without_title(w: _Words, start: int, end: int, kind: MentionKind) -> int:
    """Where the name starts once titles before a person and demonyms before a known thing are taken off."""
    known, orgs = titles(), organizations()
    if kind == "person":
        while start < end - 1:
            word = bare(w.text[start])
            titled = (
                word in known.before or (word in known.modifiers and start + 2 < end) or w.text[start] in demonyms()
            )
            if not titled and w.text[start] not in ("-", "–"):
                break
            start += 1
    elif end - start > 1 and w.text[start] in demonyms():
        rest = bare(" ".join(w.text[start + 1 : end]))
        if rest in orgs.known or rest in orgs.products:
            start += 1
    return start


def _trie(kinds: dict[str, MentionKind]) -> dict[str, object]:
    """The article's names by their words; the key "" holds the kind of the name that ends there."""
    root: dict[str, object] = {}
    for text, kind in kinds.items():
        parts = text.split(" ")
        if len(parts) > _LONGEST or not parts[0][:1].isupper() or kind == "work":
            continue
        node = root
        for part in parts:
            node = node.setdefault(part, {})  # type: ignore[assignment]
        node[""] = kind
    return root


def _completed(w: _Words, names: Iterable[_Name], trie: dict[str, object]) -> Iterator[_Name]:
    """`names`, and between them every further place where a name of the article stands again."""
    names = list(names)
    starts = {name.start: name for name in names}
    covered = {i for name in names for i in range(name.start, name.end)}
    i = 0
    while i < len(w.text):
        found = starts.get(i)
        if found is None and i not in covered and w.text[i][:1].isupper():
            found = _again(w, i, covered, trie)
        if found:
            yield found
        i = found.end if found else i + 1


def _again(w: _Words, i: int, covered: set[int], trie: dict[str, object]) -> _Name | None:
    node: dict[str, object] = trie
    best = None
    for end in range(i, min(len(w.text), i + _LONGEST)):
        if end in covered or w.text[end] not in node:
            break
        node = node[w.text[end]]  # type: ignore[assignment]
        if "" in node:
            best = _Name(i, end + 1, node[""])  # type: ignore[arg-type]
    if best is None or best.end - best.start > 1 or w.capitals:
        return best
    # A lone word may be part of a longer name that nobody has proposed, or an ordinary word at a sentence's start.
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(w.text) and j not in covered]
    longer = any(
        w.tag[j] == "PROPN" and w.text[j][:1].isupper() and bare(w.text[j]) not in titles().before for j in beside
    )
    return None if longer or w.tag[i] not in _CAPITAL else best


def _title_start(w: _Words, name: _Name) -> int:
    """Index of the first token of the title, role or demonym before a name; the name's own start if there is none."""
    known = titles()
    if name.kind != "person":
        i = name.start
        while i and name.kind in ("organization", "product", "facility") and w.text[i - 1] in demonyms():
            i -= 1
        return i
    start = i = name.start
    while i and name.start - i < _LONGEST and i not in w.first:
        word, low = w.text[i - 1], bare(w.text[i - 1])
        if low in known.before:
            start = i = i - 1
        elif (
            word in _INSIDE
            or low in known.modifiers
            or word in demonyms()
            or (word[:1].isupper() and w.tag[i - 1] != "PUNCT")
        ):
            i -= 1
        else:
            break
    if start == name.start:
        return start
    # What qualifies the first role word comes along: `former Ukrainian Defense` Minister.
    while start > i and w.text[start - 1] not in ("of", "for", "and", "&", ".") and w.tag[start - 1] in _QUALIFYING:
        start -= 1
    while w.text[start] in ("-", "–", "'s", "’s"):
        start += 1
    return start
