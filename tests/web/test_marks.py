"""Marks that nest and cross become well-formed HTML in which every character of the text stands once."""

import re
import time
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.model import Span
from onrecord.web.marks import MAX_OPEN, Mark, render

CALM = settings(deadline=None, derandomize=True)  # how long it takes is tested below, on one case that counts


class Tree(HTMLParser):
    """Fails on a tag closed out of order; collects the text outside footnotes, and what marks each character."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.open, self.text, self.over = [], "", []
        self.feed(str(html))
        self.close()
        assert not self.open

    def handle_starttag(self, tag, attrs):
        self.open.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop()[0] == tag

    def handle_data(self, data):
        if any(tag == "sup" for tag, _ in self.open):
            return
        self.text += data
        self.over += [{attrs.get("data-ref") for _, attrs in self.open} - {None}] * len(data)


def all_of(text, marks):
    return Tree(render(text, Span(start=0, end=len(text)), marks))


@st.composite
def marked(draw):
    # A carriage return would be read back as a line feed by an HTML parser, and a NUL as nothing.
    text = draw(st.text(st.characters(exclude_characters="\r\0", exclude_categories=("Cs",)), min_size=1, max_size=40))
    spans = draw(st.lists(st.tuples(st.integers(0, len(text)), st.integers(0, len(text))), max_size=12))
    layers = st.sampled_from(["statement", "figure", "timex", "place", "hit"])
    marks = [
        Mark(Span(start=min(a, b), end=max(a, b)), draw(layers), f"r{i}", depth=1, number=i, last=True)
        for i, (a, b) in enumerate(spans)
    ]
    return text, marks


@CALM
@given(marked())
def test_every_character_stands_once_under_exactly_its_marks(case):
    text, marks = case
    tree = all_of(text, marks)
    assert tree.text == text
    for at, over in enumerate(tree.over):
        assert over == {mark.ref for mark in marks if mark.span.start <= at < mark.span.end}


@CALM
@given(marked(), st.integers(0, 40), st.integers(0, 40))
def test_a_part_of_a_text_shows_its_part_alone(case, a, b):
    text, marks = case
    start, end = sorted((min(a, len(text)), min(b, len(text))))
    assert Tree(render(text, Span(start=start, end=end), marks)).text == text[start:end]


@CALM
@given(marked())
def test_each_statement_has_one_footnote_after_its_last_character(case):
    text, marks = case
    html = render(text, Span(start=0, end=len(text)), marks)
    numbered = sorted(mark.number for mark in marks if len(mark.span))
    assert sorted(map(int, re.findall(r"<sup[^>]*><a[^>]*>(\d+)</a>", html))) == numbered


def test_marks_that_cross_are_cut_and_those_that_nest_are_not():
    text = "one two three"
    outer, inner = Mark(Span(start=0, end=13), "statement", "o", depth=1), Mark(Span(start=4, end=7), "figure", "i")
    assert render(text, Span(start=0, end=13), [inner, outer]).count("<span") == 2
    crossing = Mark(Span(start=6, end=13), "timex", "c")
    html = render(text, Span(start=0, end=13), [inner, crossing])
    assert html.count('data-ref="c"') == 2
    assert html.count("first") == 2


def test_of_two_marks_over_the_same_words_the_statement_is_outside():
    both = [Mark(Span(start=0, end=3), "figure", "f"), Mark(Span(start=0, end=3), "statement", "s", depth=2)]
    assert render("one", Span(start=0, end=3), both).startswith('<span class="statement d2 first"')


def test_depth_beyond_the_tints_takes_the_deepest():
    assert 'class="statement d3 first"' in render(
        "a", Span(start=0, end=1), [Mark(Span(start=0, end=1), "statement", depth=9)]
    )


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "&amp;", "'\"", "</span>"]
)
def test_hostile_words_are_words(words):
    mark = Mark(Span(start=0, end=len(words)), "figure", words, title=words, anchor=words)
    html = render(words, Span(start=0, end=len(words)), [mark])
    assert "<script" not in html
    assert "<img" not in html
    tree = Tree(html)
    assert tree.text == words
    assert unescape(re.search(r'title="([^"]*)"', html)[1]) == words


def test_a_pile_of_crossing_marks_stays_bounded():
    n = 3000
    text = "x " * n
    marks = [Mark(Span(start=i, end=n + i), "figure", str(i)) for i in range(n)]
    began = time.perf_counter()
    html = render(text, Span(start=0, end=len(text)), marks)
    assert Tree(html).text == text
    assert max(map(len, Tree(html).over)) == MAX_OPEN
    assert time.perf_counter() - began < 5
