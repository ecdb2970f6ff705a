"""A parser and a recogniser of names that read the lines of a text side by side instead of one after the other.

Each step of spaCy's transition systems is a product of small matrices and a handful of calls, whose cost hardly depends
on how many texts take the step together. No sentence crosses a line end and no name a sentence end, so the parts of one
text can be as many texts. Token vectors are those of the whole, and each part sees one token of the next one:
what is decided is what would be decided in one pass. Scoring the moves of all states by NumPy spares what the compiled
loop spends for each unit of each state. Only parts of one text go together, so that its analysis never
depends on which other texts were read with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.ml.parser_model import ParserStepModel  # type: ignore[import-not-found]  # compiled, without types
from spacy.pipeline.dep_parser import DependencyParser  # type: ignore[import-not-found]  # compiled, without types
from spacy.pipeline.ner import EntityRecognizer  # type: ignore[import-not-found]  # compiled, without types
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span

from faits.models.arithmetic import one_thread

# By the name of the component: the factory that stands in for spaCy's.
LINEWISE = {"parser": "faits_linewise_parser", "ner": "faits_linewise_ner"}


@dataclass(frozen=True, slots=True)
class Part:
    """The tokens of a text from `first` to before `end` as a text of its own; `doc` holds one more if there is one."""

    first: int
    end: int
    doc: Doc


@dataclass(frozen=True, slots=True)
class Read:
    """The parts of a text and where the transition system stands at the end of each."""

    parts: Sequence[Part]
    states: Sequence[Any]


class LinewiseParser(DependencyParser):  # type: ignore[misc]  # a compiled class without types
    """spaCy's dependency parser, over the parts that the sentence starts set before it make."""

    def predict(self, docs: Iterable[Doc]) -> list[Read]:
        """The parts of each text, parsed."""
        steps = _steps_of(self)
        return [_read(self, steps, doc, _sure_starts(doc)) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], states: Sequence[Read]) -> None:
        """Give each text the heads and relations found in its parts."""
        for doc, read in zip(docs, states, strict=True):
            super().set_annotations([part.doc for part in read.parts], read.states)
            rows = [part.doc.to_array(["HEAD", "DEP"])[: part.end - part.first] for part in read.parts]
            if rows:
                doc.from_array(["HEAD", "DEP"], np.concatenate(rows))  # type: ignore[arg-type]  # what it takes


class LinewiseRecognizer(EntityRecognizer):  # type: ignore[misc]  # a compiled class without types
    """spaCy's recogniser of names, over the sentences of a text."""

    def predict(self, docs: Iterable[Doc]) -> list[Read]:
        """The sentences of each text, names found."""
        steps = _steps_of(self)
        return [_read(self, steps, doc) for doc in docs]

    def set_annotations(self, docs: Iterable[Doc], states: Sequence[Read]) -> None:
        """Give each text the names found in its sentences."""
        for doc, read in zip(docs, states, strict=True):
            super().set_annotations([part.doc for part in read.parts], read.states)
            names = [(part.first, name) for part in read.parts for name in _names(part)]
            doc.set_ents([Span(doc, at + name.start, at + name.end, name.label) for at, name in names])


def _names(part: Part) -> Iterator[Span]:
    return (name for name in part.doc.ents if name.start < part.end - part.first)


def _read(pipe: Any, steps: _Steps, doc: Doc, more: Sequence[int] = ()) -> Read:
    """The parts of a text with the state each ends in; `more` are places where it is cut besides."""
    parts = list(_parts(doc, more))
    states: list[Any] = pipe.moves.init_batch([part.doc for part in parts])
    with one_thread():
        score = steps.over(doc, parts)
        going = [state for state in states if not state.is_final()]
        while going:
            going = pipe.transition_states(going, score(going))
    return Read(parts, states)


# Marks that end a sentence where a word, a number or what closes one stands before and a capital behind: in 1,102 such
# places of 48,760 words the parser, left to itself, starts a sentence each time.
_STOPS = frozenset(map(get_string_id, ".!?…"))
_CLOSING = frozenset(")»%€")
_WHOLE = 3  # letters of a word that is surely no initial


def _sure_starts(doc: Doc) -> list[int]:
    """Where a sentence starts by the marks alone."""
    words: list[int] = doc.to_array("ORTH").tolist()
    stops = (i for i, word in enumerate(words) if word in _STOPS and 0 < i < len(words) - 1)
    return [i + 1 for i in stops if _ends(doc[i - 1].text) and doc[i + 1].is_title]


def _ends(word: str) -> bool:
    return word in _CLOSING or (len(word) >= _WHOLE and word.isalnum())


def _parts(doc: Doc, more: Sequence[int]) -> Iterator[Part]:
    """The text cut where a sentence is known to start."""
    starts = doc.to_array("SENT_START") == 1
    firsts = sorted({0, *more, *np.flatnonzero(starts).tolist()}) if len(doc) else []
    words: list[Any] = doc.to_array("ORTH").tolist()
    for first, end in zip(firsts, [*firsts[1:], len(doc)], strict=True):
        part = Doc(doc.vocab, words=words[first : end + 1])
        if end < len(doc):
            part[-1].is_sent_start = True
        yield Part(first, end, part)


def _steps_of(pipe: Any) -> _Steps:
    """The steps of a component, made again where its model has other weights."""
    weights = pipe.model.get_ref("lower").get_param("W")
    kept: tuple[Any, _Steps] | None = pipe.__dict__.get("steps")
    if kept is None or kept[0] is not weights:
        kept = pipe.__dict__["steps"] = (weights, _Steps(pipe.model))
    return kept[1]


class _Steps:
    """What a transition system weighs its moves by, for many states at once."""

    def __init__(self, model: Any) -> None:
        self._vectors, lower, upper = (model.get_ref(name) for name in ("tok2vec", "lower", "upper"))
        # What a state looks at, so many tokens of it; the pieces of a maxout unit side by side, to be compared at once.
        self.nF, self._out, self._pieces, width = lower.get_param("W").shape
        by_place = lower.get_param("W").transpose(0, 3, 2, 1).reshape(self.nF, width, -1)
        self._weights = [np.ascontiguousarray(weights) for weights in by_place]
        self._padding = lower.get_param("pad")[0].transpose(0, 2, 1).reshape(self.nF, -1)
        self._bias = lower.get_param("b").T.reshape(-1)
        self._moves, self._move_bias = upper.get_param("W").T, upper.get_param("b")

    def over(self, doc: Doc, parts: Sequence[Part]) -> Callable[[Sequence[Any]], Any]:
        """A function from states in the parts of a text to the scores of the moves of each."""
        # For each place a state looks at, a row for each token of the parts laid end to end, as states number them; the
        # first, number -1, is for none.
        order = [at for part in parts for at in range(part.first, part.first + len(part.doc))]
        vectors, count = self._vectors.predict([doc])[order], len(order) + 1
        table = np.empty((self.nF, count, self._out * self._pieces), dtype="f4")
        table[:, 0] = self._padding
        for weights, part in zip(self._weights, table, strict=True):
            np.dot(vectors, weights, out=part[1:])
        table[0] += self._bias  # once for each state: there is one token, or none, in the first place
        token_ids, take, add = ParserStepModel.get_token_ids, table.reshape(self.nF * count, -1).take, np.add.reduce
        out, pieces, moves, move_bias = self._out, self._pieces, self._moves, self._move_bias
        first_rows = np.arange(1, self.nF * count, count)

        def score(states: Sequence[Any]) -> Any:
            hidden = add(take(token_ids(self, states) + first_rows, axis=0), axis=1)
            best = np.maximum(hidden[:, :out], hidden[:, out : 2 * out])
            for piece in range(2, pieces):
                best = np.maximum(best, hidden[:, piece * out : (piece + 1) * out])
            scores = np.dot(best, moves)
            scores += move_bias
            return scores

        return score

    @property
    def state2vec(self) -> _Steps:
        """Where spaCy's function for what a state looks at finds how much that is."""
        return self


def make_parser(
    nlp: Language, name: str, model: Any, moves: Any, update_with_oracle_cut_size: int, learn_tokens: bool,
    min_action_freq: int, scorer: Any,
) -> LinewiseParser:  # fmt: skip
    """What a configuration names as factory in the place of spaCy's `parser`."""
    return LinewiseParser(
        nlp.vocab, model, name=name, moves=moves, update_with_oracle_cut_size=update_with_oracle_cut_size,
        learn_tokens=learn_tokens, min_action_freq=min_action_freq, scorer=scorer,
    )  # fmt: skip


def make_recognizer(
    nlp: Language, name: str, model: Any, moves: Any, update_with_oracle_cut_size: int, incorrect_spans_key: Any,
    scorer: Any,
) -> LinewiseRecognizer:  # fmt: skip
    """What a configuration names as factory in the place of spaCy's `ner`."""
    return LinewiseRecognizer(
        nlp.vocab, model, name=name, moves=moves, update_with_oracle_cut_size=update_with_oracle_cut_size,
        incorrect_spans_key=incorrect_spans_key, scorer=scorer,
    )  # fmt: skip


Language.factory(
    LINEWISE["parser"], assigns=["token.dep", "token.head", "token.is_sent_start", "doc.sents"], func=make_parser,
    default_config={"scorer": {"@scorers": "spacy.parser_scorer.v1"}},
)  # fmt: skip
Language.factory(
    LINEWISE["ner"], assigns=["doc.ents", "token.ent_iob", "token.ent_type"], func=make_recognizer,
    default_config={"scorer": {"@scorers": "spacy.ner_scorer.v1"}},
)  # fmt: skip
