"""Marks restored for matching: what was typed stays, what is missing comes from the corpus."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.language.diacritics import DiacriticsRestorer
from rag.language.normalize import fold, syllables, unmark
from rag.language.syllable_model import DiacriticsModel, retrain_diacritics, train_diacritics

CORPUS = (
    "Quy chế đối thoại trực tiếp giữa người đứng đầu cấp ủy, chính quyền với Nhân dân.\n"
    "Phòng Nội vụ theo dõi, đôn đốc công tác dân vận; quản lý đất đai của dân tộc thiểu số."
)
WORDS = ("dân", "dần", "dẫn", "vẫn", "vận", "văn bản", "quy chế")


@pytest.fixture(scope="module")
def model() -> DiacriticsModel:
    return train_diacritics([CORPUS], WORDS)


@pytest.fixture(scope="module")
def restorer(model: DiacriticsModel) -> DiacriticsRestorer:
    return DiacriticsRestorer(model)


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("doi thoai truc tiep voi nhan dan", "đối thoại trực tiếp với nhân dân"),
        ("cong tac dan van", "công tác dân vận"),  # the pair decides: "dần", "vẫn" are in the word list
        ("van ban", "văn bản"),
        ("DOI THOAI", "đối thoại"),
        ("Quy che doi thoai, dan van?", "quy chế đối thoại, dân vận?"),  # punctuation stays
        ("số 593-qđ/tu", "số 593-qđ/tu"),  # numbers stay
        ("zzzzz doi thoai", "zzzzz đối thoại"),  # an unknown syllable stays
        ("doi thoaii truc tiep", "đối thoại trực tiếp"),  # a letter too many
        ("đôi thoại trực tiêp", "đối thoại trực tiếp"),  # a syllable that does not exist gets its marks
        ("", ""),
        ("?!", "?!"),
    ],
)
def test_marks_come_from_the_corpus(restorer: DiacriticsRestorer, typed: str, restored: str) -> None:
    assert restorer.restore(typed) == restored


def test_a_word_without_marks_stays_one_where_the_others_have_theirs() -> None:
    model = train_diacritics(["văn bản đó, văn bản đó, văn bản đó do xã lập, do xã lập"], ["do", "đó", "đo", "bản"])
    restorer = DiacriticsRestorer(model)
    assert restorer.restore("các văn bản do xã lập được quản lý") == "các văn bản do xã lập được quản lý"
    assert restorer.restore("cac van ban do") == "cac văn bản đó"


def test_an_open_i_is_read_as_y() -> None:
    restorer = DiacriticsRestorer(train_diacritics(["quản lý đất, xử lý kỷ luật"], []))
    assert restorer.restore("quan li dat") == "quản lý đất"
    assert restorer.restore("xử lí kỉ luật") == "xử lý kỷ luật"


@pytest.mark.parametrize(
    ("typed", "mended"),
    [
        ("Công tác daan vajan", "Công tác dân vận"),  # Telex keys
        ("Co6ng ta1c dân van65", "công tác dân vận"),  # VNI keys
        ("phòng Nọi vụ thoe dõi", "phòng Nọi vụ theo dõi"),  # no syllable; marks alone are no matter of letters
        ("đối thoại trựctiếp", "đối thoại trực tiếp"),  # two run together
        ("quy chế dẫn", "quy chế dẫn"),  # a word, where nothing tells otherwise
        ("qản lý đất đai", "quản lý đất đai"),
        ("theo NQ18 và số 593-QĐ/TU", "theo NQ18 và số 593-QĐ/TU"),  # numbers stay
        ("SJC, email của UBND", "SJC, email của UBND"),  # abbreviations and words of other languages stay
    ],
)
def test_slips_are_set_right_and_all_else_stays_as_typed(typed: str, mended: str) -> None:
    model = train_diacritics([CORPUS, "Nhân dân thực hiện công tác theo và của"], WORDS)
    assert DiacriticsRestorer(model).read(typed).mended == mended


def test_a_slip_that_makes_another_word_is_seen_by_its_neighbours() -> None:
    restorer = DiacriticsRestorer(
        train_diacritics(["cơ quan nào ban hành ngày nào"] * 5, ["hàn", "ban", "nhạc", "cơm"])
    )
    assert restorer.restore("ban hàn ngày nào") == "ban hành ngày nào"
    assert restorer.restore("nhạc hàn") == "nhạc hàn"


@pytest.mark.parametrize(
    "lines",
    [
        ["thuê đất nông nghiệp"] * 20 + ["miễn tiền thuê đất"] * 20,  # a mark less
        ["thu hồi"] * 40 + ["thu đất"] * 2,  # a letter less, and seldom beside its neighbour
    ],
)
def test_a_word_that_the_corpus_lacks_is_not_taken_for_another_of_its_own(lines: list[str]) -> None:
    restorer = DiacriticsRestorer(train_diacritics(lines, ["thuế", "nộp"]))
    assert restorer.restore("Thuế đất nộp ở đâu") == "thuế đất nộp ở đâu"


def test_a_number_may_stand_against_its_word() -> None:
    restorer = DiacriticsRestorer(train_diacritics(["theo chỉ thị số 33, khoản 2"], ["số"]))
    assert restorer.read("chỉ thị số18 khoản5").mended == "chỉ thị số 18 khoản 5"
    assert restorer.restore("chi thi so18") == "chỉ thị số 18"


def test_both_readings_have_the_same_letters(restorer: DiacriticsRestorer) -> None:
    read = restorer.read("QUY CHE dooi1 thoại trựctiếp, Nhnâ dân 12-QĐ/TU")
    assert unmark(fold(read.mended)) == unmark(read.restored)


def test_a_mark_left_out_is_put_right_sooner_than_a_wrong_one() -> None:
    lines = ["công bố dấu giáp lai", "phải dân chủ", "nhân dân ở nhà", "dán thông báo", "đi ở trọ"]
    model = train_diacritics(lines, ["dâu"])
    restorer = DiacriticsRestorer(model)
    assert restorer.restore("công bố dâu giáp lai") == "công bố dấu giáp lai"
    assert restorer.restore("thì phải dán ở nhà") == "thì phải dán ở nhà"  # "dân" stands beside both, with other marks


def test_a_question_typed_in_full_is_left_alone(restorer: DiacriticsRestorer) -> None:
    question = "công tác dân vận của phòng nội vụ với nhân dân?"
    assert restorer.restore(question) == question


def test_the_corpus_weighs_more_than_the_word_list() -> None:
    model = train_diacritics(["vận"], ["vẫn", "vẫn", "vẫn"])
    assert model.unigrams == {"^": 10, "vận": 10, "vẫn": 3}
    assert DiacriticsRestorer(model).restore("van") == "vận"


def test_pairs_do_not_cross_lines() -> None:
    assert train_diacritics(["dân\nvận khéo"], []).bigrams == {"^ dân": 10, "^ vận": 10, "vận khéo": 10}


def test_what_lines_begin_with_tells_the_first_syllable() -> None:
    lines = ["cái gì"] + ["việc cải cách"] * 3
    restorer = DiacriticsRestorer(train_diacritics(lines, ["cải tạo"]))
    assert restorer.restore("cai") == "cái"  # "cải" is the more frequent elsewhere
    assert restorer.restore("viec cai cach") == "việc cải cách"


def test_a_model_that_is_brought_up_to_its_texts_is_written_as_one_that_is_trained_on_them() -> None:
    before = train_diacritics([CORPUS, "một văn bản đã bỏ đi"], WORDS)
    after = retrain_diacritics(before, added=["thêm một văn bản", "số 12"], removed=["một văn bản đã bỏ đi"])
    trained = train_diacritics(["số 12", "thêm một văn bản", CORPUS], WORDS)
    assert json.dumps([after.unigrams, after.bigrams]) == json.dumps([trained.unigrams, trained.bigrams])
    assert "bỏ đi" not in after.bigrams


def test_an_empty_model_returns_the_folded_text() -> None:
    assert DiacriticsRestorer(train_diacritics([], [])).restore("Doi thoai") == "doi thoai"


def test_the_order_of_training_texts_does_not_matter() -> None:
    one, other = train_diacritics([CORPUS, "dần vận"], WORDS), train_diacritics(["dần vận", CORPUS], WORDS)
    question = "dan van doi thoai van ban"
    assert DiacriticsRestorer(one).restore(question) == DiacriticsRestorer(other).restore(question)


@settings(max_examples=100, deadline=None, derandomize=True)
@example("a\u200d\u0301n dan")  # an invisible character between a letter and its mark
@given(
    st.text(alphabet="aáàạâăbcdđeêghiklmnoôơqtuưvxyỵ \u00ad\u200d\u0301\u0323.,?-/0123", max_size=60)
    | st.text(max_size=60)
)
def test_what_stands_between_syllables_stays(text: str) -> None:
    restored = DiacriticsRestorer(train_diacritics([CORPUS], WORDS)).restore(text)
    assert len(syllables(restored)) == len(syllables(text))
    assert re.sub(r"[^\W_]+", "x", restored) == re.sub(r"[^\W_]+", "x", fold(text))


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("giữa người đứng đầu voi Nhân dân", "giữa người đứng đầu với nhân dân"),
        ("công tác dan vận; quản lý đất dai", "công tác dân vận; quản lý đất đai"),  # one neighbour is enough
        ("Phòng Nội vụ theo dỏi", "phòng nội vụ theo dõi"),  # one of two tones that sound alike
    ],
)
def test_half_of_the_marks_are_filled_up(restorer: DiacriticsRestorer, typed: str, restored: str) -> None:
    assert restorer.restore(typed) == restored
