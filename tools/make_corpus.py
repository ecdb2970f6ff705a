"""Makes a large corpus of articles that differ: those of the demonstration corpus with other names, figures and dates.

    python tools/make_corpus.py FOLDER --articles 5000 [--from corpus] [--seed 20240101]

Every article keeps the syntax of the one it is made of and nothing else of it: names are others, figures keep their
unit and their manner of writing but not their digits, years move, sentences are left out here and there and their order
within a paragraph changes. So neither caches nor the merger are flattered, and the same seed gives the same bytes.
"""

from __future__ import annotations

import argparse
import random
import re
from collections.abc import Iterator
from pathlib import Path

from faits.stages.load import discover

SEED = 20240101

_SYLLABLES = [
    "al",
    "bor",
    "cast",
    "den",
    "el",
    "far",
    "gar",
    "hel",
    "ist",
    "jor",
    "kel",
    "lan",
    "mor",
    "nov",
    "or",
    "pel",
    "quin",
    "rav",
    "sol",
    "tur",
    "ur",
    "val",
    "wen",
    "xan",
    "yel",
    "zor",
    "brun",
    "clair",
    "dor",
    "fern",
]
_ENDS = ("ia", "is", "or", "ex", "a", "y", "on", "en", "ys", "eau", "ac", "ine", "ard", "ette", "um", "ic")
# A capitalised word in the middle of a sentence is a name, or part of one.
_MORE = r"(?: [A-ZÀ-Þ][\w-]*[a-zà-ÿ][\w-]*)*"
_NAME = re.compile(r"(?<=[a-zà-ÿ0-9,;:’'»)] )(?:[A-ZÀ-Þ]{2,6}\b|[A-ZÀ-Þ][\w’'-]*[a-zà-ÿ][\w-]*)" + _MORE)
_FIRST = re.compile(r"(?:^|(?<=[.!?»] ))[A-ZÀ-Þ][\w’'-]*" + _MORE)
_YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-4]\d)\b")
# Not the parts of a date, nor the digits of a name.
_FIGURE = re.compile(r"(?<![-/\w])\d{1,3}(?:[   ]\d{3})*(?:[.,]\d+)?(?![-/\d])")
_SENTENCE = re.compile(r"(?<=[.!?»]) (?=[A-ZÀ-Þ«])")
_KEPT = re.compile(r"^(?:Le|La|Les|Un|Une|The|In|On|At|Mr|Mme|M|Dr|Et|But|And|Mais|Selon|Ce|Cette|Il|Elle|It)$")
_MONTHS = re.compile(
    r"(?i)^(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|january|february|march"
    r"|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday)$"
)


def main() -> int:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--from", dest="origin", type=Path, default=Path("corpus"))
    parser.add_argument("--seed", type=int, default=SEED)
    given = parser.parse_args()
    for name, text in made(given.origin, given.articles, given.seed):
        path = given.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    return 0


def made(origin: Path, articles: int, seed: int = SEED) -> Iterator[tuple[str, str]]:
    """So many articles, as (name, text)."""
    found = [path for path in discover(origin)[0] if path.suffix in (".txt", ".md")]
    sources = [(path.stem, path.suffix, _text(path)) for path in found]
    for number in range(articles):
        stem, suffix, text = sources[number % len(sources)]
        yield f"{number // 1000:03}/{number:06}-{stem}{suffix}", varied(text, random.Random(seed * 1_000_003 + number))


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252")


def varied(text: str, chance: random.Random) -> str:
    """An article in the manner of another."""
    # A name at the head of a sentence is known by standing elsewhere within one.
    names: dict[str, str] = {}
    for name in dict.fromkeys(_NAME.findall(text)):
        _renamed(name, names, chance)
    shift = chance.randint(-12, 6)
    head, *lines = text.split("\n")  # the first line may be a date or the fence of a front matter
    return "\n".join([_told_anew(head, names, shift, chance), *(_line(one, names, shift, chance) for one in lines)])


def _line(line: str, names: dict[str, str], shift: int, chance: random.Random) -> str:
    sentences = _SENTENCE.split(line)
    if len(sentences) > 3:
        sentences = [one for one in sentences if chance.random() > 0.15] or sentences
        place = chance.randrange(len(sentences))
        sentences.append(sentences.pop(place))
    return _told_anew(" ".join(sentences), names, shift, chance)


def _told_anew(text: str, names: dict[str, str], shift: int, chance: random.Random) -> str:
    text = _NAME.sub(lambda found: _renamed(found[0], names, chance), text)
    text = _FIRST.sub(lambda found: names.get(found[0], found[0]), text)
    text = _YEAR.sub(lambda found: str(int(found[0]) + shift), text)
    return _FIGURE.sub(lambda found: found[0] if _YEAR.fullmatch(found[0]) else _figure(found[0], chance), text)


def _renamed(name: str, names: dict[str, str], chance: random.Random) -> str:
    if _KEPT.match(name) or _MONTHS.match(name):
        return name
    if name not in names:
        names[name] = " ".join(_word(chance) for _ in name.split(" "))
    return names[name]


def _word(chance: random.Random) -> str:
    return ("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 2))) + chance.choice(_ENDS)).capitalize()


def _figure(figure: str, chance: random.Random) -> str:
    """Other digits in the same writing; small whole numbers stay small, for days and ordinals are among them."""
    if len(figure) < 3 and figure.isdigit():
        return str(chance.randint(10, 28)) if int(figure) > 9 else figure
    return "".join(str(chance.randint(1, 9)) if c.isdigit() and c != "0" else c for c in figure)


if __name__ == "__main__":
    raise SystemExit(main())
