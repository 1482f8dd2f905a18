"""The gold questions: what one line of `eval/gold/*.jsonl` holds, and the check of it against the corpus."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from rag.errors import HoidapError
from rag.types import Reason, Status

GOLD = Path(__file__).resolve().parent / "gold"
DEV = GOLD / "dev.jsonl"
SOURCE_PREFIX = "source:"

QuestionClass = Literal[
    "topic_to_document", "topic_to_unit", "document_and_unit", "number_lookup", "date_issuer", "list",
    "count", "comparison", "near_collision", "ambiguous", "footnote", "no_unit_named", "content",
    "follow_up", "false_premise", "abbreviated", "no_diacritics", "typo", "nfd", "unanswerable_in_domain",
    "unanswerable_outside", "not_held",
]  # fmt: skip
CLASSES: tuple[QuestionClass, ...] = get_args(QuestionClass)


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1)]
Spellings = Annotated[tuple[Words, ...], Field(min_length=1)]
"""The accepted spellings of one document's number or name, or of one unit's name."""
OneOrMore = Annotated[Spellings, BeforeValidator(_one_or_more)]
"""A string, or several that are all right: a resolution that the source dates twice has two dates."""


class GoldError(HoidapError):
    """A gold file is wrong; `faults` has a sentence for each fault, and the message has them all."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("Tệp câu hỏi chuẩn có lỗi:\n" + "\n".join(f"- {fault}" for fault in faults))
        self.faults = tuple(faults)


class Facts(BaseModel):
    """What the answer must say of its one document, and how many a count must find; None is not scored."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    date: OneOrMore | None = None
    issuer: OneOrMore | None = None
    count: int | None = Field(default=None, ge=0)

    @model_validator(mode="after")
    def _dates_are_dates(self) -> Facts:
        for value in self.date or ():
            date.fromisoformat(value)
        return self


class GoldCase(BaseModel):
    """One question with what a careful clerk would answer; a field that is None is not scored.

    `documents` are THE answer and `allowed` may stand beside them, neither counted for nor against;
    a held document without a number is written `source:` and its source. `units` and
    `allowed_units` are likewise, by the names that the source prints; an empty `units` says that
    the source names none. Any one of the verbatim `evidence` quotes is enough.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Words
    kind: QuestionClass = Field(alias="class")
    question: Annotated[str, Field(min_length=1, max_length=2000)]
    history: tuple[Words, ...] = ()
    status: Status
    reason: Reason | None = None
    documents: tuple[Spellings, ...] | None
    allowed: tuple[Spellings, ...] = ()
    units: tuple[Spellings, ...] | None
    allowed_units: tuple[Spellings, ...] = ()
    evidence: tuple[Words, ...]
    facts: Facts = Facts()

    @model_validator(mode="after")
    def _fields_agree(self) -> GoldCase:
        faults = _disagreements(self)
        if faults:
            raise ValueError("; ".join(faults))
        return self


def _disagreements(case: GoldCase) -> list[str]:
    found = case.status != "not_found"
    dated = case.facts.date is not None or case.facts.issuer is not None
    rules = (
        (found and case.reason is not None, "reason chỉ dành cho not_found"),
        (found and not case.evidence, "thiếu evidence"),
        (not found and bool(case.evidence), "not_found không có evidence"),
        (not found and bool(case.documents or case.units), "not_found không có documents, units"),
        (case.status == "ambiguous" and len(case.documents or ()) < 2, "ambiguous cần ít nhất hai documents"),
        (dated and len(case.documents or ()) != 1, "facts.date, facts.issuer cần đúng một document"),
        (case.kind == "follow_up" and not case.history, "follow_up cần history"),
    )
    return [message for broken, message in rules if broken]


def read_gold(path: Path) -> tuple[GoldCase, ...]:
    """The questions of a gold file in its order.

    Raises: GoldError with every fault of every line, and every repeated id or question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError([f"không đọc được {path}: {error}"]) from error
    cases: list[GoldCase] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            cases.append(GoldCase.model_validate_json(line))
        except ValidationError as error:
            faults.extend(_line_faults(number, error))
    faults.extend(repeats(cases))
    if faults:
        raise GoldError(faults)
    return tuple(cases)


def _line_faults(number: int, error: ValidationError) -> list[str]:
    return [
        f"dòng {number}, {'.'.join(str(part) for part in item['loc']) or 'cả dòng'}: {item['msg']}"
        for item in error.errors()
    ]


def repeats(cases: Iterable[GoldCase]) -> list[str]:
    """A sentence for each id that two cases share, and for each question asked twice after the same history.

    Letter case, white space and the Unicode form make no difference between questions.
    """
    faults: list[str] = []
    ids: set[str] = set()
    questions: dict[tuple[str, ...], str] = {}
    for case in cases:
        if case.id in ids:
            faults.append(f"{case.id}: trùng id")
        ids.add(case.id)
        asked = tuple(fold(turn) for turn in (*case.history, case.question))
        if asked in questions:
            faults.append(f"{case.id}: trùng câu hỏi với {questions[asked]}")
        questions.setdefault(asked, case.id)
    return faults


def check_gold(cases: Iterable[GoldCase], texts: Mapping[str, str]) -> None:
    """Check the cases against the stored texts, given by source.

    Raises: GoldError with every evidence quote that no text has, and every source that is not there.
    """
    faults: list[str] = []
    for case in cases:
        faults += [
            f"{case.id}: không văn bản nào có nguyên văn “{quote}”"
            for quote in case.evidence
            if not any(quote in text for text in texts.values())
        ]
        faults += [
            f"{case.id}: không có văn bản {name}"
            for spellings in (*(case.documents or ()), *case.allowed)
            for name in spellings
            if name.startswith(SOURCE_PREFIX) and name.removeprefix(SOURCE_PREFIX) not in texts
        ]
    if faults:
        raise GoldError(faults)


def fold(words: str) -> str:
    """The words for comparison: NFC, without letter case, white space folded.

    >>> fold(" Ban  Thường vụ\\nTỉnh ủy ")
    'ban thường vụ tỉnh ủy'
    """
    return " ".join(unicodedata.normalize("NFC", words).casefold().split())
