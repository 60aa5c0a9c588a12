"""The map of response in a real browser, network off: choices, popups, table, paper, phone, legible, no scripts."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.response import response_page

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TESTS = Path(__file__).parents[1]
CONTRAST = runpy.run_path(str(TESTS / "browser" / "test_call_list_in_chromium.py"), run_name="calls")["CONTRAST"]
Visit = Callable[..., Any]


@pytest.fixture(scope="module", autouse=True)
def written(folder: Path) -> None:
    """The page of two scenarios beside the other pages."""
    made = runpy.run_path(str(TESTS / "maps" / "response_sample.py"), run_name="response_sample")
    scenarios = [("Ieder apart", made["alone"]()), ("Samen", made["together"]())]
    (folder / "response.html").write_text(response_page(made["service"](), scenarios), encoding="utf-8")


def choose(page: Any, name: str, value: str) -> None:
    """Choose by keyboard: a radio takes the space bar."""
    page.locator(f"input[data-{name}][value={value}]").focus()
    page.keyboard.press("Space")


def legend(page: Any) -> list[list[str]]:
    """Texts of the rows of the legend."""
    rows = page.locator("[data-legend] tbody tr").all()
    return [[cell.text_content() for cell in row.locator("th, td").all()] for row in rows]


def test_a_choice_colours_both_maps_and_fills_the_table(visit: Visit) -> None:
    """By hand at night: alone 60 % and nobody, together 92 % and 75 %; the table follows, the worst first."""
    page = visit("response.html")
    choose(page, "part", "night")
    assert legend(page) == [
        ["onder 50%", "1", "0"], ["50 – 74%", "1", "0"], ["75 – 89%", "0", "1"], ["90 – 94%", "0", "1"],
        ["95 – 100%", "0", "0"],
    ]  # fmt: skip
    first = page.locator("table[data-districts] tbody tr").first
    assert [each.strip() for each in first.locator("td:not(.word)").all_text_contents()] == [
        "1,00", "0%", "–", "–", "100%", "75% (70–80)", "26", "39", "0%", "+75"]  # fmt: skip
    assert page.locator("[data-part-name]").text_content() == "Nacht"
    choose(page, "figure", "mean")
    assert legend(page)[-1] == ["niemand", "1", "0"]
    assert page.locator("[data-state]").text_content() == "Nacht · Gemiddeld aantal minuten tot aan de deur"
    choose(page, "part", "all")
    choose(page, "figure", "p90")
    assert "traagste dagdeel" in page.locator("[data-legend]").text_content()


def test_a_district_is_found_and_told_for_both(visit: Visit) -> None:
    """The button in the table opens its popup on the first map, with both scenarios; markup in a name stays text."""
    page = visit("response.html")
    page.get_by_role("button", name="Noord").press("Enter")
    told = page.locator(".leaflet-popup-content").text_content()
    alone = ("Noord", "Ieder apart · Alles", "33% op tijd", "bij 33% is er niemand")
    for words in (*alone, "Samen · Alles", "85% op tijd"):
        assert words in told
    assert page.locator("b").count() == 0
    apart = page.evaluate("response_map_0.getCenter().distanceTo(response_map_1.getCenter())")
    assert apart < 10  # metres, less than a pixel


def test_legible_on_a_phone_and_a_wide_screen(visit: Visit) -> None:
    """Contrast of each text is at least 4.5 : 1, tables scroll and the page does not, and choices are large enough."""
    for size in ({"width": 1280}, PHONE):
        page = visit("response.html", **size)
        assert page.evaluate(CONTRAST, "body") == []
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator(".chips label").first.bounding_box()["height"] >= 44


def test_paper_and_no_scripts(visit: Visit) -> None:
    """A print has the maps beside each other with what is chosen; without scripts the tables say it all."""
    page = visit("response.html", width=1040)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    boxes = [page.locator(f"#response_map_{number}").bounding_box() for number in (0, 1)]
    assert boxes[0]["y"] == boxes[1]["y"] and boxes[1]["x"] + boxes[1]["width"] <= 1045
    assert page.locator("[data-state]").is_visible() and not page.locator(".chips").first.is_visible()
    plain = visit("response.html", scripts=False)
    assert plain.locator(".warn").is_visible() and not plain.locator(".maps").is_visible()
    assert plain.locator("table[data-districts] tbody tr").count() == 3 and plain.locator(".notes").is_visible()
