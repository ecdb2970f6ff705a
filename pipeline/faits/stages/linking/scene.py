"""What the linker knows of a text before it decides anything: sentences, words, mentions and cues, by place."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

from faits.lexicons.predicates import (
    AnaphorRow,
    BoundaryRow,
    FormRow,
    Found,
    ModalityRow,
    NamingRow,
    SpeakerRow,
    TriggerRow,
    anaphors,
    boundaries,
    fold,
    modality_cues,
    namings,
    speaker_cues,
    triggers,
)  # fmt: skip
from faits.lexicons.stance import ComparisonRow, comparisons
from faits.model import EntityValue, Lang, Mention

if TYPE_CHECKING:
    from faits.stages.linking.sites import Site
    from faits.text.parse import Doc

F = TypeVar("F", bound=FormRow)

_WORD = re.compile(r"\w+(?:[.,]\d+)*|[^\w\s]")
# A full stop ends a sentence before a capital, a quotation mark or a digit; not after initials and titles.
_STOP = re.compile(r"(?<=[.!?…])[»”\"’)]*[ \t\u00a0\u202f]+(?=[«“\"(]?[\s\u00a0\u202f]*[A-ZÀ-ÖØ-Þ0-9$£€])")
_NO_STOP = re.compile(
    r"(?:\b(?:M|MM|Mr|Mrs|Ms|Dr|Me|Mme|St|Ste|Sr|Jr|Inc|Corp|Co|Ltd|No|vs|av|env|p|pp|cf|art|etc)|\b[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence, never across a line end; `index` counts them from the top."""

    start: int
    end: int
    index: int
    paragraph: int
    heading: bool


@dataclass(frozen=True)
class Scene:
    """A text with everything found in it, ready to be asked what stands near what."""

    text: str
    lang: Lang
    doc: Doc | None
    mentions: Sequence[Mention]
    descriptions: Sequence[tuple[int, int, EntityValue]]
    zones: Sequence[tuple[int, int]] = ()
    sites: Sequence[Site] = ()
    folded: str = field(init=False, repr=False)
    # By sentence, what `times.py` has found out: it asks again for each figure and date of it.
    compared: dict[int, list[tuple[int, int]]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", fold(self.text))

    @cached_property
    def words(self) -> list[int]:
        """Where each word and each punctuation mark begins."""
        return [m.start() for m in _WORD.finditer(self.text)]

    def words_between(self, a: int, b: int) -> int:
        """How many words and marks begin in `text[a:b]`."""
        return max(0, bisect_left(self.words, b) - bisect_left(self.words, a))

    @cached_property
    def sentences(self) -> list[Sentence]:
        """The sentences in reading order."""
        return list(_sentences(self.text, self.mentions, self.zones))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds `offset`, or the one before it."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    @cached_property
    def entities(self) -> list[Mention]:
        """Mentions of entities, in reading order."""
        return [m for m in self.mentions if isinstance(m.value, EntityValue)]

    @cached_property
    def places_by_length(self) -> list[Mention]:
        """Each place once, longest name first: "Saint-Paul-lez-Durance" before "Durance"."""
        entities = [m for m in reversed(self.entities) if isinstance(m.value, EntityValue)]
        named = {m.text: m for m in entities if isinstance(m.value, EntityValue) and m.value.type == "PLACE"}
        return sorted(named.values(), key=lambda m: (-len(m.text), m.text))

    @cached_property
    def dates(self) -> list[Mention]:
        """Mentions of dates, in reading order."""
        return [m for m in self.mentions if m.kind == "date"]

    @cached_property
    def figures(self) -> list[Mention]:
        """Every other mention that has a value."""
        return [m for m in self.mentions if m.kind not in {"entity", "date", "ordinal"} and m.value is not None]

    @cached_property
    def triggers(self) -> Places[TriggerRow]:
        """Words that give predicates."""
        return Places(triggers(self.lang).find(self.folded))

    @cached_property
    def anaphors(self) -> Places[AnaphorRow]:
        """Words that stand for an entity."""
        return Places(anaphors(self.lang).find(self.folded))

    @cached_property
    def namings(self) -> Places[NamingRow]:
        """Words that give a thing its name."""
        return Places(namings(self.lang).find(self.folded))

    @cached_property
    def modality(self) -> Places[ModalityRow]:
        """Words that make a claim planned, conditional or negated."""
        return Places(modality_cues(self.lang).find(self.folded))

    @cached_property
    def speakers(self) -> Places[SpeakerRow]:
        """Words that say who says so."""
        return Places(speaker_cues(self.lang).find(self.folded))

    @cached_property
    def boundaries(self) -> Places[BoundaryRow]:
        """Words that begin a clause."""
        return Places(boundaries(self.lang).find(self.folded))

    @cached_property
    def comparisons(self) -> Places[ComparisonRow]:
        """Words that compare a figure or a date with another."""
        return Places(comparisons(self.lang).find(self.folded))

    @cached_property
    def topic(self) -> EntityValue | None:
        """The entity the article is about: named in its first lines, and often; None where nothing is named."""
        ranked = self.ranked_topics
        return ranked[0] if ranked else None

    @cached_property
    def ranked_topics(self) -> list[EntityValue]:
        """Entities by how much the article is about them."""
        weight: Counter[str] = Counter()
        value: dict[str, EntityValue] = {}
        lead_end = self.sentences[min(2, len(self.sentences) - 1)].end if self.sentences else 0
        for m in self.entities:
            assert isinstance(m.value, EntityValue)
            value.setdefault(m.value.id, m.value)
            weight[m.value.id] += (1 + 2 * (m.start < lead_end)) if m.value.type != "PLACE" else 1
        first = {i: n for n, i in enumerate(value)}
        return [value[i] for i in sorted(weight, key=lambda i: (-weight[i], first[i]))]

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(m.value.id for m in self.entities if isinstance(m.value, EntityValue))

    def frequency(self, entity: str) -> float:
        """The share of an entity in all that is named."""
        return self._counts[entity] / max(1, len(self.entities))

    @cached_property
    def _titled(self) -> set[str]:
        end = self.sentences[0].end if self.sentences else 0
        return {m.value.id for m in self.entities_in(0, end) if isinstance(m.value, EntityValue)}

    def in_title(self, entity: str) -> bool:
        """Whether an entity is named in the first sentence."""
        return entity in self._titled

    @cached_property
    def _figure_starts(self) -> list[int]:
        return [m.start for m in self.figures]

    def figures_between(self, a: int, b: int, kind: str | None = None) -> int:
        """How many figures (of one kind) begin in `text[a:b]`."""
        first, last = bisect_left(self._figure_starts, a), bisect_left(self._figure_starts, b)
        if kind is None:
            return max(0, last - first)
        return sum(1 for m in self.figures[first:last] if m.kind == kind)

    def figures_in(self, a: int, b: int) -> list[Mention]:
        """The figures that begin in `text[a:b]`."""
        return self.figures[bisect_left(self._figure_starts, a) : bisect_left(self._figure_starts, b)]

    @cached_property
    def entity_starts(self) -> list[int]:
        """Where each entity mention begins."""
        return [m.start for m in self.entities]

    def entities_in(self, a: int, b: int) -> list[Mention]:
        """The entity mentions that begin in `text[a:b]`."""
        return self.entities[bisect_left(self.entity_starts, a) : bisect_left(self.entity_starts, b)]

    @cached_property
    def _mention_starts(self) -> list[int]:
        return [m.start for m in self.mentions]

    def mentions_in(self, a: int, b: int) -> Sequence[Mention]:
        """The mentions of any kind that begin in `text[a:b]`."""
        return self.mentions[bisect_left(self._mention_starts, a) : bisect_left(self._mention_starts, b)]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [m.start for m in self.dates]

    def dates_in(self, a: int, b: int) -> list[Mention]:
        """The dates that begin in `text[a:b]`."""
        return self.dates[bisect_left(self._date_starts, a) : bisect_left(self._date_starts, b)]


class Places(Generic[F]):
    """Cues in reading order, to be asked for by place."""

    def __init__(self, found: Iterable[Found[F]]) -> None:
        self.all = list(found)
        self._starts = [one.start for one in self.all]

    def between(self, a: int, b: int) -> list[Found[F]]:
        """The cues that begin in `text[a:b]`."""
        return self.all[bisect_left(self._starts, a) : bisect_left(self._starts, b)]


def _sentences(text: str, mentions: Sequence[Mention], zones: Sequence[tuple[int, int]]) -> Iterable[Sentence]:
    inside = {offset for m in mentions for offset in range(m.start + 1, m.end)}
    index = paragraph = 0
    for line in re.finditer(r"[^\n]+", text):
        if not line.group().strip():
            continue
        at = line.start()
        for stop in _STOP.finditer(text, line.start(), line.end()):
            if stop.end() in inside or _NO_STOP.search(text, max(at, stop.start() - 5), stop.start()):
                continue
            yield Sentence(at, stop.start(), index, paragraph, False)
            index, at = index + 1, stop.end()
        end = line.start() + len(line.group().rstrip())
        heading = any(a <= at < b for a, b in zones) or (at == line.start() and _heading(text[at:end]))
        yield Sentence(at, end, index, paragraph, heading)
        index, paragraph = index + 1, paragraph + 1


def _heading(line: str) -> bool:
    is_item = line.lstrip().startswith(("-", "•", "*", "–"))
    return len(line) < 120 and line.rstrip()[-1:] not in '.;:!…»"”' and not is_item
