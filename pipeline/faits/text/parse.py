"""A parsed text in plain objects: what rules ask of a spaCy `Doc`, under the names it has there, answered faster.

spaCy makes a token each time one is looked at, goes through a sentence for the children of each, and looks every label
up in its table of strings; rules ask some thirty tokens for each word. `read_off` makes each of them once.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Literal, overload

if TYPE_CHECKING:
    from spacy import tokens

_COLUMNS = ("IDX", "IS_SPACE", "IS_PUNCT", "HEAD", "SENT_START", "ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "MORPH")


class Morph:
    """The features of a word: "Tense=Fut|VerbForm=Fin"."""

    __slots__ = ("_values", "written")

    def __init__(self, written: str) -> None:
        self.written = written
        pairs = (feature.split("=", 1) for feature in written.split("|") if "=" in feature)
        self._values = {name: values.split(",") for name, values in pairs}

    def __str__(self) -> str:
        return self.written

    def get(self, name: str, default: list[str]) -> list[str]:
        """The values of one feature."""
        return self._values.get(name, default)


@lru_cache(maxsize=4096)
def _morph(written: str) -> Morph:
    return Morph("" if written == "_" else written)


class Token:
    """A word of a parsed text and what hangs on it."""

    __slots__ = (
        "children", "dep_", "doc", "head", "i", "idx", "is_space", "lemma_", "lower_", "morph", "pos_", "tag_", "text",
    )  # fmt: skip
    head: Token

    def __init__(
        self, doc: Doc, i: int, idx: int, is_space: int, text: str, lower: str, lemma: str, pos: str, tag: str,
        dep: str, morph: Morph,
    ) -> None:  # fmt: skip
        self.doc = doc
        self.i = i
        self.idx = idx
        self.is_space = is_space
        self.text = text
        self.lower_ = lower
        self.lemma_ = lemma
        self.pos_ = pos
        self.tag_ = tag
        self.dep_ = dep
        self.morph = morph
        self.children: Sequence[Token] = ()

    def __len__(self) -> int:
        return len(self.text)

    def __repr__(self) -> str:
        return f"{self.text}/{self.dep_}"

    @property
    def lefts(self) -> list[Token]:
        """Those of its children that stand before it."""
        return [child for child in self.children if child.i < self.i]

    @property
    def rights(self) -> list[Token]:
        """Those of its children that stand behind it."""
        return [child for child in self.children if child.i > self.i]

    @property
    def ancestors(self) -> list[Token]:
        """What it hangs on, from its head up to the root."""
        above = []
        token = self
        while token.head is not token:
            token = token.head
            above.append(token)
        return above

    @property
    def subtree(self) -> list[Token]:
        """It and all that hangs on it, each child of a word before or behind it as it stands."""
        found: list[Token] = []
        waiting = [(self, False)]
        while waiting:  # and no function in a function: a text may hang on one thread for thousands of words
            token, opened = waiting.pop()
            if opened or not token.children:
                found.append(token)
                continue
            waiting += [(child, False) for child in reversed(token.rights)]
            waiting.append((token, True))
            waiting += [(child, False) for child in reversed(token.lefts)]
        return found

    @property
    def left_edge(self) -> Token:
        """The first word of what hangs on it."""
        return self.doc.tokens[self.doc.source[self.i].left_edge.i]

    @property
    def sent(self) -> Span:
        """The sentence it stands in."""
        starts = self.doc.sentence_starts
        at = bisect_right(starts, self.i)
        return Span(self.doc, starts[at - 1], starts[at] if at < len(starts) else len(self.doc))

    @property
    def whitespace_(self) -> str:
        """The blank behind it."""
        return str(self.doc.source[self.i].whitespace_)

    @property
    def like_num(self) -> bool:
        """Whether it looks like a number."""
        return bool(self.doc.source[self.i].like_num)


class Span(Sequence[Token]):
    """Words that follow one another."""

    __slots__ = ("doc", "end", "start")

    def __init__(self, doc: Doc, start: int, end: int) -> None:
        self.doc, self.start, self.end = doc, start, end

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Token]: ...
    def __getitem__(self, at: int | slice) -> Token | Sequence[Token]:
        return self.doc.tokens[self.start : self.end][at]

    @property
    def text(self) -> str:
        """The words as written."""
        if self.start >= self.end:
            return ""
        last = self.doc.tokens[self.end - 1]
        return self.doc.text[self.doc.tokens[self.start].idx : last.idx + len(last.text)]

    @property
    def root(self) -> Token:
        """The word that hangs on none of the others, the one nearest to the root of its sentence."""
        inside, start, end = self.doc.tokens[self.start : self.end], self.start, self.end
        for token in inside:
            if token.head is token:
                return token
        outer = [token for token in inside if not start <= token.head.i < end]
        return min(outer, key=_depth) if len(outer) > 1 else outer[0] if outer else self.doc.tokens[start]


def _depth(token: Token) -> int:
    """How far a word is from the root; marks and blanks are no root of anything."""
    bare = not token.children and (token.is_space or token.doc.marks[token.i])
    return len(token.doc) - 1 if bare else len(token.ancestors)


class Doc:
    """A parsed text; `source` is what spaCy made of it."""

    def __init__(self, source: tokens.Doc, text: str | None = None) -> None:
        self.source = source
        if text is not None:
            self.text = text
        self.lang_: str = source.lang_
        columns = dict(zip(_COLUMNS, source.to_array(list(_COLUMNS)).T.tolist(), strict=True))
        self.starts: list[int] = columns["IDX"]
        self.blank: list[int] = columns["IS_SPACE"]
        self.marks: list[int] = columns["IS_PUNCT"]
        self.heads = [i + (away if away < 2**63 else away - 2**64) for i, away in enumerate(columns["HEAD"])]
        self._sentence_start: list[int] = columns["SENT_START"]
        names = ("ORTH", "LOWER", "LEMMA", "POS", "TAG", "DEP", "MORPH")
        strings: Any = source.vocab.strings
        written = {key: strings[key] if key else "" for key in {key for name in names for key in columns[name]}}
        *said, morphs = ([written[key] for key in columns[name]] for name in names)
        count = len(self.starts)
        self.tokens = [
            Token(self, *one)
            for one in zip(range(count), self.starts, self.blank, *said, map(_morph, morphs), strict=True)
        ]
        self._roots: dict[tuple[int, int], Token | None] = {}
        self._annotated: dict[str, bool] = {}
        self._length = self.starts[-1] + len(source[count - 1].text_with_ws) if count else 0
        self._hang()

    def _hang(self) -> None:
        hanging: dict[int, list[Token]] = {}
        for token, head in zip(self.tokens, self.heads, strict=True):
            token.head = self.tokens[head]
            if head != token.i:
                hanging.setdefault(head, []).append(token)
        for head, children in hanging.items():
            self.tokens[head].children = children

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    @cached_property
    def text(self) -> str:
        """The text it was made of."""
        return self.source.text

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, slice):
            start, end, _ = at.indices(len(self.tokens))
            return Span(self, start, max(start, end))
        return self.tokens[at]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """The first word of each sentence."""
        return [i for i, start in enumerate(self._sentence_start) if not i or start == 1]

    def has_annotation(self, what: str) -> bool:
        """Whether the pipeline gave the words their parse ("DEP"), tags ("POS"), features ("MORPH")."""
        if what not in self._annotated:
            self._annotated[what] = bool(self.source.has_annotation(what))
        return self._annotated[what]

    def char_span(self, start: int, end: int, *, alignment_mode: Literal["expand", "contract"]) -> Span | None:
        """The words that lie in `text[start:end]` wholly ("contract") or in part ("expand"); None where none does."""
        first, last = self._at(start), self._at(end - 1)
        if first < 0 or last < 0:
            return None
        behind = self.starts[first] + len(self.tokens[first].text)
        if alignment_mode == "expand":
            return Span(self, first + (start == behind), last + 1)
        first += self.starts[first] < start
        last -= end < self.starts[last] + len(self.tokens[last].text)
        return Span(self, first, last + 1) if first <= last else None

    def root_of(self, start: int, end: int) -> Token | None:
        """The root of the words that `text[start:end]` holds in part; each stretch is asked for many times."""
        if (start, end) not in self._roots:
            span = self.char_span(start, end, alignment_mode="expand")
            self._roots[start, end] = span.root if span is not None and len(span) else None
        return self._roots[start, end]

    def _at(self, offset: int) -> int:
        """The word at an offset, the blank behind it being its own; -1 outside the text."""
        return bisect_right(self.starts, offset) - 1 if offset < self._length else -1


@overload
def read_off(source: tokens.Doc | Doc, text: str | None = None) -> Doc: ...
@overload
def read_off(source: tokens.Doc | Doc | None, text: str | None = None) -> Doc | None: ...
def read_off(source: tokens.Doc | Doc | None, text: str | None = None) -> Doc | None:
    """The same in plain objects; what is so already stays. `text` is that of the source, where it is at hand."""
    return source if source is None or isinstance(source, Doc) else Doc(source, text)
