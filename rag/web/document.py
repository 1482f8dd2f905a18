"""The page of one document: its facts, relations, mentions with their passages, tasks, and its text where held."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from rag.answering.holdings import display_name
from rag.language.dates import spoken_date
from rag.language.lexicon import messages
from rag.types import Assignment, Change, Document, Reference, Span
from rag.web.catalogue import open_button
from rag.web.corpus import Corpus, surroundings
from rag.web.markup import button, element, group, word
from rag.web.originals import original_link
from rag.web.sources import held_badge, source_notice

_REACH = 220
_FEW = 5


def document_html(entry: Document, corpus: Corpus, *, shown: Span | None = None, whole: bool = False) -> str:
    """The page of a document; its text is on it where it is held and `whole`, with what is `shown` highlighted."""
    mentions, governed = corpus.mentions_of(entry), corpus.governed(entry)
    own = [item for item in corpus.holdings.knowledge.assignments if item.source == entry.source]
    name = display_name(entry)
    asking = button(word("ask_about"), name="ask", data={"ask": word("ask_about_question", name=name)})
    return (
        f'<article class="document" data-document="{html.escape(entry.key)}">'
        f'<p class="tools">{button(word("back"), name="close-document")} {asking}</p>'
        f'<h2 tabindex="-1">{html.escape(name)}</h2>{element("p", "title", entry.title if entry.number else None)}'
        f'<p class="foot">{held_badge(entry.held)}</p>'
        + "".join(map(source_notice, corpus.notices_on(entry)))
        + "".join(f'<p class="notice">{html.escape(told)}</p>' for told in _conflicts(entry))
        + group(word("facts"), [_facts(entry, corpus)])
        + group(word("relations"), _relations(entry, corpus))
        + _open_original(entry, corpus, shown)
        + (text_html(entry, corpus, shown) if whole and entry.held else _text_button(entry))
        + group(word("mentions", count=len(mentions)), (_mention(one, corpus) for one in mentions))
        + _folded(word("governed", count=len(governed)), [_task(one, corpus) for one in governed])
        + _folded(word("own_tasks", count=len(own)), [_task(one, corpus) for one in own])
        + "</article>"
    )


def text_html(entry: Document, corpus: Corpus, shown: Span | None) -> str:
    """The stored text of a held document as it is, with one range highlighted."""
    text = corpus.texts[entry.source or ""]
    if shown is None or not 0 <= shown.start < shown.end <= len(text):
        body = html.escape(text)
    else:
        quote = f'<mark id="shown" tabindex="-1">{html.escape(shown.of(text))}</mark>'
        body = html.escape(text[: shown.start]) + quote + html.escape(text[shown.end :])
    body = body.replace("\f", '<hr class="page">')
    return group(word("full_text"), [f'<div class="whole">{body}</div>'])


def _folded(heading: str, parts: Sequence[str]) -> str:
    """A group that is open where it is short."""
    shown = " open" if len(parts) <= _FEW else ""
    summary = f"<summary>{html.escape(heading)}</summary>"
    return f'<details class="group"{shown}>{summary}{"".join(parts)}</details>' if parts else ""


def _text_button(entry: Document) -> str:
    data = {"document": entry.key, "whole": "yes"}
    return f'<p class="tools">{button(word("show_text"), name="open-document", data=data)}</p>' if entry.held else ""


def _open_original(entry: Document, corpus: Corpus, shown: Span | None) -> str:
    """The link to the file itself, on the page of what is shown."""
    page = corpus.page(entry.source, shown.start) if entry.source and shown else None
    link = original_link(entry.source, corpus, page) if entry.source else ""
    return f'<p class="tools">{link}</p>' if link else ""


def _facts(entry: Document, corpus: Corpus) -> str:
    own = corpus.holdings.knowledge.identities.get(entry.source or "")
    checked = entry.checked
    facts: list[tuple[str, str | None]] = [
        ("column_number", entry.number),
        ("column_type", entry.type),
        ("column_issuer", entry.issuer),
        ("column_date", spoken_date(entry.date) if entry.date else None),
        ("column_title", entry.title),
        ("column_level", entry.level),
        ("fact_place", own.place if own else None),
        ("fact_signer", own.signer if own else None),
        ("fact_file", entry.source),
    ]
    if checked:
        facts += [
            ("fact_effective", spoken_date(checked.effective_from) if checked.effective_from else None),
            ("fact_ended", spoken_date(checked.effective_to) if checked.effective_to else None),
            ("fact_amended", _changes(checked.amended_by)),
            ("fact_replaced", _changes(checked.replaced_by)),
            ("fact_replaces", _changes(checked.replaces)),
            ("fact_checked", checked.checked_against),
        ]
    rows = "".join(f"<dt>{word(name)}</dt><dd>{html.escape(value)}</dd>" for name, value in facts if value)
    return f"<dl>{rows}</dl>"


def _changes(changes: Sequence[Change]) -> str:
    return "; ".join(f"{one.number}{f' ({spoken_date(one.date)})' if one.date else ''}" for one in changes)


def _conflicts(entry: Document) -> list[str]:
    return [
        messages()["notice_conflict_date"].format(
            name=display_name(entry), values="; ".join(map(spoken_date, conflict.values))
        )
        for conflict in entry.conflicts
        if conflict.field == "date"
    ]


def relation_lines(entry: Document, corpus: Corpus) -> list[tuple[str, Document | None, str]]:
    """How a document stands to others: the relation in words, the other one, what it is called."""
    lines: list[tuple[str, Document | None, str]] = []
    for relation in entry.relations:
        other = corpus.entry(relation.target) if relation.target else None
        lines.append((word(f"relation_{relation.kind}"), other, relation.name))
    lines += [(word(f"relation_{kind}_by"), other, "") for other, kind in corpus.relations_to(entry)]
    return lines


def _relations(entry: Document, corpus: Corpus) -> Iterable[str]:
    for told, other, name in relation_lines(entry, corpus):
        shown = open_button(other) if other else html.escape(name)
        yield f'<p class="relation"><span class="kind">{told}:</span> {shown}</p>'


def _mention(mention: Reference, corpus: Corpus) -> str:
    return _excerpt(mention.source, mention.provision, mention.span, corpus, reach=_REACH)


def _task(item: Assignment, corpus: Corpus) -> str:
    role = messages()[f"role_{item.role}"]
    head = f'<h4>{html.escape(item.unit or word("unit_unnamed"))}</h4><p class="facts">{html.escape(role)}</p>'
    return _excerpt(item.source, item.provision, item.duty, corpus, reach=0, head=head)


def _excerpt(source: str, provision: int, span: Span, corpus: Corpus, *, reach: int, head: str = "") -> str:
    text = corpus.texts[source]
    holder = corpus.holdings.held[source]
    around = surroundings(text, span.start, span.end, reach=reach) if reach else None
    before = (("… " if around.cut_before else "") + around.before) if around else ""
    after = (around.after + (" …" if around.cut_after else "")) if around else ""
    page = corpus.page(source, span.start)
    place = corpus.locator(source, provision) + (f" · {word('page', page=page.number)}" if page else "")
    data = {"document": holder.key, "start": str(span.start), "end": str(span.end)}
    shown = html.escape(span.of(text))
    return (
        f'<figure class="card">{head}<figcaption><span class="document">{html.escape(display_name(holder))}</span> '
        f'<span class="locator">{html.escape(place)}</span></figcaption>'
        f'<blockquote><span class="around">{html.escape(before)}</span>'
        f"{f'<mark>{shown}</mark>' if reach else shown}"
        f'<span class="around">{html.escape(after)}</span></blockquote>'
        f'<p class="foot">{button(word("open_text"), name="open-document", data=data)}</p></figure>'
    )
