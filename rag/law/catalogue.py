"""Which mentions are one document: the catalogue of everything that a corpus holds or cites."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.errors import ReadingError
from rag.language.lexicon import document_types, issuers, level_phrases
from rag.language.normalize import fold, syllables
from rag.law.document import LegalDocument
from rag.law.numbers import is_party, organ_issuer, parts
from rag.types import CheckedFact, Conflict, Document, Family, Reference

_SAME_TITLE = 0.5


def read_checked_facts(path: Path) -> tuple[CheckedFact, ...]:
    """The rows of `catalogue.csv`; none where the file is absent.

    Raises: ReadingError where it is no UTF-8 table with the expected columns.
    """
    if not path.is_file():
        return ()
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            return tuple(
                CheckedFact(
                    row["number"], row["type"], row["issuer"] or None, row["date"] or None,
                    row["title"] or None, row["status"] or None, row["checked_against"],
                )
                for row in csv.DictReader(handle)
            )  # fmt: skip
    except (OSError, UnicodeDecodeError, KeyError, csv.Error) as error:
        raise ReadingError(f"Không đọc được danh mục văn bản đã kiểm tra {path}: {error!r}.") from error


def build_catalogue(
    documents: Sequence[LegalDocument], references: Sequence[Reference], checked: Iterable[CheckedFact]
) -> tuple[Document, ...]:
    """One entry a document: those held first, then those cited, in the order of their first mention.

    `references` are those of all documents, in the order in which `mentions` index them.
    """
    facts = {fact.number: fact for fact in checked}
    groups = [*_numbered_groups(references), *_named_groups(references)]
    groups = _merge_names(groups, references, facts)
    entries: list[Document] = []
    for document in documents:
        mentions = next((group for group in groups if _is_text_of(document, group, references, facts)), ())
        if mentions:
            groups.remove(mentions)
        entries.append(_held_entry(document, mentions, facts))
    groups.sort(key=lambda group: group[0])
    return tuple(entries + [_cited_entry(group, references, facts) for group in groups])


def level_of(issuer: str | None, organ: str | None) -> str | None:
    """The level of an issuer: trung ương, tỉnh, huyện or xã; None where neither name nor symbol tells.

    >>> level_of("Ban Thường vụ Huyện ủy", "HU"), level_of("Chính phủ", "CP"), level_of("UBND tỉnh Lạng Sơn", "UBND")
    ('huyện', 'trung ương', 'tỉnh')
    """
    row = issuers().get(re.split(r"[-/]", organ)[0].rstrip("0123456789").upper()) if organ else None
    if row is not None and row.level:
        return row.level
    name = fold(issuer or "")
    found = [
        (match.start(), phrase.level) for phrase in level_phrases() for match in _word(phrase.phrase).finditer(name)
    ]
    return max(found, key=lambda item: _RANK[item[1]])[1] if found else None


_RANK = {"trung ương": 0, "tỉnh": 1, "huyện": 2, "xã": 3}


def _word(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)")


def _numbered_groups(references: Sequence[Reference]) -> list[tuple[int, ...]]:
    """Mentions of one number, parted where both date and title differ: numbers repeat from term to term."""
    by_number: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number:
            by_number.setdefault(reference.number.casefold(), []).append(index)
    groups: list[tuple[int, ...]] = []
    for indexes in by_number.values():
        parted: list[list[int]] = []
        for index in indexes:
            home = next((group for group in parted if _one_document(references[group[0]], references[index])), None)
            if home is None:
                parted.append([index])
            else:
                home.append(index)
        groups += [tuple(group) for group in parted]
    return groups


def _one_document(one: Reference, other: Reference) -> bool:
    if one.date == other.date or None in (one.date, other.date) or len(one.date or "") != len(other.date or ""):
        return True
    if one.title is None or other.title is None:
        return False
    return _likeness(one.title, other.title) >= _SAME_TITLE


def _likeness(one: str, other: str) -> float:
    """Shared syllables as a fraction of the shorter text's."""
    left, right = Counter(syllables(one)), Counter(syllables(other))
    return sum((left & right).values()) / max(1, min(left.total(), right.total()))


def _named_groups(references: Sequence[Reference]) -> list[tuple[int, ...]]:
    by_name: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number is None and reference.title:
            by_name.setdefault(" ".join(syllables(reference.title)), []).append(index)
    return [tuple(indexes) for indexes in by_name.values()]


def _merge_names(
    groups: list[tuple[int, ...]], references: Sequence[Reference], facts: dict[str, CheckedFact]
) -> list[tuple[int, ...]]:
    """A law cited by name alone joins the one numbered law of that name."""
    merged: list[tuple[int, ...]] = []
    by_title: dict[str, int] = {}
    for group in groups:
        key = _law_title(references, group, facts)
        if key and key in by_title:
            home = by_title[key]
            merged[home] = tuple(sorted((*merged[home], *group)))
            continue
        if key:
            by_title[key] = len(merged)
        merged.append(group)
    return merged


def _law_title(references: Sequence[Reference], group: tuple[int, ...], facts: dict[str, CheckedFact]) -> str | None:
    first = references[group[0]]
    if first.type not in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"):
        return None
    fact = facts.get(first.number or "")
    title = (fact.title if fact else None) or first.title or ""
    return " ".join(syllables(title)) if title.startswith(first.type) else None


def _checked(number: str | None, title: str | None, facts: dict[str, CheckedFact]) -> CheckedFact | None:
    if number:
        return facts.get(number)
    name = syllables(title or "")
    return next((fact for fact in facts.values() if fact.title and syllables(fact.title) == name), None)


def _own_key(document: LegalDocument) -> str:
    return document.identity.number or document.stored.source


def _is_text_of(
    document: LegalDocument,
    group: tuple[int, ...],
    references: Sequence[Reference],
    facts: dict[str, CheckedFact],
) -> bool:
    number = document.identity.number
    if number is None:
        return False
    first = references[group[0]]
    fact = _checked(first.number, first.title, facts)
    return number in (first.number, fact.number if fact else None)


def _held_entry(document: LegalDocument, mentions: tuple[int, ...], facts: dict[str, CheckedFact]) -> Document:
    own = document.identity
    fact = _checked(own.number, own.title, facts)
    organ = _organ(own.number)
    issuer = own.issuer or (fact.issuer if fact else None)
    title = own.title
    if fact and fact.title and title and fold(fact.title) == fold(title):
        title = fact.title
    return Document(
        key=_own_key(document),
        number=own.number,
        type=own.type or (fact.type if fact else "Văn bản"),
        family=_family(own.type, organ, issuer),
        level=level_of(issuer, organ),
        issuer=issuer,
        date=own.date or (fact.date if fact else None),
        title=title or (fact.title if fact else None),
        mentions=mentions,
        source=document.stored.source,
        checked=fact,
    )


def _cited_entry(group: tuple[int, ...], references: Sequence[Reference], facts: dict[str, CheckedFact]) -> Document:
    mentions = [references[index] for index in group]
    number = next((mention.number for mention in mentions if mention.number), None)
    title = _best_title([mention.title for mention in mentions if mention.title])
    fact = _checked(number, title, facts)
    organ = _organ(number)
    issuer = _common([mention.issuer for mention in mentions if mention.issuer]) or (fact.issuer if fact else None)
    date = _common([mention.date for mention in mentions if mention.date and len(mention.date) == 10])
    date = (fact.date if fact else None) or date or _common([mention.date for mention in mentions if mention.date])
    kind = Counter(mention.type for mention in mentions).most_common(1)[0][0]
    issuer = issuer or (organ_issuer(organ) if organ else None)
    return Document(
        key=_key(number, title, date, references, group),
        number=number or (fact.number if fact else None),
        type=kind,
        family=_family(kind, organ, issuer),
        level=level_of(issuer, organ),
        issuer=issuer,
        date=date,
        title=title,
        mentions=group,
        checked=fact,
        conflicts=_conflicts(group, references),
    )


def _key(
    number: str | None,
    title: str | None,
    date: str | None,
    references: Sequence[Reference],
    group: tuple[int, ...],
) -> str:
    if number is None:
        return title or references[group[0]].as_printed
    others = {ref.date for index, ref in enumerate(references) if ref.number == number and index not in group}
    return f"{number} ({date})" if date and others - {None, date} and not _conflicts(group, references) else number


def _best_title(titles: list[str]) -> str | None:
    """The title most mentions give; the shortest where they tie, since a mention may run on."""
    if not titles:
        return None
    counts = Counter(fold(title) for title in titles)
    return min(titles, key=lambda title: (-counts[fold(title)], len(title)))


def _common(values: list[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None


def _conflicts(group: tuple[int, ...], references: Sequence[Reference]) -> tuple[Conflict, ...]:
    dated = [(index, date) for index in group if (date := references[index].date) and len(date) == 10]
    values = tuple(dict.fromkeys(date for _, date in dated))
    return (Conflict("date", values, tuple(index for index, _ in dated)),) if len(values) > 1 else ()


def _organ(number: str | None) -> str | None:
    read = parts(number) if number else None
    return read.organ if read else None


def _family(kind: str | None, organ: str | None, issuer: str | None) -> Family | None:
    if organ:
        return "party" if is_party(organ) else "state"
    own = next((row.family for row in document_types() if row.name == kind), None)
    if own:
        return own
    name = fold(issuer or "")
    if not name:
        return None
    return "party" if re.search(r"\bđảng\b|(?:tỉnh|huyện|thành|quận) ủy|bộ chính trị|ban bí thư", name) else "state"
