"""The wording of answers: each function adds one kind of statement to a draft, with its proof."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import cache

from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.mentions import clipped, mention_spans, telling_mentions, topical_spans
from rag.index.topics import Term
from rag.language.abbreviations import expand_abbreviations
from rag.language.dates import said_date, spoken_date
from rag.language.lexicon import issuers, level_phrases, messages, word_classes
from rag.language.normalize import alternation, fold
from rag.law.issuers import JOINTLY
from rag.law.numbers import parts
from rag.law.units import is_class
from rag.types import Assignment, Document, Passage, Relation, Role, Span

_QUOTED = re.compile(r"“[^”]*”")
ROLE_ORDER: tuple[Role, ...] = ("lead", "perform", "advise", "supervise", "report", "coordinate")


def proof(
    draft: Draft, library: Library, entry: Document, *, prefer: Sequence[int] = (), terms: Sequence[Term] = ()
) -> tuple[int, ...]:
    """Cites the mentions that say what is known of a document, or what a held one says of itself.

    `prefer` are passages in the order of preference; of the sentence around the mention in the first of
    them as much is cited as speaks of a topic's `terms`.
    """
    if entry.source:
        return _own_proof(draft, library, entry.source)
    numbers: list[int] = []
    for index in telling_mentions(library, entry, prefer=prefer):
        mention = library.knowledge.references[index]
        around = next((one for one in prefer if index in library.knowledge.passages[one].references), None)
        if terms and around is not None:
            spans = topical_spans(library, index, around, terms)
        else:
            spans = mention_spans(library, index)
        numbers += draft.cite(mention.source, mention.provision, spans)
    return tuple(dict.fromkeys(numbers))


def facts(entry: Document, asked: Collection[str] = ()) -> str:
    """Date, issuer and title of a document as they follow its name, what is asked of it first."""
    title = None
    if entry.title and not entry.title.startswith(entry.type) and not (entry.source and entry.number is None):
        title = _in_sentence(entry.title)
    issued = _issued(entry, asked)
    if issued:
        words = [title, issued] if "title" in asked else [issued, title]
        told = ", ".join(filter(None, words))
    else:
        of = f"của {entry.issuer}" if entry.issuer else None
        told = " ".join(filter(None, (said_date(entry.date) if entry.date else None, of, title)))
    return told + (messages()["checked_fact"] if _only_checked(entry) else "")


def _in_sentence(title: str) -> str:
    """A title as it goes on a sentence: its first letter small, and "về" before what is no verb of issuing.

    >>> _in_sentence("Về việc thành lập Tổ công tác"), _in_sentence("công tác dân vận năm 2024")
    ('về việc thành lập Tổ công tác', 'về công tác dân vận năm 2024')
    >>> _in_sentence("đăng ký mô hình"), _in_sentence("quy định mức chi")
    ('về đăng ký mô hình', 'quy định mức chi')
    >>> _in_sentence("Kết luận buổi đối thoại")
    'có trích yếu “Kết luận buổi đối thoại”'
    """
    first, _, rest = title.partition(" ")
    if first in ("Về", "Ban", "Quy", "Sửa"):
        return f"{first.lower()} {rest}"
    if first[:1].isupper():
        return f"có trích yếu “{title}”"
    return title if _goes_on().match(title) else f"về {title}"


@cache
def _goes_on() -> re.Pattern[str]:
    """What a title begins with that goes on from "của …" by itself."""
    return re.compile(rf"(?:{alternation(word_classes().title_introducers)}|giữa|nhằm)(?!\w)")


def _issued(entry: Document, asked: Collection[str]) -> str:
    """Who issued a document and when, as a predicate, where that is asked."""
    if not {"date", "issuer"} & set(asked) or not (entry.date or entry.issuer):
        return ""
    message = "issued_by" if entry.date and entry.issuer else ("issued_on" if entry.date else "issued")
    return messages()[message].format(issuer=entry.issuer, date=said_date(entry.date) if entry.date else "")


def say_document(
    draft: Draft,
    library: Library,
    entry: Document,
    citations: Sequence[int],
    *,
    asked: Collection[str] = (),
    opening: str = "",
) -> None:
    """Names a document with all that is known of it; `opening` is a message that the sentence begins with.

    Of what is `asked` the facts come first, and who issued it is a unit that answers.
    """
    words = messages()[opening] if opening else ""
    draft.say("document", citations, opening=words, name=display_name(entry), facts=facts(entry, asked))
    draft.add_document(entry, citations)
    quoted = fold(draft.quoted(citations))
    for issuer in JOINTLY.split(entry.issuer or "") if "issuer" in asked else ():
        if issuer and fold(issuer) in quoted:
            draft.add_unit(issuer, "perform", citations)
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
    call otherwise, so that where it has none of them all are told. Helpers that no name tells from others, "các cơ
    quan có liên quan", are left to the quotation where none are asked for. A unit that `partner` names is left out:
    it is the question's own.
    """
    clause = library.knowledge.passages[passage]
    named = [item for item in library.assignments_of(clause) if item.unit and item.unit_span]
    others = [item for item in named if _line(str(item.unit)) not in f" {partner} "]
    roles = roles if len(others) == len(named) or any(item.role in roles for item in others) else ()
    named = others or named
    if not named:
        _say_nobody(draft, library, clause, draft.cite_passage(passage))
        return
    told = [item for item in named if item.role != "coordinate" or not is_class(str(item.unit))]
    named = named if "coordinate" in roles else told or named
    own = _cite_duty(draft, library, passage, named)
    if roles and not any(item.role in roles for item in named):
        if "coordinate" in roles:
            draft.say("units_not_in_role", own, locator=library.place_name(clause), role=role_name("coordinate"))
            return
        roles = ()
    for role in ROLE_ORDER:
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


def say_items(draft: Draft, library: Library, source: str, place: int, items: Sequence[int], *, noun: str) -> None:
    """How many items what stands at a place of a text has, with the words of each; `noun` is what they are."""
    head = library.provision(source, place)
    citations, name = draft.cite(source, place, head.segments), library.located(source, head.locator)
    draft.say("items", citations, locator=name, count=len(items), noun=noun)
    for at in items:
        item = library.provision(source, at)
        where, words = library.located(source, item.locator), library.words_of(source, at)
        draft.say("item", draft.cite(source, at, item.segments), locator=where, quote=words)


def say_conflicts(draft: Draft, entry: Document, citations: Sequence[int]) -> None:
    """A notice for every field in which mentions of a document contradict each other."""
    for conflict in entry.conflicts:
        if conflict.field == "date":
            values = "; ".join(spoken_date(value) for value in conflict.values)
            draft.notice("conflict", "notice_conflict_date", citations, name=display_name(entry), values=values)


def add_notices(draft: Draft, library: Library, entry: Document, citations: Sequence[int]) -> None:
    """What a careful clerk adds to a document: contradictions, misprinted numbers, what the catalogue knows.

    Of a contradiction that two places tell of each other, once; of what a held text misprints, what is quoted.
    """
    say_conflicts(draft, entry, citations)
    told: set[frozenset[str]] = set()
    for one in library.notices_on(entry):
        sides = frozenset(_QUOTED.findall(one.text))
        if one.kind == "conflict" and sides in told:
            continue
        if one.kind == "misprint" and entry.source and not draft.quotes(entry.source, one.span):
            continue
        told.add(sides)
        draft.tell(one, citations)
    note_level_ended(draft, entry.issuer or _issuer_by_symbol(entry))


def add_as_of(draft: Draft, library: Library) -> None:
    """As of when the cited texts speak, and whether the documents that answer are held themselves."""
    held = "" if draft.all_held else messages()["notice_not_held"]
    for source in draft.sources:
        entry = library.held[source]
        date = f", {said_date(entry.date)}" if entry.date else ""
        draft.notice("as_of", "notice_as_of", (), document=display_name(entry), date=date, held=held)


def _cite_duty(draft: Draft, library: Library, passage: int, named: Sequence[Assignment]) -> tuple[int, ...]:
    """Cites the clause of a duty; of one that goes on to list documents, who does what and the passage itself."""
    clause = library.knowledge.passages[passage]
    whole = library.passage_at(clause.source, clause.segments[0])
    if clause.kind != "mention" or whole is None:
        return draft.cite_passage(passage)
    lead = _lead(library, whole)
    if not lead or not all(any(item.unit_span and part.overlaps(item.unit_span) for part in lead) for item in named):
        return draft.cite_passage(passage)
    return (*draft.cite(clause.source, clause.provision, lead), *draft.cite_passage(passage))


def _lead(library: Library, whole: int) -> tuple[Span, ...]:
    """What a clause says before it names the first of several documents; empty where it opens with it."""
    clause = library.knowledge.passages[whole]
    first = library.knowledge.references[clause.references[0]] if len(clause.references) > 1 else None
    if first is None:
        return ()
    return clipped(clause.segments, clause.segments[0].start, first.span.end)


def _say_nobody(draft: Draft, library: Library, clause: Passage, own: tuple[int, ...]) -> None:
    draft.say("units_none", own, locator=library.place_name(clause))
    source = clause.source
    binding = [item for item in library.binding_assignments(source) if item.unit_span]
    if not binding:
        return
    citations = tuple(dict.fromkeys(n for item in binding for n in draft.cite(source, item.provision, [item.duty])))
    names = "; ".join(str(item.unit) for item in binding)
    locator = library.provision(source, binding[0].provision).locator
    draft.say("units_inherited", citations, locator=locator, names=names)
    draft.notice("inherited_unit", "notice_inherited", citations, locator=locator, names=names)


def cite_unit(draft: Draft, library: Library, item: Assignment) -> tuple[int, ...]:
    """Cites the clause that names the unit, up to the first document where it lists several."""
    span = item.unit_span
    assert span is not None
    index = library.passage_at(item.source, span)
    if index is None:
        provision = _provision_of(library, item.source, span)
        return draft.cite(item.source, provision, library.provision(item.source, provision).segments)
    lead = _lead(library, index)
    if any(part.overlaps(span) for part in lead):
        return draft.cite(item.source, library.knowledge.passages[index].provision, lead)
    return draft.cite_passage(index)


def _note_heading(draft: Draft, library: Library, item: Assignment) -> None:
    span = item.unit_span
    assert span is not None
    own = library.provision(item.source, item.provision)
    if not any(part.overlaps(span) for part in own.segments):
        locator = library.provision(item.source, _provision_of(library, item.source, span)).locator
        draft.notice("inherited_unit", "notice_heading", cite_unit(draft, library, item), locator=locator)


def note_level_ended(draft: Draft, name: str | None) -> None:
    words = (name or "").casefold()
    for phrase in level_phrases():
        if phrase.valid_to and f" {phrase.phrase}" in f" {words}" and phrase.level == "huyện":
            day = _day_after(phrase.valid_to)
            draft.notice("validity", "notice_level_ended", (), level=phrase.level, date=day, source=phrase.source)


def _day_after(date: str) -> str:
    from datetime import date as day
    from datetime import timedelta

    return spoken_date((day.fromisoformat(date) + timedelta(days=1)).isoformat())


def _own_proof(draft: Draft, library: Library, source: str) -> tuple[int, ...]:
    """Cites where a held document says its issuer, title and date; one line where it says several."""
    identity, text = library.knowledge.identities[source], library.texts[source]
    chosen: list[int] = []
    for span in filter(None, (identity.span(name) for name in ("issuer", "title", "date"))):
        said = "".join(_line_of(text, library.provision(source, at).segments) for at in chosen)
        if bare_line(span.of(text)) not in said:
            chosen.append(_provision_of(library, source, span))
    cited = (draft.cite(source, at, library.provision(source, at).segments) for at in sorted({*chosen} or {0}))
    return tuple(dict.fromkeys(number for numbers in cited for number in numbers))


def _line_of(text: str, segments: Sequence[Span]) -> str:
    return bare_line(" ".join(span.of(text) for span in segments))


def cite_identity(draft: Draft, library: Library, source: str, name: str) -> tuple[int, ...]:
    """Cites where a held document says one thing of itself; nothing where it does not."""
    span = library.knowledge.identities[source].span(name)
    if span is None:
        return ()
    provision = _provision_of(library, source, span)
    return draft.cite(source, provision, library.provision(source, provision).segments)


def cite_relation(draft: Draft, library: Library, subject: Document, relation: Relation) -> tuple[int, ...]:
    """Cites the sentence that says how a document stands to another; what a held one is called where its title does."""
    if relation.mention is None:
        return proof(draft, library, subject)
    mention = library.knowledge.references[relation.mention]
    clause = library.passage_at(mention.source, mention.span)
    if clause is not None:
        return draft.cite_passage(clause)
    return draft.cite(mention.source, mention.provision, [mention.span])


def _provision_of(library: Library, source: str, span: Span) -> int:
    provisions = library.knowledge.provisions[source]
    return next(index for index, item in enumerate(provisions) if any(part.overlaps(span) for part in item.segments))


def _only_checked(entry: Document) -> bool:
    """Whether number and date are known from the checked facts alone."""
    return entry.checked is not None and entry.source is None and entry.key != entry.number and entry.number is not None


def _issuer_by_symbol(entry: Document) -> str | None:
    read = parts(entry.number) if entry.number else None
    row = issuers().get(read.organ.upper()) if read else None
    return row.name if row else None
