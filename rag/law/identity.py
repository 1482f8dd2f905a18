"""What a document says of itself: number, type, title, issuer, date, place, signer."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.lexicon import document_types
from rag.language.normalize import UPPER, MatchingCopy
from rag.law.numbers import find_numbers
from rag.law.references import find_mentions
from rag.types import Identity, Provision, Span

_NUMBER_LINE = re.compile(r"Số\s?:?\s?", re.IGNORECASE)
_DATELINE = re.compile(
    rf"(?P<place>[{UPPER}][\w\s.-]{{0,40}}?)\s?,\s?ngày\s?(?P<d>\d{{0,2}})\s?[./…]*\s?tháng\s?(?P<m>\d{{0,2}})\s?[./…]*"
    r"\s?năm\s?(?P<y>\d{4})"
)
_PROMULGATION = re.compile(
    rf"(?P<issuer>[{UPPER}][^;:.\"]{{2,120}}?)\s(?:xây dựng\s)?ban hành\s(?:(?i:kế hoạch)|[{UPPER}]\w+)"
)
_NATION = (
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    "ĐỘC LẬP",
)


def read_identity(provisions: Sequence[Provision], copies: Sequence[MatchingCopy]) -> Identity:
    """What the front matter and the signature say; a number or a day that was left blank is None.

    A date without its day is `YYYY-MM`.
    """
    own = [index for index, provision in enumerate(provisions) if not _is_attached(provisions, index)]
    provisions, copies = [provisions[index] for index in own], [copies[index] for index in own]
    front = [(copy, provision) for copy, provision in zip(copies, provisions, strict=True) if provision.kind == "front"]
    found: dict[str, tuple[str, Span]] = {}
    _read_lines([copy for copy, _ in front], found)
    _read_promulgation(provisions, copies, found)
    if "type" not in found and front:
        _read_label(front[0][0], found)
    _read_signer(provisions, copies, found)
    values = {key: value for key, (value, _) in found.items()}
    fields = ("number", "type", "title", "issuer", "date", "place", "signer")
    return Identity(
        **{name: values.get(name) for name in fields},
        spans=tuple((key, span) for key, (_, span) in found.items()),
    )


def _is_attached(provisions: Sequence[Provision], index: int) -> bool:
    """Whether a provision belongs to an annex, which has a head and a signature of its own."""
    parent = provisions[index].parent
    while parent is not None:
        if provisions[parent].kind == "annex":
            return True
        parent = provisions[parent].parent
    return False


def _read_lines(front: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    names = {row.name.casefold(): row.name for row in document_types()}
    for index, copy in enumerate(front):
        line = copy.text.strip()
        if line.isupper() and line.casefold() in names:
            found["type"] = (names[line.casefold()], copy.span(0, len(copy.text)))
            if index + 1 < len(front):
                title = front[index + 1]
                found["title"] = (title.text, title.span(0, len(title.text)))
            _header_issuer(front[:index], found)
            return
        if (label := _NUMBER_LINE.match(copy.text)) and "number" not in found:
            number = next((n for n in find_numbers(copy.text) if n.start >= label.end() - 1), None)
            if number:
                found["number"] = (number.canonical, copy.span(number.start, number.end))
        if dated := _DATELINE.search(copy.text):
            _dateline(copy, dated, found)


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
    found["place"] = (dated["place"].strip(), copy.span(*dated.span("place")))


def _header_issuer(front: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]) -> None:
    """The agency's name in capitals above the number."""
    lines = []
    for copy in front:
        text = copy.text.strip(" /*-")
        if _NUMBER_LINE.match(text):
            break
        if text.isupper() and not text.startswith(_NATION):
            lines.append((text, copy.span(0, len(copy.text))))
    if lines:
        found["issuer"] = (" ".join(text for text, _ in lines), Span(lines[0][1].start, lines[-1][1].end))


def _read_promulgation(
    provisions: Sequence[Provision], copies: Sequence[MatchingCopy], found: dict[str, tuple[str, Span]]
) -> None:
    """ "UBND huyện X ban hành Kế hoạch … như sau:" names the issuer in ordinary letters."""
    for provision, copy in zip(provisions, copies, strict=True):
        if provision.kind == "basis" and copy.text.endswith(":") and (match := _PROMULGATION.match(copy.text)):
            found["issuer"] = (match["issuer"], copy.span(*match.span("issuer")))


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
