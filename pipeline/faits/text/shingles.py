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
    sampled = [(article, sample(text) if isinstance(text, str) else text) for article, text in articles]
    sampled.sort(key=lambda one: (*size_order(one[1].words, dates.get(one[0])), one[0]))
    originals = Originals()
    copies = {}
    for article, one in sampled:
        found = originals.of(article, one.shingles, len(one.shingles), one.whole if one.words else None)
        if found is not None:
            copies[article] = found
    return dict(sorted(copies.items()))


def size_order(words: int, published: str | None = None) -> tuple[int, str, int]:
    """Sorts articles of so many words, originals first.

    Of two articles in neighbouring size classes the longer may be the later one; within a class the date decides.
    """
    return -words.bit_length(), published or "9999", -words


class Originals:
    """The articles that copy no other, as they come in their order."""

    def __init__(self) -> None:
        # Most shingles stand in one article: a list each would be half of it all.
        self._index: dict[int, str | list[str]] = {}
        self._whole: dict[int, str] = {}

    def of(self, article: str, shingles: Iterable[int], count: int, whole: int | None) -> tuple[str, float] | None:
        """What an article copies and how much of it stands there; None for an original, which is noted.

        `count` is how many sampled shingles it has; those that no other article has may be left out of `shingles`, and
        `whole` where no other article has all its words.
        """
        shingles = tuple(shingles)
        if whole is not None and whole in self._whole:
            return self._whole[whole], 1.0
        found = self._most_like(shingles, count) if count >= FEWEST else None
        if found is None:
            if whole is not None:
                self._whole[whole] = article
            for shingle in shingles:
                self._note(shingle, article)
        return found

    def _most_like(self, shingles: Iterable[int], count: int) -> tuple[str, float] | None:
        shared: Counter[str] = Counter()
        for shingle in shingles:
            found = self._index.get(shingle, ())
            originals = (found,) if isinstance(found, str) else found
            if len(originals) <= FORMULA:
                shared.update(originals)
        if not shared:
            return None
        best = min(shared, key=lambda article: (-shared[article], article))
        similarity = round(shared[best] / count, 4)
        return (best, similarity) if similarity >= CONTAINED else None

    def _note(self, shingle: int, article: str) -> None:
        there = self._index.get(shingle)
        if there is None:
            self._index[shingle] = article
        elif isinstance(there, str):
            self._index[shingle] = [there, article]
        elif len(there) <= FORMULA:
            there.append(article)


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
