"""The business case solved by hand: gains, room, costs, three years, payback; and nothing that was not given."""

from __future__ import annotations

import runpy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from optimiser.domain.business import BusinessInputs
from optimiser.domain.comparison import Compared, Comparison, Difference, Spread
from optimiser.domain.plan import Duty
from optimiser.domain.sharing import PRESETS
from optimiser.domain.workforce import WORKFORCE
from optimiser.report.business_case import business_case, missing_inputs
from optimiser.report.business_lines import Line, cost_lines, gain_lines
from optimiser.report.business_operations import operations
from optimiser.report.business_parties import income, party_rows, region_of
from optimiser.report.business_range import Range, exactly, sum_of
from optimiser.report.business_yearly import Yearly
from optimiser.report.business_years import payback, three_years
from optimiser.report.leave_season import IN_SEASON, LeaveSeason, SeasonWeek
from optimiser.report.year import year_of

SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"
MONDAY = date(2026, 12, 7)
YEAR = 365 / 7
FULL = {
    "case": {"first_year": 2027, "phase_percent": (50, 100, 100), "hired_hours_now": 520, "hours_cut_percent": 25,
             "extra_care_contracted": True, "calls_per_week": 6},
    "rates": {"hire_eur_per_hour": 80, "lending_eur_per_hour": 50, "coordination_eur_per_hour": 60,
              "planning_eur_per_hour": 40, "backup_eur_per_hour": 30, "car_eur_per_year": 7000},
    "hours": {"coordination": {"now": 2, "later": 9}, "planning": {"now": 40, "later": 33},
              "backup": {"now": 7, "later": 7}},
    "sums": {"purchasing_saved_eur": 1000, "training_saved_eur": 500, "training_cost_eur": 2000,
             "software_cost_eur": 3000, "transition_cost_eur": 12000},
    "vat": {"lending_exempt": False},
    "tariffs": {"zvw": 70, "msvt": 80},
    "parties": [
        {"organisation": "aafje", "clients": {"zvw": 10}, "hours_percent": {"zvw": 100}},
        {"organisation": "laurens", "clients": {"zvw": 4, "msvt": 6}, "hours_percent": {"zvw": 40, "msvt": 60}},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def team() -> Any:
    """The small team."""
    return runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()


def spread(value: float) -> Spread:
    """A figure of five weeks."""
    return Spread(median=value, low=value - 1, high=value + 1, n=5)


def compared(differences: dict[str, tuple[float, float, float]], levels: dict[str, dict[str, float]]) -> Compared:
    """Joint less single, and levels by scenario."""
    return Compared(
        scenarios={name: {figure: spread(value) for figure, value in levels.get(name, {}).items()}
                   for name in ("single", "joint")},
        differences={"joint-single": {
            figure: Difference(low=low, median=middle, high=high, n=5, clear=high < 0)
            for figure, (low, middle, high) in differences.items()
        }},
    )  # fmt: skip


def comparison(
    differences: dict[str, tuple[float, float, float]] | None = None, levels: dict[str, dict[str, float]] | None = None
) -> Comparison:
    """Two scenarios over five weeks; each organisation gives 3 hours at visits, and lends nothing, when single."""
    hours = {"visit_hours": 70.0, "hours_given": 0.0, "hours_received": 0.0}
    lent = {"visit_hours": 70.0, "hours_given": 14.0, "hours_received": 7.0}
    return Comparison(
        instance="klein_team", fingerprint="x", first_monday=MONDAY, version="0", scenarios=("single", "joint"),
        contracts={name: PRESETS[name] for name in ("single", "joint")}, demand="generator", weeks=5, seeds=1,
        confidence=93.75, total=compared(differences or {}, levels or {}),
        organisations={name: compared({}, {"single": hours, "joint": lent}) for name in ("aafje", "laurens")},
    )  # fmt: skip


def yearly(found: Comparison) -> Yearly:
    """Without plans: a week is 365 / 7 times in a year of 365 days."""
    return Yearly(found, "joint", "single", {}, 2027, 7)


def line(lines: tuple[Line, ...], key: str) -> Line:
    """The line of a key."""
    return next(each for each in lines if each.key == key)


def season() -> LeaveSeason:
    """52 weeks: in 10 of them 100 hours are needed and 90 there, in the others 100 and 100 and more."""
    weeks = tuple(
        SeasonWeek(date(2027, 1, 4) + timedelta(weeks=number), 7, 100, 90 if number < 10 else 130)
        for number in range(52)
    )
    return LeaveSeason(weeks, 120, WORKFORCE, IN_SEASON)


def test_hours_are_hired_cut_or_room_and_never_twice(team: Any) -> None:
    """Paid hours saved a week 7, 14, 21, a year 365, 730, 1095. Hired: 10 weeks short of 10 hours. With h hours a year
    fewer, h / 52 a week: 365 / 52 = 7.02 in each of 10 weeks: 70.2; 730 / 52 = 14 is more than 10: all 100.
    Hired at 80 euros: 5,615 and 8,000. Rest 294.8, 630, 995; a quarter leaves contracts: 73.7, 157.5, 248.75; the
    others are room. Without plans an own hour has no price, so these have no euros."""
    found = comparison({"paid_hours": (-21, -14, -7)})
    lines = gain_lines(yearly(found), BusinessInputs.model_validate(FULL), team.instance, season(), {})
    hired, cut, room = (line(lines, key) for key in ("hired", "hours_cut", "hours_room"))
    assert hired.amount == Range(pytest.approx(365 / 52 * 10), pytest.approx(100), pytest.approx(100))
    assert hired.eur == Range(pytest.approx(5615.4, abs=0.1), pytest.approx(8000), pytest.approx(8000))
    assert cut.amount == Range(pytest.approx(73.70, abs=0.01), pytest.approx(157.5), pytest.approx(248.75))
    parts = sum_of([each.amount for each in (hired, cut, room) if each.amount])
    assert parts == Range(pytest.approx(365), pytest.approx(730), pytest.approx(1095))
    assert (hired.mark, cut.mark, room.mark) == ("realisable", "realisable", "room") and hired.clear
    assert cut.eur is None and room.eur is None


def test_no_more_hired_hours_are_saved_than_were_hired(team: Any) -> None:
    """The books say 40 hours hired a year: 40 of the 100 that the season is short, the rest is not money."""
    inputs = BusinessInputs.model_validate(FULL | {"case": {"hired_hours_now": 40}})
    lines = gain_lines(yearly(comparison({"paid_hours": (-21, -14, -7)})), inputs, team.instance, season(), {})
    assert line(lines, "hired").amount == exactly(40)
    assert line(lines, "hours_room").amount == Range(pytest.approx(325), pytest.approx(690), pytest.approx(1055))


def test_hours_are_room_until_somebody_says_what_was_hired(team: Any) -> None:
    """Travel minutes that are saved are no money by themselves: with nothing given, all hours are room."""
    found = comparison({"paid_hours": (-21, -14, -7), "travel_minutes": (-900, -600, -300)})
    lines = gain_lines(yearly(found), BusinessInputs(), team.instance, season(), {})
    assert line(lines, "hired").amount is None and line(lines, "hired").eur is None
    assert line(lines, "hired").needs == ("case.hired_hours_now", "rates.hire_eur_per_hour")
    assert line(lines, "hours_cut").needs == ("case.hours_cut_percent",)
    assert line(lines, "hours_room").amount == Range(pytest.approx(365), pytest.approx(730), pytest.approx(1095))
    travel = line(lines, "travel")
    assert travel.mark == "room" and travel.part and travel.eur is None
    assert travel.amount == Range(pytest.approx(5 * YEAR), pytest.approx(10 * YEAR), pytest.approx(15 * YEAR))
    assert not [each for each in lines if each.mark == "realisable" and each.eur is not None]


def test_hours_that_are_needed_besides_are_no_room(team: Any) -> None:
    """From 7 saved to 14 more hours a week: room is 0 to 365 a year, and 730 to 0 are a loss that counts. Care that
    is lost counts too, bought or not: 7 hours a week at 73 euros."""
    found = comparison({"paid_hours": (-7, 7, 14), "unserved_hours": (7, 7, 7)})
    inputs = BusinessInputs.model_validate({key: FULL[key] for key in ("tariffs", "parties")})
    lines = gain_lines(yearly(found), inputs, team.instance, season(), {})
    room, more = line(lines, "hours_room"), line(lines, "hours_more")
    assert room.amount == Range(0, 0, pytest.approx(365))
    assert more.mark == "realisable" and more.amount == Range(pytest.approx(-730), pytest.approx(-365), 0)
    assert line(lines, "care").amount == exactly(0) and line(lines, "care_lost").mark == "realisable"
    assert line(lines, "care_lost").eur == exactly(pytest.approx(-26645))
    # where nothing can be lost there is no such line
    better = gain_lines(yearly(comparison({"paid_hours": (-3, -2, -1)})), inputs, team.instance, season(), {})
    assert not {"hours_more", "care_lost"} & {each.key for each in better}


def test_what_is_paid_by_the_piece_is_realisable(team: Any) -> None:
    """Kilometres of 40, 70, 98 euros a week fewer: x 365 / 7; joining that costs more is a loss, not left out."""
    found = comparison({"kilometre_cost_eur": (-98, -70, -40), "ort_cost_eur": (-10, 7, 20)})
    lines = gain_lines(yearly(found), BusinessInputs(), team.instance, None, {})
    km, ort = line(lines, "kilometres"), line(lines, "ort")
    assert km.eur == Range(pytest.approx(40 * YEAR), pytest.approx(3650), pytest.approx(98 * YEAR))
    assert ort.eur == Range(pytest.approx(-20 * YEAR), pytest.approx(-365), pytest.approx(10 * YEAR))
    assert km.mark == ort.mark == "realisable" and km.clear and not ort.clear
    assert line(lines, "on_call").eur is None


def test_care_that_is_left_over_is_money_where_it_is_bought(team: Any) -> None:
    """7 hours a week more served: 365 a year. Mean tariff: Aafje's 70 hours at 70, Laurens' 70 at 0.4 x 70 + 0.6 x 80 =
    76: (70 + 76) / 2 = 73 euros: 26,645."""
    found = comparison({"unserved_hours": (-7, -7, -7)})
    bought = line(gain_lines(yearly(found), BusinessInputs.model_validate(FULL), team.instance, None, {}), "care")
    assert bought.mark == "realisable" and bought.eur == exactly(pytest.approx(26645))
    inputs = BusinessInputs.model_validate(FULL | {"case": {}})
    asked = line(gain_lines(yearly(found), inputs, team.instance, None, {}), "care")
    assert asked.mark == "room" and asked.needs == ("case.extra_care_contracted",)
    bare = line(gain_lines(yearly(found), BusinessInputs(), team.instance, None, {}), "care")
    assert bare.eur is None and bare.needs == ("case.extra_care_contracted", "tariffs")


def test_costs_by_hand() -> None:
    """Coordination 7 hours a week more x 365 / 7 = 365 x 60 = 21,900; planning 7 fewer: 365 x 40 = 14,600 less;
    back-up as before; VAT on 14 + 14 hours lent a week: 28 x 365 / 7 = 1,460 hours x 50 x 21 % = 15,330."""
    levels = {"single": {"hours_given": 0.0}, "joint": {"hours_given": 28.0}}
    lines = cost_lines(yearly(comparison({}, levels)), BusinessInputs.model_validate(FULL))
    expected = {each.key: each.eur.expected for each in lines if each.eur}
    assert expected == {
        "coordination": pytest.approx(21900), "planning": pytest.approx(-14600), "backup": 0, "training_cost": 2000,
        "software_cost": 3000, "vat": pytest.approx(15330), "transition_cost": 12000,
    }  # fmt: skip
    exempt = BusinessInputs.model_validate(FULL | {"vat": {"lending_exempt": True}})
    assert line(cost_lines(yearly(comparison({}, levels)), exempt), "vat").eur == exactly(0)
    unknown = line(cost_lines(yearly(comparison({}, levels)), BusinessInputs()), "vat")
    assert unknown.eur is None and unknown.needs == ("vat.lending_exempt", "rates.lending_eur_per_hour")


def gain(value: float | Range, mark: Any = "realisable") -> Line:
    """A line of euros."""
    return Line("ort", mark, eur=value if isinstance(value, Range) else exactly(value))


def cost(value: float | None, once: bool = False) -> Line:
    """A cost, a year or once."""
    return Line("vat", "cost", eur=None if value is None else exactly(value), once=once)


def test_three_years_by_hand() -> None:
    """Gains 8,000 to 16,000, expected 12,000, grown to 50, 100, 100 percent; costs 3,000 a year, 9,000 once; room of
    50,000 counts for nothing. Expected: 6,000 - 3,000 - 9,000 = -6,000; 12,000 - 3,000 = 9,000; 9,000: 12,000 in all.
    Paid back: 9,000 less 3,000 in the first year leaves 6,000, at 750 a month 8 more months: 20.
    Low: 4,000 - 3,000 = 1,000, leaves 8,000; 5,000 a year: 12 + 12 + 3,000 / 5,000 x 12 = 7.2, so 32.
    High: 8,000 - 3,000 = 5,000, leaves 4,000; 13,000 a year: 12 + 4,000 / 13,000 x 12 = 3.7, so 16."""
    inputs = BusinessInputs.model_validate({"case": {"phase_percent": (50, 100, 100)}})
    gains = (gain(Range(8000, 12000, 16000)), gain(50000, "room"))
    found = three_years(gains, (cost(3000), cost(9000, once=True)), inputs)
    assert found is not None
    assert [year.net.expected for year in found.years] == [-6000, 9000, 9000]
    assert [year.total.expected for year in found.years] == [-6000, 3000, 12000]
    assert found.payback == (32, 20, 16)


def test_low_is_little_gain_with_high_cost() -> None:
    """Gains 10 to 30, costs 4 to 8: low is 10 - 8, high 30 - 4."""
    inputs = BusinessInputs.model_validate({"case": {"phase_percent": (100, 100, 100)}})
    found = three_years((gain(Range(10, 20, 30)),), (Line("vat", "cost", eur=Range(4, 6, 8)),), inputs)
    assert found is not None and found.years[0].net == Range(2, 14, 26)


def test_a_cost_that_is_missing_leaves_no_years() -> None:
    """So does growth by year that nobody gave; a gain that is missing counts as nothing."""
    phased = BusinessInputs.model_validate({"case": {"phase_percent": (50, 100, 100)}})
    assert three_years((gain(10),), (cost(1), cost(None)), phased) is None
    assert three_years((gain(10),), (cost(1),), BusinessInputs()) is None
    careful = three_years((gain(10), Line("ort", "realisable")), (cost(1),), phased)
    assert careful is not None and careful.years[1].gains == exactly(10)


def test_payback_is_when_it_stays_paid() -> None:
    """Nothing to pay back: at once. 12 with 12 a year: after 12 months. Never with losses. Paid back in the first year
    and lost again in the second does not count."""
    assert payback((1, 1, 1), 0) == 0
    assert payback((12, 0, 0), 12) == 12
    assert payback((-1, -1, -1), 0) is None
    assert payback((24, -24, 36), 12) == 24 + 4  # 12 short after two years, 3 a month
    assert payback((3, 3, 3), 12) is None


@given(st.lists(st.integers(-50, 50), min_size=3, max_size=3), st.integers(1, 100))
def test_payback_agrees_with_counting_months(nets: list[int], once: int) -> None:
    """Month by month: the last month whose total is below nought is the one before."""
    total, below = -float(once), 0
    for month in range(1, 37):
        total += nets[(month - 1) // 12] / 12
        if total < -1e-6:
            below = month
    assert payback(nets, once) == (None if below == 36 else below + 1)


@given(st.floats(-2000, 2000), st.floats(0, 2000))
def test_hired_hours_never_fall_while_savings_grow(hours: float, more: float) -> None:
    """So that low stays low: the rule is monotone, and its rest is too."""
    low, high = season().fewer_hired(hours), season().fewer_hired(hours + more)
    assert low <= high + 1e-9 and hours - low <= hours + more - high + 1e-9


def test_income_by_title_goes_with_the_client(team: Any) -> None:
    """Single: 70 hours of either party a week. Joint: each has 70 hours made, 14 for others, 7 by others: its own
    clients get 63. Zvw single (70 x 100 % + 70 x 40 %) x 70 euros x 365 / 7 = 357,700; MSVT 42 x 80 x 365 / 7."""
    rows = income(yearly(comparison()), BusinessInputs.model_validate(FULL), team.instance)
    assert [row.funding for row in rows] == ["zvw", "msvt"]
    assert rows[0].now and rows[0].now.expected == pytest.approx(357_700)
    assert rows[1].now and rows[1].now.expected == pytest.approx(42 * 80 * YEAR)
    assert rows[0].later and rows[0].later.expected == pytest.approx(357_700 * 63 / 70)
    lacking = BusinessInputs.model_validate(FULL | {"tariffs": {"zvw": 70}})
    assert income(yearly(comparison()), lacking, team.instance)[1].now is None
    assert missing_inputs(team.instance, lacking) == ("tariffs.msvt",)


def test_everything_missing_is_listed(team: Any) -> None:
    """With nothing given every key of every section but those with a value of ours, tariffs and two of each party."""
    found = missing_inputs(team.instance, BusinessInputs())
    assert len(found) == 6 + 6 + 3 + 5 + 1 + 1 + 4
    assert "vat.percent" not in found and "leave.leave_hours" not in found and "parties.aafje.clients" in found
    assert missing_inputs(team.instance, BusinessInputs.model_validate(FULL)) == ()
    exempt = BusinessInputs.model_validate({"vat": {"lending_exempt": True}})
    assert "rates.lending_eur_per_hour" not in missing_inputs(team.instance, exempt)


def test_region_and_parties_are_counted(team: Any) -> None:
    """Eight districts: 6,000 + 900 n inhabitants for n = 0 to 7: 48,000 + 25,200 = 73,200; 900 of 65 and older each.
    Six are in Rotterdam (49,500), one in Maassluis (11,400), one in Vlaardingen (12,300). Each organisation has ten
    clients; Aafje N2, N4, N5: 1440 + 1680 + 960 minutes = 68 hours; Laurens without its student N1, N3: 52 hours."""
    region = region_of(team.instance)
    assert (region.districts, region.inhabitants, region.older) == (8, 73_200, 7_200)
    assert [row[:3] for row in region.municipalities] == [
        ("Rotterdam", 6, 49_500), ("Vlaardingen", 1, 12_300), ("Maassluis", 1, 11_400),
    ]  # fmt: skip
    aafje, laurens = party_rows(team.instance, BusinessInputs.model_validate(FULL))
    assert (aafje.clients, aafje.nurses, aafje.contract_hours, aafje.given) == (10, 3, 68, 10)
    assert (laurens.clients, laurens.nurses, laurens.contract_hours, laurens.given) == (10, 2, 52, 10)


def test_how_the_work_is_run_is_counted(team: Any) -> None:
    """Nights: Aafje's N4 on Monday and Wednesday: 2 nights of Aafje, none of Laurens, 2 / 7 parties a night. The
    student is no shift. Cars: N1, N4 and N5 drive; on Wednesday N1 has the evening, N4 the mid duty until 18:30."""
    found = operations(team.instance, team.plan)
    assert found.night_parties == {"aafje": 2, "laurens": 0} and found.parties_a_night == pytest.approx(2 / 7)
    assert found.shifts["night", "standby"] == 2
    assert sum(found.shifts.values()) == len(team.plan.duties) - 1
    assert found.cars == 2
    lent = sum(
        stop.end - stop.start
        for duty in team.plan.duties
        for stop in duty.stops
        if stop.what == "visit"
        and team.instance.client_by_id[team.instance.visit_by_id[stop.id].client].organisation
        != team.instance.nurse_by_id[duty.nurse].organisation
    )
    assert found.lent_hours == pytest.approx(lent / 60)


def test_cars_at_once_by_hand(team: Any) -> None:
    """N1 8:00 to 12:00, N4 12:00 to 16:00 and N5 11:00 to 13:00, all by car: two at 11:00, and still two at 12:00 since
    the car of N1 is back; N2 goes by e-bike."""

    def duty(nurse: str, start: int, end: int) -> Duty:
        return Duty(id=f"{nurse}/x", nurse=nurse, kind="dag", day=MONDAY, lane="work", start=60 * start, end=60 * end,
                    organisation="aafje")  # fmt: skip

    duties = (duty("N1", 8, 12), duty("N4", 12, 16), duty("N5", 11, 13), duty("N2", 8, 16))
    found = operations(team.instance, team.plan.model_copy(update={"duties": duties}))
    assert (found.cars, found.cars_at) == (2, 11 * 60)


def test_the_year_of_the_plans_scales_what_they_know(team: Any) -> None:
    """Kilometres are scaled by classes of day as in the plan; unserved hours, which no year knows, by 365 / 7."""
    year = year_of(team.instance, team.travel, team.plan, 2027)
    with_plans = Yearly(comparison(), "joint", "single", {"single": year, "joint": year}, 2027, 7)
    assert with_plans.factor("travel_km") == pytest.approx(year.in_year["travel_km"] / year.weeks["travel_km"])
    assert with_plans.factor("unserved_hours") == pytest.approx(YEAR)


def test_a_whole_case_hangs_together(team: Any) -> None:
    """With everything given and two plans nothing is missing or unknown, hours have a price, three years are there."""
    differences = {name: (-9.0, -6.0, -3.0) for name in ("paid_hours", "travel_minutes", "own_car_km", "unserved_hours",
                                                         "kilometre_cost_eur", "ort_cost_eur", "on_call_cost_eur")}
    levels = {"single": {"hours_given": 0.0}, "joint": {"hours_given": 28.0}}
    plans = {"single": team.plan, "joint": team.plan, "anw": team.plan}
    found = business_case(comparison(differences, levels), team.instance, team.travel,
                          BusinessInputs.model_validate(FULL), "joint", "single", plans)  # fmt: skip
    assert found.missing == () and found.unknown == () and set(found.years) == {"single", "joint"}
    assert found.three_years is not None and line(found.gains, "hours_room").eur is not None
    assert all(each.eur is not None or each.part for each in (*found.gains, *found.costs))
    assert not found.synthetic
    with pytest.raises(KeyError):
        business_case(comparison(), team.instance, team.travel, None, "anw", "single")


def test_a_case_with_nothing_given_claims_nothing(team: Any) -> None:
    """No inputs, no plans, an empty comparison: no line has euros, and the case says what it cannot tell."""
    found = business_case(comparison(), team.instance, team.travel, None, "joint", "single")
    assert all(each.eur is None for each in (*found.gains, *found.costs)) and found.three_years is None
    assert found.unknown == ("business.unknown.plans", "business.unknown.season", "business.unknown.hours")


def test_ranges_keep_their_order() -> None:
    """Times a negative number turns low and high round."""
    assert Range(1, 2, 4).times(-2) == Range(-8, -4, -2)
    assert Range(1, 2, 4).plus(exactly(1)) == Range(2, 3, 5)


def test_a_loss_without_a_price_is_not_nothing(team: Any) -> None:
    """Joining leaves 2 hours of care more and no tariff is given: payback without that loss would be too good, so there
    is none. With tariffs there is; so there is where care is only gained and has no price."""
    costs = (Line("software_cost", "cost", eur=exactly(9)), Line("transition_cost", "cost", eur=exactly(0), once=True))
    no_tariff = BusinessInputs.model_validate({key: value for key, value in FULL.items() if key != "tariffs"})
    full = BusinessInputs.model_validate(FULL)
    lost = yearly(comparison({"unserved_hours": (1, 2, 3)}))
    gained = yearly(comparison({"unserved_hours": (-3, -2, -1)}))

    def answer(of: Yearly, given: BusinessInputs) -> bool:
        care = tuple(each for each in gain_lines(of, given, team.instance, None, {}) if each.key.startswith("care"))
        return three_years(care, costs, given) is not None

    assert not answer(lost, no_tariff) and answer(lost, full)
    assert answer(gained, no_tariff)
    cars = {number: Line("cars", "realisable", "count", exactly(number)) for number in (-1, 1)}
    assert three_years((cars[-1],), costs, full) is None and three_years((cars[1],), costs, full) is not None
