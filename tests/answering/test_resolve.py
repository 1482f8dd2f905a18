"""Which documents a question means: numbers repeat, issuers contain each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.answering.holdings import Library
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.types import Document

Ask = Callable[[str], Query]


@pytest.fixture(scope="module")
def resolver(library: Library) -> Resolver:
    return Resolver(library)


def entry(library: Library, key: str) -> Document:
    return next(item for item in library.knowledge.documents if item.key == key)


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("18-CT/TU là gì?", ["18-CT/TU"]),  # one number, two organs
        ("18-CT/TW là gì?", ["18-CT/TW"]),
        ("Chỉ thị 18 là gì?", ["18-CT/TU", "18-CT/TW"]),  # ambiguous by itself
        ("chi thi 18 la gi", ["18-CT/TU", "18-CT/TW"]),
        ("129-NQ/TU là gì?", ["129-NQ/TU"]),
        ("129-NQ/HU là gì?", ["129-NQ/HU"]),
        ("Nghị quyết 129 là gì?", ["129-NQ/TU", "129-NQ/HU"]),
        ("số 26 là gì?", ["26-NQ/HU", "26-QC/BCĐ"]),  # two types
        ("Quy chế 26 là gì?", ["26-QC/BCĐ"]),
        ("26-QC/BCD là gì?", ["26-QC/BCĐ"]),  # the organ without marks
        ("593-QĐ/TU là gì?", ["593-QĐ/TU"]),  # QĐ stands for Quyết định here
        ("124-QĐ/TW là gì?", ["124-QĐ/TW"]),  # and for Quy định here
        ("10/NQ-CP là gì?", ["10/NQ-CP"]),
        ("10/2022/QH15 là gì?", ["10/2022/QH15"]),
        ("10/2023/QH15 là gì?", []),  # another year
        ("18-CT/HU là gì?", []),  # another organ
        ("593-CT/TU là gì?", []),  # another type
        ("số 999 là gì?", []),
    ],
)
def test_a_number_brings_the_documents_that_bear_it(
    resolver: Resolver, asked: Ask, question: str, keys: list[str]
) -> None:
    (number,) = asked(question).numbers
    assert [found.key for found in resolver.candidates(number)] == keys


@pytest.mark.parametrize(
    ("key", "issuer", "issued"),
    [
        ("10/NQ-CP", "chinh phu", True),
        ("33/CT-TTg", "thu tuong chinh phu", True),
        ("33/CT-TTg", "chinh phu", False),  # the Government is not its Prime Minister
        ("10/NQ-CP", "thu tuong chinh phu", False),
        ("18-CT/TU", "ban thuong vu tinh uy", True),
        ("18-CT/TU", "tinh uy", True),  # its number bears the symbol of Tỉnh ủy
        ("148-KH/TU", "tinh uy", True),
        ("148-KH/TU", "ban thuong vu tinh uy", False),  # the whole committee, not its standing board
        ("129-NQ/HU", "tinh uy", False),
        ("129-NQ/HU", "huyen uy", True),
        ("26-NQ/HU", "huyen uy", True),  # by its symbol alone
        ("18-CT/TW", "ban bi thu", True),
        ("18-CT/TW", "bo chinh tri", False),
        ("10/2022/QH15", "quoc hoi", True),
    ],
)
def test_issuers_are_told_apart(library: Library, resolver: Resolver, key: str, issuer: str, issued: bool) -> None:
    assert resolver.issued_by(entry(library, key), issuer) is issued


@pytest.mark.parametrize(
    ("question", "issuers"),
    [
        ("Liệt kê văn bản của Chính phủ", ("chinh phu",)),
        ("Liệt kê văn bản của Thủ tướng Chính phủ", ("thu tuong chinh phu",)),  # the longest name
        ("Văn bản nào của Tỉnh ủy về dân vận?", ("tinh uy",)),
        ("Văn bản nào của Ban Thường vụ Tỉnh ủy về dân vận?", ("ban thuong vu tinh uy",)),
        ("Văn bản nào do BTV Tỉnh ủy ban hành?", ("ban thuong vu tinh uy",)),
        ("Chính phủ ban hành nghị quyết nào?", ("chinh phu",)),
        ("Văn bản nào quy định phối hợp với Huyện ủy?", ()),  # named, but not as the issuer
        ("Đơn vị nào tham mưu cho Tỉnh ủy?", ()),  # no document is asked for
    ],
)
def test_issuers_limit_only_where_they_are_named_as_such(
    resolver: Resolver, asked: Ask, question: str, issuers: tuple[str, ...]
) -> None:
    assert resolver.asked_issuers(asked(question)) == issuers


def test_a_level_limits_where_no_issuer_is_named(resolver: Resolver, asked: Ask) -> None:
    assert resolver.limits(asked("Chỉ thị nào của tỉnh về tôn giáo?")).levels == {"tỉnh"}
    assert resolver.limits(asked("Chỉ thị nào của Tỉnh ủy về tôn giáo?")).levels == frozenset()
    assert not resolver.limits(asked("Văn bản nào về tôn giáo?"))


@pytest.mark.parametrize(
    ("limits", "keys"),
    [
        (Limits(types=frozenset({"Chỉ thị"})), ["18-CT/TU", "18-CT/TW", "33/CT-TTg"]),
        (Limits(types=frozenset({"Chỉ thị"}), issuers=("tinh uy",)), ["18-CT/TU"]),
        (Limits(year="2018"), ["18-CT/TU", "124-QĐ/TW"]),
        (Limits(dates=("2022-10-26",)), ["18-CT/TW"]),
        (Limits(types=frozenset({"Thông tư"})), []),
    ],
)
def test_all_limits_hold_together(library: Library, resolver: Resolver, limits: Limits, keys: list[str]) -> None:
    assert [found.key for found in resolver.within(library.knowledge.documents, limits)] == keys


def test_every_date_that_a_mention_gives_is_known(library: Library, resolver: Resolver) -> None:
    assert resolver.dates_of(entry(library, "58-NQ/TU")) == ("2021-11-21",)
    assert resolver.dates_of(entry(library, "10/2022/QH15")) == ()


def test_a_law_is_found_by_its_whole_name_alone(resolver: Resolver, asked: Ask) -> None:
    named = resolver.named(asked("Luật Thực hiện dân chủ ở cơ sở do ai ban hành?"))
    assert [found.key for found in named] == ["10/2022/QH15"]
    assert resolver.named(asked("Dân chủ ở cơ sở do ai thực hiện?")) == []


def test_a_question_may_want_another_type_than_the_number_it_names(resolver: Resolver, asked: Ask) -> None:
    assert resolver.types_before_number(asked("hướng dẫn thực hiện Chỉ thị 18-CT/TW")) == {"Hướng dẫn"}
    assert resolver.types_before_number(asked("chỉ thị 18-CT/TW")) == frozenset()


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Nghị quyết 102 là gì?", ["102/NQLT"]),  # the shorter name of the type
        ("Nghị quyết liên tịch 102 là gì?", ["102/NQLT"]),
        ("Nghị định 102 là gì?", []),
        ("Nghị quyết liên tịch 129 là gì?", []),  # those are of one issuer each
    ],
)
def test_a_joint_resolution_is_found_as_a_resolution_too(
    library: Library, asked: Ask, question: str, keys: list[str]
) -> None:
    joint = Document("102/NQLT", "102/2027/NQLT-CP-MTTQ", "Nghị quyết liên tịch", None, None, None, None, None, ())
    known = replace(library.knowledge, documents=(*library.knowledge.documents, joint))
    (number,) = asked(question).numbers
    assert [found.key for found in Resolver(Library(known)).candidates(number)] == keys


@pytest.mark.parametrize(
    ("question", "levels"),
    [
        ("Kế hoạch nào của Mặt trận xã về giám sát?", {"xã"}),
        ("ke hoach nao cua mat tran xa", {"xã"}),
        ("Kế hoạch của Mặt trận thôn Đông huyện ký ngày nào?", {"huyện"}),  # some words before it
        ("Đơn vị nào của Mặt trận xã lo việc này?", set()),  # a unit is asked for, no document
        ("Kế hoạch này của Mặt trận xã phải không?", set()),
        ("Kế hoạch nào không phải của Mặt trận xã?", set()),
        ("Kế hoạch của Mặt trận xã hay Mặt trận thôn là văn bản nào?", set()),
        ("Chỉ thị nào của Mặt trận Huyện ủy?", set()),  # a committee's name is no level
    ],
)
def test_the_level_of_a_body_limits_its_documents(
    resolver: Resolver, asked: Ask, question: str, levels: set[str]
) -> None:
    assert resolver.limits(asked(question)).levels == levels


BY_SYMBOL = """UBND XÃ A

KẾ HOẠCH
Chợ phiên năm 2024

I. CĂN CỨ
1. Quyết định số 29-QĐ/TW về phí chợ.
2. Quyết định số 31-QĐ/TW, ngày 11/01/2024 của Bộ Chính trị về tre.
3. Chỉ thị số 16/CT-TTg về chợ.
4. Công văn số 204/LĐLĐ-CSPL, ngày 11/02/2024 của Liên đoàn Lao động tỉnh về phí chợ.
"""


@pytest.fixture(scope="module")
def cited(read_library: Callable[..., Library]) -> Library:
    return read_library(BY_SYMBOL)


@pytest.mark.parametrize(
    ("key", "issuer", "contradicted"),
    [
        ("29-QĐ/TW", "bo chinh tri", False),  # either of them writes so
        ("29-QĐ/TW", "ban bi thu", False),
        ("29-QĐ/TW", "tinh uy", True),  # another level
        ("31-QĐ/TW", "bo chinh tri", False),
        ("31-QĐ/TW", "ban bi thu", True),  # the text tells the issuer
        ("16/CT-TTg", "chinh phu", True),  # no symbol of the Party
    ],
)
def test_the_symbol_of_a_committee_alone_tells_but_the_level(
    cited: Library, key: str, issuer: str, contradicted: bool
) -> None:
    assert Resolver(cited).contradicts(entry(cited, key), issuer) is contradicted


@pytest.mark.parametrize(
    ("question", "keys"),
    [
        ("Số 204/LĐLĐ-CSPL là gì?", ["204/LĐLĐ-CSPL"]),  # of an official letter both symbols are the issuer's
        ("Công văn 204/LĐLĐ-CSPL là gì?", ["204/LĐLĐ-CSPL"]),
        ("Số 204/LDLD-CSPL là gì?", ["204/LĐLĐ-CSPL"]),
        ("Số 204/LĐLĐ-KT là gì?", []),
        ("Số 204/MTTQ-CSPL là gì?", []),
    ],
)
def test_an_official_letter_is_found_by_both_its_symbols(
    cited: Library, asked: Ask, question: str, keys: list[str]
) -> None:
    (number,) = asked(question).numbers
    assert [found.key for found in Resolver(cited).candidates(number)] == keys


@pytest.mark.parametrize(
    ("question", "levels"),
    [
        ("Chỉ thị nào của tình hình mới?", set()),
        ("Chỉ thị nào do tình trạng chợ mà có?", set()),
        ("Chỉ thị nào của tỉnh?", {"tỉnh"}),
        ("Chỉ thị nào của xã hội?", set()),
    ],
)
def test_a_word_that_begins_like_a_level_limits_nothing(
    resolver: Resolver, asked: Ask, question: str, levels: set[str]
) -> None:
    assert resolver.limits(asked(question)).levels == levels
