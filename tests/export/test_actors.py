"""Who fills a slot, in PLOVER's codes: cases as data, half of them traps, and what roles say."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.export.actors import countries, profile
from onrecord.extract.lexicon import territories
from onrecord.model import Document, Entity, Participant, Role, Source, Span

CASES = [json.loads(line) for line in Path("tests/cases/sectors.jsonl").read_text("utf-8").splitlines()]
SECTORS = "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE REL SOC".split()


def told(text, entity=None, **slot):
    document = Document(
        id="ab" * 10, source=Source(sha256="0" * 64, media_type="text/plain"), reader="text/1", text=text
    )
    one = Participant(span=Span(start=0, end=len(text)), entity=entity.key if entity else None, **slot)
    return profile(document, one, {entity.key: entity} if entity else {})


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_words_alone(case):
    found = told(case["text"])
    assert (found.country, list(found.sectors)) == (case["country"], case["sectors"])


def person(*roles):
    return Entity(key="cd" * 10, type="person", name="Ilse Brandt", roles=roles)


@pytest.mark.parametrize(
    ("role", "country", "sectors"),
    [
        (Role(title="Norwegian foreign minister", span=Span(start=0, end=1), country="NO"), "NOR", ("GOV",)),
        (Role(title="former mayor of Vimmerholm", span=Span(start=0, end=1), holding="former"), None, ("ELI",)),
        (Role(title="ex-general", span=Span(start=0, end=1)), None, ()),
        (Role(title="incoming minister", span=Span(start=0, end=1)), None, ()),
        (Role(title="cellist", span=Span(start=0, end=1)), None, ()),
    ],
)
def test_a_person_is_known_by_roles(role, country, sectors):
    found = told("She", person(role), name="Ilse Brandt")
    assert (found.country, found.sectors, found.title) == (country, sectors, role.title)
    assert (found.name, found.raw) == ("Ilse Brandt", "She")


def test_roles_in_two_countries_name_none():
    roles = [Role(title="envoy", span=Span(start=0, end=1), country=code) for code in ("NO", "BE")]
    assert told("She", person(*roles)).country is None


def test_a_country_is_no_government_of_itself():
    norway = Entity(key="ef" * 10, type="country", name="Norway", aliases=("Kingdom of Norway",))
    found = told("it", norway, name="Norway")
    assert (found.country, found.sectors) == ("NOR", ())


def test_every_territory_has_a_code_of_three_letters():
    codes = countries()
    assert {each.code for each in territories()} <= set(codes)
    assert all(len(code) == 3 and code.isupper() for code, _ in codes.values())
    assert codes["EH"] == ("MAR", "PRE")


def test_every_code_is_one_of_the_codebook():
    assert {code for case in CASES for code in case["sectors"]} <= set(SECTORS)
    from onrecord.export.actors import _nouns

    assert {*_nouns().always.values(), *_nouns().of_a_country.values()} <= set(SECTORS)


@given(st.text())
def test_any_words_give_an_answer(text):
    assert told(text).raw == text


def test_a_long_slot_is_quick():
    for text in ("of " * 300_000, "a" * 1_000_000, "members of " * 90_000, "and " * 250_000):
        assert told(text).sectors == ()
