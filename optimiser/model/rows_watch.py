"""Free time around standby for the unforeseen, and rests around duties at the workplace (FreePeriods, RestParts)."""

from __future__ import annotations

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import DutyClass, FreePeriods, RestParts
from optimiser.model.blocks import Block
from optimiser.model.row import Row


def add_free_periods(rule: FreePeriods, row: Row) -> None:
    """From each start of a duty of the class: the free times in the window hold enough periods, each time as many as
    fit in it from its begin. Fixed duties that break the rule by themselves ask nothing."""
    for anchor in row.blocks:
        if not anchor.duty_class & rule.after:
            continue
        until = anchor.start + rule.window
        pieces = _pieces(row, anchor, until, rule.length, rule.count, rule.free_of)
        if pieces is not None and (anchor.literal is not None or _by_fixed(row, pieces) >= rule.count):
            _at_least(row, anchor, [literal for _, literal in pieces], rule.count)


def _by_fixed(row: Row, pieces: list[tuple[int, cp_model.IntVar]]) -> int:
    """How many pieces there are when nothing is planned."""
    ends = {block.end for block in row.blocks if block.literal is None}
    return sum(end in ends for end, _ in pieces)


def _at_least(row: Row, anchor: Block, literals: list[cp_model.IntVar], count: int) -> None:
    """With the anchor at least so many of the literals."""
    row.model.add(sum(literals) >= (count if anchor.literal is None else count * anchor.literal))


def _pieces(
    row: Row, anchor: Block, until: int, length: int, count: int, classes: DutyClass
) -> list[tuple[int, cp_model.IntVar]] | None:
    """(end of the duty before it, literal) of each piece of free time from the anchor's start, cut at ``until``.

    None when there are enough whatever is planned: after the last duty all is free.
    """
    if row.last_end + count * length <= until:
        return None
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
    parts. Looser than the rule: windows that begin with fixed work ask nothing."""
    for anchor in row.work:
        until = anchor.start + rule.window
        if anchor.literal is None or not anchor.duty_class & rule.holds:
            continue
        if row.last_end + rule.long_part + rule.count * rule.part <= until:
            continue
        pieces = _pieces(row, anchor, until, rule.part, rule.count, DutyClass.WORK) or []
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
