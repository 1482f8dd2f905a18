"""How documents stand to each other, as a text says: implements, details, amends, replaces, is based on …"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, relation_cues, word_classes
from rag.language.normalize import alternation
from rag.law.clauses import clauses
from rag.law.document import LegalDocument
from rag.types import RelationKind

_LEAD = 240
"""How far before a document the words that say how another stands to it are looked for."""
_MEASURES = r"(?:\svà\s(?:một số\s)?(?:biện pháp|hướng dẫn)(?:\stổ chức)?(?:\sđể)?(?:\sthi hành)?)?"
_PART = (
    _MEASURES + r"(?:\s(?:một số |các |những )?(?:điều|khoản|nội dung|quy định)(?:(?:,| và) (?:điều|khoản))?)?"
    r"(?:\ssau đây)?" + _MEASURES + r"(?:\s(?:theo|của|các)){0,2}"
)
# "các quy định về … tại X": a part of X; "Quy chế … ban hành kèm theo X": all of it.
_RULES_IN = r"\s(?:(?:các|những|một số)\s)?(?:quy định|nội dung)\s[^;.:]{1,160}?\s(?:tại|trong)"
_ISSUED_WITH = r"\s[^;.:]{1,160}?\s(?:ban hành\s)?kèm theo"
_SOME_RULES = re.compile(r"\s(?:(?:các|những|một số)\s)?(?:quy định|nội dung)\s[^;.:]{1,160}?\s(?:tại|trong)\s")
_PARTIAL = re.compile(r"\s(?:điều|khoản|điểm|nội dung|quy định)(?!\w)", re.IGNORECASE)
_RULES_BEFORE = re.compile(
    r"(?<!\w)(?:các|những)\s(?:quy định|nội dung)\s[^;.]{1,200}\s(?:tại|trong|của)\s$", re.IGNORECASE
)
_JOINT = re.compile(r"\s?(?:[,;]|,?\svà|,?\scùng)\s(?:các\s|số\s)?")
_CHANGES = ("amends", "replaces")
_TITLE_OPENING = r"(?:\s?,?\s?(?:về|v/v)\s(?:việc\s)?|\s?,?\s?)"
_SELF = re.compile(r"\s(?:(?:này|đã)\s)?(?:[^;.]*\svà\s)?")
_LIST_OPENS = re.compile(r":$")
_NUMBERED_THING = re.compile(r"(?:\S+\s){1,12}?số\s\d")


@dataclass(frozen=True, slots=True)
class RelationFound:
    """One document's relation to another, both as indexes into the references of their text.

    `subject` is None for the document itself. `object` is None for a thing without a number, which
    `name` gives.
    """

    kind: RelationKind
    subject: int | None
    object: int | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class _Named:
    """A reference at `start:end` of its provision's line; `index` is None for the document itself."""

    index: int | None
    start: int
    end: int


def find_relations(document: LegalDocument) -> tuple[RelationFound, ...]:
    """The relations that a text states, in reading order; what it merely quotes states none."""
    lines: dict[int, list[_Named]] = {}
    for index, reference in enumerate(document.references):
        where = document.copies[reference.provision].within(reference.span)
        lines.setdefault(reference.provision, []).append(_Named(index, where.start, where.end))
    for back in document.back_references:
        if back.antecedent is None:
            provision = back.reference.provision
            where = document.copies[provision].within(back.reference.span)
            lines.setdefault(provision, []).append(_Named(None, where.start, where.end))
    found: list[RelationFound] = []
    for provision in sorted(lines):
        if not document.provisions[provision].quoted:
            found += _Line(document, provision, lines[provision]).relations()
    return tuple(dict.fromkeys((*found, *_things(document))))


class _Line:
    """One provision's line with the documents that it names."""

    def __init__(self, document: LegalDocument, provision: int, named: list[_Named]) -> None:
        self._text = document.copies[provision].text
        self._kind = document.provisions[provision].kind
        title = document.identity.span("title")
        parts = document.provisions[provision].segments
        self._is_title = title is not None and any(part.overlaps(title) for part in parts)
        self._named = sorted(named, key=lambda one: (one.start, -one.end))
        self._ends_all = _ends_the_list(document, provision)
        self._at = {one.index: position for position, one in enumerate(self._named)}
        self._top: list[int] = []  # positions of the documents that stand in no title of another
        self._pinpoints = {one.index: document.references[one.index].pinpoint for one in named if one.index is not None}
        self._clauses = [clause.start for clause in clauses(self._text)]
        self._found: dict[int, RelationFound] = {}  # by position in self._named

    def relations(self) -> list[RelationFound]:
        open_titles: list[int] = []
        siblings: dict[int | None, int] = {}
        for position, one in enumerate(self._named):
            while open_titles and self._named[open_titles[-1]].end <= one.start:
                open_titles.pop()
            outer = open_titles[-1] if open_titles else None
            if outer is None:
                self._top.append(position)
            if one.index is not None:
                self._take(position, outer, siblings.get(outer))
            siblings[outer] = position
            open_titles.append(position)
        found = [*self._found.items(), *self._ended()]
        return [relation for _, relation in sorted(found, key=lambda one: one[0])]

    def _take(self, position: int, outer: int | None, sibling: int | None) -> None:
        one = self._named[position]
        floor = max(self._clause_start(self._own_start(one)), self._named[sibling].end if sibling is not None else 0)
        found = self._in_list(position, sibling)
        if found is None and outer is not None:
            found = self._told_before(position, self._named[outer].start, self._named[outer].index)
        elif found is None:
            found = self._at_top(position, sibling, floor)
        if found:
            self._found[position] = found

    def _in_list(self, position: int, sibling: int | None) -> RelationFound | None:
        """What holds of a document holds of the next one in the same list."""
        if sibling not in self._found or sibling is None:
            return None
        before, own = self._found[sibling], self._named[position].index
        if not self._beside(sibling, position):
            return None
        if before.object == self._named[sibling].index:
            return replace(before, object=own)
        # "A được sửa đổi theo B và C": C does it as well; a semicolon begins another matter.
        between = self._text[self._named[sibling].end : self._named[position].start]
        passive = before.subject == self._named[sibling].index and ";" not in between
        return replace(before, subject=own) if passive else None

    def _beside(self, one: int, other: int) -> bool:
        """Whether two documents stand side by side in one list."""
        return _JOINT.fullmatch(self._text, self._named[one].end, self._named[other].start) is not None

    def _ended(self) -> Iterator[tuple[int, RelationFound]]:
        """ "A, B hết hiệu lực", and the list under "Các văn bản sau đây hết hiệu lực:", each with its position."""
        first = 0
        for at, position in enumerate(self._top):
            if at and not self._beside(self._top[at - 1], position):
                first = at
            told = _after().match(self._text, self._named[position].end)
            if told or (self._ends_all and first == 0):
                kind = _kind(told["cue"], "after") if told else "replaces"
                for earlier in self._top[first if told else at : at + 1]:
                    yield from self._end(earlier, kind)

    def _end(self, position: int, kind: RelationKind) -> Iterator[tuple[int, RelationFound]]:
        """That a document ends; of "A được sửa đổi theo B" it is A."""
        one = self._named[position]
        known = self._found.get(position)
        if known and known.subject == one.index and known.object is not None:
            position = self._at[known.object]
            one = self._named[position]
        if one.index is not None:
            yield position, RelationFound(self._of_part(kind, one), None, one.index)

    def _of_part(self, kind: RelationKind, one: _Named, words: str = "") -> RelationKind:
        """What ends or replaces a part of a document amends it."""
        if kind != "replaces":
            return kind
        rules = _RULES_BEFORE.search(self._text[max(0, one.start - _LEAD) : self._own_start(one)])
        pinpoint = self._pinpoints.get(one.index) if one.index is not None else None
        return "amends" if rules or pinpoint or _PARTIAL.search(words) else kind

    def _told_before(self, position: int, start: int, subject: int | None) -> RelationFound | None:
        one = self._named[position]
        lead = self._text[max(start, one.start - _LEAD) : self._own_start(one)]
        cue = _before().search(lead) or _before_rules().search(lead)
        return RelationFound(self._kind_before(cue, one), subject, one.index) if cue else None

    def _kind_before(self, cue: re.Match[str], one: _Named) -> RelationKind:
        issued = cue.re is _before_rules() and cue["issued"]
        part = "" if issued and not _SOME_RULES.match(cue["part"]) else cue["part"]
        return self._of_part(_kind(cue["cue"], "before"), one, part)

    def _at_top(self, position: int, sibling: int | None, floor: int) -> RelationFound | None:
        one = self._named[position]
        if self._kind == "basis" and (head := _basis().match(self._text)):
            return RelationFound(_kind(head["cue"], "basis"), None, one.index)
        lead = self._text[max(floor, one.start - _LEAD) : self._own_start(one)]
        cue = _before().search(lead) or _before_rules().search(lead)
        if cue is None:
            return self._passive(position, sibling, lead)
        kind = self._kind_before(cue, one)
        if self._is_title:
            return RelationFound(kind, None, one.index)
        if sibling is None or self._named[sibling].end < floor:
            # "Bãi bỏ Quyết định …" at the head of a clause is the document's own act.
            opens = kind in _CHANGES and (not lead[: cue.start()].strip() or _in_force().match(lead, 0, cue.start()))
            return RelationFound(kind, None, one.index) if opens else None
        subject = self._named[sibling]
        near = not lead[: cue.start()].strip(" ,")
        if subject.index is None:
            near = near or (kind not in ("implements", "concretises") and self._goes_on(lead, cue.start()))
        return RelationFound(kind, subject.index, one.index) if near else None

    def _goes_on(self, lead: str, cue: int) -> bool:
        """Whether the sentence goes on from the document itself to the cue: "Nghị định này … và thay thế"."""
        return bool(_SELF.match(lead)) and not _document_words().search(lead, 0, cue)

    def _passive(self, position: int, sibling: int | None, lead: str) -> RelationFound | None:
        """ "A đã được … cụ thể hóa thành B": B stands to A."""
        if sibling is None or self._named[sibling].end + len(lead) < self._own_start(self._named[position]):
            return None
        cue = _passive().search(lead)
        if cue is None:
            return None
        kind = _kind(cue["cue"], "passive")
        return RelationFound(kind, self._named[position].index, self._named[sibling].index)

    def _own_start(self, one: _Named) -> int:
        """Where a mention begins, the khoản and Điều before it included."""
        pinpoint = self._pinpoints[one.index] if one.index is not None else None
        at = self._text.rfind(pinpoint, max(0, one.start - _LEAD), one.start) if pinpoint else -1
        return at if at >= 0 else one.start

    def _clause_start(self, at: int) -> int:
        index = bisect_right(self._clauses, at)
        return self._clauses[index - 1] if index else 0


def _ends_the_list(document: LegalDocument, provision: int) -> bool:
    """Whether the line above a list says that all in it are no longer in force."""
    parent = document.provisions[provision].parent
    if parent is None:
        return False
    line = document.copies[parent].text
    return bool(_LIST_OPENS.search(line) and _after_words().search(line))


def _things(document: LegalDocument) -> Iterator[RelationFound]:
    """What documents issue or establish by their titles."""
    own = document.identity.title
    titles = [(None, own), *((index, reference.title) for index, reference in enumerate(document.references))]
    for index, title in titles:
        if title and (index is None or document.references[index].number):
            cue = _thing().match(title)
            if cue and not _NUMBERED_THING.match(cue["thing"]):
                yield RelationFound(_kind(cue["cue"], "thing"), index, None, title[cue.start("thing") :].strip())


def _kind(words: str, position: str) -> RelationKind:
    return next(row.kind for row in relation_cues() if row.position == position and row.cue == words.casefold())


def _cues(position: str) -> str:
    return alternation(row.cue for row in relation_cues() if row.position == position)


@cache
def _document_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(row.name for row in document_types())})(?!\w)")


@cache
def _in_force() -> re.Pattern[str]:
    """A text that says of its own force what it also ends: "Điều 2. Quyết định có hiệu lực từ ngày ký, thay thế …"."""
    types = alternation(row.name for row in document_types())
    return re.compile(
        rf"\s?(?:Điều \d+[.:]\s)?(?:{types}|Văn bản)(?: này)? (?:bắt đầu |chính thức )?có (?:hiệu lực|giá trị)(?!\w)",
        re.IGNORECASE,
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?<!được\s)(?P<cue>{_cues('before')})(?P<part>{_PART})\s?$", re.IGNORECASE)


@cache
def _before_rules() -> re.Pattern[str]:
    """The cue before rules that stand in a document, or before what was issued with it."""
    cues = alternation(row.cue for row in relation_cues() if row.position == "before" and row.kind in _CHANGES)
    part = rf"(?P<part>{_RULES_IN}|(?P<issued>{_ISSUED_WITH}))"
    return re.compile(rf"(?<!\w)(?<!được\s)(?P<cue>{cues}){part}(?:\s(?:theo|của|các))?\s?$", re.IGNORECASE)


@cache
def _basis() -> re.Pattern[str]:
    return re.compile(rf"(?:[-+*•]\s?)?(?:Để |Tiếp tục )?(?P<cue>{_cues('basis')})(?!\w)", re.IGNORECASE)


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)được\s(?:[^;.]{{0,80}}\s)?(?P<cue>{_cues('passive')})(?:\smột số điều)?"
        r"(?:\s(?:của|thành|bằng|bởi|theo|tại))?(?:\scác)?\s?$",
        re.IGNORECASE,
    )


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"\s?,?\s?(?:\(\w[^()]*\)\s)?(?P<cue>{_cues('after')})(?!\w)", re.IGNORECASE)


@cache
def _after_words() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_cues('after')})(?!\w)", re.IGNORECASE)


@cache
def _thing() -> re.Pattern[str]:
    types = alternation(row.name for row in document_types())
    things = alternation((*word_classes().title_nouns, *word_classes().unit_heads))
    return re.compile(
        rf"{_TITLE_OPENING}(?P<cue>{_cues('thing')})\s(?:kèm theo\s)?(?P<thing>(?i:{types}|{things})(?!\w).*)",
        re.IGNORECASE,
    )
