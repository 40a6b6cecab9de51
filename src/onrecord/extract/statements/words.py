"""Small closed lists of words that several constructions look at."""

RESUMING = frozenset("add argue call cite claim insist note promise say suggest tell urge vow warn".split())
"""Verbs that begin the next statement of the same speaker: `said that ..., adding that ...`, `... and warned ...`."""

CONNECTIVES = frozenset("however but and still meanwhile yet also moreover nevertheless".split())
"""Words that tie a sentence to the one before and belong to the outlet, not to the speaker."""
