"""The business case, the works council's paper and the own sheet as pages: whole, closed, and silent about others."""

from __future__ import annotations

import re
import runpy
from html import escape, unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from maps.business_case import business_page
from maps.own_changes import own_changes_page
from maps.works_council import works_council_page
from optimiser.domain.comparison import Difference
from optimiser.report.business_case import business_case
from optimiser.report.figures_kinds import FIGURES
from optimiser.report.own_changes import own_changes
from optimiser.report.works_council import works_council
from optimiser.texts import LANGUAGES, text


@pytest.fixture(scope="session")
def made() -> Any:
    """The module that makes the pages."""
    return runpy.run_path(str(Path(__file__).with_name("business_pages.py")), run_name="business_pages")


@pytest.fixture(scope="session")
def both(team: Any, made: Any) -> dict[str, dict[str, str]]:
    """Language -> the pages."""
    return {language: made["pages"](team, language) for language in LANGUAGES}


@pytest.fixture
def pages(both: dict[str, dict[str, str]]) -> dict[str, str]:
    """The pages in Dutch."""
    return both["nl"]


class Words(HTMLParser):
    """The words that people read, and every tag with its attributes; fails where a tag closes that is not open."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in {"meta", "br"}:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in {"style", "title"}:
            self.words.append(data)

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(" ".join(self.words).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_are_whole_and_closed(both: dict[str, dict[str, str]], language: str) -> None:
    """Valid nesting, the page's language, no script, nothing fetched, no key or placeholder left unfilled."""
    for name, page in both[language].items():
        found = Words(page)
        assert ("html", {"lang": language}) in found.tags, name
        assert not [tag for tag, _ in found.tags if tag in ("script", "link", "img", "iframe", "form", "a")], name
        rule = next(each["content"] or "" for tag, each in found.tags if tag == "meta" and each.get("http-equiv"))
        assert "script-src 'none'" in rule and "default-src 'none'" in rule
        unfilled = r"https?:|\{[a-z_]+\}|\b(business|works_council|own_changes)\.(?!toml)[a-z]+"
        assert not re.search(unfilled, found.text), name


def test_numbers_are_written_as_the_language_does(both: dict[str, dict[str, str]]) -> None:
    """73.200 inhabitants in Dutch, 73,200 in English; euros with a proper minus."""
    dutch, english = (Words(both[language]["business_case.html"]).text for language in ("nl", "en"))
    assert "73.200 inwoners" in dutch and "73,200 inhabitants" in english and "−€ " in dutch


def test_what_is_missing_stands_on_the_page_and_has_no_euros(pages: dict[str, str]) -> None:
    """Each missing input by its words and its place; with all given the section is gone."""
    empty, full = (Words(pages[f"business_case{name}.html"]).text for name in ("_empty", ""))
    for path in ("case.first_year", "rates.hire_eur_per_hour", "vat.lending_exempt", "parties.aafje.clients"):
        assert path in empty and path not in full
    assert "Wat nog ontbreekt" in empty and "Wat nog ontbreekt" not in full
    assert "Niet uit te rekenen zolang een kostenpost" in empty and "Terugverdiend: laag" in full
    assert "Voorlopig" in full


def test_lines_are_marked_as_money_or_room(pages: dict[str, str]) -> None:
    """Hired hours and kilometres are realisable, travel and hours that come free are room."""
    page = pages["business_case.html"]
    for words, mark in (("Minder uren inhuren", "realisable"), ("Kilometervergoeding", "realisable"),
                        ("Overige uren die vrijkomen", "room"), ("Ter toelichting: minder", "room")):  # fmt: skip
        row = page[page.index(words):]
        assert re.search(r'class="mark (\w+)"', row)[1] == mark  # type: ignore[index]


def test_what_chance_may_have_made_is_told_apart(pages: dict[str, str]) -> None:
    """The allowance for irregular hours is no clear difference: (610 - 540) euros a week less are sure."""
    words = Words(pages["business_case.html"]).text

    def expected(said: str) -> int:
        found = re.search(re.escape(said) + r" € [\d.]+ € ([\d.]+)", words)
        assert found, said
        return int(found[1].replace(".", ""))

    everything, certain = expected("Verzilverbaar, voor zover bekend"), expected("en opgegeven regels")
    assert everything - certain == pytest.approx(expected("Onregelmatigheidstoeslag verzilverbaar"), abs=2)


def test_no_person_and_no_client_on_papers_for_boards_and_councils(team: Any, pages: dict[str, str]) -> None:
    """No id and no name of a nurse, client or place; on the business case no district either."""
    private = [each.id for each in (*team.instance.nurses, *team.instance.clients, *team.instance.places)]
    private += [each.name for each in team.names.values()] + [each.address for each in team.names.values()]
    districts = [each.id for each in team.instance.districts]
    for name in ("business_case.html", "business_case_empty.html", "works_council.html"):
        words = unescape(pages[name])
        for each in (*private, *(districts if name != "works_council.html" else ())):
            assert not each or not re.search(rf"(?<![\w-]){re.escape(each)}(?![\w-])", words), (name, each)


def test_a_councils_paper_has_no_number_of_nurses_under_five(pages: dict[str, str]) -> None:
    """Every number in the tables of spreads is 0 or at least 5."""
    cells = re.findall(r'<td>(\d+)<span class="bar', pages["works_council.html"])
    assert len(cells) > 8 and all(int(cell) == 0 or int(cell) >= 5 for cell in cells)


def test_a_councils_paper_says_why_it_shows_nothing(team: Any) -> None:
    """The small team has five nurses, three of one organisation: neither is shown apart, nor all."""
    figures: dict[str, dict[str, dict[str, float | None]]] = {
        nurse.id: {"single": {}, "joint": {}} for nurse in team.instance.nurses
    }
    refused = works_council(team.instance, figures, "single", "joint", "aafje")
    assert "door aftrekken bekend" in Words(works_council_page(refused, team.instance)).text
    refused = works_council(team.instance, figures, "single", "joint")
    assert "kent haar eigen medewerkers" in Words(works_council_page(refused, team.instance)).text


def test_a_councils_paper_tells_rules_weights_and_data(team: Any, pages: dict[str, str]) -> None:
    """The law's daily rest, the price of a refused wish, the date of birth and why, and what is computed of a nurse."""
    words = Words(pages["works_council.html"]).text
    for said in ("ATW 5:3 lid 2", "wens geweigerd 30", "geboren om wet en cao na te rekenen", "WOR art. 27",
                 "er is geen score en geen oordeel over een persoon"):  # fmt: skip
        assert said in words, said


def test_one_week_has_no_bounds(team: Any, made: Any) -> None:
    """With one week measured, low and high are the same amount: the page says that this is no certainty, and nowhere
    that it lies between the two. With five weeks it does."""
    whole = made["comparison"](team.instance)
    once = {
        name: Difference(median=each.median, low=each.median, high=each.median, n=1)
        for name, each in whole.total.differences["joint-single"].items()
    }
    total = whole.total.model_copy(update={"differences": {"joint-single": once}})
    plans = {"joint": team.plan, "single": made["other_plan"](team)}
    said = []
    for each in (whole.model_copy(update={"total": total}), whole):
        case = business_case(each, team.instance, team.travel, made["INPUTS"], "joint", "single", plans)
        said.append(Words(business_page(case, team.instance)).text)
    assert "in maar één week gemeten" in said[0] and "laag en hoog zijn geen grenzen" in said[0]
    assert "één week gemeten" not in said[1] and re.search(r"tussen −?€ [\d.]+ en −?€", said[1])


def test_a_council_is_told_every_figure_that_is_computed_of_a_nurse(pages: dict[str, str]) -> None:
    """Each figure that a comparison has by nurse, time with clients and waiting among them; that each is thought away
    once; and that who makes the comparison has everybody's roster."""
    words = Words(pages["works_council.html"]).text
    for kind in FIGURES:
        if "nurse" in kind.levels:
            assert text(f"figure.{kind.name}", "nl") in words, kind.name
    assert "om de beurt een dag weggedacht" in words and "heeft de hele roosters" in words


def test_the_own_sheet_names_her_clients_and_nobody_else(team: Any, made: Any) -> None:
    """For each nurse, between two plans: her own clients of either plan are named, those of another organisation who do
    not know her by id only, since nothing is agreed yet; no other client, no colleague, no address, number, note or
    place stands on it."""
    instance, other = team.instance, made["other_plan"](team)
    names = {key: made_up(key, each) for key, each in team.names.items()}
    strange_clients = 0
    for nurse in instance.nurses:
        found = own_changes(instance, team.travel, other, team.plan, nurse.id)
        page = own_changes_page(found, instance, names)
        own = {each.client for each in found.clients}
        strange = {each.client for each in found.clients if each.other and not each.known}
        strange_clients += len(strange)
        for identity, person in names.items():
            if identity in strange:
                assert person.name not in unescape(page) and identity in Words(page).text
            elif identity == nurse.id or identity in own:
                assert escape(person.name, quote=False) in unescape_quotes(page)
            else:
                assert person.name not in unescape(page), (nurse.id, identity)
                assert not re.search(rf"(?<![\w-]){identity}(?![\w-])", Words(page).text), (nurse.id, identity)
            assert not any(secret in page for secret in (person.address, person.phone, person.notes, person.key_box))
        assert not any(re.search(rf"\b{place.id}\b", Words(page).text) for place in instance.places)
    assert strange_clients


def made_up(key: str, person: Any) -> Any:
    """A person all whose data can be found again."""
    words = {field: f"geheim-{field}-{key}-x" for field in ("address", "phone", "notes", "key_box")}
    return type(person)(id=person.id, name=f"Naam-{key}-x", **words)


def unescape_quotes(page: str) -> str:
    """Quotes as people read them, other marks as they stand."""
    return page.replace("&#34;", '"').replace("&#39;", "'")


def test_names_cannot_run(pages: dict[str, str]) -> None:
    """Names with markup stand there as words."""
    assert "<script>alert" not in pages["own_N1.html"] and "<i>C" not in pages["own_N1.html"]


def test_a_student_is_told_whose_route_it_is(pages: dict[str, str]) -> None:
    """She has duties and no clients; her companion is not named."""
    words = Words(pages["own_N6.html"]).text
    assert "U loopt mee met uw begeleider" in words and "Anouk" not in words and "Jouw cliënten" not in words


def test_the_own_sheet_is_plain(pages: dict[str, str]) -> None:
    """What changed in words, days, and that it is no roster yet."""
    words = Words(pages["own_N1.html"]).text
    assert "nog geen rooster" in words and "Alleen voor u en uw leidinggevende" in words
    assert "Je diensten blijven alle dagen gelijk." in words and "Komen erbij: alleen bij Samen" in words
