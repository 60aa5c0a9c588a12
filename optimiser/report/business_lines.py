"""The lines of a business case: what joining gains and costs a year, each marked as money or as room.

Realisable (verzilverbaar) is what is really no longer paid: kilometres, allowances, hired hours. Hours of own nurses
that come free are room (ruimte): they are money only as far as contracts shrink.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from optimiser.domain.business import VAT, BusinessInputs
from optimiser.domain.instance import Instance
from optimiser.report.business_operations import Operations
from optimiser.report.business_parties import client_hours
from optimiser.report.business_range import Range, exactly
from optimiser.report.business_yearly import Yearly
from optimiser.report.leave_season import LeaveSeason
from optimiser.report.year import calendar_year

Mark = Literal["realisable", "room", "cost"]
Unit = Literal["hours", "km", "count", ""]


@dataclass(frozen=True)
class Line:
    """One line, a year (``once``: a single time). ``amount`` is what is saved, in ``unit``, or used by a cost; ``eur``
    its value; None where it is not known, with the inputs it ``needs``.

    ``clear``: whether the comparison is sure of it; None where it was not measured but given or counted in one plan.
    ``part``: part of another line, and no euros of its own.
    """

    key: str
    mark: Mark
    unit: Unit = ""
    amount: Range | None = None
    eur: Range | None = None
    clear: bool | None = None
    needs: tuple[str, ...] = ()
    once: bool = False
    part: bool = False


def gain_lines(
    yearly: Yearly,
    inputs: BusinessInputs,
    instance: Instance,
    season: LeaveSeason | None,
    run: Mapping[str, Operations],
) -> tuple[Line, ...]:
    """What joining gains; ``season`` is that of the scenario it is held against."""
    return (
        *_hours(yearly, inputs, season),
        _travel(yearly),
        *_paid(yearly),
        *_care(yearly, inputs, instance),
        _cars(yearly, inputs, run),
        *(
            Line(key, "realisable", eur=None if value is None else exactly(value),
                 needs=() if value is not None else (f"sums.{key}_eur",))
            for key, value in (("purchasing_saved", inputs.sums.purchasing_saved_eur),
                               ("training_saved", inputs.sums.training_saved_eur))
        ),
    )  # fmt: skip


def _clear(yearly: Yearly, figure: str) -> bool | None:
    found = yearly.measured(figure)
    return None if found is None else found.clear


def _hours(yearly: Yearly, inputs: BusinessInputs, season: LeaveSeason | None) -> Iterator[Line]:
    """Paid hours saved: first those that were hired, then those that contracts lose, the rest is room.

    No more hired hours are saved than were hired, and than the leave season has weeks short of hours. Hours that are
    needed besides are no room below nought: somebody is paid for them.
    """
    saved, clear = yearly.saved("paid_hours"), _clear(yearly, "paid_hours")
    now, hire, cut = inputs.case.hired_hours_now, inputs.rates.hire_eur_per_hour, inputs.case.hours_cut_percent
    missing = ((now, "case.hired_hours_now"), (hire, "rates.hire_eur_per_hour"))
    needs = tuple(path for value, path in missing if value is None)
    hired = None
    if saved is not None and season is not None and now is not None:
        hired = saved.through(lambda hours: min(now, season.fewer_hired(hours)))
    yield Line("hired", "realisable", "hours", hired, None if hire is None else _times(hired, hire), clear, needs)
    rest = saved if saved is None or hired is None else saved.less(hired)
    free, more = _above(rest), _below(rest)
    hour, share = own_hour_eur(yearly), (cut or 0.0) / 100
    lost = None if cut is None else _times(free, share)
    yield Line("hours_cut", "realisable", "hours", lost, _times(lost, hour), clear,
               () if cut is not None else ("case.hours_cut_percent",))  # fmt: skip
    left = _times(free, 1 - share)
    yield Line("hours_room", "room", "hours", left, _times(left, hour), clear)
    if more is not None:
        yield Line("hours_more", "realisable", "hours", more, _times(more, hour), clear)


def _above(found: Range | None) -> Range | None:
    """What is gained of it."""
    return None if found is None else found.through(lambda value: max(0.0, value))


def _below(found: Range | None) -> Range | None:
    """What is lost of it; None where nothing can be."""
    return None if found is None or found.low >= 0 else found.through(lambda value: min(0.0, value))


def _times(found: Range | None, factor: float | None) -> Range | None:
    return None if found is None or factor is None else found.times(factor)


def own_hour_eur(yearly: Yearly) -> float | None:
    """What an own nurse's hour costs without allowances, on-call pay and kilometres, in the scenario held against."""
    year = yearly.years.get(yearly.against)
    if year is None:
        return None
    names = ("employer_cost_eur", "paid_hours", "ort_cost_eur", "on_call_cost_eur", "kilometre_cost_eur")
    cost, hours, *besides = (year.weeks.get(name) for name in names)
    known = [value for value in besides if value is not None]
    return (cost - sum(known)) / hours if cost is not None and hours and len(known) == len(besides) else None


def _travel(yearly: Yearly) -> Line:
    saved = yearly.saved("travel_minutes")
    return Line("travel", "room", "hours", None if saved is None else saved.times(1 / 60),
                clear=_clear(yearly, "travel_minutes"), part=True)  # fmt: skip


def _paid(yearly: Yearly) -> Iterator[Line]:
    """What is paid by the kilometre or the minute, and so stops at once when there is less of it."""
    yield Line("kilometres", "realisable", "km", yearly.saved("own_car_km"), yearly.saved("kilometre_cost_eur"),
               _clear(yearly, "kilometre_cost_eur"))  # fmt: skip
    for key in ("ort", "on_call"):
        figure = f"{key}_cost_eur"
        yield Line(key, "realisable", eur=yearly.saved(figure), clear=_clear(yearly, figure))


def _care(yearly: Yearly, inputs: BusinessInputs, instance: Instance) -> Iterator[Line]:
    """Care that was left over and is served now: money only where it is bought; care that is lost is money always."""
    served, bought = yearly.saved("unserved_hours"), inputs.case.extra_care_contracted
    clear, tariff = _clear(yearly, "unserved_hours"), mean_tariff(yearly, inputs, instance)
    priced = () if tariff is not None else ("tariffs",)
    needs = priced if bought is not None else ("case.extra_care_contracted", *priced)
    gained, lost = _above(served), _below(served)
    yield Line("care", "realisable" if bought else "room", "hours", gained, _times(gained, tariff), clear, needs)
    if lost is not None:
        yield Line("care_lost", "realisable", "hours", lost, _times(lost, tariff), clear, priced)


def mean_tariff(yearly: Yearly, inputs: BusinessInputs, instance: Instance) -> float | None:
    """Euros for an hour at a client, over the client hours of all organisations in the scenario held against."""
    hours = euros = 0.0
    for each in instance.organisations:
        party, here = inputs.party(each.id), client_hours(yearly, yearly.against, each.id)
        if party is None or not party.hours_percent or here is None:
            return None
        named = {funding: share for funding, share in party.hours_percent.items() if share}
        if not named.keys() <= inputs.tariffs.keys():
            return None
        hours += here.expected
        euros += here.expected * sum(share / 100 * inputs.tariffs[funding] for funding, share in named.items())
    return euros / hours if hours > 0 else None


def _cars(yearly: Yearly, inputs: BusinessInputs, run: Mapping[str, Operations]) -> Line:
    """Cars in use at once, in one plan each: no interval."""
    price = inputs.rates.car_eur_per_year
    needs = () if price is not None else ("rates.car_eur_per_year",)
    if yearly.against not in run or yearly.scenario not in run:
        return Line("cars", "realisable", "count", needs=needs)
    fewer = exactly(run[yearly.against].cars - run[yearly.scenario].cars)
    return Line("cars", "realisable", "count", fewer, None if price is None else fewer.times(price), None, needs)


def cost_lines(yearly: Yearly, inputs: BusinessInputs) -> tuple[Line, ...]:
    """What joining costs; below nought where it takes less than before."""
    weeks = len(calendar_year(yearly.year)) / 7
    lines = [_hours_cost(inputs, each, weeks) for each in ("coordination", "planning", "backup")]
    lines += [_sum(inputs, each) for each in ("training_cost", "software_cost")]
    return (*lines, _vat(yearly, inputs), _sum(inputs, "transition_cost", once=True))


def _hours_cost(inputs: BusinessInputs, key: str, weeks: float) -> Line:
    both, rate = getattr(inputs.hours, key), getattr(inputs.rates, f"{key}_eur_per_hour")
    missing = ((both, f"hours.{key}"), (rate, f"rates.{key}_eur_per_hour"))
    needs = tuple(path for value, path in missing if value is None)
    more = None if both is None else exactly((both.later - both.now) * weeks)
    return Line(key, "cost", "hours", more, None if more is None or rate is None else more.times(rate), needs=needs)


def _sum(inputs: BusinessInputs, key: str, once: bool = False) -> Line:
    value = getattr(inputs.sums, f"{key}_eur")
    needs = () if value is not None else (f"sums.{key}_eur",)
    return Line(key, "cost", eur=None if value is None else exactly(value), needs=needs, once=once)


def _vat(yearly: Yearly, inputs: BusinessInputs) -> Line:
    """On the hours lent more than before, at the price of lending; nothing where lending is exempt."""
    lent, before = (yearly.level("hours_given", name) for name in (yearly.scenario, yearly.against))
    more = None if lent is None or before is None else lent.less(exactly(before.expected))
    if inputs.vat.lending_exempt:
        return Line("vat", "cost", "hours", more, exactly(0.0))
    price, percent = inputs.rates.lending_eur_per_hour, inputs.vat.percent
    share = (VAT.value if percent is None else percent) / 100
    missing = ((inputs.vat.lending_exempt, "vat.lending_exempt"), (price, "rates.lending_eur_per_hour"))
    needs = tuple(path for value, path in missing if value is None)
    eur = None if needs or more is None or price is None else more.times(price * share)
    return Line("vat", "cost", "hours", more, eur, needs=needs)
