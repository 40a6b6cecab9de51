"""An article's words on one line, for formats that hold no others."""

import re

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ud800-\udfff]")


def one_line(text: str) -> str:
    """White space folded; a control character, a mark of direction or half a character is `�`."""
    return _UNSEEN.sub("�", " ".join(text.split()))
