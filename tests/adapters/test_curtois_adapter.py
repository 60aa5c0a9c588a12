"""The reader of the public shift scheduling instances: what it takes, what it refuses, and the rules it makes."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest

from instances.adapters.curtois import read_curtois
from instances.adapters.curtois_rules import person_rules, successions
from instances.adapters.lines import sections
from instances.sheets import Faults
from optimiser.check.letter_roster import check_letters
from optimiser.domain.letter_roster import LetterPerson, LetterProblem, LetterRule, LetterShift, LetterTotal
from optimiser.errors import InputError
from optimiser.texts import text

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "curtois"
TOY = """# a comment
SECTION_HORIZON
14
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
# ID, MaxShifts, MaxTotalMinutes, MinTotalMinutes, ...
A,E=14|L=3,4320,2400,5,2,2,1
B,E=14|L=0,4320,0,4,1,1,2
SECTION_DAYS_OFF
A,0,13
SECTION_SHIFT_ON_REQUESTS
A,2,E,3
SECTION_SHIFT_OFF_REQUESTS
B,5,E,2
SECTION_COVER
0,E,1,100,1
1,L,-0,100,1
"""


def written(folder: Path, content: str) -> Path:
    """A file with the content."""
    path = folder / "Toy.txt"
    path.write_text(content, encoding="utf-8")
    return path


def faults_of(folder: Path, old: str, new: str) -> list[str]:
    """The faults when ``old`` in the toy becomes ``new``."""
    assert old in TOY
    with pytest.raises(InputError) as refused:
        read_curtois(written(folder, TOY.replace(old, new)))
    return [str(each) for each in refused.value.faults]


def test_the_toy_is_read_as_it_says(tmp_path: Path) -> None:
    """Each section arrives, comments go, and the number -0 of instance 15 is none."""
    problem = read_curtois(written(tmp_path, TOY))
    assert (problem.name, problem.days) == ("Toy", 14)
    assert problem.shifts[1] == LetterShift("L", 600, ("E",))
    assert problem.staff[0] == LetterPerson("A", (14, 3), 4320, 2400, 5, 2, 2, 1, (0, 13))
    assert [(each.person, each.day, each.shift, each.weight, each.wanted) for each in problem.requests] == [
        (0, 2, 0, 3, True), (1, 5, 0, 2, False),
    ]  # fmt: skip
    assert [each.needed for each in problem.cover] == [1, 0]
    assert problem.weekends == ((5, 6), (12, 13))
    assert problem.allowed[1][0] == (0, 1)
    assert problem.allowed[0][0] == (0,)


@pytest.mark.parametrize(
    ("old", "new", "where", "got"),
    [
        ("14\nSECTION_SHIFTS", "x\nSECTION_SHIFTS", "row 3, column days", "got x"),
        ("14\nSECTION_SHIFTS", "14\n15\nSECTION_SHIFTS", "row 4, column days", "got 15"),
        ("L,600,E", "L,600,Q", "row 6, column CannotFollow", "got Q"),
        ("L,600,E", "E,600,E", "row 6, column ShiftID", "got E"),
        ("E=14|L=0", "E=14", "row 10, column MaxShifts", "got E=14"),
        ("4320,2400", "4320,9999", "row 9, column MinTotalMinutes", "got 9999"),
        (",4,1,1,2", ",4,5,1,2", "row 10, column MinConsecutiveShifts", "got 5"),
        ("A,0,13", "A,0,14", "row 12, column DayIndexes", "got 14"),
        ("A,0,13", "C,0,13", "row 12, column EmployeeID", "got C"),
        ("A,2,E,3", "A,2,E,3,4", "row 14", "got A,2,E,3,4"),
        ("B,5,E,2", "B,5,Q,2", "row 16, column ShiftID", "got Q"),
        ("1,L,-0,100,1", "0,E,1,100,1", "row 19, column ShiftID", "got E"),
        ("1,L,-0,100,1", "1,L,-1,100,1", "row 19, column Requirement", "got -1"),
        ("1,L,-0,100,1", "1,L,-0,10001,1", "row 19, column WeightUnder", "got 10001"),
        ("SECTION_COVER", "SECTION_COVERS", "row 17", "got SECTION_COVERS"),
        ("# a comment", "stray", "row 1", "got stray"),
    ],
)
def test_bad_input_is_refused_with_line_and_what_stood_there(
    tmp_path: Path, old: str, new: str, where: str, got: str
) -> None:
    """File, line and column are named, what was expected and what was got."""
    faults = faults_of(tmp_path, old, new)
    assert any(each.startswith(f"Toy.txt, {where}: expected ") and each.endswith(got) for each in faults), faults


def test_all_faults_come_at_once(tmp_path: Path) -> None:
    """Two requests and a cover row that are wrong give three faults."""
    with pytest.raises(InputError) as refused:
        read_curtois(written(tmp_path, TOY.replace("A,2,E,3", "Z,2,E,3").replace("B,5,E,2", "B,55,E,2")
                             .replace("0,E,1,100,1", "0,E,one,100,1")))  # fmt: skip
    assert [fault.row for fault in refused.value.faults] == [14, 16, 18]


def test_a_missing_section_and_a_missing_file_are_faults(tmp_path: Path) -> None:
    """Neither gives a traceback."""
    faults = Faults("nl")
    sections("SECTION_A\n1", "f", ("SECTION_A", "SECTION_B"), faults)
    assert faults[0].expected == text("bench.expected.this_section", "nl", name="SECTION_B")
    with pytest.raises(InputError):
        read_curtois(tmp_path / "none.txt")


def test_nobody_and_nothing_to_do_are_faults(tmp_path: Path) -> None:
    """Without shifts or staff there is no roster to make."""
    empty = "".join(f"SECTION_{name}\n" for name in ("SHIFTS", "STAFF", "DAYS_OFF", "SHIFT_ON_REQUESTS",
                                                     "SHIFT_OFF_REQUESTS", "COVER"))  # fmt: skip
    with pytest.raises(InputError) as refused:
        read_curtois(written(tmp_path, "SECTION_HORIZON\n7\n" + empty))
    assert len(refused.value.faults) == 2


def test_successions_are_joined_without_losing_a_pair() -> None:
    """L forbids E and D, D forbids E: {D, L} then {E}, and {L} then {E, D}. Letters E=2, D=4, L=8 as bits."""
    shifts = (LetterShift("E", 480), LetterShift("D", 480, ("E",)), LetterShift("L", 480, ("E", "D")))
    assert successions(shifts) == [(8, 6), (12, 2)]


def kept(rule: LetterRule, row: tuple[int, ...]) -> bool:
    """Whether a row of letters keeps a rule; days outside the row meet no mask."""
    if isinstance(rule, LetterTotal):
        total = sum(max(rule.sizes[row[day]] for day in group) for group in rule.groups)
        return rule.least <= total <= rule.most
    size = len(rule.word)
    return not any(
        all(mask >> letter & 1 for mask, letter in zip(rule.word, row[start : start + size], strict=True))
        for start in range(len(row) - size + 1)
    )


@pytest.mark.parametrize(
    "limits",
    [
        ((7, 7), 2400, 0, 3, 2, 2, 1), ((7, 1), 2400, 960, 7, 3, 1, 1), ((7, 7), 9999, 0, 2, 1, 3, 0),
        ((2, 7), 2000, 1500, 4, 1, 1, 1),
    ],
)  # fmt: skip
def test_rules_and_referee_agree_on_every_row(limits: tuple[tuple[int, ...], int, int, int, int, int, int]) -> None:
    """All 3^7 rows of a week with two shifts: the rule instances accept exactly what the referee accepts."""
    shifts = (LetterShift("E", 480), LetterShift("L", 600, ("E",)))
    person = LetterPerson("A", *limits)
    rules = list(person_rules(person, shifts, 7))
    problem = LetterProblem("week", 7, shifts, (person,), (), ())
    rows = list(itertools.product(range(3), repeat=7))
    accepted = [row for row in rows if all(kept(rule, row) for rule in rules)]
    assert accepted == [row for row in rows if not check_letters(problem, (row,)).violations]
    assert 0 < len(accepted) < len(rows)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances lie outside the project")
def test_public_instances_are_read_whole() -> None:
    """Days, staff and shifts are what the table of best known results says."""
    with (SHARED / "best.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        problem = read_curtois(SHARED / f"Instance{row['instance']}.txt")
        assert problem.days == int(row["days"])
        assert (len(problem.staff), len(problem.shifts)) == (int(row["staff"]), int(row["shift_types"]))
        assert {rule.id.nurse for rule in problem.rules} == {person.id for person in problem.staff}
