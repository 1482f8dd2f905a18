"""The vectors of passages, each of its own words below its headings; what is known already is not encoded again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Event

from rag.index.encoder import Encoder, Vectors, below
from rag.index.windows import Section
from rag.types import Passage

Progress = Callable[[str, int, int], None]
"""Called with a step's name in Vietnamese, how much of it is done, and how much there is."""

_BATCH = 256


def indexed_text(passage: Passage) -> str:
    """What of a passage is indexed: the headings above it and its words."""
    return below(passage.context, passage.text)


def encode(
    encoder: Encoder, passages: Sequence[Passage], known: Mapping[str, Vectors], report: Progress, stopped: Event
) -> Mapping[str, Vectors]:
    """The vector of each passage, `(dim,)`, by its indexed text; of the `known` ones as it is.

    Once it is `stopped`, what is not encoded yet is left out.
    """
    found = dict(known)
    new = _unknown(passages, known)
    done, total = 0, sum(len(section.texts) for section in new)
    for part in _batches(new):
        if stopped.is_set():
            break
        report("Mã hóa đoạn văn", done, total)
        texts = [below(section.context, text) for section in part for text in section.texts]
        found |= zip(texts, encoder.encode_sections(part), strict=True)
        done += len(texts)
    report("Mã hóa đoạn văn", done, total)
    return found


def _unknown(passages: Sequence[Passage], known: Mapping[str, Vectors]) -> list[Section]:
    """The sections of what is to be encoded, each once, in reading order."""
    sections: dict[tuple[str, str], list[str]] = {}
    seen: set[str] = set()
    for passage in passages:
        text = indexed_text(passage)
        if text not in known and text not in seen:
            seen.add(text)
            sections.setdefault((passage.source, passage.context), []).append(passage.text)
    return [Section(context, tuple(texts)) for (_, context), texts in sections.items()]


def _batches(sections: Sequence[Section]) -> Iterator[list[Section]]:
    """The sections in order, so many at a time that they have about _BATCH texts."""
    batch: list[Section] = []
    count = 0
    for section in sections:
        batch.append(section)
        count += len(section.texts)
        if count >= _BATCH:
            yield batch
            batch, count = [], 0
    if batch:
        yield batch
