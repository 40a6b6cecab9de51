"""The sample articles: read whole, and most of the statements that a person found in them found again.

The expected statements were written by hand before any extractor had read the articles.
"""

import json
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from onrecord.model import Document, Span, Statement
from onrecord.read import Input, Unit, discover, read, units
from onrecord.settings import Settings

SAMPLES = Path(__file__).parents[1] / "samples"
CASES = [
    json.loads(line) for line in (Path(__file__).parent / "cases" / "samples.jsonl").read_text("utf-8").splitlines()
]
KPA, VETLE, ODILE = "Kvitnes Press Agency", "Vetle Sandnæs-Horn", "Odile Brasschaert-Lund"

# File or record: title, publisher, the day, authors.
EXPECTED: dict[str, tuple[str, str | None, str | None, tuple[str, ...]]] = {
    "01-kpa-quay-wall.txt": ("Quay wall gives way at Narvik port, at least three dead", KPA, "2026-03-03", (VETLE,)),
    "02-nordvakten-agency-copy.html": (
        "Quay wall gives way at Narvik port, at least three dead",
        "Nordvakten",
        "2026-03-03",
        (KPA,),
    ),
    "03-blinkk-agency-cut.html": (
        "CRANE HORROR: Three dead as quay slides into fjord",
        "Blinkk",
        "2026-03-03",
        ("Blinkk News Desk",),
    ),
    "04-rallarposten-no-quay.md": (
        "“Then there was no quay”",
        "Rallarposten",
        "2026-03-04",
        ("Oddrun Fjellstrand-Bye",),
    ),
    "05-kai-og-kapital-safe.md": (
        'A "safe" quay, and who called it so',
        "Kai & Kapital",
        "2026-03-06",
        ("Runa Myhrvold-Eide",),
    ),
    "06-nordvakten-clay.html": (
        "Ministry was told of clay under quay, officials say",
        "Nordvakten",
        "2026-03-08",
        ("Camilla Rønning-Dahle", "Mattis Vangberg"),
    ),
    "07-blinkk-publish-it-all.html": (
        "Minister: 'I will publish it all' 😮",
        "Blinkk",
        "2026-03-10",
        ("Kaja Lindtorp",),
    ),
    "kpa-2026-0311-117": ("EU asks Norway for answers on Narvik quay", KPA, "2026-03-11", (ODILE,)),
    "kpa-2026-0314-048": ("Thousands march in Narvik after quay deaths", KPA, "2026-03-14", (VETLE,)),
    "kpa-2026-0327-201": ("Norway misses its own date for quay survey", KPA, "2026-03-27", (VETLE, ODILE)),
    "kpa-2026-0409-063": ("Narvik quay to cost 3.1 billion kroner, operator says", KPA, "2026-04-09", (VETLE,)),
    "09-rallarposten-how-many.txt": (
        "Three thousand, or twelve hundred?",
        "Rallarposten",
        "2026-03-15",
        ("Oddrun Fjellstrand-Bye",),
    ),
    "10-nordvakten-three-letters.txt": (
        "Three letters and a crack: what Ofotkai was told",
        "Nordvakten",
        "2026-03-19",
        ("Camilla Rønning-Dahle",),
    ),
    "11-leaflet.txt": ("To those who walk past the fence", None, None, ()),
    "12-rallarposten-correction.md": ("Corrections and clarifications", "Rallarposten", "2026-03-17", ()),
    "13-nordvakten-date-passed.html": ("The date that passed", "Nordvakten", "2026-03-30", ("Mattis Vangberg",)),
    "14-blinkk-midnight.html": (
        "At last! Minister dumps quay survey at midnight",
        "Blinkk",
        "2026-04-02",
        ("Kaja Lindtorp",),
    ),
    "15-kai-og-kapital-chapter-9.md": ("Chapter 9", "Kai & Kapital", "2026-04-06", ("Runa Myhrvold-Eide",)),
    "16-kpa-old-quay-opens.txt": ("First ore ship in six weeks leaves Narvik", KPA, "2026-04-14", (VETLE,)),
    "17-rallarposten-five-chairs.html": (
        "Five chairs by the gate",
        "Rallarposten",
        "2026-04-16",
        ("Oddrun Fjellstrand-Bye",),
    ),
}


@cache
def articles() -> dict[str, Document]:
    """Each sample as read, by its file name, or by its id where it is a record."""
    found = {}
    for file in discover([SAMPLES]):
        assert isinstance(file, Input), file
        for unit in units(file, settings=Settings()):
            assert isinstance(unit, Unit), unit
            for document in read(unit.raw, name=unit.name, media_type=unit.media_type, settings=Settings()):
                found[document.external_id or Path(unit.name).name] = document
    return found


def test_each_sample_is_an_article() -> None:
    assert sorted(articles()) == sorted(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_metadata(name: str) -> None:
    document = articles()[name]
    day = document.published[:10] if document.published else None
    assert (document.title, document.publisher, day, document.authors) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPECTED)
def test_the_words_that_were_expected_are_in_the_article(name: str) -> None:
    """Page breaks are mended, markup is off, entities are resolved, and nothing that was said is lost."""
    text = articles()[name].text
    wanted = [
        words for case in CASES if key(case) == name for words in (case["source"], case["cue"], *case["contents"])
    ]
    assert [words for words in wanted if words and words not in text] == []


@pytest.mark.parametrize(
    "junk",
    ["Subscribe", "Most read", "Ten dogs", "Log in", "All rights reserved", "Read also", "founded 1911", "Cookies"],
)
def test_nothing_of_a_page_around_the_article_is_in_it(junk: str) -> None:
    def article(document: Document) -> str:
        return "\n".join(b.span.of(document.text) for b in document.blocks if b.kind != "boilerplate")

    assert [name for name, document in articles().items() if junk in article(document)] == []


def test_the_footer_is_no_part_of_the_article() -> None:
    document = articles()["10-nordvakten-three-letters.txt"]
    footer = [b for b in document.blocks if "in confidence" in b.span.of(document.text)]
    assert all(b.kind == "boilerplate" for b in footer)


def test_page_breaks_are_mended_and_recorded() -> None:
    document = articles()["10-nordvakten-three-letters.txt"]
    assert [e.kind for e in document.edits].count("page_break_joined") == 3


def key(case: dict[str, Any]) -> str:
    return str(case.get("record") or case["file"])


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def statements(document: Document) -> dict[str, Statement]:
    from onrecord.extract.entities import extract_entities
    from onrecord.extract.names import extract_mentions
    from onrecord.extract.parse import parse
    from onrecord.extract.statements import extract_statements
    from onrecord.extract.timexes import extract_timexes
    from onrecord.model import entry_id

    passages = parse(document)
    mentions = extract_mentions(document, passages)
    entities = [finding.value for finding in extract_entities(document, mentions)]
    timexes = [finding.value for finding in extract_timexes(document)]
    found = extract_statements(document, passages, mentions, entities, timexes)
    return {entry_id(document, finding.value): finding.value for finding in found}


def best(document: Document, case: dict[str, Any], found: dict[str, Statement]) -> Statement | None:
    """The statement of that cue whose contents share the most words with what was expected."""
    wanted = words(" ".join(case["contents"]))

    def shared(statement: Statement) -> float:
        got = words(" ".join(span.of(document.text) for span in statement.contents))
        common = len(set(got) & set(wanted))
        return 2 * common / (len(set(got)) + len(set(wanted)))

    same_cue = [s for s in found.values() if s.cue and set(words(s.cue.of(document.text))) & set(words(case["cue"]))]
    close = [s for s in same_cue if shared(s) >= 0.6]
    return max(close, key=shared, default=None)


@pytest.mark.model
def test_most_statements_are_found_with_their_speaker_and_their_parent() -> None:
    scores: dict[str, list[bool]] = defaultdict(list)
    missed = []
    for name, document in articles().items():
        found = statements(document)
        for case in (case for case in CASES if key(case) == name):
            statement = best(document, case, found)
            scores["found"].append(statement is not None)
            if statement is None:
                missed.append(f"{name}: {case['cue']}: {case['contents'][0][:60]}")
                continue
            if case["speaker"]:
                scores["speaker"].append(bool(statement.speaker) and same_name(statement.speaker.name, case["speaker"]))
            parent = found.get(statement.parent) if statement.parent else None
            if case["parent"]:
                covered = parent is not None and any(
                    _overlap(span, document, case["parent"]) for span in parent.contents
                )
                scores["nested"].append(covered)
            else:
                scores["outermost"].append(parent is None)
    shares = {what: sum(right) / len(right) for what, right in scores.items()}
    report = f"{ {what: round(share, 3) for what, share in shares.items()} }\n" + "\n".join(missed)
    print(report)
    assert all(shares[what] >= floor for what, floor in FLOORS.items()), report


FLOORS = {"found": 0.93, "speaker": 0.78, "nested": 0.85, "outermost": 0.97}
"""What is held now. A change that finds more raises them."""


def same_name(found: str, expected: str) -> bool:
    """The same words but for articles, case, the form of an accent or of a company, and what follows the noun.

    `two officials` is answered by `two officials with knowledge of the matter`; a surname alone does not answer a name.
    """
    import unicodedata

    def bare(name: str) -> str:
        name = unicodedata.normalize("NFC", name).casefold().replace("’", "'")
        return re.sub(r"^(?:the|its|his|her|their|a|an) | as$", "", name)

    return bare(found) == bare(expected) or bare(found).startswith(bare(expected) + " ")


def _overlap(span: Span, document: Document, expected: str) -> bool:
    start = document.text.find(expected)
    return start >= 0 and span.overlaps(Span(start=start, end=start + len(expected)))
