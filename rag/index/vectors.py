"""The passages' vectors, kept in an embedded Chroma collection.

Up to EXACT_UP_TO records the vectors are read once, when the index is opened, and compared one by one,
which is exact and costs less than a millisecond a thousand. Beyond that Chroma's own approximate index
is asked through llama-index's vector store, whose nodes carry the texts: Chroma indexes every three letters
of these, which takes five times as long as the vectors alone. Chroma is a cache here: it is written once,
into a new folder, and can be made again.
"""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import Iterator, KeysView, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from rag.errors import SnapshotError

if TYPE_CHECKING:
    from chromadb import Collection
    from chromadb.api.client import Client
    from chromadb.api.collection_configuration import CreateHNSWConfiguration
    from llama_index.vector_stores.chroma import ChromaVectorStore

logger = logging.getLogger(__name__)

EXACT_UP_TO = 50_000  # records; their vectors take 77 MB at 384 dimensions
CANDIDATES = 1_000  # how many of the nearest the approximate index is asked for where all are wanted

_GRAPH: CreateHNSWConfiguration = {"space": "cosine"}
_SMALL_GRAPH: CreateHNSWConfiguration = {"space": "cosine", "ef_construction": 10, "max_neighbors": 4}
"""Where every record is compared, nobody asks the graph, which takes most of the writing."""
_COLLECTION = "passages"
_DATABASE = "chroma.sqlite3"
_RECORDS, _VECTORS = "records.json", "vectors.npy"
_DECIMALS = 6  # of a cosine: float32 gives no more, and what is equal to here is a tie

Vectors = NDArray[np.float32]


def write_vectors(
    folder: Path,
    *,
    ids: Sequence[str],
    texts: Sequence[str],
    vectors: Vectors,
    before: Path | None = None,
    exact_up_to: int = EXACT_UP_TO,
) -> None:
    """Keep one record a passage in `folder`, which is made where it is missing.

    `vectors` is `(n, dim)` of unit length, in the order of `ids`; an id that the folder holds already
    is replaced. More than `exact_up_to` records get a graph that Chroma's own search can be trusted with.
    When this returns, the folder may be renamed.

    `before` is another folder, in which the same texts have the same vectors: where it has nothing that is not to
    be kept here too, it is copied and only what is new is added. What was removed is never copied, so that nothing
    stays of it. The graph then depends on what was added when, which no answer shows: up to `exact_up_to` records
    nobody asks it, and beyond that everything is written anew.

    Raises: SnapshotError, where Chroma cannot write; ValueError, where the lengths differ or an id
    stands twice.
    """
    if not len(ids) == len(set(ids)) == len(texts) == len(vectors):
        raise ValueError(
            f"{len(ids)} ids, {len(set(ids))} of them distinct, {len(texts)} texts, {len(vectors)} vectors"
        )
    with _translated(f"Không ghi được chỉ mục véc-tơ vào {folder}"):
        folder.mkdir(parents=True, exist_ok=True)
        everything = (ids, texts, vectors)
        held = _copied(before, folder, dict(zip(ids, texts, strict=True))) if before and len(ids) <= exact_up_to else ()
        if held:
            new = [index for index, id_ in enumerate(ids) if id_ not in held]
            ids, texts, vectors = [ids[index] for index in new], [texts[index] for index in new], vectors[new]
        client = _open_client(folder)
        try:
            upsert, graph = (_upsert_nodes, _GRAPH) if len(everything[0]) > exact_up_to else (_upsert, _SMALL_GRAPH)
            collection = client.get_or_create_collection(
                _COLLECTION, embedding_function=None, configuration={"hnsw": graph}
            )
            size = client.get_max_batch_size()
            for start in range(0, len(ids), size):
                part = slice(start, start + size)
                upsert(collection, ids=ids[part], texts=texts[part], vectors=vectors[part])
        finally:
            client.close()
        _write_records(folder, *everything)


def _copied(before: Path, folder: Path, wanted: Mapping[str, str]) -> KeysView[str] | tuple[()]:
    """The ids that `folder` now has from another one; none where that has a record that is not wanted."""
    try:
        ids, texts, _ = _read_records(before)
        held = dict(zip(ids, texts, strict=True))
        if not held or any(wanted.get(id_) != text for id_, text in held.items()) or _count(before) != len(held):
            return ()
    except SnapshotError as error:
        logger.warning("%s", error)  # nothing is lost: all is written anew
        return ()
    shutil.copytree(before, folder, dirs_exist_ok=True)
    return held.keys()


def _count(folder: Path) -> int:
    _require(folder)
    with _translated(f"Chỉ mục véc-tơ trong {folder} bị hỏng"):
        client = _open_client(folder)
        try:
            return client.get_collection(_COLLECTION, embedding_function=None).count()
        finally:
            client.close()


def read_vectors(folder: Path) -> dict[str, Vectors]:
    """The vectors that the last `write_vectors` left in `folder`, each `(dim,)`, by the text that they stand for.

    Raises: SnapshotError, where the folder is missing or damaged.
    """
    _, texts, vectors = _read_records(folder)
    return dict(zip(texts, vectors, strict=True))


def _write_records(folder: Path, ids: Sequence[str], texts: Sequence[str], vectors: Vectors) -> None:
    """The records once more beside Chroma's, which takes seconds to give them all."""
    (folder / _RECORDS).write_text(json.dumps([list(ids), list(texts)], ensure_ascii=False), encoding="utf-8")
    np.save(folder / _VECTORS, vectors)


def _read_records(folder: Path) -> tuple[list[str], list[str], Vectors]:
    _require(folder)
    try:
        ids, texts = json.loads((folder / _RECORDS).read_text(encoding="utf-8"))
        vectors: Vectors = np.load(folder / _VECTORS, allow_pickle=False)
        if not len(ids) == len(texts) == len(vectors):
            raise ValueError(f"{len(ids)} ids, {len(texts)} texts, {len(vectors)} vectors")
    except (OSError, EOFError, ValueError, TypeError) as exc:
        raise SnapshotError(f"Chỉ mục véc-tơ trong {folder} bị hỏng: {exc}.") from exc
    return ids, texts, vectors


class VectorIndex:
    """Reads the vectors of one folder; safe for reading from several threads."""

    def __init__(self, source: _Source) -> None:
        self._source = source

    @classmethod
    def open(cls, folder: Path, *, exact_up_to: int = EXACT_UP_TO) -> VectorIndex:
        """The index that `write_vectors` left in `folder`.

        Raises: SnapshotError, where it is missing or damaged.
        """
        _require(folder)
        with _translated(f"Chỉ mục véc-tơ trong {folder} bị hỏng"):
            return cls(_open_source(folder, exact_up_to))

    @property
    def count(self) -> int:
        """How many records there are."""
        return self._source.count

    def search(self, vector: Vectors, *, top_k: int) -> list[tuple[str, float]]:
        """The `top_k` nearest records as (id, cosine), best first, equal ones by id.

        `vector` is `(dim,)` of unit length.

        Raises: SnapshotError, where its dimension is not the index's.
        """
        return self._source.nearest(vector, top_k) if top_k > 0 and self.count else []

    def similarities(self, vector: Vectors) -> dict[str, float]:
        """The cosine of every record, by id; beyond EXACT_UP_TO records only of the CANDIDATES nearest.

        Raises: SnapshotError, where its dimension is not the index's.
        """
        return self._source.similarities(vector) if self.count else {}

    def close(self) -> None:
        """Let go of the files; closing twice is fine."""
        self._source.close()


class _Source(Protocol):
    @property
    def count(self) -> int: ...

    def nearest(self, vector: Vectors, top_k: int) -> list[tuple[str, float]]: ...

    def similarities(self, vector: Vectors) -> dict[str, float]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class _Exact:
    """All vectors, `(n, dim)` float32, in the order of their sorted ids."""

    ids: tuple[str, ...]
    vectors: Vectors

    @property
    def count(self) -> int:
        return len(self.ids)

    def nearest(self, vector: Vectors, top_k: int) -> list[tuple[str, float]]:
        cosines = self._cosines(vector)
        best = np.argsort(-cosines, kind="stable")[:top_k]  # stable: equal ones keep the order of the ids
        return [(self.ids[index], float(cosines[index])) for index in best]

    def similarities(self, vector: Vectors) -> dict[str, float]:
        return dict(zip(self.ids, self._cosines(vector).tolist(), strict=True))

    def close(self) -> None:
        """Nothing is open: the vectors were read at once."""

    def _cosines(self, vector: Vectors) -> NDArray[np.float64]:
        if vector.shape != self.vectors.shape[1:]:
            raise _wrong_dimension()
        return _tidy((self.vectors @ vector).astype(np.float64))


@dataclass(frozen=True, slots=True)
class _Approximate:
    """Chroma's own index, asked through llama-index."""

    client: Client
    store: ChromaVectorStore
    count: int

    def nearest(self, vector: Vectors, top_k: int) -> list[tuple[str, float]]:
        from llama_index.core.vector_stores.types import VectorStoreQuery

        query = VectorStoreQuery(query_embedding=vector.tolist(), similarity_top_k=min(top_k, self.count))
        with _translated("Không tìm được trong chỉ mục véc-tơ"):
            found = self.store.query(query)
        # The store's score is exp(-distance), and Chroma's distance is 1 - cosine.
        cosines = _tidy(1.0 + np.log(np.asarray(found.similarities or (), dtype=np.float64)))
        pairs = zip(found.ids or (), cosines.tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def similarities(self, vector: Vectors) -> dict[str, float]:
        return dict(self.nearest(vector, CANDIDATES))

    def close(self) -> None:
        self.client.close()


def _open_source(folder: Path, exact_up_to: int) -> _Source:
    client = _open_client(folder)
    keep = False
    try:
        collection = client.get_collection(_COLLECTION, embedding_function=None)
        count = collection.count()
        if count <= exact_up_to:
            return _read_all(collection)
        keep = True
        return _Approximate(client, _as_store(collection), count)
    finally:
        if not keep:
            client.close()


def _require(folder: Path) -> None:
    if not (folder / _DATABASE).is_file():  # Chroma would make an empty one
        raise SnapshotError(f"Không tìm thấy chỉ mục véc-tơ trong {folder}. Hãy chạy lại: hoidap ingest --force.")


def _read_all(collection: Collection) -> _Exact:
    records = collection.get(include=["embeddings"])
    ids = records["ids"]
    vectors = np.asarray(records["embeddings"], dtype=np.float32)
    order = sorted(range(len(ids)), key=ids.__getitem__)
    return _Exact(tuple(ids[index] for index in order), vectors[order])


def _upsert(collection: Collection, *, ids: Sequence[str], texts: Sequence[str], vectors: Vectors) -> None:
    """Keeps the vectors alone; the texts are in the records."""
    del texts
    collection.upsert(ids=list(ids), embeddings=vectors)


def _upsert_nodes(collection: Collection, *, ids: Sequence[str], texts: Sequence[str], vectors: Vectors) -> None:
    from llama_index.core.schema import BaseNode, TextNode

    nodes: list[BaseNode] = [
        TextNode(id_=id_, text=text, embedding=vector.tolist())
        for id_, text, vector in zip(ids, texts, vectors, strict=True)
    ]
    store = _as_store(collection)
    if collection.count():
        store.delete_nodes(list(ids))  # since Chroma silently ignores the adding of an id that is there
    store.add(nodes)


def _as_store(collection: Collection) -> ChromaVectorStore:
    from llama_index.vector_stores.chroma import ChromaVectorStore

    return ChromaVectorStore(chroma_collection=collection)


def _open_client(folder: Path) -> Client:
    """Raises: OSError where the disk refuses; Chroma's clean-up then fails over what was never made."""
    import chromadb
    from chromadb.config import Settings

    try:
        client = chromadb.PersistentClient(path=folder, settings=Settings(anonymized_telemetry=False))
    except AttributeError as exc:
        raise OSError(str(exc.__context__ or exc)) from exc
    return cast("Client", client)  # it is one, but is annotated as an interface that lacks close()


def _tidy(cosines: NDArray[np.float64]) -> NDArray[np.float64]:
    tidy: NDArray[np.float64] = np.clip(cosines, -1.0, 1.0).round(_DECIMALS)
    return tidy


def _wrong_dimension() -> SnapshotError:
    return SnapshotError("Chỉ mục véc-tơ được lập bằng bộ mã hóa khác. Hãy chạy lại: hoidap ingest --force.")


@contextmanager
def _translated(what: str) -> Iterator[None]:
    """Chroma's errors, and those of the files below it, as SnapshotError."""
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, OSError, ValueError) as exc:
        raise SnapshotError(f"{what}: {exc}. Hãy chạy lại: hoidap ingest --force.") from exc
