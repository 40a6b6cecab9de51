"""Texts that are made to be slow: the time of the facts of events grows no faster than the text."""

import time

import pytest
from documents import document

from onrecord.extract.events import extract_events
from onrecord.extract.figures import extract_figures
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Figure, Place, Timex

UNITS = {
    "days": "Norway attacked Lyon on Monday and on Friday and ",
    "places": "Norway attacked Lyon in Turin, in Paris, in Oslo and ",
    "tolls": "Norway killed 3 monks and wounded 4 nuns and killed 5 ",
    "known": "The attack on Lyon followed the attack, the attack. ",
    "chain": "refused to plan to threaten to ",
    "row": "killed, ",
}


def seconds(text: str) -> float:
    """How long the events of a text take, without what is found before them."""
    article = document(text)
    passages = parse(article)
    timexes = [f.value for f in extract_timexes(article) if isinstance(f.value, Timex)]
    mentions = extract_mentions(article, passages)
    places = [f.value for f in extract_places(article, mentions) if isinstance(f.value, Place)]
    figures = [f.value for f in extract_figures(article, passages, timexes) if isinstance(f.value, Figure)]
    start = time.process_time()
    extract_events(article, passages, mentions, (), places, timexes, figures, ())
    return time.process_time() - start


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_no_text_is_slow(unit: str) -> None:
    seconds(unit * 4)  # what is read once a process
    times = 6000 // len(unit)
    short, long = seconds(unit * (times // 4)), seconds(unit * times)
    assert long < max(8 * short, 0.4), (short, long)
