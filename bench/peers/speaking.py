"""How a tool is asked, in whatever environment it lives: articles come in as lines of JSON, findings go out.

Only the standard library: this file runs in the environments of the peers too. Each tool is held to one core, reads one
article to get warm, and says how many seconds of the processor all of them then took: its own and those of the
processes it started.
"""

import json
import os
import sys
from collections.abc import Callable
from typing import Any

Tag = Callable[[str, str | None], list[dict[str, Any]]]
"""From a text and its day of publication (ISO 8601, or None) to findings with `start` and `end` in code points."""


def serve(make: Callable[[], Tag]) -> None:
    """Answer for all articles on standard input, `{"text", "published"}` a line: a line of findings for each, then one
    of the seconds that it took."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a tool prints is no answer
    articles = [json.loads(line) for line in sys.stdin]
    tag = make()
    if articles:
        tag(articles[0]["text"], articles[0]["published"])
    started = sum(os.times()[:4])
    found = [tag(article["text"], article["published"]) for article in articles]
    seconds = sum(os.times()[:4]) - started
    for findings in found:
        out.write(json.dumps(findings) + "\n")
    out.write(json.dumps({"seconds": seconds}) + "\n")
    out.close()
