"""Gives a clean text its tokens, sentences, syntax and names, with the best spaCy pipeline there is."""

from __future__ import annotations

import importlib.util
from functools import cache
from typing import TYPE_CHECKING

from faits.errors import ModelError
from faits.model import Lang

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Tried in this order when the configuration names none; bigger models parse better.
INSTALLED: dict[Lang, tuple[str, ...]] = {
    "fr": ("fr_core_news_lg", "fr_core_news_md", "fr_core_news_sm"),
    "en": ("en_core_web_lg", "en_core_web_md", "en_core_web_sm"),
}


def annotate(text: str, lang: Lang, *, pipeline: str | None = None) -> Doc:
    """A spaCy Doc over exactly `text`: `doc.text == text`, sentences never cross a line end.

    `pipeline` is the name or path of a pipeline, or None for the best at hand (`pipeline_name`).

    Raises:
        ModelError: the pipeline that was named cannot be loaded, or speaks another language.
    """
    from faits.models.arithmetic import one_thread

    nlp = load_pipeline(lang, pipeline)
    if len(text) > nlp.max_length:
        return _sentences_only(nlp.tokenizer(text))
    with one_thread():
        return nlp(nlp.make_doc(text))


def pipeline_name(lang: Lang, pipeline: str | None = None) -> str:
    """The name and version of the pipeline `annotate` uses ("faits fr 1.0", "fr_core_news_lg 3.8.0", "blank fr")."""
    meta = load_pipeline(lang, pipeline).meta
    label = str(meta.get("name", lang))
    return f"{label} {meta['version']}" if meta.get("version") and label != "blank" else f"{label} {lang}"


@cache
def load_pipeline(lang: Lang, pipeline: str | None = None) -> Language:
    """The spaCy pipeline for one language: the one named, else installed, else ours, else a blank one."""
    from faits.models.tokenizer import import_french

    if lang == "fr":
        import_french()
    nlp = _named(lang, pipeline) if pipeline else _installed(lang) or _ours(lang) or _blank(lang)
    _keep_lines_apart(nlp)
    _speak_our_labels(nlp)
    return nlp


def _named(lang: Lang, pipeline: str) -> Language:
    import spacy

    from faits.models.arithmetic import multiply_quickly

    try:
        nlp = spacy.load(pipeline)
    except (OSError, ImportError) as error:
        raise ModelError(f"pipeline {pipeline!r} for {lang}; {error}; install it or correct [pipelines]") from error
    if nlp.lang != lang:
        raise ModelError(f"pipeline {pipeline!r}; it reads {nlp.lang}, not {lang}; correct [pipelines]")
    multiply_quickly(nlp)
    return nlp


def _installed(lang: Lang) -> Language | None:
    found = next((name for name in INSTALLED[lang] if importlib.util.find_spec(name)), None)
    return _named(lang, found) if found else None


def _ours(lang: Lang) -> Language | None:
    from faits import models

    return models.load_pipeline(lang) if lang in models.LANGS else None


def _blank(lang: Lang) -> Language:
    import spacy

    nlp = spacy.blank(lang)
    nlp.add_pipe("sentencizer")
    nlp.meta["name"] = "blank"
    return nlp


def _keep_lines_apart(nlp: Language) -> None:
    """Put a component first that starts a sentence after each line end; parsers respect it."""
    from spacy.language import Language as Registry

    if not Registry.has_factory("faits_lines"):
        Registry.component("faits_lines", func=start_sentences_at_lines)
    if "sentencizer" in nlp.pipe_names:  # it would overwrite what stands before it
        nlp.add_pipe("faits_lines", last=True)
    elif "faits_lines" not in nlp.pipe_names:
        nlp.add_pipe("faits_lines", first=True)


def _speak_our_labels(nlp: Language) -> None:
    """Put a component last that turns other relations and kinds of name into ours, where there are any."""
    from spacy.language import Language as Registry

    from faits.models.universal import component

    universal = component(nlp)
    if universal is not None:
        name = f"faits_universal_{nlp.lang}"
        Registry.component(name, func=universal)
        nlp.add_pipe(name, last=True)


def start_sentences_at_lines(doc: Doc) -> Doc:
    """Start a sentence at the first token after each line end."""
    fresh = True
    for token in doc:
        if token.is_space:
            fresh = fresh or "\n" in token.text
        elif fresh:
            token.is_sent_start = True
            fresh = False
    return doc


def _sentences_only(doc: Doc) -> Doc:
    """What is left for a text longer than the pipeline takes: tokens, and sentences at line ends."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return start_sentences_at_lines(doc)
