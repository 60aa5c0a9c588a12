"""A comparison as one organisation may see it: its own detail, of others what the sharing contracts leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from optimiser.domain.comparison import Compared, Comparison
from optimiser.domain.figure import FigureKind
from optimiser.domain.sharing import Openness, SharingContract
from optimiser.errors import Fault, InputError
from optimiser.report.compare_small import merged_small

STRICT: tuple[Openness, ...] = ("own", "totals", "organisations")
"""From the strictest on."""
RUN_FIGURES = ("travel_minutes", "unserved_visits")
"""What the table of runs tells of all organisations together."""
TELLS = {
    "compare.explain.unserved_differs": ("unserved_visits",),
    "compare.explain.above_bound": ("travel_minutes",),
    "compare.explain.continuity_worse": ("faces_mean", "faces_most_14_days", "known_faces_percent"),
}
"""What must be known before the figures, and the totals that it gives away."""
Clients = Mapping[str, Mapping[str, int]]
"""District -> organisation -> its clients there."""
Keep = Callable[[str], bool]


def seen_by(
    comparison: Comparison,
    organisation: str,
    clients: Clients,
    employers: Mapping[str, str],
    kinds: Sequence[FigureKind],
) -> Comparison:
    """The comparison for ``organisation``. ``employers``: nurse -> organisation. Raises ``InputError`` on another name.

    Of each figure the strictest contract holds (``shown``, else ``openness``): ``own`` hides the totals too, since a
    total less one's own is the others'; ``totals`` shows totals; ``organisations`` all. With two organisations totals
    tell the other's figures: the explanations then say so. Districts with fewer than five clients, of all or of the
    others together, are merged. Nurses are one's own only, and who consented too. The table of runs is left out where
    it tells totals that are not open.
    """
    everyone = sorted(
        {*comparison.organisations, *employers.values(), *(name for row in clients.values() for name in row)}
    )
    if organisation not in everyone:
        raise InputError([Fault("--for", 0, "", ", ".join(everyone), organisation)])
    alone = len(everyone) == 1

    def total_shown(figure: str) -> bool:
        return alone or openness(comparison, figure) != "own"

    explanations = tuple(
        key for key in comparison.explanations if all(total_shown(figure) for figure in TELLS.get(key, ()))
    )
    if len(everyone) == 2 and any(openness(comparison, kind.name) == "totals" for kind in kinds):
        explanations += ("compare.explain.totals_tell_other",)
    if not all(total_shown(kind.name) for kind in kinds):
        explanations += ("compare.explain.totals_hidden",)
    return comparison.model_copy(
        update={
            "seen_by": organisation,
            "total": kept(comparison.total, total_shown),
            "organisations": _organisations(comparison, organisation),
            "districts": _districts(comparison, organisation, clients, kinds),
            "nurses": {nurse: row for nurse, row in comparison.nurses.items() if employers.get(nurse) == organisation},
            "contracts": {
                name: _own_consents(each, organisation, employers) for name, each in comparison.contracts.items()
            },
            "runs": comparison.runs if all(total_shown(figure) for figure in RUN_FIGURES) else (),
            "explanations": explanations,
        }
    )  # fmt: skip


def openness(comparison: Comparison, figure: str) -> Openness:
    """Who sees a figure: what the strictest contract of the comparison says."""
    levels = [
        next((each.shown for each in contract.shown if each.figure == figure), contract.openness)
        for contract in comparison.contracts.values()
    ]
    return min(levels, key=STRICT.index, default="own")


def kept(compared: Compared, keep: Keep) -> Compared:
    """Without the figures that ``keep`` refuses."""
    return Compared(
        scenarios={name: {each: value for each, value in row.items() if keep(each)}
                   for name, row in compared.scenarios.items()},
        differences={name: {each: value for each, value in row.items() if keep(each)}
                     for name, row in compared.differences.items()},
    )  # fmt: skip


def _organisations(comparison: Comparison, own: str) -> dict[str, Compared]:
    shown = {}
    for name, compared in comparison.organisations.items():
        if name == own:
            shown[name] = compared
            continue
        rest = kept(compared, lambda figure: openness(comparison, figure) == "organisations")
        if any(rest.scenarios.values()):
            shown[name] = rest
    return shown


def _districts(comparison: Comparison, own: str, clients: Clients, kinds: Sequence[FigureKind]) -> dict[str, Compared]:
    """Small ones merged; then of each the figures that may be seen by who has clients there."""
    merged, living = merged_small(comparison.districts, clients, own, kinds)
    shown = {}
    for code, compared in merged.items():
        there = {name for name, count in living[code].items() if count}

        def keep(figure: str, there: set[str] = there) -> bool:
            level = openness(comparison, figure)
            if there == {own} or level == "organisations":
                return True
            return level == "totals" and (own in there or len(there) > 1)

        rest = kept(compared, keep)
        if any(rest.scenarios.values()):
            shown[code] = rest
    return shown


def _own_consents(contract: SharingContract, own: str, employers: Mapping[str, str]) -> SharingContract:
    if contract.consents is None:
        return contract
    return contract.model_copy(
        update={"consents": tuple(nurse for nurse in contract.consents if employers.get(nurse) == own)}
    )
