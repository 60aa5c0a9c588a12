"""``samenrooster districts import``: official borders and key figures of districts, from the CBS file of any year."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from instances.borders import BORDERS_FILE
from instances.district_columns import NEEDED, DistrictColumns, Level, code_field, columns_of, whole
from instances.district_shapes import centre, in_degrees, in_metres, polygons, read_layer, thinned
from instances.files import write_whole
from instances.header import ANY_MONDAY
from instances.places import bundled_districts
from instances.rows import read_rows
from instances.sheets import Faults, near
from instances.tables_people import DISTRICTS
from instances.write import table_text
from optimiser.domain.clock import Clock
from optimiser.domain.place import District
from optimiser.errors import InputError
from optimiser.texts import Language

MOST_DISTRICTS = 3_000
"""More make maps that no phone opens; a file of the whole country has some 14,000."""
SOURCE = "Kadaster / Centraal Bureau voor de Statistiek, {year}"
"""The attribution that CBS and Kadaster ask for."""
_CODE = re.compile(r"(BU\d{8}|WK\d{6})")
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class ImportedDistricts:
    """Districts with their borders. ``missing`` counts the districts without a number of inhabitants (0 then);
    ``dropped`` the rows of land without a shape, and those that another row of the same code was joined with."""

    level: Level
    year: int
    districts: tuple[District, ...]
    borders: dict[str, Any]
    missing: int
    dropped: int

    @property
    def source(self) -> str:
        """The attribution that every drawing of these borders carries."""
        return SOURCE.format(year=self.year)


@dataclass(frozen=True)
class _Row:
    code: str
    cells: Mapping[str, Any]
    shape: Any


def import_districts(
    path: Path,
    level: Level = "buurt",
    municipalities: Sequence[str] = (),
    year: int | None = None,
    detail: float = 10.0,
    banks: Mapping[str, str] | None = None,
    language: Language = "en",
) -> ImportedDistricts:
    """The land districts of ``path`` (GeoPackage or GeoJSON, RD or WGS84) with borders thinned to ``detail`` metres.

    ``municipalities`` are names or codes, none means all; ``year`` is that of the figures where the file does not say;
    ``banks`` maps codes to the river bank of the table of before. A negative number in the file means missing. Raises
    ``InputError`` with all faults, also when the libraries of the extra ``districts`` are not there.
    """
    faults = Faults(language)
    read = read_layer(path, level, faults)
    if read is None:
        raise InputError(faults)
    rows, shapes, system = read
    columns = _columns(rows, path.name, level, faults)
    if faults or columns is None:
        raise InputError(faults)
    year = year or _year(rows, columns, path.name, faults)
    kept = _chosen(rows, shapes, columns, municipalities, path.name, faults)
    if faults or year is None:
        raise InputError(faults)
    metres = in_metres([each.shape for each in kept], system, path.name, faults)
    if metres is None:
        raise InputError(faults)
    whole_rows = _joined([replace(row, shape=polygons(shape)) for row, shape in zip(kept, metres, strict=True)])
    if not whole_rows:
        faults.put(path.name, 0, "", faults.say("expected.districts_shapes"), faults.say("got.nothing"))
        raise InputError(faults)
    known = _bundled_banks() | dict(banks or {})
    drawn = in_degrees(thinned([row.shape for row in whole_rows], detail))
    districts = [_district(row, columns, known) for row in whole_rows]
    shown = [(each, shape) for each, shape in zip(districts, drawn, strict=True) if shape is not None]
    return ImportedDistricts(
        level=level,
        year=year,
        districts=tuple(each for each, _ in shown),
        borders=_collection(shown, year),
        missing=sum(1 for row in whole_rows if whole(columns.value(row.cells, "inhabitants")) is None),
        dropped=len(kept) - len(shown),
    )


def older_files(folder: Path, borders_only: bool, language: Language = "en") -> tuple[list[str], dict[str, str]]:
    """Names of the files in ``folder`` that an import would replace, and the river bank of each district by the table
    there. Raises ``InputError`` when that table has faults."""
    names = [BORDERS_FILE] if borders_only else [BORDERS_FILE, DISTRICTS.file_name]
    faults = Faults(language)
    rows = read_rows(folder, DISTRICTS, Clock(ANY_MONDAY), faults)
    if faults:
        raise InputError(faults)
    banks = {row.noun.id: row.noun.river_bank for row in rows if row.noun is not None and row.noun.river_bank}
    return [name for name in names if (folder / name).exists()], banks


def write_districts(made: ImportedDistricts, folder: Path, borders_only: bool = False) -> list[Path]:
    """Write ``districts.geojson`` and, unless ``borders_only``, ``districts.csv`` into ``folder``; what was written.

    Raises ``OSError`` when the folder cannot be written.
    """
    text = json.dumps(made.borders, ensure_ascii=False, separators=(",", ":")) + "\n"
    files = {folder / BORDERS_FILE: text}
    if not borders_only:
        files[folder / DISTRICTS.file_name] = table_text(DISTRICTS, made.districts, Clock(ANY_MONDAY))
    for path, content in files.items():
        write_whole(path, content)
    return list(files)


def _bundled_banks() -> dict[str, str]:
    """Code -> river bank of the bundled buurten, and of those wijken whose buurten all lie on one bank."""
    banks = {code: each.river_bank for code, each in bundled_districts().items()}
    sides: dict[str, set[str]] = {}
    for code, bank in banks.items():
        sides.setdefault(f"WK{code[2:8]}", set()).add(bank)
    return banks | {wijk: next(iter(found)) for wijk, found in sides.items() if len(found) == 1}


def _columns(rows: list[dict[str, Any]], file: str, level: Level, faults: Faults) -> DistrictColumns | None:
    fields = list(rows[0]) if rows else []
    columns = columns_of(fields, [row[code_field(fields)] for row in rows] if code_field(fields) else ())
    if columns is None:
        faults.put(file, 0, "", faults.say("expected.districts_code"), ", ".join(fields)[:300])
    elif columns.level != level:
        faults.put(file, 0, "", faults.say("expected.districts_layer", level=level), columns.level)
    else:
        for field in NEEDED:
            if field not in columns.names:
                faults.put(file, 0, "", faults.say(f"expected.districts_{field}"), ", ".join(fields)[:300])
    return columns


def _year(rows: list[dict[str, Any]], columns: DistrictColumns, file: str, faults: Faults) -> int | None:
    """The year of the figures: a column's, else that of a code such as ``2024BU00030000``, else the file name's."""
    cell = whole(columns.value(rows[0], "year"))
    if cell is None and (found := _YEAR.match(str(columns.value(rows[0], "year_code") or "")[:4])):
        cell = int(found[1])
    if cell is None and (found := _YEAR.search(file)):
        cell = int(found[1])
    if cell is None:
        faults.put(file, 0, "", faults.say("expected.districts_year"), faults.say("got.nothing"))
    return cell


def _chosen(
    rows: list[dict[str, Any]], shapes: list[Any], columns: DistrictColumns, municipalities: Sequence[str],
    file: str, faults: Faults,
) -> list[_Row]:  # fmt: skip
    """The rows of land in the municipalities asked for; a fault for each municipality that the file does not have."""
    by_name: dict[str, set[str]] = {}
    kept = []
    wanted = {each.strip().casefold() for each in municipalities}
    for cells, shape in zip(rows, shapes, strict=True):
        name = str(columns.value(cells, "municipality") or "")
        code = str(columns.value(cells, "code") or "").upper()
        names = {name.casefold(), f"gm{code[2:6]}"}
        by_name.setdefault(name, set()).update(names)
        if (not wanted or names & wanted) and _CODE.fullmatch(code) and _land(columns.value(cells, "water")):
            kept.append(_Row(code, cells, shape))
    known = set().union(*by_name.values()) if by_name else set()
    for each in sorted(wanted - known):
        faults.put(file, 0, "", faults.say("expected.districts_known", name=near(each, sorted(known)) or "?"), each)
    if len(kept) > MOST_DISTRICTS:
        some = faults.say("got.districts", count=len(kept), municipalities=len(by_name))
        faults.put(file, 0, "", faults.say("expected.districts_few", most=MOST_DISTRICTS), some)
    if not kept and not faults:
        faults.put(file, 0, "", faults.say("expected.districts_shapes"), faults.say("got.nothing"))
    return kept


def _land(water: Any) -> bool:
    """Rows of water (``JA``) and of Belgium around Baarle (``B``) are no districts where people live."""
    return str(water or "NEE").strip().upper() not in ("JA", "B", "TRUE", "1")


def _joined(rows: list[_Row]) -> list[_Row]:
    """One row for each code, sorted; a code that stands in several rows has all their polygons, and the first's
    cells."""
    import shapely

    shaped = sorted((row for row in rows if row.shape is not None), key=lambda row: row.code)
    groups = [list(group) for _, group in groupby(shaped, key=lambda row: row.code)]
    return [
        group[0] if len(group) == 1 else replace(group[0], shape=polygons(shapely.union_all([x.shape for x in group])))
        for group in groups
    ]


def _district(row: _Row, columns: DistrictColumns, banks: Mapping[str, str]) -> District:
    def cell(field: str) -> Any:
        return columns.value(row.cells, field)

    people = whole(cell("inhabitants")) or 0
    older, percent = whole(cell("inhabitants_65plus")), cell("percent_65plus")
    if older is None and percent is not None:
        older = round(people * min(100.0, float(percent)) / 100)
    area = whole(cell("area_hectares"))
    latitude, longitude = centre(row.shape)
    pc4 = str(whole(cell("pc4")) or "")
    return District(
        id=row.code,
        name=str(cell("name") or row.code),
        municipality=str(cell("municipality") or ""),
        wijk=row.code if columns.level == "wijk" else str(cell("wijk") or f"WK{row.code[2:8]}"),
        latitude=latitude,
        longitude=longitude,
        inhabitants=people,
        inhabitants_65plus=min(people, older or 0),
        area_hectares=area if area is not None else round(row.shape.area / 10_000),
        river_bank=banks.get(row.code, ""),
        pc4=pc4 if len(pc4) == 4 else "",
    )


def _collection(shown: Sequence[tuple[District, dict[str, Any]]], year: int) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "properties": {"code": each.id, "naam": each.name, "gemeente": each.municipality, "jaar": str(year)},
            "geometry": shape,
        }
        for each, shape in shown
    ]
    return {"type": "FeatureCollection", "attribution": SOURCE.format(year=year), "features": features}
