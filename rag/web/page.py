"""The page: one tab a module, the words and the look around them.

A tab is added by one line in `tabs`: its name, its id and the function that lays out its content.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from typing import Any

import gradio as gr

from rag.language.lexicon import page_words
from rag.quiz.wording import page_word
from rag.web.chat import build_chat
from rag.web.documents import build_documents
from rag.web.endpoints import add_endpoints
from rag.web.markup import word
from rag.web.quiz import build_quiz
from rag.web.site import Site
from rag.web.store import build_store

ASSETS = "rag.web.assets"
SCRIPTS = ("page.js", "chat.js", "documents.js")
STYLES = ("page.css", "chat.css", "documents.css")
FONT = "Be Vietnam Pro"
FONTS = (FONT, "system-ui", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
FIXED_FONTS = ("ui-monospace", "Consolas", "Noto Sans Mono", "monospace")
# What Google Fonts' subsets of these names cover.
_RANGES = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2191,"
    "U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,"
    "U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
}
_WEIGHTS = (400, 600)


@dataclass(frozen=True, slots=True)
class Tab:
    """A part of the page; `build` lays out its Gradio components."""

    name: str
    id: str
    build: Callable[[Site], None]


def tabs() -> tuple[Tab, ...]:
    """The tabs from left to right."""
    return (
        Tab(word("tab_chat"), "hoi-dap", build_chat),
        Tab(word("tab_documents"), "van-ban", build_documents),
        Tab(word("tab_store"), "kho-van-ban", build_store),
        Tab(page_word("tab"), "soan-de", build_quiz),
    )


def build_page(site: Site) -> gr.Blocks:
    """The page, not yet served."""
    page = gr.Blocks(title=word("title"), analytics_enabled=False, fill_width=True)
    with page:
        gr.HTML(f"<h1>{word('title')}</h1>", elem_id="banner", js_on_load=None)
        with gr.Tabs(elem_id="tabs"):
            for tab in tabs():
                with gr.Tab(tab.name, id=tab.id, elem_id=tab.id, render_children=True):
                    tab.build(site)
        add_endpoints(site)
    page.queue(api_open=False)
    return page


def page_options(*, mcp: bool = False) -> dict[str, Any]:
    """What keeps the page to itself: no other host, no served folder, no upload, no link out."""
    return {
        "theme": _theme(),
        "css": "".join(map(asset, STYLES)),
        "head": _head(),
        "footer_links": [],
        "run_history": False,
        "allowed_paths": [],
        "max_file_size": "1kb",
        "enable_monitoring": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": mcp,
        "show_error": False,
    }


def asset(name: str) -> str:
    """A script or a style sheet of the page."""
    return resources.files(ASSETS).joinpath(name).read_text(encoding="utf-8")


def _head() -> str:
    words = json.dumps(page_words(), ensure_ascii=False).replace("<", "\\u003c")
    scripts = "".join(f"<script>{asset(name)}</script>" for name in SCRIPTS)
    return f"<style>{_font_faces()}</style><script>window.HOIDAP_WORDS = {words};</script>{scripts}"


def _font_faces() -> str:
    stem = FONT.lower().replace(" ", "-")
    return "".join(
        f"@font-face{{font-family:'{FONT}';font-weight:{weight};font-display:swap;unicode-range:{points};"
        f"src:url(assets-hoidap/{stem}-{subset}-{weight}-normal.woff2) format('woff2')}}"
        for weight in _WEIGHTS
        for subset, points in _RANGES.items()
    )


def _theme() -> gr.Theme:
    """The shipped font; greys and reds dark enough for contrast AA, which Gradio's own are not."""
    theme = gr.themes.Default(primary_hue="red", neutral_hue="slate", font=FONTS, font_mono=FIXED_FONTS)
    return theme.set(
        body_text_color_subdued="*neutral_600",
        body_text_color_subdued_dark="*neutral_300",
        input_placeholder_color="*neutral_500",
        input_placeholder_color_dark="*neutral_400",
        link_text_color="*secondary_700",
        link_text_color_dark="*secondary_300",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_background_fill_dark="*primary_700",
    )
