"""What nobody does, for markers and the list of the team map: visits and tasks with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maps.itinerary import title_of
from maps.words import Names, Words, name_of
from optimiser.domain.plan import Plan
from optimiser.domain.road_lines import Point
from optimiser.domain.work import Task, Visit
from optimiser.report.kpis import unserved_visits
from optimiser.report.open_duties import first_window, organisation_of


@dataclass(frozen=True)
class OpenWork:
    """An open visit or task in words. ``day``: on which its first window opens; ``others``: further days it may be
    done, in words; ``point`` is None for work without a place."""

    day: date
    organisation: str
    point: Point | None
    when: str
    others: str
    who: str
    what: str
    reason: str
    lines: tuple[tuple[str, str], ...]

    @property
    def title(self) -> str:
        """What a marker is called."""
        return f"{self.when} {self.who or self.what}"


def open_work(words: Words, plan: Plan, names: Names) -> tuple[OpenWork, ...]:
    """Every visit that is not fully served and every unserved task of a route, by day and time."""
    instance = words.instance
    reasons = {each.id: words(f"roster.reason.{each.reason}") for each in plan.unserved}
    visits = set(unserved_visits(instance, plan))
    work: list[Visit | Task] = [each for each in instance.visits if each.id in visits]
    work += [task for each in plan.unserved if (task := instance.task_by_id.get(each.id)) is not None]
    unknown = words("map.team.no_reason")
    ordered = sorted(work, key=lambda each: (first_window(instance, each), each.id))
    return tuple(_open(words, each, reasons.get(each.id, unknown), names) for each in ordered)


def _open(words: Words, work: Visit | Task, reason: str, names: Names) -> OpenWork:
    instance = words.instance
    start, end = first_window(instance, work)
    day = instance.clock.date_of(instance.clock.day_of(start))
    when = f"{words.short_day(day)} {words.span(start, end)}"
    client = work.client if isinstance(work, Visit) else ""
    who = f"{name_of(names, client)} ({client})" if client in names else client
    what = f"{title_of(words, work)} · {words('map.minutes', minutes=work.minutes)}"
    others = _other_days(words, work, day) if isinstance(work, Visit) else ""
    place_id = instance.client_by_id[work.client].place if isinstance(work, Visit) else work.place
    place = instance.place_by_id.get(place_id or "")
    lines = (
        ("bad", words("map.team.unserved")), ("main", when), ("", who), ("", what), ("quiet", others), ("", reason),
    )  # fmt: skip
    return OpenWork(
        day=day,
        organisation=organisation_of(instance, work),
        point=(place.latitude, place.longitude) if place is not None else None,
        when=when,
        others=others,
        who=who,
        what=what,
        reason=reason,
        lines=tuple(each for each in lines if each[1]),
    )


def _other_days(words: Words, visit: Visit, first: date) -> str:
    days = sorted({words.instance.clock.date_of(each.day) for each in visit.windows} - {first})
    return words("map.team.other_days", days=", ".join(words.short_day(each) for each in days)) if days else ""
