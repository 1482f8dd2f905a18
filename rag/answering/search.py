"""What a corpus says of a topic: passages ranked, the documents they mention, and how well they support an answer."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache, partial
from itertools import combinations

from rag.answering.asked import is_aside
from rag.answering.cases import Cases
from rag.answering.claims import duty_owner
from rag.answering.doing import Doing
from rag.answering.holdings import Library
from rag.answering.leads import directs, leads
from rag.answering.listed import Listed
from rag.answering.measures import states_amount, states_day, states_time
from rag.answering.query import Query
from rag.answering.referred import referred
from rag.answering.retrieve import Evidence, Retriever
from rag.answering.sections import Sections
from rag.answering.told_of import ToldOf
from rag.index.calibration import NEARNESS_WEIGHT
from rag.index.topics import TOPIC_GAP, Term, coverage, is_known, term_line, topic_terms
from rag.language.abbreviations import expand_abbreviations
from rag.language.normalize import normalize, syllables
from rag.law.sections import may_lay
from rag.types import Document, Passage

NEAR, NEAR_COVERAGE = 0.15, 0.05
"""How far below the best in score and coverage a passage still speaks of the topic as well."""
_OWN_WEIGHT, _WHOLE_WEIGHT = 0.2, 0.8
"""What the share of a topic counts that a passage speaks of: by itself, and with the headings and title above it."""
_FAMILIAR = 0.3
"""What a word of the held document's own title weighs: it is true of the whole text."""
_ASIDE = 0.3
"""What a word weighs of a sentence that asks nothing."""
_CALLED = 0.8  # of a name's words a passage itself has to have to be said to name it
_CONSIDERED = 60
_BEFORE = 0.2
"""What it counts for a passage that it stands in a section of the answer before, to which the question goes on."""
_LEAD = 0.2
_MOST_LITERAL = 6
"""In how many passages at most a run of words may stand to be what a question is about."""
_ELSEWHERE = 0.3
"""What it counts against a passage that it rules on what is at bodies of another kind than the question's."""
_REFERRED = 0.3
"""What it counts that a passage refers to one that is nearer to the question."""
_OWN_SHARE, _PROVISION, _MEANING, _HEADING = 0.5, 0.57, 4.8, 0.15
"""What counts for the order of passages: what the above make of one, the share of the topic that its provision speaks
of, how much less near in meaning than the nearest it is (cosine), and the share of its heading that the question has.

Source: a listwise softmax regression over the passages that answer the questions of `eval/gold`, fitted on all corpora
but the one it was judged on: the first passage answers .79 of the questions instead of .78, its mean reciprocal rank
is .860 instead of .852.
"""
BESIDE = 0.9
"""What it counts that the rest of a paragraph speaks of a topic."""
_FEW_CLAUSES = 6
"""How many clauses a paragraph has at most that is read as one."""
_NEARBY = 0.7
"""What the rest of a document's clause counts for the document."""


_ISSUE = re.compile(
    r"\W*[^,;:]{2,40}, ngày\b[\w\s/.-]{0,24}\W*"
    r"|Số ?:.{0,120}|.{0,80}(?:CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập ?-).{0,60}"
)
"""The lines of a letterhead: where and when, the number, the motto."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a topic.

    `covered` is the share of the topic that it speaks of; `support` the share that it or, a little
    discounted, its surroundings speak of, words of the document's own title counting little, and how near its
    meaning is.
    """

    index: int
    score: float
    covered: float
    support: float


class TopicSearch:
    """Ranks the passages of one snapshot for questions; read-only."""

    def __init__(self, library: Library, retriever: Retriever) -> None:
        self._library, self._retriever = library, retriever
        self.passages = retriever.passages
        self._sections = Sections(library, self.passages)
        self._leads_at = list(leads(self.passages))
        self._own = [
            one.text if lead is None else f"{self.passages[lead].text} {one.text}"
            for one, lead in zip(self.passages, self._leads_at, strict=True)
        ]
        self._referred = referred(library, self.passages)
        self._told = [self._with_referred(own, index) for index, own in enumerate(self._own)]
        self._lines = [_line(text) for text in self._told]
        self._surroundings: dict[int, str] = {}
        self.terms_of = lru_cache(maxsize=256)(partial(topic_terms, idf=retriever.idf, passages=len(self.passages)))
        self.listed = Listed(library, self.passages)
        self.told_of = ToldOf(library)
        self.doing = Doing(library, self.passages, terms_of=self.terms_of)
        self.cases = Cases(library, self.passages, leads=self._leads_at, told=self._own, terms_of=self.terms_of)

    def terms(self, query: Query) -> tuple[Term, ...]:
        """The words of a question's topic, with their weights; those of sentences that ask nothing weigh little.

        Of those the ones that the corpus lacks tell nothing.
        """
        terms = self.terms_of(query.topic)
        if not query.background:
            return terms
        told = (one for one in terms if not is_aside(one, query) or self.is_known(one))
        return tuple(replace(one, weight=one.weight * _ASIDE) if is_aside(one, query) else one for one in told)

    def is_known(self, term: Term) -> bool:
        """Whether the corpus has a word at all."""
        return is_known(term, self._retriever.idf)

    def telling(self, terms: Sequence[Term]) -> tuple[Term, ...]:
        """The terms with those of the one held document's title made light: they are true of all of it."""
        titles = self._own_titles
        return tuple(
            replace(term, weight=term.weight * _FAMILIAR) if f" {term.text} " in titles else term for term in terms
        )

    def rank(self, query: Query, terms: Sequence[Term], *, sources: Collection[str] = ()) -> list[Found]:
        """The passages for a topic, best first; only those of the given texts, where any are given."""
        evidence = self._retriever.evidence(query.restored, words=query.topic)
        best = evidence.best(len(self.passages) if sources else _CONSIDERED)
        kept = [index for index in best if not sources or self.passages[index].source in sources]
        return self._sorted(query, evidence, terms, kept[:_CONSIDERED])

    def ranked_of(self, query: Query, terms: Sequence[Term], indexes: Sequence[int]) -> list[Found]:
        """Some passages for a topic, best first."""
        evidence = self._retriever.evidence(query.restored, words=query.topic or None)
        return self._sorted(query, evidence, terms, indexes)

    def _sorted(self, query: Query, evidence: Evidence, terms: Sequence[Term], indexes: Sequence[int]) -> list[Found]:
        telling = self.telling(terms)
        near = self._sections.at(query.near) if query.near else frozenset()
        elsewhere = self.cases.elsewhere(indexes, query)
        nearest = float(evidence.cosine.max(initial=-1.0))
        found = []
        for index in indexes:
            covered = coverage(terms, self._lines[index])
            told = max(coverage(telling, self._lines[index]), BESIDE * coverage(telling, self._around(index)))
            support = told + NEARNESS_WEIGHT * float(evidence.nearness[index])
            weighed = _OWN_WEIGHT * covered + _WHOLE_WEIGHT * self.spoken_of(terms, index)
            fused = float(evidence.fused[index])
            others = (float(evidence.fused[at]) for at in self._referred[index])
            fused += _REFERRED * max(0.0, max(others, default=0.0) - fused)
            score = fused + weighed + _BEFORE * bool(near and self._sections.of(index) in near)
            score -= _ELSEWHERE * (index in elsewhere)
            score = _OWN_SHARE * score + _MEANING * (float(evidence.cosine[index]) - nearest)
            score += _PROVISION * self.around(terms, index) + _HEADING * self._heading_said(query, index)
            found.append(Found(index, score, covered, support))
        return sorted(found, key=lambda item: (-item.score, item.index))

    def _heading_said(self, query: Query, index: int) -> float:
        """The share of the syllables of the heading just above a passage that a question has."""
        words = frozenset(syllables(self.passages[index].context.rpartition(" > ")[2]))
        return len(words & frozenset(query.topic.split())) / len(words) if words else 0.0

    def spoken_of(self, terms: Sequence[Term], index: int) -> float:
        """The share of a topic that a passage speaks of with the headings above it and its document's title."""
        return coverage(terms, self._wholes[index])

    def headed(self, terms: Sequence[Term], index: int) -> float:
        """The share of a topic that the headings above a passage and its document's title speak of."""
        passage = self.passages[index]
        entry = self._library.held[passage.source]
        return coverage(terms, _line(f"{entry.type} {entry.title or ''} / {passage.context}"))

    def around(self, terms: Sequence[Term], index: int) -> float:
        """The share of a topic that a passage's provision speaks of, with its headings and its document's title."""
        return coverage(terms, self._around(index))

    def documents(self, ranked: Sequence[Found], terms: Sequence[Term]) -> list[tuple[Document, Found]]:
        """The documents that ranked passages mention, each with its best narrow passage, best first.

        A document is also credited with the topic's words in its own title, and less so in the rest of its clause.
        """
        best: dict[str, tuple[Document, Found]] = {}
        for found in ranked:
            passage = self.passages[found.index]
            if len(passage.references) != 1:
                continue
            for entry in self._library.cited(passage):
                titled = coverage(terms, self._library.own_words[entry.key])
                nearby = _NEARBY * coverage(terms, term_line(self._library.clause_text(found.index)))
                titled = max(titled, nearby)
                gain = max(0.0, titled - found.covered)
                credited = replace(found, covered=found.covered + gain, score=found.score + gain / 2)
                known = best.get(entry.key)
                if known is None or credited.score > known[1].score:
                    best[entry.key] = (entry, credited)
        return sorted(best.values(), key=lambda item: (-item[1].score, item[1].index))

    def enumerated(self, found: Found, terms: Sequence[Term]) -> list[int]:
        """The passages of the further documents that a sentence lists after the words that speak of the topic.

        "A thực hiện theo Nghị quyết 1; Chương trình 2 và Kế hoạch 3": what leads to the first
        document governs them all. Empty where the topic is in the document's own title.
        """
        passage = self.passages[found.index]
        whole = self._library.passage_at(passage.source, passage.segments[0])
        first = self._library.knowledge.references[passage.references[0]]
        lead, _, title = passage.text.partition(first.as_printed)
        if (
            whole is None
            or coverage(terms, term_line(lead)) <= coverage(terms, term_line(first.as_printed + title)) + _LEAD
        ):
            return []
        listed: list[int] = []
        for index in range(found.index + 1, len(self.passages)):
            other = self.passages[index]
            if other.source != passage.source or other.provision != passage.provision:
                break
            if other.kind == "clause" and not self._opens_with_reference(other):
                break
            listed.append(index)
        return listed

    def _opens_with_reference(self, passage: Passage) -> bool:
        starts = [self._library.knowledge.references[index].span.start for index in passage.references]
        return bool(starts) and starts[0] == passage.segments[0].start

    def in_law(self, index: int) -> bool:
        """Whether a passage stands in an article: there the text itself rules, and does not pass on others' rules."""
        return self._sections.article(index) is not None

    def in_one_article(self, one: int, other: int) -> bool:
        """Whether two passages stand in the same article of the same text."""
        article = self._sections.article(one)
        return article is not None and article == self._sections.article(other)

    def may_assign(self, index: int) -> bool:
        """Whether a passage may give a duty to somebody: what leads to the text and bare headings do not."""
        passage = self.passages[index]
        provision = self._library.provision(passage.source, passage.provision)
        return provision.kind not in ("front", "basis", "article") or may_lay(provision)

    def is_of_issue(self, index: int) -> bool:
        """Whether a passage is a line of the letterhead, which says nothing of a matter."""
        passage = self.passages[index]
        is_front = self._library.provision(passage.source, passage.provision).kind == "front"
        return is_front and _ISSUE.fullmatch(passage.text) is not None

    def states_time(self, index: int) -> bool:
        """Whether a passage states a date, a year or a length of time."""
        return states_time(self.passages[index].text)

    def states_day(self, index: int) -> bool:
        """Whether a passage itself states a day or how often something is done."""
        return states_day(self.without_references(index))

    def states_amount(self, index: int, query: Query) -> bool:
        """Whether a passage states an amount of the kind that a question asks for.

        A number that is part of a date, of a document's number or of a reference is none.
        """
        return states_amount(query, self.without_references(index, lead=False))

    def without_references(self, index: int, *, lead: bool = True) -> str:
        """A passage after what leads to it, without the documents that it mentions, whose dates are not its own."""
        text = normalize(self._own[index] if lead else self.passages[index].text)
        for reference in self.passages[index].references:
            text = text.replace(normalize(self._library.knowledge.references[reference].as_printed), " ")
        return text

    def literal(self, words: str) -> list[int]:
        """The passages that have some words one after another, where there are few of them: what no one word tells."""
        pieces = [" ".join(syllables(piece)) for piece in words.split(TOPIC_GAP)]
        runs = {" ".join(pieces[start:end]) for start, end in combinations(range(len(pieces) + 1), 2)}
        for run in sorted(runs, key=lambda one: (-len(one), one)):
            if run.count(" ") < 2:
                break
            if found := [at for at, line in enumerate(self._plain_lines) if f" {run} " in line]:
                return self._distinct(found) if len(found) <= _MOST_LITERAL else []
        return []

    def is_printed(self, law: str) -> bool:
        """Whether the texts speak of the matter of a law that they do not name: "pháp luật đất đai"."""
        matter = " ".join(syllables(law)[1:])
        return any(f" pháp luật {matter} " in line or f" pháp luật về {matter} " in line for line in self._plain_lines)

    def _distinct(self, indexes: Sequence[int]) -> list[int]:
        """Passages of which none overlaps one before it."""
        whole = [Found(index, 0.0, 0.0, 0.0) for index in indexes]
        return [found.index for found in self.without_overlaps(whole)]

    @cached_property
    def _plain_lines(self) -> list[str]:
        """The syllables of each passage, with their marks."""
        return [f" {' '.join(syllables(one.text))} " for one in self.passages]

    def names(self, index: int, words: str) -> bool:
        """Whether a passage itself has given words, or the official ones for the same."""
        return self.covered(self.terms_of(words), index) >= _CALLED

    def referred_of(self, index: int) -> Sequence[int]:
        """The passages that one refers to by their place: "quy định tại khoản 3 Điều 18 của Luật này"."""
        return self._referred[index]

    def directing(self, index: int) -> int | None:
        """The passage that has others told what follows its colon, a passage among it: "Chỉ đạo các thôn: …"."""
        lead = self._leads_at[index]
        return lead if lead is not None and directs(self.passages[lead].text) else None

    def owner_terms(self, query: Query) -> tuple[Term, ...]:
        """The words for the unit of whose duties a question asks."""
        return self.terms_of(duty_owner(query))

    def covered(self, terms: Sequence[Term], index: int) -> float:
        """The share of some words that a passage itself has."""
        return coverage(terms, self._lines[index])

    def told_with_headings(self, index: int) -> str:
        """A passage with the clauses beside it in its provision, where these are few, and the headings above."""
        passage = self.passages[index]
        clauses = self._library.clauses_of(passage.source, passage.provision)
        beside = clauses if len(clauses) <= _FEW_CLAUSES else ()
        return " / ".join((passage.context, self._own[index], *(self.passages[at].text for at in beside)))

    def paragraph(self, terms: Sequence[Term], index: int) -> float:
        """The share of some words that a passage has with the other clauses of its provision, if these are few."""
        passage = self.passages[index]
        clauses = self._library.clauses_of(passage.source, passage.provision)
        if not 1 < len(clauses) <= _FEW_CLAUSES:
            return 0.0
        return coverage(terms, _line(" / ".join(self.passages[at].text for at in clauses)))

    def without_overlaps(self, found: Sequence[Found]) -> list[Found]:
        """The passages that do not overlap a better one."""
        kept: list[Found] = []
        for item in found:
            if not any(_overlap(self.passages[item.index], self.passages[other.index]) for other in kept):
                kept.append(item)
        return kept

    @cached_property
    def _wholes(self) -> list[str]:
        """Each passage with the headings above it and the title of its document."""
        titles = {source: f"{entry.type} {entry.title or ''}" for source, entry in self._library.held.items()}
        pairs = zip(self.passages, self._told, strict=True)
        return [_line(f"{titles[one.source]} / {one.context} / {told}") for one, told in pairs]

    @cached_property
    def _own_titles(self) -> str:
        """The titles of the held documents, where there is only one: with many, a title tells them apart."""
        held = list(self._library.held.values())
        return term_line(f"{held[0].type} {held[0].title or ''}") if len(held) == 1 else " "

    def _around(self, index: int) -> str:
        """A passage's provision, its headings and the title of its document."""
        if index not in self._surroundings:
            self._surroundings[index] = self._surrounding(index)
        return self._surroundings[index]

    def _surrounding(self, index: int) -> str:
        passage = self.passages[index]
        own = self._library.words_of(passage.source, passage.provision)
        entry = self._library.held[passage.source]
        told = self._with_referred(own, index)
        return _line(f"{entry.type} {entry.title or ''} / {passage.context} / {told}")

    def _with_referred(self, text: str, index: int) -> str:
        """A text of a passage with those of the passages that it refers to."""
        return " ".join((text, *(self.passages[at].text for at in self._referred[index])))


@lru_cache(maxsize=8192)
def _line(text: str) -> str:
    """A text of the corpus as terms are looked up in it, its abbreviations written out."""
    return term_line(expand_abbreviations(text))


def _overlap(one: Passage, other: Passage) -> bool:
    return one.source == other.source and any(a.overlaps(b) for a in one.segments for b in other.segments)
