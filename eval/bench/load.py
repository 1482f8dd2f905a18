"""Many people at once on one page: `python -m eval.bench.load`; only this machine is ever asked.

A server of its own answers on loopback. Each user asks question after question without a pause, as the page
does it: the whole conversation goes with every question, and what may be asked next is fetched after it.
Every reply is held against the one that the same conversation gets when nobody else asks.
"""

from __future__ import annotations

import argparse
import ipaddress
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import quantiles
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from rich.console import Console

from eval.bench.figure import BenchError, Figure, figure_table
from eval.bench.speed import own_cases
from eval.gold import DEV
from rag.config import PROJECT, Config, read_config
from rag.errors import HoidapError

if TYPE_CHECKING:
    from rag.web.desk import Desk

USERS, QUESTIONS, WARM, ALL = 30, 10, 200, 2000
P95_SECONDS, GROWTH = 1.5, 1.2
_SERVER = """
import sys, time
from pathlib import Path
from rag.answering.assistant import Assistant
from rag.config import read_config
from rag.web.server import launch
config = read_config().model_copy(update={"data": Path(sys.argv[1]), "host": "127.0.0.1", "port": 0})
served = launch(Assistant.open(config), config)
print(served.url, flush=True)
sys.stdin.read()
served.close()
"""


@dataclass
class Outcome:
    """What the users saw: seconds a reply, the faults, and each conversation with the last turn that it got."""

    seconds: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    replies: list[tuple[tuple[str, ...], list[dict[str, str]]]] = field(default_factory=list)


def conversations(questions: Sequence[str], users: int, each: int, *, first: int = 0) -> list[list[str]]:
    """The questions of each user; no two users ask the same ones in the same order.

    >>> conversations(["a", "b", "c"], 2, 2)
    [['a', 'b'], ['b', 'c']]
    """
    count = len(questions)
    return [[questions[(first + user + at) % count] for at in range(each)] for user in range(users)]


def ask_all(address: str, asked: Sequence[Sequence[str]]) -> Outcome:
    """Lets every conversation run at the same time."""
    outcome = Outcome()
    ready = threading.Barrier(len(asked))
    users = [threading.Thread(target=_user, args=(address, own, ready, outcome)) for own in asked]
    for user in users:
        user.start()
    for user in users:
        user.join()
    return outcome


def _user(address: str, questions: Sequence[str], ready: threading.Barrier, outcome: Outcome) -> None:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        client.get("")
        ready.wait()
        for count in range(1, len(questions) + 1):
            own = list(questions[:count])
            try:
                start = time.perf_counter()
                reply = _call(client, "page_turns", [own, count - 1])["turns"]
                outcome.seconds.append(time.perf_counter() - start)
                outcome.replies.append((tuple(own), reply))
                _call(client, "page_follow_ups", [own])
            except (httpx.HTTPError, BenchError, KeyError) as error:
                outcome.faults.append(f"{type(error).__name__}: {error}")


def _call(client: httpx.Client, name: str, data: list[object]) -> dict[str, list[dict[str, str]]]:
    reply = client.post(f"gradio_api/run/{name}", json={"data": data}).raise_for_status()
    value: dict[str, list[dict[str, str]]] = reply.json()["data"][0]
    if "error" in value:
        raise BenchError(str(value["error"]))
    return value


def not_their_own(outcome: Outcome, desk: Desk) -> list[str]:
    """The questions whose reply is not the one that the same conversation gets when nobody else asks."""
    from rag.web.endpoints import turn_json

    return [asked[-1] for asked, reply in outcome.replies if reply != [turn_json(desk, asked)]]


@contextmanager
def _server(data: Path) -> Iterator[tuple[str, int]]:
    """The address of a server in a process of its own, and that process' id."""
    command = [sys.executable, "-c", _SERVER, str(data)]
    with subprocess.Popen(command, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        assert process.stdin
        try:
            address = process.stdout.readline().strip()
            if not address:
                raise BenchError("Máy chủ để đo không mở được.")
            yield _on_loopback(address), process.pid
        finally:
            process.stdin.close()


def _on_loopback(address: str) -> str:
    """The address, where it is of this machine.

    Raises: BenchError.
    """
    host = urlsplit(address).hostname or ""
    if not ipaddress.ip_address(host).is_loopback:
        raise BenchError(f"Chỉ đo trên máy này, không đo {address}.")
    return address


def resident_megabytes(process: int) -> float:
    """The resident memory of a process, in 10^6 bytes. Raises: BenchError where the system does not tell it."""
    status = Path(f"/proc/{process}/status")
    if not status.is_file():
        raise BenchError("Hệ điều hành này không cho biết bộ nhớ của tiến trình.")
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def measure(config: Config, questions: Sequence[str]) -> tuple[list[Figure], list[str]]:
    """The figures, and the faults and the questions with a wrong reply."""
    from rag.answering.assistant import Assistant
    from rag.web.desk import Desk

    with _server(config.data) as (address, process):
        ask_all(address, conversations(questions, 20, WARM // 20))
        before = resident_megabytes(process)
        crowd = ask_all(address, conversations(questions, USERS, QUESTIONS, first=WARM))
        for asked in range(WARM + USERS * QUESTIONS, ALL, 100):
            ask_all(address, conversations(questions, 4, 25, first=asked))
        after = resident_megabytes(process)
    wrong = not_their_own(crowd, Desk(Assistant.open(config)))
    slow = quantiles(crowd.seconds, n=20)[-1]
    figures = [
        Figure(f"Câu trả lời khi {USERS} người hỏi cùng lúc, p95", slow, P95_SECONDS, "giây"),
        Figure("Lỗi", len(crowd.faults), 0, "câu"),
        Figure("Câu trả lời không phải của người hỏi", len(wrong), 0, "câu"),
        Figure(f"Bộ nhớ sau {ALL} câu", after, before * GROWTH, "MB"),
    ]
    return figures, [*crowd.faults, *wrong]


def main(arguments: Sequence[str] | None = None) -> int:
    """0, or 1 where something could not be measured or a reply was wrong."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench.load", description="Đo trang khi nhiều người cùng hỏi.")
    parser.add_argument("--gold", type=Path, default=DEV, metavar="TỆP", help="tệp câu hỏi để hỏi")
    options = parser.parse_args(arguments)
    try:
        from rag.index.ingest import ingest

        with tempfile.TemporaryDirectory() as folder:
            config = read_config().model_copy(update={"data": Path(folder)})
            ingest(config)
            cases = own_cases(options.gold)
            figures, told = measure(config, list(dict.fromkeys(case.question for case in cases)))
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    Console().print(figure_table(figures))
    for fault in told[:10]:
        print(fault)
    return int(bool(told))


if __name__ == "__main__":
    sys.exit(main())
