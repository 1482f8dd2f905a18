"""What a question states, held against the passage that speaks of the same thing: amounts, days, units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rag.answering.amounts import MONTHS, Amount, amounts, counted_alike
from rag.answering.query import Query
from rag.language.dates import iso_date, spoken_date
from rag.language.lexicon import question_words, sentence_words, word_classes
from rag.language.normalize import alternation, fold, unmark
from rag.language.numerals import NUMERALS

_DATE = re.compile(r"\b(?:ngay )?(\d{1,2})(?:\s?[/.-]\s?| thang )(\d{1,2})(?:\s?[/.-]\s?| nam )(\d{4})\b")
_DAY_MONTH = re.compile(
    r"\bngay (?:(?:\w+ ){1,4}?(?=\d{1,2}/\d))?(\d{1,2})(?:\s?/\s?| thang )(\d{1,2})\b(?!\s?[/.-]\s?\d)(?! nam \d)"
)
"""A day whose year is left out."""
_MONTHLY = re.compile(r"\bngay \d{1,2}(?:(?:,| va|,? ngay) \d{1,2}| va ngay \d{1,2})* (?:hang|moi) thang\b")
_PERMITTED = re.compile(r" (?:thi )?co (?:(?:the |quyen )?duoc|phai|can)\b| (?:thi )?duoc phep\b")
"""What asks whether something may or must be done, not who does it."""
_CASE = re.compile(r"\b(?:trường hợp|nếu|khi)\b[^.;]*? thì\b")
"""The case that a rule is on."""
_SPELT = {2: "hai", 3: "ba", 4: "bốn", 5: "năm", 6: "sáu", 7: "bảy", 8: "tám", 9: "chín", 10: "mười"}
_PERIOD = re.compile(
    r"\b(?:hang|moi) (?P<each>nam|quy|thang|tuan)\b(?! \d+\b(?! lan\b))"
    r"|\b(?:cu |dinh ky )?(?P<n>\d{1,2}) (?P<unit>nam|quy|thang|tuan)(?: \w+){0,14}? (?:mot|1|01) lan\b"
)
_NO_NAME = re.compile(
    r"^hoi nghi$|\b(?:toi|em|minh|moi|hang|lai|cung|chi(?! (?:huy|dao|bo|uy|cuc|hoi|doan)\b)|phai|lam|thi|khong|duoc"
    r"|la|muon|khi|neu|bi|vay|buoc|bang cach|bay gio)\b|\d"
)
_NO_ACTOR = re.compile(r"\b(?:o|tai|hop|cua|trong|ve|(?:toi|em|minh) (?:duoc|bi)) $")
"""What goes before a unit that does nothing itself, "cuộc họp thôn", or to whoever asks."""
_BARE_HEADS = frozenset(("ban", "hoi", "phong", "so", "doan", "to"))
"""Heads that end no unit's name, as the verb behind them is a part of it: "thành viên ban thanh tra"."""
_WHOLE_WORDS = ("xa hoi", "van phong")
"""Words that end as such a head does."""
SAID_TO_LEAD = r"(?:chu tri|lam chinh|lam chu dau tu)"
"""What a question has somebody do who leads, as a pattern over bare text."""
_NUMBER = re.compile(r"[\d.,]+")
_FEW_DAYS = 2
"""How many days a passage may state that are all those of one thing: "dự kiến ngày …, chậm nhất ngày …"."""
_WORDS = {word: str(number) for word, number in NUMERALS.items() if word != "nam"}  # it is a year as well
_IN_WORDS = re.compile(rf"\b({'|'.join(_WORDS)})(?= (?:nam|thang|quy|tuan|lan)\b)")
_PART = (
    r"(?:phó )?trưởng ban(?: thường trực)?|(?:phó )?chủ tịch hội đồng|tổ trưởng|tổ phó|(?:phó )?trưởng đoàn|ủy viên"
    r"|thành viên|thư ký"
)
"""What somebody is in a body."""
_CLAIMED_PART = re.compile(
    rf"\b(?:là|làm|giữ chức|giữ vai trò|kiêm)(?: chức)? (?P<part>{_PART})"
    r"(?=(?: của)? (?:ban|tổ|hội đồng|đoàn) |(?: chỉ đạo\b)|(?: \w+)? ?(?:đúng|phải|không)\b|\W*$)"
)
_TOLD_PART = re.compile(rf"(?:[-–|:]|\blàm) ?(?:[-–] ?)?(?P<part>{_PART})(?=[\s,;.]*$|,)")
"""The part that a line of a list of members ends with: "Chủ tịch xã | - Phó Trưởng ban"."""
_STRICT = re.compile(
    r"\b(?:phai|it nhat|toi thieu|bat buoc|khong qua|toi da|moi (?:duoc|du|thong qua|co)|tang len|nang|chi duoc)\b"
)
_DENIED = re.compile(
    r"\b(?:khoi|khong can|khong phai(?= \w+ \w+)|khong duoc|khong bat buoc|chang can|chua can|mien"
    r"|tu y|tu chon|tu quyet)\b"
)
"""What says that something need not or must not be."""
_FORBIDDEN = re.compile(
    r"\b(?:tuyệt đối không|nghiêm cấm|không tự ý|không được(?! (?:quá|ít|dưới|chậm|muộn|vượt|thấp|cao|hơn)))\b"
)
"""What forbids something, and is no bound of an amount."""
_TAGS = re.compile(r"\b(?:co |dung )?(?:phai|dung) (?:khong|ko|hong|vay|the|chua)\b|\bco phai\b")
"""What asks whether something is so: no "phải" of duty."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A value that a question states and what the passage has: the same, or these others."""

    claimed: str
    known: tuple[str, ...]

    @property
    def holds(self) -> bool:
        """Whether the passage bears the question out."""
        return self.claimed in self.known

    @property
    def is_of_same_noun(self) -> bool:
        """Whether the passage counts the very things that the question does: "thành viên", not "người"; or shares."""
        return _counted(self.claimed) in {_counted(one) for one in self.known}


def checked(query: Query, text: str) -> Checked | None:
    """The first amount or day of a question of which the passage states one of the same kind; None where none is.

    A passage that states several of the kind, besides those that the question states too, contradicts none: which of
    them is meant is not told by their form.
    """
    passage = unmark(fold(text))
    for claimed in query.dates:
        days = tuple(dict.fromkeys(_iso(match) for match in _DATE.finditer(passage)))
        if days and (claimed in days or len(days) <= _FEW_DAYS):
            return Checked(spoken_date(claimed), tuple(spoken_date(day) for day in days))
    for pattern, read in ((_DAY_MONTH, _days_of_year), (_MONTHLY, _days_of_month)):
        if (one := pattern.search(query.bare)) and (told := read(passage)):
            said = query.restored[one.start(1) if pattern is _DAY_MONTH else one.start() : one.end()]
            return _days_checked(f"ngày {said.removeprefix('ngày ')}", read(one[0]), told)
    every = _periods(_IN_WORDS.sub(lambda match: _WORDS[match[0]], query.bare))
    often = _periods(_IN_WORDS.sub(lambda match: _WORDS[match[0]], passage))
    period = Checked(_said_period(*every), (_said_period(*often),)) if len(every) == len(often) == 1 else None
    if period and not period.holds:
        return period
    part, parts = _CLAIMED_PART.search(query.restored), _TOLD_PART.findall(fold(text))
    if part and len(parts) == 1:
        return Checked(part["part"], (parts[0],))
    besides = counted_alike(query.restored, fold(text))
    stated, ruled = amounts(fold(text), besides), amounts(_CASE.sub(" ", fold(text)), besides)
    strict = _STRICT.search(_TAGS.sub(" ", query.bare)) is not None
    asked, claimed_of_rule = amounts(query.restored, besides), amounts(_CASE.sub(" ", query.restored), besides)
    borne_out = [
        one for one in asked
        if any(one.kind == other.kind and one.same(other) for other in (ruled if one in claimed_of_rule else stated))
    ]  # fmt: skip
    rest = [one for one in stated if not any(one.kind == other.kind and one.same(other) for other in borne_out)]
    for claimed_amount in (one for one in asked if one not in borne_out):
        if not any(one.kind == claimed_amount.kind for one in ruled):
            continue  # what a passage states is nothing, or but the case that its rule is on
        known_amounts = [one for one in rest if one.kind == claimed_amount.kind]
        known_amounts = [one for one in known_amounts if one in ruled] or known_amounts
        if len({(one.low, one.high) for one in known_amounts}) != 1:
            if known_amounts:
                return None
        elif not _may_be(claimed_amount, known_amounts[0], strict=strict):
            known = known_amounts[0]
            said = _spelled(claimed_amount.said, known.said)
            if claimed_amount.as_often(known):
                return Checked(said, tuple(dict.fromkeys(one.said for one in known_amounts)))
            return Checked(f"{said} {claimed_amount.often}", (f"{known.said} {known.often}",))
    if asked and len(borne_out) == len(asked):
        return period or Checked(asked[0].said, (asked[0].said,))
    told_of = (one.kind in MONTHS or one in borne_out for one in asked)
    return period if all(told_of) else None


def _days_checked(said: str, claimed: Mapping[str, object], told: Mapping[str, object]) -> Checked | None:
    """Days that a question states against those of a passage, each by its words; None where these are too many."""
    if set(claimed.values()) <= set(told.values()):
        return Checked(said, (said,))
    return Checked(said, tuple(told)) if len(told) <= _FEW_DAYS else None


def _days_of_year(bare: str) -> dict[str, object]:
    """The days that a text names with their months, by what is said of them.

    >>> _days_of_year("dong cua tu ngay 01/7/2026, nop ngay 5/8")
    {'ngày 01/7': (1, 7), 'ngày 5/8': (5, 8)}
    """
    found = sorted((*_DATE.finditer(bare), *_DAY_MONTH.finditer(bare)), key=lambda one: one.start())
    return {f"ngày {one[1]}/{one[2]}": (int(one[1]), int(one[2])) for one in found}


def _days_of_month(bare: str) -> dict[str, object]:
    """The days of every month on which a text has something done.

    >>> _days_of_month("vao ngay 05 va ngay 20 hang thang")
    {'ngày 05 hằng tháng': 5, 'ngày 20 hằng tháng': 20}
    """
    every = (number for one in _MONTHLY.finditer(bare) for number in re.findall(r"\d+", one[0]))
    return {f"ngày {number} hằng tháng": int(number) for number in every}


def _counted(said: str) -> str:
    """The last syllable of what an amount counts, "%" for a share.

    >>> _counted("5 thành viên"), _counted("một phần ba"), _counted("50%")
    ('viên', '%', '%')
    """
    found = amounts(said)
    return "%" if found and found[0].kind == "%" else said.rpartition(" ")[2]


def may_hold(query: Query, text: str) -> bool:
    """Whether a passage leaves room for every amount of a question: seven where it has "từ 5 đến 15"."""
    stated, asked = amounts(fold(text)), amounts(query.restored)
    return bool(asked) and all(
        any(
            of.kind == one.kind
            and of.admits(one)
            and {of.bound, one.bound} != {"least", "most"}
            and _noun(one) in (_noun(of), "người")
            for of in stated
        )
        for one in asked
    )


def _noun(amount: Amount) -> str:
    return amount.said.rpartition(" ")[2]


def _may_be(claimed: Amount, known: Amount, *, strict: bool) -> bool:
    """Whether what is claimed may be true beside what a passage states: seven where it has "ít nhất 5"."""
    one_sided = {claimed.bound, known.bound} == {"least", "most"}  # 70 at least are none too few where 100 are the most
    return known.admits(claimed) and (one_sided or not (strict and known.bound))


def denies(query: Query, text: str) -> bool:
    """Whether a question says that something need not or must not be of which a passage says no such thing."""
    denied = _DENIED.search(_TAGS.sub(" ", query.bare))
    return denied is not None and _DENIED.search(unmark(fold(text))) is None


def forbids(query: Query, text: str) -> bool:
    """Whether a passage forbids something of which a question only says that it is done."""
    said = re.sub(r" (?:khong|ko|chua|a)$", "", _TAGS.sub(" ", query.bare).rstrip(" ?.,"))
    return _FORBIDDEN.search(fold(text)) is not None and re.search(r"\b(?:khong|ko|cam|chua)\b", said) is None


def value_words(query: Query) -> frozenset[str]:
    """The words in which a question states amounts and how often: a text that states others need not have them."""
    said = " ".join(one.said for one in amounts(query.restored))
    often = " ".join(query.restored[slice(*match.span())] for match in _PERIOD.finditer(query.bare))
    return frozenset(f"{said} {often} trở".split()) | question_words("of_values")


def claimed_unit(query: Query) -> str | None:
    """The unit that a question says carries a duty, as it names it: "có phải Phòng A theo dõi …"; None for none.

    The question may lack its marks, so that a unit is what stands between a noun for units and a verb of duty.
    """
    by, plain = _carriers()  # "hội nghị hiệp thương do Ủy ban chủ trì": it is the Ủy ban that does it
    for pattern in (by, plain):
        match = pattern.search(query.bare)
        while match:
            name = query.restored[slice(*match.span("unit"))]
            is_unit = name.startswith(word_classes().unit_heads) or name == unmark(name)
            is_unit = is_unit and not unmark(name).startswith(_no_units()) and not _ends_bare(name)
            acts = is_unit and not _NO_ACTOR.search(query.bare[: match.start()])
            if acts and not _PERMITTED.match(query.bare, match.end("unit")) and not _NO_NAME.search(match["unit"]):
                return name
            match = pattern.search(query.bare, match.start() + 1)
    return None


def _ends_bare(name: str) -> bool:
    """Whether a name ends with a head that is no syllable of a word: "thành viên ban", but not "Văn hóa - Xã hội"."""
    return unmark(name.split()[-1]) in _BARE_HEADS and not unmark(name).endswith(_WHOLE_WORDS)


def claimed_partner(query: Query) -> str | None:
    """The unit with which a question says that another works, as it names it; None for none."""
    match = _with_partner().search(query.bare)
    if match is None or _NO_NAME.search(match["unit"]):
        return None
    return query.restored[slice(*match.span("unit"))]


def duty_owner(query: Query) -> str:
    """The unit of whose duties a question asks, as it names it; "" where it asks of none."""
    match = _owner().search(query.bare)
    if match is None:
        return ""
    name = "before" if match["before"] else "after" if match["after"] else "alone"
    return query.restored[match.start(name) : match.end(name)]


@cache
def _no_units() -> tuple[str, ...]:
    """How words begin, bare, that open like a unit and are none: "bao cao ket qua"."""
    return tuple(unmark(word) for word in word_classes().not_units)


@cache
def _carriers() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What says that a unit does something: after "do", and without it."""
    long = (verb for verb in sentence_words().verbs if " " in verb)
    acts = (verb for verb in (*word_classes().duty_verbs, *long) if verb != "là")  # "nhiệm kỳ của Ban là 5 năm"
    verbs = (
        rf"{alternation(map(unmark, acts))}|la(?= (?:ben|don vi|co quan|dau moi)\b)"
        rf"|{SAID_TO_LEAD}|dung ra|duoc giao"
    )
    binds = (
        r"(?:(?:lai |co |duoc (?:(?:huyen|xa|tinh|cap tren|uy ban|lanh dao)(?: \w+)? (?=giao ))?|giao "
        r"|la (?:don vi|co quan) |chiu trach nhiem |co trach nhiem |duoc giao |phai |se "
        r"|(?:ra|ban hanh) quyet dinh )*)"
    )
    does = rf"(?P<unit>{_unit_name()})(?<! va) {binds}(?:{verbs})\b"
    return re.compile(rf"\bdo {does}"), re.compile(rf"\b{does}")


@cache
def _with_partner() -> re.Pattern[str]:
    verbs = alternation(unmark(verb) for verb in (*word_classes().duty_verbs, *sentence_words().verbs))
    ends = rf"(?= (?:de|trong|theo|khi|va|phai|dung|khong|co|{verbs})\b| *$)"
    return re.compile(rf"\bphoi hop (?:chat che )?(?:cung voi|voi|cung) (?P<unit>{_unit_name()}){ends}")


@cache
def _owner() -> re.Pattern[str]:
    ends = r"(?= (?:co|phai|duoc|can|se|trong|doi voi|lien quan|ve|khi|la|nhu|ra sao|the nao|gi|theo)\b| *$)"
    duties = r"(?:trach nhiem|nhiem vu|quyen han|viec)"
    return re.compile(
        rf"^(?P<before>{_unit_name()}){ends}|\b{duties} (?:\w+ ){{0,2}}?cua (?P<after>{_unit_name()}){ends}"
        rf"|^(?P<alone>{_unit_name()})$"
    )


@cache
def _unit_name() -> str:
    """The pattern of a bare unit's name: a noun for units with what tells it from others."""
    heads = [unmark(head) for head in word_classes().unit_heads]
    names = alternation(head for head in heads if " " in head)
    word = r"(?:(?: -)? \w+)"  # "Phòng Văn hóa - Xã hội"
    return rf"(?:(?:{names}){word}{{0,10}}?|(?:{alternation(heads)}){word}{{1,10}}?)"


def _periods(bare: str) -> frozenset[float]:
    """How many months lie between two times of what is done again and again."""
    found = set()
    for match in _PERIOD.finditer(bare):
        unit = next(filter(None, (match["each"], match["unit"])))
        found.add(int(match["n"] or 1) * MONTHS[unit])
    return frozenset(found)


def _said_period(months: float) -> str:
    """
    >>> _said_period(12), _said_period(6), _said_period(24)
    ('hằng năm', 'sáu tháng một lần', 'hai năm một lần')
    """
    often = {0.25: "hằng tuần", 1.0: "hằng tháng", 3.0: "hằng quý", 12.0: "hằng năm"}.get(months)
    unit, scale = ("năm", 12.0) if months % 12 == 0 else ("tháng", 1.0) if months % 1 == 0 else ("tuần", 0.25)
    count = int(months / scale)
    return often or f"{_SPELT.get(count, count)} {unit} một lần"


def _spelled(claimed: str, known: str) -> str:
    """What a question typed without marks counts, spelled as the passage has it where that is the same."""
    number, what = _NUMBER.match(claimed), _NUMBER.match(known)
    tail = known[what.end() :] if what else ""
    if number and unmark(tail).strip() == claimed[number.end() :].strip():
        return claimed[: number.end()] + tail
    return claimed


def _iso(match: re.Match[str]) -> str:
    return iso_date(match[1], match[2], match[3])
