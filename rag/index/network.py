"""The layers of the built-in weights as an ONNX graph, with whole numbers for weights.

The graph is made in memory when the encoder is loaded, which takes less than reading a file of it would need
checking: nothing is kept that could be damaged, be of another version, or be written by two processes at once.

A weight becomes a whole number from -63 to 63 with a scale for each row of its matrix, and what a layer is given
one from 0 to 255 with a scale for each text. With 63 no sum of two products leaves 16 bits, which processors
without VNNI would cut off: the vectors are those of processors that have it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from rag.index.weights import PackedWeights

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

NUMERICS = "int7 weights a row, uint8 inputs a text"
INPUT, MASK, OUTPUT = "words", "mask", "layer"

_LARGEST = 63
_OPSET, _IR = 18, 9
_MICROSOFT = "com.microsoft"  # operators that onnxruntime brings along


def build_graph(weights: PackedWeights) -> bytes:
    """A serialised graph from INPUT, `(1, tokens, hidden)`, to OUTPUT of the same shape.

    INPUT is the rows of the word table with those of the positions added; MASK, `(1, 1, tokens, tokens)`, what is
    added where a token (row) looks at another (column); OUTPUT the last layer. All are float32.

    Raises: EncoderError, where a tensor is missing or of another size.
    """
    return _Graph(weights).serialized()


class _Graph:
    """BERT's layers in the order in which a text goes through them, with the norm after each half."""

    def __init__(self, weights: PackedWeights) -> None:
        self._weights = weights
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def serialized(self) -> bytes:
        from onnx import TensorProto, helper

        hidden = self._weights.shape.hidden
        at = self._norm(INPUT, "emb.ln")
        for index in range(self._weights.shape.layers):
            at = self._layer(at, f"l{index}.")
        self._node("Identity", [at], [OUTPUT])
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [
                helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", hidden]),
                helper.make_tensor_value_info(MASK, TensorProto.FLOAT, [1, 1, "tokens", "tokens"]),
            ],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, "tokens", hidden])],
            self._constants,
        )
        opsets = [helper.make_opsetid("", _OPSET), helper.make_opsetid(_MICROSOFT, 1)]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR).SerializeToString()
        return model

    def _layer(self, at: str, layer: str) -> str:
        hidden, inner, heads = (getattr(self._weights.shape, name) for name in ("hidden", "inner", "heads"))
        together = self._linear(at, [f"{layer}{name}" for name in "qkv"], hidden, hidden)
        parts = [f"{layer}{name}" for name in ("query", "key", "value")]
        self._node("Split", [together], parts, axis=2, num_outputs=len(parts))
        inputs = [*parts, "", "", MASK]
        seen = self._node("MultiHeadAttention", inputs, [f"{layer}seen"], domain=_MICROSOFT, num_heads=heads)
        at = self._norm(self._sum(at, self._linear(seen, [f"{layer}ao"], hidden, hidden)), f"{layer}aln")
        wide = self._linear(at, [f"{layer}fi"], inner, hidden)
        bent = self._node("Gelu", [wide], [f"{layer}bent"], domain=_MICROSOFT)
        return self._norm(self._sum(at, self._linear(bent, [f"{layer}fo"], hidden, inner)), f"{layer}oln")

    def _linear(self, at: str, names: Sequence[str], rows: int, columns: int) -> str:
        """Some matrices `(rows, columns)` side by side with their biases."""
        matrix = np.concatenate([self._weights.tensor(f"{name}.w", rows, columns) for name in names])
        bias = np.concatenate([self._weights.tensor(f"{name}.b", rows) for name in names])
        whole, scales = whole_numbers(matrix)
        name = "+".join(names)
        zeros = np.zeros(len(scales), dtype=np.int8)
        inputs = [
            at,
            self._constant(f"{name}.w", whole.T),
            self._constant(f"{name}.scale", scales),
            self._constant(f"{name}.zero", zeros),
            self._constant(f"{name}.b", bias),
        ]
        return self._node("DynamicQuantizeMatMul", inputs, [f"{name}.out"], domain=_MICROSOFT)

    def _norm(self, at: str, name: str) -> str:
        shape = self._weights.shape
        scale, shift = (self._weights.tensor(f"{name}.{part}", shape.hidden) for part in "wb")
        inputs = [at, self._constant(f"{name}.w", scale), self._constant(f"{name}.b", shift)]
        return self._node("LayerNormalization", inputs, [f"{name}.out"], axis=-1, epsilon=shape.epsilon)

    def _sum(self, one: str, other: str) -> str:
        return self._node("Add", [one, other], [f"{other}.sum"])

    def _node(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], **attributes: Any) -> str:
        """Appends an operation; the name of its first output."""
        from onnx import helper

        self._nodes.append(helper.make_node(kind, inputs, outputs, **attributes))
        return outputs[0]

    def _constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name


def whole_numbers(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The matrix as whole numbers from -63 to 63, and what each of its rows is to be multiplied with.

    >>> numbers, scales = whole_numbers(np.array([[0.25, -1.0], [0.0, 0.0]], dtype=np.float32))
    >>> numbers.tolist(), (scales * 63).round(3).tolist()
    ([[16, -63], [0, 0]], [1.0, 63.0])
    """
    largest = np.abs(matrix).max(axis=1)
    scales = np.where(largest > 0, largest / _LARGEST, 1.0).astype(np.float32)
    return np.rint(matrix / scales[:, np.newaxis]).astype(np.int8), scales
