"""The business case, the works council's paper and the own sheet in a real browser: screen, phone, contrast, paper."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

MAPS = Path(__file__).parents[1] / "maps"
PAGES = ("business_case.html", "business_case_empty.html", "works_council.html", "own_N1.html", "own_N6.html")
PHONE = {"width": 390, "height": 844}
A4 = {"width": 703, "height": 1040}
CONTRAST = runpy.run_path(str(Path(__file__).with_name("test_call_list_in_chromium.py")))["CONTRAST"]
WIDER = """
[...document.querySelectorAll("section, td, th")].filter(each => each.scrollWidth > each.clientWidth + 1)
  .map(each => each.innerText)
"""
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The pages of the small team beside the others."""
    team = runpy.run_path(str(MAPS / "small_team.py"), run_name="small_team")["small_team"]()
    made = runpy.run_path(str(MAPS / "business_pages.py"), run_name="business_pages")["pages"](team)
    assert set(made) == set(PAGES)
    for name, page in made.items():
        (folder / name).write_text(page, encoding="utf-8")
    return folder


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_and_every_word_is_legible(visit: Visit, name: str) -> None:
    """On a screen and on a phone, scripts off; contrast of each text is at least 4.5 : 1."""
    for size in ({"width": 1200, "height": 900}, PHONE):
        page = visit(name, **size, scripts=False)
        assert overflow(page) <= 0
        if name.startswith("own"):  # read on a phone: no table has to be moved to read it
            assert page.evaluate(WIDER) == []
    assert visit(name).evaluate(CONTRAST, "body") == []


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", PAGES)
def test_pages_print_on_a4(visit: Visit, name: str) -> None:
    """On paper nothing is wider than the sheet, no table loses a column, and rows stay whole."""
    page = visit(name, **A4)
    page.emulate_media(media="print")
    assert overflow(page) <= 0
    widest = page.evaluate("Math.max(...[...document.querySelectorAll('table')].map(each => each.scrollWidth))")
    assert widest <= A4["width"]
    assert page.locator("tbody tr").first.evaluate("each => getComputedStyle(each).breakInside") == "avoid"
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


@pytest.mark.usefixtures("written")
def test_the_first_thing_to_read_is_on_the_first_screen(visit: Visit) -> None:
    """What it gains, costs and when it is paid back stand on the first screen of a phone."""
    page = visit("business_case.html", **PHONE)
    box = page.locator(".tiles").bounding_box()
    assert box["y"] + box["height"] <= PHONE["height"]
    assert page.locator(".tiles dd.figures").nth(2).inner_text().startswith("na ")
