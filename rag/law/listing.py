"""The catalogue as people list it: chosen by level, type and year, in a fixed order, and as JSON values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rag.errors import QuestionError
from rag.language.dates import spoken_date
from rag.language.lexicon import document_types, messages
from rag.language.normalize import strip_diacritics
from rag.law.extraction import Extraction
from rag.law.issuers import LEVELS
from rag.law.notices import NoticesOfEntries
from rag.types import Document, Provision, Reference, Span

_SHOWN = 100
"""The longest mention or duty in a table, in code points."""


def select(
    entries: Sequence[Document], *, level: str | None = None, kind: str | None = None, year: int | None = None
) -> list[Document]:
    """The entries of a level, a type and a year, where given, from the highest level down, then by date and key.

    Level and type may be written without diacritics, a type also by its abbreviation.

    Raises: QuestionError where there is no such level or type.
    """
    wanted_level = _level(level) if level else None
    wanted_types = _types(kind) if kind else ()
    chosen = [
        entry
        for entry in entries
        if (wanted_level is None or entry.level == wanted_level)
        and (not wanted_types or entry.type in wanted_types)
        and (year is None or (entry.date or "").startswith(f"{year:04}"))
    ]
    ranks = {name: rank for rank, name in enumerate(LEVELS)}
    return sorted(chosen, key=lambda one: (ranks.get(one.level or "", len(ranks)), one.date or "9999", one.key))


def entry_json(
    entry: Document,
    references: Sequence[Reference],
    provisions: Mapping[str, Sequence[Provision]],
    notices: NoticesOfEntries,
) -> dict[str, object]:
    """One entry as JSON values: its facts, each mention with its place, its relations, what to beware of."""
    return {
        "key": entry.key,
        "number": entry.number,
        "type": entry.type,
        "family": entry.family,
        "level": entry.level,
        "issuer": entry.issuer,
        "date": entry.date,
        "title": entry.title,
        "held": entry.held,
        "source": entry.source,
        "mentions": [_mention(references[index], provisions) for index in entry.mentions],
        "relations": [
            {
                "kind": relation.kind,
                "target": relation.target,
                "name": relation.name or None,
                "mention": None if relation.mention is None else _mention(references[relation.mention], provisions),
            }
            for relation in entry.relations
        ],
        "checked": None if entry.checked is None else asdict(entry.checked),
        "conflicts": [{"field": one.field, "values": list(one.values)} for one in entry.conflicts],
        "notices": [
            {"kind": one.kind, "text": one.text, "source": source, "start": one.span.start, "end": one.span.end}
            for source, one in notices.of(entry)
        ],
    }


Table = tuple[str, tuple[str, ...], list[tuple[str, ...]]]
"""A title, the heads of the columns, the rows."""


def catalogue_rows(entries: Sequence[Document]) -> Table:
    """The catalogue as a table for people."""
    heads = ("Số, ký hiệu", "Loại", "Cơ quan ban hành", "Ngày", "Trích yếu", "Cấp", "Số lần dẫn", "Toàn văn")
    rows: list[tuple[str, ...]] = [
        (
            entry.number or "",
            entry.type,
            entry.issuer or "",
            _date(entry.date),
            entry.title or "",
            entry.level or "",
            str(len(entry.mentions)),
            "có" if entry.held else "chưa",
        )
        for entry in entries
    ]
    return "Danh mục văn bản", heads, rows


def extraction_tables(read: Extraction) -> list[Table]:
    """What was read from one document, as tables for people; those without a row are left out."""
    document, own = read.document, read.document.identity
    facts = [
        (name, value)
        for name, value in (
            ("Loại", own.type), ("Số, ký hiệu", own.number), ("Cơ quan ban hành", own.issuer),
            ("Ngày", _date(own.date)), ("Nơi ban hành", own.place), ("Trích yếu", own.title),
            ("Người ký", own.signer),
        )
    ]  # fmt: skip
    roles = messages()
    tables: list[Table] = [
        ("Văn bản", ("Mục", "Nội dung"), [(name, value or "không ghi") for name, value in facts]),
        (
            "Văn bản được dẫn",
            ("Nơi dẫn", "Dẫn", "Là văn bản", "Ngày", "Cơ quan ban hành"),
            [
                (
                    document.provisions[one.reference.provision].locator,
                    " ".join(part for part in (one.reference.pinpoint, _short(one.reference.as_printed)) if part),
                    " hoặc ".join(one.keys) or "chưa rõ",
                    _date(one.reference.date),
                    one.reference.issuer or "",
                )
                for one in read.mentions
            ],
        ),
        (
            "Nhiệm vụ",
            ("Nơi nêu", "Đơn vị", "Vai trò", "Nhiệm vụ"),
            [
                (
                    document.provisions[one.provision].locator,
                    one.unit or "không nêu",
                    roles[f"role_{one.role}"],
                    _short(" ".join(one.duty.of(document.stored.text).split())),
                )
                for one in document.assignments
            ],
        ),
        (
            "Lưu ý về bản gốc",
            ("Nơi có", "Lưu ý"),
            [(_place(document.provisions, one.span), one.text) for one in read.notices],
        ),
    ]
    return [table for table in tables if table[2]]


def _date(date: str | None) -> str:
    return spoken_date(date) if date else ""


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: text.rfind(" ", 0, _SHOWN)] + " …"


def _place(provisions: Sequence[Provision], span: Span) -> str:
    inside = (one for one in provisions if any(part.overlaps(span) for part in one.segments))
    return next((one.locator for one in inside), "")


def _mention(reference: Reference, provisions: Mapping[str, Sequence[Provision]]) -> dict[str, object]:
    return {
        "source": reference.source,
        "locator": provisions[reference.source][reference.provision].locator,
        "as_printed": reference.as_printed,
        "pinpoint": reference.pinpoint,
        "start": reference.span.start,
        "end": reference.span.end,
    }


def _level(name: str) -> str:
    found = next((level for level in LEVELS if strip_diacritics(level) == strip_diacritics(name)), None)
    if found is None:
        raise QuestionError(f"Không có cấp “{name}”. Các cấp: {', '.join(LEVELS)}.")
    return found


def _types(name: str) -> tuple[str, ...]:
    wanted = strip_diacritics(name)
    rows = document_types()
    exact = tuple(
        row.name for row in rows if name.casefold() in (row.name.casefold(), *map(str.casefold, row.abbreviations))
    )
    bare = tuple(
        row.name for row in rows if wanted in (strip_diacritics(row.name), *map(strip_diacritics, row.abbreviations))
    )
    if not exact and not bare:
        raise QuestionError(f"Không có loại văn bản “{name}”. Ví dụ: Chỉ thị, Nghị quyết, Quyết định, Kế hoạch.")
    return exact or bare
