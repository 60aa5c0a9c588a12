"""The benchmark runner and its command: rows are judged, resumed, written whole; bad input is refused."""

from __future__ import annotations

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from instances.adapters.curtois import instances_of, read_best, read_curtois
from optimiser.errors import InputError
from optimiser.search.roster_runs import RosterResult
from optimiser.studies import bench_curtois as curtois_module
from optimiser.studies.bench import (
    COLUMNS,
    BenchCase,
    BenchSettings,
    Judged,
    Row,
    WrongAnswer,
    bench,
    figures_of,
    from_table,
    is_record,
    to_table,
)
from optimiser.studies.bench_curtois import curtois_case, judged
from optimiser.studies.bench_table import bench_summaries, markdown

SHARED = Path(__file__).resolve().parents[3] / "shared" / "bench" / "curtois"
# Two people, one shift needed once a day. Ten days each at most, one weekend each, runs of two to five, two days off:
# A works 0-4, 7-8 and B 5-6, 9-13 covers every day. Both wish to work day 13, a Sunday; had both that weekend, nobody
# would have the other: one wish is missed, 2.
TOY = """SECTION_HORIZON
14
SECTION_SHIFTS
D,480,
SECTION_STAFF
A,D=14,4800,0,5,2,2,1
B,D=14,4800,0,5,2,2,1
SECTION_DAYS_OFF
SECTION_SHIFT_ON_REQUESTS
A,13,D,2
B,13,D,2
SECTION_SHIFT_OFF_REQUESTS
SECTION_COVER
"""
COVER = "".join(f"{day},D,1,100,1\n" for day in range(14))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two instances, one with a best known cost."""
    made = tmp_path / "public"
    made.mkdir()
    for name in ("2", "10"):
        (made / f"Instance{name}.txt").write_text(TOY + COVER, encoding="utf-8")
    (made / "best.csv").write_text("instance,best_known\n2,2\n", encoding="utf-8")
    return made


def run(*words: object) -> Result:
    """The command line."""
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a file."""
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_command_writes_a_row_for_each_run_and_skips_what_is_there(folder: Path, tmp_path: Path) -> None:
    """Two seeds of one instance, then all: the rows there stay as they are, and the numbers sort as numbers."""
    table = tmp_path / "out.csv"
    made = run("bench", "curtois", folder, "--time-limit", 30, "--seeds", 2, "--csv", table, "--only", "2")
    assert made.exit_code == 0, made.output
    first = rows_of(table)
    assert [(row["instance"], row["seed"], row["cost"], row["bound"], row["best_known"]) for row in first] == [
        ("2", "1", "2", "2", "2"), ("2", "2", "2", "2", "2"),
    ]  # fmt: skip
    assert tuple(first[0]) == COLUMNS
    assert first[0]["gap"] == "0.00"
    again = run("bench", "curtois", folder, "--time-limit", 30, "--csv", table, "--lang", "en")
    assert again.exit_code == 0, again.output
    rows = rows_of(table)
    assert rows[:2] == first
    assert [row["instance"] for row in rows] == ["2", "2", "10"]
    assert rows[2]["best_known"] == ""
    assert "instance 10, seed 1: cost 2, bound 2" in again.output


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("Instance2.txt", TOY + "14,D,1,100,1\n", "Instance2.txt, row 14, column Day"),
        ("best.csv", "instance,best_known\n2,low\n", "best.csv, row 2"),
        ("old.csv", "instance,cost\n2,1\n", "old.csv"),
    ],
)
def test_bad_files_are_refused_with_a_line_each(folder: Path, name: str, content: str, words: str) -> None:
    """An instance, the table of best costs, and an earlier table: exit code 2, no traceback, nothing run."""
    (folder / name).write_text(content, encoding="utf-8")
    refused = run("bench", "curtois", folder, "--csv", folder / "old.csv", "--lang", "en")
    assert refused.exit_code == 2
    assert words in refused.output


def test_an_unknown_name_and_an_empty_folder_are_refused(folder: Path, tmp_path: Path) -> None:
    """What there is, is named."""
    unknown = run("bench", "curtois", folder, "--csv", tmp_path / "a.csv", "--only", "3", "--lang", "en")
    assert unknown.exit_code == 2
    assert "2, 10" in unknown.output
    (tmp_path / "empty").mkdir()
    assert run("bench", "curtois", tmp_path / "empty", "--csv", tmp_path / "a.csv").exit_code == 2
    with pytest.raises(InputError):
        instances_of(tmp_path / "empty")
    assert read_best(tmp_path / "empty") == {}


def test_another_effort_is_another_row(folder: Path, tmp_path: Path) -> None:
    """Time limit and threads name a run as instance and seed do."""
    table = tmp_path / "out.csv"
    for limit, threads in ((20, 2), (30, 2), (30, 1), (30, 1)):
        words = ("bench", "curtois", folder, "--only", "2", "--csv", table)
        assert run(*words, "--time-limit", limit, "--threads", threads).exit_code == 0
    assert [(row["time_limit_s"], row["threads"]) for row in rows_of(table)] == [("20", "2"), ("30", "1"), ("30", "2")]


def test_no_roster_and_no_time_are_told_apart(folder: Path, tmp_path: Path) -> None:
    """Two days of work and five off at least, so at most 2 + 2 + 2 shifts of 480 minutes, where 4800 are asked: a row
    without a cost, and a line that says why."""
    none = TOY.replace("A,D=14,4800,0,5,2,2,1", "A,D=14,4800,4800,2,2,5,2")
    (folder / "Instance3.txt").write_text(none + COVER, encoding="utf-8")
    done = run("bench", "curtois", folder, "--only", "3", "--csv", tmp_path / "out.csv", "--lang", "en")
    assert done.exit_code == 0 and rows_of(tmp_path / "out.csv")[0]["cost"] == ""
    assert "instance 3: it is proved that no roster is within all limits" in done.output
    other = run("bench", "curtois", folder, "--only", "2", "--csv", tmp_path / "other.csv", "--lang", "en")
    assert "no roster" not in other.output


def test_what_the_referee_does_not_confirm_gets_no_row(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A roster that breaks a limit, one with another cost, and a bound above a lawful roster all stop the run."""
    problem = read_curtois(folder / "Instance2.txt")
    case = curtois_case("2", problem, 2, 30.0, 2)
    a, b = (1, 1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0), (0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1)
    lawful = (a, (0, 0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 0))
    long_run = (a, b[:4] + (1, 1, 1, 1, 1, 1) + b[10:])
    # days 11 to 13 short: 300, and both wishes, 4
    assert figures_of(case, judged(problem, RosterResult(lawful, 304, 0)))["gap"] == "15100.00"
    for result in (RosterResult(long_run, 304, 0), RosterResult(lawful, 301, 0), RosterResult(lawful, 304, 305)):
        with pytest.raises(WrongAnswer):
            figures_of(case, judged(problem, result))
    monkeypatch.setattr(curtois_module, "search_letters", lambda *_: RosterResult(lawful, 301, 0))
    table = folder / "out.csv"
    wrong = run("bench", "curtois", folder, "--csv", table, "--lang", "en")
    assert wrong.exit_code == 1
    assert not table.exists()


def made(name: str, best: int | None, *costs: int | Fraction | None) -> list[Row]:
    """Rows of runs with these costs, one for each seed, all with a bound of 90."""
    answers = iter(costs)
    case = BenchCase(name, lambda *_: Judged(next(answers), 90), best)
    return list(bench([case], BenchSettings("toy", len(costs), 5.0, 1), []))[-1][0]


def test_without_a_roster_the_row_has_no_cost() -> None:
    """Nothing found is said, not hidden."""
    (row,) = made("2", 100, None)
    assert (row["cost"], row["gap"], row["bound"]) == ("", "", "90")
    assert from_table(to_table([row])) == [row]


def test_a_stopped_run_gives_no_row() -> None:
    """What Ctrl-C cut short is run again another time."""
    case = BenchCase("2", lambda *_: Judged(5))
    assert list(bench([case], BenchSettings("toy", 1, 5.0), [], lambda: True)) == []


def test_medians_and_spread_of_the_seeds() -> None:
    """Costs 99, 104, 110 against 100: gaps -1, 4, 10, so the median is 4; one of three at or below the best. A run
    without an answer counts as a run."""
    summary, other = bench_summaries(made("2", 100, 110, 99, 104) + made("3", None, 90, None))
    assert summary.cost is not None and summary.gap is not None
    assert (summary.cost.middle, summary.cost.low, summary.cost.high) == (104, 99, 110)
    assert (summary.gap.middle, summary.gap.low, summary.gap.high) == (4, -1, 10)
    assert (summary.runs, summary.found, summary.at_best, summary.below, summary.proved) == (3, 3, 1, 1, 0)
    assert (other.runs, other.found, other.proved, other.at_best) == (2, 1, 1, 0)
    assert "| 2 | 5 | 1 | 3 | 100 | 104 | 99 | 110 | 4.00 | -1.00 | 10.00 | 1 of 3 | 90 |" in markdown([summary])


def test_only_what_is_below_the_best_published_is_a_record() -> None:
    """And below all runs before it: 99 is, 98 after it too, 99 again and the best itself are not."""
    rows = made("2", 100, 100, 99, 99, 98, None)
    assert [is_record(rows[: count + 1]) for count in range(5)] == [False, True, False, True, False]


def test_costs_that_are_not_whole_have_three_decimals() -> None:
    """218.198667 is written as 218.199, and the gap is of the exact cost."""
    (row,) = made("10", None, Fraction(654596, 3000))
    assert (row["cost"], row["gap"]) == ("218.199", "142.44")


def test_records_are_kept_and_tables_printed(folder: Path, tmp_path: Path) -> None:
    """A roster below a best cost of 3 is written to the folder; ``bench table`` prints what the run printed."""
    (folder / "best.csv").write_text("instance,best_known\n2,3\n10,2\n", encoding="utf-8")
    table, keep = tmp_path / "out.csv", tmp_path / "kept"
    done = run("bench", "curtois", folder, "--csv", table, "--keep", keep, "--time-limit", 30)
    assert [file.name for file in keep.iterdir()] == ["2.json"]
    printed = run("bench", "table", table)
    assert printed.exit_code == 0
    assert printed.output in done.output
    assert "| 2 | 30 | 2 | 1 | 3 | 2 | 2 | 2 | -33.33 |" in printed.output


@pytest.mark.slow
@pytest.mark.skipif(not SHARED.is_dir(), reason="the public instances lie outside the project")
@pytest.mark.parametrize("name", ["1", "2"])
def test_small_public_instances_are_proved(name: str) -> None:
    """Cost and bound both are the best known cost."""
    case = curtois_case(name, read_curtois(SHARED / f"Instance{name}.txt"), read_best(SHARED)[name], 120.0, 2)
    (((row,), _),) = list(bench([case], BenchSettings("curtois", 1, 120.0), []))
    assert row["cost"] == row["bound"] == row["best_known"]
