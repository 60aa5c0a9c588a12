"""Other weeks of demand: the team stays, the demand is another one, and what comes out is an instance as any other."""

from __future__ import annotations

import runpy
import tempfile
from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path
from statistics import mean, stdev
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.copies import longer
from instances.demand_weeks import DEMAND, demand_source, demand_week, different_weeks
from instances.expand import expanded
from instances.generate import GeneratorSettings, generate, settings_of
from instances.read import read_instance
from instances.resample import LEAST, resampled, strata_of
from instances.units import units_of
from instances.write import write_instance
from optimiser.domain.instance import TABLES, Instance
from optimiser.domain.sharing import PRESETS
from optimiser.domain.work import EditedVisit, Link
from optimiser.report.demand import demand
from optimiser.travel.engine import travel_matrix

QUICK_AND_SLOW = (
    "vtt_rijnmond", pytest.param("vtt_rijnmond_half", marks=pytest.mark.slow),
    pytest.param("vtt_rijnmond_apart", marks=pytest.mark.slow),
)  # fmt: skip
RANDOM_INSTANCES = runpy.run_path(
    str(Path(__file__).with_name("test_instance_round_trip.py")), run_name="instances"
)["instances"]  # fmt: skip


@cache
def stored(name: str) -> Instance:
    """A bundled week."""
    return read_instance(locate(name))


def changed(instance: Instance, **tables: Any) -> Instance:
    """The instance with other tables, expanded again."""
    fields = {name: getattr(instance, name) for name in Instance.model_fields}
    return expanded(Instance(**fields | tables))


def read_again(instance: Instance) -> Instance:
    """What the reader makes of the instance's own tables."""
    with tempfile.TemporaryDirectory() as folder:
        write_instance(instance, Path(folder))
        return read_instance(Path(folder))


def hashes(instance: Instance, tables: tuple[str, ...]) -> dict[str, str]:
    """The row hashes of some tables."""
    return {key: value for key, value in instance.row_hashes.items() if key.split("/", 1)[0] in tables}


@pytest.mark.parametrize("name", QUICK_AND_SLOW)
def test_a_bundled_week_is_what_its_provenance_makes(name: str) -> None:
    """The settings that the provenance holds give the stored tables, row by row."""
    told = settings_of(stored(name))
    assert told is not None and told.demand_seed is None
    assert generate(told)[0].row_hashes == stored(name).row_hashes
    assert demand_source(stored(name)) == "generator"


@pytest.mark.parametrize("name", QUICK_AND_SLOW)
def test_the_team_stays_and_the_demand_is_another(name: str) -> None:
    """Rows of all tables but those of the demand are equal; the nurses live where they lived, their tasks outside
    routes stay; almost no client has the address of before."""
    week, other = stored(name), demand_week(stored(name), 2)
    stays = tuple({*TABLES, "instance"} - set(DEMAND))
    assert hashes(week, stays) == hashes(other, stays)
    assert [week.place_by_id[each.home] for each in week.nurses] == [
        other.place_by_id[each.home] for each in other.nurses
    ]
    outside = [each for each in week.tasks if not each.in_route]
    assert outside and outside == [each for each in other.tasks if not each.in_route]
    before = {(each.latitude, each.longitude) for each in week.places if each.kind == "client"}
    now = {(each.latitude, each.longitude) for each in other.places if each.kind == "client"}
    assert len(before & now) < 5
    assert read_again(other) == other


@pytest.mark.slow
def test_weeks_are_numbered_and_repeat() -> None:
    """Week 0 is the instance itself; each other is always the same, and no two are; name and provenance say which."""
    week = stored("vtt_rijnmond")
    assert demand_week(week, 0) is week
    weeks = [demand_week(week, number) for number in (1, 2, 3)]
    assert weeks[0] == demand_week(stored("vtt_rijnmond"), 1)
    assert len({each.fingerprint for each in (week, *weeks)}) == 4
    assert [each.name for each in weeks] == [f"vtt_rijnmond-week{number}" for number in (1, 2, 3)]
    assert weeks[0].provenance["demand_week"] == 1
    assert {**week.provenance}.items() <= weeks[0].provenance.items()
    with pytest.raises(ValueError):
        demand_week(week, -1)
    again = demand_week(weeks[0], 1)  # a week of a week is yet another one
    assert again.fingerprint not in {each.fingerprint for each in weeks}
    assert demand_source(again) == "generator"


def test_weeks_that_equal_an_earlier_one_are_left_out() -> None:
    """six_nurses has two clients with the same care and organisation, so there are three weeks: both once, or one of
    them twice. The generator's weeks all differ."""
    six = stored("six_nurses")
    weeks = different_weeks(six, 9)
    assert weeks[0] is six
    assert len(weeks) == len({each.fingerprint for each in weeks}) == 3
    assert len(different_weeks(stored("vtt_rijnmond"), 3)) == 3


@pytest.mark.slow
def test_a_week_is_as_large_as_another_seed_would_make_it() -> None:
    """Between demand weeks visits vary as between seeds: inside the issue's 600 to 720, not all equal."""
    numbers = [len(demand_week(stored("vtt_rijnmond"), number).visits) for number in range(1, 5)]
    assert all(600 <= each <= 720 for each in numbers)
    assert len(set(numbers)) > 1


def test_without_a_demand_seed_nothing_changes() -> None:
    """None is the week of the seed itself; a seed of the demand is told in the provenance."""
    plain, _ = generate(GeneratorSettings(seed=4))
    assert "demand_seed" not in plain.provenance
    other, _ = generate(GeneratorSettings(seed=4, demand_seed=0))
    assert other.provenance["demand_seed"] == 0
    assert other.fingerprint != plain.fingerprint
    assert other.nurses == plain.nurses and other.context == plain.context and other.wishes == plain.wishes


def test_what_a_user_decides_comes_along() -> None:
    """Weights, contracts and settings of the given instance hold in its generated weeks too."""
    week = stored("vtt_rijnmond")
    mine = changed(
        week,
        weights=week.weights.model_copy(update={"travel": 3}),
        contracts=(PRESETS["anw"].model_copy(update={"name": "a"}),),
        settings=week.settings.model_copy(update={"slack_minutes": 2}),
    )  # fmt: skip
    assert demand_source(mine) == "generator"
    other = demand_week(mine, 1)
    assert (other.weights, other.contracts, other.settings) == (mine.weights, mine.contracts, mine.settings)


def test_edited_tables_are_resampled() -> None:
    """One changed order, nurse or duty of the past, or a table of travel times, and the generator's weeks would be of
    another team or demand: the instance's own clients are drawn again, and the provenance says so."""
    week = stored("vtt_rijnmond")
    order = week.orders[0].model_copy(update={"priority": "high" if week.orders[0].priority != "high" else "normal"})
    first = week.places[0].id
    edits = (
        changed(week, orders=(order, *week.orders[1:])),
        changed(week, nurses=(week.nurses[0].model_copy(update={"wage_grade": 60}), *week.nurses[1:])),
        changed(week, context=week.context[1:]),
        changed(week, travel_table=((first, week.places[1].id, "car", "", 4, 900),)),
    )
    for mine in edits:
        assert demand_source(mine) == "resampled"
        assert demand_week(mine, 1).provenance["demand_source"] == "resampled"
    assert demand_source(stored("six_nurses")) == "resampled"


@given(
    told=st.dictionaries(
        st.sampled_from(["organisations", "region", "overlap", "seed", "awake_nights", "demand_seed"]),
        st.none() | st.integers() | st.floats() | st.text(max_size=6)
        | st.sampled_from(["aafje:11,laurens:9", "rijnmond", "a:b", "a:1e9,b:3", "a:nan"]),
    )
)  # fmt: skip
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_provenance_that_means_nothing_is_resampled(told: dict[str, Any]) -> None:
    """Whatever a user writes there, the question is answered."""
    rows = {name: getattr(stored("six_nurses"), name) for name in Instance.model_fields}
    assert demand_source(Instance(**rows | {"provenance": told})) == "resampled"


@given(number=st.integers(1, 10_000))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_small_weeks_drawn_again_are_instances(number: int) -> None:
    """six_nurses: what comes out is read back equal, each stratum keeps its number of units."""
    _holds(stored("six_nurses"), number)


@pytest.mark.slow
@given(number=st.integers(1, 10_000))
@settings(max_examples=5, deadline=None)
def test_large_weeks_drawn_again_are_instances(number: int) -> None:
    """vtt_rijnmond_apart: the same."""
    _holds(stored("vtt_rijnmond_apart"), number)


@given(instance=RANDOM_INSTANCES(), number=st.integers(1, 100))
@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_week_drawn_again_is_an_instance(instance: Instance, number: int) -> None:
    """Random tables with visits of no order and links to tasks outside routes: the same."""
    _holds(instance, number)


def _holds(instance: Instance, number: int) -> None:
    made = resampled(instance, number)
    assert read_again(made) == made
    assert made == resampled(instance, number)
    rest = tuple({*TABLES, "instance"} - set(DEMAND) - {"edited_visits"} | {"places"})
    assert hashes(made, rest) == hashes(instance, rest)
    times = drawn(instance, made)
    for members in strata_of(instance, units := units_of(instance)).values():
        assert sum(times[units[each].clients[0]] for each in members) == len(members)
    # as many addresses have care as before, but where a unit of two clients takes the place of one of one
    if all(len(unit.clients) == 1 for unit in units):
        assert Counter(each.place for each in made.clients) == Counter(each.place for each in instance.clients)
    # each client comes with all that is the client's
    for table in ("orders", "client_nurses", "past_visits"):
        before = Counter(row.client for row in getattr(instance, table))
        now = Counter(row.client for row in getattr(made, table))
        assert now.total() == sum(before[name] * times[name] for name in before)


def drawn(instance: Instance, made: Instance) -> Counter[str]:
    """Client -> how often: copies have the id with -r2, -r3."""
    known = {each.id for each in instance.clients}
    return Counter(each.id if each.id in known else each.id.rsplit("-r", 1)[0] for each in made.clients)


@pytest.mark.slow
def test_every_client_is_expected_once() -> None:
    """Over 144 weeks of six_nurses, with all acts made one so that clients can change places: each client comes once on
    average (a binomial of 6 draws has a standard deviation of 0.91, so its mean over 144 weeks one of 0.076; four of
    those are 0.30), and visits have the mean of week 0 within four standard errors."""
    six = stored("six_nurses")
    same = changed(six, orders=tuple(each.model_copy(update={"acts": ("injectie",)}) for each in six.orders))
    weeks = [resampled(same, number) for number in range(1, 145)]
    for client in six.clients:
        assert abs(mean(drawn(same, week)[client.id] for week in weeks) - 1) < 0.30
    visits = [len(week.visits) for week in weeks]
    assert abs(mean(visits) - len(same.visits)) < 4 * stdev(visits) / 12
    assert stdev(visits) > 3


def test_travel_is_not_made_shorter_by_clients_on_one_spot() -> None:
    """The estimate of travel of five weeks drawn again lies within 5 % of that of the week itself; with copies at
    their own address it was 24 % less."""
    week = stored("vtt_rijnmond")
    travel = mean(demand(made, travel_matrix(made)).hours.travel for made in (resampled(week, n) for n in range(1, 6)))
    assert abs(travel / demand(week, travel_matrix(week)).hours.travel - 1) < 0.05


def test_strata_are_widened_until_they_are_large_enough() -> None:
    """Seven clients of one organisation and act: five in one district stay by themselves; of two elsewhere no area has
    five, and two are no stratum, so they join the five. Fourteen: five in a district, five in two districts of one
    wijk, four in other towns: a district, a wijk, and the four with the smallest of these."""
    week = stored("vtt_rijnmond")
    by_town: dict[str, list[Any]] = {}
    for each in week.districts:
        by_town.setdefault(each.municipality, []).append(each)
    town = "Rotterdam"
    here, there, more = "BU05990110", "BU05990111", "BU05990112"
    assert {here, there, more} <= {each.id for each in by_town[town]}
    away = [districts[0].id for name, districts in sorted(by_town.items()) if name != town]
    assert LEAST == 5

    def strata(districts: list[str]) -> list[list[int]]:
        made = _clients_in(week, districts)
        return sorted(strata_of(made, units_of(made)).values())

    assert strata([here] * 5 + away[:2]) == [[0, 1, 2, 3, 4, 5, 6]]
    assert strata([here] * 5 + [there, there, there, more, more]) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert strata([here] * 6 + [there, there, there, more, more] + away[:4]) == [
        [0, 1, 2, 3, 4, 5], [6, 7, 8, 9, 10, 11, 12, 13, 14],
    ]  # fmt: skip
    assert strata([here] * 5 + away[:5]) == [[0, 1, 2, 3, 4], [5, 6, 7, 8, 9]]
    assert strata(away[:2]) == [[0, 1]]


def _clients_in(week: Instance, districts: list[str]) -> Instance:
    """As many clients of one organisation with one order each, in these districts."""
    clients = [each for each in week.clients if each.organisation == "aafje"][: len(districts)]
    order = week.orders[0]
    homes = {client.place: district for client, district in zip(clients, districts, strict=True)}
    return changed(
        week, clients=tuple(clients), client_nurses=(), past_visits=(), links=(), tasks=(),
        places=tuple(each.model_copy(update={"district": homes.get(each.id, each.district)}) for each in week.places),
        orders=tuple(
            order.model_copy(update={"id": f"o{number}", "client": client.id}) for number, client in enumerate(clients)
        ),
    )  # fmt: skip


@pytest.mark.parametrize("number", range(1, 9))
def test_clients_whose_work_is_tied_are_drawn_together(six: Instance, number: int) -> None:
    """c4 and c6 of maas are tied by a link; the pharmacy task comes as often as the pump of d5, whose link names it; a
    visit of no order, and one under an order, come with their client."""
    day = date(2026, 12, 8)
    loose = {"day": day, "from_time": 600, "until_time": 700}
    mine = changed(
        six,
        orders=tuple(each.model_copy(update={"acts": ("injectie",)}) for each in six.orders),
        links=(*six.links, Link(id="pair", first="c4-avond", second="c6-zwachtelen", gap_min=-900, gap_max=900)),
        edited_visits=(
            EditedVisit(id="c2-katheter/extra", **loose),
            EditedVisit(id="loose/1", client="c3", acts=("wond",), **loose),
            EditedVisit(id="loose/2", client="d3", acts=("wond",), **loose),
            EditedVisit(id="c1-antibiotica/2026-12-07/1", minutes=50),
        ),
    )  # fmt: skip
    units = [unit.clients for unit in units_of(mine)]
    assert ["c4", "c6"] in units and len(units) == 11
    made = resampled(mine, number)
    assert read_again(made) == made
    times = drawn(mine, made)
    assert times["c4"] == times["c6"]

    def many(table: str, start: str) -> int:
        return sum(each.id.startswith(start) for each in getattr(made, table))

    assert many("tasks", "t-apotheek") == many("links", "medicijnen") == times["d5"]
    assert many("links", "pair") == times["c4"] and many("links", "voeding") == times["d1"]
    assert many("tasks", "t-overleg") == 2
    assert many("edited_visits", "c2-katheter") == times["c2"]
    assert many("edited_visits", "c1-antibiotica") == times["c1"]
    assert sum(each.client.startswith("c3") for each in made.edited_visits if each.client) == times["c3"]
    assert sum(each.client.startswith("d3") for each in made.edited_visits if each.client) == times["d3"]


def test_new_ids_are_unused_and_fit() -> None:
    """An id that is taken is passed over, and a copy of a copy gets one of its own; long ids are cut."""
    six = stored("six_nurses")
    first = next(made for made in (resampled(six, n) for n in range(1, 50)) if len(drawn(six, made)) < 12)
    assert {each.id for each in first.clients} - {each.id for each in six.clients}
    second = [resampled(first, number) for number in range(1, 6)]
    assert all(read_again(made) == made for made in second)
    assert longer("x" * 60, "-r2") == "x" * 57 + "-r2"
