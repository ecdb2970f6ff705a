"""What "la start-up", "the company", "l'homme d'affaires" point to, where the paragraph leaves no doubt."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from faits.lexicons.naming import Group, phrases
from faits.model import EntityType, EntityValue, Lang, Mention
from faits.text.naming.words import Words, words

_DETERMINERS = {
    "fr": frozenset({"le", "la", "l'", "cette", "cet", "ce", "du", "au"}),
    "en": frozenset({"the", "this", "that"}),
}
_FITTING: tuple[tuple[Group, EntityType], ...] = (
    ("described_org", "ORG"), ("described_person", "PERSON"), ("described_project", "PROJECT"),
)  # fmt: skip
_OF = frozenset({"de", "du", "des", "d'", "of", "que", "dont"})
_CITED = frozenset(
    {"selon", "d'", "après", "par", "à", "avec", "chez", "de", "du", "des", "to", "by", "with", "from", "at", "of"}
)


def descriptions_in(text: str, lang: Lang, mentions: Sequence[Mention]) -> list[tuple[int, int, EntityValue]]:
    """Definite descriptions and the entity each points to, in reading order; those in doubt are left out."""
    cut = words(text)
    named = sorted(((m.start, m.value) for m in mentions if isinstance(m.value, EntityValue)), key=lambda pair: pair[0])
    if not named:
        return []
    starts = [start for start, _ in named]
    counts = Counter(value.id for _, value in named)
    lines = _line_starts(cut)
    found = []
    for at in range(len(cut)):
        if cut.norms[at] not in _DETERMINERS[lang]:
            continue
        hit = _description(cut, lang, at, set(starts))
        if hit is None:
            continue
        end, kind = hit
        value = _pointed(cut, at, kind, named[: bisect_left(starts, cut.starts[at])], counts, lines)
        if value is not None:
            first = at if cut.norms[at] not in {"du", "au"} else at + 1
            found.append((cut.starts[first], cut.ends[end - 1], value))
    return found


def _line_starts(cut: Words) -> dict[int, int]:
    lines: dict[int, int] = {}
    for i, paragraph in enumerate(cut.paragraph):
        lines.setdefault(paragraph, cut.starts[i])
    return lines


def _description(cut: Words, lang: Lang, at: int, names: set[int]) -> tuple[int, EntityType] | None:
    """The description that starts at a determiner: the word after it and the type it wants."""
    head = at + 1
    while cut.same_line(at, head) and cut.norms[head] in phrases(lang, "modifier"):
        head += 1
    while lang == "en" and cut.same_line(at, head) and cut.norms[head] in phrases(lang, "demonym"):
        head += 1
    for group, kind in _FITTING:
        length = phrases(lang, group).starting(cut.norms, head) if cut.same_line(at, head) else 0
        if not length:
            continue
        end = head + length
        while (
            lang == "fr"
            and cut.norm(end, at)
            and (cut.norms[end] in phrases(lang, "demonym") or cut.norms[end] in phrases(lang, "modifier"))
        ):
            end += 1
        # "le groupe Airbus" names its entity, "l'entreprise de Sam Altman" is somebody's.
        if cut.same_line(at, end) and (cut.norms[end] in _OF or cut.starts[end] in names or cut.capital(end)):
            return None
        return end, kind
    return None


def _pointed(
    cut: Words,
    at: int,
    kind: EntityType,
    before: Sequence[tuple[int, EntityValue]],
    counts: Counter[str],
    lines: dict[int, int],
) -> EntityValue | None:
    """The one entity of the type that the paragraph has named so far, else the one before it closed with."""
    here = lines[cut.paragraph[at]]
    fitting = [(start, value) for start, value in before if value.type == kind]
    inside = {value.id: value for start, value in fitting if start >= here}
    if len(inside) == 1:
        return next(iter(inside.values()))
    if len(inside) > 1:
        return _dominant(inside, counts)
    previous = lines.get(cut.paragraph[at] - 1, 0)
    near = {value.id: value for start, value in fitting if start >= previous}
    if len(near) == 1:
        return next(iter(near.values()))
    everything = {value.id: value for _, value in fitting}
    return _dominant(everything, counts)


def _dominant(entities: dict[str, EntityValue], counts: Counter[str]) -> EntityValue | None:
    """The entity the article is about, when it is named at least twice as often as any other candidate."""
    ranked = sorted(entities, key=lambda i: (-counts[i], i))
    if not ranked:
        return None
    if len(ranked) == 1 or counts[ranked[0]] >= 2 * counts[ranked[1]] + 1:
        return entities[ranked[0]]
    return None
