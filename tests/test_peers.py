"""The peers are asked and understood without being there: invented answers, and a tool of three lines."""

import json
import subprocess
import sys

from bench.peers.__main__ import HERE, _figure
from bench.peers.answers import read

ANSWER = """<?xml version="1.0"?>
<!DOCTYPE TimeML SYSTEM "TimeML.dtd">
<TimeML>
It fell on May 4 &amp; on <TIMEX3 tid="t1" type="DATE" value="2021-05-04">May 4</TIMEX3>,
<TIMEX3 tid="t2" type="DURATION" value="PXD">for  days</TIMEX3>.
</TimeML>"""


def test_an_answer_in_timeml_is_found_in_the_text():
    text = "It fell on May 4 & on May 4, for\ndays."
    found = read(text, ANSWER)
    assert [(text[f["start"] : f["end"]], f["type"], f["value"]) for f in found] == [
        ("May 4", "DATE", "2021-05-04"),
        ("for\ndays", "DURATION", "PXD"),
    ]
    assert found[0]["start"] == 22


def test_an_answer_that_is_none_gives_nothing():
    assert read("It fell.", "") == []
    assert read("It fell.", "<TimeML>It <TIMEX3 value='x'>rose</TIMEX3></TimeML>") == []


def test_a_tool_answers_for_each_article_and_says_how_long_it_took(tmp_path):
    tool = tmp_path / "tool.py"
    tool.write_text(
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from speaking import serve\n"
        "def make():\n"
        "    print('tools print what they like')\n"
        "    return lambda text, published: [{'start': 0, 'end': len(text), 'value': published}]\n"
        "serve(make)\n"
    )
    asked = "".join(json.dumps({"text": text, "published": "2021-05-04"}) + "\n" for text in ("Ab.", "Äöü."))
    done = subprocess.run([sys.executable, str(tool)], input=asked, capture_output=True, text=True, check=True)
    first, second, last = map(json.loads, done.stdout.splitlines())
    assert [first[0]["end"], second[0]["end"], second[0]["value"]] == [3, 4, "2021-05-04"]
    assert last["seconds"] >= 0


def test_a_unit_of_theirs_is_compared_as_ours():
    found = {"start": 0, "end": 5, "value": 3.5, "uncertainty": None, "unit": "kilometre"}
    figure = _figure("quantulum3", found)
    assert (str(figure.low), str(figure.high), figure.unit) == ("3.5", "3.5", "km")
    assert _figure("quantulum3", found | {"unit": "dimensionless", "uncertainty": 0.5}).unit is None
