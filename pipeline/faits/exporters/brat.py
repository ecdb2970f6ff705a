"""brat stand-off: NAME.txt and NAME.ann for each article, and the annotation.conf that declares the kinds."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

from faits.exporters.reading import Plain, PlainRow
from faits.model import Kind
from faits.stages.write import replacing


def write(tables: Plain, path: Path, texts: Mapping[str, str]) -> list[Path]:
    """Write a folder brat can serve; the paths written. Articles whose text is not at hand are left out."""
    mentions: dict[str, list[PlainRow]] = defaultdict(list)
    for mention in tables.mentions:
        mentions[mention["article"]].append(mention)
    configuration = path / "annotation.conf"
    with replacing(configuration) as file:
        file.write("[entities]\n" + "".join(f"{kind}\n" for kind in get_args(Kind)))
        file.write("\n[relations]\n\n[events]\n\n[attributes]\n")
    written = [configuration]
    for row in tables.articles:
        if row["id"] not in texts:
            continue
        name = path / re.sub(r"[^\w.-]", "_", row["id"])
        for target, content in ((".txt", texts[row["id"]]), (".ann", "".join(lines(mentions[row["id"]])))):
            with replacing(name.with_name(name.name + target)) as file:
                file.write(content)
            written.append(name.with_name(name.name + target))
    return written


def lines(mentions: list[PlainRow]) -> Iterator[str]:
    """The lines of a stand-off file: a text-bound annotation for each mention, its value as a note."""
    for number, mention in enumerate(mentions, 1):
        pieces = ";".join(f"{start} {end}" for start, end in _pieces(mention))
        text = " ".join(piece for piece in re.split(r"[\r\n]+", mention["text"]) if piece)
        yield f"T{number}\t{mention['kind']} {pieces}\t{text}\n"
        if mention.get("value"):
            known = {key: value for key, value in mention["value"].items() if value is not None}
            yield f"#{number}\tAnnotatorNotes T{number}\t{json.dumps(known, ensure_ascii=False)}\n"


def _pieces(mention: PlainRow) -> list[tuple[int, int]]:
    """The span, in pieces where a line ends inside it: brat allows no newline in one."""
    start = mention["start"]
    return [(start + match.start(), start + match.end()) for match in re.finditer(r"[^\r\n]+", mention["text"])]
