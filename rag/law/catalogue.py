"""Which mentions are one document: the catalogue of everything that a corpus holds or cites."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.language.lexicon import document_types
from rag.language.normalize import fold, syllables
from rag.law.checked import SAME_TITLE, CheckedFacts, dates_agree, likeness
from rag.law.document import LegalDocument
from rag.law.issuers import level_of, may_be_one
from rag.law.numbers import is_party, organ_issuer, parts
from rag.law.relations import find_relations
from rag.types import CheckedFact, Conflict, Document, Family, Identity, Reference, Relation

_WHOLE = len("2024-02-01")


def build_catalogue(
    documents: Sequence[LegalDocument], references: Sequence[Reference], checked: Iterable[CheckedFact]
) -> tuple[Document, ...]:
    """One entry a document: those held first, then those cited, in the order of their first mention.

    `references` are those of all documents, in the order in which `mentions` index them.
    """
    facts = CheckedFacts(checked)
    groups = [*_numbered_groups(references), *_named_groups(references)]
    groups = _merge_names(groups, references, facts)
    groups = _merge_bare(groups, references, [document.identity for document in documents])
    entries: list[Document] = []
    for document in documents:
        mentions = next((group for group in groups if _is_text_of(document, group, references, facts)), ())
        if mentions:
            groups.remove(mentions)
        entries.append(_held_entry(document, mentions, facts))
    groups.sort(key=lambda group: group[0])
    entries += [_cited_entry(group, references, facts) for group in groups]
    return _related(entries, documents)


def targets(references: Sequence[Reference], entries: Sequence[Document]) -> list[tuple[str, ...]]:
    """For each reference the keys of the entries that it may mean: one where it is clear, more where it is not.

    "Chỉ thị số 18" stays open between two directives of that number.
    """
    found: list[tuple[str, ...]] = [()] * len(references)
    for entry in entries:
        for mention in entry.mentions:
            found[mention] = (entry.key,)
    for index, reference in enumerate(references):
        if not found[index] and _is_bare(reference):
            found[index] = tuple(entry.key for entry in entries if _may_mean(reference, entry))
    return found


def _numbered_groups(references: Sequence[Reference]) -> list[tuple[int, ...]]:
    """Mentions of one number, parted where they cannot be of one document: numbers repeat, by year and by issuer."""
    by_number: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number and not _is_bare(reference):
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
    if dates_agree(one.date, other.date):
        return True
    return one.title is not None and other.title is not None and likeness(one.title, other.title) >= SAME_TITLE


def _named_groups(references: Sequence[Reference]) -> list[tuple[int, ...]]:
    by_name: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number is None and reference.title:
            by_name.setdefault(" ".join(syllables(reference.title)), []).append(index)
    return [tuple(indexes) for indexes in by_name.values()]


def _merge_names(
    groups: list[tuple[int, ...]], references: Sequence[Reference], facts: CheckedFacts
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


def _merge_bare(
    groups: list[tuple[int, ...]], references: Sequence[Reference], held: Sequence[Identity]
) -> list[tuple[int, ...]]:
    """A mention such as "Nghị định 59" joins the one document that it can mean; between several it stays open."""
    merged = list(groups)
    alone: dict[tuple[str, str, str | None], list[int]] = {}
    for index, reference in enumerate(references):
        if not _is_bare(reference):
            continue
        homes = [at for at, group in enumerate(groups) if any(_may_mean(reference, references[i]) for i in group[:1])]
        texts = [
            own
            for own in held
            if _may_mean(reference, own) and not any(references[groups[at][0]].number == own.number for at in homes)
        ]
        if len(homes) == 1 and not texts:
            merged[homes[0]] = tuple(sorted((*merged[homes[0]], index)))
        elif len(homes) + len(texts) <= 1:
            alone.setdefault((reference.type, reference.number or "", reference.date), []).append(index)
    return merged + [tuple(indexes) for indexes in alone.values()]


def _is_bare(reference: Reference) -> bool:
    """Whether a mention gives the number without the symbols after it: "59", "30a", "59/2023"."""
    return reference.number is not None and parts(reference.number) is None


def _may_mean(bare: Reference, other: Reference | Identity | Document) -> bool:
    """Whether a mention by bare number may mean a document."""
    read = parts(other.number) if other.number else None
    number, _, year = (bare.number or "").partition("/")
    return (
        read is not None
        and read.n == (number.lstrip("0") or "0")
        and (not year or read.year == year)
        and other.type == bare.type
        and dates_agree(bare.date, other.date)
        and may_be_one(bare.issuer, other.issuer)
    )


def _law_title(references: Sequence[Reference], group: tuple[int, ...], facts: CheckedFacts) -> str | None:
    first = references[group[0]]
    if first.type not in ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"):
        return None
    fact = facts.of(first)
    title = (fact.title if fact else None) or first.title or ""
    return " ".join(syllables(title)) if title.startswith(first.type) else None


def _own_key(document: LegalDocument) -> str:
    return document.identity.number or document.stored.source


def _is_text_of(
    document: LegalDocument, group: tuple[int, ...], references: Sequence[Reference], facts: CheckedFacts
) -> bool:
    own = document.identity
    if own.number is None:
        return False
    first = references[group[0]]
    fact = facts.of(first)
    if own.number not in (first.number, fact.number if fact else None) and not (
        _is_bare(first) and _may_mean(first, own)
    ):
        return False
    mentions = [references[index] for index in group]
    return all(may_be_one(own.issuer, one.issuer) for one in mentions) and (
        any(dates_agree(own.date, one.date) for one in mentions)
        or any(own.title and one.title and likeness(own.title, one.title) >= SAME_TITLE for one in mentions)
    )


def _held_entry(document: LegalDocument, mentions: tuple[int, ...], facts: CheckedFacts) -> Document:
    own = document.identity
    fact = facts.of(own) if own.number or own.title else None
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


def _cited_entry(group: tuple[int, ...], references: Sequence[Reference], facts: CheckedFacts) -> Document:
    mentions = [references[index] for index in group]
    number = next((mention.number for mention in mentions if mention.number), None)
    title = _best_title([mention.title for mention in mentions if mention.title])
    kind = Counter(mention.type for mention in mentions).most_common(1)[0][0]
    printed = _printed_date(mentions)
    issuer = _common([mention.issuer for mention in mentions if mention.issuer])
    said = replace(mentions[0], number=number, title=title, issuer=issuer, date=printed)
    fact = facts.of(said)
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
    whole = _common([mention.date for mention in mentions if mention.date and len(mention.date) == _WHOLE])
    return whole or _common([mention.date for mention in mentions if mention.date])


def _date(printed: str | None, fact: CheckedFact | None) -> str | None:
    """The printed date, made whole by a checked one that agrees; a slip of the text is kept and told of."""
    checked = fact.date if fact else None
    return checked if checked and dates_agree(printed, checked) else printed


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
