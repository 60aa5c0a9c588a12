"""Runs of rosters whose limits have prices (INRC-II, all weeks known), judged by the referee of such rosters."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from optimiser.check.priced_roster import check_priced
from optimiser.domain.priced_roster import Letters, PricedRoster
from optimiser.search.priced_search import search_priced
from optimiser.search.roster_runs import RosterResult, RosterSettings
from optimiser.studies.bench import BenchCase, Judged, ShouldStop, WrongAnswer

Written = Callable[[PricedRoster, Letters], str]


def priced_case(
    problem: PricedRoster, best_known: int | None, time_limit_s: float, threads: int, written: Written
) -> BenchCase:
    """The case of one instance; ``written`` gives a roster as text."""
    return BenchCase(problem.name, partial(_run, problem, time_limit_s, threads, written), best_known)


def _run(
    problem: PricedRoster, time_limit_s: float, threads: int, written: Written, seed: int, should_stop: ShouldStop
) -> Judged:
    return judged(problem, search_priced(problem, RosterSettings(time_limit_s, threads, seed), should_stop), written)


def judged(problem: PricedRoster, result: RosterResult, written: Written) -> Judged:
    """The referee's word on a result. Raises ``WrongAnswer``."""
    if result.roster is None:
        return Judged(None, result.bound)
    report = check_priced(problem, result.roster)
    if report.violations or report.cost != result.cost:
        raise WrongAnswer(f"{problem.name}: {result.cost}, {report.cost}, {report.violations[:3]}")
    return Judged(report.cost, result.bound, written(problem, result.roster).rstrip("\n"))
