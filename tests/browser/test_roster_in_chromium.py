"""The roster page in a real browser with the network off: views, filters, headings that stay, scripts off, paper."""

from __future__ import annotations

import io
import runpy
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from maps.roster import roster_page
from optimiser.check.checker import check
from optimiser.domain.plan import Plan

pytestmark = pytest.mark.browser
Visit = Callable[..., Any]
SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"
ROWS = ".weeks tr.nurse:not(.out)"


@pytest.fixture(scope="module")
def weeks(folder: Path) -> str:
    """Three weeks of the small team beside the other pages; N5 got a duty since the version before."""
    team = runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()
    instance = type(team.instance).model_validate(team.instance.model_dump() | {"weeks": 3})
    duties = [
        duty.model_dump() | {
            "id": f"{duty.nurse}/{duty.day + timedelta(days=7 * week)}/{duty.lane}", "routes": (),
            "day": duty.day + timedelta(days=7 * week), "start": duty.start + 10080 * week,
            "end": duty.end + 10080 * week,
        }
        for week in range(3) for duty in team.plan.duties
    ]  # fmt: skip
    content = team.plan.model_dump() | {"with_routes": False, "unserved": ()}
    plan = Plan.model_validate(content | {"duties": duties})
    before = Plan.model_validate(content | {"duties": [each for each in duties if each["id"] != "N5/2026-12-12/work"]})
    report = check(instance, plan.contract, team.travel, plan)
    page = roster_page(instance, team.travel, plan, report, team.names, before=before, beside_maps=False)
    (folder / "three_weeks.html").write_text(page, encoding="utf-8")
    return "three_weeks.html"


def test_views_and_panels_without_scripts(visit: Visit, weeks: str) -> None:
    """With scripts off: no filters, but months, weeks and hours by their buttons, and the panels."""
    page = visit(weeks, scripts=False)
    assert page.locator(".month table").first.is_visible() and not page.locator(".week table").first.is_visible()
    assert not page.locator(".filters").is_visible()
    page.locator("#v-hours").check(force=True)
    assert page.locator(".hours table").first.is_visible() and not page.locator(".month table").first.is_visible()
    page.locator("#v-week").check(force=True)
    page.locator(".week [href='#c-N5-2026-12-12']").click()
    assert "N5" not in page.locator("[id='c-N5-2026-12-12'] h2").inner_text()
    assert "krijgt Dagdienst" in page.locator("[id='c-N5-2026-12-12']").inner_text()


def test_a_phone_shows_whole_names_and_what_changed(visit: Visit, weeks: str) -> None:
    """No name is cut off, cells and buttons are as high as a thumb; the list of changes shows under what happened."""
    page = visit(weeks, 390, 844)
    page.locator("#v-week").check(force=True)
    cut = "names => names.filter(e => e.scrollWidth > e.clientWidth).map(e => e.textContent)"
    assert page.locator(".weeks th.name").evaluate_all(cut) == []
    heights = "all => Math.min(...all.filter(e => e.offsetParent).map(e => e.getBoundingClientRect().height))"
    thumbs = ".week:first-child td.cell a, .tools select, .tools .button, .views span"
    assert page.locator(thumbs).evaluate_all(heights) >= 44
    assert page.locator("#changes li.change").first.bounding_box()["height"] > 20


def test_headings_stay_when_the_roster_scrolls(visit: Visit, weeks: str) -> None:
    """On a small phone the days stay on top of the region and the names at its left, after scrolling both ways."""
    page = visit(weeks, 390, 520)
    page.locator("#v-week").check(force=True)
    away = page.evaluate("""() => {
        const region = document.querySelector('.scroll'), week = document.querySelectorAll('.week')[1];
        region.scrollTop = week.offsetTop - region.offsetTop + 120;
        region.scrollLeft = 150;
        const box = region.getBoundingClientRect();
        const day = week.querySelectorAll('thead th')[3].getBoundingClientRect();
        const name = week.querySelectorAll('tr.nurse th')[3].getBoundingClientRect();
        return [region.scrollTop > 120, region.scrollLeft, day.top - box.top, name.left - box.left];
    }""")
    assert away[0] and away[1] == 150
    assert abs(away[2]) <= 2 and abs(away[3]) <= 2
    assert page.evaluate("document.documentElement.scrollWidth <= 390")


def test_filters_leave_who_and_what_is_asked(visit: Visit, weeks: str) -> None:
    """By organisation, name, skill, kind, and only what changed; what does not fit goes, and back again."""
    page = visit(weeks)
    page.locator("#v-week").check(force=True)
    assert page.locator(ROWS).count() == 18
    page.locator("#f-org").select_option("laurens")
    assert page.locator(ROWS).count() == 9  # N1, N3 and the student in three weeks
    page.locator("#f-skill").select_option("infuus")
    assert page.locator(ROWS).count() == 6  # the student has no skill
    assert page.locator("#f-said").inner_text() == "2 van 6 medewerkers"
    page.locator("#f-clear").click()
    page.locator("#f-nurse").fill("çelik")
    assert page.locator(ROWS).count() == 3
    page.locator("#f-clear").click()
    page.locator("#f-kind").select_option("M1")
    assert page.locator(ROWS).count() == 3  # N4's Wednesdays
    page.locator("#f-clear").click()
    page.locator("#f-only").select_option("changed")
    assert page.locator(ROWS).count() == 1
    assert page.locator("#changes").is_visible() and not page.locator("#findings").is_visible()
    page.locator("#f-only").select_option("open")
    assert page.locator(ROWS).count() == 0 and page.locator(".weeks .open").first.is_visible()
    page.locator("#f-clear").click()
    assert page.locator(ROWS).count() == 18


def test_open_work_is_counted_by_organisation(visit: Visit) -> None:
    """All that is open is at clients of Laurens: with Aafje alone nothing is; it comes back with the others."""
    page = visit("roster.html")
    sums = []
    for chosen in ("", "aafje", "laurens", ""):
        page.locator("#f-org").select_option(chosen)
        sums.append(page.evaluate("""() => [...document.querySelectorAll('.open .count.bad[data-kind=moment]')]
            .reduce((sum, each) => sum + Number(each.textContent), 0)"""))
    assert sums == [4, 0, 4, 4]


def test_a_week_link_leads_to_that_week(visit: Visit, weeks: str) -> None:
    """From the months to the third week: the view changes and the week is seen in the region."""
    page = visit(weeks, 1280, 600)
    page.locator(".jump a").nth(2).click()
    page.wait_for_function("""() => {
        const box = document.querySelector('.scroll').getBoundingClientRect();
        const week = document.getElementById('w-3').getBoundingClientRect();
        return week.height > 0 && week.top >= box.top - 1 && week.bottom <= box.bottom + 1;
    }""")
    assert page.locator("#v-week").is_checked()


def test_arrows_walk_over_the_open_rows_too(visit: Visit) -> None:
    """Down and right from cell to cell, End to the last one of the row."""
    page = visit("roster.html")
    page.locator(".weeks a[href='#c-N2-2026-12-07']").focus()
    for key, anchor in (("ArrowRight", "#c-N2-2026-12-08"), ("ArrowDown", "#c-N4-2026-12-08"),
                        ("End", "#c-N4-2026-12-13")):  # fmt: skip
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == anchor


@pytest.mark.parametrize(("paper", "size"), [("A4", (297, 210)), ("A3", (420, 297))])
def test_paper(visit: Visit, weeks: str, paper: str, size: tuple[int, int]) -> None:
    """On A4 and A3, landscape, each week begins a page with its days; the legend stands with the last one,
    before the lists, and pages are numbered."""
    pypdf = pytest.importorskip("pypdf")
    page = visit(weeks)
    page.locator("#v-week").check(force=True)
    made = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper, landscape=True, print_background=True)))
    box = made.pages[0].mediabox
    assert (round(float(box.width) * 25.4 / 72), round(float(box.height) * 25.4 / 72)) == size
    texts = [each.extract_text() for each in made.pages]
    for number, week in enumerate(("week 50 · 7", "week 51 · 14", "week 52 · 21")):
        assert week in texts[number] and "Medewerker" in texts[number]
    assert "Gewijzigde diensten" in "".join(texts[3:])
    assert [number for number, each in enumerate(texts) if "Meegekregen" in each] == [2]
    assert f"1 / {len(texts)}" in texts[0]
    assert len(texts) < 12
