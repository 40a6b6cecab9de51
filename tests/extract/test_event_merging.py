"""Events that are one: built by hand, pair by pair, half of them pairs that are two."""

from decimal import Decimal
from typing import Any

import pytest
from documents import document
from hypothesis import given
from hypothesis import strategies as st
from test_event_factuality import deed_at

from onrecord.extract.events.merging import Told, echoes, merged
from onrecord.extract.events.scenes import scene
from onrecord.extract.events.syntax.tree import tree
from onrecord.extract.parse import parse
from onrecord.model import Event, Finding, Location, Missing, Moment, Participant, Size, Span, spans_of

AT = Span(start=0, end=1)


def who(*names: str) -> tuple[Participant, ...]:
    return tuple(Participant(span=AT, name=name) for name in names)


def somebody(words: str) -> tuple[Participant, ...]:
    return (Participant(span=Span(start=0, end=len(words))),)


def where(number: int) -> tuple[Location, ...]:
    return (Location(span=AT, gazetteer_id=f"geonames:{number}"),)


def day(value: str) -> Moment:
    return Moment(span=AT, value=value, begin=value, end=value)


def killed(number: int) -> tuple[Size, ...]:
    return (Size(of="killed", span=AT, low=Decimal(number), high=Decimal(number)),)


def told(
    start: int,
    word: str,
    *,
    passage: int = 0,
    known: bool = False,
    voice: str | None = None,
    nameless: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
    sentence: int = -1,
    token: int = -1,
    scene: int = -1,
    owned: bool = False,
    around: tuple[str, ...] = (),
    **slots: Any,
) -> Told:
    event = Event(
        trigger=Span(start=start, end=start + 1),
        **{"type": "ASSAULT", "actors": somebody("monks") if nameless[0] else (), **slots},
    )
    return Told(
        Finding(value=event, rule="r"),
        event,
        word,
        known,
        passage,
        voice,
        nameless,
        sentence,
        token,
        scene,
        owned,
        around,
    )


FIRST = {"actors": who("Guild"), "recipients": who("Abbey"), "places": where(1), "time": day("2024-06-07")}

ONE = {
    "same word, same slots": (told(0, "shell", **FIRST), told(9, "shelling", **FIRST)),
    "two slots shared": (
        told(0, "shell", **FIRST),
        told(9, "shell", actors=who("Guild"), recipients=who("Abbey")),
    ),
    "known noun with one slot": (told(0, "shell", **FIRST), told(9, "attack", known=True, recipients=who("Abbey"))),
    "known noun alone nearby": (told(0, "shell", **FIRST), told(9, "attack", known=True, passage=1)),
    "a month and a day in it": (
        told(0, "shell", **FIRST),
        told(9, "shell", **{**FIRST, "time": Moment(span=AT, value="2024-06", begin="2024-06", end="2024-06")}),
    ),
    "who meets whom is no matter": (
        told(0, "meet", type="CONSULT", actors=who("Ada"), recipients=who("Bo")),
        told(9, "meeting", type="CONSULT", actors=who("Bo", "Ada")),
    ),
    "what is done once": (
        told(0, "arrest", type="COERCE", recipients=who("Ada")),
        told(9, "arrest", type="COERCE", recipients=who("Ada"), passage=9, owned=True),
    ),
    "what two speakers grant": (
        told(0, "invasion", voice="ada", owned=True, **FIRST),
        told(9, "invasion", voice="bo", owned=True, **FIRST),
    ),
    "a sentence printed twice": (
        told(0, "urge", actors=who("Guild"), around=("the", "guild", "urged", "the", "choir", "to", "sing")),
        told(9, "urge", actors=who("Guild"), around=("the", "guild", "urged", "the", "choir", "to", "sing")),
    ),
    "one scene": (
        told(0, "kill", recipients=who("Ada"), token=3, scene=-1),
        told(9, "attack", recipients=who("Abbey"), actors=who("Guild"), token=7, scene=3),
    ),
    "the noun of a phrase without a name": (
        told(0, "shell", actors=who("Guild"), recipients=somebody("x"), nameless=(frozenset(), frozenset(("port",)))),
        told(9, "shelling", known=True, recipients=somebody("x"), nameless=(frozenset(), frozenset(("port",)))),
    ),
    "the article and a speaker": (told(0, "shell", voice="ada", **FIRST), told(9, "shell", **FIRST)),
}

TWO = {
    "other place": (told(0, "shell", **FIRST), told(9, "shell", **{**FIRST, "places": where(2)})),
    "other day": (told(0, "shell", **FIRST), told(9, "shell", **{**FIRST, "time": day("2024-06-08")})),
    "other actor": (told(0, "shell", **FIRST), told(9, "shell", **{**FIRST, "actors": who("Choir")})),
    "other recipient": (told(0, "shell", **FIRST), told(9, "attack", known=True, recipients=who("Mill"))),
    "other toll": (told(0, "shell", sizes=killed(3), **FIRST), told(9, "shell", sizes=killed(4), **FIRST)),
    "planned": (told(0, "shell", **FIRST), told(9, "shell", factuality="planned", **FIRST)),
    "two speakers": (told(0, "shell", voice="ada", **FIRST), told(9, "shell", voice="bo", **FIRST)),
    "other type": (told(0, "march", type="PROTEST", **FIRST), told(9, "march", type="MOBILIZE", **FIRST)),
    "one slot shared": (told(0, "shell", **FIRST), told(9, "shell", actors=who("Guild"))),
    "no noun that is known": (told(0, "shell", **FIRST), told(9, "attack", passage=1, recipients=somebody("monks"))),
    "known noun far away": (
        told(0, "shell", **FIRST),
        told(9, "attack", known=True, passage=7, recipients=somebody("monks")),
    ),
    "other people": (
        told(0, "shell", places=where(1), time=day("2024-06-07"), nameless=(frozenset(("monks",)), frozenset())),
        told(9, "shell", places=where(1), time=day("2024-06-07"), nameless=(frozenset(("nuns",)), frozenset())),
    ),
    "a word that it cannot mean": (
        told(0, "liberate", **FIRST),
        told(9, "attack", known=True, recipients=somebody("x")),
    ),
    "two of one list": (
        told(0, "shelling", sentence=0, **FIRST),
        told(9, "bombardment", sentence=0, known=True, recipients=who("Abbey")),
    ),
    "one scene, two days": (
        told(0, "kill", recipients=who("Ada"), token=3, time=day("2024-06-07")),
        told(9, "attack", recipients=who("Abbey"), token=7, scene=3, time=day("2024-06-08")),
    ),
    "one scene, two actors": (
        told(0, "kill", actors=who("Choir"), token=3),
        told(9, "attack", actors=who("Guild"), token=7, scene=3),
    ),
    "a scene of another passage": (
        told(0, "kill", recipients=who("Ada"), token=3),
        told(9, "attack", recipients=who("Abbey"), passage=1, token=7, scene=3),
    ),
    "what is done more than once": (
        told(0, "attack", actors=who("Guild"), owned=True),
        told(9, "attack", actors=who("Guild"), passage=9, owned=True),
    ),
    "his arrest and hers": (
        told(0, "arrest", type="COERCE", recipients=who("Ada"), owned=True),
        told(9, "arrest", type="COERCE", recipients=who("Bo"), owned=True),
    ),
    "other word": (told(0, "shell", **FIRST), told(9, "burn", **FIRST)),
}


@pytest.mark.parametrize("pair", ONE.values(), ids=ONE)
def test_one(pair: tuple[Told, Told]) -> None:
    (found,) = merged(pair)
    assert isinstance(found.value, Event)
    main = pair[1] if pair[0].voice and not pair[1].voice else pair[0]
    other = pair[0] if main is pair[1] else pair[1]
    assert found.value.trigger == main.event.trigger
    assert found.value.mentions == (other.event.trigger,)


@pytest.mark.parametrize("pair", TWO.values(), ids=TWO)
def test_two(pair: tuple[Told, Told]) -> None:
    assert [f.value.mentions for f in merged(pair) if isinstance(f.value, Event)] == [(), ()]


def test_known_noun_that_may_mean_either_of_two() -> None:
    first = told(0, "shell", recipients=who("Abbey"))
    second = told(5, "bomb", recipients=who("Mill"))
    found = merged([first, second, told(9, "attack", known=True)])
    assert [f.value.mentions for f in found if isinstance(f.value, Event)] == [(), ()]


def test_a_slot_is_filled_and_no_longer_missing() -> None:
    first = told(
        0, "shell", actors=who("Guild"), recipients=who("Abbey"), missing=(Missing(slot="time", reason="not said"),)
    )
    (found,) = merged([first, told(9, "shell", **FIRST)])
    assert isinstance(found.value, Event)
    assert found.value.time == day("2024-06-07") and found.value.missing == ()


def test_no_slot_of_a_claim_is_put_into_the_article_s_own_event() -> None:
    first = told(0, "shell", actors=who("Guild"), recipients=who("Abbey"))
    (found,) = merged([first, told(9, "shell", voice="ada", **FIRST)])
    assert isinstance(found.value, Event) and found.value.time is None and len(spans_of(found.value)) == 4


def test_echoes() -> None:
    def echoed(text: str) -> list[str]:
        passage = parse(document(text))[0]
        return [deed.span.of(text) for deed in echoes(tree(passage), set())]

    assert echoed("The attack ended. The talks failed at dawn.") == ["attack", "talks"]
    assert echoed("An attack began. The 2014 attack failed. The mill burned.") == []
    assert echoed("The strike ended.") == ["strike", "strike"]  # of workers, or of missiles


_TOLD = st.builds(
    lambda start, word, known, name, place: told(
        start, word, known=known, actors=who(name) if name else (), places=where(place) if place else ()
    ),
    st.integers(0, 50),
    st.sampled_from(["shell", "attack", "burn"]),
    st.booleans(),
    st.sampled_from(["", "Guild", "Choir"]),
    st.integers(0, 2),
)


@given(st.lists(_TOLD, max_size=12, unique_by=lambda one: one.event.trigger))
def test_every_trigger_of_somebody_stays_once(found: list[Told]) -> None:
    found = sorted(found, key=lambda one: one.event.trigger)
    events = [f.value for f in merged(found) if isinstance(f.value, Event)]
    triggers = sorted(t for e in events for t in (e.trigger, *e.mentions))
    assert len(triggers) == len(set(triggers))
    assert {one.event.trigger for one in found if one.event.actors} <= set(triggers)


def test_the_attack_of_nobody_is_a_mention_or_nothing() -> None:
    alone = told(9, "attack", known=True, passage=1)
    assert merged([alone]) == []
    (found,) = merged([told(0, "shell", **FIRST), alone])
    assert isinstance(found.value, Event) and found.value.mentions == (alone.event.trigger,)


@pytest.mark.parametrize(
    ("text", "part_of"),
    [
        ("A monk was shot and {killed}.", "shot"),
        ("The guild attacked and {killed} the abbot.", "attacked"),
        ("The bridge was hit with a {barrage} of rockets.", "hit"),
        ("One monk was killed in a Brovian {attack} on a mill.", "killed"),
        ("A missile {attack} hit a mill in Tarn.", "hit"),
        ("The guild fired missiles at Tarn, {hitting} the pier and killing a monk.", "fired"),
        ("The guild fired missiles at Tarn, hitting the pier and {killing} a monk.", "fired"),
        ("The mayor spoke at a {meeting} with the abbot.", "spoke"),
        ("The guild shelled the mill and {shelled} the pier.", None),
        ("The guild shelled the mill, and monks {attacked} the pier.", None),
        ("The guild shelled the mill after monks {attacked} the pier.", None),
        ("The guild condemned the {attack} on the mill.", None),
        ("The abbot fled after an {attack} on the mill.", None),
    ],
)
def test_scenes(text: str, part_of: str | None) -> None:
    _, deed, grown = deed_at(text)
    found = scene(deed, grown)
    assert (grown.words[found] if found >= 0 else None) == part_of
