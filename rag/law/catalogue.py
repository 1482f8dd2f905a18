"""Which mentions are one document: the catalogue of everything that a corpus holds or cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

from rag.language.dates import is_whole
from rag.language.lexicon import document_types
from rag.language.normalize import fold, syllables
from rag.law.checked import CheckedFacts, dates_agree, same_by_title
from rag.law.document import LegalDocument
from rag.law.grouping import LAWS, Group, group_mentions, is_bare, may_mean, ordinal
from rag.law.issuers import level_of, may_be_one
from rag.law.numbers import is_party, organ_issuer, parts
from rag.law.relations import find_relations
from rag.types import CheckedFact, Conflict, Document, Family, Identity, Reference, Relation


def build_catalogue(
    documents: Sequence[LegalDocument], references: Sequence[Reference], checked: Iterable[CheckedFact]
) -> tuple[Document, ...]:
    """One entry a document: those held first, then those cited, in the order of their first mention.

    `references` are those of all documents, in the order in which `mentions` index them.
    """
    facts = CheckedFacts(checked)
    groups = group_mentions(references, facts, [document.identity for document in documents])
    texts = _Texts(groups, references, facts)
    entries = [_held_entry(document, texts.take(document), facts) for document in documents]
    entries += [_cited_entry(group, references, facts) for group in sorted(texts.left(), key=lambda one: one[0])]
    return _related(_keyed(entries), documents)


def targets(references: Sequence[Reference], entries: Sequence[Document]) -> list[tuple[str, ...]]:
    """For each reference the keys of the entries that it may mean: one where it is clear, more where it is not.

    "Chỉ thị số 18" stays open between two directives of that number.
    """
    found: list[tuple[str, ...]] = [()] * len(references)
    by_ordinal: dict[object, list[Document]] = {}
    for entry in entries:
        by_ordinal.setdefault(ordinal(entry), []).append(entry)
        for mention in entry.mentions:
            found[mention] = (entry.key,)
    for index, reference in enumerate(references):
        if not found[index] and is_bare(reference):
            alike = by_ordinal.get(ordinal(reference), ())
            found[index] = tuple(entry.key for entry in alike if may_mean(reference, entry))
    return found


class _Texts:
    """The groups of mentions, from which each held text takes its own."""

    def __init__(self, groups: Sequence[Group], references: Sequence[Reference], facts: CheckedFacts) -> None:
        self._groups, self._references = groups, references
        self._taken: set[int] = set()
        self._by_number: dict[str, list[int]] = {}
        self._by_ordinal: dict[object, list[int]] = {}
        self._by_name: dict[tuple[str, ...], list[int]] = {}
        for position, group in enumerate(groups):
            first = references[group[0]]
            if first.number is None and first.title:
                self._by_name.setdefault(tuple(syllables(first.title)), []).append(position)
            fact = facts.of(first)
            for number in dict.fromkeys((first.number, fact.number if fact else None)):
                if number:
                    self._by_number.setdefault(number, []).append(position)
            if is_bare(first):
                self._by_ordinal.setdefault(ordinal(first), []).append(position)

    def take(self, document: LegalDocument) -> Group:
        """The mentions of a held text; none where it is cited nowhere."""
        own = document.identity
        if own.number is None:
            return ()
        positions = set(self._by_number.get(own.number, []))
        for position in self._by_ordinal.get(ordinal(own), []):
            if may_mean(self._references[self._groups[position][0]], own):
                positions.add(position)
        fitting = (position for position in sorted(positions) if self._is_left_of(own, position))
        taken = [*islice(fitting, 1), *self._called(own)]
        self._taken.update(taken)
        return tuple(sorted(index for position in taken for index in self._groups[position]))

    def _called(self, own: Identity) -> list[int]:
        """The groups that give a held law by its name alone."""
        if own.type not in LAWS or own.title is None:
            return []
        named = self._by_name.get(tuple(syllables(own.title)), ())
        return [position for position in named if self._is_left_of(own, position)]

    def _is_left_of(self, own: Identity, position: int) -> bool:
        """Whether a group that no text has taken is of one."""
        mentions = [self._references[index] for index in self._groups[position]]
        return position not in self._taken and _is_text_of(own, mentions)

    def left(self) -> list[Group]:
        """The groups of documents that are cited and not held."""
        return [group for position, group in enumerate(self._groups) if position not in self._taken]


def _is_text_of(own: Identity, mentions: Sequence[Reference]) -> bool:
    """Whether mentions of a text's number are of that text: nothing that they say speaks against it."""
    if not all(may_be_one(own.issuer, one.issuer) for one in mentions):
        return False
    dated = [one for one in mentions if one.date] or mentions
    agrees = any(dates_agree(own.date, one.date) for one in dated)
    return agrees or any(same_by_title(own.title, own.date, one.title, one.date) for one in mentions if one.title)


def _keyed(entries: Sequence[Document]) -> list[Document]:
    """The entries with keys: the number or the name alone where it is one entry's, else with what tells them apart."""
    alike: dict[str, list[int]] = {}
    for position, entry in enumerate(entries):
        alike.setdefault(entry.key.casefold(), []).append(position)
    keyed = list(entries)
    used = {entries[positions[0]].key for positions in alike.values() if len(positions) == 1}
    for positions in alike.values():
        if len(positions) == 1:
            continue
        dates = Counter(entries[position].date for position in positions)
        issuers = Counter(entries[position].issuer for position in positions)
        for position in positions:
            key = _told_apart(entries[position], dates, issuers)
            if key in used:
                key = f"{key} ({entries[position].source or f'lần nhắc {entries[position].mentions[0] + 1}'})"
            used.add(key)
            keyed[position] = replace(entries[position], key=key)
    return keyed


def _told_apart(entry: Document, dates: Counter[str | None], issuers: Counter[str | None]) -> str:
    if entry.date and dates[entry.date] == 1:
        return f"{entry.key} ({entry.date})"
    if entry.issuer and (issuers[entry.issuer] == 1 or not entry.date):
        return f"{entry.key} ({entry.issuer})"
    said = ", ".join(value for value in (entry.issuer, entry.date) if value)
    return f"{entry.key} ({said or ('không rõ nơi ban hành' if entry.number else 'không rõ năm')})"


def _held_entry(document: LegalDocument, mentions: tuple[int, ...], facts: CheckedFacts) -> Document:
    own = document.identity
    fact = facts.of(own) if own.number or own.title else None
    organ = _organ(own.number)
    issuer = own.issuer or (fact.issuer if fact else None) or (organ_issuer(organ) if organ else None)
    title = own.title
    if fact and fact.title and title and fold(fact.title) == fold(title):
        title = fact.title
    return Document(
        key=own.number or document.stored.source,
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


def _cited_entry(group: tuple[int, ...], references: Sequence[Reference], facts: CheckedFacts) -> Document:
    mentions = [references[index] for index in group]
    numbers = [mention.number for mention in mentions if mention.number]
    number = next((one for one in numbers if parts(one)), next(iter(numbers), None))
    title = _best_title([mention.title for mention in mentions if mention.title])
    kind = Counter(mention.type for mention in mentions).most_common(1)[0][0]
    printed = _printed_date(mentions)
    issuer = _common([mention.issuer for mention in mentions if mention.issuer])
    said = replace(mentions[0], number=number, title=title, issuer=issuer, date=printed)
    fact = facts.of(said)
    organ = _organ(number)
    issuer = issuer or (fact.issuer if fact else None) or (organ_issuer(organ) if organ else None)
    return Document(
        key=_key(number, title, mentions[0]),
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


def _related(entries: Sequence[Document], documents: Sequence[LegalDocument]) -> tuple[Document, ...]:
    """The entries with what the texts say of how they stand to each other."""
    keys = {mention: entry.key for entry in entries for mention in entry.mentions}
    own = {entry.source: entry.key for entry in entries if entry.source}
    told: dict[str, list[Relation]] = {}
    first = 0
    for document in documents:
        for found in find_relations(document):
            subject = own[document.stored.source] if found.subject is None else keys.get(first + found.subject)
            mention = found.object if found.object is not None else found.subject
            target = keys.get(first + found.object) if found.object is not None else None
            if subject is None or subject == target or (found.object is not None and target is None):
                continue
            where = None if mention is None else first + mention
            known = told.setdefault(subject, [])
            if not any((found.kind, target, found.name) == (one.kind, one.target, one.name) for one in known):
                known.append(Relation(found.kind, target, found.name, where))
        first += len(document.references)
    return tuple(replace(entry, relations=tuple(told.get(entry.key, ()))) for entry in entries)


def _printed_date(mentions: Sequence[Reference]) -> str | None:
    """The date that most mentions print, a whole one before a year alone."""
    whole = _common([mention.date for mention in mentions if mention.date and is_whole(mention.date)])
    return whole or _common([mention.date for mention in mentions if mention.date])


def _date(printed: str | None, fact: CheckedFact | None) -> str | None:
    """The printed date, made whole by a checked one that agrees; a slip of the text is kept and told of."""
    checked = fact.date if fact else None
    return checked if checked and dates_agree(printed, checked) else printed


def _key(number: str | None, title: str | None, first: Reference) -> str:
    """What an entry is called; a bare number says nothing without its type."""
    if number is None:
        return title or first.as_printed
    return number if parts(number) else f"{first.type} {number}"


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
    dated = [(index, date) for index in group if (date := references[index].date) and is_whole(date)]
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
