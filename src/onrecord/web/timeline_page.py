"""The timeline: events and commitments by the day on which they took or are to take place, on which that was said, or
on which it was published. What the text does not date is not on it, and is counted."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.ledger import ActFilter, Axis, Count, Ledger, Page, Stretch
from onrecord.model import Event
from onrecord.web import lists
from onrecord.web.act_filter import FILTERS, act_filter
from onrecord.web.act_shelf import Listed, chip, facets, listed, show
from onrecord.web.entry_shelf import ENTRY, record_entry
from onrecord.web.query import Query
from onrecord.web.room import html, json, room_of
from onrecord.web.shelf import Field, Shelf
from onrecord.web.timeline_chart import period_name, timeline_svg

PATH = "/timeline"
_AXES: dict[Axis, str] = {"event": "Day of the event", "said": "Day of the saying", "published": "Day of publication"}
_WITHOUT: dict[Axis, str] = {
    "event": "have no day on which they took or are to take place",
    "said": "have no day on which they were said",
    "published": "stand in articles without a date",
}


def asked(query: Query) -> ActFilter:
    """What is on the line, and in the list beneath it: without a day only where that is asked for."""
    return act_filter(query, query.today, dated=query.missing != "day")


def _fetch(ledger: Ledger, query: Query, limit: int) -> Page[Listed]:
    found = ledger.acts(asked(query), after=query.after or None, limit=limit, order=asked(query).axis)
    return Page(rows=tuple(listed(ledger, found.rows, query.today)), after=found.after)


def _said(each: Listed) -> tuple[str, str] | None:
    """First and last day of the saying: of the statement that it stands in; the outlet's own word is said on the day on
    which it is published."""
    if each.value.voice:
        return each.placed.voice.value.said if each.placed.voice else None
    published = each.placed.document.published or ""
    return (published[:10], published[:10]) if len(published) >= 10 else None


def _show(each: Listed, query: Query) -> Mapping[str, Any]:
    days = dict.fromkeys(_said(each) or ())
    return show(each, query) | {"said": " to ".join(days)}


def _record(each: Listed) -> Mapping[str, Any]:
    value, said = each.value, _said(each)
    time = value.time if isinstance(value, Event) else value.due
    return record_entry(each.placed) | {
        "kind": each.placed.row.kind,
        "type": value.type if isinstance(value, Event) else value.class_,
        "standing": value.factuality if isinstance(value, Event) else value.state,
        "begin": time.begin if time else None,
        "end": time.end if time else None,
        "said_begin": said[0] if said else None,
        "said_end": said[1] if said else None,
    }


def _total(ledger: Ledger, query: Query) -> Count:
    return ledger.count_acts(asked(query))


SHELF = Shelf(
    path=PATH,
    heading="Timeline",
    one="event or commitment",
    many="events and commitments",
    nothing="Nothing that the articles of this ledger tell of has a day.",
    template="timeline.html",
    filters=FILTERS | {"after"},
    columns=(*ENTRY, "kind", "type", "standing", "begin", "end", "said_begin", "said_end"),
    fetch=_fetch,
    total=_total,
    show=_show,
    record=_record,
    line=lambda each: each.placed.row,
    facets=lambda ledger, query: facets(ledger, query, asked),
    chip=chip,
    fields=(
        Field("happened", "Days of the event", "2026-03-01..2026-03-14"),
        Field("said", "Days of the saying", "2026-03"),
        Field("party", "Who takes part", "a name"),
        Field("voice", "Who says so", "a name"),
    ),
)


def _page(request: Request, shelf: Shelf) -> Response:
    query = lists.query_of(request, shelf)
    line = room_of(request).ledger.timeline(asked(query))
    axis = line.axis
    label = f"{_AXES[axis]}: {len(line.bars)} bars, a {line.unit} each; the table below has the same"
    chart = {
        "line": line,
        "axes": [(name, _switched(query, each), each == axis) for each, name in _AXES.items()],
        "svg": timeline_svg(
            line, lambda bar: _at(query, axis, bar.within), lambda each: _along(query, each), label, query.today
        )
        if line.bars
        else "",
        "bars": [(bar, period_name(bar.period), _at(query, axis, bar.within)) for bar in line.bars],
        "stretches": [(each, _along(query, each)) for each in line.stretches],
        "before": _at(query, axis, f"..{_beside(line.first, -1)}"),
        "after_path": _at(query, axis, f"{_beside(line.last, 1)}.."),
        "without": f"{line.undated} {_WITHOUT[axis]}",
        "undated": "" if query.missing else query.path(PATH, missing="day", stretch=""),
        "json": query.path(f"{PATH}.json"),
    }
    return html(request, shelf.template, lists.values(request, shelf) | chart)


def _as_json(request: Request, shelf: Shelf) -> Response:
    """The bars and stretches, each with its counts."""
    query = lists.query_of(request, shelf)
    return json(room_of(request).ledger.timeline(asked(query)))


def _switched(query: Query, axis: Axis) -> str:
    return query.path(PATH, date="" if axis == "event" else axis, stretch="", missing="")


def _at(query: Query, axis: Axis, within: str) -> str:
    """The line narrowed down to an interval of its own axis."""
    change = {"event": {"happened": within}, "said": {"said": within}}.get(axis)
    if change is None:
        first, two, last = within.partition("..")
        change = {"from": first, "to": last if two else first}
    return query.path(PATH, **change | {"stretch": "", "missing": ""})


def _along(query: Query, each: Stretch) -> str:
    return query.path(PATH, stretch=f"{each.begin}..{each.end}", missing="")


def _beside(day: str | None, by: int) -> str:
    """The day before or after one; the day itself at either end of the calendar."""
    try:
        return (date.fromisoformat(day or "") + timedelta(days=by)).isoformat()
    except (ValueError, OverflowError):
        return day or ""


ROUTES = lists.routes(SHELF, page=_page, json=_as_json)
