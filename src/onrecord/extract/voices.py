"""On whose word an entry stands: the innermost statement whose content covers it, else the outlet's own."""

from collections.abc import Sequence

import msgspec

from onrecord.model import Document, Figure, Finding, Place, Span, Statement, Timex, entry_id

VERSION = "voices/1"


def assign_voices(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with `voice` set on every figure, timex and place that a statement's content covers whole.

    A value that only overlaps a content is nobody's but the outlet's: half of it is the outlet's own words.
    """
    contents = sorted(
        (
            (content, entry_id(document, finding.value))
            for finding in findings
            if isinstance(finding.value, Statement)
            for content in finding.value.contents
        ),
        key=lambda pair: (pair[0].start, -pair[0].end),
    )
    return [
        msgspec.structs.replace(finding, value=msgspec.structs.replace(finding.value, voice=voice))
        if isinstance(finding.value, (Figure, Timex, Place)) and (voice := _innermost(contents, finding.value.span))
        else finding
        for finding in findings
    ]


def _innermost(contents: Sequence[tuple[Span, str]], span: Span) -> str | None:
    """`contents` by start: none that begins after the span can cover it."""
    best: tuple[int, str] | None = None
    for content, statement in contents:
        if content.start > span.start:
            break
        if span in content and (best is None or len(content) < best[0]):
            best = (len(content), statement)
    return best[1] if best else None
