"""The map: what gets a mark and what does not, where it stands, where it leads; the same rows for other programs."""

import csv
import io
import json
import re

import pytest
from harbour import HERE, HOSTILE, WHEN, TestClient, article, entry, find, raw_of
from test_browser import CHROMIUM, FLAGS, MISSING, answering

from onrecord.ledger import Ledger
from onrecord.model import Event, Location, Moment, Place, Speaker, Statement, entry_id
from onrecord.web.twins import BYTE_ORDER_MARK

TOWN = {"precision": "town", "country": "NO"}
PLACES = {
    "Skarvik": {"gazetteer_id": "geonames:91", "lat": 60.4, "lon": 5.3, **TOWN},
    "Tindesund": {"gazetteer_id": "geonames:92", "lat": 60.1, "lon": 5.9, **TOWN},
    "Ny Skarvik": {"gazetteer_id": "geonames:93", "lat": -41.3, "lon": 174.8, "precision": "town", "country": "NZ"},
    "Sluice Nine": {"gazetteer_id": "geonames:94", "lat": 40.0, "lon": -100.0, "precision": "point", "country": "US"},
    "Norway": {"gazetteer_id": "geonames:95", "lat": 62.0, "lon": 10.0, "precision": "country", "country": "NO"},
    "Crimea": {"gazetteer_id": "geonames:703883", "lat": 45.3, "lon": 34.4, "precision": "region", "country": "UA"},
    HOSTILE: {"gazetteer_id": "geonames:97", "lat": 1.0, "lon": 1.0, "precision": "town", "country": None},
}
STORY = (
    "Dockers marched in Skarvik on Monday. The mayor said that guards beat them in Tindesund. Shots fell at Sluice "
    "Nine. They may strike in Ny Skarvik. Norway met Crimea in Norway. Somebody wept. " + HOSTILE
)


def story():
    document = article([("title", "A march"), ("paragraph", STORY)], publisher="Skarvik Post", published="2031-04-16")
    text = document.text
    # "Skarvik" stands in "Ny Skarvik" too, and each name where it is a name of a place.
    places = {name: Place(span=find(text, name), name=name, **given) for name, given in PLACES.items()}
    said = Statement(
        sources=(find(text, "The mayor"),),
        cue=find(text, "said"),
        contents=(find(text, "guards beat them in Tindesund"),),
        speaker=Speaker(name="The mayor", how="title"),
    )

    def event(trigger, type_, *names, **more):
        where = tuple(Location(span=places[name].span, gazetteer_id=places[name].gazetteer_id) for name in names)
        return Event(trigger=find(text, trigger), type=type_, places=where, **more)

    monday = Moment(span=find(text, "Monday"), value="2031-04-14", begin="2031-04-14", end="2031-04-14")
    values = [
        *places.values(),
        Place(span=find(text, "Norway", 1), name="Norway", **PLACES["Norway"]),
        said,
        event("marched", "PROTEST", "Skarvik", time=monday),
        event("beat", "ASSAULT", "Tindesund", voice=entry_id(document, said)),
        event("Shots", "ASSAULT", "Sluice Nine"),
        event("strike", "PROTEST", "Ny Skarvik", factuality="possible"),
        event("met", "CONSULT", "Norway"),
        event("wept", "REQUEST"),
    ]
    return document, [entry(document, value) for value in values]


@pytest.fixture(scope="module")
def map_path(tmp_path_factory):
    path = tmp_path_factory.mktemp("map") / "map.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", ("by-hand/1",), started=WHEN)
        document, entries = story()
        ledger.add(raw_of(document.text), document, entries, run=run)
        ledger.finish_run(run, finished=WHEN)
    return path


@pytest.fixture(scope="module")
def client(map_path, room):
    return TestClient(room(map_path), base_url=HERE, raise_server_exceptions=True)


def unescaped(words):
    return words.replace("&amp;", "&").replace("&#39;", "'").replace("&#34;", '"').replace("&lt;", "<")


def marks(html):
    """Of each mark of the map: its class, address and words."""
    svg = html[html.index('<div class="sheet"') : html.index("</svg>")]
    found = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)">.*?class="pin (\w+)', svg)
    return [(kind, unescaped(href), unescaped(says)) for href, says, kind in found]


def table(html, id_):
    part = html[html.index(f'<section class="section" id="{id_}"') :]
    part = part[: part.index("</section>")]
    return re.findall(r'<th scope="row"><a href="[^"]+">(.*?)</a>', part)


def test_only_what_is_as_exact_as_a_town_has_a_mark(client):
    html = client.get("/map").text
    found = marks(html)
    assert (
        sum(int(n) for *_, says in found for n in re.findall(r"(\d+) places", says))
        + sum("places" not in says for *_, says in found)
        == 5
    )
    assert not any("Norway" in says or "Crimea" in says for *_, says in found)
    assert table(html, "areas") == ["Norway", "Crimea"]
    assert set(table(html, "points")) >= {"Skarvik", "Tindesund", "Ny Skarvik", "Sluice Nine"}
    assert "1 events of the ledger are on no map" in html
    assert "contested: administered by Russia since 2014" in html


def test_a_deed_that_is_only_possible_looks_otherwise(client):
    kinds = {says.split(" (")[0]: kind for kind, _, says in marks(client.get("/map").text)}
    assert kinds["Ny Skarvik"] == "untold" and kinds["Sluice Nine"] == "told"
    html = client.get("/map").text
    assert "events: 1, 0 of them told as facts; articles: 1" in html
    assert 'd="M' in html and 'class="pin told" d="M' in html  # a point is a diamond


@pytest.mark.parametrize(
    ("query", "points", "areas"),
    [
        ({"type": "ASSAULT"}, {"Tindesund", "Sluice Nine"}, set()),
        ({"type": "CONSULT"}, set(), {"Norway"}),
        ({"happened": "2031-04"}, {"Skarvik"}, set()),
        ({"kind": "event", "precision": "point"}, {"Sluice Nine"}, set()),
        ({"factuality": "possible"}, {"Ny Skarvik"}, set()),
        ({"from": "2031-04-17"}, set(), set()),
        ({"publisher": "Nobody’s Paper"}, set(), set()),
        ({"box": "3,58,9,62", "kind": "event"}, {"Skarvik", "Tindesund"}, {"Norway"}),
    ],
)
def test_filters_are_those_of_the_map_the_table_and_the_twins(client, query, points, areas):
    html = client.get("/map", params=query).text
    assert (set(table(html, "points")) if points else set()) == points
    assert (set(table(html, "areas")) if areas else set()) == areas
    features = client.get("/map.geojson", params=query).json()["features"]
    assert {f["properties"]["name"] for f in features} == points | areas


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("box=1,2,3", "box"), ("box=9,0,1,1", "box"), ("box=nan,0,1,1", "box"), ("box=0,0,1e999,1", "box"),
        ("type=WAR", "type"), ("precision=exact", "precision"), ("kind=figure", "kind"), ("happened=soon", "happened"),
        ("factuality=true", "factuality"), ("speaker=x", "speaker"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_by_name(client, query, name):
    for path in ("/map", "/map.csv", "/map.geojson", "/located"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400 and f"“{name}”" in answer.text, path


def test_every_mark_and_row_leads_to_words(client):
    html = client.get("/map").text
    rows = re.findall(r'<th scope="row"><a href="([^"]+)">', html)
    assert len(rows) == 7
    for way in [*(href for _, href, _ in marks(html)), *map(unescaped, rows)]:
        answer = client.get(way)
        assert answer.status_code == 200, way
        if way.startswith("/located"):
            assert re.search(r'<mark|class="[^"]*(event|place)', answer.text)
            for target in re.findall(r'data-open href="([^"]+)#e-[0-9a-f]+"', answer.text):
                assert client.get(target).status_code == 200
        else:
            assert way.startswith("/map?box=")


def test_a_claim_is_listed_with_who_makes_it(client):
    html = client.get("/located?type=ASSAULT&place=geonames:92").text
    assert "ASSAULT · happened" in html and "The mayor" in html and "day not said" in html
    assert "place: Tindesund" in html
    assert "2031-04-14" in client.get("/located?kind=event&place=geonames:91").text  # Monday


def test_close_marks_are_one_and_come_apart_on_a_closer_look(client):
    world = marks(client.get("/map?kind=event").text)
    (cluster,) = [way for _, way, says in world if says.startswith("2 places around")]
    near = [says.split(" (")[0] for _, _, says in marks(client.get(cluster).text)]
    assert sorted(near) == ["Skarvik", "Tindesund"]


def test_the_map_moves_by_links(client):
    html = client.get("/map?box=4,59,7,61").text
    ways = {name: unescaped(way) for way, name in re.findall(r'<a class="button" href="([^"]+)">(\w+)</a>', html)}
    assert set(ways) == {"Closer", "Wider", "West", "East", "North", "South"}
    sides = {name: [float(side) for side in way.split("box=")[1].split("%2C")] for name, way in ways.items()}
    assert sides["West"][0] < sides["Wider"][0] + 5 < sides["East"][0] + 9
    assert sides["West"][2] < sides["East"][2] and sides["South"][1] < sides["North"][1]
    assert sides["Closer"][2] - sides["Closer"][0] < sides["Wider"][2] - sides["Wider"][0]
    for way in ways.values():
        assert client.get(way).status_code == 200


def test_geojson_has_no_point_for_a_country(client):
    answer = client.get("/map.geojson")
    assert answer.headers["content-type"] == "application/geo+json"
    features = {f["properties"]["name"]: f for f in answer.json()["features"]}
    assert features["Norway"]["geometry"] is None and features["Crimea"]["geometry"] is None
    assert features["Skarvik"]["geometry"] == {"type": "Point", "coordinates": [5.3, 60.4]}
    assert features["Skarvik"]["id"] == "geonames:91" and features["Skarvik"]["properties"]["events"] == 1
    assert features["Crimea"]["properties"]["contested"]


def test_csv_has_the_same_rows(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/map.csv").text.removeprefix(BYTE_ORDER_MARK))))
    by_name = {row["name"]: row for row in rows}
    assert len(rows) == 7 and by_name["Norway"]["lat"] == "" and by_name["Skarvik"]["lon"] == "5.3"
    listed = csv.DictReader(io.StringIO(client.get("/located.csv?kind=event").text.removeprefix(BYTE_ORDER_MARK)))
    assert [row["words"] for row in listed] == ["marched", "beat", "Shots", "strike", "met"]
    lines = [json.loads(line) for line in client.get("/located.jsonl?place=geonames:95").text.splitlines()]
    assert [line["entry"]["value"]["kind"] for line in lines] == ["event", "place", "place"]


def test_names_are_escaped_everywhere(client):
    for path in ("/map", "/map?box=0,0,2,2", "/located", "/located?place=geonames:97"):
        html = client.get(path).text
        assert "<script>alert" not in html and "<img src=x" not in html
    assert "&lt;script&gt;" in client.get("/map?box=0,0,2,2").text


def test_an_empty_ledger_has_an_empty_map(empty_room):
    html = empty_room.get("/map").text
    assert "0 places on this map" in html and not marks(html)
    assert empty_room.get("/map.geojson").json() == {"type": "FeatureCollection", "features": []}


def test_places_of_one_point_lead_to_their_list(tmp_path, room):
    document = article([("paragraph", "Alvik and Belvik met.")], published="2031-04-16")
    values = [
        Place(span=find(document.text, name), name=name, gazetteer_id=f"geonames:{n}", lat=10.0, lon=10.0, **TOWN)
        for n, name in enumerate(("Alvik", "Belvik"))
    ]
    path = tmp_path / "twins.db"
    with Ledger.open(path, create=True) as ledger:
        run = ledger.begin_run("1", (), started=WHEN)
        ledger.add(raw_of(document.text), document, [entry(document, value) for value in values], run=run)
    client = TestClient(room(path), base_url=HERE)
    ((_, way, says),) = marks(client.get("/map").text)
    assert says.startswith("2 places") and way.startswith("/located?box=")
    assert "2 events and names" in client.get(way).text


# In a browser


@pytest.fixture(scope="module")
def pages(map_path):
    from playwright.sync_api import sync_playwright

    with answering(map_path) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser, base
        browser.close()


WAYS = ("/map", "/map?box=3,58,9,62", "/located", "/located?place=geonames:91")
in_browser = pytest.mark.skipif(MISSING, reason=f"no Chromium at {CHROMIUM}")


@pytest.mark.browser
@in_browser
def test_no_violation_nothing_sideways_and_nothing_refused(pages):
    from axe_playwright_python.sync_playwright import Axe

    browser, base = pages
    context = browser.new_context(base_url=base)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = {}
    for way in WAYS:
        for width, scheme in ((1280, "light"), (320, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            page.goto(way)
            options = {"runOnly": {"type": "tag", "values": tags}, "resultTypes": ["violations"]}
            wrong = Axe().run(page, options=options).response["violations"]
            found |= {(way, width, v["id"]): [n["html"][:120] for n in v["nodes"]][:3] for v in wrong}
            assert page.evaluate("document.documentElement.scrollWidth") <= width, way
    context.close()
    assert not found and not said


@pytest.mark.browser
@in_browser
def test_the_keyboard_alone_goes_from_a_mark_to_its_words_without_script(pages):
    browser, base = pages
    context = browser.new_context(base_url=base, java_script_enabled=False)
    page = context.new_page()
    page.goto("/map?box=3,58,9,62&kind=event")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(".sheet a:focus").count():
            break
    assert "Skarvik (town); events: 1; articles: 1" in (page.locator(".sheet a:focus").get_attribute("aria-label"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/located?**")
    assert page.locator(".rows .passage").first.inner_text().startswith("Dockers marched in Skarvik")
    context.close()
