"""Mentions of documents in a clean line: by number, and laws and resolutions by name alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.language.normalize import UPPER, alternation
from rag.law.aliases import find_aliases
from rag.law.bare_numbers import called_type, find_bare_numbers, type_abbreviations
from rag.law.document_dates import date_at
from rag.law.law_names import find_names, known_name_end
from rag.law.numbers import NumberFound, find_numbers, parts
from rag.law.pinpoints import pinpoints

_OF = re.compile(r"\s?,?\s?của\s(?=\S)")
_SENTENCE_END = re.compile(rf'[.!?…]+["\')]*(?=\s["\'(]?[{UPPER}0-9-]|\s?$)|\.{{3}}|\./\.')
_LIST = re.compile(r"\s?(?:[,;]|,?\svà|hoặc)\s(?:số\s)?")
_UNKNOWN = "Văn bản"
_NAMED_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
# Between a type and its number: nothing, "số", or the name of the document and "số" ("Quy chế làm việc số").
_NUMBER_LEAD = re.compile(r"\s?(?:số\s?:?\s?\[?)?|(?:\s[^\W\d]+){1,14}\s\(?(?:luật\s)?số\s?:?\s?\[?", re.IGNORECASE)
_DIRECT_LEAD = re.compile(r"\s?(?:số\s?:?\s?\[?)?", re.IGNORECASE)
_NAME_TAIL = re.compile(r"\s?\(?(?:luật\s)?số\s?:?\s?\[?$", re.IGNORECASE)
_BESIDE = re.compile(r"(?:\s?[,:]\s?|\s(?:và|gắn với|cùng với|hoặc)\s)(?:các\s|theo\s|tại\s)?$")
_ANY = re.compile(r"\d|Luật|Bộ luật|Pháp lệnh|Hiến pháp|[Đđ]ại hội")  # without these there is no mention
# What stands between a type and "số" and is no name of the document.
_NO_TITLE = re.compile(r"^[^\W\d]+(?:\s[^\W\d]+)?\s(?:của|này|trên|do|đã|được|có|mang|là|và)(?!\w)", re.IGNORECASE)
_MAX_ISSUER, _MAX_TITLE, _LOOK_BACK = 160, 700, 110
_JOINT = 24
"""More than the longest words that stand between two documents named side by side."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention at `start:end` of one clean line; the fields are as in `rag.types.Reference`.

    `core_end` is where number, date and issuer end and the title begins.
    """

    start: int
    end: int
    core_end: int
    type: str
    number: NumberFound | None
    issuer: str | None
    date: str | None
    title: str | None
    pinpoint: str | None = None


def find_mentions(text: str) -> list[Mention]:
    """Every mention of a document in a clean line, in order of its first character; a title may enclose others.

    >>> [m] = find_mentions("theo Quyết định số 9-QĐ/TU, ngày 08/5/2019 của Ban Thường vụ Tỉnh ủy về quy chế làm việc.")
    >>> m.type, m.number.canonical, m.date, m.issuer, m.title
    ('Quyết định', '9-QĐ/TU', '2019-05-08', 'Ban Thường vụ Tỉnh ủy', 'về quy chế làm việc')
    """
    if not _ANY.search(text):
        return []
    heads = _heads(text)
    found: list[Mention] = []
    if heads:
        line = _Line(text, [head.start for head in heads])
        found += [mention for head in heads if (mention := _numbered(line, head)) is not None]
    found += _named(text, found)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    found = _without_given(text, _share_titles(text, _share_types(text, found)))
    return _pointed(text, found)


class _Line:
    """A clean line with what may end a title, found once."""

    def __init__(self, text: str, heads: Sequence[int]) -> None:
        self.text = text
        self.heads = heads
        beside = (_before_coordinate(text, head) for head in heads)
        self._stops = (
            [match.start() for match in _SENTENCE_END.finditer(text)],
            [match.start() for match in re.finditer(": ", text)],
            [match.start() for match in _resumption().finditer(text)],
            [cut for cut in beside if cut is not None],
        )
        self._marks = [match.start() for match in re.finditer(r'[();"]', text)]

    def next_head(self, position: int) -> int:
        """Where the first mention by number after a position begins; the end of the line without one."""
        return _following(self.heads, position + 1, len(self.text))

    def title_end(self, start: int, limit: int) -> int:
        """The first of what ends a title that begins at `start`."""
        stops = (_following(found, start, limit) for found in self._stops)
        limit = min(*stops, limit)
        return self._semicolon(start, limit)

    def _semicolon(self, start: int, limit: int) -> int:
        """The first semicolon outside brackets and quotation marks, or bracket closed that was not opened."""
        depth, quoted = 0, False
        for index in range(bisect_left(self._marks, start), len(self._marks)):
            at = self._marks[index]
            if at >= limit:
                break
            char = self.text[at]
            depth += (char == "(") - (char == ")")
            quoted ^= char == '"'
            if (char == ";" and (depth <= 0 or not quoted)) or (char == ")" and depth < 0):
                return at
        return limit


def _following(sorted_positions: Sequence[int], start: int, default: int) -> int:
    index = bisect_left(sorted_positions, start)
    return sorted_positions[index] if index < len(sorted_positions) else default


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a numbered mention begins, and its type."""

    start: int
    type: str | None
    number: NumberFound
    name: str | None = None


def _heads(text: str) -> list[_Head]:
    """Every number, whole or bare, with its type, in order."""
    numbers = list(find_numbers(text))
    heads = [_head(text, number, after) for number, after in zip(numbers, [0, *(n.end for n in numbers)], strict=False)]
    starts = [number.start for number in numbers]
    for bare in find_bare_numbers(text):
        if _following(starts, bare.number.start, -1) != bare.number.start:
            heads.append(_Head(bare.start, bare.type, bare.number))
    return sorted(heads, key=lambda head: head.number.start)


def _head(text: str, number: NumberFound, after: int) -> _Head:
    """The type of a numbered mention is looked for between the number before it and its own."""
    before = text[max(after, number.start - _LOOK_BACK) : number.start]
    for match in reversed(list(_types().finditer(before))):
        between = before[match.end() :]
        lead = _NUMBER_LEAD if match["name"] else _DIRECT_LEAD
        known = known_name_end(between, 1) if match[0] in _NAMED_TYPES else None
        if lead.fullmatch(between) or (known and _NAME_TAIL.fullmatch(between, known)):
            kind = called_type(match[0]) if match["name"] else number.type or called_type(match[0])
            name = _NAME_TAIL.sub("", between).strip() if match["name"] else ""
            return _Head(number.start - len(before) + match.start(), kind, number, f"{kind} {name}" if name else None)
        if re.search(r"[,;.:]", between):
            break
    return _Head(number.start, number.type, number)


def _numbered(line: _Line, head: _Head) -> Mention | None:
    if head.type is None and head.number.canonical.count("/") + head.number.canonical.count("-") < 2:
        return None
    text, position = line.text, head.number.end
    date, position = date_at(text, position)
    issuer, position = _issuer(line, position)
    if date is None:
        date, position = date_at(text, position)
    title, end = _title(line, position)
    if title is None and head.name and (head.type in _NAMED_TYPES or not _NO_TITLE.search(head.name)):
        title = head.name
    kind = head.type or ("Luật" if "/QH" in head.number.canonical else _UNKNOWN)
    return Mention(head.start, end, position, kind, head.number, issuer, date, title)


def _issuer(line: _Line, position: int) -> tuple[str | None, int]:
    opening = _OF.match(line.text, position)
    if opening is None:
        return None, position
    start = opening.end()
    window = line.text[start : min(start + _MAX_ISSUER, line.next_head(start))]
    stop = _issuer_end().search(window)
    name = re.sub(r"\s(?:và|hoặc)$", "", (window[: stop.start()] if stop else window).rstrip(" -,"))
    if name.count("(") > name.count(")"):
        name = name[: name.index("(")].rstrip()
    if not name or not name[0].isupper():
        return None, position
    return name, start + len(name)


def _title(line: _Line, position: int) -> tuple[str | None, int]:
    """The title from `position`, to its right end."""
    opening = _introducer().match(line.text, position)
    if opening is None:
        return None, position
    start = opening.start("word")
    end = line.title_end(start, min(len(line.text), start + _MAX_TITLE))
    if _names_a_thing(line.text[start : min(end, start + _LOOK_BACK)]):
        verb = _comma_verb().search(line.text, start, end)
        end = verb.start() if verb else end
    title = line.text[start:end].rstrip(" ,:-")
    return (title, start + len(title)) if len(title.split()) > 1 else (None, position)


def _before_coordinate(text: str, head: int) -> int | None:
    """Where a title ends because another document is named beside it, not inside it."""
    first = max(0, head - _JOINT)
    match = _BESIDE.search(text[first:head])
    return first + match.start() if match else None


def _share_types(text: str, found: list[Mention]) -> list[Mention]:
    """In "Quyết định số A và số B" both are decisions, where B's symbol alone does not tell."""
    shared = found[:1]
    for mention in found[1:]:
        one = shared[-1]
        if mention.type == _UNKNOWN and one.number and mention.number and _LIST.fullmatch(text, one.end, mention.start):
            left, right = parts(one.number.canonical), parts(mention.number.canonical)
            if right and (left is None or left.abbreviation == right.abbreviation):
                mention = replace(mention, type=one.type)
        shared.append(mention)
    return shared


def _share_titles(text: str, found: list[Mention]) -> list[Mention]:
    """In "A và B về T" the title is that of both."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        one, two = shared[index], shared[index + 1]
        if (
            one.title is None
            and one.issuer
            and two.title
            and re.fullmatch(r"\s?(?:,|và)\s?", text[one.end : two.start])
        ):
            shared[index] = replace(one, title=two.title)
    return shared


def _named(text: str, numbered: Sequence[Mention]) -> Iterator[Mention]:
    starts, ends = [mention.start for mention in numbered], [mention.core_end for mention in numbered]

    def free(position: int) -> bool:
        before = bisect_right(starts, position) - 1
        return before < 0 or ends[before] <= position

    for name in find_names(text, free):
        yield Mention(name.start, name.end, name.name_end, name.type, None, None, name.date, name.title)


def _without_given(text: str, found: list[Mention]) -> list[Mention]:
    """A name that the text gives in brackets is no mention of another document."""
    given = list(find_aliases(text)) if found else []
    inside = [alias.start for alias in given], [alias.end for alias in given]
    return [one for one in found if bisect_right(inside[0], one.start) == bisect_right(inside[1], one.start)]


def _pointed(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with what stands before them of their articles and clauses."""
    if not found:
        return []
    before = pinpoints(text)
    return [replace(one, pinpoint=before[one.start]) if one.start in before else one for one in found]


def _names_a_thing(title: str) -> bool:
    body = _introducer().sub("", " " + title.casefold(), count=1).strip()
    body = re.sub(r"^(?:việc )?(?:ban hành|quy định) ", "", body)
    return body.startswith(word_classes().title_nouns) and not body.startswith("việc")


@cache
def _types() -> re.Pattern[str]:
    names, shorts = alternation(row.name for row in document_types()), alternation(type_abbreviations())
    return re.compile(rf"(?<!\w)(?<![Pp]háp )(?:(?P<name>(?i:{names}))|{shorts})(?!\w)")


@cache
def _introducer() -> re.Pattern[str]:
    return re.compile(rf'\s?,?\s?"?(?P<word>{alternation(word_classes().title_introducers)})(?!\w)', re.IGNORECASE)


@cache
def _issuer_end() -> re.Pattern[str]:
    words = word_classes()
    ends = alternation((*words.title_introducers, *words.issuer_ends))
    names = alternation(row.name for row in document_types())
    return re.compile(
        rf"\s(?:{ends}|và\s(?:các\s)?(?:{names})|ngày\s\d{{1,2}})(?!\w)"
        rf'|[;:."…]|,\s(?!(?:{alternation(words.issuer_comma_parts)}))|\)(?!\s)|\([^)]*\d|$',
        re.IGNORECASE,
    )


@cache
def _resumption() -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{alternation(word_classes().title_resumptions)})(?!\w)")


@cache
def _comma_verb() -> re.Pattern[str]:
    return re.compile(rf",\s(?:{alternation(word_classes().duty_verbs)})(?!\w)", re.IGNORECASE)
