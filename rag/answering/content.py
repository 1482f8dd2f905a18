"""Answers in the texts' own words, with what a question states held against them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rag.answering import compose
from rag.answering.claims import (
    SAID_TO_LEAD,
    Checked,
    checked,
    claimed_partner,
    claimed_unit,
    denies,
    forbids,
    may_hold,
    value_words,
)
from rag.answering.draft import Draft, wording
from rag.answering.duties import unit_line
from rag.answering.holdings import Library
from rag.answering.labels import asks_list
from rag.answering.query import Query
from rag.answering.roles import works_with
from rag.answering.search import NEAR, Found, TopicSearch
from rag.index.topics import Term, coverage, term_line
from rag.language.abbreviations import expand_abbreviations
from rag.language.lexicon import word_classes
from rag.language.normalize import fold, normalize
from rag.types import Answer, Document

MOST_QUOTES = 3
"""How many passages an answer quotes."""
_MOST_POINTS = 12
_CLAIMED_AMONG = 10
_COVERED_BEHIND = 0.3
"""How much less of a topic a passage may speak of by itself than the best, to be quoted beside it."""
_SAME_THING = 0.75
"""The share of a topic that a passage speaks of where what it states may confirm or correct the question."""
_MUCH = 0.45
"""The share of a topic that the provision of the best passage speaks of where it may correct the question."""
_MAY_BEAR_OUT = 0.5
"""The share of a topic that a passage speaks of where it may bear out what the question says of a unit."""
_BEARS_OUT = 0.95
"""The share of the words beside a unit that a passage itself has to have to bear out what the question says of it."""
_CLEARLY = 0.15
"""How much less of a topic a passage speaks of that bears nothing out against another."""
_OWN_BEHIND = 0.25
"""The same of its own words: "báo cáo viên" is no "tuyên truyền viên" though one heading stands above both."""
_AROUND, _OWN_TOO, _HALF = 0.9, 0.3, 0.5
"""What the words around a passage count for that, and the share of the topic that its own have to have."""
_DETAILS = re.compile(
    r"(?:\[\d+\] ?|[¹²³⁰⁴-⁹]+ ?)?(?:\w+ (?:việc|nội dung|mục|điểm) )?(?:gồm|bao gồm|trong đó|cụ thể|như sau)\b", re.I
)
"""How a footnote opens that goes on with what its caller says."""
_SAYS_MORE = 0.25
"""The share of what a passage leaves out of a topic that its footnote speaks of."""
_LEVEL = re.compile(r"\b(?:trung uong|tinh|huyen|xa)\b")
_GENERIC = frozenset(("uy", "ban", "nhan", "dan", "cap", "to", "quoc", "viet", "nam", "thuong", "truc"))
"""What a short name of the people's committee, or of its head, leaves out."""
_HEAD = re.compile(r"\bchu tich(?= (?:cap )?(?:xa|phuong|huyen|tinh)\b)")
_SAID_TO_LEAD = re.compile(rf"\b{SAID_TO_LEAD}\b")
_MAY = re.compile(
    r"\bco (?:duoc|the|du|dat|dc)\b.*\b(?:khong|ko|chua|hong)\b"
    r"|\bco \w+(?: \w+){0,7}? (?:duoc|dc) (?:khong|ko|chua|hong)\b"
)
"""What asks whether something is allowed in a case whose amounts it tells: no claim of what the text says."""
_ASKS_CASES = re.compile(r"\b(?:khi nao|luc nao|(?:truong hop|dieu kien) (?:nao|gi))\b")
_REFERS_CASES = re.compile(r"\b(?:trường hợp|điều kiện)(?: được)? (?:quy định|nêu) tại\b")
_PRESUMES = re.compile(rf"\b(?:giao|vi sao|tai sao|{SAID_TO_LEAD}|dung ra)\b|^sao\b")
"""What takes for granted who has a duty, whatever else is asked."""


class ContentAnswers:
    """Quotes what speaks of a topic; read-only."""

    def __init__(self, library: Library, search: TopicSearch) -> None:
        self._library, self._search = library, search

    def answer(
        self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term], *, nearest: bool = False
    ) -> Answer:
        """The words that speak of a topic; with them whether the unit that a question names is the one that does it."""
        if (partner := self._wrong_partner(question, query, ranked, terms)) is not None:
            return self._corrected(question, *partner)
        claim = self._unit_claim(query, ranked, terms) if "yes_no" in query.slots else None
        if claim and claim[2]:
            called = term_line(claim[1])
            rest = [term for term in self._search.telling(terms) if f" {term.text} " not in called]
            confirmed = self._search.covered(rest, claim[0].index) >= _BEARS_OUT
            return self.quote(question, query, claim[:1], terms=terms, confirmed=confirmed)
        return self.quote(question, query, ranked, terms=terms, nearest=nearest)

    def wrong_unit(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer | None:
        """Who has a duty that a question gives to another; None where it gives it to nobody else."""
        claim = self._unit_claim(query, ranked, terms)
        return self._corrected_unit(question, *claim[:2]) if claim and not claim[2] else None

    def quote(
        self,
        question: str,
        query: Query,
        ranked: Sequence[Found],
        *,
        terms: Sequence[Term] = (),
        confirmed: bool = False,
        nearest: bool = False,
    ) -> Answer:
        """The words that speak of a topic; with them whether what a yes-or-no question states stands there.

        `nearest` has it said that they are but the nearest that the texts have.
        """
        draft = Draft(self._library, question)
        top = ranked[0]
        stated = self._stated(query, ranked, terms)
        told = stated[1] if stated else None
        if told and not told.holds and _MAY.search(query.bare):  # a case, which the rule decides
            told = None
        if stated:
            top = stated[0]
        borne_out = (told.holds and self._has_units(query, top, terms)) if told else confirmed
        if nearest and not told:
            draft.say_nearest(top.index)
        if borne_out and not denies(query, self._text(top)) and not forbids(query, self._text(top)):
            draft.say("yes", draft.cite_passage(top.index))
        if told:
            ranked = [top]
            citations = draft.cite_passage(top.index)
            if not told.holds:
                claim = wording("claim_value", claimed=told.claimed, known=", ".join(told.known))
                draft.say("corrected", citations, claim=claim)
        near = [
            found for found in ranked
            if (found.score >= top.score - NEAR / 2 and found.covered >= top.covered - _COVERED_BEHIND)
            or (self._together(found, top) and found.score >= top.score - 2 * NEAR)
        ]  # fmt: skip
        near = [found for found in near if not self._is_namesake(found, top, terms)]
        chosen = [found.index for found in self._search.without_overlaps(near)[:MOST_QUOTES]]
        self.say_quotes(draft, [*chosen, *self._cases(query, top), *self._notes(query, chosen[:1], terms)])
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if told and not told.holds else "answered")

    def _has_units(self, query: Query, top: Found, terms: Sequence[Term]) -> bool:
        """Whether a passage has the units that a question names."""
        around = unit_line(f"{self._search.passages[top.index].context} {self._text(top)}")
        if not set(unit_line(claimed_unit(query) or "").split()) <= set(around.split()):
            return False
        heads = word_classes().unit_heads
        units = [one for one in terms if one.text.startswith(heads) and " " in one.text and one.text not in heads]
        return all(self._search.covered([unit], top.index) for unit in units)

    def nearest(self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Answer:
        """The words that are nearest to a question which the texts hardly answer, told as such."""
        return self.quote(question, query, ranked, terms=terms, nearest=True)

    def _cases(self, query: Query, top: Found) -> Sequence[int]:
        """The passages with the cases that a question asks for and the best passage only refers to."""
        refers = _ASKS_CASES.search(query.bare) and _REFERS_CASES.search(self._text(top))
        return self._search.referred_of(top.index) if refers else ()

    def _notes(self, query: Query, chosen: Sequence[int], terms: Sequence[Term]) -> list[int]:
        """The footnotes of passages that go on with what these say, or speak of what they leave out of a topic.

        Where a question asks for several things, those that cite no document may name them.
        """
        names = asks_list(query)
        left = [term for term in terms if not any(self._search.covered([term], index) for index in chosen)]
        return [
            note for index in chosen for note in self._search.listed.notes(index)
            if _DETAILS.match(self._search.passages[note].text) or self._search.covered(left, note) >= _SAYS_MORE
            or (names and not self._search.passages[note].references)
        ]  # fmt: skip

    def quotes(self, question: str, indexes: Sequence[int], *, members: Sequence[str] = ()) -> Answer:
        """The words of given passages and of the lists that they lead to by a colon, as far as an answer has room.

        `members` are the units of which the first says that a body consists.
        """
        draft = Draft(self._library, question)
        self.say_quotes(draft, indexes, headings=False)
        if members:
            citations = draft.cite_passage(indexes[0])
            draft.say("members", citations, names="; ".join(f"**{name}**" for name in members))
            for name in members:
                draft.add_unit(name, "perform", citations)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def say_quotes(self, draft: Draft, chosen: Sequence[int], *, headings: bool = True) -> None:
        """Adds the words of passages and of what they lead to, under `headings` too."""
        opening = [one for one in chosen if headings or self._search.listed.opens_list(one)]
        listed = [index for one in opening for index in self._search.listed.introduced(one)]
        for sentence in self._sentences(dict.fromkeys((*chosen[:_MOST_POINTS], *listed[:_MOST_POINTS]))):
            passages = [self._search.passages[index] for index in sentence]
            segments = [part for one in passages for part in one.segments]
            citations = draft.cite(passages[0].source, passages[0].provision, segments)
            quote = " ".join(map(self._library.shown, passages))
            draft.say("quote", citations, locator=self._library.place_name(passages[0]), quote=quote)

    def _sentences(self, indexes: Iterable[int]) -> list[list[int]]:
        """Passages in order, those in one list that a sentence goes on in from one to the next."""
        found: list[list[int]] = []
        for index in indexes:
            if found and self._goes_on(found[-1][-1], index):
                found[-1].append(index)
            else:
                found.append([index])
        return found

    def _goes_on(self, before: int, index: int) -> bool:
        """Whether the sentence of one passage goes on in another right behind it."""
        one, other = self._search.passages[before], self._search.passages[index]
        if (one.source, one.provision) != (other.source, other.provision) or not one.text.rstrip().endswith((";", ":")):
            return False
        start, end = one.segments[-1].end, other.segments[0].start
        return start < end and not self._library.texts[one.source][start:end].strip()

    def _text(self, found: Found) -> str:
        return self._search.passages[found.index].text

    def _is_namesake(self, found: Found, top: Found, terms: Sequence[Term]) -> bool:
        """Whether a passage has but the words of the best, as a heading that every law has, in a text less meant."""
        less = self._search.spoken_of(terms, found.index) < self._search.spoken_of(terms, top.index)
        return less and fold(self._text(found)) == fold(self._text(top))

    def _together(self, one: Found, other: Found) -> bool:
        """Whether two passages stand in one clause of a law, or in one paragraph."""
        return self._clause(one) == self._clause(other)

    def _clause(self, found: Found) -> tuple[str, int]:
        """The source and the provision of a passage; of a further paragraph that of the clause it belongs to."""
        passage = self._search.passages[found.index]
        item = self._library.provision(passage.source, passage.provision)
        is_further = item.kind == "paragraph" and item.parent is not None
        return passage.source, item.parent if is_further and item.parent is not None else passage.provision

    def _stated(self, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> tuple[Found, Checked] | None:
        """The amount or day that a question states, held against the best passage with one of its kind.

        That passage has to speak of the same thing, by itself or by what stands around it, or to be the best. One that
        bears a yes-or-no question out comes before one as good that does not; of other questions it is the best alone.
        """
        if "amount" in query.slots and "yes_no" not in query.slots:  # the numbers of a case
            return None
        near = [found for found in ranked[:_CLAIMED_AMONG] if found.score >= ranked[0].score - 2 * NEAR]
        near = near if "yes_no" in query.slots else near[:1]
        matter = self._matter(query, terms)
        texts = [(found, self._search.without_references(found.index)) for found in near]
        same = [found.index for found in near if self._is_same_thing(found, matter)]
        best = [ranked[0].index] if self._search.around(matter, ranked[0].index) >= _MUCH else []
        every = [(one, it) for one, text in texts if (it := checked(query, text))]
        told = [(one, it) for one, it in every if one.index in (*same, *best)]
        judged = {found.index for found, _ in told}
        if any(one.index in same and one.index not in judged and may_hold(query, text) for one, text in texts):
            told = [pair for pair in told if pair[1].holds]
        if "yes_no" not in query.slots:
            told = [pair for pair in told if not pair[1].holds]
        own = {one.index: self._search.covered(matter, one.index) for one, _ in every}
        told.sort(key=lambda pair: (not pair[1].holds, not pair[1].is_of_same_noun, -own[pair[0].index]))
        chosen = told[0] if told else None
        most = max((own[one.index] for one, it in every if not it.holds and it.is_of_same_noun), default=0.0)
        if chosen and chosen[1].holds and own[chosen[0].index] < most:  # another tells more of it, and otherwise
            return None
        return chosen

    def wrong_title(self, query: Query, entry: Document, terms: Sequence[Term]) -> str | None:
        """What a yes-or-no question says of an amount or a time against a title, in words; None for nothing."""
        matter = self._matter(query, terms)
        if "yes_no" not in query.slots or coverage(matter, self._library.title_words(entry)) < _SAME_THING:
            return None
        told = checked(query, entry.title or "")
        if told is None or told.holds:
            return None
        return wording("claim_value", claimed=told.claimed, known=", ".join(told.known))

    def _is_same_thing(self, found: Found, terms: Sequence[Term]) -> bool:
        """Whether a passage speaks of the same thing, by itself or by what stands around it."""
        covered = self._search.covered(terms, found.index)
        around = _AROUND * self._search.around(terms, found.index) if covered >= _OWN_TOO else 0.0
        return max(covered, around) >= _SAME_THING

    def _wrong_partner(
        self, question: str, query: Query, ranked: Sequence[Found], terms: Sequence[Term]
    ) -> tuple[Found, str] | None:
        """The passage by which a unit works with others than a question says, and that in words; None for no such."""
        claimed = claimed_partner(query)
        if claimed is None or ("yes_no" not in query.slots and not _PRESUMES.search(query.bare)):
            return None
        called = term_line(claimed)
        rest = [term for term in terms if f" {term.text} " not in called]
        for found in ranked[:_CLAIMED_AMONG]:
            assigned = self._library.assignments_of(self._search.passages[found.index])
            known = [str(item.unit) for item in assigned if item.unit and item.role == "coordinate"]
            if known and self._search.covered(rest, found.index) >= _SAME_THING:
                if unit_line(claimed) in unit_line(expand_abbreviations(self._text(found))):
                    return None  # they work together, whoever of them is said to help the other
                same = any(_one_unit(claimed, name) for name in known)
                words = wording("claim_value", claimed=_as_typed(claimed, question), known="; ".join(known))
                return None if same else (found, words)
        return None

    def _corrected(self, question: str, found: Found, claim: str) -> Answer:
        draft = Draft(self._library, question)
        draft.say("corrected", draft.cite_passage(found.index), claim=claim)
        compose.say_units(draft, self._library, found.index)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected")

    def _matter(self, query: Query, terms: Sequence[Term]) -> list[Term]:
        """The words of a topic without those of the values that a question states."""
        values = value_words(query)
        return [term for term in terms if not values.issuperset(term.text.split())]

    def _unit_claim(
        self, query: Query, ranked: Sequence[Found], terms: Sequence[Term]
    ) -> tuple[Found, str, bool] | None:
        """The passage that speaks of a duty, the unit that the question gives it to, and whether the text does too."""
        claimed = claimed_unit(query)
        asks_partner = _SAID_TO_LEAD.search(works_with(query)) is not None
        if claimed is None or not ("yes_no" in query.slots or asks_partner or _PRESUMES.search(query.bare)):
            return None
        called = term_line(claimed)
        rest = [term for term in self._search.telling(terms) if f" {term.text} " not in called]
        leads = _SAID_TO_LEAD.search(query.bare) is not None
        asked = unit_line(query.restored)
        told: list[tuple[float, float, Found, list[str], bool]] = []
        is_told = False
        for found in ranked[:_CLAIMED_AMONG]:
            passage = self._search.passages[found.index]
            assigned = [item for item in self._library.assignments_of(passage) if item.unit]
            heads = [item for item in assigned if item.role != "coordinate"]
            units = [str(item.unit) for item in (heads if leads else assigned)]
            helps = leads and any(_one_unit(claimed, str(one.unit)) for one in assigned if one.role == "coordinate")
            # What the question names besides is its matter, but not where the two have each other's part.
            units = [unit for unit in units if helps or unit_line(unit) not in asked or _one_unit(claimed, unit)]
            own = coverage(rest, term_line(expand_abbreviations(f"{passage.context} {passage.text}")))
            is_told = is_told or (own >= _SAME_THING and bool(assigned))
            if is_told and own < _OWN_TOO:
                continue  # another clause beside the one that tells who does it
            whole = self._search.spoken_of(rest, found.index) if own >= _HALF else 0.0
            share = max(own, _AROUND * max(whole, self._search.paragraph(rest, found.index)))
            beside = not helps and unit_line(claimed) in unit_line(expand_abbreviations(passage.text))
            told.append((share, self._search.covered(rest, found.index), found, units, beside))
        others = [
            (share, own, found) for share, own, found, units, _ in told
            if units and share >= _SAME_THING and not any(_one_unit(claimed, unit) for unit in units)
        ]  # fmt: skip
        most, mostly, against = max(others, key=lambda one: one[0], default=(0.0, 0.0, None))
        for share, own, found, units, beside in told:
            if share < most - _CLEARLY or own < mostly - _OWN_BEHIND:
                continue
            if units and share >= _SAME_THING and any(_one_unit(claimed, unit) for unit in units):
                return found, claimed, True
            if share >= _MAY_BEAR_OUT and beside:
                return None  # the unit stands beside the matter: whether it is the one that does it is not told
        return (against, claimed, False) if against else None

    def _corrected_unit(self, question: str, found: Found, claimed: str) -> Answer:
        passage = self._search.passages[found.index]
        assigned = [item for item in self._library.assignments_of(passage) if item.unit]
        assigned = [item for item in assigned if item.role != "coordinate"] or assigned
        known = "; ".join(dict.fromkeys(str(item.unit) for item in assigned))
        return self._corrected(
            question, found, wording("claim_unit", claimed=_as_typed(claimed, question), known=known)
        )


def _as_typed(words: str, question: str) -> str:
    """Folded words as a question has them; as they are where it has them otherwise."""
    typed = normalize(question)
    at = fold(typed).find(words) if len(fold(typed)) == len(typed) else -1
    return typed[at : at + len(words)] if at >= 0 else words


def _one_unit(claimed: str, unit: str) -> bool:
    """Whether the unit of a question may be one of the texts: one name opens or holds the other."""
    one, other = (_HEAD.sub("chu tich uy ban nhan dan", unit_line(name)) for name in (claimed, unit))
    if (levels := _LEVEL.findall(one)) and (known := _LEVEL.findall(other)) and not set(levels) & set(known):
        return False
    if _in_order(other, one) or _in_order(one, other, but=_GENERIC):  # "Chủ tịch Ủy ban nhân dân xã", "chủ tịch xã"
        return True
    return one in other or other in one or one.split()[:3] == other.split()[:3]


def _in_order(words: str, line: str, *, but: frozenset[str] | None = None) -> bool:
    """Whether a name has the words of another in their order; if given, with nothing between them `but` some words.

    The head of a body stands for it, and so does a short name.
    """
    sought = [word for word in words.split() if word != "cap"]
    between = []
    for word in line.split():
        if sought and word == sought[0]:
            sought.pop(0)
        elif sought:
            between.append(word)
    return not sought and (but is None or but.issuperset(between))
