"""Types of events against sentences of known type: PLOVER's roots (PLV), with the actor and the recipient given.

Neither file has a dev part, so one is cut by a hash: of the sentence's number in PLV, of the document in AW, where
several sentences of one document stand. What is trained looks at the rest alone.
"""

import csv
import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

FAMILY = "plover"
_MARK = re.compile(r"(</?[st]>)")


class Pair(NamedTuple):
    """A sentence, and what stands between two who are named in it.

    `actors`, `recipients`: the (start, end) of each in `text`; empty where the gold marks none. `type`: PLOVER's root
    in PLV, whose YIELD is CONCEDE or RETREAT of the codebook; in AW the type of ACE or KAIROS. `conflict`: AW's own
    label, whether the two are against each other. `trigger`: AW's word for the event, empty in PLV.
    """

    id: str
    text: str
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]
    type: str
    trigger: str = ""
    conflict: bool | None = None


def split(identity: str) -> Literal["train", "dev"]:
    """A fixed fifth is dev."""
    return "dev" if int(hashlib.sha256(identity.encode()).hexdigest()[:8], 16) % 5 == 0 else "train"


def typed(data: Path, part: Literal["train", "dev"]) -> Iterator[Pair]:
    """The sentences of PLV in one part, in the order of the file."""
    for row in _rows(data / "gold" / "plover" / "PLV_train.tsv"):
        identity = f"PLV {row['sentence_id']}"
        if split(identity) == part:
            yield Pair(identity, *_unmarked(row["marked_sentence"]), row["gold_root"])


def related(data: Path, part: Literal["train", "dev"]) -> Iterator[Pair]:
    """The sentences of AW in one part, in the order of the file."""
    for row in _rows(data / "gold" / "plover" / "AW_train.tsv"):
        if split(f"AW {row['dataset']} {row['doc_id']}") == part:
            marked = _unmarked(row["marked_sentence"])
            yield Pair(f"AW {row['uid']}", *marked, row["event_type"], row["trigger"], row["gold_binary"] == "1")


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter="\t")


def _unmarked(marked: str) -> tuple[str, tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]]:
    """The text without its marks `<s>...</s>` and `<t>...</t>`, and what stood between each two of them."""
    text = ""
    begun: dict[str, int] = {}
    found: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    for piece in _MARK.split(marked):
        if not _MARK.fullmatch(piece):
            text += piece
        elif not piece.startswith("</"):
            begun[piece[1]] = len(text)
        elif piece[2] in begun:
            start = begun.pop(piece[2])
            words = text[start:]
            start += len(words) - len(words.lstrip())
            found[piece[2]].append((start, start + len(words.strip())))
    return text, tuple(found["s"]), tuple(found["t"])
