"""What changes for one nurse between two plans of the same weeks: her own duties, figures and clients only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from optimiser.domain.duty_work import planned_minutes_by_week
from optimiser.domain.instance import Instance
from optimiser.domain.plan import Duty, Plan
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.report.kpis import DutyTime, duty_time

FIGURES = (
    "duties", "evenings", "nights", "weekends", "planned", "target", "visits", "others_visits", "clients", "travel",
    "home_legs",
)  # fmt: skip
"""In the order of the sheet; those of ``IN_MINUTES`` are minutes, the others counts."""
IN_MINUTES = frozenset({"planned", "target", "travel", "home_legs"})
FROM_ROUTES = frozenset({"visits", "others_visits", "clients", "travel", "home_legs"})


@dataclass(frozen=True)
class OwnDay:
    """One day with her duties before and after, in order of start."""

    day: date
    before: tuple[Duty, ...]
    after: tuple[Duty, ...]

    @property
    def changed(self) -> bool:
        """Whether a duty has another kind or another time, came or went; routes are not looked at."""
        return [_shape(duty) for duty in self.before] != [_shape(duty) for duty in self.after]


def _shape(duty: Duty) -> tuple[str, int, int]:
    return duty.kind, duty.start, duty.end


@dataclass(frozen=True)
class OwnClient:
    """A client whom she visits in either plan, with the number of visits in each; ``other`` is the name of the
    organisation when it is not hers, ``known`` whether she is a preferred or known face or came there before."""

    client: str
    before: int
    after: int
    other: str
    known: bool


@dataclass(frozen=True)
class OwnChanges:
    """All of it. ``before`` and ``after``: figure -> value of the whole horizon, None where only routes could tell.

    ``was`` and ``will`` are the names of the scenarios. A student has the duties, not the clients: these are
    on her companion's route.
    """

    nurse: str
    was: str
    will: str
    before: dict[str, int | None]
    after: dict[str, int | None]
    days: tuple[OwnDay, ...]
    clients: tuple[OwnClient, ...]
    student: bool

    @property
    def gained(self) -> tuple[OwnClient, ...]:
        """Clients whom she visits only after."""
        return tuple(each for each in self.clients if not each.before)

    @property
    def lost(self) -> tuple[OwnClient, ...]:
        """Clients whom she visits only before."""
        return tuple(each for each in self.clients if not each.after)

    @property
    def kept(self) -> tuple[OwnClient, ...]:
        """Clients whom she visits in both."""
        return tuple(each for each in self.clients if each.before and each.after)


def own_changes(
    instance: Instance, travel: TravelMatrix, before: Plan, after: Plan, nurse: str, was: str = "", will: str = ""
) -> OwnChanges:
    """What changes for ``nurse``; ``was`` and ``will`` name the plans where their contracts' names do not say it (the
    roster as it is). Raises ``KeyError`` when the instance does not have her."""
    student = instance.nurse_by_id[nurse].experience == "student"
    duties = (before.duties_of.get(nurse, ()), after.duties_of.get(nurse, ()))
    seen = tuple(_clients(instance, each) for each in duties)
    own, known = instance.nurse_by_id[nurse].organisation, _known(instance, nurse)
    return OwnChanges(
        nurse=nurse,
        was=was or before.contract.name,
        will=will or after.contract.name,
        before=_figures(instance, travel, before, nurse),
        after=_figures(instance, travel, after, nurse),
        days=tuple(
            OwnDay(day, *(tuple(duty for duty in each if duty.day == day) for each in duties))
            for day in (instance.clock.date_of(number) for number in range(instance.days))
        ),
        clients=tuple(
            OwnClient(client, seen[0].get(client, 0), seen[1].get(client, 0), _other(instance, client, own),
                      client in known)
            for client in sorted(seen[0].keys() | seen[1].keys())
        ),
        student=student,
    )  # fmt: skip


def _known(instance: Instance, nurse: str) -> set[str]:
    """The clients who know her."""
    told = {row.client for row in instance.client_nurses if row.nurse == nurse and row.relation != "banned"}
    return told | {row.client for row in instance.past_visits if row.nurse == nurse}


def _other(instance: Instance, client: str, own: str) -> str:
    organisation = instance.client_by_id[client].organisation
    return "" if organisation == own else instance.organisation_by_id[organisation].name


def _clients(instance: Instance, duties: tuple[Duty, ...]) -> dict[str, int]:
    """Client -> visits to her or him."""
    found: dict[str, int] = {}
    for duty in duties:
        for stop in duty.stops:
            if stop.what == "visit":
                client = instance.visit_by_id[stop.id].client
                found[client] = found.get(client, 0) + 1
    return found


def _figures(instance: Instance, travel: TravelMatrix, plan: Plan, nurse: str) -> dict[str, int | None]:
    """Evenings, nights and weekends as the plan language counts them (sentence 18)."""
    duties, own = plan.duties_of.get(nurse, ()), instance.nurse_by_id[nurse].organisation
    kinds = [instance.kind_by_id[duty.kind] for duty in duties]
    clients = _clients(instance, duties)
    time = sum((duty_time(instance, travel, duty) for duty in duties), DutyTime())
    others = sum(visits for client, visits in clients.items() if _other(instance, client, own))
    planned = [planned_minutes_by_week(instance, duty) for duty in duties]
    found: dict[str, int | None] = {
        "duties": len(duties),
        "evenings": sum(kind.lane == "work" and kind.category == "evening" for kind in kinds),
        "nights": sum(kind.category == "night" for kind in kinds),
        "weekends": len({duty.day.isocalendar()[:2] for duty in duties if duty.day.weekday() >= 5}),
        "planned": sum(minutes for weeks in planned for week, minutes in weeks.items() if week < instance.weeks),
        "target": sum(instance.target_minutes(nurse, week) for week in range(instance.weeks)),
        "visits": sum(clients.values()),
        "others_visits": others,
        "clients": len(clients),
        "travel": time.legs,
        "home_legs": time.home_legs,
    }
    return found if plan.with_routes else found | dict.fromkeys(FROM_ROUTES)
