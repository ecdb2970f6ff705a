"""Says in plain words how a fact of the table came to be: which rule gave each field, and what was refused.

A row keeps its proofs and no trace of the rules. Reading is pure, so the articles of its evidence are read again and
their claims found by their place: what is told is what this version does; a row it no longer makes is said to be so.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from faits.errors import CorpusError, UsageError
from faits.flow import Settings, read
from faits.lexicons.explanations import Explanations, explanations
from faits.model import Claim, Lang
from faits.stages.load import load

_SHOWN = ("subject", "predicate", "object", "value", "time", "modality", "attribution")


def explain(id_: str, outputs: Path, corpus: Path, *, settings: Settings, lang: Lang) -> Iterator[str]:
    """The lines that explain one fact: its statement, then each proof with its rules.

    Raises:
        UsageError: there is no table, or no such fact in it.
    """
    fact = _fact(id_, outputs)
    words = explanations(lang)
    yield f"{fact['id']}  {fact['statement'][lang]}"
    if fact["id"] != id_:
        yield f"  {words.text('renamed').format(id=id_)}"
    claims = _claims_of(corpus, settings)
    for number, proof in enumerate(fact["evidence"], 1):
        yield ""
        yield from _proof(number, fact, proof, claims(proof["article"]), words)
    yield from _disputes(fact, words)


def _fact(id_: str, outputs: Path) -> Mapping[str, Any]:
    path = outputs / "facts.jsonl"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be read; {error.strerror}; run faits extract first") from error
    former: Mapping[str, Any] | None = None
    for line in lines:
        row: dict[str, Any] = json.loads(line) if line.strip() else {}
        if row.get("id") == id_:
            return row
        if id_ in row.get("replaces", ()):
            former = row
    if former is None:
        raise UsageError(f"{id_}: no such fact; {path} has no row of that id; ids stand in its first column")
    return former


def _claims_of(corpus: Path, settings: Settings) -> Callable[[str], list[Claim] | str]:
    """The claims of an article as read now, each article once; a reason in words where it cannot be read."""
    known: dict[str, list[Claim] | str] = {}

    def claims(article: str) -> list[Claim] | str:
        if article not in known:
            try:
                raw, _ = load(corpus / article, root=corpus, max_bytes=settings.max_bytes)
                known[article] = list(read(raw, settings).claims)
            except CorpusError as error:
                known[article] = f"{error.what}; {error.why}"
        return known[article]

    return claims


def _proof(
    number: int, fact: Mapping[str, Any], proof: Mapping[str, Any], claims: list[Claim] | str, words: Explanations
) -> Iterator[str]:
    when = f", {words.text('published')} {proof['published']}" if proof["published"] else ""
    yield f"{number}. {proof['article']}, {words.text('characters')} {proof['start']}-{proof['end']}{when}"
    yield f"   {words.quoted(' '.join(proof['sentence'].split()))}"
    if isinstance(claims, str):
        yield f"   {words.text('unreadable')}: {claims}"
        return
    claim = _claim(claims, fact, proof)
    if claim is None:
        yield f"   {words.text('gone')}"
        return
    told = dict(rule.split(": ", 1) for rule in claim.rules if ": " in rule)
    for field in _SHOWN:
        shown = _shown(field, claim, words)
        if field in told or shown is not None:
            rule = words.rule(told[field]) if field in told else words.text("as written")
            yield f"   {words.text(field)}: {shown or words.text('none')} ({rule})"
    for refused in claim.refused:
        yield f"   {words.text('refused')}: {words.rule(refused)}"
    yield from _settled(claim, {**fact, **(proof.get("stated") or {})}, words)


def _claim(claims: list[Claim], fact: Mapping[str, Any], proof: Mapping[str, Any]) -> Claim | None:
    """The claim of a passage: under the predicate it has in the row, else the figure that others read otherwise."""
    predicate = (proof.get("stated") or {}).get("predicate", fact["predicate"])
    here = [claim for claim in claims if (claim.start, claim.end) == (proof["start"], proof["end"])]
    own = [claim for claim in here if claim.predicate == predicate]
    return next(iter(own or [claim for claim in here if claim.value is not None and fact["value"] is not None]), None)


def _settled(claim: Claim, told: Mapping[str, Any], words: Explanations) -> Iterator[str]:
    """What other articles made of a claim that its own left in doubt."""
    party = told["subject"]
    if claim.subject.id not in (None, party["id"]) and claim.subject.name not in (party["name"], *party["aliases"]):
        yield f"   {words.text('settled')}: {words.text('subject')} {party['name']}"
    if claim.predicate != told["predicate"]:
        yield f"   {words.text('settled')}: {words.text('predicate')} {told['predicate']}"


def _shown(field: str, claim: Claim, words: Explanations) -> str | None:
    value = getattr(claim, field)
    if value is None:
        return None
    if field in ("subject", "object"):
        return str(value.name)
    if field == "value":
        return claim.quote
    if field == "time":
        return value.edtf or words.text("unresolved")
    return words.text(value) if field == "modality" else str(value)


def _disputes(fact: Mapping[str, Any], words: Explanations) -> Iterator[str]:
    for one in fact.get("disagreements", ()):
        readings = "; ".join(
            f"{_brief(reading['value'])} ({', '.join(str(n + 1) for n in reading['evidence'])})"
            for reading in one["readings"]
        )
        yield f"{words.text('disputed')} {words.text(one['field'])}: {readings}"
    for field in ("conflicts", "updates"):
        if fact.get(field):
            yield f"{words.text(field)}: {', '.join(fact[field])}"


def _brief(value: Any) -> str:
    if isinstance(value, Mapping):
        for key in ("name", "edtf", "number"):
            if value.get(key) is not None:
                return f"{value[key]:g}" if isinstance(value[key], float) else str(value[key])
        return f"{value.get('low')}-{value.get('high')}"
    return "-" if value is None else str(value)
