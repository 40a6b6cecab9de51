"""Nouns in -ing that the parser takes for verbs, put right in the parse: `wounded in Kenyan artillery shelling`."""

from onrecord.extract.events.syntax.ellipses import Parse

_DEEDS = frozenset("shelling bombing fighting".split())
_BY = frozenset("in by from during under amid after".split())


def mend_gerunds(parse: Parse) -> None:
    """Change links, heads and tags, in place, where the word before was taken for what the preposition governs."""
    for at, word in enumerate(parse.words):
        before = at - 1
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
