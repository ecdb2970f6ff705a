"""Worker processes that read articles: each killed when it overruns, replaced when it dies, renewed when it has grown.

A path goes to a worker only when it is free, so nothing queues up, however large the corpus. A file whose worker dies
is tried once more, alone: the memory it died of may have been another's.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from faits.errors import FaitsError, ModelError
from faits.model import Problem
from faits.runner.framing import complete, framed, unframed
from faits.runner.limits import WALL, Limits
from faits.runner.reading import Answer

# Libraries of linear algebra start a thread a core each, which slows several workers down and may change last digits.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@dataclass
class _Worker:
    process: subprocess.Popen[bytes]
    errors: IO[bytes]
    buffer: bytearray = field(default_factory=bytearray)
    path: str | None = None
    since: float = 0.0
    ready: bool = False
    done: int = 0
    first_kilobytes: int = 0
    kilobytes: int = 0


class Pool:
    """Some worker processes, all made by one function: "module:function", and what to call it with."""

    def __init__(self, made_by: str, made_with: Mapping[str, Any], *, jobs: int, limits: Limits) -> None:
        self._made_by, self._made_with, self._limits = made_by, dict(made_with), limits
        self._jobs = jobs
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in list(self._workers):
            self._end(worker)
        self._selector.close()

    def read(self, paths: Iterable[tuple[str, str]]) -> Iterator[tuple[str, Answer]]:
        """An answer for each (path, name), as they come; the name stands in the problem of a file that was too much.

        Raises:
            FaitsError: no worker can be made.
        """
        waiting = iter(paths)
        names: dict[str, str] = {}
        alone: list[str] = []  # files that a worker died of, to be tried once more
        retried: set[str] = set()
        more = True
        while True:
            while more and not alone and (worker := self._free()) is not None:
                path, name = next(waiting, (None, ""))
                if path is None:
                    more = False
                    break
                names[path] = name
                self._ask(worker, path)
            if alone and not self._busy():
                retried.add(alone[0])
                worker = self._free()
                assert worker is not None
                self._ask(worker, alone.pop(0))
            if not more and not alone and not self._busy():
                return
            for path, answer in self._answers(names):
                if answer is None and path not in retried:
                    alone.append(path)
                    continue
                yield path, answer or Answer(problem=died(names[path]))
                names.pop(path)
                retried.discard(path)

    def _busy(self) -> list[_Worker]:
        return [worker for worker in self._workers if worker.path is not None]

    def _free(self) -> _Worker | None:
        """A worker that has nothing to do, a new one where there may be one more."""
        for worker in self._workers:
            if worker.path is None:
                return worker
        return self._new() if len(self._workers) < self._jobs else None

    def _new(self) -> _Worker:
        environment = {**dict.fromkeys(_ONE_THREAD, "1"), **os.environ}
        errors = tempfile.TemporaryFile()  # noqa: SIM115 – closed with the worker
        process = subprocess.Popen(
            [sys.executable, "-m", "faits.runner.worker", self._made_by],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, env=environment, bufsize=0,
        )  # fmt: skip
        worker = _Worker(process, errors)
        self._workers.append(worker)
        assert process.stdout is not None
        self._selector.register(process.stdout, selectors.EVENT_READ, worker)
        limits = {"seconds": self._limits.seconds, "memory_mb": self._limits.memory_mb}
        self._send(worker, framed({"made_with": self._made_with, **limits}))
        return worker

    def _ask(self, worker: _Worker, path: str) -> None:
        worker.path, worker.since = path, time.monotonic()
        self._send(worker, framed({"path": path}))

    @staticmethod
    def _send(worker: _Worker, message: bytes) -> None:
        assert worker.process.stdin is not None
        with contextlib.suppress(BrokenPipeError):  # it is dead, which shows when its answer is read
            worker.process.stdin.write(message)

    def _answers(self, names: Mapping[str, str]) -> Iterator[tuple[str, Answer | None]]:
        """What has been answered, once something is; None for a file whose worker has died."""
        for key, _ in self._selector.select(self._patience()):
            worker: _Worker = key.data
            chunk = os.read(key.fd, 1 << 20)
            if not chunk:
                path, failure, overrun = worker.path, self._failure(worker), _out_of_time(worker)
                self._end(worker)
                if failure is not None:
                    raise failure
                if path is not None:
                    yield path, self._too_slow(names[path]) if overrun else None
                continue
            worker.buffer += chunk
            while (body := complete(worker.buffer)) is not None:
                path, answer = worker.path, self._understood(worker, body, names)
                if answer is not None and path is not None:
                    yield path, answer
        for worker in self._busy():
            # It ends itself when its time is up, unless it is stopped or hangs in the system.
            if worker.ready and time.monotonic() - worker.since > self._limits.seconds * (WALL + 1):
                path = worker.path
                assert path is not None
                self._end(worker)
                yield path, self._too_slow(names[path])

    def _patience(self) -> float:
        """Seconds until the next worker would overrun."""
        now = time.monotonic()
        left = [worker.since + self._limits.seconds * (WALL + 1) - now for worker in self._busy() if worker.ready]
        return max(0.01, min([*left, 60.0]))

    def _too_slow(self, name: str) -> Answer:
        return Answer(problem=overran(name, f"{self._limits.seconds:g} seconds", "max_seconds"))

    def _understood(self, worker: _Worker, body: bytes, names: Mapping[str, str]) -> Answer | None:
        """The answer in a message; None when the message is about the worker itself."""
        said, parts = unframed(body)
        if "fatal" in said:
            raise ModelError(said["fatal"]) if said["kind"] == "ModelError" else FaitsError(said["fatal"])
        worker.kilobytes = said.get("kilobytes", worker.kilobytes)
        if "ready" in said:
            # The budget of its first article begins now.
            worker.ready, worker.since, worker.first_kilobytes = True, time.monotonic(), worker.kilobytes
            return None
        path, worker.path, worker.done = worker.path, None, worker.done + 1
        assert path is not None
        if "overrun" in said:
            self._end(worker)
            return Answer(problem=overran(names[path], f"{self._limits.memory_mb} MB of memory", "max_memory_mb"))
        if self._is_worn(worker):
            self._end(worker)
        problem = said["problem"]
        if problem is not None:
            return Answer(problem=Problem.model_validate(problem))
        return Answer(said["key"], parts)

    def _is_worn(self, worker: _Worker) -> bool:
        grown_mb = (worker.kilobytes - worker.first_kilobytes) / 1024
        return worker.done >= self._limits.renew_after or grown_mb > self._limits.renew_grown_mb

    def _failure(self, worker: _Worker) -> FaitsError | None:
        """Why a worker never got ready; None when it died later, of an article."""
        if worker.ready:
            return None
        worker.process.wait()
        worker.errors.seek(0)
        lines = worker.errors.read().decode("utf-8", "replace").strip().splitlines() or ["nothing was said"]
        return FaitsError(f"a worker process; it ended before it could read ({lines[-1]}); reinstall faits")

    def _end(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        process = worker.process
        assert process.stdin is not None
        assert process.stdout is not None
        self._selector.unregister(process.stdout)
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()
        worker.errors.close()


def _out_of_time(worker: _Worker) -> bool:
    """Whether a worker that has ended was ended by its own alarm."""
    return worker.process.wait() in (-signal.SIGPROF, -signal.SIGALRM)


def overran(name: str, limit: str, key: str) -> Problem:
    """The row of a file that took more than it may."""
    why = f"reading it takes more than {limit}"
    return Problem(article=name, code="overrun", what="was given up", why=why, advice=f"split it or raise {key}")


def died(name: str) -> Problem:
    """The row of a file that two workers have died of."""
    why = "the process that read it ended, and so did the next one, which read nothing else"
    return Problem(
        article=name, code="died", what="was given up", why=why, advice="split it, or give faits more memory"
    )
