"""Entities of one id in all articles taken together, on the disk; and what several of them are called as one."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter

from faits.extractors.entities import entity_id
from faits.lexicons.names import fold_pieces, gazetteer, territories
from faits.model import EntityType, EntityValue
from faits.stages.spill import Spill
from faits.text.naming.likeness import ORDER, bare, blocking_keys

_NODES_AT_HAND = 2048


@dataclass(frozen=True, slots=True)
class Node:
    """Entities of one id in all articles: what is the same without a question; a lone last name is one article's.

    Its number is that of the first place it stands at, places being counted by article and id.
    """

    number: int
    value: EntityValue  # as its first article has it, with the aliases of all
    names: dict[str, int]  # how many articles use each
    aliases: tuple[str, ...]  # its names among them
    articles: int
    article: int  # the first of them
    keys: frozenset[str]
    first_aliases: tuple[str, ...] = ()  # as its first article has them

    @property
    def plain(self) -> bool:
        """Whether it is by itself what its first article has."""
        return len(self.names) == 1 and not self.lone and (*self.value.aliases,) == self.first_aliases

    @property
    def lone(self) -> bool:
        """Whether it is a last name that nothing is known of."""
        return is_last_name(self.value)


class Nodes:
    """The nodes of a corpus. Articles go by number here, in the order of their ids."""

    def __init__(self, spill: Spill, articles: Iterable[tuple[str, Iterable[EntityValue]]]) -> None:
        """Take each article's entities, one value an id; the articles in the order of their ids."""
        self.spill = spill
        self._read = lru_cache(_NODES_AT_HAND)(_read)
        spill.make("CREATE TABLE articles (number INTEGER PRIMARY KEY, id TEXT)")
        spill.make("CREATE TABLE said (key TEXT, article INTEGER, id TEXT, value TEXT)")
        spill.make("CREATE TABLE nodes (number INTEGER PRIMARY KEY, type TEXT, lone INTEGER, kept TEXT)")
        spill.make("CREATE TABLE members (node INTEGER, article INTEGER, id TEXT)")
        spill.make("CREATE TABLE blocks (key TEXT, node INTEGER)")
        spill.make("CREATE TABLE entities (node INTEGER PRIMARY KEY, id TEXT, line TEXT)")
        with spill.into("articles") as names, spill.into("said") as said:
            for number, (article, values) in enumerate(articles):
                names.add(number, article)
                for value in sorted(values, key=lambda value: value.id):
                    key = f"\0{number} {value.id}" if is_last_name(value) else value.id
                    said.add(key, number, value.id, value.model_dump_json())
        with (
            spill.into("nodes") as nodes,
            spill.into("members") as members,
            spill.into("blocks") as blocks,
            spill.into("entities") as entities,
        ):
            rows = spill.rows("SELECT key, rowid, article, id, value FROM said ORDER BY key, rowid")
            for _, group in groupby(rows, key=itemgetter(0)):
                places = list(group)
                node = _node(places)
                nodes.add(node.number, node.value.type, node.lone, _kept(node))
                for place in places:
                    members.add(node.number, place[2], place[3])
                for key in node.keys:
                    blocks.add(key, node.number)
                if node.plain:  # most are called by one name, and nothing has to be found out
                    entities.add(node.number, node.value.id, places[0][4])
                else:
                    entity = self.whole([node])
                    entities.add(node.number, entity.id, entity.model_dump_json())
        spill.make("DROP TABLE said")
        spill.make("CREATE INDEX by_node ON members (node, article)")
        spill.make("CREATE INDEX by_article ON members (article, id, node)")

    def get(self, number: int) -> Node:
        """A node."""
        return self._read(number, self.spill.all("SELECT kept FROM nodes WHERE number = ?", (number,))[0][0])

    def lone(self) -> Iterator[Node]:
        """The lone last names, by number."""
        for number, kept in self.spill.rows("SELECT number, kept FROM nodes WHERE lone ORDER BY number"):
            yield self._read(number, kept)

    def blocks(self) -> Iterator[tuple[str, list[Node]]]:
        """The nodes that have a blocking key in common, block by block, each by number."""
        query = (
            "SELECT key, number, kept FROM blocks JOIN nodes ON blocks.node = nodes.number"
            " WHERE key IN (SELECT key FROM blocks GROUP BY key HAVING count(*) > 1) ORDER BY key, number"
        )
        for key, rows in groupby(self.spill.rows(query), key=itemgetter(0)):
            yield key, [self._read(number, kept) for _, number, kept in rows]

    def sites(self) -> Iterator[list[Node]]:
        """The sites that an article names, where it names several; article by article, each by its id there."""
        query = (
            "SELECT article, number, kept FROM members JOIN nodes ON members.node = nodes.number"
            " WHERE type = 'PROJECT' ORDER BY article, id"
        )
        for _, rows in groupby(self.spill.rows(query), key=itemgetter(0)):
            named = list(rows)
            if len(named) > 1:
                yield [self._read(number, kept) for _, number, kept in named]

    def articles_of(self, number: int) -> frozenset[int]:
        """The articles that name a node."""
        return frozenset(a for (a,) in self.spill.all("SELECT article FROM members WHERE node = ?", (number,)))

    def named_in(self, article: int) -> list[tuple[str, int]]:
        """The ids an article has for its entities, and the node of each."""
        return self.spill.all("SELECT id, node FROM members WHERE article = ? ORDER BY id", (article,))

    def article(self, number: int) -> str:
        """The id of an article."""
        return str(self.spill.all("SELECT id FROM articles WHERE number = ?", (number,))[0][0])

    def place(self, number: int) -> tuple[str, str]:
        """The first place of a node: article, id there."""
        query = "SELECT article, id FROM members WHERE node = ? ORDER BY article LIMIT 1"
        article, own = self.spill.all(query, (number,))[0]
        return self.article(article), str(own)

    def whole(self, nodes: Sequence[Node]) -> EntityValue:
        """One entity out of all it is called."""
        names: Counter[str] = Counter()
        for node in nodes:
            names.update(node.names)
        name = min(names, key=lambda n: (-names[n], -len(n), n))
        aliases = set().union(*(node.aliases for node in nodes)) - {name}
        first = _fullest(nodes)
        number = f"-{self.mark(first)}" if first.lone else ""
        kind = first.value.type if _is_known(first.value) else _type(nodes)
        own = first.value.id if kind == first.value.type else entity_id(kind, first.value.name)
        return EntityValue(id=own + number, name=name, type=kind, aliases=tuple(sorted(aliases)))

    def mark(self, node: Node) -> str:
        """A few characters that tell a last name of one article from the same last name of another."""
        return hashlib.sha256(self.article(node.article).encode("utf-8")).hexdigest()[:6]


def _node(places: Sequence[tuple[str, int, int, str, str]]) -> Node:
    values = {text: EntityValue.model_validate_json(text) for text in dict.fromkeys(place[4] for place in places)}
    _, number, article, _, text = places[0]
    names = Counter(values[place[4]].name for place in places)
    aliases = {alias for value in values.values() for alias in (value.name, *value.aliases)}
    first = values[text]
    value = first.model_copy(update={"aliases": tuple(sorted(aliases - {first.name}))})
    keys = frozenset(blocking_keys(value))
    return Node(number, value, dict(names), tuple(sorted(aliases)), len(places), article, keys, first.aliases)


def _kept(node: Node) -> str:
    value = node.value
    return json.dumps([value.id, value.name, value.type, value.aliases, node.names, node.aliases, node.articles,
                       node.article, sorted(node.keys)], ensure_ascii=False)  # fmt: skip


def _read(number: int, kept: str) -> Node:
    id_, name, kind, short, names, aliases, articles, article, keys = json.loads(kept)
    value = EntityValue(id=id_, name=name, type=kind, aliases=tuple(short))
    return Node(number, value, names, tuple(aliases), articles, article, frozenset(keys))


def _fullest(nodes: Sequence[Node]) -> Node:
    """The node that names the entity: the gazetteer's, else the one with most words, its legal form apart."""
    return min(
        nodes,
        key=lambda n: (not _is_known(n.value), -len(bare(n.value.name)), len(n.value.name), -n.articles, n.number),
    )


def _type(nodes: Sequence[Node]) -> EntityType:
    counts: Counter[EntityType] = Counter()
    for node in nodes:
        counts[node.value.type] += node.articles
    return min(counts, key=lambda kind: (-counts[kind], ORDER.index(kind)))


def is_last_name(value: EntityValue) -> bool:
    """Whether a value is a lone last name, that of somebody the gazetteer does not know."""
    return value.type == "PERSON" and len(fold_pieces(value.name)) == 1 and not _is_known(value)


def _is_known(value: EntityValue) -> bool:
    known = gazetteer().lookup(fold_pieces(value.name))
    return known is not None and entity_id(known.type, known.name) == value.id


@cache
def countries() -> frozenset[str]:
    """The ids of countries and the like."""
    return frozenset(entity_id("PLACE", name) for name in territories())
