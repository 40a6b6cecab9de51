"""Who fills a slot: the words as they stand, the name behind them, or the reason why nobody is named."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from onrecord.extract.events.participants.anaphora import THEY, THINGS, led_back, relative
from onrecord.extract.events.participants.extents import beside_home, span_of, token_span
from onrecord.extract.events.participants.owners import qualifies, townhall
from onrecord.extract.events.participants.parties import parties
from onrecord.extract.events.participants.phrases import (
    World,
    acts,
    country_of,
    demonyms_lower,
    hittable,
    sort,
)
from onrecord.extract.events.senses import lexicon
from onrecord.extract.events.syntax.grammar import agent, behind, clause, coordinated, one_voice
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.events.triggers import Found
from onrecord.model import Missing, Participant, Span

Resolve = Callable[[Span], tuple[str, str | None] | None]
"""The name and entity that a personal pronoun stands for, or None."""
_RECIPROCAL = frozenset(("CONSULT", "COOPERATE"))
_APART = frozenset(("reject.fail",))
"""Senses of what several fail to do together."""
_AS_MANY = 8


class Filled(NamedTuple):
    """The slots of a deed, and why those that are empty are. `struck`: the recipients, and the places that are left."""

    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    missing: tuple[Missing, ...]
    struck: tuple[Participant, ...] = ()


def fill(world: World, tree: Tree, one: Found, resolve: Resolve) -> Filled:
    """Actors and recipients of a deed, in the order of the text."""
    more, token = _beside(world, tree, one), one.deed.token
    actors, lost = _participants(world, tree, (*one.actors, *more.actors), resolve, deed=token)
    both = (*one.recipients, *more.recipients)
    party = parties(world, tree, one, both)
    left = () if party == both else tuple(_participants(world, tree, both, resolve, deed=token)[0])
    both = party
    recipients, lost_too = _participants(world, tree, both, resolve, deed=token, struck=_strikes(one))
    recipients = [r for r in recipients if all(r.span != a.span for a in actors)]
    if lost and not actors and recipients and one.deed.type != "CONSULT":
        actors = _speaking(world, tree, one.actors)
    missing: list[Missing] = []
    if lost and (not actors or one.deed.type == "CONSULT"):
        missing.append(Missing(slot="actors", reason="pronoun"))
    elif not actors:
        reason = "passive" if one.passive else "not said"
        missing.append(Missing(slot="actors", reason=reason))
    if not recipients:
        if (one.deed.type in _RECIPROCAL or one.sense.id in _APART) and len(actors) > 1:
            reason = "implicit"  # all who meet are actors
        else:
            reason = "pronoun" if lost_too else "not said"
        missing.append(Missing(slot="recipients", reason=reason))
    return Filled(tuple(actors), tuple(recipients), tuple(missing), left or tuple(recipients))


def _speaking(world: World, tree: Tree, heads: Sequence[int]) -> list[Participant]:
    """The `I` of an interview that is set down with its speakers' names; of talks, which are mostly its own, none."""
    said = [i for i in heads if tree.words[i] == "i" and one_voice(tree, 0, i)]
    told = [(token_span(tree, i), world.turns.speaker(token_span(tree, i).start)) for i in said]
    return [Participant(span=span, name=who[0], entity=who[1]) for span, who in told if who is not None]


def _strikes(one: Found) -> bool:
    """Whether a place or a thing may be what it is done to: it is hit, taken or cut off."""
    return one.deed.type == "ASSAULT" or one.sense.id == "coerce.blockade"


class _More(NamedTuple):
    actors: tuple[int, ...] = ()
    recipients: tuple[int, ...] = ()


def _beside(world: World, tree: Tree, one: Found) -> _More:
    """Who stands beside a deed in a clause of his own, or behind a `for` or `including`."""
    at = clause(tree, one.deed.token)
    if one.sense.id == "retreat.swap" and at.object is not None and tree.parts[at.object] == "NOUN":
        given = (at.object, *behind(tree, at.verb, _FOR), *behind(tree, at.object, _FOR))
        return _More(recipients=tuple(i for i in given if acts(world, tree, i)) if len(given) > 1 else ())
    if one.deed.type == "CONSULT" and one.deed.noun is not None:  # `hosted a summit, attended by the leaders`
        came = (c for c in tree.children[one.deed.noun] if tree.links[c] == "acl" and tree.lemmas[c] == "attend")
        guests = (agent(tree, c) for c in came)
        return _More(actors=tuple(i for i in guests if i is not None and acts(world, tree, i)))
    return _More(tuple(i for head in one.actors for i in _including(world, tree, head)))


def _including(world: World, tree: Tree, head: int) -> Iterator[int]:
    """`nations that stayed away, including Chad and Norway`: those that are named, wherever the parser hangs them."""
    if tree.tags[head] != "NNS" or tree.lemmas[head] not in _STATES:
        return
    last = min(tree.last(head), head + _FAR)
    at = next((i for i in range(head + 1, last) if tree.words[i] == "including"), None)
    named = None if at is None else tree.child(at, "pobj")
    if named is not None and sort(world, tree, named) == "country":
        yield named


_FOR = frozenset(("for",))
_STATES = frozenset("nation country state government ally".split())
_FAR = 30


def _participants(
    world: World, tree: Tree, heads: Sequence[int], resolve: Resolve, *, deed: int, struck: bool = False
) -> tuple[list[Participant], bool]:
    """Each phrase and those beside it; and whether a pronoun led to nobody."""
    found: dict[Span, Participant] = {}
    lost = False
    for head in (_whom(world, tree, one) for one in heads):
        for index in _together(world, tree, head, deed)[:_AS_MANY]:
            if index != head and sort(world, tree, index) == "thing" and tree.lemmas[index] not in lexicon().targets:
                continue  # `civilians and morale`
            if _amount(tree, index):
                continue
            one: Participant | None
            if tree.words[index] == "those" and tree.child(index, "relcl") is not None:
                one = Participant(span=_clause_span(tree, index))
            elif sort(world, tree, index) == "pronoun":
                one = _pronoun(world, tree, index, resolve, struck=struck)
                if one is None:
                    lost = True
                    continue
            else:
                one = participant(world, tree, index)
            for each in (one, *_others(world, tree, index, struck=struck)):
                found.setdefault(each.span, each)
    return sorted(found.values(), key=lambda one: one.span), lost


def _others(world: World, tree: Tree, index: int, *, struck: bool) -> Iterator[Participant]:
    """Of `them`, where it stands for a row of several: those behind the first."""
    if tree.words[index] not in _THOSE:
        return
    above = led_back(world, tree, index, struck=struck)
    for other in () if above is None else coordinated(tree, above)[1:_AS_MANY]:
        if acts(world, tree, other) or (struck and hittable(world, tree, other)):
            yield participant(world, tree, other)


_THOSE = frozenset(("they", "them"))


def _count(tree: Tree, index: int) -> int:
    """How many a plural noun says that they are; 0 where it does not say, or says it of several groups."""
    said = next((tree.words[c] for c in tree.children[index] if tree.links[c] == "nummod"), "")
    behind_comma = tree.words[index + 1 : index + 2] == [","] or tree.words[min(tree.below(index)) - 1] == ","
    return _COUNTS.get(said, 0) if tree.tags[index] in ("NNS", "NNPS") and behind_comma else 0


_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5}


def _whom(world: World, tree: Tree, index: int) -> int:
    """Of `Ola Berg, a pilot who was held` and `Tarn, one of the towns taken by rebels`: who or what is named."""
    above, link = tree.heads[index], tree.links[index]
    if link == "pobj" and tree.words[above] == "of" and tree.words[tree.heads[above]] == "one":
        above, link = tree.heads[tree.heads[above]], tree.links[tree.heads[above]]
    clause_below = any(tree.links[c] in ("relcl", "acl") for c in tree.children[index])
    inner = index if tree.links[index] == "appos" else tree.heads[tree.heads[index]]
    if link != "appos" or not clause_below or above > index or tree.words[min(tree.below(inner)) - 1] != ",":
        return index
    return above if sort(world, tree, above) in ("person", "place", "body", "facility", "name") else index


def _together(world: World, tree: Tree, head: int, deed: int) -> list[int]:
    """Those that stand beside one with `and`; of `for five sailors, the governor wrote` the first alone."""
    found = sorted((*coordinated(tree, head), *beside_home(world, tree, head)))
    two = len(found) == 2 and tree.links[head] in ("dobj", "pobj")
    clauses = [c for c in tree.children[head] if tree.links[c] in ("acl", "relcl") and c > head]
    if deed in clauses:  # `officials accused of theft, as well as Ola Berg`: he is not accused
        found = [one for one in found if one < deed]
    # `two pilots, Ola Berg and Ana Lund`, `Tarn, Lund and Hove, three towns`: those that are named, and once.
    found = [one for one in found if len(found) == 1 or _count(tree, one) != len(found) - 1] or found
    beside = tree.child(head, "appos")
    if beside is not None and len(found) == 1 and _count(tree, head) == len(named := coordinated(tree, beside)):
        return named if all(tree.parts[one] == "PROPN" for one in named) else found
    return found[:1] if two and found[0] == head and tree.child(head, "cc") is None else found


def _clause_span(tree: Tree, index: int) -> Span:
    """`those who back the raids`, with the whole clause if it is short."""
    last = max(tree.below(index))
    while tree.parts[last] == "PUNCT" and last > index:
        last -= 1
    return token_span(tree, index, last + 1 if last - index <= _SHORT else None)


_SHORT = 14
"""Tokens of a clause that is a part of a name for people."""


def _amount(tree: Tree, index: int) -> bool:
    """`cut the flow to 33m cubic metres`: the parser takes what is behind a number for its head."""
    if not index or tree.parts[index - 1] != "NUM" or tree.ends[index - 1] != tree.starts[index]:
        return False
    return tree.words[index] in _MANY and tree.links[index] in ("pobj", "dobj")


_MANY = frozenset("m bn tn k mn km kg mw gw kwh cm mm lb ft".split())


def participant(world: World, tree: Tree, index: int) -> Participant:
    """A phrase as it stands, with the name of who it is where it is a name."""
    if tree.links[index] in ("amod", "compound", "nmod") or tree.words[index] in demonyms_lower():
        span = _word(world, tree, index)
        key = country_of(span.of(world.text))
        if tree.words[index] in demonyms_lower() and key in world.keys:
            return Participant(span=span, name=world.keys[key], entity=key)
        named = world.named(tree, index)
        return Participant(span=span, name=named.name if named else None, entity=named.key if named else None)
    named = world.named(tree, index)
    span = span_of(world, tree, index)
    beside = tree.child(index, "appos") if named is None else None
    if beside is not None and min(tree.below(beside)) == index + 1:  # `the beekeeper Ola Berg`
        named = world.named(tree, beside)
        if named is not None and named.kind == "person":
            return Participant(span=Span(start=span.start, end=named.span.end), name=named.name, entity=named.key)
        named = None
    if named is not None and named.kind not in ("product", "work", "event"):
        base = tree.passage.block.span.start
        if named.span.start < base + tree.ends[index] <= named.span.end:
            return Participant(span=span, name=named.name, entity=named.key)
    return Participant(span=span)


def _word(world: World, tree: Tree, index: int) -> Span:
    """A word before a noun, with the rest of the name that it belongs to."""
    named = world.named(tree, index)
    if tree.words[index] in demonyms_lower():
        return token_span(tree, index)
    if named is None:  # `the Kenyan court ruling`
        whose = index - 1
        before = whose >= 0 and tree.heads[whose] in (index, tree.heads[index]) and qualifies(world, tree, whose)
        before = before or townhall(world, tree, index)
        return token_span(tree, whose if before else index, index + 1)
    own = token_span(tree, index)
    return Span(start=min(own.start, named.span.start), end=own.end)


def _pronoun(world: World, tree: Tree, index: int, resolve: Resolve, *, struck: bool) -> Participant | None:
    """`he` and `she` by what the article tells, `it` and `they` by the clauses above and before."""
    span = token_span(tree, index)
    if tree.words[index] in THINGS | THEY:
        above = led_back(world, tree, index, struck=struck)
        if above is None:
            return None
        one = participant(world, tree, above)
        return Participant(span=span, name=one.name, entity=one.entity) if one.name else one
    if tree.words[index] in _RELATIVE:
        noun = relative(world, tree, index)
        fits = noun is not None and (acts(world, tree, noun) or (struck and hittable(world, tree, noun)))
        return participant(world, tree, noun) if noun is not None and fits else None
    known = resolve(span)
    return Participant(span=span, name=known[0], entity=known[1]) if known else None


_RELATIVE = frozenset(("which", "that", "who", "whom"))
