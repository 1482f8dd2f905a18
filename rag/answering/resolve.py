"""From what a question says of documents to entries of the catalogue: numbers, issuers, levels, dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rag.answering.asked_numbers import AskedNumber, type_pattern
from rag.answering.holdings import Library, bare_line
from rag.answering.levels import LEVEL_WORDS, OF_DOCUMENTS, level_of_body, levels_in
from rag.answering.query import EITHER_LEVEL, Query, lead_type
from rag.index.topics import Term
from rag.language.abbreviations import expand_abbreviations
from rag.language.lexicon import issuers, word_classes
from rag.law.issuers import committee_name, level_of
from rag.law.numbers import is_party, organ_issuer, parts
from rag.types import Document

_SET_UP = ("ban chi dao", "ban quan ly", "hoi dong", "to ")
"""How bodies are called that others set up by a document, which they themselves do not issue."""
_GIVES = re.compile(
    r"(?:(?<!hoat dong )(?<!vai tro )(?<!trach nhiem )(?<!nhiem vu )(?<!phuong thuc )(?<!chat luong )\bcua"
    r"|\bdo|\bboi|\bcap)(?: (?:bo truong|thu truong|chu tich|giam doc))? $"
)
_FORMAL = frozenset(
    ("Luật", "Bộ luật", "Pháp lệnh", "Nghị định", "Thông tư", "Công văn", "Chỉ thị", "Đề án", "Tờ trình")
)
"""Types that nobody says for another: "quy định nào", "hướng dẫn nào" ask for any rule."""
_CARRIES = re.compile(
    r"^(?: (?!ban hanh\b|ra\b|ky\b)\w+){0,3}? (?:duoc giao |phai |se |lam )*"
    r"(?:chu tri|phoi hop|thuc hien|phu trach|dam nhiem|dam nhan|theo doi|to chuc|trien khai|lo|huong dan thuc hien)\b"
)
"""What goes on after "do" and a unit that carries something out, and issued nothing: "do Ban Dân vận chủ trì"."""
_BY = (" do ", " boi ")
_OR = re.compile(r"\W(?:hay|hoac|va)(?: la)? $")
_OF_LEVEL = re.compile(r" (?:(?:cap|cua|o|tren|duoi) ){0,2}(?P<level>tinh|huyen|xa)\b")
_OPENS = re.compile(r"^ (?:da |moi )?(?:co|ban hanh|ra)\b")
_OF_NUMBER = re.compile(
    r"^(?: (?:tinh|huyen|xa))?"
    r"(?:\W*$| (?:ve|noi|quy dinh|ban hanh|ra|ngay|nam|thang|khi nao|co (?:trich yeu|hieu luc)|la gi)\b)"
)
"""What goes on after an issuer that stands right behind a number: "NQ 31 tỉnh ủy về vấn đề gì"."""
_ISSUES = re.compile(r"^ (?:da |moi |co |lai )*(?:ban hanh|thong qua|ra|ky)\b")
_GIVEN_BY_ONE_OF = re.compile(r"\W*(?:la )?(?:cua|do) (?:\w+ ){1,6}?(?P<level>trung uong|tinh|huyen|xa)\b(?! uy)")


# What no longer belongs to an issuer's name.
_GOES_ON = re.compile(
    r" (?:ban hanh|thong qua|quy dinh|ky|ra|ve|co|so|ngay|thang|nam|thi|la|giao|noi|da|hay|hoac|trong)\b"
)
# What begins the names of several issuers, and a level that is no issuer.
_NO_ISSUERS = frozenset(
    ("trung uong", "ban chap", "ban chap hanh", "uy ban", "ban thuong", "hoi dong", "ban can", "ban can su", "mat tran")
)
# What an issuer's name goes on with is an issuer's name in short: "Ban Thường trực Ủy ban Mặt trận …".
_BODIES = ("uy ban ", "mat tran to quoc ")
_LAST = frozenset(("trung", "uong", "tinh", "huyen", "xa", "phuong", "thi", "tran"))
_IN_ROW = re.compile(r" (?:va |hoac |hay |cung )?")
"""What stands between two issuers of a row, whose commas a bare question lacks."""
FACT_SLOTS = frozenset(("date", "issuer", "number", "title", "signer"))
"""What a question may ask of one document."""
_ABOUT_DOCUMENTS = OF_DOCUMENTS | {"yes_no"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What an answer's documents must be; None and empty where the question leaves it open.

    `issuers` are bare names as the question has them. Of several issuers or levels one is enough: "của tỉnh hay
    của huyện" leaves both open.
    """

    types: frozenset[str] = frozenset()
    issuers: tuple[str, ...] = ()
    levels: frozenset[str] = frozenset()
    year: str | None = None
    dates: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.types or self.issuers or self.levels or self.year or self.dates)


class Resolver:
    """Finds catalogue entries for what questions say; read-only."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def limits(self, query: Query) -> Limits:
        """The limits that a question sets."""
        found = self.asked_issuers(query)
        levels = frozenset() if found else levels_in(EITHER_LEVEL.sub(" ", query.bare)) or level_of_body(query)
        return Limits(query.types, found, levels, query.year, query.dates)

    def said_of(self, number: AskedNumber, query: Query) -> Limits:
        """Issuer and level that the question says of one of the numbers it gives, right after it."""
        return self.said_in(number.after, query)

    def said_in(self, words: str, query: Query) -> Limits:
        """Issuer and level that some bare words of a question say."""
        said = replace(query, bare=words)
        issued = self.asked_issuers(said)
        if issued:
            return Limits(issuers=issued)
        body = _GIVEN_BY_ONE_OF.match(said.bare)
        return Limits(
            levels=levels_in(said.bare) or (frozenset((LEVEL_WORDS[body["level"]],)) if body else frozenset())
        )

    def asked_issuers(self, query: Query) -> tuple[str, ...]:
        """The issuers whom the question names as such, the longest name where one holds another.

        A question that asks for no document names units, not issuers.
        """
        if query.slots and not query.numbers and not query.slots & _ABOUT_DOCUMENTS and not query.continues:
            return ()
        found: dict[int, str] = {}
        taken: list[tuple[int, int]] = []
        listing = bool(query.slots & {"list", "count", "document", "number"})
        about = query.bare.find(" ve ")
        told_before = about >= 0 and bool(levels_in(query.bare[:about]))
        longer: list[tuple[int, int]] = []
        for match in self._named(query.bare):
            is_part = any(start <= match.start() and match.end() <= end for start, end in longer)
            longer.append(match.span())
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if about >= 0 and match.start() > about and (told_before or any(at < about for at in found)):
                continue  # whom the title is about
            before, after = query.bare[: match.start()], query.bare[match.end() :]
            if (
                (_GIVES.search(before) and not (before.endswith(_BY) and _CARRIES.match(after)))
                or (found and _OR.search(before))
                or _ISSUES.match(_OF_LEVEL.sub("", after, count=1) if _OF_LEVEL.match(after) else after)
                or (listing and not before.strip() and _OPENS.match(after))
                or (query.numbers and not before.strip() and _OF_NUMBER.match(after))
                or _has_type().match(after)
                or (_acts_by().match(after) and not is_part and not match[0].startswith(_SET_UP))
            ):
                said = self._whole_name(match[0], _GOES_ON.split(after)[0].split())
                if said == match[0] and (level := _OF_LEVEL.match(after)):
                    said += f" {level['level']}"
                found.setdefault(match.start(), said)
                taken.append((match.start(), match.start() + len(said)))
        beside = self._beside(query.bare, taken) if listing else {}
        return tuple(dict.fromkeys(name for _, name in sorted((beside | found).items())))

    def _named(self, bare: str) -> Iterator[re.Match[str]]:
        """Where a bare question has an issuer's name or how one begins, the longest names first."""
        for phrase in self._issuer_phrases:
            if phrase in bare:
                yield from re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", bare)

    def _beside(self, bare: str, taken: list[tuple[int, int]]) -> dict[int, str]:
        """The issuers that stand in a row with those at the places `taken`, to which they are added."""
        found: dict[int, str] = {}
        named = [match.span() for match in self._named(bare)]
        grown = bool(taken)
        while grown:
            grown = False
            for start, end in named:
                apart = not any(left < end and start < right for left, right in taken)
                if apart and any(_IN_ROW.fullmatch(bare[min(end, right) : max(start, left)]) for left, right in taken):
                    found[start] = bare[start:end]
                    taken.append((start, end))
                    grown = True
        return found

    def _whole_name(self, phrase: str, after: Sequence[str]) -> str:
        """An issuer as the question goes on to name it, some words of its full name left out."""
        most = 0
        for words in self._issuer_words:
            for at in range(len(words)):
                if words[at : at + len(phrase.split())] == tuple(phrase.split()):
                    most = max(most, _goes_on(words[at + len(phrase.split()) :], after))
        return " ".join([phrase, *after[:most]])

    @cached_property
    def _issuer_words(self) -> frozenset[tuple[str, ...]]:
        """The words of the issuers of the corpus' documents, bare, abbreviations written out."""
        return frozenset(_name_words(entry.issuer) for entry in self._library.knowledge.documents if entry.issuer)

    def candidates(self, asked: AskedNumber) -> list[Document]:
        """The documents that bear a number given in part, in the order of the catalogue.

        Where the type in words fits none, the symbol in the number alone tells: QĐ is Quyết định or Quy định.
        """
        entries = self._library.by_digits.get(asked.n, ())
        found = [entry for entry in entries if _bears(entry, asked)]
        if found or not asked.symbol_types:
            return found
        return [entry for entry in entries if _bears(entry, replace(asked, types=asked.symbol_types))]

    def fits(self, entry: Document, limits: Limits) -> bool:
        """Whether a document is within all limits."""
        return (
            (not limits.types or any(self.is_of_type(entry, name) for name in limits.types))
            and (not limits.levels or entry.level in limits.levels)
            and (limits.year is None or (entry.date or "")[:4] == limits.year)
            and (not limits.dates or any(date in self.dates_of(entry) for date in limits.dates))
            and (not limits.issuers or any(self.issued_by(entry, issuer) for issuer in limits.issuers))
        )

    def is_of_type(self, entry: Document, name: str) -> bool:
        """Whether a document is of a type, or issues one: a decision "ban hành Quy chế" answers for "quy chế nào"."""
        title = bare_line(entry.title or "")
        return (
            entry.type == name
            or re.match(rf" (?:ve )?(?:viec )?(?:ban hanh )?{bare_line(name).strip()} ", title) is not None
        )

    def knows_none(self, query: Query, types: frozenset[str]) -> bool:
        """Whether the texts hold and cite no document of the formal types asked for: "công văn nào nói về …"."""
        formal = types <= _FORMAL and any(f" {bare_line(name).strip()} nao" in f" {query.bare}" for name in types)
        return formal and not self.within(self._library.knowledge.documents, Limits(types=types))

    def types_before_number(self, query: Query) -> frozenset[str]:
        """The type that a question opens with, where it names another document only further on."""
        lead = lead_type(query.bare)
        return frozenset(lead) if lead and not any(lead & asked.types for asked in query.numbers) else frozenset()

    def within(self, entries: Iterable[Document], limits: Limits) -> list[Document]:
        """The documents within all limits."""
        return [entry for entry in entries if self.fits(entry, limits)]

    def issued_by(self, entry: Document, issuer: str) -> bool:
        """Whether a document's issuer, by name or by the symbol of its number, is one named so."""
        read = parts(entry.number) if entry.number else None
        symbol = bare_line(organ_issuer(read.organ) or "").strip() if read else ""
        if symbol and issuer in self._symbol_names:
            return issuer == symbol or bare_line(entry.issuer or "").startswith(f" {issuer} ")
        names = (entry.issuer or "", committee_name(entry.issuer or ""))
        return f" {issuer} " in f" {symbol} " or any(_is_named(issuer.split(), _name_words(name)) for name in names)

    def dates_of(self, entry: Document) -> tuple[str, ...]:
        """Every date that a mention or the catalogue gives a document."""
        dates = [entry.date, *(mention.date for mention in self._library.mentions_of(entry))]
        return tuple(dict.fromkeys(date for date in dates if date))

    def named(self, query: Query) -> list[Document]:
        """The documents whose whole name stands in the question: laws, and titles that open with their type.

        Of two of one name the one that another has replaced is not meant, where no year is given.
        """
        question = bare_line(query.restored)
        found = []
        for entry in self._library.knowledge.documents:
            if entry.title and entry.title.startswith(entry.type) and bare_line(entry.title) in question:
                found.append(entry)
        gone = {one.target for entry in found for one in entry.relations if one.kind == "replaces"}
        return found if query.year or query.dates else [entry for entry in found if entry.key not in gone]

    @cached_property
    def _symbol_names(self) -> frozenset[str]:
        """The bare names of the issuers that have a symbol of their own: Chính phủ is not Thủ tướng Chính phủ."""
        return frozenset(bare_line(row.name).strip() for row in issuers().values() if row.name)

    def issuer_name(self, phrase: str) -> str:
        """The proper spelling of an issuer that a question names, for showing it."""
        known = max((bare for bare in self._issuer_phrases if phrase.startswith(bare)), key=len, default="")
        rest = LEVEL_WORDS.get(phrase[len(known) :].strip(), "")
        return f"{self._issuer_phrases.get(known, phrase)} {rest}".strip()

    def contradicts(self, entry: Document, issuer: str) -> bool:
        """Whether the texts say that another than the one named issued a document.

        The symbol of a Party committee alone tells but the level: Politburo and Secretariat both write "-QĐ/TW".
        """
        if entry.level is None or entry.issuer is None or self.issued_by(entry, issuer):
            return False
        read = parts(entry.number) if entry.number else None
        by_symbol = read is not None and is_party(read.organ) and entry.issuer == organ_issuer(read.organ)
        if not by_symbol or issuer in self._of_state:
            return True
        return level_of(self.issuer_name(issuer), None) not in (None, entry.level)

    @cached_property
    def _of_state(self) -> frozenset[str]:
        """The bare names of the issuers that are no Party's."""
        return frozenset(
            bare_line(row.name).strip() for row in issuers().values() if row.name and row.family == "state"
        )

    @cached_property
    def _issuer_phrases(self) -> dict[str, str]:
        """Bare names of issuers and what they begin with, longest first, each with its proper spelling."""
        names = {_full_name(entry.issuer) for entry in self._library.knowledge.documents if entry.issuer}
        names |= {row.name for row in issuers().values() if row.name} | set(word_classes().issuers_without_symbol)
        phrases: dict[str, str] = {}
        for name in sorted(names):
            words, proper = bare_line(name).split(), name.split()
            if len(words) == len(proper):
                phrases |= {
                    " ".join(words[start:end]): " ".join(proper[start:end])
                    for start in range(len(words)) if start == 0 or " ".join(words[start:]).startswith(_BODIES)
                    for end in range(start + 2, len(words) + 1)
                }  # fmt: skip
        kept = sorted(phrases.keys() - _NO_ISSUERS, key=lambda phrase: (-len(phrase), phrase))
        return {phrase: phrases[phrase] for phrase in kept}


def without_issuers(terms: Sequence[Term], issuers: Sequence[str]) -> list[Term]:
    """The words of a topic that do not name an issuer, by whom a question limits its answer."""
    return [term for term in terms if not any(f" {term.bare} " in f" {issuer} " for issuer in issuers)]


def _full_name(name: str) -> str:
    """An issuer's name with its abbreviations written out and nothing in brackets."""
    return expand_abbreviations(" ".join(re.sub(r"\([^)]*\)", " ", name).split()))


def _name_words(name: str) -> tuple[str, ...]:
    return tuple(bare_line(_full_name(name)).split())


def _goes_on(words: Sequence[str], after: Sequence[str]) -> int:
    """How many of the words that follow are in a name, in its order."""
    at = 0
    for count, word in enumerate(after):
        if word not in words[at:]:
            return count
        at = list(words).index(word, at) + 1
    return len(after)


def _is_named(said: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a question's name of an issuer is that of `words`, some left out; it may say whose level it is.

    >>> _is_named("mat tran xa".split(), "uy ban mat tran to quoc xa".split())
    True
    """
    if not said or said[0] not in words:
        return False
    for start in (at for at, word in enumerate(words) if word == said[0]):
        count = _goes_on(words[start:], said)
        left_out = words and words[-1] in _LAST and count and said[count - 1] == words[-1]
        if count == len(said) or (left_out and count > 1):
            return True
    return False


@cache
def _has_type() -> re.Pattern[str]:
    """What goes on after an issuer that has documents: "Huyện ủy có kế hoạch …"."""
    return re.compile(rf"^ (?:da |moi |cung |con )*co (?:nhung |cac |may |bao nhieu )?(?:{type_pattern()})\b")


@cache
def _acts_by() -> re.Pattern[str]:
    """What goes on after an issuer that does something by a document: "Huyện ủy kiện toàn ban bằng quyết định nào"."""
    return re.compile(rf"^(?: (?!duoc\b|bi\b)\w+){{1,10}}? bang (?:nhung |cac )?(?:van ban|{type_pattern()})\b")


def _bears(entry: Document, asked: AskedNumber) -> bool:
    read = parts(entry.number) if entry.number else None
    if read is None or read.n != asked.n or (asked.year and read.year != asked.year):
        return False
    if asked.types and not entry.type.startswith(tuple(asked.types)) and not _issues_type(entry, asked.types):
        return False  # "Nghị quyết" is short for "Nghị quyết liên tịch", "Quy chế 9" for what Quyết định 9 issues
    whole = f"{read.abbreviation or ''} {read.organ}"  # of an official letter both are the issuer's: 204/LĐLĐ-CSPL
    return asked.organ is None or any(_organ_matches(bare_line(one), asked.organ) for one in (read.organ, whole))


def _issues_type(entry: Document, types: Iterable[str]) -> bool:
    """Whether a document issues by its title what is of one of some types."""
    title = bare_line(entry.title or "")
    return any(f" ban hanh{bare_line(name)}" in title or title.startswith(bare_line(name)) for name in types)


def _organ_matches(organ: str, asked: str) -> bool:
    return organ.replace(" ", "").startswith(bare_line(asked).replace(" ", ""))
