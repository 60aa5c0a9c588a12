"""Runs of the shift scheduling instances of Curtois and Qu (2014), judged by the referee of rosters of letters."""

from __future__ import annotations

import json
from functools import partial

from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterProblem
from optimiser.search.letter_search import search_letters
from optimiser.search.roster_runs import RosterResult, RosterSettings
from optimiser.studies.bench import BenchCase, Judged, ShouldStop, WrongAnswer


def curtois_case(
    name: str, problem: LetterProblem, best_known: int | None, time_limit_s: float, threads: int
) -> BenchCase:
    """The case of one instance."""
    return BenchCase(name, partial(_run, problem, time_limit_s, threads), best_known)


def _run(problem: LetterProblem, time_limit_s: float, threads: int, seed: int, should_stop: ShouldStop) -> Judged:
    return judged(problem, search_letters(problem, RosterSettings(time_limit_s, threads, seed), should_stop))


def judged(problem: LetterProblem, result: RosterResult) -> Judged:
    """The referee's word on a result. Raises ``WrongAnswer``."""
    if result.roster is None:
        return Judged(None, result.bound, impossible=result.impossible)
    report = check_letters(problem, result.roster)
    if report.violations or report.cost != result.cost:
        raise WrongAnswer(f"{problem.name}: {result.cost}, {report.cost}, {report.violations[:3]}")
    rows = {person.id: list(row) for person, row in zip(problem.staff, result.roster, strict=True)}
    return Judged(report.cost, result.bound, json.dumps(rows))
