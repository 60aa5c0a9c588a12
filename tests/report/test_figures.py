"""The figures of a plan: six_nurses counted by hand, equal to summary.json and to the checker, and adding up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.plans import read_plan
from optimiser.check.checker import check
from optimiser.check.cover import Shortfall
from optimiser.check.report import CheckReport
from optimiser.domain.figure import Figures, Values
from optimiser.domain.instance import Instance
from optimiser.domain.labour import Figure
from optimiser.domain.people import ClientNurse, PastVisit
from optimiser.domain.plan import Plan, Route, Stop
from optimiser.domain.sharing import PRESETS
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.domain.workforce import WORKFORCE, Workforce
from optimiser.report.faces import client_faces
from optimiser.report.figures import figures
from optimiser.report.figures_calls import CALL_FIGURES
from optimiser.report.figures_clients import uncovered
from optimiser.report.figures_hours import AMOUNTS
from optimiser.report.figures_kinds import FIGURES, FROM_ROUTES
from optimiser.report.figures_people import LIVABLE
from optimiser.report.figures_tally import Tally
from optimiser.report.figures_travel import count_routes
from optimiser.report.kpis import ROUTE_FIGURES, summary
from optimiser.report.money import money
from optimiser.report.tables import nurse_hours, organisation_hours
from optimiser.travel.engine import travel_matrix

PLAN = Path(__file__).resolve().parents[1] / "instances" / "six_nurses_plan.json"
Case = tuple[Instance, TravelMatrix, Plan, CheckReport]


@pytest.fixture(scope="module")
def travel(six: Instance) -> TravelMatrix:
    """Travel of six_nurses; changed contracts and home legs leave it as it is."""
    return travel_matrix(six)


@pytest.fixture(scope="module")
def plan(six: Instance) -> Plan:
    """Its stored plan: everybody serves her own organisation."""
    return read_plan(PLAN, six)[0]


@pytest.fixture(scope="module")
def report(six: Instance, travel: TravelMatrix, plan: Plan) -> CheckReport:
    """The verdict on that plan."""
    return check(six, plan.contract, travel, plan)


@pytest.fixture(scope="module")
def found(six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport) -> Figures:
    """Its figures."""
    return figures(six, travel, plan, report)


def with_tables(instance: Instance, **updates: Any) -> Instance:
    """The instance with other tables; unlike a copy it looks nothing up in the old ones."""
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    return Instance.model_construct(**(fields | updates))


def some(values: Values, *names: str) -> list[float | None]:
    """The values of these figures."""
    return [values[name] for name in names]


def test_hours_of_six_nurses(found: Figures) -> None:
    """Paid, contract, over and under, balance and fte, by hand."""
    # planned: m1 3 x 480 + 300 = 1740, m2 480 + 4 x 300 = 1680, m3 3 x 450 = 1350, r1 2 x 480 + 3 x 300 = 1860,
    # r2 480 + 300 + 2 x 450 = 1680, r3 480 + 2 x 450 = 1380; meetings of an hour for m1 and r1
    assert found.total["paid_hours"] == (1740 + 1680 + 1350 + 1860 + 1680 + 1380 + 120) / 60 == 163.5
    assert some(found.nurses["m1"], "paid_hours", "contract_hours", "net_contract_hours") == [30.0, 32.0, 31.0]
    # should work, a thirteenth of the balance taken off: m1 1860 - 4, m2 1680 + 3, m3 1440 - 240 training,
    # r1 1860 - 9, r2 1680, r3 1440 + 7; so above: m3 150, r1 9; below: m1 116, m2 3, r3 67
    assert some(found.total, "overtime_hours", "undertime_hours") == [round(159 / 60, 2), round(186 / 60, 2)]
    assert some(found.organisations["maas"], "overtime_hours", "overtime_most_hours") == [2.5, 2.5]
    # after: m1 60 + 1740 - 1860, m2 -30, m3 150, r1 120, r2 0, r3 -90 - 60 = -150; together 30 minutes
    assert [found.nurses[each]["balance_after_hours"] for each in ("m1", "m2", "m3")] == [-1.0, -0.5, 2.5]
    assert found.total["balance_after_hours"] == 0.5
    # contracts 2 x (1920 + 1680 + 1440) minutes = 168 hours = 4.67 x 36; 163.5 / 36 = 4.54;
    # a full-time year is there for (1878 - 237.4 - 24) x 0.92 = 1487.272 hours; 4.5417 x 1878 / 1487.272 = 5.73
    assert some(found.total, "fte_contract", "fte_net", "fte_gross") == [4.67, 4.54, 5.73]


def test_visits_and_travel_of_six_nurses(found: Figures) -> None:
    """Visits asked and made, hours at clients, kilometres by car."""
    # 63 visits, three of them by two nurses (c2 twice, d2 once)
    assert some(found.total, "visits", "visits_made", "unserved_visits") == [63, 66, 0]
    # m3: on three evenings 30 + 20 + 30 minutes at clients, in 3 x 450 paid minutes
    assert some(found.nurses["m3"], "visits_made", "visit_hours", "client_time_percent") == [9, 4.0, 17.8]
    # m3 goes by electric bicycle, r3 by bicycle: no kilometre of theirs is by car
    assert some(found.nurses["m3"], "own_car_km", "travel_km") == [0.0, 4.0]
    assert found.nurses["r3"]["own_car_km"] == 0.0
    assert found.nurses["m1"]["own_car_km"] == 39.9  # 21,996 m between clients + 17,887 m from and to home
    # 130.6 km by car x 193 g
    assert some(found.total, "own_car_km", "co2_kg") == [130.6, 25.2]
    # c2 lives alone in her district: visited on Tuesday and Friday by m1 and m2, four times 45 minutes
    district = found.districts["BU05990531"]
    assert some(district, "clients", "visits", "visits_made", "visit_hours") == [1, 2, 4, 3.0]


def test_travel_of_a_district_leads_to_its_clients(six: Instance, travel: TravelMatrix, found: Figures) -> None:
    """To c4 lead three legs by car by day and three by electric bicycle in the evening, all from c1; m2 comes from
    home each time, which is no travel between clients."""
    leg = travel.places.index("p-c1"), travel.places.index("p-c4")
    minutes = 3 * travel.minutes["car", "day"][leg] + 3 * travel.minutes["ebike", "evening"][leg]
    metres = 3 * travel.metres["car", "day"][leg] + 3 * travel.metres["ebike", "evening"][leg]
    expected = [minutes, round(metres / 1000, 1)]
    assert some(found.districts["BU05990516"], "travel_minutes", "travel_km") == expected
    assert minutes > 0


def test_people_of_six_nurses(found: Figures) -> None:
    """Evenings, nights, weekends and what is above a share; wishes; places for students."""
    # evenings m3 3, r2 2, r3 2; nights on call m1 2, m3 1, r1 2, r2 1, r3 1; weekends m2, r1, r2, r3
    assert some(found.total, "evenings", "nights", "weekends_worked") == [7, 7, 4]
    assert some(found.nurses["m1"], "evenings", "nights", "weekends_worked") == [0, 2, 0]
    # evenings of the year before 20 + 18 + 40 + 15 + 25 + 38 = 156, with these 163; of 10,080 contract minutes
    # m3 and r3 have 1440: 24 each, and have had 40 and 38: all they work is above; r2 28 - 25 = 3, works 2
    assert [found.nurses[each]["evenings_above_share"] for each in ("m3", "r2", "r3")] == [3, 0, 2]
    assert [found.organisations[each]["evenings_above_share"] for each in ("maas", "rotte")] == [3, 2]
    assert found.total["evenings_above_share"] == 3
    assert some(found.total, "wishes_kept", "wishes_refused") == [4, 0]
    # work duties with a visit: m1 4, m2 5, m3 3; r1 5, r2 4, r3 3; the seven nights are none
    assert [found.organisations[each]["student_places"] for each in ("maas", "rotte")] == [12, 12]


def test_faces_of_six_nurses(found: Figures) -> None:
    """Faces per client and the share of visits by known faces."""
    # c1 m1 m3, c2 m1 m2, c3 m1, c4 m1 m2 m3, c5 m1 m2, c6 m1 m2: 12 faces of 6 clients
    assert found.organisations["maas"]["faces_mean"] == 2.0
    assert found.districts["BU05990516"]["faces_mean"] == 3.0  # c4
    # maas: c4 knows all who come (10 of 10), c5 knows m1 (3 of 4), c6 knows m2 (4 of 7): 17 of 21
    # rotte: d4 7 of 7, d1 knows r2 (1 of 6), d5 knows r2 (1 of 3), d6 knows r1 and r3 (8 of 11): 17 of 27
    assert [found.organisations[each]["known_faces_percent"] for each in ("maas", "rotte")] == [81.0, 63.0]
    assert found.total["known_faces_percent"] == 70.8  # 34 of 48
    assert found.districts["BU05990515"]["known_faces_percent"] is None  # c1 knows nobody


@pytest.mark.parametrize(("before", "most"), [(13, 2), (14, 1)])
def test_faces_are_counted_over_fourteen_days(six: Instance, plan: Plan, before: int, most: int) -> None:
    """c3 sees m1 on the first day; m2 thirteen days before lies in the same fourteen days, fourteen before does not."""
    past = PastVisit(client="c3", nurse="m2", day=six.first_monday - timedelta(days=before))
    found = client_faces(with_tables(six, past_visits=(past,)), plan)["c3"]
    assert (found.here, found.most) == (1, most)


def test_a_banned_nurse_is_no_known_face(six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport) -> None:
    """m2, who comes to c5 once and is not known there, stays unknown when c5 does not want her."""
    banned = ClientNurse(client="c5", nurse="m2", relation="banned")
    instance = with_tables(six, client_nurses=(*six.client_nurses, banned))
    found = figures(instance, travel, plan, report)
    assert found.organisations["maas"]["known_faces_percent"] == 81.0  # still 17 of 21


def test_money_of_six_nurses(found: Figures) -> None:
    """Allowance for evenings and pay for standby, by hand."""
    # FWG 45 half way: (1905 + 2713) / 2 = 2309 cents; each evening 2 hours at 22 % and one at 47 %
    # 3 x 2309 x 0.91 = 6303.57 cents
    assert found.nurses["m3"]["ort_cost_eur"] == 63.04
    # m1: Monday night 8 x 1.50; Friday night one hour of Friday at 1.50 and seven of Saturday at 3.00
    assert found.nurses["m1"]["on_call_cost_eur"] == 12 + 1.5 + 21
    assert some(found.nurses["m1"], "standby_hours") == [16.0] and found.total["standby_hours"] == 7 * 8
    # 6208.92 euros by 35 hours and 40 minutes at clients
    assert found.total["cost_per_client_hour_eur"] == 174.08


def test_the_figures_of_all_are_those_of_the_summary(
    six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport, found: Figures
) -> None:
    """Every name that both have, has one value, and a count of the checker is counted the same."""
    assert_as_elsewhere(six, travel, plan, report, found)
    names = {each.name for each in FIGURES} & summary(six, travel, plan, report).keys()
    assert names >= {
        "travel_minutes", "home_leg_minutes", "travel_km", "visit_hours", "waiting_hours", "nonclient_hours",
        "paid_hours", "visits", "unserved_visits", "unserved_critical", "uncovered_shifts", "employer_cost_eur",
        "cost_per_client_hour_eur", "faces_mean", "faces_most_14_days", "largest_gap_min", "nurses", "duties",
    }  # fmt: skip


def assert_as_elsewhere(
    instance: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport, found: Figures
) -> None:
    """The total equals summary.json and the counts of the checker; organisations and nurses equal their tables."""
    known = summary(instance, travel, plan, report)
    for kind in FIGURES:
        if kind.name in known and not (kind.name.startswith("faces") and known[kind.name] == 0):
            assert found.total[kind.name] == known[kind.name], kind.name
    counts = report.counts
    assert found.total["uncovered_wanted"] == counts["uncovered_wanted"]
    assert found.total["overtime_hours"] == round(counts["overtime"] / 60, 2)
    assert all(found.total[name] == counts[name] for name in LIVABLE)
    assert found.total["law_tokens"] == sum(sum(rules.values()) for rules in report.tokens.values())
    rows = nurse_hours(instance, travel, plan)
    for row in organisation_hours(instance, plan, rows) if plan.with_routes else ():
        assert found.organisations[row.organisation]["hours_given"] == round(row.lent / 60, 2)
    account = money(instance, travel, plan)
    for row in account.organisations:
        cents = sum(row.cents[part] for part in AMOUNTS["on_call_cents"])
        assert found.organisations[row.organisation]["on_call_cost_eur"] == cents / 100


def assert_adds_up(found: Figures) -> None:
    """What adds up does, over organisations and over nurses, within what rounding each part by itself can do."""
    rounding = {"hours": 0.005, "km": 0.05, "kg": 0.05, "fte": 0.005, "count": 0.005}
    for kind in FIGURES:
        for level, parts in (("organisation", found.organisations), ("nurse", found.nurses)):
            assert all((kind.name in values) == (level in kind.levels) for values in parts.values())
            if kind.adds and level in kind.levels and found.total[kind.name] is not None:
                summed = sum(values[kind.name] for values in parts.values())
                slack = rounding.get(kind.unit, 0) * (1 + len(parts)) + 1e-6
                assert abs(summed - found.total[kind.name]) <= slack, (kind.name, level)


@given(st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_figures_add_up_on_any_roster(six: Instance, travel: TravelMatrix, plan: Plan, data: st.DataObject) -> None:
    """Whoever does whose duties, under any contract, with duties left out and any home legs: sums and summary hold."""
    nurses = [each.id for each in six.nurses]
    other = dict(zip(nurses, data.draw(st.permutations(nurses)), strict=True))
    kept = data.draw(st.lists(st.booleans(), min_size=len(plan.duties), max_size=len(plan.duties)))
    home_legs = data.draw(st.sampled_from(["outside", "inside", "above"]))
    organisations = tuple(
        each.model_copy(update={"home_legs": home_legs, "home_leg_limit": 8}) for each in six.organisations
    )
    instance = with_tables(six, organisations=organisations)
    duties = tuple(
        duty.model_copy(update={"nurse": other[duty.nurse]})
        for duty, keep in zip(plan.duties, kept, strict=True)
        if keep
    )
    contract = PRESETS[data.draw(st.sampled_from(["single", "joint"]))]
    changed = plan.model_copy(update={"duties": duties, "contract": contract})
    report = check(instance, contract, travel, changed)
    found = figures(instance, travel, changed, report)
    assert_adds_up(found)
    assert_as_elsewhere(instance, travel, changed, report, found)
    total = found.total
    assert total["hours_given"] == total["hours_received"]
    assert total["home_leg_minutes"] == total["home_leg_paid_minutes"] + total["home_leg_unpaid_minutes"]
    assert sum(each["visits"] for each in found.districts.values()) == total["visits"]


def test_stored_figures_add_up(found: Figures) -> None:
    """Also for the stored plan."""
    assert_adds_up(found)


def test_hours_for_the_other_organisation_are_given_and_received(
    six: Instance, travel: TravelMatrix, plan: Plan
) -> None:
    """m3 and r3 change places: 240 minutes at clients of maas by r3, 295 at clients of rotte by m3."""
    other = {"m3": "r3", "r3": "m3"}
    duties = tuple(each.model_copy(update={"nurse": other.get(each.nurse, each.nurse)}) for each in plan.duties)
    lent = plan.model_copy(update={"duties": duties, "contract": PRESETS["joint"]})
    found = figures(six, travel, lent, check(six, lent.contract, travel, lent))
    assert [found.nurses[each]["hours_given"] for each in ("r3", "m3", "m1")] == [4.0, 4.92, 0.0]
    assert some(found.organisations["maas"], "hours_given", "hours_received") == [4.92, 4.0]
    assert some(found.organisations["rotte"], "hours_given", "hours_received") == [4.0, 4.92]
    # the visits stay those of the clients' organisations, the hours at clients go with the nurse's employer
    assert found.organisations["maas"]["visits"] == 34
    assert found.organisations["maas"]["visit_hours"] == round((555 + 335 + 295) / 60, 2)


def test_paid_and_unpaid_home_legs_are_apart(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Above 8 minutes a leg is duty time, its kilometres in proportion; a call from home pays none of it."""
    organisations = tuple(
        each.model_copy(update={"home_legs": "above", "home_leg_limit": 8}) for each in six.organisations
    )
    instance = with_tables(six, organisations=organisations)
    duty = next(each for each in plan.duties if each.id == "m2/2026-12-10/work")
    tally = Tally(instance)
    count_routes(tally, instance, travel, plan.model_copy(update={"duties": (duty,)}))
    ends = (("p-m2", "p-c4"), ("p-c6", "p-m2"))
    legs = [(travel.places.index(origin), travel.places.index(destination)) for origin, destination in ends]
    # ten minutes out and ten back: of each 8 are her own and 2 are paid, a fifth of the way
    assert [int(travel.minutes["car", "day"][leg]) for leg in legs] == [10, 10]
    sums = tally.nurses["m2"]
    assert (sums["home"], sums["home_paid"], sums["home_unpaid"]) == (20, 4, 16)
    metres = [int(travel.metres["car", "day"][leg]) for leg in legs]
    assert sums["home_paid_metres"] == sum(each // 5 for each in metres)
    assert sums["home_unpaid_metres"] == sums["home_metres"] - sums["home_paid_metres"] > 0


def test_the_way_to_a_call_is_no_duty_time(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Of standby from home the legs from and to home lie outside the paid turn-out, whatever holds for duties; and
    nobody takes a student along on it."""
    organisations = tuple(each.model_copy(update={"home_legs": "inside"}) for each in six.organisations)
    instance = with_tables(six, organisations=organisations)
    night = next(each for each in plan.duties if each.lane == "standby")
    stop = Stop(what="visit", id="c4-injectie/2026-12-07/1", arrival=1500, start=1500, end=1520)
    called = night.model_copy(update={"routes": (Route(stops=(stop,)),)})
    tally = Tally(instance)
    count_routes(tally, instance, travel, plan.model_copy(update={"duties": (called,)}))
    assert tally.total["home_paid"] == 0 < tally.total["home"] == tally.total["home_unpaid"]
    assert tally.total["student_places"] == 0


def test_what_is_not_served_is_the_clients_organisations(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Without r2's duties her seven visits are open; of the pair at d2 only her half is missing."""
    duties = tuple(each for each in plan.duties if each.nurse != "r2")
    rest = plan.model_copy(update={"duties": duties})
    found = figures(six, travel, rest, check(six, rest.contract, travel, rest))
    # d4, d6, d2 (her half), d5, d6 evening, d1 aan, d6 evening
    lost = [each for duty in plan.duties if duty.nurse == "r2" for each in duty.stops if each.what == "visit"]
    assert found.organisations["rotte"]["unserved_visits"] == len(lost) == 7
    assert found.organisations["maas"]["unserved_visits"] == 0
    # 30 + 30 + 30 + 60 + 20 + 45 + 20
    assert found.total["unserved_hours"] == round(235 / 60, 2)


def test_critical_work_that_is_not_done(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Of r2's work one visit is time-critical, one task critical: a district has the visit only."""
    visits = tuple(each.model_copy(update={"time_critical": each.id == "d1-aan/2026-12-12/1"}) for each in six.visits)
    tasks = tuple(
        each.model_copy(update={"priority": "critical"}) if each.id == "t-apotheek" else each for each in six.tasks
    )
    instance = with_tables(six, visits=visits, tasks=tasks)
    rest = plan.model_copy(update={"duties": tuple(each for each in plan.duties if each.nurse != "r2")})
    report = check(instance, rest.contract, travel, rest)
    found = figures(instance, travel, rest, report)
    assert found.total["unserved_critical"] == report.counts["unserved_critical"] == 2
    assert found.organisations["rotte"]["unserved_critical"] == 2
    district = six.place_by_id["p-d1"].district
    assert sum(each["unserved_critical"] for each in found.districts.values()) == 1
    assert found.districts[district]["unserved_critical"] == 1


def test_nobody_served_is_no_mean_of_nothing(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Without duties there are no faces, no share and no cost by the hour; what adds up is 0."""
    empty = plan.model_copy(update={"duties": ()})
    found = figures(six, travel, empty, check(six, empty.contract, travel, empty))
    unknown = {name for name, value in found.total.items() if value is None}
    assert unknown == {
        "travel_minutes_per_visit", "faces_mean", "faces_most_14_days", "known_faces_percent",
        "cost_per_client_hour_eur", *CALL_FIGURES,
    }  # fmt: skip
    # two meetings of an hour are paid all the same, none of it with clients
    assert some(found.total, "paid_hours", "client_time_percent", "unserved_visits") == [2.0, 0.0, 63]
    # every cover row and day asks one: 7 days and evenings 3 + 4 and nights 3 + 4, days of both organisations
    assert found.total["uncovered_shifts"] == 7 + 7 + 7 + 7


def test_a_roster_without_routes_knows_nothing_of_routes(six: Instance, travel: TravelMatrix, plan: Plan) -> None:
    """Hours, cover, wishes and pay stand; all that only routes tell is unknown, at every level."""
    bare = plan.model_copy(
        update={"with_routes": False, "duties": tuple(each.model_copy(update={"routes": ()}) for each in plan.duties)}
    )
    report = check(six, bare.contract, travel, bare)
    found = figures(six, travel, bare, report)
    for values in (found.total, *found.organisations.values(), *found.nurses.values(), *found.districts.values()):
        unknown = {name for name, value in values.items() if value is None}
        assert unknown == values.keys() & {*FROM_ROUTES, *CALL_FIGURES}
    assert some(found.total, "paid_hours", "nights", "fte_net", "visits", "wishes_kept") == [163.5, 7, 4.54, 63, 4]
    assert set(ROUTE_FIGURES) <= FROM_ROUTES
    assert_as_elsewhere(six, travel, bare, report, found)


def test_a_pooled_shortfall_is_shared_by_what_each_asks(six: Instance) -> None:
    """Two rows of one each share one missing duty by halves; of rows that ask 2 and 1, two missing are 4/3 and 2/3."""
    night = Shortfall(("maas-nacht", "rotte-nacht"), 0, 1380, 1860, 1, 2, 2)
    assert [dict(each) for each in uncovered(six, [night])][0] == {"maas": 0.5, "rotte": 0.5}
    double = tuple(each.model_copy(update={"minimum": 2}) if each.id == "maas-nacht" else each for each in six.cover)
    shares, _ = uncovered(with_tables(six, cover=double), [replace(night, counted=1, minimum=3, wanted=3)])
    assert (float(shares["maas"]), float(shares["rotte"])) == (pytest.approx(4 / 3), pytest.approx(2 / 3))
    wanted = tuple(each.model_copy(update={"wanted": 3}) if each.id == "maas-nacht" else each for each in six.cover)
    # of three wanted by maas and one by rotte two are missing above the minimum: 3/4 and 1/4 of them
    _, shares = uncovered(with_tables(six, cover=wanted), [replace(night, counted=2, minimum=2, wanted=4)])
    assert dict(shares) == {"maas": 1.5, "rotte": 0.5}
    none = tuple(each.model_copy(update={"minimum": 0, "wanted": 0}) for each in six.cover)
    shares, _ = uncovered(with_tables(six, cover=none), [replace(night, counted=0, minimum=1, wanted=1)])
    assert dict(shares) == {"maas": 0.5, "rotte": 0.5}


def test_what_was_set_aside_counts_all_the_same(
    six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport, found: Figures
) -> None:
    """An override takes a signal away, not the single day off; tokens are counted by nurse."""
    assert found.total["lone_day_off"] == 3
    aside = replace(report, signals=(), overridden=report.signals, tokens={"m1": {"rest.token": 2, "nights.long": 1}})
    again = figures(six, travel, plan, aside)
    assert again.total["lone_day_off"] == 3
    assert some(again.nurses["m1"], "lone_day_off", "law_tokens") == [1, 3]


def test_fte_reckons_with_an_organisations_own_absence(
    six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport
) -> None:
    """Half of the time absent takes twice the people that none absent takes; the rest is as told."""

    def absent(percent: int) -> Workforce:
        figure = Figure(value=percent, unit="percent", article="own figures", confidence="S")
        return Workforce(absence=figure)

    assert float(WORKFORCE.net_year) / 60 == pytest.approx(1487.272)
    assert absent(50).gross_by_net == 2 * absent(0).gross_by_net
    # 163.5 / 36 x 1878 / 1616.6 = 5.276, and twice that
    assert figures(six, travel, plan, report, absent(0)).total["fte_gross"] == 5.28
    assert figures(six, travel, plan, report, absent(50)).total["fte_gross"] == 10.55


def test_fte_of_two_weeks_are_those_of_one_and_half_the_work(
    six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport
) -> None:
    """The same duties in a horizon of two weeks: the contracts stay 4.67 fte, the hours ask half as much."""
    values = figures(with_tables(six, weeks=2), travel, plan, report).total
    # 163.5 / 72 = 2.27
    assert some(values, "contract_hours", "fte_contract", "fte_net") == [336.0, 4.67, 2.27]


def test_students_and_training_are_no_fte_needed(
    six: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport
) -> None:
    """m3 as a student takes her 22.5 hours and 24 contract hours out; a meeting that is training takes its hour out."""

    def changed(**updates: Any) -> Values:
        return figures(with_tables(six, **updates), travel, plan, report).total

    students = tuple(
        each.model_copy(update={"experience": "student"}) if each.id == "m3" else each for each in six.nurses
    )
    values = changed(nurses=students)
    # (163.5 - 22.5) / 36 and (168 - 24) / 36; on three duties nobody can be taken along
    assert some(values, "fte_net", "fte_contract", "student_places") == [3.92, 4.0, 21]
    assert values["paid_hours"] == 163.5
    tasks = tuple(
        each.model_copy(update={"kind": "training"}) if each.id == "t-overleg-m1" else each for each in six.tasks
    )
    assert changed(tasks=tasks)["fte_net"] == round(162.5 / 36, 2)
