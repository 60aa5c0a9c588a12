"""Cards, roster page, map pair, exports and workbooks by their commands: what is written where, for whom, and what is
refused."""

from __future__ import annotations

import json
import re
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from instances.catalogue import locate

PLAN = Path(__file__).resolve().parents[1] / "instances" / "six_nurses_plan.json"


def run(*arguments: object) -> Result:
    """The command with these arguments, in English."""
    return CliRunner().invoke(main, [*map(str, arguments), "--lang", "en"])


def written(folder: Path) -> set[str]:
    """Names of the files in a folder."""
    return {each.name for each in folder.iterdir()}


def duties() -> list[tuple[str, str]]:
    """(nurse, date) of every duty of the plan."""
    return sorted({(each["nurse"], each["day"]) for each in json.loads(PLAN.read_text(encoding="utf-8"))["duties"]})


@pytest.mark.slow
def test_cards_are_replaced_by_locked_ones(tmp_path: Path) -> None:
    """A card for each nurse and duty, for their owner only; locked afterwards in the same folder no open card stays;
    the access codes lie beside it, never in it, and who had one keeps it."""
    folder, codes = tmp_path / "cards", tmp_path / "cards_toegangscodes.csv"
    assert run("cards", "six_nurses", PLAN, "--out", folder).exit_code == 0
    assert written(folder) == {f"{nurse}_{day}.html" for nurse, day in duties()}
    assert {stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()} == {0o600}
    made = run("cards", "six_nurses", PLAN, "--out", folder, "--week", "--lock")
    assert made.exit_code == 0 and str(codes) in made.output
    nurses = {nurse for nurse, _ in duties()}
    assert written(folder) == {f"{each}_week.html" for each in nurses} | {f"{each}.pdf" for each in nurses}
    first = codes.read_text(encoding="utf-8-sig")
    one = sorted(nurses)[0]
    assert run("cards", "six_nurses", PLAN, "--out", folder, "--nurse", one, "--lock").exit_code == 0
    assert codes.read_text(encoding="utf-8-sig") == first
    inside = run("cards", "six_nurses", PLAN, "--out", folder, "--lock", "--codes", folder / "codes.csv")
    assert inside.exit_code == 2 and not (folder / "codes.csv").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("cards", "--out", "c", "--codes", "x.csv"), "--lock"),
        (("cards", "--out", "c", "--nurse", "nobody"), "nobody"),
        (("cards", "--out", "c", "--date", "2020-01-01"), "runs from"),
        (("cards", "--out", "c", "--for", "nobody"), "nobody"),
        (("cards", "--out", "c", "--pseudonyms", "c/key"), "key"),
        (("map", "--out", "c", "--nurse", "N1", "--beside", PLAN), "--beside"),
        (("export", "--format", "xlsx", "--out", "x.csv"), ".xlsx"),
        (("export", "--format", "csv", "--out", "c", "--nurse", "N1"), "--nurse"),
        (("export", "--format", "xlsx", "--out", "x.xlsx", "--names", "--pseudonyms", "key"), "--pseudonyms"),
        (("roster", "--out", "r.html", "--for", "nobody"), "nobody"),
    ],
)
def test_what_makes_no_sense_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[object, ...], words: str
) -> None:
    """A choice that means nothing, or a reader that is nobody, ends with exit code 2 in words, and nothing is
    written."""
    monkeypatch.chdir(tmp_path)
    refused = run(arguments[0], "six_nurses", PLAN, *arguments[1:])
    assert refused.exit_code == 2 and words in refused.output and "Traceback" not in refused.output
    assert not list(tmp_path.iterdir())


def test_a_plan_is_never_written_over(tmp_path: Path) -> None:
    """A plan that is read is no place to write to, whatever the command."""
    plan = tmp_path / "plan.json"
    shutil.copy(PLAN, plan)
    for arguments in (("export", "--format", "json"), ("roster",)):
        refused = run(arguments[0], "six_nurses", plan, *arguments[1:], "--out", plan)
        assert refused.exit_code == 2 and plan.read_bytes() == PLAN.read_bytes()


@pytest.mark.slow
def test_open_cards_beside_locked_ones_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One nurse's cards locked into a folder with open ones of all: how many are still open is said. The folder may be
    the one where one stands; the codes then lie beside it."""
    folder = tmp_path / "cards"
    assert run("cards", "six_nurses", PLAN, "--out", folder).exit_code == 0
    monkeypatch.chdir(folder)
    one = duties()[0][0]
    made = run("cards", "six_nurses", PLAN, "--out", ".", "--nurse", one, "--lock")
    left = sum(1 for nurse, _ in duties() if nurse != one)
    assert made.exit_code == 0 and f"still {left} open cards" in made.output
    assert (tmp_path / "cards_toegangscodes.csv").exists()


def test_a_roster_page_says_since_when(tmp_path: Path) -> None:
    """The roster page of the plan, of the plan against itself, where no cell changed, and of one with a duty less,
    where a cell did."""
    assert run("roster", "six_nurses", PLAN, "--out", tmp_path / "r.html").exit_code == 0
    assert run("roster", "six_nurses", PLAN, "--out", tmp_path / "s.html", "--from", PLAN).exit_code == 0
    fewer = tmp_path / "fewer.json"
    content = json.loads(PLAN.read_text(encoding="utf-8"))
    gone = content["duties"].pop(0)
    fewer.write_text(json.dumps(content), encoding="utf-8")
    assert run("roster", "six_nurses", fewer, "--out", tmp_path / "t.html", "--from", PLAN).exit_code == 0
    pages = {name: (tmp_path / name).read_text(encoding="utf-8") for name in ("s.html", "t.html")}
    cells = {name: re.findall(r"class=\"cell[^\"]* changed\"", page) for name, page in pages.items()}
    assert not cells["s.html"] and cells["t.html"], gone["id"]
    assert stat.S_IMODE((tmp_path / "r.html").stat().st_mode) == 0o600


def test_a_pair_of_equal_contracts_is_warned_about(tmp_path: Path) -> None:
    """A plan beside itself is drawn, with the warning that no sharing is compared; a later map takes the pair away."""
    made = run("map", "six_nurses", PLAN, "--out", tmp_path, "--beside", PLAN)
    assert made.exit_code == 0 and "compares two plans" in made.output and (tmp_path / "maps" / "pair.html").exists()
    assert run("map", "six_nurses", PLAN, "--out", tmp_path).exit_code == 0
    assert not (tmp_path / "maps" / "pair.html").exists()


@pytest.mark.slow
def test_every_export_for_everyone_for_one_and_under_codes(tmp_path: Path) -> None:
    """Each format is written, whole and for its owner only; for one organisation the calendars are those of its own
    nurses; under codes no nurse's id is in any file or file name, and the key is kept."""
    nurses = {nurse for nurse, _ in duties()}
    key = tmp_path / "key"
    places = {"xlsx": "r.xlsx", "ics": "ics", "geojson": "r.geojson", "json": "r.json", "csv": "csv"}
    for kind, name in places.items():
        for way, more in {"all": (), "one": ("--for", "maas"), "codes": ("--pseudonyms", key)}.items():
            made = run("export", "six_nurses", PLAN, "--format", kind, "--out", tmp_path / way / name, *more)
            assert made.exit_code == 0, made.output
    files = [each for each in tmp_path.rglob("*") if each.is_file()]
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert written(tmp_path / "all" / "ics") == {f"{each}.ics" for each in nurses}
    own = written(tmp_path / "one" / "ics")
    assert own and own < {f"{each}.ics" for each in nurses}
    for each in (tmp_path / "codes").rglob("*.*"):
        if each.is_file() and each.suffix != ".xlsx":
            seen = (each.stem, *re.split(r"[\s;\":,]", each.read_text(encoding="utf-8")))
            assert not nurses.intersection(seen), each


def test_a_code_is_found_back_with_the_key_and_no_other(tmp_path: Path) -> None:
    """The code in a calendar's name leads back to its nurse with the key that made it; with another key, to nobody; and
    a key that is not there is not made."""
    key, other = tmp_path / "key", tmp_path / "other"
    for each in (key, other):
        out = tmp_path / f"ics-{each.name}"
        assert run("export", "six_nurses", PLAN, "--format", "ics", "--out", out, "--pseudonyms", each).exit_code == 0
    codes = sorted(name.removesuffix(".ics") for name in written(tmp_path / "ics-key"))
    found = run("pseudonym", "six_nurses", PLAN, *codes, "--pseudonyms", key)
    nurses = {nurse for nurse, _ in duties()}
    behind = {line.split()[-1] for line in found.stdout.splitlines() if ": nurse" in line}
    assert found.exit_code == 0 and behind == nurses
    assert run("pseudonym", "six_nurses", PLAN, codes[0], "--pseudonyms", other).exit_code == 2
    assert run("pseudonym", "six_nurses", PLAN, codes[0], "--pseudonyms", tmp_path / "none").exit_code == 2
    assert not (tmp_path / "none").exists()


def test_one_organisation_sees_no_hours_of_another(tmp_path: Path) -> None:
    """The JSON for one organisation holds the hours of its own nurses; for everyone those of all."""
    for name, more in {"all": (), "maas": ("--for", "maas")}.items():
        made = run("export", "six_nurses", PLAN, "--format", "json", "--out", tmp_path / f"{name}.json", *more)
        assert made.exit_code == 0
    hours = {name: {each["nurse"] for each in json.loads((tmp_path / f"{name}.json").read_text())["hours"]}
             for name in ("all", "maas")}  # fmt: skip
    assert hours["maas"] == {each for each in hours["all"] if each.startswith("m")} and len(hours["all"]) == 6


def test_a_workbook_goes_out_and_comes_back(tmp_path: Path) -> None:
    """The template filled with an instance is read back by import into the same tables; it is not written over, and
    import writes in no folder that holds something."""
    book, folder = tmp_path / "team.xlsx", tmp_path / "team"
    assert run("template", book, "--from", "six_nurses").exit_code == 0
    assert run("template", book).exit_code == 2
    assert run("import", book, "--out", folder).exit_code == 0
    for table in locate("six_nurses").glob("*.csv"):
        assert (folder / table.name).exists(), table.name
    again = run("import", book, "--out", folder)
    assert again.exit_code == 2 and "Traceback" not in again.output
    assert run("import", book).exit_code == 2


def test_next_week_keeps_what_to_bring(tmp_path: Path) -> None:
    """The tables of the next week hold the things to bring of acts and orders that are still there, and the numbers of
    organisations."""
    source = tmp_path / "team"
    shutil.copytree(locate("six_nurses"), source)
    act = (source / "acts.csv").read_text(encoding="utf-8-sig").splitlines()[1].split(";")[0]
    (source / "bring.csv").write_text(f"work;items;fetch\n{act};naalden;\n", encoding="utf-8")
    made = run("publish", source, PLAN, "--force", "test", "--out", tmp_path / "p.json", "--next", tmp_path / "next")
    assert made.exit_code == 0, made.output
    assert "naalden" in (tmp_path / "next" / "bring.csv").read_text(encoding="utf-8")
