"""The package as other programs import it: cheap until asked, and its examples run."""

from __future__ import annotations

import doctest
import subprocess
import sys
from types import ModuleType

import pytest

import rag
from rag.answering import assistant
from rag.config import PROJECT, Config

LOADED = "import sys, rag; print([name for name in sys.modules if name.startswith('rag.') or name == 'numpy'])"


def test_importing_the_package_loads_nothing_of_it() -> None:
    run = subprocess.run([sys.executable, "-c", LOADED], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_the_package_offers_the_assistant_and_no_other_name() -> None:
    assert rag.Assistant is assistant.Assistant
    assert rag.__all__ == ["Assistant"]
    with pytest.raises(AttributeError, match="has no attribute 'Helper'"):
        _ = rag.Helper  # type: ignore[attr-defined]


@pytest.mark.integration
@pytest.mark.parametrize("module", [rag, assistant])
def test_the_examples_run_after_an_ingest(
    plan_config: Config, monkeypatch: pytest.MonkeyPatch, module: ModuleType
) -> None:
    monkeypatch.setenv("HOIDAP_DATA", str(plan_config.data))
    tests = [test for test in doctest.DocTestFinder().find(module) if "Assistant.open()" in (test.docstring or "")]
    assert tests
    for test in tests:
        for example in test.examples:
            example.options.pop(doctest.SKIP, None)
        assert doctest.DocTestRunner().run(test).failed == 0
