"""What quiz items are made of in these tests: the plan, and the plan with a law and two decrees."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from rag.config import PROJECT, Config
from rag.index.passages import build_passages
from rag.index.snapshot import Knowledge
from rag.law.catalogue import build_catalogue
from rag.law.checked import read_checked_facts
from rag.law.document import read_document
from rag.law.notices import source_notices
from rag.quiz.generate import generate
from rag.quiz.items import Item
from rag.quiz.material import Material
from rag.quiz.wishes import Wish
from rag.reading.corpus import read_texts
from rag.reading.files import corpus_files
from rag.types import Passage, StoredText


def knowledge_of(texts: Sequence[StoredText]) -> Knowledge:
    """What the law layer reads of some texts."""
    facts = read_checked_facts(Config().catalogue)
    documents = [read_document(text) for text in texts]
    references = tuple(one for document in documents for one in document.references)
    passages: list[Passage] = []
    first = 0
    for document in documents:
        passages += build_passages(document, first_reference=first)
        first += len(document.references)
    return Knowledge(
        texts=tuple(texts),
        identities={document.stored.source: document.identity for document in documents},
        provisions={document.stored.source: document.provisions for document in documents},
        references=references,
        documents=build_catalogue(documents, references, facts),
        assignments=tuple(one for document in documents for one in document.assignments),
        passages=tuple(passages),
        notices={document.stored.source: source_notices(document, facts) for document in documents},
    )


@pytest.fixture(scope="session")
def material() -> Material:
    return Material(knowledge_of(list(read_texts(corpus_files((PROJECT / "corpus" / "documents",))))))


@pytest.fixture(scope="session")
def legal_material(shared_data: Path) -> Material:
    folders = (PROJECT / "corpus" / "documents", shared_data / "legal")
    files = [(name, path) for name, path in corpus_files(folders) if path.suffix == ".txt"]
    return Material(knowledge_of(list(read_texts(files))))


@pytest.fixture(scope="session")
def read_material() -> Callable[[str], Material]:
    """What is made of a text that a test brings along."""
    return lambda text: Material(knowledge_of([StoredText("documents/rieng.txt", text)]))


@pytest.fixture(scope="session")
def items(material: Material) -> tuple[Item, ...]:
    """Forty items of the plan."""
    return generate(material, Wish(40, seed=3)).items
