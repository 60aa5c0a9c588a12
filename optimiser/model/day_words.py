"""Words over days in a model: forbidden or priced sequences of what consecutive days hold.

Letters are bits: classes of a calendar day (``DayClass``), or shifts of a roster without clocks. A letter's literal
must be forced true when the day holds it; it may be true without reason, since words only ever cost.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

DayLetters = Mapping[int, cp_model.IntVar | bool]
"""Bit -> its literal, or True when the day holds it whatever happens; bits that are absent cannot be."""


@dataclass
class Letters:
    """The letters of consecutive days (day number -> letters) and the masks already asked of them.

    A day that is not in ``days`` meets no mask. Days ``first`` to ``last`` are the horizon: of each word at least one
    day lies in it.
    """

    days: Mapping[int, DayLetters]
    first: int
    last: int
    name: str
    met: dict[tuple[int, int], cp_model.IntVar | bool] = field(default_factory=dict)

    def meets(self, model: cp_model.CpModel, day: int, mask: int) -> cp_model.IntVar | bool:
        """A literal that is true when the day holds a letter of the mask; True or False when that is known."""
        key = (day, mask)
        if key not in self.met:
            self.met[key] = self._new(model, day, mask)
        return self.met[key]

    def _new(self, model: cp_model.CpModel, day: int, mask: int) -> cp_model.IntVar | bool:
        found = [literal for bit, literal in self.days.get(day, {}).items() if bit & mask and literal is not False]
        if any(literal is True for literal in found):
            return True
        literals = [literal for literal in found if not isinstance(literal, bool)]
        if len(literals) < 2:
            return literals[0] if literals else False
        one = model.new_bool_var(f"day.{self.name}.{day}.{mask}")
        for literal in literals:
            model.add_implication(literal, one)
        return one


def add_day_word(
    model: cp_model.CpModel, letters: Letters, word: Sequence[int], priced: bool = False, label: str = "word"
) -> list[cp_model.IntVar]:
    """Forbid each occurrence of ``word`` (one mask a day), or with ``priced`` return one literal for each that may be.

    A hard occurrence that nothing planned is part of stays: what is known anyway is inherited.
    """
    counted: list[cp_model.IntVar] = []
    for start in range(letters.first - len(word) + 1, letters.last + 1):
        met = [letters.meets(model, start + place, mask) for place, mask in enumerate(word)]
        if any(each is False for each in met):
            continue
        clause = [each.negated() for each in met if not isinstance(each, bool)]
        if priced:
            occurs = model.new_bool_var(f"{label}.{letters.name}.{start}")
            counted.append(occurs)
            clause.append(occurs)
        if clause:
            model.add_bool_or(clause)
    return counted
