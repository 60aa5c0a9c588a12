"""What a manager reads of calls that were played."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from optimiser.domain.calls import CallHours, CallSource, CallType
from optimiser.domain.simulated_calls import Estimate, SimulatedCalls
from optimiser.report.simulated_tables import difference_rows, district_rows, simulated_tables
from optimiser.report.simulated_words import amount, part, simulated_sentences
from optimiser.simulate.calls import simulate_calls
from optimiser.simulate.calls_compare import compare_simulated
from optimiser.simulate.calls_settings import STRESSES, CallSettings
from optimiser.texts import LANGUAGES


@pytest.fixture
def service(room: Callable[..., Any]) -> Any:
    """A nurse on call each evening, and her telephone."""
    built = room()
    built.kind("E", "18:00", "23:00", line=1, lane="standby", category="evening", carries_route=True)
    for day in range(7):
        built.duty("N1", "E", day)
    built.add("call_types", CallType(id="t", name="T"))
    built.add("call_hours", *(
        CallHours(type="t", days=days, from_time=1080, until_time=1380, weight=1)
        for days in ("weekdays", "saturday", "sunday")
    ))  # fmt: skip
    built.add("call_sources", CallSource(id="s", organisation="a", type="t", place=built.place("p"),
                                         weekly_millicalls=1_000))  # fmt: skip
    return built


def played(service: Any, weeks: int = 200, **settings: Any) -> SimulatedCalls:
    """Its calls played."""
    return simulate_calls(
        service.instance(), service.contract, service.matrix(), service.plan(), weeks, 1, CallSettings(**settings)
    )


def test_numbers_are_written_with_their_range() -> None:
    """Dutch and English, a range without ends, a share as percent, nothing."""
    found = Estimate(value=0.895, low=0.88, high=0.91)
    assert amount(found, 2, "nl") == "0,90 (0,88 tot 0,91)" and amount(found, 2, "en", short=True) == "0.90 (0.88–0.91)"
    assert part(found, "nl") == "89,5 (88,0 tot 91,0)\u00a0%"
    assert amount(Estimate(value=3), 0, "nl") == "3" and part(Estimate(value=None), "nl") == "–"


def test_sentences_say_what_was_played_and_whether_the_norm_is_met(service: Any) -> None:
    """Fifteen minutes always: within a norm of 30."""
    found = played(service)
    lines = simulated_sentences(found, "nl")
    assert "200 keer" in lines[0] and "onder de afspraak joint" in lines[0]
    assert any("Binnen 30 minuten" in line and "Dat is genoeg: het doel is 90 %" in line for line in lines)
    assert simulated_sentences(found, "en")[-1] == "In brackets the 95 % interval, over 200 plays."
    assert "ruw" in simulated_sentences(played(service, weeks=3), "nl")[-1]
    assert "geen bandbreedte" in simulated_sentences(played(service, weeks=1), "nl")[-1]


@pytest.mark.parametrize(
    ("low", "high", "words"), [(0.91, 0.93, "enough"), (0.85, 0.89, "too few"), (0.88, 0.92, "not sure")]
)
def test_the_norm_is_met_only_when_that_is_sure(service: Any, low: float, high: float, words: str) -> None:
    """The target of 90 % against both ends of the range."""
    found = played(service, weeks=2)
    total = found.total.model_copy(update={"within_norm": Estimate(value=(low + high) / 2, low=low, high=high)})
    assert any(words in line for line in simulated_sentences(found.model_copy(update={"total": total}), "en"))


def test_every_stress_and_language_has_its_words(service: Any) -> None:
    """Sentences and tables are made without a missing word; each stress but none is named."""
    for stress in STRESSES:
        found = played(service, weeks=3, stress=stress)
        for language in LANGUAGES:
            lines = simulated_sentences(found, language)
            assert ("harder" in lines[1] or "zwaar" in lines[1]) == (stress != "none")
            for title, rows in simulated_tables(found, service.instance(), language):
                assert title and len({len(row) for row in rows}) == 1


def test_tables_hold_what_was_found(service: Any) -> None:
    """All calls, the organisation and the evening have one row each with the same figures; the bars add up."""
    found = played(service)
    tables = dict(simulated_tables(found, service.instance(), "en"))
    rows = tables["How soon somebody is at the door"]
    assert [row[0] for row in rows] == ["Calls of", "All calls", "A", "Evening"]
    assert rows[1][1:] == rows[2][1:] == rows[3][1:] and rows[1][4] == "15"
    bars = tables["Spread of the minutes to the door"]
    assert sum(float(row[1].removesuffix("\u00a0%")) for row in bars[1:]) == pytest.approx(100, abs=0.5)
    assert [row[0] for row in tables["How busy duties are"][1:]] == ["E E"]
    assert not any("Planned visits" in row[0] for row in tables["What calls ask of people"])


def test_districts_are_rows_for_a_spreadsheet(service: Any) -> None:
    """A place without a district stands by its id; percents with their range."""
    headings, row = district_rows(played(service), "nl")
    assert headings[:2] == ["Buurt", "Deel van de week"] and row[:3] == ["p", "Avond", "a"]
    assert row[4].replace(",", "").isdigit() and len(row) == len(headings)


def test_differences_have_words_and_ranges(service: Any) -> None:
    """With a second nurse nobody waits longer: the difference is told, below zero with a proper minus."""
    alone = played(service)
    for day in range(7):
        service.duty("N2", "E", day)
    together = played(service)
    rows = difference_rows(compare_simulated(together, alone), service.instance(), "nl")
    table = dict(rows[1:])
    assert table["Telefonisch afgehandeld, per week"] == "0,00 (0,00 tot 0,00)"
    assert table["Niemand meteen vrij (procentpunten)"].startswith("−")
    assert "Binnen de norm, A (procentpunten)" in table and "Binnen de norm, Avond (procentpunten)" in table


def test_without_calls_one_sentence_says_so(service: Any) -> None:
    """Old folders have no calls."""
    service.tables["call_sources"].clear()
    assert simulated_sentences(played(service, weeks=2), "nl")[-1].startswith("Er zijn geen oproepen")
