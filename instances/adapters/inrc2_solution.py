"""A roster of a problem with prices as JSON, and back: for each person a letter for each day, by its names."""

from __future__ import annotations

import json

from instances.sheets import Faults
from optimiser.domain.priced_roster import FREE, Letters, PricedRoster
from optimiser.errors import InputError
from optimiser.texts import Language, text

NO_SHIFT = "-"
FILE = "roster.json"


def letter_names(problem: PricedRoster) -> tuple[str, ...]:
    """Letter -> how it is written: ``-`` when free, else shift type, with ``/skill`` where there are skills."""
    names = [NO_SHIFT]
    for shift, skill in list(zip(problem.shift_of, problem.skill_of, strict=True))[1:]:
        names.append(problem.shifts[shift].id + (f"/{problem.skills[skill]}" if skill >= 0 else ""))
    return tuple(names)


def solution_json(problem: PricedRoster, roster: Letters) -> str:
    """The roster as text, one line for each person: ``{"instance": name, "roster": {person: [letter, ...]}}``."""
    names = letter_names(problem)
    lines = ",\n".join(
        f"  {json.dumps(person.id)}: {json.dumps([names[letter] for letter in row])}"
        for person, row in zip(problem.staff, roster, strict=True)
    )
    return f'{{"instance": {json.dumps(problem.name)}, "roster": {{\n{lines}\n}}}}\n'


def read_solution(written: str, problem: PricedRoster, language: Language = "en") -> Letters:
    """The roster that a text holds. Raises ``InputError`` with all faults: no such form, another instance, people,
    days or letters that are not of the problem."""
    faults = Faults(language)
    rows = _rows(written, problem, faults)
    letters = {name: letter for letter, name in enumerate(letter_names(problem))}
    roster = []
    for number, person in enumerate(problem.staff, start=1):
        row = rows.get(person.id)
        if not isinstance(row, list) or len(row) != problem.days:
            if rows:
                words = text("bench.expected.inrc2_row", language, name=person.id, days=problem.days)
                faults.put(FILE, number, "roster", words, str(row)[:60])
            continue
        for cell in row:
            if not isinstance(cell, str) or cell not in letters:
                words = text("bench.expected.inrc2_letter", language, names=", ".join(letters))
                faults.put(FILE, number, person.id, words, str(cell)[:60])
        roster.append(tuple(letters.get(str(cell), FREE) for cell in row))
    known = {person.id for person in problem.staff}
    for name in rows:
        if name not in known:
            faults.put(FILE, 0, "roster", text("bench.expected.inrc2_nurse", language), name[:60])
    if faults:
        raise InputError(faults)
    return tuple(roster)


def _rows(written: str, problem: PricedRoster, faults: Faults) -> dict[str, object]:
    """Person -> row as it stands there; nothing, with a fault, when the text has another form."""
    try:
        found = json.loads(written)
    except (ValueError, RecursionError):
        found = None
    if isinstance(found, dict) and set(found) == {"instance", "roster"} and isinstance(found["roster"], dict):
        if found["instance"] == problem.name and found["roster"]:
            return dict(found["roster"])
        words = text("bench.expected.inrc2_of_instance", faults.language, name=problem.name)
        faults.put(FILE, 0, "instance", words, str(found["instance"])[:60])
        return {}
    faults.put(FILE, 0, "", text("bench.expected.inrc2_json", faults.language), written[:60])
    return {}
