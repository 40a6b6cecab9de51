"""Types of events with the actor and the recipient given: PLOVER's sentences (PLV), of which a fifth is dev.

The lexicon's answer is the type of the event that the rules find between the two, and none where they find nothing;
the classifier's is its likeliest, `none` left out. A pair is found, with nothing given, where one event has its type,
its actor among the actors and its recipient among the recipients; of those who meet or agree, or fail to, all are
actors. A pronoun in a slot is who it stands for, and a slot that the gold leaves empty is not asked for. CONCEDE and
RETREAT count as one, which the gold calls YIELD.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from evals.measure import Score
from evals.measure import score as bootstrap
from evals.plover import Pair, typed
from evals.statements import plain
from onrecord import pipeline
from onrecord.extract.events import extract_events
from onrecord.extract.events.coding.classifier import NONE, judged
from onrecord.extract.parse import model
from onrecord.model import Event, Participant, Span

FAMILY = "event_types"

Answer = tuple[str, str]
"""What the gold says, and what we say."""


def score(data: Path) -> Iterator[Score]:
    """Accuracy and macro-F1 of both, with intervals over sentences."""
    pairs = list(typed(data, "dev"))
    told = [found(pair.text) for pair in pairs]
    events = [nearest(here, pair) for here, pair in zip(told, pairs, strict=True)]
    lexicon = [(pair.type, yielding(event.type) if event else NONE) for pair, event in zip(pairs, events, strict=True)]
    classifier = [(pair.type, likeliest(pair, event)) for pair, event in zip(pairs, events, strict=True)]
    for name, answers in (("lexicon", lexicon), ("classifier", classifier)):
        yield bootstrap(FAMILY, f"PLV {name} accuracy", answers, accuracy, n=len(answers))
        yield bootstrap(FAMILY, f"PLV {name} macro-F1", answers, macro, n=len(answers))
    whole = [(pair.type, _whole(here, pair)) for here, pair in zip(told, pairs, strict=True)]
    yield bootstrap(FAMILY, "PLV pairs found, nothing given", whole, accuracy, n=len(whole))
    actor = [(pair.type, _told(here, pair)) for here, pair in zip(told, pairs, strict=True)]
    yield bootstrap(FAMILY, "PLV type and actor found, nothing given", actor, accuracy, n=len(actor))


def accuracy(answers: Sequence[Answer]) -> float:
    return sum(gold == ours for gold, ours in answers) / len(answers)


def macro(answers: Sequence[Answer]) -> float:
    """Mean F1 of the types that the gold holds."""
    types = sorted({gold for gold, _ in answers})
    both = [sum(gold == ours == type_ for gold, ours in answers) for type_ in types]
    either = [sum((gold == type_) + (ours == type_) for gold, ours in answers) for type_ in types]
    return sum(2 * right / all_ for right, all_ in zip(both, either, strict=True)) / len(types)


def likeliest(pair: Pair, event: Event | None) -> str:
    """The classifier's answer in the gold's types."""
    trigger = (event.trigger.start, event.trigger.end) if event else None
    likely: dict[str, float] = {}
    for type_, value in judged(
        model()(pair.text)[:], trigger, pair.actors, pair.recipients, event.type if event else None
    ).items():
        if type_ != NONE:
            likely[yielding(type_)] = likely.get(yielding(type_), 0.0) + value
    return max(likely, key=likely.__getitem__)


def yielding(type_: str) -> str:
    return "YIELD" if type_ in ("CONCEDE", "RETREAT") else type_


def nearest(events: Sequence[Event], pair: Pair) -> Event | None:
    """The event with most of the two in their slots; the first of several; None if neither is anywhere."""

    def fit(event: Event) -> float:
        actors, recipients = ([one.span for one in slot] for slot in (event.actors, event.recipients))
        straight = _meet(actors, pair.actors) + _meet(recipients, pair.recipients)
        return straight + 0.3 * (_meet(actors, pair.recipients) + _meet(recipients, pair.actors))

    best = max(events, key=fit, default=None)
    return best if best is not None and fit(best) else None


_MUTUAL = ("AGREE", "CONSULT", "COOPERATE", "SUPPORT")
"""Types whose parties the codebook puts all among the actors."""


def _whole(events: Sequence[Event], pair: Pair) -> str:
    """The pair's type if one event has all three of it, each in its slot. A slot that the gold leaves empty is not
    asked for."""
    for event in events:
        slots = [event.actors, event.recipients]
        if event.type in _MUTUAL or any(one.reason == "implicit" for one in event.missing):
            slots = [(*event.actors, *event.recipients)] * 2
        asked = zip(slots, (pair.actors, pair.recipients), strict=True)
        if theirs(event) == pair.type and all(not places or _names(slot, places, pair.text) for slot, places in asked):
            return pair.type
    return NONE


def _names(slot: Sequence[Participant], places: Sequence[tuple[int, int]], text: str) -> bool:
    """Whether one who is in a slot stands there, or is named there: `Norway said it would`, where `it` is the slot."""
    told = [text[start:end] for start, end in places]
    pronouns = (one.name for one in slot if one.name and one.span.of(text).lower() in _PRONOUNS)
    return _meet([one.span for one in slot], places) or any(name in there for name in pronouns for there in told)


_PRONOUNS = frozenset("it they them he him she her its their his i we us".split())


def _told(events: Sequence[Event], pair: Pair) -> str:
    """The pair's type if one event has it and its actor, and its recipient anywhere: many that the gold gives as
    recipients are where it took place (`released two pilots in [Tarn]`), or the thing that it was about."""
    right = [event for event in events if theirs(event) == pair.type]
    if any(not pair.actors or _names((*e.actors, *e.recipients), pair.actors, pair.text) for e in right):
        return pair.type
    return NONE


def theirs(event: Event) -> str:
    """An event's type in the gold, which follows the table from CAMEO where that and the codebook differ: a conviction
    is ACCUSE there, sanctions that are imposed are COERCE, and what hackers do is ASSAULT."""
    if event.type == "SANCTION" and event.mode == "convict":
        return "ACCUSE"
    if event.type == "SANCTION" and event.mode == "discontinue" and "economic" in event.contexts:
        return "COERCE"
    return "ASSAULT" if event.type == "COERCE" and event.mode == "cyber" else yielding(event.type)


def found(text: str) -> list[Event]:
    """The events of a sentence that stands alone."""
    given: dict[type, list[object]] = {}
    document = plain(text)
    for step in pipeline.STEPS:
        values = step.function(document, *(given[need] for need in step.needs))
        given[step.gives] = [getattr(value, "value", value) for value in values]
        if step.function is extract_events:
            break
    return [event for event in given[Event] if isinstance(event, Event)]


def _meet(spans: Sequence[Span], places: Sequence[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for span in spans for start, end in places)
