"""``python -m instances.reference`` writes docs/reference/format.md to standard output, from the tables themselves."""

from __future__ import annotations

import sys
from datetime import date
from typing import Any, Literal, get_args, get_origin

from instances.bring import BRING
from instances.columns import Column, Table
from instances.current import DRIVEN
from instances.names import NAMES
from instances.reference_toml import KEYS
from instances.rosters import DUTIES
from instances.tables import TABLES
from optimiser.domain.noun import Noun

INTRODUCTION = """\
# Format of an instance

Made from the tables in the code by `python -m instances.reference`; a test compares.

An instance is a folder: `instance.toml` and one CSV file for each table. `samenrooster validate FOLDER` names every
fault of every file at once, with file, row (as the spreadsheet counts: the headings are row 1) and column.

**Read** are UTF-8 with or without byte order mark; semicolons or commas between cells; decimal comma or point; headings
in Dutch or English, in any case, with or without spaces, dashes and underscores; words such as `avond` in either
language; dates as `2026-12-07` or `7-12-2026`; clock times as `07:30`, from `24:00` on the next day (`31:00` is 07:00);
`ja`, `nee`, `yes`, `no`, `1`, `0`. Lists in a cell have spaces, semicolons or commas between their values. Hours are
`7,5`, `7.5` or `7:30`. An empty cell is the default. Columns may stand in any order; optional ones may be absent.
A file, column or key that is not named here is a fault, so that a typing error is never ignored.

**Written** is one way, which a Dutch Excel opens by a double click: UTF-8 with byte order mark, semicolons, CRLF,
decimal commas, Dutch headings and words, ISO dates. In Excel save as *CSV UTF-8*. A text that a spreadsheet would run
as a formula (it begins with `=`, `+`, `-`, `@`, tab or return) is written with an apostrophe before it, which reading
takes off again.

Ids are letters, digits, dots, dashes and underscores. Names and addresses belong in `names.csv` only.

## instance.toml

`[instance]` holds `name` (an id), `first_monday` (a date) and `weeks` (1 to 53). `[provenance]` holds what you like to
say about where the tables come from.
"""
EXPANSION = """
## From orders to visits

Each order becomes visits with ids `order/date/number`, `number` counting its windows. A visit lasts the order's
minutes, else the sum of its acts, plus `reporting_minutes`. It asks all skills of its acts and the highest level. It is
for two nurses when the order or an act says so, when the second check is at the client, or when the client is unsafe.
With `free:2` the week from Monday is cut into two runs of days (three and four); each run is one visit with a window on
each of its days inside the order's dates, and its id has the first of these days. An act is reserved unless it says
otherwise; a date of an order form on the order then limits the visits, and an order without one is taken as without
end, with a warning.

A row of `visits` with the id of an expanded visit changes the cells that are filled; with another id it is a visit by
itself (an id `order/...` makes it one of that order, with its client and acts).

A link between two orders ties each visit of the first to the earliest later visit of the second that can keep the gap;
between an order and one visit or task, the nearest that can. `tussentijd_min` and `tussentijd_max` of an order tie each
of its visits to the next.

## Base rosters

A row of `cycles` gives a duty in week `week` of every `weeks` weeks, counted from the week of `first_monday`; before
that Monday it gives none. Each occurrence in the horizon is a given duty, `base` or `wish`, as if it stood in
`duties_given`. A row of `duties_given` for that nurse, day and lane goes before it, whatever its status: write the
exception there. An occurrence that overlaps leave, sickness, training or other absence falls away. Two rows that would
meet in some week, inside the horizon or later, are a fault. Occurrences are never written into `duties_given`.

## Unplanned calls

`call_sources` says how many calls a plain week has, `call_hours` how they are spread over the hours of a week (for each
type by weight, the hours that no row names have none), `call_types` what they ask. The calls of an hour do not depend
on each other. A window past midnight keeps the class of the day on which it begins, and two windows of one type may not
overlap. A shift kind of line 1 answers calls, one of line 2 is its back-up; it answers for the sources in its area, or
without an area for all sources of the organisations that share its cover. Areas of a division count only under a
contract that names the division; without one their kinds are not planned and their cover rows ask nothing. An instance
with call sources may do without clients, acts and orders.

## Counters

All end with the last day before the horizon; they say what the table context does not reach back to. `balance_minutes`
is work done beyond the contract (below zero: owed). `evenings_year`, `nights_year`, `weekends_year` and `holidays_year`
count this year for a fair spread. `nights_16_weeks`, `on_call_16_weeks` and `standby_nights_16_weeks` count nights that
end after 02:00, standby duties, and standby duties that touch 00:00 to 06:00, in 16 weeks. `late_nights_52_weeks`
counts nights that end after 02:00 in 52 weeks, `workplace_26_weeks` standby at the workplace in 26.
`free_sundays_52_weeks` and `free_weekends_52_weeks` count Sundays without work and free weekends in 52 weeks.
`work_minutes_15_weeks` holds all work of 15 weeks, leave and sickness as planned.
"""


def reference() -> str:
    """The whole page, in Markdown."""
    parts = [INTRODUCTION]
    for heading, noun, sentence, words in KEYS[:-1]:
        parts.append(_keys(heading, noun, sentence, words))
    parts.append("\n## Tables\n")
    parts += [_table(table) for table in (*TABLES, NAMES, BRING)]
    parts.append(EXPANSION)
    heading, noun, sentence, words = KEYS[-1]
    parts.append("\n## sharing.toml\n" + _keys(heading, noun, sentence, words))
    parts.append(
        "\n## districts.geojson\n\nTrue borders of districts, for maps only: a GeoJSON feature collection in WGS84.\n"
    )
    parts.append("\n## Files of a plan\n")
    parts += [_table(table) for table in (DUTIES, DRIVEN)]
    return "".join(parts)


def _keys(heading: str, noun: type[Noun], sentence: str, words: dict[str, str]) -> str:
    lines = [f"\n### {heading}\n\n{sentence}\n\n| key | values | default | meaning |\n|---|---|---|---|"]
    for name, info in noun.model_fields.items():
        default = "needed" if info.is_required() else _shown(info.default)
        lines.append(f"| `{name}` | {_values(info.annotation)} | {default} | {words[name]} |")
    return "\n".join(lines) + "\n"


def _shown(default: Any) -> str:
    if default is None or default in ("", (), {}):
        return ""
    return str(default).lower() if isinstance(default, bool) else str(default)


def _values(annotation: Any) -> str:
    if get_origin(annotation) is Literal:
        return ", ".join(f"`{value}`" for value in get_args(annotation))
    if get_origin(annotation) is dict:
        return "table"
    for kind in (annotation, *get_args(annotation)):
        if get_origin(kind) is tuple:
            inner = get_args(kind)[0]
            is_table = isinstance(inner, type) and issubclass(inner, Noun)
            return "tables" if is_table else "lists of texts" if get_origin(inner) is tuple else "texts"
    kinds = {int: "whole number", bool: "true, false", str: "text", date: "date"}
    for kind in (annotation, *get_args(annotation)):
        if kind in kinds:
            return kinds[kind]
    return "whole number" if "int" in str(annotation) else "text"


def _table(table: Table) -> str:
    needed = "Needed. " if table.needed else ""
    lines = [
        f"\n### {table.file_name}\n\n{needed}{table.doc}\n",
        "| English | Dutch | form | needed or default | meaning |\n|---|---|---|---|---|",
    ]
    lines += [
        f"| `{column.english}` | `{column.dutch}` | {_form(column)} | {_needed(table, column)} | {column.doc} |"
        for column in table.columns
    ]
    if table.key:
        fields = ", ".join(f"`{table.by_field[name].english}`" for name in table.key)
        lines.append(f"\nOnce each: {fields}.")
    return "\n".join(lines) + "\n"


def _form(column: Column) -> str:
    form = column.form
    if form.words:
        values = ", ".join(
            f"`{english}`" if english == dutch else f"`{english}`/`{dutch}`" for english, dutch in form.words.items()
        )
        return f"one or more of {values}" if form.name == "choices" else values
    words = {
        "id": "id", "ids": "ids", "work_id": "id", "whole": "whole number", "yes_no": "yes/no", "clock": "clock time",
        "calls": "number, at most three decimals", "moment": "date and time", "postcode": "postcode", "words": "words",
    }
    refers = f" of {', '.join(column.refers)}" if column.refers and column.refers != ("work",) else ""
    return words.get(form.name, form.name) + refers


def _needed(table: Table, column: Column) -> str:
    if table.required(column):
        return "needed"
    if column.fillable:
        return "filled"
    default = table.noun.model_fields[column.field].default
    if default is None or default == "" or default == ():
        return ""
    return f"`{column.form.write(default)}`"


if __name__ == "__main__":
    sys.stdout.write(reference())
