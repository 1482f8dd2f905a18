"""Peers over small invented texts: what they find, how it is scored, and the comparison from gold to table."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from zlib import crc32

import numpy as np
import pytest

from eval import peer_systems
from eval.gold import GoldCase
from eval.metrics import Trial, document_top1
from eval.peer_answers import free_reader, peer_answer
from eval.peer_systems import (
    TOP,
    Found,
    Hit,
    Peer,
    PeerError,
    haystack_hybrid,
    llama_index_quickstart,
    open_peers,
    syllable_bm25,
)
from eval.peer_tables import ENGLISH, MEASURES, VIETNAMESE, evidence_first, shown_characters
from eval.peer_threshold import NEVER, Threshold, best_threshold, held_out_refusals
from eval.peers import main, without_diacritics
from rag.errors import UnverifiedAnswer
from rag.index.encoder import Vectors
from rag.language.normalize import syllables
from rag.types import Answer, AnswerDocument, Citation, Span

PLAN, NOTICE = "documents/ke-hoach.txt", "documents/thong-bao.txt"
TEXTS = {
    PLAN: (
        "KẾ HOẠCH\nTrồng cây năm 2031\n\n"
        "Thực hiện Quyết định số 12-QĐ/TU, ngày 03/4/2030 của Ban Thường vụ Tỉnh ủy về trồng rừng và "
        "Chỉ thị số 5-CT/HU, ngày 06/7/2030 của Ban Thường vụ Huyện ủy về phòng cháy.\n\n"
        "Giao Phòng Nông nghiệp cấp giống cây cho các xã.\n\n"
        "Công an xã kiểm tra việc phòng cháy trong mùa khô."
    ),
    NOTICE: "THÔNG BÁO\nLịch tiếp công dân\n\nTrụ sở mở cửa buổi sáng thứ Hai.",
}
GOLD: tuple[dict[str, object], ...] = (
    {
        "id": "a-01", "class": "topic_to_document", "question": "Chỉ thị nào về phòng cháy?", "status": "answered",
        "documents": [["5-CT/HU"]], "units": None, "evidence": ["Chỉ thị số 5-CT/HU"],
    },
    {
        "id": "a-02", "class": "topic_to_unit", "question": "Ai cấp giống cây?", "status": "answered",
        "documents": None, "units": [["Phòng Nông nghiệp"]], "evidence": ["Giao Phòng Nông nghiệp cấp giống"],
    },
    {
        "id": "b-01", "class": "unanswerable_outside", "question": "Giá vàng?", "status": "not_found",
        "documents": [], "units": [], "evidence": [],
    },
)  # fmt: skip


class BagOfSyllables:
    """An encoder without a model: a text is the sum of its syllables, each in a place of its own."""

    name = "bag"
    dimension = 512

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.full((len(texts), self.dimension), 1e-3, dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in syllables(text):
                row[crc32(word.encode()) % self.dimension] += 1
        return rows / np.linalg.norm(rows, axis=1, keepdims=True)

    encode_passages = encode_queries


@dataclass
class FakeAssistant:
    """Gives each question its prepared answer; one that it does not know is withheld."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    stored_texts: Mapping[str, str] = field(default_factory=lambda: TEXTS)

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        if question not in self.answers:
            raise UnverifiedAnswer("không kiểm chứng được")
        return self.answers[question]


def haystack(texts: Mapping[str, str], encoder: BagOfSyllables) -> Peer:
    if find_spec("haystack") is None:
        pytest.skip("haystack-ai is not installed: pip install -c constraints.txt -e '.[dev]'")
    return haystack_hybrid(texts, encoder)


Make = Callable[[Mapping[str, str], BagOfSyllables], Peer]
EVERY_PEER = pytest.mark.parametrize("make", [llama_index_quickstart, syllable_bm25, haystack])


def at(words: str, source: str = PLAN) -> Hit:
    start = TEXTS[source].index(words)
    return Hit(source, Span(start, start + len(words)))


def case(place: int, **changes: object) -> GoldCase:
    return GoldCase.model_validate({**GOLD[place], **changes})


@EVERY_PEER
def test_a_peer_finds_the_text_that_says_it_with_its_place(make: Make) -> None:
    peer = make(TEXTS, BagOfSyllables())
    found = peer.search("Lịch tiếp công dân buổi sáng")
    assert found.hits[0].source == NOTICE
    assert "tiếp công dân" in found.hits[0].span.of(TEXTS[NOTICE]) or "buổi sáng" in found.hits[0].span.of(
        TEXTS[NOTICE]
    )
    assert len(found.hits) <= TOP
    assert peer.passages >= len(TEXTS)


@EVERY_PEER
def test_the_same_question_finds_the_same_again(make: Make) -> None:
    one, other = (make(TEXTS, BagOfSyllables()) for _ in range(2))
    assert one.search("Ai cấp giống cây?") == other.search("Ai cấp giống cây?")


@EVERY_PEER
def test_a_peer_is_surer_of_what_the_texts_say(make: Make) -> None:
    search = make(TEXTS, BagOfSyllables()).search
    known, unknown = search("Phòng Nông nghiệp cấp giống cây cho các xã"), search("Giá vàng")
    assert len(known.signals) == len(unknown.signals)
    assert any(one > other for one, other in zip(known.signals, unknown.signals, strict=True))


def test_long_texts_are_split_and_every_piece_is_placed_verbatim() -> None:
    long = {PLAN: "\n\n".join(f"Mục {number}. " + "Việc trồng cây ở xã. " * 40 for number in range(40))}
    for make in (llama_index_quickstart, haystack_hybrid if find_spec("haystack") else syllable_bm25):
        peer = make(long, BagOfSyllables())
        assert peer.passages > 5
        assert all(hit.span.of(long[PLAN]) for hit in peer.search("Mục 7").hits)


def test_haystack_reports_nothing_to_its_makers() -> None:
    haystack(TEXTS, BagOfSyllables())
    from haystack.telemetry import _telemetry

    assert _telemetry.telemetry is None


def test_words_that_no_text_has_are_not_found_by_bm25() -> None:
    assert syllable_bm25(TEXTS).search("zzz ???") == Found((), (0.0, 0.0))
    assert syllable_bm25({}).search("cây").hits == ()


def test_a_passage_that_is_not_where_its_system_says_is_an_error() -> None:
    with pytest.raises(PeerError, match="không đúng nguyên văn"):
        peer_systems._placed(PLAN, TEXTS[PLAN], "Trồng cây", 0)


def test_a_peer_that_is_not_installed_is_named_with_the_way_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    table = {"BM25": ("bm25s", syllable_bm25), "Khác": ("no_such_module", syllable_bm25)}
    monkeypatch.setattr(peer_systems, "PEERS", table)
    peers, skipped = open_peers(TEXTS, BagOfSyllables())
    assert [peer.name for peer in peers] == ["BM25"]
    assert len(skipped) == 1
    assert "Không đo Khác" in skipped[0]


ANSWERS = (
    # of the documents in the passage, the one whose mention shares most with the question
    ("Chỉ thị nào về phòng cháy?", "Thực hiện Quyết định số 12-QĐ/TU", "12-QĐ/TU", ()),
    # the passage ends inside the mention: it still counts as printed there
    ("Chỉ thị nào về phòng cháy?", "Ban Thường vụ Tỉnh ủy về trồng rừng và Chỉ thị số 5", "5-CT/HU", ()),
    # typed without diacritics the reader reads alike
    ("chi thi nao ve phong chay", TEXTS[PLAN].split("\n\n")[1], "5-CT/HU", ()),
    # no document is mentioned: the passage's own document answers, which has no number
    ("Ai cấp giống cây?", "Giao Phòng Nông nghiệp cấp giống cây", None, ("Phòng Nông nghiệp",)),
    # of several duties, the one that shares most
    ("Ai kiểm tra phòng cháy?", "\n\n".join(TEXTS[PLAN].split("\n\n")[2:]), None, ("Công an xã",)),
)


@pytest.mark.parametrize(("question", "passage", "number", "units"), ANSWERS)
def test_documents_and_units_are_read_from_the_best_passage(
    question: str, passage: str, number: str | None, units: tuple[str, ...]
) -> None:
    found = Found((at(passage), at("THÔNG BÁO", NOTICE)), (1.0,))
    answer = peer_answer(question, question, found, read=free_reader(TEXTS), milliseconds=2.0)
    assert [document.number for document in answer.documents] == [number]
    assert tuple(unit.name for unit in answer.units) == units
    assert [TEXTS[one.source][one.start : one.end] for one in answer.citations] == [passage, "THÔNG BÁO"]
    assert answer.elapsed_ms == 2.0


def test_a_passage_without_mentions_answers_with_the_text_it_stands_in() -> None:
    found = Found((at("Trụ sở mở cửa", NOTICE),), (1.0,))
    answer = peer_answer("Mở cửa?", "Mở cửa?", found, read=free_reader(TEXTS), milliseconds=1.0)
    gold = case(0, documents=[[f"source:{NOTICE}"]], evidence=["Trụ sở"])
    assert document_top1(Trial(gold, answer, TEXTS)) == 1.0


def test_no_passage_is_no_answer() -> None:
    answer = peer_answer("?", "?", Found((), (0.0,)), read=free_reader(TEXTS), milliseconds=1.0)
    assert (answer.status, answer.citations) == ("not_found", ())


THRESHOLDS = (
    # halfway between the two kinds
    ([[0.9], [0.7], [0.3], [0.1]], [True, True, False, False], Threshold(0, 0.5)),
    # the second signal tells them apart, the first does not
    ([[0.5, 9.0], [0.9, 1.0], [0.4, 8.0], [0.8, 2.0]], [True, False, True, False], Threshold(1, 5.0)),
    # each kind weighs the same however few it has: one unanswerable against three
    ([[0.9], [0.8], [0.2], [0.3]], [True, True, True, False], Threshold(0, pytest.approx(0.55))),
    # higher scores for what has no answer: refusing only makes it worse
    ([[0.1], [0.9]], [True, False], NEVER),
    # nothing to learn from
    ([[0.1], [0.9]], [True, True], NEVER),
)


@pytest.mark.parametrize(("signals", "answerable", "expected"), THRESHOLDS)
def test_the_best_threshold_tells_the_kinds_apart(
    signals: list[list[float]], answerable: list[bool], expected: Threshold
) -> None:
    assert best_threshold(signals, answerable) == expected


def test_a_question_is_refused_by_what_the_other_folds_teach() -> None:
    # Alone in being unanswerable it cannot teach its own fold to refuse it.
    assert held_out_refusals([[0.9], [0.8], [0.1]], [True, True, False]) == [False, False, False]
    signals = [[0.9 - index / 100] for index in range(10)] + [[0.1 + index / 100] for index in range(10)]
    assert held_out_refusals(signals, [True] * 10 + [False] * 10) == [False] * 10 + [True] * 10


def test_the_first_passage_is_counted_by_itself() -> None:
    wrong, right = at("Trụ sở", NOTICE), at("Chỉ thị số 5")
    answer = peer_answer("?", "?", Found((wrong, right), ()), read=free_reader(TEXTS), milliseconds=1.0)
    trial = Trial(case(0), answer, TEXTS)
    assert (evidence_first(trial), MEASURES["evidence_hit"](trial)) == (0.0, 1.0)


def test_what_is_shown_twice_is_read_once() -> None:
    cited = [
        Citation(1, PLAN, "", "", "", 0, 10),
        Citation(2, PLAN, "", "", "", 5, 20),
        Citation(3, NOTICE, "", "", "", 0, 4),
    ]
    assert shown_characters(Answer("?", "answered", None, "", citations=tuple(cited))) == 24


def test_every_measure_has_its_names() -> None:
    assert set(MEASURES) == set(ENGLISH)
    assert set(MEASURES) <= set(VIETNAMESE)


def test_the_whole_case_loses_its_diacritics() -> None:
    typed = without_diacritics(case(0, question="Còn đe\u0302\u0301?", history=["Đề án"]))
    assert (typed.question, typed.history) == ("Con de?", ("De an",))


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in GOLD), encoding="utf-8")
    return path


RIGHT = Answer(
    question="Chỉ thị nào về phòng cháy?",
    status="answered",
    reason=None,
    text="",
    documents=(AnswerDocument("5-CT/HU", "Chỉ thị", None, None, None, False, (1,)),),
    citations=(Citation(1, PLAN, "", "", "Chỉ thị số 5", at("Chỉ thị số 5").span.start, at("Chỉ thị số 5").span.end),),
    elapsed_ms=3.0,
)


def test_the_product_stands_first_and_each_peer_twice(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    product = FakeAssistant({RIGHT.question: RIGHT})
    assert main(["--gold", str(gold)], product, [syllable_bm25(TEXTS)]) == 0
    printed = capsys.readouterr().out
    places = [printed.index(name) for name in ("Hệ thống này", "BM25", "BM25, ngưỡng tốt nhất", "Câu hỏi gõ không dấu")]
    assert places == sorted(places)
    assert "Thời gian và độ dài" in printed


def test_the_markdown_tables_have_a_row_a_system(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--gold", str(gold), "--markdown"], FakeAssistant(), [syllable_bm25(TEXTS)]) == 0
    measured, bare, costs, note = capsys.readouterr().out.split("\n\n")
    assert [line.split(" | ")[0] for line in measured.splitlines()] == [
        "| System",
        "| ---",
        "| **This project**",
        "| BM25",
        "| BM25, best threshold",
    ]
    assert "Document top-1 (n = 1)" in measured
    assert len(bare.splitlines()) == len(costs.splitlines()) == 4
    assert len({line.count("|") for line in measured.splitlines()}) == 1
    assert "may be chance" in note


def test_the_json_is_the_same_again_apart_from_times(gold: Path, tmp_path: Path) -> None:
    reports = []
    for name in ("one.json", "two.json"):
        out = tmp_path / name
        main(["--gold", str(gold), "--json", str(out)], FakeAssistant(), [syllable_bm25(TEXTS)])
        reports.append(json.loads(out.read_text(encoding="utf-8")))
    assert set(reports[0].pop("times")) == set(reports[1].pop("times")) == {"product", "BM25"}
    assert reports[0] == reports[1]
    systems = [(one["system"], one["threshold"]) for one in reports[0]["systems"]]
    assert systems == [("product", False), ("BM25", False), ("BM25", True)]
    bm25 = reports[0]["systems"][1]
    assert bm25["measures"]["document_top1"]["mean"] == 1.0
    assert bm25["measures"]["unit_f1"]["n"] == 2
    assert [one["status"] for one in bm25["cases"]] == ["answered", "answered", "not_found"]


def test_a_wrong_gold_file_exits_2(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = FakeAssistant(stored_texts={PLAN: "Một văn bản khác."})
    assert main(["--gold", str(gold)], elsewhere, []) == 2
    assert "không văn bản nào có nguyên văn" in capsys.readouterr().err
