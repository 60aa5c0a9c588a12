"""What it costs that clients see no more faces together than apart.

A study that runs ``single`` and ``joint``, and ``joint`` again with other weights (``--weight unfamiliar=20``), holds
the answer: the cheapest joint setting whose clients see no more nurses than with ``single``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from optimiser.studies.spread import Spread, Summary, summaries
from optimiser.studies.study import Row

SAME = ("instance", "fingerprint", "roster", "variant", "time_limit_s")
FIGURES = ("faces_mean", "scalar_usual")


@dataclass(frozen=True)
class FacesPrice:
    """Medians of faces per client: ``single``, ``joint`` at the usual weights, and ``equal`` at ``weights``: the usual
    ones (empty) when joint has no more than single, else the cheapest joint setting that has no more.

    Without such a setting these are None. ``price`` is what the equal setting costs more than joint, in percent of the
    scalar at the usual weights.
    """

    setting: Row
    single: float
    joint: float
    weights: str | None
    equal: float | None
    price: float | None


def faces_prices(rows: Iterable[Row]) -> Iterator[FacesPrice]:
    """For each instance, variant and time that ran with ``single`` and with ``joint`` at the usual weights."""
    groups: dict[tuple[str, ...], list[Summary]] = {}
    for each in summaries(rows, FIGURES):
        groups.setdefault(tuple(each.key[name] for name in SAME), []).append(each)
    for key, group in groups.items():
        usual = {each.key["scenario"]: each for each in group if not each.key["weights"] and whole(each)}
        if "single" not in usual or "joint" not in usual:
            continue
        single, joint = _middle(usual["single"], "faces_mean"), _middle(usual["joint"], "faces_mean")
        setting = dict(zip(SAME, key, strict=True))
        no_more = [
            each for each in group
            if each.key["scenario"] == "joint" and whole(each) and _middle(each, "faces_mean") <= single
        ]  # fmt: skip
        if not no_more:
            yield FacesPrice(setting, single, joint, None, None, None)
            continue
        best = usual["joint"] if joint <= single else min(no_more, key=lambda each: _middle(each, "scalar_usual"))
        price, base = _middle(best, "scalar_usual"), _middle(usual["joint"], "scalar_usual")
        more = 100 * (price - base) / base if base else 0.0
        yield FacesPrice(setting, single, joint, best.key["weights"], _middle(best, "faces_mean"), more)


def whole(summary: Summary) -> bool:
    """Whether every run gave a plan; the median of fewer would compare other seeds."""
    return summary.planned == summary.runs


def _middle(summary: Summary, column: str) -> float:
    spread = summary.spreads[column]
    assert isinstance(spread, Spread)
    return spread.middle
