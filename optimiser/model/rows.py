"""Row rules as constraints over candidate blocks: the law in the model, from the same tables as the search."""

from __future__ import annotations

from collections import defaultdict
from functools import singledispatch

from ortools.sat.python import cp_model

from optimiser.domain.clock import DAY, HOUR
from optimiser.domain.row_rules import (
    DutyClass,
    Exclusion,
    GapCount,
    Pauses,
    RestBlocks,
    RowRule,
    Series,
    WindowSum,
    WordCount,
)
from optimiser.model.blocks import Block
from optimiser.model.row import Row

REST_LEVELS = (4 * HOUR, 8 * HOUR)
"""Above the shortest block, rests are told apart in these steps when several must sum to the long rest."""


@singledispatch
def add_rule(rule: RowRule, row: Row) -> None:
    """Add one rule instance to the model for one row. Raises TypeError on a shape without a translation."""
    raise TypeError(f"no translation for {type(rule).__name__}")


@add_rule.register
def _gap_count(rule: GapCount, row: Row) -> None:
    """Pairs of blocks with a forbidden rest between them exclude each other.

    Counted rests (planned tokens) are judged exactly by search; here they are only kept from falling below ``low``.
    """
    if rule.most > 0:
        return
    for index, block in enumerate(row.work):
        if not block.duty_class & rule.after:
            continue
        against = []
        for other in row.work[index + 1 :]:
            gap = other.start - block.end
            if gap >= rule.high:
                break
            apart = gap >= row.dienst_gap and gap >= rule.low
            if apart or (rule.within_day and gap < row.dienst_gap and not _one_dienst(block, other, rule.high)):
                against.append(other)
        row.exclude(block, against)


def _one_dienst(block: Block, other: Block, rest: int) -> bool:
    """Whether two blocks with under 8 h between them can be one dienst that leaves the daily rest in its 24 hours."""
    return max(block.end, other.end) - block.start <= DAY - rest


@add_rule.register
def _series(rule: Series, row: Row) -> None:
    """Levels: ``chain[i][n]`` is true when block i is at least the n-th of its chain."""
    if not any(
        block.duty_class & (rule.holds if rule.rest_after == 0 else rule.member) & DutyClass.NIGHT for block in row.work
    ):
        return
    members = [block for block in row.work if block.duty_class & rule.member]
    wanted = rule.length if rule.rest_after else rule.length + 1
    chain = _levels(row, members, rule.gap, wanted, rule)
    for index, block in enumerate(members):
        top = chain[index][wanted - 1]
        if rule.rest_after == 0:
            row.model.add(top == 0)
            continue
        for other in row.work:
            if not other.duty_class & rule.member and 0 <= other.start - block.end < rule.rest_after:
                if other.literal is not None:
                    row.model.add_bool_or(top.negated(), other.literal.negated())
                elif block.literal is not None:
                    row.model.add(top == 0)


def _levels(row: Row, members: list[Block], gap: int, wanted: int, rule: Series) -> list[list[cp_model.IntVar]]:
    """Literals forced true when a chain reaches a level; for a length limit only chains that hold a night count."""
    chain: list[list[cp_model.IntVar]] = []
    for index, block in enumerate(members):
        levels = [row.model.new_bool_var(f"{rule.id.family}.{row.name}.{index}.{level}") for level in range(wanted)]
        chain.append(levels)
        there = [] if block.literal is None else [block.literal.negated()]
        row.model.add_bool_or([levels[0], *there])
        for before in range(index - 1, -1, -1):
            if block.start - members[before].end >= gap + DAY:
                break
            if 0 <= block.start - members[before].end < gap:
                for level in range(1, wanted):
                    row.model.add_bool_or([levels[level], chain[before][level - 1].negated(), *there])
    return chain


@add_rule.register
def _window_sum(rule: WindowSum, row: Row) -> None:
    """Work minutes or duties of a dienst, 24 hours or calendar weeks."""
    if rule.per == "weeks":
        low, high = row.week_start[rule.first_week], row.week_start[rule.last_week + 1]
        blocks = row.standby if rule.counts == "standby" else row.work
        terms = []
        for block in blocks:
            if block.literal is not None and low <= block.start < high:
                if rule.counts == "late_nights" and not block.duty_class & DutyClass.LATE_NIGHT:
                    continue
                size = block.work - max(0, block.end - high) if rule.counts == "minutes" else 1
                terms.append(size * block.literal)
        if terms:
            row.model.add(sum(terms) <= max(0, rule.most))
        return
    if rule.per in ("dienst", "night"):
        for index, block in enumerate(row.work):
            if rule.per == "night" and not block.duty_class & DutyClass.NIGHT:
                continue
            if block.work > rule.most:
                row.not_all((block,))
            for other in row.work[index + 1 :]:
                if other.start - block.end >= row.dienst_gap:
                    break
                if block.work + other.work > rule.most:
                    row.not_all((block, other))
        return
    for watch in row.standby:
        shared = [(min(block.end, watch.end) - max(block.start, watch.end - DAY), block) for block in row.work]
        row.exclude(
            watch,
            [block for inside, block in shared if inside > 0 and min(inside, block.work) + watch.calls > rule.most],
        )


@add_rule.register
def _rest_blocks(rule: RestBlocks, row: Row) -> None:
    """From each dienst start one of the alternatives holds; rests are told apart in REST_LEVELS, rounded down.

    The candidates of one day share the window of the latest start among them: never too tight.
    """
    anchors: dict[object, list[int]] = defaultdict(list)
    for index, block in enumerate(row.work):
        anchors[block.kind[0] if block.kind else f"single {index}"].append(index)
    for indices in anchors.values():
        start = max(row.work[index].start for index in indices)
        later = [
            index for index in range(indices[0], len(row.work)) if row.work[index].start < start + rule.long_window
        ]
        if all(row.work[index].literal is None for index in later):
            continue
        options = _rest_options(rule, row, start, later)
        for index in indices:
            literal = row.work[index].literal
            if literal is not None:
                row.model.add_bool_or([*options, literal.negated()])
            elif options:
                row.model.add_bool_or(options)


def _rest_options(rule: RestBlocks, row: Row, start: int, later: list[int]) -> list[cp_model.IntVar]:
    """Literals of which one must hold for a window from ``start``: a short rest, or long rests enough."""
    options: list[cp_model.IntVar] = []
    sums: list[cp_model.LinearExprT] = []
    for index in later:
        end = row.work[index].end
        if end + rule.short_rest <= start + rule.short_window:
            rest = row.rest_after(index, rule.short_rest)
            options += [] if rest is None else [rest]
        for length, value in _levels_of(rule):
            if end + length <= start + rule.long_window:
                rest = row.rest_after(index, length)
                sums += [] if rest is None else [value * rest]
    if sums:
        enough = row.model.new_bool_var(f"{rule.id.family}.{row.name}.{start}.long")
        row.model.add(sum(sums) >= rule.long_rest).only_enforce_if(enough)
        options.append(enough)
    return options


def _levels_of(rule: RestBlocks) -> list[tuple[int, int]]:
    """(length, what reaching it adds) of each level of a rest in the long alternative."""
    lengths = [rule.block, *(rule.block + step for step in REST_LEVELS), rule.long_rest]
    return [(length, length - (lengths[index - 1] if index else 0)) for index, length in enumerate(lengths)]


@add_rule.register
def _word_count(rule: WordCount, row: Row) -> None:
    """At most so many standby duties start in any rolling window."""
    for index, block in enumerate(row.standby):
        inside = [each for each in row.standby[index:] if each.start < block.start + rule.window]
        fixed = sum(each.literal is None for each in inside)
        literals = [each.literal for each in inside if each.literal is not None]
        if len(literals) + fixed > rule.most and literals:
            row.model.add(sum(literals) <= max(0, rule.most - fixed))


@add_rule.register
def _exclusion(rule: Exclusion, row: Row) -> None:
    """No standby around a night dienst."""
    for night in row.work:
        if night.duty_class & DutyClass.NIGHT:
            row.exclude(
                night,
                [
                    watch
                    for watch in row.standby
                    if (watch.start < night.start and watch.end > night.start - rule.before)
                    or (watch.end > night.end and watch.start < night.end + rule.after)
                ],
            )


@add_rule.register
def _pauses(rule: Pauses, row: Row) -> None:
    """Two blocks that grow into one dienst need the break together; one block brings its own."""
    for index, block in enumerate(row.work):
        against = []
        for other in row.work[index + 1 :]:
            gap = other.start - block.end
            if gap >= row.dienst_gap:
                break
            pause = sum(
                size
                for size in (gap, *(each.end - each.start - each.work for each in (block, other)))
                if size >= rule.part
            )
            work = block.work + other.work
            required = rule.long_length if work > rule.long_after else (rule.length if work > rule.after else 0)
            if gap >= 0 and pause < required:
                against.append(other)
        row.exclude(block, against)
