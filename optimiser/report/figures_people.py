"""What is counted of the roster as people live with it: duties, wishes, nights, weekends, holidays, reductions."""

from __future__ import annotations

from optimiser.check.case import Case
from optimiser.check.fairness import CLASSES, class_targets
from optimiser.check.livable import TERM_OF, amount
from optimiser.check.report import CheckReport
from optimiser.check.wishes import is_met
from optimiser.report.figures_tally import Tally

LIVABLE = ("early_after_late", "few_days_after_nights", "long_row", "lone_day_off", "split_duty")
"""Terms of livable rosters that are figures too; what is set aside by an override counts all the same."""


def count_people(tally: Tally, case: Case, report: CheckReport) -> None:
    """Add nurses, duties, wishes kept and refused (each once, whatever its weight), the classes of the plan language
    (sentence 18) with what a nurse has above her share of them, findings of livable rosters, and tokens of the law."""
    instance = case.instance
    for nurse in instance.nurses:
        tally.of_nurse(nurse.id, "nurses", 1)
    for duty in case.plan.duties:
        tally.of_nurse(duty.nurse, "duties", 1)
    for wish in instance.wishes:
        if 0 <= instance.clock.day_number(wish.day) < instance.days:
            tally.of_nurse(wish.nurse, "wishes_kept" if is_met(case, wish) else "wishes_refused", 1)
    for name in CLASSES:
        counts, targets = class_targets(case, name)
        for who, times in counts.items():
            tally.of_nurse(who, name, times)
        for nurse, target in targets:
            tally.most_of_nurse(nurse.id, f"{name}_above", counts[nurse.id] - target)
    for each in (*report.signals, *report.overridden):
        if each.nurse is not None and TERM_OF.get(each.rule) in LIVABLE:
            tally.of_nurse(each.nurse, TERM_OF[each.rule], amount(each))
    for who, rules in report.tokens.items():
        tally.of_nurse(who, "tokens", sum(rules.values()))
