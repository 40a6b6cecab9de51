"""How places are scored: which answer belongs to which gold name, what is right, and how stored answers are read."""

from evals.geoparsers import parsed
from evals.places import Answer, Toponym, both, found_and_located, matched, names, right

OSLO = Toponym(0, 4, 59.91, 10.75, False)
NORWAY = Toponym(10, 16, 62.0, 10.0, True)
NOWHERE = Toponym(20, 26, None, None, False)


def test_a_span_of_its_own_goes_before_one_that_overlaps() -> None:
    wide, own = Answer(0, 9, 1.0, 1.0), Answer(0, 4, 59.9, 10.7)
    assert matched([OSLO], [wide, own], exact=False) == {OSLO: own}
    assert matched([OSLO], [wide], exact=False) == {OSLO: wide}
    assert matched([OSLO], [wide], exact=True) == {}


def test_areas_are_given_more_room_unless_strict() -> None:
    away = Answer(10, 16, 66.0, 14.0)
    assert right(NORWAY, away, "161 km, areas 900") and not right(NORWAY, away, "161 km")
    assert not right(OSLO, Answer(0, 4, 62.0, 10.0), "161 km, areas 900")
    assert not right(OSLO, Answer(0, 4, None, None), "161 km")


def test_what_nobody_placed_is_neither_right_nor_wrong() -> None:
    answers = [Answer(0, 4, 59.9, 10.7), Answer(20, 26, 1.0, 1.0), Answer(30, 34, 1.0, 1.0)]
    assert both("161 km", exact=True)([OSLO, NORWAY, NOWHERE], answers) == (1, 1, 1)
    assert names([OSLO, NORWAY, NOWHERE], answers) == (2, 1, 1)
    assert found_and_located("161 km")([OSLO, NORWAY, NOWHERE], answers) == (1, 0, 0)


def test_offsets_of_a_stored_answer_are_put_right() -> None:
    text = "By Oslo, near Oslo."
    assert parsed("x,,Oslo,,59.9,,10.7,,3,,7", text)[:2] == (3, 7)
    assert parsed("x,,Oslo,,59.9,,10.7,,12,,16", text)[:2] == (14, 18)
    assert parsed("x,,Oslo,,,,,,3,,7", text) == Answer(3, 7, None, None)
