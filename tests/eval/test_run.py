"""The evaluation from a gold file to its table, its JSON and its exit code, with a fake assistant."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from eval.corpora import OWN
from eval.gold import read_gold
from eval.metrics import MEASURES
from eval.misses import miss_text
from eval.outcomes import ALL_LABELS, RETRIEVAL, by_class, by_corpus, evaluate, summarize
from eval.run import main
from rag.errors import UnverifiedAnswer
from rag.types import Answer, AnswerUnit, Citation

SOURCE = "documents/a.txt"
TEXT = "Giao Phòng Nội vụ theo dõi."
RIGHT = Answer(
    question="Ai theo dõi?",
    status="answered",
    reason=None,
    text="Phòng Nội vụ [1].",
    units=(AnswerUnit("Phòng Nội vụ", "supervise", (1,)),),
    citations=(Citation(1, SOURCE, "Kế hoạch", "Mục III.2", "Phòng Nội vụ", 5, 17),),
)
REFUSED = Answer("Thời tiết?", "not_found", "out_of_scope", "Không tìm thấy.")
GOLD: tuple[dict[str, object], ...] = (
    {
        "id": "a-01", "class": "follow_up", "question": "Ai theo dõi?", "history": ["Kế hoạch nào?"],
        "status": "answered", "documents": None, "units": [["Phòng Nội vụ"]], "evidence": ["Phòng Nội vụ"],
    },
    {
        "id": "b-01", "class": "unanswerable_outside", "question": "Thời tiết?", "status": "not_found",
        "reason": "out_of_scope", "documents": None, "units": None, "evidence": [],
    },
)  # fmt: skip


@dataclass
class FakeAssistant:
    """Gives each question its prepared answer, and remembers what was asked."""

    answers: Mapping[str, Answer]
    stored_texts: Mapping[str, str] = field(default_factory=lambda: {SOURCE: TEXT})
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def ask(self, question: str, history: tuple[str, ...] = ()) -> Answer:
        self.asked.append((question, history))
        if question not in self.answers:
            raise UnverifiedAnswer("không kiểm chứng được")
        return self.answers[question]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in GOLD), encoding="utf-8")
    return path


def assistant(*answers: Answer) -> FakeAssistant:
    return FakeAssistant({answer.question: answer for answer in answers})


def test_right_answers_give_full_marks_and_exit_0(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = assistant(RIGHT, REFUSED)
    assert main(["--gold", str(gold), "--misses"], asked) == 0
    assert asked.asked == [("Ai theo dõi?", ("Kế hoạch nào?",)), ("Thời tiết?", ())]
    printed = capsys.readouterr().out
    assert "0 trên 2 câu chưa đúng hoàn toàn." in printed
    assert "0 vi phạm" in printed
    assert "follow_up" in printed
    assert "khoảng 95%, từ" in printed


def test_a_miss_is_listed_with_question_expected_and_got(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = replace(RIGHT, units=(AnswerUnit("Phòng Tư pháp", "lead", (1,)),))
    assert main(["--gold", str(gold), "--misses"], assistant(wrong, REFUSED)) == 0
    printed = capsys.readouterr().out
    for part in ("Kế hoạch nào? ⏎ Ai theo dõi?", "đơn vị: Phòng Nội vụ", "đơn vị: Phòng Tư pháp"):
        assert part in printed


def test_a_violation_exits_1_and_is_printed(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unfounded = replace(RIGHT, text="Phòng Nội vụ [9].")
    assert main(["--gold", str(gold)], assistant(unfounded, REFUSED)) == 1
    assert "Vi phạm a-01: dấu [9] không có trích dẫn" in capsys.readouterr().out


def test_a_withheld_answer_is_a_violation(gold: Path) -> None:
    assert main(["--gold", str(gold)], assistant(REFUSED)) == 1


def test_a_wrong_gold_file_exits_2(gold: Path, capsys: pytest.CaptureFixture[str]) -> None:
    elsewhere = replace_texts(assistant(RIGHT, REFUSED), "Một văn bản khác.")
    assert main(["--gold", str(gold)], elsewhere) == 2
    assert "không văn bản nào có nguyên văn “Phòng Nội vụ”" in capsys.readouterr().err


def replace_texts(fake: FakeAssistant, text: str) -> FakeAssistant:
    return replace(fake, stored_texts={SOURCE: text})


def test_the_json_has_every_figure_and_every_answer(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    main(["--gold", str(gold), "--json", str(out)], assistant(RIGHT, REFUSED))
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["overall"]["figures"]["status_accuracy"] == {"mean": 1.0, "count": 2, "interval": None}
    assert report["classes"]["follow_up"]["figures"]["unit_f1"]["mean"] == 1.0
    assert [case["answer"]["status"] for case in report["cases"]] == ["answered", "not_found"]
    assert report["cases"][0]["history"] == ["Kế hoạch nào?"]


def test_two_runs_differ_in_nothing_but_their_times(gold: Path, tmp_path: Path) -> None:
    texts = []
    for name, elapsed in (("a.json", 3.0), ("b.json", 4.0)):
        timed = assistant(replace(RIGHT, elapsed_ms=elapsed), REFUSED)
        main(["--gold", str(gold), "--json", str(tmp_path / name)], timed)
        texts.append((tmp_path / name).read_text(encoding="utf-8"))
    first, second = (text.partition('\n "times": ') for text in texts)
    assert first[0] == second[0]
    assert json.loads(first[2].removesuffix("}\n"))["cases"] == {"a-01": 3.0, "b-01": 0.0}
    assert first[2] != second[2]


def test_the_json_says_what_was_measured(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    main(["--gold", str(gold), "--json", str(out)], assistant(RIGHT, REFUSED))
    told = json.loads(out.read_text(encoding="utf-8"))["provenance"]
    assert told["gold"]["file"] == gold.name
    assert {"commit", "clean", "code", "tables", "python", "libraries"} <= told.keys()


def test_a_faulty_answer_of_a_replaceable_assistant_alone_has_a_stage(gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.json"
    main(["--gold", str(gold), "--json", str(out)], assistant(replace(RIGHT, units=()), REFUSED))
    assert [case["stage"] for case in json.loads(out.read_text(encoding="utf-8"))["cases"]] == [None, None]


def test_means_are_taken_over_the_cases_that_count(gold: Path) -> None:
    outcomes = evaluate({OWN: assistant(replace(RIGHT, units=()), REFUSED)}, read_gold(gold))
    figures = summarize(outcomes).figures
    assert (figures["unit_f1"].mean, figures["unit_f1"].count) == (0.0, 1)
    assert (figures["refusal"].mean, figures["refusal"].count) == (1.0, 1)
    assert (figures["document_f1"].mean, figures["document_f1"].count) == (None, 0)
    assert list(by_class(outcomes)) == ["follow_up", "unanswerable_outside"]
    assert miss_text(outcomes[1]) == ""


def test_every_measure_has_a_label() -> None:
    assert list(ALL_LABELS) == [*MEASURES, *RETRIEVAL]


def test_questions_on_texts_that_are_not_there_are_left_out_and_told(
    gold: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    far = {**GOLD[0], "id": "c-01", "question": "Ai lo?", "corpus": "far"}
    gold.write_text(gold.read_text(encoding="utf-8") + "\n" + json.dumps(far, ensure_ascii=False), encoding="utf-8")
    table, out, page = tmp_path / "corpora.toml", tmp_path / "out.json", tmp_path / "out.html"
    table.write_text('far = ["nowhere"]\n', encoding="utf-8")
    options = ["--gold", str(gold), "--corpora", str(table)]
    told = f"Bỏ qua 1 câu trên kho far: không có {tmp_path / 'nowhere'}."
    assert main([*options, "--json", str(out), "--html", str(page)], assistant(RIGHT, REFUSED)) == 0
    assert told in capsys.readouterr().out
    report = json.loads(out.read_text(encoding="utf-8"))
    assert (report["left_out"], report["overall"]["cases"]) == ([told], 2)
    assert report["corpora"][OWN]["figures"]["status_accuracy"]["count"] == 2
    assert told in page.read_text(encoding="utf-8")
    assert main([*options, "--corpus", "far"]) == 2
    assert told in capsys.readouterr().err
    assert main([*options, "--corpus", "absent"]) == 2
    assert "Không có câu nào hỏi trên kho absent; có: plan, far." in capsys.readouterr().err


def test_each_corpus_has_its_figures_and_its_own_answers(gold: Path) -> None:
    own, other = read_gold(gold)[0], read_gold(gold)[0].model_copy(update={"id": "c-01", "corpus": "far"})
    asked = {OWN: assistant(RIGHT), "far": assistant(replace(RIGHT, units=()))}
    outcomes = evaluate(asked, [other, own])
    assert [one.scores["unit_f1"] for one in outcomes] == [0.0, 1.0]
    assert {name: one.figures["unit_f1"].mean for name, one in by_corpus(outcomes).items()} == {"far": 0.0, OWN: 1.0}
