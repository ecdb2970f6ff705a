"""One entity under all its names, across articles and languages.

Names meet where they share a blocking key; `likeness.alike` says why two can be one, and how many other entities both
must be named beside before they are. What an article keeps apart stays apart, and so does a short name that fits two
entities. An article that names neither of two entities nor anything like them changes nothing about them.

All of it lies in tables on the disk, so that no corpus is too large; what is held are the names that meet others.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from faits.model import Claim, EntityValue, Mention
from faits.stages.identifying.joining import Joining, joined
from faits.stages.identifying.nodes import Nodes
from faits.stages.spill import Spill

Place = tuple[str, str]  # article, id of the entity in the article

# Articles and entities whose names are at hand.
_ARTICLES_AT_HAND = 512
_ENTITIES_AT_HAND = 2048


@dataclass(frozen=True, slots=True)
class Same:
    """Two entities taken for one, and why."""

    one: Place
    other: Place
    why: str


@dataclass(frozen=True)
class Entity:
    """An entity as the corpus knows it."""

    id: str
    line: str  # as JSON

    @cached_property
    def value(self) -> EntityValue:
        """The same as an object."""
        return EntityValue.model_validate_json(self.line)


class Names:
    """What the corpus calls the entities of each article."""

    def __init__(self, joining: Joining) -> None:
        self._spill = joining.nodes.spill
        self._call(joining)
        self.of = lru_cache(_ARTICLES_AT_HAND)(self._of)
        self._entity = lru_cache(_ENTITIES_AT_HAND)(Entity)

    def _call(self, joining: Joining) -> None:
        """Call each entity by all of its nodes; two of one name that some article tells apart get two ids."""
        nodes, spill = joining.nodes, self._spill
        for root in joining.roots():
            members = joining.members(root)
            value = nodes.whole([nodes.get(number) for number in members])
            for number in members:
                spill.make("DELETE FROM entities WHERE node = ?", (number,))
                spill.make("UPDATE members SET node = ? WHERE node = ?", (root, number))
            self._put(root, value)
        spill.make("CREATE INDEX by_id ON entities (id, node)")
        for (id_,) in spill.all("SELECT id FROM entities GROUP BY id HAVING count(*) > 1 ORDER BY id"):
            _, *others = spill.all("SELECT node, line FROM entities WHERE id = ? ORDER BY node", (id_,))
            for root, line in others:
                spill.make("DELETE FROM entities WHERE node = ?", (root,))
                value, mark = EntityValue.model_validate_json(line), nodes.mark(nodes.get(root))
                own = f"{id_}-{mark}"
                while spill.all("SELECT 1 FROM entities WHERE id = ?", (own,)):
                    own += f"-{mark}"
                self._put(root, value.model_copy(update={"id": own}))

    def _put(self, root: int, value: EntityValue) -> None:
        self._spill.put("entities", [(root, value.id, value.model_dump_json())])

    def _of(self, article: int) -> Mapping[str, Entity]:
        query = (
            "SELECT members.id, entities.id, line FROM members JOIN entities ON members.node = entities.node"
            " WHERE article = ? ORDER BY members.id"
        )
        rows = self._spill.all(query, (article,))
        return {own: self._entity(id_, line) for own, id_, line in rows}


def names(articles: Iterable[tuple[str, Iterable[EntityValue]]], spill: Spill) -> Names:
    """What the corpus calls the entities of its articles, which come in the order of their ids, one value an id.

    Its id is made of its fullest name, its name is the one most articles use, its aliases are all the others.
    """
    return Names(joined(Nodes(spill, articles)))


def identify(entities: Iterable[tuple[str, EntityValue]]) -> dict[Place, EntityValue]:
    """For each article and entity id, the entity as the corpus knows it, all at once."""
    articles = _by_article(entities)
    with Spill() as spill:
        found = names(((article, said.values()) for article, said in articles), spill)
        return {
            (article, own): entity.value
            for number, (article, _) in enumerate(articles)
            for own, entity in found.of(number).items()
        }


def explain(entities: Iterable[tuple[str, EntityValue]]) -> list[Same]:
    """Every pair of entities that `identify` took for one, with the reason, in a fixed order."""
    with Spill() as spill:
        nodes = Nodes(spill, ((article, said.values()) for article, said in _by_article(entities)))
        links = joined(nodes).links
        found = [Same(nodes.place(link.one), nodes.place(link.other), link.likeness.why) for link in links]
    return sorted(found, key=lambda same: (same.one, same.other))


def _by_article(entities: Iterable[tuple[str, EntityValue]]) -> list[tuple[str, dict[str, EntityValue]]]:
    articles: dict[str, dict[str, EntityValue]] = defaultdict(dict)
    for article, value in entities:
        articles[article][value.id] = value
    return sorted(articles.items())


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
