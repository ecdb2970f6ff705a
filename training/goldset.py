"""Gold articles as the linker sees them: text without its furniture, mentions and entities with their values."""

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from faits.model import DateValue, EntityValue, Kind, Mention, Quantity, Stated

# Money per physical unit becomes a price in SI.
PER = {"kWh": (3.6e6, "J"), "MWh": (3.6e9, "J"), "GWh": (3.6e12, "J"), "kW": (1e3, "W"), "MW": (1e6, "W"),
       "t": (1e3, "kg"), "kg": (1.0, "kg"), "m2": (1.0, "m2"), "m3": (1.0, "m3")}  # fmt: skip


@dataclass(frozen=True)
class GoldArticle:
    """One annotated article, ready to be linked."""

    gold: dict[str, Any]
    text: str
    mentions: list[Mention]


def read_gold(gold: Path, texts: Path) -> Iterator[GoldArticle]:
    """Every plain-text article of a gold folder that has offsets, by name."""
    for path in sorted(gold.glob("*.json")):
        row = json.loads(path.read_text(encoding="utf-8"))
        source = texts / str(row.get("file"))
        if "mentions" not in row or source.suffix not in {".txt", ".md"}:
            continue
        with source.open(encoding=row.get("encoding") or "utf-8", newline="") as file:
            text = file.read()
        text = _without_furniture(text, row)
        figures = [_mention(m) for m in row["mentions"] if m.get("start") is not None and not m.get("zone")]
        names = _names(text, row["entities"], [(m.start, m.end) for m in figures])
        yield GoldArticle(row, text, sorted([*figures, *names], key=lambda m: (m.start, m.end)))


def _without_furniture(text: str, row: dict[str, Any]) -> str:
    for block in row.get("boilerplate", []):
        if block.get("start") is not None:
            text = text[: block["start"]] + "\n" * (block["end"] - block["start"]) + text[block["end"] :]
    return text


def _mention(m: dict[str, Any]) -> Mention:
    span = {"start": m["start"], "end": m["end"], "text": m["surface"]}
    if m["kind"] == "date":
        fields = {name: m.get(name) for name in ("edtf", "earliest", "latest")}
        date = DateValue(**fields, relation=m.get("relation") or "in", relative=bool(m.get("relative")))
        return Mention(kind="date", value=date, **span)
    kind, value = _quantity(m)
    return Mention(kind=kind, value=value, **span)


def _quantity(m: dict[str, Any]) -> tuple[Kind, Quantity]:
    kind, unit = m["kind"], m.get("currency") or m.get("unit") or "1"
    factor, stated = 1.0, m.get("as_written") or {}
    if kind == "percent":
        kind, unit, factor = "points" if m.get("points") else "ratio", "1", 0.01
    if unit.startswith("kgCO2"):
        unit = "kg"
    if m.get("per") in PER and len(unit) == 3:
        size, si = PER[m["per"]]
        kind, unit, factor = "price", f"{unit}/{si}", 1 / size
    if kind in {"count", "ratio"}:
        unit = "1"
    number, low, high = (None if m.get(k) is None else m[k] * factor for k in ("value", "lo", "hi"))
    bound = m.get("bound") or "exact"
    if number is None and low is not None and bound != "indefinite":
        bound = "range"
    return kind if kind in get_args(Kind) else "quantity", Quantity(
        number=number, low=low, high=high, unit=unit, bound=bound, per=m.get("per"), of=m.get("of"),
        stated=Stated(number=stated.get("value"), unit=stated.get("unit") or unit), iso=m.get("iso8601"),
        converts=(0, 1) if m.get("secondary") == "conversion" else None,
    )  # fmt: skip


def _names(text: str, entities: list[dict[str, Any]], taken: list[tuple[int, int]]) -> list[Mention]:
    forms = sorted(
        ((alias, _entity(e)) for e in entities for alias in {e["name"], *e["aliases"]} if alias[:1].isupper()),
        key=lambda pair: (-len(pair[0]), pair[0]),
    )
    found: list[Mention] = []
    spans = list(taken)
    for alias, value in forms:
        for match in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text):
            if not any(a < match.end() and match.start() < b for a, b in spans):
                spans.append(match.span())
                found.append(Mention(kind="entity", start=match.start(), end=match.end(), text=alias, value=value))
    return found


def _entity(e: dict[str, Any]) -> EntityValue:
    plain = unicodedata.normalize("NFKD", e["name"]).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    aliases = tuple(sorted(e["aliases"]))
    return EntityValue(id=f"{e['type'].lower()}-{slug}", name=e["name"], type=e["type"], aliases=aliases)
