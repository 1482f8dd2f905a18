"""Documents that were read before: the same values, and nothing that a strange file could run."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from rag.config import PROJECT
from rag.index.documents import known_documents, write_documents
from rag.law.document import read_document
from rag.types import StoredText

PLAN = PROJECT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"


@pytest.fixture(scope="module")
def document():
    return read_document(StoredText("documents/a.txt", PLAN.read_text(encoding="utf-8")))


def test_a_document_is_found_again_by_its_text(tmp_path, document):
    write_documents(tmp_path, [(None, document)], "code")
    assert known_documents(tmp_path, "code") == {(document.stored, None): document}


def test_a_document_that_other_code_read_is_not(tmp_path, document):
    write_documents(tmp_path, [(None, document)], "code")
    assert known_documents(tmp_path, "other code") == {}


def test_nothing_is_found_where_there_is_no_version_or_no_file(tmp_path):
    assert known_documents(None, "code") == known_documents(tmp_path, "code") == {}


@pytest.mark.parametrize("part", [0, 10, 0.5])
def test_a_damaged_file_gives_nothing(tmp_path, document, part):
    write_documents(tmp_path, [(None, document)], "code")
    file = tmp_path / "documents.pickle"
    content = file.read_bytes()
    file.write_bytes(content[: part if isinstance(part, int) else int(part * len(content))])
    assert known_documents(tmp_path, "code") == {}


class Strange:
    def __init__(self, what, *arguments):
        self.what = what, arguments

    def __reduce__(self):
        return self.what


@pytest.mark.parametrize("what", [print, Path.touch, eval])
def test_what_is_no_value_of_the_project_is_neither_made_nor_run(tmp_path, what):
    target = tmp_path / "touched"
    (tmp_path / "documents.pickle").write_bytes(pickle.dumps(("code", [Strange(what, target)])))
    assert known_documents(tmp_path, "code") == {}
    assert not target.exists()
