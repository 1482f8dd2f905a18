"""Answers to questions that point into a text: "Mục II.3", "chú thích 1", "khoản 2 Điều 5", or a heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from rag.answering import compose
from rag.answering.draft import Draft
from rag.answering.holdings import Library, bare_line, display_name
from rag.answering.query import Query
from rag.answering.resolve import Limits, Resolver
from rag.index.topics import Term, coverage, term_line
from rag.language.normalize import fold
from rag.types import Answer, Document, Span

_MOST_QUOTES = 12
_MOST_PARTS = 20
_WORD = re.compile(r"[^\W\d_]{2}")
_FEW_QUOTES, _SPEAKS, _NOTED, _AS_MUCH = 3, 0.35, 0.15, 0.1
_PART_NAMES = {"dieu": "article", "khoan": "clause", "diem": "point", "chuong": "chapter"}
_SPOKEN_PARTS = {
    "article": "điều", "clause": "khoản", "point": "điểm", "chapter": "chương", "section": "mục", "part": "phần",
}  # fmt: skip
_NOTES = re.compile(r" (?:ghi chu|chu thich|chu y|dau sao) | dau (?:o cuoi|cuoi|duoi) ")
_NOTE = re.compile(r"\W*(?:ghi chú|chú ý|lưu ý)\b|\s*\(?(?:\*+|\d{1,2})\)\s?\S|\s*[¹²³⁴-⁹*]")
_ABOUT = 0.6
_HEADING = 0.99
_HEADING_SHARE = 0.5
_OF_DOCUMENTS = frozenset(("date", "issuer", "number"))
"""What is asked of the documents that a place cites, not of the place."""


class PlaceAnswers:
    """Answers from one place of a held text; read-only."""

    def __init__(self, library: Library, resolver: Resolver) -> None:
        self._library, self._resolver = library, resolver

    def find(self, query: Query, sources: Sequence[str]) -> list[tuple[str, int]]:
        """The provisions that a question's locators point to, as (source, index), in the given texts."""
        wanted = {bare_line(locator) for locator in query.locators}
        forms = [locator for locator in wanted if locator.startswith((" mau so ", " phu luc "))]
        any_note = "chu thich" in query.locators
        return [
            (source, index)
            for source in sources
            for index, locator, kind in self._located[source]
            if locator in wanted
            or (kind == "annex" and any(_is_form(locator, form) for form in forms))
            or (any_note and kind == "footnote")
        ]

    @cached_property
    def _located(self) -> dict[str, list[tuple[int, str, str]]]:
        """The index, the bare locator (`_place`) and the kind of every provision, by source."""
        return {
            source: [(index, _place(item.locator), item.kind) for index, item in enumerate(provisions)]
            for source, provisions in self._library.knowledge.provisions.items()
        }

    @cached_property
    def _headings(self) -> dict[str, list[tuple[int, str, str, tuple[str, ...]]]]:
        """The index, the heading, its line for terms and its bare words, of every headed provision, by source."""
        return {
            source: [
                (index, item.heading, term_line(item.heading), tuple(bare_line(item.heading).split()))
                for index, item in enumerate(provisions) if item.heading
            ]
            for source, provisions in self._library.knowledge.provisions.items()
        }  # fmt: skip

    def headed(
        self, query: Query, terms: Sequence[Term], *, only: re.Pattern[str] | None = None
    ) -> list[tuple[str, int]]:
        """The headings that say all of a topic that their document's title does not, and little more."""
        found: list[tuple[float, str, int]] = []
        whole: dict[tuple[str, int], float] = {}
        asked = bare_line(query.topic)
        for source, headings in self._headings.items():
            own = self._library.title_words(self._library.held[source])
            told = [term for term in terms if f" {term.text} " not in own] or terms
            for index, heading, line, words in headings:
                share = sum(f" {word} " in asked for word in words) / max(1, len(words))
                if share < _HEADING_SHARE or (only and not only.search(heading)):
                    continue
                if coverage(told, line) >= _HEADING:
                    found.append((share, source, index))
                    whole[source, index] = coverage(terms, f"{own}{line}")
        most = max((share for share, _, _ in found), default=0.0)
        if "unit" in query.slots and (most < 1.0 or self._names_units(found)):
            return []
        alike = [(source, index) for share, source, index in found if share == most]
        fullest = max((whole[place] for place in alike), default=0.0)  # "Các hành vi bị nghiêm cấm": in every law
        return [place for place in alike if whole[place] == fullest]

    def _names_units(self, found: Sequence[tuple[float, str, int]]) -> bool:
        """Whether clauses under the headings name units: then the clause that speaks of the duty answers."""
        return any(
            item.unit for _, source, index in found for at in self._library.inside(source, index)
            for number in self._library.clauses_of(source, at)
            for item in self._library.assignments_of(self._library.knowledge.passages[number])
        )  # fmt: skip

    def answer(
        self,
        question: str,
        query: Query,
        places: Sequence[tuple[str, int]],
        limits: Limits,
        *,
        terms: Sequence[Term] = (),
    ) -> Answer | None:
        """What is asked of the places: documents cited, units named, parts counted, else their words."""
        draft = Draft(self._library, question)
        if query.counts_parts and not query.locators:
            done = self._say_parts(draft, places, whole=self._library.held[places[0][0]])
        elif query.counts_parts:
            done = self._parts(draft, places, query.counts_parts)
        elif "document" in query.slots or (query.slots & {"list", "count"} and limits) or query.slots & _OF_DOCUMENTS:
            done = self._documents(draft, places, limits, terms)
            if not done and limits.types:  # "chú thích kế hoạch của huyện có nghị định nào": the citing text's issuer
                done = self._documents(draft, places, Limits(types=limits.types), terms)
        else:
            notes = _NOTES.search(bare_line(question)) is not None and not any(
                "chu thich" in one for one in query.locators
            )
            done = self._words(draft, places, units="unit" in query.slots, terms=terms, notes=notes)
        if not done:
            return None
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def documents(self, question: str, places: Sequence[tuple[str, int]], limits: Limits) -> Answer | None:
        """The documents that are cited at places; None where none within the limits is."""
        draft = Draft(self._library, question)
        if not self._documents(draft, places, limits, ()):
            return None
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def parts_of(self, question: str, place: tuple[str, int], counted: str) -> Answer | None:
        """The parts of a place, counted; None where it has none."""
        draft = Draft(self._library, question)
        if not self._parts(draft, [place], counted):
            return None
        compose.add_as_of(draft, self._library)
        return draft.finish("answered")

    def _documents(
        self, draft: Draft, places: Sequence[tuple[str, int]], limits: Limits, terms: Sequence[Term]
    ) -> bool:
        entries: dict[str, tuple[Document, int]] = {}
        for source, index in places:
            inside = set(self._library.inside(source, index))
            for number, passage in enumerate(self._library.knowledge.passages):
                if passage.source == source and passage.provision in inside and len(passage.references) == 1:
                    for entry in self._library.cited(passage):
                        entries.setdefault(entry.key, (entry, number))
        kept = [item for item in entries.values() if self._resolver.fits(item[0], limits)]
        shares = {entry.key: coverage(terms, self._library.own_words[entry.key]) for entry, _ in kept}
        most = max(shares.values(), default=0.0)
        least = _ABOUT if most >= _ABOUT else most - _AS_MUCH if most >= _SPEAKS else 0.0
        kept = [item for item in kept if shares[item[0].key] >= least]
        if not kept:
            return False
        proofs = [compose.proof(draft, self._library, entry, prefer=[number]) for entry, number in kept]
        if len(kept) == 1:
            compose.say_document(draft, self._library, kept[0][0], proofs[0])
            return True
        draft.say("count", [n for numbers in proofs for n in numbers], count=len(kept))
        compose.say_list(draft, self._library, [entry for entry, _ in kept], proofs)
        return True

    def _parts(self, draft: Draft, places: Sequence[tuple[str, int]], counted: str) -> bool:
        """The parts of a place: those of the kind asked for, else those right below it."""
        source, index = places[0]
        provisions = self._library.knowledge.provisions[source]
        kind = _PART_NAMES.get(counted)
        below = [at for at in self._library.inside(source, index) if at != index and provisions[at].kind == kind]
        right = [at for at, item in enumerate(provisions) if item.parent == index and item.kind != "footnote"]
        parts = below or [at for at in right if provisions[at].kind != "paragraph"] or right
        return self._list_parts(draft, source, parts, provisions[index].locator, above=index) if parts else False

    def _say_parts(self, draft: Draft, places: Sequence[tuple[str, int]], *, whole: Document) -> bool:
        return self._list_parts(draft, places[0][0], [index for _, index in places], display_name(whole))

    def _list_parts(
        self, draft: Draft, source: str, indexes: Sequence[int], name: str, *, above: int | None = None
    ) -> bool:
        parts = [(at, self._library.provision(source, at)) for at in indexes]
        kinds = {item.kind for _, item in parts}
        part = _SPOKEN_PARTS.get(parts[0][1].kind, "phần") if len(kinds) == 1 else "phần"
        whole: tuple[int, ...] = ()
        if above is not None:
            whole = draft.cite(source, above, self._library.provision(source, above).segments[:1])
        draft.say("parts", whole, locator=name, count=len(parts), part=part)
        for at, item in parts if len(parts) <= _MOST_PARTS else (parts[0], parts[-1]):
            markers = draft.cite(source, at, item.segments[:1])
            draft.say("part" if item.heading else "bare_part", markers, locator=item.locator, heading=item.heading)
        return True

    def _words(
        self,
        draft: Draft,
        places: Sequence[tuple[str, int]],
        *,
        units: bool,
        terms: Sequence[Term] = (),
        notes: bool = False,
    ) -> bool:
        """The words of the places, clause by clause, as far as an answer has room: of many those on the topic.

        `notes` where only what the places remark below themselves is asked for.
        """
        quotes = [quote for source, index in places for quote in self._quotes(source, index)]
        quotes = [quote for quote in quotes if self._says(quote[0], quote[2])] or quotes
        if notes:
            quotes = [quote for quote in quotes if self._is_note(quote[0], quote[2])] or quotes
        if terms and len(quotes) > (1 if notes else _FEW_QUOTES):
            lines = [" ".join(span.of(self._library.texts[source]) for span in spans) for source, _, spans, _ in quotes]
            shares = [coverage(terms, term_line(line)) for line in lines]
            most = max(shares)
            quotes = [
                quote for quote, share in zip(quotes, shares, strict=True)
                if most < (_NOTED if notes else _SPEAKS) or share >= most - _AS_MUCH
            ]  # fmt: skip
        assigned = (
            {quote[3] for quote in quotes if quote[3] is not None and self._has_unit(quote[3])} if units else set()
        )
        for source, at, segments, passage in quotes[:_MOST_QUOTES]:
            text = " ".join(self._library.texts[source][part.start : part.end] for part in segments)
            locator = self._library.located(source, self._library.provision(source, at).locator)
            message = "line" if self._library.provision(source, at).kind == "recipients" else "quote"
            draft.say(message, draft.cite(source, at, segments), locator=locator, quote=" ".join(text.split()))
            if passage is not None and passage in assigned:
                compose.say_units(draft, self._library, passage)
        if units and not assigned and (first := next((quote[3] for quote in quotes if quote[3] is not None), None)):
            compose.say_units(draft, self._library, first)
        for source, at, segments, _ in quotes[_MOST_QUOTES : _MOST_QUOTES + 1]:
            draft.say("more", draft.cite(source, at, segments), locator=self._library.provision(source, at).locator)
        return bool(quotes)

    def _says(self, source: str, spans: Sequence[Span]) -> bool:
        """Whether a clause has words: blanks to be filled in have none."""
        return any(_WORD.search(span.of(self._library.texts[source])) for span in spans)

    def _is_note(self, source: str, spans: Sequence[Span]) -> bool:
        """Whether a clause opens as what stands below a form to explain it."""
        return _NOTE.match(fold(spans[0].of(self._library.texts[source]))) is not None

    def _has_unit(self, passage: int) -> bool:
        return any(item.unit for item in self._library.assignments_of(self._library.knowledge.passages[passage]))

    def _quotes(self, source: str, index: int) -> list[tuple[str, int, tuple[Span, ...], int | None]]:
        """Each clause of a place as (source, provision, ranges, passage); a provision without passages as a whole."""
        found: list[tuple[str, int, tuple[Span, ...], int | None]] = []
        inside = self._library.inside(source, index)
        for at in inside:
            clauses = self._library.clauses_of(source, at)
            found += [(source, at, self._library.knowledge.passages[number].segments, number) for number in clauses]
            provision = self._library.provision(source, at)
            if not clauses and provision.heading is None:
                found.append((source, at, provision.segments, None))
        return found


def _place(locator: str) -> str:
    """A locator as questions have it: point đ is told from point d.

    >>> _place("điểm đ khoản 2 Điều 5"), _place("Mục II.3")
    (' diem dd khoan 2 dieu 5 ', ' muc ii 3 ')
    """
    bare = bare_line(locator)
    return bare.replace(" diem d ", " diem dd ", 1) if locator.startswith("điểm đ ") else bare


def _is_form(place: str, asked: str) -> bool:
    """Whether the place of an annex is the one asked for: "Mẫu số 03" may have letters after its number.

    >>> _is_form(" phu luc mau so 03 hnmt ", " mau so 03 ")
    True
    """
    return f"{place}".endswith(asked) or re.search(rf"{asked}[a-z]+ $", place) is not None
