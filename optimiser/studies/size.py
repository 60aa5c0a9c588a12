"""Cost against size: weeks of one to so many times the nurses and visits, each planned and checked in a process of its
own, so that processor time and memory are of that run alone."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from optimiser.check.checker import check
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.planning import Event, PlanSettings, plan, prepare
from optimiser.studies.machine import environment, load
from optimiser.studies.measure import verdict
from optimiser.studies.study import Row, from_csv, to_csv, warm_up

KEY = ("size", "seed", "time_limit_s", "threads")
RESULTS = (
    "nurses", "visits", "unserved", "unserved_percent", "open_tasks", "uncovered", "scalar_per_visit",
    "rest_per_visit", "travel_per_visit",
    "cpu_s", "wall_s", "cpu_per_visit", "prepare_cpu_s", "check_cpu_s", "until_s", "until_cpu_s",
    "until_cpu_per_visit", "peak_mib", "check",
)  # fmt: skip
COLUMNS = (*KEY, *RESULTS, "load", "version", "commit")
"""``cpu_s`` and ``wall_s`` hold preparing, planning and checking, not making the week and loading what is compiled;
``until`` is what it took, preparing included, until a plan without violations left out at most LEFT_PERCENT of the
visits (empty: never); ``uncovered`` are nurses short of the least of a cover row and day; cost is in
minute-equivalents; ``load`` is that of the machine as the run began."""
LEFT_PERCENT = 0.3
WAIT_SECONDS = 0.5
Make = Callable[[int, int], Instance]
"""The week of a size and a seed: a function of a module, as another process calls it."""
ShouldStop = Callable[[], bool]


class SizeFailed(Exception):
    """A run ended without a result, as when memory runs out: which, and its exit code."""


@dataclass(frozen=True)
class SizeSettings:
    """What to run. ``time_limit_s`` is for each time of the size: ten times the size has ten times as long; or, with
    ``fixed``, for each run. Seeds are 1 to ``seeds``, of week and search alike; ``parts`` are further seeds of size 1,
    those of what a larger week is made of."""

    sizes: tuple[int, ...]
    seeds: int = 1
    time_limit_s: float = 60.0
    fixed: bool = False
    threads: int = 2
    parts: tuple[int, ...] = ()

    def limit(self, size: int) -> float:
        """Seconds for one run of a size."""
        return self.time_limit_s if self.fixed else self.time_limit_s * size

    def runs(self) -> list[tuple[int, int]]:
        """Size and seed of each run, each once."""
        asked = [(size, seed) for seed in range(1, self.seeds + 1) for size in self.sizes]
        return list(dict.fromkeys(asked + [(1, seed) for seed in self.parts]))


def run_sizes(
    make: Make, settings: SizeSettings, rows: Sequence[Row], should_stop: ShouldStop = lambda: False
) -> Iterator[list[Row]]:  # fmt: skip
    """All rows so far after each run that had no row. A run that is stopped gives none. Raises ``SizeFailed``."""
    made, machine = list(rows), environment()
    there = {tuple(row[name] for name in KEY) for row in made}
    for size, seed in settings.runs():
        limit = settings.limit(size)
        key = {
            "size": str(size), "seed": str(seed), "time_limit_s": f"{limit:g}", "threads": str(settings.threads)
        }  # fmt: skip
        if tuple(key.values()) in there:
            continue
        told = {"load": load(), "version": machine["version"], "commit": machine["commit"]}
        found = alone(measured, (make, size, seed, limit, settings.threads), should_stop)
        if found is None:
            return
        made.append(key | {name: str(found[name]) for name in RESULTS} | told)
        yield list(made)


def alone(
    function: Callable[..., dict[str, Any]], arguments: tuple[Any, ...], should_stop: ShouldStop
) -> dict[str, Any] | None:  # fmt: skip
    """The result of a function of a module in a process of its own; None when stopped. Raises ``SizeFailed``."""
    here = get_context("spawn")
    ours, theirs = here.Pipe(duplex=False)
    process = here.Process(target=_send, args=(theirs, function, arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        while not ours.poll(WAIT_SECONDS):
            if should_stop():
                return None
        try:
            return dict(ours.recv())
        except EOFError:
            process.join()
            raise SizeFailed(f"{arguments[1:]}: {process.exitcode}") from None
    finally:
        if process.is_alive():
            process.terminate() if should_stop() else process.join()


def _send(to: Connection, function: Callable[..., dict[str, Any]], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this one hears of Ctrl-C and ends it
    to.send(function(*arguments))
    to.close()


def measured(make: Make, size: int, seed: int, time_limit_s: float, threads: int) -> dict[str, Any]:
    """Plan and check one week under the contract ``joint``; the result columns."""
    instance, contract = make(size, seed), PRESETS["joint"]
    warm_up(prepare(make(1, seed), contract))
    visits, cpu, wall = len(instance.visits), time.process_time(), time.monotonic()
    problem = prepare(instance, contract)
    prepared = time.process_time() - cpu
    until: list[tuple[float, float]] = []

    def on_event(event: Event) -> None:
        few = event.objective is not None and 100 * event.unserved <= LEFT_PERCENT * visits
        if few and event.objective is not None and not event.objective.hard and not until:
            until.append((time.monotonic() - wall, time.process_time() - cpu))

    result = plan(problem, PlanSettings(time_limit_s=time_limit_s, seed=seed, islands=threads), on_event=on_event)
    searched = time.process_time()
    if result.plan is None:
        raise SizeFailed(f"{size}, {seed}: {result.status}")
    report = check(instance, contract, problem.travel, result.plan)
    seconds, work = time.monotonic() - wall, time.process_time() - cpu
    served = {stop.id for duty in result.plan.duties for stop in duty.stops}
    unserved = sum(each.id not in served for each in instance.visits)
    return {
        "nurses": len(instance.nurses), "visits": visits, "unserved": unserved,
        "unserved_percent": f"{100 * unserved / visits:.3f}",
        "open_tasks": sum(each.in_route and each.id not in served for each in instance.tasks),
        "uncovered": report.counts["uncovered_minimum"],
        "scalar_per_visit": f"{report.objective.scalar / visits:.3f}",
        "rest_per_visit": f"{report.objective.rest / visits:.3f}",
        "travel_per_visit": f"{report.counts['travel'] / visits:.2f}",
        "cpu_s": f"{work:.1f}", "wall_s": f"{seconds:.1f}", "cpu_per_visit": f"{work / visits:.4f}",
        "prepare_cpu_s": f"{prepared:.2f}", "check_cpu_s": f"{time.process_time() - searched:.2f}",
        "until_s": f"{until[0][0]:.1f}" if until else "", "until_cpu_s": f"{until[0][1]:.1f}" if until else "",
        "until_cpu_per_visit": f"{until[0][1] / visits:.4f}" if until else "",
        "peak_mib": peak_mib(), "check": verdict(report),
    }  # fmt: skip


def peak_mib() -> int:
    """The most memory that this process has held, in MiB; 0 where the system does not tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="utf-8")
        return int(told.split("VmHWM:")[1].split()[0]) // 1024
    except (OSError, IndexError):
        pass
    if sys.platform == "win32":
        return 0
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 * 1024 if sys.platform == "darwin" else 1024)


def to_table(rows: Iterable[Row]) -> str:
    """Rows as CSV, by size, seed and time."""
    ordered = sorted(rows, key=lambda row: (int(row["size"]), int(row["seed"]), float(row["time_limit_s"])))
    return to_csv(ordered, COLUMNS)


def from_table(content: str) -> list[Row]:
    """The rows of an earlier run. Raises ``ValueError`` when they are not such a table."""
    rows = from_csv(content, COLUMNS)
    for row in rows:
        int(row["size"]), int(row["seed"]), float(row["time_limit_s"])
    return rows
