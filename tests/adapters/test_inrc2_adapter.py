"""The reader of the rosters of INRC-II: what it takes, what it refuses, and that two forms of one instance agree."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from instances.adapters.inrc2 import instances_of, read_best, read_inrc2
from instances.adapters.inrc2_blocks import Blocks
from instances.adapters.inrc2_scenario import SCENARIO_HEADINGS
from instances.adapters.inrc2_solution import read_solution, solution_json
from instances.adapters.inrc2_weeks import DAYS
from instances.sheets import Faults
from optimiser.domain.priced_roster import HARD, Before, PricedCover, PricedLimit, PricedRequest, PricedRoster
from optimiser.errors import InputError

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "inrc2"
NAME = "n002w2_0_1-0"
SCENARIO = """SCENARIO = n002w2

WEEKS = 2

SKILLS = 2
Head
Nurse

SHIFT_TYPES = 2
Early (2,5)
Night (3,4)

FORBIDDEN_SHIFT_TYPES_SUCCESSIONS
Early 0
Night 1 Early

CONTRACTS = 2
Full (7,10) (3,5) (2,3) 2 1
Half (3, 5) (2,4) (2,5) 1 0

NURSES = 2
A Full 2 Head Nurse
B Half 1 Nurse
"""
HISTORY = """HISTORY
0 n002w2

NURSE_HISTORY
A 2 1 Night 1 3 0
B 0 0 None 0 0 4"""
WEEK_0 = """WEEK_DATA
n002w2

REQUIREMENTS
Early Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,1)
Early Nurse (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Head (0,0) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)
Night Nurse (1,2) (0,0) (0,0) (0,0) (0,0) (0,0) (0,0)

SHIFT_OFF_REQUESTS = 1
B Any Tue"""
WEEK_1 = WEEK_0.replace("(1,2)", "(0,0)").replace("B Any Tue", "A Night Sat ")


def toy(folder: Path, **changed: str) -> Path:
    """A folder with the toy, some of its files replaced."""
    files = {"Sc": SCENARIO, "H0": HISTORY, "WD0": WEEK_0, "WD1": WEEK_1, **changed}
    place = folder / "n002w2"
    place.mkdir()
    for file, key in (("Sc-n002w2", "Sc"), ("H0-n002w2-0", "H0"), ("WD-n002w2-0", "WD0"), ("WD-n002w2-1", "WD1")):
        (place / f"{file}.txt").write_text(files[key], encoding="utf-8")
    return folder


def faults_of(folder: Path, name: str = NAME, **changed: str) -> list[str]:
    """The faults of the toy with some of its files replaced."""
    with pytest.raises(InputError) as refused:
        read_inrc2(toy(folder, **changed), name)
    return [str(each) for each in refused.value.faults]


def test_the_toy_is_read_as_it_says(tmp_path: Path) -> None:
    """Letters are shift types times skills, weeks stand in the order of the name, prices are those of the rules."""
    problem = read_inrc2(toy(tmp_path), NAME)
    assert (problem.name, problem.days, problem.skills) == (NAME, 14, ("Head", "Nurse"))
    assert (problem.shift_of, problem.skill_of) == ((-1, 0, 0, 1, 1), (-1, 0, 1, 0, 1))
    assert [(shift.id, shift.not_next, shift.run) for shift in problem.shifts] == [
        ("Early", frozenset(), PricedLimit(2, 5, 15, 15)),
        ("Night", frozenset({0}), PricedLimit(3, 4, 15, 15)),
    ]
    one, two = problem.staff
    assert (one.may, two.may) == (frozenset({1, 2, 3, 4}), frozenset({2, 4}))
    assert (one.assignments, two.assignments) == (PricedLimit(7, 10, 20, 20), PricedLimit(3, 5, 20, 20))
    assert (one.work_run, one.free_run) == (PricedLimit(3, 5, 30, 30), PricedLimit(2, 3, 30, 30))
    assert (one.weekends, two.weekends) == (PricedLimit(0, 2, HARD, 30), PricedLimit(0, 1, HARD, 30))
    assert (one.broken_weekend, two.broken_weekend) == (30, 0)
    assert (one.before, two.before) == (Before(1, 1, 3, 0, 2, 1), Before(None, 0, 0, 4, 0, 0))
    assert problem.allowed[0][0] == (0, 3, 4)  # no Early after her Night
    assert problem.cover == (  # week 1 first, then week 0: its Monday is day 7, both Sundays are days 6 and 13
        PricedCover(6, 1, 0, 1, HARD, 30, 0), PricedCover(7, 4, 1, 2, HARD, 30, 0),
        PricedCover(13, 1, 0, 1, HARD, 30, 0),
    )  # fmt: skip
    assert problem.requests == (
        PricedRequest(0, 5, frozenset({3, 4}), 10), PricedRequest(1, 8, frozenset({1, 2, 3, 4}), 10),
    )  # fmt: skip


FAULTY = [
    ("Sc", "WEEKS = 2", "WEEKS = 3", "as many weeks"),
    ("Sc", "SKILLS = 2", "SKILLS = 3", "3 times Skill"),
    ("Sc", "SKILLS = 2", "SKILLS", "whole number"),
    ("Sc", "Early (2,5)", "Early (5,2)", "first not above"),
    ("Sc", "Night (3,4)", "Early (3,4)", "not used before"),
    ("Sc", "Night 1 Early", "Night 2 Early", "2 times"),
    ("Sc", "Night 1 Early", "Night 1 Dusk", "SHIFT_TYPES"),
    ("Sc", "Night 1 Early", "Night", "the fields"),
    ("Sc", "Early 0\n", "Early 0\nEarly 0\n", "each once"),
    ("Sc", "2 1\nHalf", "2 yes\nHalf", "from 0 to 1"),
    ("Sc", "B Half", "B Some", "CONTRACTS"),
    ("Sc", "1 Nurse", "1 Doctor", "SKILLS"),
    ("Sc", "2 Head", "1 Head", "1 times Skill"),
    ("Sc", "CONTRACTS = 2\n", "", "the heading CONTRACTS"),
    ("Sc", "SCENARIO = n002w2\n", "", "the heading SCENARIO"),
    ("Sc", "SCENARIO = n002w2\n", "hello\n", "a line with one of"),
    ("Sc", "WEEKS = 2", "WEEKS = 2\nWEEKS = 2", "each heading once"),
    ("Sc", "WEEKS = 2", "WEEKS = 2\n3", "nothing more"),
    ("H0", "0 n002w2", "0 n003w2", "name of the scenario"),
    ("H0", "0 n002w2", "", "1 times"),
    ("H0", "B 0", "C 0", "NURSES"),
    ("H0", "B 0", "A 0", "each once"),
    ("H0", "\nB 0 0 None 0 0 4", "", "a line for B"),
    ("H0", "Night 1 3 0", "Dusk 1 3 0", "or None"),
    ("H0", "Night 1 3 0", "Night 4 3 0", "after None"),
    ("H0", "None 0 0 4", "None 0 1 4", "after None"),
    ("H0", "None 0 0 4", "None 0 0", "the fields"),
    ("WD0", "Night Nurse (1,2)", "Night Nurse (1,2", "two whole numbers"),
    ("WD0", "Night Nurse (1,2)", "Dusk Nurse (1,2)", "SHIFT_TYPES"),
    ("WD0", "Early Head", "Early Nurse", "each once"),
    ("WD0", "Night Head", "Night Doctor", "SKILLS"),
    ("WD0", "B Any Tue", "B Any Day", "Mon to Sun"),
    ("WD0", "B Any Tue", "B Dusk Tue", "or Any"),
    ("WD0", "B Any Tue", "", "1 times"),
    ("WD1", "n002w2", "n003w2", "name of the scenario"),
]


@pytest.mark.parametrize(("file", "old", "new", "expected"), FAULTY)
def test_what_is_not_as_expected_is_refused(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    """Each fault names its file, says what was expected and leaves no traceback."""
    content = {"Sc": SCENARIO, "H0": HISTORY, "WD0": WEEK_0, "WD1": WEEK_1}[file]
    assert old in content
    faults = faults_of(tmp_path, **{file: content.replace(old, new, 1)})
    assert any(expected in each for each in faults), faults
    assert all(each.startswith({"Sc": "Sc-", "H0": "H0-", "WD0": "WD-", "WD1": "WD-"}[file]) for each in faults)


def test_faults_of_several_files_come_together(tmp_path: Path) -> None:
    """History and both weeks are wrong: all three are named, with their lines."""
    faults = faults_of(tmp_path, H0=HISTORY.replace("Night 1 3", "Night x 3"), WD0=WEEK_0.replace("Tue", "Tues"),
                       WD1=WEEK_1.replace("A Night", "Z Night"))  # fmt: skip
    assert [each.split(":")[0].split(",")[0] for each in faults] == [
        "H0-n002w2-0.txt", "WD-n002w2-0.txt", "WD-n002w2-1.txt",
    ]  # fmt: skip
    assert "row 5" in faults[0] and "row 11" in faults[1] and "row 11" in faults[2]


def test_names_of_instances(tmp_path: Path) -> None:
    """What is no name is refused; so are files that are not there, and a folder without best.csv says what to bring."""
    assert "data set, history, weeks" in faults_of(tmp_path, name="n002w2")[0]
    with pytest.raises(InputError) as refused:
        read_inrc2(tmp_path, "n002w2_4_0-9")
    assert [str(each).split(":")[0] for each in refused.value.faults] == ["H0-n002w2-4.txt", "WD-n002w2-9.txt"]
    with pytest.raises(InputError, match=re.escape("best.csv")):
        instances_of(tmp_path)
    assert read_best(tmp_path) == {}
    (tmp_path / "best.csv").write_text(f"instance,best_static_roster\n{NAME},120\n", encoding="utf-8")
    assert list(instances_of(tmp_path)) == [NAME] and read_best(tmp_path) == {NAME: 120}
    (tmp_path / "best.csv").write_text(f"instance,best_static_roster\n{NAME},low\n", encoding="utf-8")
    with pytest.raises(InputError, match="low"):
        read_best(tmp_path)
    (tmp_path / "best.csv").write_text("instance,best_static_roster\nother,1\n", encoding="utf-8")
    with pytest.raises(InputError, match="other"):
        instances_of(tmp_path)


def test_a_roster_is_the_same_after_json(tmp_path: Path) -> None:
    """Written and read; what is not of the problem is refused."""
    problem = read_inrc2(toy(tmp_path), NAME)
    roster = ((3, 0, 1, 2, *(0,) * 10), (0, 2, 4, 4, *(0,) * 10))
    written = solution_json(problem, roster)
    assert '"A": ["Night/Head", "-", "Early/Head", "Early/Nurse", "-"' in written
    assert read_solution(written, problem) == roster
    for old, new, expected in (
        ("Night/Head", "Dusk/Head", "one of -, Early/Head"), ('"A"', '"C"', "for A a list"),
        ('["Night/Head", ', "[", "(14)"), (NAME, "other", "a roster of"), ("{", "(", "JSON"),
        ("Night/Head", '["x"]', "one of"),
    ):  # fmt: skip
        with pytest.raises(InputError) as refused:
            read_solution(written.replace(old, new if new != '["x"]' else "x", 1), problem)
        assert any(expected in str(each) for each in refused.value.faults)


@pytest.mark.skipif(not SHARED.exists(), reason="the public instances are not here")
def test_every_instance_of_the_folder_is_read() -> None:
    """Eight instances of 28 days; nobody has been counted for before, and their best costs are there."""
    best = read_best(SHARED)
    for name in instances_of(SHARED):
        problem = read_inrc2(SHARED, name)
        assert (problem.days, len(problem.shift_of), len(problem.staff)) == (28, 17, int(name[1:4]))
        assert best[name] > read_best(SHARED, column="branch_and_price_2017_lower")[name]


def _whole_form(name: str) -> dict[str, list[list[str]]]:
    """Part -> records of the same instance as one file in another form."""
    parts: dict[str, list[list[str]]] = {}
    current: list[list[str]] = []
    for line in (SHARED / "n030w4" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"[A-Z_]+", line):
            current = parts.setdefault(line, [])
        else:
            current.append(line.split(","))
    return parts


@pytest.mark.skipif(not SHARED.exists(), reason="the public instances are not here")
def test_the_other_form_of_one_instance_says_the_same() -> None:
    """Cover, requests, history and skills of n030w4_1_6-2-9-1 as somebody else put its weeks together."""
    name = "n030w4_1_6-2-9-1"
    problem, whole = read_inrc2(SHARED, name), _whole_form("n030w4_1_6-2-9-1")
    first = date.fromisoformat(whole["SCHEDULING_PERIOD"][0][2])
    minimum, wanted = _demand(problem)
    for day, shift, skill, count, price, *_ in whole["HOSPITAL_DEMAND"]:
        key = ((date.fromisoformat(day) - first).days, shift, skill)
        assert (minimum if price == "hard" else wanted)[key] == int(count), key
    asked = {((date.fromisoformat(day) - first).days, int(person), shift)
             for day, person, _, shift, _ in whole["PREFERENCES"]}  # fmt: skip
    assert asked == {_asked(problem, each) for each in problem.requests}
    for number, person in enumerate(problem.staff):
        worked = {(first - date.fromisoformat(day)).days: shift
                  for day, who, shift in whole["HISTORY"] if int(who) == number}  # fmt: skip
        before = person.before
        assert before is not None and (before.shift is None) == (1 not in worked)
        assert before.free or all(worked[back] for back in range(1, before.worked + 1))
        assert before.free == 0 or min(worked) == before.free + 1
    lacking = {row[1]: {each.removeprefix("N_") for each in row[3:] if each.startswith("N_")}
               for row in whole["EMPLOYEES"]}  # fmt: skip
    for person in problem.staff:
        assert {problem.skills[problem.skill_of[letter]] for letter in person.may} == (
            set(problem.skills) - lacking[person.id]
        )


def _demand(problem: PricedRoster) -> tuple[Counter[tuple[int, str, str]], Counter[tuple[int, str, str]]]:
    """(day, shift type, skill) -> minimum, and wanted."""
    minimum, wanted = Counter[tuple[int, str, str]](), Counter[tuple[int, str, str]]()
    for each in problem.cover:
        letter = (problem.shifts[problem.shift_of[each.letter]].id, problem.skills[problem.skill_of[each.letter]])
        minimum[each.day, *letter], wanted[each.day, *letter] = each.minimum, each.wanted
    return minimum, wanted


def _asked(problem: PricedRoster, request: PricedRequest) -> tuple[int, int, str]:
    """A request in the words of the other form."""
    shifts = {problem.shifts[problem.shift_of[letter]].id for letter in request.letters}
    return request.day, request.person, "Any" if len(shifts) == len(problem.shifts) else next(iter(shifts))


def test_blocks_keep_faults_of_files_that_cannot_be_read(tmp_path: Path) -> None:
    """A folder in place of a file is a fault, no traceback."""
    faults = Faults("en")
    Blocks(tmp_path, SCENARIO_HEADINGS, faults)
    assert len(faults) == 1 and len(DAYS) == 7
