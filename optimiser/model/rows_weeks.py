"""Sums over calendar weeks: minutes, duties, nights, Sundays, weekends; always, or only with many nights."""

from __future__ import annotations

from ortools.sat.python import cp_model

from optimiser.domain.row_rules import WindowSum
from optimiser.model.blocks import LATE_NIGHT, NIGHT, STANDBY, WORK, WORKPLACE, Block
from optimiser.model.row import Row

NIGHTS = {"nights": NIGHT, "late_nights": LATE_NIGHT}


def add_week_sum(rule: WindowSum, row: Row) -> None:
    """At most ``most`` in the weeks, of what is planned: ``most`` is already less what is known.

    Diensten are counted by their blocks where these have the class by themselves (looser for merged work).
    """
    terms = _counted(rule, row, rule.counts)
    most = rule.most if rule.term else max(0, rule.most)
    if not terms:
        if rule.term and most < 0:
            row.charges.append((rule.term, -most))
        return
    if not rule.term and sum(size for size, _ in terms) <= most:
        return
    total = sum(size * literal for size, literal in terms)
    condition = _condition(rule, row)
    if condition is False:
        return
    if rule.term:
        over = row.model.new_int_var(0, sum(size for size, _ in terms) + max(0, -most), f"{rule.id}")
        asked = row.model.add(over >= total - most)
        row.charges.append((rule.term, over))
    else:
        asked = row.model.add(total <= most)
    if condition is not True:
        asked.only_enforce_if(condition)


def _condition(rule: WindowSum, row: Row) -> cp_model.IntVar | bool:
    """A literal forced true when the weeks count ``at_least`` so many of ``when``; True or False when that is known."""
    if not rule.when or rule.at_least <= 0:
        return True
    terms = _counted(rule, row, rule.when)
    if len(terms) < rule.at_least:
        return False
    many = row.new(f"many.{rule.id}")
    row.model.add(sum(literal for _, literal in terms) <= rule.at_least - 1 + len(terms) * many)
    return many


def _counted(rule: WindowSum, row: Row, what: str) -> list[tuple[int, cp_model.IntVar]]:
    """(size, literal) of everything that counts in the weeks of the rule and is not fixed."""
    low, high = row.calendar.weeks[rule.first_week], row.calendar.weeks[rule.last_week + 1]
    if what in ("minutes", "night_minutes"):
        return _minutes(row, low, high, what == "night_minutes")
    if what == "sundays":
        sundays = row.calendar.sundays[rule.first_week : rule.last_week + 1]
        return [(1, each) for span in sundays for each in _sunday(row, *span)]
    if what == "weekends":
        weekends = row.calendar.weekends[rule.first_week : rule.last_week + 1]
        return [(1, each) for span in weekends for each in _weekend(row, *span)]
    found = [block for block in row.blocks if low <= block.start < high and _counts(block, what)]
    if what in ("nights", "late_nights"):
        return [(1, each) for block in found for each in _night(row, block, what)]
    return [(1, block.literal) for block in found if block.literal is not None]


def _counts(block: Block, what: str) -> bool:
    """Whether a block counts as one of ``what``."""
    classes = block.duty_class
    if what == "duties":
        return bool(classes & WORK) and not classes & WORKPLACE and block.part == 0
    if what in ("nights", "late_nights"):
        return bool(classes & WORK) and bool(classes & NIGHTS[what])
    if not classes & STANDBY:
        return False
    if what == "workplace":
        return bool(classes & WORKPLACE)
    return what != "standby_nights" or block.band > 0


def _night(row: Row, block: Block, what: str) -> list[cp_model.IntVar]:
    """A literal forced true when the block is a night dienst and no earlier night is part of it; none when fixed."""
    if block.literal is None:
        return []
    earlier = [
        each
        for each in row.near(block)
        if each.duty_class & NIGHTS[what] and (each.start, each.end) <= (block.start, block.end)
    ]
    if not earlier:
        return [block.literal]
    counted = row.new(f"night.{row.name}.{block.start}.{block.end}.{what}")
    row.forbid((block,), earlier, counted)
    return [counted]


def _minutes(row: Row, low: int, high: int, night: bool) -> list[tuple[int, cp_model.IntVar]]:
    """Work minutes between two midnights of Sunday; the break comes off the part before midnight, as in duty_work."""
    terms = []
    for block in row.work:
        if block.literal is None or block.end <= low or block.start >= high:
            continue
        if night:
            # a block over midnight of Sunday has its night after it
            size = block.band if block.end <= high else 0
        elif block.start < low:
            size = min(block.work, block.end - low)
        else:
            size = block.work - min(block.work, max(0, block.end - high))
        if size > 0:
            terms.append((size, block.literal))
    return terms


def _sunday(row: Row, low: int, high: int) -> list[cp_model.IntVar]:
    """A literal forced true by any work on a Sunday; none when fixed work is on it anyway."""
    blocks = [block for block in row.work if block.end > low and block.start < high]
    literals = [block.literal for block in blocks if block.literal is not None]
    if not literals or len(literals) < len(blocks):
        return []
    worked = row.new(f"sunday.{row.name}.{low}")
    for clique in row.grouped(blocks):
        row.model.add(sum(each.literal for each in clique if each.literal is not None) <= worked)
    return [worked]


def _weekend(row: Row, low: int, high: int) -> list[cp_model.IntVar]:
    """A literal forced true unless a time of ``weekend_rest`` without a duty holds the weekend; none when fixed
    duties break it anyway."""
    slack = row.calendar.weekend_rest - (high - low)
    duties = [block for block in row.blocks if block.known or block.kind is not None]
    inside = [block for block in duties if block.end > low and block.start < high]
    before = [block for block in duties if low - slack < block.end <= low]
    after = [block for block in duties if high <= block.start < high + slack]
    pairs = [(one, other) for one in before for other in after
             if other.start - one.end < row.calendar.weekend_rest]  # fmt: skip
    if any(block.literal is None for block in inside) or any(
        one.literal is None and other.literal is None for one, other in pairs
    ):
        return []
    if not pairs and not inside:
        return []
    worked = row.new(f"weekend.{row.name}.{low}")
    for clique in row.grouped(inside):
        row.model.add(sum(each.literal for each in clique if each.literal is not None) <= worked)
    for one, other in pairs:
        row.forbid((one, other), (), worked)
    return [worked]
