"""Paper for a PDF of ours: A4, a font for all Latin names, and a foot with the page number."""

from __future__ import annotations

import hashlib
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import AccessPermission, EncryptionMethod

from maps.phrases import letters, written

EDGE, WIDTH, HEIGHT = 15.0, 210.0, 297.0
"""Margin and A4, in mm."""
INK, QUIET, BAD, ACCENT, RULE, GROUND = "#18212f", "#556070", "#a3231b", "#0b5c7a", "#dfe4ea", "#f4f6f8"
LEADING, BASELINE = 1.28, 0.74
"""Height of a line in sizes, and where in it the letters stand."""
MM_OF_POINT = 25.4 / 72
MAY = (
    AccessPermission.PRINT_LOW_RES
    | AccessPermission.PRINT_HIGH_RES
    | AccessPermission.COPY
    | AccessPermission.COPY_FOR_ACCESSIBILITY
)
"""Whoever has opened it may print it and copy an address into her navigation, not change it."""


@dataclass(frozen=True)
class Words:
    """A piece of text in one look; ``link`` is followed by a tap."""

    text: str
    size: float = 9.5
    bold: bool = False
    colour: str = INK
    link: str = ""

    @property
    def line(self) -> float:
        """The height of a line in mm."""
        return self.size * MM_OF_POINT * LEADING


class Sheet(FPDF):
    """The document. ``foot`` stands at the bottom of the pages that follow; with ``phrase`` it is locked: AES-256,
    PDF 2.0 (ISO 32000-2, revision 6), metadata included. The phrase opens it with its dashes and without."""

    def __init__(self, title: str, language: str, made: date, phrase: str | None) -> None:
        super().__init__(format="A4")
        self.foot = ""
        self._lines: dict[tuple[str, float, bool, float], list[str]] = {}
        self._identity = hashlib.md5(f"{title} {made}".encode(), usedforsecurity=False).hexdigest()
        for style, name in (("", "Regular"), ("B", "Bold")):
            self.add_font("Roboto", style, _font(name))
        self.set_margins(EDGE, EDGE)
        self.c_margin = 0
        self.set_auto_page_break(False)
        self.set_title(title)
        self.set_lang(language)
        # the day of the card, not of making: equal cards give equal bytes
        self.set_creation_date(datetime.combine(made, time(), UTC))
        if phrase is not None:
            # the identity is readable in a locked file and must not tell of the content
            self._identity = secrets.token_hex(16)
            plain = letters(phrase)
            self.set_encryption(plain, written(plain), EncryptionMethod.AES_256, MAY, encrypt_metadata=True)

    def file_id(self) -> str:
        """Both halves of the identity that a PDF must have."""
        return f"<{self._identity.upper()}><{self._identity.upper()}>"

    def footer(self) -> None:
        """Whose card it is, and the page."""
        self._look(Words("", 8, colour=QUIET))
        low = HEIGHT - EDGE + 6
        self.set_xy(EDGE, low - 3.35)  # fpdf fills in the number of pages in cells only; there the letters stand so low
        self.cell(15, 5, f"{self.page_no()} / {{nb}}")
        self.text(EDGE + 15, low, shown(self.foot))

    def room(self, height: float) -> None:
        """Begin a new page when ``height`` mm no longer fit on this one."""
        if self.get_y() + height > HEIGHT - EDGE:
            self.add_page()

    def height_of(self, block: Sequence[Words], width: float) -> float:
        """How high the texts stand below each other in ``width`` mm."""
        return sum(each.line * len(self._broken(each, width)) for each in block)

    def write_block(self, block: Sequence[Words], x: float, y: float, width: float) -> float:
        """Write the texts below each other from (x, y); gives the y below them."""
        for each in block:
            lines = self._broken(each, width)
            self._look(each)
            for line in lines:
                self.text(x, y + each.line * BASELINE, line)
                if each.link:
                    self.link(x, y, self.get_string_width(line), each.line, each.link)
                y += each.line
        return y

    def write_centred(self, words: Words, x: float, y: float) -> None:
        """Write a short text with its middle at (x, y)."""
        self._look(words)
        said = shown(words.text)
        self.text(x - self.get_string_width(said) / 2, y + words.size * MM_OF_POINT * 0.36, said)

    def _broken(self, words: Words, width: float) -> list[str]:
        """The lines of a text. fpdf's own breaking measures each line again for every letter: most of the time went
        there."""
        key = (words.text, words.size, words.bold, width)
        if key not in self._lines:
            self._look(words)
            self._lines[key] = [line for part in shown(words.text).split("\n") for line in self._wrapped(part, width)]
        return self._lines[key]

    def _wrapped(self, text: str, width: float) -> Iterator[str]:
        if self.get_string_width(text) <= width:
            yield text
            return
        line = ""
        for word in text.split():
            longer = f"{line} {word}".lstrip()
            if self.get_string_width(longer) <= width:
                line = longer
                continue
            if line:
                yield line
            while self.get_string_width(word) > width:
                fits = max(n for n in range(1, len(word)) if n == 1 or self.get_string_width(word[:n]) <= width)
                yield word[:fits]
                word = word[fits:]
            line = word
        yield line

    def _look(self, words: Words) -> None:
        self.set_font("Roboto", "B" if words.bold else "", words.size)
        self.set_text_color(words.colour)


@cache
def _font(name: str) -> Path:
    """A TrueType file of Roboto (Apache licence): Latin of all of Europe, Turkish, Vietnamese; Greek and Cyrillic."""
    return Path(str(files("xstatic.pkg.roboto_fontface"))) / "data" / "fonts" / "roboto" / f"Roboto-{name}.ttf"


@cache
def _signs() -> frozenset[int]:
    from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

    return frozenset(TTFont(_font("Regular")).getBestCmap()) & frozenset(TTFont(_font("Bold")).getBestCmap())


def shown(text: str) -> str:
    """``text`` in signs that the font has: arrows as a dash, an unknown accent left off, all else a question mark."""
    flat = unicodedata.normalize("NFC", text).replace("→", "–")
    kept = (each for each in flat if each == "\n" or unicodedata.category(each) not in ("Cc", "Cf"))
    return "".join(each if each == "\n" or ord(each) in _signs() else _stand_in(each) for each in kept)


def _stand_in(sign: str) -> str:
    if unicodedata.combining(sign):
        return ""
    plain = "".join(each for each in unicodedata.normalize("NFKD", sign) if ord(each) in _signs())
    return plain or "?"
