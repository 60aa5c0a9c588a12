"""One nurse's row as a model of its own, made afresh for each set of members that is asked about."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from functools import cached_property

from ortools.sat.python import cp_model

from optimiser.domain.duty_work import segment_bounds
from optimiser.domain.problem import Problem
from optimiser.model.blocks import LOOK_BACK, Block, classify, duty_blocks, fixed_blocks, night_minutes
from optimiser.model.conflict_parts import NO_TURNOUTS, Cell, Demand, Member, Turnouts
from optimiser.model.conflict_reasons import reasons_against
from optimiser.model.row import Row, calendar_of
from optimiser.model.rows import add_rule, with_numbers
from optimiser.model.variables import DutyKey, RosterModel


class OutOfTime(Exception):
    """The solver could not say yes or no in the seconds that were left."""


class ConflictRow:
    """The row under a demand. Its rules are those of the relaxed roster model: no legal row is excluded.

    What a day may hold (one duty a lane, no duty over another) always holds; so does the demand. Cells that nobody
    names are empty when ``closed``, else open to any duty that the tables allow. Made once, asked often.
    """

    def __init__(
        self, problem: Problem, demand: Demand, stands: frozenset[DutyKey], closed: bool = False,
        turnouts: Turnouts = NO_TURNOUTS,
    ) -> None:  # fmt: skip
        self.problem, self.demand, self.stands, self.closed, self.turnouts = problem, demand, stands, closed, turnouts
        self.nurse = problem.instance.nurses[demand.nurse]
        self.hers: frozenset[Cell] = frozenset(each[1:] for each in stands if each[0] == demand.nurse)
        self._cells: set[Cell] = {*demand.work, *self.hers}
        if not closed:
            open_cells = zip(*problem.duty_allowed[demand.nurse].nonzero(), strict=True)
            self._cells |= {(int(day), int(kind)) for day, kind in open_cells}
        self._calendar = calendar_of(problem.instance)
        self.witness: frozenset[Cell] = frozenset()
        """The cells of the last row that was found possible."""

    def other(self, demand: Demand, stands: frozenset[DutyKey] | None = None, closed: bool = False) -> ConflictRow:
        """The same row under another demand, with other duties that stand, or closed."""
        stands = self.stands if stands is None else stands
        return ConflictRow(self.problem, demand, stands, closed or self.closed, self.turnouts)

    @cached_property
    def members(self) -> tuple[Member, ...]:
        """Everything that could be thought away: what stands, what the tables say, her hard rules."""
        return (*self._standing(), *self._against(), *self._around(), *self._wishes(), *self.rules)

    @cached_property
    def rules(self) -> tuple[Member, ...]:
        """Her hard row rules and everybody's."""
        return tuple(
            Member("rule", rule=rule)
            for rule in self.problem.rules
            if rule.id.nurse in ("", self.nurse.id) and not getattr(rule, "term", "")
        )

    def distance(self, cell: DutyKey) -> int:
        """Days between a duty and the nearest day of the demand."""
        days = [day for day, _ in self.demand.work] + list(self.demand.free)
        return min((abs(cell[1] - day) for day in days), default=0)

    def _standing(self) -> list[Member]:
        standing = [(self.demand.nurse, *cell) for cell in sorted(self.hers - self.demand.work)]
        return [Member("duty", cell=each) for each in sorted(standing, key=self.distance)]

    def _against(self) -> dict[Member, None]:
        """Reasons against what is asked; a duty that stands is not asked about any more."""
        return dict.fromkeys(member for against in self._barred_by.values() for member in against)

    def _around(self) -> list[Member]:
        """Her known work that reaches the horizon's rules and does not lie over the demand itself, nearest first."""
        days = [day for day, _ in self.demand.work] or [0]
        near = self.problem.instance.clock.midnight(days[0])
        barring = self._against()
        found = [each for each in self._fixed if each not in barring]
        return sorted(found, key=lambda each: min(abs(block.start - near) for block in self._fixed[each]))

    @cached_property
    def _fixed(self) -> dict[Member, list[Block]]:
        """Her known duties and tasks outside routes -> their blocks."""
        instance = self.problem.instance
        found: dict[Member, list[Block]] = {}
        for row, duty in enumerate(instance.context):
            if duty.nurse == self.nurse.id and duty.end > -LOOK_BACK:
                alone = instance.model_copy(update={"context": (duty,), "tasks": ()})
                found[Member("known", row=row)] = fixed_blocks(alone, self.nurse.id)
        for row, task in enumerate(instance.tasks):
            if task.nurse == self.nurse.id and not task.in_route:
                alone = instance.model_copy(update={"context": (), "tasks": (task,)})
                found[Member("task", row=row)] = fixed_blocks(alone, self.nurse.id)
        return found

    def _wishes(self) -> Iterator[Member]:
        days = {day for day, _ in self.demand.work} | self.demand.free
        for row, wish in enumerate(self.problem.instance.wishes if self.demand.wishes else ()):
            if wish.nurse == self.nurse.id and self.problem.instance.clock.day_number(wish.day) in days:
                yield Member("wish", row=row)

    @cached_property
    def _shapes(self) -> list[tuple[Cell, Block]]:
        """Blocks of every cell, to be given literals."""
        roster = RosterModel(self.problem)
        one = roster.model.new_bool_var("one")
        roster.duty = {(self.demand.nurse, *cell): one for cell in sorted(self._cells)}
        blocks = duty_blocks(roster).get(self.demand.nurse, [])
        return [(each.kind, each) for each in blocks if each.kind is not None]

    @cached_property
    def _turned_out(self) -> list[tuple[Cell, Block]]:
        """Work in her standby duties that stand, to be given their literals."""
        instance = self.problem.instance
        return [
            (key[1:], Block(each.start, each.end, each.minutes, classify(instance, each.start, each.end),
                            band=night_minutes(instance, each.start, each.end)))
            for key, blocks in sorted(self.turnouts.items())
            if key[0] == self.demand.nurse and key in self.stands
            for each in blocks
        ]  # fmt: skip

    @cached_property
    def _apart(self) -> list[tuple[Cell, Cell]]:
        """Cells that cannot both be: of one lane and day, or with segments over each other."""
        instance = self.problem.instance
        cells = sorted(self._cells)
        lanes = {cell: instance.shift_kinds[cell[1]].lane for cell in cells}
        spans = {cell: segment_bounds(instance.shift_kinds[cell[1]], instance.clock, cell[0]) for cell in cells}
        return [
            (one, other)
            for number, one in enumerate(cells)
            for other in cells[number + 1 :]
            if other[0] - one[0] <= 2
            and (
                (other[0] == one[0] and lanes[one] == lanes[other])
                or any(low < end and start < high for start, end in spans[one] for low, high in spans[other])
            )
        ]

    def _model(self, kept: Collection[Member], bar: bool) -> tuple[cp_model.CpModel, dict[Cell, cp_model.IntVar]]:
        """The model in which these members hold."""
        model = cp_model.CpModel()
        literals = {cell: model.new_bool_var(f"duty.{cell[0]}.{cell[1]}") for cell in sorted(self._cells)}
        for one, other in self._apart:
            model.add_bool_or([literals[one].negated(), literals[other].negated()])
        for cell in self.demand.work:
            model.add(literals[cell] == 1)
        for cell, literal in literals.items():
            if cell[0] in self.demand.free:
                model.add(literal == 0)
        fixed: list[Block] = []
        barred = {each for each in kept if bar and each.what in ("reason", "known", "task", "absence")}
        for member in kept:
            fixed += self._fixed.get(member, ())
            if member.what == "duty" and member.cell is not None:
                model.add(literals[member.cell[1:]] == 1)
            elif member.what == "wish":
                self._keep_wish(model, literals, member.row)
        for cell, against in self._barred_by.items():
            if not barred.isdisjoint(against):
                model.add(literals[cell] == 0)
        self._add_rules(model, literals, fixed, kept)
        return model, literals

    @cached_property
    def _barred_by(self) -> dict[Cell, tuple[Member, ...]]:
        """Cell of the demand -> members that forbid it."""
        nurse = self.demand.nurse
        return {
            cell: reasons_against(self.problem, (nurse, *cell), self.stands)
            for cell in sorted(self.demand.work - self.hers)
        }

    def _keep_wish(self, model: cp_model.CpModel, literals: dict[Cell, cp_model.IntVar], row: int) -> None:
        instance = self.problem.instance
        wish = instance.wishes[row]
        day = instance.clock.day_number(wish.day)
        kinds = instance.shift_kinds
        if wish.wish == "free":
            model.add_bool_and([literal.negated() for cell, literal in literals.items() if cell[0] == day])
            return
        model.add_bool_or([
            literal for cell, literal in literals.items()
            if cell[0] == day and kinds[cell[1]].lane == "work" and wish.category in (None, kinds[cell[1]].category)
        ])  # fmt: skip

    def _add_rules(
        self, model: cp_model.CpModel, literals: dict[Cell, cp_model.IntVar], fixed: list[Block],
        kept: Collection[Member],
    ) -> None:  # fmt: skip
        rules = [each.rule for each in kept if each.rule is not None]
        if not rules:
            return
        blocks = [replace(block, literal=literals[cell]) for cell, block in self._shapes]
        gap = self.problem.instance.rules.dienst_gap.value
        blocks += [replace(block, literal=literals[cell]) for cell, block in self._turned_out if cell in literals]
        row = Row(model, [*fixed, *blocks], self._calendar, gap, self.nurse.id)
        for rule in rules:
            add_rule(with_numbers(rule), row)

    def feasible(
        self, kept: Collection[Member], seconds: float, again: bool = False, absent: frozenset[Cell] = frozenset(),
        barred: bool = True,
    ) -> bool:  # fmt: skip
        """Whether the demand can be met while these members hold and the cells ``absent`` are empty.

        ``again``: without presolve and with another seed, so that a verdict is not the same computation twice. Without
        ``barred`` known work forbids no duty over it; it only counts for the rules.
        Raises OutOfTime when the solver cannot say.
        """
        if seconds <= 0:
            raise OutOfTime
        model, literals = self._model(kept, barred)
        for cell in absent & literals.keys():
            model.add(literals[cell] == 0)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.catch_sigint_signal = False
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.cp_model_presolve = not again
        solver.parameters.random_seed = int(again)
        status = solver.solve(model)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE):
            raise OutOfTime
        if status == cp_model.INFEASIBLE:
            return False
        self.witness = frozenset(cell for cell, literal in literals.items() if solver.boolean_value(literal))
        return True


