"""`hoidap corpus`: files go in, are compared with what is held, are listed, and go out without a trace."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from docx import Document

from rag.answering.assistant import Assistant
from rag.cli import main
from rag.config import Config, read_config
from rag.index.collection import examine, find_file, take_in
from rag.index.ingest import ingest
from rag.index.snapshot import open_snapshot

PLAN = """UBND HUYỆN CAO LỘC

KẾ HOẠCH
Thực hiện công tác dân vận

Thực hiện Quyết định số 320-QĐ/TU, ngày 13/6/2016 của Ban Thường vụ Tỉnh ủy về quy chế đối thoại trực tiếp.

Giao Phòng Nội vụ theo dõi, đôn đốc việc thực hiện Kế hoạch này.
"""
DECREE = """CHÍNH PHỦ
Số: 99/2030/NĐ-CP
Hà Nội, ngày 05 tháng 3 năm 2030

NGHỊ ĐỊNH
Về nuôi ong lấy mật

Điều 1. Phạm vi điều chỉnh
Nghị định này quy định về việc nuôi ong lấy mật {where}.
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("office")
    (folder / "documents").mkdir()
    (folder / "documents" / "ke-hoach.txt").write_text(PLAN, encoding="utf-8")
    (folder / "documents" / "nghi-dinh.txt").write_text(DECREE.format(where="ở thôn"), encoding="utf-8")
    config = Config(corpus=(folder / "documents",), data=folder / "data", catalogue=folder / "catalogue.csv")
    ingest(config)
    return config


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def as_word(path: Path, text: str) -> Path:
    document = Document()
    for line in filter(None, text.splitlines()):
        document.add_paragraph(line)
    document.save(str(path))
    return path


@pytest.mark.integration
def test_a_file_is_compared_with_what_is_held(made: Config, tmp_path: Path) -> None:
    files = [
        as_word(tmp_path / "a.docx", PLAN),
        written(tmp_path / "b.txt", DECREE.format(where="ở bản")),
        written(tmp_path / "c.txt", DECREE.replace("99", "98").format(where="ở bản")),
        written(tmp_path / "d.txt", DECREE.replace("năm 2030", "năm 2031").format(where="ở bản")),
        written(tmp_path / "e.csv", "a,b"),
        as_word(tmp_path / "f.docx", DECREE.replace("99", "98").format(where="ở bản")),
    ]
    found = list(examine(files, open_snapshot(made).knowledge))
    assert [(one.path.name, one.verdict, one.held) for one in found] == [
        ("a.docx", "same", "documents/ke-hoach.txt"),
        ("b.txt", "version", "documents/nghi-dinh.txt"),
        ("c.txt", "new", None),
        ("d.txt", "new", None),
        ("e.csv", "unread", None),
        ("f.docx", "same", "c.txt"),
    ]
    assert found[1].number == "99/2030/NĐ-CP"
    assert ".csv" in found[4].reason


def test_texts_are_the_same_where_all_their_words_are(tmp_path: Path) -> None:
    words = " ".join(f"điều thứ {number} của quy chế," for number in range(30))
    texts = {
        "a.txt": f"{words} hết",
        "b.txt": f"{words} không hết",
        "c.txt": unicodedata.normalize("NFD", f"{words.upper().replace(' ', '   .. ')} Hết!"),
        "d.txt": words[:40],
    }
    found = examine([written(tmp_path / name, text) for name, text in texts.items()], None)
    assert [(one.verdict, one.held) for one in found] == [
        ("new", None),
        ("new", None),
        ("same", "a.txt"),
        ("new", None),
    ]


@pytest.mark.integration
@pytest.mark.parametrize("name", ["documents/nghi-dinh.txt", "nghi-dinh.txt", "99/2030/NĐ-CP"])
def test_a_file_is_found_by_source_name_and_number(made: Config, name: str) -> None:
    source, path = find_file(name, made, open_snapshot(made).knowledge)
    assert (source, path.name) == ("documents/nghi-dinh.txt", "nghi-dinh.txt")


def test_a_file_of_a_taken_name_has_the_next_one(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    names = [take_in(written(tmp_path / "a.txt", str(number)), folder).name for number in range(3)]
    assert names == ["a.txt", "a-2.txt", "a-3.txt"]
    assert [path.read_text() for path in sorted(folder.iterdir())] == ["1", "2", "0"]


@pytest.mark.integration
def test_the_life_of_a_corpus(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    written(folder / "ke-hoach.txt", PLAN)
    for name, path in (("CORPUS", folder), ("DATA", tmp_path / "data"), ("CATALOGUE", tmp_path / "catalogue.csv")):
        monkeypatch.setenv(f"HOIDAP_{name}", str(path))
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    written(incoming / "nghi-dinh.txt", DECREE.format(where="ở thôn"))
    (incoming / "hong.pdf").write_bytes(b"%PDF-1.7 broken")

    assert main(["corpus", "add", "--json", str(incoming)]) == 1  # one file could not be read, the other is in
    rows = {row["file"]: row["result"] for row in json.loads(capsys.readouterr().out)}
    assert rows == {"hong.pdf": "unread", "nghi-dinh.txt": "new"}
    assert sorted(path.name for path in folder.iterdir()) == ["ke-hoach.txt", "nghi-dinh.txt"]

    newer = written(tmp_path / "moi.txt", DECREE.format(where="ở bản"))
    assert main(["corpus", "add", str(newer)]) == 1
    assert "--replace" in capsys.readouterr().err
    assert main(["corpus", "add", "--replace", str(newer)]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["ke-hoach.txt", "moi.txt"]
    capsys.readouterr()

    assert main(["corpus", "list", "--json"]) == 0
    held = {row["number"]: row["source"] for row in json.loads(capsys.readouterr().out)}
    assert held["99/2030/NĐ-CP"] == "documents/moi.txt"
    assert main(["corpus", "check", "--json"]) == 0
    assert [row["number"] for row in json.loads(capsys.readouterr().out)["missing"]] == ["320-QĐ/TU"]

    assert main(["corpus", "remove", "99/2030/NĐ-CP"]) == 1  # nobody agreed
    assert (folder / "moi.txt").exists()
    assert main(["corpus", "remove", "--yes", "99/2030/NĐ-CP"]) == 0
    assert not (folder / "moi.txt").exists()
    left = [
        path
        for path in read_config().data.rglob("*")
        if path.is_file() and "ong lấy mật" in path.read_text("utf-8", "ignore")
    ]
    assert left == []
    assert main(["corpus", "remove", "--yes", "ke-hoach.txt"]) == 1
    assert "ít nhất một" in capsys.readouterr().err


def test_ingest_tells_of_each_unread_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HOIDAP_CORPUS", str(tmp_path / "documents"))
    monkeypatch.setenv("HOIDAP_DATA", str(tmp_path / "data"))
    (tmp_path / "documents").mkdir()
    for name in ("a.csv", "b.xyz"):
        written(tmp_path / "documents" / name, "a")
    assert main(["ingest"]) == 1
    told = capsys.readouterr().err
    assert "documents/a.csv" in told
    assert "documents/b.xyz" in told


BARE = """Điều 1. Phạm vi điều chỉnh

Nghị định này quy định về việc nuôi ong lấy mật ở xã.

Điều 2. Hiệu lực thi hành

Nghị định này có hiệu lực từ ngày ký.
"""
CITING = (
    PLAN
    + """
Thực hiện Nghị định số 99/2030/NĐ-CP, ngày 05/3/2030 của Chính phủ về nuôi ong lấy mật. Thực hiện Chỉ thị số 18-CT/TU,
ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về tái định cư và Chỉ thị số 18-CT/TU,
ngày 01/3/2021 của Ban Thường vụ Tỉnh ủy về công tác tôn giáo.
"""
)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a corpus with one plan, on which the commands work."""
    folder = tmp_path / "documents"
    folder.mkdir()
    written(folder / "ke-hoach.txt", CITING)
    for name, path in (("CORPUS", folder), ("DATA", tmp_path / "data"), ("CATALOGUE", tmp_path / "catalogue.csv")):
        monkeypatch.setenv(f"HOIDAP_{name}", str(path))
    return folder


def rows_of(folder: Path) -> list[str]:
    return (folder / "held.csv").read_text(encoding="utf-8").splitlines()[1:]


@pytest.mark.integration
def test_a_file_is_the_whole_text_of_what_somebody_says_it_is(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest"]) == 0
    bare = written(tmp_path / "nghi-dinh-99-2030-ND-CP.txt", BARE)
    capsys.readouterr()
    assert main(["corpus", "add", str(bare)]) == 0  # it may be, and is asked about
    told = capsys.readouterr().err
    assert (
        f'có thể là toàn văn của 99/2030/NĐ-CP; nếu đúng, hãy chạy: hoidap corpus add --as "99/2030/NĐ-CP" "{bare}"'
        in told
    )
    assert main(["corpus", "check"]) == 0
    assert f'--as "99/2030/NĐ-CP" "{office / bare.name}"' in capsys.readouterr().err
    assert main(["corpus", "list", "--json"]) == 0
    listed = {row["source"]: row for row in json.loads(capsys.readouterr().out)}[f"documents/{bare.name}"]
    assert (listed["number"], listed["told"], listed["may_be"]) == (None, False, ["99/2030/NĐ-CP"])

    assert main(["corpus", "add", "--as", "99/2030/NĐ-CP", str(bare)]) == 0
    assert rows_of(office) == [f"{bare.name},99/2030/NĐ-CP,Nghị định,Chính phủ,2030-03-05,về nuôi ong lấy mật"]
    assert "Đã lập lại chỉ mục vì có thay đổi ở bảng toàn văn" in capsys.readouterr().err
    assert main(["corpus", "list", "--json"]) == 0
    listed = {row["source"]: row for row in json.loads(capsys.readouterr().out)}[f"documents/{bare.name}"]
    assert (listed["number"], listed["date"], listed["told"], listed["may_be"]) == (
        "99/2030/NĐ-CP",
        "2030-03-05",
        True,
        [],
    )
    answer = Assistant.open(read_config()).ask("Nghị định 99/2030/NĐ-CP do ai ban hành, ngày nào?")
    [document] = answer.documents
    assert (document.number, document.issuer, document.date, document.held) == (
        "99/2030/NĐ-CP",
        "Chính phủ",
        "2030-03-05",
        True,
    )

    assert main(["corpus", "remove", "--yes", "99/2030/NĐ-CP"]) == 0
    assert rows_of(office) == []
    assert main(["corpus", "check", "--json"]) == 0
    capsys.readouterr()


@pytest.mark.integration
def test_what_is_told_of_a_file_must_be_clear_and_not_against_its_text(
    office: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ingest"]) == 0
    bare = written(tmp_path / "a.txt", BARE)
    capsys.readouterr()
    assert main(["corpus", "add", "--as", "18-CT/TU", str(bare)]) == 1
    told = capsys.readouterr().err
    assert "18-CT/TU (2018-02-25)" in told
    assert "18-CT/TU (2021-03-01)" in told
    other = written(tmp_path / "b.txt", DECREE.format(where="ở bản"))
    assert main(["corpus", "add", "--as", "98/2030/NĐ-CP", str(other)]) == 1
    assert "văn bản tự ghi là 99/2030/NĐ-CP nên không thêm là 98/2030/NĐ-CP" in capsys.readouterr().err
    assert main(["corpus", "add", "--as", "98/2030/NĐ-CP", str(bare), str(other)]) == 1
    assert "một tệp" in capsys.readouterr().err
    assert [path.name for path in office.iterdir()] == ["ke-hoach.txt"]

    assert main(["corpus", "add", "--as", "18-CT/TU (2021-03-01)", str(bare)]) == 0
    assert rows_of(office) == ["a.txt,18-CT/TU,Chỉ thị,Ban Thường vụ Tỉnh ủy,2021-03-01,về công tác tôn giáo"]
    held = {entry.key: entry.held for entry in open_snapshot(read_config()).knowledge.documents}
    assert (held["18-CT/TU (2021-03-01)"], held["18-CT/TU (2018-02-25)"]) == (True, False)

    (office / "a.txt").unlink()  # by hand: the row stays, and is told
    capsys.readouterr()
    assert main(["corpus", "check"]) == 0
    assert "held.csv có dòng của documents/a.txt nhưng kho không có tệp này" in capsys.readouterr().err
    assert main(["corpus", "add", str(written(tmp_path / "a.txt", BARE.replace("ong", "tằm")))]) == 0
    assert rows_of(office) == []  # another file of that name is not what the row told


@pytest.mark.integration
def test_a_damaged_table_is_told_and_the_old_snapshot_serves(office: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ingest"]) == 0
    written(office / "held.csv", "file,number\nke-hoach.txt,kế hoạch\n")
    assert main(["ingest"]) == 1
    assert "held.csv, dòng 2" in capsys.readouterr().err
    assert len(open_snapshot(read_config()).knowledge.texts) == 1
