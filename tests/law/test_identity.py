"""What a document says of itself; what was left blank stays None."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.language.normalize import fold
from rag.law.document import LegalDocument, read_document
from rag.types import StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
HEAD = """ỦY BAN NHÂN DÂN
XÃ LƯƠNG MINH

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: {number}

Lương Minh, {date}

KẾ HOẠCH

Tiếp công dân năm 2026

Căn cứ Luật Tiếp công dân năm 2013;

I. MỤC ĐÍCH

Nâng cao chất lượng.

Nơi nhận:
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Nguyễn Văn An"""


def read(text: str) -> LegalDocument:
    return read_document(StoredText("documents/own.txt", text))


@pytest.fixture(scope="module")
def plan() -> LegalDocument:
    return read(PLAN.read_text(encoding="utf-8"))


def test_the_plan_left_its_number_and_its_day_blank(plan: LegalDocument) -> None:
    own = plan.identity
    assert (own.number, own.date) == (None, "2024-02")
    assert (own.type, own.issuer, own.place) == ("Kế hoạch", "UBND huyện Cao Lộc", "Cao Lộc")
    assert own.signer == "Nguyễn Duy Anh"
    assert own.title == ("Thực hiện công tác dân vận chính quyền các cấp trên địa bàn huyện Cao Lộc năm 2024")


def test_each_field_stands_where_it_says(plan: LegalDocument) -> None:
    stored = plan.stored.text
    for name, words in (
        ("place", "Cao Lộc"),
        ("type", "KẾ HOẠCH"),
        ("issuer", "UBND huyện Cao Lộc"),
        ("signer", "Nguyễn Duy Anh"),
    ):
        span = plan.identity.span(name)
        assert span is not None
        assert stored[span.start : span.end] == words
    title = plan.identity.span("title")
    assert title is not None
    assert " ".join(stored[title.start : title.end].split()) == plan.identity.title
    assert plan.identity.span("number") is None


@pytest.mark.parametrize(
    ("number", "printed_date", "expected_number", "expected_date"),
    [
        ("12/KH-UBND", "ngày 05 tháng 01 năm 2026", "12/KH-UBND", "2026-01-05"),
        ("12 /KH-UBND", "ngày 5 tháng 1 năm 2026", "12/KH-UBND", "2026-01-05"),
        ("/KH-UBND", "ngày tháng 01 năm 2026", None, "2026-01"),
        ("     /KH-UBND", "ngày ... tháng ... năm 2026", None, "2026"),
        ("12-KH/ĐU", "ngày 31 tháng 12 năm 2025", "12-KH/ĐU", "2025-12-31"),
    ],
)
def test_number_and_date_are_read_from_the_head(
    number: str, printed_date: str, expected_number: str | None, expected_date: str
) -> None:
    own = read(HEAD.format(number=number, date=printed_date)).identity
    assert (own.number, own.date) == (expected_number, expected_date)
    assert (own.type, own.title) == ("Kế hoạch", "Tiếp công dân năm 2026")
    assert (own.place, own.signer) == ("Lương Minh", "Nguyễn Văn An")
    assert own.issuer == "ỦY BAN NHÂN DÂN XÃ LƯƠNG MINH"


@pytest.mark.parametrize(
    ("line", "kind", "number", "date", "issuer"),
    [
        (
            "NGHỊ ĐỊNH số 59/2023/NĐ-CP ngày 14/08/2023 của Chính phủ quy định chi tiết một số điều "
            "của Luật Thực hiện dân chủ ở cơ sở (hiệu lực 15/08/2023)",
            "Nghị định",
            "59/2023/NĐ-CP",
            "2023-08-14",
            "Chính phủ",
        ),
        (
            "LUẬT THỰC HIỆN DÂN CHỦ Ở CƠ SỞ (số 10/2022/QH15, Quốc hội thông qua 10/11/2022)",
            "Luật",
            "10/2022/QH15",
            "2022-11-10",
            "Quốc hội",
        ),
    ],
)
def test_a_label_line_names_its_document(
    line: str, kind: str, number: str, date: str | None, issuer: str | None
) -> None:
    own = read(f"{line}\n\nĐiều 1. Phạm vi\n\nNội dung.\n\nĐiều 2. Đối tượng\n\nNội dung.").identity
    assert (own.type, own.number, own.date, own.issuer) == (kind, number, date, issuer)


def test_a_title_in_capitals_is_given_in_ordinary_letters() -> None:
    line = "LUẬT THỰC HIỆN DÂN CHỦ Ở CƠ SỞ (số 10/2022/QH15, Quốc hội thông qua 10/11/2022)"
    own = read(f"{line}\n\nĐiều 1. Phạm vi\n\nNội dung.\n\nĐiều 2. Đối tượng\n\nNội dung.").identity
    assert own.title == "Luật thực hiện dân chủ ở cơ sở"


STATE = """{issuer}
-------
{number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
{place}, ngày 05 tháng 3 năm 2024

{title}

Thời gian qua, việc này được quan tâm.

1. Các đơn vị thực hiện.

Nơi nhận:
- Lưu: VT.

{signature}
"""
PARTY = """TỈNH ỦY LẠNG SƠN
*
Số 12-CT/TU

ĐẢNG CỘNG SẢN VIỆT NAM
Lạng Sơn, ngày 20 tháng 6 năm 2023

CHỈ THỊ
{issuer}
về tăng cường công tác hòa giải
-----

Thời gian qua, việc này được quan tâm.

1. Các cấp ủy thực hiện.

Nơi nhận:
- Lưu Văn phòng Tỉnh ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ

Nguyễn Văn An
"""


@pytest.mark.parametrize(
    ("head", "number", "kind", "title", "issuer"),
    [
        # Source of the forms: Nghị định 30/2020/NĐ-CP phụ lục III; Hướng dẫn 36-HD/VPTW năm 2018.
        (
            STATE.format(
                issuer="ỦY BAN NHÂN DÂN\nTỈNH LẠNG SƠN",
                number="Số: 08/CT-UBND",
                place="Lạng Sơn",
                title="CHỈ THỊ\nVề việc tăng cường phòng cháy rừng\ntrên địa bàn tỉnh",
                signature="CHỦ TỊCH\n\nNguyễn Văn An",
            ),
            "08/CT-UBND",
            "Chỉ thị",
            "Về việc tăng cường phòng cháy rừng trên địa bàn tỉnh",
            "Ủy ban nhân dân tỉnh Lạng Sơn",
        ),
        (
            STATE.format(
                issuer="VĂN PHÒNG CHÍNH PHỦ",
                number="Số: 21/TB-VPCP",
                place="Hà Nội",
                title="THÔNG BÁO\nKết luận của Phó Thủ tướng Chính phủ tại cuộc họp về đê",
                signature="KT. BỘ TRƯỞNG, CHỦ NHIỆM\nPHÓ CHỦ NHIỆM\n\nNguyễn Văn An",
            ),
            "21/TB-VPCP",
            "Thông báo",
            "Kết luận của Phó Thủ tướng Chính phủ tại cuộc họp về đê",
            "Văn phòng Chính phủ",
        ),
        # An official letter says in its head what it is about, and has no type.
        (
            STATE.format(
                issuer="ỦY BAN NHÂN DÂN\nHUYỆN CAO LỘC",
                number="Số: 415/UBND-NV\nV/v báo cáo kết quả thực hiện dân chủ",
                place="Cao Lộc",
                title="Kính gửi: Các phòng, ban thuộc huyện.",
                signature="CHỦ TỊCH\n\nNguyễn Văn An",
            ),
            "415/UBND-NV",
            "Công văn",
            "V/v báo cáo kết quả thực hiện dân chủ",
            "Ủy ban nhân dân huyện Cao Lộc",
        ),
        # The Party names below the type who issued.
        (
            PARTY.format(issuer="của Ban Thường vụ Tỉnh ủy"),
            "12-CT/TU",
            "Chỉ thị",
            "về tăng cường công tác hòa giải",
            "Ban Thường vụ Tỉnh ủy",
        ),
        (
            PARTY.format(issuer="CỦA BAN THƯỜNG VỤ TỈNH ỦY"),
            "12-CT/TU",
            "Chỉ thị",
            "về tăng cường công tác hòa giải",
            "BAN THƯỜNG VỤ TỈNH ỦY",
        ),
        # A law names its type before its number; its title in capitals is spelled below.
        (
            STATE.format(
                issuer="QUỐC HỘI",
                number="Luật số: 12/2030/QH16",
                place="Hà Nội",
                title="LUẬT\nĐÒ NGANG\n\nCăn cứ Hiến pháp;\nQuốc hội ban hành Luật Đò ngang.\n\nĐiều 1. Phạm vi",
                signature="CHỦ TỊCH QUỐC HỘI\n\nNguyễn Văn An",
            ),
            "12/2030/QH16",
            "Luật",
            "Luật Đò ngang",
            "Quốc hội",
        ),
    ],
)
def test_heads_of_every_form_are_read(head: str, number: str, kind: str, title: str, issuer: str) -> None:
    own = read(head).identity
    assert (own.number, own.type, own.title, own.issuer, own.signer) == (number, kind, title, issuer, "Nguyễn Văn An")
    assert own.date is not None
    assert own.place is not None


def test_the_two_columns_of_a_head_in_one_line_are_told_apart() -> None:
    own = read(
        "ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nXÃ LƯƠNG MINH\tĐộc lập - Tự do - Hạnh phúc\n\n"
        "Số: 31/TB-UBND\tLương Minh, ngày 7 tháng 8 năm 2025\n\nTHÔNG BÁO\nLịch tiếp công dân\n\n1. Thứ Hai.\n"
    ).identity
    assert (own.number, own.place, own.date) == ("31/TB-UBND", "Lương Minh", "2025-08-07")
    assert own.issuer == "ỦY BAN NHÂN DÂN XÃ LƯƠNG MINH"


def test_what_people_agree_on_among_themselves_has_a_type_and_a_title() -> None:
    own = read(
        "XÃ MẪU\n\nQUY ƯỚC\nTHÔN ĐÁ BẠC, XÃ MẪU\n\nĐiều 1. Ai theo\nNgười thôn Đá Bạc.\n\nĐiều 2. Hết.\n"
    ).identity
    assert (own.type, own.number) == ("Quy ước", None)
    assert own.title == "Thôn Đá Bạc, xã mẫu"


def test_a_rule_below_the_motto_is_no_name() -> None:
    own = read(
        "HUYỆN ỦY AN LÂM                ĐẢNG CỘNG SẢN VIỆT NAM\nBAN DÂN VẬN                    ________________\n"
        "*                     An Lâm, ngày 15 tháng 6 năm 2023\nSố: 6-BC/BDVHU\n\n"
        "BÁO CÁO\nkết quả năm 2023\n\n1. Một.\n"
    ).identity
    assert (own.number, own.issuer) == ("6-BC/BDVHU", "Ban Dân vận Huyện ủy An Lâm")


@pytest.mark.parametrize(
    ("signed", "issuer"),
    [
        ("T/M BAN THƯỜNG VỤ", "Ban Thường vụ Huyện ủy An Lâm"),
        ("Nơi nhận:          TM. BAN THƯỜNG VỤ", "Ban Thường vụ Huyện ủy An Lâm"),
        ("T/L BAN THƯỜNG VỤ", "Huyện ủy An Lâm"),  # an office signs what it is told to
        ("T/M BAN THƯỜNG VỤ    T/M BAN THƯỜNG TRỰC", "Huyện ủy An Lâm"),  # of two, neither is the one
    ],
)
def test_the_part_of_a_committee_that_signs_issues(signed: str, issuer: str) -> None:
    own = read(
        "HUYỆN ỦY AN LÂM\nSố: 6-QĐ/HU\nAn Lâm, ngày 15 tháng 6 năm 2023\n\nQUYẾT ĐỊNH\nvề tiếp dân\n\n"
        f"Điều 1. Huyện ủy An Lâm tiếp dân.\n\nĐiều 2. Thi hành.\n\n{signed}\nBÍ THƯ\n\nLê Văn An\n"
    ).identity
    assert own.issuer == issuer


def test_those_who_issue_together_are_told_by_the_title() -> None:
    text = (
        "CÔNG AN HUYỆN\nSố: 6-QC/CA-BDV\n\nQUY CHẾ PHỐI HỢP\n{title}\n\n"
        "Căn cứ Điều lệ Đảng,\nHai cơ quan thống nhất ban hành Quy chế phối hợp như sau:\n\n"
        "Điều 1. Một.\n\nĐiều 2. Hai.\n"
    )
    assert read(text.format(title="giữa Công an huyện và Ban Dân vận về tiếp dân")).identity.issuer == (
        "Công an huyện và Ban Dân vận"
    )
    assert read(text.format(title="về tiếp dân")).identity.issuer is None


@pytest.mark.parametrize("text", ["", "Một câu không có gì.", "I. NỘI DUNG\n\nMột câu."])
def test_a_text_without_a_head_says_nothing_of_itself(text: str) -> None:
    own = read(text).identity
    assert (own.number, own.type, own.date, own.place, own.signer) == (None,) * 5


@pytest.mark.parametrize(
    ("file", "title"),
    [
        ("kh-tiep-cong-dan-luong-minh.txt", "tiếp công dân"),
        ("kh-hiep-thuong-luong-minh.txt", "hội nghị hiệp thương"),
    ],
)
def test_the_commune_plans_are_plans_with_a_title(shared_data: Path, file: str, title: str) -> None:
    own = read((shared_data / "word" / file).read_text(encoding="utf-8")).identity
    assert (own.type, own.place, own.signer) == ("Kế hoạch", "Lương Minh", "Lan Thị Vân")
    assert fold(own.issuer or "").startswith("ban thường trực ủy ban")
    assert title in fold(own.title or "")


def test_an_issuer_in_capitals_is_spelled_as_in_sentences() -> None:
    head = HEAD.replace("XÃ LƯƠNG MINH", "THÀNH PHỐ ĐÀ NẴNG", 1).format(
        number="1/KH-UBND", date="ngày 05 tháng 3 năm 2024"
    )
    assert read(head).identity.issuer == "ỦY BAN NHÂN DÂN THÀNH PHỐ ĐÀ NẴNG"
    told = head.replace("Nâng cao", "Theo Ủy ban nhân dân thành phố Đà Nẵng, nâng cao")
    assert read(told).identity.issuer == "Ủy ban nhân dân thành phố Đà Nẵng"
    far = head + "\n\nCác xã thực hiện." * 80 + "\n\nBáo cáo gửi Ủy ban nhân dân thành phố Đà Nẵng."
    assert read(far).identity.issuer == "Ủy ban nhân dân thành phố Đà Nẵng"
    date = "Hà Nội, ngày 05 tháng 3 năm 2024"
    decree = f"CHÍNH PHỦ\n\nSố: 12/2024/NĐ-CP\n\n{date}\n\nNGHỊ ĐỊNH\n\nVề kho văn bản\n\nĐiều 1. Nội dung"
    assert read(decree).identity.issuer == "Chính phủ"


def headed(issuer: str, body: str = "Các xã thực hiện.", kind: str = "KẾ HOẠCH") -> str:
    """A document with a letterhead of some lines."""
    title = f"{kind}\nVề giảm nghèo\n\n{body}"
    return STATE.format(issuer=issuer, number="Số: 08/KH", place="Bản Mới", title=title, signature="CHỦ TỊCH")


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nHUYỆN AN LÂM", "ỦY BAN NHÂN DÂN HUYỆN AN LÂM"),  # one body in two lines
        ("ĐẢNG BỘ TỈNH MẪU SƠN\nHUYỆN ỦY AN LÂM", "HUYỆN ỦY AN LÂM"),  # the lower of two
        # the one above is said where the lower does not tell its level
        ("HUYỆN ỦY AN LÂM\nBAN DÂN VẬN", "BAN DÂN VẬN HUYỆN ỦY AN LÂM"),
        ("UBND HUYỆN AN LÂM\nPHÒNG NỘI VỤ", "PHÒNG NỘI VỤ UBND HUYỆN AN LÂM"),
        ("ỦY BAN NHÂN DÂN\nHUYỆN AN LÂM\nPHÒNG NỘI VỤ", "PHÒNG NỘI VỤ ỦY BAN NHÂN DÂN HUYỆN AN LÂM"),
    ],
)
def test_a_letterhead_of_two_bodies_names_the_one_that_issues(lines: str, issuer: str) -> None:
    text = headed(lines)
    own = read(text).identity
    span = own.span("issuer")
    assert own.issuer == issuer
    assert span is not None
    assert text[span.start : span.end] == lines


@pytest.mark.parametrize(
    ("lines", "body", "issuer"),
    [
        # a known body, its place as the text has it; a body and its place apart
        ("ỦY BAN NHÂN DÂN\nHUYỆN AN LÂM", "Các xã của huyện An Lâm họp.", "Ủy ban nhân dân huyện An Lâm"),
        ("HỘI NÔNG DÂN\nXÃ AN LÂM", "Các Hội Nông dân ở xã An Lâm họp.", "Hội Nông dân xã An Lâm"),
        # the oftener spelling of a part
        (
            "HỘI NÔNG DÂN\nXÃ AN LÂM",
            "Hội Nông dân, Hội nông dân và Hội Nông dân ở xã An Lâm họp.",
            "Hội Nông dân xã An Lâm",
        ),
        # a part that is spelled nowhere leaves the whole in capitals, and so does a single word in capitals
        ("HỘI NÔNG DÂN\nXÃ AN LÂM", "Các Hội Nông dân họp.", "HỘI NÔNG DÂN XÃ AN LÂM"),
        ("HỘI NÔNG DÂN\nXÃ MẪU", "Các Hội Nông dân của xã và của Mẫu họp.", "HỘI NÔNG DÂN XÃ MẪU"),
    ],
)
def test_an_issuer_in_capitals_is_spelled_by_its_parts(lines: str, body: str, issuer: str) -> None:
    assert read(headed(lines, body)).identity.issuer == issuer


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG", "Chương trình"),
        ("CHƯƠNG TRÌNH PHỐI HỢP", "Chương trình phối hợp"),
        ("KẾ HOẠCH LIÊN TỊCH", "Kế hoạch liên tịch"),
    ],
)
def test_a_type_line_may_say_of_what_kind_it_is(line: str, kind: str) -> None:
    own = read(headed("ỦY BAN NHÂN DÂN\nHUYỆN AN LÂM", kind=line)).identity
    assert (own.type, own.title) == (kind, "Về giảm nghèo")


@pytest.mark.parametrize(
    ("promulgation", "issuer"),
    [
        ("UBND huyện An Lâm ban hành Kế hoạch như sau:", "UBND huyện An Lâm"),
        (f"Để làm tốt {'việc này, ' * 12}UBND huyện An Lâm ban hành Kế hoạch như sau:", "UBND huyện An Lâm"),
        (f"Để làm tốt {'việc này, ' * 12}huyện An Lâm ban hành Kế hoạch như sau:", None),  # no body at the end
    ],
)
def test_who_promulgates_may_stand_behind_a_long_opening(promulgation: str, issuer: str | None) -> None:
    assert read(f"KẾ HOẠCH\nVề giảm nghèo\n\n{promulgation}\n\nI. VIỆC\n\nCâu.").identity.issuer == issuer


def test_the_columns_of_a_head_may_be_the_cells_of_a_table() -> None:
    own = read(
        "| TỈNH ỦY BÌNH SƠN | ĐẢNG CỘNG SẢN VIỆT NAM |\n| HUYỆN ỦY LỘC AN | |\n"
        "| * | Lộc An, ngày 05 tháng 4 năm 2024 |\n| Số 61-TB/HU | |\n\n"
        "THÔNG BÁO\nKết luận phiên họp\n\n1. Huyện ủy Lộc An ghi nhận.\n"
    ).identity
    assert (own.number, own.issuer, own.date, own.place) == ("61-TB/HU", "Huyện ủy Lộc An", "2024-04-05", "Lộc An")


def test_a_letter_in_two_columns_keeps_its_matter_apart_from_its_place() -> None:
    own = read(
        "UBND XÃ A            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 31/UBND-VX\n"
        "V/v sửa quy ước            Xã A, ngày 16 tháng 3 năm 2026\nthôn và công khai quỹ\n\n"
        "Kính gửi: Các thôn.\n\n1. Các thôn họp.\n"
    ).identity
    assert (own.title, own.date) == ("V/v sửa quy ước thôn và công khai quỹ", "2026-03-16")


def test_minutes_have_the_day_of_their_meeting_and_a_title_in_ordinary_letters() -> None:
    own = read(
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nBIÊN BẢN\nHỌP DÂN THÔN BẢN MÂY\n\n"
        "Hôm nay, lúc 8 giờ ngày 27 tháng 3 năm 2026, thôn Bản Mây họp dân.\n"
    ).identity
    assert (own.type, own.title, own.date) == ("Biên bản", "Họp dân thôn Bản Mây", "2026-03-27")


def test_a_page_of_a_portal_says_who_issued_a_text_and_when() -> None:
    own = read(
        "Trang chủ » Văn bản\nSố ký hiệu: 6-HD/BXDĐ\nNgày ban hành: 03/02/2026\nCơ quan ban hành: Ban Xây dựng Đảng\n\n"
        "HƯỚNG DẪN\nbình xét mô hình\n\n1. Các chi bộ đăng ký.\n"
    ).identity
    assert (own.number, own.date, own.issuer) == ("6-HD/BXDĐ", "2026-02-03", "Ban Xây dựng Đảng")


def test_the_national_organisation_above_is_no_part_of_the_issuer() -> None:
    own = read(
        "MẶT TRẬN TỔ QUỐC VIỆT NAM\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nỦY BAN MTTQ VIỆT NAM\tĐộc lập - Tự do\n"
        "XÃ LỘC AN\nSố: 12/QĐ-MTTQ\tLộc An, ngày 9 tháng 2 năm 2026\n\nQUYẾT ĐỊNH\nVề việc lập tổ\n\n"
        "Điều 1. Ủy ban MTTQ Việt Nam xã Lộc An lập tổ.\n"
    ).identity
    assert own.issuer == "Ủy ban MTTQ Việt Nam xã Lộc An"
