"""Passages for retrieval: verbatim slices of one provision each, clauses and the parts of clauses that cite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.normalize import MatchingCopy
from rag.law.clauses import Clause
from rag.law.document import LegalDocument
from rag.law.parataxis import clauses_by_doer
from rag.types import Passage, PassageKind, Provision, Span

_KINDS = frozenset(("front", "basis", "paragraph", "item", "clause", "point", "footnote", "annex", "table", "article"))
_CONTEXT_WORDS = 40
# Minutes of a dialogue: "Hỏi (đại biểu thôn A): …", "Đáp (Trưởng Công an xã): …".
_QUESTION = re.compile(r"(?:Câu hỏi|Hỏi|Ý kiến|Kiến nghị|Phản ánh)(?!\w)[^:]{0,80}:")
_REPLY = re.compile(r"(?:Đáp|Trả lời|Giải đáp|Giải trình)(?!\w)[^:]{0,120}:")

_Mention = tuple[int, Span, bool]
"""The index of a reference, where it stands in its provision's line, and whether it goes by name alone."""


def build_passages(document: LegalDocument, *, first_reference: int) -> list[Passage]:
    """The passages of one document in reading order.

    `first_reference` is the index of the document's first reference among all of the snapshot's.
    """
    mentions: dict[int, list[_Mention]] = {}
    for number, reference in enumerate(document.references, first_reference):
        where = document.copies[reference.provision].within(reference.span)
        mentions.setdefault(reference.provision, []).append((number, where, reference.number is None))
    found: list[Passage] = []
    for index, provision in enumerate(document.provisions):
        if provision.kind in _KINDS:
            found += _of_provision(document, index, mentions.get(index, []))
    return found


def _of_provision(document: LegalDocument, index: int, own: Sequence[_Mention]) -> Iterator[Passage]:
    copy, context = document.copies[index], _context(document, index)
    is_row = document.provisions[index].kind == "table"  # what a cell says goes with the other cells
    for clause in [Clause(0, len(copy.text), 0)] if is_row and copy.text else clauses_by_doer(copy.text):
        inside = [mention for mention in own if clause.start <= mention[1].start < clause.end]
        yield _passage(
            document,
            index,
            "clause",
            (clause.start, clause.end),
            context,
            [number for number, _, _ in inside],
        )
        # Mentions that overlap may have the same words around them: a passage's place is its name.
        around = {(start, end): number for number, start, end in _around_mentions(inside, clause.start, clause.end)}
        for where, number in around.items():
            yield _passage(document, index, "mention", where, context, [number])


def _around_mentions(inside: Sequence[_Mention], start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """Each of several mentions of a clause, with the words that lead to it.

    A numbered mention inside the title of another cuts it short; a law named there does not.
    """
    if len(inside) < 2:
        return
    left = start
    for position, (number, span, _) in enumerate(inside):
        later = ((other, named) for _, other, named in inside[position + 1 :])
        cut = next((other for other, named in later if other.start >= span.end or not named), None)
        right = end if cut is None else min(span.end, cut.start)
        yield number, min(left, span.start), right
        left = max(left, right)


def _passage(
    document: LegalDocument,
    index: int,
    kind: PassageKind,
    where: tuple[int, int],
    context: str,
    references: Sequence[int],
) -> Passage:
    copy, provision = document.copies[index], document.provisions[index]
    start, end = _trimmed(copy.text, *where)
    segments = copy.spans(start, end)
    return Passage(
        id=f"{document.stored.source}#{segments[0].start}-{segments[-1].end}-{kind}",
        source=document.stored.source,
        provision=index,
        kind=kind,
        segments=segments,
        text=copy.text[start:end],
        context=context,
        locator=provision.locator,
        references=tuple(references),
    )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip(" ,;"))
    right = end - len(piece) + len(piece.rstrip())
    return (left, right) if left < right else (start, end)


def _context(document: LegalDocument, index: int) -> str:
    """The headings above a provision; a provision that leads into it counts as one, and so does what it replies to."""
    chain: list[str] = []
    if index and _REPLY.match(document.copies[index].text) and _QUESTION.match(document.copies[index - 1].text):
        chain.append(_heading(document.provisions[index - 1], document.copies[index - 1]))
    parent = document.provisions[index].parent
    while parent is not None:
        chain.append(_heading(document.provisions[parent], document.copies[parent]))
        parent = document.provisions[parent].parent
    return " > ".join(part for part in reversed(chain) if part)


def _heading(provision: Provision, copy: MatchingCopy) -> str:
    text = provision.heading or copy.text
    words = text.split()
    return " ".join(words[:_CONTEXT_WORDS])
