"""How well items were ranked, by the textbook's measures as trec_eval computes them.

A question without relevant items has no score. The order given is the order scored: trec_eval would
break ties by name, so no two items share a score here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, SetF, nDCG

_RANKED = {"recall@1": R @ 1, "recall@5": R @ 5, "recall@10": R @ 10, "mrr@10": RR @ 10, "ndcg@10": nDCG @ 10}
# trec_eval's parameter is the square of the beta of the definition: 4 gives F2 = 5PR / (4P + R).
_F2 = SetF(beta=4.0)
MEASURES = (*_RANKED, "f2")
"""The names of the measures, in the order of reports.

recall@k is the share of the relevant items among the first k; mrr@10 is 1 over the rank of the first
relevant one, 0 beyond 10; ndcg@10 discounts by log2(rank + 1), gains are the grades; f2 is what the
legal contests average over questions (macro-F2), of the set that is answered.
Sources: Järvelin and Kekäläinen, ACM TOIS 20 (2002), for nDCG; ALQAC's and COLIEE's rules for F2.
"""

Rankings = Mapping[str, Sequence[str]]
"""The ids of items, best first, by question."""
Scores = dict[str, float | None]


def retrieval_scores(
    rankings: Rankings, relevant: Mapping[str, Mapping[str, int]], *, answered: int = 1
) -> dict[str, Scores]:
    """Each measure's score of each question of `relevant`, in its order; None where nothing is relevant.

    `relevant` has the grades of items by question; 0 is not relevant. A question without a ranking
    scores 0. The `answered` best items are the set that F2 takes for the answer.
    """
    judged = {name: {item: grade for item, grade in grades.items() if grade > 0} for name, grades in relevant.items()}
    qrels = [Qrel(name, item, grade) for name, grades in judged.items() for item, grade in grades.items()]
    found: dict[str, Scores] = {measure: dict.fromkeys(relevant) for measure in MEASURES}
    if not qrels:
        return found
    names = {measure: name for name, measure in _RANKED.items()}
    for metric in ir_measures.iter_calc(list(names), qrels, _run(rankings, judged, None)):
        found[names[metric.measure]][metric.query_id] = float(metric.value)
    for metric in ir_measures.iter_calc([_F2], qrels, _run(rankings, judged, answered)):
        found["f2"][metric.query_id] = float(metric.value)
    return found


def _run(rankings: Rankings, judged: Mapping[str, Mapping[str, int]], count: int | None) -> list[ScoredDoc]:
    return [
        ScoredDoc(name, item, float(-place))
        for name, grades in judged.items()
        if grades
        for place, item in enumerate(rankings.get(name, ())[:count])
    ]
