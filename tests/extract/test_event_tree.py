"""The parse as lists says what the parser says."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.events.syntax.tree import Tree, tree
from onrecord.extract.parse import Passage, model
from onrecord.model import Block, Span


def grown(text: str) -> Tree:
    return tree(Passage(Block(kind="paragraph", span=Span(start=0, end=len(text))), model()(text)))


@settings(max_examples=40, deadline=None)
@given(
    st.text(max_size=60) | st.just("") | st.just("Rain fell. The harbour “Nørre” closed 😀 at 9 p.m.\u00a0on Monday.")
)
def test_it_says_what_the_parser_says(text: str) -> None:
    found = grown(text)
    doc = found.passage.doc
    assert found.size == len(doc)
    for token in doc:
        i = token.i
        assert (found.words[i], found.lemmas[i], found.tags[i]) == (token.lower_, token.lemma_.lower(), token.tag_)
        assert (found.links[i], found.parts[i], found.heads[i]) == (token.dep_, token.pos_, token.head.i)
        assert doc.text[found.starts[i] : found.ends[i]] == token.text
        assert found.children[i] == [child.i for child in token.children]
        assert (found.sentences[i], found.last(i)) == (token.sent.start, token.sent.end - 1)
        assert found.covering(token.idx) == i


def test_ways_through_it() -> None:
    found = grown("The crew that left Tarn painted the pier. Rain fell.")
    left = found.words.index("left")
    assert [found.words[i] for i in found.upward(left)] == ["left", "crew", "painted"]
    assert sorted(found.words[i] for i in found.below(left)) == ["left", "tarn", "that"]
    assert [found.words[i] for i in found.within(4, 13)] == ["crew", "that"]
    painted = found.words.index("painted")
    assert found.child(painted, "dobj") == found.words.index("pier")
    assert found.child(painted, "agent") is None


def test_a_clause_without_its_helper() -> None:
    found = grown("Two monks were killed and five injured in a raid.")
    killed, five, injured = (found.words.index(word) for word in ("killed", "five", "injured"))
    assert (found.links[injured], found.heads[injured]) == ("conj", killed)
    assert (found.links[five], found.heads[five]) == ("nsubjpass", injured)

    found = grown("At least 21 monks were killed and up to 54 others wounded when missiles struck the pier.")
    killed, others, wounded = (found.words.index(word) for word in ("killed", "others", "wounded"))
    assert (found.links[others], found.heads[others], found.heads[wounded]) == ("nsubjpass", wounded, killed)


def test_who_does_it_stays_who_does_it() -> None:
    found = grown("The militia was defeated and five rebels injured two guards.")
    assert found.links[found.words.index("rebels")] == "nsubj"
