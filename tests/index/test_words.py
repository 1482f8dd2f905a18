"""BM25 over given tokens: scores computed by hand, odd corpora, damaged folders."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import bm25s
import pytest

from rag.errors import SnapshotError
from rag.index.words import WordIndex, write_words

PASSAGES = (
    ("ban", "dân", "vận", "huyện", "ủy"),
    ("dân", "vận", "khéo", "dân"),
    ("ý", "kiến", "của", "đảng", "viên"),
    (),
)


@pytest.fixture
def index(tmp_path):
    write_words(tmp_path, {"accented": PASSAGES, "plain": [()] * len(PASSAGES)})
    return WordIndex.open(tmp_path)


def by_hand(token, passage, passages=PASSAGES, k1=1.5, b=0.75):
    """Lucene's BM25 as the paper has it."""
    n = len(passages)
    frequency = sum(token in other for other in passages)
    mean = sum(map(len, passages)) / n
    idf = math.log(1 + (n - frequency + 0.5) / (frequency + 0.5))
    count = passage.count(token)
    return idf * count / (count + k1 * (1 - b + b * len(passage) / mean)) if count else 0.0


@pytest.mark.parametrize("tokens", [("dân",), ("dân", "vận"), ("khéo", "ủy", "ý"), ("dân", "dân")])
def test_scores_are_those_computed_by_hand(index, tokens):
    expected = [sum(by_hand(token, passage) for token in tokens) for passage in PASSAGES]
    assert index.scores("accented", tokens).tolist() == pytest.approx(expected, rel=1e-5)


def test_the_passage_that_says_a_word_twice_in_fewer_words_comes_first(index):
    scores = index.scores("accented", ["dân"])
    assert scores[1] > scores[0] > scores[2] == scores[3] == 0


def test_one_letter_syllables_count(index):
    assert index.scores("accented", ["ý"]).argmax() == 2


def test_words_are_matched_as_they_are_written(index):
    assert not index.scores("accented", ["Dân"]).any()
    assert not index.scores("accented", ["dan"]).any()


def test_unknown_words_are_left_out(index):
    alone = index.scores("accented", ["khéo"])
    assert index.scores("accented", ["xyz", "khéo", ""]).tolist() == alone.tolist()


@pytest.mark.parametrize("tokens", [(), ("xyz",), ("",), ("\ud800",)])
def test_scores_are_all_zero_where_no_word_is_known(index, tokens):
    scores = index.scores("accented", tokens)
    assert (scores.shape, scores.dtype, scores.any()) == ((4,), "float32", False)


def test_a_field_without_words_scores_nothing(index):
    assert index.scores("plain", ["dan"]).tolist() == [0, 0, 0, 0]
    assert index.idf("plain", "dan") == 0.0


def test_idf_counts_the_passages_that_have_the_word(index):
    assert index.idf("accented", "dân") == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert index.idf("accented", "khéo") == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert index.idf("accented", "xyz") == 0.0


def test_a_field_that_was_not_written_is_refused(index):
    with pytest.raises(KeyError):
        index.scores("bigrams", ["dân"])


def test_a_corpus_of_no_passages_is_an_index_of_none(tmp_path):
    write_words(tmp_path, {"accented": [], "plain": []})
    index = WordIndex.open(tmp_path)
    assert (index.count, index.scores("accented", ["dân"]).shape) == (0, (0,))


def test_the_same_tokens_give_the_same_bytes(tmp_path):
    for name in "ab":
        write_words(tmp_path / name, {"accented": PASSAGES})
    files = [path.relative_to(tmp_path / "a") for path in (tmp_path / "a").rglob("*") if path.is_file()]
    assert len(files) > 3
    for path in files:
        assert (tmp_path / "a" / path).read_bytes() == (tmp_path / "b" / path).read_bytes()
    # A set would give another order in every process; first come, first numbered does not.
    vocabulary = (tmp_path / "a" / "accented" / "vocab.index.json").read_text(encoding="utf-8")
    assert vocabulary.index('"ban"') < vocabulary.index('"dân"') < vocabulary.index('"viên"')


def test_the_index_is_the_one_that_bm25s_makes_itself(tmp_path):
    passages = [*PASSAGES, *([word, "dân"] * count for count, word in enumerate(["một", "hai", "ba", "bốn", "năm"]))]
    write_words(tmp_path, {"accented": passages})
    made = bm25s.BM25.load(tmp_path / "accented")
    index = bm25s.BM25(method="lucene")
    index.index(([[made.vocab_dict[token] for token in tokens] for tokens in passages], made.vocab_dict), False, False)
    for part in ("data", "indices", "indptr"):
        assert made.scores[part].dtype == index.scores[part].dtype
        assert made.scores[part].tobytes() == index.scores[part].tobytes()


def test_several_threads_read_the_same_scores(index):
    expected = index.scores("accented", ["dân", "vận"]).tobytes()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: index.scores("accented", ["dân", "vận"]).tobytes(), range(50)))
    assert set(found) == {expected}


def test_fields_of_differing_length_are_refused(tmp_path):
    with pytest.raises(ValueError, match="accented"):
        write_words(tmp_path, {"accented": [["dân"]], "plain": []})


@pytest.mark.parametrize("name", ["../plain", "", "a b"])
def test_a_field_name_that_is_no_word_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="passages"):
        write_words(tmp_path, {name: [["dân"]]})


def test_a_missing_folder_is_said_in_vietnamese(tmp_path):
    with pytest.raises(SnapshotError, match="hoidap ingest"):
        WordIndex.open(tmp_path / "none")


@pytest.mark.parametrize("damage", [None, b"", b"{}", b"\xff" * 200])
@pytest.mark.parametrize(
    "file",
    [
        "words.json",
        "accented/data.csc.index.npy",
        "accented/indices.csc.index.npy",
        "accented/indptr.csc.index.npy",
        "accented/vocab.index.json",
        "accented/params.index.json",
    ],
)
def test_a_damaged_folder_is_said_in_vietnamese(tmp_path, file, damage):
    write_words(tmp_path, {"accented": PASSAGES})
    (tmp_path / file).unlink()
    if damage is not None:
        (tmp_path / file).write_bytes(damage)
    with pytest.raises(SnapshotError, match="thiếu hoặc hỏng"):
        WordIndex.open(tmp_path)


def test_an_index_of_another_corpus_is_refused(tmp_path):
    write_words(tmp_path / "a", {"accented": PASSAGES})
    write_words(tmp_path / "b", {"accented": PASSAGES[:2]})
    (tmp_path / "a" / "words.json").write_bytes((tmp_path / "b" / "words.json").read_bytes())
    with pytest.raises(SnapshotError, match="hold together"):
        WordIndex.open(tmp_path / "a")
