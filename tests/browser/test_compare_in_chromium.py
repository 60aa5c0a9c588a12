"""The comparison in a real browser, network off: sorts, prints on A4, fits a phone, legible, works without scripts."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from instances.catalogue import locate
from instances.plans import read_plan
from instances.read import read_instance
from maps.compare import compare_page
from maps.compare_map import map_pair
from optimiser.report.compare_openness import seen_by

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
TESTS = Path(__file__).parents[1]
CONTRAST = runpy.run_path(str(TESTS / "browser" / "test_call_list_in_chromium.py"), run_name="calls")["CONTRAST"]
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The common page and the view of one organisation beside the other pages."""
    made = runpy.run_path(str(TESTS / "report" / "comparison_built.py"), run_name="comparison_built")
    comparison = made["built"]()
    instance = read_instance(locate("six_nurses"))
    plan, _ = read_plan(TESTS / "instances" / "six_nurses_plan.json", instance)
    maps = map_pair(instance, {"single": plan, "joint": plan})
    (folder / "compare.html").write_text(compare_page(comparison, made["KINDS"], "nl", maps, made["NAMES"]))
    own = seen_by(comparison, "maas", made["CLIENTS"], made["EMPLOYERS"], made["KINDS"])
    (folder / "compare_maas.html").write_text(compare_page(own, made["KINDS"], "en", None, made["NAMES"]))
    return folder


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", ["compare.html", "compare_maas.html"])
def test_every_word_is_legible_and_nothing_sticks_out(visit: Visit, name: str) -> None:
    """Contrast of each text is at least 4.5 : 1 with all parts open; tables scroll, the page does not."""
    page = visit(name, width=1280)
    for summary in page.locator("summary").all():
        summary.click()
    assert page.evaluate(CONTRAST, "body") == []
    assert overflow(page) <= 0
    assert overflow(visit(name, **PHONE)) <= 0


@pytest.mark.usefixtures("written")
def test_a_heading_sorts_by_value_with_mouse_and_keyboard(visit: Visit) -> None:
    """Areas by travel: 433 before 1.299 before 2.310 before 7.508 (as text 1.299 would come first); again the other
    way round; the heading says how to a screen reader, and the next one takes over."""
    page = visit("compare.html", width=1280)
    table = page.locator("section[aria-labelledby=districts] table")
    head = table.locator("thead th").nth(1)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    values = [float(each) for each in table.locator("tbody tr td:nth-child(2)").evaluate_all(
        "cells => cells.map(cell => cell.dataset.value)")]  # fmt: skip
    assert values == sorted(values) and len(values) == 4 and values[0] < 1000 < values[1]
    head.locator("button").press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    first = table.locator("thead th").first
    first.locator("button").press("Space")
    names = table.locator("tbody th").all_inner_texts()
    assert names == sorted(names) and head.get_attribute("aria-sort") is None
    assert first.get_attribute("aria-sort") == "ascending"


@pytest.mark.usefixtures("written")
def test_the_page_says_all_without_scripts(visit: Visit) -> None:
    """Headlines, maps, plots and tables are there; no dead button stands in a heading."""
    page = visit("compare.html", scripts=False)
    assert "Samen scheelt 2.310" in page.locator(".cards").first.inner_text()
    assert page.locator("figure svg").count() == 11
    assert page.locator("thead button").count() == 0


@pytest.mark.usefixtures("written")
def test_the_page_prints_on_a4(visit: Visit) -> None:
    """On paper nothing is wider than the sheet, cards stay whole, folded figures are printed."""
    page = visit("compare.html", width=703, height=1040)
    page.emulate_media(media="print")
    assert overflow(page) <= 0
    assert page.locator(".cards > li").first.evaluate("each => getComputedStyle(each).breakInside") == "avoid"
    assert page.locator("details table").first.evaluate("each => each.getBoundingClientRect().height") > 20
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
