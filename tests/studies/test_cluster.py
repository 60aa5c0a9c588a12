"""Jobs on processes: a killed worker loses nothing, each job counts once, and bad addresses are refused in words."""

from __future__ import annotations

import importlib.util
import os
import signal
import time
from pathlib import Path
from typing import Any

import pytest

from instances.jobs_store import FileStore
from optimiser.errors import InputError
from optimiser.studies import cluster as module
from optimiser.studies.cluster import open_cluster, warnings_about
from optimiser.studies.job_keys import program_version
from optimiser.studies.jobs import Job, JobsFailed, Progress, content_key, run_jobs

WAITS = 0.4


def napping(number: int, marks: str, needs: dict[str, Any] | None = None) -> dict[str, Any]:
    """Leaves a mark with its process, sleeps, and says which process did it."""
    Path(marks, f"{number}-{os.getpid()}-{time.monotonic_ns()}").touch()
    time.sleep(WAITS)
    return {
        "number": number,
        "process": os.getpid(),
        "needs": sorted(each["number"] for each in (needs or {}).values()),
    }


def wrong(number: int) -> dict[str, Any]:
    """Always fails."""
    raise ArithmeticError(f"no {number}")


class Counting(FileStore):
    """A folder that counts how often each result is put."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.puts: list[str] = []

    def put(self, key: str, result: dict[str, Any]) -> None:
        """Count and keep."""
        self.puts.append(key)
        super().put(key, result)


@pytest.mark.slow
def test_a_killed_worker_loses_nothing(tmp_path: Path) -> None:
    """Two processes, eight jobs and one that needs them all; the process of the third job is killed while it sleeps.
    All nine results are there, each put once, though the killed job began twice; a failing job is told at the end.
    A second run with the same folder runs nothing."""
    marks = tmp_path / "marks"
    marks.mkdir()
    jobs = [Job(content_key("nap", each), f"nap-{each}", napping, (each, str(marks))) for each in range(8)]
    last = Job(content_key("last"), "last", napping, (8, str(marks)), tuple(job.key for job in jobs))
    bad = Job(content_key("wrong"), "wrong", wrong, (9,))
    killed: list[int] = []

    def kill_one() -> bool:
        """Asked between jobs: kill the process of the third job once it has begun, and never stop."""
        begun = list(marks.glob("2-*"))
        if begun and not killed:
            killed.append(int(begun[0].name.split("-")[1]))
            os.kill(killed[0], signal.SIGKILL)
        return False

    store, heard = Counting(tmp_path / "jobs"), list[Progress]()
    with open_cluster("local") as executor, pytest.raises(JobsFailed) as caught:
        for port in executor.client.scheduler_info()["workers"]:
            assert port.startswith("tls://127.0.0.1:")
        monkey = executor.finished
        executor.finished = lambda seconds: monkey(0.05)  # type: ignore[method-assign]
        run_jobs([*jobs, bad, last], store, executor, heard.append, kill_one)
    assert killed
    assert caught.value.failures == {"wrong": "ArithmeticError: no 9"}
    assert sorted(store.puts) == sorted(job.key for job in [*jobs, last])
    results = run_jobs([*jobs, last], store)
    assert len(store.puts) == 9
    assert [results[job.key]["number"] for job in jobs] == list(range(8))
    assert results[last.key]["needs"] == list(range(8))
    assert len(list(marks.glob("2-*"))) == 2
    assert results[jobs[2].key]["process"] != killed[0]
    assert os.getpid() not in {each["process"] for each in results.values()}
    assert sorted(each.name for each in heard) == sorted(["last", "wrong", *(job.name for job in jobs)])


def give(number: int) -> dict[str, Any]:
    """The number."""
    return {"number": number}


def real_version() -> str:
    """The version as the workers know it."""
    return program_version()


class OtherVersion:
    """A version here that differs from that of the workers."""

    def __call__(self) -> str:
        """Not theirs."""
        return "other"

    def __reduce__(self) -> tuple[Any, ...]:
        """Sent to a worker it is the real function."""
        return getattr, (real_version, "__call__")


@pytest.mark.slow
def test_a_running_scheduler_with_certificates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the folder of its certificates a tls scheduler answers and runs jobs; with others it does not; without
    workers, and with another version of the program, it is refused in words."""
    from distributed import LocalCluster, Security

    monkeypatch.setattr(module, "ANSWER_SECONDS", 2)
    folders = []
    for name in ("right", "wrong"):
        security = Security.temporary()
        folder = tmp_path / name
        folder.mkdir()
        for file, field in zip(module.CERTIFICATES, ("tls_ca_file", "tls_client_cert", "tls_client_key"), strict=True):
            (folder / file).write_text(getattr(security, field), encoding="utf-8")
        folders.append((folder, security))
    (right, ours), (wrong, _) = folders
    with LocalCluster(
        n_workers=0, threads_per_worker=1, processes=False, host="127.0.0.1", protocol="tls://", security=ours,
        dashboard_address="127.0.0.1:0",
    ) as running:  # fmt: skip
        address = running.scheduler_address
        with pytest.raises(InputError, match="at least one dask worker"), open_cluster(address, "en", right):
            pass
        with pytest.raises(InputError, match="answers at this address"), open_cluster(address, "en", wrong):
            pass
        running.scale(1)
        with open_cluster(address, "en", right) as executor:
            one = Job(content_key("give"), "give", give, (7,))
            assert run_jobs([one], FileStore(tmp_path / "jobs"), executor) == {one.key: {"number": 7}}
        monkeypatch.setattr(module, "program_version", OtherVersion())
        with pytest.raises(InputError, match="other, on every machine, got 1 of 1"), open_cluster(address, "en", right):
            pass


@pytest.mark.parametrize(
    "address", ["", "here", "http://host:1", "tcp://host", "tcp://host:x", "tcp://a b:1", "local "]
)
def test_what_is_no_address_is_refused(address: str) -> None:
    """Anything but local, tcp://host:port and tls://host:port."""
    with pytest.raises(InputError, match="tcp://host:port"), open_cluster(address):
        pass


def test_the_extra_is_named_when_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without dask.distributed one line says what to install, in the user's language."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with (
        pytest.raises(InputError, match=r"--cluster: .*\.\[cluster\].*niet geïnstalleerd"),
        open_cluster("local", "nl"),
    ):
        pass


@pytest.mark.slow
def test_nobody_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    """An address at which nothing listens is refused within the time it has."""
    monkeypatch.setattr(module, "ANSWER_SECONDS", 0.3)
    with (
        pytest.raises(InputError, match="answers at this address, got tcp://127.0.0.1:9"),
        open_cluster("tcp://127.0.0.1:9"),
    ):
        pass


def test_tls_needs_certificates(tmp_path: Path) -> None:
    """No folder, and a folder in which the key is missing, are refused with the names of the files."""
    (tmp_path / "ca.pem").touch()
    (tmp_path / "cert.pem").touch()
    for folder in (None, tmp_path):
        with pytest.raises(InputError, match="--certificates: .*key.pem"), open_cluster("tls://h:1", "en", folder):
            pass


def test_only_an_open_line_is_warned_about() -> None:
    """tcp to another machine carries care data in the open; local and tls do not."""
    assert "tcp://h:1" in warnings_about("tcp://h:1", "nl")[0]
    assert warnings_about("tls://h:1", "nl") == warnings_about("local", "en") == []
