"""How many rows of a table a unit stands in: "Phòng A chủ trì mấy việc trong bảng phân công"."""

from __future__ import annotations

import re
from dataclasses import replace

from rag.answering import compose
from rag.answering.asked import Asked
from rag.answering.draft import Draft
from rag.answering.duties import named_units
from rag.answering.holdings import Library
from rag.answering.resolve import Resolver
from rag.answering.roles import asked_roles
from rag.types import Answer, Assignment

_COUNTS = re.compile(
    r"\b(?:may|bao nhieu) (?P<noun>viec|nhiem vu|dau viec|cong viec|noi dung|muc(?! (?:dich|tieu)\b))\b"
)
_IN_TABLE = re.compile(r"\b(?:trong|o|tai|theo) (?:bang|phu luc|danh muc)\b|\bbang (?:phan cong|nhiem vu|cong viec)\b")
_HAVING_ROLE = re.compile(r"\b(?P<role>chu tri|phoi hop)\b")


class RowAnswers:
    """Counts the rows of tables in which units stand; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def answer(self, asked: Asked) -> Answer | None:
        """The rows of one table that name a unit, in the role that is asked for; None where nothing such is asked."""
        query = asked.query
        counts = _COUNTS.search(query.bare)
        if counts is None or not _IN_TABLE.search(query.bare):
            return None
        before = query.restored[: counts.start()]  # behind it stands whose table it is
        units = named_units(replace(query, restored=before), self._library)
        rows = self._rows(asked, units[0]) if len(units) == 1 else []
        if not rows or len({item.source for item in rows}) > 1:
            return None
        draft = Draft(self._library, asked.question)
        source = rows[0].source
        places = list(dict.fromkeys(item.provision for item in rows))
        header = self._library.provision(source, places[0]).parent
        noun = f"{query.restored[slice(*counts.span('noun'))]} của {rows[0].unit}"
        compose.say_items(draft, self._library, source, places[0] if header is None else header, places, noun=noun)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _rows(self, asked: Asked, assignments: list[Assignment]) -> list[Assignment]:
        """The rows that give a unit a duty, in the text that the question gives the number of, if any."""
        found = [
            item for item in assignments if self._library.provision(item.source, item.provision).kind == "table"
        ]  # fmt: skip
        named = [entry for number in asked.query.numbers for entry in self._resolver.candidates(number)]
        sources = [entry.source for entry in named if entry.source]
        roles = asked_roles(asked.query)
        if not roles and (role := _HAVING_ROLE.search(asked.query.bare)):
            roles = frozenset(("lead",)) if role["role"] == "chu tri" else frozenset(("coordinate",))
        return [
            item for item in found
            if (not sources or item.source in sources) and (not roles or item.role in roles)
        ]  # fmt: skip
