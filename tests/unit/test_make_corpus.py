"""The generator of large corpora gives the same bytes for the same seed, and never the same article twice."""

from pathlib import Path

from faits.stages.load import FORMATS
from make_corpus import made

CORPUS = Path(__file__).parents[2] / "corpus"


def test_the_same_seed_gives_the_same_articles_and_another_seed_others() -> None:
    first, again, other = (list(made(CORPUS, 60, seed)) for seed in (1, 1, 2))

    assert first == again
    assert not {text for _, text in first} & {text for _, text in other}


def test_no_two_articles_are_alike_and_all_are_articles() -> None:
    articles = list(made(CORPUS, 100))

    assert len({text for _, text in articles}) == len({name for name, _ in articles}) == 100
    assert {Path(name).suffix for name, _ in articles} <= FORMATS.keys()
