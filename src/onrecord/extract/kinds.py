"""What kind of thing a name names: from its own words, from what stands around it, and from the rest of the article."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Set
from typing import NamedTuple

from onrecord.extract.gazetteer import lookup
from onrecord.extract.lexicon import bare, countries, demonyms, first_names, organizations, titles
from onrecord.model import MentionKind

_DESIGNATION = re.compile(r"(?!I-)[A-Z][A-Za-z]{0,3}-?\d{1,4}[A-Za-z]{0,2}s?")
_LARGE = 100_000
"""Inhabitants from which a place is taken for one although the model took its name for something else."""
_LARGE_AS_PERSON = 1_000_000
_SMALL = 1_000
"""Inhabitants that are enough where the article says `in` before the name."""
_INSIDE = frozenset(("in", "near", "around", "outside", "across", "throughout"))
_TOWARDS = frozenset(("at", "from", "to", "toward", "towards", "into"))


class Sighting(NamedTuple):
    """A name as it was met once. `sure`: the kind was told by the name's own words; `before`: the word before it, lower
    case; `titled`: that is a title or a role."""

    text: str
    kind: MentionKind
    sure: bool
    before: str
    titled: bool


def told(name: str, kind: MentionKind) -> MentionKind | None:
    """The kind that a name's own words tell, or None; `kind` is the model's opinion."""
    if name in countries():
        return "country"
    if name in demonyms():
        return "group"
    orgs = organizations()
    low = bare(name.removeprefix("The ").removeprefix("the "))
    if low in orgs.known:
        return "organization"
    if low in orgs.products or (_DESIGNATION.fullmatch(name.replace(" ", "")) and kind != "work"):
        return "product"
    return None


def settled(sightings: Iterable[Sighting], outlet: str | None = None) -> dict[str, MentionKind]:
    """One kind for each name of the article: what its words tell, else what the model said most often.

    A name that stands in places (`in Queretaro`), or that the gazetteer knows as a city, is a place unless the article
    shows it to be a person's. `outlet`, the publisher, is a body. A last name of somebody named in full is a person
    wherever it stands alone.
    """
    votes: defaultdict[str, Counter[MentionKind]] = defaultdict(Counter)
    located: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    sure: dict[str, MentionKind] = {}
    titled: set[str] = set()
    spoken: set[str | None] = set()
    for sighting in sightings:
        votes[sighting.text][sighting.kind] += 1
        located[sighting.text] += sighting.before in _TOWARDS or sighting.before in _INSIDE
        inside[sighting.text] += sighting.before in _INSIDE
        if sighting.titled:
            titled.add(sighting.text)
        if sighting.sure:
            sure.setdefault(sighting.text, sighting.kind)
        spoken |= {countries().get(sighting.text, ""), demonyms().get(sighting.text, "")}
    if outlet and outlet in votes:
        sure[outlet] = "organization"
    kinds = {text: sure.get(text) or count.most_common(1)[0][0] for text, count in votes.items()}
    people = {text for text, kind in kinds.items() if kind == "person" and " " in text and not city(text, _LARGE)}
    parts = {part for text in people for part in text.split()} | titled
    for text, kind in kinds.items():
        if kind == "place" and text not in sure and bare(text.split()[0]) in first_names() and not city(text, 1):
            kinds[text] = "person" if " " in text else kind
        if text in sure or text in parts or kind in ("country", "place", "group", "facility"):
            continue
        as_person = kind == "person"
        met = sum(votes[text].values())
        person_in = as_person and " " not in text and bare(text) not in first_names() and 2 * inside[text] >= met
        if (
            city(text, _LARGE_AS_PERSON if as_person else _LARGE)
            or city(text, _LARGE, spoken)
            or (2 * located[text] >= met and city(text, _SMALL))
            or person_in
        ):
            kinds[text] = "place"
    for text in people:
        # Words are joined by spaces here: `Bruheim - Lie` is one surname.
        last = text.replace(" - ", "-").split()[-1].replace("-", " - ")
        alone = last[0].isupper() and len(last) > 2 and bare(last) not in titles().before
        if alone and sure.get(last) not in ("country", "group"):
            kinds[last] = "person"
    return kinds


def city(text: str, inhabitants: int, among: Set[str | None] | None = None) -> bool:
    """Whether a town of that size, or a state or province, has this name; ten times the size if it is not the place's
    usual name in GeoNames. `among`: only in these countries."""
    if len(text) < 4:
        return False
    return any(
        c.kind in ("town", "capital", "division")
        and c.population >= inhabitants * (1 if c.usual else 10 if c.kind != "division" else 3)
        and (among is None or c.country in among)
        for c in lookup(text)
    )
