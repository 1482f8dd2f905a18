"""The product beside other systems: `python -m eval.peers [--gold FILE] [--json OUT] [--markdown]`.

Each peer finds passages in the same stored texts and shows five. Evidence is counted as for the product's
citations; documents and units are read from its best passage by the project's own readers
(`eval.peer_answers`). No peer can refuse, so each is shown twice: as it is, and with the best threshold that
five-fold cross-validation finds on these very questions. Earlier turns of a conversation are put before the
question. Where the product was tuned on the gold file, as on the dev questions, that is in its favour.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from eval.corpora import OWN, CorporaError
from eval.gold import GoldCase
from eval.metrics import latency
from eval.opened import add_options, open_gold
from eval.peer_answers import Reader, free_reader, peer_answer, refused
from eval.peer_systems import Found, Peer, open_peers
from eval.peer_tables import (
    UNMARKED,
    UNPROVEN,
    Figures,
    Row,
    cost_table,
    figures,
    markdown,
    measured_table,
    shown_characters,
)
from eval.peer_threshold import FOLDS, held_out_refusals
from eval.provenance import provenance
from rag.config import Config, read_config
from rag.errors import HoidapError, UnverifiedAnswer
from rag.language.normalize import unmark
from rag.types import Answer

if TYPE_CHECKING:
    from eval.outcomes import Assistant

PIPE_WIDTH = 160


@dataclass(frozen=True, slots=True)
class Contest:
    """Every system over the same questions, as they are and without diacritics; the product comes first."""

    figures: list[Figures]
    unmarked: list[Figures]


def contest(assistant: Assistant, peers: Sequence[Peer], cases: Sequence[GoldCase]) -> Contest:
    """Asks all systems every question twice, the second time without diacritics."""
    texts = assistant.stored_texts
    read = free_reader(texts)
    bare = [without_diacritics(case) for case in cases]
    rows, unmarked = [_product(assistant, cases)], [_product(assistant, bare)]
    for peer in peers:
        rows += _with_and_without_threshold(peer, cases, read)
        unmarked.append(_peer(peer, bare, read)[0])
    return Contest(figures(rows, cases, texts), figures(unmarked, cases, texts, UNMARKED))


def without_diacritics(case: GoldCase) -> GoldCase:
    """The case with its question and history typed without diacritics."""
    history = tuple(bare_words(turn) for turn in case.history)
    return case.model_copy(update={"question": bare_words(case.question), "history": history})


def bare_words(text: str) -> str:
    """The text without diacritics, letter case kept.

    >>> bare_words("Văn bản nào quy định?")
    'Van ban nao quy dinh?'
    """
    return unmark(unicodedata.normalize("NFC", text))


def _product(assistant: Assistant, cases: Sequence[GoldCase]) -> Row:
    for case in cases[:1]:  # the first question pays for what is loaded late
        _ask(assistant, case)
    return Row("", "", None, tuple(_ask(assistant, case) for case in cases))


def _ask(assistant: Assistant, case: GoldCase) -> Answer:
    try:
        return assistant.ask(case.question, case.history)
    except UnverifiedAnswer:
        return refused(case.question, 0.0)


def _with_and_without_threshold(peer: Peer, cases: Sequence[GoldCase], read: Reader) -> list[Row]:
    plain, signals = _peer(peer, cases, read)
    answerable = [case.status != "not_found" for case in cases]
    answers = tuple(
        refused(answer.question, answer.elapsed_ms) if below else answer
        for answer, below in zip(plain.answers, held_out_refusals(signals, answerable), strict=True)
    )
    return [plain, Row(peer.name, peer.version, peer.passages, answers, threshold=True)]


def _peer(peer: Peer, cases: Sequence[GoldCase], read: Reader) -> tuple[Row, list[tuple[float, ...]]]:
    """What a peer answers, and its scores for each question; only its search is timed."""
    for case in cases[:1]:
        peer.search(case.question)
    answers: list[Answer] = []
    signals: list[tuple[float, ...]] = []
    for case in cases:
        asked = " ".join((*case.history, case.question))
        found, spent = _timed(peer, asked)
        signals.append(found.signals)
        answers.append(peer_answer(case.question, asked, found, read=read, milliseconds=spent))
    return Row(peer.name, peer.version, peer.passages, tuple(answers)), signals


def _timed(peer: Peer, asked: str) -> tuple[Found, float]:
    start = time.perf_counter()
    found = peer.search(asked)
    return found, round((time.perf_counter() - start) * 1000, 3)


def as_json(found: Contest, cases: Sequence[GoldCase], told: Mapping[str, object], skipped: Sequence[str]) -> str:
    """Everything measured, as JSON; the same bytes for the same, apart from `times`."""
    report = {
        "provenance": told,
        "folds": FOLDS,
        "skipped": list(skipped),
        "systems": [_values(one, cases) for one in found.figures],
        "without_diacritics": [_values(one, cases) for one in found.unmarked],
        "times": {
            one.row.system or "product": dict(zip(("p50_ms", "p95_ms"), latency(one.row.answers) or (), strict=False))
            for one in found.figures
            if not one.row.threshold
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def _values(one: Figures, cases: Sequence[GoldCase]) -> dict[str, object]:
    row = one.row
    return {
        "system": row.system or "product",
        "version": row.version,
        "passages": row.passages,
        "threshold": row.threshold,
        "measures": {name: _measure_values(one, name) for name in one.means},
        "cases": [
            {
                "id": case.id,
                "status": row.answers[place].status,
                "characters": shown_characters(row.answers[place]),
                "scores": {name: scores[place] for name, scores in one.scores.items()},
            }
            for place, case in enumerate(cases)
        ],
    }


def _measure_values(one: Figures, name: str) -> dict[str, object]:
    value, against = one.means[name], one.differences.get(name)
    return {
        "mean": value.mean,
        "n": value.count,
        "interval": [value.interval.low, value.interval.high] if value.interval else None,
        "p_against_product": against.p if against else None,
    }


def print_report(console: Console, found: Contest, skipped: Sequence[str], *, gold: Path) -> None:
    """The three tables and what they leave out."""
    console.print(measured_table(found.figures, f"So với các hệ thống khác trên {gold.name}"))
    console.print(measured_table(found.unmarked, "Câu hỏi gõ không dấu"))
    console.print(cost_table(found.figures))
    notes = (
        f"Trong ngoặc: khoảng tin cậy 95%. {UNPROVEN}: chưa đủ căn cứ để nói là khác hệ thống này.",
        "Hệ thống khác chỉ tìm đoạn văn: văn bản và đơn vị do bộ đọc của dự án đọc giúp từ đoạn tốt nhất của nó.",
        f"Ngưỡng tốt nhất: ngưỡng điểm để từ chối, chọn bằng kiểm chứng chéo {FOLDS} phần trên chính các câu này.",
    )
    for note in (*notes, *skipped):
        console.print(note, highlight=False)


def main(
    arguments: Sequence[str] | None = None, assistant: Assistant | None = None, peers: Sequence[Peer] | None = None
) -> int:
    """0; 2 where the comparison cannot start."""
    options = _parser().parse_args(arguments)
    skipped: list[str] = []
    try:
        opened = open_gold(options, read_config(), assistant)
        configs = {} if assistant else opened.configs
        (name, product), *others = opened.assistants.items()
        if others:
            raise CorporaError("Chỉ so được trên một kho mỗi lần.")
        if peers is None:
            peers, skipped = _open_peers(opened.configs[name], product)
        found = contest(product, peers, opened.cases)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 2
    if options.markdown:
        print(markdown(found.figures, found.unmarked))
        for reason in skipped:
            print(reason, file=sys.stderr)
    else:
        console = Console() if sys.stdout.isatty() else Console(width=PIPE_WIDTH)
        print_report(console, found, skipped, gold=options.gold)
    if options.json:
        told = provenance(options.gold, configs)
        options.json.write_text(as_json(found, opened.cases, told, skipped), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.peers", description="So với các hệ thống khác.")
    add_options(parser, corpora=[OWN])
    parser.add_argument("--json", type=Path, metavar="TỆP", help="ghi toàn bộ kết quả ra tệp JSON")
    parser.add_argument("--markdown", action="store_true", help="in bảng tiếng Anh dạng Markdown cho README")
    return parser


def _open_peers(config: Config, assistant: Assistant) -> tuple[list[Peer], list[str]]:
    from rag.index.encoder import load_encoder

    return open_peers(assistant.stored_texts, load_encoder(config.encoder))


if __name__ == "__main__":
    sys.exit(main())
