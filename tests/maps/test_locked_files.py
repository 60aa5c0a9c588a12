"""What ``cards --lock`` writes: every page locked, a PDF for each nurse, codes within and nothing without."""

from __future__ import annotations

import base64
import io
import re
from datetime import date
from typing import Any

import pypdf
import pytest

from maps.card_files import card_files
from maps.locked_files import locked_files

PHRASES = {f"N{number}": f"bcd-fgh-jkm-npq-rst-v{letter}x" for number, letter in enumerate("bcdfgh", 1)}
DAY = date(2026, 12, 7)


@pytest.fixture(scope="module")
def files(team: Any) -> dict[str, Any]:
    """The files of a nurse's days."""
    return dict(locked_files(team.instance, team.travel, team.plan, team.names, PHRASES, nurses=["N1"]))


def test_each_card_has_a_locked_page_and_each_nurse_a_pdf(team: Any, files: dict[str, Any]) -> None:
    """The same names as the open cards, and one PDF with all her days, which opens with her phrase and no other."""
    names = [name for name, _ in card_files(team.instance, team.travel, team.plan, team.names, nurse="N1")]
    assert list(files) == ["N1.pdf", *names]
    reader = pypdf.PdfReader(io.BytesIO(files["N1.pdf"]))
    assert not reader.decrypt(PHRASES["N2"]) and reader.decrypt(PHRASES["N1"])
    text = " ".join(page.extract_text() for page in reader.pages)
    assert all(f"{date.fromisoformat(name[3:13]).day} december" in text for name in names)


def test_one_key_for_all_pages_of_a_nurse(files: dict[str, Any]) -> None:
    """The same salt in each page, a nonce of its own."""
    pages = [page for name, page in files.items() if name.endswith(".html")]
    boxes = [base64.b64decode(re.findall(r'id="box">([^<]*)<', page)[0]) for page in pages]
    assert len({box[40:56] for box in boxes}) == 1 and len({box[56:68] for box in boxes}) == len(boxes) > 1


def test_nothing_readable_in_any_file(team: Any, files: dict[str, Any]) -> None:
    """No name, address, client id or code of anyone of the team; the title holds a date."""
    secret = {part for each in team.names.values() for part in (each.name, each.address) if part}
    secret |= {each.id for each in team.instance.clients if len(each.id) > 3}
    for name, content in files.items():
        raw = content if isinstance(content, bytes) else content.encode()
        assert not [part for part in secret if part.encode() in raw], name
    assert "<title>Kaart maandag 7 december</title>" in files["N1_2026-12-07.html"]


@pytest.mark.slow
def test_a_week_and_a_day(team: Any) -> None:
    """With ``week`` one page with all days; of one day one page; the PDF holds the same days."""
    given = (team.instance, team.travel, team.plan, team.names, PHRASES)
    week = dict(locked_files(*given, nurses=["N2"], week=True))
    assert list(week) == ["N2.pdf", "N2_week.html"]
    assert "<title>Kaart maandag 7 december – zondag 13 december<" in str(week["N2_week.html"])
    day = dict(locked_files(*given, nurses=["N2"], day=DAY))
    assert list(day) == ["N2.pdf", "N2_2026-12-07.html"]
    assert len(day["N2.pdf"]) < len(week["N2.pdf"])
