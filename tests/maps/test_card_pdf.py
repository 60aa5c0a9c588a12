"""A card as a PDF: all the words of the card, on A4, and locked with AES-256 for whoever has no phrase."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from datetime import date
from typing import Any

import pypdf
import pytest
from pypdf.errors import FileNotDecryptedError

from maps.card import card
from maps.card_nouns import Card, CardStop, Contact, Packing
from maps.card_pdf import card_pdf
from maps.card_pdf_map import RIM, apart, projection
from maps.card_pdf_sheet import shown
from maps.phrases import letters
from maps.road_lines import Ways

PHRASE = "bcd-fgh-jkm-npq-rst-vwx"
NAME = "Şükrü İğneli-Żółw fan ’e Wâl"
FULL: dict[str, Any] = {
    "person": NAME, "address": "Sleutelstraat 7, Maassluis", "phone": "010-1234567", "dial": "0101234567",
    "bring": ("Infuuspomp (ophalen bij Apotheek Zuid)",), "safety": ("Nooit alleen naar binnen.",),
    "parking": "Achter de kerk", "form": "Uitvoeringsverzoek verlopen op 6 december 2026", "form_warning": True,
    "partner": Contact("N9", "Samen met", "Öykü Çelik", "06-87654321", "0687654321"),
    "notes": "Achterom", "key_box": "47114711 links",
}  # fmt: skip


@pytest.fixture(scope="module")
def cards(team: Any) -> list[Card]:
    """Two days of a nurse; at her third stop of the first day everything is told that a card can tell."""

    def filled(stop: CardStop) -> CardStop:
        return replace(stop, **FULL) if stop.number == 3 else replace(stop, notes="", key_box="")

    made = [
        card(team.instance, team.travel, team.plan, "N1", date(2026, 12, day), team.names, key_boxes=True)
        for day in (7, 8)
    ]
    packing = Packing("Apotheek Zuid", "Plein 1", "010-1234567", "0101234567", None, (("Infuuspomp", "3"),))
    return [
        replace(
            each, packing=(packing,), duties=tuple(replace(duty, stops=tuple(map(filled, duty.stops)))
            for duty in each.duties),
        )
        for each in made
    ]  # fmt: skip


@pytest.fixture(scope="module")
def locked(cards: list[Card]) -> bytes:
    """Both days, locked."""
    return card_pdf(cards, PHRASE)


def words_of(raw: bytes, phrase: str) -> str:
    """The text of all pages, with single spaces."""
    reader = pypdf.PdfReader(io.BytesIO(raw), password=phrase)
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_holds_all_that_the_card_says(cards: list[Card], locked: bytes) -> None:
    """In the letters that people write their names with; each day on pages of its own."""
    found = words_of(locked, PHRASE)
    told = [each for value in FULL.values() if isinstance(value, str) for each in [value]]
    fetched = ["Plein 1", "010-1234567", "– Infuuspomp"]
    for part in [*told, *FULL["bring"], *FULL["safety"], "Öykü Çelik", "06-87654321", *fetched]:
        if part != FULL["dial"]:
            assert " ".join(part.split()) in found, part
    for each in cards:
        assert each.title[1:] in found and each.facts in found
        assert all(stop.start in found and stop.title in found for stop in each.stops)


def test_pages_are_a4_with_their_number(locked: bytes) -> None:
    """A4 is 595 x 842 points; the last page says that it is."""
    reader = pypdf.PdfReader(io.BytesIO(locked), password=PHRASE)
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {(595, 842)}
    assert f"{len(reader.pages)} / {len(reader.pages)}" in reader.pages[-1].extract_text()


def test_it_is_locked_with_aes_256(locked: bytes) -> None:
    """PDF 2.0, revision 6, metadata too; the phrase opens it with dashes and without, nothing else does."""
    reader = pypdf.PdfReader(io.BytesIO(locked))
    lock: Any = reader.trailer["/Encrypt"]
    assert (lock["/V"], lock["/R"], lock["/CF"]["/StdCF"]["/CFM"]) == (5, 6, "/AESV3")
    assert lock.get("/EncryptMetadata", True) in (True, "true")
    assert locked.startswith(b"%PDF-2.0")
    with pytest.raises(FileNotDecryptedError):
        reader.pages[0].extract_text()
    for wrong in ("", "bcd-fgh-jkm-npq-rst-vwz", PHRASE.upper()):
        assert reader.decrypt(wrong) == pypdf.PasswordType.NOT_DECRYPTED
    assert reader.decrypt(PHRASE.replace("-", "")) and reader.decrypt(PHRASE)
    allowed = reader.user_access_permissions
    assert allowed is not None
    assert pypdf.constants.UserAccessPermissions.PRINT in allowed
    assert pypdf.constants.UserAccessPermissions.MODIFY not in allowed


def test_nothing_of_the_content_stands_in_the_file(cards: list[Card], locked: bytes) -> None:
    """Neither words, nor the title, nor the numbers behind links, in any of the codings that a PDF uses."""
    words = ["e Wâl", "Sleutelstraat", "47114711 links", "0101234567", "tel:010", "Apotheek"]
    parts = [NAME, *words, cards[0].title, cards[0].name]
    for part in [*parts, PHRASE, PHRASE.replace("-", "")]:
        for coding in ("utf-8", "utf-16-be", "latin-1"):
            coded = part.encode(coding, errors="ignore")
            assert coded not in locked and coded.hex().encode() not in locked.lower(), part


def test_a_changed_lock_does_not_open(locked: bytes) -> None:
    """A changed digit in what checks the phrase (O, U) no longer opens the file. The pages themselves carry no proof:
    the format has none (docs/nl/kaart.md says so); the locked page has."""
    for entry in (b"/O ", b"/U "):
        start = locked.index(entry) + 10
        other = b"1" if locked[start : start + 1] == b"0" else b"0"
        reader = pypdf.PdfReader(io.BytesIO(locked[:start] + other + locked[start + 1 :]))
        phrase = letters(PHRASE) if entry == b"/O " else PHRASE
        assert reader.decrypt(phrase) == pypdf.PasswordType.NOT_DECRYPTED


def test_equal_cards_give_equal_bytes_unless_locked(cards: list[Card], locked: bytes) -> None:
    """An open PDF has no moment of making; two locked ones have a salt and key of their own, the identity too."""
    safe = [
        replace(each, duties=tuple(
            replace(duty, stops=tuple(replace(stop, key_box="", notes="") for stop in duty.stops))
            for duty in each.duties
        ))
        for each in cards
    ]  # fmt: skip
    assert card_pdf(safe, None) == card_pdf(safe, None)
    assert pypdf.PdfReader(io.BytesIO(locked)).trailer["/ID"] != pypdf.PdfReader(
        io.BytesIO(card_pdf(cards[:1], PHRASE))
    ).trailer["/ID"]  # fmt: skip


def test_key_boxes_are_for_locked_files(cards: list[Card]) -> None:
    """An open PDF of a card with a key-box code is refused, and so is one of no cards."""
    with pytest.raises(ValueError, match="key-box"):
        card_pdf(cards, None)
    with pytest.raises(ValueError, match="no cards"):
        card_pdf([], PHRASE)


def test_ways_are_drawn_along_roads(cards: list[Card]) -> None:
    """A way with a corner is in the drawing, and the page says whose roads they are."""
    stops = [stop for stop in cards[0].stops if stop.latitude]
    one, other = [(each.latitude or 0.0, each.longitude or 0.0) for each in stops[:2]]
    ways = Ways([[one, (one[0], other[1]), other]], [[other, (52.5, 4.0)]], True)
    straight, along = (
        pypdf.PdfReader(io.BytesIO(card_pdf(cards[:1], PHRASE, "nl", given)), password=PHRASE)
        for given in ((), ([ways],))
    )

    def drawn(reader: pypdf.PdfReader) -> bytes:
        contents = reader.pages[0].get_contents()
        assert contents is not None
        return contents.get_data()

    assert ["OpenStreetMap" in each.pages[-1].extract_text() for each in (straight, along)] == [False, True]
    assert drawn(along) != drawn(straight)


def test_the_map_keeps_north_up_and_its_scale() -> None:
    """Two points one above the other: the northern one higher; a degree north is 1 / cos of one east, at 60 degrees 2.

    Frame 100 x 100, rim 8: the span of 0.02 degrees north fills 84 mm, 0.02 degrees east 42.
    """
    place = projection([(59.99, 5.0), (60.01, 5.02)], 0, 0, 100, 100)
    (west, low), (east, high) = place((59.99, 5.0)), place((60.01, 5.02))
    assert low - high == pytest.approx(100 - 2 * RIM) and high == pytest.approx(RIM)
    assert east - west == pytest.approx(42, rel=1e-3)


def test_pins_do_not_cover_each_other() -> None:
    """Three at one spot part; what stands alone stays."""
    found = apart([(0.0, 0.0), (0.0, 0.0), (0.0, 0.0), (50.0, 0.0)], gap=6)
    gaps = [math.dist(a, b) for i, a in enumerate(found) for b in found[:i]]
    assert min(gaps) > 5.4 and found[3] == (50.0, 0.0)


def test_signs_that_the_font_lacks() -> None:
    """Arrows become a dash; a letter with an accent that the font lacks loses it; Chinese is a question mark."""
    assert shown("Łukasz Åström Đorđević Nguyễn → 7") == "Łukasz Åström Đorđević Nguyễn – 7"
    assert shown("e\u0301 q\u0361 \u200b王") == "é q ?"
