"""What stands around the body of a part: front matter and bases, titles of annexes, recipients and signature."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.normalize import UPPER
from rag.law.blocks import Block, is_type_line
from rag.law.headings import attachment_title_end
from rag.law.ledger import Ledger
from rag.law.parts import Part, is_promulgation_note, is_signing

_BASIS = re.compile(r"(?:Căn cứ|Thực hiện|Theo đề nghị|Xét|Để thực hiện|Tiếp tục thực hiện)\b")
_ADDRESSED = re.compile(r"Kính gửi\b", re.IGNORECASE)
_HEAD = 16
"""Within how many lines an official letter says to whom it goes."""
_PERSON = re.compile(rf"[{UPPER}][^\W\d_]*(?: [{UPPER}][^\W\d_]*){{1,5}}")


def read_front(ledger: Ledger, part: Part) -> int:
    """Add the front matter of the document itself; the index where its body begins."""
    body = _body_start(ledger, part)
    front = ledger.found[:body]
    typed = next((index for index, block in enumerate(front) if is_type_line(block)), None)
    titled = typed is None
    for index, block in enumerate(front):
        after_type = typed is not None and index > typed
        is_basis = block.rest.startswith("Căn cứ") or (
            after_type and titled and (block.ends_sentence or _BASIS.match(block.rest) is not None)
        )
        if after_type and not titled:
            is_basis = block.ends_sentence
            titled = is_basis or _ends_title(front, index)
        if is_basis and not block.rest.isupper():
            ledger.add_line("basis", "Căn cứ ban hành, đoạn", block.segments)
        else:
            ledger.add_line("front", "Phần mở đầu, đoạn", block.segments)
    return body


def read_title(ledger: Ledger, part: Part, *, holder: int | None) -> int:
    """Add the letterhead and the title of an annex, an attachment or a form; the index where its body begins.

    `holder` is the annex that holds a form.
    """
    assert part.title is not None
    found, title = ledger.found, part.title
    end = title + 1 if found[title].kind == "form" else attachment_title_end(found, title, part.closing)
    ledger.prefix = f"{ledger.provisions[holder].locator}, {part.label}" if holder is not None else part.label
    ledger.base = None
    for block in found[part.start : title]:
        ledger.add_line("front", "Phần mở đầu, đoạn", block.segments)
    lines = found[title:end]
    named = [line.rest for line in lines if line.rest and not is_promulgation_note(line)]
    heading = " ".join(named or [line.rest for line in lines]).lstrip(" .:-") or None
    segments = tuple(span for line in lines for span in line.segments)
    ledger.prefix = ledger.add("annex", ledger.prefix, segments, parent=holder, heading=heading)
    ledger.base = len(ledger.provisions) - 1
    return end


def read_closing(ledger: Ledger, part: Part) -> None:
    """Add recipients and signature, in either order; a name alone after the recipients is the signer's."""
    recipients: int | None = None
    for block in ledger.found[part.closing : part.end]:
        if block.kind == "footnote":
            ledger.add_footnote(block)
        elif block.kind == "recipients":
            recipients = len(ledger.provisions)
            ledger.add("recipients", ledger.in_part("Nơi nhận"), block.segments, parent=ledger.base, heading="Nơi nhận")
        elif recipients is None or _signs(block):
            recipients = None
            ledger.add_line("signature", "Phần ký, dòng", block.segments)
        else:
            ledger.add_line("recipients", "Nơi nhận, dòng", block.segments, parent=recipients)


def _body_start(ledger: Ledger, part: Part) -> int:
    """The index of the first heading of the body; its start where the text has no front matter to speak of."""
    own = [at for at in range(part.closing) if at not in ledger.foreign]
    addressed = next((at for at in own[:_HEAD] if _ADDRESSED.match(ledger.found[at].rest)), None)
    if addressed is not None and not any(is_type_line(ledger.found[at]) for at in own[:addressed]):
        return addressed  # an official letter
    for at in own:
        block = ledger.found[at]
        if block.kind in ("roman", "article", "division") or (block.kind == "capital" and block.label == "A"):
            return at
    typed = next((at for at in own if is_type_line(ledger.found[at])), None)
    return typed + 2 if typed is not None and typed + 2 <= part.closing else 0


def _ends_title(front: Sequence[Block], index: int) -> bool:
    """Whether the next line does not go on with the title in small letters."""
    return index + 1 == len(front) or not front[index + 1].rest[:1].islower()


def _signs(block: Block) -> bool:
    """Whether a line after the recipients belongs to the signature."""
    if block.kind not in ("text", "capital"):
        return False
    return block.rest.isupper() or is_signing(block) or _PERSON.fullmatch(block.rest) is not None
