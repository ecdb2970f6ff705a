"""What is decided on all kept articles before anything is merged: copies, lines of sites, names of entities.

Made anew in every run, of little more than names: so it never matters what an earlier run decided. What grows with the
corpus lies in tables on the disk; an article is known by its number among all, which are in the order of their ids.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from operator import itemgetter

from faits.model import EntityValue, Removed
from faits.runner.keeping import KeptArticle, kept
from faits.stages.identify import Names, names, spoken_of
from faits.stages.spill import Spill
from faits.stages.withhold import LEAST, is_of_the_site, shared_spans
from faits.text.shingles import Originals, size_order


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A kept article, and what is left out of it because others of its site have it too."""

    id: str
    key: str
    kept: KeptArticle
    without: tuple[Removed, ...] = ()


@dataclass
class Survey:
    """What was decided."""

    articles: list[Surveyed]  # by id
    copies: dict[str, tuple[str, float]]
    names: Names
    spill: Spill
    # What an article calls its entities, under article and id, as merging asks for it.
    _called: tuple[int, Mapping[tuple[str, str], EntityValue]] = field(default=(-1, {}))

    @cached_property
    def originals(self) -> dict[str, str]:
        """Which article each copy copies."""
        return {copy: original for copy, (original, _) in self.copies.items()}

    def called(self, article: int) -> Mapping[tuple[str, str], EntityValue]:
        """What the corpus calls the entities of an article, by its id and theirs."""
        if self._called[0] != article:
            id_ = self.articles[article].id
            said = {(id_, own): entity.value for own, entity in self.names.of(article).items()}
            self._called = article, said
        return self._called[1]

    def former(self, article: int) -> dict[str, list[str]]:
        """The ids an article used for entities that go by others across articles, by those."""
        found: dict[str, list[str]] = {}
        for own, entity in self.names.of(article).items():  # in the order of those ids
            if entity.id != own:
                found.setdefault(entity.id, []).append(own)
        return found


def survey(readings: Iterable[tuple[str, KeptArticle]], spill: Spill) -> Survey:
    """Decide what only all articles together decide; `readings` come with the keys they are kept under."""
    articles: list[Surveyed] = []
    sites: dict[str, str] = {}
    for key, reading in readings:
        head = reading.head
        articles.append(Surveyed(head.id, key, reading))
        if head.site:
            sites[head.id] = head.site
    articles.sort(key=lambda one: one.id)
    copies = _copies(articles)
    shared = _shared_lines(articles, sites, copies, spill)
    articles = [
        Surveyed(one.id, one.key, one.kept, shared[number]) if number in shared else one
        for number, one in enumerate(articles)
    ]
    return Survey(articles, copies, names(((one.id, _said(one)) for one in articles), spill), spill)


def _said(one: Surveyed) -> list[EntityValue]:
    """What the article calls its entities, once what is left out of it is."""
    head = one.kept.head
    if not one.without:
        return [head.entities[number] for number in head.last]
    last = {
        head.entities[number].id: head.entities[number] for span, number in one.kept.named if kept(span, one.without)
    }
    claims = (claim for claim in one.kept.claims if kept((claim.start, claim.end), one.without))
    parties = {value.id: value for value in spoken_of((), claims)}
    return list((parties | last).values())


# Places for what may come twice, some for each shingle of an article, and no more than 64 MB of them.
_PLACES, _MOST_BITS = 512, 26


# --- copies -----------------------------------------------------------------------------------------------------------


def _copies(articles: Sequence[Surveyed]) -> dict[str, tuple[str, float]]:
    """What `near_duplicates` finds; of shingles only those are held that several articles have, and few others."""
    several = _Several(len(articles))
    order = []
    for number, one in enumerate(articles):
        sample = one.kept.sample
        several.note((*sample.shingles, sample.whole))
        order.append((*size_order(sample.words), number))
    originals = Originals()
    copies: dict[str, tuple[str, float]] = {}
    for *_, number in sorted(order):
        one = articles[number]
        sample = one.kept.sample
        shingles = filter(several.have, sample.shingles)
        whole = sample.whole if sample.words and several.have(sample.whole) else None
        found = originals.of(one.id, shingles, len(sample.shingles), whole)
        if found is not None:
            copies[one.id] = found
    return dict(sorted(copies.items()))


class _Several:
    """Tells which numbers came more than once; of others now and then, which costs room and changes nothing."""

    def __init__(self, articles: int) -> None:
        self._mask = (1 << min(_MOST_BITS, max(12, (articles * _PLACES).bit_length()))) - 1
        self._counts = bytearray(self._mask + 1)

    def note(self, numbers: Iterable[int]) -> None:
        """Take numbers, each once an article."""
        counts, mask = self._counts, self._mask
        for number in numbers:
            place = number & mask
            if counts[place] < 2:
                counts[place] += 1

    def have(self, number: int) -> bool:
        """Whether several articles have a number."""
        return self._counts[number & self._mask] > 1


# --- lines of a site --------------------------------------------------------------------------------------------------


def _shared_lines(
    articles: Sequence[Surveyed], sites: Mapping[str, str], copies: Mapping[str, object], spill: Spill
) -> dict[int, tuple[Removed, ...]]:
    """What `withhold` finds, by the number of the article; in memory are only the lines that are shared."""
    together = {site for site, count in Counter(sites.values()).items() if count >= LEAST}
    spill.make("CREATE TABLE lines (site TEXT, line TEXT, article INTEGER, copy INTEGER)")
    counted: Counter[str] = Counter()
    with spill.into("lines") as lines:
        for number, one in enumerate(articles):
            site = sites.get(one.id)
            if site in together:
                counted[site] += one.id not in copies
                for line in one.kept.lines:
                    lines.add(site, line, number, one.id in copies)
    shared: dict[str, dict[str, int]] = defaultdict(dict)
    counts = "SELECT site, line, sum(NOT copy) FROM lines GROUP BY site, line HAVING sum(NOT copy) >= ?"
    for site, line, count in spill.rows(counts, (LEAST,)):
        if is_of_the_site(line, count, counted[site]):
            shared[site][line] = count
    touched = _having(shared, spill) if shared else ()
    found = {number: shared_spans(articles[number].kept.lines, shared[site], counted[site]) for number, site in touched}
    spill.make("DROP TABLE lines")
    return found


def _having(shared: Mapping[str, Mapping[str, int]], spill: Spill) -> Iterator[tuple[int, str]]:
    """The articles that have a line of their site, and that site."""
    rows = spill.rows("SELECT article, site, line FROM lines ORDER BY rowid")
    for (article, site), lines in groupby(rows, key=itemgetter(0, 1)):
        own = shared.get(site, {})
        if any(line in own for _, _, line in lines):
            yield article, site
