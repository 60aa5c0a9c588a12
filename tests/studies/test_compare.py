"""What is planned for a comparison, and what its results say together, on made-up results worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from optimiser.domain.comparison import Comparison, Spread
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.report.compare_sentences import explanation_sentences
from optimiser.studies.compare import CURRENT, Asked, CompareSettings, comparison, jobs_of, plans_of
from optimiser.studies.compare_words import above_bound, explanations, saved_percents
from optimiser.studies.jobs import Job, MemoryStore, run_jobs
from optimiser.studies.measure_jobs import measure_scenario, run_of
from optimiser.studies.parts_plan import merged
from optimiser.studies.plan_jobs import plan_part

BOTH = {name: PRESETS[name] for name in ("single", "joint")}


def test_an_organisation_alone_is_planned_once(six: Instance) -> None:
    """Each week and seed: two organisations alone, serving both scenarios, one joint, and two measured: five jobs."""
    jobs, asked = jobs_of(lambda week: six, CompareSettings(BOTH, weeks=1, seeds=2, iterations=50, seconds=None))
    assert len(jobs) == len({each.key for each in jobs}) == 10
    assert [(each.scenario, each.seed) for each in asked] == [("single", 0), ("joint", 0), ("single", 1), ("joint", 1)]
    planned = {job.key: job for job in jobs if job.run is plan_part}
    single, joint = asked[0].job, asked[1].job
    assert len(single.needs) == 2 and len(joint.needs) == 1
    assert set(planned[joint.needs[0]].needs) == set(single.needs)
    order = [each.key for each in jobs]
    assert all(order.index(need) < order.index(job.key) for job in jobs for need in job.needs)


def test_the_current_roster_is_measured_in_its_own_week(six: Instance) -> None:
    """A roster that exists was made for one week: it is measured once, and never planned."""
    given = Plan(instance=six.name, fingerprint=six.fingerprint, contract=PRESETS["single"])
    contracts = {CURRENT: PRESETS["single"], **BOTH}
    settings = CompareSettings(contracts, weeks=2, seeds=2, iterations=50, seconds=None, current=given)
    _, asked = jobs_of(lambda week: six, settings)
    mine = [each for each in asked if each.scenario == CURRENT]
    assert [(each.week, each.seed, each.job.needs) for each in mine] == [(0, 0, ())]
    assert mine[0].job.run is measure_scenario


def told(
    six: Instance, values: dict[tuple[str, int, int], dict[str, float | None]],
    contracts: dict[str, SharingContract] = BOTH, **run: Any,
) -> Comparison:  # fmt: skip
    """The comparison of made-up figures."""
    weeks, seeds = 1 + max(key[1] for key in values), 1 + max(key[2] for key in values)
    settings = CompareSettings(contracts, weeks=weeks, seeds=seeds, iterations=50, seconds=None)
    _, asked = jobs_of(lambda week: six, settings)
    usual = {"seconds": 1.0, "cpu_s": 1.0, "start": "fresh", "last_third_percent": 0.1, "levelled": True, "hard": 0,
             "objective_scalar": 5}  # fmt: skip
    # the one instance stands for every week, whose keys must differ
    asked = tuple(
        Asked(each.scenario, each.week, each.seed, Job(f"k{number}", each.job.name, each.job.run))
        for number, each in enumerate(asked)
    )
    results = {}
    for each in asked:
        figures = {"unserved_visits": 0.0, "faces_mean": 3.0} | values[each.scenario, each.week, each.seed]
        half = (figures["travel_minutes"] or 0) / 2
        results[each.job.key] = {
            "figures": {"total": figures, "organisations": {"maas": {"travel_minutes": half}}},
            "run": usual | run, "plan": {},
        }  # fmt: skip
    return comparison(six, settings, "generator", "1", asked, results)


def weeks_of(single: list[float], joint: list[float]) -> dict[tuple[str, int, int], dict[str, float | None]]:
    """Travel of five weeks, with two seeds one minute below and above it."""
    found: dict[tuple[str, int, int], dict[str, float | None]] = {}
    for name, travel in (("single", single), ("joint", joint)):
        for week, value in enumerate(travel):
            for seed, more in enumerate((-1, 1)):
                found[name, week, seed] = {"travel_minutes": value + more}
    return found


def test_differences_are_taken_week_by_week(six: Instance) -> None:
    """Joint less single: -200, -220, -240, -260, -280, though the weeks themselves differ by thousands. Of each
    organisation half. Both ways round."""
    found = told(six, weeks_of([1000, 2000, 3000, 4000, 5000], [800, 1780, 2760, 3740, 4720]))
    less = found.total.differences["joint-single"]["travel_minutes"]
    assert (less.median, less.low, less.high, less.n, less.clear) == (-240, -280, -200, 5, True)
    assert found.total.differences["single-joint"]["travel_minutes"].median == 240
    assert found.organisations["maas"].differences["joint-single"]["travel_minutes"].median == -120
    assert found.total.scenarios["single"]["travel_minutes"].median == 3000
    assert found.confidence == 93.75
    # 3000 and 2760 are the medians: 8 % less, of at most 1 - 1/sqrt(2) = 29.3 %
    assert saved_percents(found)["single", "joint"] == pytest.approx(8.0)
    assert found.most_saved_percent == 29.3
    assert found.explanations == ()


def test_more_saved_than_theory_is_explained(six: Instance) -> None:
    """From 1000 to 700 is 30 %, above 29.3."""
    found = told(six, weeks_of([1000] * 5, [700] * 5))
    assert "compare.explain.above_bound" in found.explanations


def test_more_saved_is_explained_in_whatever_order(six: Instance) -> None:
    """Joint first, then single: 30 % less is as remarkable. Single with 30 % less than joint is no joining."""
    turned = {name: BOTH[name] for name in ("joint", "single")}
    assert "compare.explain.above_bound" in told(six, weeks_of([1000] * 5, [700] * 5), turned).explanations
    assert "compare.explain.above_bound" not in told(six, weeks_of([700] * 5, [1000] * 5)).explanations


def test_the_bound_is_that_of_those_who_share(six: Instance) -> None:
    """Four organisations: 1 - 1/sqrt(2) = 29.3 % for a pair, 50 % for all. A pair that saves 40 % is remarkable, all
    four are not, also where both are compared."""
    like = six.organisations[0]
    added = tuple(like.model_copy(update={"id": each}) for each in ("derde", "vierde"))
    four = six.model_copy(update={"organisations": (*six.organisations, *added)})
    pair = PRESETS["joint"].model_copy(update={"name": "pair", "groups": (("maas", "rotte"),)})

    def explained(single: float, paired: float, joint: float) -> bool:
        medians = {"single": single, "pair": paired, "joint": joint}
        contracts = {name: {**BOTH, "pair": pair}[name] for name in medians}
        made = told(six, weeks_of([1] * 5, [1] * 5))
        spreads = {name: {"travel_minutes": Spread(median=each, low=each, high=each, n=5)}
                   for name, each in medians.items()}  # fmt: skip
        total = made.total.model_copy(update={"scenarios": spreads})
        update = {"scenarios": tuple(medians), "contracts": contracts, "total": total}
        return above_bound(four, made.model_copy(update=update))

    assert explained(1000, 600, 600)
    assert not explained(1000, 720, 600)
    assert explained(1000, 720, 490)


def test_broken_rules_and_open_shifts_are_told_first(six: Instance) -> None:
    """One plan that breaks rules, and three shifts that only single leaves open."""
    values = weeks_of([1000] * 5, [900] * 5)
    for key, each in values.items():
        each["uncovered_shifts"] = 3.0 if key[0] == "single" else 0.0
    found = told(six, values, hard=2)
    assert found.explanations == ("compare.explain.violations", "compare.explain.uncovered_differs")
    said = explanation_sentences(found, "en")
    assert "20 of 20 plans break" in said[0] and "Single 3, Joint 0" in said[1]
    assert "some plans" in explanation_sentences(found.model_copy(update={"runs": ()}), "en")[0]


def test_fewer_known_faces_are_told_in_whatever_order(six: Instance) -> None:
    """Joint has 4 faces for each client, single 3, with joint named first."""
    values = weeks_of([1000] * 5, [900] * 5)
    for key, each in values.items():
        each["faces_mean"] = 3.0 if key[0] == "single" else 4.0
    turned = {name: BOTH[name] for name in ("joint", "single")}
    assert told(six, values, turned).explanations == ("compare.explain.continuity_worse",)
    for each in values.values():
        each["faces_mean"] = 7.0 - (each["faces_mean"] or 0)
    assert told(six, values, turned).explanations == ()


def test_visits_left_open_are_unknown_where_only_duties_are(six: Instance) -> None:
    """A roster without routes does not say that all visits are served."""
    values = weeks_of([1000] * 1, [900] * 1)
    values["single", 0, 0]["unserved_visits"] = None
    assert "compare.explain.no_routes" in told(six, values).explanations
    for each in values.values():
        each["unserved_visits"] = None
    found = told(six, values)
    assert {run.unserved_visits for run in found.runs} == {None}
    assert "compare.explain.duties_only" in found.explanations
    assert "compare.explain.no_routes" not in found.explanations


def test_nurses_have_the_figures_of_the_plan_that_is_handed_on(six: Instance) -> None:
    """The second seed found the better plan: its evenings are told of a nurse, as on her own sheet; a plan that breaks
    a rule is not better, however cheap."""
    settings = CompareSettings(BOTH, weeks=1, seeds=3, iterations=50, seconds=None)
    _, asked = jobs_of(lambda week: six, settings)
    usual = {"seconds": 1.0, "cpu_s": 1.0, "start": "fresh", "last_third_percent": 0.1, "levelled": True}
    results = {
        each.job.key: {
            "figures": {"total": {"travel_minutes": 1.0, "unserved_visits": 0.0},
                        "nurses": {"m1": {"evenings": float(each.seed)}}},
            "run": usual | {"hard": int(each.seed == 2), "objective_scalar": 9 - each.seed},
            "plan": Plan(instance=six.name, fingerprint=six.fingerprint, contract=BOTH[each.scenario], seed=each.seed)
            .model_dump(mode="json"),
        }
        for each in asked
    }  # fmt: skip
    found = comparison(six, settings, "one", "1", asked, results)
    assert found.nurses == {"m1": {"single": {"evenings": 1.0}, "joint": {"evenings": 1.0}}}
    assert {plan.seed for plan in plans_of(asked, results).values()} == {1}


def test_a_run_has_levelled_off_when_each_part_has() -> None:
    """600 visits that gained nothing and 20 that gained 3 %: together 0.097 %, but the small one is not there yet."""
    part = {"work": 600, "last_third_percent": 0.0, "seconds": 1.0, "cpu_s": 1.0, "start": "fresh"}
    found = run_of((part, part | {"work": 20, "last_third_percent": 3.0}), given=False)
    assert found["last_third_percent"] == 0.097 and found["levelled"] is False
    assert run_of((part, part), given=False)["levelled"] is True


def test_what_must_be_told_first(six: Instance) -> None:
    """Runs that have not levelled off, work that only one scenario leaves open, few weeks, and faces that get worse."""
    values = weeks_of([1000] * 2, [900] * 2)
    for key, each in values.items():
        apart = key[0] == "single"
        each |= {"unserved_visits": 3.0 if apart else 0.0, "faces_mean": 3.0 if apart else 4.0}
    found = told(six, values, levelled=False)
    assert found.explanations == tuple(
        f"compare.explain.{each}" for each in ("not_levelled", "unserved_differs", "few_weeks", "continuity_worse")
    )
    assert not found.total.differences["joint-single"]["travel_minutes"].clear


@pytest.mark.slow
def test_a_real_comparison(six: Instance) -> None:
    """From jobs to figures: the measured plan is the merged one, its figures are those of the checker, and the best
    plan of each scenario is handed on."""
    settings = CompareSettings(BOTH, weeks=1, seeds=1, iterations=100, seconds=None, islands=1, replays=1)
    jobs, asked = jobs_of(lambda week: six, settings)
    results = run_jobs(jobs, MemoryStore())
    found = comparison(six, settings, "one", "1", asked, results)
    plans = plans_of(asked, results)
    assert found.scenarios == ("single", "joint")
    assert [run.hard for run in found.runs] == [0, 0]
    assert set(plans) == {"single", "joint"}
    again = merged(six, PRESETS["joint"], [plans["joint"]])
    assert again.objective is not None
    assert again.objective.scalar == found.runs[1].objective_scalar
    assert any(name.startswith("robust_") for name in found.total.scenarios["joint"])
    assert set(found.nurses) == {each.id for each in six.nurses}


def test_weeks_that_are_alike_are_said(six: Instance) -> None:
    """Where 9 weeks were asked and 5 differ, the reader hears both numbers; where all differ, nothing."""
    found = told(six, weeks_of([1000] * 5, [900] * 5))
    assert "compare.explain.weeks_alike" not in explanations(six, found)
    fewer = found.model_copy(update={"asked_weeks": 9})
    fewer = fewer.model_copy(update={"explanations": explanations(six, fewer)})
    assert "compare.explain.weeks_alike" in fewer.explanations
    assert any("of 9 weeks asked 5 differ" in each for each in explanation_sentences(fewer, "en"))
