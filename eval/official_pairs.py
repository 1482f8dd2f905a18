"""The table of syllables that stand side by side in official texts, which tells what a recogniser misread.

`python -m eval.official_pairs TEXT … > rag/data/official_pairs.txt`; a TEXT is plain text, CSV or JSON lines.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from rag.language.normalize import fold
from rag.language.spelling import is_syllable

OFTEN = 5
"""How often a pair stands in the texts at least."""
_HEAD = """# Syllables that stand side by side in official texts five times or more: the first, and what follows it.
# Source: 2,127 articles of 117 documents in force (Pháp điển), 8,100 titles of the official gazette and of a province.
"""
_APART = re.compile(r"[^\w\s]|[\d_\n]")


def pairs(texts: Iterable[str]) -> Counter[tuple[str, str]]:
    """How often one syllable follows another with no sign or number between them, folded.

    >>> sorted(pairs(["Cấp ủy đảng, Đảng ủy"]).items())
    [(('cấp', 'ủy'), 1), (('đảng', 'ủy'), 1), (('ủy', 'đảng'), 1)]
    """
    parts = (part.split() for text in texts for part in _APART.split(fold_lines(text)))
    return Counter(pair for part in parts for pair in pairwise(part) if all(map(is_syllable, pair)))


def fold_lines(text: str) -> str:
    """Each line folded."""
    return "\n".join(fold(line) for line in text.splitlines())


def _texts(path: Path, without: Sequence[str]) -> Iterator[str]:
    content = path.read_text(encoding="utf-8")
    if path.suffix != ".jsonl":
        yield content
        return
    for line in content.splitlines():
        row = json.loads(line)
        if not any(number in line for number in without):
            yield "\n".join(str(value) for value in row.values() if isinstance(value, str))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="hoidap eval official_pairs", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT")
    parser.add_argument("--without", nargs="*", default=(), metavar="NUMBER", help="leave out rows that name these")
    given = parser.parse_args(arguments)
    after: dict[str, list[str]] = defaultdict(list)
    for (one, other), count in pairs(text for path in given.texts for text in _texts(path, given.without)).items():
        if count >= OFTEN:
            after[one].append(other)
    print(_HEAD, end="")
    for one in sorted(after):
        print(f"{one}: {' '.join(sorted(after[one]))}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
