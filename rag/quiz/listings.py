"""The lists of a text: what a line introduces, member by member."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from rag.language.normalize import fold
from rag.quiz import wording
from rag.quiz.alike import contains
from rag.quiz.material import Material
from rag.types import Provision, Span

LABEL = re.compile(r"^(?:Điều\s\d+[a-zđ]?[.:]|\d{1,2}(?:\.\d{1,2})*[.)]|[a-zđ]\)|[-+*•–])\s*")
_POINTING = re.compile(r"\b(?:này|đó|nêu trên|nói trên|trên đây|dưới đây|sau đây)\b")
_OWN_NAME = re.compile(r"\b(?:luật|nghị định|pháp lệnh|quy chế|kế hoạch|nghị quyết|thông tư|quyết định) này\b")
_NO_SUBJECT = ("trường hợp", "khi ", "đối với", "căn cứ", "trong ", "tại ", "sau ", "theo ")
_CONNECTS = re.compile(r"^(?:đồng thời|sau đó|trong đó|riêng|ngoài ra|tuy nhiên|do đó|theo đó|các trường hợp khác)\b")
_REFERS = re.compile(r"\b(?:tại|theo|ở)\s(?:các\s)?(?:khoản|điểm|điều)\s")
_OPEN = re.compile(r"^(?:\S+\s){0,3}khác\b|^(?:\S+\s){0,7}khác(?:\s(?:theo|do|có|không|được|phù hợp|của)|[,;.]|$)")
_FEWEST = 3
_SHORTEST, _LONGEST = 4, 45
_LONGEST_NAME = 25
_INTRODUCES = re.compile(
    r"^(?P<name>[^:;.]+?)\s(?P<verb>bao gồm|gồm có|gồm|có)\s(?:các\s|những\s)?(?P<noun>[^:;.]{0,60}?)"
    r"\s*(?:sau đây|như sau|dưới đây|sau)?:$"
)


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a list, as an option says it, at a range of the text."""

    provision: int
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Listing:
    """A list at a provision: what it is called, and its members.

    `asks` is the list's line as a question and `whose` the unit or thing that it is of, where the line can be a
    question: "Ban Thanh tra có nhiệm vụ nào sau đây". `all_members` has those too that are no good as options.
    """

    source: str
    provision: int
    name: str
    asks: str | None
    whose: str | None
    members: tuple[Member, ...]
    all_members: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A term that a text explains, at a provision."""

    provision: int
    term: str
    meaning: str


def listings(material: Material, source: str) -> tuple[Listing, ...]:
    """The lists of a text in order, each with at least three members that can be options."""
    return material.once("listings", source, _listings)


def definitions(material: Material, source: str) -> tuple[Definition, ...]:
    """The terms that a text explains, in order."""
    return material.once("definitions", source, _definitions)


def _listings(material: Material, source: str) -> Iterator[Listing]:
    for index, provision in enumerate(material.knowledge.provisions[source]):
        if provision.quoted or provision.kind not in ("article", "clause", "section", "subsection", "heading", "point"):
            continue
        found = _listing(material, source, index, provision)
        if found and len(found.members) >= _FEWEST:
            yield found


def _definitions(material: Material, source: str) -> Iterator[Definition]:
    for index, provision in enumerate(material.knowledge.provisions[source]):
        above = provision.parent
        if (
            above is None
            or provision.quoted
            or provision.kind not in ("clause", "point")
            or len(provision.segments) > 1
        ):
            continue
        heading = fold(material.provision(source, above).heading or "")
        if not any(phrase in heading for phrase in wording.words("definitions")):
            continue
        found = _defined().match(own_words(material, source, index))
        if found and not material.children(source, index) and is_self_contained(found["meaning"]):
            yield Definition(index, found["term"].strip(' "“”*_'), found["meaning"].strip(" *_"))


@cache
def _defined() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, wording.words("defining")))
    return re.compile(rf"(?P<term>[^,;.:()]{{2,60}}?)\s(?:{verbs})\s(?P<meaning>.+)")


def kind_of(listing: Listing) -> str | None:
    """What the members of a list are: duties, forms, contents …; None where its name does not tell.

    What something consists of is a kind of its own.
    """
    name = fold(listing.name)
    found = next((kind for kind in wording.words("kinds") if kind in name), None)
    if found in wording.words("duty_kinds"):
        return "duty"
    return f"part: {found}" if listing.whose else found


def own_words(material: Material, source: str, index: int) -> str:
    """The words of one provision without its number or bullet."""
    return LABEL.sub("", material.printed(source, material.provision(source, index).segments))


def is_self_contained(text: str) -> bool:
    """Whether a text can be read away from its place: it points to nothing around it.

    >>> is_self_contained("Quy định tại khoản này"), is_self_contained("Theo quy định của Luật này")
    (False, True)
    """
    folded = fold(text)
    return _POINTING.search(_OWN_NAME.sub("", folded)) is None and _CONNECTS.match(folded) is None


def refers(text: str) -> bool:
    """Whether a text says what it means by pointing to a provision: "quy định tại khoản 2 Điều 35"."""
    return _REFERS.search(fold(text)) is not None


def is_open(text: str) -> bool:
    """Whether a member leaves its list open: "Các hình thức khác theo quy định của pháp luật"."""
    return _OPEN.match(fold(text)) is not None


def _listing(material: Material, source: str, index: int, provision: Provision) -> Listing | None:
    children = material.children(source, index)
    members = [at for at in children if _is_member(material, source, provision, at)]
    if len(members) < _FEWEST:
        return None
    lead = own_words(material, source, index) if provision.heading is None else ""
    between = [at for at in children if at not in members]
    if provision.heading is not None and between:
        lead = own_words(material, source, between[0])
        if len(between) > 1 or between[0] > members[0] or not lead.endswith(":"):
            return None
    named = _named(provision, lead)
    if named is None:
        return None
    name, asks, whose = named
    texts = tuple(wording.as_option(own_words(material, source, at)) for at in members)
    good = tuple(
        Member(at, text, Span(line.start, line.end))
        for at, text in zip(members, texts, strict=True)
        for line in [material.provision(source, at)]
        if _is_option(material, source, at, text) and not (whose and contains(text, whose))
    )
    return Listing(source, index, name, asks, whose, good, texts)


def _named(provision: Provision, lead: str) -> tuple[str, str | None, str | None] | None:
    """What a list is called, its line as a question, and whose it is."""
    asked = _as_question(lead)
    if provision.heading is not None:
        opens = fold(provision.heading).startswith(wording.words("lists"))
        return (provision.heading, *(asked[1:] if asked else (None, None))) if opens or lead else None
    if not lead.endswith(":") or len(lead.split()) > _LONGEST_NAME:
        return None
    name = _without_introduction(lead)
    if asked is None and not fold(name).startswith((*wording.words("lists"), "các ", "những ")):
        return None
    return asked or (name, None, None)


def _as_question(lead: str) -> tuple[str, str, str] | None:
    """The name of a list that a line introduces, the line as a question, and whose the list is."""
    found = _INTRODUCES.match(lead)
    if found is None or not is_self_contained(found["name"]) or fold(found["name"]).startswith(_NO_SUBJECT):
        return None
    noun = found["noun"].strip(" ,") or "nội dung"
    if fold(noun).startswith(("thể ", "hiệu lực", "nghĩa")) or not is_self_contained(noun):
        return None
    whose = wording.in_sentence(found["name"])
    return f"{noun} của {whose}", f"{whose} {found['verb']} {noun} nào sau đây", found["name"]


def _without_introduction(lead: str) -> str:
    name = lead.rstrip(": ")
    shorter = _introduction().sub("", name)
    while shorter != name:
        name, shorter = shorter, _introduction().sub("", shorter)
    return name.rstrip(" ,")


@cache
def _introduction() -> re.Pattern[str]:
    return re.compile(rf"[\s,]+(?:{'|'.join(map(re.escape, wording.words('introductions')))})$", re.IGNORECASE)


def _is_member(material: Material, source: str, parent: Provision, at: int) -> bool:
    kind = material.provision(source, at).kind
    wanted = {"article": "clause", "clause": "point"}.get(parent.kind, "item")
    return kind == wanted


def _is_option(material: Material, source: str, at: int, text: str) -> bool:
    provision = material.provision(source, at)
    words = len(text.split())
    return (
        _SHORTEST <= words <= _LONGEST
        and not material.children(source, at)
        and len(provision.segments) == 1
        and not material.has_slip(source, Span(provision.start, provision.end))
        and not is_open(text)
        and not refers(text)
        and is_self_contained(text)
        and ". " not in text
    )
