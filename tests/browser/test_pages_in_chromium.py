"""The pages in a real browser with the network off. The fixture ``visit`` fails on any request or console error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.browser

ROUTE = "maps/routes/N1_2026-12-07.html"
PHONE = {"width": 390, "height": 844}
Visit = Callable[..., Any]


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def test_route_on_a_phone(visit: Visit) -> None:
    """Numbered stops stand on the map, a tap opens a popup, the list tells the same stops, nothing sticks out."""
    page = visit(ROUTE, **PHONE)
    assert page.locator(".leaflet-marker-icon .stop").count() >= 6
    assert page.locator(".stops .work").count() == 8
    assert page.locator(".leaflet-overlay-pane path").count() >= 4  # the route, its edge and both home legs
    page.locator(".leaflet-marker-icon", has=page.locator(".stop.task")).click()
    popup = page.locator(".leaflet-popup-content")
    popup.wait_for()
    assert "Apotheek" in popup.inner_text()
    assert overflow(page) <= 0


def test_a_number_in_the_list_opens_its_stop(visit: Visit) -> None:
    """A click on number 3 in the list opens the popup of that stop, with its awkward name as plain text."""
    page = visit(ROUTE)
    name = page.locator("#stop-3 .main").inner_text().rsplit(" ", 1)[0]
    page.locator("#stop-3 .number").click()
    page.locator(".leaflet-popup-content").wait_for()
    assert name in page.locator(".leaflet-popup-content").inner_text()
    assert page.locator(".leaflet-popup-content i").count() == 0


def test_a_route_without_scripts(visit: Visit) -> None:
    """With scripts off the stops are listed and drawn as a plain picture."""
    page = visit(ROUTE, **PHONE, scripts=False)
    assert page.locator(".stops .work").count() == 8
    assert page.locator("svg circle").count() == 8
    assert page.locator("svg").first.is_visible()
    assert "Complexe wondzorg" in page.locator(".stops").inner_text()


def test_a_roster_cell_opens_the_stops_behind_it(visit: Visit) -> None:
    """A click opens the panel with route and times; Escape closes it and the cell has the focus again."""
    page = visit("roster.html")
    cell = page.locator("a[href='#c-N1-2026-12-07']")
    cell.click()
    panel = page.locator("[id='c-N1-2026-12-07']")
    assert panel.is_visible()
    assert "Dagdienst" in panel.inner_text() and "Apotheek" in panel.inner_text()
    assert cell.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#c-N1-2026-12-07"
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#c-N1-2026-12-08"


def test_a_violation_stands_behind_its_cell(visit: Visit) -> None:
    """A cell with a broken rule is marked, says so to a screen reader, and its panel holds the sentence."""
    page = visit("roster.html")
    cell = page.locator("td.violation a").first
    assert "overtreding" in (cell.get_attribute("aria-label") or "")
    cell.click()
    assert page.locator(".panel:target .note.violation").first.is_visible()


def test_roster_fits_a_desktop_screen(visit: Visit) -> None:
    """The whole page of the small team is seen at once at 1440 x 900; on a phone only the table scrolls sideways."""
    page = visit("roster.html")
    assert overflow(page) <= 0
    assert page.evaluate("document.documentElement.scrollHeight") <= 900
    assert overflow(visit("roster.html", **PHONE)) <= 0


def test_roster_links_to_the_route_page(visit: Visit) -> None:
    """From a cell to its route page by the link in the panel, also with scripts off."""
    page = visit("roster.html", scripts=False)
    page.locator("a[href='#c-N1-2026-12-07']").click()
    page.locator("[id='c-N1-2026-12-07'] a.button").click()
    assert page.locator(".stops .work").count() == 8
