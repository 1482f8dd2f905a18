"""The provisions of plans and laws: kinds, locators, parents, true ranges."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from rag.language.normalize import matching_copy
from rag.law.structure import ancestors, provisions
from rag.types import Provision

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"

# The plan as a clerk reads it: kind, locator, locator of what encloses it, first words, last words.
PLAN_TREE = [
    ("front", "Phần mở đầu, đoạn 1", None, "Số: /KH-UBND", "KH-UBND"),
    ("front", "Phần mở đầu, đoạn 2", None, "Cao Lộc, ngày", "02 năm 2024"),
    ("front", "Phần mở đầu, đoạn 3", None, "KẾ HOẠCH", "KẾ HOẠCH"),
    ("front", "Phần mở đầu, đoạn 4", None, "Thực hiện công tác dân vận", "Cao Lộc năm 2024"),
    ("basis", "Căn cứ ban hành, đoạn 1", None, "Thực hiện Kế hoạch số 1043", "Lạng Sơn năm 2024;"),
    ("basis", "Căn cứ ban hành, đoạn 2", None, "UBND huyện Cao Lộc ban hành", "như sau:"),
    ("section", "Mục I", None, "I. MỤC ĐÍCH, YÊU CẦU", "YÊU CẦU"),
    ("subsection", "Mục I.1", "Mục I", "1. Mục đích", "Mục đích"),
    ("paragraph", "Mục I.1, đoạn 1", "Mục I.1", "Nhằm tiếp tục", "về công tác dân vận."),
    ("paragraph", "Mục I.1, đoạn 2", "Mục I.1", "Phát huy vai trò", "Hồ Chí Minh."),
    ("paragraph", "Mục I.1, đoạn 3", "Mục I.1", "Tăng cường nhận thức", "Đảng và Nhà nước."),
    ("subsection", "Mục I.2", "Mục I", "2. Yêu cầu", "Yêu cầu"),
    ("paragraph", "Mục I.2, đoạn 1", "Mục I.2", "Xác định rõ nhiệm vụ", "đơn vị mình."),
    ("paragraph", "Mục I.2, đoạn 2", "Mục I.2", "Các cơ quan nhà nước", "của Nhân dân."),
    ("section", "Mục II", None, "II. NỘI DUNG", "NỘI DUNG"),
    ("subsection", "Mục II.1", "Mục II", "1. Các cơ quan chuyên môn", "công tác dân vận"),
    ("paragraph", "Mục II.1, đoạn 1", "Mục II.1", "Các cơ quan chuyên môn", "pháp luật của Nhà nước."),
    ("paragraph", "Mục II.1, đoạn 2", "Mục II.1", "UBND các xã, thị trấn", "sản xuất của Nhân dân."),
    ("paragraph", "Mục II.1, đoạn 3", "Mục II.1", "Chỉ đạo tiếp tục", "cuộc thi có hiệu quả."),
    ("paragraph", "Mục II.1, đoạn 4", "Mục II.1", "Tích cực đôn đốc", "về công tác dân vận."),
    ("subsection", "Mục II.2", "Mục II", "2. Chỉ đạo, triển khai", "từ huyện tới cơ sở"),
    ("paragraph", "Mục II.2, đoạn 1", "Mục II.2", "Các cơ quan chuyên môn", "giải phóng mặt bằng huyện."),
    ("paragraph", "Mục II.2, đoạn 2", "Mục II.2", "UBND các xã, thị trấn", "đồng bào có tôn giáo."),
    ("paragraph", "Mục II.2, đoạn 3", "Mục II.2", "Các cơ quan chuyên môn", "an sinh xã hội."),
    ("paragraph", "Mục II.2, đoạn 4", "Mục II.2", "Tăng cường và nâng cao", "ngay từ cơ sở."),
    ("paragraph", "Mục II.2, đoạn 5", "Mục II.2", "Thực hiện tổng kết", "về công tác dân vận."),
    ("subsection", "Mục II.3", "Mục II", "3. Xây dựng và thực hiện", "dân chủ ở cơ sở"),
    ("paragraph", "Mục II.3, đoạn 1", "Mục II.3", "Tăng cường công tác", "đồng bộ, thống nhất."),
    ("paragraph", "Mục II.3, đoạn 2", "Mục II.3", "Các cơ quan, đơn vị", "quy chế tiếp công dân."),
    ("paragraph", "Mục II.3, đoạn 3", "Mục II.3", "Các cơ quan chuyên môn", "dân chủ ở cơ sở."),
    ("subsection", "Mục II.4", "Mục II", "4. Công tác dân tộc", "tôn giáo"),
    ("paragraph", "Mục II.4, đoạn 1", "Mục II.4", "Các cơ quan chuyên môn", "giai đoạn 2021 - 2030."),
    ("footnote", "chú thích 1", "Mục II.3, đoạn 1", "¹ Kết luận số 120", "dân vận năm 2024."),
    ("paragraph", "Mục II.4, đoạn 2", "Mục II.4", "Tiếp tục tăng cường", "đại đoàn kết toàn dân tộc."),
    ("paragraph", "Mục II.4, đoạn 3", "Mục II.4", "Các cơ quan chuyên môn liên quan", "địa bàn huyện."),
    ("subsection", "Mục II.5", "Mục II", "5. Tăng cường công tác", "chính trị - xã hội"),
    ("paragraph", "Mục II.5, đoạn 1", "Mục II.5", "Tăng cường công tác", "những năm tiếp theo."),
    ("paragraph", "Mục II.5, đoạn 2", "Mục II.5", "Chỉ đạo, tổ chức", "nhiệm kỳ 2024 - 2029."),
    ("paragraph", "Mục II.5, đoạn 3", "Mục II.5", "Tuyên truyền, vận động", "Lạng Sơn năm 2024."),
    ("section", "Mục III", None, "III. TỔ CHỨC THỰC HIỆN", "THỰC HIỆN"),
    ("paragraph", "Mục III.1", "Mục III", "1. Các cơ quan chuyên môn", "báo cáo theo quy định."),
    ("paragraph", "Mục III.2", "Mục III", "2. Giao Phòng Nội vụ", "theo quy định./."),
    ("recipients", "Nơi nhận", None, "Nơi nhận:", "Nơi nhận:"),
    ("recipients", "Nơi nhận, dòng 1", "Nơi nhận", "- Thường trực Huyện ủy", "Huyện ủy;"),
    ("recipients", "Nơi nhận, dòng 2", "Nơi nhận", "- Thường trực HĐND", "HĐND huyện;"),
    ("recipients", "Nơi nhận, dòng 3", "Nơi nhận", "- CT, các PCT", "UBND huyện;"),
    ("recipients", "Nơi nhận, dòng 4", "Nơi nhận", "- Ban Dân vận", "Huyện ủy;"),
    ("recipients", "Nơi nhận, dòng 5", "Nơi nhận", "- UBMTTQ", "xã hội huyện;"),
    ("recipients", "Nơi nhận, dòng 6", "Nơi nhận", "- Các cơ quan chuyên môn", "UBND huyện;"),
    ("recipients", "Nơi nhận, dòng 7", "Nơi nhận", "- UBND các xã", "thị trấn;"),
    ("recipients", "Nơi nhận, dòng 8", "Nơi nhận", "- C, PCVP", "PCVP;"),
    ("recipients", "Nơi nhận, dòng 9", "Nơi nhận", "- Lưu: VT.", "VT."),
    ("signature", "Phần ký, dòng 1", None, "CHỦ TỊCH", "CHỦ TỊCH"),
    ("signature", "Phần ký, dòng 2", None, "Nguyễn Duy Anh", "Duy Anh"),
]
HEADINGS = {
    "Mục I": "MỤC ĐÍCH, YÊU CẦU",
    "Mục I.1": "Mục đích",
    "Mục I.2": "Yêu cầu",
    "Mục II": "NỘI DUNG",
    "Mục II.1": "Các cơ quan chuyên môn, đơn vị sự nghiệp trực thuộc UBND huyện UBND các xã, thị trấn tăng cường "
    "lãnh đạo, chỉ đạo công tác dân vận",
    "Mục II.2": "Chỉ đạo, triển khai thực hiện công tác dân vận chính quyền từ huyện tới cơ sở",
    "Mục II.3": "Xây dựng và thực hiện quy chế dân chủ ở cơ sở",
    "Mục II.4": "Công tác dân tộc, tôn giáo",
    "Mục II.5": "Tăng cường công tác phối hợp với Mặt trận Tổ quốc và các tổ chức chính trị - xã hội",
    "Mục III": "TỔ CHỨC THỰC HIỆN",
    "Nơi nhận": "Nơi nhận",
}
# Where a page break, with or without a footnote, tears a paragraph: the words on both sides.
TORN = {
    "Phần mở đầu, đoạn 4": ("chính quyền các cấp", "trên địa bàn huyện"),
    "Mục II.2, đoạn 1": ("Thủ tướng Chính phủ về tiếp", "tục tăng cường và đổi mới"),
    "Mục II.2, đoạn 4": ("giám sát việc thực", "hiện chính sách, pháp luật"),
    "Mục II.4, đoạn 1": ("Ban Chấp hành Đảng bộ Tỉnh", "về công tác dân tộc và thực hiện đề án"),
    "Mục II.5, đoạn 1": ("Kế hoạch số 115", "KH/HU, ngày 31/8/2022"),
}


@pytest.fixture(scope="module")
def stored() -> str:
    return PLAN.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def plan(stored: str) -> list[Provision]:
    return provisions(stored)


def line_of(stored: str, provision: Provision) -> str:
    return matching_copy(stored, provision.segments).text


def tree(text: str) -> list[tuple[str, str]]:
    return [(provision.kind, provision.locator) for provision in provisions(text)]


def test_the_tree_of_the_plan_is_the_one_read_by_hand(stored: str, plan: list[Provision]) -> None:
    found = [
        (
            provision.kind,
            provision.locator,
            plan[provision.parent].locator if provision.parent is not None else None,
        )
        for provision in plan
    ]
    assert found == [(kind, locator, parent) for kind, locator, parent, _, _ in PLAN_TREE]


def test_each_provision_of_the_plan_has_its_own_words(stored: str, plan: list[Provision]) -> None:
    for provision, (_, locator, _, first, last) in zip(plan, PLAN_TREE, strict=True):
        line = line_of(stored, provision)
        assert line.startswith(first), locator
        assert line.endswith(last), locator


def test_the_headings_of_the_plan_are_whole(plan: list[Provision]) -> None:
    assert {provision.locator: provision.heading for provision in plan if provision.heading} == HEADINGS


def test_what_page_breaks_tore_is_whole_again(stored: str, plan: list[Provision]) -> None:
    torn = {provision.locator: provision for provision in plan if len(provision.segments) > 1}
    assert set(torn) == set(TORN)
    for locator, (before, after) in TORN.items():
        first, second = torn[locator].segments
        assert stored[first.start : first.end].endswith(before)
        assert stored[second.start : second.end].startswith(after)
        assert f"{before} {after}" in line_of(stored, torn[locator])


def test_the_footnote_is_the_child_of_the_paragraph_that_calls_it(stored: str, plan: list[Provision]) -> None:
    [note] = [provision for provision in plan if provision.kind == "footnote"]
    assert note.locator == "chú thích 1"
    assert note.parent is not None
    assert "dân chủ¹ gắn với" in stored[plan[note.parent].start : plan[note.parent].end]
    torn = next(provision for provision in plan if provision.locator == "Mục II.4, đoạn 1")
    assert torn.segments[0].end < note.start < note.end < torn.segments[1].start


def test_every_letter_of_the_plan_stands_in_one_provision(stored: str, plan: list[Provision]) -> None:
    covered = Counter(
        offset for provision in plan for part in provision.segments for offset in range(part.start, part.end)
    )
    assert set(covered.values()) == {1}
    assert [char for offset, char in enumerate(stored) if not char.isspace() and offset not in covered] == []


def test_ancestors_go_from_the_outermost_in(plan: list[Provision]) -> None:
    index = next(i for i, provision in enumerate(plan) if provision.locator == "Mục II.2, đoạn 4")
    assert [provision.locator for provision in ancestors(plan, index)] == ["Mục II", "Mục II.2"]
    assert ancestors(plan, 0) == []


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
                ("section", "Mục 2"),
                ("article", "Điều 2"),
                ("chapter", "Chương II"),
                ("article", "Điều 3"),
            ],
        ),
        (
            # the clause's own line is its first paragraph; a sentence after its last point is its second
            "Điều 1. A\n1. Một khoản:\na) Một điểm.\nCâu của điểm.\nb) Hai điểm.\nCâu của khoản.\nĐiều 2. B",
            [
                ("article", "Điều 1"),
                ("clause", "khoản 1 Điều 1"),
                ("point", "điểm a khoản 1 Điều 1"),
                ("paragraph", "điểm a khoản 1 Điều 1, đoạn 2"),
                ("point", "điểm b khoản 1 Điều 1"),
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
    assert [provision.locator for provision in ancestors(found, 3)] == ["Chương I", "Mục 1", "Điều 1"]
    assert [provision.locator for provision in ancestors(found, 5)] == ["Chương II"]


@pytest.mark.parametrize(
    ("file", "articles"),
    [("luat_10-2022-QH15.txt", 91), ("nghi-dinh_59-2023-ND-CP.txt", 31), ("nghi-dinh_61-2023-ND-CP.txt", 25)],
)
def test_every_article_clause_and_point_of_the_laws_is_found(shared_data: Path, file: str, articles: int) -> None:
    text = (shared_data / "legal" / file).read_text(encoding="utf-8")
    found = Counter(provision.kind for provision in provisions(text))
    lines = text.splitlines()
    # The second way: the shape of the lines alone.
    assert found["article"] == articles == sum(bool(re.match(r"Điều \d+\.", line)) for line in lines)
    assert found["clause"] == sum(bool(re.match(r"\d+\.\s", line)) for line in lines)
    assert found["point"] == sum(bool(re.match(r"[a-zđ]\)\s", line)) for line in lines)


@pytest.mark.parametrize(
    ("file", "locator", "words"),
    [
        ("luat_10-2022-QH15.txt", "khoản 1 Điều 2", "Cơ sở là xã, phường, thị trấn"),
        ("luat_10-2022-QH15.txt", "khoản 2 Điều 33", "Trưởng thôn, Tổ trưởng tổ dân phố có trách nhiệm triệu tập"),
        ("luat_10-2022-QH15.txt", "khoản 4 Điều 33", "Chính phủ quy định chi tiết"),
        ("luat_10-2022-QH15.txt", "điểm đ khoản 2 Điều 35", "Xử lý người có hành vi cản trở"),
        ("luat_10-2022-QH15.txt", "khoản 3 Điều 35", "Công dân chịu trách nhiệm"),
        ("nghi-dinh_59-2023-ND-CP.txt", "Điều 1, đoạn 1", "Nghị định này quy định chi tiết khoản 4 Điều 23"),
        ("nghi-dinh_59-2023-ND-CP.txt", "khoản 3 Điều 1", "Tổ chức và hoạt động của Ban Thanh tra nhân dân ở cơ quan"),
        ("nghi-dinh_61-2023-ND-CP.txt", "điểm d khoản 1 Điều 1", "Trách nhiệm của cơ quan, tổ chức, cá nhân"),
        ("nghi-dinh_61-2023-ND-CP.txt", "điểm a khoản 2 Điều 1", "Cộng đồng dân cư theo quy định"),
        ("nghi-dinh_61-2023-ND-CP.txt", "Điều 7, đoạn 1", "Việc đề xuất nội dung hương ước"),
        ("nghi-dinh_61-2023-ND-CP.txt", "điểm c khoản 2 Điều 7", "Biểu quyết trực tuyến"),
        ("nghi-dinh_61-2023-ND-CP.txt", "điểm c khoản 2 Điều 9", "Mở hòm thư tiếp nhận"),
    ],
)
def test_provisions_of_the_laws_stand_where_a_person_says(
    shared_data: Path, file: str, locator: str, words: str
) -> None:
    text = (shared_data / "legal" / file).read_text(encoding="utf-8")
    [found] = [provision for provision in provisions(text) if provision.locator == locator]
    assert re.sub(r"^(?:\d+\.|[a-zđ]\)) ", "", line_of(text, found)).startswith(words)
