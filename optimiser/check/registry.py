"""Every rule the checker judges: its family (the module that judges it), article, level and how it is measured."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

RuleLevel = Literal["hard", "signal"]
Measure = Literal["at_least", "at_most", "exactly", "plain"]
Unit = Literal["minutes", "times", "days", "moment", "text"]
Nature = Literal["law", "agreement", "livable", "possible", "competence", "plan"]


@dataclass(frozen=True)
class Rule:
    """One rule. ``nature`` says where it comes from; only agreements and signals may be set aside by an override.

    ``measure`` and ``unit`` say how ``required`` and ``found`` of a violation compare and read; ``test`` names the
    file of its tests. The words are the texts ``check.rule.<name>``.
    """

    name: str
    family: str
    article: str
    level: RuleLevel
    nature: Nature
    measure: Measure
    unit: Unit
    test: str

    @property
    def overridable(self) -> bool:
        """Law, competence and the possible are never set aside."""
        return self.level == "signal" or self.nature == "agreement"


def _rule(
    name: str, article: str, nature: Nature, measure: Measure = "plain", unit: Unit = "text", level: RuleLevel = "hard"
) -> Rule:
    family = name.split(".")[0]
    file = f"tests/check/test_check_{_TESTS.get(name, _TESTS[family])}.py"
    return Rule(name, family, article, level, nature, measure, unit, file)


_TESTS = {
    **dict.fromkeys(("rest", "weekly_rest", "nights", "working_time", "on_call", "seniors", "breaks"), "law"),
    **dict.fromkeys(("sundays", "pregnancy", "minors", "workplace"), "people"),
    **dict.fromkeys(("livable", "weekends", "publication", "competence.expiring"), "livable"),
    **dict.fromkeys(("duties", "companions"), "duties"),
    **dict.fromkeys(("on_call.area", "on_call.reach"), "response"),
    **dict.fromkeys(
        ("publication.gone", "publication.extra", "publication.past", "publication.ill", "publication.late"),
        "published",
    ),
    **dict.fromkeys(
        ("served", "windows", "routes", "competence", "sharing", "links", "claims"), "routes"
    ),
    **dict.fromkeys(
        ("sharing.group", "sharing.consent", "sharing.known_face", "sharing.skill", "sharing.district",
         "sharing.own_by_day", "sharing.entry", "sharing.most_lent"),
        "sharing",
    ),
}  # fmt: skip
"""Family, or one rule -> the file of its rejecting tests."""

_LAW = (
    _rule("rest.daily", "ATW 5:3 lid 2", "law", "at_least", "minutes"),
    _rule("rest.reductions", "ATW 5:3 lid 2, ATB 5.19 lid 2", "law", "at_most", "times"),
    _rule("rest.token", "ATW 5:3 lid 2", "law", "at_least", "minutes", "signal"),
    _rule("weekly_rest.week", "ATW 5:5 lid 2", "law", "at_least", "minutes"),
    _rule("nights.length", "ATW 5:8 lid 1", "law", "at_most", "minutes"),
    _rule("nights.long", "ATW 5:8 lid 3", "law", "at_most", "minutes", "signal"),
    _rule("nights.long_count", "ATW 5:8 lid 3", "law", "at_most", "times"),
    _rule("nights.rest", "ATW 5:8 lid 4", "law", "at_least", "minutes"),
    _rule("nights.token", "ATW 5:8 lid 4", "law", "at_least", "minutes", "signal"),
    _rule("nights.series_rest", "ATW 5:8 lid 5", "law", "at_least", "minutes"),
    _rule("nights.series_length", "ATW 5:8 lid 6", "law", "at_most", "times"),
    _rule("nights.sixteen_weeks", "ATW 5:8 lid 8", "law", "at_most", "times"),
    _rule("nights.fifty_two_weeks", "ATW 5:8 lid 9a", "law", "at_most", "times"),
    _rule("nights.two_weeks", "ATW 5:8 lid 9b", "law", "at_most", "minutes"),
    _rule("nights.average", "ATW 5:8 lid 2", "law", "at_most", "minutes"),
    _rule("working_time.dienst", "ATW 5:7 lid 2a", "law", "at_most", "minutes"),
    _rule("working_time.dienst_agreement", "CAO VVT werktijden", "agreement", "at_most", "minutes", "signal"),
    _rule("working_time.week", "ATW 5:7 lid 2b", "law", "at_most", "minutes"),
    _rule("working_time.four_weeks", "ATW 5:7 lid 3", "law", "at_most", "minutes"),
    _rule("working_time.sixteen_weeks", "ATW 5:7 lid 2c", "law", "at_most", "minutes"),
    _rule("on_call.week", "ATB 5.19 lid 3", "law", "at_most", "times"),
    _rule("on_call.sixteen_weeks", "ATB 5.19 lid 3", "law", "at_most", "times"),
    _rule("on_call.length", "ATB 1:1", "law", "at_most", "minutes"),
    _rule("on_call.before_night", "ATW 5:9 lid 3", "law", "at_least", "minutes"),
    _rule("on_call.after_night", "ATW 5:9 lid 3", "law", "at_least", "minutes"),
    _rule("on_call.own_night", "ATW 5:9 lid 3", "law", level="signal"),
    _rule("on_call.work_in_day", "ATW 5:9 lid 4", "law", "at_most", "minutes"),
    _rule("on_call.average", "ATW 5:9 lid 5", "law", "at_most", "minutes"),
    _rule("on_call.consignatie_days", "ATW 5:9 lid 2a", "law", "at_least", "times"),
    _rule("on_call.consignatie_pairs", "ATW 5:9 lid 2b", "law", "at_least", "times"),
    _rule("on_call.area", "plan 43", "plan"),
    _rule("on_call.reach", "plan 47", "competence", "at_most", "minutes"),
    _rule("workplace.count", "ATB 4.8 lid 1", "law", "at_most", "times"),
    _rule("workplace.average", "ATB 4.8 lid 2", "law", "at_most", "minutes"),
    _rule("workplace.rest", "ATB 4.8 lid 1", "law", "at_least", "minutes"),
    _rule("workplace.rest_parts", "ATB 4.8 lid 1", "law", "at_least", "times"),
    _rule("workplace.length", "ATB 1:1", "law", "at_most", "minutes", "signal"),
    _rule("sundays.free", "ATW 5:6 lid 3", "law", "at_least", "times"),
    _rule("pregnancy.dienst", "ATW 4:5 lid 3", "law", "at_most", "minutes"),
    _rule("pregnancy.four_weeks", "ATW 4:5 lid 3", "law", "at_most", "minutes"),
    _rule("pregnancy.sixteen_weeks", "ATW 4:5 lid 3", "law", "at_most", "minutes"),
    _rule("pregnancy.night", "ATW 4:5 lid 5", "law"),
    _rule("pregnancy.birth", "ATW 4:6", "law"),
    _rule("minors.rest", "ATW 5:3 lid 1", "law", "at_least", "minutes"),
    _rule("minors.weekly_rest", "ATW 5:5 lid 1", "law", "at_least", "minutes"),
    _rule("minors.night", "ATW 5:3 lid 1", "law", "at_most", "minutes"),
    _rule("minors.dienst", "ATW 5:7 lid 1a", "law", "at_most", "minutes"),
    _rule("minors.week", "ATW 5:7 lid 1b", "law", "at_most", "minutes"),
    _rule("minors.four_weeks", "ATW 5:7 lid 1c", "law", "at_most", "minutes"),
    _rule("minors.break", "ATW 5:4 lid 1", "law", "at_least", "minutes"),
    _rule("minors.standby", "ATW 5:9 lid 1", "law"),
    _rule("weekends.free", "CAO VVT 3.4", "agreement", "at_most", "times", "signal"),
    _rule("publication.notice", "ATW 4:2 lid 2", "law", "at_least", "days", "signal"),
    _rule("publication.gone", "plan 33", "plan"),
    _rule("publication.extra", "plan 33", "plan"),
    _rule("publication.past", "plan 34", "plan"),
    _rule("publication.ill", "plan 34", "possible"),
    _rule("publication.late", "plan 35", "possible"),
    _rule("livable.early_after_late", "plan 23", "livable", level="signal"),
    _rule("livable.lone_day_off", "plan 23", "livable", level="signal"),
    _rule("livable.long_row", "plan 23", "livable", "at_most", "days", "signal"),
    _rule("livable.few_days_after_nights", "plan 24", "livable", "at_least", "minutes", "signal"),
    _rule("livable.split_duty", "plan 25", "livable", level="signal"),
    _rule("livable.evening_before_leave", "plan 25", "livable", level="signal"),
    _rule("livable.many_duties", "plan 26", "livable", "at_most", "times", "signal"),
    _rule("seniors.night", "CAO VVT 2022-24 (55+)", "agreement", "at_most", "minutes"),
    _rule("breaks.length", "ATW 5:4 lid 2", "law", "at_least", "minutes"),
)

_ROSTER = (
    _rule("duties.unknown", "plan 1", "plan"),
    _rule("duties.horizon", "plan 1", "plan"),
    _rule("duties.lane", "plan 1", "plan"),
    _rule("duties.clock", "plan 1", "plan"),
    _rule("duties.deviates", "plan 1", "plan", level="signal"),
    _rule("duties.double", "plan 1", "plan"),
    _rule("duties.weekday", "plan 2", "plan"),
    _rule("duties.organisation", "plan 2", "plan"),
    _rule("duties.category", "plan 2", "plan"),
    _rule("duties.absence", "plan 3", "possible"),
    _rule("duties.overlap", "plan 3", "possible"),
    _rule("duties.given", "tabel duties_given", "plan"),
    _rule("companions.follows", "plan 6", "competence"),
    _rule("companions.kind", "plan 6", "competence"),
    _rule("companions.one", "plan 6", "competence", "at_most", "times"),
    _rule("companions.stops", "plan 6", "competence"),
)

_ROUTES = (
    _rule("served.unknown", "plan 7", "plan"),
    _rule("served.twice", "plan 7", "plan", "at_most", "times"),
    _rule("served.parts", "plan 7", "competence"),
    _rule("served.same_nurse", "plan 7", "competence"),
    _rule("served.same_start", "plan 7", "possible", "exactly", "moment"),
    _rule("served.listed", "plan 7", "plan"),
    _rule("windows.window", "plan 8", "plan"),
    _rule("windows.length", "plan 8", "plan", "exactly", "minutes"),
    _rule("routes.carries", "plan 10", "plan"),
    _rule("routes.segment", "plan 10", "plan"),
    _rule("routes.arrival", "plan 9", "possible", "at_most", "moment"),
    _rule("routes.travel", "plan 9", "possible", "at_least", "moment"),
    _rule("routes.begin", "plan 10", "possible", "at_least", "moment"),
    _rule("routes.end", "plan 10", "possible", "at_most", "moment"),
    _rule("routes.break_count", "plan 11", "law", "exactly", "times"),
    _rule("routes.break_place", "plan 11", "law"),
    _rule("routes.break_window", "plan 11", "law"),
    _rule("routes.break_length", "plan 11", "law", "exactly", "minutes"),
    _rule("routes.break_room", "plan 11", "law", "at_least", "minutes"),
    _rule("competence.skill", "plan 13", "competence"),
    _rule("competence.level", "plan 13", "competence", "at_least", "times"),
    _rule("competence.banned", "plan 13", "competence"),
    _rule("competence.sex", "plan 13", "competence"),
    _rule("competence.language", "plan 13", "competence"),
    _rule("competence.order_form", "Wet BIG art. 35 en 38", "competence"),
    _rule("competence.experience", "plan 13", "competence"),
    _rule("competence.second_check", "plan 14", "competence"),
    _rule("competence.pair", "plan 14", "competence", "at_least", "times"),
    _rule("competence.task", "plan 15", "competence"),
    _rule("competence.expiring", "Wet BIG art. 38", "competence", level="signal"),
    _rule("sharing.visit", "plan 15", "plan"),
    _rule("sharing.group", "plan 36", "plan"),
    _rule("sharing.consent", "plan 37", "plan"),
    _rule("sharing.known_face", "plan 37", "plan"),
    _rule("sharing.skill", "plan 38", "plan"),
    _rule("sharing.district", "plan 38", "plan"),
    _rule("sharing.own_by_day", "plan 39", "plan"),
    _rule("sharing.entry", "plan 39", "plan"),
    _rule("sharing.most_lent", "plan 40", "plan", "at_most", "minutes"),
    _rule("links.gap_min", "plan 16", "plan", "at_least", "minutes"),
    _rule("links.gap_max", "plan 16", "plan", "at_most", "minutes"),
    _rule("links.nurse", "plan 16", "plan"),
    _rule("links.together", "plan 16", "plan"),
    _rule("claims.term", "plan 18", "plan", "exactly", "times"),
    _rule("claims.objective", "plan 18", "plan", "exactly", "times"),
    _rule("claims.bound", "plan 18", "plan", "at_most", "times"),
)

RULES: dict[str, Rule] = {each.name: each for each in (*_LAW, *_ROSTER, *_ROUTES)}
"""Rule name -> rule."""
