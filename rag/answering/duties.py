"""What a unit that the question names has to do."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answering import compose
from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line, short_name
from rag.answering.query import Query, expand_abbreviations
from rag.index.topics import Term, coverage, term_line
from rag.types import Answer, Assignment

_MOST_DUTIES, _FEW = 12, 3
_ABOUT = 0.6
_PLURAL = frozenset(("cac", "nhung"))


def duties_of(question: str, query: Query, library: Library, *, terms: Sequence[Term] = ()) -> Answer | None:
    """The duties of the unit that a question names, in reading order; None where it names none of the corpus.

    Where the question also has a topic, only the duties that speak of it.
    """
    named = _named(query, library)
    if not named:
        return None
    called = term_line(expand_abbreviations(" ".join(str(item.unit) for item in named)))
    topic = [term for term in terms if f" {term.text} " not in called]
    named = [item for item in named if not topic or coverage(topic, _duty_line(item, library)) >= _ABOUT]
    if not named:
        return None
    draft = Draft(library, question)
    once = list({(item.source, item.duty): item for item in named}.values())
    names = "; ".join(dict.fromkeys(str(item.unit) for item in once))
    draft.say("duties", names=names)
    _say_grouped(draft, library, once[:_MOST_DUTIES])
    if len(once) > _MOST_DUTIES:
        index = library.passage_at(once[_MOST_DUTIES].source, once[_MOST_DUTIES].duty)
        if index is not None:
            draft.say("more_duties", draft.cite_passage(index), count=len(once) - _MOST_DUTIES)
    compose.add_as_of(draft, library)
    return draft.finish("answered")


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
        draft.say(message, citations, locator=passage.locator, role=role, quote=passage.text)
        draft.add_unit(str(item.unit), item.role, citations)
        compose.note_level_ended(draft, item.unit)


def _duty_line(item: Assignment, library: Library) -> str:
    return term_line(expand_abbreviations(library.texts[item.source][item.duty.start : item.duty.end]))


def _named(query: Query, library: Library) -> list[Assignment]:
    """The assignments of the unit whose name the question has the most of."""
    asked = unit_line(query.restored)
    shares: dict[str, int] = {}
    for item in library.knowledge.assignments:
        if item.unit and item.unit not in shares:
            shares[item.unit] = _said(unit_line(item.unit), asked)
    most = max(shares.values(), default=0)
    if most < 2:
        return []
    names = {name for name, share in shares.items() if share == most}
    return [item for item in library.knowledge.assignments if item.unit in names]


def _said(name: str, asked: str) -> int:
    """How many words of a name, from its first on, the question has in one run; 0 where that is less than half."""
    words = name.split()
    for count in range(len(words), 1, -1):
        if f" {' '.join(words[:count])} " in asked:
            return count if 2 * count >= len(words) else 0
    return 0


def unit_line(text: str) -> str:
    """A unit's name for comparison: abbreviations written out, plural words left out.

    >>> unit_line("UBND các xã")
    ' uy ban nhan dan xa '
    """
    line = bare_line(expand_abbreviations(text))
    return " " + " ".join(word for word in line.split() if word not in _PLURAL) + " "
