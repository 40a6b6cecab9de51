"""Events: the deeds of sentences of our own, their types and slots, and what is none."""

import json
import re
from pathlib import Path

import pytest
from documents import document
from evals.events_read import LAST, sheet
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.entities import extract_entities
from onrecord.extract.events import extract_events
from onrecord.extract.events.coding.codebook import codebook, quad
from onrecord.extract.events.senses import lexicon
from onrecord.extract.figures import extract_figures
from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import parse
from onrecord.extract.places import extract_places
from onrecord.extract.statements import extract_statements
from onrecord.extract.timexes import extract_timexes
from onrecord.model import spans_of

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "events.jsonl").read_text(encoding="utf-8").splitlines()
]
_MARK = re.compile(r"\[([AR]) ([^\]]*)\]|\{([^}]*)\}")


def events(text, *, statements=False):
    """The events of a text, and the text."""
    article = document(text, published="2031-04-16")
    passages = parse(article)
    mentions = extract_mentions(article, passages)
    entities = [finding.value for finding in extract_entities(article, mentions)]
    places = [finding.value for finding in extract_places(article, mentions)]
    timexes = [finding.value for finding in extract_timexes(article)]
    figures = [finding.value for finding in extract_figures(article, passages, timexes)]
    said = extract_statements(article, passages, mentions, entities, timexes) if statements else []
    return extract_events(
        article, passages, mentions, entities, places, timexes, figures, [finding.value for finding in said]
    )


def unmarked(marked):
    """The text, where the trigger stands, and the words of actors and recipients in order."""
    text, at, slots, last = "", None, {"A": [], "R": []}, 0
    for found in _MARK.finditer(marked):
        text += marked[last : found.start()]
        words = found[2] if found[1] else found[3]
        if found[1]:
            slots[found[1]].append(words)
        else:
            at = len(text)
        text += words
        last = found.end()
    return text + marked[last:], at, slots


@pytest.mark.model
@pytest.mark.parametrize("case", CASES, ids=[f"{n}-{case['id']}" for n, case in enumerate(CASES)])
def test_cases(case):
    text, at, slots = unmarked(case["text"])
    found = [finding.value for finding in events(text)]
    here = [event for event in found if event.trigger.start <= at < event.trigger.end]
    if case["type"] is None:
        assert not here
        return
    (event,) = here
    assert event.type == case["type"]
    assert [actor.span.of(text) for actor in event.actors] == slots["A"]
    assert [recipient.span.of(text) for recipient in event.recipients] == slots["R"]
    for slot in ("actors", "recipients", "places", "time"):
        filled = bool(getattr(event, slot))
        assert filled != (slot in {missing.slot for missing in event.missing}), slot


def test_a_third_of_the_cases_are_traps_and_most_senses_have_one_of_each():
    traps = {case["id"] for case in CASES if case["type"] is None}
    assert 3 * sum(case["type"] is None for case in CASES) >= len(CASES)
    tried = {case["id"] for case in CASES if case["type"]}
    words = lexicon()
    tables = (words.verbs, words.particles, words.nouns, words.adjectives)
    known = {sense.id for table in tables for senses in table.values() for sense in senses}
    assert len(tried & known) >= 0.8 * len(known)
    assert len(traps & known) >= 0.5 * len(known)


def test_the_lexicon_speaks_the_words_of_the_codebook():
    known = codebook()
    assert len(known.quads) == 16 and quad("SANCTION") == 4
    words = lexicon()
    tables = (words.verbs, words.particles, words.nouns, words.adjectives)
    senses = {sense for table in tables for row in table.values() for sense in row}
    for sense in senses:
        assert sense.type in known.quads
        assert sense.mode is None or sense.mode in known.modes[sense.type], sense.id
        assert set(sense.contexts) <= known.contexts, sense.id
    for pair, mode in words.fold.items():
        assert mode in known.modes[pair.split()[0]], pair


@pytest.mark.model
def test_who_is_named_has_a_name_and_who_is_not_has_none():
    text = "Foreign Minister Astrid Lunde met the rebels in Oslo. She accused them of murder."
    meeting, accusation = (finding.value for finding in events(text))
    assert [(who.span.of(text), who.name) for who in meeting.actors] == [
        ("Foreign Minister Astrid Lunde", "Astrid Lunde"),
        ("the rebels", None),
    ]
    (she,) = accusation.actors
    assert (she.span.of(text), she.name, she.entity) == ("She", "Astrid Lunde", meeting.actors[0].entity)
    assert {(slot.slot, slot.reason) for slot in accusation.missing} >= {("recipients", "pronoun")}


@pytest.mark.model
def test_an_attack_told_three_times_is_one():
    text = "Chad attacked Sudan on Monday.\n\nChad attacked Sudan on Monday, the envoy said."
    (event,) = (finding.value for finding in events(text))
    assert [span.of(text) for span in event.mentions] == ["attacked"]


_WORDS = "Chad Sudan police attacked , . by who the of talks with said will not to and “ ” 12 — \n".split(" ")
_PIECES = st.lists(st.sampled_from(_WORDS), max_size=40)


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(st.one_of(_PIECES.map(" ".join), st.text(max_size=120)))
def test_any_text_opens_on_its_words_and_nothing_raises(text):
    for finding in events(text):
        for span in spans_of(finding.value):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip()


def test_the_sheet_of_verdicts_adds_up_to_what_the_page_says():
    rows = sheet()
    assert len({row[:3] for row in rows}) == len(rows) == 853
    assert all(row.type in codebook().quads for row in rows)
    assert all(row.verdict == "right" or set(row.verdict) <= set("tarpwsf") for row in rows)
    last = [row for row in rows if row.draw == LAST]
    right = sum(row.verdict == "right" for row in last)
    assert (len(last), right) == (200, 146)
    said = (Path(__file__).parents[2] / "docs" / "EVENTS.md").read_text(encoding="utf-8")
    centre, share, z = 1 + 1.96**2 / 200, right / 200, 1.96
    half = z * (share * (1 - share) / 200 + z * z / (4 * 200**2)) ** 0.5 / centre
    middle = (share + z * z / 400) / centre
    assert f"**{share:.1%}** (95% Wilson interval {100 * (middle - half):.1f} to {100 * (middle + half):.1f})" in said


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("“Chad is blackmailing us,” Ola Berg, the Norwegian prime minister, said. Norway will reply.", "us", "Norway"),
        ("“Chad is blackmailing us,” Ola Berg said on Monday.", "us", None),
        ("“We condemn the army,” Ola Berg said on Monday.", "We", "Ola Berg"),
        ("“He has condemned the rebels,” Ola Berg said on Monday.", "He", None),
        ("“We condemn the army,” Ola Berg, Chad’s ambassador to Oslo, said on Monday. Chad will pay.", "We", "Chad"),
    ],
)
def test_we_is_the_country_that_one_speaks_for_and_he_is_not_who_speaks(text, word, name):
    found = [finding.value for finding in events(text, statements=True)]
    parties = {one.span.of(text): one.name for event in found for one in (*event.actors, *event.recipients)}
    assert parties.get(word) == name


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "word", "name"),
    [
        ("The EU imposed sanctions against Chad over its invasion of Kenya.", "its", "Chad"),
        ("Both Norway and Sweden have joined efforts to sanction Chad for its invasion of Kenya.", "its", "Chad"),
        ("Norway said the raid would disrupt Chad's ability to continue its offensive in the valley.", "its", "Chad"),
        ("Norway named Chad's actions, including its blockade of Kenyan ports.", "its", "Chad"),
        ("The news by Gazprom that it is cutting gas deliveries to Norway was a blow.", "it", "Gazprom"),
        ("China was silent on the raid, and its president, Ola Berg, said it would support Chad.", "it", "China"),
        ("Chad left the World Tourism Organisation after it suspended Chad.", "it", "World Tourism Organisation"),
        ("The trade of Norway with Kenya has grown since its invasion of Chad.", "its", None),
    ],
)
def test_it_is_whom_the_clause_around_binds_it_to(text, word, name):
    found = [finding.value for finding in events(text)]
    actors = {one.span.of(text): one.name for event in found for one in event.actors}
    assert actors.get(word) == name


@pytest.mark.model
def test_i_of_a_turn_is_the_speaker_whose_name_stands_above():
    text = (
        "Astrid Lunde, a chess player, spoke in Oslo.\n\n((Astrid Lunde)) I refused to play for the federation.\n\n"
        "((ON)) Did you leave? I accused the club.\n\n((Astrid Lunde)) I condemned the federation.\n"
    )
    found = [finding.value for finding in events(text)]
    told = [(event.trigger.of(text), [who.name for who in event.actors]) for event in found]
    assert told == [("refused", ["Astrid Lunde"]), ("accused", []), ("condemned", ["Astrid Lunde"])]
