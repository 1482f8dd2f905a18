"""Which mentions are of one document: by number, by the name of a law with its year, by a bare number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.language.normalize import fold, syllables
from rag.law.checked import CheckedFacts, dates_agree, likeness, same_by_title
from rag.law.issuers import may_be_one
from rag.law.numbers import parts
from rag.types import Document, Identity, Reference

Group = tuple[int, ...]
LAWS = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


def group_mentions(references: Sequence[Reference], facts: CheckedFacts, held: Sequence[Identity]) -> list[Group]:
    """The mentions of each document, as indexes in order; a bare number that may mean several is in no group."""
    groups = _laws_by_name(_with_shortened(_numbered_groups(references), references), references, facts)
    return _with_bare(groups, references, held)


def is_bare(reference: Reference) -> bool:
    """Whether a mention gives the number without the symbols after it: "59", "30a", "59/2023"."""
    return reference.number is not None and parts(reference.number) is None


def may_mean(bare: Reference, other: Reference | Identity | Document) -> bool:
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


def ordinal(said: Reference | Identity | Document) -> tuple[str, str] | None:
    """Type and number without year and symbols, by which a bare mention and what it may mean are found together."""
    if said.number is None or said.type is None:
        return None
    read = parts(said.number)
    number = read.n if read else said.number.partition("/")[0].lstrip("0") or "0"
    return said.type, number


def _numbered_groups(references: Sequence[Reference]) -> list[Group]:
    """Mentions of one number, parted where they cannot be of one document: numbers repeat, by year and by issuer."""
    by_number: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number and not is_bare(reference):
            by_number.setdefault(reference.number.casefold(), []).append(index)
    groups: list[Group] = []
    for indexes in by_number.values():
        parted: list[tuple[list[int], dict[object, Reference]]] = []
        for index in indexes:
            new = references[index]
            homes = [group for group in parted if _belongs(new, group[1].values())]
            home = max(homes, key=lambda group: (_alike(new, group[1].values()), group[0][-1]), default=None)
            if home is None:
                parted.append(home := ([], {}))
            home[0].append(index)
            home[1].setdefault((new.date, new.issuer, new.title), new)
        groups += [tuple(group) for group, _ in parted]
    return groups


def _with_shortened(groups: list[Group], references: Sequence[Reference]) -> list[Group]:
    """The groups with each of a number whose symbols are only some of another's, or in another order, in that one's.

    "102/2025/NQLT" is the joint resolution 102/2025/NQLT-UBTVQH15-CP where the texts cite no other that it may be.
    """
    alike: dict[object, list[int]] = {}
    symbols: dict[int, frozenset[str]] = {}
    years: dict[int, str | None] = {}
    for at, group in enumerate(groups):
        first = references[group[0]]
        read = parts(first.number) if first.number else None
        if read is not None:
            symbols[at] = frozenset(re.split(r"[-/]", fold(f"{read.abbreviation or ''}-{read.organ}").strip("-")))
            alike.setdefault((first.type, read.n, read.year), []).append(at)
            years[at] = read.year
    home_of: dict[int, int] = {}
    for positions in alike.values():
        for at in positions:
            homes = [
                home for home in positions
                if home != at and home not in home_of and symbols[at] <= symbols[home]
                and (len(symbols[at]) > 1 or years[at])
                and all(_one_document(references[one], references[groups[home][0]]) for one in groups[at])
            ]  # fmt: skip
            if len(homes) == 1:
                home_of[at] = homes[0]
    joined = {home: [at for at, other in home_of.items() if other == home] for home in home_of.values()}
    return [
        tuple(sorted((*group, *(index for other in joined.get(at, ()) for index in groups[other]))))
        for at, group in enumerate(groups) if at not in home_of
    ]  # fmt: skip


def _alike(new: Reference, group: Iterable[Reference]) -> float:
    """How much a mention's title is that of a group; of several groups as like the one cited last is meant."""
    return max((likeness(new.title, one.title) for one in group if new.title and one.title), default=0.0)


def _belongs(new: Reference, group: Iterable[Reference]) -> bool:
    return all(_one_document(one, new) for one in group)


def _one_document(one: Reference, other: Reference) -> bool:
    if not may_be_one(one.issuer, other.issuer):
        return False
    if dates_agree(one.date, other.date) or _misdated(one, other):
        return True
    return same_by_title(one.title, one.date, other.title, other.date)


def _misdated(one: Reference, other: Reference) -> bool:
    """Whether two mentions of one number are of one document though their days differ, where no title tells.

    An issuer numbers what it issues anew each year: within one its number is no other document's.
    """
    same = one.issuer is not None and one.issuer == other.issuer and (one.date or "")[:4] == (other.date or "")[:4]
    return same and (one.title is None or other.title is None)


def _laws_by_name(numbered: list[Group], references: Sequence[Reference], facts: CheckedFacts) -> list[Group]:
    """The groups with mentions by name: laws of one name are told apart by their years.

    A mention without a year joins the one law of its name; between several it stays with those like it.
    """
    groups = [list(group) for group in numbered]
    homes: dict[str, list[tuple[str | None, int]]] = {}  # name -> the years and positions of its laws
    for position, group in enumerate(numbered):
        if name := _law_name(group, references, facts):
            homes.setdefault(name, []).append((_year(group, references), position))
    undated: dict[str, list[int]] = {}
    for index, reference in enumerate(references):
        if reference.number is not None or not reference.title:
            continue
        name = " ".join(syllables(reference.title))
        year = _year((index,), references)
        if year is None:
            undated.setdefault(name, []).append(index)
            continue
        laws = homes.setdefault(name, [])
        home = next((position for own, position in laws if own in (year, None)), None)
        if home is None:
            home = len(groups)
            laws.append((year, home))
            groups.append([])
        groups[home].append(index)
    for name, indexes in undated.items():
        laws = homes.get(name, [])
        if len(laws) == 1:
            groups[laws[0][1]] += indexes
        else:
            groups.append(indexes)
    return [tuple(sorted(group)) for group in groups]


def _law_name(group: Group, references: Sequence[Reference], facts: CheckedFacts) -> str | None:
    """The name of a law that its mentions by number give, else the checked fact on it."""
    first = references[group[0]]
    if first.type not in LAWS:
        return None
    fact = facts.of(first)
    titles = (fact.title if fact else None, *(references[index].title for index in group))
    title = next((title for title in titles if title and title.startswith(first.type)), None)
    return " ".join(syllables(title)) if title else None


def _year(group: Group, references: Sequence[Reference]) -> str | None:
    """The year of a law: of its date, else of its number."""
    for index in group:
        one = references[index]
        if one.date:
            return one.date[:4]
        if one.number and (read := parts(one.number)) and read.year:
            return read.year
    return None


def _with_bare(groups: list[Group], references: Sequence[Reference], held: Sequence[Identity]) -> list[Group]:
    """A mention such as "Nghị định 59" joins the one document that it can mean; between several it stays open."""
    homes_of: dict[object, list[int]] = {}
    for position, group in enumerate(groups):
        homes_of.setdefault(ordinal(references[group[0]]), []).append(position)
    texts_of: dict[object, list[Identity]] = {}
    for own in held:
        texts_of.setdefault(ordinal(own), []).append(own)
    joined: dict[int, list[int]] = {}
    alone: dict[tuple[str, str, str | None], list[int]] = {}
    for index, reference in enumerate(references):
        if not is_bare(reference):
            continue
        key = ordinal(reference)
        homes = [at for at in homes_of.get(key, ()) if may_mean(reference, references[groups[at][0]])]
        cited = {references[groups[at][0]].number for at in homes}
        texts = [own for own in texts_of.get(key, ()) if own.number not in cited and may_mean(reference, own)]
        if len(homes) == 1 and not texts:
            joined.setdefault(homes[0], []).append(index)
        elif len(homes) + len(texts) <= 1:
            alone.setdefault((reference.type, reference.number or "", reference.date), []).append(index)
    whole = [tuple(sorted((*group, *joined.get(at, ())))) for at, group in enumerate(groups)]
    return whole + [tuple(indexes) for indexes in alone.values()]
