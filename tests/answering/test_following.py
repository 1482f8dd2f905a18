"""What a question leaves to the one before it: a document of a list, the topic, and where that answer was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from rag.answering.decide import Decider
from rag.answering.following import Focus, FollowUps
from rag.answering.holdings import Library
from rag.answering.lists import ListAnswers
from rag.answering.query import Query
from rag.answering.resolve import Resolver
from rag.answering.retrieve import EvidenceRetriever
from rag.answering.search import TopicSearch

Ask = Callable[[str], Query]
HELD = "documents/ke-hoach.txt"
PLACES = ((HELD, 129),)
LISTED = Focus(documents=("33/CT-TTg", "18-CT/TU", "18-CT/TW"), topic="phản biện xã hội", places=PLACES)
OF_HELD = Focus(documents=(HELD,), topic="sửa đường thôn", slots=frozenset(("place",)), places=PLACES)
OF_TOPIC = Focus(topic="hiệp thương", slots=frozenset(("amount",)), places=PLACES)


@pytest.fixture(scope="module")
def retriever(library: Library, by_words: Callable[[Library], EvidenceRetriever]) -> EvidenceRetriever:
    return by_words(library)


@pytest.fixture(scope="module")
def follow_ups(library: Library, retriever: EvidenceRetriever) -> FollowUps:
    resolver = Resolver(library)
    return FollowUps(library, resolver, ListAnswers(library, resolver, TopicSearch(library, retriever)))


@pytest.fixture(scope="module")
def decider(library: Library, retriever: EvidenceRetriever) -> Decider:
    return Decider(library, retriever)


@pytest.mark.parametrize(
    ("question", "key", "slots"),
    [
        ("Cái thứ hai của ai?", "18-CT/TU", {"issuer"}),
        ("cai thu hai cua ai", "18-CT/TU", {"issuer"}),
        ("Văn bản thứ nhất ban hành ngày nào?", "33/CT-TTg", {"date"}),
        ("Cái thứ 3 ký khi nào?", "18-CT/TW", {"date"}),
        ("Cái cuối nói gì?", "18-CT/TW", {"title"}),
        ("Văn bản thứ hai?", "18-CT/TU", {"title"}),  # what it is about where nothing is asked
    ],
)
def test_a_document_of_a_list_is_told_by_its_place(
    follow_ups: FollowUps, asked: Ask, question: str, key: str, slots: set[str]
) -> None:
    query, documents = follow_ups.of(asked(question), LISTED)
    assert [entry.key for entry in documents] == [key]
    assert query.slots == slots
    assert query.topic == ""


@pytest.mark.parametrize("question", ["Cái thứ tư của ai?", "Cái thứ 0 của ai?", "Văn bản thứ năm nói gì?"])
def test_beyond_the_end_of_a_list_there_is_none(follow_ups: FollowUps, asked: Ask, question: str) -> None:
    _, documents = follow_ups.of(asked(question), LISTED)
    assert documents == []


def test_without_a_list_a_place_in_it_tells_nothing(follow_ups: FollowUps, asked: Ask) -> None:
    assert follow_ups.of(asked("Cái thứ hai của ai?"), Focus())[1] == []


def test_a_conversation_picks_from_the_list_as_it_was_answered(decider: Decider, asked: Ask) -> None:
    question = "Liệt kê các chỉ thị"
    answer, focus = decider.answer(question, asked(question), Focus())
    for place, words in enumerate(("nhất", "hai", "cuối")):
        question = f"Cái thứ {words} ban hành ngày nào?"
        picked, _ = decider.answer(question, asked(question), focus)
        assert [one.number for one in picked.documents] == [answer.documents[place].number]


@pytest.mark.parametrize("question", ["Thế ai làm?", "Còn ai làm?", "the ai lam"])
def test_who_does_it_is_asked_of_the_topic_and_not_of_the_text_it_stands_in(
    follow_ups: FollowUps, asked: Ask, question: str
) -> None:
    query, documents = follow_ups.of(asked(question), OF_HELD)
    assert documents == []
    assert query.slots == {"unit"}
    assert query.topic.startswith("sửa đường thôn")
    assert "sửa đường thôn" in query.restored
    assert "sua duong thon" in query.bare


@pytest.mark.parametrize(
    ("question", "focus"),
    [
        ("Thế ai làm?", replace(OF_HELD, topic="")),  # no topic was spoken of
        ("Thế ký ngày nào?", OF_HELD),  # what only a document has
        ("Thế ai làm?", replace(OF_HELD, documents=("18-CT/TW",))),  # a text that is not held gives no duty inside
    ],
)
def test_otherwise_what_says_nothing_else_is_asked_of_the_document(
    follow_ups: FollowUps, asked: Ask, question: str, focus: Focus
) -> None:
    query, documents = follow_ups.of(asked(question), focus)
    assert tuple(entry.key for entry in documents) == focus.documents
    assert query.topic == ""


def test_a_type_that_goes_on_limits_the_same_topic(follow_ups: FollowUps, asked: Ask) -> None:
    query, documents = follow_ups.of(asked("Còn nghị quyết thì sao?"), replace(LISTED, types=frozenset(("Chỉ thị",))))
    assert query.types == {"Nghị quyết"}
    assert (query.topic, documents) == ("phản biện xã hội", [])


@pytest.mark.parametrize("question", ["Thế thì mấy ngày?", "Phải niêm yết mấy ngày?", "Còn mấy ngày?"])
def test_a_question_that_goes_on_looks_where_the_answer_before_stood(
    follow_ups: FollowUps, asked: Ask, question: str
) -> None:
    query, _ = follow_ups.of(asked(question), OF_TOPIC)
    assert query.near == PLACES
    assert query.topic.startswith("hiệp thương")


@pytest.mark.parametrize(
    "question",
    ["Thế lần ba thì sao?", "the lan ba may ngay", "Còn vòng sau?", "Thế đợt 2 mấy ngày?", "Còn bước cuối thì ai làm?"],
)
def test_another_time_of_the_same_thing_stands_elsewhere(follow_ups: FollowUps, asked: Ask, question: str) -> None:
    query, _ = follow_ups.of(asked(question), OF_TOPIC)
    assert query.near == ()
    assert "hiệp thương" in query.topic


@pytest.mark.parametrize(
    "question",
    [
        "Văn bản nào quy định về tuyên truyền, tái định cư và hội viên ở các thôn?",
        "Chỉ thị 18-CT/TW nói gì?",
        "Mục II nói gì?",
    ],
)
def test_a_question_of_its_own_takes_nothing_from_the_one_before(
    follow_ups: FollowUps, asked: Ask, question: str
) -> None:
    query = asked(question)
    assert follow_ups.of(query, OF_TOPIC) == (query, [])


def test_the_focus_keeps_where_an_answer_was_found(decider: Decider, asked: Ask) -> None:
    question = "Ai chủ trì phản biện xã hội?"
    answer, focus = decider.answer(question, asked(question), Focus())
    assert focus.places == tuple((one.source, one.start) for one in answer.citations) != ()
    refused, after = decider.answer("Nghị quyết 777 là gì?", asked("Nghị quyết 777 là gì?"), focus)
    assert (refused.citations, after.places) == ((), focus.places)  # an answer that quotes nothing changes nothing


ALIKE = """QUỐC HỘI
Luật số: 85/2015/QH13

LUẬT
HIỆP THƯƠNG

Điều 1. Việc của xã
1. Danh sách được niêm yết trong 05 ngày.
2. Xã mời các thôn.

Điều 2. Việc của thôn
1. Danh sách được niêm yết trong 07 ngày.
2. Thôn mời các hộ.
"""


@pytest.mark.parametrize(("before", "locator"), [("Xã mời", "khoản 1 Điều 1"), ("Thôn mời", "khoản 1 Điều 2")])
def test_of_two_alike_passages_the_one_beside_the_answer_before_comes_first(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Ask,
    before: str,
    locator: str,
) -> None:
    library = read_library(ALIKE)
    search = TopicSearch(library, by_words(library))
    query = replace(asked("Niêm yết danh sách mấy ngày?"), near=(("documents/0.txt", ALIKE.index(before)),))
    first, *_ = search.rank(query, search.terms(query))
    assert search.passages[first.index].locator == locator


@pytest.mark.parametrize("question", ["Bao giờ phải xong?", "Thế bao giờ hoàn thành?", "Hạn là ngày nào?"])
def test_when_a_task_is_due_is_asked_of_the_topic_and_not_of_the_text_it_stands_in(
    follow_ups: FollowUps, asked: Ask, question: str
) -> None:
    query, documents = follow_ups.of(asked(question), OF_HELD)
    assert documents == []
    assert query.slots == {"date"}
    assert query.topic.startswith("sửa đường thôn")


DUE = """UBND XÃ A
Số: 9/KH-UBND

KẾ HOẠCH
Chợ phiên năm 2024

I. NHIỆM VỤ
1. Phòng Kinh tế rà soát bến cũ, hoàn thành trước ngày 20/12/2024.
2. Công an xã theo dõi việc trông xe.
"""


@pytest.mark.parametrize("question", ["Bao giờ phải xong?", "bao gio phai xong"])
def test_a_conversation_tells_when_what_it_is_about_is_due(
    read_library: Callable[..., Library],
    by_words: Callable[[Library], EvidenceRetriever],
    asked: Ask,
    question: str,
) -> None:
    library = read_library(DUE)
    decider = Decider(library, by_words(library))
    _, focus = decider.answer("Ai rà soát bến cũ?", asked("Ai rà soát bến cũ?"), Focus())
    answer, _ = decider.answer(question, asked(question), focus)
    assert "20/12/2024" in answer.text
    assert [one.locator for one in answer.citations] == ["Mục I.1"]
