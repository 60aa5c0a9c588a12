"""How many nurses are needed for calls, in tables and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from optimiser.domain.clock import DAY
from optimiser.domain.instance import Instance
from optimiser.domain.long_roster import plans_duties_only
from optimiser.domain.needed import NEEDED_STRESSES, Needed, NeededScenario, NeededShift
from optimiser.domain.simulated_calls import Estimate
from optimiser.texts import Language, catalogue, number, text


@dataclass(frozen=True)
class NeededTable:
    """A table to print: the first column holds words, the others figures in the language's own writing."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def needed_tables(made: Needed, language: Language = "nl") -> tuple[NeededTable, ...]:
    """The numbers by shift, scenarios and coalitions beside each other, and what each shift stands under stress."""
    tables = [_shifts(made, each, language) for each in made.scenarios if each.shifts]
    if len(made.scenarios) > 1:
        tables.append(_totals(made.scenarios, text("needed.title.scenarios", language), language))
    if made.coalitions:
        tables.append(_totals(made.coalitions, text("needed.title.coalitions", language), language))
    if made.stress:
        tables += [_stress(made, each, language) for each in made.scenarios if each.shifts]
    return tuple(tables)


def needed_told(made: Needed, language: Language = "nl") -> tuple[str, ...]:
    """What the numbers rest on, and what no number mends."""
    weeks = made.weeks
    told = [text("needed.told.what", language, target=made.target_percent, norm=made.norm_minutes, weeks=weeks)]
    if not any(each.shifts for each in made.scenarios):
        told.append(text("needed.told.nothing", language))
    lines = dict.fromkeys(line for each in made.scenarios for line in _distance(made, each, language))
    told += lines
    shifts = [shift for each in made.scenarios for shift in each.shifts]
    if any(shift.needed is not None and shift.surely is None for shift in shifts):
        told.append(text("needed.told.unsure", language))
    if any(shift.lane == "standby" for shift in shifts):
        told.append(text("needed.told.standby", language))
    return tuple(told)


def capacity_refused(instance: Instance, language: Language = "nl") -> str | None:
    """Why ``capacity`` has nothing to count where plans hold duties only; None where it has."""
    return text("needed.no_capacity", language) if plans_duties_only(instance) else None


def shift_name(shift: NeededShift, language: Language) -> str:
    """Part of the day, area or whose clients, days a week: 23:00-07:00 · atlant · 7 days."""
    where = shift.area or (", ".join(shift.organisations) if len(shift.organisations) < 3 else
                           text("needed.organisations", language, count=len(shift.organisations)))  # fmt: skip
    days = number(shift.days_per_week, language, 1).removesuffix(",0").removesuffix(".0")
    hours = f"{_clock(shift.from_time)}-{_clock(shift.until_time)}"
    return f"{hours} · {where} · {text('needed.days', language, days=days)}"


def _clock(minutes: int) -> str:
    return f"{minutes % DAY // 60:02d}:{minutes % 60:02d}"


def _shifts(made: Needed, scenario: NeededScenario, language: Language) -> NeededTable:
    columns = (
        "shift", "visits", "asked", "now", "needed", "surely", "reached", "homes", "chosen", "most", "hours", "fte"
    )  # fmt: skip
    rows = [
        (
            shift_name(each, language), number(each.visits_per_week, language, 1), str(each.asked),
            _share(each.now, language), _whole(each.needed), _whole(each.surely), _share(_at_needed(each), language),
            _span(each.homes, language), _whole(each.chosen), _percent(each.most, language),
            _one(each.hours_per_week, language), _two(each.fte, language),
        )
        for each in scenario.shifts
    ]  # fmt: skip
    total = _one(scenario.hours_per_week, language), _two(scenario.fte, language)
    rows.append((text("needed.all", language), *("",) * 9, *total))
    title = text("needed.title.shifts", language, name=scenario_name(scenario.name, language))
    return NeededTable(title, _headings(columns, language), tuple(rows))


def _totals(scenarios: tuple[NeededScenario, ...], title: str, language: Language) -> NeededTable:
    """Scenarios or coalitions: nurses on duty summed over the shifts of a week, hours and fte."""
    columns = ("who", "asked_week", "needed_week", "unreachable", "hours", "fte")
    rows = tuple(
        (
            scenario_name(each.name, language),
            number(sum(shift.asked * shift.days_per_week for shift in each.shifts), language, 1),
            "–" if each.unreachable else
            number(sum((shift.needed or 0) * shift.days_per_week for shift in each.shifts), language, 1),
            str(len(each.unreachable)), _one(each.hours_per_week, language), _two(each.fte, language),
        )
        for each in scenarios
    )  # fmt: skip
    return NeededTable(title, _headings(columns, language), rows)


def _stress(made: Needed, scenario: NeededScenario, language: Language) -> NeededTable:
    asked = [each for each in NEEDED_STRESSES if each in made.stress]
    rows = tuple(
        (
            shift_name(each, language), _whole(each.needed or each.asked), _share(_at_needed(each), language),
            *(_share(each.stress.get(name, Estimate(value=None)), language) for name in asked),
        )
        for each in scenario.shifts
    )  # fmt: skip
    title = text("needed.title.stress", language, name=scenario_name(scenario.name, language))
    headings = (*_headings(("shift", "number", "reached"), language),
                *(text(f"needed.stress.{name.replace('-', '_')}", language) for name in asked))  # fmt: skip
    return NeededTable(title, headings, rows)


def _distance(made: Needed, scenario: NeededScenario, language: Language) -> Iterator[str]:
    """Shifts for which no number is enough."""
    for each in scenario.unreachable:
        best = max((one.within_norm.value for one in each.tried if one.within_norm.value is not None), default=0.0)
        key = "distance" if each.most < made.target_percent / 100 else "crowd"
        yield text(
            f"needed.told.{key}", language, shift=shift_name(each, language), most=_percent(each.most, language),
            best=_percent(best, language), name=scenario_name(scenario.name, language),
        )  # fmt: skip


def _at_needed(shift: NeededShift) -> Estimate:
    """The share with the needed number, else with what is asked."""
    told = {each.number: each.within_norm for each in shift.tried}
    return told.get(shift.needed or shift.asked, shift.now)


def scenario_name(name: str, language: Language) -> str:
    """What people call a scenario: the words of a preset, else its own name."""
    key = f"compare.scenario.{name}"
    return text(key, language) if key in catalogue() else name


def _headings(columns: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(text(f"needed.column.{each}", language) for each in columns)


def _percent(value: float, language: Language) -> str:
    return f"{number(100 * value, language, 0)}\u00a0%"


def _share(found: Estimate, language: Language) -> str:
    """91 % (88-94); a dash of nothing."""
    if found.value is None:
        return "–"
    if found.low is None or found.high is None:
        return _percent(found.value, language)
    low, high = (number(100 * each, language, 0) for each in (found.low, found.high))
    return f"{_percent(found.value, language)} ({low}-{high})"


def _span(found: tuple[float, float] | None, language: Language) -> str:
    return "–" if found is None else f"{number(100 * found[0], language, 0)}-{_percent(found[1], language)}"


def _whole(found: int | None) -> str:
    return "–" if found is None else str(found)


def _one(value: float | None, language: Language) -> str:
    return "–" if value is None else number(value, language, 1)


def _two(value: float | None, language: Language) -> str:
    return "–" if value is None else number(value, language, 2)
