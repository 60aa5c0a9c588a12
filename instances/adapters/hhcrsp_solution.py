"""Home care solutions in the published form: routes with the start (``arrival_time``) and the end of each service."""

from __future__ import annotations

import json
from typing import Any

from instances.adapters.json_fields import MOST, JsonFields, parse_json
from instances.sheets import Faults
from optimiser.domain.home_care import TICKS, HomeCareProblem, HomeCareSolution, HomeStop
from optimiser.errors import InputError
from optimiser.texts import Language


def solution_json(problem: HomeCareProblem, solution: HomeCareSolution) -> str:
    """The routes as text, minutes with up to three decimals."""
    routes = [
        {
            "caregiver_id": caregiver.id,
            "locations": [
                {
                    "arrival_time": stop.start / TICKS,
                    "departure_time": (stop.start + patient.services[stop.service].duration) / TICKS,
                    "patient": patient.id,
                    "service": patient.services[stop.service].ability,
                }
                for stop in route
                for patient in (problem.patients[stop.patient],)
            ],
        }
        for caregiver, route in zip(problem.caregivers, solution.routes, strict=True)
    ]
    return json.dumps({"routes": routes}, indent=1, ensure_ascii=False) + "\n"


def read_solution(
    content: str, problem: HomeCareProblem, file: str = "solution.json", language: Language = "en"
) -> HomeCareSolution:
    """The solution that a text holds; a caregiver without a route, or with an empty one, stays at the office.

    ``global_ordering`` of the published files is not used. Raises ``InputError`` with all faults.
    """
    faults = Faults(language)
    fields = JsonFields(file, faults)
    found = fields.record(parse_json(content, file, faults), "", ("routes",), ("global_ordering",))
    numbers = {each.id: number for number, each in enumerate(problem.caregivers)}
    routes: dict[int, tuple[HomeStop, ...]] = {}
    for at, each in enumerate(fields.items(found.get("routes"), "routes", 0)):
        route = fields.record(each, f"routes[{at}]", ("caregiver_id",), ("locations",))
        free = [name for name, number in numbers.items() if number not in routes]
        name = fields.known(route.get("caregiver_id"), f"routes[{at}].caregiver_id", free, "caregiver")
        if name is not None:
            routes[numbers[name]] = _stops(fields, route.get("locations", []), problem, f"routes[{at}].locations")
    if faults:
        raise InputError(faults)
    made = HomeCareSolution(tuple(routes.get(number, ()) for number in range(len(numbers))))
    return _in_order(problem, made)


def _stops(fields: JsonFields, value: object, problem: HomeCareProblem, where: str) -> tuple[HomeStop, ...]:
    """The stops of one route."""
    numbers = {patient.id: number for number, patient in enumerate(problem.patients)}
    made = []
    for at, each in enumerate(fields.items(value, where, 0)):
        here = f"{where}[{at}]"
        found: dict[str, Any] = fields.record(each, here, ("arrival_time", "departure_time", "patient", "service"))
        if not found:
            continue
        name = fields.known(found["patient"], f"{here}.patient", numbers, "patient")
        start = fields.ticks(found["arrival_time"], f"{here}.arrival_time", high=MOST * 2)
        end = fields.ticks(found["departure_time"], f"{here}.departure_time", high=MOST * 2)
        if name is None or start is None or end is None:
            continue
        services = problem.patients[numbers[name]].services
        abilities = [service.ability for service in services]
        ability = fields.known(found["service"], f"{here}.service", abilities, "needed")
        if ability is None:
            continue
        meant = [number for number, service in enumerate(services) if service.ability == ability]
        lasting = [number for number in meant if services[number].duration == end - start]
        if not lasting:
            minute = (start + services[meant[0]].duration) / TICKS
            fields.put(f"{here}.departure_time", "departure", found["departure_time"], minute=minute)
        made.append(HomeStop(start, numbers[name], (lasting or meant)[0]))
    return tuple(made)


def _in_order(problem: HomeCareProblem, solution: HomeCareSolution) -> HomeCareSolution:
    """Of two services of a patient that are the same, the form does not say which is which: the later start of two is
    the second."""
    starts: dict[int, list[tuple[int, int]]] = {}
    for number, route in enumerate(solution.routes):
        for stop in route:
            services = problem.patients[stop.patient].services
            if len(services) == 2 and services[0] == services[1]:
                starts.setdefault(stop.patient, []).append((stop.start, number))
    second = {(patient, max(some)) for patient, some in starts.items() if len(some) > 1}
    return HomeCareSolution(
        tuple(
            tuple(
                HomeStop(stop.start, stop.patient, 1) if (stop.patient, (stop.start, number)) in second else stop
                for stop in route
            )
            for number, route in enumerate(solution.routes)
        )
    )
