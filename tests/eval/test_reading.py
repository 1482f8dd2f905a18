"""How well texts are read, measured against labels made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.reading import Labels, Score, main, read_documents, score

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SETS = [path for path in sorted(GOLDEN.glob("*_*.jsonl")) if path.stem.split("_")[0] in ("commune", "law", "decree")]
PARTS = {
    kind: [path for path in SETS if path.stem.endswith(kind)]
    for kind in ("references", "assignments", "headings", "locators")
}
LEAST = {"number": 0.99, "type": 0.99, "date": 0.99, "issuer": 0.95, "title": 0.95, "pinpoint": 0.95, "role": 0.90}


def measured(kind: str, shared_data: Path) -> Score:
    """The sum over all sets of one kind."""
    total = Score()
    for path in PARTS[kind]:
        labels = Labels(path)
        result = score(labels, read_documents(labels, [shared_data / "legal", shared_data / "word"]))
        total.found += result.found
        total.labelled += result.labelled
        total.right += result.right
        total.fields += result.fields
        total.missed += result.missed
    return total


@pytest.mark.parametrize(
    ("kind", "least"), [("references", 0.95), ("assignments", 0.90), ("headings", 1.0), ("locators", 1.0)]
)
def test_texts_are_read_as_people_read_them(shared_data: Path, kind: str, least: float) -> None:
    result = measured(kind, shared_data)
    told = "\n".join(result.missed)
    assert result.labelled > 20
    assert result.precision >= least, told
    assert result.recall >= least, told
    assert [name for name in result.fields if result.share(name) < LEAST[name]] == [], told


def write(folder: Path, name: str, *rows: object) -> Path:
    path = folder / name
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def reference(at: int, **changed: object) -> dict[str, object]:
    row: dict[str, object] = {
        "source": "a.txt",
        "at": at,
        "printed": "Chỉ thị",
        "number": "18-CT/TU",
        "type": "Chỉ thị",
    }
    return row | {"date": None, "issuer": None, "title": None, "pinpoint": None, "back": False} | changed


@pytest.fixture
def texts(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(
        "I. A\n\n1. Các xã thực hiện Chỉ thị số 18-CT/TU; Kết luận số 43-KL/TW.\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.parametrize(
    ("rows", "precision", "recall", "number"),
    [
        ([reference(26), reference(47, number="43-KL/TW", type="Kết luận")], 1.0, 1.0, 1.0),
        # A mention that nobody labelled costs precision, one that was not found costs recall.
        ([reference(26)], 0.5, 1.0, 1.0),
        ([reference(26), reference(47), reference(8)], 1.0, 2 / 3, 0.5),
        # A mention of the text as another kind is not found.
        ([reference(26, back=True), reference(47)], 0.5, 0.5, 0.0),
    ],
)
def test_references_are_scored(
    texts: Path, rows: list[dict[str, object]], precision: float, recall: float, number: float
) -> None:
    labels = Labels(write(texts, "x_references.jsonl", *rows))
    result = score(labels, read_documents(labels, [texts]))
    assert (result.precision, result.recall) == (precision, pytest.approx(recall))
    assert result.share("number") == number


def test_only_labelled_parts_count(texts: Path) -> None:
    write(texts, "x_ranges.jsonl", {"source": "a.txt", "start": 0, "end": 40})
    labels = Labels(write(texts, "x_references.jsonl", reference(26)))
    assert score(labels, read_documents(labels, [texts])).precision == 1.0


def test_assignments_are_scored_by_clause_and_unit(texts: Path) -> None:
    row = {"source": "a.txt", "at": 9, "duty": "Các xã", "units": [{"name": "Các xã", "role": "lead"}]}
    labels = Labels(write(texts, "x_assignments.jsonl", row))
    result = score(labels, read_documents(labels, [texts]))
    assert (result.right, result.labelled, result.share("role")) == (1, 1, 0.0)


def test_a_text_that_is_not_there_is_an_error(texts: Path) -> None:
    labels = Labels(write(texts, "x_references.jsonl", reference(26) | {"source": "b.txt"}))
    with pytest.raises(FileNotFoundError):
        read_documents(labels, [texts])


def test_the_figures_are_printed(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(texts, "x_references.jsonl", reference(26))
    assert main(["--labels", str(texts), "--texts", str(texts), "--misses"]) == 0
    printed = capsys.readouterr().out
    assert "x_references" in printed
    assert "wrong 'Kết luận số 43-KL/TW'" in printed
