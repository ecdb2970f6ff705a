"""Which language a text is in: function words where they settle it, py3langid where they do not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from faits.lexicons.boilerplate import common_words, words_of
from faits.model import Lang

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

# Languages an article in a French or English collection may turn out to be in: the neighbours, the big ones, and the
# ones mistaken for French or English when left out. The other hundred only take votes away on short texts.
LIKELY = (
    "ar", "ca", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hu", "it", "ja", "ko", "nl", "no", "pl", "pt",
    "ro", "ru", "sv", "tr", "uk", "zh",
)  # fmt: skip

READ: tuple[Lang, ...] = ("fr", "en")

# Enough to be sure of a language; more costs time and changes nothing.
_SAMPLE_CHARS = 1500

# French prose has some 45 words in 100 on our list, English 42; Spanish has 25 on the French one, Dutch 7 on the
# English one (counted on the Universal Dependencies of these languages).
_SETTLED = 0.36
_EXCLUDED = 0.2

# Fewer words than this are too few to tell a language by, and what the container says of it is believed.
_FEW_WORDS = 12


def language_of(text: str, declared: str | None = None) -> str:
    """The language most of a text is written in (ISO 639-1), judged by its longest lines.

    >>> language_of("Accueil\\nThe wall that was built before the others is still there, and it will be for long.")
    'en'
    """
    lines = sorted((line for line in text[:200_000].splitlines() if line.strip()), key=len, reverse=True)
    sample = "\n".join(line[:_SAMPLE_CHARS] for line in lines[:4])[:_SAMPLE_CHARS]
    words = words_of(sample)
    shares = {lang: share_of_common(words, lang) for lang in READ}
    likelier = max(READ, key=lambda lang: shares[lang])
    if len(words) < _FEW_WORDS:
        return declared if declared in READ else likelier
    if shares[likelier] >= _SETTLED and min(shares.values()) <= _EXCLUDED:
        return likelier
    found, _ = identify(sample)
    if found not in READ and shares[likelier] >= 0.3:
        return likelier  # lists of names and figures lead the identifier astray, function words do not
    return found


def share_of_common(words: Sequence[str], lang: Lang) -> float:
    """How much of a text are function words of one language, 0 to 1."""
    known = common_words(lang)
    return sum(map(known.__contains__, words)) / len(words) if words else 0.0


def foreign(words: Sequence[str], text: str, lang: Lang) -> str | None:
    """The language of a paragraph when it is plainly not that of its article; None when it is, or may be.

    >>> foreign(words_of("The deal was signed by the two of them on the same day."), "", "fr")
    'en'
    """
    if len(words) < 10 or share_of_common(words, lang) >= 0.16:
        return None
    other: Lang = "en" if lang == "fr" else "fr"
    if share_of_common(words, other) >= 0.3:
        return other
    if len(words) < 25 or share_of_common(words, lang) >= 0.1:
        return None
    found, sure = identify(text)
    return found if sure > 0.9 and found != lang else None


def identify(text: str) -> tuple[str, float]:
    """What py3langid takes a text for, among the likely languages, and how sure it is, 0 to 1.

    >>> identify("Le parc éolien a été mis en service au printemps dernier.")[0]
    'fr'
    """
    language, sure = _identifier().classify(text[:_SAMPLE_CHARS])
    return str(language), float(sure)


@cache
def _identifier() -> LanguageIdentifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LIKELY)
    return identifier
