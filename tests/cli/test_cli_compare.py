"""``compare``, ``gains``, ``rollout``, ``capacity`` and ``business`` from the command line, on six_nurses."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import failures, main
from instances.catalogue import locate
from instances.current import read_current
from instances.read import read_instance
from instances.write import write_instance
from optimiser.domain.instance import Instance, Organisation
from optimiser.domain.sharing import PRESETS
from optimiser.scenario.parts import part_of
from optimiser.studies.jobs import JobsFailed

FEW = ("--weeks", "1", "--seeds", "1", "--iterations", "60", "--lang", "en")
STORED = Path(__file__).parents[1] / "instances" / "six_nurses_plan.json"


def run(*arguments: object) -> Result:
    """A command, without its colours."""
    return CliRunner().invoke(main, [str(each) for each in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def compared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a comparison of the roster as it is, single and joint, with all that can be asked."""
    folder = tmp_path_factory.mktemp("comparison")
    assert run("business", "six_nurses", "--out", folder / "business.toml", "--lang", "en").exit_code == 0
    result = run(
        "compare", "six_nurses", "--scenarios", "current,single,joint", "--current", STORED, *FEW, "--replays", 1,
        "--for", "maas", "--sheets", "--business", folder / "business.toml", "--out", folder / "out",
    )  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "Joint against single" in result.output
    return folder / "out"


@pytest.mark.slow
def test_a_comparison_writes_all_its_files(compared: Path) -> None:
    """Pages, workbook and json; plans of its own week that check accepts; only their owner reads what names people."""
    for name in ("compare.html", "compare.xlsx", "compare.json", "business_case.html", "works_council.html",
                 "for_maas/compare.html", "for_maas/compare.json", "sheets/m1.html"):  # fmt: skip
        assert stat.S_IMODE((compared / name).stat().st_mode) == 0o600, name
    for name in ("single", "joint"):
        plan = compared / "plans" / f"{name}.json"
        assert run("check", "six_nurses", plan, "--lang", "en").exit_code == 0


@pytest.mark.slow
def test_the_form_of_the_json(compared: Path) -> None:
    """``scenarios.<name>.<figure>`` and ``differences.<a>-<b>.<figure>``, with the names of summary.json; a difference
    is the first less the second; one week is never clear."""
    content: dict[str, Any] = json.loads((compared / "compare.json").read_text(encoding="utf-8"))
    assert list(content["scenarios"]) == ["current", "single", "joint"]
    single, joint = (content["scenarios"][name]["travel_minutes"] for name in ("single", "joint"))
    assert set(single) == {"median", "low", "high", "n"}
    found = content["differences"]["joint-single"]["travel_minutes"]
    assert found["median"] == joint["median"] - single["median"]
    assert found["clear"] is False
    assert {"paid_hours", "unserved_visits", "cost_per_client_hour_eur"} <= set(content["scenarios"]["joint"])
    assert "nurses" not in content
    for nurse in ("m1", "m2", "m3", "r1", "r2", "r3"):
        assert f'"{nurse}"' not in json.dumps(content)


@pytest.mark.slow
def test_one_organisation_sees_its_own(compared: Path) -> None:
    """The view of maas holds its own nurses and none of rotte's, in page, workbook and json."""
    content = json.loads((compared / "for_maas" / "compare.json").read_text(encoding="utf-8"))
    assert set(content["nurses"]) == {"m1", "m2", "m3"}
    assert set(content["organisations"]) == {"maas"}
    page = (compared / "for_maas" / "compare.html").read_text(encoding="utf-8")
    assert not any(f">{nurse}<" in page for nurse in ("r1", "r2", "r3"))


@pytest.mark.slow
def test_what_is_done_is_not_done_twice(compared: Path) -> None:
    """The same command again makes nothing anew and says the same; views and sheets that are not asked now are gone."""
    before = (compared / "compare.json").read_bytes()
    result = run("compare", "six_nurses", "--scenarios", "current,single,joint", "--current", STORED, *FEW,
                 "--replays", 1, "--out", compared, "--json")  # fmt: skip
    assert "done" not in result.stderr.replace("done.", "")
    assert "was there" in result.stderr
    assert result.stdout.encode() == before == (compared / "compare.json").read_bytes()
    assert not list((compared / "for_maas").iterdir()) and not list((compared / "sheets").iterdir())


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--scenarios", "single"), "takes two scenarios"),
        (("--scenarios", "single,single"), "there twice"),
        (("--scenarios", "single,current"), "go together"),
        (("--current", STORED), "go together"),
        (("--for", "nobody"), "maas, rotte"),
        (("--scenarios", "single,all"), "a contract"),
        (("--cluster", "here"), "tcp://host:port"),
        (("--business", Path(__file__)), "TOML"),
    ],
)
def test_wrong_questions_are_refused_before_any_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...], message: str
) -> None:
    """Exit code 2, a line that says what was expected, and nothing written."""
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    result = run("compare", "six_nurses", *FEW, *arguments, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert message in result.output
    assert not (tmp_path / "out").exists()


def test_openness_of_a_figure_that_is_none_is_refused(tmp_path: Path) -> None:
    """A name that no figure has would hide nothing."""
    file = tmp_path / "open.toml"
    file.write_text(
        '[[contracts]]\nname = "open"\nvisits = "all"\ncover = "pooled"\n'
        '[[contracts.shown]]\nfigure = "travel"\nshown = "own"\n', encoding="utf-8",
    )  # fmt: skip
    result = run("compare", "six_nurses", "--scenarios", f"single,{file}", *FEW, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "contracts.open.shown" in result.output and "travel" in result.output


def test_names_that_differences_cannot_tell_apart(tmp_path: Path) -> None:
    """``a-b`` less ``c`` and ``a`` less ``b-c`` would be one key."""
    files = []
    for name in ("a", "b-c", "a-b", "c"):
        files.append(tmp_path / f"{name}.toml")
        files[-1].write_text(f'[[contracts]]\nname = "{name}"\nvisits = "all"\ncover = "own"\n', encoding="utf-8")
    result = run("compare", "six_nurses", "--scenarios", ",".join(map(str, files)), *FEW, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "a, b-c, a-b, c" in result.output


def test_a_failed_job_is_told_in_words() -> None:
    """What has no plan, whether that is proved, and what needed it; anything else as it came."""
    error = JobsFailed({"x": "NoPlan: single: infeasible", "y": "NoPlan: joint: no_time", "z": "OSError: full"}, ["w"])
    assert [each.split(":")[0] for each in failures(error, "en")] == ["x", "y", "z", "w"]
    assert "proved" in next(failures(error, "en")) and "--time-limit" in list(failures(error, "nl"))[1]


def test_the_template_is_not_overwritten(tmp_path: Path) -> None:
    """A business.toml that is there stays."""
    file = tmp_path / "business.toml"
    file.write_text("mine", encoding="utf-8")
    assert run("business", "six_nurses", "--out", file).exit_code == 2
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_current_roster_is_read_with_its_routes() -> None:
    """What ``--current`` takes: a plan keeps its routes."""
    six = read_instance(locate("six_nurses"))
    assert read_current(STORED, six, "en").with_routes


@pytest.mark.slow
def test_gains_and_the_order_of_joining(tmp_path: Path) -> None:
    """Shares add up to the gain, the settlement to zero; rollout finds the same plans in the same folder. Care that
    stays open apart is dear here, so that together is better."""
    few = ("--weeks", 1, "--iterations", 60, "--hired-hour", 900, "--lang", "en", "--out", tmp_path)
    result = run("gains", "six_nurses", *few)
    assert result.exit_code == 0, result.output
    content = json.loads((tmp_path / "gains.json").read_text(encoding="utf-8"))
    together = next(each for each in content["coalitions"] if len(each["members"]) == 2)
    assert sum(each["share"] for each in content["shares"]) == together["saved"]
    paid = ("subscription_paid", "subscription_received", "fees_paid", "fees_received")
    assert sum(each[name] for each in content["settlement"]["rows"] for name in paid) == 0
    result = run("rollout", "six_nurses", *few, "--members", "maas,rotte", "--json")
    assert result.exit_code == 0, result.output
    assert "done" not in result.stderr
    order = json.loads(result.stdout)["rollout"]
    assert order["greedy"][0]["members"] == ["maas", "rotte"]
    assert run("rollout", "six_nurses", *few, "--members", "maas,nobody").exit_code == 2


def test_a_budget_too_small_is_refused_before_planning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One pair of orders of five organisations asks more than 6 coalitions: nothing is planned, nothing is written."""
    six = read_instance(locate("six_nurses"))
    more = [Organisation(id=name, name=name) for name in ("third", "fourth", "fifth")]
    rows = {name: getattr(six, name) for name in Instance.model_fields}
    write_instance(Instance(**rows | {"organisations": (*six.organisations, *more)}), tmp_path / "five")
    result = run("gains", tmp_path / "five", "--budget", 6, "--iterations", 20, "--out", tmp_path / "out")
    assert result.exit_code == 2 and "--budget 6" in result.output
    assert not (tmp_path / "out" / "jobs").exists()


@pytest.mark.slow
def test_gains_says_that_apart_is_better(tmp_path: Path) -> None:
    """Together more work is done, at more cost: on money alone apart is better. That is said, with the noise of one
    week not known, and that amounts were not used."""
    few = ("--weeks", 1, "--iterations", 20, "--shared", "money", "--lang", "en", "--out", tmp_path)
    result = run("gains", "six_nurses", *few, "--subscription", 100)
    assert result.exit_code == 0, result.output
    assert "planned as one group" in result.stderr and "--subscription and --fee were not used" in result.stderr
    assert "EUR a planning period (standard error -)" in result.stdout


@pytest.mark.slow
def test_capacity(tmp_path: Path) -> None:
    """A page and a json of one organisation alone; a plan for a scenario that is not asked is refused."""
    write_instance(part_of(read_instance(locate("six_nurses")), ("maas",)), tmp_path / "maas")
    few = ("--scenarios", "single", "--iterations", 10, "--quick", "--lang", "en", "--out", tmp_path / "out")
    result = run("capacity", tmp_path / "maas", *few)
    assert result.exit_code == 0, result.output
    content = json.loads((tmp_path / "out" / "capacity.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in content["scenarios"]] == ["single"]
    assert content["provisional"] is True
    assert "<svg" in (tmp_path / "out" / "capacity.html").read_text(encoding="utf-8")
    assert run("capacity", "six_nurses", "--plan", f"anw={STORED}", *few).exit_code == 2


def test_presets_can_be_compared() -> None:
    """Every preset is the name of a scenario that no key of a difference mixes up."""
    assert all("-" not in name for name in PRESETS)
