"""Mentions of documents in a clean line: by number, and laws and resolutions by name alone."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.language.normalize import alternation
from rag.law.numbers import NumberFound, find_numbers, parts

_DATE = re.compile(
    r"\s?,?\s?(?:ban hành\s)?(?:ngày\s(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"
    r"|ngày\s(?P<d2>\d{1,2})\stháng\s(?P<m2>\d{1,2})\snăm\s(?P<y2>\d{4})|năm\s(?P<y3>\d{4}))(?!\d)"
)
_OF = re.compile(r"\s?,?\s?của\s(?=\S)")
_SENTENCE_END = re.compile(r'[.!?…]+["\')]*(?=\s["\'(]?[A-ZĐÀ-Ỹ0-9-]|\s?$)|\.{3}|\./\.')
_LIST = re.compile(r"\s?(?:[,;]|,?\svà|hoặc)\s(?:số\s)?")
_UNKNOWN = "Văn bản"
_NAMED_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
_LAW_NAME = re.compile(r"(?<!\w)(?P<type>Bộ luật|Luật|Pháp lệnh)\s(?P<name>[A-ZĐÀ-Ỹ][^,;.:()\"\n]{0,200})")
_CONGRESS = re.compile(
    r"(?<!\w)Nghị quyết (?P<name>[Đđ]ại hội (?:đại biểu )?(?:toàn quốc )?[^,;.:()\"]{0,120}?lần thứ [IVXLC\d]+)"
)
_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?: năm \d{4})?")
_PINPOINT = re.compile(
    r"(?:(?:các )?(?:điểm|khoản|Điều|điều|Chương|Mục|tiết)\s[\da-zđIVX]+"
    r"(?:\s?(?:,|và|hoặc)\s(?:(?:điểm|khoản|Điều|điều)\s)?[\da-zđ]{1,3}\b)*+\s?,?\s?(?:của\s)?)++$"
)
# Between a type and its number: nothing, "số", or the name of the document and "số" ("Quy chế làm việc số").
_NUMBER_LEAD = re.compile(r"\s?(?:số\s?:?\s?)?|(?:\s[^\W\d]+){1,14}\s\(?(?:luật\s)?số\s?:?\s?", re.IGNORECASE)
_NAME_TAIL = re.compile(r"\s?\(?(?:luật\s)?số\s?:?\s?$", re.IGNORECASE)
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
    numbers = list(find_numbers(text))
    heads = [_head(text, number, after) for number, after in zip(numbers, [0, *(n.end for n in numbers)], strict=False)]
    found: list[Mention] = []
    if heads:
        line = _Line(text, [head.start for head in heads])
        found += [mention for head in heads if (mention := _numbered(line, head)) is not None]
    found += _named(text, found)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return [_pointed(text, mention) for mention in _share_titles(text, _share_types(text, found))]


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


def _head(text: str, number: NumberFound, after: int) -> _Head:
    """The type of a numbered mention is looked for between the number before it and its own."""
    before = text[max(after, number.start - _LOOK_BACK) : number.start]
    for match in reversed(list(_types().finditer(before))):
        between = before[match.end() :]
        if _NUMBER_LEAD.fullmatch(between):
            kind = _type_names()[match[0].casefold()]
            name = _NAME_TAIL.sub("", between).strip()
            return _Head(number.start - len(before) + match.start(), kind, number, f"{kind} {name}" if name else None)
        if re.search(r"[,;.:]", between):
            break
    return _Head(number.start, number.type, number)


def _numbered(line: _Line, head: _Head) -> Mention | None:
    if head.type is None and head.number.canonical.count("/") + head.number.canonical.count("-") < 2:
        return None
    text, position = line.text, head.number.end
    date, position = _date(text, position)
    issuer, position = _issuer(line, position)
    if date is None:
        date, position = _date(text, position)
    title, end = _title(line, position)
    if title is None and head.name and (head.type in _NAMED_TYPES or not _NO_TITLE.search(head.name)):
        title = head.name
    kind = head.type or ("Luật" if "/QH" in head.number.canonical else _UNKNOWN)
    return Mention(head.start, end, position, kind, head.number, issuer, date, title)


def _date(text: str, position: int) -> tuple[str | None, int]:
    match = _DATE.match(text, position)
    if match is None:
        return None, position
    if match["y3"]:
        return match["y3"], match.end()
    day, month, year = (match[a] or match[b] for a, b in (("d", "d2"), ("m", "m2"), ("y", "y2")))
    if not (1 <= int(day) <= 31 and 1 <= int(month) <= 12):
        return None, position
    return f"{year}-{int(month):02}-{int(day):02}", match.end()


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
            if left and right and left.abbreviation == right.abbreviation:
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

    yield from _named_laws(text, free)
    for match in _CONGRESS.finditer(text):
        if free(match.start()):
            yield Mention(match.start(), match.end(), match.end(), "Nghị quyết", None, None, None, match[0])
    for match in _CONSTITUTION.finditer(text):
        yield Mention(match.start(), match.end(), match.end(), "Hiến pháp", None, None, None, "Hiến pháp")


def _named_laws(text: str, free: Callable[[int], bool]) -> Iterator[Mention]:
    match = _LAW_NAME.search(text)
    while match:
        name = _law_name(match["name"])
        end = match.start("name") + len(name)
        if name and free(match.start()):
            date, end_of_date = _date(text, end)
            yield Mention(match.start(), end_of_date, end, match["type"], None, None, date, f"{match['type']} {name}")
        match = _LAW_NAME.search(text, max(end, match.start("name") + 1))


def _law_name(tail: str) -> str:
    stop = _name_end().search(tail)
    return re.sub(r"\s(?:và|hoặc|do)$", "", (tail[: stop.start()] if stop else tail).rstrip())


def _pointed(text: str, mention: Mention) -> Mention:
    match = _PINPOINT.search(text, max(0, mention.start - _LOOK_BACK), mention.start)
    if match is None:
        return mention
    return replace(mention, pinpoint=re.sub(r"\s?,?\s?(?:của)?\s?$", "", match[0]).strip())


def _names_a_thing(title: str) -> bool:
    body = _introducer().sub("", " " + title.casefold(), count=1).strip()
    body = re.sub(r"^(?:việc )?(?:ban hành|quy định) ", "", body)
    return body.startswith(word_classes().title_nouns) and not body.startswith("việc")


@cache
def _type_names() -> dict[str, str]:
    return {row.name.casefold(): row.name for row in document_types()}


@cache
def _types() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(row.name for row in document_types())})(?!\w)", re.IGNORECASE)


@cache
def _name_end() -> re.Pattern[str]:
    """Where the bare name of a law ends: before a word of the sentence, or another document."""
    types = alternation(row.name for row in document_types())
    return re.compile(rf"\s(?:(?i:{alternation(word_classes().name_stops)})(?!\w)|(?i:(?:và |hoặc )?(?:{types})\b))")


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
