"""What is made of a recogniser's doubts: words put right, letters that it saw twice, raised digits, labels."""

from __future__ import annotations

import unicodedata

import pytest

from rag.language.lexicon import lines
from rag.reading.hocr import Box, Letter, Row, Word, read_hocr
from rag.reading.labels import in_order
from rag.reading.notes import with_calls
from rag.reading.repair import repaired

SIZE = 40.0
BASE = 100.0


def word(text: str, left: float = 0, doubts: dict[int, str] | None = None, high: float = 0.46, up: float = 0) -> Word:
    """A word of letters of one height; `doubts` are what the letters at some places may be else."""
    letters = tuple(
        Letter(
            char,
            Box(left + 20 * at, BASE - (up + high) * SIZE, left + 20 * at + 18, BASE - up * SIZE),
            0.9,
            tuple((doubts or {}).get(at, "")),
        )
        for at, char in enumerate(text)
    )
    return Word(letters, Box(left, BASE - SIZE, left + 20 * len(text), BASE), 0.9)


def row(*words: Word, base: float = BASE, size: float = SIZE) -> Row:
    return Row(words, Box(0, base - SIZE, 2000, base), base, size)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ([word("ủy"), word("đẳng,", doubts={1: "ả"})], "ủy đảng,"),
        ([word("bình"), word("đẳng", doubts={1: "ả"}), word("giới")], "bình đẳng giới"),  # stands in official texts
        ([word("ủy"), word("đẳng,")], "ủy đẳng,"),  # the recogniser was sure
        ([word("Lương", doubts={2: "ợ"}), word("Minh")], "Lương Minh"),  # neither stands beside the name
        ([word("Điều", doubts={2: "ể"}), word("12")], "Điều 12"),
        ([word("chủ"), word("trì"), word("họp", doubts={1: "ợ"}), word("với")], "chủ trì họp với"),
        ([word("cơ"), word("sỞ")], "cơ sở"),
        ([word("UBND"), word("xã")], "UBND xã"),
    ],
)
def test_a_word_is_put_right_where_its_neighbours_tell(words: list[Word], expected: str) -> None:
    found = repaired([row(*words)])
    assert found.rows[0].text == expected
    read = " ".join(one.text for one in words)
    assert bool(found.words) == (read.lower() != expected.lower())


def test_a_raised_digit_calls_the_note_at_the_foot() -> None:
    body = [row(word("dân"), word("chủ")) for _ in range(4)]
    call = row(
        word("dân"), Word((*word("chủ").letters, *word("'", 60, high=0.4, up=0.35).letters), Box(0, 0, 0, 0), 0.9)
    )
    foot = row(word("1"), word("Kết"), word("luận"), base=900, size=28)
    found = with_calls([*body, call, foot])
    assert [one.text for one in found[4:]] == ["dân chủ\ue101", "\ue101 Kết luận"]
    assert [one.text for one in with_calls([*body, call])] == [one.text for one in [*body, call]]


def test_a_letter_is_read_once_where_two_forms_of_it_stand() -> None:
    def letter(char: str, left: int) -> str:
        return f"<span class='ocrx_cinfo' title='x_bboxes {left} 0 {left + 16} 30; x_conf 95.5'>{char}</span>"

    letters = letter("Q", 0) + letter("Đ", 18) + letter("Ð", 20) + letter("T", 38) + letter("T", 40)
    content = (
        "<html><head><meta charset='utf-8'></head><body><span class='ocr_line' title='bbox 0 0 90 30; baseline 0 -2'>"
        f"<span class='ocrx_word' title='bbox 0 0 90 30; x_wconf 90'>{letters}</span></span></body></html>"
    )
    [found] = read_hocr(content.encode())
    assert found.text == "QĐTT"
    assert read_hocr(b"") == []


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        (["c) a", "đ) b", "đ) c", "e) d"], [(1, "đ", "d")]),
        (["c) a", "d) b", "d) c", "e) d"], [(2, "d", "đ")]),
        (["2. a", "8. b", "4. c"], [(1, "8", "3")]),
        (["1. a", "2. b", "2. c", "3. d"], []),  # a number twice is the text's own slip
        (["1. a", "3. b"], []),  # and so is one left out
        (["1. a", "2. b", "Điều 2. c", "1. d"], []),
    ],
)
def test_a_label_is_another_of_a_like_look_where_its_list_asks_for_it(
    heads: list[str], expected: list[tuple[int, str, str]]
) -> None:
    assert list(in_order(heads)) == expected


def test_the_table_of_pairs_is_in_order() -> None:
    rows = lines("official_pairs.txt")
    firsts = [line.partition(": ")[0] for line in rows]
    assert firsts == sorted(set(firsts))
    assert all(unicodedata.is_normalized("NFC", line) and line == line.strip() for line in rows)
