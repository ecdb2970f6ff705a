"""Measures a run: the first one, one with nothing new, one with an article more; seconds, processor time and memory.

    python tools/bench_runner.py [--articles 5000] [--jobs 1] [--blank] [--into outputs/bench_runner.json]

`--blank` reads with spaCy pipelines without weights: the cheap path, for very large corpora. Processor time is that of
the run and its workers together, and counts more than the clock on a machine that does other things.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from make_corpus import made

Measured = dict[str, float]


def main() -> int:
    """Print a table, and write it as JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--blank", action="store_true")
    parser.add_argument("--into", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(Path(folder), given.articles, given.jobs, blank=given.blank)
    print(f"{'run':<24} {'seconds':>9} {'processor':>10} {'of first':>9} {'peak MB':>8}")
    for name, one in figures.items():
        share = one["processor"] / figures["first"]["processor"]
        print(f"{name:<24} {one['seconds']:>9.1f} {one['processor']:>10.1f} {share:>9.1%} {one['peak_mb']:>8.0f}")
    if given.into:
        given.into.parent.mkdir(parents=True, exist_ok=True)
        given.into.write_text(json.dumps({"articles": given.articles, "jobs": given.jobs, **figures}, indent=1) + "\n")
    return 0


def measured(folder: Path, articles: int, jobs: int, *, blank: bool) -> dict[str, Measured]:
    """The runs by name."""
    corpus, outputs = folder / "corpus", folder / "outputs"
    texts = made(Path("corpus"), articles + 1)
    for _ in range(articles):
        written(corpus, *next(texts))
    options = ["--jobs", str(jobs)]
    if blank:
        options += ["--config", str(_blank_pipelines(folder))]
    figures = {"first": run(corpus, outputs, options), "nothing new": run(corpus, outputs, options)}
    written(corpus, *next(texts))
    figures["one article more"] = run(corpus, outputs, options)
    written(folder / "one", *next(made(Path("corpus"), 1)))
    figures["one article alone"] = run(folder / "one", folder / "one-outputs", options)
    return figures


def written(corpus: Path, name: str, text: str) -> None:
    """Put one article into a corpus."""
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")


def _blank_pipelines(folder: Path) -> Path:
    import spacy

    lines = ["[pipelines]"]
    for lang in ("fr", "en"):
        pipeline = spacy.blank(lang)
        pipeline.add_pipe("sentencizer")
        pipeline.to_disk(folder / lang)
        lines.append(f'{lang} = "{folder / lang}"')
    file = folder / "faits.toml"
    file.write_text("\n".join(lines) + "\n")
    return file


def run(corpus: Path, outputs: Path, options: list[str]) -> Measured:
    """One extraction: seconds by the clock, of processor time, and the most memory the run and its workers held."""
    command = [sys.executable, "-c", "import sys; from faits.cli import main; sys.exit(main())"]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    with subprocess.Popen([*command, "extract", str(corpus), "-o", str(outputs), *options]) as process:
        peak = 0
        while process.poll() is None:
            peak = max(peak, _resident_of_tree(process.pid))
            time.sleep(0.2)
    if process.returncode not in (0, 1):
        raise SystemExit(f"the run ended with {process.returncode}")
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"seconds": round(seconds, 2), "processor": round(processor, 2), "peak_mb": round(peak / 1024)}


def _resident_of_tree(pid: int) -> int:
    """Kilobytes a process and its children hold together; 0 where the system does not say."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    own = next((int(line.split()[1]) for line in status if line.startswith("VmRSS:")), 0)
    return own + sum(_resident_of_tree(int(child)) for child in children)


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    raise SystemExit(main())
