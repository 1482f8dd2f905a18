"""From the corpus to a new snapshot."""

from __future__ import annotations

import hashlib
import logging
import os
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

from filelock import FileLock, Timeout

from rag.config import PROJECT, Config
from rag.errors import ReadingError, SnapshotError, SnapshotLocked
from rag.index.calibration import calibrate
from rag.index.documents import known_documents, write_documents
from rag.index.encoder import Encoder, encoder_fingerprint, load_encoder
from rag.index.encoding import Progress, encode, indexed_text
from rag.index.passages import build_passages
from rag.index.snapshot import (
    FORMAT,
    Knowledge,
    Manifest,
    Told,
    current_manifest,
    differences,
    home,
    known_diacritics,
    known_originals,
    known_texts,
    known_tokens,
    new_version,
    publish,
    serving_folder,
    write_calibration,
    write_knowledge,
    write_originals,
    write_tokens,
)
from rag.index.tokens import ACCENTED, PLAIN, passage_tokens
from rag.index.vectors import Vectors, read_vectors, write_vectors
from rag.index.words import WordIndex, write_words
from rag.language.lexicon import lines, synonyms, tables_fingerprint
from rag.language.segment import segmenter_fingerprint, word_list
from rag.language.syllable_model import DiacriticsModel, retrain_diacritics, train_diacritics
from rag.law.catalogue import build_catalogue
from rag.law.checked import read_checked_facts
from rag.law.document import LegalDocument, read_document, uncollected
from rag.law.notices import source_notices
from rag.reading.corpus import Original, digest_of, read_corpus, sentence, texts_of, unread_of
from rag.reading.files import corpus_files
from rag.reading.held import read_held, row_of, tables
from rag.types import CheckedFact, Identity, Passage, SourceNotice, StoredText, Unread

logger = logging.getLogger(__name__)

_Kept = Mapping[tuple[StoredText, Identity], tuple[SourceNotice, ...]]
_CODE = ("types.py", "language", "law", "reading", "index")
_READING = ("types.py", "language/normalize.py", "language/spelling.py", "reading")
_LAW = ("types.py", "language", "law", "index/documents.py")
_ENCODING = tuple(f"index/{name}.py" for name in ("encoder", "encoding", "network", "weights", "windows"))
_TOKENS = ("language", "law/numbers.py", "index/tokens.py")
_PART_NAMES = {
    "corpus": "kho văn bản",
    "catalogue": "danh mục đã kiểm tra",
    "held": "bảng toàn văn",
    "encoder": "bộ mã hóa",
    "segmenter": "bộ tách từ",
    "tables": "bảng dữ liệu",
    "code": "chương trình",
}


@dataclass(frozen=True, slots=True)
class IngestReport:
    """What an ingest did; `changed` names the parts that differed, empty where nothing was to do.

    All parts are named where the snapshot is the `first` one, or was `forced`. `unread` are the files that gave no
    text; `faults` are sources with what a reader must know of the reading.
    """

    changed: tuple[str, ...]
    texts: int
    documents: int
    passages: int
    first: bool = False
    forced: bool = False
    unread: tuple[Unread, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()


def summary(report: IngestReport) -> str:
    """What an ingest did, as a sentence.

    >>> summary(IngestReport(("catalogue",), texts=1, documents=40, passages=113))
    'Đã lập lại chỉ mục vì có thay đổi ở danh mục đã kiểm tra: 1 tệp, 40 văn bản được nhận biết, 113 đoạn.'
    """
    if not report.changed:
        return f"Không có gì thay đổi: chỉ mục vẫn dùng được ({report.texts} tệp, {report.passages} đoạn)."
    done = "Đã lập lại chỉ mục"
    if report.first:
        done = "Đã lập chỉ mục"
    elif not report.forced:
        done += " vì có thay đổi ở " + ", ".join(_PART_NAMES[part] for part in report.changed)
    return f"{done}: {report.texts} tệp, {report.documents} văn bản được nhận biết, {report.passages} đoạn."


def ingest(config: Config, *, force: bool = False, progress: Progress | None = None) -> IngestReport:
    """Brings the snapshot up to the corpus; does nothing where every fingerprint is as it was.

    Raises: ReadingError, EncoderError, SnapshotLocked where another process ingests, SnapshotError
    where the disk refuses.
    """
    report = progress or (lambda step, done, total: None)
    files = corpus_files(config.corpus)
    if not files:
        raise ReadingError(f"Không có tệp văn bản nào trong {', '.join(map(str, config.corpus))}.")
    digests = {source: digest_of(path) for source, path in files}
    fingerprints = _fingerprints(config, digests)
    changed = sorted(fingerprints) if force else differences(config, fingerprints)
    if not changed:
        return _unchanged(config, len(files))
    first = current_manifest(config) is None
    try:
        done = _locked_ingest(config, files, digests, changed, report)
    except OSError as error:
        raise SnapshotError(f"Không ghi được chỉ mục vào {config.data}: {error.strerror or error}.") from error
    return replace(done, first=first, forced=force)


def _fingerprints(config: Config, digests: Mapping[str, str]) -> dict[str, str]:
    """What a snapshot made now would be made of, a hash a part; `digests` are those of the corpus' files."""
    whole = "".join(f"{source}\0{digest}\n" for source, digest in sorted(digests.items()))
    return {
        "corpus": hashlib.sha256(whole.encode()).hexdigest(),
        "catalogue": _hash_files([("catalogue", config.catalogue)] if config.catalogue.is_file() else []),
        "held": _hash_files(tables(config.corpus)),
        "encoder": encoder_fingerprint(config.encoder) + "/" + _hash_files(_code_files(_ENCODING)),
        "segmenter": segmenter_fingerprint(),
        "tables": tables_fingerprint(),
        "code": _hash_files(_code_files(_CODE)),
    }


def is_stale(config: Config) -> bool:
    """Whether the corpus or what reads it has changed since the snapshot was made."""
    digests = {source: digest_of(path) for source, path in corpus_files(config.corpus)}
    return bool(differences(config, _fingerprints(config, digests)))


def _locked_ingest(
    config: Config,
    files: list[tuple[str, Path]],
    digests: dict[str, str],
    changed: list[str],
    report: Progress,
) -> IngestReport:
    home(config).mkdir(parents=True, exist_ok=True)
    lock = FileLock(home(config) / "ingest.lock", timeout=0)
    try:
        with lock, uncollected():
            manifest, knowledge = _make(config, files, digests, changed, report)
    except Timeout as error:
        raise SnapshotLocked("Một tiến trình khác đang đọc kho văn bản; hãy đợi rồi thử lại.") from error
    return IngestReport(
        tuple(changed),
        len(knowledge.texts),
        len(knowledge.documents),
        len(knowledge.passages),
        unread=manifest.unread,
        faults=manifest.faults,
    )


def _read(
    config: Config, files: list[tuple[str, Path]], digests: Mapping[str, str], report: Progress
) -> tuple[Original, ...]:
    """What the files give; those that the serving snapshot has read are not read again."""
    report("Đọc tệp", 0, len(files))
    known = known_originals(config, _reading_code())
    originals = read_corpus(files, digests, known, progress=lambda done, total: report("Đọc tệp", done, total))
    report("Đọc tệp", len(files), len(files))
    return originals


def _documents(
    config: Config, texts: Sequence[StoredText], held: Mapping[str, CheckedFact], report: Progress
) -> list[LegalDocument]:
    """The texts as documents; those that the serving snapshot has read are not read again."""
    known = known_documents(serving_folder(config), _law_code())
    found = []
    for index, stored in enumerate(texts):
        report("Đọc văn bản", index, len(texts))
        told = row_of(held, stored.source)
        found.append(known.get((stored, told)) or read_document(stored, told))
    report("Đọc văn bản", len(texts), len(texts))
    return found


def _law_code() -> str:
    return _hash_files(_code_files(_LAW)) + tables_fingerprint()


def _reading_code() -> str:
    return _hash_files(_code_files(_READING)) + tables_fingerprint()


def _make(
    config: Config, files: list[tuple[str, Path]], digests: Mapping[str, str], changed: Sequence[str], report: Progress
) -> tuple[Manifest, Knowledge]:
    """The version that now serves; the encoder is loaded and works beside all that needs no vectors."""
    name = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{os.getpid()}"
    with new_version(config, name) as making, ThreadPoolExecutor(1) as beside, _stopping() as stopped:
        loaded = beside.submit(load_encoder, config.encoder)
        originals = _read(config, files, digests, report)
        texts, held = texts_of(originals), read_held(config.corpus)
        documents = _documents(config, texts, held, report)
        passages = _passages(documents)
        if not passages:
            reasons = " ".join(map(sentence, unread_of(originals)))
            raise ReadingError(f"Kho văn bản chưa có đoạn nào để tra cứu. {reasons}".strip())
        known = {} if "encoder" in changed else known_vectors(config)
        encoded = beside.submit(lambda: _ordered(passages, encode(loaded.result(), passages, known, report, stopped)))
        written = beside.submit(lambda: _write_vectors(making, config, passages, encoded.result(), before=bool(known)))
        before = None if {"code", "tables", "segmenter"} & set(changed) else known_texts(config)
        kept = _kept(before) if before and "catalogue" not in changed else {}
        knowledge = _knowledge(config, documents, passages, tuple(held.values()), kept)
        write_originals(making, originals, _reading_code())
        told = ((row_of(held, document.stored.source), document) for document in documents)
        write_documents(making, told, _law_code())
        write_knowledge(making, knowledge, _diacritics(config, texts, before))
        _write_words(making, config, passages, report)
        _calibrate(making, passages, encoded.result(), loaded.result(), report)
        written.result()
        manifest = _manifest(config, originals, passages)
        publish(config, making, manifest)
    return manifest, knowledge


def _manifest(config: Config, originals: Sequence[Original], passages: Sequence[Passage]) -> Manifest:
    return Manifest(
        FORMAT,
        _fingerprints(config, {original.source: original.digest for original in originals}),
        len(passages),
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        unread=unread_of(originals),
        faults=tuple((text.source, fault) for text in texts_of(originals) for fault in text.faults),
        files=tuple((original.source, original.digest) for original in originals),
    )


@contextmanager
def _stopping() -> Iterator[Event]:
    """An event that is set where this ends, however it does."""
    stopped = Event()
    try:
        yield stopped
    finally:
        stopped.set()


def known_vectors(config: Config) -> dict[str, Vectors]:
    """The vectors of the serving snapshot, by the text that was encoded; none where there is no sound one."""
    folder = serving_folder(config)
    try:
        return read_vectors(folder / "vectors") if folder else {}
    except SnapshotError as error:
        logger.warning("the vectors of the serving snapshot are not reused: %s", error)
        return {}


def _diacritics(config: Config, texts: Sequence[StoredText], before: Told | None) -> DiacriticsModel:
    """The model of the texts; where the serving one is of the texts `before`, only what differs is read."""
    model, spoken = known_diacritics(config) if before else None, Counter(stored.text for stored in texts)
    if before is None or model is None:
        everyday = (expression for said, meant in synonyms().items() for expression in (said, *meant))
        return train_diacritics([*spoken.elements(), *lines("question_phrases.txt"), *everyday], word_list())
    known = Counter(stored.text for stored in before.texts)
    return retrain_diacritics(model, added=(spoken - known).elements(), removed=(known - spoken).elements())


def _passages(documents: Sequence[LegalDocument]) -> tuple[Passage, ...]:
    found: list[Passage] = []
    first = 0
    for document in documents:
        found += build_passages(document, first_reference=first)
        first += len(document.references)
    return tuple(found)


def _knowledge(
    config: Config,
    documents: Sequence[LegalDocument],
    passages: tuple[Passage, ...],
    held: Sequence[CheckedFact],
    kept: _Kept,
) -> Knowledge:
    facts = read_checked_facts(config.catalogue)
    references = tuple(reference for document in documents for reference in document.references)
    return Knowledge(
        texts=tuple(document.stored for document in documents),
        identities={document.stored.source: document.identity for document in documents},
        provisions={document.stored.source: document.provisions for document in documents},
        references=references,
        documents=build_catalogue(documents, references, (*facts, *held)),
        assignments=tuple(item for document in documents for item in document.assignments),
        passages=passages,
        notices={document.stored.source: _notices(document, facts, kept) for document in documents},
    )


def _kept(before: Told) -> _Kept:
    """The notices of known texts, by the texts and what these say of themselves."""
    return {
        (text, before.identities[text.source]): before.notices[text.source]
        for text in before.texts
        if text.source in before.notices
    }


def _notices(document: LegalDocument, facts: Sequence[CheckedFact], kept: _Kept) -> tuple[SourceNotice, ...]:
    found = kept.get((document.stored, document.identity))
    return source_notices(document, facts) if found is None else found


def _write_words(making: Path, config: Config, passages: Sequence[Passage], report: Progress) -> None:
    report("Tách từ", 0, len(passages))
    code = segmenter_fingerprint() + _hash_files(_code_files(_TOKENS)) + tables_fingerprint()
    found = passage_tokens(passages, known_tokens(config, code))
    write_tokens(making, found, code)
    texts = [indexed_text(passage) for passage in passages]
    fields = {field: [found[text][at].split() for text in texts] for at, field in enumerate((ACCENTED, PLAIN))}
    write_words(making / "words", fields)
    report("Tách từ", len(passages), len(passages))


def _ordered(passages: Sequence[Passage], vectors: Mapping[str, Vectors]) -> Vectors:
    """The vectors in the order of the passages, `(n, dim)`."""
    import numpy as np

    return np.vstack([vectors[indexed_text(passage)] for passage in passages])


def _write_vectors(
    making: Path, config: Config, passages: Sequence[Passage], vectors: Vectors, *, before: bool
) -> None:
    serving = serving_folder(config) if before else None
    write_vectors(
        making / "vectors",
        ids=[passage.id for passage in passages],
        texts=[indexed_text(passage) for passage in passages],
        vectors=vectors,
        before=serving / "vectors" if serving else None,
    )


def _calibrate(making: Path, passages: Sequence[Passage], vectors: Vectors, encoder: Encoder, report: Progress) -> None:
    report("Hiệu chỉnh ngưỡng", 0, 1)
    words = WordIndex.open(making / "words")
    write_calibration(making, calibrate([indexed_text(passage) for passage in passages], vectors, encoder, words.idf))
    words.close()
    report("Hiệu chỉnh ngưỡng", 1, 1)


def _unchanged(config: Config, texts: int) -> IngestReport:
    manifest = current_manifest(config)
    if manifest is None:
        return IngestReport((), texts, 0, 0)
    return IngestReport((), texts, 0, manifest.passages, unread=manifest.unread, faults=manifest.faults)


def _hash_files(files: Sequence[tuple[str, Path]]) -> str:
    digest = hashlib.sha256()
    for name, path in files:
        try:
            content = hashlib.sha256(path.read_bytes()).digest()
        except OSError as error:
            raise ReadingError(f"Không đọc được tệp {name}: {error.strerror}.") from error
        digest.update(name.encode() + b"\0" + content)
    return digest.hexdigest()


def _code_files(names: Sequence[str]) -> list[tuple[str, Path]]:
    found: list[Path] = []
    for name in names:
        path = PROJECT / "rag" / name
        found += [path] if path.is_file() else sorted(path.glob("*.py"))
    return [(path.relative_to(PROJECT).as_posix(), path) for path in found]
