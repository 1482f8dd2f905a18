"""Other systems over the same texts: each finds passages for a question, with the settings it comes with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from rag.errors import HoidapError
from rag.language.normalize import syllables
from rag.types import Span

if TYPE_CHECKING:
    from haystack import Document as HaystackDocument
    from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
    from llama_index.core.schema import NodeWithScore

    from rag.index.encoder import Encoder

TOP = 5
"""How many passages a peer shows for a question."""
_PARAGRAPH = re.compile(r"\S(?:.*\S)?(?:\n(?:.*\S.*))*")


class PeerError(HoidapError):
    """A peer gave what cannot be scored."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage: a range of a stored text."""

    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Found:
    """The passages for one question, best first, and the scores by which the peer could have refused it.

    Every signal is the higher the surer the peer is; a peer gives the same ones for each question.
    """

    hits: tuple[Hit, ...]
    signals: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Peer:
    """A system with its version, how many passages it made of the texts, and its search."""

    name: str
    version: str
    passages: int
    search: Callable[[str], Found]


Open = Callable[[Mapping[str, str], "Encoder"], Peer]
"""Makes a peer of the texts, by source, and the encoder that it may use."""


def syllable_bm25(texts: Mapping[str, str], encoder: Encoder | None = None) -> Peer:
    """BM25 as bm25s has it, over the syllables of paragraphs; what shares no syllable is not found.

    Signals: the best score, and the best score for each syllable of the question.
    """
    import bm25s
    import numpy as np

    hits = [Hit(source, span) for source, text in texts.items() for span in paragraphs(text)]
    # Numbered in order of appearance: bm25s itself goes through a set, which differs from run to run.
    numbers: dict[str, int] = {}
    rows = [
        [numbers.setdefault(word, len(numbers)) for word in syllables(hit.span.of(texts[hit.source]))] for hit in hits
    ]
    index = bm25s.BM25()
    if numbers:
        index.index((rows, numbers), create_empty_token=False, show_progress=False)

    def search(question: str) -> Found:
        words = syllables(question)
        known = [numbers[word] for word in words if word in numbers]
        if not known:
            return Found((), (0.0, 0.0))
        scores = index.get_scores_from_ids(known)
        best = [int(place) for place in np.argsort(-scores, kind="stable")[:TOP] if scores[place] > 0]
        top = float(scores[best[0]]) if best else 0.0
        return Found(tuple(hits[place] for place in best), (top, top / len(words)))

    return Peer("BM25", f"bm25s {version('bm25s')}", len(hits), search)


def paragraphs(text: str) -> list[Span]:
    r"""The ranges between blank lines.

    >>> [span.of("Mục I\nĐiểm a\n\n \nMục II") for span in paragraphs("Mục I\nĐiểm a\n\n \nMục II")]
    ['Mục I\nĐiểm a', 'Mục II']
    """
    return [Span(*found.span()) for found in _PARAGRAPH.finditer(text)]


def llama_index_quickstart(texts: Mapping[str, str], encoder: Encoder) -> Peer:
    """llama-index as its first page has it, without the model that words an answer.

    The default splitter (1,024 tokens, 200 of them shared), the in-memory vector index, cosine.
    Signals: the best score, and how far it is above the last one shown.
    """
    from llama_index.core import Document, VectorStoreIndex
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.node_parser import SentenceSplitter

    class Encoded(BaseEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return floats(encoder.encode_queries([query])[0])

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_query_embedding(query)

        def _get_text_embedding(self, text: str) -> list[float]:
            return floats(encoder.encode_passages([text])[0])

        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            return [floats(row) for row in encoder.encode_passages(texts)]

    documents = [Document(id_=source, text=text) for source, text in texts.items()]
    nodes = SentenceSplitter().get_nodes_from_documents(documents)
    index = VectorStoreIndex(nodes, embed_model=Encoded(model_name=encoder.name))
    retriever = index.as_retriever(similarity_top_k=TOP)

    def search(question: str) -> Found:
        found = retriever.retrieve(question)
        scores = [float(one.score or 0.0) for one in found]
        top, last = (scores[0], scores[-1]) if scores else (0.0, 0.0)
        return Found(tuple(_of_node(one, texts) for one in found), (top, top - last))

    return Peer("llama-index", f"llama-index-core {version('llama-index-core')}", len(nodes), search)


def _of_node(found: NodeWithScore, texts: Mapping[str, str]) -> Hit:
    source, start = str(found.node.ref_doc_id), getattr(found.node, "start_char_idx", None)
    return _placed(source, texts[source], found.node.get_content(), start)


def haystack_hybrid(texts: Mapping[str, str], encoder: Encoder) -> Peer:
    """Haystack's hybrid search: its splitter, its BM25 and our encoder in memory, joined by rank.

    All defaults: 200 words a passage, ten passages from each retriever. Without a pipeline nothing is
    reported to its makers; reporting is switched off besides.
    Signals: the joined score, the best of BM25, the best cosine.
    """
    with patch.dict("os.environ", HAYSTACK_TELEMETRY_ENABLED="false"):  # read once, when it is imported
        from haystack import Document
        from haystack.components.joiners import DocumentJoiner
        from haystack.components.preprocessors import DocumentSplitter
        from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
        from haystack.document_stores.in_memory import InMemoryDocumentStore

    documents = [Document(content=text, meta={"source": source}) for source, text in texts.items()]
    pieces: list[HaystackDocument] = DocumentSplitter().run(documents=documents)["documents"]
    vectors = encoder.encode_passages([piece.content or "" for piece in pieces])
    store = InMemoryDocumentStore()
    store.write_documents(
        [replace(piece, embedding=floats(vector)) for piece, vector in zip(pieces, vectors, strict=True)]
    )
    words, dense = InMemoryBM25Retriever(store), InMemoryEmbeddingRetriever(store)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=TOP)

    def search(question: str) -> Found:
        lists = _both(words, dense, question, floats(encoder.encode_queries([question])[0]))
        joined: list[HaystackDocument] = joiner.run(documents=lists)["documents"]
        tops = tuple(max((float(one.score or 0.0) for one in found), default=0.0) for found in (joined, *lists))
        return Found(tuple(_of_piece(one, texts) for one in joined), tops)

    return Peer("Haystack", f"haystack-ai {version('haystack-ai')}", len(pieces), search)


def _both(
    words: InMemoryBM25Retriever, dense: InMemoryEmbeddingRetriever, question: str, vector: list[float]
) -> list[list[HaystackDocument]]:
    return [words.run(query=question)["documents"], dense.run(query_embedding=vector)["documents"]]


def _of_piece(found: HaystackDocument, texts: Mapping[str, str]) -> Hit:
    source = str(found.meta["source"])
    return _placed(source, texts[source], found.content or "", int(found.meta["split_idx_start"]))


def _placed(source: str, text: str, words: str, start: int | None) -> Hit:
    """Where a passage stands, by the offset that its system gives.

    Raises: PeerError where the stored text reads otherwise there.
    """
    if start is None or not words or text[start : start + len(words)] != words:
        raise PeerError(f"{source}: đoạn trích của hệ thống so sánh không đúng nguyên văn ở vị trí {start}.")
    return Hit(source, Span(start, start + len(words)))


def floats(row: Any) -> list[float]:
    """One vector as a list."""
    return [float(value) for value in row]


PEERS: Mapping[str, tuple[str, Open]] = {
    "llama-index": ("llama_index", llama_index_quickstart),
    "BM25": ("bm25s", syllable_bm25),
    "Haystack": ("haystack", haystack_hybrid),
}
"""Every peer by its name: the module that it needs and what makes it."""


def open_peers(texts: Mapping[str, str], encoder: Encoder) -> tuple[list[Peer], list[str]]:
    """The peers that are installed, and a sentence for each one that is not."""
    absent = [name for name, (module, _) in PEERS.items() if find_spec(module) is None]
    peers = [make(texts, encoder) for name, (_, make) in PEERS.items() if name not in absent]
    return peers, [
        f"Không đo {name}: chưa cài gói này (pip install -c constraints.txt -e '.[dev]')." for name in absent
    ]
