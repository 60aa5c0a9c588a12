"""The page of more clients and fewer hands in a real browser: on a phone and a desk, without a network."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.capacity import capacity_page

pytestmark = pytest.mark.browser

MADE = Path(__file__).parents[1] / "maps" / "test_capacity_growth_page.py"
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The page in both languages beside the others."""
    found = runpy.run_path(str(MADE), run_name="capacity_made")["made"]()
    for language in ("nl", "en"):
        (folder / f"capacity_{language}.html").write_text(capacity_page(found, language), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_sticks_out(visit: Visit, width: int, language: str) -> None:
    """Plots and tables scroll by themselves where the screen is narrow."""
    page = visit(f"capacity_{language}.html", width=width, scripts=False)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    assert page.locator("svg").count() == 3


@pytest.mark.usefixtures("written")
def test_the_words_of_a_plot_stay_inside_it_and_apart(visit: Visit) -> None:
    """No text runs out of its picture or over another text of it."""
    page = visit("capacity_nl.html")
    wrong = page.evaluate(
        """() => [...document.querySelectorAll("svg")].flatMap(svg => {
          const frame = svg.getBoundingClientRect();
          const boxes = [...svg.querySelectorAll("text")].map(each => [each.textContent, each.getBoundingClientRect()]);
          const out = boxes.filter(([, b]) => b.right > frame.right + 1 || b.left < frame.left - 1
            || b.bottom > frame.bottom + 1);
          const over = boxes.flatMap(([one, a], i) => boxes.slice(i + 1).filter(([, b]) =>
            a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)
            .map(([other]) => one + " over " + other));
          return [...out.map(([words]) => words), ...over];
        })"""
    )
    assert wrong == []


@pytest.mark.usefixtures("written")
def test_levels_open_without_scripts(visit: Visit) -> None:
    """A table of levels is folded and opens with a click."""
    page = visit("capacity_nl.html", scripts=False)
    table = page.locator("details table").first
    assert not table.is_visible()
    page.locator("summary").first.click()
    assert table.is_visible()
