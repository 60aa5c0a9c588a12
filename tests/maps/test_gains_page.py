"""The page on sharing the gain: complete, self-contained, in two languages, and honest about what is not known."""

from __future__ import annotations

import re
import runpy
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from maps.gains import MOST_SHOWN, gains_page
from maps.gains_rollout import rollout_section
from maps.gains_words import VERDICT_MARKS, GainWords
from optimiser.domain.gains import GainSharing

SAMPLE: dict[str, Any] = runpy.run_path(str(Path(__file__).with_name("gains_sample.py")), run_name="gains_sample")


@pytest.fixture(scope="module")
def three() -> GainSharing:
    """Three organisations."""
    found: GainSharing = SAMPLE["three_gain"]()
    return found


@pytest.fixture(scope="module")
def six() -> GainSharing:
    """Six organisations, sampled."""
    found: GainSharing = SAMPLE["six_gain"]()
    return found


class Reader(HTMLParser):
    """Tags and text; fails where one closes that did not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words += data + " "


def words_of(page: str) -> str:
    """What can be read, spaces made single."""
    return re.sub(r"\s+", " ", Reader(page).words)


def test_no_script_no_network(three: GainSharing) -> None:
    """Nothing runs, nothing is fetched, every section has a title that exists."""
    page = gains_page(three)
    reader = Reader(page)
    assert not [tag for tag, _ in reader.tags if tag in ("script", "link", "img", "iframe", "form", "a")]
    rule = next(each["content"] or "" for tag, each in reader.tags if tag == "meta" and each.get("http-equiv"))
    assert "script-src 'none'" in rule and "default-src 'none'" in rule
    assert "url(" not in page and "http" not in page.split("<body", 1)[1]
    ids = {each.get("id") for _, each in reader.tags}
    assert {each["aria-labelledby"] for _, each in reader.tags if "aria-labelledby" in each} <= ids


def test_amounts_of_three_organisations(three: GainSharing) -> None:
    """All save 312,000 of 600,000 cents: 300,000 money and 12,000 care that alfa left open. Alfa and beta save 312,000
    by themselves and would surely leave; money and care stand apart."""
    assert three.coalitions[-1].saved == 312_000
    page = words_of(gains_page(three))
    assert "Samen bespaard € 3.120" in page
    assert "Waarvan kosten € 3.000" in page
    assert "€ 120 tegen de afgesproken prijs" in page
    surest = three.leaving[3]
    assert surest.members == ("alfa", "beta") and surest.verdict == "sure"
    assert re.search(r"Zorg <Alfa> \+ Bèta & Co € \d+ ± € \d+ zeker", page)
    assert "marge rust" not in page and "De marges rusten op 3 weken" in page


def test_names_stay_text(three: GainSharing) -> None:
    """Markup in a name is text; who has no name is called by her id."""
    page = gains_page(three)
    assert "<Alfa>" not in page and "&lt;Alfa&gt;" in page
    assert "gamma" in words_of(page)


def test_the_account_and_the_ledger(three: GainSharing) -> None:
    """Columns of the account add up to zero; alfa gave 6.5 hours and had 2.5."""
    page = words_of(gains_page(three))
    assert three.settlement is not None
    assert "Verrekening" in page and "abonnement per cliënt en" in page
    totals = page.split("totaal", 1)[1]
    assert re.match(r" (−?€ \d[\d.,]* ?){7}", totals)
    assert totals.count("€ 0,00") >= 3
    assert "Zorg <Alfa> 50,0 100 bezoeken 6,5 12 bezoeken – 6,5 2,5 +4,0" in page
    assert "meer dan waarmee de besparing is berekend" not in page
    more = three.settlement.model_copy(update={"shared_out": 12_345})
    page = words_of(gains_page(three.model_copy(update={"settlement": more})))
    assert "€ 123,45 meer dan waarmee de besparing is berekend" in page


def test_set_amounts_are_said_to_be_set(three: GainSharing) -> None:
    """Who set the amounts is told."""
    assert three.settlement is not None
    given = three.settlement.model_copy(update={"fitted": False})
    assert "(vooraf vastgesteld)" in words_of(gains_page(three.model_copy(update={"settlement": given})))
    assert "(vooraf vastgesteld)" not in words_of(gains_page(three))


def test_the_order_and_the_pilots(three: GainSharing) -> None:
    """Alfa and beta first, then gamma who adds nothing; a pilot of the two shows all of the gain, and who compares with
    the weeks before sees it less soon."""
    page = words_of(gains_page(three))
    assert "1. Zorg <Alfa> + Bèta & Co" in page and "2. gamma" in page
    assert "100,0 %" in page
    assert "Geen andere volgorde bespaart meer" in page
    assert three.rollout is not None
    section = rollout_section(GainWords(three.names), three.rollout)
    assert [step["verdict"] for step in section["greedy"]] == ["no", "sure"]
    assert section["pilots"][0]["replanned"] == "ja" and section["pilots"][0]["before_after"] == "nee"
    other = three.rollout.model_copy(update={"best": three.rollout.greedy[::-1], "best_area": 700_000})
    page = words_of(gains_page(three.model_copy(update={"rollout": other})))
    assert "De beste hele volgorde" in page and "bespaart deze volgorde € 7.000, stap voor stap € 6.240" in page


def test_what_is_not_known_is_said(six: GainSharing) -> None:
    """Sampled orders, unknown noise, an unknown core, a way that stopped; no account without a plan."""
    page = words_of(gains_page(six))
    assert "Niet alle groepen zijn doorgerekend" in page
    assert "Er is te weinig doorgerekend" in page
    assert "marge onbekend" in page
    assert "is niet bekend: niet alle groepen" in page
    assert "Verder is niet gerekend" in page
    assert "alleen de werkgeverskosten" in page
    assert "Verrekening" not in page and "Bijlage" not in page
    assert "paren van volgordes" in page and "Volgordes worden in paren getrokken" in page
    assert "mogelijk" in page and "zeker weg" in page
    assert len(six.coalitions) > MOST_SHOWN
    assert f"En {len(six.coalitions) - MOST_SHOWN} groepen meer" in page


def test_better_apart_is_said_first(three: GainSharing) -> None:
    """A group that saves more in two parts, an empty core, lowered claims and a group of parts."""
    last = three.coalitions[-1].model_copy(update={"planned": 200_000, "parts": (("alfa", "beta"), ("gamma",))})
    nucleolus = three.appendix[-1].model_copy(update={"relaxed": 5_000})
    changed = three.model_copy(update={
        "coalitions": (*three.coalitions[:-1], last), "core_empty": True, "least_core": 9_900, "core_doubt": False,
        "appendix": (nucleolus,), "rollout": None,
    })  # fmt: skip
    page = words_of(gains_page(changed))
    assert (
        "als één groep gepland is de besparing € 2.000, los van elkaar (Zorg <Alfa> + Bèta & Co; gamma) € 3.120" in page
    )
    assert (
        "Geen enkele verdeling houdt alle groepen tevreden: bij de beste komt er altijd een groep € 99 tekort" in page
    )
    assert "elke groep krijgt tot € 50 minder" in page
    assert "de som van: Zorg <Alfa> + Bèta & Co; gamma" in page
    assert "In welke volgorde" not in page
    assert "kan dat ook andersom zijn" not in page
    just = changed.model_copy(update={"core_empty": False, "least_core": 0})
    assert "minstens krijgt wat ze zonder de anderen bespaart" in words_of(gains_page(just))
    doubtful = changed.model_copy(update={"core_doubt": True, "least_core_error": 8_000.0})
    assert "kan dat ook andersom zijn (± € 80)" in words_of(gains_page(doubtful))
    quiet = three.model_copy(update={"leaving": tuple(each for each in three.leaving if each.verdict == "no")})
    assert "Geen groep kan zonder de anderen meer besparen" in words_of(gains_page(quiet))


def test_english(three: GainSharing, six: GainSharing) -> None:
    """The same page in English, with English signs, and no Dutch left."""
    page = words_of(gains_page(three, "en"))
    assert "Saved together €3,120" in page and "surely" in page
    for found in (page, words_of(gains_page(six, "en"))):
        assert not re.search(r"\b(groep|kosten|bespaard|verdeling|weken)\b", found)


def test_amounts_as_people_write_them() -> None:
    """Thousands, cents, minus before the sign, no minus of nothing."""
    words = GainWords({})
    assert (
        words.euros(-123_456) == "−€\N{NO-BREAK SPACE}1.235" and words.cents(-123_456) == "−€\N{NO-BREAK SPACE}1.234,56"
    )
    assert (words.euros(-40), words.signed(60), words.signed(-60), words.signed(10)) == (
        "€\N{NO-BREAK SPACE}0",
        "+€\N{NO-BREAK SPACE}1",
        "−€\N{NO-BREAK SPACE}1",
        "€\N{NO-BREAK SPACE}0",
    )
    assert (words.signed_hours(90), words.signed_hours(-90), words.signed_hours(0)) == ("+1,5", "−1,5", "0,0")
    assert words.error(None) == "marge onbekend" and words.error(1200) == "± €\N{NO-BREAK SPACE}12"
    assert GainWords({}, "en").cents(123_456) == "€1,234.56"
    assert set(VERDICT_MARKS) == {"no", "possible", "sure"}
