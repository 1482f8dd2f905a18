"""Texts as vectors of unit length: by the built-in weights or by any sentence-transformers model.

The built-in encoder answers questions with torch and tokenizers alone, since importing
sentence_transformers costs 3 to 5 seconds, half of what a question from the command line may take. At
ingest the same weights run as a sentence-transformers module, to the same bytes.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.config import BUILT_IN_ENCODER
from rag.errors import EncoderError
from rag.index.weights import WEIGHTS_SHA256, PackedWeights, dequantize, find_weights, read_weights

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer
    from tokenizers import Tokenizer
    from torch import Tensor, nn

# The model was trained with these; without them R@1 falls from .56 to .31.
QUERY_PROMPT, PASSAGE_PROMPT = "query: ", "passage: "

# Texts run side by side, each on one thread. Two threads for one text make 19 ms of 22 on two idle cores,
# but 182 of 47 beside three other programs, since they spin while they wait for each other.
_THREADS_A_TEXT = 1
_TEXTS_AT_ONCE = min(8, os.cpu_count() or 1)
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


def load_encoder(name: str) -> Encoder:
    """The encoder of that name: BUILT_IN_ENCODER, a model's folder, or its name on a hub.

    Only local files are read: a model that is named must have been downloaded before.

    Raises: EncoderError, where the model is missing or does not load. There is no second choice.
    """
    import torch

    torch.set_num_threads(_THREADS_A_TEXT)
    if name == BUILT_IN_ENCODER:
        return _BuiltInEncoder(read_weights(find_weights()))
    return _ModelEncoder(name, _load_model(name))


def encoder_fingerprint(name: str) -> str:
    """What tells vectors of this encoder from those of another or of another version; reads no model.

    Raises: EncoderError, where a library that it needs is not installed.
    """
    if name == BUILT_IN_ENCODER:
        return _joined(name, WEIGHTS_SHA256, *_versions("torch", "tokenizers"))
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
        import torch

        if not texts:
            return _no_vectors(self.dimension)
        rows = self._network.tokens([QUERY_PROMPT + clean_text(text) for text in texts])
        return torch.nn.functional.normalize(self._network.embed(rows), dim=1).numpy()

    def encode_passages(self, texts: Sequence[str]) -> Vectors:
        return self._model_encoder.encode_passages(texts) if texts else _no_vectors(self.dimension)

    @cached_property
    def _model_encoder(self) -> _ModelEncoder:
        return _ModelEncoder(self.name, _as_sentence_transformer(self._network), batch_size=64)


class _ModelEncoder:
    """A sentence-transformers model, with the prompts that it brings along.

    One text a batch, unless the model keeps them apart itself: in a padded batch the last bits of a
    vector depend on its company, and on two cores padding costs more than it saves (25 passages a
    second alone, 11 in batches of 8).
    """

    def __init__(self, name: str, model: SentenceTransformer, *, batch_size: int = 1) -> None:
        dimension = model.get_embedding_dimension()
        if dimension is None:
            raise EncoderError(f"Mô hình {name} không cho biết số chiều của véc-tơ.")
        self._name = name
        self._dimension = dimension
        self._model = model
        self._batch_size = batch_size
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

    def _encode(self, encode: Any, texts: Sequence[str]) -> Vectors:
        if not texts:
            return _no_vectors(self._dimension)
        with self._lock:
            vectors = encode(
                [clean_text(text) for text in texts],
                batch_size=self._batch_size,
                show_progress_bar=False,
                convert_to_numpy=True,
                normalize_embeddings=True,
            )
        return np.asarray(vectors, dtype=np.float32)


class _Network:
    """The tokenizer and the layers of the built-in weights; the word table stays packed."""

    def __init__(self, weights: PackedWeights) -> None:
        import torch

        shape = weights.shape
        self.dimension = shape.hidden
        self._tokenizer = _build_tokenizer(weights)
        self._words = weights.words()
        types = weights.tensor("emb.type", 2, shape.hidden)  # of the two only the first is ever used
        self._positions = weights.tensor("emb.pos", shape.positions, shape.hidden) + types[0]
        self._norm = torch.nn.LayerNorm(shape.hidden, eps=shape.epsilon, device="meta")
        self._norm.load_state_dict(_affine(weights, "emb.ln", "", shape.hidden), assign=True)
        self._layers = _build_layers(weights)

    def tokens(self, texts: Sequence[str]) -> list[list[int]]:
        """The vocabulary indices of each text, at most as many as there are positions."""
        return [self._tokenizer.encode(text).ids for text in texts]

    def embed(self, rows: Sequence[Sequence[int]]) -> Tensor:
        """The means of the last layer over each text's tokens, `(n, dimension)`, not yet of unit length."""
        import torch

        if len(rows) == 1:
            return self._embed_one(rows[0]).unsqueeze(0)
        with ThreadPoolExecutor(_TEXTS_AT_ONCE) as pool:
            return torch.stack(list(pool.map(self._embed_one, rows)))

    def _embed_one(self, tokens: Sequence[int]) -> Tensor:
        import torch

        vectors = dequantize(self._words[np.asarray(tokens)]) + self._positions[: len(tokens)]
        with torch.inference_mode():  # which holds for the thread that asks for it
            hidden: Tensor = self._layers(self._norm(torch.from_numpy(vectors).unsqueeze(0)))
            return hidden.mean(dim=1)[0]


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


def _build_layers(weights: PackedWeights) -> nn.TransformerEncoder:
    """BERT's layers, which are torch's own with the norm after each half and the exact GELU."""
    import torch
    from torch import nn

    shape = weights.shape
    with torch.device("meta"):  # no memory and no random numbers for what is replaced at once
        layer = nn.TransformerEncoderLayer(
            shape.hidden, shape.heads, shape.inner,
            activation="gelu", layer_norm_eps=shape.epsilon, batch_first=True,
        )  # fmt: skip
        layers = nn.TransformerEncoder(layer, shape.layers, enable_nested_tensor=False)
    state: dict[str, Tensor] = {}
    for index in range(shape.layers):
        state |= _layer_state(weights, index)
    layers.load_state_dict(state, assign=True)
    return layers.eval().requires_grad_(False)


def _layer_state(weights: PackedWeights, index: int) -> dict[str, Tensor]:
    import torch

    hidden, inner = weights.shape.hidden, weights.shape.inner
    source, target = f"l{index}.", f"layers.{index}."
    projections = [_affine(weights, f"{source}{name}", "", hidden, hidden) for name in "qkv"]
    return {
        f"{target}self_attn.in_proj_weight": torch.cat([part["weight"] for part in projections]),
        f"{target}self_attn.in_proj_bias": torch.cat([part["bias"] for part in projections]),
        **_affine(weights, f"{source}ao", f"{target}self_attn.out_proj.", hidden, hidden),
        **_affine(weights, f"{source}aln", f"{target}norm1.", hidden),
        **_affine(weights, f"{source}fi", f"{target}linear1.", inner, hidden),
        **_affine(weights, f"{source}fo", f"{target}linear2.", hidden, inner),
        **_affine(weights, f"{source}oln", f"{target}norm2.", hidden),
    }


def _affine(weights: PackedWeights, source: str, target: str, *shape: int) -> dict[str, Tensor]:
    """A weight of that shape and its bias, under the names that torch has for them."""
    import torch

    return {
        f"{target}weight": torch.from_numpy(weights.tensor(f"{source}.w", *shape)),
        f"{target}bias": torch.from_numpy(weights.tensor(f"{source}.b", shape[0])),
    }


def _as_sentence_transformer(network: _Network) -> SentenceTransformer:
    """The same network as sentence-transformers takes it: one module, with the prompts."""
    from sentence_transformers import SentenceTransformer
    from torch import nn

    class PackedE5(nn.Module):
        def preprocess(self, inputs: list[str], prompt: str | None = None, **_: Any) -> dict[str, Any]:
            return {"input_ids": network.tokens([(prompt or "") + text for text in inputs])}

        def forward(self, features: dict[str, Any]) -> dict[str, Any]:
            return features | {"sentence_embedding": network.embed(features["input_ids"])}

        def get_embedding_dimension(self) -> int:
            return network.dimension

    prompts = {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT}
    return SentenceTransformer(modules=[PackedE5()], prompts=prompts, device="cpu")


def _load_model(name: str) -> SentenceTransformer:
    from huggingface_hub import snapshot_download
    from safetensors import SafetensorError
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging as transformers_logging

    transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
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
