"""How the shipped French pipeline cuts text into tokens: as spaCy does, but words with a hyphen stay whole.

Universal Dependencies has one word in "Royaume-Uni", "celui-ci" or "Isle-sur-le-Doubs", and so do readers; spaCy
makes three or more of them. Pronouns after a verb are cut off by both ("dit-il", "a-t-il").
"""

from collections.abc import Callable
from typing import Any

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.language import Language
from spacy.util import compile_infix_regex, compile_suffix_regex, registry

_BETWEEN_LETTERS = rf"(?<=[{ALPHA}])(?:{HYPHENS})(?=[{ALPHA}])"
_DASH_BETWEEN_LETTERS = rf"(?<=[{ALPHA}])(?:–|—|--|---|——|~)(?=[{ALPHA}])"
_INVERTED_PRONOUN = rf"(?<=[{ALPHA}])-[tT]-(?:ils?|elles?|on|IL|ILS|ELLE|ELLES|ON)"
_PRONOUNS = ("il", "ils", "elle", "elles", "on")
# spaCy's own list cuts "-t-il" in two.
_WHOLE = ("c'est-à-dire", "C'est-à-dire", "J.-C.", *(f"-t-{pronoun}" for pronoun in _PRONOUNS))


@registry.tokenizers("faits.french.v1")  # type: ignore[untyped-decorator]  # spaCy's registry has no types
def french_tokenizer() -> Callable[[Language], Any]:
    """What the configuration of the French pipeline names; gives a maker of its tokenizer."""
    return _make


def _make(nlp: Language) -> Any:
    defaults = nlp.Defaults
    infixes = [_DASH_BETWEEN_LETTERS if rule == _BETWEEN_LETTERS else rule for rule in defaults.infixes or ()]
    suffixes = [_INVERTED_PRONOUN, *(defaults.suffixes or ())]
    tokenizer = registry.tokenizers.get("spacy.Tokenizer.v1")()(nlp)
    tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
    tokenizer.suffix_search = compile_suffix_regex(suffixes).search
    for whole in _WHOLE:
        for form in {whole, whole.replace("'", "’")}:
            tokenizer.add_special_case(form, [{"ORTH": form}])
    return tokenizer
