"""Systems over a collection, their figures and their report."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval import rank
from eval.collections import Collection, Item, Question, read_collection
from eval.rank import as_json, choose, findings, fold_of, measured, miss_text, tuned
from eval.rank_systems import Product, System, collection_config, plain_bm25
from eval.retrieval import MEASURES
from rag.config import Config
from rag.types import Span, StoredText

LAWS = [
    {
        "id": "Luật Vườn cây",
        "articles": [
            {"id": "1", "text": "Phạm vi điều chỉnh\n\nLuật này quy định về việc trồng và chăm sóc vườn cây của thôn."},
            {
                "id": "2",
                "text": "Tưới nước\n\n1. Người trồng cây tưới nước hai lần một ngày.\n\n2. Mùa mưa không tưới.",
            },
        ],
    },
    {
        "id": "Luật Đàn ong",
        "articles": [
            {"id": "1", "text": "Quyền của người nuôi ong\n\nNgười nuôi ong được đặt thùng ong ở bìa rừng."},
            {"id": "2", "text": "Thu hoạch mật\n\n1. Mật ong được thu vào tháng tư.\n\n2. Cấm pha đường vào mật ong."},
        ],
    },
]
ASKED = [
    {"question_id": "1", "text": "Mấy lần một ngày phải tưới nước?", "relevant_articles": [("Luật Vườn cây", "2")]},
    {"question_id": "2", "text": "Được đặt thùng ong ở đâu?", "relevant_articles": [("Luật Đàn ong", "1")]},
    {"question_id": "3", "text": "Có được pha đường vào mật ong không?", "relevant_articles": [("Luật Đàn ong", "2")]},
    {"question_id": "4", "text": "Câu này không có gì liên quan.", "relevant_articles": []},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("contest")
    asked = [
        row
        | {"relevant_articles": [{"law_id": law, "article_id": article} for law, article in row["relevant_articles"]]}
        for row in ASKED
    ]
    (made / "law.json").write_text(json.dumps(LAWS), encoding="utf-8")
    (made / "train.json").write_text(json.dumps(asked), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def collection(folder: Path) -> Collection:
    return read_collection(folder)


def texts_of(collection: Collection) -> dict[str, str]:
    return {question.id: question.text for question in collection.questions}


def fixed(name: str, *found: str) -> System:
    return System(name, lambda question: list(found))


def test_a_row_has_each_measure_of_each_question(collection: Collection) -> None:
    row = measured(fixed("Một", "Luật Đàn ong, Điều 1"), collection, texts_of(collection), plain=False)
    assert set(row.scores) == set(MEASURES)
    assert row.scores["recall@10"] == {"1": 0.0, "2": 1.0, "3": 0.0, "4": None}
    assert (row.figure("mrr@10").mean, row.figure("mrr@10").count) == (pytest.approx(1 / 3), 3)


def test_bm25_finds_by_syllables(collection: Collection) -> None:
    system = plain_bm25(collection)
    assert system.rank("tưới nước")[0] == "Luật Vườn cây, Điều 2"
    assert system.rank("mật ong")[0] == "Luật Đàn ong, Điều 2"


class WeightedProduct(Product):
    """Finds the right article of even questions with a weight of .2 and of odd ones with .8, else nothing."""

    def __init__(self) -> None: ...

    def rank_by_weight(self, question, weights):
        best = 0.2 if int(question) % 2 == 0 else 0.8
        return {weight: [question] if weight == best else [] for weight in weights}


def test_a_weight_is_chosen_on_the_other_folds() -> None:
    names = [str(number) for number in range(40)]
    questions = tuple(Question(name, name, {name: 1}) for name in names)
    items = tuple(Item(name, "documents/1.txt", Span(0, 1)) for name in names)
    collection = Collection("thử", (StoredText("documents/1.txt", "a"),), items, questions, ())
    row, folds = tuned(WeightedProduct(), collection, {name: name for name in names}, plain=False)
    assert [fold.questions for fold in folds] == [sum(fold_of(name) == fold for name in names) for fold in range(5)]
    for fold in folds:
        outside = [int(name) % 2 for name in names if fold_of(name) != fold.fold]
        assert fold.dense_weight == (0.2 if outside.count(0) >= outside.count(1) else 0.8)
        held = [name for name in names if fold_of(name) == fold.fold]
        right = [name for name in held if int(name) % 2 == (fold.dense_weight == 0.8)]
        assert [name for name in held if row.scores["recall@1"][name] == 1] == right


def test_equal_weights_leave_the_middle_one() -> None:
    assert choose({weight / 10: [1.0] for weight in range(11)}) == 0.5
    assert choose({0.4: [None], 0.6: [None]}) == 0.4


def test_the_report_says_whether_systems_differ(collection: Collection) -> None:
    texts = texts_of(collection)
    right, wrong = "Luật Đàn ong, Điều 1", "Luật Vườn cây, Điều 1"
    rows = [
        measured(fixed("Một", right), collection, texts, plain=False),
        measured(fixed("Hai", right), collection, texts, plain=False),
        measured(fixed("Một", wrong), collection, texts, plain=True),
    ]
    told = "\n".join(findings(rows, collection))
    assert "Một so với Hai\n  recall@10: Không câu nào khác nhau (3 câu)." in told
    assert "Một, bỏ dấu\n  recall@10: Chưa đủ căn cứ để nói là khác: −33,3 điểm" in told
    assert "Hai, bỏ dấu" not in told


def test_misses_name_what_was_wanted_and_what_came_first(collection: Collection) -> None:
    row = measured(fixed("Một", "Luật Đàn ong, Điều 1"), collection, texts_of(collection), plain=False)
    assert miss_text(row, collection).splitlines()[:3] == [
        "1 · Mấy lần một ngày phải tưới nước?",
        "  Cần có: Luật Vườn cây, Điều 2",
        "  Đầu: Luật Đàn ong, Điều 1",
    ]
    assert "\n2 · " not in miss_text(row, collection)
    assert "\n4 · " not in miss_text(row, collection)


def test_the_json_is_the_same_for_the_same_run(collection: Collection, tmp_path: Path) -> None:
    config = Config(data=tmp_path)
    rows = [measured(plain_bm25(collection), collection, texts_of(collection), plain=plain) for plain in (False, True)]
    text = as_json(rows, collection, {}, config)
    assert text == as_json(rows, collection, {}, config)
    told = json.loads(text)
    assert told["collection"]["items"] == 4
    assert told["systems"][0]["questions"]["2"]["scores"]["recall@1"] == 1.0
    assert set(told["systems"][0]["figures"]["mrr@10"]) == {"mean", "count", "interval"}


def test_the_texts_of_a_collection_are_its_corpus(collection: Collection, tmp_path: Path) -> None:
    made = collection_config(collection, Config(data=tmp_path))
    files = sorted(path for folder in made.corpus for path in folder.iterdir())
    assert [path.read_text(encoding="utf-8") for path in files] == [text.text for text in collection.texts]
    assert made.data.is_relative_to(tmp_path)
    files[0].write_text("khác", encoding="utf-8")
    collection_config(collection, Config(data=tmp_path))
    assert files[0].read_text(encoding="utf-8") == collection.texts[0].text


def test_unknown_systems_and_folders_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        rank.main(["--collection", str(tmp_path), "--systems", "bm25,bm52"])
    assert "không có hệ thống 'bm52'" in capsys.readouterr().err
    assert rank.main(["--collection", str(tmp_path)]) == 2
    assert "Không thấy bộ dữ liệu" in capsys.readouterr().err


@pytest.mark.integration
def test_the_installed_product_beside_both_baselines(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "data"))
    monkeypatch.chdir(tmp_path)
    out = tmp_path / "out.json"
    given = ["--collection", str(folder), "--plain", "--tune", "--json", str(out)]
    assert rank.main(given) == 0
    assert "Hỏi đáp Dân vận (không dấu)" in capsys.readouterr().out
    first = out.read_bytes()
    systems = {(row["name"], row["plain"]): row for row in json.loads(first)["systems"]}
    product = systems["Hỏi đáp Dân vận", False]
    assert product["figures"]["recall@1"] == {"mean": 1.0, "count": 3, "interval": None}
    assert systems["Hỏi đáp Dân vận", True]["figures"]["recall@1"]["mean"] == 1.0
    tuned_row = systems["Hỏi đáp Dân vận, trọng số chọn chéo", False]
    assert {fold["dense_weight"] for fold in tuned_row["folds"]} == {0.5}
    # With the weight of the configuration the tuned row is the product's.
    assert tuned_row["questions"] == product["questions"]
    assert rank.main(given) == 0
    assert out.read_bytes() == first
