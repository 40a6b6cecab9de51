"""Events and commitments in a real Chromium: each slot is chosen on its own words, with script and without."""

import time

from dockers import dockers
from driver import NEEDS_CHROMIUM, opened, settled

from onrecord.model import Event

pytestmark = NEEDS_CHROMIUM

STRIKE, STRIKE_ENTRIES = dockers()
EVENTS = [e for e in STRIKE_ENTRIES if isinstance(e.value, Event)]


def lit(page):
    """The words in the text that are marked as chosen, and the rows of the panel that are."""
    return page.evaluate(
        """() => {
            const words = (node) => (node.id.startsWith("a-") ? node.id : node.textContent);
            const chosen = (where) => [...document.querySelectorAll(where)].map(words);
            return [".text .on:not(.on .on)", ".panel .on"].map(chosen);
        }"""
    )


def until(holds):
    """Wait for what the page is about to do; its policy lets no test put code into it."""
    ends = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < ends
        time.sleep(0.05)


def test_a_slot_of_an_event_opens_on_its_words_and_the_event_on_its_own(page):
    act = EVENTS[0]
    opened(page, f"/articles/{STRIKE.id}")
    row = page.locator(f"#a-{act.id}")
    row.get_by_role("link", name="Monday").click()
    assert lit(page) == [["Monday"], [f"a-{act.id}"]]
    assert "#w-" in page.url
    row.get_by_role("link", name="blocked", exact=True).click()
    assert lit(page) == [["blocked", "blockade"], [f"a-{act.id}"]]
    parts = page.evaluate("[...document.querySelectorAll('.text .slot.part')].map((node) => node.textContent)")
    assert parts == ["Monday", "about 400 dockers", "Vesterhavn", "blockade"]
    assert page.url.endswith(f"#e-{act.id}")
    page.keyboard.press("y")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/e/{act.id}")
    page.keyboard.press("Escape")
    assert lit(page) == [[], []]
    page.locator(f"#e-{act.id}").click()
    assert lit(page)[1] == [f"a-{act.id}"]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/e/{act.id}")
    settled(page)
    assert page.get_by_label("Citation").input_value().endswith(f"/e/{act.id}")
    page.get_by_role("button", name="Copy citation").click()
    page.wait_for_selector("#live:text('Citation copied')", state="attached")
    page.keyboard.press("j")
    page.wait_for_url(f"**/e/{EVENTS[1].id}")


def test_a_slot_opens_on_its_words_without_script(chromium, here):
    context = chromium.new_context(base_url=here, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"/articles/{STRIKE.id}")
    page.locator(f"#a-{EVENTS[0].id}").get_by_role("link", name="Vesterhavn").click()
    target = page.locator(".text :target")
    assert target.inner_text() == "Vesterhavn"
    assert target.evaluate("node => getComputedStyle(node).outlineStyle") == "solid"
    page.locator(f"#a-{EVENTS[0].id}").get_by_role("link", name="event page").click()
    page.get_by_role("link", name="about 400 dockers").first.click()
    assert page.locator("#at").inner_text() == "about 400 dockers"
    context.close()


def test_a_link_that_is_followed_on_the_page_marks_what_it_means(page):
    first, second = EVENTS[:2]
    opened(page, f"/articles/{STRIKE.id}#e-{first.id}")
    assert lit(page)[0] == ["blocked", "blockade"]
    page.evaluate(f"location.hash = 'e-{second.id}'")
    page.wait_for_selector(f"#a-{second.id}.on")
    assert lit(page)[0] == ["talks"]
    page.go_back()
    page.wait_for_selector(f"#a-{first.id}.on")


def test_the_keys_step_through_the_kind_that_is_chosen(page):
    opened(page, f"/articles/{STRIKE.id}#e-{EVENTS[1].id}")
    page.keyboard.press("j")
    assert lit(page)[1] == [f"a-{EVENTS[2].id}"]
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("k")
    assert lit(page)[1] == [f"a-{EVENTS[0].id}"]
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.evaluate("document.querySelector('.card.on .number').textContent.trim()") == "1"


def test_the_keyboard_alone_goes_through_the_lists(page):
    opened(page, "/")
    for key in "gc":
        page.keyboard.press(key)
    page.wait_for_url("**/commitments")
    settled(page)
    for key in "ge":
        page.keyboard.press(key)
    page.wait_for_url("**/events")
    settled(page)
    page.get_by_label("Who says so").fill("union")
    page.keyboard.press("Enter")
    page.wait_for_url("**/events?voice=union")
    settled(page)
    assert page.get_by_role("status").inner_text() == "1 event"
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/articles/*#e-{EVENTS[3].id}")
    settled(page)
    assert lit(page)[1] == [f"a-{EVENTS[3].id}"]


def test_in_one_column_the_way_back_from_the_words_is_the_browsers(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(reduced_motion="reduce")
    opened(page, f"/articles/{STRIKE.id}")
    link = page.locator(f"#a-{EVENTS[3].id}").get_by_role("link", name="Two men")
    link.scroll_into_view_if_needed()
    at = page.evaluate("scrollY")
    link.click()
    page.wait_for_selector(".text .slot.on")
    until(lambda: page.evaluate("scrollY") < at - 200)
    assert lit(page)[0] == ["Two men"]
    page.go_back()
    until(lambda: abs(page.evaluate("scrollY") - at) < 40)


def test_a_passage_that_a_search_opens_is_marked(page):
    opened(page, f"/articles/{STRIKE.id}#b2")
    assert page.locator("#b2").evaluate("node => getComputedStyle(node).outlineStyle") == "solid"


def test_what_is_chosen_is_brought_into_view_in_the_panel_as_well(page):
    page.set_viewport_size({"width": 1280, "height": 420})
    opened(page, f"/articles/{STRIKE.id}")
    for event in EVENTS:
        page.evaluate(f"location.hash = 'e-{event.id}'")
        page.wait_for_selector(f"#a-{event.id}.on")
        until(
            lambda id_=event.id: page.evaluate(
                """(id) => {
                    const row = document.getElementById(id).getBoundingClientRect();
                    const panel = document.querySelector(".panel").getBoundingClientRect();
                    return row.top >= panel.top - 1 && row.top < panel.bottom - Math.min(row.height, 100);
                }""",
                f"a-{id_}",
            )
        )
