"""What every answer must satisfy, whatever it says; one violation fails the evaluation."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from itertools import pairwise
from pathlib import Path

from jsonschema import Draft202012Validator

from eval.facts import unfounded
from eval.metrics import MARKER
from rag.config import read_config
from rag.types import Answer

SCHEMA = Path(__file__).resolve().parent / "answer.schema.json"

_QUOTED = re.compile(r"“[^”]*”|\"[^\"\n]*\"|«[^»]*»")
_LIST_MARK = re.compile(r"^[\s>]*(?:[-*+•]\s+|\d+[.)]\s+)?")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|(?:\*\*|__)[^*_]+(?:\*\*|__):?\s*$|[-*_]{3,}\s*$)")
_TABLE_RULE = re.compile(r"^\s*\|?[\s:|-]*-[\s:|-]*\|?\s*$")
_SENTENCE_END = re.compile(r"[.!?…][\"”»*_)]*(?:\s*\[\d+\])*\s+(?=[^\W\d_])")


def violations(answer: Answer, texts: Mapping[str, str]) -> tuple[str, ...]:
    """A Vietnamese sentence for each rule that the answer breaks; `texts` are the stored texts by source."""
    return (
        *_citation_faults(answer, texts),
        *_marker_faults(answer),
        *_schema_faults(answer),
        *(f"không có dấu dẫn nguồn: “{sentence}”" for sentence in unmarked(answer)),
        *unfounded(answer, texts, read_config().catalogue),
    )


def _citation_faults(answer: Answer, texts: Mapping[str, str]) -> list[str]:
    faults: list[str] = []
    for found in answer.citations:
        if found.source not in texts:
            faults.append(f"trích dẫn [{found.id}] chỉ tới văn bản không có: {found.source}")
        elif texts[found.source][found.start : found.end] != found.quote:
            faults.append(f"trích dẫn [{found.id}] không đúng nguyên văn")
    counts = Counter(found.id for found in answer.citations)
    return faults + [f"hai trích dẫn cùng số [{number}]" for number, count in counts.items() if count > 1]


def _marker_faults(answer: Answer) -> list[str]:
    known = {found.id for found in answer.citations}
    used = {int(number) for number in MARKER.findall(answer.text)}
    used.update(number for document in answer.documents for number in document.citations)
    used.update(number for unit in answer.units for number in unit.citations)
    used.update(number for notice in answer.notices for number in notice.citations)
    return [f"dấu [{number}] không có trích dẫn" for number in sorted(used - known)]


def _schema_faults(answer: Answer) -> list[str]:
    values = json.loads(json.dumps(asdict(answer), ensure_ascii=False))
    return [f"JSON sai ở {error.json_path}: {error.message}" for error in _validator().iter_errors(values)]


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def unmarked(answer: Answer) -> list[str]:
    """The sentences of the answer's text without a marker, in order; none for a not_found.

    Headings, lines that only lead into a list (`…:`) and table heads need no marker, and what
    stands inside quotation marks is one sentence with what surrounds it.
    """
    if answer.status == "not_found":
        return []
    sentences = (sentence for line in _factual_lines(answer.text) for sentence in _sentences(line))
    return [sentence for sentence in sentences if not MARKER.search(sentence)]


def _factual_lines(text: str) -> list[str]:
    masked = _mask_quotes(text).split("\n")
    lines: list[str] = []
    start = 0
    for line, below in zip(masked, [*masked[1:], ""], strict=True):
        heads_table = "|" in line and bool(_TABLE_RULE.match(below))
        if not _is_bare(line) and not heads_table:
            lines.append(_LIST_MARK.sub("", text[start : start + len(line)]))
        start += len(line) + 1
    return lines


def _mask_quotes(text: str) -> str:
    """The text, as long as before, with what is quoted blotted out: its full stops end no sentence."""
    return _QUOTED.sub(lambda match: "“" + "x" * (len(match[0]) - 2) + "”", text)


def _is_bare(line: str) -> bool:
    stripped = line.strip().rstrip("*_ ")
    return not stripped or stripped.endswith(":") or bool(_HEADING.match(line) or _TABLE_RULE.match(line))


def _sentences(line: str) -> list[str]:
    masked = _mask_quotes(line)
    ends = [end.end() for end in _SENTENCE_END.finditer(masked) if masked[end.end()].isupper()]
    bounds = [0, *ends, len(line)]
    return [line[left:right].strip() for left, right in pairwise(bounds)]
