"""All measures of speed in one run: `make bench`. Writes outputs/bench.json and a chart beside it, outputs/bench.svg.

    python tools/bench.py [--articles 200,1000] [--claims 100000] [--seconds 10] [--only finders,stages] [--into FILE]

Sizes are numbers of generated articles to run whole extractions on, with one worker each and the last also with two;
`--articles 1000,5000,20000 --claims 1000000` is the long form. All is processor time, which other programs disturb
least, but for what two workers gain over one: that is by the clock, and says something on a quiet machine only.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bench_chart
import bench_finders
import bench_peers
import bench_pipeline
import bench_report
import bench_runner
from faits import flow
from faits.exporters.report import report
from faits.model import Metadata, RawArticle
from make_corpus import made

Found = dict[str, Any]
TOOLS = Path(__file__).parent
PEERS = Path(".venv-peers/bin/python")


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--articles", type=_sizes, default=[200, 1000])
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each other library may read")
    parser.add_argument("--only", type=lambda text: text.split(","), default=list(PARTS))
    parser.add_argument("--into", type=Path, default=Path("outputs/bench.json"))
    given = parser.parse_args()
    machine = {"cores": os.cpu_count(), "processor": _processor(), "python": platform.python_version()}
    results: Found = {"machine": machine}
    for name, part in PARTS.items():
        if name not in given.only:
            continue
        print(f"{name} …", file=sys.stderr)
        results[name] = part(given)
        print(json.dumps({name: results[name]}, indent=1, ensure_ascii=False))
    given.into.parent.mkdir(parents=True, exist_ok=True)
    given.into.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    given.into.with_suffix(".svg").write_text(bench_chart.chart(results), encoding="utf-8")
    print(f"{given.into} and {given.into.with_suffix('.svg')}", file=sys.stderr)
    return 0


def _sizes(text: str) -> list[int]:
    return [int(size) for size in text.split(",")]


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def finders(given: argparse.Namespace) -> Found:
    """Characters a second on the same paragraphs: our finders, the whole of reading, other libraries."""
    blocks = bench_finders.paragraphs(Path("corpus"), 200_000)
    ours: dict[str, bench_finders.Finder] = {
        "faits, figures and dates at once": lambda text, lang: (
            bench_finders.our_figures(text, lang),
            bench_finders.our_dates(text, lang),
        ),
        "faits, figures": bench_finders.our_figures,
        "faits, dates": bench_finders.our_dates,
        "quantulum3": bench_finders.quantulum3_parse,
        "dateparser.search": bench_finders.dateparser_search,
    }
    found: Found = {}
    for name, finder in ours.items():
        found[name] = {"characters_a_second": round(bench_finders.speed(finder, blocks, given.seconds)[0])}
    whole = bench_finders.speed(_read, _as_articles(blocks), given.seconds)
    found["faits, the whole of reading"] = {"characters_a_second": round(whole[0])}
    found |= _peers(blocks, given.seconds)
    at_once = found["faits, figures and dates at once"]["characters_a_second"]
    for name, one in found.items():
        if "characters_a_second" in one and not name.startswith("faits"):
            one["ours_times_as_fast"] = round(at_once / one["characters_a_second"], 1)
    return found


def _as_articles(blocks: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """The same paragraphs, those of one language that follow one another put together to the size of an article."""
    whole: list[tuple[str, Any]] = []
    for text, lang in blocks:
        if whole and whole[-1][1] == lang and len(whole[-1][0]) < 2000:
            whole[-1] = (f"{whole[-1][0]}\n\n{text}", lang)
        else:
            whole.append((text, lang))
    return whole


def _read(text: str, lang: Any) -> object:
    raw = RawArticle(id="text", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata(lang=lang))
    return flow.read(raw, flow.Settings())


def _peers(blocks: list[tuple[str, Any]], seconds: float) -> Found:
    if not PEERS.exists():
        return {name: {"error": "not installed; run make bench-peers"} for name in bench_peers.PEERS}
    command = [str(PEERS), str(TOOLS / "bench_peers.py"), "--seconds", str(seconds)]
    said = subprocess.run(command, input=json.dumps(blocks), capture_output=True, text=True, check=False)
    if said.returncode:
        return {"peers": {"error": said.stderr[-300:]}}
    read: Found = json.loads(said.stdout)
    return read


def stages(given: argparse.Namespace) -> Found:
    """Where the time of reading goes."""
    measured = bench_pipeline.measured(bench_pipeline.articles(Path("corpus"), 120), 3)
    bench_pipeline.print_table(measured)
    return measured


def start(given: argparse.Namespace) -> Found:
    """Seconds of processor time from nothing to a package, a command, a pipeline."""
    asked = {
        "import faits": "import faits",
        "faits --help": "import sys; from faits.cli import main; sys.argv[1:] = ['--help']; main()",
        "import spacy": "import spacy",
        "French pipeline": "from faits.stages.annotate import load_pipeline; load_pipeline('fr', None)",
        "English pipeline": "from faits.stages.annotate import load_pipeline; load_pipeline('en', None)",
    }
    return {name: min(_seconds(code) for _ in range(3)) for name, code in asked.items()}


def _seconds(code: str) -> float:
    before = os.times()
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=False)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return round(used, 3)


def growth(given: argparse.Namespace) -> Found:
    """Whole extractions of ever more articles: time of each, peak memory, size of the report; then two workers."""
    rows = []
    for size in given.articles:
        for jobs in (1, 2) if size == given.articles[-1] else (1,):
            with tempfile.TemporaryDirectory() as folder:
                rows.append({"articles": size, "jobs": jobs, **_extraction(Path(folder), size, jobs)})
    one, two = rows[-2:]
    return {"runs": rows, "two_workers_times_as_fast": round(one["seconds"] / two["seconds"], 2)}


def _extraction(folder: Path, articles: int, jobs: int) -> Found:
    corpus, outputs = folder / "corpus", folder / "outputs"
    for name, text in made(Path("corpus"), articles):
        bench_runner.written(corpus, name, text)
    run = bench_runner.run(corpus, outputs, ["--jobs", str(jobs)])
    facts = sum(1 for _ in (outputs / "facts.jsonl").open(encoding="utf-8"))
    size = (outputs / "report.html").stat().st_size
    return {
        **run, "ms_an_article": round(run["processor"] / articles * 1000, 1), "facts": facts,
        "report_mb": round(size / 1e6, 2), "report_bytes_a_fact": round(size / max(1, facts)),
    }  # fmt: skip


def incremental(given: argparse.Namespace) -> Found:
    """A first run, one with nothing new, one with an article more."""
    with tempfile.TemporaryDirectory() as folder:
        return dict(bench_runner.measured(Path(folder), given.articles[0], 1, blank=False))


def merging(given: argparse.Namespace) -> Found:
    """Seconds and memory of merging ever more invented claims, each size in the same process as bench_merge has it."""
    command = [sys.executable, str(TOOLS / "bench_merge.py"), "--most", str(given.claims)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    heads = ("claims", "facts", "seconds", "us_a_claim", "peak_mb")
    rows = [dict(zip(heads, map(float, line.split()), strict=True)) for line in said.stdout.splitlines()[1:]]
    of = {row["claims"]: row["us_a_claim"] for row in rows}
    smallest = of.get(10_000.0, rows[0]["us_a_claim"])
    return {"sizes": rows, "last_of_ten_thousand": round(rows[-1]["us_a_claim"] / smallest, 2)}


def reporting(given: argparse.Namespace) -> Found:
    """The report of 20,000 invented facts: seconds to write it, and its size."""
    tables, texts = bench_report.made_up(20_000, 1_000)
    began = time.process_time()
    page = report(tables, texts)
    return {"facts": 20_000, "seconds": round(time.process_time() - began, 2), "mb": round(len(page.encode()) / 1e6, 2)}


PARTS: dict[str, Callable[[argparse.Namespace], Found]] = {
    "finders": finders, "stages": stages, "start": start, "growth": growth, "incremental": incremental,
    "merging": merging, "reporting": reporting,
}  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    sys.exit(main())
