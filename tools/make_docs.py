"""Writes docs/data-format.md and docs/fact.schema.json from model.py; with --check only says whether they are stale."""

import sys
from pathlib import Path

from faits.exporters.schema import data_format, json_schema

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGES = {DOCS / "data-format.md": data_format, DOCS / "fact.schema.json": json_schema}


def main() -> int:
    """Write the pages, or with --check exit 1 when one is stale."""
    stale = [path for path, make in PAGES.items() if not path.exists() or path.read_text(encoding="utf-8") != make()]
    if "--check" in sys.argv:
        for path in stale:
            print(f"{path.name}: stale; model.py has changed; run make docs", file=sys.stderr)
        return bool(stale)
    for path, make in PAGES.items():
        path.write_text(make(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
