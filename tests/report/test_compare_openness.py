"""One organisation's own view of a comparison: nothing of the other's in json, page or workbook that is not open."""

from __future__ import annotations

import io
import json
import re
import runpy
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from instances.hours import hours_workbook
from maps.compare import compare_page
from optimiser.domain.comparison import Comparison, Difference
from optimiser.domain.sharing import PRESETS, Shown
from optimiser.errors import InputError
from optimiser.report.compare_json import compare_json
from optimiser.report.compare_openness import openness, seen_by
from optimiser.report.compare_sheets import compare_sheets
from optimiser.report.compare_small import enough, merged_small

MADE = runpy.run_path(str(Path(__file__).with_name("comparison_built.py")), run_name="comparison_built")
KINDS, CLIENTS, EMPLOYERS = MADE["KINDS"], MADE["CLIENTS"], MADE["EMPLOYERS"]
OTHERS = {"maas": "rotte", "rotte": "maas"}
SMALL = "WK059903"
BUILT: Comparison = MADE["built"]()


@cache
def view(level: str, own: str) -> Comparison:
    """The comparison for ``own`` under contracts with this openness."""
    return seen_by(opened(level), own, CLIENTS, EMPLOYERS, KINDS)


def opened(level: str) -> Comparison:
    """The comparison under contracts with this openness, to which a nurse of each organisation consented."""
    return BUILT.model_copy(update={"contracts": MADE["open_to"](level)})


@cache
def forms(level: str, own: str) -> dict[str, str]:
    """The texts of json, page and workbook of a view."""
    seen = view(level, own)
    sheets = compare_sheets(seen, KINDS, "nl", MADE["NAMES"])
    book = load_workbook(io.BytesIO(hours_workbook(sheets)))
    cells = [
        str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None
    ]
    return {
        "json": json.dumps(compare_json(seen)),
        "html": compare_page(seen, KINDS, "nl", None, MADE["NAMES"]),
        "xlsx": "\n".join(cells),
    }


def medians(compared: Any) -> set[float]:
    """The medians of travel, pay and cost: numbers that do not occur by chance."""
    names = ("travel_minutes", "paid_hours", "employer_cost_eur", "travel_km")
    return {row[name].median for row in compared.scenarios.values() for name in names}


def shapes(value: float) -> set[str]:
    """How a number may be written: as the json, the workbook and the Dutch page do."""
    dutch = {f"{value:,.{digits}f}".translate(str.maketrans(",.", ".,")) for digits in (0, 1, 2)}
    return {shape for shape in {str(value), f"{value:g}", *dutch} if len(shape) >= 5}


def holds(text: str, shape: str) -> bool:
    """Whether the number stands in the text by itself, not inside a longer one."""
    return shape in text and re.search(rf"(?<![\d.,]){re.escape(shape)}(?![\d]|[.,]\d)", text) is not None


@pytest.mark.parametrize("own", ["maas", "rotte"])
@pytest.mark.parametrize("level", ["own", "totals", "organisations"])
def test_no_nurse_of_another_and_no_small_area_is_named(level: str, own: str) -> None:
    """Own nurses are there, the other's are not, in no form, also not as who consented; the area with three clients
    has no row of its own."""
    for form, content in forms(level, own).items():
        for nurse, employer in EMPLOYERS.items():
            assert (nurse in content) == (employer == own), (form, nurse)
        assert SMALL not in content and "Overschie" not in content, form


@pytest.mark.parametrize("own", ["maas", "rotte"])
@pytest.mark.parametrize("level", ["own", "totals"])
def test_figures_of_the_other_stand_nowhere(level: str, own: str) -> None:
    """No median of the other organisation is written anywhere; one's own is; the same test finds the other's where
    the contracts leave organisations open."""
    whole = BUILT
    theirs = {shape for value in medians(whole.organisations[OTHERS[own]]) for shape in shapes(value)}
    mine = {shape for value in medians(whole.organisations[own]) for shape in shapes(value)}
    for form, content in forms(level, own).items():
        assert not [shape for shape in theirs - mine if holds(content, shape)], form
        assert [shape for shape in mine if holds(content, shape)], form
    for form, content in forms("organisations", own).items():
        assert [shape for shape in theirs - mine if holds(content, shape)], form


@pytest.mark.parametrize("own", ["maas", "rotte"])
def test_totals_are_hidden_where_they_are_the_others_less_ones_own(own: str) -> None:
    """Under own no total is written, nor the table of runs, which tells totals; the page says that they are missing."""
    totals = {shape for value in medians(BUILT.total) for shape in shapes(value)}
    seen = view("own", own)
    assert not any(seen.total.scenarios.values()) and not any(seen.total.differences.values()) and seen.runs == ()
    for form, content in forms("own", own).items():
        assert not [shape for shape in totals if holds(content, shape)], form
    assert "compare.explain.totals_hidden" in seen.explanations
    assert "Samen scheelt 1.271" in forms("own", "maas")["html"]  # 2310 x 0.55 x 1.0007
    assert "compare.explain.continuity_worse" not in seen.explanations
    assert "een deel van de runs" in forms("own", own)["html"]  # without the runs nobody can say how many


def test_with_two_organisations_totals_are_said_to_tell_the_other() -> None:
    """Under totals the page says what a total gives away; under organisations there is nothing to say."""
    assert "compare.explain.totals_tell_other" in view("totals", "maas").explanations
    assert "totaal min het eigen cijfer" in forms("totals", "maas")["html"]
    assert "compare.explain.totals_tell_other" not in view("organisations", "maas").explanations


def test_the_strictest_contract_holds_for_each_figure() -> None:
    """One contract open, one closed: closed; a figure named by both as totals is a total, the others stay closed."""
    shown = (Shown(figure="travel_minutes", shown="totals"),)
    open_one = PRESETS["single"].model_copy(update={"openness": "organisations"})
    closed = PRESETS["joint"].model_copy(update={"openness": "own", "shown": shown})
    made = BUILT.model_copy(update={"contracts": {"single": open_one, "joint": closed}})
    assert openness(made, "paid_hours") == "own" and openness(made, "travel_minutes") == "totals"
    seen = seen_by(made, "maas", CLIENTS, EMPLOYERS, KINDS)
    assert set(seen.total.scenarios["joint"]) == {"travel_minutes"}
    assert seen.runs == ()  # they tell open visits too
    assert openness(made.model_copy(update={"contracts": {}}), "visits") == "own"


def test_with_three_organisations_the_others_are_not_told_apart() -> None:
    """Under totals the third stays a part of the total only, and nothing needs saying."""
    made = BUILT
    third = made.model_copy(update={"organisations": made.organisations | {"derde": made.organisations["rotte"]}})
    seen = seen_by(third, "maas", CLIENTS, EMPLOYERS, KINDS)
    assert set(seen.organisations) == {"maas"}
    assert "compare.explain.totals_tell_other" not in seen.explanations


def test_one_organisation_alone_sees_everything_of_itself() -> None:
    """A total of one is its own, also under own."""
    made = opened("own")
    alone = made.model_copy(update={"organisations": {"maas": made.organisations["maas"]}})
    seen = seen_by(alone, "maas", {}, {"M-noor": "maas"}, KINDS)
    assert seen.total == alone.total and seen.runs == alone.runs


def test_who_is_no_organisation_is_refused() -> None:
    """The fault names the option and the organisations there are."""
    with pytest.raises(InputError, match="maas, rotte"):
        view("totals", "elders")


def test_areas_are_told_to_whom_they_belong() -> None:
    """Delfshaven has clients of maas only: its own under any openness, nothing for rotte under own or totals.
    Overschie (3 clients) and Schiedam (16, of which 4 of maas: rotte could take its own off) are one for rotte."""
    assert set(view("own", "maas").districts) == {"WK059902"}
    assert set(view("totals", "maas").districts) == {"WK059901", "WK059902", "other"}
    assert set(view("own", "rotte").districts) == set()
    assert set(view("totals", "rotte").districts) == {"WK059901", "other"}


def test_small_areas_are_merged_until_they_are_enough() -> None:
    """Three clients alone are too few: with Delfshaven (9, all of maas) only 2 would not be of maas, so Schiedam joins:
    19 in all, 14 of rotte. Figures that add up are sums, others are gone."""
    made = BUILT
    merged, living = merged_small(made.districts, CLIENTS, "maas", KINDS)
    assert set(merged) == {"WK059901", "WK059902", "other"}
    assert living["other"] == Counter(maas=5, rotte=14)
    parts = (SMALL, "Schiedam")
    row = merged["other"].scenarios["joint"]
    expected = sum(made.districts[code].scenarios["joint"]["travel_minutes"].median or 0 for code in parts)
    assert row["travel_minutes"].median == pytest.approx(expected)
    assert "faces_mean" in made.districts[SMALL].scenarios["joint"] and "faces_mean" not in row
    found = merged["other"].differences["joint-single"]["travel_minutes"]
    assert found.clear and (found.high or 0) < 0


def test_areas_that_were_put_together_before_take_the_small_ones_too() -> None:
    """A rest of 16 and an area of 3: one rest of 19, whose travel is that of both."""
    rest = {
        "other": BUILT.districts["Schiedam"],
        SMALL: BUILT.districts[SMALL],
        "WK059901": BUILT.districts["WK059901"],
    }
    clients = {"other": CLIENTS["Schiedam"], SMALL: CLIENTS[SMALL], "WK059901": CLIENTS["WK059901"]}
    merged, living = merged_small(rest, clients, "maas", KINDS)
    assert set(merged) == {"WK059901", "other"} and living["other"].total() == 19
    expected = sum(rest[code].scenarios["joint"]["travel_minutes"].median or 0 for code in ("other", SMALL))
    assert merged["other"].scenarios["joint"]["travel_minutes"].median == pytest.approx(expected)


def test_a_merged_difference_is_clear_only_when_all_parts_are() -> None:
    """One part that is not clear makes the sum not clear."""
    made = BUILT
    part = made.districts[SMALL]
    doubtful = {name: {figure: each.model_copy(update={"clear": False}) for figure, each in row.items()}
                for name, row in part.differences.items()}  # fmt: skip
    changed = made.districts | {SMALL: part.model_copy(update={"differences": doubtful})}
    merged, _ = merged_small(changed, CLIENTS, "maas", KINDS)
    assert not merged["other"].differences["joint-single"]["travel_minutes"].clear


def test_too_few_even_together_are_left_out() -> None:
    """One area with three clients: no row, and nothing to subtract it from."""
    made = BUILT
    merged, _ = merged_small({SMALL: made.districts[SMALL]}, CLIENTS, "maas", KINDS)
    assert merged == {}
    assert not enough(Counter(maas=6, rotte=4), "maas") and enough(Counter(maas=6, rotte=5), "maas")
    assert enough(Counter(maas=5), "maas") and not enough(Counter(maas=4), "maas")


def test_the_json_has_the_promised_shape_and_no_nurse() -> None:
    """``scenarios.<name>.<figure>`` and ``differences.<a>-<b>.<figure>`` at the top, both ways round; nurses and who
    consented are not in the view of who made it."""
    made = opened("totals")
    content = json.loads(json.dumps(compare_json(made)))
    assert content["scenarios"]["joint"]["travel_minutes"] == {
        "median": 9241.0, "low": pytest.approx(9009.975), "high": pytest.approx(9472.025), "n": 5,
    }  # fmt: skip
    there, back = (content["differences"][pair]["travel_minutes"] for pair in ("joint-single", "single-joint"))
    assert there["median"] == -2310 == -back["median"] and there["clear"] is back["clear"] is True
    assert set(there) == {"median", "low", "high", "clear", "n", "noise"}
    assert set(content["organisations"]) == {"maas", "rotte"} and "nurses" not in content
    assert not [nurse for nurse in EMPLOYERS if nurse in json.dumps(content)]
    assert content["contracts"]["joint"]["consents"] == 2 and content["method"]["weeks"] == 5
    assert Difference.model_validate(there).clear


def test_the_workbook_holds_numbers_and_says_who_sees_it() -> None:
    """Equal comparisons give equal bytes; medians are numbers; own nurses have a sheet in the own view only."""
    made = BUILT
    books = [
        hours_workbook(compare_sheets(made, KINDS, "nl", MADE["NAMES"]))
        for _ in range(2)
    ]
    assert books[0] == books[1]
    book = load_workbook(io.BytesIO(books[0]))
    assert book.sheetnames[:3] == ["Kop", "Scenario's", "Verschillen"] and "Eigen medewerkers" not in book.sheetnames
    head = list(book["Kop"].iter_rows(values_only=True))
    assert head[1][2] == "Reistijd tussen cliënten" and head[1][4:7] == (11551, 9241, -2310)
    runs = list(book["Runs"].iter_rows(values_only=True))
    assert len(runs) == 21 and runs[1][8] == 0
    own = compare_sheets(view("totals", "maas"), KINDS, "en")
    assert "Own nurses" in [each.name for each in own]
    assert all(len(each.name) <= 31 and len(row) == len(each.headings) for each in own for row in each.rows)
