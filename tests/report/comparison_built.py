"""Comparisons made by hand: two organisations, three areas, five weeks, two runs each, so that every verdict occurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import permutations
from statistics import fmean
from typing import Any

from optimiser.domain.comparison import Compared, ComparedRun, Comparison
from optimiser.domain.figure import FigureKind
from optimiser.domain.sharing import PRESETS, SharingContract
from optimiser.report.figures_kinds import FIGURES
from optimiser.studies.intervals import difference, spread

KINDS: tuple[FigureKind, ...] = FIGURES
CLIENTS = {
    "WK059901": {"maas": 30, "rotte": 22},
    "WK059902": {"maas": 9, "rotte": 0},
    "WK059903": {"maas": 1, "rotte": 2},
    "Schiedam": {"maas": 4, "rotte": 12},
}
"""Area -> organisation -> clients; one area has three in all, one has four of maas."""
EMPLOYERS = dict.fromkeys(("M-noor", "M-sam", "M-eva", "M-bo", "M-rik"), "maas") | dict.fromkeys(
    ("R-kim", "R-lot", "R-jet", "R-huub", "R-mia"), "rotte"
)
NAMES = {"maas": "Maaszorg", "rotte": "Rottezorg",
         "WK059901": "Rotterdam: Centrum", "WK059902": "Rotterdam: Delfshaven",
         "WK059903": "Rotterdam: Overschie"}  # fmt: skip
TOTAL = {
    "single": {"travel_minutes": 11_551, "travel_km": 5_900, "unserved_visits": 2, "uncovered_shifts": 1,
               "paid_hours": 825, "fte_gross": 31.4, "employer_cost_eur": 38_210, "faces_mean": 3.61,
               "wishes_refused": 7, "nights": 14, "visits": 700, "co2_kg": 910},
    "joint": {"travel_minutes": 9_241, "travel_km": 4_700, "unserved_visits": 2, "uncovered_shifts": 0,
              "paid_hours": 790, "fte_gross": 29.9, "employer_cost_eur": 36_400, "faces_mean": 4.02,
              "wishes_refused": 6, "nights": 14, "visits": 700, "co2_kg": 731},
}  # fmt: skip
"""Scenario -> figure -> its value in the middle week."""
SHARES = {"maas": 0.55, "rotte": 0.45}
WEEKS = (-1.0, -0.5, 0.0, 0.5, 1.0)
"""How far each week is from the middle one, in steps of ``STEP`` percent of the figure, less in ``joint``."""


def table(scale: float = 1.0, only: Sequence[str] = ()) -> dict[str, dict[str, dict[int, list[float]]]]:
    """Scenario -> figure -> week -> the values of two seeds, 0.05 % apart; wishes go up and down by turns."""
    made: dict[str, dict[str, dict[int, list[float]]]] = {}
    for scenario, figures in TOTAL.items():
        made[scenario] = {}
        for name, value in figures.items():
            if only and name not in only:
                continue
            rows = {}
            for week, far in enumerate(WEEKS):
                step = far * (0.03 if scenario == "single" else 0.025)
                if name == "wishes_refused":
                    step = far * (0.5 if scenario == "single" else -0.5)
                if name in ("unserved_visits", "uncovered_shifts", "nights", "visits"):
                    step = 0.0
                middle = value * scale * (1 + step)
                rows[week] = [middle * 0.99975, middle * 1.00025]
            made[scenario][name] = rows
    return made


def compared(values: Mapping[str, Mapping[str, Mapping[int, Sequence[float]]]]) -> Compared:
    """Spreads and differences, both ways round."""
    return Compared(
        scenarios={name: {figure: spread(weeks) for figure, weeks in row.items()} for name, row in values.items()},
        differences={
            f"{one}-{other}": {
                figure: difference(weeks, values[other][figure])
                for figure, weeks in values[one].items() if figure in values[other]
            }
            for one, other in permutations(values, 2)
        },
    )  # fmt: skip


def runs() -> tuple[ComparedRun, ...]:
    """A run for each scenario, week and seed; those of joint began from the parts in the first week."""
    return tuple(
        ComparedRun(
            scenario=scenario, week=week, seed=seed, seconds=60.2, cpu_s=113.4, levelled=(week != 3), hard=0,
            last_third_percent=0.11 if week != 3 else 0.42, unserved_visits=2, objective_scalar=18_000 + week,
            start="parts" if scenario == "joint" and week == 0 else "fresh",
            travel_minutes=fmean(table()[scenario]["travel_minutes"][week]),
        )
        for scenario in TOTAL for week in range(len(WEEKS)) for seed in (0, 1)
    )  # fmt: skip


def built(**other: Any) -> Comparison:
    """The comparison; ``other`` fields replace those made here."""
    areas = {code: sum(row.values()) / 80 for code, row in CLIENTS.items()}
    adding = [kind.name for kind in KINDS if kind.adds and kind.name != "uncovered_shifts"]
    fields: dict[str, Any] = {
        "instance": "hand_made", "fingerprint": "0123456789abcdef01234567", "first_monday": date(2026, 12, 7),
        "version": "0.1.0", "scenarios": tuple(TOTAL), "demand": "generator", "weeks": 5, "seeds": 2,
        "contracts": {name: PRESETS[name] for name in TOTAL}, "time_limit_s": 60.0, "confidence": 93.75,
        "total": compared(table()),
        "organisations": {name: compared(table(share * 1.0007)) for name, share in SHARES.items()},
        "districts": {code: compared(table(share, [*adding, "faces_mean"])) for code, share in areas.items()},
        "nurses": {nurse: {name: {"nights": 2.0, "paid_hours": 31.25 + number} for name in TOTAL}
                   for number, nurse in enumerate(EMPLOYERS)},
        "overlap": ("maas", "rotte"), "most_saved_percent": 29.3, "runs": runs(),
        "explanations": ("compare.explain.not_levelled", "compare.explain.continuity_worse"),
    }  # fmt: skip
    return Comparison(**fields | other)


def open_to(level: str, **other: Any) -> dict[str, SharingContract]:
    """The contracts of ``built`` with another openness; ``consents`` name a nurse of each organisation."""
    return {
        name: PRESETS[name].model_copy(update={"openness": level, "consents": ("M-noor", "R-kim"), **other})
        for name in TOTAL
    }
