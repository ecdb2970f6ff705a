"""A worker process: `python -m faits.runner.worker MODULE:FUNCTION` reads what it is sent until the pipe closes.

FUNCTION is called once with what the first message says, and gives back what answers each of the others.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, BinaryIO

from faits.errors import FaitsError
from faits.runner.framing import framed, receive
from faits.runner.limits import WALL


def main(target: str) -> int:
    """Answer until there is nothing more to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the parent, which ends us
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not stand between two replies
    first = receive(sys.stdin.buffer)
    if first is None:
        return 0
    said = first[0]
    try:
        answer = _made(target)(**said["made_with"])
        spare_collector()
        _send(replies, framed({"ready": True, "kilobytes": _resident()}))
        _serve(answer, replies, said["seconds"], said["memory_mb"])
    except FaitsError as error:
        _send(replies, framed({"fatal": str(error), "kind": type(error).__name__}))
    except BrokenPipeError:
        pass  # the run is over
    return 0


def _made(target: str) -> Callable[..., Callable[[str], Any]]:
    module, _, function = target.partition(":")
    made: Callable[..., Callable[[str], Any]] = getattr(importlib.import_module(module), function)
    return made


def spare_collector() -> None:
    """Let Python look for circles among what is new only, and at each twenty thousand objects instead of seven hundred.

    Pipelines and lexicons stay as long as the process; what an article leaves is found a few articles later.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 10, 10)


def _serve(answer: Callable[[str], Any], replies: BinaryIO, seconds: float, memory_mb: int) -> None:
    while (asked := receive(sys.stdin.buffer)) is not None:
        # The system ends us when the time is up: no loop of ours, and none in a library, can put that off.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        signal.setitimer(signal.ITIMER_REAL, seconds * WALL)
        limited = _limit_memory(memory_mb)
        try:
            given = answer(asked[0]["path"])
            problem = asdict_of(given.problem)
            reply = framed({"key": given.key, "problem": problem, "kilobytes": _resident()}, given.parts)
        except MemoryError:
            given = None
            reply = framed({"overrun": "memory"})
        finally:
            if limited:
                _limit_memory(None)
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.setitimer(signal.ITIMER_REAL, 0)
        _send(replies, reply)


def asdict_of(problem: Any) -> dict[str, Any] | None:
    """A problem as plain data."""
    return None if problem is None else problem.model_dump() if hasattr(problem, "model_dump") else asdict(problem)


def _send(replies: BinaryIO, message: bytes) -> None:
    replies.write(message)
    replies.flush()


def _limit_memory(more_mb: int | None) -> bool:
    """Allow so much more data than there is now, None for no limit; only Linux counts what a process really takes."""
    now = _status("VmData")
    if now is None:
        return False
    import resource

    _, most = resource.getrlimit(resource.RLIMIT_DATA)
    limit = most if more_mb is None else now * 1024 + more_mb * 2**20
    resource.setrlimit(resource.RLIMIT_DATA, (limit if most < 0 else min(limit, most), most))
    return True


def _resident() -> int:
    """Kilobytes this process holds, 0 where the system does not say."""
    return _status("VmRSS") or 0


def _status(name: str) -> int | None:
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as file:  # noqa: PTH123 – no Path needed
            return next((int(line.split()[1]) for line in file if line.startswith(f"{name}:")), None)
    except OSError:
        return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
