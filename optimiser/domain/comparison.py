"""A comparison of sharing contracts over weeks of demand, as the report pages, the workbook and the json read it."""

from __future__ import annotations

from datetime import date
from typing import Literal

from optimiser.domain.figure import Values
from optimiser.domain.noun import Id, Noun
from optimiser.domain.sharing import SharingContract


class Spread(Noun):
    """A figure of one scenario over ``n`` weeks of demand: median and an interval of the median (see
    ``Comparison.confidence``); None where no week has it."""

    median: float | None
    low: float | None
    high: float | None
    n: int


class Difference(Noun):
    """A figure of one scenario less that of another in the same week, over ``n`` weeks that have both.

    ``clear``: the interval is sure enough and leaves out zero, and the median is larger than twice ``noise``, the
    standard error that the search's own chance leaves in it (None with one seed).
    """

    median: float | None
    low: float | None
    high: float | None
    n: int
    noise: float | None = None
    clear: bool = False


class Compared(Noun):
    """Scenario -> figure -> spread, and ``a-b`` -> figure -> difference (a less b, both ways round)."""

    scenarios: dict[str, dict[str, Spread]] = {}
    differences: dict[str, dict[str, Difference]] = {}


class ComparedRun(Noun):
    """One plan of the comparison. ``last_third_percent``: by how much the last third of the effort still improved the
    objective; ``levelled`` when under 0.2. ``start``: whether the plan that won began from the merged plans of the
    parts (``parts``) or from nothing (``fresh``); ``given`` is the current roster."""

    scenario: Id
    week: int
    seed: int
    seconds: float
    cpu_s: float
    levelled: bool | None
    last_third_percent: float | None
    start: Literal["fresh", "parts", "given"]
    hard: int
    unserved_visits: int | None
    """None where only duties are known (the current roster without routes)."""
    objective_scalar: int
    travel_minutes: float | None


class Comparison(Noun):
    """All that is compared. ``scenarios`` in the order asked; the first is what others are told against.

    ``demand``: where the weeks come from: ``generator`` (other seeds of the instance's own generator settings),
    ``resampled`` (clients drawn again within organisation, district and act), ``calls`` (nothing is asked but duties:
    the period planned anew with other seeds, and calls drawn again), ``one`` week only.
    ``horizon_weeks``: how many weeks each plan has; figures are of all of them, but for those of a year.
    ``confidence``: at least so sure (in percent) is each interval that it holds the median; falls with few weeks.
    ``provisional``: made with ``--quick``.
    """

    instance: Id
    fingerprint: str
    first_monday: date
    horizon_weeks: int = 1
    version: str
    scenarios: tuple[Id, ...]
    contracts: dict[str, SharingContract]
    demand: Literal["generator", "resampled", "calls", "one"]
    weeks: int
    asked_weeks: int | None = None
    """More than ``weeks`` where drawing clients again gave some weeks twice; None where all differ."""
    seeds: int
    time_limit_s: float | None = None
    iterations: int | None = None
    confidence: float
    replays: int | None = None
    """How often each plan was replayed with chance, and with how much absence; figures of robustness rest on these."""
    absence_percent: float | None = None
    provisional: bool = False
    total: Compared
    organisations: dict[str, Compared] = {}
    districts: dict[str, Compared] = {}
    nurses: dict[str, dict[str, Values]] = {}
    """Nurse -> scenario -> her figures in the instance's own week; for her and her employer only."""
    overlap: tuple[Id, ...] = ()
    """Organisations (k of them) that serve the same districts; the travel saved is held against 1 - 1/sqrt(k)."""
    most_saved_percent: float | None = None
    """100 (1 - 1/sqrt(k)); more than this needs an explanation."""
    explanations: tuple[str, ...] = ()
    """Text keys of what the reader must know before the figures: not levelled, unserved differs, above the bound."""
    runs: tuple[ComparedRun, ...] = ()
    seen_by: Id | None = None
    """The organisation whose own view this is (``report.compare_openness``); None is the view of who made it."""
