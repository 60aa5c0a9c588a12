"""What happens after publication: as much as was asked, and the same for every scenario."""

from __future__ import annotations

from math import log, sqrt
from statistics import fmean, pstdev

import pytest

from optimiser.domain.instance import Instance
from optimiser.simulate.absence import chance_of_a_start, ill_days
from optimiser.simulate.chance import happenings
from optimiser.simulate.draws import factor, happens, uniform
from optimiser.simulate.referrals import urgent_referrals
from optimiser.simulate.settings import ChanceSettings

USUAL = ChanceSettings()


def test_the_chance_of_a_spell_is_solved_from_the_share_of_ill_days() -> None:
    """Spells of one day: 8 % begin. Of two days: a day is well when none began that day or the day before, so
    (1 - p)(1 - p) = 0.92 and p = 1 - sqrt(0.92) = 0.0408. Half of one, half of two: (1 - p)(1 - p / 2) = 0.92."""
    assert chance_of_a_start(8.0, ((1, 100.0),)) == pytest.approx(0.08)
    assert chance_of_a_start(8.0, ((2, 100.0),)) == pytest.approx(1 - sqrt(0.92))
    mixed = chance_of_a_start(8.0, ((1, 50.0), (2, 50.0)))
    assert (1 - mixed) * (1 - mixed / 2) == pytest.approx(0.92)
    assert chance_of_a_start(0.0, ((1, 100.0),)) == 0
    assert chance_of_a_start(8.0, ((1, 0.0),)) == 0


def test_eight_percent_of_nurse_days_are_ill_days(six: Instance) -> None:
    """6 nurses, 7 days, 400 replays: 16,800 nurse-days. Days of one spell go together (4.5 on average), so that the
    standard error is about 0.45 percent point; one percent point off would be chance in a few of 100 seeds."""
    drawn = [ill_days(six, USUAL, 1, number) for number in range(400)]
    share = sum(len(days) for each in drawn for days in each.values()) / (400 * 6 * 7)
    assert share == pytest.approx(0.08, abs=0.01)
    first, last = (sum(day in days for each in drawn for days in each.values()) / 2400 for day in (0, 6))
    assert first == pytest.approx(0.08, abs=0.025)
    assert last == pytest.approx(0.08, abs=0.025)


def test_other_shares_and_none() -> None:
    """What happens in 0 % never happens, in 100 % always."""
    assert not any(happens(0, number) for number in range(100))
    assert all(happens(100, number) for number in range(100))
    assert sum(happens(30, number) for number in range(5000)) / 5000 == pytest.approx(0.3, abs=0.03)


def test_factors_have_the_mean_and_spread_that_were_asked() -> None:
    """A lognormal factor with mean 1.1 and a deviation of 0.2 of its logarithm; no spread is the mean itself."""
    drawn = [factor(10, 0.2, "x", number) for number in range(20_000)]
    assert fmean(drawn) == pytest.approx(1.1, abs=0.01)
    assert pstdev(map(log, drawn)) == pytest.approx(0.2, abs=0.01)
    assert factor(10, 0, "x") == pytest.approx(1.1)


def test_draws_hang_on_names_alone() -> None:
    """The same names, the same number, on every machine; other names, another."""
    assert uniform(1, "n", 3) == pytest.approx(0.7543408240237686, rel=1e-12)
    assert uniform(1, "n", 3) != uniform(1, "n", 4)
    assert uniform("a", "bc") != uniform("ab", "c")
    assert 0 < min(uniform(number) for number in range(1000)) < 0.01


def test_scenarios_of_one_week_share_their_chance(six: Instance) -> None:
    """The same seed gives the same happenings, also to an instance of one organisation alone: its nurses are ill on the
    same days, its referrals are the same, and its visits and trips take as long."""
    settings = USUAL.model_copy(update={"urgent_percent": 30.0})
    whole = happenings(six, settings, 7, 2)
    again = happenings(six, settings, 7, 2)
    assert (whole.ill, whole.urgent) == (again.ill, again.urgent)
    clients = tuple(each for each in six.clients if each.organisation == "maas")
    names = {each.id for each in clients}
    part = six.model_copy(update={
        "nurses": tuple(each for each in six.nurses if each.organisation == "maas"), "clients": clients,
        "visits": tuple(each for each in six.visits if each.client in names),
    })  # fmt: skip
    for cached in ("visit_by_id", "client_by_id", "nurse_by_id"):
        part.__dict__.pop(cached, None)
    alone = happenings(part, settings, 7, 2)
    own = {each.id for each in part.nurses}
    assert alone.ill == {nurse: days for nurse, days in whole.ill.items() if nurse in own}
    assert alone.urgent == tuple(each for each in whole.urgent if each.visit.client in names)
    assert alone.visit_minutes("v", 40) == whole.visit_minutes("v", 40)
    assert alone.travel_minutes("p", "q", 1, 40) == whole.travel_minutes("p", "q", 1, 40)
    assert [alone.willing("m1", day) for day in range(7)] == [whole.willing("m1", day) for day in range(7)]
    other = happenings(six, settings, 8, 2)
    assert other.ill != whole.ill or other.urgent != whole.urgent


def test_referrals_are_made_of_what_the_tables_hold(six: Instance) -> None:
    """30 % of 63 visits over 100 replays is 1,890 referrals. Each has the acts and length of a visit and goes to a
    client of the same organisation and district; unsafe clients get two nurses; it opens an hour after the call or the
    next morning, and lies in the horizon."""
    settings = USUAL.model_copy(update={"urgent_percent": 30.0})
    number = 0
    for replay in range(100):
        for each in urgent_referrals(six, settings, 3, replay):
            number += 1
            like = six.visit_by_id[each.visit.id.removeprefix("urgent/")]
            of, to = six.client_by_id[like.client], six.client_by_id[each.visit.client]
            assert of.organisation == to.organisation
            assert six.place_by_id[of.place].district == six.place_by_id[to.place].district
            assert (each.visit.acts, each.visit.minutes, each.visit.skills) == (like.acts, like.minutes, like.skills)
            assert each.visit.nurses == 2 or not to.unsafe
            window = each.visit.windows[0]
            day = six.clock.day_of(each.at)
            if window.day == day:
                assert (window.start, window.end) == (each.at + 60, each.at + 300 + each.visit.minutes)
            else:
                assert (window.day, window.start) == (day + 1, six.clock.at(day + 1, 480))
            assert window.end <= six.horizon_end
            assert 480 <= six.clock.clock_time(each.at) < 960
    assert number == pytest.approx(1890, rel=0.1)


def test_a_client_who_is_safe_needs_one_nurse_where_another_was_unsafe(six: Instance) -> None:
    """d2 is unsafe, so her bandaging is done by two; the same work at another client of that district needs one, unless
    the act asks two; and whatever comes to d2 is done by two."""
    settings = USUAL.model_copy(update={"urgent_percent": 100.0})
    bandages = [
        each.visit for replay in range(40) for each in urgent_referrals(six, settings, 5, replay)
        if each.visit.id.startswith("urgent/d2-")
    ]  # fmt: skip
    assert bandages and all((each.nurses == 2) == (each.client == "d2") for each in bandages)


def test_nothing_happens_when_nothing_is_asked(six: Instance) -> None:
    """No absence, no referrals, and all takes as long as planned."""
    none = happenings(six, ChanceSettings.nothing(), 1, 1)
    assert not none.ill and not none.urgent
    assert none.visit_minutes("v", 37) == 37
    assert none.travel_minutes("p", "q", 0, 13) == 13
