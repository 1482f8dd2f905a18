"""What the packaging files promise, held against what is there."""

from __future__ import annotations

import re
import subprocess
import tomllib
from fnmatch import fnmatch
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS: dict[str, Any] = PROJECT["tool"]["setuptools"]
LARGEST_FILE = 2_000_000
FOLDERS_OF_A_MACHINE = ("work", "farm", "root", "home/\\w+", "Users/\\w+")


def direct_requirements() -> list[Requirement]:
    metadata = PROJECT["project"]
    extras = [line for group in metadata["optional-dependencies"].values() for line in group]
    return [Requirement(line) for line in (*metadata["dependencies"], *extras)]


def pins() -> dict[str, Version]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    found = [re.fullmatch(r"([\w.-]+)==([\w.]+)", line) for line in lines if line and not line.startswith("#")]
    assert all(found), "a line of constraints.txt is no pin without a local version"
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in found if pin}


def applies(requirement: Requirement, extras: set[str]) -> bool:
    marker = requirement.marker
    return marker is None or any(marker.evaluate({"extra": extra}) for extra in extras or {""})


def needed() -> set[str]:
    """The names of every distribution that installing the project on this machine brings."""
    waiting = [(r.name, frozenset(r.extras)) for r in direct_requirements() if applies(r, set())]
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        name, extras = waiting.pop()
        if (canonicalize_name(name), extras) in seen:
            continue
        seen.add((canonicalize_name(name), extras))
        lines = distribution(name).requires or ()
        inner = [r for r in map(Requirement, lines) if applies(r, {"", *extras})]
        waiting += [(r.name, frozenset(r.extras)) for r in inner]
    return {name for name, _ in seen}


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [path for name in listed.decode().split("\0") if name and (path := ROOT / name).is_file()]


def test_every_direct_dependency_is_pinned_within_its_range() -> None:
    pinned = pins()
    wrong = [
        str(requirement)
        for requirement in direct_requirements()
        if (version := pinned.get(canonicalize_name(requirement.name))) is None or version not in requirement.specifier
    ]
    assert not wrong


def test_every_installed_dependency_is_the_pinned_one() -> None:
    pinned = pins()
    wrong = []
    for name in sorted(needed()):
        installed = Version(distribution(name).version)
        if name not in pinned or pinned[name].public != installed.public:
            wrong.append(f"{name}: installed {installed}, pinned {pinned.get(name)}")
    assert not wrong, "\n".join(wrong)


def test_the_build_tools_are_pinned() -> None:
    assert {"pip", "setuptools"} <= set(pins())


def test_pins_stand_in_order_and_once() -> None:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    names = [canonicalize_name(line.split("==")[0]) for line in lines if not line.startswith("#")]
    assert names == sorted(set(names))


def test_the_listed_packages_are_those_on_disk() -> None:
    on_disk = {".".join(path.parent.relative_to(ROOT).parts) for path in ROOT.glob("rag/**/__init__.py")}
    assert sorted(on_disk) == SETUPTOOLS["packages"]


def test_every_file_that_is_no_module_is_package_data() -> None:
    patterns = [
        f"{package.replace('.', '/')}/{pattern}"
        for package, group in SETUPTOOLS["package-data"].items()
        for pattern in group
    ]
    files = [path.relative_to(ROOT).as_posix() for path in ROOT.glob("rag/**/*") if path.is_file()]
    left_out = [
        name
        for name in files
        if not name.endswith((".py", ".pyc")) and not any(fnmatch(name, pattern) for pattern in patterns)
    ]
    assert not left_out


def test_ci_runs_what_a_person_runs() -> None:
    lines = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert "set -euo pipefail" in lines
    assert "export CI=true" in lines
    assert lines[-1] == "make test"


def test_no_tracked_file_names_a_folder_of_one_machine() -> None:
    pattern = re.compile(rf"(?<![\w.])/(?:{'|'.join(FOLDERS_OF_A_MACHINE)})/\w".encode())
    assert pattern.search(b"see " + b"/".join((b"", b"work", b"x")))
    named = [path.relative_to(ROOT).as_posix() for path in tracked_files() if pattern.search(path.read_bytes())]
    assert not named


def test_no_tracked_file_is_large() -> None:
    large = [path.relative_to(ROOT).as_posix() for path in tracked_files() if path.stat().st_size > LARGEST_FILE]
    assert not large


def test_the_license_is_the_one_named() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


def test_an_installed_project_has_its_command() -> None:
    try:
        entry_points = distribution("hoidap").entry_points
    except PackageNotFoundError:
        pytest.fail("the project is not installed: make venv")
    assert [point.value for point in entry_points if point.name == "hoidap"] == ["rag.cli:main"]
