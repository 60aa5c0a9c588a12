"""The duties of a plan as the context of the next horizon, in its minutes; and those that stand inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from optimiser.check.timeline import CONTEXT, Timeline
from optimiser.daily.next_week_past import LOOK_BACK_WEEKS, Past
from optimiser.domain.duty import ContextDuty, GivenDuty

SATURDAY = 5


def context_of(past: Past) -> tuple[ContextDuty, ...]:
    """The earlier context that a rule can still read, and what the plan adds, in order of nurse and time.

    Of standby from home each planned turn-out is a row of work beside it, as the law reads it; the calls that its kind
    expects are the hours of the standby itself. Turn-outs and tasks outside routes name the organisation as employer:
    work for the law, and no duty of her roster.
    """
    old = [_no_duty_inside(past, row) for row in past.instance.context if _given(past, row) is None]
    made = [row for line in past.lines.values() for row in work_rows(past, line)]
    moved = [
        row.model_copy(update={"start": row.start - past.border, "end": row.end - past.border}) for row in (*old, *made)
    ]
    kept = _in_sight(past, moved)
    return tuple(sorted(kept, key=lambda row: (row.nurse, row.start, row.end, row.lane, row.employer)))


def given_of(past: Past) -> tuple[GivenDuty, ...]:
    """Duties that stand inside the next horizon: of the plan, where it goes on past the border, and of the context
    after the old horizon."""
    published = past.plan.published.date() if past.plan.published is not None else None
    before = {(row.nurse, row.kind, row.day): row.published_on for row in past.instance.duties_given}
    rows = []
    for duty in past.plan.duties:
        if duty.day >= past.first and duty.follows is None:
            told = before.get((duty.nurse, duty.kind, duty.day)) or published
            told = told if told is not None and told <= duty.day else None
            rows.append(GivenDuty(nurse=duty.nurse, kind=duty.kind, day=duty.day, published_on=told))
    rows += [found for row in past.instance.context if (found := _given(past, row))]
    return tuple(dict.fromkeys(rows))


def work_rows(past: Past, line: Timeline) -> Iterator[ContextDuty]:
    """What the plan and the tasks outside routes add for one nurse, in minutes of the old horizon."""
    organisation = past.instance.nurse_by_id[line.nurse].organisation
    duties = {duty.id for duty in past.case.duties_of.get(line.nurse, ()) if duty.lane == "work"}
    calls: dict[str, int] = defaultdict(int)
    for call in line.calls:
        calls[call.source] += call.minutes
    there: dict[str, int] = defaultdict(int)
    for block in (block for dienst in line.diensten for block in dienst.blocks):
        if block.source.startswith(CONTEXT):
            continue
        if block.workplace:
            there[block.source] += block.minutes
        else:
            employer = "" if block.source in duties else organisation
            yield ContextDuty(nurse=line.nurse, start=block.start, end=block.end, work_minutes=block.minutes,
                              employer=employer)  # fmt: skip
    for standby in line.standbys:
        if standby.source.startswith(CONTEXT):
            continue
        form = "workplace" if standby.at_workplace else "consignatie" if standby.consignatie else "home"
        minutes = standby.work_minutes + calls[standby.source] + there[standby.source]
        # all hours of a standby worked would read as standby at the workplace
        most = standby.end - standby.start - (not standby.at_workplace)
        yield ContextDuty(nurse=line.nurse, start=standby.start, end=standby.end, work_minutes=min(minutes, most),
                          lane="standby", form=form)  # fmt: skip


def _in_sight(past: Past, rows: Iterable[ContextDuty]) -> Iterator[ContextDuty]:
    """Rows of the last 16 weeks (``Past.sums_weeks``), of the last year those that a count of a year reads, and of each
    nurse one own row that shows how far back her rows reach: the last before the year, or her first."""
    clock = past.instance.clock
    since = clock.midnight(7 * (past.weeks - past.sums_weeks)) - past.border
    year = clock.midnight(7 * (past.weeks - LOOK_BACK_WEEKS)) - past.border
    reach: dict[str, ContextDuty] = {}
    ordered = sorted(rows, key=lambda row: (row.start, row.end))
    for row in ordered:
        if not row.employer and (row.nurse not in reach or row.end <= year):
            reach[row.nurse] = row
    for row in ordered:
        if row.end > since or row is reach.get(row.nurse) or (row.end > year and _counts_for_a_year(past, row)):
            yield row


def _counts_for_a_year(past: Past, row: ContextDuty) -> bool:
    """Whether it takes a weekend or a Sunday, is a night at work, or standby at the workplace."""
    clock, rules = past.instance.clock, past.instance.rules
    start, end = row.start + past.border, row.end + past.border
    if any(clock.weekday(day) >= SATURDAY for day in range(clock.day_of(start), clock.day_of(end - 1) + 1)):
        return True
    if row.lane == "standby":
        return row.form == "workplace" or row.work_minutes >= row.end - row.start
    return clock.overlap_with_band(start, end, rules.night_from.value, rules.night_until.value) > 0


def _begins_inside(past: Past, row: ContextDuty) -> bool:
    """Whether it is own work that begins within the next horizon."""
    return not row.employer and past.border <= row.start < past.end


def _given(past: Past, row: ContextDuty) -> GivenDuty | None:
    """The duty of a kind with just those times in the next horizon; None when it is elsewhere, or no kind has them."""
    if not _begins_inside(past, row):
        return None
    clock, nurse = past.instance.clock, past.instance.nurse_by_id[row.nurse]
    day = clock.day_of(row.start)
    for kind in past.instance.shift_kinds:
        times = clock.at(day, kind.start), clock.at(day, kind.last_end)
        usable = not kind.organisations or nurse.organisation in kind.organisations
        if kind.lane == row.lane and times == (row.start, row.end) and usable:
            return GivenDuty(nurse=row.nurse, kind=kind.id, day=clock.date_of(day))
    return None


def _no_duty_inside(past: Past, row: ContextDuty) -> ContextDuty:
    """A row as the next tables may hold it: own work inside the horizon that is no kind of duty has an employer."""
    if not _begins_inside(past, row):
        return row
    return row.model_copy(update={"employer": past.instance.nurse_by_id[row.nurse].organisation})
