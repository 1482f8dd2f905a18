"""Answers to questions about a topic: the documents that govern it, the units in charge, the words that say so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.answering.asides import ASKS
from rag.answering.bounds import SUPPORTED, Bounds
from rag.answering.content import ContentAnswers
from rag.answering.counting import CountedAnswers
from rag.answering.governing import DOCUMENT_SLOTS, GoverningAnswers
from rag.answering.holdings import Library
from rag.answering.kinds import leaves_to_others, names_kind
from rag.answering.labels import Label, asked_label, asks_list, asks_members, counted_items
from rag.answering.lists import ListAnswers
from rag.answering.measures import means_several
from rag.answering.ordinals import asked_ordinals, numbered
from rag.answering.query import Query, names_type
from rag.answering.recipients import asked_verb
from rag.answering.refusing import answers, refuse_topic
from rag.answering.resolve import Limits, Resolver
from rag.answering.responsible import UnitAnswers
from rag.answering.roles import works_with
from rag.answering.search import BESIDE, NEAR, Found, TopicSearch
from rag.answering.votes import asked_vote, asks_elected, votes_at
from rag.index.topics import Term, coverage, term_line
from rag.language.abbreviations import expand_abbreviations
from rag.law.assignments import is_role_label
from rag.types import Answer, Document

_SAYS_WHO = 0.35
"""The share of a topic that a passage itself has to speak of to tell who does it."""
_LIST_GAIN = 0.4
"""What it counts for a passage that it opens a list, where one is asked for."""
_CASE_GAIN = 0.4
"""What it counts for a passage that it is on the very case of which a question gives the numbers."""
_TOLD_CASE = 0.25
"""What it counts for a passage to be on the very case that a question tells, and against it to be on another."""
_MOST_SECTIONS = 2
"""How many sections may say the same thing, each under its label."""
_MENTIONS = re.compile(
    r"\bco (?:noi|nhac|de cap)(?: gi)?(?: (?:den|toi|ve))?(?P<what> .+?) (?:khong|ko|hay khong|chua)\b"
)
_NAMED = 0.9
_AS_MUCH = 0.3
"""How much less of a topic a passage may speak of than the best, which does not name what is asked for."""
_LABELLED = 0.8
"""The share of a topic that a section has to speak of where one of its labels says what is asked."""
_NOT_OF_DOCUMENTS = frozenset(("unit", "duty", "amount"))
"""What is asked of units and what they get, whose level is no limit of documents."""
_ASKS_WHO = frozenset(("unit", "document", "issuer", "number", "list", "count"))
"""What asks who does something, or who issued it: then a unit that is named is not taken to do what is asked."""
_OWNED = re.compile(
    r"^(?:\w+ ){1,4}?của (?P<owner>\w+(?: (?!với\b|và\b|của\b)\w+){0,7}?)(?: (?:hiện|hiện nay|thì|kỳ này))?"
    r"(?= (?:là|kéo dài|có|gồm|được|tối đa|tối thiểu|trong|mấy|bao)\b)"
    r"|^(?P<first>\w+(?: \w+){0,7}?) (?:có |làm )?(?:một |mỗi )?nhiệm kỳ (?:là |có |kéo dài )?(?:mấy|bao)\b"
    r"|^nhiệm kỳ (?P<behind>\w+(?: \w+){0,7}?) (?:là |có |kéo dài )*(?:mấy|bao)\b"
)
"""Of whom a question asks an amount: "nhiệm kỳ của trưởng thôn là mấy năm"."""
_COMPARED = " theo nhiệm kỳ "
"""What stands before whose term another's is."""
_AS_WELL = 0.1
"""How much less of those words a passage may speak of than the best that states an amount."""
_ABOUT_WHAT = re.compile(r"\b(?:la|ve|noi|quy dinh)(?: (?:viec|noi dung|van de|cai|dieu|chuyen))? gi\b")
"""What asks what a document is on, not of what kind something is: "thi theo hình thức gì"."""
_BELONGS = re.compile(
    r"(?<!nhiem )(?<!vu )(?<!viec )(?<!quyen )(?<!ve )\b(?:truc thuoc|thuoc|nam trong|nam o|dat tai|dat trong)"
    r" (?:bo may (?:cua )?)?(?:co quan|don vi|phong|ban|so|bo|to chuc|uy ban) nao\b"
)
"""What asks of what body another is a part, and not whose duty something is."""
_BELONGS_TO = re.compile(r"(?<!\w)(?:trực thuộc|thuộc|nằm trong|đặt tại)(?!\w)")
_CONSISTS = re.compile(r"\b(?:bao gom|gom|chia (?:lam|thanh|ra))(?: co)? (?:may|bao nhieu)\b")
_CONSISTS_OF = re.compile(r"\b(?:gồm|chia (?:làm|thành))(?: có)?\s?:\s*$")
"""How words end that a list of what something consists of follows: "Trụ sở tiếp công dân bao gồm:"."""
_EITHER = re.compile(r"(?P<one>\w+(?: \w+)?) hay (?:là )?(?P<other>\w+(?: \w+)?)")


class TopicAnswers:
    """Answers questions about a topic from one snapshot; read-only."""

    def __init__(
        self, library: Library, resolver: Resolver, search: TopicSearch, *, lists: ListAnswers, bounds: Bounds
    ) -> None:
        self._library, self._resolver, self._search, self._bounds = library, resolver, search, bounds
        self._contents = ContentAnswers(library, search)
        self._counting = CountedAnswers(library, search)
        self._units = UnitAnswers(library, search, self._contents)
        self._governing = GoverningAnswers(
            library, resolver, search, contents=self._contents, units=self._units, lists=lists, bounds=bounds
        )
        self._lists = lists

    def answer(
        self,
        question: str,
        query: Query,
        limits: Limits,
        *,
        sources: Sequence[str] = (),
        citing: Sequence[str] = (),
        within: Sequence[str] = (),
    ) -> Answer:
        """The answer to a question about a topic, from the given texts if any, or the reason why there is none.

        `citing` are the texts in which the documents that are asked for have to be cited, `within` those that the
        question says it stands in.
        """
        terms = self._lists.topic_terms(query, limits)
        query = _on_matter(query)
        if limits.dates and terms and "yes_no" in query.slots and not self._about_documents(limits, terms):
            limits = Limits()
        dated = self._resolver.within(self._library.knowledge.documents, limits) if limits.dates and not terms else []
        if dated:
            return self._lists.several(question, dated)
        if "document" in query.slots and self._resolver.knows_none(query, limits.types):
            return self.refuse(question, query, terms, SUPPORTED)
        if not terms and (literal := self._search.literal(query.topic)):
            return self._contents.quotes(question, literal)
        every = self._search.rank(query, terms, sources=sources or citing or within) if terms else []
        covered = max((found.covered for found in every), default=0.0)
        if (counted := self._counted(question, query, every, terms, limited=bool(sources))) is not None:
            return counted
        ranked = self._narrowed(query, every)
        if not ranked or not answers(self._search, self._bounds, query, ranked, terms):
            return self.refuse(question, query, terms, covered)
        if not query.slots & _ASKS_WHO and (wrong := self._contents.wrong_unit(question, query, ranked, terms)):
            return wrong
        asks_content = sources or (
            not query.slots & {"document", "number", "issuer"} and self._search.in_law(ranked[0].index)
        )
        if _asks_who_issues(query) and self._search.doing.has_unit(ranked[0].index):
            return self._units.units(question, query, ranked[0], ())
        if not asks_content and (query.slots & DOCUMENT_SLOTS or (limits and _leaves_open(query))):
            return self._governing.answer(question, query, limits, ranked, terms)
        if (told := self._units.recipients(question, query, ranked)) is not None:
            return told
        if "unit" in query.slots and _BELONGS.search(query.bare):
            return self._where_of(question, query, every, terms)
        if "unit" in query.slots:
            return self._who(question, query, ranked, every, terms)
        return self._what(question, query, ranked, terms)

    def _where_of(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """Of what body something is a part, in the words that say so; else what is nearest."""
        told = [one for one in ranked if _BELONGS_TO.search(self._search.passages[one.index].text)]
        on_it = [one for one in told if self._search.covered(terms, one.index) >= SUPPORTED]
        return self._contents.quote(question, query, on_it or ranked, terms=terms, nearest=not on_it)

    def _says(self, found: Found, terms: Sequence[Term]) -> float:
        """The share of a topic that a passage or its paragraph speaks of, or of what headings and title leave of it."""
        left = [term for term in terms if self._search.headed([term], found.index) < SUPPORTED]
        own = max(found.covered, self._search.covered(left, found.index))
        return max(own, BESIDE * self._search.paragraph(terms, found.index))

    def _counted(
        self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term], *, limited: bool
    ) -> Answer | None:
        """How many there are of what a text numbers or lists; None where the question asks for no such thing."""
        best = [one.index for one in ranked]
        if (asked := asked_ordinals(query)) and (indexes := numbered(asked, self._search.passages, best=best)):
            return self._counting.in_order(question, asked.said, indexes)
        if (noun := counted_items(query)) is None:
            return None
        rest = [term for term in terms if term.text not in noun]
        telling = [one for one in ranked if self._tells(one, rest, limited=limited)]
        return self._counting.counted(question, noun, telling, rest)

    def _narrowed(self, query: Query, ranked: list[Found]) -> list[Found]:
        """The passages that may answer, in the order in which they answer what kind of thing is asked for."""
        ranked = [one for one in ranked if not self._search.passages[one.index].text.isupper()]
        ranked = [one for one in ranked if query.slots & DOCUMENT_SLOTS or not self._search.is_of_issue(one.index)]
        fits = [(found, self._search.cases.by_numbers(found.index, query)) for found in ranked]
        ranked = [
            replace(one, score=one.score + _CASE_GAIN * fit, support=one.support + _CASE_GAIN / 2 * fit)
            for one, fit in fits if fit >= 0
        ]  # fmt: skip
        told = [self._search.cases.by_words(found.index, query) for found in ranked]
        ranked = [replace(one, score=one.score + _TOLD_CASE * fit) for one, fit in zip(ranked, told, strict=True)]
        named = [one for one in ranked if self._names_kind(query, one.index)]
        terms = self._search.terms(query) if len(named) < len(ranked) else ()
        most = max((self._search.spoken_of(terms, found.index) for found in ranked), default=0.0)
        ranked = [one for one in named if self._search.spoken_of(terms, one.index) >= most - _AS_MUCH]
        ranked = [one for one in ranked if self._is_told_of(query, one.index)]
        ranked.sort(key=lambda found: -found.score)
        if mention := _MENTIONS.search(query.bare):  # whether it stands there, not what stands around it
            words = [term for term in self._search.terms(query) if f" {term.bare} " in f"{mention['what']} "]
            ranked = [found for found in ranked if not words or self._search.covered(words, found.index) >= SUPPORTED]
        if "amount" in query.slots and not query.slots & {"count", "document"} and not means_several(query):
            ranked = self._of_owner(query, [one for one in ranked if one.covered and self._states(query, one)])
        elif "unit" in query.slots and not query.slots & DOCUMENT_SLOTS and not asked_verb(query):
            ranked = self._units.by_unit(query, ranked)
        if "yes_no" in query.slots and query.dates:
            ranked = [found for found in ranked if self._search.states_time(found.index)] or ranked
        if "duty" in query.slots and (owner := self._search.owner_terms(query)):
            rest = [term for term in self._search.terms(query) if term not in owner]
            ranked = [
                found for found in ranked
                if self._search.spoken_of(owner, found.index) >= _NAMED
                and (not rest or self._search.spoken_of(rest, found.index) >= self._bounds.spoken_of_duty)
            ]  # fmt: skip
        ranked = [found for found in ranked if self._is_either(query, found)]
        if "unit" not in query.slots and asks_list(query):
            ranked = sorted(
                ranked, key=lambda found: -found.score - _LIST_GAIN * self._search.listed.opens_list(found.index)
            )
        return ranked

    def _names_kind(self, query: Query, index: int) -> bool:
        """Whether a passage names a thing of the kind that is asked for."""
        return names_kind(query, self._search.told_with_headings(index), self._search.without_references(index))

    def _is_told_of(self, query: Query, index: int) -> bool:
        """Whether a passage may be on the office-holder or the place that a question is on."""
        source = self._search.passages[index].source
        return self._search.told_of.fits(query, source, self._search.told_with_headings(index))

    def _states(self, query: Query, found: Found) -> bool:
        """Whether a passage states an amount that is asked for, or the day that is asked for besides."""
        if "date" in query.slots and self._search.states_day(found.index):
            return True
        if _CONSISTS.search(query.bare) and self._search.listed.opens_list(found.index):
            return _CONSISTS_OF.search(self._search.passages[found.index].text) is not None
        return self._search.states_amount(found.index, query) or self._lists_items(counted_items(query), found.index)

    def _lists_items(self, noun: str | None, index: int) -> bool:
        """Whether a passage opens a list of what a question wants counted, however that is written."""
        return noun is not None and self._search.listed.opens_list(index) and self._search.names(index, noun)

    def _of_owner(self, query: Query, ranked: list[Found]) -> list[Found]:
        """The passages that with their headings speak best of whom an amount is asked; all where none is named."""
        match = _OWNED.match(query.restored)
        owner = self._search.terms_of(match["owner"] or match["first"] or match["behind"]) if match else ()
        if not owner:
            return ranked
        shares = [self._told_of_owner(owner, found.index) for found in ranked]
        least = max(SUPPORTED, max(shares, default=0.0) - _AS_WELL)
        return [found for found, share in zip(ranked, shares, strict=True) if share >= least]

    def _told_of_owner(self, owner: Sequence[Term], index: int) -> float:
        """The share of an owner's words that a passage has with its headings, before whom it compares them with."""
        passage = self._search.passages[index]
        own, compared, _ = passage.text.partition(_COMPARED)
        own = expand_abbreviations(f"{passage.context} / {own}")
        return coverage(owner, term_line(own)) if compared else self._search.spoken_of(owner, index)

    def _is_either(self, query: Query, found: Found) -> bool:
        """Whether a passage speaks of one of two things between which a question asks; where it does not ask so too."""
        match = _EITHER.search(query.restored)
        if match is None or query.slots & {"unit", "document", "issuer"}:
            return True
        sides = [self._search.terms_of(match[name]) for name in ("one", "other")]
        return not all(sides) or any(self._search.spoken_of(side, found.index) > 0 for side in sides)

    def _who(
        self, question: str, query: Query, ranked: Sequence[Found], every: Sequence[Found], terms: Sequence[Term]
    ) -> Answer:
        """Who has a duty; with the passage that states it where an amount is asked for too."""
        claims = "yes_no" in query.slots or works_with(query)
        if claims and (wrong := self._contents.wrong_unit(question, query, ranked, terms)) is not None:
            return wrong
        if vote := asked_vote(query):
            matter = [term for term in terms if term.bare != vote]
            on_it = [found for found in every if self._search.covered(matter, found.index) >= SUPPORTED]
            places = {found.index for found in on_it}
            ranked = [one for one in ranked if one.index in places and self._search.doing.votes(one.index, vote)]
            if not ranked:
                return self._where_voted(question, query, on_it, terms, vote)
        quoted = [self._of_act(query, ranked).index] if "amount" in query.slots else []
        found = self._units.by_unit(query, every) if quoted else self._units.naming(query, ranked, terms)
        chosen = self._units.assigned(query, found)
        label = is_role_label(self._search.passages[chosen[0].index].text)  # its heading tells the matter
        least = self._bounds.certain if self._says(chosen[0], terms) < SUPPORTED else self._bounds.supported
        doubtful = chosen[0].support < least and not label
        if self._says(chosen[0], terms) < _SAYS_WHO and not label:
            if chosen[0].index == ranked[0].index and self._search.doing.has_unit(chosen[0].index):
                return self._units.units(question, query, chosen[0], (), quoted=[chosen[0].index], nearest=True)
            return self._contents.nearest(question, query, ranked, terms)
        if (says := self._units.referring(query, chosen[0].index)) is not None:
            quoted, chosen = [chosen[0].index], [replace(chosen[0], index=says)]
        if (says := self._units.of_provision(query, chosen[0].index, terms)) is not None:
            quoted, chosen = [*quoted, chosen[0].index], [replace(chosen[0], index=says)]
        beside = [*(found.index for found in chosen[1:]), *self._units.also(query, chosen[0].index)]
        quoted = [*quoted, chosen[0].index] if doubtful else quoted
        answer = self._units.units(question, query, chosen[0], (), beside=beside, quoted=quoted, nearest=doubtful)
        if answer.units:
            return answer
        if chosen[0].support < self._bounds.certain:
            return self._contents.nearest(question, query, ranked, terms)
        return self._units.units(question, query, chosen[0], (), quoted=[*quoted, chosen[0].index])

    def _of_act(self, query: Query, ranked: Sequence[Found]) -> Found:
        """The first of the passages as good as the best in which somebody does what is asked; else the best.

        "Trong 60 ngày kể từ ngày có quyết định công nhận, Ủy ban …" gives no time for who recognises.
        """
        near = (found for found in ranked if found.score >= ranked[0].score - NEAR)
        return next((found for found in near if self._search.doing.performs(found.index, query)), ranked[0])

    def _where_voted(
        self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term], vote: str
    ) -> Answer:
        """At what meeting a vote is held, where no text says who votes."""
        where = [found for found in ranked if votes_at(self._search.passages[found.index].text, vote)]
        if not where or self._search.spoken_of(terms, where[0].index) < self._bounds.spoken_of_duty:
            return self.refuse(question, query, terms, max((found.covered for found in ranked), default=1.0))
        return self._contents.quotes(question, [where[0].index])

    def _what(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """What the texts say."""
        nearest = ranked[0].support < self._bounds.certain
        if "yes_no" in query.slots or query.slots <= {"title"}:
            return self._contents.answer(question, query, ranked, terms, nearest=nearest)
        return self._contents.quote(question, query, ranked, terms=terms, nearest=nearest)

    def _tells(self, found: Found, terms: Sequence[Term], *, limited: bool) -> bool:
        """Whether a passage with its headings speaks of nearly all of a topic."""
        return self._search.spoken_of(terms, found.index) >= self._bounds.enough(limited=limited)

    def _about_documents(self, limits: Limits, terms: Sequence[Term]) -> bool:
        """Whether documents within the limits bear the topic's name: then a date is theirs, not the matter's."""
        within = self._resolver.within(self._library.knowledge.documents, limits)
        return any(coverage(terms, self._library.own_words[entry.key]) >= SUPPORTED for entry in within)

    def units_of(self, question: str, query: Query, entry: Document, *, claim: str | None = None) -> Answer:
        """Who must carry out a document, by the clause that cites it and speaks most of what is asked.

        `claim` is what the question says of the document against the texts.
        """
        terms = self._search.terms(query)
        citing = self._library.passages_citing(entry)
        if not citing:
            return self.refuse(question, query, terms, 0.0)
        if not terms:
            chosen = Found(max(citing, key=self._search.doing.has_unit), 1.0, 1.0, 1.0)
        else:
            chosen = self._search.ranked_of(query, terms, citing)[0]
        return self._units.units(question, query, chosen, (entry,), claim=claim)

    def due_of(self, question: str, query: Query, entry: Document) -> Answer:
        """By when something is to be done about a document, by a clause that cites it and states a day of its own."""
        due = [index for index in self._library.passages_citing(entry) if self._search.states_day(index)]
        return self._contents.quotes(question, due) if due else self.refuse(question, query, (), 1.0)

    def labelled(self, question: str, query: Query, limits: Limits) -> Answer | None:
        """What a section says after a label: "Đơn vị chủ trì: …", "Thời gian: …"; None where no one section does.

        The section is the one whose headings speak of the whole topic.
        """
        label = asked_label(query)
        terms = [term for term in self._lists.topic_terms(query, limits) if label and not label.said_by(term.bare)]
        if label is None or not terms:
            return None
        told = [
            (self._search.spoken_of(terms, index), index)
            for index, passage in enumerate(self._search.passages)
            if passage.kind == "clause" and not leaves_to_others(passage.text)
            and (label.opens(passage.text) or self._heading(index, label))
        ]  # fmt: skip
        most = max((share for share, _ in told), default=0.0)
        best = [index for share, index in told if share == most]
        sections = {(self._search.passages[index].source, self._heading(index, label) or index) for index in best}
        if most < _LABELLED or not best or (len(sections) > 1 and label.names_units):
            return None
        if label.names_units:
            return self._units.units(question, query, Found(best[0], 1.0, 1.0, 1.0), ())
        if len(sections) > _MOST_SECTIONS:
            return None
        return self._contents.quotes(question, best)

    def _heading(self, index: int, label: Label) -> str:
        """The heading above a passage that begins with a label, "" where there is none."""
        return next((one for one in self._search.passages[index].context.split(" > ") if label.heads(one)), "")

    def refuse(self, question: str, query: Query, terms: Sequence[Term], support: float) -> Answer:
        """An honest refusal, with what was searched for."""
        return refuse_topic(self._library, self._bounds, question, query, terms, support)


def _on_matter(query: Query) -> Query:
    """A question on what texts rule on, where who signs is not who signed one of them, nor who belongs who acts."""
    if asks_members(query) or asks_elected(query):
        query = replace(query, slots=query.slots - {"unit"})
    return replace(query, slots=query.slots - {"signer"} | {"unit"}) if "signer" in query.slots else query


def _asks_who_issues(query: Query) -> bool:
    """Whether it is asked who has to issue what is no document: "ai ban hành nội quy tiếp dân"."""
    return "issuer" in query.slots <= {"issuer", "unit"} and not names_type(query.bare)


def _leaves_open(query: Query) -> bool:
    """Whether a question leaves open what it asks, so that what limits documents makes it a question for them."""
    asks = ASKS.search(query.bare) or _EITHER.search(query.restored)
    of_title = query.slots <= {"title"} and not query.types
    return not query.slots & _NOT_OF_DOCUMENTS and (
        not of_title or not asks or _ABOUT_WHAT.search(query.bare) is not None
    )
