"""Word scores: one BM25 index a field, over tokens that are made elsewhere.

No stemming, no stop words, no lower-casing: bm25s' own tokenizer drops one-letter syllables (`ý kiến`
would become `kiến`). The arrays are mapped into memory, so that several processes share them.
Source: Kamphuis et al., "Which BM25 Do You Mean?" (ECIR 2020), the exact Lucene variant.
"""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import SnapshotError

if TYPE_CHECKING:
    from bm25s import BM25

_MANIFEST = "words.json"


def write_words(folder: Path, fields: Mapping[str, Sequence[Sequence[str]]]) -> None:
    """Keep a BM25 index of each field in `folder`: a token list a passage, in the same order in every field.

    A passage may have no tokens, and there may be no passages. The same tokens give the same bytes.

    Raises: SnapshotError, where the folder cannot be written; ValueError, where the fields do not have
    the same number of passages or a name is no plain word.
    """
    counts = {len(passages) for passages in fields.values()}
    if len(counts) != 1 or not all(name.isidentifier() for name in fields):
        raise ValueError(f"fields {sorted(fields)} with {sorted(counts)} passages")
    # bm25s cannot index a field without any token: such a field gets no folder.
    filled = {name: passages for name, passages in fields.items() if any(passages)}
    manifest = {"passages": counts.pop(), "fields": {name: name in filled for name in sorted(fields)}}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, passages in filled.items():
            _build(passages).save(folder / name, show_progress=False)
        (folder / _MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    except (OSError, UnicodeError) as exc:
        raise SnapshotError(f"Không ghi được chỉ mục từ vào {folder}: {exc}.") from exc


class WordIndex:
    """Reads the word scores of one folder; safe for reading from several threads."""

    def __init__(self, fields: Mapping[str, _Field | None], count: int) -> None:
        self._fields = fields
        self._count = count

    @classmethod
    def open(cls, folder: Path) -> WordIndex:
        """The index that `write_words` left in `folder`.

        Raises: SnapshotError, where it is missing or damaged.
        """
        try:
            manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
            count = int(manifest["passages"])
            fields = {
                name: _load(folder / name, count) if filled else None for name, filled in manifest["fields"].items()
            }
        except (OSError, EOFError, ValueError, KeyError, TypeError, AttributeError) as exc:
            raise SnapshotError(
                f"Chỉ mục từ trong {folder} thiếu hoặc hỏng: {exc}. Hãy chạy lại: hoidap ingest --force."
            ) from exc
        return cls(fields, count)

    @property
    def count(self) -> int:
        """How many passages there are."""
        return self._count

    def scores(self, field: str, tokens: Sequence[str]) -> NDArray[np.float32]:
        """The BM25 score of every passage, `(count,)`; a token that comes twice counts twice.

        Tokens that no passage has are left out; where none remains, all scores are 0.

        Raises: KeyError, where there is no such field.
        """
        index = self._fields[field]
        known = index.known(tokens) if index else []
        if index is None or not known:
            return np.zeros(self._count, dtype=np.float32)
        return np.asarray(index.bm25.get_scores_from_ids(known), dtype=np.float32)

    def idf(self, field: str, token: str) -> float:
        """How rare the token is, ln(1 + (n - df + 0.5) / (df + 0.5)); 0.0 where no passage has it.

        Raises: KeyError, where there is no such field.
        """
        index = self._fields[field]
        frequency = index.document_frequency(token) if index else 0
        return math.log(1 + (self._count - frequency + 0.5) / (frequency + 0.5)) if frequency else 0.0

    def close(self) -> None:
        """Let go of the mapped files; closing twice is fine."""
        self._fields = {}


@dataclass(frozen=True, slots=True)
class _Field:
    bm25: BM25

    def known(self, tokens: Sequence[str]) -> list[int]:
        vocabulary: Mapping[str, int] = self.bm25.vocab_dict
        return [vocabulary[token] for token in tokens if token in vocabulary]

    def document_frequency(self, token: str) -> int:
        # One column a token, one entry in it a passage that has it.
        (column,) = self.known([token]) or (None,)
        starts = self.bm25.scores["indptr"]
        return 0 if column is None else int(starts[column + 1] - starts[column])


def _hush() -> None:
    """Makes bm25s quiet again: it sets its own logger to DEBUG when it is imported."""
    logging.getLogger("bm25s").setLevel(logging.WARNING)


def _build(passages: Sequence[Sequence[str]]) -> BM25:
    import bm25s

    _hush()

    # Numbered in order of appearance: bm25s itself goes through a set, which differs from run to run.
    vocabulary: dict[str, int] = {}
    numbers = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokens] for tokens in passages]
    index = bm25s.BM25(method="lucene")
    index.index((numbers, vocabulary), create_empty_token=False, show_progress=False)
    return index


def _load(folder: Path, count: int) -> _Field:
    import bm25s

    _hush()

    index = bm25s.BM25.load(folder, mmap=True)
    scores: dict[str, Any] = index.scores
    starts, entries = scores["indptr"], scores["indices"]
    whole = len(starts) == len(index.vocab_dict) + 1 and starts[-1] == len(entries) == len(scores["data"])
    if not whole or scores["num_docs"] != count or entries.max(initial=0) >= count:
        raise ValueError(f"{folder.name} does not hold together")
    return _Field(index)
