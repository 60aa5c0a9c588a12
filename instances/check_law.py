"""Facts for law and agreements: freedoms that only an agreement gives, births that can be, forms of on call."""

from __future__ import annotations

from datetime import date, timedelta

from instances.gathered import Gathered
from instances.header import INSTANCE_FILE
from instances.rows import Entry
from instances.sheets import Faults
from optimiser.domain.labour import RULE_SETS, SHARED, LabourRules, agreed

BORN_AROUND = (timedelta(days=-140), timedelta(days=42))
"""How long before and after the due date a child can be born."""
HALF_YEAR = timedelta(days=184)
"""Longest time after a due date in which its limits can hold while the birth is not known."""


def check_law(all_rows: Gathered, faults: Faults) -> None:
    """Faults for settings without the agreement they need, and for rows that say what cannot be."""
    rules = RULE_SETS[all_rows.header.settings.rule_set]
    _freedoms(all_rows, rules, faults)
    for entry in all_rows.good("nurses"):
        _birth(entry, all_rows.first, all_rows.last, rules, faults)
        _own_rules(entry, rules, faults)
    for entry in all_rows.good("shift_kinds"):
        if entry.noun.consignatie and (entry.noun.lane == "work" or entry.noun.at_workplace):
            entry.fault(faults, "consignatie", faults.say("expected.consignatie"))
    for entry in all_rows.good("context"):
        if entry.noun.form != "home" and entry.noun.lane == "work":
            entry.fault(faults, "form", faults.say("expected.standby_form"))
    for entry in all_rows.good("duties_given"):
        if entry.noun.published_on is not None and entry.noun.published_on > entry.noun.day:
            entry.fault(faults, "published_on", faults.say("expected.not_after", value=entry.noun.day))


def _freedoms(all_rows: Gathered, rules: LabourRules, faults: Faults) -> None:
    """What the law only lets an agreement do asks for one that holds on the first day."""
    settings = all_rows.header.settings
    if agreed(settings.rule_set, all_rows.first, settings.after_agreement == "continues"):
        return
    figure = {"52_weeks": rules.nights_52_weeks, "2_weeks": rules.night_minutes_2_weeks}.get(settings.night_limit)
    if figure is not None:
        expected = faults.say("expected.agreement", value="16_weeks", article=figure.article)
        faults.put(INSTANCE_FILE, 0, "planning.night_limit", expected, settings.night_limit)
    if settings.series_of_eight:
        expected = faults.say("expected.agreement", value="false", article=rules.series_length_agreed.article)
        faults.put(INSTANCE_FILE, 0, "planning.series_of_eight", expected, "true")


def _own_rules(entry: Entry, rules: LabourRules, faults: Faults) -> None:
    """A nurse's own rule set says the same of what a dienst, a night and a call are: the whole team shares those."""
    name = entry.noun.rule_set
    for figure in sorted(SHARED) if name is not None else ():
        own, shared = getattr(RULE_SETS[name], figure), getattr(rules, figure)
        if own.value != shared.value:
            expected = faults.say("expected.shared_figure", figure=figure, value=shared.value, rule_set=rules.name)
            entry.fault(faults, "rule_set", expected)


def _birth(entry: Entry, first: date, last: date, rules: LabourRules, faults: Faults) -> None:
    """A due date no further off than a pregnancy lasts, not long past without a birth; a birth near it, not ahead."""
    due, born = entry.noun.due, entry.noun.gave_birth
    latest = last + timedelta(days=rules.pregnant_days.value)
    if due is not None and due > latest:
        entry.fault(faults, "due", faults.say("expected.not_after", value=latest))
    elif due is not None and born is None and due < first - HALF_YEAR:
        other = entry.heading("gave_birth")
        entry.fault(faults, "due", faults.say("expected.due", value=first - HALF_YEAR, other=other))
    if born is None:
        return
    if born > last:
        entry.fault(faults, "gave_birth", faults.say("expected.not_after", value=last))
    elif due is not None and not due + BORN_AROUND[0] <= born <= due + BORN_AROUND[1]:
        low, high = due + BORN_AROUND[0], due + BORN_AROUND[1]
        entry.fault(faults, "gave_birth", faults.say("expected.inside", first=low, last=high))
