"""The table of phrases: written for the manager, read back so that nurses keep theirs."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from instances.files import write_whole
from instances.names import Name
from instances.phrases import apart_from, phrases_csv, read_phrases
from optimiser.errors import InputError

PHRASES = {"N2": "zxw-vts-rqp-nmk-jhg-fdc", "N1": "bcd-fgh-jkm-npq-rst-vwx"}


def test_what_is_written_is_read(tmp_path: Path) -> None:
    """A row for each nurse by id with her name; reading gives the same phrases."""
    table = phrases_csv(PHRASES, {"N1": Name(id="N1", name="=Zoë Łuk")})
    assert table.splitlines()[:2] == [
        "\ufeffmedewerker;naam;toegangscode",
        "N1;'=Zoë Łuk;bcd-fgh-jkm-npq-rst-vwx",
    ]
    path = tmp_path / "codes.csv"
    write_whole(path, table)
    assert read_phrases(path) == PHRASES


def test_a_chosen_or_doubled_phrase_is_named_by_cell_without_its_words(tmp_path: Path) -> None:
    """Row and column of each fault; what stands there is never repeated."""
    path = tmp_path / "codes.csv"
    write_whole(path, "medewerker;toegangscode\nN1;welkom2026\nN2;bcd-fgh-jkm-npq-rst-vwx\nN2;\n")
    with pytest.raises(InputError) as found:
        read_phrases(path, "nl")
    told = [str(each) for each in found.value.faults]
    assert [(each.row, each.column) for each in found.value.faults] == [(2, "toegangscode"), (4, "toegangscode")]
    assert "welkom" not in "".join(told) and "zes groepen" in told[0]


@pytest.mark.skipif(os.name != "posix", reason="modes of files are of posix systems")
@pytest.mark.parametrize("mode", [0o640, 0o602])
def test_a_table_that_others_can_read_or_fill_in_is_refused(mode: int, tmp_path: Path) -> None:
    """Whoever wrote a phrase in it would open all later cards; no word of it is repeated."""
    path = tmp_path / "a.csv"
    write_whole(path, "medewerker;toegangscode\nN1;bcd-fgh-jkm-npq-rst-vwx\n")
    assert read_phrases(path) == {"N1": "bcd-fgh-jkm-npq-rst-vwx"}
    path.chmod(mode)
    with pytest.raises(InputError, match="only its owner") as told:
        read_phrases(path)
    assert "bcd" not in str(told.value)


def test_the_table_does_not_lie_with_the_cards(tmp_path: Path) -> None:
    """Not in their folder, not below it, not by way of a link or dots; beside it is fine."""
    cards = tmp_path / "cards"
    cards.mkdir()
    (tmp_path / "link").symlink_to(cards)
    for path in (cards / "a.csv", cards / "n" / "a.csv", tmp_path / "link" / "a.csv", tmp_path / "x/../cards/a.csv"):
        with pytest.raises(InputError, match="outside"):
            apart_from(path, cards)
    (cards / "elsewhere.csv").symlink_to(tmp_path / "a.csv")
    with pytest.raises(InputError, match="outside"):
        apart_from(cards / "elsewhere.csv", cards)
    apart_from(tmp_path / "a.csv", cards)
    apart_from(tmp_path / "cards.csv", cards)
