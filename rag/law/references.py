"""Mentions of documents in a clean line: by number, and laws and resolutions by name alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.language.lexicon import document_types, issuers, word_classes
from rag.language.normalize import UPPER, alternation
from rag.law.aliases import find_aliases
from rag.law.bare_numbers import called_type, find_bare_numbers, type_abbreviations
from rag.law.document_dates import date_at
from rag.law.law_names import find_names, known_name_end
from rag.law.numbers import NumberFound, find_numbers, parts
from rag.law.pinpoints import pinpoints
from rag.law.titles import Line, following

_OF = re.compile(r"\s?,?\s?của\s(?:liên (?:tịch|[Bb]ộ)\s?:?\s)?(?=\S)")
_LIST = re.compile(r"\s?(?:[,;]|,?\svà|hoặc)\s(?:số\s)?")
_JOINED = re.compile(r"\s?(?:,|,?\svà)\s(?:số\s)?")
_AND = re.compile(r"\s(?:và|hoặc)$")
_UNKNOWN = "Văn bản"
_NAMED_TYPES = ("Bộ luật", "Luật", "Pháp lệnh")
# Between a type and its number: nothing, "số", or the name of the document and "số" ("Quy chế làm việc số").
_NUMBER_LEAD = re.compile(r"\s?(?:số\s?:?\s?\[?)?|(?:\s[^\W\d]+){1,14}\s\(?(?:luật\s)?số\s?:?\s?\[?", re.IGNORECASE)
_DIRECT_LEAD = re.compile(r"\s?(?:số\s?:?\s?\[?)?", re.IGNORECASE)
_NAME_TAIL = re.compile(r"\s?\(?(?:luật\s)?số\s?:?\s?\[?$", re.IGNORECASE)
_ANY = re.compile(r"\d|Luật|Bộ luật|Pháp lệnh|Hiến pháp|[Đđ]ại hội")  # without these there is no mention
# What stands between a type and "số" and is no name of the document.
_NO_TITLE = re.compile(r"^[^\W\d]+(?:\s[^\W\d]+)?\s(?:của|này|trên|do|đã|được|có|mang|là|và)(?!\w)", re.IGNORECASE)
_OWN_NUMBER = re.compile(r"(?:về\s(?:việc\s)?|v/v\s|hướng dẫn\s)?(?:sửa đổi|bổ sung|thay thế|bãi bỏ)", re.IGNORECASE)
# A date that stands after the title, where a register writes it.
_LATE_DATE = re.compile(r",?\s(?:ban hành\s)?(?=ngày\s\d)")
# After a number: the unit that drafted it, 729/1998/QĐ-BCA(V19); the address of a link.
_AFTER_NUMBER = re.compile(r"\([A-Z]{1,4}\d{1,3}\)|\]\([^\s()]{1,400}\)")
# Who has issued it, before the mention: "được UBND tỉnh phê duyệt tại Quyết định số …".
_ISSUED_BY = re.compile(
    rf"(?:được|do)\s(?P<issuer>[{UPPER}][^,;:.()]{{2,60}}?)\s"
    r"(?:phê duyệt|ban hành|công nhận|thông qua|chấp thuận|cho phép|giao)(?:\s[^,;:.()]{1,60})?\s(?:tại|theo|bằng)\s$"
)
_MAX_ISSUER, _LOOK_BACK = 160, 110


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


def find_mentions(text: str, told: Collection[str] = frozenset()) -> list[Mention]:
    """Every mention of a document in a clean line, in order of its first character; a title may enclose others.

    `told` are names of laws that other lines have, as `told_names` gives them.

    >>> [m] = find_mentions("theo Quyết định số 9-QĐ/TU, ngày 08/5/2019 của Ban Thường vụ Tỉnh ủy về quy chế làm việc.")
    >>> m.type, m.number.canonical, m.date, m.issuer, m.title
    ('Quyết định', '9-QĐ/TU', '2019-05-08', 'Ban Thường vụ Tỉnh ủy', 'về quy chế làm việc')
    """
    if not _ANY.search(text):
        return []
    heads = _heads(text)
    found: list[Mention] = []
    if heads:
        line = Line(text, [head.start for head in heads])
        found += [mention for head in heads if (mention := _numbered(line, head)) is not None]
    found += _named(text, found, told)
    found.sort(key=lambda mention: (mention.start, -mention.end))
    found = [_with_issuer(text, one) for one in found]
    found = _late_dates(text, _share_titles(text, _share_issue(text, _share_types(text, found))))
    return _pointed(text, _without_given(text, found))


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
        if following(starts, bare.number.start, -1) != bare.number.start:
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


def _numbered(line: Line, head: _Head) -> Mention | None:
    if head.type is None and head.number.canonical.count("/") + head.number.canonical.count("-") < 2:
        return None
    text, position = line.text, head.number.end
    if beside := _AFTER_NUMBER.match(text, position):
        position = beside.end()
    date, position = date_at(text, position)
    issuer, position = _issuer(line, position, head.number.canonical)
    if date is None:
        date, position = date_at(text, position)
    title, end = line.title(position)
    if beside and end == beside.end():
        position = end = head.number.end
    if title is None and head.name and (head.type in _NAMED_TYPES or not _NO_TITLE.search(head.name)):
        title = head.name
    kind = head.type or ("Luật" if "/QH" in head.number.canonical else _UNKNOWN)
    return Mention(head.start, end, position, kind, head.number, issuer, date, title)


def _is_joint(number: str) -> bool:
    """Whether several issuers have issued a document: 144/2014/TTLT-BTC-BVHTTDL."""
    read = parts(number)
    return read is not None and ("-" in read.organ or "LT" in (read.abbreviation or ""))


def _issuer(line: Line, position: int, number: str) -> tuple[str | None, int]:
    """The issuer that is named from `position`, those of a joint document all, and where its name ends."""
    opening = _OF.match(line.text, position)
    if opening is None:
        return None, position
    joint = _is_joint(number)
    start = end = opening.end()
    while name := _one_issuer(line, end):
        end += len(name)
        another = _another_issuer().match(line.text, end) if joint else None
        if another is None:
            break
        end = another.end()
    return (line.text[start:end], end) if end > start else (None, position)


def _one_issuer(line: Line, start: int) -> str | None:
    window = line.text[start : min(start + _MAX_ISSUER, line.next_head(start))]
    stop = _issuer_end().search(window)
    name = _AND.sub("", (window[: stop.start()] if stop else window).rstrip(" -,"))
    if name.count("(") != name.count(")"):
        name = re.split(r"[()]", name)[0].rstrip()
    return name if name and name[0].isupper() else None


def _with_issuer(text: str, one: Mention) -> Mention:
    """A mention by number with who has issued it, where that is said before it alone."""
    if one.issuer or one.number is None:
        return one
    by = _ISSUED_BY.search(text, max(0, one.start - _LOOK_BACK - _MAX_ISSUER), one.start)
    return replace(one, issuer=by["issuer"]) if by else one


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


def _share_issue(text: str, found: list[Mention]) -> list[Mention]:
    """In "Quyết định số A và Quyết định số B, ngày D của I" day and issuer are those of both."""
    shared = list(found)
    for index in range(len(found) - 2, -1, -1):
        one, two = shared[index], shared[index + 1]
        if one.date or one.issuer or not (two.date and two.issuer) or not (one.number and two.number):
            continue
        left, right = parts(one.number.canonical), parts(two.number.canonical)
        alike = left and right and replace(left, n=right.n) == right
        if alike and one.type == two.type and _JOINED.fullmatch(text, one.end, two.start):
            shared[index] = replace(one, date=two.date, issuer=two.issuer)
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
            and not _OWN_NUMBER.match(two.title)
            and re.fullmatch(r"\s?(?:,|và)\s?", text[one.end : two.start])
        ):
            shared[index] = replace(one, title=two.title)
    return shared


def _late_dates(text: str, found: list[Mention]) -> list[Mention]:
    """In "số 5/2019/NĐ-CP về xe ban hành ngày 04/01/2019" the date after the title is that of the document."""
    nexts = [*(mention.start for mention in found[1:]), len(text)]
    return [_dated(text, one) if one.end <= after else one for one, after in zip(found, nexts, strict=False)]


def _dated(text: str, one: Mention) -> Mention:
    """A mention with the date that ends its title, where a word or an issuer says that it was issued then."""
    if one.number is None or one.title is None or one.date or not text.startswith(one.title, one.end - len(one.title)):
        return one
    late = next(reversed(list(_LATE_DATE.finditer(text, one.core_end, one.end))), None)
    if late is None:
        return one
    date, end = date_at(text, late.end())
    issuer = _OF.match(text, end, one.end) if one.issuer is None else None
    if issuer and not text[issuer.end()].isupper():
        issuer = None
    if date is None or not (issuer or (end == one.end and "ban hành" in late[0])):
        return one
    name = text[issuer.end() : one.end] if issuer else one.issuer
    return replace(one, date=date, issuer=name, title=text[one.end - len(one.title) : late.start()])


def _named(text: str, numbered: Sequence[Mention], told: Collection[str]) -> Iterator[Mention]:
    starts, ends = [mention.start for mention in numbered], [mention.core_end for mention in numbered]

    def free(position: int) -> bool:
        before = bisect_right(starts, position) - 1
        return before < 0 or ends[before] <= position

    for name in find_names(text, free, told):
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


@cache
def _types() -> re.Pattern[str]:
    names, shorts = alternation(row.name for row in document_types()), alternation(type_abbreviations())
    return re.compile(rf"(?<!\w)(?<![Pp]háp )(?:(?P<name>(?i:{names}))|{shorts})(?!\w)")


@cache
def _issuer_end() -> re.Pattern[str]:
    words = word_classes()
    # With a capital these are parts of names: "Ban Tổ chức", "Bộ Giao thông vận tải".
    known = "|".join(row.name or "" for row in issuers().values())
    parts_of_names = {word for word in words.title_introducers if word.capitalize() in known}
    ends = alternation({*words.title_introducers, *words.issuer_ends} - parts_of_names)
    names = alternation(row.name for row in document_types())
    return re.compile(
        rf"\s(?:{alternation(parts_of_names)}|(?i:{ends}|và\s(?:các\s)?(?:{names})|ngày\s\d{{1,2}}))(?!\w)"
        rf'|[;:."…]|,\s(?!(?i:{alternation(words.issuer_comma_parts)}))|\)(?!\s)|\([^)]*\d|$'
    )


@cache
def _another_issuer() -> re.Pattern[str]:
    """What stands before a further issuer of a joint document."""
    heads = alternation(word_classes().unit_heads)
    return re.compile(rf"\s?(?:,|-|,?\svà)\s(?=(?i:{heads})(?!\w))(?=[^\W\d_a-zđ])")
