"""The instances of the second international nurse rostering competition, INRC-II, in their text form.

Ceschia, Dang, De Causmaecker, Haspeslagh and Schaerf (2015), arXiv 1501.04177: a scenario (``Sc-``), what everybody did
before (``H0-``) and one file for each week (``WD-``). Read static: all weeks are known at once. An instance such as
``n040w4_0_2-0-6-1`` is data set n040w4, history 0, weeks 2, 0, 6, 1. All faults of all its files are named at once.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path

from instances.adapters.inrc2_blocks import Blocks
from instances.adapters.inrc2_scenario import SCENARIO_HEADINGS, WEEKEND, Nurse, Scenario, read_scenario
from instances.adapters.inrc2_weeks import DAYS, HISTORY_HEADINGS, WEEK_HEADINGS, histories, letter_of, week
from instances.sheets import Faults, read_text
from optimiser.domain.priced_roster import Before, PricedLimit, PricedPerson, PricedRoster
from optimiser.errors import InputError
from optimiser.texts import Language, text

BEST = "best.csv"
NAME = re.compile(r"(n[0-9]{3}w[0-9]+)_([0-9]+)_([0-9]+(?:-[0-9]+)*)", re.ASCII)
WEEK = len(DAYS)
UNLIMITED = 10**6


@dataclass(frozen=True)
class Inrc2Files:
    """The files of one instance, weeks in their order."""

    scenario: Path
    history: Path
    weeks: tuple[Path, ...]


def files_of(folder: Path, name: str, language: Language = "en") -> Inrc2Files:
    """The files of a name. Raises ``InputError`` when it is no name of an instance."""
    match = NAME.fullmatch(name)
    if match is None:
        faults = Faults(language)
        faults.put(folder.name, 0, "", text("bench.expected.inrc2_name", language), name)
        raise InputError(faults)
    data, history, weeks = match[1], match[2], match[3].split("-")
    place = folder / data
    return Inrc2Files(
        place / f"Sc-{data}.txt", place / f"H0-{data}-{history}.txt",
        tuple(place / f"WD-{data}-{number}.txt" for number in weeks),
    )  # fmt: skip


def instances_of(folder: Path, language: Language = "en") -> dict[str, Inrc2Files]:
    """Name -> files of the instances that ``best.csv`` in the folder names.

    Raises ``InputError`` when there is no such file, or it names none.
    """
    found = {name: files_of(folder, name, language) for name in _table(folder, language)}
    if not found:
        faults = Faults(language)
        faults.put(folder.name, 0, "", text("bench.expected.inrc2_folder", language, file=BEST), "")
        raise InputError(faults)
    return found


def read_best(folder: Path, language: Language = "en", column: str = "best_static_roster") -> dict[str, int]:
    """Name -> published cost, from ``best.csv``: the best roster known with all weeks known, or another column
    (``branch_and_price_2017_lower`` and ``_upper`` of Legrain, Omer and Rosat 2017, ``best_multistage_any_team``);
    empty without that file. Raises ``InputError`` when a row has no whole number there."""
    faults, best = Faults(language), dict[str, int]()
    for number, (name, row) in enumerate(_table(folder, language).items(), start=2):
        cost = row.get(column) or ""
        if cost.isascii() and cost.isdigit():
            best[name] = int(cost)
        else:
            words = text("bench.expected.number", language, low=0, high=UNLIMITED)
            faults.put(BEST, number, column, words, cost)
    if faults:
        raise InputError(faults)
    return best


def _table(folder: Path, language: Language) -> dict[str, dict[str, str]]:
    """Name -> row of ``best.csv``; empty without that file."""
    path, faults = folder / BEST, Faults(language)
    if not path.exists():
        return {}
    rows = list(csv.DictReader(io.StringIO(read_text(path, faults) or "")))
    table = {row["instance"]: row for row in rows if NAME.fullmatch(row.get("instance") or "")}
    for number, row in enumerate(rows, start=2):
        if not NAME.fullmatch(row.get("instance") or ""):
            words = text("bench.expected.inrc2_name", language)
            faults.put(path.name, number, "instance", words, ",".join(str(each) for each in row.values()))
    if faults:
        raise InputError(faults)
    return table


def read_inrc2(folder: Path, name: str, language: Language = "en") -> PricedRoster:
    """The problem of one instance. Raises ``InputError`` with all faults found in its files."""
    faults, files = Faults(language), files_of(folder, name, language)
    scenario_file = Blocks(files.scenario, SCENARIO_HEADINGS, faults)
    history_file = Blocks(files.history, HISTORY_HEADINGS, faults)
    week_files = {path: Blocks(path, WEEK_HEADINGS, faults) for path in files.weeks}  # a week can come twice
    if faults:
        raise InputError(faults)
    scenario = read_scenario(scenario_file, len(files.weeks))
    if faults:  # names are not known well enough to read the rest by
        raise InputError(faults)
    before = histories(history_file, scenario)
    read = {path: week(blocks, scenario) for path, blocks in week_files.items()}
    if faults:
        raise InputError(faults)
    parts = [read[path].on(number * WEEK) for number, path in enumerate(files.weeks)]
    letters = [(shift, skill) for shift in range(len(scenario.shifts)) for skill in range(len(scenario.skills))]
    return PricedRoster(
        name=name,
        days=WEEK * len(parts),
        shifts=scenario.shifts,
        skills=scenario.skills,
        shift_of=(-1, *(shift for shift, _ in letters)),
        skill_of=(-1, *(skill for _, skill in letters)),
        staff=tuple(
            _person(scenario, nurse, past, WEEK * len(parts))
            for nurse, past in zip(scenario.nurses, before, strict=True)
        ),
        requests=tuple(request for each in parts for request in each.requests),
        cover=tuple(cover for each in parts for cover in each.cover),
    )


def _person(scenario: Scenario, nurse: Nurse, before: Before, days: int) -> PricedPerson:
    """A nurse with the limits of her contract; nothing limits minutes or the days of one shift type."""
    contract, skills = scenario.contracts[nurse.contract], sorted(nurse.skills)
    return PricedPerson(
        id=nurse.id,
        may=frozenset(letter_of(scenario, shift, skill) for shift in range(len(scenario.shifts)) for skill in skills),
        work_run=contract.work_run,
        free_run=contract.free_run,
        assignments=contract.assignments,
        minutes=PricedLimit(0, UNLIMITED),
        weekends=contract.weekends,
        broken_weekend=WEEKEND if contract.complete else 0,
        most_of=(days,) * len(scenario.shifts),
        before=before,
    )
