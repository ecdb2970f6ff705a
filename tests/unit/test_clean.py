"""The article is kept, the page around it is removed, and every character keeps its offset."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

import pytest

from faits.errors import CorpusError
from faits.lexicons.boilerplate import button_words, cue_rows, cues, words_of
from faits.model import Lang, Metadata, RawArticle
from faits.stages.clean import clean

CASES = Path(__file__).parents[1] / "cases"
LANGS: tuple[Lang, ...] = get_args(Lang)


def raw(text: str, **metadata: str) -> RawArticle:
    return RawArticle(
        id="a.txt", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata.model_validate(metadata)
    )


def cases() -> list[object]:
    found = []
    for lang in LANGS:
        rows = tomllib.loads((CASES / lang / "clean.toml").read_text(encoding="utf-8"))["case"]
        found += [pytest.param(row, id=f"{lang}: {row['why']}") for row in rows]
    return found


def marked(text: str) -> tuple[str, list[str]]:
    """The text without its marks, and the marked stretches."""
    spans = [part.split("⟧")[0] for part in text.split("⟦")[1:]]
    return text.replace("⟦", "").replace("⟧", ""), spans


@pytest.mark.parametrize("case", cases())
def test_what_is_marked_is_removed_and_nothing_else(case: dict[str, object]) -> None:
    text, spans = marked(str(case["text"]))

    article, _ = clean(raw(text))

    assert [text[r.start : r.end] for r in article.removed] == spans
    assert [r.kind for r in article.removed] == case["expect"]


def pages() -> list[object]:
    return [
        pytest.param(page["text"].strip() + "\n", id=f"{lang}: {page['why']}")
        for lang in LANGS
        for page in tomllib.loads((CASES / lang / "pages.toml").read_text(encoding="utf-8"))["page"]
    ]


@pytest.mark.parametrize("page", pages())
@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_of_a_whole_page_the_article_is_kept_and_what_is_around_it_goes(page: str, end: str) -> None:
    text, around = marked(page.replace("\n", end))

    article, _ = clean(raw(text))

    gone = "\n".join(text[r.start : r.end] for r in article.removed)
    outside = [line for block in around for line in block.split("\n") if line]
    own = [line for line in text.split("\n") if line and line not in outside]
    assert [line for line in own if line in gone] == []
    assert len([line for line in outside if line not in gone]) <= len(outside) // 10


@pytest.mark.parametrize("lang", LANGS)
def test_every_cue_reads_its_examples(lang: Lang) -> None:
    unread = [
        (row.kind, row.place, example)
        for row in cue_rows(lang)
        for example in row.examples
        if all(hit.cue != row for hit in cues(lang).hits(words_of(example)))
    ]

    assert unread == []


@pytest.mark.parametrize("lang", LANGS)
def test_menu_words_are_single_words(lang: Lang) -> None:
    assert len(button_words(lang)) > 50


def test_removed_and_passages_share_no_character_and_miss_no_word() -> None:
    text, _ = marked(tomllib.loads((CASES / "fr" / "clean.toml").read_text(encoding="utf-8"))["case"][3]["text"])

    article, _ = clean(raw(text))

    covered = [*article.removed, *article.passages]
    seen = [at for span in covered for at in range(span.start, span.end)]
    assert len(seen) == len(set(seen))
    assert all(text[at].isspace() for at in set(range(len(text))) - set(seen))


def test_headings_are_kept_and_named_so() -> None:
    text, _ = marked(tomllib.loads((CASES / "en" / "clean.toml").read_text(encoding="utf-8"))["case"][0]["text"])

    article, _ = clean(raw(text))

    headings = [text[p.start : p.end].strip() for p in article.passages if p.zone == "heading"]
    assert headings == ["Tidal plant off Orkney doubles its turbines", "Who pays"]
    assert article.metadata.title == "Tidal plant off Orkney doubles its turbines"
    assert article.metadata.author == "Morag Tulloch"


def test_an_article_in_another_language_is_refused() -> None:
    german = "Die neue Anlage wird im Herbst ans Netz gehen und soll rund vierzig Haushalte mit Strom versorgen können."

    with pytest.raises(CorpusError) as refused:
        clean(raw(german))

    assert refused.value.code == "language"


def test_a_mixed_article_is_split_by_paragraph() -> None:
    french = "Le barrage a été inauguré mardi par le ministre, qui a salué le travail de tous les ouvriers du chantier."
    english = "The dam was opened on Tuesday by the minister, who praised the work of all the people on the site."

    article, _ = clean(raw(f"{french}\n\n{french[:-1]} de nuit.\n\n{english}"))

    assert [p.lang for p in article.passages] == ["fr", "en"]


def test_the_date_line_at_the_head_is_removed_and_read() -> None:
    article, _ = clean(raw(" date 2024-06 Le parc ouvre ses portes au public après deux ans de travaux."))

    assert [(r.start, r.end, r.kind) for r in article.removed] == [(0, 14, "date_header")]
    assert (article.metadata.published, article.metadata.published_source) == ("2024-06", "header")


def test_a_fuller_date_in_the_text_refines_the_month_and_never_contradicts_it() -> None:
    text = " date 2024-06 Le parc ouvre ses portes au public après deux ans de travaux."

    finer, _ = clean(raw(text), published_in=lambda *_: "2024-06-12")
    other, _ = clean(raw(text), published_in=lambda *_: "2023-01-01")

    assert finer.metadata.published == "2024-06-12"
    assert other.metadata.published == "2024-06"


def test_a_bracket_that_was_never_opened_is_reported() -> None:
    text = "Le projet coûterait 100 milliards de dollars s livres) selon les deux entreprises qui le portent."

    _, problems = clean(raw(text))

    assert [(p.code, p.text) for p in problems] == [("damaged", ")")]


@pytest.mark.parametrize("text", ["", " ", "\n\n", "?", "…", "1", "Oui", "((((", "«»", "a.B" * 9])
def test_odd_little_texts_are_survived(text: str) -> None:
    article, _ = clean(raw(text, lang="fr"))

    assert article.source == text
