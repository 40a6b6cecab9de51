"""Names: what the language model proposes, repaired by what one article and packaged word lists can tell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.kinds import Sighting, city, settled, told
from onrecord.extract.lexicon import bare, countries, demonyms, first_names, organizations, titles
from onrecord.extract.parse import Passage
from onrecord.model import Document, Mention, MentionKind, Span

VERSION = "names/1"

_LABELS: dict[str, MentionKind] = {
    "PERSON": "person",
    "ORG": "organization",
    "GPE": "place",
    "LOC": "place",
    "FAC": "facility",
    "NORP": "group",
    "PRODUCT": "product",
    "WORK_OF_ART": "work",
    "LAW": "work",
    "EVENT": "event",
}
_POSSESSIVE = frozenset(("'s", "’s", "'", "’", "s'"))
_BREAKS = frozenset(("(", ")", "—", ";", ":", "/", "\n"))
_INSIDE = frozenset(("-", "–", ".", "'s", "’s", "of", "for", "the", "and", "&"))
_PARTICLES = frozenset(
    "von van der den de da do dos das del della di du la le bin ibn al el ul ter ten zu zur abu y e".split()
)
_EDGE = frozenset(("PUNCT", "DET", "ADP", "CCONJ"))
_CAPITAL = frozenset(("PROPN", "NOUN", "ADJ", "X"))
_QUALIFYING = frozenset(("PROPN", "NOUN", "ADJ", "ADV", "PART", "PUNCT"))
_LONGEST = 8
"""Tokens of the longest name that is looked for again, and of a title before a name."""

_HEADLINE = 30
"""Tokens of the longest passage that can be a headline."""

_Proposal = tuple[int, int, MentionKind]


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
        kept = [name._replace(kind=kinds[_text(w, name)]) for name in names if not _false_start(w, name)]
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
    """The model's names, trimmed and with their kinds checked, and those that only a title gives away; in order."""
    taken = 0
    proposals = [(e.start, e.end, _LABELS[e.label_]) for e in passage.doc.ents if e.label_ in _LABELS]
    if w.capitals:
        proposals = list(_certain(w, proposals))
    covered = {i for start, end, _ in proposals for i in range(start, end)}
    further = [] if w.capitals else [*_titled(w, covered), *_glossed(w, proposals, covered)]
    for proposal in sorted([*proposals, *further]):
        for start, end, kind in _pieces(w, proposal):
            if kind == "person" and not w.capitals:
                start, end = _widened(w, start, end, covered)
            name = _trimmed(w, max(start, taken), end, kind)
            if name:
                yield name
                taken = name.end


def _certain(w: _Words, proposals: Iterable[_Proposal]) -> Iterator[_Proposal]:
    """Of a headline in capitals only what the tables know: countries, peoples, people by their first names. The names
    that the article uses elsewhere are found again like all others."""
    people = {start: end for start, end, kind in proposals if kind == "person" and bare(w.text[start]) in first_names()}
    i = 0
    while i < len(w.text):
        listed = [j for j in range(i + 1, min(i + 4, len(w.text)) + 1) if " ".join(w.text[i:j]) in countries()]
        end = i + 1
        if listed:
            end = listed[-1]
            yield i, end, "place"
        elif w.text[i] in demonyms():
            yield i, end, "group"
        elif i in people:
            end = min(people[i], i + 3)
            yield i, end, "person"
        i = end


def _titled(w: _Words, covered: set[int]) -> Iterator[_Proposal]:
    """Capitalised words after a form of address, a rank or a role that the model left out: `Ms. Okafor`."""
    known = titles()
    for i, word in enumerate(w.text):
        if word[:1].isupper() and i not in covered and bare(word) in known.before:
            end = i + 1
            while end < len(w.text) and end - i <= 4 and end not in covered and _capital(w, end):
                end += 1
            rest = {bare(word) for word in w.text[i + 1 : end]}
            if rest and not rest & (known.before | known.modifiers | organizations().tails | organizations().heads):
                yield i + 1, end, "person"


def _capital(w: _Words, i: int) -> bool:
    return w.text[i][:1].isupper() and w.tag[i] in _CAPITAL


def _glossed(w: _Words, proposals: Sequence[_Proposal], covered: set[int]) -> Iterator[_Proposal]:
    """An acronym in brackets after a name that the model found: `... Authority (ICTA)`."""
    for _, end, kind in proposals:
        gloss = w.text[end + 1 : end + 2] if w.text[end : end + 3 : 2] == ["(", ")"] and end + 1 not in covered else []
        if sum(c.isupper() for word in gloss for c in word) > 1:
            yield end + 1, end + 2, "organization" if kind in ("person", "place") else kind


def _pieces(w: _Words, proposal: _Proposal) -> Iterator[_Proposal]:
    """A proposal cut where two names, two lines or a name and its gloss ran together."""
    first, last, kind = proposal
    start = first
    for i in range(first, last):
        cut = w.tag[i] == "SPACE" or w.text[i] in _BREAKS or (kind == "person" and w.text[i] in _POSSESSIVE)
        if w.text[i] == "and" and start < i < last - 1 and w.text[i + 1][:1].isupper():
            one = last - first == 3 and (city(w.text[first], 1_000) or city(w.text[last - 1], 1_000))
            cut = kind in ("person", "place") or one
        if cut:
            yield start, i, kind
            start = i + 1
    yield start, last, kind


def _widened(w: _Words, start: int, end: int, covered: set[int]) -> tuple[int, int]:
    """A person's name with the parts that the model cut off: `Abdul` before, `-wing` and `von der` + `Leyen` after."""
    # `Professor Emeka` + `Okwudili-Hart`, which the model took for a body
    lone = end - start == 1 and start > 0 and bare(w.text[start - 1]) in titles().before
    while start < end < len(w.text):
        if w.text[end] in ("-", "‑") and w.start[end] == w.end[end - 1]:
            if end + 1 >= len(w.text) or w.start[end + 1] != w.end[end] or not w.text[end + 1].isalpha():
                break
            end += 2
        elif (w.text[end - 1].lower() in _PARTICLES and w.text[end][:1].isupper()) or (
            (end not in covered or lone) and w.tag[end] == w.tag[end - 1] == "PROPN" and _ordinary(w.text[end])
        ):
            end += 1
        else:
            break
    while start and start - 1 not in covered and start - 1 not in w.first and w.tag[start - 1] == "PROPN":
        low = bare(w.text[start - 1])
        if not _ordinary(w.text[start - 1]) or low in titles().before or low in titles().modifiers:
            break
        start -= 1
    return start, end


def _ordinary(word: str) -> bool:
    """Whether a word could be part of a person's name: `Silva`, not `PMLA`, `2022`, `Saturday` or `British`."""
    return (
        word[:1].isupper()
        and word.isalpha()
        and not (word.isupper() and len(word) > 1)
        and word not in demonyms()
        and word not in countries()
        and bare(word) not in organizations().ordinary
    )


def _trimmed(w: _Words, start: int, end: int, kind: MentionKind) -> _Name | None:
    """A proposal without what does not belong to a name, or None if nothing is left."""
    while start < end and (
        w.tag[start] in _EDGE
        or w.text[start] in ("-", "–")
        or w.tag[start] in ("PRON", "SCONJ")
        or w.text[start] in _POSSESSIVE
        or (w.text[start].islower() and w.text[start] not in _PARTICLES)
    ):
        start += 1
    while end > start and (w.tag[end - 1] in _EDGE or w.tag[end - 1] == "PART" or w.text[end - 1] in _POSSESSIVE):
        if w.text[end - 1].endswith(".") and w.text[end - 1][:1].isupper():
            break
        end -= 1
    if kind == "organization" and start < end and w.text[end - 1] in demonyms():
        # `the Office of the Ukrainian` + `President`
        while end < len(w.text) and w.tag[end] == "PROPN" and w.text[end][:1].isupper():
            end += 1
    start = _without_title(w, start, end, kind)
    given = _given(w, start, end, kind)
    if given is not None:
        start, kind = given, "person"
    while kind == "person" and end - start > 2 and (w.text[end - 1] in countries() or w.text[end - 1] in demonyms()):
        end -= 1
    words = w.text[start:end]
    text = " ".join(words)
    if not any(c.isupper() for c in text) or w.tag[start] == "NUM" or any("/" in word or "@" in word for word in words):
        return None
    low = {bare(word) for word in words}
    if bare(text) in organizations().ordinary or low <= titles().modifiers | titles().before:
        return None
    its = told(text, kind)
    if start == 0 and text.isupper() and its != "country" and told(text.title(), kind) is None and city(text, 1_000):
        its = "place"  # a dateline
    return _Name(start, end, its or kind, its is not None)


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


def _given(w: _Words, start: int, end: int, kind: MentionKind) -> int | None:
    """Where a person's name starts in what the model took for something else, told by a first name; None if nowhere."""
    orgs = organizations()
    if kind in ("person", "group") or end - start > 6 or end - start < 2:
        return None
    if bare(w.text[end - 1]) in orgs.tails | orgs.places | orgs.facilities | orgs.events | orgs.products:
        return None
    if kind == "place" and city(" ".join(w.text[start:end]), 1):
        return None
    for i in range(start, end - 1):
        if bare(w.text[i]) in first_names():
            rest = w.text[i:end]
            named = all(
                _ordinary(r) or r.lower() in _PARTICLES or (len(r) == 2 and r[1] == ".") or r == "-" for r in rest
            )
            return i if named and w.text[i + 1][:1].isupper() else None
        skipped = w.text[i] in demonyms() or w.text[i] in countries() or bare(w.text[i]) in titles().before
        if not skipped and not city(w.text[i], 10_000):
            return None
    return None


def _false_start(w: _Words, name: _Name) -> bool:
    """Whether a lone capitalised word opens a sentence and the tagger does not take it for a name."""
    return name.end - name.start == 1 and not name.sure and name.start in w.first and w.tag[name.start] not in _CAPITAL


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
