"""What a peer's answer means. Only the standard library: this file runs in the environments of the peers too."""

import html
import re
from typing import Any

_TAG = re.compile(r"(<TIMEX3[^>]*>|</TIMEX3>)")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')


def read(text: str, timeml: str) -> list[dict[str, Any]]:
    """The expressions of an answer in TimeML, at their places in `text`: looked for from the last one on, since the
    answer may have other blanks than the text."""
    body = timeml.partition("<TimeML>")[2].rpartition("</TimeML>")[0]
    found: list[dict[str, Any]] = []
    at = 0
    attributes: dict[str, str] = {}
    for piece in _TAG.split(body):
        if piece.startswith("<TIMEX3"):
            attributes = dict(_ATTRIBUTE.findall(piece))
        elif piece == "</TIMEX3>":
            attributes = {}
        elif attributes:
            words = [re.escape(word) for word in html.unescape(piece).split()]
            match = re.compile(r"\s+".join(words)).search(text, at) if words else None
            if match:
                at = match.end()
                value = attributes.get("value") or None
                found.append(
                    {"start": match.start(), "end": match.end(), "type": attributes.get("type"), "value": value}
                )
        else:
            # Move on past what lies between, so that a short expression is not found too early.
            words = [re.escape(word) for word in html.unescape(piece).split()[-3:]]
            match = re.compile(r"\s+".join(words)).search(text, at) if words else None
            at = match.end() if match else at
    return found
