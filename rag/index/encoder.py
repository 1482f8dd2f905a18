"""Texts as vectors of unit length: by the built-in weights or by any sentence-transformers model.

The built-in encoder runs in onnxruntime, questions and passages alike, with whole numbers for weights: twice as
fast as torch, and nothing waits for torch and sentence_transformers to be imported. Those run other models.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.config import BUILT_IN_ENCODER
from rag.errors import EncoderError
from rag.index.network import INPUT, MASK, NUMERICS, OUTPUT, build_graph
from rag.index.weights import WEIGHTS_SHA256, PackedWeights, dequantize, find_weights, read_weights
from rag.index.windows import Section, Window, windows

if TYPE_CHECKING:
    from onnxruntime import InferenceSession
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer

# The model was trained with these; without them R@1 falls from .56 to .31.
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "

# Texts run side by side, each on one thread. Two threads for one text make 19 ms of 22 on two idle cores,
# but 182 of 47 beside three other programs, since they spin while they wait for each other.
_THREADS_A_TEXT = 1
_TEXTS_AT_ONCE = min(8, os.cpu_count() or 1)
_SLOWER = ["SkipLayerNormFusion"]  # what onnxruntime makes of a sum and its norm takes a sixth longer than they do
_LONGEST = 16 * 512  # code points: the longest piece of the vocabulary has 16, and 512 pieces are read
_SURROGATES = re.compile("[\ud800-\udfff]")

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Texts in, `(n, dimension)` float32 out, each row of unit length and the same whatever its company.

    Any string is taken: it is read in NFC as one line, and its end is left out where the model's
    window is full. No texts give `(0, dimension)`. Safe to call from several threads.
    """

    @property
    def name(self) -> str: ...

    @property
    def dimension(self) -> int: ...

    def encode_queries(self, texts: Sequence[str]) -> Vectors: ...

    def encode_passages(self, texts: Sequence[str]) -> Vectors: ...

    def encode_sections(self, sections: Sequence[Section]) -> Vectors:
        """The vectors of all texts of the sections in order, each as said below its context.

        What of a section is read together may change the last bits of its vectors.
        """
        ...


def load_encoder(name: str) -> Encoder:
    """The encoder of that name: BUILT_IN_ENCODER, a model's folder, or its name on a hub.

    Only local files are read: a model that is named must have been downloaded before.

    Raises: EncoderError, where the model is missing or does not load. There is no second choice.
    """
    if name == BUILT_IN_ENCODER:
        return _BuiltInEncoder(read_weights(find_weights()))
    import torch

    torch.set_num_threads(_THREADS_A_TEXT)
    return _ModelEncoder(name, _load_model(name))


def encoder_fingerprint(name: str) -> str:
    """What tells vectors of this encoder from those of another or of another version; reads no model.

    Raises: EncoderError, where a library that it needs is not installed.
    """
    if name == BUILT_IN_ENCODER:
        return _joined(name, WEIGHTS_SHA256, NUMERICS, *_versions("onnxruntime", "tokenizers"))
    versions = _versions("torch", "tokenizers", "transformers", "sentence-transformers")
    folder = Path(name).expanduser()
    return _joined(name, *(_folder_entries(folder) if folder.is_dir() else ()), *versions)


def clean_text(text: str) -> str:
    r"""The text in NFC as one line, without what no tokenizer takes, cut where no model reads on.

    >>> clean_text(" va\u0306n ba\u0309n\n\nsố \ud800 18 ")
    'văn bản số � 18'
    """
    line = " ".join(_SURROGATES.sub("\ufffd", text).split())
    return unicodedata.normalize("NFC", line[:_LONGEST])


def below(context: str, text: str) -> str:
    """A text with the headings above it.

    >>> below("Điều 5. Hiệu lực", "Có hiệu lực từ ngày ký.")
    'Điều 5. Hiệu lực. Có hiệu lực từ ngày ký.'
    """
    return f"{context}. {text}" if context else text


class _BuiltInEncoder:
    """multilingual-e5-small from its 4-bit weights."""

    def __init__(self, weights: PackedWeights) -> None:
        self._network = _Network(weights)

    @property
    def name(self) -> str:
        return BUILT_IN_ENCODER

    @property
    def dimension(self) -> int:
        return self._network.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(QUERY_PROMPT, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(PASSAGE_PROMPT, texts)

    def encode_sections(self, sections: Sequence[Section]) -> Vectors:
        if not any(section.texts for section in sections):
            return _no_vectors(self.dimension)
        cleaned = (
            Section(f"{PASSAGE_PROMPT}{clean_text(below(section.context, ''))}", tuple(map(clean_text, section.texts)))
            for section in sections
        )
        return self._network.embed_sections(cleaned)

    def _encode(self, prompt: str, texts: Sequence[str]) -> Vectors:
        if not texts:
            return _no_vectors(self.dimension)
        return self._network.embed([prompt + clean_text(text) for text in texts])


class _ModelEncoder:
    """A sentence-transformers model, with the prompts that it brings along.

    One text a batch: in a padded batch the last bits of a vector depend on its company, and on two cores
    padding costs more than it saves (25 passages a second alone, 11 in batches of 8).
    """

    def __init__(self, name: str, model: SentenceTransformer) -> None:
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"Mô hình {name} không cho biết số chiều của véc-tơ.")
        self._name = name
        self._dimension = dimension
        self._model = model
        self._lock = Lock()  # a fast tokenizer fails when two threads set its truncation

    @property
    def name(self) -> str:
        return self._name

    @property
    def dimension(self) -> int:
        return self._dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_query, texts)

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._encode(self._model.encode_document, texts)

    def encode_sections(self, sections: Sequence[Section]) -> Vectors:
        return self.encode_passages([below(section.context, text) for section in sections for text in section.texts])

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return _no_vectors(self._dimension)
        with self._lock:
            vectors = encode(
                [clean_text(text) for text in texts],
                batch_size=1,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)


class _Network:
    """The tokenizer and the layers of the built-in weights; the word table stays packed."""

    def __init__(self, weights: PackedWeights) -> None:
        self.dimension = weights.shape.hidden
        self._tokenizer = _build_tokenizer(weights)
        self._words = weights.words()
        # Of the two types only the first is ever used.
        types = weights.tensor("emb.type", 2, self.dimension)
        self._positions = weights.tensor("emb.pos", weights.shape.positions, self.dimension) + types[0]
        self._special = weights.special
        self._session = _open_session(build_graph(weights))

    def embed(self, texts: Sequence[str]) -> Vectors:
        """The vector of each text, `(n, dimension)`, of unit length; at least one text."""
        if len(texts) == 1:
            return self._embed_one(texts[0])
        with ThreadPoolExecutor(_TEXTS_AT_ONCE) as pool:
            return np.vstack(list(pool.map(self._embed_one, texts)))

    def embed_sections(self, sections: Iterable[Section]) -> Vectors:
        """The vectors of the sections' texts in order, `(n, dimension)`, of unit length; at least one text."""
        with ThreadPoolExecutor(_TEXTS_AT_ONCE) as pool:
            made = (window for section in sections for window in self._windows(section))
            return np.vstack(list(pool.map(self._embed_window, made)))

    def _windows(self, section: Section) -> Iterator[Window]:
        head = [self._special.begin, *self._pieces(section.context)]
        texts = [[*self._pieces(text), self._special.end] for text in section.texts]
        return windows(head, texts, positions=len(self._positions))

    def _pieces(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found

    def _embed_one(self, text: str) -> Vectors:
        tokens = np.asarray(self._tokenizer.encode(text).ids)
        everything = np.zeros((len(tokens), len(tokens)), dtype=np.float32)
        layer = self._last_layer(tokens, np.arange(len(tokens)), everything)
        return _unit(layer.mean(axis=0, keepdims=True))

    def _embed_window(self, window: Window) -> Vectors:
        return _unit(window.means(self._last_layer(window.tokens, window.positions, window.mask())))

    def _last_layer(self, tokens: NDArray[np.int64], positions: NDArray[np.int64], mask: Vectors) -> Vectors:
        words = dequantize(self._words[tokens]) + self._positions[positions]
        given = {INPUT: words[np.newaxis], MASK: mask[np.newaxis, np.newaxis]}
        layer: Vectors = self._session.run([OUTPUT], given)[0][0]
        return layer


def _unit(vectors: Vectors) -> Vectors:
    unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return unit


def _open_session(graph: bytes) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = _THREADS_A_TEXT
    options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER)


def _build_tokenizer(weights: PackedWeights) -> Tokenizer:
    """XLM-R's tokenizer: NFKC, then pieces by Unigram, between <s> and </s>, cut to the positions."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    special = weights.special
    tokenizer = Tokenizer(models.Unigram(list(weights.pieces), unk_id=special.unknown, byte_fallback=False))
    # The stubs of tokenizers leave out that these may be set.
    parts: Any = tokenizer
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    parts.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])
    parts.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    begin, end = (weights.pieces[index][0] for index in (special.begin, special.end))
    parts.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", special_tokens=[(begin, special.begin), (end, special.end)]
    )
    tokenizer.enable_truncation(max_length=weights.shape.positions)
    return tokenizer


def _load_model(name: str) -> SentenceTransformer:
    from huggingface_hub import snapshot_download
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()
    folder = Path(name).expanduser()
    try:
        if not folder.is_dir():
            # Given a name, sentence-transformers asks the hub even when told to read local files only.
            folder = Path(snapshot_download(name, local_files_only=True))
        if not (folder / "modules.json").is_file():
            # The library would make up a pooling for it, and only log that it did.
            raise FileNotFoundError(f"{folder} has no modules.json")
        # On the CPU, where the same text gives the same bytes on the next day too.
        return SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError, TypeError, AttributeError, SafetensorError) as exc:
        raise EncoderError(
            f"Không nạp được mô hình {name}. Chương trình không tự tải mô hình từ mạng: hãy tải trước "
            f"(hf download {name}), hoặc ghi đường dẫn tới thư mục của một mô hình sentence-transformers."
        ) from exc


def _no_vectors(dimension: int) -> Vectors:
    return np.empty((0, dimension), dtype=np.float32)


def _versions(*packages: str) -> tuple[str, ...]:
    try:
        return tuple(f"{package}=={version(package)}" for package in packages)
    except PackageNotFoundError as exc:
        raise EncoderError(f"Chưa cài thư viện {exc.name} mà bộ mã hóa cần.") from exc


def _folder_entries(folder: Path) -> list[str]:
    """Each file's name, size and time of change, in the order of the names."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    facts = ((path.relative_to(folder).as_posix(), path.stat()) for path in files)
    return [f"{name} {stat.st_size} {stat.st_mtime_ns}" for name, stat in facts]


def _joined(name: str, *parts: str) -> str:
    digest = hashlib.sha256("\n".join((name, *parts)).encode())
    return f"{name}:{digest.hexdigest()[:16]}"
