"""Begins Spark, and says what is missing where it cannot: the one file that knows how Spark is set up."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from faits.errors import FaitsError, UsageError
from faits.exporters.optional import needed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Rows of articles are large: this many of them at a time between Java and Python.
_ROWS = 128
# Libraries of linear algebra start a thread a core each, which slows several workers down and may change last digits.
_ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
_LOGGING = Path(__file__).with_name("log4j2.properties")


def missing() -> str | None:
    """What Spark lacks on this machine, in words; None when it can begin."""
    for module in ("pyspark", "pyarrow", "pandas"):
        try:
            needed(module, "spark")
        except UsageError as error:
            return str(error)
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        return "spark; no Java is found; install Java 17 (apt-get install openjdk-17-jre-headless) or set JAVA_HOME"
    return None


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """A Spark session that ends with the block. What spark-defaults.conf (in SPARK_CONF_DIR) says goes before ours.

    Raises:
        UsageError: pyspark or Java is missing.
        FaitsError: Spark cannot begin, or a task failed as often as Spark tries it.
    """
    if (what := missing()) is not None:
        raise UsageError(what)
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # the executors of a local master run in this environment
    try:
        spark = SparkSession.builder.config(conf=_configuration(master)).getOrCreate()
    except (Py4JError, PySparkException, RuntimeError) as error:
        raise FaitsError(f"spark; it cannot begin with master {master} ({_last(error)}); check the address") from error
    try:
        yield spark
    except (Py4JError, PySparkException) as error:
        raise FaitsError(f"spark; a task failed each time it was tried ({_last(error)}); see the log") from error
    finally:
        spark.stop()


def _configuration(master: str) -> Any:
    from pyspark import SparkConf

    conf = SparkConf().setMaster(master).setAppName("faits")
    local = master.startswith("local")
    ours = {
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(_ROWS),
        "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
        "spark.ui.enabled": str(not local).lower(),
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.session.timeZone": "UTC",
        # Tables of a gigabyte cross the driver a partition at a time.
        "spark.driver.maxResultSize": "4g",
        **{f"spark.executorEnv.{name}": "1" for name in _ONE_THREAD},
    }
    if local:
        # An executor lives on this machine: no name has to be looked up, and no other machine may call.
        ours |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
        ours["spark.sql.shuffle.partitions"] = str(2 * _cores(master))
        os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    for key, value in ours.items():
        conf.setIfMissing(key, value)
    return conf


def _cores(master: str) -> int:
    """How many tasks a local master runs at a time.

    >>> _cores("local[3]"), _cores("local-cluster[2,1,2048]"), _cores("local")
    (3, 2, 1)
    """
    inside = master.partition("[")[2].rstrip("]").split(",")
    numbers = [int(part) for part in inside[:2] if part.strip().isdigit()]
    if inside[0] == "*":
        return os.cpu_count() or 1
    if master.startswith("local-cluster") and len(numbers) == 2:
        return numbers[0] * numbers[1]
    return numbers[0] if numbers else 1


def _last(error: Exception) -> str:
    """The line of a Java stack that says what was wrong."""
    lines = [line.strip() for line in str(error).splitlines() if line.strip() and not line.strip().startswith("at ")]
    said = [line for line in lines if "Error" in line or "Exception" in line]
    return (said or lines or [type(error).__name__])[-1][:300]
