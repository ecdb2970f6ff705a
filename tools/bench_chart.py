"""Draws what tools/bench.py measured as one SVG picture: bars under headings, every bar with its figure.

    python tools/bench_chart.py outputs/bench.json > outputs/bench.svg
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

WIDTH, LABEL, BAR, ROW = 900, 300, 440, 22

Bar = tuple[str, float, str, bool]


def chart(results: dict[str, Any]) -> str:
    """The picture, as SVG."""
    parts, y = [], 30
    for heading, bars in _sections(results):
        parts.append(f'<text x="10" y="{y}" class="h">{escape(heading)}</text>')
        y += 12
        most = max((size for _, size, _, _ in bars), default=1) or 1
        for label, size, shown, ours in bars:
            length = max(1.0, size / most * BAR)
            parts += [
                f'<text x="{LABEL - 8}" y="{y + 14}" text-anchor="end">{escape(label)}</text>',
                f'<rect x="{LABEL}" y="{y + 2}" width="{length:.1f}" height="16" class="{"o" if ours else "p"}"/>',
                f'<text x="{LABEL + length + 6:.1f}" y="{y + 14}">{escape(shown)}</text>',
            ]
            y += ROW
        y += 30
    style = "text{font:13px system-ui,sans-serif;fill:#1d2025}.h{font-weight:600;font-size:15px}"
    style += ".o{fill:#0b6e4f}.p{fill:#8a8f98}"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {y}" role="img">'
    ground = '<rect width="100%" height="100%" fill="#fff"/>'
    return "\n".join([head, f"<style>{style}</style>", ground, *parts, "</svg>\n"])


def _sections(results: dict[str, Any]) -> Iterator[tuple[str, list[Bar]]]:
    if "finders" in results:
        rates = {name: one["characters_a_second"] for name, one in results["finders"].items() if "error" not in one}
        bars = [(name, rate, f"{rate:,}", name.startswith("faits")) for name, rate in rates.items()]
        yield "Finders: characters a second, one core, same text", bars
    if "stages" in results:
        seconds, words = results["stages"]["seconds"], results["stages"]["words"]
        spent = [(name, one / words * 1e6) for name, one in seconds.items() if name != "all"]
        bars = [(name, us, f"{us:.1f} µs", ": " not in name) for name, us in sorted(spent, key=lambda pair: pair[0])]
        yield f"Reading by stage: {results['stages']['words_a_second']:,} words a second in all; µs a word", bars
    if "start" in results:
        yield "Start: seconds of processor time", [(n, s, f"{s:.2f} s", True) for n, s in results["start"].items()]
    if "growth" in results:
        runs = results["growth"]["runs"]
        named = [(f"{run['articles']:,} articles, {run['jobs']} worker(s)", run) for run in runs]
        bars = [(name, run["ms_an_article"], f"{run['ms_an_article']}", True) for name, run in named]
        yield "Whole runs: ms of processor time an article", bars
        yield "Whole runs: peak MB", [(n, r["peak_mb"], f"{r['peak_mb']:,}", True) for n, r in named]
    if "incremental" in results:
        runs = results["incremental"]
        yield "Runs again: processor seconds", [(n, r["processor"], f"{r['processor']}", True) for n, r in runs.items()]
    if "merging" in results:
        rows = results["merging"]["sizes"]
        bars = [(f"{row['claims']:,.0f} claims", row["us_a_claim"], f"{row['us_a_claim']} µs", True) for row in rows]
        yield "Merging: µs a claim", bars


if __name__ == "__main__":
    sys.stdout.write(chart(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))))
