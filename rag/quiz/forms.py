"""All forms of questions, by name."""

from __future__ import annotations

from rag.quiz.amounts import AmountForm, AmountStatement
from rag.quiz.cases import CaseForm
from rag.quiz.documents import DocumentStatement, FieldForm, LevelForm, NumberForm
from rag.quiz.items import Form
from rag.quiz.provisions import DefinitionForm, HeadingForm, ListForm, SectionForm
from rag.quiz.relations import BasisForm, CitedForm, RelationForm
from rag.quiz.timeline import ChronologyForm, FirstForm
from rag.quiz.units import DutyForm, UnitForm

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
