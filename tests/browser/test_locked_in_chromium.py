"""A locked route page in a real browser, from a file, with the network off."""

from __future__ import annotations

import base64
import hashlib
import random
import re
import runpy
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from maps.locked import LockKey, lock_key, locked_page
from maps.phrases import letters
from maps.route import route_page

pytestmark = pytest.mark.browser

PHRASE = "bcd-fgh-jkm-npq-rst-vwx"
CONTRAST = runpy.run_path(str(Path(__file__).with_name("test_call_list_in_chromium.py")))["CONTRAST"]
PHONE = {"width": 390, "height": 844}
SMALL_TEAM = Path(__file__).parents[1] / "maps" / "small_team.py"
Visit = Callable[..., Any]


@pytest.fixture(scope="module")
def key() -> LockKey:
    """One derivation for all these tests."""
    return lock_key(PHRASE)


@pytest.fixture(scope="module")
def inner() -> str:
    """A route page with its map."""
    team = runpy.run_path(str(SMALL_TEAM), run_name="small_team")["small_team"]()
    return route_page(team.instance, team.travel, team.plan, "N1", date(2026, 12, 7), team.names)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Here the pages lie that ``visit`` opens."""
    return tmp_path_factory.mktemp("locked")


@pytest.fixture(scope="module")
def locked(inner: str, key: LockKey, folder: Path) -> Path:
    """The route page, locked, as a file."""
    path = folder / "kaart.html"
    path.write_text(locked_page(inner, PHRASE, "Kaart maandag 7 december", "nl", key), encoding="utf-8")
    return path


def told(page: Any, phrase: str) -> str:
    """Type a phrase, press Enter, and give the problem that is told."""
    page.get_by_label("Toegangscode").fill(phrase)
    page.keyboard.press("Enter")
    page.locator("#problem:not(:empty)").wait_for()
    return str(page.get_by_role("alert").inner_text())


def test_a_wrong_phrase_and_then_the_right_one(visit: Visit, locked: Path) -> None:
    """At 390 px, by keyboard: what is wrong is told beside the field, then the page opens and its map works. Nothing
    is asked of a network (the fixture sees to it) and nothing is kept in the browser."""
    page = visit(locked, **PHONE)
    assert page.evaluate("isSecureContext")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "opent de kaart niet" in told(page, "bcd fgh jkm npq rst vwz")
    assert page.evaluate("document.activeElement.id + document.activeElement.getAttribute('aria-invalid')") == (
        "phrasetrue"
    )
    page.keyboard.type("BCD fgh jkm npq rst vwx")
    page.keyboard.press("Enter")
    page.locator(".leaflet-marker-icon .stop").first.wait_for()
    assert page.locator(".stops .work").count() == 8
    assert page.evaluate("document.activeElement.tagName") == "H1"
    page.locator("#stop-3 .number").click()
    page.locator(".leaflet-popup-content").wait_for()
    assert page.title() == "Kaart maandag 7 december"
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0
    assert page.locator("#phrase").count() == 0
    page.reload()
    assert page.get_by_label("Toegangscode").input_value() == ""


def test_it_is_legible_in_the_dark(visit: Visit, locked: Path) -> None:
    """A nurse in the night: no white sheet, and every word above 4.5 : 1, with the message of a wrong phrase."""
    page = visit(locked, **PHONE)
    page.emulate_media(color_scheme="dark")
    told(page, "bcd fgh jkm npq rst vwz")
    assert page.evaluate(CONTRAST, "main") == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 21, 27)"


def test_a_damaged_file_is_told_apart_from_a_wrong_phrase(visit: Visit, locked: Path) -> None:
    """Half of the file, other letters in it, or rounds that are too few or would hang a phone: damaged. A change
    by one who made the digest right: the phrase does not open it."""
    page = visit(locked)
    content = str(page.locator("#box").text_content())
    raw = base64.b64decode(content)
    lower = raw[32:36] + (1000).to_bytes(4) + raw[40:]
    higher = raw[32:36] + (2**32 - 1).to_bytes(4) + raw[40:]
    changed = raw[32:100] + bytes([raw[100] ^ 1]) + raw[101:]
    boxes = {
        "half": content[: len(content) // 2],
        "letters": "é" + content[1:],
        "lower": base64.b64encode(hashlib.sha256(lower).digest() + lower).decode(),
        "higher": base64.b64encode(hashlib.sha256(higher).digest() + higher).decode(),
        "changed": base64.b64encode(hashlib.sha256(changed).digest() + changed).decode(),
    }
    for name, box in boxes.items():
        page.evaluate("(box) => { document.getElementById('box').textContent = box; }", box)
        problem = told(page, PHRASE)
        assert ("opent de kaart niet" if name == "changed" else "beschadigd") in problem, name
        page.evaluate("document.getElementById('problem').textContent = ''")


def test_a_script_that_the_page_did_not_name_stays_dead(
    chromium: Any, inner: str, key: LockKey, tmp_path: Path
) -> None:
    """After opening the inner page's own policy decides: scripts and handlers that a text brought in do not run."""
    harm = "<script>document.title = 'harm'</script><img src='data:,' onerror=\"document.title = 'harm'\"></body>"
    path = tmp_path / "harm.html"
    path.write_text(locked_page(inner.replace("</body>", harm), PHRASE, "Kaart", "nl", key), encoding="utf-8")
    context = chromium.new_context(offline=True)
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    page.goto(path.as_uri())
    page.get_by_label("Toegangscode").fill(PHRASE)
    page.get_by_role("button", name="Openen").click()
    page.locator(".leaflet-marker-icon .stop").first.wait_for()
    page.wait_for_timeout(100)
    assert page.title() == "Kaart"
    assert sum("Content Security Policy" in each for each in refused) == 2
    context.close()


def test_it_locks_again_after_an_hour_out_of_sight(visit: Visit, locked: Path) -> None:
    """Half an hour behind another app leaves it open; an hour closes it, and the content is gone."""
    page = visit(locked)
    page.clock.install()
    page.reload()
    page.get_by_label("Toegangscode").fill(PHRASE)
    page.keyboard.press("Enter")
    page.locator(".stops").first.wait_for()
    for hidden, minutes in (("true", 30), ("false", 1), ("true", 61)):
        page.evaluate(
            f"Object.defineProperty(document, 'hidden', {{value: {hidden}, configurable: true}});"
            "document.dispatchEvent(new Event('visibilitychange'))"
        )
        assert page.locator(".stops").count() > 0
        page.clock.fast_forward(minutes * 60_000)
    page.get_by_label("Toegangscode").wait_for()
    assert page.locator(".stops").count() == 0


def test_without_scripts_it_says_what_to_do(visit: Visit, locked: Path) -> None:
    """No form that would not work, but the reason and the way out."""
    page = visit(locked, **PHONE, scripts=False)
    assert "Scripts staan uit" in page.locator("main").inner_text()
    assert not page.get_by_label("Toegangscode").is_visible()


def test_browsers_that_cannot_open_it_say_so(chromium: Any, locked: Path) -> None:
    """Without WebCrypto (a viewer inside another app) or without inflating (an old browser)."""
    for without, words in (("crypto", "geen vergrendelde kaarten"), ("DecompressionStream", "te oud")):
        context = chromium.new_context(offline=True)
        page = context.new_page()
        page.add_init_script(f"Object.defineProperty(window, '{without}', {{value: undefined}})")
        page.goto(locked.as_uri())
        assert words in page.get_by_role("alert").inner_text()
        assert not page.get_by_label("Toegangscode").is_visible()
        context.close()


def test_page_and_planner_read_a_phrase_the_same(visit: Visit, locked: Path) -> None:
    """The letters that count are the same in JavaScript and in Python, for capitals, accents and signs of all kinds."""
    found = re.search(r"const letters = (.*);", locked.read_text(encoding="utf-8"))
    assert found
    chance = random.Random(7)
    signs = [*range(0x20, 0x250), *range(0x370, 0x530), *range(0x1E00, 0x2150), *range(0xFB00, 0xFF60), 0x1F511]
    typed = ["".join(map(chr, chance.choices(signs, k=30))) for _ in range(400)]
    typed += [" BCD-fgh\u2013JKM\u00a0npq", "İIıKſẞ"]
    assert visit(locked).evaluate(f"(typed) => typed.map({found[1]})", typed) == [letters(each) for each in typed]
