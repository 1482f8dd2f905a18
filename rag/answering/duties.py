"""What a unit that the question names has to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.draft import Draft, wording
from rag.answering.holdings import Library, bare_line, short_name
from rag.answering.query import Query
from rag.index.topics import Term, coverage, term_line
from rag.language.abbreviations import expand_abbreviations
from rag.types import Answer, Assignment

_MOST_DUTIES, _FEW = 12, 3
_ABOUT = 0.6
_TOUCHES, _NEAR = 0.25, 0.15
_WHOLE_MEMBER = 3
"""How many words the first of several units named together must have to stand for them all."""
_DUTY_WORDS = frozenset(
    (
        "nhiem vu", "trach nhiem", "cong viec", "chuc nang", "chu tri", "phoi hop", "dung", "chinh", "dau viec", "viec",
        "phu trach", "phan viec", "bang", "bang phan cong", "phan cong", "phu luc", "bieu",
    )
)  # fmt: skip
_COUNTED = re.compile(r"\b(?:may|bao nhieu) (?:dau |phan |cong )?(?:viec|nhiem vu)\b")
_LEADS = re.compile(r"(?<!nao )(?<!ai )\b(?:chu tri|dung chinh|lam chinh)\b")
_HELPS = re.compile(r"(?<!nao )(?<!ai )\bphoi hop\b")
_LEVELS = frozenset(("tinh", "huyen", "xa"))
_PLURAL = frozenset(("cac", "nhung"))


def duties_of(
    question: str, query: Query, library: Library, *, terms: Sequence[Term] = (), within: Sequence[str] = ()
) -> Answer | None:
    """The duties of the unit that a question names, in reading order; None where it names none of the corpus.

    Where the question also has a topic, only the duties that speak of it, where it tells a role, only those in it, and
    of the texts `within` alone, where these are given. A comparison sets the duties of each unit that it names side by
    side; duties that are to be counted are, where one text has them all.
    """
    found = named_units(query, library)
    if "compare" in query.slots:
        return _compared(question, library, found, terms)
    if within:
        titles = "".join(library.title_words(library.held[source]) for source in within)
        terms = [term for term in terms if f" {term.text} " not in titles]
        found = [[item for item in one if item.source in within] for one in found]
    named = _in_role(query, _about(found[0], library, terms)) if found else []
    if not named:
        return None
    draft = Draft(library, question)
    noun = _COUNTED.search(query.bare)
    distinct = {(item.source, item.provision): item for item in named}
    if noun and len({item.source for item in named}) == 1 and 1 < len(distinct) <= _MOST_DUTIES:
        _say_counted(draft, library, list(distinct.values()))
    else:
        _say_all(draft, library, named)
    compose.add_as_of(draft, library)
    return draft.finish("answered")


def _in_role(query: Query, named: Sequence[Assignment]) -> list[Assignment]:
    """The duties in the role that a question tells: where none is told to lead, all that are no help to others."""
    if _HELPS.search(query.bare):
        return [item for item in named if item.role == "coordinate"]
    if not _LEADS.search(query.bare):
        return list(named)
    own = [item for item in named if item.role != "coordinate"]
    return [item for item in own if item.role == "lead"] or own


def _say_counted(draft: Draft, library: Library, duties: Sequence[Assignment]) -> None:
    """How many duties a unit has, with the words for each."""
    passages = [(item, library.passage_at(item.source, item.duty)) for item in duties]
    told = [
        (item, index, tuple(dict.fromkeys((*draft.cite_passage(index), *compose.cite_unit(draft, library, item)))))
        for item, index in passages if index is not None
    ]  # fmt: skip
    every = tuple(dict.fromkeys(number for _, _, citations in told for number in citations))
    name = short_name(library.held[duties[0].source])
    noun = wording("duties_of_unit", name=str(duties[0].unit))
    draft.say("items", every, locator=name, count=len(told), noun=noun)
    for item, index, citations in told:
        passage = library.knowledge.passages[index]
        draft.say("item", citations, locator=passage.locator, quote=library.shown(passage))
        draft.add_unit(str(item.unit), item.role, citations)


def _compared(
    question: str, library: Library, found: Sequence[Sequence[Assignment]], terms: Sequence[Term]
) -> Answer | None:
    """The duties of several units side by side, of each those that speak most of the topic; None for fewer than two.

    A duty that they share tells no difference: it is left out where a unit has others.
    """
    if len(found) < 2:
        return None
    draft = Draft(library, question)
    every = [item for one in found for item in one]
    owners = [{(item.source, item.duty) for item in one} for one in found]
    for at, one in enumerate(found):
        others = {duty for number, duties in enumerate(owners) if number != at for duty in duties}
        own = [item for item in one if (item.source, item.duty) not in others]
        kept = _nearest(own or one, library, _topic(every, terms))
        if not kept:
            return None
        _say_all(draft, library, kept)
    compose.add_as_of(draft, library)
    return draft.finish("answered")


def _topic(named: Sequence[Assignment], terms: Sequence[Term]) -> list[Term]:
    """The words of a topic that are no part of the units' names."""
    called = term_line(expand_abbreviations(" ".join(str(item.unit) for item in named)))
    return [term for term in terms if f" {term.text} " not in called and term.bare not in _DUTY_WORDS]


def _about(named: Sequence[Assignment], library: Library, terms: Sequence[Term]) -> list[Assignment]:
    """The duties that speak of a topic; all where there is none."""
    topic = _topic(named, terms)
    titles = {source: library.title_words(library.held[source]) for source in {item.source for item in named}}
    left = {
        source: [term for term in topic if f" {term.text} " not in title and f" {term.bare} " not in title]
        for source, title in titles.items()
    }
    if any(not rest for rest in left.values()):  # the texts whose titles say all of the topic
        return [item for item in named if not left[item.source]]
    return [item for item in named if coverage(topic, _duty_line(item, library)) >= _ABOUT]


def _nearest(named: Sequence[Assignment], library: Library, topic: Sequence[Term]) -> list[Assignment]:
    """The duties of one unit that speak of a topic as much as any of its own does."""
    if not topic:
        return list(named)
    shares = [coverage(topic, _duty_line(item, library)) for item in named]
    most = max(shares)
    return [item for item, share in zip(named, shares, strict=True) if most >= _TOUCHES and share >= most - _NEAR]


def _say_all(draft: Draft, library: Library, named: Sequence[Assignment]) -> None:
    """The duties of one unit; of many those that each sentence naming the unit begins with."""
    once = list({(item.source, item.duty): item for item in named}.values())
    names = "; ".join(dict.fromkeys(str(item.unit) for item in once))
    draft.say("duties", names=names)
    first = list({(item.source, item.unit_span): item for item in reversed(once)}.values())[::-1]
    told = (once if len(once) <= _MOST_DUTIES else first)[:_MOST_DUTIES]
    _say_grouped(draft, library, told)
    left = [item for item in once if item not in told]
    if left and (index := library.passage_at(left[0].source, left[0].duty)) is not None:
        draft.say("more_duties", draft.cite_passage(index))


def _say_grouped(draft: Draft, library: Library, duties: Sequence[Assignment]) -> None:
    """The duties in reading order, by document where several give them, and by role where there are many."""
    sources = list(dict.fromkeys(item.source for item in duties))
    roles = [role for role in compose.ROLE_ORDER if any(item.role == role for item in duties)]
    by_role = len(duties) > _FEW and len(roles) > 1
    for source in sources:
        own = [item for item in duties if item.source == source]
        if len(sources) > 1:
            draft.say("duties_by_document", name=short_name(library.held[source]))
        if not by_role:
            _say_duties(draft, library, own, "duty")
            continue
        for role in roles:
            same = [item for item in own if item.role == role]
            if same:
                draft.say("duties_by_role", role=compose.role_name(role))
                _say_duties(draft, library, same, "duty_of_role")


def _say_duties(draft: Draft, library: Library, duties: Sequence[Assignment], message: str) -> None:
    for item in duties:
        index = library.passage_at(item.source, item.duty)
        if index is None:
            continue
        passage = library.knowledge.passages[index]
        citations = tuple(dict.fromkeys((*draft.cite_passage(index), *compose.cite_unit(draft, library, item))))
        role = compose.role_name(item.role)
        draft.say(message, citations, locator=passage.locator, role=role, quote=library.shown(passage))
        draft.add_unit(str(item.unit), item.role, citations)
        compose.note_level_ended(draft, item.unit)


def _duty_line(item: Assignment, library: Library) -> str:
    return term_line(expand_abbreviations(library.texts[item.source][item.duty.start : item.duty.end]))


def named_units(query: Query, library: Library) -> list[list[Assignment]]:
    """The assignments of each unit that the question names, the one of whose name it has the most first.

    Names of which the question has the same words are one unit to it.
    """
    asked = unit_line(query.restored)
    said: dict[str, tuple[int, int]] = {}
    for item in library.knowledge.assignments:
        if item.unit and item.unit not in said:
            run = _said(unit_line(item.unit), asked, unit_line(item.unit.split(",")[0]).count(" ") - 1)
            said[item.unit] = (0, 0) if _is_of_other_level(item.unit, asked, run) else run
    found: list[list[Assignment]] = []
    taken: list[tuple[int, int]] = []
    for length, start in sorted({run for run in said.values() if run[0] >= 2}, key=lambda run: (-run[0], run[1])):
        if any(start < end and begin < start + length for begin, end in taken):
            continue
        taken.append((start, start + length))
        found.append([item for item in library.knowledge.assignments if said.get(item.unit or "") == (length, start)])
    return found


def _said(name: str, asked: str, first: int) -> tuple[int, int]:
    """How many words of a name, from its first on, the question has in one run, and at which word; 0 for too few.

    Half of the name is enough, or the `first` of several that make it up.
    """
    words = name.split()
    for count in range(len(words), 1, -1):
        at = asked.find(f" {' '.join(words[:count])} ")
        if at >= 0:
            enough = 2 * count >= len(words) or (first >= _WHOLE_MEMBER and count >= first)
            return (count, asked[:at].count(" ")) if enough else (0, 0)
    return 0, 0


def _is_of_other_level(unit: str, asked: str, run: tuple[int, int]) -> bool:
    """Whether the question goes on to say another level than the unit's: "Ủy ban nhân dân cấp tỉnh"."""
    count, start = run
    after = asked.split()[start + count :]
    level = after[1] if after[:1] == ["cap"] and len(after) > 1 else next(iter(after), "")
    own = _LEVELS & set(unit_line(unit).split())
    return count > 0 and level in _LEVELS and bool(own) and level not in own


def unit_line(text: str) -> str:
    """A unit's name for comparison: abbreviations written out, plural words left out.

    >>> unit_line("UBND các xã")
    ' uy ban nhan dan xa '
    """
    line = bare_line(expand_abbreviations(text))
    return " " + " ".join(word for word in line.split() if word not in _PLURAL) + " "
