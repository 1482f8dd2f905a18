"""What a document says of itself: number, type, title, issuer, date, place, signer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.language.dates import iso_date
from rag.language.lexicon import document_types, issuers
from rag.language.normalize import UPPER, MatchingCopy, alternation
from rag.law.blocks import line_type
from rag.law.issuers import JOINTLY, level_of
from rag.law.numbers import find_numbers
from rag.law.ordinary import in_ordinary_letters, spelled_in
from rag.law.references import find_mentions
from rag.law.units import opens_name
from rag.types import CheckedFact, Identity, Provision, Span

_NUMBER_LINE = re.compile(r"(?:\|\s)?(?:(?:Luật|Pháp lệnh|Nghị quyết|Lệnh)\s)?Số\s?:?\s?", re.IGNORECASE)
_DATELINE = re.compile(
    rf"(?P<place>[{UPPER}][\w\s.-]{{0,40}}?)\s?,\s?ngày\s?(?P<d>\d{{0,2}})\s?[./…]*\s?tháng\s?(?P<m>\d{{0,2}})\s?[./…]*"
    r"\s?năm\s?(?P<y>\d{4})"
)
_PROMULGATION = re.compile(
    rf"(?P<issuer>[{UPPER}][^;:.\"]{{2,120}}?)\s(?:thống nhất\s)?(?:xây dựng|(?:xây dựng\s(?:và\s)?)?ban hành)\s"
    rf"(?:(?i:kế hoạch)|[{UPPER}]\w+)"
)
# The two columns of a head in one line: what follows is no name of the issuer.
_MOTTO = re.compile(
    r"\s*(?:CỘNG H[ÒO][AÀ] XÃ HỘI|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s?-|(?<![^\s])[_=*~.-]{3,}).*", re.IGNORECASE
)
_ISSUED_BY = re.compile(
    r"của\s(?P<issuer>\S[^,;]{2,80}?)\s(?=(?:về|v/v|ban hành|quy định|hướng dẫn|tăng cường)\s)", re.IGNORECASE
)
_MATTER = re.compile(r"(?:V/v|Về việc)\s?:?\s", re.IGNORECASE)
_ADDRESSEE = re.compile(r"Kính gửi\s?:?", re.IGNORECASE)
_LETTER, _MINUTES = "Công văn", "Biên bản"
_MEETING = re.compile(
    r"(?:Hôm nay|Vào|Hồi|Lúc|Ngày)\b[^.;]{0,60}?"
    r"(?P<day>(?P<d>\d{1,2})(?:\stháng\s|/)(?P<m>\d{1,2})(?:\snăm\s|/)(?P<y>\d{4}))"
)
# The part of a committee that signs for it: "T/M BAN THƯỜNG VỤ" below a text of "HUYỆN ỦY KIM SƠN".
_SIGNS = re.compile(r"(?<!\w)T/?M\.?\s?(?P<body>BAN THƯỜNG VỤ|BAN THƯỜNG TRỰC|THƯỜNG TRỰC)(?!\w)")
_TOGETHER = re.compile(r"(?:(?:các|hai|ba|bốn|năm|\d+)\s)?(?:bên|cơ quan|đơn vị|ngành)(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"[Gg]iữa\s(?P<parties>.{3,200}?)(?=\s(?:về|trong|nhằm|để|giai đoạn|năm)\s|$)")
_CALLED = re.compile(r"\s\((?:sau đây|dưới đây|gọi tắt|viết tắt)[^()]*\)$")
_CAPITALS = re.compile(rf"(?:[{UPPER}]+\s)+(?=[{UPPER}]\w*[^\W{UPPER}])")
_ISSUED_ON = re.compile(r"Ngày (?:ban hành|ký)\s?:\s?(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>\d{4})")
_PASSED = re.compile(
    rf"[,(]\s?(?P<issuer>[{UPPER}][^,()]{{2,60}}?)\s(?:thông qua|ban hành)(?:\sngày)?"
    r"\s(?P<day>(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4}))"
)
"""Who issued a text and when, behind its name: "LUẬT A (số 1/2022/QH15, Quốc hội thông qua 10/11/2022)"."""
_ISSUED_BY_LABEL = re.compile(r"(?:Cơ quan|Đơn vị|Nơi) ban hành\s?:\s?(?P<issuer>\S.{1,120})")
_CLOSING = ("recipients", "signature")
_COMMITTEE = re.compile(r"(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) ủy(?!\w)|Ủy ban (?:MTTQ|Mặt trận)(?!\w)", re.IGNORECASE)
# A place that the text spells nowhere, at the end of a body's name.
_PLACE_LAST = re.compile(
    r"(?:(?<= ủy )|(?<= xã )|(?<= phường )|(?<= huyện )|(?<= tỉnh ))(?!ủy )[^\W\d]+(?:\s[^\W\d]+){0,3}$", re.IGNORECASE
)
_NATIONAL = ("VIỆT NAM", "HỒ CHÍ MINH")
"""How the names of organisations end of which a letterhead has the whole before the body that issues."""
_LAWS = ("Bộ luật", "Luật", "Pháp lệnh")
_HEAD_LINES, _SPELLED_WITHIN, _MAX_TITLE = 16, 60, 1_000


def read_identity(provisions: Sequence[Provision], copies: Sequence[MatchingCopy]) -> Identity:
    """What the front matter and the signature say; a number or a day that was left blank is None.

    A date without its day is `YYYY-MM`.
    """
    own = [index for index, provision in enumerate(provisions) if not _is_attached(provisions, index)]
    provisions, copies = [provisions[index] for index in own], [copies[index] for index in own]
    front = [copy for copy, provision in zip(copies, provisions, strict=True) if provision.kind == "front"]
    found: dict[str, tuple[str, Span]] = {}
    _read_lines(front, found)
    if "type" not in found:
        _read_letter(copies, found)
    _read_promulgation(provisions, copies, found)
    _read_meeting_day(copies, found)
    _read_labels(front, found)
    _spell_title(copies, found)
    _spell_issuer(copies, found)
    _read_signing_body(provisions, copies, found)
    if "type" not in found and front:
        _read_label(front[0], found)
    _read_signer(provisions, copies, found)
    values = {key: value for key, (value, _) in found.items()}
    fields = ("number", "type", "title", "issuer", "date", "place", "signer")
    return Identity(
        **{name: values.get(name) for name in fields},
        spans=tuple((key, span) for key, (_, span) in found.items()),
    )


def with_told(own: Identity, told: CheckedFact) -> Identity:
    """What a text says of itself under what somebody says it is; a value that is overruled stands nowhere in it."""
    values = {name: getattr(told, name) or getattr(own, name) for name in ("number", "type", "issuer", "date")}
    kept = tuple((name, span) for name, span in own.spans if values.get(name) in (None, getattr(own, name)))
    return replace(own, **values, spans=kept)


def _is_attached(provisions: Sequence[Provision], index: int) -> bool:
    """Whether a provision belongs to an annex, which has a head and a signature of its own."""
    parent = provisions[index].parent
    while parent is not None:
        if provisions[parent].kind == "annex":
            return True
        parent = provisions[parent].parent
    return False


def _read_lines(front: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    for index, copy in enumerate(front):
        if kind := line_type(copy.text):
            found["type"] = (kind, copy.span(0, len(copy.text)))
            _header_issuer(front[:index], found)
            if index + 1 < len(front):
                _read_title(front[index + 1], found)
            return
        after = 0
        if (label := _NUMBER_LINE.match(copy.text)) and "number" not in found:
            number = next((n for n in find_numbers(copy.text) if n.start >= label.end() - 1), None)
            if number:
                found["number"] = (number.canonical, copy.span(number.start, number.end))
                after = number.end
        if dated := _DATELINE.search(copy.text, after):
            _dateline(copy, dated, found)


def _read_title(copy: MatchingCopy, found: dict[str, tuple[str, Span]]) -> None:
    """The title below the type; the Party's names before it who issued: "của Thường trực Thành ủy về …"."""
    start = 0
    if issued := _ISSUED_BY.match(copy.text):
        found["issuer"] = (issued["issuer"], copy.span(*issued.span("issuer")))
        start = issued.end()
    found["title"] = (copy.text[start:], copy.span(start, len(copy.text)))


def _read_letter(copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """An official letter has no type in its head: what it is about, and below to whom it goes."""
    head = copies[:_HEAD_LINES]
    end = next((index for index, copy in enumerate(head) if _ADDRESSEE.match(copy.text)), 0)
    matter = next((copy for copy in head[:end] if _MATTER.match(copy.text)), None)
    if matter is None:
        return
    _read_lines(head[:end], found)
    _header_issuer(head[:end], found)
    whole = matter.span(0, len(matter.text))
    title = " ".join(_DATELINE.sub(" ", matter.text).split())  # the second column of a head in one line
    found["type"], found["title"] = (_LETTER, whole), (title, whole)


def _spell_title(copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """A title in capitals as the text below spells it, and the name of a law with its type."""
    title, span = found.get("title", ("", None))
    kind = found["type"][0] if "type" in found else None
    if span is None or not title.isupper() or len(title) > _MAX_TITLE:
        return
    pattern = re.compile(re.escape(title), re.IGNORECASE)
    spelled = (match[0] for copy in copies[:_SPELLED_WITHIN] for match in pattern.finditer(copy.text))
    told = next((words for words in spelled if not words.isupper()), None)
    if kind in _LAWS:
        told = f"{kind} {told or title.lower()}"
    found["title"] = (told or in_ordinary_letters(title, _prose(copies)), span)


def _spell_issuer(copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """An issuer in capitals as the table of issuers spells it, else as the text below does, whole or by its parts."""
    name, span = found.get("issuer", ("", None))
    if span is None or not name.isupper():
        return
    names = {row.name.casefold(): row.name for row in issuers().values() if row.name}
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    spelled = (match[0] for copy in copies for match in pattern.finditer(copy.text))
    told = (words for words in spelled if not words.isupper() and words[0].isupper())
    whole = names.get(name.casefold()) or next(told, None)
    found["issuer"] = (whole or _spelled_by_parts(name, names, copies) or _spelled_jointly(name, names, copies), span)


def _spelled_jointly(name: str, names: Mapping[str, str], copies: Sequence[MatchingCopy]) -> str:
    """The name in capitals of bodies that issue together, "A - B", each spelled by itself; of one body as it is."""
    bodies = JOINTLY.split(name)
    if len(bodies) == 1:
        return name
    spelled = [_spelled_by_parts(body, names, copies) or _spelled_by_words(body, copies) for body in bodies]
    return " và ".join(spelled)


def _spelled_by_words(name: str, copies: Sequence[MatchingCopy]) -> str:
    """A name in capitals word by word as the text spells it; the place that it ends in may be spelled nowhere."""
    return _PLACE_LAST.sub(lambda place: place[0].title(), in_ordinary_letters(name, _prose(copies)))


def _spelled_by_parts(name: str, names: Mapping[str, str], copies: Sequence[MatchingCopy]) -> str | None:
    """A name in capitals of which the table or the text spells every part; None where a part is spelled nowhere."""
    text = _prose(copies)
    known = re.compile(rf"(?<!\w)(?:{alternation(names)})(?!\w)", re.IGNORECASE)
    spelled: list[str] = []
    at = 0
    for match in (*known.finditer(name), None):
        words = name[at : match.start() if match else len(name)].split()
        while words:
            ends = range(len(words), 0, -1)
            told = next(((one, end) for end in ends if (one := spelled_in(text, " ".join(words[:end])))), None)
            if told is None:
                return None
            spelled.append(told[0])
            words = words[told[1] :]
        if match:
            spelled.append(names[match[0].casefold()])
            at = match.end()
    joined = " ".join(spelled)
    return joined[0].upper() + joined[1:]


def _prose(copies: Sequence[MatchingCopy]) -> str:
    """The lines of a text that are not in capitals."""
    return " ".join(copy.text for copy in copies if not copy.text.isupper())


def _dateline(copy: MatchingCopy, dated: re.Match[str], found: dict[str, tuple[str, Span]]) -> None:
    parts = [dated["y"]]
    if dated["m"]:
        parts.append(f"{int(dated['m']):02}")
        if dated["d"]:
            parts.append(f"{int(dated['d']):02}")
    found["date"] = (
        "-".join(parts),
        copy.span(dated.start("d") if dated["d"] else dated.start(), dated.end()),
    )
    capitals = _CAPITALS.match(dated["place"])  # the first column of a head in one line
    start = dated.start("place") + (capitals.end() if capitals else 0)
    place = copy.text[start : dated.end("place")]
    found["place"] = (place.strip(), copy.span(start, dated.end("place")))


def _header_issuer(front: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """The agency's name in capitals above the number."""
    lines = []
    for copy in front:
        text = _MOTTO.sub("", copy.text).strip(" /*-|")  # bars where the columns are the cells of a table
        if _NUMBER_LINE.match(text):
            break
        if text.isupper():
            lines.append((text, copy.span(0, len(copy.text))))
    if lines:
        found["issuer"] = (_issuing([text for text, _ in lines]), Span(lines[0][1].start, lines[-1][1].end))


def _issuing(lines: Sequence[str]) -> str:
    """Who issues by the lines of a letterhead: the last body that they name, with the one above it where it needs it.

    >>> _issuing(["ĐẢNG BỘ TỈNH QUẢNG NGÃI", "HUYỆN ỦY TRÀ SƠN"]), _issuing(["HUYỆN ỦY TRÀ SƠN", "BAN DÂN VẬN"])
    ('HUYỆN ỦY TRÀ SƠN', 'BAN DÂN VẬN HUYỆN ỦY TRÀ SƠN')

    Words that end the one name and begin the other are said once.

    >>> _issuing(["UBND XÃ PHÚ LA", "VĂN PHÒNG HĐND VÀ UBND"])
    'VĂN PHÒNG HĐND VÀ UBND XÃ PHÚ LA'
    """
    bodies = [lines[0]]
    for line in lines[1:]:
        is_whole = level_of(bodies[-1], None) is not None or bodies[-1].endswith(_NATIONAL)
        if opens_name(line.lower(), 0) and is_whole:
            bodies.append(line)
        else:
            bodies[-1] = f"{bodies[-1]} {line}"
    if len(bodies) == 1 or level_of(bodies[-1], None):
        return bodies[-1]
    own, above = bodies[-1].split(), bodies[-2].split()
    shared = max(count for count in range(len(above) + 1) if own[len(own) - count :] == above[:count])
    return " ".join([*own, *above[shared:]])


def _read_promulgation(
    provisions: Sequence[Provision], copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]
) -> None:
    """ "UBND huyện X ban hành Kế hoạch … như sau:" names the issuer in ordinary letters."""
    for provision, copy in zip(provisions, copies, strict=True):
        if provision.kind != "basis" or not copy.text.endswith(":"):
            continue
        after = copy.text.rfind(", ") + 2 if ", " in copy.text else 0
        match = _PROMULGATION.match(copy.text, after) if opens_name(copy.text, after) else None
        match = match or _PROMULGATION.match(copy.text)
        if match and _TOGETHER.match(match["issuer"]):
            _read_parties(found)
        elif match:
            name = _CALLED.sub("", match["issuer"])
            found["issuer"] = (name, copy.span(match.start("issuer"), match.start("issuer") + len(name)))


def _read_parties(found: dict[str, tuple[str, Span]]) -> None:
    """Those who issue together by the title, "giữa A, B và C về …"; else nobody, for a head of several tells no one."""
    title, span = found.get("title", ("", None))
    between = _BETWEEN.match(title)
    if between and span is not None:
        found["issuer"] = (between["parties"], span)
    else:
        found.pop("issuer", None)


def _read_signing_body(
    provisions: Sequence[Provision], copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]
) -> None:
    """The part of a committee that issues, where the head names the committee alone and one part signs for it."""
    closing = (copy for provision, copy in zip(provisions, copies, strict=True) if provision.kind in _CLOSING)
    bodies = [match["body"] for copy in closing for match in _SIGNS.finditer(copy.text)]
    name, span = found.get("issuer", ("", None))
    if span is None or len(bodies) != 1 or _COMMITTEE.match(name) is None:
        return
    body = bodies[0] if name.isupper() else bodies[0].capitalize().replace("thường", "Thường")
    found["issuer"] = (f"{body} {name}", span)


def _read_labels(front: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """What a page of a portal says of a text above it, each behind its label: "Ngày ban hành: 03/02/2026"."""
    for copy in front:
        if "date" not in found and (day := _ISSUED_ON.match(copy.text)):
            found["date"] = (iso_date(*day.group("d", "m", "y")), copy.span(day.start("d"), day.end("y")))
        if "issuer" not in found and (by := _ISSUED_BY_LABEL.match(copy.text)):
            found["issuer"] = (by["issuer"].rstrip(" ."), copy.span(*by.span("issuer")))


def _read_meeting_day(copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """The day of minutes that their head has not: "Hôm nay, vào lúc 07 giờ 30 phút ngày 27 tháng 3 năm 2026"."""
    if "date" in found or "type" not in found or found["type"][0] != _MINUTES:
        return
    held = ((copy, match) for copy in copies[:_HEAD_LINES] if (match := _MEETING.search(copy.text)))
    for copy, match in held:
        found["date"] = (iso_date(*match.group("d", "m", "y")), copy.span(*match.span("day")))
        return


def _read_label(copy: MatchingCopy, found: dict[str, tuple[str, Span]]) -> None:
    """A text that opens with its own name and number in one line."""
    kind = next((row.name for row in document_types() if copy.text.casefold().startswith(row.name.casefold())), None)
    if kind is None:
        return
    found["type"] = (kind, copy.span(0, len(kind)))
    mention = next((item for item in find_mentions(copy.text) if item.start == 0 and item.number), None)
    number = mention.number if mention else next(find_numbers(copy.text), None)
    if number:
        found["number"] = (number.canonical, copy.span(number.start, number.end))
    whole = copy.span(0, len(copy.text))
    if mention and mention.issuer:
        found["issuer"] = (mention.issuer, whole)
    if mention and mention.date:
        found["date"] = (mention.date, whole)
    if passed := _PASSED.search(copy.text):
        found.setdefault("issuer", (passed["issuer"], copy.span(*passed.span("issuer"))))
        found.setdefault("date", (iso_date(*passed.group("d", "m", "y")), copy.span(*passed.span("day"))))
    name = mention.title if mention and mention.title and "(" not in mention.title else copy.text.split(" (")[0]
    found["title"] = (_ordinary(name, kind), whole)


def _ordinary(title: str, kind: str) -> str:
    """A title in capitals as it is written in a sentence; names of its own lose their capitals.

    >>> _ordinary("Luật THI ĐUA, KHEN THƯỞNG", "Luật")
    'Luật thi đua, khen thưởng'
    """
    rest = title[len(kind) :] if title.casefold().startswith(kind.casefold()) else title
    return (title[: -len(rest)] + rest.lower()).capitalize() if rest.isupper() else title


def _read_signer(
    provisions: Sequence[Provision], copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]
) -> None:
    signed = [copy for provision, copy in zip(provisions, copies, strict=True) if provision.kind == "signature"]
    named = [copy for copy in signed if _is_person(copy.text)]
    if named:
        found["signer"] = (named[-1].text.strip(), named[-1].span(0, len(named[-1].text)))


def _is_person(line: str) -> bool:
    """Whether a line is a name of two to six words, each with one capital."""
    words = line.split()
    return 2 <= len(words) <= 6 and all(word.isalpha() and word.istitle() for word in words)
