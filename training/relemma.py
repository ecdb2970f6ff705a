"""Fit the lemma layer again over token vectors that have moved on without it."""

import random
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from thinc.api import Adam, fix_random_seed

from conllu import gold_doc
from parse import DEV, TRAIN, load, trained


def refit_lemmas(data: Path, first: Path, moved: Path, *, epochs: int = 12, seed: int = 0) -> None:
    """Put the lemmatizer of `first` into the pipeline in `moved`, its last layer trained on the vectors of `moved`.

    spaCy rebuilds no map from rules to labels when it reads a lemmatizer, so that training which resumes from a file
    teaches it nothing while the shared vectors change under it.
    """
    fix_random_seed(seed)
    nlp, source = trained(moved), trained(first)
    nlp.remove_pipe("trainable_lemmatizer")
    nlp.add_pipe("trainable_lemmatizer", source=source, after="morphologizer")
    lemmatizer: Any = nlp.get_pipe("trainable_lemmatizer")
    vectors, labels = _examples(data, nlp, lemmatizer)
    layer = next(node for node in lemmatizer.model.walk() if node.name == "softmax")
    optimizer = Adam(0.002, L2=0.0, grad_clip=1.0)
    optimizer.averages = {}
    rng = random.Random(seed)
    size, rows = 2000, list(range(len(labels)))
    for epoch in range(epochs):
        rng.shuffle(rows)
        optimizer.learn_rate = 0.002 * (1 - epoch / epochs)
        for start in range(0, len(rows), size):
            chosen = rows[start : start + size]
            guesses, backprop = layer.begin_update(vectors[chosen])
            guesses[np.arange(len(chosen)), labels[chosen]] -= 1
            backprop(guesses / len(chosen))
            layer.finish_update(optimizer)
    for string in source.vocab.strings:
        nlp.vocab.strings.add(string)  # its rules know their strings by hash
    with nlp.use_params(optimizer.averages):
        nlp.to_disk(moved)


def _examples(data: Path, nlp: Language, lemmatizer: Any) -> tuple[Any, Any]:
    """The vectors of the training words that the tokenizer keeps whole, and the label of the rule for each lemma."""
    index = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    tok2vec: Any = nlp.get_pipe("tok2vec")
    rows, labels = [], []
    for name in (*TRAIN[nlp.lang], DEV[nlp.lang]):
        golds = [gold_doc(nlp.vocab, [sentence]) for sentence in load(data, nlp.lang, name)]
        docs = [nlp.make_doc(gold.text) for gold in golds]
        for gold, doc, tensor in zip(golds, docs, tok2vec.predict(docs), strict=True):
            lemmas = {(token.idx, len(token)): token.lemma_ for token in gold}
            for token in doc:
                lemma = lemmas.get((token.idx, len(token)))
                label = index.get(lemmatizer.trees.add(token.text, lemma)) if lemma else None
                if label is not None:
                    rows.append(tensor[token.i])
                    labels.append(label)
    return np.asarray(rows, dtype="f4"), np.asarray(labels)
