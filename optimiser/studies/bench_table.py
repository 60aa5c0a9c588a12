"""Runs of public benchmarks as a table: median and spread over the seeds of each instance."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

import pandas as pd

from optimiser.studies.bench import KEY, Row
from optimiser.studies.spread import Spread, numbers, settings_of, spread_of


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
    return [_summary(key, runs) for key, runs in settings_of(rows, KEY[:-1])]


def _summary(key: Row, runs: pd.DataFrame) -> BenchSummary:
    cost, best, bound = (numbers(runs, name) for name in ("cost", "best_known", "bound"))
    return BenchSummary(
        key=key,
        best_known=str(runs["best_known"].iloc[0]),
        bound=str(runs["bound"].iloc[int(bound.argmax())]) if bound.notna().any() else "",
        runs=len(runs),
        found=int(cost.notna().sum()),
        at_best=int((cost <= best).sum()),
        below=int((cost < best).sum()),
        proved=int((cost <= bound).sum()),
        cost=spread_of(cost),
        gap=spread_of(numbers(runs, "gap")),
        cpu_s=spread_of(numbers(runs, "cpu_s")),
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
