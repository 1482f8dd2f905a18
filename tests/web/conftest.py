"""A small corpus read from one text, and a fake assistant over it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.answering.holdings import Library
from rag.answering.query import Query, understand
from rag.index.passages import build_passages
from rag.index.snapshot import Knowledge
from rag.language.diacritics import Reading
from rag.language.normalize import fold
from rag.law.catalogue import build_catalogue
from rag.law.document import read_document
from rag.law.notices import source_notices
from rag.reading.text import read_text
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice, Span, Status
from rag.web.corpus import Corpus
from rag.web.desk import Desk

SOURCE = "documents/ke-hoach.txt"
HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script> \' ${alert(3)} {{value}}'
TEXT = f"""UBND HUYỆN ĐÔNG SƠN

Số: 12/KH-UBND

Đông Sơn, ngày 05 tháng 3 năm 2024

KẾ HOẠCH
Công tác dân vận năm 2024

I. NỘI DUNG

1. Các xã thực hiện Chỉ thị số 18-CT/TU, ngày 25/02/2018 của Ban Thường vụ Tỉnh ủy về tái định cư.

2. Phòng Nội vụ chủ trì, phối hợp với Ban Dân vận Huyện ủy thực hiện Quyết định số 320-QĐ/TU, ngày 13/6/2016 của \
Ban Thường vụ Tỉnh ủy về đối thoại.
\f
3. Các xã tuyên truyền Chỉ thị số 18-CT/TW, ngày 26/10/2022 của Ban Bí thư về phản biện xã hội.

4. Thực hiện Kế hoạch số 115-KH/HU, ngày 31/8/2022 về thực hiện Chỉ thị số 18-CT/TW, ngày 26/10/2022 của Ban Bí \
thư về phản biện xã hội.

II. TỔ CHỨC THỰC HIỆN

Giao Phòng Nội vụ theo dõi, đôn đốc. {HOSTILE}

CHỦ TỊCH

Nguyễn Văn A
"""


class _PlainRestorer:
    """Adds no marks."""

    def read(self, text: str) -> Reading:
        return Reading(text, fold(text))


class FakeAssistant:
    """Answers with the passage on 320-QĐ/TU, or what a test puts into `replies`; remembers what it was asked."""

    examples = ("Ai chủ trì đối thoại?",)

    def __init__(self, library: Library) -> None:
        self.holdings = library
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.replies: dict[str, Answer | Exception] = {}

    def understand(self, question: str) -> Query:
        return understand(question, restorer=_PlainRestorer(), known_numbers=self.holdings.by_digits)  # type: ignore[arg-type]

    def ask(self, question: str, history: Sequence[str] = ()) -> Answer:
        self.asked.append((question, tuple(history)))
        reply = self.replies.get(question, answer_on(self.holdings, "320-QĐ/TU", question=question))
        if isinstance(reply, Exception):
            raise reply
        return reply


def answer_on(library: Library, *numbers: str, question: str = "Ai?", status: Status = "answered") -> Answer:
    """An answer that names documents of the corpus, each cited where it is first mentioned."""
    entries = [entry for number in numbers for entry in library.knowledge.documents if entry.number == number]
    citations, documents, lines = [], [], []
    for at, entry in enumerate(entries, 1):
        mention = library.mentions_of(entry)[0]
        quote = mention.span.of(TEXT)
        place = library.provision(SOURCE, mention.provision).locator
        citations.append(Citation(at, SOURCE, "Kế hoạch số 12/KH-UBND", place, quote, *_range(mention.span)))
        documents.append(
            AnswerDocument(entry.number, entry.type, entry.title, entry.issuer, entry.date, entry.held, (at,))
        )
        lines.append(f"**{entry.type} số {entry.number}** quy định việc này [{at}].")
    units = (AnswerUnit("Phòng Nội vụ", "supervise", (1,)),) if status == "answered" else ()
    notices = (Notice("as_of", "Kế hoạch nói về tháng 3/2024.", ()),)
    return Answer(
        question, status, None, "\n\n".join(lines), tuple(documents), units, tuple(citations), notices, elapsed_ms=1.0
    )


def _range(span: Span) -> tuple[int, int]:
    return span.start, span.end


@pytest.fixture(scope="session")
def library() -> Library:
    read = read_document(read_text(TEXT.encode(), SOURCE))
    documents = build_catalogue((read,), read.references, ())
    return Library(
        Knowledge(
            texts=(read.stored,),
            identities={SOURCE: read.identity},
            provisions={SOURCE: read.provisions},
            references=read.references,
            documents=documents,
            assignments=read.assignments,
            passages=tuple(build_passages(read, first_reference=0)),
            notices={SOURCE: source_notices(read)},
        )
    )


@pytest.fixture(scope="session")
def corpus(library: Library) -> Corpus:
    return Corpus(library)


@pytest.fixture
def assistant(library: Library) -> FakeAssistant:
    return FakeAssistant(library)


@pytest.fixture
def desk(assistant: FakeAssistant) -> Desk:
    return Desk(assistant)


@pytest.fixture
def answer(library: Library) -> Answer:
    return answer_on(library, "320-QĐ/TU", question="Ai chủ trì đối thoại?")


@pytest.fixture
def ambiguous(library: Library) -> Answer:
    return answer_on(library, "18-CT/TU", "18-CT/TW", question="Chỉ thị 18 ở đâu?", status="ambiguous")
