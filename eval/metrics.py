"""What is measured of one answer; each measure is a fraction of 1, or None where the case does not count.

Each says what it is and which cases count; a mean is taken over the cases that count. Precision, recall and F1
are those of van Rijsbergen, Information Retrieval (1979). The area under the risk-coverage curve is not measured:
it needs a confidence, and an answer has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from eval.gold import SOURCE_PREFIX, GoldCase
from eval.naming import fold, fold_name, fold_number, is_printed
from eval.spans import cited_spans, covered, gold_spans, length
from rag.types import Answer, AnswerDocument, Citation, Span

MARKER = re.compile(r"\[(\d+)\]")
_SENTENCE_ENDS = tuple(".;:!?…")
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


def forbidden_document(trial: Trial) -> float | None:
    """1 where a forbidden document is named as an answer, so less is better; counts where gold forbids some."""
    if not trial.case.forbidden:
        return None
    forbidden = _document_groups(trial.case.forbidden)
    return float(any(_position(names, forbidden) is not None for names in _document_names(trial)))


def unit_f1(trial: Trial) -> float | None:
    """F1 of the set of units by name; counts where gold says which, or that none is named."""
    if trial.case.units is None:
        return None
    answered = [frozenset({fold_name(unit.name)}) for unit in trial.answer.units]
    gold, allowed = _unit_groups(trial.case.units), _unit_groups(trial.case.allowed_units)
    return _set_f1(answered, gold=gold, allowed=allowed)


def role_accuracy(trial: Trial) -> float | None:
    """The share of units with their gold role, of those that are named and have one; counts where there are such.

    A unit that is not named costs `unit_f1` alone. Where one is named with several roles, one of them must be right.
    """
    answered: dict[str, set[str]] = {}
    for unit in trial.answer.units:
        answered.setdefault(fold_name(unit.name), set()).add(unit.role)
    right: list[bool] = []
    for spellings in trial.case.units or ():
        role = next((trial.case.roles[name] for name in spellings if name in trial.case.roles), None)
        given = set().union(*(answered.get(fold_name(name), set()) for name in spellings))
        if role and given:
            right.append(role in given)
    return sum(right) / len(right) if right else None


def evidence_hit(trial: Trial) -> float | None:
    """1 where a citation shares a character with gold evidence; counts where gold has evidence."""
    if not _has_evidence(trial.case):
        return None
    cited = cited_spans(trial.answer)
    gold = gold_spans(trial.case, trial.texts)
    return float(any(one.overlaps(other) for source in gold for one in gold[source] for other in cited.get(source, ())))


def citation_precision(trial: Trial) -> float | None:
    """The share of the citations that support something; counts where gold has evidence and something is cited.

    A citation does that overlaps gold evidence, stands at the gold locator or inside it, or quotes words that name a
    gold document or a gold unit and none that is forbidden. One that names only what is allowed, or that a notice
    tells to be a duty of all, is passed over; the rest of a sentence that a page break cuts goes with its beginning.
    Source: Gao et al., ALCE (EMNLP 2023), citation precision; their judge of support is a model, ours is gold.
    """
    if not _has_evidence(trial.case):
        return None
    aside = {
        number for notice in trial.answer.notices if notice.kind == "inherited_unit" for number in notice.citations
    }
    judged: list[bool] = []
    before: tuple[Citation, bool | None] | None = None
    for found in sorted(trial.answer.citations, key=lambda one: (one.source, one.start)):
        whole = before is not None and _continues(found, before[0], trial.texts)
        right = before[1] if before and whole else _supports(found, trial)
        before = found, right
        if right or (right is False and found.id not in aside):
            judged.append(right)
    return sum(judged) / len(judged) if judged else None


def _continues(citation: Citation, before: Citation, texts: Mapping[str, str]) -> bool:
    """Whether a citation is the rest of a sentence that a page break cuts."""
    if citation.source != before.source or before.quote.rstrip()[-1:] in _SENTENCE_ENDS:
        return False
    between = texts.get(citation.source, "")[before.end : citation.start]
    return citation.quote[:1].islower() and between.startswith("\n\n")


def _supports(citation: Citation, trial: Trial) -> bool | None:
    """Whether a citation supports what gold says; None where it supports what is allowed."""
    case, gold = trial.case, gold_spans(trial.case, trial.texts).get(citation.source, ())
    if any(span.overlaps(Span(citation.start, citation.end)) for span in gold):
        return True
    if gold and any(is_inside(citation.locator, outer) for outer in case.locator or ()):
        return True
    if _is_named(case.forbidden, citation.quote, fold):
        return False
    if _is_named(case.documents or (), citation.quote, fold) or _is_named(case.units or (), citation.quote, fold_name):
        return True
    allowed = _is_named(case.allowed, citation.quote, fold) or _is_named(case.allowed_units, citation.quote, fold_name)
    return None if allowed else False


def _is_named(groups: Sequence[Sequence[str]], quote: str, folding: Callable[[str], str]) -> bool:
    folded = folding(quote)
    return any(is_printed(folding(name), folded) for names in groups for name in names)


def citation_density(trial: Trial) -> float | None:
    """The share of the cited characters that are gold evidence; counts where gold has evidence and something is cited.

    It tells how much is read for what is sought, and nothing of right and wrong: a gold quote is often a part of
    the clause that a citation rightly gives in full.
    Source: Pipitone and Alami, LegalBench-RAG (arXiv:2408.10343), precision by characters.
    """
    cited = cited_spans(trial.answer)
    if not _has_evidence(trial.case) or not cited:
        return None
    gold = gold_spans(trial.case, trial.texts)
    right = sum(covered(cited[source], gold.get(source, ())) for source in cited)
    return right / sum(length(spans) for spans in cited.values())


def citation_recall(trial: Trial) -> float | None:
    """The share of the characters of gold evidence that is cited; counts where gold has evidence.

    Any one piece of evidence is enough, so it is that of the piece that is cited best.
    Source: Pipitone and Alami, LegalBench-RAG (arXiv:2408.10343), recall by characters.
    """
    if not _has_evidence(trial.case):
        return None
    cited = cited_spans(trial.answer)
    gold = gold_spans(trial.case, trial.texts)
    shares = [
        covered([span], cited.get(source, ())) / (span.end - span.start) for source in gold for span in gold[source]
    ]
    return max(shares, default=0.0)


def locator_hit(trial: Trial) -> float | None:
    """1 where a citation of a source with gold evidence stands at the gold locator or inside it.

    Counts where gold has a locator.
    """
    if trial.case.locator is None:
        return None
    sources = gold_spans(trial.case, trial.texts)
    cited = [found.locator for found in trial.answer.citations if found.source in sources]
    return float(any(is_inside(locator, outer) for locator in cited for outer in trial.case.locator))


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
    "forbidden_document": forbidden_document,
    "unit_f1": unit_f1,
    "role_accuracy": role_accuracy,
    "evidence_hit": evidence_hit,
    "citation_precision": citation_precision,
    "citation_density": citation_density,
    "citation_recall": citation_recall,
    "locator_hit": locator_hit,
    "status_accuracy": status_accuracy,
    "reason_accuracy": reason_accuracy,
    "refusal": refusal,
    "false_refusal": false_refusal,
    "date_exact": date_exact,
    "issuer_exact": issuer_exact,
    "count_exact": count_exact,
}
"""Every measure by its name, in the order of the report."""
LABELS: Mapping[str, str] = {
    "document_top1": "Văn bản đầu đúng",
    "document_f1": "Văn bản F1",
    "forbidden_document": "Nêu văn bản cấm",
    "unit_f1": "Đơn vị F1",
    "role_accuracy": "Vai trò",
    "evidence_hit": "Trúng căn cứ",
    "citation_precision": "Trích đúng chỗ",
    "citation_density": "Trích gọn",
    "citation_recall": "Trích đầy đủ",
    "locator_hit": "Đúng điều, mục",
    "status_accuracy": "Trạng thái",
    "reason_accuracy": "Lý do",
    "refusal": "Từ chối đúng",
    "false_refusal": "Từ chối nhầm",
    "date_exact": "Ngày",
    "issuer_exact": "Nơi ban hành",
    "count_exact": "Đếm đúng",
}
"""What a reader of a report calls each measure."""
LESS_IS_BETTER = frozenset({"false_refusal", "forbidden_document"})
GRADED = frozenset({"citation_precision", "citation_density", "citation_recall"})
"""Measures of degree, in which a right answer may stay short of perfect: they are not missed."""


def measure(trial: Trial) -> dict[str, float | None]:
    """Every measure of one trial, by name."""
    return {name: function(trial) for name, function in MEASURES.items()}


def missed(scores: Mapping[str, float | None]) -> tuple[str, ...]:
    """The names of the measures that are short of perfect; one of degree, or that did not count, is not missed.

    >>> missed({"unit_f1": 0.5, "evidence_hit": 1.0, "refusal": None, "false_refusal": 1.0})
    ('unit_f1', 'false_refusal')
    """
    perfect = {name: 0.0 if name in LESS_IS_BETTER else 1.0 for name in scores}
    return tuple(
        name for name, score in scores.items() if name not in GRADED and score is not None and score != perfect[name]
    )


def mean(scores: Iterable[float | None]) -> tuple[float | None, int]:
    """The mean of the scores that count, None where none does, and how many do.

    >>> mean([1.0, None, 0.0]), mean([None])
    ((0.5, 2), (None, 0))
    """
    counted = [score for score in scores if score is not None]
    return (sum(counted) / len(counted) if counted else None), len(counted)


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


def _has_evidence(case: GoldCase) -> bool:
    return bool(case.evidence or case.places)


def is_inside(locator: str, outer: str) -> bool:
    """Whether a locator is another one or a part of it.

    >>> [is_inside("điểm a khoản 1 Điều 3, đoạn 2", outer) for outer in ("Điều 3", "khoản 1 Điều 3", "Điều 31")]
    [True, True, False]
    >>> is_inside("Mục II.1, đoạn 2", "Mục II"), is_inside("Mục II.1", "Mục I")
    (True, False)
    """
    return re.search(rf"(?<!\S){re.escape(fold(outer))}(?![^.,])", fold(locator)) is not None


def latency(answers: Iterable[Answer]) -> tuple[float, float] | None:
    """The 50th and the 95th percentile of the milliseconds that answers took, interpolated; None without any.

    An answer that was withheld has no time. It differs from run to run, so it stays apart from the measures.
    """
    times = [answer.elapsed_ms for answer in answers if answer.elapsed_ms > 0]
    if not times:
        return None
    median, high = np.percentile(times, (50, 95))
    return float(median), float(high)
