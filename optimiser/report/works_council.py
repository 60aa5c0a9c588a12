"""What a works council is told: how evenings, nights, travel and hours are spread before and after, and nobody in it.

Nurses are counted in bands, and every published number of nurses is nought or at least five. The bands of all nurses
are the same on every page of one comparison; those of an organisation are the same for every organisation and are put
together from these. So no sum or difference of published numbers of one scenario gives a smaller group either, also not
for an organisation that takes off its own nurses, whom it knows one by one. docs/explanation/business_case.md says why.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from optimiser.domain.figure import Values
from optimiser.domain.instance import Instance
from optimiser.report.figures_kinds import FIGURE_BY_NAME

SMALLEST_GROUP = 5
LOWER_ENDS: dict[str, tuple[int, ...]] = {
    "duties": (0, 1, 2, 3, 4, 5, 6),
    "evenings": (0, 1, 2, 3, 4, 5),
    "nights": (0, 1, 2, 3, 4, 5),
    "weekends_worked": (0, 1, 2, 3, 4),
    "early_after_late": (0, 1, 2, 3),
    "travel_minutes": (0, 60, 120, 240, 360, 480, 600),
    "home_leg_minutes": (0, 60, 120, 240, 360, 480, 600),
    "overtime_hours": (0, 1, 2, 4, 8, 16),
    "undertime_hours": (0, 1, 2, 4, 8, 16),
}
"""Figure -> where its bands begin; they follow from no data. A count has a band for itself, the last one is open.
Bands of minutes and hours hold their lower end and not their upper one."""


@dataclass(frozen=True)
class Distribution:
    """One figure: ``bands`` as (first, the first that is above; None is open), and for each scenario how many nurses
    are in each band."""

    figure: str
    bands: tuple[tuple[int, int | None], ...]
    counts: dict[str, tuple[int, ...]]


@dataclass(frozen=True)
class WorksCouncil:
    """Distributions of all nurses, or of those of one ``organisation``.

    ``hidden`` are figures of which no two bands can be told apart without a group under five, ``unknown`` those that
    some nurse lacks. ``refused`` is why nothing is shown: too few nurses here, or in another organisation.
    """

    before: str
    after: str
    organisation: str | None
    nurses: int | None
    distributions: tuple[Distribution, ...] = ()
    hidden: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    refused: str = ""


def works_council(
    instance: Instance,
    nurses: Mapping[str, Mapping[str, Values]],
    before: str,
    after: str,
    organisation: str | None = None,
) -> WorksCouncil:
    """The page's content. ``nurses``: nurse -> scenario -> figures (``Comparison.nurses``); students are left out.

    Nothing is shown where all less one organisation's nurses are one to four. One organisation is shown only where
    every organisation has at least five nurses or none: else all less the others would be the small one. Raises
    ``KeyError`` on an organisation that the instance does not have.
    """
    if organisation is not None:
        instance.organisation_by_id[organisation]
    groups = _groups(instance, nurses)
    everybody = [nurse for group in groups.values() for nurse in group]
    if len(everybody) < SMALLEST_GROUP:
        return WorksCouncil(before, after, organisation, None, refused="works_council.refused.few")
    apart = all(len(group) == 0 or len(group) >= SMALLEST_GROUP for group in groups.values())
    if organisation is not None and (not apart or not groups[organisation]):
        return WorksCouncil(before, after, organisation, None, refused="works_council.refused.other")
    if any(0 < len(rest) < SMALLEST_GROUP for rest in _rests(groups)):
        return WorksCouncil(before, after, organisation, None, refused="works_council.refused.rest")
    shown = everybody if organisation is None else groups[organisation]
    found: list[Distribution] = []
    hidden: list[str] = []
    unknown: list[str] = []
    for figure in LOWER_ENDS:
        if any(nurses[nurse].get(name, {}).get(figure) is None for nurse in everybody for name in (before, after)):
            unknown.append(figure)
            continue
        made = _distribution(figure, nurses, before, after, groups, organisation)
        (hidden.append(figure) if made is None else found.append(made))
    return WorksCouncil(before, after, organisation, len(shown), tuple(found), tuple(hidden), tuple(unknown))


def _groups(instance: Instance, nurses: Mapping[str, object]) -> dict[str, list[str]]:
    """Organisation -> its nurses who are no students and have figures."""
    groups: dict[str, list[str]] = {each.id: [] for each in instance.organisations}
    for nurse in instance.nurses:
        if nurse.experience != "student" and nurse.id in nurses:
            groups[nurse.organisation].append(nurse.id)
    return groups


def _rests(groups: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """All nurses, and all less those of each organisation: what is left of a number for who knows her own nurses."""
    everybody = [nurse for group in groups.values() for nurse in group]
    return [everybody, *([nurse for nurse in everybody if nurse not in set(group)] for group in groups.values())]


def _distribution(
    figure: str,
    nurses: Mapping[str, Mapping[str, Values]],
    before: str,
    after: str,
    groups: Mapping[str, Sequence[str]],
    organisation: str | None,
) -> Distribution | None:
    """The figure in bands that are safe for all nurses, also less those of any organisation; for one organisation these
    are merged further until they are safe for each of them. None where one band is left.

    Safe in every scenario that all nurses have: pages about other pairs then have the same bands, and nothing smaller
    follows by subtraction.
    """
    ends, everybody = LOWER_ENDS[figure], [nurse for group in groups.values() for nurse in group]
    known = [name for name in sorted({name for nurse in everybody for name in nurses[nurse]})
             if all(nurses[nurse].get(name, {}).get(figure) is not None for nurse in everybody)]  # fmt: skip

    def counted(group: Sequence[str], scenario: str) -> list[int]:
        found = [0] * len(ends)
        for nurse in group:
            found[band_of(ends, nurses[nurse][scenario][figure] or 0.0)] += 1
        return found

    merged = safe_bands([counted(rest, name) for rest in _rests(groups) for name in known])
    if organisation is not None:
        rows = [counted(group, name) for group in groups.values() for name in known]
        coarser = safe_bands([[sum(row[low:high]) for low, high in merged] for row in rows])
        merged = [(merged[low][0], merged[high - 1][1]) for low, high in coarser]
    if len(merged) < 2:
        return None
    shown = everybody if organisation is None else groups[organisation]
    return Distribution(
        figure=figure,
        bands=tuple((ends[low], ends[high] if high < len(ends) else None) for low, high in merged),
        counts={
            name: tuple(sum(counted(shown, name)[low:high]) for low, high in merged) for name in (before, after)
        },
    )  # fmt: skip


def band_of(ends: Sequence[int], value: float) -> int:
    """The band that holds a value; what lies below the first is in the first."""
    return max((place for place, end in enumerate(ends) if value >= end), default=0)


def safe_bands(counts: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Runs (from, up to) of bands in which every row of ``counts`` has nought or at least five; the finest from the
    left. A row that has fewer than five in all can be in no run: such rows may not be given."""
    bands = len(counts[0]) if counts else 0

    def safe(low: int, high: int) -> bool:
        return all(not 0 < sum(row[low:high]) < SMALLEST_GROUP for row in counts)

    runs: list[tuple[int, int]] = []
    low = 0
    for high in range(1, bands + 1):
        if safe(low, high):
            runs.append((low, high))
            low = high
    while low < bands:
        last = runs.pop()[0] if runs else 0
        if safe(last, bands):
            runs.append((last, bands))
            break
        low = last
        if not runs:
            raise ValueError("a group has fewer than five people")
    return runs


def is_count(figure: str) -> bool:
    """Whether the figure is counted in whole things, so that a band of one is a number."""
    return FIGURE_BY_NAME[figure].unit == "count"
