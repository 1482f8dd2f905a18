"""Collections read from the two forms, and what is wrong with a folder told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.collections import CollectionError, read_collection

LAWS = [
    {
        "id": "Luật A",
        "articles": [{"id": "1", "text": "Phạm vi\n\nLuật này quy định về A.\n"}, {"id": "2a", "text": "B"}],
    },
    {"id": "Luật C", "articles": [{"id": "1", "text": " Hiệu lực "}]},
]
ASKED = [
    {
        "question_id": "TN-1",
        "question_type": "Trắc nghiệm",
        "text": "Luật A quy định gì?",
        "choices": {"A": "Về A", "B": "Về B"},
        "relevant_articles": [{"law_id": "Luật A", "article_id": "1", "id": "LA-1"}],
        "answer": "A",
    },
    {"question_id": "DS-1", "text": "Đúng hay sai?", "relevant_articles": [{"law_id": "Luật C", "article_id": "9"}]},
]


@pytest.fixture
def alqac(tmp_path: Path) -> Path:
    (tmp_path / "law.json").write_text(json.dumps(LAWS), encoding="utf-8")
    (tmp_path / "train_2.json").write_text(json.dumps(ASKED), encoding="utf-8")
    return tmp_path


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    corpus = [
        {"_id": "d1", "title": "Tiêu đề", "text": "Nội dung", "metadata": {}},
        {"_id": "d2", "text": "Khác"},
        {"_id": "d3", "title": "", "text": " "},
    ]
    queries = [{"_id": "q1", "text": "Hỏi gì?"}, {"_id": "q2", "text": "Không chấm"}, {"_id": "q3", "text": "Không có"}]
    write_lines(tmp_path / "corpus.jsonl", corpus)
    write_lines(tmp_path / "queries.jsonl", queries)
    (tmp_path / "qrels").mkdir()
    judged = "query-id\tcorpus-id\tscore\nq1\td2\t2\nq1\td1\t0\nq3\td1\t0\n"
    (tmp_path / "qrels" / "test.tsv").write_text(judged, encoding="utf-8")
    return tmp_path


def write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n\n", encoding="utf-8")


def test_an_article_is_a_range_of_its_law(alqac: Path) -> None:
    found = read_collection(alqac)
    assert [item.id for item in found.items] == ["Luật A, Điều 1", "Luật A, Điều 2a", "Luật C, Điều 1"]
    assert found.item_texts() == ["Điều 1. Phạm vi\n\nLuật này quy định về A.", "Điều 2a. B", "Điều 1. Hiệu lực"]
    assert found.texts[1].text == "Luật C\n\nĐiều 1. Hiệu lực\n"
    assert [item.source for item in found.items] == ["documents/0001.txt"] * 2 + ["documents/0002.txt"]


def test_a_contest_question_keeps_its_options_and_its_articles(alqac: Path) -> None:
    first, second = read_collection(alqac).questions
    assert (first.id, first.text, first.options) == ("TN-1", "Luật A quy định gì?", ("Về A", "Về B"))
    assert (first.relevant, second.options) == ({"Luật A, Điều 1": 1}, ())


def test_a_relevant_article_that_no_law_has_is_kept_and_told(alqac: Path) -> None:
    found = read_collection(alqac)
    assert found.questions[1].relevant == {"Luật C, Điều 9": 1}
    assert found.unreachable() == ["Luật C, Điều 9"]


def test_a_beir_document_is_its_title_and_its_text(beir: Path) -> None:
    found = read_collection(beir)
    # d3 has no words.
    assert [(item.id, text) for item, text in zip(found.items, found.item_texts(), strict=True)] == [
        ("d1", "Tiêu đề\n\nNội dung"),
        ("d2", "Khác"),
    ]


def test_beir_questions_are_those_that_were_judged(beir: Path) -> None:
    found = read_collection(beir).questions
    assert [(question.id, question.relevant) for question in found] == [("q1", {"d2": 2}), ("q3", {})]


def test_the_judgements_may_be_chosen(beir: Path) -> None:
    (beir / "qrels" / "dev.tsv").write_text("q2\td1\t1\n", encoding="utf-8")
    assert [question.id for question in read_collection(beir, split="dev").questions] == ["q2"]
    assert [question.id for question in read_collection(beir).questions] == ["q1", "q3"]
    (beir / "qrels" / "test.tsv").unlink()
    assert [question.id for question in read_collection(beir).questions] == ["q2"]


def test_a_choice_that_is_not_there_is_told(beir: Path) -> None:
    with pytest.raises(CollectionError, match=r"train\.tsv \(đang có: test\); hãy chọn bằng --split"):
        read_collection(beir, split="train")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n{"_id": 2}', "corpus.jsonl, dòng 2: sai ở mục _id"),
        ("corpus.jsonl", "{", "corpus.jsonl, dòng 1: không phải JSON"),
        ("corpus.jsonl", '{"_id": "d1", "text": "a"}\n' * 2, "hai văn bản cùng mã: d1"),
        ("corpus.jsonl", "", "không có văn bản nào"),
        ("queries.jsonl", "", "không có câu hỏi nào"),
        ("qrels/test.tsv", "q1\td1\n", "mỗi dòng cần ba cột"),
        ("qrels/test.tsv", "q1\td1\tcao\n", "mỗi dòng cần ba cột"),
    ],
)
def test_a_damaged_file_is_told(beir: Path, name: str, content: str, message: str) -> None:
    (beir / name).write_text(content, encoding="utf-8")
    with pytest.raises(CollectionError, match=message):
        read_collection(beir)


def test_a_law_that_is_no_law_is_told(alqac: Path) -> None:
    (alqac / "law.json").write_text('[{"id": "Luật A"}]', encoding="utf-8")
    with pytest.raises(CollectionError, match=r"law\.json: sai ở mục 0\.articles"):
        read_collection(alqac)


def test_a_folder_without_a_collection_is_told(tmp_path: Path) -> None:
    with pytest.raises(CollectionError, match="Không thấy bộ dữ liệu"):
        read_collection(tmp_path)
    (tmp_path / "law.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CollectionError, match="Không thấy câu hỏi"):
        read_collection(tmp_path)


def test_the_contest_s_data_is_what_the_readme_says(shared_data: Path) -> None:
    found = read_collection(shared_data / "alqac")
    assert (len(found.texts), len(found.items), len(found.questions)) == (17, 2249, 530)
    # One label names an article that law.json prints at the end of the one before it.
    assert found.unreachable() == ["Luật Trồng trọt, Điều 64"]
    assert all(text.startswith("Điều ") for text in found.item_texts())
