"""What programs and the page's own script call, each by its name; expected faults are sentences."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import wraps
from typing import Any

import gradio as gr
from gradio.events import api

from rag.answering.wire import answer_json
from rag.errors import HoidapError, QuestionError
from rag.law.listing import entry_json, select
from rag.law.notices import NoticesOfEntries
from rag.types import Answer
from rag.web.answers import REASONS, follow_ups_html, turn_html
from rag.web.corpus import surroundings
from rag.web.desk import MOST_QUESTIONS, Desk
from rag.web.markup import word
from rag.web.site import Site
from rag.web.sources import sources_html

logger = logging.getLogger(__name__)

Json = dict[str, Any]


def add_endpoints(site: Site) -> None:
    """Adds the endpoints to the page that is being built: three for programs, the others for its own script."""
    for endpoint in (_ask(site), _catalogue(site), _sources(site)):
        api(_told(endpoint), api_name=endpoint.__name__, queue=False)
    for own in (_page_turns(site), _page_follow_ups(site), _page_feedback(site)):
        add_own_endpoint(own)


def add_own_endpoint(function: Callable[..., Json]) -> None:
    """Adds an endpoint for the page's own script; a fault comes back as `error`."""
    api(_answered(function), api_name=function.__name__, queue=False, api_visibility="undocumented")


def _ask(site: Site) -> Callable[..., Json]:
    def ask(question: str, history: list[str] | None = None) -> Json:
        """The answer to a question as data; `history` holds the earlier questions of the conversation."""
        (asked,) = texts([question])
        return answer_json(site.desk.ask(asked, texts(history or ())))

    return ask


def _catalogue(site: Site) -> Callable[..., list[Json]]:
    library = site.desk.corpus.holdings
    known = library.knowledge

    def catalogue(level: str = "", kind: str = "", year: int = 0) -> list[Json]:
        """The documents that the corpus holds or cites, of a level, a type and a year where these are given."""
        chosen = select(known.documents, level=level or None, kind=kind or None, year=year or None)
        notices = NoticesOfEntries(known.references, known.notices)
        return [entry_json(one, known.references, known.provisions, notices) for one in chosen]

    return catalogue


def _sources(site: Site) -> Callable[..., list[Json]]:
    corpus = site.desk.corpus

    def sources(source: str = "", start: int = 0, end: int = 0) -> list[Json]:
        """The stored texts; of one, where `start` and `end` are given, those characters in their surroundings."""
        if not source:
            return [
                {"source": name, "characters": len(text), "document": corpus.holdings.held[name].key}
                for name, text in corpus.texts.items()
            ]
        text = corpus.texts.get(source)
        if text is None or not 0 <= start < end <= len(text):
            raise QuestionError(word("no_such_passage"))
        around = surroundings(text, start, end)
        page = corpus.page(source, start)
        return [{"source": source, "quote": text[start:end], "page": page.number if page else None, **asdict(around)}]

    return sources


def _page_turns(site: Site) -> Callable[..., Json]:
    def page_turns(questions: list[str], first: int) -> Json:
        """The turns of a conversation from the `first` on, from 0, as HTML."""
        asked = texts(questions)
        if len(asked) > MOST_QUESTIONS:
            raise QuestionError(word("too_long_conversation", count=MOST_QUESTIONS))
        counts = range(max(0, int(first)) + 1, len(asked) + 1)
        return {"turns": [turn_json(site.desk, asked[:count]) for count in counts]}

    return page_turns


def turn_json(desk: Desk, questions: Sequence[str]) -> dict[str, str]:
    """The last turn of a conversation and its sources, as HTML."""
    turn, number = desk.turn(questions), len(questions)
    backing = sources_html(turn.reply, number, desk.corpus) if isinstance(turn.reply, Answer) else ""
    return {"turn": turn_html(turn, number), "sources": backing}


def _page_follow_ups(site: Site) -> Callable[..., Json]:
    def page_follow_ups(questions: list[str]) -> Json:
        """The questions that may come next, as HTML."""
        return {"html": follow_ups_html(site.desk.follow_ups(texts(questions)))}

    return page_follow_ups


def _page_feedback(site: Site) -> Callable[..., Json]:
    def page_feedback(questions: list[str], verdict: str, reason: str, note: str) -> Json:
        """Keeps what someone says of the last answer."""
        asked = texts(questions)
        reply = site.desk.turn(asked).reply
        wrong = verdict == "wrong"
        if not isinstance(reply, Answer) or (verdict != "right" and not (wrong and reason in REASONS)):
            raise QuestionError(word("feedback_bad"))
        site.feedback.add(
            reply,
            asked[:-1],
            snapshot=site.read,
            verdict="wrong" if wrong else "right",
            reason=reason if wrong else "",
            note=texts([note])[0] if wrong else "",
        )
        return {"told": word("feedback_thanks")}

    return page_feedback


def texts(values: object) -> list[str]:
    """A list of strings that came from outside.

    Raises: QuestionError where it is something else, or where halves of surrogate pairs stand in it.
    """
    try:
        if isinstance(values, Sequence) and not isinstance(values, str):
            return [one.encode().decode() for one in values]
    except (AttributeError, UnicodeEncodeError):
        pass
    raise QuestionError(word("bad_request"))


def _told(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function for programs: its faults as Gradio errors with a sentence."""

    @wraps(function)
    def guarded(*values: Any, **named: Any) -> Any:
        try:
            return function(*values, **named)
        except HoidapError as error:
            raise gr.Error(str(error), print_exception=False) from error
        except Exception as error:
            logger.exception("An endpoint failed unexpectedly")
            raise gr.Error(word("unexpected"), print_exception=False) from error

    return guarded


def _answered(function: Callable[..., Json]) -> Callable[..., Json]:
    """The function for the page's script: its faults as values."""

    @wraps(function)
    def guarded(*values: Any, **named: Any) -> Json:
        try:
            return function(*values, **named)
        except HoidapError as error:
            return {"error": str(error)}
        except Exception:
            logger.exception("The page failed unexpectedly")
            return {"error": word("unexpected")}

    return guarded
