"""``sharing.toml``: every field is read and written, and what a contract names must be there."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.catalogue import locate
from instances.check_sharing import check_contract, known_in
from instances.plans import read_plan
from instances.read import read_instance
from instances.sharing import read_contracts
from instances.sheets import Faults
from instances.write import write_instance
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS, Entry, Lent, PooledNumber, SharingContract, Shown
from optimiser.errors import InputError
from optimiser.texts import Language

DOCS = Path(__file__).parents[2] / "docs"
NAMES, NURSES = ("maas", "rotte"), ("m1", "m2", "r1")
MONDAY = date(2026, 12, 7)


def subsets(names: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Some of the names, each once."""
    return st.lists(st.sampled_from(names), unique=True, max_size=len(names)).map(tuple)


CONTRACTS = st.builds(
    SharingContract, name=st.just("c"), visits=st.sampled_from(("own", "anw", "all")),
    cover=st.sampled_from(("own", "anw", "pooled")), pooled_standby=st.none() | st.integers(0, 3),
    pooled_to=st.lists(
        st.builds(PooledNumber, cover=st.sampled_from((("maas-dag", "rotte-dag"), ("maas-nacht",))),
                  minimum=st.integers(0, 3), wanted=st.integers(0, 3)), max_size=2, unique_by=lambda each: each.cover,
    ).map(tuple),
    lending_minutes=st.integers(0, 60), groups=st.sampled_from(((), (("maas", "rotte"),), (("maas",), ("rotte",)))),
    skills=subsets(("infuus",)), districts=subsets(("BU0599",)), own_by_day=subsets(NAMES), known_faces=st.booleans(),
    most_lent=st.lists(st.builds(Lent, organisation=st.sampled_from(NAMES), hours_per_week=st.integers(0, 99)),
                       max_size=2, unique_by=lambda each: each.organisation).map(tuple),
    entries=st.lists(
        st.builds(lambda name, day: Entry(organisation=name, from_date=MONDAY + timedelta(days=day)),
                  st.sampled_from(NAMES), st.integers(-9, 99)), max_size=2, unique_by=lambda each: each.organisation,
    ).map(tuple),
    consents=st.none() | subsets(NURSES), openness=st.sampled_from(("own", "totals", "organisations")),
    shown=st.sampled_from(((), (Shown(figure="travel", shown="own"),))),
)  # fmt: skip


@settings(max_examples=15, deadline=None)
@given(contract=CONTRACTS)
def test_a_contract_is_read_back_the_same(contract: SharingContract, six: Instance, tmp_path_factory: Any) -> None:
    """Whatever its fields, what is written is what is read."""
    folder = tmp_path_factory.mktemp("sharing")
    write_instance(six.model_copy(update={"contracts": (contract,)}), folder)
    assert read_instance(folder).contracts == (contract,)
    assert read_contracts(folder / "sharing.toml", instance=six) == (contract,)


def faults_of(six: Instance, folder: Path, lines: str) -> set[tuple[str, str]]:
    """(column, what was got) of the faults of a contract with these lines."""
    write_instance(six, folder)
    base = '[[contracts]]\nname = "c"\nvisits = "all"\ncover = "pooled"\n'
    (folder / "sharing.toml").write_text(base + lines, encoding="utf-8")
    with pytest.raises(InputError) as whole:
        read_instance(folder)
    with pytest.raises(InputError) as alone:
        read_contracts(folder / "sharing.toml", instance=six)
    found = [{(each.column, each.got) for each in raised.value.faults} for raised in (whole, alone)]
    assert found[0] == found[1] and {each.file for each in whole.value.faults} == {"sharing.toml"}
    return found[0]


WRONG: list[tuple[str, set[tuple[str, str]]]] = [
    ('groups = [["maas", "rote"]]', {("contracts.c.groups[1]", "rote")}),
    ('groups = [["maas", "rotte"], ["rotte"]]', {("contracts.c.groups[2]", "rotte")}),
    ('own_by_day = ["mass", "maas", "maas"]', {("contracts.c.own_by_day", "mass"), ("contracts.c.own_by_day", "maas")}),
    ('consents = ["m1", "m99"]', {("contracts.c.consents", "m99")}),
    ('skills = ["toveren"]', {("contracts.c.skills", "toveren")}),
    ('districts = ["BU0599", "BU0363"]', {("contracts.c.districts[2]", "BU0363")}),
    ('districts = [""]', {("contracts.c.districts[1]", "")}),
    ('[[contracts.pooled_to]]\ncover = ["maas-nacht", "nacht"]\nminimum = 1\nwanted = 1',
     {("contracts.c.pooled_to[1].cover", "nacht")}),
    ('[[contracts.most_lent]]\norganisation = "niets"\nhours_per_week = 3',
     {("contracts.c.most_lent[1].organisation", "niets")}),
    ('entries = [{organisation = "maas", from_date = 2026-12-09}, {organisation = "maas", from_date = 2026-12-10}]',
     {("contracts.c.entries[2].organisation", "maas")}),
    # the shape itself
    ('lending = 3', {("contracts[1].lending", "lending")}),
    ('entries = [{organisation = "maas", from_date = "straks"}]', {("contracts[1].entries.0.from_date", "straks")}),
    ('most_lent = [{organisation = "maas", hours = 3, hours_per_week = 1}]', {("contracts[1].most_lent.0.hours", "3")}),
    ('openness = "everyone"', {("contracts[1].openness", "everyone")}),
    # all at once
    ('groups = [["x1", "x2"]]\nconsents = ["x3"]',
     {("contracts.c.groups[1]", "x1"), ("contracts.c.groups[1]", "x2"), ("contracts.c.consents", "x3")}),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), WRONG)
def test_a_wrong_name_is_a_fault_with_its_place(
    six: Instance, tmp_path: Path, lines: str, expected: set[tuple[str, str]]
) -> None:
    """Unknown, repeated or misspelt: exactly these faults, the same for a file of its own."""
    assert faults_of(six, tmp_path, lines) == expected


def test_who_was_probably_meant_is_said_in_both_languages(six: Instance) -> None:
    """The nearest id stands in the sentence."""
    contract = PRESETS["joint"].model_copy(update={"name": "c", "own_by_day": ("mass",), "districts": ("BU9",)})
    words: dict[Language, tuple[str, str]] = {
        "nl": ("bedoelt u maas", "begin van de code"), "en": ("did you mean maas", "beginning of the code"),
    }  # fmt: skip
    for language, (meant, begins) in words.items():
        faults = Faults(language)
        check_contract(contract, known_in(six), "sharing.toml", faults)
        assert meant in faults[0].expected and begins in faults[1].expected


def test_a_broken_table_makes_no_second_fault(six: Instance, tmp_path: Path) -> None:
    """Where nurses cannot be read, consents are no faults."""
    write_instance(six, tmp_path)
    (tmp_path / "sharing.toml").write_text(
        '[[contracts]]\nname = "c"\nvisits = "all"\ncover = "own"\nconsents = ["m1"]\n', encoding="utf-8"
    )
    (tmp_path / "nurses.csv").write_text("id\n", encoding="utf-8")
    with pytest.raises(InputError) as raised:
        read_instance(tmp_path)
    assert "sharing.toml" not in {each.file for each in raised.value.faults}


def test_the_example_of_the_docs_is_right(tmp_path: Path) -> None:
    """The contract on the page about sharing is one of the bundled week with half overlap."""
    page = (DOCS / "explanation" / "sharing.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    (tmp_path / "example.toml").write_text(example, encoding="utf-8")
    (contract,) = read_contracts(tmp_path / "example.toml", instance=read_instance(locate("vtt_rijnmond_half")))
    assert (contract.name, contract.visits, contract.cover) == ("anw_proef", "anw", "anw")
    assert contract.most_lent and contract.entries and contract.pooled_to and contract.consents


def test_contracts_of_before_keep_their_identity(six: Instance, tmp_path: Path) -> None:
    """A contract with none of the later fields has the hash that it had without them, and a plan that was stored with
    such a contract is read; a later field that is used changes the hash."""
    old = '{"name":"c","visits":"anw","cover":"pooled","pooled_standby":1,"lending_minutes":5}'
    contract = SharingContract.model_validate_json(old)
    tables = {name: getattr(six, name) for name in Instance.model_fields}
    instance = Instance(**{**tables, "contracts": (contract,)})
    assert instance.row_hashes["contracts/0"] == hashlib.sha256(old.encode()).hexdigest()[:12]
    other = Instance(**{**tables, "contracts": (contract.model_copy(update={"known_faces": True}),)})
    assert other.row_hashes["contracts/0"] != instance.row_hashes["contracts/0"]
    stored = json.loads((Path(__file__).with_name("six_nurses_plan.json")).read_text(encoding="utf-8"))
    stored["contract"] = json.loads(old)
    (tmp_path / "plan.json").write_text(json.dumps(stored), encoding="utf-8")
    plan, differences = read_plan(tmp_path / "plan.json", six)
    assert plan.contract == contract and not differences


@pytest.mark.parametrize("name", ["single", "joint", "current"])
def test_names_that_mean_something_else_are_refused(tmp_path: Path, name: str) -> None:
    """A contract that shares all and is called single would be read as apart; current is the roster as it is."""
    path = tmp_path / "mine.toml"
    path.write_text(f'[[contracts]]\nname = "{name}"\nvisits = "all"\ncover = "pooled"\n', encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_contracts(path)
    assert [(each.column, each.got) for each in caught.value.faults] == [("contracts[1].name", name)]
