"""Locked pages: only the phrase opens them, nothing of the content stands in the file, nothing may be changed."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import struct
import zlib

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from maps.card_pdf_sheet import ACCENT, BAD, INK, QUIET
from maps.locked import ROUNDS, LockKey, lock_key, locked_page
from maps.page import policy
from maps.phrases import ALPHABET, letters, phrases, written

PHRASE = "bcd-fgh-jkm-npq-rst-vwx"
SECRET = "Şükrü Żółw-Ypma, Sleutelstraat 7, kluis 1234"
PAGE = (
    f'<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="{policy(())}">'
    f"<title>{SECRET}</title></head><body><p>{SECRET}</p></body></html>"
)


@pytest.fixture(scope="module")
def key() -> LockKey:
    """One derivation for all these tests."""
    return lock_key(PHRASE)


@pytest.fixture(scope="module")
def locked(key: LockKey) -> str:
    """The page, locked."""
    return locked_page(PAGE, PHRASE, "Kaart 7 december", "nl", key)


def box(locked: str) -> bytes:
    """The locked bytes of a page."""
    found = re.search(r'id="box">([^<]*)<', locked)
    assert found
    return base64.b64decode(found[1], validate=True)


def opened(raw: bytes, phrase: str) -> str:
    """What a box holds, by the words of maps/locked.py and none of its code."""
    body = raw[32:]
    if hashlib.sha256(body).digest() != raw[:32]:
        raise ValueError("damaged")
    header, nonce, cipher = body[:24], body[24:36], body[36:]
    rounds = struct.unpack(">I", header[4:8])[0]
    key = hashlib.pbkdf2_hmac("sha256", letters(phrase).encode(), header[8:], rounds)
    return zlib.decompress(AESGCM(key).decrypt(nonce, cipher, header), -15).decode()


def test_the_phrase_opens_the_page(locked: str) -> None:
    """What comes out is what went in, but for its title, which tabs and histories would show."""
    assert opened(box(locked), PHRASE) == PAGE.replace(f"<title>{SECRET}", "<title>Kaart 7 december")
    assert "<title>Kaart 7 december</title>" in locked


def test_another_phrase_does_not(locked: str) -> None:
    """One letter makes the difference."""
    with pytest.raises(InvalidTag):
        opened(box(locked), PHRASE.replace("x", "z"))


def test_nothing_of_the_content_stands_in_the_file(locked: str) -> None:
    """Neither as text, nor in base64 at any of its three offsets, nor a hash of a script that would tell a guess."""
    for part in (SECRET, "Żółw", "Sleutelstraat", "kluis 1234", PHRASE, letters(PHRASE)):
        assert part not in locked
    for shift in range(3):
        coded = base64.b64encode(b" " * shift + SECRET.encode())[4:-4].decode()
        assert coded[:24] not in locked
    assert "sha256-" not in locked


PARTS = {"magic": 0, "rounds": 6, "salt": 10, "nonce": 30, "ciphertext": 60, "tag": -1}


@pytest.mark.parametrize("part", PARTS)
def test_a_changed_bit_is_refused(locked: str, part: str) -> None:
    """Also by one who makes the digest right again: header, nonce, ciphertext and tag are all authenticated."""
    raw = bytearray(box(locked))
    place = PARTS[part]
    raw[place + 32 if place >= 0 else place] ^= 1
    with pytest.raises(ValueError, match="damaged"):
        opened(bytes(raw), PHRASE)
    mended = hashlib.sha256(raw[32:]).digest() + raw[32:]
    with pytest.raises(InvalidTag):
        opened(bytes(mended), PHRASE)


def test_the_header_is_authenticated_by_itself(locked: str, key: LockKey) -> None:
    """With the right key at hand, lower rounds in the header still do not pass."""
    body = box(locked)[32:]
    lower = body[:4] + struct.pack(">I", 1000) + body[8:24]
    assert AESGCM(key.key).decrypt(body[24:36], body[36:], body[:24])
    with pytest.raises(InvalidTag):
        AESGCM(key.key).decrypt(body[24:36], body[36:], lower)


def test_rounds_are_at_least_six_hundred_thousand(locked: str) -> None:
    """In the code, in the header, and as the least that the page takes."""
    assert ROUNDS >= 600_000
    assert struct.unpack(">I", box(locked)[36:40])[0] == ROUNDS
    assert f'data-least-rounds="{ROUNDS}"' in locked


def test_files_differ_in_salt_and_nonce_only(locked: str, key: LockKey) -> None:
    """Under one key the nonce is fresh for each file; two keys of a phrase have salts of their own."""
    again = locked_page(PAGE, PHRASE, "Kaart 7 december", "nl", key)
    assert box(again)[32:56] == box(locked)[32:56] and box(again)[56:68] != box(locked)[56:68]
    assert again.replace(base64.b64encode(box(again)).decode(), "") == locked.replace(
        base64.b64encode(box(locked)).decode(), ""
    )
    other = lock_key(PHRASE)
    assert other.salt != key.salt and other.key != key.key
    assert key.key.hex() not in repr(key) and str(key.key) not in repr(key)


def test_a_page_without_a_policy_is_not_locked(key: LockKey) -> None:
    """Nothing else would keep smuggled scripts from running once it is open."""
    with pytest.raises(ValueError, match="policy"):
        locked_page("<title>x</title>", PHRASE, "x", "nl", key)


def test_the_outer_policy_allows_the_tiles_of_the_inner_one_and_no_more(key: LockKey) -> None:
    """Policies add up: images of one host where the page within has them, else no address at all."""
    tiled = PAGE.replace(policy(()), policy((), "https://tiles.example"))
    outer = re.search(r'Policy" content="([^"]*)"', locked_page(tiled, PHRASE, "x", "en", key))
    assert outer
    assert outer[1] == (
        "default-src &#39;none&#39;; script-src &#39;unsafe-inline&#39;; style-src &#39;unsafe-inline&#39;; "
        "img-src data: https://tiles.example; font-src data:; base-uri &#39;none&#39;; form-action &#39;none&#39;"
    )


def test_phrases_are_drawn_long_enough() -> None:
    """18 letters of 19: 18 x log2 19 = 76.46 bits, above 70; never the same twice; written in six groups of three."""
    made = phrases(["N1", "N2", "N3"])
    assert list(made) == ["N1", "N2", "N3"] and len(set(made.values())) == 3
    assert 18 * math.log2(len(set(ALPHABET))) > 76.4
    for phrase in made.values():
        assert re.fullmatch(rf"[{ALPHABET}]{{3}}(-[{ALPHABET}]{{3}}){{5}}", phrase)
        assert written(letters(phrase)) == phrase


def test_phrases_that_nurses_have_stay() -> None:
    """A kept phrase comes back as it is written, however it was typed; one that somebody chose is refused."""
    made = phrases(["N1", "N2"], {"N1": " BCD fgh jkmnpq-rst–vwx ", "N9": PHRASE})
    assert made["N1"] == PHRASE and set(made) == {"N1", "N2"} and made["N2"] != PHRASE
    with pytest.raises(ValueError, match="N1"):
        phrases(["N1"], {"N1": "welkom2026"})


def test_a_phrase_may_be_typed_in_any_way(locked: str) -> None:
    """Capitals, spaces, dashes of all kinds and points do not count."""
    assert opened(box(locked), " Bcd Fgh—JKM.npq rst-vwx\t") == opened(box(locked), PHRASE)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours by WCAG 2.2."""

    def light(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_colours_can_be_read(locked: str) -> None:
    """Text has a contrast of 4.5 or more on what it stands on, in the page and on paper; the edge of the field 3."""
    day, dark, night = locked.partition("@media screen and (prefers-color-scheme: dark)")
    light = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", day)) | {"field": "#ffffff", "on-accent": "#ffffff"}
    pairs = [("ink", "field"), ("soft", "field"), ("bad", "bad-soft"), ("on-accent", "accent"), ("on-accent", "soft")]
    for colour in (light, light | dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", night))):
        assert min(contrast(colour[front], colour[back]) for front, back in pairs) >= 4.5
    assert dark
    edges = (r"border: 1.5px solid (#[0-9a-f]{6})", "#ffffff"), (r"border-color: (#[0-9a-f]{6})", "#171d25")
    for pattern, field in edges:
        edge = re.search(pattern, locked)
        assert edge and contrast(edge[1], field) >= 3
    assert min(contrast(each, "#ffffff") for each in (INK, QUIET, BAD, ACCENT)) >= 4.5
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
