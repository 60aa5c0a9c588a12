"""A nurse's card in a real browser: offline on a phone, without scripts, in the dark, by keyboard and on paper."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.bring import read_bring
from instances.catalogue import locate
from instances.names import read_names
from instances.plans import read_plan
from instances.read import read_instance
from maps.card_files import card_files
from optimiser.travel.engine import travel_matrix

pytestmark = pytest.mark.browser

TESTS = Path(__file__).parents[1]
CONTRAST = runpy.run_path(str(Path(__file__).with_name("test_call_list_in_chromium.py")))["CONTRAST"]
PHONE = {"width": 390, "height": 844}
DAY, WEEK = "r1_2026-12-09.html", "r1_week.html"
Visit = Callable[..., Any]


@pytest.fixture(scope="module", autouse=True)
def written(folder: Path) -> None:
    """Cards of the bundled team of six beside the other pages."""
    source = locate("six_nurses")
    instance = read_instance(source)
    plan = read_plan(TESTS / "instances" / "six_nurses_plan.json", instance)[0]
    names, bring, travel = read_names(source), read_bring(source, instance), travel_matrix(instance)
    for week in (False, True):
        for name, page in card_files(instance, travel, plan, names, bring=bring, nurse="r1", week=week):
            (folder / name).write_text(page, encoding="utf-8")


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_a_card_on_a_phone_without_a_network(visit: Visit) -> None:
    """The map has the stops; nothing sticks out; every word is legible in light and dark; only links that this phone
    can follow are shown, and they can be hit with a thumb."""
    page = visit(DAY, **PHONE)
    assert page.locator(".leaflet-marker-icon .stop").count() == 3
    assert overflow(page) <= 0
    assert page.locator("a.apple").first.is_hidden()
    for link in page.locator("a.geo, a.dial").all():
        assert min(link.bounding_box()["height"], link.bounding_box()["width"]) >= 44
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for part in ("header", ".list"):
            assert page.evaluate(CONTRAST, part) == [], (scheme, part)


def test_numbers_and_buttons_fit_a_thumb(visit: Visit) -> None:
    """Eight pixels beside a number still hit it; links to parts of the page and the map's buttons are 44 px; a tap on
    the map's link shows the map."""
    page = visit(DAY, **PHONE)
    hit = """e => { e.scrollIntoView({block: "center"});
      const now = e.getBoundingClientRect(); return document.elementFromPoint(now.left + 14, now.top - 7) === e }"""
    assert page.locator("a.number").first.evaluate(hit)
    for link in page.locator("nav a, .leaflet-bar a").all():
        assert min(link.bounding_box()["height"], link.bounding_box()["width"]) >= 43.9
    page.locator("nav a").last.click()
    frame = page.locator("figure.map").bounding_box()
    assert frame["y"] >= 0 and frame["y"] + frame["height"] <= PHONE["height"]
    names = page.get_by_role("button").evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert "Thuis" in names and any(name.startswith("1. 08:00 ") for name in names) and "1" not in names
    page.locator("a.number").first.click()
    assert page.locator(".leaflet-popup-close-button").get_attribute("aria-label") == "Sluiten"


def test_large_letters_on_a_small_phone(visit: Visit) -> None:
    """Letters grow with the size that is set; where the screen is then narrow, who and what stand below time and
    number over the whole width, and nothing sticks out."""
    page = visit(DAY, width=300, height=640)
    size = "parseFloat(getComputedStyle(document.querySelector('.main')).fontSize)"
    small = page.evaluate(size)
    page.evaluate("document.documentElement.style.fontSize = '28px'")
    assert page.evaluate(size) == small * 28 / 16
    assert overflow(page) <= 0
    stop = page.locator(".stops .work").first
    box, when = stop.locator(".what").bounding_box(), stop.locator(".when").bounding_box()
    assert box["y"] >= when["y"] + when["height"] and box["width"] >= 260


def test_a_card_without_scripts(visit: Visit) -> None:
    """List, drawing, numbers and both kinds of navigation are there, the drawing in sight."""
    page = visit(DAY, **PHONE, scripts=False)
    assert page.locator(".stops .work").count() == page.locator("svg.picture circle").count() == 3
    assert page.get_by_role("heading", name="Stops in volgorde").count() == 1
    assert page.locator("svg.picture").is_visible()
    text = page.locator("main").inner_text()
    for words in ("Nooit alleen naar binnen.", "Samen met Emre Goudsmit", "Rottezorg", "Alleen fietsen voor de deur"):
        assert words in text, words
    assert page.locator("a.geo").first.get_attribute("href").startswith("geo:51.9345")
    assert page.locator("a.apple").first.is_visible()
    assert overflow(page) <= 0


def test_the_keyboard_skips_to_the_stops(visit: Visit) -> None:
    """The first tab shows a link to the stops; after it the next tab stands on the first stop."""
    page = visit(DAY, **PHONE)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('data-stop')") == "1"


def test_a_week_leads_to_its_days(visit: Visit) -> None:
    """Each day has its link and its own map; the numbers of a day open the popups of that day's map; nothing sticks
    out, and the words of a day are legible."""
    page = visit(WEEK, **PHONE)
    assert overflow(page) <= 0
    days = page.locator("section.date")
    assert page.locator("nav a").count() == days.count() == 6
    page.locator("nav a").nth(2).click()
    day = days.nth(2)
    assert abs(day.bounding_box()["y"]) < 120
    day.locator("a.number").first.click()
    day.locator(".leaflet-popup-content").wait_for()
    assert page.locator(".leaflet-popup-content").count() == 1
    assert page.evaluate(CONTRAST, "nav") == []


def test_a_card_prints_on_a4(visit: Visit) -> None:
    """On paper the drawing stands instead of the map, light although the screen is dark, and nothing is cut off."""
    page = visit(DAY, width=703, height=1040)
    page.emulate_media(media="print", color_scheme="dark")
    assert overflow(page) <= 0
    assert page.locator("svg.picture").is_visible() and page.locator(".folium-map").is_hidden()
    assert page.locator(".skip").is_hidden()
    assert page.evaluate("getComputedStyle(document.querySelector('.main')).color") == "rgb(24, 33, 47)"
    assert page.evaluate(CONTRAST, "main") == []
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
