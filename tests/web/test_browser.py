"""The reading room in a real Chromium: accessibility, narrow screens, the keyboard alone, no script, print."""

from dockers import dockers
from driver import CHROMIUM, FLAGS, MISSING, NEEDS_CHROMIUM, answering, opened, settled
from harbour import harbour, hostile

from onrecord.model import Commitment, Entity, Event, Statement

__all__ = ["CHROMIUM", "FLAGS", "MISSING", "answering"]  # for the tests of other rooms

pytestmark = NEEDS_CHROMIUM

DOCUMENT, ENTRIES = harbour()
BAD, BAD_ENTRIES = hostile()
STRIKE, STRIKE_ENTRIES = dockers()
EVENTS = [e for e in STRIKE_ENTRIES if isinstance(e.value, Event)]
PLEDGE = next(e for e in STRIKE_ENTRIES if isinstance(e.value, Commitment))
STATEMENTS = [e for e in ENTRIES if isinstance(e.value, Statement)]
OUTER, MIDDLE, INNER, SPLIT, BLOCK = STATEMENTS
MINISTER = next(e.value for e in ENTRIES if isinstance(e.value, Entity))
ARTICLE = f"/articles/{DOCUMENT.id}"
PAGES = {
    "start": "/",
    "articles": "/articles",
    "article": f"{ARTICLE}?q=auditor",
    "hostile article": f"/articles/{BAD.id}",
    "original": f"{ARTICLE}/source?at=20-60",
    "statements": "/statements?q=invoice",
    "statement": f"/s/{INNER.id}",
    "actors": "/actors",
    "actor": f"/actors/{MINISTER.key}-x",
    "figures": "/figures",
    "article with events": f"/articles/{STRIKE.id}",
    "article on an event": f"/articles/{STRIKE.id}#e-{EVENTS[0].id}",
    "article on a slot": f"/articles/{STRIKE.id}#w-{EVENTS[0].value.time.span.start}-{EVENTS[0].value.time.span.end}",
    "events": "/events",
    "event": f"/e/{EVENTS[0].id}",
    "hostile event": f"/e/{next(e.id for e in BAD_ENTRIES if isinstance(e.value, Event))}",
    "commitments": "/commitments",
    "commitments that are overdue": "/commitments?overdue=yes",
    "commitment": f"/e/{PLEDGE.id}",
    "timeline": "/timeline",
    "timeline of the saying": "/timeline?date=said",
    "timeline of one day": "/timeline?happened=2026-11-09",
    "what has no day": "/timeline?missing=day",
    "search": "/search?q=harbour",
    "failures": "/failures",
    "keys": "/help/keys",
    "no such page": "/nowhere",
}


def marked(page):
    """The number of the statement that is selected, in the panel and in the text."""
    return page.evaluate(
        """() => {
            const card = document.querySelector(".card.on");
            const mark = document.querySelector(".text .statement.on");
            return [card?.querySelector(".number").textContent.trim() ?? null,
                    card?.dataset.ref === mark?.dataset.ref];
        }"""
    )


def test_no_page_has_an_accessibility_violation_in_either_scheme(chromium, here):
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(base_url=here)
    page = context.new_page()
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    # All but contrast is the same in both schemes.
    runs = {"light": {"type": "tag", "values": tags}, "dark": {"type": "rule", "values": ["color-contrast"]}}
    found = {}
    for name, path in PAGES.items():
        page.goto(path)
        for scheme, rules in runs.items():
            page.emulate_media(color_scheme=scheme)
            options = {"runOnly": rules, "resultTypes": ["violations"]}
            if scheme == "light":  # brings axe into the page as well
                answer = Axe().run(page, options=options).response
            else:
                answer = page.evaluate("options => axe.run(document, options)", options)
            assert answer["passes"] or answer["incomplete"]
            if answer["violations"]:
                found[name, scheme] = [
                    (v["id"], [n["html"][:120] for n in v["nodes"]][:3]) for v in answer["violations"]
                ]
    context.close()
    assert not found


def test_nothing_scrolls_sideways_at_320_pixels(chromium, here):
    context = chromium.new_context(base_url=here, viewport={"width": 320, "height": 640})
    page = context.new_page()
    wide = {}
    for name, path in PAGES.items():
        page.goto(path)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            wide[name] = width
    context.close()
    assert not wide


def test_wider_spacing_of_text_breaks_nothing(page):
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(ARTICLE)
    page.evaluate(
        """() => { for (const node of document.querySelectorAll("*")) {
            node.style.setProperty("line-height", "1.5em", "important");
            node.style.setProperty("letter-spacing", "0.12em", "important");
            node.style.setProperty("word-spacing", "0.16em", "important");
        } }"""
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_keyboard_alone_goes_through_an_article(page):
    opened(page, "/")
    page.keyboard.press("g")
    page.keyboard.press("a")
    page.wait_for_url("**/articles")
    settled(page)
    page.keyboard.press("j")
    while "Harbour" not in page.evaluate("document.activeElement.textContent"):
        page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/articles/*")
    settled(page)
    page.keyboard.press("j")
    assert marked(page) == ["1", True]
    page.keyboard.press("j")
    assert marked(page) == ["2", True]
    page.keyboard.press("]")
    assert marked(page) == ["3", True]
    page.keyboard.press("[")
    page.keyboard.press("[")
    assert marked(page) == ["1", True]
    page.keyboard.press("k")
    assert marked(page) == ["1", True]
    page.wait_for_selector("#live:text('Ilse Brandtzaeg: the Harbour Authority')", state="attached")
    assert page.url.endswith(f"#s-{OUTER.id}")
    page.keyboard.press("y")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/s/{OUTER.id}")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/s/{OUTER.id}")
    settled(page)
    page.keyboard.press("Escape")
    page.wait_for_url("**/articles/*")


def test_layers_are_switched_by_their_numbers_and_stay_so(page):
    page.goto(ARTICLE)
    line = "getComputedStyle(document.querySelector('.text .figure')).textDecorationLine"
    settled(page)
    assert page.evaluate(line) == "underline"
    page.keyboard.press("2")
    assert page.evaluate(line) == "none"
    page.reload()
    settled(page)
    assert page.evaluate(line) == "none"
    page.keyboard.press("1")
    fill = "getComputedStyle(document.querySelector('.text .statement')).backgroundColor"
    assert page.evaluate(fill) == "rgba(0, 0, 0, 0)"


def test_single_keys_can_be_switched_off_and_changed(page):
    page.goto("/help/keys")
    settled(page)
    page.get_by_label("Key for: next row, next statement").fill("n")
    page.keyboard.press("Tab")
    opened(page, ARTICLE)
    page.keyboard.press("j")
    assert marked(page)[0] is None
    page.keyboard.press("n")
    assert marked(page) == ["1", True]
    page.goto("/help/keys")
    settled(page)
    page.get_by_label("Switch single keys off").check()
    opened(page, ARTICLE)
    page.keyboard.press("n")
    assert marked(page)[0] is None


def test_keys_are_words_while_a_field_is_typed_in(page):
    opened(page, ARTICLE)
    page.keyboard.press("/")
    page.keyboard.type("jgs1")
    assert page.evaluate("document.activeElement.value") == "jgs1"
    assert page.url.endswith(DOCUMENT.id)
    assert marked(page)[0] is None


def test_a_click_takes_the_innermost_statement_then_the_one_around_it(page):
    opened(page, ARTICLE)
    words = page.locator(".text .d3").first
    for number in ("3", "2", "1", "3"):
        words.click(position={"x": 20, "y": 10})
        assert marked(page) == [number, True]


def test_a_footnote_and_its_card_lead_to_each_other(page):
    opened(page, ARTICLE)
    page.get_by_role("link", name="Statement 4", exact=True).click()
    assert marked(page) == ["4", True]
    page.get_by_role("link", name="Statement 1, to its words in the text").click()
    assert marked(page) == ["1", True]


def test_a_link_to_a_statement_opens_on_it(page):
    page.goto(f"{ARTICLE}#s-{INNER.id}")
    page.wait_for_selector(".card.on")
    assert marked(page) == ["3", True]


def test_copied_words_are_the_words_of_the_article(page):
    page.goto(ARTICLE)
    copied = page.evaluate(
        """() => {
            getSelection().selectAllChildren(document.getElementById("b3"));
            return getSelection().toString();
        }"""
    )
    assert copied == DOCUMENT.blocks[3].span.of(DOCUMENT.text)


def test_without_script_all_can_be_read_searched_and_filtered(chromium, here):
    context = chromium.new_context(base_url=here, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("invoices")
    page.get_by_role("button", name="Search").click()
    page.locator(".rows a").first.click()
    assert page.locator("mark.hit").count() == 1
    page.get_by_role("link", name="Statement 4", exact=True).click()
    assert page.url.endswith(f"#c-{SPLIT.id}")
    page.locator("label", has_text="figures").locator("input").uncheck()
    assert page.locator(".text .figure").first.evaluate("n => getComputedStyle(n).textDecorationLine") == "none"
    page.goto("/statements")
    page.locator(".facet a", has_text="mixed").click()
    page.wait_for_url("**/statements?style=mixed")
    assert page.locator(".rows > li").count() == 2
    assert page.locator("#scheme").is_hidden()
    context.close()


def test_the_colours_are_chosen_and_kept(page):
    page.goto("/")
    ground = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(ground) == "rgb(253, 252, 249)"
    settled(page)
    page.get_by_label("Colours").select_option("dark")
    assert page.evaluate(ground) == "rgb(21, 24, 29)"
    page.goto("/articles")
    assert page.evaluate(ground) == "rgb(21, 24, 29)"
    page.emulate_media(media="print")
    assert page.evaluate(ground) == "rgb(253, 252, 249)"


def test_print_drops_the_controls_and_keeps_every_card_whole(page):
    page.goto(ARTICLE)
    page.emulate_media(media="print")
    assert not page.locator(".top form").is_visible()
    assert page.locator(".card").count() == len(STATEMENTS)
    assert page.evaluate("getComputedStyle(document.querySelector('.panel')).position") == "static"
    assert page.get_by_text("Sign up for our letter").is_visible()


def test_forced_colours_keep_statements_apart_by_a_line(chromium, here):
    context = chromium.new_context(base_url=here, forced_colors="active")
    page = context.new_page()
    page.goto(ARTICLE)
    style = page.evaluate("getComputedStyle(document.querySelector('.text .statement')).borderBottomStyle")
    context.close()
    assert style == "solid"


def test_nothing_is_asked_of_another_site(page, here):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for path in PAGES.values():
        page.goto(path)
    assert asked
    assert all(url.startswith(here) for url in asked)
