"""Print every measure of the shipped pipelines as one table: `python training/evaluate.py DATA_DIR [--shared DIR]`.

Treebank scores are over raw text: the pipeline's own tokenizer reads each sentence, and a gold word whose tokens differ
counts as wrong. French multiword tokens ("du") are one word, as conllu.py says.
"""

import argparse
import json
import os
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("BLIS_NUM_THREADS", "1")

import spacy
from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc, DocBin
from spacy.training import Example

from annotated import LABELS
from conllu import Sentence, gold_doc, read_conllu
from faits.models import load_pipeline, read_vectors
from mentions import english

TESTS = {"fr": ("fr_sequoia-ud-test", "fr_gsd-ud-test"), "en": ("en_ewt-ud-test",)}
FLOORS = {
    "fr_sequoia-ud-test": {"pos": 0.968, "lemma": 0.958, "uas": 0.895, "las": 0.845},
    "fr_gsd-ud-test": {"las": 0.80},
    "regional press": {"las": 0.83},
    "en_ewt-ud-test": {"uas": 0.86, "las": 0.83, "pos": 0.945},
    "fr PUD projected": {"f": 0.72},
    "en UNER EWT test": {"f": 0.68},
    "fr names": {"found": 0.88, "typed": 0.75},
    "en names": {"found": 0.88, "typed": 0.75},
    "fr seeds names": {"found": 0.88, "typed": 0.75},
    "fr speed": {"words/s": 6000},
}

Scores = dict[str, dict[str, float]]


def main() -> None:
    """Score the shipped pipelines, or those of `--models`, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with fr/ and en/")
    parser.add_argument("--models", type=Path, help="a folder with fr/ and en/ to use instead of the shipped ones")
    parser.add_argument("--gold", type=Path, help="a folder with gold/, corpus/ and seeds/ (names found, speed)")
    parser.add_argument("--lang", nargs="*", default=["fr", "en"])
    parser.add_argument("--json", type=Path, help="write the scores here too")
    arguments = parser.parse_args()
    scores = Scores()
    for lang in arguments.lang:
        folder = arguments.models / lang if arguments.models else None
        nlp = load_pipeline(lang, folder=folder)
        scores |= treebanks(nlp, arguments.data) | entities(nlp, arguments.data)
        if arguments.gold:
            scores |= gold_names(nlp, arguments.gold) | speed(nlp, arguments.gold) | loading(lang, folder)
    print(table(scores))
    if arguments.json:
        arguments.json.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")


def table(scores: Scores) -> str:
    """The scores, one a line, each with its floor where there is one."""
    lines = [f"{'set':24}{'measure':10}{'score':>9}{'floor':>9}"]
    for name, measures in scores.items():
        for measure, value in measures.items():
            floor = FLOORS.get(name, {}).get(measure)
            shown = f"{value:9.0f}" if value > 2 else f"{value:9.4f}"
            verdict = "" if floor is None else f"{floor:9}" + ("" if value >= floor else "  below")
            lines.append(f"{name:24}{measure:10}{shown}{verdict}")
    return "\n".join(lines)


def treebanks(nlp: Language, data: Path) -> Scores:
    """Part of speech, lemma and dependency scores on the test treebanks of the language."""
    scores = Scores()
    for name in TESTS[nlp.lang]:
        sentences = list(read_conllu(data / nlp.lang / f"{name}.conllu.gz", merge=nlp.lang == "fr"))
        scores[name] = _parse_scores(nlp, sentences)
        regional = [sentence for sentence in sentences if sentence.sent_id.startswith("annodis")]
        if regional:
            scores["regional press"] = _parse_scores(nlp, regional)
    return scores


def _parse_scores(nlp: Language, sentences: list[Sentence]) -> dict[str, float]:
    gold = [gold_doc(nlp.vocab, [sentence]) for sentence in sentences]
    found = Scorer(nlp).score(_examples(nlp, gold))
    names = {"pos": "pos_acc", "morph": "morph_acc", "lemma": "lemma_acc", "uas": "dep_uas", "las": "dep_las"}
    return {short: found[name] for short, name in names.items()}


def _examples(nlp: Language, gold: list[Doc]) -> list[Example]:
    return [Example(doc, reference) for doc, reference in zip(nlp.pipe(d.text for d in gold), gold, strict=True)]


def entities(nlp: Language, data: Path) -> Scores:
    """Typed scores on the entity test set, which has no MISC: what is found as MISC is set aside."""
    if nlp.lang == "fr":
        name = "fr PUD projected"
        gold = list(DocBin().from_disk(data / "fr" / "ner_fr_pud_projected_test.spacy").get_docs(nlp.vocab))
    else:
        name = "en UNER EWT test"
        gold = english(data, nlp.vocab, "uner_ewt-test", leave_open=False)
    examples = _examples(nlp, gold)
    for example in examples:
        doc = example.predicted
        doc.set_ents([entity for entity in doc.ents if entity.label_ != "MISC"])
    found = Scorer.score_spans(examples, "ents", getter=lambda doc, _: doc.ents)
    blind = Scorer.score_spans(examples, "ents", getter=lambda doc, _: doc.ents, labeled=False)
    by_label = {label: part["f"] for label, part in sorted(found["ents_per_type"].items())}
    return {
        name: {
            "p": found["ents_p"],
            "r": found["ents_r"],
            "f": found["ents_f"],
            "f untyped": blind["ents_f"],
            **by_label,
        }
    }


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the gold: its text, spans that do not count, and its entities as (label, aliases)."""

    text: str
    skipped: list[tuple[int, int]]
    entities: list[tuple[str, list[str]]]


def gold_names(nlp: Language, shared: Path) -> Scores:
    """Distinct names an article, as the gold has them: F of names found, and of names found with the right type."""
    sets = {"names": ("corpus",), "seeds names": ("seeds",)}
    scores = Scores()
    for title, folders in sets.items():
        counts = Counter[str]()
        for article in _articles(shared, folders, nlp.lang):
            counts += _count(nlp, article)
        if counts["gold"]:
            scores[f"{nlp.lang} {title}"] = {
                "found": _f(counts["found"], counts["right"], counts["gold"], counts["predicted"]),
                "found r": counts["found"] / counts["gold"],
                "found p": counts["right"] / max(1, counts["predicted"]),
                "typed": _f(counts["typed"], counts["right typed"], counts["gold"], counts["predicted"]),
                "typed r": counts["typed"] / counts["gold"],
                "types": counts["typed"] / max(1, counts["found"]),
            }
    return scores


def _f(found: int, right: int, gold: int, predicted: int) -> float:
    recall, precision = found / gold, right / max(1, predicted)
    return 2 * recall * precision / max(1e-9, recall + precision)


def _articles(shared: Path, folders: tuple[str, ...], lang: str) -> Iterator[Article]:
    for folder in folders:
        for path in sorted((shared / "gold" / folder).glob("*.json")):
            gold = json.loads(path.read_text(encoding="utf-8"))
            source = shared / folder / gold["file"]
            if "entities" not in gold or gold["lang"] != lang:
                continue
            text = source.open(encoding=gold["encoding"] or "utf-8", newline="").read()
            skipped = [
                (part["start"], part["end"]) for part in gold.get("boilerplate", []) if part.get("start") is not None
            ]
            if source.suffix == ".html":
                text, skipped = _visible(text), []
            entities = [
                (LABELS[e["type"]], [e["name"], *e["aliases"]]) for e in gold["entities"] if e["type"] in LABELS
            ]
            yield Article(text, skipped, [e for e in entities if any(_is_name(alias) for alias in e[1])])


def _visible(html: str) -> str:
    body = re.search(r"<article.*?</article>", html, re.S)
    text = re.sub(r"<(script|style|aside|nav|footer).*?</\1>", " ", body.group() if body else html, flags=re.S)
    return re.sub(r"[ \t]+", " ", re.sub(r"<[^>]+>", "\n", text))


def _is_name(alias: str) -> bool:
    return any(word[:1].isupper() for word in re.split(r"[\s'’]", alias))


def _count(nlp: Language, article: Article) -> Counter[str]:
    votes = defaultdict[str, Counter[str]](Counter)
    for entity in nlp(article.text).ents:
        if not any(start < entity.end_char and entity.start_char < end for start, end in article.skipped):
            votes[_normal(entity.text)][entity.label_] += 1
    aliases = [(label, {_normal(alias) for alias in names}) for label, names in article.entities]
    counts = Counter(gold=len(aliases), predicted=len(votes))
    for label, names in aliases:
        labels = Counter[str]()
        for name, vote in votes.items():
            if any(_same(name, alias) for alias in names):
                labels += vote
        counts["found"] += bool(labels)
        counts["typed"] += bool(labels) and labels.most_common(1)[0][0] == label
    for name, vote in votes.items():
        matching = [label for label, names in aliases if any(_same(name, alias) for alias in names)]
        counts["right"] += bool(matching)
        counts["right typed"] += vote.most_common(1)[0][0] in matching
    return counts


def _normal(name: str) -> str:
    name = re.sub(r"\s+", " ", name.replace("’", "'").casefold()).strip(" .,«»\"'")
    return re.sub(r"^(l'|d'|le |la |les |the )", "", name)


def _same(name: str, alias: str) -> bool:
    """Whether two names are equal, or one holds the other as whole words and no more than two others."""
    short, long = sorted((name.split(), alias.split()), key=len)
    if not short or len(long) - len(short) > 2:
        return False
    return any(long[i : i + len(short)] == short for i in range(len(long) - len(short) + 1))


def speed(nlp: Language, shared: Path, *, words: int = 200_000) -> Scores:
    """Words a second of processor time through the whole pipeline, on the articles of the language repeated."""
    texts = [article.text for article in _articles(shared, ("corpus",), nlp.lang)]
    size = sum(len(text.split()) for text in texts)
    list(nlp.pipe(texts))
    repeated = texts * (words // size + 1)
    started = time.process_time()
    for _ in nlp.pipe(repeated, batch_size=32):
        pass
    elapsed = time.process_time() - started
    return {f"{nlp.lang} speed": {"words/s": size * (words // size + 1) / elapsed}}


def loading(lang: str, folder: Path | None) -> Scores:
    """Seconds of processor time to load a pipeline, vectors included, once spaCy and the language are imported."""
    read_vectors.cache_clear()
    started = time.process_time()
    load_pipeline(lang, folder=folder)
    return {f"{lang} load": {"seconds": time.process_time() - started}}


def describe(scores: Scores) -> dict[str, Any]:
    """The scores rounded for meta.json."""
    return {name: {key: round(value, 4) for key, value in part.items()} for name, part in scores.items()}


if __name__ == "__main__":
    spacy.util.fix_random_seed(0)
    main()
