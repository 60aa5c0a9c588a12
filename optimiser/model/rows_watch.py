"""Free time around standby for the unforeseen, and rests around duties at the workplace (FreePeriods, RestParts)."""

from __future__ import annotations

from itertools import accumulate

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import FreePeriods, RestParts
from optimiser.model.blocks import WORK, Block
from optimiser.model.row import Row


def add_free_periods(rule: FreePeriods, row: Row) -> None:
    """From each start of a duty of the class: the free times in the window hold enough periods, each time as many as
    fit in it from its begin. Fixed duties that break the rule by themselves ask nothing."""
    for anchor in row.blocks:
        if not anchor.duty_class & rule.after:
            continue
        until = anchor.start + rule.window
        # after the last duty all is free
        if row.last_end + rule.count * rule.length <= until:
            continue
        pieces = _pieces(row, anchor, until, rule.length, rule.count, rule.free_of)
        if anchor.literal is not None or _by_fixed(row, pieces) >= rule.count:
            _at_least(row, anchor, [literal for _, literal in pieces], rule.count)


def _by_fixed(row: Row, pieces: list[tuple[int, cp_model.IntVar]]) -> int:
    """How many pieces there are when nothing is planned."""
    ends = {block.end for block in row.blocks if block.literal is None}
    return sum(end in ends for end, _ in pieces)


def _at_least(row: Row, anchor: Block, literals: list[cp_model.IntVar], count: int) -> None:
    """With the anchor at least so many of the literals."""
    row.model.add(sum(literals) >= (count if anchor.literal is None else count * anchor.literal))


def _pieces(
    row: Row, anchor: Block, until: int, length: int, count: int, classes: int
) -> list[tuple[int, cp_model.IntVar]]:
    """(end of the duty before it, literal) of each piece of free time from the anchor's start, cut at ``until``."""
    pieces: list[tuple[int, cp_model.IntVar]] = []
    for end in row.ends(anchor.start, until - length, classes):
        for number in range(1, min(count, (until - end) // length) + 1):
            rest = row.rest_after(end, number * length, classes)
            if rest is None:
                break
            pieces.append((end, rest))
    return pieces


def add_rest_parts(rule: RestParts, row: Row) -> None:
    """From each start of work of the class: one rest holds the long part, and the others and what is left of it enough
    parts. Fixed work that breaks the rule by itself asks nothing."""
    for anchor in row.work:
        until = anchor.start + rule.window
        if not anchor.duty_class & rule.holds or (anchor.literal is None and not _parts_by_fixed(rule, row, anchor)):
            continue
        if row.last_end + rule.long_part + rule.count * rule.part <= until:
            continue
        pieces = _pieces(row, anchor, until, rule.part, rule.count, WORK)
        chosen: list[cp_model.IntVar] = []
        parts: list[cp_model.IntVar] = []
        for end in row.ends(anchor.start, until - rule.long_part):
            long = row.rest_after(end, rule.long_part)
            if long is None:
                continue
            here = row.new(f"{rule.id.family}.{row.name}.{anchor.start}.{end}")
            row.model.add_implication(here, long)
            chosen.append(here)
            left = range(1, min(rule.count, (until - end - rule.long_part) // rule.part) + 1)
            parts += _used(row, here, [row.rest_after(end, rule.long_part + number * rule.part) for number in left])
            pieces = [(each, _not_with(row, here, piece) if each == end else piece) for each, piece in pieces]
        parts += [piece for _, piece in pieces]
        row.model.add(sum(chosen) <= 1)
        _at_least(row, anchor, chosen, 1)
        _at_least(row, anchor, parts, rule.count)


def _parts_by_fixed(rule: RestParts, row: Row, anchor: Block) -> bool:
    """Whether the rests from a fixed block are enough when nothing is planned."""
    until = anchor.start + rule.window
    later = [each for each in row.work if each.literal is None and each.start >= anchor.start]
    ends = accumulate((each.end for each in later), max)
    starts = [*(each.start for each in later[1:]), until]
    rests = [min(start, until) - end for start, end in zip(starts, ends, strict=True) if start - end >= row.dienst_gap]
    parts = sum(max(0, rest) // rule.part for rest in rests)
    return any(
        parts - rest // rule.part + (rest - rule.long_part) // rule.part >= rule.count
        for rest in rests
        if rest >= rule.long_part
    )


def _used(row: Row, here: cp_model.IntVar, rests: list[cp_model.IntVar | None]) -> list[cp_model.IntVar]:
    """For each rest a literal that is true only with it and when the long part lies here."""
    used = []
    for rest in rests:
        if rest is not None:
            both = row.new(f"{rest.name}.{here.name}")
            row.model.add_implication(both, rest)
            row.model.add_implication(both, here)
            used.append(both)
    return used


def _not_with(row: Row, here: cp_model.IntVar, piece: cp_model.IntVar) -> cp_model.IntVar:
    """A literal that is true only with the piece and when the long part lies elsewhere."""
    other = row.new(f"{piece.name}.not.{here.name}")
    row.model.add_implication(other, piece)
    row.model.add_at_most_one([other, here])
    return other
