"""Jobs: each once, in the order of needs, resumed from what is kept; failures lose nothing else."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from instances.jobs_store import FileStore
from optimiser.domain.instance import Instance
from optimiser.domain.sharing import PRESETS
from optimiser.studies import job_keys
from optimiser.studies import jobs as module
from optimiser.studies.jobs import Here, Job, JobsFailed, MemoryStore, Progress, content_key, run_jobs

CALLS: list[str] = []


@pytest.fixture(autouse=True)
def _no_calls() -> None:
    CALLS.clear()


def add(name: str, number: int, needs: dict[str, Any] | None = None) -> dict[str, Any]:
    """Its number and the sum of what it needs."""
    CALLS.append(name)
    return {"sum": number + sum(each["sum"] for each in (needs or {}).values())}


def fail(name: str) -> dict[str, Any]:
    """Always fails."""
    CALLS.append(name)
    raise ArithmeticError(f"no answer for {name}")


def job(name: str, number: int, *needs: str) -> Job:
    """A job that adds."""
    return Job(content_key(name, number), name, add, (name, number), needs)


def bad(name: str) -> Job:
    """A job that fails."""
    return Job(content_key(name), name, fail, (name,))


def test_jobs_run_in_the_order_of_needs_and_give_their_results_on() -> None:
    """c needs b needs a, given backwards: 1, 1 + 2 = 3, 3 + 4 = 7."""
    a = job("a", 1)
    b = job("b", 2, a.key)
    c = job("c", 4, b.key)
    results = run_jobs([c, b, a], MemoryStore())
    assert CALLS == ["a", "b", "c"]
    assert list(results) == [c.key, b.key, a.key]
    assert [results[each.key]["sum"] for each in (a, b, c)] == [1, 3, 7]


def test_a_shared_key_or_need_runs_once() -> None:
    """Two jobs with one key, and two that need the same third: three functions run for five jobs."""
    a = job("a", 1)
    b, c = job("b", 2, a.key), job("c", 3, a.key)
    heard: list[Progress] = []
    results = run_jobs([a, b, a, c, b], MemoryStore(), on_done=heard.append)
    assert sorted(CALLS) == ["a", "b", "c"]
    assert len(results) == 3
    assert [(each.name, each.outcome, each.done, each.total) for each in heard] == [
        ("a", "made", 1, 3), ("b", "made", 2, 3), ("c", "made", 3, 3),
    ]  # fmt: skip


def test_what_is_kept_is_not_run_again(tmp_path: Path) -> None:
    """A second run of the same jobs with another FileStore on the folder runs nothing and answers the same."""
    a = job("a", 1)
    b = job("b", 2, a.key)
    first = run_jobs([a, b], FileStore(tmp_path))
    CALLS.clear()
    heard: list[Progress] = []
    assert run_jobs([a, b], FileStore(tmp_path), on_done=heard.append) == first
    assert CALLS == []
    assert [each.outcome for each in heard] == ["kept", "kept"]


def test_a_need_may_come_from_the_store_alone() -> None:
    """b runs without a among the jobs when a's result is kept; without it nothing runs."""
    a, store = job("a", 1), MemoryStore()
    run_jobs([a], store)
    b = job("b", 2, a.key)
    assert run_jobs([b], store)[b.key] == {"sum": 3}
    with pytest.raises(ValueError, match="b needs"):
        run_jobs([b], MemoryStore())


def test_a_failing_job_does_not_lose_the_others(tmp_path: Path) -> None:
    """One error at the end names both failures and what needed one of them; the rest is kept."""
    a, x, y = job("a", 1), bad("x"), bad("y")
    waits = job("waits", 1, x.key)
    waits_more = job("waits-more", 1, waits.key)
    z = job("z", 5)
    with pytest.raises(JobsFailed) as caught:
        run_jobs([x, a, waits_more, waits, y, z], FileStore(tmp_path))
    assert set(caught.value.failures) == {"x", "y"}
    assert caught.value.failures["x"] == "ArithmeticError: no answer for x"
    assert sorted(caught.value.left) == ["waits", "waits-more"]
    assert all(name in str(caught.value) for name in ("x", "y", "waits-more"))
    assert FileStore(tmp_path).get(z.key) == {"sum": 5}
    assert "waits" not in CALLS


def test_stopping_keeps_what_is_done() -> None:
    """Stopped after two of three jobs: two results are there and kept, and the third comes with the next run."""
    three, store = [job(name, 1) for name in "abc"], MemoryStore()
    results = run_jobs(three, store, should_stop=lambda: len(CALLS) == 2)
    assert list(results) == [each.key for each in three[:2]]
    assert len(run_jobs(three, store)) == 3
    assert CALLS == ["a", "b", "c"]


def test_circles_and_twins_are_refused_before_anything_runs() -> None:
    """Jobs that need each other, and one key for two functions, are faults of whoever wrote them."""
    first, second = content_key("1"), content_key("2")
    circle = [Job(first, "one", add, ("one", 1), (second,)), Job(second, "two", add, ("two", 2), (first,))]
    with pytest.raises(ValueError, match="one, two"):
        run_jobs([job("a", 1), *circle], MemoryStore())
    with pytest.raises(ValueError, match="two functions"):
        run_jobs([job("a", 1), Job(job("a", 1).key, "other", fail, ("other",))], MemoryStore())
    assert CALLS == []


@given(data=st.data())
@settings(deadline=None)
def test_any_study_runs_each_job_once_and_loses_nothing(data: st.DataObject) -> None:
    """Random needs (of earlier jobs, then shuffled), failures and a moment to stop: what runs, runs once; after that a
    run without a stop ends with every result that can be there, and names all others."""
    CALLS.clear()
    number = data.draw(st.integers(1, 8))
    jobs: list[Job] = []
    for each in range(number):
        needs = tuple(job.key for job in jobs if data.draw(st.booleans()))
        if data.draw(st.integers(0, 4)) == 0 and not needs:
            jobs.append(bad(f"j{each}"))
        else:
            jobs.append(job(f"j{each}", each, *needs))
    right = {job.key for job in jobs if job.run is add}
    while any(job.key in right and not right.issuperset(job.needs) for job in jobs):
        right = {job.key for job in jobs if job.key in right and right.issuperset(job.needs)}
    store, most = MemoryStore(), data.draw(st.integers(0, number))
    order = data.draw(st.permutations(jobs))
    try:
        stopped = run_jobs(order, store, should_stop=lambda: len(CALLS) >= most)
        assert stopped.keys() <= right
    except JobsFailed:
        pass
    assert len(CALLS) == len(set(CALLS)) <= number
    first = list(CALLS)
    try:
        results = run_jobs(order, store)
        assert results.keys() == right == {job.key for job in jobs}
    except JobsFailed as error:
        failed = {job.name for job in jobs if job.run is fail}
        assert set(error.failures) == failed
        assert set(error.left) == {job.name for job in jobs if job.key not in right} - failed
    assert all(store.get(key) is not None for key in right)
    again = [name for name in CALLS[len(first) :] if name in first]
    assert all(job.run is fail for job in jobs if job.name in again)


def give(value: Any) -> Any:
    """The value itself."""
    return value


@pytest.mark.parametrize("value", [[1], None, {"x": float("nan")}, {"x": {1, 2}}])
def test_a_result_that_is_no_json_is_a_failure(value: Any) -> None:
    """Lists, None, not-a-number and sets are refused with the job's name."""
    with pytest.raises(JobsFailed, match="odd"):
        run_jobs([Job(content_key("odd"), "odd", give, (value,))], MemoryStore())


def test_a_new_result_equals_one_that_is_read_again() -> None:
    """Pairs become lists and number keys become texts at once, not only after a resume."""
    odd, store = Job(content_key("odd"), "odd", give, ({"pair": (1, 2), "by": {3: 4}},)), MemoryStore()
    assert run_jobs([odd], store) == run_jobs([odd], store) == {odd.key: {"pair": [1, 2], "by": {"3": 4}}}


class Twice(Here):
    """An executor that tells each outcome twice, as after a lost connection."""

    def finished(self, seconds: float) -> list[tuple[str, Any]]:
        """Each outcome twice."""
        return super().finished(seconds) * 2


def test_an_outcome_that_is_told_twice_counts_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is written once for each job."""
    store, put = MemoryStore(), []
    keep = store.put
    monkeypatch.setattr(store, "put", lambda key, result: (put.append(key), keep(key, result)))
    two = [job("a", 1), job("b", 2)]
    run_jobs(two, store, Twice())
    assert put == [each.key for each in two]


def test_another_version_of_the_program_is_refused() -> None:
    """A machine with other sources never answers under this version's keys."""
    with pytest.raises(RuntimeError, match="another|version"):
        module.run_job("0" * 16, give, ({},), {})


def test_keys_tell_contents_apart(six: Instance) -> None:
    """A changed seed, contract, row, or kind of value changes the key; the order of a mapping does not."""
    joint = PRESETS["joint"]
    changed = Instance(
        **{name: getattr(six, name) for name in Instance.model_fields}
        | {"settings": six.settings.model_copy(update={"slack_minutes": 3})}
    )
    keys = [
        content_key(six, joint, 1), content_key(six, joint, 2), content_key(six, PRESETS["single"], 1),
        content_key(changed, joint, 1), content_key(six, joint, "1"), content_key(six, joint, True),
        content_key(six, joint, 1.5), content_key(six, joint, [1]), content_key(six, joint, None),
        content_key(six, joint, date(2026, 1, 1)), content_key(six, joint, "2026-01-01"),
        content_key(joint), content_key(joint.model_dump(mode="json")),
    ]  # fmt: skip
    assert len(set(keys)) == len(keys)
    assert content_key({"a": 1, "b": 2}) == content_key({"b": 2, "a": 1})
    assert content_key((1, 2)) == content_key([1, 2])
    with pytest.raises(TypeError):
        content_key({1, 2})
    with pytest.raises(TypeError):
        content_key({1: 2})
    with pytest.raises(ValueError):
        content_key(float("inf"))


def test_a_changed_program_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The version is part of each key, and any changed module changes the version."""
    before = content_key("x")
    monkeypatch.setattr(job_keys, "program_version", lambda: "other")
    assert content_key("x") != before
    monkeypatch.undo()
    real = job_keys._sources
    monkeypatch.setattr(job_keys, "_sources", lambda *where: [*real(*where), ("optimiser/new.py", b"")])
    assert job_keys.program_version.__wrapped__() != job_keys.program_version()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)  # fmt: skip


@given(result=st.dictionaries(st.text(max_size=5), json_values, max_size=4))
@settings(deadline=None)
def test_files_give_back_what_was_kept(tmp_path_factory: pytest.TempPathFactory, result: dict[str, Any]) -> None:
    """Any JSON object comes back equal."""
    store, key = FileStore(tmp_path_factory.getbasetemp() / "kept"), content_key(result)
    store.put(key, result)
    assert store.get(key) == result


@given(place=st.integers(0, 10_000), new=st.binary(max_size=3), cut=st.booleans())
@settings(deadline=None)
def test_a_damaged_file_is_made_again(
    tmp_path_factory: pytest.TempPathFactory, place: int, new: bytes, cut: bool
) -> None:
    """Cut short or changed anywhere, a file is either still the same result or counts as not there."""
    folder = tmp_path_factory.getbasetemp() / "damaged"
    store, kept = FileStore(folder), {"plan": list(range(40))}
    key = content_key(kept)
    store.put(key, kept)
    file = folder / f"{key}.json.gz"
    whole = file.read_bytes()
    place %= len(whole)
    file.write_bytes(whole[:place] if cut else whole[:place] + new + whole[place + len(new) :])
    assert store.get(key) in (kept, None)
    if cut:
        assert store.get(key) is None


def test_files_are_private_whole_and_bound_to_their_key(tmp_path: Path) -> None:
    """Mode 600 in a folder of mode 700, nothing else beside them; a renamed file is not trusted, a bad key refused."""
    folder = tmp_path / "jobs"
    store, key, other = FileStore(folder), content_key("a"), content_key("b")
    store.put(key, {"a": 1})
    file = folder / f"{key}.json.gz"
    assert (file.stat().st_mode & 0o777, folder.stat().st_mode & 0o777) == (0o600, 0o700)
    assert list(folder.iterdir()) == [file]
    file.rename(folder / f"{other}.json.gz")
    assert store.get(other) is None
    for wrong in ("", "../x", "a/b", "A" * 64):
        with pytest.raises(ValueError):
            store.get(wrong)


def test_damaged_results_run_again(tmp_path: Path) -> None:
    """A job whose file was cut short runs again, and the file is whole after that."""
    a = job("a", 1)
    run_jobs([a], FileStore(tmp_path))
    file = tmp_path / f"{a.key}.json.gz"
    file.write_bytes(file.read_bytes()[:-3])
    assert run_jobs([a], FileStore(tmp_path)) == {a.key: {"sum": 1}}
    assert CALLS == ["a", "a"]
    assert FileStore(tmp_path).get(a.key) == {"sum": 1}
