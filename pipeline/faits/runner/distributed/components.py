"""What hangs together in a graph of names: each node with the least node it can be reached from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# As many edges take about half a gigabyte here, and less time than one round of joins does.
ON_DRIVER = 2_000_000

Held = Callable[["DataFrame", str], "DataFrame"]


def components(edges: DataFrame, held: Held, *, on_driver: int = ON_DRIVER) -> DataFrame:
    """For each node of `edges` (columns a and b, texts) the least node of its component, as (node, component).

    Few edges are joined here; more by alternating large and small stars (Kiveris et al., "Connected components in
    MapReduce and beyond", 2014), some ten rounds of two joins. `held` keeps a frame under a name, so that a lost
    executor costs no round twice.
    """
    edges = held(edges.where("a <> b").distinct(), "edges")
    if edges.count() <= on_driver:
        found = united((row.a, row.b) for row in edges.toLocalIterator())
        rows = sorted(found.items()) or [("", "")]
        return edges.sparkSession.createDataFrame(rows, "node string, component string")
    return _stars(edges, held)


def united(edges: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The least node of the component of each node.

    >>> united([("b", "c"), ("a", "b"), ("x", "y")])
    {'b': 'a', 'c': 'a', 'a': 'a', 'x': 'x', 'y': 'x'}
    """
    above: dict[str, str] = {}

    def root(node: str) -> str:
        above.setdefault(node, node)
        while above[node] != node:
            above[node] = node = above[above[node]]
        return node

    for a, b in edges:
        low, high = sorted((root(a), root(b)))
        above[high] = low
    return {node: root(node) for node in above}


def _stars(edges: DataFrame, held: Held) -> DataFrame:
    from pyspark.sql import functions as f

    turn, before = 0, None
    while True:
        edges = held(_small_star(_large_star(edges)), f"stars-{turn % 2}")
        # A star is what no round changes: as many edges, the same ones as far as a sum of digests tells.
        now = edges.agg(f.count("*"), f.sum(f.xxhash64("a", "b").cast("decimal(38,0)"))).collect()[0]
        if before == now:
            break
        turn, before = turn + 1, now
    leaves = edges.select(f.col("a").alias("node"), f.col("b").alias("component"))
    return leaves.union(edges.select(f.col("b").alias("node"), f.col("b").alias("component"))).distinct()


def _large_star(edges: DataFrame) -> DataFrame:
    """Every neighbour greater than a node tied to the least of all its neighbours."""
    from pyspark.sql import functions as f

    both = edges.select("a", "b").union(edges.select(f.col("b").alias("a"), f.col("a").alias("b")))
    least = both.groupBy("a").agg(f.min("b").alias("m")).select("a", f.least("a", "m").alias("m"))
    return both.join(least, "a").where("b > a").select(f.col("b").alias("a"), f.col("m").alias("b")).distinct()


def _small_star(edges: DataFrame) -> DataFrame:
    """A node and every neighbour that is not greater tied to the least of them."""
    from pyspark.sql import functions as f

    down = edges.select(f.greatest("a", "b").alias("a"), f.least("a", "b").alias("b")).where("a <> b")
    least = down.groupBy("a").agg(f.min("b").alias("m"))
    tied = down.join(least, "a").select(f.col("b").alias("a"), f.col("m").alias("b"))
    return tied.union(least.select("a", f.col("m").alias("b"))).where("a <> b").distinct()
