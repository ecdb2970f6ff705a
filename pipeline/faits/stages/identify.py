"""One entity under all its names, across articles and languages."""

from __future__ import annotations

from collections.abc import Iterable

from faits.model import EntityValue


def identify(entities: Iterable[tuple[str, EntityValue]]) -> dict[tuple[str, str], EntityValue]:
    """For each article and entity id, the entity as the corpus knows it."""
    return {(article, entity.id): entity for article, entity in entities}
