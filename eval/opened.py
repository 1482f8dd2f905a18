"""A gold file made ready: its questions, with an assistant for each corpus that they are asked on."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from eval.corpora import OWN, TABLE, CorporaError, absent_folder, corpus_config
from eval.gold import DEV, GoldCase, check_gold, read_gold
from eval.outcomes import Assistant, Assistants
from rag.config import Config
from rag.errors import HoidapError
from rag.law.checked import read_checked_facts

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant as Installed


class NothingToAsk(HoidapError):
    """No question of a gold file can be asked."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The questions that can be asked, with the assistant and the configuration of each of their corpora.

    `left_out` has a sentence for each corpus whose questions cannot be asked.
    """

    cases: tuple[GoldCase, ...]
    assistants: Assistants
    configs: Mapping[str, Config]
    left_out: tuple[str, ...]


def open_gold(options: argparse.Namespace, config: Config, assistant: Assistant | None = None) -> Opened:
    """The questions of `options.gold` on the corpora of `options.corpus`; an assistant that is given answers OWN alone.

    Raises: GoldError, CorporaError, NothingToAsk, and what an ingest raises.
    """
    cases = read_gold(options.gold)
    configs, left_out = asked_on(cases, config, options)
    if assistant:
        configs = {name: one for name, one in configs.items() if name == OWN}
    assistants = {name: assistant or open_corpus(name, one) for name, one in configs.items()}
    check_gold(cases, {name: one.stored_texts for name, one in assistants.items()}, known_documents(config))
    return Opened(tuple(case for case in cases if case.corpus in assistants), assistants, configs, left_out)


def asked_on(
    cases: Sequence[GoldCase], config: Config, options: argparse.Namespace
) -> tuple[dict[str, Config], tuple[str, ...]]:
    """The configuration of each corpus that is chosen and there, and a sentence for each one that is not there.

    Raises: CorporaError, NothingToAsk.
    """
    counts = Counter(case.corpus for case in cases)
    if unknown := [name for name in options.corpus or () if name not in counts]:
        raise CorporaError(f"Không có câu nào hỏi trên kho {', '.join(unknown)}; có: {', '.join(counts)}.")
    configs = {name: corpus_config(name, config, options.corpora) for name in options.corpus or counts}
    absent = {name: folder for name, one in configs.items() if name != OWN and (folder := absent_folder(one))}
    left_out = [f"Bỏ qua {counts[name]} câu trên kho {name}: không có {folder}." for name, folder in absent.items()]
    if len(absent) == len(configs):
        raise NothingToAsk("\n".join(("Không có câu nào để hỏi.", *left_out)))
    return {name: one for name, one in configs.items() if name not in absent}, tuple(left_out)


def open_corpus(name: str, config: Config) -> Installed:
    """The installed assistant over a corpus; all but OWN are ingested where something has changed."""
    from rag.answering.assistant import Assistant as Opening
    from rag.index.ingest import ingest

    if name != OWN:
        ingest(config)
    return Opening.open(config)


def known_documents(config: Config) -> list[str]:
    """The numbers and names of the documents of the checked catalogue."""
    facts = read_checked_facts(config.catalogue)
    return [name for fact in facts for name in (fact.number, fact.title) if name]


def add_options(parser: argparse.ArgumentParser, *, corpora: Iterable[str] = ()) -> None:
    """The options that say which questions are asked; `corpora` are the ones that are chosen without a choice."""
    parser.add_argument("--gold", type=Path, default=DEV, metavar="TỆP", help="tệp câu hỏi chuẩn")
    add_corpora(parser, corpora)


def add_corpora(parser: argparse.ArgumentParser, corpora: Iterable[str] = ()) -> None:
    """The options that say on which corpora; `corpora` are the ones that are chosen without a choice."""
    parser.add_argument(
        "--corpus", nargs="+", default=list(corpora), metavar="KHO", help="chỉ hỏi trên các kho này; mặc định: mọi kho"
        if not corpora else f"hỏi trên kho này; mặc định: {', '.join(corpora)}",
    )  # fmt: skip
    parser.add_argument(
        "--corpora", type=Path, default=TABLE, metavar="TỆP", help="bảng thư mục của từng kho (corpora.toml)"
    )
