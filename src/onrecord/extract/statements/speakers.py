"""Who is speaking: from a source as written to the person or body that the article names in full.

Each answer says how it was found. One candidate or none: where two remain, the source stays as it is written and
no entity is given.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from onrecord.extract.parse import Passage, Passages
from onrecord.extract.statements.sources import Head, Known, country_key, head, is_role, known
from onrecord.extract.statements.spotted import Spotted
from onrecord.model import Document, Entity, Span, Speaker

_BODY_NOUNS = {
    "newspaper": "times post news journal gazette tribune herald daily telegraph guardian observer courier mail press",
    "paper": "times post news journal gazette tribune herald daily telegraph guardian observer courier mail press",
    "outlet": "times post news journal gazette tribune herald daily telegraph guardian observer courier mail press",
    "agency": "agency office press news service administration",
}
_OWN_WORDS = frozenset("statement report article letter document memo post tweet study review email text".split())
"""Nouns for words that somebody else put out: `the statement added` goes on with whoever spoke last."""
_OF = re.compile(r"\b(?:of|to|for|in|at|from|with|by)\b")
_BACK = 3
"""Paragraphs that a pronoun may look back over."""


def resolve(
    document: Document,
    passages: Sequence[Passage],
    spotted: Sequence[Spotted],
    parents: Sequence[int | None],
    entities: Sequence[Entity],
) -> list[Speaker | None]:
    """The speaker of each statement, in the order of `spotted`; `parents` are indices of the enclosing statements."""
    room = _Room(document, passages, entities)
    speakers: list[Speaker | None] = []
    order = sorted(range(len(spotted)), key=lambda i: (spotted[i].start, _depth(parents, i)))
    answers: dict[int, Speaker | None] = {}
    for index in order:
        parent = parents[index]
        above = answers.get(parent) if parent is not None else None
        answers[index] = room.answer(spotted[index], above, inside=parent is not None)
    for index in range(len(spotted)):
        speakers.append(answers[index])
    return speakers


def _depth(parents: Sequence[int | None], index: int) -> int:
    depth, above = 0, parents[index]
    while above is not None and depth < 64:
        depth, above = depth + 1, parents[above]
    return depth


class _Room:
    """What has been heard so far: statements are answered in order, and each answer may lean on the ones before."""

    def __init__(self, document: Document, passages: Sequence[Passage], entities: Sequence[Entity]) -> None:
        self.document, self.text = document, document.text
        self.passages = Passages(passages)
        self.known = known(document, entities)
        self.mentions = sorted((m.start, m.end, n) for n, k in enumerate(self.known) for m in k.entity.mentions)
        self.by_key = {k.entity.key: k for k in self.known}
        self.contents: tuple[Span, ...] = ()  # of the statement in hand: whoever is named in it does not speak it
        self.last: tuple[Speaker, int] | None = None  # the last speaker of the article's own level, and where

    def answer(self, statement: Spotted, above: Speaker | None, *, inside: bool) -> Speaker | None:
        self.contents = statement.contents
        found = self._sourced(statement, above, inside) if statement.sources else self._unsourced(statement, inside)
        if found is not None and not inside:
            self.last = (found, max(c.end for c in statement.contents))
        return found

    def _unsourced(self, statement: Spotted, inside: bool) -> Speaker | None:
        """A quotation with no cue goes on with whoever spoke in the paragraph before; anything else is unanswered."""
        if statement.cue is None and not inside and self.last and self._paragraphs(self.last[1], statement.at) <= 1:
            return Speaker(name=self.last[0].name, entity=self.last[0].entity, how="continued")
        return None

    def _sourced(self, statement: Spotted, above: Speaker | None, inside: bool) -> Speaker | None:
        source = statement.sources[0]
        words = " ".join(source.of(self.text).split()).rstrip(",")
        found = head(self.passages, source)
        if found is None:
            return Speaker(name=words, how="as written")
        if found.pronoun:
            return self._pronoun(found, source, words, above, inside)
        if any(
            child.dep_ == "conj"
            and child.pos_ == "PROPN"
            and source.start <= self._offset(found) + child.idx < source.end
            for child in found.token.children
        ):
            return Speaker(name=words, how="several")
        if found.noun in _OWN_WORDS and (author := self._possessor(found, source)) is not None:
            return Speaker(name=author.name, entity=author.entity.key, how="publication")
        named = self._named(found, source)
        if named is not None:
            surname = " " in named.name and " " not in words
            return Speaker(
                name=named.name, entity=named.entity.key, how="surname" if named.person and surname else "name"
            )
        if found.token.pos_ in ("PROPN", "ADJ") and (key := country_key(found.token.text)) in self.by_key and key:
            return Speaker(name=self.by_key[key].name, entity=key, how="adjective")
        if (surnamed := self._surnamed(words)) is not None:
            return Speaker(name=surnamed.name, entity=surnamed.entity.key, how="surname")
        if found.token.pos_ == "PROPN" and words.isupper():
            labelled = [
                k for k in self.known if k.person and k.name.split()[-1].casefold() == words.split()[-1].casefold()
            ]
            if len(labelled) == 1:
                return Speaker(name=labelled[0].name, entity=labelled[0].entity.key, how="surname")
        if (spelled := self._spelled_out(found.token.text)) is not None:
            return Speaker(name=spelled.name, entity=spelled.entity.key, how="acronym")
        if found.noun and not found.plural:
            described = self._described(found, source)
            if described is not None:
                return described
        return Speaker(name=self._short(found, source), how="collective" if found.plural else "as written")

    def _short(self, found: Head, source: Span) -> str:
        """A source that names nobody known, up to the comma or clause that only adds to it."""
        end = source.end
        comma = self.text.find(",", found.span.end, source.end)
        end = comma if comma > 0 else end
        clause = next((t for t in found.token.children if t.dep_ == "relcl"), None)
        if clause is not None and self._offset(found) + clause.left_edge.idx > found.span.end:
            end = min(end, self._offset(found) + clause.left_edge.idx)
        return " ".join(self.text[source.start : end].split()).strip(" ,")

    def _named(self, found: Head, source: Span) -> Known | None:
        """The entity whose name holds the head word, or is set beside it (`the mayor, Ana Silva,`)."""
        inside = list(self._mentioned(source))
        if (holder := self._name_at(found.span.start)) is not None:
            return holder
        if found.token.pos_ == "PROPN" and found.token.text[:1].isupper():
            return None  # a name that the names step does not know: nobody beside it is meant
        spoken = [(k, start) for k, start in inside if (k.person or k.body) and start >= found.span.end]
        apposed = [self._offset(found) + c.left_edge.idx for c in found.token.children if c.dep_ == "appos"]
        beside = {
            k.entity.key: k
            for k, start in spoken
            if self.text[found.span.end : start].strip() in ("", ",")
            or any(0 <= start - a < 40 and not _OF.search(self.text, a, start) for a in apposed)
        }
        return next(iter(beside.values())) if len(beside) == 1 and not (found.plural and not apposed) else None

    def _surnamed(self, words: str) -> Known | None:
        """The one person whose name ends in these words: double surnames, which the language model takes apart."""
        end = " " + words.removeprefix("Mr. ").removeprefix("Ms. ").removeprefix("Mrs. ")
        if not end[1:2].isupper():
            return None
        people = [k for k in self.known if k.person and k.name.endswith(end)]
        return people[0] if len(people) == 1 else None

    def _spelled_out(self, acronym: str) -> Known | None:
        """The one body whose initials are these: the names step sees only acronyms that the language model proposes."""
        if not (acronym.isupper() and 2 < len(acronym) < 8):
            return None
        bodies = [
            k for k in self.known if k.body and "".join(w[0] for w in k.name.split() if w[0].isupper()) == acronym
        ]
        return bodies[0] if len(bodies) == 1 else None

    def _described(self, found: Head, source: Span) -> Speaker | None:
        """`the minister`, `the institute`, `the statement`: the one before that is called so."""
        noun = found.noun or ""
        before = [k for k in self.known if k.starts and k.starts[0] < source.start]
        if noun in _OWN_WORDS and found.definite and self.last and self._paragraphs(self.last[1], source.start) <= 1:
            return Speaker(name=self.last[0].name, entity=self.last[0].entity, how="statement")
        if not found.definite:
            return None
        if is_role(noun):
            called = [k for k in before if k.person and any(noun in r.title.lower().split() for r in k.entity.roles)]
        else:
            kinds = set(_BODY_NOUNS.get(noun, noun).split())
            called = [
                k
                for k in before
                if k.body
                and kinds & {w.lower().strip("s") for w in k.name.split()} | kinds & {w.lower() for w in k.name.split()}
            ]
        if len(called) > 1 and self.last:
            again = [k for k in called if k.entity.key == self.last[0].entity]
            called = again if len(again) == 1 else called
        if len(called) == 1 and source.of(self.text).split()[0].lower() == "the":
            return Speaker(
                name=called[0].name, entity=called[0].entity.key, how="title" if is_role(noun) else "short name"
            )
        return None

    def _possessor(self, found: Head, source: Span) -> Known | None:
        """Whose words a report or letter is: the one person or body named within the source (`an article in X`)."""
        inside = {k.entity.key: k for k, _ in self._mentioned(source) if k.person or k.body}
        return next(iter(inside.values())) if len(inside) == 1 else None

    def _pronoun(self, found: Head, source: Span, words: str, above: Speaker | None, inside: bool) -> Speaker | None:
        match found.pronoun:
            case "I" | "we":
                if above is not None:
                    return Speaker(name=above.name, entity=above.entity, how="first person")
                if inside:
                    return Speaker(name=words, how="unresolved")
                authors = self.document.authors
                if found.pronoun == "I" and len(authors) == 1:
                    return Speaker(name=authors[0], how="author")
                return Speaker(name=words, how="unresolved")
            case "who":
                return self._relative(found, source, words)
            case "it" | "they":
                return self._same_again(found, source, words)
            case _:
                candidate = self._he_or_she(found, source)
                if candidate is None:
                    return Speaker(name=words, how="unresolved")
                return Speaker(name=candidate.name, entity=candidate.entity.key, how="pronoun")

    def _relative(self, found: Head, source: Span, words: str) -> Speaker:
        """`who` and `which` stand for the noun that their clause hangs on."""
        token = found.token
        for _ in range(6):
            if token.dep_ == "relcl":
                antecedent = self._name_at(self._offset(found) + token.head.idx)
                if antecedent is not None:
                    return Speaker(name=antecedent.name, entity=antecedent.entity.key, how="relative")
                phrase = token.doc[token.head.left_edge.i : token.head.i + 1].text
                return Speaker(name=" ".join(phrase.split()), how="relative")
            token = token.head
        return Speaker(name=words, how="unresolved")

    def _offset(self, found: Head) -> int:
        return int(found.span.start - found.token.idx)

    def _name_at(self, position: int) -> Known | None:
        index = bisect_right(self.mentions, (position + 1,)) - 1
        if index < 0 or not self.mentions[index][0] <= position < self.mentions[index][1]:
            return None
        return self.known[self.mentions[index][2]]

    def _mentioned(self, source: Span) -> Iterator[tuple[Known, int]]:
        """Who is named within a source, and where."""
        for start, end, number in self.mentions[bisect_left(self.mentions, (source.start,)) :]:
            if start >= source.end:
                return
            if end <= source.end:
                yield self.known[number], start

    def _same_again(self, found: Head, source: Span, words: str) -> Speaker:
        """`it added` goes on with the body, `they added` with the people, that spoke just before."""
        if self.last is not None and self._paragraphs(self.last[1], source.start) <= 1:
            speaker = self.last[0]
            who = self.by_key.get(speaker.entity or "")
            crowd = speaker.how in ("collective", "several")
            fits = (who.body if who else not crowd) if found.pronoun == "it" else (who.body if who else crowd)
            if (
                fits
                and speaker.how != "unresolved"
                and (who or speaker.name[:1].isupper() or speaker.name.lower().startswith("the ") or crowd)
            ):
                return Speaker(name=speaker.name, entity=speaker.entity, how="pronoun")
        return Speaker(name=words, how="unresolved")

    def _he_or_she(self, found: Head, source: Span) -> Known | None:
        """The one person that fits: the last speaker first, then whoever is named nearest, subjects before others."""
        recent = self._recent(found, source)
        if self.last is not None and self._paragraphs(self.last[1], source.start) <= 1:
            again = self.by_key.get(self.last[0].entity or "")
            since = self.last[1]
            newer = any(k is not again and start >= since and self._is_subject(start) for k, start in recent)
            if again is not None and again.person and again.pronoun in (found.pronoun, None) and not newer:
                return again
        best = sorted(
            (self._paragraphs(start, source.start), 0 if self._is_subject(start) else 1, -start, n)
            for n, (_, start) in enumerate(recent)
        )
        if len(best) > 1 and best[0][:2] == best[1][:2]:
            first, second = recent[best[0][3]][0], recent[best[1][3]][0]
            if best[0][0] > 0 or (first.pronoun is None and second.pronoun is None):
                return None
        return recent[best[0][3]][0] if best else None

    def _recent(self, found: Head, source: Span) -> list[tuple[Known, int]]:
        """Whom the pronoun fits of those named in the paragraphs before, and where last; not in the words spoken."""
        first = self.passages.starts[max(0, self.passages.number(source.start) - _BACK)]
        latest: dict[int, int] = {}
        for start, _, number in self.mentions[bisect_left(self.mentions, (first,)) :]:
            if start >= source.start:
                break
            k = self.known[number]
            spoken = any(c.start <= start < c.end for c in self.contents)
            if k.person and k.pronoun in (found.pronoun, None) and not spoken:
                latest[number] = start
        return [(self.known[number], start) for number, start in latest.items()]

    def _is_subject(self, position: int) -> bool:
        passage = self.passages.at(position)
        if passage is None:
            return False
        start = passage.block.span.start
        token = passage.doc.char_span(position - start, position - start + 1, alignment_mode="expand")
        if not token:
            return False
        word = token[0]
        while word.dep_ in ("compound", "flat", "amod") and word.head is not word:
            word = word.head
        return word.dep_ in ("nsubj", "nsubjpass")

    def _paragraphs(self, before: int, after: int) -> int:
        """How many paragraphs on one place is from another."""
        return self.passages.number(after) - self.passages.number(max(0, before - 1))
