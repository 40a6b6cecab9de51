"""Text made of tokens, for sets that hold no text."""

import re
from collections.abc import Sequence

from onrecord.model import Span

_CLOSING = re.compile(r"[.,;:!?%)\]}’”]|''|['’](?:s|re|ve|ll|d|m)?|n['’]t", re.IGNORECASE)
_OPENING = re.compile(r"[(\[{$“‘]|``|#")


def glued(words: Sequence[str]) -> tuple[str, list[Span]]:
    """The text with a blank between words, but for marks that lean on a neighbour, and where each word stands in it."""
    text, places, leans = "", [], True
    for word in words:
        text += "" if leans or _CLOSING.fullmatch(word) else " "
        places.append(Span(start=len(text), end=len(text) + len(word)))
        text += word
        leans = bool(_OPENING.fullmatch(word))
    return text, places
