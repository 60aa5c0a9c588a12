"""What INRC-II tells beside the scenario: how everybody came to the first day, and what one week asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from instances.adapters.inrc2_blocks import Blocks, pair
from instances.adapters.inrc2_scenario import Scenario
from instances.adapters.lines import Record
from optimiser.domain.priced_roster import HARD, Before, PricedCover, PricedRequest

HISTORY_HEADINGS = HISTORY, NURSE_HISTORY = ("HISTORY", "NURSE_HISTORY")
WEEK_HEADINGS = WEEK_DATA, REQUIREMENTS, REQUESTS = ("WEEK_DATA", "REQUIREMENTS", "SHIFT_OFF_REQUESTS")
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
NONE, ANY = "None", "Any"
BELOW_OPTIMUM, UNWANTED = 30, 10
"""Prices of the competition: each nurse below the optimum, each unwanted assignment."""


@dataclass(frozen=True)
class Week:
    """Cover and requests of one week, its Monday as day 0."""

    cover: tuple[PricedCover, ...]
    requests: tuple[PricedRequest, ...]

    def on(self, first: int) -> Week:
        """The same week with its Monday on day ``first``."""
        return Week(
            tuple(replace(each, day=each.day + first) for each in self.cover),
            tuple(replace(each, day=each.day + first) for each in self.requests),
        )


def letter_of(scenario: Scenario, shift: int, skill: int) -> int:
    """The letter of a shift type worked with a skill; 0 is free."""
    return 1 + shift * len(scenario.skills) + skill


def histories(blocks: Blocks, scenario: Scenario) -> tuple[Before, ...]:
    """What went before, in the order of the nurses."""
    _of_scenario(blocks, scenario, blocks.found[HISTORY], HISTORY, "Week", "Scenario")
    section = blocks.section(
        "Nurse", "Assignments", "WorkingWeekends", "LastShiftType", "ConsecutiveSame", "ConsecutiveWorkingDays",
        "ConsecutiveDaysOff",
    )  # fmt: skip
    found: dict[int, Before] = {}
    for record in blocks.found[NURSE_HISTORY]:
        if not section.whole(record):
            continue
        nurse = section.known(record, 0, scenario.nurse_number, "inrc2_nurse")
        free = record.fields[3] == NONE
        shift = None if free else section.known(record, 3, scenario.shift_number, "inrc2_shift_or_none")
        numbers = [section.number(record, column) for column in (1, 2, 4, 5, 6)]
        assignments, weekends, same, worked, rested = (count or 0 for count in numbers)
        if None not in numbers and not ((same == worked == 0) if free else (rested == 0 < same <= worked)):
            blocks.put(record.line, " ".join(record.fields), "inrc2_history")
        if nurse in found:
            section.put(record, 0, "inrc2_once")
        if nurse is not None:
            found[nurse] = Before(shift, same, worked, rested, assignments, weekends)
    for number, each in enumerate(scenario.nurses):
        if number not in found:
            blocks.put(0, "", "inrc2_history_of", name=each.id)
            found[number] = Before(None, 0, 0, 0, 0, 0)
    return tuple(found[number] for number in range(len(scenario.nurses)))


def week(blocks: Blocks, scenario: Scenario) -> Week:
    """The cover and the requests of one week. Rows that ask for nobody are left out."""
    _of_scenario(blocks, scenario, blocks.found[WEEK_DATA], WEEK_DATA, "Scenario")
    section = blocks.section("ShiftType", "Skill", *DAYS)
    cover, seen = list[PricedCover](), set[int]()
    for record in blocks.found[REQUIREMENTS]:
        if not section.whole(record):
            continue
        shift = section.known(record, 0, scenario.shift_number, "inrc2_shift")
        skill = section.known(record, 1, scenario.skill_number, "inrc2_skill")
        pairs = [pair(section, record, 2 + day) for day in range(len(DAYS))]
        if shift is None or skill is None:
            continue
        letter = letter_of(scenario, shift, skill)
        if letter in seen:
            section.put(record, 0, "inrc2_once")
        seen.add(letter)
        cover += [PricedCover(day, letter, least, wanted, HARD, BELOW_OPTIMUM, 0)
                  for day, (least, wanted) in enumerate(pairs) if wanted]  # fmt: skip
    for number, shift_type in enumerate(scenario.shifts):
        for place, skill_name in enumerate(scenario.skills):
            if letter_of(scenario, number, place) not in seen:
                blocks.put(blocks.heads[REQUIREMENTS].line, "", "inrc2_requirement",
                           name=f"{shift_type.id} {skill_name}")  # fmt: skip
    cover.sort(key=lambda each: (each.day, each.letter))
    return Week(tuple(cover), tuple(_requests(blocks, scenario)))


def _requests(blocks: Blocks, scenario: Scenario) -> list[PricedRequest]:
    """Unwanted shift types, or any, on a day."""
    section, made = blocks.section("Nurse", "ShiftType", "Day"), list[PricedRequest]()
    days = {name: number for number, name in enumerate(DAYS)}
    skills = range(len(scenario.skills))
    for record in blocks.counted(REQUESTS, *section.columns):
        if not section.whole(record):
            continue
        nurse = section.known(record, 0, scenario.nurse_number, "inrc2_nurse")
        shifts = {ANY: -1, **scenario.shift_number}
        shift = section.known(record, 1, shifts, "inrc2_shift_or_any")
        day = section.known(record, 2, days, "inrc2_day")
        if nurse is None or shift is None or day is None:
            continue
        unwanted = range(len(scenario.shifts)) if shift < 0 else (shift,)
        letters = frozenset(letter_of(scenario, each, skill) for each in unwanted for skill in skills)
        made.append(PricedRequest(nurse, day, letters, UNWANTED))
    return made


def _of_scenario(blocks: Blocks, scenario: Scenario, records: list[Record], heading: str, *columns: str) -> None:
    """The file is of this scenario: the name is the last field of its first record."""
    section = blocks.section(*columns)
    if len(records) != 1:
        blocks.put(blocks.heads[heading].line, str(len(records)), "inrc2_count", number=1, columns=", ".join(columns))
    for record in records[:1]:
        if section.whole(record) and record.fields[-1] != scenario.name:
            section.put(record, len(columns) - 1, "inrc2_of", name=scenario.name)
