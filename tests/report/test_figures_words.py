"""Every figure has words in both languages, and the page about figures is what the kinds say."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

import optimiser.texts
from optimiser.domain.climate import CAR
from optimiser.domain.figure import Unit
from optimiser.domain.money import CONFIDENCE
from optimiser.report.figures import FORMULAS
from optimiser.report.figures_calls import CALL_FIGURES
from optimiser.report.figures_kinds import FIGURE_BY_NAME, FIGURES, FROM_ROUTES
from optimiser.report.figures_reference import page
from optimiser.report.figures_words import assumptions, figure_words
from optimiser.texts import LANGUAGES, text


def test_each_figure_has_a_name_of_its_own_and_a_way_to_make_it() -> None:
    """No name twice; a formula for each but those of fte, which need the workforce, and of calls; all known for all
    together."""
    assert len(FIGURE_BY_NAME) == len(FIGURES)
    assert FIGURE_BY_NAME.keys() - FORMULAS.keys() == {"fte_contract", "fte_net", "fte_gross", *CALL_FIGURES}
    assert FORMULAS.keys() <= FIGURE_BY_NAME.keys() and FIGURE_BY_NAME.keys() >= FROM_ROUTES
    assert all(each.levels[0] == "total" for each in FIGURES)


def test_each_figure_has_words_in_both_languages() -> None:
    """A label of its own of at most 50 characters, a meaning that is a sentence, a unit and a theme."""
    for language in LANGUAGES:
        words = {each.name: figure_words(each.name, language) for each in FIGURES}
        assert len({each.label for each in words.values()}) == len(FIGURES)
        for name, each in words.items():
            assert len(each.label) <= 50 and each.meaning.endswith("."), name
            assert each.unit and each.theme
        assert all(text(f"unit.{unit}", language) for unit in get_args(Unit))


def test_no_words_without_a_figure() -> None:
    """A key of this room is one of a figure, a unit, a theme, an assumption or the value of one; none is left."""
    file = Path(optimiser.texts.__file__).with_name("figures.toml")
    keys = {tuple(key.split(".")[:2]) for key in tomllib.loads(file.read_text(encoding="utf-8"))}
    assert {name for room, name in keys if room == "figure"} - {"theme", "assumption", "value"} == set(FIGURE_BY_NAME)
    assert {name for room, name in keys if room == "unit"} == set(get_args(Unit))
    assert {room for room, _ in keys} == {"figure", "unit"}


def test_a_name_that_is_no_figure_is_refused() -> None:
    """The words of nothing are not made up."""
    with pytest.raises(KeyError):
        figure_words("happiness")


def test_assumptions_tell_value_source_and_confidence() -> None:
    """Each of them; the Dutch with a decimal comma."""
    rows = {each.what: each for each in assumptions("nl")}
    assert all(each.source and each.confidence in CONFIDENCE for each in rows.values())
    assert rows["Verlof per voltijds jaar, feestdagen inbegrepen"].value == "237,4 uur"
    assert {each.value for each in assumptions("en")} == {
        "36 hours", "1878 hours", "237.4 hours", "24 hours", "8 %", f"{CAR.value} grams of CO2",
    }  # fmt: skip


def test_the_reference_page_is_what_the_kinds_say() -> None:
    """docs/reference/figures.md is what the kinds, words and assumptions say today."""
    file = Path(__file__).resolve().parents[2] / "docs" / "reference" / "figures.md"
    assert file.read_text(encoding="utf-8") == page()
