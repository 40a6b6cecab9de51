"""Paragraphs quoted from elsewhere that nothing marks but the sentence before them.

`As the Gazette wrote on Friday:` opens one. The paragraph after it is quoted; those that follow are so only while
there is evidence of it, for what the outlet says itself must never be put in another's mouth.
"""

import re
from collections.abc import Sequence

from onrecord.read.paragraphs import Paragraph, judged

_MARKS = "\"“”‘'«„"
_CUE = re.compile(
    r"""(?ix)\b(?:
    wr(?:ote|ites?|itten|iting) | sa(?:id|ys?|ying) | declar(?:e[sd]?|ing|ations?) | stat(?:e[sd]|ing|ements?)
    | describ(?:e[sd]?|ing) | report(?:s|ed|ing)? | explain(?:s|ed|ing)? | not(?:e[sd]|ing) | add(?:s|ed|ing)
    | warn(?:s|ed|ings?)? | argu(?:e[sd]?|ing|ments?) | conclu(?:de[sd]?|ding|sions?) | comment(?:s|ed|ing|ary)?
    | tweet(?:s|ed|ing)? | post(?:s|ed|ing)? | continu(?:e[sd]|ing) | observ(?:e[sd]?|ing) | remark(?:s|ed|ing)?
    | repl(?:y|ies|ied|ying) | respon(?:d|ds|ded|ding|se) | announc(?:e[sd]?|ing|ements?) | claim(?:s|ed|ing)?
    | reads? | summ(?:ed|arized|arised)\sup | put(?:s|ting)?\sit | told | quot(?:e[sd]?|ing|ations?)
    | as\sfollows | the\sfollowing | words | letters? | articles? | editorials? | passages? | paragraphs? | reply | recall(?:s|ed)?
    | insist(?:s|ed)? | acknowledg(?:e[sd]?|ing) | admit(?:s|ted)? | stress(?:es|ed)? | emphasi[sz](?:es|ed)
    | point(?:s|ed)\sout | testif(?:y|ies|ied) | testimony | specif(?:y|ies|ied) | spell(?:s|ed)\sout | caption(?:s|ed)?
    )\b"""
)
# A colon before these opens a list, not a quotation.
_COUNTED = re.compile(
    r"(?i)\b(?:two|three|four|five|six|seven|eight|nine|ten|several|some|many|few|various|key|main|these|here (?:is|are))\b"
    r"[^:]{0,60}:$"
)

# How the outlet takes the word back. Each at the beginning of the paragraph.
_RESUMES = re.compile(
    r"""(?x)(?:
    (?:This|That|These|Those|Such|The|His|Her|Its|Their)\s(?:\w+\s)?(?:analysis|statements?|words?|remarks?|warnings?
        |comments?|articles?|reports?|letters?|editorials?|speech|declaration|assessment|claims?|passages?|lines?|quotes?
        |quotations?|description|account|admission|paper|newspaper|magazine|agency|post|tweet|message|testimony|prognosis
        |prediction|perspective)\b
    | (?:On|Over|By|Since|Until|Late|Early|Earlier|Later|Last|Next|This)\s(?:on\s)?(?:the\s|this\s|last\s)?(?:same\s)?
        (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun|week|month|year|past|day|morning|evening|night|weekend|afternoon)\w*\b
    | In\s(?:recent|the\s(?:past|last|coming|meantime|same)|an?\s(?:interview|statement|speech|separate|further)|his|her|their
        |response|addition|fact|reality|other\swords|contrast|reply)\b
    | (?:On|In)\s(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\w*\b
    | (?:Yesterday|Today|Tomorrow|Meanwhile|Increasingly|However|Nevertheless|Nonetheless|Indeed|Moreover|Furthermore
        |Asked|Earlier|Later|Recently|Currently|Now|Also|Separately|Elsewhere|Afterwards?|Similarly|Thus|Clearly)\b
    | (?:He|She|It|They|The\s\w+)\s(?:also\s|then\s|later\s)?(?:added|said|wrote|continued|went\son|concluded|noted|told|says|writes
        |declared|reported|warned|explained|argued|claimed)\b
    | According\sto\b
    )"""
)
_FIRST_PERSON = re.compile(r"\b(?:we|our|ours|us|I|my|me|We|Our|My)\b")
_GAP = re.compile(r"^\W{0,2}(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\])")
_GAP_AT_END = re.compile(r"(?:\.\.\.|…|\[\s?(?:\.\.\.|…)\s?\])\W{0,2}$")
_ATTRIBUTED = re.compile(
    r"(?i)[,”\"]\s(?:he|she|it|they|the\s\w+|[A-Z]\w+)\s(?:said|says|wrote|added|told|noted|writes|declared|claimed)\b"
    r"|\b(?:said|says|wrote|added|noted|writes|declared|claimed|confirmed|stated|told\s\w+),?\s[\"“]"
)
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
_SHARED = 2  # words in common with what is quoted already that speak for going on


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
    if p.kind not in ("paragraph", "quote") or not text.endswith(":"):
        return False
    sentence = re.split(r"[.!?][\"”’']?\s", text[-400:])[-1]
    return bool(_CUE.search(sentence)) and not _COUNTED.search(sentence)


def _may_be_quoted(p: Paragraph) -> bool:
    return p.kind == "paragraph" and p.mark == "" and p.text[:1] not in _MARKS


def _extent(paragraphs: Sequence[Paragraph], first: int) -> int:
    """Where the quotation that begins at `first` ends; `first + 1` when in doubt."""
    cue = paragraphs[first - 1].text
    names = set(_NAME.findall(re.split(r"[.!?]\s", cue)[-1][1:]))
    end = first + 1
    quotation = paragraphs[first].text
    while end < len(paragraphs) and end - first < _LONGEST:
        p = paragraphs[end]
        if not _may_be_quoted(p) or opens(p) or _resumes(p, names) or not _belongs(quotation, p):
            break
        quotation += "\n" + p.text
        end += 1
    return end


def _resumes(p: Paragraph, names: set[str]) -> bool:
    """Is it the outlet that speaks again?"""
    if _RESUMES.match(p.text) or _ATTRIBUTED.search(p.text):
        return True
    # Markup around the name of a paper is the outlet's typography; so is a new naming of the one that was quoted.
    if any(piece.edit == "emphasis_removed" for piece in p.pieces):
        return True
    sentence = re.split(r"[.!?]\s", p.text, maxsplit=1)[0]
    return bool(names & set(_NAME.findall(sentence)) and _CUE.search(sentence))


def _belongs(quotation: str, p: Paragraph) -> bool:
    """Is there evidence that the quotation goes on?"""
    if _GAP.match(p.text) or _GAP_AT_END.search(quotation):
        return True
    if _FIRST_PERSON.search(quotation) and _FIRST_PERSON.search(p.text):
        return True
    return len(_stems(quotation) & _stems(p.text)) >= _SHARED


def _stems(text: str) -> set[str]:
    """Words of some content, cut so that singular and plural, or verb and noun, fall together."""
    words = (word.lower() for word in _WORD.findall(text))
    return {word[:6].rstrip("s") for word in words if word not in _COMMON}
