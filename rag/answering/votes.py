"""Who votes: whoever orders an election, guides or holds it, does not elect."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from rag.answering.agents import asked_act, doers
from rag.answering.query import Query
from rag.language.lexicon import sentence_words
from rag.language.normalize import alternation, fold, unmark

_SUBJECT_FIRST = r"(?:^|[,;] | va | hoac )\s*(?:(?:{modals}|truc tiep|cung nhau|se|cung) )*{act}\b(?! cu\b)"
_AT = (
    r"\b(?:duoc|viec to chuc|to chuc|viec) {act}\b[^.;]{{0,80}}? (?:tai|o|tu) (?:cuoc hop|(?:cac )?{meetings}|cac )"
    r"|\b(?:{people})(?: truc tiep| cung nhau| co quyen| dai dien ho gia dinh)* {act}\b"
)
_OF_THINGS = ("can", "phai")
"""What is said of a matter that has to be voted on, too."""
_PROPOSES = re.compile(r"(?:(?:co quyen|co trach nhiem|phai|thi) )*(?:de nghi|kien nghi|de xuat|trinh|gioi thieu)\b")
"""How what is said of somebody begins who has others vote."""
_ELECTED = re.compile(r"\b(?:ai|nguoi nao)(?: \w+){0,3}? duoc (?P<act>\w+(?: \w+)??)(?: (?:lam|vao|la)\b|$)")


def asks_elected(query: Query) -> bool:
    """Whether a question asks who is elected, and not who elects: "ai được bầu vào Ban Thanh tra nhân dân"."""
    match = _ELECTED.search(query.bare.rstrip(" ?."))
    return match is not None and match["act"] in _votes()


def asked_vote(query: Query) -> str:
    """The vote of which a question asks whose it is, bare; "" where it asks no such thing.

    "Trưởng thôn do ai bầu" asks who does "bau".
    """
    act = asked_act(query)
    return next((vote for vote in _votes() if f"{act} ".startswith(f"{vote} ")), "")


def votes(text: str, act: str, predicates: Sequence[str]) -> bool:
    """Whether a passage says of somebody that they vote; `predicates` are what it says of units, bare.

    >>> votes("Hội nghị người lao động bầu Ban Thanh tra nhân dân.", "bau", ["bau ban thanh tra nhan dan."])
    True
    >>> votes("Chủ tịch xã ban hành quyết định tổ chức bầu Trưởng thôn.", "bau", ["ban hanh quyet dinh to chuc bau"])
    False
    >>> votes("Công đoàn đề nghị hội nghị bãi nhiệm, bầu lại.", "bau", ["de nghi hoi nghi bai nhiem, bau lai."])
    False
    """
    own = _pattern(_SUBJECT_FIRST, act)
    return bool(doers(text, act)) or any(
        own.search(predicate.lstrip()) for predicate in predicates if not _PROPOSES.match(predicate.lstrip())
    )


def votes_at(text: str, act: str) -> bool:
    """Whether a passage says at what meeting a vote is held, or which people vote.

    >>> votes_at("Thành viên được bầu tại cuộc họp của cộng đồng dân cư.", "bau")
    True
    """
    return _pattern(_AT, act).search(unmark(fold(text))) is not None


@cache
def _votes() -> tuple[str, ...]:
    """The acts of voting, bare, longest first."""
    return tuple(sorted((unmark(word) for word in sentence_words().votes), key=lambda word: (-len(word), word)))


@cache
def _pattern(form: str, act: str) -> re.Pattern[str]:
    words = sentence_words()
    modals = alternation(word for one in words.modals if (word := unmark(one)) not in _OF_THINGS)
    meetings, people = (alternation(unmark(word) for word in some) for some in (words.meetings, words.people))
    return re.compile(form.format(act=re.escape(act), modals=modals, meetings=meetings, people=people))
