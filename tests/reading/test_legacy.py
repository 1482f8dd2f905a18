"""Vietnamese encodings before Unicode: recognised, converted, and nothing else taken for one of them."""

from __future__ import annotations

import unicodedata

import pytest

from rag.language.lexicon import plain_rows
from rag.reading.text import decode

TEXT = (
    "Ủy ban nhân dân huyện giao Phòng Nội vụ chủ trì, phối hợp với Ban Dân vận tham mưu thực hiện quy chế dân chủ "
    "ở cơ sở; đôn đốc các xã, thị trấn báo cáo kết quả trước ngày 15/11 hằng năm. Cán bộ, công chức tiếp công dân "
    "đúng quy định, giải quyết kịp thời kiến nghị, phản ánh chính đáng của Nhân dân.\n"
)


def encoded(text: str, column: str) -> bytes:
    """A text in an encoding, letter by letter as the table has them; capitals that TCVN3 lacks are small letters."""
    codes = {row["letter"]: bytes.fromhex(row[column]) for row in plain_rows("legacy_letters") if row[column]}
    found = bytearray()
    for char in text:
        found += char.encode("ascii") if char.isascii() else codes.get(char) or codes[char.lower()]
    return bytes(found)


@pytest.mark.parametrize("column", ["tcvn3", "vni", "viscii"])
def test_bytes_of_a_legacy_encoding_are_recognised(column: str) -> None:
    assert decode(encoded(TEXT, column)) == TEXT


@pytest.mark.parametrize("column", ["tcvn3", "vni"])
def test_a_legacy_text_that_was_saved_as_unicode_is_recognised(column: str) -> None:
    assert decode(encoded(TEXT, column).decode("cp1252", "replace").encode()).split() == TEXT.split()


def test_viqr_is_recognised() -> None:
    codes = {row["letter"]: row["viqr"] for row in plain_rows("legacy_letters")}
    assert decode("".join(codes.get(char, char) for char in TEXT).encode()) == TEXT


def test_windows_1258_is_recognised() -> None:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    parts = []
    for char in TEXT:
        split = unicodedata.normalize("NFD", char)
        base = unicodedata.normalize("NFC", "".join(mark for mark in split if mark not in tones))
        parts.append(base + "".join(mark for mark in split if mark in tones))
    assert decode("".join(parts).encode("cp1258")) == TEXT


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        unicodedata.normalize("NFD", TEXT),
        "The committee shall report the results of the year to the council before 15 November. " * 3,
        "Le comité présente à l'assemblée générale les résultats de l'année passée, déjà vérifiés. " * 3,
        "Kế hoạch",
        "a@example.org ~ 'x' (b) 5.000đ?",
    ],
)
def test_other_texts_are_left_alone(text: str) -> None:
    assert decode(text.encode()) == text
