"""The links of a ledger, brought up to date: what was added is sketched, and its buckets are linked anew."""

from collections.abc import Callable

from onrecord.ledger import Ledger, Linker
from onrecord.link import actors
from onrecord.link.judged import settle

LINKER = Linker(
    version=actors.VERSION,
    sketch=actors.sketch,
    block=actors.block,
    meets=actors.buckets,
    link=actors.link,
    settle=settle,
)

_DOCUMENTS, _SECONDS = 50, 0.5
"""What one transaction takes, so that no other writer waits for long."""


def bring_up_to_date(ledger: Ledger, progress: Callable[[int], None] = lambda documents: None) -> int:
    """Link all that waits. `progress` is told how many documents were sketched. Gives how many were, in all.

    Stopped at any moment it leaves a whole ledger, and the next call goes on. Writes nothing where nothing waits.
    Raises LedgerError.
    """
    total = 0
    while ledger.links_wait(LINKER):
        sketched = ledger.sketch(LINKER, documents=_DOCUMENTS)
        if sketched:
            total += sketched
            progress(sketched)
        else:
            ledger.relink(LINKER, seconds=_SECONDS)
    return total
