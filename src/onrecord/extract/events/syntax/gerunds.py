"""Nouns in -ing that the parser takes for verbs, put right in the parse: `wounded in Kenyan artillery shelling`."""

from onrecord.extract.events.syntax.ellipses import Parse

_DEEDS = frozenset("shelling bombing fighting".split())
_BY = frozenset("in by from during under amid after".split())


def mend_gerunds(parse: Parse) -> None:
    """Change links, heads and tags, in place, where the word before was taken for what the preposition governs."""
    for at, word in enumerate(parse.words):
        before = at - 1
        if word in _DEEDS and parse.links[at] == "pcomp":
            _subject(parse, at)
        if word not in _DEEDS or parse.links[at] not in ("advcl", "acl", "pcomp", "xcomp") or before < 1:
            continue
        over = parse.heads[before]
        if parse.links[before] != "pobj" or over >= before or parse.words[over] not in _BY:
            continue
        if parse.parts[before] not in ("ADJ", "NOUN", "PROPN") or parse.heads[at] not in (
            parse.heads[over],
            over,
            before,
        ):
            continue
        parse.parts[at], parse.tags[at], parse.links[at], parse.heads[at] = "NOUN", "NN", "pobj", over
        parse.lemmas[at] = word
        parse.links[before], parse.heads[before] = "compound" if parse.parts[before] == "NOUN" else "amod", at


def _subject(parse: Parse, at: int) -> None:
    """`were killed after shelling struck a school`: what struck it, taken for what somebody did before."""
    verb, before = at + 1, parse.heads[at]
    if verb >= len(parse.words) or parse.heads[verb] != at or parse.tags[verb] not in ("VBD", "VBN", "VBZ"):
        return
    if not any(parse.links[i] == "dobj" for i in parse.below(verb)) or parse.heads[before] == before:
        return
    parse.parts[verb], parse.tags[verb] = "VERB", "VBD" if parse.tags[verb] == "VBN" else parse.tags[verb]
    parse.links[verb], parse.heads[verb] = "advcl", parse.heads[before]
    parse.links[before], parse.heads[before] = "mark", verb
    parse.parts[at], parse.tags[at], parse.links[at], parse.heads[at] = "NOUN", "NN", "nsubj", verb
    parse.lemmas[at] = parse.words[at]
