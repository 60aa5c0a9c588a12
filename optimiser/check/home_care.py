"""The referee of home care solutions: what is wrong with routes and starts, and what they cost.

Written from the definition (Mankowska, Meisel and Bierwirth 2014), stop by stop; it reads nothing that plans. Two
services of a patient are by two different caregivers, which the published validator does not ask.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from optimiser.domain.home_care import TICKS, HomeCareProblem, HomeCareSolution, HomeStop
from optimiser.texts import Language, text

OFFICE = 0


@dataclass(frozen=True, order=True)
class HomeViolation:
    """A broken rule: where (ids, empty where it is about none), and what is required and was found."""

    rule: str
    patient: str
    caregiver: str
    required: int
    found: int

    def sentence(self, language: Language = "nl") -> str:
        """In words, times in minutes."""
        return text(f"home_care.{self.rule}", language, patient=self.patient, caregiver=self.caregiver,
                    required=self.required, found=self.found, required_minutes=self.required / TICKS,
                    found_minutes=self.found / TICKS)  # fmt: skip


@dataclass(frozen=True)
class HomeCareReport:
    """The verdict: what is wrong, and the three parts of the cost in ticks."""

    violations: tuple[HomeViolation, ...]
    travel: int
    total_tardiness: int
    largest_tardiness: int

    @property
    def ticks(self) -> int:
        """Three times the cost: travel, tardiness of all services, and the largest tardiness."""
        return self.travel + self.total_tardiness + self.largest_tardiness

    @property
    def cost(self) -> Fraction:
        """The objective of the benchmark, in minutes, exactly."""
        return Fraction(self.ticks, 3 * TICKS)


def check_home_care(problem: HomeCareProblem, solution: HomeCareSolution) -> HomeCareReport:
    """Judge a solution. Raises ``ValueError`` when it has not one route for each caregiver, or names services and
    patients that there are not."""
    if len(solution.routes) != len(problem.caregivers) or not all(
        0 <= stop.patient < len(problem.patients)
        and 0 <= stop.service < len(problem.patients[stop.patient].services)
        for route in solution.routes
        for stop in route
    ):
        raise ValueError("a solution has one route for each caregiver, with services of its patients")
    wrong = [each for number in range(len(solution.routes)) for each in _route(problem, solution, number)]
    wrong += _patients(problem, solution)
    late = [
        max(0, stop.start - problem.patients[stop.patient].closes) for route in solution.routes for stop in route
    ]
    travel = sum(_travel(problem, route) for route in solution.routes)
    return HomeCareReport(tuple(sorted(wrong)), travel, sum(late), max(late, default=0))


def _travel(problem: HomeCareProblem, route: tuple[HomeStop, ...]) -> int:
    """Ticks from the office along the stops and back; nothing for who stays at the office."""
    places = [OFFICE, *(stop.patient + 1 for stop in route), OFFICE]
    return sum(problem.distances[here][there] for here, there in zip(places, places[1:], strict=False))


def _route(problem: HomeCareProblem, solution: HomeCareSolution, number: int) -> Iterator[HomeViolation]:
    """One caregiver: able to do it, never before the window opens, never before she can be there."""
    caregiver, place, ready = problem.caregivers[number], OFFICE, 0
    for stop in solution.routes[number]:
        patient = problem.patients[stop.patient]
        service = patient.services[stop.service]
        if service.ability not in caregiver.abilities:
            yield HomeViolation("unable", patient.id, caregiver.id, 0, stop.service)
        if stop.start < patient.opens:
            yield HomeViolation("too_early", patient.id, caregiver.id, patient.opens, stop.start)
        there = ready + problem.distances[place][stop.patient + 1]
        if stop.start < there:
            yield HomeViolation("too_fast", patient.id, caregiver.id, there, stop.start)
        place, ready = stop.patient + 1, stop.start + service.duration


def _patients(problem: HomeCareProblem, solution: HomeCareSolution) -> Iterator[HomeViolation]:
    """Each service once; two services by two caregivers with the right time between their starts."""
    given: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
    for number, route in enumerate(solution.routes):
        for stop in route:
            given[stop.patient, stop.service].append((number, stop.start))
    for at, patient in enumerate(problem.patients):
        counts = [len(given[at, service]) for service in range(len(patient.services))]
        yield from (HomeViolation("not_once", patient.id, "", 1, count) for count in counts if count != 1)
        if counts != [1, 1]:
            continue
        (first, begin), (second, later) = given[at, 0][0], given[at, 1][0]
        if first == second:
            yield HomeViolation("same_caregiver", patient.id, problem.caregivers[first].id, 2, 1)
        if later - begin < patient.least_gap:
            yield HomeViolation("gap_short", patient.id, "", patient.least_gap, later - begin)
        if later - begin > patient.most_gap:
            yield HomeViolation("gap_long", patient.id, "", patient.most_gap, later - begin)
