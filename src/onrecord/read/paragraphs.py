"""What every reader makes of its source: paragraphs of pieces, each piece copied, replaced or left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from onrecord.model import Block, BlockKind, Edit, Run, Span

Mark = Literal["", "heading", "quote", "list", "caption"]
"""What the source itself says of a paragraph: by `#`, `>`, a bullet, or a tag."""


class Piece(NamedTuple):
    """`source[start:end]`, copied as it stands if `put` is None, else replaced by `put`. `edit` names a repair that
    is recorded as one; folded white space, which no run covers, and entities, whose run shows them, need none."""

    start: int
    end: int
    put: str | None = None
    edit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """`text` is what the pieces make of the source. `mark` is what the source says that it is, `kind` what it was
    judged to be. `glued`: it stood in one line with the paragraph before it (a dateline and its article)."""

    pieces: tuple[Piece, ...]
    text: str
    mark: Mark = ""
    kind: BlockKind = "paragraph"
    glued: bool = False


def paragraph(source: str, pieces: Iterable[Piece], mark: Mark = "") -> Paragraph:
    pieces = tuple(pieces)
    return Paragraph(pieces=pieces, text="".join(rendered(source, piece) for piece in pieces), mark=mark)


def rendered(source: str, piece: Piece) -> str:
    return source[piece.start : piece.end] if piece.put is None else piece.put


def judged(p: Paragraph, kind: BlockKind) -> Paragraph:
    return replace(p, kind=kind)


def rewritten(source: str, p: Paragraph, swaps: Iterable[Piece]) -> Paragraph:
    """`p` with stretches of its *text* replaced: the `start` and `end` of `swaps` count in `p.text`, in order and
    without overlap."""
    swaps = list(swaps)
    pieces, *groups = _cut(p.pieces, [at for swap in swaps for at in (swap.start, swap.end)])
    for swap, cut, kept in zip(swaps, groups[0::2], groups[1::2], strict=True):
        while cut and cut[0].put == "":  # removed before, by an edit of its own
            pieces.append(cut.pop(0))
        if cut:
            pieces.append(Piece(cut[0].start, cut[-1].end, swap.put, swap.edit))
        pieces += kept
    return replace(paragraph(source, pieces, p.mark), kind=p.kind, glued=p.glued)


def split(source: str, p: Paragraph, at: int, resume: int) -> tuple[Paragraph, Paragraph]:
    """`p` up to `at` and from `resume` on, both counted in `p.text`; what lies between is white space."""
    before, _, after = _cut(p.pieces, [at, resume])
    first, rest = paragraph(source, before, p.mark), paragraph(source, after, p.mark)
    return replace(first, kind=p.kind, glued=p.glued), replace(rest, kind=p.kind, glued=True)


def joined(source: str, p: Paragraph, q: Paragraph, *, put: str, edit: str, cut: int = 0) -> Paragraph:
    """`p` and `q` as one, with `put` between them; the last `cut` characters of `p` are left out."""
    pieces = _cut(p.pieces, [len(p.text) - cut])[0] if cut else p.pieces
    between = Piece(pieces[-1].end, q.pieces[0].start, put, edit)
    return replace(paragraph(source, (*pieces, between, *q.pieces), p.mark), kind=p.kind, glued=p.glued)


def _cut(pieces: Sequence[Piece], points: Sequence[int]) -> list[list[Piece]]:
    """The pieces in groups, parted at `points`, which count in the text and ascend.

    A piece that was replaced is not divided. One that puts nothing belongs to the group that begins with it.
    """
    groups: list[list[Piece]] = [[]]
    at = 0
    for whole in pieces:
        piece, length = whole, whole.end - whole.start if whole.put is None else len(whole.put)
        while len(groups) <= len(points) and at >= points[len(groups) - 1]:
            groups.append([])
        while piece.put is None and len(groups) <= len(points) and at + length > points[len(groups) - 1]:
            left = points[len(groups) - 1] - at
            if left:
                groups[-1].append(Piece(piece.start, piece.start + left))
                piece = Piece(piece.start + left, piece.end)
                at, length = at + left, length - left
            groups.append([])
        groups[-1].append(piece)
        at += length
    return groups + [[] for _ in range(len(points) + 1 - len(groups))]


class Assembled(NamedTuple):
    text: str
    blocks: tuple[Block, ...]
    edits: tuple[Edit, ...]


def assemble(source: str, parts: Iterable[Paragraph | Piece]) -> Assembled:
    """The normal form: blocks joined by one blank line. A bare piece is something left out between two blocks."""
    texts: list[str] = []
    blocks: list[Block] = []
    edits: list[Edit] = []
    at = 0
    last_end = 0
    for part in parts:
        if isinstance(part, Piece):
            edits.append(_edit(source, part, at))
            continue
        if not part.text:
            edits += [_edit(source, piece, at) for piece in part.pieces if piece.edit]
            continue
        if texts:
            texts.append("\n\n")
            if part.glued:
                gap = Piece(last_end, part.pieces[0].start, "\n\n", "dateline_split")
                edits.append(_edit(source, gap, at))
            at += 2
        start, runs = at, list[Run]()
        for piece in part.pieces:
            put = rendered(source, piece)
            if piece.edit:
                edits.append(_edit(source, piece, at))
            # A space that stands for other white space, or that a repair put in, has no place of its own; nor has
            # text that could not be found in the source.
            if put and piece.start < piece.end and (piece.put is None or put.strip()):
                runs.append(Run(start=at, end=at + len(put), source_start=piece.start, source_end=piece.end))
            texts.append(put)
            at += len(put)
            last_end = piece.end
        blocks.append(Block(kind=part.kind, span=Span(start=start, end=at), origin=_merged(source, runs)))
    return Assembled("".join(texts), tuple(blocks), tuple(edits))


def in_place(parts: Iterable[Paragraph | Piece]) -> tuple[Block, ...]:
    """Blocks over the source itself: of each paragraph the stretch from its first copied character to its last."""
    blocks = []
    for part in parts:
        copied = [p for p in part.pieces if p.put is None] if isinstance(part, Paragraph) else []
        if isinstance(part, Paragraph) and copied:
            blocks.append(Block(kind=part.kind, span=Span(start=copied[0].start, end=copied[-1].end)))
    return tuple(blocks)


def _edit(source: str, piece: Piece, at: int) -> Edit:
    return Edit(
        kind=piece.edit or "left_out",
        at=at,
        source_start=piece.start,
        source_end=piece.end,
        removed=source[piece.start : piece.end],
        inserted=piece.put or "",
    )


def _merged(source: str, runs: list[Run]) -> tuple[Run, ...]:
    """Neighbours that were both copied become one run."""
    merged: list[Run] = []
    for run in runs:
        last = merged[-1] if merged else None
        if last and last.end == run.start and last.source_end == run.source_start and _copied(last) and _copied(run):
            merged[-1] = Run(start=last.start, end=run.end, source_start=last.source_start, source_end=run.source_end)
        else:
            merged.append(run)
    return tuple(merged)


def _copied(run: Run) -> bool:
    return run.end - run.start == run.source_end - run.source_start
