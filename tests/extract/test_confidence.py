"""The confidence of a statement: surer signs never count against it; an inner one is no surer than its outer one."""

import math

from evals.calibration import Answer, area, bins, calibration_error
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.chances import LEAST, MOST
from onrecord.extract.encoder.sureness import Sureness, sureness
from onrecord.extract.encoder.tagging import STATEMENTS
from onrecord.extract.statements.confidence import confidence, table
from onrecord.extract.statements.evidence import Evidence, least
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span

logs = st.floats(-30, 0)
sure = st.builds(Sureness, logs, logs, logs, logs)
evidence = st.builds(Evidence, st.none() | sure, st.none() | sure, st.none() | sure, st.none() | st.floats(0, 1))
AT = Span(start=0, end=3)


def spotted(rule="encoder", score=None, evidence=None, sources=(AT,)):
    cue, content = Span(start=4, end=8), Span(start=9, end=20)
    return Spotted(sources=sources, cue=cue, contents=(content,), rule=rule, score=score, evidence=evidence)


@given(evidence)
def test_any_evidence_gives_a_probability(known):
    assert LEAST <= confidence(spotted(evidence=known), None, table()) <= MOST


@given(evidence.filter(lambda e: e.cue and e.content and e.source), st.sampled_from(("cue", "content", "source")), logs)
def test_a_surer_beginning_never_counts_against(known, role, better):
    own = getattr(known, role)
    more = known._replace(**{role: own._replace(first=max(own.first, better))})
    assert confidence(spotted(evidence=more), None, table()) >= confidence(spotted(evidence=known), None, table())


@given(st.floats(0, 1), st.floats(0, 1), st.floats(LEAST, 1))
def test_inside_another_the_rate_counts_and_the_outer_one_bounds(one, other, outer):
    low, high = (confidence(spotted("clause", rate), outer, table()) for rate in sorted((one, other)))
    assert low <= high <= max(LEAST, round(outer, 3))


def test_what_the_layout_finds_has_the_share_of_its_rule_else_its_own_score():
    shares = {"own level": {}, "inside": {}, "rules": {"label": 0.75}}
    assert confidence(spotted("label", 0.9), None, shares) == 0.75
    assert confidence(spotted("block", 0.6), None, shares) == 0.6
    assert confidence(spotted("block"), None, shares) is None


def test_no_source_counts_against():
    known = Evidence(*[Sureness(-0.1, -0.1, -0.1, -0.1)] * 2)
    with_source = known._replace(source=known.cue)
    assert confidence(spotted(evidence=known, sources=()), None, table()) < confidence(
        spotted(evidence=with_source), None, table()
    )


def test_sureness_is_of_the_labels_and_of_the_word_after():
    cue, inside = STATEMENTS.index("B-Cue"), STATEMENTS.index("I-Cue")
    rows = [[math.log(0.01)] * len(STATEMENTS) for _ in range(3)]
    rows[0][cue], rows[1][inside], rows[2][0], rows[2][inside] = map(math.log, (0.9, 0.6, 0.7, 0.25))
    found = sureness(rows, [cue, inside, 0], 0, 2)
    assert [round(math.exp(value), 3) for value in found] == [round(math.sqrt(0.54), 3), 0.6, 0.9, 0.75]
    assert sureness(rows[:2], [cue, inside], 0, 2).last == 0
    assert least([None, found, Sureness(-9, 0, 0, 0)]) == (-9, found.least, found.first, found.last)
    assert least([None]) is None


def answers(*pairs):
    return [Answer(0, chance, right) for chance, right in pairs]


def test_a_confidence_that_means_what_it_says_has_no_error():
    honest = answers(*[(0.8, True)] * 8, *[(0.8, False)] * 2)
    assert [b.n for b in bins(honest, 3)] == [3, 3, 4]
    assert round(calibration_error(answers(*[(0.5, i % 2 == 0) for i in range(1000)])), 6) == 0
    assert round(calibration_error(answers(*[(0.9, i % 2 == 0) for i in range(1000)])), 6) == 0.4
    assert calibration_error([]) == 0


def test_right_ranked_above_wrong():
    assert area(answers((0.9, True), (0.8, True), (0.2, False))) == 1
    assert area(answers((0.1, True), (0.8, False))) == 0
    assert area(answers((0.5, True), (0.5, False), (0.5, True))) == 0.5
    assert area(answers((0.5, True))) == 0.5
