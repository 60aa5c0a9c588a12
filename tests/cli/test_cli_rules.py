"""The commands about rules: what holds, and on what the rests of a plan stand."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from click.testing import Result as Run

from cli import main
from optimiser.check.registry import RULES

ROOT = Path(__file__).resolve().parents[2]
SIX = ROOT / "instances" / "data" / "six_nurses"
PLAN = ROOT / "tests" / "instances" / "six_nurses_plan.json"


def run(*arguments: str | Path) -> Run:
    """Run a command line; a traceback is never an answer."""
    done = CliRunner().invoke(main, [str(each) for each in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


@pytest.fixture
def six(tmp_path: Path) -> Path:
    """The six nurses in a folder of their own."""
    return Path(shutil.copytree(SIX, tmp_path / "six"))


def test_rules_prints_every_rule_and_that_the_agreement_continues() -> None:
    """The week lies after 31 August 2026: said once above the tables; all rules of the registry are named."""
    done = run("rules", "six_nurses")
    assert done.exit_code == 0
    assert done.stdout.count("nawerking); instelling after_agreement = continues") == 1
    assert not [name for name in RULES if name not in done.stdout]
    assert "768 uur" in done.stdout and "(48 uur per week)" in done.stdout


def test_rules_as_json_is_json_and_nothing_else() -> None:
    """What a program reads holds no other lines."""
    done = run("rules", "six_nurses", "--json", "--lang", "en")
    plain = json.loads(done.stdout)
    assert plain["agreement_ended"] == "2026-08-31"
    assert {rule["name"] for family in plain["families"] for rule in family["rules"]} == set(RULES)


def test_law_only_is_never_silent(six: Path) -> None:
    """With the setting the law alone holds, and the page and the warning say so."""
    header = six / "instance.toml"
    words = header.read_text(encoding="utf-8")
    header.write_text(words.replace('after_agreement = "continues"', 'after_agreement = "law_only"'), encoding="utf-8")
    done = run("rules", six, "--lang", "en")
    assert "after_agreement = law_only only the law still holds" in done.stdout and "only law" in done.stderr
    assert "at least 22 weekends" not in done.stdout


def test_rules_refuses_what_is_no_instance(tmp_path: Path) -> None:
    """Exit code 2."""
    assert run("rules", tmp_path / "absent").exit_code == 2


def test_explain_says_on_what_the_rests_stand() -> None:
    """A proof for each nurse with work, with her reductions, after the findings; without the option nothing of it."""
    done = run("check", "six_nurses", PLAN, "--explain", "--lang", "en")
    assert done.exit_code == 0
    for nurse in ("m1", "m2", "m3", "r1", "r2", "r3"):
        assert f"\nnurse {nurse}\n" in done.stdout
    assert "66 h" in done.stdout  # m1: Friday 11 December 13:00 to Monday 14 December 07:00
    assert done.stdout.count("Reduced: daily rest 0 times") == 6
    assert "Reduced:" not in run("check", "six_nurses", PLAN, "--lang", "en").stdout


def test_what_is_set_aside_stands_in_rules_and_check_with_its_reason(six: Path) -> None:
    """An override of a signal is listed with its reason by both commands."""
    (six / "overrides.csv").write_text(
        "regel;medewerker;eerste;laatste;reden\n"
        "livable.many_duties;m2;2026-12-07;2026-12-13;ruilt zelf, in overleg\n", encoding="utf-8",
    )  # fmt: skip
    assert "ruilt zelf, in overleg" in run("rules", six).stdout
    done = run("check", six, PLAN, "--explain")
    assert done.stdout.count("Terzijde gesteld: ruilt zelf, in overleg") == 2  # in the list, and below her name
    assert "terzijde gesteld 1." in done.stdout


@pytest.mark.parametrize("arguments", [["--help"], ["rules", "--help"]])
def test_help_loads_nothing_heavy(arguments: list[str]) -> None:
    """Help needs neither pydantic nor pandas nor the engine."""
    heavy = "{'pydantic', 'pandas', 'numpy', 'numba', 'ortools', 'rich'}"
    code = (
        "import sys\nfrom click.testing import CliRunner\nfrom cli import main\n"
        f"print(CliRunner().invoke(main, {arguments!r}).exit_code, sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0 []"
