"""A nurse's card as a PDF, for a phone that opens no locked pages and for paper: one or more days, locked or not."""

from __future__ import annotations

from collections.abc import Sequence

from maps.card_nouns import Card, CardDuty, CardStop, Contact, Packing
from maps.card_pdf_map import draw_map
from maps.card_pdf_sheet import ACCENT, BAD, EDGE, HEIGHT, QUIET, RULE, WIDTH, Sheet, Words
from maps.road_lines import Ways
from optimiser.texts import Language, text

TIME, PIN, LEFT, RIGHT = EDGE, EDGE + 19, EDGE + 25, EDGE + 104
"""Where columns begin, in mm: times, the number, who and what, what to know and bring."""
LEFT_WIDE, RIGHT_WIDE, WIDE = RIGHT - LEFT - 4, WIDTH - EDGE - RIGHT, WIDTH - 2 * EDGE


def card_pdf(
    cards: Sequence[Card], phrase: str | None, language: Language = "nl", ways: Sequence[Sequence[Ways]] = ()
) -> bytes:
    """The cards of one nurse, each day from a new page. With ``phrase`` only who types it can open the file; what is
    within is all that the card says. ``ways`` are those of the duties of each card; straight lines without.

    Without a phrase equal cards give equal bytes. Raises ``ValueError`` without cards, and for an open file of cards
    that hold key-box codes or notes about getting in: those are for locked files.
    """
    if not cards:
        raise ValueError("a PDF of no cards")
    if phrase is None and any(stop.key_box or stop.notes for card in cards for stop in card.stops):
        raise ValueError("key-box codes in a PDF that is not locked")
    title = f"{cards[0].name} · {cards[0].title}" + (f" – {cards[-1].title}" if len(cards) > 1 else "")
    sheet = Sheet(title, language, cards[0].day, phrase)
    for number, card in enumerate(cards):
        sheet.foot = f"{card.name} · {card.title}"
        sheet.add_page()
        _card(sheet, card, ways[number] if ways else (), language)
    if cards[-1].ledger:
        _part(sheet, cards[-1].labels["ledger"], [Words(line) for line in cards[-1].ledger])
    return bytes(sheet.output())


def _card(sheet: Sheet, card: Card, ways: Sequence[Ways], language: Language) -> None:
    _flow(sheet, [Words(card.title[:1].upper() + card.title[1:], 18, bold=True), Words(card.name, 12)])
    for duty in card.duties:
        _flow(sheet, [Words(f"{duty.code}  {duty.name}  {duty.span}", 11, bold=True, colour=ACCENT)])
    _flow(sheet, [_reach(card.guide)] if card.guide else [])
    _flow(sheet, [Words(card.facts, 9.5, colour=QUIET)] if card.facts else [])
    if card.told:
        told = [(" ".join(filter(None, (f"{each.label}:", _change(each.was, each.now), each.what))), each.reason)
                for each in card.told]
        _part(sheet, card.labels["told"], [Words(" · ".join(filter(None, line))) for line in told])
    packing = [line for each in card.packing for line in _packing(each, language)]
    if packing:
        _part(sheet, card.labels["packing"], packing)
    sheet.set_y(sheet.get_y() + 2)
    draw_map(sheet, card.stops, ways)
    for duty in card.duties:
        _duty(sheet, card, duty, named=len(card.duties) > 1)
    roads = text("map.roads.source", language) if any(each.along_roads for each in ways) else ""
    sheet.set_y(sheet.get_y() + 3)
    _flow(sheet, [Words(each, 8, colour=QUIET) for each in (card.note, roads) if each])


def _duty(sheet: Sheet, card: Card, duty: CardDuty, named: bool) -> None:
    if named:
        _flow(sheet, [Words(f"{duty.name}  {duty.span}", 12, bold=True)])
    _flow(sheet, [_reach(each) for each in duty.backups])
    if duty.empty:
        _flow(sheet, [Words(duty.empty)])
    if duty.leave:
        _aside(sheet, duty.leave)
    for stop in duty.stops:
        _stop(sheet, card, stop)
    if duty.back:
        _aside(sheet, duty.back)


def _stop(sheet: Sheet, card: Card, stop: CardStop) -> None:
    """A stop is never split over two pages, unless it is longer than one."""
    left, right = _who(stop), _know(card, stop)
    way = [Words(stop.way, 8.5, colour=QUIET)] if stop.way else []
    tall = max(sheet.height_of(left, LEFT_WIDE), sheet.height_of(right, RIGHT_WIDE), 9)
    sheet.room(min(tall + 10, HEIGHT - 2 * EDGE))
    top = sheet.write_block(way, LEFT, sheet.get_y() + 1, WIDE - 25) + 1
    sheet.set_draw_color(RULE)
    sheet.set_line_width(0.25)
    sheet.line(EDGE, top, WIDTH - EDGE, top)
    top += 1.5
    sheet.write_block([Words(stop.start, 12, bold=True), Words(stop.end, 9, colour=QUIET)], TIME, top, 16)
    if stop.number:
        sheet.write_block([Words(str(stop.number), 12, bold=True, colour=ACCENT)], PIN, top, 8)
    bottom = sheet.write_block(left, LEFT, top, LEFT_WIDE)
    sheet.set_y(max(bottom, sheet.write_block(right, RIGHT, top, RIGHT_WIDE), top + 9) + 1)


def _who(stop: CardStop) -> list[Words]:
    """Who, where and what."""
    who = " ".join(filter(None, (stop.person, f"({stop.client})" if stop.person and stop.client else stop.client)))
    lines = [
        Words(who, 11, bold=True),
        Words(stop.address),
        Words(stop.phone, colour=ACCENT, link=f"tel:{stop.dial}" if stop.dial else ""),
        Words(stop.title, 9.5 if who else 11, bold=not who),
        Words(" · ".join(filter(None, (stop.minutes, stop.window))), 9, colour=QUIET),
        Words(stop.critical, bold=True, colour=BAD),
    ]
    return [each for each in lines if each.text]


def _know(card: Card, stop: CardStop) -> list[Words]:
    """What to bring, know and mind, with whom, and how to get in."""
    labels = card.labels
    lines = [Words(f"{labels['safety']}: {each}", bold=True, colour=BAD) for each in stop.safety]
    lines += [_reach(stop.partner)] if stop.partner else []
    lines += [Words(f"{labels['key_box']}: {stop.key_box}", 10.5, bold=True)] if stop.key_box else []
    lines += [Words(f"{labels['notes']}: {stop.notes}")] if stop.notes else []
    lines += [Words(f"{labels['bring']}: {each}") for each in stop.bring]
    lines += [Words(f"{labels['parking']}: {stop.parking}")] if stop.parking else []
    if stop.form:
        lines.append(Words(stop.form, 9, bold=stop.form_warning, colour=BAD if stop.form_warning else QUIET))
    return lines


def _reach(who: Contact) -> Words:
    shown = " · ".join(filter(None, (f"{who.role}: {who.name}", who.phone)))
    return Words(shown, link=f"tel:{who.dial}" if who.dial else "")


def _packing(pack: Packing, language: Language) -> list[Words]:
    own = text("card.packing.own", language)
    head = text("card.packing.fetch", language, place=pack.place) if pack.place else own
    lines = [Words(", ".join(filter(None, (head, pack.address))), bold=True)]
    lines += [Words(pack.phone, colour=ACCENT, link=f"tel:{pack.dial}" if pack.dial else "")] if pack.phone else []
    for what, numbers in pack.items:
        stops = text("card.packing.stop", language, numbers=numbers, count=numbers.count(",") + 1)
        lines.append(Words(f"– {what} ({stops})"))
    return lines


def _change(was: str, now: str) -> str:
    return f"{was} – {now}" if was and now else was or now


def _part(sheet: Sheet, title: str, lines: list[Words]) -> None:
    sheet.set_y(sheet.get_y() + 2)
    _flow(sheet, [Words(title, 11, bold=True), *lines])


def _aside(sheet: Sheet, words: str) -> None:
    sheet.room(8)
    sheet.set_y(sheet.write_block([Words(words, 8.5, colour=QUIET)], LEFT, sheet.get_y() + 1, WIDE - 25))


def _flow(sheet: Sheet, block: list[Words]) -> None:
    """Texts over the whole width, each on a new page when it no longer fits."""
    for each in block:
        sheet.room(sheet.height_of([each], WIDE))
        sheet.set_y(sheet.write_block([each], EDGE, sheet.get_y(), WIDE))
