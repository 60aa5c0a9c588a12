"""Codes in place of ids: stable, different, everywhere; and what is counted stays what it was."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from optimiser.check.checker import check
from optimiser.domain.card import Bring
from optimiser.domain.duty import ContextDuty, Override
from optimiser.domain.events import Absent, Accepted, Agreed, Cancelled, Held, OtherMode, Referral, SlowTravel
from optimiser.domain.instance import Instance
from optimiser.domain.noun import Noun
from optimiser.domain.people import Client
from optimiser.domain.place import Place
from optimiser.domain.plan import Plan, Unserved
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import SlowDay, TravelMatrix
from optimiser.domain.work import Link, Order
from optimiser.report.kpis import summary
from optimiser.report.pseudonyms import LEFT_OUT, Pseudonyms, pseudonymised
from optimiser.report.pseudonyms_codes import Codes
from optimiser.report.pseudonyms_fields import RENAMED

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
Six = tuple[Instance, TravelMatrix, Plan]
SAFE = {
    "Instance": {"name", "provenance", "travel_table"},  # the last two are dropped or renamed by hand
    "Organisation": {"id", "name"}, "District": {"id", "name", "municipality", "wijk", "river_bank", "pc4"},
    "Place": {"district"}, "Nurse": {"organisation", "languages"}, "NurseSkill": {"skill"},
    "Act": {"id", "name", "skills"}, "Client": {"organisation", "language_wish"}, "Order": {"acts", "rhythm"},
    "Visit": {"acts", "skills"}, "EditedVisit": {"acts"}, "Task": {"organisation", "skills"},
    "ShiftKind": {"id", "code", "name", "organisations", "weekdays", "area", "skills"},
    "Cover": {"id", "organisation", "weekdays", "skills", "area"}, "Override": {"rule"}, "GivenDuty": {"kind"},
    "CycleDuty": {"kind", "weekday"}, "Area": {"id", "name", "division", "organisations", "districts"},
    "CallType": {"id", "name", "skills"}, "CallHours": {"type"}, "CallSource": {"id", "organisation", "type"},
    "SharingContract": {"name", "groups", "skills", "districts", "own_by_day", "division"},
    "PooledNumber": {"cover"}, "Lent": {"organisation"}, "Entry": {"organisation"}, "Shown": {"figure"},
    "Plan": {"instance", "fingerprint", "row_hashes", "parent", "objective_terms"},  # renamed by hand
    "Duty": {"kind", "organisation", "area", "role"}, "MoneySettings": {"wages"}, "Phase": {"name", "terms"},
}  # fmt: skip
"""Fields with words that name no person, work or place, or that the module renames by hand."""


def test_the_checker_says_the_same(six: Six) -> None:
    """Findings, term counts, objective and every figure of the summary are equal; so nothing was lost or mixed up."""
    report = check(six[0], six[2].contract, six[1], six[2])
    instance, travel, plan = pseudonymised(*six, KEY)
    other = check(instance, plan.contract, travel, plan)
    assert other.counts == report.counts
    assert other.objective == report.objective
    assert [(each.rule, each.start, each.found) for each in other.signals] == [
        (each.rule, each.start, each.found) for each in report.signals
    ]
    assert other.violations == report.violations == ()
    assert summary(instance, travel, plan, other) == summary(*six, report)


def test_no_id_of_the_tables_is_left(six: Six) -> None:
    """Not one id of a nurse, client, order, task, link or place stands in the instance, the matrix or the plan."""
    original = six[0]
    instance, travel, plan = pseudonymised(*six, KEY)
    written = instance.model_dump_json() + plan.model_dump_json() + repr(travel.places) + repr(travel.slow)
    tables = (original.nurses, original.clients, original.orders, original.tasks, original.links, original.places)
    left = {each.id for table in tables for each in table if re.search(rf"(?<![\w-]){re.escape(each.id)}\b", written)}
    # a link of six_nurses is called by a word of an act's name, which stays
    assert left <= {word for each in original.acts for word in each.name.split()}
    assert len(instance.nurses) == len({each.id for each in instance.nurses}) == len(original.nurses)


def test_every_field_with_words_was_thought_of() -> None:
    """Each text field of each noun in an instance or a plan is renamed, or stands in the list of safe ones."""
    seen: set[type[Noun]] = set()

    def nouns(kind: Any) -> Iterator[type[Noun]]:
        if isinstance(kind, type) and issubclass(kind, Noun):
            yield kind
        for inner in typing.get_args(kind):
            yield from nouns(inner)

    def walk(noun: type[Noun]) -> Iterator[str]:
        if noun in seen:
            return
        seen.add(noun)
        for name, field in noun.model_fields.items():
            inner = list(nouns(field.annotation))
            for each in inner:
                yield from walk(each)
            words = "str" in re.findall(r"\w+", str(field.annotation).replace("SharingContract", ""))
            if words and not inner and name not in RENAMED.get(noun, {}) | dict.fromkeys(SAFE.get(noun.__name__, ())):
                yield f"{noun.__name__}.{name}"

    assert [*walk(Instance), *walk(Plan), *walk(Bring)] == ["Bring.items"]  # of acts only
    assert set(RENAMED) <= seen


def test_homes_and_clients_lie_at_the_centre_of_their_district(six: Six) -> None:
    """A pharmacy stays where it is; a home without a district goes to a hundredth of a degree."""
    instance, travel, plan = six
    home = instance.place_by_id[instance.nurses[0].home].model_copy(
        update={"district": "", "latitude": 51.87654, "longitude": 4.51234, "postcode": "3011AB"}
    )
    places = tuple(home if each.id == home.id else each for each in instance.places)
    changed = instance.model_copy(update={"places": places})
    codes = Pseudonyms(changed, KEY, plan)
    centres = {each.id: (each.latitude, each.longitude) for each in instance.districts}
    for each in places:
        now = codes.instance.place_by_id[codes.code("place", each.id)]
        assert now.postcode == ""
        if each.id == home.id:
            assert (now.latitude, now.longitude) == (51.88, 4.51)
        elif each.kind in ("home", "client") and each.district:
            assert (now.latitude, now.longitude) == centres[each.district]
        elif each.kind not in ("home", "client"):
            assert (now.latitude, now.longitude) == (each.latitude, each.longitude)
    renamed = codes.travel(travel)
    assert all(np.array_equal(renamed.minutes[part], travel.minutes[part]) for part in travel.minutes)


def test_codes_hold_under_one_key_and_change_with_it() -> None:
    """The same id has the same code whatever else is in the table; under another key it has another one."""
    few, many = Codes(KEY, {"nurse": ["n1"]}), Codes(KEY, {"nurse": ["n0", "n1", "n2"], "client": ["n1"]})
    assert few("nurse", "n1") == many("nurse", "n1")
    assert Codes(OTHER, {"nurse": ["n1"]})("nurse", "n1") != few("nurse", "n1")
    assert many("client", "n1")[2:] != many("nurse", "n1")[2:]
    assert re.fullmatch(r"M-[0-9A-HJKMNP-TV-Z]{5}", few("nurse", "n1"))


def test_a_code_is_the_hmac_of_kind_and_id() -> None:
    """The first 25 bits of HMAC-SHA256, five at a time, as anybody can work it out again."""
    import hashlib
    import hmac

    bits = f"{int(hmac.new(KEY, b'client' + bytes(1) + b'c-7', hashlib.sha256).hexdigest(), 16):0256b}"
    signs = "".join("0123456789ABCDEFGHJKMNPQRSTVWXYZ"[int(bits[at : at + 5], 2)] for at in range(0, 25, 5))
    assert Codes(KEY, {})("client", "c-7") == f"C-{signs}"


def test_ids_with_one_code_all_get_a_longer_one() -> None:
    """With one sign 100 ids share 32 codes: all stay apart, in any order, and no short code changes its owner."""
    ids = [f"n{number}" for number in range(100)]
    codes, turned = (Codes(KEY, {"nurse": some}, short=1) for some in (ids, ids[::-1]))
    assert len({codes("nurse", each) for each in ids}) == 100
    assert [codes("nurse", each) for each in ids] == [turned("nurse", each) for each in ids]
    fewer = Codes(KEY, {"nurse": ids[:20]}, short=1)
    for each in ids[:20]:
        old, new = fewer("nurse", each), codes("nurse", each)
        assert new.startswith(old)
        # the old code stands for nobody else now
        assert codes.behind(old) in (None, ("nurse", each))
    # an id that came later has a code of its own too
    assert len({fewer("nurse", each) for each in ids}) == 100


def test_a_code_is_found_back_with_the_key(six: Six) -> None:
    """Who has the key and the tables works the code out again; small letters do."""
    codes = Pseudonyms(six[0], KEY, six[2])
    nurse = six[0].nurses[0].id
    assert codes.code.behind(codes.code("nurse", nurse).lower()) == ("nurse", nurse)
    assert codes.code.behind("M-00000") is None


def test_events_and_free_words_are_renamed_too(six: Six) -> None:
    """What happened names codes, and no reason in free words is left, nor the other employer."""
    instance, travel, plan = six
    one, two = instance.nurses[0].id, instance.nurses[1].id
    visit, day, client = instance.visits[0], instance.first_monday, instance.clients[0].id
    order = Order(id="O-new", client="C-new", acts=visit.acts, rhythm="daily", windows=((480, 600),), first=day)
    came = Referral(
        order=order, client=Client(id="C-new", organisation=instance.organisations[0].id, place="P-new"),
        place=Place(id="P-new", kind="client", latitude=51.91234, longitude=4.45678, postcode="3012CD"),
    )  # fmt: skip
    events = (
        Absent(at=5, reason="griep van Jo", nurse=one, first=day, last=day, duties=((f"{one}/{day}/work", "dag"),)),
        Held(at=5, reason="band lek", nurse=two, id=f"late-{two}-1", day=day, start=500, minutes=20),
        OtherMode(at=5, nurse=one, first=day, last=day, mode="bicycle"),
        SlowTravel(at=5, day=day, under_way=(one, two), percent=150),
        Cancelled(at=5, reason="Jansen belde", visits=(visit.id,)),
        Accepted(at=5, referral=came),
        Agreed(at=5, gone=((one, day, "dag"),), new=((two, day, "dag"),)),
    )
    contract = SharingContract(name="proef", visits="all", cover="own", consents=(one, two))
    changed = plan.model_copy(
        update={
            "events": events, "contract": contract, "parent": "0123456789abcdef01234567",
            "overrides": (Override(rule="livable.long_row", nurse=one, first=day, last=day, reason="wens van Jo"),),
            "unserved": (Unserved(id=visit.id, reason="no_room", detail="met Jo besproken"),
                         Unserved(id=visit.id, reason="no_room", detail=two)),
        }
    )  # fmt: skip
    tables = {
        "context": (ContextDuty(nurse=one, start=-600, end=-60, work_minutes=500, employer="Bakkerij Bol"),),
        "links": (Link(id="L-x", first=visit.id, second=f"late-{two}-1", gap_min=0, gap_max=60),),
        "work_links": (Link(id=f"{visit.id}/next", first=visit.id, second=visit.id, gap_min=0, gap_max=60),),
        "slow_days": (SlowDay(day=day, percent=150, under_way=(one,)),), "contracts": (contract,),
        "provenance": {"made_by": "Jo", "synthetic": True},
    }  # fmt: skip
    codes = Pseudonyms(instance.model_copy(update=tables), KEY, changed)
    new, now = codes.instance, codes.plan(changed)
    written = new.model_dump_json() + now.model_dump_json()
    assert not re.search(
        rf"Jo\b|Jansen|Bakkerij|besproken|griep|3012CD|O-new|C-new|P-new|late-|{one}|{two}|{client}\b", written
    )
    assert "51.91234" not in written and '"latitude":51.91' in written
    assert now.events[0].nurse == codes.code("nurse", one)
    assert now.events[0].duties == ((f"{codes.code('nurse', one)}/{day}/work", "dag"),)
    assert now.events[5].referral.order.client == now.events[5].referral.client.id == codes.code("client", "C-new")
    assert new.links[0].second == now.events[1].id == codes.code("task", f"late-{two}-1")
    assert new.work_links[0].id == f"{codes.work(visit.id)}/next"
    assert now.overrides[0].reason == LEFT_OUT
    assert [each.detail for each in now.unserved] == ["", codes.code("nurse", two)]
    assert new.provenance == {"synthetic": True}
    assert now.parent not in (None, changed.parent)
    slow = codes.travel(replace(travel, slow={day: tables["slow_days"][0]})).slow
    assert slow[day].under_way == (codes.code("nurse", one),)


def test_what_to_bring_for_one_client_is_left_out(six: Six) -> None:
    """Words about an order could name its client; those about an act stay, and where to fetch it is a code."""
    codes = Pseudonyms(six[0], KEY, six[2])
    rows = (Bring(work=six[0].acts[0].id, items="verband", fetch=six[0].places[0].id),
            Bring(work=six[0].orders[0].id, items="sleutel van mevrouw Bos"))  # fmt: skip
    (kept,) = codes.bring(rows)
    assert (kept.items, kept.fetch) == ("verband", codes.code("place", six[0].places[0].id))


def test_no_hash_of_a_row_is_kept(six: Six) -> None:
    """A short hash of a row with few possible values (a date of birth) can be tried out, so that there is none; the
    fingerprint of all rows is that of the renamed tables, or keyed for a plan of other tables."""
    instance, _, plan = six
    codes = Pseudonyms(instance, KEY, plan)
    own = {"fingerprint": instance.fingerprint, "row_hashes": instance.row_hashes}
    for fields in (own, {"fingerprint": "of other tables", "row_hashes": {"nurses/jo": "abc"}}):
        now = codes.plan(plan.model_copy(update=fields))
        assert now.row_hashes == {}
        assert (now.fingerprint == codes.instance.fingerprint) == (fields is own)
        assert now.fingerprint != fields["fingerprint"]


def test_the_order_of_rows_tells_nothing(six: Six) -> None:
    """Nurses and clients stand in the order of their codes, so that a list by name does not show through."""
    instance, _, _ = pseudonymised(*six, KEY)
    assert [each.id for each in instance.nurses] == sorted(each.id for each in instance.nurses)
    assert instance.first_monday == six[0].first_monday and isinstance(instance.first_monday, date)
