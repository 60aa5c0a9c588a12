"""The words and tables of ``samenrooster show``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from optimiser.report.travel_estimate import PARTS
from optimiser.texts import Language, text
from optimiser.texts import number as written

if TYPE_CHECKING:
    from optimiser.report.demand import Demand


@dataclass(frozen=True)
class DemandTable:
    """A table to print: the first column holds words, the others figures in the language's own writing."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def number(value: float, language: Language, decimals: int = 1) -> str:
    """A figure with thousands and decimals as the language writes them."""
    return written(value, language, decimals)


def hours(minutes: float, language: Language) -> str:
    """Minutes as hours with one decimal."""
    return number(minutes / 60, language)


def percent(part: float, whole: float) -> str:
    """A share in whole percents; a dash of nothing."""
    return f"{round(100 * part / whole)} %" if whole else "-"


def demand_tables(demand: Demand, language: Language = "nl") -> tuple[DemandTable, ...]:
    """The figures of the week, the hours account, parts of the day, skills, organisations and how it was made."""
    tables = [
        _shape(demand, language), _account(demand, language), _parts(demand, language), _skills(demand, language),
        _organisations(demand, language),
    ]  # fmt: skip
    if demand.provenance:
        headings = (text("show.setting", language), text("show.value", language))
        rows = tuple((key, value) for key, value in sorted(demand.provenance.items()))
        tables.append(DemandTable(text("show.provenance", language), headings, rows))
    return tuple(tables)


def _shape(demand: Demand, language: Language) -> DemandTable:
    shape = demand.shape

    def row(key: str, **values: str | int) -> tuple[str, str]:
        return text(f"show.shape.{key}", language), text(f"show.shape.{key}.value", language, **values)

    def three(values: tuple[int, float, int]) -> dict[str, str]:
        low, mean, high = values
        return {"low": str(low), "mean": number(mean, language), "high": str(high)}

    rows = (
        row("nurses", nurses=shape.nurses, students=shape.students, new=shape.new),
        row("contract", hours=hours(shape.contract_minutes, language), low=hours(shape.contract_sizes[0], language),
            high=hours(shape.contract_sizes[1], language)),
        row("clients", clients=shape.clients, orders=shape.orders),
        row("visits", visits=number(shape.visits, language, 0), hours=hours(shape.visit_minutes, language)),
        row("two_nurses", visits=shape.two_nurse_visits),
        row("critical", visits=shape.time_critical, share=percent(shape.time_critical, shape.visits)),
        row("groups", groups=shape.linked_groups),
        row("free", visits=shape.free_day_visits, share=percent(shape.free_day_visits, shape.visits)),
        row("evening", **three(shape.evening_visits)),
        row("night", **three(shape.night_visits)),
        row("spread", low=shape.start_spread[0], middle=shape.start_spread[1], high=shape.start_spread[2]),
        row("kinds", lengths=" ".join(hours(each, language) for each in shape.kind_lengths)),
        row("nights", standby=shape.standby_nights, awake=shape.awake_nights),
        row("calls", hours=hours(shape.expected_call_minutes, language)),
        row("expiring", skills=shape.expiring_skills),
    )  # fmt: skip
    title = text("show.shape.title", language, name=demand.name, weeks=demand.weeks)
    return DemandTable(title, (text("show.what", language), text("show.value", language)), rows)


def _account(demand: Demand, language: Language) -> DemandTable:
    account = demand.hours
    lines = (
        ("gross", account.gross, account.gross), ("leave", -account.leave, account.gross),
        ("absence", -account.absence, account.gross), ("training", -account.training, account.gross),
        ("meetings", -account.meetings, account.gross), ("net", account.net, account.gross),
        ("solo", account.solo_net, account.net), ("duty", account.needed, account.net),
        ("visits", account.visits, account.net), ("travel", account.travel, account.net),
        ("tasks", account.tasks, account.net), ("handover", account.handover, account.net),
        ("presence", account.presence, account.net), ("room", account.room, account.net),
        ("standby", account.standby, 0), ("calls", account.calls, 0),
    )  # fmt: skip
    rows = tuple(
        (text(f"show.hours.{key}", language), hours(minutes, language), percent(minutes, whole))
        for key, minutes, whole in lines
        if key != "presence" or minutes
    )
    headings = (text("show.hours", language), text("show.in_hours", language), text("show.share", language))
    return DemandTable(text("show.hours.title", language), headings, rows)


def _parts(demand: Demand, language: Language) -> DemandTable:
    rows = tuple(
        (
            text(f"show.part.{load.part}", language), number(load.visits, language, 0), hours(load.minutes, language),
            hours(load.travel, language), number(load.travel_each, language),
            hours(load.minutes + load.travel, language), str(demand.part_nurses[load.part]),
            hours(demand.part_net[load.part], language),
        )
        for load in demand.parts
    )  # fmt: skip
    keys = ("part", "visits", "visit_hours", "travel_hours", "travel_each", "needed", "able", "able_hours")
    headings = tuple(text(f"show.column.{key}", language) for key in keys)
    return DemandTable(text("show.parts.title", language), headings, rows)


def _skills(demand: Demand, language: Language) -> DemandTable:
    rows = tuple(
        (
            load.skill,
            " + ".join(str(count) for count in load.holders.values()),
            *(
                f"{hours(load.demand[part], language)} / {hours(load.capacity[part], language)}"
                if load.demand[part]
                else "-"
                for part in PARTS
            ),
            percent(sum(load.demand.values()), sum(load.capacity.values())),
        )
        for load in demand.skills
    )
    headings = (
        text("show.column.skill", language), text("show.column.holders", language),
        *(text(f"show.part.{part}", language) for part in PARTS), text("show.column.used", language),
    )  # fmt: skip
    return DemandTable(text("show.skills.title", language), headings, rows)


def _organisations(demand: Demand, language: Language) -> DemandTable:
    rows = tuple(
        (
            load.organisation, str(load.nurses), hours(load.gross, language), hours(load.net, language),
            str(load.clients), number(load.visits, language, 0), hours(load.visit_minutes, language),
            percent(load.visit_minutes, load.net),
        )
        for load in demand.organisations
    )  # fmt: skip
    keys = ("organisation", "nurses", "gross", "net", "clients", "visits", "visit_hours", "of_net")
    headings = tuple(text(f"show.column.{key}", language) for key in keys)
    return DemandTable(text("show.organisations.title", language), headings, rows)
