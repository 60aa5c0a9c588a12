"""People, cover and past of the bundled services: lawful, about enough together, and too few alone."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache

import pytest

from instances.generator.anw import generate_anw
from instances.generator.anw_absence import MOST_AWAY
from instances.generator.anw_apeldoorn import HOUSES as ORGANISATIONS
from instances.generator.anw_cover import holidays_on_weekdays, own_days
from instances.generator.anw_friesland import HOUSES as INSTITUTIONS
from instances.generator.anw_kinds import nursing_kinds
from instances.generator.anw_past import APART, ON_CALL_MOST
from instances.generator.anw_settings import APELDOORN, FRIESLAND
from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.patterns.allowed import duty_allowed
from optimiser.scenario.contract import contract_named
from optimiser.scenario.cover import cover_days
from optimiser.travel.engine import travel_matrix

SETTINGS = {"apeldoorn_anw": APELDOORN, "friesland_anw": FRIESLAND}
HOLIDAYS = (date(2027, 3, 29), date(2027, 4, 27), date(2027, 5, 6), date(2027, 5, 17))
"""Easter Monday, King's Day (a Tuesday), Ascension Day, Whit Monday; the Sundays of Easter and Whitsun are Sundays."""


@cache
def made(name: str, seed: int = 1) -> Instance:
    """An instance from the generator."""
    return generate_anw(SETTINGS[name].model_copy(update={"seed": seed}))[0]


@cache
def asked(name: str, contract: str, nurses_of: str = "") -> Counter[str]:
    """First part of a cover row's id -> duties wanted in thirteen weeks, of one organisation or all."""
    instance = made(name)
    count: Counter[str] = Counter()
    rows = {each.id: each for each in instance.cover}
    for day in cover_days(instance, contract_named(instance, contract)):
        row = rows[day.id.split("+")[0]]
        if row.day is not None and row.id.startswith("avond-"):
            continue  # the evening duty that the weekday's own row asks holds this window too
        if not nurses_of or row.organisation == nurses_of:
            count[row.id.split("-")[0]] += day.wanted
    return count


def net_hours(name: str, organisation: str = "") -> float:
    """Net contract hours of the horizon."""
    instance = made(name)
    people = [each.id for each in instance.nurses if organisation in ("", each.organisation)]
    return sum(instance.net_contract_minutes(each, week) for each in people for week in range(instance.weeks)) / 60


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", SETTINGS)
def test_the_past_is_lawful(name: str, seed: int) -> None:
    """The check finds nothing in sixteen weeks of context alone, neither of law nor of the agreement."""
    instance = made(name, seed)
    plan = Plan(instance=instance.name, fingerprint=instance.fingerprint,
                contract=contract_named(instance, "single"), with_routes=False)  # fmt: skip
    report = check(instance, plan.contract, travel_matrix(instance), plan)
    assert report.violations == () and report.inherited == () and report.signals == ()
    assert min(each.start for each in instance.context) < -15 * 7 * 1440
    assert {each.nurse for each in instance.context} == {each.id for each in instance.nurses}


def test_on_call_in_the_past_keeps_its_distance() -> None:
    """Three days between two duties on call of one physician, at most 32 in sixteen weeks."""
    for nurse in made("friesland_anw").nurses:
        starts = sorted(
            each.start for each in made("friesland_anw").context if each.nurse == nurse.id and each.lane == "standby"
        )
        assert len(starts) <= ON_CALL_MOST
        # a day duty starts nine hours before a night one
        assert all(later - early >= (APART * 24 - 9) * 60 for early, later in zip(starts, starts[1:], strict=False))


def test_together_the_nurses_are_about_enough() -> None:
    """Hours that the contract asks are 90 to 100 % of the net contracts under samen, and over 110 % alone."""
    # evening 7.5 h (15:00 to 23:00 less half an hour), night 7.5, weekend day 8, own day 8
    hours = {"avond": 7.5, "nacht": 7.5, "weekend": 8.0, "dag": 8.0}
    together = sum(hours.get(part, 0) * number for part, number in asked("apeldoorn_anw", "samen").items())
    # 3 x 91 evenings, 2 x 91 nights, 3 x (26 + 4) weekend days and holidays, 10 x 65 own days
    assert together == 273 * 7.5 + 182 * 7.5 + 90 * 8 + 650 * 8
    assert 0.90 <= together / net_hours("apeldoorn_anw") <= 1.0
    alone = sum(hours.get(part, 0) * number for part, number in asked("apeldoorn_anw", "single").items())
    assert alone == 364 * 7.5 + 364 * 7.5 + 120 * 8 + 650 * 8
    assert 1.1 <= alone / net_hours("apeldoorn_anw") <= 1.3


def test_small_organisations_lack_people_alone() -> None:
    """What must be covered alone, one own day among it, is 100 % or less for Atlant and over 110 % for the small."""
    # (91 evenings + 91 nights) x 7.5 + 30 x 8 + 65 x 8 for each organisation
    least = 182 * 7.5 + 30 * 8 + 65 * 8
    shares = {house.id: least / net_hours("apeldoorn_anw", house.id) for house in ORGANISATIONS}
    assert shares["atlant"] < 0.7 and shares["zga"] < 0.8
    assert 1.05 < shares["klein-geluk"] < 1.25 and 1.2 < shares["nusantara"] < 1.45


def test_own_days_stay_own() -> None:
    """When all else is shared the day rows are filled by the organisation's own nurses only."""
    for name, contract in (("apeldoorn_anw", "samen"), ("friesland_anw", "posts-2")):
        instance = made(name)
        for day in cover_days(instance, contract_named(instance, contract)):
            if day.id.startswith("dag-"):
                owner = {instance.nurses[each].organisation for each in day.nurses}
                assert owner == {day.id.removeprefix("dag-")} and "+" not in day.id
        assert {own_days(each.id) for each in instance.organisations} < {each.skill for each in instance.nurse_skills}


@pytest.mark.slow
def test_posts_ask_one_first_line_for_each_area() -> None:
    """91 nights, 26 weekend days and 4 holidays for each area, one back-up and one triage nurse for all."""
    for contract, areas in (("posts-1", 1), ("posts-2", 2), ("posts-3", 3)):
        count = asked("friesland_anw", contract)
        assert count["eerste"] == 121 * areas and count["achterwacht"] == 121
        assert count["triage"] == 91 + 91 + 30
    single = asked("friesland_anw", "single")
    assert single["eerste"] == 8 * 121 and single["achterwacht"] == 8 * 121 and single["triage"] == 0


def test_own_services_of_few_physicians_fall_short() -> None:
    """Two on-call duties a week each (32 in 16 weeks): five people have 130 places in thirteen weeks for 242 duties;
    all 55 have 1,430 for 1,936, and for 484 with three posts."""
    people = {house.id: len(house.contracts) for house in INSTITUTIONS}
    assert min(people.values()) == 5 and max(people.values()) == 9 and sum(people.values()) == 55
    alone = asked("friesland_anw", "single", "stellinghof")
    assert alone["eerste"] + alone["achterwacht"] == 242 > 5 * 26
    assert alone["eerste"] == 121 <= 5 * 26  # a first line alone is just possible
    joint = asked("friesland_anw", "posts-3")
    assert joint["eerste"] + joint["achterwacht"] == 484 < 55 * 26


def test_day_work_and_triage_fill_the_contracts() -> None:
    """Own days are the whole days of the physicians' contracts, to 5 %, for each institution to 8 %; triage is about
    the triage nurses' hours."""
    count = asked("friesland_anw", "posts-1")
    whole = {house.id: 12 * sum(hours // 8 for hours in house.contracts) for house in INSTITUTIONS}
    for house in INSTITUTIONS:
        assert 65 * house.day_wanted == pytest.approx(whole[house.id], rel=0.08)
    assert count["dag"] == pytest.approx(sum(whole.values()), rel=0.05)
    triage = 8 * 16 * 12  # eight of 16 hours, twelve weeks without leave
    assert 0.90 <= count["dag"] * 8 / (net_hours("friesland_anw") - triage) <= 1.0
    # evening 5.5, night 8.5, weekend day and holiday 8.5 hours
    assert 0.95 <= (91 * 5.5 + 91 * 8.5 + 30 * 8.5) / triage <= 1.05


@pytest.mark.parametrize("name", SETTINGS)
def test_holidays_have_rows_of_their_own(name: str) -> None:
    """Public holidays from Monday to Friday have the rows of a weekend's day; the roster is told 28 days before."""
    instance = made(name)
    assert holidays_on_weekdays(SETTINGS[name]) == HOLIDAYS
    assert {each.day for each in instance.cover if each.day is not None} == set(HOLIDAYS)
    assert instance.settings.publish_on == instance.first_monday - timedelta(days=28)


@pytest.mark.parametrize(("name", "contract"), [("apeldoorn_anw", "single"), ("apeldoorn_anw", "samen"),
                                                ("friesland_anw", "posts-2")])  # fmt: skip
def test_somebody_is_asked_whenever_calls_come(name: str, contract: str) -> None:
    """In each hour in which calls are expected, on holidays too, rows of line 1 ask somebody for each organisation."""
    instance = made(name)
    rows, clock = {each.id: each for each in instance.cover}, instance.clock
    asked = []
    for each in cover_days(instance, contract_named(instance, contract)):
        row = rows[each.id.split("+")[0]]
        if row.line == 1 and each.minimum:
            asked.append((clock.at(each.day, row.from_time), clock.at(each.day, row.until_time)))
    for low in range(clock.at(0, 480), clock.midnight(instance.days), 60):
        if any(instance.call_rates.share(each.id, low, low + 60) for each in instance.call_types):
            there = [start for start, end in asked if start <= low and low + 60 <= end]
            houses = len(instance.organisations) if contract == "single" else 1
            assert len(there) >= houses, (clock.date_of(clock.day_of(low)), clock.clock_time(low))


@pytest.mark.parametrize("name", SETTINGS)
def test_never_too_many_on_leave(name: str) -> None:
    """Each has one week of leave; of five colleagues at most one is away in a week."""
    instance = made(name)
    leave = [each for each in instance.availability if each.kind == "leave"]
    assert Counter(each.nurse for each in leave) == dict.fromkeys(instance.nurse_by_id, 1)
    size = Counter(each.organisation for each in instance.nurses)
    away = Counter((instance.nurse_by_id[each.nurse].organisation, each.first) for each in leave)
    assert all(number <= max(1, size[organisation] // MOST_AWAY) for (organisation, _), number in away.items())


def test_rule_sets_of_physicians() -> None:
    """Registered specialists stand outside the law's chapter; nurse specialists and triage nurses have the
    instance's rules. Each institution has specialists for its back-up."""
    instance = made("friesland_anw")
    specialists = {each.nurse for each in instance.nurse_skills if each.skill == "so"}
    for nurse in instance.nurses:
        assert (nurse.rule_set == "registered_physician") == (nurse.id in specialists)
        assert nurse.rule_set in (None, "registered_physician")
    count = Counter(instance.nurse_by_id[each].organisation for each in specialists)
    assert min(count.values()) >= 3 and len(count) == 8


def test_nobody_does_the_duties_of_another_craft() -> None:
    """Triage by triage nurses, day and night; the first line by who may see patients; the back-up by specialists."""
    instance = made("friesland_anw")
    allowed = duty_allowed(instance).any(axis=1)
    for column, kind in enumerate(instance.shift_kinds):
        crafts = {each.id.split("-")[1] for row, each in enumerate(instance.nurses) if allowed[row, column]}
        asked = {"T": {"triage"}, "E": {"so", "vs"}, "B": {"so"}}.get(kind.id[0], {"so", "vs", "triage"})
        assert crafts == asked, kind.id


def test_lines_and_routes_of_the_kinds() -> None:
    """Only evenings, nights and weekend days answer calls and have routes; the back-up is on call for a day at most."""
    for kind in nursing_kinds():
        assert (kind.line == 1) == (kind.carries_route and kind.lane == "work")
        assert (kind.line == 2) == (kind.lane == "standby") and kind.last_end - kind.start <= 1440
    lines = {each.id: each.line for each in made("friesland_anw").shift_kinds}
    assert {name for name, line in lines.items() if line == 0} == {"D", "K", "TA", "TN", "TD"}
    assert {name for name, line in lines.items() if line == 2} == {"BN", "BW"}


def test_planned_visits_an_evening_a_night_and_a_weekend_day() -> None:
    """Twenty each evening, four each night, twenty-four each weekend day; each team has two or more for each skill."""
    instance = made("apeldoorn_anw")
    count: Counter[str] = Counter()
    for visit in instance.visits:
        start = instance.clock.clock_time(visit.windows[0].start)
        count["night" if start >= 23 * 60 else "evening" if start >= 18 * 60 else "weekend"] += 1
    assert count == {"evening": 20 * 91, "night": 4 * 91, "weekend": 24 * 26}
    for organisation in instance.organisations:
        for skill in {skill for act in instance.acts for skill in act.skills}:
            able = [each.nurse for each in instance.nurse_skills if each.skill == skill]
            assert sum(instance.nurse_by_id[each].organisation == organisation.id for each in able) >= 2


@pytest.mark.parametrize("name", SETTINGS)
def test_nobody_is_on_duty_twice_at_one_time(name: str) -> None:
    """In the past, and for whoever has a day of her own and then the evening and night, or those and then a day: her
    day ends when the first line begins, and begins when it has ended."""
    instance = made(name)
    for nurse in instance.nurses:
        own = sorted((each.start, each.end) for each in instance.context if each.nurse == nurse.id)
        assert all(end <= start for (_, end), (start, _) in zip(own, own[1:], strict=False)), nurse.id
    kinds = instance.kind_by_id
    if name == "friesland_anw":
        nights = [each for each in instance.shift_kinds if each.lane == "standby" and each.category == "night"]
        assert len(nights) == 2 + 1 + 2 + 3
        assert all(kinds["D"].end <= each.start and each.end <= kinds["D"].start + 1440 for each in nights)


def test_holidays_of_the_year_are_those_of_the_past() -> None:
    """Years are of whole weeks: New Year's Day of 2027, a Friday 59 days before the first Monday, is still of 2026, and
    from Monday 4 January to the end of February there is no holiday. So nobody has one yet."""
    for name in SETTINGS:
        instance = made(name)
        assert instance.clock.day_number(date(2027, 1, 1)) == -59
        told = {each.nurse: each.value for each in instance.counters if each.counter == "holidays_year"}
        assert told == {each.id: 0 for each in instance.nurses}
