"""Roles: what the words beside a name call its bearer, directly before it or in apposition."""

import re
from collections.abc import Iterator

from onrecord.extract.lexicon import bare, titles
from onrecord.model import Mention, Role, Span

_WINDOW = 220
"""Code points on each side of a name in which an apposition is looked for."""
_MOST_WORDS = 16
_MOST_BEFORE = 7
"""Words of a role, and of it before its first preposition."""
_PREPOSITIONS = frozenset(
    "of for at in on with from to and by who whose that which since under during & where when near against".split()
)
_DETERMINERS = frozenset("the a an its his her their our my one another".split())
_NO_ROLE = frozenset(
    "as even but while than so if is was are were be been has had have said says told because after before when not "
    "also only just then it he she they who this these those there".split()
)
# A full stop ends an apposition, but not the one of an initial or an abbreviation (`the U.S. envoy`, `St. Louis`).
_RUN = r"(?:[^,;:—–()“”\"\n.!?]|(?<=\b[A-Z])\.|(?<=\b(?:St|Mt|Dr|Lt|Jr|Sr|Mr|Ms))\.)"
_AFTER = re.compile(rf",\s+(?:(?:aged?\s+)?\d{{1,3}},\s+)?({_RUN}{{3,160}})(?=[,;:—–().!?\n]|$)")
_BREAK = re.compile(r"[,;:—–()“”\"\n!?]|(?<!\b[A-Z])(?<!\b(?:St|Mt|Dr|Lt|Jr|Sr|Mr|Ms))\.(?=\s)")
_CUT = re.compile(
    r"\s(?:who|whose|which|that|when|where|while|said|says|told|warned|added|and\s+(?:the|a|an|his|her))\s"
)
_CLOSED = frozenset((",", ".", ";", ":", ")", "—", "–", "!", "?", "\n", ""))
_WORD = re.compile(r"\S+")


def roles(text: str, mention: Mention, closed: frozenset[int]) -> Iterator[Role]:
    """What the words around one mention call it, in reading order. `closed`: where the names of people end, since an
    apposition that follows one is of that one."""
    if mention.kind == "person":
        yield from _before_comma(text, mention, closed)
        yield from _role(text, mention.span.start, mention.head.start, titles().roles | titles().ranks)
        yield from _after_comma(text, mention, titles().roles | titles().ranks)
    elif mention.kind == "organization":
        yield from _after_comma(text, mention, titles().bodies)


def office(text: str, mention: Mention) -> frozenset[str]:
    """The words of office directly before a name: `minister` in `Prime Minister Silva`."""
    words = {bare(word) for word in text[mention.span.start : mention.head.start].split()}
    return frozenset(words & (titles().roles | titles().ranks))


def _role(text: str, start: int, end: int, heads: frozenset[str]) -> Iterator[Role]:
    """The role in `text[start:end]`, without articles and forms of address; nothing if the words name none.

    They name one if the last word before the first preposition is one of `heads`: `deputy head of the Office`.
    """
    spans = [(start + m.start(), start + m.end()) for m in _WORD.finditer(text[start:end])]
    while spans and bare(text[slice(*spans[0])]) in _DETERMINERS | titles().honorifics:
        spans.pop(0)
    words = [bare(text[a:b]) for a, b in spans]
    while words and words[-1] in _PREPOSITIONS | _DETERMINERS:
        words.pop()
    core = next((words[:i] for i, word in enumerate(words) if word in _PREPOSITIONS), words)
    if not core or len(core) > _MOST_BEFORE or len(words) > _MOST_WORDS or set(core) & (_NO_ROLE | _DETERMINERS):
        return
    owner = max((i for i, word in enumerate(core) if word.endswith(("'s", "s'"))), default=0)
    if any(
        text[a].islower() and word not in titles().modifiers for word, (a, _) in zip(core[:owner], spans, strict=False)
    ):
        return  # `met Portugal's foreign minister`
    if core[-1] in heads or core[-1].rpartition("-")[2] in heads:
        span = Span(start=spans[0][0], end=spans[len(words) - 1][1])
        yield Role(title=span.of(text), span=span)


def _after_comma(text: str, mention: Mention, heads: frozenset[str]) -> Iterator[Role]:
    """The apposition after a name: `Ana Silva, the mayor of Porto,`."""
    found = _AFTER.match(text[mention.head.end : mention.head.end + _WINDOW])
    if found:
        start, end = (mention.head.end + i for i in found.span(1))
        cut = _CUT.search(text, start, end)
        yield from _role(text, start, cut.start() if cut else end, heads)


def _before_comma(text: str, mention: Mention, closed: frozenset[int]) -> Iterator[Role]:
    """The role that a name closes in apposition: `the mayor of Porto, Ana Silva,`."""
    if text[mention.head.end : mention.head.end + 1] not in _CLOSED:
        return
    comma = mention.span.start
    while comma and text[comma - 1] in " \t\r\n":
        comma -= 1
    if text[comma - 1 : comma] != ",":
        return
    low = max(0, comma - _WINDOW)
    breaks = [found.end() for found in _BREAK.finditer(text, low, comma - 1)]
    base = breaks[-1] if breaks else low
    words = [found.span() for found in _WORD.finditer(text, base, comma - 1)]
    if (low and not breaks) or (breaks and text[base - 1] == "," and base - 1 in closed):
        # A word that the window cut, or one of another person's role:
        # `Rui Costa, the husband of the mayor, Ana Silva,`: the first words are about the one named before them.
        words = words[1:]
    for start, end in words[-_MOST_WORDS:]:
        if text[start:end].lower() in _DETERMINERS or text[start:end].endswith(("'s", "’s", "s’")):
            role = next(_role(text, start, words[-1][1], titles().roles | titles().ranks), None)
            if role:
                yield role
                return
