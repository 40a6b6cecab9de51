"""Rows of nouns, and what hangs on them, that the parser hangs elsewhere, put right in the parse: `Berg, Lund and ten
others`, `hit the villages, and Tarn`, `killing three and damaging homes`, `the frontline Kenyan city`."""

from onrecord.extract.events.syntax.ellipses import Parse

_NOUNS = ("NOUN", "PROPN")
_COMPASS = frozenset(
    "north south east west north-east north-west south-east south-west northeast northwest southeast southwest".split()
)
_SELVES = ("himself", "herself", "itself", "themselves")
_PREFIXES = ("co", "ex")
_HARMING = {
    "damaging": "damage", "destroying": "destroy", "wounding": "wound", "injuring": "injure", "killing": "kill",
    "displacing": "displace", "trapping": "trap", "burning": "burn",
}  # fmt: skip
_LONGEST = 12
"""Names in one row."""


def mend_series(parse: Parse) -> None:
    """Change links and heads, in place."""
    for at, link in enumerate(parse.links):
        if link == "appos":
            _row(parse, at)
        elif link == "amod":
            _gerund(parse, at)
        elif link == "conj" and parse.words[at] == "between":
            _between(parse, at)
        elif link == "conj":
            _behind_verb(parse, at)
        elif link in ("npadvmod", "dep"):
            _adjective(parse, at)
        elif link == "prep":
            _second(parse, at)
        elif link == "relcl":
            _member(parse, at)
        elif link in ("nsubj", "nsubjpass"):
            _subjects(parse, at)
        if parse.words[at] in _SELVES and link == "conj":
            parse.links[at] = "npadvmod"  # `Chad and Berg himself`
        if parse.words[at] in _COMPASS:
            _direction(parse, at)
        elif parse.words[at] in _PREFIXES:
            _prefix(parse, at)


def _row(parse: Parse, at: int) -> None:
    """`barred Berg, Lund and ten others`: a name behind a comma, with more behind it and `and` before the last."""
    head = parse.heads[at]
    if parse.parts[at] != "PROPN" or parse.parts[head] != "PROPN" or parse.words[at - 1] == "(" or head > at:
        return
    first = min((i for i in parse.below(at) if parse.links[i] == "compound" and i < at), default=at)
    last = at
    for _ in range(_LONGEST):
        more = [i for i in parse.below(last) if parse.links[i] in ("conj", "appos") and i > last]
        if not more:
            break
        ends = any(parse.links[i] == "cc" and parse.words[i] in ("and", "or") for i in parse.below(last))
        last = more[0]
        if ends and parse.links[last] == "conj" and parse.words[first - 1] == ",":
            parse.links[at] = "conj"
            return
    more = [i for i in parse.below(head) if parse.links[i] == "appos" and i > at]
    ends = bool(more) and parse.parts[more[0]] == "PROPN" and any(parse.links[i] == "cc" for i in parse.below(more[0]))
    if ends and parse.words[first - 1] == ",":
        parse.links[at] = "conj"


def _subjects(parse: Parse, at: int) -> None:
    """`Lund, the head of the port, and her son were held`: two subjects are one row."""
    verb = parse.heads[at]
    first = next((i for i in parse.below(verb) if parse.links[i] == parse.links[at] and i < at), None)
    if first is None or at > verb:
        return
    start = min((i for i in parse.below(at) if i < at), default=at)
    if parse.words[start - 1] == "and" and parse.heads[start - 1] in (first, verb):
        parse.links[at], parse.heads[at] = "conj", first
        parse.heads[start - 1] = first


def _gerund(parse: Parse, at: int) -> None:
    """`killing three people and damaging homes`: a second verb, taken for what says what homes they are."""
    noun = parse.heads[at]
    first = parse.heads[noun]
    harms = parse.words[at] in _HARMING and noun == at + 1
    if not harms or parse.links[noun] != "conj" or parse.words[at - 1] != "and":
        return
    verb = parse.heads[first]
    if parse.links[first] == "dobj" and parse.tags[verb] == "VBG" and parse.parts[verb] == "VERB":
        parse.parts[at], parse.tags[at], parse.links[at], parse.heads[at] = "VERB", "VBG", "conj", verb
        parse.lemmas[at] = _HARMING[parse.words[at]]
        parse.links[noun], parse.heads[noun] = "dobj", at
        parse.heads[at - 1] = verb


def _behind_verb(parse: Parse, at: int) -> None:
    """`retook the villages of Tarn, and Lund`: a noun put beside the verb, and not beside its object."""
    verb = parse.heads[at]
    if parse.parts[at] != "PROPN" or parse.parts[verb] != "VERB" or parse.words[at - 1] not in ("and", "or"):
        return
    done_to = [i for i in parse.below(verb) if parse.links[i] == "dobj" and verb < i < at]
    later = at + 1 < len(parse.words) and parse.parts[at + 1] in ("VERB", "AUX")
    if len(done_to) == 1 and not later and not any(parse.links[i] == "nsubj" for i in parse.below(at)):
        parse.heads[at] = done_to[0]
        parse.heads[at - 1] = done_to[0]


def _between(parse: Parse, at: int) -> None:
    """`talks between Chad and Norway and between Kenya and Mali`: all four hold talks."""
    first = parse.heads[at]
    inner = next((i for i in parse.below(at) if parse.links[i] == "pobj"), None)
    if inner is not None and parse.words[parse.heads[first]] == "between":
        parse.links[inner], parse.heads[inner] = "conj", first
        parse.links[at], parse.heads[at] = "cc", inner


def _adjective(parse: Parse, at: int) -> None:
    """`the shelling of the frontline Kenyan city`: the noun is taken to stand apart."""
    before = at - 1
    if before < 1 or parse.parts[at] != "NOUN" or parse.links[before] != "amod" or parse.heads[before] != at:
        return
    noun = before - 1
    known = [i for i in parse.below(noun) if parse.links[i] == "det"]
    if (
        parse.tags[noun] == "NN"
        and parse.links[noun] in ("pobj", "dobj")
        and known
        and parse.tags[before] in ("JJ", "NNP")
    ):
        parse.links[at], parse.heads[at] = parse.links[noun], parse.heads[noun]
        for i in list(parse.below(noun)):
            parse.heads[i] = at
        parse.links[noun], parse.heads[noun] = "compound", at


def _second(parse: Parse, at: int) -> None:
    """`agreed to nine billion in aid to Chad`: the second `to` is the aid's."""
    verb, noun = parse.heads[at], at - 1
    if parse.words[at] != "to" or parse.parts[verb] != "VERB" or noun <= verb or parse.parts[noun] != "NOUN":
        return
    earlier = [i for i in parse.below(verb) if parse.words[i] == "to" and parse.links[i] == "prep" and verb < i < at]
    above = noun
    for _ in range(_LONGEST):
        if parse.heads[above] == above or above in earlier:
            break
        above = parse.heads[above]
    if above in earlier:
        parse.heads[at] = noun


def _direction(parse: Parse, at: int) -> None:
    """`an attack on Tarn north-east of Lund`: Tarn is attacked."""
    if not any(parse.words[i] == "of" and i == at + 1 for i in parse.below(at)):
        return
    name = next((i for i in parse.below(at) if parse.links[i] == "compound" and parse.parts[i] == "PROPN"), None)
    if name is None or parse.words[name] in _COMPASS or name > at or parse.heads[at] == at:
        return
    parse.links[name], parse.heads[name] = parse.links[at], parse.heads[at]
    for i in list(parse.below(at)):
        if i < name:
            parse.heads[i] = name
    parse.links[at], parse.heads[at] = "npadvmod", name


_MEMBERS = frozenset("member soldier officer commander fighter leader citizen veteran official employee".split())
_MANY = frozenset("were are have".split())


def _member(parse: Parse, at: int) -> None:
    """`a member of the armed forces who had been captured`: it is the member."""
    body = parse.heads[at]
    of = parse.heads[body]
    whose = parse.heads[of]
    if parse.links[body] != "pobj" or parse.words[of] != "of" or parse.lemmas[whose] not in _MEMBERS:
        return
    own = list(parse.below(at))
    one = parse.tags[whose] == "NN" and not any(parse.words[i] in _MANY for i in own)
    if one and any(parse.words[i] == "who" and parse.links[i] in ("nsubj", "nsubjpass") for i in own):
        parse.heads[at] = whose


def _prefix(parse: Parse, at: int) -> None:
    """`Berg and his co-defendants`, taken apart at the hyphen."""
    noun = at + 2
    if noun >= len(parse.words) or parse.words[at + 1] != "-" or parse.parts[noun] != "NOUN":
        return
    above = parse.heads[at]
    if above in (at, noun, at + 1) or parse.heads[noun] not in (above, parse.heads[above]):
        return
    parse.links[noun], parse.heads[noun] = parse.links[at], parse.heads[at]
    for i in list(parse.below(at)):
        parse.heads[i] = noun
    parse.links[at], parse.heads[at], parse.links[at + 1], parse.heads[at + 1] = "compound", noun, "punct", noun
