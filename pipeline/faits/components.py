"""The finders as spaCy pipeline components, for anybody's own French or English pipeline.

    nlp = spacy.blank("fr")
    nlp.add_pipe("faits_money")
    doc = nlp("Un parc à 240 millions d'euros.")
    [(span.text, span._.faits) for span in doc.spans["faits"]]

Each component adds its spans to `doc.spans["faits"]`, labelled with their kind; `span._.faits` is the value as a plain
mapping, so that a Doc can still be written to disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast, get_args

from spacy.language import Language
from spacy.tokens import Span

from faits.errors import ModelError

# spaCy imports this file whenever it loads a pipeline, ours or not: the finders are imported when one is called.
if TYPE_CHECKING:
    from spacy.tokens import Doc

    from faits.model import Lang, Mention

KEY = "faits"

if not Span.has_extension(KEY):
    Span.set_extension(KEY, default=None)

Finder = Callable[[str, "Lang", "Doc", "str | None"], "list[Mention]"]


class Component:
    """A finder that marks what it finds in a Doc."""

    def __init__(self, name: str, lang: str | None, find: Finder, published: str | None = None) -> None:
        from faits.model import Lang

        if lang not in get_args(Lang):
            raise ModelError(f"{name}; it reads French and English, not {lang!r}; add it to a pipeline of one of them")
        self.lang, self.find, self.published = cast("Lang", lang), find, published

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the spans found, after those it had, in reading order."""
        found = self.find(doc.text, self.lang, doc, doc.user_data.get("published") or self.published)
        spans = list(doc.spans[KEY]) if KEY in doc.spans else []
        taken = {(span.start, span.end) for span in spans}
        for mention in found:
            span = doc.char_span(mention.start, mention.end, label=mention.kind, alignment_mode="expand")
            if span is None or (span.start, span.end) in taken:
                continue
            if mention.value is not None:
                span._.set(KEY, mention.value.model_dump(mode="json", by_alias=True))
            spans.append(span)
        doc.spans[KEY] = sorted(spans, key=lambda span: (span.start, span.end))
        return doc


def _money(text: str, lang: Lang, doc: Doc, published: str | None) -> list[Mention]:
    from faits.extractors import money
    from faits.text.figures import figures

    found = money.find(text, lang, figures(text, lang))
    meant = money.currencies_meant(found, text, lang)
    return [money.normalise(mention, meant=meant) for mention in found]


def _quantities(text: str, lang: Lang, doc: Doc, published: str | None) -> list[Mention]:
    from faits.extractors import quantities
    from faits.text.figures import figures

    return [quantities.normalise(mention) for mention in quantities.find(text, lang, figures(text, lang))]


def _dates(text: str, lang: Lang, doc: Doc, published: str | None) -> list[Mention]:
    from faits.extractors import dates
    from faits.stages.normalise import tense_of

    day = dates.parse_published(published, lang) if published else None
    return dates.normalise(dates.find(text, lang), text, lang, published=day, tense=tense_of(doc))[0]


def _entities(text: str, lang: Lang, doc: Doc, published: str | None) -> list[Mention]:
    from faits.extractors import entities

    return entities.normalise(entities.find(text, lang, doc), text, lang, doc)


@Language.factory("faits_money")
def make_money(nlp: Language, name: str) -> Component:
    """Money and prices."""
    return Component(name, nlp.lang, _money)


@Language.factory("faits_quantities")
def make_quantities(nlp: Language, name: str) -> Component:
    """Physical quantities, ratios, counts, ordinals."""
    return Component(name, nlp.lang, _quantities)


@Language.factory("faits_dates", default_config={"published": None})
def make_dates(nlp: Language, name: str, published: str | None) -> Component:
    """Dates and durations; relative ones count from `published`, or from `doc.user_data["published"]`."""
    return Component(name, nlp.lang, _dates, published)


@Language.factory("faits_entities")
def make_entities(nlp: Language, name: str) -> Component:
    """Organisations, people, places, products, projects, events, one name for each."""
    return Component(name, nlp.lang, _entities)
