"""A test as one page to take in the browser, with a score and explanations; it asks no other host for anything."""

from __future__ import annotations

from importlib import resources

from rag.quiz import wording
from rag.quiz.formats import layout
from rag.quiz.formats.texts import explained
from rag.quiz.items import LETTERS
from rag.quiz.papers import Test


def write_html(test: Test) -> bytes:
    """The page; the answers are in it, so it is for practice."""
    from jinja2 import Environment

    template = resources.files("rag.quiz.formats").joinpath("page.html.j2").read_text(encoding="utf-8")
    questions = [
        {
            "number": number,
            "stem": item.stem,
            "options": list(zip(LETTERS, item.options, strict=False)),
            "key": item.letters,
            "right": item.right,
            "why": explained(item),
            "quote": " ".join(item.citation.quote.split()),
        }
        for number, item in enumerate(test.items, 1)
    ]
    labels = {
        name: wording.label(name, **fields)
        for name, fields in (
            ("submit", {}), ("again", {}), ("right_mark", {}), ("wrong_mark", {}),
            ("result", {"right": "{right}", "count": "{count}"}), ("unanswered", {"count": "{count}"}),
        )
    }  # fmt: skip
    page = Environment(autoescape=True).from_string(template)
    return page.render(title=test.title, size=layout.size(test), questions=questions, labels=labels).encode()
