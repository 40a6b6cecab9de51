"""Who commits, to whom, what is to come and by when."""

import re
from typing import NamedTuple

from onrecord.extract.commitments.clauses import Reach, edges, phrase, pronoun, reporting, subject, teller, trimmed
from onrecord.extract.commitments.due import moment
from onrecord.extract.commitments.page import Page
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.commitments.words import words
from onrecord.extract.events.syntax.tree import Tree
from onrecord.extract.lexicon import organizations
from onrecord.extract.statements.sources import is_role, nouns
from onrecord.model import NOBODY, Moment, Participant, Span, Statement

_LIVE = ("person", "organization", "country", "group")
_FIRST = ("I", "we")
_POSSESSIVE = {"his": "he", "her": "she", "its": "it", "their": "they", "my": "I", "our": "we"}


_CLOCK = re.compile(r"\d{1,2}[.:]\d{2}")


class Doer(NamedTuple):
    """Who is to do it. `own`: it is the words of whoever says so of himself."""

    who: Participant | None
    live: bool
    own: bool


def span_of(tree: Tree, start: int, end: int) -> Span:
    """The place in the article of tokens `start` to `end`, without white space around them."""
    offset = tree.passage.block.span.start
    return Span(start=offset + tree.starts[start], end=offset + tree.ends[end - 1])


def live(tree: Tree, head: int, page: Page) -> bool:
    """Whether a noun stands for a person, people, body or country."""
    lemma = tree.lemmas[head]
    if pronoun(tree, head) or tree.tags[head] == "PRP$":
        return pronoun(tree, head) in ("he", "she", "I", "we", "they", "who")
    if lemma in organizations().event_heads:
        return False
    entity = page.entity(span_of(tree, head, head + 1))
    if entity is not None and tree.parts[head] != "NOUN":
        return entity.type in _LIVE or (entity.type in ("place", "facility") and tree.links[head] != "pobj")
    known = nouns()
    if lemma in words().of("live things"):
        return False
    last = lemma.rpartition("-")[2]
    if last in known.persons or last in known.bodies or is_role(lemma):
        return True
    if any(lemma in kind for name, kind in known.kinds.items() if name != "reports"):
        return True
    if tree.parts[head] == "PROPN":
        word = tree.passage.doc[head].text
        if entity is None and len(word) > 2 and word.isalpha() and word.isupper():
            return True  # `USDA`
        # A first word is written large whatever it is.
        return entity is None and (head != tree.sentences[head] or bool(tree.children[head]))
    return _human(tree, head)


def _human(tree: Tree, head: int) -> bool:
    lemma = tree.lemmas[head]
    if lemma in words().of("live nouns"):
        return True
    made = lemma.endswith(("er", "or")) and not lemma.endswith("over") and lemma not in words().of("live things")
    return len(lemma) > 5 and (made or lemma.endswith(("ist", "ian")))


def doer(sign: Sign, page: Page, voice: Statement | None) -> Doer:
    """Who the sign's subject is, if it stands for somebody."""
    tree, head = sign.tree, sign.subject
    if sign.passive and sign.form != "noun":
        agent = _agent(sign)
        if agent is not None:
            lives = live(tree, agent, page)
            return Doer(participant(tree, agent, page, voice) if lives else None, lives, False)
        alive = head is not None and live(tree, head, page)
        return Doer(None, alive, False)
    if head is None:
        return Doer(None, False, False)
    person = pronoun(tree, head)
    alive = live(tree, head, page)
    if sign.form == "verb" and not alive:
        alive = tree.parts[head] == "PROPN" or (person == "it" and tree.lemmas[sign.anchor] in ("plan", "intend"))
    if person in _FIRST and tree.links[head] != "poss":
        return Doer(participant(tree, head, page, voice), True, True)
    same = _same(sign, page)
    if same is not None and sign.form in ("will", "would", "going to"):
        if person is None:
            return Doer(participant(tree, head, page, voice), True, True)
        return Doer(_as(tree, head, participant(tree, same, page, voice)), True, True)
    if same is not None and person in ("it", "he", "she", "they"):
        return Doer(_as(tree, head, participant(tree, same, page, voice)), True, False)
    if person == "it" and same is None and (before := _body_before(sign, page)) is not None:
        return Doer(_as(tree, head, participant(tree, before, page, voice)), True, False)
    if alive and sign.form in ("will", "would", "going to") and _speaks_for(tree, head, page, voice):
        return Doer(participant(tree, head, page, voice), True, True)
    binds = sign.form == "verb" or (sign.form == "noun" and sign.family in ("pledge", "threat"))
    if not alive and not (binds and sign.family in ("pledge", "forecast")) and sign.form != "noun":
        return Doer(None, False, False)
    return Doer(participant(tree, head, page, voice, sign.first), alive, False)


def _as(tree: Tree, head: int, who: Participant) -> Participant:
    """A pronoun as whom it means."""
    return Participant(span=span_of(tree, head, head + 1), name=who.name, entity=who.entity)


def _speaks_for(tree: Tree, head: int, page: Page, voice: Statement | None) -> bool:
    """Whether who is to do it is the body of whoever says so: `our troops`, `Norway` in the words of its minister."""
    if voice is None:
        return False
    if any(tree.links[c] == "poss" and pronoun(tree, c) in _FIRST for c in tree.children[head]):
        return voice.style in ("direct", "mixed", "block")
    body = page.entity(span_of(tree, head, head + 1))
    speaker = voice.speaker
    if body is None or speaker is None or body.type not in ("organization", "country", "group"):
        return False
    return speaker.entity == body.key or page.speaks_for(speaker.entity, body)


_DECIDED = ("dobj", "xcomp", "dative")


def _body_before(sign: Sign, page: Page) -> int | None:
    """The body that is the subject of the sentence before, for an `it` that decides on something: `The ministry
    published a plan. It will close the mill.`"""
    tree, verb = sign.tree, sign.verb
    first = tree.sentences[sign.anchor]
    if verb is None or not first or tree.child(verb, *_DECIDED) is None or _quoted(tree, first, sign.anchor):
        return None
    if tree.lemmas[verb] in words().of("deed befalls") | words().of("deed things"):
        return None
    top = next(
        (i for i in range(tree.sentences[first - 1], first) if tree.heads[i] == i and tree.parts[i] == "VERB"), None
    )
    who = None if top is None else subject(tree, top)
    return who if who is not None and pronoun(tree, who) is None and _is_body(tree, who, page) else None


def _agent(sign: Sign) -> int | None:
    tree = sign.tree
    if sign.verb is None:
        return None
    for child in tree.children[sign.verb]:
        if tree.links[child] == "agent":
            return tree.child(child, "pobj")
    return None


def _same(sign: Sign, page: Page) -> int | None:
    """The subject of the verb of saying over a sign, if it and the sign's subject are one."""
    tree, head = sign.tree, sign.subject
    above = reporting(tree, sign.anchor)
    if head is None or (tree.words[head] == "it" and _is_nothing(tree, sign)):
        return None
    if above is None and pronoun(tree, head) == "it":
        far = teller(tree, sign.anchor)
        fits = far is not None and far != head and not _quoted(tree, far, sign.anchor)
        return far if fits and far is not None and _is_body(tree, far, page) else None
    if above is None or tree.parts[above] not in ("VERB", "AUX"):
        return None
    who = subject(tree, above)
    if who is None or who == head or _quoted(tree, min(above, sign.anchor), max(above, sign.anchor)):
        return None
    person = pronoun(tree, head)
    if person in ("he", "she", "it", "they"):
        other = pronoun(tree, who)
        if other is not None:
            return who if other == person else None
        if person in ("he", "she"):
            entity = page.entity(span_of(tree, who, who + 1))
            body = tree.lemmas[who] in nouns().bodies
            return who if (entity is None and not body) or (entity and entity.type == "person") else None
        if person == "it":
            entity = page.entity(span_of(tree, who, who + 1))
            if is_role(tree.lemmas[who]) or (entity is not None and entity.type == "person"):
                return None
        body = tree.lemmas[who] in nouns().bodies or tree.parts[who] == "PROPN" or person == "they"
        return who if body or live(tree, who, page) else None
    one, two = (page.entity(span_of(tree, at, at + 1)) for at in (head, who))
    return who if one is not None and two is not None and one.key == two.key else None


_CLAUSES = ("xcomp", "ccomp", "advcl", "relcl", "csubj")


def _is_nothing(tree: Tree, sign: Sign) -> bool:
    """Whether an `it` stands for nobody: `it will take years to heal`, `it would be wise to wait`, `it will rain`."""
    verb = sign.verb if sign.verb is not None else sign.anchor
    lemma = tree.lemmas[verb]
    if lemma in ("rain", "snow", "depend", "matter", "seem", "happen"):
        return True
    said = tree.child(verb, "acomp", "attr")
    below = tree.child(verb, *_CLAUSES) or (tree.child(said, *_CLAUSES) if said is not None else None)
    return below is not None and below > verb and lemma in ("take", "be", "cost", "become", "remain", "help")


def _is_body(tree: Tree, head: int, page: Page) -> bool:
    """Whether a noun is what `it` stands for where a body speaks: a company, country or office, and no person."""
    entity = page.entity(span_of(tree, head, head + 1))
    if entity is not None:
        return entity.type in ("organization", "country", "place") and tree.tags[head] not in ("NNS", "NNPS")
    return tree.lemmas[head] in nouns().bodies and tree.tags[head] == "NN"


def _quoted(tree: Tree, start: int, end: int) -> bool:
    return any(tree.words[at] in ("“", "”", '"', "``", "''") for at in range(start, min(end, tree.size)))


def participant(tree: Tree, head: int, page: Page, voice: Statement | None, before: int | None = None) -> Participant:
    """The phrase of a head, with the name of whom it means where the article tells. `before`: the token of a sign, that
    no phrase reaches over."""
    word = tree.words[head]
    if pronoun(tree, head) or tree.tags[head] == "PRP$":
        span = span_of(tree, head, head + 1)
        person = pronoun(tree, head) or _POSSESSIVE.get(word)
        if person in _FIRST:
            if voice is not None and voice.speaker is not None and voice.speaker.how not in NOBODY:
                return Participant(span=span, name=voice.speaker.name, entity=voice.speaker.entity)
            return Participant(span=span)
        speaker = page.sourced(span)
        if speaker is not None:
            return Participant(span=span, name=speaker.name, entity=speaker.entity)
        entity = page.meant(word, span.start) if word in ("he", "she", "it") else None
        if entity is not None:
            return Participant(span=span, name=entity.name, entity=entity.key)
        return Participant(span=span)
    start, end = phrase(tree, head)
    if not start <= head < end:
        start, end = head, head + 1
    finite = (at for at in range(head + 1, end) if tree.tags[at] in ("MD", "VBZ", "VBP", "VBD"))
    end = next(finite, end)
    if before is not None and head < before < end:
        start, end = trimmed(tree, start, before)
    # A live page sets the hour before its first sentence: `21.44 Canada will`.
    start = max([start, *(at + 1 for at in range(start, head) if _CLOCK.fullmatch(tree.words[at]))])
    span = span_of(tree, start, end)
    entity = page.entity(span_of(tree, head, head + 1))
    if entity is None and (named := _beside(tree, head, page)) is not None:
        return Participant(span=span, name=named[0], entity=named[1])
    if any(tree.links[c] == "conj" and head < c < end for c in tree.children[head]):
        return Participant(span=span)  # two are of no one name
    if entity is not None and tree.parts[head] != "NOUN":
        return Participant(span=span, name=entity.name, entity=entity.key)
    speaker = page.sourced(span)
    if speaker is not None:
        return Participant(span=span, name=speaker.name, entity=speaker.entity)
    if entity is not None:
        return Participant(span=span, name=entity.name, entity=entity.key)
    return Participant(span=span)


def _beside(tree: Tree, head: int, page: Page) -> tuple[str, str] | None:
    """The name set beside a role or body: `the mayor, Ana Silva,`."""
    for child in tree.children[head]:
        if tree.links[child] == "appos" and child > head:
            entity = page.entity(span_of(tree, child, child + 1))
            if entity is not None and (
                entity.type == "person" or (entity.type in _LIVE and tree.parts[head] == "NOUN")
            ):
                return entity.name, entity.key
    return None


def contents(sign: Sign, by: Participant | None, condition: Reach | None) -> tuple[Span, ...]:
    """What is to come: its subject, unless that is who commits, then the clause without its condition."""
    tree = sign.tree
    pieces: list[Reach] = []
    if sign.subject is not None and sign.form not in ("noun", "verb") and (by is None or sign.passive):
        subject_at = phrase(tree, sign.subject, sign.first)
        if subject_at.end > subject_at.start and subject_at.end <= sign.first and tree.words[sign.subject] != "there":
            pieces.append(subject_at)
    if sign.end > sign.begin:
        if condition is None or condition.end <= sign.begin or condition.start >= sign.end:
            pieces.append(Reach(sign.begin, sign.end))
        else:
            pieces.append(trimmed(tree, sign.begin, condition.start))
            rest = trimmed(tree, condition.end, sign.end)
            agented = any(tree.parts[at] in ("NOUN", "VERB", "PROPN") for at in range(rest.start, rest.end))
            if agented:
                pieces.append(rest)
    return tuple(span_of(tree, start, end) for start, end in pieces if end > start)


def due(sign: Sign, page: Page, condition: Reach | None) -> Moment | None:
    """By when: the first day to come inside the contents, else at the head of the clause, else a set deadline."""
    tree = sign.tree
    inside = [Reach(sign.begin, sign.end)]
    if condition is not None and condition.start < sign.end and condition.end > sign.begin:
        inside = [Reach(sign.begin, condition.start), Reach(condition.end, sign.end)]
    if sign.form in ("will", "would", "going to", "present", "is to", "fixed"):
        inside.append(Reach(sign.last, sign.begin))
        for child in tree.children[sign.anchor]:
            if child < sign.first and tree.links[child] in ("prep", "npadvmod", "advmod"):
                ahead = edges(tree, child)
                if not any(tree.parts[at] in ("VERB", "AUX") for at in range(ahead.start, ahead.end)):
                    inside.append(ahead)
    if condition is not None and tree.words[condition.start] == "unless":
        inside.append(condition)
    for start, end in inside:
        if end > start:
            found = _first_day(sign, page, start, end)
            if found is not None:
                return found
    return None


def _first_day(sign: Sign, page: Page, start: int, end: int) -> Moment | None:
    """The first day that hangs on the verb of what is to come, else the first of all."""
    tree, first = sign.tree, None
    span, offset = span_of(tree, start, end), tree.passage.block.span.start
    for timex in page.days(span.start, span.end):
        if page.text.startswith(("’s", "'s"), timex.span.end):
            continue  # `this year’s winners`
        at = tree.covering(timex.span.start - offset)
        found = moment(timex, timex.span.of(page.text), page.published, tree.words[at - 1] if at else "")
        if found is None:
            continue
        last = tree.covering(timex.span.end - 1 - offset)
        if tree.links[last] == "amod" and tree.heads[last] > last:
            continue  # `any future investments`
        above = {tree.heads[last], tree.heads[tree.heads[last]], tree.heads[at], tree.heads[tree.heads[at]]}
        if sign.anchor in above or sign.verb in above:
            return found
        first = first or found
    return first
