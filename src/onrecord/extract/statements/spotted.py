"""A statement as spans, before anybody is identified."""

import msgspec

from onrecord.extract.statements.evidence import Evidence
from onrecord.model import Span


class Spotted(msgspec.Struct, frozen=True, kw_only=True):
    """A statement as spans. `rule` names what found it, `score` is how sure that rule is (see `confidence.py`, which
    makes a probability of it), `evidence` what the encoder knows."""

    sources: tuple[Span, ...] = ()
    cue: Span | None = None
    contents: tuple[Span, ...] = ()
    rule: str
    score: float | None = None
    block: bool = False
    evidence: Evidence | None = None

    @property
    def start(self) -> int:
        """Where it stands in the order of the article."""
        return min(int(span.start) for span in (*self.sources, *((self.cue,) if self.cue else ()), *self.contents))

    @property
    def at(self) -> int:
        """The place by which it lies inside another statement or not."""
        return self.cue.start if self.cue else self.contents[0].start
