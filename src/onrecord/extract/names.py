"""Names: what the language model proposes, repaired by what one article and packaged word lists can tell."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.gazetteer import lookup
from onrecord.extract.lexicon import bare, countries, demonyms, organizations, titles
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
_DESIGNATION = re.compile(r"(?!I-)[A-Z][A-Za-z]{0,3}-?\d{1,4}[A-Za-z]{0,2}s?")
_ACRONYM = re.compile(r"(?:[A-Z]{2,6}|(?:[A-Z]\.){2,5})s?")
_POSSESSIVE = ("'s", "’s", "'", "’", "s'")
_PARTICLES = frozenset(
    ("von", "van", "der", "den", "de", "da", "dos", "del", "bin", "ibn", "al", "el", "ul", "ter", "della", "di", "le")
)
_INSIDE = frozenset(("-", "–", ".", "'s", "’s", "of", "for", "the", "and", "&"))
_LOCATIVE = frozenset(("in", "at", "near", "from", "to", "around", "outside", "across", "toward", "towards", "into"))
_KNOWN = 100_000
"""Inhabitants from which a place is taken for one although the model took its name for something else."""
_LONGEST = 8
"""Tokens of the longest name that is looked for again, and of a title before a name."""


_Proposal = tuple[int, int, MentionKind]


class _Words(NamedTuple):
    """A passage as plain lists, one item a token: the parser's own objects are slow to ask."""

    text: list[str]
    start: list[int]
    end: list[int]
    tag: list[str]
    first: set[int]


class _Name(NamedTuple):
    """A name in a passage: half-open token range, kind, and whether tables (not the model) settled the kind."""

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
    kinds = _settled(words, found)
    trie = _trie(kinds)
    mentions: list[Mention] = []
    for w, names in zip(words, found, strict=True):
        settled = [name._replace(kind=kinds.get(_text(w, name), name.kind)) for name in names]
        settled = [name for name in settled if not _false_start(w, name, kinds)]
        for name in _completed(w, settled, trie):
            start = _title_start(w, name)
            mentions.append(
                Mention(
                    span=Span(start=w.start[start], end=w.end[name.end - 1]),
                    head=Span(start=w.start[name.start], end=w.end[name.end - 1]),
                    kind=name.kind,
                )
            )
    return tuple(mentions)


def _words(passage: Passage) -> _Words:
    base = passage.block.span.start
    rows = [(t.text, base + t.idx, t.pos_) for t in passage.doc]
    return _Words(
        text=[text for text, _, _ in rows],
        start=[start for _, start, _ in rows],
        end=[start + len(text) for text, start, _ in rows],
        tag=[tag for _, _, tag in rows],
        first={sentence.start for sentence in passage.doc.sents},
    )


def _text(w: _Words, name: _Name) -> str:
    return " ".join(w.text[name.start : name.end])


def _repaired(passage: Passage, w: _Words) -> Iterator[_Name]:
    """The model's names, trimmed and with their kinds checked, and those that only a title gives away; in order."""
    taken = 0
    proposals = [(e.start, e.end, _LABELS[e.label_]) for e in passage.doc.ents if e.label_ in _LABELS]
    covered = {i for start, end, _ in proposals for i in range(start, end)}
    further = [*_titled(w, covered), *_glossed(w, proposals, covered)]
    for start, end, kind in sorted([*proposals, *further]):
        if kind == "person":
            start, end = _widened(w, max(start, taken), end, covered)
        for name in _trimmed(w, max(start, taken), end, kind):
            yield name
            taken = name.end


def _titled(w: _Words, covered: set[int]) -> Iterator[_Proposal]:
    """Capitalised words after a form of address, a rank or a role that the model left out: `Ms. Okafor`."""
    known = titles()
    for i, word in enumerate(w.text):
        if word[:1].isupper() and i not in covered and bare(word) in known.before:
            end = i + 1
            while end < len(w.text) and end - i <= 4 and _capital(w, end) and end not in covered:
                end += 1
            rest = {bare(word) for word in w.text[i + 1 : end]}
            if rest and not rest & (known.before | known.modifiers | organizations().tails | organizations().heads):
                yield i + 1, end, "person"


def _glossed(w: _Words, proposals: Sequence[_Proposal], covered: set[int]) -> Iterator[_Proposal]:
    """An acronym in brackets after a name that the model found: `... Authority (ICTA)`."""
    for _, end, kind in proposals:
        inside = end + 1
        if (
            inside + 1 < len(w.text)
            and w.text[end] == "("
            and w.text[inside + 1] == ")"
            and inside not in covered
            and sum(c.isupper() for c in w.text[inside]) > 1
        ):
            yield inside, inside + 1, "organization" if kind in ("person", "place") else kind


def _widened(w: _Words, start: int, end: int, covered: set[int]) -> tuple[int, int]:
    """A person's name with the parts that the model cut off: `Abdul` before, `-wing` and `von der` + `Leyen` after."""
    known = titles()
    while end < len(w.text):
        glued = w.start[end] == w.end[end - 1]
        if glued and w.text[end] in ("-", "‑") and end + 1 < len(w.text) and w.start[end + 1] == w.end[end]:
            if not w.text[end + 1].isalpha():
                break
            end += 2
        elif w.text[end - 1].lower() in _PARTICLES and w.text[end][:1].isupper():
            end += 1
        elif w.tag[end] == "PROPN" and end not in covered and _ordinary(w, end) and w.tag[end - 1] == "PROPN":
            end += 1
        else:
            break
    while (
        start
        and start - 1 not in covered
        and start - 1 not in w.first
        and w.tag[start - 1] == "PROPN"
        and _ordinary(w, start - 1)
        and not {bare(w.text[start - 1])} & (known.before | known.modifiers)
    ):
        start -= 1
    return start, end


def _ordinary(w: _Words, i: int) -> bool:
    """Whether a word could be part of a person's name: `Silva`, not `PMLA`, `2022` or `British`."""
    word = w.text[i]
    return (
        word[:1].isupper()
        and word.isalpha()
        and not word.isupper()
        and word not in demonyms()
        and word not in countries()
    )


def _capital(w: _Words, i: int) -> bool:
    return w.text[i][:1].isupper() and w.tag[i] in ("PROPN", "NOUN", "ADJ", "X")


def _trimmed(w: _Words, start: int, end: int, kind: MentionKind) -> Iterator[_Name]:
    """One proposal without what does not belong to a name; nothing if nothing is left."""
    for i in range(start, end):
        # A line break or a bracket inside a name: two lines, or a name and its gloss, ran together.
        if w.tag[i] == "SPACE" or w.text[i] in ("(", ")", "—", ";", ":", "/"):
            yield from _trimmed(w, start, i, kind)
            yield from _trimmed(w, i + 1, end, kind)
            return
    while start < end and (
        w.tag[start] in ("PUNCT", "DET", "ADP", "PRON", "CCONJ", "SCONJ") or w.text[start] in _POSSESSIVE
    ):
        start += 1
    while end > start and (
        w.tag[end - 1] in ("PUNCT", "PART", "ADP", "CCONJ", "DET") or w.text[end - 1] in _POSSESSIVE
    ):
        if w.text[end - 1].endswith(".") and w.text[end - 1][:1].isupper():
            break
        end -= 1
    if (
        kind == "organization"
        and end < len(w.text)
        and end > start
        and w.text[end - 1] in demonyms()
        and _capital(w, end)
    ):
        # `the Office of the Ukrainian` + `President`
        while end < len(w.text) and w.tag[end] == "PROPN" and w.text[end][:1].isupper():
            end += 1
    start = _without_title(w, start, end, kind)
    if start >= end or not any(c.isupper() for c in "".join(w.text[start:end])) or w.tag[start] == "NUM":
        return
    if any("/" in word or "@" in word for word in w.text[start:end]):
        return  # an address
    low = {bare(word) for word in w.text[start:end]}
    if bare(" ".join(w.text[start:end])) in organizations().ordinary or low <= titles().modifiers | titles().before:
        return
    told = _told(" ".join(w.text[start:end]), kind)
    yield _Name(start, end, told or kind, told is not None)


def _without_title(w: _Words, start: int, end: int, kind: MentionKind) -> int:
    """Where the name starts once titles before a person and demonyms before a known thing are taken off."""
    known, orgs = titles(), organizations()
    if kind == "person":
        i = start
        while i < end - 1:
            word = bare(w.text[i])
            titled = word in known.before or (word in known.modifiers and i + 1 < end - 1) or w.text[i] in demonyms()
            if not titled and w.text[i] not in ("-", "–"):
                break
            i += 1
        return i
    if end - start > 1 and w.text[start] in demonyms():
        rest = bare(" ".join(w.text[start + 1 : end]))
        if rest in orgs.known or rest in orgs.products:
            return start + 1
    return start


def _told(name: str, kind: MentionKind) -> MentionKind | None:
    """The kind that the name's own words tell, if they do; `kind` is the model's opinion."""
    orgs = organizations()
    low = bare(name.removeprefix("The ").removeprefix("the "))
    first, last = low.split()[0], low.split()[-1]
    single = first == last
    if name in countries():
        return "country"
    if name in demonyms():
        return "group"
    if low in orgs.known:
        return "organization"
    if low in orgs.products or (_DESIGNATION.fullmatch(name.replace(" ", "")) and kind != "work"):
        return "product"
    if first in orgs.ships and not single and name[:1].isupper() and name.split()[0].isupper():
        return "product"
    if kind == "person" and last in orgs.places:
        return "place"
    if not single and kind != "person" and (last in orgs.events or first in orgs.event_heads):
        return "event"
    if kind in ("person", "work", "event", "group") or single:
        return "organization" if _ACRONYM.fullmatch(name) and kind != "group" else None
    if last in orgs.places or first in orgs.place_heads:
        return "place"
    if last in orgs.facilities:
        return "facility"
    if last in orgs.tails or first in orgs.heads:
        return "organization"
    return None


def _settled(words: Sequence[_Words], found: Sequence[Sequence[_Name]]) -> dict[str, MentionKind]:
    """One kind for each name of the article: what the tables say, else what the model said most often.

    A last name of somebody who is named in full is a person wherever it stands alone. A name that stands in places
    (`in Queretaro`) or that the gazetteer knows as a city is a place, unless the article shows it to be a person's.
    """
    votes: defaultdict[str, Counter[MentionKind]] = defaultdict(Counter)
    located: Counter[str] = Counter()
    sure: dict[str, MentionKind] = {}
    titled: set[str] = set()
    for w, names in zip(words, found, strict=True):
        for name in names:
            text = _text(w, name)
            votes[text][name.kind] += 1
            before = bare(w.text[name.start - 1]) if name.start else ""
            located[text] += before in _LOCATIVE
            if before in titles().before or (
                before == "" and name.start > 1 and bare(w.text[name.start - 2]) in titles().before
            ):
                titled.add(text)
            if name.sure:
                sure.setdefault(text, name.kind)
    kinds = {text: sure.get(text) or count.most_common(1)[0][0] for text, count in votes.items()}
    people = {text for text, kind in kinds.items() if kind == "person" and " " in text and not _city(text, _KNOWN)}
    parts = {part for text in people for part in text.split()} | titled
    for text, kind in kinds.items():
        if text in sure or text in parts or kind in ("country", "place", "group", "facility"):
            continue
        often = 2 * located[text] >= sum(votes[text].values())
        people_need_more = 10 if kind == "person" else 1
        if _city(text, _KNOWN * people_need_more) or (
            often and (_city(text, 1000) or (kind == "person" and " " not in text))
        ):
            kinds[text] = "place"
    for text in people:
        last = text.split()[-1]
        alone = last[0].isupper() and len(last) > 2 and bare(last) not in titles().before
        if alone and sure.get(last) not in ("country", "group"):
            kinds[last] = "person"
    return kinds


def _city(text: str, inhabitants: int) -> bool:
    """Whether a town of that size, or a state or province, has this name; ten times the size for a foreign name."""
    return len(text) > 3 and any(
        c.kind in ("town", "division") and c.population >= inhabitants * (1 if c.usual else 10) for c in lookup(text)
    )


def _false_start(w: _Words, name: _Name, kinds: dict[str, MentionKind]) -> bool:
    """Whether a lone capitalised word opens a sentence and the tagger does not take it for a name."""
    return (
        name.end - name.start == 1
        and not name.sure
        and name.start in w.first
        and w.tag[name.start] not in ("PROPN", "ADJ", "X", "NOUN")
    )


_Trie = dict[str, "_Trie | MentionKind"]  # type: ignore[misc]


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
        if i in starts:
            yield starts[i]
            i = starts[i].end
            continue
        again = None if i in covered or not w.text[i][:1].isupper() else _again(w, i, covered, trie)
        if again:
            yield again
        i = again.end if again else i + 1


def _again(w: _Words, i: int, covered: set[int], trie: dict[str, object]) -> _Name | None:
    node: dict[str, object] = trie
    best = None
    for end in range(i, min(len(w.text), i + _LONGEST)):
        if end in covered or w.text[end] not in node:
            break
        node = node[w.text[end]]  # type: ignore[assignment]
        if "" in node:
            best = _Name(i, end + 1, node[""])  # type: ignore[arg-type]
    if best is None or best.end - best.start > 1:
        return best
    # A lone word may be part of a longer name that nobody has proposed, or an ordinary word at a sentence's start.
    beside = [j for j in (i - 1, i + 1) if 0 <= j < len(w.text) and j not in covered]
    longer = any(
        w.tag[j] == "PROPN" and w.text[j][:1].isupper() and bare(w.text[j]) not in titles().before for j in beside
    )
    return None if longer or w.tag[i] not in ("PROPN", "NOUN", "ADJ", "X") else best


def _title_start(w: _Words, name: _Name) -> int:
    """Index of the first token of the title, role or demonym before a name; the name's own start if there is none."""
    known = titles()
    if name.kind != "person":
        i = name.start
        while i and name.kind in ("organization", "product", "facility") and w.text[i - 1] in demonyms():
            i -= 1
        return i
    start = i = name.start
    while i and name.start - i < _LONGEST:
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
        if i in w.first:
            break
    return _qualified(w, start, i) if start < name.start else start


def _qualified(w: _Words, start: int, reach: int) -> int:
    """`start` moved left over what qualifies the first role word: `former Ukrainian Defense` Minister."""
    while start > reach:
        word = w.text[start - 1]
        if word in ("of", "for", "and", "&", ".") or w.tag[start - 1] not in (
            "PROPN",
            "NOUN",
            "ADJ",
            "ADV",
            "PART",
            "PUNCT",
        ):
            break
        start -= 1
    while w.text[start] in ("-", "–", "'s", "’s"):
        start += 1
    return start
