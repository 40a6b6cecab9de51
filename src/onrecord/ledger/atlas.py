"""The verbs of a ledger that a map needs."""

from onrecord.ledger import located
from onrecord.ledger.file import LedgerFile
from onrecord.ledger.located import LocatedFacets, LocatedFilter, LocatedRow, Spot
from onrecord.ledger.rows import Page

EVERYWHERE = LocatedFilter()


class Atlas(LedgerFile):
    """Places of events, and places that articles name. Part of `Ledger`."""

    def spots(self, asked: LocatedFilter = EVERYWHERE) -> tuple[Spot, ...]:
        """Every place of what is asked with its counts, those of most events first."""
        with self._reading() as connection:
            return located.spots(connection, asked)

    def located(
        self, asked: LocatedFilter = EVERYWHERE, *, after: str | None = None, limit: int = 50
    ) -> Page[LocatedRow]:
        """What is there: events first, those published last first. `after`: what the last page gave."""
        with self._reading() as connection:
            return located.located(connection, asked, after, limit)

    def count_located(self, asked: LocatedFilter = EVERYWHERE) -> int:
        """How many rows `located` has; never capped."""
        with self._reading() as connection:
            return located.count(connection, asked)

    def located_facets(self, asked: LocatedFilter = EVERYWHERE, *, seconds: float = 0.2) -> LocatedFacets | None:
        """The types, the factuality, the outlets and the precisions of what is asked; None where it takes longer than
        `seconds`."""
        with self._reading() as connection:
            return located.facets(connection, asked, seconds)

    def unplaced(self) -> int:
        """How many standing events have no place that could be told."""
        with self._reading() as connection:
            return located.unplaced(connection)
