"""Events, on three sets whose types, or whose idea of an event, are not ours.

WikiEvents (Li et al. 2021) and RAMS (Ebner et al. 2020), dev parts: types of KAIROS and AIDA, mapped to those of PLOVER
by `kairos.tsv`. Scores: how many of the gold triggers whose type PLOVER has are found with a right type (recall); how
many of those that are found at all have it; and of the triggers found, F1 of the arguments that are actors, recipients
and places, right where they overlap. Precision of triggers is not measurable here: RAMS marks one event a window, and
neither set marks what its own ontology lacks (SUPPORT, MOBILIZE, REJECT ...). Arguments in other sentences count as
missed. No statements are given, so that slots are filled without them.

MEANTIME (Minard et al. 2016): every event mention of title and first five sentences, whatever its type, with the
trigger given: its time among the time expressions of its sentence, its place, and whether it is certain, negated or to
come. Not every anchor is marked there, so that the precision of times is a lower bound.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from json import loads
from pathlib import Path
from typing import Any, NamedTuple
from xml.etree import ElementTree

from evals.measure import Counts, Score
from evals.measure import score as measured
from evals.tempeval import build
from evals.tokens import glued
from onrecord.extract.entities import extract_entities
from onrecord.extract.events import extract_events
from onrecord.extract.events.circumstances.moments import moment, times_of
from onrecord.extract.events.circumstances.sites import sites
from onrecord.extract.events.circumstances.stands import sites_of
from onrecord.extract.events.factuality.judging import factuality
from onrecord.extract.events.spotted import Deed
from onrecord.extract.events.syntax.tree import Tree, tree
from onrecord.extract.figures import extract_figures
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Document, Event, Figure, Mention, Missing, Moment, Place, Span, Timex

ACTORS = frozenset(
    "attacker communicator demonstrator killer injurer jailer investigator judgecourt prosecutor participant giver "
    "preventer destroyer damager damagerdestroyer yielder surrenderer retreater executioner perpetrator impeder "
    "granter".split()
)
RECIPIENTS = frozenset("target victim recipient detainee defendant participant passenger beneficiary".split())
MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
_ANNOTATED = 5
_ANCHORS = frozenset(("IS_INCLUDED", "SIMULTANEOUS", "INCLUDES", "BEGUN_BY", "ENDED_BY", "BEGINS", "ENDS", "IDENTITY"))


class Gold(NamedTuple):
    """An event of WikiEvents or RAMS: its trigger, the types of PLOVER that are right, and its arguments by slot."""

    trigger: Span
    types: frozenset[str]
    arguments: tuple[tuple[str, Span], ...]


class Article(NamedTuple):
    """A document and the events that its annotators marked, of types that PLOVER has."""

    document: Document
    gold: tuple[Gold, ...]


def score(data: Path) -> Iterator[Score]:
    for name, articles in (
        ("WikiEvents", wikievents(data / "gold" / "wikievents" / "dev.jsonl")),
        ("RAMS", rams(data / "gold" / "rams" / "dev.jsonlines")),
    ):
        told = [_held(article) for article in articles]
        yield measured("events", f"{name}: trigger and type, recall", [one.recall for one in told], _share)
        yield measured("events", f"{name}: type, of triggers found", [one.types for one in told], _share)
        for slot in ("actors", "recipients", "places"):
            yield measured("events", f"{name}: {slot} F1", [one.slots[slot] for one in told])
    yield from meantime(data / "gold" / "meantime")


def _share(counts: Sequence[Counts]) -> float:
    """Right ones among all that were asked for."""
    right, asked = sum(c.tp for c in counts), sum(c.tp + c.fn for c in counts)
    return right / asked if asked else 0.0


class Held(NamedTuple):
    """What an article's events are worth."""

    recall: Counts
    types: Counts
    slots: dict[str, Counts]


def _held(article: Article) -> Held:
    events = found_in(article.document)
    right = typed = at_all = 0
    slots = {slot: [0, 0, 0] for slot in ("actors", "recipients", "places")}
    for gold in article.gold:
        hit = [e for e in events if any(t.overlaps(gold.trigger) for t in (e.trigger, *e.mentions))]
        at_all += bool(hit)
        fits = [e for e in hit if e.type in gold.types]
        typed += bool(fits)
        right += bool(fits)
        if not fits:
            continue
        for slot, counts in slots.items():
            _arguments(slot, fits[0], gold, counts)
    n = len(article.gold)
    return Held(
        Counts(right, 0, n - right),
        Counts(typed, 0, at_all - typed),
        {slot: Counts(*counts) for slot, counts in slots.items()},
    )


def _arguments(slot: str, event: Event, gold: Gold, counts: list[int]) -> None:
    """Right, ours alone and the gold's alone; who meets whom is not told apart."""
    asked = [span for name, span in gold.arguments if name == slot]
    ours = [one.span for one in getattr(event, slot)]
    other = [span for name, span in gold.arguments if event.type in MUTUAL and name in ("actors", "recipients")]
    held = sum(any(span.overlaps(one) for one in ours) for span in asked)
    if event.type in MUTUAL and slot != "places":
        everyone = [one.span for one in (*event.actors, *event.recipients)]
        held = sum(any(span.overlaps(one) for one in everyone) for span in asked)
    counts[0] += held
    counts[1] += sum(not any(one.overlaps(span) for span in (*asked, *other)) for one in ours)
    counts[2] += len(asked) - held


def found_in(document: Document) -> list[Event]:
    """Our events of a document, read without statements."""
    passages = parse(document)
    timexes = [f.value for f in extract_timexes(document) if isinstance(f.value, Timex)]
    mentions = extract_mentions(document, passages)
    entities = [f.value for f in extract_entities(document, mentions)]
    places = [f.value for f in extract_places(document, mentions) if isinstance(f.value, Place)]
    figures = [f.value for f in extract_figures(document, passages, timexes) if isinstance(f.value, Figure)]
    found = extract_events(document, passages, mentions, entities, places, timexes, figures, ())  # type: ignore[arg-type]
    return [f.value for f in found if isinstance(f.value, Event)]


@cache
def kairos() -> dict[str, frozenset[str]]:
    """Types of PLOVER by the type that they are told by; none for those that it has not."""
    rows = Path(__file__).with_name("kairos.tsv").read_text("utf-8").splitlines()
    cells = [row.split("\t") for row in rows if row and not row.startswith("#")]
    return {name: frozenset() if plover == "-" else frozenset(plover.split()) for name, plover, _ in cells}


def plover(type_: str) -> frozenset[str]:
    """What PLOVER calls a type of KAIROS or AIDA, by the longest row that it begins with."""
    parts = type_.lower().split(".")
    for length in range(len(parts), 0, -1):
        row = kairos().get(".".join(parts[:length]))
        if row is not None:
            return row
    return frozenset()


def wikievents(path: Path) -> Iterator[Article]:
    for line in path.read_text("utf-8").splitlines():
        row = loads(line)
        text, places = _laid_out([[token[0] for token in sentence[0]] for sentence in row["sentences"]])
        mentions = {m["id"]: _of(places, m["start"], m["end"]) for m in row["entity_mentions"]}
        gold = [
            Gold(
                _of(places, event["trigger"]["start"], event["trigger"]["end"]),
                plover(event["event_type"]),
                tuple(
                    (slot, mentions[argument["entity_id"]])
                    for argument in event["arguments"]
                    for slot in _slots(argument["role"])
                ),
            )
            for event in row["event_mentions"]
        ]
        yield Article(build(row["doc_id"], text, None), tuple(g for g in gold if g.types))


def rams(path: Path) -> Iterator[Article]:
    for line in path.read_text("utf-8").splitlines():
        row = loads(line)
        start, end, types = row["evt_triggers"][0]
        right = plover(types[0][0])
        if not right:
            continue  # windows that hold nothing that is asked for are not read
        text, places = _laid_out(row["sentences"])
        arguments = tuple(
            (slot, _of(places, first, last + 1))
            for _, (first, last), role in row["gold_evt_links"]
            for slot in _slots(role[len("evt000arg00") :])
        )
        yield Article(build(row["doc_key"], text, None), (Gold(_of(places, start, end + 1), right, arguments),))


def _slots(role: str) -> list[str]:
    role = role.lower()
    return [
        slot
        for slot, roles in (("actors", ACTORS), ("recipients", RECIPIENTS), ("places", ("place",)))
        if role in roles and not (role == "participant" and slot == "recipients")
    ]


def _laid_out(sentences: Sequence[Sequence[str]]) -> tuple[str, list[Span]]:
    """The sentences as one paragraph, and where each token stands in it."""
    return glued([word for sentence in sentences for word in sentence])


def _of(places: Sequence[Span], start: int, end: int) -> Span:
    return Span(start=places[start].start, end=places[end - 1].end)


class Marked(NamedTuple):
    """An event mention of MEANTIME: its words, its time expressions and places, and what is said of its being."""

    trigger: Span
    times: tuple[Span, ...]
    places: tuple[Span, ...]
    said: str | None


def meantime(folder: Path) -> Iterator[Score]:
    times, places, beings, n = [], [], [], 0
    for path in sorted(folder.rglob("*.xml")):
        document, marked = _marked(path)
        counted = _compared(document, marked)
        for counts, all_ in zip(counted, (times, places, beings), strict=True):
            all_.append(counts)
        n += len(marked)
    yield measured("events", "MEANTIME: time F1, trigger given", times)
    yield measured("events", "MEANTIME: place F1, trigger given", places)
    yield measured("events", "MEANTIME: certain, not, to come", beings, _share)


def _marked(path: Path) -> tuple[Document, list[Marked]]:
    """The document of title and first five sentences, and its event mentions."""
    root = ElementTree.parse(path).getroot()
    dated = {
        anchor.get("t_id", "")
        for timex in root.iter("TIMEX3")
        if timex.get("functionInDocument") == "CREATION_TIME"
        for anchor in timex.iter("token_anchor")
    }
    published = next(
        (t.get("value") for t in root.iter("TIMEX3") if t.get("functionInDocument") == "CREATION_TIME"), None
    )
    text, at = "", {}
    sentences: dict[str, list[tuple[str, str]]] = {}
    for token in root.iter("token"):
        number = token.get("sentence", "0")
        if token.get("t_id", "") not in dated and int(number) <= _ANNOTATED:
            sentences.setdefault(number, []).append((token.get("t_id", ""), token.text or ""))
    for sentence in sentences.values():
        text += "\n\n" if text else ""
        line, spans = glued([word for _, word in sentence])
        for (token_id, _), span in zip(sentence, spans, strict=True):
            at[token_id] = Span(start=len(text) + span.start, end=len(text) + span.end)
        text += line
    spans_by_id = {}
    for node in root.find("Markables") if root.find("Markables") is not None else ():  # type: ignore[union-attr]
        held = [at[a.get("t_id", "")] for a in node.iter("token_anchor") if a.get("t_id", "") in at]
        if held:
            spans_by_id[node.get("m_id", "")] = Span(start=held[0].start, end=held[-1].end)
    timexes = {node.get("m_id", "") for node in root.iter("TIMEX3")}
    time_of: dict[str, list[Span]] = {}
    place_of: dict[str, list[Span]] = {}
    for link in root.iter("TLINK"):
        ends = _ends(link)
        for one, other in (ends, ends[::-1]):
            if link.get("reltype") in _ANCHORS and other in timexes and other in spans_by_id:
                time_of.setdefault(one, []).append(spans_by_id[other])
    for link in root.iter("HAS_PARTICIPANT"):
        one, other = _ends(link)
        if link.get("sem_role") == "Argm-LOC" and other in spans_by_id:
            place_of.setdefault(one, []).append(spans_by_id[other])
    marked = [
        Marked(
            spans_by_id[m_id], tuple(time_of.get(m_id, ())), tuple(place_of.get(m_id, ())), _being(dict(node.attrib))
        )
        for node in root.iter("EVENT_MENTION")
        if (m_id := node.get("m_id", "")) in spans_by_id and node.get("pos") in ("VERB", "NOUN")
    ]
    return build(path.stem, text, published), marked


def _ends(link: ElementTree.Element) -> tuple[str, str]:
    source, target = link.find("source"), link.find("target")
    return ("" if source is None else source.get("m_id", "")), ("" if target is None else target.get("m_id", ""))


def _being(of: dict[str, Any]) -> str | None:
    """`+`, `-`, `to come` or `?` where it is not certain; None where the annotators left it open."""
    if of.get("certainty") in ("POSSIBLE", "PROBABLE"):
        return "?"
    if of.get("certainty") != "CERTAIN" or of.get("polarity") not in ("POS", "NEG"):
        return None
    return "-" if of["polarity"] == "NEG" else "to come" if of.get("time") == "FUTURE" else "+"


_BEINGS = {"happened": "+", "ongoing": "+", "not_happened": "-", "planned": "to come"}
_EITHER = {"demanded": ("to come", "?"), "possible": ("?",), "hypothetical": ("?",)}


def _compared(document: Document, marked: Sequence[Marked]) -> tuple[Counts, Counts, Counts]:
    """Counts of times, places and being."""
    passages = parse(document)
    trees = [tree(passage) for passage in passages]
    timexes = [f.value for f in extract_timexes(document) if isinstance(f.value, Timex)]
    mentions = extract_mentions(document, passages)
    places = [f.value for f in extract_places(document, mentions) if isinstance(f.value, Place)]
    time, place, being = [0, 0, 0], [0, 0, 0], [0, 0, 0]
    for grown in trees:
        _count(grown, marked, timexes, places, mentions, (time, place, being))
    return Counts(*time), Counts(*place), Counts(*being)


def _count(
    grown: Tree,
    marked: Sequence[Marked],
    timexes: Sequence[Timex],
    places: Sequence[Place],
    mentions: Sequence[Mention],
    counts: tuple[list[int], list[int], list[int]],
) -> None:
    time, place, being = counts
    block = grown.passage.block.span
    times = times_of(grown, [timex for timex in timexes if timex.span in block])
    stands = sites_of(grown, places, mentions)
    for one in marked:
        if one.trigger not in block:
            continue
        inside = grown.within(one.trigger.start - block.start, one.trigger.end - block.start)
        token = next((i for i in inside if grown.heads[i] not in inside), inside[0])
        deed = Deed(grown.passage, token, one.trigger, "CONSULT")
        when, where = moment(deed, grown, times), sites(deed, grown, stands)
        _tally(time, one.times, (when.span,) if isinstance(when, Moment) else ())
        _tally(place, one.places, () if isinstance(where, Missing) else tuple(found.span for found in where))
        if one.said is not None:
            held = factuality(deed, grown)
            right = one.said == _BEINGS.get(held) or one.said in _EITHER.get(held, ())
            being[0 if right else 2] += 1


def _tally(counts: list[int], gold: Sequence[Span], ours: Sequence[Span]) -> None:
    held = sum(any(span.overlaps(one) for one in ours) for span in gold)
    counts[0] += held
    counts[1] += sum(not any(one.overlaps(span) for span in gold) for one in ours)
    counts[2] += len(gold) - held
