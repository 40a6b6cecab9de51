"""The loop: outcomes in the order of the inputs, and what a worker's death leaves behind."""

import json

import pytest

from onrecord import pipeline
from onrecord.ledger import Ledger
from onrecord.pipeline import Added, Report, Unchanged
from onrecord.pool import WorkerDied
from onrecord.settings import Settings

pytestmark = pytest.mark.model
SETTINGS = Settings(jobs=1)


def clock():
    return "2031-04-16T08:00:00+00:00"


@pytest.fixture
def ledger(tmp_path):
    with Ledger.open(tmp_path / "p.db", create=True) as opened:
        yield opened


@pytest.fixture
def articles(tmp_path):
    path = tmp_path / "articles.jsonl"
    texts = [f"Crew {n} will sail on Monday, harbour master Ilse Brandt said." for n in range(3)]
    path.write_text("".join(json.dumps({"id": f"hp-{n}", "text": text}) + "\n" for n, text in enumerate(texts)))
    return path


def test_each_outcome_is_told_with_its_bytes_and_counted(ledger, articles):
    told = []
    report = pipeline.add([articles], ledger, SETTINGS, clock=clock, progress=lambda *each: told.append(each))
    assert [type(outcome) for outcome, _ in told] == [Added] * 3
    assert [outcome.name.rsplit(" ", 1)[1] for outcome, _ in told] == ["1", "2", "3"]
    assert sum(size for _, size in told) == len(articles.read_bytes()) - 3  # line ends
    assert (report.added, report.unchanged, report.words) == (3, 0, 33)
    assert report.entries == sum(outcome.entries for outcome, _ in told) > 0


def test_known_bytes_are_not_read_again(ledger, articles, monkeypatch):
    pipeline.add([articles], ledger, SETTINGS, clock=clock)
    monkeypatch.setattr(pipeline, "read", lambda *_, **__: pytest.fail("was read again"))
    report = pipeline.add([articles], ledger, SETTINGS, clock=clock)
    assert (report.added, report.unchanged, report.failures) == (0, 3, [])
    assert len(ledger.runs()) == 1


def test_the_same_bytes_twice_in_one_run_are_one_article(ledger, articles, tmp_path):
    twin = tmp_path / "twin.jsonl"
    twin.write_bytes(articles.read_bytes())
    report = pipeline.add([articles, twin], ledger, SETTINGS, clock=clock)
    assert (report.added, report.unchanged) == (3, 3)


def test_a_newer_step_supersedes_and_keeps(ledger, articles, monkeypatch):
    pipeline.add([articles], ledger, SETTINGS, clock=clock)
    before = {row.entry.id for row in ledger.entries(kinds=("statement",)).rows}
    assert before
    steps = tuple(step for step in pipeline.STEPS if pipeline.Statement not in (step.gives, *step.needs))
    monkeypatch.setattr(pipeline, "STEPS", steps)
    monkeypatch.setattr(pipeline, "EXTRACTION", "another")
    report = pipeline.add([articles], ledger, SETTINGS, clock=clock)
    assert (report.added, report.unchanged) == (3, 0)
    assert ledger.entries(kinds=("statement",)).rows == ()
    kept = ledger.entries(kinds=("statement",), statuses=("superseded",)).rows
    assert {row.entry.id for row in kept} == before


def test_the_version_of_the_extraction_is_that_of_every_step():
    assert len(pipeline.EXTRACTION) == 12
    changed = pipeline.version_of((*pipeline.STEPS[:-1], pipeline.STEPS[-1]._replace(version="statements/999")))
    assert pipeline.version_of(pipeline.STEPS) == pipeline.EXTRACTION != changed


def test_an_article_that_its_reader_dies_on_is_a_failure_and_the_others_go_in(ledger, articles, monkeypatch):
    honest = pipeline.in_order

    def deadly(work, tasks, *, jobs):
        for number, (task, result) in enumerate(honest(work, tasks, jobs=jobs)):
            yield task, WorkerDied() if number == 1 else result

    monkeypatch.setattr(pipeline, "in_order", deadly)
    report = pipeline.add([articles], ledger, SETTINGS, clock=clock)
    assert report.added == 2
    (failure,) = report.failures
    assert failure.name.endswith("line 2") and failure.cause == "the reader died on it" and failure.step
    assert [row.cause for row in ledger.failures()] == ["the reader died on it"]


def test_a_fault_in_an_extractor_fails_one_article_by_name(ledger, articles, monkeypatch):
    honest = pipeline.extract

    def faulty(document):
        if "Crew 1" in document.text:
            raise ValueError("off by one")
        return honest(document)

    monkeypatch.setattr(pipeline, "extract", faulty)
    report = pipeline.add([articles], ledger, SETTINGS, clock=clock)
    assert report.added == 2
    assert "a fault in onrecord" in report.failures[0].cause and "ValueError: off by one" in report.failures[0].cause
    assert [row.external_id for row in ledger.documents().rows] == ["hp-0", "hp-2"]


def test_a_report_counts_every_kind_of_outcome():
    report = Report()
    for outcome in (Added("a", "1", 5, 10), Added("b", "2", 1, 2), Unchanged("c"), pipeline.Skipped("d", "hidden")):
        report.count(outcome)
    assert (report.added, report.entries, report.words, report.unchanged, len(report.skipped)) == (2, 6, 12, 1, 1)
