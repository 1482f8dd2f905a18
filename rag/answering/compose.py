"""The wording of answers: each function adds one kind of statement to a draft, with its proof."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.query import expand_abbreviations
from rag.language.dates import said_date, spoken_date
from rag.language.lexicon import issuers, level_phrases, messages
from rag.law.numbers import parts
from rag.types import Assignment, Document, Role, Span

_ROLE_ORDER: tuple[Role, ...] = ("lead", "perform", "advise", "supervise", "report", "coordinate")


def proof(draft: Draft, library: Library, entry: Document, *, prefer: Sequence[int] = ()) -> tuple[int, ...]:
    """Cites where a document is mentioned, or what a held one says of itself.

    `prefer` are passages in the order of preference; conflicting mentions are all cited.
    """
    if entry.source:
        return _own_proof(draft, library, entry.source)
    citing = library.passages_citing(entry)
    if not citing:
        first = library.mentions_of(entry)[0]
        return draft.cite(first.source, first.provision, [first.span])
    if entry.conflicts:
        chosen = citing
    else:
        chosen = [index for index in prefer if index in citing][:1] or _fullest(library, entry, citing)
    return tuple(number for index in chosen for number in draft.cite_passage(library.whole_mention(index)))


def facts(entry: Document) -> str:
    """Date, issuer and title of a document as they follow its name."""
    words = []
    if entry.date:
        words.append(said_date(entry.date))
    if entry.issuer:
        words.append(f"của {entry.issuer}")
    if entry.title and not entry.title.startswith(entry.type) and not (entry.source and entry.number is None):
        words.append(entry.title)
    return " ".join(words) + (messages()["checked_fact"] if _only_checked(entry) else "")


def say_document(draft: Draft, library: Library, entry: Document, citations: Sequence[int]) -> None:
    """Names a document with all that is known of it."""
    draft.say("document", citations, name=display_name(entry), facts=facts(entry))
    draft.add_document(entry, citations)
    add_notices(draft, library, entry, citations)


def say_list(draft: Draft, library: Library, entries: Sequence[Document], proofs: Sequence[Sequence[int]]) -> None:
    """A numbered list of documents."""
    for index, (entry, citations) in enumerate(zip(entries, proofs, strict=True), 1):
        draft.say("list_item", citations, index=index, name=f"**{display_name(entry)}**", facts=facts(entry))
        draft.add_document(entry, citations)
        add_notices(draft, library, entry, citations)


def say_units(draft: Draft, library: Library, passage: int, roles: Collection[Role] = (), partner: str = "") -> None:
    """Who carries the duty of a passage; where the text names nobody, that, and whom the closing section binds.

    `roles` are those asked for, all where empty. Who helps is set apart in every text; the other roles a text may
    call otherwise, so that where it has none of them all are told. A unit that `partner` names is left out: it is
    the question's own.
    """
    clause = library.knowledge.passages[passage]
    named = [item for item in library.assignments_of(clause) if item.unit and item.unit_span]
    others = [item for item in named if _line(str(item.unit)) not in f" {partner} "]
    roles = roles if len(others) == len(named) or any(item.role in roles for item in others) else ()
    named = others or named
    own = draft.cite_passage(passage)
    if not named:
        whole = library.passage_at(clause.source, clause.segments[0])
        _say_nobody(draft, library, clause.source, own if whole is None else draft.cite_passage(whole))
        return
    if roles and not any(item.role in roles for item in named):
        if "coordinate" in roles:
            draft.say("units_not_in_role", own, role=role_name("coordinate"))
            return
        roles = ()
    for role in _ROLE_ORDER:
        units = [item for item in named if item.role == role and (not roles or role in roles)]
        if not units:
            continue
        citations = tuple(dict.fromkeys([*own, *(n for item in units for n in cite_unit(draft, library, item))]))
        names = "; ".join(dict.fromkeys(str(item.unit) for item in units))
        draft.say("units", citations, role=role_name(role), names=f"**{names}**")
        for item in units:
            draft.add_unit(str(item.unit), item.role, citations)
            _note_heading(draft, library, item)
            note_level_ended(draft, str(item.unit))


def _line(unit: str) -> str:
    return bare_line(expand_abbreviations(unit))


def role_name(role: Role) -> str:
    """A role in words."""
    return messages()[f"role_{role}"]


def say_conflicts(draft: Draft, entry: Document, citations: Sequence[int]) -> None:
    """A notice for every field in which mentions of a document contradict each other."""
    for conflict in entry.conflicts:
        if conflict.field == "date":
            values = "; ".join(spoken_date(value) for value in conflict.values)
            draft.notice("conflict", "notice_conflict_date", citations, name=display_name(entry), values=values)


def add_notices(draft: Draft, library: Library, entry: Document, citations: Sequence[int]) -> None:
    """What a careful clerk adds to a document: contradictions, misprinted numbers, what the catalogue knows."""
    say_conflicts(draft, entry, citations)
    for one in library.notices_on(entry):
        draft.tell(one, citations)
    note_level_ended(draft, entry.issuer or _issuer_by_symbol(entry))


def add_as_of(draft: Draft, library: Library) -> None:
    """As of when the cited texts speak."""
    for source in draft.sources:
        entry = library.held[source]
        date = f", {said_date(entry.date)}" if entry.date else ""
        draft.notice("as_of", "notice_as_of", (), document=display_name(entry), date=date)


def _say_nobody(draft: Draft, library: Library, source: str, own: tuple[int, ...]) -> None:
    draft.say("units_none", own)
    binding = [item for item in library.binding_assignments(source) if item.unit_span]
    if not binding:
        return
    citations = tuple(dict.fromkeys(n for item in binding for n in draft.cite(source, item.provision, [item.duty])))
    names = "; ".join(str(item.unit) for item in binding)
    locator = library.provision(source, binding[0].provision).locator
    draft.say("units_inherited", citations, locator=locator, names=names)
    draft.notice("inherited_unit", "notice_inherited", citations, locator=locator, names=names)


def cite_unit(draft: Draft, library: Library, item: Assignment) -> tuple[int, ...]:
    """Cites the clause that names the unit."""
    span = item.unit_span
    assert span is not None
    index = library.passage_at(item.source, span)
    if index is not None:
        return draft.cite_passage(index)
    provision = _provision_of(library, item.source, span)
    return draft.cite(item.source, provision, library.provision(item.source, provision).segments)


def _note_heading(draft: Draft, library: Library, item: Assignment) -> None:
    span = item.unit_span
    assert span is not None
    own = library.provision(item.source, item.provision)
    if not any(part.overlaps(span) for part in own.segments):
        provision = _provision_of(library, item.source, span)
        citations = draft.cite(item.source, provision, library.provision(item.source, provision).segments)
        locator = library.provision(item.source, provision).locator
        draft.notice("inherited_unit", "notice_heading", citations, locator=locator)


def note_level_ended(draft: Draft, name: str | None) -> None:
    words = (name or "").casefold()
    for phrase in level_phrases():
        if phrase.valid_to and f" {phrase.phrase}" in f" {words}" and phrase.level == "huyện":
            day = _day_after(phrase.valid_to)
            draft.notice("validity", "notice_level_ended", (), level=phrase.level, date=day, source=phrase.source)


def _day_after(date: str) -> str:
    from datetime import date as day
    from datetime import timedelta

    return f"{day.fromisoformat(date) + timedelta(days=1):%d/%m/%Y}"


def _own_proof(draft: Draft, library: Library, source: str) -> tuple[int, ...]:
    identity = library.knowledge.identities[source]
    numbers: list[int] = []
    for name in ("title", "issuer", "date"):
        span = identity.span(name)
        if span is not None:
            provision = _provision_of(library, source, span)
            numbers += draft.cite(source, provision, library.provision(source, provision).segments)
    if not numbers:
        numbers += draft.cite(source, 0, library.provision(source, 0).segments)
    return tuple(dict.fromkeys(numbers))


def cite_identity(draft: Draft, library: Library, source: str, name: str) -> tuple[int, ...]:
    """Cites where a held document says one thing of itself; nothing where it does not."""
    span = library.knowledge.identities[source].span(name)
    if span is None:
        return ()
    provision = _provision_of(library, source, span)
    return draft.cite(source, provision, library.provision(source, provision).segments)


def _provision_of(library: Library, source: str, span: Span) -> int:
    provisions = library.knowledge.provisions[source]
    return next(index for index, item in enumerate(provisions) if any(part.overlaps(span) for part in item.segments))


def _fullest(library: Library, entry: Document, citing: Sequence[int]) -> list[int]:
    """The passage whose mention says most of the document."""

    def said(index: int) -> tuple[int, int]:
        mention = library.knowledge.references[library.knowledge.passages[index].references[0]]
        return sum(value is not None for value in (mention.date, mention.issuer, mention.title)), -index

    return [max(citing, key=said)] if citing else []


def _only_checked(entry: Document) -> bool:
    """Whether number and date are known from the checked facts alone."""
    return entry.checked is not None and entry.source is None and entry.key != entry.number and entry.number is not None


def _issuer_by_symbol(entry: Document) -> str | None:
    read = parts(entry.number) if entry.number else None
    row = issuers().get(read.organ.upper()) if read else None
    return row.name if row else None
