#!/usr/bin/env python3
"""Score `faits mentions` on single sentences with known readings (standard library only).

    python3 score_sentences.py gold/hard/quantities.jsonl --cmd ".venv/bin/faits mentions" [--errors 20] [--json]

The command is given one JSON object a line ({id, text, lang, published}) and must answer {id, mentions} a line.
value: the expected span is overlapped by a mention whose normalised value is right; strict: and its bound (quantities)
or relation (dates). spurious: mentions of a kind the file is about, in sentences that expect none there.
"""

import argparse
import collections
import json
import pathlib
import shlex
import subprocess
import sys

from score import near, same_time

QUANTITIES = {
    "money",
    "power",
    "energy",
    "mass",
    "length",
    "area",
    "volume",
    "temperature",
    "temperature_difference",
    "emissions",
    "data",
    "price",
    "ratio",
    "points",
    "count",
    "quantity",
    "duration",
    "ordinal",
}
LOOSE = [{"temperature", "temperature_difference"}, {"ratio", "points"}]  # kinds that may stand for one another


def kind_ok(a, b):
    return a == b or any({a, b} <= g for g in LOOSE)


def quantity_ok(e, v):
    units = {e["unit"], *e.get("accept_unit", [])}
    number, rel = e["number"], 0.02 if e["kind"] == "duration" else 1e-3
    if e["kind"] == "duration" and e["unit"] == "a":
        number, units = number * 31557600, {"s"}
    if v.get("unit") not in units:
        return False
    if number is not None:
        signed = near(number, v.get("number"), rel) or near(abs(number), v.get("number"), rel)
        return signed and (e.get("from") is None or near(e["from"], v.get("from"), rel))
    if e["bound"] == "indefinite":
        return v.get("number") is None
    return near(e["low"], v.get("low"), rel) and near(e["high"], v.get("high"), rel)


def main() -> int:  # noqa: C901 – one pass: sentences, expectations, mentions
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("cases")
    ap.add_argument("--cmd", required=True)
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    cases = [json.loads(line) for line in pathlib.Path(a.cases).read_text(encoding="utf8").splitlines()]
    given = "".join(
        json.dumps(
            {"id": c["id"], "text": c["text"], "lang": c["lang"], "published": c.get("published")}, ensure_ascii=False
        )
        + "\n"
        for c in cases
    )
    done = subprocess.run(shlex.split(a.cmd), input=given, capture_output=True, text=True)
    if done.returncode:
        print(done.stderr, file=sys.stderr)
        return 2
    got = {r["id"]: r["mentions"] for r in map(json.loads, done.stdout.splitlines())}
    dates = any(e["kind"] == "date" for c in cases for e in c["expect"])
    table, errors = collections.defaultdict(collections.Counter), []
    for c in cases:
        t, used = table[c["lang"]], set()
        t["sentences"] += 1
        for e in c["expect"]:
            t["expected"] += 1
            best = 0
            for i, m in enumerate(got.get(c["id"], [])):
                if (
                    i in used
                    or not kind_ok(m["kind"], e["kind"])
                    or not (e["start"] < m["end"] and m["start"] < e["start"] + len(e["text"]))
                ):
                    continue
                v = m.get("value") or {}
                if e["kind"] == "date":
                    ok = same_time(e, v)
                    strict = ok and v.get("relation") == e["relation"]
                elif "iso" in e and e["kind"] == "duration":
                    ok = strict = v.get("iso") == e["iso"]
                else:
                    ok = quantity_ok(e, v)
                    strict = ok and v.get("bound") == e["bound"]
                if ok:
                    used.add(i)
                    best = 2 if strict else 1
                    break
            t["value"] += best >= 1
            t["strict"] += best == 2
            if best < 2:
                errors.append(
                    (
                        c["id"],
                        c["text"],
                        e["text"],
                        "WRONG" if not best else "bound/relation",
                        [(m["kind"], m["text"], m.get("value")) for m in got.get(c["id"], [])],
                    )
                )
        for i, m in enumerate(got.get(c["id"], [])):
            about = m["kind"] == "date" if dates else m["kind"] in QUANTITIES - {"ordinal", "count", "duration"}
            inside = any(e["start"] < m["end"] and m["start"] < e["start"] + len(e["text"]) for e in c["expect"])
            if about and i not in used and not inside and (dates is False or not c["expect"]):
                t["spurious"] += 1
                errors.append((c["id"], c["text"], m["text"], "SPURIOUS", m.get("value")))
    for e in errors[: a.errors]:
        print("  ", *e, sep=" | ")
    report = {
        lang: {
            "sentences": t["sentences"],
            "expected": t["expected"],
            "value": round(t["value"] / max(1, t["expected"]), 3),
            "strict": round(t["strict"] / max(1, t["expected"]), 3),
            "spurious": t["spurious"],
        }
        for lang, t in sorted(table.items())
    }
    print(json.dumps(report) if a.json else "\n".join(f"{k}: {v}" for k, v in report.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
