"""Jobs on a cluster: dask.distributed spreads them over processes here or on machines elsewhere, and gives a job whose
process dies to another one. docs/explanation/studies.md says how to start one, and whom to trust with it."""

from __future__ import annotations

import importlib.util
import logging
import queue
import re
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from optimiser.errors import Fault, InputError
from optimiser.studies.job_keys import program_version
from optimiser.texts import Language, text

if TYPE_CHECKING:
    from distributed import Client, Security

ADDRESS = re.compile(r"local|(tcp|tls)://[^\s/:]+:\d{1,5}")
ANSWER_SECONDS = 10
"""A scheduler that does not answer in this time, or has no worker after it, is refused."""
CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
"""What the folder of certificates holds: the authority, the certificate of this machine, and its key."""


@contextmanager
def open_cluster(
    address: str, language: Language = "en", certificates: Path | None = None, workers: int = 2
) -> Iterator[Cluster]:
    """An executor for ``run_jobs``: ``local`` starts ``workers`` processes of one thread each that listen on this
    machine only, with a certificate of their own; ``tcp://host:port`` and ``tls://host:port`` use a running scheduler.
    All that was started ends with the context.

    Raises ``InputError`` when the address is none, the extra ``cluster`` is not installed, certificates are missing
    (``tls`` needs a folder of CERTIFICATES), nobody answers, or a worker has another version of this program.
    """
    if not ADDRESS.fullmatch(address):
        raise _fault(text("cluster.expected.address", language), address)
    if any(importlib.util.find_spec(name) is None for name in ("distributed", "cryptography")):
        raise _fault(text("cluster.expected.extra", language), text("cluster.got.not_installed", language))
    with _local(workers) if address == "local" else _running(address, language, certificates) as client:
        cluster = Cluster(client)
        try:
            yield cluster
        finally:
            cluster.cancel()


def warnings_about(address: str, language: Language) -> list[str]:
    """What the user should hear before care data goes to this address."""
    return [text("cluster.warning.unencrypted", language, address=address)] if address.startswith("tcp://") else []


class Cluster:
    """An ``Executor`` on a dask client."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self._futures: dict[str, Any] = {}
        self._ended: queue.Queue[tuple[str, Any]] = queue.Queue()

    def submit(self, key: str, function: Callable[..., Any], *arguments: Any) -> None:
        """Hand it to the scheduler; what cannot be sent has that as its outcome."""
        try:
            future = self.client.submit(function, *arguments, key=f"samenrooster-{key}")
        except Exception as error:
            self._ended.put((key, error))
            return
        self._futures[key] = future
        future.add_done_callback(lambda done: self._ended.put((key, done)))

    def finished(self, seconds: float) -> list[tuple[str, Any]]:
        """What ended since the last call; waits at most ``seconds`` for the first."""
        ended = []
        try:
            ended.append(self._ended.get(timeout=seconds))
            while True:
                ended.append(self._ended.get_nowait())
        except queue.Empty:
            pass
        return [(key, self._outcome(key, what)) for key, what in ended]

    def _outcome(self, key: str, ended: Any) -> Any:
        """Result or exception; the scheduler may then forget the job."""
        if isinstance(ended, Exception):
            return ended
        try:
            return ended.result()
        except Exception as error:
            return error
        finally:
            self._futures.pop(key, None)
            ended.release()

    def cancel(self) -> None:
        """Take back what has not ended."""
        if self._futures:
            self.client.cancel(list(self._futures.values()), force=True)
            self._futures.clear()


@contextmanager
def _local(workers: int) -> Iterator[Client]:
    import dask
    from distributed import Client, LocalCluster, Security

    # no pages on a port, however plain; nobody watches them
    quiet: dict[str, list[str]] = {"distributed.scheduler.http.routes": [], "distributed.worker.http.routes": []}
    with (
        dask.config.set(quiet),
        LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", protocol="tls://",
            # other users of this machine cannot join without the certificate
            security=Security.temporary(), dashboard_address="127.0.0.1:0", silence_logs=50, memory_limit=0,
        ) as cluster,
        Client(cluster, set_as_default=False) as client,
    ):  # fmt: skip
        client.register_plugin(_deaf_to_interrupts(), name="deaf-to-interrupts")
        yield client


def _deaf_to_interrupts() -> Any:
    """A plugin for workers of this machine: Ctrl-C reaches all processes of a terminal, and this one decides."""
    from distributed import WorkerPlugin

    class Deaf(WorkerPlugin):
        def setup(self, worker: Any) -> None:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    return Deaf()


@contextmanager
def _running(address: str, language: Language, certificates: Path | None) -> Iterator[Client]:
    from distributed import Client

    security = _security(certificates, language) if address.startswith("tls://") else None
    for name in ("client", "core", "batched", "comm"):  # a lost connection is an outcome of the jobs, told by run_jobs
        logging.getLogger(f"distributed.{name}").setLevel(logging.CRITICAL)
    try:
        client = Client(address, timeout=ANSWER_SECONDS, security=security, set_as_default=False)
    except (OSError, TimeoutError, ValueError):
        raise _fault(text("cluster.expected.answer", language), address) from None
    with client:
        try:
            client.wait_for_workers(1, timeout=ANSWER_SECONDS)
        except TimeoutError:
            raise _fault(text("cluster.expected.workers", language), address) from None
        found = client.run(program_version, on_error="return")
        others = sum(each != program_version() for each in found.values())
        if others:
            expected = text("cluster.expected.version", language, version=program_version())
            raise _fault(expected, text("cluster.got.version", language, count=others, total=len(found)))
        yield client


def _security(folder: Path | None, language: Language) -> Security:
    """The certificates of a folder. Raises ``InputError`` when one is missing."""
    from distributed import Security

    if folder is None or any(not (folder / name).is_file() for name in CERTIFICATES):
        got = text("cluster.got.none", language) if folder is None else folder.name
        raise InputError([Fault("--certificates", 0, "", text("cluster.expected.certificates", language), got)])
    authority, certificate, key = (str(folder / name) for name in CERTIFICATES)
    return Security(
        tls_ca_file=authority, tls_client_cert=certificate, tls_client_key=key, require_encryption=True
    )  # fmt: skip


def _fault(expected: str, got: str) -> InputError:
    return InputError([Fault("--cluster", 0, "", expected, got)])
