"""A question that asks two things at once: the one that the texts answer is answered, and the other is told."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.asides import has_asking
from rag.answering.draft import is_nearest, wording
from rag.language.normalize import fold
from rag.types import Answer, Citation, Status

_BETWEEN = re.compile(
    r"[?;.]\s+(?:\(?\d\)\s)?"
    r"|,\s+(?=(?:còn|rồi|thế|vậy|và|với lại|con|roi|the|vay|va|voi lai)\s)",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s+(?=(?:và|va)\s(?:thay thế|thay the|cụ thể hóa|cu the hoa|sửa đổi|sua doi|hướng dẫn|huong dan)\s)",
    re.IGNORECASE,
)
"""Where a question goes on to ask how a document stands to another."""
_AND = re.compile(r"(?:và|va)\s", re.IGNORECASE)
_MARKER = re.compile(r"\[(\d+)\]")
_FEWEST, _FEWEST_MORE = 4, 2
"""How many words a part has, and how many one has that goes on from the part before."""
_COORDINATED = re.compile(r",\s+(?:(?:và|va|rồi|roi)\s+)?|\s+(?:và|va|rồi|roi)\s+", re.IGNORECASE)


def asked_parts(question: str) -> list[str]:
    """The parts of a question that each ask something by themselves; one where it asks a single thing.

    >>> asked_parts("Tỉnh có chỉ thị gì về tôn giáo, còn ở huyện ai phải quản lý việc này?")
    ['Tỉnh có chỉ thị gì về tôn giáo', 'còn ở huyện ai phải quản lý việc này?']
    >>> asked_parts("Tôi ở thôn, ai lập danh sách?")
    ['Tôi ở thôn, ai lập danh sách?']
    """
    question = unicodedata.normalize("NFC", question)
    ends = [match.end() for match in _BETWEEN.finditer(question)]
    pieces = [question[start:end] for start, end in zip([0, *ends], [*ends, len(question)], strict=True)]
    parts: list[str] = []
    for piece in pieces:
        asks = has_asking(fold(piece)) and len(piece.split()) >= _FEWEST
        if parts and not (asks and has_asking(fold(parts[-1]))):
            parts[-1] += piece
        else:
            parts.append(piece)
    return [part.strip().rstrip(",;") for part in parts]


def coordinate_parts(question: str) -> list[str]:
    """The two parts of a question of which the second asks more of what the first is about; one where none does.

    >>> coordinate_parts("Rà soát hương ước theo nghị định nào, phòng nào chủ trì?")
    ['Rà soát hương ước theo nghị định nào', 'phòng nào chủ trì?']
    >>> coordinate_parts("Tổ hòa giải và ban công tác Mặt trận do ai bầu?")
    ['Tổ hòa giải và ban công tác Mặt trận do ai bầu?']
    """
    question = unicodedata.normalize("NFC", question)
    for match in _COORDINATED.finditer(question):
        first, more = question[: match.start()], question[match.end() :]
        if len(first.split()) < _FEWEST or len(more.split()) < _FEWEST_MORE:
            continue
        if has_asking(fold(first)) and has_asking(fold(more)):
            return [first, more]
    return [question]


def joined_parts(question: str) -> list[str]:
    """A question in two parts where it goes on to ask how its document stands to another; else as it is."""
    parts = _JOINED.split(unicodedata.normalize("NFC", question), maxsplit=1)
    return parts if all(has_asking(fold(part)) for part in parts) else [question]


def on_the_same(parts: Sequence[str], subject: str) -> list[str]:
    """The parts of a question, those after the first with its subject before them.

    >>> on_the_same(["Nghị định 59 có hiệu lực khi nào", "và thay thế văn bản nào?"], "Nghị định 59")
    ['Nghị định 59 có hiệu lực khi nào', 'Nghị định 59 thay thế văn bản nào?']
    """
    return [*parts[:1], *(f"{subject} {_AND.sub('', part, count=1)}" for part in parts[1:])]


def is_found(answer: Answer) -> bool:
    """Whether an answer gives what was asked, and not but the nearest that the texts have."""
    return answer.status in ("answered", "corrected") and not is_nearest(answer)


def together(question: str, parts: Sequence[str], answers: Sequence[Answer]) -> Answer | None:
    """What was found of the parts of a question, and which part was not; None where nothing was."""
    given = [answer for answer in answers if answer.status in ("answered", "corrected")]
    found = [answer for answer in given if is_found(answer)] or given
    if not found:
        return None
    missing = [part for part, answer in zip(parts, answers, strict=True) if answer not in found]
    lines: list[str] = []
    citations: list[Citation] = []
    joined = replace(found[0], question=question)
    if missing:
        said = "; ".join(missing)
        told = "" if re.search(r"\d", said) else f" (chưa thấy: “{said}”)"  # no number stands in an answer unquoted
        lines.append(wording("part_of_question", missing=told))
    for answer in {answer.text: answer for answer in found}.values():  # one passage may be the nearest to each part
        answer = _renumbered(answer, citations)
        citations += [one for one in answer.citations if one.id > len(citations)]
        lines.append(answer.text)
        if answer is not found[0]:
            joined = _merged(joined, answer)
    status: Status = "corrected" if any(one.status == "corrected" for one in found) else "answered"
    return replace(joined, status=status, reason=None, text="\n\n".join(lines), citations=tuple(citations))


def _renumbered(answer: Answer, before: Sequence[Citation]) -> Answer:
    """An answer with its citations numbered on from those before; what was quoted before keeps its number."""
    known = {(one.source, one.start, one.end): one.id for one in before}
    numbers: dict[int, int] = {}
    citations = []
    for one in answer.citations:
        place = (one.source, one.start, one.end)
        numbers[one.id] = known.setdefault(place, len(known) + 1)
        citations.append(replace(one, id=numbers[one.id]))

    def cited(old: Sequence[int]) -> tuple[int, ...]:
        return tuple(numbers[number] for number in old)

    return replace(
        answer,
        text=_MARKER.sub(lambda match: f"[{numbers[int(match[1])]}]", answer.text),
        citations=tuple(citations),
        documents=tuple(replace(one, citations=cited(one.citations)) for one in answer.documents),
        units=tuple(replace(one, citations=cited(one.citations)) for one in answer.units),
        notices=tuple(replace(one, citations=cited(one.citations)) for one in answer.notices),
    )


def _merged(one: Answer, other: Answer) -> Answer:
    """The documents, units and notices of two answers, each once."""
    documents = {(entry.number, entry.type, entry.title): entry for entry in (*other.documents, *one.documents)}
    units = {(unit.name, unit.role): unit for unit in (*other.units, *one.units)}
    notices = {(notice.kind, notice.text): notice for notice in (*other.notices, *one.notices)}
    first = [(entry.number, entry.type, entry.title) for entry in one.documents]
    order = [*first, *(key for key in documents if key not in first)]
    return replace(
        one, documents=tuple(documents[key] for key in order), units=tuple(units.values()),
        notices=tuple(notices.values()),
    )  # fmt: skip
