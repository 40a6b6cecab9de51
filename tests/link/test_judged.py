"""Judgements over clusters: pure, whatever the order, and taken back without a trace."""

import itertools

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from onrecord.link.judged import settle
from onrecord.model import Apart, Cluster, Correction, Evidence, Judged, Judgement, Sketch, actor_id, standing

KEYS = tuple(letter * 20 for letter in "abcdef")


def key(letter):
    return letter * 20


def sketch(document, letter, name=None):
    return Sketch(
        document=document,
        key=key(letter),
        type="person",
        name=name or letter.upper(),
        published=f"2031-04-{int(document[1:]) % 28 + 1:02}",
    )


def cluster(*members, **given):
    members = tuple(sorted((document, key(letter)) for document, letter in members))
    name = members[0][1][0].upper()
    return Cluster(members=members, name=name, type="person", **given)


_numbers = itertools.count(1)


def judgement(verdict, *actors, **given):
    correction = Correction(actors=actors, **given)
    return Judgement(
        id=f"{next(_numbers):020}",
        subject="0" * 20,
        verdict=verdict,
        correction=correction,
        who="ada",
        when="2031-05-01",
    )


def judged(*members, actor="gone"):
    return Judged(actor=actor, name="then", members=tuple((document, key(letter)) for document, letter in members))


A = cluster(("d1", "a"), ("d2", "a"), evidence=(Evidence(kind="name", words=("A",), documents=("d1", "d2")),))
B = cluster(("d1", "b"), ("d3", "b"))
SKETCHES = [sketch("d1", "a"), sketch("d2", "a"), sketch("d1", "b"), sketch("d3", "b")]


def members(settled):
    return {each.id: each.members for each in settled}


def test_without_a_judgement_a_cluster_is_an_actor_under_its_key():
    first, second = settle([B, A], SKETCHES, [])
    assert (first.id, first.name, first.members, first.evidence) == (key("a"), "A", A.members, A.evidence)
    assert (second.id, second.members, second.named, second.judgements) == (key("b"), B.members, None, ())


def test_two_that_are_merged_are_one_and_the_first_keeps_its_name():
    one = judgement("merge", judged(("d3", "b")), judged(("d1", "a")))
    (settled,) = settle([A, B], SKETCHES, [one])
    assert settled.name == "B" and set(settled.members) == {*A.members, *B.members}
    assert settled.judgements == (one.id,) and settled.evidence == A.evidence
    assert settled.id == key("a")  # as many documents have either; the id goes by the key


def test_a_split_takes_the_mentions_of_some_documents():
    one = judgement("split", judged(("d2", "a")), documents=("d1",))
    settled = settle([A, B], SKETCHES, [one])
    assert {each.members for each in settled} == {(("d1", key("a")),), (("d2", key("a")),), B.members}
    ids = {each.members: each.id for each in settled}
    # One of the two has the key, and the other a hash that hangs on nothing but what is kept.
    assert {ids[("d1", key("a")),], ids[("d2", key("a")),]} == {key("a"), actor_id(key("a"), "d2")}
    assert all(each.evidence == () for each in settled)  # a name in one document is no evidence


def test_a_split_that_would_leave_nothing_does_nothing():
    assert members(settle([A], SKETCHES, [judgement("split", judged(("d1", "a")), documents=("d1", "d2"))])) == members(
        settle([A], SKETCHES, [])
    )


def test_a_name_is_the_persons_and_the_later_one_outranks():
    first = judgement("rename", judged(("d1", "a")), name="First")
    second = judgement("rename", judged(("d2", "a")), name="Second")
    (settled,) = settle([A], SKETCHES, [first, second])
    assert (settled.name, settled.named, settled.judgements) == ("Second", second.id, (first.id, second.id))
    merged = judgement("merge", judged(("d3", "b")), judged(("d1", "a")))
    (settled,) = settle([A, B], SKETCHES, [first, merged])
    assert settled.name == "First"  # a name that a person gave goes before one that was found


def test_an_actor_is_found_again_by_its_members_or_by_their_keys():
    name = judgement("rename", judged(("d7", "a"), ("d8", "a")), name="Found")
    (settled,) = settle([A], SKETCHES, [name])
    assert settled.name == "Found"  # the documents are gone, the key is not
    (settled,) = settle([B], SKETCHES, [name])
    assert settled.name == "B" and not settled.judgements  # nobody is meant any more


def test_what_is_one_with_another_is_not_kept_apart_from_it():
    apart = msgspec.structs.replace(A, apart=(Apart(member=("d3", key("b")), name="B"),))
    assert settle([apart, B], SKETCHES, [])[0].apart
    (settled,) = settle([apart, B], SKETCHES, [judgement("merge", judged(("d1", "a")), judged(("d3", "b")))])
    assert not settled.apart


def test_two_of_one_key_have_ids_of_their_own():
    first, second = cluster(("d1", "a")), cluster(("d2", "a"), ("d3", "a"))
    sketches = [sketch("d1", "a"), sketch("d2", "a"), sketch("d3", "a")]
    settled = {each.members: each.id for each in settle([first, second], sketches, [])}
    assert settled[second.members] == key("a") and settled[first.members] == actor_id(key("a"), "d1")


def test_what_takes_back_can_be_taken_back():
    one = judgement("merge", judged(("d1", "a")), judged(("d3", "b")))
    back = msgspec.structs.replace(one, id="f" * 20, subject=one.id, verdict="reject", correction=None)
    again = msgspec.structs.replace(back, id="e" * 20, subject=back.id)
    assert standing([one]) == [one] and standing([one, back]) == [] and standing([one, back, again]) == [one]


@st.composite
def worlds(draw):
    """Entities of some documents, in clusters."""
    pairs = draw(st.sets(st.tuples(st.integers(1, 9), st.sampled_from("abcdef")), min_size=1, max_size=24))
    sketches = [sketch(f"d{number}", letter) for number, letter in sorted(pairs)]
    groups = {}
    for each in sketches:
        groups.setdefault(draw(st.integers(0, 5)), []).append((each.document, each.key[0]))
    return sketches, [cluster(*group) for group in groups.values()]


@st.composite
def decisions(draw, clusters):
    made = []
    for _ in range(draw(st.integers(0, 5))):
        some = [draw(st.sampled_from(clusters)) for _ in range(draw(st.integers(1, 3)))]
        meant = [Judged(actor="gone", name="then", members=each.members[:3]) for each in some]
        verdict = draw(st.sampled_from(("merge", "split", "rename")))
        documents = tuple(draw(st.lists(st.sampled_from([m[0] for m in some[0].members]), max_size=3)))
        made.append(judgement(verdict, *meant, documents=documents, name="N"))
    return made


@given(worlds(), st.data(), st.randoms(use_true_random=False))
def test_nobody_is_lost_and_the_order_of_adding_does_not_count(world, data, dice):
    sketches, clusters = world
    made = data.draw(decisions(clusters))
    settled = settle(clusters, sketches, made)
    everyone = sorted(member for each in settled for member in each.members)
    assert everyone == sorted((each.document, each.key) for each in sketches)
    assert len({each.id for each in settled}) == len(settled)
    dice.shuffle(clusters)
    dice.shuffle(sketches)
    assert settle(clusters, sketches, made) == settled


@given(worlds(), st.data())
def test_merging_and_splitting_again_gives_what_was(world, data):
    sketches, clusters = world
    first, second = data.draw(st.sampled_from(clusters)), data.draw(st.sampled_from(clusters))
    if {m[0] for m in first.members} & {m[0] for m in second.members}:
        return  # a document that names both is of both
    before = settle(clusters, sketches, [])
    meant = [Judged(actor="gone", name="then", members=each.members) for each in (first, second)]
    merge = judgement("merge", *meant)
    split = judgement("split", meant[0], documents=tuple(document for document, _ in second.members))
    assert len(settle(clusters, sketches, [merge])) == len(clusters) - 1
    assert members(settle(clusters, sketches, [merge, split])) == members(before)
