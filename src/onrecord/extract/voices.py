"""On whose word an entry stands: the innermost statement whose content covers it, else the outlet's own."""

from collections.abc import Sequence

import msgspec

from onrecord.extract.covers import covering
from onrecord.model import Commitment, Document, Event, Figure, Finding, Place, Span, Statement, Timex, entry_id

VERSION = "voices/2"

_Spoken = Figure | Timex | Place | Event | Commitment


def assign_voices(document: Document, findings: Sequence[Finding]) -> list[Finding]:
    """The findings with `voice` set on every entry but statements and entities that a statement's content covers whole:
    its span, or of events and commitments the trigger.

    A value that only overlaps a content is nobody's but the outlet's: half of it is the outlet's own words.
    """
    contents = [
        (content, entry_id(document, finding.value))
        for finding in findings
        if isinstance(finding.value, Statement)
        for content in finding.value.contents
    ]
    spoken = [index for index, finding in enumerate(findings) if isinstance(finding.value, _Spoken)]
    voiced = list(findings)
    spans = [_place(finding.value) for finding in findings if isinstance(finding.value, _Spoken)]
    around = covering(contents, [span.start for span in spans])
    for index, span, holding in zip(spoken, spans, around, strict=True):
        whole = [(len(content), statement) for content, statement in holding if span in content]
        if whole:
            value = msgspec.structs.replace(findings[index].value, voice=min(whole)[1])
            voiced[index] = msgspec.structs.replace(findings[index], value=value)
    return voiced


def _place(value: _Spoken) -> Span:
    return value.trigger if isinstance(value, (Event, Commitment)) else value.span
