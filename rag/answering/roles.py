"""Which roles a question asks for: who leads, who helps."""

from __future__ import annotations

import re

from rag.answering.agents import WHO
from rag.answering.query import Query
from rag.types import Role

_ACTS: tuple[tuple[Role, str], ...] = (
    ("lead", "chu tri"),
    ("coordinate", "phoi hop|cung tham gia"),
)
_TO_DO = (
    r"(?:duoc giao |duoc phan cong |chiu trach nhiem |co trach nhiem |se |phai |la nguoi |cung |dung ra |truc tiep )*"
)
_WITH_WHOM = re.compile(
    rf"\b(?:phoi hop (?:chat che )?(?:voi|cung|cung voi)|(?:lam|di) (?:chung|cung) (?:voi )?) ?{WHO}\b"
)
_AND_WHO = re.compile(rf"\b(?:giao (?:cho )?)?{WHO}\b")
"""What asks for whoever does it besides: "ai chủ trì, phối hợp với ai"."""
_WHO_WITH = re.compile(rf"\b{WHO} {_TO_DO}phoi hop (?:chat che )?(?:cung voi|voi|cung) (?P<partner>.+)")
_NO_KIND = r"(?<!quy che )(?<!chuong trinh )(?<!ke hoach )(?<!cong tac )"
"""What the act would be a kind of: "trong quy chế phối hợp ai lo việc …" asks for no helper."""
_SHALL_HELP = re.compile(rf"\b{WHO} (?:co trach nhiem |phai |duoc giao )+phoi hop (?!voi\b|cung\b)")
"""Who has to work with others may be the one that leads."""
# A role that the leading unit may have under another name: the text seldom says "chủ trì".
_LEADING: frozenset[Role] = frozenset(("lead", "perform", "advise", "supervise", "report"))


def asked_roles(query: Query) -> frozenset[Role]:
    """The roles that a question asks for; empty where it asks for all, or for whom a unit that it names works with.

    "Ai chủ trì" asks for whom the duty is given to, whatever the text calls it; only "phối hợp" is set apart.
    """
    if with_whom := _WITH_WHOM.search(query.bare):
        both = _AND_WHO.search(query.bare[: with_whom.start()])
        return frozenset() if both else frozenset(("coordinate",))
    if _WHO_WITH.search(query.bare) or _SHALL_HELP.search(query.bare):
        return frozenset()
    found: set[Role] = set()
    for role, act in _ACTS:
        asks = rf"\b{WHO} {_TO_DO}(?:{act})\b"
        names = rf"\b(?:don vi|co quan|nguoi) (?:{act})\b(?! cua)|{_NO_KIND}\b(?:{act})(?: voi| cung)? (?:la )?{WHO}\b"
        if re.search(f"{asks}|{names}", query.bare):
            found.add(role)
    if found == {"coordinate"} and len(_AND_WHO.findall(query.bare)) > 1:  # "bên nào cho vay, hội nào phối hợp"
        return frozenset()
    if "lead" in found:
        found |= _LEADING
    return frozenset(found)


def works_with(query: Query) -> str:
    """The words in which a question names the one side of "A phối hợp với ai": no answer to it; empty for none."""
    match = _WHO_WITH.search(query.bare)
    if match:
        return match["partner"]
    match = _WITH_WHOM.search(query.bare)
    return query.bare[: match.start()] if match and not _AND_WHO.search(query.bare[: match.start()]) else ""
