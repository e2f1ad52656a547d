"""The page of translations: what is typed is kept until it is saved, and nothing else; no faults, wide and narrow."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.staff_area import NARROW, WIDE, faults, sign_in


def test_translations_are_typed_and_saved(page: Page, staff_address: str) -> None:
    there = "/staff/translations"
    sign_in(page, staff_address, there=there)
    assert faults(page, WIDE) == []
    group = page.get_by_role("group", name="Task Force")
    expect(group.get_by_label("Arabic")).to_have_css("direction", "rtl")
    group.get_by_label("French").fill("Le groupe")
    # somebody else translates another text; who comes back has both
    other = page.context.new_page()
    other.goto(f"{staff_address}{there}?language=fr")
    other.get_by_role("group", name="Mission to Lebanon").get_by_label("French").fill("Visite au Liban")
    other.get_by_label("Reason").fill("read by another")
    other.get_by_role("button", name="Save the translations").click()
    expect(other.locator(".staff-message.done")).to_contain_text("Translated into French: Mission to Lebanon")
    other.close()
    page.set_viewport_size({"width": 390, "height": 844})
    page.reload()
    expect(group.get_by_label("French")).to_have_value("Le groupe")
    expect(page.get_by_role("group", name="Mission to Lebanon").get_by_label("French")).to_have_value("Visite au Liban")
    assert faults(page, NARROW) == []
    page.get_by_label("Reason").fill("read by one")
    page.get_by_role("button", name="Save the translations").click()
    expect(page.locator(".staff-message.done")).to_contain_text("Translated into French: Task Force")
    expect(group.get_by_label("French")).to_have_value("Le groupe")
