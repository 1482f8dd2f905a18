"""One configuration, read once: the file, then the environment over it."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path

import platformdirs
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from rag.errors import ConfigError

PROJECT = Path(__file__).resolve().parent.parent
BUILT_IN_ENCODER = "multilingual-e5-small-q4"


class Config(BaseModel):
    """Where the corpus and the snapshots are, and which encoder reads them; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    corpus: tuple[Path, ...] = Field(default=(PROJECT / "corpus" / "documents",), min_length=1)
    catalogue: Path = PROJECT / "corpus" / "catalogue.csv"
    data: Path = Path(platformdirs.user_data_dir("hoidap", appauthor=False))
    encoder: str = BUILT_IN_ENCODER
    dense_weight: float = Field(default=0.5, ge=0.0, le=1.0)
    host: str = "127.0.0.1"
    port: int = Field(default=7860, ge=1, le=65535)
    feedback_days: int = Field(default=730, ge=0)  # 0: for ever
    mcp: bool = False


def child_environment(**variables: str) -> dict[str, str]:
    """The environment of a program that is started: this process' own with some variables set."""
    return {**os.environ, **variables}


def read_config(environ: Mapping[str, str] | None = None) -> Config:
    """The configuration of this process.

    The file is `HOIDAP_CONFIG`, else `hoidap.toml` in the working folder, else in the user's
    configuration folder; relative paths in it start at the file. `HOIDAP_CORPUS` (folders
    separated as in PATH), `HOIDAP_CATALOGUE`, `HOIDAP_DATA` and `HOIDAP_ENCODER` win over it.

    Raises: ConfigError.
    """
    env = os.environ if environ is None else environ
    values = _from_file(env)
    if env.get("HOIDAP_CORPUS"):
        values["corpus"] = [Path(part).absolute() for part in env["HOIDAP_CORPUS"].split(os.pathsep) if part]
    for key in ("catalogue", "data"):
        if env.get(f"HOIDAP_{key.upper()}"):
            values[key] = Path(env[f"HOIDAP_{key.upper()}"]).absolute()
    if env.get("HOIDAP_ENCODER"):
        values["encoder"] = env["HOIDAP_ENCODER"]
    try:
        return Config.model_validate(values)
    except ValidationError as error:
        keys = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors())
        raise ConfigError(f"Cấu hình không hợp lệ ở mục: {keys}.") from error


def _from_file(env: Mapping[str, str]) -> dict[str, object]:
    path = _config_file(env)
    if path is None:
        return {}
    try:
        values: dict[str, object] = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"Không đọc được tệp cấu hình {path}: {error}.") from error
    folder = path.absolute().parent
    for key in ("catalogue", "data"):
        if isinstance(value := values.get(key), str):
            values[key] = folder / value
    if isinstance(corpus := values.get("corpus"), str | list):
        folders = [corpus] if isinstance(corpus, str) else corpus
        values["corpus"] = [folder / str(part) for part in folders]
    return values


def _config_file(env: Mapping[str, str]) -> Path | None:
    if env.get("HOIDAP_CONFIG"):
        return Path(env["HOIDAP_CONFIG"])
    candidates = (
        Path("hoidap.toml"),
        Path(platformdirs.user_config_dir("hoidap", appauthor=False)) / "hoidap.toml",
    )
    return next((path for path in candidates if path.is_file()), None)
