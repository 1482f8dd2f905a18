"""Answers about documents that the question names: what they are, who issued them, when, which came first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answering import compose
from rag.answering.amounts import Amount, amounts
from rag.answering.asked import Asked
from rag.answering.draft import Draft, not_held, refusal, wording
from rag.answering.holdings import Library, display_name
from rag.answering.parted import together
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.language.dates import said_date
from rag.language.normalize import fold
from rag.types import Answer, Document

_FACTS = ("number", "date", "issuer", "title")
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/.-])")
_ONE_DOCUMENT = re.compile(
    r"\b(?:la )?(?:cung )?(?:mot|1) (?:va )?(?:van ban|quyet dinh|nghi quyet|chi thi|ke hoach)\b"
)
_ITS_DAY = re.compile(r"\W*(?:ban hanh |ky )?ngay \d{1,2}\W")
"""The day that stands right after the number of a document."""
_UNTIL = re.compile(r"\b(?:den|toi)(?: het)? nam (?P<year>(?:19|20)\d\d)\b")
"""Until when a question says that something holds."""


class FactAnswers:
    """Words answers about known documents; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def answer(
        self,
        question: str,
        query: Query,
        entries: Sequence[Document],
        limits: Limits,
        *,
        claim: str | None = None,
    ) -> Answer:
        """What is asked of the documents; corrected where the question claims otherwise, or makes a known `claim`."""
        draft = Draft(self._library, question)
        if "compare" in query.slots and len(entries) > 1:
            return self._compare(draft, query, entries)
        if "signer" in query.slots:
            return self._signer(draft, question, query, entries[0])
        claim = claim or self.wrong_claim(query, entries[0], limits)
        for entry in entries:
            citations = compose.proof(draft, self._library, entry)
            opening = ""
            if claim and entry is entries[0]:
                draft.say("corrected", citations, claim=claim)
            elif "yes_no" in query.slots and self._confirms(query, entry, limits) and entry is entries[0]:
                opening = "yes"
            self._say(draft, query, entry, citations, opening=opening)
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if claim else "answered")

    def other_document(self, question: str, claimed: Document, known: Document) -> Answer:
        """That another document than the one claimed is about the matter."""
        draft = Draft(self._library, question)
        proofs = {entry.key: compose.proof(draft, self._library, entry) for entry in (known, claimed)}
        claim = wording("claim_topic", claimed=display_name(claimed), known=display_name(known))
        draft.say("corrected", proofs[known.key], claim=claim)
        for entry in (known, claimed):
            compose.say_document(draft, self._library, entry, proofs[entry.key])
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected")

    def misdated(self, asked: Asked, entry: Document, inside: Answer) -> Answer | None:
        """What a text says, with the day that it has instead of the one that the question gives right after its number.

        None where the question gives no other day.
        """
        query = asked.query
        its_own = len(query.dates) == 1 and any(_ITS_DAY.match(number.after) for number in query.numbers)
        claim = self.wrong_claim(query, entry, Limits(dates=query.dates)) if its_own else None
        if claim is None:
            return None
        correction = self.answer(asked.question, query, [entry], Limits(), claim=claim)
        if inside.status not in ("answered", "corrected"):
            return correction
        return together(asked.question, (asked.question,) * 2, (correction, inside))

    def ambiguous(self, question: str, asked: str, entries: Sequence[Document]) -> Answer:
        """All documents that fit, and the question which is meant; `asked` is empty where it names none."""
        draft = Draft(self._library, question)
        proofs = [compose.proof(draft, self._library, entry) for entry in entries]
        message = "ambiguous" if asked else "ambiguous_unnamed"
        draft.say(message, [number for numbers in proofs for number in numbers], count=len(entries), asked=asked)
        compose.say_list(draft, self._library, entries, proofs)
        compose.add_as_of(draft, self._library)
        return draft.finish("ambiguous")

    def wrong_claim(self, query: Query, entry: Document, limits: Limits) -> str | None:
        """What the question says of a document against the texts, in words; None where nothing."""
        known_dates = self._resolver.dates_of(entry)
        full = [date for date in limits.dates if not any(date.startswith(known) for known in known_dates)]
        if full and entry.date and not query.slots & {"compare", "effective", "ended"}:
            return wording("claim_date", claimed=said_date(full[0]), known=said_date(entry.date))
        wrong = limits.issuers and all(self._resolver.contradicts(entry, issuer) for issuer in limits.issuers)
        if wrong:
            return wording("claim_issuer", claimed=self._resolver.issuer_name(limits.issuers[0]), known=entry.issuer)
        until, term = _UNTIL.search(query.bare), _term_of(entry.title or "")
        if until and term and not term.low <= float(until["year"]) <= term.high:
            return wording("claim_value", claimed=f"đến năm {until['year']}", known=term.said)
        if other := self._other_period(query, entry):
            return other
        types = {name for asked in query.numbers for name in asked.said_types or asked.types}
        if types and entry.type not in types and len(query.numbers) == 1:
            return wording("claim_type", claimed=sorted(types)[0], known=entry.type)
        years = [limits.year, *(asked.said_year for asked in query.numbers)] if len(query.numbers) <= 1 else []
        for year in filter(None, years):
            if entry.date and all(date[:4] != year for date in known_dates):
                return wording("claim_date", claimed=f"năm {year}", known=said_date(entry.date))
        return None

    @staticmethod
    def _other_period(query: Query, entry: Document) -> str | None:
        """That a question says other years of a document's matter than its title does, in words; None where not."""
        term = _term_of(entry.title or "")
        said = [one for one in amounts(query.restored) if one.kind == "giai doan" and one.low < one.high]
        if term is None or len(said) != 1 or (said[0].low, said[0].high) == (term.low, term.high):
            return None
        return wording("claim_value", claimed=said[0].said, known=term.said)

    def _confirms(self, query: Query, entry: Document, limits: Limits) -> bool:
        """Whether the texts bear out everything that the question says of a document's issuer, date and years."""
        told = f"{entry.title or ''} {entry.number or ''} {' '.join(self._resolver.dates_of(entry))}"
        if any(year not in told for year in _YEAR.findall(query.bare)):
            return False
        said = bool(limits.issuers or limits.dates or limits.year)
        known = self._resolver.dates_of(entry)  # "tháng 02/2024" bears no day of it out
        dated = all(date in known for date in limits.dates)
        by = not limits.issuers or any(self._resolver.issued_by(entry, issuer) for issuer in limits.issuers)
        return said and dated and by

    def _say(self, draft: Draft, query: Query, entry: Document, citations: Sequence[int], *, opening: str) -> None:
        """The document with all that is known of it, after what is asked of it and not known."""
        if entry.source:
            self._say_own(draft, query, entry)
        else:
            for slot in _FACTS:
                if slot in query.slots and getattr(entry, slot) is None:
                    draft.say(f"{slot}_unknown", citations, name=display_name(entry))
        compose.say_document(draft, self._library, entry, citations, asked=query.slots, opening=opening)

    def _say_own(self, draft: Draft, query: Query, entry: Document) -> None:
        """What a held document leaves blank."""
        assert entry.source is not None
        if "number" in query.slots and entry.number is None:
            first = self._library.provision(entry.source, 0)
            draft.say("own_number_blank", draft.cite(entry.source, 0, first.segments))

    def _signer(self, draft: Draft, question: str, query: Query, entry: Document) -> Answer:
        if entry.source is None:
            return not_held(question, entry)
        signer = self._library.knowledge.identities[entry.source].signer
        citations = compose.cite_identity(draft, self._library, entry.source, "signer")
        if signer is None or not citations:
            return refusal(
                question,
                "no_evidence",
                "not_found_no_evidence",
                texts=len(self._library.texts),
                words="người ký",
            )
        citations += compose.cite_identity(draft, self._library, entry.source, "title")
        draft.say("signer", citations, name=display_name(entry), signer=signer)
        if query.slots & set(_FACTS):
            compose.say_document(draft, self._library, entry, compose.proof(draft, self._library, entry))
        draft.add_document(entry, citations)
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _compare(self, draft: Draft, query: Query, entries: Sequence[Document]) -> Answer:
        proofs = {entry.key: compose.proof(draft, self._library, entry) for entry in entries}
        one_document = "yes_no" in query.slots and _ONE_DOCUMENT.search(query.bare) is not None
        if one_document:
            every = tuple(number for numbers in proofs.values() for number in numbers)
            draft.say("corrected", every, claim=wording("claim_one", count=len(entries)))
        dated = sorted((entry for entry in entries if entry.date), key=lambda entry: entry.date or "")
        for one, other in pairwise(dated):
            message = "compare_same" if one.date == other.date else "compare_before"
            draft.say(
                message, (*proofs[one.key], *proofs[other.key]),
                first=display_name(one), first_date=said_date(one.date or ""),
                second=display_name(other), second_date=said_date(other.date or ""),
            )  # fmt: skip
        for entry in entries:
            compose.say_document(draft, self._library, entry, proofs[entry.key])
        compose.add_as_of(draft, self._library)
        return draft.finish("corrected" if one_document else "answered")


def states_period(entry: Document) -> bool:
    """Whether a document's title tells for which years it is made."""
    return _term_of(entry.title or "") is not None


def _term_of(title: str) -> Amount | None:
    """The years that a document is made for by its title; None where that tells none, or one alone."""
    spans = [one for one in amounts(fold(title)) if one.kind == "giai doan" and one.low < one.high]
    return spans[0] if spans else None
