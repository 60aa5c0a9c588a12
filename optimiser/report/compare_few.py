"""Whether a figure is about so few people, nurses of an organisation or its clients, that it would tell of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from optimiser.domain.figure import FigureKind
from optimiser.report.compare_small import LEAST
from optimiser.report.figures_kinds import FIGURE_BY_NAME
from optimiser.report.year_figures import source_of

OF_NURSES = frozenset({"hours", "people", "money"})
"""Themes that tell of nurses: their hours, load and pay."""
OF_CLIENTS = frozenset({"visits", "clients"})
"""Themes that tell of clients: their care and who comes."""


class Size(NamedTuple):
    """How many nurses and clients an organisation has."""

    nurses: int
    clients: int


def sizes_of(
    organisations: Iterable[str], clients: Mapping[str, Mapping[str, int]], employers: Mapping[str, str]
) -> dict[str, Size]:
    """Organisation -> its size. ``clients``: district -> organisation -> clients; ``employers``: nurse -> employer."""
    nurses, living = Counter(employers.values()), Counter[str]()
    for row in clients.values():
        living.update(row)
    return {name: Size(nurses[name], living[name]) for name in organisations}


def few(kind: FigureKind, sizes: Sequence[Size]) -> bool:
    """Whether these organisations together have one to four people that the figure tells of."""
    kind = FIGURE_BY_NAME.get(source_of(kind.name), kind)
    nurses, living = sum(size.nurses for size in sizes), sum(size.clients for size in sizes)
    of_nurses = kind.theme in OF_NURSES or ("nurse" in kind.levels and "district" not in kind.levels)
    of_clients = kind.theme in OF_CLIENTS or "district" in kind.levels
    return (of_nurses and 0 < nurses < LEAST) or (of_clients and 0 < living < LEAST)
