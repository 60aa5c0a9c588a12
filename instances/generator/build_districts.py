"""Make ``instances/data/regions`` from open district files: facts only, no borders.

Run once for each year of figures: ``python -m instances.generator.build_districts FOLDER``. FOLDER holds
``<stem>_buurten_2024.geojson`` (CBS, wijken en buurten 2024) and ``pc4_geonames_nl.tsv`` (GeoNames). Only buurten with
inhabitants are kept. The centre is the middle of the buurt, or a point inside it where the middle lies outside;
a missing number of people over 65 (CBS hides small ones) is 0.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from instances.generator.region import REGIONS_FOLDER

STEMS = {"rijnmond": "rotterdam_rijnmond", "apeldoorn": "apeldoorn", "friesland": "friesland"}
COLUMNS = (
    "id", "name", "municipality", "wijk", "latitude", "longitude", "inhabitants", "inhabitants_65plus",
    "area_hectares", "river_bank", "pc4",
)  # fmt: skip
NORTH_OF_THE_MAAS = ("GM0502", "GM0542", "GM0556", "GM0606", "GM0622", "GM1621")
"""Capelle, Krimpen (which also has the Hollandse IJssel beside it), Maassluis, Schiedam, Vlaardingen, Lansingerland."""
ROTTERDAM_SOUTH = ("10", "12", "13", "15", "16", "20", "21", "22", "23", "27")
"""Rotterdam's wijken south of the Nieuwe Maas and Nieuwe Waterweg: Feijenoord, IJsselmonde, Pernis, Charlois,
Hoogvliet, the harbours and Rozenburg (the two digits after the municipality in the wijk code)."""
EAST_OF_THE_IJSSEL = ("GM0150", "GM0301")
"""Deventer and Zutphen, but for the two quarters that are both called De Hoven."""
DE_HOVEN = ("WK01500201", "WK03010004")


def river_bank(region: str, municipality: str, wijk: str) -> str:
    """The bank of a district: ``noord`` or ``zuid`` of the Nieuwe Maas, ``west`` or ``oost`` of the IJssel, or none."""
    if region == "rijnmond":
        if municipality == "GM0599":
            return "zuid" if wijk[6:8] in ROTTERDAM_SOUTH else "noord"
        return "noord" if municipality in NORTH_OF_THE_MAAS else "zuid"
    if region == "apeldoorn":
        return "oost" if municipality in EAST_OF_THE_IJSSEL and wijk not in DE_HOVEN else "west"
    return ""


def district_rows(region: str, features: list[dict[str, Any]]) -> list[tuple[object, ...]]:
    """One row for each inhabited buurt, in the order of COLUMNS, sorted by code."""
    from shapely.geometry import shape

    rows: list[tuple[object, ...]] = []
    for feature in features:
        facts = feature["properties"]
        if not facts["inwoners"] or facts["inwoners"] <= 0:
            continue
        border = shape(feature["geometry"])
        centre = border.centroid if border.contains(border.centroid) else border.representative_point()
        rows.append((
            facts["code"], facts["naam"], facts["gemeente"], facts["wijk_code"], round(centre.y, 5), round(centre.x, 5),
            int(facts["inwoners"]), max(0, int(facts["inwoners65plus"] or 0)), max(1, int(facts["land_ha"] or 1)),
            river_bank(region, facts["gm_code"], facts["wijk_code"]), facts["pc4"] or "",
        ))  # fmt: skip
    return sorted(rows, key=lambda row: str(row[0]))


def postcode_rows(postcodes: str, municipalities: set[str], used: set[str]) -> list[tuple[str, str, str]]:
    """Postcode-4 centres (code, latitude, longitude) in the municipalities (codes such as ``GM0599``), and those
    that buurten use (the postcode file has older municipalities)."""
    rows = [line.split("\t") for line in postcodes.splitlines() if line]
    return sorted(
        (row[1], row[9], row[10]) for row in rows if row[1] in used or f"GM{row[6].zfill(4)}" in municipalities
    )


def as_csv(columns: tuple[str, ...], rows: list[Any]) -> str:
    """The rows as comma-separated text with a heading."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def region_files(source: Path, region: str) -> dict[str, str]:
    """File name -> text of one region's facts."""
    features = json.loads((source / f"{STEMS[region]}_buurten_2024.geojson").read_text(encoding="utf-8"))["features"]
    postcodes = (source / "pc4_geonames_nl.tsv").read_text(encoding="utf-8")
    municipalities = {feature["properties"]["gm_code"] for feature in features}
    used = {feature["properties"]["pc4"] or "" for feature in features}
    return {
        "districts.csv": as_csv(COLUMNS, district_rows(region, features)),
        "postcodes.csv": as_csv(("postcode", "latitude", "longitude"), postcode_rows(postcodes, municipalities, used)),
    }


def main(source: Path, target: Path = REGIONS_FOLDER) -> None:
    """Write the facts of all regions below ``target``."""
    for region in STEMS:
        folder = target / region
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in region_files(source, region).items():
            (folder / name).write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
