"""JSON, and what learning platforms import as text: GIFT, Aiken, Moodle XML."""

from __future__ import annotations

import re
from html import escape
from xml.etree import ElementTree

from rag.quiz import wording
from rag.quiz.items import LETTERS, Item
from rag.quiz.papers import Test
from rag.quiz.wire import items_json

_GIFT_SIGNS = re.compile(r"([~=#{}:\\])")


def write_json(test: Test) -> bytes:
    """The items as the quiz contract has them."""
    return items_json(test.items).encode()


def write_gift(test: Test) -> bytes:
    """GIFT, with the explanation as general feedback.

    Source: Moodle documentation, "GIFT format".
    """
    return ("\n\n".join(map(_gift, test.items)) + "\n").encode()


def write_aiken(test: Test) -> bytes:
    """Aiken: the stem in one line, the options, the letter of the key; it has no place for explanations.

    Source: Moodle documentation, "Aiken format".
    """
    return ("\n\n".join(map(_aiken, test.items)) + "\n").encode()


def write_moodle(test: Test) -> bytes:
    """Moodle XML.

    Source: Moodle documentation, "Moodle XML format".
    """
    root = ElementTree.Element("quiz")
    for item in test.items:
        root.append(_moodle(item))
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def explained(item: Item) -> str:
    """The explanation of an item with where its passage stands."""
    cited = item.citation
    return f"{item.explanation} ({wording.label('source')}: {cited.locator}, {cited.document}.)"


def _gift(item: Item) -> str:
    head = f"::{_escaped(item.id)}::[plain]{_escaped(item.stem)}"
    feedback = f"####{_escaped(explained(item))}"
    if item.options == wording.truths():
        return f"{head}{{{'TRUE' if item.correct[0] == 0 else 'FALSE'}{feedback}}}"
    options = [f"\t{'=' if at in item.correct else '~'}{_escaped(text)}" for at, text in enumerate(item.options)]
    return "\n".join((f"{head}{{", *options, f"\t{feedback}", "}"))


def _escaped(text: str) -> str:
    return _GIFT_SIGNS.sub(r"\\\1", _one_line(text))


def _aiken(item: Item) -> str:
    options = [f"{LETTERS[at]}. {_one_line(text)}" for at, text in enumerate(item.options)]
    return "\n".join((_one_line(item.stem), *options, f"ANSWER: {item.letters}"))


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _moodle(item: Item) -> ElementTree.Element:
    is_truth = item.options == wording.truths()
    question = ElementTree.Element("question", type="truefalse" if is_truth else "multichoice")
    _text(ElementTree.SubElement(question, "name"), item.id)
    _text(ElementTree.SubElement(question, "questiontext", format="html"), f"<p>{escape(item.stem, quote=False)}</p>")
    feedback = f"<p>{escape(explained(item), quote=False)}</p>"
    _text(ElementTree.SubElement(question, "generalfeedback", format="html"), feedback)
    ElementTree.SubElement(question, "defaultgrade").text = "1"
    if not is_truth:
        for tag, value in (("single", "true"), ("shuffleanswers", "true"), ("answernumbering", "ABCD")):
            ElementTree.SubElement(question, tag).text = value
    for at, option in enumerate(item.options):
        fraction = "100" if at in item.correct else "0"
        kind = "moodle_auto_format" if is_truth else "html"
        answer = ElementTree.SubElement(question, "answer", fraction=fraction, format=kind)
        _text(answer, ("true", "false")[at] if is_truth else escape(option, quote=False))
    return question


def _text(parent: ElementTree.Element, text: str) -> None:
    ElementTree.SubElement(parent, "text").text = text
