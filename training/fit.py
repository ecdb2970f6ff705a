"""The training loop: a fixed number of steps, a rate that falls to nothing, averaged weights, the best kept."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import fix_random_seed
from thinc.api import Adam

Score = Callable[[Language], tuple[float, str]]
Epoch = Callable[[random.Random], list[Doc]]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train; `words` is the size of one batch when fully grown."""

    steps: int
    seed: int
    rate: float = 0.001
    warmup: int = 200
    words: int = 1000
    dropout: float = 0.1
    evaluate_every: int = 500
    first_words: int = 200
    grow_over: int = 1000
    keep_last: bool = False  # the last weights, not those that score best on the development set


def fit(nlp: Language, epoch: Epoch, score: Score, plan: Plan, out: Path, *, resume: bool = False) -> None:
    """Train `nlp` on what `epoch` gives, again and again, and write the pipeline that scores best to `out`.

    `epoch` is called with the run's random generator each time round, so that it can regroup and vary its documents;
    `score` gives one number to rise and a line to print. `resume` goes on from the weights that `nlp` has, and keeps
    the last ones: by then the development set may be among the training data.
    """
    fix_random_seed(plan.seed)
    rng = random.Random(plan.seed)
    if not resume:
        first = [_example(nlp, doc) for doc in epoch(rng)]
        nlp.initialize(lambda: first)
    optimizer = Adam(plan.rate, beta1=0.9, beta2=0.999, L2=0.01, L2_is_weight_decay=True, grad_clip=1.0)
    optimizer.averages = {}
    best, started, losses = -1.0, time.monotonic(), dict[str, float]()
    for step, batch in enumerate(_batches(nlp, epoch, rng, plan)):
        optimizer.learn_rate = _rate(plan, step)
        nlp.update(batch, sgd=optimizer, losses=losses, drop=plan.dropout)
        last = step + 1 == plan.steps
        if (step + 1) % plan.evaluate_every == 0 or last:
            with nlp.use_params(optimizer.averages):
                value, line = score(nlp)
                if value > best or resume or plan.keep_last:
                    best = value
                    nlp.to_disk(out)
            loss = " ".join(f"{name} {amount:.0f}" for name, amount in losses.items())
            print(f"{step + 1} {time.monotonic() - started:.0f}s {line} | {loss}", flush=True)
            losses = {}
        if last:
            return


def _rate(plan: Plan, step: int) -> float:
    if step < plan.warmup:
        return plan.rate * (step + 1) / plan.warmup
    return plan.rate * max(0.02, (plan.steps - step) / (plan.steps - plan.warmup))


def _batches(nlp: Language, epoch: Epoch, rng: random.Random, plan: Plan) -> Iterator[list[Example]]:
    step, batch, words = 0, list[Example](), 0
    while True:
        for doc in epoch(rng):
            batch.append(_example(nlp, doc))
            words += len(doc)
            grown = min(1.0, step / plan.grow_over)
            if words >= plan.first_words + (plan.words - plan.first_words) * grown:
                yield batch
                step, batch, words = step + 1, [], 0


def _example(nlp: Language, doc: Doc) -> Example:
    return Example(nlp.make_doc(doc.text), doc)
