"""How many say so: a copy of an article, a body printed twice and a quote repeated are no second voice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from faits.model import Evidence
from faits.text.folding import fold


def origin(article: str, copies: Mapping[str, str]) -> str:
    """The article at the end of a chain of copies; of a ring of copies, the one first in order.

    >>> origin("c", {"c": "b", "b": "a"}), origin("b", {"a": "b", "b": "a"})
    ('a', 'a')
    """
    seen = [article]
    while seen[-1] in copies:
        following = copies[seen[-1]]
        if following in seen:
            return min(seen[seen.index(following) :])
        seen.append(following)
    return seen[-1]


def count(evidence: Collection[Evidence], copies: Mapping[str, str]) -> tuple[int, int]:
    """How many articles say so, and in how many passages; near-duplicates and repeated sentences count once."""
    if len(evidence) == 1:
        return 1, 1
    passages: dict[str, dict[str, set[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(set))
    for one in evidence:
        passages[origin(one.article, copies)][one.article].add(fold(one.sentence or one.quote))
    mentions = 0
    for source, by_article in passages.items():
        mentions += len(by_article.get(source) or by_article[min(by_article)])
    return len(passages), mentions
