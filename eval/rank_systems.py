"""The systems that rank the items of a collection: the product, plain BM25 and a plain dense index."""

from __future__ import annotations

import hashlib
import os
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray

from eval.collections import Collection, CollectionError
from rag.answering.assistant import Assistant
from rag.answering.query import Query
from rag.answering.retrieve import EvidenceRetriever
from rag.config import Config
from rag.index.encoder import Encoder, encoder_fingerprint, load_encoder
from rag.index.encoding import Progress
from rag.index.ingest import ingest
from rag.index.words import WordIndex, write_words
from rag.language.normalize import syllables

DEPTH = 100
"""How many items a system ranks for a question."""
_FIELD = "syllables"
_BATCH = 64

Scores = NDArray[np.float32]
Rank = Callable[[str], list[str]]
"""The ids of the best items for a question, best first."""


@dataclass(frozen=True, slots=True)
class System:
    """A system by the name that reports give it."""

    name: str
    rank: Rank


class Product:
    """The product as installed: its own ingest, its reading of a question, its scores of passages.

    An item scores what its best passage scores. No name of a collection or of a text is known to it.
    """

    name = "Hỏi đáp Dân vận"

    def __init__(self, assistant: Assistant, collection: Collection) -> None:
        self._assistant = assistant
        self._ids = tuple(item.id for item in collection.items)
        self._items = _items_of_passages(assistant, collection)

    @classmethod
    def open(cls, collection: Collection, config: Config, progress: Progress | None = None) -> Product:
        """The product over the texts of a collection, read anew where they or the program changed.

        Raises: CollectionError, and what `ingest` and `Assistant.open` raise.
        """
        of_collection = collection_config(collection, config)
        ingest(of_collection, progress=progress)
        return cls(Assistant.open(of_collection), collection)

    def rank(self, question: str) -> list[str]:
        """The best items, best first; items without a passage are left out."""
        query = self._assistant.understand(question)
        fused = self._assistant.retriever.evidence(query.restored, words=query.topic).fused
        return best_items(self._best_passages(fused), self._ids)

    def rank_by_weight(self, question: str, weights: Iterable[float]) -> dict[float, list[str]]:
        """As `rank`, for each weight of meaning against words."""
        query = self._assistant.understand(question)
        words, meaning = (self._evidence(query, weight) for weight in (0.0, 1.0))
        return {
            weight: best_items(self._best_passages(_mixed(meaning, words, weight)), self._ids) for weight in weights
        }

    def _evidence(self, query: Query, weight: float) -> Scores:
        retriever = self._assistant.retriever
        if not isinstance(retriever, EvidenceRetriever):
            raise TypeError("only the product's own retriever has a weight")
        return retriever.weighted(weight).evidence(query.restored, words=query.topic).fused

    def _best_passages(self, fused: Scores) -> Scores:
        """The score of each item's best passage; of an item without one it is minus infinity."""
        best = np.full(len(self._ids), -np.inf, dtype=np.float32)
        inside = self._items >= 0
        np.maximum.at(best, self._items[inside], fused[inside])
        return best


def collection_config(collection: Collection, config: Config) -> Config:
    """The configuration of a snapshot of a collection, whose texts are written where they are missing.

    Raises: CollectionError where a file of the texts cannot be written.
    """
    folder = config.data / "rank" / _digest(f"{text.source}\n{text.text}" for text in collection.texts)
    try:
        for text in collection.texts:
            path = folder / text.source
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.is_file() or path.read_bytes() != text.text.encode():
                path.write_bytes(text.text.encode())
    except (OSError, UnicodeError) as error:
        raise CollectionError(f"Không ghi được văn bản của bộ dữ liệu vào {folder}: {error}.") from error
    sources = {Path(text.source).parts[0] for text in collection.texts}
    corpus = tuple(folder / name for name in sorted(sources))
    return config.model_copy(
        update={"corpus": corpus, "catalogue": folder / "catalogue.csv", "data": folder / "snapshots"}
    )


def _items_of_passages(assistant: Assistant, collection: Collection) -> NDArray[np.intp]:
    """The place of the item that each passage begins in; -1 for one before the first."""
    starts: dict[str, list[int]] = {}
    places: dict[str, list[int]] = {}
    for place, item in enumerate(collection.items):
        starts.setdefault(item.source, []).append(item.span.start)
        places.setdefault(item.source, []).append(place)
    stored = assistant.stored_texts
    for text in collection.texts:
        if stored.get(text.source) != text.text:
            raise CollectionError(f"Văn bản {text.source} của bộ dữ liệu không được đọc lại nguyên vẹn.")
    found = []
    for passage in assistant.retriever.passages:
        at = bisect_right(starts.get(passage.source, []), passage.segments[0].start)
        found.append(places[passage.source][at - 1] if at else -1)
    return np.asarray(found, dtype=np.intp)


def _mixed(meaning: Scores, words: Scores, weight: float) -> Scores:
    mixed: Scores = np.add(
        np.multiply(meaning, weight, dtype=np.float32), np.multiply(words, 1 - weight, dtype=np.float32)
    )
    return mixed


def best_items(scores: Scores, ids: Sequence[str], *, depth: int = DEPTH) -> list[str]:
    """The ids of the best scores, best first, ties in the given order; minus infinity is left out.

    >>> best_items(np.array([0.2, 0.5, -np.inf, 0.5], dtype=np.float32), ["a", "b", "c", "d"])
    ['b', 'd', 'a']
    """
    order = np.argsort(-scores, kind="stable")[:depth]
    return [ids[int(place)] for place in order if np.isfinite(scores[place])]


def plain_bm25(collection: Collection) -> System:
    """BM25 over the syllables of whole items, with the usual k1 = 1.5 and b = 0.75."""
    ids = [item.id for item in collection.items]
    with TemporaryDirectory(prefix="hoidap-rank-", ignore_cleanup_errors=True) as folder:
        write_words(Path(folder), {_FIELD: [syllables(text) for text in collection.item_texts()]})
        index = WordIndex.open(Path(folder))
    return System(
        "BM25 trên âm tiết", lambda question: best_items(index.scores(_FIELD, syllables(question)), ids)
    )  # fmt: skip


def plain_dense(collection: Collection, config: Config, progress: Progress | None = None) -> System:
    """Cosine to whole items, of which an encoder reads as much as its window takes; the vectors are kept.

    Raises: EncoderError.
    """
    ids = [item.id for item in collection.items]
    encoder = load_encoder(config.encoder)
    vectors = _kept_vectors(collection.item_texts(), encoder, config, progress or (lambda step, done, total: None))
    return System(
        "Véc-tơ cả điều", lambda question: best_items(vectors @ encoder.encode_queries([question])[0], ids)
    )  # fmt: skip


def _kept_vectors(texts: Sequence[str], encoder: Encoder, config: Config, report: Progress) -> Scores:
    path = config.data / "rank" / f"{_digest([encoder_fingerprint(config.encoder), *texts])}.npy"
    if path.is_file():
        kept: Scores = np.load(path)
        return kept
    parts = []
    for start in range(0, len(texts), _BATCH):
        report("Mã hóa cả điều", start, len(texts))
        parts.append(encoder.encode_passages(texts[start : start + _BATCH]))
    vectors: Scores = np.vstack(parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.new")
    with draft.open("wb") as file:  # numpy would add its own ending to a path
        np.save(file, vectors)
    draft.replace(path)
    return vectors


def _digest(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "little") + data)
    return digest.hexdigest()[:16]


def opened(
    names: Sequence[str], collection: Collection, config: Config, progress: Progress | None = None
) -> Mapping[str, System | Product]:
    """The systems of those names, in their order: product, bm25 and dense."""
    makers: Mapping[str, Callable[[], System | Product]] = {
        "product": lambda: Product.open(collection, config, progress),
        "bm25": lambda: plain_bm25(collection),
        "dense": lambda: plain_dense(collection, config, progress),
    }
    return {name: makers[name]() for name in names}


SYSTEMS = ("product", "bm25", "dense")
