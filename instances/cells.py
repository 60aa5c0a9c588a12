"""Forms of cells: how a value stands in a spreadsheet, both ways.

A form reads the stripped, non-empty text of a cell into the value of the domain (``ValueError`` when it cannot) and
writes a value in the one way that Dutch spreadsheets open properly. Reading what a form wrote gives the same value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

HARMFUL = re.compile(r"'*[=+\-@\t\r]")
"""The start of a text that a spreadsheet would run as a formula, with the apostrophes that make it harmless."""
MAX_TEXT = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::00)?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DUTCH = re.compile(r"(\d{1,2})[-/](\d{1,2})[-/](\d{4})")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_MOMENT = re.compile(r"(\S+)[ T]+(\d{1,2}:\d{2})(?::00)?\s*([+-]\d{2}:\d{2})?")
_SEPARATORS = re.compile(r"[;,\s]+")


@dataclass(frozen=True)
class Form:
    """One form. ``name`` ends the text key of what is expected (``input.expected.<name>``); ``words`` are a choice's
    English values with their Dutch words."""

    name: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    words: Mapping[str, str] = field(default_factory=dict)


def harmless(text: str) -> str:
    """``text`` with an apostrophe before what a spreadsheet would take for a formula."""
    return "'" + text if HARMFUL.match(text) else text


def plain(text: str) -> str:
    """The text that ``harmless`` was given."""
    return text[1:] if text.startswith("'") and HARMFUL.match(text) else text


def _text(cell: str) -> str:
    if _CONTROL.search(cell):
        raise ValueError("control characters")
    return plain(cell)


def _id(cell: str) -> str:
    if "/" in cell:
        raise ValueError(cell)
    return cell


def _whole(cell: str) -> int:
    if not re.fullmatch(r"[+-]?[0-9]{1,12}", cell):
        raise ValueError(cell)
    return int(cell)


def _number(cell: str) -> float:
    if not _NUMBER.fullmatch(cell) or len(cell) > 40:
        raise ValueError(cell)
    return float(cell.replace(",", "."))


def _write_number(value: float) -> str:
    return repr(float(value)).replace(".", ",")


def _hours(cell: str) -> int:
    """Decimal hours, or hours and minutes with a colon, as whole minutes."""
    clock = re.fullmatch(r"(\d{1,4}):(\d{2})(?::00)?", cell)
    if clock:
        return int(clock[1]) * 60 + _below(int(clock[2]), 60)
    hours = _number(cell)
    if abs(hours) > 10_000:
        raise ValueError(cell)
    return round(hours * 60)


def _write_hours(minutes: int) -> str:
    return f"{minutes / 60:.4f}".rstrip("0").rstrip(".").replace(".", ",")


def _below(value: int, limit: int) -> int:
    if value >= limit:
        raise ValueError(value)
    return value


def read_clock(cell: str) -> int:
    """``07:30`` as minutes after midnight; up to ``48:00``, from 24:00 on the next day."""
    match = _CLOCK.fullmatch(cell)
    if not match:
        raise ValueError(cell)
    minutes = int(match[1]) * 60 + _below(int(match[2]), 60)
    return _below(minutes, 2881)


def write_clock(minutes: int) -> str:
    """Minutes after midnight as ``07:30``."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def read_date(cell: str) -> date:
    """``2026-12-07``, ``7-12-2026`` or ``7/12/2026``."""
    if match := _ISO.fullmatch(cell):
        day = date(int(match[1]), int(match[2]), int(match[3]))
    elif match := _DUTCH.fullmatch(cell):
        day = date(int(match[3]), int(match[2]), int(match[1]))
    else:
        raise ValueError(cell)
    if not 1900 <= day.year <= 2100:
        raise ValueError(cell)
    return day


def _moment(cell: str) -> datetime:
    """A local date and time; an offset (``+01:00``) is only needed in the hour that the clock shows twice."""
    match = _MOMENT.fullmatch(cell)
    if not match:
        raise ValueError(cell)
    day, clock = read_date(match[1]), _below(read_clock(match[2]), 1440)
    return datetime.fromisoformat(f"{day.isoformat()}T{write_clock(clock)}{match[3] or ''}")


def _write_moment(moment: datetime) -> str:
    twice = moment.utcoffset() != moment.replace(fold=1 - moment.fold).utcoffset()
    text = moment.strftime("%Y-%m-%d %H:%M")
    return text + moment.isoformat()[-6:] if twice and moment.tzinfo else text


def _zoned(cell: str) -> datetime:
    """A moment in ISO 8601 with its UTC offset."""
    moment = datetime.fromisoformat(cell)
    if moment.tzinfo is None or not 1900 <= moment.year <= 2100:
        raise ValueError(cell)
    return moment


def _windows(cell: str) -> tuple[tuple[int, int], ...]:
    pairs = []
    for part in _SEPARATORS.split(re.sub(r"\s*[-–]\s*", "-", cell)):
        if part:
            start, end = part.split("-")
            pairs.append((read_clock(start), read_clock(end)))
    return tuple(pairs)


def _write_windows(windows: tuple[tuple[int, int], ...]) -> str:
    return " ".join(f"{write_clock(start)}-{write_clock(end)}" for start, end in windows)


def _postcode(cell: str) -> str:
    match = re.fullmatch(r"([1-9][0-9]{3})\s*([A-Za-z]{2})?", cell)
    if not match:
        raise ValueError(cell)
    return match[1] + (match[2] or "").upper()


def _words(cell: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATORS.split(_text(cell)) if part)


def choice(**words: str) -> Form:
    """A form of a few values; each is read in English or Dutch, in any case, and written in Dutch."""
    table = {word.casefold(): value for value, word in words.items()} | {value.casefold(): value for value in words}

    def read(cell: str) -> str:
        if cell.casefold() not in table:
            raise ValueError(cell)
        return table[cell.casefold()]

    return Form("choice", read, lambda value: words[value], words)


def several(one: Form) -> Form:
    """A list of a choice's values, separated by spaces, semicolons or commas."""
    return Form(
        "choices",
        lambda cell: tuple(one.read(part) for part in _SEPARATORS.split(cell) if part),
        lambda values: " ".join(one.write(value) for value in values),
        one.words,
    )


WEEKDAY = choice(mon="ma", tue="di", wed="wo", thu="do", fri="vr", sat="za", sun="zo")
_RHYTHM = choice(every="elke", free="vrij", days="dagen")


def _rhythm(cell: str) -> str:
    flat = re.sub(r"\s+", "", cell).casefold()
    if flat in ("daily", "dagelijks"):
        return "daily"
    head, _, tail = flat.partition(":")
    head = _RHYTHM.read(head)
    return f"{head}:" + ("+".join(WEEKDAY.read(day) for day in tail.split("+")) if head == "days" else tail)


def _write_rhythm(rhythm: str) -> str:
    if rhythm == "daily":
        return "dagelijks"
    head, _, tail = rhythm.partition(":")
    return f"{_RHYTHM.write(head)}:" + ("+".join(map(WEEKDAY.write, tail.split("+"))) if head == "days" else tail)


_YES_NO = {word: True for word in ("ja", "yes", "true", "waar", "1", "j", "y")}
_YES_NO |= {word: False for word in ("nee", "no", "false", "onwaar", "0", "n")}


def _yes_no(cell: str) -> bool:
    if cell.casefold() not in _YES_NO:
        raise ValueError(cell)
    return _YES_NO[cell.casefold()]


TEXT = Form("text", _text, harmless)
ID = Form("id", _id, str)
WORK = Form("work_id", str, str)
IDS = Form("ids", _words, " ".join)
WORDS = Form("words", _words, lambda words: harmless(" ".join(words)))
WHOLE = Form("whole", _whole, str)
NUMBER = Form("number", _number, _write_number)
HOURS = Form("hours", _hours, _write_hours)
CLOCK = Form("clock", read_clock, write_clock)
DATE = Form("date", read_date, date.isoformat)
MOMENT = Form("moment", _moment, _write_moment)
ZONED = Form("zoned", _zoned, lambda moment: moment.isoformat(timespec="minutes"))
WINDOWS = Form("windows", _windows, _write_windows)
WEEKDAYS = several(WEEKDAY)
RHYTHM = Form("rhythm", _rhythm, _write_rhythm)
YES_NO = Form("yes_no", _yes_no, lambda value: "ja" if value else "nee")
POSTCODE = Form("postcode", _postcode, str)
