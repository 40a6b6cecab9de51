"""What is printed of an actor."""

from collections.abc import Iterable, Iterator

from rich.text import Text

from onrecord.cli.output import one_line
from onrecord.ledger import Actor, Ledger, Term
from onrecord.model import Evidence, Judgement


def _articles(n: int) -> str:
    return f"{n:,} article{'s' if n != 1 else ''}"


_MOST = 20
"""Lines of each part."""


def profile(ledger: Ledger, actor: Actor) -> Iterator[Text]:
    """The lines: who, under which names, in which roles, why held for one, as whom judged."""
    yield Text(f"entity {actor.key}", style="bold")
    yield _line("name", actor.name + (" (given by a person)" if actor.named else ""))
    yield _line("type", actor.type)
    yield _line("in", f"{_articles(actor.documents)}, {actor.n_mentions:,} times; said {actor.said:,} statements")
    yield from _some("called", (f"{alias.name} ({_articles(len(alias.documents))})" for alias in actor.aliases))
    yield from _some("role", map(term_line, ledger.offices(actor.key)))
    yield from _some("held for one", map(evidence_line, actor.evidence))
    yield from _some(
        "kept apart",
        (f"{other.name} [{other.actor[:8]}]: {'; '.join(map(evidence_line, other.evidence))}" for other in actor.apart),
    )
    yield from _some("judged", map(judgement_line, actor.judgements))


def term_line(term: Term) -> str:
    """A role with the days on which it was said."""
    days = term.first if term.first == term.last else f"{term.first} to {term.last}"
    whose = f", {term.organization}" if term.organization else ""
    return f"{term.title}{whose} ({days or 'no date'}; {', '.join(term.publishers) or 'outlet not stated'})"


def evidence_line(evidence: Evidence) -> str:
    return f"{evidence.kind}: {', '.join(evidence.words)}" + (
        f" ({_articles(len(evidence.documents))})" if evidence.documents else ""
    )


def judgement_line(judgement: Judgement) -> str:
    reason = f": {judgement.reason}" if judgement.reason else ""
    return f"{judgement.when[:10]} {judgement.verdict} by {judgement.who}{reason} [{judgement.id[:8]}]"


def _line(label: str, words: str) -> Text:
    return Text.assemble((f"{label:<14}", "dim"), one_line(words))


def _some(label: str, lines: Iterable[str]) -> Iterator[Text]:
    given = list(lines)
    for number, words in enumerate(given[:_MOST]):
        yield _line("" if number else label, words)
    if len(given) > _MOST:
        yield _line("", f"and {len(given) - _MOST:,} more")
