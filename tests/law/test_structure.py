"""The two grammars, annexes and attachments, quotations: kinds, locators, parents."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.law.structure import ancestors, provisions


def tree(text: str) -> list[tuple[str, str]]:
    return [(provision.kind, provision.locator) for provision in provisions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # dotted numbers carry those above them
        (
            "I. A\n1. Việc\n1.1. Nhỏ\nMột câu.",
            [
                ("section", "Mục I"),
                ("subsection", "Mục I.1"),
                ("subsection", "Mục I.1.1"),
                ("paragraph", "Mục I.1.1, đoạn 1"),
            ],
        ),
        # letters and dashes under a number
        (
            "I. A\n1. Việc:\na) Một việc dài;\n- Ý một.\n- Ý hai.",
            [
                ("section", "Mục I"),
                ("subsection", "Mục I.1"),
                ("item", "điểm a Mục I.1"),
                ("item", "điểm a Mục I.1, gạch đầu dòng 1"),
                ("item", "điểm a Mục I.1, gạch đầu dòng 2"),
            ],
        ),
        # a plus under a dash
        (
            "I. A\n- Ý một:\n+ Ý nhỏ.\n+ Ý nữa.\n- Ý hai:\n+ Ý nhỏ.",
            [
                ("section", "Mục I"),
                ("item", "Mục I, gạch đầu dòng 1"),
                ("item", "Mục I, gạch đầu dòng 1, ý 1"),
                ("item", "Mục I, gạch đầu dòng 1, ý 2"),
                ("item", "Mục I, gạch đầu dòng 2"),
                ("item", "Mục I, gạch đầu dòng 2, ý 1"),
            ],
        ),
        # numbering that starts anew under each section
        (
            "I. A\n1. Việc\nCâu.\nII. B\n1. Việc\nCâu.",
            [
                ("section", "Mục I"),
                ("subsection", "Mục I.1"),
                ("paragraph", "Mục I.1, đoạn 1"),
                ("section", "Mục II"),
                ("subsection", "Mục II.1"),
                ("paragraph", "Mục II.1, đoạn 1"),
            ],
        ),
        # parts of a text without articles
        (
            "Phần thứ nhất\nI. A\nCâu.\nPHẦN THỨ HAI\nCâu.",
            [
                ("part", "Phần thứ nhất"),
                ("section", "Mục I Phần thứ nhất"),
                ("paragraph", "Mục I Phần thứ nhất, đoạn 1"),
                ("part", "Phần thứ hai"),
                ("paragraph", "Phần thứ hai, đoạn 1"),
            ],
        ),
        # no headings at all
        ("Một câu.\nHai câu.", [("paragraph", "Đoạn 1"), ("paragraph", "Đoạn 2")]),
        # dotted numbers where no Roman one stands above
        (
            "KẾ HOẠCH\nTên\n1. Việc\n1.1. Nhỏ\nMột câu.",
            [
                ("front", "Phần mở đầu, đoạn 1"),
                ("front", "Phần mở đầu, đoạn 2"),
                ("subsection", "Mục 1"),
                ("subsection", "Mục 1.1"),
                ("paragraph", "Mục 1.1, đoạn 1"),
            ],
        ),
        # capital letters above Roman numbers
        (
            "A. TÌNH HÌNH\nI. A\nCâu.\nB. NHIỆM VỤ\nI. A\n1. Việc.",
            [
                ("part", "Phần A"),
                ("section", "Mục I Phần A"),
                ("paragraph", "Mục I Phần A, đoạn 1"),
                ("part", "Phần B"),
                ("section", "Mục I Phần B"),
                ("paragraph", "Mục I.1 Phần B"),
            ],
        ),
        # "+" before any "-" is a bullet of its own
        (
            "I. A\n+ Một.\n- Hai.\n+ Ba.",
            [
                ("section", "Mục I"),
                ("item", "Mục I, gạch đầu dòng 1"),
                ("item", "Mục I, gạch đầu dòng 2"),
                ("item", "Mục I, gạch đầu dòng 3"),
            ],
        ),
        # a number that the text itself repeats
        (
            "I. A\nCâu.\nI. B\nCâu.",
            [
                ("section", "Mục I"),
                ("paragraph", "Mục I, đoạn 1"),
                ("section", "Mục I (lần 2)"),
                ("paragraph", "Mục I, đoạn 1 (lần 2)"),
            ],
        ),
        # a table under a heading, and the text after it
        (
            "I. A\nSTT\tViệc\tĐơn vị\n1\tMột\tPhòng A\n2\tHai\tPhòng B\nCâu.",
            [
                ("section", "Mục I"),
                ("table", "Mục I, bảng 1"),
                ("table", "Mục I, bảng 1, dòng 1"),
                ("table", "Mục I, bảng 1, dòng 2"),
                ("paragraph", "Mục I, đoạn 1"),
            ],
        ),
        # forms in an annex, each with numbers of its own
        (
            "I. A\nCâu.\nPHỤ LỤC\nMẫu số 01/A\n1. Một.\nMẫu số 02/A\n1. Hai.",
            [
                ("section", "Mục I"),
                ("paragraph", "Mục I, đoạn 1"),
                ("annex", "Phụ lục"),
                ("annex", "Phụ lục, Mẫu số 01/A"),
                ("paragraph", "Phụ lục, Mẫu số 01/A, Mục 1"),
                ("annex", "Phụ lục, Mẫu số 02/A"),
                ("paragraph", "Phụ lục, Mẫu số 02/A, Mục 1"),
            ],
        ),
        # an annex
        (
            "I. A\nCâu.\nPHỤ LỤC I\nI. B\nCâu.",
            [
                ("section", "Mục I"),
                ("paragraph", "Mục I, đoạn 1"),
                ("annex", "Phụ lục I"),
                ("section", "Phụ lục I, Mục I"),
                ("paragraph", "Phụ lục I, Mục I, đoạn 1"),
            ],
        ),
        ("", []),
    ],
)
def test_plans_are_read_by_their_own_grammar(text: str, expected: list[tuple[str, str]]) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Điều 1. A\nMột câu.\nĐiều 2. B\n1. Một khoản:\na) Một điểm;\nđ) Điểm nữa.\n2. Hai khoản.",
            [
                ("article", "Điều 1"),
                ("paragraph", "Điều 1, đoạn 1"),
                ("article", "Điều 2"),
                ("clause", "khoản 1 Điều 2"),
                ("point", "điểm a khoản 1 Điều 2"),
                ("point", "điểm đ khoản 1 Điều 2"),
                ("clause", "khoản 2 Điều 2"),
            ],
        ),
        (
            "Chương I\nĐiều 1. A\nMục 2\nĐiều 2. B\nChương II\nĐiều 3. C",
            [
                ("chapter", "Chương I"),
                ("article", "Điều 1"),
                ("section", "Mục 2 Chương I"),
                ("article", "Điều 2"),
                ("chapter", "Chương II"),
                ("article", "Điều 3"),
            ],
        ),
        (
            # the clause's own line is its first paragraph; a sentence after a list of points is its second
            "Điều 1. A\n1. Một khoản:\na) Một điểm;\nb) Hai điểm.\nCâu của khoản.\nĐiều 2. B",
            [
                ("article", "Điều 1"),
                ("clause", "khoản 1 Điều 1"),
                ("point", "điểm a khoản 1 Điều 1"),
                ("point", "điểm b khoản 1 Điều 1"),
                ("paragraph", "khoản 1 Điều 1, đoạn 2"),
                ("article", "Điều 2"),
            ],
        ),
        (
            # points that are texts of their own keep the sentences after them, the last one too
            "Điều 1. A\n1. Một khoản\na) Một điểm.\nCâu của điểm.\nb) Hai điểm.\nCâu của điểm.\nĐiều 2. B",
            [
                ("article", "Điều 1"),
                ("clause", "khoản 1 Điều 1"),
                ("point", "điểm a khoản 1 Điều 1"),
                ("paragraph", "điểm a khoản 1 Điều 1, đoạn 2"),
                ("point", "điểm b khoản 1 Điều 1"),
                ("paragraph", "điểm b khoản 1 Điều 1, đoạn 2"),
                ("article", "Điều 2"),
            ],
        ),
        (
            # a last point of two sentences is a text of its own
            "Điều 1. A\n1. B:\na) Một;\nb) Hai. Ba.\nCâu của điểm.\nĐiều 2. C",
            [
                ("article", "Điều 1"),
                ("clause", "khoản 1 Điều 1"),
                ("point", "điểm a khoản 1 Điều 1"),
                ("point", "điểm b khoản 1 Điều 1"),
                ("paragraph", "điểm b khoản 1 Điều 1, đoạn 2"),
                ("article", "Điều 2"),
            ],
        ),
        (
            # a section is said with its chapter; numbers of sections start anew
            "Chương I\nMục 1\nTiểu mục 2\nĐiều 1. A\nChương II\nMục 1\nĐiều 2. B",
            [
                ("chapter", "Chương I"),
                ("section", "Mục 1 Chương I"),
                ("subsection", "Tiểu mục 2 Mục 1 Chương I"),
                ("article", "Điều 1"),
                ("chapter", "Chương II"),
                ("section", "Mục 1 Chương II"),
                ("article", "Điều 2"),
            ],
        ),
        (
            # a decision that approves a plan: Roman and dotted numbers inside an article
            "Điều 1. A gồm:\nI. B\n1. C:\na) D;\n1.1. E.\nII. F\n1. G.\nĐiều 2. H",
            [
                ("article", "Điều 1"),
                ("section", "mục I Điều 1"),
                ("clause", "khoản 1 mục I Điều 1"),
                ("point", "điểm a khoản 1 mục I Điều 1"),
                ("point", "mục 1.1 khoản 1 mục I Điều 1"),
                ("section", "mục II Điều 1"),
                ("clause", "khoản 1 mục II Điều 1"),
                ("article", "Điều 2"),
            ],
        ),
        (
            # the name of a file where the annex was is no paragraph
            "Điều 1. A\n1. B.\nPhu luc_ND 5.doc\nCâu.\nĐiều 2. C",
            [
                ("article", "Điều 1"),
                ("clause", "khoản 1 Điều 1"),
                ("annex", "Điều 1, tệp kèm theo"),
                ("paragraph", "khoản 1 Điều 1, đoạn 2"),
                ("article", "Điều 2"),
            ],
        ),
        ("CHƯƠNG II\nĐiều 1. A\nĐiều 2. B", [("chapter", "Chương II"), ("article", "Điều 1"), ("article", "Điều 2")]),
        (
            "Điều 1. A\na) Một điểm;\nb) Hai điểm.\nĐiều 2. B",
            [("article", "Điều 1"), ("point", "điểm a Điều 1"), ("point", "điểm b Điều 1"), ("article", "Điều 2")],
        ),
    ],
)
def test_laws_are_read_by_their_own_grammar(text: str, expected: list[tuple[str, str]]) -> None:
    assert tree(text) == expected


def test_footnotes_that_call_each_other_are_no_ring() -> None:
    found = provisions("I. A\nCâu¹.\n¹ Xem ².\n² Xem ¹.")
    assert [provision.locator for provision in ancestors(found, 3)] == []
    assert [provision.locator for provision in ancestors(found, 2)] == ["Mục I", "Mục I, đoạn 1"]


def test_articles_stand_in_their_chapter_and_section() -> None:
    found = provisions("Chương I\nMục 1\nĐiều 1. A\n1. Một khoản.\nChương II\nĐiều 2. B")
    assert [provision.locator for provision in ancestors(found, 3)] == ["Chương I", "Mục 1 Chương I", "Điều 1"]
    assert [provision.locator for provision in ancestors(found, 5)] == ["Chương II"]


DECISION = """QUYẾT ĐỊNH
Về việc ban hành Quy chế
CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN
Căn cứ Luật Tổ chức chính quyền địa phương;
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Quy chế làm việc.
Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành./.
Nơi nhận:
- Như Điều 2;
TM. ỦY BAN NHÂN DÂN
Nguyễn Văn A
ỦY BAN NHÂN DÂN
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
QUY CHẾ
Làm việc của Ban Chỉ đạo
(Ban hành kèm theo Quyết định số 5/QĐ-UBND)
Chương I
QUY ĐỊNH CHUNG
Điều 1. Phạm vi
1. Một khoản.
Điều 2. Đối tượng
Câu.
PHỤ LỤC I
DANH MỤC VIỆC
I. NHÓM MỘT
1. Việc một.
"""


def test_what_a_decision_promulgates_has_numbers_of_its_own() -> None:
    found = provisions(DECISION)
    assert [(one.kind, one.locator) for one in found[3:]] == [
        ("basis", "Căn cứ ban hành, đoạn 1"),
        ("front", "Phần mở đầu, đoạn 4"),
        ("article", "Điều 1"),
        ("article", "Điều 2"),
        ("recipients", "Nơi nhận"),
        ("recipients", "Nơi nhận, dòng 1"),
        ("signature", "Phần ký, dòng 1"),
        ("signature", "Phần ký, dòng 2"),
        ("front", "Quy chế kèm theo, phần mở đầu, đoạn 1"),
        ("front", "Quy chế kèm theo, phần mở đầu, đoạn 2"),
        ("annex", "Quy chế kèm theo"),
        ("chapter", "Quy chế kèm theo, Chương I"),
        ("article", "Quy chế kèm theo, Điều 1"),
        ("clause", "Quy chế kèm theo, khoản 1 Điều 1"),
        ("article", "Quy chế kèm theo, Điều 2"),
        ("paragraph", "Quy chế kèm theo, Điều 2, đoạn 1"),
        ("annex", "Phụ lục I"),
        ("section", "Phụ lục I, Mục I"),  # the grammar of plans below that of laws
        ("paragraph", "Phụ lục I, Mục I.1"),
    ]
    headings = {one.locator: one.heading for one in found}
    assert headings["Điều 1"] is None  # the article is a sentence, not a title
    assert headings["Quy chế kèm theo"] == "QUY CHẾ Làm việc của Ban Chỉ đạo"
    assert headings["Quy chế kèm theo, Chương I"] == "QUY ĐỊNH CHUNG"
    assert headings["Phụ lục I"] == "DANH MỤC VIỆC"
    last = next(index for index, one in enumerate(found) if one.locator == "Quy chế kèm theo, khoản 1 Điều 1")
    assert [one.locator for one in ancestors(found, last)] == [
        "Quy chế kèm theo", "Quy chế kèm theo, Chương I", "Quy chế kèm theo, Điều 1",
    ]  # fmt: skip


def test_a_plan_may_have_an_annex_with_articles() -> None:
    assert tree("I. A\nCâu.\nPHỤ LỤC II\nĐiều 1. B\n1. C.\nĐiều 2. D")[2:] == [
        ("annex", "Phụ lục II"),
        ("article", "Phụ lục II, Điều 1"),
        ("clause", "Phụ lục II, khoản 1 Điều 1"),
        ("article", "Phụ lục II, Điều 2"),
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "CHỦ TỊCH QUỐC HỘI\nTrần Văn A",
        "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần Văn A",
        "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nTrần Văn A",
        "TM. ỦY BAN NHÂN DÂN\nNơi nhận:\n- Như trên;\n- Lưu: VT.\nTrần Văn A",
    ],
)
def test_a_signature_is_found_with_recipients_before_it_after_it_and_without(closing: str) -> None:
    found = provisions(f"Điều 1. A\nCâu.\nĐiều 2. B\nCâu.\n{closing}")
    signed = [one for one in found if one.kind == "signature"]
    assert found[-1] == signed[-1]
    assert len(signed) + sum(one.kind == "recipients" for one in found) == len(closing.splitlines())


def test_quoted_lines_are_paragraphs_of_what_quotes_them() -> None:
    text = (
        "Điều 1. Sửa đổi một số điều\n1. Sửa đổi Điều 5 như sau:\n“Điều 5. Phạm vi\n1. Một khoản:\na) Một điểm.”.\n"
        "2. Sửa đổi một số khoản của Điều 6 như sau:\na) Sửa đổi khoản 3 như sau:\n“3. Ba khoản.”;\nĐiều 2. Hiệu lực"
    )
    assert [(one.kind, one.locator, one.quoted) for one in provisions(text)] == [
        ("article", "Điều 1", False),
        ("clause", "khoản 1 Điều 1", False),
        ("paragraph", "khoản 1 Điều 1, đoạn 2", True),
        ("paragraph", "khoản 1 Điều 1, đoạn 3", True),
        ("paragraph", "khoản 1 Điều 1, đoạn 4", True),
        ("clause", "khoản 2 Điều 1", False),
        ("point", "điểm a khoản 2 Điều 1", False),
        ("paragraph", "điểm a khoản 2 Điều 1, đoạn 2", True),
        ("article", "Điều 2", False),
    ]


def test_a_subsection_whose_section_the_text_lost_holds_nothing() -> None:
    found = provisions("Điều 1. A\nCâu.\nTiểu mục 2\nTHANH TRA NHÂN DÂN\nĐiều 2. B\nCâu.")
    assert [(one.locator, one.heading) for one in found if one.kind != "paragraph"] == [
        ("Điều 1", "A"), ("Tiểu mục 2", "THANH TRA NHÂN DÂN"), ("Điều 2", "B"),
    ]  # fmt: skip
    assert [one.parent for one in found] == [None, 0, None, None, 3]


def test_a_sentence_that_heads_a_list_has_both_kind_and_heading() -> None:
    long = "Hội nghị thảo luận về " + "việc rất dài " * 10 + "của xã."
    [_, one, item] = provisions(f"I. A\n1. {long}\n- Ý một.")
    assert (one.kind, one.heading) == ("paragraph", long)
    assert item.parent == 1


LINES = (
    "PHỤ LỤC I", "QUY CHẾ", "KẾ HOẠCH", "(Ban hành kèm theo Quyết định số 5/QĐ-UBND)", "Mẫu số 01", "“Điều 5. A",
    "“1. B", "c”.", "Sửa đổi Điều 5 như sau:", "Nơi nhận:", "- x", "+ y", "TM. ỦY BAN", "Lê Văn A", "CỘNG HÒA XÃ HỘI",
    "I. A", "A. TÌNH HÌNH", "1. B", "1.1. C", "a) D;", "b) E.", "Điều 1. F", "Điều 2. G.", "Điều 3", "Chương I",
    "QUY ĐỊNH CHUNG", "Mục 1", "Tiểu mục 2", "STT", "Nội dung", "1", "2", "a\tb", "1\tc", "| x | y |", "¹ ghi chú",
    "Câu.", "tiếp", "f.doc", "QUYẾT ĐỊNH:", "\u00a0",
)  # fmt: skip


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.sampled_from(LINES), max_size=40).map("\n".join))
def test_every_letter_of_any_text_stands_once_under_a_locator_of_its_own(text: str) -> None:
    found = provisions(text)
    covered = Counter(offset for one in found for part in one.segments for offset in range(part.start, part.end))
    assert all(count == 1 for count in covered.values())
    assert [char for offset, char in enumerate(text) if not char.isspace() and offset not in covered] == []
    assert len({one.locator for one in found}) == len(found)
    for index, one in enumerate(found):
        assert one.parent is None or one.parent < index or one.kind == "footnote"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what is numbered in words heads what follows, and is said before what holds it
        (
            "II. VIỆC\nNhiệm vụ 1. Dọn chợ\nPhòng A dọn.\na) Quét.\nNhiệm vụ 2: Treo đèn\nPhòng B treo.",
            [
                "Mục II",
                "Nhiệm vụ 1 Mục II",
                "Nhiệm vụ 1 Mục II, đoạn 2",
                "điểm a Nhiệm vụ 1 Mục II",
                "Nhiệm vụ 2 Mục II",
                "Nhiệm vụ 2 Mục II, đoạn 2",
            ],
        ),
        ("I. A\n1. B\nBước 1. Gửi đơn.\n2. C", ["Mục I", "Mục I.1", "Bước 1 Mục I.1", "Mục I.2"]),
        ("I. A\nBước một (trước 5/6): gửi đơn.", ["Mục I", "Bước một Mục I"]),
        ("I. A\nCâu 1. Ai được đăng ký?\nMọi người.", ["Mục I", "Câu 1 Mục I", "Câu 1 Mục I, đoạn 2"]),
        # a line that only names a unit heads the items below it, and nothing more
        (
            "2. Việc\n◆ PHÒNG NỘI VỤ:\n• Dọn.\n• Quét.\nMọi nơi báo cáo.",
            [
                "Mục 2",
                "Phần Phòng nội vụ Mục 2",
                "Phần Phòng nội vụ Mục 2, gạch đầu dòng 1",
                "Phần Phòng nội vụ Mục 2, gạch đầu dòng 2",
                "Mục 2, đoạn 1",
            ],
        ),
        # other labels of items
        ("1/ Nơi họp\n- Nhà A.", ["Mục 1", "Mục 1, gạch đầu dòng 1"]),
        ("1. Kết luận\n(i) Dọn chợ.\n(ii) Treo đèn.", ["Mục 1", "điểm i Mục 1", "điểm ii Mục 1"]),
        ("II. A\n1- Một việc.\n2- 90% hộ dân.", ["Mục II", "Mục II.1", "Mục II.2"]),
        # parts numbered in words, and the head of an official letter
        (
            "Phần một\nLỆ CHUNG\n1. Dọn.\nPhần hai\nLỆ RIÊNG\n1. Quét.",
            ["Phần một", "Mục 1 Phần một", "Phần hai", "Mục 1 Phần hai"],
        ),
        (
            "XÃ MẪU\nSố: 5/UBND-VP\nV/v dọn chợ\nKính gửi: Các thôn.\nCác thôn dọn chợ.\n1. Dọn sạch.",
            ["Phần mở đầu, đoạn 1", "Phần mở đầu, đoạn 2", "Phần mở đầu, đoạn 3", "Đoạn 1", "Đoạn 2", "Mục 1"],
        ),
    ],
)
def test_what_plans_number_in_other_ways_is_told_apart(text: str, expected: list[str]) -> None:
    assert [locator for _, locator in tree(text)] == expected
