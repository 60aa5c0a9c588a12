"""Why a plan keeps the weekly rest: per nurse which half of the either/or holds from each dienst on, with its proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from optimiser.check.case import Case
from optimiser.check.checker import TOKENS, check
from optimiser.check.timeline import Timeline, timelines
from optimiser.check.violation import Violation, duration, moment
from optimiser.check.weekly_rest import blocks_of, longest_rest, rest_of
from optimiser.domain.clock import WEEK, Clock
from optimiser.domain.instance import Instance
from optimiser.domain.labour import LabourRules
from optimiser.domain.plan import Plan
from optimiser.domain.sharing import SharingContract
from optimiser.domain.travel_matrix import TravelMatrix
from optimiser.texts import Language, text


@dataclass(frozen=True)
class RestProof:
    """One half of ATW 5:5 lid 2 for the diensten that start from ``first`` to ``last`` (horizon minutes).

    ``week``: the one block of 36 hours; ``fortnight``: the blocks of 32 hours or more that make 72; ``none``: no
    block, ``longest`` is the longest rest in the 7 x 24 hours. A block ends where a window ends: the rest goes on.
    """

    branch: Literal["week", "fortnight", "none"]
    first: int
    last: int
    diensten: int
    blocks: tuple[tuple[int, int], ...]
    longest: int
    rules: LabourRules
    first_day: date

    def sentence(self, language: Language = "nl") -> str:
        """The proof in words."""
        clock, rules = Clock(self.first_day), self.rules
        anchors = moment(self.first, clock, language)
        if self.diensten > 1:
            anchors = text("check.explain.several", language, count=self.diensten, first=anchors,
                           last=moment(self.last, clock, language))  # fmt: skip
        else:
            anchors = text("check.explain.one", language, first=anchors)
        required = rules.fortnight_rest if self.branch == "fortnight" else rules.weekly_rest
        found = self.longest if self.branch == "none" else sum(until - begin for begin, until in self.blocks)
        return text(
            f"check.explain.{self.branch}", language, diensten=anchors, article=required.article,
            required=duration(required.value, language), found=duration(found, language),
            block=duration(rules.fortnight_block.value, language),
            blocks="; ".join(_block(begin, until, clock, language) for begin, until in self.blocks),
        )  # fmt: skip


@dataclass(frozen=True)
class ExplainedRests:
    """What one nurse's rests rest upon. ``token_counts``: rule -> reductions used; ``overridden``: what was set aside,
    each with its reason."""

    nurse: str
    proofs: tuple[RestProof, ...]
    token_counts: dict[str, int]
    overridden: tuple[Violation, ...]

    def lines(self, language: Language = "nl") -> tuple[str, ...]:
        """The proofs, the reductions and what was set aside, a line each."""
        used = {rule.replace(".", "_"): count for rule, count in self.token_counts.items()}
        return (
            *(each.sentence(language) for each in self.proofs),
            text("check.explain.tokens", language, **used, overrides=len(self.overridden)),
            *(each.sentence(language) for each in self.overridden),
        )

    def sentence(self, language: Language = "nl") -> str:
        """All of it: the nurse on a line, the rest below, indented."""
        return "\n  ".join((text("check.who.nurse", language, id=self.nurse), *self.lines(language)))


def explain_rests(
    instance: Instance, contract: SharingContract, travel: TravelMatrix, plan: Plan
) -> tuple[ExplainedRests, ...]:
    """One for each nurse with a dienst that starts in the horizon, by id. Never raises on what a plan holds."""
    case = Case(instance, contract, travel, plan)
    report = check(instance, contract, travel, plan)
    return tuple(
        ExplainedRests(
            nurse,
            proofs,
            {rule: report.tokens.get(nurse, {}).get(rule, 0) for rule in sorted(TOKENS)},
            tuple(each for each in report.overridden if each.nurse == nurse),
        )
        for nurse, line in timelines(case).items()
        if (proofs := tuple(_merged(_proofs(case, line))))
    )


def _proofs(case: Case, line: Timeline) -> Iterator[RestProof]:
    rules = case.rules_of(line.nurse)
    for number, dienst in enumerate(line.diensten):
        if not 0 <= dienst.start < case.instance.horizon_end:
            continue
        branch: Literal["week", "fortnight", "none"] = "week"
        rest = rest_of(rules, line, number, dienst.start + WEEK)
        blocks = [rest] if rest is not None else _enough(rules, blocks_of(rules, line, number, dienst.start + 2 * WEEK))
        if rest is None:
            branch = "fortnight" if blocks else "none"
        longest = longest_rest(line, number, dienst.start + WEEK)
        yield RestProof(branch, dienst.start, dienst.start, 1, tuple(blocks), longest, rules, case.clock.first_day)


def _enough(rules: LabourRules, blocks: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first of the blocks that make 72 hours together; none when all of them do not."""
    total = 0
    for number, (begin, until) in enumerate(blocks):
        total += until - begin
        if total >= rules.fortnight_rest.value:
            return blocks[: number + 1]
    return []


def _merged(proofs: Iterator[RestProof]) -> Iterator[RestProof]:
    """Consecutive diensten with the same proof as one: the first window ends first, so its block proves the others."""
    kept: RestProof | None = None
    for each in proofs:
        same = kept is not None and kept.branch == each.branch != "none"
        if kept is not None and same and [low for low, _ in kept.blocks] == [low for low, _ in each.blocks]:
            kept = RestProof(kept.branch, kept.first, each.first, kept.diensten + 1, kept.blocks, kept.longest,
                             kept.rules, kept.first_day)  # fmt: skip
            continue
        if kept is not None:
            yield kept
        kept = each
    if kept is not None:
        yield kept


def _block(begin: int, until: int, clock: Clock, language: Language) -> str:
    return text("check.explain.block", language, begin=moment(begin, clock, language),
                until=moment(until, clock, language), length=duration(until - begin, language))  # fmt: skip
