"""The compiled annealing by block moves, with a cache folder of its own.

Edits here leave the machine code of the rest of the kernel alone, and the other way round. All compiled modules are
imported here, while numba is told this folder: numba reads it when a function is declared.
"""

from __future__ import annotations

from optimiser.search.kernel.own_folder import kept_in

with kept_in(__name__):
    from optimiser.search.kernel.blocks import anneal, judge, moves, row_cost

__all__ = ["anneal", "judge", "moves", "row_cost"]
