"""When a deed took place, by the text: the time expression that the trigger's clause governs.

The day of publication never stands in for a day that the text does not give, and neither does the day on which somebody
spoke of it: `said on Friday that they met` gives no day of the meeting.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from onrecord.extract.events.circumstances.adjuncts import rehung
from onrecord.extract.events.circumstances.further import around, day_of_clause, last_time, listed, relative
from onrecord.extract.events.circumstances.holders import EFFECTS, Anchor, Holder, anchored
from onrecord.extract.events.circumstances.occasions import beside, causes, clauses, followers, since
from onrecord.extract.events.merging import again
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.grammar import surface_subject
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.statements.sources import is_role, nouns
from onrecord.model import Missing, Moment, Span, Timex

_FROM = frozenset(("since", "from"))
_UNTIL = frozenset(("until", "till", "by", "before"))
_ENDS = ("until", "till")
_AT_ONCE = frozenset("release free bail parole postpone delay defer adjourn".split())
"""What is done at once, whatever then lasts `until October`."""

_NEITHER = frozenset(("after", "for", "from", "to", "than", "about", "like", "as", "with", "against"))
_MOST = 8
"""Time expressions that are read of one word; one with more has none of its own anyway."""

_CLOSE = 2
"""Tokens from the end of a phrase to what closes it: the preposition and the expression."""

_AUXILIARY = ("aux", "auxpass")
_KNOWN = frozenset("the this that these those his her its their our my".split())
_SPEAKS = frozenset(
    "condemn denounce criticise criticize oppose describe recall mourn investigate discuss praise".split()
)
_BLAMES = frozenset("blame accuse thank praise criticise criticize condemn".split())
_GOES_ON = frozenset("enter continue reach mark rage drag grind remain draw prompt".split())
"""Of what they tell the day is their own: `the siege on Monday entered its third week`."""

_CEREMONIES = frozenset("swap exchange ceremony battle assault invasion offensive clash summit conference".split())

_LONG = 30
"""Tokens between `when` and the verb of its clause."""

_CLOCK = 5
"""Letters of `22.48`."""

_DAY = 10
"""Letters of a day as a value: 2031-04-25."""

_JOINED = 4
"""Tokens between the ends of `from Monday to Friday` and `between 3 and 5 May`."""


class Times(NamedTuple):
    """The time expressions of a passage by the token that they hang on, and by their last one. Made once a passage by
    `times_of`."""

    by_governor: dict[int, list[tuple[Anchor, Timex]]]
    by_last: dict[int, tuple[Anchor, Timex]]


def times_of(tree: Tree, timexes: Sequence[Timex]) -> Times:
    """`timexes`: those of the passage, in order; `now`, sets and durations without an end say no day."""
    dated = [(t.span, t) for t in timexes if _says_a_day(t)]
    found: dict[int, list[tuple[Anchor, Timex]]] = {}
    by_last: dict[int, tuple[Anchor, Timex]] = {}
    block = tree.passage.block.span
    for anchor, timex in anchored(tree, dated):
        inside = tree.within(timex.span.start - block.start, timex.span.end - block.start)
        if _signs(tree, inside):
            continue
        anchor = rehung(tree, anchor)
        by_last[tree.covering(timex.span.end - 1 - block.start)] = (anchor, timex)
        hung = found.setdefault(anchor.governor, [])
        if len(hung) < _MOST:
            hung.append((anchor, timex))
    return Times(found, by_last)


def _signs(tree: Tree, inside: range) -> bool:
    """Whether a day is that of a post that stands before it, or of a note behind it: `— Ola Berg (@olaberg) July 12,
    2031`, `12 July 2031 22.48 The ministry`."""
    first, behind = inside.start, tree.words[inside.stop : inside.stop + 1]
    if behind and len(behind[0]) == _CLOCK and behind[0][2] == "." and behind[0].replace(".", "").isdigit():
        return True
    return first > 0 and tree.words[first - 1] == ")" and any("@" in w for w in tree.words[max(0, first - 6) : first])


def _says_a_day(timex: Timex) -> bool:
    if timex.type == "DURATION":
        return timex.begin is not None and timex.end is not None  # `over the past month`
    return timex.type in ("DATE", "TIME") and not (timex.value or "").endswith("_REF")


def moment(deed: Deed, tree: Tree, times: Times) -> Moment | Missing:
    """The deed's time, or why there is none. Of several on one word the one inside the others; else none."""
    if not times.by_governor:
        return Missing(slot="time", reason="not said")
    own = {deed.token, deed.noun}
    for holder in (*around(tree, deed), *(Holder(verb, tree.size) for verb in beside(tree, deed))):
        if not holder.plans and (stretch := _stretch(times.by_governor.get(holder.token, ()), holder.until)):
            return stretch
        hung = [
            (anchor, timex)
            for anchor, timex in times.by_governor.get(holder.token, ())
            if anchor.head < holder.until
            and anchor.head not in own
            and (timex.type != "DURATION" or _fits(tree, holder.token, anchor, timex))
            and (_counts(anchor, holder.plans) or _long(anchor, timex) or _starts(tree, holder, anchor, timex))
            and (anchor.preposition != "of" or tree.parts[holder.token] == "NOUN")
            and not _goes_on(tree, holder.token, anchor)
            and not (anchor.preposition in _ENDS and tree.lemmas[holder.token] in _AT_ONCE)
        ]
        if not hung and holder.token in own:
            hung = _behind_object(tree, holder.token, times) or _of_scene(tree, holder.token, times)
        if not hung and not holder.plans:
            hung = _of_relative(tree, holder.token, times)
        if hung := [pair for pair in hung if pair not in _spoken_of(tree, holder.token, times)]:
            return _chosen(hung)
    for verb in (deed.token, *beside(tree, deed)):
        if found := _of_occasion(tree, verb, times):
            return found
    if tree.tags[deed.token] == "VBD" and (hung := _torn_from(tree, deed.token, times)):
        return _chosen(hung)
    for verb in (deed.token, *beside(tree, deed, seized=True)):
        if found := _since(tree, verb, times):
            return found
    return Missing(slot="time", reason="not said")


def _stretch(pairs: Sequence[tuple[Anchor, Timex]], until: int) -> Moment | None:
    """`from Monday to Friday`, `between May and July`."""
    for (first, one), (second, other) in pairwise(pairs):
        ends = {"from": ("to", "until", "till", "through"), "between": ("between",)}.get(first.preposition, ())
        if second.preposition in ends and 0 < second.head - first.head <= _JOINED + 2 and second.head < until:
            return Moment(span=Span(start=one.span.start, end=other.span.end), begin=one.begin, end=other.end)
    return None


def _fits(tree: Tree, token: int, anchor: Anchor, timex: Timex) -> bool:
    """Whether a stretch of time is the deed's: one that is over, or one to come of what `will` be; not that of `the
    third time in the past decade`."""
    ahead = timex.end != timex.anchor and not any(
        tree.words[c] in ("will", "would", "’ll") for c in tree.children[token]
    )
    return not ahead and "time" not in tree.words[max(0, anchor.head - _JOINED - 1) : anchor.head]


def _long(anchor: Anchor, timex: Timex) -> bool:
    """`has been held for the past month`."""
    return timex.type == "DURATION" and anchor.preposition == "for"


def _starts(tree: Tree, holder: Holder, anchor: Anchor, timex: Timex) -> bool:
    """`will cease fire from 2 p.m. on Monday`: from a day on, and not `workers from last year`, nor a note's head."""
    if anchor.preposition != "from" or tree.parts[holder.token] != "VERB" or len(timex.value or "") < _DAY:
        return False
    return tree.words[tree.sentences[anchor.head]] != "from"


def _spoken_of(tree: Tree, verb: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """The days of what a verb speaks of: `condemned the invasion of Tarn in February`."""
    told = tree.child(verb, "dobj") if tree.lemmas[verb] in _SPEAKS or tree.lemmas[verb] == "trade" else None
    if told is not None and tree.lemmas[verb] == "trade":
        return _blamed(tree, told, times)
    claimed = _behind_object(tree, told, times) if told is not None else []
    if tree.lemmas[verb] in _BLAMES and _is_present(tree, verb):  # `has blamed them for the unrest throughout 2031`
        behind = min((c for c in tree.children[verb] if tree.words[c] in ("for", "of", "over")), default=tree.size)
        claimed += [pair for pair in times.by_governor.get(verb, ()) if pair[0].head > behind > verb]
    return claimed


def _of_occasion(tree: Tree, verb: int, times: Times) -> Moment | None:
    """The day that a clause beside the deed's own gives."""
    for other in (*clauses(tree, verb), *followers(tree, verb)):
        hung = [pair for pair in times.by_governor.get(other, ()) if _counts(pair[0], False)]
        if hung and isinstance(found := _chosen(hung), Moment):
            return found
    for noun in causes(tree, verb):
        hung = [pair for pair in times.by_governor.get(noun, ()) if _counts(pair[0], False)]
        hung = hung or _behind_object(tree, noun, times)
        if hung and isinstance(found := _chosen(hung), Moment):
            return found
    return None


def _torn_from(tree: Tree, verb: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """`called for an inquiry on Monday`, hung on what was called for, which is of no day by itself."""
    nouns_ = [tree.child(verb, "dobj")]
    nouns_ += [tree.child(c, "pobj") for c in tree.children[verb] if c > verb and tree.words[c] == "for"]
    for noun in nouns_:
        if noun is None or tree.lemmas[noun] in scene_nouns() | listed()["gatherings"]:
            continue
        hung = times.by_governor.get(noun, ())
        found = [p for p in hung if p[0].head > noun and p[0].preposition == "on" and len(p[1].value or "") >= _DAY]
        if found:
            return found
    return []


def _since(tree: Tree, verb: int, times: Times) -> Moment | None:
    """The day since which something has been so, by the clause or noun that says it."""
    inside = since(tree, verb)
    if inside is None:
        return None
    begins = [timex for anchor, timex in times.by_last.values() if anchor.head in inside or anchor.governor in inside]
    return Moment(span=begins[0].span, begin=begins[0].begin) if len(begins) == 1 and begins[0].begin else None


def _of_relative(tree: Tree, verb: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """The day that a clause says more of: `on 2 May, when they met`, `2 May, the day they met`, `the last time they met
    was on 2 May`."""
    for last in (relative(tree, verb, "when"), day_of_clause(tree, verb), _torn(tree, verb)):
        if last is not None and last in times.by_last:
            anchor, timex = times.by_last[last]
            return [(anchor._replace(preposition=""), timex)]  # `has lain there since May, when it was hit`
    clause = last_time(tree, verb)
    return times.by_governor.get(clause, []) if clause is not None else []


def _torn(tree: Tree, verb: int) -> int | None:
    """The token before `, when` that the parser tears from its verb: `in May, when the abbot, a monk, was hit`."""
    for index in range(verb - 1, max(tree.sentences[verb], verb - _LONG), -1):
        if tree.words[index] == "when":
            return index - 2 if tree.words[index - 1] == "," else None
        if tree.parts[index] in ("VERB", "AUX") and tree.heads[index] != verb:
            return None
    return None


def _counts(anchor: Anchor, plans: bool) -> bool:
    if plans:
        return anchor.preposition in ("for", "")
    return anchor.preposition not in _NEITHER


def _goes_on(tree: Tree, noun: int, anchor: Anchor) -> bool:
    """Whether a day behind a noun is that of the verb: `the siege on Monday entered its third week`."""
    verb = tree.heads[noun]
    return tree.links[noun] == "nsubj" and tree.lemmas[verb] in _GOES_ON and noun < anchor.head < verb


def _behind_object(tree: Tree, noun: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """The expressions that close the phrase of a noun, whatever the parser hung them on: on the verb behind it (`the
    shelling of a mill on Monday shook`), on the noun before it (`victims of the attack on a mill on Monday`), on a name
    in it (`the killing of monks by the militia in March`), or on the verb before it where that cannot be meant (`has
    condemned the invasion of Tarn on Monday`, `condemned the invasion of Tarn in February`)."""
    if tree.parts[noun] not in ("NOUN", "PROPN"):
        return []
    above, link, last = tree.heads[noun], tree.links[noun], _phrase_end(tree, noun)
    known = any(tree.words[c] in _KNOWN or tree.links[c] == "poss" for c in tree.children[noun])
    inner = (pair for name in _names(tree, noun) for pair in times.by_governor.get(name, ()))
    found = [pair for pair in inner if not _owns(tree, pair[0].head)]
    if link in ("nsubj", "nsubjpass"):
        near = times.by_governor.get(above, ())
        group = min((c for c in tree.children[above] if c > last and tree.links[c] in _AUXILIARY), default=above)
        found += [pair for pair in near if last < pair[0].head < group and _unbroken(tree, last, group)]
    elif link == "pobj" and tree.words[above] == "of" and tree.parts[tree.heads[above]] == "NOUN":
        found += [pair for pair in times.by_governor.get(tree.heads[above], ()) if 0 < pair[0].head - last <= _CLOSE]
    elif link == "pobj" and tree.parts[tree.heads[above]] in ("NOUN", "VERB"):
        found += [pair for pair in _blamed(tree, tree.heads[above], times) if pair[0].head > last]
    elif link == "dobj":
        for anchor, timex in times.by_governor.get(above, ()):
            long = anchor.preposition == "in" and 4 <= len(timex.value or "") <= 7
            near_it = 0 < anchor.head - last <= _CLOSE and _unbroken(tree, last, anchor.head)
            if near_it and (_is_present(tree, above) or (long and known and tree.lemmas[above] in _SPEAKS)):
                found.append((anchor, timex))
    return [
        pair for pair in found if pair[0].head > noun and _counts(pair[0], False) and not _goes_on(tree, noun, pair[0])
    ]


def _blamed(tree: Tree, above: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """The days of what is spoken of: `have traded blame over the strikes on Tarn last week`."""
    verb = tree.heads[above] if tree.parts[above] == "NOUN" and tree.links[above] == "dobj" else above
    spoken = tree.lemmas[verb] in _SPEAKS or tree.lemmas[above] in ("blame", "outrage", "concern", "condemnation")
    perfect = _is_present(tree, verb) and any(tree.words[c] in ("has", "have") for c in tree.children[verb])
    return list(times.by_governor.get(verb, ())) if spoken and perfect else []


def _owns(tree: Tree, index: int) -> bool:
    """`Sunday’s attack`: the day is that of the noun behind it."""
    return index + 1 < tree.size and tree.words[index + 1] in ("'s", "’s", "'", "’")


def _phrase_end(tree: Tree, noun: int) -> int:
    """The last token of a noun's phrase, without clauses in it."""
    last = noun
    while True:
        behind = [c for c in tree.children[last] if c > last and tree.links[c] in ("prep", "pobj", "conj", "agent")]
        if not behind:
            return last
        last = behind[-1]


def _unbroken(tree: Tree, start: int, end: int) -> bool:
    return all(tree.words[i] not in (",", ";", ":", "(", "-", "–", "—") for i in range(start, end))


def _names(tree: Tree, noun: int) -> list[int]:
    """Names and people in a noun's phrase, on which no day hangs: `the raid by Tarn in March`."""
    found: list[int] = []
    waiting = [noun]
    while waiting and len(found) < _MOST:
        at = waiting.pop()
        for c in tree.children[at]:
            if c > at and tree.links[c] in ("prep", "agent"):
                waiting.append(c)
            elif c > at and tree.links[c] == "pobj":
                role = tree.parts[c] == "NOUN" and (tree.lemmas[c] in nouns().bodies or is_role(tree.lemmas[c]))
                if tree.parts[c] == "PROPN" or role:
                    found.append(c)
                waiting.append(c)
    return found


def _is_present(tree: Tree, verb: int) -> bool:
    """Whether a verb stands in a tense that no day of the past goes with: `condemns`, `has condemned`."""
    helpers = {tree.words[c] for c in tree.children[verb] if tree.links[c] in ("aux", "auxpass")}
    return (tree.tags[verb] in ("VBZ", "VBP") and not helpers) or (
        tree.tags[verb] == "VBN" and bool(helpers & {"has", "have", "'ve", "’ve"})
    )


def _of_scene(tree: Tree, verb: int, times: Times) -> list[tuple[Anchor, Timex]]:
    """The day of what does it, or of what it is done in: `Monday’s strike killed three`, `were freed during a swap in
    May`."""
    if tree.parts[verb] not in ("VERB", "AUX"):
        return []
    scenes = []
    subject = surface_subject(tree, verb)
    if subject is not None and tree.lemmas[verb] in EFFECTS and tree.lemmas[subject] in scene_nouns():
        scenes.append(subject)
    for c in tree.children[verb]:
        if tree.links[c] in ("prep", "agent") and tree.words[c] in ("during", "in", "at", "by"):
            noun = tree.child(c, "pobj", "pcomp")
            if noun is not None and (
                tree.words[c] == "during" or {tree.lemmas[noun], tree.words[noun]} & scene_nouns()
            ):  # of `shelling` the parser makes a verb
                scenes.append(noun)
    for noun in scenes:
        hung = [pair for pair in times.by_governor.get(noun, ()) if _counts(pair[0], False)]
        if hung := hung or _behind_object(tree, noun, times):
            return hung
    return []


@cache
def scene_nouns() -> frozenset[str]:
    """Nouns of what takes place on a day."""
    listed = (nouns_ for kind, nouns_ in again().items() if kind in ("ASSAULT", "CONSULT", "PROTEST", "COERCE"))
    return frozenset().union(*listed) | _CEREMONIES


def _chosen(hung: list[tuple[Anchor, Timex]]) -> Moment | Missing:
    if len(hung) > 1:  # `at 2 a.m. (0100 UTC) on Friday`: an hour of no day is the day's
        hung = [pair for pair in hung if not (pair[1].value or "").startswith("XXXX-XX-XXT")] or hung
    first, one = hung[0]
    if one.type == "DURATION" and len(hung) == 1:
        return Moment(span=one.span, begin=one.begin, end=one.end)
    if len(hung) == 1:
        return _moment(first, one)
    inner = [pair for pair in hung if all(_inside(pair[1], other) for _, other in hung)]
    if inner:  # of a day and its hour, which have the same day, the hour
        return _moment(*max(inner, key=_fineness))
    return Missing(slot="time", reason="several candidates")


def _fineness(pair: tuple[Anchor, Timex]) -> tuple[int, bool]:
    """Of two hours that of the place, not that of Greenwich behind it."""
    value = pair[1].value or ""
    return len(value.rstrip("Z")), not value.endswith("Z")


def _moment(anchor: Anchor, timex: Timex) -> Moment:
    if anchor.preposition in _FROM:
        return Moment(span=timex.span, begin=timex.begin)
    if anchor.preposition == "before" and timex.type == "TIME" and (day := _day(timex)):
        return Moment(span=timex.span, value=day, begin=day, end=day)  # `before dawn on Friday`
    if anchor.preposition in _UNTIL:
        return Moment(span=timex.span, end=timex.end)
    return Moment(span=timex.span, value=timex.value, begin=timex.begin, end=timex.end)


def _day(timex: Timex) -> str | None:
    value = (timex.value or "")[:10]
    return value if len(value) == 10 and value[4] == value[7] == "-" and value.replace("-", "").isdigit() else None


def _inside(timex: Timex, other: Timex) -> bool:
    if timex.begin is None or timex.end is None or other.begin is None or other.end is None:
        return timex is other
    return other.begin <= timex.begin and timex.end <= other.end
