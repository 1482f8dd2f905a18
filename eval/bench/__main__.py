"""`python -m eval.bench`: speed and memory."""

from __future__ import annotations

import sys

from eval.bench.speed import main

if __name__ == "__main__":
    sys.exit(main())
