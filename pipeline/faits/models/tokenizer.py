"""How the shipped French pipeline cuts text into tokens: as spaCy does, but words with a hyphen stay whole.

Universal Dependencies has one word in "Royaume-Uni", "celui-ci" or "Isle-sur-le-Doubs", and so do readers; spaCy
makes three or more of them. Pronouns after a verb are cut off by both ("dit-il", "a-t-il").
"""

import importlib
import re
import sys
from collections.abc import Callable
from typing import Any

from spacy.lang.char_classes import ALPHA, ALPHA_LOWER, HYPHENS
from spacy.language import Language
from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex, registry

_BETWEEN_LETTERS = rf"(?<=[{ALPHA}])(?:{HYPHENS})(?=[{ALPHA}])"
_DASH_BETWEEN_LETTERS = rf"(?<=[{ALPHA}])(?:–|—|--|---|——|~)(?=[{ALPHA}])"
_INVERTED_PRONOUN = rf"(?<=[{ALPHA}])-[tT]-(?:ils?|elles?|on|IL|ILS|ELLE|ELLES|ON)"
_PRONOUNS = ("il", "ils", "elle", "elles", "on")
# spaCy's own list cuts "-t-il" in two.
_WHOLE = ("c'est-à-dire", "C'est-à-dire", "J.-C.", *(f"-t-{pronoun}" for pronoun in _PRONOUNS))

# A run of one sign, or of question and exclamation marks, is one token.
_RUN = r"(?:[!?]{2,}|[.][?!]+|(?P<sign>[$<>=*_#~+])(?P=sign)+)"
# "non-nuclear", "e-mail" and "mid-2026" are one word, "gas-fired" is three.
_PREFIXES = (
    "anti", "co", "counter", "cross", "e", "ex", "inter", "intra", "micro", "mid", "mis", "multi", "neo", "non", "over",
    "post", "pre", "pro", "re", "semi", "sub", "ultra", "un",
)  # fmt: skip
_ENGLISH_HYPHEN = rf"(?<=[{ALPHA}0-9])(?:{HYPHENS})(?=[{ALPHA}])"
_AFTER_NO_PREFIX = (
    "".join(
        rf"(?<!(?<![{ALPHA}]){first}{prefix[1:]})" for prefix in _PREFIXES for first in (prefix[0], prefix[0].upper())
    )
    + _ENGLISH_HYPHEN
)
_TELEPHONE = re.compile(r"\d{3}-\d{3}-\d{4}$")
_SPLIT_AFTER_ALL = frozenset({"and/or"})
_ENGLISH_FORMS = {
    "b/c": ("b/c",), "w/o": ("w/o",), "and/or": ("and", "/", "or"), "wanna": ("wan", "na"),
    "outta": ("out", "ta"), "alot": ("a", "lot"), "ft.": ("ft.",), "lt.": ("lt.",),
    "capt.": ("capt.",), "sgt.": ("sgt.",),
}  # fmt: skip


# How spaCy writes "a letter" in its French patterns, hundreds of times, and a class that says so in a few signs.
_LETTER = r"[^\W\d_ªº²³¹¼½¾]"
_LARGE = 100_000


def import_french() -> None:
    """Import spaCy's French in a tenth of the three seconds it takes by itself.

    All of them go into one pattern of 1.4 million characters that the module compiles when it is imported: it lists
    the letters of the world wherever a letter may stand.
    """
    if "spacy.lang.fr" in sys.modules:
        return
    compile_ = re.compile

    def compiled(pattern: Any, flags: Any = 0) -> Any:
        long = isinstance(pattern, str) and len(pattern) > _LARGE
        return compile_(shortened(pattern) if long else pattern, flags)

    re.compile = compiled  # for as long as the import lasts
    try:
        importlib.import_module("spacy.lang.fr")
    finally:
        re.compile = compile_


def shortened(pattern: str | re.Pattern[str]) -> str:
    """A pattern of spaCy with the short class for letters."""
    written: str = pattern if isinstance(pattern, str) else pattern.pattern
    mixed = re.compile(r"\[([^][]{1,20})" + re.escape(ALPHA_LOWER) + r"([^][]{1,20})\]")
    written = mixed.sub(lambda found: f"(?:{_LETTER}|[{found[1]}{found[2]}])", written)
    return written.replace(f"[{ALPHA_LOWER}]", _LETTER).replace(f"[{ALPHA}]", _LETTER)


@registry.tokenizers("faits.french.v1")  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def french_tokenizer() -> Callable[[Language], Any]:
    """What the configuration of the French pipeline names; gives a maker of its tokenizer."""
    return _make


class _Sparing:
    """A pattern that no word of letters alone is put through: it looks for signs and digits, which most words lack.

    `__self__` is where spaCy finds the pattern when it writes a tokenizer to disk.
    """

    def __init__(self, search: Any, nothing: Any = None) -> None:
        self.__self__, self._search, self._nothing = search.__self__, search, nothing

    def __call__(self, word: str) -> Any:
        return self._nothing if word.isalpha() else self._search(word)


def _make(nlp: Language) -> Any:
    defaults = nlp.Defaults
    infixes = [_DASH_BETWEEN_LETTERS if rule == _BETWEEN_LETTERS else rule for rule in defaults.infixes or ()]
    suffixes = [_INVERTED_PRONOUN, *(defaults.suffixes or ())]
    rules = dict(defaults.tokenizer_exceptions or {})
    for whole in _WHOLE:
        for form in {whole, whole.replace("'", "’")}:
            rules[form] = [{"ORTH": form}]
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex(defaults.prefixes or ()).search,
        suffix_search=_Sparing(compile_suffix_regex([*map(shortened, suffixes)]).search),
        infix_finditer=_Sparing(compile_infix_regex([*map(shortened, infixes)]).finditer, ()),
        token_match=_Sparing(defaults.token_match),
        url_match=defaults.url_match,
    )


@registry.tokenizers("faits.english.v1")  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def english_tokenizer() -> Callable[[Language], Any]:
    """What the configuration of the English pipeline names; gives a maker of its tokenizer."""
    return _make_english


def _make_english(nlp: Language) -> Any:
    defaults = nlp.Defaults
    infixes = [_AFTER_NO_PREFIX if rule == _ENGLISH_HYPHEN else rule for rule in defaults.infixes or ()]
    rules = {form: rule for form, rule in (defaults.tokenizer_exceptions or {}).items() if form not in _SPLIT_AFTER_ALL}
    for form, parts in _ENGLISH_FORMS.items():
        for written in (form, form[0].upper() + form[1:]):
            rules[written] = [{"ORTH": written[: len(parts[0])]}, *({"ORTH": part} for part in parts[1:])]
    # All at once: spaCy goes through every rule again for each part that is set afterwards.
    return Tokenizer(
        nlp.vocab,
        rules=rules,
        prefix_search=compile_prefix_regex([_RUN, *(defaults.prefixes or ())]).search,
        suffix_search=_Sparing(compile_suffix_regex([_RUN, *map(shortened, defaults.suffixes or ())]).search),
        infix_finditer=_Sparing(compile_infix_regex([*map(shortened, infixes), _RUN]).finditer, ()),
        token_match=_TELEPHONE.match,
        url_match=defaults.url_match,
    )
