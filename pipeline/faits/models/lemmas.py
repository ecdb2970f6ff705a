"""A lemmatiser that works out the lemma of a word once for each way to make it, and remembers the last many.

spaCy's goes through the text token by token twice, to see that a rule fits the word and to apply it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.pipeline.edit_tree_lemmatizer import EditTreeLemmatizer
from spacy.tokens import Doc

FACTORY = "faits_remembering_lemmatizer"
# Pairs of a word and a rule remembered, each a few dozen bytes.
REMEMBERED = 50_000


class RememberingLemmatizer(EditTreeLemmatizer):
    """spaCy's trainable lemmatiser, where the first rule alone counts."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._known: dict[tuple[int, int], int] = {}

    def predict(self, docs: Iterable[Doc]) -> list[Any]:
        """The likeliest rule of each word, whether it fits or not."""
        texts = list(docs)
        if self.top_k != 1 or not any(len(doc) for doc in texts):
            return list(super().predict(texts))
        labels = np.asarray(self.cfg["labels"])
        return [labels[scores.argmax(axis=1)] for scores in self.model.predict(texts)]

    def set_annotations(self, docs: Iterable[Doc], batch_tree_ids: Sequence[Any]) -> None:
        """Give each word its lemma; one whose rule does not fit has itself, where the configuration says so."""
        for doc, trees in zip(docs, batch_tree_ids, strict=True):
            if len(doc):
                words, set_ = doc.to_array(["ORTH", "LEMMA"]).T.tolist()
                pairs = zip(trees.tolist(), words, set_, strict=True)
                lemmas = [one if one and not self.overwrite else self._lemma(tree, word) for tree, word, one in pairs]
                doc.from_array(["LEMMA"], np.asarray(lemmas, dtype="u8"))  # type: ignore[arg-type]  # what it takes

    def _lemma(self, tree: int, word: int) -> int:
        known = self._known.get((tree, word))
        if known is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            known = self._known[tree, word] = self._made(tree, word)
        return known

    def _made(self, tree: int, word: int) -> int:
        strings: Any = self.vocab.strings
        lemma = self.trees.apply(tree, strings[word]) if tree >= 0 else None
        if lemma is not None:
            return int(strings.add(lemma))
        return word if self.backoff == "orth" else 0


def make_lemmatizer(
    nlp: Language, name: str, model: Any, backoff: str | None, min_tree_freq: int, overwrite: bool, top_k: int,
    scorer: Any,
) -> RememberingLemmatizer:  # fmt: skip
    """What a configuration names as factory in the place of spaCy's `trainable_lemmatizer`."""
    return RememberingLemmatizer(
        nlp.vocab, model, name, backoff=backoff, min_tree_freq=min_tree_freq, overwrite=overwrite, top_k=top_k,
        scorer=scorer,
    )  # fmt: skip


Language.factory(
    FACTORY, assigns=["token.lemma"], func=make_lemmatizer,
    default_config={"scorer": {"@scorers": "spacy.lemmatizer_scorer.v1"}},
)  # fmt: skip
