"""What is in a ledger as a whole, and what is missing."""

from sqlalchemy import Connection, func, select

from onrecord.ledger import schema
from onrecord.ledger.reading import failure_query, run_row
from onrecord.ledger.rows import STANDING, Overview, PublisherCount

_d, _e, _s = schema.documents.c, schema.entries.c, schema.statements.c


def overview(connection: Connection) -> Overview:
    """See `Ledger.overview`."""
    n = func.count()
    by_current: dict[bool, int] = dict(connection.execute(select(_d.current, n).group_by(_d.current)).all())
    publishers = connection.execute(
        select(_d.publisher, n, func.min(_d.published), func.max(_d.published))
        .where(_d.current)
        .group_by(_d.publisher)
        .order_by(n.desc(), _d.publisher)
    )
    month = func.substr(_d.published, 1, 7)
    months = connection.execute(
        select(month, n).where(_d.current, _d.published.is_not(None)).group_by(month).order_by(month)
    )
    entries = connection.execute(select(_e.kind, n).where(_e.status.in_(STANDING)).group_by(_e.kind).order_by(_e.kind))
    statuses = connection.execute(select(_s.status, n).group_by(_s.status).order_by(_s.status))
    last = connection.execute(select(schema.runs).order_by(schema.runs.c.seq.desc()).limit(1)).first()
    undated = select(n).where(_d.current, _d.published.is_(None))
    return Overview(
        documents=by_current.get(True, 0),
        superseded_documents=by_current.get(False, 0),
        publishers=tuple(
            PublisherCount(publisher=name, documents=count, first=first, last=newest)
            for name, count, first, newest in publishers
        ),
        months=tuple((name, count) for name, count in months),
        undated=connection.execute(undated).scalar_one(),
        failures=connection.execute(select(n).select_from(failure_query().subquery())).scalar_one(),
        entries=dict(entries.all()),
        statuses=dict(statuses.all()),
        runs=connection.execute(select(n).select_from(schema.runs)).scalar_one(),
        last_run=run_row(last) if last else None,
    )
