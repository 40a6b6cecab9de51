"""What stands around the encoder, without it: pieces, windows, paths of labels, links."""

import itertools
import re

import numpy
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.encoder import NOTHING, Reading, labels, network
from onrecord.extract.encoder.tagging import NAMES, STATEMENTS, allowed, best_path, spans
from onrecord.extract.encoder.windows import CLASS, END, PARAGRAPH, SIZE, Word, windows
from onrecord.extract.encoder.wordpiece import pieces, vocabulary
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements import learned
from onrecord.extract.statements.linking import choose
from onrecord.model import Span

words = st.text(alphabet="abcé .,“”'-\n🙂ß漢_0", max_size=60)


def test_pieces_are_those_of_the_published_vocabulary() -> None:
    names = {number: piece for piece, number in vocabulary().items()}
    assert [names[p.id] for p in pieces("Harbourside “unsafe”, Élodie said.")] == [
        "harbour", "##side", "“", "unsafe", "”", ",", "el", "##od", "##ie", "said", ".",
    ]  # fmt: skip


@given(words)
def test_pieces_stand_in_order_and_cover_every_letter(text: str) -> None:
    found = pieces(text)
    first = [p for p in found if p.first]
    assert all(a.end <= b.start for a, b in itertools.pairwise(first))
    covered = {i for p in found for i in range(p.start, p.end)}
    assert all(i in covered for i, c in enumerate(text) if c.isalnum())


@given(st.lists(words, max_size=12), st.integers(1, 40))
def test_every_word_is_in_one_window_and_no_window_is_too_long(paragraphs: list[str], times: int) -> None:
    texts = [" ".join([p.replace("\n", " ")] * times) for p in paragraphs]
    text = "\n\n".join(texts)
    places, at = [], 0
    for one in texts:
        places.append((at, at + len(one)))
        at += len(one) + 2
    made = list(windows(text, places, []))
    wanted = [(p.start, p.end) for a, b in places for p in pieces(text, a, b) if p.first]
    assert [(w.start, w.end) for window in made for w in window.words] == wanted
    for window in made:
        assert len(window.ids) == len(window.kinds) <= SIZE
        assert (window.ids[0], window.ids[-1]) == (CLASS, END)


def test_paragraphs_that_fit_share_a_window_with_a_mark_between() -> None:
    (window,) = windows("One.\n\nTwo.", [(0, 4), (6, 10)], [])
    assert window.ids.count(PARAGRAPH) == 1


def test_a_piece_tells_the_letters_of_its_word_and_how_deep_in_quotation_marks_it_stands() -> None:
    text = 'Ann said: "NATO calls it ‘my McBride plan’." So it is.'
    outer = Quotation(parts=(Span(start=text.index('"'), end=text.index('" So') + 1),))
    inner = Quotation(parts=(Span(start=text.index("‘"), end=text.index("’") + 1),))
    (window,) = windows(text, [(0, len(text))], [outer, inner])
    kinds = {text[word.start : word.end]: window.kinds[word.row] for word in window.words}
    assert [kinds[word] for word in ("Ann", "said", "NATO", "calls", "my", "McBride", "So")] == [1, 0, 5, 3, 6, 8, 1]


scores = st.lists(st.lists(st.floats(-9, 0), min_size=len(STATEMENTS), max_size=len(STATEMENTS)), max_size=8)


EVEN = [[0.0] * len(STATEMENTS) for _ in STATEMENTS]


@given(scores)
def test_a_path_is_never_broken(rows: list[list[float]]) -> None:
    path = best_path(rows, EVEN)
    assert len(path) == len(rows)
    assert all(allowed(STATEMENTS[a], STATEMENTS[b]) for a, b in itertools.pairwise(path))
    assert not path or not STATEMENTS[path[0]].startswith("I-")
    for role, first, last in spans(path):
        assert all(STATEMENTS[label].endswith(role) for label in path[first:last])


def test_a_single_doubtful_word_does_not_break_a_span() -> None:
    begin, inside = STATEMENTS.index("B-Content"), STATEMENTS.index("I-Content")
    sure = [-5.0] * len(STATEMENTS)
    rows = [list(sure) for _ in range(3)]
    rows[0][begin] = rows[2][inside] = -0.1
    rows[1][0], rows[1][inside] = -0.6, -0.8
    assert best_path(rows, EVEN) == [begin, inside, inside]


def test_what_seldom_follows_needs_better_evidence() -> None:
    begin, inside = STATEMENTS.index("B-Cue"), STATEMENTS.index("I-Cue")
    rows = [[-5.0] * len(STATEMENTS) for _ in range(2)]
    rows[0][begin], rows[1][begin], rows[1][inside] = -0.1, -0.5, -0.9
    assert best_path(rows, EVEN) == [begin, begin]
    seldom = [list(row) for row in EVEN]
    seldom[begin][begin] = -1.0
    assert best_path(rows, seldom) == [begin, inside]


def test_a_source_goes_to_the_cue_beside_it() -> None:
    text = "The mayor said the bridge was shut, and the union warned that it would strike."
    cues = [Span(start=10, end=14), Span(start=text.index("warned"), end=text.index("warned") + 6)]
    sources = [Span(start=0, end=9), Span(start=text.index("the union"), end=text.index("the union") + 9)]
    chosen = [choose(text, "source", source, cues, sources) for source in sources]
    assert [c.cue for c in chosen if c] == [0, 1]
    assert all(c is not None and 0.5 < c.probability <= 1 for c in chosen)


def test_a_span_with_no_cue_near_belongs_to_none() -> None:
    assert choose("Nobody spoke.", "content", Span(start=0, end=6), [], []) is None


def test_a_content_far_from_its_statement_is_not_part_of_it() -> None:
    text = "He touted his record while needling such rivals of his as Odd Brekke, and reminded all that he paid."
    cue, near, far = (
        Span(start=text.index(w), end=text.index(w) + len(w)) for w in ("touted", "his record", "he paid")
    )
    assert learned._joined(text, [cue], [near, far]) == [near]
    beside = Span(start=near.end + 1, end=near.end + 6)
    assert learned._joined(text, [cue], [beside, near]) == [near, beside]


def test_a_reading_has_the_words_of_its_paragraph_whatever_the_windows(monkeypatch) -> None:
    text = "Ann saw Oslo.\n\n" + "Bo went home. " * 120 + "\n\nCy slept."
    paragraphs = [Span(start=m.start(), end=m.end()) for m in re.finditer(r"[^\n]+", text)]

    def run(window):
        # Each word's row holds where the word starts, so that a row which went astray is seen.
        rows = numpy.array([[word.start] for word in window.words])
        return rows, -rows

    monkeypatch.setattr(network, "_run", run)
    readings = network.read(text, paragraphs, [])
    for paragraph, reading in zip(paragraphs, readings, strict=True):
        words = [
            match.start()
            for match in re.finditer(r"\w+|[.]", text)
            if match.start() in range(paragraph.start, paragraph.end)
        ]
        assert [word.start for word in reading.words] == words
        assert reading.statements.tolist() == [[start] for start in words]
        assert reading.names.tolist() == [[-start] for start in words]
    assert network.read(text, [], []) == []


def test_names_are_the_best_path_of_the_words_that_may_be_one() -> None:
    begin, inside, other = NAMES.index("B-Person"), NAMES.index("I-Person"), NAMES.index("I-Location")
    rows = numpy.full((6, len(NAMES)), -20.0)
    rows[:, 0] = 0.0
    rows[1, [0, begin]] = -3.0, -0.05
    rows[2, [0, inside, other]] = -3.0, -0.3, -0.2
    rows[4, [0, other]] = -0.4, -0.3  # an inside without a beginning
    words = [Word(i, 10 * i, 10 * i + 4) for i in range(6)]
    found = list(labels.names(Reading(words, None, rows), [[0.0] * len(NAMES) for _ in NAMES]))
    assert found == [(Span(start=10, end=24), "Person")]
    assert list(labels.names(NOTHING, [])) == []
