"""Whether a capital word is a word of the language rather than a name."""

from __future__ import annotations

import re
from functools import cache

from faits.lexicons.figures import SignRow, number_words
from faits.lexicons.loader import rows
from faits.lexicons.naming import phrases
from faits.model import Lang
from faits.text.naming.ground import Ground


def never_name(ground: Ground, i: int) -> bool:
    """Whether the lexicon says that word `i` is no name by itself: a day, "IA", "CEO", a demonym."""
    norm, lang = ground.words.norms[i], ground.lang
    if _is_counted_word(lang, ground.words.written[i]):
        return True
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
    if i in ground.strange:
        return False
    tag = ground.pos.get(ground.words.starts[i])
    if tag is not None and tag not in {"PROPN", "NOUN", "ADJ", "X", "VERB"}:
        return True
    return bool(_WORDLIKE[lang].search(norm)) and not phrases(lang, "org_tail").single & {norm}


# Endings of words that open sentences: participles, gerunds, adverbs, plural nouns; names with them exist, so this
# weighs only where the capital may come from the place.
_WORDLIKE: dict[Lang, re.Pattern[str]] = {
    "fr": re.compile(
        r"(?:ées?|és|ment|ments|ant|ants|antes?|tion|tions|eurs|euses|istes|iques|elles?|aux|ité|ités|isme)\Z"
    ),
    "en": re.compile(r"(?:ly|ing|ed|ions?|ments?|ers|ies|ists|ness|ities|ity|ors|als|ances?|ences?)\Z"),
}
