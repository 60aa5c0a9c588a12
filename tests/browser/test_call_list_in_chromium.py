"""The call list in a real browser: on a phone, with its boxes and numbers, without scripts and on paper."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.call_list import call_list_page
from maps.route import route_page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
MAPS = Path(__file__).parents[1] / "maps"
Visit = Callable[..., Any]
CONTRAST = """
root => {
  const parse = text => text.match(/[\\d.]+/g).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255)
    .map(v => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = element => {
    for (let each = element; each; each = each.parentElement) {
      const c = parse(getComputedStyle(each).backgroundColor);
      if (c.length < 4 || c[3] > 0) return c;
    }
    return [255, 255, 255];
  };
  const weak = [];
  const walker = document.createTreeWalker(document.querySelector(root), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || element.closest(".unseen")) continue;
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(ground(element))].sort((x, y) => y - x);
    if ((a + 0.05) / (b + 0.05) < 4.5) weak.push(walker.currentNode.data.trim() + " " + (a + 0.05) / (b + 0.05));
  }
  return weak;
}
"""


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The call list and a route page with changes beside the other pages."""
    team = runpy.run_path(str(MAPS / "small_team.py"), run_name="small_team")["small_team"]()
    made = runpy.run_path(str(MAPS / "repaired_team.py"), run_name="repaired_team")["repaired_team"](team)
    (folder / "calls.html").write_text(call_list_page(made.now, made.calls, made.names), encoding="utf-8")
    day = next(iter(made.parent.duties)).day
    page = route_page(made.now, made.travel, made.plan, "N1", day, made.names, changes=made.changes)
    (folder / "changed.html").write_text(page, encoding="utf-8")
    return folder


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.usefixtures("written")
def test_calls_are_ticked_on_a_phone_without_scripts(visit: Visit) -> None:
    """Nothing sticks out at 390 pixels; a tap on a name ticks its box and the card shows it; boxes and numbers are
    large enough for a thumb."""
    page = visit("calls.html", **PHONE, scripts=False)
    assert overflow(page) <= 0
    card = page.locator("#call .list > li").first
    before = card.evaluate("each => getComputedStyle(each).backgroundColor")
    card.locator("label").click()
    assert card.locator("input").is_checked()
    assert card.evaluate("each => getComputedStyle(each).backgroundColor") != before
    for number in page.locator("a.phone").all():
        assert number.bounding_box()["height"] >= 40
    for box in page.locator("input[type=checkbox]").all():
        assert box.bounding_box()["width"] >= 24


@pytest.mark.usefixtures("written")
def test_every_word_of_the_list_is_legible(visit: Visit) -> None:
    """Contrast of each text with what is behind it is at least 4.5 : 1 (WCAG AA), ticked or not."""
    page = visit("calls.html", **PHONE)
    assert page.evaluate(CONTRAST, "body") == []
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    for details in page.locator("summary").all():
        details.click()
    assert page.evaluate(CONTRAST, "body") == []


@pytest.mark.usefixtures("written")
def test_a_route_page_shows_what_changed_on_a_phone(visit: Visit) -> None:
    """What went, came and moved stands above the map, legible, and nothing sticks out."""
    page = visit("changed.html", **PHONE)
    told = page.locator(".told")
    assert "Eraf" in told.inner_text() and told.bounding_box()["y"] < page.locator(".map").bounding_box()["y"]
    assert page.evaluate(CONTRAST, ".told") == []
    assert overflow(page) <= 0


@pytest.mark.usefixtures("written")
def test_the_keyboard_reaches_every_call(visit: Visit) -> None:
    """From the sections' links to the boxes and numbers with the tabulator, a space ticks."""
    page = visit("calls.html", **PHONE)
    page.locator("nav a[href='#call']").press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "tick-call-1"
    page.keyboard.press("Space")
    assert page.locator("#tick-call-1").is_checked()


@pytest.mark.usefixtures("written")
def test_the_list_prints_on_a4(visit: Visit) -> None:
    """On paper nothing is wider than the sheet, the links to sections are gone and each card stays whole."""
    page = visit("calls.html", width=703, height=1040)
    page.emulate_media(media="print")
    assert overflow(page) <= 0
    assert not page.locator("nav").is_visible()
    assert page.locator(".list > li").first.evaluate("each => getComputedStyle(each).breakInside") == "avoid"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
