"""What questions ask, told from their words: slots, numbers, types, places, dates and the topic that is left."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answering.blanking import Blanking
from rag.answering.query import Query, lead_type, understand
from rag.index.topics import TOPIC_GAP
from rag.language.abbreviations import expand_abbreviations
from rag.language.diacritics import Reading
from rag.language.normalize import fold, unmark

KNOWN = dict.fromkeys(("593", "18", "43", "58", "26", "1", "129", "50"), ())


class Restorer:
    """Adds no marks."""

    def read(self, text: str) -> Reading:
        return Reading(text, fold(text))


def ask(question: str) -> Query:
    return understand(question, restorer=Restorer(), known_numbers=KNOWN)  # type: ignore[arg-type]


def plain(question: str) -> str:
    return unmark(question)


def decomposed(question: str) -> str:
    return unicodedata.normalize("NFD", question)


WITH_AND_WITHOUT_MARKS = pytest.mark.parametrize("typed", [str, plain, str.upper, decomposed])


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "slots", "topic"),
    [
        ("Văn bản nào quy định về đối thoại trực tiếp với Nhân dân?", {"document"},
         "đối thoại trực tiếp với nhân dân"),
        ("Chỉ thị nào nói về tín ngưỡng?", {"document"}, "tín ngưỡng"),
        ("Đơn vị nào chịu trách nhiệm giải phóng mặt bằng?", {"unit"}, "giải phóng mặt bằng"),
        ("Quyết định 593-QĐ/TU do ai ban hành?", {"issuer"}, ""),  # "ai" of an issuer is no unit
        ("Quyết định 593-QĐ/TU ban hành ngày nào?", {"date"}, ""),
        ("Kế hoạch này số bao nhiêu?", {"number"}, ""),
        ("Kế hoạch này do ai ký?", {"signer"}, ""),  # who signs is no unit either
        ("Chỉ thị 18-CT/TW nói về việc gì?", {"title"}, ""),
        ("Phòng Nội vụ có nhiệm vụ gì?", {"duty"}, "phòng nội vụ"),
        ("593-QĐ/TU và 43-NQ/TW cái nào trước?", {"compare"}, ""),
        ("Đơn vị nào rà soát cơ sở tín ngưỡng?", {"unit"}, "rà soát cơ sở tín ngưỡng"),  # "rà" is not "ra", to issue
        ("Văn bản nào ban hành năm 2016?", {"document"}, ""),  # the year takes nothing else along
        ("Quyết định 593-QĐ/TU ban hành ngày nào, do ai ban hành?", {"date", "issuer"}, ""),  # two at once
        ("Hội đoàn nào nhận giúp hộ nghèo?", {"unit"}, "nhận giúp hộ nghèo"),  # no "giúp" of politeness
        ("Ai lập tổ giúp việc?", {"unit"}, "lập tổ giúp việc"),
        ("Đơn vị nào sửa đường, trường học?", {"unit"}, "sửa đường / trường học"),  # no "đường trường"
        ("Đơn vị nào giữ 1,5 ha rừng?", {"unit"}, "giữ 1 5 ha rừng"),  # no pause in a number
    ],
)  # fmt: skip
def test_the_slots_and_the_topic_are_told_apart(
    typed: Callable[[str], str], question: str, slots: set[str], topic: str
) -> None:
    query = ask(typed(question))
    assert query.slots == slots
    assert unmark(query.topic) == unmark(topic)


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("Có bao nhiêu nghị định được viện dẫn?", "count"),
        ("Liệt kê các chỉ thị của Tỉnh ủy", "list"),
        ("Quyết định 593-QĐ/TU của Tỉnh ủy phải không?", "yes_no"),
        ("Ban Chỉ đạo có bao nhiêu thành viên?", "amount"),
        ("Quyết định 593 khác gì Quyết định 18?", "compare"),
    ],
)
def test_lists_counts_and_claims_are_told_from_the_whole_question(
    typed: Callable[[str], str], question: str, slot: str
) -> None:
    assert slot in ask(typed(question)).slots


DECISION = frozenset(("Quyết định", "Quy định"))  # "QĐ" stands for either


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("593-QĐ/TU", ("593", None, DECISION, "TU")),
        ("593/QĐ-TU", ("593", None, DECISION, "TU")),  # signs swapped
        ("593 QĐ/TU", ("593", None, DECISION, "TU")),  # sign lost
        ("593 -QĐ / TU", ("593", None, DECISION, "TU")),  # blanks around signs
        ("qđ 593", ("593", None, DECISION, None)),
        ("QĐ 593/TU", ("593", None, DECISION, "TU")),
        ("Quyết định số 593-QĐ/TU", ("593", None, frozenset(("Quyết định",)), "TU")),  # the word decides
        ("Quy định 124-QĐ/TW", ("124", None, frozenset(("Quy định",)), "TW")),
        ("01- ĐA/BDVTU-UBND", ("1", None, frozenset(("Đề án", "Dự án")), "BDVTU-UBND")),  # zero dropped; two organs
        ("50 HD/HU", ("50", None, frozenset(("Hướng dẫn",)), "HU")),
        ("58/NQ-TU", ("58", None, frozenset(("Nghị quyết",)), "TU")),
        ("59/2023/NĐ-CP", ("59", "2023", frozenset(("Nghị định",)), "CP")),
        ("59 / 2023 / NĐ - CP", ("59", "2023", frozenset(("Nghị định",)), "CP")),
        ("10/2022/QH15", ("10", "2022", frozenset(), "QH15")),  # the organ alone
        ("Luật số 10/2022/QH15", ("10", "2022", frozenset(("Luật",)), "QH15")),
        ("chỉ thị 18", ("18", None, frozenset(("Chỉ thị",)), None)),
        ("Chỉ thị số 18", ("18", None, frozenset(("Chỉ thị",)), None)),
        ("ct 18 tw", ("18", None, frozenset(("Chỉ thị",)), "TW")),
        ("số 777", ("777", None, frozenset(), None)),  # "số" names a document even unknown
        ("văn bản 593 nói gì", ("593", None, frozenset(), None)),  # a bare number that the corpus has
        ("Quy chế làm việc số 26", ("26", None, frozenset(("Quy chế",)), None)),
        ("33CT/TU", ("33", None, frozenset(("Chỉ thị",)), "TU")),  # no sign at all
        ("Nghị quyết số 18NQ-TW", ("18", None, frozenset(("Nghị quyết",)), "TW")),
        ("QĐ-593", ("593", None, DECISION, None)),
        ("NQ18", ("18", None, frozenset(("Nghị quyết",)), None)),
        ("18 ct tu", ("18", None, frozenset(("Chỉ thị",)), "TU")),
        ("59/2023 nđ cp", ("59", "2023", frozenset(("Nghị định",)), "CP")),
        ("NĐ-CP 59/2023", ("59", "2023", frozenset(("Nghị định",)), "CP")),  # the symbol stands before
        ("CV số 12/UBND-NV", ("12", None, frozenset(("Công văn",)), "UBND-NV")),
    ],
)
def test_a_document_number_is_read_in_every_spelling(
    typed: Callable[[str], str], question: str, number: tuple[str, str | None, frozenset[str], str | None]
) -> None:
    assert [(asked.n, asked.year, asked.types, asked.organ) for asked in ask(typed(question)).numbers] == [number]


def test_two_numbers_are_read_in_order() -> None:
    query = ask("18-CT/TU và 18-CT/TW khác nhau thế nào?")
    assert [(asked.n, asked.organ) for asked in query.numbers] == [("18", "TU"), ("18", "TW")]


@pytest.mark.parametrize("counted", ["tờ", "hộ", "trang", "bản chính", "cử tri"])
def test_a_number_that_counts_is_no_document_though_the_corpus_has_one_of_it(counted: str) -> None:
    assert ask("593 ban hành ngày nào?").numbers  # what a document does
    assert ask(f"Tập dày 593 {counted} thì đóng dấu thế nào?").numbers == ()


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Kế hoạch số nào triển khai đề án?", {"document"}),
        ("ke hoach tuyen truyen là số nao", {"number"}),  # half of the marks typed
        ("Đơn vị tiếp nhận đơn thư của công dân", {"unit"}),  # in keywords
        ("Đơn vị sự nghiệp của huyện", set()),
        ("Dựa vào đâu mà dân được giám sát cán bộ?", {"document"}),
        ("Hội nào mở lớp? Ghi rõ tên đơn vị.", {"unit"}),
        ("Sở nào triển khai đề án?", {"unit"}),
        ("Chỗ này với chỗ kia, bên nào lâu hơn?", {"compare"}),
        ("Bên nào lo việc này?", {"unit"}),
        ("Ai xác minh rồi trả lời bằng văn bản?", {"unit"}),
        ("Tra giúp văn bản về dân vận", {"document"}),
    ],
)
def test_which_number_which_body_and_which_of_two_are_told_apart(question: str, slots: set[str]) -> None:
    assert ask(question).slots == slots


def test_a_year_said_after_a_number_goes_with_it() -> None:
    assert ask("Nghị định 59 năm 2023 là gì?").numbers[0].said_year == "2023"
    assert ask("Nghị định 59 là gì?").numbers[0].said_year is None


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    "question",
    [
        "Trong 18 xã, xã nào làm tốt?",  # counted things, though the corpus has a number 18
        "Có 18 người tham gia",
        "Họp 43 lần một năm",
        "18 tháng 10 có gì",
        "18% số hộ",
        "giai đoạn 2021 - 2030",
        "năm 2024 làm gì",
        "khóa 13",
        "777 là gì",  # unknown and unnamed
        "1 việc",  # a single digit stands for anything
        "16/8/2023",  # dates
        "ngày 18 tháng 10 năm 2022",
        "18-10-2022",
        "khoản 18 Điều 43",  # places in a document
        "chú thích 18",
        "03 chương trình mục tiêu quốc gia",
    ],
)
def test_what_is_no_document_number_is_not_taken_for_one(typed: Callable[[str], str], question: str) -> None:
    assert ask(typed(question)).numbers == ()


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "types"),
    [
        ("Chỉ thị nào nói về tôn giáo?", {"Chỉ thị"}),
        ("Có mấy nghị định được nhắc đến?", {"Nghị định"}),
        ("Liệt kê các kết luận", {"Kết luận"}),
        ("Luật gì quy định dân chủ ở cơ sở?", {"Luật"}),
        ("quyết định kiện toàn ban chỉ đạo", {"Quyết định"}),  # nothing asked: the opening type is
        ("Văn bản nào nói về thực hiện chỉ thị?", set()),  # a type inside the topic is no limit
    ],
)
def test_types_limit_only_where_they_are_asked_for(typed: Callable[[str], str], question: str, types: set[str]) -> None:
    assert ask(typed(question)).types == types


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "locator"),
    [
        ("Điều 5 nói gì", "dieu 5"),
        ("khoản 2 Điều 5 nói gì", "khoan 2 dieu 5"),
        ("điểm a khoản 2 Điều 5 nói gì", "diem a khoan 2 dieu 5"),
        ("Mục II.3 nói gì", "muc ii.3"),
        ("Phần II nói gì", "muc ii"),
        ("điều 5 khoản 2 nói gì", "khoan 2 dieu 5"),
        ("điều 5, khoản 2, điểm a nói gì", "diem a khoan 2 dieu 5"),
        ("mục 3 phần II nói gì", "muc ii.3"),
        ("mục 3 của phần II nói gì", "muc ii.3"),
        ("chú thích 1 nói gì", "chu thich 1"),
        ("cước chú số 2 nói gì", "chu thich 2"),
    ],
)
def test_places_are_read_as_locators(typed: Callable[[str], str], question: str, locator: str) -> None:
    assert ask(typed(question)).locators == (locator,)


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    "question", ["ngày 16/8/2023", "ngày 16 tháng 8 năm 2023", "16-8-2023", "16.08.2023", "ngày 16 / 08 / 2023"]
)
def test_dates_are_read_in_every_form(typed: Callable[[str], str], question: str) -> None:
    assert ask(typed(f"Văn bản {question} nói gì?")).dates == ("2023-08-16",)


@WITH_AND_WITHOUT_MARKS
def test_a_year_counts_as_a_limit_only_for_what_was_issued_then(typed: Callable[[str], str]) -> None:
    assert ask(typed("Các văn bản ban hành năm 2023")).year == "2023"
    assert ask(typed("Hướng dẫn tuyên truyền năm 2023 ký ngày mấy?")).year == "2023"
    assert ask(typed("Công tác dân vận năm 2024 do ai làm?")).year is None


@WITH_AND_WITHOUT_MARKS
def test_questions_that_lean_on_earlier_ones_are_recognised(typed: Callable[[str], str]) -> None:
    assert ask(typed("Còn của Trung ương thì sao?")).continues
    assert ask(typed("Văn bản đó do ai ban hành?")).points_back
    assert ask(typed("Kế hoạch này do ai ký?")).this_document
    alone = ask(typed("Chỉ thị nào nói về tín ngưỡng?"))
    assert (alone.continues, alone.points_back, alone.this_document) == (False, False, False)


@WITH_AND_WITHOUT_MARKS
def test_parts_are_counted_only_where_parts_are_asked_for(typed: Callable[[str], str]) -> None:
    assert ask(typed("Phần II có mấy mục?")).counts_parts
    assert not ask(typed("Phần II có mấy văn bản?")).counts_parts


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GPMB theo 18-CT/TU", "giải phóng mặt bằng theo 18-CT/TU"),  # numbers stay
        ("BTV TU", "Ban Thường vụ Tỉnh ủy"),
        ("btv tu", "Ban Thường vụ Tỉnh ủy"),  # after another abbreviation
        ("tu dưỡng", "tu dưỡng"),  # a word of its own
        ("33/CT-TTg", "33/CT-TTg"),
        ("KT-XH", "kinh tế - xã hội"),
        ("UBND các xã", "Ủy ban nhân dân các xã"),
        ("ubndx", "ubndx"),
        ("CT UBND xã", "Chủ tịch Ủy ban nhân dân xã"),  # what follows tells
        ("CT nào", "chỉ thị nào"),
        ("CT 33", "CT 33"),  # a part of the number
        ("NQ số 5 và 18 ct tu", "NQ số 5 và 18 ct tu"),
        ("Chú thích 1 của KH", "Chú thích 1 của kế hoạch"),
        ("CQ, ĐV", "cơ quan, đơn vị"),
        ("CQ địa phương", "chính quyền địa phương"),
        ("mấy ngày lv, lv nào", "mấy ngày làm việc, lĩnh vực nào"),  # what stands before tells
        ("HN CBCCVC ở TP HN", "hội nghị cán bộ, công chức, viên chức ở thành phố Hà Nội"),
        ("cbccvc, hdnd", "cán bộ, công chức, viên chức, Hội đồng nhân dân"),  # "đ" typed "d"
        ("đc giao, ĐC giao", "được giao, ĐC giao"),  # in small letters only
        ("BNV hướng dẫn", "Bộ Nội vụ hướng dẫn"),  # the symbol of an issuer
        ("cơ sở TN, TG", "cơ sở tín ngưỡng, tôn giáo"),  # beside each other
        ("GĐ 2021-2025", "giai đoạn 2021-2025"),
        ("", ""),
    ],
)
def test_abbreviations_are_written_out_and_numbers_are_not(text: str, expected: str) -> None:
    assert expand_abbreviations(text) == expected


def test_abbreviations_in_a_question_without_marks_get_none() -> None:
    assert expand_abbreviations("ubnd xa, cqdp", with_marks=False) == "Uy ban nhan dan xa, chinh quyen dia phuong"


def test_a_question_in_capitals_stays_in_capitals_with_its_abbreviations_written_out() -> None:
    assert expand_abbreviations("UBND XÃ PHẢI LÀM GÌ").isupper()
    assert ask("UBND XA PHAI LAM GI KO").restored == ask("ubnd xa phai lam gi ko").restored


@pytest.mark.parametrize(
    ("question", "slot"),
    [
        ("Tổ bầu cử do ai ký quyết định thành lập?", "unit"),
        ("Văn bản này do ai ký?", "signer"),
        ("Mẫu phiếu do Ủy ban xã hay Trưởng thôn ban hành?", "unit"),
        ("Họ tên những người trong danh sách: cho xin họ tên", "holder"),
        ("Chỉ thị 18 có ký hiệu đầy đủ thế nào?", "number"),
        ("Bản kế hoạch của huyện được gửi tới những nơi nào?", "recipients"),
    ],
)
def test_what_is_asked_is_told_in_many_wordings(question: str, slot: str) -> None:
    assert slot in ask(question).slots


def test_information_is_a_matter_where_it_is_not_what_is_begged_for() -> None:
    assert "thông tin" in ask("Xã công khai thông tin bằng cách nào?").topic
    assert "thông tin" not in ask("Cho tôi thông tin về hương ước").topic


def test_a_word_that_is_also_an_abbreviation_stays_a_word_where_the_whole_question_is_in_capitals() -> None:
    assert "tỉnh ủy" not in ask("AI TU DƯỠNG, RÈN LUYỆN ĐẠO ĐỨC THEO QUY ĐỊNH NÀO?").restored


def test_a_question_may_open_with_the_type_it_wants() -> None:
    assert lead_type("quyet dinh kien toan ban chi dao") == {"Quyết định"}
    assert lead_type("quyet dinh nay noi gi") == set()  # it points, and opens nothing
    assert lead_type("kien toan ban chi dao") == set()


def test_an_empty_question_asks_nothing() -> None:
    query = ask("?")
    assert (query.slots, query.numbers, query.locators, query.topic) == (frozenset(), (), (), "")


def test_blanking_takes_text_out_without_moving_the_rest() -> None:
    blank = Blanking("abc def")
    blank.cut(0, 3)
    assert len(blank.text) == 7
    assert blank.left("ABC DEF") == "DEF"


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(st.text(max_size=80))
def test_understanding_any_text_keeps_both_forms_equally_long(text: str) -> None:
    query = ask(text)
    assert len(query.restored) == len(query.bare)
    assert set(query.topic.split()) - {TOPIC_GAP} <= set(" ".join(_words(query.restored)).split())


def _words(text: str) -> list[str]:
    return "".join(char if char.isalnum() or char in "_/-" else " " for char in text).split()


@pytest.mark.parametrize(
    ("question", "background"),
    [
        ("Tôi mới nhận việc ở xã. Hồ sơ gồm giấy tờ gì?", "tôi mới nhận việc ở xã."),
        ("Hồ sơ gồm giấy tờ gì? Tôi cần gấp.", "tôi cần gấp."),
        ("Hồ sơ gồm giấy tờ gì?", ""),
        ("Hồ sơ xin cấp đất.", ""),
        ("Mỗi nơi cử một người phụ trách. Đơn vị nào bị yêu cầu như vậy?", ""),  # what refers back asks of it
    ],
)
def test_sentences_that_ask_nothing_are_told_from_those_that_ask(question: str, background: str) -> None:
    assert ask(question).background == background


@WITH_AND_WITHOUT_MARKS
@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Chỉ thị này là số mấy?", True),
        ("Chỉ thị này mang số nào?", True),
        ("Kế hoạch này ban hành ngày nào?", True),
        ("Cơ quan nào ban hành quy chế?", True),
        ("Trích yếu của chỉ thị là gì?", True),
        ("Chợ phiên mở ngày nào?", False),
        ("Chợ phiên có số lượng bao nhiêu?", False),
        ("Ai dọn chợ phiên?", False),
    ],
)
def test_what_only_a_document_has_is_its_own_fact(typed: Callable[[str], str], question: str, asks: bool) -> None:
    assert ask(typed(question)).asks_own_fact is asks


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Chỉ thị về chợ phiên mang số nào?", {"number"}),
        ("Sở nào dọn chợ phiên?", {"unit"}),  # and not a number
        ("Chỉ thị về chợ phiên: số, ngày?", {"number"}),
        ("Hàng cũ đem ra bến ngày nào?", {"date"}),  # "đem" is no "đếm"
        ("Đếm giúp các bến cũ", {"count"}),
        ("Các kế hoạch về chợ do phòng nào làm?", {"unit"}),  # "nào" asks for the unit, and no list of documents
        ("Các kế hoạch nào nói về chợ?", {"document", "list"}),
    ],
)
def test_words_that_read_alike_ask_for_different_things(question: str, slots: set[str]) -> None:
    assert ask(question).slots == slots


def test_a_premise_is_a_question_of_its_own_whether_that_is_so() -> None:
    premise = ask("Nghe nói Chỉ thị 18-CT/TW bắt tất cả chợ phiên đóng cửa, đúng không?").premise
    assert premise is not None
    assert premise.slots == {"yes_no"}  # it takes "tất cả" for no list
    assert [number.n for number in premise.numbers] == ["18"]
    assert "đóng cửa" in premise.topic
    assert premise.premise is None


def test_a_premise_may_be_that_a_document_is_in_force_no_more() -> None:
    premise = ask("Theo luật thì nghị định về chợ đã hết hiệu lực rồi, vậy áp dụng gì?").premise
    assert premise is not None
    assert premise.slots == {"ended", "yes_no"}


def test_what_takes_nothing_for_granted_has_no_premise() -> None:
    assert ask("Ai mở chợ phiên?").premise is None


@pytest.mark.parametrize("aside", ["Em mới về thôn: ", "Em bán rau ở bến. ", "Bên em vừa đọc các nghị quyết cũ. "])
def test_a_question_after_an_aside_asks_what_it_asks_alone(aside: str) -> None:
    query, alone = ask(f"{aside}Chỉ thị nào nói về chợ phiên?"), ask("Chỉ thị nào nói về chợ phiên?")
    assert (query.slots, query.types, query.numbers) == (alone.slots, alone.types, alone.numbers)
    assert query.topic.startswith(alone.topic)
    assert query.background == aside.strip().lower()


@pytest.mark.parametrize(
    "question", ["Em làm từ năm 2019 đến nay. Ai dọn bến cũ?", "Bên em có 18 xã đấy. Ai dọn bến cũ?"]
)
def test_sentences_with_numbers_stay_where_they_are(question: str) -> None:
    query = ask(question)
    assert query.restored.startswith(("em", "bên em"))
    assert query.restored.endswith("ai dọn bến cũ")


@pytest.mark.parametrize("typed", [str, plain, str.upper])
@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("Trong kế hoạch 2024 này ai giữ sổ?", []),
        ("Nghị quyết 1999 nói gì?", []),
        ("Nghị quyết liên tịch 2019 nói gì?", []),
        ("Nghị quyết 2150 nói gì?", ["2150"]),  # no year
        ("Nghị quyết 777 nói gì?", ["777"]),
        ("Số 2024 là văn bản nào?", ["2024"]),  # "số" names a document
        ("Quyết định 2024/QĐ-UBND nói gì?", ["2024"]),  # so does a symbol
    ],
)
def test_a_year_behind_a_type_is_no_number(typed: Callable[[str], str], question: str, numbers: list[str]) -> None:
    assert [number.n for number in ask(typed(question)).numbers] == numbers


def test_a_year_behind_a_type_is_a_number_where_the_corpus_has_it() -> None:
    known = {**KNOWN, "2024": ()}
    query = understand("Trong kế hoạch 2024 này ai giữ sổ?", restorer=Restorer(), known_numbers=known)  # type: ignore[arg-type]
    assert [number.n for number in query.numbers] == ["2024"]


@pytest.mark.parametrize("typed", [str, plain])
@pytest.mark.parametrize(
    "opening",
    [
        "Thôi hỏi qua việc khác: ",
        "À mà hỏi sang chuyện khác, ",
        "Thôi, cho hỏi sang việc khác. ",
        "Chuyển sang một việc khác: ",
        "Nói sang ý khác ",
    ],
)
def test_what_only_leads_to_another_matter_is_cut(typed: Callable[[str], str], opening: str) -> None:
    assert ask(typed(f"{opening}ai giữ sổ?")) == ask(typed("ai giữ sổ?"))


def test_another_matter_is_cut_only_where_a_question_opens_with_it() -> None:
    assert "hỏi qua việc" in ask("Thôn có phải hỏi qua việc khác không?").topic


@pytest.mark.parametrize("typed", [str, plain])
@pytest.mark.parametrize(
    "question",
    [
        "Nghị quyết 18 của tỉnh chứ không phải 129 của huyện, do ai ban hành?",
        "Nghị quyết 18 của tỉnh, do ai ban hành, chứ không phải 129 của huyện?",
        "Nghị quyết 18 của tỉnh do ai ban hành chứ không phải 129?",
    ],
)
def test_what_is_denied_is_not_asked_for(typed: Callable[[str], str], question: str) -> None:
    query = ask(typed(question))
    assert [number.n for number in query.numbers] == ["18"]
    assert "huyen" not in query.bare
    assert query.slots == {"issuer"}


@pytest.mark.parametrize(
    ("question", "number"),
    [("Nghị quyết năm mươi tám của tỉnh là gì?", "58"), ("chi thi muoi tam la gi", "18")],
)
def test_a_number_may_be_said_in_words(question: str, number: str) -> None:
    assert [asked.n for asked in ask(question).numbers] == [number]


@pytest.mark.parametrize(
    ("question", "slots"),
    [
        ("Mỗi nhà được hỗ trợ mấy trăm một tháng?", {"amount"}),
        ("Chợ gồm những cái nào?", {"list"}),
        ("Cái nào trước?", {"compare"}),
        ("Hằng năm nào họp chợ?", set()),  # no day is asked for
        ("Họp chợ năm nào?", {"date"}),
    ],
)
def test_what_is_asked_is_told_by_the_words_around_it(question: str, slots: set[str]) -> None:
    assert ask(question).slots == slots


@pytest.mark.parametrize(
    ("question", "points"),
    [("Họ phải làm gì?", True), ("Thế họ họp ở đâu?", True), ("Hồ sơ nộp ở đâu?", False), ("Hộ nghèo được gì?", False)],
)
def test_they_are_those_of_the_question_before(question: str, points: bool) -> None:
    assert ask(question).points_back is points
