"""Questions and answers as JSON, in the form that other programs read."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from rag.answering.assistant import LONGEST_QUESTION
from rag.errors import QuestionError
from rag.types import Answer

_ANSWER = TypeAdapter(Answer)
_FAULTS = {
    "missing": "thiếu khóa {key}",
    "extra_forbidden": "khóa {key} không có trong quy ước",
    "string_type": "{key} phải là chuỗi",
    "string_too_short": "câu hỏi đang để trống",
    "string_too_long": f"câu hỏi dài quá {LONGEST_QUESTION} ký tự",
    "tuple_type": "{key} phải là danh sách các chuỗi",
    "model_type": "phải là một đối tượng JSON",
    "json_invalid": "không phải JSON hợp lệ",
}
# JSON allows these inside a string, but many readers of lines end a line at them.
_LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


class BatchQuestion(BaseModel):
    """One line of a file of questions; `history` holds the user's earlier ones, oldest first."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    question: str = Field(min_length=1, max_length=LONGEST_QUESTION)
    history: tuple[str, ...] = ()


def numbered_questions(lines: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    r"""The lines that hold something, with their numbers from 1, without a byte order mark.

    >>> list(numbered_questions([b"\xef\xbb\xbf{}\r\n", b"\n", b"{}"]))
    [(1, b'{}\r\n'), (3, b'{}')]
    """
    for number, line in enumerate(lines, 1):
        content = line.removeprefix(codecs.BOM_UTF8) if number == 1 else line
        if content.strip():
            yield number, content


def read_question(line: bytes) -> BatchQuestion:
    r"""The question that one line of JSON in UTF-8 holds.

    Raises: QuestionError with every fault of the line.

    >>> read_question('{"id": "1", "question": "Ai chủ trì?"}\r\n'.encode()).question
    'Ai chủ trì?'
    """
    try:
        text = line.decode("utf-8")
        return BatchQuestion.model_validate_json(text)
    except UnicodeDecodeError as error:
        raise QuestionError(f"không phải văn bản UTF-8 (lỗi ở byte {error.start}).") from error
    except ValidationError as error:
        faults = [_fault(item["type"], item["loc"]) for item in error.errors(include_url=False)]
        raise QuestionError("; ".join(faults) + ".") from error


def answer_json(answer: Answer, id: str | None = None) -> dict[str, object]:
    """The answer as JSON values, field for field; `id` echoes the id of a batch's question.

    >>> answer_json(Answer("Ai chủ trì?", "not_found", "no_evidence", "Không tìm thấy."), "7")["id"]
    '7'
    """
    values: dict[str, object] = _ANSWER.dump_python(answer, mode="json")
    return values if id is None else {"id": id, **values}


def answer_line(answer: Answer, id: str | None = None) -> str:
    r"""The answer as one line of JSON, without the end of the line.

    >>> "\u2028" in answer_line(Answer("Ai\u2028?", "not_found", "no_evidence", "Không tìm thấy."))
    False
    """
    return json.dumps(answer_json(answer, id), ensure_ascii=False).translate(_LINE_ENDS)


def _fault(kind: str, place: tuple[int | str, ...]) -> str:
    return _FAULTS.get(kind, "{key} không hợp lệ").format(key=".".join(map(str, place)) or "cả dòng")
