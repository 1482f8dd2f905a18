"""What goes into the corpus and out of it: a new file is compared with what is held before it is taken in."""

from __future__ import annotations

import os
import shutil
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from rag.config import Config
from rag.errors import ReadingError, SnapshotError, SnapshotLocked
from rag.index.matching import may_be_text_of
from rag.index.snapshot import Knowledge, home
from rag.language.normalize import syllables
from rag.law.checked import dates_agree
from rag.law.document import read_document
from rag.law.identity import with_told
from rag.law.issuers import may_be_one
from rag.reading.corpus import digest_of, read_corpus
from rag.reading.files import corpus_files, is_text, shown_name
from rag.types import CheckedFact, Document, Identity, StoredText, Unread

Verdict = Literal["new", "same", "version", "other", "unread"]
"""A text that is not held; the words of one that is; other words of a document that is held; the text of another
document than was told; no text."""

_FIRST = 60
"""Texts are compared word by word where so many syllables at their beginnings are the same."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file that somebody wants in the corpus.

    `number` is what its text says of itself or what was told of it, `held` the source of the text that is the same or
    of the same document, `reason` why it gives no text. `asked` are the documents that it may be the text of.
    """

    path: Path
    verdict: Verdict
    number: str | None = None
    held: str | None = None
    reason: str = ""
    asked: tuple[Document, ...] = ()


@contextmanager
def changing(config: Config) -> Iterator[None]:
    """While it lasts no other process puts files into the corpus or takes them out.

    Raises: SnapshotLocked where one does; SnapshotError where the disk refuses.
    """
    lock = FileLock(home(config) / "corpus.lock", timeout=0)
    try:
        home(config).mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise SnapshotLocked("Một tiến trình khác đang thêm hoặc bỏ tệp của kho; hãy đợi rồi thử lại.") from error
    except OSError as error:
        raise SnapshotError(f"Không ghi được vào {config.data}: {error.strerror or error}.") from error
    try:
        yield
    finally:
        lock.release()


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


def examine(
    paths: Sequence[Path],
    knowledge: Knowledge | None,
    files: Mapping[str, Path] | None = None,
    *,
    told: CheckedFact | None = None,
) -> Iterator[Candidate]:
    """What each file is beside what is held, in order; a text that comes twice is the same as the first.

    `files` are those of the corpus, of which some may not be in the knowledge yet; `told` is what somebody says that
    every file is the text of.
    """
    held = _Held(knowledge, files or {})
    named = [(f"{index}/{shown_name(path.name)}", path) for index, path in enumerate(paths)]
    digests = {source: digest_of(path) for source, path in named}
    for path, original in zip(paths, read_corpus(named, digests, {}), strict=True):
        texts = [one for one in original.found if isinstance(one, StoredText)]
        if not texts:
            reasons = (one.reason for one in original.found if isinstance(one, Unread))
            yield Candidate(path, "unread", reason=next(reasons, "không có nội dung"))
        elif len(texts) > 1:
            same = held.copy_of(path, original.digest)
            yield Candidate(path, "same" if same else "new", held=same)
        else:
            yield held.compare(path, texts[0], original.digest, told)


class _Held:
    """What the corpus holds, with which a new file is compared."""

    def __init__(self, knowledge: Knowledge | None, files: Mapping[str, Path]) -> None:
        self._alike: dict[tuple[str, ...], list[tuple[str, str]]] = {}
        for text in knowledge.texts if knowledge else ():
            self._alike.setdefault(_beginning(text.text), []).append((text.source, text.text))
        self._documents = knowledge.documents if knowledge else ()
        self._files = files

    def compare(self, path: Path, text: StoredText, digest: str, told: CheckedFact | None) -> Candidate:
        """What a file with one text is."""
        own = read_document(text).identity
        if told and own.number not in (None, told.number):
            return Candidate(path, "other", own.number, reason=told.number)
        asked = () if told else may_be_text_of(text, own, self._documents)
        own = with_told(own, told) if told else own
        known = self._same_words(text.text)
        same = known or self.copy_of(path, digest)
        if known is None:
            self._alike.setdefault(_beginning(text.text), []).append((path.name, text.text))
        version = next((one.source for one in self._documents if one.source and is_of(own, one)), None)
        verdict: Verdict = "same" if same else "version" if version else "new"
        return Candidate(path, verdict, own.number, same or version, asked=asked)

    def _same_words(self, text: str) -> str | None:
        """The first that has the same words, whatever its format: the syllables."""
        alike, words = self._alike.get(_beginning(text), []), syllables(text)
        return next((name for name, other in alike if syllables(other) == words), None)

    def copy_of(self, path: Path, digest: str) -> str | None:
        """The source of a file of the corpus that is the same byte for byte: one that was added and not yet read."""
        size = path.stat().st_size
        alike = (source for source, file in self._files.items() if file.is_file() and file.stat().st_size == size)
        return next((source for source in alike if digest and digest_of(self._files[source]) == digest), None)


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

    What a process that was killed left half copied goes. Raises: ReadingError where the disk refuses.
    """
    for left in folder.glob(".*.part"):
        left.unlink(missing_ok=True)
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


def _beginning(text: str) -> tuple[str, ...]:
    """The first syllables of a text, found without reading the rest; all where it has no more."""
    end = 1_000
    while len(found := syllables(text[:end])) <= _FIRST and end < len(text):  # the last one may be cut
        end *= 2
    return tuple(found[:_FIRST])
