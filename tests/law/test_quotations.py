"""Lines that an amending document quotes: where they begin and end, with the closing mark and without it."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.law.blocks import blocks
from rag.law.quotations import quoted
from rag.law.structure import provisions


def quoted_lines(text: str) -> list[str]:
    found = blocks(text)
    return [found[index].label + found[index].rest for index in sorted(quoted(text, found))]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        # one line, several lines, several articles
        ("1. Sửa đổi khoản 6 như sau:\n“6. Một câu.”.\n2. Bãi bỏ khoản 7.", 1),
        ("1. Sửa đổi Điều 9 như sau:\n“Điều 9. A\n1. B.\na) C.”.\n2. Bãi bỏ Điều 10.", 3),
        ("1. Sửa đổi Điều 9 và Điều 10 như sau:\n“Điều 9. A\nCâu.\nĐiều 10. B\nCâu.”.\n2. C", 4),
        # the document's own next number inside marks is not its own
        ("Điều 1. Sửa đổi như sau:\n“Điều 2. A\nĐiều 3. B”.\nĐiều 2. Hiệu lực", 2),
        # words without a number, announced
        ("1. Sửa đổi đoạn mở đầu như sau:\n“Trong Luật này:”.\n2. A.", 1),
        # quotations inside the quotation, closed with it
        ("1. Sửa đổi Điều 4 như sau:\n“1. “Văn bản” là thông tin.\n2. Gọi là “tổ chức”.”.\n2. A.", 2),
        # straight marks
        ('1. Sửa đổi Điều 4 như sau:\n"1. "Văn bản" là thông tin.\n2. Gọi là "tổ chức".".\n2. A.', 2),
        # the opening mark used to close
        ("1. Sửa đổi Điều 4 như sau:\n“1. Một.\n2. Hai.“.\n2. Bãi bỏ Điều 5.", 2),
        # no closing mark: the document's own number goes on
        ("1. Sửa đổi Điều 4 như sau:\n“4. Một.\n5. Hai.\n2. Bãi bỏ Điều 5.\n3. C.", 2),
        ("Điều 1. Sửa đổi Điều 4 như sau:\n“Điều 4. A\n1. B.\nĐiều 2. Hiệu lực\n1. C.", 2),
        ("1. Sửa đổi như sau:\na) Sửa đổi khoản 1 như sau:\n“1. Một.\nb) Bãi bỏ khoản 2.", 1),
        # no closing mark: another quotation is announced
        ("9. Sửa đổi Điều 4 như sau:\n“4. Một.\nThay thế Điều 5 như sau:\n“5. Hai.”.", 2),
        # no marks at all, but the very number that is amended
        ("1. Điều 5 được sửa đổi như sau:\nĐiều 5. A\n1. B.\n2. Bãi bỏ Điều 6.", 2),
        # recipients end everything
        ("1. Sửa đổi Điều 4 như sau:\n“4. Một.\nNơi nhận:\n- Lưu.", 1),
        # no quotation: points that amend, words in marks inside a line or at its start, a list
        ("5. Sửa đổi một số khoản như sau:\na) Bãi bỏ khoản 2;\nb) Bãi bỏ khoản 3.", 0),
        ("23. Thay thế một số cụm từ như sau:\na) Thay từ “thị trấn” bằng từ “đặc khu”.", 0),
        ("1. “Văn bản” là thông tin.\n“Cơ quan” là nơi làm việc.", 0),
        ("“Dân vận khéo thì việc gì cũng thành công”", 0),
        ("1. Tổ chức thực hiện như sau:\n1. Một.\n2. Hai.", 0),
        ("", 0),
    ],
)
def test_quoted_lines_are_told_from_the_document_s_own(text: str, count: int) -> None:
    assert len(quoted_lines(text)) == count


def test_the_numbers_of_a_quotation_are_not_counted_as_own() -> None:
    text = "1. Sửa đổi Điều 4 như sau:\n“7. Một.”.\n2. Sửa đổi Điều 5 như sau:\n“8. Hai.\n3. Bãi bỏ Điều 6.\n9. Ba."
    assert quoted_lines(text) == ['"7. Một.".', '"8. Hai.']


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(
        st.sampled_from(("“", "”", '"', "Điều 1. A", "1. Sửa đổi như sau:", "2. B", "a) C", "\n", "Nơi nhận:", "¹ D"))
    )
)
def test_whatever_the_marks_only_blocks_are_quoted(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = blocks(text)
    assert quoted(text, found) <= set(range(len(found)))


def test_the_clauses_of_an_amending_law_are_its_own(shared_data: Path) -> None:
    raw = (shared_data / "word" / "luat-83-2025-QH15.htm").read_bytes().decode("cp1252")
    body = re.sub(r"\s+", " ", re.sub(r"(?s)<head>.*?</head>", "", raw))
    text = html.unescape(re.sub(r"<[^>]+>", "", re.sub(r"</p>|<br[^>]*>", "\n", body)))
    found = provisions(text)
    assert [one.locator for one in found if one.kind == "article"] == ["Điều 1", "Điều 2"]
    assert [one.locator for one in found if one.kind == "clause"] == [f"khoản {n} Điều 1" for n in range(1, 26)]
    points = [one.locator for one in found if one.kind == "point"]
    assert points[0] == "điểm a khoản 5 Điều 1"
    assert points[-1] == "điểm c khoản 24 Điều 1"
    opened = [one for one in found if text[one.start] == "“"]
    assert len(opened) == 26  # as many as the clauses and points that announce new words
    assert all(one.quoted and one.kind == "paragraph" for one in opened)


@pytest.mark.parametrize(
    ("law", "article", "clauses"),
    [("Luật Bảo vệ môi trường", "169", 4), ("Luật Cư trú", "37", 4), ("Luật Giáo dục", "113", 2)],
)
def test_the_clauses_of_an_amending_article_come_in_order(
    shared_data: Path, law: str, article: str, clauses: int
) -> None:
    laws = json.loads((shared_data / "alqac" / "law.json").read_text(encoding="utf-8"))
    [body] = [one["text"] for row in laws if row["id"] == law for one in row["articles"] if one["id"] == article]
    found = provisions(f"Điều {article}. {body}")
    own = [one.locator for one in found if one.kind == "clause"]
    assert own == [f"khoản {number} Điều {article}" for number in range(1, clauses + 1)]
