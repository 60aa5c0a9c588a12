"""The command line: connects the rooms and owns arguments, colours, progress and exit codes.

Rooms are imported inside the commands, so that ``samenrooster --help`` starts at once.
"""

from __future__ import annotations

import errno
import json
import math
import os
import re
import signal
import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date, datetime
from itertools import permutations
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict

import click

from optimiser.errors import Fault, InputError, shortened
from optimiser.texts import LANGUAGES, Language, signed, text
from optimiser.texts import number as written


class People(NamedTuple):
    """What only pages know: names by id, borders of districts, and what to bring."""

    names: Mapping[str, Any]
    borders: dict[str, Any] | None
    bring: tuple[Bring, ...]


class Reader(NamedTuple):
    """What pages and exports of a plan are made of, as far as their reader may see it.

    ``nurses``: whose cards and calendars these are; None means everyone's. ``nurse`` is the one asked for, by the id
    that stands in the plan.
    """

    instance: Instance
    travel: TravelMatrix
    plan: Plan
    before: Plan | None
    report: CheckReport
    people: People
    nurses: tuple[str, ...] | None
    nurse: str | None
    seen: Seen | None


class CompareUsual(TypedDict):
    """How much a comparison does."""

    weeks: int
    seeds: int
    seconds: float
    replays: int


if TYPE_CHECKING:
    from rich.status import Status

    from optimiser.check.report import CheckReport
    from optimiser.daily.replan import Replan
    from optimiser.domain.business import BusinessInputs
    from optimiser.domain.card import Bring
    from optimiser.domain.clock import Clock
    from optimiser.domain.comparison import Comparison
    from optimiser.domain.figure import FigureKind
    from optimiser.domain.gains import GainSharing
    from optimiser.domain.instance import Instance
    from optimiser.domain.needed import NeededShift, NeededStress
    from optimiser.domain.plan import Plan
    from optimiser.domain.problem import Problem
    from optimiser.domain.realised_report import RealisedReport
    from optimiser.domain.result import Result
    from optimiser.domain.road_lines import RoadLines
    from optimiser.domain.sharing import SharingContract
    from optimiser.domain.travel_matrix import TravelMatrix
    from optimiser.explain.smallest_change import SmallestChange
    from optimiser.planning import Event
    from optimiser.report.changes import Change
    from optimiser.report.for_organisation import Seen
    from optimiser.report.hours import HoursTable
    from optimiser.report.response import Response
    from optimiser.studies.bench import BenchCase, BenchSettings
    from optimiser.studies.coalition_jobs import CoalitionRunner
    from optimiser.studies.compare import CompareSettings
    from optimiser.studies.jobs import Executor, Job, JobsFailed, Progress
    from optimiser.studies.spread import Summary
    from optimiser.studies.study import Tables

EXIT_VIOLATION, EXIT_INPUT, EXIT_NO_TIME, EXIT_INFEASIBLE = 1, 2, 3, 4
ROUTE_PAGE = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_.\-]*_\d{4}-\d{2}-\d{2}\.html$")
ORGANISATION = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.\-]{0,59}):(\d+(?:\.\d+)?)")
CARD = re.compile(r"^(?P<nurse>[A-Za-z0-9][A-Za-z0-9_.\-]*?)(_(\d{4}-\d{2}-\d{2}|week|rooster)\.html|\.pdf)$")
"""What a file of ``cards`` is called."""
EXPORTED = ("hours", "xlsx", "ics", "geojson", "json", "csv")
MOST_EXPLAINED = 6
"""Of so many visits that nobody does the smallest change is sought: each takes about a second."""
MOST_CONFLICTS, MOST_WAYS, CONFLICT_SECONDS = 3, 3, 6.0
"""Of a plan that cannot be: nurses shown, ways out for each, and seconds for all of it."""
MOST_REASON = 300
"""Characters of the reason of an event."""
LATE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_.\-]{0,59}):(\d{1,3})")
FIGURES = (
    "visits", "unserved_visits", "unserved_critical", "uncovered_shifts", "duties", "visit_hours", "travel_minutes",
    "home_leg_minutes", "travel_km", "waiting_hours", "nonclient_hours", "paid_hours", "largest_gap_min",
    "faces_mean", "faces_most_14_days", "employer_cost_eur", "cost_per_client_hour_eur", "hard_violations",
    "objective_scalar",
)  # fmt: skip
LATER = ("faces_mean", "faces_most_14_days", "employer_cost_eur", "cost_per_client_hour_eur")
"""Figures that summaries of earlier versions do not hold."""
VIEW_FILES = ("compare.html", "compare.json", "compare.xlsx", "works_council.html")
"""What an organisation's own view of a comparison holds."""
THOROUGH: CompareUsual = {"weeks": 5, "seeds": 2, "seconds": 60.0, "replays": 10}
QUICK: CompareUsual = {"weeks": 3, "seeds": 1, "seconds": 25.0, "replays": 3}
"""What ``compare`` takes where nothing is asked: half an hour on two cores, or five minutes."""
STUDY_FIGURES = {
    "scalar_usual": 0, "unserved": 1, "travel": 0, "waiting_hours": 1, "overtime": 0, "paid_hours": 0, "faces_mean": 2,
    "cpu_s": 0,
}  # fmt: skip
"""What a study shows of its runs, with decimals."""
EDGES: tuple[Literal["low"], Literal["high"]] = ("low", "high")
PLOTTED = ("scalar", "travel", "waiting", "overtime")
"""What a picture of a run shows, below each other."""


def system_language() -> Language:
    """The language of help and of messages about arguments: Dutch on a Dutch system, else English."""
    system = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return "nl" if system.startswith("nl") else "en"


def help_text(key: str) -> str:
    """The help of a command or option."""
    return text(f"cli.help{key}", system_language())


def bad_usage(key: str, **values: Any) -> click.UsageError:
    """A message about arguments; click prints it and exits with 2."""
    return click.UsageError(text(key, system_language(), **values))


class Door(click.Group):
    """Turns what is wrong with the input into one line for each fault and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; ``InputError`` and trouble with files become messages."""
        try:
            return super().invoke(ctx)
        except InputError as error:
            for fault in error.faults:
                click.echo(fault_line(fault, ctx.obj or "nl"), err=True)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise
            reason = error.strerror or str(error)
            click.echo(text("cli.file_trouble", ctx.obj or "nl", file=error.filename or "", reason=reason), err=True)
        raise SystemExit(EXIT_INPUT)


def fault_line(fault: Fault, language: Language) -> str:
    """One fault in words: file, sheet, row, column or cell, expected, got."""
    from instances.import_where import cell_words

    where, got = cell_words(fault, language), shortened(fault.got)
    return text("cli.fault", language, where=where, expected=fault.expected, got=got)


def finite(_: click.Context, __: click.Parameter, value: float | None) -> float | None:
    """Refuse what click takes for a number and no clock can count: nan and inf."""
    if value is not None and not math.isfinite(value):
        raise click.BadParameter(text("cli.finite", system_language()))
    return value


def remember(context: click.Context, _: click.Parameter, value: Language) -> Language:
    """Keep the language where ``Door`` finds it."""
    context.find_root().obj = value
    return value


LANGUAGE = click.option(
    "--lang", type=click.Choice(LANGUAGES), default="nl", is_eager=True, callback=remember, help=help_text(".lang")
)
SEED = click.option("--seed", type=click.IntRange(0, 2**31 - 1), default=0, help=help_text(".seed"))
TILES = click.option("--tiles", type=click.Choice(["pdok"]), help=help_text(".tiles"))
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)
DATE = click.DateTime(["%Y-%m-%d", "%d-%m-%Y"])
MOMENT = click.DateTime(["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d-%m-%Y %H:%M"])
INSTANCE = click.argument("instance", metavar="INSTANCE")
PLAN = click.argument("plan", type=FILE, metavar="PLAN")


def reader_options(command: Callable[..., None]) -> Callable[..., None]:
    """Who will read what is made: one organisation of several, or somebody who may know no ids."""
    options = (
        click.option("--for", "organisation", metavar="ORG", help=help_text(".for")),
        click.option("--pseudonyms", "keyfile", type=OUTPUT, metavar="KEYFILE", help=help_text(".pseudonyms")),
    )
    for option in reversed(options):
        command = option(command)
    return command


ALONG = click.option("--roads", type=FOLDER, metavar="DIR", help=help_text(".roads"))


@click.group(cls=Door, help=help_text(""), context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="samenrooster", help=help_text(".version"))
def main() -> None:
    """The entry of the console script."""


@main.command("instances", help=help_text(".instances"))
def instances_command() -> None:
    """List what comes along."""
    from instances.catalogue import bundled

    for name in bundled():
        click.echo(name)


@main.command(help=help_text(".validate"))
@click.argument("instance", metavar="INSTANCE")
@LANGUAGE
def validate(instance: str, lang: Language) -> None:
    """Read, refuse or count."""
    source, read = read_from(instance, lang)
    people_of(source, read, lang)
    click.echo(
        text(
            "cli.valid", lang, name=read.name, weeks=read.weeks, monday=read.first_monday.isoformat(),
            organisations=len(read.organisations), nurses=len(read.nurses), clients=len(read.clients),
            visits=len(read.visits),
        )
    )  # fmt: skip


@main.command(help=help_text(".show"))
@click.argument("instance", metavar="INSTANCE")
@LANGUAGE
def show(instance: str, lang: Language) -> None:
    """Demand beside capacity."""
    from optimiser.report.demand import demand, demand_tables
    from optimiser.travel.engine import travel_matrix

    _, read = read_from(instance, lang)
    for table in demand_tables(demand(read, travel_matrix(read)), lang):
        print_table(table.title, table.headings, table.rows)


@main.command("rules", help=help_text(".rules"))
@click.argument("instance", metavar="INSTANCE")
@click.option("--json", "as_json", is_flag=True, help=help_text(".rules.json"))
@LANGUAGE
def rules_command(instance: str, as_json: bool, lang: Language) -> None:
    """What holds, family by family."""
    from optimiser.report.rules_in_force import as_json as plain
    from optimiser.report.rules_in_force import rules_in_force
    from optimiser.report.rules_tables import headline, rules_tables

    _, read = read_from(instance, lang)
    rules = rules_in_force(read)
    if as_json:
        click.echo(json.dumps(plain(rules), ensure_ascii=False, indent=2))
        return
    click.echo(headline(rules, lang))
    for table in rules_tables(rules, lang):
        print_table(table.title, table.headings, table.rows, figures=False)


def organisations_of(_: click.Context, __: click.Parameter, value: str) -> tuple[tuple[str, float], ...]:
    """``aafje:11,laurens:9`` as pairs of name and fte."""
    found = [ORGANISATION.fullmatch(part.strip()) for part in value.split(",")]
    parsed = tuple((match[1], float(match[2])) for match in found if match)
    names = {name for name, _ in parsed}
    if len(names) < len(found) or not all(3 <= fte <= 200 for _, fte in parsed):
        raise click.BadParameter(text("cli.organisations_form", system_language()))
    return parsed


@main.command("generate", help=help_text(".generate"))
@click.option("--region", default="rijnmond", metavar="NAME", help=help_text(".generate.region"))
@click.option(
    "--organisations", default="aafje:11,laurens:9", metavar="NAME:FTE,...", callback=organisations_of,
    help=help_text(".generate.organisations"),
)  # fmt: skip
@click.option(
    "--overlap", type=click.FloatRange(0, 1), default=1.0, callback=finite, help=help_text(".generate.overlap")
)
@click.option("--awake-nights", is_flag=True, help=help_text(".generate.awake_nights"))
@SEED
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".generate.out"))
@LANGUAGE
def generate_command(
    region: str, organisations: tuple[tuple[str, float], ...], overlap: float, awake_nights: bool, seed: int,
    folder: Path, lang: Language,
) -> None:  # fmt: skip
    """Make a synthetic instance in a new folder."""
    from instances.generate import GeneratorSettings, generate
    from instances.generator.bring import make_bring
    from instances.write import write_instance

    if folder.exists() and any(folder.iterdir()):
        raise bad_usage("cli.folder_not_empty", folder=folder)
    name = re.sub(r"[^A-Za-z0-9_.-]+", "-", folder.resolve().name).strip("-_.")[:60] or "team"
    settings = GeneratorSettings(
        name=name, region=region, organisations=organisations, overlap=overlap, seed=seed, awake_nights=awake_nights
    )
    made, names = generate(settings)
    write_instance(made, folder, names, make_bring(made))
    click.echo(
        text("cli.generated", lang, folder=folder, nurses=len(made.nurses), clients=len(made.clients),
             visits=len(made.visits))
    )  # fmt: skip


@main.command("template", help=help_text(".template"))
@click.argument("file", type=OUTPUT, metavar="FILE.xlsx")
@click.option("--from", "source", metavar="INSTANCE", help=help_text(".template.from"))
@LANGUAGE
def template_command(file: Path, source: str | None, lang: Language) -> None:
    """Write one workbook to fill in."""
    from instances.bring import read_bring
    from instances.files import write_whole
    from instances.names import Name, read_names
    from instances.template import template_workbook

    if file.exists():  # it may be the work of days
        raise bad_usage("cli.file_exists", file=file)
    read: Instance | None = None
    names: dict[str, Name] = {}
    bring: tuple[Bring, ...] = ()
    if source is not None:
        folder, read = read_from(source, lang)
        names, bring = read_names(folder, lang), read_bring(folder, read, lang)
    write_whole(file, template_workbook(read, names, lang, bring), private=True)
    click.echo(text("cli.workbook_written", lang, file=file))


@main.command("import", help=help_text(".import"))
@click.argument("source", type=click.Path(exists=True, path_type=Path), metavar="FILE|FOLDER")
@click.option("--map", "mapping", type=FILE, metavar="FILE.toml", help=help_text(".import.map"))
@click.option("--suggest", type=OUTPUT, metavar="FILE.toml", help=help_text(".import.suggest"))
@click.option("--out", "folder", type=FOLDER, help=help_text(".import.out"))
@LANGUAGE
def import_command(
    source: Path, mapping: Path | None, suggest: Path | None, folder: Path | None, lang: Language
) -> None:
    """Read a workbook or an export into a new instance folder; or write a first mapping for it."""
    from instances.files import write_whole
    from instances.importing import import_instance
    from instances.mapping import read_mapping
    from instances.mapping_suggest import suggest_mapping

    if (suggest is None) == (folder is None) or (suggest and mapping):
        raise bad_usage("cli.import_one_way")
    if suggest is not None:
        if suggest.exists():
            raise bad_usage("cli.file_exists", file=suggest)
        write_whole(suggest, suggest_mapping(source, lang), private=True)
        click.echo(text("cli.mapping_suggested", lang, file=suggest))
        return
    assert folder is not None
    imported = import_instance(source, read_mapping(mapping, lang) if mapping else None, folder, lang)
    for message in imported.warnings:
        warn(message, lang)
    rows = ", ".join(f"{title} {count}" for title, count in imported.counts.items())
    click.echo(text("cli.imported", lang, folder=folder, rows=rows))


@main.command("plan", help=help_text(".plan"))
@click.argument("instance", metavar="INSTANCE")
@click.option("--sharing", default="joint", metavar="NAME|FILE", help=help_text(".plan.sharing"))
@click.option(
    "--time-limit", type=click.FloatRange(min=1), metavar="S", callback=finite, help=help_text(".plan.time_limit")
)
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@SEED
@click.option("--from", "parent", type=FILE, metavar="PLAN", help=help_text(".plan.from"))
@click.option("--freeze-until", type=DATE, metavar="DATE", help=help_text(".plan.freeze"))
@click.option("--out", "folder", type=FOLDER, help=help_text(".out"))
@click.option(
    "--bound", "bound_seconds", type=click.FloatRange(min=1), metavar="S", callback=finite,
    help=help_text(".plan.bound"),
)  # fmt: skip
@click.option("--plot", type=OUTPUT, metavar="FILE", help=help_text(".plan.plot"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".plan.json"))
@TILES
@LANGUAGE
def plan_command(
    instance: str, sharing: str, time_limit: float | None, iterations: int | None, seed: int, parent: Path | None,
    freeze_until: datetime | None, folder: Path | None, bound_seconds: float | None, plot: Path | None, as_json: bool,
    tiles: str | None, lang: Language,
) -> None:  # fmt: skip
    """Read, plan, check, write."""
    if time_limit is not None and iterations is not None:
        raise bad_usage("cli.one_budget")
    if freeze_until is not None and parent is None:
        raise bad_usage("cli.freeze_needs_from")
    from optimiser.check.checker import check
    from optimiser.daily.publish import settings_on
    from optimiser.domain.long_roster import plans_duties_only
    from optimiser.planning import PlanSettings, plan, prepare
    from optimiser.report.kpis import summary

    source, read = read_from(instance, lang)
    people = people_of(source, read, lang)
    contract = contract_from(read, sharing, lang)
    folder = folder or Path("out") / f"{read.name}-{contract.name}"
    for place in (folder, *([plot.parent] if plot else [])):
        must_be_writable(place)
    start = plan_from(parent, read, lang) if parent is not None else None
    read = as_it_is(read, start)
    settings = PlanSettings(
        time_limit_s=(time_limit or usual_seconds(read)) if iterations is None else None, iterations=iterations,
        seed=seed,
        freeze_until=freeze_until.date() if freeze_until is not None else None,
    )  # fmt: skip
    problem, settings = prepare(read, contract, start), settings_on(start, settings)
    with stop_on_interrupt(lang) as should_stop, progress(as_json, lang, plans_duties_only(read)) as on_event:
        result = plan(problem, settings, start, on_event, should_stop)
    made = with_bound(plan_or_exit(result, problem, lang), problem, bound_seconds, lang)
    report = check(read, contract, problem.travel, made, start)
    figures = summary(read, problem.travel, made, report)
    write_outputs(folder, people, read, problem.travel, made, report, figures, lang, tiles)
    if plot is not None:
        draw_run(plot, made, lang)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    else:
        print_figures({contract.name: figures}, lang)
        say_written(read, made, instance, folder, lang)
        if figures["lower_bound"] is not None:
            click.echo(bound_sentence(figures, lang))
        say_open(smallest_changes(read, problem.travel, made), len(made.unserved), lang)
    for violation in report.violations:
        click.echo(violation.sentence(lang), err=True)


def usual_seconds(instance: Instance) -> float:
    """How long a plan may take where nothing is asked: a minute for weeks with routes, three for rosters of months."""
    from optimiser.domain.long_roster import is_long

    return 180.0 if is_long(instance) else 60.0


def say_written(instance: Instance, plan: Plan, asked: str, folder: Path, language: Language) -> None:
    """Which pages to open; of a roster that answers calls also how its map comes about."""
    click.echo(text("cli.written" if plan.with_routes else "cli.written_duties", language, folder=folder))
    if instance.call_sources and not plan.with_routes:
        click.echo(text("cli.written_response", language, instance=asked, folder=folder))


def draw_run(file: Path, plan: Plan, language: Language) -> None:
    """How the run that made a plan came to it; no file when the run kept no incumbents."""
    from instances.files import write_whole
    from optimiser.studies.convergence import convergence_svg
    from optimiser.studies.measure import log_of

    steps = log_of(plan)
    if not steps:
        click.echo(text("cli.no_incumbents", language), err=True)
        return
    write_whole(file, convergence_svg(steps, plotted(language)))


def plotted(language: Language) -> dict[str, str]:
    """The columns that a picture shows, with what they are called."""
    return {name: text(f"study.column.{name}", language) for name in PLOTTED}


@main.command("check", help=help_text(".check"))
@click.argument("instance", metavar="INSTANCE")
@click.argument("plan", type=FILE, metavar="PLAN")
@click.option("--strict", is_flag=True, help=help_text(".check.strict"))
@click.option("--explain", is_flag=True, help=help_text(".check.explain"))
@click.option("--from", "parent", type=FILE, metavar="PLAN", help=help_text(".check.from"))
@click.option("--sharing", default="joint", metavar="NAME|FILE", help=help_text(".check.sharing"))
@LANGUAGE
def check_command(
    instance: str, plan: Path, strict: bool, explain: bool, parent: Path | None, sharing: str, lang: Language
) -> None:  # fmt: skip
    """Judge a plan by the clock."""
    from optimiser.check.checker import check
    from optimiser.check.explained import explain_rests
    from optimiser.travel.engine import travel_matrix

    _, read = read_from(instance, lang)
    judged = plan_from(plan, read, lang, sharing)
    before = plan_from(parent, read, lang) if parent is not None else None
    read = as_it_is(read, judged)
    travel = travel_matrix(read)
    report = check(read, judged.contract, travel, judged, before)
    print_findings(report, read.clock, lang)
    if explain:
        click.echo(text("rules.explained", lang))
        for each in explain_rests(read, judged.contract, travel, judged):
            click.echo(each.sentence(lang))
    if report.exit_code(strict=strict):
        raise SystemExit(EXIT_VIOLATION)


@main.command("map", help=help_text(".map"))
@INSTANCE
@PLAN
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".map.out"))
@click.option("--nurse", metavar="ID", help=help_text(".map.nurse"))
@click.option("--beside", type=FILE, metavar="PLAN", help=help_text(".map.beside"))
@ALONG
@reader_options
@TILES
@LANGUAGE
def map_command(
    instance: str, plan: Path, folder: Path, nurse: str | None, beside: Path | None, roads: Path | None,
    organisation: str | None, keyfile: Path | None, tiles: str | None, lang: Language,
) -> None:  # fmt: skip
    """Draw a plan."""
    if nurse is not None and beside is not None:
        raise bad_usage("cli.map_beside")
    shown = reader_of(
        instance, plan, folder, lang, nurse=nurse, earlier=beside, organisation=organisation, keyfile=keyfile
    )
    if not shown.plan.with_routes or (beside and shown.before and not shown.before.with_routes):
        raise bad_usage("cli.no_routes")
    along = lines_along(roads, keyfile, shown, lang)
    pages = map_pages(
        shown.people, shown.instance, shown.travel, shown.plan, shown.nurse, lang, tiles, roads=along,
        paged=shown.nurses,
    )  # fmt: skip
    if beside is not None:
        pages["maps/pair.html"] = pair_page(shown, lang, tiles, along)
    elif nurse is None:
        (folder / "maps" / "pair.html").unlink(missing_ok=True)
    write_pages(folder, pages)
    click.echo(text("cli.maps_written", lang, count=len(pages), folder=folder))


def pair_page(shown: Reader, language: Language, tiles: str | None, roads: RoadLines | None) -> str:
    """The plan beside another one of the same tables; equal contracts give a warning, also on the page."""
    from maps.team_pair import ordered, team_pair

    other = shown.before
    assert other is not None
    if other.events != shown.plan.events:
        raise bad_usage("cli.beside_events")
    if other.contract == shown.plan.contract:
        warn(text("cli.beside_equal", language, name=other.contract.name), language)
    names, borders, _ = shown.people
    pair = ordered(shown.plan, other)
    return team_pair(shown.instance, shown.travel, *pair, names, borders, language, tiles, roads)


@main.command("roster", help=help_text(".roster"))
@INSTANCE
@PLAN
@click.option("--out", "file", type=OUTPUT, required=True, metavar="FILE", help=help_text(".roster.out"))
@click.option("--from", "earlier", type=FILE, metavar="PLAN", help=help_text(".roster.from"))
@click.option("--sharing", default="joint", metavar="NAME|FILE", help=help_text(".check.sharing"))
@reader_options
@LANGUAGE
def roster_command(
    instance: str, plan: Path, file: Path, earlier: Path | None, sharing: str, organisation: str | None,
    keyfile: Path | None, lang: Language,
) -> None:  # fmt: skip
    """The roster as a page."""
    from instances.files import write_whole
    from maps.roster import roster_page

    must_be_writable(file.parent)
    shown = reader_of(
        instance, plan, file, lang, earlier=earlier, organisation=organisation, keyfile=keyfile, sharing=sharing
    )
    page = roster_page(
        shown.instance, shown.travel, shown.plan, shown.report, shown.people.names, lang,
        changes=changes_of(shown), before=shown.before, beside_maps=False,
        guests=[each.id for each in shown.seen.guests] if shown.seen else (),
    )  # fmt: skip
    write_whole(file, page, private=True)
    click.echo(text("cli.page_written", lang, file=file))


@main.command("cards", help=help_text(".cards"))
@INSTANCE
@PLAN
@click.option("--out", "folder", type=FOLDER, required=True, metavar="DIR", help=help_text(".cards.out"))
@click.option("--nurse", metavar="ID", help=help_text(".cards.nurse"))
@click.option("--date", "day", type=DATE, metavar="DATE", help=help_text(".cards.date"))
@click.option("--week", is_flag=True, help=help_text(".cards.week"))
@click.option("--lock", is_flag=True, help=help_text(".cards.lock"))
@click.option("--codes", type=OUTPUT, metavar="FILE", help=help_text(".cards.codes"))
@click.option("--from", "earlier", type=FILE, metavar="PLAN", help=help_text(".cards.from"))
@ALONG
@reader_options
@TILES
@LANGUAGE
def cards_command(
    instance: str, plan: Path, folder: Path, nurse: str | None, day: datetime | None, week: bool, lock: bool,
    codes: Path | None, earlier: Path | None, roads: Path | None, organisation: str | None, keyfile: Path | None,
    tiles: str | None, lang: Language,
) -> None:  # fmt: skip
    """The cards of nurses."""
    from maps.card_files import card_days, card_files

    if codes is not None and not lock:
        raise bad_usage("cli.cards_codes")
    must_be_writable(folder)
    shown = reader_of(
        instance, plan, folder, lang, nurse=nurse, earlier=earlier, organisation=organisation, keyfile=keyfile,
        cards=True,
    )  # fmt: skip
    if not shown.plan.with_routes:
        own_rosters(shown, folder, lock or day is not None, lang)
        return
    in_horizon(shown.instance, day)
    asked = day.date() if day else None
    nurses = [who for who in dict.fromkeys(who for who, _ in card_days(shown.plan, shown.nurse, asked, shown.before))
              if shown.nurses is None or who in shown.nurses]  # fmt: skip
    if not nurses:
        raise bad_usage("cli.cards_none")
    along = lines_along(roads, keyfile, shown, lang)
    more: dict[str, Any] = {
        "bring": shown.people.bring, "day": asked, "week": week, "language": lang, "roads": along,
        "changes": changes_of(shown), "tiles": tiles, "before": shown.before,
    }  # fmt: skip
    files: dict[str, str | bytes] = {}
    if lock:
        real = folder.resolve()
        codes = codes or real.with_name(f"{real.name}_toegangscodes.csv")
        files |= locked_cards(shown, nurses, folder, codes, more, lang)
    else:
        for who in nurses:
            files |= dict(card_files(shown.instance, shown.travel, shown.plan, shown.people.names, nurse=who, **more))
    write_cards(folder, files, whole=nurse is None and day is None)
    if lock and (still := open_cards(folder)):
        warn(text("cli.cards_open", lang, count=len(still), folder=folder), lang)
    click.echo(text("cli.cards_written", lang, count=len(files), nurses=len(nurses), folder=folder))
    if codes is not None:
        click.echo(text("cli.cards_codes_written", lang, file=codes))


def own_rosters(shown: Reader, folder: Path, as_cards: bool, language: Language) -> None:
    """Of a roster of weeks without routes each nurse's own duties with her ledger, in place of cards."""
    if as_cards:
        raise bad_usage("cli.no_routes")
    from maps.own_roster import own_roster_files

    nurses = shown.nurses if shown.nurse is None else (shown.nurse,)
    files = dict(own_roster_files(shown.instance, shown.plan, shown.people.names, nurses, language))
    if not files:
        raise bad_usage("cli.cards_none")
    write_cards(folder, files, whole=shown.nurse is None)
    click.echo(text("cli.cards_written", language, count=len(files), nurses=len(files), folder=folder))


def locked_cards(
    shown: Reader, nurses: Sequence[str], folder: Path, codes: Path, more: dict[str, Any], language: Language
) -> dict[str, str | bytes]:
    """Locked cards by file name; the phrases go to ``codes``, where nurses keep theirs from last time."""
    from instances.files import write_whole
    from instances.phrases import apart_from, phrases_csv, read_phrases
    from maps.locked_files import locked_files
    from maps.phrases import phrases

    apart_from(codes, folder, language)
    kept = read_phrases(codes, language) if codes.exists() else {}
    found = kept | phrases(nurses, kept)
    names = shown.people.names
    made = dict(locked_files(shown.instance, shown.travel, shown.plan, names, found, nurses=nurses, **more))
    # the phrases first: cards that nobody can open are of no use
    write_whole(codes, phrases_csv(found, names), private=True)
    return made


def write_cards(folder: Path, files: Mapping[str, str | bytes], whole: bool) -> None:
    """Cards are for their owner only. When ``whole``, cards of an earlier plan go: a route that is no more, or an open
    page where cards are locked now, helps nobody."""
    from instances.files import write_whole

    for name, content in files.items():
        write_whole(folder / name, content, private=True)
    if whole:
        nurses = {CARD.match(name)["nurse"] for name in files}  # type: ignore[index]
        for old in folder.iterdir():
            found = CARD.match(old.name)
            if found and old.name not in files and (old.suffix == ".html" or found["nurse"] in nurses):
                old.unlink()


@main.command("pseudonym", help=help_text(".pseudonym"))
@INSTANCE
@PLAN
@click.argument("codes", nargs=-1, required=True, metavar="CODE...")
@click.option("--pseudonyms", "keyfile", type=FILE, required=True, metavar="KEYFILE", help=help_text(".pseudonym.key"))
@LANGUAGE
def pseudonym_command(instance: str, plan: Path, codes: tuple[str, ...], keyfile: Path, lang: Language) -> None:
    """Who is behind a code."""
    from instances.pseudonym_key import pseudonym_key
    from optimiser.report.pseudonyms import Pseudonyms

    _, tables = read_from(instance, lang)
    shown = plan_from(plan, tables, lang)
    known = Pseudonyms(as_it_is(tables, shown), pseudonym_key(keyfile, language=lang), shown).code
    found = {code: known.behind(code) for code in codes}
    for code, who in found.items():
        if who is not None:
            click.echo(text("cli.pseudonym", lang, code=code, kind=text(f"cli.pseudonym.{who[0]}", lang), id=who[1]))
    if unknown := [shortened(code) for code, who in found.items() if who is None]:
        raise bad_usage("cli.pseudonym_unknown", codes=", ".join(unknown))


@main.command("publish", help=help_text(".publish"))
@INSTANCE
@PLAN
@click.option("--out", "file", type=OUTPUT, metavar="FILE", help=help_text(".publish.out"))
@click.option("--at", "moment", type=MOMENT, metavar="MOMENT", help=help_text(".publish.at"))
@click.option("--force", metavar="REASON", help=help_text(".publish.force"))
@click.option("--next", "after", type=FOLDER, metavar="DIR", help=help_text(".publish.next"))
@click.option("--weeks", type=click.IntRange(1, 53), default=1, metavar="N", help=help_text(".publish.weeks"))
@click.option("--entries", "entered", type=OUTPUT, metavar="FILE", help=help_text(".publish.entries"))
@LANGUAGE
def publish_command(
    instance: str, plan: Path, file: Path | None, moment: datetime | None, force: str | None, after: Path | None,
    weeks: int, entered: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Check, tell, pin; next week's tables."""
    if file is None and after is None and entered is None:
        raise bad_usage("cli.publish_what")
    if after is not None and after.exists() and any(after.iterdir()):
        raise bad_usage("cli.folder_not_empty", folder=after)
    from instances.plans import write_plan
    from optimiser.check.checker import check
    from optimiser.daily.publish import publish
    from optimiser.domain.clock import ZONE
    from optimiser.travel.engine import travel_matrix

    source, tables = read_from(instance, lang)
    people = people_of(source, tables, lang)
    told = plan_from(plan, tables, lang)
    read = as_it_is(tables, told)
    if weeks > read.weeks:
        raise bad_usage("cli.publish_weeks", weeks=read.weeks)
    if moment is not None and read.clock.minute_of(moment) > read.horizon_end:
        raise bad_usage("cli.publish_late", day=read.clock.date_of(read.days - 1))
    travel = travel_matrix(read)
    report = check(read, told.contract, travel, told)
    done = publish(read, told, moment or datetime.now(ZONE), report, force, lang)
    for line in done.sentences(lang):
        click.echo(line)
    if done.plan is None:
        raise SystemExit(EXIT_VIOLATION)
    if entered is not None:
        write_entries(entered, read, travel, done.plan, lang)
    if file is not None:
        write_plan(done.plan, file)
    if after is not None:
        write_next(after, people, source, read, done.plan, weeks)
        click.echo(text("cli.next_written", lang, folder=after))


def write_entries(file: Path, instance: Instance, travel: TravelMatrix, plan: Plan, language: Language) -> None:
    """Base roster, own entries and wishes: kept, or left at which price and for which reason. A table for the planner,
    and beside it for each nurse what she may know of it."""
    from instances.files import write_whole
    from optimiser.explain.why_duty import why_duty
    from optimiser.report.entries import entries
    from optimiser.report.entries_words import entries_csv, entry_lines

    def reason(nurse: str, kind: str, day: date) -> str:
        lane = instance.kind_by_id[kind].lane
        hers = frozenset(each.id for each in plan.duties_of.get(nurse, ()) if each.day == day and each.lane == lane)
        answer = why_duty(instance, plan.contract, travel, plan, nurse, kind, day, hers)
        return text("cli.entry_price", language, cost=signed(answer.cost, language)) if answer.blocking is None else (
            answer.blocking.sentence(language))  # fmt: skip

    found = entries(instance, plan.contract, travel, plan, reason)
    write_whole(file, entries_csv(instance, found, language))
    for nurse in instance.nurses:
        lines = entry_lines(instance, found, nurse.id, language)
        if lines:
            own = file.with_name(f"{file.stem}_{nurse.id}.txt")
            write_whole(own, "\n".join(lines) + "\n", private=True)


def write_next(folder: Path, people: People, source: Path, instance: Instance, plan: Plan, weeks: int) -> None:
    """The tables of the weeks after a plan, with the names, borders and things to bring that the present ones have."""
    from instances.cycles import with_cycles
    from instances.expand import expanded
    from optimiser.daily.next_week import next_week

    write_tables(folder, people, source, next_week(instance, plan, lambda each: with_cycles(expanded(each)), weeks))


def write_tables(folder: Path, people: People, source: Path, made: Instance) -> None:
    """The tables of an instance made of the one in ``source``, with its names, borders and things to bring."""
    from instances.files import write_whole
    from instances.names import may_be_named
    from instances.write import write_instance

    known, work = may_be_named(made), {each.id for each in made.acts} | {each.id for each in made.orders}
    names = {key: name for key, name in people.names.items() if key in known}
    write_instance(made, folder, names or None, [each for each in people.bring if each.work in work])
    if people.borders is not None:
        write_whole(folder / "districts.geojson", (source / "districts.geojson").read_bytes())


@main.command("cycle", help=help_text(".cycle"))
@INSTANCE
@PLAN
@click.option("--weeks", type=click.IntRange(1, 53), default=4, show_default=True, help=help_text(".cycle.weeks"))
@click.option("--skip", type=click.IntRange(1, 53), default=1, metavar="N", help=help_text(".cycle.skip"))
@click.option("--from", "begins", type=DATE, metavar="DATE", help=help_text(".cycle.from"))
@click.option("--status", type=click.Choice(["base", "wish"]), default="base", help=help_text(".cycle.status"))
@click.option("--out", "file", type=OUTPUT, required=True, metavar="FILE", help=help_text(".cycle.out"))
@LANGUAGE
def cycle_command(
    instance: str, plan: Path, weeks: int, skip: int, begins: datetime | None, status: Literal["base", "wish"],
    file: Path, lang: Language,
) -> None:  # fmt: skip
    """A cyclic base roster from weeks of a plan."""
    from instances.files import write_whole
    from instances.tables_calls import CYCLES
    from instances.write import table_text
    from optimiser.daily.cycle import cycle_of
    from optimiser.travel.engine import travel_matrix

    _, tables = read_from(instance, lang)
    read = plan_from(plan, tables, lang)
    shown, first = as_it_is(tables, read), begins.date() if begins else None
    made = cycle_of(shown, travel_matrix(shown), read, weeks, skip - 1, first, status, lang)
    write_whole(file, table_text(CYCLES, made.rows, shown.clock))
    nurses = len({row.nurse for row in made.rows})
    click.echo(text("cycle.written", lang, rows=len(made.rows), nurses=nurses, file=file))
    for each in made.violations:
        warn(each.sentence(lang), lang)


@main.command("near", help=help_text(".near"))
@INSTANCE
@PLAN
@click.option("--from", "first", type=DATE, required=True, metavar="DATE", help=help_text(".near.from"))
@click.option("--weeks", type=click.IntRange(1, 2), default=2, show_default=True, help=help_text(".near.weeks"))
@click.option(
    "--after", "earlier", type=(str, FILE), multiple=True, metavar="INSTANCE PLAN", help=help_text(".near.after")
)
@click.option(
    "--time-limit", type=click.FloatRange(min=1), default=60, metavar="S", callback=finite,
    help=help_text(".plan.time_limit"),
)  # fmt: skip
@click.option("--tables", "tables_only", is_flag=True, help=help_text(".near.tables"))
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".near.out"))
@LANGUAGE
@click.pass_context
def near_command(
    ctx: click.Context, instance: str, plan: Path, first: datetime, weeks: int, earlier: tuple[tuple[str, Path], ...],
    time_limit: float, tables_only: bool, folder: Path, lang: Language,
) -> None:  # fmt: skip
    """Write the tables of near weeks, and plan routes on the duties that stand."""
    from instances.catalogue import locate
    from instances.expand import expanded
    from instances.plans import write_plan
    from instances.read import read_instance
    from optimiser.daily.near_asked import near_asked
    from optimiser.daily.near_weeks import near_roster, near_weeks, with_near

    source, read = read_from(instance, lang)
    people = people_of(source, read, lang)
    must_be_writable(folder)
    roster = plan_from(plan, read, lang)
    read = as_it_is(read, roster)
    parts = [(file, read_instance(locate(name, lang), lang)) for name, file in earlier]
    near_asked(read, roster, first.date(), weeks, parts, lang)
    for file, part in parts:
        made = plan_from(file, part, lang)
        read, roster = as_it_is(read, made), with_near(read, roster, as_it_is(part, made), made)
    near = near_weeks(read, roster, first.date(), weeks, expanded)
    write_tables(folder, people, source, near)
    write_plan(near_roster(read, roster, near), folder / "roster.json")
    click.echo(text("cli.next_written", lang, folder=folder))
    if not tables_only:
        ctx.invoke(
            plan_command, instance=str(folder), sharing=roster.contract.name, time_limit=time_limit,
            parent=folder / "roster.json", folder=folder, lang=lang,
        )  # fmt: skip


def short_reason(_: click.Context, __: click.Parameter, value: str) -> str:
    """A reason as events keep it."""
    if len(value) > MOST_REASON:
        raise click.BadParameter(text("cli.reason_form", system_language(), most=MOST_REASON))
    return value


def late_of(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[tuple[str, int], ...]:
    """``N1:40`` as nurse and minutes."""
    found = [LATE.fullmatch(each) for each in value]
    if not all(found):
        raise click.BadParameter(text("cli.late_form", system_language()))
    return tuple((match[1], int(match[2])) for match in found if match)


@main.command("replan", help=help_text(".replan"))
@INSTANCE
@PLAN
@click.option("--at", "moment", type=MOMENT, required=True, metavar="MOMENT", help=help_text(".replan.at"))
@click.option("--absent", multiple=True, metavar="NURSE", help=help_text(".replan.absent"))
@click.option("--until", type=DATE, metavar="DATE", help=help_text(".replan.until"))
@click.option("--late", multiple=True, metavar="NURSE:MINUTES", callback=late_of, help=help_text(".replan.late"))
@click.option("--no-car", multiple=True, metavar="NURSE", help=help_text(".replan.no_car"))
@click.option("--snow", type=click.FloatRange(1, 4), metavar="TIMES", callback=finite, help=help_text(".replan.snow"))
@click.option("--cancel", multiple=True, metavar="VISIT|CLIENT", help=help_text(".replan.cancel"))
@click.option("--agreed", multiple=True, metavar="NURSE[:DATE]", help=help_text(".replan.agreed"))
@click.option("--max-changes", type=click.IntRange(0), metavar="N", help=help_text(".replan.max_changes"))
@click.option("--reason", default="", metavar="TEXT", callback=short_reason, help=help_text(".replan.reason"))
@click.option(
    "--time-limit", type=click.FloatRange(1, 600), default=10.0, metavar="S", callback=finite,
    help=help_text(".replan.time_limit"),
)  # fmt: skip
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@SEED
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".replan.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".replan.json"))
@LANGUAGE
def replan_command(
    instance: str, plan: Path, moment: datetime, absent: tuple[str, ...], until: datetime | None,
    late: tuple[tuple[str, int], ...], no_car: tuple[str, ...], snow: float | None, cancel: tuple[str, ...],
    agreed: tuple[str, ...], max_changes: int | None, reason: str, time_limit: float, iterations: int | None,
    seed: int, folder: Path, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """Repair, check, write."""
    if not (absent or late or no_car or snow or cancel or agreed):
        raise bad_usage("cli.nothing_happened")
    from instances.events import with_events
    from optimiser.check.checker import check
    from optimiser.daily.agreed import agreed_events
    from optimiser.daily.happenings import Said, events_of
    from optimiser.daily.replan import ReplanSettings, replan
    from optimiser.report.kpis import summary
    from optimiser.travel.engine import travel_matrix

    source, tables = read_from(instance, lang)
    people = people_of(source, tables, lang)
    parent = published_from(plan, tables, lang, routes=False)
    must_be_elsewhere(plan, folder)
    must_be_writable(folder)
    today = as_it_is(tables, parent)
    said = Said(
        at=today.clock.minute_of(moment), absent=absent, until=until.date() if until else None, late=late,
        no_car=no_car, slow_percent=None if snow is None else round(100 * snow), cancelled=cancel, reason=reason,
    )  # fmt: skip
    events = events_of(today, parent, said, lang)
    now = with_events(tables, (*parent.events, *events))
    events = (*events, *agreed_events(now, parent, events, agreed, said.at, reason, lang))
    now = with_events(tables, (*parent.events, *events))
    limits = ReplanSettings(time_limit, iterations, max_changes, seed)
    found = replan(now, parent, events, limits)
    if found is None:
        click.echo(text("cli.no_repair", lang), err=True)
        raise SystemExit(EXIT_NO_TIME)
    travel = travel_matrix(now)
    report = check(now, parent.contract, travel, found.plan, parent)
    figures = summary(now, travel, found.plan, report)
    write_outputs(folder, people, now, travel, found.plan, report, figures, lang, None, found.changes, parent)
    write_calls(folder, people, now, parent, found, lang)
    say_replan(now, parent, found, figures, report, as_json, folder, lang)
    if report.violations:
        raise SystemExit(EXIT_VIOLATION)


@main.command("offer", help=help_text(".offer"))
@INSTANCE
@PLAN
@click.option("--order", type=FILE, required=True, metavar="FILE", help=help_text(".offer.order"))
@click.option("--at", "moment", type=MOMENT, metavar="MOMENT", help=help_text(".offer.at"))
@click.option("--accept", type=click.IntRange(1), metavar="N", help=help_text(".offer.accept"))
@click.option("--out", "folder", type=FOLDER, metavar="DIR", help=help_text(".offer.out"))
@click.option(
    "--time-limit", type=click.FloatRange(1, 600), default=11.0, metavar="S", callback=finite,
    help=help_text(".replan.time_limit"),
)  # fmt: skip
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@SEED
@click.option("--json", "as_json", is_flag=True, help=help_text(".offer.json"))
@LANGUAGE
def offer_command(
    instance: str, plan: Path, order: Path, moment: datetime | None, accept: int | None, folder: Path | None,
    time_limit: float, iterations: int | None, seed: int, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """Can we take it."""
    if (accept is None) != (folder is None):
        raise bad_usage("cli.accept_needs_out")
    if folder is not None:
        must_be_elsewhere(plan, folder)
    from instances.events import with_events
    from instances.referrals import read_referral
    from optimiser.daily.offer import offer
    from optimiser.daily.offer_nouns import OfferSettings
    from optimiser.daily.offer_words import offer_json, offer_rows, offer_sentences

    source, tables = read_from(instance, lang)
    people = people_of(source, tables, lang)
    parent = published_from(plan, tables, lang)
    read = as_it_is(tables, parent)
    referral = read_referral(order, read, lang)
    at = minute_in(read, moment, lang)
    found = offer(read, parent, referral, at, with_events, OfferSettings(time_limit, iterations, seed=seed))
    if as_json:
        click.echo(json.dumps(offer_json(found, read.clock, lang), ensure_ascii=False, indent=2))
    else:
        for line in offer_sentences(found, lang):
            click.echo(line)
        if found.starts:
            # who comes stands in the sentences: it would make the table very wide
            headings, *rows = ([*row[:4], *row[5:]] for row in offer_rows(found, lang))
            print_table("", headings, rows, edge=160)
    if accept is not None and folder is not None:
        chosen = found.accepted(accept, lang)
        write_changed(folder, people, with_events(read, [chosen.event]), parent, chosen.plan, lang, quiet=as_json)


def minute_in(instance: Instance, moment: datetime | None, language: Language) -> int:
    """The horizon minute of a moment: now when it is not given, and never before the horizon. Raises ``InputError``
    when the horizon is over by then."""
    from optimiser.domain.clock import ZONE

    asked, clock = moment or datetime.now(ZONE), instance.clock
    minute = clock.minute_of(asked)
    if minute >= clock.midnight(instance.days):
        expected = text("cli.before_the_end", language, last=clock.date_of(instance.days - 1))
        raise InputError([Fault("--at", 0, "", expected, f"{asked:%Y-%m-%dT%H:%M}")])
    return max(0, minute)


def write_changed(
    folder: Path, people: People, instance: Instance, parent: Plan, plan: Plan, language: Language, quiet: bool = False
) -> None:
    """All files of a plan that changes a published one; exit code 1 when the check finds a violation. ``quiet`` keeps
    standard output for the JSON."""
    from optimiser.check.checker import check
    from optimiser.report.changes import changes_between
    from optimiser.report.kpis import summary
    from optimiser.travel.engine import travel_matrix

    travel = travel_matrix(instance)
    report = check(instance, parent.contract, travel, plan, parent)
    changes = changes_between({visit.id: visit.client for visit in instance.visits}, parent, plan)
    figures = summary(instance, travel, plan, report)
    write_outputs(folder, people, instance, travel, plan, report, figures, language, None, changes, parent)
    click.echo(text("cli.written", language, folder=folder), err=quiet)
    for violation in report.violations:
        click.echo(violation.sentence(language), err=True)
    if report.violations:
        raise SystemExit(EXIT_VIOLATION)


@main.command("swap", help=help_text(".swap"))
@INSTANCE
@PLAN
@click.argument("one", metavar="NURSE:DUTY")
@click.argument("other", metavar="[NURSE:DUTY|NURSE]", required=False)
@click.option("--at", "moment", type=MOMENT, metavar="MOMENT", help=help_text(".swap.at"))
@click.option("--out", "folder", type=FOLDER, metavar="DIR", help=help_text(".swap.out"))
@click.option("--reason", default="", metavar="TEXT", callback=short_reason, help=help_text(".replan.reason"))
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@LANGUAGE
def swap_command(
    instance: str, plan: Path, one: str, other: str | None, moment: datetime | None, folder: Path | None, reason: str,
    iterations: int | None, lang: Language,
) -> None:  # fmt: skip
    """Yes or no with the sentence; without a colleague: who could."""
    if other is None and folder is not None:
        raise bad_usage("cli.swap_with_whom")
    if folder is not None:
        must_be_elsewhere(plan, folder)
    from instances.events import with_events
    from optimiser.daily.swap import SwapSettings, swap
    from optimiser.daily.swap_named import side_of
    from optimiser.daily.swap_options import who_could_swap

    source, tables = read_from(instance, lang)
    people = people_of(source, tables, lang)
    parent = published_from(plan, tables, lang, routes=False)
    read, first = as_it_is(tables, parent), side_of(one, lang)
    at = minute_in(read, moment, lang)
    if other is None:
        for option in who_could_swap(read, parent, *first, at, lang):
            click.echo(option.line(lang))
        return
    second = side_of(other, lang) if ":" in other else other
    answer = swap(read, parent, first, second, at, SwapSettings(iterations=iterations, reason=reason), lang)
    click.echo(answer.sentence(lang))
    for line in answer.lines(lang):
        click.echo(f"  {line}")
    if answer.figures:
        headings, *rows = answer.table(lang)
        print_table("", headings, rows)
    if answer.plan is None:
        raise SystemExit(EXIT_VIOLATION)
    if folder is not None:
        new = answer.plan.events[len(parent.events) :]
        write_changed(folder, people, with_events(read, new), parent, answer.plan, lang)


@main.command("why", help=help_text(".why"))
@INSTANCE
@PLAN
@click.option("--visit", metavar="ID", help=help_text(".why.visit"))
@click.option("--nurse", metavar="ID", help=help_text(".why.nurse"))
@click.option("--duty", metavar="DUTY", help=help_text(".why.duty"))
@click.option("--not", "other", metavar="NURSE", help=help_text(".why.not"))
@LANGUAGE
def why_command(
    instance: str, plan: Path, visit: str | None, nurse: str | None, duty: str | None, other: str | None, lang: Language
) -> None:  # fmt: skip
    """Ask about one cell."""
    if (visit is None) == (duty is None):
        raise bad_usage("cli.why_one")
    from optimiser.daily.duty_named import duty_named
    from optimiser.daily.why import why_duty_lines, why_visit_lines
    from optimiser.travel.engine import travel_matrix

    _, read = read_from(instance, lang)
    asked = plan_from(plan, read, lang)
    read = as_it_is(read, asked)
    whom, travel = other or nurse, travel_matrix(read)
    if whom is not None and whom not in read.nurse_by_id:
        raise bad_usage("cli.unknown_nurse", nurse=whom)
    if visit is not None:
        lines = why_visit_lines(read, travel, asked, visit, whom, lang)
    else:
        named = duty_named(read, asked, str(duty), nurse, lang)
        lines = why_duty_lines(read, travel, asked, named, whom, lang)
    for line in lines:
        click.echo(line)


@main.command("capacity-light", help=help_text(".capacity_light"))
@INSTANCE
@PLAN
@click.option("--at", "moment", type=MOMENT, metavar="MOMENT", help=help_text(".offer.at"))
@click.option("--days", type=click.IntRange(1, 31), default=7, metavar="N", help=help_text(".capacity_light.days"))
@click.option("--out", "file", type=OUTPUT, metavar="FILE", help=help_text(".capacity_light.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".capacity_light.json"))
@LANGUAGE
def capacity_light_command(
    instance: str, plan: Path, moment: datetime | None, days: int, file: Path | None, as_json: bool, lang: Language
) -> None:  # fmt: skip
    """Where there is room, without client data."""
    if file is not None and file.suffix.lower() not in (".html", ".csv"):
        raise bad_usage("cli.capacity_kind")
    from instances.files import write_whole
    from maps.capacity_light import capacity_page
    from optimiser.daily.capacity_light import capacity_light
    from optimiser.report.capacity_light import capacity_csv, capacity_json, capacity_rows, capacity_sentences

    _, tables = read_from(instance, lang)
    asked = routed(plan_from(plan, tables, lang))
    read = as_it_is(tables, asked)
    found = capacity_light(read, asked, minute_in(read, moment, lang), days)
    if file is not None:
        as_page = file.suffix.lower() == ".html"
        write_whole(file, capacity_page(found, lang) if as_page else capacity_csv(found, lang))
        click.echo(text("cli.file_written", lang, file=file), err=as_json)
    if as_json:
        click.echo(json.dumps(capacity_json(found, lang), ensure_ascii=False, indent=2))
    elif file is None:
        for line in capacity_sentences(found, lang):
            click.echo(line)
        headings, *rows = capacity_rows(found, lang)
        print_table("", headings, rows, figures=False, edge=160)


@main.command("fragility", help=help_text(".fragility"))
@INSTANCE
@PLAN
@click.option("--at", "moment", type=MOMENT, metavar="MOMENT", help=help_text(".fragility.at"))
@click.option("--worst", type=click.IntRange(0, 1000), default=10, metavar="N", help=help_text(".fragility.worst"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".fragility.json"))
@LANGUAGE
def fragility_command(
    instance: str, plan: Path, moment: datetime | None, worst: int, as_json: bool, lang: Language
) -> None:  # fmt: skip
    """What one absence breaks."""
    from optimiser.daily.fragility import FragilitySettings, fragility
    from optimiser.daily.fragility_words import fragility_json, fragility_lines

    _, tables = read_from(instance, lang)
    asked = routed(plan_from(plan, tables, lang))
    read = as_it_is(tables, asked)
    at = read.clock.minute_of(moment) if moment is not None else 0
    report = fragility(read, asked, at, FragilitySettings(worst=worst))
    if as_json:
        click.echo(json.dumps(fragility_json(report), ensure_ascii=False, indent=2))
        return
    for line in fragility_lines(report, lang):
        click.echo(line)


@main.command("response", help=help_text(".response"))
@INSTANCE
@PLAN
@click.option("--beside", type=FILE, metavar="PLAN", help=help_text(".response.beside"))
@click.option("--out", "folder", type=FOLDER, metavar="DIR", help=help_text(".response.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".simulate.json"))
@TILES
@LANGUAGE
def response_command(
    instance: str, plan: Path, beside: Path | None, folder: Path | None, as_json: bool, tiles: str | None,
    lang: Language,
) -> None:  # fmt: skip
    """How soon somebody is at a call."""
    from optimiser.report.response import response
    from optimiser.report.response_tables import (
        plan_titles,
        response_json,
        response_notes,
        response_rows,
        response_title,
    )
    from optimiser.travel.engine import travel_matrix

    source, read = read_from(instance, lang)
    if not read.call_sources:
        raise bad_usage("response.no_calls")
    people = people_of(source, read, lang) if folder is not None else None
    plans = [plan_from(path, read, lang) for path in (plan, beside) if path is not None]
    travels = [(each, as_it_is(read, each)) for each in plans]
    titles = plan_titles(plans, lang)
    asked = [
        (title, tables, travel_matrix(tables), each)
        for title, (each, tables) in zip(titles, travels, strict=True)
    ]
    found = [(title, response(tables, travel, each)) for title, tables, travel, each in asked]
    shown = [(title, each) for title, each in found if each is not None]
    if folder is not None and people is not None:
        write_response(folder, asked, shown, people.borders, tiles, lang)
        click.echo(text("cli.file_written", lang, file=folder / "response.html"), err=as_json)
    if as_json:
        click.echo(json.dumps(response_json(shown, plans), ensure_ascii=False, indent=2))
        return
    headings, *rows = response_rows(shown, lang)
    print_table(response_title(read, lang), headings, rows, edge=160)
    for line in response_notes(shown, lang):
        click.echo(line)


def write_response(
    folder: Path, asked: list[tuple[str, Instance, TravelMatrix, Plan]], shown: list[tuple[str, Response]],
    borders: dict[str, Any] | None, tiles: str | None, language: Language,
) -> None:  # fmt: skip
    """The map of response, and csv files by district and by hour."""
    from instances.files import write_whole
    from instances.hours import hours_csv
    from maps.response import response_page
    from maps.response_exact import exact_of
    from optimiser.report.response import response_by_hour
    from optimiser.report.response_tables import hours_csv_rows, response_csv

    instance = asked[0][1]
    districts = [(title, each.districts()) for title, each in shown]
    hours = [(title, response_by_hour(tables, travel, plan)) for title, tables, travel, plan in asked]
    write_whole(folder / "response.csv", hours_csv(*response_csv(instance, districts, language)))
    write_whole(folder / "response_hours.csv", hours_csv(*hours_csv_rows(hours, language)))
    exact = [exact_of(each) for _, each in shown]
    write_whole(folder / "response.html", response_page(instance, districts, borders, language, tiles, exact))


@main.command("simulate", help=help_text(".simulate"))
@INSTANCE
@PLAN
@click.option("--weeks", type=click.IntRange(1, 10_000), default=500, metavar="N", help=help_text(".simulate.weeks"))
@click.option("--seed", type=click.IntRange(min=0), default=0, metavar="N", help=help_text(".simulate.seed"))
@click.option(
    "--stress", type=click.Choice(["none", "two-calls", "ill", "snow"]), default="none",
    help=help_text(".simulate.stress"),
)  # fmt: skip
@click.option("--against", type=FILE, metavar="PLAN", help=help_text(".simulate.against"))
@click.option("--sharing", default="joint", metavar="NAME|FILE", help=help_text(".simulate.sharing"))
@click.option("--out", "file", type=OUTPUT, metavar="FILE", help=help_text(".simulate.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".simulate.json"))
@LANGUAGE
def simulate_command(
    instance: str, plan: Path, weeks: int, seed: int, stress: Literal["none", "two-calls", "ill", "snow"],
    against: Path | None, sharing: str, file: Path | None, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """Unplanned calls against a plan."""
    if file is not None and file.suffix.lower() not in (".json", ".csv", ".html"):
        raise bad_usage("cli.simulate_kind")
    from instances.files import write_whole
    from instances.write import csv_text
    from maps.response_measured import measured_page
    from optimiser.report.response_tables import plan_titles
    from optimiser.report.simulated_tables import difference_rows, district_rows, simulated_tables
    from optimiser.report.simulated_words import simulated_sentences
    from optimiser.simulate.calls import simulate_calls
    from optimiser.simulate.calls_compare import compare_simulated
    from optimiser.simulate.calls_settings import CallSettings
    from optimiser.travel.engine import travel_matrix

    source, tables = read_from(instance, lang)
    played, plans = [], [plan_from(path, tables, lang, sharing) for path in (plan, against) if path is not None]
    for asked in plans:
        read = as_it_is(tables, asked)
        settings = CallSettings(stress=stress)
        played.append(simulate_calls(read, asked.contract, travel_matrix(read), asked, weeks, seed, settings))
    found = played[0]
    difference = compare_simulated(found, played[1]) if against is not None else None
    written: dict[str, Any] = found.model_dump(mode="json")
    if difference is not None:
        written |= {"against": played[1].model_dump(mode="json"), "difference": difference.model_dump(mode="json")}
    if file is not None:
        kind = file.suffix.lower()
        if kind == ".html":
            borders = people_of(source, tables, lang).borders
            page = measured_page(tables, [(each.contract, each) for each in played], borders, lang)
            write_whole(file, page)
        elif kind == ".csv":
            headings, *rows = district_rows(found, lang)
            write_whole(file, csv_text(headings, rows))
        else:
            write_whole(file, json.dumps(written, ensure_ascii=False, indent=1))
        click.echo(text("cli.file_written", lang, file=file), err=as_json)
    if as_json:
        click.echo(json.dumps(written, ensure_ascii=False, indent=2))
        return
    for line in simulated_sentences(found, lang):
        click.echo(line)
    for title, (headings, *rows) in simulated_tables(found, tables, lang):
        print_table(title, headings, rows, edge=150)
    if difference is not None:
        first, second = plan_titles(plans, lang)
        title = text("cli.simulate_against", lang, first=first, second=second)
        headings, *rows = difference_rows(difference, tables, lang)
        print_table(title, headings, rows)


def routed(plan: Plan) -> Plan:
    """A plan with routes; refuses a roster of duties only."""
    if not plan.with_routes:
        raise bad_usage("cli.no_routes")
    return plan


def open_cards(folder: Path) -> list[Path]:
    """Cards in a folder that anybody can read."""
    pages = (each for each in folder.iterdir() if each.suffix == ".html" and CARD.match(each.name))
    return [each for each in pages if b'id="box"' not in each.read_bytes()]


@main.command("export", help=help_text(".export"))
@INSTANCE
@PLAN
@click.option("--format", "kind", type=click.Choice(EXPORTED), required=True, help=help_text(".export.format"))
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="PATH", help=help_text(".export.out"))
@click.option("--names", "named", is_flag=True, help=help_text(".export.names"))
@click.option("--nurse", metavar="ID", help=help_text(".export.nurse"))
@click.option("--date", "day", type=DATE, metavar="DATE", help=help_text(".export.date"))
@click.option("--from", "earlier", type=FILE, metavar="PLAN", help=help_text(".export.from"))
@ALONG
@reader_options
@LANGUAGE
def export_command(
    instance: str, plan: Path, kind: str, out: Path, named: bool, nurse: str | None, day: datetime | None,
    earlier: Path | None, roads: Path | None, organisation: str | None, keyfile: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Files of a plan for other programs and for the salary office."""
    from instances.export_formats import EXPORTS
    from instances.files import write_whole

    takes = EXPORTS[kind].takes if kind in EXPORTS else frozenset()
    given = {"names": named, "nurse": nurse, "date": day, "from": earlier, "roads": roads}
    if unknown := [f"--{option}" for option, used in given.items() if used and option not in takes]:
        raise bad_usage("cli.export_option", option=", ".join(unknown), kind=kind)
    if named and keyfile is not None:
        raise bad_usage("cli.export_named")
    suffixes = (".csv", ".xlsx", ".json") if kind == "hours" else (EXPORTS[kind].suffix,)
    if suffixes != ("",) and (out.suffix.lower() not in suffixes or out.is_dir()):
        raise bad_usage("cli.export_suffix", kind=kind, suffixes=", ".join(suffixes))
    if suffixes == ("",) and out.exists() and not out.is_dir():
        raise bad_usage("cli.export_folder", kind=kind, file=out)
    shown = reader_of(
        instance, plan, out, lang, nurse=nurse, earlier=earlier, organisation=organisation, keyfile=keyfile
    )
    in_horizon(shown.instance, day)
    if kind == "geojson":
        routed(shown.plan)
    if kind == "hours":
        export_hours(shown, out, lang)
        return
    along = lines_along(roads, keyfile, shown, lang)
    files = exported_files(shown, kind, named, day.date() if day else None, along, lang)
    for name, content in files.items():
        write_whole(out / name if name else out, content, private=True)
    click.echo(text("cli.exported_files", lang, count=len(files), out=out))


def export_hours(shown: Reader, file: Path, language: Language) -> None:
    """The table for the salary office in a file of its own."""
    from instances.files import write_whole

    instance, plan, table = hours_shown(shown, language)
    write_whole(file, hours_file(table, instance, plan, file.suffix.lower(), language), private=True)
    click.echo(text("cli.exported", language, rows=len(table.rows), file=file))
    for note in table.notes:
        click.echo(note)


def hours_shown(shown: Reader, language: Language) -> tuple[Instance, Plan, HoursTable]:
    """The hours of own nurses, and the tables and plan that they are counted from."""
    from optimiser.report.hours import hours_table
    from optimiser.report.money import money

    instance, plan, _ = shown.seen.alone if shown.seen else (shown.instance, shown.plan, None)
    return instance, plan, hours_table(instance, money(instance, shown.travel, plan), language)


def exported_files(
    shown: Reader, kind: str, named: bool, day: date | None, roads: RoadLines | None, language: Language
) -> dict[str, str | bytes]:
    """The files of one format: path below the folder, or empty for the one file itself, and content."""
    from instances.export_formats import export_files
    from instances.export_material import ExportMaterial
    from optimiser.report.export_plan import exported_plan

    table = hours_shown(shown, language)[2] if kind == "csv" else None
    instance, plan, before = shown.instance, shown.plan, shown.before
    if shown.seen is not None and kind == "ics":
        instance, plan, before = shown.seen.alone
    content = exported_plan(instance, shown.travel, plan, shown.report, before, shown.nurse, day)
    if shown.nurses is not None:  # hours are about own people only
        own = tuple(each for each in content.hours if each.nurse in shown.nurses)
        content = content.model_copy(update={"hours": own})
    return export_files(kind, ExportMaterial(
        instance, plan, content, language,
        names=shown.people.names if named else {},
        pay=([each.heading for each in table.columns], table.rows) if table else ((), ()),
        roads=roads,
        borders=shown.people.borders if kind == "geojson" else None,
    ))  # fmt: skip


@main.command("realised", help=help_text(".realised"))
@INSTANCE
@PLAN
@click.option("--template", "template", type=FOLDER, metavar="DIR", help=help_text(".realised.template"))
@click.option("--duties", type=FILE, metavar="FILE", help=help_text(".realised.duties"))
@click.option("--visits", type=FILE, metavar="FILE", help=help_text(".realised.visits"))
@click.option("--published", type=FILE, metavar="PLAN", help=help_text(".realised.published"))
@click.option("--with", "earlier", type=FILE, multiple=True, metavar="REPORT", help=help_text(".realised.with"))
@click.option(
    "--most-cancelled", type=click.FloatRange(0, 100), default=10.0, metavar="%", callback=finite,
    help=help_text(".realised.most_cancelled"),
)  # fmt: skip
@click.option(
    "--least-handovers", type=click.FloatRange(0, 100), default=95.0, metavar="%", callback=finite,
    help=help_text(".realised.least_handovers"),
)  # fmt: skip
@click.option("--out", "folder", type=FOLDER, metavar="DIR", help=help_text(".realised.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".realised.json"))
@LANGUAGE
def realised_command(
    instance: str, plan: Path, template: Path | None, duties: Path | None, visits: Path | None, published: Path | None,
    earlier: tuple[Path, ...], most_cancelled: float, least_handovers: float, folder: Path | None, as_json: bool,
    lang: Language,
) -> None:  # fmt: skip
    """What was worked beside what was planned."""
    if template is None and duties is None and visits is None:
        raise bad_usage("cli.realised_what")
    from instances.files import write_whole
    from instances.realised import read_realised
    from instances.realised_reports import read_realised_report
    from instances.realised_template import counted_instance, realised_template
    from optimiser.report.realised import realised, report_dict, weeks
    from optimiser.report.realised_tables import realised_notes, realised_tables, sign_sentences, weeks_tables
    from optimiser.travel.engine import travel_matrix

    _, tables = read_from(instance, lang)
    planned = plan_from(plan, tables, lang)
    told = plan_from(published, tables, lang) if published is not None else None
    read = counted_instance(tables, planned)
    if template is not None:
        made = realised_template(planned, read)
        for name, content in zip(("gewerkte_diensten.csv", "gewerkte_bezoeken.csv"), made, strict=True):
            write_whole(template / name, content)
        click.echo(text("cli.template_written", lang, folder=template))
        return
    worked = read_realised(duties, visits, read, planned, lang)
    report = realised(
        read, travel_matrix(read), planned, told, worked, most_cancelled_percent=most_cancelled,
        least_handovers_percent=least_handovers,
    )  # fmt: skip
    over = weeks((*(read_realised_report(each, lang) for each in earlier), report), lang) if earlier else None
    if folder is not None:
        write_realised(folder, report, lang)
    if as_json:
        click.echo(json.dumps(report_dict(report, over), ensure_ascii=False, indent=2))
        return
    for table in (*realised_tables(report, lang), *(weeks_tables(over, lang) if over else ())):
        print_table(table.title, table.headings, table.rows, edge=200)
    for line in (*realised_notes(report, lang), *(sign_sentences(over, lang) if over else ())):
        click.echo(line)


def write_realised(folder: Path, report: RealisedReport, language: Language) -> None:
    """The report as JSON, for ``--with`` next week, and its figures as a table."""
    from instances.files import write_whole
    from instances.hours import hours_csv
    from instances.realised_reports import write_realised_report
    from optimiser.report.realised_tables import figures_rows

    write_realised_report(report, folder / "realised.json")
    write_whole(folder / "realised.csv", hours_csv(*figures_rows(report, language)))
    click.echo(text("cli.realised_written", language, folder=folder))


def hours_file(table: HoursTable, instance: Instance, plan: Plan, suffix: str, language: Language) -> str | bytes:
    """The content of a file of hours, by its suffix."""
    from instances.hours import hours_csv, hours_json, hours_workbook
    from optimiser.domain.sheet import SheetContent
    from optimiser.report.hours import source_rows

    headings = [column.heading for column in table.columns]
    if suffix == ".csv":
        return hours_csv(headings, table.rows)
    forms = [column.form for column in table.columns]
    if suffix == ".xlsx":
        hours = SheetContent(
            text("money.sheet.hours", language), headings, forms, table.rows, table.sums, table.notes
        )  # fmt: skip
        names, *rows = source_rows(table, language)
        sources = SheetContent(text("money.sheet.sources", language), names, ["words"] * len(names), rows)
        return hours_workbook([hours, sources])
    about = {
        "instance": instance.name, "plan": plan.identity, "scenario": plan.contract.name,
        "first_monday": instance.first_monday.isoformat(), "weeks": instance.weeks, "confidence": table.confidence,
        "notes": table.notes,
        "sources": [
            {"amount": each.amount, "where": each.where, **each.figure.model_dump(mode="json")}
            for each in table.sources
        ],
    }  # fmt: skip
    return hours_json([column.key for column in table.columns], table.rows, about)


@main.command("figures", help=help_text(".figures"))
@click.argument("summaries", type=FILE, metavar="SUMMARY...", nargs=-1, required=True)
@LANGUAGE
def figures_command(summaries: tuple[Path, ...], lang: Language) -> None:
    """Plans beside each other."""
    from optimiser.report.figures_calls import CALL_FIGURES

    columns: dict[str, dict[str, Any]] = {}
    for path in summaries:
        try:
            figures = json.loads(path.read_text(encoding="utf-8"))
            columns[unused(str(figures["scenario"]), columns)] = {
                key: figures.get(key) if key in (*LATER, *CALL_FIGURES) else figures[key]
                for key in (*FIGURES, *CALL_FIGURES)
            }
        except (ValueError, KeyError, TypeError):
            raise InputError([Fault(path.name, 0, "", text("cli.not_figures", lang), path.suffix)]) from None
    print_figures(columns, lang)
    faces = {name: columns[name]["faces_mean"] for name in ("joint", "single") if name in columns}
    if len(faces) == 2 and None not in faces.values():
        more = round(faces["joint"] - faces["single"], 2)
        key = "cli.faces_no_more" if more <= 0 else "cli.faces_more"
        click.echo(text(key, lang, **{name: number(each, lang) for name, each in faces.items()}))


def unused(name: str, taken: dict[str, Any]) -> str:
    """``name``, with a number behind it when it is taken."""
    number = 2
    while name in taken:
        name, number = f"{name.split(' ')[0]} {number}", number + 1
    return name


def weights_of(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> dict[str, int]:
    """``unfamiliar=20`` as name and weight."""
    from optimiser.domain.objective import ObjectiveWeights

    try:
        weights = {name.strip(): int(amount) for name, _, amount in (each.partition("=") for each in value)}
        ObjectiveWeights(**weights)
    except ValueError:
        names = ", ".join(ObjectiveWeights.model_fields)
        raise click.BadParameter(text("study.weight_form", system_language(), names=names)) from None
    return weights


@main.command("study", help=help_text(".study"))
@click.argument("sources", metavar="INSTANCE|DIR...", nargs=-1, required=True)
@click.option("--scenario", "scenarios", multiple=True, default=("joint",), help=help_text(".study.scenario"))
@click.option(
    "--time-limit", type=click.FloatRange(min=1), default=60.0, metavar="S", callback=finite,
    help=help_text(".study.time_limit"),
)  # fmt: skip
@click.option("--seeds", type=click.IntRange(1, 1000), default=5, metavar="K", help=help_text(".study.seeds"))
@click.option("--variant", "variants", multiple=True, metavar="NAME", help=help_text(".study.variant"))
@click.option("--roster", type=FILE, metavar="PLAN", help=help_text(".study.roster"))
@click.option(
    "--weight", "weights", multiple=True, metavar="NAME=VALUE", callback=weights_of, help=help_text(".study.weight")
)
@click.option("--csv", "table", type=OUTPUT, required=True, help=help_text(".study.csv"))
@click.option("--plot", type=OUTPUT, help=help_text(".study.plot"))
@click.option("--best", type=FILE, metavar="FILE", help=help_text(".study.best"))
@click.option("--keep-best", type=OUTPUT, metavar="FILE", help=help_text(".study.keep_best"))
@LANGUAGE
def study_command(
    sources: tuple[str, ...], scenarios: tuple[str, ...], time_limit: float, seeds: int, variants: tuple[str, ...],
    roster: Path | None, weights: dict[str, int], table: Path, plot: Path | None, best: Path | None,
    keep_best: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Run many plans and write a row for each."""
    from instances.files import write_whole
    from optimiser.studies.convergence import convergence_svg
    from optimiser.studies.study import COLUMNS, INCUMBENT_COLUMNS, Setting, study, to_csv

    if best is not None and keep_best is not None:
        raise bad_usage("study.one_best")
    beside = table.with_name(f"{table.stem}-incumbents{table.suffix}")
    tables = earlier_study(table, beside, lang)
    chosen = known_variants(variants, roster is not None)
    for file in filter(None, (table, beside, plot, keep_best)):
        must_be_writable(file.parent)
    best_of(best or keep_best, lang)
    read = [read_from(name, lang)[1] for name in study_folders(sources)]
    cases = [(each, contract_from(each, scenario, lang)) for each in read for scenario in scenarios]
    if roster is not None and len(cases) > 1:
        raise bad_usage("study.one_roster")
    fixed = plan_from(roster, read[0], lang, scenarios[0]) if roster is not None else None

    def on_row(now: Tables, row: dict[str, str]) -> None:
        write_whole(table, to_csv(now.rows, COLUMNS))
        write_whole(beside, to_csv(now.incumbents, INCUMBENT_COLUMNS))
        line = {name: row[name] for name in ("instance", "scenario", "variant", "seed", "unserved", "scalar", "check")}
        found = gap_words(best or keep_best, row, lang)
        click.echo(text("study.row", lang, cpu=row["cpu_s"], **line) + found, err=True)
        keep_if_better(keep_best, [row], lang)

    study(cases, Setting(chosen, seeds, time_limit, fixed, weights), tables, on_row)
    keep_if_better(keep_best, tables.rows, lang)
    if plot is not None and tables.incumbents:
        write_whole(plot, convergence_svg(tables.incumbents, plotted(lang)))
    print_study(tables, best_of(best or keep_best, lang), lang)


def scenario_list(_: click.Context, __: click.Parameter, value: str) -> tuple[str, ...]:
    """Names or files between commas."""
    return tuple(each.strip() for each in value.split(",") if each.strip())


CLUSTER = click.option("--cluster", metavar="local|ADDRESS", help=help_text(".compare.cluster"))
CERTIFICATES = click.option("--certificates", type=FOLDER, metavar="DIR", help=help_text(".compare.certificates"))


@main.command("compare", help=help_text(".compare"))
@INSTANCE
@click.option(
    "--scenarios", default="single,joint", metavar="NAME|FILE,...", callback=scenario_list,
    help=help_text(".compare.scenarios"),
)  # fmt: skip
@click.option("--weeks", type=click.IntRange(1, 104), metavar="W", help=help_text(".compare.weeks"))
@click.option("--seeds", type=click.IntRange(1, 1000), metavar="K", help=help_text(".compare.seeds"))
@click.option(
    "--time-limit", type=click.FloatRange(min=1), metavar="S", callback=finite, help=help_text(".compare.time_limit")
)
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@click.option("--replays", type=click.IntRange(0, 1000), metavar="N", help=help_text(".compare.replays"))
@click.option(
    "--absence", type=click.FloatRange(0, 50), default=8.0, metavar="PERCENT", callback=finite,
    help=help_text(".compare.absence"),
)  # fmt: skip
@click.option("--current", type=FILE, metavar="PLAN|FILE", help=help_text(".compare.current"))
@click.option("--current-sharing", default="single", metavar="NAME|FILE", help=help_text(".compare.judged_by"))
@click.option("--quick", is_flag=True, help=help_text(".compare.quick"))
@click.option("--for", "organisations", multiple=True, metavar="ID", help=help_text(".compare.for"))
@click.option("--business", type=FILE, metavar="FILE", help=help_text(".compare.business"))
@click.option("--sheets", is_flag=True, help=help_text(".compare.sheets"))
@CLUSTER
@CERTIFICATES
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".compare.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".compare.json"))
@LANGUAGE
def compare_command(
    instance: str, scenarios: tuple[str, ...], weeks: int | None, seeds: int | None, time_limit: float | None,
    iterations: int | None, replays: int | None, absence: float, current: Path | None, current_sharing: str,
    quick: bool, organisations: tuple[str, ...], business: Path | None, sheets: bool, cluster: str | None,
    certificates: Path | None, folder: Path, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """Plan the same weeks under several contracts and tell what differs."""
    from instances.business import read_business
    from instances.demand_weeks import demand_source, different_weeks
    from optimiser.studies.compare import CompareSettings, comparison, jobs_of, plans_of
    from optimiser.studies.machine import environment

    source, read = read_from(instance, lang)
    contracts = scenarios_from(read, scenarios, current is not None, current_sharing, lang)
    for each in organisations:
        if each not in read.organisation_by_id:
            known = ", ".join(read.organisation_by_id)
            raise bad_usage("compare.unknown_organisation", name=each, known=known)
    people = people_of(source, read, lang)
    inputs = None if business is None else read_business(business, read, lang)
    must_be_writable(folder)
    usual = QUICK if quick else THOROUGH
    asked_weeks = weeks or usual["weeks"]
    demands = different_weeks(read, asked_weeks)
    settings = CompareSettings(
        contracts, len(demands), seeds or usual["seeds"],
        None if iterations else time_limit or usual["seconds"], iterations, islands=1 if cluster else 2,
        replays=usual["replays"] if replays is None else replays, absence_percent=absence,
        current=None if current is None else current_from(current, read, contracts["current"], lang), provisional=quick,
        asked_weeks=asked_weeks if asked_weeks > len(demands) else None,
    )  # fmt: skip
    jobs, asked = jobs_of(demands.__getitem__, settings)
    demand = demand_source(read) if settings.weeks > 1 else "one"
    say_study(contracts, settings, len(asked), demand, lang)
    with executor_at(cluster, certificates, lang) as executor:
        results = run_study(jobs, folder / "jobs", executor, lang)
    version = environment()
    named = " ".join(filter(None, (version["version"], version["commit"])))
    made = comparison(read, settings, demand, named, asked, results)
    plans = plans_of(asked, results)
    remove_earlier(folder, organisations, read.nurse_by_id.keys() if sheets else ())
    write_comparison(folder, read, made, plans, organisations, lang)
    write_cases(folder, read, made, plans, inputs, people if sheets else None, organisations, lang)
    if as_json:
        click.echo((folder / "compare.json").read_text(encoding="utf-8"), nl=False)
    else:
        say_comparison(made, folder, lang)
    if any(run.hard for run in made.runs if run.start != "given"):
        raise SystemExit(EXIT_VIOLATION)


def scenarios_from(
    instance: Instance, names: tuple[str, ...], with_current: bool, judged_by: str, language: Language
) -> dict[str, SharingContract]:
    """Scenario -> its contract; ``current`` has the one that it is judged by."""
    if ("current" in names) != with_current:
        raise bad_usage("compare.current_needed")
    contracts: dict[str, SharingContract] = {}
    for each in names:
        contract = contract_from(instance, judged_by if each == "current" else each, language)
        name = "current" if each == "current" else contract.name
        if name in contracts:
            raise bad_usage("compare.twice", name=name)
        contracts[name] = contract
    if len(contracts) < 2:
        raise bad_usage("compare.one_scenario")
    if len({f"{one}-{other}" for one, other in permutations(contracts, 2)}) < len(contracts) * (len(contracts) - 1):
        raise bad_usage("compare.ambiguous", names=", ".join(contracts))
    known = {each.name for each in compared_kinds()}
    unknown = [
        Fault("sharing.toml", 0, f"contracts.{name}.shown", text("compare.figure_expected", language), row.figure)
        for name, contract in contracts.items()
        for row in contract.shown
        if row.figure not in known
    ]
    if unknown:
        raise InputError(unknown)
    return contracts


def current_from(path: Path, instance: Instance, contract: SharingContract, language: Language) -> Plan:
    """The roster as it is, with routes where they are known."""
    from instances.current import read_current

    if path.suffix.lower() == ".json":
        found = plan_from(path, instance, language)
    else:
        found = read_current(path, instance, language)
    return found.model_copy(update={"contract": contract})


@contextmanager
def executor_at(address: str | None, certificates: Path | None, language: Language) -> Iterator[Executor | None]:
    """Who runs the jobs of a study: this process, or a cluster."""
    if address is None:
        yield None
        return
    from optimiser.studies.cluster import open_cluster, warnings_about

    for message in warnings_about(address, language):
        warn(message, language)
    with open_cluster(address, language, certificates) as cluster:
        yield cluster


def run_study(
    jobs: Sequence[Job], folder: Path, executor: Executor | None, language: Language
) -> dict[str, dict[str, Any]]:
    """The results of the jobs, kept in ``folder``; a line for each on stderr. Stopped or without a plan: exit code 3;
    where there can be none: 4."""
    from instances.jobs_store import FileStore
    from optimiser.studies.jobs import JobsFailed, run_jobs

    def on_done(told: Progress) -> None:
        words = text(f"studies.{told.outcome}", language)
        line = text("studies.job", language, done=told.done, total=told.total, name=told.name, what=words)
        click.echo(line, err=True)

    with stop_on_interrupt(language, "studies.stopping") as should_stop:
        try:
            results = run_jobs(jobs, FileStore(folder), executor, on_done, should_stop)
        except JobsFailed as error:
            click.echo(text("studies.no_result", language, what="\n".join(failures(error, language))), err=True)
            impossible = all("infeasible" in each for each in error.failures.values())
            raise SystemExit(EXIT_INFEASIBLE if impossible else EXIT_NO_TIME) from None
        except KeyboardInterrupt:
            click.echo(text("studies.stopped", language), err=True)
            raise SystemExit(EXIT_NO_TIME) from None
    if len(results) < len({each.key for each in jobs}):
        click.echo(text("studies.stopped", language), err=True)
        raise SystemExit(EXIT_NO_TIME)
    return results


def failures(error: JobsFailed, language: Language) -> Iterator[str]:
    """A line for each job that failed, and for each that needed one of them."""
    for name, what in error.failures.items():
        if what.startswith("NoPlan"):
            status = "infeasible" if "infeasible" in what else "no_time"
            yield text(f"studies.no_plan.{status}", language, name=name)
        else:
            yield f"{name}: {what}"
    for name in error.left:
        yield text("studies.left", language, name=name)


def say_study(
    names: Iterable[str], settings: CompareSettings, plans: int, demand: str, language: Language
) -> None:
    """What is going to be done, on stderr."""
    where = text(f"studies.demand.{demand}", language)
    click.echo(
        text("studies.weeks", language, scenarios=", ".join(names), weeks=settings.weeks, seeds=settings.seeds,
             plans=plans, demand=where),
        err=True,
    )  # fmt: skip


def compared_kinds() -> tuple[FigureKind, ...]:
    """All figures of a comparison, in the order of tables."""
    from optimiser.report.figures_kinds import FIGURES
    from optimiser.report.year_figures import YEAR_FIGURES
    from optimiser.simulate.figures import ROBUSTNESS_FIGURES
    from optimiser.studies.call_figures import CALL_FIGURES as PLAYED_FIGURES

    return (*FIGURES, *PLAYED_FIGURES, *ROBUSTNESS_FIGURES, *YEAR_FIGURES)


def write_comparison(
    folder: Path, instance: Instance, made: Comparison, plans: dict[str, Plan], organisations: tuple[str, ...],
    language: Language,
) -> None:  # fmt: skip
    """``compare.html``, ``.xlsx``, ``.json`` and the plans of the instance's own week; for each of ``organisations``
    a folder with what it may see."""
    from instances.plans import write_plan
    from maps.compare_map import map_pair
    from optimiser.report.compare_areas import area_names, area_of, clients_of_areas
    from optimiser.report.compare_openness import seen_by

    areas = area_of(instance)
    names = {each.id: each.name for each in instance.organisations} | area_names(instance, areas, language)
    kinds = compared_kinds()
    both = {name: plans[name] for name in (made.scenarios[0], made.scenarios[-1]) if plans[name].with_routes}
    write_compared(folder, made, kinds, names, map_pair(instance, both, language), language)
    clients = clients_of_areas(instance, areas)
    employers = {each.id: each.organisation for each in instance.nurses}
    for each in organisations:
        view = seen_by(made, each, clients, employers, kinds)
        write_compared(folder / f"for_{each}", view, kinds, names, map_pair(instance, both, language, each), language)
    for name, plan in plans.items():
        write_plan(plan, folder / "plans" / f"{name}.json")


def write_cases(
    folder: Path, instance: Instance, made: Comparison, plans: dict[str, Plan], inputs: BusinessInputs | None,
    people: People | None, organisations: tuple[str, ...], language: Language,
) -> None:  # fmt: skip
    """``business_case.html`` and ``works_council.html`` of the last scenario against the first, the latter for each of
    ``organisations`` too; with ``people`` a sheet for each nurse."""
    from instances.files import write_whole
    from maps.business_case import business_page
    from maps.own_changes import own_changes_page
    from maps.works_council import works_council_page
    from optimiser.report.business_case import business_case
    from optimiser.report.own_changes import own_changes
    from optimiser.report.works_council import works_council
    from optimiser.travel.engine import travel_matrix

    travel = travel_matrix(instance)
    first, last = made.scenarios[0], made.scenarios[-1]
    # what better planning alone gives is no gain of joining
    planned = [each for each in made.scenarios if each != "current"]
    case = business_case(made, instance, travel, inputs, last, planned[0] if len(planned) > 1 else first, plans)
    council = works_council(instance, made.nurses, first, last)
    pages = {
        "business_case.html": business_page(case, instance, language),
        "works_council.html": works_council_page(council, instance, language),
    }
    for each in organisations:
        own = works_council(instance, made.nurses, first, last, each)
        pages[f"for_{each}/works_council.html"] = works_council_page(own, instance, language)
    for nurse in instance.nurses if people is not None else ():
        found = own_changes(instance, travel, plans[first], plans[last], nurse.id, first, last)
        pages[f"sheets/{nurse.id}.html"] = own_changes_page(found, instance, people.names if people else {}, language)
    for name, page in pages.items():
        write_whole(folder / name, page, private=True)


def remove_earlier(folder: Path, organisations: tuple[str, ...], nurses: Collection[str]) -> None:
    """Views and sheets that an earlier comparison wrote in the same folder for others than are asked now."""
    for place in folder.glob("for_*"):
        for name in VIEW_FILES if place.name.removeprefix("for_") not in organisations else ():
            (place / name).unlink(missing_ok=True)
    for sheet in folder.glob("sheets/*.html"):
        if sheet.stem not in nurses:
            sheet.unlink()


def write_compared(
    folder: Path, made: Comparison, kinds: Sequence[FigureKind], names: dict[str, str], pair: Any, language: Language
) -> None:
    """The three files of a comparison or of one organisation's view; all made before one is written."""
    from instances.files import write_whole
    from instances.hours import hours_workbook
    from maps.compare import compare_page
    from optimiser.report.compare_json import compare_json
    from optimiser.report.compare_sheets import compare_sheets

    content = json.dumps(compare_json(made), ensure_ascii=False, indent=1) + "\n"
    book = hours_workbook(compare_sheets(made, kinds, language, names))
    page = compare_page(made, kinds, language, pair, names)
    files: dict[str, str | bytes] = {"compare.json": content, "compare.xlsx": book, "compare.html": page}
    for name, what in files.items():
        write_whole(folder / name, what, private=True)


def say_comparison(made: Comparison, folder: Path, language: Language) -> None:
    """What must be known first, and the head figures of each pair in sentences."""
    from optimiser.report.compare_sentences import explanation_sentences, pair_title, sentence
    from optimiser.report.compare_told import headlines, told_pairs

    for each in explanation_sentences(made, language):
        click.echo(text("cli.warning", language, message=each))
    for one, base in told_pairs(made):
        click.echo(pair_title(one, base, language))
        for told in headlines(made, compared_kinds(), one, base):
            click.echo("  " + sentence(told, language))
    click.echo(text("cli.compared", language, folder=folder))


def named_plans(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> dict[str, Path]:
    """NAME=FILE pairs."""
    found: dict[str, Path] = {}
    for each in value:
        name, sign, file = each.partition("=")
        if not sign or not name or name in found or not Path(file).is_file():
            raise click.BadParameter(text("cli.growth.name_plan", system_language(), got=each))
        found[name] = Path(file)
    return found


@main.command("capacity", help=help_text(".capacity"))
@INSTANCE
@click.option(
    "--scenarios", default="single,joint", metavar="NAME|FILE,...", callback=scenario_list,
    help=help_text(".compare.scenarios"),
)  # fmt: skip
@click.option(
    "--plan", "given", multiple=True, metavar="NAME=PLAN", callback=named_plans, help=help_text(".capacity.plan")
)
@click.option(
    "--time-limit", type=click.FloatRange(min=0.5), metavar="S", callback=finite, help=help_text(".capacity.time_limit")
)
@click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations"))
@click.option("--manner", type=click.Choice(["hours", "nurses"]), default="hours", help=help_text(".capacity.manner"))
@click.option(
    "--overtime", type=click.FloatRange(0, 50), default=2.0, metavar="PERCENT", callback=finite,
    help=help_text(".capacity.overtime"),
)  # fmt: skip
@click.option("--quick", is_flag=True, help=help_text(".capacity.quick"))
@SEED
@click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".capacity.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".capacity.json"))
@LANGUAGE
def capacity_command(
    instance: str, scenarios: tuple[str, ...], given: dict[str, Path], time_limit: float | None,
    iterations: int | None, manner: Literal["hours", "nurses"], overtime: float, quick: bool, seed: int, folder: Path,
    as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """How much more demand the same people serve, and how few hands today's takes."""
    from instances.files import write_whole
    from instances.jobs_store import FileStore
    from maps.capacity import capacity_page
    from optimiser.report.capacity_tables import capacity_json
    from optimiser.report.capacity_words import capacity_progress, capacity_told
    from optimiser.report.needed_words import capacity_refused
    from optimiser.studies.capacity import CapacityEvent, CapacitySettings, NoPlanToday, capacity

    _, read = read_from(instance, lang)
    if refused := capacity_refused(read, lang):
        raise click.UsageError(refused)
    contracts = [contract_from(read, each, lang) for each in scenarios]
    names = [each.name for each in contracts]
    if not names or len(set(names)) < len(names):
        raise bad_usage("compare.twice", name=next((each for each in names if names.count(each) > 1), ""))
    if unknown := given.keys() - set(names):
        raise bad_usage("cli.growth.unknown_plan", name=", ".join(sorted(unknown)), known=", ".join(names))
    plans = {name: plan_from(file, read, lang, name) for name, file in given.items()}
    must_be_writable(folder)
    usual = CapacitySettings()
    settings = CapacitySettings(
        seconds=time_limit or usual.seconds, iterations=iterations, seed=seed, manner=manner,
        allowance_percent=overtime, quick=quick,
    )  # fmt: skip
    store = FileStore(folder / "jobs")

    def keep(key: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        found = store.get(key)
        if found is None:
            found = make()
            store.put(key, found)
        return found

    def on_event(scenario: str, tried: CapacityEvent) -> None:
        line = capacity_progress(
            scenario, tried.organisations, (tried.question, tried.hours), tried.percent, tried.complete,
            tried.unserved, tried.overtime_percent, lang,
        )  # fmt: skip
        click.echo(line, err=True)

    try:
        made = capacity(read, contracts, settings, plans, keep=keep, on_event=on_event)
    except NoPlanToday as error:
        click.echo(text("growth.no_plan", lang, scenario=error.scenario), err=True)
        raise SystemExit(EXIT_NO_TIME) from None
    except KeyboardInterrupt:
        click.echo(text("studies.stopped", lang), err=True)
        raise SystemExit(EXIT_NO_TIME) from None
    content = json.dumps(capacity_json(made), ensure_ascii=False, indent=1) + "\n"
    page = capacity_page(made, lang)
    write_whole(folder / "capacity.json", content)
    write_whole(folder / "capacity.html", page)
    if as_json:
        click.echo(content, nl=False)
        return
    for paragraph in capacity_told(made, lang):
        click.echo(" ".join(paragraph))
    click.echo(text("cli.growth.written", lang, folder=folder))


def stress_list(_: click.Context, __: click.Parameter, value: str) -> tuple[NeededStress, ...]:
    """Kinds of stress between commas."""
    from optimiser.domain.needed import NEEDED_STRESSES

    asked = tuple(dict.fromkeys(each.strip() for each in value.split(",") if each.strip()))
    if unknown := [each for each in asked if each not in NEEDED_STRESSES]:
        words = {"got": unknown[0], "known": ", ".join(NEEDED_STRESSES)}
        raise click.BadParameter(text("cli.needed.unknown_stress", system_language(), **words))
    return tuple(each for each in NEEDED_STRESSES if each in asked)


@main.command("needed", help=help_text(".needed"))
@INSTANCE
@click.option("--contract", metavar="NAME|FILE", help=help_text(".needed.contract"))
@click.option(
    "--scenarios", default="", metavar="NAME|FILE,...", callback=scenario_list, help=help_text(".needed.scenarios")
)
@click.option("--coalitions", is_flag=True, help=help_text(".needed.coalitions"))
@click.option("--target", type=click.IntRange(1, 100), metavar="PERCENT", help=help_text(".needed.target"))
@click.option("--weeks", type=click.IntRange(1, 5200), default=200, metavar="W", help=help_text(".needed.weeks"))
@click.option("--planned", type=click.IntRange(0, 95), metavar="PERCENT", help=help_text(".needed.planned"))
@click.option(
    "--stress", default="", metavar="two-calls,ill,snow", callback=stress_list, help=help_text(".needed.stress")
)
@SEED
@click.option("--out", "file", type=OUTPUT, metavar="FILE", help=help_text(".needed.out"))
@click.option("--json", "as_json", is_flag=True, help=help_text(".needed.json"))
@LANGUAGE
def needed_command(
    instance: str, contract: str | None, scenarios: tuple[str, ...], coalitions: bool, target: int | None, weeks: int,
    planned: int | None, stress: tuple[NeededStress, ...], seed: int, file: Path | None, as_json: bool, lang: Language,
) -> None:  # fmt: skip
    """How many nurses calls need, per shift and area, alone, together and per coalition."""
    from instances.files import write_whole
    from optimiser.report.needed_words import needed_tables, needed_told, scenario_name, shift_name
    from optimiser.simulate.calls_settings import CallSettings
    from optimiser.studies.needed import NeededSettings, needed

    if contract is not None and scenarios:
        raise bad_usage("cli.needed.one_of")
    _, read = read_from(instance, lang)
    usual = ("single", read.contracts[0].name if read.contracts else "joint")
    contracts = [contract_from(read, each, lang) for each in ((contract,) if contract else scenarios or usual)]
    names = [each.name for each in contracts]
    if len(set(names)) < len(names):
        raise bad_usage("compare.twice", name=next(each for each in names if names.count(each) > 1))
    if file is not None:
        must_be_writable(file.parent)
    settings = NeededSettings(weeks, seed, target, stress, CallSettings(planned_percent=planned))

    def on_shift(name: str, shift: NeededShift) -> None:
        number = "–" if shift.needed is None else str(shift.needed)
        words = {"name": scenario_name(name, lang), "shift": shift_name(shift, lang), "number": number}
        said = text("cli.needed.shift", lang, **words)
        click.echo(said, err=True)

    try:
        made = needed(read, contracts, settings, contracts[-1] if coalitions else None, on_shift)
    except KeyboardInterrupt:
        click.echo(text("studies.stopped", lang), err=True)
        raise SystemExit(EXIT_NO_TIME) from None
    content = made.model_dump_json(indent=1) + "\n"
    if file is not None:
        write_whole(file, content)
    if as_json:
        click.echo(content, nl=False)
        return
    for table in needed_tables(made, lang):
        print_table(table.title, table.headings, table.rows, edge=180)
    for line in needed_told(made, lang):
        click.echo(line)


def coalition_options(command: Callable[..., None]) -> Callable[..., None]:
    """What ``gains`` and ``rollout`` share."""
    options = (
        click.option("--sharing", default="joint", metavar="NAME|FILE", help=help_text(".gains.sharing")),
        click.option("--weeks", type=click.IntRange(1, 104), default=3, metavar="W", help=help_text(".gains.weeks")),
        click.option("--seeds", type=click.IntRange(1, 1000), default=1, metavar="K", help=help_text(".gains.seeds")),
        click.option(
            "--time-limit", type=click.FloatRange(min=1), default=60.0, metavar="S", callback=finite,
            help=help_text(".compare.time_limit"),
        ),
        click.option("--iterations", type=click.IntRange(1, 10**9), metavar="N", help=help_text(".plan.iterations")),
        click.option("--budget", type=click.IntRange(1), default=60, metavar="N", help=help_text(".gains.budget")),
        click.option(
            "--shared", "footing", type=click.Choice(["both", "money"]), default="both", help=help_text(".gains.shared")
        ),
        click.option(
            "--hired-hour", type=click.FloatRange(0, 1000), default=80.0, metavar="EUR", callback=finite,
            help=help_text(".gains.hired"),
        ),
        SEED, CLUSTER, CERTIFICATES,
        click.option("--out", "folder", type=FOLDER, required=True, help=help_text(".gains.out")),
        click.option("--json", "as_json", is_flag=True, help=help_text(".gains.json")),
        LANGUAGE,
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return INSTANCE(command)


class Coalitions(NamedTuple):
    """An instance, its organisations, what the contract lets fall apart, and the costs of coalitions on demand."""

    instance: Instance
    players: tuple[str, ...]
    names: dict[str, str]
    parts: Callable[[frozenset[str]], tuple[frozenset[str], ...]]
    runner: CoalitionRunner


@contextmanager
def coalitions_of_instance(
    instance: str, sharing: str, weeks: int, seeds: int, time_limit: float, iterations: int | None,
    hired_hour: float, seed: int, cluster: str | None, certificates: Path | None, folder: Path, language: Language,
) -> Iterator[Coalitions]:  # fmt: skip
    """The game of an instance, its plans kept in ``folder``/jobs."""
    from instances.demand_weeks import different_weeks
    from optimiser.studies.coalition_jobs import CoalitionRunner, shared_parts
    from optimiser.studies.parts_plan import Effort

    _, read = read_from(instance, language)
    contract = contract_from(read, sharing, language)
    players = tuple(each.id for each in read.organisations)
    if len(players) < 2:
        raise bad_usage("gains.one_organisation")
    must_be_writable(folder)
    demands = different_weeks(read, weeks)
    if len(demands) < weeks:
        warn(text("studies.weeks_alike", language, asked=weeks, weeks=len(demands)), language)
    seconds = None if iterations else time_limit
    efforts = [Effort(seconds, iterations, seed + each, 1 if cluster else 2) for each in range(seeds)]
    with executor_at(cluster, certificates, language) as executor:
        runner = CoalitionRunner(
            demands, contract, efforts,
            lambda jobs: run_study(jobs, folder / "jobs", executor, language), round(100 * hired_hour),
        )  # fmt: skip
        names = {each.id: each.name for each in read.organisations}
        yield Coalitions(read, players, names, lambda members: shared_parts(read, contract, members), runner)


def plan_coalitions(game: Coalitions, budget: int, seed: int) -> None:
    """Plan the coalitions that sharing will ask for, side by side; nothing when the budget is too small to share."""
    from optimiser.studies.games.needed import coalitions_needed, exact_possible
    from optimiser.studies.games.sampling import pairs_within

    exact = exact_possible(game.players, budget, game.parts)
    if not exact and not pairs_within(game.players, budget, seed, game.parts)[0]:
        raise bad_usage("gains.budget_small", budget=budget, players=len(game.players))
    game.runner.plan(coalitions_needed(game.players, game.parts, exact, budget, seed))


def shared_gain(game: Coalitions, budget: int, footing: Literal["both", "money"], seed: int) -> GainSharing:
    """The gain of all and how it can be shared."""
    from optimiser.studies.gain_sharing import gain_sharing

    return gain_sharing(
        game.players, game.runner.cost, budget, seed, components=game.parts, footing=footing,
        instance=game.instance.name, names=game.names,
    )  # fmt: skip


@main.command("gains", help=help_text(".gains"))
@click.option(
    "--subscription", type=click.FloatRange(0, 100_000), metavar="EUR", callback=finite,
    help=help_text(".gains.subscription"),
)  # fmt: skip
@click.option(
    "--fee", type=click.FloatRange(0, 100_000), metavar="EUR", callback=finite, help=help_text(".gains.fee")
)
@coalition_options
def gains_command(
    instance: str, sharing: str, weeks: int, seeds: int, time_limit: float, iterations: int | None, budget: int,
    footing: Literal["both", "money"], hired_hour: float, seed: int, cluster: str | None, certificates: Path | None,
    folder: Path, as_json: bool, lang: Language, subscription: float | None, fee: float | None,
) -> None:  # fmt: skip
    """Share what organisations gain together."""
    from optimiser.studies.settlement import with_settlement
    from optimiser.studies.settlement_delivered import delivered

    with coalitions_of_instance(
        instance, sharing, weeks, seeds, time_limit, iterations, hired_hour, seed, cluster, certificates, folder, lang
    ) as game:
        plan_coalitions(game, budget, seed)
        made = shared_gain(game, budget, footing, seed)
        together = frozenset(game.players)
        if game.parts(together) == (together,):
            cost = game.runner.cost(together)
            borne = {
                name: each.cents + (each.care_cents if footing == "both" else 0) for name, each in cost.borne.items()
            }
            amounts = [None if each is None else round(100 * each) for each in (subscription, fee)]
            work = delivered(game.instance, game.runner.plan_of(together))
            made = with_settlement(made, borne, work, *amounts)
    if made.settlement is None and (subscription, fee) != (None, None):
        warn(text("gains.nothing_settled", lang), lang)
    write_gains(folder, made, as_json, lang)


@main.command("rollout", help=help_text(".rollout"))
@click.option("--members", multiple=True, metavar="ID,ID", help=help_text(".rollout.members"))
@click.option("--pilot-weeks", type=click.IntRange(1, 520), default=8, metavar="N", help=help_text(".rollout.pilot"))
@coalition_options
def rollout_command(
    instance: str, sharing: str, weeks: int, seeds: int, time_limit: float, iterations: int | None, budget: int,
    footing: Literal["both", "money"], hired_hour: float, seed: int, cluster: str | None, certificates: Path | None,
    folder: Path, as_json: bool, lang: Language, members: tuple[str, ...], pilot_weeks: int,
) -> None:  # fmt: skip
    """In which order to join, and what a pilot would show."""
    from optimiser.studies.rollout import rollout

    with coalitions_of_instance(
        instance, sharing, weeks, seeds, time_limit, iterations, hired_hour, seed, cluster, certificates, folder, lang
    ) as game:
        pilots = [scenario_list(click.get_current_context(), click.Option(["--members"]), each) for each in members]
        for each in (name for pilot in pilots for name in pilot):
            if each not in game.players:
                raise bad_usage("compare.unknown_organisation", name=each, known=", ".join(game.players))
        plan_coalitions(game, budget, seed)
        order = rollout(
            game.players, game.runner.cost, budget, members=pilots, weeks=pilot_weeks, period_weeks=game.instance.weeks,
            ahead=game.runner.plan, components=game.parts, footing=footing, instance=game.instance.name,
            names=game.names,
        )  # fmt: skip
        made = shared_gain(game, budget, footing, seed)
    write_gains(folder, made.model_copy(update={"rollout": order}), as_json, lang)


def write_gains(folder: Path, made: GainSharing, as_json: bool, language: Language) -> None:
    """``gains.html`` and ``gains.json``."""
    from instances.files import write_whole
    from maps.gains import gains_notices, gains_page

    content = made.model_dump_json(indent=1) + "\n"
    page = gains_page(made, language)
    write_whole(folder / "gains.json", content, private=True)
    write_whole(folder / "gains.html", page, private=True)
    if as_json:
        click.echo(content, nl=False)
        return
    for notice in gains_notices(made, language):
        warn(notice, language)
    for each in made.shares:
        error = None if each.standard_error is None else f"{each.standard_error / 100:.0f}"
        click.echo(text(
            "gains.share", language, name=each.organisation, share=number(f"{each.share / 100:.2f}", language),
            error=number(error, language),
        ))  # fmt: skip
    click.echo(text("cli.gains_written", language, folder=folder))


@main.command("business", help=help_text(".business"))
@INSTANCE
@click.option("--out", "file", type=OUTPUT, required=True, metavar="FILE", help=help_text(".business.out"))
@LANGUAGE
def business_command(instance: str, file: Path, lang: Language) -> None:
    """An empty business.toml, with what each key asks."""
    from instances.business import business_template
    from instances.files import write_whole

    _, read = read_from(instance, lang)
    if file.exists():
        raise bad_usage("business.exists", file=file.name)
    write_whole(file, business_template(read, lang))
    click.echo(text("business.template_written", lang, file=file))


def best_of(file: Path | None, language: Language) -> list[dict[str, str]]:
    """The best known plans of a file; none without one."""
    from optimiser.studies.best_known import BEST_COLUMNS, read_best

    if file is None or not file.exists():
        return []
    try:
        return read_best(file.read_text(encoding="utf-8"))
    except ValueError as error:
        expected = text("study.best_columns", language, columns=",".join(BEST_COLUMNS))
        raise InputError([Fault(file.name, 0, "", expected, str(error))]) from None


def keep_if_better(file: Path | None, runs: Sequence[dict[str, str]], language: Language) -> None:
    """Write the runs that are better than the best known into its file, which another study may have changed."""
    from instances.files import write_whole
    from optimiser.studies.best_known import best_csv, improved

    if file is None:
        return
    before = best_of(file, language)
    after = improved(before, runs)
    if after != before or not file.exists():
        write_whole(file, best_csv(after))


def gap_words(file: Path | None, row: dict[str, str], language: Language) -> str:
    """How far a run is from the best known, as the end of a line; empty when nobody knows."""
    from optimiser.studies.best_known import gap

    found = gap(best_of(file, language), row)
    return "" if found is None else text("study.gap", language, gap=number(f"{found:+.2f}", language))


def study_folders(sources: tuple[str, ...]) -> list[str]:
    """Each source, or the instances in it when it is a folder of instances."""
    from instances.catalogue import instances_in

    return [each for source in sources for each in instances_in(source) or [source]]


def known_variants(names: tuple[str, ...], on_a_roster: bool) -> tuple[str, ...]:
    """The names of variants, or what is usual; refuses what does not exist or is not installed."""
    from optimiser.studies.peers import PEERS, is_installed
    from optimiser.studies.variants import ON_A_ROSTER, VARIANTS

    there = ON_A_ROSTER if on_a_roster else tuple(VARIANTS)
    for name in names:
        if name not in there:
            raise bad_usage("study.unknown_variant", variant=name, variants=", ".join(there))
        if name in PEERS and not is_installed(name):
            raise bad_usage("study.peer_absent", variant=name)
    return tuple(dict.fromkeys(names)) or there[:1]


def earlier_study(table: Path, beside: Path, language: Language) -> Tables:
    """What an earlier study wrote to these files."""
    from optimiser.studies.study import COLUMNS, INCUMBENT_COLUMNS, Tables, from_csv

    found: list[list[dict[str, str]]] = []
    for path, columns in ((table, COLUMNS), (beside, INCUMBENT_COLUMNS)):
        try:
            found.append(from_csv(path.read_text(encoding="utf-8"), columns) if path.exists() else [])
        except ValueError as error:
            raise InputError([Fault(path.name, 0, "", text("study.csv_columns", language), str(error))]) from None
    return Tables(*found)


def print_study(tables: Tables, best: list[dict[str, str]], language: Language) -> None:
    """Median and spread over the seeds, a table for each instance and time; then what follows from them."""
    from optimiser.studies.best_known import gap
    from optimiser.studies.spread import summaries

    decimals = STUDY_FIGURES | ({"gap": 2} if best else {})
    rows = [
        row | {
            "paid_hours": str(int(row["paid_minutes"]) / 60) if row["paid_minutes"] else "",
            "gap": "" if (found := gap(best, row)) is None else str(found),
        }
        for row in tables.rows
    ]  # fmt: skip
    shown: dict[str, list[list[str]]] = {}
    for each in summaries(rows, tuple(decimals)):
        key = each.key
        title = " ".join(filter(None, (key["instance"], key["roster"], key["time_limit_s"] + " s")))
        name = " ".join(filter(None, (key["scenario"], key["variant"], key["weights"])))
        lines = shown.setdefault(title, [])
        lines.append([name, str(each.runs), str(each.complete), *spread_cells(each, "middle", decimals, language)])
        if each.planned > 1:
            for part in EDGES:
                label = "  " + text(f"study.{part}", language)
                lines.append([label, "", "", *spread_cells(each, part, decimals, language)])
    headings = [text(f"study.column.{name}", language) for name in ("setting", "runs", "complete", *decimals)]
    for title, lines in shown.items():
        print_table(text("study.medians", language, title=title), headings, lines, edge=180)
    for sentence in study_sentences(rows, language):
        click.echo(sentence)


def spread_cells(
    summary: Summary, part: Literal["middle", "low", "high"], decimals: dict[str, int], language: Language
) -> list[str]:
    """One part of the spread of each column, a dash for what no run has."""
    found = [(summary.spreads[column], places) for column, places in decimals.items()]
    return [
        number(None if spread is None else f"{getattr(spread, part):.{places}f}", language) for spread, places in found
    ]


def study_sentences(rows: list[dict[str, str]], language: Language) -> list[str]:
    """The gain of moving duties, and the price of equal faces, wherever the runs tell them."""
    from optimiser.studies.duty_moves_gain import duty_moves_gains, percent
    from optimiser.studies.faces_price import faces_prices

    def rounded(value: float | None, decimals: int = 1) -> str:
        known = value is not None and math.isfinite(value)
        return number(f"{value:.{decimals}f}" if known else None, language)

    sentences = []
    for gain in duty_moves_gains(rows):
        where = " ".join(filter(None, (gain.setting[name] for name in ("instance", "scenario", "weights"))))
        sentences.append(
            text("study.duty_moves_gain", language, where=where, seconds=f"{gain.seconds:g}", seeds=gain.seeds,
                 scalar=rounded(percent(gain.scalar)), travel=rounded(percent(gain.travel)),
                 unserved=rounded(gain.unserved[0]), unserved_fixed=rounded(gain.unserved[1]),
                 cpu=rounded(gain.cpu_s[0], 0), cpu_fixed=rounded(gain.cpu_s[1], 0))
        )  # fmt: skip
    for price in faces_prices(rows):
        where = " ".join((price.setting["instance"], price.setting["variant"], price.setting["time_limit_s"] + " s"))
        key = "none" if price.weights is None else "priced" if price.weights else "free"
        sentences.append(
            text(f"study.faces.{key}", language, where=where, single=rounded(price.single, 2),
                 joint=rounded(price.joint, 2), weights=price.weights, equal=rounded(price.equal, 2),
                 price=rounded(price.price))
        )  # fmt: skip
    return sentences


ROADS = click.option("--roads", type=FOLDER, required=True, metavar="DIR", help=help_text(".travel.roads"))


@main.group("travel", help=help_text(".travel"))
def travel_group() -> None:
    """Travel times along real roads."""


@travel_group.command("build", help=help_text(".travel.build"))
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.osm.pbf")
@click.option(
    "--mode", "modes", type=click.Choice(["car", "bicycle", "ebike"]), multiple=True, required=True,
    help=help_text(".travel.build.mode"),
)  # fmt: skip
@click.option("--out", "folder", type=FOLDER, required=True, metavar="DIR", help=help_text(".travel.build.out"))
@LANGUAGE
def travel_build_command(
    file: Path, modes: tuple[Literal["car", "bicycle", "ebike"], ...], folder: Path, lang: Language
) -> None:
    """Build road graphs."""
    from optimiser.travel.roads_build import build

    for mode in dict.fromkeys(modes):
        graph = build(file, mode, folder, lang)
        told = graph.model_dump() | {"mode": text(f"map.mode.{mode}", lang), "data": graph.data[:10] or "?"}
        click.echo(text("travel.built", lang, file=file.name, folder=folder / mode, **told))


@travel_group.command("matrix", help=help_text(".travel.matrix"))
@click.argument("instance", metavar="INSTANCE")
@click.option("--engine", type=click.Choice(["osrm"]), default="osrm", help=help_text(".travel.matrix.engine"))
@ROADS
@click.option("--out", "out", type=click.Path(path_type=Path), required=True, metavar="DIR|FILE.csv",
              help=help_text(".travel.matrix.out"))
@LANGUAGE
def travel_matrix_command(instance: str, engine: str, roads: Path, out: Path, lang: Language) -> None:
    """Write the travel table of an instance along roads."""
    from instances.files import write_whole
    from instances.travel_table import travel_csv, write_with_table
    from optimiser.travel.osrm_engine import Roads
    from optimiser.travel.osrm_matrix import osrm_matrix, table_rows
    from optimiser.travel.roads import sources

    source, read = read_from(instance, lang)
    table_only = out.suffix.casefold() == ".csv"
    if not table_only and out.exists() and out.resolve() != source.resolve():
        raise bad_usage("cli.folder_not_empty", folder=out)
    graphs = Roads(roads, lang)
    found = osrm_matrix(read, graphs)
    rows = table_rows(found)
    if table_only:
        write_whole(out, travel_csv(rows, read.clock))
    else:
        write_with_table(source, out, rows, read.clock, sources(graphs.graphs))
    click.echo(text("travel.matrix.written", lang, places=len(found.matrix.places), ways=len(rows), path=out))
    click.echo(sources(graphs.graphs))
    if table_only:
        click.echo(text("travel.matrix.engine", lang))


@travel_group.command("compare", help=help_text(".travel.compare"))
@click.argument("instance", metavar="INSTANCE")
@ROADS
@click.option("--random", "number", type=click.IntRange(2, 2000), metavar="N", help=help_text(".travel.compare.random"))
@SEED
@LANGUAGE
def travel_compare_command(instance: str, roads: Path, number: int | None, seed: int, lang: Language) -> None:
    """The crow-fly estimate beside the roads."""
    from rich.console import Console
    from rich.table import Table

    from optimiser.travel.osrm_engine import Roads
    from optimiser.travel.roads import ATTRIBUTION
    from optimiser.travel.roads_compare import compare, comparison_lines, with_random_places

    read = read_from(instance, lang)[1]
    graphs = Roads(roads, lang)
    found = compare(with_random_places(read, graphs, number, seed) if number else read, graphs)
    heading, *rows = comparison_lines(found, lang)
    table = Table(*heading)
    for row in rows:
        table.add_row(*row)
    Console().print(table)
    click.echo(
        text("travel.compare.places", lang, places=found.places, outside=found.outside, attribution=ATTRIBUTION)
    )


@main.group("districts", help=help_text(".districts"))
def districts_group() -> None:
    """True borders."""


@districts_group.command("import", help=help_text(".districts.import"))
@click.argument("file", type=FILE, metavar="FILE")
@click.option("--out", "folder", type=FOLDER, required=True, metavar="DIR", help=help_text(".districts.out"))
@click.option(
    "--level", type=click.Choice(["buurt", "wijk"]), default="buurt", show_default=True,
    help=help_text(".districts.level"),
)  # fmt: skip
@click.option(
    "--municipality", "municipalities", multiple=True, metavar="NAME", help=help_text(".districts.municipality")
)
@click.option("--year", type=click.IntRange(2000, 2100), help=help_text(".districts.year"))
@click.option(
    "--detail", type=click.FloatRange(0, 1000), default=10.0, show_default=True, callback=finite, metavar="METRES",
    help=help_text(".districts.detail"),
)  # fmt: skip
@click.option("--borders-only", is_flag=True, help=help_text(".districts.borders_only"))
@click.option("--replace", is_flag=True, help=help_text(".districts.replace"))
@LANGUAGE
def districts_import_command(
    file: Path, folder: Path, level: Literal["buurt", "wijk"], municipalities: tuple[str, ...], year: int | None,
    detail: float, borders_only: bool, replace: bool, lang: Language,
) -> None:  # fmt: skip
    """Official borders and figures of districts into a folder of tables."""
    from instances.district_import import import_districts, older_files, write_districts

    older, banks = older_files(folder, borders_only, lang)
    if older and not replace:
        raise bad_usage("cli.districts_replace", files=", ".join(older))
    made = import_districts(file, level, municipalities, year, detail, banks, lang)
    for path in write_districts(made, folder, borders_only):
        click.echo(text("cli.districts_written", lang, count=len(made.districts), file=path))
    if made.missing:
        click.echo(text("cli.districts_missing", lang, count=made.missing))
    click.echo(text("cli.districts_source", lang, source=made.source))


@main.group("bench", help=text("bench.help", system_language()))
def bench_group() -> None:
    """Public benchmarks."""


def bench_options(command: Callable[..., None]) -> Callable[..., None]:
    """What all families of benchmarks take."""
    for option in (
        LANGUAGE,
        click.option("--keep", type=FOLDER, metavar="DIR", help=text("bench.help.keep", system_language())),
        click.option("--only", multiple=True, metavar="NAME", help=text("bench.help.only", system_language())),
        click.option("--csv", "table", type=OUTPUT, required=True, help=text("bench.help.csv", system_language())),
        click.option(
            "--threads", type=click.IntRange(1, 64), default=2, metavar="N",
            help=text("bench.help.threads", system_language()),
        ),
        click.option(
            "--seeds", type=click.IntRange(1, 1000), default=1, metavar="K",
            help=text("bench.help.seeds", system_language()),
        ),
        click.option(
            "--time-limit", type=click.FloatRange(min=1), default=60.0, metavar="S", callback=finite,
            help=text("bench.help.time_limit", system_language()),
        ),
        click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DIR"),
    ):  # fmt: skip
        command = option(command)
    return command


def bench_names(names: Iterable[str], only: tuple[str, ...], lang: Language) -> list[str]:
    """The instances asked for; all when none are named."""
    there = list(names)
    for name in only:
        if name not in there:
            raise InputError([Fault("--only", 0, "", text("bench.expected.only", lang, names=", ".join(there)), name)])
    return [name for name in there if not only or name in only]


def bench_rows(table: Path, lang: Language) -> list[dict[str, str]]:
    """The rows of an earlier run; none without one."""
    from optimiser.studies.bench import COLUMNS, from_table

    try:
        return from_table(table.read_text(encoding="utf-8")) if table.exists() else []
    except ValueError as error:
        expected = text("bench.expected.table", lang, columns=",".join(COLUMNS))
        raise InputError([Fault(table.name, 0, "", expected, str(error))]) from None


def run_bench(
    cases: list[BenchCase], settings: BenchSettings, table: Path, keep: Path | None, lang: Language
) -> None:  # fmt: skip
    """Run what has no row in the table, keep answers below the best published, and print medians."""
    from instances.files import write_whole
    from optimiser.studies.bench import WrongAnswer, bench, is_record, to_table

    rows = bench_rows(table, lang)
    must_be_writable(table.parent)
    try:
        with stop_on_interrupt(lang) as should_stop:
            for made, judged in bench(cases, settings, rows, should_stop):
                rows = made
                write_whole(table, to_table(rows))
                click.echo(text("bench.row", lang, **{name: each or "-" for name, each in rows[-1].items()}), err=True)
                if judged.impossible:
                    click.echo(text("bench.impossible", lang, instance=rows[-1]["instance"]), err=True)
                if keep is not None and judged.solution is not None and is_record(rows):
                    keep.mkdir(parents=True, exist_ok=True)
                    write_whole(keep / f"{rows[-1]['instance']}.json", judged.solution + "\n")
    except WrongAnswer as error:
        click.secho(text("bench.wrong", lang, what=error), fg="red", err=True)
        raise SystemExit(EXIT_VIOLATION) from None
    print_bench(rows)


def print_bench(rows: list[dict[str, str]]) -> None:
    """Medians and spread of each instance, as a table in Markdown."""
    from optimiser.studies.bench_table import bench_summaries, markdown

    click.echo(markdown(bench_summaries(rows)), nl=False)


@bench_group.command("table", help=text("bench.help.table", system_language()))
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@LANGUAGE
def bench_table(files: tuple[Path, ...], lang: Language) -> None:
    """Print the medians of tables that are there."""
    print_bench([row for file in files for row in bench_rows(file, lang)])


@bench_group.command("curtois", help=text("bench.help.curtois", system_language()))
@bench_options
def bench_curtois(
    folder: Path, time_limit: float, seeds: int, threads: int, table: Path, only: tuple[str, ...], keep: Path | None,
    lang: Language,
) -> None:  # fmt: skip
    """Run and write a row for each instance and seed."""
    from instances.adapters.curtois import instances_of, read_best, read_curtois
    from optimiser.studies.bench import BenchSettings
    from optimiser.studies.bench_curtois import curtois_case

    files, best = instances_of(folder, lang), read_best(folder, lang)
    read = {name: read_curtois(files[name], lang) for name in bench_names(files, only, lang)}
    cases = [curtois_case(name, problem, best.get(name), time_limit, threads) for name, problem in read.items()]
    run_bench(cases, BenchSettings("curtois", seeds, time_limit, threads), table, keep, lang)


@bench_group.command("hhcrsp", help=text("bench.help.hhcrsp", system_language()))
@bench_options
def bench_hhcrsp(
    folder: Path, time_limit: float, seeds: int, threads: int, table: Path, only: tuple[str, ...], keep: Path | None,
    lang: Language,
) -> None:  # fmt: skip
    """Run and write a row for each instance and seed."""
    from instances.adapters.hhcrsp import instances_of, read_best, read_hhcrsp
    from instances.adapters.hhcrsp_solution import solution_json
    from optimiser.studies.bench import BenchSettings
    from optimiser.studies.bench_home_care import home_care_case

    files, best = instances_of(folder, lang), read_best(folder, lang)
    read = [read_hhcrsp(files[name], lang) for name in bench_names(files, only, lang)]
    cases = [home_care_case(each, best.get(each.name), time_limit, threads, solution_json) for each in read]
    run_bench(cases, BenchSettings("hhcrsp", seeds, time_limit, threads), table, keep, lang)


@bench_group.command("inrc2", help=text("bench.help.inrc2", system_language()))
@bench_options
def bench_inrc2(
    folder: Path, time_limit: float, seeds: int, threads: int, table: Path, only: tuple[str, ...], keep: Path | None,
    lang: Language,
) -> None:  # fmt: skip
    """Run and write a row for each instance and seed."""
    from instances.adapters.inrc2 import instances_of, read_best, read_inrc2
    from instances.adapters.inrc2_solution import solution_json
    from optimiser.studies.bench import BenchSettings
    from optimiser.studies.bench_priced import priced_case

    names, best = bench_names(instances_of(folder, lang), only, lang), read_best(folder, lang)
    read = [read_inrc2(folder, name, lang) for name in names]
    cases = [priced_case(each, best.get(each.name), time_limit, threads, solution_json) for each in read]
    run_bench(cases, BenchSettings("inrc2", seeds, time_limit, threads), table, keep, lang)


def sizes_of(_: click.Context, __: click.Parameter, value: str) -> tuple[int, ...]:
    """Sizes as 1,2,4: whole numbers from 1 to 20, each once."""
    try:
        sizes = tuple(int(each) for each in value.split(","))
    except ValueError:
        sizes = ()
    if not sizes or not all(1 <= each <= 20 for each in sizes) or len(set(sizes)) < len(sizes):
        raise click.BadParameter(text("size.sizes_form", system_language()))
    return sizes


@bench_group.command("size", help=text("size.help", system_language()))
@click.option(
    "--sizes", default="1,2,4,7,10", metavar="N,...", callback=sizes_of, help=text("size.help.sizes", system_language())
)
@click.option(
    "--seeds", type=click.IntRange(1, 1000), default=1, metavar="K", help=text("size.help.seeds", system_language())
)
@click.option(
    "--time-limit", type=click.FloatRange(min=1), default=60.0, metavar="S", callback=finite,
    help=text("size.help.time_limit", system_language()),
)
@click.option("--fixed", is_flag=True, help=text("size.help.fixed", system_language()))
@click.option("--parts", is_flag=True, help=text("size.help.parts", system_language()))
@click.option(
    "--threads", type=click.IntRange(1, 64), default=2, metavar="N", help=text("bench.help.threads", system_language())
)
@click.option("--csv", "table", type=OUTPUT, required=True, help=text("bench.help.csv", system_language()))
@click.option("--plot", type=OUTPUT, metavar="FILE.svg", help=text("size.help.plot", system_language()))
@LANGUAGE
def bench_size(
    sizes: tuple[int, ...], seeds: int, time_limit: float, fixed: bool, parts: bool, threads: int, table: Path,
    plot: Path | None, lang: Language,
) -> None:  # fmt: skip
    """Cost against size: a row for each size and seed, and the picture."""
    from instances.files import write_whole
    from instances.generator.side_by_side import seeds_of_parts, week_of_size
    from optimiser.studies.size import COLUMNS, SizeFailed, SizeSettings, from_table, run_sizes, to_table
    from optimiser.studies.size_plot import size_svg

    try:
        rows = from_table(table.read_text(encoding="utf-8")) if table.exists() else []
    except ValueError as error:
        expected = text("bench.expected.table", lang, columns=",".join(COLUMNS))
        raise InputError([Fault(table.name, 0, "", expected, str(error))]) from None
    for file in (table, plot):
        if file is not None:
            must_be_writable(file.parent)
    alone = [each for seed in range(1, seeds + 1) for each in seeds_of_parts(max(sizes), seed)] if parts else []
    settings = SizeSettings(sizes, seeds, time_limit, fixed, threads, tuple(alone))
    try:
        with stop_on_interrupt(lang) as should_stop:
            for made in run_sizes(week_of_size, settings, rows, should_stop):
                rows = made
                write_whole(table, to_table(rows))
                figures: dict[str, Any] = {name: each or "-" for name, each in rows[-1].items()}
                figures |= {name: int(figures[name]) for name in ("nurses", "visits")}
                click.echo(text("size.row", lang, **figures), err=True)
    except SizeFailed as error:
        click.secho(text("size.failed", lang, what=error), fg="red", err=True)
        raise SystemExit(EXIT_VIOLATION) from None
    if plot is not None:
        write_whole(plot, size_svg(rows, lang))


def read_from(name: str, language: Language) -> tuple[Path, Instance]:
    """The folder and the instance of INSTANCE; warnings go to stderr."""
    from instances.catalogue import locate
    from instances.oddities import instance_warnings
    from instances.read import read_instance

    folder = locate(name, language)
    read = read_instance(folder, language)
    for message in instance_warnings(read, language):
        warn(message, language)
    return folder, read


def warn(message: str, language: Language) -> None:
    """A warning on stderr; with ``--json`` as a JSON line, like the events there."""
    if click.get_current_context().params.get("as_json"):
        click.echo(json.dumps({"warning": message}, ensure_ascii=False), err=True)
    else:
        click.echo(text("cli.warning", language, message=message), err=True)


def people_of(source: Path, instance: Instance, language: Language) -> People:
    """Names, borders and what to bring, for the pages only; read before any work, so that a fault in them costs nobody
    a plan.

    A name of an id that no table knows gives a warning with its row, without the name.
    """
    from instances.borders import read_borders
    from instances.bring import read_bring
    from instances.names import may_be_named, read_names

    names, borders = read_names(source, language), read_borders(source, language)
    for name in sorted(names.keys() - may_be_named(instance)):
        warn(text("cli.nameless", language, id=name), language)
    return People(names, borders, read_bring(source, instance, language))


def must_be_writable(folder: Path) -> None:
    """Raises ``OSError`` now when nothing could be written into ``folder`` later; makes nothing."""
    from instances.files import writable

    if not writable(folder):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))


def plan_from(path: Path, instance: Instance, language: Language, sharing: str = "joint") -> Plan:
    """The plan of a file, or the imported roster under the contract ``sharing``.

    Differences between its tables and today's go to stderr; what it claims of itself then no longer counts.
    """
    from instances.plans import read_plan
    from instances.rosters import read_duties

    if path.suffix.lower() in (".csv", ".xlsx"):
        return read_duties(path, instance, contract_from(instance, sharing, language), language)
    if path.suffix.lower() != ".json":
        raise InputError([Fault(path.name, 0, "", text("cli.plan_kind", language), path.suffix)])
    read, differences = read_plan(path, instance, language)
    for difference in differences:
        click.echo(text("cli.changed_since", language, difference=difference), err=True)
    return without_claims(read) if differences else read


def as_it_is(instance: Instance, plan: Plan | None) -> Instance:
    """The tables with what happened since the plan was published."""
    from instances.events import with_events

    return instance if plan is None else with_events(instance, plan.events)


def must_be_elsewhere(plan: Path, folder: Path) -> None:
    """A new version never overwrites the plan that it changes: the check needs both."""
    if plan.resolve() == (folder / "plan.json").resolve():
        raise bad_usage("cli.same_folder", folder=folder)


def published_from(path: Path, instance: Instance, language: Language, routes: bool = True) -> Plan:
    """A plan of ours that was published, with routes where these are asked; refuses others."""
    read = plan_from(path, instance, language)
    if read.published is None or (routes and not read.with_routes):
        raise InputError([Fault(path.name, 0, "published", text("cli.expected.published", language), "-")])
    return read


def smallest_changes(instance: Instance, travel: TravelMatrix, plan: Plan) -> dict[str, SmallestChange | None]:
    """For the first few of what nobody does: the smallest change that would serve it."""
    from optimiser.explain.smallest_change import smallest_change

    return {
        left.id: smallest_change(instance, plan.contract, travel, plan, left.id)
        for left in (plan.unserved[:MOST_EXPLAINED] if plan.with_routes else ())
    }


def say_open(smallest: dict[str, SmallestChange | None], count: int, language: Language) -> None:
    """What would serve the work that nobody does, a line each."""
    if count:
        click.echo(text("cli.open_work", language, count=count))
    for name, change in smallest.items():
        line = text("cli.no_change", language, id=name) if change is None else change.sentence(language)
        click.echo(f"  {line}")
    if count > len(smallest):
        click.echo("  " + text("cli.more_open", language, count=count - len(smallest)))


def say_replan(
    instance: Instance, parent: Plan, found: Replan, figures: dict[str, Any], report: CheckReport, as_json: bool,
    folder: Path, language: Language,
) -> None:  # fmt: skip
    """What changed, what fewer changes would cost, and whom to ask."""
    from optimiser.daily.replan_words import ask_lines, replan_figures
    from optimiser.report.changes import changed_visits, touched_nurses

    if as_json:
        click.echo(json.dumps(replan_figures(instance, parent, found) | {"summary": figures}, ensure_ascii=False,
                              indent=2))  # fmt: skip
    else:
        click.echo(
            text("cli.replan.headline", language, changed=len(changed_visits(found.changes)),
                 nurses=len(touched_nurses(parent, found.plan)), open=len(found.plan.unserved),
                 before=len(parent.unserved), version=found.plan.version)
        )  # fmt: skip
        if parent.with_routes:
            rows = [(str(each.changed), str(each.open_work), str(each.travel)) for each in found.tries]
            headings = text("cli.replan.try", language).split(" | ")
            print_table(text("cli.replan.tries", language), headings, dict.fromkeys(rows))
        for line in ask_lines(found, language):
            click.echo(line)
        say_open(found.smallest, len(found.plan.unserved), language)
        click.echo(text("cli.replan.written", language, folder=folder))
    for violation in report.violations:
        click.echo(violation.sentence(language), err=True)


def with_bound(plan: Plan, problem: Problem, seconds: float | None, language: Language) -> Plan:
    """The plan with what no plan without violations can cost less than; as it is when that is not asked."""
    if seconds is None or plan.objective is None or plan.objective.hard:
        return plan
    from optimiser.search.bounds.proof import lower_bound

    click.echo(text("cli.bounding", language, seconds=f"{seconds:g}"), err=True)
    with stop_on_interrupt(language) as should_stop:
        found = lower_bound(problem, seconds, should_stop=should_stop)
    return plan if found is None else plan.model_copy(update={"lower_bound": found.value})


def bound_sentence(figures: dict[str, Any], language: Language) -> str:
    """How far a plan can at most be from the best one."""
    price, bound = figures["objective_scalar"], figures["lower_bound"]
    if price and not bound:  # that nothing costs less than nothing says nothing
        return text("cli.bound_none", language, price=price)
    gap = number(round(100 * (price - bound) / price, 1) if price else 0.0, language)
    return text("cli.bound", language, bound=bound, price=price, gap=gap)


def without_claims(plan: Plan) -> Plan:
    """The plan without what it says of its cost, where that cannot be compared."""
    return plan.model_copy(update={"objective": None, "objective_terms": {}, "lower_bound": None})


def contract_from(instance: Instance, sharing: str, language: Language) -> SharingContract:
    """The contract of a name, or the one of a file."""
    from instances.sharing import read_contracts
    from optimiser.scenario.contract import contract_named

    if not sharing.endswith(".toml"):
        return contract_named(instance, sharing, language)
    path = Path(sharing)
    contracts = read_contracts(path, language, instance)
    if len(contracts) != 1:
        expected = text("cli.one_contract", language)
        raise InputError([Fault(path.name, 0, "contracts", expected, str(len(contracts)))])
    return contracts[0]


def plan_or_exit(result: Result, problem: Problem, language: Language) -> Plan:
    """The plan of a result; without one a message and exit code 3 or 4, with what the tables themselves break."""
    from optimiser.check.given import given_violations

    if result.plan is not None:
        return result.plan
    if result.status != "infeasible":
        click.echo(text("cli.no_time", language), err=True)
        raise SystemExit(EXIT_NO_TIME)
    found = given_violations(problem.instance, problem.contract, problem.travel)
    click.echo(text("cli.infeasible.given" if found else "cli.infeasible", language), err=True)
    for violation in found:
        click.echo(f"  {violation.sentence(language)}", err=True)
    say_conflicts(problem, language)
    raise SystemExit(EXIT_INFEASIBLE)


def say_conflicts(problem: Problem, language: Language) -> None:
    """For the first nurses whose row is impossible by itself: the least that cannot go together, and the cheapest ways
    out; and where the time ran out before that was known."""
    from optimiser.model.conflict import standing
    from optimiser.model.conflict_repairs import cheapest_repairs
    from optimiser.model.conflict_team import find_team_conflict
    from optimiser.model.conflict_words import conflict_lines, repair_words

    def say(key: str, indent: str = "", **values: object) -> None:
        click.echo(indent + text(f"cli.infeasible.{key}", language, **values), err=True)

    until, stands = time.monotonic() + CONFLICT_SECONDS, standing(problem)
    found = find_team_conflict(problem, CONFLICT_SECONDS / 2)
    shown = list(found.conflicts.values())[:MOST_CONFLICTS]
    for number, conflict in enumerate(shown):
        headline, *members = conflict_lines(problem, conflict, language)
        click.echo("\n".join([headline, *(f"  - {line}" for line in members)]), err=True)
        share = (until - time.monotonic()) / (len(shown) - number)
        ends = time.monotonic() + share
        ways = cheapest_repairs(problem, conflict, stands, share, MOST_WAYS)
        if ways:
            say("ways", "  ")
        for way in ways:
            click.echo(f"  > {repair_words(problem, way, language)}", err=True)
        if time.monotonic() >= ends:
            say("ways.no_time", "  ")
        elif not ways:
            click.echo("  " + text("conflict.repairs.none", language), err=True)
    if len(found.conflicts) > len(shown):
        say("more", count=len(found.conflicts) - len(shown))
    if found.unknown:
        say("no_time", count=len(found.unknown))
    elif not found.conflicts:
        say("no_row")


@contextmanager
def stop_on_interrupt(language: Language, said: str = "cli.stopping") -> Iterator[Callable[[], bool]]:
    """The first Ctrl-C asks the run to stop and keep its best plan; the second breaks off."""
    asked = threading.Event()

    def on_interrupt(_: int, __: Any) -> None:
        if asked.is_set():
            raise KeyboardInterrupt
        asked.set()
        click.echo(text(said, language), err=True)

    previous = signal.signal(signal.SIGINT, on_interrupt)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGINT, previous)


@contextmanager
def progress(as_json: bool, language: Language, duties_only: bool = False) -> Iterator[Callable[[Event], None]]:
    """Shows events on stderr: JSON lines, one live line on a terminal, else a line for each phase. With ``duties_only``
    nothing of visits, which are not planned then."""
    from rich.console import Console

    console = Console(stderr=True, highlight=False)
    live: AbstractContextManager[Status | None] = nullcontext()
    if console.is_terminal and not as_json:
        live = console.status("")
    phase = ""
    with live as status:

        def on_event(event: Event) -> None:
            nonlocal phase
            if as_json:
                click.echo(json.dumps(event_figures(event), ensure_ascii=False), err=True)
            elif status is not None:
                status.update(event_line(event, language, duties_only))
            elif event.phase != phase:
                click.echo(event_line(event, language, duties_only), err=True)
            phase = event.phase

        yield on_event


def event_figures(event: Event) -> dict[str, Any]:
    """An event as plain figures."""
    objective = event.objective.model_dump() if event.objective is not None else None
    return {
        "phase": event.phase, "seconds": round(event.seconds, 1), "objective": objective,
        "unserved": event.unserved, "message": event.message,
    }  # fmt: skip


def event_line(event: Event, language: Language, duties_only: bool) -> str:
    """An event in one line."""
    phase = text(f"cli.phase.{event.phase}", language)
    if event.objective is None:
        return text("cli.progress.start", language, phase=phase, seconds=event.seconds, message=event.message)
    return text(
        "cli.progress.duties" if duties_only else "cli.progress", language, phase=phase, seconds=event.seconds,
        hard=event.objective.hard, unserved_cost=event.objective.unserved, rest=event.objective.rest,
        unserved=event.unserved, message=event.message,
    )  # fmt: skip


def write_outputs(
    folder: Path, people: People, instance: Instance, travel: TravelMatrix, plan: Plan, report: CheckReport,
    figures: dict[str, Any], language: Language, tiles: str | None, changes: Sequence[Change] = (),
    before: Plan | None = None,
) -> None:  # fmt: skip
    """All files of a plan; everything is made before the first file is written. ``changes`` since the plan that was
    told (``before``) stand on the pages of those nurses and on the roster."""
    from instances.files import write_whole
    from instances.plans import write_plan
    from instances.rosters import duties_csv, routes_csv
    from maps.roster import roster_page

    pages: dict[str, str] = {}
    if plan.with_routes:  # a map of a roster of duties is bare land
        pages = map_pages(people, instance, travel, plan, None, language, tiles, changes)
    pages["roster.html"] = roster_page(
        instance, travel, plan, report, people.names, language, changes=changes, before=before
    )
    tables = {
        "duties.csv": duties_csv(plan, instance), "routes.csv": routes_csv(plan, instance),
        "summary.json": json.dumps(figures, ensure_ascii=False, indent=2) + "\n",
    }  # fmt: skip
    write_pages(folder, pages)
    for name, content in tables.items():
        write_whole(folder / name, content)
    write_plan(plan, folder / "plan.json")


def map_pages(
    people: People, instance: Instance, travel: TravelMatrix, plan: Plan, nurse: str | None, language: Language,
    tiles: str | None, changes: Sequence[Change] = (), roads: RoadLines | None = None,
    paged: Sequence[str] | None = None,
) -> dict[str, str]:  # fmt: skip
    """Path below the output folder -> page: the team map and all routes, or only the routes of ``nurse``, or of the
    ``paged`` nurses: colleagues of other organisations have their own organisation's cards."""
    from maps.files import map_files

    return dict(map_files(
        instance, travel, plan, people.names, people.borders, nurse, language, tiles, changes,
        roads=roads, bring=people.bring, paged=paged,
    ))  # fmt: skip


def write_calls(
    folder: Path, people: People, instance: Instance, parent: Plan, found: Replan, language: Language
) -> None:
    """The call list: a page with names and telephone numbers, for its owner only, and a table with ids."""
    from instances.files import write_whole
    from instances.write import csv_text
    from maps.call_list import call_list_page
    from optimiser.report.call_list import call_list
    from optimiser.report.call_table import call_rows

    listed = call_list(instance, parent, found)
    write_whole(folder / "call_list.html", call_list_page(instance, listed, people.names, language), private=True)
    write_whole(folder / "call_list.csv", csv_text(*call_rows(instance, listed, language)))


def reader_of(
    name: str, file: Path, out: Path, language: Language, *, nurse: str | None = None, earlier: Path | None = None,
    organisation: str | None = None, keyfile: Path | None = None, sharing: str = "joint", cards: bool = False,
) -> Reader:  # fmt: skip
    """A plan, judged, as its reader may see it: of one ``organisation``, under codes of ``keyfile``, or as it is.

    ``out`` is where it goes, which must not hold the key. ``earlier`` is another version of the plan.
    """
    from optimiser.check.checker import check
    from optimiser.travel.engine import travel_matrix

    if out.resolve() in {each.resolve() for each in (file, earlier, keyfile) if each is not None}:
        raise bad_usage("cli.out_is_input", file=out)
    source, tables = read_from(name, language)
    plan = plan_from(file, tables, language, sharing)
    before = plan_from(earlier, tables, language, sharing) if earlier is not None else None
    # what is judged after publication is judged by the version it was made from, and by no other
    parent = before is not None and before.identity == plan.parent
    instance = as_it_is(tables, plan)
    if nurse is not None and nurse not in instance.nurse_by_id:
        raise bad_usage("cli.unknown_nurse", nurse=nurse)
    people = people_of(source, instance, language)
    travel = travel_matrix(instance)
    if keyfile is not None:
        from instances.pseudonym_key import pseudonym_key
        from optimiser.report.pseudonyms import Pseudonyms

        key = pseudonym_key(keyfile, out, language)
        codes = Pseudonyms(instance, key, plan, *([before] if before else []))
        people = People({}, people.borders, codes.bring(people.bring))
        nurse = codes.code("nurse", nurse) if nurse is not None else None
        instance, travel, plan = codes.instance, codes.travel(travel), codes.plan(plan)
        before = codes.plan(before) if before else None
    report = check(instance, plan.contract, travel, plan, before if parent else None)
    shown = Reader(instance, travel, plan, before, report, people, None, nurse, None)
    return shown if organisation is None else seen_of(shown, organisation, cards, language)


def seen_of(shown: Reader, organisation: str, cards: bool, language: Language) -> Reader:
    """The part of it that one organisation may see."""
    from optimiser.report.for_organisation import seen_by
    from optimiser.report.for_organisation_names import names_for
    from optimiser.report.for_organisation_report import report_for

    seen = seen_by(shown.instance, shown.travel, shown.plan, organisation, shown.before, language)
    if shown.nurse is not None and shown.nurse not in seen.nurses:
        raise bad_usage("cli.not_their_nurse", nurse=shown.nurse, organisation=organisation)
    work = {each.id for each in seen.instance.acts} | {each.id for each in seen.instance.orders}
    places = {each.id for each in seen.instance.places}
    bring = tuple(
        each if each.fetch in places else each.model_copy(update={"fetch": None})
        for each in shown.people.bring
        if each.work in work
    )
    people = People(names_for(shown.people.names, seen, cards, language), shown.people.borders, bring)
    report = report_for(shown.report, shown.instance, seen)
    return Reader(
        seen.instance, seen.travel, seen.plan, seen.before, report, people, seen.nurses, shown.nurse, seen
    )


def changes_of(shown: Reader) -> tuple[Change, ...]:
    """What changed since the version that was told; nothing without one."""
    from optimiser.report.changes import changes_between

    if shown.before is None:
        return ()
    clients = {visit.id: visit.client for visit in shown.instance.visits}
    return changes_between(clients, shown.before, shown.plan)


def in_horizon(instance: Instance, day: datetime | None) -> None:
    """Refuse a date on which the plan has no day."""
    if day is not None and not 0 <= instance.clock.day_number(day.date()) < instance.days:
        last = instance.clock.date_of(instance.days - 1)
        raise bad_usage("cli.export_date", first=instance.first_monday, last=last)


def lines_along(
    roads: Path | None, keyfile: Path | None, shown: Reader, language: Language
) -> RoadLines | None:
    """The ways of a plan along the roads of a folder; None without one. A way ends at the door that a code hides."""
    if roads is None:
        return None
    if keyfile is not None:
        raise bad_usage("cli.roads_pseudonyms")
    from optimiser.report.legs import plan_ways
    from optimiser.travel.osrm_engine import Roads
    from optimiser.travel.osrm_lines import road_lines

    plans = [shown.plan, *([shown.before] if shown.before else [])]
    ways = dict.fromkeys(way for plan in plans for way in plan_ways(shown.instance, shown.travel, plan))
    return road_lines(Roads(roads, language), shown.instance, ways)


def write_pages(folder: Path, pages: dict[str, str]) -> None:
    """Pages hold names and addresses: readable by their owner only. Maps of an earlier plan go."""
    from instances.files import write_whole

    routes = folder / "maps" / "routes"
    if "roster.html" in pages and "maps/team.html" not in pages:
        (folder / "maps" / "team.html").unlink(missing_ok=True)
    if ("maps/team.html" in pages or "roster.html" in pages) and routes.is_dir():
        for old in routes.iterdir():
            if ROUTE_PAGE.match(old.name) and f"maps/routes/{old.name}" not in pages:
                old.unlink()
    for name, page in pages.items():
        write_whole(folder / name, page, private=True)


def print_findings(report: CheckReport, clock: Clock, language: Language) -> None:
    """What the checker found, as sentences."""
    from optimiser.check.violation import period

    for note in report.notes:
        click.echo(note.sentence(language))
    if not report.violations:
        click.secho(text("cli.check.clean", language), fg="green")
    if report.shortfalls:
        click.echo(text("cli.check.shortfalls", language, count=len(report.shortfalls)))
    for short in report.shortfalls:
        click.echo("  " + text("cli.check.shortfall", language, rows=" + ".join(short.rows), counted=short.counted,
                               when=period(short.start, short.end, clock, language), minimum=short.minimum,
                               wanted=short.wanted))  # fmt: skip
    for key in ("violations", "inherited", "signals", "overridden"):
        found = getattr(report, key)
        if found:
            headline = text(f"cli.check.{key}", language, count=len(found))
            click.secho(headline, fg="red" if key == "violations" else None)
        for each in found:
            click.echo(f"  {each.sentence(language)}")


def print_figures(columns: dict[str, dict[str, Any]], language: Language) -> None:
    """The figures of plans beside each other."""
    from optimiser.report.figures_calls import CALL_FIGURES

    rows = [
        (text(f"cli.figure.{key}", language), *(number(figures[key], language) for figures in columns.values()))
        for key in FIGURES
        if any(figures[key] is not None for figures in columns.values())
    ]
    rows += [
        (text(f"figure.{key}", language), *(number(figures.get(key), language) for figures in columns.values()))
        for key in CALL_FIGURES
        if any(figures.get(key) is not None for figures in columns.values())
    ]
    print_table("", (text("cli.figure", language), *columns), rows)


def number(value: Any, language: Language) -> str:
    """A figure as people write it, with the decimals that it has; a dash for what is not known."""
    if value is None:
        return "-"
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return str(value)
    return written(value, language, len(str(value).partition(".")[2]) if isinstance(value, float) else 0)


def print_table(
    title: str, headings: Sequence[str], rows: Iterable[Sequence[str]], *, figures: bool = True, edge: int = 110
) -> None:
    """A table on the screen, in a file or pipe as wide as ``edge``; with ``figures`` all columns but the first to the
    right."""
    from rich.box import SIMPLE
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, box=SIMPLE, title_justify="left")
    rows = list(rows)
    for number, heading in enumerate(headings):
        # among words a name is never broken off
        least = None if figures else max(len(word) for row in rows for word in row[number].split() or [""])
        side: Literal["left", "right"] = "right" if number and figures else "left"
        table.add_column(heading, justify=side, overflow="fold", min_width=least)
    for row in rows:
        table.add_row(*row)
    console = Console(highlight=False)
    # in a file or a pipe there is no edge to keep to
    console.width = console.width if console.is_terminal else edge
    console.print(table)


if __name__ == "__main__":
    main()
