"""Which options of a quiz item are true, found in the texts anew; nothing here knows how the item was made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from eval.quiz_reading import Corpus, Reading, clean, squash

Truths = list[bool | None]
"""For each option whether it is true; None where this reading cannot tell."""
Item = Mapping[str, object]

_BLANK = "……"
_QUOTED = re.compile(r"“(.*)”")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_PLACE = re.compile(r"(?:điểm ([a-zđ]) )?(?:khoản (\d+) )?(Điều \d+[a-z]?)(?:, đoạn (\d+))?")
_SECTION = re.compile(r"Mục ([IVX]+)(?:\.(\d+))?")
_MODALS = ("", "cótráchnhiệm", "phải", "cónhiệmvụ", "cần", "đượcgiao")
_JOINT = re.compile(r" và [Kk]ế hoạch số \S+ ngày \S+ của \S+ \S+")
_CUES = (
    ("chi tiết", ("chi tiết",)),
    ("cụ thể hóa", ("cụ thể hóa",)),
    ("thay thế", ("thay thế", "hiệu lực", "bãi bỏ")),
    ("sửa đổi", ("sửa đổi",)),
    ("thực hiện", ("thực hiện", "triển khai")),
)
"""How documents stand to each other: what a question says, and what the texts say."""
_CENTRAL, _PROVINCE, _DISTRICT = ("tw", "qh13", "qh14", "qh15", "cp", "ttg", "ubtvqh10", "ubtvqh11"), ("tu",), ("hu",)
_SENTENCE = 420


def truths(item: Item, corpus: Corpus) -> Truths:
    """Which options of an item are true."""
    form = str(item["id"]).rsplit("-", 1)[0]
    options = [str(option) for option in item["options"]]  # type: ignore[attr-defined]
    rule = _RULES.get(form)
    return rule(item, options, corpus) if rule else [None] * len(options)


def _stem(item: Item) -> str:
    return clean(str(item["stem"]))


def _reading(item: Item, corpus: Corpus) -> Reading:
    citation = item["citation"]
    assert isinstance(citation, Mapping)
    return corpus.readings[str(citation["source"])]


def _issuer(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    return [_issued_by(corpus, _asked_number(item, corpus), option) for option in options]


def _issued_by(corpus: Corpus, number: str, name: str) -> bool:
    wanted = squash("của " + name)
    told = [squash(one.after[:160]) for one in corpus.mentions.get(number, ())]
    return any(after.startswith(wanted) or after.startswith(squash("do " + name)) for after in told)


def _asked_number(item: Item, corpus: Corpus) -> str:
    return next(iter(corpus.numbers_in(_stem(item))), "")


def _days(text: str) -> set[tuple[int, int, int]]:
    return {(int(year), int(month), int(day)) for day, month, year in _DAY.findall(text)}


def _date(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    known = corpus.dates(_asked_number(item, corpus))
    return [bool(_days(option) & known) for option in options]


def _titled(corpus: Corpus, number: str, title: str) -> bool:
    """Whether a title follows a document's number before another document begins."""
    wanted = squash(title)
    for one in corpus.mentions.get(number, ()):
        cut = _JOINT.sub(" ", re.split(r";|\.\s[A-ZĐ]", one.after)[0])
        at = squash(cut).find(wanted)
        nested = re.search(r"\bsố\s\d", cut)
        if at >= 0 and (nested is None or at < len(squash(cut[: nested.start()]))):
            return True
    return False


def _title(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    number = _asked_number(item, corpus)
    return [_titled(corpus, number, option) for option in options]


def _number(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    stem = _stem(item)
    quoted = _QUOTED.search(stem)
    about = re.match(r"Văn bản nào sau đây (.*)\?$", stem)
    title = about[1] if about else quoted[1] if quoted else ""
    title = re.sub(r"^(?:về việc|về) ", "", title)
    return [_titled(corpus, corpus.number_in(option) or "", title) for option in options]


def _level(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    stem = _stem(item).casefold()
    asked = next(name for name in ("trung ương", "tỉnh", "huyện", "xã") if name in stem)
    return [_level_of(corpus, corpus.number_in(option) or "") == asked for option in options]


def _level_of(corpus: Corpus, number: str) -> str | None:
    for endings, level in ((_CENTRAL, "trung ương"), (_PROVINCE, "tỉnh"), (_DISTRICT, "huyện")):
        if number.endswith(endings):
            return level
    after = " ".join(one.after[:60] for one in corpus.mentions.get(number, ())).casefold()
    return next((name for name in ("tỉnh", "huyện", "xã") if name in after), None)


def _earliest(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    return _extreme(options, corpus, min)


def _latest(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    return _extreme(options, corpus, max)


def _extreme(options: Sequence[str], corpus: Corpus, pick: Callable[..., tuple[int, int, int]]) -> Truths:
    dates = [corpus.dates(corpus.number_in(option) or "") for option in options]
    if any(len(known) != 1 for known in dates):
        return [None] * len(options)
    known = [next(iter(one)) for one in dates]
    return [date == pick(known) for date in known]


def _chronology(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    found: Truths = []
    for option in options:
        dates = [corpus.dates(squash(part)) for part in option.split(";")]
        known = [next(iter(one)) for one in dates if len(one) == 1]
        found.append(known == sorted(known) if len(known) == len(dates) else None)
    return found


def _document_statement(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    stem = _stem(item)
    said = _QUOTED.search(stem)
    words = said[1] if said else stem
    number = _asked_number(item, corpus)
    by = re.search(r"\bdo (.+) ban hành\.?$", words)
    days = _days(words)
    known = corpus.dates(number)
    holds = (by is None or _issued_by(corpus, number, by[1])) and (not days or days <= known)
    return [holds if option == "Đúng" else not holds for option in options]


def _related(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    asked, stem = _asked_number(item, corpus), _stem(item)
    cues = next(words for said, words in _CUES if said in stem)
    return [_linked(corpus, asked, corpus.number_in(option) or squash(option), cues) for option in options]


def _linked(corpus: Corpus, one: str, other: str, cues: Sequence[str]) -> bool:
    """Whether one sentence names both documents with a word of how they stand to each other."""
    for number, second in ((one, other), (other, one)):
        for mention in corpus.mentions.get(number, ()):
            cut = re.split(r"[;:]|\.\s[A-ZĐ]", mention.after[:_SENTENCE])[0]
            named = corpus.numbers_in(cut)
            told = any(cue in cut for cue in cues)
            if told and named and (named[0] == second or (second in named and "cụ thể hóa" in cut)):
                return True
            if told and second in squash(cut) and second not in named and not second[0].isdigit():
                return True
    held = {one: reading for reading in corpus.readings.values() for one in [_own_number(corpus, reading)] if one}
    for number, second in ((one, other), (other, one)):
        if number in held:
            lines = [part.text for part in held[number].parts if second in corpus.numbers_in(part.text)]
            if any(cue in line for cue in cues for line in lines):
                return True
    return "chi tiết" in cues and (_names_law(corpus, one, other) or _names_law(corpus, other, one))


def _names_law(corpus: Corpus, one: str, law: str) -> bool:
    """Whether a document's title carries out a law by its name alone."""
    name = next((own for number, own in _LAWS.items() if number in law), None)
    told = [squash(re.split(r"[;.]", mention.after)[0]) for mention in corpus.mentions.get(one, ())]
    return name is not None and any(squash("chi tiết") in after and squash(name) in after for after in told)


_LAWS = {"102022qh15": "Luật Thực hiện dân chủ ở cơ sở"}


def _own_number(corpus: Corpus, reading: Reading) -> str | None:
    head = " ".join(part.text for part in reading.parts[:2])
    return next(iter(corpus.numbers_in(head)), None) if reading.is_law else None


def _basis(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    reading = _reading(item, corpus)
    front = " ".join(part.text for part in reading.parts if not part.path)
    return [(corpus.number_in(option) or "?") in corpus.numbers_in(front) for option in options]


def _section_text(reading: Reading, words: str) -> str | None:
    found = _SECTION.search(words)
    if found is None:
        return None
    path = (found[1], found[2]) if found[2] else (found[1],)
    return " ".join(part.text for part in reading.under(path)) or None


def _cited_in(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    reading = _reading(item, corpus)
    text = _section_text(reading, _stem(item))
    if text is None:
        return [None] * len(options)
    return [_is_named(corpus, option, squash(text)) for option in options]


def _is_named(corpus: Corpus, option: str, text: str) -> bool:
    """Whether a text names a document by its number, or by the name before the number in brackets."""
    name, bracket, _ = option.partition(" (số ")
    return (corpus.number_in(option) or "?") in text or bool(bracket and squash(name) in text)


def _not_cited_in(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    return [None if one is None else not one for one in _cited_in(item, options, corpus)]


def _path(words: str) -> tuple[str, ...] | None:
    found = _PLACE.search(words)
    if found is None:
        return None
    point, clause, article = found[1], found[2], found[3]
    if point:
        return (article, clause or "", point)
    return (article, clause) if clause else (article,)


def _heading(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    path = _path(_stem(item))
    own = _reading(item, corpus).heading(path) if path else None
    return [squash(option) == squash(own or "") for option in options]


def _article(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    reading, quoted = _reading(item, corpus), _QUOTED.search(_stem(item))
    wanted = squash(quoted[1] if quoted else "")
    return [squash(reading.heading((clean(option),)) or "") == wanted for option in options]


def _in_list(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    path = _path(_stem(item))
    members = {squash(one) for one in _reading(item, corpus).members(path)} if path else set()
    return [squash(option) in members for option in options] if members else [None] * len(options)


def _not_in_list(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    return [None if one is None else not one for one in _in_list(item, options, corpus)]


def _in_section(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    text = _section_text(_reading(item, corpus), _stem(item))
    return [None if text is None else squash(option) in squash(text) for option in options]


def _section_of(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    quoted = re.search(r"“(.*)” được nêu", _stem(item))
    reading = _reading(item, corpus)
    texts = [_section_text(reading, option) for option in options]
    return [None if text is None or not quoted else squash(quoted[1]) in squash(text) for text in texts]


def _definition(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    stem, reading = _stem(item), _reading(item, corpus)
    quoted = _QUOTED.search(stem)
    words = quoted[1] if quoted else ""
    pairs = [(words, one) if "hiểu là gì" in stem else (one, words) for one in options]
    return [any(squash(f"{term} {verb} {meaning}") in reading.all for verb in ("là", "bao gồm", "gồm"))
            for term, meaning in pairs]  # fmt: skip


def _blank(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    """With the right option in its place the sentence stands in the text."""
    quoted = _QUOTED.search(_stem(item))
    if quoted is None or _BLANK not in quoted[1]:
        return [None] * len(options)
    whole = _reading(item, corpus).all
    return [squash(quoted[1].replace(_BLANK, f" {option} ")) in whole for option in options]


def _amount_statement(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    quoted = _QUOTED.search(_stem(item))
    holds = quoted is not None and squash(quoted[1]) in _reading(item, corpus).all
    return [holds if option == "Đúng" else not holds for option in options]


def _unit(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    found = re.search(r"(?:người|đơn vị) nào (?:sau đây )?(.*)\?$", _stem(item))
    duty, whole = squash(found[1]) if found else "?", _reading(item, corpus).all
    return [any(squash(option) + modal + duty in whole for modal in _MODALS) for option in options]


def _duty(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    found = re.search(r"^Theo .*?, (.*) có nhiệm vụ, quyền hạn nào", _stem(item))
    unit = squash(found[1] if found else "?")
    reading = _reading(item, corpus)
    return [any(_lays(unit, *context) for context in reading.contexts(option)) for option in options]


def _lays(unit: str, before: str, opens: bool, leads: Sequence[str]) -> bool:
    """Whether what stands before a duty in its line, else the innermost line above it that binds, names the unit."""
    if _names(unit, before):
        return True
    if "tráchnhiệm" in before or not opens:
        return False
    for lead in reversed(leads):
        if _names(unit, lead) or lead.endswith("của" + unit):
            return True
        if "tráchnhiệm" in lead or "nhiệmvụ" in lead:
            return unit in lead and "củachủtịch" + unit.removeprefix("chủtịch") not in lead
    return False


def _names(unit: str, words: str) -> bool:
    """Whether words name a unit as a subject, not as a part of another's name or of what is done."""
    at = words.rfind(unit)
    return at >= 0 and not words[:at].endswith(("chủtịch", "phóchủtịch", "với", "cho", "đến", "của"))


def _case(item: Item, options: Sequence[str], corpus: Corpus) -> Truths:
    found = re.search(r"[Tt]rường hợp (.*?) thì (?:thực hiện|xử lý)", _stem(item))
    whole = _reading(item, corpus).all
    return [None if not found else squash(f"{found[1]} thì {option}") in whole for option in options]


_RULES: dict[str, Callable[[Item, Sequence[str], Corpus], Truths]] = {
    "issuer": _issuer, "date": _date, "title": _title, "number": _number, "governs": _number, "level": _level,
    "earliest": _earliest, "latest": _latest, "chronology": _chronology, "document_statement": _document_statement,
    "relation": _related, "carrier": _related, "basis": _basis, "cited_in": _cited_in, "not_cited_in": _not_cited_in,
    "heading": _heading, "article": _article, "in_list": _in_list, "not_in_list": _not_in_list,
    "in_section": _in_section, "section_of": _section_of, "definition": _definition, "term": _definition,
    "amount": _blank, "period": _blank, "unit_blank": _blank, "amount_statement": _amount_statement, "unit": _unit,
    "duty": _duty, "case": _case,
}  # fmt: skip
