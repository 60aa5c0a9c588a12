"""A comparison in words: numbers as the language writes them, verdicts that say when nothing can be told, contracts."""

from __future__ import annotations

import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from optimiser.domain.comparison import Compared, Comparison, Difference, Spread
from optimiser.domain.figure import FigureKind
from optimiser.domain.sharing import PRESETS, Entry, Lent, PooledNumber, SharingContract, Shown
from optimiser.report.compare_contract import contract_sentences
from optimiser.report.compare_method import assumption_sentences, method_rows
from optimiser.report.compare_numbers import day_name, percent, plain, scenario_name, signed, with_unit
from optimiser.report.compare_sentences import explanation_sentences, interval_sentence, pair_title, sentence
from optimiser.report.compare_told import doubt_of, head_parts, headlines, told, told_pairs
from optimiser.report.figures_kinds import FIGURE_BY_NAME

MADE = runpy.run_path(str(Path(__file__).with_name("comparison_built.py")), run_name="comparison_built")
TRAVEL, FACES = FIGURE_BY_NAME["travel_minutes"], FIGURE_BY_NAME["faces_mean"]


@pytest.fixture(scope="module")
def made() -> Comparison:
    """Single against joint, by hand."""
    return MADE["built"]()


def said(comparison: Comparison, name: str, language: Any = "nl") -> str:
    """The sentence about a figure of joint against single."""
    found = told(comparison.total, FIGURE_BY_NAME[name], "joint", "single")
    assert found is not None
    return sentence(found, language)


def one(difference: Difference, kind: FigureKind = TRAVEL) -> Any:
    """What is told of a difference from 1000 to 1000 + its median."""
    middle = 1000 + (difference.median or 0)
    compared = Compared(
        scenarios={"single": {kind.name: Spread(median=1000, low=990, high=1010, n=5)},
                   "joint": {kind.name: Spread(median=middle, low=middle, high=middle, n=5)}},
        differences={"joint-single": {kind.name: difference}},
    )  # fmt: skip
    return told(compared, kind, "joint", "single")


def test_numbers_are_written_as_the_language_does() -> None:
    """Thousands, decimals, a real minus, the digits of the figure; nothing has no sign; unknown is a dash."""
    cost, hour = FIGURE_BY_NAME["employer_cost_eur"], FIGURE_BY_NAME["cost_per_client_hour_eur"]
    assert plain(12345.6, TRAVEL, "nl") == "12.346" and plain(12345.6, TRAVEL, "en") == "12,346"
    assert plain(110.724, hour, "nl") == "110,72" and plain(468.43, cost, "nl") == "468"
    assert signed(-0.004, FACES, "nl") == "0,00" and signed(0.41, FACES, "nl") == "+0,41"
    assert plain(2.5, FIGURE_BY_NAME["nights"], "nl") == "2,5" and plain(2.02, FIGURE_BY_NAME["nights"], "nl") == "2"
    assert signed(-2310, TRAVEL, "nl") == "−2.310" and plain(None, TRAVEL, "nl") == "–"
    assert with_unit("−1.810", "eur", "nl") == "−€\u00a01.810"
    assert percent(-19.998, "nl") == "−20\u00a0%" and percent(4.24, "nl") == "+4,2\u00a0%"
    assert day_name(date(2026, 12, 7), "nl") == "7 december 2026"
    assert scenario_name("joint", "nl") == "Samen" and scenario_name("our_own", "nl") == "our_own"


def test_savings_are_told_with_their_range(made: Comparison) -> None:
    """11551 - 9241 = 2310 minutes, 2310 / 11551 = 20.0 %; the outer weeks: 11551 x 1.03 - 9241 x 1.025 = 2425.5 and
    11551 x 0.97 - 9241 x 0.975 = 2194.5; a range from small to large."""
    assert said(made, "travel_minutes") == (
        "Samen scheelt 2.310\u00a0minuten reistijd tussen cliënten per week (−20\u00a0%), "
        "zekere bandbreedte 2.194 tot 2.426."
    )
    assert said(made, "travel_minutes", "en").startswith(
        "Joint saves 2,310\u00a0minutes of travel between clients a week"
    )
    assert said(made, "uncovered_shifts") == (
        "Samen scheelt 1 onbezette dienst per week (−100\u00a0%), in elke week evenveel."
    )
    assert "fte bruto benodigd personeel (−" in said(made, "fte_gross")


def test_worse_is_told_as_plainly(made: Comparison) -> None:
    """4.02 - 3.61 = 0.41 faces more, 11.4 %."""
    assert said(made, "faces_mean").startswith(
        "Samen is hier slechter: 0,41 meer verschillende gezichten per cliënt (+11"
    )


def test_what_is_not_clear_is_said_not_to_be_known(made: Comparison) -> None:
    """Wishes: 7 against 6 in the middle, but from -7.5 to +5.5 over the weeks; equal is equal."""
    assert said(made, "wishes_refused") == (
        "Niet te zeggen: gemeten is −1 afgewezen wens per week (−14\u00a0%), "
        "maar de bandbreedte loopt van −7,5 tot +5,5, over nul heen."
    )
    assert said(made, "unserved_visits") == "Geen verschil tussen apart en samen: bezoeken die niemand kan doen."
    nothing = Difference(median=0, low=0, high=0, n=5)
    hours = told(made.total, FIGURE_BY_NAME["paid_hours"], "joint", "single")
    assert hours is not None
    assert sentence(replace(hours, difference=nothing, verdict="same"), "en").endswith("single and joint: paid time.")


@pytest.mark.parametrize(
    ("difference", "doubt"),
    [
        (Difference(median=-9, low=-9, high=-9, n=1), "one_week"),
        (Difference(median=-9, low=-12, high=2, n=5, noise=1.0), "zero_inside"),
        (Difference(median=-9, low=-12, high=0, n=5, noise=1.0), "zero_inside"),
        (Difference(median=-9, low=-12, high=-2, n=5), "noise_unknown"),
        (Difference(median=-9, low=-12, high=-2, n=5, noise=4.5), "within_noise"),
        (Difference(median=-9, low=-12, high=-2, n=3, noise=4.4), "few_weeks"),
        (Difference(median=-9, low=-12, high=-2, n=5, noise=4.4, clear=True), ""),
    ],
)
def test_each_doubt_has_its_own_words(difference: Difference, doubt: str) -> None:
    """Why a difference is not clear; just inside and just outside of each limit. The verdict follows."""
    assert doubt_of(difference) == doubt
    found = one(difference)
    assert found.verdict == ("unclear" if doubt else "better")
    for language in ("nl", "en"):
        words = sentence(found, language)
        assert ("Niet te zeggen" in words or "cannot be told" in words) == bool(doubt)


def test_which_way_is_better_is_the_figures_own() -> None:
    """More hours at clients is better, less is worse; more duties is neither."""
    more = Difference(median=9, low=2, high=12, n=5, noise=1, clear=True)
    less = Difference(median=-9, low=-12, high=-2, n=5, noise=1, clear=True)
    hours, duties = FIGURE_BY_NAME["visit_hours"], FIGURE_BY_NAME["duties"]
    assert [one(more, hours).verdict, one(less, hours).verdict] == ["better", "worse"]
    assert [one(more, duties).verdict, one(less, duties).verdict] == ["other", "other"]
    assert sentence(one(less, hours), "nl").startswith("Samen is hier slechter: 9,0\u00a0uur minder uren bij cliënten")
    assert sentence(one(more, duties), "nl").endswith("niet beter of slechter.")


def test_the_current_roster_tells_planning_from_sharing(made: Comparison) -> None:
    """With the roster as it is first, the second stands against it and the others against the second."""
    three = made.model_copy(update={"scenarios": ("current", "single", "joint", "anw")})
    assert told_pairs(three) == (("single", "current"), ("joint", "single"), ("anw", "single"))
    assert told_pairs(made.model_copy(update={"scenarios": ("single", "joint", "anw")})) == (
        ("joint", "single"), ("anw", "single"),
    )  # fmt: skip
    assert told_pairs(made.model_copy(update={"scenarios": ("current", "joint")})) == (("joint", "current"),)
    assert "beter plannen alleen" in pair_title("single", "current", "nl")


def test_headlines_come_in_the_boards_order(made: Comparison) -> None:
    """Travel first; figures that a comparison does not have are left out; a half-known one too."""
    names = [each.kind.name for each in headlines(made, MADE["KINDS"], "joint", "single")]
    assert [part for part, _ in head_parts(made)] == [""]
    assert [part for part, _ in head_parts(made.model_copy(update={"seen_by": "maas"}))] == ["maas", ""]
    assert names[:2] == ["travel_minutes", "unserved_visits"] and len(names) == 9
    assert headlines(made, MADE["KINDS"], "joint", "single", Compared()) == ()


def test_what_must_be_known_first_has_its_numbers(made: Comparison) -> None:
    """4 of 20 runs (week 4 of both scenarios, two seeds) had not settled; 29.3 % shows as 29; each key has words."""
    keys = ("not_levelled", "unserved_differs", "above_bound", "few_weeks", "current_one_week", "continuity_worse")
    every = made.model_copy(update={"explanations": tuple(f"compare.explain.{key}" for key in keys)})
    lines = explanation_sentences(every, "nl")
    assert "4 van 20 runs" in lines[0] and "Apart 2, Samen 2" in lines[1] and "29 %" in lines[2]
    assert len(explanation_sentences(every, "en")) == len(keys)


def test_the_method_says_what_was_done(made: Comparison) -> None:
    """Weeks, seconds, how often the merged plans won (2 of 10 for joint), and that one week knows no range."""
    rows = dict(method_rows(made, "nl"))
    assert "60 seconden" in rows["Rekentijd"]
    assert "Samen: in 2 van 10 runs" in rows["Begin van de beste plannen"]
    assert "93 %" in interval_sentence(made, "nl")
    two_weeks = made.model_copy(update={"weeks": 2, "confidence": 50.0})
    assert "maar 50 % zeker" in interval_sentence(two_weeks, "nl")
    one_week = made.model_copy(update={"weeks": 1, "demand": "one", "time_limit_s": None, "iterations": 5000})
    assert "5.000 stappen" in dict(method_rows(one_week, "nl"))["Rekentijd"]
    assert "geen bandbreedten" in interval_sentence(one_week, "nl")
    assert len(assumption_sentences(made, "nl")) == len(assumption_sentences(made, "en")) == 8


def test_a_long_roster_is_told_as_a_period(made: Comparison) -> None:
    """Amounts of thirteen weeks are not told as those of a week, and repetitions are not told as weeks of demand."""
    assert any("voor een week" in each for each in assumption_sentences(made, "nl"))
    long = made.model_copy(update={"horizon_weeks": 13, "demand": "calls"})
    found = headlines(long, (TRAVEL,), "joint", "single")
    assert "per periode van 13 weken" in sentence(found[0], "nl") and "a period of 13 weeks" in sentence(found[0], "en")
    assert any("voor alle weken van de planperiode samen" in each for each in assumption_sentences(long, "nl"))
    rows = dict(method_rows(long, "nl"))
    assert "herhalingen" in rows["Weken vraag"] and "de hele planperiode" in rows["Rekentijd"]


def test_a_contract_is_told_field_by_field() -> None:
    """Every field that is set has its sentence; one that shares nothing says nothing of sharing."""
    contract = SharingContract(
        name="ours", visits="anw", cover="pooled", pooled_standby=1, lending_minutes=5, groups=(("maas", "rotte"),),
        pooled_to=(PooledNumber(cover=("night_m", "night_r"), minimum=1, wanted=2),), skills=("iv",), known_faces=True,
        districts=("BU0599",), own_by_day=("maas",), most_lent=(Lent(organisation="maas", hours_per_week=40),),
        entries=(Entry(organisation="rotte", from_date=date(2027, 1, 4)),), consents=("M-noor", "R-kim"),
        openness="own", shown=(Shown(figure="travel_minutes", shown="totals"),),
    )  # fmt: skip
    told_lines = " ".join(
        contract_sentences(contract, "nl", {"maas": "Maaszorg", "rotte": "Rottezorg", "iv": "Infuus"})
    )
    for words in (
        "Avond, nacht en weekend", "Achterwacht: 1", "night_m, night_r: samen ten minste 1, gewenst 2", "Infuus",
        "BU0599", "Maaszorg leent ten hoogste 40 uur", "Rottezorg doet mee vanaf 4 januari 2027", "5 minuten",
        "instemden gaan naar cliënten van een ander: 2", "Reistijd tussen cliënten: totalen voor allen",
        "Maaszorg, Rottezorg", "vaste of bekende",
    ):  # fmt: skip
        assert words in told_lines, words
    assert "noor" not in told_lines and "kim" not in told_lines
    assert len(contract_sentences(PRESETS["single"], "en")) == 3
    posts = contract.model_copy(update={
        "division": "posts-2", "pooled_standby": 0,
        "pooled_to": (PooledNumber(cover=tuple(f"row{number}" for number in range(10)), minimum=1, wanted=1),),
    })  # fmt: skip
    divided = " ".join(contract_sentences(posts, "nl"))
    assert "de indeling posts-2" in divided and "buiten de gebieden, waar geen ander aantal staat: 0" in divided
    assert "row7 en nog 2" in divided and "row8" not in divided


def test_how_often_plans_were_replayed_is_told(made: Comparison) -> None:
    """5 weeks x 2 seeds x 1 replay are 10, fewer than 20: little; 2 replays are enough to leave that out; none says
    that nothing is known."""
    said = {}
    for replays in (0, 1, 2):
        rows = dict(method_rows(made.model_copy(update={"replays": replays, "absence_percent": 8.0}), "en"))
        said[replays] = rows["Replays with chance"]
    assert said[0].startswith("None") and "1 time, with 8 % absence. That is little" in said[1]
    assert said[2].endswith("8 % absence.")
