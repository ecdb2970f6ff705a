"""One run at a time on one folder of tables: a lock the system itself lets go of when its holder dies."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from faits.errors import UsageError
from faits.stages import disk


@contextmanager
def locked(folder: Path, path: Path) -> Iterator[None]:
    """Hold the lock file `path` of `folder` while the block runs.

    Raises:
        UsageError: another run holds it.
        OSError: the folder cannot be written.
    """
    import fcntl

    disk.make_folder(path.parent)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(handle, 32).decode("ascii", "replace").strip()
            why = f"another run (process {holder}) is at work there" if holder.isdigit() else "another run is at work"
            raise UsageError(f"{folder}: cannot be written; {why}; wait for it, or choose another with -o") from None
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
