"""The page on sharing the gain in a real browser: on a desk and on a phone, without a network, in readable colours."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.gains import gains_page

pytestmark = pytest.mark.browser

SAMPLE = Path(__file__).parents[1] / "maps" / "gains_sample.py"
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def written(folder: Path) -> Path:
    """The pages of three and of six organisations."""
    sample = runpy.run_path(str(SAMPLE), run_name="gains_sample")
    for name in ("three", "six"):
        (folder / f"gains_{name}.html").write_text(gains_page(sample[f"{name}_gain"]()), encoding="utf-8")
    return folder


@pytest.mark.usefixtures("written")
@pytest.mark.parametrize("name", ["gains_three.html", "gains_six.html"])
@pytest.mark.parametrize(("width", "height"), [(1440, 900), (390, 844)])
def test_everything_is_within_reach(visit: Visit, name: str, width: int, height: int) -> None:
    """The page is no wider than the screen; wide tables scroll inside, by keyboard too; what surely stays unfolds."""
    page = visit(name, width=width, height=height, scripts=False)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
    for region in page.locator(".wide").all():
        assert region.get_attribute("tabindex") == "0"
    for each in page.locator("summary").all():
        each.click()
    for table in page.locator("section table").all():
        assert table.is_visible()


@pytest.mark.usefixtures("written")
def test_bars_are_as_long_as_the_shares(visit: Visit) -> None:
    """The largest share fills its bar; others are in proportion."""
    page = visit("gains_three.html")
    bars = [each.bounding_box()["width"] for each in page.locator(".bar i").all()]
    full = page.locator(".bar").first.bounding_box()["width"]
    assert max(bars) == pytest.approx(full, abs=1)
    assert min(bars) < full / 2
