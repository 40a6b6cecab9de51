"""Who wrote it: lines that are names and nothing else. A sentence is none, and neither is a place."""

import re

from onrecord.read.dates import Dated, date_line

_BY = re.compile(
    r"(?:(?:written|words|story|text|reported|reporting|analysis|comment|opinion|report)\s)?by:?\s|authors?:\s",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    "de da di do dos du del della den der des la le van von zu zum zur ter ten bin ibn ben al el abu y e af av".split()
)
_SUFFIXES = frozenset("Jr Jr. Sr Sr. II III IV PhD Ph.D. M.D. MD".split())

# Words that begin with a capital in a line of names and are none. Bodies that sign as one are in `_DESKS`.
_NOT_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today yesterday tomorrow news world politics opinion sport sports business
    live updates update analysis editorial letters letter comment culture arts science technology health money
    breaking exclusive video photos photo gallery listen watch share read more advertisement advert related section
    north south east west northern southern eastern western central middle united states kingdom nations union
    republic city town county street avenue river lake sea ocean mountains bay gulf cape port new old the a an and of
    in on at for with from to what who why when where how key points takeaways background introduction conclusion
    summary timeline staff correspondent reporter editor bureau chief our their your his her its this that these war
    peace summit council ministry minister president prime government parliament court police army navy force forces
    """.split()
)
_DESKS = re.compile(
    r"(?i)(?:the )?(?:associated press|ap|reuters|afp|agence france-presse|upi|united press international|dpa|tass|"
    r"xinhua|bloomberg|bloomberg news|pa media|press association|interfax|efe|ansa|kyodo|editorial board)"
)
_DESK = re.compile(
    r"(?i)(?:(?:our|a|the) )?(?:staff|news ?desk|newsroom|editorial board|(?:our )?(?:foreign|own) (?:staff|desk))"
    r"(?: (?:writers?|reporters?|and agencies|correspondents?))?|agencies"
)
ROLE = re.compile(
    r"(?i)\b(?:correspondents?|editors?|reporters?|writers?|columnist|bureau|chief|staff|special to|analyst|producer|"
    r"professor|contributor|agencies)\b"
)
_PLACE = re.compile(r"\s(?:in|for|at|of)\s.*$")
_BRACKETED = re.compile(r"\s?[(\[][^()\[\]]{0,60}[)\]]")
_BETWEEN = re.compile(r",\sand\s|,\s|\sand\s|\s&\s|;\s?|\s[|/•·]\s|\swith\s", re.IGNORECASE)
_PARTING = re.compile(r"\s[|•·–—-]\s|\s{2,}|,\s(?=\w+\s\d)")
_DIGIT = re.compile(r"\d")
_LONGEST = 200


def byline(line: str) -> tuple[str, ...] | None:
    """The authors of a line that says `By`; empty if it names a desk and no person. None if it is no byline."""
    found = _BY.match(line)
    if not found or len(line) > _LONGEST:
        return None
    rest = line[found.end() :].strip()
    if rest.endswith((".", "?", "!", ":", ",")) and rest.split()[-1] not in _SUFFIXES:
        return None
    if _DESK.fullmatch(rest):
        return ()
    names: list[str] = []
    for part in _BETWEEN.split(rest):
        name = _PLACE.sub("", _BRACKETED.sub("", part)).strip()
        if _DESKS.fullmatch(name):
            # An agency after a person is where the person works; alone, it signs.
            names += [] if names else [name]
        elif _is_name(name, least=2):
            names.append(name)
        elif name in _SUFFIXES and names:
            names[-1] += f", {name}"
        elif not names or _DIGIT.search(part) or not (ROLE.search(part) or part.istitle() or _is_name(name, least=1)):
            return None
    return tuple(names)


def signature(text: str) -> tuple[tuple[str, ...] | None, Dated | None]:
    """Authors and date of a line that is a byline, a date, or both in one."""
    names, dated = byline(text), date_line(text)
    if names is not None or dated or len(text) > _LONGEST:
        return names, dated
    for found in _PARTING.finditer(text):
        before, after = text[: found.start()].strip(), text[found.end() :].strip()
        for signature, day in ((before, after), (after, before)):
            dated = date_line(day)
            names = byline(signature) if dated else None
            names = names if names is not None or not dated else bare_names(signature)
            if names is not None:
                return names, dated
    return None, None


def bare_names(line: str) -> tuple[str, ...] | None:
    """The names of a line that holds names only, for the caller to believe where such a line stands in its place."""
    if len(line) > _LONGEST:
        return None
    names = [part.strip() for part in _BETWEEN.split(line)]
    return tuple(names) if names and all(_is_name(name, least=2, most=4) for name in names) else None


def _is_name(name: str, *, least: int, most: int = 6) -> bool:
    words = name.split()
    if not least <= len(words) <= most or len(name) > 60:
        return False
    return words[0][:1].isupper() and words[-1].lower() not in _PARTICLES and all(map(_is_name_word, words))


def _is_name_word(word: str) -> bool:
    if word.lower() in _PARTICLES or word in _SUFFIXES:
        return True
    if word.lower() in _NOT_NAMES or not word[0].isupper():
        return False
    letters = re.sub(r"[.'’‘`-]", "", word)
    # A full stop belongs to an initial (J., J.R.), not to the last word of a sentence.
    return letters.isalpha() and (not word.endswith(".") or len(letters) <= 2)
