"""What the clauses say to which a passage refers: "nội dung quy định tại khoản 1 Điều 15 của Luật này"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from rag.answering.holdings import Library
from rag.law.pinpoints import pinpoints
from rag.law.structure import ancestors
from rag.types import Document, Passage

_OWN = re.compile(r"(?:Bộ luật|Luật|Nghị định|Thông tư|Nghị quyết|Quyết định|Quy chế|Pháp lệnh) này\b")
_ARTICLE = re.compile(r"Điều (?P<number>\d+[a-zđ]?|này)")
_CLAUSES = re.compile(r"\b[Kk]hoản (?P<numbers>\d+(?:(?:, | và | hoặc |, khoản | và khoản | hoặc khoản )\d+)*)")
_RULED_BY = re.compile(r"\s(?:được|đã)\s[^;.]{1,80}\s(?:tại|theo|bằng)\s$")
"""What says that the document named next rules, and not the text itself."""
_MOST_WORDS = 60
"""How many words a clause may have of which it still tells what it is on."""


def referred(library: Library, passages: Sequence[Passage]) -> list[tuple[int, ...]]:
    """The indexes of the passages that each passage refers to, those of held texts that are no longer than a clause."""
    return [tuple(_indexes(library, passage)) for passage in passages]


def ruled_by(library: Library, passage: Passage) -> Sequence[Document]:
    """The documents that rule a passage's matter by its own words, "được phê duyệt tại …", and not its text."""
    references = (library.knowledge.references[at] for at in passage.references)
    leads = (passage.text.partition(one.as_printed)[0] for one in references)
    return library.cited(passage) if any(_RULED_BY.search(lead) for lead in leads) else ()


def _indexes(library: Library, passage: Passage) -> Iterator[int]:
    for source, place in dict.fromkeys(chain(_in_own_text(library, passage), _in_others(library, passage))):
        at = library.at_locator(source, place)
        is_other = at is not None and (source, at) != (passage.source, passage.provision)
        if at is not None and is_other and len(library.words_of(source, at).split()) <= _MOST_WORDS:
            yield from library.clauses_of(source, at)


def _in_own_text(library: Library, passage: Passage) -> Iterator[tuple[str, str]]:
    """The places of the passage's own text that it refers to."""
    if not any(word in passage.text for word in ("hoản ", "Điều ")):
        return
    for at, said in pinpoints(passage.text).items():
        if _OWN.match(passage.text, at):
            yield from ((passage.source, place) for place in places(said))
        elif passage.text.startswith("Điều này", at):
            provisions = library.knowledge.provisions[passage.source]
            around = (provisions[passage.provision], *ancestors(provisions, passage.provision))
            article = next((item.locator for item in around if item.kind == "article"), "")
            yield from ((passage.source, place) for place in places(f"{said} {article}"))


def _in_others(library: Library, passage: Passage) -> Iterator[tuple[str, str]]:
    """The places of other held texts that it refers to."""
    for at in passage.references:
        mention = library.knowledge.references[at]
        if mention.pinpoint:
            for entry in library.cited(passage):
                if entry.source and entry.number and entry.number == mention.number:
                    yield from ((entry.source, place) for place in places(mention.pinpoint))


def places(pinpoint: str) -> list[str]:
    """The clauses, or the articles where it names none, of a pinpoint.

    >>> places("khoản 1 và khoản 2 Điều 15"), places("các khoản 3, 4 và 6 Điều 15"), places("Điều 7")
    (['khoản 1 Điều 15', 'khoản 2 Điều 15'], ['khoản 3 Điều 15', 'khoản 4 Điều 15', 'khoản 6 Điều 15'], ['Điều 7'])
    """
    found, start = [], 0
    for article in _ARTICLE.finditer(pinpoint):
        before = pinpoint[start : article.start()]
        clauses = [number for match in _CLAUSES.finditer(before) for number in re.findall(r"\d+", match["numbers"])]
        found += [f"khoản {number} {article[0]}" for number in clauses] or [article[0]]
        start = article.end()
    return found
