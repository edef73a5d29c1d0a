"""What the scripts add, and that every page stands without them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.look.conftest import Gallery

pytestmark = pytest.mark.browser
Visit = Callable[..., Page]


def saved(page: Page, tool: str) -> None:
    """Wait until the board or the timetable has heard the server's answer."""
    expect(page.locator(tool)).not_to_have_attribute("aria-busy", "true")


def test_the_theme_is_chosen_and_kept(visit: Visit) -> None:
    page = visit("home")
    page.locator("[data-theme-switch]").click()
    page.locator("[data-theme-switch]").click()
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.goto("/record")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 24, 27)"


def test_the_language_is_chosen(visit: Visit) -> None:
    page = visit("home")
    page.evaluate("history.replaceState(null, '', '/home')")
    page.goto("/home")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")


def test_menus_close_with_escape_and_give_the_focus_back(visit: Visit) -> None:
    page = visit("parts")
    menu = page.locator("main details[data-menu]")
    menu.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()


def test_the_organisers_column_is_a_drawer_on_a_phone(visit: Visit) -> None:
    page = visit("list", size="phone")
    link = page.locator("#chain").get_by_role("link", name="Decisions")
    expect(link).to_be_hidden()
    page.get_by_role("button", name="Organise").click()
    expect(link).to_be_visible()
    page.keyboard.press("Escape")
    expect(link).to_be_hidden()


def test_a_selection_brings_its_bar(visit: Visit, gallery: Gallery) -> None:
    page = visit("list")
    bar = page.locator("[data-bulk-bar]")
    boxes = page.locator("input[name=selected]")
    expect(bar).to_be_hidden()
    boxes.nth(1).click()
    boxes.nth(4).click(modifiers=["Shift"])
    expect(bar).to_contain_text("4 selected")
    page.get_by_role("button", name="Remind reviewers").click()
    page.wait_for_url("**/list")
    assert gallery.posted[0][1]["selected"] == ["30", "43", "56", "69"]
    assert gallery.posted[0][1]["action"] == ["remind"]


def test_a_draft_saves_itself(visit: Visit, gallery: Gallery) -> None:
    page = visit("form")
    page.get_by_label("Keywords").fill("storage, regret, prices")
    expect(page.locator("[data-saved]")).to_have_text("Not saved yet")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_have_text("Saved as draft 14:03")
    assert gallery.posted[0][1]["keywords"] == ["storage, regret, prices"]
    assert "paper" not in gallery.posted[0][1]
    expect(page.locator("form#submit-paper input[name=version]")).to_have_value("4")


def test_a_refused_draft_keeps_the_text_and_says_why(visit: Visit) -> None:
    page = visit("form?refuse=1")
    page.get_by_label("Keywords").fill("storage")
    page.keyboard.press("Control+s")
    expect(page.locator("[data-saved]")).to_have_text("The room is closed.")
    expect(page.get_by_label("Keywords")).to_have_value("storage")


def test_leaving_with_unsaved_text_warns(visit: Visit) -> None:
    page = visit("form")
    page.get_by_label("Keywords").fill("storage")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as asked:
        page.close(run_before_unload=True)
    assert asked.value.type == "beforeunload"


def test_long_texts_count(visit: Visit) -> None:
    page = visit("form")
    page.get_by_label("Abstract").fill("x" * 203)
    expect(page.locator("#abstract-count")).to_have_text("3 characters too many")


def test_errors_take_the_focus_and_lead_to_their_field(visit: Visit) -> None:
    page = visit("form_errors")
    expect(page.locator("#errors")).to_be_focused()
    page.get_by_role("link", name="Kind of paper").click()
    assert page.evaluate("document.querySelector(':target').id") == "kind-0"


def test_the_panes_move_by_keyboard_and_become_tabs_on_a_phone(visit: Visit) -> None:
    page = visit("split")
    handle = page.get_by_role("separator")
    handle.focus()
    page.keyboard.press("ArrowLeft")
    expect(handle).to_have_attribute("aria-valuenow", "60")
    page.keyboard.press("Alt+j")
    page.wait_for_url("**/split?n=3*")
    expect(page.get_by_role("separator")).to_have_attribute("aria-valuenow", "60")
    page.set_viewport_size({"width": 390, "height": 800})
    page.get_by_role("tab", name="Paper").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("For the authors")).to_be_visible()
    expect(page.get_by_text("common clock")).to_be_hidden()


def test_a_card_moves_by_keyboard(visit: Visit, gallery: Gallery) -> None:
    page = visit("board")
    card = page.locator("[data-card='30']")
    card.focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("[data-column=accept] [data-sum]")).to_have_text("3")
    expect(page.locator("[data-board-live]")).to_contain_text("moved to Accept, position 3")
    expect(card).to_be_focused()
    saved(page, "[data-board]")
    assert gallery.posted[0][1] == {"card": ["30"], "to": ["accept"], "position": ["2"], "version": [""]}


def test_a_card_moves_by_drag(visit: Visit, gallery: Gallery) -> None:
    page = visit("board")
    page.locator("[data-card='17'] .kicker").drag_to(page.locator("[data-column=reject] [data-cards]"))
    expect(page.locator("[data-column=reject] [data-card='17']")).to_be_visible()
    saved(page, "[data-board]")
    assert gallery.posted[0][1]["to"] == ["reject"]


def test_a_refused_card_goes_back(visit: Visit) -> None:
    page = visit("board?refuse=1")
    page.locator("[data-card='30']").focus()
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("#live")).to_contain_text("The room is closed.")
    expect(page.locator("[data-column=open] [data-card]").nth(1)).to_have_attribute("data-card", "30")


def test_a_session_moves_by_keyboard(visit: Visit, gallery: Gallery) -> None:
    page = visit("timetable_edit")
    item = page.locator("[data-item=s2]")
    item.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(item.locator(".tt-time")).to_contain_text("11:05–12:20")
    page.keyboard.press("Alt+Shift+ArrowDown")
    expect(item.locator(".tt-time")).to_contain_text("11:05–12:25")
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator("[data-timetable-live]")).to_contain_text("Room 202")
    saved(page, "[data-timetable]")
    assert gallery.posted[-1][1] == {
        "item": ["s2"],
        "room": ["c"],
        "start": ["665"],
        "minutes": ["80"],
        "version": [""],
    }


def test_a_refused_session_goes_back_to_where_the_server_knows_it(visit: Visit) -> None:
    page = visit("timetable_edit?refuse=1")
    item = page.locator("[data-item=s2]")
    item.focus()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#live")).to_contain_text("The room is closed.")
    saved(page, "[data-timetable]")
    expect(item.locator(".tt-time")).to_contain_text("11:00–12:15")


def test_a_session_moves_by_drag_on_the_grid_of_five_minutes(visit: Visit, gallery: Gallery) -> None:
    page = visit("timetable_edit")
    item = page.locator("[data-item=s2]")
    box = item.bounding_box()
    room = page.locator(".tt-room[data-room=d]").bounding_box()
    assert box
    assert room
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(room["x"] + 30, box["y"] + 44, steps=4)
    page.mouse.up()
    # 24 pixels are three rows of eight.
    expect(item.locator(".tt-time")).to_contain_text("11:15")
    saved(page, "[data-timetable]")
    assert gallery.posted[0][1]["room"] == ["d"]
    assert gallery.posted[0][1]["start"] == ["675"]


def test_a_session_is_placed_from_the_tray_and_goes_back(visit: Visit, gallery: Gallery) -> None:
    page = visit("timetable_edit")
    item = page.locator("[data-item=x1]")
    item.focus()
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("[data-tray-count]")).to_have_text("1")
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator("[data-tray-count]")).to_have_text("2")
    saved(page, "[data-timetable]")
    assert gallery.posted[-1][1]["room"] == [""]


def test_a_locked_session_does_not_move(visit: Visit) -> None:
    page = visit("timetable_edit")
    expect(page.locator("[data-item=s5]")).not_to_have_attribute("tabindex", "0")


def test_charts_are_drawn_and_redrawn_for_the_theme(visit: Visit) -> None:
    page = visit("overview")
    expect(page.locator("#load canvas")).to_be_visible()
    expect(page.locator("#load table")).to_be_hidden()
    before = page.evaluate("document.querySelector('#load canvas').toDataURL()")
    page.locator("[data-theme-switch]").click()
    page.locator("[data-theme-switch]").click()
    assert page.evaluate("document.querySelector('#load canvas').toDataURL()") != before


def test_a_file_is_looked_at_as_soon_as_it_is_chosen(visit: Visit, gallery: Gallery) -> None:
    page = visit("form")
    page.locator("input#paper").set_input_files(
        {"name": "paper-v3.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    expect(page.locator("#paper-check")).to_contain_text("paper-v3.pdf")
    # Only the file travels: what is typed in the form is none of the check's business.
    assert gallery.posted[0] == ("check", {})


def test_names_are_offered_while_typing(visit: Visit) -> None:
    page = visit("form")
    page.get_by_label("Organisation").press_sequentially("Lake")
    expect(page.locator("#organisation-list option")).to_have_attribute("value", "Lake University")


def test_progress_asks_again_and_keeps_the_log_open_and_the_focus(visit: Visit) -> None:
    page = visit("steps")
    job = page.locator("#running")
    job.locator("summary").click()
    expect(job.locator(".job-count")).to_have_text("411 of 412")
    expect(job.locator("details")).to_have_attribute("open", "")
    expect(job.locator("summary")).to_be_focused()
    expect(job).to_contain_text("412 of 412")
    expect(job).not_to_have_attribute("hx-get", "/job")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("overview", "Gao"), ("list", "Remind reviewers"), ("split", "For the authors"),
        ("timetable", "Storage markets"), ("board", "To Poster"), ("steps", "Look again"), ("form", "Submit paper"),
    ],
)  # fmt: skip
def test_pages_stand_without_scripts(visit: Visit, name: str, words: str) -> None:
    page = visit(name, java_script_enabled=False)
    if name == "board":
        page.locator("[data-card='17'] summary").click()
    expect(page.locator("main").get_by_text(words).first).to_be_visible()


def test_a_card_moves_without_scripts(visit: Visit, gallery: Gallery) -> None:
    page = visit("board", java_script_enabled=False)
    page.locator("[data-card='17'] summary").click()
    page.locator("[data-card='17']").get_by_role("button", name="To Accept").click()
    assert gallery.posted[0][1]["to"] == ["accept"]
