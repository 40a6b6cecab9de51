"""Who is who over documents: cases, half of them two of one name, and what holds whatever is linked."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.actors import block, buckets, link, sketch
from onrecord.model import Cluster, Document, Entity, Office, Role, Sketch, Source, Span, entity_id

CASES = [
    json.loads(line)
    for line in (Path(__file__).parents[1] / "cases" / "link.jsonl").read_text(encoding="utf-8").splitlines()
]


def sketched(one: dict[str, Any]) -> Sketch:
    return Sketch(
        document=one["document"],
        key=entity_id(one["type"], one["name"]),
        type=one["type"],
        name=one["name"],
        aliases=tuple(one.get("aliases", ())),
        roles=tuple(Office(title=title) for title in one.get("roles", ())),
        companions=tuple((type_, name) for type_, name in one.get("companions", ())),
        country=one.get("country"),
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_case(case: dict[str, Any]) -> None:
    sketches = [sketched(one) for one in case["sketches"]]
    clusters = link(sketches)
    assert sorted("".join(document for document, _ in cluster.members) for cluster in clusters) == case["clusters"]
    assert {e.kind for cluster in clusters for e in cluster.evidence} >= set(case.get("evidence", ()))
    assert {e.kind for c in clusters for apart in c.apart for e in apart.evidence} >= set(case.get("apart", ()))
    assert link(sketches[::-1]) == clusters


@pytest.mark.parametrize("case", [c for c in CASES if len(c["clusters"]) == 1], ids=lambda case: case["id"])
def test_those_who_are_one_meet_in_a_bucket(case: dict[str, Any]) -> None:
    met: set[str] = set()
    groups = [set(buckets(sketched(one))) for one in case["sketches"]]
    met = groups.pop()
    while groups:
        near = [group for group in groups if group & met]
        assert near
        for group in near:
            met |= group
            groups.remove(group)


def test_every_half_of_the_cases_is_a_trap() -> None:
    assert sum(len(case["clusters"]) > 1 for case in CASES) * 2 >= len(CASES) - 2


def test_evidence_names_the_documents_and_the_words() -> None:
    one, other = (
        Sketch(document=d, key=d, type="person", name="Ilse Brandt", roles=(Office(title="mayor of Tema"),))
        for d in "ab"
    )
    (cluster,) = link([one, other])
    assert [(e.kind, e.words, e.documents) for e in cluster.evidence] == [
        ("name", ("Ilse Brandt",), ("a", "b")),
        ("role", ("mayor of Tema",), ("a", "b")),
    ]


def test_who_was_kept_apart_is_named_with_what_disagrees() -> None:
    one = Sketch(document="a", key="k", type="person", name="Tito Baruwa", roles=(Office(title="striker"),))
    other = Sketch(document="b", key="k", type="person", name="Tito Baruwa", roles=(Office(title="bishop of Tema"),))
    first, second = link([one, other])
    assert first.apart[0].member == ("b", "k")
    assert second.apart[0].evidence[0].words == ("bishop of Tema", "striker")


def test_a_sketch_knows_the_body_the_country_and_the_company() -> None:
    text = "Ilse Brandt, the Norwegian envoy to Nordlast, met Rui Costa in Portugal."

    def at(words: str) -> Span:
        return Span(start=text.index(words), end=text.index(words) + len(words))

    role = Role(title="Norwegian envoy to Nordlast", span=at("Norwegian envoy to Nordlast"), organization="Nordlast")
    names = {"Ilse Brandt": "person", "Nordlast": "organization", "Rui Costa": "person", "Portugal": "country"}
    entities = [
        Entity(key=entity_id(type_, name), type=type_, name=name, mentions=(at(name),))  # type: ignore[arg-type]
        for name, type_ in names.items()
    ]
    entities[0] = Entity(
        key=entities[0].key, type="person", name="Ilse Brandt", roles=(role,), mentions=entities[0].mentions
    )
    source = Source(sha256="", media_type="text/plain")
    document = Document(id="d", source=source, reader="text/1", text=text, published="2026-11-02")
    found = sketch(document, entities[0], entities)
    assert found.roles == (Office(title="Norwegian envoy to Nordlast", organization="Nordlast", country="NO"),)
    assert found.companions == (("organization", "Nordlast"), ("person", "Rui Costa"))
    assert (found.country, found.published) == ("NO", "2026-11-02")


_NAMES = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["Ana Silva", "A. Silva", "Ana B. Silva", "Silva", "Ana Silva Jr.", "Anna Sylva", "Maria"]),
)
_SKETCHES = st.lists(
    st.builds(
        Sketch,
        document=st.sampled_from("abcdef"),
        key=st.sampled_from("123"),
        type=st.sampled_from(["person", "organization", "place", "country", "group"]),
        name=_NAMES,
        aliases=st.lists(_NAMES, max_size=2).map(tuple),
        roles=st.lists(
            st.builds(Office, title=st.sampled_from(["striker", "president of Peru", "king of Nepal", "x", ""])),
            max_size=2,
        ).map(tuple),
        companions=st.lists(st.tuples(st.just("person"), _NAMES), max_size=3).map(tuple),
    ),
    max_size=9,
    unique_by=lambda s: (s.document, s.key),
)


@given(_SKETCHES, st.randoms(use_true_random=False))
def test_everybody_is_in_one_cluster_whatever_the_order(sketches: list[Sketch], random: Any) -> None:
    clusters = link(sketches)
    assert sorted(m for c in clusters for m in c.members) == sorted((s.document, s.key) for s in sketches)
    shuffled = list(sketches)
    random.shuffle(shuffled)
    assert link(shuffled) == clusters


@given(_SKETCHES)
def test_only_those_who_can_meet_are_one(sketches: list[Sketch]) -> None:
    kinds = {(s.document, s.key): s for s in sketches}
    for cluster in link(sketches):
        assert len({kinds[m].type == "person" for m in cluster.members}) == 1


@given(st.text(max_size=40))
def test_a_bucket_is_a_word_whatever_the_name(name: str) -> None:
    for type_ in ("person", "organization", "country", "group", "place"):
        assert block(type_, name)  # type: ignore[arg-type]


def test_a_famous_name_is_linked_in_time() -> None:
    many = [
        Sketch(
            document=str(n), key=str(n), type="person", name=f"{chr(65 + n % 26)}na{n % 7} Silva", aliases=("Silva",)
        )
        for n in range(3000)
    ]
    clusters: list[Cluster] = link(many)
    assert sum(len(c.members) for c in clusters) == 3000
