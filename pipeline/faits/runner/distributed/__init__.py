"""The pipeline on Apache Spark: the same stages, and the same bytes, over as many machines as there are."""
