"""Near-duplicate articles: reprints, agency copies, and a copy inside a longer article."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from faits.text.folding import fold

# Six words in a row are hardly ever shared by chance, and a changed word costs only six of them.
SHINGLE_WORDS = 6
# One shingle in four is kept, the same ones in every article because the hash decides.
SAMPLED = 4
# A copy is an article most of which stands in another; agencies' clients cut, retitle and edit what they reprint.
CONTAINED = 0.5
# Fewer sampled shingles than this say nothing; such a short text is a copy only when it is the same word for word.
FEWEST = 6
# A shingle that stands in more originals than this is a formula ("tous droits réservés"), not a copied passage.
FORMULA = 64

_BASE, _MODULUS = 1_000_003, (1 << 61) - 1


@dataclass(frozen=True, slots=True)
class Sample:
    """What is kept of an article's words to find its copies."""

    words: int
    shingles: tuple[int, ...]
    whole: int


@dataclass(frozen=True, slots=True)
class _Sampled:
    article: str
    words: int
    shingles: tuple[int, ...]
    whole: int


def near_duplicates(
    articles: Iterable[tuple[str, str | Sample]], *, published: Mapping[str, str] | None = None
) -> dict[str, tuple[str, float]]:
    """The articles that copy another: the id of the original, and the share of the copy that stands there, 0 to 1.

    The longer one is the original; of two about as long, the one published earlier, then the one first by id. An
    original is never itself a copy. The result does not depend on the order of `articles`.

    >>> text = "le barrage a coûté cinq milliards de dollars et sa construction aura duré quatorze ans au total " * 2
    >>> near_duplicates([("b", text), ("a", text), ("c", "rien de commun avec les deux autres")])
    {'b': ('a', 1.0)}
    """
    dates = published or {}
    sampled = [_sampled(article, text) for article, text in articles]
    ordered = sorted(sampled, key=lambda s: (-s.words.bit_length(), dates.get(s.article, "9999"), -s.words, s.article))
    # Of two articles in neighbouring size classes the longer may be the later one; within a class the date decides.
    index: dict[int, str | list[str]] = {}  # most shingles stand in one article: a list each would be half of it all
    whole: dict[int, str] = {}
    copies: dict[str, tuple[str, float]] = {}
    for one in ordered:
        found = _original(one, index, whole)
        if found is not None:
            copies[one.article] = found
            continue
        if one.words:
            whole.setdefault(one.whole, one.article)
        for shingle in one.shingles:
            _note(index, shingle, one.article)
    return dict(sorted(copies.items()))


def _note(index: dict[int, str | list[str]], shingle: int, article: str) -> None:
    there = index.get(shingle)
    if there is None:
        index[shingle] = article
    elif isinstance(there, str):
        index[shingle] = [there, article]
    elif len(there) <= FORMULA:
        there.append(article)


def _original(
    one: _Sampled, index: Mapping[int, str | list[str]], whole: Mapping[int, str]
) -> tuple[str, float] | None:
    if one.words and one.whole in whole:
        return whole[one.whole], 1.0
    if len(one.shingles) < FEWEST:
        return None
    shared: Counter[str] = Counter()
    for shingle in one.shingles:
        found = index.get(shingle, ())
        originals = (found,) if isinstance(found, str) else found
        if len(originals) <= FORMULA:
            shared.update(originals)
    if not shared:
        return None
    best = min(shared, key=lambda article: (-shared[article], article))
    similarity = round(shared[best] / len(one.shingles), 4)
    return (best, similarity) if similarity >= CONTAINED else None


def _sampled(article: str, text: str | Sample) -> _Sampled:
    one = sample(text) if isinstance(text, str) else text
    return _Sampled(article, one.words, one.shingles, one.whole)


def sample(text: str) -> Sample:
    """The same shingles of every article that shares them, in order, and a digest of all its words."""
    words = fold(text)
    hashes = [zlib.crc32(word.encode()) for word in words]
    lead = pow(_BASE, SHINGLE_WORDS, _MODULUS)
    kept, rolling = set(), 0
    for i, value in enumerate(hashes):
        rolling = (rolling * _BASE + value) % _MODULUS
        if i >= SHINGLE_WORDS:
            rolling = (rolling - hashes[i - SHINGLE_WORDS] * lead) % _MODULUS
        if i >= SHINGLE_WORDS - 1 and _mixed(rolling) % SAMPLED == 0:
            kept.add(rolling)
    whole = hashlib.blake2b("\n".join(words).encode(), digest_size=7).digest()
    return Sample(len(hashes), tuple(sorted(kept)), int.from_bytes(whole))


def _mixed(value: int) -> int:
    """The high bits of a hash, which do not follow the last word alone."""
    return (value * 0x9E3779B97F4A7C15 >> 40) & 0xFFFF
