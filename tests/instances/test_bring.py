"""``bring.csv``: what to bring, read for cards only."""

from __future__ import annotations

from pathlib import Path

import pytest

from instances.bring import read_bring
from instances.catalogue import bundled, locate
from instances.generate import GeneratorSettings, generate
from instances.generator.bring import FOR_ACTS, make_bring
from instances.names import may_be_named, read_names
from instances.read import read_instance
from optimiser.domain.card import Bring
from optimiser.domain.instance import Instance
from optimiser.errors import InputError


@pytest.fixture(scope="module")
def six() -> Instance:
    """The bundled team of six."""
    return read_instance(locate("six_nurses"))


def write(folder: Path, text: str) -> Path:
    """A folder with this table."""
    (folder / "bring.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("heading", ["werk;meenemen;ophalen_bij", "work;items;fetch", "Ophalen bij;Werk;Meenemen"])
def test_both_languages_are_read(tmp_path: Path, six: Instance, heading: str) -> None:
    """An act and an order, one fetched at the pharmacy; headings in either language and any order."""
    rows = "wond;Verband;\nd5-pomp;Cassette;p-apotheek\n"
    if heading.startswith("Ophalen"):
        rows = ";wond;Verband\np-apotheek;d5-pomp;Cassette\n"
    found = read_bring(write(tmp_path, f"{heading}\n{rows}"), six)
    assert found == (Bring(work="wond", items="Verband"), Bring(work="d5-pomp", items="Cassette", fetch="p-apotheek"))


def test_no_table_is_nothing_to_bring(tmp_path: Path, six: Instance) -> None:
    """The file is optional."""
    assert read_bring(tmp_path, six) == ()


def test_all_faults_at_once_and_no_care_in_them(tmp_path: Path, six: Instance) -> None:
    """An unknown act with the one that was meant, an unknown place, somebody's home, a row that stands twice and an
    empty cell; what the cells say is not repeated."""
    text = (
        "werk;meenemen;ophalen_bij\nwondd;Geheim A;\nwond;Geheim B;p-nergens\nwond;Geheim C;p-c1\n"
        "wond;Geheim D;\nwond;Geheim D;\npicc;;\n"
    )
    with pytest.raises(InputError) as caught:
        read_bring(write(tmp_path, text), six, "nl")
    assert [(each.row, each.column) for each in caught.value.faults] == [
        (2, "werk"), (3, "ophalen_bij"), (4, "ophalen_bij"), (6, "werk"), (7, "meenemen"),
    ]  # fmt: skip
    assert "Geheim" not in str(caught.value) and "wond" in caught.value.faults[0].expected


@pytest.mark.slow
def test_it_is_no_part_of_an_instance(tmp_path: Path, six: Instance) -> None:
    """Every bundled folder with acts has the table, read without a fault; the instance's fingerprint does not know
    it."""
    for name in bundled():
        instance = read_instance(locate(name))
        assert bool(read_bring(locate(name), instance)) == bool(instance.acts)
    for each in locate("six_nurses").iterdir():
        if each.name != "bring.csv":
            (tmp_path / each.name).write_bytes(each.read_bytes())
    assert read_instance(tmp_path).fingerprint == six.fingerprint


def test_bundled_names_are_of_known_ids(six: Instance) -> None:
    """People, organisations and places that are no homes may be named, and nobody else is."""
    assert read_names(locate("six_nurses")).keys() <= may_be_named(six)
    assert {"maas", "p-apotheek", "m1", "c1"} <= may_be_named(six) and "p-c1" not in may_be_named(six)


def test_a_generated_team_knows_what_to_bring() -> None:
    """Acts as the bag holds them; blood at the place of the task that the transfusion is tied to."""
    instance, _ = generate(GeneratorSettings(seed=4))
    made = make_bring(instance)
    assert {each.work for each in made if each.fetch is None} == set(FOR_ACTS)
    link = next(each for each in instance.links if each.first in instance.task_by_id)
    fetched = next(each for each in made if each.work == link.second.split("/")[0])
    assert fetched.fetch == instance.task_by_id[link.first].place
