"""Train, shrink and score the shipped pipelines: `python training/train.py DATA_DIR`.

The steps can be run alone (`--steps vectors parse finish ner ship`), each reads what the one before left in `--work`.
"""

import argparse
import gc
import hashlib
import platform
import shutil
from pathlib import Path
from typing import Any

import spacy
import thinc

import entities
import evaluate
import parse
import vectors
from faits.models import read_vectors
from parse import VECTORS
from quantise import ship
from relemma import refit_lemmas

HERE = Path(__file__).parent
MODELS = HERE.parent / "pipeline" / "faits" / "models"
STEPS = ("vectors", "parse", "finish", "ner", "ship")
SOURCES = {
    "fr": [
        "UD_French-Sequoia f5b0496 (LGPL-LR): train, dev",
        "UD_French-GSD 830e278 (CC BY-SA 4.0): dev",
        "UD_French-PUD c245786 (CC BY-SA 3.0): parser only",
        "UNER_English-EWT 8ed072d (CC BY-SA 4.0): dev, entities only",
        "wikigold (CC BY 4.0): entities only",
        "word vectors of fr_core_news_md 3.8.0 (CC0)",
    ],
    "en": [
        "UD_English-EWT 15d613d (CC BY-SA 4.0): train, dev",
        "UNER_English-EWT 8ed072d (CC BY-SA 4.0): dev, entities only",
        "UNER_English-PUD 07ea055 (CC BY-SA): entities only",
        "wikigold (CC BY 4.0): entities only",
        "UD_French-Sequoia f5b0496 (LGPL-LR), UD_French-GSD 830e278 (CC BY-SA 4.0): names, entities only",
        "word vectors of fr_core_news_md 3.8.0 (CC0)",
        "en_core_web_sm 3.8.0 (MIT): second opinion on the names in UD_English-EWT train",
    ],
}
LICENCES = {"fr": "LGPL-LR and CC BY-SA 4.0 (see LICENSE)", "en": "CC BY-SA 4.0 and LGPL-LR (see LICENSE)"}


def main() -> None:
    """Run the steps asked for, for the languages asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with fr/ and en/")
    parser.add_argument("--work", type=Path, default=Path("build/training"), help="where trained pipelines wait")
    parser.add_argument("--out", type=Path, default=MODELS)
    parser.add_argument("--lang", nargs="*", default=["fr", "en"])
    parser.add_argument("--steps", nargs="*", default=list(STEPS), choices=STEPS)
    arguments = parser.parse_args()
    if "vectors" in arguments.steps:
        vectors.shrink(VECTORS)
    for lang in arguments.lang:
        for step in arguments.steps:
            _run(step, lang, arguments.data, arguments.work, arguments.out)
            gc.collect()


def _run(step: str, lang: str, data: Path, work: Path, out: Path) -> None:
    if step == "vectors":  # both languages share them
        return
    if step == "parse":
        parse.train_parser(data, lang, work / f"parse_{lang}", parse.PLANS[lang])
    elif step == "finish":
        parse.finish_parser(data, lang, work / f"parse_{lang}", work / f"finish_{lang}", parse.FINISH[lang])
        refit_lemmas(data, work / f"parse_{lang}", work / f"finish_{lang}")
    elif step == "ner":
        _train_entities(lang, data, work)
    else:
        finished = work / f"finish_{lang}"
        ship_language(data, lang, finished if finished.exists() else work / f"parse_{lang}", work / f"ner_{lang}", out)


def _train_entities(lang: str, data: Path, work: Path) -> None:
    """English goes twice: the first round labels, with `en_core_web_sm`, the sentences that the second reads too."""
    plan, generated, voters = entities.PLANS[lang], entities.GENERATED[lang], tuple[Path, ...]()
    if lang == "en":
        voters = (work / "first_en",)
        entities.train_entities(data, lang, voters[0], plan, generated=generated)
    entities.train_entities(data, lang, work / f"ner_{lang}", plan, generated=generated, voters=voters)


def ship_language(data: Path, lang: str, parser: Path, ner: Path, out: Path) -> None:
    """Put the two halves together, write them in eight bits to `out`, score what was written, and record the scores."""
    nlp, names = spacy.load(parser), spacy.load(ner)
    nlp.vocab.vectors = names.vocab.vectors = read_vectors(VECTORS)
    nlp.add_pipe("ner", source=names)
    nlp.batch_size = 16  # the fastest of 8 to 256 on articles of 500 words: a batch then fits the processor's cache
    meta = _meta(nlp, lang)
    ship(nlp, meta, out / lang)
    if out != MODELS:
        shutil.copy(VECTORS, out)
    shipped = evaluate.load_pipeline(lang, folder=out / lang)
    scores = evaluate.treebanks(shipped, data) | evaluate.entities(shipped, data)
    ship(nlp, {**meta, "scores": evaluate.describe(scores)}, out / lang)
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
        "version": "1.1.0",
        "description": "Parts of speech, lemmas, dependencies (Universal Dependencies) and names for the press",
        "license": LICENCES[lang],
        "components": list(nlp.pipe_names),
        "labels": sorted(nlp.get_pipe("ner").labels),
        "sources": SOURCES[lang],
        "training": {name: {"seed": plan.seed, "steps": plan.steps} for name, plan in plans.items()},
        "versions": {"spacy": spacy.__version__, "thinc": thinc.__version__, "python": platform.python_version()},
        "weights": "eight bits, one scale a row",
        "vectors": {"file": VECTORS.name, "sha256": hashlib.sha256(VECTORS.read_bytes()).hexdigest()},
    }


if __name__ == "__main__":
    main()
