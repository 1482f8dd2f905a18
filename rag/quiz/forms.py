"""What a form of question is, and all forms by name."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Protocol

from rag.quiz.amounts import AmountForm, AmountStatement
from rag.quiz.cases import CaseForm
from rag.quiz.documents import DocumentStatement, FieldForm, LevelForm, NumberForm
from rag.quiz.items import Difficulty, Draft, Fact, Kind
from rag.quiz.material import Material
from rag.quiz.provisions import DefinitionForm, HeadingForm, ListForm, SectionForm
from rag.quiz.relations import BasisForm, CitedForm, RelationForm
from rag.quiz.timeline import ChronologyForm, FirstForm
from rag.quiz.units import DutyForm, UnitForm


class Form(Protocol):
    """A way of asking. It finds its facts in a corpus, drafts a question on one, and tells which options are true.

    `quotes` says whether the words of the right option stand in the cited passage.
    """

    @property
    def name(self) -> str: ...

    @property
    def kind(self) -> Kind: ...

    @property
    def difficulty(self) -> Difficulty: ...

    @property
    def quotes(self) -> bool: ...

    def facts(self, material: Material) -> Iterable[Fact]:
        """All that can be asked in this form, in the order of the corpus."""

    def draft(self, material: Material, fact: Fact, random: Random) -> Draft | None:
        """A question on one of its facts; None where the corpus does not give enough for it."""

    def holds(self, material: Material, fact: Fact, option: str) -> bool:
        """Whether an option would be a right answer, by everything that the corpus says."""

    def anchors(self, material: Material, fact: Fact) -> tuple[str, ...]:
        """What a stem must say so that it still asks for this fact."""


_ALL: tuple[Form, ...] = (
    FieldForm("issuer", "recall"),
    FieldForm("date", "recall"),
    FieldForm("title", "understand"),
    NumberForm("number", "understand"),
    NumberForm("governs", "apply"),
    LevelForm(),
    FirstForm("earliest"),
    FirstForm("latest"),
    ChronologyForm(),
    DocumentStatement(),
    RelationForm("relation", "understand"),
    RelationForm("carrier", "apply"),
    BasisForm(),
    CitedForm("cited_in"),
    CitedForm("not_cited_in"),
    HeadingForm("heading"),
    HeadingForm("article"),
    ListForm("in_list"),
    ListForm("not_in_list"),
    SectionForm("in_section"),
    SectionForm("section_of"),
    DefinitionForm("definition"),
    DefinitionForm("term"),
    AmountForm("amount"),
    AmountForm("period"),
    AmountStatement(),
    UnitForm("unit", "single_choice", "understand"),
    UnitForm("unit_blank", "cloze", "recall"),
    DutyForm(),
    CaseForm(),
)
FORMS: dict[str, Form] = {form.name: form for form in _ALL}
