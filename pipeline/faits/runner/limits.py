"""What one article may cost, and when a worker process is renewed."""

from __future__ import annotations

from dataclasses import dataclass

# An article may take so many times its seconds of processor time by the clock: machines are busy, disks are slow.
WALL = 20


@dataclass(frozen=True)
class Limits:
    """Seconds of processor time and memory for one article; an article over either becomes a problem row.

    None of these changes what is read, so none is part of what a reading is kept under.
    """

    seconds: float = 120.0
    memory_mb: int = 3000  # beyond what the pipelines take; enforced on Linux
    renew_after: int = 5000  # articles a worker reads before a fresh one takes its place
    renew_grown_mb: int = 400  # how much a worker may grow before that
