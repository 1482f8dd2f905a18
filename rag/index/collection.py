"""What goes into the corpus and out of it: a new file is compared with what is held before it is taken in."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.config import Config
from rag.errors import ReadingError
from rag.index.snapshot import Knowledge
from rag.language.normalize import syllables
from rag.law.checked import dates_agree
from rag.law.document import read_document
from rag.law.issuers import may_be_one
from rag.reading.corpus import digest_of, read_corpus
from rag.reading.files import corpus_files, is_text, shown_name
from rag.types import Document, Identity, StoredText, Unread

Verdict = Literal["new", "same", "version", "unread"]
"""A text that is not held; the words of one that is; other words of a document that is held; no text."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that somebody wants in the corpus.

    `number` is what its text says of itself, `held` the source of the text that is the same or of the same document,
    `reason` why it gives no text.
    """

    path: Path
    verdict: Verdict
    number: str | None = None
    held: str | None = None
    reason: str = ""


def files_of(places: Sequence[Path]) -> list[Path]:
    """The files that some paths name, those of a folder in a stable order.

    Raises: ReadingError where a path does not exist.
    """
    found: list[Path] = []
    for place in places:
        if not place.exists():
            raise ReadingError(f"Không thấy {place}.")
        found += sorted(filter(is_text, place.rglob("*"))) if place.is_dir() else [place]
    return list(dict.fromkeys(found))


def examine(paths: Sequence[Path], knowledge: Knowledge | None) -> Iterator[Candidate]:
    """What each file is beside what is held, in order; a text that comes twice is the same as the first."""
    words = {_words(text): text.source for text in knowledge.texts} if knowledge else {}
    entries = [entry for entry in knowledge.documents if entry.source] if knowledge else []
    files = [(f"{index}/{shown_name(path.name)}", path) for index, path in enumerate(paths)]
    digests = {source: digest_of(path) for source, path in files}
    for path, original in zip(paths, read_corpus(files, digests, {}), strict=True):
        texts = [one for one in original.found if isinstance(one, StoredText)]
        if not texts:
            reasons = (one.reason for one in original.found if isinstance(one, Unread))
            yield Candidate(path, "unread", reason=next(reasons, "không có nội dung"))
            continue
        own = read_document(texts[0]).identity
        same = words.get(_words(texts[0]))
        version = next((entry.source for entry in entries if is_of(own, entry)), None)
        verdict: Verdict = "new" if len(texts) > 1 else "same" if same else "version" if version else "new"
        yield Candidate(path, verdict, own.number, None if len(texts) > 1 else same or version)
        words.setdefault(_words(texts[0]), path.name)


def is_of(own: Identity, entry: Document) -> bool:
    """Whether what a text says of itself makes it one of a document: by number, issuer and date together."""
    return (
        own.number is not None
        and own.number == entry.number
        and may_be_one(own.issuer, entry.issuer)
        and dates_agree(own.date, entry.date)
    )


def take_in(path: Path, folder: Path) -> Path:
    """Copies a file into a folder of the corpus in one step, under its name or the next free one.

    Raises: ReadingError where the disk refuses.
    """
    target = folder / path.name
    for count in range(2, 10_000):
        if not target.exists():
            break
        target = folder / f"{path.stem}-{count}{path.suffix}"
    draft = folder / f".{target.name}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, draft)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(target)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ReadingError(f"Không chép được {path.name} vào {folder}: {error.strerror}.") from error
    return target


def find_file(name: str, config: Config, knowledge: Knowledge | None) -> tuple[str, Path]:
    """The one file of the corpus that a source, a file name or a document's number means, with its source.

    Raises: ReadingError where it means none, several, or a text inside an archive.
    """
    files = dict(corpus_files(config.corpus))
    own = {entry.source for entry in knowledge.documents if entry.number == name and entry.source} if knowledge else ()
    found = [source for source in files if name in (source, Path(source).name)] or [
        source for source in files if _nfc(name) in (_nfc(source), _nfc(Path(source).name)) or source in own
    ]
    inner = next((source for source in (*own, name) if source not in files and _archive(source, files)), None)
    if inner and not found:
        raise ReadingError(f"{inner} nằm trong một tệp nén; hãy bỏ cả tệp nén hoặc giải nén trước.")
    if len(found) != 1:
        several = (
            f"Có {len(found)} tệp như vậy: {', '.join(found)}; hãy ghi rõ." if found else "Xem: hoidap corpus list."
        )
        raise ReadingError(f"Trong kho không có đúng một tệp {name}. {several}")
    return found[0], files[found[0]]


def _nfc(name: str) -> str:
    return unicodedata.normalize("NFC", name)


def _archive(source: str, files: dict[str, Path]) -> bool:
    return any(source.startswith(f"{name}/") for name in files)


def _words(text: StoredText) -> tuple[str, ...]:
    """What two copies of one text have in common, whatever their format: the syllables."""
    return tuple(syllables(text.text))
