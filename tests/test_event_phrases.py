"""Invented sentences for the classifier of events: each holds what it says, and the same seed gives the same."""

import re

from training.events.phrases import phrases

from onrecord.extract.events.coding.classifier import NONE
from onrecord.model.entries import EventType


def test_every_type_comes_alike_and_the_same_seed_gives_the_same():
    found = list(phrases(170, 3))
    assert {phrase.type for phrase in found} == {*EventType.__args__, NONE}
    assert found == list(phrases(170, 3)) != list(phrases(170, 4))


def test_actor_recipient_and_trigger_stand_where_they_are_said_to():
    for phrase in phrases(340, 5):
        first, second = sorted((phrase.actor, phrase.recipient))
        assert first[1] <= second[0]
        assert phrase.actor[1] > phrase.actor[0]
        assert re.fullmatch(r"[A-Za-z-]+", phrase.text[slice(*phrase.trigger)])
        assert not set("<>[]{}|()") & set(phrase.text)
