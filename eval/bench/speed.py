"""How fast it is and how much memory it takes: `python -m eval.bench`; nothing here fails on a time."""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING

from rich.console import Console

from eval.bench.figure import BenchError, Figure, figure_table
from eval.bench.formats import measure_formats
from eval.bench.growth import measure_growth, write_articles
from eval.corpora import OWN
from eval.gold import DEV, GoldCase, read_gold
from rag.config import PROJECT, Config, read_config
from rag.errors import HoidapError
from rag.law.document import read_document
from rag.reading.corpus import read_texts
from rag.reading.files import corpus_files
from rag.types import StoredText

if TYPE_CHECKING:
    from rag.answering.assistant import Assistant

COMMAND = (sys.executable, "-c", "import sys; from rag.cli import main; sys.exit(main())")
QUESTION = "Đơn vị nào theo dõi, đôn đốc việc thực hiện kế hoạch?"


REPEATED = (
    "số ", "ngày ", "; ", '"; ', "Q. ", "I. A\n", "¹ ghi chú.\n", "Nghị quyết Đại hội ",
    "Kế hoạch số 1-KH/TU về ", "Quyết định số 1-QĐ/TU (", "I. Nội dung\n1. Việc chính\na) Ai làm\n- Việc gì\n",
)  # fmt: skip


def measure_all(cases: Sequence[GoldCase], folder: Path, texts: Path | None = None) -> list[Figure]:
    """Every figure in order, from one snapshot that is made anew in the empty folder.

    `texts` is a folder of other texts to read.

    Raises: BenchError.
    """
    config = read_config().model_copy(update={"data": folder})
    figures = [
        Figure("Lập chỉ mục lần đầu, cả nạp mô hình", _command_seconds(folder, "ingest"), 20, "giây"),
        Figure("Riêng phần nạp mô hình", float(_run_part("model", folder)), 10, "giây"),
        Figure("Lập chỉ mục khi không có gì mới", _command_seconds(folder, "ingest"), 3, "giây"),
        Figure("hoidap ask, khởi động nguội", _command_seconds(folder, "ask", QUESTION), 10, "giây"),
        Figure("Bộ nhớ của tiến trình phục vụ", float(_run_part("serving", folder)), 1500, "MB"),
    ]
    read = [("của kho", config.corpus), *([(f"của {texts}", [texts])] if texts else [])]
    reading = [
        *(Figure(f"Đọc 1 MB văn bản {name}", _seconds_a_megabyte(_megabyte(found)), 1, "giây") for name, found in read),
        Figure("Đọc 1 MB văn bản lặp, loại chậm nhất", max(map(_seconds_a_megabyte, _repeated())), 3, "giây"),
    ]
    median, high = _percentiles(_warm_milliseconds(config, cases))
    return [
        *figures,
        *reading,
        *measure_formats(_text_of(config.corpus), folder / "formats"),
        Figure("Trả lời khi đã nóng, p50", median, 60, "ms"),
        Figure("Trả lời khi đã nóng, p95", high, 150, "ms"),
    ]


def _text_of(folders: Sequence[Path]) -> str:
    return "\n\n".join(text.text for text in read_texts(corpus_files(folders)))


def own_cases(gold: Path) -> list[GoldCase]:
    """The questions of a gold file on the configured corpus."""
    return [case for case in read_gold(gold) if case.corpus == OWN]


def _seconds_a_megabyte(text: str) -> float:
    """How long the law layer takes to read a text, in seconds a million bytes: the best of three, as others disturb."""
    read = partial(read_document, StoredText("documents/bench.txt", text))
    return min(timeit.repeat(read, timer=time.process_time, repeat=3, number=1)) * 1e6 / len(text.encode())


def _megabyte(folders: Sequence[Path]) -> str:
    """The texts of some folders, again and again up to a million bytes."""
    own = _text_of(folders)
    return "\n\n".join([own] * (1 + 1_000_000 // len(own.encode())))


def _repeated() -> list[str]:
    """Texts made to be slow to read: one piece repeated up to 200,000 characters."""
    return [(unit * (200_000 // len(unit) + 1))[:200_000] for unit in REPEATED]


def _command_seconds(folder: Path, *arguments: str) -> float:
    start = time.perf_counter()
    _run_command({"HOIDAP_DATA": str(folder)}, *arguments)
    return time.perf_counter() - start


def _run_command(places: Mapping[str, str], *arguments: str) -> None:
    _output(["env", *(f"{name}={value}" for name, value in places.items()), *COMMAND, *arguments])


def _growth(folder: Path, articles: int, texts: Path | None) -> list[Figure]:
    """How long a corpus of so many generated articles takes, or the files of a folder where that is given."""
    if texts:
        paths = [path for _, path in corpus_files([texts])]
    else:
        paths = write_articles(folder / "made", _text_of(read_config().corpus), articles)
    return measure_growth(folder / "grown", paths, _run_command)


def _run_part(part: str, folder: Path) -> str:
    return _output([sys.executable, "-m", "eval.bench", "--part", part, "--data", str(folder)]).split()[-1]


def _output(command: Sequence[str]) -> str:
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise BenchError(f"Lệnh {command[-1]} thất bại (mã {done.returncode}):\n{done.stderr.strip()}")
    return done.stdout


def _warm_milliseconds(config: Config, cases: Sequence[GoldCase]) -> list[float]:
    assistant = _open_assistant(config)
    assistant.ask(QUESTION)
    times: list[float] = []
    for case in cases:
        start = time.perf_counter()
        assistant.ask(case.question, case.history)
        times.append((time.perf_counter() - start) * 1000)
    return times


def _open_assistant(config: Config) -> Assistant:
    from rag.answering.assistant import Assistant

    return Assistant.open(config)


def _percentiles(values: Sequence[float]) -> tuple[float, float]:
    """The 50th and the 95th percentile of at least two values, interpolated.

    >>> _percentiles([float(value) for value in range(101)])
    (50.0, 95.0)
    """
    cuts = quantiles(values, n=100, method="inclusive")
    return cuts[49], cuts[94]


def _model_seconds(config: Config) -> float:
    """The seconds to load the encoder in this process and to encode a first passage, with the imports."""
    start = time.perf_counter()
    from rag.index.encoder import load_encoder

    load_encoder(config.encoder).encode_passages([QUESTION])
    return time.perf_counter() - start


def _serving_megabytes(config: Config) -> float:
    """The resident memory of this process, in 10^6 bytes, once it has opened the chat and answered."""
    from rag.web.server import launch

    assistant = _open_assistant(config)
    served = launch(assistant, config.model_copy(update={"port": 0}))
    assistant.ask(QUESTION)
    megabytes = _resident_megabytes()
    served.close()
    return megabytes


def _resident_megabytes() -> float:
    """The resident memory of this process; where the system does not tell it, the most it has been."""
    status = Path("/proc/self/status")
    if status.is_file():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024 / 1e6
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6  # bytes on macOS


PARTS: dict[str, Callable[[Config], float]] = {"model": _model_seconds, "serving": _serving_megabytes}
"""What is measured in a process of its own, which prints the value."""


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 where something could not be measured."""
    options = _parser().parse_args(arguments)
    try:
        if options.part:
            config = read_config()
            print(PARTS[options.part](config.model_copy(update={"data": options.data or config.data})))
            return 0
        with tempfile.TemporaryDirectory() as folder:
            if options.articles:
                figures = _growth(Path(folder), options.articles, options.texts)
            else:
                figures = measure_all(own_cases(options.gold), Path(folder), options.texts)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    Console().print(figure_table(figures))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description="Đo tốc độ và bộ nhớ.")
    parser.add_argument("--gold", type=Path, default=DEV, metavar="TỆP", help="tệp câu hỏi để đo")
    parser.add_argument("--texts", type=Path, metavar="THƯ_MỤC", help="đo cả việc đọc các văn bản của thư mục này")
    parser.add_argument(
        "--articles", type=int, default=0, metavar="SỐ", help="chỉ đo việc lập kho có chừng ấy điều và thêm một văn bản"
    )
    parser.add_argument("--part", choices=sorted(PARTS), help=argparse.SUPPRESS)
    parser.add_argument("--data", type=Path, help=argparse.SUPPRESS)
    return parser
