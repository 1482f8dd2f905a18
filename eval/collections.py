"""Public test collections for retrieval: texts, what is to be found in them, and questions with what is relevant.

Two forms are read: the ALQAC contest's (`law.json`, `train*.json`: laws of articles) and BEIR's
(`corpus.jsonl`, `queries.jsonl`, `qrels/*.tsv`).
Source: Thakur et al., "BEIR" (NeurIPS 2021), for the second.
"""

from __future__ import annotations

import csv
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from rag.errors import HoidapError
from rag.types import Span, StoredText

_DEFAULT_SPLIT = "test"
_Row = TypeVar("_Row", bound=BaseModel)


class CollectionError(HoidapError):
    """A folder holds no collection that can be read."""


@dataclass(frozen=True, slots=True)
class Item:
    """What is to be found, an article or a whole document: a range of the text of that source."""

    id: str
    source: str
    span: Span


@dataclass(frozen=True, slots=True)
class Question:
    """A question with the grade of each relevant item, 1 and more; `options` are the answers it offers."""

    id: str
    text: str
    relevant: Mapping[str, int]
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Collection:
    """A test collection; items are in the order of the texts, and `files` are what it was read from."""

    name: str
    texts: tuple[StoredText, ...]
    items: tuple[Item, ...]
    questions: tuple[Question, ...]
    files: tuple[Path, ...]

    def item_texts(self) -> list[str]:
        """The words of each item, in order."""
        by_source = {text.source: text.text for text in self.texts}
        return [item.span.of(by_source[item.source]) for item in self.items]

    def unreachable(self) -> list[str]:
        """The ids that are relevant to a question and not among the items, in order; no system can find them."""
        known = {item.id for item in self.items}
        return [name for question in self.questions for name in question.relevant if name not in known]


def read_collection(folder: Path, *, split: str | None = None) -> Collection:
    """The collection in a folder; `split` chooses the judgements of a BEIR folder that has several.

    Raises: CollectionError.
    """
    if (folder / "law.json").is_file():
        return _read_alqac(folder)
    if (folder / "corpus.jsonl").is_file():
        return _read_beir(folder, split)
    raise CollectionError(
        f"Không thấy bộ dữ liệu trong {folder}: cần law.json (dạng ALQAC) hoặc corpus.jsonl (dạng BEIR)."
    )


class _Article(BaseModel):
    id: str
    text: str


class _Law(BaseModel):
    id: str
    articles: list[_Article]


class _Relevant(BaseModel):
    law_id: str
    article_id: str


class _Asked(BaseModel):
    question_id: str
    text: str
    choices: dict[str, str] = Field(default_factory=dict)
    relevant_articles: list[_Relevant]


_LAWS, _ASKED = TypeAdapter(list[_Law]), TypeAdapter(list[_Asked])


def _read_alqac(folder: Path) -> Collection:
    corpus, files = folder / "law.json", sorted(folder.glob("train*.json"))
    if not files:
        raise CollectionError(f"Không thấy câu hỏi trong {folder}: cần tệp train*.json.")
    texts: list[StoredText] = []
    items: list[Item] = []
    laws = _parsed(_LAWS, corpus)
    for number, law in enumerate(laws, 1):
        text, found = _law_text(law, f"documents/{number:04}.txt")
        texts.append(text)
        items += found
    questions = [
        Question(
            id=asked.question_id,
            text=asked.text,
            relevant={article_id(one.law_id, one.article_id): 1 for one in asked.relevant_articles},
            options=tuple(asked.choices.values()),
        )
        for file in files
        for asked in _parsed(_ASKED, file)
    ]
    return _checked(Collection(folder.name, tuple(texts), tuple(items), tuple(questions), (corpus, *files)))


def article_id(law: str, article: str) -> str:
    """The id of an article of the ALQAC collection, in NFC.

    >>> article_id("Luật Du lịch", "39")
    'Luật Du lịch, Điều 39'
    """
    return unicodedata.normalize("NFC", f"{law}, Điều {article}")


def _law_text(law: _Law, source: str) -> tuple[StoredText, list[Item]]:
    """A law as it would be issued, name first, and where its articles stand in it."""
    text, items = f"{law.id}\n", []
    for article in law.articles:
        text += "\n"
        start = len(text)
        text += f"Điều {article.id}. {article.text.strip()}\n"
        items.append(Item(article_id(law.id, article.id), source, Span(start, len(text) - 1)))
    return StoredText(source, text), items


class _Document(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(alias="_id")
    title: str = ""
    text: str


class _Query(BaseModel):
    model_config = ConfigDict(populate_by_name=True)

    id: str = Field(alias="_id")
    text: str


def _read_beir(folder: Path, split: str | None) -> Collection:
    corpus, queries, judged = folder / "corpus.jsonl", folder / "queries.jsonl", _qrels_file(folder, split)
    texts: list[StoredText] = []
    items: list[Item] = []
    for number, document in enumerate(_rows(_Document, corpus), 1):
        text = "\n\n".join(part for part in (document.title.strip(), document.text.strip()) if part)
        if text:  # without words there is nothing to find it by
            texts.append(StoredText(f"documents/{number:07}.txt", text))
            items.append(Item(document.id, texts[-1].source, Span(0, len(text))))
    grades = _grades(judged)
    questions = [
        Question(row.id, row.text, {name: grade for name, grade in grades[row.id].items() if grade > 0})
        for row in _rows(_Query, queries)
        if row.id in grades
    ]
    files = (corpus, queries, judged)
    return _checked(Collection(folder.name, tuple(texts), tuple(items), tuple(questions), files))


def _qrels_file(folder: Path, split: str | None) -> Path:
    files = {path.stem: path for path in sorted((folder / "qrels").glob("*.tsv"))}
    name = split or (next(iter(files)) if len(files) == 1 else _DEFAULT_SPLIT)
    if name not in files:
        held = ", ".join(files) or "không có phần nào"
        raise CollectionError(f"Không thấy {folder / 'qrels' / name}.tsv (đang có: {held}); hãy chọn bằng --split.")
    return files[name]


def _grades(path: Path) -> dict[str, dict[str, int]]:
    """The grade of each judged item, by question; the first line may be the names of the columns."""
    found: dict[str, dict[str, int]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for number, row in enumerate(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE), 1):
                if not row or (number == 1 and row[0] == "query-id"):
                    continue
                query, item, grade = row
                found.setdefault(query, {})[item] = int(grade)
    except (OSError, ValueError, csv.Error) as error:
        raise CollectionError(f"Không đọc được {path}: mỗi dòng cần ba cột: câu hỏi, văn bản, điểm.") from error
    return found


def _rows(kind: type[_Row], path: Path) -> Iterator[_Row]:
    read = 0
    try:
        with path.open(encoding="utf-8-sig") as file:
            for line in file:
                read += 1
                if line.strip():
                    yield kind.model_validate_json(line)
    except (OSError, ValueError) as error:  # pydantic's and the decoder's are ValueErrors
        raise CollectionError(f"Không đọc được {path}, dòng {read}: {_why(error)}.") from error


_Parsed = TypeVar("_Parsed")


def _parsed(adapter: TypeAdapter[_Parsed], path: Path) -> _Parsed:
    try:
        return adapter.validate_json(path.read_bytes())
    except (OSError, ValueError) as error:
        raise CollectionError(f"Không đọc được {path}: {_why(error)}.") from error


def _why(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        return f"sai ở mục {place}" if place else "không phải JSON"
    return str(error)


def _checked(collection: Collection) -> Collection:
    for what, names in (
        ("văn bản", [item.id for item in collection.items]),
        ("câu hỏi", [question.id for question in collection.questions]),
    ):
        if not names:
            raise CollectionError(f"Bộ dữ liệu {collection.name} không có {what} nào.")
        if twice := _repeated(names):
            raise CollectionError(f"Bộ dữ liệu {collection.name} có hai {what} cùng mã: {twice[0]}.")
    return collection


def _repeated(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]
