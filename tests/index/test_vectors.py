"""The vectors in the real Chroma, in a folder of their own each."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from rag.errors import SnapshotError
from rag.index.vectors import VectorIndex, read_vectors, write_vectors

DIMENSION = 16


def unit_vectors(count, *, seed=0):
    vectors = np.random.default_rng(seed).normal(size=(count, DIMENSION)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def write(folder, vectors, *, prefix="p", **limit):
    ids = [f"{prefix}{number:04}" for number in range(len(vectors))]
    write_vectors(folder, ids=ids, texts=[f"Đoạn {id_}" for id_ in ids], vectors=vectors, **limit)
    return ids


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "index"
    write(path, unit_vectors(300), exact_up_to=0)
    return path


@pytest.fixture(scope="module")
def index(folder):
    return VectorIndex.open(folder)


def test_the_nearest_come_first_with_their_cosines(index):
    vectors, query = unit_vectors(300), unit_vectors(1, seed=7)[0]
    cosines = vectors @ query
    best = np.argsort(-cosines)[:5]
    found = index.search(query, top_k=5)
    assert [id_ for id_, _ in found] == [f"p{number:04}" for number in best]
    assert [score for _, score in found] == pytest.approx(cosines[best].tolist(), abs=2e-6)


def test_a_vector_finds_itself_and_its_opposite_comes_last(index):
    vector = unit_vectors(300)[42]
    assert index.search(vector, top_k=1) == [("p0042", 1.0)]
    assert index.search(-vector, top_k=300)[-1] == ("p0042", -1.0)


def test_similarities_hold_every_record_and_agree_with_the_search(index):
    query = unit_vectors(1, seed=8)[0]
    similarities = index.similarities(query)
    assert len(similarities) == index.count == 300
    assert dict(index.search(query, top_k=300)) == similarities


@pytest.mark.parametrize("top_k", [-1, 0])
def test_nothing_is_found_where_nothing_is_asked_for(index, top_k):
    assert index.search(unit_vectors(1)[0], top_k=top_k) == []


def test_more_are_asked_for_than_there_are(index):
    assert len(index.search(unit_vectors(1)[0], top_k=10**6)) == 300


def test_equal_records_come_in_the_order_of_their_ids(tmp_path):
    vector = unit_vectors(1)
    ids = ["c", "a", "d", "b"]
    write_vectors(tmp_path, ids=ids, texts=ids, vectors=np.repeat(vector, 4, axis=0))
    for exact_up_to in (0, 100):
        index = VectorIndex.open(tmp_path, exact_up_to=exact_up_to)
        assert [id_ for id_, _ in index.search(vector[0], top_k=4)] == ["a", "b", "c", "d"]
        index.close()


def test_chroma_through_llama_index_finds_what_exact_search_finds(folder, index):
    approximate = VectorIndex.open(folder, exact_up_to=0)
    for query in unit_vectors(20, seed=3):
        exact, found = index.search(query, top_k=10), approximate.search(query, top_k=10)
        assert [id_ for id_, _ in found] == [id_ for id_, _ in exact]
        assert [score for _, score in found] == pytest.approx([score for _, score in exact], abs=2e-6)
    assert approximate.similarities(query) == pytest.approx(index.similarities(query), abs=2e-6)
    approximate.close()
    approximate.close()


def test_a_written_folder_can_be_renamed_and_opened_by_another_process(tmp_path):
    vectors = unit_vectors(50)
    write(tmp_path / "new", vectors)
    (tmp_path / "new").rename(tmp_path / "current")
    assert VectorIndex.open(tmp_path / "current").search(vectors[3], top_k=1) == [("p0003", 1.0)]
    code = (
        "import sys, numpy; from pathlib import Path; from rag.index.vectors import VectorIndex\n"
        "index = VectorIndex.open(Path(sys.argv[1])); vector = numpy.load(sys.argv[2])\n"
        "print(index.count, index.search(vector, top_k=1))"
    )
    np.save(tmp_path / "query.npy", vectors[7])
    command = [sys.executable, "-c", code, str(tmp_path / "current"), str(tmp_path / "query.npy")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "50 [('p0007', 1.0)]"


@pytest.mark.skipif(sys.platform != "linux", reason="the open files of a process are read from /proc")
def test_no_file_stays_open_after_writing_nor_after_reading(tmp_path):
    write(tmp_path, unit_vectors(1200))  # Chroma writes its graph after a thousand
    VectorIndex.open(tmp_path)
    VectorIndex.open(tmp_path, exact_up_to=0).close()
    deadline = time.monotonic() + 10  # Chroma lets go in the background, some 50 ms later
    while open_below(tmp_path) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert open_below(tmp_path) == []


def open_below(folder):
    names = []
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # another thread has closed it since
            names.append(str(link.readlink()))
    return [name for name in names if name.startswith(str(folder)) and not name.endswith(" (deleted)")]


def test_a_record_that_is_written_again_is_replaced(tmp_path):
    old, new = unit_vectors(3), unit_vectors(3, seed=5)
    write(tmp_path, old)
    write_vectors(tmp_path, ids=["p0001", "p0009"], texts=["mới", "thêm"], vectors=new[:2])
    for exact_up_to in (0, 100):
        index = VectorIndex.open(tmp_path, exact_up_to=exact_up_to)
        assert index.count == 4
        assert index.search(new[0], top_k=1) == [("p0001", 1.0)]
        assert index.search(old[1], top_k=1)[0][1] < 1.0
        index.close()


def test_more_records_than_one_batch_takes_are_all_written(tmp_path, monkeypatch):
    from chromadb.api.client import Client

    monkeypatch.setattr(Client, "get_max_batch_size", lambda self: 7)
    vectors = unit_vectors(20)
    write(tmp_path, vectors)
    index = VectorIndex.open(tmp_path)
    assert [index.search(vector, top_k=1)[0][0] for vector in vectors] == [f"p{n:04}" for n in range(20)]


def test_an_index_of_no_records_finds_nothing(tmp_path):
    write_vectors(tmp_path, ids=[], texts=[], vectors=np.empty((0, DIMENSION), np.float32))
    index = VectorIndex.open(tmp_path)
    vector = unit_vectors(1)[0]
    assert (index.count, index.search(vector, top_k=3), index.similarities(vector)) == (0, [], {})


def test_several_threads_read_the_same(folder, index):
    approximate = VectorIndex.open(folder, exact_up_to=0)
    query = unit_vectors(1, seed=9)[0]
    for reader in (index, approximate):
        expected = reader.search(query, top_k=10)
        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(lambda _, reader=reader: reader.search(query, top_k=10), range(40)))
        assert all(result == expected for result in found)
    approximate.close()


@pytest.mark.parametrize("exact_up_to", [0, 100_000])
def test_a_vector_of_another_encoder_is_refused(folder, exact_up_to):
    index = VectorIndex.open(folder, exact_up_to=exact_up_to)
    with pytest.raises(SnapshotError, match="hoidap ingest"):
        index.search(np.ones(DIMENSION + 1, np.float32), top_k=1)
    index.close()


def test_differing_lengths_and_repeated_ids_are_refused(tmp_path):
    vectors = unit_vectors(2)
    with pytest.raises(ValueError, match="2 vectors"):
        write_vectors(tmp_path, ids=["a"], texts=["một"], vectors=vectors)
    with pytest.raises(ValueError, match="1 of them distinct"):
        write_vectors(tmp_path, ids=["a", "a"], texts=["một", "hai"], vectors=vectors)


def test_a_missing_folder_is_said_and_not_made(tmp_path):
    with pytest.raises(SnapshotError, match="Không tìm thấy"):
        VectorIndex.open(tmp_path / "none")
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("damage", ["garbage", "empty", "cut"])
def test_a_damaged_database_is_said_in_vietnamese(tmp_path, damage):
    write(tmp_path, unit_vectors(50))
    database = tmp_path / "chroma.sqlite3"
    content = database.read_bytes()
    database.write_bytes({"garbage": b"x" * 5000, "empty": b"", "cut": content[: len(content) // 2]}[damage])
    with pytest.raises(SnapshotError, match="bị hỏng"):
        VectorIndex.open(tmp_path)


def test_a_damaged_graph_is_said_in_vietnamese(tmp_path):
    write(tmp_path, unit_vectors(1200))
    for header in tmp_path.glob("*/header.bin"):
        header.write_bytes(b"xx")
    with pytest.raises(SnapshotError, match="bị hỏng"):
        VectorIndex.open(tmp_path)


def test_a_folder_that_cannot_be_written_is_said_in_vietnamese(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(SnapshotError, match="Không ghi được"):
        write(tmp_path / "file", unit_vectors(1))


def test_new_records_are_added_to_a_copy_of_what_was_there(tmp_path):
    vectors = unit_vectors(30)
    old = write(tmp_path / "old", vectors[:20])
    write(tmp_path / "new", vectors, before=tmp_path / "old")
    write(tmp_path / "anew", vectors)
    copied, made, left = (VectorIndex.open(tmp_path / name) for name in ("new", "anew", "old"))
    query = unit_vectors(1, seed=4)[0]
    assert copied.search(query, top_k=30) == made.search(query, top_k=30)
    assert copied.similarities(query) == made.similarities(query)
    assert left.count == len(old) == 20
    assert read_vectors(tmp_path / "new").keys() == read_vectors(tmp_path / "anew").keys()


@pytest.mark.parametrize("kept", [["p0000"], ["p0000", "p0001", "p0009"]])
def test_nothing_is_copied_of_a_folder_that_has_a_text_which_was_removed(tmp_path, kept):
    vectors = unit_vectors(3)
    write_vectors(tmp_path / "old", ids=["p0000", "p0001"], texts=["Ở lại", "Đã xóa đi"], vectors=vectors[:2])
    texts = ["Ở lại", "Khác", "Mới"][: len(kept)]
    write_vectors(tmp_path / "new", ids=kept, texts=texts, vectors=vectors[: len(kept)], before=tmp_path / "old")
    assert list(read_vectors(tmp_path / "new")) == texts
    content = b"".join(file.read_bytes() for file in (tmp_path / "new").rglob("*") if file.is_file())
    assert "Đã xóa đi".encode() not in content


def test_a_damaged_folder_is_not_copied(tmp_path):
    write(tmp_path / "old", unit_vectors(3))
    (tmp_path / "old" / "chroma.sqlite3").write_bytes(b"x" * 5000)
    write(tmp_path / "new", unit_vectors(4), before=tmp_path / "old")
    assert VectorIndex.open(tmp_path / "new").count == 4
