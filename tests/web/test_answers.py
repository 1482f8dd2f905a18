"""One turn of a conversation as HTML, and as text for a letter."""

from __future__ import annotations

from rag.types import Answer
from rag.web.answers import Turn, examples_html, follow_ups_html, turn_html
from rag.web.letter import letter_text

HOSTILE = '"><script>alert(1)</script>'


def test_a_turn_shows_question_answer_and_marks(answer: Answer) -> None:
    shown = turn_html(Turn("Ai chủ trì\nđối thoại?", answer), 4)
    assert "Ai chủ trì\nđối thoại?" in shown
    assert "<strong>Quyết định số 320-QĐ/TU</strong> quy định việc này" in shown
    assert 'href="#passage-4-1"' in shown
    assert 'data-status="answered"' in shown


def test_a_sentence_in_the_place_of_an_answer_can_not_be_judged_or_copied() -> None:
    shown = turn_html(Turn("Ai?", "Câu hỏi quá dài."), 1)
    assert '<p class="failed">Câu hỏi quá dài.</p>' in shown
    assert "<button" not in shown


def test_the_candidates_of_an_ambiguous_question_are_buttons(ambiguous: Answer) -> None:
    shown = turn_html(Turn("Chỉ thị 18?", ambiguous, (("Chỉ thị số 18-CT/TU", "Chỉ thị số 18-CT/TU?"),)), 1)
    assert "Cần chọn văn bản" in shown
    assert 'data-ask="Chỉ thị số 18-CT/TU?">Chỉ thị số 18-CT/TU</button>' in shown


def test_nothing_found_is_said_as_such() -> None:
    refused = Answer("Ai?", "not_found", "no_evidence", "Không tìm thấy: đã tìm trong 1 văn bản.")
    shown = turn_html(Turn("Ai?", refused), 1)
    assert '<p class="status">Không tìm thấy</p>' in shown
    assert "đã tìm trong 1 văn bản" in shown


def test_follow_ups_and_examples_are_buttons_that_ask() -> None:
    assert 'data-ask="Ai?"' in follow_ups_html(["Ai?"])
    assert follow_ups_html([]) == ""
    assert 'data-ask="Ai?"' in examples_html(["Ai?"])
    assert "Câu hỏi mẫu" not in examples_html([])


def test_what_people_type_is_text(answer: Answer) -> None:
    for shown in (turn_html(Turn(HOSTILE, answer, ((HOSTILE, HOSTILE),)), 1), follow_ups_html([HOSTILE])):
        assert "<script" not in shown


def test_a_letter_has_the_answer_its_quotes_and_its_notices(answer: Answer) -> None:
    told = letter_text(answer)
    assert told.startswith("Quyết định số 320-QĐ/TU quy định việc này [1].\n\nTrích dẫn:\n[1] Kế hoạch số 12/KH-UBND")
    assert f"Mục I.2: “{' '.join(answer.citations[0].quote.split())}”" in told
    assert told.endswith("Lưu ý:\n- Kế hoạch nói về tháng 3/2024.")
    assert "**" not in told
