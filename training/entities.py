"""Train the entity half of one language, from annotated sentences and generated documents."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Config

from annotated import articles
from augment import vary
from faits.models import fill_from_shipped
from fastops import use_fast_ops
from fit import Plan, fit
from generate import documents
from mentions import english, french
from parse import build, trained
from silver import silver

HERE = Path(__file__).parent
PLANS = {
    "fr": Plan(steps=2200, seed=0, dropout=0.2, words=1500, evaluate_every=250, keep_last=True),
    "en": Plan(steps=2500, seed=0, dropout=0.2, words=1500, evaluate_every=250, keep_last=True),
}
FIRST = Plan(steps=1000, seed=0, dropout=0.2, words=1500, evaluate_every=250, keep_last=True)  # English, first round
# From what is shipped on, with the articles annotated since.
LAST = {
    "fr": Plan(steps=700, seed=1, rate=0.0004, warmup=60, dropout=0.2, words=1500, first_words=1500, keep_last=True),
    "en": Plan(steps=500, seed=1, rate=0.0002, warmup=60, dropout=0.2, words=1500, first_words=1500, keep_last=True),
}
GENERATED = {"fr": 3000, "en": 1500}  # new documents each time round
# The last tenth of these is kept for choosing the weights.
HOME = {"fr": ("fr_gsd-ud-dev", "fr_sequoia-ud-train", "fr_sequoia-ud-dev"), "en": ("uner_ewt-dev",)}
HOME_TIMES = {"fr": 2, "en": 3}  # how often these are read each time round
# All of these is for training. Names cross borders, so that each language learns from the other's sentences too;
# the French test set is a translation of the English PUD, which French therefore never sees.
MORE = {"fr": ("wikigold", "uner_ewt-dev"), "en": ("wikigold", "uner_pud-test")}
LOWER = {"fr": 0.02, "en": 0.05}  # share of texts without capitals: web pages have more of them
ARTICLES = HERE / "articles"
ARTICLES_TIMES = 4  # few, but all of them press


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """What may label English sentences that have no names: our own first round, and web pages to find more in."""

    first: Path | None = None
    pages: Path | None = None


def train_entities(
    data: Path,
    lang: str,
    out: Path,
    plan: Plan,
    *,
    generated: int,
    real: bool = True,
    unlabelled: Unlabelled | None = None,
    more_articles: Sequence[Path] = (),
    start: Path | None = None,
) -> None:
    """Train on annotated sentences (unless `real` is false) and `generated` new documents each time round.

    With `unlabelled`, English also reads sentences labelled by vote. `more_articles` are folders like
    training/articles, `start` is one with an earlier training to go on from.
    """
    use_fast_ops()
    config = Config().from_disk(HERE / "configs" / "ner.cfg")
    nlp = trained(start) if start else build(config, lang)
    train, dev = annotated(data, nlp)
    train += [docs for folder in (ARTICLES, *more_articles) for docs in [articles(folder, nlp)] * ARTICLES_TIMES]
    if unlabelled:
        train.append(silver(data, nlp, unlabelled.first, unlabelled.pages))
    if not real:
        train = []
    resume = start is not None
    fit(nlp, lambda rng: _epoch(nlp, train, generated, rng), lambda now: _score(now, dev), plan, out, resume=resume)


def go_on(data: Path, lang: str, out: Path, plan: Plan, *, generated: int) -> None:
    """Go on from the names that are shipped, with all annotated articles, and leave the last weights in `out`."""
    use_fast_ops()
    nlp = build(Config().from_disk(HERE / "configs" / "ner.cfg"), lang)
    fill_from_shipped(nlp, lang, "ner")
    train, dev = annotated(data, nlp)
    train += [articles(ARTICLES, nlp)] * ARTICLES_TIMES
    fit(nlp, lambda rng: _epoch(nlp, train, generated, rng), lambda now: _score(now, dev), plan, out, resume=True)


def annotated(data: Path, nlp: Language) -> tuple[list[list[Doc]], list[Doc]]:
    """The annotated sentences by file, and those kept for development."""
    train, dev = list[list[Doc]](), list[Doc]()
    for file in HOME[nlp.lang]:
        docs = _read(data, nlp, file)
        train += [docs[: len(docs) * 9 // 10]] * HOME_TIMES[nlp.lang]
        dev += docs[len(docs) * 9 // 10 :]
    train += [_read(data, nlp, file) for file in MORE[nlp.lang]]
    return train, dev


def _read(data: Path, nlp: Language, file: str) -> list[Doc]:
    # The English test has no MISC and counts whatever else is found: there, what is not annotated is no name.
    return (
        french(data, nlp.vocab, (file,))
        if file.startswith("fr_")
        else english(data, nlp.vocab, file, leave_open=nlp.lang == "fr")
    )


def _epoch(nlp: Language, files: list[list[Doc]], generated: int, rng: random.Random) -> list[Doc]:
    docs = documents(nlp, generated, rng)
    for sentences in files:
        start = 0
        while start < len(sentences):
            size = rng.choice((1, 1, 2, 4))
            chunk = sentences[start : start + size]
            whole = Doc.from_docs(chunk, ensure_whitespace=True) if len(chunk) > 1 else chunk[0]
            docs.append(vary(whole, rng, lower=LOWER[nlp.lang]))
            start += size
    rng.shuffle(docs)
    return docs


def _score(nlp: Language, dev: list[Doc]) -> tuple[float, str]:
    examples = [Example(doc, gold) for doc, gold in zip(nlp.pipe(gold.text for gold in dev), dev, strict=True)]
    scores = Scorer(nlp).score(examples)
    by_label = " ".join(f"{label} {part['f']:.2f}" for label, part in sorted(scores["ents_per_type"].items()))
    return scores["ents_f"], f"p {scores['ents_p']:.4f} r {scores['ents_r']:.4f} f {scores['ents_f']:.4f} {by_label}"
