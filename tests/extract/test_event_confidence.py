"""The confidence of an event: what is not told of it and who is not named count against it."""

import pytest
from documents import document

from onrecord.extract.chances import LEAST, MOST
from onrecord.extract.events.confidence import scored, signs, weights
from onrecord.extract.parse import parse
from onrecord.model import Event, Finding, Mention, Missing, Participant, Span

TEXT = "Kenya shelled Chad. They left it, said Ola Berg in Mombasa."
CHAD = Participant(span=Span(start=14, end=18), name="Chad")
KENYA = Participant(span=Span(start=0, end=5), name="Kenya")


def event(**given):
    return Event(trigger=Span(start=6, end=13), type="ASSAULT", **given)


def told(event, *, likely=0.9, names=()):
    return dict(signs(TEXT, event, likely, 19, names))


def test_signs():
    both = told(event(actors=(KENYA,), recipients=(CHAD,)), names=[KENYA.span, CHAD.span])
    assert (both["no actor"], both["no recipient"], both["names in no slot"], both["ASSAULT"]) == (0, 0, 0, 1)
    alone = told(event(recipients=(CHAD,), missing=(Missing(slot="actors", reason="pronoun"),)), names=[KENYA.span])
    assert (alone["no actor"], alone["somebody meant and not found"], alone["names in no slot"]) == (1, 1, 0.25)
    they = told(event(actors=(Participant(span=Span(start=20, end=24)),)))
    assert (they["actor by pronoun"], they["actor without a name"], they["actor without a name"]) == (1, 1, 1)


def test_every_sign_has_a_weight_and_the_other_way_round():
    known = set(told(event()))
    types = {name for name in weights() if name.isupper()}
    others = {"happened", "not_happened", "ongoing", "planned", "possible", "hypothetical", "demanded"}
    assert known - types - others == set(weights()) - types - others


@pytest.mark.model
def test_each_is_weighed_by_its_own_sentence():
    made = document(TEXT)
    name = Mention(span=Span(start=39, end=47), kind="person", head=Span(start=39, end=47))
    found = [Finding(value=event(actors=(KENYA,), recipients=(CHAD,)), rule="event.assault.shell", score=0.9)]
    (plain,) = scored(made, parse(made), [], found)
    (beside,) = scored(made, parse(made), [name], found)
    assert plain == beside and LEAST <= plain.score <= MOST
    (within,) = scored(made, parse(made), [Mention(span=CHAD.span, kind="place", head=CHAD.span)], found)
    assert within.score == plain.score  # it stands in a slot
    (less,) = scored(made, parse(made), [], [Finding(value=event(), rule="event.assault.shell")])
    assert less.score < plain.score
