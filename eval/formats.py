"""Texts in the formats of offices: what is read from each against what is read from the text itself.

`python -m eval.formats TEXT …` makes .docx (automatic numbers, real footnotes), .doc, PDF, a scan at 200 dpi, and text
in TCVN3 and VNI of each text, reads them, and compares references, assignments and structure. LibreOffice makes the
.doc and the PDF; the scan also needs Tesseract.
"""

from __future__ import annotations

import argparse
import difflib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.errors import HoidapError, ReadingError
from rag.language.lexicon import plain_rows
from rag.language.normalize import fold, syllables
from rag.law.document import read_document
from rag.reading.corpus import read_file
from rag.types import StoredText

_LABEL = re.compile(r"(?P<number>\d{1,2})\.\s|(?P<letter>[a-h])\)\s")
_NOTE = re.compile(r"([¹²³⁴⁵⁶⁷⁸⁹])\s(?=\S)")
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RAISED = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
_SMALL = '<w:rPr><w:sz w:val="18"/></w:rPr>'
_DPI = 200
_PASSAGE = 10
"""Words that one side of a comparison has more: a passage that was moved."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How much of what one reading has the other has too: F1 a kind, and the character error of the text."""

    references: float
    assignments: float
    structure: float
    character_error: float


def compare(given: StoredText, read: StoredText) -> Agreement:
    """A text as it was read from another format beside the text itself; capitals and punctuation of it do not count.

    >>> text = StoredText("a.txt", "Điều 1. Giao Phòng Nội vụ thực hiện Chỉ thị số 18-CT/TW.")
    >>> compare(text, text)
    Agreement(references=1.0, assignments=1.0, structure=1.0, character_error=0.0)
    """
    one, other = _facts(given), _facts(read)
    references, assignments, structure = (_f1(left, right) for left, right in zip(one, other, strict=True))
    return Agreement(references, assignments, structure, _character_error(given.text, read.text))


def _facts(stored: StoredText) -> tuple[Counter[tuple[str, ...]], ...]:
    read = read_document(stored)
    references: Counter[tuple[str, ...]] = Counter(
        (one.type, one.number or "", fold(one.issuer or ""), one.date or "") for one in read.references
    )
    assignments = Counter(
        (one.role, fold(" ".join(syllables(one.unit or ""))), *syllables(one.duty.of(stored.text))[:6])
        for one in read.assignments
    )
    structure: Counter[tuple[str, ...]] = Counter(
        (one.kind, one.locator)
        for one in read.provisions
        if one.kind in ("chapter", "article", "clause", "point", "heading")
    )
    return references, assignments, structure


def _f1(given: Counter[tuple[str, ...]], read: Counter[tuple[str, ...]]) -> float:
    both = (given & read).total()
    return 2 * both / (given.total() + read.total()) if given or read else 1.0


def _character_error(given: str, read: str) -> float:
    """Letters that differ, as a share of the text's; syllables are brought side by side first.

    A long passage that stands elsewhere, as a footnote does that tore a paragraph, is compared with where it stands.
    """
    left, right = syllables(given), syllables(read)
    parts = list(_differences(left, right))
    lost = [one for one, other in parts if len(one) > len(other) + _PASSAGE]
    added = [other for one, other in parts if len(other) > len(one) + _PASSAGE]
    rest = [part for part in parts if part[0] not in lost and part[1] not in added]
    moved = _differences([word for one in lost for word in one], [word for other in added for word in other])
    wrong = sum(_letters_wrong("".join(one), "".join(other)) for one, other in (*rest, *moved))
    return wrong / max(1, len("".join(left)))


def _differences(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[list[str], list[str]]]:
    for kind, low, high, start, end in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind != "equal":
            yield list(left[low:high]), list(right[start:end])


def _letters_wrong(one: str, other: str) -> int:
    blocks = difflib.SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks()
    return max(len(one), len(other)) - sum(block.size for block in blocks)


def write_formats(text: str, folder: Path) -> Iterator[Path]:
    """The files of a text in each format; the encodings lose what they have no letters for.

    Raises: ReadingError where LibreOffice is missing.
    """
    for column in ("tcvn3", "vni"):
        path = folder / f"{column}.txt"
        path.write_bytes(_encoded(text, column))
        yield path
    word = folder / "word.docx"
    write_docx(text, word)
    yield word
    yield _converted(word, "doc:MS Word 97")
    printed = to_pdf(word)
    yield printed
    yield scan(printed)


def _encoded(text: str, column: str) -> bytes:
    """A text in an old encoding; a raised number is written "[1]", as Word does where it saves text."""
    text = re.sub(r"[¹²³⁴-⁹]", lambda raised: f"[{unicodedata.normalize('NFKC', raised[0])}]", text)
    codes = {row["letter"]: bytes.fromhex(row[column]) for row in plain_rows("legacy_letters") if row[column]}
    signs = {"–": b"\x96", "“": b"\x93", "”": b"\x94", "…": b"\x85", "\xa0": b"\xa0"}
    letters = (
        char.encode("ascii") if char.isascii() else codes.get(char) or codes.get(char.lower()) or signs.get(char, b"?")
        for char in text
    )
    return b"".join(letters)


def write_docx(text: str, path: Path) -> None:
    """A Word document whose numbers and footnotes are Word's own."""
    from docx import Document
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document = Document()
    document.styles["Normal"].font.name = "Times New Roman"
    paragraphs = [" ".join(one.split()) for one in re.split(r"\n\s*\n|\f", text) if one.strip()]
    if text.count("\n\n") < text.count("\n") / 4:
        paragraphs = [" ".join(one.split()) for one in text.splitlines() if one.strip()]
    notes = {found[1]: one[found.end() :] for one in paragraphs if (found := _NOTE.match(one))}
    for one in paragraphs:
        if not _NOTE.match(one):
            _add(document, one, notes)
    body = "".join(
        f'<w:footnote w:id="{index}"><w:p><w:r>{_RAISED}<w:footnoteRef/></w:r><w:r>{_SMALL}'
        f'<w:t xml:space="preserve"> {_escaped(note)}'
        "</w:t></w:r></w:p></w:footnote>"
        for index, note in enumerate(notes.values(), 1)
    )
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    content = f'<w:footnotes xmlns:w="{_W}">{body}</w:footnotes>'.encode()
    part = Part(PackURI("/word/footnotes.xml"), kind, content, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    document.save(str(path))


def _add(document: object, text: str, notes: dict[str, str]) -> None:
    from docx.oxml import parse_xml

    label = _LABEL.match(text)
    shown = text[label.end() :] if label else text
    paragraph = document.add_paragraph()  # type: ignore[attr-defined]
    if label:
        numbered = _numbering(document, label)
        paragraph._p.get_or_add_pPr().append(
            parse_xml(f'<w:numPr xmlns:w="{_W}"><w:ilvl w:val="0"/><w:numId w:val="{numbered}"/></w:numPr>')
        )
    for part in re.split("([¹²³⁴⁵⁶⁷⁸⁹])", shown):
        if part in notes:
            call = f'<w:r xmlns:w="{_W}">{_RAISED}<w:footnoteReference w:id="{list(notes).index(part) + 1}"/></w:r>'
            paragraph._p.append(parse_xml(call))
        elif part:
            paragraph.add_run(part)


def _numbering(document: object, label: re.Match[str]) -> int:
    """A list of its own that begins with the number of a label."""
    from docx.oxml import parse_xml

    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    used = [int(one.get(f"{{{_W}}}numId")) for one in root.iter(f"{{{_W}}}num")]
    number = max(used, default=0) + 1
    start = int(label["number"]) if label["number"] else ord(label["letter"]) - ord("a") + 1
    kind, shown = ("decimal", "%1.") if label["number"] else ("lowerLetter", "%1)")
    first = root.find(f"{{{_W}}}num")
    outline = parse_xml(
        f'<w:abstractNum xmlns:w="{_W}" w:abstractNumId="{number + 500}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
        f'<w:numFmt w:val="{kind}"/><w:lvlText w:val="{shown}"/></w:lvl></w:abstractNum>'
    )
    first.addprevious(outline)
    root.append(
        parse_xml(f'<w:num xmlns:w="{_W}" w:numId="{number}"><w:abstractNumId w:val="{number + 500}"/></w:num>')
    )
    return number


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _converted(path: Path, kind: str) -> Path:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        raise ReadingError("Cần LibreOffice để tạo tệp .doc và PDF: sudo apt-get install libreoffice-writer")
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(path.parent), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return path.with_suffix("." + kind.split(":")[0])


def to_pdf(path: Path) -> Path:
    """A PDF beside a Word file, as LibreOffice prints it.

    Raises: ReadingError where LibreOffice is missing.
    """
    return _converted(path, "pdf")


def scan(path: Path) -> Path:
    """A scan of 200 dpi beside a PDF: pictures alone, in grey."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        pages = [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]
    target = path.with_name("scan.pdf")
    pages[0].save(target, save_all=True, append_images=pages[1:], resolution=_DPI, quality=90)
    return target


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line a format of each text."""
    parser = argparse.ArgumentParser(prog="hoidap eval formats", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("texts", nargs="+", type=Path, metavar="TEXT")
    given = parser.parse_args(arguments)
    try:
        for path in given.texts:
            stored = read_file(path)
            print(path.name)
            with tempfile.TemporaryDirectory() as folder:
                for made in write_formats(stored.text, Path(folder)):
                    found = compare(stored, read_file(made))
                    print(
                        f"  {made.name:10} references {found.references:.3f}  assignments {found.assignments:.3f}  "
                        f"structure {found.structure:.3f}  character error {found.character_error:.4f}",
                        flush=True,
                    )
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
