"""The page of more clients and fewer hands: self-contained, in two languages, and it claims no more than was found."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser

import pytest

from maps.capacity import capacity_page
from optimiser.domain.capacity import Capacity, CapacityCurve, CapacityPoint, CapacityScenario, PutTogether
from optimiser.domain.sharing import PRESETS
from optimiser.report.capacity_tables import capacity_json, level_rows, limit_rows
from optimiser.report.capacity_words import QUESTIONS, capacity_method, capacity_progress, capacity_told
from optimiser.texts import LANGUAGES, Language


def point(rung: int, percent: float, complete: bool = True, **fields: object) -> CapacityPoint:
    """A level of a team of 100 hours at clients and 200 of contracts."""
    usual: dict[str, object] = {
        "rung": rung, "percent": percent, "client_hours": 100.0 + percent, "contract_hours": 200.0, "net_hours": 160.0,
        "gross_fte": 5.61, "nurses": 8, "unserved": 0, "uncovered": 0, "violations": 0, "overtime_hours": 1.6,
        "overtime_percent": 1.0, "paid_hours": 150.0, "travel_hours": 30.0, "waiting_hours": 4.0, "faces_mean": 2.25,
        "wishes_refused": 1, "complete": complete, "fresh": False, "full": False,
    }  # fmt: skip
    return CapacityPoint(**{**usual, **fields})  # type: ignore[arg-type]


def hands(rung: int, percent: float, complete: bool = True, **fields: object) -> CapacityPoint:
    """A level of hands."""
    less = 1 + percent / 100
    asked = {"client_hours": 100.0, "contract_hours": 200 * less, "gross_fte": round(5.61 * less, 2)}
    return point(rung, percent, complete, **asked, **fields)


def curves(who: tuple[str, ...], last: int) -> tuple[CapacityCurve, ...]:
    """Rungs of 4 percent, the next after ``last`` is refused; with overtime one rung further; hands to minus 2 %."""
    within = [point(rung, 4.0 * rung, rung <= last, clients=rung,
                    overtime_percent=1.0 if rung <= last else 3.5) for rung in sorted({0, last, last + 1})]  # fmt: skip
    more = [*within[:-1], point(last + 1, 4.0 * last + 4, overtime_percent=3.5),
            point(last + 2, 4.0 * last + 8, False, unserved=3, unserved_of={who[0]: 3})]  # fmt: skip
    fewer = [hands(0, 0.0), hands(1, -2.0), hands(2, -4.0, False, overtime_percent=2.5, overtime_hours=4.0)]
    return (
        CapacityCurve(question="demand", hours="within", organisations=who, points=tuple(within), last=last,
                      following=last + 1),
        CapacityCurve(question="demand", hours="any", organisations=who, points=tuple(more), last=last + 1,
                      following=last + 2),
        CapacityCurve(question="hands", hours="within", organisations=who, points=tuple(fewer), last=1, following=2),
    )  # fmt: skip


def made(**fields: object) -> Capacity:
    """Single in two parts, which take 0 % and 8 % more, and joint, which takes 12 %."""
    apart = curves(("aafje",), 0) + curves(("laurens",), 2)
    scenarios = (
        CapacityScenario(name="single", contract=PRESETS["single"], curves=apart),
        CapacityScenario(name="joint", contract=PRESETS["joint"], curves=curves(("aafje", "laurens"), 3), given=True),
    )
    usual: dict[str, object] = {
        "instance": "small", "fingerprint": "f", "first_monday": date(2026, 12, 7), "weeks": 1, "seed": 1,
        "manner": "hours", "allowance_percent": 2.0, "overtime_price": 20, "seconds": (32.0, 4.0, 12.0),
        "iterations": None, "step_percent": 4.0, "hands_percent": 2.0, "client_hours": {"aafje": 60.0, "laurens": 40.0},
        "contract_hours": {"aafje": 120.0, "laurens": 80.0}, "scenarios": scenarios,
    }  # fmt: skip
    return Capacity(**{**usual, **fields})  # type: ignore[arg-type]


class Tags(HTMLParser):
    """Tags with their attributes; fails where one closes that did not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))
        if tag not in {"meta"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_whole_and_fetches_nothing(language: Language) -> None:
    """Every tag closes, no script, no address of a network, three plots with words for who does not see them."""
    page = capacity_page(made(), language)
    tags = Tags(page).seen
    assert not [tag for tag, _ in tags if tag in ("script", "link", "img")]
    assert not re.search(r"https?://|url\(", page)
    plots = [attrs for tag, attrs in tags if tag == "svg"]
    assert len(plots) == 3 and all(attrs["aria-label"] for attrs in plots)
    assert page.count('class="allowed"') == 2 * 2  # the line and its legend, in the two plots of overtime


def test_what_is_said_of_two_parts_and_of_one() -> None:
    """Alike: the part that is full decides, 0 %; each for itself 0 and 8 %. Joint 12 % of 100 hours, three clients.
    Against each other: 12 hours of 100 a week when alike; laurens takes 8 by itself, so that 4 are left.
    Hands: 98 % of 5.61 and of twice that: 5.5 against 11."""
    single, joint, against = capacity_told(made(), "en")
    assert single[0].startswith("Single: today's care fits the contract hours, but no room")
    assert single[1].endswith("each for itself: aafje 0.0\u00a0%, laurens +8.0\u00a0%.")
    assert "4.0\u00a0% more care (8.0 hours a week)" in single[2] and "3.5\u00a0% of the hours" in single[2]
    assert "11.00 gross fte: 392.0 contract hours a week" in single[3]
    assert joint[0].startswith("Joint: 12\u00a0% more care (12.0 hours a week for 3 more clients)")
    assert against == [
        "Joint against Single, within the contract hours: +4.0 hours of care a week when each organisation takes what "
        "it can by itself, +12.0 hours when demand grows everywhere alike.",
        "Joint against Single: −5.50 gross fte difference for today's care.",
    ]


def test_the_limits_name_what_falls_short() -> None:
    """A row for each question of each part, with the next level and its reason."""
    rows = limit_rows(made(), "en")[1:]
    assert len(rows) == 3 * 3
    assert rows[0][3:] == ["0.0\u00a0%", "+4.0\u00a0%", "overtime 3.5\u00a0%"]
    any_hours = next(row for row in rows if row[1] == "More care, with overtime" and row[2] == "aafje")
    assert any_hours[3:] == ["+4.0\u00a0%", "+8.0\u00a0%", "3 not served (aafje 3)"]
    assert rows[-1][3:] == ["5.50 fte (−2.0\u00a0%)", "−4.0\u00a0%", "overtime 2.5\u00a0%"]


def test_every_level_is_in_a_table() -> None:
    """One row for each point."""
    found = made()
    for scenario in found.scenarios:
        for question in QUESTIONS:
            for curve in scenario.of(*question):
                assert len(level_rows(found, curve, "nl")) == 1 + len(curve.points)


def test_the_json_holds_the_study_and_its_answers() -> None:
    """It reads back as it was, and totals stand beside it: 0 % apart and 12 % joint."""
    found = made()
    plain = json.loads(json.dumps(capacity_json(found)))
    totals = plain.pop("totals")
    assert Capacity.model_validate(plain) == found
    assert totals["single"]["demand_within"]["even_percent"] == 0.0
    assert totals["joint"]["demand_within"]["even_percent"] == 12.0
    assert totals["joint"]["hands_within"]["gross_fte"] == 5.5


def nothing_found() -> Capacity:
    """A scenario of which no complete plan was found, one that was broken off, and one at the top of its ladder."""
    empty = tuple(each.model_copy(update={"last": None, "following": 0}) for each in curves(("a",), 0))
    off = tuple(each.model_copy(update={"following": None, "broken_off": True}) for each in curves(("a",), 1))
    top = tuple(each.model_copy(update={"following": None}) for each in curves(("a",), 1))
    return made(scenarios=tuple(
        CapacityScenario(name=name, contract=PRESETS["joint"], curves=each)
        for name, each in (("x", empty), ("y", off), ("z", top))
    ), provisional=True, not_copied=2, manner="nurses", seconds=None, iterations=(800, 100, 300))  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_not_found_is_said(language: Language) -> None:
    """No number where there is none; the warning of a quick run; no difference that was not measured is sure."""
    page = capacity_page(nothing_found(), language)
    Tags(page)
    assert "warning" in page
    told = capacity_told(nothing_found(), "en")
    assert told[0] == [
        "x: even for much less care no complete roster was found within the contract hours.",
        "With overtime and much less care no complete roster was found either.",
        "For today's care no complete roster within the contract hours was found with any of the staffs that were "
        "tried.",
    ]
    assert len(told) == 3
    rows = limit_rows(nothing_found(), "en")[1:]
    assert rows[0][3] == "nothing found"
    assert {row[5] for row in rows[3:6]} == {"search broken off while it still got further: more probably fits"}
    assert {row[5] for row in rows[6:]} == {"not sought further"}


def test_less_than_today_is_said_as_less() -> None:
    """Two rungs below today: 8 % less."""
    found = made(scenarios=(CapacityScenario(name="joint", contract=PRESETS["joint"], curves=curves(("a",), -2)),))
    told = capacity_told(found, "en")[0]
    assert told[0].startswith("Joint: for today's care no complete roster was found") and "8.0\u00a0% less" in told[0]
    assert "4.0\u00a0% less (4.0 hours a week)" in told[1]
    assert "8,0\u00a0% minder" in capacity_page(found)


def test_a_limit_that_breaks_rules_together_is_not_sure() -> None:
    """The warning is there, and the difference is no sure one."""
    found = made()
    broken = PutTogether(question="demand", hours="within", violations=2)
    single = found.scenarios[0].model_copy(update={"together": (broken,)})
    told = capacity_told(found.model_copy(update={"scenarios": (single, found.scenarios[1])}), "en")
    assert any("break a rule 2 times" in line for line in told[0])
    assert told[-1][-1].startswith("Of at least one of them")


def test_work_that_stays_open_is_told_with_the_hands() -> None:
    """Two visits open in single, none in joint: not the same care."""
    found = made()
    first, second, hands_of_aafje, *rest = found.scenarios[0].curves
    opened = (first, second, hands_of_aafje.model_copy(update={"open_today": 2}), *rest)
    single = found.scenarios[0].model_copy(update={"curves": opened})
    told = capacity_told(found.model_copy(update={"scenarios": (single, found.scenarios[1])}), "en")
    assert any("2 visits or tasks stay open" in line for line in told[0])
    assert told[-1][-1] == "The care given is not the same: 0 visits or tasks stay open against 2."


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_method_says_that_nothing_is_proved(language: Language) -> None:
    """And how much overtime, which draw, which manner, no reserve."""
    lines = capacity_method(made(), language)
    assert len(lines) == len(set(lines)) == 9
    proof = "bewijst niet" if language == "nl" else "does not prove"
    assert proof in lines[0]
    assert any("2,0\u00a0%" in line or "2.0\u00a0%" in line for line in lines)


def test_progress_is_one_line() -> None:
    """For the command line."""
    said = capacity_progress("joint", ("a", "b"), ("demand", "within"), 4.0, False, 3, 1.5, "en")
    assert said == (
        "Joint (a, b), More care, within contract hours: +4.0\u00a0%: not complete; not served 3, overtime 1.5\u00a0%"
    )
