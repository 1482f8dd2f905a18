"""The gold questions: what one line of `eval/gold/*.jsonl` holds, and its check: `python -m eval.gold FILE`.

The fields are told in docs/gold-format.md, and in `gold.schema.json` for other programs.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator

from eval.corpora import OWN, TABLE, absent_folder, corpus_config
from eval.naming import fold, is_printed
from rag.config import Config, read_config
from rag.errors import HoidapError
from rag.language.normalize import strip_diacritics, syllables
from rag.law.checked import read_checked_facts
from rag.reading.corpus import read_texts
from rag.reading.files import corpus_files
from rag.types import Reason, Role, Span, Status

GOLD = Path(__file__).resolve().parent / "gold"
DEV = GOLD / "dev.jsonl"
SCHEMA = GOLD.parent / "gold.schema.json"
SOURCE_PREFIX = "source:"
MOST_PLACES = 5
"""A quote that stands in more places proves nothing: nearly any citation would hit it."""
FEWEST_OF_A_CLASS = 5
"""Below it a class has no interval (`eval.statistics`)."""
UNEVEN = 5
"""A class this many times as large as another one outweighs it in the mean over all questions."""

QuestionClass = Literal[
    "topic_to_document", "topic_to_unit", "document_and_unit", "number_lookup", "date_issuer", "list",
    "count", "comparison", "near_collision", "ambiguous", "footnote", "no_unit_named", "content",
    "follow_up", "false_premise", "abbreviated", "no_diacritics", "half_diacritics", "typo", "nfd",
    "unanswerable_in_domain", "unanswerable_outside", "not_held",
]  # fmt: skip
CLASSES: tuple[QuestionClass, ...] = get_args(QuestionClass)


def _one_or_more(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Words = Annotated[str, Field(min_length=1)]
Spellings = Annotated[tuple[Words, ...], Field(min_length=1)]
"""The accepted spellings of one document's number or name, or of one unit's name."""
OneOrMore = Annotated[Spellings, BeforeValidator(_one_or_more, json_schema_input_type=Words | Spellings)]
"""A string, or several that are all right: a resolution that the source dates twice has two dates."""


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


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

    @field_validator("date")
    @classmethod
    def _dates_are_dates(cls, values: tuple[str, ...] | None) -> tuple[str, ...] | None:
        for value in values or ():
            if not _is_date(value):
                raise ValueError(f"{value} không phải ngày viết theo dạng 2024-02-28")
        return values


class Place(BaseModel):
    """A range of code points of a stored text, half open."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: Words
    start: int = Field(ge=0)
    end: int

    @model_validator(mode="after")
    def _holds_something(self) -> Place:
        if self.end <= self.start:
            raise ValueError("end phải lớn hơn start")
        return self

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class GoldCase(BaseModel):
    """One question with what a careful clerk would answer; a field that is None is not scored.

    `corpus` is what it is asked on, one of `corpora.toml`. `documents` are THE answer and `allowed`
    may stand beside them, neither counted for nor against; naming one that is `forbidden` counts against.
    A held document without a number is written `source:` and its source. `units` and `allowed_units` are
    likewise, by the names that the source prints; an empty `units` says that the source names none. `roles`
    are those of units, by any of their names. Any one of the verbatim `evidence` quotes or of the `places`
    is enough. `locator` is where a citation must stand, one of several where there are more.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: Words
    kind: QuestionClass = Field(alias="class")
    corpus: Words = OWN
    question: Annotated[str, Field(min_length=1, max_length=2000)]
    history: tuple[Words, ...] = ()
    status: Status
    reason: Reason | None = None
    documents: tuple[Spellings, ...] | None
    allowed: tuple[Spellings, ...] = ()
    forbidden: tuple[Spellings, ...] = ()
    units: tuple[Spellings, ...] | None
    allowed_units: tuple[Spellings, ...] = ()
    roles: Mapping[Words, Role] = Field(default_factory=dict)
    evidence: tuple[Words, ...] = ()
    places: tuple[Place, ...] = ()
    locator: OneOrMore | None = None
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
    proved = bool(case.evidence or case.places)
    wanted = {name for spellings in (*(case.documents or ()), *case.allowed) for name in spellings}
    unit_names = {name for spellings in case.units or () for name in spellings}
    rules = (
        (found and case.reason is not None, "reason chỉ dành cho not_found"),
        (found and not proved, "thiếu evidence hoặc places"),
        (not found and proved, "not_found không có evidence, places"),
        (not found and bool(case.documents or case.units), "not_found không có documents, units"),
        (not found and case.locator is not None, "not_found không có locator"),
        (case.status == "ambiguous" and len(case.documents or ()) < 2, "ambiguous cần ít nhất hai documents"),
        (dated and len(case.documents or ()) != 1, "facts.date, facts.issuer cần đúng một document"),
        (case.kind == "follow_up" and not case.history, "follow_up cần history"),
        (bool(wanted & {name for names in case.forbidden for name in names}), "forbidden trùng documents hoặc allowed"),
        (not unit_names.issuperset(case.roles), "roles có tên không nằm trong units"),
    )
    return [message for broken, message in rules if broken]


def read_gold(path: Path) -> tuple[GoldCase, ...]:
    """The questions of a gold file in its order.

    Raises: GoldError with every fault of every line, and every repeated id or question.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").removesuffix("\n").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise GoldError([f"không đọc được {path}: {error}"]) from error
    cases: list[GoldCase] = []
    numbers: list[int] = []
    faults: list[str] = []
    for number, line in enumerate(lines, start=1):
        try:
            cases.append(GoldCase.model_validate_json(line))
            numbers.append(number)
        except ValidationError as error:
            faults.extend(f"dòng {number}, {fault}" for fault in plain_faults(error))
    faults.extend(f"dòng {numbers[index]}, {fault}" for index, fault in _repeats(cases))
    if faults:
        raise GoldError(faults)
    return tuple(cases)


_FAULTS = {
    "missing": "thiếu trường này",
    "extra_forbidden": "không có trường nào tên như vậy",
    "string_type": "phải là chuỗi",
    "string_too_short": "đang để trống",
    "string_too_long": "dài quá {max_length} ký tự",
    "too_short": "cần ít nhất {min_length} giá trị",
    "literal_error": "chỉ nhận một trong {expected}",
    "tuple_type": "phải là danh sách",
    "int_type": "phải là số nguyên",
    "int_parsing": "phải là số nguyên",
    "greater_than_equal": "phải từ {ge} trở lên",
    "model_type": "phải là một đối tượng JSON",
    "mapping_type": "phải là một đối tượng JSON",
    "json_invalid": "không phải JSON hợp lệ",
    "value_error": "{error}",
}


def plain_faults(error: ValidationError) -> list[str]:
    """A Vietnamese phrase for each fault that was found in one question, after the name of its field."""
    found: list[str] = []
    for item in error.errors(include_url=False):
        phrase = _FAULTS.get(item["type"], "giá trị không hợp lệ").format_map(item.get("ctx", {}))
        place = ".".join(map(str, item["loc"])) or "cả dòng"
        found.append(f"{place}: {phrase.replace(' or ', ' hoặc ')}")
    return found


def repeats(cases: Iterable[GoldCase]) -> list[str]:
    """A sentence for each id that two cases share, and for each question asked twice after the same history.

    Letter case, marks, punctuation and white space make no difference between questions.
    """
    return [fault for _, fault in _repeats(cases)]


def _repeats(cases: Iterable[GoldCase]) -> Iterator[tuple[int, str]]:
    """Each fault with the index of the case that has it."""
    ids: set[str] = set()
    questions: dict[tuple[str, ...], str] = {}
    for index, case in enumerate(cases):
        if case.id in ids:
            yield index, f"{case.id}: trùng id"
        ids.add(case.id)
        asked = tuple(_bare(turn) for turn in (*case.history, case.question))
        if asked in questions:
            yield index, f"{case.id}: trùng câu hỏi với {questions[asked]}"
        questions.setdefault(asked, case.id)


def _bare(question: str) -> str:
    return " ".join(syllables(strip_diacritics(question))) or fold(question)


def check_gold(cases: Iterable[GoldCase], texts: Mapping[str, Mapping[str, str]], known: Iterable[str] = ()) -> None:
    """Check the cases of one file, in its order, against the texts of their corpora, each by source.

    A case whose corpus is not given is passed over. `known` are numbers and names of documents that
    exist although no text has them.

    Raises: GoldError with every quote that no text has or that stands in too many places, every
        place outside its text, and every document that is neither in the texts nor known.
    """
    names = tuple(known)
    corpora = {name: _Corpus(own, names) for name, own in texts.items()}
    faults = [
        f"dòng {line}, {case.id}: {fault}"
        for line, case in enumerate(cases, start=1)
        if case.corpus in corpora
        for fault in corpora[case.corpus].faults(case)
    ]
    if faults:
        raise GoldError(faults)


class _Corpus:
    """The texts with what the checks have found out about them."""

    def __init__(self, texts: Mapping[str, str], known: Iterable[str]) -> None:
        self._texts = texts
        self._folded = [fold(text) for text in (*texts.values(), *known)]
        self._has_document = cache(self._find_document)

    def faults(self, case: GoldCase) -> Iterator[str]:
        for quote in case.evidence:
            places = sum(text.count(quote) for text in self._texts.values())
            if not places:
                yield f"không văn bản nào có nguyên văn “{quote}”"
            elif places > MOST_PLACES:
                yield f"“{quote}” có ở {places} chỗ, quá chung để làm căn cứ: hãy trích dài hơn hoặc dùng places"
        for place in case.places:
            if place.source not in self._texts:
                yield f"places: không có văn bản {place.source}"
            elif place.end > (length := len(self._texts[place.source])):
                yield f"places: {place.start}–{place.end} vượt quá {place.source}, dài {length} ký tự"
        for spellings in (*(case.documents or ()), *case.allowed):
            if not any(map(self._has_document, spellings)):
                yield f"không có văn bản {' / '.join(spellings)} trong kho hay danh mục"

    def _find_document(self, name: str) -> bool:
        if name.startswith(SOURCE_PREFIX):
            return name.removeprefix(SOURCE_PREFIX) in self._texts
        return any(is_printed(fold(name), text) for text in self._folded)


def balance(cases: Iterable[GoldCase]) -> list[str]:
    """A warning where some classes have no question, too few for an interval, or far more than another one."""
    counts = Counter(case.kind for case in cases)
    absent = [kind for kind in CLASSES if not counts[kind]]
    few = [f"{kind} {counts[kind]}" for kind in CLASSES if 0 < counts[kind] < FEWEST_OF_A_CLASS]
    least = min(counts.values(), default=0)
    many = [f"{kind} {counts[kind]}" for kind in CLASSES if counts[kind] >= UNEVEN * least > 0 and len(counts) > 1]
    warnings = (
        (absent, "Chưa có câu nào thuộc loại"),
        (few, f"Dưới {FEWEST_OF_A_CLASS} câu, chưa đủ để tính khoảng tin cậy"),
        (many, f"Nhiều gấp từ {UNEVEN} lần loại ít nhất ({least} câu)"),
    )
    return [f"{told}: {', '.join(kinds)}." for kinds, told in warnings if kinds]


def gold_line(case: GoldCase) -> str:
    """The case as one line of a gold file, without the end of the line; what is not said is left out."""
    values = case.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return json.dumps(values, ensure_ascii=False)


def schema_text() -> str:
    """The JSON schema of one line, as `gold.schema.json` has it."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **GoldCase.model_json_schema()}
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where the file has a fault, or there is nothing to check it against."""
    options = _parser().parse_args(arguments)
    if options.schema:
        sys.stdout.write(schema_text())
        return 0
    config = read_config()
    try:
        cases = read_gold(options.file)
        own = config.model_copy(update={"corpus": tuple(options.corpus or config.corpus)})
        texts, unchecked = _corpus_texts(cases, own, options.corpora)
        facts = read_checked_facts(config.catalogue)
        check_gold(cases, texts, [name for fact in facts for name in (fact.number, fact.title) if name])
    except GoldError as error:
        print(*error.faults, f"{len(error.faults)} lỗi trong {options.file}.", sep="\n")
        return 1
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    told = (f"Lưu ý: {warning}" for warning in (*unchecked, *balance(cases)))
    print(*told, f"{len(cases)} câu, không có lỗi.", sep="\n")
    return 0


def _corpus_texts(cases: Iterable[GoldCase], own: Config, table: Path) -> tuple[dict[str, dict[str, str]], list[str]]:
    """The texts of each corpus that is asked on, by source, and a sentence for each one that is not there."""
    texts: dict[str, dict[str, str]] = {}
    unchecked: list[str] = []
    for name, count in Counter(case.corpus for case in cases).items():
        config = corpus_config(name, own, table)
        if (folder := absent_folder(config)) is None:
            texts[name] = {text.source: text.text for text in read_texts(corpus_files(config.corpus))}
        else:
            unchecked.append(f"chưa đối chiếu {count} câu trên kho {name}: không có {folder}.")
    return texts, unchecked


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.gold", description="Kiểm tra một tệp câu hỏi chuẩn.")
    parser.add_argument("file", type=Path, nargs="?", default=DEV, metavar="TỆP", help="tệp câu hỏi chuẩn (JSONL)")
    parser.add_argument(
        "--corpus", type=Path, nargs="+", metavar="THƯ_MỤC", help="thư mục của kho plan; mặc định theo cấu hình"
    )
    parser.add_argument(
        "--corpora", type=Path, default=TABLE, metavar="TỆP", help="bảng thư mục của các kho khác (corpora.toml)"
    )
    parser.add_argument("--schema", action="store_true", help="in lược đồ JSON của một dòng rồi thoát")
    return parser


if __name__ == "__main__":
    sys.exit(main())
