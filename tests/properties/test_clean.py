"""Whatever the text, the cleaner loses no offset and covers every character once."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from faits.errors import CorpusError
from faits.model import Metadata, RawArticle
from faits.stages.clean import clean
from faits.text.view import view_of

LINES = st.sampled_from(
    [
        "Le groupe a vendu 12 trains à la région, pour un montant de 80 millions d'euros, selon son directeur.",
        "Lire aussi : Les trains de nuit",
        "Sommaire",
        "Partager : Facebook – X",
        "Un titre de section",
        "Et vous, qu'en pensez-vous ?",
        "• 12 trains",
        "",
        "Il part.Elle reste. Le + gros lot.",
        "3 commentaires",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, max_size=14).map("\n".join) | st.text(max_size=120))
def test_removed_and_kept_are_parts_of_the_source_and_never_overlap(text: str) -> None:
    raw = RawArticle(id="a", sha256="", source=text, encoding="utf-8", format="text", metadata=Metadata(lang="fr"))

    try:
        article, problems = clean(raw)
    except CorpusError as error:
        assert error.code == "language"
        return

    spans = sorted([(r.start, r.end) for r in article.removed] + [(p.start, p.end) for p in article.passages])
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= two[0] for one, two in pairwise(spans))
    covered = {at for start, end in spans for at in range(start, end)}
    assert all(not text[at].isalnum() for at in set(range(len(text))) - covered)
    assert all(p.text == text[p.start or 0 : p.end or 0] for p in problems if p.text is not None)
    for lang in {p.lang for p in article.passages}:
        assert view_of(article, lang).text.strip()
