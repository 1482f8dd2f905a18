"""Answers over the real plan by kind of question, however they are typed."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable

import pytest

from eval.invariants import violations
from rag.answering.assistant import Assistant
from rag.language.normalize import unmark
from rag.law.numbers import find_numbers
from rag.types import Answer
from tests.conftest import ROOT

pytestmark = pytest.mark.integration

OFFICES = "Các cơ quan chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện"
COMMUNES = "UBND các xã, thị trấn"


def plain(question: str) -> str:
    return unmark(question)


def decomposed(question: str) -> str:
    return unicodedata.normalize("NFD", question)


def shouted(question: str) -> str:
    return unmark(question).upper()


HOWEVER_TYPED = pytest.mark.parametrize("typed", [str, plain, decomposed, str.upper, shouted])
Typed = Callable[[str], str]


def numbers(answer: Answer) -> list[str | None]:
    return [document.number for document in answer.documents]


def units(answer: Answer) -> list[tuple[str, str]]:
    return [(unit.name, unit.role) for unit in answer.units]


def kinds(answer: Answer) -> set[str]:
    return {notice.kind for notice in answer.notices}


BY_TOPIC = {
    "Văn bản nào đặt ra quy chế đối thoại giữa người đứng đầu cấp ủy và Nhân dân?": ["320-QĐ/TU"],
    "Chiến lược công tác dân tộc có tầm nhìn đến năm 2045 nằm ở văn bản nào?": ["10/NQ-CP"],
    "Nghị định nào nói về hương ước và quy ước của cộng đồng dân cư?": ["61/2023/NĐ-CP"],
    "Việc kiện toàn Ban Chỉ đạo giải phóng mặt bằng căn cứ quyết định nào?": ["3642-QĐ/HU"],
    "Chỉ thị nào bàn về tín ngưỡng, tôn giáo?": ["22-CT/TU"],
    "Văn bản nào hướng dẫn tuyên truyền Đại hội Mặt trận Tổ quốc các cấp?": ["81-HD/HU"],
    "Phát triển đoàn viên, hội viên ở doanh nghiệp theo nghị quyết nào?": ["129-NQ/HU"],
    "Cải cách hành chính giai đoạn 2021 - 2025 làm theo nghị quyết nào?": ["60-NQ/TU"],
    "Văn bản nào của Ban Thường vụ Tỉnh ủy về bồi thường, hỗ trợ, tái định cư?": ["18-CT/TU"],
    "Văn bản nào của Chính phủ về hương ước, quy ước?": ["61/2023/NĐ-CP"],
    "Văn bản của Tỉnh ủy về công tác dân vận năm 2024": ["148-KH/TU"],
}
BY_DUTY = {
    "Cơ quan nào theo dõi, đôn đốc và hướng dẫn thực hiện kế hoạch?": [
        ("Phòng Nội vụ", "supervise"), ("Ban Dân vận Huyện ủy", "coordinate"),
    ],
    "Ai quản lý nhà nước đối với hoạt động tín ngưỡng, tôn giáo?": [
        ("Các cơ quan chuyên môn liên quan", "perform"), (COMMUNES, "perform"),
    ],
    "Đơn vị nào tham mưu cho Đảng ủy và phối hợp với Mặt trận Tổ quốc cùng cấp?": [
        (COMMUNES, "advise"), ("Ủy ban Mặt trận Tổ quốc", "coordinate"),
        ("các tổ chức chính trị - xã hội cùng cấp", "coordinate"),
    ],
    "Ai kiện toàn và nâng cao chất lượng Ban Chỉ đạo thực hiện quy chế dân chủ?": [
        ("Các cơ quan, đơn vị, địa phương", "perform"),
    ],
    "Ai phải phân công một lãnh đạo phụ trách công tác dân vận?": [(OFFICES, "perform"), (COMMUNES, "perform")],
    "Đơn vị nào được giao xây dựng kế hoạch thực hiện dân chủ ở cơ sở?": [
        (OFFICES, "perform"), (COMMUNES, "perform"),
    ],
}  # fmt: skip
WITHOUT_UNIT = [
    "Ai tổ chức chúc mừng, thăm hỏi chức sắc tôn giáo?",
    "Ai tổ chức sơ kết, tổng kết các nghị quyết, chỉ thị?",
    "Đơn vị nào tổng kết Đề án mô hình điểm Chính quyền thân thiện?",
    "Ai chịu trách nhiệm tuyên truyền phong trào thi đua Dân vận khéo trên các lĩnh vực?",
]
OF_DOCUMENTS = {
    "Quyết định 320-QĐ/TU ban hành ngày nào, của cơ quan nào?": ["320-QĐ/TU"],
    "Nghị quyết 43-NQ/TW có trích yếu là gì?": ["43-NQ/TW"],
    "Quyết định 1162-QĐ/HU ban hành về việc gì?": ["1162-QĐ/HU"],
    "Luật Thực hiện dân chủ ở cơ sở do cơ quan nào ban hành?": ["10/2022/QH15"],
    "Kế hoạch 148-KH/TU do ai ban hành?": ["148-KH/TU"],
    "Văn bản ngày 16/8/2023 là văn bản nào?": ["61/2023/NĐ-CP"],
    "Chỉ thị 18 của Tỉnh ủy ban hành ngày nào?": ["18-CT/TU"],
    "Chỉ thị 18 về tái định cư": ["18-CT/TU"],
    "Chỉ thị số 18 về giám sát, phản biện xã hội": ["18-CT/TW"],
    "Nghị quyết 129 của Ban Thường vụ Huyện ủy": ["129-NQ/HU"],
    "Nghị quyết 58-NQ/TU ban hành ngày nào?": ["58-NQ/TU"],
    "Hướng dẫn 50-HD/HU là gì?": ["50-HD/HU"],
    "18-CT/TU và 18-CT/TW khác nhau ở điểm nào?": ["18-CT/TU", "18-CT/TW"],
    "Nghị quyết 43-NQ/TW và Kết luận 43-KL/TW cái nào ra trước?": ["43-NQ/TW", "43-KL/TW"],
}
LISTS = {
    "Có bao nhiêu nghị định được viện dẫn?": ["59/2023/NĐ-CP", "61/2023/NĐ-CP"],
    "Liệt kê các chỉ thị của Ban Thường vụ Tỉnh ủy": ["18-CT/TU", "22-CT/TU"],
    "Liệt kê các chỉ thị": ["33/CT-TTg", "18-CT/TU", "22-CT/TU", "18-CT/TW", "14-CT/HU"],
    "Kể tên các kết luận": ["43-KL/TW", "120-KL/TW"],
    "Liệt kê các văn bản của Chính phủ": ["10/NQ-CP", "59/2023/NĐ-CP", "61/2023/NĐ-CP"],
    "Liệt kê văn bản của Thủ tướng Chính phủ": ["33/CT-TTg"],
    "Những văn bản nào ban hành năm 2016?": ["320-QĐ/TU", "120-KL/TW"],
    "Liệt kê các văn bản ban hành năm 2018": ["18-CT/TU", "124-QĐ/TW"],
    "Chú thích 1 gồm những văn bản nào?": [
        "120-KL/TW", "10/2022/QH15", "33/CT-TTg", "59/2023/NĐ-CP", "61/2023/NĐ-CP", "148-KH/TU", "222-KH/HU",
    ],
    "Mục II.5 nhắc đến những hướng dẫn nào?": ["50-HD/HU", "81-HD/HU"],
}  # fmt: skip
AMBIGUOUS = {
    "Chỉ thị 18 do ai ban hành?": ["18-CT/TU", "18-CT/TW"],
    "Nghị quyết 129 nói về việc gì?": ["129-NQ/TU", "129-NQ/HU"],
    "Số 43 là văn bản nào?": ["43-KL/TW", "43-NQ/TW"],
    "Số 26 là văn bản nào?": ["26-NQ/HU", "26-QC/BCĐ"],
}
CORRECTED = {
    # date, issuer, year: (question, what the answer says instead)
    "Chỉ thị 18-CT/TU ban hành ngày 26/10/2022 phải không?": ("18-CT/TU", "25/02/2018"),
    "Chỉ thị 33/CT-TTg do Chính phủ ban hành phải không?": ("33/CT-TTg", "Thủ tướng Chính phủ"),
    "Nghị định 59/2023/NĐ-CP của Thủ tướng Chính phủ đúng không?": ("59/2023/NĐ-CP", "văn bản ghi là Chính phủ"),
    "Quyết định 593-QĐ/TU của Huyện ủy phải không?": ("593-QĐ/TU", "Ban Thường vụ Tỉnh ủy"),
    "Chỉ thị 22-CT/TU bàn về công tác dân tộc phải không?": ("22-CT/TU", "tín ngưỡng, tôn giáo"),
    "Kế hoạch 115-KH/HU ban hành để thực hiện Đề án 01 phải không?": ("115-KH/HU", "05-ĐA/TU"),
}
PLACES = {
    "Mục II.3 nói gì?": "Tăng cường công tác tuyên truyền, phổ biến, quán triệt các văn bản về thực hiện dân chủ",
    "Mục đích của kế hoạch là gì?": "Nhằm tiếp tục thực hiện hiệu quả công tác dân vận trong tình hình mới",
    "Tổ chức thực hiện": "Giao Phòng Nội vụ phối hợp với Ban Dân vận Huyện ủy",
    "Nơi nhận của kế hoạch gồm những đơn vị nào?": "- Thường trực Huyện ủy;",
    "Chú thích 1 nói gì?": "Kết luận số 120-KL/TW, ngày 07/01/2016 của Bộ Chính trị",
}
REFUSED = {
    "Khoản 1 Điều 7 Nghị định 61/2023/NĐ-CP quy định gì?": "text_not_held",
    "Nội dung chi tiết của Quyết định 593-QĐ/TU": "text_not_held",
    "Nghị quyết 777-NQ/TU nói về gì?": "unknown_document",
    "Nghị quyết 26-NQ/TW nói gì?": "unknown_document",  # the digits are known, the organ is not
    "Thông tư 12/2020/TT-BNV của ai?": "unknown_document",
    "Giá xăng dầu hôm nay là bao nhiêu?": "out_of_scope",
    "Đội tuyển bóng đá nào vô địch World Cup?": "out_of_scope",
    "Mục II.9 quy định gì?": "no_evidence",
    "Phòng Tài nguyên và Môi trường có nhiệm vụ gì?": "no_evidence",
}
ANSWERED = [
    *BY_TOPIC, *BY_DUTY, *WITHOUT_UNIT, *OF_DOCUMENTS, *LISTS, *AMBIGUOUS, *CORRECTED, *PLACES,
    "Phòng Nội vụ có nhiệm vụ gì?", "Mục III.2 giao việc cho đơn vị nào?", "Phần II có mấy mục?",
    "Kế hoạch này do ai ký?", "Kế hoạch này của cơ quan nào?", "Ai thực hiện Chỉ thị 33/CT-TTg?",
    "Phòng Nội vụ quản lý nhà nước đối với hoạt động tín ngưỡng, tôn giáo phải không?",
    "Ai triển khai cuộc thi trắc nghiệm về Dân vận khéo?", "Kế hoạch 115-KH/HU thực hiện đề án nào?",
]  # fmt: skip


@HOWEVER_TYPED
@pytest.mark.parametrize("question", BY_TOPIC)
def test_a_topic_brings_its_document(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("answered", BY_TOPIC[question])


@HOWEVER_TYPED
@pytest.mark.parametrize("question", BY_DUTY)
def test_a_duty_brings_the_units_that_carry_it(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, units(answer)) == ("answered", BY_DUTY[question])


@HOWEVER_TYPED
@pytest.mark.parametrize("question", WITHOUT_UNIT)
def test_a_duty_of_nobody_brings_no_unit_and_whom_the_closing_section_binds(
    plan_assistant: Assistant, typed: Typed, question: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, answer.units) == ("answered", ())
    (notice,) = [notice for notice in answer.notices if notice.kind == "inherited_unit"]
    assert "Mục III.1" in notice.text
    quotes = {citation.id: citation.quote for citation in answer.citations}
    assert any(OFFICES in quotes[number] for number in notice.citations)


@HOWEVER_TYPED
@pytest.mark.parametrize("question", OF_DOCUMENTS)
def test_a_question_about_a_document_brings_that_document(
    plan_assistant: Assistant, typed: Typed, question: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("answered", OF_DOCUMENTS[question])


@HOWEVER_TYPED
@pytest.mark.parametrize("question", LISTS)
def test_a_list_is_complete_and_its_count_right(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("answered", LISTS[question])
    if len(answer.documents) > 1:
        assert answer.text.startswith(f"Có {len(answer.documents)} văn bản")


@HOWEVER_TYPED
@pytest.mark.parametrize("question", AMBIGUOUS)
def test_a_number_that_fits_several_brings_them_all(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("ambiguous", AMBIGUOUS[question])


@HOWEVER_TYPED
@pytest.mark.parametrize("question", CORRECTED)
def test_a_wrong_claim_of_a_document_is_corrected(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    number, known = CORRECTED[question]
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("corrected", [number])
    assert known in answer.text


@HOWEVER_TYPED
@pytest.mark.parametrize("claimed", ["Phòng Nội vụ", "Huyện ủy"])
def test_a_wrong_claim_of_a_unit_is_corrected(plan_assistant: Assistant, typed: Typed, claimed: str) -> None:
    question = f"{claimed} quản lý nhà nước đối với hoạt động tín ngưỡng, tôn giáo phải không?"
    answer = plan_assistant.ask(typed(question))
    assert answer.status == "corrected"
    assert units(answer) == [("Các cơ quan chuyên môn liên quan", "perform"), (COMMUNES, "perform")]


@HOWEVER_TYPED
@pytest.mark.parametrize(
    "question",
    [
        "Quyết định 593-QĐ/TU ban hành ngày 11/11/2021 đúng không?",
        "Quyết định 593-QĐ/TU của Tỉnh ủy phải không?",
        "Chỉ thị 33/CT-TTg của Thủ tướng Chính phủ phải không?",
        "58-NQ/TU ban hành ngày 29/11/2021 phải không?",  # either date stands in the text
        "58/NQ-TU ngày 21/11/2021 đúng không?",
    ],
)
def test_a_right_claim_is_confirmed(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert answer.status == "answered"
    assert answer.text.startswith("Đúng như câu hỏi nêu")


@pytest.mark.parametrize("typed", [str, plain, decomposed, str.upper, shouted])
@pytest.mark.parametrize("question", PLACES)
def test_a_place_is_quoted(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert answer.status == "answered"
    assert any(PLACES[question] in citation.quote for citation in answer.citations)


@HOWEVER_TYPED
@pytest.mark.parametrize("question", REFUSED)
def test_what_the_corpus_cannot_answer_is_refused_for_its_reason(
    plan_assistant: Assistant, typed: Typed, question: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, answer.reason) == ("not_found", REFUSED[question])
    assert (answer.documents, answer.units) == ((), ())


@pytest.mark.parametrize(
    ("number", "spellings"),
    [
        ("593-QĐ/TU", ["593/QĐ-TU", "593 QĐ/TU", "593 -QĐ / TU", "qđ 593", "QD 593/TU", "Quyết định số 593", "593"]),
        ("58-NQ/TU", ["58/NQ-TU", "nq 58", "Nghị Quyết 58", "58 nq tu"]),
        ("50-HD/HU", ["50 HD/HU", "50/HD-HU", "hd 50", "Hướng dẫn số 50 HD/HU"]),
        ("115-KH/HU", ["115 KH/HU", "115/KH-HU", "kh 115", "115\n\nKH/HU"]),
        ("14-CT/HU", ["14 -CT/HU", "14/CT-HU", "chỉ thị số 14"]),
        ("01-ĐA/BDVTU-UBND", ["01- ĐA/BDVTU-UBND", "Đề án 01", "đề án 1", "01-DA/BDVTU-UBND"]),
        ("34-CTr/HU", ["34/CTR-HU", "34-CTR/HU", "chương trình 34"]),
        ("180/KH-UBND", ["180 /KH-UBND", "180-KH/UBND", "kế hoạch 180"]),
        ("1043-KH/BCSD", ["1043-KH/BCSĐ", "1043/KH-BCSD"]),
        ("59/2023/NĐ-CP", ["59/2023/ND-CP", "nghị định 59", "nđ 59/2023", "59 / 2023 / NĐ-CP", "59/NĐ-CP"]),
        ("10/2022/QH15", ["Luật số 10/2022/QH15", "luat 10/2022/qh15"]),
    ],
)
def test_every_spelling_of_a_number_gets_the_same_answer(
    plan_assistant: Assistant, number: str, spellings: list[str]
) -> None:
    expected = plan_assistant.ask(f"{number} ban hành ngày nào?")
    assert numbers(expected) == [number]
    for spelling in spellings:
        for form in (spelling, decomposed(spelling), spelling.lower(), plain(spelling)):
            answer = plan_assistant.ask(f"{form} ban hành ngày nào?")
            assert (answer.text, answer.citations) == (expected.text, expected.citations), form


@HOWEVER_TYPED
def test_a_section_tells_its_units_and_its_parts(plan_assistant: Assistant, typed: Typed) -> None:
    answer = plan_assistant.ask(typed("Mục III.2 giao việc cho đơn vị nào?"))
    assert ("Phòng Nội vụ", "supervise") in units(answer)
    assert ("Ban Dân vận Huyện ủy", "coordinate") in units(answer)
    parts = plan_assistant.ask(typed("Phần II có mấy mục?"))
    assert parts.text.startswith("Mục II gồm 5 phần")


@HOWEVER_TYPED
@pytest.mark.parametrize(
    ("question", "duties"),
    [("Phòng Nội vụ có nhiệm vụ gì?", 2), ("Ban Dân vận Huyện ủy phải làm gì?", 1)],
)
def test_the_duties_of_a_unit_are_all_told(plan_assistant: Assistant, typed: Typed, question: str, duties: int) -> None:
    answer = plan_assistant.ask(typed(question))
    assert answer.status == "answered"
    lead, *told = answer.text.split("\n\n")
    assert lead.startswith("Nhiệm vụ của")
    assert len(told) == duties
    assert "theo dõi, đôn đốc và hướng dẫn triển khai thực hiện" in answer.citations[0].quote


@HOWEVER_TYPED
@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        ("Quyết định 593-QĐ/TU về việc gì?", "Ngày ban hành?", ["593-QĐ/TU"]),
        ("Văn bản nào về hương ước, quy ước?", "Do ai ban hành?", ["61/2023/NĐ-CP"]),
        ("Chỉ thị nào bàn về tín ngưỡng, tôn giáo?", "Văn bản đó do ai ban hành?", ["22-CT/TU"]),
        ("Nghị quyết 60-NQ/TU nói về gì?", "Nó ban hành khi nào?", ["60-NQ/TU"]),
        ("Văn bản nào về quy chế đối thoại trực tiếp với Nhân dân?", "Đơn vị nào thực hiện?", ["320-QĐ/TU"]),
        ("Quyết định 593-QĐ/TU ban hành ngày nào?", "Thế còn Nghị quyết 43-NQ/TW?", ["43-NQ/TW"]),
        ("Quyết định 593-QĐ/TU ban hành ngày nào?", "Giá xăng hôm nay bao nhiêu?", []),  # nothing leans back
        ("Nghị quyết 26-NQ/HU về nội dung gì?", "Áp dụng cho giai đoạn nào?", ["26-NQ/HU"]),  # its title tells
    ],
)
def test_a_question_may_lean_on_the_one_before(
    plan_assistant: Assistant, typed: Typed, earlier: str, question: str, expected: list[str]
) -> None:
    assert numbers(plan_assistant.ask(typed(question), [typed(earlier)])) == expected


@HOWEVER_TYPED
def test_the_two_dates_of_one_resolution_are_both_told(plan_assistant: Assistant, typed: Typed) -> None:
    answer = plan_assistant.ask(typed("Nghị quyết 58-NQ/TU ban hành ngày nào?"))
    (notice,) = [notice for notice in answer.notices if notice.kind == "conflict"]
    assert "21/11/2021" in notice.text
    assert "29/11/2021" in notice.text
    quotes = "\n".join(citation.quote for citation in answer.citations if citation.id in notice.citations)
    assert "58/NQ-TU, ngày 21/11/2021" in quotes
    assert "58-NQ/TU, ngày 29/11/2021" in quotes


@HOWEVER_TYPED
def test_a_misprinted_number_is_told_and_quoted_as_printed(plan_assistant: Assistant, typed: Typed) -> None:
    answer = plan_assistant.ask(typed("Hướng dẫn 50-HD/HU là gì?"))
    (notice,) = [notice for notice in answer.notices if notice.kind == "misprint"]
    assert "50 HD/HU" in notice.text
    assert any("50 HD/HU" in citation.quote for citation in answer.citations)


def test_a_document_that_is_only_cited_is_marked_so_and_the_held_one_too(plan_assistant: Assistant) -> None:
    cited = plan_assistant.ask("Quyết định 593-QĐ/TU là gì?").documents[0]
    held = plan_assistant.ask("Kế hoạch này của cơ quan nào?").documents[0]
    assert (cited.held, held.held) == (False, True)


@pytest.mark.parametrize("question", ANSWERED)
def test_every_answer_holds_and_says_as_of_when_it_speaks(plan_assistant: Assistant, question: str) -> None:
    answer = plan_assistant.ask(question)
    assert answer.status != "not_found"
    assert violations(answer, plan_assistant.stored_texts) == ()
    (as_of,) = [notice for notice in answer.notices if notice.kind == "as_of"]
    assert "02/2024" in as_of.text


CLAIMED = re.compile(r"câu hỏi nêu .*?, còn|Có \d+ văn bản cùng khớp với “.*?”")
MADE_BY_US = re.compile(
    r"\[\d+\]|^\d+\. |Có \d+ văn bản|gồm \d+ phần|Còn \d+ nhiệm vụ|Nơi nhận, dòng \d+|[Cc]hú thích \d+"
    r"|Mục [IVX]+(?:\.\d+)?(?:, đoạn \d+)?",
    re.MULTILINE,
)
DATE = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
MONTH = re.compile(r"\btháng (\d{1,2})(?:/| năm )(\d{4})\b")


def facts_of(text: str) -> dict[str, set[str]]:
    """The document numbers, dates, months and other numerals of a text, each in one form."""
    line = " ".join(text.split())
    found: dict[str, set[str]] = {"numbers": set(), "dates": set(), "months": set(), "numerals": set()}
    for number in sorted(find_numbers(line), key=lambda number: -number.start):
        found["numbers"].add(number.canonical)
        line = f"{line[: number.start]} {line[number.end :]}"
    for name, pattern in (("dates", DATE), ("months", MONTH)):
        found[name] = {"/".join(str(int(part)) for part in match.groups()) for match in pattern.finditer(line)}
        line = pattern.sub(" ", line)
    found["numerals"] = {numeral.lstrip("0") for numeral in re.findall(r"\d+", line)}
    return found


def catalogue_text() -> str:
    with (ROOT / "corpus" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    dates = ("/".join(reversed(row["date"].split("-"))) for row in rows)
    return "\n".join([*dates, *(f"{row['number']} ; {row['title']}" for row in rows)])


def unproved(answer: Answer) -> dict[str, set[str]]:
    said = facts_of(MADE_BY_US.sub(" ", CLAIMED.sub(" ", answer.text)))
    quotes = [citation.quote for citation in answer.citations]
    proofs = [*quotes, "\n".join(quotes), catalogue_text()]  # joined: a page break may part a number
    known = [facts_of(proof) for proof in proofs]
    return {kind: left for kind, found in said.items() if (left := found - set().union(*(k[kind] for k in known)))}


@pytest.mark.parametrize("question", ANSWERED)
def test_every_number_and_date_of_an_answer_stands_in_its_quotes_or_the_checked_list(
    plan_assistant: Assistant, question: str
) -> None:
    assert unproved(plan_assistant.ask(question)) == {}


def test_the_check_of_numbers_finds_what_is_not_quoted(plan_assistant: Assistant) -> None:
    answer = plan_assistant.ask("Quyết định 593-QĐ/TU ban hành ngày nào?")
    assert unproved(answer) == {}
    for right, wrong, kind in [("11/11/2021", "12/11/2021", "dates"), ("593-QĐ/TU", "594-QĐ/TU", "numbers")]:
        changed = Answer(answer.question, "answered", None, answer.text.replace(right, wrong), (), (), answer.citations)
        assert kind in unproved(changed)


@pytest.mark.parametrize("question", ANSWERED)
def test_the_name_of_every_unit_stands_in_a_quote_that_is_cited_for_it(
    plan_assistant: Assistant, question: str
) -> None:
    answer = plan_assistant.ask(question)
    quotes = {citation.id: " ".join(citation.quote.split()) for citation in answer.citations}
    unnamed = [unit for unit in answer.units if not any(unit.name in quotes[number] for number in unit.citations)]
    assert unnamed == []


# What a careful clerk would answer beyond doubt, in the order of the harm that another answer does.


@HOWEVER_TYPED
@pytest.mark.parametrize("question", ["Người ký kế hoạch là ai?", "Ai là người ký kế hoạch này?"])
def test_who_signed_the_plan_is_a_person_and_no_unit(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert "Nguyễn Duy Anh" in answer.text
    assert answer.units == ()


@HOWEVER_TYPED
@pytest.mark.parametrize(
    "question", ["Tu dưỡng, rèn luyện đạo đức của người đứng đầu được giám sát theo quy định nào?"]
)
def test_tu_duong_is_no_tinh_uy_however_it_is_typed(plan_assistant: Assistant, typed: Typed, question: str) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("answered", ["124-QĐ/TW"])


@HOWEVER_TYPED
def test_who_reports_is_not_told_for_to_whom_a_report_goes(plan_assistant: Assistant, typed: Typed) -> None:
    answer = plan_assistant.ask(typed("UBND xã phải gửi báo cáo cho ai?"))
    assert "Phòng Nội vụ" not in [unit.name for unit in answer.units]


@HOWEVER_TYPED
def test_a_document_that_a_question_names_is_not_held_against_the_type_that_it_asks_for(
    plan_assistant: Assistant, typed: Typed
) -> None:
    answer = plan_assistant.ask(typed("Kế hoạch của huyện căn cứ nghị định nào?"))
    assert (answer.status, set(numbers(answer))) == ("answered", {"59/2023/NĐ-CP", "61/2023/NĐ-CP"}), answer.text


def test_whom_named_senders_report_to_is_told_where_the_text_names_them_elsewhere(plan_assistant: Assistant) -> None:
    answer = plan_assistant.ask("UBND các xã, thị trấn phải báo cáo cho ai?")
    assert [one.name for one in answer.units] == ["UBND huyện"], answer.text


@HOWEVER_TYPED
@pytest.mark.parametrize(
    ("earlier", "question", "expected"),
    [
        ("Nghị quyết 129 của Tỉnh ủy ban hành ngày nào?", "Còn của Huyện ủy?", "129-NQ/HU"),
        ("Chỉ thị 18 của Tỉnh ủy ban hành ngày nào?", "Còn của Ban Bí thư thì sao?", "18-CT/TW"),
        ("Quy chế công tác dân vận của tỉnh được ban hành bằng quyết định nào?", "Còn ở huyện thì sao?", "1162-QĐ/HU"),
    ],
)
def test_a_follow_up_that_changes_the_issuer_keeps_the_number_or_the_topic(
    plan_assistant: Assistant, typed: Typed, earlier: str, question: str, expected: str
) -> None:
    assert numbers(plan_assistant.ask(typed(question), [typed(earlier)])) == [expected]


@HOWEVER_TYPED
@pytest.mark.parametrize(
    ("question", "number", "known"),
    [
        ("Quyết định 23-QĐ/TW do Ban Bí thư ban hành đúng không?", "23-QĐ/TW", "Bộ Chính trị"),
        ("Quyết định 593-QĐ/TU ban hành năm 2016 phải không?", "593-QĐ/TU", "2021"),
        ("Quyết định 124-QĐ/TW nói về giám sát phải không?", "124-QĐ/TW", "Quy định"),
        ("Nghị quyết 43-KL/TW ban hành ngày nào?", "43-KL/TW", "Kết luận"),
        ("Chỉ thị số 593-QĐ/TU của ai?", "593-QĐ/TU", "Quyết định"),
    ],
)
def test_a_wrong_issuer_year_or_type_of_a_known_number_is_corrected(
    plan_assistant: Assistant, typed: Typed, question: str, number: str, known: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert (answer.status, numbers(answer)) == ("corrected", [number])
    assert known in answer.text


@HOWEVER_TYPED
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Văn bản nào triển khai Đề án 05-ĐA/TU?", "115-KH/HU"),
        ("Văn bản nào cụ thể hóa Quyết định 593-QĐ/TU?", "1162-QĐ/HU"),
        ("Hướng dẫn nào tuyên truyền thực hiện Chỉ thị 18-CT/TW?", "50-HD/HU"),
    ],
)
def test_the_document_that_carries_out_another_is_told(
    plan_assistant: Assistant, typed: Typed, question: str, expected: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert answer.status == "answered"
    assert expected in numbers(answer)


@HOWEVER_TYPED
def test_a_question_for_a_unit_is_not_answered_with_a_law_alone(plan_assistant: Assistant, typed: Typed) -> None:
    question = "Đơn vị nào rà soát, sửa đổi văn bản cụ thể hóa Luật Thực hiện dân chủ ở cơ sở?"
    answer = plan_assistant.ask(typed(question))
    assert answer.units or "inherited_unit" in kinds(answer)


@HOWEVER_TYPED
@pytest.mark.parametrize(
    "question",
    [
        "Kế hoạch này gửi cho những nơi nào?",
        "Kế hoạch này gửi ai?",
        "Kế hoạch dân vận của huyện gửi tới những nơi nào?",
    ],
)
def test_where_the_plan_is_sent_is_read_from_its_recipients(
    plan_assistant: Assistant, typed: Typed, question: str
) -> None:
    answer = plan_assistant.ask(typed(question))
    assert any("Thường trực HĐND huyện" in citation.quote for citation in answer.citations)


@HOWEVER_TYPED
def test_the_parts_of_the_whole_plan_are_counted(plan_assistant: Assistant, typed: Typed) -> None:
    answer = plan_assistant.ask(typed("Kế hoạch gồm mấy phần?"))
    assert answer.status == "answered"
    assert any("TỔ CHỨC THỰC HIỆN" in citation.quote for citation in answer.citations)


def test_a_blank_number_is_said_to_be_blank(plan_assistant: Assistant) -> None:
    assert "để trống số" in plan_assistant.ask("Kế hoạch này số bao nhiêu?").text


def test_the_text_of_a_law_that_is_only_cited_is_said_not_to_be_held(plan_assistant: Assistant) -> None:
    assert plan_assistant.ask("Cho xem toàn văn Luật Thực hiện dân chủ ở cơ sở").reason == "text_not_held"


def test_all_documents_of_a_year_are_found_without_being_asked_to_list(plan_assistant: Assistant) -> None:
    listed = plan_assistant.ask("Liệt kê các văn bản ban hành năm 2023")
    assert numbers(plan_assistant.ask("Văn bản nào ban hành năm 2023?")) == numbers(listed)
    assert len(listed.documents) > 1


@pytest.mark.parametrize("question", ["Nghị quyết 777-NQ/TU nói gì?", "nghi quyet 777-NQ/tu nói gì?"])
def test_an_unknown_number_is_told_as_it_was_typed(plan_assistant: Assistant, question: str) -> None:
    told = re.search(r"nhắc đến văn bản (.+?)\. Xin", plan_assistant.ask(question).text)
    assert told is not None
    assert told[1] == question.removesuffix(" nói gì?")


def test_an_unknown_number_is_told_to_its_end(plan_assistant: Assistant) -> None:
    assert "12/2020/TT-BNV" in plan_assistant.ask("Thông tư 12/2020/TT-BNV của ai?").text


def test_the_end_of_the_district_level_is_told_with_the_duties_of_its_unit_too(plan_assistant: Assistant) -> None:
    assert "validity" in kinds(plan_assistant.ask("Ban Dân vận Huyện ủy có nhiệm vụ gì?"))


@pytest.mark.parametrize(
    "question", ["Ai là Bí thư Huyện ủy?", "ai la truong phong noi vu", "Chủ tịch Mặt trận Tổ quốc huyện là ai?"]
)
def test_who_holds_an_office_is_not_answered_with_units(plan_assistant: Assistant, question: str) -> None:
    answer = plan_assistant.ask(question)
    assert (answer.status, answer.reason, answer.units) == ("not_found", "no_evidence", ())


def test_a_unit_that_opens_a_question_is_not_taken_for_the_issuer(plan_assistant: Assistant) -> None:
    answer = plan_assistant.ask("Ban Chỉ đạo giải phóng mặt bằng được kiện toàn theo quyết định nào?")
    assert answer.status == "answered"
    assert [document.number for document in answer.documents] == ["3642-QĐ/HU"]


def test_the_issuers_of_a_row_are_all_meant(plan_assistant: Assistant) -> None:
    answer = plan_assistant.ask("Danh mục văn bản do Bộ Chính trị, Ban Bí thư và Ban Chấp hành Trung ương ban hành")
    found = {number for number in numbers(answer) if number}
    assert found == {"43-KL/TW", "25-NQ/TW", "23-QĐ/TW", "43-NQ/TW", "120-KL/TW", "18-CT/TW", "124-QĐ/TW"}


@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết 10/NQ-CP gồm những nhóm giải pháp gì?",
        "Nghị quyết 10/NQ-CP quy định mức chi là mấy triệu?",
    ],
)
def test_what_stands_inside_a_text_that_is_not_held_is_refused(plan_assistant: Assistant, question: str) -> None:
    answer = plan_assistant.ask(question)
    assert (answer.status, answer.reason) == ("not_found", "text_not_held")


def test_what_the_second_part_of_a_question_asks_is_answered_too(plan_assistant: Assistant) -> None:
    asked = "Đại đoàn kết toàn dân tộc: nghị quyết số mấy của Trung ương"
    answer = plan_assistant.ask(f"{asked} và những đơn vị nào của huyện phải quán triệt, triển khai?")
    assert "43-NQ/TW" in numbers(answer)
    assert {name for name, _ in units(answer)} == {OFFICES, COMMUNES}


def test_a_number_is_asked_of_again_with_another_issuer(plan_assistant: Assistant) -> None:
    before = "Chỉ thị 18-CT/TW nói về việc gì?"
    answer = plan_assistant.ask("Còn chỉ thị cùng số đó của tỉnh thì sao?", (before,))
    assert numbers(answer) == ["18-CT/TU"]


def test_an_issuer_may_stand_right_behind_a_number(plan_assistant: Assistant) -> None:
    answer = plan_assistant.ask("NQ 129 huyện ủy về vấn đề gì")
    assert (answer.status, numbers(answer)) == ("answered", ["129-NQ/HU"])
