"""The scorer of time expressions reads gold files as they are, and counts what it says it counts."""

from pathlib import Path

from evals.tempeval import GoldTimex, meantime, timeml
from evals.timexes import align, score_set

from onrecord.model import Span, Timex

TIMEML = """<?xml version="1.0" ?>
<TimeML>
<DCT><TIMEX3 tid="t0" type="DATE" value="2026-11-19">November 19, 2026</TIMEX3></DCT>
<TEXT>
Ministers &amp; pilots <EVENT eid="e1">met</EVENT> on <TIMEX3 tid="t1" type="DATE" value="2026-11-17">Tuesday</TIMEX3>.

They <EVENT eid="e2">rest</EVENT> <TIMEX3 tid="t2" type="DATE" value="2026-12">next month</TIMEX3>, for
<TIMEX3 tid="t3" type="DURATION" value="P9W">three weeks</TIMEX3>, by and by.
</TEXT>
</TimeML>
"""

MEANTIME = """<?xml version="1.0" ?>
<Document doc_name="x">
<token number="0" sentence="0" t_id="1">Quay</token><token number="1" sentence="0" t_id="2">falls</token>
<token number="2" sentence="1" t_id="3">May</token><token number="3" sentence="1" t_id="4">4</token>
<token number="4" sentence="2" t_id="5">It</token><token number="5" sentence="2" t_id="6">fell</token>
<token number="6" sentence="2" t_id="7">yesterday</token><token number="7" sentence="2" t_id="8">.</token>
<token number="8" sentence="6" t_id="9">Tomorrow</token>
<Markables>
<TIMEX3 functionInDocument="CREATION_TIME" type="DATE" value="2021-05-04">
<token_anchor t_id="3"/><token_anchor t_id="4"/></TIMEX3>
<TIMEX3 functionInDocument="NONE" type="DATE" value="2021-05-03"><token_anchor t_id="7"/></TIMEX3>
</Markables>
</Document>
"""


def test_timeml(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML, encoding="utf-8")
    (item,) = timeml(tmp_path)
    text = item.document.text
    assert item.document.published == "2026-11-19"
    assert [(text[g.start : g.end], g.value) for g in item.gold] == [
        ("Tuesday", "2026-11-17"),
        ("next month", "2026-12"),
        ("three weeks", "P9W"),
    ]
    assert "Ministers & pilots met" in text
    assert [block.span.of(text).split()[0] for block in item.document.blocks] == ["Ministers", "They"]


def test_scores(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TIMEML, encoding="utf-8")
    scores = {score.name: score for score in score_set("Invented", list(timeml(tmp_path)))}
    assert scores["Invented span exact"].value == 1
    assert scores["Invented span overlap"].value == 1
    assert scores["Invented value"].value == round(2 / 3, 4)
    assert scores["Invented value"].n == 3


def test_meantime_leaves_out_the_date_line_and_what_nobody_annotated(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.xml").write_text(MEANTIME, encoding="utf-8")
    (item,) = meantime(tmp_path)
    assert item.document.text == "Quay falls\n\nIt fell yesterday."
    assert item.document.published == "2021-05-04"
    assert [(item.document.text[g.start : g.end], g.value) for g in item.gold] == [("yesterday", "2021-05-03")]


def test_each_expression_answers_for_one_only() -> None:
    gold = [GoldTimex(0, 4, "DATE", "2020"), GoldTimex(5, 9, "DATE", "2021")]
    found = [Timex(span=Span(start=0, end=9), type="DATE", value="2020"), Timex(span=Span(start=5, end=9), type="DATE")]
    assert [(g.start, t.span.start) for g, t in align(gold, found)] == [(0, 0), (5, 5)]
    assert align(gold, found[:1]) == [(gold[0], found[0])]
