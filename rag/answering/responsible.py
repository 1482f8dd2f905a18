"""Who carries a duty: which passages tell it, and how it is said."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answering import compose
from rag.answering.agents import WHO, asked_act, asked_doings
from rag.answering.content import MOST_QUOTES, ContentAnswers
from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line
from rag.answering.levels import levels_called
from rag.answering.query import Query
from rag.answering.recipients import (
    asked_object,
    asked_sender,
    asked_verb,
    asks_doer,
    has_asked_head,
    of_asked_head,
    recipients,
)
from rag.answering.roles import asked_roles, works_with
from rag.answering.search import NEAR, Found, TopicSearch
from rag.index.topics import Term
from rag.language.normalize import fold, unmark
from rag.types import Answer, Document, Role

_ARTICLE_PASSAGES = 100
"""How many passages an article may have before and after one of them."""
_ARTICLE = re.compile(r"Điều \d+\w*$")
_OF_KIND = 0.4
"""How much less of a score a passage may have that names a unit of the very kind asked for: "bộ nào"."""
_UNIT_GAIN = 0.25
"""What it counts for a passage that it names who carries the duty, where that is asked."""
_LABELLED = 0.4
"""What it counts of that where a label in its section names them."""
_SAYS_THAT = 0.5
"""The share of the words for a duty that a passage beside the document's has to have."""
_ALSO_SAYS = 0.35
"""The share of the words for another thing that a clause beside the one on the first has to have."""
_OF_MATTER = 0.7
"""How much of what the best passage speaks of a topic the one has to that tells to whom it goes."""
_DONE_BY = re.compile(rf"\W*(?P<what>\w+(?: \w+)+?) (?:la )?(?:do|duoc) {WHO}\b")
_DONE_FOR = re.compile(rf"\b{WHO}\b.* cho (?P<whom>\w+(?: \w+){{2,}})\W*$")
_OPENING = 2
"""How many syllables of a unit's name tell what kind of unit it is."""
_AS_MUCH, _ALSO_AMONG = 0.8, 10
"""How much of what the best passage says one among the first has to say that names who does it."""
_DUTY_GAIN = 0.2
"""What it counts for a passage that its own words, not its headings', speak of the duty."""


def done_to(query: Query) -> str:
    """What a question has done by whoever it asks for: "hòa giải viên" of "hòa giải viên do ai bầu"; "" for none."""
    done = _DONE_BY.match(query.bare)
    return query.restored[done.start("what") : done.end("what")] if done else ""


def acts_on_itself(query: Query, answer: Answer) -> bool:
    """Whether all units of an answer are those to whom or for whom a question has others do something.

    They are in "hòa giải viên do ai bầu" the mediators, and in "ai trả tiền cho Hội Nông dân xã" that association.
    """
    names = [bare_line(one.name).replace(" cua ", " ").strip() for one in answer.units]
    done, helped = bare_line(done_to(query)).strip(), _DONE_FOR.search(query.bare)
    if not names:
        return False
    if done and all(f"{name} ".startswith(f"{done} ") for name in names):
        return True
    whom = helped["whom"].split() if helped else []
    named = [name.replace(",", " ").split() for name in names]
    return bool(whom) and all(name[:_OPENING] == whom[:_OPENING] and set(whom) <= set(name) for name in named)


class UnitAnswers:
    """Says who carries duties; read-only."""

    def __init__(self, library: Library, search: TopicSearch, contents: ContentAnswers) -> None:
        self._library, self._search, self._contents = library, search, contents

    def units(
        self,
        question: str,
        query: Query,
        found: Found,
        entries: Sequence[Document],
        *,
        beside: Sequence[int] = (),
        quoted: Sequence[int] = (),
        claim: str | None = None,
        nearest: bool = False,
    ) -> Answer:
        """Who carries the duty of a passage, and of those beside it, after the words of those that are quoted.

        `nearest` has it said first that the passage is but the nearest that the texts have.
        """
        draft = Draft(self._library, question)
        if nearest:
            draft.say_nearest(found.index)
        self._contents.say_quotes(draft, quoted)
        for entry in entries:
            citations = compose.proof(draft, self._library, entry, prefer=[found.index])
            if claim:
                draft.say("corrected", citations, claim=claim)
            compose.say_document(draft, self._library, entry, citations)
        first = self._named(found.index)
        others = [
            at for at in beside
            if not has_asked_head(query, first) or has_asked_head(query, self._named(at))
        ]  # fmt: skip
        for index in (found.index, *others):
            self.say(draft, query, index)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def say(self, draft: Draft, query: Query, index: int) -> None:
        """Says who does what is asked, or to whom it goes, by a passage; that it names nobody where it does not."""
        verb = asked_verb(query)
        names = recipients(self._search.passages[index].text, verb) if verb else []
        if names:
            self._say_recipients(draft, index, of_asked_head(query, names))
        if verb and not asks_doer(query):  # who sends it is not to whom it goes
            return
        if (director := self._search.directing(index)) is not None and self._search.doing.has_unit(director):
            compose.say_units(draft, self._library, director, asked_roles(query), works_with(query))
        if labels := self._search.doing.labels(index):
            for label in labels:
                compose.say_units(draft, self._library, label, asked_roles(query), works_with(query))
            return
        if not self._say_agents(draft, query, index):
            compose.say_units(draft, self._library, self._naming_at(index), asked_roles(query), works_with(query))

    def _naming_at(self, index: int) -> int:
        """The passage itself, or what opens its list by a colon where only that names somebody: "Ban A công khai:"."""
        here = self._search.passages[index]
        above = self._library.provision(here.source, here.provision).parent
        if above is None or self._search.doing.has_unit(index):
            return index
        opening = self._library.clauses_of(here.source, above)[-1:]
        opens = any(self._search.passages[at].text.rstrip().endswith(":") for at in opening)
        return opening[0] if opens and self._search.doing.has_unit(opening[0]) else index

    def _named(self, index: int) -> list[str]:
        """The units that a passage names as those who do what it says."""
        return [str(one.unit) for one in self._library.assignments_of(self._search.passages[index]) if one.unit]

    def recipients(self, question: str, query: Query, ranked: Sequence[Found]) -> Answer | None:
        """To whom something is sent or reported by the passage that speaks of it; None where that says none."""
        if (verb := asked_verb(query)) is None:
            return None
        terms = self._search.terms(query)
        told_by_best = self._search.spoken_of(terms, ranked[0].index)
        most = _OF_MATTER * told_by_best
        sender = self._search.terms_of(asked_sender(query))[-2:]
        sent = self._search.terms_of(asked_object(query))[-2:]
        near = [
            found.index for found in ranked
            if found.score >= ranked[0].score - 2 * NEAR and self._search.spoken_of(terms, found.index) >= most
            and (
                self._is_sent(found.index, sender, sent)
                or self._search.spoken_of(terms, found.index) > told_by_best  # whoever sends it
            )
        ]  # fmt: skip
        if sender:  # what the sender that is named sends comes first
            near.sort(key=lambda index: self._search.covered(sender, index) < _OF_MATTER)
        passages = self._search.passages
        led = [(index, at) for index in near for at in (index, *self._led(index))]
        named = (
            (lead, at, recipients(passages[at].text, verb) or self._search.doing.receivers(at)) for lead, at in led
        )
        found = [one for one in named if one[2]]
        told = next((one for one in found if has_asked_head(query, one[2])), found[0] if found else None)
        if told is None:
            return None
        lead, at, names = told
        draft = Draft(self._library, question)
        self._say_recipients(draft, at, of_asked_head(query, names))
        if asks_doer(query) and not self._say_agents(draft, query, at) and self._search.doing.has_unit(at):
            compose.say_units(draft, self._library, at)
        for index in dict.fromkeys((lead, at)):
            citations, place = draft.cite_passage(index), self._library.place_name(passages[index])
            draft.say("quote", citations, locator=place, quote=self._library.shown(passages[index]))
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _is_sent(self, index: int, sender: Sequence[Term], sent: Sequence[Term]) -> bool:
        """Whether a passage speaks of what a question has sent, or of its sender; where it names neither, any does."""
        if sent and self._search.spoken_of(sent, index) > 0:
            return True
        least = _OF_MATTER if sent else 0.0
        return self._search.spoken_of(sender, index) > least if sender else not sent

    def _led(self, index: int) -> list[int]:
        """The clause that a passage leads to by a colon, where it leads to one alone."""
        led = self._search.listed.introduced(index) if self._search.passages[index].text.rstrip().endswith(":") else []
        return led if len(led) == 1 else []

    def _say_recipients(self, draft: Draft, index: int, names: Sequence[str]) -> None:
        """Says to whom a passage has something sent."""
        citations = draft.cite_passage(index)
        draft.say("recipients", citations, names="; ".join(f"**{name}**" for name in names))
        for name in names:
            draft.add_unit(name, "perform", citations)

    def beside(self, index: int, terms: Sequence[Term]) -> int:
        """The passage under the same heading that names who does what some words say, where this one names nobody."""
        passages = self._search.passages
        here = passages[index]
        if self._search.doing.has_unit(index) or not terms:
            return index
        named = [
            at for at, passage in enumerate(passages)
            if passage.kind == "clause" and (passage.source, passage.context) == (here.source, here.context)
            and self._search.doing.has_unit(at)
        ]  # fmt: skip
        best = max(named, key=lambda at: self._search.covered(terms, at), default=index)
        return best if self._search.covered(terms, best) >= _SAYS_THAT else index

    def of_provision(self, query: Query, index: int, terms: Sequence[Term]) -> int | None:
        """The other clause of a provision that names who does what a clause that names nobody leaves out, if any."""
        doing, passages = self._search.doing, self._search.passages
        here = passages[index]
        roles = asked_roles(query)
        has = self._roles_of(index)
        if has and roles and not roles & has:  # "Đơn vị chủ trì: A; Đơn vị phối hợp: B"
            others = self._library.clauses_of(here.source, here.provision)
            return next((at for at in others if roles & self._roles_of(at)), None)
        if doing.has_unit(index) or doing.agents(index, query) or doing.labels(index):
            return None
        rest = [term for term in terms if not self._search.covered([term], index)]
        named = [
            at for at in self._library.clauses_of(here.source, here.provision) if at != index and doing.has_unit(at)
        ]  # fmt: skip
        best = max(named, key=lambda at: self._search.covered(rest, at), default=index)
        if best != index and self._search.covered(rest, best) >= _SAYS_THAT:
            return best
        after = next((at for at in named if at > index), index)
        return after if after == index + 1 and self._search.covered(rest, after) > 0 else None

    def also(self, query: Query, index: int) -> list[int]:
        """The clauses of the same provision that name who does the other things of which a question asks that."""
        here = self._search.passages[index]
        found = []
        for doing in asked_doings(query)[1:]:
            terms = self._search.terms_of(doing)
            named = [
                at for at in self._library.clauses_of(here.source, here.provision) if self._search.doing.has_unit(at)
            ]
            best = max(named, key=lambda at: self._search.covered(terms, at), default=index)
            if terms and best != index and self._search.covered(terms, best) >= _ALSO_SAYS:
                found.append(best)
        return found

    def naming(self, query: Query, ranked: Sequence[Found], terms: Sequence[Term]) -> Sequence[Found]:
        """Passages in order; where the best names nobody, one before it that does and speaks of as much."""
        top, doing = ranked[0], self._search.doing
        named = doing.has_unit(top.index) or doing.agents(top.index, query) or doing.labels(top.index)
        if named or self._search.in_law(top.index):
            return ranked
        source = self._search.passages[top.index].source
        least = _AS_MUCH * self._search.spoken_of(terms, top.index)
        other = next(
            (
                found for found in ranked[1:_ALSO_AMONG]
                if doing.has_unit(found.index) and self._search.passages[found.index].source == source
                and found.covered >= _AS_MUCH * top.covered
                and self._search.spoken_of(terms, found.index) >= least
            ),
            None,
        )  # fmt: skip
        return ranked if other is None else [other, *(found for found in ranked if found is not other)]

    def _roles_of(self, index: int) -> set[Role]:
        """The roles that a passage gives to units."""
        return {item.role for item in self._library.assignments_of(self._search.passages[index]) if item.unit}

    def _say_agents(self, draft: Draft, query: Query, index: int) -> bool:
        """Says by whom a passage has just that done, or anything where it gives no duty; whether there was anyone."""
        assigned = [item.unit for item in self._library.assignments_of(self._search.passages[index]) if item.unit]
        found = self._search.doing.owners(index, query) or self._search.doing.doers(index, query)
        names = [] if found and set(found) <= set(assigned) else found
        if not names and not assigned:
            names = self._search.doing.agents(index, query)
        if not names:
            return False
        citations = draft.cite_passage(index)
        draft.say("units", citations, role=compose.role_name("perform"), names=f"**{'; '.join(names)}**")
        for name in names:
            draft.add_unit(name, "perform", citations)
        return True

    def assigned(self, query: Query, ranked: Sequence[Found]) -> list[Found]:
        """The passages that say who carries the duty: the best, in a law also those that speak of it as well.

        The points of an article give one duty to several, each in a sentence of its own. Where the best says of
        somebody that they do just that, the others have to say it too.
        """
        ranked = self._of_level(query, ranked)
        top, performs = ranked[0], self._search.doing.performs
        does = performs(top.index, query)
        if not self._search.in_law(top.index):
            return [top]
        near = [
            found for found in ranked
            if found.score >= top.score - NEAR and found.covered >= top.covered
            and self._search.doing.has_unit(found.index) and self._search.in_one_article(found.index, top.index)
            and (not does or performs(found.index, query))
        ]  # fmt: skip
        return near[:MOST_QUOTES] or [top]

    def _of_level(self, query: Query, ranked: Sequence[Found]) -> Sequence[Found]:
        """Passages in order without those beside the best that are on other levels than the question names."""
        asked = levels_called(query.bare)
        told = {one.index: levels_called(unmark(fold(self._search.passages[one.index].text))) for one in ranked}
        beside = [one for one in ranked if one.score >= ranked[0].score - NEAR and told[one.index]]
        if not asked or not any(told[one.index] & asked for one in beside):
            return ranked
        return [one for one in ranked if one not in beside or told[one.index] & asked]

    def referring(self, query: Query, index: int) -> int | None:
        """The passage of the same article that says who acts in the case that one without a unit describes, if any.

        "Ủy ban … bãi bỏ đối với trường hợp quy định tại điểm a khoản 1 Điều này" tells it for that point.
        """
        passages, act = self._search.passages, asked_act(query)
        here = _ARTICLE.sub("Điều này", passages[index].locator.split(",")[0])
        if not act or not here.endswith("Điều này") or self._search.doing.has_unit(index):
            return None
        for at in range(max(0, index - _ARTICLE_PASSAGES), min(len(passages), index + _ARTICLE_PASSAGES)):
            says = here in passages[at].text and act in unmark(fold(passages[at].text))
            if says and self._search.doing.has_unit(at) and self._search.in_one_article(at, index):
                return at
        return None

    def _doers(self, index: int) -> list[str]:
        """The units that a passage has do something, and not only help."""
        assigned = self._library.assignments_of(self._search.passages[index])
        return [item.unit for item in assigned if item.unit and item.role != "coordinate"]

    def by_unit(self, query: Query, ranked: Sequence[Found]) -> list[Found]:
        """Passages in order, those before others that name who does it and that themselves speak of the duty."""
        act = self._search.doing.act_terms(query)
        helps = asked_roles(query) if asked_roles(query) == {"coordinate"} else frozenset()

        def gain(found: Found) -> float:
            doing = self._search.doing
            named = doing.has_unit(found.index) or bool(doing.agents(found.index, query))
            named = named and (not helps or not helps.isdisjoint(self._roles_of(found.index)))
            names = 1.0 if named else _LABELLED * bool(doing.labels(found.index))
            does = found.covered * self._search.doing.performs(found.index, query)
            names += query.slots == {"unit"} and has_asked_head(query, self._doers(found.index))
            return _UNIT_GAIN * names + _DUTY_GAIN * (found.covered + self._search.covered(act, found.index) + does)

        may = [found for found in ranked if self._search.may_assign(found.index)]
        ordered = sorted(may, key=lambda found: -found.score - gain(found))
        if not ordered or query.slots != {"unit"} or has_asked_head(query, self._named(ordered[0].index)):
            return ordered
        least = ordered[0].score + gain(ordered[0]) - _OF_KIND
        of_kind = [
            one for one in ordered
            if one.covered >= _AS_MUCH * ordered[0].covered and has_asked_head(query, self._doers(one.index))
        ]  # fmt: skip
        if not of_kind or of_kind[0].score + gain(of_kind[0]) < least:
            return ordered
        return [of_kind[0], *(one for one in ordered if one is not of_kind[0])]
