"""Which nodes are one entity: names alike, names alike in company, sites by their bare names, lone last names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, product

from faits.lexicons.names import fold_pieces
from faits.stages.identifying.nodes import Node, Nodes, countries
from faits.text.naming.likeness import Likeness, alike, goes_by

# Sets of articles and of neighbours that are at hand: links come by the node they begin with.
_AT_HAND = 1024


@dataclass(frozen=True, slots=True)
class Link:
    """Two nodes that can be one, by number."""

    one: int
    other: int
    likeness: Likeness


class Joining:
    """Takes nodes for one. Only those that are linked to any other are held."""

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        self.links: list[Link] = []  # those along which nodes were joined
        self._root: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._articles = lru_cache(_AT_HAND)(nodes.articles_of)
        self._beside = lru_cache(_AT_HAND)(self._named_beside)
        self._inside = lru_cache(_AT_HAND)(self._counting_in)
        self._then: dict[int, int] = {}  # the roots at the time company is asked for

    def root(self, number: int) -> int:
        """The first of the nodes that a node is one with."""
        return self._root.get(number, number)

    def members(self, root: int) -> list[int]:
        """The nodes that are one."""
        return self._members.get(root, [root])

    def roots(self) -> list[int]:
        """Those that others are one with, in order."""
        return sorted(self._members)

    def join(self) -> None:
        """Take for one what the comparators say is one: names alike first, then those that need company."""
        self._find_links()
        self._join_sites()
        for link in self._found("shared = 0"):
            self._unite(link)
        self._then = dict(self._root)
        held = [link for link in self._found("shared > 0") if self._company(link) >= link.likeness.shared]
        fits: dict[int, set[int]] = defaultdict(set)
        for link in held:
            short, full = self._by_length(link)
            fits[short].add(self.root(full))
        for link in held:
            if len(fits[self._by_length(link)[0]]) == 1:
                self._unite(link)
        self._join_last_names()

    def _find_links(self) -> None:
        """The pairs alike; a lone last name meets full names here, other lone ones only in company."""
        spill = self.nodes.spill
        spill.make("CREATE TABLE links (shared INTEGER, one INTEGER, other INTEGER, why TEXT)")
        with spill.into("links") as links:
            for key, block in self.nodes.blocks():
                lone = [node for node in block if node.lone]
                full = [node for node in block if not node.lone]
                for one, other in chain(combinations(full, 2), product(full, lone)):
                    if min(one.keys & other.keys) != key:
                        continue  # the two are compared under the first of the keys they share
                    likeness = alike(one.value, other.value)
                    if likeness is not None:
                        links.add(likeness.shared, one.number, other.number, likeness.why)

    def _found(self, where: str) -> Iterator[Link]:
        """The links that need no company, or need some, in the order of their nodes."""
        query = f"SELECT one, other, why, shared FROM links WHERE {where} ORDER BY shared, one, other"
        for one, other, why, shared in self.nodes.spill.rows(query):
            yield Link(one, other, Likeness(why, shared))

    def _join_sites(self) -> None:
        """Take a site for the one of its article that goes by its name ("les Îlots", "la centrale des Îlots")."""
        for sites in self.nodes.sites():
            for short in sites:
                full = [site for site in sites if site is not short and goes_by(short.value, site.value)]
                if len(full) == 1:
                    bare_name = Likeness("the bare name of a site of the article")
                    self._take(Link(full[0].number, short.number, bare_name))

    def _join_last_names(self) -> None:
        """Take a lone last name of two articles for one person where both name two other entities beside it."""
        spill = self.nodes.spill
        spill.make("CREATE TABLE company (last TEXT, one INTEGER, other INTEGER, node INTEGER)")
        with spill.into("company") as company:
            for node in self.nodes.lone():
                last = fold_pieces(node.value.name)[-1]
                for one, other in combinations(sorted(self._beside(node.number)), 2):
                    company.add(last, one, other, node.number)
        query = (
            "SELECT first, node FROM (SELECT one, other, node, min(node) OVER same AS first FROM company"
            " WINDOW same AS (PARTITION BY last, one, other)) WHERE node > first ORDER BY first, one, other, node"
        )
        for first, other in spill.rows(query):
            if not (self._has_full_name(first) and self._has_full_name(other)):
                self._unite(Link(first, other, Likeness("the same last name in the same company", 2)))
        spill.make("DROP TABLE company")

    def _has_full_name(self, number: int) -> bool:
        return any(not self.nodes.get(n).lone for n in self.members(self.root(number)))

    def _by_length(self, link: Link) -> tuple[int, int]:
        """The shorter name of a link, then the longer."""
        one, other = sorted((link.one, link.other), key=lambda n: (len(fold_pieces(self._name(n))), n))
        return one, other

    def _name(self, number: int) -> str:
        return self.nodes.get(number).value.name

    def _company(self, link: Link) -> int:
        """How many other entities both are named beside, countries left out: every article names some."""
        both = {self.root(link.one), self.root(link.other)}
        return len((self._beside(link.one) & self._beside(link.other)) - both)

    def _named_beside(self, number: int) -> frozenset[int]:
        near = (node for article in self._articles(number) for node in self._inside(article) if node != number)
        return frozenset(self._then.get(node, node) for node in near)

    def _counting_in(self, article: int) -> list[int]:
        """The nodes of an article that are company."""
        return [node for own, node in self.nodes.named_in(article) if own not in countries()]

    def _unite(self, link: Link) -> None:
        one, other = self.root(link.one), self.root(link.other)
        if one != other and not self._held_apart(one, other):
            self._take(link)

    def _take(self, link: Link) -> None:
        one, other = self.root(link.one), self.root(link.other)
        if one == other:
            return
        kept, gone = sorted((one, other))
        together = self.members(kept) + self.members(gone)
        for number in together:
            self._root[number] = kept
        self._members.pop(gone, None)
        self._members[kept] = together
        self.links.append(link)

    def _held_apart(self, one: int, other: int) -> bool:
        """Whether some article names both, and so knows them as two."""
        first, second = (
            frozenset[int]().union(*(self._articles(n) for n in self.members(root))) for root in (one, other)
        )
        return not first.isdisjoint(second)


def joined(nodes: Nodes) -> Joining:
    """The nodes of a corpus, those that are one entity joined."""
    joining = Joining(nodes)
    joining.join()
    return joining


__all__ = ["Joining", "Link", "Node", "joined"]
