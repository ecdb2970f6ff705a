"""States a fact in one readable sentence of each language."""

from __future__ import annotations

import re

from faits.lexicons.statements import statements
from faits.model import DateValue, FactValue, Lang, Modality, Party, Predicate, Statement
from faits.text.wording import polish, write_time, write_value

_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")


def state(
    *,
    predicate: Predicate,
    subject: Party,
    object: Party | None = None,  # noqa: A002 – the field of a fact is called so
    value: FactValue | None = None,
    time: DateValue | None = None,
    modality: Modality = "asserted",
    attribution: str | None = None,
) -> Statement:
    """The sentence that tells a fact, hedged as the fact is.

    >>> state(predicate="cost", subject=Party(id=None, name="Stargate", type=None),
    ...       value=FactValue(number=1e11, unit="USD", kind="money"), modality="planned").en
    'Stargate is to cost $100 billion.'
    """
    fields = {"subject": subject.name, "object": object.name if object else ""}
    told: dict[Lang, str] = {
        lang: _told(predicate, fields, value, time, modality, attribution, lang) for lang in ("fr", "en")
    }
    return Statement(fr=told["fr"], en=told["en"])


def _told(
    predicate: Predicate,
    fields: dict[str, str],
    value: FactValue | None,
    time: DateValue | None,
    modality: Modality,
    attribution: str | None,
    lang: Lang,
) -> str:
    words = statements(lang)
    row = words.told[predicate]
    hedge = words.hedges.get(modality)
    template, after = row.told, ""
    if modality == "negated":
        template = row.denied
    elif hedge is not None and row.infinitive is not None:
        head = row.told.split("}", 1)[0] + "}"
        template = f"{head} {hedge.before} {row.infinitive}"
    elif hedge is not None:
        after = f" ({hedge.after})"
    # A count of things says what it counts; told again as object it would be said twice.
    about = "" if value is not None and value.of and value.of == fields["object"] else fields["object"]
    filled = _fill(template, {**fields, "object": about, "value": write_value(value, lang) if value else ""})
    when = write_time(time, lang) if time else None
    sentence = filled + (f", {when}" if when else "") + after
    if attribution:
        sentence = words.phrases.attributed.format(source=attribution, told=sentence)
    return polish(sentence[:1].upper() + sentence[1:], lang) + "."


def _fill(template: str, fields: dict[str, str]) -> str:
    def optional(match: re.Match[str]) -> str:
        names = re.findall(r"{(\w+)}", match[1])
        return match[1] if all(fields[name] for name in names) else ""

    kept = _OPTIONAL.sub(optional, template)
    return re.sub(r"{(\w+)}", lambda match: fields[match[1]], kept)
