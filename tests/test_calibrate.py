"""Learning the confidence: weights that made the data come back, and no article is judged by itself."""

import math
import random
from xml.etree import ElementTree

from evals.calibration import Bin
from evals.reliability import diagram, wilson
from training.logistic import fit
from training.statements import calibrate
from training.statements.calibrate import RIDGE, Judged, crossed, learn

from onrecord.extract.encoder.sureness import Sureness
from onrecord.extract.statements.evidence import Evidence
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Span


def test_the_weights_that_made_the_data_come_back():
    rng = random.Random(1)
    rows = []
    for _ in range(6000):
        x = rng.gauss(0, 1)
        rows.append(((("any", 1.0), ("x", x)), rng.random() < 1 / (1 + math.exp(-(0.5 + 1.5 * x)))))
    weights = fit(rows, RIDGE)
    assert abs(weights["any"] - 0.5) < 0.1 and abs(weights["x"] - 1.5) < 0.12
    assert fit([], RIDGE) == {}


def judged(article, right, chance=0.8, rule="encoder"):
    sure = Sureness(*[math.log(chance)] * 4)
    cue, content = Span(start=4, end=8), Span(start=9, end=20)
    known = Evidence(sure, sure, sure, 1.0) if rule == "encoder" else None
    return Judged(article, Spotted(cue=cue, contents=(content,), rule=rule, score=0.9, evidence=known), right)


def test_few_of_a_rule_lean_on_the_others():
    table = learn([judged(0, True, rule="label"), *[judged(1, False, rule="alone")] * 20], ())
    assert table["rules"]["alone"] < 0.1 < table["rules"]["label"] < 0.5


def test_each_article_is_judged_by_the_others(monkeypatch):
    rows = [judged(number, number % 2 == 0) for number in range(20)]
    without = []
    monkeypatch.setattr(
        calibrate, "learn", lambda own, inner: without.append({j.article for j in own}) or learn(own, ())
    )
    answers = crossed(rows)
    assert len(answers) == 20 and all(0 < a.chance < 1 for a in answers)
    assert [set(range(20)) - seen for seen in without] == [{fold, fold + 10} for fold in range(10)]


def test_the_diagram_has_a_point_a_bin_where_it_belongs():
    rows = [Bin(n=20, said=0.5, right=0.4), Bin(n=20, said=1.0, right=1.0)]
    root = ElementTree.fromstring(diagram(rows, 0.05))
    points = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter("{http://www.w3.org/2000/svg}circle")]
    (middle, lower), (edge, top) = points
    assert middle < edge and top < lower
    assert "40 statements" in root[0].text and "0.050" in root[0].text
    assert root.get("role") == "img"


def test_an_interval_of_a_share():
    low, high = wilson(0.5, 100)
    assert round(low, 3) == 0.404 and round(high, 3) == 0.596
    assert wilson(1.0, 10)[1] <= 1.0000001 and wilson(1.0, 10)[0] < 0.75
