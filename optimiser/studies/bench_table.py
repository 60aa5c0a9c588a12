"""Runs of public benchmarks as a table: median and spread over the seeds of each instance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from optimiser.studies.bench import KEY, Row
from optimiser.studies.spread import Spread, spread_of


@dataclass(frozen=True)
class BenchSummary:
    """All seeds of an instance at one effort: how many runs, how many gave an answer, and how many of them cost at
    most the best published, below it, or were proved best; cost, gap and processor seconds as median and spread."""

    key: Row
    best_known: str
    bound: str
    runs: int
    found: int
    at_best: int
    below: int
    proved: int
    cost: Spread | None
    gap: Spread | None
    cpu_s: Spread | None


def bench_summaries(rows: Iterable[Row]) -> list[BenchSummary]:
    """For each instance and effort, in the order of the rows; ``bound`` is the best of its runs."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row[name] for name in KEY[:-1]), []).append(row)
    return [_summary(dict(zip(KEY, key, strict=False)), runs) for key, runs in groups.items()]


def _summary(key: Row, runs: Sequence[Row]) -> BenchSummary:
    known = [(float(row["cost"]), float(row["best_known"])) for row in runs if row["cost"] and row["best_known"]]
    return BenchSummary(
        key=key,
        best_known=runs[0]["best_known"],
        bound=max((row["bound"] for row in runs), key=lambda each: float(each or "-inf")),
        runs=len(runs),
        found=sum(bool(row["cost"]) for row in runs),
        at_best=sum(cost <= best for cost, best in known),
        below=sum(cost < best for cost, best in known),
        proved=sum(bool(row["cost"] and row["bound"]) and float(row["cost"]) <= float(row["bound"]) for row in runs),
        cost=spread_of(runs, "cost"),
        gap=spread_of(runs, "gap"),
        cpu_s=spread_of(runs, "cpu_s"),
    )


def markdown(summaries: Sequence[BenchSummary]) -> str:
    """The table in Markdown, with a last line of medians over the instances of each effort."""
    head = ("instance", "time limit s", "threads", "seeds", "best known", "median", "lowest", "highest", "gap %",
            "gap low", "gap high", "at or below best", "bound", "CPU s")  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|---" + "|---:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(_cells(each)) + " |" for each in summaries]
    gaps = [each.gap.middle for each in summaries if each.gap]
    if gaps:
        best = sum(each.gap.middle <= 0 for each in summaries if each.gap)
        lines += ["", f"{len(gaps)} instances: median of the median gaps {median(gaps):.2f} %, largest "
                      f"{max(gaps):.2f} %; {best} with a median at or below the best known."]  # fmt: skip
    return "\n".join(lines) + "\n"


def _cells(each: BenchSummary) -> tuple[str, ...]:
    decimals = 3 if "." in each.best_known else 0
    cost = ("", "", "") if each.cost is None else tuple(
        f"{value:.{decimals}f}" for value in (each.cost.middle, each.cost.low, each.cost.high)
    )  # fmt: skip
    gap = ("", "", "") if each.gap is None else tuple(
        f"{value:.2f}" for value in (each.gap.middle, each.gap.low, each.gap.high)
    )  # fmt: skip
    return (
        each.key["instance"], each.key["time_limit_s"], each.key["threads"], str(each.runs), each.best_known, *cost,
        *gap, f"{each.at_best} of {each.runs}", each.bound, "" if each.cpu_s is None else f"{each.cpu_s.middle:.1f}",
    )  # fmt: skip
