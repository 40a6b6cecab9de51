"""What is said inside a content: what stands, what is held back, where it ends. Candidates and encoder by hand."""

import pytest

from onrecord.extract.encoder import Labelled
from onrecord.extract.statements import inner, likely
from onrecord.extract.statements.cues import table
from onrecord.extract.statements.inner import AGREED, SURE, inside
from onrecord.extract.statements.page import Candidate
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span

TEXT = "Ada said that Ben told her the mill had burned, and Cleo denied the fire."
OUTER = Spotted(
    sources=(Span(start=0, end=3),),
    cue=Span(start=4, end=8),
    contents=(Span(start=9, end=len(TEXT) - 1),),
    rule="encoder",
)


def span(words: str, text: str = TEXT) -> Span:
    return Span(start=text.index(words), end=text.index(words) + len(words))


def candidate(source: str | None, cue: str, content: str, lemma: str, construction: str = "clause") -> Candidate:
    return Candidate(
        construction=construction,
        lemma=lemma,
        at=span(cue).start,
        cue=span(cue),
        sources=(span(source),) if source else (),
        contents=(span(content),),
    )


TOLD = candidate("Ben", "told", "the mill had burned, and Cleo denied the fire", "tell")
DENIED = candidate("Cleo", "denied", "the fire", "deny", "object")


@pytest.fixture
def chances(monkeypatch):
    """The chance of each lemma, and the cues that the encoder finds."""
    given = {"tell": 0.9, "deny": 0.9}
    cues: list[Span] = []
    read: list[list[str]] = []

    def label(text, spans, quotations):
        read.append([one.of(text) for one in spans])
        return {"Cue": Labelled(cues, [0.0] * len(cues))}

    monkeypatch.setattr(inner, "likely", lambda one: given[one.lemma])
    monkeypatch.setattr(inner, "read", label)
    monkeypatch.setattr(inner, "label", lambda labelled: labelled)
    return given, cues, read


def cues_of(found: list[Spotted]) -> list[str]:
    return [one.cue.of(TEXT) for one in found if one.cue]


def test_a_content_ends_where_a_statement_beside_it_begins(chances):
    told, denied = inside(TEXT, [OUTER], [TOLD, DENIED], [])
    assert [c.of(TEXT) for c in told.contents] == ["the mill had burned"]
    assert [c.of(TEXT) for c in denied.contents] == ["the fire"]
    assert chances[2] == []


def test_the_encoder_is_asked_about_the_bare_content_where_there_is_doubt(chances):
    given, cues, read = chances
    given["deny"] = SURE - 0.1
    assert cues_of(inside(TEXT, [OUTER], [TOLD, DENIED], [])) == ["told"]
    cues.append(span("denied"))
    assert inside(TEXT, [OUTER], [TOLD, DENIED], [])[-1].score == AGREED
    assert read[0] == ["the mill had burned, and Cleo denied the fire"]


def test_outside_a_content_nothing_is_found(chances):
    assert inside(TEXT, [], [TOLD, DENIED], []) == []


def test_what_the_same_source_goes_on_to_say_is_not_inside(chances):
    assert inside(TEXT, [OUTER], [candidate("Ada", "told", "the mill had burned", "tell")], []) == []


@pytest.mark.parametrize(
    ("traits", "stands"),
    [
        (("who i", "form present"), False),
        (("who we", "form modal"), False),
        (("who i", "form past"), True),
        (("who he", "form present"), True),
        (("shown by a thing",), False),
        (("form to", "who it"), False),
    ],
)
def test_own_views_and_things_have_no_voice(chances, traits, stands):
    one = TOLD.__class__(**{**{f: getattr(TOLD, f) for f in TOLD.__struct_fields__}, "traits": traits})
    assert bool(inside(TEXT, [OUTER], [one], [])) is stands


@pytest.mark.parametrize(
    ("quoted", "name"),
    [('"Tell Them We Sailed"', True), ("‘She Says Goodbye’", True), ('"We told them so."', False), ('"Never"', False)],
)
def test_names_of_works_are_written_large(quoted, name):
    assert inner._is_name(quoted, Span(start=0, end=len(quoted))) is name


def test_a_word_never_seen_leans_on_its_kind():
    counts = table([("to", "vow", 10, 9), ("to", "walk", 10, 0)])
    assert counts.share("to", True) > counts.share("to", False)
    listed = dict(likely.features(candidate("Ben", "told", "the mill", "pledge", "to"), counts))
    other = dict(likely.features(candidate("Ben", "told", "the mill", "limp", "to"), counts))
    assert listed["rate"] > other["rate"]


def test_a_candidate_is_left_out_of_the_counts_that_it_is_learned_from():
    counts = table([("clause", "tell", 1, 1)])
    kept = dict(likely.features(TOLD, counts))["rate"]
    assert dict(likely.features(TOLD, counts, (1, 1)))["rate"] < kept
