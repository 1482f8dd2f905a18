"""A miss in words: what was asked, what gold answers, what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from eval.attribution import STAGE_LABELS
from eval.gold import GoldCase
from eval.metrics import LABELS, missed
from eval.outcomes import Outcome
from rag.types import Answer, Reason, Status

STATUS_LABELS: Mapping[Status, str] = {
    "answered": "trả lời",
    "corrected": "đính chính",
    "ambiguous": "hỏi lại",
    "not_found": "không tìm thấy",
}
REASON_LABELS: Mapping[Reason, str] = {
    "no_evidence": "không có căn cứ",
    "unknown_document": "không biết văn bản",
    "text_not_held": "chưa có toàn văn",
    "out_of_scope": "ngoài phạm vi",
}


def miss_text(outcome: Outcome) -> str:
    """The question, what was expected and what came, a line each; empty where nothing is missed."""
    names = missed(outcome.scores)
    if not names:
        return ""
    case = outcome.case
    asked = " ⏎ ".join((*case.history, case.question))
    head = f"{case.id} · {', '.join(LABELS[name] for name in names)}"
    lines = (
        f"{head} · khâu: {STAGE_LABELS[outcome.stage]}" if outcome.stage else head,
        f"  Hỏi:      {asked}",
        f"  Cần có:   {expected(case)}",
        f"  Trả lời:  {given(outcome.answer)}",
    )
    return "\n".join(lines)


def expected(case: GoldCase) -> str:
    """What gold answers, on one line."""
    parts = [_outcome(case.status, case.reason)]
    if case.documents is not None:
        parts.append("văn bản: " + _joined(spellings[0] for spellings in case.documents))
    if case.units is not None:
        parts.append("đơn vị: " + _joined(spellings[0] for spellings in case.units))
    for value in (case.facts.date, case.facts.issuer):
        parts += [" hoặc ".join(value)] if value else []
    if case.facts.count is not None:
        parts.append(f"số lượng: {case.facts.count}")
    return " · ".join(parts)


def given(answer: Answer) -> str:
    """What was answered, on one line."""
    documents = [
        " ".join(filter(None, (found.number or found.title or found.type, found.date, found.issuer)))
        for found in answer.documents
    ]
    parts = [_outcome(answer.status, answer.reason)]
    parts.append("văn bản: " + _joined(documents))
    parts.append("đơn vị: " + _joined(unit.name for unit in answer.units))
    parts.append("trích: " + _joined(found.locator for found in answer.citations))
    return " · ".join(parts)


def _outcome(status: Status, reason: Reason | None) -> str:
    return STATUS_LABELS[status] + (f" ({REASON_LABELS[reason]})" if reason else "")


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words) or "không có"
