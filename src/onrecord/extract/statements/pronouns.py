"""Whom `he` or `she` stands for: everybody seen nearby is weighed, and one is named only if the others are far behind.

What is weighed is old (Hobbs 1978; Lappin and Leass 1994): nearness, grammatical part, parallel parts, who was named
most. How much each counts was learned from GAP (Webster et al. 2018) by `training/pronouns.py`.
"""

import math
import tomllib
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from onrecord.extract.statements.descriptions import called
from onrecord.extract.statements.scene import Scene, Sight
from onrecord.extract.statements.sources import PRONOUNS, Known, described, nouns
from onrecord.model import Span

_BACK = 3
"""Paragraphs that a pronoun may look back over."""
_MOST = 24
"""Sights that are weighed for one pronoun, nearest first."""
_STANDING = frozenset(("nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative", "agent"))
_CLAUSES = 6
"""Verbs above a pronoun that are looked at."""
_LARGEST = 50.0
"""Log odds, so that no weights overflow."""
SURE = 0.6
"""The probability from which a candidate is named."""


class Choice(NamedTuple):
    """Whom a pronoun stands for, by index in `Scene.known`, and the estimated probability, 0..1. `rivals`: how many
    were weighed. `who` is None where nobody fits, or nobody is likely enough."""

    who: int | None
    probability: float
    rivals: int


@cache
def weights() -> dict[str, float]:
    """What each feature counts for, in units of log odds: those learned, and those that no public gold tells."""
    table = tomllib.loads((files("onrecord.extract") / "data" / "pronouns.toml").read_text(encoding="utf-8"))
    return {name: float(weight) for each in table.values() for name, weight in each.items()}


def antecedent(
    scene: Scene,
    span: Span,
    *,
    barred: Collection[int] = (),
    spoke: int | None = None,
    unseen: Sequence[Span] = (),
    sure: float = SURE,
) -> Choice:
    """The person that the pronoun `he`, `she` or a form of them at `span` stands for. That it is somebody who is not on
    the scene is weighed too.

    `barred`: who is out of the question, by index in `scene.known`: the speaker of the quotation that it stands in.
    Where the pronoun is the source of a statement, `spoke` is who spoke last, and `unseen` are the words spoken.
    Pronouns that were resolved before count as sights, so resolve in the order of the article.
    """
    scored = sorted(
        (
            (_weight(features) + (weights()["spoke"] if who == spoke else 0.0), -n, who)
            for who, n, features in weighed(scene, span, barred, unseen)
        ),
        reverse=True,
    )
    if not scored:
        return Choice(None, 0.0, 0)
    top = scored[0][0]
    nobody = math.exp(min(weights()["nobody"] - top, _LARGEST))
    probability = 1 / (nobody + sum(math.exp(score - top) for score, _, _ in scored))
    return Choice(scored[0][2] if probability >= sure else None, probability, len(scored))


def _weight(features: dict[str, float]) -> float:
    table = weights()
    return sum(table.get(name, 0.0) * value for name, value in features.items())


class Reader:
    """Reads on through an article, in its order, so that each pronoun finds those before it resolved. People who are
    described and not named (`a neighbour`) come onto the scene as it goes."""

    def __init__(self, scene: Scene, barred: Callable[[int], Collection[int]] = lambda place: ()) -> None:
        self.scene, self.barred = scene, barred
        self.waiting = deque(_stops(scene))
        self.places = [span.start for span, _ in self.waiting]
        self.choices: dict[int, Choice] = {}

    def read_to(self, place: int) -> None:
        """Resolve all that stands before a place."""
        while self.waiting and self.waiting[0][0].start < place:
            span, token = self.waiting.popleft()
            if token.lower_ in PRONOUNS:
                self.choose(span, barred=self.barred(span.start))
            else:
                self._meet(span, token)

    def choose(
        self,
        span: Span,
        *,
        barred: Collection[int] = (),
        spoke: int | None = None,
        unseen: Sequence[Span] = (),
    ) -> Choice:
        """Whom one pronoun stands for; the first answer stays."""
        if span.start not in self.choices:
            choice = antecedent(self.scene, span, barred=barred, spoke=spoke, unseen=unseen)
            self.choices[span.start] = choice
            if choice.who is not None:
                self.scene.see(span, choice.who)
        return self.choices[span.start]

    def _meet(self, span: Span, token: Any) -> None:
        """Somebody who is described: one whom the article names, or a stranger."""
        if self.scene.index_at(span.end - 1) is not None:
            return
        phrase = token.doc[token.left_edge.i : token.i + 1]
        name = " ".join(phrase.text.split())
        who = None
        if phrase[0].lower_ == "the":
            whole = span.of(self.scene.text)
            who, _ = called(self.scene, token.lemma_.lower(), span.start, None, phrase=whole)
            if who is None:
                return  # most are another word for somebody named: `the businessman`
        if who is None:
            who = self.scene.welcome(described(name, token.lemma_.lower(), span))
        self.scene.see(span, who)


def _stops(scene: Scene) -> Iterator[tuple[Span, Any]]:
    """Where the reader has to think: pronouns for one person, and phrases that describe one, in order."""
    persons = nouns().persons
    for passage in scene.passages.all:
        for token in passage.doc:
            if PRONOUNS.get(token.lower_) in ("he", "she"):
                yield passage.span(token), token
            elif token.tag_ == "NN" and token.dep_ in _STANDING and token.lemma_.lower() in persons:
                first = token.left_edge
                if first.pos_ == "DET" and not any(c.dep_ in ("appos", "conj") for c in token.children):
                    yield Span(start=passage.span(first).start, end=passage.span(token).end), token


def weighed(
    scene: Scene, span: Span, barred: Collection[int] = (), unseen: Sequence[Span] = ()
) -> Iterator[tuple[int, int, dict[str, float]]]:
    """Each person that may be meant: index, order of nearness, and features of the sight that speaks most for it."""
    token = scene.token(span.start)
    pronoun = PRONOUNS.get(token.lower_) if token is not None else None
    here = scene.sight(span, -1)
    if token is None or here is None or pronoun not in ("he", "she"):
        return
    first = scene.passages.starts[max(0, here.paragraph - _BACK)]
    after = [s for s in scene.between(span.end, _end(token, scene, here)) if s.sentence == here.sentence]
    before = list(scene.between(first, span.start))
    times: dict[int, int] = {}
    for sight in before:
        times[sight.who] = times.get(sight.who, 0) + 1
    above = list(_verbs(token))
    best: dict[int, tuple[float, int, dict[str, float]]] = {}
    between: set[int] = set()
    for n, sight in enumerate([*reversed(before[-_MOST:]), *after]):
        who = scene.known[sight.who]
        if sight.who in barred or not fits(who, pronoun) or any(u.start <= sight.start < u.end for u in unseen):
            continue
        features = _features(who, pronoun, token, here, sight, above)
        features["between"] = min(len(between - {sight.who}), 4)
        features["often"] = math.log1p(times.get(sight.who, 0))
        features["first"] = float(bool(before) and sight.who == before[0].who)
        score = _weight(features)
        if sight.who not in best or score > best[sight.who][0]:
            best[sight.who] = (score, n, features)
        between.add(sight.who)
    for number, (_, n, features) in best.items():
        yield number, n, features


def fits(who: Known, pronoun: str | None) -> bool:
    """Whether somebody may be called so."""
    return (who.person or who.doubtful) and who.pronoun in (pronoun, None)


def _features(who: Known, pronoun: str, token: Any, here: Sight, sight: Sight, above: list[Any]) -> dict[str, float]:
    apart = here.sentence - sight.sentence
    same = apart == 0
    verb = sight.word.head
    governs = same and sight.part == "subject" and any(v == verb for v in above)
    mine = bool(above) and above[0] == verb
    owner = here.part == "owner"
    return {
        "same sentence": float(same and sight.start < here.start),
        "after": float(sight.start > here.start),
        "one before": float(apart == 1),
        "two before": float(apart == 2),
        "far": float(apart > 2),
        "paragraphs": min(here.paragraph - sight.paragraph, 3),
        "subject": float(sight.part == "subject"),
        "subject before": float(sight.part == "subject" and apart == 1),
        "owner": float(sight.part == "owner"),
        "object": float(sight.part == "object"),
        "parallel": float(sight.part == here.part and not mine),
        "own verb": float(same and mine and not owner and sight.part != "owner"),
        "owns": float(governs and owner),
        "governs": float(governs and not mine),
        "root": float(sight.part == "subject" and verb.dep_ == "ROOT"),
        "again": float(sight.again),
        "known": float(who.pronoun == pronoun),
        "leaning": float(who.leaning == pronoun and who.pronoun is None),
        "against": float(who.leaning not in (pronoun, None) and who.pronoun is None),
        "described": float(who.person and who.key is None),
        "doubtful": float(not who.person),
        "stranger": float(who.kind is None),
        "place": float(who.kind == "place"),
        "only quoted": float(sight.quotation >= 0 and sight.quotation != here.quotation),
        "left quotation": float(here.quotation >= 0 and sight.quotation != here.quotation),
    }


def _verbs(token: Any) -> Iterator[Any]:
    """The verbs that a pronoun hangs on, from its own clause outward."""
    for _ in range(4 * _CLAUSES):
        if token.head is token:
            return
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            yield token


def _end(token: Any, scene: Scene, here: Sight) -> int:
    """Where the pronoun's sentence ends, in the article."""
    return int(scene.passages.starts[here.paragraph] + token.sent.end_char)
