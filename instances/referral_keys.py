"""The keys of a referral file: its tables, Dutch or English, and what a value of TOML is as a cell."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from instances.columns import flat_heading
from instances.rows import shown
from instances.sheets import Faults, near, read_text

SECTIONS = {"order": "opdracht", "client": "cliënt", "place": "plek", "conditions": "voorwaarden"}
"""The tables of the file, English and Dutch."""
BESIDE = {"latest_start": "uiterste_start", "times": "andere_tijden"}
"""Keys of the order that are none of the table ``orders``."""
CONDITIONS = {
    "handover_received": "overdracht_ontvangen", "material_at_home": "medicatie_en_materiaal_thuis",
    "order_form": "uitvoeringsverzoek", "medically_ready": "medisch_gereed",
}  # fmt: skip
MET, NOT_MET = ("yes", "ja", "true"), ("no", "nee", "not yet", "nog niet", "false", "")


def tables_of(path: Path, faults: Faults) -> dict[str, dict[str, Any]] | None:
    """English section -> its keys; None, with a fault, when the file is no TOML."""
    content = read_text(path, faults)
    if content is None:
        return None
    try:
        raw = tomllib.loads(content)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        row = re.search(r"line (\d+)", str(error))
        faults.put(path.name, int(row[1]) if row else 0, "", faults.say("expected.toml"), str(error))
        return None
    english = both_names(SECTIONS)
    found: dict[str, dict[str, Any]] = {}
    for key, value in raw.items():
        name = english.get(flat_heading(key))
        if name is None:
            unknown_key(path.name, key, key, english, faults)
        elif not isinstance(value, dict):
            faults.put(path.name, 0, key, faults.say("expected.table", name=key), shown(value))
        else:
            found[name] = value
    return found


def split_keys(keys: Mapping[str, Any], names: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The keys that are none of ``names``, and those that are, by their English name."""
    known = both_names(names)
    rest = {key: value for key, value in keys.items() if flat_heading(key) not in known}
    return rest, {known[flat_heading(key)]: value for key, value in keys.items() if flat_heading(key) in known}


def both_names(names: Mapping[str, str]) -> dict[str, str]:
    """Both headings, flat -> the English name."""
    return {flat_heading(each): english for english, dutch in names.items() for each in (english, dutch)}


def cell_of(value: Any) -> str:
    """A value of TOML as the text of a cell: lists with spaces between."""
    return " ".join(shown(each) for each in value) if isinstance(value, list) else shown(value).strip()


def unknown_key(file: str, where: str, key: str, known: Mapping[str, Any], faults: Faults) -> None:
    """A fault for a key that nobody knows, with the one that was probably meant."""
    expected, meant = faults.say("expected.known_key"), near(flat_heading(key), known)
    if meant:
        expected = faults.say("expected.near", expected=expected, near=meant)
    faults.put(file, 0, where, expected, key)
