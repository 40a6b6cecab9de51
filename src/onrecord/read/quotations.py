"""Paragraphs quoted from elsewhere that nothing marks but the sentence before them.

`As the Gazette wrote on Friday:` opens one. The paragraph after it is quoted; those that follow are so only while
there is evidence of it, for what the outlet says itself must never be put in another's mouth.
"""

import re
from collections.abc import Sequence

from onrecord.read.paragraphs import Paragraph, judged

_MARKS = "\"“”‘'«„"


def _any(*groups: str) -> str:
    """One alternative of many, written in rows."""
    return "(?:" + "|".join(word for group in groups for word in group.split()) + ")"


# Words with which a sentence announces somebody else's. `\\s` stands for a space.
_CUE = re.compile(
    r"\b"
    + _any(
        r"wr(?:ote|ites?|itten|iting) sa(?:id|ys?|ying) declar(?:e[sd]?|ing|ations?) stat(?:e[sd]|ing|ements?)",
        r"describ(?:e[sd]?|ing) report(?:s|ed|ing)? explain(?:s|ed|ing)? not(?:e[sd]|ing) add(?:s|ed|ing)",
        r"warn(?:s|ed|ings?)? argu(?:e[sd]?|ing|ments?) conclu(?:de[sd]?|ding|sions?) comment(?:s|ed|ing|ary)?",
        r"tweet(?:s|ed|ing)? post(?:s|ed|ing)? continu(?:e[sd]|ing) observ(?:e[sd]?|ing) remark(?:s|ed|ing)?",
        r"repl(?:y|ies|ied|ying) respon(?:d|ds|ded|ding|se) announc(?:e[sd]?|ing|ements?) claim(?:s|ed|ing)? reads?",
        r"summ(?:ed|ari[sz]ed)\sup put(?:s|ting)?\sit told quot(?:e[sd]?|ing|ations?) as\sfollows the\sfollowing(?=:)",
        r"(?:his|her|their|its|the)\swords letters? articles? editorials? passages? paragraphs? recall(?:s|ed)?",
        r"insist(?:s|ed)? acknowledg(?:e[sd]?|ing) admit(?:s|ted)? stress(?:es|ed)? emphasi[sz](?:es|ed)",
        r"point(?:s|ed)\sout testif(?:y|ies|ied) testimony specif(?:y|ies|ied) spell(?:s|ed)\sout reject(?:s|ed)",
    )
    + r"\b",
    re.IGNORECASE,
)
_NAMED = re.compile(r"(?:From|Via|According\sto)\s[A-Z][^:]{1,80}:$")

# A colon after these opens a list, a picture, a form.
_NO_CUE = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|few|various|key|main|these"
    r"|here(?:\sis|\sare|['’]s))\b[^:]{0,60}:$|\b(?:below|here|for\scontext|includ(?:e|es|ed|ing)):$"
    r"|\(all\stimes\b|^(?:watch|listen|read|see|click|sign|like|follow|want)\b"
)
# Transcripts name who speaks, and items have numbers or times.
_LABELLED = re.compile(r"<|\(\(|[A-Z][A-Z .'’-]{2,40}:|\d{1,3}[.:)]|\d{1,2}\s[A-Z][a-z]{2,8}\s\d{4}")

_SPEECH = _any(
    "analysis statements? words? remarks? warnings? comments? articles? reports? letters? editorials? speech",
    "declaration assessment claims? passages? lines? quotes? quotations? description account admission paper newspaper",
    "magazine agency post tweet message testimony prognosis prediction perspective",
)
_SAID = _any("added said wrote continued went\\son concluded noted told says writes declared reported warned explained")
_DAYS = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)"
_SPELLS = "(?:week|month|year|past|day|morning|evening|night|weekend|afternoon)"

# How the outlet takes the word back, at the beginning of a paragraph: it names the quotation, or tells when.
_RESUMES = re.compile(
    "|".join(
        (
            rf"(?:This|That|These|Those|Such|The|His|Her|Its|Their)\s(?:\w+\s)?{_SPEECH}\b",
            rf"(?:On|Over|By|Since|Until|Late|Early|Earlier|Later|Last|Next|This)\s(?:on\s)?(?:the\s|this\s|last\s)?"
            rf"(?:same\s)?(?:{_DAYS}|{_SPELLS})\w*\b",
            r"In\s(?:recent|the\s(?:past|last|coming|meantime|same)|an?\s(?:interview|statement|speech|separate|further)"
            r"|his|her|their|response|addition|fact|reality|other\swords|contrast|reply)\b",
            rf"(?:On|In)\s{_MONTHS}\w*\b",
            "(?:Yesterday|Today|Tomorrow|Meanwhile|Increasingly|However|Nevertheless|Nonetheless|Indeed|Moreover)\\b",
            "(?:Furthermore|Asked|Earlier|Later|Recently|Currently|Now|Also|Separately|Elsewhere|Afterwards?)\\b",
            "(?:Similarly|Thus|Clearly|According\\sto|Updated)\\b",
            rf"(?:He|She|It|They|The\s\w+)\s(?:also\s|then\s|later\s)?{_SAID}\b",
        )
    )
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|me|We|Our|My)\b")
_GAP = re.compile(r"\W{0,2}(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\])")
_GAP_AT_END = re.compile(r"(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\])\W{0,2}$")
_ATTRIBUTED = re.compile(rf"[,”\"]\s(?:[Hh]e|[Ss]he|[Ii]t|[Tt]hey|[Tt]he\s\w+|[A-Z]\w+)\s{_SAID}\b|\b{_SAID},?\s[\"“]")
_NAME = re.compile(r"[A-Z][\w’'-]{2,}")
_WORD = re.compile(r"[a-z][a-z’'-]{3,}", re.IGNORECASE)
_COMMON = frozenset(
    """
    about after again also although among because been before being between both could during each even every from
    further have having here however into itself least less like many might more most much must never only other
    over same should since some such than that their them then there these they this those through under until upon
    very were what when where which while will with within without would year years said says people
    """.split()
)
_LONGEST = 8  # paragraphs of one quotation
_SHARED = 3  # words in common with what is quoted already that speak for going on
_SHARED_AT_END = 2  # the same, where nothing follows that could be the outlet's own


def quoted(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """The paragraphs with those quoted made `quote`. `paragraphs` are the article's own, in order, judged so far."""
    found = list(paragraphs)
    i = 0
    while i < len(found):
        i += 1
        if i < len(found) and opens(found[i - 1]) and _may_be_quoted(found[i]):
            end = _extent(found, i)
            found[i:end] = [judged(p, "quote") for p in found[i:end]]
            i = end - 1
    return found


def opens(p: Paragraph) -> bool:
    """Does the paragraph announce somebody else's words?"""
    text = p.text.rstrip()
    if p.kind not in ("paragraph", "quote") or not text.endswith(":") or text.isupper():
        return False
    sentence = re.split(r"[.!?][\"”’']?\s", text[-400:])[-1]
    return bool(_CUE.search(sentence) or _NAMED.match(sentence)) and not _NO_CUE.search(sentence)


def _may_be_quoted(p: Paragraph) -> bool:
    return p.kind == "paragraph" and p.mark == "" and p.text[:1] not in _MARKS and not _LABELLED.match(p.text)


def _extent(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where the quotation that begins at `first` ends; `first + 1` when in doubt."""
    cue = paragraphs[first - 1].text
    names = set(_NAME.findall(re.split(r"[.!?]\s", cue)[-1][1:]))
    personal = any(_FIRST_PERSON.search(_unquoted(p.text)) for p in paragraphs[:first])
    end = first + 1
    quotation = paragraphs[first].text
    while end < len(paragraphs) and end - first < _LONGEST:
        p = paragraphs[end]
        needed = _SHARED if end + 1 < len(paragraphs) else _SHARED_AT_END
        if not _may_be_quoted(p) or opens(p) or _resumes(p, names) or not _belongs(quotation, p, personal, needed):
            break
        quotation += "\n" + p.text
        end += 1
    return end


def _unquoted(text: str) -> str:
    return re.sub(r"[\"“][^\"”]*[\"”]?", " ", text)


def _resumes(p: Paragraph, names: set[str]) -> bool:
    """Is it the outlet that speaks again?"""
    if _RESUMES.match(p.text) or _ATTRIBUTED.search(p.text):
        return True
    # Markup around the name of a paper is the outlet's typography; so is a new naming of the one that was quoted.
    if any(piece.edit == "emphasis_removed" for piece in p.pieces):
        return True
    sentence = re.split(r"[.!?]\s", p.text, maxsplit=1)[0]
    return bool(names & set(_NAME.findall(sentence)) and _CUE.search(sentence))


def _belongs(quotation: str, p: Paragraph, personal: bool, needed: int) -> bool:
    """Is there evidence that the quotation goes on? `personal`: the outlet says `we` itself, so that it tells nothing;
    `needed`: so many words in common are enough."""
    if _GAP.match(p.text) or _GAP_AT_END.search(quotation):
        return True
    if not personal and _FIRST_PERSON.search(quotation) and _FIRST_PERSON.search(_unquoted(p.text)):
        return True
    return len(_stems(quotation) & _stems(p.text)) >= needed


def _stems(text: str) -> set[str]:
    """Words of some content, cut so that singular and plural, or verb and noun, fall together."""
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:6].rstrip("s") for word in words if word not in _COMMON}
