"""The roster page in weeks, months and hours: what stands in it, for one week and for thirteen. Solved by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from maps import roster_source
from maps.page import asset
from maps.roster import roster_page
from maps.roster_calendar import feast_name, roster_months, roster_weeks
from maps.roster_cells import cell
from maps.roster_changes import RosterChanges
from maps.roster_lists import open_lines, said_lines, tiles
from maps.roster_source import RosterSource
from maps.roster_view import RosterView
from maps.roster_why import why_lines
from maps.words import Words
from optimiser.check.checker import check
from optimiser.domain.duty import GivenDuty
from optimiser.domain.events import Absent
from optimiser.domain.plan import Plan

MONDAY = date(2026, 12, 7)


def source_of(team: Any, plan: Plan | None = None, before: Plan | None = None) -> RosterSource:
    """What the page of a plan looks up."""
    words, plan = Words(team.instance), plan or team.plan
    changes = RosterChanges(words, team.names, plan, before)
    return RosterSource(words, team.travel, plan, team.report, team.names, changes)


def page_of(team: Any, plan: Plan | None = None, **more: Any) -> str:
    """The page in Dutch."""
    return roster_page(team.instance, team.travel, plan or team.plan, team.report, team.names, **more)


def panel(page: str, anchor: str) -> str:
    """One panel of a page."""
    return page.split(f'id="{anchor}"', 1)[1].split("</section>", 1)[0]


def remade(plan: Plan, **update: Any) -> Plan:
    """A plan with other fields, and nothing remembered."""
    return Plan.model_validate(plan.model_dump() | update)


@pytest.fixture(scope="module")
def quarter(team: Any) -> Any:
    """Thirteen weeks of duties of the small team, without routes: the first week thirteen times, and its report."""
    instance = type(team.instance).model_validate(team.instance.model_dump() | {"weeks": 13})
    duties = tuple(
        duty.model_copy(update={
            "id": f"{duty.nurse}/{day}/{duty.lane}", "day": day, "routes": (),
            "start": instance.clock.at(7 * week + duty.start // 1440, duty.start % 1440),
            "end": instance.clock.at(7 * week + duty.start // 1440, duty.start % 1440) + duty.end - duty.start,
        })
        for week in range(13) for duty in team.plan.duties for day in (duty.day + timedelta(days=7 * week),)
    )  # fmt: skip
    plan = remade(team.plan, duties=[each.model_dump() for each in duties], unserved=(), with_routes=False)
    report = check(instance, plan.contract, team.travel, plan)
    return type(team)(instance, team.travel, plan, report, team.names)


def test_months_hold_the_weeks_whose_thursday_is_theirs(quarter: Any) -> None:
    """7 December to 7 March: week 53 has its Thursday on 31 December and is December's; 1 to 7 March is March's."""
    words = Words(quarter.instance)
    months = list(roster_months(words, roster_weeks(words)))
    assert [month.title for month in months] == [
        "december 2026 · week 50–53", "januari 2027 · week 1–4", "februari 2027 · week 5–8", "maart 2027 · week 9",
    ]  # fmt: skip


def test_holidays_are_named_in_the_language() -> None:
    """Christmas on a Friday; a common Monday has no name; 5 May is a holiday in a lustrum."""
    assert feast_name(date(2026, 12, 25), "nl") == "Eerste kerstdag"
    assert feast_name(date(2026, 12, 25), "en") == "Christmas Day"
    assert feast_name(date(2026, 12, 14), "nl") == ""
    assert feast_name(date(2030, 5, 5), "nl") == "Bevrijdingsdag"


def test_a_day_of_a_month_is_as_wide_as_the_longest_code(quarter: Any) -> None:
    """Codes of four letters in 22 pixels were cut off, or lay over the next day; only codes that are used count."""
    assert "--day:22px" in page_of(quarter)
    fields = quarter.instance.model_dump()
    used = quarter.plan.duties[0].kind
    kinds = [each | ({"code": "E21N"} if each["id"] == used else {}) for each in fields["shift_kinds"]]
    instance = type(quarter.instance).model_validate(fields | {"shift_kinds": kinds})
    page = roster_page(instance, quarter.travel, quarter.plan, quarter.report, quarter.names)
    assert "--day:38px" in page


def test_a_quarter_has_weeks_months_and_hours(quarter: Any) -> None:
    """Thirteen tables of weeks, four of months, one of hours; it opens in months; each cell's link is there."""
    page = page_of(quarter)
    assert page.count('<section class="week sheet"') == 13 and page.count('<section class="month sheet"') == 4
    assert re.search(r'id="v-month"[^>]* checked', page) and "Eerste kerstdag" in page
    assert "week 9 · 1 – 7 maart 2027" in page
    links, anchors = set(re.findall(r'href="#([^"]+)"', page)), set(re.findall(r'id="([^"]+)"', page))
    assert links <= anchors
    # N1 works 4 duties in each of 13 weeks
    assert len([each for each in anchors if re.match(r"c-N1-20\d\d-", each)]) >= 52
    assert len(page.encode()) < 1_500_000


def test_hours_over_the_horizon_add_up(team: Any) -> None:
    """Fatma: contract 28, 8 training, so net 20; planned 36.5; she brings 6; this plan adds 16.5, closing 22.5. Target:
    20 less her share of the balance, 360 // 13 = 27 minutes."""
    group = RosterView(source_of(team)).hours()[0]
    person, hours = next(pair for pair in group.rows if pair[0].id == "N4")
    assert (hours.contract, hours.net, hours.planned, hours.opening) == (1680, 1200, 2190, 360)
    assert (hours.added, hours.closing, hours.target) == (990, 1350, 1173)
    shown = panel(page_of(team), "n-N4")
    assert all(each in shown for each in ("28,0", "20,0", "19,6", "36,5", "+6,0", "+16,5", "+22,5"))
    assert person.skills == ("infuus",)


def test_signals_stand_at_the_cell_and_in_the_list(team: Any) -> None:
    """Every finding about a nurse leads from the list to the panel that holds its sentence."""
    source, page = source_of(team), page_of(team)
    lines = said_lines(source)
    assert len(lines) == sum(
        map(len, (team.report.violations, team.report.signals, team.report.inherited, team.report.overridden))
    )
    found = [line for line in lines if line.anchor]
    assert found
    for line in found:
        assert line.words.split(",")[0] in panel(page, line.anchor)
    assert [line.kind for line in lines] == sorted(
        (line.kind for line in lines), key=["violation", "inherited", "signal", "overridden"].index
    )


def test_open_duties_stand_in_the_day_and_in_the_list(team: Any) -> None:
    """What is open counts in the row of its day; the panel of that day has the reason."""
    source = source_of(team)
    lines = open_lines(source)
    moments = [line for line in lines if line.kind == "moment"]
    assert len(moments) == len(team.plan.unserved)
    page = page_of(team)
    day = moments[0].day
    count = sum(1 for line in moments if line.day == day)
    assert f'<a href="#o-{day}" aria-label="Open zorgmomenten' in page
    assert panel(page, f"o-{day}").count('class="moment') == count
    assert moments[0].reason in panel(page, f"o-{day}")
    assert tiles(source)[0]["value"] == str(len({each.id for each in team.plan.unserved}))


def test_a_cell_says_why_the_duty_stands_there(team: Any) -> None:
    """Monday's duties are published; Saturday's are chosen and fill cover that is short without them; a student
    follows."""
    source = source_of(team)
    duties = {(each.nurse, each.day, each.kind): each for each in team.plan.duties}
    assert why_lines(source, duties["N1", MONDAY, "dag"]) == ("Gepubliceerd: deze dienst staat vast.",)
    free, cover = why_lines(source, duties["N3", date(2026, 12, 12), "dag"])
    assert free.startswith("Door het plan gekozen")
    assert cover == (
        "Telt mee voor de bezetting 08:00–15:00: 2 ingepland, minimaal 2, gewenst 2. "
        "Zonder deze dienst is dat te weinig."
    )
    (student,) = why_lines(source, duties["N6", MONDAY, "dag"])
    assert "loopt mee met Anouk" in student


def test_a_base_roster_that_was_not_followed_is_told(team: Any) -> None:
    """N5's base roster asks a day duty on Thursday, she has an evening; her own entry on Wednesday was kept."""
    thursday, wednesday = date(2026, 12, 10), date(2026, 12, 9)
    given = (GivenDuty(nurse="N5", kind="dag", day=thursday, status="base"),
             GivenDuty(nurse="N5", kind="kort", day=wednesday, status="own"))  # fmt: skip
    instance = type(team.instance).model_validate(team.instance.model_dump() | {
        "duties_given": tuple(each.model_dump() for each in given)})  # fmt: skip
    source = source_of(type(team)(instance, team.travel, team.plan, team.report, team.names))
    assert cell(source, "N5", 3).entries == ("Basisrooster: Dagdienst. Het plan wijkt hiervan af.",)
    (shift,) = cell(source, "N5", 2).shifts
    assert shift.why[0] == "Eigen inschrijving, gehonoreerd."


def test_what_changed_is_marked_and_listed_with_its_reason(team: Any) -> None:
    """N2 is ill on Monday and her duty goes; N5 gets an evening on Sunday without a reason. Cells, list and tile."""
    before = remade(team.plan, published=datetime(2026, 11, 2, 9))
    sick = next(each for each in before.duties if each.id == "N2/2026-12-07/work")
    event = Absent(at=0, nurse="N2", first=MONDAY, last=MONDAY, reason="<b>griep</b>", duties=((sick.id, sick.kind),))
    sunday = next(each for each in before.duties if each.id == "N2/2026-12-13/work")
    extra = sunday.model_copy(update={"nurse": "N5", "id": "N5/2026-12-13/work", "routes": ()})
    duties = [each.model_dump() for each in (*before.duties, extra) if each.id != sick.id]
    now = remade(before, duties=duties, events=(event.model_dump(),), version=2)
    source = source_of(team, now, before)
    assert [(line.what, line.day) for line in source.changes.duty_lines] == [("goes", MONDAY), ("comes", sunday.day)]
    assert cell(source, "N2", 0).sign == "−" and cell(source, "N2", 0).before == ("A2",)
    assert cell(source, "N5", 6).sign == "+" and cell(source, "N5", 5).sign == ""
    page = page_of(team, now, before=before)
    listed = page.split('id="changes"', 1)[1].split("</section>", 1)[0]
    assert "Afwezig gemeld (&lt;b&gt;griep&lt;/b&gt;)" in listed and "Geen reden vastgelegd" in listed
    assert "krijgt Avonddienst 16:00–23:00" in listed
    assert "gewijzigd sinds versie 1, gepubliceerd op maandag 2 november" in page
    assert "<s>A2</s>" in page and "Gewijzigde diensten" in page
    assert "Avonddienst" in panel(page, "n-N5") and "Avonddienst" in panel(page, "n-N2")
    # her four visits of Monday are work that changed too, and stand in her cell
    assert panel(page, "c-N2-2026-12-07").count('class="change route"') == sum(s.what != "break" for s in sick.stops)
    assert "Gewijzigde diensten" not in page_of(team)


def test_without_names_people_are_ids(team: Any) -> None:
    """No name of anybody; ids stand in their place."""
    page = roster_page(team.instance, team.travel, team.plan, team.report, {}, beside_maps=False)
    assert not any(word in page for word in ("Anouk", "Fatma", "O'Hara", "O&#39;Hara"))
    assert ">N4</a>" in page and "maps/" not in page


def test_of_guests_no_hours_are_told_or_counted(team: Any) -> None:
    """With all but N1 as guests: only her row and her organisation have hours, only she has a panel and a place on the
    sheet of hours, and the paid hours on top are hers."""
    guests = [each.id for each in team.instance.nurses if each.id != "N1"]
    page = page_of(team, guests=guests)
    grid = page.split('class="hours view"')[0]
    rows = dict(re.findall(r'<tr class="nurse" data-n="(N\d)"(.*?)</tr>', grid, re.DOTALL))
    assert {nurse for nurse, row in rows.items() if 'class="n strong"' in row} == {"N1"} and len(rows) > 1
    assert re.findall(r'id="n-(N\d)"', page) == ["N1"]
    hers = next(row for row in source_of(team).hours.values() if row.nurse == "N1")
    shown = {each["key"]: each["value"] for each in tiles(replace(source_of(team), guests=frozenset(guests)))}
    assert shown["paid"] == Words(team.instance).hours(hers.planned + hers.outside)


def test_equal_duties_of_a_day_share_a_sign(team: Any) -> None:
    """Three of a kind after each other are one sign with the number; another one between them keeps them apart."""
    source = source_of(team)
    duty = next(each for each in team.plan.duties if each.nurse == "N1")
    made = replace(cell(source, "N1", 0), shifts=cell(source, duty.nurse, duty.start // 1440).shifts[:1] * 3)
    assert [(chip.code, chip.count) for chip in made.chips] == [(made.shifts[0].code, 3)]


def test_many_stops_are_left_out_of_the_panels(team: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit the panels keep the account of the duty and its reasons; the page says where the stops are."""
    monkeypatch.setattr(roster_source, "MOST_STOPS", 3)
    page = page_of(team)
    assert "route-list figures" not in page and "staan niet op deze pagina" in page
    assert "Gepubliceerd: deze dienst staat vast." in panel(page, "c-N1-2026-12-07")
    assert "route-list figures" in panel(page_of_all(team, monkeypatch), "c-N1-2026-12-07")


def page_of_all(team: Any, monkeypatch: pytest.MonkeyPatch) -> str:
    """The page with the limit as it is."""
    monkeypatch.undo()
    return page_of(team)


def test_tables_say_what_their_cells_are(team: Any) -> None:
    """Each table has a caption and scopes; each cell's link says who, when and what, also without colours."""
    page = page_of(team).split("<body", 1)[1]
    assert page.count("<caption") == page.count("<table")
    assert not re.search(r"<th(?![^>]*scope=)[ >]", page)
    assert 'aria-label="Anouk de Groot-van &#39;t Hof, maandag 7 december: Dagdienst 07:30–16:00' in page


def test_english_writes_numbers_and_days_its_way(team: Any) -> None:
    """Decimal points, English days and holidays, and no Dutch of ours."""
    page = roster_page(team.instance, team.travel, team.plan, team.report, team.names, "en")
    assert "Mon 7" in page and "36.5" in page and "Opening" in page
    assert not any(word in page for word in ("Saldo", "Medewerker", "Gepubliceerd", "maandag"))


PAIRS = (
    ("ink", "paper"), ("ink", "ground"), ("ink", "head"), ("ink", "shade"), ("soft", "paper"), ("soft", "ground"),
    ("soft", "head"), ("soft", "stripe"), ("zero", "paper"), ("zero", "shade"), ("accent", "paper"), ("bad", "paper"),
    ("accent", "hover"), ("bad", "bad-soft"), ("bad", "shade"), ("warn", "paper"), ("warn", "warn-soft"),
    ("warn", "shade"), ("good", "paper"), ("good", "good-soft"), ("on-accent", "accent"), ("on-fill", "fill-bad"),
    ("on-fill", "fill-new"),
)  # fmt: skip


@pytest.mark.parametrize("dark", [False, True])
def test_contrast_is_enough_by_day_and_by_night(dark: bool) -> None:
    """Each text colour on each ground it stands on: at least 4.5 : 1 (WCAG AA), in the light and the dark scheme."""
    colours = {}
    base, own = asset("base.css"), asset("roster.css")
    schemes = re.findall(r"\.roster \{(.*?)\}", own, re.DOTALL)[: 1 + dark]
    for rule in (base.split(":root", 1)[1].split("}", 1)[0], *schemes):
        colours |= dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", rule))
    weak = {
        pair: round(ratio, 2)
        for pair in PAIRS
        if (ratio := contrast(*(colours[each] for each in pair))) < 4.5
    }  # fmt: skip
    assert weak == {}


def contrast(one: str, other: str) -> float:
    """The ratio of two colours."""

    def light(colour: str) -> float:
        digits = colour[1:] if len(colour) == 7 else "".join(2 * each for each in colour[1:])
        parts = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    low, high = sorted((light(one), light(other)))
    return (high + 0.05) / (low + 0.05)
