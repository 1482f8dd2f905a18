"""Starts the web chat; nothing else."""

from __future__ import annotations

import sys

from rag.answering.assistant import Assistant
from rag.config import read_config
from rag.errors import HoidapError
from rag.web.server import serve


def main() -> int:
    """0 after Ctrl+C, 1 with a sentence on stderr where the chat could not start."""
    try:
        config = read_config()
        assistant = Assistant.open(config)
        print(f"Trang hỏi đáp: http://{config.host}:{config.port} (dừng bằng Ctrl+C)", flush=True)
        serve(assistant, config)
    except HoidapError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
