"""All units that a text charges with something: "kế hoạch này giao những đơn vị nào chủ trì"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.candidates import CLEAR_LEAD
from rag.answering.draft import Draft
from rag.answering.duties import unit_line
from rag.answering.holdings import Library, bare_line
from rag.answering.roles import asked_roles
from rag.answering.subject import Subjects
from rag.index.topics import Term, coverage
from rag.language.abbreviations import expand_abbreviations
from rag.types import Answer, Assignment, Document, Role

_UNITS = r"(?:don vi|co quan|doan the|phong(?: ban)?|ban|nganh|to chuc|dau moi|ben)"
_ASKS = re.compile(
    rf"\b(?:nhung|cac) {_UNITS}(?:,? {_UNITS})?(?: \w+){{0,3}}? (?:nao|gi)\b"
    rf"|\b(?:ke|liet ke|neu)(?: (?:het|ten|du|ra))?(?: (?:cac|nhung|tat ca|toan bo))+ {_UNITS}\b"
)
_CHARGES = re.compile(r"\b(?:giao|phan cong|chu tri|phoi hop|nhiem vu|trach nhiem)\b")
_SAYS_NOTHING = frozenset(
    (
        "giao", "phan cong", "chu tri", "phoi hop", "nhiem vu", "trach nhiem", "thuc hien", "bang", "bang phan cong",
        "don vi", "co quan", "ke", "het", "danh sach", "to chuc", "phan", "muc", "cong viec", "viec", "duoc giao",
    )
)  # fmt: skip
"""The bare words of a question for all units that are none of a matter."""
_TITLED = 0.6
"""The share of what a question says besides that the title of the text it is on has."""
_BY_VERB: tuple[tuple[Role, str], ...] = (("lead", "chu tri"), ("coordinate", "phoi hop"))
_MOST = 40


class ChargedAnswers:
    """Tells all whom a text charges, from one snapshot; read-only."""

    def __init__(self, library: Library, subjects: Subjects) -> None:
        self._library, self._subjects = library, subjects

    def answer(self, asked: Asked) -> Answer | None:
        """All units that the text a question is on charges, by their roles; None for any other question."""
        if not (_ASKS.search(asked.query.bare) and _CHARGES.search(asked.query.bare)):
            return None
        entry = self._text(asked)
        if entry is None or entry.source is None or self._asks_matter(asked, entry):
            return None
        roles = asked_roles(asked.query) or {role for role, verb in _BY_VERB if verb in asked.query.bare}
        found = [
            item for item in self._library.knowledge.assignments
            if item.source == entry.source and item.unit and item.unit_span and (not roles or item.role in roles)
        ]  # fmt: skip
        if "lead" in roles:  # where a text says who leads, the others only do their parts
            found = [item for item in found if item.role == "lead"] or found
        named = _distinct(found)
        return self._told(asked.question, named) if 0 < len(named) <= _MOST else None

    def _text(self, asked: Asked) -> Document | None:
        """The held text that a question is on: the one it names, the only one, or the one whose title it has."""
        named = [one for one in self._subjects.of(asked) if one.is_named and one.entries]
        if len(named) == 1 and len(named[0].entries) == 1:
            return named[0].entries[0] if named[0].entries[0].held else None
        held = [one for one in self._library.held.values() if bare_line(one.type) in bare_line(asked.query.restored)]
        if len(self._library.held) == 1:
            return next(iter(self._library.held.values()))
        shares = {one.key: coverage(_matter(asked), self._library.title_words(one)) for one in held}
        most = max(shares.values(), default=0.0)
        best = [one for one in held if shares[one.key] > most - CLEAR_LEAD]
        return best[0] if most >= _TITLED and len(best) == 1 else None

    def _asks_matter(self, asked: Asked, entry: Document) -> bool:
        """Whether a question has words for a matter besides those for the text itself."""
        own = f"{self._library.own_words[entry.key]} {bare_line(entry.type)}"
        words = [term for term in _matter(asked) if f" {term.text} " not in own and f" {term.bare} " not in own]
        return bool(words) and coverage(_matter(asked), self._library.title_words(entry)) < _TITLED

    def _told(self, question: str, named: Sequence[Assignment]) -> Answer:
        draft = Draft(self._library, question)
        for role in compose.ROLE_ORDER:
            units = [item for item in named if item.role == role]
            if not units:
                continue
            proofs = [compose.cite_unit(draft, self._library, item) for item in units]
            every = tuple(dict.fromkeys(number for numbers in proofs for number in numbers))
            names = "; ".join(f"**{item.unit}**" for item in units)
            draft.say("units", every, role=compose.role_name(role), names=names)
            for item, numbers in zip(units, proofs, strict=True):
                draft.add_unit(str(item.unit), role, numbers)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")


def _matter(asked: Asked) -> list[Term]:
    """The words of a question but those by which it asks for all units."""
    return [term for term in asked.terms if term.bare not in _SAYS_NOTHING]


def _distinct(found: Sequence[Assignment]) -> list[Assignment]:
    """The first duty of each unit in each role, in reading order; who leads anything is not told as doing besides."""
    kept: dict[tuple[str, str], Assignment] = {}
    leads = {_line(item) for item in found if item.role == "lead"}
    for item in found:
        if item.role != "lead" and item.role != "coordinate" and _line(item) in leads:
            continue
        role = item.role if item.role in ("lead", "coordinate") else "perform"
        kept.setdefault((_line(item), role), item)
    return list(kept.values())


def _line(item: Assignment) -> str:
    return unit_line(expand_abbreviations(str(item.unit)))
