"""The page docs/reference/check.md, from the registry: what is judged, by which article, and how hard."""

from __future__ import annotations

from optimiser.check.registry import RULES, Rule
from optimiser.texts import text

NATURES = {
    "law": "law",
    "agreement": "agreement",
    "livable": "livable, agree it locally",
    "possible": "possible in time",
    "competence": "competence",
    "plan": "plan",
}
INTRODUCTION = """# What the checker judges

This page is made from `optimiser/check/registry.py` (`optimiser.check.reference.page`); a test keeps it equal.

The checker reads the instance, the sharing contract, the travel matrix and the plan, and nothing that the planner
made for itself. It goes by the clock: elapsed minutes for lengths, the clock on the wall for nights and windows.

- *hard*: a violation; the plan is not right, `samenrooster check` ends with 1. *signal*: something to look at.
- With `--strict` a signal of the law or of an agreement gives 1 too: a reduced rest, a long duty, short notice, too
  few free weekends. Signals of what is livable never do (each has its price, and nearly every plan has some), nor those
  of competence and of the plan itself.
- Where a rule comes from: the law, an agreement, what is possible in time, competence, or the plan language
  ([the numbered sentences](../explanation/plan_language.md)). Only agreements and signals can be set aside, by a row of
  the table `overrides` with the rule (or its family), the nurse, the dates and the reason, or by one that the plan
  keeps. Those are listed with their reason, not counted.
- What is *livable* is agreed locally: each occurrence is a signal and adds one to the term of the objective with the
  same name (`weekends.free` to `few_free_weekends`), also when it is set aside.
- A reduced rest or a long night is a signal each time, unless `allow_planned_tokens`; the verdict counts them per
  nurse either way. `samenrooster check` can explain which half of the weekly rest holds from each duty on.
- An agreement that has ended goes on (the setting `after_agreement`), with a note; with `law_only` another note.
- The words of the limits around a birth do not say what they are for; everybody may see a finding.
- A finding that the tables alone cause, without any duty of the plan, is *inherited*: listed, not counted. When the
  plan makes it worse, it is the plan's.
- After the last known duty everything may still be free, before the first known one nothing is known: windows are
  judged by what is known, and what is not known never makes a violation.
- Work in a standby duty from home counts as the setting `planned_work_in_standby` says. When it makes
  a night duty, every other standby must keep away from that; for the same standby it is a signal.
- Cover is counted, never a violation. Every term of the objective is counted again; a plan that claims another count
  breaks the rule `claims.term`.
- Of a roster without routes the rules of visits and routes are not judged, and their terms are 0. Where
  such a roster names other times than the shift kind, the law goes by those times, and the difference is a signal.
"""


def page() -> str:
    """The whole page in Markdown."""
    families: dict[str, list[Rule]] = {}
    for rule in RULES.values():
        families.setdefault(rule.family, []).append(rule)
    parts = [INTRODUCTION]
    for family, rules in families.items():
        rows = "\n".join(_row(rule) for rule in rules)
        parts.append(f"## {family}\n\n| rule | what | article | comes from | level |\n|---|---|---|---|---|\n{rows}\n")
    return "\n".join(parts)


def _row(rule: Rule) -> str:
    title = text(f"check.rule.{rule.name}", "en")
    article = rule.article.replace("plan ", "sentence ") if rule.article.startswith("plan ") else rule.article
    return f"| `{rule.name}` | {title} | {article} | {NATURES[rule.nature]} | {rule.level} |"
