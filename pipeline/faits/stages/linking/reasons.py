"""Why one party and not the next, in the few words that `faits explain` knows."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

_REASONS: dict[str, tuple[str, ...]] = {
    "the figures beside it": (
        "figure before", "figure after", "figures of sentence", "figures of paragraph", "figures of predicate",
        "all figures",
    ),
    "how often the text names it": (
        "often named", "topic rank", "in title", "of its type", "named in paragraph",
    ),
    "whom the sentences are about": (
        "sentence before is about it", "last told of", "paragraph opens with it", "paragraph before opens with it",
        "share of sentences", "sentences since about it",
    ),
    "who acts in its clause": ("subject of clause", "heads the sentence", "free subject", "clauses away"),
    "where its name stands": ("a name", "a definite", "a pronoun", "a possessive", "a noun", "first of sentence"),
    "how lately it was named": ("sentences since", "names since"),
    "what points to it": ("surely another",),
    "what sort of thing it is": ("type noun",),
}  # fmt: skip
_REASON = {feature: reason for reason, features in _REASONS.items() for feature in features}
# How the parse puts an expression beside the figure ("as subject", "under complement"), and its type.
_BY_START = {"as ": "where its name stands", "under ": "where its name stands", "type ": "what sort of thing it is"}
_SAID = 2


def reasons(told: Mapping[str, int]) -> tuple[str, ...]:
    """The chief reasons for a party, the weightiest first, from what each feature has added."""
    total: dict[str, int] = {}
    for feature, value in told.items():
        reason = _reason(feature)
        if reason is not None:
            total[reason] = total.get(reason, 0) + value
    ranked = sorted((reason for reason, value in total.items() if value > 0), key=lambda r: (-total[r], r))
    return tuple(ranked[:_SAID])


@cache
def _reason(feature: str) -> str | None:
    name = feature.removeprefix("rival: ")
    return _REASON.get(name) or next((r for start, r in _BY_START.items() if name.startswith(start)), None)
