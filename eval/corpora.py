"""The corpora that gold questions are asked on, as `corpora.toml` has them, each with a snapshot of its own."""

from __future__ import annotations

import tomllib
from os.path import normpath
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from rag.config import Config
from rag.errors import HoidapError

OWN = "plan"
"""The corpus of a question that names none: that of the configuration, with the snapshot that serves."""
TABLE = Path(__file__).resolve().parent / "corpora.toml"
SNAPSHOTS = "eval"
"""The folder within the configured data folder that has the snapshots of the other corpora."""
_FOLDERS = TypeAdapter(dict[str, list[str]])


class CorporaError(HoidapError):
    """The table of corpora cannot be read, or has no corpus of a name."""


def corpus_folders(table: Path = TABLE) -> dict[str, tuple[Path, ...]]:
    """The folders of each corpus by its name.

    Raises: CorporaError.
    """
    try:
        values = _FOLDERS.validate_python(tomllib.loads(table.read_text(encoding="utf-8")))
    except OSError as error:
        raise CorporaError(f"Không đọc được {table}: {error.strerror or error}.") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError) as error:
        raise CorporaError(f'{table} không đúng dạng: mỗi dòng cần TÊN = ["THƯ_MỤC", …].') from error
    return {
        name: tuple(Path(normpath(table.absolute().parent / part)) for part in parts) for name, parts in values.items()
    }


def corpus_config(name: str, config: Config, table: Path = TABLE) -> Config:
    """The configuration of a corpus; that of OWN is the given one.

    Raises: CorporaError.
    """
    if name == OWN:
        return config
    folders = corpus_folders(table)
    if name not in folders:
        raise CorporaError(f"Không có kho {name} trong {table}; có: {', '.join((OWN, *folders))}.")
    return config.model_copy(update={"corpus": folders[name], "data": config.data / SNAPSHOTS / name})


def absent_folder(config: Config) -> Path | None:
    """The first folder of a corpus that is not there."""
    return next((folder for folder in config.corpus if not folder.exists()), None)
