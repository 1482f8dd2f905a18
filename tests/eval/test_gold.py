"""The gold files are well formed and provable from the corpus; a wrong file is told all its faults."""

from __future__ import annotations

import json
import unicodedata
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from eval.corpora import OWN, corpus_config
from eval.gold import (
    CLASSES,
    DEV,
    GOLD,
    MOST_PLACES,
    SCHEMA,
    GoldCase,
    GoldError,
    balance,
    check_gold,
    gold_line,
    main,
    read_gold,
    repeats,
    schema_text,
)
from eval.naming import fold
from rag.config import Config
from rag.reading.corpus import read_texts
from rag.reading.files import corpus_files

ROOT = Path(__file__).resolve().parents[2]
PLAN = "documents/ke-hoach-dan-van-cao-loc-2024.txt"
VARIED = (DEV, GOLD / "test.jsonl", GOLD / "originals.jsonl")
FILES = (*VARIED, GOLD / "offices.jsonl", GOLD / "offices-test.jsonl")


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return {PLAN: (ROOT / "corpus" / PLAN).read_bytes().decode("utf-8")}


def row(**changes: Any) -> dict[str, Any]:
    """A right line, changed."""
    right: dict[str, Any] = {
        "id": "a-01",
        "class": "topic_to_document",
        "question": "Văn bản nào?",
        "status": "answered",
        "documents": [["593-QĐ/TU"]],
        "units": None,
        "evidence": ["Quyết định số 593-QĐ/TU"],
    }
    return {key: value for key, value in {**right, **changes}.items() if value is not ...}


def write(path: Path, *rows: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(values, ensure_ascii=False) for values in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_gold_line_is_valid_and_its_evidence_verbatim(path: Path, texts: dict[str, str]) -> None:
    check_gold(read_gold(path), {OWN: texts})


def test_the_files_share_no_id_and_no_question() -> None:
    assert repeats(case for path in FILES for case in read_gold(path)) == []


def test_the_held_out_file_has_enough_questions() -> None:
    assert len(read_gold(FILES[1])) >= 100


@pytest.mark.parametrize("path", VARIED, ids=lambda path: path.stem)
def test_a_decomposed_question_is_still_decomposed_when_read(path: Path) -> None:
    forms = [unicodedata.is_normalized("NFC", case.question) for case in read_gold(path) if case.kind == "nfd"]
    assert False in forms


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"extra": 1}, "extra: không có trường nào tên như vậy"),
        ({"class": "other"}, "class: chỉ nhận một trong 'topic_to_document'"),
        ({"question": ""}, "question: đang để trống"),
        ({"question": 5}, "question: phải là chuỗi"),
        ({"question": "a" * 2001}, "question: dài quá 2000 ký tự"),
        ({"units": ...}, "units: thiếu trường này"),  # null is written out: a forgotten key is not "not scored"
        ({"documents": [[]]}, "documents.0: cần ít nhất 1 giá trị"),
        ({"reason": "no_evidence"}, "reason chỉ dành cho not_found"),
        ({"evidence": []}, "thiếu evidence hoặc places"),
        ({"status": "not_found"}, "not_found không có evidence, places; not_found không có documents"),
        ({"status": "not_found", "evidence": [], "documents": None, "locator": "Mục I"}, "không có locator"),
        ({"forbidden": [["593-QĐ/TU"]]}, "forbidden trùng documents hoặc allowed"),
        ({"roles": {"Phòng Nội vụ": "lead"}}, "roles có tên không nằm trong units"),
        ({"places": [{"source": "a", "start": 5, "end": 5}]}, "places.0: end phải lớn hơn start"),
        ({"facts": {"count": -1}}, "facts.count: phải từ 0 trở lên"),
        ({"status": "ambiguous"}, "ambiguous cần ít nhất hai"),
        ({"documents": None, "facts": {"date": "2021-11-11"}}, "cần đúng một document"),
        ({"facts": {"date": "11/11/2021"}}, "facts.date: 11/11/2021 không phải ngày viết theo dạng 2024-02-28"),
        ({"facts": {"date": "20211111"}}, "facts.date: 20211111 không phải ngày"),  # ISO 8601, but answers have dashes
        ({"class": "follow_up"}, "follow_up cần history"),
    ],
)
def test_a_wrong_line_is_refused_with_its_place(tmp_path: Path, changes: dict[str, Any], fault: str) -> None:
    with pytest.raises(GoldError) as caught:
        read_gold(write(tmp_path / "gold.jsonl", row(), row(**{"id": "a-02", "question": "Khác?", **changes})))
    assert len(caught.value.faults) == 1
    assert caught.value.faults[0].startswith("dòng 2")
    assert fault in caught.value.faults[0]


def test_all_faults_of_all_lines_are_listed(tmp_path: Path) -> None:
    path = write(tmp_path / "gold.jsonl", row(extra=1, status="maybe"), row(), row(question="văn  bản NÀO?"))
    with pytest.raises(GoldError) as caught:
        read_gold(path)
    assert [fault.split(":")[0] for fault in caught.value.faults] == [
        "dòng 1, status",
        "dòng 1, extra",
        "dòng 3, a-01",
        "dòng 3, a-01",
    ]
    assert all(fault in str(caught.value) for fault in caught.value.faults)


def test_a_line_that_is_not_json_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    broken = tmp_path / "broken.jsonl"
    broken.write_text("{\n", encoding="utf-8")
    with pytest.raises(GoldError, match="dòng 1, cả dòng"):
        read_gold(broken)
    with pytest.raises(GoldError, match="không đọc được"):
        read_gold(tmp_path / "absent.jsonl")


def test_the_same_question_in_another_form_is_a_repeat_unless_its_history_differs() -> None:
    first = GoldCase.model_validate(row())
    decomposed = unicodedata.normalize("NFD", "VĂN BẢN NÀO?")
    again = GoldCase.model_validate(row(id="a-02", question=decomposed))
    later = GoldCase.model_validate(row(id="a-03", history=["Chỉ thị 18?"]))
    unmarked = GoldCase.model_validate(row(id="a-04", question="van ban nao"))
    assert repeats([first, again, later, unmarked]) == [
        "a-02: trùng câu hỏi với a-01",
        "a-04: trùng câu hỏi với a-01",
    ]


def test_evidence_and_sources_that_the_corpus_lacks_are_all_named() -> None:
    case = GoldCase.model_validate(
        row(evidence=["có trong bài", "không có"], documents=[["source:documents/absent.txt"]])
    )
    with pytest.raises(GoldError) as caught:
        check_gold([case], {OWN: {PLAN: "câu này có trong bài."}})
    assert caught.value.faults == (
        "dòng 1, a-01: không văn bản nào có nguyên văn “không có”",
        "dòng 1, a-01: không có văn bản source:documents/absent.txt trong kho hay danh mục",
    )


@pytest.mark.parametrize(
    ("number", "found"),
    [
        ("14-CT/HU", True),  # printed with stray spaces
        ("14-ct/hu", True),
        ("4-CT/HU", False),  # the end of another number
        ("14-CT/H", False),
        ("Luật Thực hiện dân chủ ở cơ sở", True),
        ("99-QĐ/TW", True),  # known to the catalogue alone
        ("98-QĐ/TW", False),
    ],
)
def test_a_document_is_in_the_texts_as_printed_or_in_the_catalogue(number: str, found: bool) -> None:
    case = GoldCase.model_validate(row(documents=[["không thấy", number]], evidence=["đủ"]))
    text = "Chỉ thị số 14 -CT/HU và Luật Thực hiện\ndân chủ ở cơ sở là đủ."
    if found:
        check_gold([case], {OWN: {PLAN: text}}, ["99-QĐ/TW"])
    else:
        with pytest.raises(GoldError, match="không có văn bản không thấy / "):
            check_gold([case], {OWN: {PLAN: text}}, ["99-QĐ/TW"])


def test_a_quote_that_stands_everywhere_proves_nothing() -> None:
    case = GoldCase.model_validate(row(documents=None, evidence=["dân"]))
    check_gold([case], {OWN: {PLAN: "dân " * MOST_PLACES}})
    with pytest.raises(GoldError, match="“dân” có ở 6 chỗ"):
        check_gold([case], {OWN: {PLAN: "dân " * MOST_PLACES, "b": "dân"}})


@pytest.mark.parametrize(
    ("place", "fault"),
    [
        ({"source": PLAN, "start": 0, "end": 5}, None),
        ({"source": PLAN, "start": 0, "end": 6}, "places: 0–6 vượt quá documents/ke-hoach"),
        ({"source": "b", "start": 0, "end": 1}, "places: không có văn bản b"),
    ],
)
def test_a_place_stands_inside_its_text(place: dict[str, Any], fault: str | None) -> None:
    case = GoldCase.model_validate(row(documents=None, evidence=[], places=[place]))
    if fault is None:
        check_gold([case], {OWN: {PLAN: "12345"}})
    else:
        with pytest.raises(GoldError, match=fault):
            check_gold([case], {OWN: {PLAN: "12345"}})


def test_classes_that_are_absent_few_or_many_are_warned_of() -> None:
    one = GoldCase.model_validate(row())
    several = [one, *(GoldCase.model_validate(row(**{"class": "list"})) for _ in range(5))]
    absent, few, many = balance(several)
    assert absent.startswith("Chưa có câu nào thuộc loại: topic_to_unit, ")
    assert few == "Dưới 5 câu, chưa đủ để tính khoảng tin cậy: topic_to_document 1."
    assert many == "Nhiều gấp từ 5 lần loại ít nhất (1 câu): list 5."
    assert len(balance([])) == 1


def test_a_line_that_is_written_reads_back_the_same() -> None:
    for case in read_gold(DEV):
        line = gold_line(case)
        assert "\n" not in line
        assert GoldCase.model_validate_json(line) == case


def test_the_schema_file_is_that_of_the_model_and_takes_every_line() -> None:
    assert SCHEMA.read_text(encoding="utf-8") == schema_text()
    validator = Draft202012Validator(json.loads(schema_text()))
    for line in DEV.read_text(encoding="utf-8").splitlines():
        validator.validate(json.loads(line))
    assert not validator.is_valid(row(extra=1))
    assert not validator.is_valid(row(documents=[[]]))
    assert validator.is_valid(row(facts={"issuer": "UBND tỉnh"}, locator=["Mục I", "Mục II"]))


def test_the_command_prints_each_fault_and_exits_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path / "gold.jsonl", row(evidence=["không hề có"]), row(id="a-02", question="Khác?", status="no"))
    assert main([str(path)]) == 1
    assert capsys.readouterr().out.startswith("dòng 2, status: chỉ nhận một trong ")
    write(path, row(evidence=["không hề có"], documents=None))
    assert main([str(path)]) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == ["dòng 1, a-01: không văn bản nào có nguyên văn “không hề có”", f"1 lỗi trong {path}."]


def test_the_command_passes_a_right_file_with_its_warnings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(DEV)]) == 0
    assert capsys.readouterr().out.endswith(f"{len(read_gold(DEV))} câu, không có lỗi.\n")


def test_the_command_gives_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--schema"]) == 0
    assert capsys.readouterr().out == schema_text()


def test_every_field_is_told_in_the_documentation() -> None:
    told = (ROOT / "docs" / "gold-format.md").read_text(encoding="utf-8")
    fields = [field.alias or name for name, field in GoldCase.model_fields.items()]
    assert [name for name in (*fields, *CLASSES) if f"`{name}`" not in told] == []


def test_one_string_and_several_spellings_of_a_fact_read_alike() -> None:
    one = GoldCase.model_validate(row(facts={"date": "2021-11-21"}))
    two = GoldCase.model_validate(row(facts={"date": ["2021-11-21", "2021-11-29"]}))
    assert one.facts.date == ("2021-11-21",)
    assert two.facts.date == ("2021-11-21", "2021-11-29")


def test_folding_twice_changes_nothing() -> None:
    folded = fold(unicodedata.normalize("NFD", " Ủy  BAN\nnhân dân "))
    assert folded == fold(folded) == "ủy ban nhân dân"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_questions_on_other_texts_are_provable_from_them(path: Path, shared_data: Path) -> None:
    cases = read_gold(path)
    found = {}
    for name in {case.corpus for case in cases}:
        config = corpus_config(name, Config())
        own = GOLD.parent / "offices"
        assert name == OWN or any({shared_data, own} & set(folder.parents) for folder in config.corpus)
        found[name] = {text.source: text.text for text in read_texts(corpus_files(config.corpus))}
    check_gold(cases, found)


def test_a_question_is_held_against_the_texts_of_its_own_corpus() -> None:
    own = GoldCase.model_validate(row(documents=None, evidence=["của kế hoạch"]))
    other = GoldCase.model_validate(row(id="a-02", corpus="laws", documents=None, evidence=["của luật"]))
    check_gold([own, other], {OWN: {PLAN: "của kế hoạch"}})
    check_gold([own, other], {OWN: {PLAN: "của kế hoạch"}, "laws": {"laws/a.txt": "của luật"}})
    with pytest.raises(GoldError) as caught:
        check_gold([own, other], {OWN: {PLAN: "của kế hoạch"}, "laws": {"laws/a.txt": "của kế hoạch"}})
    assert caught.value.faults == ("dòng 2, a-02: không văn bản nào có nguyên văn “của luật”",)


def test_the_command_tells_which_questions_it_could_not_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "gold.jsonl", row(), row(id="a-02", question="Khác?", corpus="far"))
    table = tmp_path / "corpora.toml"
    table.write_text('far = ["nowhere"]\n', encoding="utf-8")
    assert main([str(path), "--corpora", str(table)]) == 0
    assert f"Lưu ý: chưa đối chiếu 1 câu trên kho far: không có {tmp_path / 'nowhere'}." in capsys.readouterr().out
    table.write_text("", encoding="utf-8")
    assert main([str(path), "--corpora", str(table)]) == 1
    assert "Không có kho far" in capsys.readouterr().err


def test_dev_asks_enough_of_every_class_and_of_other_texts() -> None:
    cases = read_gold(DEV)
    counts = Counter(case.kind for case in cases)
    assert len(cases) >= 300
    assert all(counts[kind] >= 15 for kind in CLASSES), counts
    assert 3 * sum(case.corpus != OWN for case in cases) >= len(cases)
