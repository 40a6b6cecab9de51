"""Mentions written by hand: kind and words, in the order of the text; `President |Silva` has a title before it."""

from onrecord.model import Mention, MentionKind, Span


def mentions(text: str, given: list[tuple[MentionKind, str]]) -> tuple[Mention, ...]:
    found, at = [], 0
    for kind, words in given:
        title, _, head = words.rpartition("|")
        start = text.index(title + head, at)
        at = start + len(title + head)
        found.append(Mention(span=Span(start=start, end=at), head=Span(start=start + len(title), end=at), kind=kind))
    return tuple(found)
