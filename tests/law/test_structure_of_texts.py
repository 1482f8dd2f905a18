"""The provisions of real texts: the plan, the three laws, the commune plans; true ranges, counts, locators."""

from __future__ import annotations

import json
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


def by_article(found: list[Provision]) -> dict[str, tuple[int, int]]:
    """How many clauses and points each article has."""
    counts: dict[str, list[int]] = {}
    for index, one in enumerate(found):
        above = [other.locator for other in ancestors(found, index) if other.kind == "article"]
        if one.kind == "article":
            counts[one.locator.removeprefix("Điều ")] = [0, 0]
        elif one.kind in ("clause", "point") and above:
            counts[above[0].removeprefix("Điều ")][one.kind == "point"] += 1
    return {article: (clauses, points) for article, (clauses, points) in counts.items()}


@pytest.mark.parametrize(
    ("file", "number", "articles"),
    [
        ("luat_10-2022-QH15.txt", "10/2022/QH15", 91),
        ("nghi-dinh_59-2023-ND-CP.txt", "59/2023/NĐ-CP", 31),
        ("nghi-dinh_61-2023-ND-CP.txt", "61/2023/NĐ-CP", 25),
    ],
)
def test_every_article_clause_and_point_of_the_laws_is_found(
    shared_data: Path, file: str, number: str, articles: int
) -> None:
    found = provisions((shared_data / "legal" / file).read_text(encoding="utf-8"))
    # The second way: the bodies of the articles in another file, their numbers counted upwards.
    expected = {}
    for row in map(json.loads, (shared_data / "legal" / "articles.jsonl").read_text(encoding="utf-8").splitlines()):
        if row["number"] == number and row["article"]:
            expected[row["article"]] = count_upwards(row["body"])
    assert len(expected) == articles == sum(one.kind == "article" for one in found)
    assert by_article(found) == expected


def count_upwards(body: str) -> tuple[int, int]:
    """Clauses that come as 1, 2, 3 and points that come as a, b, c, d, đ, e, g, by a plain look at each line."""
    clauses = points = 0
    letters = "abcdđeghiklmnopqrstuvxy"
    due = 0
    for line in body.replace("\u00a0", " ").splitlines():
        word = line.split()[0] if line.split() else ""
        if word == f"{clauses + 1}.":
            clauses, due = clauses + 1, 0
        elif word == f"{letters[due]})":
            points, due = points + 1, due + 1
        elif word == "a)":
            points, due = points + 1, 1
    return clauses, points


def test_the_files_of_annexes_and_stray_headings_of_the_laws_are_told_apart(shared_data: Path) -> None:
    text = (shared_data / "legal" / "nghi-dinh_59-2023-ND-CP.txt").read_text(encoding="utf-8")
    found = provisions(text)
    files = [one for one in found if one.kind == "annex"]
    assert [one.locator for one in files] == [f"Điều {number}, tệp kèm theo" for number in (3, 4, 5, 6)]
    [stray] = [one for one in found if one.kind == "subsection"]
    assert (stray.locator, stray.heading) == ("Tiểu mục 3", "BAN GIÁM SÁT ĐẦU TƯ CỦA CỘNG ĐỒNG")


def test_no_two_provisions_of_the_held_texts_have_one_locator(shared_data: Path) -> None:
    texts = [PLAN, *(shared_data / "legal").glob("*.txt"), *(shared_data / "word").glob("*.txt")]
    assert len(texts) == 8
    for path in texts:
        said = Counter(one.locator for one in provisions(path.read_text(encoding="utf-8")))
        assert max(said.values()) == 1, path.name


def test_only_a_number_that_the_text_repeats_is_told_apart_by_its_turn(shared_data: Path) -> None:
    repeated = {
        path.name: {one.locator for one in provisions(path.read_text(encoding="utf-8")) if "(lần" in one.locator}
        for path in (shared_data / "word").glob("*.txt")
    }
    assert {name: min(locators) for name, locators in repeated.items() if locators} == {
        "kh-lay-y-kien-cu-tri-luong-minh.txt": "Mục V (lần 2)",  # two sections V
        "kh-hiep-thuong-luong-minh.txt": "Phụ lục, Mẫu số 06/BBKP, Mục 1 (lần 2)",  # two lists in one form
    }


def test_the_forms_and_tables_of_an_annex_are_found(shared_data: Path) -> None:
    text = (shared_data / "word" / "kh-hiep-thuong-luong-minh.txt").read_text(encoding="utf-8")
    found = provisions(text)
    forms = [one.locator for one in found if one.kind == "annex"]
    assert [form.removeprefix("Phụ lục, Mẫu số ")[:2] for form in forms[1:]] == [f"{n:02}" for n in range(1, 9)]
    tables = [one for one in found if one.kind == "table"]
    assert [one.heading for one in tables if one.heading] == [
        "Stt | Họ và tên (3) | Chức vụ công tác | Tín nhiệm | Không tín nhiệm",
        "Stt | Họ và tên | Chức vụ công tác",
    ]
    assert [text[one.start : one.end].strip()[:1] for one in tables if not one.heading] == list("123123")


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
