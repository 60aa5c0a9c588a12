"""The house rules that no other tool proves: what lies where, how large, and that the words about it are true."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from cli import main
from optimiser.check.registry import RULES

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("optimiser", "instances", "maps")
TOP = {
    ".ci", ".git", ".gitignore", "LICENSE", "Makefile", "README.md", "cli.py", "docs", "instances", "maps", "optimiser",
    "pyproject.toml", "requirements.lock", "tests",
}  # fmt: skip
BUILT = {".venv", "out", "dist", ".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis", ".benchmarks",
         ".import_linter_cache", "__pycache__"}  # fmt: skip
CODE = [ROOT / "cli.py", *(file for room in ROOMS for file in (ROOT / room).rglob("*.py"))]
TESTS = list((ROOT / "tests").rglob("*.py"))
PAGES = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
LOOSE = [ROOT / name for name in ("Makefile", "pyproject.toml", "requirements.lock", ".ci/run")]
WORDS = [*CODE, *TESTS, *PAGES, *LOOSE]
# put together here, so that this file does not name them
REGISTRIES = ["pypi" + ".org", "python" + "hosted.org", "anaconda" + ".org", "conda" + ".io", "npm" + "js"]
MACHINE = re.compile(r"(?<![\w.>])/(" + "|".join(["work", "root", "tmp", "home"]) + r")/\w")
UNFINISHED = re.compile(r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"]) + r")\b")
LINK = re.compile(r"\[[^\]]*\]\(([^)#\s]+)(#[^)\s]*)?\)")


def short(file: Path) -> str:
    """The path inside the project."""
    return file.relative_to(ROOT).as_posix()


@cache
def parsed(file: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(file.read_text(encoding="utf-8"))


def test_nothing_else_lies_at_the_top() -> None:
    """Only the known entries, and what the tools make and git ignores."""
    assert {each.name for each in ROOT.iterdir()} - BUILT <= TOP
    assert TOP - {".git"} <= {each.name for each in ROOT.iterdir()}


def test_modules_stay_small() -> None:
    """A module has at most 300 lines; cli.py and data are free."""
    lengths = {
        short(file): len(file.read_text(encoding="utf-8").splitlines()) for file in CODE if file.name != "cli.py"
    }
    assert not {file: length for file, length in lengths.items() if length > 300}


def test_public_things_say_what_they_are() -> None:
    """Modules, public classes and public functions at the top of a module have a docstring."""
    silent = []
    for file in CODE:
        tree = parsed(file)
        things = [node for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
        silent += [short(file)] if ast.get_docstring(tree) is None else []
        silent += [
            f"{short(file)}: {node.name}"
            for node in things
            if not node.name.startswith("_") and not ast.get_docstring(node)
        ]
    assert not silent


def test_only_the_command_line_prints() -> None:
    """Rooms return what they found; nothing but cli.py writes to the screen."""
    printing = {
        short(file)
        for file in CODE
        if file.name != "cli.py"
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    }
    assert not printing


def test_no_registry_no_path_of_a_machine_nothing_unfinished() -> None:
    """The project names no package registry and no folder of one machine, and leaves no marks of unfinished work."""
    found = []
    for file in WORDS:
        content = file.read_text(encoding="utf-8")
        found += [f"{short(file)}: {name}" for name in REGISTRIES if name in content]
        found += [f"{short(file)}: {mark[0]}" for mark in (MACHINE.search(content), UNFINISHED.search(content)) if mark]
    assert not found


def test_every_room_has_tests() -> None:
    """Each package of the engine, and the two beside it, has a folder in tests with a test module."""
    rooms = {each.parent.name for each in ROOT.glob("optimiser/*/__init__.py")} | {"instances", "maps"}
    tested = {each.name for each in (ROOT / "tests").iterdir() if each.is_dir() and list(each.rglob("test_*.py"))}
    assert rooms <= tested


def test_test_modules_have_names_of_their_own() -> None:
    """Two test modules never share a name, so that a report names one file."""
    names = [file.name for file in TESTS if file.name.startswith("test_")]
    assert len(names) == len(set(names))


def test_links_in_pages_lead_somewhere() -> None:
    """Relative links and pictures exist."""
    dead = [
        f"{short(page)}: {target}"
        for page in PAGES
        for target, _ in LINK.findall(page.read_text(encoding="utf-8"))
        if not re.match(r"^[a-z]+:", target) and not (page.parent / target).exists()
    ]
    assert not dead


def test_commands_in_pages_exist() -> None:
    """Every ``make target`` and ``samenrooster command --option`` that a page shows is real."""
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    wrong = []
    for page in PAGES:
        shown = "\n".join(re.findall(r"```.*?```|`[^`\n]+`", page.read_text(encoding="utf-8"), re.DOTALL))
        wrong += [
            f"{short(page)}: make {name}" for name in re.findall(r"\bmake ([a-z]+)\b", shown) if name not in targets
        ]
        lines = re.findall(r"(?:\bsamenrooster|python cli\.py) ([a-z-][^`\n]*)", shown)
        wrong += [f"{short(page)}: {line}" for line in lines if not real(line)]
    assert not wrong


def real(line: str) -> bool:
    """Whether the arguments of a command line name a command and options that exist."""
    name = line.split()[0]
    options = set(re.findall(r"(?<!\S)--[a-z-]+", line))
    if name.startswith("-"):
        return options <= {"--help", "--version"}
    command = main.commands.get(name)
    if isinstance(command, click.Group):
        command = command.commands.get(line.split()[1]) if len(line.split()) > 1 else None
    if command is None:
        return False
    return options <= {option for each in command.params for option in each.opts} | {"--help"}


COMMANDS = dict(main.commands) | {
    f"{name} {below}": command
    for name, group in main.commands.items()
    if isinstance(group, click.Group)
    for below, command in group.commands.items()
}


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_has_help_with_an_example(name: str) -> None:
    """The help of a command shows a command line, and explains each option."""
    shown = CliRunner().invoke(main, [*name.split(), "--help"]).output
    assert f"samenrooster {name}" in shown
    options = [each for each in COMMANDS[name].params if isinstance(each, click.Option)]
    assert all(each.help for each in options)


def test_every_rule_of_the_checker_has_a_test_that_rejects() -> None:
    """The registry names a test file for each rule, which exists and names the rule."""
    for rule in RULES.values():
        file = ROOT / rule.test
        assert file.exists(), rule.name
        assert f'"{rule.name}"' in file.read_text(encoding="utf-8"), rule.name


def test_every_rule_of_law_and_agreement_names_its_article() -> None:
    """By act or decree, article and paragraph; only the break in a route is law by way of the plan language."""
    sources = {"law": r"(ATW|ATB) \d+[:.]\d+", "agreement": r"CAO VVT \S", "livable": r"plan 2\d$"}
    wrong = [
        rule.name
        for rule in RULES.values()
        if rule.nature in sources and not re.match(sources[rule.nature], rule.article) and rule.article != "plan 11"
    ]
    assert not wrong
    assert all(rule.level == "signal" for rule in RULES.values() if rule.nature == "livable")


def test_the_lock_pins_every_dependency_with_hashes() -> None:
    """Each dependency, extras included, stands in the lock with a version and hashes, without an address."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(each for extra in project["optional-dependencies"].values() for each in extra)]
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pinned = {line.split("==")[0].lower() for line in lock.splitlines() if re.match(r"^[A-Za-z0-9]", line)}
    assert {re.split(r"[<>=\[;]", each)[0].lower() for each in named} <= pinned
    assert lock.count("--hash=sha256:") >= len(pinned)
    assert "://" not in lock
