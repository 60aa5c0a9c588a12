"""A comparison as one organisation may see it: its own detail, of others what the sharing contracts leave open."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from optimiser.domain.comparison import Compared, Comparison
from optimiser.domain.figure import FigureKind
from optimiser.domain.sharing import Openness, SharingContract
from optimiser.errors import Fault, InputError
from optimiser.report.compare_few import Size, few, sizes_of
from optimiser.report.compare_small import merged_small
from optimiser.report.year_figures import source_of

STRICT: tuple[Openness, ...] = ("own", "totals", "organisations")
"""From the strictest on."""
RUN_FIGURES = ("travel_minutes", "unserved_visits")
"""What the table of runs tells of all organisations together."""
TELLS = {
    "compare.explain.unserved_differs": ("unserved_visits",),
    "compare.explain.uncovered_differs": ("uncovered_shifts",),
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
    tell the other's figures: the explanations then say so. Figures about nurses or clients of organisations that have
    fewer than five of them are not shown, nor totals from which they follow. Districts with fewer than five clients, of
    all or of the others together, are merged; so are those from which one other organisation's figure would follow
    where totals are open and organisations are not. Nurses are one's own only, and who consented too. The table of runs
    is left out where it tells totals that are not open.
    """
    everyone = sorted(
        {*comparison.organisations, *employers.values(), *(name for row in clients.values() for name in row)}
    )
    if organisation not in everyone:
        raise InputError([Fault("--for", 0, "", ", ".join(everyone), organisation)])
    alone = len(everyone) == 1
    kind_of = {kind.name: kind for kind in kinds}
    sizes = sizes_of(everyone, clients, employers)
    shown = _organisations(comparison, organisation, kind_of, sizes)

    def unseen_few(figure: str) -> bool:
        """Whether the total less what is seen is the figure of fewer than five people."""
        if figure not in kind_of:
            return False
        unseen = [sizes[name] for name in everyone if name != organisation and figure not in _figures(shown.get(name))]
        return few(kind_of[figure], unseen)

    def total_shown(figure: str) -> bool:
        return alone or (openness(comparison, figure) != "own" and not unseen_few(figure))

    explanations = tuple(
        key for key in comparison.explanations if all(total_shown(figure) for figure in TELLS.get(key, ()))
    )
    if len(everyone) == 2 and any(openness(comparison, kind.name) == "totals" for kind in kinds):
        explanations += ("compare.explain.totals_tell_other",)
    if not alone and any(openness(comparison, kind.name) == "own" for kind in kinds):
        explanations += ("compare.explain.totals_hidden",)
    open_kinds = [kind for kind in kinds if openness(comparison, kind.name) == "organisations"]
    if any(map(unseen_few, (kind.name for kind in kinds if openness(comparison, kind.name) != "own"))) or any(
        few(kind, [sizes[name]]) for kind in open_kinds for name in everyone if name != organisation
    ):
        explanations += ("compare.explain.few_hidden",)
    return comparison.model_copy(
        update={
            "seen_by": organisation,
            "total": kept(comparison.total, total_shown),
            "organisations": shown,
            "districts": _districts(comparison, organisation, clients, kinds, len(everyone) - 1),
            "nurses": {nurse: row for nurse, row in comparison.nurses.items() if employers.get(nurse) == organisation},
            "contracts": {
                name: _own_consents(each, organisation, employers) for name, each in comparison.contracts.items()
            },
            "runs": comparison.runs if all(total_shown(figure) for figure in RUN_FIGURES) else (),
            "explanations": explanations,
        }
    )  # fmt: skip


def openness(comparison: Comparison, figure: str) -> Openness:
    """Who sees a figure: what the strictest contract of the comparison says; of a year also what it says of the figure
    that was scaled to it."""
    levels = [
        next((each.shown for each in contract.shown if each.figure == name), contract.openness)
        for contract in comparison.contracts.values()
        for name in {figure, source_of(figure)}
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


def _figures(compared: Compared | None) -> set[str]:
    """The figures that are told of it."""
    return set() if compared is None else {figure for row in compared.scenarios.values() for figure in row}


def _organisations(
    comparison: Comparison, own: str, kinds: Mapping[str, FigureKind], sizes: Mapping[str, Size]
) -> dict[str, Compared]:
    """One's own, and of the others the figures that are open and of enough people."""
    shown = {}
    for name, compared in comparison.organisations.items():
        if name == own:
            shown[name] = compared
            continue

        def keep(figure: str, size: Size = sizes[name]) -> bool:
            too_few = figure in kinds and few(kinds[figure], [size])
            return openness(comparison, figure) == "organisations" and not too_few

        rest = kept(compared, keep)
        if any(rest.scenarios.values()):
            shown[name] = rest
    return shown


def _districts(
    comparison: Comparison, own: str, clients: Clients, kinds: Sequence[FigureKind], others: int
) -> dict[str, Compared]:
    """Small ones merged; then of each the figures that may be seen by who has clients there."""
    totals = any(openness(comparison, kind.name) == "totals" for kind in kinds)
    merged, living = merged_small(comparison.districts, clients, own, kinds, 2 if totals and others > 1 else 1)
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
