"""One spelling for matching, and the true way back to the stored characters."""

from __future__ import annotations

import unicodedata
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.language.normalize import (
    MatchingCopy,
    fold,
    matching_copy,
    matching_text,
    normalize,
    strip_diacritics,
    syllables,
    unmark,
)
from rag.types import Span

# The same examples in every run; what fuzzing once found stands as an example of its own.
PROPERTY = settings(max_examples=100, deadline=None, derandomize=True)
VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵÐĐÀỘ"
ODD = " \n\t\u00a0\u202f\u00ad\u200b\u200d\ufeff\u0300\u0301\u0303\u0309\u0323\u031b¹²⁰“”’–—‑-/.,;:0123456789"
TEXTS = st.text(alphabet=VIETNAMESE + ODD, max_size=80) | st.text(max_size=80)


def whole(text: str) -> MatchingCopy:
    return matching_copy(text, [Span(0, len(text))] if text else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("hoà giải", "hòa giải"),  # the tone mark stands where the older spelling puts it
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ lợi, khoẻ mạnh", "thủy lợi, khỏe mạnh"),
        ("quý, quỳ, quỹ", "quý, quỳ, quỹ"),  # "qu" is one consonant
        ("hoàn thành, toàn dân", "hoàn thành, toàn dân"),  # a closed syllable has one spelling
        (unicodedata.normalize("NFD", "Ủy ban nhân dân"), "Ủy ban nhân dân"),
        ("ph\u00adương", "phương"),  # a soft hyphen inside a word
        ("dân\u00a0vận\u202fkhéo", "dân vận khéo"),
        ("296\u2011QĐ/TW", "296-QĐ/TW"),  # a non-breaking hyphen inside a number
        ("“Dân vận khéo” – mô hình", '"Dân vận khéo" - mô hình'),
        ("  hai \n dòng ", "hai dòng"),
        ("\ufeffKế hoạch", "Kế hoạch"),
        ("", ""),
    ],
)
def test_spelling_is_made_one(text: str, expected: str) -> None:
    assert normalize(text) == expected


@pytest.mark.parametrize(
    ("text", "folded", "bare"),
    [
        ("Uỷ Ban", "ủy ban", "uy ban"),
        ("ĐỀ ÁN", "đề án", "de an"),
        ("Đối thoại trực tiếp", "đối thoại trực tiếp", "doi thoai truc tiep"),
        ("khong dau", "khong dau", "khong dau"),
        ("số 593-QĐ/TU", "số 593-qđ/tu", "so 593-qd/tu"),
    ],
)
def test_case_and_marks_are_taken_away(text: str, folded: str, bare: str) -> None:
    assert (fold(text), strip_diacritics(text)) == (folded, bare)


def test_marks_are_taken_away_with_the_case_kept() -> None:
    assert unmark("Đảng ủy Ỷ La") == "Dang uy Y La"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chỉ thị số 33/CT-TTg", ["chỉ", "thị", "số", "33", "ct", "ttg"]),
        ("kinh tế - xã hội", ["kinh", "tế", "xã", "hội"]),
        ("ý kiến", ["ý", "kiến"]),  # a syllable of one letter stays
        ("snake_case", ["snake", "case"]),
        ("…", []),
    ],
)
def test_syllables_are_words_without_punctuation(text: str, expected: list[str]) -> None:
    assert syllables(text) == expected


def test_a_page_break_becomes_one_space() -> None:
    stored = "về tiếp\n\ntục tăng cường"
    copy = matching_copy(stored, [Span(0, 7), Span(9, len(stored))])
    assert copy.text == "về tiếp tục tăng cường"
    assert copy.spans(3, 11) == (Span(3, 7), Span(9, 12))
    assert copy.span(3, 11) == Span(3, 12)


def test_what_stands_between_segments_is_in_no_span() -> None:
    stored = "Nghị quyết của Tỉnh¹ ủy\n\n¹ Chú thích.\n\nvề dân vận"
    first, second = Span(0, 23), Span(stored.index("về"), len(stored))
    copy = matching_copy(stored, [first, second])
    assert copy.text == "Nghị quyết của Tỉnh ủy về dân vận"
    assert copy.calls == ((19, "¹"),)
    assert [stored[part.start : part.end] for part in copy.spans(0, len(copy.text))] == [
        "Nghị quyết của Tỉnh¹ ủy",
        "về dân vận",
    ]


def test_a_decomposed_letter_is_one_character_over_all_its_code_points() -> None:
    stored = unicodedata.normalize("NFD", "Số ủy")
    copy = whole(stored)
    assert copy.text == "Số ủy"
    assert [stored[copy.starts[i] : copy.ends[i]] for i in (1, 3)] == [
        unicodedata.normalize("NFD", "ố"),
        unicodedata.normalize("NFD", "ủ"),
    ]


def test_a_soft_hyphen_inside_a_word_is_left_out_and_inside_its_span() -> None:
    stored = "ph\u00adương án"
    copy = whole(stored)
    assert copy.text == "phương án"
    assert copy.span(0, 6) == Span(0, 7)


def test_a_superscript_that_opens_a_line_is_text_and_not_a_call() -> None:
    copy = whole("¹ Kết luận²")
    assert copy.text == "¹ Kết luận"
    assert copy.calls == ((10, "²"),)


def test_an_offset_finds_the_character_that_stands_there() -> None:
    copy = whole("  Số:  12")
    assert [copy.locate(offset) for offset in (0, 2, 7, 99)] == [0, 0, 4, len(copy.text)]


def test_an_empty_range_has_no_spans() -> None:
    assert whole("Kế hoạch").spans(3, 3) == ()
    assert whole("").text == ""


@PROPERTY
@example("ư\u00ad\u0300")  # an invisible character between a letter and its mark
@example("hoà\u0323 giải")  # a second mark on the letter whose tone mark moves
@given(TEXTS)
def test_normalising_twice_changes_nothing(text: str) -> None:
    assert normalize(normalize(text)) == normalize(text)
    assert fold(fold(text)) == fold(text)


@PROPERTY
@given(TEXTS)
def test_both_forms_of_a_text_are_normalised_to_one(text: str) -> None:
    assert normalize(unicodedata.normalize("NFD", text)) == normalize(text)


@PROPERTY
@given(TEXTS)
def test_the_stripped_form_is_as_long_as_the_folded_one(text: str) -> None:
    assert len(strip_diacritics(text)) == len(fold(text))


@PROPERTY
@given(TEXTS, st.data())
def test_each_character_of_a_copy_is_what_stands_at_its_offsets(text: str, data: st.DataObject) -> None:
    cut = data.draw(st.integers(0, len(text)))
    gap = data.draw(st.integers(0, len(text) - cut))
    segments = [part for part in ((0, cut), (cut + gap, len(text))) if part[0] < part[1]]
    copy = matching_copy(text, [Span(*part) for part in segments])
    assert len(copy.text) == len(copy.starts) == len(copy.ends)
    assert list(copy.starts) == sorted(copy.starts)
    assert list(copy.ends) == sorted(copy.ends)
    for (start, end), group in groupby(range(len(copy.text)), key=lambda index: (copy.starts[index], copy.ends[index])):
        shown = "".join(copy.text[index] for index in group)
        stored = text[start:end]
        if shown == " ":
            assert not stored or stored.isspace()
        else:
            assert any(left <= start < end <= right for left, right in segments)
            assert normalize(shown) == normalize(stored)


@PROPERTY
@example("ư\u00ad\u0300")
@given(TEXTS)
def test_a_copy_is_one_line_without_doubled_spaces(text: str) -> None:
    copy = whole(text)
    assert "  " not in copy.text
    assert copy.text == copy.text.strip()
    assert not set(copy.text) & set("\n\r\t\u00a0\u00ad\u200b\ufeff")


@PROPERTY
@example("\u00a0a\t b\x1f c\u00ad ", "")
@given(TEXTS, TEXTS)
def test_the_text_alone_is_that_of_the_copy(text: str, more: str) -> None:
    stored = f"{text}\n{more}"
    parts = [Span(start, end) for start, end in ((0, len(text)), (len(text) + 1, len(stored))) if start < end]
    assert matching_text(stored, parts) == matching_copy(stored, parts).text


@pytest.mark.parametrize(
    ("stored", "text", "calls"),
    [
        ("ký giấy khen[4]. Rồi trao.", "ký giấy khen. Rồi trao.", ((12, "[4]"),)),
        ("khu phố 1[12]", "khu phố 1", ((9, "[12]"),)),
        ("[1] Ghi chú.", "[1] Ghi chú.", ()),  # the label of a footnote
        ("xem [2024] và", "xem [2024] và", ()),  # no call: a space before it
    ],
)
def test_bracketed_calls_of_footnotes_are_left_out(stored: str, text: str, calls: tuple[tuple[int, str], ...]) -> None:
    copy = matching_copy(stored, [Span(0, len(stored))])
    assert (copy.text, copy.calls) == (text, calls)
    assert matching_text(stored, [Span(0, len(stored))]) == text
