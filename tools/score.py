#!/usr/bin/env python3
"""Score an extraction against hand-made gold (standard library only).

    python3 score.py GOLD_DIR --mentions outputs/mentions.jsonl --facts outputs/facts.jsonl
    options: --same same_facts.json   clusters of the same fact across articles, for the merge score
             --entities same_entities.json   names of one entity across languages
             --errors N   print N misses and N spurious rows of each table
             --json       print the figures as one JSON object

GOLD_DIR holds one JSON file an article, in the format of gold/README.md; an article is matched by the stem of
its file name. Three tables are printed:
  mentions  per kind: found (same kind, overlapping span), value (and the same normalised value), strict (and the
            same bound or date relation); precision leaves out what stands in gold boilerplate
  facts     value -> +subject -> +predicate -> full: +object (where gold names an entity) and modality; one to one
            within an article
  merge     pairs of gold facts that are the same fact in two articles: in one row (recall), and pairs put in one
            row that are not the same fact (precision)
"""

import argparse
import collections
import itertools
import json
import math
import pathlib
import re
import sys
import unicodedata

# predicates that overlap on one amount count as one another (gold/README.md)
FAMILIES = [
    {"investment", "cost", "contract_value", "spending"},
    {"share", "growth"},
    {"energy_production", "energy_consumption"},
]
PER = {
    "Wh": (3.6e3, "J"),
    "kWh": (3.6e6, "J"),
    "MWh": (3.6e9, "J"),
    "GWh": (3.6e12, "J"),
    "TWh": (3.6e15, "J"),
    "W": (1, "W"),
    "kW": (1e3, "W"),
    "MW": (1e6, "W"),
    "GW": (1e9, "W"),
    "kg": (1, "kg"),
    "t": (1e3, "kg"),
    "m2": (1, "m2"),
    "ha": (1e4, "m2"),
    "m3": (1, "m3"),
    "l": (1e-3, "m3"),
    "bbl": (0.158987294928, "m3"),
    "km": (1e3, "m"),
    "m": (1, "m"),
}
RELATIONS = {"role", "supply_agreement", "partnership", "ownership", "location"}
EXHAUSTIVE = {
    "money",
    "power",
    "energy",
    "ratio",
    "date",
    "emissions",
    "mass",
    "area",
    "length",
    "volume",
    "temperature",
    "price",
}  # kinds whose precision means something: gold names them all


def fold(name: str) -> str:
    """A name without case, accents, articles and punctuation."""
    s = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    s = re.sub(r"^(the|le|la|les|l'|l )\s*", "", re.sub(r"[^a-z0-9]+", " ", s).strip())
    return s.strip()


def near(a, b, rel=1e-3):
    if a is None or b is None:
        return a is b
    return math.isclose(float(a), float(b), rel_tol=rel, abs_tol=1e-12)


def gold_value(row: dict) -> dict:
    """A gold quantity in the table's own terms: number/low/high, SI unit or ISO 4217 code."""
    number, low, high = (row.get(k, row.get(o)) for k, o in (("number", "value"), ("low", "lo"), ("high", "hi")))
    kind, unit = row.get("kind"), row.get("currency") or row.get("unit")
    if kind == "percent" or unit == "%":
        kind, unit = "ratio", "1"
        number, low, high = (None if x is None else x / 100 for x in (number, low, high))
    if kind == "emissions" or (unit or "").startswith("kgCO2"):
        kind, unit = "emissions" if kind in (None, "emissions") else kind, "kg"
    if kind in ("count", "ratio", "ordinal") or unit in ("count", "ratio"):
        unit = "1"
    if row.get("per") in PER and unit and len(unit) == 3 and unit.isupper():  # money per physical unit
        factor, si = PER[row["per"]]
        kind, unit = "price" if kind == "money" else kind, f"{unit}/{si}"
        number, low, high = (None if x is None else x / factor for x in (number, low, high))
    return {"kind": kind, "number": number, "low": low, "high": high, "unit": unit, "bound": row.get("bound")}


def same_value(g: dict, p: dict) -> bool:
    rel = 0.02 if g["kind"] == "duration" else 1e-3
    if g["unit"] and p.get("unit") != g["unit"]:
        return False
    if g["number"] is not None:
        return near(g["number"], p.get("number"), rel)
    if g["low"] is None and g["high"] is None:
        return p.get("number") is None
    return all(g[k] is None or near(g[k], p.get(k), rel) for k in ("low", "high"))


def resolved(edtf):
    return None if not edtf or "XXXX" in edtf else edtf


def _plain(edtf):
    return (edtf or "").removeprefix("../").removesuffix("/..").rstrip("~?%")


def same_time(g: dict, p: dict | None) -> bool:
    if p is None:
        return False
    if resolved(g.get("edtf")) is None:
        return resolved(p.get("edtf")) is None
    return _plain(g["edtf"]) == _plain(p.get("edtf")) or (
        g.get("earliest") is not None and (g.get("earliest"), g.get("latest")) == (p.get("earliest"), p.get("latest"))
    )


def load_jsonl(path):
    lines = pathlib.Path(path).read_text(encoding="utf8").split("\n") if path else []
    return [json.loads(line) for line in lines if line.strip()]


def stem(article: str) -> str:
    return pathlib.PurePosixPath(article).name.rsplit(".", 1)[0]


class Tally(collections.Counter):
    def prf(self, level):
        p = self[level] / self["pred"] if self["pred"] else float("nan")
        r = self[level] / self["gold"] if self["gold"] else float("nan")
        return p, r, 2 * self[level] / (self["pred"] + self["gold"]) if self["pred"] + self["gold"] else float("nan")


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def score_mentions(gold, mentions, errors):  # noqa: C901 – one pass: the levels are counted where they are found
    table, shown = collections.defaultdict(Tally), []
    by_article = collections.defaultdict(list)
    for m in mentions:
        by_article[stem(m["article"])].append(m)
    for art in gold:
        key = stem(art.get("file") or art["id"])
        preds = [dict(m, used=False) for m in by_article.get(key, [])]
        furniture = [
            (b["start"], b["end"])
            for b in art.get("boilerplate", [])
            if isinstance(b, dict) and b.get("start") is not None
        ]
        for g in art["mentions"]:
            if g.get("zone") in ("metadata", "boilerplate"):
                continue
            is_date = g["kind"] == "date"
            gv = {"kind": "date"} if is_date else gold_value(g)
            kind = gv["kind"]
            optional = bool(g.get("optional")) or kind == "ordinal"
            table[kind]["gold"] += not optional
            best = None
            for p in preds:
                if p["used"] or p["kind"] != kind:
                    continue
                if g.get("start") is not None:
                    if not overlaps((g["start"], g["end"]), (p["start"], p["end"])):
                        continue
                elif fold(p["text"]) not in fold(g["surface"]) and fold(g["surface"]) not in fold(p["text"]):
                    continue
                v = p.get("value") or {}
                ok = same_time(g, v) if is_date else same_value(gv, v)
                strict = ok and (v.get("relation") == g.get("relation") if is_date else v.get("bound") == gv["bound"])
                rank = 1 + ok + strict
                if best is None or rank > best[0]:
                    best = (rank, p)
            if best and optional:
                best[1]["used"] = "optional"
                continue
            if best:
                best[1]["used"] = True
                for level, need in (("found", 1), ("value", 2), ("strict", 3)):
                    table[kind][level] += best[0] >= need
            if not optional and (not best or best[0] < 2):
                shown.append(
                    (
                        "missed" if not best else "wrong value",
                        key,
                        kind,
                        g.get("surface") or g.get("text"),
                        best and best[1].get("value"),
                    )
                )
        for p in preds:
            if p["used"] == "optional":
                continue
            if p["kind"] in EXHAUSTIVE:
                if not p["used"]:
                    inside = any(overlaps(f, (p["start"], p["end"])) for f in furniture)
                    if inside:
                        continue
                    shown.append(("spurious", key, p["kind"], p["text"], p.get("value")))
                table[p["kind"]]["pred"] += 1
            elif p["used"]:
                table[p["kind"]]["pred"] += 1
    kinds = collections.Counter()
    for what, *rest in shown:
        kinds[what] += 1
        if kinds[what] <= errors:
            print("  ", what, *rest, sep=" | ")
    return dict(table)


def names_of(art, same_entities):
    """folded alias -> canonical folded name, for one gold article."""
    out = {}
    for e in art.get("entities", []):
        canon = fold(e["name"])
        for a in [e["name"], *e.get("aliases", [])]:
            out[fold(a)] = canon
    for group in same_entities:
        for a in group:
            out.setdefault(fold(a), fold(group[0]))
    return out


def same_entity(gold_name, pred, names) -> bool:
    if gold_name is None or pred is None:
        return gold_name is None and pred is None
    want = {fold(gold_name), names.get(fold(gold_name), fold(gold_name))}
    have = {fold(x) for x in [pred.get("name", ""), *pred.get("aliases", [])] if x}
    have |= {names[h] for h in list(have) if h in names}
    if want & have:
        return True
    return any(
        set(w.split()) <= set(h.split()) or set(h.split()) <= set(w.split()) for w in want for h in have if w and h
    )


LEVELS = ("value", "subject", "predicate", "full")


def score_facts(gold, facts, same_entities, errors):  # noqa: C901 – as above
    tally, per_predicate, shown, matched = Tally(), collections.defaultdict(Tally), [], {}
    by_article = collections.defaultdict(list)
    for row in facts:
        for key, passages in itertools.groupby(
            sorted(row["evidence"], key=lambda e: e["article"]), lambda e: stem(e["article"])
        ):
            # what THIS article says, where it differs from the merged row
            by_article[key].append({**row, **next((e["stated"] for e in passages if e.get("stated")), {})})
    for art in gold:
        key = stem(art.get("file") or art["id"])
        names, preds = names_of(art, same_entities), by_article.get(key, [])
        tally["pred"] += len(preds)
        for p in preds:
            per_predicate[p["predicate"]]["pred"] += 1
        pairs = []
        for i, g in enumerate(art.get("facts", [])):
            if g.get("void"):
                continue
            tally["gold"] += 1
            per_predicate[g["predicate"]]["gold"] += 1
            gv = gold_value({**g, "kind": None})
            has_value = gv["number"] is not None or gv["low"] is not None or gv["high"] is not None
            for j, p in enumerate(preds):
                pv = p.get("value")
                subj = same_entity(g["subject"], p.get("subject"), names)
                obj = same_entity(g.get("object"), p.get("object"), names)
                if has_value:
                    ok = pv is not None and same_value(gv, pv)
                elif g["predicate"] in RELATIONS:
                    ok = pv is None and subj and (obj or same_entity(g.get("object"), p.get("subject"), names))
                elif g.get("time_edtf"):
                    ok = pv is None and same_time({"edtf": g["time_edtf"]}, p.get("time"))
                else:
                    ok = pv is None and subj and (obj or same_entity(g.get("object"), p.get("subject"), names))
                if not ok:
                    continue
                pred = g["predicate"] == p["predicate"] or any({g["predicate"], p["predicate"]} <= f for f in FAMILIES)
                modality = {"conditional": "planned"}.get(g.get("modality"), g.get("modality"))
                same_modality = modality == {"conditional": "planned"}.get(p.get("modality"), p.get("modality"))
                described = g.get("object") is None or fold(g["object"]) not in names  # free words are not compared
                full = subj and pred and (described or obj) and same_modality
                rank = 1 + subj + (subj and pred) + full
                pairs.append((rank + (0.1 if pred else 0), i, j, rank))
        used_g, used_p = set(), set()
        for _, i, j, rank in sorted(pairs, key=lambda x: -x[0]):
            if i in used_g or j in used_p:
                continue
            used_g.add(i)
            used_p.add(j)
            for n, level in enumerate(LEVELS, 1):
                tally[level] += rank >= n
                per_predicate[art["facts"][i]["predicate"]][level] += rank >= n
            if rank >= 3:
                matched[f"{art['id']}#{i}"] = preds[j]["id"]
            else:
                shown.append(
                    (
                        LEVELS[int(rank) - 1] + " only",
                        key,
                        art["facts"][i]["subject"],
                        art["facts"][i]["predicate"],
                        preds[j].get("subject", {}) and preds[j]["subject"].get("name"),
                        preds[j]["predicate"],
                    )
                )
        for i, g in enumerate(art.get("facts", [])):
            if i not in used_g and not g.get("void"):
                shown.append(
                    ("missed", key, g["subject"], g["predicate"], g.get("value"), g.get("time_edtf"), g.get("surface"))
                )
        for j, p in enumerate(preds):
            if j not in used_p:
                shown.append(
                    (
                        "spurious",
                        key,
                        (p.get("subject") or {}).get("name"),
                        p["predicate"],
                        (p.get("value") or {}).get("number"),
                    )
                )
    kinds = collections.Counter()
    for what, *rest in shown:
        kinds[what] += 1
        if kinds[what] <= errors:
            print("  ", what, *rest, sep=" | ")
    return tally, dict(per_predicate), matched


def score_merge(same, matched, void):
    cluster_of = {}
    for clusters in same.get("same", {}).values():
        for n, cluster in enumerate(clusters):
            for ref in cluster:
                cluster_of[ref] = (id(clusters), n)
    want = got = 0
    for clusters in same.get("same", {}).values():
        for cluster in clusters:
            for a, b in itertools.combinations(cluster, 2):
                if a.split("#")[0] != b.split("#")[0] and not {a, b} & void:
                    want += 1
                    got += a in matched and matched.get(a) == matched.get(b)
    by_row = collections.defaultdict(list)
    for ref, row in matched.items():
        by_row[row].append(ref)
    right = wrong = 0
    for refs in by_row.values():
        for a, b in itertools.combinations(refs, 2):
            if a.split("#")[0] != b.split("#")[0]:
                ok = a in cluster_of and cluster_of.get(a) == cluster_of.get(b)
                right, wrong = right + ok, wrong + (not ok)
    return {
        "pairs": want,
        "recall": got / want if want else float("nan"),
        "precision": right / (right + wrong) if right + wrong else float("nan"),
    }


def main() -> int:  # noqa: C901 – one option, one table
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ap.add_argument("gold", type=pathlib.Path)
    ap.add_argument("--mentions")
    ap.add_argument("--facts")
    ap.add_argument("--same", type=pathlib.Path)
    ap.add_argument("--entities", type=pathlib.Path)
    ap.add_argument("--lang")
    ap.add_argument("--errors", type=int, default=0)
    ap.add_argument("--json", action="store_true")
    a = ap.parse_args()
    gold = [json.loads(p.read_text(encoding="utf8")) for p in sorted(a.gold.glob("*.json"))]
    gold = [g for g in gold if "mentions" in g and (not a.lang or g.get("lang") == a.lang)]
    if not gold:
        print(f"{a.gold}: no gold articles", file=sys.stderr)
        return 2
    same_entities = json.loads(a.entities.read_text())["same_as"] if a.entities else []
    report = {"articles": len(gold)}
    if a.mentions:
        table = score_mentions(gold, load_jsonl(a.mentions), a.errors)
        total = Tally()
        for kind, t in table.items():
            if kind in EXHAUSTIVE:
                total.update(t)
        report["mentions"] = {
            k: {
                "gold": t["gold"],
                "pred": t["pred"],
                **{lv: round(t.prf(lv)[2], 3) for lv in ("found", "value", "strict")},
                "recall": round(t.prf("value")[1], 3),
                "precision": round(t.prf("value")[0], 3),
            }
            for k, t in sorted({**table, "ALL": total}.items())
        }
    if a.facts:
        tally, per, matched = score_facts(gold, load_jsonl(a.facts), same_entities, a.errors)

        def row(t):
            return {
                "gold": t["gold"],
                "pred": t["pred"],
                **{lv: round(t.prf(lv)[2], 3) for lv in LEVELS},
                "recall": round(t.prf("predicate")[1], 3),
                "precision": round(t.prf("predicate")[0], 3),
            }

        report["facts"] = {"ALL": row(tally), **{k: row(t) for k, t in sorted(per.items())}}
        void = {f"{g['id']}#{i}" for g in gold for i, f in enumerate(g.get("facts", [])) if f.get("void")}
        if a.same:
            report["merge"] = {
                k: v if isinstance(v, int) else round(v, 3)
                for k, v in score_merge(json.loads(a.same.read_text()), matched, void).items()
            }
    if a.json:
        print(json.dumps(report, ensure_ascii=False))
        return 0
    for table in ("mentions", "facts"):
        if table in report:
            cols = list(next(iter(report[table].values())))
            print(
                f"{table:22}"
                + "".join(f"{c:>10}" for c in cols)
                + "   (found/value/… are F1; recall, precision at the value or predicate level)"
            )
            for k, r in report[table].items():
                print(f"{k:22}" + "".join(f"{r[c]:>10}" for c in cols))
    if "merge" in report:
        print("merge", report["merge"])
    return 0


if __name__ == "__main__":
    sys.exit(main())
