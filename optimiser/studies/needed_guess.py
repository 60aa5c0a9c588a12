"""How many nurses formulas say are needed: a queue (Erlang C) for who is busy, and chance for who lives near enough."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb


def erlang_c(servers: int, load: float) -> float:
    """The chance that all of so many are busy when a call comes, in a queue M/M/c (Erlang 1917). ``load`` is calls an
    hour times the hours that one takes; 1 where that is as much as there are servers or more."""
    if servers < 1 or load >= servers:
        return 1.0
    blocked = 1.0  # Erlang B, by recursion
    for number in range(1, servers + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked / (1 - load * (1 - blocked) / servers)


def nearest_reaches(near: int, may: int, drawn: int) -> float:
    """The chance that of ``drawn`` nurses, drawn from ``may`` of whom ``near`` live near enough, at least one does."""
    drawn = min(drawn, may)
    if drawn < 1:
        return 0.0
    return 1 - comb(may - near, drawn) / comb(may, drawn)


def reached_share(near: Sequence[int], weights: Sequence[float], may: int, drawn: int) -> float:
    """The share of visits whose nearest of ``drawn`` nurses is in time: source by source ``near`` nurses are near
    enough, and ``weights`` visits come."""
    whole = sum(weights)
    if not whole:
        return 0.0
    return sum(part * nearest_reaches(each, may, drawn) for each, part in zip(near, weights, strict=True)) / whole


def chosen_guess(
    reaches: Sequence[Sequence[bool]], weights: Sequence[float], visits_per_hour: float, hours_each: float,
    target: float,
) -> int | None:  # fmt: skip
    """The same where those on duty are chosen by their homes: each time who adds most of the visits (``weights``) that
    nobody chosen before reaches. ``reaches[nurse][source]``."""
    whole = sum(weights)
    left, reached, others = list(weights), 0.0, list(reaches)
    for number in range(1, len(reaches) + 1):
        gains = [sum(part for part, near in zip(left, row, strict=True) if near) for row in others]
        best = max(range(len(others)), key=gains.__getitem__)
        reached += gains[best]
        left = [0.0 if near else part for part, near in zip(left, others.pop(best), strict=True)]
        if whole and (1 - erlang_c(number, visits_per_hour * hours_each)) * reached / whole >= target:
            return number
    return None


def first_guess(
    near: Sequence[int], weights: Sequence[float], may: int, visits_per_hour: float, hours_each: float, target: float
) -> int | None:
    """The smallest number for which (chance that somebody is free) x (share that the nearest reaches) is the target."""
    for number in range(1, may + 1):
        free = 1 - erlang_c(number, visits_per_hour * hours_each)
        if free * reached_share(near, weights, may, number) >= target:
            return number
    return None
