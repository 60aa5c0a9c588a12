"""The compiled search for rosters of letters, with a cache folder of its own.

Edits here leave the machine code of the rest of the kernel alone, and the other way round. All compiled modules are
imported here, while numba is told this folder: numba reads it when a function is declared.
"""

from __future__ import annotations

from optimiser.search.kernel.own_folder import kept_in

with kept_in(__name__):
    from optimiser.search.kernel.letters import anneal, priced, rebuild, row_dp, row_trace

__all__ = ["anneal", "priced", "rebuild", "row_dp", "row_trace"]
