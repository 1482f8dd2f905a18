"""A corpus of one short text, made by hand, with the look-alike numbers that real texts have; and texts as read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.answering.decide import Decider
from rag.answering.following import Focus
from rag.answering.holdings import Library
from rag.answering.query import Query, understand
from rag.answering.retrieve import EvidenceRetriever
from rag.index.calibration import Calibration
from rag.index.encoding import indexed_text
from rag.index.passages import build_passages
from rag.index.snapshot import Knowledge
from rag.index.tokens import ACCENTED, PLAIN, passage_tokens
from rag.index.words import WordIndex, write_words
from rag.language.diacritics import Reading
from rag.language.normalize import fold
from rag.law.catalogue import build_catalogue
from rag.law.document import read_document
from rag.types import Answer, Assignment, Conflict, Document, Identity, Passage, Provision, Reference, Span, StoredText

SOURCE = "documents/ke-hoach.txt"
HEAD = "KẾ HOẠCH công tác năm 2024 của UBND huyện"
_CALIBRATION = Calibration(far=0.8, spread=0.05, supported=0.6)
CLOSING = "Các phòng, UBND các xã căn cứ chức năng, nhiệm vụ và Kế hoạch này xây dựng kế hoạch triển khai"

# (number, type, issuer, date, title, what is printed before the title)
CITED = (
    ("18-CT/TU", "Chỉ thị", "Ban Thường vụ Tỉnh ủy", "2018-02-25", "về tái định cư", "Chỉ thị số 18-CT/TU"),
    ("18-CT/TW", "Chỉ thị", "Ban Bí thư Trung ương Đảng", "2022-10-26", "về phản biện xã hội", "Chỉ thị số 18-CT/TW"),
    ("129-NQ/TU", "Nghị quyết", "Ban Thường vụ Tỉnh ủy", "2020-06-24", "về Mặt trận", "Nghị quyết số 129-NQ/TU"),
    ("129-NQ/HU", "Nghị quyết", "Ban Thường vụ Huyện ủy", "2023-06-01", "về hội viên", "Nghị quyết số 129-NQ/HU"),
    ("10/NQ-CP", "Nghị quyết", "Chính phủ", "2022-01-28", "về chiến lược dân tộc", "Nghị quyết số 10/NQ-CP"),
    ("33/CT-TTg", "Chỉ thị", "Thủ tướng Chính phủ", "2021-11-26", "về dân vận", "Chỉ thị số 33/CT-TTg"),
    ("148-KH/TU", "Kế hoạch", "Tỉnh ủy", "2024-01-23", "về dân vận năm 2024", "Kế hoạch số 148-KH/TU"),
    ("593-QĐ/TU", "Quyết định", "Ban Thường vụ Tỉnh ủy", "2021-11-11", "về quy chế", "Quyết định số 593-QĐ/TU"),
    ("124-QĐ/TW", "Quy định", "Ban Bí thư Trung ương Đảng", "2018-02-02", "về tu dưỡng", "Quy định số 124-QĐ/TW"),
    ("26-NQ/HU", "Nghị quyết", None, "2021-03-02", "về bồi thường", "Nghị quyết số 26-NQ/HU"),
    ("26-QC/BCĐ", "Quy chế", "Ban Chỉ đạo huyện", "2023-12-26", None, "Quy chế số 26-QC/BCĐ"),
    ("50-HD/HU", "Hướng dẫn", "Ban Thường vụ Huyện ủy", "2023-04-05", "về tuyên truyền", "Hướng dẫn số 50 HD/HU"),
    ("10/2022/QH15", "Luật", "Quốc hội", None, "Luật Thực hiện dân chủ ở cơ sở", "Luật Thực hiện dân chủ ở cơ sở"),
)  # fmt: skip


@pytest.fixture(scope="session")
def library() -> Library:
    """One held plan that cites thirteen documents, a line each, and closes with whom it binds."""
    lines = [HEAD, *(_line(row) for row in CITED), CLOSING, "Tổng kết Nghị quyết số 58/NQ-TU, ngày 21/11/2021"]
    text = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:at]) for at in range(len(lines))]
    spans = [Span(start, start + len(line)) for start, line in zip(starts, lines, strict=True)]
    provisions = [Provision("front", "Phần đầu", None, (spans[0],), None)]
    provisions += [Provision("paragraph", f"Mục I, đoạn {at}", None, (spans[at],), None) for at in range(1, 14)]
    provisions += [Provision("section", "Mục III", "TỔ CHỨC THỰC HIỆN", (spans[14],), None)]
    provisions += [Provision("clause", "Mục III.1", None, (spans[14],), 14)]
    provisions += [Provision("paragraph", "Mục IV", None, (spans[15],), None)]
    references, documents, passages = [], [_held()], [_passage(0, spans[0], HEAD)]
    for at, (number, kind, issuer, date, title, printed) in enumerate(CITED, 1):
        span = _found(text, lines[at], starts[at], printed)
        references.append(Reference(SOURCE, at, span, lines[at][lines[at].index(printed) :], kind, number, issuer,
                                    date, title))  # fmt: skip
        documents.append(Document(number, number, kind, None, None, issuer, date, title, (at - 1,)))
        passages.append(_passage(at, spans[at], lines[at], (at - 1,)))
    passages += [_passage(15, spans[14], CLOSING), _passage(16, spans[15], lines[15], (len(CITED),))]
    slip = _found(text, lines[15], starts[15], "Nghị quyết số 58/NQ-TU")
    references.append(Reference(SOURCE, 16, slip, lines[15][10:], "Nghị quyết", "58-NQ/TU", None, "2021-11-21", None))
    conflict = Conflict("date", ("2021-11-21", "2021-11-29"), (len(CITED),))
    twice = Document("58-NQ/TU", "58-NQ/TU", "Nghị quyết", None, None, None, "2021-11-21", None, (len(CITED),))
    documents.append(replace(twice, conflicts=(conflict,)))
    return Library(
        Knowledge(
            texts=(StoredText(SOURCE, text),),
            identities={SOURCE: Identity(None, "Kế hoạch", "công tác năm 2024", "UBND huyện", None, None, None,
                                         (("title", spans[0]),))},
            provisions={SOURCE: tuple(provisions)},
            references=tuple(references),
            documents=tuple(documents),
            assignments=_assignments(text, spans),
            passages=tuple(passages),
        )
    )  # fmt: skip


class PlainRestorer:
    """Adds no marks: unit tests give them or do without."""

    def read(self, text: str) -> Reading:
        return Reading(text, fold(text))


@pytest.fixture(scope="session")
def asked(library: Library) -> Callable[[str], Query]:
    """A question understood over the hand-made corpus."""
    return lambda question: understand(question, restorer=PlainRestorer(), known_numbers=library.by_digits)  # type: ignore[arg-type]


@pytest.fixture(scope="session")
def read_library() -> Callable[..., Library]:
    """What is read of texts that a test brings along: `documents/0.txt`, `documents/1.txt` and so on."""
    return _read_library


@pytest.fixture(scope="session")
def by_words(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Library], EvidenceRetriever]:
    """A retriever over a library that goes by the real word index alone: to it no passage is nearer than another."""
    return lambda library: _by_words(library, tmp_path_factory.mktemp("words"))


@pytest.fixture(scope="session")
def answered_from(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Callable[[str], Query],
) -> Callable[[str], Callable[[str], Answer]]:
    """What answers questions, each by itself, from one text that a test brings along."""

    def of(text: str) -> Callable[[str], Answer]:
        library = read_library(text)
        decider = Decider(library, by_words(library))
        return lambda question: decider.answer(question, asked(question), Focus())[0]

    return of


class _SameVectors:
    """Finds every passage as near as the best of a question off the topic."""

    def __init__(self, passages: tuple[Passage, ...]) -> None:
        self._cosines = {passage.id: _CALIBRATION.far for passage in passages}

    def similarities(self, vector: np.ndarray) -> dict[str, float]:
        return self._cosines


class _SameEncoder:
    """Encodes every question alike."""

    def encode_queries(self, texts: list[str]) -> np.ndarray:
        return np.ones((len(texts), 2), dtype=np.float32)


def _read_library(*texts: str) -> Library:
    read = [read_document(StoredText(f"documents/{at}.txt", text)) for at, text in enumerate(texts)]
    references = tuple(one for document in read for one in document.references)
    passages: list[Passage] = []
    first = 0
    for document in read:
        passages += build_passages(document, first_reference=first)
        first += len(document.references)
    return Library(
        Knowledge(
            texts=tuple(document.stored for document in read),
            identities={document.stored.source: document.identity for document in read},
            provisions={document.stored.source: document.provisions for document in read},
            references=references,
            documents=build_catalogue(read, references, ()),
            assignments=tuple(one for document in read for one in document.assignments),
            passages=tuple(passages),
        )
    )


def _by_words(library: Library, folder: Path) -> EvidenceRetriever:
    passages = library.knowledge.passages
    tokens = passage_tokens(passages, {})
    texts = [indexed_text(passage) for passage in passages]
    fields = {field: [tokens[text][at].split() for text in texts] for at, field in enumerate((ACCENTED, PLAIN))}
    write_words(folder, fields)
    return EvidenceRetriever(
        passages,
        vectors=_SameVectors(passages),  # type: ignore[arg-type]
        words=WordIndex.open(folder),
        encoder=_SameEncoder(),  # type: ignore[arg-type]
        dense_weight=0.0,
        calibration=_CALIBRATION,
    )


def _line(row: tuple[str | None, ...]) -> str:
    number, _, issuer, date, title, printed = row
    lead = "Phòng Nội vụ chủ trì thực hiện" if number == "18-CT/TW" else "Thực hiện"
    said = [f"ngày {'/'.join(reversed(date.split('-')))}" if date else "", f"của {issuer}" if issuer else ""]
    title = "" if title == printed else title
    return " ".join(part for part in [lead, printed, *said, title] if part)


def _found(text: str, line: str, start: int, printed: str) -> Span:
    at = start + line.index(printed)
    assert text[at : at + len(printed)] == printed
    return Span(at, start + len(line))


def _passage(provision: int, span: Span, text: str, references: tuple[int, ...] = ()) -> Passage:
    return Passage(f"p{provision}", SOURCE, provision, "clause", (span,), text, "", f"Mục {provision}", references)


def _held() -> Document:
    return Document(SOURCE, None, "Kế hoạch", "state", "huyện", "UBND huyện", "2024-02", "công tác năm 2024", (),
                    source=SOURCE)  # fmt: skip


def _assignments(text: str, spans: list[Span]) -> tuple[Assignment, ...]:
    def given(provision: int, line: int, unit: str) -> Assignment:
        at = text.index(unit, spans[line].start)
        return Assignment(SOURCE, provision, unit, Span(at, at + len(unit)), "lead", spans[line])

    nobody = Assignment(SOURCE, 1, None, None, "perform", spans[1])
    return (nobody, given(2, 2, "Phòng Nội vụ"), given(15, 14, "Các phòng"), given(15, 14, "UBND các xã"))
