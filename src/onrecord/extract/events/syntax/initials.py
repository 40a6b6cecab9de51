"""Bodies that are known by their initials, put right in the parse where they begin a sentence: `UNESCO warned the
guild`. The parser, which does not know them, takes them for adverbs, and the verb for one that nobody does."""

from collections.abc import Sequence

from onrecord.extract.events.syntax.ellipses import Parse

_SUBJECTS = ("nsubj", "nsubjpass", "csubj", "expl")


def mend_initials(parse: Parse, starting: Sequence[int], capital: Sequence[bool]) -> None:
    """Change part, tag and link of such words, in place. `starting`: 1 where a sentence begins; `capital`: whether a
    word of a sentence's first place is all capitals, an item a token."""
    for index, begins in enumerate(starting):
        verb = parse.heads[index]
        if (begins != 1 and index) or not capital[index] or parse.tags[index] not in ("RB", "UH", "JJ", "IN"):
            continue
        finite = parse.parts[verb] == "VERB" and parse.tags[verb] != "VB"
        if (
            verb <= index
            or verb > index + 4
            or not finite
            or any(parse.links[c] in _SUBJECTS for c in parse.below(verb))
        ):
            continue
        parse.parts[index], parse.tags[index], parse.links[index] = "PROPN", "NNP", "nsubj"
