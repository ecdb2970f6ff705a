"""Near-duplicate articles: candidates by a join on sampled shingles, then the decision the local engine takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from faits.text.shingles import CONTAINED, FEWEST, FORMULA, Sample, near_duplicates

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

# The decision rounds the share to four places.
_SHARE = CONTAINED - 0.0001


def copies(samples: DataFrame) -> dict[str, tuple[str, float]]:
    """What `near_duplicates` says of all articles, from (article, words, whole, shingles).

    It is decided on the driver among those that can be copies or originals; the others only matter for how many
    originals a shingle stands in, of which the first `FORMULA` + 1 are enough to tell.
    """
    involved = _involved(samples).distinct().persist()
    chosen = samples.join(involved.union(_crowd(samples, involved)).distinct(), "article")
    rows = ((row.article, Sample(row.words, tuple(row.shingles), row.whole)) for row in chosen.toLocalIterator())
    found = near_duplicates(rows)
    involved.unpersist()
    return found


def _involved(samples: DataFrame) -> DataFrame:
    """The articles of all pairs in which most of the later one may stand in the earlier one."""
    from pyspark.sql import functions as f

    same = samples.where("words > 0").groupBy("whole").agg(f.collect_list("article").alias("articles"))
    twins = same.where(f.size("articles") > 1).select(f.explode("articles").alias("article"))
    pairs = _pairs(samples)
    return twins.union(pairs.select("a")).union(pairs.select("b"))


def _pairs(samples: DataFrame) -> DataFrame:
    """Pairs (a, b), b the earlier one, that share so much of a.

    Whoever shares t of the n shingles of an article shares one of any n - t + 1 of them: only the rarest are joined.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    held = _exploded(samples)
    frequent = held.groupBy("shingle").agg(f.count("*").alias("frequency"))
    rarest = Window.partitionBy("article").orderBy("frequency", "shingle")
    probes = (
        held.where(f.col("n") >= FEWEST)
        .join(frequent, "shingle")
        .withColumn("place", f.row_number().over(rarest))
        .where(f.col("place") <= f.col("n") - f.ceil(f.col("n") * _SHARE) + 1)
        .where("frequency > 1")
        .select("shingle", f.col("article").alias("a"), f.col("words").alias("words_a"))
    )
    others = held.select("shingle", f.col("article").alias("b"), f.col("words").alias("words_b"))
    met = probes.join(others, "shingle").where(_before()).select("a", "b").distinct()
    left = samples.select(f.col("article").alias("a"), f.col("shingles").alias("of_a"))
    right = samples.select(f.col("article").alias("b"), f.col("shingles").alias("of_b"))
    shared = f.size(f.array_intersect("of_a", "of_b"))
    return met.join(left, "a").join(right, "b").where(shared >= f.size("of_a") * _SHARE).select("a", "b")


def _before() -> Column:
    """Whether b is looked at before a: the longer one, then the first by id."""
    from pyspark.sql import functions as f

    return (f.col("words_b") > f.col("words_a")) | ((f.col("words_b") == f.col("words_a")) & (f.col("b") < f.col("a")))


def _crowd(samples: DataFrame, involved: DataFrame) -> DataFrame:
    """For each shingle of theirs that may be a formula, the first articles of those that are surely no copies."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    held = _exploded(samples)
    frequent = held.groupBy("shingle").agg(f.count("*").alias("frequency")).where(f.col("frequency") > FORMULA)
    asked = held.join(involved, "article", "left_semi").select("shingle").distinct()
    others = held.join(frequent, "shingle").join(asked, "shingle", "left_semi").join(involved, "article", "left_anti")
    first = Window.partitionBy("shingle").orderBy(f.desc("words"), "article")
    ranked = others.withColumn("place", f.row_number().over(first))
    return ranked.where(f.col("place") <= FORMULA + 1).select("article").distinct()


def _exploded(samples: DataFrame) -> DataFrame:
    from pyspark.sql import functions as f

    return samples.select("article", "words", f.size("shingles").alias("n"), f.explode("shingles").alias("shingle"))
