"""How many nurses calls need: formulas and numbers by hand, and distance that no number mends."""

from __future__ import annotations

from collections.abc import Callable
from math import comb

import pytest

from optimiser.domain.calls import CallSource, CallType, ResponseSettings
from optimiser.domain.instance import Instance
from optimiser.domain.needed import Needed
from optimiser.domain.sharing import PRESETS
from optimiser.domain.simulated_calls import Estimate
from optimiser.report.needed_words import capacity_refused, needed_tables, needed_told
from optimiser.studies.needed import NeededSettings, coalitions_to_tell, needed
from optimiser.studies.needed_guess import chosen_guess, erlang_c, first_guess, nearest_reaches, reached_share
from optimiser.studies.needed_shifts import ShiftTable, expected_visits
from optimiser.travel.engine import travel_matrix

Small = Callable[..., Instance]
EVENING = 17 * 60


@pytest.mark.parametrize(("servers", "load", "chance"), [
    (1, 0.5, 0.5),  # M/M/1: the load itself
    (2, 1.0, 1 / 3),  # 1^2/2 * 2/(2-1) = 1 over 1 + 1 + 1 = 3
    (3, 2.0, 4 / 9),  # 2^3/6 * 3 = 4 over 1 + 2 + 2 + 4 = 9
    (2, 2.0, 1.0), (0, 0.1, 1.0),
])  # fmt: skip
def test_erlang_c_by_hand(servers: int, load: float, chance: float) -> None:
    """The chance that all are busy; certain where there is as much work as there are hands."""
    assert erlang_c(servers, load) == pytest.approx(chance)


def test_who_lives_near_enough_is_a_draw_without_replacement() -> None:
    """Two of four live near; of two drawn both live far in 1 of 6 draws: 5/6. A source that all reach and one that two
    of four reach, three visits against one: 3/4 + 1/4 x 5/6 = 23/24."""
    assert nearest_reaches(2, 4, 2) == pytest.approx(5 / 6)
    assert nearest_reaches(1, 4, 4) == 1.0 and nearest_reaches(3, 4, 0) == 0.0
    assert reached_share([4, 2], [3.0, 1.0], 4, 2) == pytest.approx(23 / 24)


def test_the_first_guess_by_hand() -> None:
    """Half an hour each, one visit an hour: load 1/2. One is free in 1/2, two in 1 - 1/10 = 0.9, three in 0.985, all
    of whom are near: 90 % needs two, 95 % three. None where half of the visits is out of reach."""
    assert erlang_c(2, 0.5) == pytest.approx(0.1)
    assert first_guess([6], [1.0], 6, 1.0, 0.5, 0.9) == 2
    assert first_guess([6], [1.0], 6, 1.0, 0.5, 0.95) == 3
    assert first_guess([6, 0], [1.0, 1.0], 6, 1.0, 0.5, 0.9) is None


def test_homes_that_are_chosen_by_hand() -> None:
    """Three nurses: one reaches half of the visits, one a quarter of each half, one the other half. Two that are chosen
    reach all, but 1/2 of an hour each at one an hour has both busy in 1/10: two for 90 %, three for 95 %. For 100 % of
    what nobody reaches there is no number."""
    reaches = [[True, True, False, False], [True, False, True, False], [False, False, True, True]]
    assert chosen_guess(reaches, [1.0] * 4, 1.0, 0.5, 0.9) == 2
    assert chosen_guess(reaches, [1.0] * 4, 1.0, 0.5, 0.95) == 3
    assert chosen_guess([[True, False]], [1.0, 1.0], 0.1, 0.1, 0.6) is None


def rare_and_short(instance: Instance, norm: int = 15, calls: int = 20_000) -> Instance:
    """Calls that take a minute, so that nobody is ever busy: only distance counts. The next organisation is 11 km on,
    which takes more than a quarter of an hour."""
    kinds = tuple(kind for kind in instance.shift_kinds if kind.id == "evening")
    fields = {name: getattr(instance, name) for name in Instance.model_fields} | {
        "response": ResponseSettings(norm_minutes=norm),
        "shift_kinds": kinds, "cover": tuple(row for row in instance.cover if row.lane == "work"),
        "call_types": (CallType(id="care", name="Care", phone_percent=0, triage_minutes=0, service_minutes=1,
                                service_spread_percent=0),),
        "call_hours": tuple(row for row in instance.call_hours if row.from_time == EVENING),
        "call_sources": tuple(each.model_copy(update={"weekly_millicalls": calls}) for each in instance.call_sources),
    }  # fmt: skip
    return Instance(**fields)


def test_the_needed_number_by_hand(small_anw: Small) -> None:
    """Two organisations too far apart for each other, four nurses each. Alone one is enough: she is at the door. Drawn
    from all eight, two live on one side in 2 x C(4,2) / C(8,2) = 12 of 28 draws and then reach half of the calls:
    1 - 6/28 = 79 % on average; three 1 - 4/56 = 93 %. For 86 % sharing needs three, more than the two of both alone:
    homes matter."""
    instance = rare_and_short(small_anw(weeks=2, organisations=2))
    made = needed(instance, [PRESETS["single"], PRESETS["joint"]], NeededSettings(weeks=40, target_percent=86))
    single, joint = made.scenarios
    assert [each.needed for each in single.shifts] == [1, 1] and [each.guess for each in single.shifts] == [1, 1]
    assert [each.now.value for each in single.shifts] == [1.0, 1.0]
    (shift,) = joint.shifts
    assert (shift.asked, shift.guess, shift.needed, shift.may) == (2, 3, 3, 8)
    assert shift.chosen == 2  # one of each side
    shares = {each.number: each.within_norm for each in shift.tried}
    for number in (2, 3):
        exact = 1 - comb(4, number) / comb(8, number)
        assert shares[number].low is not None and shares[number].high is not None
        assert shares[number].low <= exact <= shares[number].high
    # unlucky: both ends are not manned, so half of the calls is reached; lucky: all
    assert shift.homes == (1.0, 1.0) or shift.homes == (0.5, 1.0)


def test_hours_and_fte_by_hand(small_anw: Small) -> None:
    """An evening of six hours without a break, seven days: one nurse is 42 hours a week. 42 x 52 / 1487.3 = 1.47."""
    instance = rare_and_short(small_anw(weeks=2, organisations=1))
    (scenario,) = needed(instance, [PRESETS["single"]], NeededSettings(weeks=8)).scenarios
    (shift,) = scenario.shifts
    assert (shift.needed, shift.hours_per_week, shift.duty_hours, shift.fte) == (1, 42.0, 6.0, 1.47)
    assert (scenario.hours_per_week, scenario.fte) == (42.0, 1.47)


def test_distance_that_no_number_mends(small_anw: Small) -> None:
    """All calls come from a place that nobody reaches in a quarter of an hour: no number is enough, and it is told."""
    instance = rare_and_short(small_anw(weeks=2, organisations=2))
    far = CallSource(id="far", organisation="a", type="care", place="at-b", weekly_millicalls=20_000)
    own = instance.model_copy(update={"call_sources": (far,)})
    made = needed(own, [PRESETS["single"]], NeededSettings(weeks=8))
    (shift,) = made.scenarios[0].shifts
    assert (shift.needed, shift.surely, shift.fte, shift.most) == (None, None, None, 0.0)
    # who has not yet left from the call before is near: some are in time all the same
    assert shift.now.value is not None and 0 < shift.now.value < 0.3
    assert made.scenarios[0].fte is None
    assert any("geen aantal is genoeg" in each for each in needed_told(made, "nl"))
    assert any("Distance is the cause" in each for each in needed_told(made, "en"))


def test_stress_makes_it_harder_and_chance_is_paired(small_anw: Small) -> None:
    """The same seed gives the same study; ill is one fewer, who here is the only one and has no back-up: nobody."""
    instance = rare_and_short(small_anw(weeks=2, organisations=2), norm=30)
    settings = NeededSettings(weeks=8, stress=("two-calls", "ill", "snow"))
    made = needed(instance, [PRESETS["single"]], settings)
    assert made == needed(instance, [PRESETS["single"]], settings)
    for shift in made.scenarios[0].shifts:
        assert shift.needed == 1 and shift.stress["ill"].value == 0.0
        assert (shift.stress["snow"].value or 0.0) <= (shift.now.value or 0.0)
        assert shift.stress["two-calls"].value == 1.0  # the second waits a minute


def test_expected_visits_by_hand(small_anw: Small) -> None:
    """Four calls a week, half by telephone, in 14 equal hours a day of which the evening has six: 2 x 6/14 = 6/7."""
    instance = small_anw(organisations=1)
    shifts = ShiftTable(instance, travel_matrix(instance)).shifts(PRESETS["single"], ("a",))
    visits = {shift.row.lane: sum(expected_visits(instance, shift).values()) for shift in shifts}
    assert visits == {"work": pytest.approx(6 / 7), "standby": pytest.approx(8 / 7)}


def test_coalitions_that_are_told() -> None:
    """Four organisations: all 15. Eight: each alone, 28 pairs, eight times all but one, and all together: 45."""
    assert len(coalitions_to_tell("abcd")) == 15
    assert len(coalitions_to_tell("abcdefgh")) == 8 + 28 + 8 + 1


def test_coalitions_share_what_is_alike(small_anw: Small) -> None:
    """Alone in the coalitions is alone in single; a pair has both members' calls and at most both rows."""
    instance = rare_and_short(small_anw(weeks=2, organisations=2, nurses=2), norm=30)
    made = needed(instance, [PRESETS["single"]], NeededSettings(weeks=4), PRESETS["joint"])
    assert [each.name for each in made.coalitions] == ["a", "b", "a+b"]
    assert [each.shifts[0] for each in made.coalitions[:2]] == list(made.scenarios[0].shifts)
    assert made.coalitions[2].shifts[0].organisations == ("a", "b") and made.coalitions[2].shifts[0].asked == 2


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_tables_are_whole(small_anw: Small, language: str) -> None:
    """Every row has a cell for each heading; the total of the fte stands below; a round trip keeps all."""
    instance = rare_and_short(small_anw(weeks=2, organisations=2, nurses=2), norm=30)
    made = needed(instance, [PRESETS["single"], PRESETS["joint"]],
                  NeededSettings(weeks=4, stress=("ill",)), PRESETS["joint"])  # fmt: skip
    tables = needed_tables(made, language)  # type: ignore[arg-type]
    assert len(tables) == 2 + 1 + 1 + 2
    assert all(len(row) == len(table.headings) for table in tables for row in table.rows)
    assert Needed.model_validate_json(made.model_dump_json()) == made
    assert not any("{" in line for line in needed_told(made, language))  # type: ignore[arg-type]


def test_nothing_to_count(six: Instance, small_anw: Small) -> None:
    """An instance without calls has no shifts that calls need; one without visits has no capacity to count."""
    made = needed(six, [PRESETS["single"]], NeededSettings(weeks=2))
    assert capacity_refused(six) is None and "samenrooster needed" in str(capacity_refused(small_anw()))
    assert made.scenarios[0].shifts == () and made.scenarios[0].fte is None
    assert any("niets te tellen" in each for each in needed_told(made, "nl"))


def test_an_estimate_without_an_interval_is_written_bare(small_anw: Small) -> None:
    """A share of nothing is a dash."""
    made = needed(rare_and_short(small_anw(weeks=2, organisations=1)), [PRESETS["single"]], NeededSettings(weeks=4))
    shift = made.scenarios[0].shifts[0].model_copy(update={"now": Estimate(value=None)})
    scenario = made.scenarios[0].model_copy(update={"shifts": (shift,)})
    assert needed_tables(made.model_copy(update={"scenarios": (scenario,)}), "nl")[0].rows[0][3] == "–"
