"""A second story of our own writing: events of each factuality and commitments of each class, set by hand."""

from decimal import Decimal

from harbour import article, entry, find

from onrecord.model import (
    Commitment,
    Document,
    Entity,
    Entry,
    Event,
    Location,
    Missing,
    Moment,
    Participant,
    Place,
    Size,
    Span,
    Speaker,
    Statement,
    Value,
    entity_id,
    entry_id,
)

BLOCKS = [
    ("title", "Dockers shut the coal quay"),
    (
        "paragraph",
        "On Monday about 400 dockers blocked the coal quay in Vesterhavn, and the blockade went on after talks with "
        "the owners were broken off.",
    ),
    (
        "paragraph",
        "A spokeswoman for the harbour company said that no guard struck them, and that she herself had called.",
    ),
    ("paragraph", "Two men were beaten at the gate, the dockers’ union told the Courier."),
    (
        "paragraph",
        "They may march again should the owners refuse, and the mayor, Astrid Fjelland, urged both sides to meet. "
        "Police are guarding the quay, and the ministry will send a mediator.",
    ),
    ("quote", "We will pay every man by 1 December 2026, and we will hire no strangers."),
    ("paragraph", "So Tor Halvorsen, who runs the company, wrote to the dockers."),
    (
        "paragraph",
        "His company threatens to close the quay if they march again. The gate was to open on 14 November. Coal is "
        "expected to grow dearer in the coming months.",
    ),
]


def dockers() -> tuple[Document, list[Entry]]:
    document = article(
        BLOCKS,
        name="dockers.txt",
        url="https://courier.example/dockers",
        title="Dockers shut the coal quay",
        authors=("Wenche Aalvik",),
        publisher="Vesterhavn Courier",
        published="2026-11-13",
        language="en",
    )
    text = document.text

    def who(words: str, name: str | None = None, entity: str | None = None, nth: int = 0) -> Participant:
        return Participant(span=find(text, words, nth), name=name, entity=entity)

    boss = Entity(
        key=entity_id("person", "Tor Halvorsen"),
        type="person",
        name="Tor Halvorsen",
        mentions=(find(text, "Tor Halvorsen"),),
    )
    mayor = Entity(
        key=entity_id("person", "Astrid Fjelland"),
        type="person",
        name="Astrid Fjelland",
        mentions=(find(text, "Astrid Fjelland"),),
    )
    denial = Statement(
        sources=(find(text, "A spokeswoman for the harbour company"),),
        cue=find(text, "said"),
        contents=(find(text, "no guard struck them, and that she herself had called"),),
        speaker=Speaker(name="A spokeswoman for the harbour company", how="officials"),
        polarity="denied",
    )
    claim = Statement(
        sources=(find(text, "the dockers’ union"),),
        cue=find(text, "told"),
        contents=(find(text, "Two men were beaten at the gate"),),
        speaker=Speaker(name="the dockers’ union", how="body"),
    )
    letter = Statement(
        sources=(find(text, "Tor Halvorsen, who runs the company,"),),
        cue=find(text, "wrote"),
        contents=(find(text, "We will pay every man by 1 December 2026, and we will hire no strangers."),),
        style="block",
        speaker=Speaker(name="Tor Halvorsen", entity=boss.key),
        attitude="promises",
    )
    town = Place(
        span=find(text, "Vesterhavn"),
        name="Vesterhavn",
        gazetteer_id="geonames:77",
        country="NO",
        lat=60.2,
        lon=5.1,
        precision="town",
    )
    monday = Moment(span=find(text, "Monday"), value="2026-11-09", begin="2026-11-09", end="2026-11-09")

    second = find(text, "we will")

    def not_said(*slots: str) -> tuple[Missing, ...]:
        return tuple(Missing(slot=slot, reason="not said") for slot in slots)  # type: ignore[arg-type]

    values: list[Value] = [
        boss,
        mayor,
        denial,
        claim,
        letter,
        town,
        Event(
            trigger=find(text, "blocked"),
            type="PROTEST",
            mode="obstruct",
            contexts=("labor",),
            actors=(who("about 400 dockers"),),
            places=(Location(span=town.span, gazetteer_id=town.gazetteer_id),),
            time=monday,
            sizes=(Size(of="participants", span=find(text, "about 400 dockers"), low=Decimal(400), high=Decimal(400)),),
            missing=not_said("recipients"),
            mentions=(find(text, "blockade"),),
        ),
        Event(
            trigger=find(text, "talks"),
            type="CONSULT",
            actors=(who("about 400 dockers"), who("the owners")),
            missing=(Missing(slot="recipients", reason="implicit"), *not_said("places", "time")),
        ),
        Event(
            trigger=find(text, "struck"),
            type="ASSAULT",
            mode="beat",
            actors=(who("no guard"),),
            recipients=(who("them"),),
            factuality="not_happened",
            missing=(*not_said("time"), Missing(slot="places", reason="several candidates")),
            voice=entry_id(document, denial),
        ),
        Event(
            trigger=find(text, "beaten"),
            type="ASSAULT",
            mode="beat",
            recipients=(who("Two men"),),
            places=(Location(span=find(text, "the gate")),),
            sizes=(Size(of="wounded", span=find(text, "Two"), low=Decimal(2), high=Decimal(2)),),
            missing=(Missing(slot="actors", reason="passive"), *not_said("time")),
            voice=entry_id(document, claim),
        ),
        Event(
            trigger=find(text, "march"),
            type="PROTEST",
            factuality="possible",
            missing=(Missing(slot="actors", reason="pronoun"), *not_said("recipients", "places", "time")),
        ),
        Event(
            trigger=find(text, "refuse"),
            type="REJECT",
            actors=(who("the owners", nth=1),),
            factuality="hypothetical",
            missing=not_said("recipients", "places", "time"),
        ),
        Event(
            trigger=find(text, "urged"),
            type="REQUEST",
            actors=(who("the mayor, Astrid Fjelland,", mayor.name, mayor.key),),
            recipients=(who("both sides"),),
            missing=not_said("places", "time"),
        ),
        Event(
            trigger=find(text, "meet"),
            type="CONSULT",
            actors=(who("both sides"),),
            factuality="demanded",
            missing=not_said("recipients", "places", "time"),
        ),
        Event(
            trigger=find(text, "guarding"),
            type="MOBILIZE",
            actors=(who("Police"),),
            factuality="ongoing",
            missing=not_said("recipients", "places", "time"),
        ),
        Event(
            trigger=find(text, "send"),
            type="AID",
            actors=(who("the ministry"),),
            factuality="planned",
            missing=not_said("recipients", "places", "time"),
        ),
        Commitment(
            trigger=find(text, "will", 1),
            class_="pledge",
            by=who("We", boss.name, boss.key),
            to=who("the dockers", nth=1),
            contents=(find(text, "pay every man"),),
            due=Moment(span=find(text, "1 December 2026"), value="2026-12-01", begin="2026-12-01", end="2026-12-01"),
            voice=entry_id(document, letter),
        ),
        Commitment(
            trigger=find(text, "will", 2),
            class_="pledge",
            by=Participant(
                span=Span(start=second.start, end=second.start + len("we")), name=boss.name, entity=boss.key
            ),
            contents=(find(text, "hire no strangers"),),
            voice=entry_id(document, letter),
        ),
        Commitment(
            trigger=find(text, "threatens"),
            class_="threat",
            by=who("His company"),
            contents=(find(text, "close the quay"),),
            condition=find(text, "they march again"),
        ),
        Commitment(
            trigger=find(text, "was to"),
            class_="plan",
            contents=(find(text, "The gate"), find(text, "open")),
            due=Moment(span=find(text, "14 November"), value="2026-11-14", begin="2026-11-14", end="2026-11-14"),
        ),
        Commitment(
            trigger=find(text, "is expected to"),
            class_="forecast",
            contents=(find(text, "Coal"), find(text, "grow dearer")),
            due=Moment(span=find(text, "in the coming months"), value="FUTURE_REF", begin="2026-11-13"),
        ),
    ]
    return document, [entry(document, value) for value in values]
