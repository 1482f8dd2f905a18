"""What is measured of one answer; each measure is a fraction of 1, or None where the case does not count.

The retrieval and set measures have their textbook definitions. A mean is taken over the cases that count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.gold import SOURCE_PREFIX, GoldCase, fold
from rag.types import Answer, AnswerDocument, Span

MARKER = re.compile(r"\[(\d+)\]")
_LIST_NUMBER = re.compile(r"^[ \t]*\d+[.)][ \t]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Trial:
    """One gold question with the answer that was given, and the stored texts by source."""

    case: GoldCase
    answer: Answer
    texts: Mapping[str, str]


Measure = Callable[[Trial], float | None]
Names = frozenset[str]
"""The folded names that one document or unit goes by."""


def document_top1(trial: Trial) -> float | None:
    """1 where the best document is one of the gold documents; counts where gold has documents.

    Allowed documents are passed over.
    """
    if not trial.case.documents:
        return None
    gold, allowed = _document_groups(trial.case.documents), _document_groups(trial.case.allowed)
    for names in _document_names(trial):
        if _position(names, gold) is not None:
            return 1.0
        if _position(names, allowed) is None:
            return 0.0
    return 0.0


def document_f1(trial: Trial) -> float | None:
    """F1 of the set of documents; counts where gold says which, or that there are none."""
    if trial.case.documents is None:
        return None
    gold, allowed = _document_groups(trial.case.documents), _document_groups(trial.case.allowed)
    return _set_f1(_document_names(trial), gold=gold, allowed=allowed)


def unit_f1(trial: Trial) -> float | None:
    """F1 of the set of units by name; counts where gold says which, or that none is named."""
    if trial.case.units is None:
        return None
    answered = [frozenset({fold_name(unit.name)}) for unit in trial.answer.units]
    gold, allowed = _unit_groups(trial.case.units), _unit_groups(trial.case.allowed_units)
    return _set_f1(answered, gold=gold, allowed=allowed)


def evidence_hit(trial: Trial) -> float | None:
    """1 where a citation shares a character with a gold quote of its source; counts where gold quotes."""
    if not trial.case.evidence:
        return None
    return float(any(_hits(trial, source) for source in trial.texts))


def status_accuracy(trial: Trial) -> float | None:
    """1 where the status is the gold status; every case counts."""
    return float(trial.answer.status == trial.case.status)


def reason_accuracy(trial: Trial) -> float | None:
    """1 where the reason is the gold reason; counts where gold gives one."""
    return None if trial.case.reason is None else float(trial.answer.reason == trial.case.reason)


def refusal(trial: Trial) -> float | None:
    """1 where an unanswerable question is refused; counts where gold is not_found."""
    return None if trial.case.status != "not_found" else float(trial.answer.status == "not_found")


def false_refusal(trial: Trial) -> float | None:
    """1 where an answerable question is refused, so less is better; counts where gold is not not_found."""
    return None if trial.case.status == "not_found" else float(trial.answer.status == "not_found")


def date_exact(trial: Trial) -> float | None:
    """1 where the gold document is answered with its date; counts where gold gives the date."""
    dates = trial.case.facts.date
    return None if dates is None else float(any(found.date in dates for found in _gold_documents(trial)))


def issuer_exact(trial: Trial) -> float | None:
    """1 where the gold document is answered with its issuer; counts where gold gives the issuer."""
    issuers = trial.case.facts.issuer
    if issuers is None:
        return None
    accepted = {fold_name(issuer) for issuer in issuers}
    return float(any(fold_name(found.issuer or "") in accepted for found in _gold_documents(trial)))


def count_exact(trial: Trial) -> float | None:
    """1 where the text of the answer has the number by itself, 2 or 02; counts where gold gives a count."""
    count = trial.case.facts.count
    if count is None:
        return None
    alone = rf"(?<![\w/.,-])0?{count}(?![\w/-]|[.,]\d)"
    prose = _LIST_NUMBER.sub("", MARKER.sub(" ", trial.answer.text))
    return float(re.search(alone, prose) is not None)


MEASURES: Mapping[str, Measure] = {
    "document_top1": document_top1,
    "document_f1": document_f1,
    "unit_f1": unit_f1,
    "evidence_hit": evidence_hit,
    "status_accuracy": status_accuracy,
    "reason_accuracy": reason_accuracy,
    "refusal": refusal,
    "false_refusal": false_refusal,
    "date_exact": date_exact,
    "issuer_exact": issuer_exact,
    "count_exact": count_exact,
}
"""Every measure by its name, in the order of the report."""
LESS_IS_BETTER = frozenset({"false_refusal"})


def measure(trial: Trial) -> dict[str, float | None]:
    """Every measure of one trial, by name."""
    return {name: function(trial) for name, function in MEASURES.items()}


def missed(scores: Mapping[str, float | None]) -> tuple[str, ...]:
    """The names of the measures that are short of perfect; one that did not count is not missed.

    >>> missed({"unit_f1": 0.5, "evidence_hit": 1.0, "refusal": None, "false_refusal": 1.0})
    ('unit_f1', 'false_refusal')
    """
    perfect = {name: 0.0 if name in LESS_IS_BETTER else 1.0 for name in scores}
    return tuple(name for name, score in scores.items() if score is not None and score != perfect[name])


def mean(scores: Iterable[float | None]) -> tuple[float | None, int]:
    """The mean of the scores that count, None where none does, and how many do.

    >>> mean([1.0, None, 0.0]), mean([None])
    ((0.5, 2), (None, 0))
    """
    counted = [score for score in scores if score is not None]
    return (sum(counted) / len(counted) if counted else None), len(counted)


def fold_name(name: str) -> str:
    """The name of a unit or an issuer for comparison.

    >>> fold_name("Ủy ban nhân dân  các xã") == fold_name("UBND các xã")
    True
    """
    return fold(name).replace("uỷ", "ủy").replace("ủy ban nhân dân", "ubnd")


def fold_number(number: str) -> str:
    """A document's number or name for comparison, without any white space.

    >>> fold_number("34-CTR/HU") == fold_number("34 - CTr/HU")
    True
    """
    return fold(number).replace(" ", "")


def _document_names(trial: Trial) -> list[Names]:
    return [_names(document, answer=trial.answer) for document in trial.answer.documents]


def _names(document: AnswerDocument, *, answer: Answer) -> Names:
    title = document.title or ""
    names = {document.number or "", title, f"{document.type} {title}"}
    if document.held and document.number is None:
        names |= {SOURCE_PREFIX + found.source for found in answer.citations if found.id in document.citations}
    return frozenset(fold_number(name) for name in names if name.strip())


def _document_groups(gold: Sequence[Sequence[str]]) -> list[Names]:
    return [frozenset(map(fold_number, spellings)) for spellings in gold]


def _unit_groups(gold: Sequence[Sequence[str]]) -> list[Names]:
    return [frozenset(map(fold_name, spellings)) for spellings in gold]


def _gold_documents(trial: Trial) -> list[AnswerDocument]:
    groups = _document_groups(trial.case.documents or ())
    pairs = zip(trial.answer.documents, _document_names(trial), strict=True)
    return [document for document, names in pairs if _position(names, groups) is not None]


def _position(names: Names, groups: Sequence[Names]) -> int | None:
    """Where the first group stands that shares a name."""
    return next((position for position, group in enumerate(groups) if names & group), None)


def _set_f1(answered: Sequence[Names], *, gold: Sequence[Names], allowed: Sequence[Names]) -> float:
    """2·right / (gold + answered); what is allowed and what is said twice does not count as answered."""
    positions = {names: _position(names, gold) for names in answered}
    right = len({position for position in positions.values() if position is not None})
    unmatched = [names for names, position in positions.items() if position is None]
    wrong = sum(_position(names, allowed) is None for names in unmatched)
    if not gold and not wrong:
        return 1.0
    return 2 * right / (len(gold) + right + wrong)


def _hits(trial: Trial, source: str) -> bool:
    text = trial.texts[source]
    gold = [span for quote in trial.case.evidence for span in occurrences(quote, text)]
    cited = [Span(found.start, found.end) for found in trial.answer.citations if found.source == source]
    return any(span.overlaps(citation) for span in gold for citation in cited)


def occurrences(quote: str, text: str) -> list[Span]:
    """Every place where the quote stands in the text, in order.

    >>> occurrences("dân", "dân vận, nhân dân")
    [Span(start=0, end=3), Span(start=14, end=17)]
    """
    spans: list[Span] = []
    start = text.find(quote)
    while start != -1:
        spans.append(Span(start, start + len(quote)))
        start = text.find(quote, start + 1)
    return spans
