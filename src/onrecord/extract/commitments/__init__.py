"""Commitments: what is pledged, threatened, planned or foreseen, by whom, on what condition and by when.

What counts and what does not stands in `docs/COMMITMENTS.md`; the rules of annotation in `evals/commitments.md`.
"""

from collections.abc import Sequence

from onrecord.extract.commitments.classes import class_of
from onrecord.extract.commitments.clauses import over
from onrecord.extract.commitments.conditions import condition
from onrecord.extract.commitments.doubts import doubt
from onrecord.extract.commitments.due import is_weekday
from onrecord.extract.commitments.page import Page
from onrecord.extract.commitments.sign import Sign
from onrecord.extract.commitments.signs import find
from onrecord.extract.commitments.slots import contents, doer, due, participant, span_of
from onrecord.extract.commitments.words import LIKELY
from onrecord.extract.events.syntax.tree import Tree, tree
from onrecord.extract.parse import Passage
from onrecord.model import Commitment, Document, Entity, Finding, Mention, Statement, Timex

VERSION = "commitments/3"

__all__ = ["VERSION", "extract_commitments"]


def extract_commitments(
    document: Document,
    passages: Sequence[Passage],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    timexes: Sequence[Timex],
    statements: Sequence[Statement],
) -> list[Finding]:
    """One finding a committing word, in the order of the article. `Finding.rule` is its class of words and its form.

    `by` in the first person is the speaker of the statement around it. A due date is never the day of publication for
    want of another.
    """
    published = (document.published or "")[:10]
    # A weekday may have been read as the last one, and be the next behind a verb in the present.
    ahead = sorted(
        t.span.start
        for t in timexes
        if t.type in ("DATE", "TIME") and t.begin and (t.begin[:10] > published or is_weekday(t.span.of(document.text)))
    )
    signs: list[Sign] = []
    at = 0
    for passage in sorted(passages, key=lambda each: each.block.span.start):
        start, end = passage.block.span.start, passage.block.span.end
        days: list[int] = []
        while at < len(ahead) and ahead[at] < end:
            if ahead[at] >= start:
                days.append(ahead[at] - start)
            at += 1
        if days or LIKELY.search(passage.doc.text):
            read = tree(passage)
            signs.extend(find(read, frozenset(read.covering(day) for day in days) if published else frozenset()))
    places = [span_of(sign.tree, sign.first, sign.last).start for sign in signs]
    page = Page(document, entities, timexes, statements, places)
    findings: list[Finding] = []
    kept: list[tuple[Sign, Commitment]] = []
    for sign, place in zip(signs, places, strict=True):
        if any(_within(sign, other) for other, _ in kept[-4:]):
            continue
        value = _commitment(sign, page, page.statement(place))
        if value is not None:
            kept.append((sign, value))
            findings.append(Finding(value=value, rule=f"commitment.{sign.family}.{sign.form.replace(' ', '-')}"))
    return findings


def _commitment(sign: Sign, page: Page, voice: Statement | None) -> Commitment | None:
    who, alive, own = doer(sign, page, voice)
    hangs = condition(sign)
    by_when = due(sign, page, hangs)
    if doubt(sign, page, voice, timed=by_when is not None, live=alive or own) is not None:
        return None
    what = contents(sign, who, hangs)
    if not what:
        return None
    read = sign.tree
    return Commitment(
        trigger=span_of(read, sign.first, sign.last),
        class_=class_of(
            sign,
            live=alive or own,
            own=own,
            stranger=not own and page.is_stranger(voice, who),
            condition=hangs,
            timed=by_when is not None,
        ),
        by=who,
        to=participant(read, sign.other, page, voice) if sign.other is not None else None,
        contents=what,
        condition=span_of(read, *hangs) if hangs else None,
        due=by_when,
    )


def _within(sign: Sign, other: Sign) -> bool:
    """Whether a sign only says in other words what an earlier one does: the `will` of `vowed that it will`."""
    read: Tree = sign.tree
    if read is not other.tree or not other.begin <= sign.first < other.end:
        return False
    if sign.anchor == other.verb or read.words[other.begin - 1] == ":":
        return True
    for index, head in over(read, sign.anchor):
        if read.links[index] in ("relcl", "advcl"):
            return False
        if head in (other.verb, other.anchor):
            return True
    return False
