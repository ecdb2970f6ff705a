"""Takes the picture of the report that the README shows: a search, and one fact opened on its proofs.

python tools/screenshot.py outputs/report.html docs/report.png [--lang en] [--search Stargate] [--row 2]
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright


def main() -> None:
    """Write the picture."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("report", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--lang", default="en", choices=("fr", "en"))
    parser.add_argument("--search", default="Stargate")
    parser.add_argument("--row", type=int, default=2, help="which row is opened, counted from 1")
    args = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="light", locale=args.lang)
        page.goto(args.report.resolve().as_uri())
        page.fill("input[type=search]", args.search)
        page.wait_for_timeout(800)
        for _ in range(args.row):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        page.wait_for_timeout(800)
        page.screenshot(path=args.picture)
        browser.close()


if __name__ == "__main__":
    main()
