"""Cover: what is short of the minimum and the wanted number. A shortfall is counted, never a violation."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass

from optimiser.check.case import Case
from optimiser.check.sharing import OFFICE_FROM, OFFICE_UNTIL, SATURDAY, has_joined, in_one_group
from optimiser.domain.duty import Cover
from optimiser.domain.noun import WEEKDAYS
from optimiser.domain.plan import Duty


@dataclass(frozen=True)
class Need:
    """One cover row on one day, or equal pooled ones merged.

    ``organisations``: whose nurses may fill it; one where it is not pooled. ``owners``: whose rows it holds.
    ``stands_for_all``: the contract set its number, so that who fills it works for all of them.
    """

    rows: tuple[str, ...]
    organisations: frozenset[str]
    owners: frozenset[str]
    row: Cover
    day: int
    minimum: int
    wanted: int
    stands_for_all: bool = False


@dataclass(frozen=True)
class Shortfall:
    """One need on one day (horizon minutes ``start`` to ``end``) that is not filled."""

    rows: tuple[str, ...]
    day: int
    start: int
    end: int
    counted: int
    minimum: int
    wanted: int

    @property
    def below_minimum(self) -> int:
        """Duties missing to the minimum."""
        return max(0, self.minimum - self.counted)

    @property
    def below_wanted(self) -> int:
        """Duties missing from there to the wanted number."""
        return max(0, self.wanted - max(self.minimum, self.counted))


def needs(case: Case, days: Container[int] | None = None) -> list[Need]:
    """The rows day by day as the contract reads them: own rows one by one, equal pooled rows of a day merged; of all
    days, or of some day numbers."""
    merged: dict[tuple[object, ...], list[Cover]] = {}
    among: dict[tuple[object, ...], frozenset[str]] = {}
    for row in (each for each in case.instance.cover if area_in_use(case, each.area)):
        for day in _days(case, row, days):
            organisations = _sharing(case, row, day)
            own = row.id if len(organisations) == 1 else ""
            window = (row.from_time, row.until_time)
            same = (day, organisations, own, *window, row.lane, frozenset(row.skills), row.area, row.line)
            merged.setdefault(same, []).append(row)
            among[same] = organisations
    return [_need(case, rows, int(str(key[0])), among[key]) for key, rows in merged.items()]


def area_in_use(case: Case, name: str) -> bool:
    """Whether the division of an area is the contract's; no area, one without a division and one that is not in the
    table always are in use."""
    divisions = {each.division for each in case.instance.areas if each.id == name}
    return divisions <= {"", case.contract.division}


def pooled_with(case: Case, organisation: str, day: int, start: int, end: int) -> frozenset[str]:
    """The organisations that share cover with one, itself among them, in the clock window that starts on a day."""
    span = Cover(id="span", organisation=organisation, from_time=start, until_time=end)
    return _sharing(case, span, day)


def _need(case: Case, rows: list[Cover], day: int, organisations: frozenset[str]) -> Need:
    """The counts summed, or what the contract sets for the pooled row that holds one of the rows it names."""
    contract, names = case.contract, tuple(row.id for row in rows)
    numbers = [(each.minimum, each.wanted) for each in contract.pooled_to if set(each.cover) & set(names)]
    if not numbers and rows[0].lane == "standby" and not rows[0].area and contract.pooled_standby is not None:
        numbers = [(contract.pooled_standby, contract.pooled_standby)]
    pooled = len(organisations) > 1 and bool(numbers)
    minimum, wanted = numbers[0] if pooled else (sum(row.minimum for row in rows), sum(row.wanted for row in rows))
    owners = frozenset(row.organisation for row in rows)
    return Need(names, organisations, owners, rows[0], day, minimum, wanted, pooled)


def _sharing(case: Case, row: Cover, day: int) -> frozenset[str]:
    """Whose nurses may fill a row on a day number: its own organisation's, and those it is pooled with."""
    own = {row.organisation}
    if not (_is_pooled(case, row, day) and has_joined(case, row.organisation, day)):
        return frozenset(own)
    others = {each.id for each in case.instance.organisations} - own
    return frozenset(own | {
        each for each in others if in_one_group(case, row.organisation, each) and has_joined(case, each, day)
    })  # fmt: skip


def _is_pooled(case: Case, row: Cover, day: int) -> bool:
    """Whether the contract pools a row of these hours and skills."""
    asked = case.contract.skills
    if case.contract.cover == "own" or (asked and row.skills and not set(asked) & set(row.skills)):
        return False
    if case.contract.cover == "pooled":
        return True
    clock = case.clock
    low, high = clock.at(day, row.from_time), clock.at(day, row.until_time)
    # Monday to Friday 07:00 to 18:00 of each date that the window touches
    weekdays = [each for each in range(clock.day_of(low), clock.day_of(high) + 1) if clock.weekday(each) < SATURDAY]
    office = [(clock.at(each, OFFICE_FROM), clock.at(each, OFFICE_UNTIL)) for each in weekdays]
    return all(until <= low or high <= start for start, until in office)


def _days(case: Case, row: Cover, days: Container[int] | None) -> tuple[int, ...]:
    """Day numbers in the horizon: the one date, else the weekdays (none named: all); only those of ``days``."""
    asked = range(case.instance.days)
    if row.day is not None:
        day = case.clock.day_number(row.day)
        asked = range(max(day, 0), min(day + 1, case.instance.days))
    return tuple(
        day
        for day in asked
        if (days is None or day in days)
        and (row.day is not None or not row.weekdays or WEEKDAYS[case.clock.weekday(day)] in row.weekdays)
    )


def shortfalls(case: Case, days: Container[int] | None = None) -> list[Shortfall]:
    """Every need and day with fewer duties than wanted or than the minimum; of all days, or of some day numbers."""
    return [
        Shortfall(need.rows, need.day, *_window(case, need), len(duties), need.minimum, need.wanted)
        for need, duties in filled(case, days)
        if len(duties) < max(need.minimum, need.wanted)
    ]


def filled(case: Case, days: Container[int] | None = None) -> Iterator[tuple[Need, list[Duty]]]:
    """Every need with the duties that count for it; of all days, or of some day numbers."""
    lanes: dict[str, list[Duty]] = {"work": [], "standby": []}
    for duty in sorted(case.duties, key=lambda each: each.start):
        if case.nurse_of(duty).experience == "experienced" and duty.follows is None:
            lanes[duty.lane].append(duty)
    starts = {lane: [duty.start for duty in duties] for lane, duties in lanes.items()}
    longest = {lane: max((duty.end - duty.start for duty in duties), default=0) for lane, duties in lanes.items()}
    for need in needs(case, days):
        lane, (start, end) = need.row.lane, _window(case, need)
        # whoever holds the window began by its start, and no longer before its end than the longest duty is
        low, high = bisect_left(starts[lane], end - longest[lane]), bisect_right(starts[lane], start)
        yield need, [duty for duty in lanes[lane][low:high] if _counts(case, duty, need, start, end)]


def fills(case: Case, duty: Duty, need: Need) -> bool:
    """Whether the duty of an experienced nurse counts for a need."""
    return duty.lane == need.row.lane and _counts(case, duty, need, *_window(case, need))


def _window(case: Case, need: Need) -> tuple[int, int]:
    return case.clock.at(need.day, need.row.from_time), case.clock.at(need.day, need.row.until_time)


def _counts(case: Case, duty: Duty, need: Need, start: int, end: int) -> bool:
    """Lane and experience agree; the interval holds the window, the skills are valid that day, the team is right, and
    so are area and line."""
    if duty.start > start or duty.end < end:
        return False
    kind = case.kind_of(duty)
    if kind.area != need.row.area or (need.row.line is not None and kind.line != need.row.line):
        return False
    if not _may_fill(case, duty.nurse, need):
        return False
    return all(case.has_skill(duty.nurse, skill, case.clock.date_of(need.day)) for skill in need.row.skills)


def _may_fill(case: Case, nurse: str, need: Need) -> bool:
    """Her organisation shares the row; without her consent only where the place can be that of her own one."""
    organisation = case.instance.nurse_by_id[nurse].organisation
    if organisation not in need.organisations or len(need.organisations) == 1:
        return organisation in need.organisations
    agreed = case.contract.consents is None or nurse in case.contract.consents
    return agreed or (organisation in need.owners and not need.stands_for_all)
