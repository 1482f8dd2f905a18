"""How a cell of the table of gold questions is written: values between "|", names of one thing between "="."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from eval.naming import fold
from rag.language.normalize import strip_diacritics

NONE = "không có"
"""The cell that says that there is none, where an empty one says that it is not scored."""
Words = Mapping[str, str]
"""What a person writes for each code."""

ROLE_WORDS: Words = {
    "lead": "chủ trì", "coordinate": "phối hợp", "perform": "thực hiện", "advise": "tham mưu",
    "supervise": "theo dõi", "report": "báo cáo",
}  # fmt: skip
_PIECE = re.compile(r"\\.|[|=]|\s+|[^\\|=\s]+|\\", re.DOTALL)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")


def plain(name: str) -> str:
    return " ".join(strip_diacritics(name).split())


def split(cell: str, sign: str) -> list[str]:
    r"""The values between the signs, trimmed and still escaped; a backslash before a character keeps it as it is.

    >>> split(r"593-QĐ/TU | a \| b", "|")
    ['593-QĐ/TU', 'a \\| b']
    """
    parts = [""]
    for piece in _PIECE.findall(cell):
        if piece == sign:
            parts.append("")
        else:
            parts[-1] += piece
    return [_trim(part) for part in parts]


def _trim(part: str) -> str:
    left = part.lstrip()
    right = left.rstrip()
    # A space after an odd number of backslashes is meant.
    escaped = (len(right) - len(right.rstrip("\\"))) % 2
    return left[: len(right) + escaped]


def _plain_value(part: str) -> str:
    value = re.sub(r"\\(.)", r"\1", part, flags=re.DOTALL)
    if not value:
        raise ValueError("có giá trị để trống giữa hai dấu |")
    return value


def _escape(value: str) -> str:
    escaped = re.sub(r"([\\|=])", r"\\\1", value)
    escaped = re.sub(r"\A(\s)", r"\\\1", escaped)
    if escaped[-1:].isspace() and _trim(escaped) != escaped:
        escaped = f"{escaped[:-1]}\\{escaped[-1]}"
    return f"\\{escaped}" if plain(value) == plain(NONE) else escaped


def read_values(cell: str) -> list[str]:
    return [_plain_value(part) for part in split(cell, "|")]


def write_values(values: object) -> str:
    assert isinstance(values, tuple | list)
    return " | ".join(map(_escape, values))


def read_groups(cell: str) -> list[list[str]]:
    if fold(cell) == NONE:
        return []
    return [[_plain_value(name) for name in split(part, "=")] for part in split(cell, "|")]


def write_groups(groups: object) -> str:
    assert isinstance(groups, tuple | list)
    return " | ".join(" = ".join(map(_escape, names)) for names in groups)


def write_or_none(groups: object) -> str:
    return write_groups(groups) if groups else NONE


def read_text(cell: str) -> str:
    return _plain_value(_trim(cell))


def write_text(value: object) -> str:
    return _escape(str(value)).replace("\\|", "|").replace("\\=", "=")


def choice(words: Words) -> tuple[Callable[[str], str], Callable[[object], str]]:
    """How one of a few values is read, by its Vietnamese words or its code, and written."""
    codes = {plain(name): code for code, word in words.items() for name in (word, code)}

    def read(cell: str) -> str:
        if (code := codes.get(plain(cell))) is None:
            raise ValueError(f"“{cell.strip()}” không phải một trong: {', '.join(words.values())}")
        return code

    return read, lambda value: words[str(value)]


_read_role, _write_role = choice(ROLE_WORDS)


def read_roles(cell: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in split(cell, "|"):
        name, sign, role = part.rpartition(":")
        if not sign:
            raise ValueError("mỗi vai trò viết là “Tên đơn vị: vai trò”")
        found[_plain_value(_trim(name))] = _read_role(role)
    return found


def write_roles(roles: object) -> str:
    assert isinstance(roles, Mapping)
    return " | ".join(f"{_escape(name)}: {_write_role(role)}" for name, role in roles.items())


def read_places(cell: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = []
    for part in split(cell, "|"):
        printed = re.fullmatch(r"(.+):(\d+)[-–](\d+)", part, flags=re.DOTALL)
        if printed is None:
            raise ValueError(f"“{part}” phải có dạng documents/van-ban.txt:120-180")
        found.append({"source": _plain_value(printed[1]), "start": int(printed[2]), "end": int(printed[3])})
    return found


def write_places(places: object) -> str:
    assert isinstance(places, tuple | list)
    return " | ".join(f"{_escape(place['source'])}:{place['start']}-{place['end']}" for place in places)


def read_dates(cell: str) -> list[str]:
    """Dates as 2024-02-28 or 28/2/2024; the cell of a spreadsheet that is a date comes in the first form."""
    return [
        f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if (found := _DAY_FIRST.fullmatch(value)) else value
        for value in read_values(cell)
    ]


def read_count(cell: str) -> int:
    if not re.fullmatch(r"\s*[0-9]{1,9}\s*", cell):
        raise ValueError(f"“{cell.strip()}” không phải số nguyên")
    return int(cell)
