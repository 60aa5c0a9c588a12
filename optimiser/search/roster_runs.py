"""What searches for public rosters share: effort, answer, and threads that end together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from dataclasses import dataclass

EAR_SECONDS = 0.2
"""How often a run looks whether it is over."""
Letters = tuple[tuple[int, ...], ...]
"""A roster: ``letters[person][day]``."""


@dataclass(frozen=True)
class RosterSettings:
    """``time_limit_s`` of the clock for all together; runs are not the same twice, whatever the seed."""

    time_limit_s: float = 60.0
    threads: int = 2
    seed: int = 0


@dataclass(frozen=True)
class RosterResult:
    """The best lawful roster found (None: none), its cost, and what no roster can cost less than; ``impossible``: it is
    proved that there is none."""

    roster: Letters | None
    cost: int | None
    bound: int
    impossible: bool = False

    @property
    def proved(self) -> bool:
        """Whether no roster is better."""
        return self.cost is not None and self.cost <= self.bound


def side_by_side(
    work: Callable[[int], None], threads: int, over: Callable[[], bool], stop: Callable[[], None],
    should_stop: Callable[[], bool] | None,
) -> None:  # fmt: skip
    """Run ``work(number)`` in threads until all have ended. ``stop`` is called, and tells them to end, once one fails,
    when it is ``over`` or ``should_stop``, and at last. Raises what a thread raised."""
    with ThreadPoolExecutor(threads) as pool:
        all_of_them = [pool.submit(work, number) for number in range(threads)]
        running, failed = set(all_of_them), False
        try:
            while running:
                done, running = wait(running, EAR_SECONDS, FIRST_EXCEPTION)
                failed = failed or any(each.exception() for each in done)
                if failed or over() or (should_stop and should_stop()):
                    stop()
        finally:
            stop()
        for each in all_of_them:
            each.result()
