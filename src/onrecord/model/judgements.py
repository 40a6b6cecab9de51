"""What people decided, and what becomes of links when they did."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from onrecord.model.entries import MentionKind
from onrecord.model.links import Apart, Evidence, Member

Verdict = Literal["accept", "correct", "reject", "merge", "split", "rename"]
"""`merge`: several actors are one. `split`: what some documents say of an actor is of another. `rename`: an actor bears
a name that a person gave it. `reject` of a judgement takes it back. `accept`, `correct` and `reject` of an entry are
what a review gives."""


class Judged(msgspec.Struct, frozen=True, kw_only=True):
    """An actor as it was when it was judged: its id and name, and members of it, by which it is found again after links
    were made anew: documents stay, whatever becomes of ids and clusters."""

    actor: str
    name: str
    members: tuple[Member, ...]


class Correction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is to be instead. `actors`: those that are one, or the one that is split or renamed. `documents`: whose
    mentions are of another actor. `name`: the name given."""

    actors: tuple[Judged, ...] = ()
    documents: tuple[str, ...] = ()
    name: str | None = None


class Judgement(msgspec.Struct, frozen=True, kw_only=True):
    """A decision of a person. `subject`: the id of an actor, of an entry, or of a judgement that is taken back. `who`
    decided; `when`: UTC, ISO 8601. None is ever changed or deleted: a later one on the same subject outranks it."""

    id: str
    subject: str
    verdict: Verdict
    correction: Correction | None = None
    reason: str | None = None
    who: str
    when: str


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """An actor: a cluster as the linker made it and as people left it. `judgements`: ids of those that shaped it;
    `named`: the id of the one that its name is from, None for a name out of the articles."""

    id: str
    name: str
    type: MentionKind
    members: tuple[Member, ...]
    evidence: tuple[Evidence, ...] = ()
    apart: tuple[Apart, ...] = ()
    judgements: tuple[str, ...] = ()
    named: str | None = None


def standing(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that no later one took back, in their order; one that took another back is not among them."""
    rejected: set[str] = set()
    left: list[Judgement] = []
    for judgement in reversed(list(judgements)):
        if judgement.id not in rejected:
            if judgement.verdict == "reject":
                rejected.add(judgement.subject)
            else:
                left.append(judgement)
    return left[::-1]
