"""The scenario of an INRC-II data set: skills, shift types with runs and successions, contracts, nurses."""

from __future__ import annotations

from dataclasses import dataclass

from instances.adapters.inrc2_blocks import Blocks, pair
from instances.adapters.lines import Record, Section
from optimiser.domain.priced_roster import HARD, PricedLimit, PricedShift

SCENARIO, WEEKS, SKILLS, SHIFTS, SUCCESSIONS, CONTRACTS, NURSES = SCENARIO_HEADINGS = (
    "SCENARIO", "WEEKS", "SKILLS", "SHIFT_TYPES", "FORBIDDEN_SHIFT_TYPES_SUCCESSIONS", "CONTRACTS", "NURSES",
)  # fmt: skip
SAME_SHIFT, CONSECUTIVE, TOTAL = 15, 30, 20
"""Prices of the competition: each day too few or too many of a shift type, of work or of days off in a row, and each
assignment outside the total."""
WEEKEND = 30
"""Each worked weekend over the most, and each incomplete one."""
MOST_WEEKS = 52


@dataclass(frozen=True)
class Contract:
    """The limits that a contract gives; ``complete`` says whether a weekend should be worked whole or not at all."""

    assignments: PricedLimit
    work_run: PricedLimit
    free_run: PricedLimit
    weekends: PricedLimit
    complete: bool


@dataclass(frozen=True)
class Nurse:
    """A nurse: name, name of her contract, numbers of her skills."""

    id: str
    contract: str
    skills: frozenset[int]


@dataclass(frozen=True)
class Scenario:
    """What holds for every week; names lead to their numbers."""

    name: str
    skills: tuple[str, ...]
    shifts: tuple[PricedShift, ...]
    contracts: dict[str, Contract]
    nurses: tuple[Nurse, ...]

    @property
    def skill_number(self) -> dict[str, int]:
        """Name of a skill -> its number."""
        return {name: number for number, name in enumerate(self.skills)}

    @property
    def shift_number(self) -> dict[str, int]:
        """Name of a shift type -> its number."""
        return {shift.id: number for number, shift in enumerate(self.shifts)}

    @property
    def nurse_number(self) -> dict[str, int]:
        """Name of a nurse -> her number."""
        return {nurse.id: number for number, nurse in enumerate(self.nurses)}


def read_scenario(blocks: Blocks, weeks: int) -> Scenario:
    """The scenario, for an instance of ``weeks`` weeks; faults go where the blocks keep theirs."""
    name = blocks.value(SCENARIO)
    number = blocks.section(WEEKS).number(blocks.value(WEEKS), 0, 1, MOST_WEEKS)
    if number is not None and number != weeks:
        blocks.put(blocks.value(WEEKS).line, str(weeks), "inrc2_weeks", number=number)
    skills = _names(blocks, blocks.counted(SKILLS, "Skill"))
    shifts = _shifts(blocks)
    contracts = _contracts(blocks)
    nurses = _nurses(blocks, contracts, skills)
    return Scenario(name.fields[0], tuple(skills), shifts, contracts, nurses)


def _names(blocks: Blocks, records: list[Record]) -> dict[str, int]:
    """Records of one new name each -> their numbers."""
    section, names = blocks.section("Skill"), dict[str, int]()
    for record in records:
        if section.whole(record) and section.fresh(record, names):
            names[record.fields[0]] = len(names)
    return names


def _limit(section: Section, record: Record, column: int, price: int) -> PricedLimit:
    """A pair as a limit with one price on both sides."""
    least, most = pair(section, record, column)
    return PricedLimit(least, most, price, price)


def _shifts(blocks: Blocks) -> tuple[PricedShift, ...]:
    """Shift types in the order of the file, with what may not follow them."""
    section = blocks.section("ShiftType", "(MinConsecutive,MaxConsecutive)")
    runs: dict[str, PricedLimit] = {}
    for record in blocks.counted(SHIFTS, *section.columns):
        if section.whole(record) and section.fresh(record, runs):
            runs[record.fields[0]] = _limit(section, record, 1, SAME_SHIFT)
    numbers = {name: number for number, name in enumerate(runs)}
    following = blocks.section("ShiftType", "Number", "ShiftType")
    not_next: dict[str, frozenset[int]] = {}
    for record in blocks.found[SUCCESSIONS]:
        if len(record.fields) < 2:
            following.whole(record)
            continue
        known = following.known(record, 0, numbers, "inrc2_shift")
        if record.fields[0] in not_next:
            following.put(record, 0, "inrc2_once")
        count = following.number(record, 1)
        cells = [Record(record.line, (cell,)) for cell in record.fields[2:]]
        if count is not None and count != len(cells):
            blocks.put(record.line, str(len(cells)), "inrc2_count", number=count, columns="ShiftType")
        barred = [blocks.section("ShiftType").known(each, 0, numbers, "inrc2_shift") for each in cells]
        if known is not None:
            not_next[record.fields[0]] = frozenset(each for each in barred if each is not None)
    return tuple(PricedShift(name, 0, not_next.get(name, frozenset()), run) for name, run in runs.items())


def _contracts(blocks: Blocks) -> dict[str, Contract]:
    """Name -> contract."""
    section = blocks.section(
        "Contract", "(MinAssignments,MaxAssignments)", "(MinConsecutiveWorkingDays,MaxConsecutiveWorkingDays)",
        "(MinConsecutiveDaysOff,MaxConsecutiveDaysOff)", "MaxWorkingWeekends", "CompleteWeekends",
    )  # fmt: skip
    contracts: dict[str, Contract] = {}
    for record in blocks.counted(CONTRACTS, *section.columns):
        if not section.whole(record) or not section.fresh(record, contracts):
            continue
        weekends = section.number(record, 4, 0, MOST_WEEKS) or 0
        contracts[record.fields[0]] = Contract(
            assignments=_limit(section, record, 1, TOTAL),
            work_run=_limit(section, record, 2, CONSECUTIVE),
            free_run=_limit(section, record, 3, CONSECUTIVE),
            weekends=PricedLimit(0, weekends, HARD, WEEKEND),
            complete=section.number(record, 5, 0, 1) == 1,
        )
    return contracts


def _nurses(blocks: Blocks, contracts: dict[str, Contract], skills: dict[str, int]) -> tuple[Nurse, ...]:
    """The nurses in the order of the file."""
    section, nurses = blocks.section("Nurse", "Contract", "Number", "Skill"), dict[str, Nurse]()
    for record in blocks.counted(NURSES, *section.columns):
        if not section.whole(record, more=True) or not section.fresh(record, nurses):
            continue
        section.known(record, 1, dict.fromkeys(contracts, 0), "inrc2_contract")
        count, cells = section.number(record, 2), record.fields[3:]
        if count is not None and count != len(cells):
            blocks.put(record.line, str(len(cells)), "inrc2_count", number=count, columns="Skill")
        found = [blocks.section("Skill").known(Record(record.line, (cell,)), 0, skills, "inrc2_skill")
                 for cell in cells]  # fmt: skip
        numbers = frozenset(each for each in found if each is not None)
        nurses[record.fields[0]] = Nurse(record.fields[0], record.fields[1], numbers)
    return tuple(nurses.values())
