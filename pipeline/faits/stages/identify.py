"""One entity under all its names, across articles and languages.

Names meet where they share a blocking key; `likeness.alike` says why two can be one, and how many other entities both
must be named beside before they are. What an article keeps apart stays apart, and so does a short name that fits two
entities. An article that names neither of two entities nor anything like them changes nothing about them.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import combinations, product

from faits.extractors.entities import entity_id
from faits.lexicons.names import fold_pieces, gazetteer, territories
from faits.model import Claim, EntityType, EntityValue, Mention
from faits.text.naming.likeness import ORDER, Likeness, alike, bare, blocking_keys, goes_by

Place = tuple[str, str]  # article, id of the entity in the article


@dataclass(frozen=True, slots=True)
class Same:
    """Two entities taken for one, and why."""

    one: Place
    other: Place
    why: str


def identify(entities: Iterable[tuple[str, EntityValue]]) -> dict[Place, EntityValue]:
    """For each article and entity id, the entity as the corpus knows it.

    Its id is made of its fullest name, its name is the one most articles use, its aliases are all the others.
    """
    corpus = _Corpus(entities)
    corpus.join()
    return corpus.named()


def spoken_of(mentions: Iterable[Mention], claims: Iterable[Claim]) -> list[EntityValue]:
    """The entities of an article: those it names, in order, and those that only its claims are about.

    "Sa principale usine, à Zwolle" names nothing, and is a party of what is said of it.
    """
    named = [mention.value for mention in mentions if isinstance(mention.value, EntityValue)]
    known = {value.id for value in named}
    told = (party for claim in claims for party in (claim.subject, claim.object) if party is not None)
    return named + [
        EntityValue(id=party.id, name=party.name, type=party.type, aliases=party.aliases)
        for party in told
        if party.id and party.type and party.id not in known
    ]


def explain(entities: Iterable[tuple[str, EntityValue]]) -> list[Same]:
    """Every pair of entities that `identify` took for one, with the reason, in a fixed order."""
    corpus = _Corpus(entities)
    corpus.join()
    return sorted(corpus.why, key=lambda same: (same.one, same.other))


@dataclass(slots=True)
class _Node:
    """Entities of one id in all articles: what is the same without a question; a lone last name is one article's."""

    value: EntityValue
    first: Place
    names: Counter[str] = field(default_factory=Counter)
    aliases: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Link:
    one: int
    other: int
    likeness: Likeness


class _Corpus:
    def __init__(self, entities: Iterable[tuple[str, EntityValue]]) -> None:
        unique = {(article, value.id): value for article, value in entities}
        self.nodes: list[_Node] = []
        self.node_of: dict[Place, int] = {}
        self.inside: dict[str, list[int]] = defaultdict(list)
        self.why: list[Same] = []
        numbers: dict[object, int] = {}
        for place, value in sorted(unique.items()):
            number = numbers.setdefault(_lone(place, value), len(self.nodes))
            if number == len(self.nodes):
                self.nodes.append(_Node(value, place))
            node = self.nodes[number]
            node.names[value.name] += 1
            node.aliases.update((value.name, *value.aliases))
            node.articles.add(place[0])
            self.node_of[place] = number
            self.inside[place[0]].append(number)
        self.lone = {number for number, node in enumerate(self.nodes) if _is_last_name(node.value)}
        self.beside: list[set[int]] = []
        self.root = list(range(len(self.nodes)))
        self.members = {number: [number] for number in self.root}

    def join(self) -> None:
        """Take for one what the comparators say is one: names alike first, then those that need company."""
        links = sorted(self._links(), key=self._order)
        self._join_sites()
        for link in links:
            if not link.likeness.shared:
                self._unite(link)
        self.beside = [self._named_beside(number) for number in range(len(self.nodes))]
        held = [link for link in links if link.likeness.shared and self._company(link) >= link.likeness.shared]
        fits: dict[int, set[int]] = defaultdict(set)
        for link in held:
            short, full = self._by_length(link)
            fits[short].add(self.root[full])
        for link in held:
            if len(fits[self._by_length(link)[0]]) == 1:
                self._unite(link)
        self._join_last_names()

    def _order(self, link: _Link) -> tuple[int, Place, Place]:
        return link.likeness.shared, self.nodes[link.one].first, self.nodes[link.other].first

    def _links(self) -> Iterator[_Link]:
        """The pairs alike; a lone last name meets full names here, other lone ones only in company."""
        blocks: dict[str, list[int]] = defaultdict(list)
        for number, node in enumerate(self.nodes):
            node.value = node.value.model_copy(update={"aliases": tuple(sorted(node.aliases - {node.value.name}))})
            for key in blocking_keys(node.value):
                blocks[key].append(number)
        seen: set[tuple[int, int]] = set()
        for block in blocks.values():
            lone = [n for n in block if n in self.lone]
            full = [n for n in block if n not in self.lone]
            for one, other in (*combinations(full, 2), *product(full, lone)):
                if (one, other) in seen:
                    continue
                seen.add((one, other))
                likeness = alike(self.nodes[one].value, self.nodes[other].value)
                if likeness is not None:
                    yield _Link(one, other, likeness)

    def _join_sites(self) -> None:
        """Take a site for the one of its article that goes by its name ("les Îlots", "la centrale des Îlots")."""
        for article in sorted(self.inside):
            sites = [n for n in self.inside[article] if self.nodes[n].value.type == "PROJECT"]
            for short in sites:
                full = [n for n in sites if n != short and goes_by(self.nodes[short].value, self.nodes[n].value)]
                if len(full) == 1:
                    self._take(_Link(full[0], short, Likeness("the bare name of a site of the article")))

    def _join_last_names(self) -> None:
        """Take a lone last name of two articles for one person where both name two other entities beside it."""
        buckets: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        for number in sorted(self.lone, key=lambda n: self.nodes[n].first):
            last = fold_pieces(self.nodes[number].value.name)[-1]
            for near in combinations(sorted(self.beside[number]), 2):
                buckets[last, *near].append(number)
        for first, *others in buckets.values():
            for other in others:
                if not (self._has_full_name(first) and self._has_full_name(other)):
                    self._unite(_Link(first, other, Likeness("the same last name in the same company", 2)))

    def _has_full_name(self, number: int) -> bool:
        return any(n not in self.lone for n in self.members[self.root[number]])

    def _by_length(self, link: _Link) -> tuple[int, int]:
        """The shorter name of a link, then the longer."""
        one, other = sorted((link.one, link.other), key=lambda n: (len(fold_pieces(self.nodes[n].value.name)), n))
        return one, other

    def _company(self, link: _Link) -> int:
        """How many other entities both are named beside, countries left out: every article names some."""
        both = {self.root[link.one], self.root[link.other]}
        return len((self.beside[link.one] & self.beside[link.other]) - both)

    def _named_beside(self, number: int) -> set[int]:
        return {
            self.root[near]
            for article in self.nodes[number].articles
            for near in self.inside[article]
            if near != number and self.nodes[near].value.id not in _countries()
        }

    def _unite(self, link: _Link) -> None:
        one, other = self.root[link.one], self.root[link.other]
        if one != other and not self._held_apart(one, other):
            self._take(link)

    def _take(self, link: _Link) -> None:
        one, other = self.root[link.one], self.root[link.other]
        if one == other:
            return
        kept, gone = sorted((one, other), key=lambda n: self.nodes[n].first)
        for number in self.members[gone]:
            self.root[number] = kept
        self.members[kept] += self.members.pop(gone)
        self.why.append(Same(self.nodes[link.one].first, self.nodes[link.other].first, link.likeness.why))

    def _held_apart(self, one: int, other: int) -> bool:
        """Whether some article names both, and so knows them as two."""
        places = [{a for n in self.members[root] for a in self.nodes[n].articles} for root in (one, other)]
        return bool(places[0] & places[1])

    def named(self) -> dict[Place, EntityValue]:
        """The entity of each place, as the corpus knows it."""
        values: dict[int, EntityValue] = {}
        taken: set[str] = set()
        for root in sorted(self.members, key=lambda n: self.nodes[n].first):
            value = _whole([self.nodes[n] for n in self.members[root]])
            if value.id in taken:
                # Two entities of one name that some article tells apart.
                value = value.model_copy(update={"id": f"{value.id}-{_mark(self.nodes[root].first)}"})
            taken.add(value.id)
            values[root] = value
        return {place: values[self.root[number]] for place, number in self.node_of.items()}


def _lone(place: Place, value: EntityValue) -> object:
    """What an entity shares with those of other articles that are it without a question."""
    return place if _is_last_name(value) else value.id


def _is_last_name(value: EntityValue) -> bool:
    return value.type == "PERSON" and len(fold_pieces(value.name)) == 1 and not _is_known(value)


def _is_known(value: EntityValue) -> bool:
    known = gazetteer().lookup(fold_pieces(value.name))
    return known is not None and entity_id(known.type, known.name) == value.id


@cache
def _countries() -> frozenset[str]:
    return frozenset(entity_id("PLACE", name) for name in territories())


def _whole(nodes: list[_Node]) -> EntityValue:
    """One entity out of all it is called."""
    names: Counter[str] = Counter()
    for node in nodes:
        names.update(node.names)
    name = min(names, key=lambda n: (-names[n], -len(n), n))
    aliases = set().union(*(node.aliases for node in nodes)) - {name}
    first = _fullest(nodes)
    number = f"-{_mark(first.first)}" if _is_last_name(first.value) else ""
    kind = first.value.type if _is_known(first.value) else _type(nodes)
    own = first.value.id if kind == first.value.type else entity_id(kind, first.value.name)
    return EntityValue(id=own + number, name=name, type=kind, aliases=tuple(sorted(aliases)))


def _fullest(nodes: list[_Node]) -> _Node:
    """The node that names the entity: the gazetteer's, else the one with most words, its legal form apart."""
    return min(
        nodes,
        key=lambda n: (not _is_known(n.value), -len(bare(n.value.name)), len(n.value.name), -len(n.articles), n.first),
    )


def _type(nodes: list[_Node]) -> EntityType:
    counts: Counter[EntityType] = Counter()
    for node in nodes:
        counts[node.value.type] += len(node.articles)
    return min(counts, key=lambda kind: (-counts[kind], ORDER.index(kind)))


def _mark(place: Place) -> str:
    """A few characters that tell a last name of one article from the same last name of another."""
    return hashlib.sha256(place[0].encode("utf-8")).hexdigest()[:6]
