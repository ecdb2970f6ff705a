"""Places where a sentence is not what its author meant to write: a word lost or doubled, one that does not agree.

Nothing is repaired, for what was meant can only be guessed; whoever reads the figures of such a sentence is told. Each
rule needs two signs, so that a parse that fails does not accuse the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from faits.lexicons.naming import phrases
from faits.lexicons.slips import slip_words, wanting
from faits.model import Lang
from faits.text.parse import read_off

if TYPE_CHECKING:
    from spacy import tokens as spacy_tokens

    from faits.text.parse import Doc, Token


@dataclass(frozen=True)
class Slip:
    """A span of the text, and what is wrong with it in words."""

    start: int
    end: int
    why: str


def slips(doc: spacy_tokens.Doc | Doc, lang: Lang) -> list[Slip]:
    """The slips of an annotated text, in reading order; none where the pipeline tags no parts of speech.

    >>> import spacy
    >>> slips(spacy.blank("fr")("Il construit une une usine."), "fr")
    [Slip(start=13, end=20, why='“une” stands twice')]
    """
    tokens = [token for token in read_off(doc) if not token.is_space]
    found = [*_doubled(tokens, lang), *_wanting(tokens, lang)]
    if lang == "fr":
        found += [*_bare_role(tokens), *_nounless(tokens)]
    found += _disagreeing(tokens, lang)
    return sorted(found, key=lambda slip: (slip.start, slip.end, slip.why))


def _doubled(tokens: list[Token], lang: Lang) -> Iterator[Slip]:
    known = slip_words(lang, "doubled")
    for first, second in pairwise(tokens):
        # "Vol. A a": the second word in lower case too, and nothing but one blank between.
        if first.text == second.text and first.text in known and second.idx == first.idx + len(first) + 1:
            yield _slip(first, second, f"“{first.text}” stands twice")


def _wanting(tokens: list[Token], lang: Lang) -> Iterator[Slip]:
    """An expression without the preposition it needs: "besoin deux réacteurs", "à partir 2028"."""
    known = wanting(lang)
    for at, token in enumerate(tokens[:-1]):
        following = tokens[at + 1]
        for words, row in known.get(token.lower_, ()):
            before = at - len(words) + 1
            if before < 0 or tuple(t.lower_.replace("’", "'") for t in tokens[before : at + 1]) != words:
                continue
            if before and tokens[before - 1].lower_ in row.unless_after:
                break
            if _opens_a_complement(following) and _next_to(token, following):
                yield _slip(tokens[before], following, f"“{row.wants}” is missing after “{token.text}”")
            break


def _opens_a_complement(token: Token) -> bool:
    """Whether a figure, a name or an article begins here: what only a preposition can tie to the word before."""
    return token.pos_ == "NUM" or (token.pos_ == "DET" and token.morph.get("PronType", [""])[0] != "Int")


def _bare_role(tokens: list[Token]) -> Iterator[Slip]:
    """ "Sam Altman et président du conseil": a function without article is said of the name, not added to it."""
    roles = phrases("fr", "role")
    for at in range(1, len(tokens) - 2):
        name, joiner, role, of = tokens[at - 1 : at + 3]
        if (
            joiner.text == "et"
            and name.pos_ == "PROPN"
            and role.lower_ in roles
            and role.pos_ == "NOUN"
            and of.lower_ in ("de", "du", "d'", "d’", "des")
            and joiner.head == role
            and role.head.pos_ == "PROPN"
        ):
            yield _slip(name, role, "a verb, perhaps “est”, is missing between the name and the function")


def _nounless(tokens: list[Token]) -> Iterator[Slip]:
    """ "de nouvelles d'énergie": an adjective in the place of the noun it belongs to."""
    describing, denial = slip_words("fr", "describing"), slip_words("fr", "denial")
    for at in range(1, len(tokens) - 2):
        before, of, adjective, link = tokens[at - 1 : at + 3]
        if (
            of.lower_ == "de"
            and adjective.lower_ in describing
            and link.lower_ in ("de", "d'", "d’", "du", "des")
            and before.pos_ in ("VERB", "AUX")
            and before.lower_ not in denial
            and not any(t.lower_ in denial or t.lower_ in ("n'", "ne", "n’") for t in before.children)
        ):
            yield _slip(of, link, f"a noun is missing after “{adjective.text}”")


def _disagreeing(tokens: list[Token], lang: Lang) -> Iterator[Slip]:
    """A determiner and its noun that cannot be of one number: in French where an adjective sides with the noun."""
    for at, determiner in enumerate(tokens[:-1]):
        noun = determiner.head
        if determiner.pos_ != "DET" or noun.pos_ != "NOUN" or not 0 < noun.i - determiner.i <= 2:
            continue
        number = _number_shown(noun)
        if determiner.text not in slip_words(lang, "singular" if number == "Plur" else "plural"):
            continue
        beside = next((t for t in tokens[at + 2 : at + 4] if t.i == noun.i + 1), None)
        if _sides_with(beside, noun, number) if lang == "fr" else _stands_alone(beside, noun, number):
            yield _slip(determiner, noun, f"“{determiner.text}” and “{noun.text}” do not agree")


def _number_shown(noun: Token) -> str:
    """The number that the form of a word shows, "" where it shows none: the tag follows the determiner too readily."""
    if not noun.text.islower() or not noun.text.isalpha():
        return ""
    return "Plur" if noun.text.endswith(("s", "x")) else "Sing"


def _sides_with(word: Token | None, noun: Token, number: str) -> bool:
    """Whether an adjective behind the noun is of the noun's number, against the determiner."""
    if word is None or word.pos_ != "ADJ" or word.head != noun or word.morph.get("Number", [""])[0] != number:
        return False
    return word.text.endswith(("s", "x")) == (number == "Plur") and (number == "Plur" or _tagged(noun, number))


def _stands_alone(word: Token | None, noun: Token, number: str) -> bool:
    """Whether an English noun of that number is the last word of its group: "a sales manager" is no slip."""
    if noun.text in slip_words("en", "unvarying") or any(t.lower_ == "few" or t.pos_ == "NUM" for t in noun.children):
        return False  # "a species", "a few days"
    ends = word is None or (word.pos_ in ("ADP", "PUNCT", "CCONJ", "AUX") and word.text != "-")
    return ends and _tagged(noun, number)


def _tagged(noun: Token, number: str) -> bool:
    return noun.morph.get("Number", [""])[0] == number


def _next_to(left: Token, right: Token) -> bool:
    return right.idx == left.idx + len(left) + 1


def _slip(first: Token, last: Token, why: str) -> Slip:
    return Slip(first.idx, last.idx + len(last), why)
