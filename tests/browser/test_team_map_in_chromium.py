"""The team map and the map pair in a real browser with the network off: choices, colours, popups, one view for two."""

from __future__ import annotations

import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from maps.team_pair import team_pair
from optimiser.domain.sharing import PRESETS

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
Visit = Callable[..., Any]
SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"


@pytest.fixture(scope="module")
def pair(folder: Path) -> str:
    """The pair of the small team: without Friday to Sunday beside the whole week."""
    team = runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()
    duties = tuple(each for each in team.plan.duties if each.day.weekday() < 4)
    single = team.plan.model_copy(update={"contract": PRESETS["single"], "duties": duties})
    page = team_pair(team.instance, team.travel, single, team.plan, team.names)
    (folder / "maps" / "pair.html").write_text(page, encoding="utf-8")
    return "maps/pair.html"


def overflow(page: Any) -> int:
    """How many pixels the page is wider than the screen."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def check(page: Any, what: str, on: bool = True) -> None:
    """Ticks a choice, as the space bar does."""
    page.locator(what).set_checked(on, force=True)


def test_day_shift_organisation_and_nurse_combine(visit: Visit) -> None:
    """Each choice takes routes away; all and none work; the state is told in words; the tables follow."""
    page = visit("maps/team.html")
    stops = page.locator(".leaflet-marker-icon .stop")
    state = page.locator(".state")
    monday = stops.count()
    assert monday > 5 and state.inner_text().startswith("maandag 7 december · 2 routes")
    check(page, "input[data-day][value='4']")
    assert state.inner_text().startswith("vrijdag 11 december · 3 routes")
    check(page, "[aria-label='A2, Avonddienst']", False)
    assert "2 routes" in state.inner_text() and "diensten: D1, D4, M1, G" in state.inner_text()
    page.get_by_label("Laurens").uncheck()
    assert "1 route," in state.inner_text() and "Aafje" in state.inner_text()
    page.locator("[data-of=nurse][data-all=no]").click()
    assert stops.count() == 0 and "0 routes" in state.inner_text()
    row = page.locator(".nurses li:visible")
    assert row.count() == 1 and "D1" in row.inner_text()
    assert row.locator("a").get_attribute("href") == "routes/N4_2026-12-11.html"
    page.locator("[data-of=nurse][data-all=yes]").click()
    assert stops.count() > 0
    page.locator("summary", has_text="Routes").click()
    assert page.locator("tr[data-route]:visible").count() == 1


def test_districts_are_coloured_and_counted_as_in_the_plain_table(visit: Visit) -> None:
    """With all days the script's sums are those that Python wrote; the legend counts every district once."""
    plain = visit("maps/team.html", scripts=False)
    cells = plain.locator("tr[data-area] td[data-what]").all_inner_texts()
    assert plain.locator(".tables details[open]").count() == 3
    page = visit("maps/team.html")
    check(page, "input[data-day][value='']")
    page.locator("summary", has_text="Wijken en buurten").click()
    assert page.locator("tr[data-area] td[data-what]").all_inner_texts() == cells != []
    districts = plain.locator("tr[data-area]").count()
    for measure in ("demand", "served", "other", "open"):
        check(page, f"input[data-measure][value='{measure}']")
        assert sum(int(each) for each in page.locator(".legend.over tbody td").all_inner_texts()) == districts, measure
        assert page.locator(".legend.over tbody tr").count() == 5
    check(page, "input[data-measure][value='']")
    assert not page.locator(".legend.over").is_visible()


def test_popups_tell_of_stops_open_visits_and_districts(visit: Visit) -> None:
    """With the keyboard a stop and an open visit open; a district by its name in the table, with its figures."""
    page = visit("maps/team.html")
    popup = page.locator(".leaflet-popup-content")
    page.locator(".leaflet-marker-icon", has=page.locator(".stop")).first.press("Enter")
    popup.wait_for()
    assert "tussen" in popup.inner_text() and popup.locator("i, b, script").count() == 0
    page.keyboard.press("Escape")
    page.locator(".leaflet-marker-icon", has=page.locator(".open-visit")).first.press("Enter")
    page.locator(".leaflet-popup-content .bad").first.wait_for()
    assert "Openstaand zorgmoment" in popup.last.inner_text()
    check(page, "input[data-open]", False)
    assert page.locator(".open-visit").count() == 0
    page.locator("summary", has_text="Wijken en buurten").click()
    page.get_by_role("button", name="Blijdorp").click()
    page.locator(".leaflet-popup-content .main", has_text="Blijdorp").wait_for()
    assert all(word in popup.last.inner_text() for word in ("uur zorg", "Bediend", "eigen medewerkers", "Openstaand"))


def test_on_a_phone_and_without_scripts(visit: Visit, pair: str) -> None:
    """Nothing sticks out; with scripts off the tables are open and each route page is one link away."""
    for name in ("maps/team.html", pair):
        page = visit(name, **PHONE)
        assert overflow(page) <= 0
        page.locator("summary", has_text="Wijken en buurten").click()
        assert overflow(page) <= 0
    page = visit(pair, scripts=False)
    assert page.locator(".warn").is_visible() and page.locator(".middle table:visible").count() == 1
    assert not page.locator("#left_map").is_visible()
    page = visit("maps/team.html", scripts=False)
    assert page.locator(".warn").is_visible()
    assert not page.locator("main").is_visible() and not page.locator("fieldset").first.is_visible()
    page.locator("a[href='routes/N1_2026-12-07.html']").click()
    assert "7 december" in page.locator("h1").inner_text()


def test_two_maps_move_together_and_count_what_is_chosen(visit: Visit, pair: str) -> None:
    """After a zoom and a move both show the same land; Friday leaves the left one empty, and the figures say so."""
    page = visit(pair)
    left, right = (page.locator(f"#{name}") for name in ("left_map", "right_map"))
    left.get_by_role("button", name="Dichterbij").click()
    right.press("ArrowRight")
    page.wait_for_timeout(600)
    where = "[left_map, right_map].map(map => [map.getZoom(), map.getCenter().toString()])"
    here, there = page.evaluate(where)
    assert here == there
    check(page, "input[data-day][value='4']")
    assert left.locator(".stop").count() == 0 and right.locator(".leaflet-interactive").count() > 0
    figures = page.locator("td[data-figure=travel]").all_inner_texts()
    assert figures[0] == "0,0" and figures[2] == "+" + figures[1] != "+0,0"
    check(page, "input[data-day][value='']")
    week = page.locator(".middle table").first.locator("tbody td").all_inner_texts()
    assert page.locator("td[data-figure]").all_inner_texts() == week


def test_on_paper_the_map_keeps_its_view_legend_and_source(visit: Visit) -> None:
    """For print the choices go, the map gets the paper's size with what was in view, and the legend stays."""
    page = visit("maps/team.html", width=1200)
    seen = "team_map.getBounds().contains(window.before)"
    page.evaluate("window.before = team_map.getBounds().pad(-0.01)")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(seen) and page.locator("#team_map").bounding_box()["width"] == 1040
    assert page.locator(".legend.over").is_visible() and page.locator(".leaflet-control-attribution").is_visible()
    assert page.locator(".paper-state").inner_text().startswith("maandag 7 december")
    assert not page.locator(".chips").first.is_visible()
