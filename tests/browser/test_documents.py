"""The tabs of the documents and of the corpus in a real browser."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from .conftest import Opener, Visit

pytestmark = [pytest.mark.browser, pytest.mark.integration]


def test_the_catalogue_is_searched_filtered_and_sorted(visit: Visit) -> None:
    visit.go_to("Văn bản")
    rows = visit.page.locator("table.catalogue tbody tr:visible")
    count = visit.page.locator("#views .count")
    expect(count).to_have_text("40 trong 40 văn bản")
    visit.page.get_by_label("Tìm", exact=True).fill("giai phong mat bang")
    expect(count).to_have_text("2 trong 40 văn bản")
    visit.page.get_by_label("Tìm", exact=True).fill("")
    visit.page.get_by_label("Loại", exact=True).select_option("Chỉ thị")
    visit.page.get_by_label("Cấp", exact=True).select_option("tỉnh")
    expect(rows.locator("td:first-child")).to_have_text(["18-CT/TU", "22-CT/TU"])
    visit.page.locator("th").get_by_role("button", name="Ngày").click()
    visit.page.locator("th").get_by_role("button", name="Ngày").click()
    expect(rows.locator("td:first-child")).to_have_text(["22-CT/TU", "18-CT/TU"])
    expect(visit.page.locator("th", has_text="Ngày")).to_have_attribute("aria-sort", "descending")
    visit.page.get_by_label("Năm", exact=True).select_option("2016")
    expect(visit.page.locator("#views .no-match")).to_be_visible()


def test_a_document_opens_from_the_catalogue_and_leads_on(visit: Visit) -> None:
    visit.go_to("Văn bản")
    visit.page.get_by_role("button", name="1162-QĐ/HU").click()
    page = visit.page.locator("#document-page")
    expect(page.locator("h2")).to_have_text("Quyết định số 1162-QĐ/HU")
    expect(page).to_contain_text("Cụ thể hóa: Quyết định số 593-QĐ/TU")
    page.get_by_role("button", name="Quyết định số 593-QĐ/TU").click()
    expect(page.locator("h2")).to_have_text("Quyết định số 593-QĐ/TU")
    expect(page).to_contain_text("Những nơi dẫn văn bản này (3)")
    visit.page.reload()  # the address keeps the document
    expect(page.locator("h2")).to_have_text("Quyết định số 593-QĐ/TU")
    page.get_by_role("button", name="Quay lại").click()
    expect(visit.page.locator("table.catalogue")).to_be_visible()


def test_a_passage_opens_in_the_whole_text_where_it_stands(visit: Visit) -> None:
    visit.ask("Phòng Nội vụ có nhiệm vụ gì?")
    quote = visit.sources.locator("mark").first.text_content()
    visit.sources.get_by_role("button", name="Mở trong toàn văn").first.click()
    shown = visit.page.locator("#document-page .whole mark")
    expect(shown).to_be_in_viewport()
    assert shown.text_content() == quote


def test_the_original_file_opens_in_a_tab_of_its_own(visit: Visit) -> None:
    visit.ask("Phòng Nội vụ có nhiệm vụ gì?")
    with visit.page.context.expect_page() as opened:
        visit.sources.get_by_role("link", name="Mở tệp gốc").first.click()
    original = opened.value
    expect(original.locator("body")).to_contain_text("KẾ HOẠCH", timeout=30_000)
    assert original.evaluate("document.contentType") == "text/plain"


def test_asking_about_a_document_answers_in_the_chat(visit: Visit) -> None:
    visit.page.goto(visit.address + "#van-ban=593-Q%C4%90%2FTU")
    visit.page.reload()
    visit.page.get_by_role("button", name="Hỏi về văn bản này").click()
    expect(visit.turns.last).to_be_visible()
    expect(visit.turns.last).to_contain_text("11/11/2021")


def test_a_click_into_the_picture_opens_the_document(visit: Visit) -> None:
    visit.go_to("Văn bản")
    visit.page.get_by_role("button", name="Sơ đồ").click()
    picture = visit.page.locator("#picture")
    expect(picture.locator(".scatterlayer .trace").first).to_be_visible(timeout=30_000)
    place = picture.evaluate(
        """(home) => {
          const trace = home.data.find((one) => one.customdata?.includes("320-QĐ/TU"));
          const at = trace.customdata.indexOf("320-QĐ/TU");
          const { xaxis, yaxis } = home._fullLayout;
          return {
            x: xaxis._offset + xaxis.d2p(trace.x[at]),
            y: yaxis._offset + yaxis.d2p(trace.y[at]),
          };
        }"""
    )
    picture.click(position=place)
    expect(visit.page.locator("#document-page h2")).to_have_text("Quyết định số 320-QĐ/TU")
    visit.page.get_by_role("button", name="Quay lại").click()
    visit.page.locator(".picture-table summary").click()
    expect(visit.page.locator(".picture-table tbody tr")).to_have_count(40)


def test_the_tasks_of_a_unit_are_shown_and_exported(visit: Visit, tmp_path: Path) -> None:
    visit.go_to("Văn bản")
    visit.page.get_by_role("button", name="Nhiệm vụ theo đơn vị").click()
    visit.page.get_by_label("Đơn vị", exact=True).select_option("Phòng Nội vụ")
    expect(visit.page.locator(".tasks tbody tr")).to_have_count(2)
    with visit.page.expect_download() as started:
        visit.page.get_by_role("button", name="Xuất Excel").click()
    path = tmp_path / started.value.suggested_filename
    started.value.save_as(path)
    sheet = openpyxl.load_workbook(io.BytesIO(path.read_bytes())).active
    assert sheet is not None
    assert path.name == "nhiem-vu.xlsx"
    assert "Giao Phòng Nội vụ phối hợp" in str(sheet["B3"].value)


def test_the_corpus_tab_tells_what_is_held_and_what_is_missing(visit: Visit) -> None:
    visit.go_to("Kho văn bản")
    store = visit.page.locator("#store")
    expect(store).to_contain_text("Kho có 1 tệp với toàn văn, nhận biết 40 văn bản")
    expect(store).to_contain_text("Chỉ mục khớp với kho văn bản hiện nay.")
    expect(store).to_contain_text("Được dẫn nhưng chưa có toàn văn (39)")
    store.get_by_role("button", name="Luật Thực hiện dân chủ ở cơ sở").click()
    expect(visit.page.locator("#document-page h2")).to_contain_text("10/2022/QH15")


def test_on_a_phone_rows_are_cards_that_name_their_columns(opener: Opener) -> None:
    visit = opener(width=360)
    visit.go_to("Văn bản")
    visit.page.get_by_label("Sắp xếp", exact=True).select_option("Ngày")
    first = visit.page.locator("table.catalogue tbody tr").first
    expect(first).to_be_visible()
    label = first.locator("td").nth(1).evaluate("(cell) => getComputedStyle(cell, '::before').content")
    assert label == '"Loại"'
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360
    visit.assert_quiet()
