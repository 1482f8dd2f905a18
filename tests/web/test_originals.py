"""The originals behind the texts: who asks gets the file that was read, as it is, and no other."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from rag.answering.holdings import Library
from rag.config import Config
from rag.index.snapshot import Knowledge
from rag.types import Page, StoredText
from rag.web.corpus import Corpus
from rag.web.guard import Guard
from rag.web.originals import add_originals, id_of, original_link
from tests.reading.bad_files import GOOD, pdf, picture, zipped

HTML = b"<html><body><p>K\xe1\xba\xbf ho\xe1\xba\xa1ch</p><script>alert(1)</script></body></html>"
FILES = {
    "kế hoạch.txt": "Kế hoạch <script>alert(1)</script>".encode(),
    "old.txt": "KÕ ho¹ch".encode("latin-1"),
    "two-bytes.txt": "Kế hoạch".encode("utf-16"),
    "page.htm": HTML,
    "page.doc": HTML,
    "page.txt": HTML,
    "letter.docx": GOOD,
    "scan.pdf": pdf(2, "Ke hoach"),
    "named.docx": pdf(1, "Ke hoach"),
    "picture.png": picture(60, 80, bytes(61 * 80)),
    "fax.tif": b"II*\0" + bytes(90),
    "bundle.zip": zipped(**{"a.txt": b"Ke hoach", "b/c.htm": HTML, "secret.txt": b"kin"}),
}
INNER = ("bundle.zip/a.txt", "bundle.zip/b/c.htm")


class Office:
    """A corpus of some files that were all read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "documents"
        self.folder.mkdir()
        for name, content in FILES.items():
            (self.folder / name).write_bytes(content)
        (self.folder / "unread.txt").write_text("chưa đọc", encoding="utf-8")
        (folder / "secret.txt").write_text("kín", encoding="utf-8")
        names = [name for name in FILES if not name.endswith(".zip")]
        texts = tuple(StoredText(f"documents/{name}", "Kế hoạch") for name in (*names, *INNER))
        files = {f"documents/{name}": hashlib.sha256(content).hexdigest() for name, content in FILES.items()}
        self.corpus = Corpus(Library(Knowledge(texts, {}, {}, (), (), (), ())), files)
        app = FastAPI()
        add_originals(app, self.corpus, Config(corpus=(self.folder,), data=folder / "data"))
        self.client = TestClient(Guard(app))  # type: ignore[arg-type]

    def ask(self, name: str, **headers: str):  # type: ignore[no-untyped-def]
        return self.client.get(f"/tep-goc/{id_of(f'documents/{name}')}", headers=headers)


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("kế hoạch.txt", "text/plain; charset=utf-8"),
        ("page.txt", "text/plain; charset=utf-8"),
        ("scan.pdf", "application/pdf"),
        ("named.docx", "application/pdf"),  # by its content, as it was read
        ("picture.png", "image/png"),
        ("bundle.zip/a.txt", "text/plain; charset=utf-8"),
    ],
)
def test_what_is_harmless_is_shown(office: Office, name: str, kind: str) -> None:
    reply = office.ask(name)
    assert (reply.status_code, reply.headers["content-type"]) == (200, kind)
    assert reply.headers["content-disposition"].startswith("inline;")


@pytest.mark.parametrize(
    "name", ["page.htm", "page.doc", "letter.docx", "old.txt", "two-bytes.txt", "fax.tif", "bundle.zip/b/c.htm"]
)
def test_pages_word_files_and_old_text_are_only_downloaded(office: Office, name: str) -> None:
    reply = office.ask(name)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/octet-stream")
    assert reply.headers["content-disposition"].startswith("attachment;")


@pytest.mark.parametrize("name", [*(name for name in FILES if not name.endswith(".zip")), *INNER])
def test_the_bytes_are_those_that_were_read_and_the_browser_is_told_to_trust_nothing(office: Office, name: str) -> None:
    reply = office.ask(name)
    assert reply.content == FILES.get(name, HTML if name.endswith("c.htm") else b"Ke hoach")
    assert reply.headers["x-content-type-options"] == "nosniff"
    policies = reply.headers.get_list("content-security-policy")
    assert any("default-src 'none'" in one for one in policies)
    assert any("sandbox" in one for one in policies) == (reply.headers["content-type"] != "application/pdf")


def test_a_name_with_vietnamese_letters_is_kept(office: Office) -> None:
    told = office.ask("kế hoạch.txt").headers["content-disposition"]
    assert told == "inline; filename*=utf-8''k%E1%BA%BF%20ho%E1%BA%A1ch.txt"


def test_a_part_of_a_file_is_given_where_it_is_asked_for(office: Office) -> None:
    reply = office.ask("scan.pdf", range="bytes=0-4")
    assert (reply.status_code, reply.content) == (206, b"%PDF-")


@pytest.mark.parametrize(
    "address",
    [
        "documents/scan.pdf", "..%2F..%2Fsecret.txt", "%2Fetc%2Fpasswd", "scan.pdf", "0" * 32,
        id_of("documents/unread.txt"), id_of("documents/bundle.zip"), id_of("documents/bundle.zip/secret.txt"),
        id_of("../secret.txt"),
    ],
)  # fmt: skip
def test_what_is_no_text_of_the_snapshot_has_no_address(office: Office, address: str) -> None:
    reply = office.client.get(f"/tep-goc/{address}")
    assert reply.status_code == 404
    assert "kín" not in reply.text
    assert office.client.post(f"/tep-goc/{id_of('documents/scan.pdf')}").status_code == 405


def test_a_file_that_changed_or_is_gone_is_told(office: Office) -> None:
    changed, gone = office.folder / "scan.pdf", office.folder / "letter.docx"
    changed.write_bytes(pdf(3, "Khac"))
    gone.unlink()
    (office.folder / "bundle.zip").write_bytes(zipped(**{"a.txt": b"Khac"}))
    for name, status, sentence in (
        ("scan.pdf", 409, "đã thay đổi sau lần đọc cuối"),
        ("bundle.zip/a.txt", 409, "đã thay đổi sau lần đọc cuối"),
        ("letter.docx", 404, "không còn trong kho"),
    ):
        reply = office.ask(name)
        assert (reply.status_code, reply.headers["content-type"]) == (status, "text/html; charset=utf-8")
        assert sentence in reply.text


def test_a_link_out_of_the_corpus_is_not_followed(office: Office) -> None:
    inside = office.folder / "kế hoạch.txt"
    outside = office.folder.parent / "secret.txt"
    outside.write_bytes(FILES["kế hoạch.txt"])  # even with the same content
    inside.unlink()
    os.symlink(outside, inside)
    assert office.ask("kế hoạch.txt").status_code == 404


def test_a_link_opens_a_pdf_at_its_page_and_other_files_as_they_are(office: Office) -> None:
    link = original_link("documents/scan.pdf", office.corpus, Page(2, 10))
    assert f'href="tep-goc/{id_of("documents/scan.pdf")}#page=2"' in link
    assert 'target="_blank" rel="noopener"' in link
    assert "#" not in original_link("documents/kế hoạch.txt", office.corpus, Page(2, 10))
    assert original_link("documents/bundle.zip/a.txt", office.corpus)
    assert original_link("documents/absent.txt", office.corpus) == ""
    assert original_link("documents/scan.pdf", Corpus(office.corpus.holdings)) == ""
