"""Which candidates are statements: how often annotators marked a cue word in a construction.

The table `data/cues.tsv` holds, for each construction and word, how often the pair was seen in the training part of
PolNeAR and how often annotators had marked it as a cue with (mostly) the same content. A pair that was seen too
seldom leans on its construction as a whole, by additive smoothing.
"""

import csv
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from onrecord.extract.statements.words import SPEECH_NOUNS, SPEECH_VERBS

PRIOR_WEIGHT = 3.0
"""How many sightings the construction as a whole counts for beside the word's own."""

PRODUCTIVE = frozenset(("clause that", "after quoted", "according", "object claim"))
"""Constructions that make a cue of a word never marked before (`"...," she quipped`); others need one sighting."""


SPOKEN_ONLY = frozenset(("after", "as", "clause far"))
"""Constructions that any clause could stand in by chance (`The sun rose, he left`); only words of saying make cues."""


SAYING = ("clause", "clause that", "after quoted")


class Cues(NamedTuple):
    """The table: (construction, word) to (seen, marked), and the same summed over a construction's words and over a
    word's constructions."""

    pairs: dict[tuple[str, str], tuple[int, int]]
    constructions: dict[str, tuple[int, int]]
    words: dict[str, tuple[int, int]]
    shares: dict[tuple[str, bool], float]

    def share(self, construction: str, listed: bool) -> float:
        """The share of the marked in a construction, of words of saying and thinking or of all others."""
        return self.shares.get((construction, listed), 0.3 if listed else 0.05)

    def saying(self, word: str) -> tuple[int, int]:
        """How often the word was seen with a clause or a quotation, and how often marked."""
        seen, marked = map(sum, zip(*(self.pairs.get((c, word), (0, 0)) for c in SAYING), strict=True))
        return seen, marked

    def spoken(self, word: str) -> bool:
        """Whether annotators marked the word often, and mostly, as the cue of a clause or a quotation."""
        seen, marked = self.saying(word)
        return marked >= 3 and marked * 10 >= seen * 6

    def rate(self, construction: str, word: str) -> float:
        """The estimated share, 0..1, of such candidates that annotators would mark."""
        all_seen, all_marked = self.constructions.get(construction, (0, 0))
        prior = (all_marked + 1) / (all_seen + 4)
        seen, marked = self.pairs.get((construction, word), (0, 0))
        if construction in SPOKEN_ONLY:
            # Too rare to be counted word by word: whoever says a thing in one construction can say it in this one.
            return 0.9 * max(self.rate(kin, word) for kin in SAYING) if self.spoken(word) else 0.0
        if not marked and construction not in PRODUCTIVE:
            return 0.0
        return (marked + PRIOR_WEIGHT * prior) / (seen + PRIOR_WEIGHT)


def table(rows: list[tuple[str, str, int, int]]) -> Cues:
    """Rows of construction, word, seen, marked."""
    pairs: dict[tuple[str, str], tuple[int, int]] = {}
    constructions: dict[str, tuple[int, int]] = {}
    words: dict[str, tuple[int, int]] = {}
    groups: dict[tuple[str, bool], tuple[int, int]] = {}
    for construction, word, seen, marked in rows:
        pairs[construction, word] = (seen, marked)
        before = constructions.get(construction, (0, 0))
        constructions[construction] = (before[0] + seen, before[1] + marked)
        group = (construction, word in SPEECH_VERBS or word in SPEECH_NOUNS)
        before = groups.get(group, (0, 0))
        groups[group] = (before[0] + seen, before[1] + marked)
        before = words.get(word, (0, 0))
        words[word] = (before[0] + seen, before[1] + marked)
    shares = {group: (marked + 1) / (seen + 4) for group, (seen, marked) in groups.items()}
    return Cues(pairs, constructions, words, shares)


@cache
def cues() -> Cues:
    """The packaged table."""
    text = (files("onrecord.extract") / "data" / "cues.tsv").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return table([(c, w, int(s), int(m)) for c, w, s, m in csv.reader(lines, delimiter="\t")])
