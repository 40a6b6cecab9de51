"""Ours, asked as the peers are: time expressions, or figures with the parse that they need."""

import sys
from typing import Any

import msgspec
from evals.tempeval import build

from bench.peers.speaking import Tag, serve
from onrecord.extract.figures import extract_figures
from onrecord.extract.parse import parse
from onrecord.extract.timexes import extract_timexes
from onrecord.model import Timex


def timexes() -> Tag:
    def tag(text: str, published: str | None) -> list[dict[str, Any]]:
        return [
            {"start": f.value.span.start, "end": f.value.span.end, "type": f.value.type, "value": f.value.value}
            for f in extract_timexes(build("bench", text, published))
            if isinstance(f.value, Timex)
        ]

    return tag


def figures() -> Tag:
    def tag(text: str, published: str | None) -> list[dict[str, Any]]:
        document = build("bench", text, published)
        times = [f.value for f in extract_timexes(document) if isinstance(f.value, Timex)]
        return [msgspec.to_builtins(f.value) for f in extract_figures(document, parse(document), times)]

    return tag


if __name__ == "__main__":
    serve({"timexes": timexes, "figures": figures}[sys.argv[1]])
