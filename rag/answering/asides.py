"""What a question says without asking: who asks, and why, and what it takes for granted."""

from __future__ import annotations

import re
from itertools import pairwise

from rag.language.normalize import alternation, unmark

ASKS = re.compile(r"\b(?:gi|nao|ai|may|sao|dau|bao nhieu)\b")
"""The words of a bare question that ask."""
_TYPED_ASKS = re.compile(r"\b(?:g[ìi]|n[àa]o|ai|m[ấa]y|sao|[đd][âa]u|bao nhi[êe]u)\b")
"""The same as they are typed, with their marks or without: "đầu" is no "đâu", "máy" no "mấy"."""
_SOME = re.compile(r"\bmấy\b|\bmay\b")
_REQUESTS = re.compile(
    r"\b(?:cho(?: \w+){1,2} (?:xin|biet|hoi)|xin (?:so|ten|hoi|van ban|cho)|quen (?:mat )?(?:so|ten|ngay)"
    r"|tra cuu|liet ke|ke ten|(?:ghi|neu) ro)\b"
)
"""The words of a bare sentence that ask for something without a word of asking."""
_REFERS = re.compile(
    r"\b(?:nhu (?:vay|the|tren)|(?:viec|chuyen|cai|truong hop|dieu|yeu cau|so|loai) (?:do|nay|ay)|thi do)\b"
)
"""What refers to the sentences before: then these say what is asked."""
_ONESELF = ("tôi", "em", "mình", "cháu", "chúng tôi", "chúng ta", "chúng em", "bên em", "bên tôi", "bên mình")
_ANY_ONESELF = alternation((*_ONESELF, *map(unmark, _ONESELF)))
_BELONGS = re.compile(
    r"\b(?P<where>thôn|xã|bản|xóm|làng|tổ|khu phố|cơ quan|đơn vị|trường|phòng|huyện|tổ dân phố|ủy ban|phường|chi bộ)"
    r" (?:tôi|em|mình|tui|cháu|chúng tôi|chúng em|bên em)\b"
)
_SENTENCE_END = re.compile(rf"(?<=[^\W\d]{{2}})[.!?;:]\s+|,\s+(?=(?:{_ANY_ONESELF})\b)")
_INTRODUCES = re.compile(
    rf"\b(?:{_ANY_ONESELF}) (?:(?:nguy[êe]n|v[ốo]n|tr[ưu][ớo]c) l[àa]|(?:[đd]ang )?(?:vi[ếe]t b[àa]i|l[àa]m b[áa]o)) "
)
"""What those who ask say of who they are and what they work on."""
_WRITES = re.compile(
    r"(?:soan|ra|viet|lam|chuan bi|kiem tra|ra soat) (?:de|cau hoi|bai|bao cao|giao an|to trinh|the thuc|van ban)\b"
    r"(?: \w+){0,4}$"
)
"""What those who ask say before a colon that they are writing: "soạn đề kiểm tra: …"."""
_OF_ONESELF = re.compile(rf"(?:{_ANY_ONESELF})\b")
_WHETHER = re.compile(r"\b(?:khong|chua|ko|a|nhi|dung)\b[ ?.]*$")
_SPEAKER = re.compile(rf"\b(?:{alternation(_ONESELF)})\b")
_BARE_SPEAKER = re.compile(rf"\b(?:{alternation(map(unmark, _ONESELF))})\b")
"""Who asks: what they say of themselves before a colon is no topic."""


def asides(typed: str) -> list[slice]:
    """Where the sentences of a question in small letters stand that ask nothing.

    None where no other asks, or one that asks refers to them.

    >>> [typed[one] for typed in ["to em moi lap; ai lam to truong?"] for one in asides(typed)]
    ['to em moi lap; ']
    """
    ends = [match.end() for match in _SENTENCE_END.finditer(typed) if _parts(typed, match)]
    sentences = [slice(*pair) for pair in pairwise([0, *ends, len(typed)])]
    asking = [one for one in sentences if _asks(typed[one])]
    marked = [one for one in asking if "?" in typed[one]]
    if marked:  # "rải rác trên mấy quả đồi." asks nothing where another sentence does
        asking = [one for one in asking if one in marked or not _states(typed[one])]
    if not asking or any(_REFERS.search(unmark(typed[one])) for one in asking):
        return []
    return [one for one in sentences if one not in asking]


def tells_of_oneself(typed: str) -> bool:
    """Whether a sentence in small letters only says who asks, or what they are at work on.

    >>> tells_of_oneself("tôi nguyên là bí thư xã."), tells_of_oneself("soạn đề kiểm tra: ")
    (True, True)
    """
    return _INTRODUCES.search(typed) is not None or _WRITES.match(unmark(typed).rstrip(" :")) is not None


def affiliations(shown: str) -> str:
    """The words by which those who ask say where they belong, in a question in small letters with its likely marks.

    >>> affiliations("thôn tôi đang viết lại lệ làng, cơ quan em hỏi nghị định nào")
    'thôn cơ quan'
    """
    return " ".join(match["where"] for match in _BELONGS.finditer(shown))


def _asks(typed: str) -> bool:
    bare = unmark(typed)
    return has_asking(typed) or _REQUESTS.search(bare) is not None or _asks_whether(bare)


def has_asking(typed: str) -> bool:
    """Whether a text in small letters has a word that asks."""
    return _TYPED_ASKS.search(typed) is not None


def _states(typed: str) -> bool:
    """Whether a sentence ends with a full stop and has no word for asking but "mấy", which may say "some"."""
    return typed.rstrip().endswith(".") and not _asks(_SOME.sub(" ", typed))


def _asks_whether(bare: str) -> bool:
    """Whether a bare sentence is a question that has no word for asking; one on oneself needs "không" or the like."""
    return "?" in bare and (not _OF_ONESELF.match(bare) or _WHETHER.search(bare) is not None)


def _parts(typed: str, end: re.Match[str]) -> bool:
    """Whether a sign ends a sentence: a colon, only where those who ask speak of themselves or their work before it.

    A comma does so after what is asked, where they go on to speak of themselves.
    """
    if "," in end[0]:
        return _asks(typed[: end.start()])
    before = typed[: end.start()]
    return ":" not in end[0] or _is_personal(before) or _WRITES.match(unmark(before)) is not None


def _is_personal(typed: str) -> bool:
    """Whether somebody speaks of themselves, with marks or without any."""
    return (_SPEAKER if typed != unmark(typed) else _BARE_SPEAKER).search(typed) is not None


EXCEPTED = re.compile(
    r"^\s*(?:th[ôo]i|[àa] m[àa])?,? ?(?:cho )?(?:h[ỏo]i|chuy[ểe]n|n[óo]i) (?:qua|sang) (?:m[ộo]t )?"
    r"(?:vi[ệe]c|chuy[ệe]n|v[ấa]n [đd][ềe]|[ýy]) kh[áa]c\s*[:,.;]?"
    r"|\s*\((?:chứ |mà )?(?:kh[ôo]ng|ko|tr[ừu]|ngo[ạa]i tr[ừu])\s[^()]*\)"
    r"|^\s*(?:(?:kh[ôo]ng|ko) (?:k[ểe]|t[íi]nh)|ngo[àa]i) [^,?]*,"
    r"|\s*\([^()]*\b(?:k[ểe] c[ảa]|g[ồo]m c[ảa]|t[íi]nh c[ảa]|bao g[ồo]m c[ảa])\b[^()]*\)"
    r"|,\s*(?:k[ểe] c[ảa]|(?:bao )?g[ồo]m c[ảa]|t[íi]nh c[ảa]) [^,()?]*(?=[?.]?\s*$)"
    r"|(?<=\skh[ôo]ng) hay (?!kh[ôo]ng\b)(?:\w+\s?){1,8}(?=[?]?\s*$)"
    r"|,\s*(?:c[áa]i|b[ảa]n) (?:\w+ ){1,3}(?:ch[ứu]|m[àa]) kh[ôo]ng ph[ảa]i [^,()?]*(?=[?]?\s*$)"
    r"|,\s*(?:ch[ứu] |mà )?(?:kh[ôo]ng|ko) (?:ph[ảa]i|k[ểe]|t[íi]nh) [^,()?]*(?=[?]?\s*$)"
    r"|\s(?:ch[ứu]|m[àa]) kh[ôo]ng ph[ảa]i [^,()?]*(?=,|[?]?\s*$)",
    re.IGNORECASE,
)
"""What a question says that it does not ask for."""
_OTHERS = "(?:co (?:nguoi|dong chi|y kien|anh|chi|ban)|nguoi ta|moi nguoi|sep|lanh dao|thu truong|dong nghiep|ke toan)"
_ENDS = r"(?=\s*(?:[,?.;]|$|\b(?:ma (?:khong|chang)|nen)\b|\b(?:vay|the|ha|a|nhi) *[?]?$))"
_PREMISES = (
    re.compile(r"^(?:vi|boi vi) (?P<told>[^?.]+?) nen\b"),
    re.compile(
        rf"^(?:hinh nhu|(?:toi|em|minh) (?:nho|tuong|nghi|hieu))(?: la| rang)?,? (?P<told>[^?,.]+(?:, [^?,.]+)?){_ENDS}"
    ),
    re.compile(
        r"^(?:vi sao|tai sao|sao)(?: ma)? "
        r"(?:(?:luat|nghi dinh|ke hoach|quy dinh|van ban)(?: nay)? (?=(?:lai|bat|yeu cau|giao|cho|de|quy dinh)\b))?"
        r"(?:lai )?"
        rf"(?P<told>[^?,.]+?){_ENDS}"
    ),
    re.compile(
        rf"\b(?:nghe (?:\w+ ){{0,2}}?(?:noi|bao|ke|don)|{_OTHERS} (?:\w+ )?(?:noi|bao|cho|ke|khang dinh))"
        rf"(?: (?:la|rang))?,? (?P<told>[^?,.]+?){_ENDS}"
    ),
    re.compile(
        r"^(?:theo (?:quy dinh|luat|ke hoach(?: \w+){0,4}|nghi dinh(?: \w+)?)(?: thi|,)? )?"
        r"(?P<told>[^?,.]+(?:, [^?,.]+)??)[,.] (?:vay|the|nhu vay|cho nen|nen|sao|tai sao|vi sao)\b"
    ),
)
_ANY = re.compile(r"\b(?:gi|nao|ai|may|gì|nào|mấy) c[uũ]ng\b")
"""What says "any" with a word that asks else."""
_FEWEST = 5
"""How many words what is taken for granted has."""


def premise(typed: str) -> slice | None:
    """Where a question in small letters says what it takes for granted; None where it does not.

    >>> typed = "sao ban dan van lai do huyen lap, vo ly qua?"
    >>> typed[premise(typed)]
    'ban dan van lai do huyen lap'
    >>> typed = "nhiem ky cua ban la 5 nam, vay ai bau lai ban"
    >>> typed[premise(typed)]
    'nhiem ky cua ban la 5 nam'
    """
    bare = unmark(typed)
    for pattern in _PREMISES:
        match = pattern.search(bare)
        if match is None or len(match["told"].split()) < _FEWEST:
            continue
        told = slice(*match.span("told"))
        if has_asking(_ANY.sub(" ", typed[told])):
            continue
        if not _is_personal(typed[told]):  # what is said of those who ask the texts do not rule on
            return told
    return None
