"""Relations between documents: each cue of the table, and the places where it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from rag.language.lexicon import RelationCue, relation_cues
from rag.law.document import LegalDocument, read_document
from rag.law.relations import find_relations
from rag.types import StoredText

ROOT = Path(__file__).resolve().parents[2]
PLAN = ROOT / "corpus" / "documents" / "ke-hoach-dan-van-cao-loc-2024.txt"
HEAD = "KẾ HOẠCH\nVề việc phòng chống thiên tai\n\nCăn cứ tình hình thực tế;\n\n"
NGHI_DINH = (
    "NGHỊ ĐỊNH\nQuy định chi tiết một số điều của Luật Đê điều\n\n"
    "{basis}Điều 1. Phạm vi\n{body}\nĐiều 2. Hiệu lực\nA.\n"
)


def read(text: str) -> LegalDocument:
    return read_document(StoredText("documents/a.txt", text))


def told(document: LegalDocument) -> list[tuple[str, str | None, str]]:
    """Kind, subject and object; None for the document itself."""
    names = [reference.number or reference.title or "" for reference in document.references]
    return [
        (
            found.kind,
            None if found.subject is None else names[found.subject],
            found.name if found.object is None else names[found.object],
        )
        for found in find_relations(document)
    ]


def kinds(cue: RelationCue, text: str) -> set[str]:
    head = HEAD.replace("KẾ HOẠCH", "NGHỊ ĐỊNH") if "Nghị định này" in text else HEAD
    where = f"{text}\n\nI. NỘI DUNG\n" if cue.position == "basis" else f"\nI. NỘI DUNG\n{text}"
    return {found.kind for found in find_relations(read(head + where))}


@pytest.mark.parametrize("cue", relation_cues(), ids=lambda cue: f"{cue.position}: {cue.cue}")
def test_each_cue_matches_its_example_and_not_its_counterexample(cue: RelationCue) -> None:
    assert cue.kind in kinds(cue, cue.example)
    assert cue.kind not in kinds(cue, cue.counterexample)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        # A title that names a document says how its own stands to that one.
        (
            "Kế hoạch số 05-KH/TU về thực hiện Nghị quyết số 36-NQ/TW về biển.",
            [("implements", "05-KH/TU", "36-NQ/TW")],
        ),
        # Passive: the second document does it to the first.
        (
            "Nghị quyết số 36-NQ/TW đã được Ban Thường vụ Tỉnh ủy cụ thể hóa thành Chương trình số 12-CTr/TU.",
            [("concretises", "12-CTr/TU", "36-NQ/TW")],
        ),
        # A unit that implements a document makes no relation.
        ("Các xã, phường thực hiện Nghị quyết số 36-NQ/TW, Kết luận số 62-KL/TW.", []),
        # What a decision issues has no number.
        (
            "Quyết định số 15-QĐ/TU của Tỉnh ủy về việc ban hành Quy chế tiếp công dân.",
            [("issues", "15-QĐ/TU", "Quy chế tiếp công dân")],
        ),
    ],
)
def test_relations_among_the_documents_that_a_plan_cites(body: str, expected: list[tuple[str, str, str]]) -> None:
    assert told(read(HEAD + "I. NỘI DUNG\n" + body)) == expected


@pytest.mark.parametrize(
    ("basis", "body", "expected"),
    [
        # The title itself.
        ("", "A.", [("details", "Luật Đê điều")]),
        # Its bases.
        ("Căn cứ Luật Tổ chức Chính phủ ngày 19/6/2015;\n", "A.", [("based_on", "Luật Tổ chức Chính phủ")]),
        # Its own act, said of itself with khoản and Điều before the document.
        (
            "",
            "Nghị định này quy định chi tiết khoản 2 Điều 5; khoản 4 Điều 33 và Điều 40 của Luật Thủy lợi.",
            [("details", "Luật Thủy lợi")],
        ),
        (
            "",
            "Nghị định này có hiệu lực từ ngày 01/7/2024 và thay thế Nghị định số 34/2019/NĐ-CP.",
            [("replaces", "34/2019/NĐ-CP")],
        ),
        # In a list what holds of the first holds of the others.
        (
            "",
            "Nghị định này thay thế Nghị định số 34/2019/NĐ-CP, Nghị định số 7/2001/NĐ-CP.",
            [("replaces", "34/2019/NĐ-CP"), ("replaces", "7/2001/NĐ-CP")],
        ),
        ("", "1. Sửa đổi, bổ sung khoản 2 Điều 5 Nghị định số 34/2019/NĐ-CP.", [("amends", "34/2019/NĐ-CP")]),
        # What is no longer in force from its day on: alone, two in one sentence, and in a list.
        (
            "",
            "Nghị định số 34/2019/NĐ-CP và Quyết định số 15/2010/QĐ-TTg hết hiệu lực kể từ ngày Nghị định này "
            "có hiệu lực.",
            [("replaces", "34/2019/NĐ-CP"), ("replaces", "15/2010/QĐ-TTg")],
        ),
        (
            "",
            "1. Các văn bản sau đây hết hiệu lực:\na) Nghị định số 34/2019/NĐ-CP;\nb) Quyết định số 15/2010/QĐ-TTg.",
            [("replaces", "34/2019/NĐ-CP"), ("replaces", "15/2010/QĐ-TTg")],
        ),
        # What is amended ends, with those that amended it; a document in a title does not.
        (
            "",
            "Luật Thủy lợi số 08/2017/QH14 được sửa đổi, bổ sung một số điều theo Luật số 35/2018/QH14 và "
            "Luật số 61/2020/QH14 hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
            [("replaces", "08/2017/QH14")],
        ),
        (
            "",
            "Nghị định số 34/2019/NĐ-CP quy định chi tiết thi hành Luật Thủy lợi hết hiệu lực từ ngày 01/7/2024.",
            [("replaces", "34/2019/NĐ-CP")],
        ),
        # What ends or replaces a part amends.
        ("", "1. Bãi bỏ điểm đ khoản 1 Điều 2 của Nghị định số 34/2019/NĐ-CP.", [("amends", "34/2019/NĐ-CP")]),
        ("", "1. Bãi bỏ một số điều của Nghị định số 34/2019/NĐ-CP.", [("amends", "34/2019/NĐ-CP")]),
        (
            "",
            "Những quy định về đê tại Chương V của Nghị định số 34/2019/NĐ-CP hết hiệu lực từ ngày 01/7/2024.",
            [("amends", "34/2019/NĐ-CP")],
        ),
        (
            "",
            "Nghị định này có hiệu lực từ ngày 01/7/2024 và bãi bỏ các quy định về đê cấp IV tại "
            "Nghị định số 34/2019/NĐ-CP.",
            [("amends", "34/2019/NĐ-CP")],
        ),
        # A regulation issued with a decision ends with it.
        (
            "",
            "Nghị định này thay thế Quy chế hộ đê ban hành kèm theo Quyết định số 15/2010/QĐ-TTg.",
            [("replaces", "15/2010/QĐ-TTg")],
        ),
        (
            "",
            "Nghị định này thay thế quy định về canh đê tại Quy chế hộ đê ban hành kèm theo Quyết định số "
            "15/2010/QĐ-TTg.",
            [("amends", "15/2010/QĐ-TTg")],
        ),
        # Measures to carry it out; the articles told below.
        (
            "",
            "Nghị định này quy định chi tiết một số điều và biện pháp tổ chức thi hành Luật Thủy lợi.",
            [("details", "Luật Thủy lợi")],
        ),
        ("", "Nghị định này quy định chi tiết các điều sau đây của Luật Thủy lợi:", [("details", "Luật Thủy lợi")]),
        # Another decree beside this one has its own verb.
        ("", "Theo Điều 9 Nghị định này và Nghị định quy định chi tiết một số điều của Luật Thủy lợi.", []),
        # What it quotes is another document's.
        (
            "",
            "1. Sửa đổi Điều 9 Nghị định số 34/2019/NĐ-CP như sau:\n"
            "“Điều 9. Hiệu lực\nNghị định này thay thế Nghị định số 7/2001/NĐ-CP.”.",
            [("amends", "34/2019/NĐ-CP")],
        ),
    ],
)
def test_relations_of_the_document_itself(basis: str, body: str, expected: list[tuple[str, str]]) -> None:
    document = read(NGHI_DINH.format(basis=basis, body=body))
    own = [(kind, name) for kind, subject, name in told(document) if subject is None]
    assert own == list(dict.fromkeys([("details", "Luật Đê điều"), *expected]))


def test_each_of_several_that_amend_a_law_amends_it() -> None:
    found = told(
        read(
            HEAD + "I. NỘI DUNG\nLuật Thủy lợi số 08/2017/QH14 đã được sửa đổi, bổ sung một số điều theo "
            "Luật số 35/2018/QH14 và Luật số 61/2020/QH14."
        )
    )
    assert found == [("amends", "35/2018/QH14", "08/2017/QH14"), ("amends", "61/2020/QH14", "08/2017/QH14")]


def test_the_laws_replace_what_they_say(shared_data: Path) -> None:
    replaced = {}
    for file in ("luat_10-2022-QH15", "nghi-dinh_59-2023-ND-CP", "nghi-dinh_61-2023-ND-CP"):
        document = read((shared_data / "legal" / f"{file}.txt").read_text(encoding="utf-8"))
        replaced[file] = [name for kind, subject, name in told(document) if kind == "replaces" and subject is None]
    assert replaced == {
        "luat_10-2022-QH15": ["34/2007/PL-UBTVQH11", "55/1998/NQ-UBTVQH10"],
        "nghi-dinh_59-2023-ND-CP": ["159/2016/NĐ-CP"],
        "nghi-dinh_61-2023-ND-CP": ["22/2018/QĐ-TTg"],
    }


def test_the_plan_states_its_relations() -> None:
    found = told(read(PLAN.read_text(encoding="utf-8")))
    assert [one for one in found if one[0] not in ("issues", "establishes")] == [
        ("implements", None, "1043-KH/BCSD"),
        ("implements", "43-KL/TW", "25-NQ/TW"),
        ("concretises", "1162-QĐ/HU", "593-QĐ/TU"),
        ("implements", "34-CTr/HU", "58-NQ/TU"),
        ("implements", "180/KH-UBND", "58-NQ/TU"),
        ("details", "59/2023/NĐ-CP", "Luật Thực hiện dân chủ ở cơ sở"),
        ("implements", "50-HD/HU", "18-CT/TW"),
        ("implements", "115-KH/HU", "05-ĐA/TU"),
    ]
    assert {subject for kind, subject, _ in found if kind == "issues"} == {
        "23-QĐ/TW", "593-QĐ/TU", "1162-QĐ/HU", "10/NQ-CP"}  # fmt: skip
    assert {subject for kind, subject, _ in found if kind == "establishes"} == {"2969-QĐ/HU", "3642-QĐ/HU"}
