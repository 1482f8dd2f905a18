"""Readers of quiz formats, written after their documentation and not after what writes them here."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from xml.etree import ElementTree

QTI = {"q": "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"}


@dataclass(frozen=True)
class Read:
    """What a reader finds of one item."""

    name: str
    stem: str
    options: tuple[str, ...]
    right: tuple[str, ...]
    why: str = ""


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def words(html: str) -> str:
    """The text of a piece of HTML."""
    reader = _Text()
    reader.feed(html)
    return " ".join("".join(reader.parts).split())


def read_gift(text: str) -> list[Read]:
    """Questions of GIFT: "::name::[format]stem{answers}", with "\\" before a sign that means itself."""
    return [_gift(block) for block in re.split(r"\n\s*\n", text.strip())]


def _gift(block: str) -> Read:
    tokens = re.findall(r"\\.|::|####|[{}=~]|[^\\{}=~:#]+|.", block, re.DOTALL)
    name, fields, current, open_brace = "", [], "", False
    stem = ""
    mode = "stem"
    for token in tokens:
        if token.startswith("\\"):
            current += token[1:]
        elif token == "::" and mode == "stem" and not name:
            if current.strip():
                name, current = current, ""
        elif token == "{" and mode == "stem":
            stem, current, mode, open_brace = current, "", "answers", True
        elif mode == "answers" and token in ("=", "~", "####"):
            fields.append(current)
            current = token
        elif token == "}" and mode == "answers":
            fields.append(current)
            open_brace = False
        else:
            assert token not in ("{", "}"), f"an unescaped {token}"
            current += token
    assert not open_brace
    why = next((field[4:].strip() for field in fields if field.startswith("####")), "")
    stem = stem.strip().removeprefix("[plain]")
    truth = fields[0].strip()
    if truth in ("TRUE", "FALSE", "T", "F"):
        return Read(name.strip(), stem, ("Đúng", "Sai"), ("Đúng" if truth[0] == "T" else "Sai",), why)
    options = tuple(field[1:].strip() for field in fields if field[:1] in ("=", "~"))
    right = tuple(field[1:].strip() for field in fields if field.startswith("="))
    return Read(name.strip(), stem, options, right, why)


def read_aiken(text: str) -> list[Read]:
    """Questions of Aiken: a line, options "A. " or "A) ", "ANSWER: " and a letter."""
    found = []
    for block in text.strip().split("\n\n"):
        stem, *rest = block.split("\n")
        options = [re.fullmatch(r"([A-Z])[.)] (.+)", line) for line in rest[:-1]]
        answer = re.fullmatch(r"ANSWER: ([A-Z])", rest[-1])
        assert answer
        assert all(options)
        texts = {match[1]: match[2] for match in options if match}
        assert list(texts) == list("ABCDEF"[: len(texts)])
        found.append(Read("", stem, tuple(texts.values()), (texts[answer[1]],)))
    return found


def read_moodle(body: bytes) -> list[Read]:
    """Questions of Moodle XML."""
    root = ElementTree.fromstring(body)
    assert root.tag == "quiz"
    return [_moodle(question) for question in root]


def _moodle(question: ElementTree.Element) -> Read:
    def text(path: str) -> str:
        return question.findtext(path) or ""

    answers = [(answer.get("fraction"), words(answer.findtext("text") or "")) for answer in question.findall("answer")]
    if question.get("type") == "truefalse":
        said = {"true": "Đúng", "false": "Sai"}
        answers = [(fraction, said[one]) for fraction, one in answers]
    else:
        assert question.get("type") == "multichoice"
        assert text("single") == "true"
    assert {fraction for fraction, _ in answers} == {"0", "100"}
    right = tuple(one for fraction, one in answers if fraction == "100")
    options = tuple(one for _, one in answers)
    return Read(
        text("name/text"), words(text("questiontext/text")), options, right, words(text("generalfeedback/text"))
    )


def read_qti(body: bytes) -> list[Read]:
    """Items of a QTI 1.2 archive, found through its manifest."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.testzip() is None
        manifest = ElementTree.fromstring(archive.read("imsmanifest.xml"))
        files = [one.get("href") or "" for one in manifest.iter() if one.tag.endswith("}file")]
        assert set(files) <= set(archive.namelist())
        name = next(file for file in files if not file.endswith("assessment_meta.xml"))
        root = ElementTree.fromstring(archive.read(name))
    return [_qti(item) for item in root.iterfind(".//q:item", QTI)]


def _qti(item: ElementTree.Element) -> Read:
    labels = {
        label.get("ident") or "": words(label.findtext(".//q:mattext", "", QTI))
        for label in item.iterfind(".//q:response_label", QTI)
    }
    scored = [
        condition.findtext("q:conditionvar/q:varequal", "", QTI)
        for condition in item.iterfind(".//q:respcondition", QTI)
        if condition.findtext("q:setvar", "", QTI) == "100"
    ]
    stem = words(item.findtext("q:presentation/q:material/q:mattext", "", QTI))
    why = words(item.findtext("q:itemfeedback//q:mattext", "", QTI))
    return Read(item.get("title") or "", stem, tuple(labels.values()), tuple(labels[one] for one in scored), why)
