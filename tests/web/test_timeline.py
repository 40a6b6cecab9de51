"""The timeline: three times, bars that lead to what they count, what is vague or has no day, and the twins."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from harbour import HERE, HOSTILE, WHEN, TestClient, article, entry, find, raw_of

from onrecord.ledger import Bar, Ledger, Stretch, Timeline
from onrecord.model import Commitment, Entity, Event, Moment, Participant, Speaker, Statement, entity_id, entry_id
from onrecord.web.timeline_chart import timeline_svg

STORY = (
    "On Monday guards fired. The mayor said that crews had struck in March and would march again in May. Somebody "
    "wept. In 1912 the quay was seized. They may meet on Friday. " + HOSTILE
)


def moment(text, words, begin, end=None):
    return Moment(span=find(text, words), value=begin, begin=begin, end=end or begin)


@pytest.fixture(scope="module")
def client(tmp_path_factory, room):
    document = article([("paragraph", STORY)], publisher="Skarvik Post", published="2026-11-13")
    text = document.text
    said = Statement(
        sources=(find(text, "The mayor"),),
        cue=find(text, "said"),
        contents=(find(text, "crews had struck in March and would march again in May"),),
        speaker=Speaker(name="The mayor", how="title"),
        said=("2026-11-11", "2026-11-12"),
    )
    voice = entry_id(document, said)
    guards = Participant(span=find(text, "guards"), name="Guards", entity=entity_id("group", "Guards"))
    friday = moment(text, "Friday", "2026-11-20")
    values = [
        Entity(key=guards.entity, type="group", name="Guards", mentions=(guards.span,)),
        said,
        Event(trigger=find(text, "fired"), type="ASSAULT", actors=(guards,), time=moment(text, "Monday", "2026-11-09")),
        Event(
            trigger=find(text, "struck"),
            type="PROTEST",
            time=moment(text, "March", "2026-03-01", "2026-03-31"),
            voice=voice,
        ),
        Commitment(
            trigger=find(text, "would"), class_="plan", due=moment(text, "May", "2026-05-01", "2026-05-31"), voice=voice
        ),
        Event(trigger=find(text, "wept"), type="REQUEST"),
        Event(trigger=find(text, "seized"), type="COERCE", time=moment(text, "1912", "1912-01-01", "1912-12-31")),
        Event(trigger=find(text, "meet"), type="CONSULT", factuality="possible", time=friday),
        Event(trigger=find(text, HOSTILE), type="ACCUSE", time=friday),
    ]
    path = tmp_path_factory.mktemp("line") / "line.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", started=WHEN)
        ledger.add(raw_of(text), document, [entry(document, value) for value in values], run=run)
    return TestClient(room(path), base_url=HERE, raise_server_exceptions=True)


def words(client, **query):
    """The triggers in the list beneath the line, in its order."""
    answer = client.get("/timeline.csv", params=query)
    assert answer.status_code == 200
    return [row["words"] for row in csv.DictReader(io.StringIO(answer.text))]


def bars(client, **query):
    line = client.get("/timeline.json", params=query).json()
    sorts = ("told", "untold", "commitments")
    return {bar["period"]: tuple(bar[sort] for sort in sorts) for bar in line["bars"] if any(bar[s] for s in sorts)}


def test_the_list_goes_forward_in_time_by_each_of_the_three(client):
    assert words(client) == ["seized", "struck", "would", "fired", "meet", HOSTILE]
    assert words(client, date="said") == ["struck", "would", "fired", "wept", "seized", "meet", HOSTILE]
    assert words(client, date="published") == ["fired", "struck", "would", "wept", "seized", "meet", HOSTILE]
    assert words(client, missing="day") == ["wept"]


def test_the_bars_are_of_the_time_that_is_asked_for(client):
    assert bars(client) == {"2026-03": (1, 0, 0), "2026-05": (0, 0, 1), "2026-11": (2, 1, 0)}
    assert bars(client, date="published") == {"2026-11-13": (5, 1, 1)}
    said = client.get("/timeline.json", params={"date": "said"}).json()
    assert bars(client, date="said") == {"2026-11-13": (4, 1, 0)}
    assert said["stretches"] == [{"begin": "2026-11-11", "end": "2026-11-12", "n": 2}]
    assert (said["unit"], said["undated"]) == ("day", 0)


def links(client, path, name):
    page = client.get(path).text
    return [unescape(href) for href in re.findall(rf'<a href="([^"]*)"[^>]*aria-label="{re.escape(name)}', page)]


def test_each_bar_and_stretch_leads_to_what_it_counts(client):
    (november,) = links(client, "/timeline", "2026-11: 2 told as facts, 1 not, or not yet")
    assert november == "/timeline?happened=2026-11"
    assert words(client, happened="2026-11") == ["fired", "meet", HOSTILE]
    (day,) = links(client, november, "2026-11-09: 1 told as facts")
    assert day == "/timeline?happened=2026-11-09" and words(client, happened="2026-11-09") == ["fired"]
    (stretch,) = links(client, "/timeline?date=said", "2026-11-11 to 2026-11-12: 2")
    assert words(client, date="said", stretch="2026-11-11..2026-11-12") == ["struck", "would"]
    assert "stretch=2026-11-11..2026-11-12" in stretch and "date=said" in stretch
    (published,) = links(client, "/timeline?date=published", "2026-11-13: 5 told as facts")
    assert published == "/timeline?date=published&from=2026-11-13&to=2026-11-13"


def test_what_lies_before_is_counted_and_a_link_away(client):
    page = client.get("/timeline").text
    (before,) = re.findall(r'<a href="([^"]*)">← 1 before 2026-03-01', page)
    assert words(client, happened="..2026-02-28") == ["seized"]
    assert unescape(before) == "/timeline?happened=..2026-02-28"
    assert "nothing after 2026-11-30" in page
    (undated,) = re.findall(r'1 have no day on which they took or are to take place: <a href="([^"]*)"', page)
    assert unescape(undated) == "/timeline?missing=day"


def test_the_table_has_what_the_bars_have(client):
    page = client.get("/timeline").text
    rows = re.findall(r'<tr><th scope="row"><a href="[^"]*">(\d{4}-\d\d)</a></th>(.*?)</tr>', page)
    counts = {period: tuple(map(int, re.findall(r">(\d+)</td>", cells))) for period, cells in rows}
    assert counts == bars(client)


def test_filters_hold_on_every_axis_and_for_the_line_as_for_the_list(client):
    for axis in ("event", "said", "published"):
        query = {"kind": "event", "own": "yes", "party": "Guards", "date": axis}
        assert words(client, **query) == ["fired"]
        assert sum(sum(counts) for counts in bars(client, **query).values()) == 1
    tabs = client.get("/timeline", params={"party": "Guards"}).text
    assert 'href="/timeline?party=Guards&amp;date=said"' in tabs


@pytest.mark.parametrize(
    "query",
    [
        "date=x",
        "stretch=x",
        "said=2026-13",
        "missing=publisher",
        "kind=place",
        "type=x",
        "order=due",
        "happened=2027..2026",
    ],
)
def test_what_cannot_be_is_refused_by_name(client, query):
    for suffix in ("", ".csv", ".jsonl", ".json"):
        answer = client.get(f"/timeline{suffix}?{query}")
        assert answer.status_code == 400 and query.partition("=")[0] in answer.text


def test_words_of_articles_are_escaped_and_days_at_the_ends_of_the_calendar_hold(client):
    page = client.get("/timeline?happened=0001..9999")
    assert page.status_code == 200 and HOSTILE not in page.text
    assert client.get("/timeline?happened=0001-01-01").status_code == 200
    assert client.get("/timeline?happened=9999-12-31").status_code == 200


def test_an_empty_ledger_has_no_line(empty_room):
    page = empty_room.get("/timeline")
    assert page.status_code == 200 and "Nothing that the articles of this ledger tell of has a day" in page.text
    assert "<svg" not in page.text


# The drawing


def drawn(line, today=date(2026, 11, 23)):
    return str(timeline_svg(line, lambda bar: f"/b/{bar.period}", lambda each: f"/s/{each.begin}", "a <line>", today))


def heights(svg, what):
    return [float(h) for h in re.findall(rf'class="{what}"[^>]*height="([\d.]+)"', svg)]


def test_heights_are_in_proportion_and_commitments_stand_on_a_scale_of_their_own():
    line = Timeline(
        axis="event",
        unit="day",
        bars=(
            Bar(period="2026-11-01", within="2026-11-01", told=10, untold=10),
            Bar(period="2026-11-02", within="2026-11-02", told=5, commitments=2),
            Bar(period="2026-11-03", within="2026-11-03"),
        ),
        first="2026-11-01",
        last="2026-11-03",
    )
    svg = drawn(line)
    first, second = heights(svg, "told")
    assert first == 2 * second and heights(svg, "untold")[0] == pytest.approx(first, abs=2)
    assert len(heights(svg, "commitments")) == 1
    assert svg.count("<a ") == 2 and "nothing" in svg and "a &lt;line&gt;" in svg
    assert "today" not in svg and "today" in drawn(line, date(2026, 11, 2))


def test_a_stretch_lies_over_its_days_and_says_where_it_goes_on():
    line = Timeline(
        axis="event",
        unit="month",
        bars=tuple(Bar(period=f"2026-{m:02}", within=f"2026-{m:02}") for m in range(1, 13)),
        stretches=(
            Stretch(begin="2026-07-01", end="2026-12-31", n=3),
            Stretch(begin="2025-01-01", end="2027-12-31", n=2),
        ),
        first="2026-01-01",
        last="2026-12-31",
    )
    (half, end), (begin, over) = (
        tuple(map(float, each)) for each in re.findall(r'class="stretch" d="M([\d.]+) \d+H([\d.]+)"', drawn(line))
    )
    assert half == pytest.approx(end / 2, rel=0.02) and (begin, over) == (0, end)
    assert "2025-01-01 to 2027-12-31: 2 →" in drawn(line)
