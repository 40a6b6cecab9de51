"""Contents that are known by where they stand beside their cue, not by the clause that governs them: before it, after
it in quotation marks, split around it, or beside an `as`."""

from collections.abc import Sequence
from typing import Any

from onrecord.extract.quotations import Quotation
from onrecord.extract.statements.clauses import SUBJECTS, Extent, trimmed
from onrecord.extract.statements.page import CLOSERS, Page
from onrecord.extract.statements.words import CONNECTIVES, RESUMING, SPEECH_VERBS
from onrecord.model import Span


def _cue_clause(page: Page, verb: Any, group: Extent, who: Any | None) -> Extent:
    """Source, cue, addressee and circumstances, up to the comma, mark or sentence end that closes them."""
    start, end = group
    if who is not None and who.sent == verb.sent:
        if who.i < start:
            start = who.left_edge.i
        elif who.i < verb.i + 4:
            end = max(end, who.right_edge.i + 1)
    stop = verb.sent.end
    while (
        end < stop
        and page.doc[end].text not in (",", ".", ":", ";", "—", "–", "--", "?", "!", "…")
        and not page.opening(page.at(end))
    ):
        end += 1
    return Extent(start, end)


def before(page: Page, verb: Any, group: Extent, who: Any | None) -> tuple[Span, ...]:
    """Content that stands before its cue, wholly or in its first half: `"...," she said. "..."`."""
    if who is None or any(
        c.dep_ in ("ccomp",) and c.i > verb.i and c.left_edge.i > verb.i and page.doc[c.left_edge.i - 1].text != ","
        for c in verb.children
    ):
        return ()
    clause = _cue_clause(page, verb, group, who)
    index = clause.start - 1
    while index >= 0 and (
        page.doc[index].is_space or page.doc[index].dep_ == "cc" or page.doc[index].text in ("—", "–", "--")
    ):
        index -= 1
    if index < 0:
        return ()
    closed = page.closing(page.offset + page.doc[index].idx + len(page.doc[index].text))
    first = _marked_before(page, verb, closed) if closed is not None else _clause_before(page, verb, who, index)
    return first + _resumed(page, verb, clause, closed is not None) if first else ()


def _marked_before(page: Page, verb: Any, closed: Quotation) -> tuple[Span, ...]:
    """The content that ends with the quotation `closed`: the quotation, or a sentence that runs into it."""
    start = max(page.at(verb.sent.start), page.bounds(verb.i).start)
    last = closed.parts[-1].of(page.text).rstrip(CLOSERS)
    if last.endswith("."):
        return ()  # a full stop: what follows is a sentence of its own, not the cue
    sentence = (Span(start=start, end=closed.end),) if start < closed.start else ()
    if not any(part in page.bounds(verb.i) for part in closed.parts) or not _speech_like(closed.parts, page.text):
        # Words in marks at the end of an indirect content: the sentence before them belongs to it too.
        return sentence if last.endswith((",", "?", "!")) else ()
    return sentence if sentence and page.text[closed.start + 1].islower() else closed.parts


def _clause_before(page: Page, verb: Any, who: Any, comma: int) -> tuple[Span, ...]:
    """The clause that ends with the comma before `she said`, from the start of its sentence."""
    lead = verb.sent.start
    if page.doc[comma].text != "," or comma <= lead:
        return ()
    while lead + 1 < comma and (page.doc[lead].lower_ in CONNECTIVES or page.doc[lead].is_space):
        lead += 2 if page.doc[lead + 1].text == "," else 1
    if page.doc[comma - 1].tag_ in ("WDT", "WP"):
        lead = comma - 1  # `the park, which, she said, is ...`
    start = max(page.at(lead), page.bounds(verb.i).start)
    if start >= page.at(comma) or not _parenthetical(page, verb, who, Extent(lead, comma)):
        return ()
    return (Span(start=start, end=page.at(comma)),)


def _parenthetical(page: Page, verb: Any, who: Any, before: Extent) -> bool:
    """Whether `verb` only reports the clause before it. It has no complement of its own, and is either over that
    clause or hangs on it: the main verb of the sentence with a mere circumstance before it reports nothing."""
    if verb.tag_ not in ("VBD", "VBZ", "VBP") and not any(c.dep_ == "aux" for c in verb.children):
        return False
    if (who.pos_ == "PRON" and who.tag_ in ("WP", "WDT")) or any(
        c.lower_ == "to" and c.dep_ == "aux" for c in verb.children
    ):
        return False
    if any(
        c.dep_ in ("xcomp", "acomp", "attr", "oprd") or (c.dep_ == "dobj" and verb.lemma_ != "tell")
        for c in verb.children
    ):
        return False
    if page.doc[before.end - 1].tag_ in ("WDT", "WP"):
        return True
    over = any(c.dep_ == "ccomp" and before.holds(c.i) for c in verb.children)
    hangs = verb.sent.root is not verb
    finite = any(t.pos_ in ("VERB", "AUX") for t in page.doc[before.start : before.end])
    # `The tunnel, she said, would open in June`: the verb of the clause comes after the cue.
    split = any(t.pos_ in ("VERB", "AUX") and t.dep_ == "ROOT" for t in page.doc[verb.i + 1 : verb.sent.end])
    return ((over or hangs) and finite) or (hangs and split)


def as_said(page: Page, verb: Any, group: Extent, who: Any | None) -> tuple[Span, ...]:
    """`..., as police have said` and `As police said, ...`."""
    if who is None:
        return ()
    clause = _cue_clause(page, verb, group, who)
    mark, sent = clause.start - 1, verb.sent
    if mark < sent.start or page.doc[mark].lower_ != "as" or any(c.dep_ in ("ccomp", "dobj") for c in verb.children):
        return ()
    if mark - 1 > sent.start and page.doc[mark - 1].text == ",":
        return page.content(Extent(sent.start, mark - 1), verb.i)
    if mark == sent.start and clause.end < sent.end and page.doc[clause.end].text == ",":
        return page.content(Extent(clause.end + 1, sent.end), verb.i)
    return ()


def _speech_like(parts: Sequence[Span], text: str) -> bool:
    return parts[-1].of(text).rstrip(CLOSERS).endswith((",", ".", "?", "!", "…", "-", "—")) or len(parts) > 1


def _resumed(page: Page, verb: Any, clause: Extent, quoted: bool) -> tuple[Span, ...]:
    """The second half of a split content."""
    index, doc = clause.end, page.doc
    if quoted:
        # What may stand between: circumstances and appositions, but no other cue and no more than a sentence end.
        while index < len(doc) and not page.opening(page.at(index)):
            if (
                doc[index].lemma_ in RESUMING
                or doc[index].text in ":;"
                or (doc[index].text == "." and index + 1 < len(doc) and not page.opening(page.at(index + 1)))
            ):
                return ()
            index += 1
        opened = page.opening(page.at(index)) if index < len(doc) else None
        if opened is None or doc[index - 1].text not in (",", ".", "—", "–", "--", "-"):
            return ()
        return opened.parts if doc[index - 1].text != "." or _stands_alone(page, opened) else ()
    if index + 1 >= min(len(doc), verb.sent.end) or doc[index].text != "," or page.inside(page.at(verb.i)) is not None:
        return ()
    rest = trimmed(doc, index + 1, verb.sent.end)
    if rest.end - rest.start < 2 or doc[rest.start].tag_ == "VBG":
        return ()
    if doc[rest.start].dep_ == "cc" and not any(t.dep_ in SUBJECTS for t in doc[rest.start : rest.end]):
        return ()
    return page.content(rest, verb.i)


def _stands_alone(page: Page, quotation: Quotation) -> bool:
    """A quotation with no cue of its own: the paragraph ends with it, or a new sentence follows."""
    rest = page.text[quotation.end : page.passage.block.span.end].lstrip()
    inner = page.text[quotation.start : quotation.end].rstrip(CLOSERS)
    whole = inner.endswith((".", "?", "!", "…"))
    return len(quotation.parts) > 1 or not rest or (whole and (rest[0].isupper() or rest[0] in '“"('))


def _closes_clause(page: Page, opened: Quotation) -> bool:
    """Whether what is in marks is all that was said (`he said 'no'`), not a word of it (`said "experts" had ...`)."""
    rest = page.text[opened.end : page.passage.block.span.end].lstrip("”\"’' ")
    after = page.doc.char_span(opened.end - page.offset, opened.end - page.offset + 1, alignment_mode="expand")
    following = (
        next((t for t in page.doc[after.start :] if page.at(t.i) >= opened.end and not t.is_space), None)
        if after
        else None
    )
    return not rest or following is None or following.is_punct or following.pos_ in ("ADP", "CCONJ", "SCONJ", "ADV")


def quoted(page: Page, verb: Any, group: Extent, who: Any | None) -> tuple[Span, ...]:
    """A quotation that follows its cue with no more than an addressee or circumstances between."""
    index = group.end
    limit = min(len(page.doc), index + 25)
    while index < limit:
        token = page.doc[index]
        opened = page.opening(page.at(index))
        if opened is not None and opened is not page.inside(page.at(verb.i)):
            before = page.doc[index - 1].text
            spoken = _speech_like(opened.parts, page.text) and page.text[opened.start + 1].isupper()
            word = index == group.end and verb.lemma_ in SPEECH_VERBS and _closes_clause(page, opened)
            return opened.parts if spoken or word or before == ":" else ()
        if (
            token.text in (".", ";", "?", "!")
            or token.sent != verb.sent
            or token.dep_ in SUBJECTS
            or (token.pos_ == "VERB" and token.dep_ not in ("acl", "amod", "relcl", "pcomp"))
        ):
            if who is not None and token.i == who.i:
                index = who.right_edge.i + 1
                continue
            return ()
        index += 1
    return ()
