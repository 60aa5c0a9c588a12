"""The planner's week from a published plan to realised figures: two absences, three referrals, a swap, a cancellation
and a nurse who comes late, each by one command, each plan lawful by the check against the one before."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main

pytestmark = pytest.mark.slow
SHORT = ("--iterations", "150")
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"
REFERRAL = """
[order]
id = "{order}"
client = "{client}"
acts = ["{act}"]
rhythm = "{rhythm}"
windows = ["{window}"]
first = {first}
order_form_from = 2026-12-01
[client]
organisation = "rotte"
[place]
district = "BU05990516"
[conditions]
handover_received = {ready}
material_at_home = {ready}
order_form = "yes"
medically_ready = {ready}
"""


def run(*arguments: str | Path, code: int = 0) -> str:
    """Run a command line that must end with this code; what it prints."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exit_code == code, f"{arguments}\n{done.output}\n{done.exception!r}"
    return done.stdout


def plan_of(folder: Path) -> dict[str, object]:
    """The plan in a folder."""
    content: dict[str, object] = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    return content


class Week:
    """The plan of the moment, and the one before it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.plan, self.number = folder, folder / "published.json", 0
        run("publish", "six_nurses", STORED, "--at", "2026-11-05T09:00", "--out", self.plan)

    def step(self, *arguments: str | Path) -> Path:
        """A command that writes a new plan; the check takes it against the one before."""
        self.number += 1
        out = self.folder / f"step{self.number}"
        name, *rest = arguments
        run(name, "six_nurses", self.plan, *rest, *SHORT, "--out", out)
        told = run("check", "six_nurses", out / "plan.json", "--from", self.plan, "--lang", "en")
        assert "No violation" in told
        assert plan_of(out)["version"] == self.number + 1
        self.plan = out / "plan.json"
        return out

    def referral(self, order: str, act: str, rhythm: str, window: str, first: str, ready: str) -> Path:
        """A file as a referrer would send it."""
        file = self.folder / f"{order}.toml"
        file.write_text(
            REFERRAL.format(order=order, client=f"C-{order}", act=act, rhythm=rhythm, window=window, first=first,
                            ready=ready),
            encoding="utf-8",
        )  # fmt: skip
        return file


def test_a_week_of_the_planner(tmp_path: Path) -> None:
    """Every step writes a lawful next version; at the end all that happened is in the realised figures."""
    week = Week(tmp_path)
    # Monday 10:00: a referral that fits
    first = week.referral("nieuw-1", "zwachtelen", "daily", "08:00-13:00", "2026-12-09", "2026-12-08")
    assert "nieuw-1" in run("offer", "six_nurses", week.plan, "--order", first, "--at", "2026-12-07T10:00", *SHORT)
    week.step("offer", "--order", first, "--at", "2026-12-07T10:00", "--accept", "1")
    # Tuesday 06:30: m1 is ill; who is asked first says yes
    ill = run("replan", "six_nurses", week.plan, "--at", "2026-12-08T06:30", "--absent", "m1", *SHORT, "--json",
              "--out", tmp_path / "proposal")  # fmt: skip
    ask = json.loads(ill)["to_ask"][0]["nurses"][0]
    assert ask["possible"]
    out = week.step("replan", "--at", "2026-12-08T06:30", "--absent", "m1", "--agreed", ask["nurse"])
    assert (out / "call_list.html").stat().st_mode & 0o777 == 0o600
    # Wednesday 07:10: r1 comes back late from the garage; then a referral that nobody may do, one that is not ready yet
    week.step("replan", "--at", "2026-12-09T07:10", "--late", "r1:40")
    never = week.referral("nieuw-2", "katheter", "daily", "04:00-06:00", "2026-12-10", "2026-12-09")
    assert ": nee" in run("offer", "six_nurses", week.plan, "--order", never, "--at", "2026-12-09T09:00", *SHORT)
    waits = week.referral("nieuw-3", "zwachtelen", "days:fri", "08:00-13:00", "2026-12-11", '"not yet"')
    assert "oorlopig" in run("offer", "six_nurses", week.plan, "--order", waits, "--at", "2026-12-09T09:00", *SHORT)
    run("offer", "six_nurses", week.plan, "--order", waits, "--at", "2026-12-09T09:00", *SHORT, "--accept", "1",
        "--out", tmp_path / "no", code=2)  # fmt: skip
    # Wednesday afternoon: a swap that may be, the first of who could
    who = run("swap", "six_nurses", week.plan, "r3:2026-12-10", "--at", "2026-12-09T15:00")
    assert who.strip()
    week.step("swap", *swap_of(week.plan), "--at", "2026-12-09T15:00")
    # Thursday: a client is in hospital; Friday: another nurse ill
    week.step("replan", "--at", "2026-12-10T09:00", "--cancel", "c4")
    week.step("replan", "--at", "2026-12-11T06:15", "--absent", "r1", "--until", "2026-12-12")
    realised_figures(week)


def swap_of(plan: Path) -> tuple[str, str]:
    """A duty of r3 on Thursday, and the first colleague who takes it."""
    for nurse in ("r2", "r1", "m3", "m2", "m1"):
        done = CliRunner().invoke(
            main, ["swap", "six_nurses", str(plan), "r3:2026-12-10", nurse, "--at", "2026-12-09T15:00", *SHORT]
        )
        if done.exit_code == 0:
            return "r3:2026-12-10", nurse
    raise AssertionError("nobody may take it")


def realised_figures(week: Week) -> None:
    """The week as it went: the template with one visit that was not done."""
    worked = week.folder / "worked"
    run("realised", "six_nurses", week.plan, "--template", worked)
    file = worked / "gewerkte_bezoeken.csv"
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert sum(row["status"] == "afgezegd" for row in rows) > 0
    out = run("realised", "six_nurses", week.plan, "--duties", worked / "gewerkte_diensten.csv", "--visits", file,
              "--published", week.folder / "published.json", "--json")  # fmt: skip
    report = json.loads(out)
    total = next(each for each in report["figures"] if each["scope"] == "total" and not each["week"])["values"]
    assert total["changed_visits"]["realised"] > 0 and total["changed_duties"]["realised"] >= 4
    assert total["cancelled"]["realised"] > 0
    assert total["work"]["planned"] == total["work"]["realised"] > 0
