"""True borders out of official files: any year's names, RD or degrees, missing numbers, water, mended shapes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from instances.borders import read_borders
from instances.district_columns import columns_of, present, whole
from instances.district_import import import_districts, write_districts
from instances.places import bundled_districts
from optimiser.errors import InputError

shapely = pytest.importorskip("shapely")
pyogrio_raw = pytest.importorskip("pyogrio.raw")
from instances.district_shapes import in_degrees, polygons  # noqa: E402 - it needs the libraries above

GEO = Path(__file__).resolve().parents[2].parent / "shared" / "geo"
needs_geo = pytest.mark.skipif(not GEO.is_dir(), reason="the shared district files are not beside the project")
YEARS = {
    2018: ("BU_CODE", "BU_NAAM", "WK_CODE", "GM_NAAM", "WATER", "AANT_INW", "P_65_EO_JR"),
    2024: ("buurtcode", "buurtnaam", "wijkcode", "gemeentenaam", "water", "aantal_inwoners",
           "percentage_personen_65_jaar_en_ouder"),
}  # fmt: skip
ROWS = [
    ("BU03630001", "Een", "WK036300", "Amsterdam", "NEE", 1000, 21),
    ("BU03630002", "Twee", "WK036300", "Amsterdam", "NEE", -99997, -99997),
    ("BU03630003", "Plas", "WK036300", "Amsterdam", "JA", -99999999, -99999999),
    ("BU03840001", "Drie", "WK038400", "Diemen", "NEE", 500, 10),
]


def square(x: float, y: float = 486_000, side: float = 1000) -> Any:
    """A square with its south-west corner at (x, y) in RD metres."""
    return shapely.box(x, y, x + side, y + side)


BOW = shapely.Polygon([(122_000, 486_000), (123_000, 487_000), (123_000, 486_000), (122_000, 487_000)])
"""A border that crosses itself: two triangles of 25 hectares."""


def geopackage(path: Path, names: tuple[str, ...], layer: str = "buurten") -> Path:
    """A file as CBS publishes it, in RD, with a second layer."""
    shapes = np.array([shapely.to_wkb(each) for each in (square(121_000), BOW, square(124_000), square(125_000))])
    columns = [np.array(cells, dtype=object if isinstance(cells[0], str) else float)
               for cells in zip(*ROWS, strict=True)]  # fmt: skip
    for name in (layer, "gemeenten"):
        pyogrio_raw.write(path, shapes, columns, list(names), layer=name, geometry_type="Unknown", crs="EPSG:28992",
                          append=path.exists())  # fmt: skip
    return path


@pytest.mark.parametrize("year", YEARS)
def test_a_geopackage_of_any_year(tmp_path: Path, year: int) -> None:
    """Both years' names give the same districts. 21 % of 1000 people are 210 of 65 or older; -99997 is missing, told
    and counted as nobody; water is no district; the year is that of the file's name."""
    made = import_districts(geopackage(tmp_path / f"wijkenbuurten_{year}_v3.gpkg", YEARS[year]))
    assert (made.year, made.level, made.missing, made.dropped) == (year, "buurt", 1, 0)
    assert [(each.id, each.name, each.municipality, each.wijk, each.inhabitants, each.inhabitants_65plus)
            for each in made.districts] == [
        ("BU03630001", "Een", "Amsterdam", "WK036300", 1000, 210),
        ("BU03630002", "Twee", "Amsterdam", "WK036300", 0, 0),
        ("BU03840001", "Drie", "Diemen", "WK038400", 500, 50),
    ]  # fmt: skip
    # a square kilometre is 100 hectares, the bow's two triangles are 25 each
    assert [each.area_hectares for each in made.districts] == [100, 50, 100]
    assert made.source == f"Kadaster / Centraal Bureau voor de Statistiek, {year}"


def test_the_year_of_a_code_that_begins_with_it(tmp_path: Path) -> None:
    """The file of 2023 has a column ``jrstatcode`` such as 2023BU03630001; its year needs no option."""
    properties = {"buurtcode": "BU03630001", "jrstatcode": "2023BU03630001", "buurtnaam": "Een", "gemeentenaam": "Am"}
    shape = shapely.geometry.mapping(shapely.box(4.9, 52.3, 4.91, 52.31))
    feature = {"type": "Feature", "properties": properties, "geometry": shape}
    (tmp_path / "buurten.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    assert import_districts(tmp_path / "buurten.geojson").year == 2023


def test_rd_lands_where_it_should(tmp_path: Path) -> None:
    """The origin of RD, the tower of Amersfoort (155000, 463000), lies at 52.155174 north and 5.387206 east."""
    shape = in_degrees([square(154_500, 462_500)])[0]
    assert shape is not None
    ring = shape["coordinates"][0][0]
    east, north = (sum(point[axis] for point in ring[:-1]) / (len(ring) - 1) for axis in (0, 1))
    assert (north, east) == (pytest.approx(52.155174, abs=2e-5), pytest.approx(5.387206, abs=3e-5))


def test_municipalities_by_name_or_code_and_unknown_ones_refused(tmp_path: Path) -> None:
    """``diemen`` and ``GM0384`` choose the same rows; a misspelt one is refused with the name it was meant to be."""
    path = geopackage(tmp_path / "wijkenbuurten_2024_v1.gpkg", YEARS[2024])
    for name in ("diemen", "GM0384"):
        assert [each.id for each in import_districts(path, municipalities=[name]).districts] == ["BU03840001"]
    with pytest.raises(InputError) as refused:
        import_districts(path, municipalities=["Diemenn", "Utrecht"])
    assert [(each.got, "diemen" in each.expected) for each in refused.value.faults] == [
        ("utrecht", False), ("diemenn", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", "x", "GeoPackage"),
        ("a.geojson", "{", "GeoPackage"),
        ("a_2024.geojson", '{"type":"FeatureCollection","features":[]}', "codes"),
        ("a_2024.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"x":1},'
         '"geometry":{"type":"Point","coordinates":[5,52]}}]}', "codes"),
        ("a_2024.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":'
         '"BU00000001","naam":"n","gemeente":"g"},"geometry":{"type":"Polygon","coordinates":'
         "[[[0,0],[1,0],[1,1],[0,0]]]}}]}", "Netherlands"),
        ("a.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":'
         '"BU00000001","naam":"n","gemeente":"g"},"geometry":{"type":"Polygon","coordinates":'
         "[[[5,52],[5.1,52],[5.1,52.1],[5,52]]]}}]}", "--year"),
        ("a_2024.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":'
         '"BU00000001","naam":"n"},"geometry":null}]}', "municipalities"),
        ("a_2024.geojson", '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"code":'
         '"BU00000001","naam":"n","gemeente":"g"},"geometry":null}]}', "shape"),
    ],
)  # fmt: skip
def test_files_that_are_none(tmp_path: Path, name: str, content: str, words: str) -> None:
    """What is no file of districts, or does not say enough, is refused in words, and never with a traceback."""
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as refused:
        import_districts(tmp_path / name)
    assert words in str(refused.value) and name in str(refused.value)


def test_wijken_are_asked_for_by_name(tmp_path: Path) -> None:
    """A file of buurten is no file of wijken: it is refused, not dissolved without being asked."""
    path = geopackage(tmp_path / "wijkenbuurten_2024_v1.gpkg", YEARS[2024], layer="wijken")
    with pytest.raises(InputError, match="level wijk"):
        import_districts(path, level="wijk")


def test_missing_is_missing() -> None:
    """Every negative number, a lone dot and an empty cell say nothing; zero is a number."""
    assert [whole(each) for each in (-99997, -1, ".", "", None, float("nan"), "1 250,0", 0)] == [*[None] * 6, 1250, 0]
    assert present("  x ") == "x"
    assert columns_of(["foo"], ()) is None


def test_only_polygons_stay() -> None:
    """A point, a line and nothing at all are no shape; of a collection the polygons stay."""
    assert polygons(shapely.Point(1, 1)) is None and polygons(None) is None
    mixed = shapely.GeometryCollection([square(0), shapely.LineString([(0, 0), (1, 1)])])
    assert polygons(mixed).geom_type == "MultiPolygon"


@needs_geo
@pytest.mark.parametrize(
    ("file", "level", "districts", "inhabitants"),
    [
        ("rotterdam_rijnmond_buurten_2024", "buurt", 683, 1_364_465),
        ("friesland_wijken_2022", "wijk", 232, 653_980),
    ],
)
@pytest.mark.slow
def test_the_open_files_of_two_regions(
    tmp_path: Path, file: str, level: Any, districts: int, inhabitants: int
) -> None:
    """All districts and inhabitants of the files come through; the borders can be read back for maps; of the bundled
    districts river bank and postcode stay as they are."""
    made = import_districts(GEO / f"{file}.geojson", level=level)
    assert (len(made.districts), sum(each.inhabitants for each in made.districts)) == (districts, inhabitants)
    write_districts(made, tmp_path)
    borders = read_borders(tmp_path)
    assert borders is not None and len(borders["features"]) == districts
    assert (tmp_path / "districts.geojson").stat().st_size < 700_000
    content = json.loads((tmp_path / "districts.geojson").read_text(encoding="utf-8"))
    assert content["attribution"] == made.source
    known = bundled_districts()
    for each in made.districts:
        if each.id in known:  # those with inhabitants
            assert (each.river_bank, each.pc4) == (known[each.id].river_bank, known[each.id].pc4)
