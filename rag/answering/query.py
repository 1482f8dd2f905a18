"""What a question asks: its slots, the documents it names, its limits, and the topic that is left."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from rag.answering.asides import ASKS, EXCEPTED, affiliations, asides, premise, tells_of_oneself
from rag.answering.asked_numbers import AskedNumber, read_numbers, type_pattern, types_of
from rag.answering.blanking import Blanking
from rag.answering.citing import citing_text
from rag.answering.locators import LOCATOR, locator_of
from rag.index.topics import TOPIC_GAP
from rag.language.abbreviations import expand_abbreviations
from rag.language.dates import iso_date
from rag.language.diacritics import DiacriticsRestorer, mostly_unmarked
from rag.language.dialect import standard_words
from rag.language.lexicon import document_types, question_patterns, sentence_words, word_classes
from rag.language.normalize import alternation, fold, normalize, strip_diacritics, unmark
from rag.language.numerals import NUMERALS, with_digits

SLOTS = (
    "recipients",
    "place",
    "holder",
    "document",
    "issuer",
    "signer",
    "unit",
    "date",
    "number",
    "duty",
    "amount",
    "title",
    "list",
    "count",
    "compare",
    "yes_no",
)
_SUPERLATIVES = ("latest", "earliest")
_WHOLE_SLOTS = ("list", "count", "compare", "yes_no", "effective", "ended")
"""Slots that are told from the whole question, whatever else its words also ask."""
_DOES = re.compile(r"\bvan ban(?: (?:chi dao|lanh dao|quy dinh|trien khai|va))* $")
_TOKEN = re.compile(r"[^\W_]+")
_WHICH_NUMBER = re.compile(r"\bsố n[aà]o\b")
_DATE = re.compile(
    r"\b(?:ngay )?(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\b|\bngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})\b"
)
_ISSUED = r"(?:quyet dinh|nghi quyet|chi thi|ke hoach|ket luan|quy dinh|huong dan|nghi dinh|thong tu|de an)"
_PAUSE = re.compile(r"[;:]|,(?!\d)|(?<!\d),")
_YEAR = re.compile(
    r"\b(?:ban hanh|ky|van ban|ra doi)(?: \w+){0,3}? (?P<said>(?:trong |vao )?nam (?P<year>\d{4}))\b"
    rf"|\b(?P<said_of>nam (?P<year_of>\d{{4}}))(?= (?:\w+ ){{1,6}}?(?:co|da co|ra|ban hanh|ky) (?:mot )?{_ISSUED}\b)"
    r"|\b(?P<said_before>(?:trong |vao )?nam (?P<year_before>\d{4})) (?:duoc )?(?:ban hanh|ky|ra doi)\b"
)
_UNIT = r"(?:uy ban|hoi dong|ban|phong|so|cong an|chu tich|truong thon|to truong|mat tran|hoi|doan|van phong)"
_WHO_PASSED = re.compile(r"(?:bo luat|luat|phap lenh)\b.*\b(?P<who>(?:do )?(?:ai|co quan nao|cap nao) thong qua)\b")
"""A law is issued by whoever passes it."""
_WHY_THEY = re.compile(r"\b(?:sao|vi sao|tai sao)(?: \w+){0,5}? lai (?:giao|phan cong|de|bat|ra|ban hanh|ky)\b")
_EITHER_UNIT = re.compile(
    rf"\b(?:do|cua) {_UNIT}\b.*\bhay (?:la |do |cua )*{_UNIT}\b|\bben (?:\w+ ){{1,3}}hay (?:la |do )*ben\b"
)
_LEVEL = r"(?:cap )?(?:trung uong|tinh|huyen|xa|thon|to dan pho)"
_WHOSE = re.compile(
    r"\W*(?:la )?(?:cua|do) (?:ai|(?:co quan|don vi|so|bo|ban|phong|nganh|cap) nao)\b"
    r"(?! (?:chu tri|thuc hien|lam|lo)\b)"
)
"""What asks right behind its number whose a document is."""
_IS_IT_SO = re.compile(r"(?<!\w)(?:à|hả|nhỉ|chứ|ư)\W*$")
"""How a statement ends that is asked about, with its marks: "do Chính phủ ban hành à?"."""
EITHER_LEVEL = re.compile(
    rf"\b{_LEVEL} hay (?:la |do )*{_LEVEL} (?:lam|thuc hien|chiu|phu trach|quyet dinh|to chuc|quan ly|lo)\b"
)
"""Which of two levels does something: a question for a unit and no limit of documents."""
_MOST = re.compile(
    rf"\b(?P<n>[1-9]\d?|{'|'.join(NUMERALS)}) (?:van ban|\w+ \w+) (?:(?:moi|vua) ra )?"
    r"(?:moi|cu|som|gan day|gan|muon|lau) (?:nhat|cung)\b"
)
_PARTS = re.compile(
    r"\b(?:may|bao nhieu) (?P<counted>muc|phan|chuong|dieu|khoan|diem|doan|y)\b(?! so \d)(?!,? (?:noi|quy dinh)\b)"
    r"(?! (?:ve|den|luat|nghi dinh)\b)"
    r"|\b(?:may|bao nhieu) (?:nhom )?(?P<listed>noi dung|truong hop|hinh thuc|nguyen tac|hanh vi|viec|nhom)\b"
    r"|\b(?:gom|co|la|thuoc|chua)(?: co)? (?:nhung|cac) (?P<named>muc|phan|chuong|dieu|khoan|diem) (?:nao|gi)\b"
    r"(?! (?:noi|quy dinh|de cap))"
)


@dataclass(frozen=True, slots=True)
class Query:
    """A question as understood.

    `restored` is the question without its document numbers, folded, abbreviations written out, with
    likely marks; `bare` the same without any. `topic` is what is left of `restored` when the
    asking is taken away; `counts_parts` is the bare word for the parts of a text that are to be counted;
    `superlative` is "latest" or "earliest" where the question asks for the newest or the oldest, `how_many` of them.
    `background` is the part of the topic that stands in sentences which ask nothing: who asks, and why.
    `asks_own_fact` tells that it asks for what only a document itself can have: "số mấy", "ban hành ngày nào".
    `premise` is what it takes for granted, as a question whether that is so; None where it takes nothing.
    `citing` is what the question says of the text that cites the documents it asks for, "mà kế hoạch của huyện
    viện dẫn", and `besides` the question without it; empty and None where it says nothing of the kind.
    `near` are the places, sources and offsets, that the answer to the question before quoted, where this one goes on.
    """

    restored: str
    bare: str
    slots: frozenset[str]
    continues: bool
    points_back: bool
    this_document: bool
    locators: tuple[str, ...]
    numbers: tuple[AskedNumber, ...]
    types: frozenset[str]
    dates: tuple[str, ...]
    year: str | None
    topic: str
    counts_parts: str | None = None
    superlative: str | None = None
    how_many: int = 1
    background: str = ""
    citing: str = ""
    besides: Query | None = None
    asks_own_fact: bool = False
    premise: Query | None = None
    near: tuple[tuple[str, int], ...] = ()


def understand(question: str, *, restorer: DiacriticsRestorer, known_numbers: Mapping[str, object]) -> Query:
    """What the question asks.

    `known_numbers` are the leading digits of the catalogue's document numbers: a bare "217" is
    taken for a document only where the corpus has one of that number.
    """
    given = with_digits(EXCEPTED.sub("", standard_words(normalize(question))), behind=type_pattern())
    reading = restorer.read(expand_abbreviations(given, with_marks=not mostly_unmarked(given)))
    text = reading.mended
    typed = text.lower() if len(text.lower()) == len(text) else fold(text)
    shown = reading.restored if len(reading.restored) == len(typed) else typed
    text = text if len(text) == len(typed) else typed
    query = _without_asides(text, typed, shown, known_numbers=known_numbers)
    if belongs := affiliations(shown):
        query = replace(query, background=f"{query.background} {belongs}".strip())
    if told := premise(typed):
        stated = _read(text[told], typed[told], shown[told], known_numbers=known_numbers)
        query = replace(query, premise=replace(stated, slots=stated.slots & {"effective", "ended"} | {"yes_no"}))
    cited = citing_text(unmark(typed))
    if cited is None:
        return query
    start, end = cited.span("text")
    without = (one[: cited.start()] + " " * len(cited[0]) + one[cited.end() :] for one in (text, typed, shown))
    besides = _read(*without, known_numbers=known_numbers)
    return replace(query, citing=unmark(typed)[start:end], besides=besides)


def _without_asides(text: str, typed: str, shown: str, *, known_numbers: Mapping[str, object]) -> Query:
    """What a question asks, what stands in sentences that ask nothing behind the rest; see `_read`."""
    aside = asides(typed)
    background = " ".join(shown[one].strip() for one in aside if not tells_of_oneself(typed[one]))
    if not aside or re.search(r"\d", background):
        return replace(_read(text, typed, shown, known_numbers=known_numbers), background=background)
    query = _read(*(_cut(one, aside) for one in (text, typed, shown)), known_numbers=known_numbers)
    topic = _read(background, background, background, known_numbers={}).topic
    return replace(
        query, restored=f"{query.restored} {background}", bare=f"{query.bare} {unmark(background)}",
        topic=f"{query.topic} {topic}".strip(), background=background,
    )  # fmt: skip


def _cut(text: str, parts: Iterable[slice]) -> str:
    """A text without some parts of it."""
    for part in reversed(list(parts)):
        text = text[: part.start] + text[part.stop :]
    return text


def _read(text: str, typed: str, shown: str, *, known_numbers: Mapping[str, object]) -> Query:
    """What a question asks, as it was typed, in small letters and with its likely marks: three equally long texts."""
    numbered = Blanking(unmark(typed))
    dates = tuple(_iso(match) for match in numbered.take_all(_DATE))
    locators = tuple(locator for match in numbered.take_all(LOCATOR) if (locator := locator_of(match, typed)))
    if any(locator.startswith("mau so") for locator in locators):
        locators = tuple(locator for locator in locators if not locator.startswith("chu thich"))
    numbers = read_numbers(text, numbered, known_numbers)
    restored = numbered.left(shown, keep="%")
    bare = unmark(restored)
    if _WHICH_NUMBER.search(typed):  # "là số nao", half of its marks typed, is no "sở nào"
        bare = bare.replace("so nao", "so may")
    blank = Blanking(bare)
    year = None
    for match in _YEAR.finditer(bare):
        year = match["year"] or match["year_before"] or match["year_of"]
        blank.cut(*match.span(next(name for name in ("said", "said_before", "said_of") if match[name])))
    types = _limit_types(bare)
    how_many = _how_many(blank)
    superlative = next((name for name in _SUPERLATIVES if blank.take(_patterns(name))), None)
    continues, points_back = blank.matches(_patterns("continues")), blank.matches(_patterns("points_back"))
    this = blank.matches(_patterns("this_document"))
    slots = {slot for slot in _WHOLE_SLOTS if blank.matches(_patterns(slot))}
    slots |= {"compare"} if blank.take(_patterns("which_more")) else set()
    blank.remove(_patterns("preface"))
    if passed := _WHO_PASSED.match(blank.text):
        blank.cut(*passed.span("who"))
        slots.add("issuer")
    slots |= {slot for slot in SLOTS if blank.take(_patterns(slot))}
    if not slots and not ASKS.search(bare) and _IS_IT_SO.search(typed):
        slots.add("yes_no")
    if not slots and not numbers and not locators and not ASKS.search(bare) and (lead := lead_type(bare)):
        slots.add("document")
        types |= lead
    if not slots and not numbers and not locators and not ASKS.search(bare) and _leads_with_unit().match(bare):
        slots.add("unit")
    slots = _with_implied(slots, bare, numbers, types)
    for name in ("continues", "points_back", "this_document", "polite", "frame"):
        blank.remove(_patterns(name))
    blank.remove(_patterns("frame_words"), restored)
    for at in _pauses(numbered.left(shown, keep="%,;:"), restored):
        blank.cut(at, at + 1)
    return Query(
        restored=restored, bare=bare, slots=frozenset(slots), continues=continues, points_back=points_back,
        this_document=this, locators=locators, numbers=tuple(numbers), types=frozenset(types), dates=dates,
        year=year, topic=blank.left(restored, gap=TOPIC_GAP), superlative=superlative, how_many=how_many,
        asks_own_fact=any(one.search(bare) for one in _patterns("own_fact")),
        counts_parts=(_counted(bare, bool(locators))),
    )  # fmt: skip


def _pauses(punctuated: str, words: str) -> Iterator[int]:
    """Where in some words a pause is made between two of them, by the same words with their punctuation."""
    spaces = [match.start() for match in re.finditer(" ", words)]
    said = 0
    for piece in _PAUSE.split(punctuated)[:-1]:
        said += len(piece.replace(",", " ").split())
        if 0 < said <= len(spaces):
            yield spaces[said - 1]


def _with_implied(slots: set[str], bare: str, numbers: Sequence[AskedNumber], types: Collection[str]) -> set[str]:
    """What a bare question asks, with what its other words imply."""
    if numbers and "unit" in slots and _WHOSE.match(numbers[0].after):
        slots = slots - {"unit"} | {"issuer"}
    if types and slots >= {"number", "unit"}:  # "chỉ thị của tỉnh là số mấy, đơn vị nào thực hiện"
        slots = slots | {"document"}
    if not slots and _WHY_THEY.search(bare):  # what is taken for granted may not be so
        slots = {"yes_no"}
    issued = "ban hanh" in bare and (numbers or names_type(bare))
    if (not slots and not issued and _EITHER_UNIT.search(bare)) or EITHER_LEVEL.search(bare):
        slots = slots | {"unit"}
    return slots


def names_type(bare: str) -> bool:
    """Whether a question speaks of a document: "kế hoạch này do A hay B ban hành"."""
    return "van ban" in bare or _any_type().search(bare) is not None


def lead_type(bare: str) -> set[str]:
    """The type that a question with nothing asked opens with: "quyết định kiện toàn ban chỉ đạo"."""
    match = _lead_pattern().match(bare)
    return types_of(match[1]) if match else set()


def _counted(bare: str, placed: bool) -> str | None:
    """The bare word for the parts that are to be counted; what a place lists, only where the question gives one."""
    match = _PARTS.search(bare)
    if match is None or (match["listed"] and not placed):
        return None
    return match["counted"] or match["listed"] or match["named"]


def _how_many(blank: Blanking) -> int:
    """How many of the newest or the oldest a question asks for."""
    match = _MOST.search(blank.text)
    if match is None:
        return 1
    blank.cut(*match.span("n"))
    return int(match["n"]) if match["n"].isdigit() else NUMERALS[match["n"]]


def _limit_types(bare: str) -> set[str]:
    """The types that a question limits its answer to: "chỉ thị nào", "các nghị quyết", "mấy nghị định"."""
    found: set[str] = set()
    for match in _limit_pattern().finditer(bare):
        if match["one"] and _DOES.search(bare[: match.start()]):  # "văn bản chỉ đạo, hướng dẫn nào"
            continue
        found |= types_of(
            match["one"] or match["of"] or match["first"] or match["what"] or match["many"] or match["has"]
        )
    return found


def _iso(match: re.Match[str]) -> str:
    return iso_date(*(part for part in match.groups() if part))


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    taken, types = "[ \0]*", f"(?:van ban|{type_pattern()})"
    return tuple(
        re.compile(pattern.replace(" *", taken).replace("$", f"{taken}$").replace("{types}", types))
        for pattern in question_patterns()[name]
    )


@cache
def _leads_with_unit() -> re.Pattern[str]:
    """A request in keywords for who does something: "đơn vị tiếp nhận đơn thư của công dân"."""
    words = sentence_words()
    does = alternation(unmark(verb) for verb in (*words.verbs, *words.acts, *words.modals, *word_classes().duty_verbs))
    return re.compile(rf"(?:(?:cac|nhung|ten) )*(?:don vi|co quan|bo phan) (?:{does})\b")


@cache
def _any_type() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{type_pattern()})\b")


@cache
def _lead_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:cac |nhung )?({type_pattern()})\b (?!nay\b|do\b)")


@cache
def _limit_pattern() -> re.Pattern[str]:
    types = type_pattern()
    shorts = alternation(
        {strip_diacritics(short) for row in document_types() for short in row.abbreviations if len(short) > 1}
    )
    return re.compile(
        rf"\b(?P<one>{types}|{shorts})(?=(?: (?:rieng|moi|cu the|trung uong))? (?:nao|so may|so nao|so bao nhieu)\b)"
        rf"|\b(?P<of>{types})(?= (?:cua|do) (?:\w+ ){{1,5}}(?:la |mang |ban hanh )?so (?:may|bao nhieu)\b)"
        rf"|^(?:(?:ban|cai|cho hoi) )?(?P<first>{types})(?= (?:\w+ ){{1,14}}?(?<!tru )so (?:may|bao nhieu)\b)"
        r"|\b(?P<what>nghi quyet|nghi dinh|quyet dinh|chi thi|luat|bo luat|thong tu|ke hoach|chuong trinh|quy che"
        r"|de an)(?= gi\b)"
        rf"|\b(?:cac|nhung|may|bao nhieu|tat ca|liet ke|ke ten|danh sach|toan bo) (?:cac |nhung )?"
        rf"(?P<many>{types})\b(?! muc tieu\b)"
        rf"|\bco (?:nhung |cac )?(?P<has>{types})(?= \w+ (?:\w+ )?nao\b)"
    )
