"""Districts with few clients put together, so that no figure of a district points at a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence

from optimiser.domain.comparison import Compared, Difference, Spread
from optimiser.domain.figure import FigureKind

LEAST = 5
"""Fewer clients than these are not shown by themselves."""
OTHER = "other"
"""The code of the districts that were put together."""


def merged_small(
    districts: Mapping[str, Compared], clients: Mapping[str, Mapping[str, int]], own: str, kinds: Sequence[FigureKind],
    least_others: int = 1,
) -> tuple[dict[str, Compared], dict[str, Counter[str]]]:  # fmt: skip
    """The districts with at least five clients, of whom none or at least five are not of ``own``; all others together
    as ``OTHER``, joined by the smallest that makes them enough too, or left out where even all are too few.

    ``least_others``: of so many other organisations they must be at least, where they are not all of ``own``: with two,
    no district less one's own part is the figure of one other. Also the clients of each by organisation.
    """
    living = {code: Counter(clients.get(code, {})) for code in districts}
    ordered = sorted(districts, key=lambda code: (living[code].total(), code))
    small = [code for code in ordered if not enough(living[code], own, least_others)]
    if small and OTHER in ordered and OTHER not in small:
        small.append(OTHER)  # what was put together before takes these too
    large = [code for code in ordered if code not in small]
    while small and large and not enough(_together(living, small), own, least_others):
        needed = next(
            (code for code in large if enough(_together(living, [*small, code]), own, least_others)), large[0]
        )
        large.remove(needed)
        small.append(needed)
    found = {code: districts[code] for code in districts if code in large}
    if small and enough(_together(living, small), own, least_others):
        adding = {kind.name for kind in kinds if kind.adds}
        found[OTHER] = summed([districts[code] for code in small], adding)
        living[OTHER] = _together(living, small)
    return found, {code: living[code] for code in found}


def enough(living: Counter[str], own: str, least_others: int = 1) -> bool:
    """Whether so many live there that neither the whole nor what is not of ``own`` points at a person, nor at fewer
    than ``least_others`` other organisations."""
    others = [count for name, count in living.items() if name != own and count]
    return living.total() >= LEAST and (not others or (sum(others) >= LEAST and len(others) >= least_others))


def _together(living: Mapping[str, Counter[str]], codes: Iterable[str]) -> Counter[str]:
    return sum((living[code] for code in codes), Counter[str]())


def summed(parts: Sequence[Compared], adding: set[str]) -> Compared:
    """The parts as one: figures that add up are summed, the ends of intervals too (at least as wide as true when the
    parts move together); what does not add up is not known. A difference is clear when that interval says so."""
    return Compared(
        scenarios=_each([part.scenarios for part in parts], adding, _spread),
        differences=_each([part.differences for part in parts], adding, _difference),
    )


def _each[Value](
    tables: Sequence[Mapping[str, Mapping[str, Value]]], adding: set[str], joined: Callable[[Sequence[Value]], Value]
) -> dict[str, dict[str, Value]]:
    """Scenario or pair -> figure -> the values of the parts that have it, joined."""
    found: dict[str, dict[str, list[Value]]] = {}
    for table in tables:
        for name, row in table.items():
            figures = found.setdefault(name, {})
            for figure, value in row.items():
                if figure in adding:
                    figures.setdefault(figure, []).append(value)
    return {name: {figure: joined(values) for figure, values in row.items()} for name, row in found.items()}


def _sum(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return round(sum(known), 4) if known else None


def _spread(parts: Sequence[Spread]) -> Spread:
    return Spread(
        median=_sum(part.median for part in parts), low=_sum(part.low for part in parts),
        high=_sum(part.high for part in parts), n=min(part.n for part in parts),
    )  # fmt: skip


def _difference(parts: Sequence[Difference]) -> Difference:
    middle, low, high = (_sum(getattr(part, end) for part in parts) for end in ("median", "low", "high"))
    noises = [part.noise for part in parts if part.noise is not None]
    noise = round(sum(noises), 4) if len(noises) == len(parts) else None
    apart = low is not None and high is not None and (low > 0 or high < 0)
    clear = apart and noise is not None and abs(middle or 0) > 2 * noise and all(part.clear for part in parts)
    return Difference(median=middle, low=low, high=high, n=min(part.n for part in parts), noise=noise, clear=clear)
