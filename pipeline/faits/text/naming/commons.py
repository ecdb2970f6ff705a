"""Whether a capital word is a word of the language rather than a name."""

from __future__ import annotations

import re
from functools import cache

from faits.lexicons.figures import SignRow, number_words
from faits.lexicons.loader import rows
from faits.lexicons.naming import Group, given_names, phrases
from faits.model import Lang
from faits.text.naming.ground import Ground


def never_name(ground: Ground, i: int) -> bool:
    """Whether the lexicon says that word `i` is no name by itself: a day, "IA", "CEO", a demonym."""
    words, norm, lang = ground.words, ground.words.norms[i], ground.lang
    if _is_counted_word(lang, ground.words.written[i]):
        return True
    if norm.endswith("s") and norm[:-1] in phrases(lang, "demonym"):
        return True  # "les Coréens"
    if words.opening[i] and "-" in norm and words.written[i].rsplit("-", 1)[1].islower():
        return norm.split("-", 1)[0] not in given_names()  # "Envisagez-vous", "Pre-tax"
    return any(norm in phrases(lang, g) for g in ("common", "title", "role", "demonym", "determiner"))


@cache
def _is_counted_word(lang: Lang, written: str) -> bool:
    """Whether a word is a number ("Sixty-nine") or the sign of a currency ("SEK")."""
    numbers = number_words(lang)
    return written in _signs() or all(part in numbers for part in written.lower().split("-"))


@cache
def _signs() -> frozenset[str]:
    return frozenset(form for row in rows("currencies.toml", "currency", SignRow) for form in (row.code, *row.symbols))


def is_word(ground: Ground, i: int) -> bool:
    """Whether word `i`, capitalised because it opens a sentence, is likelier a common word than a name."""
    norm, lang = ground.words.norms[i], ground.lang
    if norm in phrases(lang, "opener") or norm in ground.lower_seen or never_name(ground, i):
        return True
    if any(norm in phrases(lang, group) for group in _NOUNS):
        return True
    if i in ground.strange or _has_inner_capital(ground.words.written[i]):
        return False
    tag = ground.pos.get(ground.words.starts[i])
    if tag is not None and tag not in {"PROPN", "NOUN", "ADJ", "X", "VERB"}:
        return True
    return bool(_WORDLIKE[lang].search(norm)) and not phrases(lang, "org_tail").single & {norm}


_NOUNS: tuple[Group, ...] = (
    "site_head",
    "org_head",
    "trade",
    "project_head",
    "product_head",
    "event_head",
    "place_head",
)


def _has_inner_capital(written: str) -> bool:
    """Whether no word of the language is written so: "S&P", "OpenAI"."""
    return any(letter.isupper() for letter in written[1:])


# Endings of words that open sentences: participles, gerunds, adverbs, plural nouns; names with them exist, so this
# weighs only where the capital may come from the place.
_WORDLIKE: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:ées?|és|ment|ments|ant|ants|antes?|tion|tions|eurs|euses|istes|iques|elles?|aux|ité|ités|isme)\Z"
    ),
    "en": re.compile(r"(?:ly|ing|ed|ions?|ments?|ers|ies|ists|ness|ities|ity|ors|als|ances?|ences?)\Z"),
}
