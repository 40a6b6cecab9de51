"""Windows of tokens: joined as they would be printed, and every span found its way back to its tokens."""

from evals import windows
from evals.windows import found, join, pieces
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.encoder import Labelled
from onrecord.extract.encoder.tagging import ROLES
from onrecord.model import Span

TOKENS = "`` We do n't sail , '' the harbour master 's deputy said -LRB- twice -RRB- .".split()


def test_tokens_are_joined_as_they_are_printed():
    assert join(TOKENS).text == "“We don't sail,” the harbour master's deputy said (twice)."


@given(st.lists(st.text(min_size=1, max_size=6).filter(lambda t: not any(map(str.isspace, t))), min_size=1))
def test_every_token_stands_where_it_is_said_to(tokens):
    text, starts = join(tokens)
    ends = [*starts[1:], len(text)]
    for token, start, end in zip(tokens, starts, ends, strict=True):
        assert text[start:end].rstrip() == windows._AS_PRINTED.get(token, token)


def test_labels_become_pieces():
    labels = ["B-source", "I-source", "B-cue", "O", "B-content", "B-content", "I-content"]
    assert list(pieces(labels)) == [("source", 0, 2), ("cue", 2, 3), ("content", 4, 5), ("content", 5, 7)]


def test_spans_are_taken_back_to_whole_tokens(monkeypatch):
    text, _ = join(TOKENS)

    def label(given, paragraphs, quotations):
        assert given == text and paragraphs == [Span(start=0, end=len(text))]
        words = {"Content": "“We don't sail,”", "Source": "the harbour master's deputy", "Cue": "said"}
        places = {role: text.index(words[role]) for role in ROLES}
        return {role: Labelled([Span(start=at, end=at + len(words[role]))], [-0.1]) for role, at in places.items()}

    monkeypatch.setattr(windows, "read", label)
    monkeypatch.setattr(windows, "label", lambda labelled: labelled)
    assert set(found(TOKENS)) == {("content", 0, 7), ("source", 7, 12), ("cue", 12, 13)}
