"""All of the evaluation behind one name: `python -m eval [COMMAND] …`, the same as `hoidap eval`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

COMMANDS = {
    "run": "đo độ đúng của câu trả lời trên một tệp câu hỏi chuẩn (mặc định)",
    "compare": "so hai lần đo, xem khác biệt có thật không",
    "gate": "so với mốc đã lưu, báo lỗi khi kém đi",
    "sweep": "đo lần lượt với nhiều giá trị cấu hình",
    "answerable": "tính lại các trọng số quyết định trả lời hay từ chối",
    "robustness": "đo khi câu hỏi bị gõ khác đi: không dấu, sai dấu, viết tắt …",
    "peers": "so với các hệ thống khác trên cùng câu hỏi",
    "rank": "đo độ đúng của tìm kiếm trên bộ dữ liệu công khai",
    "reading": "đo độ đúng của việc đọc văn bản trên nhãn làm tay",
    "formats": "đo độ đúng của việc đọc Word, PDF, bản quét và bảng mã cũ",
    "quiz": "đo chất lượng câu hỏi trắc nghiệm được tạo",
    "gold": "kiểm tra một tệp câu hỏi chuẩn",
    "gold_tables": "chuyển câu hỏi từ CSV hay Excel thành tệp câu hỏi chuẩn, và ngược lại",
    "bench": "đo tốc độ và bộ nhớ",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code of one command; 2 where there is no such command."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given[:1] in (["-h"], ["--help"]):
        print(usage())
        return 0
    name = given.pop(0) if given and not given[0].startswith("-") else "run"
    if name not in COMMANDS:
        print(f"Không có lệnh {name}.\n\n{usage()}", file=sys.stderr)
        return 2
    return int(import_module(f"eval.{name}").main(given))


def usage() -> str:
    """The commands with what they do."""
    width = max(map(len, COMMANDS))
    rows = (f"  {name:{width}}  {what}" for name, what in COMMANDS.items() if find_spec(f"eval.{name}"))
    return "\n".join(("Cách dùng: hoidap eval [LỆNH] [TÙY CHỌN …]", "", *rows, "", "Mỗi lệnh có --help riêng."))


if __name__ == "__main__":
    sys.exit(main())
