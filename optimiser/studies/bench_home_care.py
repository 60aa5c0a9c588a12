"""Runs of home care routing (Mankowska, Meisel and Bierwirth 2014), judged by the referee of home care."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from optimiser.check.home_care import check_home_care
from optimiser.domain.home_care import HomeCareProblem, HomeCareSolution
from optimiser.search.home_care import HomeCareResult, HomeCareSettings, search_home_care
from optimiser.studies.bench import BenchCase, Judged, ShouldStop, WrongAnswer

Written = Callable[[HomeCareProblem, HomeCareSolution], str]


def home_care_case(
    problem: HomeCareProblem, best_known: Fraction | None, time_limit_s: float, threads: int, written: Written
) -> BenchCase:
    """The case of one instance; ``written`` gives a solution as text."""
    return BenchCase(problem.name, partial(_run, problem, time_limit_s, threads, written), best_known)


def _run(
    problem: HomeCareProblem, time_limit_s: float, threads: int, written: Written, seed: int, should_stop: ShouldStop
) -> Judged:
    settings = HomeCareSettings(time_limit_s=time_limit_s, threads=threads, seed=seed)
    return judged(problem, search_home_care(problem, settings, should_stop), written)


def judged(problem: HomeCareProblem, result: HomeCareResult, written: Written) -> Judged:
    """The referee's word on a result. Raises ``WrongAnswer``."""
    report = check_home_care(problem, result.solution)
    if report.violations or report.ticks != result.cost_ticks:
        raise WrongAnswer(f"{problem.name}: {result.cost_ticks}, {report.ticks}, {report.violations[:3]}")
    return Judged(report.cost, None, written(problem, result.solution))
