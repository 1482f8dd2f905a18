"""Who may import whom, and how large things grow, read from the syntax trees without importing anything."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent

# A module imports only from layers before its own, or from its own layer's package.
LAYERS = (
    "rag", "rag.data", "rag.types", "rag.errors", "rag.config", "rag.language", "rag.law", "rag.reading",
    "rag.index", "rag.answering", "rag.quiz", "rag.web", "rag.terminal", "rag.corpus_commands", "rag.quiz_commands",
    "rag.cli", "rag.__main__", "eval", "app",
)  # fmt: skip

# Each library, and the modules or packages that alone import it.
IMPORTERS = {
    "underthesea": ("rag.language.segment",),
    "sentence_transformers": ("rag.index.encoder",),
    "torch": ("rag.index.encoder",),
    "transformers": ("rag.index.encoder",),
    "tokenizers": ("rag.index.encoder",),
    "onnxruntime": ("rag.index.encoder",),
    "onnx": ("rag.index.network",),
    "chromadb": ("rag.index.vectors",),
    "llama_index.vector_stores": ("rag.index.vectors",),
    "llama_index": ("rag.index.vectors", "rag.answering.retriever", "eval.peer_systems"),
    "bm25s": ("rag.index.words", "eval.peer_systems"),
    "haystack": ("eval.peer_systems",),
    "gradio": ("rag.web", "app"),
}

# Seconds of import time each: imported inside functions, except where the module is nothing without them.
HEAVY = (
    "bm25s",
    "chromadb",
    "gradio",
    "llama_index",
    "onnx",
    "onnxruntime",
    "sentence_transformers",
    "torch",
    "transformers",
    "underthesea",
)
HEAVY_AT_TOP = {"gradio": ("rag.web", "app"), "llama_index": ("rag.answering.retriever",)}

ENVIRONMENT_READER = ("rag.config",)
DATA_READER = ("rag.language.lexicon",)
BROAD_EXCEPT = ("rag.cli", "rag.web")
PRINTERS = ("rag.cli", "rag.terminal", "eval", "app")
MODULE_LINES = 400
FUNCTION_LINES = 50


def is_within(name: str, owners: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the owners or lies inside one."""
    return any(name == owner or name.startswith(f"{owner}.") for owner in owners)


@dataclass(frozen=True)
class Import:
    """One imported name; `at_top` when it is imported with the module and not for type checkers alone."""

    target: str
    line: int
    at_top: bool


@dataclass(frozen=True)
class Module:
    """One file of the tree with its dotted name; `known` are the dotted names of the whole tree."""

    name: str
    path: Path
    root: Path
    known: frozenset[str]

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, str(self.path))

    @cached_property
    def nodes(self) -> tuple[ast.stmt | ast.expr | ast.ExceptHandler, ...]:
        kinds = (ast.stmt, ast.expr, ast.ExceptHandler)
        return tuple(node for node in ast.walk(self.tree) if isinstance(node, kinds))

    @cached_property
    def imports(self) -> tuple[Import, ...]:
        lazy = {id(inner) for node in ast.walk(self.tree) if is_lazy(node) for inner in ast.walk(node)}
        return tuple(
            Import(target, node.lineno, id(node) not in lazy)
            for node in self.nodes
            if isinstance(node, ast.Import | ast.ImportFrom | ast.Call)
            for target in self.targets(node)
        )

    def targets(self, node: ast.Import | ast.ImportFrom | ast.Call) -> Iterator[str]:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            source = self.absolute(node)
            for alias in node.names:
                inner = f"{source}.{alias.name}"
                ours = source.partition(".")[0] in ("rag", "eval", "app")
                yield source if ours and inner not in self.known else inner
        elif called(node) in ("__import__", "import_module") and node.args:
            name = node.args[0]
            if isinstance(name, ast.Constant) and isinstance(name.value, str):
                yield name.value

    def absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]
        above = package.split(".")[: len(package.split(".")) - node.level + 1]
        return ".".join([*above, *([node.module] if node.module else [])])

    def at(self, line: int) -> str:
        return f"{self.path.relative_to(self.root).as_posix()}:{line}"


def is_lazy(node: ast.AST) -> bool:
    """Whether what stands inside is not run when the module is imported."""
    if isinstance(node, ast.If):
        test = node.test
        return isinstance(test, ast.Name | ast.Attribute) and ast.unparse(test).endswith("TYPE_CHECKING")
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)


def called(node: ast.Call) -> str:
    """The last name of what is called: `c` for `a.b.c()`."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def modules(root: Path) -> tuple[Module, ...]:
    """Every module of `rag`, `eval` and `app.py` under the root, by name."""
    names: dict[str, Path] = {}
    for path in (*root.glob("rag/**/*.py"), *root.glob("eval/**/*.py"), *root.glob("app.py")):
        parts = path.relative_to(root).with_suffix("").parts
        names[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    packages = {name.rpartition(".")[0] for name in names} - {""}
    known = frozenset(names) | packages
    return tuple(Module(name, path, root, known) for name, path in sorted(names.items()))


def layer(name: str) -> int:
    """The place of a module's layer; `rag` alone is the first. Raises: ValueError for a module of none."""
    if name in LAYERS:
        return LAYERS.index(name)
    inside = [place for place, prefix in enumerate(LAYERS) if prefix != "rag" and is_within(name, (prefix,))]
    if not inside:
        raise ValueError(f"{name} stands in no layer")
    return inside[0]


def wrong_layers(module: Module) -> Iterator[str]:
    try:
        own = layer(module.name)
    except ValueError as error:
        yield f"{module.at(1)}: {error}"
        return
    for found in module.imports:
        if is_within(found.target, ("rag", "eval", "app")):
            if found.target not in module.known:
                yield f"{module.at(found.line)}: {found.target} does not exist"
            elif layer(found.target) > own and not is_public(module, found):
                yield f"{module.at(found.line)}: {LAYERS[own]} imports from {found.target}, a later layer"


def is_public(module: Module, found: Import) -> bool:
    """Whether the package itself offers a name of a later layer, which it does not load by itself."""
    return module.name == "rag" and not found.at_top


def wrong_importers(module: Module) -> Iterator[str]:
    for found in module.imports:
        for library, owners in IMPORTERS.items():
            if is_within(found.target, (library,)) and not is_within(module.name, owners):
                yield f"{module.at(found.line)}: imports {found.target}, of {' and '.join(owners)} alone"
        heavy = found.target.partition(".")[0]
        if found.at_top and heavy in HEAVY and not is_within(module.name, HEAVY_AT_TOP.get(heavy, ())):
            yield f"{module.at(found.line)}: imports {found.target} at the top; import it in the function"


def wrong_readers(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if reads_environment(node) and not is_within(module.name, ENVIRONMENT_READER):
            yield f"{module.at(node.lineno)}: the environment belongs to {ENVIRONMENT_READER[0]}"
        if reads_data(node) and not is_within(module.name, DATA_READER):
            yield f"{module.at(node.lineno)}: rag/data belongs to {DATA_READER[0]}"


def reads_environment(node: ast.AST) -> bool:
    names = ("environ", "environb", "getenv", "putenv", "unsetenv")
    if isinstance(node, ast.Attribute):
        return node.attr in names and isinstance(node.value, ast.Name) and node.value.id == "os"
    return isinstance(node, ast.ImportFrom) and node.module == "os" and any(a.name in names for a in node.names)


def reads_data(node: ast.AST) -> bool:
    """A resource of `rag.data`, or a path that goes through a folder named `data`."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
        return is_path(node.right, "data")
    if not isinstance(node, ast.Call):
        return False
    if called(node) in ("joinpath", "Path"):
        return any(is_path(arg, "data") or is_path(arg, "rag/data") for arg in node.args)
    texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
    return any(is_within(text, ("rag.data",)) or text.startswith("rag/data/") for text in texts)


def is_path(node: ast.AST, start: str) -> bool:
    """Whether it is a constant that is this path or begins with it."""
    value = node.value if isinstance(node, ast.Constant) else None
    return isinstance(value, str) and (value == start or value.startswith(f"{start}/"))


def wrong_habits(module: Module) -> Iterator[str]:
    for node in module.nodes:
        if is_broad(node) and not is_within(module.name, BROAD_EXCEPT):
            yield f"{module.at(node.lineno)}: a broad except; those belong to {' and '.join(BROAD_EXCEPT)}"
        if is_print(node) and not is_within(module.name, PRINTERS):
            yield f"{module.at(node.lineno)}: print() in the library"


def is_print(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"


def is_broad(node: ast.AST) -> bool:
    """A bare `except`, or one or a `suppress(…)` that takes Exception or BaseException."""
    if isinstance(node, ast.ExceptHandler):
        caught = [node.type] if node.type else None
    elif isinstance(node, ast.Call) and called(node) == "suppress":
        caught = list(node.args)
    else:
        return False
    names = {inner.id for part in caught or () for inner in ast.walk(part) if isinstance(inner, ast.Name)}
    return caught is None or bool(names & {"Exception", "BaseException"})


def wrong_sizes(module: Module) -> Iterator[str]:
    lines = len(module.text.splitlines())
    if lines > MODULE_LINES:
        yield f"{module.at(1)}: {lines} lines, more than {MODULE_LINES}"
    for node in module.nodes:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            if size > FUNCTION_LINES:
                yield f"{module.at(node.lineno)}: {node.name} has {size} lines, more than {FUNCTION_LINES}"


def import_cycles(tree: tuple[Module, ...]) -> Iterator[str]:
    """One line for each cycle, found depth first from the first module by name."""
    edges = {m.name: sorted({i.target for i in m.imports} & m.known - {m.name}) for m in tree}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> Iterator[str]:
        if name in path:
            yield "import cycle: " + " -> ".join((*path[path.index(name) :], name))
        elif name not in done:
            for target in edges.get(name, ()):
                yield from visit(target, (*path, name))
            done.add(name)

    for name in edges:
        yield from visit(name, ())


def violations(root: Path) -> tuple[str, ...]:
    """What breaks a rule under the root, one line each, in the order of the modules."""
    tree = modules(root)
    rules = (wrong_layers, wrong_importers, wrong_readers, wrong_habits, wrong_sizes)
    found = [line for module in tree for rule in rules for line in rule(module)]
    return tuple(dict.fromkeys([*found, *import_cycles(tree)]))


def test_the_project_keeps_its_architecture() -> None:
    found = violations(ROOT)
    assert not found, f"{len(found)} rules broken:\n" + "\n".join(found)


def test_every_module_is_seen() -> None:
    names = {module.name for module in modules(ROOT)}
    assert {"rag.types", "rag.errors", "rag.config", "eval"} <= names


WRONG = {
    "a later layer": ("rag/law/structure.py", "from rag.answering import query", "a later layer"),
    "a later layer inside a function": (
        "rag/types.py",
        "def f():\n    import rag.law.structure",
        "a later layer",
    ),
    "a later layer by a relative import": (
        "rag/law/structure.py",
        "from ..answering import query",
        "a later layer",
    ),
    "a later layer by name": (
        "rag/law/structure.py",
        "import importlib\nimportlib.import_module('rag.answering.query')",
        "a later layer",
    ),
    "a later layer that the package loads": ("rag/__init__.py", "import rag.cli", "a later layer"),
    "a module of no layer": ("rag/utils.py", "", "stands in no layer"),
    "a module that is not there": ("rag/cli.py", "import rag.law.gone", "does not exist"),
    "an engine beside its adapter": ("rag/law/structure.py", "def f():\n    import torch", "imports torch"),
    "a part of a package": (
        "rag/answering/retriever.py",
        "def f():\n    from llama_index.vector_stores import chroma",
        "of rag.index.vectors alone",
    ),
    "a heavy library at the top": ("rag/index/words.py", "import bm25s", "at the top"),
    "a heavy library under try": (
        "rag/index/words.py",
        "try:\n    import bm25s\nfinally:\n    pass",
        "at the top",
    ),
    "the environment": ("rag/cli.py", "import os\nos.environ.get('HOME')", "environment"),
    "the environment by name": ("rag/cli.py", "from os import getenv", "environment"),
    "the data folder": ("rag/law/structure.py", "p = ROOT / 'data' / 'x.csv'", "rag/data"),
    "the data package": ("rag/law/structure.py", "files('rag.data')", "rag/data"),
    "a broad except": ("rag/types.py", "try:\n    f()\nexcept (OSError, Exception):\n    pass", "broad"),
    "a bare except": ("rag/types.py", "try:\n    f()\nexcept:\n    pass", "broad"),
    "a broad suppress": ("rag/types.py", "with suppress(Exception):\n    f()", "broad"),
    "a print": ("rag/types.py", "print(1)", "print()"),
    "a long module": ("rag/types.py", "x = 1\n" * 401, "401 lines"),
    "a long function": ("rag/types.py", "def f():\n" + "    x = 1\n" * 50, "f has 51 lines"),
    "a cycle": ("rag/law/structure.py", "def f():\n    from rag.law import references", "import cycle: "),
}
RIGHT = {
    "rag/__init__.py": "if TYPE_CHECKING:\n    import rag.cli",
    "rag/types.py": "x = 1\n" * 400,
    "rag/config.py": "import os\nos.environ.get('HOME')",
    "rag/cli.py": "from rag.web import chat\ntry:\n    f()\nexcept Exception:\n    print(1)",
    "rag/language/__init__.py": "",
    "rag/language/lexicon.py": "files('rag.data')",
    "rag/law/__init__.py": "",
    "rag/law/references.py": "from . import structure\nfrom rag.language.lexicon import issuers",
    "rag/law/structure.py": "from rag import errors\nimport re",
    "rag/index/__init__.py": "",
    "rag/index/words.py": "def f():\n    import bm25s\n" + "    x = 1\n" * 48,
    "rag/answering/__init__.py": "",
    "rag/answering/query.py": "ROLES = {'data': 1}['data']",
    "rag/answering/retriever.py": "from llama_index.core.retrievers import BaseRetriever",
    "rag/web/__init__.py": "",
    "rag/web/chat.py": "import gradio as gr\nfiles('rag.web')",
    "eval/__init__.py": "",
    "eval/run.py": "import rag.cli\nprint(1)",
    "app.py": "import gradio\nfrom rag.web.chat import main",
}


def write_tree(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_tree_that_keeps_the_rules_passes(tmp_path: Path) -> None:
    write_tree(tmp_path, RIGHT)
    assert violations(tmp_path) == ()


@pytest.mark.parametrize(("name", "text", "message"), WRONG.values(), ids=WRONG)
def test_each_broken_rule_is_found(tmp_path: Path, name: str, text: str, message: str) -> None:
    write_tree(tmp_path, {**RIGHT, name: text})
    found = violations(tmp_path)
    assert len(found) == 1
    assert message in found[0]


def test_all_broken_rules_are_found_at_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {**RIGHT, "rag/types.py": "print(1)\nimport torch\nimport rag.cli"})
    found = violations(tmp_path)
    assert [line.split(": ")[0] for line in found] == [
        "rag/types.py:3",
        "rag/types.py:2",
        "rag/types.py:2",
        "rag/types.py:1",
    ]
