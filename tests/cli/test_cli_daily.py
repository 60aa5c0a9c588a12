"""The commands of daily life with input of a planner in a hurry: one line each, nothing written, pure JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
SHORT = ("--iterations", "60")
REFERRAL = """
[order]
id = "nieuw-1"
client = "C-nieuw"
acts = ["zwachtelen"]
rhythm = "daily"
windows = ["08:00-13:00"]
first = 2026-12-12
order_form_from = 2026-12-01
[client]
organisation = "rotte"
[place]
district = "BU05990516"
[conditions]
handover_received = 2026-12-01
material_at_home = 2026-12-01
order_form = "yes"
medically_ready = 2026-12-01
"""


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stored plan, published."""
    file = tmp_path_factory.mktemp("told") / "told.json"
    done = CliRunner().invoke(
        main, ["publish", "six_nurses", str(STORED), "--at", "2026-11-02T09:00", "--out", str(file)]
    )
    assert done.exit_code == 0
    return file


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("replan", "--at", "2026-12-08T06:30", "--late", "m1:0"), "--late"),
        (("replan", "--at", "2026-12-08T06:30", "--late", "m1:999"), "--late"),
        (("replan", "--at", "2026-12-08T06:30", "--absent", "m1", "--reason", "r" * 400), "--reason"),
        (("replan", "--at", "2026-12-08T06:30", "--absent", "m1", "--until", "9999-12-31"), "--until"),
        (("replan", "--at", "2026-12-08T06:30", "--snow", "1.5", "--until", "2026-12-07"), "--until"),
        (("replan", "--at", "2026-12-14T06:30", "--absent", "m1"), "--at"),
        (("swap", "m1:2026-12-08", "m2", "--at", "2026-12-14T06:30"), "--at"),
        (("swap", "r3:2026-12-11", "r2", "--at", "2026-12-07T08:00", "--reason", "r" * 400), "--reason"),
    ],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_is_one_line(told: Path, tmp_path: Path, arguments: tuple[str, ...], says: str) -> None:
    """Exit code 2, the option by its name, and no file."""
    name, *rest = arguments
    done = CliRunner().invoke(main, [name, "six_nurses", str(told), *rest, *SHORT, "--out", str(tmp_path / "out")])
    assert done.exit_code == 2, done.output
    assert says in done.stderr and "Traceback" not in done.output and not (tmp_path / "out").exists()


def test_no_capacity_of_a_week_that_is_over(told: Path) -> None:
    """After the last day there is no light, not even an empty one."""
    done = CliRunner().invoke(main, ["capacity-light", "six_nurses", str(told), "--at", "2026-12-20T06:00"])
    assert done.exit_code == 2 and "2026-12-13" in done.stderr and not done.stdout


def test_an_unknown_visit_in_the_language_that_was_asked(told: Path) -> None:
    """Dutch by default, English with --lang."""
    for language, words in (("nl", "een bezoek of een taak"), ("en", "a visit or a task")):
        done = CliRunner().invoke(main, ["why", "six_nurses", str(told), "--visit", "c1", "--lang", language])
        assert done.exit_code == 2 and words in done.stderr


def test_json_is_json_beside_files_too(told: Path, tmp_path: Path) -> None:
    """What is written where goes to stderr."""
    order = tmp_path / "order.toml"
    order.write_text(REFERRAL, encoding="utf-8")
    monday = ("--at", "2026-12-07T10:00", "--json")
    done = CliRunner().invoke(
        main, ["capacity-light", "six_nurses", str(told), *monday, "--out", str(tmp_path / "light.csv")]
    )
    assert done.exit_code == 0 and json.loads(done.stdout) and (tmp_path / "light.csv").exists()
    done = CliRunner().invoke(
        main, ["offer", "six_nurses", str(told), "--order", str(order), *monday, *SHORT, "--accept", "1", "--out",
               str(tmp_path / "out")],
    )  # fmt: skip
    assert done.exit_code == 0 and json.loads(done.stdout)["possible"] and (tmp_path / "out" / "plan.json").exists()


def test_a_new_version_does_not_overwrite_the_old(tmp_path: Path) -> None:
    """The check needs both: the folder of the plan itself is refused, and nothing is written."""
    folder = tmp_path / "week"
    folder.mkdir()
    done = CliRunner().invoke(main, ["publish", "six_nurses", str(STORED), "--at", "2026-11-05T09:00", "--out",
                                     str(folder / "plan.json")])  # fmt: skip
    assert done.exit_code == 0
    before = (folder / "plan.json").read_bytes()
    done = CliRunner().invoke(main, ["replan", "six_nurses", str(folder / "plan.json"), "--at", "2026-12-08T06:30",
                                     "--absent", "m1", "--out", str(folder)])  # fmt: skip
    assert done.exit_code == 2 and (folder / "plan.json").read_bytes() == before
    late = CliRunner().invoke(main, ["publish", "six_nurses", str(STORED), "--at", "2029-01-05T09:00", "--out",
                                     str(tmp_path / "x.json")])  # fmt: skip
    assert late.exit_code == 2 and not (tmp_path / "x.json").exists()
