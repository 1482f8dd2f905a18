"""What backs an answer, as HTML: cards of documents and units, passages in their surroundings, notices."""

from __future__ import annotations

import html

from rag.language.dates import said_date
from rag.language.lexicon import messages
from rag.types import Answer, AnswerDocument, AnswerUnit, Citation, Notice, SourceNotice
from rag.web.corpus import Corpus, surroundings
from rag.web.markup import anchor, button, element, group, linked, markers, named_markers, word
from rag.web.originals import original_link


def document_name(document: AnswerDocument) -> str:
    """Type and number; type and title where there is none."""
    if document.number:
        return f"{document.type} {word('number')} {document.number}"
    title = document.title or ""
    return title if title.startswith(document.type) else f"{document.type} {title}".rstrip()


def document_card(document: AnswerDocument, turn: int, corpus: Corpus | None = None) -> str:
    """One document that answers: what it is, whether its text is held, and what to beware of."""
    entry = corpus.entry_of(document) if corpus else None
    level = word("level", level=entry.level) if entry and entry.level else None
    date = said_date(document.date) if document.date else None
    facts = " · ".join(fact for fact in (document.issuer, date, level) if fact)
    told = corpus.notices_on(entry) if corpus and entry else []
    opened = button(word("open_document"), name="open-document", data={"document": entry.key}) if entry else ""
    return (
        '<article class="card">'
        f"<h4>{html.escape(document_name(document))}</h4>"
        f"{element('p', 'facts', facts)}{element('p', 'title', document.title if document.number else None)}"
        f"{''.join(map(source_notice, told))}"
        f'<p class="foot">{held_badge(document.held)}{opened}{markers(document.citations, turn)}</p>'
        "</article>"
    )


def held_badge(held: bool) -> str:
    """Whether the corpus holds a document's own text."""
    return f'<span class="badge {"held" if held else "missing"}">{word("held" if held else "not_held")}</span>'


def source_notice(notice: SourceNotice) -> str:
    """What is wrong in a source."""
    return f'<p class="notice"><strong>{word(f"notice_{notice.kind}")}:</strong> {html.escape(notice.text)}</p>'


def unit_card(unit: AnswerUnit, turn: int) -> str:
    """One responsible unit with its role in words."""
    return (
        '<article class="card">'
        f"<h4>{html.escape(unit.name)}</h4>"
        f'<p class="foot"><span class="badge role">{html.escape(messages()[f"role_{unit.role}"])}</span>'
        f"{markers(unit.citations, turn)}</p></article>"
    )


def passage(citation: Citation, turn: int, corpus: Corpus | None = None) -> str:
    """One quoted passage, verbatim and highlighted in its surroundings; the target of its marks."""
    text = corpus.texts.get(citation.source) if corpus else None
    page = corpus.page(citation.source, citation.start) if corpus else None
    place = f"{citation.locator} · {word('page', page=page.number)}" if page else citation.locator
    opened = _opens(citation, corpus) if corpus and text else ""
    return (
        f'<figure class="card passage" id="{anchor(citation.id, turn)}" tabindex="-1">'
        f'<figcaption><span class="number">[{citation.id}]</span> '
        f'<span class="document">{html.escape(citation.document)}</span> '
        f'<span class="locator">{html.escape(place)}</span></figcaption>'
        f"<blockquote>{in_surroundings(text, citation)}</blockquote>{opened}</figure>"
    )


def in_surroundings(text: str | None, citation: Citation) -> str:
    """The quote as a `mark` between the words around it; alone where its text is not at hand."""
    quote = f"<mark>{html.escape(citation.quote)}</mark>"
    if text is None:
        return quote
    around = surroundings(text, citation.start, citation.end)
    before = ("… " if around.cut_before else "") + around.before
    after = around.after + (" …" if around.cut_after else "")
    return f'<span class="around">{html.escape(before)}</span>{quote}<span class="around">{html.escape(after)}</span>'


def _opens(citation: Citation, corpus: Corpus) -> str:
    entry = corpus.holdings.held.get(citation.source)
    if entry is None:
        return ""
    data = {"document": entry.key, "start": str(citation.start), "end": str(citation.end)}
    page = corpus.page(citation.source, citation.start)
    return (
        f'<p class="foot">{button(word("open_text"), name="open-document", data=data)}'
        f"{original_link(citation.source, corpus, page)}</p>"
    )


def notice_card(notice: Notice, turn: int) -> str:
    """What a careful clerk would add, under the name of its kind; marks stay in their places."""
    text = linked(notice.text, turn, frozenset(notice.citations))
    others = (citation for citation in notice.citations if citation not in named_markers(notice.text))
    return f'<p class="notice"><strong>{word(f"notice_{notice.kind}")}:</strong> {text}{markers(others, turn)}</p>'


def sources_html(answer: Answer, turn: int, corpus: Corpus | None = None) -> str:
    """Everything that backs one answer, as one part of the panel."""
    groups = (
        group(word("notices"), (notice_card(notice, turn) for notice in answer.notices)),
        group(word("documents"), (document_card(document, turn, corpus) for document in answer.documents)),
        group(word("units"), (unit_card(unit, turn) for unit in answer.units)),
        group(word("passages"), (passage(citation, turn, corpus) for citation in answer.citations)),
    )
    told = "".join(groups) or element("p", "empty", word("no_source"))
    label = html.escape(word("sources_of", question=answer.question))
    return (
        f'<section class="turn-sources" data-turn="{turn}" aria-label="{label}">'
        f"{element('p', 'asked', answer.question)}{told}</section>"
    )
