"""The one catalogue: every key that code uses is there, in both languages, with the same placeholders."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

from optimiser.texts import LANGUAGES, catalogue

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("optimiser", "instances", "maps")
SOURCES = [ROOT / "cli.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
TEMPLATES = [file for file in (ROOT / "maps").rglob("*") if file.suffix in (".html", ".j2", ".jinja", ".jinja2")]
KEY = re.compile(r"^[a-z_]+(\.[a-z0-9_]+)+$")


def placeholders(words: str) -> set[str]:
    """The names between braces, without their formats."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def text_calls(tree: ast.AST) -> list[tuple[str, set[str] | None]]:
    """Constant keys given to ``text`` with the names of the values (None when they are spread)."""
    calls = []
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "text"):
            continue
        if node.args and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
            names = {each.arg for each in node.keywords}
            calls.append((node.args[0].value, None if None in names else {name for name in names if name}))
    return calls


def test_every_entry_has_both_languages_and_nothing_else() -> None:
    """An entry holds exactly nl and en, neither empty."""
    for key, words in catalogue().items():
        assert set(words) == set(LANGUAGES), key
        assert all(each.strip() for each in words.values()), key


def test_both_languages_use_the_same_placeholders() -> None:
    """What one language fills in, the other fills in too."""
    for key, words in catalogue().items():
        assert placeholders(words["nl"]) == placeholders(words["en"]), key


def test_every_key_that_code_names_exists_with_the_values_it_needs() -> None:
    """A constant key in a call of text() is in the catalogue, and the call gives each placeholder."""
    for file in SOURCES:
        for key, given in text_calls(ast.parse(file.read_text(encoding="utf-8"))):
            assert key in catalogue(), f"{file.name}: {key}"
            needed = placeholders(catalogue()[key]["nl"])
            assert given is None or needed <= given, f"{file.name}: {key} needs {needed}, gets {given}"


def test_every_key_is_used() -> None:
    """No entry is left behind: its key stands in code or a template, or a part of it before a dot and something that is
    filled in; of the command line its help is asked by the rest of the key."""
    code = "\n".join(file.read_text(encoding="utf-8") for file in [*SOURCES, *TEMPLATES])
    named = set(re.findall(r"[a-z_]+(?:\.[a-z0-9_]+)+", code))
    begun = set(re.findall(r"([a-z_]+(?:\.[a-z0-9_]+)*)\.[{\"']", code))
    helped = set(re.findall(r'help_text\(\s*"([a-z_.]*)"', code))
    words = set(re.findall(r"\w+", code))
    for key in catalogue():
        assert KEY.match(key), key
        parts = key.split(".")
        stems = {".".join(parts[:length]) for length in range(1, len(parts))}
        asked = key.startswith("cli.help") and key.removeprefix("cli.help") in helped
        # a key whose parts are put together: its last part stands in code as a word of its own
        spread = not key.startswith("cli.help") and parts[-1] in words
        assert key in named or stems & begun or asked or spread, key


PAIRS = {
    "nl": "bezoek/bezoeken dienst/diensten medewerker/medewerkers cliënt/cliënten week/weken dag/dagen regel/regels "
    "signaal/signalen zorgmoment/zorgmomenten nacht/nachten maand/maanden zondag/zondagen weekend/weekenden "
    "gebied/gebieden buurt/buurten gemeente/gemeenten inwoner/inwoners organisatie/organisaties rit/ritten "
    "gezicht/gezichten groep/groepen rij/rijen zoekrun/zoekruns nachtdienst/nachtdiensten plan/plannen stap/stappen",
    "en": "visit/visits duty/duties nurse/nurses client/clients week/weeks day/days rule/rules row/rows signal/signals "
    "night/nights month/months Sunday/Sundays weekend/weekends district/districts municipality/municipalities "
    "inhabitant/inhabitants organisation/organisations trip/trips leg/legs face/faces group/groups "
    "violation/violations plan/plans step/steps employee/employees",
}
SINGULAR = {
    language: {more: one for one, _, more in (each.partition("/") for each in words.split())}
    for language, words in PAIRS.items()
}
"""Language -> plural -> singular."""
NEVER_ONE = {"least", "most", "all", "all_runs", "all_areas", "total", "limit", "value", "known"}
"""Placeholders that are limits, or a whole of which something is a part."""
TOLD_APART = {
    "map.visits", "map.pair.iterations", "map.pair.seconds", "compare.weeks.more", "compare.seeds.more",
    "call_list.ask.served.some", "growth.about_weeks", "growth.compared.open", "compare.doubt.few_weeks",
    "check.explain.several", "input.got.districts", "roster.open.visits", "cli.check.shortfall",
    "map.response.table.more", "map.response.says",
}  # fmt: skip
"""Entries for more than one only (code takes another entry for one), or for a figure with decimals."""


def test_one_is_not_written_as_more() -> None:
    """Where a count stands before a plural, the text says what it is for one: ``{count:bezoek|bezoeken}``."""
    wrong = []
    for key, words in catalogue().items():
        if key in TOLD_APART or ".js." in key:
            continue
        for language in LANGUAGES:
            found = re.findall(r"\{(\w+)(?::n)?\}[ \u00a0]([^\W\d_]+)", words[language])
            wrong += [key for name, noun in found if noun in SINGULAR[language] and name not in NEVER_ONE]
    assert not wrong


def test_both_forms_are_of_one_word() -> None:
    """The first form is that for one: a noun in the singular, or a verb that goes with it."""
    for key, words in catalogue().items():
        for language in LANGUAGES:
            for _, _, spec, _ in Formatter().parse(words[language]):
                one, bar, more = (spec or "").partition("|")
                first, last = one.split()[:1], more.split()[:1]
                if bar and last and last[0] in SINGULAR[language]:
                    assert first == [SINGULAR[language][last[0]]], (key, spec)
                assert not bar or (one and more and one != more), (key, spec)
