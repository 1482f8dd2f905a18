"""A snapshot: everything made from a corpus in one ingest, in one folder, switched to in one step.

DATA/corpora/<key of the corpus folders>/
    CURRENT                 the name of the version that serves
    versions/<version>/     manifest.json  originals.json  knowledge.json  diacritics.json  tokens.json
                            documents.pickle  vectors/  words/
    ingest.lock
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter, ValidationError

from rag.config import Config
from rag.errors import SnapshotError, SnapshotMissing
from rag.index.calibration import Calibration
from rag.language.syllable_model import DiacriticsModel
from rag.reading.corpus import Original
from rag.types import Assignment, Document, Identity, Passage, Provision, Reference, SourceNotice, StoredText, Unread

FORMAT = 4
_KEPT_VERSIONS = 2


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that was read from the corpus; `references` are indexed by documents' mentions and passages.

    `identities`, `provisions`, `notices` are by source. `assignments` are in reading order, document by document.
    """

    texts: tuple[StoredText, ...]
    identities: dict[str, Identity]
    provisions: dict[str, tuple[Provision, ...]]
    references: tuple[Reference, ...]
    documents: tuple[Document, ...]
    assignments: tuple[Assignment, ...]
    passages: tuple[Passage, ...]
    notices: dict[str, tuple[SourceNotice, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot was made of: a fingerprint a part, the passages it holds, and the files that gave no text.

    `files` are the sources of the corpus' files, each with the SHA-256 of the content that was read.
    """

    format: int
    fingerprints: dict[str, str]
    passages: int
    created: str
    unread: tuple[Unread, ...] = ()
    faults: tuple[tuple[str, str], ...] = ()
    files: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A version on disk with its knowledge in memory; vectors and words are opened from `folder`."""

    folder: Path
    manifest: Manifest
    knowledge: Knowledge
    diacritics: DiacriticsModel
    calibration: Calibration

    @property
    def vectors(self) -> Path:
        return self.folder / "vectors"

    @property
    def words(self) -> Path:
        return self.folder / "words"


@dataclass(frozen=True, slots=True)
class Told:
    """Of a version's knowledge the texts and their notices; the rest of it is skipped, which is faster."""

    texts: tuple[StoredText, ...]
    identities: dict[str, Identity]
    notices: dict[str, tuple[SourceNotice, ...]]


_KNOWLEDGE = TypeAdapter(Knowledge)
_TOLD = TypeAdapter(Told)
_ORIGINALS = TypeAdapter(dict[str, tuple[Original, ...]])
_MANIFEST = TypeAdapter(Manifest)
_DIACRITICS = TypeAdapter(DiacriticsModel)
_CALIBRATION = TypeAdapter(Calibration)
_Form = TypeVar("_Form")
_TOKENS = TypeAdapter(dict[str, dict[str, tuple[str, str]]])


def home(config: Config) -> Path:
    """The folder of one corpus' versions; another set of corpus folders has another one."""
    folders = "\n".join(sorted(str(folder.resolve()) for folder in config.corpus))
    return config.data / "corpora" / hashlib.sha256(folders.encode()).hexdigest()[:16]


def current_manifest(config: Config) -> Manifest | None:
    """The manifest of the version that serves; None where there is none, or a damaged or older one."""
    folder = serving_folder(config)
    if folder is None:
        return None
    try:
        manifest = _MANIFEST.validate_json((folder / "manifest.json").read_bytes())
    except (OSError, ValidationError):
        return None
    return manifest if manifest.format == FORMAT else None


def open_snapshot(config: Config) -> Snapshot:
    """The version that serves.

    Raises: SnapshotMissing where nothing has been ingested; SnapshotError where it is damaged.
    """
    manifest, folder = current_manifest(config), serving_folder(config)
    if manifest is None or folder is None:
        raise SnapshotMissing("Chưa có chỉ mục cho kho văn bản này; hãy chạy lệnh: hoidap ingest")
    try:
        knowledge = _KNOWLEDGE.validate_json((folder / "knowledge.json").read_bytes())
        diacritics = _DIACRITICS.validate_json((folder / "diacritics.json").read_bytes())
        calibration = _CALIBRATION.validate_json((folder / "calibration.json").read_bytes())
    except (OSError, ValidationError) as error:
        raise SnapshotError("Chỉ mục bị hỏng; hãy chạy lại lệnh: hoidap ingest --force") from error
    return Snapshot(folder, manifest, knowledge, diacritics, calibration)


@contextmanager
def new_version(config: Config, name: str) -> Iterator[Path]:
    """An empty folder for a version in the making, removed where it is not published while this lasts.

    Unfinished ones of earlier processes are removed.
    """
    versions = home(config) / "versions"
    versions.mkdir(parents=True, exist_ok=True)
    for folder in versions.glob(".making-*"):
        shutil.rmtree(folder, ignore_errors=True)
    folder = versions / f".making-{name}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)  # published, it has another name


def write_knowledge(folder: Path, knowledge: Knowledge, diacritics: DiacriticsModel) -> None:
    """Writes what was read into a version's folder."""
    (folder / "knowledge.json").write_bytes(_KNOWLEDGE.dump_json(knowledge))
    (folder / "diacritics.json").write_bytes(_DIACRITICS.dump_json(diacritics))


def write_originals(folder: Path, originals: Sequence[Original], code: str) -> None:
    """Writes what the corpus' files gave into a version's folder; `code` is the fingerprint of what read them."""
    (folder / "originals.json").write_bytes(_ORIGINALS.dump_json({code: tuple(originals)}))


def known_originals(config: Config, code: str) -> dict[str, Original]:
    """What the files of the version that serves gave, by their sources; none where other code read them."""
    read = _serving(config, "originals.json", _ORIGINALS) or {}
    return {original.source: original for original in read.get(code, ())}


def known_texts(config: Config) -> Told | None:
    """The texts of the version that serves, with what was told of them; None where there are none."""
    return _serving(config, "knowledge.json", _TOLD)


def known_diacritics(config: Config) -> DiacriticsModel | None:
    """The model of the version that serves, made of its texts; None where there is none."""
    return _serving(config, "diacritics.json", _DIACRITICS)


def _serving(config: Config, name: str, form: TypeAdapter[_Form]) -> _Form | None:
    """A file of the version that serves; None where there is none of that form."""
    folder = serving_folder(config)
    try:
        return form.validate_json((folder / name).read_bytes()) if folder else None
    except (OSError, ValidationError):
        return None


def write_tokens(folder: Path, tokens: Mapping[str, tuple[str, str]], code: str) -> None:
    """Writes the tokens of the indexed texts, by the texts, into a version's folder; `code` as for originals."""
    (folder / "tokens.json").write_bytes(_TOKENS.dump_json({code: dict(tokens)}))


def known_tokens(config: Config, code: str) -> dict[str, tuple[str, str]]:
    """The tokens of the texts that the version that serves has; none where other code found them."""
    return (_serving(config, "tokens.json", _TOKENS) or {}).get(code, {})


def write_calibration(folder: Path, calibration: Calibration) -> None:
    """Writes what scores mean into a version's folder."""
    (folder / "calibration.json").write_bytes(_CALIBRATION.dump_json(calibration))


def publish(config: Config, making: Path, manifest: Manifest) -> Path:
    """Makes a finished folder the version that serves, in one step; returns where it now is.

    A process that is killed before the last step leaves the old version serving.
    """
    (making / "manifest.json").write_bytes(_MANIFEST.dump_json(manifest))
    _sync(making)
    version = making.with_name(making.name.removeprefix(".making-"))
    making.rename(version)
    pointer = home(config) / "CURRENT"
    draft = pointer.with_suffix(".new")
    draft.write_text(json.dumps({"version": version.name}), encoding="utf-8")
    _sync(draft)
    draft.replace(pointer)
    _remove_old(version, kept=_KEPT_VERSIONS)
    return version


def differences(config: Config, fingerprints: Mapping[str, str]) -> list[str]:
    """The parts in which the serving version differs from what would be made now; all where there is none."""
    manifest = current_manifest(config)
    if manifest is None:
        return sorted(fingerprints)
    return sorted(key for key in fingerprints if manifest.fingerprints.get(key) != fingerprints[key])


def serving_folder(config: Config) -> Path | None:
    """The folder of the version that serves; None where there is none."""
    try:
        name = json.loads((home(config) / "CURRENT").read_text(encoding="utf-8"))["version"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    folder = home(config) / "versions" / str(name)
    return folder if folder.is_dir() else None


def remove_old_versions(config: Config) -> None:
    """Leaves the serving version alone, so that nothing stays of a text that was removed from the corpus."""
    if folder := serving_folder(config):
        _remove_old(folder, kept=1)


def _remove_old(serving: Path, *, kept: int) -> None:
    """Keeps some versions, the serving one among them; a running chat may still hold the one before it open."""
    others = [folder for folder in serving.parent.iterdir() if folder != serving and not folder.name.startswith(".")]
    for folder in sorted(others, key=lambda item: item.stat().st_mtime, reverse=True)[kept - 1 :]:
        shutil.rmtree(folder, ignore_errors=True)


def _sync(path: Path) -> None:
    """Forces a file, or every file of a folder, to disk."""
    for file in [path] if path.is_file() else [item for item in path.rglob("*") if item.is_file()]:
        descriptor = os.open(file, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
