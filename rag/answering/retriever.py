"""The evidence as a llama-index retriever, for programs that are built on llama-index."""

from __future__ import annotations

from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from rag.answering.retrieve import Retriever
from rag.types import Passage


class PassageRetriever(BaseRetriever):
    """The best passages as nodes, best first, each with its fused score, a fraction of 1.

    A node's text is the passage as one line; `source`, `start` and `end` in its metadata are where it
    stands in the stored text, in code points.

    Example:
        retriever = PassageRetriever(Assistant.open(read_config()).retriever, top_k=5)
        nodes = retriever.retrieve("Đơn vị nào tham mưu về đối thoại trực tiếp?")
    """

    def __init__(self, retriever: Retriever, *, top_k: int = 10) -> None:
        super().__init__()
        self._retriever = retriever
        self._top_k = top_k

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        question = query_bundle.query_str
        if not question.strip():
            return []
        evidence = self._retriever.evidence(question)
        passages = self._retriever.passages
        return [
            NodeWithScore(node=_node(passages[index]), score=float(evidence.fused[index]))
            for index in evidence.best(self._top_k)
        ]


def _node(passage: Passage) -> TextNode:
    start, end = passage.segments[0].start, passage.segments[-1].end
    place = {"source": passage.source, "start": start, "end": end, "locator": passage.locator}
    return TextNode(id_=passage.id, text=passage.text, metadata=place, start_char_idx=start, end_char_idx=end)
