"""What figures were measured on: the code, the corpus, the snapshot, the questions, the settings, the libraries."""

from __future__ import annotations

import hashlib
import platform
import subprocess
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from rag.config import PROJECT, Config
from rag.index.snapshot import current_manifest
from rag.language.lexicon import tables_fingerprint

LIBRARIES = (
    "bm25s", "chromadb", "numpy", "sentence-transformers", "tokenizers", "torch", "transformers", "underthesea",
)  # fmt: skip
"""Whose versions may move a figure."""
Values = dict[str, object]


def provenance(gold: Path, configs: Mapping[str, Config]) -> Values:
    """Everything that a figure depends on, by name, and nothing that changes between two equal runs.

    `configs` are those of the corpora; without any there is no snapshot to tell of. The first one's snapshot is
    told in full, of the others what their texts are. What cannot be told is None: the commit outside a git
    checkout, the snapshot's parts before the first ingest.
    """
    commit = _git("rev-parse", "HEAD")
    told: Values = {
        "commit": commit,
        "clean": None if commit is None else not _git("status", "--porcelain"),
        "gold": {"file": gold.name, "sha256": file_hash(gold)},
        "code": _code_hash(),
        "tables": tables_fingerprint(),
        "python": platform.python_version(),
        "libraries": {name: _version(name) for name in LIBRARIES},
    }
    for config in list(configs.values())[:1]:
        told |= _of_config(config)
    return told | {"corpora": {name: _corpus(config) for name, config in configs.items()}}


def _corpus(config: Config) -> str | None:
    manifest = current_manifest(config)
    return manifest.fingerprints.get("corpus") if manifest else None


def _of_config(config: Config) -> Values:
    manifest = current_manifest(config)
    fingerprints = dict(sorted(manifest.fingerprints.items())) if manifest else {}
    return {
        "encoder": config.encoder,
        "settings": {"dense_weight": config.dense_weight},
        "snapshot": {
            "format": manifest.format if manifest else None,
            "passages": manifest.passages if manifest else None,
            "fingerprints": fingerprints,
        },
    }


def file_hash(path: Path) -> str | None:
    """The SHA-256 of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def _code_hash() -> str:
    """SHA-256 over the modules that answer: a tree with changes that are not committed has no other name."""
    digest = hashlib.sha256()
    for path in sorted((PROJECT / "rag").rglob("*.py")):
        digest.update(path.relative_to(PROJECT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def flat(values: Values, above: str = "") -> dict[str, object]:
    """Nested values as one level, the names joined by full stops.

    >>> flat({"commit": "1a2b", "settings": {"dense_weight": 0.5}})
    {'commit': '1a2b', 'settings.dense_weight': 0.5}
    """
    found: dict[str, object] = {}
    for name, value in values.items():
        found |= flat(value, f"{above}{name}.") if isinstance(value, dict) else {f"{above}{name}": value}
    return found


def changed(one: Values, other: Values) -> list[tuple[str, object, object]]:
    """What differs between two runs, by name, with both values.

    >>> changed({"encoder": "a", "tables": "1"}, {"encoder": "b", "tables": "1"})
    [('encoder', 'a', 'b')]
    """
    left, right = flat(one), flat(other)
    names = dict.fromkeys((*left, *right))
    return [(name, left.get(name), right.get(name)) for name in names if left.get(name) != right.get(name)]


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def _git(*arguments: str) -> str | None:
    """What git prints of the project, None where it cannot tell."""
    command = ["git", "-C", str(PROJECT), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    except OSError:
        return None
    return done.stdout.strip() if done.returncode == 0 else None
