"""Facts of many claims: the one stage that sees more than one article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from faits.model import Claim, EntityValue, Fact, Statement
from faits.stages.merging.agreeing import Row, agreed, disagreements, evidence
from faits.stages.merging.atoms import atoms, renamed
from faits.stages.merging.cluster import Cluster
from faits.stages.merging.clustering import clusters
from faits.stages.merging.conflicts import Related, related
from faits.stages.merging.corroborating import corroborated
from faits.stages.merging.counting import count
from faits.stages.merging.ids import former_ids, identify_rows
from faits.stages.merging.lean import lean

VERSION = "merge@2"


def merge(
    claims: Iterable[Claim],
    *,
    copies: Mapping[str, str] | None = None,
    entities: Mapping[tuple[str, str], EntityValue] | None = None,
    state: Callable[..., Statement],
) -> list[Fact]:
    """Gather claims into facts, sorted by subject, predicate and id.

    `copies` says which article near-duplicates which, `entities` what an article's entity is called across articles.
    The result is the same for any order of the claims and however often one of them is given.
    """
    copies, entities = copies or {}, entities or {}
    told = corroborated((renamed(claim, entities) for claim in claims), copies)
    facts = facts_of(told, copies=copies, former=former_names(entities), state=state)
    return sorted(facts, key=order)


def facts_of(
    claims: Iterable[Claim],
    *,
    copies: Mapping[str, str],
    former: Mapping[tuple[str, str], Sequence[str]],
    state: Callable[..., Statement],
) -> Iterator[Fact]:
    """The facts of claims that have to do with each other and with no others, one by one in no particular order.

    `former` holds the ids an article used for an entity that goes by another id across articles. The former ids of a
    fact (`replaces`) can still be those of others.
    """
    found = clusters(atoms(lean(claims)))
    rows = [(agreed(cluster, copies), cluster) for cluster in found]
    ids = identify_rows(rows)
    links = related([(id_, row, cluster) for id_, (row, cluster) in zip(ids, rows, strict=True)])
    taken = frozenset(ids)
    for id_, (row, cluster) in zip(ids, rows, strict=True):
        replaces = former_ids(row, cluster, former) - taken
        yield _fact(id_, row, cluster, links, copies, replaces=replaces, state=state)


def order(fact: Fact) -> tuple[str, str, str]:
    """Sorts the facts of the table."""
    return fact.subject.name, fact.predicate, fact.id


def _fact(
    id_: str,
    row: Row,
    cluster: Cluster,
    links: Related,
    copies: Mapping[str, str],
    *,
    replaces: set[str],
    state: Callable[..., Statement],
) -> Fact:
    proofs = evidence(cluster, row)
    articles, mentions = count(proofs, copies)
    return Fact(
        id=id_,
        **vars(row),
        statement=state(**vars(row)),
        evidence=proofs,
        articles=articles,
        mentions=mentions,
        disagreements=disagreements(cluster, row, proofs),
        conflicts=tuple(sorted(links.conflicts.get(id_, ()))),
        updates=tuple(sorted(links.updates.get(id_, ()))),
        replaces=tuple(sorted(replaces)),
        confidence=_confidence(cluster),
    )


def _confidence(cluster: Cluster) -> float | None:
    """The confidence of the surest claim; None where no claim has one."""
    said = [claim.confidence for atom in cluster.atoms for claim in atom.claims if claim.confidence is not None]
    return max(said, default=None)


def former_names(entities: Mapping[tuple[str, str], EntityValue]) -> dict[tuple[str, str], list[str]]:
    """The ids an article used for an entity, by article and the id it goes by across articles, where they differ."""
    former: dict[tuple[str, str], list[str]] = defaultdict(list)
    for (article, old), entity in sorted(entities.items(), key=lambda item: item[0]):
        if old != entity.id:
            former[article, entity.id].append(old)
    return dict(former)
