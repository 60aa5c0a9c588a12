"""Public routing tools on a roster of ours: the same duties, the same evaluator, equal processor time.

Each adapter says in its docstring what its tool cannot express and what is done about it; ``docs/benchmarks/peers.md``
tells it to readers. ``solve`` is the one way in.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from optimiser.domain.plan import Plan
from optimiser.domain.problem import Problem
from optimiser.studies.peers.decode import PeerResult, decode_answer
from optimiser.studies.peers.parts import Answer, Part, Shared, shared_roster

PEERS: dict[str, str] = {"ortools": "ortools", "ortools-fixed": "ortools", "pyvrp": "pyvrp", "vroom": "vroom"}
"""Name of a peer -> the module it needs."""
Adapter = Callable[[Part, Shared, float, int], Answer]


def is_installed(peer: str) -> bool:
    """Whether the module of a peer is there; all come with the extra ``peers``."""
    return find_spec(PEERS[peer]) is not None


def solve(problem: Problem, plan: Plan, peer: str, seconds: float, seed: int) -> PeerResult:
    """Routes by ``peer`` on the duties of ``plan``, in about ``seconds`` of processor time, as a plan with its claims.

    The days are solved one by one; each gets the time that is left in proportion to its work.
    """
    adapter = _adapter(peer)
    shared = shared_roster(problem, plan, seed, linked=peer == "ortools")
    answer: Answer = {}
    left = sum(len(part.work) for part in shared.parts)
    for part in shared.parts:
        share = max(0.05, seconds - shared.spent()) * len(part.work) / left
        left -= len(part.work)
        if part.vehicles:
            answer.update(adapter(part, shared, share, seed))
    return decode_answer(shared, answer, seed)


def _adapter(peer: str) -> Adapter:
    """The function of a peer; its module is imported only now."""
    if peer == "pyvrp":
        from optimiser.studies.peers.with_pyvrp import solve_part
    elif peer == "vroom":
        from optimiser.studies.peers.with_vroom import solve_part
    else:
        from optimiser.studies.peers.with_ortools import solve_part
    return solve_part
