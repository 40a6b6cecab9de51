"""The cases of statements inside statements hold together, and the scorer counts what `evals/nested.md` says."""

from collections import Counter

import pytest
from evals.nested import PARTS, Case, Voiced, _place, cases, counts, match

from onrecord.model import Span


def voiced(source: int | None, cue: int, start: int, end: int, parent: int | None = None) -> Voiced:
    return Voiced(
        source=None if source is None else Span(start=source, end=source + 4),
        cue=Span(start=cue, end=cue + 4),
        contents=(Span(start=start, end=end),),
        parent=parent,
    )


def case(gold: list[Voiced]) -> Case:
    return Case("c", "dev", None, "x" * 200, gold)


def test_the_set_is_as_large_as_its_rules_say_and_half_of_it_traps():
    all_cases = list(cases())
    assert len({one.id for one in all_cases}) == len(all_cases) >= 150
    assert 0.45 < sum(one.trap is not None for one in all_cases) / len(all_cases) < 0.55
    parts = Counter(one.part for one in all_cases)
    assert set(parts) == set(PARTS) and abs(parts["dev"] - parts["kept"]) <= 2


def test_every_statement_lies_in_the_innermost_content_around_its_cue():
    for one in cases():
        for statement in one.gold:
            assert not any(statement.cue.overlaps(content) for content in statement.contents)
            around = [
                (sum(map(len, other.contents)), index)
                for index, other in enumerate(one.gold)
                if other is not statement and any(statement.cue in content for content in other.contents)
            ]
            assert statement.parent == (min(around)[1] if around else None), (one.id, statement)


def test_a_text_that_is_not_clear_is_refused():
    assert _place("he said he would", ["he", 2]) == Span(start=8, end=10)
    with pytest.raises(ValueError, match="give it as"):
        _place("he said he would", "he")
    with pytest.raises(ValueError, match="0 times"):
        _place("they said so", "he")


OUTER, INNER = voiced(0, 10, 20, 100), voiced(22, 30, 40, 80, parent=0)


def test_a_nested_statement_counts_with_its_parent_alone():
    gold = case([OUTER, INNER])
    assert counts(gold, [OUTER, INNER]) == (1, 0, 0)
    assert counts(gold, [INNER._replace(parent=None)]) == (0, 0, 1)
    other = voiced(0, 110, 20, 100)
    assert counts(gold, [other, INNER._replace(parent=0)]) == (0, 1, 1)
    assert counts(gold, [OUTER, INNER], nested=False) == (1, 0, 0)


@pytest.mark.parametrize(
    ("ours", "found"),
    [
        (INNER._replace(contents=(Span(start=40, end=60),)), True),
        (INNER._replace(contents=(Span(start=40, end=59),)), False),
        (INNER._replace(contents=(Span(start=20, end=101),)), False),
        (INNER._replace(source=None), False),
        (INNER._replace(source=Span(start=24, end=27)), True),
        (INNER._replace(cue=Span(start=34, end=38)), False),
    ],
)
def test_half_of_the_longer_content_and_a_part_of_cue_and_source_make_a_match(ours: Voiced, found: bool):
    assert (1 in match([OUTER, INNER], [OUTER, ours])) is found


def test_one_of_ours_answers_one_of_the_gold():
    assert counts(case([OUTER, INNER]), [OUTER, INNER, INNER]) == (1, 1, 0)
