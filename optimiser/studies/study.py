"""The study runner: instances x settings x seeds, one row for each run, each plan judged again by the checker.

A study can be broken off and taken up again: what has a row is not run a second time. Rows and incumbents are text
tables; whoever calls writes them after each run.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from optimiser.domain.instance import Instance
from optimiser.domain.objective import ObjectiveWeights
from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.domain.sharing import SharingContract
from optimiser.planning import prepare
from optimiser.search.encode import encode
from optimiser.search.encode_duties import encode_duties, roster_state
from optimiser.search.encode_rows import encode_rows
from optimiser.search.improve import compile_kernel
from optimiser.studies.machine import MACHINE_COLUMNS, environment, load
from optimiser.studies.measure import RESULT_COLUMNS, STEP_COLUMNS, measured, steps
from optimiser.studies.variants import run_variant

KEY = ("instance", "fingerprint", "scenario", "roster", "weights", "variant", "time_limit_s", "seed")
"""What names a run. ``fingerprint`` is of the instance, ``roster`` of the plan whose duties stand (empty: duties are
free), ``weights`` are those that differ from the instance's own, as ``name=value name=value``."""
COLUMNS = (*KEY, *RESULT_COLUMNS, *MACHINE_COLUMNS, "started")
INCUMBENT_COLUMNS = (*KEY, *STEP_COLUMNS)
Row = dict[str, str]


@dataclass(frozen=True)
class Setting:
    """What to run on each instance and scenario; ``roster`` is a plan whose duties stand (one instance then),
    ``weights`` stand in place of the instance's own."""

    variants: tuple[str, ...]
    seeds: int
    seconds: float
    roster: Plan | None = None
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Tables:
    """Rows by key columns and results (COLUMNS), and the incumbents of all runs (INCUMBENT_COLUMNS), as text."""

    rows: list[Row]
    incumbents: list[Row]


def study(
    cases: Sequence[tuple[Instance, SharingContract]],
    setting: Setting,
    tables: Tables,
    on_row: Callable[[Tables, Row], None],
) -> Tables:
    """Run what has no row yet; ``on_row`` hears of the tables after each run. Variants run side by side within a seed,
    so that a machine that gets busier is as hard on all of them."""
    begun = environment()
    done = {tuple(row[name] for name in KEY) for row in tables.rows}
    warm = False
    for instance, contract in cases:
        problem: Problem | None = None
        for seed in range(setting.seeds):
            own: Plan | None = None
            for variant in setting.variants:
                key = key_of(instance, contract, setting, variant, seed)
                if tuple(key.values()) in done:
                    continue
                problem = problem or prepare(with_weights(instance, setting.weights), contract)
                warm = warm or warm_up(problem)
                moment = {"load": load(), "started": datetime.now(UTC).isoformat(timespec="seconds")}
                outcome = run_variant(problem, variant, setting.seconds, seed, setting.roster)
                own = outcome.plan if variant == "own" else own
                row = {**key, **measured(problem, outcome, own, instance.weights), **begun, **moment}
                tables.rows.append({name: str(row[name]) for name in COLUMNS})
                tables.incumbents.extend(_as_text({**key, **step}) for step in steps(outcome.plan))
                on_row(tables, tables.rows[-1])
    return tables


def key_of(instance: Instance, contract: SharingContract, setting: Setting, variant: str, seed: int) -> Row:
    """The key columns of a run."""
    return {
        "instance": instance.name,
        "fingerprint": instance.fingerprint[:8],
        "scenario": contract.name,
        "roster": setting.roster.identity[:8] if setting.roster is not None else "",
        "weights": " ".join(f"{name}={value}" for name, value in sorted(setting.weights.items())),
        "variant": variant,
        "time_limit_s": f"{setting.seconds:g}",
        "seed": str(seed),
    }


def warm_up(problem: Problem) -> bool:
    """Compile or load the search, so that no run pays for it."""
    data, rows, duties = encode(problem), encode_rows(problem), encode_duties(problem)
    compile_kernel(data, rows, duties, roster_state(problem, data, duties, frozenset()))
    return True


def with_weights(instance: Instance, weights: Mapping[str, int]) -> Instance:
    """The instance with other weights. Raises ``ValueError`` for a weight that does not exist or may not be so."""
    if not weights:
        return instance
    changed = ObjectiveWeights(**{**instance.weights.model_dump(), **weights})
    # made anew: a copy would keep the fingerprint of the old weights
    return Instance(**{name: getattr(instance, name) for name in Instance.model_fields} | {"weights": changed})


def _as_text(row: dict[str, Any]) -> Row:
    return {name: str(value) for name, value in row.items()}


def to_csv(rows: Iterable[Row], columns: Sequence[str]) -> str:
    """A table as csv."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def from_csv(text: str, columns: Sequence[str]) -> list[Row]:
    """The rows of a csv that ``to_csv`` wrote. Raises ``ValueError`` when it has other columns or broken rows."""
    reader = csv.DictReader(io.StringIO(text))
    if tuple(reader.fieldnames or ()) != tuple(columns):
        raise ValueError(",".join(reader.fieldnames or ()))
    rows = list(reader)
    for number, row in enumerate(rows, 2):
        if None in row or None in row.values():
            raise ValueError(f"row {number}")
    return rows
