"""Write training documents: templates of press sentences filled with names, each mention labelled."""

import random
import re
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

import names
from names import VOWELS, Name

HERE = Path(__file__).parent
Span = tuple[int, int, str]
_SLOT = re.compile(r"\{(\w+?)(\d?)\}")
_KINDS = (
    "start-up pousse société groupe géant entreprise constructeur énergéticien opérateur banque fonds cabinet "
    "association ONG syndicat quotidien usine site titre action laboratoire éditeur fabricant plateforme distributeur"
)
# After "le groupe" or "la filiale" French sets a name without its article.
_BEFORE_NAME = "(" + "|".join(_KINDS.split()) + r"|\w{5,}e) $"
_LABELS = {
    "ORG": "ORG",
    "org": "ORG",
    "ORGV": "ORG",
    "PER": "PER",
    "per": "PER",
    "LOC": "LOC",
    "PROD": "MISC",
    "PROJ": "MISC",
    "SITE": "MISC",
    "INS": "ORG",
    "EVT": "MISC",
}


@cache
def _templates(lang: str) -> dict[str, Any]:
    press, general = (
        tomllib.loads((HERE / "templates" / f"{lang}{part}.toml").read_text(encoding="utf-8"))
        for part in ("", "_general")
    )
    return press | {key: press[key] + general[key] for key in ("sentences", "negatives")}


def documents(nlp: Language, count: int, rng: random.Random) -> list[Doc]:
    """`count` documents of one to seven sentences with entities set; the same names come back inside a document."""
    return [_document(nlp, rng) for _ in range(count)]


def _document(nlp: Language, rng: random.Random) -> Doc:
    templates = _templates(nlp.lang)
    cast = dict[str, Name]()
    text, spans = "", list[Span]()
    for _ in range(rng.choice((1, 1, 2, 3, 4, 5, 7))):
        template = rng.choice(templates["negatives" if rng.random() < 0.22 else "sentences"])
        sentence, found = _fill(template, nlp.lang, cast, rng)
        if rng.random() < 0.25:
            cast.clear()
        if text:
            text += rng.choice((" ", " ", " ", "\n", "\n\n"))
        spans += [(start + len(text), end + len(text), label) for start, end, label in found]
        text += sentence
    text = text.replace("'", "’") if rng.random() < 0.5 else text.replace("’", "'")
    if rng.random() < 0.015 and len(text.lower()) == len(text):
        text = text.lower()
    doc = nlp.make_doc(text)
    found_spans = [doc.char_span(start, end, label=label) for start, end, label in spans]
    entities = [span for span in found_spans if span is not None]
    taken = {token.i for span in entities for token in span}
    # "Lyon-Metz" may be one token: what its two names share is left open.
    shared = {
        token.i
        for (start, end, _), span in zip(spans, found_spans, strict=True)
        if span is None
        for token in doc.char_span(start, end, alignment_mode="expand")
    }
    doc.set_ents(entities, missing=[doc[i : i + 1] for i in sorted(shared - taken)])
    return doc


def _fill(template: str, lang: str, cast: dict[str, Name], rng: random.Random) -> tuple[str, list[Span]]:
    out, spans, at = "", list[Span](), 0
    for slot in _SLOT.finditer(template):
        out += template[at : slot.start()]
        at = slot.end()
        out = _append(out, slot[1], slot[2], lang, cast, rng, spans)
    out += template[at:]
    capital = out[:1].upper() + out[1:] if not (spans and spans[0][0] == 0) else out
    if rng.random() < 0.02 and len(out.upper()) == len(out):
        capital = out.upper()
    return capital, spans


def _append(
    out: str, kind: str, number: str, lang: str, cast: dict[str, Name], rng: random.Random, spans: list[Span]
) -> str:
    """`out` with one slot filled, and its mention, if it is one, added to `spans`."""
    if kind in _PLAIN:
        return out + _PLAIN[kind](lang, rng)
    role = {"org": "ORG", "per": "PER", "per1": "PER", "ORGV": "ORGV"}.get(kind, kind)
    if role in ("LE_PAYS", "EN_PAYS", "DU_PAYS", "LE_PAYS_MAJ", "EN_PAYS_MAJ"):
        role = "PAYS"
    if role in ("REGP", "DEPROV"):
        role = "REG"
    key = role + number
    if key not in cast:
        cast[key] = _cast(role, lang, rng)
    name = cast[key]
    label = _LABELS.get(kind, "LOC")
    form = name.short if kind in ("org", "per") else name.full
    if kind == "per1":
        form, label = name.full.split()[0], "PER"
    lead = _lead(out, kind, name, form, lang, rng)
    out = _elide(out, lead, form, lang, rng)
    if rng.random() < 0.01 and len(form.upper()) == len(form):
        form = form.upper()
    spans.append((len(out), len(out) + len(form), label))
    return out + form


def _cast(role: str, lang: str, rng: random.Random) -> Name:
    if role == "ORGV":
        while (name := names.organisation(lang, rng)).full[0] not in VOWELS:
            pass
        return Name(name.full, name.short)
    if role in ("REG", "PAYS"):
        if lang == "en":
            return names.country(lang, rng) if rng.random() < 0.6 else names.region(lang, rng)
        return names.country(lang, rng) if role == "PAYS" else names.region(lang, rng)
    makers: dict[str, Callable[[], Name]] = {
        "ORG": lambda: names.organisation(lang, rng),
        "PER": lambda: names.person(lang, rng),
        "LOC": lambda: names.place(lang, rng),
        "PROD": lambda: names.product(rng),
        "PROJ": lambda: names.project(lang, rng),
        "SITE": lambda: names.site(lang, rng),
        "INS": lambda: names.institution(lang, rng),
        "EVT": lambda: names.event(lang, rng),
    }
    return makers[role]()


def _lead(out: str, kind: str, name: Name, form: str, lang: str, rng: random.Random) -> str:
    """The words to set between `out` and the name: an article, a preposition, or nothing."""
    article = name.article
    joined = article if article.endswith("'") or not article else article + " "
    if lang == "en":
        return joined if kind == "REG" or rng.random() < 0.7 else ""
    if kind in ("EN_PAYS", "EN_PAYS_MAJ"):
        lead = {"la": "en ", "l'": "en ", "le": "au ", "les": "aux "}.get(article, "à ")
    elif kind == "DU_PAYS":
        lead = {"la": "de ", "l'": "d'", "le": "du ", "les": "des "}.get(article, "de ")
    elif kind == "DEPROV":
        lead = "dans " + joined
    elif kind in ("REGP", "ORGV") or (
        kind in ("ORG", "org")
        and re.search(
            _BEFORE_NAME,
            out,
            re.I,
        )
    ):
        lead = ""
    else:
        lead = joined
    return lead[:1].upper() + lead[1:] if not out else lead


def _elide(out: str, lead: str, form: str, lang: str, rng: random.Random) -> str:
    """`out` and `lead` joined as French does: "de le" is "du", "de" before a vowel is "d'"."""
    joined = out + lead
    if lang != "fr":
        return joined
    for apart, together in (("de le ", "du "), ("de les ", "des "), ("à le ", "au "), ("à les ", "aux ")):
        if joined.endswith(" " + apart):
            return joined[: -len(apart)] + together
    if joined.endswith(" de ") and form[0] in VOWELS and rng.random() < 0.95:
        return joined[:-2] + "'"
    return joined


def _number(lang: str, rng: random.Random) -> str:
    value = rng.choice((rng.randint(2, 99), rng.randint(100, 999), rng.randint(1000, 90000)))
    if rng.random() < 0.15:
        return f"{value},{rng.randint(1, 9)}" if lang == "fr" else f"{value}.{rng.randint(1, 9)}"
    separators = (" ", "\u202f", "\u00a0", "") if lang == "fr" else (",", ",", "")
    return f"{value:,}".replace(",", rng.choice(separators))


def _sum(lang: str, rng: random.Random) -> str:
    amount = _number(lang, rng)
    if lang == "fr":
        scale = rng.choice(
            (
                "millions d'euros",
                "milliards d'euros",
                "millions de dollars",
                "milliards de dollars",
                "euros",
                "M€",
                "Md€",
                "millions de livres",
            )
        )
        return f"{amount} {scale}"
    return rng.choice(
        (
            f"${amount}m",
            f"${amount} billion",
            f"€{amount}m",
            f"£{amount}bn",
            f"{amount} million dollars",
            f"${amount} million",
            f"{amount} million euros",
        )
    )


def _year(lang: str, rng: random.Random) -> str:
    return str(rng.randint(1985, 2045))


def _from_list(key: str) -> Callable[[str, random.Random], str]:
    def draw(lang: str, rng: random.Random) -> str:
        return str(rng.choice([item.strip() for item in _templates(lang)[key].split(";")]))

    return draw


def _capital(draw: Callable[[str, random.Random], str]) -> Callable[[str, random.Random], str]:
    def drawn(lang: str, rng: random.Random) -> str:
        text = draw(lang, rng)
        return text[:1].upper() + text[1:]

    return drawn


def _date(lang: str, rng: random.Random) -> str:
    month = _from_list("months")(lang, rng)
    return (
        f"{rng.randint(1, 28)} {month} {rng.randint(2015, 2027)}"
        if rng.random() < 0.7
        else f"{rng.randint(1, 28)} {month}"
    )


_PLAIN: dict[str, Callable[[str, random.Random], str]] = {
    "NUM": _number,
    "SUM": _sum,
    "PCT": lambda lang, rng: f"{_number(lang, rng)}{' %' if lang == 'fr' else '%'}",
    "AN": _year,
    "AGE": lambda lang, rng: str(rng.randint(19, 88)),
    "DATE": _date,
    "MOIS": _from_list("months"),
    "JOUR": _from_list("days"),
    "JOUR_MAJ": _capital(_from_list("days")),
    "ROLE": _from_list("roles"),
    "SECTEUR": _from_list("sectors"),
    "SECTEUR_MAJ": lambda lang, rng: rng.choice(
        ("Nucléaire", "Éolien", "IA", "Batteries", "Automobile", "Spatial", "Énergie", "Télécoms", "Data centers")
    ),
    "NAT": _from_list("nationalities"),
}
