"""Reads everything again and says what does not agree."""

from collections.abc import Iterator

from sqlalchemy import Connection

from onrecord.ledger.rows import Problem


def verify(connection: Connection) -> Iterator[Problem]:
    yield from ()
