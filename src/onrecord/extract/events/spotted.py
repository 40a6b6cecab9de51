"""A deed as the grammar shows it, before its slots, its time and its factuality are worked out."""

from typing import Any, Literal, NamedTuple

from onrecord.extract.parse import Passage
from onrecord.model import EventType, Span

Construction = Literal["verb", "noun", "light verb"]
"""`shelled`, `the shelling of`, `launched an attack on`."""


class Deed(NamedTuple):
    """A word that tells of an event, with what the codebook calls it.

    `token`: index in `passage.doc` of the head word of the trigger; of a light verb construction the verb's, so that
    tense, negation and modality hang on it in every construction but a noun. `noun`: index of the noun that says what
    was done in `launched an attack on`, else None. `span`: the trigger's words in `Document.text`. `type`, `mode` and
    `contexts`: codes of PLOVER. `rule`: the row of the lexicon that it was found by. `score`: how often that row is
    right, 0..1, where it was counted.
    """

    passage: Passage
    token: int
    span: Span
    type: EventType
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    construction: Construction = "verb"
    rule: str = ""
    score: float | None = None
    noun: int | None = None

    @property
    def word(self) -> Any:
        """The head word, a `spacy.tokens.Token`."""
        return self.passage.doc[self.token]

    @property
    def content(self) -> Any:
        """The word that says what was done: the noun of a light verb construction, else the head word."""
        return self.passage.doc[self.token if self.noun is None else self.noun]
