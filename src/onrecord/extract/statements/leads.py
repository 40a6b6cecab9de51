"""Leads: an article that opens on `a senior official` names that one next, the first person to speak after it."""

from collections.abc import Sequence

from onrecord.extract.statements.scene import Scene
from onrecord.extract.statements.sources import Known, head
from onrecord.extract.statements.spotted import Spotted
from onrecord.extract.statements.things import Answer
from onrecord.model import Span, Speaker

_NEXT = 3
"""Paragraphs within which a lead names whom it began with."""
_GENERIC = frozenset("official leader chief head boss executive politician commander expert figure".split())
"""Nouns that say so little of a person that another role does not gainsay them."""


def leads(
    scene: Scene, spotted: Sequence[Spotted], parents: Sequence[int | None], answers: Sequence[Answer | None]
) -> list[Answer | None]:
    """The answers, with those of the first paragraph that name nobody led on to whom the article then names."""
    found = list(answers)
    order = [n for n in sorted(range(len(spotted)), key=lambda n: spotted[n].start) if parents[n] is None]
    opening = [n for n in order if _anonymous(scene, spotted[n], answers[n])]
    for first in opening:
        source = spotted[first].sources[0]
        what = head(scene.passages, source)
        for n in order[order.index(first) + 1 :]:
            answer = answers[n]
            if answer is None or n in opening:
                continue
            known = scene.known[answer.who] if answer.who is not None else None
            if known is None or scene.paragraphs(source.end, spotted[n].start) > _NEXT:
                break
            if known.person:
                if what and what.noun and _introduced(scene, known, what.noun, source):
                    found[first] = Answer(Speaker(name=known.name, entity=known.key, how="lead"), answer.who)
                break
    return found


def _anonymous(scene: Scene, one: Spotted, answer: Answer | None) -> bool:
    """Whether one person speaks in the first paragraph who is not named there."""
    return (
        answer is not None
        and bool(one.sources)
        and answer.speaker.how in ("officials", "experts", "people")
        and not answer.many
        and scene.passages.number(one.start) <= (1 if scene.headline(0) else 0)
    )


def _introduced(scene: Scene, known: Known, noun: str, source: Span) -> bool:
    """Whether somebody is first named after the source, soon, and is called nothing that gainsays it."""
    named = min(span.start for span in known.mentions)
    near = source.end < named and scene.paragraphs(source.end, named) <= _NEXT
    called = {word for role in known.roles for word in role.title.lower().split()}
    return bool(near and known.key and (not called or noun in called or noun in _GENERIC))
