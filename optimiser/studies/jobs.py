"""Studies as jobs: each result is kept under a content key as soon as it is there, so that a study that was broken off
goes on where it stood, here or on a cluster, and no job runs twice."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from optimiser.errors import shortened
from optimiser.studies.job_keys import content_key, program_version

__all__ = ["Executor", "Here", "Job", "JobsFailed", "MemoryStore", "Progress", "Store", "content_key", "run_jobs"]

WAIT_SECONDS = 0.5
"""So long at most until a request to stop is heard while others work."""


@dataclass(frozen=True)
class Job:
    """A piece of a study. ``run`` is a function of a module, called with ``arguments`` (both can be pickled), and with
    the results of ``needs`` (key -> result) as last argument when it has needs. Its result is a JSON object."""

    key: str
    """From ``content_key``: all that its result depends on."""
    name: str
    """For progress and errors: ids only."""
    run: Callable[..., dict[str, Any]]
    arguments: tuple[Any, ...] = ()
    needs: tuple[str, ...] = ()
    """Keys of jobs of the same study, or of results in the store."""


class Store(Protocol):
    """Where results are kept between runs."""

    def get(self, key: str) -> dict[str, Any] | None:
        """The result kept under a key, or None when there is none that can be trusted."""

    def put(self, key: str, result: dict[str, Any]) -> None:
        """Keep a result, whole or not at all."""


class Executor(Protocol):
    """Who runs the functions. Each that was submitted has one outcome."""

    def submit(self, key: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Have it run when there is room."""

    def finished(self, seconds: float) -> list[tuple[str, Any]]:
        """Key and result (or the Exception in its place) of what ended; waits for the first, at most ``seconds``."""

    def cancel(self) -> None:
        """Forget all that has not ended."""


@dataclass(frozen=True)
class Progress:
    """What ``on_done`` hears of a job: its name, what came of it, and how many of all have ended (or never will)."""

    name: str
    outcome: Literal["kept", "made", "failed"]
    done: int
    total: int


class JobsFailed(Exception):
    """Jobs that failed: ``failures`` is name -> what went wrong, ``left`` the names of those that needed one of them.
    The results of all others are in the store."""

    def __init__(self, failures: dict[str, str], left: Sequence[str]) -> None:
        self.failures, self.left = failures, tuple(left)
        lines = [f"{name}: {what}" for name, what in failures.items()]
        super().__init__("\n".join([*lines, *(f"{name}: needs a job that failed" for name in left)]))


class MemoryStore:
    """Results for one run only."""

    def __init__(self) -> None:
        self._results: dict[str, str] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        """The result, or None."""
        return json.loads(self._results[key]) if key in self._results else None

    def put(self, key: str, result: dict[str, Any]) -> None:
        """Keep a result."""
        self._results[key] = json.dumps(result)


class Here:
    """Runs one job after the other in this process, in the order of submission."""

    def __init__(self) -> None:
        self._queue: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}

    def submit(self, key: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Put it at the end of the queue."""
        self._queue[key] = (function, arguments)

    def finished(self, seconds: float) -> list[tuple[str, Any]]:
        """Run the first of the queue to its end."""
        if not self._queue:
            return []
        key = next(iter(self._queue))
        function, arguments = self._queue.pop(key)
        try:
            return [(key, function(*arguments))]
        except Exception as error:
            return [(key, error)]

    def cancel(self) -> None:
        """Empty the queue."""
        self._queue.clear()


def run_jobs(
    jobs: Iterable[Job], store: Store, executor: Executor | None = None,
    on_done: Callable[[Progress], None] | None = None, should_stop: Callable[[], bool] | None = None,
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """Key -> result of every job, in the order of ``jobs``; what the store holds is not run again.

    Jobs that share a key are one job. A result is put in the store when it comes, so whoever is stopped or killed
    loses only what was running; ``should_stop`` is asked between jobs, and what is not done then is not in the answer.
    A new result equals one that was read again: it has passed through JSON.

    Raises ``JobsFailed`` after all that could run has run; ``ValueError`` before anything runs when a need is neither
    a job nor in the store, needs go round in a circle, or one key names two functions.
    """
    study = _Study(jobs, store, on_done or (lambda progress: None))
    executor = executor or Here()
    while study.running or study.ready():
        if should_stop is not None and should_stop():
            executor.cancel()
            break
        for job in study.ready():
            needs = {key: study.results[key] for key in job.needs}
            study.running.add(job.key)
            executor.submit(job.key, run_job, program_version(), job.run, job.arguments, needs)
        for key, outcome in executor.finished(WAIT_SECONDS):
            study.take(key, outcome)
    if study.failures:
        raise JobsFailed(study.failures, study.left()) from study.first
    return {key: study.results[key] for key in study.jobs if key in study.results}


def run_job(program: str, run: Callable[..., Any], arguments: tuple[Any, ...], needs: dict[str, Any]) -> dict[str, Any]:
    """Run one job wherever this is called. Raises ``RuntimeError`` where another version of the program is installed,
    since its result would stand under the wrong key, and ``TypeError`` or ``ValueError`` for a result that is no JSON
    object."""
    if program != program_version():
        raise RuntimeError(f"this machine has version {program_version()} of the program, the study needs {program}")
    result = run(*arguments, needs) if needs else run(*arguments)
    if not isinstance(result, dict):
        raise TypeError(f"the result is {type(result).__name__}, not a JSON object")
    return json.loads(json.dumps(result, allow_nan=False))


class _Study:
    """How far the jobs are."""

    def __init__(self, jobs: Iterable[Job], store: Store, on_done: Callable[[Progress], None]) -> None:
        self.jobs: dict[str, Job] = {}
        for job in jobs:
            if self.jobs.setdefault(job.key, job).run is not job.run:
                raise ValueError(f"{job.name} and {self.jobs[job.key].name} have one key and two functions")
        self.store, self.on_done = store, on_done
        self.results: dict[str, dict[str, Any]] = {}
        self.running: set[str] = set()
        self.failures: dict[str, str] = {}
        self.failed: set[str] = set()
        self.first: Exception | None = None
        for key in self.jobs:
            if (kept := store.get(key)) is not None:
                self.results[key] = kept
        self._read_needs()
        self._refuse_circles()
        for number, key in enumerate((each for each in self.jobs if each in self.results), start=1):
            on_done(Progress(self.jobs[key].name, "kept", number, len(self.jobs)))

    def _read_needs(self) -> None:
        """Needs that no job makes come from the store."""
        for job in self.jobs.values():
            for key in job.needs:
                if key in self.jobs or key in self.results or job.key in self.results:
                    continue
                kept = self.store.get(key)
                if kept is None:
                    raise ValueError(f"{job.name} needs {key[:8]}, which no job makes and the store does not hold")
                self.results[key] = kept

    def _refuse_circles(self) -> None:
        settled = set(self.results)
        waiting = [job for job in self.jobs.values() if job.key not in settled]
        while waiting:
            rest = [job for job in waiting if not settled.issuperset(job.needs)]
            if len(rest) == len(waiting):
                raise ValueError("jobs need each other in a circle: " + ", ".join(job.name for job in rest))
            settled.update(job.key for job in waiting)
            settled.difference_update(job.key for job in rest)
            waiting = rest

    def ready(self) -> list[Job]:
        """What can be submitted now."""
        begun = self.running | self.failed
        return [
            job
            for key, job in self.jobs.items()
            if key not in begun and key not in self.results and all(need in self.results for need in job.needs)
        ]

    def take(self, key: str, outcome: Any) -> None:
        """Keep a result, or remember a failure; a second outcome of one job does not count."""
        if key not in self.running:
            return
        self.running.discard(key)
        name = self.jobs[key].name
        if isinstance(outcome, Exception):
            self.first = self.first or outcome
            self.failed.add(key)
            self.failures[name] = f"{type(outcome).__name__}: {shortened(str(outcome), 300)}"
        else:
            self.store.put(key, outcome)
            self.results[key] = outcome
        done = sum(each in self.results or each in self.failed for each in self.jobs)
        self.on_done(Progress(name, "failed" if key in self.failed else "made", done, len(self.jobs)))

    def left(self) -> list[str]:
        """Names of those that can no longer run, since something they need failed."""
        dead = set(self.failed)
        names: list[str] = []
        while more := [
            job
            for key, job in self.jobs.items()
            if key not in dead and key not in self.results and any(need in dead for need in job.needs)
        ]:
            dead.update(job.key for job in more)
            names += [job.name for job in more]
        return names
