"""The matrix products of a spaCy pipeline, by the library NumPy itself comes with.

thinc's own (BLIS, as it is built for everyone) is three times slower on a recent processor. NumPy's would share each of
these small products out to all processors, which takes longer, rounds differently and gets in the way of other workers.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import NumpyOps
from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]


class one_thread:  # noqa: N801 – a context manager, named as it reads
    """Lets NumPy multiply on the thread it is called from only, as long as the outermost of such contexts lasts."""

    _lock = Lock()
    _inside = 0
    _limit: Any = None

    def __enter__(self) -> None:
        with self._lock:
            if not one_thread._inside:
                one_thread._limit = _controller().limit(limits=1, user_api="blas")
            one_thread._inside += 1

    def __exit__(self, *error: object) -> None:
        with self._lock:
            one_thread._inside -= 1
            if not one_thread._inside:
                one_thread._limit.restore_original_limits()


@cache
def _controller() -> ThreadpoolController:
    return ThreadpoolController().select(user_api="blas")


class QuickOps(NumpyOps):  # type: ignore[misc]  # thinc's compiled class has no types
    """thinc's operations on NumPy arrays, with `numpy.dot` for the matrix product."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        """The product of `x` and `y`, each transposed first when asked."""
        with one_thread():
            return np.dot(x.T if trans1 else x, y.T if trans2 else y, out=out)


def multiply_quickly(nlp: Language) -> None:
    """Let every layer of a pipeline that computes on the processor multiply by `numpy.dot`."""
    ops = QuickOps()
    for _, pipe in nlp.pipeline:
        model: Any = getattr(pipe, "model", None)
        for node in model.walk() if hasattr(model, "walk") else ():
            if type(node.ops) is NumpyOps:
                node.ops = ops
