"""Which mentions are one document: the catalogue of everything that a corpus holds or cites."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rag.errors import ReadingError
from rag.language.lexicon import document_types
from rag.language.normalize import fold, syllables
from rag.law.document import LegalDocument
from rag.law.issuers import level_of, may_be_one
from rag.law.numbers import is_party, organ_issuer, parts
from rag.types import CheckedFact, Conflict, Document, Family, Identity, Reference

_SAME_TITLE, _WHOLE = 0.5, len("2024-02-01")
Facts = dict[str, tuple[CheckedFact, ...]]
"""Checked facts by number; a number may have several, of different years or issuers."""


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
    facts: Facts = {}
    for fact in checked:
        facts[fact.number] = (*facts.get(fact.number, ()), fact)
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


def _numbered_groups(references: Sequence[Reference]) -> list[tuple[int, ...]]:
    """Mentions of one number, parted where they cannot be of one document: numbers repeat, by year and by issuer."""
    by_number: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number:
            by_number.setdefault(reference.number.casefold(), []).append(index)
    groups: list[tuple[int, ...]] = []
    for indexes in by_number.values():
        parted: list[tuple[list[int], dict[object, Reference]]] = []
        for index in indexes:
            new = references[index]
            home = next((group for group in parted if _belongs(new, group[1].values())), None)
            if home is None:
                parted.append(home := ([], {}))
            home[0].append(index)
            home[1].setdefault((new.date, new.issuer, new.title), new)
        groups += [tuple(group) for group, _ in parted]
    return groups


def _belongs(new: Reference, group: Iterable[Reference]) -> bool:
    return all(_one_document(one, new) for one in group)


def _one_document(one: Reference, other: Reference) -> bool:
    if not may_be_one(one.issuer, other.issuer):
        return False
    if _agree(one.date, other.date):
        return True
    return one.title is not None and other.title is not None and _likeness(one.title, other.title) >= _SAME_TITLE


def _agree(one: str | None, other: str | None) -> bool:
    """Whether two dates may be one: a year alone agrees with any of its days.

    >>> _agree("2022", "2022-11-10"), _agree("2021", "2022-11-10"), _agree(None, "2022")
    (True, False, True)
    """
    return one is None or other is None or one.startswith(other) or other.startswith(one)


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


def _merge_names(groups: list[tuple[int, ...]], references: Sequence[Reference], facts: Facts) -> list[tuple[int, ...]]:
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


def _law_title(references: Sequence[Reference], group: tuple[int, ...], facts: Facts) -> str | None:
    first = references[group[0]]
    if first.type not in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"):
        return None
    fact = _checked(first, facts)
    title = (fact.title if fact else None) or first.title or ""
    return " ".join(syllables(title)) if title.startswith(first.type) else None


def _checked(said: Reference | Identity, facts: Facts) -> CheckedFact | None:
    """The fact on a document: that of its number or its name, where nothing that is said of it speaks against."""
    rows = facts.get(said.number, ()) if said.number else _of_name(said.title, facts)
    fitting = [fact for fact in rows if may_be_one(said.issuer, fact.issuer) and _agree(said.date, fact.date)]
    alike = [fact for fact in rows if said.title and fact.title and _likeness(said.title, fact.title) >= _SAME_TITLE]
    return next(iter((*fitting, *alike)), None)


def _of_name(title: str | None, facts: Facts) -> list[CheckedFact]:
    name = syllables(title or "")
    return [fact for rows in facts.values() for fact in rows if fact.title and syllables(fact.title) == name]


def _own_key(document: LegalDocument) -> str:
    return document.identity.number or document.stored.source


def _is_text_of(document: LegalDocument, group: tuple[int, ...], references: Sequence[Reference], facts: Facts) -> bool:
    own = document.identity
    if own.number is None:
        return False
    first = references[group[0]]
    fact = _checked(first, facts)
    if own.number not in (first.number, fact.number if fact else None):
        return False
    mentions = [references[index] for index in group]
    return all(may_be_one(own.issuer, one.issuer) for one in mentions) and (
        any(_agree(own.date, one.date) for one in mentions)
        or any(own.title and one.title and _likeness(own.title, one.title) >= _SAME_TITLE for one in mentions)
    )


def _held_entry(document: LegalDocument, mentions: tuple[int, ...], facts: Facts) -> Document:
    own = document.identity
    fact = _checked(own, facts) if own.number or own.title else None
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


def _cited_entry(group: tuple[int, ...], references: Sequence[Reference], facts: Facts) -> Document:
    mentions = [references[index] for index in group]
    number = next((mention.number for mention in mentions if mention.number), None)
    title = _best_title([mention.title for mention in mentions if mention.title])
    kind = Counter(mention.type for mention in mentions).most_common(1)[0][0]
    printed = _printed_date(mentions)
    issuer = _common([mention.issuer for mention in mentions if mention.issuer])
    said = replace(mentions[0], number=number, title=title, issuer=issuer, date=printed)
    fact = _checked(said, facts)
    organ = _organ(number)
    issuer = issuer or (fact.issuer if fact else None) or (organ_issuer(organ) if organ else None)
    return Document(
        key=_key(said, references, group),
        number=number or (fact.number if fact else None),
        type=kind,
        family=_family(kind, organ, issuer),
        level=level_of(issuer, organ),
        issuer=issuer,
        date=_date(printed, fact),
        title=title,
        mentions=group,
        checked=fact,
        conflicts=_conflicts(group, references, fact),
    )


def _printed_date(mentions: Sequence[Reference]) -> str | None:
    """The date that most mentions print, a whole one before a year alone."""
    whole = _common([mention.date for mention in mentions if mention.date and len(mention.date) == _WHOLE])
    return whole or _common([mention.date for mention in mentions if mention.date])


def _date(printed: str | None, fact: CheckedFact | None) -> str | None:
    """The printed date, made whole by a checked one that agrees; a slip of the text is kept and told of."""
    checked = fact.date if fact else None
    return checked if checked and _agree(printed, checked) else printed


def _key(said: Reference, references: Sequence[Reference], group: tuple[int, ...]) -> str:
    """The number alone where it is one document's; else with what tells it from the others of its number."""
    if said.number is None:
        return said.title or said.as_printed
    members, number = frozenset(group), said.number.casefold()
    others = [
        other
        for index, other in enumerate(references)
        if other.number and other.number.casefold() == number and index not in members
    ]
    if not others:
        return said.number
    if said.date and said.date not in {other.date for other in others}:
        return f"{said.number} ({said.date})"
    return f"{said.number} ({said.issuer or said.date or 'không rõ nơi ban hành'})"


def _best_title(titles: list[str]) -> str | None:
    """The title most mentions give; the shortest where they tie, since a mention may run on."""
    if not titles:
        return None
    counts = Counter(fold(title) for title in titles)
    return min(titles, key=lambda title: (-counts[fold(title)], len(title)))


def _common(values: list[str]) -> str | None:
    return Counter(values).most_common(1)[0][0] if values else None


def _conflicts(
    group: tuple[int, ...], references: Sequence[Reference], fact: CheckedFact | None
) -> tuple[Conflict, ...]:
    """The dates that mentions print, where they differ from one another or from the checked one."""
    dated = [(index, date) for index in group if (date := references[index].date) and len(date) == _WHOLE]
    values = [date for _, date in dated]
    if fact and fact.date and values:
        values.append(fact.date)
    values = list(dict.fromkeys(values))
    return (Conflict("date", tuple(values), tuple(index for index, _ in dated)),) if len(values) > 1 else ()


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
