"""A referral file: what it may say, in Dutch or English, and every fault of it at once with its key."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from instances.referral_keys import CONDITIONS
from instances.referrals import read_referral
from optimiser.domain.events import Referral
from optimiser.domain.instance import Instance
from optimiser.errors import InputError

NEW = """
[order]
id = "O-new"
client = "C-new"
acts = ["{act}"]
rhythm = "days:mon+thu"
windows = ["08:00-10:00"]
first = 2026-12-08
latest_start = 2026-12-10
times = ["10:00-12:00", "13:00-15:00"]
[client]
organisation = "{organisation}"
[place]
district = "{district}"
[conditions]
handover_received = 2026-12-07
material_at_home = "9-12-2026"
order_form = "ja"
medically_ready = false
"""


@pytest.fixture
def words(six: Instance) -> dict[str, str]:
    """Ids of the bundled instance."""
    return {
        "act": six.acts[0].id, "organisation": six.organisations[0].id, "client": six.clients[0].id,
        "district": six.districts[0].id, "nurse": six.nurses[0].id, "order": six.orders[0].id,
        "place": six.places[0].id,
    }  # fmt: skip


def read(folder: Path, six: Instance, content: str) -> Referral:
    """The referral of that text."""
    path = folder / "aanmelding.toml"
    path.write_text(content, encoding="utf-8")
    return read_referral(path, six)


def faults(folder: Path, six: Instance, content: str) -> set[tuple[str, str]]:
    """Key and what was found of every fault."""
    with pytest.raises(InputError) as caught:
        read(folder, six, content)
    assert {fault.file for fault in caught.value.faults} == {"aanmelding.toml"}
    assert all(fault.expected for fault in caught.value.faults)
    return {(fault.column, fault.got) for fault in caught.value.faults}


def test_a_new_client(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """Ids that are not given follow the order's client; the place gets the centre of its district."""
    referral = read(tmp_path, six, NEW.format(**words))
    assert referral.client is not None and referral.place is not None
    assert (referral.client.id, referral.client.place, referral.place.id) == ("C-new", "P-C-new", "P-C-new")
    centre = next(each for each in six.districts if each.id == words["district"])
    assert (referral.place.latitude, referral.place.longitude) == (centre.latitude, centre.longitude)
    assert referral.place.kind == "client"
    assert (referral.latest_start, referral.times) == (date(2026, 12, 10), ((600, 720), (780, 900)))


def test_conditions(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """A date, a Dutch date, yes (from the first day of the order), and not yet; what is not named is not yet."""
    content = NEW.format(**words)
    referral = read(tmp_path, six, content)
    found = [getattr(referral, name) for name in CONDITIONS]
    assert found == [date(2026, 12, 7), date(2026, 12, 9), date(2026, 12, 8), None]
    bare = read(tmp_path, six, content[: content.index("[conditions]")])
    assert [getattr(bare, name) for name in CONDITIONS] == [None] * 4


def test_dutch_keys_and_a_known_client(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """The same headings as in the tables, with or without the accent of the quotes."""
    content = """
        [opdracht]
        id = "O-new"
        "cliënt" = "{client}"
        handelingen = "{act}"
        ritme = "dagelijks"
        tijdvakken = "08:00-10:00 16:00-18:00"
        eerste = 2026-12-08
        [voorwaarden]
        medisch_gereed = 8-12-2026
        """.replace("8-12-2026", "'8-12-2026'")
    referral = read(tmp_path, six, content.format(**words))
    assert (referral.client, referral.place) == (None, None)
    assert (referral.order.rhythm, len(referral.order.windows)) == ("daily", 2)
    assert referral.medically_ready == date(2026, 12, 8)


def test_a_place_by_postcode_or_coordinates(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """Both as in the table of places."""
    content = NEW.format(**words)
    near = content.replace(f'district = "{words["district"]}"', "latitude = 51.93\nlongitude = 4.46")
    place = read(tmp_path, six, near).place
    assert place is not None and (place.latitude, place.longitude) == (51.93, 4.46)
    place = read(tmp_path, six, content.replace(f'district = "{words["district"]}"', 'postcode = "3011 AB"')).place
    assert place is not None and place.district


def test_all_faults_at_once(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """Unknown acts, organisation, district and keys, a wrong date and rhythm: each with its key."""
    content = NEW.format(**(words | {"organisation": "nobody", "district": "BU00000000"}))
    content = content.replace("first = 2026-12-08", 'first = "soon"').replace("days:mon+thu", "now and then")
    found = faults(tmp_path, six, content + 'colour = "red"\n[extra]\n')
    assert {"order.first", "order.rhythm", "place.district", "conditions.colour", "extra"} <= {key for key, _ in found}
    assert ("client.organisation", "nobody") in found
    known = NEW.format(**(words | {"act": "nothing"}))
    assert ("order.acts", "nothing") in faults(tmp_path, six, known)


def test_ids_that_clash(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """Of an order, a client, a nurse and a place that are there."""
    content = NEW.format(**words)
    assert ("order.id", words["order"]) in faults(tmp_path, six, content.replace("O-new", words["order"]))
    for name in ("client", "nurse"):
        assert ("client.id", words[name]) in faults(tmp_path, six, content.replace("C-new", words[name]))
    twice = content.replace("[place]", f'[place]\nid = "{words["place"]}"')
    assert ("place.id", words["place"]) in faults(tmp_path, six, twice)


def test_what_does_not_fit_together(tmp_path: Path, six: Instance, words: dict[str, str]) -> None:
    """A window that is too short, an end before the start, half a gap, other times for two visits a day, a client
    nobody knows, a place without a client."""
    content = NEW.format(**words)
    two = content.replace('["08:00-10:00"]', '["08:00-08:05", "15:00-17:00"]\nlast = 2026-12-01\ngap_min = 60')
    keys = {key for key, _ in faults(tmp_path, six, two)}
    assert {"order.windows", "order.last", "order.gap_max", "order.times"} <= keys
    lonely = content[: content.index("[client]")] + content[content.index("[place]") :]
    assert {"client", "order.client"} <= {key for key, _ in faults(tmp_path, six, lonely)}
    without = content[: content.index("[place]")] + content[content.index("[conditions]") :]
    assert "client.place" in {key for key, _ in faults(tmp_path, six, without)}
    elsewhere = without.replace("[client]", '[client]\nplace = "moon"')
    assert ("client.place", "moon") in faults(tmp_path, six, elsewhere)


@pytest.mark.parametrize("content", ["[order", "order = 3", "", "[order]\n", "\0", "[[order]]\nid = 'x'"])
def test_no_referral_at_all(tmp_path: Path, six: Instance, content: str) -> None:
    """Broken or empty files are refused with a fault."""
    assert faults(tmp_path, six, content)


def test_no_file(tmp_path: Path, six: Instance) -> None:
    """A file that is not there is a fault as well."""
    with pytest.raises(InputError):
        read_referral(tmp_path / "none.toml", six)
