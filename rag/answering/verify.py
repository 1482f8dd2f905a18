"""What must hold of every answer before it is given."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rag.types import Answer

_MARKER = re.compile(r"\[(\d+)\]")


def faults(answer: Answer, texts: Mapping[str, str]) -> list[str]:
    """What is wrong with an answer, in English for the log; empty where it may be given.

    Every quote is its slice of the stored text, every marker resolves, every line of a given
    answer carries one or leads into a list, every document and unit has a citation.
    """
    found: list[str] = []
    known = {citation.id for citation in answer.citations}
    for citation in answer.citations:
        if texts.get(citation.source, "")[citation.start : citation.end] != citation.quote or not citation.quote:
            found.append(f"citation {citation.id} is not its slice of {citation.source}")
    used = [*map(int, _MARKER.findall(answer.text))]
    used += [number for document in answer.documents for number in document.citations]
    used += [number for unit in answer.units for number in unit.citations]
    used += [number for notice in answer.notices for number in notice.citations]
    found += [f"marker {number} resolves to nothing" for number in sorted(set(used) - known)]
    found += [f"no citation for {document}" for document in answer.documents if not document.citations]
    found += [f"no citation for {unit}" for unit in answer.units if not unit.citations]
    if answer.status != "not_found":
        lines = [line for line in answer.text.splitlines() if line.strip() and not line.rstrip().endswith(":")]
        found += [f"no marker in: {line}" for line in lines if not _MARKER.search(line)]
        if not answer.citations:
            found.append("no citation at all")
    elif answer.documents or answer.units:
        found.append("a refusal names documents or units")
    return found
