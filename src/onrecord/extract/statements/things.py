"""Whom `it` and `they` stand for where they speak: the body, the paper or the crowd that was the subject or the speaker
before."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import Head, nouns
from onrecord.model import Span, Speaker


class Answer(NamedTuple):
    """Who speaks; their index in `Scene.known` if they stand there; whether they are more than one."""

    speaker: Speaker
    who: int | None = None
    many: bool = False


_THINGS = frozenset(("body", "document", "publication", "statement"))


def again(answer: Answer, how: str) -> Answer:
    """The same speaker, found in another way."""
    return Answer(Speaker(name=answer.speaker.name, entity=answer.speaker.entity, how=how), answer.who, answer.many)


def it(scene: Scene, found: Head, source: Span, options: Sequence[Answer]) -> Answer | None:
    """The body or paper that `it` stands for. `options`: who speaks around it, and who spoke last."""
    for subject, who in _subjects(scene, found, source):
        if who is not None and scene.known[who].body:
            return _known(scene, who)
        if who is None and subject.tag_ == "NN" and subject.lemma_.lower() in nouns().bodies | nouns().documents:
            return _spoken(scene, source, options) or _phrase(subject)
    return _spoken(scene, source, options)


def _spoken(scene: Scene, source: Span, options: Sequence[Answer]) -> Answer | None:
    for option in options:
        speaker, who, many = option
        if (who is not None and scene.known[who].body) or (speaker.how in _THINGS and who is None and not many):
            return again(option, "pronoun")
    return None


def they(scene: Scene, found: Head, source: Span, options: Sequence[Answer]) -> Answer | None:
    """The people or body that `they` stands for; see `it`."""
    for subject, who in _subjects(scene, found, source):
        if any(child.dep_ == "conj" for child in subject.children) or subject.tag_ in ("NNS", "NNPS"):
            lemma = subject.lemma_.lower()
            if who is not None and scene.known[who].kind == "group":
                return _known(scene, who)
            if lemma in nouns().persons | nouns().crowds | nouns().bodies or subject.tag_ == "NNPS":
                return _phrase(subject)
    for option in options:
        who = option.who
        if option.many or (who is not None and (scene.known[who].body or scene.known[who].kind == "group")):
            return again(option, "pronoun")
    return None


def _known(scene: Scene, who: int) -> Answer:
    return Answer(Speaker(name=scene.known[who].name, entity=scene.known[who].key, how="pronoun"), who)


def _phrase(subject: Any) -> Answer:
    """A subject that no entity stands for, as it is written."""
    conjuncts = [token.i for token in subject.conjuncts]
    phrase = subject.doc[subject.left_edge.i : max([subject.i, *conjuncts]) + 1].text
    many = bool(conjuncts) or subject.tag_ in ("NNS", "NNPS")
    return Answer(Speaker(name=" ".join(phrase.split()), how="pronoun"), many=many)


def _subjects(scene: Scene, found: Head, source: Span) -> Iterator[tuple[Any, int | None]]:
    """Subjects before a pronoun, nearest first: of its own sentence, then of the main clause of the one before. With
    the index in `Scene.known` of whoever is named there."""
    token = found.token
    number = scene.passages.number(source.start)
    base = scene.passages.starts[number]
    sentence = token.sent
    own = [t for t in sentence[: token.i - sentence.start] if t.dep_ in ("nsubj", "nsubjpass") and t.pos_ != "PRON"]
    for subject in reversed(own):
        yield subject, scene.index_at(base + subject.idx)
    if sentence.start > 0:
        before = token.doc[sentence.start - 1].sent
    elif number > 0 and len(scene.passages.all[number - 1].doc):
        base = scene.passages.starts[number - 1]
        before = scene.passages.all[number - 1].doc[-1].sent
    else:
        return
    for child in before.root.children:
        if child.dep_ in ("nsubj", "nsubjpass") and child.pos_ != "PRON":
            yield child, scene.index_at(base + child.idx)
