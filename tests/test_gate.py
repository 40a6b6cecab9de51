"""The gate: a score below its floor fails, and so does a corpus that is not the one the floor was measured on."""

import json
import sys

import pytest
from evals import gate
from evals.measure import Score

FLOORS = {"figures": {"corpus": "c1", "why": "first measured", "floors": {"value f1": 0.8}}}


@pytest.fixture
def run(monkeypatch, tmp_path, capsys):
    floors = tmp_path / "floors.json"
    floors.write_text(json.dumps(FLOORS))
    monkeypatch.setattr(gate, "FLOORS", floors)

    def run(value, *options, corpus="c1", name="value f1"):
        score = Score(family="figures", name=name, value=value, low=value, high=value, n=10)
        monkeypatch.setattr(gate, "_measured", lambda *_: [("figures", [score], corpus, 1.0)])
        monkeypatch.setattr(sys, "argv", ["evals", "--data", str(tmp_path), "--family", "figures", *options])
        code = gate.main()
        return code, capsys.readouterr().out, json.loads(floors.read_text())

    return run


def test_at_its_floor_a_score_passes(run):
    code, out, _ = run(0.8)
    assert code == 0 and out.endswith("1 passed, 0 failed\n")


def test_the_least_below_its_floor_fails(run):
    code, out, _ = run(0.7999)
    assert code == 1 and "BELOW ITS FLOOR" in out and out.endswith("0 passed, 1 failed\n")


def test_another_corpus_is_said_and_fails(run):
    code, out, _ = run(0.9, corpus="c2")
    assert code == 1 and "the corpus is another" in out


def test_a_floor_that_is_no_longer_measured_fails(run):
    code, out, _ = run(0.9, name="unit f1")
    assert code == 1 and "value f1" in out and "no longer measured" in out


def test_floors_are_written_only_with_a_reason(run, capsys):
    with pytest.raises(SystemExit):
        run(0.5, "--write-floors")
    assert "--why" in capsys.readouterr().err
    code, _, floors = run(0.56789, "--write-floors", "--why", "the unit table was wrong", corpus="c2")
    assert code == 0
    assert floors["figures"] == {
        "corpus": "c2",
        "why": "the unit table was wrong",
        "floors": {"value f1": 0.567},
    }


def test_a_digest_knows_names_and_contents(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "one").write_text("1")
    first = gate.digest(tmp_path, ("a",))
    (tmp_path / "a" / "one").rename(tmp_path / "a" / "two")
    assert gate.digest(tmp_path, ("a",)) != first
    (tmp_path / "a" / "two").rename(tmp_path / "a" / "one")
    assert gate.digest(tmp_path, ("a",)) == first


def test_every_floor_has_a_reason_and_a_known_family():
    floors = json.loads((gate.FLOORS).read_text("utf-8"))
    assert list(floors) == [family for family in gate.FAMILIES if family in floors]
    for floor in floors.values():
        assert floor["why"].strip() and floor["floors"] and len(floor["corpus"]) == 64
