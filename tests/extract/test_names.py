"""Names: repairs on parses made by hand, what holds for any parse, and the whole with the model."""

from typing import Any

import pytest
from documents import document
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from onrecord.extract.names import extract_mentions
from onrecord.extract.parse import Passage, parse
from onrecord.model import Mention

VOCAB = Vocab()


def passages(tagged: str) -> tuple[Any, tuple[Passage, ...]]:
    """A document and its parse from lines like `Ms./PROPN [Okafor/PROPN](PERSON) left/VERB`: brackets hold what the
    model took for names, one line is one block and one sentence."""
    blocks = []
    for line in tagged.strip().splitlines():
        words, tags, iob, label = [], [], [], ""
        for token in [*line.split(), "./PUNCT"]:
            begins = token.startswith("[")
            word, _, rest = (
                token.removeprefix("[").rpartition("/") if "](" not in token else token.removeprefix("[").partition("/")
            )
            tag, _, closing = rest.partition("](")
            words.append(word)
            tags.append(tag)
            iob.append("B" if begins else "I" if label == "open" else "O")
            label = "open" if (begins or label == "open") and not closing else ""
            if closing:
                name = closing.rstrip(")")
                for i in range(len(iob) - 1, -1, -1):
                    first = iob[i] == "B"
                    iob[i] += "-" + name
                    if first:
                        break
        blocks.append(Doc(VOCAB, words=words, pos=tags, ents=iob, sent_starts=[i == 0 for i in range(len(words))]))
    doc = document("\n".join(block.text for block in blocks))
    return doc, tuple(Passage(block, parsed) for block, parsed in zip(doc.blocks, blocks, strict=True))


def found(tagged: str) -> list[tuple[str, str, str]]:
    doc, parsed = passages(tagged)
    return [(m.span.of(doc.text), m.head.of(doc.text), m.kind) for m in extract_mentions(doc, parsed)]


CASES = {
    "places_side_by_side": (
        "in/ADP [Skarholm/PROPN ,/PUNCT Norway/PROPN and/CCONJ Bergen/PROPN](GPE) now/ADV",
        [("Skarholm", "Skarholm", "place"), ("Norway", "Norway", "country"), ("Bergen", "Bergen", "place")],
    ),
    "place_and_what_it_is": ("in/ADP [Skarholm/PROPN province/NOUN](GPE) now/ADV", [("Skarholm", "Skarholm", "place")]),
    "body_and_what_it_is": (
        "the/DET [Reuters/PROPN news/NOUN](ORG) said/VERB",
        [("Reuters", "Reuters", "organization")],
    ),
    "body_with_small_words": (
        "[Union/PROPN fishing/NOUN](ORG) met/VERB",
        [("Union fishing", "Union fishing", "organization")],
    ),
    "ordinary_word_opens": ("[Trawlers/NOUN](GPE) left/VERB", []),
    "name_opens": ("[Skarholm/PROPN](GPE) slept/VERB", [("Skarholm", "Skarholm", "place")]),
    "bodies_with_comma": (
        "[Holm/PROPN ,/PUNCT Dale/PROPN and/CCONJ Sons/PROPN](ORG) met/VERB",
        [("Holm , Dale and Sons", "Holm , Dale and Sons", "organization")],
    ),
    "title": (
        "Former/ADJ [Danish/ADJ](NORP) Defence/PROPN Minister/PROPN [Lise/PROPN Holm/PROPN](PERSON) spoke/VERB",
        [("Danish", "Danish", "group"), ("Former Danish Defence Minister Lise Holm", "Lise Holm", "person")],
    ),
    "title_inside": (
        "[Colonel/PROPN Ade/PROPN Bello/PROPN](PERSON) spoke/VERB",
        [("Colonel Ade Bello", "Ade Bello", "person")],
    ),
    "article_and_possessive": (
        "[the/DET Aalborg/PROPN Times/PROPN 's/PART](ORG) editor/NOUN",
        [("Aalborg Times", "Aalborg Times", "organization")],
    ),
    "newspaper_taken_for_person": (
        "In/ADP [Politico/PROPN](PERSON) she/PRON wrote/VERB",
        [("Politico", "Politico", "organization")],
    ),
    "country_taken_for_person": ("[Kenya/PROPN](PERSON) agreed/VERB", [("Kenya", "Kenya", "country")]),
    "demonym_taken_for_place": ("[Kenyan/PROPN](GPE) divers/NOUN", [("Kenyan", "Kenyan", "group")]),
    "city_taken_for_body": ("The/DET [Bergen/PROPN](ORG) summit/NOUN", [("Bergen", "Bergen", "place")]),
    "body_with_first_name_stays": (
        "[Morgan/PROPN Trust/PROPN](ORG) left/VERB",
        [("Morgan Trust", "Morgan Trust", "organization")],
    ),
    "body_for_an_event": (
        "[The/DET Institute/PROPN for/ADP the/DET Study/PROPN of/ADP Earthquakes/PROPN](ORG) left/VERB",
        [("Institute for the Study of Earthquakes", "Institute for the Study of Earthquakes", "organization")],
    ),
    "institute_for_war": (
        "[The/DET Institute/PROPN for/ADP Winter/PROPN War/PROPN](ORG) left/VERB",
        [("Institute for Winter War", "Institute for Winter War", "organization")],
    ),
    "weapon": (
        "two/NUM [American/PROPN Bradley/PROPN](ORG) vehicles/NOUN",
        [("American Bradley", "Bradley", "product")],
    ),
    "designation": ("an/DET [F-16s/NOUN](PERSON) wing/NOUN", [("F-16s", "F-16s", "product")]),
    "surname_elsewhere": (
        "[Lise/PROPN Holm/PROPN](PERSON) left/VERB\nThen/ADV Holm/PROPN returned/VERB",
        [("Lise Holm", "Lise Holm", "person"), ("Holm", "Holm", "person")],
    ),
    "surname_taken_for_body": (
        "[Lise/PROPN Holm/PROPN](PERSON) left/VERB\nThen/ADV [Holm/PROPN](ORG) returned/VERB",
        [("Lise Holm", "Lise Holm", "person"), ("Holm", "Holm", "person")],
    ),
    "majority": (
        "[Nordlast/PROPN](ORG) paid/VERB\n[Nordlast/PROPN](PERSON) sued/VERB\n[Nordlast/PROPN](ORG) won/VERB",
        [("Nordlast", "Nordlast", "organization")] * 3,
    ),
    "two_lines": ("[Lise/PROPN Holm/PROPN](PERSON) (/PUNCT", [("Lise Holm", "Lise Holm", "person")]),
    "weekday_is_no_name": ("[Lise/PROPN Holm/PROPN](PERSON) Saturday/PROPN", [("Lise Holm", "Lise Holm", "person")]),
    "ordinary_letters": ("the/DET [MPs/NOUN](ORG) left/VERB", []),
    "address": ("see/VERB [desk@nordlast.example/PROPN](ORG) now/ADV", []),
    "number": ("on/ADP [11/NUM May/PROPN](PERSON) now/ADV", []),
    "date_is_no_name": ("on/ADP [Monday/PROPN](DATE) now/ADV", []),
    "title_alone": ("the/DET [Minister/PROPN](PERSON) left/VERB", []),
}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_repair(case: str) -> None:
    tagged, expected = CASES[case]
    assert found(tagged) == expected


TOKENS = st.tuples(
    st.sampled_from(
        [
            "Lise",
            "Holm",
            "van",
            "der",
            "Minister",
            "U.S.",
            "the",
            "-",
            "’s",
            "(",
            "and",
            "Paris",
            "É",
            "x/y",
            "ISW",
            "\n",
            "2",
        ]
    ),
    st.sampled_from(["PROPN", "NOUN", "DET", "PUNCT", "SPACE", "NUM", "VERB", "PART"]),
    st.sampled_from(["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG", "B-GPE", "I-GPE", "B-DATE"]),
)


def consistent(mentions: tuple[Mention, ...], length: int) -> None:
    end = 0
    for mention in mentions:
        assert mention.head in mention.span
        assert mention.span.start >= 0 and end <= mention.head.start < mention.head.end <= length
        end = mention.head.end


@settings(deadline=None)
@given(st.lists(TOKENS, min_size=1, max_size=25))
def test_any_parse(tokens: list[tuple[str, str, str]]) -> None:
    iob, before = [], "O"
    for _, _, tag in tokens:
        before = tag if tag[0] != "I" or before[2:] == tag[2:] else "O"
        iob.append(before)
    words = [word for word, _, _ in tokens]
    parsed = Doc(
        VOCAB, words=words, pos=[tag for _, tag, _ in tokens], ents=iob, sent_starts=[i == 0 for i in range(len(words))]
    )
    doc = document(parsed.text.replace("\n", " "))
    if len(doc.blocks) != 1:
        return
    mentions = extract_mentions(doc, (Passage(doc.blocks[0], parsed),))
    consistent(mentions, len(parsed.text))


def test_one_long_name_is_read_in_linear_time() -> None:
    parsed = Doc(
        VOCAB, words=["Lise", "Holm"] * 20_000, pos=["PROPN"] * 40_000, ents=["B-PERSON"] + ["I-PERSON"] * 39_999
    )
    doc = document(parsed.text)
    mentions = extract_mentions(doc, (Passage(doc.blocks[0], parsed),))
    assert len(mentions) == 1


@pytest.mark.model
def test_with_the_model() -> None:
    text = (
        "Norwegian Prime Minister Astrid Solheim met Kwame Boateng, the head of the Ghana Ports Authority, in Tema on "
        "Friday.\nSolheim told the Financial Times that Norway's navy would send two F-35s.\nBoateng thanked her."
    )
    doc = document(text)
    mentions = extract_mentions(doc, parse(doc))
    consistent(mentions, len(text))
    shown = {(m.span.of(text), m.head.of(text), m.kind) for m in mentions}
    assert {
        ("Norwegian Prime Minister Astrid Solheim", "Astrid Solheim", "person"),
        ("Kwame Boateng", "Kwame Boateng", "person"),
        ("Solheim", "Solheim", "person"),
        ("Boateng", "Boateng", "person"),
        ("Financial Times", "Financial Times", "organization"),
        ("Norway", "Norway", "country"),
    } <= shown
