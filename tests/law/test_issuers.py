"""Issuers told apart by level and place, and no further."""

from __future__ import annotations

import pytest

from rag.law.issuers import level_of, may_be_one


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("UBND tỉnh Lạng Sơn", "UBND huyện Cao Lộc", False),  # another level
        ("UBND huyện Cao Lộc", "UBND huyện Tràng Định", False),  # another place of one level
        ("UBND huyện Cao Lộc, tỉnh Lạng Sơn", "UBND tỉnh Lạng Sơn", False),  # the innermost place counts
        ("UBND tỉnh Lạng Sơn", "UBND thành phố Lạng Sơn", False),  # one name, two kinds of place
        ("UBND thị trấn Cao Lộc", "UBND xã Cao Lộc", False),
        ("Ban Bí thư", "Ban Thường vụ Tỉnh ủy", False),
        ("ỦY BAN NHÂN DÂN XÃ LƯƠNG MINH", "UBND xã Lương Minh", True),  # as the head prints it
        ("ỦY BAN NHÂN DÂN XÃ LƯƠNG MINH", "UBND xã Thanh Sơn", False),
        ("Ban Chấp hành Đảng bộ Tỉnh", "Ban Chấp hành Đảng bộ tỉnh", True),
        ("Tỉnh ủy Lạng Sơn", "Ban Thường vụ Tỉnh ủy", True),  # one does not say its place
        ("Ban Dân vận Tỉnh ủy - Ủy ban nhân dân tỉnh Lạng Sơn", "Ban Dân vận Tỉnh ủy và UBND tỉnh", True),
        ("Bộ Lao động - Thương binh và Xã hội", "Bộ Nội vụ", True),  # "Xã hội" is no commune
        ("Chính phủ", None, True),
        (None, None, True),
        ("", "UBND xã", True),
    ],
)
def test_names_of_one_issuer_tell_no_two_levels_or_places(one: str | None, other: str | None, expected: bool) -> None:
    assert may_be_one(one, other) is may_be_one(other, one) is expected


def test_society_is_no_commune() -> None:
    assert level_of("Bộ Lao động - Thương binh và Xã hội", None) is None
    assert level_of("Sở Lao động - Thương binh và Xã hội tỉnh Lạng Sơn", None) == "tỉnh"
