"""What was played, as the noun that pages and json read."""

from __future__ import annotations

import numpy as np

from optimiser.domain.response import PARTS, DistrictResponse
from optimiser.domain.simulated_calls import SimulatedCalls, SimulatedResponse
from optimiser.simulate.calls_arrivals import Numbers
from optimiser.simulate.calls_intervals import mean_of, share
from optimiser.simulate.calls_load import line_loads, planned_work
from optimiser.simulate.calls_play import FIRST, LOST, OUTCOMES, PASSED, PHONE, Played
from optimiser.simulate.calls_rest import rest_work
from optimiser.simulate.calls_tally import Mask, Tally


def simulated(played: Played) -> SimulatedCalls:
    """All figures of what was played."""
    case, settings, drawn = played.prepared.case, played.prepared.settings, played.drawn
    instance, tally = case.instance, Tally(played)
    groups = _groups(tally)
    outcomes = _outcomes(tally)
    whole = np.ones(len(drawn.minute), dtype=np.bool_)
    counts = {f"calls:{name}": values for name, values in outcomes.items()}
    for name, mask in {"total": whole, **groups}.items():
        counts |= {f"{name}:{field}": values for field, values in tally.counts(mask).items()}
    figures = {name: tally.response(mask) for name, mask in groups.items()}
    return SimulatedCalls(
        instance=instance.name, fingerprint=instance.fingerprint, plan=case.plan.identity, contract=case.contract.name,
        seed=drawn.seed, rounds=drawn.rounds, weeks=drawn.rounds * instance.weeks, stress=settings.stress,
        norm_minutes=instance.response.norm_minutes, target_percent=instance.response.target_percent,
        total=tally.response(whole), organisations=_named(figures, "organisation:"), parts=_named(figures, "part:"),
        districts=district_rows(tally), histogram=tally.histogram(),
        stressed=tally.response(drawn.paired) if settings.stress == "two-calls" else None,
        outcomes={name: mean_of(values, 1 / instance.weeks) for name, values in outcomes.items()},
        phone_wait_minutes=tally.phone_wait(), at_once=tally.at_once(), lines=line_loads(played, instance.weeks),
        rest=rest_work(played, instance.weeks), planned=planned_work(played, instance.weeks),
        counts={name: tuple(float(each) for each in values) for name, values in counts.items()},
    )  # fmt: skip


def district_rows(tally: Tally) -> tuple[DistrictResponse, ...]:
    """A row for each district (or place without one) and part of the week that has visits."""
    played, instance = tally.played, tally.played.prepared.case.instance
    districts = [instance.place_by_id[row.place].district or row.place for row in instance.call_sources]
    names = sorted(set(districts))
    owners = {
        name: tuple(dict.fromkeys(
            row.organisation for row, where in zip(instance.call_sources, districts, strict=True) if where == name
        )) for name in names
    }  # fmt: skip
    number = np.array([names.index(each) for each in districts], dtype=np.int64)
    asked = np.flatnonzero(tally.asked)
    keys = number[played.drawn.source[asked]] * len(PARTS) + tally.part[asked] if len(asked) else np.array([])
    order = np.argsort(keys, kind="stable")
    found, starts = np.unique(keys[order], return_index=True)
    rows = []
    for key, calls in zip(found, np.split(asked[order], starts[1:]), strict=False):
        name, part = names[int(key) // len(PARTS)], PARTS[int(key) % len(PARTS)]
        made = played.response[calls][tally.answered[calls]]
        rounds = played.drawn.round[calls]
        inside = share(
            np.bincount(rounds, weights=tally.within[calls], minlength=tally.rounds),
            np.bincount(rounds, minlength=tally.rounds),
        )
        rows.append(DistrictResponse(
            district=name, part=part, organisations=owners[name],
            visits_per_week=len(calls) / tally.rounds / tally.weeks,
            mean_minutes=float(made.mean()) if len(made) else None,
            p90_minutes=float(np.quantile(made, 0.9, method="inverted_cdf")) if len(made) else None,
            within_norm=inside.value, unanswered=1 - len(made) / len(calls), low=inside.low, high=inside.high,
        ))  # fmt: skip
    return tuple(rows)


def _groups(tally: Tally) -> dict[str, Mask]:
    instance = tally.played.prepared.case.instance
    found = {
        f"organisation:{each.id}": tally.organisation == number for number, each in enumerate(instance.organisations)
    }
    found |= {f"part:{part}": tally.part == number for number, part in enumerate(PARTS)}
    return {name: mask for name, mask in found.items() if mask.any()}


def _named(figures: dict[str, SimulatedResponse], begin: str) -> dict[str, SimulatedResponse]:
    return {name.removeprefix(begin): each for name, each in figures.items() if name.startswith(begin)}


def _outcomes(tally: Tally) -> dict[str, Numbers]:
    outcome = tally.played.outcome
    codes = dict(zip(OUTCOMES, (PHONE, FIRST, PASSED, LOST), strict=True))
    return {"calls": tally.count(outcome >= 0)} | {name: tally.count(outcome == code) for name, code in codes.items()}
