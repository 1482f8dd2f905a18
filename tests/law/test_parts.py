"""The parts of a file: where annexes and attachments begin, where each closes, which grammar it has."""

from __future__ import annotations

import pytest

from rag.law.blocks import blocks
from rag.law.parts import is_signing, parts

BODY = "QUYẾT ĐỊNH\nVề việc A\nĐiều 1. A.\nĐiều 2. B.\n"
CLOSING = "Nơi nhận:\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nLê Văn A\n"


def named(text: str) -> list[str]:
    return [part.label for part in parts(blocks(text), quoted=frozenset())]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("I. A\nCâu.", [""]),
        ("", [""]),
        ("I. A\nPHỤ LỤC I\nCâu.\nPHỤ LỤC 02: B\nCâu.", ["", "Phụ lục I", "Phụ lục 02"]),
        ("I. A\nPhụ lục số 3\nCâu.", ["", "Phụ lục số 3"]),
        # what a decision promulgates, known by its type or by the note below its title
        (f"{BODY}{CLOSING}QUY CHẾ\nLàm việc\nĐiều 1. A", ["", "Quy chế kèm theo"]),
        (f"{BODY}{CLOSING}DANH SÁCH TỔ CÔNG TÁC\n(Kèm theo Quyết định số 5/QĐ-UBND)\n1. A", ["", "Phần kèm theo"]),
        (f"{BODY}{CLOSING}KẾ HOẠCH HÀNH ĐỘNG\n(Ban hành kèm theo Quyết định)\n1. A", ["", "Kế hoạch kèm theo"]),
        (f"{BODY}QUY CHẾ\nLàm việc\n(Ban hành kèm theo Quyết định số 5/QĐ-UBND)\nĐiều 1. A", ["", "Quy chế kèm theo"]),
        (f"{BODY}{CLOSING}CHƯƠNG TRÌNH HÀNH ĐỘNG\nVề A\nI. A", ["", "Chương trình kèm theo"]),
        # a form belongs to an annex, or follows the signature
        (f"{BODY}{CLOSING}Mẫu số 01\nCâu.", ["", "Mẫu số 01"]),
        ("I. A\nMẪU SỐ 02\nCâu.", [""]),
        # the enacting word and the type of the document itself open nothing
        (f"QUYẾT ĐỊNH\nVề việc A\nQUYẾT ĐỊNH:\n{BODY[22:]}", [""]),
        (f"{BODY}QUY CHẾ\nCâu.", [""]),
        # the signature has capitals too
        (f"{BODY}{CLOSING}", [""]),
    ],
)
def test_annexes_and_attachments_are_parts_of_their_own(text: str, labels: list[str]) -> None:
    assert named(text) == labels


def test_quoted_annexes_are_no_parts() -> None:
    found = blocks("1. A\nPHỤ LỤC I\nCâu.")
    assert [part.label for part in parts(found, quoted={1, 2})] == [""]


@pytest.mark.parametrize(
    ("lines", "headed"),
    [
        (("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"), True),
        # its two columns in one line
        (("ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ MẪU\tĐộc lập - Tự do - Hạnh phúc"), True),
        (("ỦY BAN NHÂN DÂN CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "XÃ MẪU Độc lập - Tự do - Hạnh phúc"), True),
        (("ỦY BAN NHÂN DÂN", "Xã Mẫu Độc lập, no ấm"), False),
    ],
)
def test_the_letterhead_of_an_attachment_belongs_to_it(lines: tuple[str, str], headed: bool) -> None:
    found = blocks(f"{BODY}{CLOSING}{lines[0]}\n{lines[1]}\nQUY CHẾ\nLàm việc\nĐiều 1. A")
    _, attached = parts(found, quoted=frozenset())
    assert attached.title is not None
    assert (found[attached.title].rest, attached.title - attached.start) == ("QUY CHẾ", 2 if headed else 0)


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        ("Điều 1. A\nĐiều 2. B", [True]),
        ("Điều 1. A\n1. B", [True]),  # one article before any other heading
        ("I. A\nĐiều 1. B", [False]),
        ("I. A\n1. B", [False]),
        ("I. A\nPHỤ LỤC\nĐiều 1. A\nĐiều 2. B", [False, True]),
        ("Điều 1. A\nĐiều 2. B\nPHỤ LỤC\nI. A\n1. B", [True, False]),
    ],
)
def test_each_part_has_its_own_grammar(text: str, laws: list[bool]) -> None:
    assert [part.is_law for part in parts(blocks(text), quoted=frozenset())] == laws


@pytest.mark.parametrize(
    ("text", "closing"),
    [
        (f"{BODY}{CLOSING}", 4),
        (f"{BODY}TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nLê Văn A", 4),
        (f"{BODY}KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n{CLOSING}", 4),
        (f"{BODY}Một câu cuối của văn bản.", 5),  # none
        ("CHỦ TỊCH ỦY BAN NHÂN DÂN\nCăn cứ A", 2),  # before any heading the office enacts, it does not sign
    ],
)
def test_a_part_closes_with_its_recipients_or_signature(text: str, closing: int) -> None:
    [part] = parts(blocks(text), quoted=frozenset())
    assert part.closing == closing


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("TM. ỦY BAN NHÂN DÂN", True),
        ("KT. TRƯỞNG BAN", True),
        ("PHÓ CHỦ TỊCH", True),
        ("CHỦ TỊCH QUỐC HỘI", True),
        ("Chủ tịch Ủy ban nhân dân", False),
        ("TỔ CHỨC THỰC HIỆN", False),
    ],
)
def test_the_office_of_who_signs_is_in_capitals(line: str, expected: bool) -> None:
    assert is_signing(blocks(line)[0]) is expected
