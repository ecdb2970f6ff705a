"""Train the parsing half of one language: token vectors, parts of speech, lemmas, dependencies."""

import random
from collections.abc import Sequence
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from thinc.api import Config

from augment import vary
from conllu import Sentence, Word, gold_doc, read_conllu
from faits.models import read_vectors  # and the tokenizers
from fastops import use_fast_ops
from fit import Plan, fit
from vectors import vectors_file

HERE = Path(__file__).parent
TRAIN = {
    "fr": ("fr_sequoia-ud-train", "fr_gsd-ud-dev", "fr_pud-ud-test"),
    "en": ("en_ewt-ud-train",),
}
TOKENIZERS = {"fr": "faits.french.v1", "en": "faits.english.v1"}
DEV = {"fr": "fr_sequoia-ud-dev", "en": "en_ewt-ud-dev"}
PLANS = {"fr": Plan(steps=7000, seed=0, dropout=0.15), "en": Plan(steps=7500, seed=0, dropout=0.15)}
# The last stretch: once the length of the training is chosen, the development sentences are worth more as data.
FINISH = {
    "fr": Plan(steps=3000, seed=1, dropout=0.2, rate=0.0005, first_words=1000),
    "en": Plan(steps=6000, seed=1, dropout=0.2, rate=0.0005, first_words=1000),
}
# GSD is read twice: only its development part is at hand, and its news and web pages are most like the press.
FINISH_TIMES = {"fr_gsd-ud-dev": 2}


def train_parser(data: Path, lang: str, out: Path, plan: Plan) -> None:
    """Train on the treebanks under `data`, keep the best of the run in `out`."""
    use_fast_ops()
    config = Config().from_disk(HERE / "configs" / "parse.cfg")
    nlp = build(config, lang)
    files = [load(data, lang, name) for name in TRAIN[lang]]
    dev = [gold_doc(nlp.vocab, [sentence]) for sentence in load(data, lang, DEV[lang])]
    fit(nlp, lambda rng: _epoch(nlp, files, rng), lambda now: _score(now, dev), plan, out)


def build(config: Config, lang: str) -> Language:
    """An untrained pipeline of one language, with the tokenizer and the vectors that the package uses."""
    config["nlp"]["lang"] = lang
    config["nlp"]["tokenizer"] = {"@tokenizers": TOKENIZERS[lang]}
    nlp = spacy.util.load_model_from_config(config, auto_fill=True)
    nlp.vocab.vectors = read_vectors(vectors_file(lang))
    return nlp


def trained(path: Path) -> Language:
    """A pipeline that training left in a folder; what spaCy keeps of its vectors forgets how words are looked up."""
    nlp = spacy.load(path)
    nlp.vocab.vectors = read_vectors(vectors_file(nlp.lang))
    return nlp


def finish_parser(data: Path, lang: str, start: Path, out: Path, plan: Plan) -> None:
    """Go on from the weights in `start` with the development sentences added, and keep the last weights in `out`."""
    use_fast_ops()
    nlp = trained(start)
    names = [name for name in (*TRAIN[lang], DEV[lang]) for _ in range(FINISH_TIMES.get(name, 1))]
    files = [_familiar(nlp, load(data, lang, name)) for name in names]
    dev = [gold_doc(nlp.vocab, [sentence]) for sentence in load(data, lang, DEV[lang])]
    fit(nlp, lambda rng: _epoch(nlp, files, rng), lambda now: _score(now, dev), plan, out, resume=True)


def _familiar(nlp: Language, sentences: list[Sentence]) -> list[Sentence]:
    """The sentences without any combination of features that the morphologizer has no label for."""
    labels = set(nlp.get_pipe("morphologizer").labels)
    return [s for s in sentences if all(_label(nlp, word) in labels for word in s.words)]


def _label(nlp: Language, word: Word) -> str:
    features = [*(word.morph.split("|") if word.morph else []), f"POS={word.pos}"]
    return str(nlp.vocab.strings[nlp.vocab.morphology.add("|".join(features))])


def load(data: Path, lang: str, name: str) -> list[Sentence]:
    """The sentences of one treebank file."""
    return list(read_conllu(data / lang / f"{name}.conllu.gz", merge=lang == "fr"))


def _epoch(nlp: Language, files: Sequence[list[Sentence]], rng: random.Random) -> list[Doc]:
    docs = list[Doc]()
    for sentences in files:
        start = 0
        while start < len(sentences):
            # Half of the sentences stand alone; the others follow one another, so that sentence ends are learnt.
            size = 1 if rng.random() < 0.7 else rng.randint(2, 5)
            docs.append(vary(gold_doc(nlp.vocab, sentences[start : start + size]), rng))
            start += size
    rng.shuffle(docs)
    return docs


def _score(nlp: Language, dev: list[Doc]) -> tuple[float, str]:
    examples = [Example(doc, gold) for doc, gold in zip(nlp.pipe(gold.text for gold in dev), dev, strict=True)]
    scores = Scorer(nlp).score(examples)
    names = ("pos_acc", "morph_acc", "lemma_acc", "dep_uas", "dep_las")
    value = scores["pos_acc"] + scores["lemma_acc"] + 2 * scores["dep_las"]
    return value, " ".join(f"{name} {scores[name]:.4f}" for name in names)
