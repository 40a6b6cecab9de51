"""The verbs of a ledger that lists of events and commitments, and the timeline, need."""

from onrecord.ledger import acts, timeline
from onrecord.ledger.acts import ActFacets, ActFilter, ActOrder
from onrecord.ledger.file import LedgerFile
from onrecord.ledger.rows import Count, EntryRow, Page
from onrecord.ledger.timeline import Timeline

EVERY = ActFilter()


class Chronicle(LedgerFile):
    """Events and commitments by their times. Part of `Ledger`."""

    def acts(
        self, asked: ActFilter = EVERY, *, after: str | None = None, limit: int = 50, order: ActOrder = "newest"
    ) -> Page[EntryRow]:
        """Events and commitments with their derivations. `after`: the id of the last one seen, which stays good while
        the ledger grows."""
        with self._reading() as connection:
            return acts.acts(connection, asked, order, after, limit)

    def count_acts(self, asked: ActFilter = EVERY) -> Count:
        """How many `acts` has."""
        with self._reading() as connection:
            return acts.count(connection, asked)

    def act_facets(self, asked: ActFilter = EVERY, *, seconds: float = 0.2) -> ActFacets:
        """Counts by type, factuality, state, outlet, voice and party; gives up after `seconds`, and says so."""
        with self._reading() as connection:
            return acts.facets(connection, asked, seconds)

    def timeline(self, asked: ActFilter = EVERY) -> Timeline:
        """What is asked, counted along `asked.axis` by the finest period of which there are no more than a hundred;
        what `asked` narrows down on that axis (`happened`, `said`, or the publication) are its ends."""
        with self._reading() as connection:
            return timeline.timeline(connection, asked)
