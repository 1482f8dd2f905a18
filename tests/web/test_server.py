"""The page over HTTP: what it answers, and what it refuses with a sentence while it lives on."""

from __future__ import annotations

import io
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import docx
import httpx
import openpyxl
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.config import Config
from rag.errors import ConfigError
from rag.types import Answer
from rag.web import guard
from rag.web.feedback import FeedbackStore
from rag.web.page import page_options
from rag.web.server import Served, launch

HOSTILE = '<img src=x onerror="alert(1)"> & <script>alert(2)</script>'


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    data = tmp_path_factory.mktemp("data")
    return Config(data=data, corpus=(data,), port=1).model_copy(update={"port": 0})


@pytest.fixture(scope="module")
def served(library, config: Config) -> Iterator[Served]:  # type: ignore[no-untyped-def]
    from .conftest import FakeAssistant

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, "HEAD_SECONDS", 1.0)
        patch.setattr(guard, "BODY_SECONDS", 1.0)
        one = launch(FakeAssistant(library), config)
        yield one
        one.close()


@pytest.fixture
def client(served: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=served.url, timeout=30, trust_env=False) as one:
        yield one
        assert one.get("healthz").json()["status"] == "ok"  # whatever a test sent, the server lives


def call(client: httpx.Client, name: str, *data: object) -> httpx.Response:
    return client.post(f"gradio_api/run/{name}", json={"data": data})


def test_the_health_tells_what_is_served(client: httpx.Client) -> None:
    assert client.get("healthz").json() == {"status": "ok", "texts": 1, "documents": 5, "read": ""}


def test_programs_ask_by_name(served: Served) -> None:
    page = Client(served.url, verbose=False, httpx_kwargs={"timeout": 60})
    answer = page.predict("Ai chủ trì đối thoại?", api_name="/ask")
    assert answer["documents"][0]["number"] == "320-QĐ/TU"
    listed = page.predict(level="tỉnh", api_name="/catalogue")
    assert [one["number"] for one in listed] == ["320-QĐ/TU", "18-CT/TU"]
    (text,) = page.predict(api_name="/sources")
    cited = answer["citations"][0]
    (found,) = page.predict(cited["source"], cited["start"], cited["end"], api_name="/sources")
    assert text["document"] == "12/KH-UBND"
    assert (found["quote"], found["page"]) == (cited["quote"], 1)
    assert page.view_api(return_format="dict")["named_endpoints"].keys() == {"/ask", "/catalogue", "/sources"}


def test_the_snippet_of_the_documentation_runs(served: Served, capsys: pytest.CaptureFixture[str]) -> None:
    text = (Path(__file__).resolve().parents[2] / "docs" / "api.md").read_text(encoding="utf-8")
    snippet = text[text.index("```python") + 9 : text.index("```\n", text.index("```python") + 9)]
    assert "http://127.0.0.1:7860" in snippet
    exec(snippet.replace('"http://127.0.0.1:7860"', f'"{served.url}", httpx_kwargs={{"timeout": 60}}'), {})
    printed = capsys.readouterr().out
    assert "answered 320-QĐ/TU" in printed
    assert "['320-QĐ/TU']" in printed


@pytest.mark.parametrize(
    ("arguments", "name", "sentence"),
    [
        ({"level": "thôn"}, "/catalogue", "Không có cấp"),
        ({"source": "../etc/passwd", "start": 0, "end": 5}, "/sources", "không có đoạn này"),
        ({"source": "documents/ke-hoach.txt", "start": 5, "end": 10**9}, "/sources", "không có đoạn này"),
        ({"question": "Ai?", "history": "Ai?"}, "/ask", "Yêu cầu không đúng dạng"),
    ],
)
def test_a_program_that_asks_wrongly_is_told_in_vietnamese(
    served: Served, arguments: dict[str, object], name: str, sentence: str
) -> None:
    with pytest.raises(AppError, match=sentence):
        Client(served.url, verbose=False, httpx_kwargs={"timeout": 60}).predict(**arguments, api_name=name)


def test_a_turn_comes_with_its_sources(client: httpx.Client) -> None:
    (value,) = call(client, "page_turns", ["Ai?", "Ai chủ trì?"], 1).json()["data"]
    (turn,) = value["turns"]
    assert 'data-turn="2"' in turn["turn"]
    assert 'id="passage-2-1"' in turn["sources"]


def test_a_verdict_is_kept_without_what_tells_who_gave_it(client: httpx.Client, config: Config) -> None:
    told = call(client, "page_feedback", ["Ai?", "Ai chủ trì?"], "wrong", "unit", "Thiếu. 0912345678").json()
    assert told["data"][0] == {"told": "Đã ghi nhận góp ý. Xin cảm ơn."}
    entry = FeedbackStore(config.data, days=1).entries()[-1]
    assert (entry.question, entry.history, entry.note) == ("Ai chủ trì?", ("Ai?",), "Thiếu. [đã ẩn]")
    assert b"127.0.0.1" not in b"".join(path.read_bytes() for path in config.data.glob("feedback*"))


@pytest.mark.parametrize(
    "data",
    [
        (["Ai?"], "maybe", "", ""),
        (["Ai?"], "wrong", "<script>", ""),
        ([], "right", "", ""),
        ("Ai?", "right", "", ""),
        ([1], "right", "", ""),
        (["Ai?"], "wrong", "unit", 5),
        (None, None, None, None),
    ],
)
def test_a_verdict_that_is_none_is_refused(client: httpx.Client, data: tuple[object, ...]) -> None:
    assert call(client, "page_feedback", *data).json()["data"][0]["error"].endswith(".")


def test_a_conversation_is_exported_to_word_with_its_sources(client: httpx.Client, answer: Answer) -> None:
    reply = client.post("xuat/hoi-thoai.docx", json=["Ai chủ trì đối thoại?", HOSTILE + "\x00\f"])
    assert reply.headers["content-disposition"] == 'attachment; filename="hoi-dap.docx"'
    text = "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(reply.content)).paragraphs)
    assert "Câu hỏi 1: Ai chủ trì đối thoại?" in text
    assert f"“{' '.join(answer.citations[0].quote.split())}”" in text
    assert HOSTILE in text


def test_the_tasks_of_a_unit_are_exported_to_excel(client: httpx.Client) -> None:
    reply = client.get("xuat/nhiem-vu.xlsx", params={"don_vi": "Phòng Nội vụ"})
    assert openpyxl.load_workbook(io.BytesIO(reply.content)).active is not None
    assert client.get("xuat/nhiem-vu.xlsx", params={"don_vi": "Không có"}).status_code == 404


def test_a_question_of_two_thousand_characters_is_answered(client: httpx.Client) -> None:
    (value,) = call(client, "page_turns", ["ă" * 2000], 0).json()["data"]
    assert "ă" * 2000 in value["turns"][0]["turn"]


def test_markup_in_a_question_is_text(client: httpx.Client) -> None:
    (value,) = call(client, "page_turns", [HOSTILE], 0).json()["data"]
    assert "<script" not in value["turns"][0]["turn"] + value["turns"][0]["sources"]


@pytest.mark.parametrize("data", [(None, 0), ([1], 0), (["Ai?"] * 51, 0), ({"a": 1}, 0), ([["Ai?"]], 0)])
def test_a_conversation_that_is_none_is_refused(client: httpx.Client, data: tuple[object, ...]) -> None:
    assert call(client, "page_turns", *data).json()["data"][0]["error"].endswith(".")


@pytest.mark.parametrize("path", ["gradio_api/run/ask", "xuat/hoi-thoai.docx", "gradio_api/upload", "khong-co"])
def test_ten_megabytes_are_refused_with_a_sentence(client: httpx.Client, path: str) -> None:
    reply = client.post(path, content=b"x" * 10_000_000)
    assert (reply.status_code, reply.json()["error"]) == (413, "Nội dung gửi lên quá lớn.")


def test_ten_megabytes_in_pieces_of_unknown_length_are_refused(client: httpx.Client) -> None:
    pieces = (b"x" * 100_000 for _ in range(100))
    with suppress(httpx.WriteError):  # the server closed the connection while the rest was on its way
        assert client.post("gradio_api/run/ask", content=pieces).status_code == 413


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "khong-co"),
        ("POST", "gradio_api/run/khong_co"),
        ("GET", "gradio_api/run/ask"),
        ("GET", "assets-hoidap/..%2Fpage.py"),
        ("GET", "assets-hoidap/page.js"),
        ("GET", "assets-hoidap/khong-co.woff2"),
        ("DELETE", "healthz"),
    ],
)
def test_an_unknown_address_is_refused_with_a_sentence(client: httpx.Client, method: str, path: str) -> None:
    reply = client.request(method, path, json={"data": []} if method == "POST" else None)
    assert reply.status_code in (404, 405)
    assert reply.json()["error"] == "Không có địa chỉ này."


@pytest.mark.parametrize("body", [b"", b"{", b"[1]", b'{"a": 1}', b"\xff\xfe", b'{"data": 1}', b'["\\ud800"]'])
def test_a_body_that_is_no_request_is_refused(client: httpx.Client, body: bytes) -> None:
    for path in ("gradio_api/run/page_turns", "xuat/hoi-thoai.docx"):
        reply = client.post(path, content=body, headers={"content-type": "application/json"})
        assert reply.status_code in (400, 413, 422, 500)
        assert "error" in reply.json()


def test_no_file_of_the_machine_is_served(client: httpx.Client, config: Config) -> None:
    (config.data / "secret.txt").write_text("kín", encoding="utf-8")
    for path in (config.data / "secret.txt", Path(guard.__file__), Path("/etc/passwd")):
        assert client.get(f"gradio_api/file={path}").status_code in (403, 404)


def test_sockets_that_never_end_are_closed_and_hold_nobody_up(served: Served, client: httpx.Client) -> None:
    address = ("127.0.0.1", httpx.URL(served.url).port or 0)
    silent = [socket.create_connection(address) for _ in range(100)]
    dripping = [socket.create_connection(address) for _ in range(20)]
    stuck = socket.create_connection(address)
    stuck.sendall(b"POST /gradio_api/run/ask HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{")
    for one in dripping:
        one.sendall(b"GET / HTTP/1.1\r\nHost: a\r\nX: ")
    assert client.get("healthz").status_code == 200
    for one in (*silent, *dripping):
        one.settimeout(10)
        assert one.recv(10) == b""
    stuck.settimeout(10)
    assert stuck.recv(100).startswith(b"HTTP/1.1 408")
    for one in (*silent, *dripping, stuck):
        one.close()


def test_the_page_may_load_from_its_own_server_alone(client: httpx.Client) -> None:
    page = client.get("")
    assert "default-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["x-content-type-options"] == "nosniff"
    font = client.get("assets-hoidap/be-vietnam-pro-vietnamese-400-normal.woff2")
    assert (font.status_code, font.headers["content-type"]) == (200, "font/woff2")


def test_words_in_the_page_do_not_end_its_script() -> None:
    head = page_options()["head"]
    words = head[head.index("window.HOIDAP_WORDS = ") + 22 :]
    assert json.loads(words[: words.index(";</script>")])["send"] == "Gửi"


@pytest.mark.parametrize(("asked", "tools"), [(True, ["ask", "catalogue", "sources"]), (False, None)])
def test_assistants_are_served_by_mcp_where_the_operator_says_so(
    assistant,  # type: ignore[no-untyped-def]
    config: Config,
    *,
    asked: bool,
    tools: list[str] | None,
) -> None:
    one = launch(assistant, config.model_copy(update={"mcp": asked}))
    reply = httpx.get(f"{one.url}gradio_api/mcp/schema", trust_env=False)
    one.close()
    assert ([tool["name"] for tool in reply.json()] if tools else reply.status_code) == (tools or 404)


def test_mcp_without_its_package_is_an_error_of_the_configuration(
    assistant,  # type: ignore[no-untyped-def]
    config: Config,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("rag.web.server.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match="pip install"):
        launch(assistant, config.model_copy(update={"mcp": True}))


def test_a_port_in_use_is_an_error_of_the_configuration(assistant, config: Config) -> None:  # type: ignore[no-untyped-def]
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match=str(port)):
            launch(assistant, config.model_copy(update={"port": port}))


def test_a_page_that_is_closed_lets_go_of_its_port(assistant, config: Config) -> None:  # type: ignore[no-untyped-def]
    one = launch(assistant, config)
    one.close()
    with pytest.raises(httpx.ConnectError):
        httpx.get(one.url, trust_env=False)
    assert one._thread not in threading.enumerate()
