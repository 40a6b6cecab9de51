"""Bodies that are named by whose they are: `Norway's defence ministry`, `the Norwegian army`, `the Silva campaign`.

No language model takes them for names, since they are written small; in news they act and speak like any other body.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from onrecord.extract.lexicon import countries, demonyms
from onrecord.model import Mention, Span

_NOUNS = (
    "ministry|military|army|navy|air force|armed forces|government|parliament|senate|cabinet|treasury|presidency|"
    "police|"
    "embassy|consulate|security services?|secret service|intelligence services?|intelligence agency|intelligence|"
    "central bank|general staff|military command|navy command|coast guard|coastguard|foreign office|"
    "space agency|supreme court|high court|constitutional court|national guard|regime"
)
_KINDS = (
    "defence|defense|foreign|interior|economy|economics|economic|finance|justice|health|energy|education|agriculture|trade|"
    "transport|culture|environment|digital|labou?r|industry|tourism|sports?|emergenc(?:y|ies)|foreign affairs|"
    "state|central|federal|national|main|military|domestic|foreign|northern|southern|eastern|western|"
    "provisional|interim|puppet|regional|military-civilian"
)
_OF_A_COUNTRY = re.compile(
    rf"(?:['’]s|['’](?=\s))?((?: (?:{_KINDS})){{0,2}} (?:{_NOUNS}))"
    r"((?<=embassy)(?: in| to) [A-Z]\w+|(?<=consulate)(?: in| to) [A-Z]\w+)?(?![\w’'-]| [A-Z])"
)
_OF_A_PERSON = re.compile(r"(?:['’]s)?( (?:administration|campaign|government))(?![\w’'-])")
_LONGEST = 80
_SPELLED = {"defence": "defense", "labour": "labor", "coastguard": "coast guard"}


def find_bodies(text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Bodies that begin with a name of the article: a country's, a people's, a person's. In order; each holds that
    name, which stays a mention of its own."""
    for mention in mentions:
        name = mention.head.of(text)
        if name in countries() or name in demonyms():
            found = _OF_A_COUNTRY.match(text, mention.head.end, mention.head.end + _LONGEST)
        elif mention.kind == "person":
            found = _OF_A_PERSON.match(text, mention.head.end, mention.head.end + _LONGEST)
        else:
            continue
        if found:
            span = Span(start=mention.head.start, end=found.end())
            yield Mention(span=span, head=span, kind="organization")


@cache
def _owner() -> re.Pattern[str]:
    names = sorted({*countries(), *demonyms()}, key=len, reverse=True)
    return re.compile(rf"({'|'.join(map(re.escape, names))})(?:['’]s|['’])? (.+)", re.DOTALL)


def official(name: str) -> str | None:
    """One form for all the ways to name a country's body (`NO defense ministry`), or None for any other name."""
    found = _owner().fullmatch(name.removeprefix("the ").removeprefix("The "))
    if found is None:
        return None
    rest = found[2].lower()
    if not re.fullmatch(rf"(?:(?:{_KINDS}) ){{0,2}}(?:{_NOUNS})", rest):
        return None
    code = countries().get(found[1]) or demonyms()[found[1]]
    return " ".join([code, *(_SPELLED.get(word, word) for word in rest.split())])
