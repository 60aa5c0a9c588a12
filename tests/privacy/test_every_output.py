"""Every file is searched for everyone: what it tells of people whom its reader may not see, and where it could ask."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from instances.catalogue import locate
from instances.names import read_names
from instances.realised_template import realised_template
from maps.call_list import call_list_page
from maps.card_files import card_files
from maps.compare import compare_page
from maps.own_changes import own_changes_page
from optimiser.check.checker import check
from optimiser.domain.card import Bring
from optimiser.errors import InputError
from optimiser.report.call_table import call_rows
from optimiser.report.compare_openness import seen_by
from optimiser.report.entries import Entry, Held
from optimiser.report.entries_words import entry_lines
from optimiser.report.own_changes import own_changes
from optimiser.report.pseudonyms import pseudonymised

CARD = re.compile(r"cards/(?P<nurse>M-\w+)_(?P<day>week|[\d-]{10})\.html")
ALWAYS_SECRET = {"notes", "key_box"}
TESTS = Path(__file__).resolve().parents[1]
MAPS = TESTS / "maps"
PLAN = str(TESTS / "instances" / "six_nurses_plan.json")
MADE = runpy.run_path(str(TESTS / "report" / "comparison_built.py"), run_name="comparison_built")


def clients_of(marked: Any, nurse: str, day: str) -> set[str]:
    """Whom she visits that day (or week), of a student on the days that she follows her companion's clients."""
    duties = [each for each in marked.plan.duties if day in ("week", each.day.isoformat())]
    whose = {(each.follows or nurse, each.day) for each in duties if each.nurse == nurse}
    stops = [stop for each in duties if (each.nurse, each.day) in whose for stop in each.stops]
    return {marked.instance.visit_by_id[stop.id].client for stop in stops if stop.what == "visit"}


def colleagues_of(marked: Any, nurse: str, day: str) -> set[str]:
    """Whom her card must name: partners of her two-nurse visits, her companion, and who is on call meanwhile."""
    duties = [each for each in marked.plan.duties if day in ("week", each.day.isoformat())]
    companions = {each.follows for each in duties if each.nurse == nurse and each.follows}
    mine = [each for each in marked.plan.duties if each.nurse in {nurse, *companions} and each in duties]
    visits = {stop.id for each in mine for stop in each.stops if stop.what == "visit"}
    partners = {each.nurse for each in marked.plan.duties if any(stop.id in visits for stop in each.stops)}
    on_call = {
        each.nurse for each in marked.plan.duties for own in mine
        if each.lane == "standby" and each.start < own.end and own.start < each.end
    }  # fmt: skip
    return partners | companions | on_call


def told(outputs: Any, text: str, persons: Iterable[Any]) -> dict[str, set[str]]:
    """Id -> what stands in the text of that person; nobody without anything."""
    found = {each.id: outputs.told_of(text, each) for each in persons}
    return {identity: fields for identity, fields in found.items() if fields}


def test_a_card_holds_its_own_clients_and_no_other(marked: Any, files: dict[str, str], outputs: Any) -> None:
    """Day and week: of her clients what she needs at the door but no code or note; of all others not even an id.
    Colleagues only where she must meet or call them; never where anybody lives."""
    cards = {name: CARD.fullmatch(name) for name in files if name.startswith("cards/")}
    assert len(cards) > 25 and all(cards.values())
    for name, found in cards.items():
        assert found is not None
        nurse, day = found["nurse"], found["day"]
        seen = told(outputs, files[name], marked.people.values())
        clients = {each for each in seen if each.startswith("C-")}
        assert clients == clients_of(marked, nurse, day), name
        assert {each for each in seen if each.startswith("M-")} - {nurse} <= colleagues_of(marked, nurse, day), name
        assert not [each for each in seen if seen[each] & ALWAYS_SECRET], name
        assert not [each for each in seen if each.startswith("M-") and "address" in seen[each]], name
        orders = {mark for each in marked.instance.visits if each.client not in clients
                  if (mark := each.id.split("/")[0])}  # fmt: skip
        assert not [each for each in orders if each in files[name]], name


def test_a_locked_card_has_the_codes_of_its_own_clients(marked: Any, outputs: Any) -> None:
    """What goes into the envelope opens the doors of that day and no other."""
    nurse = next(each.nurse for each in marked.plan.duties if each.stops)
    for name, page in card_files(
        marked.instance, marked.travel, marked.plan, marked.names, nurse=nurse, key_boxes=True
    ):
        seen = told(outputs, outputs.readable(page), marked.people.values())
        opened = {each for each in seen if "key_box" in seen[each]}
        assert opened == clients_of(marked, nurse, name.removesuffix(".html").rpartition("_")[2])


def test_what_is_brought_for_one_client_stays_with_her_visits(marked: Any, outputs: Any) -> None:
    """Words about one order stand on the cards of who goes there."""
    order = marked.instance.visits[0].id.split("/")[0]
    visits = tuple(each.model_copy(update={"order": each.id.split("/")[0]}) for each in marked.instance.visits)
    instance = marked.instance.model_copy(update={"visits": visits})
    bring = (Bring(work=order, items="Zalfbijzonder"),)
    pages = dict(card_files(instance, marked.travel, marked.plan, marked.names, bring=bring))
    with_it = {name for name, page in pages.items() if "Zalfbijzonder" in outputs.readable(page)}
    stops = [(each.nurse, each.day, stop.id) for each in marked.plan.duties for stop in each.stops]
    expected = {f"{nurse}_{day}.html" for nurse, day, done in stops if done.split("/")[0] == order}
    student = {f"{each.nurse}_{each.day}.html" for each in marked.plan.duties
               if each.follows and f"{each.follows}_{each.day}.html" in expected}  # fmt: skip
    assert with_it == expected | student and with_it


def test_pages_of_the_manager_open_no_door(files: dict[str, str], marked: Any, outputs: Any) -> None:
    """Roster, team map and pair name people; no code, note, number, safety or parking word, and no nurse's address."""
    for name in ("roster.html", "team.html", "pair.html"):
        seen = told(outputs, files[name], marked.people.values())
        assert seen, name
        assert not {field for fields in seen.values() for field in fields} - {"id", "name", "address"}, name
        assert not [each for each in seen if each.startswith("M-") and "address" in seen[each]], name


def test_exports_and_tables_hold_ids_only(files: dict[str, str], marked: Any, outputs: Any) -> None:
    """No name, address or number; a workbook that was given names has those of nurses."""
    names = [name for name in files if name.startswith("export.") or name.endswith(".csv")]
    assert len(names) > 10
    for name in names:
        seen = told(outputs, files[name], marked.people.values())
        allowed = {"id", "name"} if name.startswith("export.xlsx") else {"id"}
        assert all(fields <= allowed for each, fields in seen.items() if each.startswith("M-")), name
        assert all(fields <= {"id"} for each, fields in seen.items() if each.startswith("C-")), name


def test_a_calendar_is_of_one_nurse_and_of_no_client(files: dict[str, str], marked: Any, outputs: Any) -> None:
    """It may lie in a cloud: her own id, and nobody else's."""
    calendars = [name for name in files if name.endswith(".ics")]
    assert calendars
    for name in calendars:
        own = name.split("/")[1].removesuffix(".ics")
        assert set(told(outputs, files[name], marked.people.values())) == {own}
        assert not re.search(r"LOCATION|GEO:|ATTENDEE", files[name])


def test_no_file_asks_a_network(files: dict[str, str], outputs: Any) -> None:
    """No address but the names of formats; who made the map is said without a link."""
    found = {name: addresses for name in files if (addresses := outputs.outside(files[name]))}
    assert not found


def test_wishes_and_leave_stand_in_no_nurses_file(files: dict[str, str]) -> None:
    """Neither her own nor anybody's: a card and a calendar are about work."""
    for name in (each for each in files if each.startswith("cards/") or each.endswith(".ics")):
        words = re.findall(r"[a-zà-ÿ]+", re.sub(r"<(script|style).*?</\1>", " ", files[name], flags=re.DOTALL).lower())
        assert not {"wens", "wenst", "verlof", "ziek", "saldo", "scholing"} & set(words), name


def test_a_sheet_of_own_changes_is_of_one_nurse(marked: Any, outputs: Any) -> None:
    """Her clients before and after, no colleague, and nobody's cell of names.csv."""
    for nurse in marked.instance.nurses:
        found = own_changes(marked.instance, marked.travel, marked.plan, marked.plan, nurse.id)
        page = outputs.readable(own_changes_page(found, marked.instance, marked.names))
        seen = told(outputs, page, marked.people.values())
        assert {each for each in seen if each.startswith("M-")} == {nurse.id}
        assert {each for each in seen if each.startswith("C-")} <= {each.client for each in found.clients}
        assert not {field for fields in seen.values() for field in fields} - {"id", "name"}
        assert not outputs.outside(page)


def test_what_a_nurse_hears_of_her_entries_names_no_colleague(marked: Any, outputs: Any) -> None:
    """Rivals and holders stay unnamed, and a reason that names one is left out."""
    one, two, three = (each.id for each in marked.instance.nurses[:3])
    kind = marked.instance.shift_kinds[0].id
    entry = Entry(one, marked.instance.first_monday, "own", kind, False, 60, holders=(Held(two, kind),),
                  rivals=(Held(two, kind), Held(three, kind)), reason=f"{two} heeft verlof.")  # fmt: skip
    for language in ("nl", "en"):
        lines = " ".join(entry_lines(marked.instance, [entry], one, language))
        assert lines and not told(outputs, lines, marked.people.values())


def test_a_call_list_names_whom_to_call_and_nobody_else(team: Any, outputs: Any) -> None:
    """Clients and nurses of the list with their numbers; no key box, no note; its table holds ids only."""
    repaired = runpy.run_path(str(MAPS / "repaired_team.py"), run_name="repaired_team")["repaired_team"](team)
    page = outputs.readable(call_list_page(repaired.now, repaired.calls, repaired.names))
    assert "4711" not in page and "Sleutel" not in page and not outputs.outside(page)
    listed = " ".join(map(repr, (repaired.calls,)))
    for each in team.instance.clients:
        on_page = re.search(rf"(?<![\w-]){each.id}(?![\w-])", page) is not None
        assert not on_page or re.search(rf"'{each.id}'", listed), each.id
    headings, rows = call_rows(repaired.now, repaired.calls, "nl")
    table = " ".join(map(str, (*headings, *(cell for row in rows for cell in row))))
    assert not [each.name for each in team.names.values() if each.name in table]


def test_under_other_codes_nothing_of_the_first_is_left(marked: Any, outputs: Any) -> None:
    """All files made of the pseudonymised plan: no id, name, address, number or place of the originals, anywhere."""
    key = bytes(range(32))
    instance, travel, plan = pseudonymised(marked.instance, marked.travel, marked.plan, key)
    report = check(instance, plan.contract, travel, plan)
    made = outputs.made(instance, travel, plan, report, {}, before=plan, weeks=[True])
    marks = [outputs.mark(each.id) for table in ("nurses", "clients", "places", "orders", "tasks")
             for each in getattr(marked.instance, table)]  # fmt: skip
    for name, content in made.items():
        text = outputs.readable(content) + name
        assert not told(outputs, text, marked.people.values()), name
        assert not [each for each in marks if each in text], name


def test_messages_repeat_no_cell_of_names(tmp_path: Path) -> None:
    """A names table with faults is refused with places, not with what stands there."""
    (tmp_path / "names.csv").write_text(
        "id;naam;adres;telefoon;bijzonderheden;sleutelkluis\nGeheim naam!;Geheim;Geheim;Geheim;Geheim;Geheim\nn1\n",
        encoding="utf-8",
    )
    for language in ("nl", "en"):
        with pytest.raises(InputError) as error:
            read_names(tmp_path, language)
        assert "names.csv" in str(error.value) and "Geheim" not in str(error.value)


def test_the_days_of_cards_are_those_of_the_plan(marked: Any, files: dict[str, str]) -> None:
    """A card for each nurse and day with a duty: none is forgotten by the search above."""
    days = {(each.nurse, each.day) for each in marked.plan.duties}
    cards = [found for name in files if (found := CARD.fullmatch(name)) and found["day"] != "week"]
    assert {(each["nurse"], date.fromisoformat(each["day"])) for each in cards} == days


def test_forms_to_fill_in_hold_ids_only(marked: Any, outputs: Any) -> None:
    """The tables in which the hours really worked are written down, made from the plan."""
    for content in realised_template(marked.plan, marked.instance):
        seen = told(outputs, content, marked.people.values())
        assert seen and all(fields == {"id"} for fields in seen.values())


def test_a_comparison_for_one_organisation_names_no_nurse_of_the_other() -> None:
    """Also where the contract opens the figures of each organisation, and names who consented."""
    for level in ("own", "totals", "organisations"):
        made = MADE["built"](contracts=MADE["open_to"](level))
        for own in ("maas", "rotte"):
            seen = seen_by(made, own, MADE["CLIENTS"], MADE["EMPLOYERS"], MADE["KINDS"])
            page = compare_page(seen, MADE["KINDS"], "nl", None, MADE["NAMES"]) + seen.model_dump_json()
            others = [nurse for nurse, employer in MADE["EMPLOYERS"].items() if employer != own]
            assert others and not [nurse for nurse in others if re.search(rf"(?<![\w-]){nurse}(?![\w-])", page)]


COMMANDS = (
    ["validate", "six_nurses"], ["show", "six_nurses"], ["rules", "six_nurses"], ["check", "six_nurses", PLAN],
    ["check", "six_nurses", PLAN, "--explain"], ["why", "six_nurses", PLAN, "--visit", "o1/2026-12-07/1"],
    ["why", "six_nurses", PLAN, "--nurse", "nobody", "--visit", "x"], ["map", "six_nurses", PLAN, "--nurse", "m1"],
    ["capacity-light", "six_nurses", PLAN],
    ["plan", "six_nurses", "--iterations", "1", "--out", "{out}", "--sharing", "nobody"],
)  # fmt: skip


@pytest.mark.parametrize("asked", COMMANDS, ids=lambda each: "-".join(each[:1] + each[3:4]))
def test_what_commands_say_names_nobody(asked: list[str], tmp_path: Path) -> None:
    """On the screen and in messages about mistakes: ids only, no name, address or number of names.csv."""
    names = read_names(locate("six_nurses"))
    people = [each for key, each in names.items() if key not in ("maas", "rotte")]
    for language in ("nl", "en"):
        done = CliRunner().invoke(main, [each.replace("{out}", str(tmp_path)) for each in asked] + ["--lang", language])
        assert "Traceback" not in done.output and len(done.output) > 10
        found = [
            each.id for each in people for cell in (each.name, each.address, each.phone) if cell and cell in done.output
        ]
        assert not found
