"""Claims gathered into facts: each joins the cluster it agrees with best, or founds its own."""

from __future__ import annotations

from collections.abc import Iterable

from faits.stages.merging.atoms import Atom
from faits.stages.merging.blocking import Block, BlockingKey, keys
from faits.stages.merging.cluster import Agreement, Cluster, cluster_of
from faits.stages.merging.comparing import agree


def clusters(atoms: Iterable[Atom]) -> list[Cluster]:
    """Cluster atoms given in rank order, the most definite first.

    Likeness is no equivalence (1.0, 1.4 and 1.8 milliards could each be the next), so nothing is chained: a member
    agrees with what all the others leave open together. The order is that of the content, so that neither the order
    of the articles nor their number changes who joins whom.
    """
    blocks: dict[BlockingKey, Block] = {}
    found: list[Cluster] = []
    for atom in atoms:
        places = keys(atom)
        best = _best(blocks, places, atom)
        if best is None:
            best = cluster_of(atom)
            found.append(best)
        else:
            best.add(atom)
        for key in places:
            if key not in best.places:
                best.places.add(key)
                blocks.setdefault(key, Block()).add(best)
    for cluster in found:
        cluster.places = set()  # they are as large as the rest of it, and asked for no more
    return found


def _best(blocks: dict[BlockingKey, Block], places: list[BlockingKey], atom: Atom) -> Cluster | None:
    """The cluster an atom agrees with best; the earlier one when two do equally."""
    best: tuple[Agreement, Cluster] | None = None
    seen: set[int] = set()
    for key in places:
        block = blocks.get(key)
        for cluster in block.near(atom) if block is not None else ():
            if id(cluster) in seen:
                continue
            seen.add(id(cluster))
            agreement = agree(cluster, atom)
            if agreement is not None and (best is None or agreement.order > best[0].order):
                best = agreement, cluster
    return best[1] if best is not None else None
