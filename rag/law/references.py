"""Mentions of documents in a clean line: by number, and laws and resolutions by name alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, word_classes
from rag.law.numbers import NumberFound, find_numbers

_DATE = re.compile(
    r"\s?,?\s?(?:ban hành\s)?(?:ngày\s(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})"
    r"|ngày\s(?P<d2>\d{1,2})\stháng\s(?P<m2>\d{1,2})\snăm\s(?P<y2>\d{4})|năm\s(?P<y3>\d{4}))(?!\d)"
)
_OF = re.compile(r"\s?,?\s?của\s(?=\S)")
_SENTENCE_END = re.compile(r'[.!?…]+["\')]*(?=\s["\'(]?[A-ZĐÀ-Ỹ0-9-]|\s?$)|\.{3}|\./\.')
_NAMED_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
_LAW_NAME = re.compile(r"(?<!\w)(?P<type>Bộ luật|Luật|Pháp lệnh)\s(?P<name>[A-ZĐÀ-Ỹ][^,;.:()\"\n]*)")
_CONGRESS = re.compile(
    r"(?<!\w)Nghị quyết (?P<name>[Đđ]ại hội (?:đại biểu )?(?:toàn quốc )?[^,;.:()\"]*?lần thứ [IVXLC\d]+)"
)
_CONSTITUTION = re.compile(r"(?<!\w)Hiến pháp(?: năm \d{4})?")
_PINPOINT = re.compile(
    r"(?:(?:các )?(?:điểm|khoản|Điều|điều|Chương|Mục|tiết)\s[\da-zđIVX]+"
    r"(?:\s?(?:,|và|hoặc)\s(?:(?:điểm|khoản|Điều|điều)\s)?[\da-zđ]{1,3}\b)*\s?,?\s?(?:của\s)?)+$"
)
# Between a type and its number: nothing, "số", or the name of the document and "số" ("Quy chế làm việc số").
_NUMBER_LEAD = re.compile(r"\s?(?:số\s?:?\s?)?|(?:\s[^\W\d]+){1,14}\s\(?(?:luật\s)?số\s?:?\s?", re.IGNORECASE)
_NAME_TAIL = re.compile(r"\s?\(?(?:luật\s)?số\s?:?\s?$", re.IGNORECASE)
_MAX_ISSUER, _MAX_TITLE, _LOOK_BACK = 160, 700, 110


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

    >>> [m] = find_mentions("theo Quyết định số 9-QĐ/TU, ngày 13/6/2016 của Ban Thường vụ Tỉnh ủy về quy chế làm việc.")
    >>> m.type, m.number.canonical, m.date, m.issuer, m.title
    ('Quyết định', '9-QĐ/TU', '2016-06-13', 'Ban Thường vụ Tỉnh ủy', 'về quy chế làm việc')
    """
    numbers = list(find_numbers(text))
    heads = [_head(text, number) for number in numbers]
    found = [mention for head in heads if (mention := _numbered(text, head, heads)) is not None]
    found += _named(text, found)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    return [replace(mention, pinpoint=_pinpoint(text, mention.start)) for mention in _share_titles(text, found)]


@dataclass(frozen=True, slots=True)
class _Head:
    """Where a numbered mention begins, and its type."""

    start: int
    type: str | None
    number: NumberFound
    name: str | None = None


def _head(text: str, number: NumberFound) -> _Head:
    before = text[max(0, number.start - _LOOK_BACK) : number.start]
    for match in reversed(list(_types().finditer(before))):
        between = before[match.end() :]
        if _NUMBER_LEAD.fullmatch(between):
            kind = _type_names()[match[0].casefold()]
            name = _NAME_TAIL.sub("", between).strip()
            return _Head(number.start - len(before) + match.start(), kind, number, f"{kind} {name}" if name else None)
        if re.search(r"[,;.:]", between):
            break
    return _Head(number.start, number.type, number)


def _numbered(text: str, head: _Head, heads: list[_Head]) -> Mention | None:
    if head.type is None and head.number.canonical.count("/") + head.number.canonical.count("-") < 2:
        return None
    position = head.number.end
    date, position = _date(text, position)
    issuer, position = _issuer(text, position)
    if date is None:
        date, position = _date(text, position)
    title, end = _title(text, position, [other.start for other in heads if other.start > head.start])
    if title is None and head.name and head.type in _NAMED_TYPES:
        title = head.name
    kind = head.type or ("Luật" if "/QH" in head.number.canonical else "Văn bản")
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


def _issuer(text: str, position: int) -> tuple[str | None, int]:
    opening = _OF.match(text, position)
    if opening is None:
        return None, position
    window = text[opening.end() : opening.end() + _MAX_ISSUER]
    stop = _issuer_end().search(window)
    name = (window[: stop.start()] if stop else window).rstrip(" -,")
    if name.count("(") > name.count(")"):
        name = name[: name.index("(")].rstrip()
    if not name or not name[0].isupper():
        return None, position
    return name, opening.end() + len(name)


def _title(text: str, position: int, later: list[int]) -> tuple[str | None, int]:
    """The title from `position`, to its right end."""
    opening = _introducer().match(text, position)
    if opening is None:
        return None, position
    start = opening.start("word")
    end = _title_end(text, start, later)
    title = text[start:end].rstrip(" ,:-")
    return (title, start + len(title)) if len(title.split()) > 1 else (None, position)


def _title_end(text: str, start: int, later: list[int]) -> int:
    limit = min(len(text), start + _MAX_TITLE)
    stops = [limit]
    semicolon = _semicolon(text, start, limit)
    stops.append(semicolon)
    if sentence := _SENTENCE_END.search(text, start, limit):
        stops.append(sentence.start())
    if colon := text.find(": ", start, limit) + 1:
        stops.append(colon - 1)
    stops += [cut for other in later if (cut := _before_coordinate(text, start, other)) is not None]
    if resumed := _resumption().search(text, start, limit):
        stops.append(resumed.start())
    end = min(stops)
    if _names_a_thing(text[start:end]) and (verb := _comma_verb().search(text, start, end)):
        end = verb.start()
    return end


def _semicolon(text: str, start: int, limit: int) -> int:
    """The first semicolon outside brackets and quotation marks."""
    depth, quoted = 0, False
    for index in range(start, limit):
        char = text[index]
        depth += (char == "(") - (char == ")")
        quoted ^= char == '"'
        if char == ";" and (depth <= 0 or not quoted):
            return index
        if char == ")" and depth < 0:
            return index
    return limit


def _before_coordinate(text: str, start: int, other: int) -> int | None:
    """Where a title ends because another document is named beside it, not inside it."""
    before = text[start:other]
    match = re.search(r"(?:\s?[,:]\s?|\s(?:và|gắn với|cùng với|hoặc)\s)(?:các\s|theo\s|tại\s)?$", before)
    return start + match.start() if match else None


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


def _named(text: str, numbered: list[Mention]) -> Iterator[Mention]:
    taken = [(mention.start, mention.core_end) for mention in numbered]
    for match in _LAW_NAME.finditer(text):
        name = _law_name(match["name"])
        end = match.start("name") + len(name)
        if name and not _inside(match.start(), taken):
            date, end_of_date = _date(text, end)
            yield Mention(match.start(), end_of_date, end, match["type"], None, None, date, f"{match['type']} {name}")
    for match in _CONGRESS.finditer(text):
        if not _inside(match.start(), taken):
            yield Mention(match.start(), match.end(), match.end(), "Nghị quyết", None, None, None, match[0])
    for match in _CONSTITUTION.finditer(text):
        yield Mention(match.start(), match.end(), match.end(), "Hiến pháp", None, None, None, "Hiến pháp")


def _law_name(tail: str) -> str:
    words = tail.split(" ")
    for count in range(1, len(words)):
        rest = " ".join(words[count:]).casefold()
        if _name_stop().match(rest) or _type_start().match(rest):
            return " ".join(words[:count])
        if count >= 2 and (
            words[count] == "và"
            and words[count + 1 : count + 2]
            and words[count + 1][:1].isupper()
            and words[count + 1] in _type_words()
        ):
            return " ".join(words[:count])
    return re.sub(r"\s(?:và|hoặc|do)$", "", tail.rstrip())


def _inside(position: int, ranges: Iterable[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in ranges)


def _pinpoint(text: str, start: int) -> str | None:
    match = _PINPOINT.search(text[max(0, start - _LOOK_BACK) : start])
    return re.sub(r"\s?,?\s?(?:của)?\s?$", "", match[0]).strip() if match else None


def _names_a_thing(title: str) -> bool:
    body = _introducer().sub("", " " + title.casefold(), count=1).strip()
    body = re.sub(r"^(?:việc )?(?:ban hành|quy định) ", "", body)
    return body.startswith(word_classes().title_nouns) and not body.startswith("việc")


@cache
def _type_names() -> dict[str, str]:
    return {row.name.casefold(): row.name for row in document_types()}


@cache
def _type_words() -> frozenset[str]:
    return frozenset(row.name.split()[0] for row in document_types())


@cache
def _types() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any(row.name for row in document_types())})(?!\w)", re.IGNORECASE)


@cache
def _type_start() -> re.Pattern[str]:
    return re.compile(rf"(?:và |hoặc )?(?:{_any(row.name for row in document_types())})\b", re.IGNORECASE)


@cache
def _name_stop() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(word_classes().name_stops)})(?!\w)")


@cache
def _introducer() -> re.Pattern[str]:
    return re.compile(rf'\s?,?\s?"?(?P<word>{_any(word_classes().title_introducers)})(?!\w)', re.IGNORECASE)


@cache
def _issuer_end() -> re.Pattern[str]:
    words = word_classes()
    ends = _any((*words.title_introducers, *words.issuer_ends))
    names = _any(row.name for row in document_types())
    return re.compile(
        rf"\s(?:{ends}|và\s(?:các\s)?(?:{names})|ngày\s\d)(?!\w)"
        rf'|[;:."…]|,\s(?!(?:{_any(words.issuer_comma_parts)}))|\)(?!\s)|\([^)]*\d|$',
        re.IGNORECASE,
    )


@cache
def _resumption() -> re.Pattern[str]:
    return re.compile(rf",?\s(?:{_any(word_classes().title_resumptions)})(?!\w)")


@cache
def _comma_verb() -> re.Pattern[str]:
    return re.compile(rf",\s(?:{_any(word_classes().duty_verbs)})(?!\w)", re.IGNORECASE)


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
