"""Who is speaking: from a source as written to the person or body that the article names in full.

Each answer says how it was found; `docs/GLOSSARY.md` lists the ways. One candidate or none: where two remain, the
source stays as it is written and no entity is given.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from onrecord.extract.covers import covering
from onrecord.extract.parse import Passage
from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.descriptions import called
from onrecord.extract.statements.leads import leads
from onrecord.extract.statements.pronouns import Reader
from onrecord.extract.statements.scene import Scene, Sight
from onrecord.extract.statements.sources import PRONOUNS, Head, Known, country_key, head, is_role, nouns, sort
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.statements.things import Answer, again, it, they
from onrecord.model import Document, Entity, Span, Speaker

_NOBODY = ("unresolved", "ambiguous", "anyone")
"""How somebody was found who puts out no statement."""
_AND = ("and", ", and", "&")
_BESIDE = ("compound", "nmod")
_OF = ("of", "to", "for", "in", "at", "from", "with", "by")


_CUT = re.compile(r"(?: [A-Z]\w+){0,2}, (?=[A-Z])")
_FAR = 60


class Heard(NamedTuple):
    """The last answer at the article's own level, and where its statement ends."""

    answer: Answer
    end: int


def resolve(
    document: Document,
    passages: Sequence[Passage],
    spotted: Sequence[Spotted],
    parents: Sequence[int | None],
    entities: Sequence[Entity],
    quotations: Sequence[Quotation] = (),
) -> list[Speaker | None]:
    """The speaker of each statement, in the order of `spotted`; `parents` are indices of the enclosing statements."""
    room = _Room(Scene(document, passages, entities, quotations), spotted, parents)
    for index in sorted(range(len(spotted)), key=lambda i: (spotted[i].start, _depth(parents, i))):
        room.answer(index)
    named = leads(room.scene, spotted, parents, room.answers)
    return [answer.speaker if answer else None for answer in named]


def _depth(parents: Sequence[int | None], index: int) -> int:
    depth, above = 0, parents[index]
    while above is not None and depth < 64:
        depth, above = depth + 1, parents[above]
    return depth


class _Room:
    """What has been heard so far: statements are answered in order, and each answer may lean on the ones before."""

    def __init__(self, scene: Scene, spotted: Sequence[Spotted], parents: Sequence[int | None]) -> None:
        self.scene, self.text = scene, scene.text
        self.spotted, self.parents = spotted, parents
        self.answers: list[Answer | None] = [None] * len(spotted)
        self.reader = Reader(scene, self._out_of_question)
        self.last: Heard | None = None
        contents = [(content, n) for n, one in enumerate(spotted) for content in one.contents]
        around = covering(contents, self.reader.places)
        self.around = {place: [n for _, n in each] for place, each in zip(self.reader.places, around, strict=True)}

    def answer(self, index: int) -> None:
        statement, parent = self.spotted[index], self.parents[index]
        self.reader.read_to(statement.start)
        above = self.answers[parent] if parent is not None else None
        if not statement.sources:
            found = self._unsourced(statement, inside=parent is not None)
        else:
            found = self._sourced(statement, index, above, inside=parent is not None)
        self.answers[index] = found
        if found is not None and parent is None:
            self.last = Heard(found, max(c.end for c in statement.contents))

    def _out_of_question(self, place: int) -> set[int]:
        """Nobody speaks of themselves as `he` inside marks: who speaks the quotations around a place."""
        if self.scene.quotation(place) < 0:
            return set()
        return {a.who for n in self.around.get(place, ()) if (a := self.answers[n]) and a.who is not None}

    def _lately(self, place: int) -> Answer | None:
        """Who spoke last, if no more than a paragraph before."""
        if self.last is None or self.scene.paragraphs(self.last.end, place) > 1:
            return None
        return self.last.answer

    def _unsourced(self, statement: Spotted, *, inside: bool) -> Answer | None:
        """A quotation with no cue goes on with whoever spoke in the paragraph before; anything else is unanswered."""
        lately = self._lately(statement.at)
        if statement.cue is None and not inside and lately is not None:
            return again(lately, "continued")
        return None

    def _sourced(self, statement: Spotted, index: int, above: Answer | None, *, inside: bool) -> Answer:
        source = statement.sources[0]
        words = " ".join(source.of(self.text).split()).rstrip(",")
        found = head(self.scene.passages, source)
        if found is None:
            return Answer(Speaker(name=words, how="as written"))
        if found.pronoun:
            return self._pronoun(found, source, words, index, above, inside=inside)
        if self._several(found, source):
            return Answer(Speaker(name=words, how="several"), many=True)
        ways = (self._publication, self._named, self._adjective, self._surname, self._acronym, self._described)
        for way in ways if not found.part else ():
            answer = way(found, source)
            if answer is not None:
                return answer
        stranger = self.scene.index_at(found.span.start)
        return Answer(Speaker(name=self._short(found, source), how=sort(found)), stranger, found.many)

    def _several(self, found: Head, source: Span) -> bool:
        """Whether names are joined: `Ana Silva and Rui Costa`, `the mayor, Ana Silva, and the envoy, Rui Costa`."""
        joined = [t for t in (*found.token.conjuncts, *found.token.children) if t.dep_ == "conj"]
        if any(t.pos_ == "PROPN" and source.start <= self._at(found, t) < source.end for t in joined):
            return True
        named = [s for s in self._mentioned(source) if self._speaks(self.scene.known[s.who])]
        pairs = [(one, two) for one, two in pairwise(named) if one.who != two.who]
        for one, two in pairs:
            if "," not in self.text[source.start : one.start] and self.text[one.end : two.start].strip() in _AND:
                return True
        return any(named[0].start < self._at(found, t) <= named[-1].start for t in joined) if pairs else False

    def _answer(self, who: int | None, how: str) -> Answer | None:
        if who is None:
            return None
        known = self.scene.known[who]
        return Answer(Speaker(name=known.name, entity=known.key, how=how), who)

    def _publication(self, found: Head, source: Span) -> Answer | None:
        """Whose words a report or letter is: the one person or body named within the source (`an article in X`)."""
        if found.noun not in nouns().documents:
            return None
        inside = {s.who for s in self._mentioned(source) if self._speaks(self.scene.known[s.who])}
        for child in found.token.children:
            if child.dep_ == "poss" and PRONOUNS.get(child.lower_) in ("he", "she"):
                at = self._at(found, child)
                owner = self.reader.choose(Span(start=at, end=at + len(child))).who
                inside |= {owner} if owner is not None else set()
        return self._answer(next(iter(inside)), "publication") if len(inside) == 1 else None

    def _named(self, found: Head, source: Span) -> Answer | None:
        """The entity whose name holds the head word, or is set beside it (`the mayor, Ana Silva,`)."""
        who = self._holder(found, source)
        if who is None and is_role(found.noun or "") and not found.plural:
            who = self._following(source)
        if who is None:
            return None
        known = self.scene.known[who]
        if known.key is None and not known.doubtful:
            return None
        written = " ".join(source.of(self.text).split())
        surname = known.person and " " in known.name and " " not in written
        return self._answer(who, "surname" if surname else "name")

    def _holder(self, found: Head, source: Span) -> int | None:
        if not found.noun and (holder := self.scene.index_at(found.span.start)) is not None:
            return holder
        if found.noun and (named := self.scene.index_at(found.span.start)) is not None and self.scene.known[named].key:
            return named
        if found.token.pos_ == "PROPN" and found.token.text[:1].isupper():
            return None  # a name that nothing else is known of: nobody beside it is meant
        sorts = nouns()
        if found.noun in sorts.outlets | sorts.companies | sorts.any_body:  # `the Reuters news agency`
            compounds = [self.scene.index_at(self._at(found, c)) for c in found.token.children if c.dep_ in _BESIDE]
            bodies = [n for n in compounds if n is not None and self.scene.known[n].kind == "organization"]
            if len(bodies) == 1:
                return bodies[0]
        apposed = [self._at(found, c.left_edge) for c in found.token.children if c.dep_ == "appos"]
        beside: set[int] = set()
        for sight in self._mentioned(source):
            if not self._speaks(self.scene.known[sight.who]) or sight.start < found.span.end:
                continue
            between = self.text[found.span.end : sight.start]
            close = any(
                0 <= sight.start - a < 40 and not set(self.text[a : sight.start].split()) & set(_OF) for a in apposed
            )
            alone = (
                (self.scene.known[sight.who].person or self.scene.known[sight.who].doubtful)
                and is_role(found.noun or "")
                and self._segment(sight.start, sight.end, source)
            )
            if between.strip() in ("", ",") or close or alone:
                beside.add(sight.who)
        return next(iter(beside)) if len(beside) == 1 and not (found.plural and not apposed) else None

    def _following(self, source: Span) -> int | None:
        """The name that a source was cut off from: `the envoy to Oslo, Ana Silva`."""
        cut = _CUT.match(self.text, source.end, source.end + _FAR)
        if cut is None:
            return None
        who = self.scene.index_at(cut.end())
        return who if who is not None and (self.scene.known[who].person or self.scene.known[who].doubtful) else None

    def _segment(self, start: int, end: int, source: Span) -> bool:
        """Whether a name stands between two commas, or between a comma and the end of the source."""
        before = self.text[source.start : start].rstrip()
        after = self.text[end : source.end].lstrip()
        return before.endswith(",") and (not after or after[0] == ",")

    @staticmethod
    def _speaks(known: Known) -> bool:
        return known.person or known.body or (known.kind is None and known.doubtful)

    def _adjective(self, found: Head, source: Span) -> Answer | None:
        key = country_key(found.token.text) if found.token.pos_ in ("PROPN", "ADJ") else None
        return self._answer(self.scene.by_key.get(key), "adjective") if key else None

    def _surname(self, found: Head, source: Span) -> Answer | None:
        """The one person whose name ends in these words: double surnames, which the language model takes apart."""
        words = " ".join(source.of(self.text).split()).rstrip(",")
        end = words.removeprefix("Mr. ").removeprefix("Ms. ").removeprefix("Mrs. ")
        if not end[:1].isupper():
            return None
        labelled = words.isupper()  # the label of a transcript: `ROOS:`
        people = [
            n
            for n, k in enumerate(self.scene.known)
            if k.person
            and k.key
            and (k.name.endswith(" " + end) or (labelled and k.name.split()[-1].upper() == words.split()[-1]))
        ]
        return self._answer(people[0], "surname") if len(people) == 1 else None

    def _acronym(self, found: Head, source: Span) -> Answer | None:
        """The one body whose initials these are: the names step sees only acronyms that the language model proposes."""
        acronym = found.token.text.replace(".", "")
        if not (acronym.isupper() and 1 < len(acronym) < 8):
            return None
        bodies = [
            n
            for n, k in enumerate(self.scene.known)
            if k.body and "".join(w[0] for w in k.name.split() if w[0].isupper()) == acronym
        ]
        return self._answer(bodies[0], "acronym") if len(bodies) == 1 else None

    def _described(self, found: Head, source: Span) -> Answer | None:
        """`the minister`, `the institute`, `the statement`: the one before that is called so."""
        if not found.noun or found.plural:
            return None
        lately = self._lately(source.start)
        first = source.of(self.text).split()[0].lower()
        if found.noun in nouns().documents:
            own = (
                found.noun in nouns().own_words and first in ("the", "that") and len(source.of(self.text).split()) == 2
            )
            fits = lately is not None and not lately.many and lately.speaker.how not in _NOBODY
            return again(lately, "statement") if own and lately and fits else None
        if first in PRONOUNS or not (found.definite or self.scene.headline(source.start)):
            return None  # `his rival` is nobody's office
        phrase = self._short(found, source)
        who, how = called(self.scene, found.noun, source.start, lately.who if lately else None, phrase=phrase)
        if who is not None:
            self.scene.see(source, who)
            return self._answer(who, how)
        return Answer(Speaker(name=phrase, how=how)) if how else None

    def _short(self, found: Head, source: Span) -> str:
        """A source that names nobody known, up to the comma or clause that only adds to it."""
        comma = self.text.find(",", found.span.end, source.end)
        end = comma if comma > 0 else source.end
        clause = next((t for t in found.token.children if t.dep_ == "relcl"), None)
        if clause is not None and self._at(found, clause.left_edge) > found.span.end:
            end = min(end, self._at(found, clause.left_edge))
        return " ".join(self.text[source.start : end].split()).strip(" ,")

    def _pronoun(
        self, found: Head, source: Span, words: str, index: int, above: Answer | None, *, inside: bool
    ) -> Answer:
        unresolved = Answer(Speaker(name=words, how="unresolved"))
        match found.pronoun:
            case "I" | "we":
                if inside:
                    return again(above, "first person") if above is not None else unresolved
                authors = self.scene.document.authors
                if found.pronoun == "I" and len(authors) == 1 and self.scene.quotation(source.start) < 0:
                    return Answer(Speaker(name=authors[0], how="author"))
                return unresolved
            case "who":
                return self._relative(found) or unresolved
            case "it" | "they":
                lately = self._lately(source.start)
                outer = above if self.scene.quotation(source.start) < 0 else None
                way = it if found.pronoun == "it" else they
                options = [a for a in (outer, lately) if a is not None]
                return way(self.scene, found, source, options) or unresolved
            case _:
                lately = self._lately(source.start)
                choice = self.reader.choose(
                    found.span,
                    barred=self._barred(index),
                    spoke=lately.who if lately else None,
                    unseen=self.spotted[index].contents,
                )
                answer = self._answer(choice.who, "pronoun")
                return answer or Answer(Speaker(name=words, how="ambiguous" if choice.rivals > 1 else "unresolved"))

    def _barred(self, index: int) -> set[int]:
        """Whoever speaks the quotations that a statement stands in."""
        barred: set[int] = set()
        above = self.parents[index]
        while above is not None:
            answer = self.answers[above]
            if answer is not None and answer.who is not None and self.scene.quotation(self.spotted[index].at) >= 0:
                barred.add(answer.who)
            above = self.parents[above]
        return barred

    def _relative(self, found: Head) -> Answer | None:
        """`who` and `which` stand for the noun that their clause hangs on."""
        token = found.token
        for _ in range(6):
            if token.dep_ == "relcl":
                for noun in (token.head, token.head.head):
                    who = self.scene.index_at(self._at(found, noun))
                    if who is not None and self.scene.known[who].key:
                        return self._answer(who, "relative")
                    if noun.dep_ != "appos":
                        break
                if token.head.lemma_.lower() in nouns().documents:
                    whole = Span(start=self._at(found, token.head.left_edge), end=self._at(found, token.left_edge))
                    inside = {s.who for s in self._mentioned(whole) if self._speaks(self.scene.known[s.who])}
                    if len(inside) == 1:
                        return self._answer(inside.pop(), "publication")
                phrase = token.doc[token.head.left_edge.i : token.head.i + 1].text
                return Answer(Speaker(name=" ".join(phrase.split()), how="relative"))
            token = token.head
        return None

    def _at(self, found: Head, token: object) -> int:
        """Where another token of the same passage stands in the article."""
        return int(found.span.start - found.token.idx + token.idx)  # type: ignore[attr-defined]

    def _mentioned(self, source: Span) -> Iterator[Sight]:
        """Who is named within a source."""
        end = source.start
        for sight in sorted(self.scene.between(source.start, source.end), key=lambda s: (s.start, -s.end)):
            if sight.end <= source.end and not sight.again and sight.end > end:
                end = sight.end  # a name inside a name is not mentioned for itself
                yield sight
